//! What is too much for a reader of XML, found before one reads it.
//!
//! One pass over the bytes, without an allocation. Knows the shape of XML and nothing of drawing. Its
//! invariant: time and memory of the XML reader are linear in a text that passed.

use super::{ArtworkError, Excess};

/// The largest SVG, in bytes. A coat of arms traced in full detail has three million.
const MAX_BYTES: usize = 8 << 20;

/// Elements. A traced coat of arms has some thousand.
pub(super) const MAX_ELEMENTS: usize = 100_000;

/// Elements within elements. Drawing programs nest groups in layers: ten, rarely twenty.
pub(super) const MAX_DEPTH: usize = 100;

/// Attributes of one element: the reader compares each with each. Inkscape's page settings have forty.
const MAX_ATTRIBUTES: usize = 100;

/// Attributes of all elements.
const MAX_ALL_ATTRIBUTES: usize = 600_000;

/// Declarations of namespaces: each element that has one copies all that are in force.
const MAX_NAMESPACES: usize = 200;

/// Abbreviations that a DOCTYPE may define. Illustrator writes ten, all for names of namespaces.
const MAX_ENTITIES: usize = 64;

/// Bytes that one abbreviation may mean.
const MAX_ENTITY_BYTES: usize = 256;

/// Bytes that all uses of abbreviations may come to.
const MAX_EXPANSION: usize = 1 << 20;

/// Checks a text before it is read as XML.
///
/// # Errors
/// If the reader would need more time or memory than a picture is worth. What is not well formed is left
/// to the reader, which names the place.
pub(super) fn check(text: &str) -> Result<(), ArtworkError> {
    if text.len() > MAX_BYTES {
        return Err(Excess::Bytes.into());
    }
    let mut scan = Scan { rest: text.as_bytes(), ..Scan::default() };
    while let Some(at) = scan.rest.iter().position(|&byte| byte == b'<') {
        scan.rest = &scan.rest[at..];
        scan.markup()?;
    }
    // The reader makes room for as many nodes and attributes as there are of these, wherever they are.
    let count = |wanted: u8| text.bytes().filter(|&byte| byte == wanted).count();
    if count(b'<') > 3 * MAX_ELEMENTS {
        return Err(Excess::Elements.into());
    }
    if count(b'=') > MAX_ALL_ATTRIBUTES {
        return Err(Excess::Attributes.into());
    }
    if scan.entities > 0 && count(b'&').saturating_mul(MAX_ENTITY_BYTES) > MAX_EXPANSION {
        return Err(Excess::Entities.into());
    }
    Ok(())
}

#[derive(Default)]
struct Scan<'a> {
    rest: &'a [u8],
    elements: usize,
    depth: usize,
    attributes: usize,
    namespaces: usize,
    entities: usize,
}

impl Scan<'_> {
    /// Passes what begins with `<`.
    fn markup(&mut self) -> Result<(), ArtworkError> {
        match self.rest {
            [b'<', b'!', b'-', b'-', ..] => self.skip_past(b"-->"),
            [b'<', b'!', b'[', ..] => self.skip_past(b"]]>"),
            [b'<', b'!', ..] => return self.declaration(),
            [b'<', b'?', ..] => self.skip_past(b"?>"),
            [b'<', b'/', ..] => {
                self.depth = self.depth.saturating_sub(1);
                self.skip_past(b">");
            }
            _ => return self.element(),
        }
        Ok(())
    }

    fn skip_past(&mut self, end: &[u8]) {
        let at = self.rest.windows(end.len()).position(|part| part == end);
        self.rest = at.map_or(&[], |at| &self.rest[at + end.len()..]);
    }

    /// Passes a start tag, and counts.
    fn element(&mut self) -> Result<(), ArtworkError> {
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            return Err(Excess::Elements.into());
        }
        let (mut attributes, mut quote, mut before) = (0, None, b'<');
        let mut end = self.rest.len();
        for (at, &byte) in self.rest.iter().enumerate().skip(1) {
            match (quote, byte) {
                (Some(open), _) if byte == open => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b'=') => attributes += 1,
                (None, b'>') => {
                    end = at + 1;
                    break;
                }
                (None, _) => {}
            }
            if quote.is_none() {
                before = byte;
            }
        }
        let tag = &self.rest[..end];
        self.rest = &self.rest[end..];
        self.namespaces += tag.windows(5).filter(|part| part == b"xmlns").count();
        self.attributes += attributes;
        if attributes > MAX_ATTRIBUTES || self.attributes > MAX_ALL_ATTRIBUTES || self.namespaces > MAX_NAMESPACES {
            return Err(Excess::Attributes.into());
        }
        if before != b'/' {
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return Err(Excess::Depth.into());
            }
        }
        Ok(())
    }

    /// Passes `<!DOCTYPE …>`. Of what it may define, only abbreviations for a few plain words are harmless.
    fn declaration(&mut self) -> Result<(), ArtworkError> {
        let (mut quote, mut within) = (None, false);
        let mut at = 2;
        while let Some(&byte) = self.rest.get(at) {
            match (quote, byte) {
                (Some(open), _) if byte == open => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b'[') => within = true,
                (None, b']') => within = false,
                (None, b'<') if within => {
                    self.rest = &self.rest[at..];
                    self.definition()?;
                    at = 0;
                    continue;
                }
                (None, b'>') if !within => break,
                (None, _) => {}
            }
            at += 1;
        }
        self.rest = self.rest.get(at..).unwrap_or_default();
        Ok(())
    }

    /// Passes what a DOCTYPE defines.
    fn definition(&mut self) -> Result<(), ArtworkError> {
        let entities = Err(Excess::Entities.into());
        if self.rest.starts_with(b"<!--") {
            self.skip_past(b"-->");
            return Ok(());
        }
        if !self.rest.starts_with(b"<!ENTITY") {
            // The reader expands nothing of these.
            self.skip_past(b">");
            return Ok(());
        }
        self.entities += 1;
        let Some(open) = self.rest.iter().position(|byte| matches!(byte, b'"' | b'\'' | b'>' | b'%')) else {
            return entities;
        };
        let quote = self.rest[open];
        let name = self.rest[8..open].trim_ascii();
        if self.entities > MAX_ENTITIES || matches!(quote, b'>' | b'%') || name.iter().any(u8::is_ascii_whitespace) {
            return entities;
        }
        let value = &self.rest[open + 1..];
        let Some(length) = value.iter().position(|&byte| byte == quote) else { return entities };
        if length > MAX_ENTITY_BYTES || value[..length].iter().any(|byte| matches!(byte, b'&' | b'<' | b'%')) {
            return entities;
        }
        self.rest = &value[length + 1..];
        self.skip_past(b">");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> Option<Excess> {
        match check(text) {
            Ok(()) => None,
            Err(ArtworkError::TooComplex(excess)) => Some(excess),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn what_drawing_programs_write_passes() {
        let illustrator = "<?xml version='1.0'?><!-- Generator: <a> --><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \
            \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\" [\n<!ENTITY ns_svg \"http://www.w3.org/2000/svg\">\n\
            <!ENTITY ns_ai 'http://ns.adobe.com/AdobeIllustrator/10.0/'>\n]>\n<svg xmlns='&ns_svg;' a='>'><g/></svg>";
        assert_eq!(refused(illustrator), None);
        assert_eq!(refused(&format!("<svg>{}</svg>", "<g a='1'/>".repeat(MAX_ELEMENTS - 1))), None);
    }

    #[test]
    fn what_grows_faster_than_its_text_is_refused() {
        let entity = |value: &str| format!("<!DOCTYPE svg [<!ENTITY a {value}>]><svg/>");
        for value in ["'<g/>'", "'&b;'", "SYSTEM 'file:///etc/passwd'", "\"&#60;\"", &format!("'{}'", "a".repeat(300))]
        {
            assert_eq!(refused(&entity(value)), Some(Excess::Entities), "{value}");
        }
        assert_eq!(refused("<!DOCTYPE svg [<!ENTITY % a 'b'>]><svg/>"), Some(Excess::Entities));
        let often = format!("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>{}</svg>", "&a;".repeat(5000));
        assert_eq!(refused(&often), Some(Excess::Entities));
        let attributes: String = (0..101).map(|i| format!(" a{i}='='")).collect();
        assert_eq!(refused(&format!("<svg{attributes}/>")), Some(Excess::Attributes));
        assert_eq!(refused(&"<g>".repeat(MAX_DEPTH + 1)), Some(Excess::Depth));
        assert_eq!(refused(&"<g/>".repeat(MAX_ELEMENTS + 1)), Some(Excess::Elements));
        assert_eq!(refused(&"<g xmlns:a='b'/>".repeat(MAX_NAMESPACES + 1)), Some(Excess::Attributes));
        assert_eq!(refused(&" ".repeat(MAX_BYTES + 1)), Some(Excess::Bytes));
    }

    #[test]
    fn no_text_makes_it_panic() {
        let whole = "<!DOCTYPE svg [<!ENTITY a \"b\"><!-- x -->]><svg a='>'><![CDATA[<]]><g/></svg>";
        for end in 0..whole.len() {
            _ = check(&whole[..end]);
            _ = check(&whole[end..]);
        }
    }
}

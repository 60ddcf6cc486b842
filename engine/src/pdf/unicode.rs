//! What the codes of a font mean: the text that a reader copies, searches and reads aloud.
//!
//! Knows characters and codes, nothing of glyphs. Its invariant: no code means a character that
//! the standards forbid.

use std::fmt::Write as _;

/// Ranges of one section (Adobe Technical Note 5014, 1.4.1: at most 100).
const SECTION: usize = 100;

/// The characters of a cluster as the file may give them back.
///
/// A tab, a line break or another control character is a space to a reader. U+FEFF, U+FFFE and U+0000 may not be
/// meant by any code (ISO 19005-2, 6.2.11.7.2; ISO 14289-1, 7.21.7): the first is a mark without
/// meaning inside a text and is left out, as nobody can see it; other noncharacters become
/// U+FFFD.
pub(super) fn clean(text: &str) -> impl Iterator<Item = char> + '_ {
    let mut chars = text.chars().peekable();
    std::iter::from_fn(move || {
        loop {
            let c = chars.next()?;
            return Some(match c {
                '\r' if chars.peek() == Some(&'\n') => continue,
                '\u{FEFF}' => continue,
                c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => ' ',
                c if is_noncharacter(c) => char::REPLACEMENT_CHARACTER,
                c => c,
            });
        }
    })
}

fn is_noncharacter(c: char) -> bool {
    let code = u32::from(c);
    code & 0xFFFE == 0xFFFE || (0xFDD0..=0xFDEF).contains(&code)
}

/// Whether a character has a meaning only by private agreement, so that the file must say it
/// twice (ISO 19005-2, 6.2.11.7.3).
pub(super) fn is_private(c: char) -> bool {
    matches!(u32::from(c), 0xE000..=0xF8FF | 0xF_0000..=0xF_FFFD | 0x10_0000..=0x10_FFFD)
}

/// The `ToUnicode` `CMap` of fonts whose code `i + 1` means `texts[i]` (ISO 32000-1, 9.10.3).
///
/// Codes follow one another, so each range of them names its first and last and then only texts.
/// The codes of a range differ in their last byte alone (Adobe Technical Note 5014, 1.4.2).
pub(super) fn to_unicode(texts: &[&str]) -> Vec<u8> {
    let mut map = String::from(
        "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n\
         /CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n\
         /CMapName/Adobe-Identity-UCS def/CMapType 2 def\n\
         1 begincodespacerange<0000><FFFF>endcodespacerange\n",
    );
    // The first code is 1.
    let (first, others) = texts.split_at(texts.len().min(0xFF));
    let ranges: Vec<&[&str]> =
        [first].into_iter().filter(|range| !range.is_empty()).chain(others.chunks(0x100)).collect();
    let mut code = 1;
    for section in ranges.chunks(SECTION) {
        // Writing to a string cannot fail.
        let _ = writeln!(map, "{} beginbfrange", section.len());
        for range in section {
            let _ = write!(map, "<{code:04X}><{:04X}>[", code + range.len() - 1);
            for text in *range {
                map.push('<');
                for unit in text.encode_utf16() {
                    let _ = write!(map, "{unit:04X}");
                }
                map.push('>');
            }
            map.push_str("]\n");
            code += range.len();
        }
        map.push_str("endbfrange\n");
    }
    map.push_str("endcmap CMapName currentdict/CMap defineresource pop end end");
    map.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_characters_never_get_a_code() {
        assert_eq!(clean("a\u{FEFF}\tb\r\n\u{FFFE}\0").collect::<String>(), "a b \u{FFFD} ");
        assert!(is_private('\u{E000}') && !is_private('ក'));
    }

    #[test]
    fn ranges_end_where_the_first_byte_of_a_code_changes() {
        let map = |texts: &[&str]| String::from_utf8(to_unicode(texts)).unwrap();
        let long = map(&["ក"; 600]);
        assert!(long.contains("\n3 beginbfrange\n<0001><00FF>[<1780><1780>"), "{long}");
        assert!(long.contains("]\n<0100><01FF>[") && long.contains("]\n<0200><0258>["), "{long}");
        assert!(map(&["🙂", "ab"]).contains("<0001><0002>[<D83DDE42><00610062>]\nendbfrange"));
        assert!(map(&["a"; 65_534]).contains("\n100 beginbfrange\n<6400>"));
        assert!(!map(&[]).contains("bfrange"));
    }
}

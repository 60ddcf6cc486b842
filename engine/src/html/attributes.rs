//! What the attributes of a tag say, and the characters that entities stand for.
//!
//! Knows single tags and no document. Invariant: nothing in it takes longer than in proportion to its length.

use crate::release::{BlockKind, HeadingLevel, Style};

/// An element whose end is no nearer has more than a few words, in bytes.
const NEAR: usize = 2_000;

/// The value of an attribute of a tag, as it is written.
pub(super) fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    each(attributes).find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// The declarations of a tag's own style, in small letters.
pub(super) fn declared(attributes: &str) -> String {
    attribute(attributes, "style").unwrap_or_default().to_ascii_lowercase()
}

/// The attributes of a tag with their values, one after the other.
fn each(attributes: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = attributes;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '/' | '=' | '"' | '\''));
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
        let (key, after) = rest.split_at_checked(end).filter(|(key, _)| !key.is_empty())?;
        let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
            rest = after;
            return Some((key, ""));
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => {
                let inside = value.get(1..).unwrap_or_default();
                inside.split_once(quote).unwrap_or((inside, ""))
            }
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        rest = after;
        Some((key, value))
    })
}

/// The emphasis within an element.
pub(super) fn emphasis(name: &str, attributes: &str, around: Style) -> Style {
    let mut style = match name {
        "b" | "strong" | "th" => around.with(Style::BOLD, true),
        // A heading is bold as such.
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => around.with(Style::BOLD, false),
        "i" | "em" => around.with(Style::ITALIC, true),
        "u" | "ins" => around.with(Style::UNDERLINE, true),
        "sup" => around.with(Style::SUPERSCRIPT, true),
        "sub" => around.with(Style::SUBSCRIPT, true),
        _ => around,
    };
    let declared = declared(attributes);
    for (property, value) in declared.split(';').filter_map(|part| part.split_once(':')) {
        let value = value.trim().trim_end_matches("!important").trim();
        style = match property.trim() {
            "font-weight" => {
                let heavy = value.parse::<u16>().map_or(matches!(value, "bold" | "bolder"), |weight| weight >= 600);
                style.with(Style::BOLD, heavy)
            }
            "vertical-align" => match value {
                "super" => style.with(Style::SUPERSCRIPT, true),
                "sub" => style.with(Style::SUBSCRIPT, true),
                "baseline" => style.with(Style::SUPERSCRIPT.union(Style::SUBSCRIPT), false),
                _ => style,
            },
            "font-style" => style.with(Style::ITALIC, value.starts_with("italic") || value.starts_with("oblique")),
            "text-decoration" | "text-decoration-line" => style.with(
                Style::UNDERLINE,
                value.contains("underline") || (style.has(Style::UNDERLINE) && value != "none"),
            ),
            _ => style,
        };
    }
    style
}

/// The character that an entity stands for, and the entity's length; the sign itself if it is none.
pub(super) fn entity(text: &str) -> (char, usize) {
    let sign = ('&', 1);
    // No entity that is known here is longer.
    let Some(end) = text.bytes().take(12).position(|byte| byte == b';') else { return sign };
    let name = text.get(1..end).unwrap_or_default();
    let c = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{A0}'),
        "shy" => Some('\u{AD}'),
        "ensp" => Some('\u{2002}'),
        "emsp" => Some('\u{2003}'),
        "thinsp" => Some('\u{2009}'),
        "zwnj" => Some('\u{200C}'),
        "zwj" => Some('\u{200D}'),
        "ZeroWidthSpace" => Some('\u{200B}'),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "lsquo" => Some('‘'),
        "rsquo" => Some('’'),
        "ldquo" => Some('“'),
        "rdquo" => Some('”'),
        "laquo" => Some('«'),
        "raquo" => Some('»'),
        "hellip" => Some('…'),
        "bull" => Some('•'),
        "middot" => Some('·'),
        "copy" => Some('©'),
        "reg" => Some('®'),
        "eacute" => Some('é'),
        _ => name.strip_prefix('#').and_then(|number| {
            let hex = number.strip_prefix(['x', 'X']);
            let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
            code.and_then(char::from_u32)
        }),
    };
    c.map_or(sign, |c| (c, end + 1))
}

/// A text with the characters that entities stand for.
pub(super) fn decoded(value: &str) -> String {
    let (mut decoded, mut rest) = (String::new(), value);
    while let Some(c) = rest.chars().next() {
        let (c, length) = if c == '&' { entity(rest) } else { (c, c.len_utf8()) };
        decoded.push(c);
        rest = rest.get(length..).unwrap_or_default();
    }
    decoded
}

/// What an element makes of the blocks in it, by its name and its style without white space.
pub(super) fn block_kind(name: &str, style: &str) -> Option<BlockKind> {
    match name {
        "h1" | "h2" => Some(BlockKind::Heading(HeadingLevel::One)),
        "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading(HeadingLevel::Two)),
        "p" if style.contains("text-align:center") => Some(BlockKind::Centred),
        "blockquote" => Some(BlockKind::Quotation),
        "figcaption" => Some(BlockKind::Picture),
        _ => None,
    }
}

/// The classes of a tag.
pub(super) fn classes(attributes: &str) -> impl Iterator<Item = &str> {
    attribute(attributes, "class").unwrap_or_default().split_ascii_whitespace()
}

/// The text of an element of a few words, without the tags in it; `None` if neither it nor the paragraph around it ends
/// soon.
pub(super) fn shown(after: &str, name: &str) -> Option<String> {
    let near = after.get(..after.floor_char_boundary(NEAR))?;
    let inside = near.get(..hidden(near, name).min(hidden(near, "p"))).filter(|inside| inside.len() < near.len())?;
    let pieces = inside.split('<').enumerate();
    let texts =
        pieces.map(|(at, piece)| if at == 0 { piece } else { piece.split_once('>').map_or("", |(_, text)| text) });
    Some(decoded(&texts.collect::<String>()).trim().to_owned())
}

/// The length of what comes before the end tag of an element that is not shown.
pub(super) fn hidden(after: &str, name: &str) -> usize {
    let end = format!("</{name}");
    let is_end = |window: &[u8]| window.eq_ignore_ascii_case(end.as_bytes());
    after.as_bytes().windows(end.len()).position(is_end).unwrap_or(after.len())
}

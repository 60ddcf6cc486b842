//! What the codes of a font mean: the text that a reader copies, searches and reads aloud.
//!
//! Knows characters and codes, nothing of glyphs. Its invariant: no code means a character that
//! the standards forbid.

use std::fmt::Write as _;

/// Entries of one `bfchar` section (Adobe Technical Note 5014, 1.4.1: at most 100).
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

/// The `ToUnicode` `CMap` of a font whose code `i + 1` means `texts[i]`
/// (ISO 32000-1, 9.10.3).
pub(super) fn to_unicode<'a>(texts: impl ExactSizeIterator<Item = &'a str>) -> Vec<u8> {
    let mut map = String::from(
        "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n\
         /CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n\
         /CMapName/Adobe-Identity-UCS def/CMapType 2 def\n\
         1 begincodespacerange <0000> <FFFF> endcodespacerange\n",
    );
    let mut left = texts.len();
    for (i, text) in texts.enumerate() {
        if i % SECTION == 0 {
            // Writing to a string cannot fail.
            let _ = writeln!(map, "{} beginbfchar", left.min(SECTION));
        }
        let _ = write!(map, "<{:04X}> <", i + 1);
        for unit in text.encode_utf16() {
            let _ = write!(map, "{unit:04X}");
        }
        map.push_str(">\n");
        left -= 1;
        if left == 0 || i % SECTION == SECTION - 1 {
            map.push_str("endbfchar\n");
        }
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
    fn a_map_holds_sections_of_a_hundred() {
        let texts = vec!["ក"; 101];
        let map = String::from_utf8(to_unicode(texts.into_iter())).unwrap();
        assert!(map.contains("100 beginbfchar\n<0001> <1780>"));
        assert!(map.contains("endbfchar\n1 beginbfchar\n<0065> <1780>\nendbfchar"));
        assert!(String::from_utf8(to_unicode(["🙂"].into_iter())).unwrap().contains("<0001> <D83DDE42>"));
    }
}

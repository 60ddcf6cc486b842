//! Text from outside as it may be in a release.

use super::NOTE;

/// Text without control characters, and with line breaks as a field has them: as such where it is
/// `multiline`, as spaces elsewhere.
pub fn clean(text: &str, multiline: bool) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{B}', '\u{C}', '\u{85}'], "\n");
    text.chars()
        .filter_map(|c| match c {
            '\n' => Some(if multiline { '\n' } else { ' ' }),
            '\t' => Some(' '),
            // Of itself it refers to no note.
            '\u{FEFF}' | NOTE => None,
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_outside_has_no_control_characters() {
        assert_eq!(clean("a\r\nb\u{0}\tc\u{2029}d", true), "a\nb c\nd");
        assert_eq!(clean("a\nb", false), "a b");
    }
}

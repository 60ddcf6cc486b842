//! Which characters are Khmer, which of them make words, digits, and what nobody sees: the one place where these
//! sets are written.
//!
//! Knows characters one by one. The alphabet of the model that divides words is the model's own and stays
//! with it (`typeset::breaks::letters`).
//!
//! Source: the blocks Khmer (U+1780 to U+17FF) and Khmer Symbols (U+19E0 to U+19FF) of the Unicode Standard.

/// Makes a subscript of the letter after it.
pub const COENG: char = '\u{17D2}';

/// A consonant or an independent vowel: what a cluster begins with, and what a coeng makes a subscript of.
pub fn is_letter(c: char) -> bool {
    matches!(c, '\u{1780}'..='\u{17B3}')
}

/// A consonant.
pub fn is_consonant(c: char) -> bool {
    matches!(c, '\u{1780}'..='\u{17A2}')
}

/// A dependent vowel, a sign or the coeng: what hangs on a letter.
pub fn is_sign(c: char) -> bool {
    matches!(c, '\u{17B4}'..='\u{17D3}' | '\u{17DD}')
}

/// What words are written with. No digit, no stop, and not the sign ៗ that repeats a word.
pub fn is_in_words(c: char) -> bool {
    is_letter(c) || is_sign(c) || c == '\u{17DC}'
}

/// A Khmer digit.
pub fn is_khmer_digit(c: char) -> bool {
    matches!(c, '០'..='៩')
}

/// A digit of either script.
pub fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || is_khmer_digit(c)
}

/// What nobody sees in a text of either script: zero-width spaces and joiners, direction marks, the byte order mark,
/// the soft hyphen.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{00AD}')
}

/// Any character of the Khmer block.
pub fn is_khmer(c: char) -> bool {
    matches!(c, '\u{1780}'..='\u{17FF}')
}

/// Any character of the Khmer block or of the Khmer symbols, which date by the moon.
pub fn is_khmer_or_symbol(c: char) -> bool {
    is_khmer(c) || matches!(c, '\u{19E0}'..='\u{19FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each set lies within the next, and the Unicode Standard agrees on what is a letter or a mark.
    #[test]
    fn sets_lie_within_one_another() {
        for c in '\u{1780}'..='\u{19FF}' {
            assert!(!(is_letter(c) && is_sign(c)), "{c:?}");
            assert!(!is_in_words(c) || is_khmer(c), "{c:?}");
            assert!(!is_khmer(c) || is_khmer_or_symbol(c), "{c:?}");
            assert!(!is_letter(c) || c.is_alphabetic(), "{c:?}");
            assert!(!is_consonant(c) || is_letter(c), "{c:?}");
            assert!(!is_khmer_digit(c) || is_khmer(c) && c.is_numeric(), "{c:?}");
        }
        assert!(!"០៩។៕ៗ៛៰".chars().any(is_in_words));
        assert!("ក្រោយឥឡូវ".chars().all(is_in_words));
    }
}

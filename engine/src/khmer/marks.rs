//! What each Khmer character is, as far as the order of marks goes.
//!
//! Knows characters one by one; must never know their neighbours.
//!
//! Source: the classes of Unicode Technical Note 61, "Khmer Encoding Structure", version 2.

use super::characters::{COENG, is_letter};

/// The one subscript that is drawn before its base.
pub(super) const RO: char = '\u{179A}';
/// The register shifters: ◌៉ and ◌៊.
pub(super) const MUUSIKATOAN: char = '\u{17C9}';
pub(super) const TRIISAP: char = '\u{17CA}';
/// A final r over the letter.
pub(super) const ROBAT: char = '\u{17CC}';
/// Vowels and signs that rules name one by one.
pub(super) const AA: char = '\u{17B6}';
pub(super) const I: char = '\u{17B7}';
pub(super) const II: char = '\u{17B8}';
pub(super) const U: char = '\u{17BB}';
pub(super) const OE: char = '\u{17BE}';
pub(super) const E: char = '\u{17C1}';
pub(super) const OO: char = '\u{17C4}';
pub(super) const NIKAHIT: char = '\u{17C6}';
pub(super) const TOANDAKHIAT: char = '\u{17CD}';
pub(super) const KAKABAT: char = '\u{17CE}';
pub(super) const SAMYOK_SANNYA: char = '\u{17D0}';
pub(super) const ATTHACAN: char = '\u{17DD}';
/// A place between letters where a line may break.
pub(super) const ZWSP: char = '\u{200B}';

/// What a character is to a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A consonant or an independent vowel, or the dotted circle that stands for one.
    Base,
    /// U+17D2.
    Coeng,
    /// U+17CC.
    Robat,
    /// U+17C9 or U+17CA.
    Shifter,
    /// A dependent vowel.
    Vowel,
    /// A sign above.
    Sign,
    /// ះ or ៈ, to the right of all else.
    Final,
    /// ZWNJ or ZWJ. Before a vowel the first keeps a shifter up, before a coeng the second makes
    /// it a final one: never without meaning.
    Joiner,
    /// No part of a cluster.
    Other,
}

impl Class {
    /// What a character is.
    pub fn of(c: char) -> Self {
        match c {
            c if is_letter(c) || c == '\u{25CC}' => Self::Base,
            '\u{17B6}'..='\u{17C5}' => Self::Vowel,
            '\u{17C7}' | '\u{17C8}' => Self::Final,
            MUUSIKATOAN | TRIISAP => Self::Shifter,
            ROBAT => Self::Robat,
            COENG => Self::Coeng,
            // U+17D3 is left out: it belonged to a digit, for lunar dates.
            '\u{17C6}' | '\u{17CB}' | '\u{17CD}'..='\u{17D1}' | ATTHACAN => Self::Sign,
            '\u{200C}' | '\u{200D}' => Self::Joiner,
            _ => Self::Other,
        }
    }

    /// Whether it hangs on a base. A joiner does so only among other marks.
    pub fn is_mark(self) -> bool {
        !matches!(self, Self::Base | Self::Joiner | Self::Other)
    }
}

/// Where a vowel's parts are: before, below, above, after the base, in this order.
///
/// A split vowel has two. Source: Unicode's Indic positional categories.
pub(super) fn vowel_places(vowel: char) -> [bool; 4] {
    match vowel {
        AA => [false, false, false, true],
        '\u{17B7}'..='\u{17BA}' => [false, false, true, false],
        '\u{17BB}'..='\u{17BD}' => [false, true, false, false],
        OE => [true, false, true, false],
        '\u{17C1}'..='\u{17C3}' => [true, false, false, false],
        _ => [true, false, false, true],
    }
}

/// Whether a consonant is strong (of the first series, or one that a triisap can shift).
///
/// Source: StrongBase in the structure of Modern Khmer, Technical Note 61.
pub(super) fn is_strong(c: char) -> bool {
    matches!(c,
        '\u{1780}'..='\u{1783}' | '\u{1785}'..='\u{1788}' | '\u{178A}'..='\u{178D}' | '\u{178F}'..='\u{1792}'
        | '\u{1795}'..='\u{1797}' | '\u{179E}'..='\u{17A0}' | '\u{17A2}')
}

/// Whether Unicode says that a character is not to be used: two letters that only look like others, and two
/// vowels that are not seen.
///
/// Source: the Unicode Standard, section 16.4, and its file `DoNotEmit.txt`.
pub(super) fn is_given_up(c: char) -> bool {
    matches!(c, '\u{17A3}' | '\u{17A4}' | '\u{17B4}' | '\u{17B5}')
}

//! Rules of good print: signs that may not begin or end a line, and what belongs together.
//!
//! They strike out places that UAX 14 or the model would allow, and never add one. A rule about a
//! sign holds whether or not spaces are between, since Khmer writers put one before ។ and ៗ.
//!
//! Must never know: where a place came from, and widths. A zero-width space overrules all of this,
//! but that is decided in `lines`.
//!
//! Invariant: a rule looks at the characters near the place only, so the same words break alike
//! wherever they are.

use super::{
    characters::{is_glue, is_space},
    together,
};
use crate::khmer::characters::is_in_words;

/// Signs that never begin a line.
///
/// Khmer: ៗ repeats the word before it, ។ ៕ ៖ ៘ ៚ end something, and so does ៙ where it is at
/// all. Then closing quotes and brackets, the stops of Latin script and its likes, the percent sign
/// (it belongs to its number), dots that go on from what was said, what refers to a footnote (U+FFFC), and
/// the long dash, which ends a line.
const NEVER_BEGIN: &str = "\u{FFFC}ៗ។៕៖៘៙៚»”’›)]},.;:!?%‰…—―،؛。、，．！？；：）］｝」』";

/// Signs that never end a line: opening quotes and brackets.
const NEVER_END: &str = "«“‘‹„‚([{¿¡（［｛「『";

/// Dashes that are between spaces in running text. They close what was said: a line may begin
/// after them but not with them.
const DASHES: &str = "-–—‐‒―";

/// Whether a character is among signs. No letter or space is, and most that are asked about are letters.
fn is_among(c: char, signs: &str) -> bool {
    !c.is_ascii_alphanumeric() && c != ' ' && !is_in_words(c) && signs.contains(c)
}

/// Whether the model may be asked about this place: it is between letters or digits, opening
/// brackets before a word and closing ones or Khmer stops after it included. Next to all other signs
/// UAX 14 has the say: ព.ស. is an abbreviation, កម្ពុជា-ជប៉ុន has a hyphen, and neither is for the model
/// to cut.
pub fn is_between_words(before: &str, after: &str) -> bool {
    let is_letter = |c: char| is_in_words(c) || c.is_alphanumeric();
    // On one side at least there is Khmer: Cambodia’s is one word in a Khmer text, too.
    let (last, first) =
        (before.trim_end_matches(|c| is_among(c, CLOSING)), after.trim_start_matches(|c| is_among(c, NEVER_END)));
    let beside_khmer = last.ends_with(is_in_words) || first.starts_with(is_in_words);
    beside_khmer
        && before.ends_with(|c| is_letter(c) || is_among(c, CLOSING))
        && after.starts_with(|c| is_letter(c) || is_among(c, NEVER_END))
}

/// Whether a place lies before an opening or behind a closing straight quotation mark, beside Khmer.
/// `is_quoted` tells whether one was opened before the place.
pub fn is_beside_quote(before: &str, after: &str, is_quoted: bool) -> bool {
    !is_quoted
        && (before.ends_with('"') && after.starts_with(is_in_words)
            || before.ends_with(is_in_words) && after.starts_with('"'))
}

/// Of the signs that never begin a line those after which a word may follow without a space.
///
/// Not the full stop and the colon: ព.ស. is an abbreviation, and the colon is often typed for ៈ.
const CLOSING: &str = "ៗ។៕៖»”’)]},;!?%‰…";

/// Whether a line may not end with `before` and the next begin with `after`.
pub fn forbid(before: &str, after: &str) -> bool {
    let said = before.trim_end_matches(is_space);
    forbid_for_signs(before, after) || together::belong(said, after, said.len() < before.len())
}

/// The same for the signs at the place, whatever the words around it.
pub fn forbid_for_signs(before: &str, after: &str) -> bool {
    let said = before.trim_end_matches(is_space);
    let spaced = said.len() < before.len();
    before.ends_with(is_glue)
        || after.starts_with(is_glue)
        || before.trim_end_matches(char::is_whitespace).ends_with(|c| is_among(c, NEVER_END))
        || after.starts_with(|c| is_among(c, NEVER_BEGIN))
        || spaced && begins_with_dash(after)
        || said.ends_with('។') && after.starts_with("ល។")
}

/// A dash with a space after it; without one it is a minus or the beginning of a word.
fn begins_with_dash(after: &str) -> bool {
    let mut chars = after.chars();
    chars.next().is_some_and(|c| is_among(c, DASHES)) && chars.next().is_none_or(is_space)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_apostrophe_in_a_latin_word_is_no_place_in_a_khmer_text() {
        assert!(!is_between_words("ខ្មែរ Cambodia’", "s"));
        assert!(!is_between_words("ខ្មែរ (s)", "he"));
        assert!(is_between_words("DRIVEN", "ខ្មែរ") && is_between_words("«ខ្មែរ»", "និង"));
        assert!(is_between_words("២០២៣", "កម្ពុជា"));
    }

    #[test]
    fn signs_hold_through_spaces() {
        assert!(forbid("ថា ", "៖ «"));
        assert!(forbid("រៀង ", "ៗ ខ្លួន"));
        assert!(forbid("« ", "បើ"));
        assert!(forbid("៥០ ", "%"));
        assert!(!forbid("ថា ៖ ", "« បើ"));
    }

    #[test]
    fn dashes_between_words_stay_with_the_first() {
        assert!(forbid("peace ", "– and"));
        assert!(!forbid("peace – ", "and"));
        assert!(!forbid("by ", "-5"));
    }

    #[test]
    fn and_so_on_is_one_sign() {
        assert!(forbid("ច្បាប់ ។", "ល។"));
        assert!(!forbid("ច្បាប់។", "លោក"));
    }
}

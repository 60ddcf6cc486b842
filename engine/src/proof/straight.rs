//! Straight quotation marks, and hyphens for a dash.
//!
//! Knows texts alone. Its invariant: what it names would have become curly or a dash if it had been typed in the window.

use super::{Problem, slips::Slip};
use crate::release::{Language, quotes};

/// The first straight mark of a text, which has many if it has one, and all of its double hyphens. Those of the headline
/// are within others.
pub(super) fn marks(text: &str, language: Language, is_headline: bool) -> Vec<Slip> {
    let (dashes, marks): (Vec<_>, Vec<_>) =
        quotes::straight(text, language, is_headline).into_iter().partition(|(range, _)| range.len() > 1);
    let mark = marks.into_iter().take(1).map(|(range, right)| (range, Problem::StraightQuote(right)));
    mark.chain(dashes.into_iter().map(|(range, right)| (range, Problem::TwoHyphens(right)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_mark_is_found_wherever_it_stands() {
        let found = |text, headline| marks(text, Language::English, headline);
        assert_eq!(found("Cambodia's visit", false), [(8..9, Problem::StraightQuote("’"))]);
        assert_eq!(found("\"so\"", false), [(0..1, Problem::StraightQuote("“"))]);
        assert_eq!(found("\"so\"", true), [(0..1, Problem::StraightQuote("‘"))]);
        assert_eq!(found("a--b", false), [(1..3, Problem::TwoHyphens("—"))]);
        assert_eq!(marks("ថា \"បាទ\"", Language::Khmer, false), [(7..8, Problem::StraightQuote("«"))]);
        assert_eq!(found("https://a.example/it's--x, 11°33'N, “so”", false), []);
    }
}

//! A text cut into what the order of marks is decided in: a base with all that hangs on it.
//!
//! Must never know: fonts, words, what is right and what is wrong.
//!
//! Invariant: the pieces cover the text in order and without gaps, and each begins and ends
//! between two characters.

use std::ops::Range;

use super::{
    characters::{COENG, is_khmer, is_letter},
    marks::{ATTHACAN, Class, ZWSP},
};

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A base with its marks.
    Cluster,
    /// Marks with no base.
    Marks,
    /// Zero-width spaces, beside Khmer.
    Spaces,
    /// One character of anything else, or zero-width spaces apart from Khmer.
    Other,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// What it is.
    pub kind: Kind,
    /// Its bytes.
    pub range: Range<usize>,
}

/// The piece that begins at a byte, which must be where a piece can begin; `None` at the end.
pub(super) fn piece_at(text: &str, start: usize) -> Option<Piece> {
    let rest = text.get(start..)?;
    let first = rest.chars().next()?;
    if first.is_ascii() {
        return Some(Piece { kind: Kind::Other, range: start..start + 1 });
    }
    let before = || text.get(..start).and_then(|head| head.chars().next_back());
    let (kind, length) = match Class::of(first) {
        Class::Base => (Kind::Cluster, first.len_utf8() + marks_length(rest.get(first.len_utf8()..)?, first)),
        class if class.is_mark() => (Kind::Marks, marks_length(rest, ' ')),
        Class::Joiner | Class::Other if first == ZWSP => {
            let length = rest.len() - rest.trim_start_matches(ZWSP).len();
            let after = rest.get(length..).and_then(|tail| tail.chars().next());
            // A run is one piece either way, so that none is looked through twice.
            let beside_khmer = before().is_some_and(is_khmer) || after.is_some_and(is_khmer);
            (if beside_khmer { Kind::Spaces } else { Kind::Other }, length)
        }
        _ => (Kind::Other, first.len_utf8()),
    };
    Some(Piece { kind, range: start..start + length })
}

/// The pieces of a text, in order.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Piece> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let piece = piece_at(text, at)?;
        at = piece.range.end;
        Some(piece)
    })
}

/// How many bytes of marks a text begins with, after a character.
///
/// A letter right after a coeng belongs to it, and also one that the sign ◌៝ was moved before: canonical
/// ordering (Unicode's NFC and NFD) puts every coeng, whose combining class is 9, before that sign, whose
/// class is 230, and thereby parts the coeng from its letter. Joiners belong to the marks that they are
/// before, and one at the end of all marks to nobody, so that it never keeps a cluster from
/// being put in order.
fn marks_length(text: &str, before: char) -> usize {
    let mut previous = before;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        match Class::of(c) {
            Class::Joiner => {}
            // Both are looked at as if the coeng stood right before its letter.
            Class::Sign if c == ATTHACAN && previous == COENG => {
                end = at + c.len_utf8();
                continue;
            }
            class if class.is_mark() => end = at + c.len_utf8(),
            _ if previous == COENG && is_letter(c) => end = at + c.len_utf8(),
            _ => break,
        }
        previous = c;
    }
    end
}

/// Where the piece that holds a byte can be read from: its start, or a start before it.
pub(super) fn start_before(text: &str, byte: usize) -> usize {
    let mut start = text.floor_char_boundary(byte);
    while let Some((head, c)) = text.get(..start).and_then(|head| Some((head, head.chars().next_back()?))) {
        let joined = text.get(start..).and_then(|rest| rest.chars().next()).is_some_and(|next| {
            let class = Class::of(next);
            class.is_mark()
                || class == Class::Joiner
                || next == ZWSP
                || c == ZWSP
                || head.trim_end_matches(ATTHACAN).ends_with(COENG)
        });
        if !joined {
            break;
        }
        start -= c.len_utf8();
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        pieces(text).map(|piece| &text[piece.range]).collect()
    }

    #[test]
    fn a_base_with_its_marks_is_one() {
        assert_eq!(cut("ស្ត្រី"), ["ស្ត្រី"]);
        assert_eq!(cut("ខ្មែរ"), ["ខ្មែ", "រ"]);
        assert_eq!(cut("កា្រ ab"), ["កា្រ", " ", "a", "b"]);
        assert_eq!(cut("ក្\u{200B}\u{200B}ខ"), ["ក្", "\u{200B}\u{200B}", "ខ"]);
    }

    #[test]
    fn a_sign_moved_between_coeng_and_letter_belongs_to_the_letter_before() {
        assert_eq!(cut("ក\u{17D2}\u{17DD}ខគ"), ["ក\u{17D2}\u{17DD}ខ", "គ"]);
    }

    #[test]
    fn zero_width_spaces_are_one_piece() {
        assert_eq!(cut("a\u{200B}\u{200B}b"), ["a", "\u{200B}\u{200B}", "b"]);
        assert_eq!(pieces(&"\u{200B}".repeat(100_000)).count(), 1);
    }

    #[test]
    fn joiners_belong_to_the_mark_after_them() {
        assert_eq!(cut("ស៊\u{200C}ី"), ["ស៊\u{200C}ី"]);
        assert_eq!(cut("ក\u{200C}ខ"), ["ក", "\u{200C}", "ខ"]);
    }

    #[test]
    fn marks_with_no_base_are_one() {
        assert_eq!(cut("ាំក"), ["ាំ", "ក"]);
        assert_eq!(pieces("ា").next().map(|piece| piece.kind), Some(Kind::Marks));
    }
}

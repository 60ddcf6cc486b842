//! The order of marks in Khmer text: put right, judged, and seen through by a search.
//!
//! The same syllable can be typed in several orders that look alike and are different text, and
//! a search then fails. [`normalise`] puts the marks of each cluster in one order, the one of
//! Unicode Technical Note 61, "Khmer Encoding Structure":
//!
//! ```text
//! base  robat  subscripts, RO last  register shifter  vowel  signs  final sign
//! ```
//!
//! Pure functions of text. Must never know: fonts (what they do with an order is written down in
//! `drawing`), documents, fields.
//!
//! Invariant: what is seen never changes. Where two orders are drawn differently by one of the
//! bundled Khmer fonts, the text stays as it is; [`faults()`] then names what is wrong with it.

pub mod characters;
mod cluster;
mod drawing;
mod faults;
mod marks;
mod order;
mod search;
mod syllable;
#[cfg(test)]
mod tests;

use std::{borrow::Cow, ops::Range};

pub use characters::is_khmer;
pub use faults::{Fault, FaultKind, faults};
pub use search::{search_form, source_range};

use cluster::{Kind, Piece};

/// Puts the marks of each Khmer cluster in the normal order, never changing what is seen.
///
/// One vowel typed as its two parts becomes one, and zero-width spaces in a row beside Khmer
/// become one. A cluster whose order cannot be put right unseen, or that holds a joiner (U+200C,
/// U+200D) or a coeng that joins nothing, is left as it is. All else stays as it is too.
pub fn normalise(text: &str) -> Cow<'_, str> {
    let mut done = String::new();
    let mut kept = 0;
    for piece in cluster::pieces(text) {
        if let Some(replacement) = replacement(text, &piece) {
            done.push_str(text.get(kept..piece.range.start).unwrap_or_default());
            done.push_str(&replacement);
            kept = piece.range.end;
        }
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    done.push_str(text.get(kept..).unwrap_or_default());
    Cow::Owned(done)
}

/// What [`normalise`] would change at a place: a cluster or a run of zero-width spaces, and what
/// to put for it. `None` if nothing is to be changed there.
///
/// `around` is a byte offset: of the pieces that it stands in or between, the first that is not
/// in order. For use while typing: the caret has left the cluster at `around`.
pub fn normalise_range(text: &str, around: usize) -> Option<(Range<usize>, String)> {
    let around = around.min(text.len());
    let mut start = cluster::start_before(text, around.saturating_sub(1));
    while start <= around {
        let piece = cluster::piece_at(text, start)?;
        if piece.range.end >= around
            && let Some(replacement) = replacement(text, &piece)
        {
            return Some((piece.range, replacement));
        }
        start = piece.range.end;
    }
    None
}

/// What to put for a piece of a text, if it is not in order.
fn replacement(text: &str, piece: &Piece) -> Option<String> {
    let source = text.get(piece.range.clone())?;
    match piece.kind {
        Kind::Cluster => order::normal(source),
        Kind::Spaces => source.chars().nth(1).map(|_| String::from(marks::ZWSP)),
        Kind::Marks | Kind::Other => None,
    }
}

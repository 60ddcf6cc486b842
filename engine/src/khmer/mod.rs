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
//! Invariant: what is seen never changes, but for an order that no modern Khmer has: a subscript or
//! shifter behind a vowel, or what the shaper draws with a dotted circle. Where two possible orders are
//! drawn differently by one of the bundled Khmer fonts, the text stays as it is; [`faults()`] then names
//! what is wrong with it, and [`proposed`] says what is meant.
//!
//! SIL's khnormal follows the same note. It differs in that it also reorders what has a joiner in it, puts
//! ំា right without asking, and moves a shifter behind a spacing subscript (ម៉្យ to ម្យ៉): here a joiner is
//! taken to be meant, ំា is offered, and both orders of a shifter are left, for the fonts draw them
//! differently and both are in use.

mod boundaries;
pub mod characters;
mod cluster;
pub mod common;
mod drawing;
mod faults;
pub mod legacy;
pub mod lexicon;
mod marks;
mod order;
mod script;
mod search;
mod syllable;
#[cfg(test)]
mod tests;

use std::{borrow::Cow, ops::Range};

pub use boundaries::cluster_boundaries;
pub use characters::is_khmer;
pub use drawing::lowered;
pub use faults::{Fault, FaultKind, faults};
pub use script::by_script;
pub use search::{search_form, source_range};

use cluster::{Kind, Piece};

/// Puts the marks of each Khmer cluster in the normal order, never changing what is seen but for orders
/// that no modern Khmer has.
///
/// One vowel typed as its two parts becomes one, and zero-width spaces in a row beside Khmer
/// become one. A cluster whose order cannot be put right unseen, or that holds a joiner (U+200C,
/// U+200D) or a coeng that joins nothing, is left as it is. All else stays as it is too.
pub fn normalise(text: &str) -> Cow<'_, str> {
    let mut done = String::new();
    let mut kept = 0;
    for (range, replacement) in changes(text) {
        done.push_str(text.get(kept..range.start).unwrap_or_default());
        done.push_str(&replacement);
        kept = range.end;
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    done.push_str(text.get(kept..).unwrap_or_default());
    Cow::Owned(done)
}

/// What [`normalise`] changes: each place with what to put there, in order.
pub fn changes(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    let text = if order::is_all_plainly_ordered(text) { "" } else { text };
    cluster::pieces(text)
        .filter(|piece| matches!(piece.kind, Kind::Cluster | Kind::Spaces))
        .filter_map(|piece| Some((piece.range.clone(), replacement(text, &piece)?)))
}

/// What is meant by a letter of which [`faults()`] says that something is wrong; `None` if that is not certain.
/// Nothing is meant by a vowel that is not seen.
pub fn proposed(letter: &str) -> Option<String> {
    let rest = |given_up: char| letter.strip_prefix(given_up);
    if let Some(marks) = rest('\u{17A3}') {
        return Some(format!("អ{marks}"));
    }
    if let Some(marks) = rest('\u{17A4}') {
        return Some(format!("អា{marks}"));
    }
    if rest('\u{17B4}').or(rest('\u{17B5}')).is_some_and(str::is_empty) {
        return Some(String::new());
    }
    order::proposed(letter)
}

/// The letters of a text for which there is a proposal, each with it, in order.
pub fn proposals(text: &str) -> Vec<(Range<usize>, String)> {
    let mut proposals: Vec<(Range<usize>, String)> = Vec::new();
    for fault in faults(text) {
        let is_new = proposals.last().is_none_or(|(range, _)| *range != fault.range);
        if let Some(proposal) = text.get(fault.range.clone()).filter(|_| is_new).and_then(proposed) {
            proposals.push((fault.range, proposal));
        }
    }
    proposals
}

/// What [`normalise`] would change at a place: a cluster or a run of zero-width spaces, and what
/// to put for it. `None` if nothing is to be changed there.
///
/// `around` is a byte offset: of the pieces that it is in or between, the first that is not
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

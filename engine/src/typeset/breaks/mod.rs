//! Where a text may be broken: into lines, words and letters.
//!
//! Khmer is written without spaces between words, and a line may end only between words. So the
//! words must be found first. Three sources answer, the later ones overruling the earlier:
//!
//! 1. the standard, UAX 14 for lines and UAX 29 for words and letters: enough for Latin script,
//!    spaces, hyphens, line breaks in the text ([`line_breaks`], [`word_boundaries`]);
//! 2. a model learnt from Khmer newspapers, which says where Khmer words begin (`model`);
//! 3. rules of good print: which signs may not begin or end a line, and what is kept together
//!    (`rules`, `together`, for Latin script `latin`), to which come names (`names`, `places`), `references` and the words that the caller
//!    knows ([`KnownWords`]).
//!
//! The writer overrules all three: a zero-width space always allows a break.
//!
//! Must never know: fonts, widths, pages; which of the places is taken is decided elsewhere.
//!
//! Invariant: every place returned is a cluster boundary, so no letter is ever cut.

mod characters;
mod features;
mod hours;
mod hyphens;
mod kept;
mod latin;
mod letters;
mod lines;
mod model;
mod names;
mod places;
mod references;
mod rules;
mod together;
mod words;

pub use crate::khmer::cluster_boundaries;
pub use hyphens::hyphens;
pub use kept::KnownWords;
pub use latin::names as latin_names;
pub use lines::{line_breaks, line_breaks_and_held, line_breaks_with};
pub use names::{after_titles, honorific_before, names, office_after};
pub use places::{begins_listed_word, is_listed_word};
pub use words::word_boundaries;

/// Why a line may break at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BreakKind {
    /// After one or more spaces.
    Space,
    /// After U+200B.
    ZeroWidthSpace,
    /// Between two words written together, of which one at least is Khmer.
    Word,
    /// Within a Khmer noun, after the prefix that makes it one (ការ|អភិវឌ្ឍ). Some call these two words;
    /// a line that ends with the prefix reads worse than another.
    Compound,
    /// Between two words where the model is in doubt: right four times in five. For a line that would
    /// have a hole otherwise.
    Doubtful,
    /// After a word that joins, as និង: it rather begins a line.
    Conjunction,
    /// Within what reads best on one line: between the month and the year of a date, between the two names of a
    /// person, after ការ in ការបរទេស. For a line that would have a hole otherwise.
    Phrase,
    /// After a hyphen or by another rule of UAX 14.
    Other,
    /// Within a phrase or a name that reads as one: Prime Minister. A line that ends elsewhere is better.
    Rather,
    /// Within a date, as between a day and its month, or between a number and its noun: only against a hole.
    Firm,
    /// Within an address, a telephone number or the like: only if that is longer than a line.
    Held,
    /// Within a name, a number or another phrase that is never divided: only if a line is shorter than it, and no
    /// [`BreakKind::Held`] helps.
    Inner,
    /// Within a word that is then divided by a hyphen: after U+00AD, or by [`hyphens`].
    Hyphen,
    /// A line break in the text itself (`\n`, U+2028).
    Mandatory,
}

impl BreakKind {
    /// Whether a line ends there only if it is shorter than what holds together.
    pub fn is_way_out(self) -> bool {
        matches!(self, Self::Held | Self::Inner)
    }
}

/// A place where a line may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Break {
    /// Byte offset of the first character of the next line.
    pub at: usize,
    /// How firmly the line may or must end there.
    pub kind: BreakKind,
}

#[cfg(test)]
mod tests;

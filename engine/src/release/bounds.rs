//! How much a release may hold.
//!
//! Each bound is far above what a release needs, and so low that an ordinary machine reads, sets, checks and
//! writes a draft at the bound in seconds. A file that is beyond one is not read as a draft, so the same
//! bounds hold for what is typed, pasted, filled in and saved: no draft can grow so that it could not be
//! opened again.
//!
//! Here are the numbers, what is said of what exceeds them, and the checks of single texts and counts, which the
//! reader of a file makes as it reads. `bounded` holds a whole release to them.
//!
//! Must never know: files, pages, the window.

use std::ops::Range;

use super::{Comment, Field, Release, RichText};
use crate::khmer::{characters::is_letter, cluster_boundaries};

/// Paragraphs of the body. A release has 5 to 50; this is a page of one-line paragraphs for every page.
pub const PARAGRAPHS: usize = 20_000;
/// Characters of one text: a paragraph, or a field. Forty pages, of which each keystroke sets all.
pub const CHARACTERS: usize = 100_000;
/// Characters of what a reader takes for one letter. In Khmer it has up to about ten, an emoji of four
/// people eleven.
pub const LETTER: usize = 100;
/// Signatories of a release. A treaty of the region has eleven.
pub const SIGNATORIES: usize = 40;
/// Footnotes of a release. Agreements have some dozens; each is a field of the form.
pub const NOTES: usize = 2_000;
/// Columns of a table: of a dozen, each is as wide as a date on A4.
pub const COLUMNS: usize = 12;
/// Rows of a table, twenty-five pages of them. The widths of its columns depend on all.
pub const ROWS: usize = 1_000;
/// Bytes of a draft as a file: five times the longest the tests set, 200 pages of Khmer.
pub const BYTES: usize = 8 << 20;
/// Comments on a release, and answers to one of them. A chief makes a dozen.
pub const COMMENTS: usize = 500;
/// Pages that are set. The signs of a page take about 20 KB while a release is open.
pub const PAGES: usize = 1_000;
/// Pixels of all pictures that are made of one release, which are in memory as PNG until the last is made:
/// 30 pages at 1,200 dots per inch, 2,000 at 150.
pub const PIXELS: u64 = 4_500_000_000;

/// What makes one text too long.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextBound {
    /// More than [`CHARACTERS`].
    #[error("it has {0} characters, and at most {CHARACTERS} can be set as one text; divide it or shorten it")]
    Characters(usize),
    /// A letter of more than [`LETTER`] characters.
    #[error("{letter} signs are on one letter, beginning with “{start}”; it can have {LETTER}. Take the others out")]
    Letter {
        /// The letter, in bytes of the text.
        range: Range<usize>,
        /// How many characters it has.
        letter: usize,
        /// How it begins.
        start: String,
    },
}

/// What makes a release too large.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Exceeded {
    /// More than [`PARAGRAPHS`].
    #[error(
        "the text has {0} paragraphs, and a draft at most {PARAGRAPHS}; join some, or divide it into several drafts"
    )]
    Paragraphs(usize),
    /// More than [`SIGNATORIES`].
    #[error("there are {0} signatories, and a draft has at most {SIGNATORIES}; take some out")]
    Signatories(usize),
    /// More than [`NOTES`].
    #[error(
        "there are {0} footnotes, and a draft has at most {NOTES}; take some out, or divide it into several drafts"
    )]
    Notes(usize),
    /// More than [`COLUMNS`].
    #[error("a row of a table has {0} cells, and at most {COLUMNS} have room beside each other; divide the table")]
    Columns(usize),
    /// More than [`ROWS`].
    #[error("a table has {0} rows, and at most {ROWS} can be set; put a paragraph in between, or take some out")]
    Rows(usize),
    /// More than [`COMMENTS`].
    #[error("there are {0} comments or answers to one, and a draft has at most {COMMENTS}; take some out")]
    Comments(usize),
    /// A comment is too long.
    #[error("a comment: {0}")]
    Comment(TextBound),
    /// One text is too long.
    #[error("{}: {bound}", .field.name())]
    Text {
        /// Whose text it is.
        field: Field,
        /// Which bound.
        bound: TextBound,
    },
    /// The file would have more than [`BYTES`], this many.
    #[error("the draft takes {} MB, and at most {} can be opened again; divide it into several drafts",
        .0.div_ceil(1 << 20), BYTES >> 20)]
    Bytes(usize),
}

/// Whether a text is within its bounds.
///
/// # Errors
/// If it is not, with what to shorten.
pub fn text(text: &str) -> Result<(), TextBound> {
    // No character has more than four bytes, and none fewer than one.
    if text.len() > CHARACTERS {
        let characters = text.chars().count();
        if characters > CHARACTERS {
            return Err(TextBound::Characters(characters));
        }
    }
    let Some(range) = long_letter(text) else { return Ok(()) };
    let signs = text.get(range.clone()).unwrap_or_default();
    let start = signs.chars().take(3).collect();
    Err(TextBound::Letter { range, letter: signs.chars().count(), start })
}

/// Whether a text and its notes are within their bounds.
///
/// # Errors
/// If one of them is not.
pub(super) fn rich(of: &RichText) -> Result<(), TextBound> {
    text(of.as_str())?;
    of.notes().try_for_each(|(_, note)| text(note.as_str()))
}

/// Whether so many signatories are within their bound.
///
/// # Errors
/// If they are not.
pub(super) fn signatories(count: usize) -> Result<(), Exceeded> {
    if count > SIGNATORIES { Err(Exceeded::Signatories(count)) } else { Ok(()) }
}

/// Whether the footnotes of a release are within their bound.
///
/// # Errors
/// If they are not.
pub(super) fn notes(release: &Release) -> Result<(), Exceeded> {
    let count = release.notes().count();
    if count > NOTES { Err(Exceeded::Notes(count)) } else { Ok(()) }
}

/// Whether so many cells of a row are within their bound.
///
/// # Errors
/// If they are not.
pub(super) fn columns(count: usize) -> Result<(), Exceeded> {
    if count > COLUMNS { Err(Exceeded::Columns(count)) } else { Ok(()) }
}

/// Whether so many rows of a table are within their bound.
///
/// # Errors
/// If they are not.
pub(super) fn rows(count: usize) -> Result<(), Exceeded> {
    if count > ROWS { Err(Exceeded::Rows(count)) } else { Ok(()) }
}

/// Whether comments are within their bounds.
///
/// # Errors
/// If they are not.
pub(super) fn comments(comments: &[Comment]) -> Result<(), Exceeded> {
    let most = comments.iter().map(|comment| comment.answers.len()).max().unwrap_or(0).max(comments.len());
    if most > COMMENTS {
        return Err(Exceeded::Comments(most));
    }
    let texts = comments.iter().flat_map(|Comment { on, by, text: said, answers, .. }| {
        [on, by, said].into_iter().chain(answers.iter().flat_map(|answer| [&answer.by, &answer.text]))
    });
    texts.into_iter().try_for_each(|said| text(said).map_err(Exceeded::Comment))
}

/// Whether so many paragraphs are within their bound.
///
/// # Errors
/// If they are not.
pub(super) fn paragraphs(count: usize) -> Result<(), Exceeded> {
    if count > PARAGRAPHS { Err(Exceeded::Paragraphs(count)) } else { Ok(()) }
}

/// The first letter of more than [`LETTER`] characters.
fn long_letter(text: &str) -> Option<Range<usize>> {
    if text.len() <= LETTER || is_of_short_letters(text) {
        return None;
    }
    let ends = cluster_boundaries(text);
    let mut letters = ends.windows(2).map(|pair| pair[0]..pair[1]).filter(|letter| letter.len() > LETTER);
    letters.find(|letter| text.get(letter.clone()).is_some_and(|signs| signs.chars().count() > LETTER))
}

/// Whether letters begin so near to each other that none is too long: it need not be cut into them.
fn is_of_short_letters(text: &str) -> bool {
    // How many characters there are since the last that surely begins a letter, and whether there is one among them that
    // may take the next letter along: a coeng, the like of another script, what is not seen.
    let (mut count, mut takes) = (0, false);
    text.chars().all(|c| {
        let is_plain = c.is_ascii_graphic() || c == ' ';
        count = if (is_plain || is_letter(c)) && !takes { 1 } else { count + 1 };
        takes = !is_plain && !is_letter(c) && (takes || !matches!(c, '\u{17B6}'..='\u{17D1}'));
        // One more may belong to it.
        count < LETTER
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_letter_that_is_too_long_is_found() {
        let letter = |signs: usize| format!("ក{}", "ិ".repeat(signs - 1));
        let text = format!("Cambodia {} {}", letter(LETTER), letter(LETTER + 1));
        let found = long_letter(&text).unwrap();
        assert_eq!(text[found].chars().count(), LETTER + 1);
        assert_eq!(long_letter(&format!("{}ខ{}", letter(LETTER), letter(LETTER))), None);
        let subscripts = format!("ក{}", "្ក".repeat(LETTER / 2));
        assert_eq!(long_letter(&subscripts), Some(0..subscripts.len()));
    }

    #[test]
    fn a_sign_that_goes_before_takes_a_space_along() {
        let text = format!("{} \u{17CB}", "\u{600}".repeat(LETTER - 1));
        assert_eq!(long_letter(&text), Some(0..text.len()));
    }

    proptest::proptest! {
        #[test]
        fn letters_that_begin_near_to_each_other_are_short(
            parts in proptest::collection::vec(("[កខ្ាិ់៉\u{17B4}។ៗaZ 9\r\n\u{200B}\u{200D}\u{2060}\u{301}é👩🇰क्\u{600}한]{1,4}", 1..110_usize), 1..4),
        ) {
            let text: String = parts.iter().map(|(part, times)| part.repeat(*times)).collect();
            let length = |pair: &[usize]| text[pair[0]..pair[1]].chars().count();
            let longest = cluster_boundaries(&text).windows(2).map(length).max();
            proptest::prop_assert!(!is_of_short_letters(&text) || longest <= Some(LETTER), "{longest:?}");
        }
    }
}

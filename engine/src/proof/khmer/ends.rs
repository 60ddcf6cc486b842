//! The ends of paragraphs in Khmer: a text ends with ៕, its other paragraphs with ។.
//!
//! Must never know: what is inside of a paragraph. Its invariant: every range is the last character of one.

use std::ops::Range;

use super::super::{Problem, two_ways::Found};
use crate::{
    khmer::characters::is_letter,
    release::{BlockKind, Field, Language, Paragraph, Release},
};

/// Signs with which a text may end.
const ENDS: &str = "៕។៚៙!?…";
/// A shorter paragraph may be a line of its own, as of place and date. In characters.
const SHORTEST: usize = 60;

/// A text without a stop at its end, or with ។, after which more is expected, and paragraphs without one beside others that
/// have it. A template's text may still get one.
pub(in super::super) fn marks(release: &Release) -> Vec<Found> {
    if release.language != Language::Khmer || release.template.is_some() {
        return Vec::new();
    }
    // A table or a picture may come behind the last words.
    let is_text = |block: &Paragraph| {
        !block.kind.is_cell() && block.kind != BlockKind::Picture && block.text.as_str().contains(is_letter)
    };
    let blocks: Vec<(usize, &Paragraph)> =
        release.body.iter().enumerate().filter(|(_, block)| is_text(block)).collect();
    let Some((index, last)) = blocks.last() else { return Vec::new() };
    let mut found = Vec::new();
    let text = last.text.as_str();
    // What ៖ announces ends the text: a table, a picture.
    let is_shown = |block: &Paragraph| block.kind.is_cell() || block.kind == BlockKind::Picture;
    let is_announced = text.trim_end().ends_with(['៖', ':']) && release.body.iter().skip(index + 1).any(is_shown);
    if !is_ended(text) && !is_announced {
        found.push((Field::Paragraph(*index), last_character(text), Problem::NoEndMark));
    } else if text.trim_end().ends_with('។') {
        found.push((Field::Paragraph(*index), last_character(text), Problem::EndsInStop));
    }
    // Several beside each other without a stop are lines, as of an address.
    let is_ended_at = |at: usize| blocks.get(at).is_some_and(|(_, block)| is_ended(block.text.as_str()));
    let but_last = blocks.len().saturating_sub(1);
    for (at, (index, block)) in blocks.iter().enumerate().take(but_last) {
        let are_ended = at.checked_sub(1).is_none_or(is_ended_at) && is_ended_at(at + 1);
        if are_ended && block.kind == BlockKind::Plain && lacks_stop(block) {
            found.push((Field::Paragraph(*index), last_character(block.text.as_str()), Problem::NoEndMark));
        }
    }
    found
}

/// Whether a paragraph is a sentence in Khmer that goes on to its last letter.
fn lacks_stop(block: &Paragraph) -> bool {
    let text = block.text.as_str().trim_end();
    text.ends_with(is_khmer_text) && text.chars().nth(SHORTEST).is_some() && text.starts_with(is_letter)
}

/// Letters and marks that a word may end with.
fn is_khmer_text(c: char) -> bool {
    ('\u{1780}'..='\u{17D1}').contains(&c)
}

/// Whether a text in Khmer ends as one should: with a stop, which closing quotes and brackets may follow.
fn is_ended(text: &str) -> bool {
    let end = text.trim_end_matches(|c: char| c.is_whitespace() || "\u{200B}»”’)]".contains(c));
    // A placeholder may bring the stop with it.
    end.ends_with(|c| ENDS.contains(c)) || end.ends_with("}}")
}

fn last_character(text: &str) -> Range<usize> {
    let text = text.trim_end();
    text.len() - text.chars().next_back().map_or(0, char::len_utf8)..text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::{Cell, RichText};

    fn found(blocks: &[(BlockKind, &str)]) -> Vec<(usize, Problem)> {
        let block =
            |(kind, text): &(BlockKind, &str)| Paragraph { kind: *kind, ..Paragraph::new(RichText::plain(*text)) };
        let release = Release { body: blocks.iter().map(block).collect(), ..Release::blank(Language::Khmer) };
        let index = |field: Field| if let Field::Paragraph(index) = field { index } else { usize::MAX };
        marks(&release).into_iter().map(|(field, _, problem)| (index(field), problem)).collect()
    }

    #[test]
    fn a_release_in_khmer_ends_in_its_last_mark() {
        let alone = |text| found(&[(BlockKind::Plain, text)]).pop().map(|(_, problem)| problem);
        assert_eq!(alone("ចប់"), Some(Problem::NoEndMark));
        assert_eq!(alone("ចប់។ "), Some(Problem::EndsInStop));
        assert_eq!(last_character("ចប់។ "), 9..12);
        assert_eq!(Problem::EndsInStop.mend("ចប់។", 9..12).as_deref(), Some("៕"));
        for right in ["ចប់៕", "«ចប់។»", "{{text}}"] {
            assert_eq!(alone(right), None, "{right}");
        }
    }

    #[test]
    fn a_table_behind_the_last_words_is_no_end() {
        let cell = BlockKind::Cell(Cell::Row);
        assert_eq!(found(&[(BlockKind::Plain, "ចប់៕"), (cell, "អាមេរិក")]), []);
        assert_eq!(found(&[(BlockKind::Plain, "ចប់"), (cell, "អាមេរិក")]), [(0, Problem::NoEndMark)]);
        assert_eq!(found(&[(BlockKind::Plain, "ដូចខាងក្រោម៖"), (cell, "អាមេរិក")]), []);
        assert_eq!(found(&[(BlockKind::Plain, "ដូចខាងក្រោម៖")]), [(0, Problem::NoEndMark)]);
    }

    #[test]
    fn a_paragraph_without_its_stop_is_found_among_those_that_have_one() {
        let sentence = "ភាគីទាំងពីរបានផ្លាស់ប្តូរទស្សនៈលើបញ្ហាតំបន់ និងអន្តរជាតិដែលជាផលប្រយោជន៍រួម";
        let ended = format!("{sentence}។");
        let last = (BlockKind::Plain, "ចប់៕");
        fn plain(text: &str) -> (BlockKind, &str) {
            (BlockKind::Plain, text)
        }
        assert_eq!(found(&[plain(&ended), plain(sentence), plain(&ended), last]), [(1, Problem::NoEndMark)]);
        assert_eq!(found(&[plain(sentence), last]), [(0, Problem::NoEndMark)]);
        // Two beside each other may be lines of their own; one of place and date and what announces a list have none.
        assert_eq!(found(&[plain(&ended), plain(sentence), plain(sentence), plain(&ended), last]), []);
        let announced = format!("{sentence}៖");
        for right in [announced.as_str(), "ធ្វើនៅរាជធានីភ្នំពេញ ថ្ងៃទី៣០ ខែវិច្ឆិកា ឆ្នាំ២០២៦", "សម្តេចតេជោ"]
        {
            assert_eq!(found(&[plain(&ended), plain(right), plain(&ended), last]), [], "{right}");
        }
    }

    #[test]
    fn a_text_ends_in_a_stop() {
        for text in ["ចប់។", "ចប់ ៕ ", "«ចប់។»", "{{text}}", "ចប់?"] {
            assert!(is_ended(text), "{text}");
        }
        assert!(!is_ended("អត្ថបទចប់ដោយគ្មានខណ្ឌ") && !is_ended("ចប់៖"));
    }
}

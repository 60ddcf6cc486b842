//! What is searched for, where it is in the release, and what replaces it.
//!
//! Pure: knows the document and nothing of the window. A Khmer text is found in whatever order
//! its marks were typed and whether or not zero-width spaces are in it
//! ([`crate::khmer::search_form`]).
//!
//! Invariant: a match is whole letters. ក is not found in កា, so a replacement never leaves a
//! vowel without the letter that it stood on.

use std::ops::Range;

use super::{Position, Selection};
use crate::{
    khmer::{search_form, source_range},
    release::{Field, Release, RichText},
    typeset::breaks::word_boundaries,
    work,
};

/// What is searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The characters.
    pub text: String,
    /// Whether capitals and small letters differ.
    pub match_case: bool,
    /// Whether only whole words are found.
    pub whole_word: bool,
}

/// A place where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// In this field.
    pub field: Field,
    /// These bytes of its text.
    pub range: Range<usize>,
}

impl Query {
    /// The matches in one text, in order; none overlaps another.
    pub fn matches(&self, text: &str) -> Vec<Range<usize>> {
        let (wanted, _) = search_form(&self.text, !self.match_case);
        if wanted.is_empty() || text.is_empty() {
            return Vec::new();
        }
        let (form, sources) = search_form(text, !self.match_case);
        // Between two letters, the source changes.
        let bound = |at: usize| at == 0 || sources.get(at) != sources.get(at - 1);
        let mut words = None;
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(at) = form.get(from..).and_then(|rest| rest.find(&wanted)) {
            let (start, end) = (from + at, from + at + wanted.len());
            let range = source_range(text, &sources, start..end);
            let mut is_word = || {
                let words = words.get_or_insert_with(|| word_boundaries(text));
                words.binary_search(&range.start).is_ok() && words.binary_search(&range.end).is_ok()
            };
            if bound(start) && bound(end) && !range.is_empty() && (!self.whole_word || is_word()) {
                found.push(range);
                from = end;
            } else {
                from = start + form.get(start..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            }
        }
        found
    }

    /// The matches in all fields, in the order of the page.
    pub fn matches_in(&self, release: &Release) -> Vec<Match> {
        let mut matches = Vec::new();
        for field in release.fields() {
            let Some(text) = release.text(field) else { continue };
            matches.extend(self.matches(text.as_str()).into_iter().map(|range| Match { field, range }));
        }
        matches
    }
}

/// Puts a text in the place of matches, each in the emphasis that its first letter had, and
/// in the link that the match was in.
pub fn replace(release: &mut Release, matches: &[Match], with: &str) {
    // From the end, so that the places before stay what they are.
    let mut rest = matches;
    while let Some(field) = rest.last().map(|last| last.field) {
        let (before, here) = rest.split_at(rest.iter().rposition(|other| other.field != field).map_or(0, |at| at + 1));
        rest = before;
        let Some(text) = release.text(field).map(|text| text.into_owned()) else { continue };
        let mut replaced = RichText::default();
        // Every second part is a match.
        let parts = text.parts(here.iter().flat_map(|found| [found.range.start, found.range.end]));
        for (index, part) in parts.iter().enumerate() {
            work::step();
            if index % 2 == 0 { replaced.push(part) } else { replaced.push(&part.reworded(with)) }
        }
        release.set_text(field, replaced);
    }
}

/// The match after the selection, or before it, going round at the ends.
///
/// A match that begins where the selection does is passed over, so that one goes on from it.
pub fn next(matches: &[Match], selection: Option<Selection>, forward: bool) -> Option<usize> {
    let last = matches.len().checked_sub(1)?;
    let Some(selection) = selection else { return Some(if forward { 0 } else { last }) };
    let here = selection.start();
    let of = |found: &Match| {
        work::step();
        Position::new(found.field, found.range.start)
    };
    Some(if forward {
        // A caret right before a match finds that one.
        let skip = |found: &&Match| if selection.is_empty() { of(found) < here } else { of(found) <= here };
        let passed = matches.iter().take_while(skip).count();
        if passed > last { 0 } else { passed }
    } else {
        matches.iter().take_while(|found| of(found) < here).count().checked_sub(1).unwrap_or(last)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        release::{Paragraph, Style},
        work::tests::{assert_linear, steps},
    };

    fn found<'a>(text: &'a str, query: &str) -> Vec<&'a str> {
        let query = Query { text: query.to_owned(), ..Query::default() };
        query.matches(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn case_and_whole_words_are_a_choice() {
        let text = "Minister, ministers and the MINISTER";
        let matches =
            |match_case, whole_word| Query { text: "minister".into(), match_case, whole_word }.matches(text).len();
        assert_eq!((matches(false, false), matches(true, false)), (3, 1));
        assert_eq!((matches(false, true), matches(true, true)), (2, 0));
    }

    #[test]
    fn khmer_is_found_in_any_order_of_marks_and_across_zero_width_spaces() {
        assert_eq!(found("ខ្ញុំនៅស្រុក", "ស្រុក"), ["ស្រុក"]);
        assert_eq!(found("ភា\u{200B}គី", "ភាគី"), ["ភា\u{200B}គី"]);
        assert_eq!(found("ភាគី", "ភា\u{200B}គី"), ["ភាគី"]);
        assert_eq!(found("កា្រ", "ក្រា"), ["កា្រ"]);
    }

    #[test]
    fn a_match_is_whole_letters() {
        assert!(found("កា", "ក").is_empty());
        assert_eq!(found("កាក", "ក"), ["ក"]);
        assert!(found("e\u{301}", "e").is_empty());
        assert!(found("", "a").is_empty() && found("a", "").is_empty() && found("a", "\u{200B}").is_empty());
    }

    #[test]
    fn khmer_words_are_whole_by_the_model_of_words() {
        let query = Query { text: "ភាគី".into(), match_case: false, whole_word: true };
        assert_eq!(query.matches("ភាគីទាំងពីរ").len(), 1);
    }

    fn release() -> Release {
        let mut text = RichText::plain("Japan and ");
        text.push_str("Japan", Style::BOLD);
        text.push_str(".", Style::PLAIN);
        Release { title: "Japan".into(), body: vec![Paragraph::new(text)], ..Release::default() }
    }

    #[test]
    fn all_is_replaced_in_every_field_and_emphasis_stays() {
        let mut release = release();
        let query = Query { text: "japan".into(), ..Query::default() };
        let matches = query.matches_in(&release);
        assert_eq!(matches.len(), 3);
        replace(&mut release, &matches, "ជប៉ុន");
        let mut text = RichText::plain("ជប៉ុន and ");
        text.push_str("ជប៉ុន", Style::BOLD);
        text.push_str(".", Style::PLAIN);
        assert_eq!((release.title.as_str(), &release.body[0].text), ("ជប៉ុន", &text));
        assert!(query.matches_in(&release).is_empty());
    }

    #[test]
    fn many_matches_in_many_runs_and_paragraphs_take_work_in_proportion() {
        assert_linear(1_000, |size| {
            let mut text = RichText::default();
            for number in 0..size {
                text.push_str("ab ", Style::EACH[number % 2]);
            }
            let body = (0..size).map(|_| Paragraph::new(RichText::plain("ab"))).chain([Paragraph::new(text.clone())]);
            let mut release = Release { body: body.collect(), ..Release::default() };
            let matches = Query { text: "a".into(), ..Query::default() }.matches_in(&release);
            assert_eq!(matches.len(), 2 * size);
            steps(|| {
                assert_eq!(next(&matches, Some(Selection::at(Field::Place, 0)), false), Some(2 * size - 1));
                replace(&mut release, &matches, "ក");
                assert_eq!(release.body[size].text.runs().count(), size);
            })
        });
    }

    #[test]
    fn next_goes_on_from_the_selection_and_round_at_the_end() {
        let release = release();
        let matches = Query { text: "japan".into(), ..Query::default() }.matches_in(&release);
        let from = |field, range, forward| next(&matches, Some(Selection::select(field, range)), forward);
        assert_eq!(next(&matches, None, true), Some(0));
        assert_eq!(from(Field::Title, 0..0, true), Some(0));
        assert_eq!(from(Field::Title, 0..5, true), Some(1));
        assert_eq!(from(Field::Paragraph(0), 0..5, true), Some(2));
        assert_eq!(from(Field::Paragraph(0), 10..15, true), Some(0));
        assert_eq!(from(Field::Title, 0..5, false), Some(2));
        assert_eq!(from(Field::Place, 0..0, false), Some(2));
        assert_eq!(next(&[], None, true), None);
    }
}

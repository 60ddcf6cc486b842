//! What is searched for, where it is in the release, and what replaces it.
//!
//! Pure: knows the document and nothing of the window. A Khmer text is found in whatever order
//! its marks were typed and whether or not zero-width spaces are in it
//! ([`crate::khmer::search_form`]).
//!
//! Invariant: a match is whole letters. ក is not found in កា, so a replacement never leaves a
//! vowel without the letter that it stood on.

use std::{collections::HashMap, ops::Range, sync::Arc};

use super::{Document, Position, Selection};
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
        work::step();
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
}

/// What is found in a document, kept while it is edited: what edits leave alone moves along with them, and only
/// texts that they touch are searched again.
///
/// Invariant: the matches are those that a search of all fields finds.
#[derive(Clone, Debug, Default)]
pub struct Search {
    query: Query,
    /// The revision that the matches are of; `None` before the first search.
    revision: Option<u64>,
    /// Each text as it was searched, with what is found in it.
    texts: HashMap<Field, (String, Vec<Range<usize>>)>,
    matches: Arc<[Match]>,
}

impl Search {
    /// The matches in all fields, in the order of the page.
    pub fn matches(&self) -> &Arc<[Match]> {
        &self.matches
    }

    /// Forgets everything, as when another document is opened.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Finds what is asked for in the document as it is now, and says whether that was new to it.
    pub fn follow(&mut self, query: &Query, document: &Document) -> bool {
        let is_same = self.query == *query;
        if is_same && self.revision == Some(document.revision()) {
            return false;
        }
        let edits = self.revision.filter(|_| is_same).and_then(|revision| document.edits_since(revision));
        let mut known: HashMap<_, _> = match edits {
            Some(edits) => {
                let mut texts: Vec<_> = std::mem::take(&mut self.texts).into_iter().collect();
                for edit in edits {
                    texts.retain_mut(|(field, (text, _))| match edit.map_range(*field, 0..text.len()) {
                        Some((now, _)) => {
                            *field = now;
                            true
                        }
                        None => false,
                    });
                }
                // Where two texts came to one field, it is only like one of them, and is looked at below.
                texts.into_iter().collect()
            }
            None => HashMap::new(),
        };
        let release = document.release();
        let (mut texts, mut matches) = (HashMap::new(), Vec::new());
        for field in release.fields() {
            let Some(text) = release.text(field) else { continue };
            let text = text.as_str();
            let kept = known.remove(&field).filter(|(before, _)| before == text);
            let (text, found) = kept.unwrap_or_else(|| (text.to_owned(), query.matches(text)));
            matches.extend(found.iter().cloned().map(|range| Match { field, range }));
            texts.insert(field, (text, found));
        }
        (self.texts, self.matches) = (texts, matches.into());
        (self.query, self.revision) = (query.clone(), Some(document.revision()));
        true
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
    use proptest::prelude::*;

    use super::*;
    use crate::{
        editing::{Slice, Step, Texts as _},
        release::{BlockKind, Paragraph, Style},
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

    /// What a search of the whole release finds.
    fn matches_in(release: &Release, text: &str) -> Arc<[Match]> {
        let mut search = Search::default();
        let query = Query { text: text.into(), ..Query::default() };
        search.follow(&query, &Document::new(release.clone(), None));
        search.matches
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
        let matches = matches_in(&release, "japan");
        assert_eq!(matches.len(), 3);
        replace(&mut release, &matches, "ជប៉ុន");
        let mut text = RichText::plain("ជប៉ុន and ");
        text.push_str("ជប៉ុន", Style::BOLD);
        text.push_str(".", Style::PLAIN);
        assert_eq!((release.title.as_str(), &release.body[0].text), ("ជប៉ុន", &text));
        assert!(matches_in(&release, "japan").is_empty());
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
            let matches = matches_in(&release, "a");
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
        let matches = matches_in(&release, "japan");
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

    #[test]
    fn only_texts_that_are_touched_are_searched_again() {
        let body = (0..200).map(|_| Paragraph::new(RichText::plain("Japan, and Japan"))).collect();
        let mut document = Document::new(Release { body, ..Release::default() }, None);
        let query = Query { text: "japan".into(), ..Query::default() };
        let mut search = Search::default();
        let all = steps(|| search.follow(&query, &document));
        assert!(all > 200 && search.matches.len() == 400);
        let caret = Selection::at(Field::Paragraph(100), 5);
        let mut replace = |document: &mut Document, slice: &Slice| {
            document.replace(Step::Typing, caret, caret.range(), slice);
            (steps(|| search.follow(&query, document)), search.matches.len())
        };
        // The word is still there, with a letter behind it.
        assert_eq!(replace(&mut document, &Slice::text(RichText::plain("s"))), (1, 400));
        // Two paragraphs of one; those behind have moved.
        assert_eq!(replace(&mut document, &Slice::paragraph_break(false, BlockKind::Plain)), (2, 400));
    }

    proptest! {
        #[test]
        fn what_edits_leave_is_what_a_search_of_all_finds(
            edits in prop::collection::vec((0usize..6, 0usize..5, 0usize..5, "[aក\n]{0,3}"), 1..30)
        ) {
            let body = ["aa", "a ក", "ba"].map(|text| Paragraph::new(RichText::plain(text))).to_vec();
            let mut document = Document::new(Release { body, ..Release::default() }, None);
            let query = Query { text: "a".into(), ..Query::default() };
            let mut search = Search::default();
            for (what, at, to, with) in edits {
                let position = |at| document.clamped(Position::new(Field::Paragraph(at), to));
                let selection = Selection::between(position(at), position(to));
                match what {
                    0 => document.change(Step::RemoveParagraph, None, |release| {
                        if at < release.body.len() { release.body.remove(at); }
                    }),
                    1 => document.change(Step::MoveParagraph, None, |release| {
                        let by = at.min(release.body.len());
                        release.body.rotate_left(by);
                    }),
                    2 => document.change(Step::Setup, None, |release| release.title = with),
                    3 => drop(document.undo(None)),
                    // Some edits are followed together.
                    _ => drop(document.replace(Step::Paste, selection, selection.range(), &Slice::of_lines(&RichText::plain(with)))),
                }
                if to % 2 == 0 {
                    search.follow(&query, &document);
                    prop_assert_eq!(&search.matches, &matches_in(document.release(), "a"));
                }
            }
        }
    }
}

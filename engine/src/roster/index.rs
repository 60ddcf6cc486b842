//! Texts to be looked up by how they begin, or how one of their words begins.
//!
//! Held in the form in which texts are searched (`khmer::search_form`, capitals made small), so that
//! a mark typed in another order or a zero-width space makes no difference. Knows no people.

use std::ops::Range;

use crate::khmer::search_form;

/// Words of one text from which it may be begun. The longest names have six.
const MOST_WORDS: usize = 6;
/// How many matches are shown: a user does not choose among more.
const MOST_FOUND: usize = 64;

/// A sorted list of beginnings.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// The form of each text.
    forms: Vec<Box<str>>,
    /// Where words begin, ordered by what is from there on.
    starts: Vec<Start>,
}

/// A place in a text.
#[derive(Clone, Copy, Debug)]
struct Start {
    text: usize,
    byte: usize,
}

impl Index {
    /// Texts that may be begun at any of their words, as a name by the given name.
    pub(super) fn of_each_word<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        Self::new(texts, MOST_WORDS)
    }

    /// Texts that are begun from the front alone.
    pub(super) fn of_whole<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        Self::new(texts, 1)
    }

    fn new<'a>(texts: impl Iterator<Item = &'a str>, words: usize) -> Self {
        let forms: Vec<Box<str>> = texts.map(|text| form(text).into()).collect();
        let mut starts = Vec::new();
        for (text, form) in forms.iter().enumerate().filter(|(_, form)| !form.is_empty()) {
            let bytes = std::iter::once(0).chain(form.match_indices(' ').map(|(at, _)| at + 1));
            starts.extend(bytes.take(words).map(|byte| Start { text, byte }));
        }
        let mut index = Self { forms, starts: Vec::new() };
        starts.sort_by(|a, b| index.rest(*a).cmp(index.rest(*b)).then(a.text.cmp(&b.text)));
        index.starts = starts;
        index
    }

    /// The texts that go on from this form, with more to come: those that begin with it first, then
    /// those of which a later word does, both in the order of the list. Many are cut short.
    pub(super) fn begun(&self, form: &str) -> Vec<usize> {
        let found = self.starts.get(self.range(form)).unwrap_or_default();
        // What is there already needs no completing.
        let found = found.iter().filter(|start| start.byte > 0 || self.rest(**start).len() > form.len());
        let mut found: Vec<(bool, usize)> = found.map(|start| (start.byte > 0, start.text)).collect();
        // Of thousands of namesakes only the first are put in order.
        if found.len() > MOST_FOUND {
            found.select_nth_unstable(MOST_FOUND);
            found.truncate(MOST_FOUND);
        }
        found.sort_unstable();
        let mut texts: Vec<usize> = Vec::new();
        for (_, text) in found {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts
    }

    /// Whether a text has this form from its first word to its last.
    pub(super) fn has(&self, form: &str) -> bool {
        let found = self.starts.get(self.range(form)).unwrap_or_default();
        found.first().is_some_and(|first| self.rest(*first) == form)
            && found.iter().take_while(|start| self.rest(**start) == form).any(|start| start.byte == 0)
    }

    /// The forms, in the order of the texts.
    pub(super) fn forms(&self) -> impl Iterator<Item = &str> {
        self.forms.iter().map(|form| &**form)
    }

    /// Where the starts are that a form begins.
    fn range(&self, form: &str) -> Range<usize> {
        let from = self.starts.partition_point(|start| self.rest(*start) < form);
        let rest = self.starts.get(from..).unwrap_or_default();
        from..from + rest.partition_point(|start| self.rest(*start).starts_with(form))
    }

    fn rest(&self, start: Start) -> &str {
        self.forms.get(start.text).and_then(|form| form.get(start.byte..)).unwrap_or_default()
    }
}

/// The form in which texts are compared.
pub(super) fn form(text: &str) -> String {
    search_form(text, true).0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_is_found_by_the_beginning_of_any_word() {
        let index = Index::of_each_word(["SOK Chenda Sophea", "CHEA Sok", ""].into_iter());
        assert_eq!(index.begun("so"), [0, 1]);
        assert_eq!(index.begun("ch"), [1, 0]);
        assert_eq!(index.begun("chenda so"), [0]);
        assert_eq!(index.begun("enda"), Vec::<usize>::new());
        assert_eq!(index.begun("sok chenda sophea"), Vec::<usize>::new(), "it is there already");
        assert!(index.has("chea sok") && !index.has("sok") && !index.has("chea"));
    }

    proptest! {
        #[test]
        fn the_index_finds_what_a_walk_through_the_list_finds(
            texts in prop::collection::vec("[aAbក្ខា]{1,3}( [abក]{1,2}){0,2}", 0..12),
            begun in "[abក្ខា ]{1,3}",
        ) {
            let index = Index::of_each_word(texts.iter().map(String::as_str));
            let begun = form(&begun);
            let goes_on = |text: &&String| {
                let text = form(text);
                let starts = std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at + 1));
                starts.into_iter().any(|at| text[at..].starts_with(&begun) && (at > 0 || text.len() > begun.len()))
            };
            let mut found: Vec<&String> = index.begun(&begun).into_iter().map(|text| &texts[text]).collect();
            let mut walked: Vec<&String> = texts.iter().filter(goes_on).collect();
            found.sort_unstable();
            walked.sort_unstable();
            prop_assert_eq!(found, walked);
        }
    }
}

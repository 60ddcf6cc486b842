//! Ranges that follow the edits: what is found, what is misspelt, what is to be looked at.
//!
//! Invariant: a range is on the words that it was found at, or it is gone. Nothing is searched for again.

use std::{collections::HashMap, ops::Range};

use super::Document;
use crate::release::Field;

/// Ranges within blocks, each with what it is about.
#[derive(Clone, Debug)]
pub struct Tracked<T> {
    /// The revision of the document that the ranges are of.
    revision: u64,
    ranges: Vec<(Field, Range<usize>, T)>,
    /// The same by block, for those who paint.
    by_field: HashMap<Field, Vec<Range<usize>>>,
}

impl<T> Default for Tracked<T> {
    fn default() -> Self {
        Self { revision: 0, ranges: Vec::new(), by_field: HashMap::new() }
    }
}

impl<T> Tracked<T> {
    /// Ranges of a revision of the document.
    pub fn new(revision: u64, ranges: Vec<(Field, Range<usize>, T)>) -> Self {
        let mut tracked = Self { revision, ranges, by_field: HashMap::new() };
        tracked.sort();
        tracked
    }

    /// All ranges with what they are about.
    pub fn all(&self) -> &[(Field, Range<usize>, T)] {
        &self.ranges
    }

    /// The ranges by block.
    pub fn by_field(&self) -> &HashMap<Field, Vec<Range<usize>>> {
        &self.by_field
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Moves the ranges along with what was changed since. One whose own text was touched is gone.
    pub fn follow(&mut self, document: &Document) {
        if self.revision == document.revision() {
            return;
        }
        let Some(edits) = document.edits_since(self.revision) else {
            // Too much was changed, or another draft is open.
            *self = Self { revision: document.revision(), ..Self::default() };
            return;
        };
        for edit in edits {
            self.ranges.retain_mut(|(field, range, _)| match edit.map_range(*field, range.clone()) {
                Some(now) => {
                    (*field, *range) = now;
                    true
                }
                None => false,
            });
        }
        self.revision = document.revision();
        self.sort();
    }

    fn sort(&mut self) {
        self.by_field.clear();
        for (field, range, _) in &self.ranges {
            self.by_field.entry(*field).or_default().push(range.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        editing::{Selection, Slice, Step},
        release::{BlockKind, Paragraph, Release, RichText},
    };

    #[test]
    fn ranges_stay_on_their_words_or_are_gone() {
        let body = ["one visit two", "a visit"].map(|text| Paragraph::new(RichText::plain(text))).to_vec();
        let mut document = Document::new(Release { body, ..Release::default() }, None);
        let visits = vec![(Field::Paragraph(0), 4..9, "first"), (Field::Paragraph(1), 2..7, "second")];
        let mut tracked = Tracked::new(document.revision(), visits);
        let mut replace = |document: &mut Document, paragraph, range, with: &Slice| {
            let selection = Selection::select(Field::Paragraph(paragraph), range);
            document.replace(Step::Typing, selection, selection.range(), with);
            tracked.follow(document);
            tracked.all().iter().map(|(field, range, _)| (*field, range.clone())).collect::<Vec<_>>()
        };
        let text = |text: &str| Slice::text(RichText::plain(text));
        let first = |range| (Field::Paragraph(0), range);
        let second = (Field::Paragraph(1), 2..7);
        assert_eq!(replace(&mut document, 0, 4..4, &text("x")), [first(5..10), second.clone()]);
        assert_eq!(replace(&mut document, 0, 10..10, &text("y")), [first(5..10), second]);
        let broken = replace(&mut document, 0, 0..0, &Slice::paragraph_break(false, BlockKind::Plain));
        assert_eq!(broken, [(Field::Paragraph(1), 5..10), (Field::Paragraph(2), 2..7)]);
        assert_eq!(replace(&mut document, 1, 6..7, &text("z")), [(Field::Paragraph(2), 2..7)]);
        document.undo(None);
        tracked.follow(&document);
        assert_eq!(tracked.all().len(), 1);
    }
}

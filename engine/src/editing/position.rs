//! A place in a release, and a selection between two places.
//!
//! Small values that are copied; a move gives another one. Invariant: both ends of a selection are in
//! the same flow.

use std::{borrow::Cow, ops::Range, sync::Arc};

use crate::{
    release::{BlockKind, Field, Picture, Release, RichText, Table, placeholders},
    typeset::breaks::cluster_boundaries,
};

/// A place in a text of the release. Places are ordered as one reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The block.
    pub field: Field,
    /// The byte of its text.
    pub byte: usize,
}

impl Position {
    /// A byte of a block's text.
    pub fn new(field: Field, byte: usize) -> Self {
        Self { field, byte }
    }
}

/// A caret, with the selection from its anchor to its head.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Selection {
    /// Where the selection began.
    pub anchor: Position,
    /// Where the caret is.
    pub head: Position,
    /// At a soft line break: whether the caret shows at the end of the line before.
    pub upstream: bool,
    /// The horizontal place that moves up and down try to keep, in points from the column's left edge.
    pub goal: Option<f32>,
}

impl Selection {
    /// A caret without a selection.
    pub fn at(field: Field, byte: usize) -> Self {
        Self::caret(Position::new(field, byte))
    }

    /// A caret without a selection.
    pub fn caret(position: Position) -> Self {
        Self::between(position, position)
    }

    /// A selection with the caret at `head`.
    pub fn between(anchor: Position, head: Position) -> Self {
        Self { anchor, head, upstream: false, goal: None }
    }

    /// A selection within one block, with the caret at its end.
    pub fn select(field: Field, range: Range<usize>) -> Self {
        Self::between(Position::new(field, range.start), Position::new(field, range.end))
    }

    /// Where a click puts the caret: a placeholder is selected whole, so that what is typed next takes its
    /// place.
    pub fn clicked(field: Field, text: &str, byte: usize) -> Self {
        placeholders::at(text, byte).map_or(Self::at(field, byte), |range| Self::select(field, range))
    }

    /// From the first place to the last.
    pub fn range(&self) -> Range<Position> {
        self.start()..self.end()
    }

    /// The first place.
    pub fn start(&self) -> Position {
        self.anchor.min(self.head)
    }

    /// The last place.
    pub fn end(&self) -> Position {
        self.anchor.max(self.head)
    }

    /// Whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        self.anchor == self.head
    }

    /// The block of the caret.
    pub fn field(&self) -> Field {
        self.head.field
    }

    /// The selected bytes, if the selection is within one block.
    pub fn single(self) -> Option<(Field, Range<usize>)> {
        (self.anchor.field == self.head.field).then(|| (self.head.field, self.start().byte..self.end().byte))
    }

    /// The part of the selection in a block whose text has `length` bytes; `None` if there is none.
    pub fn part(&self, field: Field, length: usize) -> Option<Range<usize>> {
        let (start, end) = (self.start(), self.end());
        let from = if start.field == field { start.byte } else { 0 };
        let to = if end.field == field { end.byte } else { length };
        (start.field <= field && field <= end.field && from <= to).then_some(from..to)
    }

    /// The selection with its head elsewhere; the anchor stays if `extend` says so, as Shift does.
    #[must_use]
    pub fn to(self, head: Position, extend: bool) -> Self {
        Self { anchor: if extend { self.anchor } else { head }, head, upstream: false, goal: None }
    }

    /// The selection brought back into the texts, onto letters.
    #[must_use]
    pub fn clamped(self, texts: &dyn Texts) -> Self {
        Self { anchor: texts.clamped(self.anchor), head: texts.clamped(self.head), ..self }
    }
}

/// Texts in which carets move: the blocks of a release, or a text of its own.
pub trait Texts {
    /// The text of a block, or `None` if there is no such block.
    fn text(&self, field: Field) -> Option<Cow<'_, RichText>>;

    /// The index of the body's last block.
    fn last_paragraph(&self) -> usize;

    /// Whether a block starts a new page.
    fn starts_page(&self, _field: Field) -> bool {
        false
    }

    /// The kind of a block; plain where there are no others.
    fn block_kind(&self, _field: Field) -> BlockKind {
        BlockKind::Plain
    }

    /// The picture of a block, if it has one.
    fn picture(&self, _field: Field) -> Option<Arc<Picture>> {
        None
    }

    /// The table that a block is a cell of, if it is one.
    fn table(&self, field: Field) -> Option<Table> {
        let Field::Paragraph(index) = field else { return None };
        let last = self.last_paragraph();
        Table::around(index, |index| (index <= last).then(|| self.block_kind(Field::Paragraph(index))))
    }

    /// The first and the last block of the flow that a block is in.
    fn flow(&self, field: Field) -> (Field, Field) {
        match field {
            Field::Paragraph(_) => (Field::Paragraph(0), Field::Paragraph(self.last_paragraph())),
            field => (field, field),
        }
    }

    /// The block before or after another in its flow.
    fn beside(&self, field: Field, after: bool) -> Option<Field> {
        let Field::Paragraph(index) = field else { return None };
        let other = if after { index.checked_add(1)? } else { index.checked_sub(1)? };
        (other <= self.last_paragraph()).then_some(Field::Paragraph(other))
    }

    /// The length of a block's text in bytes.
    fn length(&self, field: Field) -> usize {
        self.text(field).map_or(0, |text| text.len())
    }

    /// The place in the texts nearest to one that may not be in them, on a letter's edge.
    fn clamped(&self, position: Position) -> Position {
        let field = match position.field {
            Field::Paragraph(index) => Field::Paragraph(index.min(self.last_paragraph())),
            field => field,
        };
        if field != position.field {
            return Position::new(field, self.length(field));
        }
        let Some(text) = self.text(field) else {
            // A note that is gone leaves the place that referred to it.
            let Field::Note(index, at) = field else { return Position::new(field, 0) };
            return self.clamped(Position::new(Field::Paragraph(index), at));
        };
        let text = text.as_str();
        // Right behind a coeng is within a letter, and a caret may be there while one types.
        if position.byte == 0 || text.is_char_boundary(position.byte) && position.byte <= text.len() {
            return position;
        }
        let bounds = cluster_boundaries(text);
        let at = bounds.partition_point(|&bound| bound < position.byte);
        Position::new(field, bounds.get(at).or(bounds.last()).copied().unwrap_or(0))
    }
}

impl Texts for Release {
    fn text(&self, field: Field) -> Option<Cow<'_, RichText>> {
        Self::text(self, field)
    }

    fn last_paragraph(&self) -> usize {
        self.body.len().saturating_sub(1)
    }

    fn starts_page(&self, field: Field) -> bool {
        matches!(field, Field::Paragraph(index) if self.body.get(index).is_some_and(|block| block.new_page))
    }

    fn block_kind(&self, field: Field) -> BlockKind {
        match field {
            Field::Paragraph(index) => self.body.get(index).map(|block| block.kind).unwrap_or_default(),
            _ => BlockKind::Plain,
        }
    }

    fn picture(&self, field: Field) -> Option<Arc<Picture>> {
        let Field::Paragraph(index) = field else { return None };
        self.body.get(index)?.picture.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::Paragraph;

    #[test]
    fn a_selection_has_a_part_in_each_block_between_its_ends() {
        let at = |paragraph, byte| Position::new(Field::Paragraph(paragraph), byte);
        let selection = Selection::between(at(3, 2), at(1, 4));
        assert_eq!(selection.range(), at(1, 4)..at(3, 2));
        let part = |paragraph| selection.part(Field::Paragraph(paragraph), 9);
        assert_eq!([part(0), part(1), part(2), part(3), part(4)], [None, Some(4..9), Some(0..9), Some(0..2), None]);
        assert_eq!(selection.single(), None);
    }

    #[test]
    fn a_place_that_is_gone_is_brought_back_to_what_is_there() {
        let body = ["ស្ត្រី", "b"].map(|text| Paragraph::new(RichText::plain(text))).to_vec();
        let release = Release { body, ..Release::default() };
        let clamped = |paragraph, byte| {
            let Position { field, byte } = release.clamped(Position::new(Field::Paragraph(paragraph), byte));
            (field, byte)
        };
        assert_eq!(clamped(7, 3), (Field::Paragraph(1), 1));
        assert_eq!(clamped(1, 9), (Field::Paragraph(1), 1));
        assert_eq!(clamped(0, 1), (Field::Paragraph(0), "ស្ត្រី".len()));
    }
}

//! What is typed into: texts that can be changed, those of the document or one of its own.
//!
//! Knows nothing of keys or widgets. Invariant: every change gives the caret that belongs behind it.

use std::{borrow::Cow, ops::Range};

use crate::{
    editing::{Document, Position, Selection, Slice, Step, Texts, typing},
    release::{Field, RichText},
};

/// What Enter does in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breaks {
    /// It leaves the field.
    Leave,
    /// It makes a line break.
    Lines,
    /// It makes a paragraph.
    Paragraphs,
}

/// The address of a text outside of a release: an answer, a name, a line of a damaged file.
pub const LONE: Field = Field::Paragraph(0);

/// Texts that can be changed.
pub trait Target: Texts {
    /// Replaces a part of a flow; gives the caret afterwards, or `None` if nothing changed.
    fn replace(&mut self, step: Step, before: Selection, range: Range<Position>, with: &Slice) -> Option<Selection>;

    /// Puts the letter typed before a place in the normal order of Khmer; gives the selection afterwards.
    fn put_in_order(&mut self, selection: Selection, typed: Position, left: bool) -> Option<Selection>;

    /// Ends the step of undo to which typing is added.
    fn close_step(&mut self, selection: Selection);

    /// The document, for what only a document has: paragraphs that move, pages that begin.
    fn document(&mut self) -> Option<&mut Document> {
        None
    }

    /// The document, for what follows its edits.
    fn shown(&self) -> Option<&Document> {
        None
    }
}

impl Target for Document {
    fn replace(&mut self, step: Step, before: Selection, range: Range<Position>, with: &Slice) -> Option<Selection> {
        self.replace(step, before, range, with)
    }

    fn put_in_order(&mut self, selection: Selection, typed: Position, left: bool) -> Option<Selection> {
        self.put_in_order(selection, typed, left)
    }

    fn close_step(&mut self, selection: Selection) {
        self.close_step(Some(selection));
    }

    fn document(&mut self) -> Option<&mut Document> {
        Some(self)
    }

    fn shown(&self) -> Option<&Document> {
        Some(self)
    }
}

/// A text of its own, while one types into it.
pub struct Lone {
    /// The text.
    pub text: RichText,
    breaks: Breaks,
}

impl Lone {
    /// A text in which Enter does this.
    pub fn new(text: RichText, breaks: Breaks) -> Self {
        Self { text, breaks }
    }
}

impl Texts for Lone {
    fn text(&self, field: Field) -> Option<Cow<'_, RichText>> {
        (field == LONE).then_some(Cow::Borrowed(&self.text))
    }

    fn last_paragraph(&self) -> usize {
        0
    }
}

impl Target for Lone {
    fn replace(&mut self, _step: Step, _before: Selection, range: Range<Position>, with: &Slice) -> Option<Selection> {
        let with = with.joined(if self.breaks == Breaks::Leave { " " } else { "\n" });
        if range.is_empty() && with.is_empty() {
            return None;
        }
        let start = range.start.byte;
        self.text.replace(start..range.end.byte, &with);
        let end = typing::settle(self.text.as_str(), start + with.len());
        Some(Selection::at(LONE, end))
    }

    fn put_in_order(&mut self, selection: Selection, typed: Position, left: bool) -> Option<Selection> {
        let mut bytes = [selection.anchor.byte, selection.head.byte];
        let [anchor, head] = &mut bytes;
        let done = typing::put_in_order(&mut self.text, [anchor, head], typed.byte, left);
        let [anchor, head] = bytes;
        let place = |byte| Position::new(LONE, byte);
        done.then(|| Selection { anchor: place(anchor), head: place(head), ..selection })
    }

    fn close_step(&mut self, _selection: Selection) {}
}

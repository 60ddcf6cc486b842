//! Footnotes: put in, gone to and taken out.
//!
//! A note is of the character that refers to it, so it is cut, pasted and undone with it. Invariant: each change is
//! one step of undo.

use super::{Document, Position, Selection, Slice, Step};
use crate::release::{Field, NOTE, RichText};

impl Document {
    /// Puts a note behind a selection in the body; gives the caret in it.
    pub fn insert_note(&mut self, selection: Selection) -> Option<Selection> {
        let at = selection.end();
        let Field::Paragraph(index) = at.field else { return None };
        let style = self.release().text(at.field).map(|text| text.style_before(at.byte)).unwrap_or_default();
        let note = Slice::text(RichText::referring(RichText::default(), style));
        self.close_step(Some(selection));
        self.replace(Step::Note, selection, at..at, &note)?;
        self.close_step(None);
        let field = Field::Note(index, at.byte);
        self.release().text(field).map(|_| Selection::at(field, 0))
    }

    /// Takes a note out, with what refers to it; gives the caret where that was.
    pub fn remove_note(&mut self, note: Field, place: Option<Selection>) -> Option<Selection> {
        let Field::Note(index, at) = note else { return None };
        self.release().text(note)?;
        let place = place.unwrap_or(Selection::at(note, 0));
        let here = |byte| Position::new(Field::Paragraph(index), byte);
        self.close_step(Some(place));
        let after = self.replace(Step::Note, place, here(at)..here(at + NOTE.len_utf8()), &Slice::default());
        self.close_step(None);
        after
    }
}

/// The place behind what refers to a note.
pub fn behind_reference(note: Field) -> Option<Selection> {
    let Field::Note(index, at) = note else { return None };
    Some(Selection::at(Field::Paragraph(index), at + NOTE.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        editing::{Bias, Texts as _},
        release::{Paragraph, Release},
    };

    fn document(texts: &[&str]) -> Document {
        let body = texts.iter().map(|text| Paragraph::new(RichText::plain(*text))).collect();
        Document::new(Release { body, ..Release::default() }, None)
    }

    fn at(paragraph: usize, byte: usize) -> Selection {
        Selection::at(Field::Paragraph(paragraph), byte)
    }

    fn type_into(document: &mut Document, selection: Selection, words: &str) -> Selection {
        document.replace(Step::Typing, selection, selection.range(), &Slice::text(RichText::plain(words))).unwrap()
    }

    fn notes(document: &Document) -> Vec<(usize, usize, String)> {
        document.release().notes().map(|(index, at, note)| (index, at, note.as_str().to_owned())).collect()
    }

    #[test]
    fn a_note_is_typed_and_goes_with_its_reference() {
        let mut document = document(&["agreed on it", "later"]);
        let note = document.insert_note(at(0, 6)).unwrap();
        assert_eq!(note, Selection::at(Field::Note(0, 6), 0));
        let typed = type_into(&mut document, note, "More.");
        assert_eq!(typed, Selection::at(Field::Note(0, 6), 5));
        assert_eq!(notes(&document), [(0, 6, "More.".to_owned())]);
        // A new paragraph above takes the note along, and the place in it.
        let edit_from = document.revision();
        let split = Slice::paragraph_break(false, Default::default());
        document.replace(Step::SplitParagraph, at(0, 2), at(0, 2).range(), &split);
        assert_eq!(notes(&document), [(1, 4, "More.".to_owned())]);
        let moved =
            document.edits_since(edit_from).unwrap().fold(typed.head, |place, edit| edit.map(place, Bias::After));
        assert_eq!(moved, Position::new(Field::Note(1, 4), 5));
        assert_eq!(behind_reference(moved.field), Some(at(1, 7)));
        // Deleted and brought back.
        document.replace(
            Step::Cut,
            at(1, 0),
            Position::new(Field::Paragraph(1), 3)..Position::new(Field::Paragraph(1), 9),
            &Slice::default(),
        );
        assert_eq!(notes(&document), []);
        assert_eq!(document.clamped(moved).field, Field::Paragraph(1), "a place in a note that is gone");
        document.undo(None);
        assert_eq!(notes(&document), [(1, 4, "More.".to_owned())]);
        for _ in 0..3 {
            document.undo(None);
        }
        assert_eq!(notes(&document), []);
        document.redo();
        document.redo();
        assert_eq!(notes(&document), [(0, 6, "More.".to_owned())]);
    }

    #[test]
    fn a_note_is_taken_out_with_its_reference() {
        let mut document = document(&["ab"]);
        document.insert_note(at(0, 1));
        document.insert_note(at(0, 4));
        assert_eq!(notes(&document).len(), 2);
        assert_eq!(document.remove_note(Field::Note(0, 1), None), Some(at(0, 1)));
        assert_eq!(notes(&document), [(0, 1, String::new())]);
        assert_eq!(document.remove_note(Field::Note(0, 0), None), None);
        document.undo(None);
        assert_eq!(notes(&document).len(), 2);
    }

    #[test]
    fn only_paragraphs_have_notes() {
        let mut document = document(&["ab"]);
        document.insert_note(at(0, 1));
        let slice = Slice::between(&document, at(0, 0).head..at(0, 5).head);
        for field in [Field::Headline, Field::Note(0, 1)] {
            let place = Selection::at(field, 0);
            document.replace(Step::Paste, place, place.range(), &slice);
            assert_eq!(document.release().text(field).unwrap().as_str(), "ab", "{field:?}");
        }
        assert_eq!(notes(&document), [(0, 1, "ab".to_owned())]);
        assert_eq!(document.insert_note(Selection::at(Field::Note(0, 1), 0)), None);
    }
}

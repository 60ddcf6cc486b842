//! How many rows each paragraph of the body takes, kept from frame to frame.
//!
//! Invariant: only what an edit has touched is measured again, so that a key costs one paragraph, however many there
//! are.

use super::{
    Canvas,
    blocks::{Look, Shape},
};
use crate::{
    editing::Document,
    release::{Field, RichText},
};

/// Rows by paragraph.
#[derive(Default)]
pub struct Heights {
    /// The revision of the document that they are of.
    revision: u64,
    /// The width that they were measured in, in points.
    measure: f32,
    /// With the look in which they were measured; `None` where a paragraph is still to be measured.
    rows: Vec<Option<(usize, Shape)>>,
}

impl Heights {
    /// Follows the document to its present revision, in a column of this width.
    pub(super) fn follow(&mut self, document: &Document, measure: f32) {
        let count = document.release().body.len();
        let edits = document.edits_since(self.revision).filter(|_| self.measure.to_bits() == measure.to_bits());
        let is_known = edits.is_some_and(|edits| {
            let mut spans = edits.flat_map(|edit| edit.spans());
            spans.all(|span| {
                let fits = span.at + span.removed <= self.rows.len();
                if fits {
                    let unknown = std::iter::repeat_n(None, span.inserted);
                    self.rows.splice(span.at..span.at + span.removed, unknown);
                }
                fits
            })
        });
        if !is_known || self.rows.len() != count {
            self.rows = vec![None; count];
        }
        (self.revision, self.measure) = (document.revision(), measure);
    }

    /// The rows of a paragraph, and whether that is only a guess.
    pub(super) fn rows(&mut self, field: Field, text: &RichText, look: Look<'_>, canvas: &mut Canvas) -> (usize, bool) {
        let Field::Paragraph(index) = field else { return look.rows(canvas, text, self.measure) };
        if let Some(&Some((rows, shape))) = self.rows.get(index)
            && shape == look.shape()
        {
            return (rows, false);
        }
        let (rows, guessed) = look.rows(canvas, text, self.measure);
        if let Some(known) = self.rows.get_mut(index).filter(|_| !guessed) {
            *known = Some((rows, look.shape()));
        }
        (rows, guessed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        editing::{Position, Selection, Slice, Step},
        release::{Paragraph, Release},
    };

    /// Texts whose rows differ in length.
    fn document() -> Document {
        let body = (1..=6).map(|number| Paragraph::new(RichText::plain("word ".repeat(number * 12)))).collect();
        Document::new(Release { body, ..Release::default() }, None)
    }

    fn rows(heights: &mut Heights, document: &Document, canvas: &mut Canvas) -> Vec<usize> {
        heights.follow(document, 200.0);
        let body = &document.release().body;
        let row = |(index, block): (usize, &Paragraph)| {
            heights.rows(Field::Paragraph(index), &block.text, Look::plain(), canvas).0
        };
        body.iter().enumerate().map(row).collect()
    }

    #[test]
    fn what_is_kept_is_what_measuring_again_gives() {
        let (mut document, mut canvas, mut heights) = (document(), Canvas::patient(), Heights::default());
        let at = |paragraph, byte| Position::new(Field::Paragraph(paragraph), byte);
        let pieces = ["", "\n", "a few more words that make it longer ", "x\ny\nz", "word ", "\n\n"];
        for step in 0..60usize {
            let paragraphs = document.release().body.len().max(1);
            match step % 7 {
                5 => drop(document.undo(None)),
                6 => drop(document.move_paragraphs(Selection::caret(at(step % paragraphs, 0)), 1)),
                _ => {
                    let (from, to) = (at(step * 3 % paragraphs, step % 5), at((step * 3 + step % 2) % paragraphs, 9));
                    let selection =
                        Selection::between(document_clamped(&document, from), document_clamped(&document, to));
                    let with = Slice::of_lines(&RichText::plain(pieces[step % pieces.len()]));
                    document.replace(Step::Paste, selection, selection.range(), &with);
                }
            }
            let kept = rows(&mut heights, &document, &mut canvas);
            assert_eq!(kept, rows(&mut Heights::default(), &document, &mut canvas), "after step {step}");
        }
    }

    fn document_clamped(document: &Document, position: Position) -> Position {
        use crate::editing::Texts as _;
        document.clamped(position)
    }

    #[test]
    fn a_key_measures_one_paragraph() {
        let (mut document, mut canvas, mut heights) = (document(), Canvas::patient(), Heights::default());
        rows(&mut heights, &document, &mut canvas);
        let caret = Selection::at(Field::Paragraph(3), 0);
        document.replace(Step::Typing, caret, caret.range(), &Slice::text(RichText::plain("a")));
        heights.follow(&document, 200.0);
        let unknown: Vec<usize> =
            heights.rows.iter().enumerate().filter(|(_, rows)| rows.is_none()).map(|(index, _)| index).collect();
        assert_eq!(unknown, [3]);
    }
}

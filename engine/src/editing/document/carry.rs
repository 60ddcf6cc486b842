//! Text that is dragged to another place, with the spaces between words kept right.
//!
//! When a word is moved, one of the two spaces around it is removed, and spaces are added where it is dropped, as in
//! Word. A part of a word, and Khmer text, which has no spaces between words, are moved unchanged.

use std::ops::Range;

use super::{Change, Document, Edit, Position, Selected, Selection, Slice, Step, Texts as _, ends};
use crate::{
    editing::edit::Bias,
    khmer::is_khmer,
    release::{Release, RichText},
};

impl Document {
    /// Moves the selected text to a place of the same or of another flow, or copies it there, as one step of undo.
    /// Gives the selection afterwards: the text in its new place. `None` if nothing was done.
    pub fn carry(&mut self, selection: Selection, to: Position, copies: bool) -> Option<Selection> {
        let range = selection.range();
        let within = range.start <= to && to <= range.end;
        // Where a copy is taken from may be locked.
        let from = if copies { to.field } else { range.start.field };
        // Cells stay where they are; rows and columns are moved by their commands.
        let has_cells = Selected::of(selection, self).has_cells();
        if within || has_cells || self.refuses_locked(from, to.field) {
            return None;
        }
        // Whole paragraphs leave the picture below them where it is.
        let is_whole = range.start.byte == 0;
        let slice = if is_whole { Slice::copied(self, range.clone()) } else { Slice::between(self, range.clone()) };
        let slice = ends::fitting(&self.release, &(to..to), &slice).into_owned();
        let slice = if self.release.block_kind(to.field).is_cell() { Slice::text(slice.joined("\n")) } else { slice };
        let is_words = self.holds_words(&range);
        let before = self.release.clone();
        let mut edit = Edit::default();
        let mut to = to;
        if !copies {
            let taken = if is_words { self.with_a_space(range) } else { range };
            edit = replaced(&mut self.release, taken, &Slice::default());
            to = edit.map(to, Bias::After);
        }
        let (space_before, space_after) = if is_words { self.lacks_spaces(to) } else { (false, false) };
        let mut insert = |at: Position, piece: &Slice| {
            edit.extend(replaced(&mut self.release, at..at, piece));
            piece.end_from(at)
        };
        let space = Slice::text(RichText::plain(" "));
        let start = if space_before { insert(to, &space) } else { to };
        let end = insert(start, &slice);
        if space_after {
            insert(end, &space);
        }
        self.keep_whole(&edit, before)?;
        let after = Selection::between(start, end).clamped(&self.release);
        self.history.add(Step::MoveText, edit.clone(), Some(selection), Some(after));
        self.touched(edit);
        Some(after)
    }

    /// Whether a range of one text holds whole words of a script that has spaces between words.
    fn holds_words(&self, range: &Range<Position>) -> bool {
        let Some(text) = self.release.text(range.start.field) else { return false };
        let (start, end) = (range.start.byte, range.end.byte);
        let pieces = (text.as_str().get(..start), text.as_str().get(start..end), text.as_str().get(end..));
        let (Some(left), Some(words), Some(right)) = pieces else { return false };
        let outer = [left.chars().next_back(), right.chars().next()];
        let inner = [words.chars().next(), words.chars().next_back()];
        range.start.field == range.end.field
            && !outer.into_iter().flatten().any(char::is_alphanumeric)
            && inner.into_iter().all(|c| c.is_some_and(|c| !c.is_whitespace() && !is_khmer(c)))
    }

    /// A range of words with the space that would be doubled, or be at the start of the text, without them.
    fn with_a_space(&self, range: Range<Position>) -> Range<Position> {
        let Some(text) = self.release.text(range.start.field) else { return range };
        let left = text.as_str().get(..range.start.byte).unwrap_or_default();
        let right = text.as_str().get(range.end.byte..).unwrap_or_default();
        let needs_none = right.chars().next().is_none_or(|c| !c.is_alphanumeric() && !opens(c));
        if left.ends_with(' ') && needs_none {
            Position::new(range.start.field, range.start.byte - 1)..range.end
        } else if left.is_empty() && right.starts_with(' ') {
            range.start..Position::new(range.end.field, range.end.byte + 1)
        } else {
            range
        }
    }

    /// Whether words put at a place need a space before them, and one after.
    fn lacks_spaces(&self, at: Position) -> (bool, bool) {
        let Some(text) = self.release.text(at.field) else { return (false, false) };
        let before = text.as_str().get(..at.byte).and_then(|text| text.chars().next_back());
        let after = text.as_str().get(at.byte..).and_then(|text| text.chars().next());
        let joins = |c: char| c.is_alphanumeric() && !is_khmer(c);
        (
            before.is_some_and(|c| joins(c) || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | '”')),
            after.is_some_and(|c| joins(c) || opens(c)),
        )
    }
}

/// Replaces a part of a flow, with whole paragraphs as such.
fn replaced(release: &mut Release, range: Range<Position>, with: &Slice) -> Edit {
    match ends::replace(release, range.clone(), with, true) {
        Some((edit, _)) => edit,
        None => Change::replace(release, range, with).map(Edit::of).unwrap_or_default(),
    }
}

/// Whether a word before the character has a space after it.
fn opens(c: char) -> bool {
    matches!(c, '(' | '[' | '“' | '‘' | '«')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::{Field, Paragraph};

    /// The bodies after the text in brackets was carried to the bar, and whether undo brings the first one back.
    fn carried(paragraphs: &[&str], copies: bool) -> (Vec<String>, String, bool) {
        let mut body = Vec::new();
        let (mut from, mut until, mut to) = (None, None, None);
        for (index, text) in paragraphs.iter().enumerate() {
            let mut plain = String::new();
            for c in text.chars() {
                let here = Position::new(Field::Paragraph(index), plain.len());
                match c {
                    '<' => from = Some(here),
                    '>' => until = Some(here),
                    '|' => to = Some(here),
                    _ => plain.push(c),
                }
            }
            body.push(Paragraph::new(RichText::plain(&plain)));
        }
        let release = Release { body, ..Release::default() };
        let mut document = Document::new(release.clone(), None);
        let selection = Selection::between(from.unwrap(), until.unwrap());
        let after = document.carry(selection, to.unwrap(), copies).unwrap();
        let texts = document.release().body.iter().map(|block| block.text.as_str().to_owned()).collect();
        let selected = Slice::between(&document, after.range()).joined("\n").as_str().to_owned();
        document.undo(None);
        (texts, selected, *document.release() == release)
    }

    #[test]
    fn a_word_that_is_moved_leaves_and_finds_one_space() {
        for (before, after, word) in [
            (&["one <two> three |four."][..], &["one three two four."][..], "two"),
            (&["one <two> three| four."], &["one three two four."], "two"),
            (&["|one two <three>."], &["three one two."], "three"),
            (&["<one> two three|."], &["two three one."], "one"),
            (&["one (<two>) three |four"], &["one () three two four"], "two"),
            (&["one <two>, three |four"], &["one, three two four"], "two"),
            (&["one <two three> four", "|five"], &["one four", "two three five"], "two three"),
            (&["one <two> (three) four|"], &["one (three) four two"], "two"),
            // No whole words, and Khmer.
            (&["o<ne> two| three"], &["o twone three"], "ne"),
            (&["កម្ពុជា <និង> ថៃ|ឡង់"], &["កម្ពុជា  ថៃនិងឡង់"], "និង"),
            (&["one< two> three| four"], &["one three two four"], " two"),
        ] {
            assert_eq!(
                carried(before, false),
                (after.iter().map(|&text| text.to_owned()).collect(), word.into(), true)
            );
        }
        assert_eq!(carried(&["one <two> three|"], true).0, ["one two three two"]);
    }
}

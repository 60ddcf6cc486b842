//! Footnotes: at the foot of the page with the line that refers to them, below a short rule.
//!
//! Knows which lines refer to which notes, and nothing of how they are edited. Invariant: a note begins on the page
//! of the line that refers to it, and only one that no page has room for goes on to the next.

use std::{ops::Range, sync::Arc};

use super::{Block, Content, Layout, Lines, Measure, Source, Type, body::Marker, house, line, rules::underlines};
use crate::{
    release::{Field, RichText, Style},
    typeset::{Page, Rule},
};

/// A character without width: a note without text still has a line.
const NOTHING: &str = "\u{200B}";

/// Lines of a note, set, and the block above which the page may not end before them.
pub(super) struct SetNote {
    /// The index of the block that refers to it.
    pub block: usize,
    lines: Arc<Lines>,
    part: Range<usize>,
    source: Source,
    marker: Option<Marker>,
    left: f32,
    /// Space above, and the height of a line, in points.
    above: f32,
    leading: f32,
}

impl SetNote {
    /// The height with the space above, in points.
    pub fn height(&self) -> f32 {
        let lines = self.part.len() as f32;
        self.above + lines * self.leading
    }
}

impl Layout<'_> {
    /// Sets the notes that the lines of a paragraph refer to, which were just added as blocks.
    pub(super) fn notes(&mut self, index: usize, range: Range<usize>) {
        let Some(text) = self.release.body.get(index).map(|paragraph| &paragraph.text) else { return };
        if text.notes().next().is_none() {
            return;
        }
        let notes: Vec<(usize, &RichText)> = text.notes().collect();
        let mut block = range.start;
        for _ in range {
            let referred = self.referred(block);
            let mut added = 0;
            for (number, &(at, note)) in notes.iter().enumerate().filter(|(_, (at, _))| referred.contains(at)) {
                let label = self.outline.note_label(index, number);
                let note = self.set_note((index, at), &label, note, block + added);
                added += self.add_note(note);
            }
            block += 1 + added;
        }
    }

    /// Sets the notes of the cells of a row, which go to the foot of the page with the block that begins it.
    pub(super) fn notes_of_cells(&mut self, cells: Range<usize>, block: usize) {
        let mut added = 0;
        for index in cells {
            let Some(text) = self.release.body.get(index).map(|paragraph| &paragraph.text) else { continue };
            for (number, (at, note)) in text.notes().enumerate() {
                let label = self.outline.note_label(index, number);
                let note = self.set_note((index, at), &label, note, block + added);
                added += self.add_note(note);
            }
        }
    }

    /// The bytes of the text that a block shows.
    fn referred(&self, block: usize) -> Range<usize> {
        let Some(Content::Line { lines, index, .. }) = self.blocks.get(block).map(|block| &block.content) else {
            return 0..0;
        };
        let clusters = lines.lines.get(*index).and_then(|line| lines.text.clusters.get(line.clusters.clone()));
        match clusters.and_then(|clusters| clusters.first().zip(clusters.last())) {
            Some((first, last)) => first.text.start..last.text.end,
            None => 0..0,
        }
    }

    fn set_note(&mut self, (index, at): (usize, usize), label: &str, note: &RichText, block: usize) -> SetNote {
        let field = Field::Note(index, at);
        let look = self.look(field);
        let size = look.kind.size * self.size;
        let kind = Type { size, ..look.kind };
        let mut number = RichText::styled(label, Style::SUPERSCRIPT);
        // With the space a reader of the PDF parts it from the text.
        number.push_str(" ", Style::PLAIN);
        let measure = Measure { width: self.width, indent: 0.0, alignment: super::Alignment::Left };
        let number = self.cache.set(number, kind, measure);
        let hang = house::NOTE_HANG * size;
        let text = if note.as_str().trim().is_empty() { RichText::plain(NOTHING) } else { note.clone() };
        let measure = Measure { width: (self.width - hang).max(size), indent: 0.0, alignment: look.alignment };
        let lines = self.cache.set(text, kind, measure);
        SetNote {
            block,
            part: 0..lines.lines.len(),
            lines,
            source: Source::Field { field, prefix: 0 },
            marker: Some(Marker {
                lines: number,
                source: Source::NoteNumber { paragraph: index, at },
                left: self.left,
            }),
            left: self.left + hang,
            above: look.above * self.leading,
            leading: look.leading * size,
        }
    }

    /// Adds a note to its block. What no page has room for goes on at the foot of the next, which it begins; gives
    /// how many blocks were added for that.
    fn add_note(&mut self, note: SetNote) -> usize {
        let room = self.bottom - self.top - (house::ABOVE_NOTES + house::TEXT_WITH_NOTES) * self.leading;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "not negative, and a page is small"
        )]
        let most = (((room - note.above) / note.leading).max(1.0) as usize).max(1);
        let (mut rest, mut added) = (note, 0);
        while rest.part.len() > most {
            let cut = rest.part.start + most;
            let next = SetNote {
                block: rest.block + 1,
                lines: rest.lines.clone(),
                part: cut..rest.part.end,
                marker: None,
                ..rest
            };
            rest.part.end = cut;
            self.notes.push(rest);
            let content = Content::Row(Vec::new());
            let carrier = Block { content, above: 0.0, lead: 0.0, height: 0.0, cost: 0.0, new_page: true };
            self.blocks.insert(next.block, carrier);
            (rest, added) = (next, added + 1);
        }
        self.notes.push(rest);
        added
    }
}

/// Puts the notes of a page at its foot, and the rule above them.
pub(super) fn place_notes(page: &mut Page, notes: &[SetNote], (left, width): (f32, f32), bottom: f32, leading: f32) {
    if notes.is_empty() {
        return;
    }
    let mut y = bottom - notes.iter().map(SetNote::height).sum::<f32>();
    page.rules.push(Rule {
        left,
        right: left + width * house::NOTE_RULE,
        top: y - house::BELOW_NOTE_RULE * leading,
        thickness: house::NOTE_RULE_THICKNESS,
    });
    for note in notes {
        y += note.above;
        let reach = (note.leading * 0.68, note.leading * 0.32);
        let marker = note.marker.as_ref();
        page.lines.extend(marker.and_then(|marker| line((&marker.lines, 0), marker.source, marker.left, y, reach)));
        for index in note.part.clone() {
            if let Some(line) = line((&note.lines, index), note.source, note.left, y, reach) {
                page.rules.extend(underlines(&line));
                page.lines.push(line);
            }
            y += note.leading;
        }
    }
}

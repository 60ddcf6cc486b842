//! How the kinds of blocks look in the form: indents, numbers, bold headings, lines in the middle.
//!
//! The page says how they print; here they are told apart at one size. Knows lines and the outline, and draws
//! nothing. Invariant: lines hold the text as it is, so that carets and marks need not know of kinds.

use std::{borrow::Cow, sync::Arc};

use super::{
    Canvas, SIZE,
    cells::{CellPlace, Cells},
};
use crate::{
    release::{BlockKind, Field, Outline, RichText, Style},
    typeset::{Lines, SetLine},
};

/// The indent of a list, in points: room for two digits, a full stop and the gap behind them.
const INDENT: f32 = 30.0;
/// The indent of each list within another.
const STEP: f32 = 24.0;
/// Between a number and its text.
const GAP: f32 = 8.0;

/// How a block looks.
#[derive(Clone, Copy)]
pub(super) struct Look<'a> {
    /// The number or bullet before the first line.
    pub marker: Option<&'a str>,
    /// Where its text begins, in points from the left edge of the column.
    indent: f32,
    is_bold: bool,
    is_centred: bool,
    /// Where the numbers of its notes come from, and its index there.
    notes: Option<(&'a Outline, usize)>,
    /// Its place, if it is a cell of a table.
    pub cell: Option<CellPlace>,
    /// Whether it is the caption of a picture, whose name is above it.
    pub is_caption: bool,
}

/// What of a look decides how many rows a text takes: its indent, its width if that is its own, whether it is bold, and
/// the notes before it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape(u32, Option<u32>, bool, usize);

impl<'a> Look<'a> {
    /// The look of a block.
    pub fn of(outline: &'a Outline, cells: &Cells, field: Field) -> Self {
        let Field::Paragraph(index) = field else { return Self::plain() };
        if let Some(cell) = cells.get(field) {
            let notes = Some((outline, index));
            return Self { indent: cell.left, is_bold: cell.is_header, notes, cell: Some(cell), ..Self::plain() };
        }
        let (kind, entry) = (outline.kind(index), outline.entry(index));
        let indent = match (entry, kind) {
            (Some(entry), _) => INDENT + STEP * entry.depth as f32,
            (None, BlockKind::Quotation) => INDENT,
            (None, _) => 0.0,
        };
        Self {
            marker: entry.and_then(|entry| entry.marker.as_deref()),
            indent,
            is_bold: matches!(kind, BlockKind::Heading(_)),
            is_centred: matches!(kind, BlockKind::Centred | BlockKind::Picture),
            notes: Some((outline, index)),
            cell: None,
            is_caption: kind == BlockKind::Picture,
        }
    }

    /// The look of a paragraph of running text, and of a field.
    pub fn plain() -> Self {
        Self {
            marker: None,
            indent: 0.0,
            is_bold: false,
            is_centred: false,
            notes: None,
            cell: None,
            is_caption: false,
        }
    }

    /// What decides how many rows a text takes.
    pub fn shape(&self) -> Shape {
        let notes = self.notes.map_or(0, |(outline, index)| outline.notes_before(index));
        Shape(self.indent.to_bits(), self.cell.map(|cell| cell.width.to_bits()), self.is_bold, notes)
    }

    /// The rows that a text takes in a column, and whether that is a guess.
    pub fn rows(&self, canvas: &mut Canvas, text: &RichText, width: f32) -> (usize, bool) {
        canvas.rows(&self.shown(text), SIZE, self.width(width))
    }

    /// A text in lines, in their places in a column.
    pub fn lines(&self, canvas: &mut Canvas, text: &RichText, width: f32, cut: Option<usize>) -> Arc<Lines> {
        let lines = canvas.lines(&self.shown(text), SIZE, self.width(width), cut);
        if self.indent == 0.0 && !self.is_centred {
            return lines;
        }
        let place = |line: &SetLine| {
            let free = width - line.x.last().copied().unwrap_or(0.0);
            let left = if self.is_centred { (free / 2.0).max(0.0) } else { self.indent };
            SetLine { left: line.left + left, ..line.clone() }
        };
        Arc::new(Lines { text: lines.text.clone(), lines: lines.lines.iter().map(place).collect() })
    }

    /// The width that its text has in a column of a width.
    fn width(&self, column: f32) -> f32 {
        self.cell.map_or(column - self.indent, |cell| cell.width)
    }

    /// The number or bullet in a line of its own, and where it begins.
    pub fn marker_line(&self, canvas: &mut Canvas) -> Option<(Arc<Lines>, f32)> {
        let lines = canvas.lines(&RichText::plain(self.marker?), SIZE, f32::from(u16::MAX), None);
        let width = lines.lines.first().and_then(|line| line.x.last()).copied().unwrap_or(0.0);
        Some((lines, (self.indent - GAP - width).max(0.0)))
    }

    /// The text as it is shown.
    fn shown<'t>(&self, text: &'t RichText) -> Cow<'t, RichText> {
        let text = match self.notes {
            Some((outline, index)) => outline.numbered(index, text),
            None => Cow::Borrowed(text),
        };
        if !self.is_bold {
            return text;
        }
        let mut bold = text.into_owned();
        bold.emphasise(0..bold.len(), Style::BOLD, true);
        Cow::Owned(bold)
    }
}

//! What a selection takes in where it goes over cells: whole cells in a rectangle, or whole rows.
//!
//! Invariant: a selection within one block, and one that touches no table, takes in what is between its ends.

use std::ops::{Range, RangeInclusive};

use super::{Position, Selection, Slice, Texts, grid::Grid};
use crate::release::{BlockKind, Cell, Field, Paragraph, RichText, Table};

/// What a selection takes in.
#[derive(Clone, Debug, PartialEq)]
pub struct Selected {
    /// From the first place to the last.
    range: Range<Position>,
    /// The cells, if it is within one table.
    cells: Option<Cells>,
    /// Whether rows are taken in with what is outside of their table.
    has_rows: bool,
}

/// Cells of a table in a rectangle.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cells {
    pub table: Table,
    pub rows: RangeInclusive<usize>,
    pub columns: RangeInclusive<usize>,
}

impl Cells {
    /// Those from one cell of a table to another.
    fn between(table: Table, one: usize, other: usize) -> Option<Self> {
        let ((row, column), (other_row, other_column)) = (table.place(one)?, table.place(other)?);
        let rows = row.min(other_row)..=row.max(other_row);
        let columns = column.min(other_column)..=column.max(other_column);
        Some(Self { table, rows, columns })
    }

    /// Whether a block is one of them.
    pub(super) fn has(&self, index: usize) -> bool {
        let place = self.table.place(index).filter(|_| index >= self.table.start());
        place.is_some_and(|(row, column)| self.rows.contains(&row) && self.columns.contains(&column))
    }

    /// The blocks from the first to the last, those between them included.
    pub(super) fn blocks(&self) -> Range<usize> {
        let start = self.table.rows.get(*self.rows.start()).map_or(0, |row| row.start);
        let end = self.table.rows.get(*self.rows.end()).map_or(start, |row| row.end);
        start..end
    }
}

impl Selected {
    /// What a selection takes in.
    pub fn of(selection: Selection, texts: &dyn Texts) -> Self {
        let Range { start, end } = selection.range();
        let plain = Self { range: start..end, cells: None, has_rows: false };
        let (Field::Paragraph(first), Field::Paragraph(last)) = (start.field, end.field) else { return plain };
        if first == last {
            return plain;
        }
        let (above, below) = (texts.table(start.field), texts.table(end.field));
        if let Some(table) = above.clone().filter(|table| table.blocks().contains(&last))
            && let Some(cells) = Cells::between(table, first, last)
        {
            let blocks = cells.blocks();
            let last = Field::Paragraph(blocks.end.saturating_sub(1));
            let range = Position::new(Field::Paragraph(blocks.start), 0)..Position::new(last, texts.length(last));
            return Self { range, cells: Some(cells), has_rows: false };
        }
        let row_of = |table: &Table, index: usize| {
            let (row, _) = table.place(index)?;
            table.rows.get(row).cloned()
        };
        let above = above.and_then(|table| row_of(&table, first));
        let below = below.and_then(|table| row_of(&table, last));
        let has_rows = above.is_some() || below.is_some();
        let start = above.map_or(start, |row| Position::new(Field::Paragraph(row.start), 0));
        let end = below.map_or(end, |row| {
            let last = Field::Paragraph(row.end.saturating_sub(1));
            Position::new(last, texts.length(last))
        });
        Self { range: start..end, cells: None, has_rows }
    }

    /// From the first place to the last.
    pub fn range(&self) -> Range<Position> {
        self.range.clone()
    }

    /// The part of a block whose text has `length` bytes; `None` if there is none.
    pub fn part(&self, field: Field, length: usize) -> Option<Range<usize>> {
        match (&self.cells, field) {
            (Some(cells), Field::Paragraph(index)) => cells.has(index).then_some(0..length),
            _ => Selection::between(self.range.start, self.range.end).part(field, length),
        }
    }

    /// Whether it takes in whole cells.
    pub fn has_cells(&self) -> bool {
        self.cells.is_some() || self.has_rows
    }

    /// The cells, if it is within one table.
    pub(super) fn cells(&self) -> Option<&Cells> {
        self.cells.as_ref()
    }

    /// The texts.
    pub fn slice(&self, texts: &dyn Texts) -> Slice {
        let slice = Slice::copied(texts, self.range());
        let Some(cells) = &self.cells else { return slice };
        let first = cells.blocks().start;
        let mut blocks: Vec<Paragraph> = Vec::new();
        for (at, block) in slice.blocks().iter().enumerate().filter(|(at, _)| cells.has(first + at)) {
            // Of what begins in the middle of rows, the first cell begins one.
            let begins = match cells.table.place(first + at) {
                Some((0, column)) if column == *cells.columns.start() && cells.table.has_header => Cell::Header,
                Some((_, column)) if column == *cells.columns.start() => Cell::Row,
                _ => Cell::Beside,
            };
            blocks.push(Paragraph { kind: BlockKind::Cell(begins), ..block.clone() });
        }
        match Grid::of_blocks(&blocks) {
            Some(grid) => Slice::of(grid.into_blocks()),
            None => slice,
        }
    }

    /// The blocks of a body that it is in, with what it takes in of each changed.
    pub(super) fn changed(
        &self,
        texts: &dyn Texts,
        body: &[Paragraph],
        change: impl Fn(&RichText) -> RichText,
    ) -> Option<(Range<usize>, Vec<Paragraph>)> {
        let (Field::Paragraph(first), Field::Paragraph(last)) = (self.range.start.field, self.range.end.field) else {
            return None;
        };
        let blocks = body.get(first..=last)?.iter().enumerate().map(|(at, block)| {
            let field = Field::Paragraph(first + at);
            let Some(part) = self.part(field, texts.length(field)) else { return block.clone() };
            let mut text = block.text.clone();
            text.replace(part.clone(), &change(&block.text.slice(part)));
            block.with_text(text)
        });
        Some((first..last + 1, blocks.collect()))
    }
}

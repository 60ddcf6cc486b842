//! The texts of a table by row and column, and back to blocks of the body.
//!
//! Invariant: all rows have the same number of cells, and there is at least one.

use crate::release::{BlockKind, Cell, Paragraph, RichText, Table};

/// A row of cells.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    pub cells: Vec<RichText>,
    /// Whether a page begins with it.
    pub new_page: bool,
}

/// A table, with empty cells where a row has too few.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grid {
    pub rows: Vec<Row>,
    pub has_header: bool,
}

impl Grid {
    /// A table of so many empty cells.
    pub(super) fn empty(rows: usize, columns: usize, has_header: bool) -> Self {
        let row = Row { cells: vec![RichText::default(); columns.max(1)], new_page: false };
        Self { rows: vec![row; rows.max(1)], has_header }
    }

    /// A table of a body.
    pub(super) fn of(body: &[Paragraph], table: &Table) -> Self {
        let rows = table.rows.iter().map(|row| {
            let blocks = body.get(row.clone()).unwrap_or_default();
            let cells = blocks.iter().map(|block| block.text.clone()).collect();
            Row { cells, new_page: blocks.first().is_some_and(|block| block.new_page) }
        });
        let mut grid = Self { rows: rows.collect(), has_header: table.has_header };
        grid.grow(1, table.columns);
        grid
    }

    /// The rows that blocks are, if all of them are cells.
    pub(super) fn of_blocks(blocks: &[Paragraph]) -> Option<Self> {
        let mut rows: Vec<Row> = Vec::new();
        for block in blocks {
            match (block.kind, rows.last_mut()) {
                (BlockKind::Cell(Cell::Beside), Some(row)) => row.cells.push(block.text.clone()),
                (BlockKind::Cell(_), _) => {
                    rows.push(Row { cells: vec![block.text.clone()], new_page: block.new_page });
                }
                _ => return None,
            }
        }
        let has_header = blocks.first()?.kind == BlockKind::Cell(Cell::Header);
        let columns = rows.iter().map(|row| row.cells.len()).max()?;
        let mut grid = Self { rows, has_header };
        grid.grow(1, columns);
        Some(grid)
    }

    /// How many columns there are.
    pub(super) fn columns(&self) -> usize {
        self.rows.first().map_or(1, |row| row.cells.len())
    }

    /// Makes it at least so large.
    pub(super) fn grow(&mut self, rows: usize, columns: usize) {
        let columns = columns.max(self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(1)).max(1);
        let count = self.rows.len().max(rows);
        self.rows.resize_with(count, Row::default);
        self.rows.iter_mut().for_each(|row| row.cells.resize_with(columns, RichText::default));
    }

    /// Changes the text of a cell, if there is one.
    pub(super) fn set(&mut self, row: usize, column: usize, text: RichText) {
        if let Some(cell) = self.rows.get_mut(row).and_then(|row| row.cells.get_mut(column)) {
            *cell = text;
        }
    }

    /// Puts the texts of another into it, from a cell on; it grows where they need room.
    pub(super) fn put(&mut self, row: usize, column: usize, other: Self) {
        self.grow(row + other.rows.len(), column + other.columns());
        for (down, line) in other.rows.into_iter().enumerate() {
            for (across, text) in line.cells.into_iter().enumerate() {
                self.set(row + down, column + across, text);
            }
        }
    }

    /// The blocks of a body that it is.
    pub(super) fn into_blocks(self) -> Vec<Paragraph> {
        let Self { rows, has_header } = self;
        let kind = |row: usize, column: usize| {
            BlockKind::Cell(match (row, column) {
                (0, 0) if has_header => Cell::Header,
                (_, 0) => Cell::Row,
                _ => Cell::Beside,
            })
        };
        let mut blocks = Vec::new();
        for (row, Row { cells, new_page }) in rows.into_iter().enumerate() {
            blocks.extend(cells.into_iter().enumerate().map(|(column, text)| Paragraph {
                new_page: new_page && column == 0,
                kind: kind(row, column),
                ..Paragraph::new(text)
            }));
        }
        blocks
    }
}

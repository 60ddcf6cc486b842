//! Tables in the structure: a row, a cell for each of its columns, in reading order.
//!
//! Invariant: all rows of a table have the same number of cells, some of them perhaps empty.

use std::collections::HashMap;

use super::{Kind, Structure};
use crate::release::{Language, Outline, Table};

/// A table whose next cell may come.
#[derive(Debug)]
pub(super) struct OpenTable {
    table: Table,
    element: usize,
    /// Rows and cells that have begun, by their numbers and paragraphs.
    rows: HashMap<usize, usize>,
    cells: HashMap<usize, usize>,
}

impl Structure {
    /// Begins the text of a cell, or goes on with it on another page; says whether the paragraph is a cell.
    pub(super) fn begin_cell(&mut self, index: usize, outline: &Outline, language: Option<Language>) -> bool {
        let is_open = |open: &OpenTable| open.table.blocks().contains(&index);
        let mut open = match self.table.take().filter(is_open) {
            Some(open) => open,
            None => {
                let Some(table) = outline.table(index) else { return false };
                let element = self.put(Kind::Table, None, None);
                OpenTable { table, element, rows: HashMap::new(), cells: HashMap::new() }
            }
        };
        let (row, column) = open.table.place(index).unwrap_or_default();
        let is_header = row == 0 && open.table.has_header;
        let line = *open.rows.entry(row).or_insert_with(|| self.put(Kind::Row, None, Some(open.element)));
        let cell = *open.cells.entry(index).or_insert_with(|| {
            let cell = self.put(Kind::Cell(is_header), language, Some(line));
            let length = open.table.rows.get(row).map_or(0, ExactSizeIterator::len);
            if column + 1 == length {
                (length..open.table.columns).for_each(|_| _ = self.put(Kind::Cell(is_header), None, Some(line)));
            }
            cell
        });
        self.current = Some(cell);
        self.table = Some(open);
        true
    }
}

//! The shape of a table: which blocks of the body are its rows.
//!
//! Cells are blocks like others; their kinds alone say where rows begin. Knows kinds, and nothing of texts. Invariant:
//! rows are in order, none is empty, and together they are all blocks of the table.

use std::ops::Range;

use super::{BlockKind, Cell, Paragraph};

/// A table within a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The blocks of each row, by their indices in the body.
    pub rows: Vec<Range<usize>>,
    /// The most cells of a row; a shorter row has nothing in the columns that it lacks.
    pub columns: usize,
    /// Whether the first row is a header.
    pub has_header: bool,
}

impl Table {
    /// The table that a block of a body is a cell of.
    pub fn of(body: &[Paragraph], index: usize) -> Option<Self> {
        Self::around(index, |index| body.get(index).map(|block| block.kind))
    }

    /// The table that a block is a cell of, in a body whose kinds `kind` gives; `None` beyond its end.
    pub fn around(index: usize, kind: impl Fn(usize) -> Option<BlockKind>) -> Option<Self> {
        let cell = |index: usize| match kind(index) {
            Some(BlockKind::Cell(cell)) => Some(cell),
            _ => None,
        };
        cell(index)?;
        let mut first = index;
        while cell(first) != Some(Cell::Header) && first.checked_sub(1).is_some_and(|before| cell(before).is_some()) {
            first -= 1;
        }
        let has_header = cell(first) == Some(Cell::Header);
        let mut rows: Vec<Range<usize>> = Vec::new();
        let mut at = first;
        while let Some(begins) = cell(at).filter(|begins| at == first || *begins != Cell::Header) {
            match rows.last_mut().filter(|_| begins == Cell::Beside) {
                Some(row) => row.end = at + 1,
                None => rows.push(at..at + 1),
            }
            at += 1;
        }
        let columns = rows.iter().map(Range::len).max().unwrap_or(0);
        Some(Self { rows, columns, has_header })
    }

    /// The first block.
    pub fn start(&self) -> usize {
        self.rows.first().map_or(0, |row| row.start)
    }

    /// The block behind the last.
    pub fn end(&self) -> usize {
        self.rows.last().map_or(0, |row| row.end)
    }

    /// All blocks.
    pub fn blocks(&self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The row and the column of a block.
    pub fn place(&self, index: usize) -> Option<(usize, usize)> {
        let row = self.rows.partition_point(|row| row.end <= index);
        let column = index.checked_sub(self.rows.get(row)?.start)?;
        Some((row, column))
    }

    /// The number of the table of a block among those of its body, and its row and column, all from 1; `None` if it
    /// is no cell.
    pub fn numbers(body: &[Paragraph], index: usize) -> Option<(usize, usize, usize)> {
        let (row, column) = Self::of(body, index)?.place(index)?;
        let begins = |(at, block): (usize, &Paragraph)| match block.kind {
            BlockKind::Cell(Cell::Header) => true,
            BlockKind::Cell(_) => {
                at.checked_sub(1).and_then(|before| body.get(before)).is_none_or(|before| !before.kind.is_cell())
            }
            _ => false,
        };
        let number = body.iter().enumerate().take(index + 1).filter(|&(at, block)| begins((at, block))).count();
        Some((number, row + 1, column + 1))
    }

    /// The block in a row and a column, if the row has it.
    pub fn cell(&self, row: usize, column: usize) -> Option<usize> {
        let row = self.rows.get(row)?;
        (column < row.len()).then(|| row.start + column)
    }
}

/// Blocks as tests write them: `= a | b` is a header, `| a | b` a row, anything else a paragraph; `/` is a line
/// break.
#[cfg(test)]
pub(crate) fn drawn(blocks: &[Paragraph]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for block in blocks {
        let text = block.text.as_str().replace('\n', "/");
        match (block.kind, lines.last_mut()) {
            (BlockKind::Cell(Cell::Beside), Some(line)) => line.push_str(&format!(" | {text}")),
            (BlockKind::Cell(Cell::Header), _) => lines.push(format!("= {text}")),
            (BlockKind::Cell(_), _) => lines.push(format!("| {text}")),
            _ => lines.push(text),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Kinds as a letter each: `h` begins a header, `r` a row, `c` is beside, anything else is no cell.
    fn table(kinds: &str, index: usize) -> Option<Table> {
        let kind = |c: char| match c {
            'h' => BlockKind::Cell(Cell::Header),
            'r' => BlockKind::Cell(Cell::Row),
            'c' => BlockKind::Cell(Cell::Beside),
            _ => BlockKind::Plain,
        };
        Table::around(index, |index| kinds.chars().nth(index).map(kind))
    }

    #[test]
    fn a_table_is_cells_in_a_row_up_to_another_header() {
        let first = Table { rows: vec![1..3, 3..6], columns: 3, has_header: true };
        for index in 1..6 {
            assert_eq!(table("phcrccphc", index).as_ref(), Some(&first));
        }
        assert_eq!(table("phcrccphc", 0), None);
        assert_eq!(table("phcrccphc", 99), None);
        assert_eq!(
            table("rchc", 1),
            Some(Table { rows: std::iter::once(0..2).collect(), columns: 2, has_header: false })
        );
        assert_eq!(
            table("rchc", 3),
            Some(Table { rows: std::iter::once(2..4).collect(), columns: 2, has_header: true })
        );
        // A cell beside none begins a row.
        assert_eq!(
            table("pcc", 2),
            Some(Table { rows: std::iter::once(1..3).collect(), columns: 2, has_header: false })
        );
    }

    #[test]
    fn a_cell_has_the_number_of_its_table_its_row_and_its_column() {
        let kinds = [Cell::Row, Cell::Beside, Cell::Row, Cell::Beside, Cell::Header, Cell::Beside, Cell::Row];
        let cell = |kind: Cell| Paragraph { kind: BlockKind::Cell(kind), ..Paragraph::default() };
        let mut body: Vec<Paragraph> = kinds.map(cell).to_vec();
        body.insert(0, Paragraph::default());
        assert_eq!(Table::numbers(&body, 0), None);
        assert_eq!(Table::numbers(&body, 4), Some((1, 2, 2)));
        assert_eq!(Table::numbers(&body, 7), Some((2, 2, 1)));
    }

    #[test]
    fn each_cell_has_its_place() {
        let table = table("hcrcc", 0).unwrap();
        let places: Vec<_> = (0..5).filter_map(|index| table.place(index)).collect();
        assert_eq!(places, [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2)]);
        assert_eq!(table.place(5), None);
        assert_eq!((table.cell(1, 2), table.cell(0, 2), table.cell(2, 0)), (Some(4), None, None));
    }
}

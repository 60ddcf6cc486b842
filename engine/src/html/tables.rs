//! A table of HTML: its tags, its rows and cells, gathered while it is read.
//!
//! Knows texts and tags. Invariant: what is in the cells is in the blocks that come of them, and there is
//! little more than a release may hold, whatever the table says of itself.

use super::{Lost, Reader, attributes::attribute};
use crate::release::{BlockKind, Cell, Paragraph, RichText, Style, bounds};

/// A table that is open.
#[derive(Default)]
pub(super) struct OpenTable {
    rows: Vec<Vec<RichText>>,
    /// Whether the first row is of header cells alone.
    has_header: bool,
    /// In how many more rows a cell takes a column up.
    taken: Vec<usize>,
    /// Whether a cell is open, and its column.
    is_in_cell: bool,
    at: usize,
    /// Whether it has one row more than a release may have; what comes then is not kept.
    is_full: bool,
    /// Tables within the open cell.
    nested: usize,
    /// Whether it is of our own page, where nothing about it is guessed.
    is_own: bool,
}

impl Reader {
    /// Begins or ends a table.
    pub(super) fn table(&mut self, end: bool) {
        let Some(table) = &mut self.table else {
            if !end {
                self.table = Some(OpenTable { is_own: self.own.is_some(), ..OpenTable::default() });
            }
            return;
        };
        if !end {
            table.nest();
            self.lose(Lost::Table);
        } else if table.end() {
            self.end_table();
        }
    }

    /// Puts the cells of the open table among the blocks.
    pub(super) fn end_table(&mut self) {
        let Some(table) = self.table.take() else { return };
        let blocks = table.blocks();
        let goes_on = self.blocks.last().is_some_and(|block| block.kind.is_cell())
            && blocks.first().is_some_and(|block| block.kind == BlockKind::Cell(Cell::Row));
        if goes_on {
            // Or it would be more rows of the table before.
            self.blocks.push(Paragraph::default());
        }
        self.blocks.extend(blocks);
    }

    /// Begins or ends a cell.
    pub(super) fn cell(&mut self, name: &str, attributes: &str, end: bool) {
        let Some(table) = &mut self.table else { return };
        if end {
            return table.end_cell();
        }
        let count =
            |name| attribute(attributes, name).and_then(|count| count.trim().parse::<usize>().ok()).unwrap_or(1);
        let (columns, rows) = (count("colspan"), count("rowspan"));
        table.cell(name == "th", columns, rows);
        if columns > 1 || rows > 1 {
            self.lose(Lost::Merged);
        }
    }
}

impl OpenTable {
    /// Begins a table within it.
    pub(super) fn nest(&mut self) {
        self.nested += 1;
    }

    /// Ends a table: says whether it was this one.
    pub(super) fn end(&mut self) -> bool {
        let is_own = self.nested == 0;
        self.nested = self.nested.saturating_sub(1);
        is_own
    }

    /// Whether what is read now belongs to a cell.
    pub(super) fn takes_text(&self) -> bool {
        self.is_in_cell
    }

    /// Begins a row.
    pub(super) fn row(&mut self) {
        // One more than a release may have, so that it is refused and not shortened.
        if self.nested == 0 && self.rows.len() <= bounds::ROWS {
            self.is_in_cell = false;
            self.rows.push(Vec::new());
        } else if self.nested == 0 {
            self.is_full = true;
        }
    }

    /// Begins a cell that takes up so many columns and rows.
    pub(super) fn cell(&mut self, is_header: bool, columns: usize, rows: usize) {
        if self.nested > 0 {
            return;
        }
        if self.is_full {
            (self.is_in_cell, self.at) = (true, usize::MAX);
            return;
        }
        if self.rows.is_empty() {
            self.rows.push(Vec::new());
        }
        let is_first = self.rows.len() == 1;
        let Some(row) = self.rows.last_mut().filter(|row| row.len() <= bounds::COLUMNS) else { return };
        while let Some(taken) = self.taken.get_mut(row.len()).filter(|taken| **taken > 0) {
            *taken -= 1;
            row.push(RichText::default());
        }
        if is_first && !self.is_own {
            self.has_header = is_header && (row.is_empty() || self.has_header);
        }
        for _ in 0..columns.clamp(1, bounds::COLUMNS + 1) {
            if self.taken.len() <= row.len() {
                self.taken.resize(row.len() + 1, 0);
            }
            if let Some(taken) = self.taken.get_mut(row.len()) {
                *taken = rows.clamp(1, bounds::ROWS + 1) - 1;
            }
            row.push(RichText::default());
        }
        // The text goes into the first of the columns that it takes up.
        let from = row.len().saturating_sub(columns.clamp(1, bounds::COLUMNS + 1));
        row.truncate(bounds::COLUMNS + 1);
        self.at = from.min(bounds::COLUMNS);
        self.is_in_cell = true;
    }

    /// Begins the header.
    pub(super) fn begin_header(&mut self) {
        self.has_header = true;
    }

    /// Ends a cell.
    pub(super) fn end_cell(&mut self) {
        if self.nested == 0 {
            self.is_in_cell = false;
        }
    }

    /// Adds a paragraph to the open cell.
    pub(super) fn add(&mut self, text: &RichText) {
        let at = self.at;
        let Some(cell) = self.rows.last_mut().and_then(|row| row.get_mut(at)) else { return };
        if !cell.is_empty() {
            cell.push_str("\n", Style::PLAIN);
        }
        cell.push(text);
    }

    /// The blocks that it is: cells, or paragraphs where it was drawn only to set a text in its place.
    pub(super) fn blocks(self) -> Vec<Paragraph> {
        let Self { mut rows, mut has_header, is_own, .. } = self;
        rows.retain(|row| !row.is_empty());
        if !is_own && rows.iter().flatten().all(RichText::is_empty) {
            return Vec::new();
        }
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        rows.iter_mut().for_each(|row| row.resize(columns, RichText::default()));
        let has_lines = rows.iter().flatten().any(|text| text.as_str().contains('\n'));
        if !is_own && columns <= 1 && (rows.len() <= 1 || has_lines) {
            let lines = rows.into_iter().flatten().flat_map(|text| text.lines());
            return lines.filter(|line| !line.is_empty()).map(Paragraph::new).collect();
        }
        let is_bold = |text: &RichText| text.style_of(0..text.len()).has(Style::BOLD);
        let are_bold = |row: &Vec<RichText>| row.iter().all(is_bold);
        // Programs that have no header cells make the first row bold.
        has_header |=
            !is_own && rows.first().is_some_and(are_bold) && rows.len() > 1 && !rows.iter().skip(1).all(are_bold);
        let mut blocks = Vec::new();
        for (number, row) in rows.into_iter().enumerate() {
            for (column, mut text) in row.into_iter().enumerate() {
                if number == 0 && has_header && !is_own {
                    // It is bold as such.
                    text.emphasise(0..text.len(), Style::BOLD, false);
                }
                let begins = match (number, column) {
                    (0, 0) if has_header => Cell::Header,
                    (_, 0) => Cell::Row,
                    _ => Cell::Beside,
                };
                blocks.push(Paragraph { kind: BlockKind::Cell(begins), ..Paragraph::new(text) });
            }
        }
        blocks
    }
}

#[cfg(test)]
mod tests {
    use super::super::{read, write};
    use crate::release::{BlockKind, Cell, Paragraph, RichText, Style, drawn};

    /// The blocks of HTML, as [`drawn`] writes them.
    fn blocks(html: &str) -> Vec<String> {
        drawn(&read(html).unwrap_or_default())
    }

    #[test]
    fn a_table_comes_in_with_its_rows_and_its_header() {
        let html = "<p>before</p><table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td><p>x</p><p>y</p></td></tr></table>after";
        assert_eq!(blocks(html), ["before", "= a | b", "| 1 | x/y", "after"]);
        let spreadsheet = "<table><col width=64><tr><td><b>Year</b></td><td style='font-weight:700'>Sum</td></tr>\
            <tr><td align=right>2021</td><td>1&nbsp;204</td></tr></table>";
        assert_eq!(blocks(spreadsheet), ["= Year | Sum", "| 2021 | 1\u{A0}204"]);
        assert!(read(spreadsheet).unwrap()[0].text.style_of(0..4) == Style::PLAIN, "a header is bold as such");
        assert_eq!(blocks("<table><tr><td>a<td>b<tr><td>c</table>"), ["| a | b", "| c | "]);
        assert_eq!(blocks("<table><tr><td>a</td><td>b"), ["| a | b"], "it does not end");
    }

    #[test]
    fn cells_that_take_up_several_leave_the_others_in_their_columns() {
        let html = "<table><tr><td colspan=2>ab</td><td>c</td></tr><tr><td rowspan=2>1</td><td>2</td><td>3</td></tr>\
            <tr><td>5</td><td>6</td></tr></table>";
        assert_eq!(blocks(html), ["| ab |  | c", "| 1 | 2 | 3", "|  | 5 | 6"]);
        let hostile = "<table><tr><td colspan=4000000000 rowspan=99999999>x</td></tr></table>";
        assert!(read(hostile).is_none_or(|blocks| blocks.len() < 99));
        let rows = "<tr><td>x<td>y".repeat(5_000);
        assert!(read(&format!("<table>{rows}</table>")).unwrap().len() < 2_100);
    }

    #[test]
    fn what_only_sets_a_text_in_its_place_is_no_table() {
        assert_eq!(blocks("<table><tr><td>one</td></tr></table>"), ["one"]);
        assert_eq!(
            blocks("<table><tr><td><p>one</p><p>two</p></td></tr><tr><td>three</td></tr></table>"),
            ["one", "two", "three"]
        );
        assert_eq!(
            blocks("<table><tr><td>a</td><td><table><tr><td>b</td><td>c</td></tr></table></td></tr></table>"),
            ["| a | b/c"]
        );
        assert!(blocks("<table><tr><td></td><td> </td></tr></table>").is_empty());
        assert_eq!(blocks("</td></tr></table>x"), ["x"]);
    }

    #[test]
    fn what_is_written_is_read_back() {
        let cell =
            |begins, text: &str| Paragraph { kind: BlockKind::Cell(begins), ..Paragraph::new(RichText::plain(text)) };
        let table = vec![
            Paragraph::new(RichText::plain("before")),
            cell(Cell::Header, "a"),
            cell(Cell::Beside, "b"),
            cell(Cell::Row, "1\n2"),
            cell(Cell::Beside, ""),
            Paragraph::new(RichText::plain("after")),
        ];
        assert_eq!(read(&write(&table)), Some(table));
    }
}

//! Tables of a Word file: a cell is one block, of as many lines as it has paragraphs.
//!
//! Invariant: a cell stays in the column in which Word shows it, and what no table of a draft holds is listed.

use roxmltree::Node;

use super::Reader;
use crate::{
    release::{Cell, RichText, Style, bounds},
    word::{
        read::{
            block::Block,
            lost::{Lost, lose_picture},
            package::{ReadError, child, child_value, is, is_on, value},
            pictures::figures,
            spaces::tidy,
        },
        styles::id,
    },
};

/// A cell that is over more columns is taken to be over these: no draft has so many.
const WIDEST: usize = 64;

/// A row: whether it is a header, and its cells. `None` is a column that the cell before it is over as well.
type Row = (bool, Vec<Option<Vec<Block>>>);

/// A row that has a cell in each column of its table, as far as it goes.
type SettledRow = (bool, Vec<Vec<Block>>);

impl Reader<'_> {
    /// Reads a table.
    pub(super) fn table(&mut self, node: Node<'_, '_>, depth: usize) -> Result<(), ReadError> {
        let before = std::mem::take(&mut self.blocks);
        let rows = self.rows(node, depth)?;
        self.blocks = before;
        let rows = self.settled(rows)?;
        let style = |block: &Block| block.style.clone().unwrap_or_default();
        let all = || rows.iter().flat_map(|(_, cells)| cells.iter().flatten());
        let columns = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        if all().any(|block| matches!(style(block).as_str(), id::PARTY | id::SIGNATURE | id::SIGNATURE_NAME)) {
            // Those who sign, one after the other.
            for column in 0..columns {
                for (_, cells) in &rows {
                    let blocks = cells.get(column).into_iter().flatten().cloned();
                    self.blocks.extend(blocks.map(|block| Block { columns, ..block }));
                }
            }
            return Ok(());
        }
        if let Some(mut figures) = figures(&rows) {
            // Two on a new page have a line before them that begins it.
            let begins_page = self.blocks.pop_if(|last| last.new_page && last.is_blank() && last.cell.is_none());
            figures.iter_mut().take(1).for_each(|first| first.new_page |= begins_page.is_some());
            self.blocks.extend(figures);
            return Ok(());
        }
        if columns < 2 {
            // A frame around text.
            self.blocks.extend(rows.into_iter().flat_map(|(_, cells)| cells.into_iter().flatten()));
            return Ok(());
        }
        for (index, (is_header, cells)) in rows.into_iter().enumerate() {
            let is_named =
                cells.first().and_then(|cell| cell.first()).is_some_and(|block| style(block) == id::TABLE_HEADER);
            for (column, cell) in cells.into_iter().enumerate() {
                let kind = match (index, column) {
                    (0, 0) if is_header || is_named => Cell::Header,
                    (_, 0) => Cell::Row,
                    _ => Cell::Beside,
                };
                let text = self.cell(&cell);
                self.blocks.push(Block { text, cell: Some(kind), ..Block::default() });
            }
        }
        Ok(())
    }

    /// The rows of a table, each with its cells in their columns.
    fn rows(&mut self, node: Node<'_, '_>, depth: usize) -> Result<Vec<Row>, ReadError> {
        let mut rows = Vec::new();
        let is_there = |row: &Node<'_, '_>| child(*row, "trPr").is_none_or(|row| child(row, "del").is_none());
        for row in within(node, "tr").into_iter().filter(is_there) {
            let properties = child(row, "trPr");
            let number = |parent: Option<Node<'_, '_>>, name: &str| {
                let number = parent.and_then(|node| child_value(node, name)?.parse::<usize>().ok());
                number.unwrap_or(0).min(WIDEST)
            };
            let mut cells = vec![None; number(properties, "gridBefore")];
            for cell in within(row, "tc") {
                self.blocks_of(cell, depth + 2)?;
                cells.push(Some(std::mem::take(&mut self.blocks)));
                self.now = Block::default();
                let properties = child(cell, "tcPr");
                let span = number(properties, "gridSpan").saturating_sub(1);
                cells.resize((cells.len() + span).min(WIDEST.max(cells.len())), None);
                // One that is over several rows: the text is in the first.
                if properties
                    .and_then(|node| child(node, "vMerge"))
                    .is_some_and(|node| value(node, "val") != Some("restart"))
                {
                    self.lose(Lost::Merged);
                }
            }
            if rows.len() >= bounds::PARAGRAPHS {
                return Err(bounds::Exceeded::Paragraphs(rows.len() + 1).into());
            }
            let is_header = properties.and_then(|node| is_on(node, "tblHeader")).unwrap_or(false);
            rows.push((is_header, cells));
        }
        Ok(rows)
    }

    /// Rows without the columns that no row has a cell of its own in; other cells over several columns are listed.
    fn settled(&mut self, rows: Vec<Row>) -> Result<Vec<SettledRow>, ReadError> {
        let columns = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        let is_own = |column: usize| rows.iter().any(|(_, cells)| cells.get(column).is_some_and(Option::is_some));
        let own: Vec<bool> = (0..columns).map(is_own).collect();
        let cells = own.iter().filter(|own| **own).count() * rows.len();
        if cells > bounds::PARAGRAPHS {
            return Err(bounds::Exceeded::Paragraphs(cells).into());
        }
        let mut settled = Vec::with_capacity(rows.len());
        for (is_header, cells) in rows {
            let kept: Vec<_> = cells.into_iter().zip(&own).filter(|(_, own)| **own).map(|(cell, _)| cell).collect();
            let is_over = kept.windows(2).filter(|pair| matches!(pair, [Some(_), None])).count();
            (0..is_over).for_each(|_| self.lose(Lost::Merged));
            settled.push((is_header, kept.into_iter().map(Option::unwrap_or_default).collect()));
        }
        Ok(settled)
    }

    /// The text of a cell.
    fn cell(&mut self, cell: &[Block]) -> RichText {
        for drawn in cell.iter().filter_map(|block| block.drawn.as_ref()) {
            lose_picture(&mut self.lost, drawn.shown_as());
        }
        if cell.iter().any(|block| block.cell.is_some()) {
            self.lose(Lost::Tables);
        }
        cell.iter().filter(|block| block.list.is_some()).for_each(|_| self.lose(Lost::InCells));
        let mut text = RichText::default();
        for block in cell.iter().filter(|block| !block.text.as_str().trim().is_empty()) {
            if !text.is_empty() {
                text.push_str("\n", Style::PLAIN);
            }
            text.push(&tidy(&block.text));
        }
        text
    }
}

/// The elements of a name in another, also those that are in a control: a list to choose from, or a row that repeats.
fn within<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Vec<Node<'a, 'i>> {
    let mut found = Vec::new();
    let mut open: Vec<Node<'a, 'i>> = node.children().rev().collect();
    while let Some(node) = open.pop() {
        if is(node, name) {
            found.push(node);
        } else if ["sdt", "sdtContent", "customXml", "ins", "moveTo"].iter().any(|around| is(node, around)) {
            open.extend(node.children().rev());
        }
    }
    found
}

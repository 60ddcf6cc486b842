//! Tables: made, gone through, changed by rows and columns, filled with what is typed and pasted.
//!
//! A cell is a block like a paragraph, so that one types in it as elsewhere. What is here keeps cells apart where
//! paragraphs would be joined or split. Invariant: the rows of a table that was edited have the same number of cells,
//! and each change is one step of undo.

use std::ops::Range;

use super::{
    Document, Position, Selected, Selection, Slice, Step, Texts as _,
    grid::{Grid, Row},
};
use crate::release::{BlockKind, Field, Paragraph, Release, RichText, Table};

/// A change of a table by rows and columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableEdit {
    /// A row above the cell, or with `true` below it.
    AddRow(bool),
    /// A column to the left of the cell, or with `true` to its right.
    AddColumn(bool),
    /// The row of the cell goes up, or with `true` down.
    MoveRow(bool),
    /// The column of the cell goes left, or with `true` right.
    MoveColumn(bool),
    /// The rows of the selection go.
    RemoveRows,
    /// The columns of the selection go.
    RemoveColumns,
    /// The whole table goes.
    Remove,
    /// The first row is a header, or with `false` a row like the others.
    Header(bool),
    /// A paragraph above the table, or with `true` below it.
    AddParagraph(bool),
}

/// What takes the place of blocks of the body.
#[derive(Debug, PartialEq)]
pub(super) struct Planned {
    pub range: Range<usize>,
    pub blocks: Vec<Paragraph>,
    /// Where the caret is then.
    pub caret: Position,
}

/// What is to take the place of a part of the body if cells are among it or in what is put in; `None` where texts
/// are joined and split as anywhere.
///
/// A selection within a table empties its cells, which stay. Rows that are selected with what is outside of the table
/// go. Cells that are put into a table fill it from the caret on, and outside of one they are a table of their own.
pub(super) fn planned(release: &Release, range: Range<Position>, with: &Slice) -> Option<Planned> {
    let Range { start, end } = range;
    let (Field::Paragraph(first), Field::Paragraph(last)) = (start.field, end.field) else { return None };
    let body = &release.body;
    let has_cells = with.breaks() > 0 && with.blocks().iter().any(|block| block.kind.is_cell());
    let (block, end_block) = (body.get(first)?, body.get(last)?);
    let in_cell = block.kind.is_cell();
    if first == last && in_cell {
        return if with.breaks() > 0 { in_one_cell(body, (first, start.byte..end.byte), with) } else { None };
    }
    let selected = Selected::of(Selection::between(start, end), release);
    if let Some(cells) = selected.cells() {
        let table = Table::of(body, first)?;
        let mut grid = Grid::of(body, &table);
        for row in cells.rows.clone() {
            cells.columns.clone().for_each(|column| grid.set(row, column, RichText::default()));
        }
        return Some(filled(grid, &table, (*cells.rows.start(), *cells.columns.start()), RichText::default(), with));
    }
    if !has_cells && !selected.has_cells() {
        return None;
    }
    // Rows go as a whole; of other blocks what is before and behind the selection stays.
    let kept = |block: &Paragraph, part: Range<usize>| {
        (!block.kind.is_cell()).then(|| block.with_text(block.text.slice(part)))
    };
    let head = kept(block, 0..start.byte);
    let tail = kept(end_block, end.byte..end_block.text.len()).map(|tail| Paragraph { new_page: false, ..tail });
    let from = row_at(body, first).map_or(first, |row| row.start);
    let to = row_at(body, last).map_or(last + 1, |row| row.end);
    let is_last = to >= body.len();
    Some(composed(from..to, head, with, tail, is_last))
}

/// Several blocks in the place of a part of one cell: cells fill the table, lines of others stay in the cell.
fn in_one_cell(body: &[Paragraph], (index, part): (usize, Range<usize>), with: &Slice) -> Option<Planned> {
    let table = Table::of(body, index)?;
    let place = table.place(index)?;
    let mut text = body.get(index)?.text.clone();
    if Grid::of_blocks(with.blocks()).is_none() {
        let joined = with.joined("\n");
        let caret = Position::new(Field::Paragraph(index), part.start + joined.len());
        text.replace(part, &joined);
        let block = body.get(index)?.with_text(text);
        return Some(Planned { range: index..index + 1, blocks: vec![block], caret });
    }
    Some(filled(Grid::of(body, &table), &table, place, text, with))
}

/// A table with what is put in from a cell on: cells beside and below each other, or the lines of a text in that one.
/// `text` is what the cell has until then.
fn filled(mut grid: Grid, table: &Table, (row, column): (usize, usize), text: RichText, with: &Slice) -> Planned {
    let (end_row, end_column, byte) = match Grid::of_blocks(with.blocks()).filter(|_| with.breaks() > 0) {
        Some(other) => {
            let (rows, columns) = (other.rows.len(), other.columns());
            let length = other.rows.last().and_then(|row| row.cells.last()).map_or(0, RichText::len);
            grid.put(row, column, other);
            (row + rows - 1, column + columns - 1, length)
        }
        None => {
            let mut text = text;
            text.push(&with.joined("\n"));
            let length = text.len();
            grid.set(row, column, text);
            (row, column, length)
        }
    };
    let index = table.start() + end_row * grid.columns() + end_column;
    Planned { range: table.blocks(), blocks: grid.into_blocks(), caret: Position::new(Field::Paragraph(index), byte) }
}

/// The blocks of a slice between what is kept before and behind them.
fn composed(
    range: Range<usize>,
    head: Option<Paragraph>,
    with: &Slice,
    tail: Option<Paragraph>,
    is_last: bool,
) -> Planned {
    let mut blocks = with.blocks().to_vec();
    let begins_with_cell = with.breaks() > 0 && blocks.first().is_some_and(|block| block.kind.is_cell());
    if let (true, Some(first)) = (begins_with_cell, blocks.first_mut())
        && first.kind == BlockKind::Cell(crate::release::Cell::Beside)
    {
        first.kind = BlockKind::Cell(crate::release::Cell::Row);
    }
    match head {
        Some(head) if begins_with_cell => {
            let kept = (!head.text.is_empty() || head.kind != BlockKind::Plain).then_some(head);
            drop(blocks.splice(0..0, kept));
        }
        Some(mut head) => {
            if let Some(first) = blocks.first_mut() {
                // Several blocks that are put into an empty paragraph stay what they are.
                if head.text.is_empty() && head.kind == BlockKind::Plain && with.breaks() > 0 {
                    head.kind = first.kind;
                }
                head.text.push(&first.text);
                *first = head;
            }
        }
        None if with.is_empty() => blocks.clear(),
        None => {}
    }
    let mut caret = (blocks.len().saturating_sub(1), blocks.last().map_or(0, |block| block.text.len()));
    match (tail, blocks.last_mut()) {
        (Some(tail), None) => blocks.push(tail),
        (Some(tail), Some(last)) if last.kind.is_cell() => {
            // Below a table there is a paragraph to go on with.
            if !tail.text.is_empty() || tail.kind != BlockKind::Plain || is_last {
                blocks.push(tail);
            }
        }
        (Some(tail), Some(last)) => {
            // What is alone before it goes into the block that stays.
            let kind = if with.breaks() == 0 && range.len() > 1 { tail.kind } else { last.kind };
            last.text.push(&tail.text);
            last.kind = kind;
        }
        (None, None) if range.start == 0 && is_last => blocks.push(Paragraph::default()),
        (None, _) => {}
    }
    if blocks.is_empty() {
        caret = (0, 0);
    }
    let caret = Position::new(Field::Paragraph(range.start + caret.0), caret.1);
    Planned { range, blocks, caret }
}

/// The row that a block of a body is a cell of.
pub(super) fn row_at(body: &[Paragraph], index: usize) -> Option<Range<usize>> {
    let table = Table::of(body, index)?;
    let (row, _) = table.place(index)?;
    table.rows.get(row).cloned()
}

/// The blocks that move where those of a selection are to go down or up, and those that they change places with: rows
/// within their table, and tables as a whole. A header stays where it is.
pub(super) fn moved(body: &[Paragraph], range: Range<usize>, down: bool) -> Option<(Range<usize>, Range<usize>)> {
    let last = range.end.checked_sub(1)?;
    let (table, other) = (Table::of(body, range.start), Table::of(body, last));
    if let Some(table) = table.as_ref().filter(|table| table.blocks().contains(&last)) {
        let ((from, _), (to, _)) = (table.place(range.start)?, table.place(last)?);
        let beside = if down { to + 1 } else { from.checked_sub(1)? };
        if table.has_header && (from == 0 || beside == 0) {
            return None;
        }
        let rows = table.rows.get(from)?.start..table.rows.get(to)?.end;
        return Some((rows, table.rows.get(beside)?.clone()));
    }
    let start = table.map_or(range.start, |table| table.start());
    let end = other.map_or(range.end, |table| table.end());
    let beside = if down { end } else { start.checked_sub(1)? };
    body.get(beside)?;
    let other = Table::of(body, beside).map_or(beside..beside + 1, |table| table.blocks());
    Some((start..end, other))
}

impl Document {
    /// Where a block goes that is put in at a place: below its paragraph or table, at the end of the body, or in the
    /// place of an empty paragraph, whose range this is then. Also the table, if the place is in one.
    pub(super) fn room_below(&self, place: Option<Selection>) -> (Range<usize>, Option<Table>) {
        let body = &self.release().body;
        let last = body.len().saturating_sub(1);
        let index = match place.map(|place| place.head.field) {
            Some(Field::Paragraph(index)) => index.min(last),
            _ => last,
        };
        let is_blank = |block: &Paragraph| block.kind == BlockKind::Plain && block.text.as_str().trim().is_empty();
        let is_empty = body.get(index).is_some_and(is_blank);
        let table = Table::of(body, index);
        let at = match &table {
            Some(table) => table.end(),
            None if is_empty || body.is_empty() => index,
            None => index + 1,
        };
        (at..at + usize::from(is_empty), table)
    }

    /// Puts a table below the paragraph of a place, or at the end of the body; an empty paragraph there goes. Gives
    /// the caret in its first cell.
    pub fn insert_table(
        &mut self,
        place: Option<Selection>,
        rows: usize,
        columns: usize,
        header: bool,
    ) -> Option<Selection> {
        let body = &self.release().body;
        let (removed, table) = self.room_below(place);
        let at = removed.start;
        let mut blocks = Grid::empty(rows, columns, header).into_blocks();
        let first = at + usize::from(table.is_some());
        if table.is_some() {
            // Or it would be more rows of that one.
            blocks.insert(0, Paragraph::default());
        }
        if removed.end >= body.len() || body.get(removed.end).is_some_and(|block| block.kind.is_cell()) {
            blocks.push(Paragraph::default());
        }
        let after = Selection::at(Field::Paragraph(first), 0);
        self.close_step(place);
        let revision = self.revision();
        self.replace_paragraphs(Step::Table, removed, blocks, place, Some(after));
        (self.revision() != revision).then_some(after)
    }

    /// The selection of the next cell, or of the one before; behind the last one a row is added.
    pub fn next_cell(&mut self, selection: Selection, forward: bool) -> Option<Selection> {
        let Field::Paragraph(index) = selection.head.field else { return None };
        let table = Table::of(&self.release().body, index)?;
        let to = if forward { index + 1 } else { index.saturating_sub(1).max(table.start()) };
        if to >= table.end() {
            let after = self.edit_table(selection, TableEdit::AddRow(true))?;
            let (Field::Paragraph(index), body) = (after.head.field, &self.release().body) else { return None };
            let row = row_at(body, index)?;
            return Some(Selection::at(Field::Paragraph(row.start), 0));
        }
        let field = Field::Paragraph(to);
        Some(Selection::select(field, 0..self.length(field)))
    }

    /// Changes the table of a selection; gives the selection afterwards, or `None` if nothing changed.
    pub fn edit_table(&mut self, selection: Selection, edit: TableEdit) -> Option<Selection> {
        let (Field::Paragraph(first), Field::Paragraph(last)) = (selection.start().field, selection.end().field) else {
            return None;
        };
        let body = &self.release().body;
        let table = Table::of(body, first).filter(|table| table.blocks().contains(&last))?;
        let (one, other) = (table.place(first)?, table.place(last)?);
        let (rows, columns) = (one.0..other.0 + 1, one.1.min(other.1)..one.1.max(other.1) + 1);
        let head = if selection.head == selection.start() { one } else { other };
        let mut grid = Grid::of(body, &table);
        let to = match edit {
            TableEdit::AddRow(below) => add_row(&mut grid, if below { rows.end } else { rows.start }, head.1),
            TableEdit::AddColumn(right) => {
                add_column(&mut grid, if right { columns.end } else { columns.start }, head.0)
            }
            TableEdit::MoveRow(down) => {
                return self.move_paragraphs(selection, if down { 1 } else { -1 });
            }
            TableEdit::MoveColumn(right) => move_columns(&mut grid, columns, head, right)?,
            TableEdit::RemoveRows if rows.len() >= grid.rows.len() => return self.remove_table(&table, selection),
            TableEdit::RemoveRows => {
                grid.has_header &= rows.start > 0;
                grid.rows.drain(rows.clone());
                (rows.start.min(grid.rows.len() - 1), head.1)
            }
            TableEdit::RemoveColumns if columns.len() >= grid.columns() => {
                return self.remove_table(&table, selection);
            }
            TableEdit::RemoveColumns => {
                grid.rows.iter_mut().for_each(|row| drop(row.cells.drain(columns.clone())));
                (head.0, columns.start.min(grid.columns() - 1))
            }
            TableEdit::Remove => return self.remove_table(&table, selection),
            TableEdit::Header(on) => {
                grid.has_header = on;
                head
            }
            TableEdit::AddParagraph(below) => {
                let at = if below { table.end() } else { table.start() };
                let after = Selection::at(Field::Paragraph(at), 0);
                return self.put_blocks(at..at, vec![Paragraph::default()], selection, after);
            }
        };
        let field = Field::Paragraph(table.start() + to.0 * grid.columns() + to.1);
        // Where the caret's own cell moves, so does the caret in it.
        let byte =
            if matches!(edit, TableEdit::MoveColumn(_) | TableEdit::Header(_)) { selection.head.byte } else { 0 };
        self.put_blocks(table.blocks(), grid.into_blocks(), selection, Selection::at(field, byte))
    }

    fn remove_table(&mut self, table: &Table, selection: Selection) -> Option<Selection> {
        let after = Selection::at(Field::Paragraph(table.start()), 0);
        let is_all = table.blocks().len() == self.release().body.len();
        let blocks = if is_all { vec![Paragraph::default()] } else { Vec::new() };
        self.put_blocks(table.blocks(), blocks, selection, after)
    }

    /// Puts blocks in the place of others, of which those that are the same at both ends are left alone.
    fn put_blocks(
        &mut self,
        range: Range<usize>,
        mut blocks: Vec<Paragraph>,
        before: Selection,
        after: Selection,
    ) -> Option<Selection> {
        let old = self.release().body.get(range.clone())?;
        let same = |(a, b): &(&Paragraph, &Paragraph)| a == b;
        let front = old.iter().zip(&blocks).take_while(same).count();
        let limit = old.len().min(blocks.len()) - front;
        let back = old.iter().rev().zip(blocks.iter().rev()).take(limit).take_while(same).count();
        blocks.truncate(blocks.len() - back);
        let blocks = blocks.split_off(front);
        let revision = self.revision();
        self.close_step(Some(before));
        self.replace_paragraphs(Step::Table, range.start + front..range.end - back, blocks, Some(before), Some(after));
        (self.revision() != revision).then(|| after.clamped(self))
    }
}

fn add_row(grid: &mut Grid, at: usize, column: usize) -> (usize, usize) {
    let row = Row { cells: vec![RichText::default(); grid.columns()], new_page: false };
    grid.rows.insert(at, row);
    (at, column)
}

fn add_column(grid: &mut Grid, at: usize, row: usize) -> (usize, usize) {
    grid.rows.iter_mut().for_each(|row| row.cells.insert(at, RichText::default()));
    (row, at)
}

/// Moves columns by one; gives the place of the caret, or `None` at the edge.
fn move_columns(grid: &mut Grid, columns: Range<usize>, head: (usize, usize), right: bool) -> Option<(usize, usize)> {
    let (from, to) =
        if right { (columns.start, columns.end + 1) } else { (columns.start.checked_sub(1)?, columns.end) };
    if to > grid.columns() {
        return None;
    }
    for row in &mut grid.rows {
        let cells = row.cells.get_mut(from..to)?;
        if right {
            cells.rotate_right(1);
        } else {
            cells.rotate_left(1);
        }
    }
    Some((head.0, if right { head.1 + 1 } else { head.1 - 1 }))
}

#[cfg(test)]
mod tests;

//! Tables: how wide the columns are, and their rows with the rules between them.
//!
//! Rules are few and thin: one above the table, one below its header, one below it; hairlines between rows only where
//! a row takes several lines and could be taken for two. Invariant: no column reaches beyond the measure, and the
//! lines of a row come cell by cell.

mod widths;

use std::{ops::Range, sync::Arc};

pub(super) use widths::narrowest;
use widths::{Asked, is_number, shared};

use super::{Alignment, Beside, Block, Content, Layout, Lines, Measure, Source, Type, house};
use crate::{
    release::{Field, RichText, Style, Table},
    typeset::{Cell, Line, Role, Rule, pages::Page},
};

/// A measure in which no cell is broken, in points.
const UNBROKEN: f32 = 20_000.0;

/// A row, or a part of one that no page could hold.
pub(super) struct TableRow {
    /// The lines, cell by cell.
    lines: Vec<Beside>,
    /// The cells from edge to edge, their tops and bottoms from the top of the row.
    cells: Vec<Cell>,
    /// The left and the right edge of the table.
    edges: (f32, f32),
    /// The thickness of the rule above, 0 for none.
    above: f32,
    /// The thickness of the rule below, 0 for none.
    below: f32,
    /// The header, which is repeated where a page begins with this row.
    head: Option<Arc<Head>>,
    /// Whether it goes on with a row whose first lines are before it.
    goes_on: bool,
}

/// The header of a table, for the pages after its first.
pub(super) struct Head {
    lines: Vec<Beside>,
    height: f32,
}

/// Columns in their places.
struct Columns {
    /// The left edge and the width of each, in points.
    columns: Vec<(f32, f32)>,
    /// Whether what is in it ends below each other.
    ends: Vec<bool>,
    edges: (f32, f32),
    /// Half of the space between two.
    half_gap: f32,
    /// The type of the cells.
    kind: Type,
}

/// A row that is set.
struct SetRow {
    cells: Vec<(usize, Arc<Lines>)>,
    /// The lines of its highest cell.
    lines: usize,
}

/// Which columns of a table have nothing but numbers below the header, and are at their ends therefore; `text` gives
/// the text of a cell.
pub fn numeric_columns<'t>(table: &Table, text: impl Fn(usize) -> Option<&'t str>) -> Vec<bool> {
    let is_numeric = |column: usize| {
        let cells = (usize::from(table.has_header)..table.rows.len()).filter_map(|row| table.cell(row, column));
        let mut numbers = cells.filter_map(|index| is_number(text(index)?)).peekable();
        numbers.peek().is_some() && numbers.all(|is_number| is_number)
    };
    (0..table.columns).map(is_numeric).collect()
}

impl Layout<'_> {
    /// Adds a table; gives the blocks that it takes. `kept` says that it must not be parted from what is above it.
    pub(super) fn table(&mut self, table: &Table, kept: bool) -> Range<usize> {
        let columns = self.table_columns(table);
        let rows: Vec<SetRow> = (0..table.rows.len()).map(|row| self.set_row(table, row, &columns)).collect();
        let leading = house::table_leading(self.release.language) * columns.kind.size;
        let padding = house::TABLE_PADDING * leading;
        let height = |lines: usize| lines as f32 * leading + 2.0 * padding;
        let has_lines = rows.iter().skip(usize::from(table.has_header)).any(|row| row.lines > 1);
        let page = self.bottom - self.top;
        let head = rows.first().filter(|_| table.has_header && rows.len() > 1).map(|row| height(row.lines));
        let head = head.filter(|height| *height < page / 3.0).zip(rows.first()).map(|(height, row)| {
            let lines = columns.place(row, 0..row.lines, (true, padding), leading);
            let repeated = |mut line: Beside| {
                line.source = Source::Repeated;
                line
            };
            Arc::new(Head { lines: lines.into_iter().map(repeated).collect(), height })
        });
        let first = self.blocks.len();
        let first_body = usize::from(table.has_header);
        for (index, row) in rows.iter().enumerate() {
            let is_header = table.has_header && index == 0;
            let lead = if index == 0 { 0.0 } else { head.as_ref().map_or(0.0, |head| head.height) };
            let above = match index {
                0 => house::TABLE_RULE,
                _ if has_lines && index > first_body => house::HAIRLINE,
                _ => 0.0,
            };
            let below = match index {
                _ if index + 1 == rows.len() => house::TABLE_RULE,
                0 if table.has_header => house::HEADER_RULE,
                _ => 0.0,
            };
            let cost = match index {
                0 if kept => house::COST_KEPT,
                0 => 0.0,
                // A header alone is none.
                1 if table.has_header => house::COST_KEPT,
                _ if index == first_body + 1 || index + 1 == rows.len() => house::COST_LONE_ROW,
                _ => 0.0,
            };
            let parts: Vec<Range<usize>> = if lead + height(row.lines) <= page {
                std::iter::once(0..row.lines).collect()
            } else {
                (0..row.lines).map(|line| line..line + 1).collect()
            };
            let (count, begun) = (parts.len(), self.blocks.len());
            for (number, part) in parts.into_iter().enumerate() {
                let (begins, ends) = (number == 0, number + 1 == count);
                let top = if begins { padding } else { 0.0 };
                let height = part.len() as f32 * leading + top + if ends { padding } else { 0.0 };
                let is_edge = number < house::ORPHANS || count - number < house::WIDOWS;
                let row = TableRow {
                    lines: columns.place(row, part, (is_header, top), leading),
                    cells: columns.cells(row, height),
                    edges: columns.edges,
                    above: if begins { above } else { 0.0 },
                    below: if ends { below } else { 0.0 },
                    head: head.clone().filter(|_| index > 0),
                    goes_on: !begins,
                };
                self.blocks.push(Block {
                    content: Content::TableRow(row),
                    above: 0.0,
                    lead,
                    height,
                    cost: match begins {
                        true => cost,
                        false if is_edge => house::COST_ORPHAN,
                        false => 0.0,
                    },
                    new_page: begins && self.begins_page(table, index),
                });
            }
            self.notes_of_cells(table.rows.get(index).cloned().unwrap_or_default(), begun);
        }
        first..self.blocks.len()
    }

    fn begins_page(&self, table: &Table, row: usize) -> bool {
        let first = table.rows.get(row).and_then(|row| self.release.body.get(row.start));
        first.is_some_and(|block| block.new_page)
    }

    /// The text of a cell as it is set.
    fn cell_text(&self, table: &Table, row: usize, index: usize) -> RichText {
        let text = self.release.body.get(index).map(|block| self.outline.numbered(index, &block.text));
        let mut text = text.map(std::borrow::Cow::into_owned).unwrap_or_default();
        if row == 0 && table.has_header {
            text.emphasise(0..text.len(), Style::BOLD, true);
        }
        text
    }

    /// Where the columns are.
    fn table_columns(&mut self, table: &Table) -> Columns {
        let mut kind = Type { role: Role::Text, size: house::TABLE_SIZE * self.size };
        let measure = Measure { width: UNBROKEN, indent: 0.0, alignment: Alignment::Left };
        let mut asked = vec![Asked::default(); table.columns];
        for (row, cells) in table.rows.iter().enumerate() {
            for (index, asked) in cells.clone().zip(&mut asked) {
                let text = self.cell_text(table, row, index);
                let lines = self.cache.set(text, kind, measure);
                let widest = lines.lines.iter().filter_map(|line| line.x.last()).fold(0.0f32, |a, &b| a.max(b));
                asked.natural = asked.natural.max(widest + 0.5);
            }
        }
        let release = self.release;
        let ends = numeric_columns(table, |index| release.body.get(index).map(|block| block.text.as_str()));
        let mut gap = house::TABLE_GAP * kind.size;
        let mut room = (self.width - gap * (table.columns.max(1) - 1) as f32).max(kind.size);
        if asked.iter().map(|asked| asked.natural).sum::<f32>() > room {
            for (row, cells) in table.rows.iter().enumerate() {
                for ((index, asked), is_number) in cells.clone().zip(&mut asked).zip(&ends) {
                    let text = self.cell_text(table, row, index);
                    let [least, word] = if *is_number && !(row == 0 && table.has_header) {
                        [asked.natural; 2]
                    } else {
                        self.cache.narrowest(text, kind, measure, narrowest).map(|width| width + 0.5)
                    };
                    asked.least = asked.least.max(least).min(asked.natural);
                    asked.word = asked.word.max(word).min(asked.least);
                }
            }
            // Before a word is divided, the type becomes smaller.
            let words: f32 = asked.iter().map(|asked| asked.word).sum();
            let scale = (self.width / (words + self.width - room) * 0.999).clamp(house::LEAST_SCALE, 1.0);
            (kind.size, gap, room) = (kind.size * scale, gap * scale, self.width - (self.width - room) * scale);
            for asked in &mut asked {
                for width in [&mut asked.natural, &mut asked.least, &mut asked.word] {
                    *width *= scale;
                }
            }
        }
        let widths = shared(&asked, room);
        let whole = widths.iter().sum::<f32>() + gap * (widths.len().max(1) - 1) as f32;
        let left = self.left + ((self.width - whole) / 2.0).max(0.0);
        let mut at = left;
        let place = |width: f32| {
            let column = (at, width);
            at += width + gap;
            column
        };
        let columns = widths.into_iter().map(place).collect();
        Columns { columns, ends, edges: (left, left + whole), half_gap: gap / 2.0, kind }
    }

    fn set_row(&mut self, table: &Table, row: usize, columns: &Columns) -> SetRow {
        let cells = table.rows.get(row).cloned().unwrap_or_default();
        let set = cells.zip(&columns.columns).map(|(index, &(_, width))| {
            let measure = Measure { width, indent: 0.0, alignment: Alignment::Left };
            let text = self.cell_text(table, row, index);
            (index, self.cache.set(text, columns.kind, measure))
        });
        let cells: Vec<_> = set.collect();
        let lines = cells.iter().map(|(_, lines)| lines.lines.len()).max().unwrap_or(1).max(1);
        SetRow { cells, lines }
    }
}

impl Columns {
    /// Some lines of a row in their places, cell by cell. The cells of a header end at one height, those of other
    /// rows begin at one.
    fn place(&self, row: &SetRow, part: Range<usize>, (is_header, top): (bool, f32), leading: f32) -> Vec<Beside> {
        let reach = (leading * 0.68, leading * 0.32);
        let mut placed = Vec::new();
        for (((index, lines), &(left, width)), ends) in row.cells.iter().zip(&self.columns).zip(&self.ends) {
            let down = if is_header { row.lines - lines.lines.len() } else { 0 };
            for (number, line) in lines.lines.iter().enumerate().filter(|(number, _)| part.contains(&(number + down))) {
                let top = top + (number + down - part.start) as f32 * leading;
                let free = (width - line.left - line.x.last().copied().unwrap_or(0.0)).max(0.0);
                let left = left + if *ends { free } else { 0.0 };
                let source = Source::Field { field: Field::Paragraph(*index), prefix: 0 };
                placed.push(Beside { lines: lines.clone(), index: number, source, left, top, reach });
            }
        }
        placed
    }

    /// The cells of a row from edge to edge.
    fn cells(&self, row: &SetRow, height: f32) -> Vec<Cell> {
        let cell = |((index, _), &(left, width)): (&(usize, Arc<Lines>), &(f32, f32))| Cell {
            paragraph: *index,
            left: left - self.half_gap,
            right: left + width + self.half_gap,
            top: 0.0,
            bottom: height,
        };
        row.cells.iter().zip(&self.columns).map(cell).collect()
    }
}

impl TableRow {
    /// Puts the row on a page, its top at `top`; `begins` and `ends` say that the page does with it. Gives how much
    /// the header takes that is repeated.
    pub(super) fn place(self, page: &mut Page, top: f32, height: f32, (begins, ends): (bool, bool)) -> f32 {
        let (left, right) = self.edges;
        let mut rule = |top: f32, thickness: f32| {
            if thickness > 0.0 {
                page.rules.push(Rule { left, right, top: top - thickness / 2.0, thickness });
            }
        };
        let lead = self.head.as_ref().filter(|_| begins).map_or(0.0, |head| head.height);
        let y = top + lead;
        if begins {
            rule(top, house::TABLE_RULE);
        }
        if lead > 0.0 {
            rule(y, house::HEADER_RULE);
        } else if !begins {
            rule(y, self.above);
        }
        rule(y + height, if ends && self.below == 0.0 { house::TABLE_RULE } else { self.below });
        for line in self.head.iter().filter(|_| begins).flat_map(|head| &head.lines) {
            page.lines.extend(super::line(
                (&line.lines, line.index),
                line.source,
                line.left,
                top + line.top,
                line.reach,
            ));
        }
        for line in &self.lines {
            let set = super::line((&line.lines, line.index), line.source, line.left, y + line.top, line.reach);
            page.rules.extend(set.iter().flat_map(super::rules::underlines));
            page.lines.extend(set);
        }
        if self.goes_on {
            // Cell by cell, also over the parts of a row that no page holds.
            let cell = |line: &Line| {
                let is_of = |cell: &Cell| matches!(line.source, Source::Field { field: Field::Paragraph(index), .. } if index == cell.paragraph);
                self.cells.iter().position(is_of)
            };
            let start = page.lines.iter().rposition(|line| cell(line).is_none()).map_or(0, |at| at + 1);
            if let Some(lines) = page.lines.get_mut(start..) {
                lines.sort_by_key(|line| cell(line));
            }
        }
        page.cells.extend(self.cells.into_iter().map(|cell| Cell {
            top: y + cell.top,
            bottom: y + cell.bottom,
            ..cell
        }));
        lead
    }
}

#[cfg(test)]
mod tests;

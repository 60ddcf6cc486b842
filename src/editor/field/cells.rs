//! Where the cells of tables are in the form: beside each other, as wide as their texts ask.
//!
//! The page says how they print; here each column has a share of the width that changes rarely while one types.
//! Invariant: cells of one row do not overlap, and all are within the column of the form.

use std::collections::HashMap;

use crate::release::{Field, Outline, RichText, Table};

/// White space between the texts of two cells, in points.
const BETWEEN: f32 = 14.0;
/// The least width of a cell's text, in points.
const LEAST: f32 = 12.0;

/// Where the text of a cell is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct CellPlace {
    /// From the left edge of the column of the form, in points.
    pub left: f32,
    pub width: f32,
    /// Whether it is in the header of its table.
    pub is_header: bool,
    /// Whether a row begins with it.
    pub begins_row: bool,
}

impl CellPlace {
    /// The left and the right edge of the cell, in points.
    pub(super) fn edges(self) -> (f32, f32) {
        (self.left - BETWEEN / 2.0, self.left + self.width + BETWEEN / 2.0)
    }
}

/// The cells of all tables by their paragraphs.
#[derive(Debug, Default)]
pub(super) struct Cells(HashMap<usize, CellPlace>);

impl Cells {
    /// The cells of a body of so many blocks, in a column of a width.
    pub(super) fn of<'t>(
        outline: &Outline,
        count: usize,
        text: impl Fn(Field) -> Option<std::borrow::Cow<'t, RichText>>,
        width: f32,
    ) -> Self {
        let mut cells = Self::default();
        let mut index = 0;
        while !outline.is_plain() && index < count {
            let Some(table) = outline.kind(index).is_cell().then(|| outline.table(index)).flatten() else {
                index += 1;
                continue;
            };
            index = table.end().max(index + 1);
            cells.add(&table, &text, width);
        }
        cells
    }

    fn add<'t>(&mut self, table: &Table, text: &impl Fn(Field) -> Option<std::borrow::Cow<'t, RichText>>, width: f32) {
        let mut weights = vec![1.0f32; table.columns];
        for row in &table.rows {
            for (index, weight) in row.clone().zip(&mut weights) {
                let length = text(Field::Paragraph(index)).map_or(0, |text| text.as_str().chars().count());
                // In few steps, so that columns stay where they are while one types.
                let step = match length {
                    0..=8 => 1.0,
                    9..=20 => 1.6,
                    21..=60 => 2.4,
                    _ => 3.2,
                };
                *weight = weight.max(step);
            }
        }
        let share = width / weights.iter().sum::<f32>().max(1.0);
        for (row, blocks) in table.rows.iter().enumerate() {
            let mut left = 0.0;
            for ((column, index), weight) in blocks.clone().enumerate().zip(&weights) {
                let place = CellPlace {
                    left: left + BETWEEN / 2.0,
                    width: (share * weight - BETWEEN).max(LEAST),
                    is_header: row == 0 && table.has_header,
                    begins_row: column == 0,
                };
                self.0.insert(index, place);
                left += share * weight;
            }
        }
    }

    /// The place of a block, if it is a cell.
    pub(super) fn get(&self, field: Field) -> Option<CellPlace> {
        let Field::Paragraph(index) = field else { return None };
        self.0.get(&index).copied()
    }
}

//! A row of a table as it is written in a file: `(row: ["…", "…"], header: true)`, in one line.
//!
//! Invariant: a row has a cell, and no more than a table may have columns.

use ron::value::RawValue;
use serde::{Serialize, Serializer, ser::Error as _};

use crate::release::{
    BlockKind, Cell, Paragraph, RichText,
    bounds::{self, Exceeded},
    markup,
};

/// A row.
pub(super) struct RowFile {
    cells: Vec<RichText>,
    header: bool,
    new_page: bool,
}

impl RowFile {
    /// A row that begins with a cell.
    pub(super) fn new(first: Paragraph, header: bool) -> Self {
        Self { cells: vec![first.text], header, new_page: first.new_page }
    }

    /// Adds a cell at the end.
    pub(super) fn push(&mut self, cell: Paragraph) {
        self.cells.push(cell.text);
    }

    /// The row of a file.
    pub(super) fn read(cells: Vec<RichText>, header: bool, new_page: bool) -> Result<Self, RowError> {
        if cells.is_empty() {
            return Err(RowError::Empty);
        }
        bounds::columns(cells.len())?;
        Ok(Self { cells, header, new_page })
    }

    /// How many cells it has.
    pub(super) fn count(&self) -> usize {
        self.cells.len()
    }

    /// Whether a table begins with it.
    pub(super) fn is_header(&self) -> bool {
        self.header
    }

    /// The cells as blocks of a body.
    pub(super) fn into_blocks(self) -> Vec<Paragraph> {
        let Self { cells, header, new_page } = self;
        let first = if header { Cell::Header } else { Cell::Row };
        let block = |(column, text)| {
            let kind = BlockKind::Cell(if column == 0 { first } else { Cell::Beside });
            Paragraph { new_page: new_page && column == 0, kind, ..Paragraph::new(text) }
        };
        cells.into_iter().enumerate().map(block).collect()
    }
}

/// Why a row of a file is none.
#[derive(Debug, thiserror::Error)]
pub(super) enum RowError {
    #[error("`row` has no cells; write the text of each, such as [\"09:00\", \"Arrival\"]")]
    Empty,
    #[error(transparent)]
    Exceeded(#[from] Exceeded),
}

impl Serialize for RowFile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { cells, header, new_page } = self;
        let cells: Vec<String> = cells.iter().map(|text| quoted(&markup::write(text))).collect();
        let mut fields = vec![format!("row: [{}]", cells.join(", "))];
        fields.extend(header.then(|| "header: true".to_owned()));
        fields.extend(new_page.then(|| "new_page: true".to_owned()));
        on_one_line(&fields, serializer)
    }
}

/// Writes the fields of a block, each as `name: value`, on one line.
pub(super) fn on_one_line<S: Serializer>(fields: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    let line = format!("({})", fields.join(", "));
    RawValue::from_boxed_ron(line.into()).map_err(S::Error::custom)?.serialize(serializer)
}

/// A text in quotation marks, on one line.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            c if c.is_control() => quoted.extend(c.escape_unicode()),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

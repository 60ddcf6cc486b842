//! Tables of answers, as a spreadsheet writes them: names of placeholders in the first row, then a
//! draft a row.

use std::collections::HashSet;

use csv::{ErrorKind, ReaderBuilder, StringRecord};

use super::Answers;

/// The largest table that is read, in bytes.
pub const MAX_BYTES: usize = 8 << 20;
/// The most rows that a table may have.
pub const MAX_ROWS: usize = 10_000;

/// Why a table cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowsError {
    /// There is no row of names, or no row after it.
    #[error("the table is empty; its first row has the names of placeholders, and each row after it makes a draft")]
    Empty,
    /// Two columns have one name.
    #[error("two columns are called `{0}`; take one out")]
    TwoColumns(String),
    /// A row has more or fewer cells than the first.
    #[error(
        "line {line} has {found} cells, and the first row has {wanted}; a text with a comma in it needs quotation marks"
    )]
    Cells {
        /// The line, from 1.
        line: u64,
        /// Its cells.
        found: u64,
        /// The cells of the first row.
        wanted: u64,
    },
    /// The table has more rows than any batch.
    #[error("the table has more than {MAX_ROWS} rows; divide it")]
    TooLong,
    /// The table has more bytes than any batch.
    #[error("the table is too large; the largest is {} MB", MAX_BYTES >> 20)]
    TooLarge,
    /// Something else.
    #[error("line {line}: {reason}")]
    Other {
        /// The line, from 1.
        line: u64,
        /// What the reader says.
        reason: String,
    },
}

/// Reads a table in CSV: comma, semicolon or tab between the cells, whichever the first row has.
/// Rows without any text mean nothing. Each row comes with the line on which it begins, from 1.
///
/// # Errors
/// If the table is not whole, or larger than any batch.
pub fn rows(text: &str) -> Result<Vec<(u64, Answers)>, RowsError> {
    if text.len() > MAX_BYTES {
        return Err(RowsError::TooLarge);
    }
    // The reader counts lines by line feeds alone, where some spreadsheets end a row otherwise.
    let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n").replace('\r', "\n");
    let mut reader = ReaderBuilder::new().delimiter(delimiter(&text)).from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers().map_err(explain)?.iter().map(|name| name.trim().to_owned()).collect();
    let mut seen = HashSet::new();
    if let Some(name) = names.iter().find(|name| !name.is_empty() && !seen.insert(name.as_str())) {
        return Err(RowsError::TwoColumns(name.clone()));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(explain)?;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() == MAX_ROWS {
            return Err(RowsError::TooLong);
        }
        rows.push((line(&record, &text), answers(&names, &record)));
    }
    if rows.is_empty() { Err(RowsError::Empty) } else { Ok(rows) }
}

fn answers(names: &[String], record: &StringRecord) -> Answers {
    let cells = names.iter().zip(record).filter(|(name, cell)| !name.is_empty() && !cell.trim().is_empty());
    cells.map(|(name, cell)| (name.clone(), cell.to_owned())).collect()
}

/// The line on which a row begins, from 1. The reader says where the row before ended; empty lines
/// that it passed over come after that.
fn line(record: &StringRecord, text: &str) -> u64 {
    let Some(position) = record.position() else { return 0 };
    let rest = usize::try_from(position.byte()).ok().and_then(|at| text.get(at..)).unwrap_or_default();
    position.line() + rest.bytes().take_while(|byte| *byte == b'\n').count() as u64
}

/// What stands most often in the first row, quotes left out.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(0usize, b','), (0, b';'), (0, b'\t')];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => {
                if let Some((count, _)) = counts.iter_mut().find(|(_, delimiter)| *delimiter == byte) {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    // Of two that are equally frequent the comma, which comes first, is meant.
    counts.into_iter().rev().max_by_key(|(count, _)| *count).map_or(b',', |(_, delimiter)| delimiter)
}

fn explain(error: csv::Error) -> RowsError {
    let at = error.position().map_or(0, csv::Position::line);
    match error.into_kind() {
        ErrorKind::UnequalLengths { expected_len: wanted, len: found, .. } => {
            RowsError::Cells { line: at, found, wanted }
        }
        ErrorKind::Utf8 { .. } => RowsError::Other { line: at, reason: "it is not text in UTF-8".to_owned() },
        other => RowsError::Other { line: at, reason: format!("{other:?}") },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Vec<(u64, Vec<(String, String)>)> {
        rows(text).unwrap().into_iter().map(|(line, answers)| (line, answers.into_iter().collect())).collect()
    }

    fn pair(name: &str, answer: &str) -> (String, String) {
        (name.to_owned(), answer.to_owned())
    }

    #[test]
    fn a_row_has_the_answers_of_a_draft() {
        let table = "\u{FEFF}who,ទីកន្លែង,\r\n\"SOK, Chenda\",ភ្នំពេញ,\r\n,,\r\n\"two\nlines\",,x\r\n";
        let khmer = pair("ទីកន្លែង", "ភ្នំពេញ");
        assert_eq!(read(table), [(2, vec![pair("who", "SOK, Chenda"), khmer]), (4, vec![pair("who", "two\nlines")])]);
    }

    #[test]
    fn rows_are_counted_by_their_lines_whatever_ends_them() {
        for end in ["\n", "\r\n", "\r"] {
            let lines: Vec<u64> = read(&["a", "1", "", "2", ""].join(end)).into_iter().map(|(line, _)| line).collect();
            assert_eq!(lines, [2, 4], "{end:?}");
        }
    }

    #[test]
    fn spreadsheets_put_other_signs_between_cells() {
        for delimiter in [",", ";", "\t"] {
            assert_eq!(
                read(&format!("a{delimiter}b\n1{delimiter}2\n")),
                [(2, vec![pair("a", "1"), pair("b", "2")])],
                "{delimiter:?}"
            );
        }
        assert_eq!(read("\"a,b,c\";d\n1;2\n"), [(2, vec![pair("a,b,c", "1"), pair("d", "2")])]);
    }

    #[test]
    fn what_is_no_table_is_named() {
        assert_eq!(rows(""), Err(RowsError::Empty));
        assert_eq!(rows("a,b\n,\n"), Err(RowsError::Empty));
        assert_eq!(rows("a,b,a\n1,2,3\n"), Err(RowsError::TwoColumns("a".into())));
        let said = rows("a,b\n1,2\n1,2,3\n").unwrap_err().to_string();
        assert!(said.starts_with("line 3 has 3 cells, and the first row has 2"), "{said}");
        assert_eq!(rows(&format!("a\n{}", "x\n".repeat(MAX_ROWS + 1))), Err(RowsError::TooLong));
        assert_eq!(rows(&"x".repeat(MAX_BYTES + 1)), Err(RowsError::TooLarge));
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "[a,;\t\"\n\r\u{FEFF}ក]{0,60}") {
            _ = rows(&text);
        }
    }
}

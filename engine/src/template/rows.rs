//! Tables of answers, as a spreadsheet writes them: names of placeholders in the first row, then a
//! draft a row.

use std::collections::HashSet;

use csv::{ErrorKind, Position, ReaderBuilder, StringRecord};

use super::Answers;
use crate::khmer;

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
    /// A quotation has no end, so that the rows after it would be a part of it.
    #[error("line {0}: a quotation begins here and never ends; put a quotation mark at its end, or take this one out")]
    Unclosed(u64),
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
    // Excel may say in the first line what is between cells. It stays as an empty line, for the count of lines.
    let (text, delimiter) = match declared(&text) {
        Some((delimiter, rest)) => (format!("\n{rest}"), delimiter),
        None => {
            let delimiter = delimiter(&text);
            (text, delimiter)
        }
    };
    // The reader takes the end of the table for that of the quotation.
    if let Some(line) = unclosed(&text, delimiter) {
        return Err(RowsError::Unclosed(line));
    }
    let mut reader = ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let explain = |error| explain(error, &text);
    let names: Vec<String> =
        reader.headers().map_err(explain)?.iter().map(|name| khmer::normalise(name.trim()).into_owned()).collect();
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
        rows.push((record.position().map_or(0, |at| line(at, &text)), answers(&names, &record)));
    }
    if rows.is_empty() { Err(RowsError::Empty) } else { Ok(rows) }
}

fn answers(names: &[String], record: &StringRecord) -> Answers {
    let cells = names.iter().zip(record).filter(|(name, cell)| !name.is_empty() && !cell.trim().is_empty());
    cells.map(|(name, cell)| (name.clone(), cell.to_owned())).collect()
}

/// The line on which a row begins, from 1. The reader says where the row before ended; empty lines
/// that it passed over come after that.
fn line(position: &Position, text: &str) -> u64 {
    let rest = usize::try_from(position.byte()).ok().and_then(|at| text.get(at..)).unwrap_or_default();
    position.line() + rest.bytes().take_while(|byte| *byte == b'\n').count() as u64
}

/// The line, from 1, of the quotation in which the table ends, if it ends in one. As the reader has it,
/// a cell is quoted that begins with a quotation mark, and two of them within are one that is meant.
fn unclosed(text: &str, delimiter: u8) -> Option<u64> {
    let mut line = 1;
    let mut begun = None;
    let mut at_start = true;
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' if begun.is_some() => begun = begun.filter(|_| bytes.next_if_eq(&b'"').is_some()),
            b'"' if at_start => begun = Some(line),
            _ => {}
        }
        at_start = begun.is_none() && (byte == delimiter || byte == b'\n');
        line += u64::from(byte == b'\n');
    }
    begun
}

/// What a first line `sep=;` says that is between cells, and the lines after it.
fn declared(text: &str) -> Option<(u8, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let mark = first.trim_matches(['"', ' ']).strip_prefix("sep=")?;
    let delimiter = *mark.as_bytes().first().filter(|byte| matches!(byte, b',' | b';' | b'\t') && mark.len() == 1)?;
    Some((delimiter, rest))
}

/// What is most often in the first row, quotes left out.
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

fn explain(error: csv::Error, text: &str) -> RowsError {
    let at = error.position().map_or(0, |at| line(at, text));
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
    fn a_first_line_may_say_what_stands_between_cells() {
        assert_eq!(read("sep=;\r\na,b;c\r\n1;2\r\n"), [(3, vec![pair("a,b", "1"), pair("c", "2")])]);
        assert_eq!(read("\"sep=,\"\na,b\n1,2\n"), [(3, vec![pair("a", "1"), pair("b", "2")])]);
    }

    #[test]
    fn what_is_no_table_is_named() {
        assert_eq!(rows(""), Err(RowsError::Empty));
        assert_eq!(rows("a,b\n,\n"), Err(RowsError::Empty));
        assert_eq!(rows("a,b,a\n1,2,3\n"), Err(RowsError::TwoColumns("a".into())));
        let said = rows("a,b\n1,2\n1,2,3\n").unwrap_err().to_string();
        assert!(said.starts_with("line 3 has 3 cells, and the first row has 2"), "{said}");
        let said = rows("a,b\n1,2\n\n\n1,2,3\n").unwrap_err().to_string();
        assert!(said.starts_with("line 5 has 3 cells"), "empty lines come before it: {said}");
        assert_eq!(rows(&format!("a\n{}", "x\n".repeat(MAX_ROWS + 1))), Err(RowsError::TooLong));
        assert_eq!(rows(&"x".repeat(MAX_BYTES + 1)), Err(RowsError::TooLarge));
    }

    #[test]
    fn a_quotation_that_never_ends_swallows_no_rows() {
        assert_eq!(rows("a,b\n1,\"2\n3,4\n5,6\n"), Err(RowsError::Unclosed(2)));
        assert_eq!(rows("\"a,b\n1,2\n"), Err(RowsError::Unclosed(1)));
        assert_eq!(rows("a;b\r\n\"1\n\";\"\"\"2\r\n"), Err(RowsError::Unclosed(3)));
        let said = RowsError::Unclosed(7).to_string();
        assert!(said.starts_with("line 7: a quotation begins here and never ends; put a quotation mark"), "{said}");
        // A mark within a cell begins none, and one behind the end of a quotation neither.
        let inches = pair("a", "5\"");
        assert_eq!(read("a,b\n5\",\"\"\"x\"\"\"\n"), [(2, vec![inches, pair("b", "\"x\"")])]);
        assert_eq!(read("a\n\"x\"y\"\n"), [(2, vec![pair("a", "xy\"")])]);
    }

    proptest! {
        #[test]
        fn what_is_unclosed_is_so_for_the_reader(text in "[a,\"\n]{0,12}") {
            let records = |text: &str| {
                let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
                reader.records().map(|record| record.unwrap()).collect::<Vec<_>>()
            };
            // Nothing but a quotation goes on over the end of a line.
            let goes_on = records(&format!("{text},\nx\n")).len() == records(&format!("{text},\n")).len();
            prop_assert_eq!(unclosed(&text, b',').is_some(), goes_on, "{:?}", text);
        }

        #[test]
        fn nothing_panics(text in "[a,;\t\"\n\r\u{FEFF}ក]{0,60}") {
            _ = rows(&text);
        }
    }
}

//! Plain text with tabs, as spreadsheets put it on the clipboard: rows of cells.
//!
//! Pure. Invariant: what is no table comes back as it was, to be read as lines.

use crate::{
    editing::Slice,
    release::{BlockKind, Cell, Paragraph, RichText, Style, clean},
};

/// The cells of a text in which every line has the same number of tabs; `None` for another text, such as a list whose
/// numbers are parted from its items by tabs.
pub(super) fn cells(plain: &str, style: Style) -> Option<Slice> {
    if !plain.contains('\t') {
        return None;
    }
    let rows = rows(plain);
    let columns = rows.first().map_or(0, Vec::len);
    let is_even = columns > 1 && rows.iter().all(|row| row.len() == columns);
    let is_list = columns == 2 && rows.iter().all(|row| row.first().is_some_and(|first| is_marker(first)));
    if !is_even || is_list {
        return None;
    }
    let block = |(column, text): (usize, String)| Paragraph {
        kind: BlockKind::Cell(if column == 0 { Cell::Row } else { Cell::Beside }),
        ..Paragraph::new(RichText::styled(clean(text.trim(), true), style))
    };
    Some(Slice::of(rows.into_iter().flat_map(|row| row.into_iter().enumerate().map(block)).collect()))
}

/// The cells of each line. A cell with a line break or a tab in it is in quotation marks, which are doubled within.
fn rows(plain: &str) -> Vec<Vec<String>> {
    let plain = plain.replace("\r\n", "\n").replace('\r', "\n");
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut characters = plain.trim_end_matches('\n').chars().peekable();
    while let Some(c) = characters.next() {
        let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) else { break };
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            '\t' if !quoted => rows.last_mut().into_iter().for_each(|row| row.push(String::new())),
            '\n' if !quoted => rows.push(vec![String::new()]),
            c => cell.push(c),
        }
    }
    rows
}

/// Whether a text is the number or the bullet of an item.
fn is_marker(text: &str) -> bool {
    let text = text.trim();
    let is_number = text.ends_with(['.', ')']) && text.chars().count() <= 5;
    matches!(text, "•" | "-" | "–" | "o" | "·" | "▪") || is_number
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(plain: &str) -> Option<Vec<String>> {
        let slice = cells(plain, Style::PLAIN)?;
        let mut rows: Vec<String> = Vec::new();
        for block in slice.blocks() {
            match (block.kind, rows.last_mut()) {
                (BlockKind::Cell(Cell::Beside), Some(row)) => row.push_str(&format!("|{}", block.text.as_str())),
                _ => rows.push(block.text.as_str().to_owned()),
            }
        }
        Some(rows)
    }

    #[test]
    fn rows_of_a_spreadsheet_are_read() {
        assert_eq!(read("a\tb\r\n1\t2\r\n"), Some(vec!["a|b".into(), "1|2".into()]));
        assert_eq!(
            read("a\t\"two\nlines\"\n\"say \"\"yes\"\"\"\t"),
            Some(vec!["a|two\nlines".into(), "say \"yes\"|".into()])
        );
        assert_eq!(read("5\" wide\tb"), Some(vec!["5\" wide|b".into()]));
    }

    #[test]
    fn other_texts_with_tabs_are_no_table() {
        for text in ["a b", "a\tb\nno tab", "1.\tfirst\n2.\tsecond", "•\tone\n•\ttwo", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_quotation_mark_that_never_ends_loses_nothing() {
        let slice = cells("a\t\"b\nc\td", Style::PLAIN);
        assert_eq!(slice.map(|slice| slice.joined("|").into_string()).as_deref(), Some("a|b\nc d"));
    }
}

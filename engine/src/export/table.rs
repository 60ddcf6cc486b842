//! Tables in plain text: a line a row, columns below each other as far as letters of one width show it.
//!
//! Invariant: each text of a cell is there once, in reading order.

use std::collections::HashMap;

use crate::{
    release::Table,
    typeset::{Pages, Source, breaks::cluster_boundaries},
};

/// Between two columns.
const BETWEEN: &str = " | ";

/// A table with the texts of its cells.
pub(super) fn text(pages: &Pages, table: &Table) -> String {
    let texts = texts(pages, table);
    let cell = |row: usize, column: usize| {
        table.cell(row, column).and_then(|index| texts.get(&index)).map_or("", String::as_str)
    };
    let mut widths = vec![0; table.columns];
    for row in 0..table.rows.len() {
        for (column, widest) in widths.iter_mut().enumerate() {
            *widest = (*widest).max(letters(cell(row, column)));
        }
    }
    let mut written = String::new();
    for row in 0..table.rows.len() {
        let cells = widths.iter().enumerate().map(|(column, widest)| {
            let text = cell(row, column);
            format!("{text}{}", " ".repeat(widest - letters(text)))
        });
        let line = cells.collect::<Vec<_>>().join(BETWEEN);
        written.push_str(line.trim_end());
        written.push('\n');
        if row == 0 && table.has_header {
            let rules = widths.iter().map(|width| "-".repeat(*width));
            written.push_str(&rules.collect::<Vec<_>>().join("-+-"));
            written.push('\n');
        }
    }
    written.trim_end_matches('\n').to_owned()
}

/// The texts of the cells, each in one line.
fn texts(pages: &Pages, table: &Table) -> HashMap<usize, String> {
    let mut texts: HashMap<usize, String> = HashMap::new();
    for (_, line) in pages.lines() {
        let Source::Field { field: crate::release::Field::Paragraph(index), .. } = line.source else { continue };
        if table.blocks().contains(&index) {
            texts.entry(index).or_default().push_str(&super::characters(line).replace('\n', " "));
        }
    }
    texts
}

/// How many letters a reader counts.
fn letters(text: &str) -> usize {
    cluster_boundaries(text).len().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use crate::typeset::{Cache, typeset};

    #[test]
    fn a_table_is_a_line_a_row_with_its_columns_below_each_other() {
        let draft = r#"(format: 3, language: English, title: "NOTE", body: [
            (text: "The programme:"),
            (row: ["Time", "Event", "Guests"], header: true),
            (row: ["09:00", "Arrival at\nthe airport", "12"]),
            (row: ["", "**Dinner**"]),
            (text: "Done."),
        ])"#;
        let release = crate::release::file::parse(draft).unwrap();
        let pages = typeset(&release, None, &mut Cache::default());
        let wanted = "NOTE\n\nThe programme:\n\n\
            Time  | Event                  | Guests\n\
            ------+------------------------+-------\n\
            09:00 | Arrival at the airport | 12\n      \
                  | Dinner                 |\n\nDone.\n";
        assert_eq!(super::super::text(&pages), wanted);
    }

    #[test]
    fn a_cell_has_the_numbers_of_its_notes_in_brackets() {
        let draft = r#"(format: 3, language: English, title: "NOTE", body: [
            (row: ["Time", "Event^[Times are local.]"], header: true),
            (row: ["09:00^[Or later.]", "Arrival"]),
        ])"#;
        let release = crate::release::file::parse(draft).unwrap();
        let pages = typeset(&release, None, &mut Cache::default());
        let wanted = "NOTE\n\n\
            Time     | Event[1]\n\
            ---------+---------\n\
            09:00[2] | Arrival\n\n\
            [1] Times are local.\n[2] Or later.\n";
        assert_eq!(super::super::text(&pages), wanted);
    }
}

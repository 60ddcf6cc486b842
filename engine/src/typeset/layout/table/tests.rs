use proptest::prelude::*;

use crate::{
    release::{BlockKind, Cell, Field, Paragraph, Release, RichText},
    typeset::{Cache, Line, Pages, Source, house::MM, typeset},
};

/// A release of one table: rows of cells parted by bars, the first a header if that is said.
fn release(rows: &[String], has_header: bool) -> Release {
    let row = |(number, row): (usize, &String)| {
        let first = if number == 0 && has_header { Cell::Header } else { Cell::Row };
        let block = |(column, text): (usize, &str)| Paragraph {
            kind: BlockKind::Cell(if column == 0 { first } else { Cell::Beside }),
            ..Paragraph::new(RichText::plain(text))
        };
        row.split('|').enumerate().map(block).collect::<Vec<_>>()
    };
    Release { body: rows.iter().enumerate().flat_map(row).collect(), ..Release::default() }
}

fn set(rows: &[String], has_header: bool) -> Pages {
    typeset(&release(rows, has_header), None, &mut Cache::default())
}

fn rows(rows: &[&str]) -> Vec<String> {
    rows.iter().map(|row| (*row).to_owned()).collect()
}

fn paragraph(line: &Line) -> Option<usize> {
    match line.source {
        Source::Field { field: Field::Paragraph(index), .. } => Some(index),
        _ => None,
    }
}

/// The right edge of what is seen of the first line of a cell.
fn right(pages: &Pages, index: usize) -> f32 {
    let line = pages.lines().find(|(_, line)| paragraph(line) == Some(index)).unwrap().1;
    line.left + line.x.last().copied().unwrap()
}

fn left(pages: &Pages, index: usize) -> f32 {
    pages.lines().find(|(_, line)| paragraph(line) == Some(index)).unwrap().1.left
}

#[test]
fn numbers_end_below_each_other_and_words_begin_so() {
    let pages = set(&rows(&["Country|Trade", "Japan|1,204.5", "Viet Nam|88", "Peru|–"]), true);
    assert!([3, 5, 7].iter().all(|&index| (right(&pages, index) - right(&pages, 1)).abs() < 0.01));
    assert!([2, 4, 6].iter().all(|&index| (left(&pages, index) - left(&pages, 0)).abs() < 0.01));
    let pages = set(&rows(&["Country|When", "Japan|2021", "Peru|soon"]), true);
    assert!((left(&pages, 3) - left(&pages, 5)).abs() < 0.01, "one word makes it a column of words");
}

#[test]
fn a_long_table_has_its_header_on_each_page_and_no_row_is_torn() {
    let long = "a text that is so long that it takes more than one line of its column, and then some more of it";
    let body = (0..70).map(|number| format!("{number}|{}|end", if number % 3 == 0 { long } else { "short" }));
    let rows: Vec<String> = std::iter::once("No.|What|Note".to_owned()).chain(body).collect();
    let pages = set(&rows, true);
    assert!(pages.pages.len() > 2);
    for page in &pages.pages[1..] {
        let repeated: Vec<&str> =
            page.lines.iter().filter(|line| line.source == Source::Repeated).map(Line::characters).collect();
        assert_eq!(repeated, ["No.", "What", "Note"]);
        let first = page.lines.iter().position(|line| paragraph(line).is_some()).unwrap();
        assert!(page.lines[..first].iter().all(|line| line.source == Source::Repeated));
        assert!(page.lines[first].baseline > page.lines[first - 1].baseline + 5.0);
    }
    let mut pages_of = vec![None; rows.len()];
    for (page, line) in pages.lines() {
        if let Some(index) = paragraph(line) {
            assert!(pages_of[index / 3].is_none_or(|other| other == page), "row {} is torn", index / 3);
            pages_of[index / 3] = Some(page);
        }
    }
    assert!(pages_of.iter().all(Option::is_some));
}

#[test]
fn a_row_that_no_page_holds_is_set_whole_and_cell_by_cell() {
    let long = "word ".repeat(1500);
    let rows = rows(&["Head|er", &format!("{long}|short {}", "x ".repeat(300)), "last|row"]);
    let pages = set(&rows, true);
    assert!(pages.pages.len() > 2);
    for (index, text) in rows.iter().flat_map(|row| row.split('|')).enumerate() {
        let lines = pages.lines().filter(|(_, line)| paragraph(line) == Some(index));
        assert_eq!(lines.map(|(_, line)| line.characters()).collect::<String>(), text);
    }
    for page in &pages.pages {
        let cells: Vec<usize> = page.lines.iter().filter_map(paragraph).collect();
        assert!(cells.is_sorted(), "{cells:?}");
    }
}

#[test]
fn words_are_whole_where_the_measure_has_room_for_them() {
    let tables = [
        rows(&[
            "Name|Title|Address|Telephone",
            "H.E. Mr. SOEUNG Rathchavy|Secretary of State|soeung.rathchavy@example.gov.kh|(+855) 23 214 441",
            "Mr. CHUM Sounry|Spokesperson|spokesperson@example.gov.kh|(+855) 12 345 678",
        ]),
        rows(&[
            "Country|Head of delegation|Office|Telephone|Hotel",
            "Cambodia|H.E. Mr. PRAK Sokhonn|Deputy Prime Minister and Minister of Foreign Affairs and International \
             Cooperation|(+855) 23 214 441|Raffles Hotel Le Royal",
            "India|H.E. Dr. Subrahmanyam JAISHANKAR|External Affairs Minister|(+91) 11 2301 1127|Hyatt Regency",
            "Thailand|H.E. Mr. Sihasak PHUANGKETKEOW|Minister of Foreign Affairs|(+66) 2 203 5000|Sokha Hotel",
        ]),
        rows(&[
            "Time|Event|Place|Remarks|Who",
            "09:00|The Ministers agreed to expedite the demarcation.|Peace Palace||All",
        ]),
        rows(&[
            "ម៉ោង|កម្មវិធី|អ្នកទទួលខុសត្រូវ|អ៊ីមែល",
            "០៨:៣០|ឯកឧត្តម ប្រាក់ សុខុន ឧបនាយករដ្ឋមន្ត្រី អញ្ជើញដល់វិមានសន្តិភាព|អគ្គលេខាធិការដ្ឋាន|protocol@example.gov.kh",
        ]),
    ];
    for table in tables {
        let pages = set(&table, true);
        let lines: Vec<&Line> = pages.lines().map(|(_, line)| line).filter(|line| paragraph(line).is_some()).collect();
        for pair in lines.windows(2).filter(|pair| paragraph(pair[0]) == paragraph(pair[1])) {
            let [before, after] = [pair[0].characters(), pair[1].characters()];
            let is_whole = before.ends_with(|c: char| !c.is_ascii_alphanumeric())
                || after.starts_with(|c: char| !c.is_ascii_alphanumeric());
            assert!(is_whole, "{before}|{after}");
        }
        for word in ["អគ្គលេខាធិការដ្ឋាន", "ឧបនាយក"] {
            let asked = table.iter().any(|row| row.contains(word));
            assert!(!asked || lines.iter().any(|line| line.characters().contains(word)), "{word} is divided");
        }
    }
}

#[test]
fn rules_are_few() {
    let thick = |pages: &Pages| pages.pages[0].rules.iter().map(|rule| rule.thickness).collect::<Vec<_>>();
    assert_eq!(thick(&set(&rows(&["a|b", "c|d", "e|f"]), true)), [0.8, 0.5, 0.8]);
    assert_eq!(thick(&set(&rows(&["a|b", "c|d", "e|f"]), false)), [0.8, 0.8]);
    let lines = "a text of several lines ".repeat(9);
    assert_eq!(thick(&set(&rows(&["a|b", "c|d", &format!("{lines}|{lines}")]), true)), [0.8, 0.5, 0.25, 0.8]);
}

#[test]
fn an_empty_cell_has_a_line_for_the_caret() {
    let pages = set(&rows(&["|b", "c|"]), false);
    let found: Vec<usize> = pages.lines().filter_map(|(_, line)| paragraph(line)).collect();
    assert_eq!(found, [0, 1, 2, 3]);
    assert_eq!(pages.pages[0].cells.len(), 4);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_reaches_beyond_the_measure_and_nothing_is_lost(
        cells in prop::collection::vec("[a-z ក-អ0-9]{0,60}", 1..24), columns in 1usize..12, has_header in any::<bool>(),
    ) {
        let rows: Vec<String> = cells.chunks(columns).map(|row| row.join("|")).collect();
        let release = release(&rows, has_header);
        let pages = typeset(&release, None, &mut Cache::default());
        let (from, to) = (25.4 * MM, pages.size.0 - 25.4 * MM);
        let mut seen = vec![String::new(); release.body.len()];
        for (_, line) in pages.lines() {
            let Some(index) = paragraph(line) else { continue };
            seen[index].push_str(line.characters());
            let width = line.characters().trim_end().chars().count();
            let edge = line.caret_x(line.text.clusters.get(line.clusters.start).map_or(0, |c| c.text.start));
            prop_assert!(line.left >= from - 0.5 && edge.is_none_or(|edge| edge <= to + 0.5), "{} {}", line.left, width);
        }
        for (seen, block) in seen.iter().zip(&release.body) {
            prop_assert_eq!(seen.as_str(), block.text.as_str());
        }
        for cell in pages.pages.iter().flat_map(|page| &page.cells) {
            prop_assert!(cell.left < cell.right && cell.top < cell.bottom);
            prop_assert!(cell.left > from - 20.0 && cell.right < to + 20.0, "{:?}", cell);
        }
    }
}

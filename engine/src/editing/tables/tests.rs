use super::*;
use crate::release::{Cell, drawn};

/// A body written as lines: `| a | b` is a row, `= a | b` a header, anything else a paragraph.
fn document(body: &str) -> Document {
    let row = |line: &str, first: Cell| {
        let cells = line.split('|').map(str::trim).enumerate();
        let block = |(column, text): (usize, &str)| Paragraph {
            kind: BlockKind::Cell(if column == 0 { first } else { Cell::Beside }),
            ..Paragraph::new(RichText::plain(text))
        };
        cells.map(block).collect::<Vec<_>>()
    };
    let blocks =
        body.split('\n').map(str::trim).flat_map(|line| match (line.strip_prefix('|'), line.strip_prefix('=')) {
            (Some(cells), _) => row(cells, Cell::Row),
            (_, Some(cells)) => row(cells, Cell::Header),
            _ => vec![Paragraph::new(RichText::plain(line))],
        });
    Document::new(Release { body: blocks.collect(), ..Release::default() }, None)
}

/// The body in the form in which [`document`] reads it.
fn written(document: &Document) -> String {
    let lines = drawn(&document.release().body);
    lines.iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join("\n")
}

fn at(paragraph: usize, byte: usize) -> Position {
    Position::new(Field::Paragraph(paragraph), byte)
}

fn between(from: (usize, usize), to: (usize, usize)) -> Selection {
    Selection::between(at(from.0, from.1), at(to.0, to.1))
}

const TABLE: &str = "before\n= a | b\n| c | d\n| e | f\nafter";

/// Replaces a selection, and makes sure that undo brings back what was there.
fn replaced(body: &str, selection: Selection, with: &Slice) -> (String, Position) {
    let mut document = document(body);
    let before = written(&document);
    let after = document.replace(Step::Paste, selection, selection.range(), with);
    let done = written(&document);
    document.undo(None);
    assert_eq!(written(&document), before);
    document.redo();
    assert_eq!(written(&document), done);
    (done, after.map_or(at(99, 99), |after| after.head))
}

fn text(text: &str) -> Slice {
    Slice::text(RichText::plain(text))
}

fn slice_of(body: &str) -> Slice {
    Slice::of(document(body).release().body.clone())
}

#[test]
fn what_is_typed_over_cells_empties_them_and_leaves_the_table() {
    let (done, caret) = replaced(TABLE, between((1, 0), (4, 1)), &text("x"));
    assert_eq!((done.as_str(), caret), ("before\n= x |\n| |\n| e | f\nafter", at(1, 1)));
    let (done, _) = replaced(TABLE, between((6, 1), (4, 0)), &Slice::default());
    assert_eq!(done, "before\n= a | b\n| c |\n| e |\nafter", "a rectangle, from below");
    let (done, caret) = replaced(TABLE, between((3, 0), (3, 1)), &text("long"));
    assert_eq!((done.as_str(), caret), ("before\n= a | b\n| long | d\n| e | f\nafter", at(3, 4)));
}

#[test]
fn rows_that_are_selected_with_what_is_outside_go() {
    let (done, caret) = replaced(TABLE, between((0, 3), (4, 1)), &text("x"));
    assert_eq!((done.as_str(), caret), ("befx\n| e | f\nafter", at(0, 4)));
    let (done, caret) = replaced(TABLE, between((5, 0), (7, 2)), &text("x"));
    assert_eq!((done.as_str(), caret), ("before\n= a | b\n| c | d\nxter", at(5, 1)));
    let (done, caret) = replaced(TABLE, between((0, 0), (7, 5)), &Slice::default());
    assert_eq!((done.as_str(), caret), ("", at(0, 0)));
    let (done, _) = replaced("= a | b\n| c | d\nx\n| e", between((3, 0), (5, 1)), &Slice::default());
    assert_eq!(done, "= a | b");
}

#[test]
fn several_paragraphs_in_a_cell_are_lines_of_it() {
    let (done, caret) = replaced(TABLE, between((3, 1), (3, 1)), &slice_of("x\ny"));
    assert_eq!((done.as_str(), caret), ("before\n= a | b\n| cx/y | d\n| e | f\nafter", at(3, 4)));
    let (done, _) = replaced(TABLE, between((3, 0), (3, 1)), &Slice::paragraph_break(false, BlockKind::Plain));
    assert_eq!(done, "before\n= a | b\n| / | d\n| e | f\nafter");
}

#[test]
fn cells_that_are_pasted_fill_a_table_from_the_caret_on() {
    let (done, caret) = replaced(TABLE, between((4, 0), (4, 0)), &slice_of("| 1 | 2\n| 3 | 4\n| 5 | 6"));
    assert_eq!(done, "before\n= a | b |\n| c | 1 | 2\n| e | 3 | 4\n| | 5 | 6\nafter");
    assert_eq!(caret, at(12, 1));
}

#[test]
fn cells_that_are_pasted_elsewhere_are_a_table() {
    let table = slice_of("= 1 | 2\n| 3 | 4");
    let (done, _) = replaced("before\nafter", between((0, 3), (0, 3)), &table);
    assert_eq!(done, "bef\n= 1 | 2\n| 3 | 4\nore\nafter");
    let (done, _) = replaced("\nafter", between((0, 0), (0, 0)), &table);
    assert_eq!(done, "= 1 | 2\n| 3 | 4\nafter");
    let (done, _) = replaced("before", between((0, 6), (0, 6)), &table);
    assert_eq!(done, "before\n= 1 | 2\n| 3 | 4\n", "a paragraph to go on with");
    let (done, _) = replaced("one\ntwo", between((0, 1), (1, 1)), &table);
    assert_eq!(done, "o\n= 1 | 2\n| 3 | 4\nwo");
    let (done, _) = replaced("one", between((0, 3), (0, 3)), &slice_of("x\n| 1 | 2\ny"));
    assert_eq!(done, "onex\n| 1 | 2\ny");
}

#[test]
fn no_key_joins_cells() {
    use crate::editing::typing::{Deletion, deleted};
    let document = document(TABLE);
    for deletion in [Deletion::Back, Deletion::WordBack] {
        for paragraph in [1, 2, 3, 7] {
            assert!(deleted(&document, Selection::caret(at(paragraph, 0)), deletion).is_empty());
        }
    }
    for deletion in [Deletion::Forward, Deletion::WordForward] {
        for (paragraph, byte) in [(0, 6), (1, 1), (2, 1), (6, 1)] {
            assert!(deleted(&document, Selection::caret(at(paragraph, byte)), deletion).is_empty());
        }
    }
}

#[test]
fn tab_goes_from_cell_to_cell_and_makes_a_row_behind_the_last() {
    let mut document = document(TABLE);
    let mut go = |from: usize, forward| {
        let after = document.next_cell(Selection::caret(at(from, 0)), forward);
        (after.map(|after| (after.anchor, after.head)), written(&document))
    };
    assert_eq!(go(1, true).0, Some((at(2, 0), at(2, 1))));
    assert_eq!(go(3, false).0, Some((at(2, 0), at(2, 1))));
    assert_eq!(go(1, false).0, Some((at(1, 0), at(1, 1))));
    assert_eq!(go(0, true).0, None);
    let (caret, done) = go(6, true);
    assert_eq!((caret, done.as_str()), (Some((at(7, 0), at(7, 0))), "before\n= a | b\n| c | d\n| e | f\n| |\nafter"));
}

#[test]
fn rows_and_columns_are_added_removed_and_moved() {
    for (edit, from, wanted, caret) in [
        (TableEdit::AddRow(false), 4, "= a | b\n| |\n| c | d\n| e | f", at(4, 0)),
        (TableEdit::AddRow(true), 3, "= a | b\n| c | d\n| |\n| e | f", at(5, 0)),
        (TableEdit::AddColumn(false), 3, "= | a | b\n| | c | d\n| | e | f", at(4, 0)),
        (TableEdit::AddColumn(true), 4, "= a | b |\n| c | d |\n| e | f |", at(6, 0)),
        (TableEdit::MoveRow(true), 4, "= a | b\n| e | f\n| c | d", at(6, 1)),
        (TableEdit::MoveRow(false), 5, "= a | b\n| e | f\n| c | d", at(3, 1)),
        (TableEdit::MoveColumn(true), 3, "= b | a\n| d | c\n| f | e", at(4, 1)),
        (TableEdit::MoveColumn(false), 6, "= b | a\n| d | c\n| f | e", at(5, 1)),
        (TableEdit::RemoveRows, 3, "= a | b\n| e | f", at(3, 0)),
        (TableEdit::RemoveRows, 1, "| c | d\n| e | f", at(1, 0)),
        (TableEdit::RemoveColumns, 4, "= a\n| c\n| e", at(2, 0)),
        (TableEdit::Header(false), 3, "| a | b\n| c | d\n| e | f", at(3, 1)),
    ] {
        let mut document = document(TABLE);
        let after = document.edit_table(Selection::caret(at(from, 1)), edit);
        assert_eq!(written(&document), format!("before\n{wanted}\nafter"), "{edit:?} at {from}");
        assert_eq!(after.map(|after| after.head), Some(caret), "{edit:?} at {from}");
        document.undo(None);
        assert_eq!(written(&document), TABLE, "{edit:?}");
    }
    let none = |edit, from| document(TABLE).edit_table(Selection::caret(at(from, 0)), edit);
    assert_eq!(none(TableEdit::MoveRow(false), 3), None, "the header stays first");
    assert_eq!(none(TableEdit::MoveRow(true), 1), None);
    assert_eq!(none(TableEdit::MoveRow(true), 5), None);
    assert_eq!(none(TableEdit::MoveColumn(true), 4), None);
    assert_eq!(none(TableEdit::AddRow(true), 0), None);
}

#[test]
fn removing_all_rows_or_columns_removes_the_table() {
    let all = between((1, 0), (6, 1));
    for edit in [TableEdit::RemoveRows, TableEdit::RemoveColumns, TableEdit::Remove] {
        let mut document = document(TABLE);
        assert_eq!(document.edit_table(all, edit).map(|after| after.head), Some(at(1, 0)));
        assert_eq!(written(&document), "before\nafter");
    }
    let mut document = document("| a");
    document.edit_table(Selection::caret(at(0, 0)), TableEdit::Remove);
    assert_eq!((written(&document).as_str(), document.release().body.len()), ("", 1));
}

#[test]
fn a_table_is_put_below_the_paragraph_with_one_to_go_on_with() {
    let made = |body: &str, place: Option<usize>| {
        let mut document = document(body);
        let place = place.map(|place| Selection::caret(at(place, 0)));
        let after = document.insert_table(place, 2, 2, true).map(|after| after.head);
        (written(&document), after)
    };
    assert_eq!(made("one\ntwo", Some(0)), ("one\n= |\n| |\ntwo".to_owned(), Some(at(1, 0))));
    assert_eq!(made("one\n", Some(1)), ("one\n= |\n| |\n".to_owned(), Some(at(1, 0))));
    assert_eq!(made("one", None), ("one\n= |\n| |\n".to_owned(), Some(at(1, 0))));
    assert_eq!(made("| a\ntwo", Some(0)), ("| a\n\n= |\n| |\ntwo".to_owned(), Some(at(2, 0))));
    let mut document = document("one");
    assert_eq!(document.insert_table(None, 2, crate::release::bounds::COLUMNS + 1, false), None);
    assert!(document.take_refused().is_some() && written(&document) == "one");
}

#[test]
fn paragraphs_move_over_tables_and_tables_as_a_whole() {
    let moved = |from: Selection, by: isize| {
        let mut document = document(TABLE);
        let after = document.move_paragraphs(from, by).map(|after| after.head);
        (written(&document), after)
    };
    let table = "= a | b\n| c | d\n| e | f";
    assert_eq!(moved(Selection::caret(at(0, 1)), 1), (format!("{table}\nbefore\nafter"), Some(at(6, 1))));
    assert_eq!(moved(Selection::caret(at(7, 1)), -1), (format!("before\nafter\n{table}"), Some(at(1, 1))));
    assert_eq!(moved(between((0, 0), (2, 0)), 1), (format!("after\nbefore\n{table}"), Some(at(3, 0))));
}

#[test]
fn what_is_copied_of_a_table_is_cells_in_rows() {
    let document = document(TABLE);
    let copied = |selection| {
        let slice = Selected::of(selection, &document).slice(&document);
        written(&Document::new(Release { body: slice.blocks().to_vec(), ..Release::default() }, None))
    };
    assert_eq!(copied(between((4, 0), (6, 0))), "| d\n| f");
    assert_eq!(copied(between((2, 0), (4, 0))), "= b\n| d");
    assert_eq!(copied(between((0, 3), (4, 0))), "ore\n= a | b\n| c | d");
    assert_eq!(copied(between((3, 0), (3, 1))), "| c");
}

#[test]
fn emphasis_is_given_to_whole_cells_of_the_rectangle() {
    use crate::release::Style;
    let mut document = document(TABLE);
    let bold = |text: &RichText| {
        let mut text = text.clone();
        text.emphasise(0..text.len(), Style::BOLD, true);
        text
    };
    assert!(document.transform(Step::Emphasis, between((3, 1), (5, 0)), bold).is_some());
    let is_bold = |block: &Paragraph| block.text.style_of(0..block.text.len()).has(Style::BOLD);
    let marked: Vec<usize> = (0..8).filter(|&index| is_bold(&document.release().body[index])).collect();
    assert_eq!(marked, [3, 5]);
}

#[test]
fn kinds_of_paragraphs_are_not_given_to_cells() {
    let mut document = document(TABLE);
    assert!(!document.set_kind(Selection::caret(at(3, 0)), BlockKind::Centred));
    assert!(document.set_kind(between((0, 0), (3, 0)), BlockKind::Centred));
    assert_eq!(document.release().body[0].kind, BlockKind::Centred);
    assert_eq!(written(&document), TABLE);
    document.insert_line(Some(Selection::caret(at(3, 0))), "###");
    assert_eq!(written(&document), TABLE.replace("\nafter", "\n###\nafter"));
}

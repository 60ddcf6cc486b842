//! Tables, made and filled in the window as in Word.

use super::*;

/// The body with its cells: `| a | b` is a row, `= a | b` a header.
fn rows(harness: &Window) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for block in &editor(harness).release().body {
        let text = block.text.as_str();
        match (block.kind, rows.last_mut()) {
            (BlockKind::Cell(Cell::Beside), Some(row)) => row.push_str(&format!(" | {text}")),
            (BlockKind::Cell(Cell::Header), _) => rows.push(format!("= {text}")),
            (BlockKind::Cell(_), _) => rows.push(format!("| {text}")),
            _ => rows.push(text.to_owned()),
        }
    }
    rows
}

/// A window on a draft whose body is written as in a file.
fn window_with_body(body: &str) -> Window {
    let draft = format!("(format: 3, language: English, title: \"T\", headline: \"H\", body: [{body}])");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("draft.ron");
    std::fs::write(&path, draft).unwrap();
    let mut harness = window_at_pace(Settings::default(), Places::default(), 0.05);
    open(&mut harness, path.to_str().unwrap());
    harness
}

const TABLE: &str = r#"(text: "before"), (row: ["a", "b"], header: true), (row: ["c", "d"]), (text: "after")"#;

/// Chooses what the list of kinds in the toolbar offers.
fn choose(harness: &mut Window, shown: &str, entry: &str) {
    harness.get_by_label(&format!("Paragraph style: {shown}")).click();
    harness.run_steps(3);
    harness.get_by_label_contains(entry).click();
    harness.run_steps(3);
    settle(harness);
}

#[test]
fn what_a_pasted_text_cannot_keep_is_said_once() {
    let mut harness = window_on(&["one"]);
    let joined = "<table><tr><td colspan=2>a</td></tr><tr><td>b</td><td>c <s>d</s></td></tr></table>";
    harness.state_mut().as_mut().unwrap().use_own_clipboard(joined.to_owned());
    click_end_of_paragraph(&mut harness, 1);
    harness.event(Event::Paste("a\nb\tc d".into()));
    harness.run_steps(3);
    assert_eq!(rows(&harness)[1..3], ["| a | ", "| b | c d"]);
    let said = "could not be kept as it was: a cell over several columns or rows, whose text is in the first of them \
                now; text struck through";
    assert_eq!(harness.get_all_by_label_contains(said).count(), 1);
}

#[test]
fn a_table_is_made_by_its_size_and_filled_with_tab() {
    let mut harness = window_on(&["one", "two"]);
    click_end_of_paragraph(&mut harness, 1);
    choose(&mut harness, "Normal text", "Table…");
    harness.get_by_label("Insert table").click();
    harness.run_steps(3);
    settle(&mut harness);
    assert_eq!(rows(&harness), ["one", "=  |  | ", "|  |  | ", "|  |  | ", "|  |  | ", "two"]);
    for text in ["Time", "Event", "Place", "09:00"] {
        type_text(&mut harness, text);
        key(&mut harness, NONE, Key::Tab);
    }
    assert_eq!(rows(&harness)[1..3], ["= Time | Event | Place", "| 09:00 |  | "]);
    key(&mut harness, SHIFT, Key::Tab);
    type_text(&mut harness, "10");
    assert_eq!(rows(&harness)[2], "| 10 |  | ", "Shift+Tab selects what the cell has");
    for _ in 0..9 {
        key(&mut harness, NONE, Key::Tab);
    }
    assert_eq!(rows(&harness).len(), 7, "Tab behind the last cell makes a row");
    type_text(&mut harness, "end");
    assert_eq!(rows(&harness)[5], "| end |  | ");
    key(&mut harness, CTRL, Key::Z);
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(rows(&harness).len(), 6);
}

#[test]
fn enter_breaks_the_line_of_a_cell_and_arrows_go_through_the_column() {
    let mut harness = window_with_body(TABLE);
    click_paragraph(&mut harness, 2);
    key(&mut harness, NONE, Key::End);
    key(&mut harness, NONE, Key::Enter);
    type_text(&mut harness, "x");
    assert_eq!(rows(&harness)[1], "= a\nx | b");
    key(&mut harness, NONE, Key::ArrowDown);
    type_text(&mut harness, "y");
    assert_eq!(rows(&harness)[2], "| cy | d");
    key(&mut harness, NONE, Key::ArrowDown);
    type_text(&mut harness, "z");
    assert!(rows(&harness)[3].contains('z'), "{:?}", rows(&harness));
    key(&mut harness, NONE, Key::Home);
    key(&mut harness, NONE, Key::Backspace);
    assert_eq!(rows(&harness).len(), 4, "Backspace joins no paragraph with a table");
}

#[test]
fn rows_and_columns_are_changed_by_the_list_of_kinds_and_moved_by_keys() {
    let mut harness = window_with_body(TABLE);
    click_paragraph(&mut harness, 4);
    choose(&mut harness, "Table", "Insert row below");
    assert_eq!(rows(&harness)[1..4], ["= a | b", "| c | d", "|  | "]);
    type_text(&mut harness, "e");
    key(&mut harness, ALT, Key::ArrowUp);
    assert_eq!(rows(&harness)[1..4], ["= a | b", "| e | ", "| c | d"]);
    choose(&mut harness, "Table", "Move column to the right");
    assert_eq!(rows(&harness)[1..4], ["= b | a", "|  | e", "| d | c"]);
    choose(&mut harness, "Table", "Delete columns");
    assert_eq!(rows(&harness)[1..4], ["= b", "| ", "| d"]);
    choose(&mut harness, "Table", "Delete table");
    assert_eq!(rows(&harness), ["before", "after"]);
    for _ in 0..6 {
        key(&mut harness, CTRL, Key::Z);
    }
    assert_eq!(rows(&harness), ["before", "= a | b", "| c | d", "after"]);
}

#[test]
fn cells_of_a_spreadsheet_come_in_as_cells() {
    let mut harness = window_with_body(r#"(text: "before"), (text: "")"#);
    click_paragraph(&mut harness, 2);
    harness.event(Event::Paste("a\tb\r\n1\t2\r\n".to_owned()));
    harness.run_steps(3);
    settle(&mut harness);
    assert_eq!(rows(&harness)[1..3], ["| a | b", "| 1 | 2"]);
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(rows(&harness), ["before", ""]);
    let mut harness = window_with_body(TABLE);
    click_paragraph(&mut harness, 5);
    harness.event(Event::Paste("1\t2\n3\t4".to_owned()));
    harness.run_steps(3);
    settle(&mut harness);
    assert_eq!(rows(&harness)[1..4], ["= a | b | ", "| c | 1 | 2", "|  | 3 | 4"]);
}

#[test]
fn selected_cells_are_a_rectangle_that_is_copied_and_emptied() {
    let mut harness = window_with_body(TABLE);
    click_paragraph(&mut harness, 2);
    key(&mut harness, SHIFT, Key::ArrowDown);
    assert_eq!(copied(&mut harness, Event::Copy).as_deref(), Some("a\nc"));
    key(&mut harness, NONE, Key::Delete);
    assert_eq!(rows(&harness), ["before", "=  | b", "|  | d", "after"]);
    key(&mut harness, CTRL, Key::Z);
    key(&mut harness, CTRL, Key::A);
    assert_eq!(copied(&mut harness, Event::Copy).as_deref(), Some("before\na\tb\nc\td\nafter"));
}

#[test]
fn a_click_on_the_page_finds_the_cell_even_if_it_is_empty() {
    let mut harness = window_with_body(r#"(row: ["first", "", "third"]), (row: ["1", "2", "3"]), (text: "after")"#);
    let pages = editor(&harness).seen_pages().clone();
    let cell = pages.pages[0].cells[1];
    let rect = harness.get_by_role_and_label(Role::Document, "Page 1 of 1").rect();
    let factor = rect.width() / pages.size.0;
    let middle = egui::vec2(f32::midpoint(cell.left, cell.right), f32::midpoint(cell.top, cell.bottom));
    click(&mut harness, rect.min + middle * factor, NONE);
    type_text(&mut harness, "x");
    assert_eq!(rows(&harness)[0], "| first | x | third");
}

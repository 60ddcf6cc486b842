//! Where the keyboard goes by Tab and arrows, and that it is seen there.

use egui::accesskit::Toggled;
use egui_kittest::{Node, kittest::By};
use release_composer::release::{Comment, file};

use super::*;

/// The widget that has the keyboard.
fn focused_node<'h>(harness: &'h Window) -> Node<'h> {
    let focused = harness.root().children_recursive().find(|node| node.accesskit_node().is_focused());
    focused.expect("something has the keyboard")
}

/// A window with the calendar of the date of signature, opened by keys.
fn calendar() -> Window {
    let mut harness = window(Settings::default());
    harness.get_by_label_contains("Choose a date").focus();
    harness.run_steps(2);
    key(&mut harness, NONE, Key::Enter);
    harness.run_steps(4);
    harness
}

#[test]
fn a_date_typed_on_a_day_is_the_date() {
    let mut harness = calendar();
    key(&mut harness, NONE, Key::ArrowRight);
    for (pressed, letter) in
        [(Key::Num2, "2"), (Key::Space, " "), (Key::N, "N"), (Key::O, "o"), (Key::V, "v"), (Key::Space, " ")]
    {
        press_letter(&mut harness, NONE, pressed, letter);
        assert_eq!(focused(&harness), "Or type a date", "{letter}");
    }
    type_text(&mut harness, "2026");
    key(&mut harness, NONE, Key::Enter);
    let date = editor(&harness).release().signature.date.day();
    assert_eq!(date, chrono::NaiveDate::from_ymd_opt(2026, 11, 2));
    assert!(focused(&harness).contains("Choose a date"), "{}", focused(&harness));
}

#[test]
fn the_keyboard_stays_on_the_date_that_was_cleared() {
    let mut harness = calendar();
    key(&mut harness, NONE, Key::Space);
    harness.get_by_role_and_label(Role::Button, "No date").focus();
    harness.run_steps(2);
    key(&mut harness, NONE, Key::Space);
    harness.run_steps(4);
    assert_eq!(editor(&harness).release().signature.date.day(), None);
    assert!(focused(&harness).contains("Choose a date"), "{}", focused(&harness));
}

#[test]
fn a_day_that_is_not_is_said() {
    let mut harness = calendar();
    type_text(&mut harness, "31/4/26");
    key(&mut harness, NONE, Key::Enter);
    harness.get_by_label("There is no 31 April 2026. Check the day.");
    assert_eq!(focused(&harness), "Or type a date");
}

#[test]
fn the_days_are_one_stop_of_tab() {
    let mut harness = calendar();
    key(&mut harness, NONE, Key::ArrowDown);
    let day = focused(&harness);
    key(&mut harness, NONE, Key::Tab);
    assert_eq!(focused(&harness), "Or type a date");
    key(&mut harness, SHIFT, Key::Tab);
    assert_eq!(focused(&harness), day);
    // The space bar still picks it.
    key(&mut harness, NONE, Key::Space);
    assert!(editor(&harness).release().signature.date.day().is_some());
}

#[test]
fn the_next_month_is_looked_at_though_a_day_has_the_keyboard() {
    let mut harness = calendar();
    let today = chrono::Local::now().date_naive();
    for months in 1..4 {
        harness.get_by_role_and_label(Role::Button, "Next month").click();
        settle(&mut harness);
        let shown = today + chrono::Months::new(months);
        let name = shown.format("%B %Y").to_string();
        assert_eq!(harness.query_all_by_label(&name).count(), 1, "{name}");
        assert!(focused(&harness).contains(&name), "{}", focused(&harness));
    }
}

#[test]
fn the_month_stands_between_the_buttons_that_turn_it_and_they_say_to_which() {
    let mut harness = calendar();
    let name = |months: u32| {
        let month = chrono::Local::now().date_naive() + chrono::Months::new(months);
        month.format("%B %Y").to_string()
    };
    let button = |harness: &Window, label: &str| harness.get_by_role_and_label(Role::Button, label).rect();
    let (before, after) = (button(&harness, "Previous month"), button(&harness, "Next month"));
    // The calendar itself is called by the month.
    let shown = harness.get(By::new().role(Role::Label).label(&name(0)).include_labels()).rect();
    assert!(before.right() <= shown.left() && shown.right() <= after.left(), "{before:?} {shown:?} {after:?}");
    harness.get_by_role_and_label(Role::Button, "Next month").hover();
    harness.run_steps(8);
    harness.get_by_label(&format!("Next month: {} (Page Down)", name(1)));
}

#[test]
fn the_choice_of_an_earlier_version_follows_the_arrow() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("draft.release");
    std::fs::copy(SAMPLE, &draft).unwrap();
    let places = Places { versions: Some(folder.path().join("versions")), ..Places::default() };
    let mut harness = window_with(Settings::default(), places);
    open(&mut harness, draft.to_str().unwrap());
    for word in [" one", " two"] {
        click_field(&mut harness, "Headline");
        key(&mut harness, CTRL, Key::End);
        type_text(&mut harness, word);
        key(&mut harness, CTRL, Key::S);
    }
    harness.get_by_label("File").click();
    settle(&mut harness);
    harness.get_by_label_contains("Earlier versions").click();
    settle(&mut harness);
    harness.get_by_label("Nothing differs.");
    for pressed in [Key::ArrowDown, Key::End, Key::ArrowUp] {
        key(&mut harness, NONE, pressed);
        assert_eq!(focused_node(&harness).accesskit_node().toggled(), Some(Toggled::True), "{pressed:?}");
        assert!(is_there(&harness, "development one two"), "what has changed since is shown: {pressed:?}");
    }
    key(&mut harness, NONE, Key::Home);
    harness.get_by_label("Nothing differs.");
}

#[test]
fn a_button_of_the_form_that_tab_comes_to_is_seen_whole() {
    // Of different heights, so that the edge cuts it in different places.
    for height in [420.0, 440.0, 460.0, 480.0] {
        let mut harness = window(Settings::default());
        harness.set_size(egui::vec2(1280.0, height));
        settle(&mut harness);
        for _ in 0..40 {
            key(&mut harness, NONE, Key::Tab);
            if focused(&harness).contains("Choose a date") {
                break;
            }
        }
        assert!(focused(&harness).contains("Choose a date"));
        let place = focused_node(&harness).rect();
        let status = harness.get_by_label("Zoom in").rect();
        assert!(place.top() > 90.0 && place.bottom() < status.top(), "{place:?} in {height}");
    }
}

#[test]
fn tab_goes_from_the_replacement_to_the_button_beside_it() {
    let mut harness = window(Settings::default());
    type_text(&mut harness, "Japan");
    key(&mut harness, CTRL, Key::H);
    type_text(&mut harness, "Japan");
    let mut order = Vec::new();
    for _ in 0..6 {
        order.push(focused(&harness));
        key(&mut harness, NONE, Key::Tab);
    }
    assert_eq!(order, ["Find", "Replace with", "Replace", "Replace all", "Previous match", "Next match"]);
    let row = |label: &str| harness.get_by_label(label).rect();
    assert!(row("Replace").top() > row("Next match").bottom(), "they are below each other");
    for (button, field) in [("Next match", "Find"), ("Replace", "Replace with")] {
        let (button, field) = (row(button).center().y, row(field).center().y);
        assert!((button - field).abs() < 1.0, "the button is at {button}, its field at {field}");
    }
}

#[test]
fn a_button_of_a_comment_that_tab_comes_to_is_seen_whole() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("draft.release");
    let mut release = storage::open(SAMPLE.as_ref()).unwrap();
    let comment = |number: usize| Comment { text: format!("Comment {number}"), ..Comment::default() };
    release.comments = (1..=9).map(comment).collect();
    std::fs::write(&draft, file::write(&release)).unwrap();
    let mut harness = window(Settings::default());
    open(&mut harness, draft.to_str().unwrap());
    harness.set_size(egui::vec2(1280.0, 480.0));
    settle(&mut harness);
    harness.get_by_label("Delete comment: Comment 1").focus();
    harness.run_steps(2);
    for _ in 0..40 {
        key(&mut harness, NONE, Key::Tab);
        if focused(&harness) == "Delete comment: Comment 9" {
            break;
        }
    }
    assert_eq!(focused(&harness), "Delete comment: Comment 9");
    let place = focused_node(&harness).rect();
    let status = harness.get_by_label("Zoom in").rect();
    assert!(place.top() > 90.0 && place.bottom() < status.top(), "{place:?}");
}

#[test]
fn the_name_of_a_template_that_an_arrow_comes_to_is_seen() {
    let mut harness = window(Settings::default());
    harness.set_size(egui::vec2(1366.0, 746.0));
    key(&mut harness, CTRL, Key::T);
    wait_for(&mut harness, "Notice to the press");
    settle(&mut harness);
    key(&mut harness, NONE, Key::ArrowRight);
    key(&mut harness, NONE, Key::ArrowRight);
    harness.key_press(Key::ArrowDown);
    // As many frames as the program asks for, and no more.
    harness.run_ok();
    assert_eq!(focused(&harness), "Notice to the press");
    let card = focused_node(&harness).rect();
    let below = harness.get_by_label_contains("An event to which journalists").rect();
    assert!(card.bottom() <= below.top(), "{card:?} above {below:?}");
}

/// Tabs to the widget of a name.
fn tab_to(harness: &mut Window, name: &str) {
    for _ in 0..80 {
        if focused(harness) == name {
            break;
        }
        key(harness, NONE, Key::Tab);
    }
    assert_eq!(focused(harness), name);
}

#[test]
fn enter_in_a_number_of_the_page_leaves_the_keyboard_there() {
    let mut harness = window(Settings::default());
    let before = file::write(editor(&harness).release());
    tab_to(&mut harness, "Page");
    key(&mut harness, NONE, Key::Enter);
    harness.run_steps(10);
    assert_eq!(focused(&harness), "Page", "a section that was opened keeps the keyboard");
    tab_to(&mut harness, "Margins (mm) left");
    type_text(&mut harness, "30");
    key(&mut harness, NONE, Key::Enter);
    harness.run_steps(6);
    assert_eq!(focused(&harness), "Margins (mm) left");
    type_text(&mut harness, "28");
    key(&mut harness, NONE, Key::Enter);
    harness.run_steps(6);
    let release = editor(&harness).release();
    assert!((release.page.margins.left - 28.0).abs() < 0.01, "{}", release.page.margins.left);
    let mut as_before = release.clone();
    as_before.page = file::parse(&before).unwrap().page;
    assert_eq!(file::write(&as_before), before, "no letter of it reached the text");
}

#[test]
fn a_signatory_that_is_added_by_keys_gets_the_caret() {
    let mut harness = window(Settings::default());
    harness.get_by_label("Add a signatory").focus();
    harness.run_steps(2);
    key(&mut harness, NONE, Key::Enter);
    harness.run_steps(6);
    type_text(&mut harness, "Envoy");
    let signatories = &editor(&harness).release().signature.signatories;
    assert_eq!(signatories.last().unwrap().title.as_str(), "Envoy");
}

#[test]
fn after_all_is_replaced_by_keys_the_keyboard_is_in_the_bar() {
    let mut harness = about_to_replace();
    for _ in 0..2 {
        key(&mut harness, NONE, Key::Tab);
    }
    key(&mut harness, NONE, Key::Enter);
    settle(&mut harness);
    assert!(is_there(&harness, "2 replaced"));
    type_text(&mut harness, "Lao");
    assert_eq!(headline(&harness), "Laos and Laos", "what is typed next is looked for");
    assert_eq!(editor(&harness).marked().len(), 2);
}

#[test]
fn a_table_is_made_by_its_numbers_and_enter() {
    let mut harness = window(Settings::default());
    open(&mut harness, SAMPLE);
    click_paragraph(&mut harness, 1);
    let before = editor(&harness).release().body.len();
    press_letter(&mut harness, ALT, Key::I, "i");
    harness.run_steps(3);
    // The only line of the menu with this letter.
    press_letter(&mut harness, NONE, Key::T, "t");
    harness.run_steps(6);
    settle(&mut harness);
    type_text(&mut harness, "2");
    key(&mut harness, NONE, Key::Enter);
    settle(&mut harness);
    assert_eq!(editor(&harness).release().body.len(), before + 6, "two rows of three cells");
}

//! The window without a mouse: the caret is never lost, and the whole job is done by keys.
#![cfg(feature = "window")]

#[path = "../driven/mod.rs"]
mod driven;
mod findings;
mod menus;
mod moving;
mod whole_job;

use driven::*;
use egui::{Key, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use release_composer::{
    dates,
    editor::{Editor, Places},
    release::{Field, Language, Style},
    storage::{self, Settings, templates::library},
};

type Window = Harness<'static, Option<Editor>>;

fn headline(harness: &Window) -> String {
    text(harness, Field::Headline)
}

/// Presses a key as the system reports it, with the letter that it types.
fn press_letter(harness: &mut Window, modifiers: egui::Modifiers, pressed: Key, letter: &str) {
    let event = |pressed_down| egui::Event::Key {
        key: pressed,
        physical_key: None,
        pressed: pressed_down,
        repeat: false,
        modifiers,
    };
    harness.event(event(true));
    harness.event(egui::Event::Text(letter.to_owned()));
    harness.event(event(false));
    harness.run_steps(2);
    settle(harness);
}

fn is_there(harness: &Window, label: &str) -> bool {
    harness.query_all_by_label_contains(label).next().is_some()
}

/// What has the keyboard, by its name.
fn focused(harness: &Window) -> String {
    let root = harness.root();
    let focused = root.children_recursive().find(|node| node.accesskit_node().is_focused());
    focused.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

#[test]
fn what_is_typed_first_is_the_headline() {
    let mut harness = window(Settings::default());
    type_text(&mut harness, "Hello");
    assert_eq!(headline(&harness), "Hello");
}

#[test]
fn escape_in_a_field_leaves_the_caret_where_it_is() {
    let mut harness = window(Settings::default());
    type_text(&mut harness, "one three");
    key(&mut harness, CTRL, Key::ArrowLeft);
    key(&mut harness, NONE, Key::Escape);
    type_text(&mut harness, "two ");
    assert_eq!(headline(&harness), "one two three");
}

#[test]
fn a_question_gives_the_caret_back_and_loses_no_letter() {
    let mut harness = window(Settings::default());
    type_text(&mut harness, "a b");
    key(&mut harness, NONE, Key::ArrowLeft);
    // A dialog for a path, the question about changes, and the window about the program.
    for (modifiers, pressed) in [(CTRL | SHIFT, Key::S), (CTRL, Key::Q), (CTRL, Key::O)] {
        key(&mut harness, modifiers, pressed);
        assert!(is_there(&harness, "Cancel"), "{pressed:?}");
        // Escape and the next letters come at once, as from a fast hand.
        harness.key_press(Key::Escape);
        for letter in ["x", "y"] {
            harness.event(egui::Event::Text(letter.to_owned()));
        }
        harness.run_steps(12);
        settle(&mut harness);
        assert!(!is_there(&harness, "Cancel"), "{pressed:?}");
    }
    assert_eq!(headline(&harness), "a xyxyxyb");
}

#[test]
fn a_composed_syllable_outlives_the_return_of_the_keyboard() {
    let mut harness = window(Settings::default());
    key(&mut harness, CTRL | SHIFT, Key::S);
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    let preedit = egui::ImeEvent::Preedit { text: "ខ្".to_owned(), active_range_chars: None };
    harness.event(egui::Event::Ime(preedit));
    let mut interrupted = false;
    for _ in 0..8 {
        harness.run_steps(1);
        let ime = harness.output().platform_output.ime;
        interrupted |= ime.is_some_and(|ime| ime.should_interrupt_composition);
    }
    let shown = harness.get_by_role_and_label(Role::TextInput, "Headline").accesskit_node().value();
    assert_eq!(shown.as_deref(), Some("ខ្"));
    assert!(!interrupted, "the input method was told to stop");
}

#[test]
fn alt_and_a_letter_open_a_menu_and_type_nothing() {
    let mut harness = window(Settings::default());
    type_text(&mut harness, "one");
    for (pressed, letter, line) in [
        (Key::F, "f", "Save as…"),
        (Key::E, "e", "Select all"),
        (Key::I, "i", "Make addresses links"),
        (Key::V, "v", "Curly quotation marks"),
        (Key::H, "h", "About Release Composer…"),
    ] {
        press_letter(&mut harness, ALT, pressed, letter);
        harness.run_steps(3);
        assert!(is_there(&harness, line), "Alt+{letter}");
        key(&mut harness, NONE, Key::Escape);
        assert!(!is_there(&harness, line), "Alt+{letter}");
    }
    type_text(&mut harness, " two");
    assert_eq!(headline(&harness), "one two");
    // From the menu a command is chosen by arrows and Enter: the second of the file menu.
    press_letter(&mut harness, ALT, Key::F, "f");
    harness.run_steps(3);
    key(&mut harness, NONE, Key::ArrowDown);
    key(&mut harness, NONE, Key::Enter);
    assert!(is_there(&harness, "Save the changes?"));
}

#[test]
fn the_edit_menu_cuts_copies_pastes_and_selects() {
    let mut harness = window(Settings::default());
    harness.state_mut().as_mut().unwrap().use_own_clipboard("<p>Japan</p>".into());
    type_text(&mut harness, "to ");
    let choose = |harness: &mut Window, line: &str| {
        harness.get_by_label("Edit").click();
        settle(harness);
        harness.get_by_label_contains(line).click();
        settle(harness);
    };
    choose(&mut harness, "Paste");
    assert_eq!(headline(&harness), "to Japan");
    choose(&mut harness, "Select all");
    choose(&mut harness, "Cut");
    assert_eq!(headline(&harness), "");
    choose(&mut harness, "Paste");
    choose(&mut harness, "Paste");
    assert_eq!(headline(&harness), "to Japanto Japan");
}

#[test]
fn tab_selects_a_filled_line_and_typing_replaces_it() {
    let mut harness = window(Settings::default());
    type_text(&mut harness, "A headline");
    key(&mut harness, SHIFT, Key::Tab);
    type_text(&mut harness, "STATEMENT");
    assert_eq!(text(&harness, Field::Title), "STATEMENT");
    key(&mut harness, NONE, Key::Tab);
    type_text(&mut harness, "Another");
    assert_eq!(headline(&harness), "Another");
    // A paragraph is not selected by Tab.
    click_paragraph(&mut harness, 1);
    type_text(&mut harness, "text");
    key(&mut harness, SHIFT, Key::Tab);
    key(&mut harness, NONE, Key::Tab);
    type_text(&mut harness, "x");
    assert_eq!(text(&harness, Field::Paragraph(0)), "textx");
}

#[test]
fn tab_in_the_text_writes_over_no_field() {
    let mut harness = window(Settings::default());
    open(&mut harness, SAMPLE);
    let place = text(&harness, Field::Place);
    click_paragraph(&mut harness, 1);
    key(&mut harness, NONE, Key::Tab);
    type_text(&mut harness, "x");
    assert_eq!(text(&harness, Field::Place).replacen('x', "", 1), place);
}

#[test]
fn ctrl_tab_turns_from_the_form_to_the_page_and_back() {
    let mut harness = window(Settings::default());
    type_text(&mut harness, "one");
    assert_eq!(focused(&harness), "Headline");
    key(&mut harness, CTRL, Key::Tab);
    assert_eq!(focused(&harness), "Pages");
    type_text(&mut harness, " two");
    key(&mut harness, NONE, Key::F6);
    assert_eq!(focused(&harness), "Headline");
    type_text(&mut harness, " three");
    assert_eq!(headline(&harness), "one two three");
}

#[test]
fn enter_takes_the_default_button() {
    let mut harness = window(Settings::default());
    type_text(&mut harness, "x");
    key(&mut harness, CTRL, Key::N);
    assert_eq!(focused(&harness), "Save");
    key(&mut harness, NONE, Key::Enter);
    assert!(!is_there(&harness, "Save the changes?"));
    // The draft has no file yet, so its path is asked for.
    assert_eq!(focused(&harness), "Path");
    key(&mut harness, NONE, Key::Escape);
    assert_eq!(headline(&harness), "x");
}

#[test]
fn a_misspelt_word_is_mended_from_the_menu_of_the_text() {
    let mut harness = window(Settings::default());
    open(&mut harness, SAMPLE);
    click_end_of_paragraph(&mut harness, 2);
    type_text(&mut harness, " We thank the goverment.");
    wait_for(&mut harness, "1 thing to look at");
    key(&mut harness, NONE, Key::ArrowLeft);
    key(&mut harness, NONE, Key::ArrowLeft);
    key(&mut harness, SHIFT, Key::F10);
    harness.run_steps(3);
    assert!(is_there(&harness, "is in no dictionary"));
    assert_eq!(focused(&harness), "government");
    key(&mut harness, NONE, Key::Enter);
    assert!(text(&harness, Field::Paragraph(1)).ends_with(" the government."));
    type_text(&mut harness, "s");
    assert!(text(&harness, Field::Paragraph(1)).ends_with(" the governments."));
    // Escape closes the menu, and the caret is where it was.
    key(&mut harness, NONE, Key::Menu);
    harness.run_steps(3);
    assert!(is_there(&harness, "Select all"));
    key(&mut harness, NONE, Key::Escape);
    type_text(&mut harness, "!");
    assert!(text(&harness, Field::Paragraph(1)).ends_with(" the governments!."));
}

#[test]
fn the_right_button_moves_the_caret_and_offers_the_clipboard() {
    let mut harness = window(Settings::default());
    type_text(&mut harness, "one two");
    let place = harness.get_by_role_and_label(Role::TextInput, "Headline").rect();
    let at = egui::pos2(place.left() + 14.0, place.center().y);
    harness.event(egui::Event::PointerMoved(at));
    for pressed in [true, false] {
        let (button, modifiers) = (egui::PointerButton::Secondary, NONE);
        harness.event(egui::Event::PointerButton { pos: at, button, pressed, modifiers });
        harness.run_steps(2);
    }
    settle(&mut harness);
    harness.get_by_label_contains("Select all").click();
    settle(&mut harness);
    type_text(&mut harness, "x");
    assert_eq!(headline(&harness), "x");
}

#[test]
fn the_handbook_chosen_in_the_menu_is_shown_though_it_has_the_keyboard() {
    let mut harness = window(Settings::default());
    key(&mut harness, NONE, Key::F1);
    harness.run_steps(3);
    press_letter(&mut harness, ALT, Key::H, "h");
    harness.run_steps(3);
    key(&mut harness, NONE, Key::Enter);
    harness.run_steps(3);
    assert!(harness.query_by_role_and_label(Role::Document, "Handbook").is_some());
}

#[test]
fn a_date_is_chosen_by_arrow_keys() {
    let mut harness = window(Settings::default());
    harness.get_by_label("Today").click();
    settle(&mut harness);
    let today = editor(&harness).release().signature.date.day().unwrap();
    harness.get_by_label_contains("Choose a date").click();
    settle(&mut harness);
    harness.run_steps(4);
    // There and back, and then five weeks on, which is always in another month.
    for pressed in [Key::ArrowRight, Key::ArrowDown, Key::ArrowLeft, Key::ArrowUp] {
        key(&mut harness, NONE, pressed);
    }
    for _ in 0..5 {
        key(&mut harness, NONE, Key::ArrowDown);
    }
    key(&mut harness, NONE, Key::Enter);
    assert_eq!(editor(&harness).release().signature.date.day(), Some(today + chrono::TimeDelta::days(35)));
}

/// Presses a key so often within one frame, as a slow machine sees it.
fn press_at_once(harness: &mut Window, pressed: Key, times: usize) {
    (0..times).for_each(|_| add_press(harness, pressed));
    harness.run_steps(2);
    settle(harness);
}

/// Adds a press of a key to the next frame.
fn add_press(harness: &mut Window, key: Key) {
    let event = |pressed| egui::Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: NONE };
    harness.input_mut().events.extend([event(true), event(false)]);
}

#[test]
fn each_press_of_an_arrow_counts_however_slow_the_frames() {
    let mut harness = window(Settings::default());
    press_letter(&mut harness, ALT, Key::F, "f");
    harness.run_steps(3);
    // Past "New", "Khmer", "Template" and "New window".
    press_at_once(&mut harness, Key::ArrowDown, 4);
    assert!(focused(&harness).contains("Open…"), "{}", focused(&harness));
    // And in frames of their own, while egui does not yet know whose keys these are.
    for _ in 0..3 {
        add_press(&mut harness, Key::ArrowDown);
        harness.run_steps(1);
    }
    harness.run_steps(2);
    assert!(focused(&harness).contains("Save as…"), "{}", focused(&harness));
    press_at_once(&mut harness, Key::ArrowUp, 6);
    assert!(focused(&harness).contains("Khmer"), "{}", focused(&harness));
    key(&mut harness, NONE, Key::Escape);
    harness.get_by_label("Today").click();
    settle(&mut harness);
    let today = editor(&harness).release().signature.date.day().unwrap();
    harness.get_by_label_contains("Choose a date").click();
    settle(&mut harness);
    harness.run_steps(4);
    press_at_once(&mut harness, Key::ArrowDown, 5);
    key(&mut harness, NONE, Key::Enter);
    assert_eq!(editor(&harness).release().signature.date.day(), Some(today + chrono::TimeDelta::days(35)));
}

#[test]
fn messages_move_nothing_and_go_with_their_draft() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("a.release");
    std::fs::copy(SAMPLE, &draft).unwrap();
    let mut harness = window(Settings::default());
    open(&mut harness, draft.to_str().unwrap());
    let field = |harness: &Window| harness.get_by_role_and_label(Role::TextInput, "Headline").rect();
    let before = field(&harness);
    key(&mut harness, CTRL, Key::S);
    assert!(is_there(&harness, "Saved to"));
    assert_eq!(field(&harness), before);
    // It lies over the form, and not over the pages, where the signature is.
    let (said, page) = (
        harness.get_by_label_contains("Saved to").rect(),
        harness.get_by_role_and_label(Role::Document, "Page 1 of 2").rect(),
    );
    assert!(said.right() < page.left() && said.top() > before.bottom(), "{said:?} {page:?}");
    // Good news goes by itself.
    harness.run_steps(80);
    assert!(!is_there(&harness, "Saved to"));
    // Bad news stays, comes once, and goes with its draft.
    for _ in 0..2 {
        open(&mut harness, folder.path().join("nothing.ron").to_str().unwrap());
    }
    assert_eq!(harness.query_all_by_label_contains("nothing.ron").count(), 1);
    harness.run_steps(200);
    assert!(is_there(&harness, "nothing.ron"));
    assert_eq!(field(&harness), before);
    open(&mut harness, SAMPLE);
    assert!(!is_there(&harness, "nothing.ron"));
}

#[test]
fn escape_closes_a_message_and_keeps_the_caret() {
    let mut harness = window(Settings::default());
    open(&mut harness, "/nowhere/nothing.ron");
    assert!(is_there(&harness, "nothing.ron"));
    type_text(&mut harness, "a");
    key(&mut harness, NONE, Key::Escape);
    assert!(!is_there(&harness, "nothing.ron"));
    type_text(&mut harness, "b");
    assert_eq!(headline(&harness), "ab");
}

/// A window with Japan twice in its headline, Laos to be put in its place, and the keyboard behind that in the bar.
fn about_to_replace() -> Window {
    let mut harness = window(Settings::default());
    type_text(&mut harness, "Japan and Japan");
    key(&mut harness, CTRL, Key::H);
    type_text(&mut harness, "Japan");
    key(&mut harness, NONE, Key::Tab);
    type_text(&mut harness, "Laos");
    harness
}

#[test]
fn tab_goes_from_find_to_replace_and_what_was_replaced_is_counted() {
    let mut harness = about_to_replace();
    harness.get_by_label("Replace all").click();
    settle(&mut harness);
    assert_eq!(headline(&harness), "Laos and Laos");
    assert!(is_there(&harness, "2 replaced"));
    key(&mut harness, NONE, Key::Escape);
    assert!(editor(&harness).marked().is_empty());
    key(&mut harness, CTRL, Key::F);
    type_text(&mut harness, "Laos");
    assert_eq!(editor(&harness).marked().len(), 2);
    key(&mut harness, NONE, Key::Escape);
    assert!(editor(&harness).marked().is_empty(), "the marks go with the bar");
}

#[test]
fn a_template_of_ones_own_is_renamed_and_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places { settings: Some(folder.path().join("settings.ron")), ..Places::default() };
    let own = folder.path().join("templates");
    std::fs::create_dir(&own).unwrap();
    std::fs::copy(SAMPLE, own.join("Call.release")).unwrap();
    let mut harness = window_with(Settings::default(), places);
    key(&mut harness, CTRL, Key::T);
    wait_for(&mut harness, "Call");
    // The first card is chosen by an arrow, as nothing else has the keyboard.
    key(&mut harness, NONE, Key::ArrowDown);
    harness.get_by_label("Rename…").click();
    settle(&mut harness);
    type_text(&mut harness, "Telephone");
    key(&mut harness, NONE, Key::Enter);
    wait_for(&mut harness, "Telephone");
    let folders = [own.clone()];
    let found = library(&folders);
    assert_eq!(found.templates[0].name(), "Telephone");
    assert!(own.join("Telephone.release").is_file() && !own.join("Call.release").exists());
    key(&mut harness, NONE, Key::ArrowDown);
    harness.get_by_label("Delete…").click();
    settle(&mut harness);
    assert!(own.join("Telephone.release").is_file(), "it is asked first");
    harness.get_by_label("Delete").click();
    settle(&mut harness);
    assert!(!own.join("Telephone.release").exists());
}

#[test]
fn an_untouched_draft_warns_of_nothing() {
    let mut harness = window(Settings::default());
    settle(&mut harness);
    assert!(!is_there(&harness, "look at"));
    type_text(&mut harness, "x");
    wait_for(&mut harness, "things to look at");
}

#[test]
fn a_number_of_pages_that_cannot_be_had_goes_back_and_says_by_how_much() {
    let mut harness = window(Settings::default());
    open(&mut harness, SAMPLE);
    harness.get_by_role_and_label(Role::Button, "Page").focus();
    harness.run_steps(2);
    key(&mut harness, NONE, Key::Enter);
    harness.run_steps(10);
    harness.get_by_label("One").focus();
    harness.run_steps(2);
    key(&mut harness, NONE, Key::Enter);
    assert!(is_there(&harness, "lines too long"));
    assert_eq!(editor(&harness).release().page.fit, release_composer::release::Fit::AsSet);
}

#[test]
fn the_last_good_version_of_a_damaged_draft_is_offered() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("a.release");
    std::fs::copy(SAMPLE, &draft).unwrap();
    let places = Places { versions: Some(folder.path().join("versions")), ..Places::default() };
    let mut harness = window_with(Settings::default(), places.clone());
    open(&mut harness, draft.to_str().unwrap());
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "Good ");
    key(&mut harness, CTRL, Key::S);
    let good = headline(&harness);
    std::fs::write(&draft, "(\n  format: 1,\n  language: English\n  title: \"A\",\n)").unwrap();
    let mut harness = window_with(Settings::default(), places);
    open(&mut harness, draft.to_str().unwrap());
    assert!(is_there(&harness, "Line 3, field Language of the release"), "the line before the fault is named");
    harness.get_by_label_contains("Use the last good version").click();
    settle(&mut harness);
    assert_eq!(headline(&harness), good);
    assert!(editor(&harness).is_unsaved());
}

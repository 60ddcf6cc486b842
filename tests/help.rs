//! Help, used as a person would: the handbook, its PDF, and what the program says about itself.
#![cfg(feature = "window")]

mod driven;

use driven::*;
use egui::{Key, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use release_composer::{
    editor::Editor,
    release::Field,
    storage::{Settings, WindowLanguage},
};

type Window = Harness<'static, Option<Editor>>;

fn is_handbook_open(harness: &Window) -> bool {
    harness.query_by_role_and_label(Role::Document, "Handbook").is_some()
}

/// How far the handbook is scrolled: the top of its first chapter.
fn top(harness: &Window) -> f32 {
    harness.query_all_by_role(Role::Heading).next().unwrap().rect().top()
}

#[test]
fn f1_shows_the_handbook_and_escape_gives_the_caret_back() {
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "one two");
    key(&mut harness, CTRL, Key::ArrowLeft);
    key(&mut harness, NONE, Key::F1);
    harness.run_steps(3);
    assert!(is_handbook_open(&harness));
    // What is typed while the handbook has the keyboard goes nowhere.
    type_text(&mut harness, "x");
    key(&mut harness, NONE, Key::Escape);
    harness.run_steps(3);
    assert!(!is_handbook_open(&harness));
    type_text(&mut harness, "and ");
    assert_eq!(text(&harness, Field::Headline), "one and two");
}

#[test]
fn a_selection_outlives_a_look_into_the_handbook() {
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "one two");
    key(&mut harness, egui::Modifiers::SHIFT, Key::Home);
    key(&mut harness, NONE, Key::F1);
    harness.run_steps(3);
    key(&mut harness, NONE, Key::F1);
    harness.run_steps(3);
    assert!(!is_handbook_open(&harness));
    type_text(&mut harness, "three");
    assert_eq!(text(&harness, Field::Headline), "three");
}

#[test]
fn the_handbook_is_scrolled_by_keys() {
    let mut harness = window(Settings::default());
    key(&mut harness, NONE, Key::F1);
    harness.run_steps(3);
    let first = top(&harness);
    let mut last = first;
    for down in [Key::ArrowDown, Key::PageDown, Key::Space, Key::End] {
        key(&mut harness, NONE, down);
        harness.run_steps(2);
        assert!(top(&harness) < last - 20.0, "{down:?}: {} after {last}", top(&harness));
        last = top(&harness);
    }
    for up in [Key::ArrowUp, Key::PageUp, Key::Home] {
        key(&mut harness, NONE, up);
        harness.run_steps(2);
        assert!(top(&harness) > last + 20.0, "{up:?}: {} after {last}", top(&harness));
        last = top(&harness);
    }
    assert!((last - first).abs() < 1.0);
}

#[test]
fn the_help_menu_has_the_shortcuts_and_a_chapter_is_gone_to() {
    for language in WindowLanguage::ALL {
        let mut harness = window(Settings { language, ..Settings::default() });
        let (menu, item, handbook) = match language {
            WindowLanguage::English => ("Help", "Keyboard shortcuts", "Handbook"),
            WindowLanguage::Khmer => ("ជំនួយ", "គ្រាប់ចុចកាត់", "សៀវភៅណែនាំ"),
        };
        harness.get_by_label(menu).click();
        harness.run_steps(3);
        harness.get_by_label_contains(item).click();
        harness.run_steps(4);
        let headings: Vec<_> = harness.query_all_by_role(Role::Heading).collect();
        let chapter = headings.iter().find(|node| node.accesskit_node().label().as_deref() == Some(item)).unwrap();
        let view = harness.get_by_role_and_label(Role::Document, handbook).rect();
        assert!(view.contains(chapter.rect().center()), "{language:?}: {:?} in {view:?}", chapter.rect());
        assert!(harness.query_all_by_label_contains("Ctrl+Shift+S").any(|node| view.intersects(node.rect())));
    }
}

#[test]
fn the_findings_lead_to_what_they_mean() {
    let mut harness = window(Settings::default());
    type_text(&mut harness, "x");
    wait_for(&mut harness, "things to look at");
    harness.get_by_label_contains("things to look at").click();
    harness.run_steps(3);
    harness.get_by_label("What do these mean?").click();
    harness.run_steps(4);
    let view = harness.get_by_role_and_label(Role::Document, "Handbook").rect();
    let chapter = harness.get_by_role_and_label(Role::Heading, "What each finding means");
    assert!(view.contains(chapter.rect().center()));
}

#[test]
fn a_narrow_window_shows_the_handbook_instead_of_the_pages() {
    let mut harness = window(Settings::default());
    harness.set_size(egui::vec2(720.0, 420.0));
    key(&mut harness, NONE, Key::F1);
    harness.run_steps(4);
    let view = harness.get_by_role_and_label(Role::Document, "Handbook").rect();
    assert!(view.width() > 280.0 && view.height() > 140.0 && view.right() <= 720.0, "{view:?}");
    let field = harness.get_by_role_and_label(Role::TextInput, "Headline").rect();
    assert!(field.right() <= view.left(), "{field:?}");
}

#[test]
fn a_menu_taller_than_the_window_is_scrolled_by_the_keyboard() {
    let mut harness = window(Settings::default());
    harness.set_size(egui::vec2(720.0, 420.0));
    key(&mut harness, NONE, Key::F10);
    for _ in 0..3 {
        key(&mut harness, NONE, Key::ArrowRight);
    }
    key(&mut harness, NONE, Key::ArrowDown);
    key(&mut harness, NONE, Key::ArrowUp);
    harness.run_steps(4);
    let last = harness.get_by_role_and_label(Role::RadioButton, "ភាសាខ្មែរ").rect();
    assert!(last.bottom() <= 420.0 && last.top() >= 0.0, "{last:?}");
    key(&mut harness, NONE, Key::Space);
    harness.run_steps(3);
    harness.get_by_label("ឯកសារ");
}

#[test]
fn about_shows_where_things_are_and_copies_it() {
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "secret");
    harness.get_by_label("Help").click();
    harness.run_steps(3);
    harness.get_by_label_contains("About Release Composer").click();
    // The window comes to its place over some frames.
    harness.run_steps(10);
    harness.get_by_label(&format!("Version {}", env!("CARGO_PKG_VERSION")));
    harness.get_by_label("Recovery files");
    harness.get_by_label("Copy details").click();
    harness.run_steps(8);
    harness.get_by_label("The details are on the clipboard.");
    key(&mut harness, NONE, Key::Escape);
    harness.run_steps(3);
    assert!(harness.query_by_label("Copy details").is_none());
    type_text(&mut harness, "!");
    assert_eq!(text(&harness, Field::Headline), "secret!");
}

#[test]
fn f10_reaches_the_menu_and_escape_gives_the_caret_back() {
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "ab");
    key(&mut harness, NONE, Key::F10);
    for _ in 0..4 {
        key(&mut harness, NONE, Key::ArrowRight);
    }
    key(&mut harness, NONE, Key::Enter);
    harness.run_steps(3);
    harness.get_by_label_contains("About Release Composer");
    key(&mut harness, NONE, Key::ArrowDown);
    key(&mut harness, NONE, Key::ArrowUp);
    key(&mut harness, NONE, Key::Enter);
    harness.run_steps(4);
    assert!(is_handbook_open(&harness));
    key(&mut harness, NONE, Key::Escape);
    harness.run_steps(3);
    type_text(&mut harness, "c");
    assert_eq!(text(&harness, Field::Headline), "abc");
    key(&mut harness, NONE, Key::F10);
    key(&mut harness, NONE, Key::ArrowDown);
    harness.run_steps(3);
    harness.get_by_label_contains("New from a template");
    key(&mut harness, NONE, Key::Escape);
    harness.run_steps(3);
    assert!(harness.query_by_label_contains("Save as a template").is_none());
    type_text(&mut harness, "d");
    assert_eq!(text(&harness, Field::Headline), "abcd");
}

#[test]
fn a_question_gives_the_keyboard_back() {
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "one two");
    key(&mut harness, CTRL, Key::ArrowLeft);
    key(&mut harness, CTRL, Key::N);
    harness.run_steps(3);
    harness.get_by_label_contains("has changes that are not saved yet");
    key(&mut harness, NONE, Key::Tab);
    key(&mut harness, NONE, Key::Escape);
    harness.run_steps(3);
    type_text(&mut harness, "and ");
    assert_eq!(text(&harness, Field::Headline), "one and two");
}

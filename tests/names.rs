//! Names that are completed while one types, as a person would see it.
#![cfg(feature = "window")]

mod driven;

use driven::*;
use egui_kittest::{Harness, kittest::Queryable as _};
use release_composer::{
    editor::{Editor, Places},
    release::{Field, Language, Style},
    storage::Settings,
};

/// A window beside whose settings a list of names stands.
fn window_with_names(language: Language) -> (tempfile::TempDir, Harness<'static, Option<Editor>>) {
    let folder = tempfile::tempdir().unwrap();
    let list = r#"(names: [
        (english: "KAMIKAWA Yoko", khmer: "កាមិកាវ៉ា យ៉ូកុ",
         honorific: (english: "Her Excellency", khmer: "លោកជំទាវ"),
         title: (english: "Minister for Foreign Affairs of Japan", khmer: "រដ្ឋមន្ត្រីការបរទេសជប៉ុន")),
        (english: "KAMIMURA Ken"),
    ])"#;
    std::fs::write(folder.path().join("names.ron"), list).unwrap();
    let places = Places { settings: Some(folder.path().join("settings.ron")), ..Places::default() };
    let harness = window_with(Settings { language, ..Settings::default() }, places);
    (folder, harness)
}

const KAMIKAWA: &str = "KAMIKAWA Yoko, Minister for Foreign Affairs of Japan";

#[test]
fn a_name_is_completed_by_enter_and_taken_back_in_one_step() {
    let (_folder, mut harness) = window_with_names(Language::English);
    click_field(&mut harness, "Paragraph 1");
    type_text(&mut harness, "with kam");
    harness.run_steps(2);
    for offered in ["KAMIKAWA Yoko", KAMIKAWA, "KAMIMURA Ken"] {
        harness.get_by_role_and_label(egui::accesskit::Role::ListBoxOption, offered);
    }
    key(&mut harness, NONE, egui::Key::ArrowDown);
    key(&mut harness, NONE, egui::Key::Enter);
    assert_eq!(text(&harness, Field::Paragraph(0)), format!("with {KAMIKAWA}"));
    assert!(harness.query_by_label(KAMIKAWA).is_none(), "the list is gone");
    type_text(&mut harness, ".");
    key(&mut harness, CTRL, egui::Key::Z);
    key(&mut harness, CTRL, egui::Key::Z);
    assert_eq!(text(&harness, Field::Paragraph(0)), "with kam");
    key(&mut harness, CTRL, egui::Key::Y);
    assert_eq!(text(&harness, Field::Paragraph(0)), format!("with {KAMIKAWA}"));
    // Enter is the paragraph's again.
    key(&mut harness, NONE, egui::Key::End);
    key(&mut harness, NONE, egui::Key::Enter);
    assert_eq!(editor(&harness).release().body.len(), 2);
}

#[test]
fn a_khmer_name_is_completed_behind_its_title() {
    let (_folder, mut harness) = window_with_names(Language::Khmer);
    click_field(&mut harness, "ចំណងជើង");
    type_text(&mut harness, "ជាមួយលោកជំទាវកាមិ");
    key(&mut harness, NONE, egui::Key::ArrowUp);
    key(&mut harness, NONE, egui::Key::Tab);
    let whole = "ជាមួយលោកជំទាវកាមិកាវ៉ា យ៉ូកុ រដ្ឋមន្ត្រីការបរទេសជប៉ុន";
    assert_eq!(text(&harness, Field::Headline), whole);
    type_text(&mut harness, "។");
    assert_eq!(text(&harness, Field::Headline), format!("{whole}។"), "Tab has not left the field");
}

#[test]
fn escape_hides_the_names_until_the_next_word() {
    let (_folder, mut harness) = window_with_names(Language::English);
    click_field(&mut harness, "Paragraph 1");
    type_text(&mut harness, "kam");
    key(&mut harness, NONE, egui::Key::Escape);
    assert!(harness.query_by_label("KAMIKAWA Yoko").is_none());
    type_text(&mut harness, "i");
    assert!(harness.query_by_label("KAMIKAWA Yoko").is_none());
    key(&mut harness, NONE, egui::Key::Enter);
    assert_eq!(text(&harness, Field::Paragraph(0)), "kami");
    type_text(&mut harness, "yok");
    harness.run_steps(2);
    harness.get_by_label("KAMIKAWA Yoko").click();
    harness.run_steps(3);
    assert_eq!(text(&harness, Field::Paragraph(1)), "KAMIKAWA Yoko");
    type_text(&mut harness, "!");
    assert_eq!(text(&harness, Field::Paragraph(1)), "KAMIKAWA Yoko!", "a click leaves the keyboard where it is");
}

#[test]
fn without_names_enter_and_tab_are_the_fields() {
    let (_folder, mut harness) = window_with_names(Language::English);
    click_field(&mut harness, "Paragraph 1");
    type_text(&mut harness, "KAMIKAWA Yoko");
    key(&mut harness, NONE, egui::Key::Enter);
    assert_eq!(text(&harness, Field::Paragraph(0)), "KAMIKAWA Yoko");
    assert_eq!(editor(&harness).release().body.len(), 2);
    // Going to a name is not typing it.
    type_text(&mut harness, "kam");
    key(&mut harness, NONE, egui::Key::ArrowLeft);
    key(&mut harness, NONE, egui::Key::ArrowRight);
    assert!(harness.query_by_label("KAMIKAWA Yoko").is_none());
    key(&mut harness, NONE, egui::Key::Enter);
    assert_eq!(editor(&harness).release().body.len(), 3);
}

#[test]
fn a_taken_name_has_the_emphasis_of_its_beginning() {
    let (_folder, mut harness) = window_with_names(Language::English);
    click_field(&mut harness, "Paragraph 1");
    type_text(&mut harness, "with ");
    key(&mut harness, CTRL, egui::Key::B);
    type_text(&mut harness, "kam");
    key(&mut harness, NONE, egui::Key::ArrowDown);
    key(&mut harness, NONE, egui::Key::Enter);
    let body = &editor(&harness).release().body[0].text;
    let (name, end) = ("with KAMIKAWA Yoko".len(), body.len());
    assert_eq!((body.style_of(5..name), body.style_of(name..end)), (Style::BOLD, Style::PLAIN));
}

#[test]
fn the_signatory_is_completed_in_two_fields() {
    let (_folder, mut harness) = window_with_names(Language::English);
    click_field(&mut harness, "Title of the signatory");
    type_text(&mut harness, "kam");
    key(&mut harness, NONE, egui::Key::Enter);
    assert_eq!(text(&harness, Field::SignatoryTitle), "Minister for Foreign Affairs of Japan");
    key(&mut harness, NONE, egui::Key::Enter);
    type_text(&mut harness, "Yok");
    key(&mut harness, NONE, egui::Key::Enter);
    assert_eq!(text(&harness, Field::SignatoryName), "KAMIKAWA Yoko");
}

#[test]
fn a_damaged_list_of_names_is_said_and_keeps_nobody_from_working() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("names.ron"), "(names: [\n(name: \"A\")])").unwrap();
    let places = Places { settings: Some(folder.path().join("settings.ron")), ..Places::default() };
    let mut harness = window_with(Settings::default(), places);
    harness.get_by_label_contains("names.ron, line 2");
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "kam");
    assert_eq!(text(&harness, Field::Headline), "kam");
}

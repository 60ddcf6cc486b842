//! Names that are completed while one types, as a person would see it.
#![cfg(feature = "window")]

mod driven;

use driven::*;
use egui_kittest::{Harness, kittest::Queryable as _};
use release_composer::{
    editor::{Editor, Places},
    release::{Field, SignatoryLine, Style},
    storage::{Settings, WindowLanguage},
};

/// A window beside whose settings a list of names is.
fn window_with_names(language: WindowLanguage) -> (tempfile::TempDir, Harness<'static, Option<Editor>>) {
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
    let (_folder, mut harness) = window_with_names(WindowLanguage::English);
    click_paragraph(&mut harness, 1);
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
    let (_folder, mut harness) = window_with_names(WindowLanguage::Khmer);
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
    let (_folder, mut harness) = window_with_names(WindowLanguage::English);
    click_paragraph(&mut harness, 1);
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
    settle(&mut harness);
    assert_eq!(text(&harness, Field::Paragraph(1)), "KAMIKAWA Yoko");
    type_text(&mut harness, "!");
    assert_eq!(text(&harness, Field::Paragraph(1)), "KAMIKAWA Yoko!", "a click leaves the keyboard where it is");
}

#[test]
fn without_names_enter_and_tab_are_the_fields() {
    let (_folder, mut harness) = window_with_names(WindowLanguage::English);
    click_paragraph(&mut harness, 1);
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
    let (_folder, mut harness) = window_with_names(WindowLanguage::English);
    click_paragraph(&mut harness, 1);
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
    let (_folder, mut harness) = window_with_names(WindowLanguage::English);
    click_field(&mut harness, "Title of the signatory");
    type_text(&mut harness, "kam");
    key(&mut harness, NONE, egui::Key::Enter);
    assert_eq!(text(&harness, Field::Signatory(0, SignatoryLine::Title)), "Minister for Foreign Affairs of Japan");
    key(&mut harness, NONE, egui::Key::Enter);
    type_text(&mut harness, "Yok");
    key(&mut harness, NONE, egui::Key::Enter);
    assert_eq!(text(&harness, Field::Signatory(0, SignatoryLine::Name)), "KAMIKAWA Yoko");
}

#[test]
fn a_signatory_who_is_chosen_brings_the_title_unless_there_is_one() {
    let (_folder, mut harness) = window_with_names(WindowLanguage::English);
    let (name, title) = (Field::Signatory(0, SignatoryLine::Name), Field::Signatory(0, SignatoryLine::Title));
    let choose = |harness: &mut Harness<'static, Option<Editor>>| {
        click_field(harness, "Name of the signatory");
        type_text(harness, "Yok");
        harness.run_steps(2);
        key(harness, NONE, egui::Key::Enter);
    };
    choose(&mut harness);
    assert_eq!(text(&harness, name), "KAMIKAWA Yoko");
    assert_eq!(text(&harness, title), "Minister for Foreign Affairs of Japan");
    // One step takes both back.
    key(&mut harness, CTRL, egui::Key::Z);
    assert_eq!((text(&harness, name), text(&harness, title)), ("Yok".to_owned(), String::new()));
    key(&mut harness, CTRL, egui::Key::Z);
    click_field(&mut harness, "Title of the signatory");
    type_text(&mut harness, "Envoy");
    choose(&mut harness);
    assert_eq!((text(&harness, name), text(&harness, title)), ("KAMIKAWA Yoko".to_owned(), "Envoy".to_owned()));
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

/// A window with an own list and one that the office shares, looking at the names.
fn looking_at_names() -> (tempfile::TempDir, Harness<'static, Option<Editor>>) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("names.ron"), "// ours\n(names: [(english: \"KAMIMURA Ken\")])").unwrap();
    std::fs::write(folder.path().join("office.ron"), "(names: [(english: \"SOK Dara\", khmer: \"សុខ តារា\")])").unwrap();
    let places = Places { settings: Some(folder.path().join("settings.ron")), ..Places::default() };
    let settings = Settings { names: vec!["office.ron".into()], ..Settings::default() };
    let mut harness = window_with(settings, places);
    choose(&mut harness, "Names and titles…");
    wait_for(&mut harness, "SOK Dara");
    (folder, harness)
}

fn choose(harness: &mut Harness<'_, Option<Editor>>, item: &str) {
    harness.get_by_label("Edit").click();
    settle(harness);
    harness.get_by_label_contains(item).click();
    settle(harness);
}

/// What a thread brings.
fn wait_for(harness: &mut Harness<'_, Option<Editor>>, label: &str) {
    wait_until(harness, label, |harness| harness.query_by_label(label).is_some());
}

/// A name that is offered, once the list that has it is read.
fn wait_for_offer(harness: &mut Harness<'_, Option<Editor>>, name: &str) {
    let option = egui::accesskit::Role::ListBoxOption;
    wait_until(harness, name, |harness| harness.query_by_role_and_label(option, name).is_some());
}

fn wait_until(
    harness: &mut Harness<'_, Option<Editor>>,
    what: &str,
    came: impl Fn(&Harness<'_, Option<Editor>>) -> bool,
) {
    let start = std::time::Instant::now();
    while !came(harness) {
        assert!(start.elapsed() < std::time::Duration::from_secs(300), "{what} did not come");
        std::thread::sleep(std::time::Duration::from_millis(10));
        harness.run_steps(1);
    }
}

fn press(harness: &mut Harness<'_, Option<Editor>>, button: &str) {
    harness.get_by_label(button).click();
    settle(harness);
}

#[test]
fn people_are_added_changed_and_deleted_without_an_editor_of_text() {
    let (folder, mut harness) = looking_at_names();
    let list = || std::fs::read_to_string(folder.path().join("names.ron")).unwrap();
    type_text(&mut harness, " HUN  Manet");
    click_field(&mut harness, "Title (English)");
    type_text(&mut harness, "Prime Minister");
    click_field(&mut harness, "Name (ភាសាខ្មែរ)");
    type_text(&mut harness, "ហ៊ុន ម៉ាណែត");
    key(&mut harness, NONE, egui::Key::Escape);
    click_field(&mut harness, "Name (ភាសាខ្មែរ)");
    key(&mut harness, NONE, egui::Key::Enter);
    let entry = "english: \"HUN Manet\",\n    khmer: \"ហ៊ុន ម៉ាណែត\",\n    title: (english: \"Prime Minister\"),";
    assert!(list().starts_with("// ours\n") && list().contains(entry), "{}", list());
    // Another person is selected before a change is saved: the change is saved.
    click_field(&mut harness, "Title (English)");
    type_text(&mut harness, "Acting ");
    press(&mut harness, "KAMIMURA Ken");
    assert!(list().contains("Acting Prime Minister") || list().contains("Prime MinisterActing "), "{}", list());
    press(&mut harness, "Delete");
    assert!(list().contains("KAMIMURA"), "deleting is asked twice");
    press(&mut harness, "Really delete?");
    assert!(!list().contains("KAMIMURA") && list().contains("HUN Manet"));
    press(&mut harness, "Close");
    // And what was kept is completed.
    settle(&mut harness);
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "HUN");
    wait_for_offer(&mut harness, "HUN Manet");
}

#[test]
fn what_is_wrong_with_a_person_is_said_and_nothing_is_lost() {
    let (folder, mut harness) = looking_at_names();
    click_field(&mut harness, "Title (English)");
    type_text(&mut harness, "Nobody");
    press(&mut harness, "Close");
    harness.get_by_label_contains("needs a name");
    press(&mut harness, "Discard changes");
    assert!(harness.query_by_label_contains("needs a name").is_none());
    // A person of the office's list is copied into the user's own.
    press(&mut harness, "SOK Dara");
    harness.get_by_label_contains("office.ron, a list that your office shares");
    press(&mut harness, "Copy to my list");
    assert!(std::fs::read_to_string(folder.path().join("names.ron")).unwrap().contains("សុខ តារា"));
    key(&mut harness, NONE, egui::Key::Escape);
    assert!(harness.query_by_label("New person").is_none(), "closed");
}

#[test]
fn a_selected_name_is_added() {
    let (folder, mut harness) = looking_at_names();
    press(&mut harness, "Close");
    click_paragraph(&mut harness, 1);
    type_text(&mut harness, "លោក ជា វណ្ណ");
    key(&mut harness, egui::Modifiers::SHIFT | CTRL, egui::Key::ArrowLeft);
    key(&mut harness, egui::Modifiers::SHIFT | CTRL, egui::Key::ArrowLeft);
    choose(&mut harness, "Add to the names…");
    press(&mut harness, "Save in the list");
    let list = std::fs::read_to_string(folder.path().join("names.ron")).unwrap();
    assert!(list.contains("khmer: \"ជា វណ្ណ\""), "{list}");
    press(&mut harness, "Close");
    // One who is listed is shown instead.
    click_paragraph(&mut harness, 1);
    key(&mut harness, CTRL, egui::Key::A);
    type_text(&mut harness, "KAMIMURA Ken");
    key(&mut harness, CTRL, egui::Key::A);
    choose(&mut harness, "Add to the names…");
    harness.get_by_label("Delete");
}

#[test]
fn a_list_that_changes_is_read_again_when_the_window_comes_to_the_front() {
    let (folder, mut harness) = window_with_names(WindowLanguage::English);
    let list = "(names: [(english: \"LIM Sokha\"), (english: \"LIM Veasna\")])";
    std::fs::write(folder.path().join("names.ron"), list).unwrap();
    for focused in [false, true] {
        harness.input_mut().focused = focused;
        harness.event(egui::Event::WindowFocused(focused));
        harness.run_steps(2);
    }
    settle(&mut harness);
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "lim");
    wait_for_offer(&mut harness, "LIM Veasna");
}

#[test]
fn a_key_that_came_before_the_list_was_seen_is_not_the_lists() {
    let (_folder, mut harness) = window_with_names(WindowLanguage::English);
    click_paragraph(&mut harness, 1);
    type_text(&mut harness, "with ka");
    // Both within one frame, as where the machine is slow.
    let enter =
        egui::Event::Key { key: egui::Key::Enter, physical_key: None, pressed: true, repeat: false, modifiers: NONE };
    harness.input_mut().events.extend([egui::Event::Text("m".into()), enter]);
    settle(&mut harness);
    assert_eq!(text(&harness, Field::Paragraph(0)), "with kam");
    assert_eq!(editor(&harness).release().body.len(), 2);
}

#[test]
fn escape_hides_the_names_before_it_closes_the_search() {
    let (_folder, mut harness) = window_with_names(WindowLanguage::English);
    key(&mut harness, CTRL, egui::Key::F);
    click_paragraph(&mut harness, 1);
    type_text(&mut harness, "kam");
    key(&mut harness, NONE, egui::Key::Escape);
    assert!(harness.query_by_label("KAMIKAWA Yoko").is_none());
    harness.get_by_label("Match case");
    key(&mut harness, NONE, egui::Key::Escape);
    assert!(harness.query_by_label("Match case").is_none());
}

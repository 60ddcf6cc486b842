//! Templates in the window: chosen, filled in, made and kept.
#![cfg(feature = "window")]

mod driven;

use std::time::{Duration, Instant};

use driven::*;
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use release_composer::{
    editor::{Editor, Places},
    release::{Field, Kind, Language, Lock, Placeholder, Release, SigningDate, Template},
    storage::{self, Settings, WindowLanguage},
};

const SHIFT_CTRL: egui::Modifiers = egui::Modifiers::COMMAND.plus(egui::Modifiers::SHIFT);

type Window = Harness<'static, Option<Editor>>;

/// A window whose settings, and so whose templates, are in a folder.
fn window_in(folder: &std::path::Path, language: WindowLanguage) -> Window {
    let places = Places { settings: Some(folder.join("settings.ron")), ..Places::default() };
    window_with(Settings { language, ..Settings::default() }, places)
}

/// Opens the library, lets the draft in the window go for it, and waits until a template of this name is there; chooses it.
fn choose(harness: &mut Window, name: &str) {
    key(harness, CTRL, egui::Key::T);
    settle(harness);
    if harness.query_by_label("Do not save").is_some() {
        press(harness, "Do not save");
    }
    let start = Instant::now();
    while harness.query_by_label(name).is_none() {
        assert!(start.elapsed() < Duration::from_secs(300), "no template is called {name}");
        std::thread::sleep(Duration::from_millis(20));
        harness.run_steps(1);
    }
    // The window that it is in comes up first.
    settle(harness);
    harness.get_by_label(name).click();
    harness.run_steps(2);
}

fn press(harness: &mut Window, label: &str) {
    harness.get_by_role_and_label(egui::accesskit::Role::Button, label).click();
    settle(harness);
}

/// The window that asks what the bundled template of condolences is to be filled with.
fn condolences() -> (tempfile::TempDir, Window) {
    let place = tempfile::tempdir().unwrap();
    let mut harness = window_in(place.path(), WindowLanguage::English);
    choose(&mut harness, "Condolences");
    press(&mut harness, "Use this template…");
    (place, harness)
}

#[test]
fn a_template_is_chosen_filled_in_and_undone() {
    let (_place, mut harness) = condolences();
    click_field(&mut harness, "The other country");
    type_text(&mut harness, "Japan");
    press(&mut harness, "Begin the draft");
    let release = editor(&harness).release().clone();
    assert!(release.body[2].text.as_str().ends_with("solidarity with Japan at this time of grief."));
    assert_eq!(release.signature.date.day(), Some(chrono::Local::now().date_naive()));
    assert!(editor(&harness).is_unsaved() && release.template.is_none());
    harness.get_by_label("3 answers are still to come");
    // What is left is filled in later, and taken back in one step.
    key(&mut harness, SHIFT_CTRL, egui::Key::T);
    click_field(&mut harness, "What happened and when, such as: the earthquake that struck … on …");
    type_text(&mut harness, "the flood");
    press(&mut harness, "Fill in");
    assert!(text(&harness, Field::Paragraph(0)).ends_with("learned with profound sadness of the flood."));
    key(&mut harness, CTRL, egui::Key::Z);
    assert_eq!(*editor(&harness).release(), release);
}

#[test]
fn answers_are_typed_with_curly_quotes_as_the_text_is() {
    let (_place, mut harness) = condolences();
    click_field(&mut harness, "The other country");
    // The dash comes with the end of the word behind it: at last as the answers are taken.
    type_text(&mut harness, "Japan's \"North\" -- era");
    press(&mut harness, "Begin the draft");
    let text = editor(&harness).release().body[2].text.as_str().to_owned();
    assert!(text.ends_with("solidarity with Japan’s “North” – era at this time of grief."), "{text}");
}

#[test]
fn a_person_who_is_chosen_stands_in_the_draft_with_one_title() {
    let place = tempfile::tempdir().unwrap();
    let list = r#"(names: [
        (english: "KAMIKAWA Yoko", title: (english: "Minister for Foreign Affairs of Japan")),
        (english: "SATO Ken", title: (english: "Ambassador of Japan")),
    ])"#;
    std::fs::write(place.path().join("names.ron"), list).unwrap();
    let mut harness = window_in(place.path(), WindowLanguage::English);
    choose(&mut harness, "Press release on a call or meeting");
    press(&mut harness, "Use this template…");
    let pick = |harness: &mut Window, typed: &str| {
        click_field(harness, "Who spoke for the other side, with honorific");
        key(harness, CTRL, egui::Key::A);
        type_text(harness, typed);
        harness.run_steps(2);
        key(harness, NONE, egui::Key::Enter);
        settle(harness);
    };
    pick(&mut harness, "sat");
    // Another one takes the place of the first, and so does the title.
    pick(&mut harness, "kam");
    press(&mut harness, "Begin the draft");
    let body = text(&harness, Field::Paragraph(0));
    assert!(body.ends_with("with KAMIKAWA Yoko, Minister for Foreign Affairs of Japan."), "{body}");
}

#[test]
fn a_date_that_is_today_by_default_is_so_with_spaces_around_it() {
    let place = tempfile::tempdir().unwrap();
    let mut template = Release { template: Some(Template::default()), ..Release::blank(Language::English) };
    template.signature.date = SigningDate::Placeholder("when".into());
    template.placeholders = vec![Placeholder { default: " today ".into(), ..Placeholder::of("when") }];
    std::fs::create_dir(place.path().join("templates")).unwrap();
    storage::save(&place.path().join("templates/Notice.ron"), &template).unwrap();
    let mut harness = window_in(place.path(), WindowLanguage::English);
    choose(&mut harness, "Notice");
    press(&mut harness, "Use this template…");
    press(&mut harness, "Begin the draft");
    assert_eq!(editor(&harness).release().signature.date.day(), Some(chrono::Local::now().date_naive()));
}

#[test]
fn a_khmer_template_is_filled_in_by_enter() {
    let place = tempfile::tempdir().unwrap();
    let mut harness = window_in(place.path(), WindowLanguage::Khmer);
    choose(&mut harness, "សារលិខិតរំលែកទុក្ខ");
    key(&mut harness, NONE, egui::Key::Enter);
    settle(&mut harness);
    type_text(&mut harness, "ចំណងជើងថ្មី");
    key(&mut harness, NONE, egui::Key::Enter);
    harness.run_steps(2);
    type_text(&mut harness, "ឯកឧត្តម សុខ");
    press(&mut harness, "ចាប់ផ្តើមសេចក្តីព្រាង");
    assert_eq!(text(&harness, Field::Headline), "ចំណងជើងថ្មី");
    assert!(text(&harness, Field::Paragraph(0)).starts_with("ឯកឧត្តម សុខ ឧបនាយករដ្ឋមន្ត្រី"));
}

#[test]
fn a_draft_is_begun_by_enter_in_the_last_answer_and_by_ctrl_enter_in_any() {
    let (_place, mut harness) = condolences();
    for presses in 1.. {
        assert!(presses < 20, "Enter goes round");
        key(&mut harness, NONE, egui::Key::Enter);
        settle(&mut harness);
        if harness.query_by_label("Begin the draft").is_none() {
            break;
        }
    }
    assert!(editor(&harness).is_unsaved());

    let (_place, mut harness) = condolences();
    type_text(&mut harness, "Deep sorrow");
    key(&mut harness, CTRL, egui::Key::Enter);
    settle(&mut harness);
    assert!(harness.query_by_label("Begin the draft").is_none());
    assert_eq!(text(&harness, Field::Headline), "Deep sorrow");
}

#[test]
fn answers_are_not_lost_by_a_key() {
    let (_place, mut harness) = condolences();
    click_field(&mut harness, "The other country");
    type_text(&mut harness, "Japan");
    key(&mut harness, NONE, egui::Key::Escape);
    harness.get_by_role_and_label(egui::accesskit::Role::Button, "Begin the draft");
    // Escape goes to the button that gives them up.
    key(&mut harness, NONE, egui::Key::Enter);
    assert!(harness.query_by_label("Begin the draft").is_none() && !editor(&harness).is_unsaved());
}

#[test]
fn unsaved_changes_are_asked_about_before_a_template_takes_their_place() {
    let place = tempfile::tempdir().unwrap();
    let mut harness = window_in(place.path(), WindowLanguage::English);
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "x");
    key(&mut harness, CTRL, egui::Key::T);
    harness.get_by_label("Save the changes?");
    press(&mut harness, "Cancel");
    assert_eq!(text(&harness, Field::Headline), "x");
}

#[test]
fn what_a_template_has_fixed_stays_until_it_is_unlocked() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a.ron");
    let release = Release { locked: vec![Lock::Title, Lock::Signature], ..Release::blank(Language::English) };
    storage::save(&path, &release).unwrap();
    let mut harness = window_in(place.path(), WindowLanguage::English);
    open(&mut harness, path.to_str().unwrap());
    let field = harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "Title");
    assert!(field.accesskit_node().is_disabled());
    field.focus();
    harness.run_steps(2);
    type_text(&mut harness, "x");
    assert_eq!(text(&harness, Field::Title), "PRESS RELEASE");
    // A locked field does not take the keyboard, which stays where a new window has it.
    assert_eq!(text(&harness, Field::Headline), "x");
    // The keys pass it over, and a replacement leaves it alone.
    click_field(&mut harness, "Reference number");
    key(&mut harness, NONE, egui::Key::Enter);
    type_text(&mut harness, "press");
    assert_eq!(text(&harness, Field::Headline), "pressx");
    // The date is no part of what is fixed.
    press(&mut harness, "Today");
    assert!(editor(&harness).release().signature.date.day().is_some());
    press(&mut harness, "Unlock (Title)");
    click_field(&mut harness, "Title");
    key(&mut harness, CTRL, egui::Key::A);
    type_text(&mut harness, "STATEMENT");
    assert_eq!(text(&harness, Field::Title), "STATEMENT");
    key(&mut harness, CTRL, egui::Key::Z);
    key(&mut harness, CTRL, egui::Key::Z);
    assert_eq!(editor(&harness).release().locked, [Lock::Title, Lock::Signature]);
}

#[test]
fn selected_words_become_a_placeholder_and_the_draft_a_template() {
    let place = tempfile::tempdir().unwrap();
    let mut harness = window_in(place.path(), WindowLanguage::English);
    open(&mut harness, SAMPLE);
    click_field(&mut harness, "Headline");
    key(&mut harness, CTRL, egui::Key::Home);
    key(&mut harness, egui::Modifiers::SHIFT.plus(CTRL), egui::Key::ArrowRight);
    key(&mut harness, SHIFT_CTRL, egui::Key::M);
    harness.run_steps(2);
    type_text(&mut harness, "country");
    press(&mut harness, "Make it");
    let headline = text(&harness, Field::Headline);
    assert!(headline.starts_with("{{country}} to "), "{headline}");
    let declared = editor(&harness).release().placeholders.clone();
    assert_eq!(declared.len(), 1);
    assert_eq!((declared[0].name.as_str(), declared[0].default.as_str()), ("country", "Japan"));

    press(&mut harness, "File");
    harness.get_by_label_contains("Save as a template").click();
    settle(&mut harness);
    type_text(&mut harness, "Call: Japan");
    press(&mut harness, "Save the template");
    let kept = storage::open(&place.path().join("templates/Call Japan.release")).unwrap();
    assert_eq!(kept.template.as_ref().map(|template| template.name.as_str()), Some("Call: Japan"));
    assert_eq!(kept.locked, [Lock::Letterhead, Lock::Page]);
    assert_eq!(kept.signature.date, SigningDate::Placeholder("signed".into()));
    // The draft itself is no template.
    assert_eq!(editor(&harness).release().template, None);
    choose(&mut harness, "Call: Japan");
}

#[test]
fn a_template_is_worked_on_in_the_window() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a.ron");
    let template = Release {
        template: Some(Template { name: "Call".into(), purpose: String::new() }),
        headline: "{{who}}".into(),
        locked: vec![Lock::Title],
        ..Release::blank(Language::English)
    };
    storage::save(&path, &template).unwrap();
    let mut harness = window_in(place.path(), WindowLanguage::English);
    open(&mut harness, path.to_str().unwrap());
    click_field(&mut harness, "Name of the template");
    type_text(&mut harness, "!");
    // In a template nothing is locked, and nothing is declared before something is said of it.
    click_field(&mut harness, "Title");
    key(&mut harness, CTRL, egui::Key::End);
    type_text(&mut harness, "S");
    harness.get_by_label_contains("{{who}}").click();
    settle(&mut harness);
    assert_eq!(editor(&harness).release().placeholders, []);
    harness.get_by_role_and_label(egui::accesskit::Role::Button, "Date").click();
    harness.run_steps(2);
    key(&mut harness, CTRL, egui::Key::S);
    let saved = storage::open(&path).unwrap();
    assert_eq!(saved.template.map(|template| template.name), Some("!Call".to_owned()));
    assert_eq!(saved.title, "PRESS RELEASES");
    assert_eq!(saved.placeholders, [Placeholder { kind: Kind::Date, ..Placeholder::of("who") }]);
}

#[test]
fn a_listed_name_is_completed_in_an_answer() {
    let place = tempfile::tempdir().unwrap();
    let list = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/names.ron");
    std::fs::copy(list, place.path().join("names.ron")).unwrap();
    let mut harness = window_in(place.path(), WindowLanguage::English);
    choose(&mut harness, "Condolences");
    press(&mut harness, "Use this template…");
    click_field(&mut harness, "Who expresses condolences, with honorific");
    type_text(&mut harness, "kam");
    harness.run_steps(2);
    // Enter takes the name, and only the next one goes on to the next question.
    key(&mut harness, NONE, egui::Key::Enter);
    type_text(&mut harness, "!");
    press(&mut harness, "Begin the draft");
    let first = text(&harness, Field::Paragraph(0));
    assert!(first.starts_with("KAMIKAWA Yoko!, "), "{first}");
}

/// A template in a file, opened, with the header of each of its placeholders.
fn working_on(headline: &str) -> (tempfile::TempDir, Window) {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a.ron");
    let template = Some(Template { name: "Call".into(), purpose: String::new() });
    let release = Release { template, headline: headline.into(), ..Release::blank(Language::English) };
    storage::save(&path, &release).unwrap();
    let mut harness = window_in(place.path(), WindowLanguage::English);
    open(&mut harness, path.to_str().unwrap());
    (place, harness)
}

#[test]
fn what_is_typed_about_a_placeholder_stays_with_it() {
    let (_place, mut harness) = working_on("{{a}} and {{b}}");
    harness.get_by_label_contains("{{b}}").click();
    settle(&mut harness);
    let question = harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "Question");
    question.focus();
    harness.run_steps(2);
    type_text(&mut harness, "When?");
    let declared = editor(&harness).release().placeholders.clone();
    assert_eq!(declared, [Placeholder { prompt: "When?".into(), ..Placeholder::of("b") }]);
}

#[test]
fn a_question_goes_with_the_draft_it_is_about() {
    let (place, mut harness) = condolences();
    click_field(&mut harness, "The other country");
    // The window of the questions comes up first.
    harness.run_steps(10);
    press(&mut harness, "Begin the draft");
    let path = place.path().join("first.ron");
    storage::save(&path, editor(&harness).release()).unwrap();
    open(&mut harness, path.to_str().unwrap());
    for shortcut in [egui::Key::T, egui::Key::M] {
        click_field(&mut harness, "Headline");
        key(&mut harness, CTRL, egui::Key::A);
        key(&mut harness, SHIFT_CTRL, shortcut);
        harness.run_steps(2);
        harness.get_by_role_and_label(egui::accesskit::Role::Button, "Cancel");
        open(&mut harness, SAMPLE);
        assert!(harness.query_by_label("Cancel").is_none(), "the question is gone");
        assert!(!editor(&harness).is_unsaved());
        open(&mut harness, path.to_str().unwrap());
    }
}

#[test]
fn a_key_on_cancel_takes_no_template() {
    let place = tempfile::tempdir().unwrap();
    let mut harness = window_in(place.path(), WindowLanguage::English);
    choose(&mut harness, "Condolences");
    harness.get_by_role_and_label(egui::accesskit::Role::Button, "Cancel").focus();
    harness.run_steps(2);
    key(&mut harness, NONE, egui::Key::Enter);
    settle(&mut harness);
    assert!(harness.query_by_label("Begin the draft").is_none());
    assert!(harness.query_by_label("Use this template…").is_none());
}

#[test]
fn a_placeholder_being_made_is_not_lost_by_a_key() {
    let place = tempfile::tempdir().unwrap();
    let mut harness = window_in(place.path(), WindowLanguage::English);
    open(&mut harness, SAMPLE);
    click_field(&mut harness, "Headline");
    key(&mut harness, CTRL, egui::Key::A);
    key(&mut harness, SHIFT_CTRL, egui::Key::M);
    harness.run_steps(2);
    key(&mut harness, NONE, egui::Key::Escape);
    assert!(harness.query_by_label("Make it").is_none(), "nothing was typed yet");
    key(&mut harness, SHIFT_CTRL, egui::Key::M);
    harness.run_steps(2);
    type_text(&mut harness, "what");
    key(&mut harness, NONE, egui::Key::Escape);
    press(&mut harness, "Make it");
    assert_eq!(text(&harness, Field::Headline), "{{what}}");
}

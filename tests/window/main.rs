//! The window, used as a person would: controls are found by their names.
#![cfg(feature = "window")]

#[path = "../driven/mod.rs"]
mod driven;
mod dropping;
mod finding;
mod listening;
mod narrow;
mod saving;

use driven::*;
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use release_composer::{
    editor::{Editor, FileAnswer, FileDialogs, Places},
    release::{Emblem, Field, Paragraph, Release, RichText, Style, file},
    storage::{self, Settings, WindowLanguage, versions::Versions},
};

#[test]
fn a_new_release_has_the_ministrys_letterhead() {
    let mut harness = window(Settings::default());
    assert_eq!(text(&harness, Field::Kingdom), "KINGDOM OF CAMBODIA");
    assert!(!editor(&harness).is_unsaved());
    type_text(&mut harness, "x");
    wait_for(&mut harness, "things to look at");
}

#[test]
fn another_draft_begins_at_its_top() {
    let mut harness = window(Settings::default());
    // Lower than the form, so that form and page are scrolled.
    harness.set_size(egui::vec2(1280.0, 500.0));
    open(&mut harness, SAMPLE);
    click_end_of_paragraph(&mut harness, 4);
    let top = |harness: &Harness<'_, Option<Editor>>| {
        let field = harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "Headline").rect().top();
        let page = harness.query_by_role_and_label(egui::accesskit::Role::Document, "Page 1 of 2");
        (field, page.map(|page| page.rect().top()))
    };
    let scrolled = top(&harness);
    open(&mut harness, &SAMPLE.replace(".en.", ".km."));
    harness.run_steps(4);
    let (field, page) = top(&harness);
    assert!(field > scrolled.0 + 100.0, "{field} after {scrolled:?}");
    assert!(page.is_some_and(|page| page > 0.0), "{page:?} after {scrolled:?}");
}

#[test]
fn a_headline_is_typed_undone_and_redone() {
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "ជប៉ុន supports");
    assert_eq!(text(&harness, Field::Headline), "ជប៉ុន supports");
    assert!(editor(&harness).is_unsaved());
    key(&mut harness, CTRL, egui::Key::Z);
    assert_eq!(text(&harness, Field::Headline), "ជប៉ុន ");
    key(&mut harness, CTRL, egui::Key::Z);
    assert_eq!(text(&harness, Field::Headline), "");
    assert!(!editor(&harness).is_unsaved());
    key(&mut harness, CTRL, egui::Key::Y);
    key(&mut harness, CTRL, egui::Key::Y);
    assert_eq!(text(&harness, Field::Headline), "ជប៉ុន supports");
}

#[test]
fn backspace_in_khmer_takes_a_subscript_whole() {
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "ស្ត្រី");
    for want in ["ស្ត្រ", "ស្ត", "ស", ""] {
        key(&mut harness, NONE, egui::Key::Backspace);
        assert_eq!(text(&harness, Field::Headline), want);
    }
}

#[test]
fn enter_splits_a_paragraph_and_backspace_joins_it() {
    let mut harness = window(Settings::default());
    click_paragraph(&mut harness, 1);
    type_text(&mut harness, "one two");
    key(&mut harness, NONE, egui::Key::ArrowLeft);
    key(&mut harness, NONE, egui::Key::ArrowLeft);
    key(&mut harness, NONE, egui::Key::ArrowLeft);
    key(&mut harness, NONE, egui::Key::Enter);
    assert_eq!(text(&harness, Field::Paragraph(0)), "one ");
    assert_eq!(text(&harness, Field::Paragraph(1)), "two");
    type_text(&mut harness, "x");
    assert_eq!(text(&harness, Field::Paragraph(1)), "xtwo");
    key(&mut harness, NONE, egui::Key::Home);
    key(&mut harness, NONE, egui::Key::Backspace);
    assert_eq!(text(&harness, Field::Paragraph(0)), "one xtwo");
    assert_eq!(editor(&harness).release().body.len(), 1);
}

#[test]
fn a_key_that_leaves_a_field_is_used_once() {
    let mut harness = window(Settings::default());
    open(&mut harness, SAMPLE);
    let paragraphs = editor(&harness).release().body.len();
    click_end_of_paragraph(&mut harness, 2);
    key(&mut harness, NONE, egui::Key::Enter);
    assert_eq!(editor(&harness).release().body.len(), paragraphs + 1);
    type_text(&mut harness, "x");
    assert_eq!(text(&harness, Field::Paragraph(2)), "x");
    // Enter goes to the next field, and no further: over the title to the headline.
    click_field(&mut harness, "Reference number");
    key(&mut harness, NONE, egui::Key::Enter);
    key(&mut harness, NONE, egui::Key::Enter);
    type_text(&mut harness, " y");
    assert!(text(&harness, Field::Headline).ends_with(" y"), "{}", text(&harness, Field::Headline));
    assert_eq!(text(&harness, Field::Title), "PRESS RELEASE");
}

#[test]
fn what_an_input_method_composes_is_shown_before_it_is_text() {
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "ab");
    let preedit = |text: &str| egui::ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None };
    harness.event(egui::Event::Ime(preedit("ខ្")));
    harness.run_steps(2);
    assert_eq!(text(&harness, Field::Headline), "ab");
    assert_eq!(value(&harness, "Headline"), "abខ្");
    harness.event(egui::Event::Ime(egui::ImeEvent::Commit("ខ្មែរ".to_owned())));
    harness.run_steps(2);
    assert_eq!(text(&harness, Field::Headline), "abខ្មែរ");
    let surrounding = egui::ImeEvent::DeleteSurrounding { before_chars: 6, after_chars: 3 };
    harness.event(egui::Event::Ime(surrounding));
    harness.run_steps(2);
    assert_eq!(text(&harness, Field::Headline), "a");
    // What is composed when the caret goes elsewhere is dropped.
    harness.event(egui::Event::Ime(preedit("ខ")));
    harness.run_steps(2);
    click_field(&mut harness, "Title");
    assert_eq!(value(&harness, "Headline"), "a");
}

#[test]
fn bold_is_switched_for_a_selection_and_for_what_is_typed_next() {
    let mut harness = window(Settings::default());
    click_paragraph(&mut harness, 1);
    type_text(&mut harness, "HUN Manet");
    key(&mut harness, CTRL, egui::Key::A);
    key(&mut harness, CTRL, egui::Key::B);
    let body = &editor(&harness).release().body[0].text;
    assert_eq!(body.style_of(0..9), Style::BOLD);
    key(&mut harness, NONE, egui::Key::End);
    key(&mut harness, CTRL, egui::Key::B);
    type_text(&mut harness, " said");
    let body = &editor(&harness).release().body[0].text;
    assert_eq!((body.style_of(0..9), body.style_of(9..14)), (Style::BOLD, Style::PLAIN));
}

#[test]
fn pasted_lines_become_paragraphs() {
    let mut harness = window(Settings::default());
    click_paragraph(&mut harness, 1);
    harness.event(egui::Event::Paste("one\r\ntwo\u{0}\nthree".into()));
    settle(&mut harness);
    let body: Vec<String> = editor(&harness).release().body.iter().map(|p| p.text.as_str().to_owned()).collect();
    assert_eq!(body, ["one", "two", "three"]);
    type_text(&mut harness, "!");
    assert_eq!(text(&harness, Field::Paragraph(2)), "three!");
}

#[test]
fn a_bad_draft_is_named_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bad.ron");
    std::fs::write(&path, "(format: 1, language: Klingon)").unwrap();
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "kept");
    open(&mut harness, path.to_str().unwrap());
    harness.get_by_label_contains("bad.ron is damaged");
    harness.get_by_role_and_label(egui::accesskit::Role::Button, "Close").click();
    settle(&mut harness);
    assert!(harness.query_by_label_contains("bad.ron is damaged").is_none());
    assert_eq!(text(&harness, Field::Headline), "kept");
}

#[test]
fn unsaved_changes_are_asked_about() {
    let mut harness = window(Settings::default());
    open(&mut harness, SAMPLE);
    click_field(&mut harness, "Title");
    type_text(&mut harness, "X");
    key(&mut harness, CTRL, egui::Key::N);
    harness.get_by_label_contains("has changes that are not saved yet");
    harness.get_by_label("Cancel").click();
    settle(&mut harness);
    assert!(text(&harness, Field::Title).contains('X'));
    key(&mut harness, CTRL, egui::Key::N);
    harness.get_by_label("Do not save").click();
    settle(&mut harness);
    assert_eq!(text(&harness, Field::Headline), "");
}

#[test]
fn the_window_speaks_khmer_and_changes_language_while_it_runs() {
    let mut harness = window(Settings { language: WindowLanguage::Khmer, ..Settings::default() });
    assert_eq!(text(&harness, Field::Kingdom), "ព្រះរាជាណាចក្រកម្ពុជា");
    harness.get_by_label("មើល").click();
    settle(&mut harness);
    harness.get_by_label("English").click();
    settle(&mut harness);
    harness.get_by_label("File");
}

#[test]
fn every_control_has_a_name() {
    use egui::accesskit::Role;
    let mut harness = window(Settings::default());
    open(&mut harness, SAMPLE);
    let named = [Role::Button, Role::TextInput, Role::MultilineTextInput, Role::CheckBox, Role::SpinButton];
    let mut seen = 0;
    for node in harness.root().children_recursive() {
        let node = node.accesskit_node();
        if named.contains(&node.role()) && !node.is_hidden() {
            let label = node.label().unwrap_or_default();
            assert!(label.chars().any(char::is_alphanumeric), "{:?} has no name", node.role());
            seen += 1;
        }
    }
    assert!(seen > 25, "{seen}");
}

#[test]
fn a_small_window_and_an_endless_word_do_no_harm() {
    let mut harness = window(Settings::default());
    harness.set_size(egui::vec2(420.0, 260.0));
    click_field(&mut harness, "Headline");
    harness.event(egui::Event::Paste("ព្រះរាជាណាចក្រកម្ពុជា".repeat(300)));
    settle(&mut harness);
    assert_eq!(text(&harness, Field::Headline).len(), "ព្រះរាជាណាចក្រកម្ពុជា".len() * 300);
}

fn value(harness: &Harness<'_, Option<Editor>>, label: &str) -> String {
    harness.get_by_role_and_label(egui::accesskit::Role::TextInput, label).accesskit_node().value().unwrap_or_default()
}

#[test]
fn khmer_is_put_in_order_as_it_is_typed_and_pasted_and_undone_in_one() {
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Headline");
    // The vowel before the subscript. While the caret is in the letter it stays as typed.
    type_text(&mut harness, "ក\u{17B6}\u{17D2}រ");
    assert_eq!(text(&harness, Field::Headline), "ក\u{17B6}\u{17D2}រ");
    type_text(&mut harness, "ម");
    assert_eq!(text(&harness, Field::Headline), "ក\u{17D2}រ\u{17B6}ម");
    type_text(&mut harness, "ក\u{17B6}\u{17D2}រ");
    key(&mut harness, NONE, egui::Key::Home);
    assert_eq!(text(&harness, Field::Headline), "ក\u{17D2}រ\u{17B6}មក\u{17D2}រ\u{17B6}");
    key(&mut harness, CTRL, egui::Key::Z);
    assert_eq!(text(&harness, Field::Headline), "");
    harness.event(egui::Event::Paste("ក\u{17B6}\u{17D2}រ".into()));
    harness.run_steps(2);
    assert_eq!(text(&harness, Field::Headline), "ក\u{17D2}រ\u{17B6}");
}

#[test]
fn leaving_a_field_puts_its_last_letter_in_order() {
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "ក\u{17B6}\u{17D2}រ");
    click_field(&mut harness, "Title");
    assert_eq!(text(&harness, Field::Headline), "ក\u{17D2}រ\u{17B6}");
    type_text(&mut harness, "x");
    key(&mut harness, CTRL, egui::Key::Z);
    key(&mut harness, CTRL, egui::Key::Z);
    assert_eq!(text(&harness, Field::Headline), "");
}

#[test]
fn a_draft_from_a_file_is_put_in_order_and_its_file_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.ron");
    let written = "(format: 1, language: Khmer, headline: \"ក\u{17B6}\u{17D2}រ ក\u{17D2}\")";
    std::fs::write(&path, written).unwrap();
    let mut harness = window(Settings::default());
    open(&mut harness, path.to_str().unwrap());
    click_field(&mut harness, "Headline");
    key(&mut harness, NONE, egui::Key::End);
    key(&mut harness, NONE, egui::Key::Home);
    assert_eq!(text(&harness, Field::Headline), "ក\u{17D2}រ\u{17B6} ក\u{17D2}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), written);
}

#[test]
fn page_up_and_down_and_shift_select_over_lines() {
    let mut harness = window(Settings::default());
    click_paragraph(&mut harness, 1);
    harness.event(egui::Event::Paste("word ".repeat(300)));
    settle(&mut harness);
    key(&mut harness, CTRL, egui::Key::Home);
    key(&mut harness, SHIFT, egui::Key::PageDown);
    key(&mut harness, NONE, egui::Key::Delete);
    let left = text(&harness, Field::Paragraph(0)).len();
    assert!(left > 0 && left < 1500 && left.is_multiple_of(5), "{left}");
    key(&mut harness, CTRL, egui::Key::End);
    key(&mut harness, SHIFT, egui::Key::PageUp);
    key(&mut harness, NONE, egui::Key::Delete);
    assert!(text(&harness, Field::Paragraph(0)).len() < left);
}

#[test]
fn a_paragraph_that_rests_out_of_view_is_found_typed_into_and_undone() {
    // Without a screen reader only paragraphs near the view are laid out; the harness is one.
    let ctx = egui::Context::default();
    let mut editor = Editor::new(&ctx, Settings::default(), Places::default());
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("long.ron");
    let body =
        (0..200).map(|i| Paragraph::new(RichText::plain(format!("paragraph number {i} ") + &"word ".repeat(40))));
    let release = Release { body: body.collect(), ..Release::default() };
    std::fs::write(&draft, file::write(&release)).unwrap();
    editor.open_file(&draft);
    let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1280.0, 900.0));
    let frame = |editor: &mut Editor, event: Option<egui::Event>| {
        for events in [event.into_iter().collect(), Vec::new(), Vec::new()] {
            let input = egui::RawInput { screen_rect: Some(screen), events, ..egui::RawInput::default() };
            ctx.run_ui(input, |ui| editor.show(ui)).textures_delta.clear();
        }
    };
    let press =
        |key, modifiers| Some(egui::Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers });
    let text = |text: &str| Some(egui::Event::Text(text.to_owned()));
    frame(&mut editor, None);
    frame(&mut editor, press(egui::Key::F, CTRL));
    frame(&mut editor, text("number 150"));
    frame(&mut editor, press(egui::Key::Enter, NONE));
    frame(&mut editor, press(egui::Key::Escape, NONE));
    frame(&mut editor, text("x"));
    assert!(editor.release().body[150].text.as_str().starts_with("paragraph x word"));
    // Up from its first line is the paragraph before, which rested until now.
    frame(&mut editor, press(egui::Key::Home, NONE));
    frame(&mut editor, press(egui::Key::ArrowUp, NONE));
    frame(&mut editor, press(egui::Key::End, NONE));
    frame(&mut editor, text("y"));
    assert!(editor.release().body[149].text.as_str().ends_with('y'));
    for _ in 0..2 {
        frame(&mut editor, press(egui::Key::Z, CTRL));
    }
    assert_eq!(editor.release().body, release.body);
}

#[test]
fn a_new_release_is_typed_into_at_once() {
    let mut harness = window(Settings::default());
    key(&mut harness, CTRL, egui::Key::N);
    type_text(&mut harness, "Japan");
    assert_eq!(text(&harness, Field::Headline), "Japan");
}

#[test]
fn what_is_typed_right_behind_enter_stands_in_the_next_field() {
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Title");
    let enter =
        egui::Event::Key { key: egui::Key::Enter, physical_key: None, pressed: true, repeat: false, modifiers: NONE };
    let typed = ["V", "i", "s", "i", "t"].map(|letter| egui::Event::Text(letter.into()));
    harness.input_mut().events.extend([egui::Event::Text("!".into()), enter].into_iter().chain(typed));
    settle(&mut harness);
    assert_eq!(text(&harness, Field::Headline), "Visit");
    assert!(text(&harness, Field::Title).contains('!'));
}

//! The window, used as a person would: controls are found by their names.
#![cfg(feature = "window")]

mod driven;

use driven::*;
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use release_composer::{
    editor::{Editor, FileAnswer, FileDialogs, Places},
    release::{Emblem, Field, Language, Paragraph, Release, RichText, Style, file},
    storage::{self, Settings, versions::Versions},
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
    // Down and Enter go to the next field, and no further: over the title to the headline.
    click_field(&mut harness, "Reference number");
    key(&mut harness, NONE, egui::Key::ArrowDown);
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
    let mut harness = window(Settings { language: Language::Khmer, ..Settings::default() });
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
fn what_is_found_is_counted_gone_to_and_replaced_in_one_step() {
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "Japan, japan");
    click_paragraph(&mut harness, 1);
    type_text(&mut harness, "Japanese Japan");
    key(&mut harness, CTRL, egui::Key::H);
    type_text(&mut harness, "japan");
    harness.run_steps(2);
    assert_eq!(value(&harness, "Find"), "japan");
    harness.get_by_label("4 matches");
    key(&mut harness, NONE, egui::Key::Enter);
    harness.get_by_label_contains(" of 4");
    harness.get_by_label("Whole words").click();
    harness.run_steps(2);
    harness.get_by_label_contains(" of 3");
    click_field(&mut harness, "Replace with");
    type_text(&mut harness, "ជប៉ុន");
    harness.get_by_label("Replace all").click();
    settle(&mut harness);
    assert_eq!(text(&harness, Field::Headline), "ជប៉ុន, ជប៉ុន");
    assert_eq!(text(&harness, Field::Paragraph(0)), "Japanese ជប៉ុន");
    harness.get_by_label("3 replaced");
    key(&mut harness, NONE, egui::Key::Escape);
    assert!(harness.query_by_label("Replace all").is_none());
    key(&mut harness, CTRL, egui::Key::Z);
    assert_eq!(text(&harness, Field::Headline), "Japan, japan");
    assert_eq!(text(&harness, Field::Paragraph(0)), "Japanese Japan");
}

#[test]
fn f3_goes_round_and_one_match_is_replaced_at_a_time() {
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "aa b aa");
    key(&mut harness, NONE, egui::Key::Home);
    key(&mut harness, CTRL, egui::Key::F);
    type_text(&mut harness, "aa");
    key(&mut harness, NONE, egui::Key::F3);
    harness.get_by_label("1 of 2");
    key(&mut harness, NONE, egui::Key::F3);
    harness.get_by_label("2 of 2");
    key(&mut harness, SHIFT | CTRL, egui::Key::F3);
    harness.get_by_label("1 of 2");
    key(&mut harness, CTRL, egui::Key::H);
    click_field(&mut harness, "Replace with");
    type_text(&mut harness, "c");
    harness.get_by_label("Replace").click();
    settle(&mut harness);
    assert_eq!(text(&harness, Field::Headline), "c b aa");
    key(&mut harness, NONE, egui::Key::Escape);
    // The caret is back in the form, on the match gone to.
    type_text(&mut harness, "d");
    assert_eq!(text(&harness, Field::Headline), "c b d");
}

/// How many shapes are painted within a field.
fn shapes_in(harness: &Harness<'_, Option<Editor>>, label: &str) -> usize {
    fn count(shape: &egui::Shape, inside: egui::Rect) -> usize {
        match shape {
            egui::Shape::Vec(shapes) => shapes.iter().map(|shape| count(shape, inside)).sum(),
            shape => usize::from(inside.contains_rect(shape.visual_bounding_rect())),
        }
    }
    let inside = harness.get_by_role_and_label(egui::accesskit::Role::TextInput, label).rect();
    harness.output().shapes.iter().map(|clipped| count(&clipped.shape, inside)).sum()
}

#[test]
fn digits_of_a_selection_are_turned_and_invisible_characters_shown() {
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "a b 2023\u{200B}ក");
    key(&mut harness, CTRL, egui::Key::A);
    harness.get_by_label("Edit").click();
    settle(&mut harness);
    // The menu is longer than this window.
    harness.get_by_label_contains("Khmer digits").scroll_to_me();
    settle(&mut harness);
    harness.get_by_label_contains("Khmer digits").click();
    settle(&mut harness);
    assert_eq!(text(&harness, Field::Headline), "a b ២០២៣\u{200B}ក");
    let hidden = shapes_in(&harness, "Headline");
    harness.get_by_role_and_label(egui::accesskit::Role::Button, "Show invisible characters").click();
    settle(&mut harness);
    // Dots for two spaces and a mark for the zero-width space; the caret may have come or gone meanwhile.
    assert!(shapes_in(&harness, "Headline") >= hidden + 2);
    assert_eq!(text(&harness, Field::Headline), "a b ២០២៣\u{200B}ក");
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
fn a_finding_is_gone_to_and_its_check_switched_off() {
    let mut harness = window(Settings::default());
    open(&mut harness, SAMPLE);
    click_end_of_paragraph(&mut harness, 2);
    type_text(&mut harness, " It is of of use.");
    settle(&mut harness);
    harness.get_by_label_contains("1 thing to look at").click();
    settle(&mut harness);
    harness.get_by_label("Paragraph 2: “of” stands twice").click();
    settle(&mut harness);
    type_text(&mut harness, "x");
    assert!(
        text(&harness, Field::Paragraph(1)).ends_with("portfolios. It is x use."),
        "{}",
        text(&harness, Field::Paragraph(1))
    );
    key(&mut harness, CTRL, egui::Key::Z);
    harness.run_steps(2);
    wait_for(&mut harness, "1 thing to look at");
    harness.get_by_label_contains("1 thing to look at").click();
    settle(&mut harness);
    harness.get_by_label("words that stand twice").click();
    settle(&mut harness);
    harness.get_by_label_contains("Complete");
    key(&mut harness, CTRL, egui::Key::Z);
    harness.run_steps(2);
    wait_for(&mut harness, "1 thing to look at");
}

#[test]
fn a_misspelt_word_is_mended_in_one_step_or_taken_into_the_users_words() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places { settings: Some(folder.path().join("settings.ron")), ..Places::default() };
    let mut harness = window_with(Settings::default(), places);
    open(&mut harness, SAMPLE);
    click_end_of_paragraph(&mut harness, 2);
    type_text(&mut harness, " We thank the goverment.");
    let open_list = |harness: &mut Harness<'_, Option<Editor>>| {
        // The dictionary is read beside the window.
        wait_for(harness, "1 thing to look at");
        harness.get_by_label_contains("1 thing to look at").click();
        settle(harness);
    };
    open_list(&mut harness);
    harness.get_by_label_contains("“goverment” is in no dictionary; perhaps government");
    harness.get_by_label("Replace “goverment” with “government”").click();
    settle(&mut harness);
    assert!(text(&harness, Field::Paragraph(1)).ends_with(" the government."));
    key(&mut harness, CTRL, egui::Key::Z);
    assert!(text(&harness, Field::Paragraph(1)).ends_with(" the goverment."));
    open_list(&mut harness);
    harness.get_by_label("Add “goverment” to my words").click();
    settle(&mut harness);
    harness.get_by_label_contains("Complete");
    assert_eq!(std::fs::read_to_string(folder.path().join("words.txt")).unwrap(), "goverment\n");
}

#[test]
fn what_a_crash_kept_from_being_saved_is_offered_and_not_thrown_away() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("draft.ron");
    std::fs::copy(SAMPLE, &draft).unwrap();
    let places = Places { recovery: Some(folder.path().join("recovery")), ..Places::default() };

    // A window that goes without a word, as in a crash.
    let mut harness = window_with(Settings::default(), places.clone());
    open(&mut harness, draft.to_str().unwrap());
    click_field(&mut harness, "Headline");
    key(&mut harness, CTRL, egui::Key::End);
    type_text(&mut harness, " kept");
    harness.run_steps(2);
    drop(harness);
    assert!(!std::fs::read_to_string(&draft).unwrap().contains(" kept"));

    // Left for later it is offered again.
    let mut harness = window_with(Settings::default(), places.clone());
    harness.get_by_label("Changes that were not saved");
    harness.get_by_label("Ask again next time").click();
    settle(&mut harness);
    drop(harness);

    let mut harness = window_with(Settings::default(), places.clone());
    harness.get_by_label("Open with the changes (draft.ron)").click();
    settle(&mut harness);
    assert!(text(&harness, Field::Headline).ends_with(" kept"));
    assert!(editor(&harness).is_unsaved());
    // What was brought back is a step like any other, and is saved like any other.
    key(&mut harness, CTRL, egui::Key::Z);
    assert!(!text(&harness, Field::Headline).ends_with(" kept"));
    key(&mut harness, CTRL, egui::Key::Y);
    drop(harness);

    // Thrown away only when that is said twice.
    let mut harness = window_with(Settings::default(), places.clone());
    harness.get_by_label("Throw the changes away (draft.ron)").click();
    settle(&mut harness);
    harness.get_by_label("Really throw them away? (draft.ron)").click();
    settle(&mut harness);
    assert!(harness.query_by_label("Changes that were not saved").is_none());
    drop(harness);
    let harness = window_with(Settings::default(), places);
    assert!(harness.query_by_label("Changes that were not saved").is_none());
}

#[test]
fn what_is_open_is_shown_before_export() {
    let mut harness = window(Settings::default());
    key(&mut harness, CTRL, egui::Key::E);
    harness.get_by_label("Export anyway");
    harness.get_by_label("There is no headline").click();
    settle(&mut harness);
    assert!(harness.query_by_label("Export anyway").is_none());
    type_text(&mut harness, "x");
    assert_eq!(text(&harness, Field::Headline), "x");
}

/// A copy of the sample, and places for what the program keeps beside it.
fn draft_with_places() -> (tempfile::TempDir, String, Places) {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("draft.ron");
    std::fs::copy(SAMPLE, &draft).unwrap();
    let versions = Some(folder.path().join("versions"));
    let draft = draft.to_str().unwrap().to_owned();
    (folder, draft, Places { versions, locks: true, ..Places::default() })
}

#[test]
fn an_earlier_version_is_brought_back_and_that_can_be_undone() {
    let (_folder, draft, places) = draft_with_places();
    let mut harness = window_with(Settings::default(), places);
    open(&mut harness, &draft);
    for word in [" one", " two"] {
        click_field(&mut harness, "Headline");
        key(&mut harness, CTRL, egui::Key::End);
        type_text(&mut harness, word);
        key(&mut harness, CTRL, egui::Key::S);
    }
    harness.get_by_label("File").click();
    settle(&mut harness);
    harness.get_by_label_contains("Earlier versions").click();
    settle(&mut harness);
    // The newest is what is in the window; the file as it was found is the oldest.
    harness.get_by_label("Nothing differs.");
    let year = chrono::Local::now().format(" %Y ").to_string();
    assert_eq!(harness.query_all_by_label_contains(&year).count(), 3);
    let last = harness.query_all_by_label_contains(&year).last();
    last.unwrap().click();
    settle(&mut harness);
    harness.get_by_label_contains("development one two");
    harness.get_by_label("Bring this version back").click();
    settle(&mut harness);
    assert!(text(&harness, Field::Headline).ends_with("development"));
    key(&mut harness, CTRL, egui::Key::Z);
    assert!(text(&harness, Field::Headline).ends_with("development one two"));
}

#[test]
fn a_file_from_a_clock_that_is_ahead_thins_out_no_versions() {
    use std::time::{Duration, SystemTime};
    let (folder, draft, places) = draft_with_places();
    let versions = Versions::of(&folder.path().join("versions"), draft.as_ref());
    let now = SystemTime::now();
    for minutes in [40, 30, 20, 10] {
        let headline = format!("{minutes} minutes ago");
        let release = Release { headline, ..Release::default() };
        versions.keep(&release, now - Duration::from_secs(60 * minutes)).unwrap();
    }
    let kept = versions.list().unwrap().len();
    let years = Duration::from_secs(10 * 365 * 24 * 60 * 60);
    std::fs::File::options().write(true).open(&draft).unwrap().set_modified(now + years).unwrap();
    let mut harness = window_with(Settings::default(), places);
    open(&mut harness, &draft);
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "x");
    key(&mut harness, CTRL, egui::Key::S);
    // The older ones are still there, beside the file as it was found and what was saved.
    assert!(versions.list().unwrap().len() > kept, "{:?}", versions.list().unwrap());
}

#[test]
fn a_file_that_somebody_else_changed_is_not_written_over_unasked() {
    let (_folder, draft, places) = draft_with_places();
    let mut harness = window_with(Settings::default(), places);
    open(&mut harness, &draft);
    click_field(&mut harness, "Headline");
    key(&mut harness, CTRL, egui::Key::End);
    type_text(&mut harness, " mine");
    let theirs = std::fs::read_to_string(&draft).unwrap().replace("long-term development", "theirs");
    std::fs::write(&draft, &theirs).unwrap();
    key(&mut harness, CTRL, egui::Key::S);
    settle(&mut harness);
    harness.get_by_label("The file was changed by somebody else");
    assert_eq!(std::fs::read_to_string(&draft).unwrap(), theirs);
    harness.get_by_label("Use the file's version").click();
    settle(&mut harness);
    assert!(text(&harness, Field::Headline).ends_with("theirs"));
    // What was mine is a step away, and what was theirs is kept when mine is saved.
    key(&mut harness, CTRL, egui::Key::Z);
    assert!(text(&harness, Field::Headline).ends_with(" mine"));
    std::fs::write(&draft, theirs.replace("theirs", "theirs again")).unwrap();
    key(&mut harness, CTRL, egui::Key::S);
    settle(&mut harness);
    harness.get_by_label("Save mine in its place").click();
    settle(&mut harness);
    assert!(std::fs::read_to_string(&draft).unwrap().contains(" mine"));
    harness.get_by_label("File").click();
    settle(&mut harness);
    harness.get_by_label_contains("Earlier versions").click();
    settle(&mut harness);
    harness.get_by_label("Nothing differs.");
}

#[test]
fn a_draft_that_somebody_has_open_is_read_and_not_saved_over() {
    let (_folder, draft, places) = draft_with_places();
    let mut first = window_with(Settings::default(), places.clone());
    open(&mut first, &draft);
    let mut second = window_with(Settings::default(), places);
    open(&mut second, &draft);
    second.get_by_label_contains("open in another window of yours");
    click_field(&mut second, "Headline");
    type_text(&mut second, "x");
    let before = std::fs::read_to_string(&draft).unwrap();
    key(&mut second, CTRL, egui::Key::S);
    settle(&mut second);
    assert_eq!(std::fs::read_to_string(&draft).unwrap(), before);
    assert!(editor(&second).is_unsaved());
    // Where there is no file dialog, the question for another name comes when that is known.
    wait_for_path(&mut second);
    // Once the other has closed it, it can be saved.
    drop(first);
    key(&mut second, NONE, egui::Key::Escape);
    key(&mut second, CTRL, egui::Key::S);
    settle(&mut second);
    assert_ne!(std::fs::read_to_string(&draft).unwrap(), before);
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

/// Waits for the question for a path, which stands in for the system's dialog where there is none.
fn wait_for_path(harness: &mut Harness<'_, Option<Editor>>) {
    let start = std::time::Instant::now();
    while harness.query_by_label("This computer has no file dialog. Write the path of the file.").is_none() {
        assert!(start.elapsed() < std::time::Duration::from_secs(60), "nothing asks for a path");
        std::thread::sleep(std::time::Duration::from_millis(20));
        harness.run_steps(1);
    }
    settle(harness);
}

fn save_as(harness: &mut Harness<'_, Option<Editor>>, path: &str) {
    key(harness, egui::Modifiers::SHIFT | CTRL, egui::Key::S);
    wait_for_path(harness);
    key(harness, CTRL, egui::Key::A);
    type_text(harness, path);
    key(harness, NONE, egui::Key::Enter);
    settle(harness);
}

#[test]
fn another_file_is_not_replaced_unasked_nor_under_somebody_who_has_it_open() {
    let (folder, draft, places) = draft_with_places();
    let other = folder.path().join("Visit 30.10.2023.release");
    std::fs::copy(&draft, &other).unwrap();
    let before = std::fs::read_to_string(&other).unwrap();
    let mut harness = window_with(Settings::default(), places.clone());
    open(&mut harness, &draft);
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "x");
    // The ending is not asked for, and a date is none.
    let typed = other.with_extension("").display().to_string();
    save_as(&mut harness, &typed);
    harness.get_by_label("Replace the file?");
    harness.get_by_label("Cancel").click();
    settle(&mut harness);
    assert_eq!(std::fs::read_to_string(&other).unwrap(), before);
    let mut second = window_with(Settings::default(), places);
    open(&mut second, other.to_str().unwrap());
    save_as(&mut harness, &typed);
    harness.get_by_label("Replace").click();
    settle(&mut harness);
    harness.get_by_label_contains("open in another window of yours");
    assert_eq!(std::fs::read_to_string(&other).unwrap(), before, "somebody has it open");
    drop(second);
    save_as(&mut harness, &typed);
    harness.get_by_label("Replace").click();
    settle(&mut harness);
    assert!(std::fs::read_to_string(&other).unwrap().contains("xJapan") && !editor(&harness).is_unsaved());
}

#[test]
fn a_draft_that_was_let_go_for_nothing_is_asked_about_again() {
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "x");
    key(&mut harness, CTRL, egui::Key::O);
    settle(&mut harness);
    harness.get_by_label("Do not save").click();
    wait_for_path(&mut harness);
    key(&mut harness, NONE, egui::Key::Escape);
    settle(&mut harness);
    key(&mut harness, CTRL, egui::Key::N);
    settle(&mut harness);
    harness.get_by_label("Do not save");
    assert_eq!(text(&harness, Field::Headline), "x");
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

#[test]
fn the_emblem_stays_when_the_draft_goes_to_another_folder() {
    let (folder, draft, places) = draft_with_places();
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus");
    std::fs::copy(format!("{corpus}/emblem-png.ron"), &draft).unwrap();
    std::fs::copy(format!("{corpus}/emblem.png"), folder.path().join("emblem.png")).unwrap();
    let mut harness = window_with(Settings::default(), places);
    open(&mut harness, &draft);
    let other = folder.path().join("other");
    std::fs::create_dir(&other).unwrap();
    let other = other.join("b.ron");
    save_as(&mut harness, other.to_str().unwrap());
    let saved = storage::open(&other).unwrap();
    assert!(storage::emblem(&saved, Some(&other)).unwrap().is_some());
}

#[test]
fn pictures_of_pages_replace_nothing_unasked() {
    let (folder, draft, places) = draft_with_places();
    let mut harness = window_with(Settings::default(), places);
    open(&mut harness, &draft);
    let second = folder.path().join("scan-2.png");
    std::fs::write(&second, "mine").unwrap();
    key(&mut harness, CTRL, egui::Key::E);
    wait_for_path(&mut harness);
    key(&mut harness, CTRL, egui::Key::A);
    type_text(&mut harness, folder.path().join("scan.png").to_str().unwrap());
    key(&mut harness, NONE, egui::Key::Enter);
    settle(&mut harness);
    harness.get_by_label_contains("scan-2.png");
    assert_eq!(std::fs::read_to_string(&second).unwrap(), "mine");
    harness.get_by_label("Replace").click();
    settle(&mut harness);
    assert!(std::fs::metadata(&second).unwrap().len() > 1000 && folder.path().join("scan-1.png").exists());
}

#[test]
fn a_picture_outside_of_the_drafts_folder_is_asked_about_first() {
    let (folder, draft, places) = draft_with_places();
    let picture = folder.path().join("elsewhere.png");
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/emblem.png"), &picture).unwrap();
    let inner = folder.path().join("drafts");
    std::fs::create_dir(&inner).unwrap();
    let mut release = storage::open(draft.as_ref()).unwrap();
    let file = picture.to_str().unwrap().to_owned();
    release.letterhead.emblem = Some(Emblem { file, alternative: "x".into(), height: None });
    let draft = inner.join("draft.ron");
    storage::save(&draft, &release).unwrap();
    let mut harness = window_with(Settings::default(), places);
    open(&mut harness, draft.to_str().unwrap());
    harness.get_by_label_contains("elsewhere.png");
    harness.get_by_label("Leave it out").click();
    settle(&mut harness);
    harness.get_by_label_contains("1 thing to look at");
    // Opened again it is asked about again, until it is allowed.
    open(&mut harness, SAMPLE);
    open(&mut harness, draft.to_str().unwrap());
    harness.get_by_label("Open the picture").click();
    settle(&mut harness);
    harness.get_by_label_contains("Complete");
    open(&mut harness, SAMPLE);
    open(&mut harness, draft.to_str().unwrap());
    assert!(harness.query_by_label("Open the picture").is_none());
}

#[test]
fn a_draft_is_saved_where_the_dialog_says_and_not_at_all_if_it_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("note.ron");
    let answers = [FileAnswer::Cancelled, FileAnswer::Chosen(path.clone())];
    let places = Places { dialogs: FileDialogs::answers(answers), ..Places::default() };
    let mut harness = window_with(Settings::default(), places);
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "Japan");
    key(&mut harness, CTRL, egui::Key::S);
    settle(&mut harness);
    assert!(editor(&harness).is_unsaved() && !path.exists());
    key(&mut harness, CTRL, egui::Key::S);
    settle(&mut harness);
    assert!(!editor(&harness).is_unsaved());
    assert!(std::fs::read_to_string(&path).unwrap().contains("Japan"));
}

//! Superscripts, links and footnotes, made with keys as in Word.

use release_composer::release::{Address, Style};

use super::*;

const CTRL_ALT: egui::Modifiers = CTRL.plus(ALT);

fn first(harness: &Window) -> RichText {
    editor(harness).release().body[0].text.clone()
}

fn type_letters(harness: &mut Window, text: &str) {
    for letter in text.chars() {
        type_text(harness, &letter.to_string());
    }
}

#[test]
fn letters_are_raised_as_in_word() {
    let mut harness = window_on(&["on the 2"]);
    click_paragraph(&mut harness, 0);
    key(&mut harness, NONE, Key::End);
    key(&mut harness, CTRL.plus(SHIFT), Key::Plus);
    type_letters(&mut harness, "nd");
    key(&mut harness, CTRL.plus(SHIFT), Key::Plus);
    type_letters(&mut harness, " day");
    let text = first(&harness);
    assert_eq!(text.as_str(), "on the 2nd day");
    assert!(text.style_of(8..10).has(Style::SUPERSCRIPT));
    assert!(!text.style_of(7..8).has(Style::SUPERSCRIPT) && !text.style_of(10..14).has(Style::SUPERSCRIPT));
}

#[test]
fn a_link_is_made_changed_and_removed_and_a_hostile_one_is_refused() {
    let mut harness = window_on(&["see the page"]);
    click_paragraph(&mut harness, 0);
    key(&mut harness, CTRL.plus(SHIFT), Key::End);
    key(&mut harness, CTRL, Key::K);
    type_letters(&mut harness, "javascript:alert(1)");
    key(&mut harness, NONE, Key::Enter);
    assert!(harness.query_by_label_contains("cannot be the address of a link").is_some());
    assert_eq!(first(&harness).link_at(0), None);
    key(&mut harness, CTRL, Key::A);
    type_letters(&mut harness, "www.mfaic.gov.kh");
    key(&mut harness, NONE, Key::Enter);
    let address = Address::new("https://www.mfaic.gov.kh").unwrap();
    assert_eq!(first(&harness).link_of(0..12), Some(&address));
    // What is typed within it leads there as well, and what is typed behind it does not.
    key(&mut harness, NONE, Key::End);
    type_letters(&mut harness, "!");
    key(&mut harness, NONE, Key::ArrowLeft);
    key(&mut harness, NONE, Key::ArrowLeft);
    type_letters(&mut harness, "x");
    assert_eq!(first(&harness).as_str(), "see the pagxe!");
    assert_eq!(first(&harness).link_of(0..13), Some(&address));
    assert_eq!(first(&harness).link_at(13), None);
    key(&mut harness, CTRL, Key::K);
    harness.get_by_label("Remove link").click();
    harness.run_steps(3);
    settle(&mut harness);
    assert_eq!(first(&harness).link_at(0), None);
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(first(&harness).link_of(0..13), Some(&address), "one step of undo");
}

#[test]
fn a_footnote_is_typed_left_and_taken_out() {
    let mut harness = window_on(&["agreed", "then"]);
    click_paragraph(&mut harness, 0);
    key(&mut harness, NONE, Key::End);
    key(&mut harness, CTRL_ALT, Key::F);
    type_letters(&mut harness, "More.");
    let notes = |harness: &Window| {
        let notes = editor(harness).release().notes().map(|(index, at, note)| (index, at, note.as_str().to_owned()));
        notes.collect::<Vec<_>>()
    };
    assert_eq!(notes(&harness), [(0, 6, "More.".to_owned())]);
    assert!(harness.query_by_role_and_label(Role::TextInput, "Footnote 1").is_some());
    key(&mut harness, CTRL_ALT, Key::F);
    type_letters(&mut harness, " on it");
    assert_eq!(first(&harness).without_notes().as_str(), "agreed on it");
    let pages = editor(&harness).seen_pages().clone();
    assert!(pages.lines().any(|(_, line)| line.characters() == "More."), "it is on the page");
    for _ in 0.." on it".len() + 1 {
        key(&mut harness, NONE, Key::Backspace);
    }
    assert_eq!((notes(&harness), first(&harness).as_str()), (Vec::new(), "agreed"));
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(notes(&harness).len(), 1);
}

#[test]
fn enter_and_escape_lead_from_a_footnote_back_to_its_number() {
    for leaving in [Key::Enter, Key::Escape] {
        let mut harness = window_on(&["agreed", "then"]);
        click_paragraph(&mut harness, 0);
        key(&mut harness, NONE, Key::End);
        key(&mut harness, CTRL_ALT, Key::F);
        type_letters(&mut harness, "More.");
        key(&mut harness, SHIFT, Key::Enter);
        type_letters(&mut harness, "And more.");
        key(&mut harness, NONE, leaving);
        type_letters(&mut harness, " on it");
        assert_eq!(first(&harness).without_notes().as_str(), "agreed on it", "{leaving:?}");
        let notes: Vec<_> = editor(&harness).release().notes().map(|(.., note)| note.as_str().to_owned()).collect();
        assert_eq!(notes, ["More.\nAnd more."]);
    }
}

#[test]
fn tab_leads_from_the_text_into_a_footnote_and_past_the_button_that_removes_it() {
    let mut harness = window_on(&["agreed"]);
    click_paragraph(&mut harness, 0);
    key(&mut harness, NONE, Key::End);
    key(&mut harness, CTRL_ALT, Key::F);
    type_letters(&mut harness, "More");
    key(&mut harness, CTRL_ALT, Key::F);
    key(&mut harness, NONE, Key::Tab);
    key(&mut harness, NONE, Key::Enter);
    assert_eq!(editor(&harness).release().notes().count(), 1);
    type_letters(&mut harness, "!");
    assert_eq!(first(&harness).without_notes().as_str(), "agreed!");
    // The mouse still reaches it.
    harness.get_by_label("Remove Footnote 1").click();
    harness.run_steps(3);
    settle(&mut harness);
    assert_eq!(editor(&harness).release().notes().count(), 0);
}

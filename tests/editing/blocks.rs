//! Headings and lists, made and changed with keys as in Word.

use super::*;

const PLAIN: BlockKind = BlockKind::Plain;

fn item(level: Level) -> BlockKind {
    BlockKind::item(ListKind::Numbered, level)
}

/// Types one letter after the other, as a keyboard does.
fn type_letters(harness: &mut Window, text: &str) {
    for letter in text.chars() {
        type_text(harness, &letter.to_string());
    }
}

#[test]
fn a_typed_number_makes_a_list_and_one_undo_takes_that_back() {
    let mut harness = window_on(&["", "end"]);
    click_paragraph(&mut harness, 0);
    type_letters(&mut harness, "1. one");
    assert_eq!((body(&harness)[0].as_str(), kinds(&harness)[0]), ("one", item(Level::One)));
    key(&mut harness, CTRL, Key::Z);
    key(&mut harness, CTRL, Key::Z);
    assert_eq!((body(&harness)[0].as_str(), kinds(&harness)[0]), ("1. ", PLAIN));
    type_letters(&mut harness, "one");
    assert_eq!(body(&harness)[0], "1. one", "it stays a text");
}

#[test]
fn enter_tab_and_backspace_work_in_a_list_as_in_word() {
    let mut harness = window_on(&["", "end"]);
    click_paragraph(&mut harness, 0);
    type_letters(&mut harness, "1. one");
    key(&mut harness, NONE, Key::Enter);
    key(&mut harness, NONE, Key::Tab);
    type_letters(&mut harness, "a");
    assert_eq!(kinds(&harness), [item(Level::One), item(Level::Two), PLAIN]);
    key(&mut harness, NONE, Key::Enter);
    key(&mut harness, SHIFT, Key::Tab);
    assert_eq!(kinds(&harness)[2], item(Level::One));
    key(&mut harness, NONE, Key::Enter);
    assert_eq!((body(&harness).len(), kinds(&harness)[2]), (4, PLAIN), "an empty item ends the list");
    type_letters(&mut harness, "between");
    key(&mut harness, NONE, Key::Enter);
    // The second item of the first level is the next number.
    type_letters(&mut harness, "2. two");
    assert_eq!(kinds(&harness)[3], item(Level::One));
    key(&mut harness, NONE, Key::Home);
    key(&mut harness, NONE, Key::Backspace);
    assert_eq!((body(&harness)[3].as_str(), kinds(&harness)[3]), ("two", PLAIN));
    key(&mut harness, NONE, Key::Backspace);
    assert_eq!(body(&harness)[2], "betweentwo");
}

#[test]
fn tab_elsewhere_goes_to_the_next_field() {
    let mut harness = window_on(&["", "end"]);
    click_paragraph(&mut harness, 0);
    type_letters(&mut harness, "- one");
    key(&mut harness, NONE, Key::Tab);
    assert_eq!(kinds(&harness)[0], BlockKind::item(ListKind::Bulleted, Level::One));
    type_letters(&mut harness, "x");
    assert_eq!(body(&harness)[0], "one", "the letter went to another field");
}

#[test]
fn a_line_break_stays_within_its_paragraph() {
    let mut harness = window_on(&["one two"]);
    click_paragraph(&mut harness, 0);
    key(&mut harness, NONE, Key::Home);
    type_letters(&mut harness, "a");
    key(&mut harness, SHIFT, Key::Enter);
    assert_eq!(body(&harness), ["a\none two"]);
    key(&mut harness, CTRL, Key::Z);
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(body(&harness), ["one two"]);
}

#[test]
fn a_whole_paragraph_is_cut_and_pasted_as_one() {
    let mut harness = window_on(&["First paragraph.", "Second paragraph.", "Third"]);
    hold(&mut harness, "");
    click_paragraph(&mut harness, 3);
    key(&mut harness, CTRL | egui::Modifiers::ALT, Key::Num2);
    click_paragraph(&mut harness, 2);
    key(&mut harness, SHIFT, Key::ArrowDown);
    at_once(&mut harness, vec![Event::Cut]);
    let heading = BlockKind::Heading(HeadingLevel::Two);
    assert_eq!(
        (body(&harness), kinds(&harness)),
        (vec!["First paragraph.".into(), "Third".into()], vec![PLAIN, heading])
    );
    key(&mut harness, CTRL, Key::Home);
    // On the clipboard there is more than the plain text.
    at_once(&mut harness, vec![Event::Paste("Second paragraph.\n".into())]);
    type_text(&mut harness, "x");
    assert_eq!(body(&harness), ["Second paragraph.", "xFirst paragraph.", "Third"]);
    assert_eq!(kinds(&harness), [PLAIN, PLAIN, heading]);
}

#[test]
fn shortcuts_and_the_list_in_the_toolbar_say_what_a_paragraph_is() {
    let mut harness = window_on(&["one", "two"]);
    click_paragraph(&mut harness, 2);
    let (alt, shift) = (CTRL | egui::Modifiers::ALT, CTRL | SHIFT);
    key(&mut harness, alt, Key::Num1);
    assert_eq!(kinds(&harness), [PLAIN, BlockKind::Heading(HeadingLevel::One)]);
    harness.run_steps(2);
    harness.get_by_label("Paragraph style: Heading 1");
    key(&mut harness, shift, Key::L);
    assert_eq!(kinds(&harness)[1], BlockKind::item(ListKind::Bulleted, Level::One));
    key(&mut harness, alt, Key::Num0);
    assert_eq!(kinds(&harness)[1], PLAIN);
    harness.run_steps(2);
    harness.get_by_label("Paragraph style: Normal text").click();
    harness.run_steps(3);
    harness.get_by_label_contains("Number every paragraph").click();
    harness.run_steps(3);
    assert!(editor(&harness).release().number_paragraphs);
    key(&mut harness, CTRL, Key::Z);
    assert!(!editor(&harness).release().number_paragraphs);
    harness.get_by_label("Paragraph style: Normal text").click();
    harness.run_steps(3);
    harness.get_by_label_contains("###").click();
    harness.run_steps(3);
    assert_eq!((body(&harness).len(), body(&harness)[2].as_str(), kinds(&harness)[2]), (3, "###", BlockKind::Centred));
}

#[test]
fn signatories_are_added_and_taken_out_and_stand_side_by_side() {
    use release_composer::release::{Columns, SignatoryLine};
    let mut harness = window_on(&["one"]);
    let signature = |harness: &Window| editor(harness).release().signature.clone();
    show(&mut harness, "Add a signatory");
    harness.get_by_label("Add a signatory").click();
    harness.run_steps(3);
    assert_eq!((signature(&harness).signatories.len(), signature(&harness).columns), (2, Columns::new(2).unwrap()));
    harness.get_by_role_and_label(Role::TextInput, "Signs for 2").focus();
    harness.run_steps(2);
    type_text(&mut harness, "For Japan");
    let party = editor(&harness).release().text(Field::Signatory(1, SignatoryLine::Party)).unwrap().into_owned();
    assert_eq!(party.as_str(), "For Japan");
    show(&mut harness, "Remove: Signatory 1");
    harness.get_by_label("Remove: Signatory 1").click();
    harness.run_steps(3);
    let left = signature(&harness);
    assert_eq!((left.signatories.len(), left.signatories[0].party.as_str(), left.columns.count()), (1, "For Japan", 1));
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(signature(&harness).signatories.len(), 2);
}

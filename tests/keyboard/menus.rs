//! Commands chosen in a menu by keys, which are not for the text that gets the keyboard back.

use super::*;

/// Goes to Bold in the Edit menu and takes it by a key, with the letter that the system sends along.
fn take_bold(harness: &mut Window, by: Key) {
    press_letter(harness, ALT, Key::E, "e");
    harness.run_steps(3);
    for _ in 0..40 {
        if focused(harness).contains("Bold") {
            break;
        }
        key(harness, NONE, Key::ArrowDown);
    }
    assert!(focused(harness).contains("Bold"), "{}", focused(harness));
    add_press(harness, by);
    if by == Key::Space {
        let released = harness.input_mut().events.pop();
        harness.input_mut().events.push(egui::Event::Text(" ".into()));
        harness.input_mut().events.extend(released);
    }
    harness.run_steps(6);
    settle(harness);
}

#[test]
fn a_command_taken_by_enter_or_space_types_nothing() {
    for by in [Key::Enter, Key::Space] {
        let mut harness = window(Settings::default());
        open(&mut harness, SAMPLE);
        click_paragraph(&mut harness, 1);
        let before = editor(&harness).release().clone();
        for _ in 0..5 {
            key(&mut harness, SHIFT, Key::ArrowRight);
        }
        take_bold(&mut harness, by);
        let after = editor(&harness).release();
        assert_eq!(after.body.len(), before.body.len(), "{by:?}");
        assert_eq!(after.body[0].text.as_str(), before.body[0].text.as_str(), "{by:?}");
        assert!(after.body[0].text.style_of(0..5).has(Style::BOLD), "{by:?}");
        // The selection is still there, and what is typed takes its place.
        type_text(&mut harness, "x");
        assert_eq!(text(&harness, Field::Paragraph(0)), format!("x{}", &before.body[0].text.as_str()[5..]), "{by:?}");
    }
}

#[test]
fn another_draft_has_the_caret_in_its_headline() {
    let mut harness = window(Settings::default());
    open(&mut harness, SAMPLE);
    click_field(&mut harness, "Place");
    type_text(&mut harness, "");
    open(&mut harness, SAMPLE);
    let before = editor(&harness).release().clone();
    type_text(&mut harness, "x");
    let after = editor(&harness).release();
    assert_eq!(after.signature.place, before.signature.place);
    assert_eq!(after.headline, format!("x{}", before.headline));
}

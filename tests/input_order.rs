//! Many events in one frame, as after a slow one: each belongs to where the caret was when it came.
#![cfg(feature = "window")]

mod driven;

use std::path::Path;

use driven::{CTRL, NONE, click_field, editor, open, text, window, window_with};
use egui::{Event, Key, Modifiers, ViewportCommand, ViewportEvent, ViewportId};
use egui_kittest::{Harness, kittest::Queryable as _};
use release_composer::{
    editor::{Editor, Places},
    release::Field,
    storage::{self, Settings},
};

type Window = Harness<'static, Option<Editor>>;

fn pressed(key: Key, modifiers: Modifiers) -> [Event; 2] {
    [true, false].map(|pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers })
}

fn letters(text: &str) -> impl Iterator<Item = Event> {
    text.chars().map(|c| Event::Text(c.to_string())).collect::<Vec<_>>().into_iter()
}

/// Lets events come in one frame, and shows as many frames as they need.
fn at_once(harness: &mut Window, events: impl IntoIterator<Item = Event>) {
    harness.input_mut().events.extend(events);
    harness.run_steps(30);
}

/// The user closes the window in the frame that is shown next. Says whether the window may go.
fn close(harness: &mut Window) -> bool {
    request_close(harness);
    let mut may_go = !is_cancelled(harness, 1);
    for _ in 0..10 {
        // The program's own request, once it has decided.
        let asked = harness.output().viewport_output[&ViewportId::ROOT].commands.contains(&ViewportCommand::Close);
        if asked {
            request_close(harness);
        }
        let cancelled = is_cancelled(harness, 1);
        may_go |= asked && !cancelled;
    }
    may_go
}

fn request_close(harness: &mut Window) {
    let root = harness.input_mut().viewports.entry(ViewportId::ROOT).or_default();
    root.events.push(ViewportEvent::Close);
}

fn is_cancelled(harness: &mut Window, steps: usize) -> bool {
    harness.run_steps(steps);
    harness.output().viewport_output[&ViewportId::ROOT].commands.contains(&ViewportCommand::CancelClose)
}

/// Waits until the journal, which a thread writes within a second, is in its folder.
fn wait_for_journal(folder: &Path) {
    let start = std::time::Instant::now();
    while std::fs::read_dir(folder).map_or(0, Iterator::count) == 0 {
        assert!(start.elapsed() < std::time::Duration::from_secs(300), "no journal is written");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

#[test]
fn letters_before_tab_stay_in_their_field() {
    let mut harness = window(Settings::default());
    open(&mut harness, driven::SAMPLE);
    click_field(&mut harness, "Reference number");
    let events = letters("214 MFA.IC-PR").chain(pressed(Key::Tab, NONE)).chain(letters("x"));
    at_once(&mut harness, events);
    assert_eq!(text(&harness, Field::Reference), "214 MFA.IC-PR");
    assert_eq!(text(&harness, Field::Title), "x");
    let back =
        letters("y").chain(pressed(Key::Tab, Modifiers::SHIFT)).chain(pressed(Key::End, NONE)).chain(letters("z"));
    at_once(&mut harness, back);
    assert_eq!(text(&harness, Field::Title), "xy");
    assert_eq!(text(&harness, Field::Reference), "214 MFA.IC-PRz");
}

#[test]
fn letters_before_enter_and_escape_stay_in_their_field() {
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Reference number");
    at_once(&mut harness, letters("214").chain(pressed(Key::Enter, NONE)).chain(letters("T")));
    assert_eq!(text(&harness, Field::Reference), "214");
    assert_eq!(text(&harness, Field::Title), "PRESS RELEASET");
    click_field(&mut harness, "Reference number");
    at_once(&mut harness, pressed(Key::End, NONE).into_iter().chain(letters("5")).chain(pressed(Key::Escape, NONE)));
    assert_eq!(text(&harness, Field::Reference), "2145");
}

#[test]
fn a_shortcut_sees_the_letters_before_it_and_none_after_it() {
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Headline");
    at_once(&mut harness, letters("one").chain(pressed(Key::Z, CTRL)).chain(letters("three")));
    assert_eq!(text(&harness, Field::Headline), "three");
}

#[test]
fn a_click_between_letters_parts_them() {
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Reference number");
    let place = harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "Title").rect().center();
    let click = [true, false].map(|pressed| Event::PointerButton {
        pos: place,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: NONE,
    });
    let events = letters("ab").chain([Event::PointerMoved(place)]).chain(click).chain(letters("cd"));
    at_once(&mut harness, events);
    assert_eq!(text(&harness, Field::Reference), "ab");
    assert!(text(&harness, Field::Title).contains("cd"));
}

#[test]
fn a_space_has_the_shift_that_was_held_when_it_was_typed() {
    let settings = Settings { space_is_zero_width: true, ..Settings::default() };
    let mut harness = window(settings);
    click_field(&mut harness, "Headline");
    let space = |modifiers| {
        let [down, up] = pressed(Key::Space, modifiers);
        [Event::ModifiersChanged(modifiers), down, Event::Text(" ".into()), up, Event::ModifiersChanged(NONE)]
    };
    at_once(&mut harness, letters("a").chain(space(Modifiers::SHIFT)).chain(letters("b")).chain(space(NONE)));
    assert_eq!(text(&harness, Field::Headline), "a b\u{200B}");
}

#[test]
fn what_is_typed_right_before_closing_is_asked_about() {
    let place = tempfile::tempdir().unwrap();
    let recovery = place.path().join("recovery");
    let mut harness =
        window_with(Settings::default(), Places { recovery: Some(recovery.clone()), ..Places::default() });
    let draft = place.path().join("draft.ron");
    std::fs::copy(driven::SAMPLE, &draft).unwrap();
    open(&mut harness, draft.to_str().unwrap());
    click_field(&mut harness, "Headline");
    harness.input_mut().events.extend(letters("LOST WORDS "));
    assert!(!close(&mut harness), "the window goes with words that are nowhere else");
    assert!(editor(&harness).is_unsaved());
    assert!(harness.query_by_label("Save the changes?").is_some());
    wait_for_journal(&recovery);
    // A second request asks the same, and the answer counts for the draft as it is.
    assert!(!close(&mut harness));
    // The toolbar has one of that name, too.
    harness.get_all_by_label("Save").last().unwrap().click();
    driven::settle(&mut harness);
    assert!(storage::open(&draft).unwrap().headline.as_str().contains("LOST WORDS"));
}

/// The release of a key or a move of the pointer that comes with the answer takes nothing of it back.
#[test]
fn do_not_save_closes_whatever_moves_meanwhile() {
    for by_mouse in [true, false] {
        let mut harness = window(Settings::default());
        click_field(&mut harness, "Headline");
        at_once(&mut harness, letters("not wanted"));
        assert!(!close(&mut harness));
        let place = harness.get_by_label("Do not save").rect().center();
        let button = |pressed| Event::PointerButton {
            pos: place,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: NONE,
        };
        let moved = |by: f32| Event::PointerMoved(place + egui::vec2(by, 0.0));
        let [down, up] = pressed(Key::Enter, NONE);
        if !by_mouse {
            harness.get_by_label("Do not save").focus();
            harness.run_steps(2);
        }
        let events = match by_mouse {
            true => vec![moved(0.0), button(true), moved(1.0), button(false), moved(2.0), moved(3.0)],
            false => vec![down, up],
        };
        harness.input_mut().events.extend(events);
        assert!(driven::closes(&mut harness), "by mouse: {by_mouse}");
    }
}

#[test]
fn a_window_without_changes_closes_at_once() {
    let mut harness = window(Settings::default());
    open(&mut harness, driven::SAMPLE);
    assert!(close(&mut harness));
}

//! The window, used as a person would: controls are found by their names.
#![allow(dead_code, reason = "each test crate uses a part of it")]

use egui_kittest::{Harness, kittest::Queryable as _};
use release_composer::{
    editor::{Editor, Places},
    release::Field,
    storage::Settings,
};

pub const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/samples/japan-phone-call.en.ron");

pub fn window(settings: Settings) -> Harness<'static, Option<Editor>> {
    window_with(settings, Places::default())
}

pub fn window_with(settings: Settings, places: Places) -> Harness<'static, Option<Editor>> {
    window_at_pace(settings, places, 0.25)
}

/// A window whose clock goes on by so many seconds with each frame.
pub fn window_at_pace(settings: Settings, places: Places, pace: f32) -> Harness<'static, Option<Editor>> {
    let show = move |ui: &mut egui::Ui, editor: &mut Option<Editor>| {
        editor.get_or_insert_with(|| Editor::new(ui.ctx(), settings.clone(), places.clone())).show(ui);
    };
    let mut harness =
        Harness::builder().with_size(egui::vec2(1280.0, 900.0)).with_step_dt(pace).build_ui_state(show, None);
    harness.run_steps(3);
    // Where there is a display, its clipboard belongs to no test.
    harness.state_mut().as_mut().unwrap().use_own_clipboard(String::new());
    settle(&mut harness);
    harness
}

/// Steps until nothing is under way: files are read and written, and pages set, beside the window. A key
/// goes its way through several frames, and only then begins what it asks for.
pub fn settle(harness: &mut Harness<'_, Option<Editor>>) {
    let begun = std::time::Instant::now();
    let mut idle = 0;
    while idle < 8 {
        harness.run_steps(1);
        idle += 1;
        if editor(harness).is_busy() {
            // A bound so that a test that hangs says so; nothing is measured by it.
            assert!(begun.elapsed() < std::time::Duration::from_secs(300), "the editor is busy without an end");
            std::thread::sleep(std::time::Duration::from_millis(2));
            idle = 0;
        }
    }
}

pub fn editor<'a>(harness: &'a Harness<'_, Option<Editor>>) -> &'a Editor {
    harness.state().as_ref().unwrap()
}

pub fn open(harness: &mut Harness<'_, Option<Editor>>, path: &str) {
    harness.state_mut().as_mut().unwrap().open_file(path.as_ref());
    settle(harness);
}

pub fn text(harness: &Harness<'_, Option<Editor>>, field: Field) -> String {
    editor(harness).release().text(field).unwrap().as_str().to_owned()
}

pub fn click_field(harness: &mut Harness<'_, Option<Editor>>, label: &str) {
    harness.get_by_role_and_label(egui::accesskit::Role::TextInput, label).focus();
    harness.run_steps(2);
}

/// Waits for a control: what is to be looked at comes a moment after the pages.
pub fn wait_for(harness: &mut Harness<'_, Option<Editor>>, label: &str) {
    let begun = std::time::Instant::now();
    harness.run_steps(1);
    while harness.query_by_label_contains(label).is_none() {
        assert!(begun.elapsed() < std::time::Duration::from_secs(300), "nothing is called {label}");
        std::thread::sleep(std::time::Duration::from_millis(20));
        harness.run_steps(1);
    }
    harness.run_steps(1);
}

/// Whether the window closes within its next frames.
pub fn closes(harness: &mut Harness<'_, Option<Editor>>) -> bool {
    let begun = std::time::Instant::now();
    while begun.elapsed() < std::time::Duration::from_secs(300) {
        harness.step();
        let output = harness.output().viewport_output.get(&egui::ViewportId::ROOT);
        if output.is_some_and(|output| output.commands.contains(&egui::ViewportCommand::Close)) {
            return true;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    false
}

/// Puts the caret at the beginning of a paragraph, counted from one, by the keyboard.
pub fn click_paragraph(harness: &mut Harness<'_, Option<Editor>>, number: usize) {
    harness.get_by_role_and_label(egui::accesskit::Role::MultilineTextInput, "Text").focus();
    harness.run_steps(2);
    key(harness, CTRL, egui::Key::Home);
    for _ in 1..number {
        key(harness, CTRL, egui::Key::ArrowDown);
    }
}

/// Puts the caret at the end of a paragraph, counted from one.
pub fn click_end_of_paragraph(harness: &mut Harness<'_, Option<Editor>>, number: usize) {
    click_paragraph(harness, number);
    let last = number == editor(harness).release().body.len();
    key(harness, CTRL, if last { egui::Key::End } else { egui::Key::ArrowDown });
    if !last {
        key(harness, NONE, egui::Key::ArrowLeft);
    }
}

pub fn type_text(harness: &mut Harness<'_, Option<Editor>>, text: &str) {
    for c in text.chars() {
        harness.event(egui::Event::Text(c.to_string()));
        harness.run_steps(1);
    }
}

pub fn key(harness: &mut Harness<'_, Option<Editor>>, modifiers: egui::Modifiers, key: egui::Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(2);
    settle(harness);
}

pub const NONE: egui::Modifiers = egui::Modifiers::NONE;
pub const CTRL: egui::Modifiers = egui::Modifiers::COMMAND;
pub const SHIFT: egui::Modifiers = egui::Modifiers::SHIFT;
pub const ALT: egui::Modifiers = egui::Modifiers::ALT;

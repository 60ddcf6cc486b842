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
    let show = move |ui: &mut egui::Ui, editor: &mut Option<Editor>| {
        editor.get_or_insert_with(|| Editor::new(ui.ctx(), settings.clone(), places.clone())).show(ui);
    };
    let mut harness = Harness::builder().with_size(egui::vec2(1280.0, 900.0)).build_ui_state(show, None);
    harness.run_steps(3);
    settle(&mut harness);
    harness
}

/// Steps until nothing is under way: files are read and written, and pages set, beside the window.
pub fn settle(harness: &mut Harness<'_, Option<Editor>>) {
    harness.run_steps(1);
    let begun = std::time::Instant::now();
    while editor(harness).is_busy() {
        // A bound so that a test that hangs says so; nothing is measured by it.
        assert!(begun.elapsed() < std::time::Duration::from_secs(300), "the editor is busy without an end");
        std::thread::sleep(std::time::Duration::from_millis(2));
        harness.run_steps(1);
    }
    // What came last is shown; a question first comes up, and a key goes its way through several frames.
    harness.run_steps(6);
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

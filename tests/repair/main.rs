//! A damaged draft in the window: its text is shown, corrected there and read again; until it is
//! saved nothing on the disk changes.
#![cfg(feature = "window")]

mod corrections;
#[path = "../driven/mod.rs"]
mod driven;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
    time::{Duration, Instant},
};

use driven::{CTRL, NONE, editor, key, type_text, window_with};
use egui::accesskit::Role;
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use release_composer::{
    editor::{Editor, Places},
    release::{Field, file},
    storage::{self, Settings},
};

type Window = Harness<'static, Option<Editor>>;

fn window(place: &Path) -> Window {
    let places =
        Places { recovery: Some(place.join("recovery")), versions: Some(place.join("versions")), ..Places::default() };
    window_with(Settings::default(), places)
}

/// A folder with a damaged draft, and the window that was asked to open it.
fn opened(text: &str) -> (tempfile::TempDir, PathBuf, Window) {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("សេចក្តី.ron");
    fs::write(&path, text).unwrap();
    let mut harness = window(place.path());
    open(&mut harness, &path);
    (place, path, harness)
}

fn open(harness: &mut Window, path: &Path) {
    driven::open(harness, path.to_str().unwrap());
}

fn click(harness: &mut Window, label: &str) {
    harness.get_by_role_and_label(Role::Button, label).click();
    driven::settle(harness);
}

/// Makes `headline` of the `headlin` of the fourth line, and has the draft read again.
fn mend_headlin(harness: &mut Window) {
    harness.get_by_role_and_label(Role::TextInput, "Line 4").focus();
    harness.run_steps(2);
    key(harness, NONE, egui::Key::Home);
    for _ in 0.."  headlin".len() {
        key(harness, NONE, egui::Key::ArrowRight);
    }
    type_text(harness, "e");
    click(harness, "Read it again");
}

fn line(harness: &Window, number: usize) -> Option<String> {
    let label = format!("Line {number}");
    let node = harness.query_by_role_and_label(Role::TextInput, &label)?;
    node.accesskit_node().value()
}

fn headline(harness: &Window) -> String {
    editor(harness).release().text(Field::Headline).unwrap().as_str().to_owned()
}

/// What the folder holds beside recovery and versions.
fn names(place: &Path) -> Vec<String> {
    let names = fs::read_dir(place).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter(|name| name.contains(".ron")).collect();
    names.sort();
    names
}

const NO_BRACKET: &str =
    "(\n  format: 1,\n  language: English,\n  headline: \"One\",\n  body: [\n    (text: \"Two\"),\n  ,\n)\n";

#[test]
fn a_missing_bracket_is_put_back_where_it_is_missing() {
    let (place, path, mut harness) = opened(NO_BRACKET);
    harness.get_by_label_contains("is damaged");
    harness.get_by_label_contains("Line 7, field Text:");
    assert_eq!(line(&harness, 6).unwrap().trim_end(), "    (text: \"Two\"),");
    // The caret is at the place of the error.
    type_text(&mut harness, "]");
    assert_eq!(line(&harness, 7).unwrap().trim_end(), "  ],");
    assert_eq!(fs::read_to_string(&path).unwrap(), NO_BRACKET);
    click(&mut harness, "Read it again");
    assert_eq!(headline(&harness), "One");
    assert_eq!(editor(&harness).release().body.len(), 1);
    assert!(editor(&harness).is_unsaved());
    assert_eq!(fs::read_to_string(&path).unwrap(), NO_BRACKET, "nothing changes before it is saved");
    assert_eq!(names(place.path()), ["សេចក្តី.ron"]);
    key(&mut harness, CTRL, egui::Key::S);
    assert_eq!(storage::open(&path).unwrap(), *editor(&harness).release());
    assert!(!editor(&harness).is_unsaved());
    assert_eq!(names(place.path()), ["សេចក្តី.ron", "សេចក្តី.ron.damaged"]);
    assert_eq!(fs::read_to_string(place.path().join("សេចក្តី.ron.damaged")).unwrap(), NO_BRACKET);
    harness.get_by_label_contains("សេចក្តី.ron.damaged");
}

#[test]
fn a_damaged_draft_is_corrected_without_a_mouse() {
    let (_place, _path, mut harness) = opened(NO_BRACKET);
    // F6 leads to the buttons below the text, whatever number of lines is between, and back.
    key(&mut harness, NONE, egui::Key::F6);
    assert!(harness.get_by_role_and_label(Role::Button, "Read it again").accesskit_node().is_focused());
    key(&mut harness, NONE, egui::Key::F6);
    assert!(harness.get_by_role_and_label(Role::TextInput, "Line 7").accesskit_node().is_focused());
    key(&mut harness, NONE, egui::Key::F5);
    assert!(line(&harness, 7).is_some(), "it is still damaged");
    key(&mut harness, NONE, egui::Key::ArrowUp);
    key(&mut harness, NONE, egui::Key::F7);
    type_text(&mut harness, "]");
    key(&mut harness, NONE, egui::Key::F5);
    assert_eq!(headline(&harness), "One");
}

#[test]
fn khmer_is_corrected_letter_by_letter() {
    let text = "(\n  format: 1,\n  language: Khmer,\n  headline: \"ព្រះរាជាណាចក្រ,\n  title: \"ស្ត្រី\",\n)\n";
    let (_place, _path, mut harness) = opened(text);
    let error = file::parse(text).unwrap_err();
    harness.get_by_label_contains(&error.message);
    harness.get_by_role_and_label(Role::TextInput, "Line 4").focus();
    harness.run_steps(2);
    key(&mut harness, NONE, egui::Key::End);
    key(&mut harness, NONE, egui::Key::ArrowLeft);
    type_text(&mut harness, "កម្ពុជា\"");
    assert_eq!(line(&harness, 4).unwrap().trim_end(), "  headline: \"ព្រះរាជាណាចក្រកម្ពុជា\",");
    key(&mut harness, CTRL, egui::Key::Z);
    assert_eq!(line(&harness, 4).unwrap().trim_end(), "  headline: \"ព្រះរាជាណាចក្រ,");
    key(&mut harness, CTRL, egui::Key::Y);
    click(&mut harness, "Read it again");
    assert_eq!(headline(&harness), "ព្រះរាជាណាចក្រកម្ពុជា");
}

#[test]
fn one_error_leads_to_the_next() {
    let text = "(\n  format: 1,\n  language: English,\n  headlin: \"One\",\n  signature: (date: \"soon\"),\n)\n";
    let (_place, _path, mut harness) = opened(text);
    harness.get_by_label_contains("Line 4, field headlin: no such field");
    key(&mut harness, NONE, egui::Key::End);
    key(&mut harness, CTRL, egui::Key::ArrowLeft);
    mend_headlin(&mut harness);
    harness.get_by_label_contains("Line 5, field Date: `soon` is no date");
    // Lines are divided, joined and left like those of any text.
    key(&mut harness, NONE, egui::Key::Home);
    key(&mut harness, NONE, egui::Key::Enter);
    assert_eq!(line(&harness, 6).unwrap().trim_end(), "  signature: (date: \"soon\"),");
    key(&mut harness, NONE, egui::Key::Backspace);
    assert_eq!(line(&harness, 5).unwrap().trim_end(), "  signature: (date: \"soon\"),");
    key(&mut harness, CTRL, egui::Key::A);
    harness.event(egui::Event::Paste("  signature: (\n    date: \"2026-11-25\"\n  ),".into()));
    harness.run_steps(3);
    assert_eq!(line(&harness, 6).unwrap().trim_end(), "    date: \"2026-11-25\"");
    click(&mut harness, "Read it again");
    assert_eq!(headline(&harness), "One");
}

#[test]
fn corrections_are_not_let_go_of_without_asking() {
    let (place, path, mut harness) = opened(NO_BRACKET);
    type_text(&mut harness, "x");
    click(&mut harness, "Close");
    assert!(line(&harness, 7).is_some(), "it is asked first");
    click(&mut harness, "Close without the corrections");
    assert!(line(&harness, 7).is_none());
    assert!(!editor(&harness).is_unsaved());
    open(&mut harness, &path);
    click(&mut harness, "Close");
    assert!(line(&harness, 7).is_none(), "nothing was corrected");
    assert_eq!(fs::read_to_string(&path).unwrap(), NO_BRACKET);
    assert_eq!(names(place.path()), ["សេចក្តី.ron"]);
}

#[test]
fn a_crash_after_repair_loses_nothing() {
    let (place, path, mut harness) = opened(NO_BRACKET);
    type_text(&mut harness, "]");
    click(&mut harness, "Read it again");
    harness.run_steps(5);
    drop(harness);
    assert_eq!(fs::read_to_string(&path).unwrap(), NO_BRACKET);
    let mut harness = window(place.path());
    harness.get_by_role_and_label(Role::Button, "Open with the changes (សេចក្តី.ron)").click();
    harness.run_steps(3);
    assert_eq!(headline(&harness), "One");
    key(&mut harness, CTRL, egui::Key::S);
    assert_eq!(names(place.path()), ["សេចក្តី.ron", "សេចក្តី.ron.damaged"]);
    assert_eq!(storage::open(&path).unwrap(), *editor(&harness).release());
}

#[test]
fn a_draft_of_a_newer_program_is_shown_and_left_alone() {
    let text = "(\n  format: 99,\n  language: English,\n)\n";
    let (place, path, mut harness) = opened(text);
    harness.get_by_label_contains("is from a newer Release Composer");
    assert!(harness.query_by_role_and_label(Role::Button, "Read it again").is_none());
    type_text(&mut harness, "x");
    key(&mut harness, NONE, egui::Key::Backspace);
    assert_eq!(line(&harness, 2).unwrap().trim_end(), "  format: 99,");
    click(&mut harness, "Close");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    assert_eq!(names(place.path()), ["សេចក្តី.ron"]);
}

#[test]
fn what_is_no_text_is_named_and_not_shown() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("x.ron");
    fs::write(&path, [0xFF, 0xFE, 0]).unwrap();
    let mut harness = window(place.path());
    open(&mut harness, &path);
    harness.get_by_label_contains("is not text");
    assert!(line(&harness, 1).is_none());
}

/// The time for which this thread had a processor, whatever else the machine does; elsewhere than on Linux
/// that since the test began.
fn processor_time() -> Duration {
    static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let ran = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = ran.and_then(|ran| ran.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| BEGUN.elapsed(), Duration::from_nanos)
}

#[test]
fn the_largest_draft_does_not_freeze_the_window() {
    let paragraph = format!("    (text: \"{}\"),\n", "ព្រះរាជាណាចក្រកម្ពុជា ជាតិ ".repeat(20));
    let many = format!(
        "(\n  format: 1,\n  language: Khmer,\n  body: [\n{}  ],\n  headlin: \"\",\n)",
        paragraph.repeat(file::MAX_BYTES / paragraph.len() - 2)
    );
    let one_line = many.replace('\n', " ");
    let empty_lines = format!("(\n{}", "\n".repeat(file::MAX_BYTES - 8));
    for (text, name) in [(many, "many paragraphs"), (one_line, "one line"), (empty_lines, "empty lines")] {
        assert!(text.len() <= file::MAX_BYTES);
        let start = processor_time();
        let (_place, _path, mut harness) = opened(&text);
        let opening = processor_time() - start;
        harness.get_by_label_contains("is damaged");
        harness.run_steps(20);
        let start = processor_time();
        type_text(&mut harness, "xyz");
        let key = (processor_time() - start) / 3;
        println!("{name}: {} bytes, opened in {opening:?}, a key takes {key:?}", text.len());
        // Far above what was measured.
        assert!(opening < Duration::from_secs(20) && key < Duration::from_secs(1), "{name}: {opening:?}, {key:?}");
    }
}

#[test]
fn the_mark_stays_with_the_error_when_a_correction_is_taken_back() {
    let (_place, _path, mut harness) = opened(NO_BRACKET);
    harness.get_by_role_and_label(Role::TextInput, "Line 2").focus();
    harness.run_steps(2);
    harness.event(egui::Event::Paste("// a\n// b\n// c\n".into()));
    harness.run_steps(3);
    harness.get_by_label_contains("Line 10, field Text:");
    key(&mut harness, CTRL, egui::Key::Z);
    harness.run_steps(2);
    harness.get_by_label_contains("Line 7, field Text:");
}

/// As when it is opened: a draft that is written by hand names its pictures.
#[test]
fn a_draft_that_is_corrected_has_the_pictures_beside_it() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("x.ron");
    let chart = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/chart.png")).unwrap();
    fs::write(place.path().join("chart.png"), &chart).unwrap();
    fs::write(
        &path,
        "(\n  format: 3,\n  language: English,\n  headlin: \"One\",\n  body: [(picture: \"chart.png\", alternative: \"x\"), (picture: \"none.png\")],\n)\n",
    )
    .unwrap();
    let mut harness = window(place.path());
    open(&mut harness, &path);
    mend_headlin(&mut harness);
    assert_eq!(headline(&harness), "One");
    let pictures: Vec<_> = editor(&harness).release().body.iter().filter_map(|block| block.picture.clone()).collect();
    let data: Vec<_> = pictures.iter().map(|picture| picture.data.as_ref().map(|data| data.bytes().to_vec())).collect();
    assert_eq!(data, [Some(chart), None]);
    // One that is mailed has them.
    key(&mut harness, CTRL, egui::Key::S);
    fs::remove_file(place.path().join("chart.png")).unwrap();
    assert_eq!(storage::open(&path).unwrap(), *editor(&harness).release());
}

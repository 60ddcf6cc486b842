//! Corrections of a damaged draft that a crash interrupts: they are kept within a second, and come back.

use std::{
    fs,
    path::{Path, PathBuf},
};

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use release_composer::{
    release::Release,
    storage::{self, corrections, versions::Versions},
};

use super::{
    NO_BRACKET, Window, click,
    driven::{CTRL, closes, editor, key, settle, type_text},
    headline, open, window,
};

const OPEN: &str = "Open with the changes (សេចក្តី.ron)";

fn damaged() -> (tempfile::TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("សេចក្តី.ron");
    fs::write(&path, NO_BRACKET).unwrap();
    (place, path)
}

fn correct(harness: &mut Window, text: &str) {
    type_text(harness, text);
    settle(harness);
}

/// Types a correction into the damaged draft and ends the program as a crash does.
fn crash(place: &Path, path: &Path, text: &str) {
    let mut harness = window(place);
    open(&mut harness, path);
    correct(&mut harness, text);
    drop(harness);
    assert_eq!(fs::read_to_string(path).unwrap(), NO_BRACKET);
}

fn ask_to_close(harness: &mut Window) {
    harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default().events.push(egui::ViewportEvent::Close);
}

fn line(harness: &Window, number: usize) -> Option<String> {
    super::line(harness, number).map(|line| line.trim_end().to_owned())
}

/// How many files with corrections there are.
fn kept(place: &Path) -> usize {
    let names = fs::read_dir(place.join("recovery")).into_iter().flatten().map(|entry| entry.unwrap().file_name());
    names.filter(|name| name.to_str().unwrap().ends_with(".corrections")).count()
}

#[test]
fn corrections_are_there_again_after_a_crash() {
    let (place, path) = damaged();
    crash(place.path(), &path, "]");
    let mut harness = window(place.path());
    open(&mut harness, &path);
    assert_eq!(line(&harness, 7).as_deref(), Some("  ],"));
    harness.get_by_label_contains("Your corrections of សេចក្តី.ron from");
    assert!(harness.query_by_role_and_label(Role::Button, OPEN).is_none(), "what is open is not offered");
    // All of them are one step, of which what is typed next is no part.
    correct(&mut harness, "x");
    key(&mut harness, CTRL, egui::Key::Z);
    assert_eq!(line(&harness, 7).as_deref(), Some("  ],"));
    key(&mut harness, CTRL, egui::Key::Z);
    assert_eq!(line(&harness, 7).as_deref(), Some("  ,"));
    assert_eq!(kept(place.path()), 0, "nothing is corrected now");
    key(&mut harness, CTRL, egui::Key::Y);
    assert_eq!(kept(place.path()), 1);
    click(&mut harness, "Read it again");
    assert_eq!(headline(&harness), "One");
    assert_eq!(kept(place.path()), 0, "the journal has them");
    drop(harness);
    let mut harness = window(place.path());
    click(&mut harness, OPEN);
    assert_eq!(headline(&harness), "One");
    key(&mut harness, CTRL, egui::Key::S);
    assert_eq!(storage::open(&path).unwrap(), *editor(&harness).release());
}

#[test]
fn corrections_are_offered_at_the_next_start() {
    let (place, path) = damaged();
    crash(place.path(), &path, "]");
    let mut harness = window(place.path());
    harness.get_by_label("This draft is damaged. These are your corrections of its text.");
    click(&mut harness, "Ask again next time");
    drop(harness);
    let mut harness = window(place.path());
    click(&mut harness, OPEN);
    assert_eq!(line(&harness, 7).as_deref(), Some("  ],"));
    drop(harness);
    let mut harness = window(place.path());
    click(&mut harness, "Throw the changes away (សេចក្តី.ron)");
    assert_eq!(kept(place.path()), 1, "it is asked first");
    click(&mut harness, "Really throw them away? (សេចក្តី.ron)");
    assert_eq!(kept(place.path()), 0);
    assert!(harness.query_by_role_and_label(Role::Button, OPEN).is_none());
}

#[test]
fn corrections_that_are_given_up_are_not_kept() {
    let (place, path) = damaged();
    let mut harness = window(place.path());
    open(&mut harness, &path);
    correct(&mut harness, "x");
    assert_eq!(kept(place.path()), 1);
    click(&mut harness, "Close");
    click(&mut harness, "Close without the corrections");
    assert_eq!(kept(place.path()), 0);
    open(&mut harness, &path);
    assert_eq!(line(&harness, 7).as_deref(), Some("  ,"));
    correct(&mut harness, "x");
    ask_to_close(&mut harness);
    settle(&mut harness);
    assert_eq!(kept(place.path()), 1, "it is asked first");
    ask_to_close(&mut harness);
    assert!(closes(&mut harness));
    settle(&mut harness);
    assert_eq!(kept(place.path()), 0);
}

#[test]
fn the_last_good_version_takes_the_place_of_corrections() {
    let (place, path) = damaged();
    let good = Release { headline: "Good".into(), ..Release::default() };
    Versions::of(&place.path().join("versions"), &path).keep(&good, std::time::SystemTime::now()).unwrap();
    let mut harness = window(place.path());
    open(&mut harness, &path);
    correct(&mut harness, "x");
    assert_eq!(kept(place.path()), 1);
    harness.get_by_label_contains("Use the last good version").click();
    settle(&mut harness);
    assert_eq!((headline(&harness).as_str(), kept(place.path())), ("Good", 0));
}

#[test]
fn corrections_of_another_text_are_neither_used_nor_lost() {
    let (place, path) = damaged();
    crash(place.path(), &path, "]");
    let changed = NO_BRACKET.replace("One", "Three");
    fs::write(&path, &changed).unwrap();
    let mut harness = window(place.path());
    open(&mut harness, &path);
    assert_eq!(line(&harness, 7).as_deref(), Some("  ,"));
    harness.get_by_label_contains("Other corrections of សេចក្តី.ron are kept");
    click(&mut harness, "Ask again next time");
    correct(&mut harness, "y");
    assert_eq!(kept(place.path()), 2, "each has a file of its own");
    key(&mut harness, CTRL, egui::Key::Z);
    assert_eq!(kept(place.path()), 1);
    drop(harness);
    // The corrected text can be read meanwhile, and the file is another.
    let mut harness = window(place.path());
    click(&mut harness, OPEN);
    assert_eq!(headline(&harness), "One");
    assert_eq!(fs::read_to_string(&path).unwrap(), changed);
    assert_eq!(kept(place.path()), 0, "the journal has them");
}

#[test]
fn corrections_are_shown_where_the_file_has_changed_or_gone() {
    let (place, path) = damaged();
    crash(place.path(), &path, "x");
    fs::write(&path, NO_BRACKET.replace("One", "Three")).unwrap();
    for has_file in [true, false] {
        if !has_file {
            fs::remove_file(&path).unwrap();
        }
        let mut harness = window(place.path());
        click(&mut harness, OPEN);
        harness.get_by_label_contains("has changed since you corrected it");
        assert_eq!(line(&harness, 4).as_deref(), Some("  headline: \"One\","));
        assert_eq!(line(&harness, 7).as_deref(), Some("  x,"));
        assert_eq!(kept(place.path()), 1);
        if has_file {
            key(&mut harness, CTRL, egui::Key::Z);
            assert_eq!(line(&harness, 4).as_deref(), Some("  headline: \"Three\","));
            key(&mut harness, CTRL, egui::Key::Y);
        }
        drop(harness);
    }
}

#[test]
fn two_windows_keep_their_corrections_apart() {
    let (place, path) = damaged();
    let mut first = window(place.path());
    open(&mut first, &path);
    correct(&mut first, "]");
    let mut second = window(place.path());
    assert!(second.query_by_role_and_label(Role::Button, OPEN).is_none(), "the first has them");
    open(&mut second, &path);
    assert_eq!(line(&second, 7).as_deref(), Some("  ,"));
    correct(&mut second, "y");
    assert_eq!(kept(place.path()), 2);
    click(&mut second, "Close");
    click(&mut second, "Close without the corrections");
    drop(second);
    drop(first);
    let mut third = window(place.path());
    open(&mut third, &path);
    assert_eq!(line(&third, 7).as_deref(), Some("  ],"));
}

#[test]
fn a_panic_has_what_was_typed_last_written() {
    let (place, path) = damaged();
    let mut harness = window(place.path());
    open(&mut harness, &path);
    correct(&mut harness, "x");
    // These come before the next write.
    type_text(&mut harness, "yz");
    assert!(corrections::flush(std::time::Duration::from_secs(60)));
    drop(harness);
    let mut harness = window(place.path());
    click(&mut harness, OPEN);
    assert_eq!(line(&harness, 7).as_deref(), Some("  xyz,"));
}

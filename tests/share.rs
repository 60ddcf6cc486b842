//! A share that hangs, told step by step: a file system in user space (bindfs) is stopped under an open
//! draft. Needs Linux, bindfs and the right to mount; run it with
//!
//! ```text
//! cargo test --test share -- --ignored --nocapture
//! ```
#![cfg(all(feature = "window", target_os = "linux"))]

mod driven;

use std::{
    path::{Path, PathBuf},
    process::{Child, Command},
    time::{Duration, Instant},
};

use driven::*;
use egui_kittest::{Harness, kittest::Queryable as _};
use release_composer::{
    editor::{Editor, Places},
    release::{Field, Release},
    storage::{self, Settings},
};

type Window = Harness<'static, Option<Editor>>;

/// A folder that is reached through another process.
struct Share {
    folder: PathBuf,
    server: Child,
}

impl Share {
    /// Mounts a folder; `None` where that cannot be done.
    fn mount(behind: &Path, folder: PathBuf) -> Option<Self> {
        std::fs::create_dir(&folder).unwrap();
        let server = Command::new("bindfs").arg("-f").arg(behind).arg(&folder).spawn().ok()?;
        let mut share = Self { folder, server };
        let begun = Instant::now();
        let probe = behind.join("probe");
        std::fs::write(&probe, "x").unwrap();
        while !share.folder.join("probe").exists() {
            if begun.elapsed() > Duration::from_secs(30) || share.server.try_wait().unwrap().is_some() {
                return None;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(share)
    }

    fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.server.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        _ = Command::new("kill").args(["-CONT", &self.server.id().to_string()]).status();
        _ = Command::new("fusermount3").args(["-u", "-z"]).arg(&self.folder).status();
        _ = self.server.kill();
        _ = self.server.wait();
    }
}

/// Ends the test if the window waits for the share.
fn watch(server: u32) {
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_secs(240));
        eprintln!("the window waits for the share");
        _ = Command::new("kill").args(["-CONT", &server.to_string()]).status();
        std::process::exit(1);
    });
}

fn wait_for(harness: &mut Window, label: &str) {
    let begun = Instant::now();
    while harness.query_all_by_label_contains(label).next().is_none() {
        assert!(begun.elapsed() < Duration::from_secs(300), "nothing is called {label}");
        std::thread::sleep(Duration::from_millis(5));
        harness.run_steps(1);
    }
    harness.run_steps(3);
}

fn press(harness: &mut Window, label: &str) {
    harness.get_all_by_label_contains(label).next().unwrap().click();
    harness.run_steps(3);
}

fn save(harness: &mut Window) {
    harness.key_press_modifiers(CTRL, egui::Key::S);
    harness.run_steps(2);
}

#[test]
#[ignore = "needs bindfs and the right to mount"]
fn a_share_that_hangs_holds_up_nothing() {
    let place = tempfile::tempdir().unwrap();
    let behind = place.path().join("behind");
    std::fs::create_dir(&behind).unwrap();
    let share = Share::mount(&behind, place.path().join("share")).expect("bindfs, and the right to mount");
    watch(share.server.id());
    let draft = share.folder.join("draft.ron");
    storage::save(&draft, &Release { headline: "Saved".into(), ..Release::default() }).unwrap();
    let places = Places {
        recovery: Some(place.path().join("recovery")),
        versions: Some(place.path().join("versions")),
        locks: true,
        ..Places::default()
    };

    let mut harness = window_with(Settings::default(), places.clone());
    open(&mut harness, draft.to_str().unwrap());
    click_field(&mut harness, "Headline");
    harness.key_press_modifiers(NONE, egui::Key::End);
    harness.run_steps(2);
    type_text(&mut harness, " one");
    share.signal("-STOP");
    eprintln!("1. the share hangs: typing goes on");
    type_text(&mut harness, " two");
    assert_eq!(text(&harness, Field::Headline), "Saved one two");
    eprintln!("2. saving is a wait that is seen; typing goes on");
    save(&mut harness);
    wait_for(&mut harness, "Saving to ");
    type_text(&mut harness, " three");
    assert_eq!(text(&harness, Field::Headline), "Saved one two three");
    harness.run_steps(2);
    eprintln!("3. the program ends without a word");
    drop(harness);

    eprintln!("4. it starts while the share hangs, with the file as argument: what was typed is offered");
    let show_places = places;
    let show = move |ui: &mut egui::Ui, editor: &mut Option<Editor>| {
        editor.get_or_insert_with(|| Editor::new(ui.ctx(), Settings::default(), show_places.clone())).show(ui);
    };
    let mut harness = Harness::builder().with_size(egui::vec2(1280.0, 900.0)).build_ui_state(show, None);
    harness.run_steps(1);
    harness.get_by_label_contains("File");
    harness.state_mut().as_mut().unwrap().open_file(&draft);
    wait_for(&mut harness, "Open with the changes (draft.ron)");
    harness.get_by_label_contains("cannot be reached yet");
    press(&mut harness, "Open with the changes (draft.ron)");
    assert_eq!(text(&harness, Field::Headline), "Saved one two three");

    eprintln!("5. saving hangs again, and is given up");
    save(&mut harness);
    wait_for(&mut harness, "Saving to ");
    while harness.query_all_by_label_contains("Stop waiting").next().is_some() {
        press(&mut harness, "Stop waiting");
    }
    wait_for(&mut harness, "Not saved to ");

    eprintln!("6. it is saved on the local disk");
    harness.key_press_modifiers(CTRL | egui::Modifiers::SHIFT, egui::Key::S);
    wait_for(&mut harness, "Write the path of the file.");
    harness.key_press_modifiers(CTRL, egui::Key::A);
    harness.run_steps(2);
    let local = place.path().join("local.ron");
    type_text(&mut harness, local.to_str().unwrap());
    harness.key_press_modifiers(NONE, egui::Key::Enter);
    wait_for(&mut harness, "Saved to ");
    assert_eq!(storage::open(&local).unwrap().headline, "Saved one two three");
    assert!(!editor(&harness).is_unsaved());

    eprintln!("7. the share is back: what is there is whole, and the draft stays where it was saved");
    share.signal("-CONT");
    settle(&mut harness);
    let there = storage::open(&draft).unwrap().headline;
    assert!(["Saved", "Saved one two"].contains(&there.as_str()), "{there}");
    type_text(&mut harness, "!");
    save(&mut harness);
    settle(&mut harness);
    assert_eq!(storage::open(&local).unwrap().headline, text(&harness, Field::Headline));
}

//! A disk that does not answer: the window goes on, the wait is seen and can be ended, and nothing that
//! was typed is lost.
#![cfg(feature = "window")]

mod driven;

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, Condvar, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use driven::*;
use egui_kittest::{Harness, kittest::Queryable as _};
use release_composer::{
    editor::{DraftDisk, Editor, Places},
    release::{Field, Release},
    storage::{self, Disk, Readers, Settings, SystemDisk},
};

type Window = Harness<'static, Option<Editor>>;

/// What a disk is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// A temporary file beside the draft
    Create,
    /// The draft's place
    Rename,
}

/// A disk that hangs at one operation on the files below a folder, until it is told to go on.
#[derive(Clone)]
struct HangingDisk(Arc<Hanging>);

struct Hanging {
    share: PathBuf,
    at: Mutex<Option<At>>,
    changed: Condvar,
    /// Operations that hang now.
    hanging: AtomicUsize,
    /// The most that hung at once.
    most: AtomicUsize,
    /// Called with what takes another file's place.
    renamed: Box<dyn Fn() + Send + Sync>,
}

impl HangingDisk {
    fn new(share: &Path, renamed: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Arc::new(Hanging {
            // As Windows calls a file that is being replaced.
            share: share.canonicalize().unwrap(),
            at: Mutex::new(None),
            changed: Condvar::new(),
            hanging: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
            renamed: Box::new(renamed),
        }))
    }

    fn hang(&self, at: At) {
        *self.0.at.lock().unwrap() = Some(at);
    }

    fn go_on(&self) {
        *self.0.at.lock().unwrap() = None;
        self.0.changed.notify_all();
    }

    fn reach(&self, at: At, path: &Path) {
        if !path.starts_with(&self.0.share) {
            return;
        }
        let now = self.0.hanging.fetch_add(1, Ordering::SeqCst) + 1;
        self.0.most.fetch_max(now, Ordering::SeqCst);
        drop(self.0.changed.wait_while(self.0.at.lock().unwrap(), |hangs| *hangs == Some(at)).unwrap());
        self.0.hanging.fetch_sub(1, Ordering::SeqCst);
    }

    /// Steps until the window hangs on the disk.
    fn wait_until_reached(&self, harness: &mut Window) {
        while self.0.hanging.load(Ordering::SeqCst) == 0 {
            harness.run_steps(1);
        }
    }
}

impl Disk for HangingDisk {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        SystemDisk.create_folder(folder)
    }
    fn create(&self, path: &Path, readers: Readers) -> io::Result<File> {
        self.reach(At::Create, path);
        SystemDisk.create(path, readers)
    }
    fn write(&self, file: &File, bytes: &[u8]) -> io::Result<()> {
        SystemDisk.write(file, bytes)
    }
    fn sync(&self, file: &File) -> io::Result<()> {
        SystemDisk.sync(file)
    }
    fn take_after(&self, file: &File, model: &File) -> io::Result<()> {
        SystemDisk.take_after(file, model)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.reach(At::Rename, to);
        (self.0.renamed)();
        SystemDisk.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        SystemDisk.remove(path)
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        SystemDisk.sync_folder(folder)
    }
}

/// A draft on a share, open in a window, with words typed that are not saved.
struct Share {
    place: tempfile::TempDir,
    draft: PathBuf,
    disk: HangingDisk,
    places: Places,
}

fn share() -> Share {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("share");
    std::fs::create_dir(&folder).unwrap();
    let draft = folder.join("draft.ron");
    storage::save(&draft, &Release { headline: "Saved".into(), ..Release::default() }).unwrap();
    let disk = HangingDisk::new(&folder, || ());
    let places = Places {
        recovery: Some(place.path().join("recovery")),
        versions: Some(place.path().join("versions")),
        locks: true,
        disk: Some(DraftDisk(Arc::new(disk.clone()))),
        ..Places::default()
    };
    Share { place, draft, disk, places }
}

impl Share {
    fn window(&self) -> Window {
        let mut harness = window_with(Settings::default(), self.places.clone());
        open(&mut harness, self.draft.to_str().unwrap());
        click_field(&mut harness, "Headline");
        step_key(&mut harness, NONE, egui::Key::End);
        type_text(&mut harness, " one");
        harness
    }

    fn headline(&self) -> String {
        storage::open(&self.draft).unwrap().headline
    }
}

/// A key, without waiting for what it begins.
fn step_key(harness: &mut Window, modifiers: egui::Modifiers, key: egui::Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(2);
}

/// Steps until something is there to be found by its name.
fn wait_for(harness: &mut Window, label: &str) {
    let begun = std::time::Instant::now();
    while harness.query_all_by_label_contains(label).next().is_none() {
        assert!(begun.elapsed() < std::time::Duration::from_secs(300), "nothing is called {label}");
        std::thread::sleep(std::time::Duration::from_millis(5));
        harness.run_steps(1);
    }
    // A question comes up first.
    harness.run_steps(3);
}

fn press(harness: &mut Window, label: &str) {
    harness.get_all_by_label_contains(label).next().unwrap().click();
    harness.run_steps(3);
}

/// Asks the window to close, as the system does.
fn close(harness: &mut Window) {
    let root = harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default();
    root.events.push(egui::ViewportEvent::Close);
    harness.run_steps(1);
    let root = harness.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default();
    root.events.clear();
    harness.run_steps(2);
}

#[test]
fn typing_goes_on_while_a_save_hangs_and_what_is_typed_then_is_not_saved() {
    let share = share();
    let mut harness = share.window();
    share.disk.hang(At::Rename);
    step_key(&mut harness, CTRL, egui::Key::S);
    share.disk.wait_until_reached(&mut harness);
    type_text(&mut harness, " two");
    assert_eq!(text(&harness, Field::Headline), "Saved one two");
    wait_for(&mut harness, "Saving to ");
    share.disk.go_on();
    settle(&mut harness);
    assert_eq!(share.headline(), "Saved one");
    harness.get_by_label_contains("Saved to ");
    assert!(editor(&harness).is_unsaved(), "what was typed during the save");
    key(&mut harness, CTRL, egui::Key::S);
    assert_eq!(share.headline(), "Saved one two");
    assert!(!editor(&harness).is_unsaved());
}

#[test]
fn a_save_that_is_given_up_before_the_files_place_is_taken_changes_nothing() {
    let share = share();
    let mut harness = share.window();
    share.disk.hang(At::Create);
    step_key(&mut harness, CTRL, egui::Key::S);
    wait_for(&mut harness, "Stop waiting");
    press(&mut harness, "Stop waiting");
    harness.get_by_label_contains("Not saved to ");
    assert!(!editor(&harness).is_busy() && editor(&harness).is_unsaved());
    share.disk.go_on();
    // The next save waits until the thread of the first is at its end.
    key(&mut harness, CTRL, egui::Key::S);
    assert_eq!(share.headline(), "Saved one");
    assert!(harness.query_by_label_contains("was saved after all").is_none());
    assert!(!editor(&harness).is_unsaved());
}

#[test]
fn a_save_that_comes_late_is_told_and_undoes_no_later_one() {
    let share = share();
    let mut harness = share.window();
    share.disk.hang(At::Rename);
    step_key(&mut harness, CTRL, egui::Key::S);
    share.disk.wait_until_reached(&mut harness);
    wait_for(&mut harness, "Stop waiting");
    press(&mut harness, "Stop waiting");
    type_text(&mut harness, " two");
    // Not before the one that was given up has ended, in one way or the other.
    step_key(&mut harness, CTRL, egui::Key::S);
    type_text(&mut harness, " three");
    assert_eq!(share.disk.0.most.load(Ordering::SeqCst), 1, "two saves of one file at once");
    share.disk.go_on();
    settle(&mut harness);
    harness.get_by_label_contains("was saved after all");
    assert_eq!(share.headline(), "Saved one two");
    assert!(editor(&harness).is_unsaved());
    assert_eq!(share.disk.0.most.load(Ordering::SeqCst), 1, "two saves of one file at once");
    key(&mut harness, CTRL, egui::Key::S);
    assert_eq!(share.headline(), "Saved one two three");
}

#[test]
fn of_several_saves_while_one_hangs_the_last_counts() {
    let share = share();
    let mut harness = share.window();
    share.disk.hang(At::Rename);
    for word in [" two", " three", " four"] {
        step_key(&mut harness, CTRL, egui::Key::S);
        type_text(&mut harness, word);
    }
    step_key(&mut harness, CTRL, egui::Key::S);
    share.disk.go_on();
    settle(&mut harness);
    assert_eq!(share.headline(), "Saved one two three four");
    assert!(!editor(&harness).is_unsaved());
    assert_eq!(share.disk.0.most.load(Ordering::SeqCst), 1, "two saves of one file at once");
}

#[test]
fn closing_while_a_save_hangs_asks_and_waits_if_told_to() {
    let share = share();
    let mut harness = share.window();
    share.disk.hang(At::Rename);
    step_key(&mut harness, CTRL, egui::Key::S);
    share.disk.wait_until_reached(&mut harness);
    close(&mut harness);
    harness.get_by_label_contains("is still being saved to");
    harness.get_by_label_contains("Save elsewhere");
    press(&mut harness, "Wait for it");
    assert!(harness.query_by_label("Wait for it").is_none());
    share.disk.go_on();
    assert!(closes(&mut harness));
    assert_eq!(share.headline(), "Saved one");
    assert_eq!(std::fs::read_dir(share.place.path().join("recovery")).unwrap().count(), 0);
}

#[test]
fn a_window_whose_draft_is_given_up_closes_though_a_save_hangs() {
    let share = share();
    let mut harness = share.window();
    share.disk.hang(At::Create);
    step_key(&mut harness, CTRL, egui::Key::S);
    share.disk.wait_until_reached(&mut harness);
    close(&mut harness);
    press(&mut harness, "Do not save");
    assert!(closes(&mut harness));
    drop(harness);
    // Nothing waits for the thread. What it still does changes nothing.
    share.disk.go_on();
    while share.disk.0.hanging.load(Ordering::SeqCst) > 0 {
        std::thread::yield_now();
    }
    assert_eq!(share.headline(), "Saved");
}

#[test]
fn a_draft_is_saved_elsewhere_while_its_share_hangs() {
    let share = share();
    let mut harness = share.window();
    share.disk.hang(At::Rename);
    step_key(&mut harness, CTRL, egui::Key::S);
    share.disk.wait_until_reached(&mut harness);
    step_key(&mut harness, CTRL | egui::Modifiers::SHIFT, egui::Key::S);
    wait_for(&mut harness, "Write the path of the file.");
    step_key(&mut harness, CTRL, egui::Key::A);
    let elsewhere = share.place.path().join("local.ron");
    type_text(&mut harness, elsewhere.to_str().unwrap());
    step_key(&mut harness, NONE, egui::Key::Enter);
    settle(&mut harness);
    assert_eq!(storage::open(&elsewhere).unwrap().headline, "Saved one");
    assert!(!editor(&harness).is_unsaved());
    // The share is back: the draft stays where it was saved last.
    share.disk.go_on();
    wait_for(&mut harness, "was saved after all");
    type_text(&mut harness, "!");
    key(&mut harness, CTRL, egui::Key::S);
    assert_eq!(storage::open(&elsewhere).unwrap().headline, text(&harness, Field::Headline));
    assert_eq!(share.headline(), "Saved one");
}

#[test]
fn what_is_typed_while_a_save_hangs_is_offered_after_a_crash() {
    let share = share();
    let mut harness = share.window();
    share.disk.hang(At::Rename);
    step_key(&mut harness, CTRL, egui::Key::S);
    share.disk.wait_until_reached(&mut harness);
    type_text(&mut harness, " two");
    harness.run_steps(2);
    drop(harness);
    let mut harness = window_with(Settings::default(), share.places.clone());
    harness.get_by_label("Open with the changes (draft.ron)").click();
    settle(&mut harness);
    assert_eq!(text(&harness, Field::Headline), "Saved one two");
    share.disk.go_on();
}

#[test]
fn the_journal_holds_what_is_saved_before_the_file_does() {
    let place = tempfile::tempdir().unwrap();
    let (share, recovery) = (place.path().join("share"), place.path().join("recovery"));
    std::fs::create_dir(&share).unwrap();
    let draft = share.join("draft.ron");
    storage::save(&draft, &Release { headline: "Saved".into(), ..Release::default() }).unwrap();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let looks = {
        let (seen, recovery) = (seen.clone(), recovery.clone());
        move || {
            let files = std::fs::read_dir(&recovery).into_iter().flatten().flatten();
            let texts = files.filter_map(|file| std::fs::read(file.path()).ok());
            seen.lock()
                .unwrap()
                .push(texts.map(|text| String::from_utf8_lossy(&text).into_owned()).collect::<String>());
        }
    };
    let disk = DraftDisk(Arc::new(HangingDisk::new(&share, looks)));
    let places = Places { recovery: Some(recovery), disk: Some(disk), ..Places::default() };
    let mut harness = window_with(Settings::default(), places);
    open(&mut harness, draft.to_str().unwrap());
    click_field(&mut harness, "Headline");
    step_key(&mut harness, NONE, egui::Key::End);
    for word in [" apple", " pear", " plum"] {
        // The words and the save in one frame.
        let letters = word.chars().map(|letter| egui::Event::Text(letter.to_string()));
        let save =
            egui::Event::Key { key: egui::Key::S, physical_key: None, pressed: true, repeat: false, modifiers: CTRL };
        harness.input_mut().events.extend(letters.chain([save]));
        settle(&mut harness);
        let text = storage::open(&draft).unwrap().headline;
        assert!(text.ends_with(word), "{text}");
        let journal = seen.lock().unwrap().pop().unwrap();
        assert!(journal.contains(&text), "the journal did not hold {text:?} when its file took its place: {journal}");
    }
}

#[test]
fn an_unnamed_draft_is_offered_though_another_file_is_opened_twice() {
    let share = share();
    let mut harness = window_with(Settings::default(), share.places.clone());
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "Unnamed");
    harness.run_steps(2);
    drop(harness);
    for _ in 0..2 {
        let mut harness = window_with(Settings::default(), share.places.clone());
        open(&mut harness, share.draft.to_str().unwrap());
        assert_eq!(text(&harness, Field::Headline), "Saved");
        harness.get_by_label("Open with the changes (Unnamed)");
    }
    let mut harness = window_with(Settings::default(), share.places.clone());
    open(&mut harness, share.draft.to_str().unwrap());
    press(&mut harness, "Open with the changes (Unnamed)");
    assert_eq!(text(&harness, Field::Headline), "Unnamed");
}

#[test]
fn what_is_typed_while_a_draft_is_opened_is_asked_about() {
    let share = share();
    let mut harness = share.window();
    share.disk.hang(At::Rename);
    step_key(&mut harness, CTRL, egui::Key::S);
    share.disk.wait_until_reached(&mut harness);
    // The file is read when the save is at its end.
    harness.state_mut().as_mut().unwrap().open_file(&share.draft);
    type_text(&mut harness, " two");
    share.disk.go_on();
    settle(&mut harness);
    harness.get_by_label_contains("has changes that are not saved yet");
    assert_eq!(text(&harness, Field::Headline), "Saved one two");
    press(&mut harness, "Do not save");
    settle(&mut harness);
    assert_eq!(text(&harness, Field::Headline), "Saved one");
}

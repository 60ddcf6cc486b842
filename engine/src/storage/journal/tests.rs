//! What a journal promises, tried on a real disk and on one that is slow.

use std::{
    fs::{self, File},
    io,
    sync::Mutex,
    time::{Duration, Instant, UNIX_EPOCH},
};

use super::{
    super::disk::Readers,
    format::{FORMAT, MAGIC, record},
    writing::SEGMENT,
    *,
};
use crate::release::file;

/// How long a disk is waited for, on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(300);

fn release(headline: &str) -> Release {
    Release { headline: headline.into(), ..Release::default() }
}

pub(super) fn wait(journal: &Journal) {
    let start = Instant::now();
    while !journal.is_written() {
        assert!(start.elapsed() < PATIENCE, "{:?}", journal.trouble());
        std::thread::sleep(Duration::from_millis(1));
    }
}

pub(super) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// A journal whose process died: what it wrote, with nobody to lock it.
pub(super) fn abandoned(folder: &Path, draft: Option<&Path>, opened: &Release, changes: &[Release]) {
    let journal = Journal::begin(folder, draft, opened);
    for change in changes {
        journal.record(change);
        wait(&journal);
    }
    drop(journal);
}

#[test]
fn what_was_typed_is_offered_beside_what_the_file_holds() {
    let place = tempfile::tempdir().unwrap();
    let (folder, path) = (place.path().join("recovery"), place.path().join("សេចក្តី.ron"));
    super::super::save(&path, &release("old")).unwrap();
    let before = SystemTime::now() - Duration::from_secs(1);
    abandoned(&folder, Some(&path), &release("old"), &[release("ne"), release("new")]);
    let found = recoveries(&folder);
    assert!(found.damaged.is_empty());
    let [recovery] = &found.recoveries[..] else { panic!("{} recoveries", found.recoveries.len()) };
    assert_eq!(recovery.release, release("new"));
    assert_eq!(recovery.opened, release("old"));
    assert_eq!(recovery.base(), &release("old"));
    assert_eq!(recovery.draft.as_deref(), Some(&*path));
    assert!(matches!(&recovery.file, Some(Ok(now)) if *now == release("old")));
    assert!(recovery.file_modified.is_some());
    assert!(before < recovery.begun && recovery.begun <= recovery.changed, "{:?}", recovery.changed);
    assert_eq!(super::super::open(&path).unwrap(), release("old"), "the user's file is not touched");
}

#[test]
fn nothing_is_thrown_away_until_told_so() {
    let place = tempfile::tempdir().unwrap();
    abandoned(place.path(), None, &release(""), &[release("x")]);
    for _ in 0..3 {
        assert_eq!(recoveries(place.path()).recoveries.len(), 1);
    }
    let mut found = recoveries(place.path());
    assert!(recoveries(place.path()).recoveries.is_empty(), "one start offers it, and not a second at the same time");
    found.recoveries.remove(0).discard().unwrap();
    assert_eq!(files(place.path()), [] as [PathBuf; 0]);
}

#[test]
fn a_living_journal_is_not_offered() {
    let place = tempfile::tempdir().unwrap();
    let journal = Journal::begin(place.path(), None, &release(""));
    journal.record(&release("x"));
    wait(&journal);
    assert_eq!(files(place.path()).len(), 1);
    assert!(recoveries(place.path()).recoveries.is_empty());
    journal.finish().unwrap();
    assert_eq!(files(place.path()), [] as [PathBuf; 0]);
}

#[test]
fn there_is_a_file_only_while_there_are_changes() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a.ron");
    let folder = place.path().join("recovery");
    let journal = Journal::begin(&folder, None, &release(""));
    assert!(!folder.exists());
    journal.record(&release("x"));
    wait(&journal);
    assert_eq!(files(&folder).len(), 1);
    journal.record(&release(""));
    wait(&journal);
    assert_eq!(files(&folder).len(), 0, "all was undone");
    journal.record(&release("y"));
    super::super::save(&path, &release("y")).unwrap();
    journal.saved(&path, journal.saving(&release("y")));
    wait(&journal);
    assert_eq!(files(&folder).len(), 0, "all was saved");
    journal.record(&release("yz"));
    wait(&journal);
    drop(journal);
    let found = recoveries(&folder);
    assert_eq!(found.recoveries[0].draft.as_deref(), Some(&*path));
    assert_eq!(found.recoveries[0].opened, release("y"));
}

#[test]
fn what_was_typed_during_a_save_goes_on() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a.ron");
    let folder = place.path().join("recovery");
    let journal = Journal::begin(&folder, None, &release(""));
    let saving = journal.saving(&release("a"));
    journal.record(&release("ab"));
    super::super::save(&path, &release("a")).unwrap();
    journal.saved(&path, saving);
    drop(journal);
    let found = recoveries(&folder);
    assert_eq!((&found.recoveries[0].release, &found.recoveries[0].opened), (&release("ab"), &release("a")));
}

#[test]
fn a_save_of_more_than_was_recorded_leaves_nothing_older_to_offer() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a.ron");
    let folder = place.path().join("recovery");
    let journal = Journal::begin(&folder, None, &release(""));
    for typed in ["a", "ab", "abc", "ab"] {
        // The state before is on the disk; the last key and the save come in one frame.
        journal.record(&release(typed));
        wait(&journal);
        let now = release(&format!("{typed}!"));
        let saving = journal.saving(&now);
        super::super::save(&path, &now).unwrap();
        journal.saved(&path, saving);
        wait(&journal);
        assert_eq!(files(&folder).len(), 0, "all is in the file");
    }
    // A kill between the two finds what the save holds, and nothing older.
    journal.record(&release("x"));
    wait(&journal);
    let saving = journal.saving(&release("xy"));
    super::super::save(&path, &release("xy")).unwrap();
    wait(&journal);
    drop((journal, saving));
    assert!(recoveries(&folder).recoveries.is_empty());
}

#[test]
fn journals_are_found_without_a_look_at_the_files_of_their_drafts() {
    let place = tempfile::tempdir().unwrap();
    let (path, folder) = (place.path().join("a.ron"), place.path().join("recovery"));
    super::super::save(&path, &release("old")).unwrap();
    abandoned(&folder, Some(&path), &release("old"), &[release("new")]);
    let mut found = find(&folder);
    let recovery = &mut found.recoveries[0];
    assert!(recovery.file.is_none() && recovery.file_modified.is_none() && recovery.is_of_use());
    assert_eq!(recovery.base(), &release("old"), "what the file held when it was opened");
    super::super::save(&path, &release("newer")).unwrap();
    let held = look(&path);
    assert!(held.modified.is_some());
    recovery.compare_with(held);
    assert!(recovery.is_of_use() && recovery.base() == &release("newer"));
    super::super::save(&path, &release("new")).unwrap();
    recovery.compare_with(look(&path));
    assert!(!recovery.is_of_use(), "it is in the file");
    drop(found);
    assert_eq!(find(&folder).recoveries.len(), 1, "and goes only when that is said");
}

#[cfg(unix)]
#[test]
fn a_journal_is_the_users_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("recovery");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    abandoned(&folder, None, &release(""), &[release("x")]);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&folder), mode(&files(&folder)[0])), (0o700, 0o600));
}

#[test]
fn what_turns_out_to_be_in_the_file_is_not_offered() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a.ron");
    let folder = place.path().join("recovery");
    abandoned(&folder, Some(&path), &release("old"), &[release("new")]);
    super::super::save(&path, &release("new")).unwrap();
    assert!(recoveries(&folder).recoveries.is_empty());
    assert_eq!(files(&folder).len(), 0);
}

#[test]
fn a_panic_keeps_the_last_change() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().to_owned();
    let panicked = std::thread::spawn(move || {
        let journal = Journal::begin(&folder, None, &release(""));
        journal.record(&release("x"));
        panic!("as the window would");
    });
    assert!(panicked.join().is_err());
    assert_eq!(recoveries(place.path()).recoveries[0].release, release("x"));
}

#[test]
fn a_recovered_draft_has_a_journal_at_all_times() {
    let place = tempfile::tempdir().unwrap();
    abandoned(place.path(), None, &release(""), &[release("x")]);
    let journal = recoveries(place.path()).recoveries.remove(0).resume();
    wait(&journal);
    assert_eq!(files(place.path()).len(), 1, "the old one has gone");
    drop(journal);
    let journal = recoveries(place.path()).recoveries.remove(0).resume();
    journal.record(&release("xy"));
    drop(journal);
    let mut found = recoveries(place.path());
    assert_eq!(found.recoveries[0].release, release("xy"));
    found.recoveries.remove(0).resume().finish().unwrap();
    assert_eq!(files(place.path()).len(), 0);
}

#[test]
fn a_long_session_takes_little_room() {
    let place = tempfile::tempdir().unwrap();
    let mut log = Log::new(Arc::new(SystemDisk), place.path(), Vec::new());
    let head = Head { draft: None, begun: SystemTime::now(), opened: Arc::default() };
    for i in 0..60 {
        let state = Arc::new(release(&format!("{i}").repeat(100_000)));
        log.bring_to(&head, &state, &mut || None).unwrap();
        let size: u64 = files(place.path()).iter().map(|path| path.metadata().unwrap().len()).sum();
        assert!(size <= SEGMENT + 400_000, "{size} bytes after {i} changes");
    }
    assert!(log.next > 5, "the segments change");
}

/// A disk that takes longer to flush than anybody waits.
struct Stalled(Mutex<()>);

impl Disk for Stalled {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        SystemDisk.create_folder(folder)
    }
    fn create(&self, path: &Path, readers: Readers) -> io::Result<File> {
        SystemDisk.create(path, readers)
    }
    fn write(&self, file: &File, bytes: &[u8]) -> io::Result<()> {
        SystemDisk.write(file, bytes)
    }
    fn sync(&self, _: &File) -> io::Result<()> {
        drop(self.0.lock());
        Ok(())
    }
    fn take_after(&self, file: &File, model: &File) -> io::Result<()> {
        SystemDisk.take_after(file, model)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        SystemDisk.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        SystemDisk.remove(path)
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        SystemDisk.sync_folder(folder)
    }
}

#[test]
fn what_is_typed_while_the_disk_is_busy_outlives_the_program() {
    let place = tempfile::tempdir().unwrap();
    let disk = Arc::new(Stalled(Mutex::new(())));
    let busy = disk.0.lock().unwrap();
    let journal = Journal::begin_on(disk.clone(), place.path(), None, &release(""));
    let mut lines = Vec::new();
    for i in 0..3 {
        journal.record(&release(&format!("state {i}")));
        let start = Instant::now();
        while !lines.iter().any(|line: &String| line.contains(&format!("state {i}"))) {
            assert!(start.elapsed() < PATIENCE, "{lines:?}");
            lines = files(place.path()).first().map(|path| fs::read_to_string(path).unwrap()).into_iter().collect();
        }
        assert!(!journal.is_written(), "it is not flushed");
    }
    drop(busy);
    wait(&journal);
    drop(journal);
    assert_eq!(recoveries(place.path()).recoveries[0].release, release("state 2"));
}

#[test]
fn a_folder_that_goes_away_under_the_journal_is_made_again() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("recovery");
    let journal = Journal::begin(&folder, None, &release(""));
    journal.record(&release("x"));
    wait(&journal);
    if fs::remove_dir_all(&folder).is_err() && cfg!(windows) {
        println!("NOT RUN: here no folder goes while a file in it is open");
        return;
    }
    journal.record(&release("xy"));
    wait(&journal);
    drop(journal);
    assert_eq!(recoveries(&folder).recoveries[0].release, release("xy"));
}

#[test]
fn a_journal_that_cannot_be_written_says_so_and_goes_on_trying() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("recovery");
    fs::write(&folder, "in the way").unwrap();
    let journal = Journal::begin(&folder, None, &release(""));
    journal.record(&release("x"));
    let start = Instant::now();
    let said = loop {
        if let Some(trouble) = journal.trouble() {
            break trouble.to_string();
        }
        assert!(start.elapsed() < PATIENCE);
    };
    assert!(said.contains("save the draft") && said.contains("recovery"), "{said}");
    assert!(!journal.is_written());
    fs::remove_file(&folder).unwrap();
    wait(&journal);
    assert!(journal.trouble().is_none());
    drop(journal);
    assert_eq!(recoveries(&folder).recoveries[0].release, release("x"));
}

#[test]
fn a_torn_tail_costs_one_state_and_no_other() {
    let place = tempfile::tempdir().unwrap();
    abandoned(place.path(), None, &release(""), &[release("one"), release("two")]);
    let path = files(place.path()).remove(0);
    let whole = fs::read(&path).unwrap();
    let last = record("changed", UNIX_EPOCH, file::write(&release("two")).as_bytes()).len();
    for cut in whole.len() - 80..whole.len() {
        fs::write(&path, &whole[..cut]).unwrap();
        let found = recoveries(place.path());
        assert_eq!(found.recoveries[0].release, release("one"), "cut at {cut} of {}", whole.len());
        assert!(found.damaged.is_empty());
    }
    assert!(last > 80);
    // Zeros where the disk had not yet put the text, as some file systems leave them.
    let mut zeros = whole.clone();
    zeros[whole.len() - 100..].fill(0);
    fs::write(&path, zeros).unwrap();
    assert_eq!(recoveries(place.path()).recoveries[0].release, release("one"));
    fs::write(&path, &whole).unwrap();
    assert_eq!(recoveries(place.path()).recoveries[0].release, release("two"));
}

#[test]
fn what_is_no_journal_is_kept_aside_and_named_once() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("a.1.journal"), [0xFF; 300]).unwrap();
    fs::write(place.path().join("b.1.journal"), format!("{MAGIC}{FORMAT}\n")).unwrap();
    fs::write(place.path().join("c.1.journal"), format!("{MAGIC}{}\n", FORMAT + 1)).unwrap();
    let lie = record("changed", UNIX_EPOCH, b"(format: 1");
    fs::write(place.path().join("d.1.journal"), [format!("{MAGIC}{FORMAT}\n").as_bytes(), &lie].concat()).unwrap();
    fs::write(place.path().join("e.1.journal"), "").unwrap();
    fs::write(place.path().join("notes.txt"), "x").unwrap();
    fs::create_dir(place.path().join("f.1.journal")).unwrap();
    let found = recoveries(place.path());
    assert!(found.recoveries.is_empty());
    let said: Vec<_> = found.damaged.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 4, "{said:#?}");
    for name in ["a.1.journal.damaged", "b.1.journal.damaged", "d.1.journal.damaged"] {
        assert!(said.iter().any(|said| said.contains(name)), "{name}: {said:#?}");
        assert!(place.path().join(name).is_file());
    }
    assert!(said.iter().any(|said| said.contains("newer Release Composer")), "{said:#?}");
    assert!(!place.path().join("e.1.journal").exists());
    assert!(place.path().join("notes.txt").exists());
    assert_eq!(recoveries(place.path()).damaged.len(), 1, "only the newer one is left to name");
}

#[test]
fn the_last_state_counts_though_the_clock_went_back() {
    let place = tempfile::tempdir().unwrap();
    let mut bytes = format!("{MAGIC}{FORMAT}\n").into_bytes();
    let day = |day: u64| UNIX_EPOCH + Duration::from_secs(day * 86_400);
    bytes.extend(record("draft", day(20), b""));
    bytes.extend(record("opened", day(20), file::write(&release("")).as_bytes()));
    bytes.extend(record("changed", day(21), file::write(&release("one")).as_bytes()));
    bytes.extend(record("changed", UNIX_EPOCH - Duration::from_secs(1), file::write(&release("two")).as_bytes()));
    fs::write(place.path().join("a.1.journal"), bytes).unwrap();
    let found = recoveries(place.path());
    assert_eq!((&found.recoveries[0].release, found.recoveries[0].changed), (&release("two"), UNIX_EPOCH));
}

#[test]
fn what_is_recorded_is_on_the_disk_when_a_fault_ends_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let opened = release("one");
    let journal = Journal::begin(folder.path(), None, &opened);
    journal.record(&release("two"));
    // The panic hook does this, on the thread that failed.
    assert!(flush(Duration::from_secs(10)));
    assert!(journal.is_written());
    // Nothing is closed or dropped any more, as when a program is aborted.
    std::mem::forget(journal);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

//! Locks of one machine and of several, held, stale, taken over and replaced.

use proptest::prelude::*;

use std::time::{Instant, SystemTime};

use super::{
    claim::{hashed, machine_number},
    held::STALE,
    *,
};

const FAST: Duration = Duration::from_millis(10);

fn draft() -> (tempfile::TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("ក.ron");
    fs::write(&path, "x").unwrap();
    (place, path)
}

/// The lock of another machine, whose holder may be alive or not.
fn elsewhere(draft: &Path, beat: u64) {
    let claim = Claim { machine: "desk-7".into(), user: "sok".into(), holder: "1".into(), beat, ..Claim::new() };
    fs::write(lock_path(draft), claim.to_bytes()).unwrap();
}

fn claim_at(draft: &Path) -> Option<Claim> {
    read_claim(&lock_path(draft)).ok().flatten()
}

fn eventually(what: impl Fn() -> bool) {
    let start = Instant::now();
    while !what() {
        assert!(start.elapsed() < Duration::from_secs(300));
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_second_is_told_who_has_it_open() {
    let (_place, path) = draft();
    let lock = DraftLock::take(&path).unwrap();
    assert!(lock.note().is_none());
    let mut held = DraftLock::take(&path).err().unwrap();
    assert_eq!(held.machine, gethostname::gethostname().to_string_lossy());
    assert!(held.since.unwrap() <= SystemTime::now());
    assert_eq!(held.liveness, Liveness::Live, "the system knows that this process lives");
    assert!(held.is_own, "it is another window of the same user");
    drop(lock);
    assert_eq!(held.look_again(), Liveness::Stale);
    assert!(!lock_path(&path).exists());
    DraftLock::take(&path).unwrap();
}

#[test]
fn a_lock_left_on_this_machine_is_stale_at_once() {
    let (_place, path) = draft();
    let older = Claim { machine_id: machine_number(), ..Claim::new() };
    for claim in [Claim::new(), older] {
        fs::write(lock_path(&path), claim.to_bytes()).unwrap();
        assert_eq!(DraftLock::take(&path).err().unwrap().liveness, Liveness::Stale);
    }
    let lock = DraftLock::take_over(&path);
    assert!(lock.note().is_none());
    assert_eq!(DraftLock::take(&path).err().unwrap().liveness, Liveness::Live);
}

#[test]
fn a_lock_of_another_machine_is_judged_by_its_beats_alone() {
    let (_place, path) = draft();
    elsewhere(&path, 1);
    let mut held = DraftLock::take(&path).err().unwrap();
    assert_eq!((held.user.as_str(), held.machine.as_str()), ("sok", "desk-7"));
    assert_eq!(held.to_string(), "sok on desk-7 has it open");
    assert!(!held.is_own);
    assert_eq!(held.look_again(), Liveness::Unknown);
    elsewhere(&path, 2);
    assert_eq!(held.look_again(), Liveness::Live);
    let (seen, start) = (held.seen.clone(), held.seen_first);
    held.watch(Some(seen.clone()), start + STALE - Duration::from_millis(1));
    assert_eq!(held.liveness, Liveness::Live);
    // The share was away for a while, so the state of the file is unknown.
    held.watch(None, start + STALE);
    held.watch(Some(seen.clone()), start + 2 * STALE - Duration::from_millis(1));
    assert_eq!(held.liveness, Liveness::Live);
    held.watch(Some(seen), start + 2 * STALE);
    assert_eq!(held.liveness, Liveness::Stale);
    held.watch(Some(b"beat".to_vec()), start + 3 * STALE);
    assert_eq!(held.liveness, Liveness::Live);
}

#[test]
fn the_holder_beats_and_who_is_taken_over_notices() {
    let (_place, path) = draft();
    let first = DraftLock::take_with(&path, FAST).unwrap();
    let beat = || claim_at(&path).map_or(0, |claim| claim.beat);
    eventually(|| beat() > 3);
    assert!(!first.is_lost());
    let second = DraftLock::take_over_with(&path, FAST);
    eventually(|| first.is_lost());
    drop(first);
    assert!(lock_path(&path).exists(), "it is not his to take away");
    assert!(!second.is_lost());
    drop(second);
    assert!(!lock_path(&path).exists());
}

#[test]
fn a_lock_that_was_tidied_away_is_put_back() {
    let (_place, path) = draft();
    let lock = DraftLock::take_with(&path, FAST).unwrap();
    fs::remove_file(lock_path(&path)).unwrap();
    eventually(|| lock_path(&path).exists());
    assert!(!lock.is_lost());
    eventually(|| DraftLock::take(&path).is_err_and(|held| held.liveness == Liveness::Live));
}

#[test]
fn a_lock_that_was_damaged_is_mended() {
    let (_place, path) = draft();
    let lock = DraftLock::take_with(&path, FAST).unwrap();
    fs::write(lock_path(&path), "x".repeat(1000)).unwrap();
    eventually(|| read_claim(&lock_path(&path)).is_ok_and(|claim| claim.is_some()));
    assert!(!lock.is_lost());
}

#[test]
fn others_are_not_told_the_number_of_the_machine() {
    let (_place, path) = draft();
    let _lock = DraftLock::take(&path).unwrap();
    let text = fs::read_to_string(lock_path(&path)).unwrap();
    let number = machine_number();
    assert!(number.is_empty() || !text.contains(&number), "{text}");
    assert_eq!(hashed("a").len(), 32);
    assert!(hashed("a") != hashed("b") && hashed("").is_empty());
}

/// What another puts in the place of the lock of an open draft: not a byte of it is written.
#[cfg(unix)]
#[test]
fn what_stands_in_the_place_of_the_lock_is_not_written_into() {
    let (place, path) = draft();
    let precious = place.path().join("precious");
    let held = b"nothing of ours".repeat(1000);
    fs::write(&precious, &held).unwrap();
    let links: [fn(&Path, &Path) -> io::Result<()>; 3] = [
        |file, link| std::os::unix::fs::symlink(file, link),
        |file, link| fs::hard_link(file, link),
        |file, link| fs::rename(file, link),
    ];
    for put in links {
        let lock = DraftLock::take_with(&path, FAST).unwrap();
        let stand_in = place.path().join("stand-in");
        fs::copy(&precious, &stand_in).unwrap();
        let open = File::open(&stand_in).unwrap();
        fs::remove_file(lock_path(&path)).unwrap();
        put(&stand_in, &lock_path(&path)).unwrap();
        let beat = || claim_at(&path).map_or(0, |claim| claim.beat);
        eventually(|| beat() > 2);
        assert!(!lock.is_lost());
        assert!(!lock_path(&path).is_symlink());
        assert_eq!(regular::whole(&open, held.len()).unwrap(), held);
        drop(lock);
        assert!(!lock_path(&path).exists());
    }
    // Nor is it when a lock is taken over, or only looked at.
    std::os::unix::fs::symlink(&precious, lock_path(&path)).unwrap();
    assert!(DraftLock::take(&path).is_ok_and(|lock| lock.note().is_some()));
    take_in_place(&lock_path(&path), &Claim::new()).unwrap_err();
    drop(DraftLock::take_over(&path));
    assert_eq!(fs::read(&precious).unwrap(), held);
}

#[test]
fn a_lock_that_is_taken_over_in_place_is_lost_to_its_holder() {
    let (_place, path) = draft();
    let first = DraftLock::take_with(&path, FAST).unwrap();
    let claim = Claim::new();
    let file = take_in_place(&lock_path(&path), &claim).unwrap();
    eventually(|| first.is_lost());
    let second = DraftLock::hold(lock_path(&path), claim.clone(), file, FAST);
    eventually(|| claim_at(&path).is_some_and(|found| found.beat > 2 && found.holder == claim.holder));
    eventually(|| DraftLock::take(&path).is_err_and(|held| held.liveness == Liveness::Live));
    drop(first);
    assert!(!second.is_lost() && lock_path(&path).exists());
}

#[test]
fn a_share_that_goes_away_and_comes_back_has_its_lock() {
    let place = tempfile::tempdir().unwrap();
    let (share, away) = (place.path().join("share"), place.path().join("away"));
    fs::create_dir(&share).unwrap();
    let lock = DraftLock::take_with(&share.join("a.ron"), FAST).unwrap();
    fs::rename(&share, &away).unwrap();
    std::thread::sleep(5 * FAST);
    assert!(!lock.is_lost());
    fs::rename(&away, &share).unwrap();
    let beat = || claim_at(&share.join("a.ron")).map_or(0, |claim| claim.beat);
    let before = beat();
    eventually(|| beat() > before);
    drop(lock);
    assert_eq!(fs::read_dir(&share).unwrap().count(), 0);
}

#[test]
fn where_no_lock_can_be_written_there_is_a_note() {
    let place = tempfile::tempdir().unwrap();
    let lock = DraftLock::take(&place.path().join("gone/a.ron")).unwrap();
    let said = lock.note().unwrap().to_string();
    assert!(said.contains("Other people will not see"), "{said}");
    assert!(!lock.is_lost());
    fs::create_dir(place.path().join(".~lock.b.ron#")).unwrap();
    assert!(DraftLock::take(&place.path().join("b.ron")).unwrap().note().is_some());
}

#[test]
fn the_longest_name_has_a_lock() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("ក".repeat(85));
    fs::write(&path, "x").unwrap();
    assert!(DraftLock::take(&path).unwrap().note().is_none());
}

proptest! {
    #[test]
    fn any_bytes_are_some_lock(bytes in prop::collection::vec(any::<u8>(), 0..6000)) {
        let (_place, path) = draft();
        fs::write(lock_path(&path), &bytes).unwrap();
        let held = DraftLock::take(&path).err().unwrap();
        prop_assert!(held.user.len() <= 400 && held.machine.len() <= 400);
        prop_assert!(DraftLock::take_over(&path).note().is_none());
    }
}

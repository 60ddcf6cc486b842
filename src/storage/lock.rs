//! Who has a draft open: a small file beside it, for those who share its folder.
//!
//! Knows names, machines and beats, and nothing of the document. The invariant: a lock that somebody
//! holds is never called stale because a clock is wrong, for no clock is compared with another's.
//!
//! The holder counts a beat in the file every few seconds, from a thread of its own. Who finds a lock
//! watches that count: while it goes on the lock is live, and when it has stood for long it is stale.
//! On one machine there is a shorter way, for there the system lets go of a lock on the file itself
//! when its process dies. Windows lets nobody read a file that is locked so, and does without.

use std::{
    ffi::OsString,
    fmt, fs,
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};

use super::{
    StorageError,
    disk::{behind_links, unique_name},
};

/// The time between beats.
const BEAT: Duration = Duration::from_secs(5);
/// A lock is stale when its count has stood this long: several beats, for a share can be slow.
const STALE: Duration = Duration::from_secs(30);
/// How long closing a draft waits for a share to take the lock away.
const PATIENCE: Duration = Duration::from_secs(2);
/// The most that is read of a lock.
const MAX_BYTES: u64 = 4096;
/// A longer name of a draft would make the lock's too long for some disks.
const MAX_NAME: usize = 200;

/// What stands in a lock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Claim {
    user: String,
    machine: String,
    /// Tells machines of one name apart.
    machine_id: String,
    /// When the draft was opened, in milliseconds since 1970 by the holder's clock.
    since: u64,
    /// Tells holders on one machine apart.
    holder: String,
    beat: u64,
}

impl Claim {
    fn new() -> Self {
        let user = ["USER", "USERNAME", "LOGNAME"].into_iter().find_map(|name| std::env::var(name).ok());
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self {
            user: short(&user.unwrap_or_default()),
            machine: short(&gethostname::gethostname().to_string_lossy()),
            machine_id: machine_id(),
            since: u64::try_from(since.as_millis()).unwrap_or_default(),
            holder: unique_name(),
            beat: 0,
        }
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut text = ron::to_string(self).expect("a lock has only strings and numbers, which RON can write");
        text.push('\n');
        text.into_bytes()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let options = ron::Options::default().with_recursion_limit(8);
        options.from_str(std::str::from_utf8(bytes).ok()?).ok()
    }
}

/// A name as others are told it.
fn short(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(100).collect()
}

fn machine_id() -> String {
    short(fs::read_to_string("/etc/machine-id").unwrap_or_default().trim())
}

/// The lock of a draft: held until it is dropped.
pub struct DraftLock {
    beating: Option<Arc<Beating>>,
    note: Option<StorageError>,
}

/// What the thread that beats and the window share.
struct Beating {
    path: PathBuf,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    stop: bool,
    stopped: bool,
    /// Whether somebody took the lock over.
    lost: bool,
}

impl Beating {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl DraftLock {
    /// Takes the lock of a draft. Where none can be written, as in a folder that may only be read,
    /// there is none and [`note`](Self::note) says why.
    ///
    /// # Errors
    /// If somebody else has the draft open, or had it when his program died.
    pub fn take(draft: &Path) -> Result<Self, Box<HeldBy>> {
        Self::take_with(draft, BEAT)
    }

    fn take_with(draft: &Path, beat: Duration) -> Result<Self, Box<HeldBy>> {
        let path = lock_path(draft);
        let claim = Claim::new();
        match claim_file(&path, &claim) {
            Ok(file) => Ok(Self::hold(path, claim, file, beat)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => match HeldBy::look(&path) {
                Ok(held) => Err(Box::new(held)),
                Err(source) => Ok(Self::none(path, source)),
            },
            Err(source) => Ok(Self::none(path, source)),
        }
    }

    /// Takes a lock that somebody else has, after the user was told so. Who had it notices at the
    /// next beat, and loses it.
    pub fn take_over(draft: &Path) -> Self {
        Self::take_over_with(draft, BEAT)
    }

    fn take_over_with(draft: &Path, beat: Duration) -> Self {
        let path = lock_path(draft);
        let claim = Claim::new();
        let taken = match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => claim_file(&path, &claim),
        };
        match taken {
            Ok(file) => Self::hold(path, claim, file, beat),
            Err(source) => Self::none(path, source),
        }
    }

    /// Why there is no lock, if there is none: others are then not told that the draft is open.
    pub fn note(&self) -> Option<&StorageError> {
        self.note.as_ref()
    }

    /// Whether somebody took the lock over: the file may then change under the draft.
    pub fn is_lost(&self) -> bool {
        self.beating.as_ref().is_some_and(|beating| beating.state().lost)
    }

    fn none(path: PathBuf, source: io::Error) -> Self {
        Self { beating: None, note: Some(StorageError::NoLock { path, source }) }
    }

    fn hold(path: PathBuf, claim: Claim, file: File, beat: Duration) -> Self {
        let beating = Arc::new(Beating { path: path.clone(), state: Mutex::default(), changed: Condvar::new() });
        let thread = std::thread::Builder::new().name("lock".into()).spawn({
            let beating = beating.clone();
            move || keep(&beating, claim, file, beat)
        });
        match thread {
            Ok(_) => Self { beating: Some(beating), note: None },
            Err(source) => {
                _ = fs::remove_file(&path);
                Self::none(path, source)
            }
        }
    }
}

impl Drop for DraftLock {
    fn drop(&mut self) {
        let Some(beating) = &self.beating else { return };
        let mut state = beating.state();
        state.stop = true;
        beating.changed.notify_all();
        // A share that has gone away must not keep the window from closing.
        drop(beating.changed.wait_timeout_while(state, PATIENCE, |state| !state.stopped));
    }
}

/// The holder's thread: beats until the lock is let go or lost. `file` is open, and locked, as long
/// as it runs.
fn keep(beating: &Beating, mut claim: Claim, mut file: File, beat: Duration) {
    let mut torn = false;
    let mut state = beating.state();
    while !state.stop {
        let waited = beating.changed.wait_timeout_while(state, beat, |state| !state.stop);
        state = waited.unwrap_or_else(PoisonError::into_inner).0;
        if state.stop {
            break;
        }
        drop(state);
        claim.beat += 1;
        // A share that is away comes back, and whoever sees the count stand until then is right.
        let still_ours = refresh(&beating.path, &claim, &mut file, &mut torn).unwrap_or(true);
        state = beating.state();
        if !still_ours {
            state.lost = true;
            break;
        }
    }
    let lost = state.lost;
    drop(state);
    let ours = |found: Option<Claim>| found.is_none_or(|found| found.holder == claim.holder);
    if !lost && read_claim(&beating.path).is_ok_and(ours) {
        _ = fs::remove_file(&beating.path);
    }
    drop(file);
    beating.state().stopped = true;
    beating.changed.notify_all();
}

/// Writes a beat into a lock; false if it is somebody else's. One that cannot be understood may be
/// just being written by somebody else: it is `torn`, and ours to mend if it is so twice.
fn refresh(path: &Path, claim: &Claim, held: &mut File, torn: &mut bool) -> io::Result<bool> {
    match read_claim(path) {
        Ok(Some(found)) if found.holder != claim.holder => Ok(false),
        Ok(None) if !std::mem::replace(torn, true) => Ok(true),
        Ok(_) => {
            *torn = false;
            // Opened anew, for a handle to a share that went away is of no more use; in place, so
            // that the lock on the file stays.
            let mut file = OpenOptions::new().write(true).open(path)?;
            let bytes = claim.to_bytes();
            file.write_all(&bytes)?;
            file.set_len(bytes.len() as u64)?;
            Ok(true)
        }
        // Somebody tidied the folder, or the share came back without it.
        Err(error) if error.kind() == io::ErrorKind::NotFound => match claim_file(path, claim) {
            Ok(file) => {
                *held = file;
                Ok(true)
            }
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    }
}

/// Makes the file of a lock, which must not be there, and locks it where others can read it all the same.
fn claim_file(path: &Path, claim: &Claim) -> io::Result<File> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    if cfg!(unix) {
        // Where the system cannot, the beats have to do.
        _ = file.try_lock();
    }
    if let Err(error) = file.write_all(&claim.to_bytes()) {
        _ = fs::remove_file(path);
        return Err(error);
    }
    Ok(file)
}

/// The lock beside a draft, by whatever link it is opened.
fn lock_path(draft: &Path) -> PathBuf {
    let draft = behind_links(draft);
    let name = draft.file_name().unwrap_or_default();
    let mut lock = OsString::from(".~lock.");
    if name.len() > MAX_NAME {
        lock.push(format!("{:08x}", crc32fast::hash(name.as_encoded_bytes())));
    } else {
        lock.push(name);
    }
    lock.push("#");
    draft.with_file_name(lock)
}

/// Reads a lock; `None` if what is there is no whole lock.
fn read_claim(path: &Path) -> io::Result<Option<Claim>> {
    Ok(Claim::from_bytes(&read(path)?))
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    // A pipe would keep us waiting.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether somebody holds a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Liveness {
    /// Somebody does
    Live,
    /// The program that held it has died
    Stale,
    /// Not known yet: it has to be watched for half a minute
    Unknown,
}

/// Who has a draft open.
#[derive(Debug)]
pub struct HeldBy {
    /// The name of the user; empty if the lock does not say.
    pub user: String,
    /// The name of his machine; empty if the lock does not say.
    pub machine: String,
    /// When he opened it, by the clock of his machine; `None` if the lock does not say.
    pub since: Option<SystemTime>,
    /// Whether he still has.
    pub liveness: Liveness,
    path: PathBuf,
    seen: Vec<u8>,
    seen_first: Instant,
}

impl HeldBy {
    fn look(path: &Path) -> io::Result<Self> {
        let seen = match read(path) {
            // Let go just now; the next look says so.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            other => other?,
        };
        let claim = Claim::from_bytes(&seen);
        let liveness = system_knows(path, claim.as_ref());
        let (user, machine) =
            claim.as_ref().map(|claim| (short(&claim.user), short(&claim.machine))).unwrap_or_default();
        let since = claim.and_then(|claim| UNIX_EPOCH.checked_add(Duration::from_millis(claim.since)));
        Ok(Self { user, machine, since, liveness, path: path.to_owned(), seen, seen_first: Instant::now() })
    }

    /// Looks again, from time to time while the user is asked; says whether the lock is still held.
    pub fn look_again(&mut self) -> Liveness {
        let found = match read(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.liveness = Liveness::Stale;
                return self.liveness;
            }
            found => found.ok(),
        };
        let known =
            found.as_deref().map_or(Liveness::Unknown, |now| system_knows(&self.path, Claim::from_bytes(now).as_ref()));
        if known == Liveness::Unknown {
            self.watch(found, Instant::now());
        } else {
            self.liveness = known;
        }
        self.liveness
    }

    /// Judges by what was seen, now and first. What cannot be read says nothing.
    fn watch(&mut self, found: Option<Vec<u8>>, now: Instant) {
        match found {
            Some(found) if found == self.seen => {
                if now.duration_since(self.seen_first) >= STALE {
                    self.liveness = Liveness::Stale;
                }
            }
            Some(found) => (self.seen, self.seen_first, self.liveness) = (found, now, Liveness::Live),
            None => self.seen_first = now,
        }
    }
}

/// What the system says of a lock: whoever has locked the file lives, and on his own machine whoever
/// has not does not.
fn system_knows(path: &Path, claim: Option<&Claim>) -> Liveness {
    if cfg!(not(unix)) {
        return Liveness::Unknown;
    }
    let Ok(file) = OpenOptions::new().write(true).open(path) else { return Liveness::Unknown };
    let here = claim.is_some_and(|claim| {
        claim.machine == short(&gethostname::gethostname().to_string_lossy()) && claim.machine_id == machine_id()
    });
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Liveness::Live,
        Ok(()) if here => Liveness::Stale,
        _ => Liveness::Unknown,
    }
}

impl fmt::Display for HeldBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.user.as_str(), self.machine.as_str()) {
            ("", "") => write!(f, "somebody has it open"),
            ("", machine) => write!(f, "somebody on {machine} has it open"),
            (user, "") => write!(f, "{user} has it open"),
            (user, machine) => write!(f, "{user} on {machine} has it open"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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

    fn eventually(what: impl Fn() -> bool) {
        let start = Instant::now();
        while !what() {
            assert!(start.elapsed() < Duration::from_secs(10));
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
        #[cfg(unix)]
        assert_eq!(held.liveness, Liveness::Live, "the system knows that this process lives");
        drop(lock);
        assert_eq!(held.look_again(), Liveness::Stale);
        assert!(!lock_path(&path).exists());
        DraftLock::take(&path).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_lock_left_on_this_machine_is_stale_at_once() {
        let (_place, path) = draft();
        fs::write(lock_path(&path), Claim::new().to_bytes()).unwrap();
        assert_eq!(DraftLock::take(&path).err().unwrap().liveness, Liveness::Stale);
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
        assert_eq!(held.look_again(), Liveness::Unknown);
        elsewhere(&path, 2);
        assert_eq!(held.look_again(), Liveness::Live);
        let (seen, start) = (held.seen.clone(), held.seen_first);
        held.watch(Some(seen.clone()), start + STALE - Duration::from_millis(1));
        assert_eq!(held.liveness, Liveness::Live);
        // The share was away for a while: nothing was seen to stand.
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
        let beat = || read_claim(&lock_path(&path)).ok().flatten().map_or(0, |claim| claim.beat);
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
        eventually(|| DraftLock::take(&path).is_err_and(|held| cfg!(not(unix)) || held.liveness == Liveness::Live));
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
    fn a_share_that_goes_away_and_comes_back_has_its_lock() {
        let place = tempfile::tempdir().unwrap();
        let (share, away) = (place.path().join("share"), place.path().join("away"));
        fs::create_dir(&share).unwrap();
        let lock = DraftLock::take_with(&share.join("a.ron"), FAST).unwrap();
        fs::rename(&share, &away).unwrap();
        std::thread::sleep(5 * FAST);
        assert!(!lock.is_lost());
        fs::rename(&away, &share).unwrap();
        let beat = || read_claim(&lock_path(&share.join("a.ron"))).ok().flatten().map_or(0, |claim| claim.beat);
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
        assert!(said.contains("others are not told"), "{said}");
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
}

//! Who has a draft open: a small file beside it, for those who share its folder.
//!
//! Knows names, machines and beats, and nothing of the document. The invariants: a lock that is held is
//! never called stale because a clock is wrong, for no clock is compared with another's; and no byte is
//! written into a file that no lock is, whoever puts one in the place of the lock.
//!
//! The holder counts a beat in the file every few seconds, from a thread of its own. Whoever finds a
//! lock watches that count: while it goes on the lock is live, and when it has not changed for long it is
//! stale. On one machine there is a shorter way: the file is locked by the system as well, which gives
//! that lock up when its process dies. Windows lets nobody read what is locked so; there it is one byte
//! far beyond the end of the file that is locked.

use std::{
    ffi::OsString,
    fmt, fs,
    fs::{File, OpenOptions, TryLockError},
    io::{self, Read as _, Seek as _, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{
    StorageError,
    disk::{behind_links, unique_name},
    identity::{Identity, has_name},
    regular::{self, Links},
};

/// The time between beats.
const BEAT: Duration = Duration::from_secs(5);
/// A lock is stale when its count has stood this long: several beats, for a share can be slow.
const STALE: Duration = Duration::from_secs(30);
/// How long closing a draft waits for a share to take the lock away.
const PATIENCE: Duration = Duration::from_secs(2);
/// The most that is read of a lock.
const MAX_BYTES: usize = 4096;
/// A longer name of a draft would make the lock's too long for some disks.
const MAX_NAME: usize = 200;

/// What stands in a lock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Claim {
    user: String,
    machine: String,
    /// Tells machines of one name apart: a hash, for the system's own number is not for others. Older
    /// programs wrote the number itself.
    machine_id: String,
    /// When the draft was opened, in milliseconds since 1970 by the holder's clock.
    since: u64,
    /// Tells holders on one machine apart.
    holder: String,
    beat: u64,
}

impl Claim {
    fn new() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self {
            user: own_user(),
            machine: short(&gethostname::gethostname().to_string_lossy()),
            machine_id: hashed(&machine_number()),
            since: u64::try_from(since.as_millis()).unwrap_or_default(),
            holder: unique_name(),
            beat: 0,
        }
    }

    /// Whether this machine has written it.
    fn is_here(&self) -> bool {
        let number = machine_number();
        // An older program wrote the number itself.
        self.machine == short(&gethostname::gethostname().to_string_lossy())
            && (self.machine_id == hashed(&number) || self.machine_id == number)
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

/// The name of the user of this program; empty if the system does not say.
fn own_user() -> String {
    let user = ["USER", "USERNAME", "LOGNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    short(&user.unwrap_or_default())
}

/// A name as others are told it.
fn short(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(100).collect()
}

/// The number that the system has for this machine; empty if it has none.
fn machine_number() -> String {
    #[cfg(windows)]
    return short(super::windows::machine_guid().unwrap_or_default().trim());
    #[cfg(not(windows))]
    {
        let id = regular::read_start(Path::new("/etc/machine-id"), MAX_BYTES, Links::Followed).unwrap_or_default();
        short(String::from_utf8_lossy(&id).trim())
    }
}

/// A machine's number as others are told it: nobody can tell the number from it, nor that it is the same
/// machine which another program tells of in its own way.
fn hashed(number: &str) -> String {
    if number.is_empty() {
        return String::new();
    }
    let hash = Sha256::digest(format!("release-composer lock {number}"));
    hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
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
    /// Whether another user or window took the lock over.
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
    /// If another user or window has the draft open, or had it open when the program died.
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

    /// Takes a lock that another holds, after the user was told so. The old holder notices at the
    /// next beat, and loses it.
    pub fn take_over(draft: &Path) -> Self {
        Self::take_over_with(draft, BEAT)
    }

    fn take_over_with(draft: &Path, beat: Duration) -> Self {
        let path = lock_path(draft);
        let claim = Claim::new();
        // Where a file that its holder has open keeps its name, it is written in place.
        let taken = cfg!(windows).then(|| take_in_place(&path, &claim)).and_then(Result::ok);
        match taken.map_or_else(|| replace(&path, &claim), Ok) {
            Ok(file) => Self::hold(path, claim, file, beat),
            Err(source) => Self::none(path, source),
        }
    }

    /// Why there is no lock, if there is none: others are then not told that the draft is open.
    pub fn note(&self) -> Option<&StorageError> {
        self.note.as_ref()
    }

    /// Whether another user or window took the lock over: the file may then change under the draft.
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
    let mut is_locked = lock_by_system(&file).is_ok();
    let mut state = beating.state();
    while !state.stop {
        let waited = beating.changed.wait_timeout_while(state, beat, |state| !state.stop);
        state = waited.unwrap_or_else(PoisonError::into_inner).0;
        if state.stop {
            break;
        }
        drop(state);
        claim.beat += 1;
        // A share that is away comes back. Until then other machines see no beat, which is true.
        let still_ours = refresh(&beating.path, &claim, &mut file, &mut torn).unwrap_or(true);
        // The one from whom it was taken over has let the system's lock go by now.
        is_locked = still_ours && (is_locked || lock_by_system(&file).is_ok());
        state = beating.state();
        if !still_ours {
            state.lost = true;
            break;
        }
    }
    let lost = state.lost;
    drop(state);
    let ours = |found: Option<Claim>| found.is_none_or(|found| found.holder == claim.holder);
    if !lost && has_name(&file, &beating.path) && read_claim(&beating.path).is_ok_and(ours) {
        _ = fs::remove_file(&beating.path);
    }
    drop(file);
    beating.state().stopped = true;
    beating.changed.notify_all();
}

/// Writes a beat into a lock; false if another holder's claim is there. What is no claim may be one that is
/// just being written: it is `torn`, and is mended if it is so twice. What is not the file that was made
/// here is never written into, but gives way to a new one.
fn refresh(path: &Path, claim: &Claim, held: &mut File, torn: &mut bool) -> io::Result<bool> {
    // Opened again, for a handle to a share that went away is of no more use.
    let opened = regular::open_with(OpenOptions::new().read(true).write(true), path, Links::Refused);
    let (found, is_the_same) = match &opened {
        Ok(file) => (claim_in(file)?, Identity::of(file).ok() == Identity::of(held).ok()),
        // The folder was tidied, or the share came back without it.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            *held = claim_file(path, claim)?;
            return Ok(true);
        }
        // A link or a pipe; or a file that may not be read, and then it stays.
        Err(_) => (None, false),
    };
    match found {
        Some(found) if found.holder != claim.holder => return Ok(false),
        None if !std::mem::replace(torn, true) => return Ok(true),
        _ => *torn = false,
    }
    match opened {
        Ok(file) if is_the_same => write_claim(&file, claim)?,
        opened => {
            // Nothing else has come in its place meanwhile, as far as that can be known.
            if opened.is_err() || opened.is_ok_and(|file| has_name(&file, path)) {
                *held = replace(path, claim)?;
            }
        }
    }
    Ok(true)
}

/// Makes the file of a lock, which must not be there, and locks it where others can read it all the same.
fn claim_file(path: &Path, claim: &Claim) -> io::Result<File> {
    let file = OpenOptions::new().read(true).write(true).create_new(true).open(path)?;
    #[cfg(windows)]
    super::windows::hide(path);
    // Where the system cannot, the beats have to do.
    _ = lock_by_system(&file);
    if let Err(error) = write_claim(&file, claim) {
        _ = fs::remove_file(path);
        return Err(error);
    }
    Ok(file)
}

/// Makes the file of a lock in the place of what has its name; of a link, that is the link.
fn replace(path: &Path, claim: &Claim) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => claim_file(path, claim),
    }
}

/// Writes a claim into a lock that another process has open.
///
/// # Errors
/// If there is no lock, but something else.
fn take_in_place(path: &Path, claim: &Claim) -> io::Result<File> {
    let file = regular::open_with(OpenOptions::new().read(true).write(true), path, Links::Refused)?;
    claim_in(&file)?.ok_or(io::ErrorKind::InvalidData)?;
    _ = lock_by_system(&file);
    write_claim(&file, claim)?;
    Ok(file)
}

/// Writes a claim in the place of what a file holds, so that a lock of the system on it stays.
fn write_claim(mut file: &File, claim: &Claim) -> io::Result<()> {
    let bytes = claim.to_bytes();
    file.rewind()?;
    file.write_all(&bytes)?;
    file.set_len(bytes.len() as u64)
}

/// The claim that an open file holds; `None` if it holds something else.
fn claim_in(mut file: &File) -> io::Result<Option<Claim>> {
    file.rewind()?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES as u64).read_to_end(&mut bytes)?;
    Ok(Claim::from_bytes(&bytes))
}

/// Locks a file by the system, for as long as its handle is open and its process lives.
fn lock_by_system(file: &File) -> Result<(), TryLockError> {
    #[cfg(windows)]
    return super::windows::lock_far_byte(file);
    #[cfg(not(windows))]
    file.try_lock()
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
    regular::read_start(path, MAX_BYTES, Links::Refused)
}

/// Whether a lock is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Liveness {
    /// It is held
    Live,
    /// The program that held it has died
    Stale,
    /// Not known yet: it has to be watched for half a minute
    Unknown,
}

/// Who has a draft open.
#[derive(Clone, Debug)]
pub struct HeldBy {
    /// The name of the user; empty if the lock does not say.
    pub user: String,
    /// The name of his machine; empty if the lock does not say.
    pub machine: String,
    /// When he opened it, by the clock of his machine; `None` if the lock does not say.
    pub since: Option<SystemTime>,
    /// Whether he still has.
    pub liveness: Liveness,
    /// Whether it is the user of this program, on this machine: another window has it open.
    pub is_own: bool,
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
        let is_own = claim.as_ref().is_some_and(|claim| claim.is_here() && claim.user == own_user());
        let (user, machine) =
            claim.as_ref().map(|claim| (short(&claim.user), short(&claim.machine))).unwrap_or_default();
        let since = claim.and_then(|claim| UNIX_EPOCH.checked_add(Duration::from_millis(claim.since)));
        Ok(Self { user, machine, since, liveness, is_own, path: path.to_owned(), seen, seen_first: Instant::now() })
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
    let Ok(file) = regular::open_with(OpenOptions::new().write(true), path, Links::Refused) else {
        return Liveness::Unknown;
    };
    let here = claim.is_some_and(Claim::is_here);
    match lock_by_system(&file) {
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

    fn claim_at(draft: &Path) -> Option<Claim> {
        read_claim(&lock_path(draft)).ok().flatten()
    }

    fn eventually(what: impl Fn() -> bool) {
        let start = Instant::now();
        while !what() {
            assert!(start.elapsed() < Duration::from_secs(60));
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

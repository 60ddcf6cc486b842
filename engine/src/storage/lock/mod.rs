//! Who has a draft open: a small file beside it, for those who share its folder.
//!
//! Knows names, machines and beats, and nothing of the document. The invariants: a lock that is held is
//! never called stale because a clock is wrong, for no clock is compared with another's; and no byte is
//! written into a file that is not a lock, even if another program puts one in its place.
//!
//! The holder counts a beat in the file every few seconds, from a thread of its own. Whoever finds a
//! lock watches that count: while it goes on the lock is live, and when it has not changed for long it is
//! stale. On one machine there is a shorter way: the file is locked by the system as well, which gives
//! that lock up when its process dies. Windows lets nobody read what is locked so; there it is one byte
//! far beyond the end of the file that is locked.

mod claim;
mod held;

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

pub use held::{HeldBy, Liveness};

pub use claim::own_user;
use claim::{Claim, claim_file, claim_in, lock_by_system, lock_path, read_claim, replace, take_in_place, write_claim};

use super::{
    StorageError,
    identity::{Identity, has_name},
    regular::{self, Links},
};

/// The time between beats.
const BEAT: Duration = Duration::from_secs(5);
/// How long closing a draft waits for a share to take the lock away.
const PATIENCE: Duration = Duration::from_secs(2);

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

    /// Takes a lock that another holds, after the user agreed to it. The old holder notices at the
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

    /// Why there is no lock, if there is none: others then do not see that the draft is open.
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

#[cfg(test)]
mod tests;

//! A lock that another holds: who it is, and whether that program still runs.
//!
//! Must never know: this program's own locks. The invariant: a lock is stale only if the system says so or
//! its count has not changed for [`STALE`].

use std::{
    fmt,
    fs::{OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use super::claim::{Claim, lock_by_system, lock_path, own_user, read, short};
use crate::storage::regular::{self, Links};

/// A lock is stale when its count has stood this long: several beats, for a share can be slow.
pub(super) const STALE: Duration = Duration::from_secs(30);

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
    pub(super) seen: Vec<u8>,
    pub(super) seen_first: Instant,
}

impl HeldBy {
    /// Who has a draft open; `None` if nobody says so. Takes no lock.
    pub fn of(draft: &Path) -> Option<Self> {
        Self::look(&lock_path(draft)).ok().filter(|held| !held.seen.is_empty())
    }

    /// Whether another window of the user of this program has the draft open now.
    pub fn is_own_window(&self) -> bool {
        self.is_own && self.liveness == Liveness::Live
    }

    pub(super) fn look(path: &Path) -> io::Result<Self> {
        let seen = match read(path) {
            // The lock has just been released; the next look finds that.
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
    pub(super) fn watch(&mut self, found: Option<Vec<u8>>, now: Instant) {
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

/// What the system says of a lock. A holder whose file is locked is alive. On the same machine, a holder whose
/// file is not locked has died.
pub(super) fn system_knows(path: &Path, claim: Option<&Claim>) -> Liveness {
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
            ("", "") => write!(f, "someone has it open"),
            ("", machine) => write!(f, "someone on {machine} has it open"),
            (user, "") => write!(f, "{user} has it open"),
            (user, machine) => write!(f, "{user} on {machine} has it open"),
        }
    }
}

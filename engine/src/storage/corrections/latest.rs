//! The latest corrections that are not on the disk yet, for a panic that ends the program.
//!
//! Knows keepers and no window. The invariant: a panic waits neither for a lock nor for a disk that hangs.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError, Weak, atomic::Ordering, mpsc::channel},
    time::Duration,
};

use super::{Keeper, Sum};

/// All keepers of this process that have noted something, for [`flush`].
static OPEN: Mutex<Vec<Weak<Keeper>>> = Mutex::new(Vec::new());

/// Corrections that are still to be written.
pub(super) struct Latest {
    damaged: Sum,
    text: String,
}

impl Keeper {
    /// Notes corrections of a text that are written in a moment. It touches no file.
    pub fn note(self: &Arc<Self>, damaged: Sum, text: String) {
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) = Some(Latest { damaged, text });
        self.is_flushed.store(false, Ordering::SeqCst);
        let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|keeper| keeper.strong_count() > 0);
        if !open.iter().any(|keeper| keeper.as_ptr() == Arc::as_ptr(self)) {
            open.push(Arc::downgrade(self));
        }
    }

    /// Forgets what was noted: it is on the disk, or not wanted.
    pub fn forget(&self) {
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Writes all that was noted, on a thread of its own, waits for that at most `longest`, and returns whether it is on
/// the disk. A panic calls this on the thread that failed.
pub fn flush(longest: Duration) -> bool {
    let Some(open) = unless_locked(&OPEN) else { return false };
    let keepers: Vec<Arc<Keeper>> = open.iter().filter_map(Weak::upgrade).collect();
    drop(open);
    let noted = |keeper: Arc<Keeper>| {
        let latest = unless_locked(&keeper.latest)?.take()?;
        Some((keeper, latest))
    };
    let noted: Vec<_> = keepers.into_iter().filter_map(noted).collect();
    if noted.is_empty() {
        return true;
    }
    let (done, is_done) = channel();
    let write = move || {
        let written = noted.iter().all(|(keeper, latest)| keeper.put(latest.damaged, &latest.text, true).is_ok());
        // Whoever waited too long is gone.
        _ = done.send(written);
    };
    let thread = std::thread::Builder::new().name("corrections".into()).spawn(write);
    thread.is_ok() && is_done.recv_timeout(longest).unwrap_or(false)
}

/// What a lock guards, unless another thread, or the one that failed, has it.
fn unless_locked<T>(lock: &Mutex<T>) -> Option<MutexGuard<'_, T>> {
    match lock.try_lock() {
        Ok(guard) => Some(guard),
        Err(TryLockError::Poisoned(guard)) => Some(guard.into_inner()),
        Err(TryLockError::WouldBlock) => None,
    }
}

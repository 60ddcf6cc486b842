//! What is being typed, kept against a crash: one recovery journal a draft that has unsaved changes.
//!
//! Knows the document and a folder of its own, and never touches the user's file. The invariant: a
//! change that was recorded is on the disk within a second, and stays there until it is saved,
//! undone or asked to stop.
//!
//! # The files
//!
//! A journal is a row of segments, `NAME.1.journal`, `NAME.2.journal` and so on, of which the last
//! that holds a whole state counts. A segment is a line that names the format, then records: a line
//! with kind, time, length and checksum, and the text. The first record is the path of the draft, the
//! second what the draft held when it was opened, and each further one the whole draft after a change. A
//! picture has a record of its own, before the first state that has it; the states only name its sum. So
//! a key in a draft with pictures writes no more than one in a draft without.
//!
//! Whole states, because one is read without the others. Appended, because no byte that was flushed
//! is ever written again: a write that is torn costs that one state and no other. While the disk is
//! busy flushing one state, those that come are written behind it. What follows a
//! record whose frame is broken is not read. A segment that is full, that could not be written, or
//! that was deleted is followed by a new one, and goes only when that is safely on the disk;
//! so a journal never has more than two, each of at most a few times the size of the draft.
//!
//! The file is locked as long as its process lives; the system lets go of the lock when it dies.
//! So a journal that can be locked is one that nobody looks after any more.
//!
//! There is a file only while there are unsaved changes: the first makes it, and saving, undoing all
//! of them or [`Journal::finish`] takes it away.

pub(super) mod format;
#[cfg(test)]
mod picture_tests;
mod recovery;
#[cfg(test)]
mod tests;
mod writing;

use std::{
    io,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, PoisonError, TryLockError, Weak},
    thread::JoinHandle,
    time::{Duration, Instant, SystemTime},
};

pub use recovery::{FoundJournals, Held, Recovery, find, look, recoveries};
use writing::{End, Head, Log, Shared, Wanted, keep};

use super::{
    StorageError,
    disk::{Disk, SystemDisk},
};
use crate::release::Release;

/// Where the platform keeps the journals, if it has such a place.
pub fn folder() -> Option<PathBuf> {
    super::data_folder().map(|folder| folder.join("recovery"))
}

/// All journals of this process, for [`flush`].
static OPEN: Mutex<Vec<Weak<Shared>>> = Mutex::new(Vec::new());

/// Waits until everything recorded is on the disk, for at most `longest`, and returns whether it is. A
/// panic calls this on the thread that failed, so it never waits for a lock.
pub fn flush(longest: Duration) -> bool {
    let begun = Instant::now();
    loop {
        if is_all_written() {
            return true;
        }
        if begun.elapsed() >= longest {
            return false;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn is_all_written() -> bool {
    // The thread that failed may hold the lock itself.
    let open = match OPEN.try_lock() {
        Ok(open) => open,
        Err(TryLockError::Poisoned(open)) => open.into_inner(),
        Err(TryLockError::WouldBlock) => return false,
    };
    open.iter().filter_map(Weak::upgrade).all(|shared| match shared.wanted.try_lock() {
        Ok(wanted) => wanted.asked == wanted.written,
        Err(TryLockError::Poisoned(wanted)) => wanted.get_ref().asked == wanted.get_ref().written,
        Err(TryLockError::WouldBlock) => false,
    })
}

/// The journal of one open draft. To drop it without [`finish`](Self::finish), as a panic does, keeps
/// the file: the next start offers it.
pub struct Journal {
    shared: Arc<Shared>,
    writer: Option<JoinHandle<()>>,
}

/// What a save that was begun holds: see [`Journal::saving`].
#[must_use = "say by `saved` that the file is written"]
pub struct Saving(Arc<Release>);

impl Journal {
    /// Begins the journal of a draft that was opened from a file, or of a new one. `opened` is what
    /// the file held, or what the new draft began with. Nothing is written before the first change.
    pub fn begin(folder: &Path, draft: Option<&Path>, opened: &Release) -> Self {
        Self::begin_on(Arc::new(SystemDisk), folder, draft, opened)
    }

    /// [`begin`](Self::begin) on another disk than that of this machine.
    pub fn begin_on(disk: Arc<dyn Disk>, folder: &Path, draft: Option<&Path>, opened: &Release) -> Self {
        let opened = Arc::new(opened.clone());
        let head = Head { draft: draft.map(absolute), begun: SystemTime::now(), opened: opened.clone() };
        Self::start(Log::new(disk, folder, Vec::new()), head, opened)
    }

    fn start(log: Log, head: Head, latest: Arc<Release>) -> Self {
        let asked = u64::from(latest != head.opened);
        let wanted = Wanted { head, latest, asked, written: 0, trouble: None, hurry: false, end: None };
        let shared = Arc::new(Shared { wanted: Mutex::new(wanted), changed: Condvar::new() });
        let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|journal| journal.strong_count() > 0);
        open.push(Arc::downgrade(&shared));
        drop(open);
        let writer = std::thread::Builder::new().name("journal".into()).spawn({
            let shared = shared.clone();
            move || keep(&shared, log)
        });
        if let Err(source) = &writer {
            let source = io::Error::new(source.kind(), source.to_string());
            shared.wanted().trouble = Some(Arc::new(StorageError::Unprotected { path: PathBuf::new(), source }));
        }
        Self { shared, writer: writer.ok() }
    }

    /// Notes a change. Returns at once: a thread of its own writes, and of several changes in a
    /// quarter of a second only the last.
    pub fn record(&self, release: &Release) {
        let release = Arc::new(release.clone());
        self.ask(|wanted| wanted.latest = release);
    }

    /// Notes what a save that begins now is going to hold, as a change like any other: a crash then
    /// finds nothing older than the file. To be called before the file is written, on any thread.
    pub fn saving(&self, release: &Release) -> Saving {
        let release = Arc::new(release.clone());
        self.ask(|wanted| wanted.latest = release.clone());
        Saving(release)
    }

    /// Notes that the draft is safe in its file. What was recorded after [`saving`](Self::saving) goes on
    /// in the journal, as changes of that file. A save that failed is forgotten by dropping its `Saving`.
    pub fn saved(&self, path: &Path, saving: Saving) {
        let draft = Some(absolute(path));
        self.ask(|wanted| wanted.head = Head { draft, begun: SystemTime::now(), opened: saving.0 });
    }

    /// What keeps the last change from the disk, until it is there. The journal goes on trying.
    pub fn trouble(&self) -> Option<Arc<StorageError>> {
        self.shared.wanted().trouble.clone()
    }

    /// Whether all that was recorded is on the disk.
    pub fn is_written(&self) -> bool {
        let wanted = self.shared.wanted();
        wanted.asked == wanted.written
    }

    /// Has all that was recorded written at once. The answer can be waited for on another thread.
    pub fn write_now(&self) -> Written {
        let mut wanted = self.shared.wanted();
        wanted.hurry = wanted.asked != wanted.written;
        self.shared.changed.notify_all();
        Written { shared: self.shared.clone(), asked: wanted.asked }
    }

    /// Ends the journal and takes its file away: for when the draft was saved, or the user does not
    /// want to.
    ///
    /// # Errors
    /// If the file cannot be taken away. The next start may then offer what is in it.
    pub fn finish(mut self) -> Result<(), Arc<StorageError>> {
        self.end(End::Remove);
        self.trouble().map_or(Ok(()), Err)
    }

    fn ask(&self, change: impl FnOnce(&mut Wanted)) {
        let mut wanted = self.shared.wanted();
        change(&mut wanted);
        wanted.asked += 1;
        self.shared.changed.notify_all();
    }

    fn end(&mut self, end: End) {
        let Some(writer) = self.writer.take() else { return };
        self.ask(|wanted| wanted.end = Some(end));
        // A writer that panicked has said so itself, and left the file.
        _ = writer.join();
    }
}

/// What was recorded up to a moment, on its way to the disk.
pub struct Written {
    shared: Arc<Shared>,
    asked: u64,
}

impl Written {
    /// Waits until it is on the disk, but no longer than `longest`; says whether it is.
    pub fn wait(&self, longest: Duration) -> bool {
        let is_coming = |wanted: &mut Wanted| wanted.written < self.asked && wanted.trouble.is_none();
        let waited = self.shared.changed.wait_timeout_while(self.shared.wanted(), longest, is_coming);
        waited.unwrap_or_else(PoisonError::into_inner).0.written >= self.asked
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.end(End::Keep);
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

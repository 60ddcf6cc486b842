//! The thread that writes a journal, and the segments it writes.
//!
//! Knows what is wanted on the disk, and not who wants it. Its invariant: a segment goes only when
//! what counts in it is in the draft's file or safely in another segment.

use std::{
    collections::BTreeSet,
    fs::{File, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        mpsc::{self, RecvTimeoutError},
    },
    time::{Duration, SystemTime},
};

use super::format::{ENDING, FORMAT, MAGIC, State, record};
use crate::{
    release::Release,
    storage::{
        StorageError,
        disk::{Disk, Readers, path_bytes, unique_name},
        identity::has_name,
    },
};

/// The time from one write to the next. A quarter of the second that may be lost: the rest is for
/// setting down a long draft and for a slow disk.
const PAUSE: Duration = Duration::from_millis(250);
/// The time until a write that failed is tried again.
const RETRY: Duration = Duration::from_millis(500);
/// A segment is full at this size, or at four times that of the draft if that is more: large enough
/// that a new one is rare, small enough for everybody's disk.
pub(super) const SEGMENT: u64 = 1 << 20;

pub(super) struct Shared {
    pub(super) wanted: Mutex<Wanted>,
    pub(super) changed: Condvar,
}

/// What should be on the disk, and how far that has come.
pub(super) struct Wanted {
    pub(super) head: Head,
    pub(super) latest: Arc<Release>,
    /// Counts what was asked; equal to `written` when all of it is done.
    pub(super) asked: u64,
    pub(super) written: u64,
    pub(super) trouble: Option<Arc<StorageError>>,
    /// Whether a caller waits for the disk.
    pub(super) hurry: bool,
    pub(super) end: Option<End>,
}

/// What the states of a segment are changes of.
#[derive(Clone)]
pub(super) struct Head {
    pub(super) draft: Option<PathBuf>,
    pub(super) begun: SystemTime,
    pub(super) opened: Arc<Release>,
}

impl Head {
    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.opened, &other.opened) && self.draft == other.draft
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Keep,
    Remove,
}

impl Shared {
    pub(super) fn wanted(&self) -> MutexGuard<'_, Wanted> {
        // Nothing is left half done under the lock, so a panic elsewhere spoils nothing here.
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The writer: brings the disk to what is wanted, over and over.
pub(super) fn keep(shared: &Shared, mut log: Log) {
    loop {
        let wanted = shared.wanted();
        let wanted = shared.changed.wait_while(wanted, |wanted| wanted.asked == wanted.written);
        let wanted = wanted.unwrap_or_else(PoisonError::into_inner);
        let (head, latest, asked, end) = (wanted.head.clone(), wanted.latest.clone(), wanted.asked, wanted.end);
        drop(wanted);

        let mut seen = latest.clone();
        let mut newer = || {
            let wanted = shared.wanted();
            let is_new = !Arc::ptr_eq(&wanted.latest, &seen) && wanted.head.is(&head);
            is_new.then(|| wanted.latest.clone()).inspect(|latest| seen = latest.clone())
        };
        let done = if end == Some(End::Remove) { log.clear() } else { log.bring_to(&head, &latest, &mut newer) };

        let mut wanted = shared.wanted();
        let pause = if done.is_ok() { PAUSE } else { RETRY };
        match done {
            Ok(()) => (wanted.written, wanted.trouble) = (asked, None),
            Err(error) => wanted.trouble = Some(Arc::new(error)),
        }
        if wanted.written == wanted.asked || wanted.trouble.is_some() {
            wanted.hurry = false;
            shared.changed.notify_all();
        }
        if end.is_some() {
            return;
        }
        drop(shared.changed.wait_timeout_while(wanted, pause, |wanted| wanted.end.is_none() && !wanted.hurry));
    }
}

/// Gives a state that came while the disk was busy.
pub(super) type Newer<'a> = &'a mut dyn FnMut() -> Option<Arc<Release>>;

/// The segments of a journal on the disk.
pub(super) struct Log {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
    name: String,
    /// The number of the next segment.
    pub(super) next: u32,
    current: Option<Segment>,
    /// Segments that go once the current one is safe.
    old: Vec<Locked>,
}

/// A segment that is locked as long as this lives.
pub(super) struct Locked {
    pub(super) path: PathBuf,
    pub(super) file: File,
}

struct Segment {
    locked: Locked,
    head: Head,
    /// The state that was written last.
    latest: Arc<Release>,
    length: u64,
    /// The sums of the pictures that it holds, or is about to.
    pictures: BTreeSet<[u8; 32]>,
}

impl Log {
    pub(super) fn new(disk: Arc<dyn Disk>, folder: &Path, old: Vec<Locked>) -> Self {
        Self { disk, folder: folder.to_owned(), name: unique_name(), next: 1, current: None, old }
    }

    /// Makes the disk hold a state, or nothing if there is no change.
    /// `newer` gives a state of the same draft that came since it was asked last.
    pub(super) fn bring_to(
        &mut self,
        head: &Head,
        latest: &Arc<Release>,
        newer: Newer<'_>,
    ) -> Result<(), StorageError> {
        if *latest == head.opened {
            return self.clear();
        }
        if self.current.as_ref().is_some_and(|current| current.holds(head, latest)) {
            return Ok(());
        }
        let Some(state) = State::of(latest) else {
            return Err(StorageError::TooLarge { path: head.draft.clone().unwrap_or_else(|| self.folder.clone()) });
        };
        if let Some(mut current) = self.current.take() {
            let bytes = current.records("changed", SystemTime::now(), &state);
            let fits = current.head.is(head) && current.length + bytes.len() as u64 <= most(&state);
            if fits && self.append(&mut current, &bytes, newer).is_ok() {
                current.latest = latest.clone();
                self.current = Some(current);
                return Ok(());
            }
            self.old.push(current.locked);
        }
        let path = self.folder.join(format!("{}.{}{ENDING}", self.name, self.next));
        self.next += 1;
        let begun = self.begin_segment(&path, head, latest, &state, newer);
        self.current = Some(begun.map_err(|source| StorageError::Unprotected { path, source })?);
        // The last segment counts, so that one too many does no harm and is tried again.
        self.remove_old().or(Ok(()))
    }

    /// Adds bytes to a segment and flushes it.
    fn append(&self, segment: &mut Segment, bytes: &[u8], newer: Newer<'_>) -> io::Result<()> {
        self.disk.write(&segment.locked.file, bytes)?;
        self.flush(segment, newer, |disk, file, _| disk.sync(file))?;
        // What is written into a file that was taken away goes nowhere.
        if !segment.locked.is_there() {
            return Err(io::ErrorKind::NotFound.into());
        }
        segment.length = segment.locked.file.metadata()?.len();
        Ok(())
    }

    /// Waits for the disk, which takes seconds when others write much. What is typed meanwhile is at
    /// least written, so that it outlives the program; the next round writes it again and flushes it.
    fn flush(
        &self,
        segment: &mut Segment,
        newer: Newer<'_>,
        operation: impl FnOnce(&dyn Disk, &File, &Path) -> io::Result<()> + Send + 'static,
    ) -> io::Result<()> {
        let (disk, file, folder) = (self.disk.clone(), segment.locked.file.try_clone()?, self.folder.clone());
        let (done, result) = mpsc::channel();
        let flusher = move || {
            let flushed = operation(&*disk, &file, &folder);
            // Before it is said, for the file is locked as long as it is open here too.
            drop(file);
            _ = done.send(flushed);
        };
        std::thread::Builder::new().name("journal flush".into()).spawn(flusher)?;
        loop {
            match result.recv_timeout(PAUSE) {
                Ok(flushed) => return flushed,
                Err(RecvTimeoutError::Disconnected) => return Err(io::Error::other("it was not flushed")),
                Err(RecvTimeoutError::Timeout) => {
                    if let Some(state) = newer().as_deref().and_then(State::of)
                        && segment.locked.file.metadata()?.len() < most(&state)
                    {
                        let bytes = segment.records("changed", SystemTime::now(), &state);
                        self.disk.write(&segment.locked.file, &bytes)?;
                    }
                }
            }
        }
    }

    fn begin_segment(
        &mut self,
        path: &Path,
        head: &Head,
        latest: &Arc<Release>,
        state: &State,
        newer: Newer<'_>,
    ) -> io::Result<Segment> {
        self.disk.create_folder(&self.folder)?;
        let locked = Locked { path: path.to_owned(), file: self.disk.create(path, Readers::Owner)? };
        if let Err(TryLockError::WouldBlock) = locked.file.try_lock() {
            // Another program that starts just now looks at it, and will not keep it.
            return Err(io::ErrorKind::ResourceBusy.into());
        }
        let draft = head.draft.as_deref().map(path_bytes).unwrap_or_default();
        let mut bytes = format!("{MAGIC}{FORMAT}\n").into_bytes();
        bytes.extend(record("draft", head.begun, draft));
        let (head, latest) = (head.clone(), latest.clone());
        let mut segment = Segment { locked, head, latest, length: 0, pictures: BTreeSet::new() };
        if let Some(opened) = State::of(&segment.head.opened) {
            bytes.extend(segment.records("opened", segment.head.begun, &opened));
        }
        bytes.extend(segment.records("changed", SystemTime::now(), state));
        let written = self.append(&mut segment, &bytes, newer);
        match written.and_then(|()| self.flush(&mut segment, newer, |disk, _, folder| disk.sync_folder(folder))) {
            Ok(()) => Ok(segment),
            Err(error) => {
                if self.disk.remove(path).is_err() {
                    self.old.push(segment.locked);
                }
                Err(error)
            }
        }
    }

    /// Takes all segments away, the oldest first: what counts is then gone last.
    fn clear(&mut self) -> Result<(), StorageError> {
        self.old.extend(self.current.take().map(|segment| segment.locked));
        self.remove_old()
    }

    fn remove_old(&mut self) -> Result<(), StorageError> {
        while let Some(segment) = self.old.first() {
            segment.remove(&*self.disk)?;
            self.old.remove(0);
        }
        Ok(())
    }
}

/// The most bytes of a segment to which a state may be added.
fn most(state: &State) -> u64 {
    SEGMENT.max(4 * state.size)
}

impl Segment {
    /// The records of a state: the pictures that are not in the segment, and then its text. If they cannot be written,
    /// the segment must not be written again.
    fn records(&mut self, kind: &str, time: SystemTime, state: &State) -> Vec<u8> {
        let new = state.pictures.iter().filter(|(sum, _)| self.pictures.insert(**sum));
        let mut bytes: Vec<u8> = new.flat_map(|(_, data)| record("picture", time, data.bytes())).collect();
        bytes.extend(record(kind, time, state.text.as_bytes()));
        bytes
    }

    fn holds(&self, head: &Head, latest: &Arc<Release>) -> bool {
        self.head.is(head) && Arc::ptr_eq(&self.latest, latest) && self.locked.is_there()
    }
}

impl Locked {
    fn is_there(&self) -> bool {
        has_name(&self.file, &self.path)
    }

    pub(super) fn remove(&self, disk: &dyn Disk) -> Result<(), StorageError> {
        // The folder is not flushed: what a power cut brings back is offered once more, with its time.
        match disk.remove(&self.path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                Err(StorageError::Unremovable { path: self.path.clone(), source })
            }
            _ => Ok(()),
        }
    }
}

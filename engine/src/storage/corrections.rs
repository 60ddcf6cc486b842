//! Corrections of a damaged draft, kept against a crash until the text is a draft again.
//!
//! Knows the folder of the recovery journals, and never touches the draft. The invariant: a file that
//! another living process writes, or that holds corrections of another text, is neither replaced nor
//! removed, unless the user says so.
//!
//! # The files
//!
//! `HASH.1.corrections`, `HASH.2.corrections` and so on; the hash is that of the draft's path. A draft
//! has more than one file only if two processes correct it, or if it has changed since it was corrected.
//! Each file is replaced as a whole and has the records of a [journal](super::journal): the path of the
//! draft, the SHA-256 of the damaged text, and the corrected text. Because a replaced file is a new one,
//! the lock is on another file beside it, `HASH.1.corrections.lock`, for as long as the process lives.

mod latest;

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, BufReader, Read as _},
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, SystemTime},
};

use latest::Latest;
pub use latest::flush;
use sha2::{Digest as _, Sha256};

use super::{
    StorageError,
    disk::{Disk as _, Readers, SystemDisk, path_bytes, path_from_bytes, replace_private},
    identity::has_name,
    journal::format::{MAX_TEXT, read_line, read_record, record},
    regular::{self, Links},
};

const MAGIC: &str = "release-composer corrections ";
const FORMAT: u32 = 1;
const ENDING: &str = ".corrections";
const LOCK_ENDING: &str = ".lock";
/// What is put after the name of a file that cannot be read.
const DAMAGED: &str = ".damaged";
/// The most files of one draft.
const MOST: u32 = 99;
/// How many files are offered at once; others wait for the next start.
const MAX_OFFERED: usize = 32;
/// The most that is read of a file: the text, and room for a path.
const MAX_FILE: u64 = MAX_TEXT + (1 << 20);
/// How often a lock is tried, and the time between: another start may look at it just now.
const ATTEMPTS: usize = 5;
const PAUSE: Duration = Duration::from_millis(20);

/// The SHA-256 of a damaged text.
pub type Sum = [u8; 32];

/// The sum of a damaged text.
pub fn sum(damaged: &str) -> Sum {
    Sha256::digest(damaged).into()
}

/// A file with corrections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The damaged draft.
    pub draft: PathBuf,
    /// When the corrections were written.
    pub changed: SystemTime,
    /// The file in which they are kept.
    pub file: PathBuf,
}

/// Corrections that were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrections {
    /// Their file.
    pub kept: Kept,
    /// The sum of the text that was corrected.
    pub damaged: Sum,
    /// The corrected text.
    pub text: String,
}

/// What a look into the folder found.
#[derive(Default)]
pub struct FoundCorrections {
    /// Files of processes that have ended, the one written last first.
    pub kept: Vec<Kept>,
    /// Files that cannot be read. They stay: the errors name them.
    pub damaged: Vec<StorageError>,
}

/// What is kept of one damaged draft.
pub struct Looked {
    /// Corrections of the same text, the newest. The keeper has locked their file.
    pub same: Option<Corrections>,
    /// How many other files there are that no living process has locked.
    pub others: usize,
}

/// Keeps the corrections of one draft. To drop it releases the lock and leaves the file for the next
/// start, as a crash does.
pub struct Keeper {
    folder: PathBuf,
    draft: PathBuf,
    held: Mutex<Option<Held>>,
    latest: Mutex<Option<Latest>>,
    /// Whether a panic has written what was noted last, so that a write that began before must not replace it.
    is_flushed: AtomicBool,
}

impl Keeper {
    /// The keeper of a draft. It touches no file yet.
    pub fn new(folder: &Path, draft: &Path) -> Self {
        let draft = std::path::absolute(draft).unwrap_or_else(|_| draft.to_owned());
        Self {
            folder: folder.to_owned(),
            draft,
            held: Mutex::default(),
            latest: Mutex::default(),
            is_flushed: AtomicBool::new(false),
        }
    }

    /// Looks for corrections of a text, and locks the file of the newest.
    pub fn look(&self, damaged: Sum) -> Looked {
        let mut newest: Option<(Held, Corrections)> = None;
        let mut count = 0;
        for file in (1..=MOST).map(|number| self.file(number)) {
            let Ok(Some(held)) = Held::of_file(&file) else { continue };
            // What cannot be read is named at the next start.
            let Ok(found) = read(&file) else { continue };
            count += 1;
            let is_newer = newest.as_ref().is_none_or(|(_, before)| before.kept.changed < found.kept.changed);
            if found.damaged == damaged && found.kept.draft == self.draft && is_newer {
                newest = Some((held, found));
            }
        }
        let others = count - usize::from(newest.is_some());
        let same = newest.map(|(held, found)| {
            *self.held() = Some(held);
            found
        });
        Looked { same, others }
    }

    /// Goes on with a file that [`find`] found; `None` if it is gone or another process has locked it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn take(file: &Path) -> Result<Option<(Self, Corrections)>, StorageError> {
        let Some(held) = Held::of_file(file).map_err(|source| unreadable(file, source))? else { return Ok(None) };
        let found = read(file)?;
        let keeper = Self::new(file.parent().unwrap_or(Path::new("")), &found.kept.draft);
        *keeper.held() = Some(held);
        Ok(Some((keeper, found)))
    }

    /// Writes corrections of a text in the place of those before. The first time it takes a file that is
    /// not there yet.
    ///
    /// # Errors
    /// If they cannot be written; those before are then still there.
    pub fn write(&self, damaged: Sum, text: &str) -> Result<(), StorageError> {
        self.put(damaged, text, false)
    }

    /// The same; with `is_last` it is what a panic writes.
    fn put(&self, damaged: Sum, text: &str, is_last: bool) -> Result<(), StorageError> {
        if text.len() as u64 > MAX_TEXT {
            return Err(StorageError::TooLarge { path: self.draft.clone() });
        }
        let mut held = self.held();
        if !is_last && self.is_flushed.load(Ordering::SeqCst) {
            return Ok(());
        }
        if held.is_none() {
            let unwritable = |source| StorageError::Unwritable { path: self.folder.clone(), source };
            *held = Some(self.new_file().map_err(unwritable)?);
        }
        let Some(held) = &*held else { return Ok(()) };
        let now = SystemTime::now();
        let bytes = [
            format!("{MAGIC}{FORMAT}\n").into_bytes(),
            record("draft", now, path_bytes(&self.draft)),
            record("damaged", now, &damaged),
            record("corrected", now, text.as_bytes()),
        ];
        replace_private(&SystemDisk, &held.file, &bytes.concat())?;
        self.is_flushed.store(is_last, Ordering::SeqCst);
        Ok(())
    }

    /// Removes the file, if one was written or found.
    ///
    /// # Errors
    /// If it cannot be removed. The next start then offers it.
    pub fn remove(&self) -> Result<(), StorageError> {
        self.held().take().map_or(Ok(()), Held::remove)
    }

    /// Locks a file that is not there yet.
    fn new_file(&self) -> io::Result<Held> {
        SystemDisk.create_folder(&self.folder)?;
        for file in (1..=MOST).map(|number| self.file(number)) {
            if is_there(&file) {
                continue;
            }
            let held = Held::of(&file)?;
            // Another process may have written it a moment ago.
            if let Some(held) = held.filter(|_| !is_there(&file)) {
                return Ok(held);
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    fn file(&self, number: u32) -> PathBuf {
        let hash = Sha256::digest(path_bytes(&self.draft));
        let hash: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        self.folder.join(format!("{hash}.{number}{ENDING}"))
    }

    fn held(&self) -> MutexGuard<'_, Option<Held>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A file that is locked as long as this lives.
struct Held {
    file: PathBuf,
    lock: File,
}

impl Held {
    /// Locks a file, be it there or not; `None` if another process has locked it.
    fn of(file: &Path) -> io::Result<Option<Self>> {
        let path = lock_of(file);
        for attempt in 0..ATTEMPTS {
            if attempt > 0 {
                std::thread::sleep(PAUSE);
            }
            let lock = match SystemDisk.create(&path, Readers::Owner) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    regular::open_with(OpenOptions::new().read(true).write(true), &path, Links::Refused)
                }
                made => made,
            };
            let lock = match lock {
                // It was removed a moment ago.
                Err(error) if error.kind() == io::ErrorKind::NotFound && file.parent().is_some_and(Path::is_dir) => {
                    continue;
                }
                opened => opened?,
            };
            // Where files cannot be locked, better to offer what is still in use than nothing.
            if !matches!(lock.try_lock(), Err(TryLockError::WouldBlock)) && has_name(&lock, &path) {
                return Ok(Some(Self { file: file.to_owned(), lock }));
            }
        }
        Ok(None)
    }

    /// [`of`](Self::of) for a file that is there; `None` if it is not.
    fn of_file(file: &Path) -> io::Result<Option<Self>> {
        if !is_there(file) {
            return Ok(None);
        }
        let held = Self::of(file)?;
        // Its process may have removed it a moment ago.
        if is_there(file) {
            return Ok(held);
        }
        if let Some(held) = held {
            held.remove_lock();
        }
        Ok(None)
    }

    fn remove(self) -> Result<(), StorageError> {
        match SystemDisk.remove(&self.file) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                Err(StorageError::Unremovable { path: self.file, source })
            }
            _ => {
                self.remove_lock();
                Ok(())
            }
        }
    }

    /// Removes the lock while it is locked, so that no other process has it. One that stays does no harm.
    fn remove_lock(self) {
        _ = SystemDisk.remove(&lock_of(&self.file));
        drop(self.lock);
    }
}

/// Looks for corrections whose process is no longer alive. It reads them, and no draft.
pub fn find(folder: &Path) -> FoundCorrections {
    let mut found = FoundCorrections::default();
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if found.kept.len() == MAX_OFFERED {
            break;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if let Some(file) = name.strip_suffix(LOCK_ENDING).filter(|file| file.ends_with(ENDING)) {
            // The process ended before it wrote anything.
            let file = folder.join(file);
            if !is_there(&file)
                && let Ok(Some(held)) = Held::of(&file)
                && !is_there(&file)
            {
                held.remove_lock();
            }
        } else if name.ends_with(ENDING)
            && let Ok(Some(held)) = Held::of_file(&path)
        {
            match read(&path) {
                Ok(corrections) => found.kept.push(corrections.kept),
                Err(StorageError::DamagedJournal { path }) => found.damaged.push(set_aside(path, held)),
                Err(error) => found.damaged.push(error),
            }
        }
    }
    found.kept.sort_by_key(|kept| std::cmp::Reverse(kept.changed));
    found
}

/// Removes a file that the user does not want, unless another process has locked it.
///
/// # Errors
/// If it cannot be removed.
pub fn discard(file: &Path) -> Result<(), StorageError> {
    let unremovable = |source| StorageError::Unremovable { path: file.to_owned(), source };
    Held::of_file(file).map_err(unremovable)?.map_or(Ok(()), Held::remove)
}

/// Reads a file; one that is not whole is a damaged journal.
fn read(file: &Path) -> Result<Corrections, StorageError> {
    let opened = regular::open(file, Links::Refused).map_err(|source| unreadable(file, source))?;
    let mut reader = BufReader::new(opened).take(MAX_FILE);
    let line = read_line(&mut reader).map_err(|source| unreadable(file, source))?;
    match line.strip_prefix(MAGIC).and_then(|format| format.parse::<u32>().ok()) {
        Some(FORMAT) => {}
        Some(format) if format > FORMAT => return Err(StorageError::NewerJournal { path: file.to_owned() }),
        _ => return Err(StorageError::DamagedJournal { path: file.to_owned() }),
    }
    let (mut draft, mut damaged, mut corrected) = (None, None, None);
    while let Some((kind, time, bytes)) = read_record(&mut reader).map_err(|source| unreadable(file, source))? {
        match kind.as_str() {
            "draft" => draft = Some(path_from_bytes(&bytes)),
            "damaged" => damaged = Sum::try_from(bytes).ok(),
            "corrected" => corrected = String::from_utf8(bytes).ok().map(|text| (time, text)),
            _ => {}
        }
    }
    let (Some(draft), Some(damaged), Some((changed, text))) = (draft, damaged, corrected) else {
        return Err(StorageError::DamagedJournal { path: file.to_owned() });
    };
    Ok(Corrections { kept: Kept { draft, changed, file: file.to_owned() }, damaged, text })
}

/// Renames a file that cannot be read, so that no start meets it again; says where it is.
fn set_aside(file: PathBuf, held: Held) -> StorageError {
    let mut path = OsString::from(&file);
    path.push(DAMAGED);
    let path = PathBuf::from(path);
    if fs::rename(&file, &path).is_err() {
        return StorageError::DamagedJournal { path: file };
    }
    held.remove_lock();
    StorageError::DamagedJournal { path }
}

fn lock_of(file: &Path) -> PathBuf {
    let mut path = OsString::from(file);
    path.push(LOCK_ENDING);
    path.into()
}

fn is_there(file: &Path) -> bool {
    fs::symlink_metadata(file).is_ok()
}

fn unreadable(file: &Path, source: io::Error) -> StorageError {
    StorageError::Unreadable { path: file.to_owned(), source }
}

#[cfg(test)]
mod tests;

//! Drafts: opened, saved, locked, and their earlier versions.

use std::{
    fmt, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use super::super::{field::clipboard, jobs::JobThread};
use crate::{
    editing::Slice,
    html,
    release::{Comment, Release, Reordered, Style, file::ParseError},
    review::{Hands, Review},
    storage::{
        self, DiskState, Since, Stoppable, StorageError,
        journal::Written,
        lock::{DraftLock, HeldBy, Liveness},
        versions::{Version, Versions},
    },
    word,
};

/// How long a save waits until the journal holds what is saved. A disk that takes longer than this is
/// better written to once, into the draft.
const JOURNAL: Duration = Duration::from_secs(2);

/// What a file turned out to be.
pub enum Opened {
    /// A draft, and how many different letters of it were put in the normal order of Khmer
    Draft { release: Box<Release>, reordered: usize, on_disk: Option<DiskState> },
    /// Text that is no draft
    Damaged { text: String, error: ParseError, on_disk: Option<DiskState> },
    /// A Word file, as a draft that has no file yet
    Word(Box<word::Imported>),
    /// A Word file that cannot be read
    BadWord(word::ReadError),
    /// Nothing that can be read
    Unreadable(StorageError),
}

/// Writes a draft into a file that is not there yet.
///
/// # Errors
/// If there is such a file, or it cannot be written.
pub fn save_new(_: &JobThread, path: &Path, release: &Release) -> Result<(), StorageError> {
    match path.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => storage::save(path, release),
        Err(source) => Err(StorageError::Unwritable { path: path.to_owned(), source }),
        Ok(_) => {
            let source = io::ErrorKind::AlreadyExists.into();
            Err(StorageError::Unwritable { path: path.to_owned(), source })
        }
    }
}

/// Opens a draft, or the text of a damaged one.
pub fn open(_: &JobThread, path: &Path) -> Opened {
    if word::is_word(path) {
        return match read_word(path) {
            Ok(imported) => Opened::Word(Box::new(imported)),
            Err(Unread::Word(error)) => Opened::BadWord(error),
            Err(Unread::Draft(error)) => Opened::Unreadable(error),
        };
    }
    // Before it is read: what changes in between is noticed when the draft is saved.
    let on_disk = DiskState::of(path).ok();
    match storage::open_and_say(path) {
        Ok((release, reordered)) => {
            let reordered = reordered.iter().map(|Reordered { letters, .. }| letters.len()).sum();
            Opened::Draft { release: Box::new(release), reordered, on_disk }
        }
        Err(StorageError::NotADraft { source: error, .. }) => match storage::text(path) {
            Ok(text) => Opened::Damaged { text, error, on_disk },
            Err(error) => Opened::Unreadable(error),
        },
        Err(error) => Opened::Unreadable(error),
    }
}

/// The text of a file as paragraphs: with its emphasis and its lists, if it is a page of the web.
///
/// # Errors
/// If it cannot be read.
pub fn text_of(_: &JobThread, path: &Path) -> Result<Slice, StorageError> {
    let bytes = storage::bytes(path)?;
    let text = html::decode(&bytes);
    let ending = path.extension().unwrap_or_default();
    let is_page = ["html", "htm"].iter().any(|page| ending.eq_ignore_ascii_case(page));
    let blocks = is_page.then(|| html::read(&text)).flatten();
    Ok(blocks.map_or_else(|| clipboard::paragraphs(&text, Style::PLAIN), Slice::of).with_pictures_apart())
}

/// The release in a draft or a Word file.
///
/// # Errors
/// If it cannot be read.
pub fn release_of(_: &JobThread, path: &Path) -> Result<Release, Unread> {
    if word::is_word(path) {
        return read_word(path).map(|imported| imported.release);
    }
    storage::open(path).map_err(Unread::Draft)
}

/// Why a file cannot be read as a draft.
#[derive(Debug)]
pub enum Unread {
    /// It is no draft, or the system cannot read it
    Draft(StorageError),
    /// It is a Word file that cannot be read
    Word(word::ReadError),
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Draft(error) => error.fmt(f),
            Self::Word(error) => error.fmt(f),
        }
    }
}

/// Reads a file that came back, a Word file or a draft: what it changes in a release, and its comments.
///
/// # Errors
/// If it cannot be read.
pub fn returned(_: &JobThread, release: &Release, path: &Path) -> Result<(Review, Vec<Comment>), Unread> {
    if !word::is_word(path) {
        let theirs = storage::open(path).map_err(Unread::Draft)?;
        let comments = theirs.comments.clone();
        return Ok((Review::new(release, theirs, &Hands::default()), comments));
    }
    let word::Imported { release: theirs, hands, .. } = read_word(path)?;
    let comments = theirs.comments.clone();
    Ok((Review::new(&word::echo(release), theirs, &hands), comments))
}

/// Reads a Word file.
fn read_word(path: &Path) -> Result<word::Imported, Unread> {
    let unreadable = |source: io::Error| {
        if source.kind() == io::ErrorKind::FileTooLarge {
            let size = format!("it has more than {} MB", word::FILE >> 20);
            return Unread::Word(word::ReadError::TooLarge(size));
        }
        Unread::Draft(StorageError::Unreadable { path: path.to_owned(), source })
    };
    let bytes = storage::regular::read(path, word::FILE).map_err(unreadable)?;
    word::read(&bytes).map_err(Unread::Word)
}

/// A draft with the pictures that lie beside its file.
pub fn with_pictures(_: &JobThread, mut release: Release, path: &Path) -> Release {
    storage::read_pictures(&mut release, path);
    release
}

/// Who has a draft.
pub enum Lock {
    /// This window; others can see it, or it has a note why not.
    Ours(DraftLock),
    /// Another user
    Theirs(Box<HeldBy>),
}

/// Takes the lock of a draft, unless another user has it. `before` is released first, for it may be of
/// the same file.
pub fn take_lock(_: &JobThread, before: Option<DraftLock>, path: &Path) -> Lock {
    drop(before);
    match DraftLock::take(path) {
        Ok(lock) => Lock::Ours(lock),
        Err(held) if held.liveness == Liveness::Stale => Lock::Ours(DraftLock::take_over(path)),
        Err(held) => Lock::Theirs(held),
    }
}

/// Who has a draft open, if anybody says so.
pub fn held_by(_: &JobThread, path: &Path) -> Option<HeldBy> {
    HeldBy::of(path)
}

/// Releases a lock, which a share can keep waiting.
pub fn release_lock(_: &JobThread, lock: DraftLock) {
    drop(lock);
}

/// How the file of the draft in the window was when it was opened or saved last. Jobs share it with the
/// window, for one save may follow another that the window does not know of yet.
#[derive(Clone, Default)]
pub struct Known(Arc<Mutex<KnownFile>>);

#[derive(Default)]
struct KnownFile {
    own: Option<(PathBuf, Option<DiskState>)>,
    /// The file behind all links. It is found out early, for a share may hang when it is needed.
    real: Option<PathBuf>,
}

impl Known {
    fn file(&self) -> MutexGuard<'_, KnownFile> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes how a file was that the draft has from now on.
    pub fn turn_to(&self, path: Option<&Path>, state: Option<DiskState>) {
        self.file().own = path.map(|path| (path.to_owned(), state));
    }

    /// Notes where the draft's file really is.
    pub fn note_real(&self, real: Option<PathBuf>) {
        self.file().real = real;
    }

    /// Finds out where the draft's file really is.
    pub fn find(&self, _: &JobThread, path: &Path) {
        let real = std::fs::canonicalize(path).ok();
        self.note_real(real);
    }

    /// Notes how a file is, if it is still that of the draft.
    fn note(&self, path: &Path, state: Option<DiskState>) {
        if let Some((_, of)) = self.file().own.as_mut().filter(|(own, _)| own == path) {
            *of = state;
        }
    }

    fn state(&self) -> Option<DiskState> {
        self.file().own.as_ref().and_then(|(_, state)| state.clone())
    }

    /// Whether a path leads to the draft's file. Touches only what is behind the path.
    fn is_own(&self, path: &Path) -> bool {
        let real = {
            let file = self.file();
            if file.own.as_ref().is_some_and(|(own, _)| own == path) {
                return true;
            }
            file.real.clone()
        };
        real.is_some_and(|real| std::fs::canonicalize(path).is_ok_and(|path| path == real))
    }
}

/// A draft that is to be saved.
pub struct ToSave {
    /// The file.
    pub path: PathBuf,
    /// The draft as it is to be in the file.
    pub release: Arc<Release>,
    /// The file that the draft has now.
    pub known: Known,
    /// Who else had that file open.
    pub held: Option<Box<HeldBy>>,
    /// Whether the file is replaced, whatever it holds: the user was asked.
    pub is_agreed: bool,
    /// The journal that is to hold the draft first.
    pub journal: Option<Written>,
    /// Where versions are kept.
    pub versions: Option<PathBuf>,
    /// Whether locks are taken.
    pub locks: bool,
    /// The disk that is written to.
    pub disk: Arc<dyn storage::Disk>,
}

/// What came of a save.
pub struct Saved {
    /// Who else has the draft's own file open, as far as is known now.
    pub held: Option<Box<HeldBy>>,
    /// The rest.
    pub outcome: SaveOutcome,
}

/// Whether a draft was saved.
pub enum SaveOutcome {
    /// It was.
    Done(Box<SaveDone>),
    /// Another user has the draft open: see `held`.
    OwnIsHeld,
    /// Another user has the file open that would be replaced.
    OtherIsHeld(Box<HeldBy>),
    /// Another user has changed the file.
    Changed { on_disk: Option<DiskState>, found: Result<Box<Release>, StorageError> },
    /// It was not
    Failed(StorageError),
}

/// A draft that was saved.
pub struct SaveDone {
    /// How the file is now.
    pub on_disk: Option<DiskState>,
    /// Where it really is, behind all links.
    pub real: Option<PathBuf>,
    /// The lock of the file, if another one is needed than that held before.
    pub lock: Option<Lock>,
    /// The copy of what was there, if that was damaged.
    pub damaged: Option<PathBuf>,
    /// What did not work besides.
    pub trouble: Vec<StorageError>,
}

/// Saves a draft, unless another user has it or has changed it. A file that is replaced is kept as a
/// version first. Once the job was stopped nothing is put in the file's place any more.
pub fn save(thread: &JobThread, to_save: ToSave) -> Saved {
    let mut held = to_save.held;
    let is_own = to_save.known.is_own(&to_save.path);
    let to_save = ToSave { held: None, ..to_save };
    let outcome = match may_be_replaced(&to_save, is_own, &mut held) {
        Some(in_the_way) => in_the_way,
        None => write(thread, to_save, is_own, held.is_some()),
    };
    Saved { held, outcome }
}

/// What keeps a draft from being saved in the place of what is there.
fn may_be_replaced(to_save: &ToSave, is_own: bool, held: &mut Option<Box<HeldBy>>) -> Option<SaveOutcome> {
    let path = &to_save.path;
    if to_save.is_agreed {
        return None;
    }
    if !is_own {
        let other = (to_save.locks && path.exists()).then(|| DraftLock::take(path).err()).flatten();
        return other.filter(|held| held.liveness != Liveness::Stale).map(SaveOutcome::OtherIsHeld);
    }
    if held.as_mut().is_some_and(|held| held.look_again() != Liveness::Stale) {
        return Some(SaveOutcome::OwnIsHeld);
    }
    let since = to_save.known.state().and_then(|state| state.since(path).ok());
    (since == Some(Since::Changed)).then(|| {
        let on_disk = DiskState::of(path).ok();
        SaveOutcome::Changed { on_disk, found: storage::open(path).map(Box::new) }
    })
}

fn write(thread: &JobThread, to_save: ToSave, is_own: bool, was_held: bool) -> SaveOutcome {
    let ToSave { path, release, known, journal, versions, locks, disk, .. } = to_save;
    // The journal first: after a crash it must not offer an older text than that in the file.
    if let Some(journal) = journal {
        journal.wait(JOURNAL);
    }
    let versions = versions.map(|folder| Versions::of(&folder, &path));
    let mut trouble = Vec::new();
    let damaged = match keep_what_was_there(versions.as_ref(), &path, &mut trouble) {
        Ok(damaged) => damaged,
        // Better not saved yet than in the place of the only copy of something.
        Err(error) => return SaveOutcome::Failed(error),
    };
    let disk = Stoppable { disk: &*disk, stop: thread.stop().flag() };
    if let Err(error) = storage::save_on(&disk, &path, &release) {
        // It was written if only the disk did not confirm it, and what is there now is ours.
        if matches!(error, StorageError::Unflushed { .. }) {
            known.note(&path, DiskState::of(&path).ok());
        }
        return SaveOutcome::Failed(error);
    }
    let on_disk = DiskState::of(&path).ok();
    known.note(&path, on_disk.clone());
    let lock = (locks && (!is_own || was_held)).then(|| take_lock(thread, None, &path));
    if let Some(versions) = versions
        && let Err(error) = versions.keep(&release, SystemTime::now())
    {
        trouble.push(error);
    }
    let real = std::fs::canonicalize(&path).ok();
    SaveOutcome::Done(Box::new(SaveDone { on_disk, real, lock, damaged, trouble }))
}

/// Keeps what a file holds that was not written here, before it is replaced: a draft as a version,
/// what is damaged beside it. Gives the copy.
fn keep_what_was_there(
    versions: Option<&Versions>,
    path: &Path,
    trouble: &mut Vec<StorageError>,
) -> Result<Option<PathBuf>, StorageError> {
    let found = match storage::open(path) {
        Ok(found) => found,
        Err(
            StorageError::NotADraft { .. }
            | StorageError::Page { .. }
            | StorageError::NotText { .. }
            | StorageError::TooLarge { .. },
        ) => {
            return storage::keep_damaged(path).map(Some);
        }
        Err(StorageError::Unreadable { source, .. }) if source.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let Some(versions) = versions else { return Ok(None) };
    let modified = std::fs::metadata(path).and_then(|found| found.modified());
    let now = SystemTime::now();
    // A file from a machine whose clock is ahead would thin out the versions of the years between.
    if let Err(error) = versions.keep(&found, modified.map_or(now, |modified| modified.min(now))) {
        trouble.push(error);
    }
    Ok(None)
}

/// The newest version of a draft, if there is one.
type Newest = Option<Result<Release, StorageError>>;

/// The newest version of a draft that can be read; `None` if none is kept.
pub fn last_good(_: &JobThread, folder: &Path, path: &Path) -> Option<Version> {
    let versions = Versions::of(folder, path).list().unwrap_or_default();
    versions.into_iter().find(|version| version.read().is_ok())
}

/// The earlier versions of a draft, the newest first, and that one itself.
pub fn versions(thread: &JobThread, folder: &Path, path: &Path) -> Result<(Vec<Version>, Newest), StorageError> {
    let versions = Versions::of(folder, path).list()?;
    let newest = versions.first().map(|version| read_version(thread, version));
    Ok((versions, newest))
}

/// Reads an earlier version.
pub fn read_version(_: &JobThread, version: &Version) -> Result<Release, StorageError> {
    version.read()
}

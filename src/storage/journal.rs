//! What is being typed, kept against a crash: one recovery journal a draft that has unsaved changes.
//!
//! Knows the document and a folder of its own, and never touches the user's file. The invariant: a
//! change that was recorded is on the disk within a second, and stays there until it is saved,
//! taken back or told to go.
//!
//! # The files
//!
//! A journal is a row of segments, `NAME.1.journal`, `NAME.2.journal` and so on, of which the last
//! that holds a whole state counts. A segment is a line that names the format, then records: a line
//! with kind, time, length and checksum, and the text. The first record is the path of the draft, the
//! second what the draft held when it was opened, and each further one the whole draft after a change.
//!
//! Whole states, because one is read without the others. Appended, because no byte that was flushed
//! is ever written again: a write that is torn costs that one state and no other. While the disk is
//! busy flushing one state, those that come are written behind it. What follows a
//! record whose frame is broken is not read. A segment that is full, that could not be written, or
//! that somebody took away is followed by a new one, and goes only when that is safely on the disk;
//! so a journal never has more than two, each of at most a few times the size of the draft.
//!
//! The file is locked as long as its process lives; the system lets go of the lock when it dies.
//! So a journal that can be locked is one that nobody looks after any more.
//!
//! There is a file only while there are unsaved changes: the first makes it, and saving, undoing all
//! of them or [`Journal::finish`] takes it away.

use std::{
    collections::BTreeMap,
    fs::{self, File, TryLockError},
    io::{self, BufRead as _, BufReader, Read as _, Seek as _},
    path::{Path, PathBuf},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        mpsc::{self, RecvTimeoutError},
    },
    thread::JoinHandle,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::{
    StorageError,
    disk::{Disk, SystemDisk, path_bytes, path_from_bytes, unique_name},
    draft,
};
use crate::release::{Release, file};

/// The time from one write to the next. A quarter of the second that may be lost: the rest is for
/// setting down a long draft and for a slow disk.
const PAUSE: Duration = Duration::from_millis(250);
/// The time until a write that failed is tried again.
const RETRY: Duration = Duration::from_millis(500);
/// A segment is full at this size, or at four times that of the draft if that is more: large enough
/// that a new one is rare, small enough for everybody's disk.
const SEGMENT: u64 = 1 << 20;
/// The most that is read of a segment: no draft makes one as large.
const MAX_SEGMENT: u64 = 8 * MAX_TEXT;
/// The longest text of a record.
const MAX_TEXT: u64 = file::MAX_BYTES as u64;
/// The longest line before a record.
const MAX_LINE: u64 = 128;
/// How many journals are offered at once; others wait for the next start.
const MAX_OFFERED: usize = 32;

const MAGIC: &str = "release-composer journal ";
const FORMAT: u32 = 1;
const ENDING: &str = ".journal";
/// What is put after the name of a journal that cannot be read.
const DAMAGED: &str = ".damaged";

/// Where the platform keeps the journals, if it has such a place.
pub fn folder() -> Option<PathBuf> {
    super::data_folder().map(|folder| folder.join("recovery"))
}

/// The journal of one open draft. To drop it without [`finish`](Self::finish), as a panic does, keeps
/// the file: the next start offers it.
pub struct Journal {
    shared: Arc<Shared>,
    writer: Option<JoinHandle<()>>,
}

struct Shared {
    wanted: Mutex<Wanted>,
    changed: Condvar,
}

/// What should be on the disk, and how far that has come.
struct Wanted {
    head: Head,
    latest: Arc<Release>,
    /// Counts what was asked; equal to `written` when all of it is done.
    asked: u64,
    written: u64,
    trouble: Option<Arc<StorageError>>,
    end: Option<End>,
}

/// What the states of a segment are changes of.
#[derive(Clone)]
struct Head {
    draft: Option<PathBuf>,
    begun: SystemTime,
    opened: Arc<Release>,
}

impl Head {
    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.opened, &other.opened) && self.draft == other.draft
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Keep,
    Remove,
}

impl Shared {
    fn wanted(&self) -> MutexGuard<'_, Wanted> {
        // Nothing is left half done under the lock, so a panic elsewhere spoils nothing here.
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

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
        let wanted = Wanted { head, latest, asked, written: 0, trouble: None, end: None };
        let shared = Arc::new(Shared { wanted: Mutex::new(wanted), changed: Condvar::new() });
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

    /// Notes that the draft is safe in its file, as `saved`. What was typed since then goes on in the
    /// journal, as changes of that file.
    pub fn saved(&self, path: &Path, saved: &Release) {
        let opened = Arc::new(saved.clone());
        let draft = Some(absolute(path));
        self.ask(|wanted| wanted.head = Head { draft, begun: SystemTime::now(), opened });
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

impl Drop for Journal {
    fn drop(&mut self) {
        self.end(End::Keep);
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// The writer: brings the disk to what is wanted, over and over.
fn keep(shared: &Shared, mut log: Log) {
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
        if end.is_some() {
            return;
        }
        drop(shared.changed.wait_timeout_while(wanted, pause, |wanted| wanted.end.is_none()));
    }
}

/// Gives a state that came while the disk was busy.
type Newer<'a> = &'a mut dyn FnMut() -> Option<Arc<Release>>;

/// The segments of a journal on the disk.
struct Log {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
    name: String,
    /// The number of the next segment.
    next: u32,
    current: Option<Segment>,
    /// Segments that go once the current one is safe.
    old: Vec<Locked>,
}

/// A segment that is locked as long as this lives.
struct Locked {
    path: PathBuf,
    file: File,
}

struct Segment {
    locked: Locked,
    head: Head,
    /// The state that was written last.
    latest: Arc<Release>,
    length: u64,
}

impl Log {
    fn new(disk: Arc<dyn Disk>, folder: &Path, old: Vec<Locked>) -> Self {
        Self { disk, folder: folder.to_owned(), name: unique_name(), next: 1, current: None, old }
    }

    /// Makes the disk hold a state, or nothing if there is no change.
    /// `newer` gives a state of the same draft that came since it was asked last.
    fn bring_to(&mut self, head: &Head, latest: &Arc<Release>, newer: Newer<'_>) -> Result<(), StorageError> {
        if *latest == head.opened {
            return self.clear();
        }
        if self.current.as_ref().is_some_and(|current| current.holds(head, latest)) {
            return Ok(());
        }
        let Some(state) = change(latest) else {
            return Err(StorageError::TooLarge { path: head.draft.clone().unwrap_or_else(|| self.folder.clone()) });
        };
        if let Some(mut current) = self.current.take() {
            let size = state.len() as u64;
            let fits = current.head.is(head) && current.length + size <= SEGMENT.max(4 * size);
            if fits && let Ok(length) = self.append(&current.locked, &state, newer) {
                (current.length, current.latest) = (length, latest.clone());
                self.current = Some(current);
                return Ok(());
            }
            self.old.push(current.locked);
        }
        let path = self.folder.join(format!("{}.{}{ENDING}", self.name, self.next));
        self.next += 1;
        let begun = self.begin_segment(&path, head, &state, newer);
        let (locked, length) = begun.map_err(|source| StorageError::Unprotected { path, source })?;
        self.current = Some(Segment { locked, head: head.clone(), latest: latest.clone(), length });
        // The last segment counts, so that one too many does no harm and is tried again.
        self.remove_old().or(Ok(()))
    }

    /// Adds bytes to a segment and flushes it; gives its length.
    fn append(&self, segment: &Locked, bytes: &[u8], newer: Newer<'_>) -> io::Result<u64> {
        self.disk.write(&segment.file, bytes)?;
        self.flush(segment, newer, |disk, file, _| disk.sync(file))?;
        // What is written into a file that was taken away goes nowhere.
        if !segment.is_there() {
            return Err(io::ErrorKind::NotFound.into());
        }
        Ok(segment.file.metadata()?.len())
    }

    /// Waits for the disk, which takes seconds when others write much. What is typed meanwhile is at
    /// least written, so that it outlives the program; the next round writes it again and flushes it.
    fn flush(
        &self,
        segment: &Locked,
        newer: Newer<'_>,
        operation: impl FnOnce(&dyn Disk, &File, &Path) -> io::Result<()> + Send + 'static,
    ) -> io::Result<()> {
        let (disk, file, folder) = (self.disk.clone(), segment.file.try_clone()?, self.folder.clone());
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
                    if let Some(state) = newer().as_deref().and_then(change)
                        && segment.file.metadata()?.len() < SEGMENT.max(4 * state.len() as u64)
                    {
                        self.disk.write(&segment.file, &state)?;
                    }
                }
            }
        }
    }

    fn begin_segment(&mut self, path: &Path, head: &Head, state: &[u8], newer: Newer<'_>) -> io::Result<(Locked, u64)> {
        self.disk.create_folder(&self.folder)?;
        let locked = Locked { path: path.to_owned(), file: self.disk.create(path)? };
        if let Err(TryLockError::WouldBlock) = locked.file.try_lock() {
            // Another program that starts just now looks at it, and will not keep it.
            return Err(io::ErrorKind::ResourceBusy.into());
        }
        let draft = head.draft.as_deref().map(path_bytes).unwrap_or_default();
        let mut bytes = format!("{MAGIC}{FORMAT}\n").into_bytes();
        bytes.extend(record("draft", head.begun, draft));
        let opened = Some(file::write(&head.opened)).filter(|text| text.len() <= file::MAX_BYTES);
        bytes.extend(opened.map(|text| record("opened", head.begun, text.as_bytes())).unwrap_or_default());
        bytes.extend(state);
        let written = self.append(&locked, &bytes, newer);
        let named = written.and_then(|length| {
            self.flush(&locked, newer, |disk, _, folder| disk.sync_folder(folder))?;
            Ok(length)
        });
        match named {
            Ok(length) => Ok((locked, length)),
            Err(error) => {
                if self.disk.remove(path).is_err() {
                    self.old.push(locked);
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

impl Segment {
    fn holds(&self, head: &Head, latest: &Arc<Release>) -> bool {
        self.head.is(head) && Arc::ptr_eq(&self.latest, latest) && self.locked.is_there()
    }
}

impl Locked {
    fn is_there(&self) -> bool {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            let place = |found: fs::Metadata| (found.dev(), found.ino());
            let named = fs::metadata(&self.path).map(place);
            named.is_ok_and(|named| self.file.metadata().map(place).is_ok_and(|open| open == named))
        }
        #[cfg(not(unix))]
        self.path.exists()
    }

    fn remove(&self, disk: &dyn Disk) -> Result<(), StorageError> {
        // The folder is not flushed: what a power cut brings back is offered once more, with its time.
        match disk.remove(&self.path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                Err(StorageError::Unremovable { path: self.path.clone(), source })
            }
            _ => Ok(()),
        }
    }
}

/// The record of a state; `None` if it is longer than any draft.
fn change(release: &Release) -> Option<Vec<u8>> {
    let text = file::write(release);
    (text.len() <= file::MAX_BYTES).then(|| record("changed", SystemTime::now(), text.as_bytes()))
}

/// A record: `KIND TIME LENGTH CHECKSUM`, the text, and a line break.
fn record(kind: &str, time: SystemTime, text: &[u8]) -> Vec<u8> {
    let millis = time.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let start = format!("{kind} {millis} {}", text.len());
    let mut bytes = format!("{start} {:08x}\n", checksum(&start, text)).into_bytes();
    bytes.extend_from_slice(text);
    bytes.push(b'\n');
    bytes
}

fn checksum(start: &str, text: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(start.as_bytes());
    hasher.update(text);
    hasher.finalize()
}

/// What a look into the folder of the journals found.
#[derive(Default)]
pub struct Found {
    /// Drafts with changes that are not in their files, the one changed last first.
    pub recoveries: Vec<Recovery>,
    /// Journals that cannot be read. They are kept: the errors name them.
    pub damaged: Vec<StorageError>,
}

/// A draft whose changes a crash or a power cut kept from being saved. It stays until it is
/// [discarded](Self::discard) or [resumed](Self::resume); to drop it keeps it for the next start.
pub struct Recovery {
    /// The draft's file; `None` for a draft that was never saved.
    pub draft: Option<PathBuf>,
    /// When the draft was opened, or last saved.
    pub begun: SystemTime,
    /// When it was changed last.
    pub changed: SystemTime,
    /// The draft with its last change.
    pub release: Release,
    /// The draft as its file held it when it was opened or last saved.
    pub opened: Release,
    /// What the file holds now; `None` for a draft that was never saved.
    pub file: Option<Result<Release, StorageError>>,
    /// When the file was changed last, if it is there.
    pub file_modified: Option<SystemTime>,
    /// Never empty.
    segments: Vec<Locked>,
}

impl Recovery {
    /// What the recovered draft is to be compared with: what the file holds now or, if that cannot be
    /// read, held when it was opened.
    pub fn base(&self) -> &Release {
        match &self.file {
            Some(Ok(release)) => release,
            _ => &self.opened,
        }
    }

    /// Goes on with the recovered draft: the journal of the document that has it open, as changes of
    /// [`base`](Self::base). What was kept goes only when the new journal is on the disk.
    pub fn resume(self) -> Journal {
        let opened = Arc::new(self.base().clone());
        let Self { draft, begun, release, segments, .. } = self;
        let folder = segments.first().and_then(|segment| segment.path.parent()).unwrap_or(Path::new("")).to_owned();
        let log = Log::new(Arc::new(SystemDisk), &folder, segments);
        Journal::start(log, Head { draft, begun, opened }, Arc::new(release))
    }

    /// Throws the changes away.
    ///
    /// # Errors
    /// If the journal cannot be taken away; it is then offered again.
    pub fn discard(self) -> Result<(), StorageError> {
        self.segments.iter().try_for_each(|segment| segment.remove(&SystemDisk))
    }
}

/// Looks for changes that were never saved, in journals whose process is no longer alive. Those that
/// turn out to be in their files are taken away.
pub fn recoveries(folder: &Path) -> Found {
    let mut found = Found::default();
    for paths in journals(folder).into_values() {
        if found.recoveries.len() == MAX_OFFERED {
            break;
        }
        match lock(paths) {
            Ok(Some(segments)) => found.look_into(segments),
            Ok(None) => {}
            Err(error) => found.damaged.push(error),
        }
    }
    found.recoveries.sort_by_key(|recovery| std::cmp::Reverse(recovery.changed));
    found
}

impl Found {
    /// Reads a journal, given the newest segment first: the first that holds a state counts.
    fn look_into(&mut self, mut segments: Vec<Locked>) {
        let mut empty = Vec::new();
        let mut errors = Vec::new();
        for segment in &segments {
            match read_segment(segment) {
                Ok(content) if content.state.is_some() => {
                    // Oldest first, as they are taken away.
                    segments.reverse();
                    match content.recovery(segments) {
                        Ok(recovery) if recovery.is_of_use() => self.recoveries.push(recovery),
                        // What cannot be taken away is found again, and is in its file again.
                        Ok(recovery) => _ = recovery.discard(),
                        Err(segments) => self.damaged.extend(segments.iter().map(set_aside)),
                    }
                    return;
                }
                Ok(content) => empty.push((segment, content.is_empty)),
                Err(error) => errors.push(error),
            }
        }
        for (segment, is_empty) in empty {
            if is_empty {
                // Without a byte: the program went before the first state was written.
                _ = segment.remove(&SystemDisk);
            } else {
                self.damaged.push(set_aside(segment));
            }
        }
        self.damaged.extend(errors);
    }
}

/// The segments in a folder by journal, each with its number.
fn journals(folder: &Path) -> BTreeMap<String, Vec<(u32, PathBuf)>> {
    let mut journals: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(ENDING));
        // A folder is nothing of ours, and a pipe would keep us waiting.
        if let Some((name, number)) = name.and_then(|name| name.rsplit_once('.'))
            && let Ok(number) = number.parse()
            && entry.file_type().is_ok_and(|kind| kind.is_file())
        {
            journals.entry(name.to_owned()).or_default().push((number, path));
        }
    }
    journals
}

/// Locks the segments of a journal, the newest first; `None` if a living process has them.
fn lock(mut paths: Vec<(u32, PathBuf)>) -> Result<Option<Vec<Locked>>, StorageError> {
    paths.sort_by_key(|&(number, _)| std::cmp::Reverse(number));
    let mut segments = Vec::new();
    for (_, path) in paths {
        let file = match File::options().read(true).write(true).open(&path) {
            Ok(file) => file,
            // Its process has just ended it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(StorageError::Unreadable { path, source }),
        };
        // Where files cannot be locked, better to offer what is still in use than nothing.
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            return Ok(None);
        }
        segments.push(Locked { path, file });
    }
    Ok(Some(segments))
}

/// Puts a journal that cannot be read where no start meets it again; says where.
fn set_aside(segment: &Locked) -> StorageError {
    let mut path = segment.path.clone().into_os_string();
    path.push(DAMAGED);
    let path = if fs::rename(&segment.path, &path).is_ok() { path.into() } else { segment.path.clone() };
    StorageError::DamagedJournal { path }
}

/// What a segment holds.
#[derive(Default)]
struct Content {
    is_empty: bool,
    draft: Option<(SystemTime, Vec<u8>)>,
    opened: Option<Vec<u8>>,
    state: Option<(SystemTime, Vec<u8>)>,
}

impl Content {
    /// The recovery, or the segments back if a text in them is no draft.
    fn recovery(self, segments: Vec<Locked>) -> Result<Recovery, Vec<Locked>> {
        let parse = |bytes: Vec<u8>| file::parse(&String::from_utf8(bytes).ok()?).ok();
        let Some((changed, Some(release))) = self.state.map(|(time, bytes)| (time, parse(bytes))) else {
            return Err(segments);
        };
        let (begun, draft) = self.draft.unwrap_or((changed, Vec::new()));
        let draft = Some(draft).filter(|path| !path.is_empty()).map(|path| path_from_bytes(&path));
        let opened = self.opened.and_then(parse).unwrap_or_default();
        let file = draft.as_deref().map(draft::open);
        let file_modified = draft.as_deref().and_then(|path| fs::metadata(path).ok()?.modified().ok());
        Ok(Recovery { draft, begun, changed, release, opened, file, file_modified, segments })
    }
}

impl Recovery {
    /// Whether there are changes that the file does not hold.
    fn is_of_use(&self) -> bool {
        self.release != self.opened && !matches!(&self.file, Some(Ok(release)) if *release == self.release)
    }
}

/// Reads a segment up to where it breaks off. Never holds more than two states.
fn read_segment(segment: &Locked) -> Result<Content, StorageError> {
    let unreadable = |source| StorageError::Unreadable { path: segment.path.clone(), source };
    let mut file = &segment.file;
    file.rewind().map_err(unreadable)?;
    let mut reader = BufReader::new(file).take(MAX_SEGMENT);
    let mut content = Content::default();
    match read_line(&mut reader).map_err(unreadable)? {
        line if line.is_empty() => content.is_empty = true,
        line => match line.strip_prefix(MAGIC).and_then(|format| format.parse::<u32>().ok()) {
            Some(FORMAT) => {}
            Some(format) if format > FORMAT => {
                return Err(StorageError::NewerJournal { path: segment.path.clone() });
            }
            _ => return Ok(content),
        },
    }
    while let Some((kind, time, text)) = read_record(&mut reader).map_err(unreadable)? {
        match kind.as_str() {
            "draft" => content.draft = Some((time, text)),
            "opened" => content.opened = Some(text),
            "changed" => content.state = Some((time, text)),
            _ => {}
        }
    }
    Ok(content)
}

/// The next line without its break, or nothing at the end, or if what comes is no line of ours.
fn read_line(reader: &mut impl io::BufRead) -> io::Result<String> {
    let mut line = Vec::new();
    reader.take(MAX_LINE).read_until(b'\n', &mut line)?;
    line.pop_if(|last| *last == b'\n');
    Ok(String::from_utf8(line).unwrap_or_else(|_| "?".into()))
}

/// The next whole record; one whose text was changed is passed over. `None` where no record begins.
fn read_record(reader: &mut impl io::BufRead) -> io::Result<Option<(String, SystemTime, Vec<u8>)>> {
    loop {
        let line = read_line(reader)?;
        let mut words = line.rsplitn(2, ' ');
        let (Some(sum), Some(start)) = (words.next(), words.next()) else { return Ok(None) };
        let mut words = start.split(' ');
        let (Some(kind), Some(time), Some(length), None) = (words.next(), words.next(), words.next(), words.next())
        else {
            return Ok(None);
        };
        let numbers = (u32::from_str_radix(sum, 16), time.parse(), length.parse::<u64>());
        let (Ok(sum), Ok(millis), Ok(length @ 0..=MAX_TEXT)) = numbers else { return Ok(None) };
        let mut text = Vec::new();
        reader.by_ref().take(length + 1).read_to_end(&mut text)?;
        if text.pop() != Some(b'\n') || text.len() as u64 != length {
            return Ok(None);
        }
        if let Some(time) = UNIX_EPOCH.checked_add(Duration::from_millis(millis))
            && checksum(start, &text) == sum
        {
            return Ok(Some((kind.to_owned(), time, text)));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    fn release(headline: &str) -> Release {
        Release { headline: headline.into(), ..Release::default() }
    }

    fn wait(journal: &Journal) {
        let start = Instant::now();
        while !journal.is_written() {
            assert!(start.elapsed() < Duration::from_secs(10), "{:?}", journal.trouble());
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    fn files(folder: &Path) -> Vec<PathBuf> {
        let mut files: Vec<_> = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }

    /// A journal whose process died: what it wrote, with nobody to lock it.
    fn abandoned(folder: &Path, draft: Option<&Path>, opened: &Release, changes: &[Release]) {
        let journal = Journal::begin(folder, draft, opened);
        for change in changes {
            journal.record(change);
            wait(&journal);
        }
        drop(journal);
    }

    #[test]
    fn what_was_typed_is_offered_beside_what_the_file_holds() {
        let place = tempfile::tempdir().unwrap();
        let (folder, path) = (place.path().join("recovery"), place.path().join("សេចក្តី.ron"));
        super::super::save(&path, &release("old")).unwrap();
        let before = SystemTime::now() - Duration::from_secs(1);
        abandoned(&folder, Some(&path), &release("old"), &[release("ne"), release("new")]);
        let found = recoveries(&folder);
        assert!(found.damaged.is_empty());
        let [recovery] = &found.recoveries[..] else { panic!("{} recoveries", found.recoveries.len()) };
        assert_eq!(recovery.release, release("new"));
        assert_eq!(recovery.opened, release("old"));
        assert_eq!(recovery.base(), &release("old"));
        assert_eq!(recovery.draft.as_deref(), Some(&*path));
        assert!(matches!(&recovery.file, Some(Ok(now)) if *now == release("old")));
        assert!(recovery.file_modified.is_some());
        assert!(before < recovery.begun && recovery.begun <= recovery.changed, "{:?}", recovery.changed);
        assert_eq!(super::super::open(&path).unwrap(), release("old"), "the user's file is not touched");
    }

    #[test]
    fn nothing_is_thrown_away_until_told_so() {
        let place = tempfile::tempdir().unwrap();
        abandoned(place.path(), None, &release(""), &[release("x")]);
        for _ in 0..3 {
            assert_eq!(recoveries(place.path()).recoveries.len(), 1);
        }
        let mut found = recoveries(place.path());
        assert!(
            recoveries(place.path()).recoveries.is_empty(),
            "one start offers it, and not a second at the same time"
        );
        found.recoveries.remove(0).discard().unwrap();
        assert_eq!(files(place.path()), [] as [PathBuf; 0]);
    }

    #[test]
    fn a_living_journal_is_not_offered() {
        let place = tempfile::tempdir().unwrap();
        let journal = Journal::begin(place.path(), None, &release(""));
        journal.record(&release("x"));
        wait(&journal);
        assert_eq!(files(place.path()).len(), 1);
        assert!(recoveries(place.path()).recoveries.is_empty());
        journal.finish().unwrap();
        assert_eq!(files(place.path()), [] as [PathBuf; 0]);
    }

    #[test]
    fn there_is_a_file_only_while_there_are_changes() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a.ron");
        let folder = place.path().join("recovery");
        let journal = Journal::begin(&folder, None, &release(""));
        assert!(!folder.exists());
        journal.record(&release("x"));
        wait(&journal);
        assert_eq!(files(&folder).len(), 1);
        journal.record(&release(""));
        wait(&journal);
        assert_eq!(files(&folder).len(), 0, "all was undone");
        journal.record(&release("y"));
        super::super::save(&path, &release("y")).unwrap();
        journal.saved(&path, &release("y"));
        wait(&journal);
        assert_eq!(files(&folder).len(), 0, "all was saved");
        journal.record(&release("yz"));
        wait(&journal);
        drop(journal);
        let found = recoveries(&folder);
        assert_eq!(found.recoveries[0].draft.as_deref(), Some(&*path));
        assert_eq!(found.recoveries[0].opened, release("y"));
    }

    #[test]
    fn what_was_typed_during_a_save_goes_on() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a.ron");
        let folder = place.path().join("recovery");
        let journal = Journal::begin(&folder, None, &release(""));
        journal.record(&release("a"));
        journal.record(&release("ab"));
        super::super::save(&path, &release("a")).unwrap();
        journal.saved(&path, &release("a"));
        drop(journal);
        let found = recoveries(&folder);
        assert_eq!((&found.recoveries[0].release, &found.recoveries[0].opened), (&release("ab"), &release("a")));
    }

    #[test]
    fn what_turns_out_to_be_in_the_file_is_not_offered() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a.ron");
        let folder = place.path().join("recovery");
        abandoned(&folder, Some(&path), &release("old"), &[release("new")]);
        super::super::save(&path, &release("new")).unwrap();
        assert!(recoveries(&folder).recoveries.is_empty());
        assert_eq!(files(&folder).len(), 0);
    }

    #[test]
    fn a_panic_keeps_the_last_change() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().to_owned();
        let panicked = std::thread::spawn(move || {
            let journal = Journal::begin(&folder, None, &release(""));
            journal.record(&release("x"));
            panic!("as the window would");
        });
        assert!(panicked.join().is_err());
        assert_eq!(recoveries(place.path()).recoveries[0].release, release("x"));
    }

    #[test]
    fn a_recovered_draft_has_a_journal_at_all_times() {
        let place = tempfile::tempdir().unwrap();
        abandoned(place.path(), None, &release(""), &[release("x")]);
        let journal = recoveries(place.path()).recoveries.remove(0).resume();
        wait(&journal);
        assert_eq!(files(place.path()).len(), 1, "the old one has gone");
        drop(journal);
        let journal = recoveries(place.path()).recoveries.remove(0).resume();
        journal.record(&release("xy"));
        drop(journal);
        let mut found = recoveries(place.path());
        assert_eq!(found.recoveries[0].release, release("xy"));
        found.recoveries.remove(0).resume().finish().unwrap();
        assert_eq!(files(place.path()).len(), 0);
    }

    #[test]
    fn a_long_session_takes_little_room() {
        let place = tempfile::tempdir().unwrap();
        let mut log = Log::new(Arc::new(SystemDisk), place.path(), Vec::new());
        let head = Head { draft: None, begun: SystemTime::now(), opened: Arc::default() };
        for i in 0..60 {
            let state = Arc::new(release(&format!("{i}").repeat(100_000)));
            log.bring_to(&head, &state, &mut || None).unwrap();
            let size: u64 = files(place.path()).iter().map(|path| path.metadata().unwrap().len()).sum();
            assert!(size <= SEGMENT + 400_000, "{size} bytes after {i} changes");
        }
        assert!(log.next > 5, "the segments change");
    }

    /// A disk that takes longer to flush than anybody waits.
    struct Stalled(Mutex<()>);

    impl Disk for Stalled {
        fn create_folder(&self, folder: &Path) -> io::Result<()> {
            SystemDisk.create_folder(folder)
        }
        fn create(&self, path: &Path) -> io::Result<File> {
            SystemDisk.create(path)
        }
        fn write(&self, file: &File, bytes: &[u8]) -> io::Result<()> {
            SystemDisk.write(file, bytes)
        }
        fn sync(&self, _: &File) -> io::Result<()> {
            drop(self.0.lock());
            Ok(())
        }
        fn take_after(&self, file: &File, model: &File) -> io::Result<()> {
            SystemDisk.take_after(file, model)
        }
        fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
            SystemDisk.rename(from, to)
        }
        fn remove(&self, path: &Path) -> io::Result<()> {
            SystemDisk.remove(path)
        }
        fn sync_folder(&self, folder: &Path) -> io::Result<()> {
            SystemDisk.sync_folder(folder)
        }
    }

    #[test]
    fn what_is_typed_while_the_disk_is_busy_outlives_the_program() {
        let place = tempfile::tempdir().unwrap();
        let disk = Arc::new(Stalled(Mutex::new(())));
        let busy = disk.0.lock().unwrap();
        let journal = Journal::begin_on(disk.clone(), place.path(), None, &release(""));
        let mut lines = Vec::new();
        for i in 0..3 {
            journal.record(&release(&format!("state {i}")));
            let start = Instant::now();
            while !lines.iter().any(|line: &String| line.contains(&format!("state {i}"))) {
                assert!(start.elapsed() < Duration::from_secs(5), "{lines:?}");
                lines = files(place.path()).first().map(|path| fs::read_to_string(path).unwrap()).into_iter().collect();
            }
            assert!(!journal.is_written(), "it is not flushed");
        }
        drop(busy);
        wait(&journal);
        drop(journal);
        assert_eq!(recoveries(place.path()).recoveries[0].release, release("state 2"));
    }

    #[test]
    fn a_folder_that_goes_away_under_the_journal_is_made_again() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("recovery");
        let journal = Journal::begin(&folder, None, &release(""));
        journal.record(&release("x"));
        wait(&journal);
        fs::remove_dir_all(&folder).unwrap();
        journal.record(&release("xy"));
        wait(&journal);
        drop(journal);
        assert_eq!(recoveries(&folder).recoveries[0].release, release("xy"));
    }

    #[test]
    fn a_journal_that_cannot_be_written_says_so_and_goes_on_trying() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("recovery");
        fs::write(&folder, "in the way").unwrap();
        let journal = Journal::begin(&folder, None, &release(""));
        journal.record(&release("x"));
        let start = Instant::now();
        let said = loop {
            if let Some(trouble) = journal.trouble() {
                break trouble.to_string();
            }
            assert!(start.elapsed() < Duration::from_secs(10));
        };
        assert!(said.contains("save the draft") && said.contains("recovery"), "{said}");
        assert!(!journal.is_written());
        fs::remove_file(&folder).unwrap();
        wait(&journal);
        assert!(journal.trouble().is_none());
        drop(journal);
        assert_eq!(recoveries(&folder).recoveries[0].release, release("x"));
    }

    #[test]
    fn a_torn_tail_costs_one_state_and_no_other() {
        let place = tempfile::tempdir().unwrap();
        abandoned(place.path(), None, &release(""), &[release("one"), release("two")]);
        let path = files(place.path()).remove(0);
        let whole = fs::read(&path).unwrap();
        let last = record("changed", UNIX_EPOCH, file::write(&release("two")).as_bytes()).len();
        for cut in whole.len() - 80..whole.len() {
            fs::write(&path, &whole[..cut]).unwrap();
            let found = recoveries(place.path());
            assert_eq!(found.recoveries[0].release, release("one"), "cut at {cut} of {}", whole.len());
            assert!(found.damaged.is_empty());
        }
        assert!(last > 80);
        // Zeros where the disk had not yet put the text, as some file systems leave them.
        let mut zeros = whole.clone();
        zeros[whole.len() - 100..].fill(0);
        fs::write(&path, zeros).unwrap();
        assert_eq!(recoveries(place.path()).recoveries[0].release, release("one"));
        fs::write(&path, &whole).unwrap();
        assert_eq!(recoveries(place.path()).recoveries[0].release, release("two"));
    }

    #[test]
    fn what_is_no_journal_is_kept_aside_and_named_once() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("a.1.journal"), [0xFF; 300]).unwrap();
        fs::write(place.path().join("b.1.journal"), format!("{MAGIC}{FORMAT}\n")).unwrap();
        fs::write(place.path().join("c.1.journal"), format!("{MAGIC}{}\n", FORMAT + 1)).unwrap();
        let lie = record("changed", UNIX_EPOCH, b"(format: 1");
        fs::write(place.path().join("d.1.journal"), [format!("{MAGIC}{FORMAT}\n").as_bytes(), &lie].concat()).unwrap();
        fs::write(place.path().join("e.1.journal"), "").unwrap();
        fs::write(place.path().join("notes.txt"), "x").unwrap();
        fs::create_dir(place.path().join("f.1.journal")).unwrap();
        let found = recoveries(place.path());
        assert!(found.recoveries.is_empty());
        let said: Vec<_> = found.damaged.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 4, "{said:#?}");
        for name in ["a.1.journal.damaged", "b.1.journal.damaged", "d.1.journal.damaged"] {
            assert!(said.iter().any(|said| said.contains(name)), "{name}: {said:#?}");
            assert!(place.path().join(name).is_file());
        }
        assert!(said.iter().any(|said| said.contains("newer Release Composer")), "{said:#?}");
        assert!(!place.path().join("e.1.journal").exists());
        assert!(place.path().join("notes.txt").exists());
        assert_eq!(recoveries(place.path()).damaged.len(), 1, "only the newer one is left to name");
    }

    #[test]
    fn the_last_state_counts_though_the_clock_went_back() {
        let place = tempfile::tempdir().unwrap();
        let mut bytes = format!("{MAGIC}{FORMAT}\n").into_bytes();
        let day = |day: u64| UNIX_EPOCH + Duration::from_secs(day * 86_400);
        bytes.extend(record("draft", day(20), b""));
        bytes.extend(record("opened", day(20), file::write(&release("")).as_bytes()));
        bytes.extend(record("changed", day(21), file::write(&release("one")).as_bytes()));
        bytes.extend(record("changed", UNIX_EPOCH - Duration::from_secs(1), file::write(&release("two")).as_bytes()));
        fs::write(place.path().join("a.1.journal"), bytes).unwrap();
        let found = recoveries(place.path());
        assert_eq!((&found.recoveries[0].release, found.recoveries[0].changed), (&release("two"), UNIX_EPOCH));
    }
}

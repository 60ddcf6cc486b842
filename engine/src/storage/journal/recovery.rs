//! What the next start finds: journals that nobody looks after any more, and what is in them.
//!
//! Knows the folder of the journals, which is on the local disk. The drafts' own files, which may be on
//! a share that hangs, are looked at by [`look`] alone, and only read. The invariant: a journal that
//! holds a change which is in no file is never taken away unasked.

use std::{
    collections::BTreeMap,
    fs::{self, File, TryLockError},
    io::{self, BufReader, Read as _, Seek as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use super::{
    Journal,
    format::{ENDING, FORMAT, MAGIC, MAX_TEXT, Pictures, State, read_line, read_record},
    writing::{Head, Locked, Log},
};
use crate::{
    release::{PictureData, Release, file},
    storage::{
        StorageError,
        disk::{SystemDisk, path_from_bytes},
        draft,
        regular::{self, Links},
    },
};

/// The most that is read of a segment: no draft makes one as large.
const MAX_SEGMENT: u64 = 8 * MAX_TEXT;
/// How many journals are offered at once; others wait for the next start.
const MAX_OFFERED: usize = 32;
/// What is put after the name of a journal that cannot be read.
const DAMAGED: &str = ".damaged";

/// What a look into the folder of the journals found.
#[derive(Default)]
pub struct FoundJournals {
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
    /// What the file holds now; `None` for a draft that was never saved, and until it was
    /// [looked at](look).
    pub file: Option<Result<Release, StorageError>>,
    /// When the file was changed last, if it is there and was looked at.
    pub file_modified: Option<SystemTime>,
    /// Never empty.
    segments: Vec<Locked>,
}

/// What the file of a draft holds now.
pub struct Held {
    /// The draft in it, or why it cannot be read.
    pub release: Result<Release, StorageError>,
    /// When it was changed last, if that is known.
    pub modified: Option<SystemTime>,
}

/// Looks at the file of a draft: on a thread, for it takes as long as its disk or share does.
pub fn look(draft: &Path) -> Held {
    let modified = fs::metadata(draft).ok().and_then(|found| found.modified().ok());
    Held { release: draft::open(draft), modified }
}

impl Recovery {
    /// Notes what the file holds now. If the recovery is then [of no use](Self::is_of_use), it may be
    /// [discarded](Self::discard).
    pub fn compare_with(&mut self, held: Held) {
        (self.file, self.file_modified) = (Some(held.release), held.modified);
    }

    /// Whether there are changes that the file, as far as it was looked at, does not hold.
    pub fn is_of_use(&self) -> bool {
        self.release != self.opened && !matches!(&self.file, Some(Ok(release)) if *release == self.release)
    }

    /// What the recovered draft is to be compared with: what the file holds now or, if that is not known
    /// or cannot be read, held when it was opened.
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

/// Looks for changes that were never saved, in journals whose process is no longer alive and in the
/// files of their drafts. Those that turn out to be in their files are taken away. Takes as long as the
/// slowest share on which there is such a file: where nobody may wait for that, there is [`find`].
pub fn recoveries(folder: &Path) -> FoundJournals {
    let mut found = find(folder);
    let (of_use, in_their_files) = std::mem::take(&mut found.recoveries)
        .into_iter()
        .map(|mut recovery| {
            if let Some(draft) = &recovery.draft {
                recovery.compare_with(look(draft));
            }
            recovery
        })
        .partition(Recovery::is_of_use);
    found.recoveries = of_use;
    // What cannot be taken away is found again, and is in its file again.
    in_their_files.into_iter().for_each(|recovery: Recovery| _ = recovery.discard());
    found
}

/// Looks for changes that were never saved, in journals whose process is no longer alive. Touches no
/// file of a draft: a draft on a share that hangs is offered at once. Each has then to be
/// [looked at](look) and [compared](Recovery::compare_with).
pub fn find(folder: &Path) -> FoundJournals {
    let mut found = FoundJournals::default();
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

impl FoundJournals {
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
        // A folder is not a journal, and a pipe would block.
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
        let file = match regular::open_with(File::options().read(true).write(true), &path, Links::Refused) {
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
    format: u32,
    pictures: Pictures,
    draft: Option<(SystemTime, Vec<u8>)>,
    opened: Option<Vec<u8>>,
    state: Option<(SystemTime, Vec<u8>)>,
}

impl Content {
    /// The recovery, or the segments back if a text in them is no draft.
    fn recovery(self, segments: Vec<Locked>) -> Result<Recovery, Vec<Locked>> {
        let parse = |bytes: Vec<u8>| match self.format {
            1 => file::parse(std::str::from_utf8(&bytes).ok()?).ok(),
            _ => State::read(&bytes, &self.pictures),
        };
        let Some((changed, Some(release))) = self.state.map(|(time, bytes)| (time, parse(bytes))) else {
            return Err(segments);
        };
        let (begun, draft) = self.draft.unwrap_or((changed, Vec::new()));
        let draft = Some(draft).filter(|path| !path.is_empty()).map(|path| path_from_bytes(&path));
        let opened = self.opened.and_then(parse).unwrap_or_default();
        Ok(Recovery { draft, begun, changed, release, opened, file: None, file_modified: None, segments })
    }
}

/// Reads a segment up to where it breaks off. Never holds more than two states, and the pictures.
fn read_segment(segment: &Locked) -> Result<Content, StorageError> {
    let unreadable = |source| StorageError::Unreadable { path: segment.path.clone(), source };
    let mut file = &segment.file;
    file.rewind().map_err(unreadable)?;
    let mut reader = BufReader::new(file).take(MAX_SEGMENT);
    let mut content = Content::default();
    match read_line(&mut reader).map_err(unreadable)? {
        line if line.is_empty() => content.is_empty = true,
        line => match line.strip_prefix(MAGIC).and_then(|format| format.parse::<u32>().ok()) {
            Some(format @ 1..=FORMAT) => content.format = format,
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
            "picture" => {
                let data = PictureData::new(text);
                content.pictures.insert(data.sum(), data);
            }
            _ => {}
        }
    }
    Ok(content)
}

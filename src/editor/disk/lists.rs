//! The user's lists of words and names, and those that an office shares.

use std::{io, path::Path, path::PathBuf, sync::Arc, time::SystemTime};

use super::super::jobs::JobThread;
use crate::{
    roster::{Person, Roster, edit::Change},
    storage::{self, Settings, StorageError},
    typeset::breaks::KnownWords,
};

/// A file with its time and size, if it is there.
pub type Stamp = (PathBuf, Option<(SystemTime, u64)>);

/// Lists that were read.
pub struct Read {
    /// The user's own words and the names of people.
    pub words: KnownWords,
    /// The people.
    pub roster: Arc<Roster>,
    /// What could not be read.
    pub errors: Vec<StorageError>,
    /// The files when they were read.
    pub stamps: Vec<Stamp>,
}

/// Reads the lists that belong to settings kept at `path`; `None` if their files are as they were.
pub fn read(_: &JobThread, settings: &Settings, path: &Path, before: &[Stamp]) -> Option<Read> {
    // The times first: what is changed while it is read is read again.
    let stamps = stamps(settings, path);
    if stamps == before {
        return None;
    }
    let (list, unread) = match storage::words(&settings.words_path(path)) {
        Ok(list) => (list, None),
        Err(error) => (Vec::new(), Some(error)),
    };
    let (roster, unknown) = storage::roster(settings, path);
    let mut words: KnownWords = list.into_iter().collect();
    words.extend(roster.words());
    Some(Read { words, roster: Arc::new(roster), errors: unread.into_iter().chain(unknown).collect(), stamps })
}

fn stamps(settings: &Settings, path: &Path) -> Vec<Stamp> {
    let files = [settings.words_path(path), Settings::own_names_path(path)].into_iter();
    let stamp = |file: PathBuf| {
        let data = std::fs::metadata(&file).ok();
        let stamp = data.and_then(|data| Some((data.modified().ok()?, data.len())));
        (file, stamp)
    };
    files.chain(settings.shared_names_paths(path)).map(stamp).collect()
}

/// Adds a word to the user's list.
///
/// # Errors
/// If the list cannot be written.
pub fn add_word(_: &JobThread, path: &Path, word: &str) -> Result<(), StorageError> {
    storage::add_word(path, word)
}

/// The user's own list of names; one that is not there is empty.
///
/// # Errors
/// If it cannot be read.
pub fn own_names(_: &JobThread, path: &Path) -> Result<Vec<Person>, StorageError> {
    match storage::names(path) {
        Err(StorageError::Unreadable { source, .. }) if source.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        other => other,
    }
}

/// Everybody on shared lists, each with the list.
pub fn shared_names(_: &JobThread, lists: &[PathBuf]) -> Vec<(Person, String)> {
    let of = |list: &PathBuf| {
        let file = list.display().to_string();
        storage::names(list).unwrap_or_default().into_iter().map(move |person| (person, file.clone()))
    };
    lists.iter().flat_map(of).collect()
}

/// A change of the user's list of names.
pub enum NameChange {
    /// A person is added.
    Add(Person),
    /// The first takes the place of the second.
    Replace { with: Person, before: Person },
    /// A person is removed.
    Remove(Person),
}

/// Changes the user's list of names, and gives it as it is then.
///
/// # Errors
/// If it cannot be written or read.
pub fn change_names(thread: &JobThread, path: &Path, change: &NameChange) -> Result<Vec<Person>, StorageError> {
    storage::change_names(
        path,
        match change {
            NameChange::Add(person) => Change::Add(person),
            NameChange::Replace { with, before } => Change::Replace(before, with),
            NameChange::Remove(person) => Change::Remove(person),
        },
    )?;
    own_names(thread, path)
}

//! The library of templates: read, drawn, and added to.

use std::{
    path::{Path, PathBuf},
    sync::mpsc::Sender,
};

use super::super::jobs::JobThread;
use crate::{
    picture::{Area, Painter, Pixels},
    release::{Language, Release},
    storage::{
        self, AllowedPictures, StorageError,
        templates::{Entry, Library, Origin, library},
    },
    typeset::{Cache, breaks::KnownWords, typeset},
};

/// Something that was found in the library.
pub enum FoundTemplate {
    /// A template, with a picture of its first page
    Card(Box<Entry>, Pixels),
    /// What could not be read
    Unread(StorageError),
}

/// What is looked for.
pub struct Look {
    /// The folders of templates, of which the first is the user's own, and the pictures that the user has allowed.
    pub allowed: AllowedPictures,
    /// The words that no line may divide.
    pub words: KnownWords,
    /// The language whose templates come first.
    pub first: Language,
    /// The width of a picture, in pixels.
    pub width: f32,
}

/// Reads and draws the library. Each template is sent as it is ready.
pub fn look(thread: &JobThread, look: Look, ready: &Sender<FoundTemplate>, wake: &egui::Context) {
    let Library { mut templates, unread } = library(&look.allowed.folders);
    templates.sort_by_key(|entry| entry.release.language != look.first);
    let mut cache = Cache::with_words(look.words.clone());
    let mut painter = Painter::default();
    for entry in templates {
        if thread.stop().is_set() {
            return;
        }
        let own = match &entry.origin {
            Origin::File(path) => Some(path.as_path()),
            Origin::Bundled => None,
        };
        let emblem = look.allowed.emblem(&entry.release, own).ok().flatten();
        let pages = typeset(&entry.release, emblem.as_ref(), &mut cache);
        let Some(page) = pages.pages.first() else { continue };
        let scale = look.width / pages.size.0;
        let picture = painter.page(page, scale, Area::whole(pages.size, scale));
        if ready.send(FoundTemplate::Card(Box::new(entry), picture)).is_err() {
            return;
        }
        wake.request_repaint();
    }
    for error in unread {
        _ = ready.send(FoundTemplate::Unread(error));
    }
    wake.request_repaint();
}

/// Gives a template another name; its file is called by it. A file that is there is not replaced.
///
/// # Errors
/// If there is such a file, or the template cannot be read, written, or taken away under its old name.
pub fn rename(thread: &JobThread, path: &Path, name: &str, to: &Path) -> Result<(), NotKept> {
    let mut release = storage::open(path).map_err(NotKept::Failed)?;
    release.template.get_or_insert_default().name = name.to_owned();
    if path == to {
        return storage::save(path, &release).map_err(NotKept::Failed);
    }
    keep(thread, to, &release)?;
    delete(thread, path).map_err(NotKept::Failed)
}

/// Takes the file of a template away.
///
/// # Errors
/// If it cannot be removed.
pub fn delete(_: &JobThread, path: &Path) -> Result<(), StorageError> {
    std::fs::remove_file(path).map_err(|source| StorageError::Unremovable { path: path.to_owned(), source })
}

/// Why a template was not kept.
pub enum NotKept {
    /// There is this file already.
    IsThere(PathBuf),
    /// It cannot be written.
    Failed(StorageError),
}

/// Writes a template into a folder, which is made if it is not there; a file that is there is not
/// replaced.
///
/// # Errors
/// If there is such a file, or it cannot be written.
pub fn keep(_: &JobThread, path: &Path, template: &Release) -> Result<(), NotKept> {
    if let Some(there) = storage::namesake(path) {
        return Err(NotKept::IsThere(there));
    }
    if let Some(folder) = path.parent() {
        let unwritable = |source| NotKept::Failed(StorageError::Unwritable { path: folder.to_owned(), source });
        std::fs::create_dir_all(folder).map_err(unwritable)?;
    }
    storage::save(path, template).map_err(NotKept::Failed)
}

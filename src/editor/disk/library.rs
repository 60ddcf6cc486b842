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
        self, StorageError, is_beside,
        templates::{Entry, Library, Origin, library},
    },
    typeset::{Cache, breaks::Words as OwnWords, typeset},
};

/// Something that was found in the library.
pub enum Found {
    /// A template, with a picture of its first page
    Card(Box<Entry>, Pixels),
    /// What could not be read
    Unread(StorageError),
}

/// What is looked for.
pub struct Look {
    /// The folders of templates; the first is the user's own.
    pub folders: Vec<PathBuf>,
    /// The words that no line may divide.
    pub words: OwnWords,
    /// The language whose templates come first.
    pub first: Language,
    /// Pictures outside of these folders that may be opened, because the user has allowed it.
    pub pictures: Vec<PathBuf>,
    /// The width of a picture, in pixels.
    pub width: f32,
}

/// Reads and draws the library. Each template is sent as it is ready.
pub fn look(thread: &JobThread, look: Look, ready: &Sender<Found>, wake: &egui::Context) {
    let Library { mut templates, unread } = library(&look.folders);
    templates.sort_by_key(|entry| entry.release.language != look.first);
    let mut cache = Cache::with_words(look.words.clone());
    let mut painter = Painter::default();
    for entry in templates {
        if thread.stop().is_set() {
            return;
        }
        let emblem = may_show(&look, &entry).then(|| storage::emblem(&entry.release, None).ok().flatten()).flatten();
        let pages = typeset(&entry.release, emblem.as_ref(), &mut cache);
        let Some(page) = pages.pages.first() else { continue };
        let scale = look.width / pages.size.0;
        let picture = painter.page(page, scale, Area::whole(pages.size, scale));
        if ready.send(Found::Card(Box::new(entry), picture)).is_err() {
            return;
        }
        wake.request_repaint();
    }
    for error in unread {
        _ = ready.send(Found::Unread(error));
    }
    wake.request_repaint();
}

/// Whether the picture of a template may be opened unasked: it lies beside the template or in a folder of templates,
/// or the user has allowed it.
fn may_show(look: &Look, entry: &Entry) -> bool {
    let Some(emblem) = &entry.release.letterhead.emblem else { return false };
    let picture = Path::new(&emblem.file);
    let own = match &entry.origin {
        Origin::File(path) => Some(path.as_path()),
        Origin::Bundled => None,
    };
    let beside = |draft: &Path| is_beside(Some(draft), picture);
    own.is_some_and(beside)
        || look.folders.iter().any(|folder| beside(&folder.join("template")))
        || look.pictures.iter().any(|allowed| allowed == picture)
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

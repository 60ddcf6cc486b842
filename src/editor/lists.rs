//! The user's lists: words that are right, and people with their titles.
//!
//! They are read when the window opens and after each change of ours; and when the window comes to the
//! front again, if a file has changed meanwhile, as one on a share may. Its invariant: after the window
//! has opened it never waits for a list.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, channel},
    },
    time::SystemTime,
};

use crate::{
    roster::Roster,
    storage::{self, Settings, StorageError},
    typeset::breaks::Words as OwnWords,
};

/// The lists as they are known.
#[derive(Default)]
pub struct Lists {
    /// The file of the settings, which says where lists are; without it there are none.
    settings: Option<PathBuf>,
    /// The user's own words and the names of people: no line may divide them.
    pub words: OwnWords,
    /// The people whose names are completed and compared.
    pub roster: Arc<Roster>,
    stamps: Vec<Stamp>,
    /// Lists that are being read.
    reading: Option<Receiver<Read>>,
    was_in_front: bool,
}

/// A file with its time and size, if it is there.
type Stamp = (PathBuf, Option<(SystemTime, u64)>);

/// Lists that were read.
struct Read {
    words: OwnWords,
    roster: Arc<Roster>,
    errors: Vec<StorageError>,
    stamps: Vec<Stamp>,
}

impl Read {
    fn now(settings: &Settings, path: &Path) -> Self {
        // The times first: what is changed while it is read is read again.
        let stamps = stamps(settings, path);
        let (list, unread) = match storage::words(&settings.words_path(path)) {
            Ok(list) => (list, None),
            Err(error) => (Vec::new(), Some(error)),
        };
        let (roster, unknown) = storage::roster(settings, path);
        let mut words: OwnWords = list.into_iter().collect();
        words.extend(roster.words());
        let errors = unread.into_iter().chain(unknown).collect();
        Self { words, roster: Arc::new(roster), errors, stamps }
    }
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

impl Lists {
    /// Reads the lists that belong to settings kept at `path`, and says what could not be read.
    pub fn new(settings: &Settings, path: Option<PathBuf>) -> (Self, Vec<StorageError>) {
        let mut lists = Self { settings: path, was_in_front: true, ..Self::default() };
        let errors = lists.settings.as_deref().map(|path| Read::now(settings, path)).map(|read| lists.take(read));
        (lists, errors.unwrap_or_default())
    }

    fn take(&mut self, read: Read) -> Vec<StorageError> {
        let Read { words, roster, errors, stamps } = read;
        (self.words, self.roster, self.stamps) = (words, roster, stamps);
        errors
    }

    /// Where the user's own list of names is.
    pub fn own_names(&self) -> Option<PathBuf> {
        self.settings.as_deref().map(Settings::own_names_path)
    }

    /// Reads the lists anew, on a thread, if one of them has changed.
    pub fn look_again(&mut self, settings: &Settings, wake: &egui::Context) {
        let Some(path) = self.settings.clone() else { return };
        let (ready, reading) = channel();
        let (settings, before, wake) = (settings.clone(), self.stamps.clone(), wake.clone());
        std::thread::spawn(move || {
            if stamps(&settings, &path) != before {
                _ = ready.send(Read::now(&settings, &path));
                wake.request_repaint();
            }
        });
        self.reading = Some(reading);
    }

    /// Takes what was read meanwhile; `None` if nothing was, else what could not be read.
    pub fn newer(&mut self, settings: &Settings, ctx: &egui::Context) -> Option<Vec<StorageError>> {
        let is_in_front = ctx.input(|input| input.focused);
        if is_in_front && !std::mem::replace(&mut self.was_in_front, is_in_front) {
            self.look_again(settings, ctx);
        }
        self.was_in_front = is_in_front;
        let read = self.reading.as_ref()?.try_recv().ok()?;
        self.reading = None;
        Some(self.take(read))
    }
}

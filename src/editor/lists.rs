//! The user's lists: words that are right, and people with their titles.
//!
//! They are read when the window opens and after each change made here; and when the window comes to the
//! front again, if a file has changed meanwhile, as one on a share may. Its invariant: the window never
//! waits for a list.

use std::{path::PathBuf, sync::Arc};

use super::{
    Editor,
    disk::{
        self,
        lists::{Read, Stamp},
    },
    jobs::{Answer, Task},
};
use crate::{
    roster::Roster,
    storage::{Settings, StorageError},
    typeset::breaks::KnownWords,
};

/// The lists as they are known.
#[derive(Default)]
pub struct Lists {
    /// The file of the settings, which says where lists are; without it no list is read.
    settings: Option<PathBuf>,
    /// The user's own words and the names of people: no line may divide them.
    pub words: KnownWords,
    /// Words that were added in this window.
    added: Vec<String>,
    /// The people whose names are completed and compared.
    pub roster: Arc<Roster>,
    stamps: Vec<Stamp>,
    /// Whether lists are being read.
    is_reading: bool,
    was_in_front: bool,
}

impl Lists {
    /// The lists that belong to settings kept at a path; nothing is read yet.
    pub fn new(settings: Option<PathBuf>) -> Self {
        Self { settings, was_in_front: true, ..Self::default() }
    }

    fn take(&mut self, read: Read) -> Vec<StorageError> {
        let Read { words, roster, errors, stamps } = read;
        (self.words, self.roster, self.stamps) = (words, roster, stamps);
        self.added.iter().for_each(|word| self.words.insert(word));
        errors
    }

    /// Where the user's own list of names is.
    pub fn own_names(&self) -> Option<PathBuf> {
        self.settings.as_deref().map(Settings::own_names_path)
    }

    /// Adds a word of the user's to those that are known.
    pub fn add(&mut self, word: &str) {
        self.words.insert(word);
        self.added.push(word.to_owned());
    }
}

impl Editor {
    /// Reads the lists if one of them has changed.
    pub(super) fn read_lists(&mut self) {
        let Some(path) = self.lists.settings.clone().filter(|_| !self.lists.is_reading) else { return };
        let (settings, before) = (self.settings.clone(), self.lists.stamps.clone());
        self.lists.is_reading = true;
        self.jobs.start(
            Task::on("doing-lists", path.parent().unwrap_or(&path)),
            move |thread| disk::lists::read(thread, &settings, &path, &before),
            |editor: &mut Self, answer| {
                if !matches!(answer, Answer::Stopped) {
                    editor.lists.is_reading = false;
                }
                match answer {
                    Answer::Done(Some(read)) | Answer::Late(Some(read)) => {
                        let errors = editor.lists.take(read);
                        editor.use_lists();
                        errors.iter().for_each(|error| editor.program_failed_by(error));
                    }
                    Answer::Lost => editor.lost(),
                    Answer::Done(None) | Answer::Late(None) | Answer::Stopped => {}
                }
            },
        );
    }

    /// Reads what others may have changed when the window comes to the front: the lists, and the release in the other
    /// language.
    pub(super) fn follow_files(&mut self, ctx: &egui::Context) {
        let is_in_front = ctx.input(|input| input.focused);
        let has_come_back = is_in_front && !std::mem::replace(&mut self.lists.was_in_front, is_in_front);
        if has_come_back {
            self.read_lists();
        }
        self.lists.was_in_front = is_in_front;
        self.follow_other_language(has_come_back);
    }

    /// Adds a word to the user's list, in the window and in the file.
    pub(super) fn add_to_my_words(&mut self, word: &str) {
        // In this window it is right even where the list cannot be written.
        self.lists.add(word);
        self.use_lists();
        let Some(list) = self.settings_file.path.as_deref().map(|settings| self.settings.words_path(settings)) else {
            return;
        };
        let (path, word) = (list.clone(), word.to_owned());
        self.jobs.start(
            Task::on("doing-list", &list).in_order(),
            move |thread| disk::lists::add_word(thread, &path, &word),
            |editor: &mut Self, answer| match answer {
                Answer::Done(Err(error)) => editor.program_failed_by(&error),
                Answer::Lost => editor.lost(),
                _ => {}
            },
        );
    }
}

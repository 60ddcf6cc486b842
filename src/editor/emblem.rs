//! The picture of the letterhead, as it was last read.
//!
//! Its invariants: pages never show the picture of another draft, and an export waits for that of its own;
//! and no picture outside of the draft's folder is opened that the user has not allowed.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use egui::RichText as Label;

use super::{
    Editor, disk,
    jobs::{Answer, JobId, Task},
    question::Question,
    theme,
};
use crate::{
    artwork::{Artwork, ArtworkError},
    release::Release,
    storage::AllowedPictures,
};

/// The picture that the draft names.
#[derive(Default)]
pub struct EmblemFile {
    /// The file as the draft names it, and that of the draft.
    named: Option<(String, Option<PathBuf>)>,
    reading: Option<JobId>,
    artwork: Option<Arc<Artwork>>,
    error: Option<Arc<ArtworkError>>,
    /// Counts the pictures that were asked for.
    last: u64,
}

impl EmblemFile {
    /// The picture, or why there is none.
    pub fn picture(&self) -> (Option<Arc<Artwork>>, Option<Arc<ArtworkError>>) {
        (self.artwork.clone(), self.error.clone())
    }

    /// Whether it is still being read.
    pub fn is_coming(&self) -> bool {
        self.reading.is_some()
    }

    /// Whether there is a picture that can be used.
    pub fn is_there(&self) -> bool {
        self.artwork.is_some()
    }
}

impl Editor {
    /// Has the picture read if the draft names another one; says whether that was begun.
    pub(super) fn follow_emblem(&mut self) -> bool {
        let release = self.desk.document.release();
        let named = release.letterhead.emblem.as_ref().filter(|emblem| !emblem.file.is_empty());
        let named = named.map(|emblem| (emblem.file.clone(), self.desk.document.path().map(Path::to_owned)));
        if named == self.emblem.named {
            return false;
        }
        if let Some(before) = self.emblem.reading.take() {
            self.jobs.stop(before);
        }
        self.emblem.last += 1;
        self.emblem.named.clone_from(&named);
        let Some((file, draft)) = named else {
            (self.emblem.artwork, self.emblem.error) = (None, None);
            self.desk.set_again();
            return false;
        };
        let mut letterhead = Release::default();
        letterhead.letterhead.emblem.clone_from(&release.letterhead.emblem);
        let beside = draft.as_deref().and_then(Path::parent).unwrap_or(Path::new("")).join(&file);
        if !self.allowed_pictures().allow(draft.as_deref(), Path::new(&file)) {
            self.emblem.artwork = None;
            self.desk.set_again();
            self.emblem.error = Some(Arc::new(ArtworkError::NotAllowed));
            self.questions.push_back(Question::Picture(beside));
            return true;
        }
        let number = self.emblem.last;
        let job = self.jobs.start(
            Task::on("doing-emblem", &beside),
            move |thread| disk::output::emblem(thread, &letterhead, draft.as_deref()),
            move |editor: &mut Self, answer| {
                if editor.emblem.last == number {
                    editor.use_emblem(answer);
                }
            },
        );
        self.emblem.reading = Some(job);
        true
    }

    /// The pictures that may be opened without asking.
    pub(super) fn allowed_pictures(&self) -> AllowedPictures {
        AllowedPictures { pictures: self.settings.pictures.clone(), folders: self.templates.folders().to_vec() }
    }

    /// Allows a picture to be opened, now and in other drafts.
    pub(super) fn allow_picture(&mut self, picture: &Path) {
        self.settings.allow(picture);
        self.save_settings();
    }

    /// Asks whether a picture outside of the draft's folder may be opened.
    pub(super) fn ask_picture(&mut self, picture: PathBuf, ctx: &egui::Context) -> Option<Question> {
        let (mut open, mut leave) = (false, false);
        let modal = theme::question(ctx, "picture").show(ctx, |ui| {
            ui.set_width(480.0);
            ui.label(Label::new(self.words.get("picture-title")).font(theme::strong(17.0)));
            ui.add_space(6.0);
            ui.label(self.words.with("picture-text", &[("file", &picture.display().to_string())]));
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                open = ui.button(self.words.get("picture-open")).clicked();
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    leave = theme::default_button(ui, self.words.get("picture-leave")).clicked();
                });
            });
        });
        if open {
            self.allow_picture(&picture);
            self.forget_emblem();
        } else if !leave && !modal.should_close() {
            return Some(Question::Picture(picture));
        }
        None
    }

    fn use_emblem(&mut self, answer: Answer<Result<Option<Arc<Artwork>>, ArtworkError>>) {
        self.emblem.reading = None;
        self.desk.set_again();
        let because = |words: &str| Err(ArtworkError::from(io::Error::other(words.to_owned())));
        let read = match answer {
            Answer::Done(read) | Answer::Late(read) => read,
            Answer::Stopped => because(self.words.get("stopped")),
            Answer::Lost => because(self.words.get("job-lost")),
        };
        (self.emblem.artwork, self.emblem.error) = match read {
            Ok(artwork) => (artwork, None),
            Err(error) => (None, Some(Arc::new(error))),
        };
    }

    /// Reads the picture again, though it has the same name.
    pub(super) fn forget_emblem(&mut self) {
        if let Some(reading) = self.emblem.reading.take() {
            self.jobs.stop(reading);
        }
        self.emblem = EmblemFile { last: self.emblem.last + 1, ..EmblemFile::default() };
    }
}

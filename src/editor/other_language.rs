//! The same release in the other language: made beside the draft, written in its place or opened in a window of its
//! own, remembered.
//!
//! Invariants: a file that is there is never replaced; a draft names only a file beside it; a draft is never open in
//! two windows by what is done here; and the draft that gave its place to the other language is saved.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    Editor,
    command::Command,
    disk,
    jobs::{Answer, Task},
    question::Purpose,
};
use crate::{
    editing::{Document, Selection, Step, Texts as _},
    release::{
        Field, Language, Release,
        file::{counterpart_name, is_file_name},
    },
    storage::draft_file_name,
    template::in_other_language,
};

/// The release in the other language that a draft names, as it was read last.
#[derive(Default)]
pub struct OtherLanguage {
    path: Option<PathBuf>,
    is_reading: bool,
    /// What is being opened in the draft's place.
    turning: Option<Turning>,
    /// The draft that gave its place to the one in the window, with its history, and where its caret was.
    aside: Option<(Document, Option<Selection>)>,
}

/// A release in the other language that is to take the draft's place.
struct Turning {
    path: PathBuf,
    /// Where the caret goes in it.
    field: Option<Field>,
}

impl OtherLanguage {
    /// Whether it is just being read.
    pub fn is_reading(&self) -> bool {
        self.is_reading
    }
}

impl Editor {
    /// Reads the release in the other language when the draft names another one, and when the user comes back to the
    /// window: it may have been changed in its own.
    pub(super) fn follow_other_language(&mut self, has_come_back: bool) {
        let path = self.counterpart();
        if path == self.other_language.path && !has_come_back {
            return;
        }
        if path != self.other_language.path {
            self.desk.use_other(None);
            self.other_language.path.clone_from(&path);
        }
        self.other_language.is_reading = path.is_some();
        let Some(path) = path else { return };
        let to_read = path.clone();
        self.jobs.start(
            Task::on("doing-open", &path).in_background(),
            move |thread| disk::drafts::release_of(thread, &to_read),
            move |editor: &mut Self, answer| {
                if editor.other_language.path.as_ref() != Some(&path) {
                    return;
                }
                editor.other_language.is_reading = false;
                match answer {
                    Answer::Done(Ok(release)) | Answer::Late(Ok(release)) => {
                        let release = Arc::new(release);
                        editor.refresh_counterpart(&path, &release);
                        editor.desk.use_other(Some(release));
                    }
                    // The status line says that it was not compared.
                    Answer::Done(Err(_)) | Answer::Late(Err(_)) | Answer::Stopped => editor.desk.use_other(None),
                    Answer::Lost => editor.lost(),
                }
            },
        );
    }

    /// Has the draft checked beside a release that was just read for another purpose, if it is the one it names.
    pub(super) fn note_other_language(&mut self, path: &Path, release: &Arc<Release>) {
        if self.other_language.path.as_deref() == Some(path) {
            self.desk.use_other(Some(release.clone()));
        }
    }

    /// The file of the release in the other language, if the draft names one.
    pub(super) fn counterpart(&self) -> Option<PathBuf> {
        let name = &self.desk.document.release().counterpart;
        let folder = self.desk.document.path()?.parent()?;
        is_file_name(name).then(|| folder.join(name))
    }

    /// The file of the release in the other language: the one that is shown, or that the draft names.
    pub(super) fn other_file(&self) -> Option<PathBuf> {
        self.shown_counterpart().or_else(|| self.counterpart())
    }

    /// Compares the draft with the release in the other language; asks for its file if the draft names none.
    pub(super) fn compare_languages(&mut self) {
        match self.counterpart() {
            Some(path) => self.read_counterpart(&path),
            None => self.ask_file(Purpose::Counterpart),
        }
    }

    /// Opens the release in the other language in a window of its own, unless one of the user's windows has it open.
    pub(super) fn open_counterpart(&mut self) {
        let Some(path) = self.counterpart() else { return };
        self.unless_open(path, |editor, path| editor.open_window(Some(path)));
    }

    /// Goes on with a draft, unless one of the user's windows has it open, which is then said.
    fn unless_open(&mut self, path: PathBuf, mut go_on: impl FnMut(&mut Self, &Path) + Send + 'static) {
        let to_look_at = path.clone();
        self.jobs.start(
            Task::on("doing-lock", &path),
            move |thread| disk::drafts::held_by(thread, &to_look_at),
            move |editor: &mut Self, answer| match answer {
                Answer::Done(Some(held)) if held.is_own_window() => {
                    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    editor.tell(editor.words.with("counterpart-is-open", &[("file", &file)]));
                }
                Answer::Done(_) => go_on(editor, &path),
                Answer::Late(_) | Answer::Stopped => {}
                Answer::Lost => editor.lost(),
            },
        );
    }

    /// Puts the release in the other language in the place of the draft, which is saved, with the caret beside where
    /// it was, unless one of the user's windows has it open.
    pub(super) fn write_counterpart(&mut self, field: Option<Field>) {
        let Some(path) = self.other_file() else { return self.compare_languages() };
        let field = field.or_else(|| self.beside_caret());
        self.unless_open(path, move |editor, path| {
            editor.other_language.turning = Some(Turning { path: path.to_owned(), field });
            editor.open_file(path);
        });
    }

    /// Puts a draft that was read into the window. The one that gave its place to the draft there comes back with its
    /// history, if its file holds it still.
    pub(super) fn put_read(&mut self, path: &Path, release: Release) {
        let OtherLanguage { turning, aside, .. } = std::mem::take(&mut self.other_language);
        let turning = turning.filter(|turning| turning.path == path);
        let aside =
            aside.filter(|(aside, _)| turning.is_some() && aside.path() == Some(path) && *aside.release() == release);
        let (document, was) = aside.unwrap_or_else(|| (Document::new(release, Some(path.to_owned())), None));
        let place = self.form.place();
        let before = self.replace(document);
        let (Some(turning), Some(beside)) = (turning, before.path().map(Path::to_owned)) else { return };
        self.other_language.aside = Some((before, place));
        if let Some(field) = turning.field {
            // In the text that it was in, the caret is where it was.
            let was = was.filter(|was| was.head.field == field);
            let at = was.unwrap_or_else(|| Selection::at(field, self.desk.document.length(field)));
            self.form.go_to(at.clamped(&self.desk.document));
        }
        self.read_text_of(&beside);
    }

    /// Begins the release in the other language, in a file beside the draft, which must have one itself.
    pub(super) fn make_counterpart(&mut self) {
        let Some(draft) = self.desk.document.path().map(Path::to_owned) else {
            self.ask_file(Purpose::Save(Some(Command::MakeCounterpart)));
            return;
        };
        let release = self.desk.document.release();
        let mut made = in_other_language(release, &self.lists.roster);
        made.counterpart = counterpart_name(&draft).unwrap_or_default();
        let path = draft.with_file_name(name_beside(&draft, release.language));
        let (number, to_write) = (self.draft, path.clone());
        self.jobs.start(
            Task::on("doing-save", &path),
            move |thread| disk::drafts::save_new(thread, &to_write, &made),
            move |editor: &mut Self, answer| match answer {
                Answer::Done(Ok(())) | Answer::Late(Ok(())) => {
                    if number == editor.draft {
                        editor.remember_counterpart(&path);
                    }
                    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    // It stays beside what is said of the draft that is saved.
                    editor.tell(editor.words.with("counterpart-made", &[("file", &file)]));
                    editor.open_window(Some(&path));
                }
                Answer::Done(Err(error)) | Answer::Late(Err(error)) => editor.failed_by(&error),
                Answer::Lost => editor.lost(),
                Answer::Stopped => {}
            },
        );
    }

    /// Notes in the draft which file the release in the other language is, if it lies beside it. A draft that was saved
    /// is saved with it: nothing was changed that the user would know of. One that another user has open is not.
    pub(super) fn remember_counterpart(&mut self, path: &Path) {
        let is_beside = self.desk.document.path().and_then(Path::parent) == path.parent();
        let Some(name) = counterpart_name(path) else { return };
        if !is_beside || self.desk.document.release().counterpart == name {
            return;
        }
        let is_saved = !self.desk.document.is_unsaved() && !self.saving.is_held();
        self.desk.document.change(Step::Counterpart, self.form.place(), |release| release.counterpart = name);
        if let Some(path) = self.desk.document.path().map(Path::to_owned).filter(|_| is_saved) {
            self.save_to(&path, None);
        }
    }
}

/// The name of a PDF with both languages: visit.km-en.pdf, for visit.en.release.
pub fn name_of_both(stem: &str) -> String {
    let tags = [Language::Khmer, Language::English].map(Language::tag);
    let bare = tags.iter().find_map(|tag| stem.strip_suffix(&format!(".{tag}"))).unwrap_or(stem);
    format!("{bare}.{}.pdf", tags.join("-"))
}

/// The name of a file in the other language: visit.release and visit.en.release are beside visit.km.release.
fn name_beside(draft: &Path, language: Language) -> String {
    let stem = draft.file_stem().unwrap_or_default().to_string_lossy();
    let stem = stem.strip_suffix(&format!(".{}", language.tag())).unwrap_or(&stem);
    draft_file_name(&format!("{stem}.{}", language.other().tag()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_file_is_named_alike() {
        for (draft, language, beside) in [
            ("/a/visit.release", Language::English, "visit.km.release"),
            ("/a/visit.en.ron", Language::English, "visit.km.release"),
            ("/a/ដំណើរ.release", Language::Khmer, "ដំណើរ.en.release"),
            ("/a/visit.km.release", Language::Khmer, "visit.en.release"),
        ] {
            assert_eq!(name_beside(Path::new(draft), language), beside);
        }
        assert_eq!([name_of_both("visit.en"), name_of_both("a.b")], ["visit.km-en.pdf", "a.b.km-en.pdf"]);
    }
}

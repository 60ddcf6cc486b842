//! A draft that cannot be read: its text, the place of the error, and the means to correct it.
//!
//! Stands in the place of form and pages while such a draft is looked at. Knows of the file only what
//! was read once. Its invariant: the file is not touched here; what is read again becomes a draft in
//! the window, and only its being saved changes the file, of which a copy is then kept.

mod keeping;
mod text;
mod view;

use std::{
    ops::Range,
    path::{Path, PathBuf},
    time::SystemTime,
};

use keeping::Keeping;
use text::Text;
pub use view::READ;

use super::{
    Editor, disk,
    editing::Document,
    field::FieldState,
    jobs::{Answer, Task},
};
use crate::{
    editing::{Selection, snap, typing::put_in_order},
    release::{
        Release, RichText,
        file::{self, ParseError},
    },
    storage::{DiskState, journal::Journal, versions::Version},
};

/// A damaged draft that is looked at.
pub struct Repair {
    path: PathBuf,
    /// The file as it was when its text was read.
    on_disk: Option<DiskState>,
    text: Text,
    error: ParseError,
    /// The place of the error, in bytes; it moves with the text.
    at: usize,
    /// The row that has the caret, and its state.
    row: usize,
    state: FieldState,
    /// Whether that row is to get the keyboard.
    wanted: bool,
    /// Whether the text is to be scrolled to that row.
    jumps: bool,
    /// Whether the buttons below the text are to get the keyboard.
    to_buttons: bool,
    /// Whether the user was asked to confirm discarding the corrections.
    confirm_discard: bool,
    /// When the last version was saved that can be read, if one is kept.
    last_good: Option<SystemTime>,
    version: Option<Version>,
    /// Keeps the corrections against a crash, where there is a folder for it.
    keeping: Option<Keeping>,
}

/// What the user chose to do with the text.
enum Action {
    Read,
    GoToError,
    CopyAll,
    LastGood,
    Close,
}

impl Repair {
    /// The text of a file, and why it is no draft.
    fn new(path: &Path, on_disk: Option<DiskState>, text: String, error: ParseError) -> Self {
        let text = Text::new(text);
        let mut repair = Self {
            path: path.to_owned(),
            on_disk,
            text,
            error,
            at: 0,
            row: 0,
            state: FieldState::default(),
            wanted: true,
            jumps: true,
            to_buttons: false,
            confirm_discard: false,
            last_good: None,
            version: None,
            keeping: None,
        };
        repair.find_error();
        repair
    }

    /// Whether the text can be corrected: that of a newer program is whole.
    fn is_editable(&self) -> bool {
        !self.error.is_newer
    }

    /// Finds the place of the error, and goes there.
    fn find_error(&mut self) {
        self.at = self.text.byte_at(self.error.line, self.error.column);
        self.go_to_error();
    }

    fn go_to_error(&mut self) {
        self.go_to(self.at);
        self.jumps = true;
    }

    /// Puts the caret at a byte of the text.
    fn go_to(&mut self, byte: usize) {
        let row = self.text.row_at(byte);
        self.go_to_row(row, byte - self.text.range(row).start);
    }

    /// Puts the caret at a byte of a row, or at the row's end.
    fn go_to_row(&mut self, row: usize, byte: usize) {
        let at = snap(self.text.row(row), byte);
        self.row = row;
        self.state = FieldState::default();
        self.state.select(at..at);
        self.state.reveal = true;
        self.wanted = true;
    }

    /// The name of the damaged file.
    pub fn file_name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Puts something in the place of a part of the text.
    fn replace(&mut self, range: Range<usize>, with: &str) {
        self.error_follows(&range, with.len());
        self.text.replace(range, with);
        self.confirm_discard = false;
    }

    /// Puts corrections in the place of the text, as one step.
    fn put_back(&mut self, corrected: &str) {
        let (changed, with) = changed_part(self.text.as_str(), corrected);
        let end = changed.start + with.len();
        self.replace(changed, with);
        self.text.close_step();
        self.go_to(end);
        self.jumps = true;
    }

    /// Keeps the place of the error with the text around it, where `length` bytes come in the place of a part.
    fn error_follows(&mut self, gone: &Range<usize>, length: usize) {
        if gone.end <= self.at {
            self.at = self.at - gone.len() + length;
        } else if gone.contains(&self.at) {
            self.at = gone.start;
        }
    }

    /// Puts in order what was typed last, as if the caret had left the letter.
    fn settle(&mut self) {
        let Some(left) = self.state.pending_order.take() else { return };
        let range = self.text.range(self.row);
        let mut text = RichText::plain(self.text.row(self.row));
        let Selection { anchor, head, .. } = &mut self.state.selection;
        if put_in_order(&mut text, [&mut anchor.byte, &mut head.byte], left.byte, true) {
            self.replace(range, text.as_str());
        }
    }
}

/// The part of a text that is not as in another, and what the other has in its place.
fn changed_part<'a>(old: &str, new: &'a str) -> (Range<usize>, &'a str) {
    let front = common(old.chars(), new.chars());
    let (old_rest, new_rest) = (old.get(front..).unwrap_or_default(), new.get(front..).unwrap_or_default());
    let back = common(old_rest.chars().rev(), new_rest.chars().rev());
    (front..old.len() - back, new.get(front..new.len() - back).unwrap_or_default())
}

/// The bytes that two texts have in common at their beginnings.
fn common(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
}

impl Editor {
    /// Shows the text of a draft that could not be read, with the corrections that were kept of it.
    pub(super) fn begin_repair(&mut self, path: &Path, on_disk: Option<DiskState>, text: String, error: ParseError) {
        self.show_repair(Repair::new(path, on_disk, text, error));
        self.look_for_corrections();
    }

    /// Shows a damaged draft, and looks for its last good version.
    fn show_repair(&mut self, repair: Repair) {
        self.leave_repair();
        let path = repair.path.clone();
        self.repair = Some(repair);
        let Some(folder) = self.saving.versions.clone() else { return };
        let (file, of) = (path.clone(), path.clone());
        self.jobs.start(
            Task::on("doing-versions", &path).in_background(),
            move |thread| disk::drafts::last_good(thread, &folder, &file),
            move |editor: &mut Self, answer| {
                if let (Answer::Done(version) | Answer::Late(version), Some(repair)) = (answer, &mut editor.repair)
                    && repair.path == of
                {
                    repair.last_good = version.as_ref().map(|version| version.time);
                    repair.version = version;
                }
            },
        );
    }

    /// Opens the last version that can be read in the place of the damaged text; the file stays as it is until it
    /// is saved.
    fn bring_last_good(&mut self, repair: Repair) {
        let Some(version) = repair.version.clone() else { return };
        let file = repair.path.clone();
        self.repair = Some(repair);
        self.jobs.start(
            Task::on("doing-versions", &file),
            move |thread| disk::drafts::read_version(thread, &version),
            move |editor: &mut Self, answer| match answer {
                Answer::Done(Ok(release)) => {
                    if let Some(repair) = editor.repair.take_if(|repair| repair.path == file) {
                        editor.put_mended(repair.path, repair.on_disk, repair.keeping, release);
                    }
                }
                Answer::Done(Err(error)) => editor.failed_by(&error),
                Answer::Lost => editor.lost(),
                Answer::Stopped | Answer::Late(_) => {}
            },
        );
    }

    /// Whether corrections would be lost without a warning so far. The next call counts as warned.
    pub(super) fn warns_of_corrections(&mut self) -> bool {
        self.repair
            .as_mut()
            .is_some_and(|repair| repair.text.is_changed() && !std::mem::replace(&mut repair.confirm_discard, true))
    }

    /// Shows the text in the whole window, listens, and does what was asked.
    pub(super) fn mend(&mut self, ui: &mut egui::Ui) {
        let Some(mut repair) = self.repair.take() else { return };
        let mut action = repair.keys(ui);
        action = repair.head(ui, &self.words).or(action);
        action = repair.foot(ui, &self.words).or(action);
        repair.body(ui, &self.words, &mut self.canvas, &self.settings);
        match action {
            Some(Action::Read) => return self.read_again(repair),
            Some(Action::LastGood) => return self.bring_last_good(repair),
            Some(Action::GoToError) => repair.go_to_error(),
            Some(Action::CopyAll) => {
                ui.ctx().copy_text(repair.text.as_str().to_owned());
                self.say(self.words.get("repair-copied").to_owned(), None);
            }
            Some(Action::Close) if repair.text.is_changed() && !repair.confirm_discard => {
                repair.confirm_discard = true;
            }
            Some(Action::Close) => return self.let_go(repair),
            None => {}
        }
        self.repair = Some(repair);
        self.keep_corrections(ui.ctx());
    }

    /// Opens the text as a draft, or goes to the next error.
    fn read_again(&mut self, mut repair: Repair) {
        repair.settle();
        match file::parse(repair.text.as_str()) {
            Ok(release) => self.read_beside(repair, release),
            Err(error) => {
                repair.error = error;
                repair.confirm_discard = false;
                repair.find_error();
                self.repair = Some(repair);
            }
        }
    }

    /// Opens a draft that was read from the text, with the pictures that lie beside its file. The text stays until
    /// they are read.
    fn read_beside(&mut self, repair: Repair, release: Release) {
        let mut pictures = release.body.iter().filter_map(|block| block.picture.as_ref());
        if pictures.all(|picture| picture.data.is_some()) {
            return self.put_mended(repair.path, repair.on_disk, repair.keeping, release);
        }
        let (path, text) = (repair.path.clone(), repair.text.as_str().to_owned());
        self.repair = Some(repair);
        let file = path.clone();
        self.jobs.start(
            Task::on("doing-open", &path),
            move |thread| disk::drafts::with_pictures(thread, release, &path),
            move |editor: &mut Self, answer| match answer {
                Answer::Done(release) => {
                    // What was typed meanwhile is to be read first.
                    let is_same = |of: &mut Repair| of.path == file && of.text.as_str() == text;
                    if let Some(repair) = editor.repair.take_if(is_same) {
                        editor.put_mended(repair.path, repair.on_disk, repair.keeping, release);
                    }
                }
                Answer::Lost => editor.lost(),
                Answer::Stopped | Answer::Late(_) => {}
            },
        );
    }

    /// Puts a repaired draft into the window.
    fn put_mended(&mut self, path: PathBuf, on_disk: Option<DiskState>, keeping: Option<Keeping>, release: Release) {
        self.settings.remember(&path);
        self.put(Document::mended(release, path));
        // All of it is a change: in a crash it would be nowhere else.
        self.begin_journal_since(&Release::default());
        self.record();
        self.note_state(on_disk);
        self.save_settings();
        let name = self.name();
        self.say(self.words.with("repair-done", &[("name", &name)]), None);
        let journal = self.safety.journal.as_ref().map(Journal::write_now);
        self.end_keeping(keeping, journal);
    }
}

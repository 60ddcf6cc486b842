//! Questions in front of the form that are asked one after the other.
//!
//! Knows which there are, and that each is about the draft in the window. Its invariant: an answer is
//! never applied to another draft than that the question was about, for putting a draft into the window
//! drops all of them.

use std::path::PathBuf;

use chrono::NaiveDate;
use egui::TextureHandle;

use super::{
    Command, Editor,
    calendar::Picker,
    disk::output::{Export, OtherChecked},
    field::FieldState,
};
use crate::{
    editing::{Selection, Slice},
    post::Shape,
    release::{Picture, Release, difference::Change},
    storage::{DiskState, versions::Version},
    word::Role,
};

/// Something the user is asked, with what is then to be done.
pub enum Question {
    /// Whether changes are saved before a command
    Unsaved(Command),
    /// Whether to export or print although there is something to look at, here or in the other language
    Findings(Command, Option<Box<OtherChecked>>),
    /// A path, where the system has no file dialog
    Path(Box<TypedPath>),
    /// Whether a picture outside of the draft's folder may be opened
    Picture(PathBuf),
    /// Whether the second, a file that is there, may be replaced
    Replace(Replacing, PathBuf),
    /// What to do about a file that another user has changed
    Theirs(Box<Theirs>),
    /// Where words are to lead
    Link(Box<Linking>),
    /// How large a new table is to be
    Table(NewTable),
    /// Which date is put into the text
    Date(Box<InsertedDate>),
    /// What a picture of the text shows, and how it is set
    Describe(Box<Describing>),
    /// What is posted, before it is written
    Post(Box<Posting>),
    /// Which line of a letter is what
    Lines(Box<Lines>),
    /// Whether the text of a file is put into the release
    Dropped(Box<DroppedText>),
    /// Which of the earlier versions is brought back
    History(Box<History>),
}

impl Question {
    /// Whether something was typed into it that only its buttons take away.
    pub fn is_begun(&self) -> bool {
        match self {
            Self::Link(linking) => linking.is_begun(),
            Self::Describe(describing) => describing.is_begun(),
            _ => false,
        }
    }
}

/// Lines of a letter, with what they are said to be.
pub struct Lines {
    /// The paragraph of each, its text, and what it is.
    pub lines: Vec<(usize, String, Role)>,
    /// The revision of the document that they are of.
    pub revision: u64,
}

/// A text from a file, which is put where the caret is if the user says so.
pub struct DroppedText {
    pub file: PathBuf,
    pub text: Slice,
}

/// What takes the place of a file.
pub enum Replacing {
    /// The draft, and what is to be done once it is saved
    Draft(PathBuf, Option<Command>),
    /// An exported release
    Export(Box<Export>),
}

/// Why a file dialog is open.
#[derive(Clone, Debug, PartialEq)]
pub enum Purpose {
    /// A draft is opened.
    Open,
    /// The draft is saved; and what to do then.
    Save(Option<Command>),
    /// The pages are exported.
    Export,
    /// The pages are exported together with those in the other language.
    ExportBoth,
    /// Pictures and words for posting are made.
    Post,
    /// A picture for the letterhead is chosen.
    Emblem,
    /// A picture of the text is chosen.
    Picture,
    /// A file that came back is compared with the draft.
    Returned,
    /// The same release in the other language is compared with the draft.
    Counterpart,
    /// The handbook is exported.
    Handbook,
}

/// The file as another user changed it.
pub struct Theirs {
    pub path: PathBuf,
    /// The file as it was before it was read.
    pub on_disk: Option<DiskState>,
    /// What it holds, and how the draft in the window differs; or why it cannot be read.
    pub found: Result<(Release, Vec<Change>), String>,
    /// What is to be done once the draft is saved.
    pub next: Option<Command>,
}

/// The earlier versions of the draft, while they are looked at.
pub struct History {
    pub versions: Vec<Version>,
    pub chosen: usize,
    /// The chosen version, and what has changed since; or why it cannot be read. `None` while it is read.
    pub found: Option<Result<(Release, Vec<Change>), String>>,
}

/// A link about to be made or changed.
pub struct Linking {
    /// The words that become a link; the place of the caret if none are selected.
    pub place: Selection,
    /// The draft as it was when they were selected.
    pub revision: u64,
    /// The words of a place within one paragraph.
    pub words: Option<String>,
    pub address: String,
    /// Words and address before anything was typed.
    pub before: (Option<String>, String),
    /// Whether the words lead somewhere already.
    pub is_link: bool,
    pub states: [FieldState; 2],
    /// Whether the caret is to go into the first field.
    pub focus: bool,
}

/// A date about to be put into the text.
pub struct InsertedDate {
    pub day: NaiveDate,
    pub picker: Picker,
    /// What it replaces, or where the caret is.
    pub place: Selection,
    /// The revision of the draft when it was asked for.
    pub revision: u64,
}

/// A picture of the text about to be put in or changed.
pub struct Describing {
    pub picture: Picture,
    pub caption: String,
    /// Picture and caption before anything was typed.
    pub before: (Picture, String),
    /// The block whose picture it is; `None` for one that is put in.
    pub place: Option<Selection>,
    /// The draft as it was when they were read.
    pub revision: u64,
    pub states: [FieldState; 2],
    /// Whether the caret is to go into the first field.
    pub focus: bool,
}

impl Describing {
    /// Whether a picture is chosen, or something was typed.
    pub fn is_begun(&self) -> bool {
        (&self.picture, &self.caption) != (&self.before.0, &self.before.1) || self.place.is_none()
    }
}

impl Linking {
    /// Whether something was typed.
    pub fn is_begun(&self) -> bool {
        (&self.words, &self.address) != (&self.before.0, &self.before.1)
    }
}

/// The size of a table that is asked for.
#[derive(Clone, Copy, Debug)]
pub struct NewTable {
    pub rows: usize,
    pub columns: usize,
    pub has_header: bool,
    /// Whether the keyboard is to go to the first number.
    pub focus: bool,
}

impl Default for NewTable {
    fn default() -> Self {
        Self { rows: 4, columns: 3, has_header: true, focus: true }
    }
}

/// What is posted, while it is looked at.
pub struct Posting {
    pub release: Release,
    /// The cards, as they are shown.
    pub cards: Vec<(Shape, TextureHandle)>,
    pub hashtags: String,
    pub state: FieldState,
}

/// A path that is typed where the system has no file dialog.
pub struct TypedPath {
    pub purpose: Purpose,
    /// What the question is called.
    pub title: String,
    /// The endings that a file may have.
    pub endings: Vec<&'static str>,
    pub path: String,
    pub state: FieldState,
    /// Whether the field has had the keyboard.
    pub is_focused: bool,
}

impl Editor {
    /// Asks the first question; others wait.
    pub(super) fn ask_question(&mut self, ctx: &egui::Context) {
        let Some(question) = self.questions.pop_front() else { return };
        let kept = match question {
            Question::Unsaved(next) => self.ask_unsaved(next, ctx),
            Question::Findings(command, other) => self.ask_findings(command, other, ctx),
            Question::Path(typed) => self.ask_path(typed, ctx),
            Question::Picture(picture) => self.ask_picture(picture, ctx),
            Question::Replace(what, there) => self.ask_replacing(what, there, ctx),
            Question::Theirs(theirs) => self.ask_theirs(theirs, ctx),
            Question::Link(linking) => self.ask_link(linking, ctx),
            Question::Table(table) => self.ask_table(table, ctx),
            Question::Date(asked) => self.ask_inserted_date(asked, ctx),
            Question::Describe(picture) => self.ask_description(picture, ctx),
            Question::Post(posting) => self.ask_post(posting, ctx),
            Question::Lines(lines) => self.ask_lines(lines, ctx),
            Question::Dropped(dropped) => self.ask_dropped(dropped, ctx),
            Question::History(history) => self.ask_history(history, ctx),
        };
        if let Some(question) = kept {
            self.questions.push_front(question);
        }
    }
}

//! Questions in front of the form that are asked one after the other.
//!
//! Knows which there are, and that each is about the draft in the window. Its invariant: an answer is
//! never applied to another draft than that the question was about, for putting a draft into the window
//! drops all of them.

use std::path::PathBuf;

use super::{Command, Editor, disk::output::Export, files::TypedPath, saving};

/// Something the user is asked, with what is then to be done.
pub enum Question {
    /// Whether changes are saved before a command
    Unsaved(Command),
    /// Whether to export or print although there is something to look at
    Findings(Command),
    /// A path, where the system has no file dialog
    Path(Box<TypedPath>),
    /// Whether a picture outside of the draft's folder may be opened
    Picture(PathBuf),
    /// Whether the second, a file that is there, may be replaced
    Replace(Replacing, PathBuf),
    /// What to do about a file that another user has changed
    Theirs(Box<saving::Theirs>),
    /// Which of the earlier versions is brought back
    History(Box<saving::History>),
}

/// What takes the place of a file.
pub enum Replacing {
    /// The draft, and what is to be done once it is saved
    Draft(PathBuf, Option<Command>),
    /// An exported release
    Export(Box<Export>),
}

impl Editor {
    /// Asks the first question; others wait.
    pub(super) fn ask_question(&mut self, ctx: &egui::Context) {
        let Some(question) = self.questions.pop_front() else { return };
        let kept = match question {
            Question::Unsaved(next) => self.ask_unsaved(next, ctx),
            Question::Findings(command) => self.ask_findings(command, ctx),
            Question::Path(typed) => self.ask_path(typed, ctx),
            Question::Picture(picture) => self.ask_picture(picture, ctx),
            Question::Replace(what, there) => self.ask_replacing(what, there, ctx),
            Question::Theirs(theirs) => self.ask_theirs(theirs, ctx),
            Question::History(history) => self.ask_history(history, ctx),
        };
        if let Some(question) = kept {
            self.questions.push_front(question);
        }
    }
}

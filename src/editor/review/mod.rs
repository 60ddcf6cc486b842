//! What others say of the draft: the changes of a file that came back, accepted or refused one by one, comments, and
//! the same release in the other language.
//!
//! Invariants: nothing of a file's text is taken over that was not accepted, and what is accepted is one step of undo.
//! Comments of a file are added at once, as a step of undo.

mod comments;
mod counterpart;
mod view;

use std::path::{Path, PathBuf};

use counterpart::Counterpart;

use egui::Id;

use super::{
    Command, Editor, disk,
    editing::Step,
    errors::Localise as _,
    field::{FieldState, Ranges},
    jobs::{Answer, Task},
    question::Purpose,
};
use crate::{
    editing::{Document, Selection, Tracked},
    release::{Comment, Field},
    review::{Proposal, Review, TextPart, accept},
};

/// A file that came back, with its changes that are still open.
struct Returned {
    path: PathBuf,
    review: Review,
    /// The changes that are open in the draft of this revision.
    open: Vec<Proposal>,
    revision: u64,
    /// How many there were.
    count: usize,
}

impl Returned {
    /// Finds what is open in the draft as it is.
    fn follow(&mut self, document: &Document) {
        self.open = self.review.open(document.release());
        self.revision = document.revision();
    }
}

/// The comments of the draft, each with the place of its words, and the revision that they are of.
#[derive(Default)]
struct Placed {
    revision: Option<u64>,
    comments: Vec<(Comment, Option<TextPart>)>,
    /// The words of those that are not done.
    marks: Tracked<()>,
}

impl Placed {
    /// Follows the draft: its texts are searched when they have changed, not in each frame.
    fn follow(&mut self, document: &Document) {
        if self.revision == Some(document.revision()) {
            return;
        }
        let release = document.release();
        let placed = |comment: &Comment| {
            let place = release.place_of(comment).map(|(field, range)| TextPart { field, range });
            (comment.clone(), place)
        };
        self.comments = release.comments.iter().map(placed).collect();
        let open = self.comments.iter().filter(|(comment, _)| !comment.done);
        let marks = open.filter_map(|(_, place)| place.as_ref().map(|place| (place.field, place.range.clone(), ())));
        self.marks = Tracked::new(document.revision(), marks.collect());
        self.revision = Some(document.revision());
    }
}

/// What is written in the panel.
#[derive(Default)]
struct Writing {
    /// The answered comment; `None` for a new comment.
    to: Option<usize>,
    /// The words that a new comment is of.
    on: String,
    text: String,
    state: FieldState,
    /// Whether the field is still to get the keyboard.
    focus: bool,
}

/// The panel beside the pages.
#[derive(Default)]
pub struct ReviewPanel {
    returned: Option<Returned>,
    counterpart: Option<Counterpart>,
    /// Whether comments are shown.
    shows_comments: bool,
    placed: Placed,
    writing: Option<Writing>,
    /// Whether what is written has changed since the journal had it.
    is_typed: bool,
    /// A change that was decided last: the keyboard goes on to the one in its place.
    decided: Option<usize>,
}

impl ReviewPanel {
    pub(super) fn is_open(&self) -> bool {
        self.returned.is_some() || self.counterpart.is_some() || self.shows_comments
    }

    /// Moves what comments are of along with what was changed.
    pub(super) fn follow_edits(&mut self, document: &Document) {
        if self.shows_comments {
            self.placed.marks.follow(document);
        } else {
            self.placed = Placed::default();
        }
    }

    /// The comments of a release with the one that is being written, if there is one.
    pub(super) fn with_written(&self, comments: &[Comment]) -> Option<Vec<Comment>> {
        self.writing.as_ref()?.added_to(comments)
    }

    /// What comments are of, while they are shown.
    pub(super) fn commented(&self) -> &Ranges {
        self.placed.marks.by_field()
    }

    /// Whether comments are shown.
    pub(super) fn shows_comments(&self) -> bool {
        self.shows_comments
    }
}

/// What is done in the panel.
enum Act {
    GoTo(TextPart),
    Accept(usize),
    AcceptAll,
    Refuse(usize),
    Close,
    ReadCounterpart(PathBuf),
    ChooseCounterpart,
    CloseCounterpart,
    WriteCounterpart(Option<Field>),
    Comments(Vec<Comment>),
}

impl Editor {
    /// Reads a file that came back, and shows how it differs from the draft.
    pub(super) fn read_returned(&mut self, path: &Path) {
        let (draft, file, release) = (self.draft, path.to_owned(), self.desk.document.release().clone());
        let read = file.clone();
        self.jobs.start(
            Task::on("doing-open", path),
            move |thread| disk::drafts::returned(thread, &release, &read),
            move |editor: &mut Self, answer| {
                let review = match answer {
                    Answer::Done(Ok(review)) if draft == editor.draft => review,
                    Answer::Done(Err(error)) => {
                        let (file, reason) = (file.display().to_string(), error.localised(&editor.words));
                        let text = editor.words.with("word-unreadable", &[("file", &file), ("reason", &reason)]);
                        return editor.failed(text);
                    }
                    Answer::Lost => return editor.lost(),
                    Answer::Done(Ok(_)) | Answer::Late(_) | Answer::Stopped => return,
                };
                editor.begin_review(&file, review);
            },
        );
    }

    fn begin_review(&mut self, path: &Path, (review, theirs): (Review, Vec<Comment>)) {
        let release = self.desk.document.release();
        let open = review.open(release);
        let new: Vec<Comment> =
            theirs.into_iter().filter(|comment| !release.comments.iter().any(|own| is_same(own, comment))).collect();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if open.is_empty() && new.is_empty() {
            return self.say(self.words.with("review-nothing", &[("file", &name)]), None);
        }
        if !new.is_empty() {
            self.change_comments(|comments| comments.extend(new));
            self.review.shows_comments = true;
        }
        let (count, revision) = (open.len(), self.desk.document.revision());
        self.review.returned = Some(Returned { path: path.to_owned(), review, open, revision, count });
    }

    /// Shows or hides the comments.
    pub(super) fn show_comments(&mut self, on: bool) {
        if !on {
            self.finish_writing();
        }
        self.review.shows_comments = on;
    }

    /// Begins a comment on the selected words, or on the word with the caret.
    pub(super) fn begin_comment(&mut self) {
        self.finish_writing();
        let release = self.desk.document.release();
        let place = self.form.place().and_then(|place| place.single());
        let on = place.map(|(field, range)| crate::review::words_for_comment(release, field, range));
        self.review.shows_comments = true;
        self.review.writing = Some(Writing { on: on.unwrap_or_default(), focus: true, ..Writing::default() });
    }

    /// Turns to another draft, whose open comments are shown.
    pub(super) fn turn_review(&mut self) {
        let shows_comments = self.desk.document.release().comments.iter().any(|comment| !comment.done);
        self.review = ReviewPanel { shows_comments, ..ReviewPanel::default() };
        self.show_originals();
    }

    fn change_comments(&mut self, change: impl FnOnce(&mut Vec<Comment>)) {
        let place = self.form.place();
        self.desk.document.close_step(place);
        self.desk.document.change(Step::Comment, place, |release| change(&mut release.comments));
        self.desk.document.close_step(place);
    }

    fn act(&mut self, panel: &mut ReviewPanel, act: Act) {
        match act {
            Act::GoTo(TextPart { field, range }) => {
                self.desk.document.close_step(self.form.place());
                let selection =
                    if range.is_empty() { Selection::at(field, range.start) } else { Selection::select(field, range) };
                self.form.go_to(selection.clamped(&self.desk.document));
            }
            Act::Comments(comments) => self.change_comments(|now| *now = comments),
            Act::Close => panel.returned = None,
            Act::ChooseCounterpart => self.ask_file(Purpose::Counterpart),
            Act::CloseCounterpart => panel.counterpart = None,
            Act::WriteCounterpart(field) => self.commands.push(Command::WriteCounterpart(field)),
            Act::ReadCounterpart(path) => self.read_counterpart(&path),
            Act::Accept(_) | Act::AcceptAll | Act::Refuse(_) => {
                let Some(returned) = &mut panel.returned else { return };
                match act {
                    Act::Refuse(index) => {
                        if let Some(proposal) = returned.open.get(index).cloned() {
                            returned.review.refuse(&proposal);
                        }
                        panel.decided = Some(index);
                    }
                    Act::Accept(index) => {
                        let one = returned.open.get(index).cloned();
                        self.accept(one.as_slice());
                        panel.decided = Some(index);
                    }
                    _ => {
                        let all = std::mem::take(&mut returned.open);
                        self.accept(&all);
                    }
                }
                returned.follow(&self.desk.document);
            }
        }
    }

    fn accept(&mut self, proposals: &[Proposal]) {
        self.form.forget_typing();
        let place = self.form.place();
        self.desk.document.close_step(place);
        self.desk.document.change(Step::Review, place, |release| accept(release, proposals));
        self.desk.document.close_step(None);
        // What the template has fixed stays as it is, and that is said.
        let release = self.desk.document.release();
        let locked =
            proposals.iter().map(|proposal| proposal.place.field).find(|&field| release.is_field_locked(field));
        if let Some(field) = locked {
            let field = super::field_names::name_in(&self.words, release, field);
            self.failed(self.words.with("change-locked", &[("field", &field)]));
        }
        if let Some(place) = self.form.place() {
            self.form.go_to(place.clamped(&self.desk.document));
        }
    }
}

/// Whether two comments are one, which may have been answered or done with since.
fn is_same(one: &Comment, other: &Comment) -> bool {
    (&one.by, &one.text, one.at) == (&other.by, &other.text, other.at)
}

/// The field in which a comment is written.
fn field_id() -> Id {
    Id::unique("comment-text")
}

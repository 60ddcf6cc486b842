//! Steps of undo: edits with a name, each with the place of the caret before and after.
//!
//! Invariant: undo is the inverse of what was done, so undo of all gives the first release and redo of all
//! the last.

use std::time::{Duration, Instant};

use super::{Edit, Selection};
use crate::release::Field;

/// A pause after which typing begins a new step.
const PAUSE: Duration = Duration::from_secs(2);
/// Memory that the history may take, in bytes; the oldest steps go first.
const MEMORY: usize = 64 << 20;

/// Steps after which it is seen how much memory they take.
const TRIMMED: usize = 64;

/// What a step did, for its name in the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Characters typed or deleted one by one
    Typing,
    /// Text pasted
    Paste,
    /// Text cut
    Cut,
    /// Selected text moved elsewhere with the mouse
    MoveText,
    /// Bold, italic, underline and the like
    Emphasis,
    /// A footnote put in or taken out
    Note,
    /// Words that lead to an address, or no longer
    Link,
    /// A paragraph removed
    RemoveParagraph,
    /// A paragraph moved up or down
    MoveParagraph,
    /// A paragraph split in two
    SplitParagraph,
    /// Two paragraphs joined
    JoinParagraphs,
    /// A page begun with a paragraph
    NewPage,
    /// What kind of block a paragraph is
    Block,
    /// A line of its own, put in with words that were ready
    Line,
    /// Rows and columns of a table
    Table,
    /// A picture of the text
    Picture,
    /// Who signs, and in how many columns
    Signatories,
    /// A straight quotation mark turned into a curly one
    Quotes,
    /// Two hyphens turned into a dash
    Dash,
    /// Capitals and small letters
    Case,
    /// The date of signature
    Date,
    /// The emblem
    Emblem,
    /// The language of the release
    Language,
    /// Paper, margins, type and the like
    Setup,
    /// Digits turned from one script to the other
    Digits,
    /// What was found, replaced
    Replace,
    /// What is checked
    Checks,
    /// Changes brought back that had not been saved
    Recovery,
    /// An earlier version brought back
    Version,
    /// The content of a file of another program
    Import,
    /// The file's content after another user changed it
    Theirs,
    /// A placeholder made, or what one asks for
    Placeholder,
    /// Placeholders filled
    Fill,
    /// What makes the release a template
    Template,
    /// A part of the house style locked or unlocked
    Lock,
    /// Proposed changes, accepted
    Review,
    /// Comments written, answered or done with
    Comment,
    /// The file in the other language
    Counterpart,
    /// A name of the list, put in the place of its beginning
    Name,
    /// A date put into the text
    InsertedDate,
}

impl Step {
    /// Whether it changes the text at the caret and nothing else, so that who undoes it sees what is undone.
    pub fn is_at_caret(self) -> bool {
        match self {
            Self::Typing
            | Self::Paste
            | Self::Cut
            | Self::MoveText
            | Self::Emphasis
            | Self::Note
            | Self::Link
            | Self::RemoveParagraph
            | Self::MoveParagraph
            | Self::SplitParagraph
            | Self::JoinParagraphs
            | Self::NewPage
            | Self::Block
            | Self::Line
            | Self::Table
            | Self::Picture
            | Self::Quotes
            | Self::Dash
            | Self::Case
            | Self::Digits
            | Self::Placeholder
            | Self::Name
            | Self::InsertedDate => true,
            Self::Signatories
            | Self::Date
            | Self::Emblem
            | Self::Language
            | Self::Setup
            | Self::Replace
            | Self::Checks
            | Self::Recovery
            | Self::Version
            | Self::Import
            | Self::Theirs
            | Self::Fill
            | Self::Template
            | Self::Lock
            | Self::Review
            | Self::Comment
            | Self::Counterpart => false,
        }
    }
}

impl Step {
    /// Whether the step may change what the template has fixed.
    pub fn may_change_locked(self) -> bool {
        matches!(
            self,
            Self::Recovery | Self::Version | Self::Import | Self::Theirs | Self::Fill | Self::Template | Self::Lock
        )
    }
}

/// A step, done or undone.
pub(super) struct Entry {
    pub(super) step: Step,
    pub(super) edit: Edit,
    pub(super) before: Option<Selection>,
    pub(super) after: Option<Selection>,
}

/// The steps of a draft.
#[derive(Default)]
pub(super) struct History {
    undo: Vec<Entry>,
    redo: Vec<Entry>,
    /// The last step, while more typing can still be added to it: when that last happened, and where.
    open: Option<(Instant, Option<Field>)>,
}

impl History {
    /// Adds an edit, as a step of its own or as more of the typing that goes on.
    pub(super) fn add(&mut self, step: Step, edit: Edit, before: Option<Selection>, after: Option<Selection>) {
        let field = before.map(|place| flow(place.field()));
        // A number is set by digits or by dragging it until its field is left, however long that takes.
        let joins = match step {
            Step::Typing => self.open.is_some_and(|(last, open)| open == field && last.elapsed() < PAUSE),
            Step::Setup => self.open.is_some_and(|(_, open)| open == field),
            _ => false,
        } && self.undo.last().is_some_and(|last| last.step == step);
        match self.undo.last_mut().filter(|_| joins) {
            Some(last) => {
                last.edit.extend(edit);
                last.after = after;
            }
            None => {
                self.undo.push(Entry { step, edit, before, after });
                // A sum over all steps is not for every key.
                if self.undo.len().is_multiple_of(TRIMMED) {
                    self.trim();
                }
            }
        }
        self.open = Some((Instant::now(), field));
        self.redo.clear();
    }

    /// Adds to the last step what follows from it, though it may be closed.
    pub(super) fn amend(&mut self, edit: Edit, after: Option<Selection>) {
        self.redo.clear();
        match self.undo.last_mut() {
            Some(last) => {
                last.edit.extend(edit);
                last.after = after.or(last.after);
            }
            None => self.undo.push(Entry { step: Step::Typing, edit, before: after, after }),
        }
    }

    /// Ends the step to which typing is added, as at the end of a word.
    pub(super) fn close(&mut self, after: Option<Selection>) {
        if self.open.take().is_some()
            && let Some(last) = self.undo.last_mut()
        {
            last.after = after.or(last.after);
        }
    }

    pub(super) fn undo_step(&self) -> Option<Step> {
        self.undo.last().map(|entry| entry.step)
    }

    pub(super) fn redo_step(&self) -> Option<Step> {
        self.redo.last().map(|entry| entry.step)
    }

    /// Takes the last step to be undone: its inverse, and the place of the caret before it.
    pub(super) fn undo(&mut self) -> Option<(Edit, Option<Selection>)> {
        self.open = None;
        let entry = self.undo.pop()?;
        let undone = (entry.edit.invert(), entry.before);
        self.redo.push(entry);
        Some(undone)
    }

    /// Takes the last step undone to be done again.
    pub(super) fn redo(&mut self) -> Option<(Edit, Option<Selection>)> {
        self.open = None;
        let entry = self.redo.pop()?;
        let done = (entry.edit.clone(), entry.after);
        self.undo.push(entry);
        Some(done)
    }

    /// Forgets the oldest steps when they take too much memory.
    fn trim(&mut self) {
        let size = |entry: &Entry| size_of::<Entry>() + entry.edit.size();
        let mut over = self.undo.iter().map(size).sum::<usize>().saturating_sub(MEMORY);
        let spare = self.undo.iter().take_while(|entry| {
            let goes = over > 0;
            over = over.saturating_sub(size(entry));
            goes
        });
        let spare = spare.count().min(self.undo.len().saturating_sub(1));
        self.undo.drain(..spare);
    }
}

/// The first block of the flow that a block is in.
fn flow(field: Field) -> Field {
    if matches!(field, Field::Paragraph(_)) { Field::Paragraph(0) } else { field }
}

//! The open draft and its history.
//!
//! Pure: knows the document and nothing of the window. Every change goes through
//! [`Document::change`], which makes undo, the star in the title and the redrawing of the
//! preview follow by themselves.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use super::field::Caret;
use crate::release::{
    Field, Paragraph, Release,
    bounds::{self, Exceeded},
};

/// A pause after which typing begins a new step.
const PAUSE: Duration = Duration::from_secs(2);
/// Memory that the history may take, in bytes; the oldest steps go first.
const MEMORY: usize = 64 << 20;

/// What a step did, for its name in the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Characters typed or deleted one by one
    Typing,
    /// Text pasted
    Paste,
    /// Text cut
    Cut,
    /// Bold, italic or underline
    Emphasis,
    /// A paragraph added
    AddParagraph,
    /// A paragraph removed
    RemoveParagraph,
    /// A paragraph moved up or down
    MoveParagraph,
    /// A paragraph split in two
    SplitParagraph,
    /// Two paragraphs joined
    JoinParagraphs,
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
    /// What somebody else put into the file
    Theirs,
    /// A placeholder made, or what one asks for
    Placeholder,
    /// Placeholders filled
    Fill,
    /// What makes the release a template
    Template,
    /// A part of the house style locked or unlocked
    Lock,
    /// A name of the list, put in the place of its beginning
    Name,
}

impl Step {
    /// Whether the step may change what the template has fixed.
    fn may_change_locked(self) -> bool {
        matches!(self, Self::Recovery | Self::Version | Self::Theirs | Self::Fill | Self::Template | Self::Lock)
    }
}

/// Where the caret is.
pub type Place = (Field, Caret);

/// A draft in the window.
pub struct Document {
    release: Release,
    /// The file it was opened from or saved to.
    path: Option<PathBuf>,
    /// Counts changes, undone ones too: equal numbers mean an equal release.
    revision: u64,
    /// What the file holds; `None` if that is no draft.
    saved: Option<Release>,
    unsaved: bool,
    undo: Vec<Change>,
    redo: Vec<Change>,
    open: Option<OpenStep>,
    /// Why the last change was not made, until it is said.
    refused: Option<Exceeded>,
}

/// A step to which more typing can still be added.
struct OpenStep {
    step: Step,
    before: Release,
    place: Option<Place>,
    last: Instant,
    field: Option<Field>,
}

/// What a step changed: only the paragraphs that differ, and the rest if it differs.
struct Change {
    step: Step,
    /// Paragraphs before the first that differs.
    front: usize,
    before: Side,
    after: Side,
}

struct Side {
    paragraphs: Vec<Paragraph>,
    /// The release without its body, if that changed.
    rest: Option<Box<Release>>,
    place: Option<Place>,
}

impl Document {
    /// A draft that has just been opened or begun.
    pub fn new(release: Release, path: Option<PathBuf>) -> Self {
        Self {
            saved: Some(release.clone()),
            release,
            path,
            revision: 0,
            unsaved: false,
            undo: Vec::new(),
            redo: Vec::new(),
            open: None,
            refused: None,
        }
    }

    /// A draft that was made of a file that is none, and is unsaved until it is in the file's place.
    pub fn mended(release: Release, path: PathBuf) -> Self {
        Self { saved: None, unsaved: true, ..Self::new(release, Some(path)) }
    }

    /// The release as it is now.
    pub fn release(&self) -> &Release {
        &self.release
    }

    /// The file of the draft.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// A number that changes with every change.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether closing now would lose something.
    pub fn is_unsaved(&self) -> bool {
        self.unsaved
    }

    /// What the file holds; `None` if that is no draft.
    pub fn saved(&self) -> Option<&Release> {
        self.saved.as_ref()
    }

    /// Notes that a file holds the draft as it was when saving it began; the history goes on, and what
    /// was changed since is unsaved.
    pub fn mark_saved(&mut self, path: PathBuf, saved: Release) {
        self.path = Some(path);
        self.unsaved = saved != self.release;
        self.saved = Some(saved);
    }

    /// Whether a change was not made for which [`Self::take_refused`] has the reason.
    pub fn is_refused(&self) -> bool {
        self.refused.is_some()
    }

    /// Why the last change was not made, once: it would have made the draft larger than any that can be
    /// opened again.
    pub fn take_refused(&mut self) -> Option<Exceeded> {
        self.refused.take()
    }

    /// Edits the release, unless that takes it beyond its bounds; says whether it was edited.
    fn edit(&mut self, edit: impl FnOnce(&mut Release)) -> bool {
        let before = self.release.clone();
        edit(&mut self.release);
        match bounds::change(&before, &self.release) {
            Ok(()) => true,
            Err(exceeded) => {
                (self.release, self.refused) = (before, Some(exceeded));
                false
            }
        }
    }

    /// Changes the release as one step of undo, or as more of the same step while one types; what
    /// its template has fixed stays as it is, and what would take the release beyond its bounds is refused.
    /// `place` is where the caret was before.
    pub fn change(&mut self, step: Step, place: Option<Place>, edit: impl FnOnce(&mut Release)) {
        let field = place.map(|(field, _)| field);
        let joins = self.open.as_ref().is_some_and(|open| {
            step == Step::Typing && open.step == step && open.field == field && open.last.elapsed() < PAUSE
        });
        if !joins {
            self.close_step(place);
        }
        let before = if joins { None } else { Some(self.release.clone()) };
        if !self.edit(edit) {
            return;
        }
        if !step.may_change_locked()
            && let Some(before) = before.as_ref().or(self.open.as_ref().map(|open| &open.before))
        {
            self.release.keep_locked(before);
        }
        match (&mut self.open, before) {
            (Some(open), None) => open.last = Instant::now(),
            (open, before) => {
                let before = before.unwrap_or_default();
                if before == self.release {
                    return;
                }
                *open = Some(OpenStep { step, before, place, last: Instant::now(), field });
            }
        }
        self.redo.clear();
        self.touched();
    }

    /// Changes the release as a part of the step made last, though it may have been closed: for
    /// what follows from typing once the caret has gone on.
    pub fn amend(&mut self, edit: impl FnOnce(&mut Release)) {
        let mut closed = None;
        if self.open.is_none()
            && let Some(change) = self.undo.pop()
        {
            let mut before = self.release.clone();
            change.apply(&mut before, &change.after, &change.before);
            let Change { step, before: Side { place, .. }, after, .. } = change;
            let field = place.map(|(field, _)| field);
            self.open = Some(OpenStep { step, before, place, last: Instant::now(), field });
            closed = Some(after.place);
        }
        if self.open.is_none() {
            return self.change(Step::Typing, None, edit);
        }
        if self.edit(edit) {
            self.redo.clear();
            self.touched();
        }
        if let Some(place) = closed {
            self.close_step(place);
        }
    }

    /// Ends the step to which typing is being added, as at the end of a word.
    pub fn close_step(&mut self, place: Option<Place>) {
        let Some(open) = self.open.take() else { return };
        if let Some(change) = Change::between(open, &self.release, place) {
            self.undo.push(change);
        }
        let mut size: usize = self.undo.iter().map(Change::size).sum();
        let spare = self.undo.iter().take_while(|change| {
            let over = size > MEMORY;
            size -= change.size().min(size);
            over
        });
        let spare = spare.count();
        self.undo.drain(..spare);
    }

    /// What undo would take back.
    pub fn undo_step(&self) -> Option<Step> {
        self.open.as_ref().map(|open| open.step).or_else(|| self.undo.last().map(|change| change.step))
    }

    /// What redo would bring back.
    pub fn redo_step(&self) -> Option<Step> {
        self.redo.last().map(|change| change.step)
    }

    /// Takes the last step back; gives the place where the caret was before it.
    pub fn undo(&mut self, place: Option<Place>) -> Option<Place> {
        self.close_step(place);
        let change = self.undo.pop()?;
        change.apply(&mut self.release, &change.after, &change.before);
        let place = change.before.place;
        self.redo.push(change);
        self.touched();
        place
    }

    /// Brings the last step undone back; gives the place where the caret was after it.
    pub fn redo(&mut self) -> Option<Place> {
        let change = self.redo.pop()?;
        change.apply(&mut self.release, &change.before, &change.after);
        let place = change.after.place;
        self.undo.push(change);
        self.touched();
        place
    }

    fn touched(&mut self) {
        self.revision += 1;
        self.unsaved = self.saved.as_ref() != Some(&self.release);
    }
}

impl Change {
    fn between(open: OpenStep, after: &Release, place: Option<Place>) -> Option<Self> {
        let OpenStep { step, before, place: place_before, .. } = open;
        if before == *after {
            return None;
        }
        let same = |(a, b): &(&Paragraph, &Paragraph)| a == b;
        let front = before.body.iter().zip(&after.body).take_while(same).count();
        let limit = before.body.len().min(after.body.len()) - front;
        let back = before.body.iter().rev().zip(after.body.iter().rev()).take(limit).take_while(same).count();
        let paragraphs = |release: &Release| release.body[front..release.body.len() - back].to_vec();
        let rest = |release: &Release| Release { body: Vec::new(), ..shallow(release) };
        let differs = rest(&before) != rest(after);
        let side = |release: &Release, place| Side {
            paragraphs: paragraphs(release),
            rest: differs.then(|| Box::new(rest(release))),
            place,
        };
        Some(Self { step, front, before: side(&before, place_before), after: side(after, place) })
    }

    fn apply(&self, release: &mut Release, from: &Side, to: &Side) {
        let end = (self.front + from.paragraphs.len()).min(release.body.len());
        release.body.splice(self.front.min(end)..end, to.paragraphs.iter().cloned());
        if let Some(rest) = &to.rest {
            let body = std::mem::take(&mut release.body);
            *release = Release { body, ..(**rest).clone() };
        }
    }

    /// About how many bytes the change holds.
    fn size(&self) -> usize {
        let side = |side: &Side| {
            side.paragraphs.iter().map(|paragraph| 64 + paragraph.text.len()).sum::<usize>()
                + side.rest.as_ref().map_or(0, |_| 1024)
        };
        size_of::<Self>() + side(&self.before) + side(&self.after)
    }
}

/// All of a release but its body.
fn shallow(release: &Release) -> Release {
    let Release {
        language,
        letterhead,
        reference,
        title,
        headline,
        body: _,
        signature,
        page,
        unchecked,
        template,
        placeholders,
        locked,
    } = release;
    Release {
        language: *language,
        letterhead: letterhead.clone(),
        reference: reference.clone(),
        title: title.clone(),
        headline: headline.clone(),
        body: Vec::new(),
        signature: signature.clone(),
        page: page.clone(),
        unchecked: unchecked.clone(),
        template: template.clone(),
        placeholders: placeholders.clone(),
        locked: locked.clone(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::release::RichText;

    fn document() -> Document {
        let body = ["one", "two", "three"].map(|text| Paragraph::new(RichText::plain(text))).to_vec();
        Document::new(Release { body, ..Release::default() }, None)
    }

    fn typed(document: &mut Document, field: Field, text: &str) {
        document.change(Step::Typing, Some((field, Caret::at(0))), |r| r.set_text(field, RichText::plain(text)));
    }

    #[test]
    fn typing_in_one_field_is_one_step_until_it_is_closed() {
        let mut document = document();
        typed(&mut document, Field::Title, "P");
        typed(&mut document, Field::Title, "PR");
        document.close_step(None);
        typed(&mut document, Field::Title, "PRE");
        typed(&mut document, Field::Headline, "H");
        assert_eq!(document.undo_step(), Some(Step::Typing));
        document.undo(None);
        assert_eq!((document.release().title.as_str(), document.release().headline.as_str()), ("PRE", ""));
        document.undo(None);
        assert_eq!(document.release().title, "PR");
        document.undo(None);
        assert_eq!(document.release().title, "");
        assert!(!document.is_unsaved());
        assert_eq!(document.undo(None), None);
    }

    #[test]
    fn undo_brings_the_caret_back() {
        let mut document = document();
        let place = (Field::Paragraph(1), Caret::at(2));
        document.change(Step::RemoveParagraph, Some(place), |r| drop(r.body.remove(1)));
        assert_eq!(document.undo(None), Some(place));
        assert_eq!(document.release().body.len(), 3);
    }

    #[test]
    fn a_change_of_nothing_is_no_step() {
        let mut document = document();
        document.change(Step::Setup, None, |_| {});
        assert_eq!((document.undo_step(), document.revision()), (None, 0));
    }

    #[test]
    fn what_follows_from_typing_is_undone_with_it() {
        let mut document = document();
        typed(&mut document, Field::Title, "កា្រ");
        document.close_step(None);
        document.amend(|release| release.title = "ក្រា".into());
        typed(&mut document, Field::Headline, "H");
        document.undo(None);
        assert_eq!(document.release().title, "ក្រា");
        document.undo(None);
        assert_eq!(document.release().title, "");
        document.redo();
        assert_eq!(document.release().title, "ក្រា");
    }

    #[test]
    fn a_save_keeps_the_history() {
        let mut document = document();
        typed(&mut document, Field::Title, "P");
        document.mark_saved("x.ron".into(), document.release().clone());
        assert!(!document.is_unsaved());
        document.undo(None);
        assert!(document.is_unsaved());
        document.redo();
        assert!(!document.is_unsaved());
    }

    proptest! {
        #[test]
        fn undo_of_all_gives_the_first_document_and_redo_the_last(
            steps in prop::collection::vec((0usize..6, 0usize..5, "[a-cក]{0,3}"), 1..40)
        ) {
            let mut document = document();
            let first = document.release().clone();
            for (what, at, text) in steps {
                let place = Some((Field::Title, Caret::at(0)));
                match what {
                    0 => document.change(Step::Typing, place, |r| r.title.push_str(&text)),
                    1 => document.change(Step::AddParagraph, place, |r| {
                        let at = at.min(r.body.len());
                        r.body.insert(at, Paragraph::new(RichText::plain(text)));
                    }),
                    2 => document.change(Step::RemoveParagraph, place, |r| {
                        if at < r.body.len() { r.body.remove(at); }
                    }),
                    3 => document.change(Step::MoveParagraph, place, |r| {
                        if at + 1 < r.body.len() { r.body.swap(at, at + 1); }
                    }),
                    4 => document.change(Step::Setup, place, |r| r.page.justified = !r.page.justified),
                    _ => { document.undo(None); }
                }
            }
            let last = document.release().clone();
            let mut steps = 0;
            while document.undo_step().is_some() {
                document.undo(None);
                steps += 1;
            }
            prop_assert_eq!(document.release(), &first);
            for _ in 0..steps {
                document.redo();
            }
            prop_assert_eq!(document.release(), &last);
        }
    }

    proptest! {
        #[test]
        fn undo_of_all_that_was_typed_gives_the_first_document_and_redo_the_last(
            steps in prop::collection::vec((0usize..3, "[ក្រាេ a]{0,2}", prop::bool::ANY), 1..60)
        ) {
            use super::super::field::{Edit, apply, put_in_order};
            let mut document = document();
            let first = document.release().clone();
            let mut carets = [Caret::at(0); 3];
            for (at, with, close) in steps {
                let field = Field::Paragraph(at);
                let mut text = document.release().text(field).map(|text| text.into_owned()).unwrap_or_default();
                let (before, left) = (carets[at], carets[at].head);
                let edit = if with.is_empty() { Edit::Backspace } else { Edit::Insert(RichText::plain(with)) };
                if apply(&mut text, &mut carets[at], &edit) {
                    document.change(Step::Typing, Some((field, before)), |r| r.set_text(field, text.clone()));
                }
                if close {
                    document.close_step(None);
                }
                if put_in_order(&mut text, &mut carets[at], left, close) {
                    document.amend(|r| r.set_text(field, text));
                }
            }
            let last = document.release().clone();
            let mut steps = 0;
            while document.undo_step().is_some() {
                document.undo(None);
                steps += 1;
            }
            prop_assert_eq!(document.release(), &first);
            for _ in 0..steps {
                document.redo();
            }
            prop_assert_eq!(document.release(), &last);
        }
    }
}

//! The open draft: its document, its pages, and what is to be looked at in it.
//!
//! Knows the document and the threads that set and check it, nothing of widgets. Invariant: print and export get
//! the pages of the release as it is; those that are typed on may have one line more, for a caret in a text that
//! has none.

use std::{sync::Arc, time::Duration};

use super::{
    findings,
    layout_worker::{Checked, LayoutRequest, LayoutWorker, SetPages, State},
};
use crate::{
    artwork::{Artwork, ArtworkError},
    editing::{Document, Tracked},
    proof::Finding,
    release::Release,
    roster::Roster,
    typeset::{Cache, Pages, breaks::KnownWords, typeset},
};

/// How long a frame waits for its pages. Nearly all come within it, and so with the key that
/// changed them; a draft of hundreds of pages shows them as soon as they are there.
const PATIENCE: Duration = Duration::from_millis(50);

/// A document with its pages and findings, which may be a moment behind it.
pub struct Desk {
    /// The release, its history, and the file it belongs to.
    pub document: Document,
    layout: LayoutWorker,
    /// As they are printed.
    pub print: Arc<Pages>,
    /// As they are typed on.
    pub view: Arc<Pages>,
    /// What they are of.
    of: Option<State>,
    /// What was asked for last.
    asked: Option<State>,
    /// What is to be looked at.
    pub findings: Vec<Finding>,
    /// Places of findings, by their weight: errors, doubts, style.
    pub weighed: [Tracked<()>; 3],
    /// Where each of the findings is now.
    pub places: Tracked<usize>,
    /// Whether the findings are those of the draft as it is, or as it was a moment ago.
    pub is_checked: bool,
    /// In how many places the release in the other language differs, if it was read.
    pub differences: Option<usize>,
    /// The revision that the findings are of, unless lists, picture or the other language have changed since.
    checked: Option<u64>,
    /// The release in the other language, as it was read last.
    other: Option<Arc<Release>>,
    /// The words of headline and text.
    pub word_count: Option<usize>,
}

impl Desk {
    /// A document whose pages are still to be set. `wake` is the window to be woken when they are ready.
    pub fn new(document: Document, wake: egui::Context, words: KnownWords, roster: Arc<Roster>) -> Self {
        let pages = Arc::new(typeset(&Release::default(), None, &mut Cache::default()));
        Self {
            document,
            layout: LayoutWorker::new(wake, words, roster),
            print: pages.clone(),
            view: pages,
            of: None,
            asked: None,
            findings: Vec::new(),
            weighed: <[Tracked<()>; 3]>::default(),
            places: Tracked::default(),
            is_checked: false,
            differences: None,
            checked: None,
            other: None,
            word_count: None,
        }
    }

    /// Takes other lists of the user; the release is set and checked by them.
    pub fn use_lists(&mut self, words: KnownWords, roster: Arc<Roster>) {
        self.layout.use_lists(words, roster);
        (self.asked, self.checked, self.is_checked) = (None, None, false);
    }

    /// Has the release checked beside another one in the other language, or alone.
    pub fn use_other(&mut self, other: Option<Arc<Release>>) {
        if self.other != other {
            self.other = other;
            (self.asked, self.checked) = (None, None);
        }
    }

    /// Whether the findings are those of the draft as it is.
    pub fn is_check_current(&self) -> bool {
        self.checked == Some(self.document.revision()) && !self.layout.is_pending()
    }

    /// Has the release set again, though it is the same: its picture is another.
    pub fn set_again(&mut self) {
        (self.asked, self.checked) = (None, None);
    }

    /// Puts another document in the place of this one, which it gives back; what was found in it is forgotten.
    pub fn put(&mut self, document: Document) -> Document {
        let before = std::mem::replace(&mut self.document, document);
        self.layout.forget();
        (self.weighed, self.places) = (<[Tracked<()>; 3]>::default(), Tracked::default());
        (self.asked, self.of, self.is_checked) = (None, None, false);
        (self.other, self.differences, self.checked) = (None, None, None);
        before
    }

    /// Whether pages of a state have been asked for.
    pub fn has_asked(&self, state: State) -> bool {
        self.asked == Some(state)
    }

    /// Whether no pages of the document as it is have been asked for.
    pub fn is_new(&self) -> bool {
        self.asked.is_none_or(|asked| asked.revision != self.document.revision())
    }

    /// Asks for the pages of the document in a state, with the picture that it names or why that cannot be used, and
    /// waits a moment for them.
    pub fn ask(&mut self, state: State, (emblem, error): (Option<Arc<Artwork>>, Option<Arc<ArtworkError>>)) {
        self.asked = Some(state);
        let (release, other) = (self.document.release().clone(), self.other.clone());
        self.layout.ask(LayoutRequest { state, release, emblem, error, other });
        self.take(PATIENCE);
    }

    /// Takes the pages and findings that are ready.
    pub fn take_ready(&mut self) {
        self.take(Duration::ZERO);
    }

    fn take(&mut self, patience: Duration) {
        let ready = self.layout.newest(patience);
        if let Some((state, SetPages { print, view })) = ready.pages {
            (self.print, self.view, self.of) = (print, view, Some(state));
        }
        if let Some((state, Checked { findings, words, differences })) = ready.checked {
            (self.word_count, self.differences) = (Some(words), differences);
            // What was asked for again is not yet checked.
            self.checked = self.asked.filter(|asked| *asked == state).map(|asked| asked.revision);
            self.weighed = findings::weighed(&findings, state.revision);
            self.places = findings::places(&findings, state.revision);
            (self.findings, self.is_checked) = (findings, true);
        }
        self.follow_edits();
    }

    /// Moves what was found along with what was changed since.
    fn follow_edits(&mut self) {
        for places in &mut self.weighed {
            places.follow(&self.document);
        }
        self.places.follow(&self.document);
    }

    /// Whether the pages that are typed on are those that were asked for last.
    pub fn is_current(&self) -> bool {
        self.asked.is_some() && self.of == self.asked
    }

    /// Whether the pages are those of the document as it is, with the picture that was given last.
    pub fn is_set(&self) -> bool {
        self.asked.is_some_and(|asked| asked.revision == self.document.revision()) && self.layout.is_set()
    }

    /// Whether pages or findings are still on their way.
    pub fn is_pending(&self) -> bool {
        self.layout.is_pending()
    }
}

//! When the release is set again, and what follows from how many pages it takes.
//!
//! Knows the editor. Invariant: pages are asked for once for each state of the document.

use super::{Editor, form, layout_worker::State};
use crate::{
    editing::{Selection, Step, room},
    release::Fit,
    typeset::Fitted,
};

impl Editor {
    /// What the pages are to be of: the document as it is, with a line for the caret if it needs one.
    pub(super) fn state(&self) -> State {
        let caret = self.form.place().filter(Selection::is_empty).map(|place| place.clamped(&self.desk.document).head);
        let room = caret.and_then(|caret| room::needed(self.desk.document.release(), caret));
        State { revision: self.desk.document.revision(), room }
    }

    /// Has the release set again if it has changed, and takes what is ready.
    pub(super) fn set_pages(&mut self) {
        let state = self.state();
        if self.desk.has_asked(state) {
            return self.desk.take_ready();
        }
        if self.desk.is_new() {
            self.record();
        }
        self.desk.ask(state, self.emblem.picture());
    }

    /// Asks for a number of pages; the choice goes back if the text is too long for it.
    pub(super) fn try_fit(&mut self, fit: Fit) {
        let before = self.desk.document.release().page.fit;
        self.desk.document.change(Step::Setup, self.form.place(), |release| release.page.fit = fit);
        self.fit_tried = Some((self.desk.document.revision(), before));
    }

    /// Takes the choice of a number of pages back for which the text is too long, once its pages are set.
    pub(super) fn judge_fit(&mut self) {
        let is_set = self.desk.is_set();
        let Some((_, before)) = self.fit_tried.take_if(|_| is_set) else { return };
        let Some(fitted @ Fitted::TooLong { .. }) = self.desk.print.fitted else { return };
        self.failed(form::fitted_text(&self.words, fitted));
        self.desk.document.change(Step::Setup, self.form.place(), |release| release.page.fit = before);
    }
}

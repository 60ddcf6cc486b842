//! What each action does to the selection and the texts.
//!
//! Draws nothing. Invariant: as that of the typist, whose edits these are.

use egui::Ui;

use super::{Heard, Manner, Typist};
use crate::{
    editing::{
        Geometry, Motion, Position, Selected, Selection, Slice, Step, Texts, is_at_edge, moved,
        typing::{Deletion, around, deleted, in_order},
    },
    editor::field::{
        Leave,
        clipboard::Clipboard,
        keys::Action,
        target::{Breaks, Target},
    },
    release::Field,
};

/// What is typed into, and with what.
pub(super) struct Here<'a, 'b> {
    pub ui: &'a Ui,
    pub target: &'a mut dyn Target,
    pub geometry: &'a mut dyn Geometry,
    pub clipboard: &'a mut Clipboard,
    pub manner: &'a Manner<'b>,
    pub heard: &'a mut Heard,
}

impl Typist {
    /// Does what was asked; says whether a text changed.
    pub(super) fn act(&mut self, action: Action, here: &mut Here<'_, '_>) -> bool {
        let selection = self.selection;
        match action {
            Action::Type(text) => {
                let changed = self.type_text(&text, Step::Typing, here);
                self.turn_quote(&text, here.target, here.manner, here.heard);
                self.end_word(false, here.target, here.manner, here.heard);
                self.make_item(&text, here.target, here.heard);
                changed
            }
            Action::Commit(text) => {
                self.preedit.clear();
                !text.is_empty() && self.type_text(&text, Step::Typing, here)
            }
            Action::Compose(text) => {
                self.preedit = text;
                false
            }
            Action::Paste(text) => self.paste(&text, here),
            Action::Copy | Action::Cut if selection.is_empty() => false,
            Action::Copy => {
                self.copy(here);
                false
            }
            Action::Cut => {
                self.copy(here);
                self.replace(selection.range(), &Slice::default(), Step::Cut, here.target, here.manner, here.heard)
            }
            Action::Delete(deletion) => self.delete(deletion, here),
            Action::DeleteAround(before, after) => {
                let text = here.target.text(selection.field()).unwrap_or_default();
                let range = around(text.as_str(), selection.head.byte, before, after);
                let range = Selection::select(selection.field(), range).range();
                self.replace(range, &Slice::default(), Step::Typing, here.target, here.manner, here.heard)
            }
            Action::Break(new_page) => self.end_text(new_page, here),
            Action::Escape => {
                if matches!(selection.field(), Field::Note(..)) {
                    // The key is for the note alone, and closes no message.
                    here.ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
                    here.heard.leave = Some(Leave::Next);
                }
                false
            }
            Action::BreakLine => self.type_text("\n", Step::Typing, here),
            Action::Shift(forward) => self.shift(forward, here),
            Action::SelectAll => {
                let (first, last) = here.target.flow(selection.field());
                let end = Position::new(last, here.target.length(last));
                self.selection = Selection::between(Position::new(first, 0), end);
                false
            }
            Action::MoveParagraphs(by) => {
                self.settle(here.target, here.heard, true);
                let after = here.target.document().and_then(|document| document.move_paragraphs(selection, by));
                if let Some(after) = after {
                    self.selection = after;
                    here.heard.changed = Some(Step::MoveParagraph);
                }
                after.is_some()
            }
            Action::Move(motion, extend) => {
                // The texts of the page are one, and go on where one of them ends; a field of the form is one by itself.
                let may_leave = here.manner.tabs && !extend;
                let leaves = || leaves(selection, motion, &*here.target, here.geometry);
                here.heard.leave = may_leave.then(leaves).flatten();
                if here.heard.leave.is_none() {
                    self.selection = moved(selection, motion, extend, &*here.target, here.geometry);
                }
                false
            }
        }
    }

    /// Puts typed text in the place of the selection.
    fn type_text(&mut self, text: &str, step: Step, here: &mut Here<'_, '_>) -> bool {
        let with = Slice::text(self.inserted(here.target, text));
        self.replace(self.selection.range(), &with, step, here.target, here.manner, here.heard)
    }

    fn paste(&mut self, text: &str, here: &mut Here<'_, '_>) -> bool {
        let breaks = here.manner.breaks;
        let is_rich = self.selection.field().is_rich() && here.target.document().is_some();
        let with = here.clipboard.pasted(text, self.style(here.target), (breaks, is_rich));
        let with = with.map(|text| in_order(text.clone()));
        let with = if breaks == Breaks::Leave { Slice::text(with.joined(" ")) } else { with };
        self.replace(self.selection.range(), &with, Step::Paste, here.target, here.manner, here.heard)
    }

    fn copy(&self, here: &mut Here<'_, '_>) {
        let slice = Selected::of(self.selection, &*here.target).slice(&*here.target);
        here.clipboard.copy(here.ui.ctx(), &slice);
    }

    fn delete(&mut self, deletion: Deletion, here: &mut Here<'_, '_>) -> bool {
        if self.end_page_start(deletion, here.target, here.heard) {
            return true;
        }
        let range = deleted(&*here.target, self.selection, deletion);
        if range.is_empty() {
            let back = matches!(deletion, Deletion::Back | Deletion::WordBack);
            here.heard.leave = Some(if back { Leave::JoinBefore } else { Leave::JoinAfter });
            return false;
        }
        let joins = self.selection.is_empty() && range.start.field != range.end.field;
        let step = if joins { Step::JoinParagraphs } else { Step::Typing };
        self.replace(range, &Slice::default(), step, here.target, here.manner, here.heard)
    }

    /// What Enter does: ends the paragraph, breaks the line, or leaves the field.
    fn end_text(&mut self, new_page: bool, here: &mut Here<'_, '_>) -> bool {
        let is_note = matches!(self.selection.field(), Field::Note(..));
        match here.manner.breaks {
            Breaks::Paragraphs => self.end_paragraph(new_page, here.target, here.manner, here.heard),
            // Shift with Enter makes a line within a note.
            Breaks::Lines if !is_note => self.type_text("\n", Step::SplitParagraph, here),
            Breaks::Lines | Breaks::Leave => {
                here.heard.leave = Some(Leave::Next);
                false
            }
        }
    }

    /// What Tab does: goes to another cell or text, or changes the level of items.
    fn shift(&mut self, forward: bool, here: &mut Here<'_, '_>) -> bool {
        let selection = self.selection;
        if here.target.block_kind(selection.head.field).is_cell() {
            self.settle(here.target, here.heard, true);
            let Some(document) = here.target.document() else { return false };
            let revision = document.revision();
            let Some(after) = document.next_cell(selection, forward) else { return false };
            let added = document.revision() != revision;
            self.go_to(after);
            here.heard.changed = added.then_some(Step::Table).or(here.heard.changed);
            return added;
        }
        if here.manner.tabs && !self.takes_tab(here.target) {
            here.heard.leave = Some(Leave::Tab(forward));
            return false;
        }
        let done = here.target.document().is_some_and(|document| document.shift_level(selection, forward));
        here.heard.changed = done.then_some(Step::Block).or(here.heard.changed);
        done
    }
}

/// Whether a move leads out of the flow.
fn leaves(selection: Selection, motion: Motion, texts: &dyn Texts, geometry: &mut dyn Geometry) -> Option<Leave> {
    let (first, last) = texts.flow(selection.field());
    let at_start = selection.is_empty() && selection.head == Position::new(first, 0);
    let at_end = selection.is_empty() && selection.head == Position::new(last, texts.length(last));
    match motion {
        Motion::Lines(-1) if is_at_edge(selection, false, texts, geometry) => Some(Leave::Up),
        Motion::Lines(1) if is_at_edge(selection, true, texts, geometry) => Some(Leave::Down),
        Motion::Left | Motion::WordLeft if at_start => Some(Leave::Up),
        Motion::Right | Motion::WordRight if at_end => Some(Leave::Down),
        _ => None,
    }
}

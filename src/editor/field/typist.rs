//! The one who types: a selection, and what keys, clipboard and input methods do with it.
//!
//! Serves the fields of the form, the body and the page alike: texts are a [`Target`], lines a
//! [`Geometry`]. Draws nothing. Invariant: every change goes through the target, so each is an edit that can be
//! undone.

mod actions;
mod blocks;

use std::{collections::VecDeque, ops::Range};

use egui::{Event, Ui};

use actions::Here;

use super::{
    Leave, Names,
    clipboard::Clipboard,
    completion::Completion,
    input::action,
    keys::Action,
    pointer::{Pointed, Pointer, Pointing},
    target::{Breaks, LONE, Target},
};
use crate::{
    editing::{Geometry, Position, Selection, Slice, Step, Texts},
    release::{Field, Language, RichText, Style},
};

/// How one types in a flow.
#[derive(Clone, Copy)]
pub struct Manner<'a> {
    /// What Enter does.
    pub breaks: Breaks,
    /// Whether the space bar types U+200B, and with Shift a space.
    pub space_is_zero_width: bool,
    /// The language in whose form straight quotation marks become curly and hyphens dashes; `None` if they stay.
    pub quotes: Option<Language>,
    /// The names that are completed.
    pub names: Option<Names<'a>>,
    /// Whether Tab leads from text to text, and not to another widget.
    pub tabs: bool,
}

/// A selection and what goes with it from one frame to the next.
#[derive(Clone, Debug)]
pub struct Typist {
    /// The caret and the selection.
    pub selection: Selection,
    /// The emphasis of what is typed next, where it differs from its surroundings.
    pub typing: Option<Style>,
    /// The text that an input method is composing; it is not yet the document's.
    pub preedit: String,
    /// When the caret last moved, in seconds of the window's clock.
    pub moved: f64,
    /// Whether the caret should be scrolled into view.
    pub reveal: bool,
    /// Counts how often the caret was asked to be seen, also where it already was: a view that was scrolled by hand
    /// comes back to it.
    pub reveals: u64,
    /// Where the last typed text ends, while its last letter is not in Khmer normal order yet.
    pub pending_order: Option<Position>,
    /// Where the last typed text ends, until the caret moves.
    typed: Option<Position>,
    /// The names that are offered for what is being typed.
    pub completion: Completion,
    /// What the mouse is doing.
    pub pointer: Pointer,
}

impl Default for Typist {
    fn default() -> Self {
        Self::at(Selection::at(LONE, 0))
    }
}

/// What was heard in a frame.
#[derive(Clone, Copy, Debug, Default)]
pub struct Heard {
    /// The last step that changed a text.
    pub changed: Option<Step>,
    /// Whether the change only puts in order what was typed before.
    pub settled: bool,
    /// Whether a word was ended, and with it a step of undo.
    pub word_ended: bool,
    /// Where to go, if the field is to be left.
    pub leave: Option<Leave>,
}

impl Typist {
    /// A typist with a selection.
    pub fn at(selection: Selection) -> Self {
        Self {
            selection,
            typing: None,
            preedit: String::new(),
            moved: 0.0,
            reveal: false,
            reveals: 0,
            pending_order: None,
            typed: None,
            completion: Completion::default(),
            pointer: Pointer::default(),
        }
    }

    /// Puts the caret elsewhere, and has it shown.
    pub fn go_to(&mut self, selection: Selection) {
        self.selection = selection;
        (self.typing, self.typed) = (None, None);
        self.pending_order = None;
        self.completion.close();
        self.reveal = true;
        self.reveals += 1;
    }

    /// The text of a block with what an input method is composing in it.
    pub fn composed(&self, field: Field, text: &RichText) -> Option<RichText> {
        if self.preedit.is_empty() || self.selection.field() != field {
            return None;
        }
        let mut text = text.clone();
        let range =
            self.selection.part(field, text.len()).unwrap_or(self.selection.head.byte..self.selection.head.byte);
        text.replace(range, &RichText::styled(self.preedit.as_str(), Style::UNDERLINE));
        Some(text)
    }

    /// Where the caret shows while an input method composes.
    pub fn shown_head(&self) -> Position {
        if self.preedit.is_empty() {
            return self.selection.head;
        }
        let start =
            self.selection.part(self.selection.field(), usize::MAX).map_or(self.selection.head.byte, |part| part.start);
        Position::new(self.selection.field(), start + self.preedit.len())
    }

    /// Puts the caret elsewhere, after what was typed is in order.
    pub fn turn_to(&mut self, selection: Selection, target: &mut dyn Target, heard: &mut Heard, time: f64) {
        self.settle(target, heard, true);
        target.close_step(self.selection);
        self.selection = selection.clamped(&*target);
        (self.typing, self.typed, self.moved) = (None, None, time);
        self.completion.close();
    }

    /// Takes what the mouse did.
    pub fn point(&mut self, pointing: Pointing, target: &mut dyn Target, heard: &mut Heard) {
        match self.pointer.point(pointing, self.selection, &*target) {
            Some(Pointed::Select(selection)) => {
                self.settle(target, heard, selection.head != self.selection.head);
                target.close_step(self.selection);
                self.selection = selection.clamped(&*target);
                (self.typing, self.typed) = (None, None);
                self.moved = pointing.time;
                self.reveals += u64::from(pointing.pressed);
                self.completion.close();
            }
            Some(Pointed::Drop(to, copies)) => {
                let selection = self.selection;
                if let Some(after) = target.document().and_then(|document| document.carry(selection, to, copies)) {
                    self.selection = after;
                    self.moved = pointing.time;
                    heard.changed = Some(Step::MoveText);
                }
            }
            None => {}
        }
    }

    /// Takes keys, typed text, the clipboard and input methods, until the field is left; what then remains is
    /// for the field that is gone to. Before a move by lines that are not set yet it stops as well.
    pub fn listen(
        &mut self,
        ui: &Ui,
        events: &mut VecDeque<Event>,
        target: &mut dyn Target,
        geometry: &mut dyn Geometry,
        clipboard: &mut Clipboard,
        manner: &Manner<'_>,
    ) -> Heard {
        let mut heard = Heard::default();
        let (mut shift, time) = ui.input(|input| (input.modifiers.shift, input.time));
        self.selection = self.selection.clamped(&*target);
        let text = target.text(self.selection.field()).unwrap_or_default().into_owned();
        self.completion.fit(text.as_str(), self.caret_byte());
        self.settle(target, &mut heard, false);
        self.take_name(target, &mut heard, &text, manner);
        while heard.leave.is_none()
            && let Some(event) = events.pop_front()
        {
            let before = self.selection;
            if let Event::Key { modifiers, .. } = &event {
                // The frame may end with other modifiers than those with which its letters were typed.
                shift = modifiers.shift;
            }
            if let Event::Key { key, pressed: true, modifiers, .. } = event
                && self.completion.key(key, modifiers)
            {
                let text = target.text(self.selection.field()).unwrap_or_default().into_owned();
                self.take_name(target, &mut heard, &text, manner);
                continue;
            }
            let asked = event.clone();
            let Some(mut action) = action(event, shift, manner.space_is_zero_width) else { continue };
            if action == Action::BreakLine && manner.breaks == Breaks::Leave {
                action = Action::Break(false);
            }
            let needs_lines = matches!(action, Action::Move(motion, _) if motion.needs_lines());
            if needs_lines && heard.changed.is_some() && !geometry.follows_edits() {
                // The move needs the new lines, so it waits for the next frame.
                events.push_front(asked);
                break;
            }
            let mut here = Here { ui, target, geometry, clipboard, manner, heard: &mut heard };
            let changed = self.act(action, &mut here);
            if changed {
                self.moved = time;
                continue;
            }
            if self.selection != before {
                self.completion.close();
                (self.typing, self.typed) = (None, None);
                self.moved = time;
                heard.word_ended = true;
                target.close_step(before);
            }
            let left = heard.leave.is_some();
            self.settle(target, &mut heard, left);
        }
        heard
    }

    /// Whether Tab goes to another cell, or changes the level of an item: at its start, or with several blocks
    /// selected.
    pub fn takes_tab(&self, target: &dyn Texts) -> bool {
        let selection = self.selection;
        if target.block_kind(selection.head.field).is_cell() {
            return true;
        }
        let at_start = selection.is_empty() && selection.head.byte == 0;
        let many = selection.start().field != selection.end().field;
        (at_start || many) && target.block_kind(selection.start().field).level().is_some()
    }

    /// The byte of the caret in a text, if something was just typed before it.
    pub fn typed_at(&self, field: Field) -> Option<usize> {
        let head = self.typed.filter(|typed| self.selection.is_empty() && *typed == self.selection.head)?;
        (head.field == field).then_some(head.byte)
    }

    /// The byte of the caret, if nothing is selected.
    fn caret_byte(&self) -> Option<usize> {
        self.selection.is_empty().then_some(self.selection.head.byte)
    }

    /// The emphasis of what is inserted.
    fn style(&self, target: &dyn Target) -> Style {
        let start = self.selection.start();
        self.typing
            .unwrap_or_else(|| target.text(start.field).map_or(Style::PLAIN, |text| text.style_before(start.byte)))
    }

    /// Words that take the place of the selection.
    fn inserted(&self, target: &dyn Target, words: &str) -> RichText {
        let (start, end) = (self.selection.start(), self.selection.end());
        match target.text(start.field).filter(|_| start.field == end.field) {
            Some(text) => text.typed(start.byte..end.byte, words, self.style(target)),
            None => RichText::styled(words, self.style(target)),
        }
    }

    /// Replaces a part of the texts, and looks whether a name is begun.
    fn replace(
        &mut self,
        range: Range<Position>,
        with: &Slice,
        step: Step,
        target: &mut dyn Target,
        manner: &Manner<'_>,
        heard: &mut Heard,
    ) -> bool {
        let Some(after) = target.replace(step, self.selection, range, with) else { return false };
        self.selection = after;
        let breaks = with.breaks() > 0 || with.first().as_str().contains('\n');
        if let Some(typed) = self.pending_order.take().filter(|_| !with.is_empty() && step != Step::Name)
            && let Some(after) = target.put_in_order(self.selection, typed, breaks)
        {
            self.selection = after;
        }
        self.pending_order = (!breaks && step != Step::Name).then_some(self.selection.head);
        self.typed = (!breaks && step == Step::Typing).then_some(self.selection.head);
        (heard.changed, heard.settled) = (Some(step), false);
        if breaks || with.first().as_str().ends_with([' ', '\u{200B}']) {
            heard.word_ended = true;
            target.close_step(self.selection);
        }
        match manner.names.as_ref().filter(|_| step == Step::Typing) {
            Some(names) => {
                let text = target.text(self.selection.field()).unwrap_or_default();
                self.completion.follow(names, text.as_str(), self.caret_byte());
            }
            None => self.completion.close(),
        }
        true
    }
}

//! The one who types: a selection, and what keys, clipboard and input methods do with it.
//!
//! Serves the fields of the form, the body and the page alike: texts are a [`Target`], lines a
//! [`Geometry`]. Draws nothing. Invariant: every change goes through the target, so each is an edit that can be
//! undone.

mod blocks;

use std::{collections::VecDeque, ops::Range};

use egui::{Event, Ui};

use super::{
    Leave, Names,
    clipboard::Clipboard,
    completion::Completion,
    input::{Action, action},
    pointer::{Pointed, Pointer, Pointing},
    target::{Breaks, LONE, Target},
};
use crate::{
    editing::{
        Geometry, Motion, Position, Selected, Selection, Slice, Step, Texts, is_at_edge, moved,
        typing::{Deletion, around, deleted, in_order},
    },
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
    pub wishes: u64,
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
    /// A wish to leave the field.
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
            wishes: 0,
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
        self.wishes += 1;
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
                self.wishes += u64::from(pointing.pressed);
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
            let changed = self.act(action, ui, target, geometry, clipboard, manner, &mut heard);
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

    /// Does what was asked; says whether a text changed.
    #[expect(clippy::too_many_arguments, reason = "what is typed into, and with what")]
    fn act(
        &mut self,
        action: Action,
        ui: &Ui,
        target: &mut dyn Target,
        geometry: &mut dyn Geometry,
        clipboard: &mut Clipboard,
        manner: &Manner<'_>,
        heard: &mut Heard,
    ) -> bool {
        let selection = self.selection;
        let typed = |this: &Self, target: &dyn Target, text: String| Slice::text(this.inserted(target, &text));
        match action {
            Action::Type(text) => {
                let with = typed(self, target, text.clone());
                let changed = self.replace(selection.range(), &with, Step::Typing, target, manner, heard);
                self.turn_quote(&text, target, manner, heard);
                self.turn_dash(false, target, manner, heard);
                self.make_item(&text, target, heard);
                changed
            }
            Action::Commit(text) => {
                self.preedit.clear();
                !text.is_empty() && {
                    let with = typed(self, target, text);
                    self.replace(selection.range(), &with, Step::Typing, target, manner, heard)
                }
            }
            Action::Compose(text) => {
                self.preedit = text;
                false
            }
            Action::Paste(text) => {
                let is_rich = selection.field().is_rich() && target.document().is_some();
                let with = clipboard.pasted(&text, self.style(target), (manner.breaks, is_rich));
                let with = with.map(|text| in_order(text.clone()));
                let with = if manner.breaks == Breaks::Leave { Slice::text(with.joined(" ")) } else { with };
                self.replace(selection.range(), &with, Step::Paste, target, manner, heard)
            }
            Action::Copy | Action::Cut if selection.is_empty() => false,
            Action::Copy => {
                clipboard.copy(ui.ctx(), &Selected::of(selection, &*target).slice(&*target));
                false
            }
            Action::Cut => {
                clipboard.copy(ui.ctx(), &Selected::of(selection, &*target).slice(&*target));
                self.replace(selection.range(), &Slice::default(), Step::Cut, target, manner, heard)
            }
            Action::Delete(deletion) => {
                if self.end_page_start(deletion, target, heard) {
                    return true;
                }
                let range = deleted(&*target, selection, deletion);
                if range.is_empty() {
                    let back = matches!(deletion, Deletion::Back | Deletion::WordBack);
                    heard.leave = Some(if back { Leave::JoinBefore } else { Leave::JoinAfter });
                    return false;
                }
                let joins = selection.is_empty() && range.start.field != range.end.field;
                let step = if joins { Step::JoinParagraphs } else { Step::Typing };
                self.replace(range, &Slice::default(), step, target, manner, heard)
            }
            Action::DeleteAround(before, after) => {
                let text = target.text(selection.field()).unwrap_or_default();
                let range = around(text.as_str(), selection.head.byte, before, after);
                let range = Selection::select(selection.field(), range).range();
                self.replace(range, &Slice::default(), Step::Typing, target, manner, heard)
            }
            Action::Break(new_page) => match manner.breaks {
                Breaks::Leave => {
                    heard.leave = Some(Leave::Next);
                    false
                }
                // Shift with Enter makes a line within it.
                Breaks::Lines if matches!(selection.field(), Field::Note(..)) => {
                    heard.leave = Some(Leave::Next);
                    false
                }
                Breaks::Lines => {
                    let with = typed(self, target, "\n".to_owned());
                    self.replace(selection.range(), &with, Step::SplitParagraph, target, manner, heard)
                }
                Breaks::Paragraphs => self.end_paragraph(new_page, target, manner, heard),
            },
            Action::Escape => {
                if matches!(selection.field(), Field::Note(..)) {
                    // The key is for the note alone, and closes no message.
                    ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
                    heard.leave = Some(Leave::Next);
                }
                false
            }
            Action::BreakLine => {
                let with = typed(self, target, "\n".to_owned());
                self.replace(selection.range(), &with, Step::Typing, target, manner, heard)
            }
            Action::Shift(forward) if target.block_kind(selection.head.field).is_cell() => {
                self.settle(target, heard, true);
                let Some(document) = target.document() else { return false };
                let revision = document.revision();
                let Some(after) = document.next_cell(selection, forward) else { return false };
                let added = document.revision() != revision;
                self.go_to(after);
                heard.changed = added.then_some(Step::Table).or(heard.changed);
                added
            }
            Action::Shift(forward) if manner.tabs && !self.takes_tab(target) => {
                heard.leave = Some(Leave::Tab(forward));
                false
            }
            Action::Shift(deeper) => {
                let done = target.document().is_some_and(|document| document.shift_level(selection, deeper));
                heard.changed = done.then_some(Step::Block).or(heard.changed);
                done
            }
            Action::SelectAll => {
                let (first, last) = target.flow(selection.field());
                let end = Position::new(last, target.length(last));
                self.selection = Selection::between(Position::new(first, 0), end);
                false
            }
            Action::MoveParagraphs(by) => {
                self.settle(target, heard, true);
                let after = target.document().and_then(|document| document.move_paragraphs(selection, by));
                if let Some(after) = after {
                    self.selection = after;
                    heard.changed = Some(Step::MoveParagraph);
                }
                after.is_some()
            }
            Action::Move(motion, extend) => {
                heard.leave = leaves(selection, motion, extend, &*target, geometry);
                if heard.leave.is_none() {
                    self.selection = moved(selection, motion, extend, &*target, geometry);
                }
                false
            }
        }
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

/// Whether a move leads out of the flow.
fn leaves(
    selection: Selection,
    motion: Motion,
    extend: bool,
    texts: &dyn Texts,
    geometry: &mut dyn Geometry,
) -> Option<Leave> {
    if extend {
        return None;
    }
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

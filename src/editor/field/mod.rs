//! The text field: where an official types, in either language.
//!
//! Made on the typesetting engine of the page, because a caret must step over what a reader
//! takes for letters and lines must end where the page would end them; egui's own field counts
//! characters. `caret` and `editing` are pure; `canvas` turns text to textures; [`TextField`]
//! listens and draws.

mod canvas;
mod caret;
mod completion;
mod editing;
mod plain;
mod speech;

use std::{borrow::Cow, ops::Range, sync::Arc};

pub use canvas::{Canvas, image};
pub use caret::{Caret, Motion};
use completion::Completion;
pub use completion::Names;
pub use editing::{Edit, apply, in_order, put_in_order};
use egui::{
    Color32, Event, EventFilter, Id, ImeEvent, Key, Modifiers, Rect, Response, Sense, Stroke, Ui, Vec2, pos2, vec2,
};
pub use plain::PlainField;

use super::{document::Step, platform, theme::accents};
use crate::{
    proof,
    release::{RichText, Style, clean, placeholders},
    typeset::Lines,
};

/// The size of text in fields, in the window's points: a Khmer subscript can be told apart at it.
pub const SIZE: f32 = 16.0;
/// From baseline to baseline; room for a sign above and two subscripts below.
const LINE: f32 = 29.0;
/// The baseline's distance from the top of its line.
const ASCENT: f32 = 19.5;
/// White space within the frame.
const PADDING: Vec2 = vec2(9.0, 3.0);
/// The least width of a field, in points.
const NARROWEST: f32 = 60.0;
/// Lines a page of Page Up and Page Down has.
const PAGE_LINES: isize = 12;
/// Half of the caret's blinking, in seconds.
const BLINK: f64 = 0.53;

/// What a field remembers from one frame to the next.
#[derive(Clone, Debug, Default)]
pub struct FieldState {
    /// The caret and the selection.
    pub caret: Caret,
    /// The emphasis of what is typed next, where it differs from its surroundings.
    pub typing: Option<Style>,
    /// The text that an input method is composing; it is not yet the document's.
    preedit: String,
    /// When the caret last moved, in seconds of the window's clock.
    moved: f64,
    /// How far a field of one line is scrolled, in points.
    scroll: f32,
    /// Whether the field should be scrolled into view.
    pub reveal: bool,
    /// The end of what was typed last, while the letter there is not yet put in order.
    pub unsettled: Option<usize>,
    /// The names that are offered for what is being typed.
    pub completion: Completion,
}

/// A text field about to be shown.
pub struct TextField<'a> {
    /// The widget's name.
    pub id: Id,
    /// Its accessible name.
    pub label: &'a str,
    /// What shows while it is empty.
    pub hint: &'a str,
    /// Its text.
    pub text: &'a RichText,
    /// Whether long text is wrapped; otherwise it scrolls sideways.
    pub wrap: bool,
    /// Whether Enter makes a line break or a new paragraph.
    pub multiline: bool,
    /// Whether invisible characters are shown.
    pub show_invisible: bool,
    /// Whether the space bar types U+200B, and with Shift a space.
    pub space_is_zero_width: bool,
    /// Matches of a search, in bytes of the text.
    pub marks: &'a [Range<usize>],
    /// Words that no dictionary has, wherever they stand in the text.
    pub misspelt: &'a [String],
    /// The names that are completed here.
    pub names: Option<Names<'a>>,
}

/// Where the caret wants to go from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// Up from the first line, or left from the beginning.
    Up,
    /// Down from the last line, or right from the end.
    Down,
    /// Backspace at the beginning.
    JoinBefore,
    /// Delete at the end.
    JoinAfter,
    /// Enter in a field of one line.
    Next,
}

/// What a field did in a frame.
pub struct Output {
    /// Focus, clicks, place.
    pub response: Response,
    /// The text after a change, and what the change was.
    pub changed: Option<(RichText, Step)>,
    /// Whether the change only puts in order what was typed before, and so is of that step.
    pub settled: bool,
    /// Where the caret was before the change.
    pub before: Caret,
    /// Whether a word was ended, and with it a step of undo.
    pub word_ended: bool,
    /// A wish to leave the field.
    pub leave: Option<Leave>,
}

impl<'a> TextField<'a> {
    /// The height that a field with wrapped text takes in a width, in points, and whether that is
    /// only a guess.
    pub fn height(text: &RichText, width: f32, canvas: &mut Canvas) -> (f32, bool) {
        let (rows, guessed) = canvas.rows(text, SIZE, width.max(NARROWEST) - 2.0 * PADDING.x);
        (height(rows), guessed)
    }

    /// Shows the field in the full width, listens, and says what happened.
    pub fn show(self, ui: &mut Ui, state: &mut FieldState, canvas: &mut Canvas) -> Output {
        let width = ui.available_width().max(NARROWEST);
        let inner = width - 2.0 * PADDING.x;
        if !ui.is_enabled() {
            // What cannot be changed takes no keys, though a click on the page may have led here.
            ui.memory_mut(|memory| memory.surrender_focus(self.id));
        }
        if !ui.memory(|memory| memory.has_focus(self.id)) {
            // What was being composed belongs to where the keyboard is now.
            state.preedit.clear();
        }
        let mut caret = self.composed_caret(state);
        let mut lines = self.lines(&self.composed(state), &caret, inner, canvas);
        let size = vec2(width, height(lines.lines.len()));
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let mut response = ui.interact(rect, self.id, Sense::click_and_drag());
        response.flags.set(egui::response::Flags::CHANGED, false);
        if response.hovered() {
            ui.set_cursor_icon(egui::CursorIcon::Text);
        }
        let origin = rect.min + PADDING;
        self.point(ui, &mut response, state, &lines, origin);

        let before = state.caret;
        let mut output = Output { response, changed: None, settled: false, before, word_ended: false, leave: None };
        let focused = ui.memory(|memory| memory.has_focus(self.id));
        if focused {
            if state.caret != before {
                state.completion.close();
            }
            self.listen(ui, state, canvas, &keys(&state.completion), inner, &mut output);
            // Which keys are the field's in the next frame depends on what it shows now.
            ui.memory_mut(|memory| memory.set_focus_lock_filter(self.id, keys(&state.completion)));
            if output.changed.is_some() {
                output.response.mark_changed();
                state.moved = ui.input(|input| input.time);
            }
        } else {
            state.completion.close();
            if state.unsettled.is_some() {
                let mut text = self.text.clone();
                self.settle(state, &mut text, &mut output, true);
            }
        }
        if focused {
            if output.changed.is_some() || state.caret != before || !state.preedit.is_empty() {
                let shown = output.changed.as_ref().map_or(self.text, |(text, _)| text);
                let next = TextField { text: shown, ..self };
                caret = next.composed_caret(state);
                lines = next.lines(&next.composed(state), &caret, inner, canvas);
            }
        } else {
            caret = state.caret;
        }
        if ui.is_rect_visible(rect) {
            self.paint(ui, state, canvas, &lines, caret, rect, focused);
        }
        if focused {
            self.caret_follows(ui, state, &lines, caret, origin, rect);
        } else if std::mem::take(&mut state.reveal) {
            ui.scroll_to_rect(caret_rect(&lines, caret, origin).expand2(vec2(0.0, LINE)), None);
        }
        speech::describe(ui, &output.response, self.label, &lines, caret, (origin, LINE), focused);
        if let Some(names) = self.names.as_ref().filter(|_| focused && state.preedit.is_empty()) {
            let origin = origin - vec2(state.scroll, 0.0);
            let place = |caret| caret_rect(&lines, caret, origin);
            state.completion.show(ui, self.id, names, place, caret);
        }
        output
    }

    /// The text with what an input method is composing in it.
    fn composed(&self, state: &FieldState) -> Cow<'a, RichText> {
        if state.preedit.is_empty() {
            return Cow::Borrowed(self.text);
        }
        let mut text = self.text.clone();
        text.replace(state.caret.range(), &RichText::styled(state.preedit.as_str(), Style::UNDERLINE));
        Cow::Owned(text)
    }

    fn composed_caret(&self, state: &FieldState) -> Caret {
        if state.preedit.is_empty() { state.caret } else { Caret::at(state.caret.range().start + state.preedit.len()) }
    }

    fn lines(&self, text: &RichText, caret: &Caret, width: f32, canvas: &mut Canvas) -> Arc<Lines> {
        let width = if self.wrap { width } else { f32::from(u16::MAX) };
        canvas.lines(text, SIZE, width, editing::cut(text.as_str(), caret))
    }

    /// Clicks and drags.
    fn point(&self, ui: &Ui, response: &mut Response, state: &mut FieldState, lines: &Lines, origin: egui::Pos2) {
        let Some(pointer) = response.interact_pointer_pos() else { return };
        let at = pointer - origin;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped, and capped by the lines")]
        let row = ((at.y / LINE).floor().max(0.0) as usize).min(lines.lines.len().saturating_sub(1));
        let (byte, upstream) = caret::byte_at(lines, row, at.x + state.scroll);
        let text = self.text.as_str();
        let pressed = ui.input(|input| input.pointer.primary_pressed());
        // A quick click is pressed and let go of within one frame.
        if pressed && (response.is_pointer_button_down_on() || response.clicked()) {
            response.request_focus();
            let extend = ui.input(|input| input.modifiers.shift);
            state.caret = if extend {
                Caret { anchor: state.caret.anchor, upstream, ..Caret::at(byte) }
            } else {
                Caret { upstream, ..Caret::clicked(text, byte) }
            };
        } else if response.dragged() {
            state.caret = Caret { anchor: state.caret.anchor, upstream, ..Caret::at(byte) };
        }
        if response.triple_clicked() {
            state.caret = Caret::select(0..text.len());
        } else if response.double_clicked() {
            state.caret = Caret::word_at(text, byte);
        }
        if pressed || response.dragged() || response.double_clicked() || response.triple_clicked() {
            state.typing = None;
            state.moved = ui.input(|input| input.time);
        }
    }

    /// Keys, typed text, the clipboard and input methods.
    fn listen(
        &self,
        ui: &Ui,
        state: &mut FieldState,
        canvas: &mut Canvas,
        filter: &EventFilter,
        width: f32,
        output: &mut Output,
    ) {
        let mut events = canvas.waited();
        events.extend(ui.input(|input| input.filtered_events(filter)));
        let mut events = events.into_iter();
        let mut shift = ui.input(|input| input.modifiers.shift);
        let mut text = self.text.clone();
        state.caret = state.caret.clamped_if_outside(text.as_str());
        state.completion.fit(text.as_str(), state.caret);
        self.settle(state, &mut text, output, false);
        if let Some((range, name)) = state.completion.taken(&text) {
            state.caret = Caret::select(range);
            self.carry_out(&Edit::Insert(name), Step::Name, state, &mut text, output);
        }
        while let Some(event) = events.next() {
            if output.leave.is_some() {
                // The field that is gone to takes it.
                return canvas.wait(std::iter::once(event).chain(events));
            }
            let caret = state.caret;
            if let Event::Key { modifiers, .. } = &event {
                // The frame may end with other modifiers than those with which its letters were typed.
                shift = modifiers.shift;
            }
            let change = match event {
                Event::Text(typed) => self.typed(&typed, shift, state, &text),
                Event::Paste(pasted) => {
                    let style = self.style(state, &text);
                    let pasted = canvas.formatted(&pasted).map_or_else(
                        || RichText::styled(clean(&pasted, self.multiline), style),
                        |formatted| cleaned(&formatted, self.multiline),
                    );
                    Some((Edit::Insert(in_order(pasted)), Step::Paste))
                }
                Event::Copy | Event::Cut if caret.is_empty() => None,
                Event::Copy => {
                    canvas.copy(ui.ctx(), &text.slice(caret.range()));
                    None
                }
                Event::Cut => {
                    canvas.copy(ui.ctx(), &text.slice(caret.range()));
                    Some((Edit::Backspace, Step::Cut))
                }
                Event::Ime(ImeEvent::Preedit { text, .. }) => {
                    state.preedit = clean(&text, false);
                    None
                }
                Event::Ime(ImeEvent::Commit(committed)) => {
                    state.preedit.clear();
                    let committed = clean(&committed, false);
                    (!committed.is_empty())
                        .then(|| (Edit::Insert(RichText::styled(committed, self.style(state, &text))), Step::Typing))
                }
                Event::Ime(ImeEvent::DeleteSurrounding { before_chars, after_chars }) => {
                    state.caret = Caret::select(around(text.as_str(), caret.head, before_chars, after_chars));
                    Some((Edit::Backspace, Step::Typing))
                }
                Event::Key { key, pressed: true, modifiers, .. } => {
                    if state.completion.key(key, modifiers) {
                        state.completion.taken(&text).map(|(range, name)| {
                            state.caret = Caret::select(range);
                            (Edit::Insert(name), Step::Name)
                        })
                    } else {
                        let lines = self.lines(&text, &caret, width, canvas);
                        self.key(key, modifiers, state, &text, &lines, output)
                    }
                }
                _ => None,
            };
            let Some((edit, step)) = change else {
                if state.caret != caret {
                    state.completion.close();
                    state.typing = None;
                    state.moved = ui.input(|input| input.time);
                    output.word_ended = true;
                }
                self.settle(state, &mut text, output, output.leave.is_some());
                continue;
            };
            self.carry_out(&edit, step, state, &mut text, output);
        }
    }

    /// Changes the text, and looks whether a name is begun.
    fn carry_out(&self, edit: &Edit, step: Step, state: &mut FieldState, text: &mut RichText, output: &mut Output) {
        if step == Step::Name {
            // What was begun goes as a whole, and has its emphasis from what it was.
            (state.unsettled, state.typing) = (None, None);
        }
        if apply(text, &mut state.caret, edit) {
            if let (Edit::Insert(_), Some(left)) = (edit, state.unsettled) {
                put_in_order(text, &mut state.caret, left, false);
            }
            let lines = matches!(edit, Edit::Insert(with) if with.as_str().contains('\n'));
            state.unsettled = (!lines).then_some(state.caret.head);
            output.settled = false;
            output.word_ended |= matches!(edit, Edit::Insert(with) if with.as_str().ends_with([' ', '\u{200B}', '\n']));
            output.changed = Some((text.clone(), step));
            match self.names.as_ref().filter(|_| step == Step::Typing) {
                Some(names) => state.completion.follow(names, text.as_str(), state.caret),
                None => state.completion.close(),
            }
        }
    }

    /// Puts the letter in order that was typed last, if the caret has left it.
    fn settle(&self, state: &mut FieldState, text: &mut RichText, output: &mut Output, field_left: bool) {
        let Some(left) = state.unsettled.filter(|&left| field_left || left != state.caret.head) else { return };
        state.unsettled = None;
        if put_in_order(text, &mut state.caret, left, field_left) {
            output.settled |= output.changed.is_none();
            let step = output.changed.as_ref().map_or(Step::Typing, |(_, step)| *step);
            output.changed = Some((text.clone(), step));
        }
    }

    fn typed(&self, typed: &str, shift: bool, state: &FieldState, text: &RichText) -> Option<(Edit, Step)> {
        let typed = match typed {
            " " if self.space_is_zero_width && !shift => "\u{200B}".into(),
            typed => platform::typed(typed),
        };
        let typed = clean(&typed, false);
        (!typed.is_empty()).then(|| (Edit::Insert(RichText::styled(typed, self.style(state, text))), Step::Typing))
    }

    /// The emphasis of what is inserted.
    fn style(&self, state: &FieldState, text: &RichText) -> Style {
        state.typing.unwrap_or_else(|| text.style_before(state.caret.range().start))
    }

    fn key(
        &self,
        key: Key,
        modifiers: Modifiers,
        state: &mut FieldState,
        text: &RichText,
        lines: &Lines,
        output: &mut Output,
    ) -> Option<(Edit, Step)> {
        let caret = state.caret;
        let word = modifiers.command || modifiers.alt;
        let at_start = caret.is_empty() && caret.head == 0;
        let at_end = caret.is_empty() && caret.head == text.len();
        let edit = match key {
            Key::Backspace if at_start => {
                output.leave = Some(Leave::JoinBefore);
                return None;
            }
            Key::Delete if at_end => {
                output.leave = Some(Leave::JoinAfter);
                return None;
            }
            Key::Backspace if word => Edit::BackspaceWord,
            Key::Backspace => Edit::Backspace,
            Key::Delete if word => Edit::DeleteWord,
            Key::Delete => Edit::Delete,
            Key::Enter if self.multiline => {
                return Some((Edit::Insert(RichText::styled("\n", self.style(state, text))), Step::SplitParagraph));
            }
            Key::Enter => {
                output.leave = Some(Leave::Next);
                return None;
            }
            Key::A if modifiers.command => {
                state.caret = Caret::select(0..text.len());
                return None;
            }
            _ => {
                self.travel(key, modifiers, state, lines, output);
                return None;
            }
        };
        Some((edit, Step::Typing))
    }

    /// Keys that move the caret, within the field or out of it.
    fn travel(&self, key: Key, modifiers: Modifiers, state: &mut FieldState, lines: &Lines, output: &mut Output) {
        let word = modifiers.command || modifiers.alt;
        let motion = match key {
            Key::ArrowLeft if word => Motion::WordLeft,
            Key::ArrowRight if word => Motion::WordRight,
            Key::ArrowLeft => Motion::Left,
            Key::ArrowRight => Motion::Right,
            Key::Home if modifiers.command => Motion::Start,
            Key::End if modifiers.command => Motion::End,
            Key::Home => Motion::LineStart,
            Key::End => Motion::LineEnd,
            Key::ArrowUp => Motion::Lines(-1),
            Key::ArrowDown => Motion::Lines(1),
            Key::PageUp => Motion::Lines(-PAGE_LINES),
            Key::PageDown => Motion::Lines(PAGE_LINES),
            _ => return,
        };
        let row = caret::line_of(lines, state.caret);
        let (first, last) = (row == 0, row + 1 >= lines.lines.len());
        let leave = match motion {
            Motion::Lines(by) if by < 0 && first => Some(Leave::Up),
            Motion::Lines(by) if by > 0 && last => Some(Leave::Down),
            Motion::Left | Motion::WordLeft if state.caret.is_empty() && state.caret.head == 0 => Some(Leave::Up),
            Motion::Right | Motion::WordRight
                if state.caret.is_empty() && state.caret.head == lines.text.text.len() =>
            {
                Some(Leave::Down)
            }
            _ => None,
        };
        match leave.filter(|_| !modifiers.shift) {
            Some(leave) => output.leave = Some(leave),
            None => state.caret = state.caret.moved(motion, modifiers.shift, lines),
        }
    }

    #[allow(clippy::too_many_arguments, reason = "what is painted, where, and in which state")]
    fn paint(
        &self,
        ui: &Ui,
        state: &mut FieldState,
        canvas: &mut Canvas,
        lines: &Arc<Lines>,
        caret: Caret,
        rect: Rect,
        focused: bool,
    ) {
        let visuals = ui.visuals();
        let stroke = if focused {
            Stroke::new(1.5, visuals.selection.stroke.color)
        } else if ui.rect_contains_pointer(rect) {
            visuals.widgets.hovered.bg_stroke
        } else {
            visuals.widgets.inactive.bg_stroke
        };
        let fill = visuals.text_edit_bg_color();
        ui.painter().rect(rect, 5.0, fill, stroke, egui::StrokeKind::Inside);

        let inner = rect.shrink2(vec2(PADDING.x - 1.0, 1.0));
        let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(inner.expand2(vec2(2.0, 0.0))));
        let origin = rect.min + PADDING - vec2(state.scroll, 0.0);
        if focused && !caret.is_empty() {
            for area in selection(lines, caret, origin) {
                painter.rect_filled(area, 1.0, visuals.selection.bg_fill);
            }
        }
        for (place, _) in placeholders::in_text(&lines.text.text) {
            for area in selection(lines, Caret::select(place), origin) {
                painter.rect_filled(area.shrink2(vec2(0.0, 3.0)), 3.0, accents(visuals).placeholder);
            }
        }
        for mark in self.marks {
            for area in selection(lines, Caret::select(mark.clone()), origin) {
                painter.rect_filled(area.shrink2(vec2(0.0, 2.0)), 2.0, accents(visuals).found);
            }
        }
        if lines.text.text.is_empty() && !self.hint.is_empty() {
            let place = pos2(origin.x, origin.y + LINE / 2.0);
            let font = egui::FontId::proportional(SIZE - 2.0);
            painter.text(place, egui::Align2::LEFT_CENTER, self.hint, font, visuals.weak_text_color());
        }
        canvas.paint(&painter, lines, origin, (LINE, ASCENT), visuals.text_color());
        let faults = canvas.faults(&lines.text.text);
        for fault in faults.iter().filter(|fault| !(focused && is_being_typed(&lines.text.text, fault, caret))) {
            for area in selection(lines, Caret::select((*fault).clone()), origin) {
                wave(&painter, area, accents(visuals).warning);
            }
        }
        // A word that is being typed is not yet what it is to be.
        let places = proof::places_of(&lines.text.text, self.misspelt).into_iter();
        for place in places.filter(|place| !(focused && caret.is_empty() && place.end == caret.head)) {
            for area in selection(lines, Caret::select(place), origin) {
                wave(&painter, area, accents(visuals).misspelt);
            }
        }
        if self.show_invisible {
            invisible(&painter, lines, origin, visuals.weak_text_color());
        }
        if focused {
            let time = ui.input(|input| input.time) - state.moved;
            if (time / BLINK) as i64 % 2 == 0 {
                painter.rect_filled(caret_rect(lines, caret, origin), 0.0, visuals.strong_text_color());
            }
            let left = BLINK - time % BLINK;
            ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left.max(0.02)));
        }
    }

    /// Keeps the caret in view and tells the input method where it is.
    fn caret_follows(
        &self,
        ui: &mut Ui,
        state: &mut FieldState,
        lines: &Lines,
        caret: Caret,
        origin: egui::Pos2,
        rect: Rect,
    ) {
        if !self.wrap {
            let (x, _) = caret::position(lines, caret);
            let width = rect.width() - 2.0 * PADDING.x;
            state.scroll = state.scroll.min(x).max(x - width).max(0.0);
        }
        let place = caret_rect(lines, caret, origin - vec2(state.scroll, 0.0));
        let now = ui.input(|input| input.time);
        let moved = (now - state.moved).abs() < f64::EPSILON;
        if std::mem::take(&mut state.reveal) || (moved && !ui.input(|input| input.pointer.any_down())) {
            ui.scroll_to_rect(place.expand2(vec2(0.0, LINE)), None);
        } else if moved {
            ui.scroll_to_rect(place, None);
        }
        ui.output_mut(|output| {
            output.ime = Some(egui::output::IMEOutput {
                purpose: egui::IMEPurpose::Normal,
                rect,
                cursor_rect: place,
                should_interrupt_composition: false,
            });
        });
    }
}

impl Caret {
    /// Carets are kept while texts change under them, as by undo; this brings one back.
    fn clamped_if_outside(self, text: &str) -> Self {
        let fits = |byte: usize| byte <= text.len() && text.is_char_boundary(byte);
        if fits(self.anchor) && fits(self.head) { self } else { self.clamped(text) }
    }
}

/// The keys that a field keeps from going elsewhere.
fn keys(completion: &Completion) -> EventFilter {
    let offers = completion.is_open();
    EventFilter { horizontal_arrows: true, vertical_arrows: true, tab: offers, escape: offers }
}

fn height(rows: usize) -> f32 {
    #[allow(clippy::cast_precision_loss, reason = "a text has fewer lines than an f32 can count")]
    let rows = rows.max(1) as f32;
    rows * LINE + 2.0 * PADDING.y
}

fn row_top(row: usize, origin: egui::Pos2) -> f32 {
    #[allow(clippy::cast_precision_loss, reason = "a text has fewer lines than an f32 can count")]
    let row = row as f32;
    origin.y + row * LINE
}

fn caret_rect(lines: &Lines, caret: Caret, origin: egui::Pos2) -> Rect {
    let (x, row) = caret::position(lines, caret);
    Rect::from_min_size(pos2((origin.x + x - 0.75).round(), row_top(row, origin) + 2.0), vec2(1.5, LINE - 4.0))
}

/// The bytes of so many characters before and after a place.
fn around(text: &str, at: usize, before: usize, after: usize) -> Range<usize> {
    let (left, right) = text.split_at_checked(at).unwrap_or((text, ""));
    let start = left.char_indices().rev().take(before).last().map_or(left.len(), |(byte, _)| byte);
    let end = right.char_indices().nth(after).map_or(right.len(), |(byte, _)| byte);
    start..left.len() + end
}

/// The areas of the selection, one a line.
fn selection(lines: &Lines, caret: Caret, origin: egui::Pos2) -> Vec<Rect> {
    let range = caret.range();
    let mut areas = Vec::new();
    for (row, line) in lines.lines.iter().enumerate() {
        let span = caret::span(lines, line);
        if span.end <= range.start && !(span.is_empty() && range.contains(&span.start)) || span.start >= range.end {
            continue;
        }
        let left = caret::x_in_line(lines, line, range.start.max(span.start));
        let right = caret::x_in_line(lines, line, range.end.min(span.end)).max(left + 4.0);
        let top = row_top(row, origin);
        areas.push(Rect::from_min_max(pos2(origin.x + left, top), pos2(origin.x + right, top + LINE)));
    }
    areas
}

/// Whether a fault is only that a subscript has not been typed to its end.
fn is_being_typed(text: &str, fault: &Range<usize>, caret: Caret) -> bool {
    let before = text.get(..caret.head).unwrap_or_default();
    fault.start < caret.head && caret.head <= fault.end && before.ends_with('\u{17D2}')
}

/// A wavy line under an area.
fn wave(painter: &egui::Painter, area: Rect, ink: Color32) {
    if !painter.clip_rect().intersects(area) {
        return;
    }
    let mut points = Vec::new();
    let (mut x, mut low) = (area.left(), false);
    while x <= area.right() + 1.0 {
        points.push(pos2(x, area.bottom() - if low { 1.5 } else { 4.0 }));
        (x, low) = (x + 2.5, !low);
    }
    painter.line(points, Stroke::new(1.3, ink));
}

/// Formatted text from outside as it may stand in a field.
fn cleaned(text: &RichText, multiline: bool) -> RichText {
    let mut cleaned = RichText::default();
    for (range, style) in text.runs() {
        cleaned.push_str(&clean(text.as_str().get(range).unwrap_or_default(), multiline), style);
    }
    cleaned
}

/// Marks for what draws nothing: spaces, places where a line may break, line ends.
fn invisible(painter: &egui::Painter, lines: &Lines, origin: egui::Pos2, ink: Color32) {
    for (row, line) in lines.lines.iter().enumerate() {
        let top = row_top(row, origin);
        if !painter.clip_rect().y_range().intersects(egui::Rangef::new(top, top + LINE)) {
            continue;
        }
        let clusters = lines.text.clusters.get(line.clusters.clone()).unwrap_or_default();
        for (cluster, edges) in clusters.iter().zip(line.x.windows(2)) {
            let [left, right] = *edges else { continue };
            let (left, middle) = (origin.x + line.left + left, origin.x + line.left + f32::midpoint(left, right));
            let centre = pos2(middle, top + ASCENT - 5.0);
            match lines.text.characters(cluster) {
                " " => _ = painter.circle_filled(centre, 1.2, ink),
                "\u{A0}" | "\u{202F}" => _ = painter.circle_stroke(centre, 2.2, Stroke::new(1.0, ink)),
                "\u{200B}" => {
                    painter.vline(left, egui::Rangef::new(top + 5.0, top + ASCENT + 3.0), Stroke::new(1.0, ink));
                }
                "\u{2060}" => {
                    painter.hline(left - 3.0..=left + 3.0, top + ASCENT + 4.0, Stroke::new(1.0, ink));
                }
                "\n" => {
                    let font = egui::FontId::proportional(12.0);
                    painter.text(pos2(left + 2.0, centre.y), egui::Align2::LEFT_CENTER, "¶", font, ink);
                }
                _ => {}
            }
        }
    }
}

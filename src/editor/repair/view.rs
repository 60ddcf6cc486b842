//! How a damaged draft is shown: what is wrong above, its text with numbers of lines, what can be
//! done below.

use std::ops::Range;

use egui::{
    Align, Align2, Button, FontId, Id, Key, KeyboardShortcut, Layout, Rect, RichText as Label, ScrollArea, Ui,
    UiBuilder, pos2, vec2,
};

use super::{Action, Repair, changed_part};
use crate::{
    editor::{
        command::Command,
        errors::Localise as _,
        field::{Canvas, FieldState, Leave, Output, SIZE, TextField},
        recovery::time,
        shortcut::key,
        theme::{self, accents, icon},
        words::Words,
    },
    release::RichText,
    storage::Settings,
};

/// The height of a line of a row that was not shown yet, in points, and what a row adds to it.
const GUESSED: (f32, f32) = (29.0, 6.0);
/// The advance of a character of either script, in ems, as a guess.
const GUESSED_ADVANCE: f32 = 0.45;
/// The width of a digit in the margin, in points, and of the space around its numbers.
const MARGIN: (f32, f32) = (8.5, 24.0);
/// Room for the scroll bar, which must not cover the ends of lines.
const BAR: f32 = 14.0;
/// Where in the view the line of the error comes to be, as a share of its height.
const EYE: f32 = 0.3;

/// What the form calls a field of a draft's file, by its name in `assets/i18n`.
fn form_name(field: &str) -> Option<&'static str> {
    Some(match field {
        "kingdom" => "kingdom",
        "motto" => "motto",
        "ornament" => "ornament",
        "emblem" => "emblem",
        "ministry" => "ministry",
        "department" => "department",
        "letterhead" => "section-letterhead",
        "reference" => "reference",
        "title" => "title",
        "headline" => "headline",
        "body" | "text" => "section-body",
        "signature" => "section-signature",
        "place" => "place",
        "date" => "date",
        "page" => "section-page",
        "paper" => "paper",
        "margins" => "margins",
        "language" => "release-language",
        "template" => "section-template",
        "placeholders" => "placeholders",
        _ => return None,
    })
}

/// The key that reads the corrected text again.
pub const READ: KeyboardShortcut = key(Key::F5);

impl Repair {
    /// Keys for what the buttons do, and one that leads from the text to them and back: Tab goes from line to line.
    pub(super) fn keys(&mut self, ui: &Ui) -> Option<Action> {
        let is_covered = ui.memory(|memory| memory.top_modal_layer().is_some());
        let takes = |shortcuts: &[KeyboardShortcut]| {
            !is_covered && shortcuts.iter().any(|shortcut| ui.input_mut(|input| input.consume_shortcut(shortcut)))
        };
        if takes(Command::OtherView.shortcuts()) {
            self.to_buttons = ui.memory(|memory| memory.has_focus(id(self.row)));
            self.wanted = !self.to_buttons;
        }
        if !self.is_editable() {
            return None;
        }
        let goes = takes(Command::NextFinding(true).shortcuts()).then_some(Action::GoToError);
        let reads = takes(&[READ]).then_some(Action::Read);
        reads.or(goes)
    }

    /// What is wrong, and where.
    pub(super) fn head(&mut self, ui: &mut Ui, words: &Words) -> Option<Action> {
        let mut action = None;
        egui::Panel::top("repair-head").show(ui, |ui| {
            ui.add_space(10.0);
            let name = self.file_name();
            let title = if self.is_editable() { "repair-title" } else { "repair-title-newer" };
            ui.label(Label::new(words.with(title, &[("name", &name)])).font(theme::strong(19.0)));
            ui.label(Label::new(self.path.display().to_string()).weak().small());
            ui.add_space(2.0);
            ui.label(words.get(if self.is_editable() { "repair-text" } else { "repair-newer" }));
            ui.add_space(4.0);
            let warning = accents(ui.visuals()).warning;
            ui.horizontal_top(|ui| {
                ui.label(Label::new(icon::WARNING).size(18.0).color(warning));
                let message = egui::Label::new(Label::new(self.message(words)).color(warning)).wrap().selectable(true);
                ui.add(message);
            });
            ui.add_space(6.0);
            ui.horizontal(|ui| {
                if self.is_editable() && ui.button(words.get("repair-go")).on_hover_text("F7").clicked() {
                    action = Some(Action::GoToError);
                }
                if let Some(saved) = self.last_good {
                    let saved = time(words, saved);
                    let text = words.with("repair-version", &[("time", &saved)]);
                    if ui.button(text).on_hover_text(words.get("repair-version-hint")).clicked() {
                        action = Some(Action::LastGood);
                    }
                }
            });
            ui.add_space(8.0);
        });
        action
    }

    /// The error with its place as it is now, for the text may have moved.
    fn message(&self, words: &Words) -> String {
        let row = self.text.row_at(self.at);
        let line = words.digits(&self.text.line_number(row).to_string());
        let place = words.with("repair-place", &[("line", &line)]);
        let field = self.error.field.as_deref().map(|field| match form_name(field) {
            Some(name) => words.with("repair-field", &[("field", words.get(name))]),
            None => words.with("repair-field", &[("field", field)]),
        });
        format!("{place}{}: {}", field.unwrap_or_default(), self.error.localised(words))
    }

    /// What can be done.
    pub(super) fn foot(&mut self, ui: &mut Ui, words: &Words) -> Option<Action> {
        let mut action = None;
        let to_buttons = std::mem::take(&mut self.to_buttons);
        egui::Panel::bottom("repair-foot").show(ui, |ui| {
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                if self.is_editable() {
                    let read = Button::new(Label::new(words.get("repair-read")).font(theme::strong(14.5)));
                    let read = ui.add(read).on_hover_text("F5");
                    if read.clicked() {
                        action = Some(Action::Read);
                    }
                    if to_buttons {
                        read.request_focus();
                    }
                }
                let copy = ui.button(words.get("repair-copy"));
                if copy.clicked() {
                    action = Some(Action::CopyAll);
                }
                if to_buttons && !self.is_editable() {
                    copy.request_focus();
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let name = if self.confirm_discard { "repair-discard" } else { "close" };
                    if ui.button(words.get(name)).clicked() {
                        action = Some(Action::Close);
                    }
                });
            });
            ui.add_space(8.0);
        });
        action
    }

    /// The text itself. Only the rows in view are built, and the one that has the keyboard.
    pub(super) fn body(&mut self, ui: &mut Ui, words: &Words, canvas: &mut Canvas, settings: &Settings) {
        self.take_back(ui);
        let frame = egui::Frame::new().fill(ui.visuals().text_edit_bg_color());
        egui::CentralPanel::no_frame().frame(frame).show(ui, |ui| {
            let visuals = ui.visuals_mut();
            // A page of text, and not a form: only the row in use has a frame.
            visuals.text_edit_bg_color = Some(egui::Color32::TRANSPARENT);
            visuals.widgets.inactive.bg_stroke = egui::Stroke::NONE;
            visuals.widgets.hovered.bg_stroke = egui::Stroke::NONE;
            let margin = self.text.lines().to_string().len() as f32 * MARGIN.0 + MARGIN.1;
            let width = (ui.available_width() - margin - BAR).max(SIZE);
            let guess = |characters: usize| {
                let lines = (characters as f32 * SIZE * GUESSED_ADVANCE / width).ceil().max(1.0);
                lines * GUESSED.0 + GUESSED.1
            };
            let whole = self.text.fit(width, guess);
            let mut area = ScrollArea::vertical().id_salt("repair").auto_shrink(false);
            // A question in front of the text has the keyboard, and gives it back at its end.
            let is_covered = ui.memory(|memory| memory.top_modal_layer().is_some());
            let wanted = std::mem::replace(&mut self.wanted, is_covered) && !is_covered;
            let jumps = std::mem::take(&mut self.jumps);
            if jumps {
                let spare = EYE * ui.available_height();
                area = area.vertical_scroll_offset((self.text.top(self.row) - spare).max(0.0));
            }
            if wanted {
                // Before any row is shown: the one that has the keyboard still would take it back.
                ui.memory_mut(|memory| memory.request_focus(id(self.row)));
            }
            area.show_viewport(ui, |ui, view| {
                ui.set_height(whole.max(view.height()));
                let origin = ui.max_rect().min;
                let view = if jumps {
                    // The place asked for above is taken in this very frame.
                    let top =
                        (self.text.top(self.row) - EYE * view.height()).clamp(0.0, (whole - view.height()).max(0.0));
                    Rect::from_min_size(pos2(view.left(), top), view.size())
                } else {
                    view
                };
                let keyboard = self.row;
                let first = self.text.row_below(view.top());
                let mut top = self.text.top(first);
                let mut shown = first..first;
                while shown.end < self.text.len() && top < view.bottom() {
                    let place = Rect::from_min_size(origin + vec2(margin, top), vec2(width, GUESSED.0));
                    self.margin(ui, words, shown.end, place, margin);
                    top += self.row(ui, words, canvas, settings, shown.end, place);
                    shown.end += 1;
                }
                if !shown.contains(&keyboard) && (wanted || ui.memory(|memory| memory.has_focus(id(keyboard)))) {
                    let place =
                        Rect::from_min_size(origin + vec2(margin, self.text.top(keyboard)), vec2(width, GUESSED.0));
                    self.row(ui, words, canvas, settings, keyboard, place);
                }
            });
        });
    }

    /// Undo and redo.
    fn take_back(&mut self, ui: &Ui) {
        // The longer shortcuts first, which the shorter ones would take for theirs.
        for command in [Command::Redo, Command::Undo] {
            for shortcut in command.shortcuts() {
                if !ui.input_mut(|input| input.consume_shortcut(shortcut)) {
                    continue;
                }
                self.state.pending_order = None;
                let change = if command == Command::Undo { self.text.undo() } else { self.text.redo() };
                if let Some((gone, length)) = change {
                    self.error_follows(&gone, length);
                    self.go_to(gone.start + length);
                }
            }
        }
    }

    /// The number of a line, and the mark of the one with the error.
    fn margin(&self, ui: &Ui, words: &Words, row: usize, place: Rect, margin: f32) {
        let accents = accents(ui.visuals());
        let is_wrong = self.text.line_number(row) == self.text.line_number(self.text.row_at(self.at));
        if is_wrong {
            let height = self.text.top(row + 1) - self.text.top(row);
            let left = place.left() - margin;
            let band = Rect::from_min_size(pos2(left, place.top()), vec2(margin + place.width() + BAR, height));
            ui.painter().rect_filled(band, 0.0, accents.warning.gamma_multiply(0.16));
            ui.painter().rect_filled(band.with_max_x(left + 4.0), 0.0, accents.warning);
        }
        if let Some(number) = self.text.number(row) {
            let ink = if is_wrong { accents.warning } else { ui.visuals().weak_text_color() };
            let at = pos2(place.left() - 8.0, place.top() + f32::midpoint(GUESSED.0, GUESSED.1));
            let number = words.digits(&number.to_string());
            ui.painter().text(at, Align2::RIGHT_CENTER, number, FontId::proportional(13.0), ink);
        }
    }

    /// One row; gives its height.
    fn row(
        &mut self,
        ui: &mut Ui,
        words: &Words,
        canvas: &mut Canvas,
        settings: &Settings,
        row: usize,
        place: Rect,
    ) -> f32 {
        let id = id(row);
        let has_caret = row == self.row;
        let mut state = if has_caret { std::mem::take(&mut self.state) } else { FieldState::default() };
        let before = state.clone();
        let number = words.digits(&self.text.line_number(row).to_string());
        let text = RichText::plain(self.text.row(row));
        let field = TextField {
            id,
            label: &words.with("repair-line", &[("line", &number)]),
            hint: "",
            text: &text,
            wrap: true,
            multiline: true,
            show_invisible: settings.show_invisible,
            space_is_zero_width: settings.space_is_zero_width,
            marks: &self.marks(row),
            names: None,
            quotes: None,
        };
        let builder = UiBuilder::new().id_salt(row).max_rect(place);
        let output = ui.scope_builder(builder, |ui| field.show(ui, &mut state, canvas)).inner;
        let height = output.response.rect.height();
        if self.text.measured(row, height) {
            ui.ctx().request_repaint();
        }
        if has_caret {
            self.state = state;
        } else if ui.memory(|memory| memory.has_focus(id)) {
            self.settle();
            (self.row, self.state) = (row, state);
        }
        if self.row == row {
            self.typed(output, before);
        }
        height
    }

    /// What the error is about, in a row.
    fn marks(&self, row: usize) -> Vec<Range<usize>> {
        let range = self.text.range(row);
        let Some(at) = self.at.checked_sub(range.start).filter(|_| self.text.row_at(self.at) == row) else {
            return Vec::new();
        };
        let rest = self.text.row(row).get(at..).unwrap_or_default();
        let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let length = word.max(rest.chars().next().map_or(0, char::len_utf8));
        (length > 0).then(|| at..at + length).into_iter().collect()
    }

    /// What was typed into the row that has the caret, or where the caret wants to go.
    fn typed(&mut self, output: Output, before: FieldState) {
        let range = self.text.range(self.row);
        if let Some((text, _)) = output.changed {
            if !self.is_editable() {
                self.state = before;
                return;
            }
            let typed = text.as_str();
            // Only what differs, so that a step back is small and the place of the error stays.
            let (changed, with) = changed_part(self.text.row(self.row), typed);
            let lines = typed.contains('\n');
            let head = range.start + self.state.head();
            self.replace(range.start + changed.start..range.start + changed.end, with);
            if lines || self.text.row_at(head) != self.row {
                self.go_to(head);
            }
            return;
        }
        let at = output.before.head.byte;
        match output.leave {
            Some(Leave::Up) if self.row > 0 => {
                self.settle();
                self.go_to_row(self.row - 1, if at == 0 { usize::MAX } else { at });
            }
            Some(Leave::Down) if self.row + 1 < self.text.len() => {
                self.settle();
                self.go_to_row(self.row + 1, if at == range.len() { 0 } else { at });
            }
            Some(Leave::JoinBefore) if self.is_editable() && range.start > 0 => {
                let before = self.text.as_str().get(..range.start).unwrap_or_default();
                let end =
                    if before.ends_with("\r\n") { 2 } else { before.chars().next_back().map_or(0, char::len_utf8) };
                self.replace(range.start - end..range.start, "");
                self.go_to(range.start - end);
            }
            Some(Leave::JoinAfter) if self.is_editable() => {
                let after = self.text.as_str().get(range.end..).unwrap_or_default();
                let end = if after.starts_with("\r\n") { 2 } else { after.chars().next().map_or(0, char::len_utf8) };
                self.replace(range.end..range.end + end, "");
                self.go_to(range.end);
            }
            _ => {}
        }
    }
}

fn id(row: usize) -> Id {
    Id::unique(("repair", row))
}

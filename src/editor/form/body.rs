//! The body of the release: one text over all its paragraphs, and what can be done with each at its side.

use egui::{Button, FontId, Popup, Rect, RichText as Label, Sense, Ui, WidgetInfo, vec2};

use super::{Context, Form};
use crate::{
    editing::{Document, Selection, TableEdit, notes::behind_reference},
    editor::{field_names::name_in, theme::icon},
    release::{BlockKind, Cell, Field},
};

/// Room at the side for the button of a paragraph, in points.
const GUTTER: f32 = 24.0;
/// The size of that button.
const HANDLE: f32 = 22.0;

/// A cell that is not the first of its row.
const BESIDE: BlockKind = BlockKind::Cell(Cell::Beside);

/// What can be done with a paragraph.
#[derive(Clone, Copy)]
enum Action {
    Move(isize),
    Page(bool),
    Remove,
}

impl Form {
    pub(super) fn body(&mut self, ui: &mut Ui, with: &mut Context<'_>) {
        let (label, hint) = (with.words.get("section-body"), with.words.get("paragraph-hint"));
        let blocks = self.flow(ui, with, Field::Paragraph(0), label, hint, GUTTER);
        let edge = ui.clip_rect().top();
        let first = blocks.iter().find(|(_, rect)| rect.bottom() > edge);
        self.top = first.map(|(field, rect)| if rect.top() > edge { Field::Headline } else { *field });
        let mut action = None;
        for (field, rect) in blocks {
            let Field::Paragraph(index) = field else { continue };
            if with.document.release().body.get(index).is_some_and(|block| block.new_page) {
                page_begins(ui, with, rect);
            }
            // Of a row one button does for all of its cells.
            if with.document.release().body.get(index).is_none_or(|block| block.kind != BESIDE) {
                action = self.side(ui, with, index, rect).map(|action| (index, action)).or(action);
            }
        }
        if let Some((index, action)) = action {
            self.carry_out(with, index, action);
        }
        self.notes(ui, with);
    }

    /// The footnotes below the text, each with a button that deletes it. Tab passes the button over, because Enter on
    /// the way to the note would press it; without a mouse, delete the number in the text.
    fn notes(&mut self, ui: &mut Ui, with: &mut Context<'_>) {
        let notes: Vec<Field> = with.document.release().notes().map(|(index, at, _)| Field::Note(index, at)).collect();
        let mut removed = None;
        for (number, field) in (1..).zip(notes) {
            let number: usize = number;
            let name = with.words.with("footnote", &[("number", &with.words.digits(&number.to_string()))]);
            ui.horizontal(|ui| {
                ui.label(&name);
                let words = with.words.with("footnote-remove", &[("note", &name)]);
                let remove = ui.add(Button::new(icon::CLOSE).small().sense(Sense::CLICK)).on_hover_text(&words);
                remove.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &words));
                if remove.clicked() {
                    removed = Some(field);
                }
            });
            let hint = with.words.get("footnote-hint");
            self.field(ui, with, field, &name, hint);
        }
        if let Some(note) = removed {
            self.settle(with.document);
            if let Some(after) = with.document.remove_note(note, self.place()) {
                self.go_to(after);
            }
        }
    }

    /// Puts a footnote behind the selection and goes into it; in a footnote, goes back to the text.
    pub fn footnote(&mut self, document: &mut Document) {
        self.settle(document);
        let Some(place) = self.place() else { return };
        let to = behind_reference(place.field()).or_else(|| document.insert_note(place));
        if let Some(to) = to {
            self.forget_typing();
            self.go_to(to);
        }
    }

    /// The button beside a paragraph, while the mouse or the caret is there. It is no stop of Tab: there are keys
    /// for what it does.
    fn side(&self, ui: &mut Ui, with: &Context<'_>, index: usize, rect: Rect) -> Option<Action> {
        let count = with.document.release().body.len();
        let block = with.document.release().body.get(index)?;
        let place = Rect::from_min_size(rect.right_top() + vec2(-HANDLE - 4.0, 4.0), vec2(HANDLE, HANDLE));
        let id = super::id_of(Field::Paragraph(0)).with(("side", index));
        let response = ui.interact(place, id, Sense::CLICK);
        let is_open = Popup::is_id_open(ui.ctx(), Popup::default_response_id(&response));
        let is_current = self.current() == Some(Field::Paragraph(index));
        if !(is_open || is_current || ui.rect_contains_pointer(rect)) {
            return None;
        }
        let name = name_in(with.words, with.document.release(), Field::Paragraph(index));
        let visuals = ui.style().interact(&response);
        if response.hovered() || is_open {
            ui.painter().rect_filled(place, 4.0, visuals.bg_fill);
        }
        let ink = if response.hovered() { visuals.text_color() } else { ui.visuals().weak_text_color() };
        for y in [-5.0, 0.0, 5.0] {
            ui.painter().circle_filled(place.center() + vec2(0.0, y), 1.4, ink);
        }
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
        let response = response.on_hover_text(&name);
        let mut action = None;
        Popup::menu(&response).show(|ui| {
            ui.set_min_width(220.0);
            ui.label(Label::new(&name).weak());
            let mut item = |ui: &mut Ui, enabled: bool, icon: &str, words: &str, keys: &str, done: Action| {
                let button = Button::new(format!("{icon}  {}", with.words.get(words))).shortcut_text(keys);
                if ui.add_enabled(enabled, button).clicked() {
                    action = Some(done);
                }
            };
            item(ui, index > 0, icon::UP, "paragraph-up", "Alt+↑", Action::Move(-1));
            item(ui, index + 1 < count, icon::DOWN, "paragraph-down", "Alt+↓", Action::Move(1));
            let page = if block.new_page { "paragraph-same-page" } else { "paragraph-new-page" };
            item(ui, true, icon::NEW_PAGE, page, "Ctrl+Enter", Action::Page(!block.new_page));
            item(ui, true, icon::REMOVE, "paragraph-remove", "", Action::Remove);
        });
        action
    }

    fn carry_out(&mut self, with: &mut Context<'_>, index: usize, action: Action) {
        self.settle(with.document);
        self.forget_typing();
        let field = Field::Paragraph(index);
        let here = self.place().filter(|place| place.single().is_some_and(|(at, _)| at == field));
        let place = here.unwrap_or(Selection::at(field, 0));
        match action {
            Action::Move(by) => {
                if let Some(after) = with.document.move_paragraphs(place, by) {
                    self.go_to(after);
                }
            }
            Action::Page(new_page) => {
                with.document.begin_page(field, new_page, place);
            }
            Action::Remove if with.document.release().body.get(index).is_some_and(|block| block.kind.is_cell()) => {
                if let Some(after) = with.document.edit_table(place, TableEdit::RemoveRows) {
                    self.go_to(after);
                }
            }
            Action::Remove => {
                let after = with.document.remove_paragraph(index, place);
                self.go_to(after);
            }
        }
    }
}

/// A line above a paragraph that begins a page.
fn page_begins(ui: &Ui, with: &Context<'_>, rect: Rect) {
    let ink = ui.visuals().weak_text_color();
    let y = rect.top() - 3.5;
    let text = with.words.get("page-begins");
    let galley = ui.painter().layout_no_wrap(text.to_owned(), FontId::proportional(10.5), ink);
    let left = rect.center().x - galley.size().x / 2.0;
    let right = left + galley.size().x;
    let stroke = egui::Stroke::new(1.0, ink);
    for (from, to) in [(rect.left() + 8.0, left - 6.0), (right + 6.0, rect.right() - 8.0)] {
        ui.painter().add(egui::Shape::dashed_line(&[egui::pos2(from, y), egui::pos2(to, y)], stroke, 4.0, 3.0));
    }
    ui.painter().galley(egui::pos2(left, y - galley.size().y / 2.0), galley, ink);
}

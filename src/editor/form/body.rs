//! The paragraphs of the form: shown near the view, added, moved, split and joined.
//!
//! Invariant: the caret goes with the characters that it stands behind.

use egui::{RichText as Label, Ui, vec2};

use super::{
    super::{
        document::Step,
        field::{Caret, TextField},
        theme::icon,
    },
    Context, Form, field_name,
};
use crate::release::{Field, Paragraph, RichText};

impl Form {
    pub(super) fn body(&mut self, ui: &mut Ui, with: &mut Context<'_>, count: usize) {
        // Who listens to the form hears all of it; who looks at it needs what is near the view.
        let told = ui.ctx().has_accesskit_node(egui::accesskit_root_id());
        let view = ui.clip_rect().y_range();
        let near = view.expand(view.span());
        let mut index = 0;
        while index < count.min(with.document.release().body.len()) {
            let top = ui.cursor().top();
            let height = self.paragraph_height(ui, with, index);
            if told || near.intersects(egui::Rangef::new(top, top + height)) || self.is_busy(index) {
                ui.push_id(("paragraph", index), |ui| self.paragraph(ui, with, index));
            } else {
                ui.allocate_space(vec2(ui.available_width(), height));
            }
            index += 1;
        }
        let add = format!("{}  {}", icon::ADD, with.words.get("paragraph-add"));
        if ui.button(add).clicked() {
            let end = with.document.release().body.len();
            with.document.change(Step::AddParagraph, self.place(), |release| release.body.push(Paragraph::default()));
            if !with.document.is_refused() {
                self.go_to((Field::Paragraph(end), Caret::at(0)));
            }
        }
    }

    /// The height of a paragraph's row, in points.
    fn paragraph_height(&self, ui: &Ui, with: &mut Context<'_>, index: usize) -> f32 {
        let body = &with.document.release().body;
        let Some(paragraph) = body.get(index) else { return 0.0 };
        let (field, guessed) = TextField::height(&paragraph.text, ui.available_width(), with.canvas);
        if guessed {
            ui.ctx().request_repaint();
        }
        self.row_head + ui.spacing().item_spacing.y + field
    }

    /// Whether a paragraph is at the caret, is to get it, or has something to do before it rests.
    fn is_busy(&self, index: usize) -> bool {
        let at_caret = matches!(self.current, Some(Field::Paragraph(current)) if current.abs_diff(index) <= 1);
        let state = self.states.get(&Field::Paragraph(index));
        at_caret || state.is_some_and(|state| state.reveal || state.unsettled.is_some())
    }

    fn paragraph(&mut self, ui: &mut Ui, with: &mut Context<'_>, index: usize) {
        let label = field_name(with.words, Field::Paragraph(index));
        let release = with.document.release();
        let (last, new_page) = (index + 1 == release.body.len(), release.body.get(index).is_some_and(|p| p.new_page));
        let head = ui.horizontal(|ui| {
            ui.label(Label::new(&label).small().color(ui.visuals().weak_text_color()));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                let button = |ui: &mut Ui, enabled: bool, icon: &str, name: &str, on: bool| {
                    let name = format!("{} ({label})", with.words.get(name));
                    let button = egui::Button::new(Label::new(icon).size(15.0)).frame_when_inactive(on).selected(on);
                    let response = ui.add_enabled(enabled, button).on_hover_text(&name);
                    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, &name));
                    response.clicked()
                };
                if button(ui, true, icon::REMOVE, "paragraph-remove", false) {
                    self.settle(with.document);
                    self.forget_typing();
                    with.document.change(Step::RemoveParagraph, self.place(), |release| {
                        if index < release.body.len() {
                            release.body.remove(index);
                        }
                    });
                    let left = with.document.release().body.len();
                    if left > 0 {
                        self.go_to((Field::Paragraph(index.min(left - 1)), Caret::at(0)));
                    }
                }
                if button(ui, !last, icon::DOWN, "paragraph-down", false) {
                    self.swap(with, index, index + 1);
                }
                if button(ui, index > 0, icon::UP, "paragraph-up", false) {
                    self.swap(with, index, index - 1);
                }
                if button(ui, true, icon::NEW_PAGE, "paragraph-new-page", new_page) {
                    with.document.change(Step::Setup, self.place(), |release| {
                        if let Some(paragraph) = release.body.get_mut(index) {
                            paragraph.new_page = !paragraph.new_page;
                        }
                    });
                }
            });
        });
        self.row_head = head.response.rect.height();
        let hint = with.words.get("paragraph-hint");
        self.field(ui, with, Field::Paragraph(index), &label, hint);
    }

    fn swap(&mut self, with: &mut Context<'_>, from: usize, to: usize) {
        self.settle(with.document);
        self.forget_typing();
        let caret = self.states.get(&Field::Paragraph(from)).map(|state| state.caret).unwrap_or_default();
        with.document.change(Step::MoveParagraph, self.place(), |release| {
            if from < release.body.len() && to < release.body.len() {
                release.body.swap(from, to);
            }
        });
        self.go_to((Field::Paragraph(to), caret));
    }

    /// Line breaks in a paragraph make paragraphs.
    pub(super) fn split(&mut self, with: &mut Context<'_>, index: usize, before: Caret, text: &RichText, step: Step) {
        self.forget_typing();
        let head = self.states.get(&Field::Paragraph(index)).map_or(0, |state| state.caret.head);
        let lines = text.lines();
        // The caret goes with the characters that it stands behind.
        let (mut at, mut start) = (0, 0);
        for (i, line) in lines.iter().enumerate() {
            if head >= start {
                (at, start) = (i, start);
                if head <= start + line.len() {
                    break;
                }
            }
            start += line.len() + 1;
        }
        with.document.change(step, Some((Field::Paragraph(index), before)), |release| {
            let Some(paragraph) = release.body.get(index) else { return };
            let new_page = paragraph.new_page;
            let paragraphs =
                lines.into_iter().enumerate().map(|(i, text)| Paragraph { text, new_page: new_page && i == 0 });
            release.body.splice(index..=index, paragraphs);
        });
        self.go_to((Field::Paragraph(index + at), Caret::at(head.saturating_sub(start))));
    }

    /// Joins a paragraph with the one after it.
    pub(super) fn join(&mut self, with: &mut Context<'_>, index: usize) {
        let Some(end) = with.document.release().body.get(index).map(|paragraph| paragraph.text.len()) else { return };
        self.forget_typing();
        with.document.change(Step::JoinParagraphs, self.place(), |release| {
            if index + 1 < release.body.len() {
                let after = release.body.remove(index + 1);
                if let Some(paragraph) = release.body.get_mut(index) {
                    paragraph.text.push(&after.text);
                }
            }
        });
        let text = with.document.release().text(Field::Paragraph(index)).map(|text| text.as_str().to_owned());
        let caret = Caret::at(end).clamped(&text.unwrap_or_default());
        self.go_to((Field::Paragraph(index), caret));
    }
}

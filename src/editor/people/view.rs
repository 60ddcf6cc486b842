//! The list of names and titles and the form beside it, as they are drawn.

use egui::{Button, Id, RichText as Label, Ui};

use super::{Action, Chosen, People, ROW, ROWS, id};
use crate::{
    editor::{
        field::{Canvas, Leave, PlainField},
        theme,
        words::Words,
    },
    release::Language,
    storage::Settings,
};

impl People {
    /// The list, and the field that searches it.
    pub(super) fn list(
        &mut self,
        ui: &mut Ui,
        words: &Words,
        canvas: &mut Canvas,
        settings: &Settings,
        height: f32,
    ) -> Option<Action> {
        let mut action = None;
        let search = PlainField {
            id: Id::unique("people-search"),
            label: words.get("names-search"),
            hint: words.get("names-search"),
            multiline: false,
            names: None,
            quotes: None,
        };
        let [state, ..] = &mut *self.states;
        search.show(ui, &mut self.search, state, canvas, settings);
        ui.add_space(4.0);
        let found = self.found().to_vec();
        if found.is_empty() {
            let none = if self.own.is_empty() && self.shared.is_empty() { "names-none" } else { "found-none" };
            ui.label(Label::new(words.get(none)).weak());
        }
        let area = egui::ScrollArea::vertical().id_salt("people").max_height(height - 44.0).auto_shrink([false, true]);
        area.show_rows(ui, ROW, found.len(), |ui, range| {
            for &one in found.get(range).unwrap_or_default() {
                let Some(person) = self.person(one) else { continue };
                let name = person.any_name();
                let sign = if matches!(one, Chosen::Shared(_)) { theme::icon::LOCK } else { "" };
                let button = Button::selectable(self.chosen == one, name).right_text(sign).truncate();
                let shown = ui.add_sized([ui.available_width(), ROW - 4.0], button);
                shown.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, self.chosen == one, name));
                if shown.on_hover_text(&person.title.english).clicked() {
                    action = Some(Action::Choose(one));
                }
            }
        });
        action
    }

    /// The fields; says whether Enter was pressed in one.
    fn fields(&mut self, ui: &mut Ui, words: &Words, canvas: &mut Canvas, settings: &Settings) -> bool {
        let mut entered = false;
        let [_, states @ ..] = &mut *self.states;
        let mut states = states.iter_mut();
        let entry = &mut self.entry;
        ui.columns_const(|columns: &mut [Ui; 2]| {
            for (ui, language) in columns.iter_mut().zip([Language::English, Language::Khmer]) {
                let named = match language {
                    Language::English => "english",
                    Language::Khmer => "khmer",
                };
                ui.label(Label::new(words.get(named)).font(theme::strong(15.0)));
                for ((row, of), state) in ROWS.iter().zip(states.by_ref()) {
                    let both = of(entry);
                    let text = match language {
                        Language::English => &mut both.english,
                        Language::Khmer => &mut both.khmer,
                    };
                    let id = id(row, language);
                    ui.add_space(2.0);
                    ui.label(words.get(row));
                    let label = format!("{} ({})", words.get(row), words.get(named));
                    if self.wanted == Some(id) && theme::focus(ui, id) {
                        self.wanted = None;
                    }
                    let hint = if *row == "person-name" { "" } else { words.get("optional") };
                    let field = PlainField { id, label: &label, hint, multiline: false, names: None, quotes: None };
                    entered |= field.show(ui, text, state, canvas, settings).leave == Some(Leave::Next);
                }
            }
        });
        entered
    }

    /// A person of a shared list, who cannot be changed here.
    fn read_only(&self, ui: &mut Ui, words: &Words) -> Option<Action> {
        let Chosen::Shared(index) = self.chosen else { return None };
        let (_, file) = self.shared.get(index)?;
        let mut person = self.entry.clone();
        for (row, of) in ROWS {
            let both = of(&mut person);
            for text in [&both.english, &both.khmer].into_iter().filter(|text| !text.is_empty()) {
                ui.label(Label::new(words.get(row)).small().weak());
                ui.label(text);
            }
        }
        ui.add_space(10.0);
        ui.label(Label::new(words.with("names-shared", &[("file", file)])).weak());
        ui.button(words.get("names-copy")).clicked().then_some(Action::Copy)
    }

    /// What is known of the person, and what is wrong with it.
    pub(super) fn person_fields(
        &mut self,
        ui: &mut Ui,
        words: &Words,
        canvas: &mut Canvas,
        settings: &Settings,
    ) -> Option<Action> {
        let mut entered = false;
        if self.is_writing {
            ui.disable();
        }
        let copy = self.read_only(ui, words);
        if !matches!(self.chosen, Chosen::Shared(_)) {
            entered = self.fields(ui, words, canvas, settings) && self.is_changed();
        }
        if let Some(error) = &self.error {
            ui.add_space(4.0);
            ui.label(Label::new(error).color(theme::accents(ui.visuals()).warning));
        }
        copy.or(entered.then_some(Action::Keep))
    }

    /// The buttons below list and form.
    pub(super) fn buttons(&self, ui: &mut Ui, words: &Words) -> Option<Action> {
        let mut action = None;
        let changed = self.is_changed();
        ui.horizontal(|ui| {
            if !matches!(self.chosen, Chosen::Shared(_)) {
                if ui.add_enabled(changed, Button::new(words.get("names-keep"))).clicked() {
                    action = Some(Action::Keep);
                }
                if ui.add_enabled(changed, Button::new(words.get("names-discard"))).clicked() {
                    action = Some(Action::Discard);
                }
            }
            if matches!(self.chosen, Chosen::Own(_)) {
                let name = if self.really { "names-really" } else { "names-delete" };
                if ui.button(words.get(name)).clicked() {
                    action = Some(Action::Delete);
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.button(words.get("close")).clicked() {
                    action = Some(Action::Close);
                }
                if ui.add_enabled(self.chosen != Chosen::New || changed, Button::new(words.get("names-new"))).clicked()
                {
                    action = Some(Action::Choose(Chosen::New));
                }
            });
        });
        action
    }
}

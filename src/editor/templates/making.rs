//! Selected words becoming a placeholder.

use std::ops::Range;

use egui::{Button, Id, RichText as Label};

use super::super::{
    Editor,
    field::{FieldState, PlainField},
    field_names::kind_name,
    theme,
};
use super::section::KINDS;
use crate::{
    editing::{Selection, Step},
    release::{Field, Kind, Placeholder, placeholders::is_name},
    template::make_placeholder,
};

/// A placeholder about to be made.
pub struct Making {
    field: Field,
    /// The selected words, in bytes of the field's text.
    range: Range<usize>,
    /// The draft as it was when they were selected.
    revision: u64,
    placeholder: Placeholder,
    /// The placeholder before anything was said of it.
    before: Placeholder,
    /// The choices, a line each.
    choices: String,
    states: [FieldState; 4],
    /// Whether the caret is to go into the first field.
    focus: bool,
}

impl Making {
    /// Whether something was typed that closing would lose.
    pub fn is_begun(&self) -> bool {
        self.placeholder != self.before || !self.choices.is_empty()
    }
}

impl Editor {
    /// Begins to make the selected words a placeholder.
    pub(in super::super) fn open_making(&mut self) {
        let Some((field, chosen)) = self.form.place().and_then(Selection::single) else { return };
        let Some(text) = self.desk.document.release().text(field) else { return };
        // Spaces at the ends, which a selection of words takes along, stay in the text.
        let selected = text.as_str().get(chosen.clone()).unwrap_or_default();
        let start = chosen.start + (selected.len() - selected.trim_start().len());
        let default = selected.trim().to_owned();
        let range = start..start + default.len();
        let placeholder = Placeholder { default, ..Placeholder::default() };
        self.templates.making = Some(Making {
            field,
            range,
            revision: self.desk.document.revision(),
            before: placeholder.clone(),
            placeholder,
            choices: String::new(),
            states: Default::default(),
            focus: true,
        });
    }

    pub(super) fn ask_placeholder(&mut self, ctx: &egui::Context) {
        let Some(mut making) = self.templates.making.take() else { return };
        let (mut ok, mut cancel) = (false, false);
        let (words, canvas, settings) = (&self.words, &mut self.canvas, &self.settings);
        let known = self.desk.document.release().placeholders.iter().any(|one| one.name == making.placeholder.name);
        let question = theme::question(ctx, "placeholder").show(ctx, |ui| {
            ui.set_width(440.0);
            ui.label(Label::new(words.get("make-title")).font(theme::strong(17.0)));
            ui.add_space(6.0);
            let Making { placeholder: Placeholder { name, kind, prompt, default }, choices, states, focus, .. } =
                &mut making;
            let [name_state, prompt_state, default_state, choices_state] = states;
            let plain = |name: &'static str, hint: &'static str, multiline| {
                let id = Id::unique(("make", name));
                PlainField { id, label: words.get(name), hint: words.get(hint), multiline, names: None, quotes: None }
            };
            *focus = *focus && !theme::focus(ui, Id::unique(("make", "make-name")));
            ui.label(words.get("make-name"));
            ok |= plain("make-name", "make-name-hint", false)
                .show(ui, name, name_state, canvas, settings)
                .leave
                .is_some_and(|leave| leave == super::super::field::Leave::Next);
            if known {
                ui.label(Label::new(words.get("make-known")).small().weak());
            } else if !name.is_empty() && !is_name(name.trim()) {
                let ink = theme::accents(ui.visuals()).warning;
                ui.label(Label::new(words.get("make-no-name")).small().color(ink));
            }
            if !known {
                ui.label(words.get("make-kind"));
                ui.horizontal(|ui| {
                    for one in KINDS {
                        if ui.selectable_label(kind_name(kind) == kind_name(&one), words.get(kind_name(&one))).clicked()
                        {
                            *kind = one;
                        }
                    }
                });
                if matches!(kind, Kind::Choice(_)) {
                    ui.label(words.get("make-choices"));
                    plain("make-choices", "make-choices-hint", true).show(ui, choices, choices_state, canvas, settings);
                }
                ui.label(words.get("make-prompt"));
                plain("make-prompt", "make-prompt-hint", false).show(ui, prompt, prompt_state, canvas, settings);
                ui.label(words.get("make-default"));
                let multiline = *kind == Kind::LongText;
                plain("make-default", "optional", multiline).show(ui, default, default_state, canvas, settings);
            }
            ui.add_space(10.0);
            ui.horizontal(|ui| {
                ok |= ui.add_enabled(is_name(name.trim()), Button::new(words.get("make-ok"))).clicked();
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    cancel = ui.button(words.get("cancel")).clicked();
                });
            });
            ok &= is_name(name.trim());
        });
        // What was typed goes by a button alone, not by a key or a click beside it.
        // The place is that of the words that were selected.
        if cancel || question.should_close() && !making.is_begun() || making.revision != self.desk.document.revision() {
            self.form.go_to(Selection::select(making.field, making.range));
            return;
        }
        if !ok {
            self.templates.making = Some(making);
            return;
        }
        self.make(making);
    }

    /// Makes the selected words the placeholder.
    fn make(&mut self, making: Making) {
        let Making { field, range, mut placeholder, choices, .. } = making;
        placeholder.name = placeholder.name.trim().to_owned();
        if let Kind::Choice(all) = &mut placeholder.kind {
            *all = choices.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
            if !all.contains(&placeholder.default) {
                placeholder.default.clear();
            }
        }
        let declared =
            self.desk.document.release().placeholders.iter().find(|one| one.name == placeholder.name).cloned();
        let placeholder = declared.unwrap_or(placeholder);
        let place = Some(Selection::select(field, range.clone()));
        let mut made = range.clone();
        self.desk.document.change(Step::Placeholder, place, |release| {
            made = make_placeholder(release, field, range, placeholder);
        });
        self.desk.document.close_step(None);
        self.form.go_to(Selection::at(field, made.end));
    }
}

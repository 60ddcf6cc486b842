//! What stands above and below the text: letterhead and signature.

use egui::{Id, Ui};

use super::{
    super::{calendar::DateButton, command::Command, editing::Step, field::PlainField, templates, theme::icon},
    Context, Form,
};
use crate::{
    dates,
    release::{Emblem, Field, Language, Lock, SigningDate, placeholders},
};

/// The height from which another is chosen, in millimetres: that of the house at 12 points.
const USUAL_HEIGHT: u8 = 25;

impl Form {
    pub(super) fn letterhead(&mut self, ui: &mut Ui, with: &mut Context<'_>) {
        self.labelled(ui, with, Field::Kingdom);
        self.labelled(ui, with, Field::Motto);
        let mut ornament = with.document.release().letterhead.ornament;
        if ui.checkbox(&mut ornament, with.words.get("ornament")).changed() {
            with.document.change(Step::Setup, self.place(), |release| release.letterhead.ornament = ornament);
        }
        self.emblem(ui, with);
        self.labelled(ui, with, Field::Ministry);
        self.labelled(ui, with, Field::Department);
    }

    fn emblem(&mut self, ui: &mut Ui, with: &mut Context<'_>) {
        let emblem = with.document.release().letterhead.emblem.clone();
        ui.add_space(2.0);
        ui.label(with.words.get("emblem"));
        ui.horizontal(|ui| {
            let command = Command::ChooseEmblem;
            if ui.button(format!("{}  {}", command.icon(), with.words.get(command.name()))).clicked() {
                with.commands.push(command);
            }
            if let Some(emblem) = &emblem {
                let remove = ui.button(icon::CLOSE).on_hover_text(with.words.get("emblem-remove"));
                remove.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::Button, true, with.words.get("emblem-remove"))
                });
                if remove.clicked() {
                    with.document.change(Step::Emblem, self.place(), |release| release.letterhead.emblem = None);
                }
                let name = std::path::Path::new(&emblem.file).file_name().unwrap_or_default().to_string_lossy();
                ui.add(egui::Label::new(name).truncate()).on_hover_text(&emblem.file);
            }
        });
        let Some(emblem) = emblem else { return };
        self.emblem_height(ui, with, emblem.height);
        ui.label(with.words.get("emblem-alternative"));
        let mut text = emblem.alternative;
        let field = PlainField {
            id: Id::unique("emblem-alternative"),
            label: with.words.get("emblem-alternative"),
            hint: with.words.get("emblem-alternative-hint"),
            multiline: false,
            names: None,
        };
        let output = field.show(ui, &mut text, &mut self.alternative, with.canvas, with.settings);
        if output.changed.is_some() {
            with.document.change(Step::Emblem, None, |release| {
                if let Some(emblem) = &mut release.letterhead.emblem {
                    emblem.alternative = text;
                }
            });
        }
    }

    /// The height of the emblem: the house's own, or another.
    fn emblem_height(&mut self, ui: &mut Ui, with: &mut Context<'_>, height: Option<u8>) {
        let words = with.words;
        let mut as_usual = height.is_none();
        let mut number = height.unwrap_or(USUAL_HEIGHT);
        ui.horizontal(|ui| {
            ui.label(words.get("emblem-height"));
            let drag = egui::DragValue::new(&mut number).range(Emblem::HEIGHTS).speed(0.25);
            let drag = drag.update_while_editing(false);
            let response = ui.add_enabled(!as_usual, drag);
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::SpinButton, !as_usual, words.get("emblem-height"))
            });
            ui.checkbox(&mut as_usual, words.get("as-usual"));
        });
        let wanted = (!as_usual).then_some(number);
        if wanted != height {
            with.document.change(Step::Emblem, self.place(), |release| {
                if let Some(emblem) = &mut release.letterhead.emblem {
                    emblem.height = wanted;
                }
            });
        }
    }

    pub(super) fn signature(&mut self, ui: &mut Ui, with: &mut Context<'_>) {
        let locked = templates::locked(ui, with, Lock::Signature);
        ui.add_enabled_ui(!locked, |ui| self.labelled(ui, with, Field::Place));
        self.date(ui, with);
        ui.add_enabled_ui(!locked, |ui| self.signatory(ui, with));
    }

    fn signatory(&mut self, ui: &mut Ui, with: &mut Context<'_>) {
        if with.document.release().language == Language::Khmer {
            let mut lunar = with.document.release().signature.lunar_date;
            if ui.checkbox(&mut lunar, with.words.get("lunar-date")).changed() {
                with.document.change(Step::Date, self.place(), |release| release.signature.lunar_date = lunar);
            }
        }
        self.labelled(ui, with, Field::SignatoryTitle);
        self.labelled(ui, with, Field::SignatoryName);
    }

    fn date(&mut self, ui: &mut Ui, with: &mut Context<'_>) {
        let words = with.words;
        let date = with.document.release().signature.date.clone();
        let shown = match &date {
            SigningDate::Unset => words.get("date-none").to_owned(),
            SigningDate::Day(day) => dates::date_in(words.language, *day),
            SigningDate::Placeholder(name) => placeholders::written(name),
        };
        let label = ui.label(words.get("date"));
        let button = DateButton {
            words,
            shown: &shown,
            date: date.day(),
            can_clear: date != SigningDate::Unset,
            open: std::mem::take(&mut self.open_calendar),
        };
        if let Some(date) = button.show(ui, label.id, &mut self.picker, with.canvas, with.settings) {
            with.document.change(Step::Date, self.place(), |release| release.signature.date = date.into());
        }
    }
}

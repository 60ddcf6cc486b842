//! What is above and below the text: letterhead and signature.

use egui::{Button, Id, Ui};

use super::{
    super::{
        calendar::DateButton,
        command::Command,
        editing::{Selection, Step},
        field::PlainField,
        field_names::{field_name, signing_date},
        number::{number_box, stay_after_enter},
        templates,
        theme::icon,
    },
    Context, Control, Form, Home,
};
use crate::release::{
    Columns, Emblem, Field, Language, Lock, Release, Signatory, SignatoryLine, SigningDate, bounds, ready,
};

/// The height from which another is chosen, in millimetres: that of the house at 12 points.
const USUAL_HEIGHT: u8 = 25;

/// Whether the form shows a field: for whom one signs is asked where there are several, or where it is said already,
/// and the line above the title where there is one, or where it was asked for.
pub(super) fn is_shown(release: &Release, field: Field, asks_notice: bool) -> bool {
    match field {
        Field::Notice => asks_notice || !release.notice.is_empty() || release.is_locked(Lock::Notice),
        Field::Signatory(_, SignatoryLine::Party) => {
            let is_said = release.text(field).is_some_and(|text| !text.is_empty());
            is_said || release.signature.signatories.len() > 1
        }
        _ => true,
    }
}

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
            let choose = ui.button(format!("{}  {}", command.icon(), with.words.get(command.name())));
            self.note_control(ui, Control::Emblem, choose.id);
            if choose.clicked() {
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
            quotes: Some(with.document.release().language),
        };
        self.note_control(ui, Control::EmblemAlternative, field.id);
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
            let drag = number_box(words, &mut number).range(Emblem::HEIGHTS).speed(0.25);
            let response = ui.add_enabled(!as_usual, drag.when_left());
            stay_after_enter(&response);
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
        let count = with.document.release().signature.signatories.len();
        for index in 0..count {
            if count > 1 {
                ui.add_space(4.0);
                self.signatory_heading(ui, with, index);
            }
            for line in SignatoryLine::ALL {
                let field = Field::Signatory(index, line);
                if is_shown(with.document.release(), field, self.asks_notice) {
                    self.labelled(ui, with, field);
                }
            }
        }
        self.more_signatories(ui, with);
    }

    /// The number of a signatory, and the button that takes it out.
    fn signatory_heading(&mut self, ui: &mut Ui, with: &mut Context<'_>, index: usize) {
        let number = with.words.digits(&(index + 1).to_string());
        let name = with.words.with("signatory", &[("number", &number)]);
        ui.horizontal(|ui| {
            ui.label(egui::RichText::new(&name).strong());
            let words = with.words.with("signatory-remove", &[("signatory", &name)]);
            let remove = ui.small_button(icon::CLOSE).on_hover_text(&words);
            remove.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &words));
            if remove.clicked() {
                with.document.change(Step::Signatories, self.place(), |release| {
                    let signature = &mut release.signature;
                    if index < signature.signatories.len() {
                        signature.signatories.remove(index);
                    }
                    let count = u8::try_from(signature.signatories.len()).unwrap_or(Columns::MOST);
                    signature.columns = signature.columns.min(Columns::new(count).unwrap_or_default());
                });
                let left = with.document.release().signature.signatories.len();
                self.go_to_signatory(left.checked_sub(1).map(|last| index.min(last)));
            }
        });
    }

    /// Puts the caret into the title of a signatory; where nobody signs, into the field for the place.
    fn go_to_signatory(&mut self, index: Option<usize>) {
        let field = index.map_or(Field::Place, |index| Field::Signatory(index, SignatoryLine::Title));
        self.home = Home::Form;
        self.go_to(Selection::at(field, 0));
    }

    /// The button that adds a signatory, and how many are beside each other.
    fn more_signatories(&mut self, ui: &mut Ui, with: &mut Context<'_>) {
        let signature = &with.document.release().signature;
        let (count, columns) = (signature.signatories.len(), signature.columns);
        ui.add_space(4.0);
        ui.horizontal_wrapped(|ui| {
            if ui.add_enabled(count < bounds::SIGNATORIES, Button::new(with.words.get("signatory-add"))).clicked() {
                with.document.change(Step::Signatories, self.place(), |release| {
                    let signature = &mut release.signature;
                    signature.signatories.push(Signatory::default());
                    // Two who sign are beside each other, unless they were put below each other before.
                    if signature.signatories.len() == 2 {
                        signature.columns = Columns::new(2).unwrap_or_default();
                    }
                });
                self.go_to_signatory(Some(count));
            }
            if ui.add_enabled(count < bounds::SIGNATORIES, Button::new(with.words.get("signatory-witness"))).clicked() {
                with.document.change(Step::Signatories, self.place(), |release| {
                    let party = ready::witness(release.language).to_owned();
                    release.signature.signatories.push(Signatory { party, ..Signatory::default() });
                });
                self.go_to_signatory(Some(count));
            }
        });
        if count < 2 {
            return;
        }
        // A line of its own, which the list does not leave where the form is narrow.
        ui.horizontal(|ui| {
            let label = ui.label(with.words.get("signatory-columns"));
            let said = |columns: Columns| with.words.digits(&columns.count().to_string());
            let mut chosen = columns;
            egui::ComboBox::from_id_salt("signatory-columns")
                .selected_text(said(columns))
                .width(48.0)
                .show_ui(ui, |ui| {
                    for columns in (1..=Columns::MOST).filter_map(Columns::new) {
                        ui.selectable_value(&mut chosen, columns, said(columns));
                    }
                })
                .response
                .labelled_by(label.id);
            if chosen != columns {
                with.document.change(Step::Signatories, self.place(), |release| release.signature.columns = chosen);
            }
        });
    }

    /// The line above the title, with words that are ready for it.
    pub(super) fn notice(&mut self, ui: &mut Ui, with: &mut Context<'_>) {
        let language = with.document.release().language;
        let label = field_name(with.words, Field::Notice);
        let row = ui.label(&label).rect;
        let hint = with.words.get("optional");
        self.field(ui, with, Field::Notice, &label, hint);
        // Beside the label, and behind the field for the keyboard: what is typed after Tab is not for a button.
        let beside = egui::Rect::from_min_max(
            row.right_top() + egui::vec2(8.0, -2.0),
            egui::pos2(ui.max_rect().right(), row.bottom()),
        );
        let layout = egui::Layout::left_to_right(egui::Align::Center);
        let mut beside = ui.new_child(egui::UiBuilder::new().max_rect(beside).layout(layout));
        beside.spacing_mut().button_padding.y = 0.0;
        beside.spacing_mut().interact_size.y = row.height();
        let mut chosen = None;
        beside.menu_button(format!("{}  {}", icon::DOWN, with.words.get("notice-ready")), |ui| {
            for words in ready::notices(language) {
                if ui.button(words).clicked() {
                    chosen = Some(words);
                    ui.close();
                }
            }
        });
        if let Some(words) = chosen {
            with.document.change(Step::Line, self.place(), |release| release.notice = words.to_owned());
        }
    }

    fn date(&mut self, ui: &mut Ui, with: &mut Context<'_>) {
        let words = with.words;
        let date = with.document.release().signature.date.clone();
        let shown = signing_date(words, &date);
        let label = ui.label(words.get("date"));
        let button = DateButton {
            words,
            shown: &shown,
            date: date.day(),
            can_clear: date != SigningDate::Unset,
            open: std::mem::take(&mut self.open_calendar),
        };
        let (button, picked) = button.show(ui, label.id, &mut self.picker, with.canvas, with.settings);
        self.note_control(ui, Control::Date, button);
        if let Some(date) = picked {
            with.document.change(Step::Date, self.place(), |release| release.signature.date = date.into());
        }
    }
}

//! The form: every part of the release, in the order of the page.

use std::{collections::HashMap, ops::Range};

use chrono::NaiveDate;
use egui::{Id, RichText as Label, Ui, vec2};

use super::{
    calendar::DateButton,
    command::Command,
    document::{Document, Step},
    field::{Canvas, Caret, FieldState, Leave, Names, Output, PlainField, TextField, put_in_order},
    templates,
    theme::{self, icon},
    words::Words,
};
use crate::{
    dates,
    release::{
        Field, Fit, Language, Lock, PageSetup, Paper, Paragraph, Release, RichText, SigningDate, Style, placeholders,
    },
    roster::{Part, Roster},
    storage::Settings,
    typeset::Fitted,
};

/// What the form remembers.
#[derive(Default)]
pub struct Form {
    /// Carets and the like, field by field.
    states: HashMap<Field, FieldState>,
    alternative: FieldState,
    /// The fields of a template's own section.
    template: templates::Section,
    /// The field that has, or last had, the caret.
    pub current: Option<Field>,
    /// A field that is to get the caret.
    wanted: Option<Field>,
    /// A field that is to be seen.
    shown: Option<Field>,
    /// The month that the calendar shows.
    month: Option<NaiveDate>,
    /// The height of what stands above a paragraph's field, in points.
    row_head: f32,
    /// Whether the calendar is to be opened.
    pub open_calendar: bool,
}

/// All that the form works with.
pub struct Context<'a> {
    /// The words of the window.
    pub words: &'a Words,
    /// The open draft.
    pub document: &'a mut Document,
    /// Shapes and draws the fields' texts.
    pub canvas: &'a mut Canvas,
    /// How the fields behave.
    pub settings: &'a Settings,
    /// Wishes for the editor.
    pub commands: &'a mut Vec<Command>,
    /// What a search has found, field by field.
    pub marks: &'a HashMap<Field, Vec<Range<usize>>>,
    /// The words that no dictionary has, field by field.
    pub misspelt: &'a HashMap<Field, Vec<String>>,
    /// The people whose names are completed.
    pub roster: &'a Roster,
    /// What was done to fill the pages that were asked for.
    pub fitted: Option<Fitted>,
}

impl Form {
    /// Where the caret is: the field in use, and the place in it.
    pub fn place(&self) -> Option<(Field, Caret)> {
        let field = self.current?;
        Some((field, self.states.get(&field).map(|state| state.caret).unwrap_or_default()))
    }

    /// Puts the caret into a field.
    pub fn go_to(&mut self, (field, caret): (Field, Caret)) {
        let state = self.states.entry(field).or_default();
        state.caret = caret;
        state.typing = None;
        state.unsettled = None;
        state.completion.close();
        state.reveal = true;
        self.wanted = Some(field);
    }

    /// Selects and shows a place, and leaves the keyboard where it is.
    pub fn show_place(&mut self, (field, caret): (Field, Caret)) {
        self.go_to((field, caret));
        self.wanted = None;
        self.shown = Some(field);
        self.current = Some(field);
    }

    /// Puts in order what was typed last, as if the caret had left the letter.
    pub fn settle(&mut self, document: &mut Document) {
        let Some((field, state)) = self.current.and_then(|field| Some((field, self.states.get_mut(&field)?))) else {
            return;
        };
        let Some(left) = state.unsettled.take() else { return };
        let Some(mut text) = document.release().text(field).map(|text| text.into_owned()) else { return };
        if put_in_order(&mut text, &mut state.caret, left, true) {
            document.amend(|release| release.set_text(field, text));
        }
    }

    /// Forgets what was typed last, where texts change their places.
    pub fn forget_typing(&mut self) {
        for state in self.states.values_mut() {
            state.unsettled = None;
        }
    }

    /// Forgets the carets of another document.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Switches an emphasis of the selection, or of what is typed next.
    pub fn emphasise(&mut self, style: Style, document: &mut Document) {
        let Some((field, caret)) = self.place().filter(|(field, _)| field.is_rich()) else { return };
        let Some(text) = document.release().text(field).map(|text| text.into_owned()) else { return };
        let state = self.states.entry(field).or_default();
        if caret.is_empty() {
            let now = state.typing.unwrap_or_else(|| text.style_before(caret.head));
            state.typing = Some(now.with(style, !now.has(style)));
        } else {
            let on = !text.style_of(caret.range()).has(style);
            document.change(Step::Emphasis, Some((field, caret)), |release| {
                let mut text = text;
                text.emphasise(caret.range(), style, on);
                release.set_text(field, text);
            });
        }
        self.wanted = Some(field);
    }

    /// Turns the digits of the selection into those of a language.
    pub fn digits(&mut self, language: Language, document: &mut Document) {
        let Some((field, caret)) = self.place().filter(|(_, caret)| !caret.is_empty()) else { return };
        let Some(text) = document.release().text(field).map(|text| text.into_owned()) else { return };
        let selected = text.slice(caret.range());
        let mut turned = RichText::default();
        for (range, style) in selected.runs() {
            let part = selected.as_str().get(range).unwrap_or_default();
            let part = match language {
                Language::Khmer => dates::to_khmer_digits(part),
                Language::English => dates::to_arabic_digits(part),
            };
            turned.push_str(&part, style);
        }
        let end = caret.range().start + turned.len();
        document.change(Step::Digits, Some((field, caret)), |release| {
            let mut text = text;
            text.replace(caret.range(), &turned);
            release.set_text(field, text);
        });
        self.go_to((field, Caret::select(caret.range().start..end)));
    }

    /// The emphasis at the caret, for the buttons to show.
    pub fn emphasis(&self, document: &Document) -> Style {
        let Some((field, caret)) = self.place().filter(|(field, _)| field.is_rich()) else { return Style::PLAIN };
        let Some(text) = document.release().text(field) else { return Style::PLAIN };
        match self.states.get(&field).and_then(|state| state.typing) {
            Some(style) if caret.is_empty() => style,
            _ if caret.is_empty() => text.style_before(caret.head),
            _ => text.style_of(caret.range()),
        }
    }

    /// Shows the form.
    pub fn show(&mut self, ui: &mut Ui, with: &mut Context<'_>) {
        let release = with.document.release();
        // The caret goes on between frames: within one, two fields would take the same keys.
        // A question in front of the form would take it away again.
        let asked = ui.memory(|memory| memory.top_modal_layer().is_some());
        let given = if asked { None } else { self.wanted.take() };
        if let Some(field) = given {
            ui.memory_mut(|memory| memory.request_focus(id_of(field)));
        }
        // A click on the page may ask for a field in a section that is closed.
        let wanted = given.or(self.shown.take());
        let opens = |fields: &[Field]| wanted.filter(|field| fields.contains(field)).map(|_| true);
        let body = release.body.len();
        ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
        templates::section(ui, with, &mut self.template);
        let letterhead = [Field::Kingdom, Field::Motto, Field::Ministry, Field::Department];
        section(ui, with.words.get("section-letterhead"), "letterhead", false, opens(&letterhead), |ui| {
            let locked = templates::locked(ui, with, Lock::Letterhead);
            ui.add_enabled_ui(!locked, |ui| self.letterhead(ui, with));
        });
        let heading = [Field::Reference, Field::Title, Field::Headline];
        section(ui, with.words.get("section-heading"), "heading", true, opens(&heading), |ui| {
            for field in heading {
                let locked = field == Field::Title && templates::locked(ui, with, Lock::Title);
                ui.add_enabled_ui(!locked, |ui| self.labelled(ui, with, field));
            }
        });
        let paragraphs = wanted.filter(|field| matches!(field, Field::Paragraph(_))).map(|_| true);
        section(ui, with.words.get("section-body"), "body", true, paragraphs, |ui| self.body(ui, with, body));
        let signature = [Field::Place, Field::SignatoryTitle, Field::SignatoryName];
        let opened = opens(&signature).or(self.open_calendar.then_some(true));
        section(ui, with.words.get("section-signature"), "signature", true, opened, |ui| self.signature(ui, with));
        section(ui, with.words.get("section-page"), "page", false, None, |ui| {
            let locked = templates::locked(ui, with, Lock::Page);
            ui.add_enabled_ui(!locked, |ui| page_setup(ui, with));
        });
        ui.add_space(24.0);
        if self.wanted.is_some() {
            ui.ctx().request_repaint();
        }
    }

    fn letterhead(&mut self, ui: &mut Ui, with: &mut Context<'_>) {
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

    fn body(&mut self, ui: &mut Ui, with: &mut Context<'_>, count: usize) {
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
            self.go_to((Field::Paragraph(end), Caret::at(0)));
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

    fn signature(&mut self, ui: &mut Ui, with: &mut Context<'_>) {
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
        if let Some(date) = button.show(ui, label.id, &mut self.month) {
            with.document.change(Step::Date, self.place(), |release| release.signature.date = date.into());
        }
    }

    fn labelled(&mut self, ui: &mut Ui, with: &mut Context<'_>, field: Field) {
        let (name, hint) = name(field);
        let (name, hint) = (with.words.get(name), with.words.get(hint));
        ui.label(name);
        self.field(ui, with, field, name, hint);
    }

    fn field(&mut self, ui: &mut Ui, with: &mut Context<'_>, field: Field, label: &str, hint: &str) {
        let Some(text) = with.document.release().text(field) else { return };
        let was_empty = text.is_empty();
        let id = id_of(field);
        let state = self.states.entry(field).or_default();
        let widget = TextField {
            id,
            label,
            hint,
            text: &text,
            wrap: field.is_rich() || field.is_multiline() || field == Field::Headline,
            multiline: field.is_rich() || field.is_multiline(),
            show_invisible: with.settings.show_invisible,
            space_is_zero_width: with.settings.space_is_zero_width,
            marks: with.marks.get(&field).map(Vec::as_slice).unwrap_or_default(),
            misspelt: with.misspelt.get(&field).map(Vec::as_slice).unwrap_or_default(),
            names: names_for(field).map(|part| Names { roster: with.roster, part, words: with.words }),
        };
        let output = widget.show(ui, state, with.canvas);
        if ui.memory(|memory| memory.has_focus(id)) {
            if self.current != Some(field) {
                with.document.close_step(self.place());
            }
            self.current = Some(field);
        }
        self.took(with, field, was_empty, output);
    }

    /// Carries what a field did into the document.
    fn took(&mut self, with: &mut Context<'_>, field: Field, was_empty: bool, output: Output) {
        let Output { changed, settled, before, word_ended, leave, .. } = output;
        if word_ended && changed.is_none() {
            with.document.close_step(self.place());
        }
        if let Some((text, step)) = changed {
            match field {
                _ if settled => with.document.amend(|release| release.set_text(field, text)),
                Field::Paragraph(index) if text.as_str().contains('\n') => self.split(with, index, before, &text, step),
                _ => with.document.change(step, Some((field, before)), |release| release.set_text(field, text)),
            }
            if word_ended {
                with.document.close_step(self.place());
            }
        }
        let Some(leave) = leave else { return };
        let release = with.document.release();
        match (leave, field) {
            (Leave::JoinBefore, Field::Paragraph(index)) if index > 0 => self.join(with, index - 1),
            (Leave::JoinAfter, Field::Paragraph(index)) if index + 1 < release.body.len() => self.join(with, index),
            (Leave::JoinBefore | Leave::JoinAfter, _) => {}
            (Leave::Up, _) => {
                if let Some(to) = beside(release, field, false) {
                    let end = release.text(to).map_or(0, |text| text.len());
                    self.go_to((to, Caret::at(end)));
                }
            }
            (Leave::Down | Leave::Next, _) => {
                if let Some(to) = beside(release, field, true) {
                    self.go_to((to, Caret::at(if was_empty || leave == Leave::Down { 0 } else { usize::MAX })));
                }
            }
        }
    }

    /// Line breaks in a paragraph make paragraphs.
    fn split(&mut self, with: &mut Context<'_>, index: usize, before: Caret, text: &RichText, step: Step) {
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
    fn join(&mut self, with: &mut Context<'_>, index: usize) {
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

/// The widget of a field.
fn id_of(field: Field) -> Id {
    Id::unique(("field", field))
}

/// The field after or before another, in the order of the form.
fn beside(release: &Release, field: Field, after: bool) -> Option<Field> {
    let mut fields: Vec<Field> = release.fields().filter(|field| !matches!(field, Field::SignatoryName)).collect();
    // The form asks for the title of the signatory before the name.
    fields.push(Field::SignatoryName);
    fields.retain(|other| *other == field || !release.is_field_locked(*other));
    let at = fields.iter().position(|other| *other == field)?;
    if after { fields.get(at + 1).copied() } else { at.checked_sub(1).and_then(|at| fields.get(at).copied()) }
}

/// What a field is called in the window.
pub fn field_name(words: &Words, field: Field) -> String {
    match field {
        Field::Paragraph(index) => {
            words.with("paragraph-number", &[("number", &words.digits(&(index + 1).to_string()))])
        }
        field => words.get(name(field).0).to_owned(),
    }
}

/// Which part of the roster is of use in a field.
fn names_for(field: Field) -> Option<Part> {
    match field {
        Field::Headline | Field::Paragraph(_) => Some(Part::Any),
        Field::SignatoryName => Some(Part::Name),
        Field::SignatoryTitle => Some(Part::Title),
        Field::Kingdom
        | Field::Motto
        | Field::Ministry
        | Field::Department
        | Field::Reference
        | Field::Title
        | Field::Place => None,
    }
}

/// The words for a field: its name, and what shows while it is empty.
fn name(field: Field) -> (&'static str, &'static str) {
    match field {
        Field::Kingdom => ("kingdom", ""),
        Field::Motto => ("motto", ""),
        Field::Ministry => ("ministry", ""),
        Field::Department => ("department", "optional"),
        Field::Reference => ("reference", "optional"),
        Field::Title => ("title", ""),
        Field::Headline => ("headline", "headline-hint"),
        Field::Paragraph(_) => ("paragraph-number", "paragraph-hint"),
        Field::Place => ("place", ""),
        Field::SignatoryName => ("signatory-name", "optional"),
        Field::SignatoryTitle => ("signatory-title", "optional"),
    }
}

fn section(ui: &mut Ui, title: &str, id: &str, open: bool, opened: Option<bool>, contents: impl FnOnce(&mut Ui)) {
    egui::CollapsingHeader::new(Label::new(title).font(theme::strong(15.5)))
        .id_salt(id)
        .default_open(open)
        .open(opened)
        .show_unindented(ui, |ui| {
            ui.add_space(2.0);
            contents(ui);
            ui.add_space(8.0);
        });
    ui.add_space(2.0);
}

fn page_setup(ui: &mut Ui, with: &mut Context<'_>) {
    let words = with.words;
    let mut language = with.document.release().language;
    let mut page = with.document.release().page.clone();
    egui::Grid::new("page-setup").num_columns(2).spacing(vec2(14.0, 8.0)).show(ui, |ui| {
        ui.label(words.get("release-language"));
        ui.horizontal(|ui| {
            ui.selectable_value(&mut language, Language::English, words.get("english"));
            ui.selectable_value(&mut language, Language::Khmer, words.get("khmer"));
        });
        ui.end_row();
        ui.label(words.get("paper"));
        ui.horizontal(|ui| {
            ui.selectable_value(&mut page.paper, Paper::A4, words.get("paper-a4"));
            ui.selectable_value(&mut page.paper, Paper::Letter, words.get("paper-letter"));
        });
        ui.end_row();
        ui.label(words.get("margins"));
        ui.horizontal_wrapped(|ui| {
            let margins = &mut page.margins;
            for (name, value) in [
                ("margin-top", &mut margins.top),
                ("margin-right", &mut margins.right),
                ("margin-bottom", &mut margins.bottom),
                ("margin-left", &mut margins.left),
            ] {
                let drag = egui::DragValue::new(value).range(PageSetup::MARGINS).speed(0.5).max_decimals(1);
                let response = ui.add(drag).on_hover_text(words.get(name));
                response.widget_info(|| {
                    egui::WidgetInfo::labeled(
                        egui::Role::SpinButton,
                        true,
                        format!("{} {}", words.get("margins"), words.get(name)),
                    )
                });
            }
        });
        ui.end_row();
        let house = crate::typeset::house::house(language);
        usual(ui, words, "body-size", &mut page.body_size, house.body_size, PageSetup::BODY_SIZES, 0.5);
        ui.end_row();
        usual(ui, words, "leading", &mut page.leading, house.leading, PageSetup::LEADINGS, 0.05);
        ui.end_row();
        ui.label(words.get("fit"));
        ui.horizontal(|ui| {
            for (fit, name) in [(Fit::AsSet, "fit-as-set"), (Fit::OnePage, "fit-one"), (Fit::TwoPages, "fit-two")] {
                ui.selectable_value(&mut page.fit, fit, words.get(name));
            }
        });
        ui.end_row();
    });
    if let Some(done) = with.fitted.map(|fitted| fitted_text(words, fitted)) {
        ui.label(Label::new(done).weak());
    }
    ui.checkbox(&mut page.justified, words.get("justified"));
    // Only English is divided by hyphens.
    ui.add_enabled(page.justified, egui::Checkbox::new(&mut page.hyphenate, words.get("hyphenate")));
    ui.checkbox(&mut page.page_numbers, words.get("page-numbers"));
    if language != with.document.release().language {
        with.document.change(Step::Language, None, |release| release.language = language);
    }
    if page != with.document.release().page {
        with.document.change(Step::Setup, None, |release| release.page = page);
    }
}

/// What was done to fill the pages that were asked for.
fn fitted_text(words: &Words, fitted: Fitted) -> String {
    let percent = |share: f32| words.digits(&format!("{:.0}", share * 100.0));
    match fitted {
        Fitted::TooLong => words.get("fitted-too-long").to_owned(),
        Fitted::Changed { size, leading } => {
            words.with("fitted-changed", &[("size", &percent(size)), ("leading", &percent(leading))])
        }
    }
}

/// A number that is the house's own unless another is asked for.
fn usual(
    ui: &mut Ui,
    words: &Words,
    name: &str,
    value: &mut Option<f32>,
    usual: f32,
    range: std::ops::RangeInclusive<f32>,
    step: f64,
) {
    ui.label(words.get(name));
    ui.horizontal(|ui| {
        let mut as_usual = value.is_none();
        let mut number = value.unwrap_or(usual);
        let drag = egui::DragValue::new(&mut number).range(range).speed(step).max_decimals(2);
        let response = ui.add_enabled(!as_usual, drag);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::SpinButton, !as_usual, words.get(name)));
        ui.checkbox(&mut as_usual, words.get("as-usual"));
        *value = (!as_usual).then_some(number);
    });
}

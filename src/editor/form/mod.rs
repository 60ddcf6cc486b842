//! The form: every part of the release, in the order of the page.
//!
//! | file | which part |
//! |---|---|
//! | `ends` | letterhead and signature |
//! | `body` | the paragraphs |
//! | `page` | paper, margins and type |

mod body;
mod ends;
mod page;

use std::{collections::HashMap, ops::Range};

use chrono::NaiveDate;
use egui::{Id, RichText as Label, Ui, vec2};

use super::{
    command::Command,
    document::{Document, Step},
    field::{Canvas, Caret, FieldState, Leave, Names, Output, TextField, put_in_order},
    templates, theme,
    words::Words,
};
use crate::{
    dates,
    release::{Field, Language, Lock, Release, RichText, Style},
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

    /// Whether a list of names is open under the caret.
    pub fn is_completing(&self) -> bool {
        self.current.and_then(|field| self.states.get(&field)).is_some_and(|state| state.completion.is_open())
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
            ui.add_enabled_ui(!locked, |ui| page::page_setup(ui, with));
        });
        ui.add_space(24.0);
        if self.wanted.is_some() {
            ui.ctx().request_repaint();
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
            if with.document.is_refused() {
                self.go_to((field, before));
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
                    let end = release.text(to).map_or(0, |text| text.len());
                    self.go_to((to, Caret::at(if was_empty || leave == Leave::Down { 0 } else { end })));
                }
            }
        }
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

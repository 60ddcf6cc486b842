//! The form: every part of the release, in the order of the page.
//!
//! | file | which part |
//! |---|---|
//! | `ends` | letterhead and signature |
//! | `body` | the paragraphs |
//! | `control` | what is no text of the document, and the sections |
//! | `manner` | how one types in each field |
//! | `page` | paper, margins and type |

mod body;
mod control;
mod ends;
mod manner;
mod page;

use std::{collections::HashMap, rc::Rc};

use egui::{Id, Ui, vec2};

pub use control::Control;
use control::section;
pub use manner::manner_of;
pub use page::fitted_text;

use super::{
    calendar::Picker,
    command::Command,
    context_menu::Offers,
    field::{Canvas, FieldState, Heard, Leave, Marks, Seen, TextMenu, Typist, View},
    field_names::{name, name_in},
    templates, theme,
    words::Words,
};
use crate::{
    editing::{Document, Selected, Selection, Step, case, notes::behind_reference},
    release::{Field, Language, Lock, Outline, Release, Style},
    roster::Roster,
    storage::Settings,
    typeset::Fitted,
};

/// Which view of the document has the keyboard, or had it last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Home {
    /// The form.
    #[default]
    Form,
    /// The page.
    Page,
}

/// What the form remembers.
#[derive(Default)]
pub struct Form {
    /// Who types into the document, in the form or on the page.
    pub typist: Typist,
    /// Whether there is a caret in the document.
    placed: bool,
    /// Which view of the document has the keyboard, or had it last.
    pub home: Home,
    /// Where the caret was last in each flow.
    left: HashMap<Field, Selection>,
    alternative: FieldState,
    /// The outline of the body, and the revision that it is of.
    outline: Option<(u64, Rc<Outline>)>,
    /// The fields of a template's own section.
    template: templates::Section,
    /// Whether the keyboard is to go to the caret.
    pub wanted: bool,
    /// Whether the form of another draft begins at its top.
    pub restarts: bool,
    /// A field that is to be seen.
    shown: Option<Field>,
    /// The text at the top of what is seen: the paragraph, or the headline if the body begins below.
    pub top: Option<Field>,
    /// The paragraph that is to be at the top.
    pub to_top: Option<Field>,
    /// Whether the line above the title was asked for, though there is none yet.
    asks_notice: bool,
    /// The calendar of the date of signature.
    picker: Picker,
    /// Whether the calendar is to be opened.
    pub open_calendar: bool,
    /// The control that is to get the keyboard.
    sought: Option<Control>,
    /// The controls that were shown, and their widgets.
    controls: Vec<(Control, Id)>,
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
    /// What the editor is to do.
    pub commands: &'a mut Vec<Command>,
    /// What is marked in the texts.
    pub marks: Marks<'a>,
    /// The people whose names are completed.
    pub roster: &'a Roster,
    /// What the menu of a text offers.
    pub offers: Offers<'a>,
    /// What was done to fill the pages that were asked for.
    pub fitted: Option<Fitted>,
}

impl Form {
    /// Where the caret is, and what is selected.
    pub fn place(&self) -> Option<Selection> {
        self.placed.then_some(self.typist.selection)
    }

    /// The field of the caret.
    pub fn current(&self) -> Option<Field> {
        self.place().map(|place| place.field())
    }

    /// Whether a list of names is open under the caret.
    pub fn is_completing(&self) -> bool {
        self.placed && self.typist.completion.is_open()
    }

    /// Puts the caret into a field.
    pub fn go_to(&mut self, selection: Selection) {
        self.remember();
        self.typist.go_to(selection);
        self.placed = true;
        self.wanted = true;
    }

    /// Selects and shows a place, and leaves the keyboard where it is.
    pub fn show_place(&mut self, selection: Selection) {
        self.go_to(selection);
        self.wanted = false;
        self.shown = Some(selection.field());
    }

    /// Keeps the same letters selected over what has changed in the document since a revision.
    pub fn follow(&mut self, document: &Document, since: u64) {
        let Some(edits) = document.edits_since(since) else { return };
        let selection = edits.fold(self.typist.selection, |selection, edit| edit.map_selection(selection));
        self.typist.selection = selection.clamped(document);
    }

    /// Keeps the selection for when the caret comes back to its flow.
    fn remember(&mut self) {
        if self.placed {
            let selection = self.typist.selection;
            self.left.insert(flow(selection.field()), selection);
        }
    }

    /// Puts in order what was typed last, as if the caret had left the letter.
    pub fn settle(&mut self, document: &mut Document) {
        self.typist.settle(document, &mut Heard::default(), true);
    }

    /// Forgets what was typed last, where texts change their places.
    pub fn forget_typing(&mut self) {
        self.typist.pending_order = None;
    }

    /// Forgets the carets of another document.
    pub fn reset(&mut self) {
        *self = Self { restarts: true, ..Self::default() };
    }

    /// Switches an emphasis of the selection, or of what is typed next.
    pub fn emphasise(&mut self, style: Style, document: &mut Document) {
        let Some(selection) = self.place().filter(|place| place.field().is_rich()) else { return };
        let now = self.emphasis(document);
        if selection.is_empty() {
            self.typist.typing = Some(now.with(style, !now.has(style)));
        } else {
            let on = !now.has(style);
            self.transform(Step::Emphasis, document, |text| {
                let mut text = text.clone();
                text.emphasise(0..text.len(), style, on);
                text
            });
        }
        self.wanted = true;
    }

    /// Turns the digits of the selection into those of a language.
    pub fn digits(&mut self, language: Language, document: &mut Document) {
        self.transform(Step::Digits, document, |text| case::in_digits(text, language));
    }

    /// Turns the selection into capitals, small letters or words with capitals, whichever comes next.
    pub fn turn_case(&mut self, document: &mut Document) {
        let Some(selection) = self.place() else { return };
        let text = Selected::of(selection, document).slice(document).joined("\n");
        let wanted = case::next_case(text.as_str());
        self.transform(Step::Case, document, |text| case::in_case(text, wanted));
    }

    fn transform(
        &mut self,
        step: Step,
        document: &mut Document,
        change: impl Fn(&crate::release::RichText) -> crate::release::RichText,
    ) {
        self.settle(document);
        let Some(selection) = self.place().filter(|place| !place.is_empty()) else { return };
        if let Some(after) = document.transform(step, selection, change) {
            self.go_to(after);
        }
    }

    /// Shows the line above the title, and goes there.
    pub fn ask_notice(&mut self) {
        self.asks_notice = true;
        self.home = Home::Form;
        self.go_to(Selection::at(Field::Notice, 0));
    }

    /// The emphasis at the caret, for the buttons to show.
    pub fn emphasis(&self, document: &Document) -> Style {
        let Some(selection) = self.place().filter(|place| place.field().is_rich()) else { return Style::PLAIN };
        if !selection.is_empty() {
            return Selected::of(selection, document).slice(document).style();
        }
        let text = document.release().text(selection.field());
        let around = text.map_or(Style::PLAIN, |text| text.style_before(selection.head.byte));
        self.typist.typing.unwrap_or(around)
    }

    /// The kinds and numbers of the blocks, found once for each state of the document.
    fn outline(&mut self, document: &Document) -> Rc<Outline> {
        let revision = document.revision();
        if self.outline.as_ref().is_none_or(|(of, _)| *of != revision) {
            self.outline = Some((revision, Rc::new(Outline::of(document.release()))));
        }
        self.outline.as_ref().map(|(_, outline)| outline.clone()).unwrap_or_default()
    }

    /// Shows the form.
    pub fn show(&mut self, ui: &mut Ui, with: &mut Context<'_>) {
        self.typist.selection = self.typist.selection.clamped(with.document);
        // A question in front of the form would take the keyboard away again.
        let asked = ui.memory(|memory| memory.top_modal_layer().is_some());
        let given = self.wanted && !asked && self.home == Home::Form;
        let field = self.typist.selection.field();
        if given {
            self.wanted = false;
            ui.memory_mut(|memory| memory.request_focus(id_of(field)));
        }
        // A click on the page may ask for a field in a section that is closed.
        let wanted = given.then_some(field).or(self.shown.take());
        let opens = |fields: &[Field]| wanted.filter(|field| fields.contains(field)).map(|_| true);
        let sought = self.sought;
        let seeks = |controls: &[Control]| sought.filter(|sought| controls.contains(sought)).map(|_| true);
        ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
        self.controls.clear();
        templates::section(ui, with, &mut self.template);
        let letterhead = [Field::Kingdom, Field::Motto, Field::Ministry, Field::Department];
        let opened = opens(&letterhead).or(seeks(&[Control::Emblem, Control::EmblemAlternative]));
        section(ui, with.words.get("section-letterhead"), "letterhead", false, opened, |ui| {
            let locked = templates::locked(ui, with, Lock::Letterhead);
            ui.add_enabled_ui(!locked, |ui| self.letterhead(ui, with));
        });
        let heading = [Field::Reference, Field::Notice, Field::Title, Field::Headline];
        section(ui, with.words.get("section-heading"), "heading", true, opens(&heading), |ui| {
            for field in heading {
                if field == Field::Notice && !ends::is_shown(with.document.release(), field, self.asks_notice) {
                    continue;
                }
                let lock = match field {
                    Field::Notice => Some(Lock::Notice),
                    Field::Title => Some(Lock::Title),
                    _ => None,
                };
                let locked = lock.is_some_and(|lock| templates::locked(ui, with, lock));
                ui.add_enabled_ui(!locked, |ui| match field {
                    Field::Notice => self.notice(ui, with),
                    field => self.labelled(ui, with, field),
                });
            }
        });
        let paragraphs = wanted.filter(|field| matches!(field, Field::Paragraph(_) | Field::Note(..))).map(|_| true);
        section(ui, with.words.get("section-body"), "body", true, paragraphs, |ui| {
            templates::locked(ui, with, Lock::Numbering);
            self.body(ui, with);
        });
        let signs = |field: &Field| matches!(field, Field::Place | Field::Signatory(..));
        let signature = wanted.filter(signs).map(|_| true);
        let opened = signature.or(self.open_calendar.then_some(true)).or(seeks(&[Control::Date]));
        section(ui, with.words.get("section-signature"), "signature", true, opened, |ui| self.signature(ui, with));
        section(ui, with.words.get("section-page"), "page", false, None, |ui| {
            let locked = templates::locked(ui, with, Lock::Page);
            ui.add_enabled_ui(!locked, |ui| page::page_setup(ui, with));
        });
        self.to_top = None;
        theme::follow_focus(ui, "form");
        ui.add_space(24.0);
        if self.wanted || self.sought.is_some() {
            ui.ctx().request_repaint();
        }
    }

    fn labelled(&mut self, ui: &mut Ui, with: &mut Context<'_>, field: Field) {
        let (label, hint) = (name_in(with.words, with.document.release(), field), with.words.get(name(field).1));
        ui.label(&label);
        self.field(ui, with, field, &label, hint);
    }

    /// Where nothing of the document has the keyboard, nothing is composed, and what was typed last is put in
    /// order.
    fn rest(&mut self, ui: &Ui, document: &mut Document) {
        let focused = ui.memory(egui::Memory::focused);
        let field = self.typist.selection.field();
        let types = focused.is_some_and(|id| id == id_of(field) || id == page_id());
        if !types {
            self.typist.preedit.clear();
            self.typist.completion.close();
            self.settle(document);
        }
    }

    /// Gives the keyboard to the page if the caret is wanted there, and notes that it has it.
    pub fn hold(&mut self, ui: &Ui, document: &mut Document) {
        let asked = ui.memory(|memory| memory.top_modal_layer().is_some());
        if self.wanted && self.home == Home::Page && !asked {
            self.wanted = false;
            ui.memory_mut(|memory| memory.request_focus(page_id()));
        }
        self.typist.selection = self.typist.selection.clamped(document);
        if ui.memory(|memory| memory.has_focus(page_id())) {
            if !self.placed {
                self.typist.go_to(Selection::at(Field::Headline, 0));
            }
            (self.placed, self.home) = (true, Home::Page);
        }
        self.rest(ui, document);
    }

    fn field(&mut self, ui: &mut Ui, with: &mut Context<'_>, field: Field, label: &str, hint: &str) {
        self.flow(ui, with, field, label, hint, 0.0);
    }

    /// Shows a flow: the body, or a field of one text.
    fn flow(
        &mut self,
        ui: &mut Ui,
        with: &mut Context<'_>,
        field: Field,
        label: &str,
        hint: &str,
        gutter: f32,
    ) -> Vec<(Field, egui::Rect)> {
        let was_empty = with.document.release().text(field).is_none_or(|text| text.is_empty());
        let id = id_of(field);
        let here = |typist: &Typist| flow(typist.selection.field()) == flow(field);
        if ui.memory(|memory| memory.has_focus(id)) && !(self.placed && here(&self.typist)) {
            self.enter(field, with.document, with.canvas.is_tabbed());
        }
        let settings = with.settings;
        let manner = manner_of(field, with.document.release().language, settings, with.roster, with.words);
        let outline = self.outline(with.document);
        let view = View {
            id,
            label,
            hint,
            first: field,
            wrap: field.is_rich() || field.is_multiline() || field == Field::Headline,
            manner,
            show_invisible: settings.show_invisible,
            marks: with.marks,
            outline: &outline,
            gutter,
            is_active: self.placed && self.home == Home::Page,
            to_top: self.to_top.filter(|_| matches!(field, Field::Paragraph(_))),
        };
        let Seen { response, heard, blocks, caret, .. } = view.show(ui, &mut self.typist, with.document, with.canvas);
        let selection = self.typist.selection;
        let (offers, release, commands) = (with.offers, with.document.release(), &mut *with.commands);
        TextMenu { response: &response, caret, has_selection: !selection.is_empty() }
            .show(with.canvas, |ui| offers.show(ui, release, selection, commands));
        if response.has_focus() || ui.memory(|memory| memory.has_focus(id)) {
            (self.placed, self.home) = (true, Home::Form);
        }
        if let Some(leave) = heard.leave {
            self.leave(with.document, field, was_empty, leave);
        }
        blocks
    }

    /// The keyboard came to a field otherwise than by the mouse: the caret is where it was last. Tab selects
    /// all of a field of one line, as in other programs, but not from the text: who presses it there to set a line in,
    /// as in Word, and types on, must not write over the place of the release.
    fn enter(&mut self, field: Field, document: &mut Document, is_tabbed: bool) {
        self.settle(document);
        document.close_step(self.place());
        self.remember();
        let last = self.left.get(&flow(field)).copied();
        let is_in_text = |field| matches!(field, Field::Paragraph(_));
        let is_line = !field.is_multiline() && !is_in_text(field);
        let is_tabbed = is_tabbed && !(self.placed && is_in_text(self.typist.selection.field()));
        let to = match document.release().text(field) {
            Some(text) if is_tabbed && is_line => Selection::select(field, 0..text.len()),
            _ => last.unwrap_or(Selection::at(field, 0)),
        };
        self.typist.go_to(to.clamped(document));
        self.placed = true;
    }

    /// Goes to the field before or after; from a footnote, Enter leads back to the text.
    pub fn leave(&mut self, document: &mut Document, field: Field, was_empty: bool, leave: Leave) {
        let (down, field) = match leave {
            Leave::Up => (false, field),
            Leave::Down | Leave::Next => (true, field),
            Leave::Tab(forward) => (forward, edge_of_flow(document.release(), field, forward)),
            Leave::JoinBefore | Leave::JoinAfter => return,
        };
        if leave == Leave::Next
            && let Some(back) = behind_reference(field)
        {
            document.close_step(self.place());
            self.settle(document);
            return self.go_to(back);
        }
        let release = document.release();
        let Some(to) = beside(release, field, down, self.asks_notice) else { return };
        let end = release.text(to).map_or(0, |text| text.len());
        // Tab leads to the beginning of the text, as in the form.
        let is_text = matches!(to, Field::Paragraph(_)) && leave == Leave::Tab(true);
        let at_start = down && (was_empty || leave == Leave::Down || is_text);
        document.close_step(self.place());
        self.settle(document);
        self.go_to(Selection::at(to, if at_start { 0 } else { end }));
    }
}

/// The widget of a field: all paragraphs have one.
pub fn id_of(field: Field) -> Id {
    Id::unique(("field", flow(field)))
}

/// The widget of the page.
pub fn page_id() -> Id {
    Id::unique("page-text")
}

/// The first block of the flow that a field is in.
fn flow(field: Field) -> Field {
    if matches!(field, Field::Paragraph(_)) { Field::Paragraph(0) } else { field }
}

/// The last block of the flow that a field is in, or the first.
fn edge_of_flow(release: &Release, field: Field, last: bool) -> Field {
    match field {
        Field::Paragraph(_) if last => Field::Paragraph(release.body.len().saturating_sub(1)),
        _ => flow(field),
    }
}

/// The field after or before another, in the order of the form; of the body the nearest paragraph.
fn beside(release: &Release, field: Field, after: bool, asks_notice: bool) -> Option<Field> {
    let is_shown = |field: &Field| ends::is_shown(release, *field, asks_notice);
    let mut fields: Vec<Field> = release.fields().filter(is_shown).collect();
    if release.body.is_empty() {
        // A body without paragraphs gets its first with the first letter.
        let at = fields.iter().position(|other| *other > Field::Paragraph(0)).unwrap_or(fields.len());
        fields.insert(at, Field::Paragraph(0));
    }
    fields.retain(|other| flow(*other) == flow(field) || !release.is_field_locked(*other));
    let here = |other: &Field| flow(*other) == flow(field);
    if after {
        fields.get(fields.iter().rposition(here)? + 1).copied()
    } else {
        fields.iter().position(here)?.checked_sub(1).and_then(|at| fields.get(at).copied())
    }
}

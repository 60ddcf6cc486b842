//! The small form that asks for what is still to come.

use std::collections::HashMap;

use chrono::NaiveDate;
use egui::{Id, RichText as Label, Ui};

use super::super::{
    Command, Editor,
    calendar::{DateButton, Picker},
    editing::Step,
    errors::Localise as _,
    field::{Canvas, FieldState, Leave, Names, PlainField},
    prose, theme,
    words::Words,
};
use crate::{
    dates,
    release::{Kind, Language, Placeholder, Release},
    roster::{Roster, Wanted},
    storage::Settings,
    template::{Answers, Asked, FillError, asked_of_people, fill, typographic},
};

/// Answers being given.
pub struct Filling {
    /// The release with the placeholders.
    release: Release,
    /// Whether a new draft is begun with them; otherwise they go into the one in the window.
    is_new: bool,
    rows: Vec<Row>,
    error: Option<FillError>,
    /// The row that is to get the caret.
    wanted: Option<usize>,
}

/// A question and its answer.
struct Row {
    placeholder: Placeholder,
    answer: String,
    /// The answer that was there at the beginning.
    default: String,
    state: FieldState,
    /// The calendar of a date.
    picker: Picker,
    /// What it asks for of a person.
    asked: Asked,
    /// The answer that came with a person who was chosen in another row.
    carried: Option<String>,
}

/// What was done in a row.
#[derive(Clone, Copy, Default)]
struct Done {
    /// Enter was pressed.
    is_entered: bool,
    /// A person was chosen from the list of names.
    is_named: bool,
}

impl Row {
    fn of(placeholder: Placeholder, asked: Asked, today: NaiveDate) -> Self {
        // A date is kept as year, month and day, whatever the default says in words.
        let answer = match placeholder.kind {
            Kind::Date if crate::template::is_today(&placeholder.default) => today.to_string(),
            Kind::Date => dates::read_date(&placeholder.default).map(|day| day.to_string()).unwrap_or_default(),
            _ => placeholder.default.clone(),
        };
        let (state, picker) = (FieldState::default(), Picker::default());
        Self { placeholder, default: answer.clone(), answer, state, picker, asked, carried: None }
    }

    /// Shows the question, by its index, and has its answer typed in a language; says what was done.
    fn show(
        &mut self,
        ui: &mut Ui,
        (index, language): (usize, Language),
        words: &Words,
        roster: &Roster,
        canvas: &mut Canvas,
        settings: &Settings,
    ) -> Done {
        let Self { placeholder, answer, state, picker, asked, .. } = self;
        let question = placeholder.question();
        let label = prose::paragraph(ui, canvas, words, question);
        match &placeholder.kind {
            Kind::Text | Kind::LongText => {
                let multiline = placeholder.kind == Kind::LongText;
                let part = match asked {
                    Asked::Name(_) => Wanted::Name,
                    Asked::Title => Wanted::Title,
                    Asked::Other => Wanted::Any,
                };
                let names = Some(Names { roster, part, words });
                let field =
                    PlainField { id: id(index), label: question, hint: "", multiline, names, quotes: Some(language) };
                let output = field.show(ui, answer, state, canvas, settings);
                let is_named = output.changed.is_some_and(|(_, step)| step == Step::Name);
                return Done { is_entered: output.leave == Some(Leave::Next), is_named };
            }
            Kind::Date => {
                let day = dates::read_date(answer).ok();
                let shown = day.map(|day| dates::date_in(words.of_releases(), day));
                let button = DateButton {
                    words,
                    shown: shown.as_deref().unwrap_or(words.get("date-none")),
                    date: day,
                    can_clear: day.is_some(),
                    open: false,
                };
                if let (_, Some(picked)) = button.show(ui, label.id, picker, canvas, settings) {
                    *answer = picked.map(|day| day.to_string()).unwrap_or_default();
                }
            }
            Kind::Choice(choices) => {
                let shown = if answer.is_empty() { words.get("choice-none") } else { answer.as_str() };
                let combo = egui::ComboBox::from_id_salt(("choice", index)).selected_text(shown).width(300.0);
                let shown = combo.show_ui(ui, |ui| {
                    for choice in choices.iter().filter(|choice| !choice.trim().is_empty()) {
                        ui.selectable_value(answer, choice.clone(), choice);
                    }
                });
                shown.response.labelled_by(label.id);
            }
        }
        Done::default()
    }
}

fn id(index: usize) -> Id {
    Id::unique(("answer", index))
}

impl Filling {
    /// The answers, with the marks that a field turns only once the word behind them has ended, if `is_curly`.
    fn answers(&self, is_curly: bool) -> Answers {
        // An answer taken away leaves the placeholder open, and not to its default.
        let given = self.rows.iter().map(|row| (row.placeholder.name.clone(), row.answer.clone()));
        let given = given.filter(|(_, answer)| !answer.trim().is_empty()).collect();
        if is_curly { typographic(&given, self.release.language) } else { given }
    }

    fn filled(&self, today: NaiveDate, is_curly: bool) -> Result<Release, FillError> {
        let mut release = self.release.clone();
        for placeholder in &mut release.placeholders {
            placeholder.default.clear();
        }
        let mut filled = fill(&release, &self.answers(is_curly), today)?;
        let defaults: HashMap<&str, &String> =
            self.release.placeholders.iter().map(|one| (one.name.as_str(), &one.default)).collect();
        for placeholder in &mut filled.placeholders {
            if let Some(default) = defaults.get(placeholder.name.as_str()) {
                placeholder.default.clone_from(default);
            }
        }
        Ok(filled)
    }

    /// Whether something was answered that closing would lose.
    pub fn is_begun(&self) -> bool {
        self.rows.iter().any(|row| row.answer != row.default)
    }

    /// All questions. Says whether Enter was pressed in the last that is typed, or with Ctrl anywhere.
    fn rows(&mut self, ui: &mut Ui, words: &Words, roster: &Roster, canvas: &mut Canvas, settings: &Settings) -> bool {
        let is_ended = ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter));
        let (mut entered, mut named) = (None, None);
        let (count, language) = (self.rows.len(), self.release.language);
        for (index, row) in self.rows.iter_mut().enumerate() {
            if self.wanted == Some(index) && theme::focus(ui, id(index)) {
                row.state.reveal = true;
                self.wanted = None;
            }
            let done = row.show(ui, (index, language), words, roster, canvas, settings);
            entered = done.is_entered.then_some(index).or(entered);
            if let (true, Asked::Name(title)) = (done.is_named, row.asked) {
                named = Some((title, row.answer.clone()));
            }
            if let Some(error) = self.error.as_ref().filter(|error| error.name() == row.placeholder.name) {
                ui.label(Label::new(error.localised(words)).small().color(theme::accents(ui.visuals()).warning));
            }
            ui.add_space(4.0);
        }
        if let Some((title, name)) = named
            && let Some(row) = self.rows.get_mut(title)
            && (row.answer.trim().is_empty() || row.carried.as_ref() == Some(&row.answer))
        {
            row.answer = roster.title_of(&name).unwrap_or_default().to_owned();
            row.carried = Some(row.answer.clone());
            ui.ctx().request_repaint();
        }
        // Enter goes on to the next question that is typed.
        if let Some(at) = entered {
            let typed = |row: &Row| matches!(row.placeholder.kind, Kind::Text | Kind::LongText);
            self.wanted = (at + 1..count).find(|&next| self.rows.get(next).is_some_and(typed));
            ui.ctx().request_repaint();
            return is_ended || self.wanted.is_none();
        }
        is_ended
    }
}

impl Editor {
    /// Asks for what a template, or the draft in the window, is still to be filled with.
    pub(in super::super) fn ask_for_answers(&mut self, release: Release, is_new: bool) {
        let today = chrono::Local::now().date_naive();
        let placeholders = release.asked();
        let asked = asked_of_people(&placeholders).into_iter();
        let rows = placeholders.into_iter().zip(asked).map(|(one, asked)| Row::of(one, asked, today));
        let rows: Vec<Row> = rows.collect();
        if rows.is_empty() && is_new {
            let draft = Release { template: None, ..release.clone() };
            self.commands.push(Command::Begin(Box::new((release, draft))));
            return;
        }
        self.templates.filling = Some(Filling { release, is_new, rows, error: None, wanted: Some(0) });
    }

    pub(super) fn ask_answers(&mut self, ctx: &egui::Context) {
        let Some(mut filling) = self.templates.filling.take() else { return };
        let (mut ok, mut cancel) = (false, false);
        let screen = ctx.content_rect().size();
        let (words, canvas, settings) = (&self.words, &mut self.canvas, &self.settings);
        let roster = &*self.lists.roster;
        let question = theme::question(ctx, "answers").show(ctx, |ui| {
            ui.set_width((screen.x - 80.0).min(600.0));
            let template = filling.release.template.as_ref().map(|template| template.name.as_str());
            let title = template.filter(|name| !name.is_empty()).unwrap_or(words.get("fill-title"));
            ui.label(Label::new(title).font(theme::strong(17.0)));
            ui.label(Label::new(words.get("fill-text")).weak());
            ui.add_space(8.0);
            let height = (screen.y - 240.0).max(160.0);
            let is_ended = theme::list(height).auto_shrink([false, true]).show(ui, |ui| {
                // Room for the scroll bar, which must not cover the ends of fields.
                ui.set_max_width(ui.available_width() - 18.0);
                let is_ended = filling.rows(ui, words, roster, canvas, settings);
                theme::follow_focus(ui, "answers");
                is_ended
            });
            ui.add_space(10.0);
            ui.horizontal(|ui| {
                ok = ui.button(words.get(if filling.is_new { "fill-begin" } else { "fill-ok" })).clicked();
                ok |= is_ended.inner;
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let button = ui.button(words.get("cancel"));
                    cancel = button.clicked();
                    button.id
                })
                .inner
            })
            .inner
        });
        // What was answered goes by a button alone, not by a key or a click beside it: Escape goes to that button.
        let closes = question.should_close();
        if cancel || closes && !filling.is_begun() {
            return;
        }
        if closes && !question.backdrop_response.clicked() {
            ctx.memory_mut(|memory| memory.request_focus(question.inner));
        }
        if !ok {
            self.templates.filling = Some(filling);
            return;
        }
        match filling.filled(chrono::Local::now().date_naive(), self.settings.curly_quotes) {
            Ok(filled) if filling.is_new => {
                self.commands.push(Command::Begin(Box::new((filling.release, filled))));
            }
            Ok(filled) => {
                self.form.forget_typing();
                self.desk.document.change(Step::Fill, self.form.place(), |release| *release = filled);
                self.desk.document.close_step(None);
            }
            Err(error) => {
                filling.wanted = filling.rows.iter().position(|row| row.placeholder.name == error.name());
                filling.error = Some(error);
                self.templates.filling = Some(filling);
            }
        }
    }
}

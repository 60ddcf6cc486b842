//! What the menu of a text of the release offers: remedies for what is found there, and names and placeholders
//! to be made of what is selected.
//!
//! Knows findings and commands; the clipboard's part is of every text (`field::menu`). Its invariant: it changes
//! nothing itself.

use egui::{Button, Id, Response, RichText as Label, Ui};

use super::{
    Command,
    finding_words::{Respelling, check_name, line, mend_words},
    help, links,
    table_commands::table_commands,
    words::Words,
};
use crate::{
    editing::{Selection, Texts as _, Tracked},
    proof::{Finding, Problem},
    release::{Field, Release},
};

/// The widest that a finding is shown, in points.
const WIDEST: f32 = 340.0;

/// What there is to offer.
#[derive(Clone, Copy)]
pub struct Offers<'a> {
    /// The words of the window.
    pub words: &'a Words,
    /// What should be looked at.
    pub findings: &'a [Finding],
    /// Where each of them is now.
    pub places: &'a Tracked<usize>,
}

/// What a menu offers while it is shown.
struct Offered<'a> {
    /// The first of it, which gets the keyboard.
    first: Option<Id>,
    /// What was chosen.
    commands: &'a mut Vec<Command>,
}

impl Offered<'_> {
    fn item(&mut self, ui: &mut Ui, text: &str, command: Command) {
        let button = ui.add(Button::new(text));
        self.take(ui, &button, command);
    }

    /// A line with a tick, which the command takes away.
    fn checked_item(&mut self, ui: &mut Ui, text: &str, command: Command) {
        let tick = ui.checkbox(&mut true, text);
        self.take(ui, &tick, command);
    }

    fn take(&mut self, ui: &Ui, line: &Response, command: Command) {
        self.first = self.first.or(Some(line.id));
        if line.clicked() {
            self.commands.push(command);
            ui.close();
        }
    }
}

impl Offers<'_> {
    /// The findings that have something in common with a selection, or touch a caret. In Khmer the next word begins
    /// where the last one ends.
    fn here(&self, selection: Selection) -> impl Iterator<Item = (&Finding, std::ops::Range<usize>)> {
        let (start, end) = (selection.start(), selection.end());
        self.places.all().iter().filter_map(move |(field, range, index)| {
            let touches = range.start <= end.byte && start.byte <= range.end;
            let overlaps = range.start < end.byte && start.byte < range.end;
            let is_here =
                *field == start.field && if selection.is_empty() || range.is_empty() { touches } else { overlaps };
            let finding = self.findings.get(*index)?;
            is_here.then(|| (finding, range.clone()))
        })
    }

    /// The lines for a selection; gives the first that can be chosen.
    pub fn show(
        &self,
        ui: &mut Ui,
        release: &Release,
        selection: Selection,
        commands: &mut Vec<Command>,
    ) -> Option<Id> {
        let Self { words, .. } = self;
        let field = selection.field();
        let is_locked = release.is_field_locked(field);
        let mut offered = Offered { first: None, commands };
        for (finding, range) in self.here(selection) {
            self.finding(ui, release, (field, range, finding), is_locked, &mut offered);
            ui.separator();
        }
        if let Some(table) = release.table(field) {
            let menu = ui.menu_button(words.get("table"), |ui| {
                for command in table_commands(words, &table) {
                    match command {
                        Some((command, text, on)) => {
                            if ui.add(Button::selectable(on, text)).clicked() {
                                offered.commands.push(command);
                                ui.close();
                            }
                        }
                        None => _ = ui.separator(),
                    }
                }
            });
            offered.first = offered.first.or(Some(menu.response.id));
            ui.separator();
        }
        if release.picture(field).is_some() {
            for command in [Command::DescribePicture, Command::RemovePicture] {
                offered.item(ui, words.get(command.name()), command);
            }
            ui.separator();
        }
        let linked = release.text(field).map(|text| links::offered(&text, selection)).unwrap_or_default();
        let has_links = !linked.is_empty();
        for (name, command) in linked {
            offered.item(ui, words.get(name), command);
        }
        if has_links && selection.is_empty() {
            ui.separator();
        }
        if !selection.is_empty() && selection.single().is_some() {
            offered.item(ui, words.get(Command::AddName.name()), Command::AddName);
            if !is_locked {
                offered.item(ui, words.get(Command::MakePlaceholder.name()), Command::MakePlaceholder);
            }
            ui.separator();
        }
        offered.first
    }

    /// What is found at a place, and what can be done about it.
    fn finding(
        &self,
        ui: &mut Ui,
        release: &Release,
        (field, range, finding): (Field, std::ops::Range<usize>, &Finding),
        is_locked: bool,
        offered: &mut Offered<'_>,
    ) {
        let Self { words, .. } = self;
        // A menu stretches what is in it, and with it the words of a text.
        ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
            ui.set_max_width(WIDEST);
            let explained = help::explained(words, help::explanation(&finding.problem));
            let text = egui::Label::new(Label::new(line(words, release, finding)).weak()).wrap();
            ui.add(text).on_hover_text(explained.as_str());
        });
        if let Some((word, suggestions)) = finding.problem.remedies() {
            for by in suggestions.into_iter().filter(|_| !is_locked) {
                let (word, by) = (word.to_owned(), by.to_owned());
                let shown = if by.is_empty() { words.get("delete-it").to_owned() } else { by.clone() };
                let respelling = Respelling { field, range: range.clone(), word, by, is_word: true };
                offered.item(ui, &shown, Command::Respell(Box::new(respelling)));
            }
        }
        let text = release.text(field).filter(|_| !is_locked && finding.problem.remedies().is_none());
        if let Some(text) = text
            && let Some(by) = finding.problem.mend(text.as_str(), range.clone())
        {
            let shown = mend_words(words, &finding.problem, &by);
            let word = text.as_str().get(range.clone()).unwrap_or_default().to_owned();
            let respelling = Respelling { field, range: range.clone(), word, by, is_word: false };
            offered.item(ui, &shown, Command::Respell(Box::new(respelling)));
        }
        if let Problem::Misspelt { word, .. } = &finding.problem {
            offered.item(ui, words.get("spelling-add"), Command::AddWord(word.clone()));
        }
        if let Some(check) = finding.problem.check() {
            let text = words.with("check-for", &[("check", words.get(check_name(check)))]);
            offered.checked_item(ui, &text, Command::Uncheck(check));
        }
    }
}

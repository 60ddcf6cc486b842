//! What the official should look at: the list behind the button of the status line.

use std::{collections::BTreeSet, ops::Range};

use egui::{Button, RichText as Label, Ui};

use super::{
    Command, Editor, errors::refused_picture, form::field_name, help, question::Question, theme, words::Words,
};
use crate::{
    editing::{Selection, Step, Tracked},
    khmer::FaultKind,
    proof::{self, Finding, Problem},
    release::{Check, Field, RichText as Text, bounds},
};

/// The greatest height of the list, in points.
const TALLEST: f32 = 420.0;

impl Editor {
    /// The findings, each with a click to its place, and the checks that were switched off.
    pub(super) fn problems(&mut self, ui: &mut Ui) {
        ui.set_max_width(460.0);
        egui::ScrollArea::vertical().max_height(TALLEST).show(ui, |ui| {
            let findings = std::mem::take(&mut self.desk.findings);
            for finding in &findings {
                let button = ui.add(Button::new(line(&self.words, finding)).wrap());
                let explained = help::explained(&self.words, help::explanation(&finding.problem));
                if button.on_hover_text(explained.as_str()).clicked() {
                    self.go_to(finding);
                    ui.close();
                }
                self.remedies(ui, finding);
            }
            if !findings.is_empty() && ui.link(self.words.get("help-explain")).clicked() {
                self.open_handbook(Some("handbook-findings"), ui.ctx());
                ui.close();
            }
            let checks: BTreeSet<Check> = findings.iter().filter_map(|finding| finding.problem.check()).collect();
            self.desk.findings = findings;
            let off = self.desk.document.release().unchecked.clone();
            if !(checks.is_empty() && off.is_empty()) {
                ui.separator();
                ui.label(Label::new(self.words.get("checks")).weak());
            }
            for check in checks {
                self.switch(ui, check, true);
            }
            for check in off {
                self.switch(ui, check, false);
            }
        });
    }

    /// Asks whether to export or print although there is something to look at.
    pub(super) fn ask_findings(&mut self, command: Command, ctx: &egui::Context) -> Option<Question> {
        let (mut anyway, mut back, mut chosen) = (false, false, None);
        let words = &self.words;
        let question = theme::question(ctx, "findings").show(ctx, |ui| {
            ui.set_width(460.0);
            let title = words.count("words-missing", self.desk.findings.len());
            ui.label(Label::new(title).font(theme::strong(17.0)));
            ui.add_space(6.0);
            egui::ScrollArea::vertical().max_height(TALLEST / 2.0).show(ui, |ui| {
                for (index, finding) in self.desk.findings.iter().enumerate() {
                    if ui.add(Button::new(line(words, finding)).wrap()).clicked() {
                        chosen = Some(index);
                    }
                }
            });
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                let name = if command == Command::Print { "print-anyway" } else { "export-anyway" };
                anyway = ui.button(words.get(name)).clicked();
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    back = ui.button(words.get("cancel")).clicked();
                });
            });
        });
        if anyway {
            self.hand_out(&command);
        } else if let Some(finding) = chosen.and_then(|index| self.desk.findings.get(index).cloned()) {
            self.go_to(&finding);
        } else if !back && !question.should_close() {
            return Some(Question::Findings(command));
        }
        None
    }

    /// What can be done about a misspelt word at once: another in its place, or into the user's list.
    fn remedies(&mut self, ui: &mut Ui, finding: &Finding) {
        let (Some(field), Problem::Misspelt { word, suggestions }) = (finding.field, &finding.problem) else { return };
        let is_locked = self.desk.document.release().is_field_locked(field);
        ui.horizontal_wrapped(|ui| {
            ui.add_space(14.0);
            for suggestion in suggestions.iter().filter(|_| !is_locked) {
                let button = ui.add(Button::new(Label::new(suggestion).small()).small());
                let named = self.words.with("spelling-replace", &[("word", word), ("by", suggestion)]);
                name(&button, &named);
                if button.on_hover_text(named).clicked() {
                    self.respell(field, finding.range.clone(), word, suggestion);
                    ui.close();
                }
            }
            let add = ui.add(Button::new(Label::new(self.words.get("spelling-add")).small()).small());
            let named = self.words.with("spelling-add-word", &[("word", word)]);
            name(&add, &named);
            if add.on_hover_text(named).clicked() {
                self.add_to_my_words(word);
                ui.close();
            }
        });
    }

    /// Puts another word in the place of a misspelt one, unless that has changed meanwhile.
    fn respell(&mut self, field: Field, range: Range<usize>, word: &str, by: &str) {
        self.desk.document.close_step(self.form.place());
        let Some(mut text) = self.desk.document.release().text(field).map(|text| text.into_owned()) else { return };
        if !proof::places_of(text.as_str(), &[word]).contains(&range) {
            return;
        }
        self.form.forget_typing();
        text.replace(range.clone(), &Text::styled(by, text.style_of(range.clone())));
        self.desk.document.change(Step::Replace, self.form.place(), |release| release.set_text(field, text));
        self.desk.document.close_step(self.form.place());
        let end = range.start + by.len();
        self.form.go_to(Selection::at(field, end));
    }

    /// A box that switches a check for this release.
    fn switch(&mut self, ui: &mut Ui, check: Check, mut on: bool) {
        if ui.checkbox(&mut on, self.words.get(check_name(check))).changed() {
            self.desk.document.change(Step::Checks, self.form.place(), |release| {
                release.unchecked.retain(|other| *other != check);
                if !on {
                    release.unchecked.push(check);
                    release.unchecked.sort_unstable();
                }
            });
        }
    }

    fn go_to(&mut self, finding: &Finding) {
        self.desk.document.close_step(self.form.place());
        // The text may have changed since it was checked.
        let at = self.desk.findings.iter().position(|other| other == finding);
        let mut places = self.desk.places.all().iter();
        let now = places.find(|(_, _, index)| Some(*index) == at).map(|(field, range, _)| (*field, range.clone()));
        let (field, range) = match now {
            Some((field, range)) => (Some(field), range),
            None => (finding.field, finding.range.clone()),
        };
        match field {
            Some(field) if range.is_empty() => self.form.go_to(Selection::at(field, 0)),
            Some(field) => self.form.go_to(Selection::select(field, range)),
            None => {
                self.form.open_calendar = matches!(
                    finding.problem,
                    Problem::NoDate | Problem::FutureDate | Problem::PastDate | Problem::OpenPlaceholder(_)
                );
            }
        }
    }
}

/// The places of findings in a revision of the document, each with its index.
pub(super) fn places(findings: &[Finding], revision: u64) -> Tracked<usize> {
    let place = |(index, finding): (usize, &Finding)| Some((finding.field?, finding.range.clone(), index));
    let some = findings.iter().enumerate().filter(|(_, finding)| !finding.range.is_empty());
    Tracked::new(revision, some.filter_map(place).collect())
}

/// The places of the words that no dictionary has, of findings in a revision of the document.
pub(super) fn misspelt(findings: &[Finding], revision: u64) -> Tracked<()> {
    let is_word = |finding: &&Finding| matches!(finding.problem, Problem::Misspelt { .. });
    let place = |finding: &Finding| Some((finding.field?, finding.range.clone(), ()));
    Tracked::new(revision, findings.iter().filter(is_word).filter_map(place).collect())
}

/// What a screen reader calls a button whose text is short.
fn name(button: &egui::Response, name: &str) {
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
}

fn check_name(check: Check) -> &'static str {
    match check {
        Check::DoubledWords => "check-doubled-words",
        Check::DoubledSpaces => "check-doubled-spaces",
        Check::StraightQuotes => "check-straight-quotes",
        Check::Unclosed => "check-unclosed",
        Check::KhmerStops => "check-khmer-stops",
        Check::MixedDigits => "check-mixed-digits",
        Check::Weekdays => "check-weekdays",
        Check::Names => "check-names",
        Check::FutureDate => "check-future-date",
        Check::PastDate => "check-past-date",
        Check::Spelling => "check-spelling",
    }
}

/// A finding in a line, with its field.
fn line(words: &Words, finding: &Finding) -> String {
    let text = finding_text(words, finding);
    // What is wrong with a field as a whole names it.
    match finding.field.filter(|_| !finding.range.is_empty()) {
        Some(field) => format!("{}: {text}", field_name(words, field)),
        None => text,
    }
}

/// The words for a finding.
fn finding_text(words: &Words, finding: &Finding) -> String {
    let sign = |name: &str, c: char| words.with(name, &[("sign", &c.to_string())]);
    match &finding.problem {
        Problem::NoTitle => words.get("problem-no-title").to_owned(),
        Problem::NoHeadline => words.get("problem-no-headline").to_owned(),
        Problem::NoBody => words.get("problem-no-body").to_owned(),
        Problem::NoPlace => words.get("problem-no-place").to_owned(),
        Problem::NoDate => words.get("problem-no-date").to_owned(),
        Problem::NoAlternative => words.get("problem-no-alternative").to_owned(),
        Problem::Emblem(file, error) => {
            words.with("problem-emblem", &[("reason", &refused_picture(file, error, words))])
        }
        Problem::TooManyPages => {
            words.with("problem-too-many-pages", &[("most", &words.digits(&bounds::PAGES.to_string()))])
        }
        Problem::CoarseEmblem(dpi) => words.with("problem-coarse-emblem", &[("dpi", &words.digits(&dpi.to_string()))]),
        Problem::MissingCharacters(characters) => {
            words.with("problem-missing-characters", &[("characters", characters)])
        }
        Problem::Khmer { kind, characters } => {
            words.with("problem-khmer", &[("problem", &fault_text(words, *kind)), ("characters", characters)])
        }
        Problem::DoubledWord(word) => words.with("problem-doubled-word", &[("word", word)]),
        Problem::DoubledSpace => words.get("problem-doubled-space").to_owned(),
        Problem::StraightQuote => words.get("problem-straight-quote").to_owned(),
        Problem::Unclosed(c) => sign("problem-unclosed", *c),
        Problem::StopWithoutSpace(c) => sign("problem-stop-without-space", *c),
        Problem::MixedDigits(number) => words.with("problem-mixed-digits", &[("number", number)]),
        Problem::WrongWeekday { written, right } => {
            words.with("problem-wrong-weekday", &[("written", written), ("right", right)])
        }
        Problem::SpeltTwoWays { written, usual } => {
            words.with("problem-spelt-two-ways", &[("written", written), ("usual", usual)])
        }
        Problem::Misspelt { word, suggestions } if suggestions.is_empty() => {
            words.with("problem-misspelt", &[("word", word)])
        }
        Problem::Misspelt { word, suggestions } => {
            words.with("problem-misspelt-perhaps", &[("word", word), ("suggestions", &suggestions.join(", "))])
        }
        Problem::OpenPlaceholder(name) => words.with("problem-open-placeholder", &[("name", name)]),
        Problem::NotAsListed { written, listed } => {
            words.with("problem-not-as-listed", &[("written", written), ("listed", listed)])
        }
        Problem::FutureDate => words.get("problem-future-date").to_owned(),
        Problem::PastDate => words.get("problem-past-date").to_owned(),
    }
}

/// The words for a fault of Khmer.
fn fault_text(words: &Words, kind: FaultKind) -> String {
    let sign = |c: char| format!("\u{25CC}{c}");
    match kind {
        FaultKind::CoengAlone => words.get("fault-coeng-alone").to_owned(),
        FaultKind::CoengTwice => words.get("fault-coeng-twice").to_owned(),
        FaultKind::NoBase => words.get("fault-no-base").to_owned(),
        FaultKind::SubscriptAlone => words.get("fault-subscript-alone").to_owned(),
        FaultKind::SignTwice(c) => words.with("fault-sign-twice", &[("sign", &sign(c))]),
        FaultKind::SubscriptTwice(c) => words.with("fault-subscript-twice", &[("letter", &c.to_string())]),
        FaultKind::UForShifter => words.get("fault-u-for-shifter").to_owned(),
        FaultKind::TwoVowels => words.get("fault-two-vowels").to_owned(),
        FaultKind::TwoShifters => words.get("fault-two-shifters").to_owned(),
        FaultKind::OutOfOrder => words.get("fault-out-of-order").to_owned(),
        FaultKind::NeverTogether => words.get("fault-never-together").to_owned(),
    }
}

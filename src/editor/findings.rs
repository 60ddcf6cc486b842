//! What the user should look at: the list behind the button of the status line.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    path::Path,
};

use egui::{Button, Id, RichText as Label, Ui};

use super::{
    Command, Editor,
    disk::output::OtherChecked,
    finding_words::{Respelling, check_name, line, mend_words},
    help,
    question::Question,
    theme,
};
use crate::{
    editing::{Selection, Step, Tracked},
    proof::{self, Finding, Problem, Weight},
    release::{Check, Field, Release, quotes},
};

/// What can be switched off, in the order of the list.
const CHECKS: [Check; 27] = [
    Check::Spelling,
    Check::Names,
    Check::DoubledWords,
    Check::DoubledSpaces,
    Check::HardSpaces,
    Check::StraightQuotes,
    Check::SpaceBeforeSign,
    Check::NoSpaceAfterSign,
    Check::SignTwice,
    Check::NoFullStop,
    Check::SmallLetter,
    Check::NoSuchDay,
    Check::TenseOfDate,
    Check::Honorifics,
    Check::ListedTitles,
    Check::DigitGroups,
    Check::Hours,
    Check::Variants,
    Check::ConfusedWords,
    Check::Unclosed,
    Check::Weekdays,
    Check::FutureDate,
    Check::PastDate,
    Check::MixedDigits,
    Check::KhmerStops,
    Check::OtherLanguage,
    Check::Differences,
];

/// The greatest height of the list, in points.
const TALLEST: f32 = 420.0;

impl Editor {
    /// The findings, each with a click to its place, and the checks that can be switched off. The list has the keyboard
    /// when it opens, and arrows move in it.
    pub(super) fn problems(&mut self, ui: &mut Ui) {
        ui.set_max_width(460.0);
        let mut rows = Vec::new();
        theme::list(TALLEST.min(ui.ctx().content_rect().height() - 120.0)).show(ui, |ui| {
            let findings = std::mem::take(&mut self.desk.findings);
            let mends = self.mends_of(&findings);
            let of_kind = count_by_kind(&findings, &mends);
            for (index, finding) in findings.iter().enumerate() {
                let button = ui.add(Button::new(line(&self.words, self.desk.document.release(), finding)).wrap());
                let explained = help::explained(&self.words, help::explanation(&finding.problem));
                rows.push(button.id);
                if button.on_hover_text(explained.as_str()).clicked() {
                    self.go_to(finding);
                    ui.close();
                }
                self.remedies(ui, finding);
                if let Some(mend) = mends.get(index).and_then(Option::as_ref) {
                    let kind = finding.problem.check();
                    let same = match finding.problem {
                        Problem::SpeltTwoWays { .. } => with_its_kind(&findings, &mends, index).len(),
                        _ => of_kind.get(&kind).copied().unwrap_or(0),
                    };
                    match self.offered_mend(ui, (&finding.problem, mend), same) {
                        Some(Extent::One) => self.put_right(vec![mend.clone()]),
                        Some(Extent::Kind) => self.put_right(with_its_kind(&findings, &mends, index)),
                        None => {}
                    }
                }
            }
            if !findings.is_empty() && ui.link(self.words.get("help-explain")).clicked() {
                self.open_handbook(Some("handbook-findings"), ui.ctx());
                ui.close();
            }
            self.desk.findings = findings;
            ui.separator();
            ui.label(Label::new(self.words.get("checks")).weak());
            for check in CHECKS {
                let is_on = !self.desk.document.release().unchecked.contains(&check);
                rows.push(self.switch(ui, check, is_on));
            }
            theme::arrows(ui, &rows);
            theme::follow_focus(ui, "findings");
        });
        let first = rows.first().filter(|_| !self.tour.has_list_keyboard);
        self.tour.has_list_keyboard |= first.is_some_and(|&first| theme::focus(ui, first));
    }

    /// Asks whether to export or print although there is something to look at.
    pub(super) fn ask_findings(
        &mut self,
        command: Command,
        other: Option<Box<OtherChecked>>,
        ctx: &egui::Context,
    ) -> Option<Question> {
        let (mut anyway, mut back, mut chosen, mut next) = (false, false, None, None);
        let words = &self.words;
        let counterpart = self.counterpart();
        let file = counterpart.as_deref().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
        let in_other = other.as_ref().map_or(0, |other| other.findings.len() + usize::from(other.differences > 0));
        let question = theme::question(ctx, "findings").show(ctx, |ui| {
            ui.set_width(460.0);
            let title = words.count("words-missing", self.desk.findings.len() + in_other);
            ui.label(Label::new(title).font(theme::strong(17.0)));
            ui.add_space(6.0);
            theme::list(TALLEST / 2.0).show(ui, |ui| {
                for (index, finding) in self.desk.findings.iter().enumerate() {
                    if ui.add(Button::new(line(words, self.desk.document.release(), finding)).wrap()).clicked() {
                        chosen = Some(index);
                    }
                }
                let Some(OtherChecked { release, findings, differences }) = other.as_deref() else { return };
                if !findings.is_empty() {
                    ui.label(Label::new(file.as_ref()).weak());
                }
                for finding in findings {
                    if ui.add(Button::new(line(words, release, finding)).wrap()).clicked() {
                        next = Some(Command::OpenCounterpart);
                    }
                }
                let count = words.digits(&differences.to_string());
                let text = words.with("verdict-differs", &[("file", &file), ("count", &count)]);
                // Those of the draft are in its own list.
                let listed = self.desk.findings.iter().filter(|finding| is_difference(finding)).count();
                if *differences > listed && ui.add(Button::new(text).wrap()).clicked() {
                    next = Some(Command::Counterpart);
                }
            });
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                let name = if command == Command::Print { "print-anyway" } else { "export-anyway" };
                // A second Enter hands out no release of which a part is still to be written.
                let is_unfinished = self.desk.findings.iter().any(|finding| is_unwritten(&finding.problem));
                let button = |ui: &mut Ui, name, is_default| match is_default {
                    true => theme::default_button(ui, words.get(name)).clicked(),
                    false => ui.button(words.get(name)).clicked(),
                };
                anyway = button(ui, name, !is_unfinished);
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    back = button(ui, "cancel", is_unfinished);
                });
            });
        });
        if anyway {
            self.hand_out(&command);
        } else if next.is_some() {
            self.commands.extend(next);
        } else if let Some(finding) = chosen.and_then(|index| self.desk.findings.get(index).cloned()) {
            self.go_to(&finding);
        } else if !back && !question.should_close() {
            return Some(Question::Findings(command, other));
        }
        None
    }

    /// What can be done at once: another word in the place of one, or the word into the user's list.
    fn remedies(&mut self, ui: &mut Ui, finding: &Finding) {
        let (Some(field), Some((word, suggestions))) = (finding.field, finding.problem.remedies()) else { return };
        let is_locked = self.desk.document.release().is_field_locked(field);
        ui.horizontal_wrapped(|ui| {
            ui.add_space(14.0);
            for suggestion in suggestions.iter().copied().filter(|_| !is_locked) {
                // What is not seen is only taken out.
                let shown = if suggestion.is_empty() { self.words.get("delete-it") } else { suggestion };
                let button = ui.add(Button::new(Label::new(shown).small()).small());
                let named = self.words.with("spelling-replace", &[("word", word), ("by", suggestion)]);
                theme::name_button(&button, &named);
                if button.on_hover_text(named).clicked() {
                    let (word, by) = (word.to_owned(), suggestion.to_owned());
                    self.respell(&Respelling { field, range: finding.range.clone(), word, by, is_word: true });
                    ui.close();
                }
            }
            if matches!(finding.problem, Problem::Khmer { .. }) {
                let all = ui.add(Button::new(Label::new(self.words.get("marks-all")).small()).small());
                if all.on_hover_text(self.words.get("marks-all-hint")).clicked() {
                    self.take_proposals();
                    ui.close();
                }
            }
            if !matches!(finding.problem, Problem::Misspelt { .. }) {
                return;
            }
            let add = ui.add(Button::new(Label::new(self.words.get("spelling-add")).small()).small());
            let named = self.words.with("spelling-add-word", &[("word", word)]);
            theme::name_button(&add, &named);
            if add.on_hover_text(named).clicked() {
                self.add_to_my_words(word);
                ui.close();
            }
        });
    }

    /// Corrects all letters with wrong marks whose meaning is certain, as one step of undo.
    fn take_proposals(&mut self) {
        self.desk.document.close_step(self.form.place());
        self.form.forget_typing();
        self.desk.document.change(Step::Replace, self.form.place(), Release::take_proposals);
        self.desk.document.close_step(self.form.place());
    }

    /// Shows what is right in the place of a finding; `same` findings of its kind can be mended at once.
    fn offered_mend(&self, ui: &mut Ui, (problem, mend): (&Problem, &Mend), same: usize) -> Option<Extent> {
        let mut chosen = None;
        ui.horizontal_wrapped(|ui| {
            ui.add_space(14.0);
            let mut offer = |ui: &mut Ui, text: String, extent: Extent| {
                if ui.add(Button::new(Label::new(text).small()).small()).clicked() {
                    chosen = Some(extent);
                    ui.close();
                }
            };
            offer(ui, mend_words(&self.words, problem, &mend.by), Extent::One);
            if same > 1 {
                let count = self.words.digits(&same.to_string());
                offer(ui, self.words.with("mend-all", &[("count", &count)]), Extent::Kind);
            }
        });
        chosen
    }

    /// How each finding is mended, where it is now; `None` if there is not one way to mend it.
    fn mends_of(&self, findings: &[Finding]) -> Vec<Option<Mend>> {
        let release = self.desk.document.release();
        let mut mends = vec![None; findings.len()];
        for (_, range, index) in self.desk.places.all() {
            let (Some(finding), Some(place)) = (findings.get(*index), mends.get_mut(*index)) else { continue };
            let Some(field) = finding.field.filter(|field| !release.is_field_locked(*field)) else { continue };
            let text = release.text(field);
            let by = text.and_then(|text| finding.problem.mend(text.as_str(), range.clone()));
            *place = by.map(|by| Mend { field, range: range.clone(), by });
        }
        mends
    }

    /// Mends what was found, as one step.
    fn put_right(&mut self, mends: Vec<Mend>) {
        let release = self.desk.document.release();
        let mut mends: Vec<Mend> = mends.into_iter().flat_map(|mend| mend.with_other_marks(release)).collect();
        mends.sort_by_key(|mend| (mend.field, mend.range.start));
        mends.dedup_by(|after, before| after.field == before.field && after.range.start < before.range.end);
        let Some(first) = mends.first().map(|mend| mend.field) else { return };
        self.messages.withdraw(&self.tour.message);
        self.form.forget_typing();
        self.desk.document.close_step(self.form.place());
        let mut end = 0;
        self.desk.document.change(Step::Replace, self.form.place(), |release| {
            // From the last on, so that the places before stay where they are, and the notes before their paragraphs.
            for of_field in mends.chunk_by(|one, next| one.field == next.field).rev() {
                let Some(Mend { field, range: Range { end: before, .. }, .. }) = of_field.last() else { continue };
                let Some(mut text) = release.text(*field).map(|text| text.into_owned()) else { continue };
                let behind = text.len().saturating_sub(*before);
                for Mend { range, by, .. } in of_field.iter().rev() {
                    let with = text.slice(range.clone()).reworded(by);
                    text.replace(range.clone(), &with);
                }
                end = text.len().saturating_sub(behind);
                release.set_text(*field, text);
            }
        });
        self.desk.document.close_step(self.form.place());
        self.form.go_to(Selection::at(first, end));
    }

    /// Puts what is meant in the place of what is wrong, unless that has changed meanwhile.
    pub(super) fn respell(&mut self, respelling: &Respelling) {
        let Respelling { field, range, word, by, is_word } = respelling;
        let field = *field;
        self.desk.document.close_step(self.form.place());
        let Some(mut text) = self.desk.document.release().text(field).map(|text| text.into_owned()) else { return };
        let is_there = text.as_str().get(range.clone()) == Some(word.as_str());
        // Of an English word a part may be left of another.
        if !is_there || *is_word && word.is_ascii() && !proof::places_of(text.as_str(), &[word]).contains(range) {
            return;
        }
        if !is_word {
            self.put_right(vec![Mend { field, range: range.clone(), by: by.clone() }]);
            return;
        }
        self.messages.withdraw(&self.tour.message);
        self.form.forget_typing();
        let with = text.slice(range.clone()).reworded(by);
        text.replace(range.clone(), &with);
        self.desk.document.change(Step::Replace, self.form.place(), |release| release.set_text(field, text));
        self.desk.document.close_step(self.form.place());
        let end = range.start + by.len();
        self.form.go_to(Selection::at(field, end));
    }

    /// A box that switches a check for this release; returns its widget.
    fn switch(&mut self, ui: &mut Ui, check: Check, mut on: bool) -> Id {
        let switch = ui.checkbox(&mut on, self.words.get(check_name(check)));
        if switch.changed() {
            self.uncheck(check, !on);
        }
        switch.id
    }

    /// Switches a check off for this release, or on again.
    pub(super) fn uncheck(&mut self, check: Check, off: bool) {
        self.desk.document.change(Step::Checks, self.form.place(), |release| {
            release.unchecked.retain(|other| *other != check);
            if off {
                release.unchecked.push(check);
                release.unchecked.sort_unstable();
            }
        });
    }
}

/// How many findings of each kind can be mended.
fn count_by_kind(findings: &[Finding], mends: &[Option<Mend>]) -> HashMap<Option<Check>, usize> {
    let mut counts = HashMap::new();
    for (finding, _) in findings.iter().zip(mends).filter(|(_, mend)| mend.is_some()) {
        *counts.entry(finding.problem.check()).or_default() += 1;
    }
    counts
}

/// The mends of a finding and of all others of its kind. Of a name that is spelt in two ways, each as often, each place
/// is a finding: what is mended by another is let be, or the two would change places.
fn with_its_kind(findings: &[Finding], mends: &[Option<Mend>], index: usize) -> Vec<Mend> {
    let Some(chosen) = findings.get(index) else { return Vec::new() };
    let kind = chosen.problem.check();
    let mut right: HashSet<&str> = HashSet::new();
    let others = findings.iter().zip(mends).enumerate().filter(|(at, _)| *at != index).map(|(_, other)| other);
    let all = std::iter::once((chosen, mends.get(index).unwrap_or(&None))).chain(others);
    let mut of_kind = Vec::new();
    for (finding, mend) in all.filter(|(finding, _)| finding.problem.check() == kind) {
        let Some(mend) = mend else { continue };
        if let Problem::SpeltTwoWays { written, usual } = &finding.problem {
            if right.contains(written.as_str()) {
                continue;
            }
            right.insert(usual);
        }
        of_kind.push(mend.clone());
    }
    of_kind
}

/// Whether one finding is mended, or all of its kind.
#[derive(Clone, Copy)]
enum Extent {
    One,
    Kind,
}

/// What is put in the place of a finding.
#[derive(Clone)]
struct Mend {
    field: Field,
    range: Range<usize>,
    by: String,
}

impl Mend {
    /// A straight quotation mark is mended with all others of its text: one half of a pair looks worse than none.
    fn with_other_marks(self, release: &Release) -> Vec<Self> {
        let Self { field, range, .. } = &self;
        let text = release.text(*field).unwrap_or_default();
        if !matches!(text.as_str().get(range.clone()), Some("\"" | "'")) {
            return vec![self];
        }
        let marks = quotes::straight(text.as_str(), release.language, *field == Field::Headline);
        let marks = marks.into_iter().filter(|(range, _)| range.len() == 1);
        marks.map(|(range, by)| Self { field: *field, range, by: by.to_owned() }).collect()
    }
}

/// The places of findings in a revision of the document, each with its index.
pub(super) fn places(findings: &[Finding], revision: u64) -> Tracked<usize> {
    let place = |(index, finding): (usize, &Finding)| Some((finding.field?, finding.range.clone(), index));
    let some = findings.iter().enumerate().filter(|(_, finding)| !finding.range.is_empty());
    Tracked::new(revision, some.filter_map(place).collect())
}

/// Whether it is that the release in the other language says something else.
pub(super) fn is_difference(finding: &Finding) -> bool {
    matches!(finding.problem, Problem::Differs { .. })
}

/// Whether a part of the release is still to be written.
fn is_unwritten(problem: &Problem) -> bool {
    problem.is_gap() || matches!(problem, Problem::OpenPlaceholder(_))
}

/// The places of what is in a text and should be looked at, by weight, but for what is marked anyway: what is to
/// be filled in, and Khmer that is not well formed.
pub(super) fn weighed(findings: &[Finding], revision: u64) -> [Tracked<()>; 3] {
    [Weight::Error, Weight::Doubt, Weight::Style].map(|weight| {
        let is_marked = |finding: &Finding| {
            matches!(finding.problem, Problem::OpenPlaceholder(_) | Problem::Khmer { .. })
                || finding.range.is_empty()
                || finding.problem.weight() != weight
        };
        let place = |finding: &Finding| Some((finding.field?, finding.range.clone(), ()));
        Tracked::new(revision, findings.iter().filter(|finding| !is_marked(finding)).filter_map(place).collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_two_ways_becomes_one_and_not_the_other_way_round() {
        let finding = |written: &str, usual: &str, at: usize| Finding {
            field: Some(Field::Paragraph(0)),
            range: at..at + written.len(),
            problem: Problem::SpeltTwoWays { written: written.to_owned(), usual: usual.to_owned() },
        };
        let findings = [finding("Sokhonn", "Sokhon", 0), finding("Sokhon", "Sokhonn", 20), finding("Dera", "Dara", 40)];
        let mends: Vec<_> = findings
            .iter()
            .map(|Finding { range, problem, .. }| {
                let Problem::SpeltTwoWays { usual, .. } = problem else { unreachable!("all are names") };
                Some(Mend { field: Field::Paragraph(0), range: range.clone(), by: usual.clone() })
            })
            .collect();
        for (index, right) in [(0, ["Sokhon", "Dara"]), (1, ["Sokhonn", "Dara"])] {
            let by: Vec<_> = with_its_kind(&findings, &mends, index).into_iter().map(|mend| mend.by).collect();
            assert_eq!(by, right);
        }
        assert_eq!(with_its_kind(&findings, &mends, 2).len(), 2);
    }
}

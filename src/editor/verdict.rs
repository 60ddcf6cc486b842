//! What the status line says of the draft: that it is complete, what is open in it, or what was not checked.
//!
//! Invariant: a draft is called complete only when every check has run on this very text and found nothing, the
//! comparison with the release in the other language among them.

use std::path::Path;

use egui::{
    PopupCloseBehavior, RichText as Label, Ui,
    containers::menu::{MenuButton, MenuConfig},
};

use super::{
    Command, Editor,
    finding_words::check_name,
    findings::is_difference,
    theme::{Accents, accents, icon},
    words::Words,
};
use crate::release::Release;

/// What can be said of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// There are so many things to look at.
    Open(usize),
    /// The text has changed since it was checked.
    Checking,
    /// Nothing was found, but the release in this file was not read.
    NotCompared(String),
    /// Nothing was found, but the release in this file says so many things otherwise.
    Differs(String, usize),
    /// Nothing was found, but so many checks are switched off.
    ChecksOff(usize),
    /// Every check has run and found nothing.
    Complete,
}

/// What is known of a draft.
pub struct Checked<'a> {
    /// How many things were found.
    pub findings: usize,
    /// How many of them are not that the release in the other language differs.
    pub of_itself: usize,
    /// Whether the findings are those of the draft as it is.
    pub is_current: bool,
    /// In how many places the release in the other language differs, if it was read.
    pub differences: Option<usize>,
    /// The release.
    pub release: &'a Release,
}

impl Verdict {
    /// The verdict on a draft, and on the file of the release in the other language, if it names one.
    pub fn on(checked: &Checked<'_>, counterpart: Option<&Path>) -> Self {
        let Checked { findings, of_itself, is_current, differences, release } = checked;
        let file = counterpart.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        match (of_itself, file, differences) {
            (1.., ..) => Self::Open(*findings),
            _ if !is_current => Self::Checking,
            (_, Some(file), None) => Self::NotCompared(file),
            (_, Some(file), Some(count @ 1..)) => Self::Differs(file, *count),
            _ if !release.unchecked.is_empty() => Self::ChecksOff(release.unchecked.len()),
            _ => Self::Complete,
        }
    }

    fn in_words(&self, words: &Words) -> String {
        let digits = |count: &usize| words.digits(&count.to_string());
        match self {
            Self::Open(count) => words.count("words-missing", *count),
            Self::Checking => words.get("verdict-checking").to_owned(),
            Self::NotCompared(file) => words.with("verdict-not-compared", &[("file", file)]),
            Self::Differs(file, count) => words.with("verdict-differs", &[("file", file), ("count", &digits(count))]),
            Self::ChecksOff(count) => words.count("verdict-checks-off", *count),
            Self::Complete => words.get("complete").to_owned(),
        }
    }

    fn label(&self, words: &Words, accents: &Accents, weak: egui::Color32) -> Label {
        let (sign, ink) = match self {
            Self::Complete => (icon::DONE, accents.good),
            Self::Checking | Self::ChecksOff(_) => ("", weak),
            Self::Open(_) | Self::NotCompared(_) | Self::Differs(..) => (icon::WARNING, accents.warning),
        };
        let text = self.in_words(words);
        Label::new(if sign.is_empty() { text } else { format!("{sign}  {text}") }).color(ink)
    }
}

impl Editor {
    /// The button of the status line that says how the draft is, and opens the list of findings.
    pub(super) fn verdict(&mut self, ui: &mut Ui) {
        if !self.desk.is_checked || self.is_untouched() {
            // Nothing has been done wrong in what has not been begun.
            ui.label("");
            return;
        }
        let checked = Checked {
            findings: self.desk.findings.len(),
            of_itself: self.desk.findings.iter().filter(|finding| !is_difference(finding)).count(),
            is_current: self.desk.is_check_current() && !self.other_language.is_reading(),
            differences: self.desk.differences,
            release: self.desk.document.release(),
        };
        let verdict = Verdict::on(&checked, self.counterpart().as_deref());
        let label = verdict.label(&self.words, &accents(ui.visuals()), ui.visuals().weak_text_color());
        let off: Vec<&str> = checked.release.unchecked.iter().map(|check| self.words.get(check_name(*check))).collect();
        let off = (verdict == Verdict::ChecksOff(off.len())).then(|| off.join("\n"));
        // The list stays while checks are switched; what leads elsewhere closes it.
        let stays = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        let (response, inner) = MenuButton::new(label).config(stays).ui(ui, |ui| {
            if matches!(verdict, Verdict::NotCompared(_) | Verdict::Differs(..))
                && ui.button(self.words.get("counterpart")).clicked()
            {
                self.commands.push(Command::Counterpart);
                ui.close();
            }
            self.problems(ui);
        });
        self.tour.has_list_keyboard &= inner.is_some();
        if let Some(off) = off {
            response.on_hover_text(off);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::Check;

    #[test]
    fn a_draft_is_complete_only_when_every_check_has_run_on_it() {
        let (whole, mut quiet) = (Release::default(), Release::default());
        quiet.unchecked = vec![Check::Names, Check::Spelling];
        let file = || "visit.km.release".to_owned();
        let path = Path::new("/a/visit.km.release");
        for (findings, of_itself, is_current, differences, release, counterpart, verdict) in [
            (0, 0, true, None, &whole, None, Verdict::Complete),
            (0, 0, true, Some(0), &whole, Some(path), Verdict::Complete),
            (0, 0, false, None, &whole, None, Verdict::Checking),
            (3, 3, false, None, &whole, None, Verdict::Open(3)),
            (3, 1, true, Some(2), &quiet, Some(path), Verdict::Open(3)),
            (0, 0, true, None, &whole, Some(path), Verdict::NotCompared(file())),
            (2, 0, true, Some(2), &whole, Some(path), Verdict::Differs(file(), 2)),
            (0, 0, true, Some(0), &quiet, Some(path), Verdict::ChecksOff(2)),
        ] {
            let checked = Checked { findings, of_itself, is_current, differences, release };
            assert_eq!(Verdict::on(&checked, counterpart), verdict);
        }
    }
}

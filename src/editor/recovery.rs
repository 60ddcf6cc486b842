//! What a crash or a power cut kept from being saved, offered at the next start.
//!
//! Keeps the journal of the open draft in step with it, and asks about what earlier journals hold.
//! Its invariant: nothing that was typed is thrown away before the official has said so.

use std::{
    path::{Path, PathBuf},
    time::SystemTime,
};

use chrono::Datelike as _;
use egui::{RichText as Label, Ui};

use super::{
    Editor, comparison,
    document::{Document, Step},
    errors::Said as _,
    theme,
    words::Words,
};
use crate::{
    dates,
    release::{Release, difference::difference},
    storage::{
        self, DiskState,
        journal::{self, Journal, Recovery},
    },
};

/// The journal of the open draft, and what was found at the start.
#[derive(Default)]
pub struct Safety {
    /// Where journals are kept; `None` keeps none.
    folder: Option<PathBuf>,
    journal: Option<Journal>,
    found: Vec<Recovery>,
    /// The one that is to be thrown away, once that is said again.
    doomed: Option<usize>,
    /// Whether it was said that the journal cannot be written.
    told: bool,
}

impl Safety {
    /// Where journals are kept; `None` keeps none.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }
}

/// What an official wants done with what was found.
enum Wish {
    Open(usize),
    ThrowAway(usize),
    Later,
}

impl Editor {
    /// Begins to keep what is typed in `folder`, and looks there for what was never saved.
    pub(super) fn keep_safe(&mut self, folder: Option<PathBuf>) {
        let Some(folder) = folder else { return };
        let found = journal::recoveries(&folder);
        for damaged in found.damaged {
            self.failed_by(&damaged);
        }
        self.safety.found = found.recoveries;
        self.safety.folder = Some(folder);
        self.begin_journal();
    }

    /// Begins the journal of the draft that was just put into the window.
    pub(super) fn begin_journal(&mut self) {
        let opened = self.document.release().clone();
        self.begin_journal_since(&opened);
    }

    /// Begins the journal of a draft that has already changed since its file held `opened`.
    pub(super) fn begin_journal_since(&mut self, opened: &Release) {
        self.end_journal();
        let folder = self.safety.folder.as_deref();
        self.safety.journal = folder.map(|folder| Journal::begin(folder, self.document.path(), opened));
    }

    /// Ends the journal of a draft that is saved, or not wanted.
    pub(super) fn end_journal(&mut self) {
        // What cannot be taken away is offered at the next start, where it can be thrown away.
        if let Some(Err(error)) = self.safety.journal.take().map(Journal::finish) {
            self.failed_by(&*error);
        }
    }

    /// Notes a change of the draft.
    pub(super) fn record(&self) {
        if let Some(journal) = &self.safety.journal {
            journal.record(self.document.release());
        }
    }

    /// Notes that the draft is in its file.
    pub(super) fn recorded(&self) {
        if let (Some(journal), Some(path)) = (&self.safety.journal, self.document.path()) {
            journal.saved(path, journal.saving(self.document.release()));
        }
    }

    /// Says so, once, if what is typed cannot be kept.
    pub(super) fn watch_journal(&mut self) {
        let trouble = self.safety.journal.as_ref().and_then(Journal::trouble);
        match trouble {
            Some(trouble) if !self.safety.told => {
                self.safety.told = true;
                self.failed_by(&*trouble);
            }
            Some(_) => {}
            None => self.safety.told = false,
        }
    }

    /// Whether there is something found to be asked about.
    pub(super) fn is_asking_recovery(&self) -> bool {
        !self.safety.found.is_empty()
    }

    /// Asks what to do with what was found.
    pub(super) fn ask_recovery(&mut self, ctx: &egui::Context) {
        if !self.is_asking_recovery() {
            return;
        }
        let mut wish = None;
        let (words, safety) = (&self.words, &self.safety);
        theme::question(ctx, "recovery").show(ctx, |ui| {
            ui.set_width(520.0);
            ui.label(Label::new(words.get("recovery-title")).font(theme::strong(17.0)));
            ui.add_space(6.0);
            ui.label(words.get("recovery-text"));
            ui.add_space(8.0);
            egui::ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
                for (index, recovery) in safety.found.iter().enumerate() {
                    ui.separator();
                    wish = offer(ui, words, recovery, index, safety.doomed == Some(index)).or(wish.take());
                }
            });
            ui.separator();
            if ui.button(words.get("recovery-later")).clicked() {
                wish = Some(Wish::Later);
            }
        });
        match wish {
            Some(Wish::Open(index)) => self.recover(index),
            Some(Wish::ThrowAway(index)) if self.safety.doomed == Some(index) => {
                self.safety.doomed = None;
                if let Err(error) = self.safety.found.remove(index).discard() {
                    self.failed_by(&error);
                }
            }
            Some(Wish::ThrowAway(index)) => self.safety.doomed = Some(index),
            Some(Wish::Later) => self.safety.found.clear(),
            // A click beside it decides nothing.
            None if ctx.input(|input| input.key_pressed(egui::Key::Escape)) => self.safety.found.clear(),
            None => {}
        }
    }

    /// Opens what was found, as changes of the draft that are not saved yet and can be undone.
    fn recover(&mut self, index: usize) {
        let recovery = self.safety.found.remove(index);
        self.safety.found.clear();
        self.end_journal();
        let release = recovery.release.clone();
        self.put(Document::new(recovery.base().clone(), recovery.draft.clone()));
        self.document.change(Step::Recovery, None, |now| *now = release);
        self.document.close_step(None);
        if let Some(path) = &recovery.draft {
            // The file was read when the program began. What changed since is noticed when the draft is saved.
            let on_disk = DiskState::of(path).ok();
            let is_same = match (&recovery.file, storage::open(path)) {
                (Some(Ok(before)), Ok(now)) => *before == now,
                (before, now) => before.as_ref().is_none_or(Result::is_err) && now.is_err(),
            };
            self.note_state(if is_same { on_disk } else { on_disk.map(|_| DiskState::unlike_any()) });
            self.take_lock(path);
        }
        self.safety.journal = Some(recovery.resume());
    }
}

/// One draft that was found, with its times.
fn offer(ui: &mut Ui, words: &Words, recovery: &Recovery, index: usize, doomed: bool) -> Option<Wish> {
    let mut wish = None;
    let name =
        recovery.draft.as_ref().and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
    let headline = Some(recovery.release.headline.clone()).filter(|headline| !headline.is_empty());
    let name = name.or(headline).unwrap_or_else(|| words.get("untitled").to_owned());
    ui.add(egui::Label::new(Label::new(&name).strong()).truncate());
    if let Some(path) = &recovery.draft {
        ui.add(egui::Label::new(Label::new(path.display().to_string()).weak().small()).truncate());
    }
    ui.label(words.with("recovery-changed", &[("time", &time(words, recovery.changed))]));
    match recovery.file_modified {
        Some(modified) => ui.label(words.with("recovery-file", &[("time", &time(words, modified))])),
        None => ui.label(words.get("recovery-no-file")),
    };
    if let Some(Err(error)) = &recovery.file {
        ui.label(error.said(words));
    }
    ui.push_id(index, |ui| {
        ui.collapsing(words.get("recovery-difference"), |ui| {
            comparison::show(ui, words, &difference(recovery.base(), &recovery.release));
        });
    });
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        let button = |ui: &mut Ui, text: &str| {
            let response = ui.button(text);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{text} ({name})")));
            response.clicked()
        };
        if button(ui, words.get("recovery-open")) {
            wish = Some(Wish::Open(index));
        }
        let throw_away = if doomed { "recovery-really" } else { "recovery-discard" };
        if button(ui, words.get(throw_away)) {
            wish = Some(Wish::ThrowAway(index));
        }
    });
    ui.add_space(4.0);
    wish
}

/// A time of the local clock, in the words of the window; `?` for one that no clock has shown, as a
/// damaged file may name.
pub(super) fn time(words: &Words, time: SystemTime) -> String {
    let Some(time) = local(time) else { return "?".to_owned() };
    let date = dates::date_in(words.language, time.date_naive());
    format!("{date} {}", words.digits(&time.format("%H:%M:%S").to_string()))
}

fn local(time: SystemTime) -> Option<chrono::DateTime<chrono::Local>> {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    let time = chrono::DateTime::from_timestamp(i64::try_from(since.as_secs()).ok()?, since.subsec_nanos())?;
    (time.year() <= 9999).then(|| time.with_timezone(&chrono::Local))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::release::Language;

    #[test]
    fn a_time_that_no_clock_has_shown_is_a_question_mark() {
        let words = Words::new(Language::English);
        let after = |duration| SystemTime::UNIX_EPOCH.checked_add(duration).unwrap();
        // As in a lock that says `since: 18446744073709551615`, and the last that a system can hold.
        for far in [Duration::from_millis(u64::MAX), Duration::from_secs(i64::MAX as u64), Duration::from_secs(1 << 43)]
        {
            assert_eq!(time(&words, after(far)), "?");
        }
        assert_eq!(time(&words, SystemTime::UNIX_EPOCH - Duration::from_secs(1)), "?");
        assert!(time(&words, after(Duration::from_secs(1_700_000_000))).contains("November 2023"));
    }
}

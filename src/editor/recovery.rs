//! What a crash or a power cut kept from being saved, offered at the next start.
//!
//! Keeps the journal of the open draft in step with it, and asks about what earlier journals hold. These
//! are on the local disk and are offered before the drafts' own files, which may be on a share that
//! hangs, have been looked at. Its invariant: nothing that was typed is thrown away before the user has
//! said so.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant, SystemTime},
};

use chrono::Datelike as _;
use egui::{RichText as Label, Ui};

use super::{
    Editor, comparison,
    disk::{
        self,
        recovery::{Found, Looked},
    },
    editing::{Document, Step},
    errors::Localise as _,
    field::Canvas,
    jobs::{Answer, JobId, Task},
    theme,
    words::Words,
};
use crate::{
    dates,
    release::{Release, difference::difference},
    storage::{
        DiskState,
        corrections::{self, Kept},
        journal::{self, Journal, Recovery},
    },
};

/// What is found is offered after this time though its file has not been looked at. Most files are by
/// then, and what turns out to be in its file is never offered.
const LOOKING: Duration = Duration::from_millis(300);

/// The journal of the open draft, and what was found at the start.
#[derive(Default)]
pub struct Safety {
    /// Where journals are kept; `None` keeps none.
    folder: Option<PathBuf>,
    pub journal: Option<Journal>,
    found: Vec<Offer>,
    /// Corrections of damaged drafts that were found, each with its number.
    corrections: Vec<(u64, Kept)>,
    /// How many were found so far.
    count: u64,
    /// When to look again.
    later: Vec<Instant>,
    /// The offer that a second click discards.
    confirm_discard: Option<u64>,
    /// Whether it was said that the journal cannot be written.
    is_reported: bool,
}

impl Safety {
    /// Where journals are kept; `None` keeps none.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Offers corrections no more, for they are open.
    pub fn forget_corrections(&mut self, file: &Path) {
        self.corrections.retain(|(_, kept)| kept.file != file);
    }
}

/// When the journals are looked at again after the start.
const LATER: [Duration; 2] = [Duration::from_secs(3), Duration::from_secs(10)];

/// Changes that were found.
struct Offer {
    number: u64,
    recovery: Recovery,
    file: FileLook,
}

/// Whether the draft's own file has been looked at.
enum FileLook {
    /// It is being looked at
    Coming(Instant, JobId),
    /// It was so, or was not there
    Known(Option<DiskState>),
    /// It does not answer
    Unreachable,
}

impl Offer {
    fn is_shown(&self) -> bool {
        !matches!(self.file, FileLook::Coming(since, _) if since.elapsed() < LOOKING)
    }

    /// How the draft's file was; where that is not known, nothing is written over it unasked.
    fn on_disk(&self) -> Option<DiskState> {
        match (&self.file, &self.recovery.file) {
            (FileLook::Known(None), Some(Ok(_))) | (FileLook::Coming(..) | FileLook::Unreachable, _) => {
                self.recovery.draft.as_ref().map(|_| DiskState::unlike_any())
            }
            (FileLook::Known(on_disk), _) => on_disk.clone(),
        }
    }
}

/// What the user wants done with what was found.
enum Action {
    Open(u64),
    ThrowAway(u64),
    Later,
}

impl Editor {
    /// Begins to keep what is typed in `folder`, and looks there for what was never saved.
    pub(super) fn keep_safe(&mut self, folder: Option<PathBuf>) {
        let Some(folder) = folder else { return };
        self.safety.folder = Some(folder.clone());
        self.begin_journal();
        self.safety.later = LATER.map(|wait| Instant::now() + wait).to_vec();
        self.look_for_recoveries(folder);
    }

    /// Looks once more when it is time: where the program ended just before this start, the system may not have let go
    /// of its journal yet.
    pub(super) fn look_again(&mut self, ctx: &egui::Context) {
        let now = Instant::now();
        let is_due = self.safety.later.first().is_some_and(|at| *at <= now);
        if let Some(folder) = self.safety.folder.clone().filter(|_| is_due) {
            self.safety.later.remove(0);
            // What was typed meanwhile is not to give way to what is found; that is offered at the next start.
            if !self.loses_changes() {
                self.look_for_recoveries(folder);
            }
        }
        if let Some(at) = self.safety.later.first() {
            ctx.request_repaint_after(at.saturating_duration_since(now));
        }
    }

    fn look_for_recoveries(&mut self, folder: PathBuf) {
        self.jobs.start(
            Task::on("doing-recovery", &folder.clone()),
            move |thread| disk::recovery::find(thread, &folder),
            |editor: &mut Self, answer| match answer {
                Answer::Done(found) | Answer::Late(found) => editor.found(found),
                Answer::Lost => editor.lost(),
                Answer::Stopped => {}
            },
        );
    }

    /// Offers what was found. Looks at the files of drafts, to compare them.
    fn found(&mut self, found: Found) {
        let Found { journals, corrections: corrections::FoundCorrections { kept, damaged } } = found;
        for damaged in journals.damaged.into_iter().chain(damaged) {
            self.program_failed_by(&damaged);
        }
        for kept in kept {
            if !self.safety.corrections.iter().any(|(_, known)| known.file == kept.file) {
                self.safety.corrections.push((self.safety.count, kept));
                self.safety.count += 1;
            }
        }
        for recovery in journals.recoveries {
            let number = self.safety.count;
            self.safety.count += 1;
            let file = match recovery.draft.clone() {
                None => FileLook::Known(None),
                Some(draft) => {
                    let job = self.jobs.start(
                        Task::on("doing-recovery-file", &draft),
                        move |thread| disk::recovery::look(thread, &draft),
                        move |editor: &mut Self, answer| editor.looked(number, answer),
                    );
                    FileLook::Coming(Instant::now(), job)
                }
            };
            self.safety.found.push(Offer { number, recovery, file });
        }
    }

    /// Compares what was found with its file. What is in it is not offered.
    fn looked(&mut self, number: u64, answer: Answer<Looked>) {
        let Some(index) = self.safety.found.iter().position(|offer| offer.number == number) else { return };
        let Some(offer) = self.safety.found.get_mut(index) else { return };
        match answer {
            Answer::Done(Looked { held, on_disk }) | Answer::Late(Looked { held, on_disk }) => {
                offer.recovery.compare_with(held);
                offer.file = FileLook::Known(on_disk);
                if !offer.recovery.is_of_use() {
                    // What cannot be taken away is found again, and is in its file again.
                    self.discard(index, false);
                }
            }
            Answer::Stopped | Answer::Lost => offer.file = FileLook::Unreachable,
        }
    }

    /// Throws away what was found; `is_told` if that cannot be done.
    fn discard(&mut self, index: usize, is_told: bool) {
        let Offer { recovery, .. } = self.safety.found.remove(index);
        let Some(folder) = self.safety.folder.clone() else { return };
        self.jobs.start(
            Task::on("doing-recovery", &folder),
            move |thread| disk::recovery::discard(thread, recovery),
            move |editor: &mut Self, answer| match answer {
                Answer::Done(Err(error)) | Answer::Late(Err(error)) if is_told => editor.program_failed_by(&error),
                _ => {}
            },
        );
    }

    /// Begins the journal of the draft that was just put into the window.
    pub(super) fn begin_journal(&mut self) {
        let opened = self.desk.document.release().clone();
        self.begin_journal_since(&opened);
    }

    /// Begins the journal of a draft that has already changed since its file held `opened`.
    pub(super) fn begin_journal_since(&mut self, opened: &Release) {
        self.end_journal();
        let folder = self.safety.folder.as_deref();
        self.safety.journal = folder.map(|folder| Journal::begin(folder, self.desk.document.path(), opened));
    }

    /// Ends the journal of a draft that is saved, or not wanted.
    pub(super) fn end_journal(&mut self) {
        let Some((journal, folder)) = self.safety.journal.take().zip(self.safety.folder.clone()) else { return };
        self.jobs.start(
            Task::on("doing-recovery", &folder),
            move |thread| disk::settings::finish(thread, journal),
            |editor: &mut Self, answer| {
                // What cannot be taken away is offered at the next start, where it can be thrown away.
                if let Answer::Done(Err(error)) = answer {
                    editor.program_failed_by(&*error);
                }
            },
        );
    }

    /// Notes a change of the draft, and what is written of a comment.
    pub(super) fn record(&self) {
        if let Some(journal) = &self.safety.journal {
            let release = self.desk.document.release();
            match self.review.with_written(&release.comments) {
                Some(comments) => journal.record(&Release { comments, ..release.clone() }),
                None => journal.record(release),
            }
        }
    }

    /// Notes that the draft's file holds what a save began with.
    pub(super) fn recorded(&self, path: &Path, saving: Option<journal::Saving>) {
        if let (Some(journal), Some(saving)) = (&self.safety.journal, saving) {
            journal.saved(path, saving);
        }
    }

    /// Says so, once, if what is typed cannot be kept.
    pub(super) fn watch_journal(&mut self) {
        let trouble = self.safety.journal.as_ref().and_then(Journal::trouble);
        match trouble {
            Some(trouble) if !self.safety.is_reported => {
                self.safety.is_reported = true;
                self.failed_by(&*trouble);
            }
            Some(_) => {}
            None => self.safety.is_reported = false,
        }
    }

    /// Whether there is something found to be asked about.
    pub(super) fn is_asking_recovery(&self) -> bool {
        self.safety.found.iter().any(Offer::is_shown) || !self.safety.corrections.is_empty()
    }

    /// Asks what to do with what was found.
    pub(super) fn ask_recovery(&mut self, ctx: &egui::Context) {
        if !self.safety.found.iter().all(Offer::is_shown) {
            ctx.request_repaint_after(LOOKING);
        }
        if !self.is_asking_recovery() {
            return;
        }
        let mut action = None;
        let (words, canvas, safety) = (&self.words, &mut self.canvas, &self.safety);
        theme::question(ctx, "recovery").show(ctx, |ui| {
            ui.set_width(520.0);
            ui.label(Label::new(words.get("recovery-title")).font(theme::strong(17.0)));
            ui.add_space(6.0);
            ui.label(words.get("recovery-text"));
            ui.add_space(8.0);
            let height = 360.0_f32.min(ui.ctx().content_rect().height() - 240.0).max(120.0);
            theme::list(height).show(ui, |ui| {
                for offer in safety.found.iter().filter(|offer| offer.is_shown()) {
                    ui.separator();
                    action = show_offer(ui, canvas, words, offer, safety.confirm_discard).or(action.take());
                }
                for (number, kept) in &safety.corrections {
                    ui.separator();
                    action = show_corrections(ui, words, *number, kept, safety.confirm_discard).or(action.take());
                }
            });
            ui.separator();
            if ui.button(words.get("recovery-later")).clicked() {
                action = Some(Action::Later);
            }
        });
        let index = |number: u64| self.safety.found.iter().position(|offer| offer.number == number);
        let corrections = |number: u64| self.safety.corrections.iter().position(|(of, _)| *of == number);
        match action {
            Some(Action::Open(number)) => {
                if let Some(index) = index(number) {
                    self.recover(index);
                } else if let Some(index) = corrections(number) {
                    let (_, kept) = self.safety.corrections.remove(index);
                    self.forget_found();
                    self.open_corrections(kept);
                }
            }
            Some(Action::ThrowAway(number)) if self.safety.confirm_discard == Some(number) => {
                if let Some(index) = index(number) {
                    self.discard(index, true);
                } else if let Some(index) = corrections(number) {
                    let (_, kept) = self.safety.corrections.remove(index);
                    self.discard_corrections(kept.file);
                }
                self.safety.confirm_discard = None;
            }
            Some(Action::ThrowAway(number)) => self.safety.confirm_discard = Some(number),
            Some(Action::Later) => self.forget_found(),
            // A click beside it decides nothing.
            None if ctx.input(|input| input.key_pressed(egui::Key::Escape)) => self.forget_found(),
            None => {}
        }
    }

    /// Leaves what was found for the next start.
    fn forget_found(&mut self) {
        self.safety.later.clear();
        self.safety.corrections.clear();
        for offer in self.safety.found.drain(..) {
            if let FileLook::Coming(_, job) = offer.file {
                self.jobs.stop(job);
            }
        }
    }

    /// Opens what was found, as changes of the draft that are not saved yet and can be undone.
    fn recover(&mut self, index: usize) {
        let offer = self.safety.found.remove(index);
        let on_disk = offer.on_disk();
        if let FileLook::Coming(_, job) = offer.file {
            self.jobs.stop(job);
        }
        self.forget_found();
        self.end_journal();
        let recovery = offer.recovery;
        let release = recovery.release.clone();
        self.put(Document::new(recovery.base().clone(), recovery.draft.clone()));
        self.desk.document.change(Step::Recovery, None, |now| *now = release);
        self.desk.document.close_step(None);
        // The file was read when the program began. What changed since is noticed when the draft is saved.
        self.note_state(on_disk);
        self.safety.journal = Some(recovery.resume());
    }
}

/// One draft that was found, with its times.
fn show_offer(
    ui: &mut Ui,
    canvas: &mut Canvas,
    words: &Words,
    offer: &Offer,
    confirm_discard: Option<u64>,
) -> Option<Action> {
    let Offer { number, recovery, file } = offer;
    let name = recovery.draft.as_deref().and_then(file_name);
    let headline = Some(recovery.release.headline.clone()).filter(|headline| !headline.is_empty());
    let name = name.or(headline).unwrap_or_else(|| words.get("untitled").to_owned());
    show_name(ui, &name, recovery.draft.as_deref());
    ui.label(words.with("recovery-changed", &[("time", &time(words, recovery.changed))]));
    match (recovery.file_modified, file) {
        (Some(modified), _) => ui.label(words.with("recovery-file", &[("time", &time(words, modified))])),
        (None, FileLook::Known(_)) => ui.label(words.get("recovery-no-file")),
        (None, FileLook::Coming(..) | FileLook::Unreachable) => ui.label(words.get("recovery-unreachable")),
    };
    if let Some(Err(error)) = &recovery.file {
        ui.label(error.localised(words));
    }
    ui.push_id(number, |ui| {
        ui.collapsing(words.get("recovery-difference"), |ui| {
            let releases = (recovery.base(), &recovery.release);
            comparison::view(ui, canvas, words, releases, &difference(releases.0, releases.1));
        });
    });
    buttons(ui, words, *number, &name, confirm_discard == Some(*number))
}

/// Corrections of one damaged draft that were found.
fn show_corrections(
    ui: &mut Ui,
    words: &Words,
    number: u64,
    kept: &Kept,
    confirm_discard: Option<u64>,
) -> Option<Action> {
    let name = file_name(&kept.draft).unwrap_or_else(|| words.get("untitled").to_owned());
    show_name(ui, &name, Some(&kept.draft));
    ui.label(words.get("recovery-corrections"));
    ui.label(words.with("recovery-changed", &[("time", &time(words, kept.changed))]));
    buttons(ui, words, number, &name, confirm_discard == Some(number))
}

fn file_name(path: &Path) -> Option<String> {
    path.file_name().map(|name| name.to_string_lossy().into_owned())
}

/// The name of a draft that was found, and where it is.
fn show_name(ui: &mut Ui, name: &str, path: Option<&Path>) {
    ui.add(egui::Label::new(Label::new(name).strong()).truncate());
    if let Some(path) = path {
        ui.add(egui::Label::new(Label::new(path.display().to_string()).weak().small()).truncate());
    }
}

/// What can be done with what was found.
fn buttons(ui: &mut Ui, words: &Words, number: u64, name: &str, confirm_discard: bool) -> Option<Action> {
    let mut action = None;
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        let button = |ui: &mut Ui, text: &str| {
            let response = ui.button(text);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{text} ({name})")));
            response.clicked()
        };
        let open = theme::default_button(ui, words.get("recovery-open"));
        let named = format!("{} ({name})", words.get("recovery-open"));
        open.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &named));
        if open.clicked() {
            action = Some(Action::Open(number));
        }
        let throw_away = if confirm_discard { "recovery-really" } else { "recovery-discard" };
        if button(ui, words.get(throw_away)) {
            action = Some(Action::ThrowAway(number));
        }
    });
    ui.add_space(4.0);
    action
}

/// A time of the local clock, in the words of the window; `?` for one that no clock has shown, as a
/// damaged file may name.
pub(super) fn time(words: &Words, time: SystemTime) -> String {
    let Some(time) = local(time) else { return "?".to_owned() };
    let date = dates::date_in(words.of_releases(), time.date_naive());
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
    use crate::storage::WindowLanguage;

    #[test]
    fn a_time_that_no_clock_has_shown_is_a_question_mark() {
        let words = Words::new(WindowLanguage::English);
        let after = |duration| SystemTime::UNIX_EPOCH.checked_add(duration);
        // As in a lock that says `since: 18446744073709551615`, and the last that a system can hold.
        for far in [Duration::from_millis(u64::MAX), Duration::from_secs(i64::MAX as u64), Duration::from_secs(1 << 43)]
        {
            // The clock of Windows does not go as far.
            assert!(after(far).is_none_or(|far| time(&words, far) == "?"));
        }
        assert_eq!(time(&words, SystemTime::UNIX_EPOCH - Duration::from_secs(1)), "?");
        let known = after(Duration::from_secs(1_700_000_000)).unwrap();
        assert!(time(&words, known).contains("November 2023"));
    }
}

//! Closing the window, and leaving a draft for another: what must be settled before.
//!
//! Its invariants: no change goes that is neither saved nor given up by the user; and no disk, share or
//! printer that hangs keeps the window open once that is settled.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use egui::RichText as Label;

use super::{
    Command, Editor, disk, input_order,
    jobs::{Answer, Task},
    people::People,
    question::{Purpose, Question},
    theme,
};
use crate::storage::Settings;

/// How long a window that closes waits for the settings to be written and for locks and journals to be
/// taken away. What is left of these then is tidied at a later start.
const LAST_WAIT: Duration = Duration::from_secs(2);

/// How far closing has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CloseState {
    /// The window is not closing
    #[default]
    Open,
    /// It was asked to close, and events from before that still wait
    Asked,
    /// It is settled, and since then last files are written
    Tidying(Instant),
    /// The window goes
    Closed,
}

impl CloseState {
    /// Whether it is settled that the window closes.
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Tidying(_) | Self::Closed)
    }
}

/// Closing the window, and what the user has answered about unsaved changes.
#[derive(Default)]
pub struct Closing {
    /// How far it has come.
    pub state: CloseState,
    /// The revision whose changes the user has refused to save, for the one command that was asked about.
    pub refused: Option<u64>,
}

/// The file of the settings.
pub struct SettingsFile {
    /// Where it is; without it nothing is kept.
    pub path: Option<PathBuf>,
    /// Whether it is being written.
    pub write: SettingsWrite,
    /// The settings of this window as they were read or written last.
    pub known: Settings,
}

impl SettingsFile {
    /// The file at a path, from which these settings were read.
    pub fn at(path: Option<PathBuf>, known: Settings) -> Self {
        Self { path, write: SettingsWrite::Idle, known }
    }
}

/// Whether the settings are being written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SettingsWrite {
    /// They are not
    #[default]
    Idle,
    /// They are
    Running,
    /// They are, and have changed since
    Outdated,
}

impl Editor {
    /// Answers a request of the system to close the window, after everything that came before it has
    /// reached the draft.
    pub(super) fn answer_close(&mut self, ctx: &egui::Context) {
        let is_waiting = input_order::is_waiting(ctx);
        let is_lossless = !self.loses_changes() && !is_waiting;
        if ctx.input(|input| input.viewport().close_requested()) {
            if self.closing.state == CloseState::Closed && is_lossless {
                return;
            }
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            if !self.closing.state.is_settled() {
                self.closing.state = CloseState::Asked;
            }
        }
        if self.closing.state.is_settled() && !is_lossless {
            // Typed after the window was asked to close.
            self.stay_open();
        }
        if self.closing.state == CloseState::Asked && !is_waiting {
            self.closing.state = CloseState::Open;
            // Unsaved input in a dialog is discarded only by that dialog's buttons.
            let is_filling = self.templates.is_begun()
                || self.people.as_ref().is_some_and(People::is_begun)
                || self.questions.iter().any(Question::is_begun);
            if !is_filling {
                self.carry_out(Command::Quit, ctx);
            }
        }
        if let CloseState::Tidying(since) = self.closing.state {
            let is_tidy = !self.jobs.is_busy() || since.elapsed() > LAST_WAIT && self.output.exports == 0;
            if is_tidy {
                self.closing.state = CloseState::Closed;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
            ctx.request_repaint_after(Duration::from_millis(20));
        }
        self.follow_refusal();
    }

    /// Whether the user has refused to save the changes of the draft in the window.
    pub(super) fn is_refused(&self) -> bool {
        self.desk.document.is_unsaved() && !self.loses_changes()
    }

    /// Removes the journal of changes that the user has refused to save. If their draft stays in the window, the refusal
    /// ends, and they are kept again.
    fn follow_refusal(&mut self) {
        if self.closing.state.is_settled() {
            return;
        }
        let goes_on = self.closing.state == CloseState::Asked
            || self.dialog.is_some()
            || self.templates.is_asking()
            || !self.questions.is_empty()
            || !self.commands.is_empty()
            || self.jobs.is_busy();
        if !goes_on {
            self.closing.refused = None;
        }
        let is_kept = self.safety.journal.is_some();
        if is_kept && self.is_refused() {
            self.end_journal();
        } else if !is_kept && !self.is_refused() && self.safety.folder().is_some() {
            self.resume_journal();
        }
    }

    /// Begins the journal of the draft in the window again, with its changes since it was saved.
    fn resume_journal(&mut self) {
        let saved = self.desk.document.saved().cloned().unwrap_or_default();
        self.begin_journal_since(&saved);
        self.record();
    }

    /// Closes the window, now that this loses nothing. An export is waited for as long as the user does.
    pub(super) fn begin_to_close(&mut self, ctx: &egui::Context) {
        if self.closing.state.is_settled() {
            return;
        }
        self.window_size.note(&mut self.settings);
        self.save_settings();
        self.leave_repair();
        self.end_journal();
        self.release_lock();
        self.closing.state = CloseState::Tidying(Instant::now());
        ctx.request_repaint();
    }

    /// Keeps the window open, with the draft as safe as it was before.
    fn stay_open(&mut self) {
        self.closing.state = CloseState::Asked;
        self.resume_journal();
        if let Some(path) = self.desk.document.path().map(std::path::Path::to_owned) {
            self.take_lock(&path);
        }
    }

    /// Whether the draft has changes that are neither saved nor given up by the user.
    pub(super) fn loses_changes(&self) -> bool {
        let is_written = self.review.with_written(&[]).is_some();
        is_written || self.desk.document.is_unsaved() && self.closing.refused != Some(self.desk.document.revision())
    }

    /// Asks what becomes of unsaved changes before a command that leaves the draft.
    pub(super) fn ask_unsaved(&mut self, next: Command, ctx: &egui::Context) -> Option<Question> {
        let saving = self.saving.target().map(|path| path.display().to_string());
        if !self.desk.document.is_unsaved() {
            // It was saved meanwhile.
            self.carry_out(next, ctx);
            return None;
        }
        let (mut save, mut elsewhere, mut discard, mut cancel) = (false, false, false, false);
        let modal = theme::question(ctx, "unsaved").show(ctx, |ui| {
            ui.set_width(if saving.is_some() { 520.0 } else { 400.0 });
            ui.label(Label::new(self.words.get("unsaved-title")).font(theme::strong(17.0)));
            ui.add_space(6.0);
            ui.label(match &saving {
                Some(file) => self.words.with("unsaved-saving", &[("file", file)]),
                None => self.words.with("unsaved-text", &[("name", &self.name())]),
            });
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                let wait = if saving.is_some() { "unsaved-wait" } else { "unsaved-save" };
                save = theme::default_button(ui, self.words.get(wait)).clicked();
                elsewhere = saving.is_some() && ui.button(self.words.get("unsaved-elsewhere")).clicked();
                discard = ui.button(self.words.get("unsaved-discard")).clicked();
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    cancel = ui.button(self.words.get("cancel")).clicked();
                });
            });
        });
        if elsewhere {
            self.ask_file(Purpose::Save(Some(next)));
        } else if save {
            match self.saving.target().or(self.desk.document.path()).map(std::path::Path::to_owned) {
                Some(path) => self.save_to(&path, Some(next)),
                None => self.ask_file(Purpose::Save(Some(next))),
            }
        } else if discard {
            self.closing.refused = Some(self.desk.document.revision());
            self.saving.give_up(&mut self.jobs);
            self.perform(next, ctx);
        } else if !cancel && !modal.should_close() {
            return Some(Question::Unsaved(next));
        }
        None
    }

    /// Writes the settings. Of several requests while they are being written the last counts.
    pub(super) fn save_settings(&mut self) {
        let Some(path) = self.settings_file.path.clone() else { return };
        if self.settings_file.write != SettingsWrite::Idle {
            self.settings_file.write = SettingsWrite::Outdated;
            return;
        }
        self.settings_file.write = SettingsWrite::Running;
        let (settings, before, to) = (self.settings.clone(), self.settings_file.known.clone(), path.clone());
        let written = settings.clone();
        self.jobs.start(
            Task::on("doing-settings", &path).in_order(),
            move |thread| disk::settings::save(thread, &settings, &before, &to),
            move |editor: &mut Self, answer| {
                if matches!(answer, Answer::Late(_)) {
                    return;
                }
                let state = std::mem::take(&mut editor.settings_file.write);
                if matches!(answer, Answer::Done(Ok(()))) {
                    editor.settings_file.known.clone_from(&written);
                }
                match answer {
                    Answer::Done(Err(error)) => editor.program_failed_by(&error),
                    Answer::Done(Ok(())) if state == SettingsWrite::Outdated => editor.save_settings(),
                    Answer::Lost => editor.lost(),
                    Answer::Done(Ok(())) | Answer::Stopped | Answer::Late(_) => {}
                }
            },
        );
    }
}

//! The earlier versions of the draft: a list, what has changed since each, and taking one back.
//!
//! Versions are read on other threads, one at a time, and what is read for a version that is no longer chosen
//! is dropped.

use std::path::Path;

use egui::RichText as Label;

use super::{
    Editor, comparison, disk,
    editing::Step,
    errors::Localise as _,
    jobs::{Answer, Task},
    prose,
    question::{History, Question},
    recovery::time,
    theme,
};
use crate::{
    release::{
        Release,
        difference::{Change, difference},
    },
    storage::{StorageError, versions::Version},
};

impl Editor {
    /// Shows the earlier versions of the draft.
    pub(super) fn open_history(&mut self) {
        let Some((folder, path)) = self.saving.versions.clone().zip(self.desk.document.path().map(Path::to_owned))
        else {
            return;
        };
        let draft = self.draft;
        self.jobs.start(
            Task::on("doing-versions", &path),
            move |thread| disk::drafts::versions(thread, &folder, &path),
            move |editor: &mut Self, answer| match answer {
                Answer::Done(Ok((versions, Some(newest)))) if editor.draft == draft => {
                    let found = Some(editor.compare(newest));
                    let history = History { versions, chosen: 0, found };
                    editor.questions.push_back(Question::History(Box::new(history)));
                }
                Answer::Done(Ok((_, None))) => editor.say(editor.words.get("versions-none").to_owned(), None),
                Answer::Done(Err(error)) => editor.failed_by(&error),
                Answer::Lost => editor.lost(),
                Answer::Done(Ok(_)) | Answer::Stopped | Answer::Late(_) => {}
            },
        );
    }

    fn compare(&self, version: Result<Release, StorageError>) -> Result<(Release, Vec<Change>), String> {
        let release = version.map_err(|error| error.localised(&self.words))?;
        let changes = difference(&release, self.desk.document.release());
        Ok((release, changes))
    }

    /// Reads a version of the history that is looked at.
    fn read_version(&mut self, chosen: usize, version: Version) {
        let path = self.desk.document.path().unwrap_or(Path::new("")).to_owned();
        self.jobs.start(
            Task::on("doing-versions", &path),
            move |thread| disk::drafts::read_version(thread, &version),
            move |editor: &mut Self, answer| {
                let found = match answer {
                    Answer::Done(version) => editor.compare(version),
                    Answer::Stopped => Err(editor.words.get("stopped").to_owned()),
                    Answer::Lost => Err(editor.words.get("job-lost").to_owned()),
                    Answer::Late(_) => return,
                };
                if let Some(Question::History(history)) = editor.questions.front_mut()
                    && history.chosen == chosen
                {
                    history.found = Some(found);
                }
            },
        );
    }

    /// The earlier versions, each with what has changed since.
    pub(super) fn ask_history(&mut self, mut history: Box<History>, ctx: &egui::Context) -> Option<Question> {
        let (words, canvas, now) = (&self.words, &mut self.canvas, self.desk.document.release());
        let (mut chosen, mut bring, mut close) = (history.chosen, false, false);
        let question = theme::question(ctx, "versions").show(ctx, |ui| {
            ui.set_width(760.0);
            ui.label(Label::new(words.get("versions-title")).font(theme::strong(17.0)));
            ui.add_space(8.0);
            let row = egui::Layout::left_to_right(egui::Align::Min);
            ui.allocate_ui_with_layout(egui::vec2(724.0, 380.0), row, |ui| {
                let list = theme::at_once(egui::ScrollArea::vertical()).id_salt("versions").auto_shrink(false);
                list.max_width(230.0).show(ui, |ui| {
                    ui.with_layout(egui::Layout::top_down_justified(egui::Align::Min), |ui| {
                        let mut rows = Vec::with_capacity(history.versions.len());
                        for (index, version) in history.versions.iter().enumerate() {
                            let row = ui.selectable_label(index == chosen, time(words, version.time));
                            if row.clicked() || row.gained_focus() {
                                chosen = index;
                            }
                            if row.gained_focus() {
                                row.scroll_to_me(None);
                            }
                            rows.push(row.id);
                        }
                        chosen = theme::arrows(ui, &rows).unwrap_or(chosen);
                        // The list has the keyboard when the question comes up.
                        if let Some(&row) = rows.get(chosen).filter(|_| ui.memory(|memory| memory.focused().is_none()))
                        {
                            theme::focus(ui, row);
                        }
                    });
                });
                ui.separator();
                let changes = theme::at_once(egui::ScrollArea::vertical()).id_salt("changes").auto_shrink(false);
                changes.show(ui, |ui| {
                    ui.vertical(|ui| match &history.found {
                        Some(Ok((version, changes))) => {
                            prose::paragraph(ui, canvas, words, words.get("versions-since"));
                            ui.add_space(6.0);
                            comparison::view(ui, canvas, words, (version, now), changes);
                        }
                        Some(Err(error)) => _ = prose::paragraph(ui, canvas, words, error),
                        None => _ = ui.spinner(),
                    });
                });
            });
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                let found = history.found.as_ref().and_then(|found| found.as_ref().ok());
                let differs = found.is_some_and(|(_, changes)| !changes.is_empty());
                bring = ui.add_enabled(differs, egui::Button::new(words.get("versions-bring"))).clicked();
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    close = ui.button(words.get("close")).clicked();
                });
            });
        });
        if bring || close || question.should_close() {
            if let Some(Ok((release, _))) = history.found.filter(|_| bring) {
                self.bring(Step::Version, release);
            }
            return None;
        }
        if chosen != history.chosen
            && let Some(version) = history.versions.get(chosen).cloned()
        {
            (history.chosen, history.found) = (chosen, None);
            self.read_version(chosen, version);
        }
        Some(Question::History(history))
    }
}

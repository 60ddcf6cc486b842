//! The same release in the other language: what the draft says otherwise, in a list with a click to its place.
//!
//! Invariant: each revision of the draft is compared, on another thread than the window's; until that is done, what
//! the revision before differs in is shown.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use egui::Ui;

use super::{
    super::{
        Editor, disk,
        errors::Localise as _,
        field_names::name_in,
        jobs::{Answer, Task},
        prose::{self, Look},
        question::Purpose,
        saying::sentence,
        theme::{accents, name_button},
        words::Words,
    },
    Act, ReviewPanel,
};
use crate::{
    proof::counterpart::{Difference, Said, Subject, compare},
    release::{Field, Release},
    review::Place,
};

/// A release in the other language, with what it says otherwise.
pub struct Counterpart {
    path: PathBuf,
    release: Arc<Release>,
    differences: Vec<Difference>,
    /// The revision of the draft that was compared last, or is being compared.
    asked: Option<u64>,
    is_comparing: bool,
}

/// What one of the releases says, with its place unless it counts the whole.
fn said(words: &Words, of: Subject, release: &Release, field: Field, text: &str) -> String {
    if of.is_count() {
        return words.digits(text);
    }
    let text = if text.is_empty() { words.get("counterpart-nothing") } else { text };
    format!("{}: {text}", name_in(words, release, field))
}

impl Editor {
    /// Reads the counterpart, and shows what it says otherwise.
    pub(in super::super) fn read_counterpart(&mut self, path: &Path) {
        let (draft, file, to_read) = (self.draft, path.to_owned(), path.to_owned());
        self.jobs.start(
            Task::on("doing-open", path),
            move |thread| disk::drafts::release_of(thread, &to_read),
            move |editor: &mut Self, answer| match answer {
                Answer::Done(Ok(release)) if draft == editor.draft => {
                    let release = Arc::new(release);
                    editor.note_other_language(&file, &release);
                    editor.review.counterpart = Some(Counterpart {
                        path: file.clone(),
                        release,
                        differences: Vec::new(),
                        asked: None,
                        is_comparing: false,
                    });
                    editor.remember_counterpart(&file);
                    editor.follow_counterpart();
                }
                Answer::Done(Err(error)) => {
                    let (name, reason) = (file.display().to_string(), error.localised(&editor.words));
                    editor.failed(editor.words.with("word-unreadable", &[("file", &name), ("reason", &reason)]));
                    if editor.counterpart().as_ref() == Some(&file) {
                        // It was moved or renamed.
                        editor.ask_file(Purpose::Counterpart);
                    }
                }
                Answer::Lost => editor.lost(),
                Answer::Done(Ok(_)) | Answer::Late(_) | Answer::Stopped => {}
            },
        );
    }

    /// Compares the draft as it is, unless that was done, or a comparison is under way.
    pub(super) fn follow_counterpart(&mut self) {
        let revision = Some(self.desk.document.revision());
        let Some(counterpart) = &mut self.review.counterpart else { return };
        if counterpart.is_comparing || counterpart.asked == revision {
            return;
        }
        (counterpart.asked, counterpart.is_comparing) = (revision, true);
        let (one, other) = (self.desk.document.release().clone(), counterpart.release.clone());
        let (draft, roster) = (self.draft, self.lists.roster.clone());
        self.jobs.start(
            Task::on("doing-compare", &counterpart.path),
            move |_| compare(&one, &other, &roster),
            move |editor: &mut Self, answer| {
                let Some(counterpart) = editor.review.counterpart.as_mut().filter(|_| draft == editor.draft) else {
                    return;
                };
                counterpart.is_comparing = false;
                if let Answer::Done(differences) | Answer::Late(differences) = answer {
                    counterpart.differences = differences;
                }
            },
        );
    }

    pub(super) fn counterpart_view(&mut self, ui: &mut Ui, panel: &mut ReviewPanel, act: &mut Option<Act>) {
        let Some(counterpart) = &panel.counterpart else { return };
        let (words, canvas, release) = (&self.words, &mut self.canvas, self.desk.document.release());
        let file = counterpart.path.file_name().unwrap_or_default().to_string_lossy();
        ui.add_space(8.0);
        let of = words.with("counterpart-of", &[("file", &file)]);
        prose::paragraph_in(ui, canvas, words, &of, Look::heading());
        ui.horizontal(|ui| {
            if ui.button(words.get("counterpart-again")).clicked() {
                *act = Some(Act::ReadCounterpart(counterpart.path.clone()));
            }
            if ui.button(words.get("counterpart-another")).clicked() {
                *act = Some(Act::ChooseCounterpart);
            }
            if ui.button(words.get("close")).clicked() {
                *act = Some(Act::CloseCounterpart);
            }
        });
        ui.separator();
        if counterpart.differences.is_empty() {
            let name = if counterpart.is_comparing { "counterpart-comparing" } else { "counterpart-same" };
            prose::paragraph_in(ui, canvas, words, words.get(name), Look::weak(ui));
        }
        let accents = accents(ui.visuals());
        for Difference { subject: of, one, other } in &counterpart.differences {
            let subject = sentence(of.localised(words));
            prose::paragraph_in(ui, canvas, words, &subject, Look::note(ui));
            let ours = one.as_ref().map(|Said { field, range, text }| {
                (said(words, *of, release, *field, text), Place { field: *field, range: range.clone() })
            });
            let name = ours.as_ref().map_or(words.get("counterpart-nothing"), |(name, _)| name.as_str());
            let button = prose::link(ui, canvas, words, name, Look::ink(accents.warning), ours.is_some());
            name_button(&button, &format!("{subject}: {name}"));
            if let Some((_, place)) = ours.filter(|_| button.clicked()) {
                *act = Some(Act::GoTo(place));
            }
            let theirs =
                other.as_ref().map(|Said { field, text, .. }| said(words, *of, &counterpart.release, *field, text));
            prose::paragraph(ui, canvas, words, theirs.as_deref().unwrap_or(words.get("counterpart-nothing")));
            ui.separator();
        }
    }
}

//! A draft becoming a template of the library.

use std::path::Path;

use egui::{Button, Id, RichText as Label};

use super::super::{
    Editor,
    disk::{self, library::NotKept},
    errors::Localise as _,
    field::{FieldState, Leave, PlainField},
    jobs::{Answer, Task},
    paths,
    stem::stem_of,
    theme,
};
use super::section::lock_boxes;
use crate::{
    release::{Lock, Template},
    storage,
    template::to_template,
};

/// The longest name of a template's file, in bytes, without its ending.
const LONGEST_NAME: usize = 200;

/// A template about to be kept.
pub struct Keeping {
    template: Template,
    locked: Vec<Lock>,
    /// Both as they were before anything was said of them.
    before: (Template, Vec<Lock>),
    /// The folder it goes into, by its place in the list.
    folder: usize,
    error: Option<String>,
    /// Whether the template is being written.
    is_writing: bool,
    states: [FieldState; 2],
    focus: bool,
}

impl Keeping {
    /// Whether something was typed that closing would lose.
    pub fn is_begun(&self) -> bool {
        (&self.template, &self.locked) != (&self.before.0, &self.before.1)
    }
}

/// The file of a template of this name.
pub(super) fn file_name(name: &str) -> Option<String> {
    let name = storage::draft_file_name(&stem_of(name, LONGEST_NAME)?);
    storage::check_file_name(&name).is_ok().then_some(name)
}

impl Editor {
    /// Begins to make the draft a template.
    pub(in super::super) fn open_keeping(&mut self) {
        let release = self.desk.document.release();
        let template = release.template.clone().unwrap_or_default();
        let locked = match &release.locked[..] {
            [] => vec![Lock::Letterhead, Lock::Page],
            locked => locked.to_vec(),
        };
        self.templates.keeping = Some(Keeping {
            before: (template.clone(), locked.clone()),
            template,
            locked,
            folder: 0,
            error: None,
            is_writing: false,
            states: Default::default(),
            focus: true,
        });
    }

    pub(super) fn ask_keeping(&mut self, ctx: &egui::Context) {
        let Some(mut keeping) = self.templates.keeping.take() else { return };
        let (mut ok, mut cancel) = (false, false);
        let (words, canvas, settings) = (&self.words, &mut self.canvas, &self.settings);
        let folders = &self.templates.folders;
        let question = theme::question(ctx, "keep-template").show(ctx, |ui| {
            ui.set_width(440.0);
            ui.label(Label::new(words.get("keep-title")).font(theme::strong(17.0)));
            ui.label(Label::new(words.get("keep-text")).weak());
            ui.add_space(6.0);
            let is_writing = keeping.is_writing;
            let Keeping { template: Template { name, purpose }, locked, folder, error, states, focus, .. } =
                &mut keeping;
            let [name_state, purpose_state] = states;
            let id = |name: &str| Id::unique(("keep", name));
            *focus = *focus && !theme::focus(ui, id("template-name"));
            let mut entered = false;
            let mut field = |ui: &mut egui::Ui, name: &'static str, text: &mut String, state: &mut FieldState| {
                ui.label(words.get(name));
                let field = PlainField {
                    id: id(name),
                    label: words.get(name),
                    hint: "",
                    multiline: false,
                    names: None,
                    quotes: None,
                };
                entered |= field.show(ui, text, state, canvas, settings).leave == Some(Leave::Next);
            };
            field(ui, "template-name", name, name_state);
            field(ui, "template-purpose", purpose, purpose_state);
            ui.add_space(4.0);
            lock_boxes(ui, words, locked);
            if folders.len() > 1 {
                ui.add_space(4.0);
                ui.label(words.get("keep-folder"));
                for (index, path) in folders.iter().enumerate() {
                    let text = if index == 0 { words.get("keep-own").to_owned() } else { path.display().to_string() };
                    ui.radio_value(folder, index, text);
                }
            }
            if let Some(error) = error {
                ui.label(Label::new(error.as_str()).color(theme::accents(ui.visuals()).warning));
            }
            ui.add_space(10.0);
            ui.horizontal(|ui| {
                let can_be_kept = file_name(name).is_some() && !is_writing;
                let button = ui.add_enabled(can_be_kept, Button::new(words.get("keep-ok")));
                // Enter in a field is that of the button.
                ok = button.clicked() || entered && can_be_kept;
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    cancel = ui.button(words.get("cancel")).clicked();
                });
            });
        });
        // What was typed goes by a button alone, not by a key or a click beside it.
        if cancel || question.should_close() && !keeping.is_begun() {
            return;
        }
        if ok {
            keeping.error = self.keep(&keeping).err();
            keeping.is_writing = keeping.error.is_none();
        }
        self.templates.keeping = Some(keeping);
    }

    /// Has the template written; a file that is there is not replaced.
    fn keep(&mut self, keeping: &Keeping) -> Result<(), String> {
        self.form.settle(&mut self.desk.document);
        let no_place = || self.words.get("keep-no-place").to_owned();
        let folder = self.templates.folders.get(keeping.folder).ok_or_else(no_place)?;
        let path = folder.join(file_name(&keeping.template.name).ok_or_else(no_place)?);
        let mut template = to_template(self.desk.document.release(), keeping.template.clone());
        template.locked.clone_from(&keeping.locked);
        // Where the picture is, seen from the folder of templates, is known from the root alone.
        if let Some(emblem) = &mut template.letterhead.emblem
            && let Some(beside) = self.desk.document.path().and_then(Path::parent)
            && let Ok(beside) = std::path::absolute(beside)
        {
            let file = beside.join(&emblem.file);
            if self.emblem.is_there() {
                // It was opened beside the draft, and is so from drafts made of the template.
                self.allow_picture(&file);
            }
            emblem.file = file.to_string_lossy().into_owned();
        }
        let to = path.clone();
        self.jobs.start(
            Task::on("doing-template", &path).in_order(),
            move |thread| disk::library::keep(thread, &to, &template),
            move |editor: &mut Self, answer| editor.kept(&path, answer),
        );
        Ok(())
    }

    /// Why a template was not written.
    pub(super) fn not_kept(&self, error: &NotKept) -> String {
        match error {
            NotKept::IsThere(there) => self.words.with("keep-there", &[("file", &there.display().to_string())]),
            NotKept::Failed(error) => error.localised(&self.words),
        }
    }

    /// Says that a template was kept, or why not.
    fn kept(&mut self, path: &Path, answer: Answer<Result<(), NotKept>>) {
        let error = match answer {
            Answer::Done(Ok(())) | Answer::Late(Ok(())) => {
                self.templates.keeping.take_if(|keeping| keeping.is_writing);
                let said = self.words.with("kept", &[("file", &paths::shown(path))]);
                return self.say_written(said, path, false);
            }
            Answer::Done(Err(error)) => self.not_kept(&error),
            Answer::Stopped => self.words.with("save-stopped", &[("file", &paths::shown(path))]),
            Answer::Lost => self.words.get("job-lost").to_owned(),
            Answer::Late(Err(_)) => return,
        };
        match &mut self.templates.keeping {
            Some(keeping) => (keeping.error, keeping.is_writing) = (Some(error), false),
            None => self.failed(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_called_as_its_file_can_be() {
        assert_eq!(file_name(" Call: Japan/Laos\u{200B} ").as_deref(), Some("Call Japan Laos.release"));
        assert_eq!(file_name("ការសន្ទនា").as_deref(), Some("ការសន្ទនា.release"));
        assert_eq!(file_name("...").or(file_name(" /")).or(file_name("Con")), None);
    }
}

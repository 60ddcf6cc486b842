//! Templates in the window: choosing one, filling it in, and making one.
//!
//! | file | what the user sees |
//! |---|---|
//! | `choosing` | the library, with a picture of each first page |
//! | `filling` | the small form that asks for what is still to come |
//! | `making` | selected words becoming a placeholder |
//! | `keeping` | a draft becoming a template |
//! | `section` | the part of the form that says what a template asks for and fixes |
//!
//! Invariant: no draft in the window gives way to a new one before the user has decided what
//! happens to it; the [`Command`](super::Command)s sent from here ask for that.

mod choosing;
mod filling;
mod keeping;
mod making;
mod section;

use std::path::PathBuf;

pub use section::{Section, locked, show as section};

use super::Editor;
use crate::{
    editing::{Document, Selection, Step},
    release::{Field, Release},
};

/// What of templates is in front of the form.
#[derive(Default)]
pub struct Templates {
    /// The folders of templates; the first is the user's own.
    folders: Vec<PathBuf>,
    choosing: Option<choosing::Choosing>,
    filling: Option<filling::Filling>,
    making: Option<making::Making>,
    keeping: Option<keeping::Keeping>,
}

impl Templates {
    /// With templates in folders, of which the first is the user's own.
    pub fn new(folders: Vec<PathBuf>) -> Self {
        Self { folders, ..Self::default() }
    }

    /// The folders of templates.
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// Takes every question of templates away.
    pub fn close(&mut self) {
        let folders = std::mem::take(&mut self.folders);
        *self = Self { folders, ..Self::default() };
    }

    /// Whether a question of templates is in front of everything else.
    pub fn is_asking(&self) -> bool {
        self.choosing.is_some() || self.filling.is_some() || self.making.is_some() || self.keeping.is_some()
    }

    /// Whether something was typed into one of them.
    pub fn is_begun(&self) -> bool {
        self.filling.as_ref().is_some_and(filling::Filling::is_begun)
            || self.making.as_ref().is_some_and(making::Making::is_begun)
            || self.keeping.as_ref().is_some_and(keeping::Keeping::is_begun)
    }

    /// The user's own folder of templates, if there is a place for it.
    pub fn own_folder(&self) -> Option<&PathBuf> {
        self.folders.first()
    }
}

impl Editor {
    /// The questions of templates.
    pub(super) fn ask_templates(&mut self, ctx: &egui::Context) {
        self.ask_answers(ctx);
        self.ask_placeholder(ctx);
        self.ask_keeping(ctx);
        // Last, as a key that chooses a template is no answer yet.
        self.ask_template(ctx);
    }

    /// Begins a draft that is a template filled in, or a template to be worked on. What was
    /// answered is a step that can be undone, and unsaved until it is saved.
    pub(super) fn begin(&mut self, template: &Release, filled: Release) {
        let before = Release { template: filled.template.clone(), ..template.clone() };
        self.replace(Document::new(before, None));
        self.desk.document.change(Step::Fill, None, |release| *release = filled);
        self.desk.document.close_step(None);
        let first = self.desk.document.release().open_placeholders().into_iter().find_map(|open| {
            let field = open.field?;
            (!self.desk.document.release().is_field_locked(field)).then_some((field, open.range))
        });
        let place = first.map_or(Selection::at(Field::Headline, 0), |(field, range)| Selection::select(field, range));
        self.form.go_to(place);
    }
}

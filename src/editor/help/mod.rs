//! Help: the handbook beside the form, and what the program says about itself.
//!
//! | file | what it has |
//! |---|---|
//! | `handbook` | the text, made of a draft, the commands and the findings |
//! | `explained` | what each finding means |
//! | `view` | the handbook in the window |
//! | `about` | version, licences, folders |
//!
//! Knows nothing of the draft in the window but its folder. Its invariant: to look something up moves no
//! caret, and closing the handbook gives the keyboard back to where it was.

mod about;
mod explained;
mod handbook;
mod view;

use std::{path::Path, sync::Arc};

use about::About;
use egui::Id;
pub use explained::{name as explanation, text as explained};
use handbook::Handbook;
#[cfg(test)]
pub use handbook::names as names_in_handbook;

use super::{Editor, disk::output::Export, words::Words};
use crate::{export::Format, pdf, storage::WindowLanguage};

/// What the help remembers.
#[derive(Default)]
pub struct Help {
    open: bool,
    /// The handbook in the language of the window.
    handbook: Option<(WindowLanguage, Handbook)>,
    /// The chapter to scroll to, by its first paragraph.
    chapter: Option<usize>,
    /// How far the text is scrolled, in points.
    offset: f32,
    /// Whether the text is to get the keyboard.
    focus: bool,
    /// The widget that had the keyboard before.
    back: Option<Id>,
    about: Option<About>,
    /// What the system says of its version.
    os_release: String,
    /// The graphics that draw the window, for a report.
    pub renderer: String,
}

impl Help {
    /// Whether the handbook is shown.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Gives the keyboard to the text of the handbook.
    pub fn take_keyboard(&mut self) {
        self.focus = true;
    }

    /// Whether the text of the handbook has the keyboard.
    pub fn has_keyboard(&self, ctx: &egui::Context) -> bool {
        self.open && ctx.memory(|memory| memory.has_focus(view::id()))
    }

    /// Whether the window about the program is in front of everything else.
    pub fn is_asking(&self) -> bool {
        self.about.is_some()
    }
}

impl Editor {
    /// Names the graphics that draw the window, for a report.
    pub fn note_renderer(&mut self, name: String) {
        self.help.renderer = name;
    }

    /// Shows the handbook and gives it the keyboard, or closes it if it has the keyboard.
    pub(super) fn toggle_handbook(&mut self, ctx: &egui::Context) {
        if self.help.open && ctx.memory(|memory| memory.has_focus(view::id())) {
            self.close_handbook(ctx);
        } else {
            self.open_handbook(None, ctx);
        }
    }

    /// Shows the handbook, at the chapter with this name in `assets/i18n` if one is given.
    pub(super) fn open_handbook(&mut self, chapter: Option<&str>, ctx: &egui::Context) {
        let focused = ctx.memory(egui::Memory::focused).filter(|&id| id != view::id());
        let words = &self.words;
        let handbook = Self::handbook(&mut self.help.handbook, words);
        let chapter = chapter.and_then(|name| handbook.chapter(words, name));
        let help = &mut self.help;
        (help.open, help.focus) = (true, true);
        help.chapter = chapter.or(help.chapter);
        help.back = focused.or(help.back);
    }

    fn close_handbook(&mut self, ctx: &egui::Context) {
        self.help.open = false;
        match self.help.back.take() {
            Some(id) => ctx.memory_mut(|memory| memory.request_focus(id)),
            None => ctx.memory_mut(|memory| memory.surrender_focus(view::id())),
        }
    }

    /// The handbook in the language of the window, made when it is first wanted.
    fn handbook<'a>(made: &'a mut Option<(WindowLanguage, Handbook)>, words: &Words) -> &'a Handbook {
        if made.as_ref().is_some_and(|(language, _)| *language != words.language) {
            *made = None;
        }
        &made.get_or_insert_with(|| (words.language, Handbook::new(words))).1
    }

    /// The handbook, to be written as a PDF.
    pub(super) fn handbook_to(&mut self, path: &Path) -> Export {
        let handbook = Self::handbook(&mut self.help.handbook, &self.words);
        let format = Format::Pdf(pdf::Options::default());
        Export {
            release: Arc::new(handbook.for_print()),
            pages: None,
            format,
            hashtags: String::new(),
            other: None,
            path: path.to_owned(),
        }
    }
}

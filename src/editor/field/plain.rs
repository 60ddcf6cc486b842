//! A text field for words that are no part of a page: answers, names, prompts.

use egui::{Id, Ui};

use super::{Canvas, FieldState, Names, Output, TextField};
use crate::{
    release::{Language, RichText},
    storage::Settings,
};

/// A field of text without emphasis, about to be shown.
pub struct PlainField<'a> {
    /// The widget's name.
    pub id: Id,
    /// Its accessible name.
    pub label: &'a str,
    /// What shows while it is empty.
    pub hint: &'a str,
    /// Whether Enter makes a line break.
    pub multiline: bool,
    /// The names that are completed here.
    pub names: Option<Names<'a>>,
    /// The language in whose form quotation marks and dashes are typed, if the text is printed and settings want them.
    pub quotes: Option<Language>,
}

impl PlainField<'_> {
    /// Shows the field in the full width; `text` follows what is typed.
    pub fn show(
        self,
        ui: &mut Ui,
        text: &mut String,
        state: &mut FieldState,
        canvas: &mut Canvas,
        settings: &Settings,
    ) -> Output {
        let Self { id, label, hint, multiline, names, quotes } = self;
        let shown = RichText::plain(text.as_str());
        let field = TextField {
            id,
            label,
            hint,
            text: &shown,
            wrap: true,
            multiline,
            show_invisible: settings.show_invisible,
            space_is_zero_width: settings.space_is_zero_width,
            marks: &[],
            names,
            quotes: quotes.filter(|_| settings.curly_quotes),
        };
        let output = field.show(ui, state, canvas);
        if let Some((changed, _)) = &output.changed {
            changed.as_str().clone_into(text);
        }
        output
    }
}

//! What the editor says to the user: messages over the window.

use std::path::PathBuf;

use super::{
    Editor,
    errors::Localise,
    field_names,
    messages::{About, Message, Tone},
};
use crate::editing::Refusal;

/// What the engine says of an error, as a sentence of its own: with a capital, unless a name of a file comes first.
pub(super) fn sentence(text: String) -> String {
    let begins = text.split(' ').next().unwrap_or_default();
    if begins.is_empty() || !begins.chars().all(|c| c.is_ascii_lowercase()) {
        return text;
    }
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

impl Editor {
    /// Says that something was done.
    pub(super) fn say(&mut self, text: String, file: Option<PathBuf>) {
        self.messages.push(Message { text, tone: Tone::Good, about: About::Draft, file });
    }

    /// Points something out.
    pub(super) fn tell(&mut self, text: String) {
        self.messages.push(Message { text, tone: Tone::Note, about: About::Draft, file: None });
    }

    pub(super) fn failed_by(&mut self, error: &impl Localise) {
        self.failed(sentence(error.localised(&self.words)));
    }

    /// Says why a change was not made.
    pub(super) fn say_refused(&mut self) {
        if let Some(refusal) = self.desk.document.take_refused() {
            let text = match refusal {
                Refusal::Exceeded(exceeded) => {
                    self.words.with("change-refused", &[("reason", &exceeded.localised(&self.words))])
                }
                Refusal::Locked(field) => {
                    let name = field_names::name_in(&self.words, self.desk.document.release(), field);
                    self.words.with("change-locked", &[("field", &name)])
                }
            };
            self.failed(text);
        }
    }

    /// Says that something of the draft could not be done.
    pub(super) fn failed(&mut self, text: String) {
        self.messages.push(Message { text, tone: Tone::Bad, about: About::Draft, file: None });
    }

    /// Says that something failed that has nothing to do with the draft in the window.
    pub(super) fn program_failed_by(&mut self, error: &impl Localise) {
        let text = sentence(error.localised(&self.words));
        self.messages.push(Message { text, tone: Tone::Bad, about: About::Program, file: None });
    }

    /// Shows the messages over the window.
    pub(super) fn show_messages(&mut self, ctx: &egui::Context, may_close: bool) {
        let is_asking = ctx.memory(|memory| memory.top_modal_layer().is_some());
        let may_close = may_close && !is_asking && !egui::Popup::is_any_open(ctx);
        if let Some(file) = self.messages.show(ctx, &self.words, &mut self.canvas, is_asking, may_close) {
            self.open_elsewhere(file);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn an_error_begins_with_a_capital_and_a_name_as_it_is() {
        let said = |text: &str| sentence(text.to_owned());
        assert_eq!(said("cannot open a.ron"), "Cannot open a.ron");
        assert_eq!(said("draft.ron is damaged"), "draft.ron is damaged");
        assert_eq!(said("មិនអាចបើក"), "មិនអាចបើក");
        assert_eq!(said(""), "");
    }
}

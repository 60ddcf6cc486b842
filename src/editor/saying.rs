//! What the editor says to the user: messages over the window.

use std::path::{Path, PathBuf};

use super::{
    Editor,
    errors::Localise,
    field_names,
    messages::{About, Message, Tone},
    paths,
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
        self.messages.push(Message { file, ..Message::new(text, Tone::Good, About::Draft) });
    }

    /// Says that a file was written, which the text names; `opens` says that it can be opened from there.
    pub(super) fn say_written(&mut self, text: String, path: &Path, opens: bool) {
        let path = paths::whole(path);
        let file = opens.then(|| path.clone());
        let message = Message::new(text, Tone::Good, About::Draft);
        self.messages.push(Message { file, names: Some(path), ..message });
    }

    /// Points something out.
    pub(super) fn tell(&mut self, text: String) {
        self.messages.push(Message::new(text, Tone::Note, About::Draft));
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

    /// Says what of a pasted text could not be kept.
    pub(super) fn say_lost_in_paste(&mut self) {
        let lost = self.canvas.clipboard.take_lost();
        if !lost.is_empty() {
            let list: Vec<_> = lost.iter().map(|lost| lost.localised(&self.words)).collect();
            self.tell(self.words.with("pasted-lost", &[("lost", &list.join("; "))]));
        }
    }

    /// Says that something of the draft could not be done.
    pub(super) fn failed(&mut self, text: String) {
        self.messages.push(Message::new(text, Tone::Bad, About::Draft));
    }

    /// Says that something failed that has nothing to do with the draft in the window.
    pub(super) fn program_failed_by(&mut self, error: &impl Localise) {
        let text = sentence(error.localised(&self.words));
        self.messages.push(Message::new(text, Tone::Bad, About::Program));
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

//! Files that are dropped onto the window: a draft or Word file is opened, a picture put into the text, a text asked
//! about.
//!
//! Knows files by their names alone. Its invariant: what is in the window gives way to nothing but a draft or a Word
//! file, and to those as if they were opened from the menu.

use std::path::{Path, PathBuf};

use egui::RichText as Label;

use super::{
    Command, Editor, disk,
    jobs::{Answer, Task},
    messages::{About, Message, Tone},
    question::{DroppedText, Question},
    theme,
};
use crate::{
    editing::{Position, Selection, Slice, Step, Texts as _},
    release::{Field, Paragraph},
    storage::is_draft,
    word,
};

/// What a file is, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Draft,
    Picture,
    Text,
    Other,
}

fn kind_of(path: &Path) -> Kind {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    match ending.as_str() {
        _ if is_draft(path) || word::is_word(path) => Kind::Draft,
        "png" | "jpg" | "jpeg" | "svg" => Kind::Picture,
        "txt" | "html" | "htm" | "md" | "csv" | "tsv" => Kind::Text,
        _ => Kind::Other,
    }
}

impl Editor {
    /// Takes the files that were dropped at once: all the pictures, or else the first.
    pub(super) fn take_dropped(&mut self, files: &[PathBuf]) {
        let Some(first) = files.first() else { return };
        let name = |file: &Path| file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if files.iter().all(|file| kind_of(file) == Kind::Picture) {
            return files.iter().for_each(|file| self.read_picture(file));
        }
        match kind_of(first) {
            Kind::Draft => {
                self.closing.refused = None;
                self.commands.push(Command::OpenFile(first.clone()));
            }
            Kind::Picture => self.read_picture(first),
            Kind::Text => self.read_dropped(first),
            Kind::Other => return self.failed(self.words.with("dropped-other", &[("file", &name(first))])),
        }
        if files.len() > 1 {
            // It stays when another draft comes into the window.
            let text = self.words.with("dropped-several", &[("file", &name(first))]);
            self.messages.push(Message::new(text, Tone::Note, About::Program));
        }
    }

    fn read_dropped(&mut self, path: &Path) {
        let (draft, file, to_read) = (self.draft, path.to_owned(), path.to_owned());
        self.jobs.start(
            Task::on("doing-open", path),
            move |thread| disk::drafts::text_of(thread, &to_read),
            move |editor: &mut Self, answer| match answer {
                Answer::Done(Ok(text)) if editor.draft == draft => {
                    editor.questions.push_back(Question::Dropped(Box::new(DroppedText { file: file.clone(), text })));
                }
                Answer::Done(Err(error)) => editor.failed_by(&error),
                Answer::Lost => editor.lost(),
                Answer::Done(Ok(_)) | Answer::Stopped | Answer::Late(_) => {}
            },
        );
    }

    /// Asks whether the text is put into the release.
    pub(super) fn ask_dropped(&mut self, dropped: Box<DroppedText>, ctx: &egui::Context) -> Option<Question> {
        let (mut put, mut cancel) = (false, false);
        let words = &self.words;
        let name = dropped.file.file_name().unwrap_or_default().to_string_lossy();
        let question = theme::question(ctx, "dropped").show(ctx, |ui| {
            ui.set_width(440.0);
            ui.label(Label::new(words.with("dropped-text", &[("file", &name)])).font(theme::strong(17.0)));
            ui.add_space(6.0);
            let plain = dropped.text.plain();
            let begin: String = plain.chars().take(BEGINNING).collect();
            let goes_on = if begin.len() < plain.len() { "…" } else { "" };
            ui.label(Label::new(format!("{begin}{goes_on}")).weak());
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                put = theme::default_button(ui, words.get("dropped-put")).clicked();
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    cancel = ui.button(words.get("cancel")).clicked();
                });
            });
        });
        if put {
            self.put_dropped(&dropped.text);
        } else if !cancel && !question.should_close() {
            return Some(Question::Dropped(dropped));
        }
        None
    }

    /// Puts a text where the caret of the body is, or behind the body.
    fn put_dropped(&mut self, text: &Slice) {
        self.form.settle(&mut self.desk.document);
        self.form.forget_typing();
        let release = self.desk.document.release();
        let last = Field::Paragraph(release.body.len().saturating_sub(1));
        let length = release.length(last);
        let (place, text) = match self.form.place_in_body() {
            Some(place) => (place, text.clone()),
            // Behind the body, as paragraphs of their own.
            None => {
                let before = (length > 0).then(Paragraph::default);
                let blocks = before.into_iter().chain(text.blocks().iter().cloned());
                (Selection::caret(Position::new(last, length)), Slice::of(blocks.collect()))
            }
        };
        if let Some(after) = self.desk.document.replace(Step::Paste, place, place.range(), &text) {
            self.form.go_to(after);
        }
    }
}

/// So many characters of a text are shown.
const BEGINNING: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_ending() {
        let kind = |name: &str| kind_of(Path::new(name));
        assert_eq!(kind("a.RELEASE"), Kind::Draft);
        assert_eq!(kind("a.docx"), Kind::Draft);
        assert_eq!(kind("a.JPG"), Kind::Picture);
        assert_eq!(kind("a.txt"), Kind::Text);
        assert_eq!(kind("a"), Kind::Other);
        assert_eq!(kind("a.pdf"), Kind::Other);
    }
}

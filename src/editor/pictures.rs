//! Pictures of the text in the window: one is chosen, read, described and put in, or its description is changed.
//!
//! Invariant: no file is read on the window's thread, and a picture that was chosen for one draft is not put into
//! another.

use std::path::Path;

use egui::{Button, Id, RichText as Label, Ui, WidgetInfo};

use super::{
    Editor, disk,
    errors::refused_picture,
    field::{FieldState, Leave, PlainField},
    jobs::{Answer, Task},
    number::number_box,
    question::{Describing, Purpose, Question},
    theme,
    words::Words,
};
use crate::{
    artwork::ArtworkError,
    editing::{Selection, Texts as _},
    release::{Picture, PictureWidth, RichText, clean, quotes},
};

impl Editor {
    /// Reads a picture that was chosen, and asks what it shows.
    pub(super) fn read_picture(&mut self, path: &Path) {
        let (draft, file) = (self.draft, path.to_owned());
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.jobs.start(
            Task::on("doing-picture", path),
            move |thread| disk::output::picture(thread, &file),
            move |editor: &mut Self, answer| editor.use_picture(draft, &name, answer),
        );
    }

    fn use_picture(&mut self, draft: u64, name: &str, answer: Answer<Result<Picture, ArtworkError>>) {
        let read = match answer {
            Answer::Done(read) => read,
            Answer::Lost => return self.lost(),
            Answer::Late(_) | Answer::Stopped => return,
        };
        if draft != self.draft {
            return;
        }
        let picture = match read {
            Ok(picture) => picture,
            Err(error) => return self.failed(refused_picture(name, &error, &self.words)),
        };
        let asked = self.questions.iter_mut().find_map(|question| match question {
            Question::Describe(describing) => Some(describing),
            _ => None,
        });
        match asked {
            Some(describing) => {
                let Picture { name, data, .. } = picture;
                (describing.picture.name, describing.picture.data) = (name, data);
            }
            None => self.describe(picture, String::new(), None),
        }
    }

    fn describe(&mut self, picture: Picture, caption: String, place: Option<Selection>) {
        self.questions.push_back(Question::Describe(Box::new(Describing {
            before: (picture.clone(), caption.clone()),
            picture,
            caption,
            place,
            revision: self.desk.document.revision(),
            states: [FieldState::default(), FieldState::default()],
            focus: true,
        })));
    }

    /// Lets the user change what the picture of the caret is said to show.
    pub(super) fn describe_picture(&mut self) {
        self.form.settle(&mut self.desk.document);
        let Some(place) = self.form.place_in_body() else { return };
        let Some(picture) = self.desk.document.picture_at(place) else { return };
        let caption = self.desk.document.release().text(place.field()).unwrap_or_default().as_str().to_owned();
        self.describe((*picture).clone(), caption, Some(place));
    }

    /// Takes the picture of the caret out of the text.
    pub(super) fn remove_picture(&mut self) {
        self.form.settle(&mut self.desk.document);
        let Some(place) = self.form.place_in_body() else { return };
        self.form.forget_typing();
        if let Some(after) = self.desk.document.remove_picture(place) {
            self.form.go_to(after);
        }
    }

    pub(super) fn ask_description(&mut self, mut of: Box<Describing>, ctx: &egui::Context) -> Option<Question> {
        let (mut ok, mut cancel, mut choose) = (false, false, false);
        let (words, canvas, settings) = (&self.words, &mut self.canvas, &self.settings);
        let language = self.desk.document.release().language;
        let question = theme::question(ctx, "picture-text").show(ctx, |ui| {
            ui.set_width(440.0);
            ui.label(Label::new(words.get("picture-describe")).font(theme::strong(17.0)));
            ui.add_space(4.0);
            ui.horizontal(|ui| {
                choose = ui.button(words.get("picture-choose")).clicked();
                ui.add(egui::Label::new(Label::new(of.picture.name.as_str()).weak()).truncate());
            });
            ui.add_space(6.0);
            let Describing { picture, caption, states: [alternative, below], focus, .. } = &mut *of;
            let field = |name: &'static str, hint: &'static str| {
                let id = Id::unique(("picture", name));
                PlainField {
                    id,
                    label: words.get(name),
                    hint: words.get(hint),
                    multiline: false,
                    names: None,
                    quotes: Some(language),
                }
            };
            *focus = *focus && !theme::focus(ui, Id::unique(("picture", "picture-alternative")));
            let mut is_next = |leave: Option<Leave>| ok |= leave == Some(Leave::Next);
            ui.label(words.get("picture-alternative"));
            let first = field("picture-alternative", "picture-alternative-hint");
            is_next(first.show(ui, &mut picture.alternative, alternative, canvas, settings).leave);
            ui.add_space(4.0);
            ui.label(words.get("picture-caption"));
            let second = field("picture-caption", "picture-caption-hint");
            is_next(second.show(ui, caption, below, canvas, settings).leave);
            ui.add_space(6.0);
            ui.checkbox(&mut picture.beside, words.get("picture-beside"));
            width(ui, words, picture);
            ui.add_space(10.0);
            ui.horizontal(|ui| {
                let name = if of.place.is_some() { "picture-change" } else { "picture-insert" };
                ok |= ui.add(Button::new(words.get(name))).clicked();
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    cancel = ui.button(words.get("cancel")).clicked();
                });
            });
        });
        if choose {
            self.ask_file(Purpose::Picture);
        }
        // Only a button discards what was typed, not a key or a click beside the dialog.
        let leaves = cancel || question.should_close() && !of.is_begun();
        if leaves || of.place.is_some() && of.revision != self.desk.document.revision() {
            self.form.wanted = true;
            return None;
        }
        if !ok {
            return Some(Question::Describe(of));
        }
        self.put_picture(*of);
        None
    }

    fn put_picture(&mut self, of: Describing) {
        let Describing { mut picture, mut caption, before, place, .. } = of;
        if self.settings.curly_quotes {
            // A field turns some marks only once the word behind them has ended.
            let language = self.desk.document.release().language;
            for (text, before) in [(&mut picture.alternative, &before.0.alternative), (&mut caption, &before.1)] {
                if text != before {
                    *text = quotes::typographic(text, language).into_owned();
                }
            }
        }
        self.form.settle(&mut self.desk.document);
        self.form.forget_typing();
        let caption = (caption != before.1).then(|| RichText::plain(clean(caption.trim(), true)));
        let document = &mut self.desk.document;
        let after = match place {
            Some(place) => {
                document.change_picture(place, picture, caption);
                Some(place.clamped(document))
            }
            None => {
                let inside = document.insert_picture(self.form.place(), picture, caption.unwrap_or_default());
                // One goes on with the caption.
                inside.map(|inside| Selection::at(inside.field(), document.length(inside.field())))
            }
        };
        match after {
            Some(after) => self.form.go_to(after),
            None => self.form.wanted = true,
        }
    }
}

/// The width of a picture that has none beside it.
fn width(ui: &mut Ui, words: &Words, picture: &mut Picture) {
    let is_alone = !picture.beside;
    ui.add_enabled_ui(is_alone, |ui| {
        ui.horizontal(|ui| {
            let label = ui.label(words.get("picture-width"));
            let mut width = picture.width.hundredths();
            let drag = number_box(words, &mut width).range(PictureWidth::ALL).suffix(" %");
            let response = ui.add(drag).labelled_by(label.id);
            response.widget_info(|| WidgetInfo::labeled(egui::Role::SpinButton, is_alone, words.get("picture-width")));
            picture.width = PictureWidth::new(width).unwrap_or(picture.width);
        });
    });
}

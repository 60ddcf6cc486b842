//! What is posted of the release, shown before it is written: the cards, the caption with its hashtags, and the text
//! for readers who cannot see.
//!
//! Invariant: what is shown is what is written, of the draft as it was when it was asked for.

use std::path::PathBuf;

use egui::{Button, Id, RichText as Label, TextureHandle, TextureOptions, Ui, vec2};

use super::{
    Editor, disk,
    field::{FieldState, PlainField, image},
    jobs::{Answer, Task},
    question::{Posting, Purpose, Question},
    theme,
    words::Words,
};
use crate::{
    picture::Pixels,
    post::{self, Shape},
    release::Release,
};

/// The height of a card, in points of the screen.
const CARD: f32 = 200.0;
/// The width of the question, in points: room for the three cards.
const WIDTH: f32 = 750.0;

impl Editor {
    /// Has the cards drawn, and shows them.
    pub(super) fn look_at_post(&mut self) {
        let (draft, about) = (self.draft, PathBuf::from(self.stem()));
        let (release, pages) = (self.desk.document.release().clone(), self.desk.print.clone());
        let of = release.clone();
        let scale = CARD * self.jobs.wake().pixels_per_point();
        self.jobs.start(
            Task::on("doing-export", &about),
            move |thread| disk::output::cards(thread, &of, &pages, scale),
            move |editor: &mut Self, answer| match answer {
                Answer::Done(cards) if draft == editor.draft => editor.show_post(release.clone(), cards),
                Answer::Lost => editor.lost(),
                Answer::Done(_) | Answer::Stopped | Answer::Late(_) => {}
            },
        );
    }

    fn show_post(&mut self, release: Release, cards: Vec<(Shape, Pixels)>) {
        let load =
            |(shape, pixels)| (shape, self.jobs.wake().load_texture("card", image(pixels), TextureOptions::LINEAR));
        let cards = cards.into_iter().map(load).collect();
        let (hashtags, state) = (self.settings.hashtags.clone(), FieldState::default());
        self.questions.push_back(Question::Post(Box::new(Posting { release, cards, hashtags, state })));
    }

    pub(super) fn ask_post(&mut self, mut posting: Box<Posting>, ctx: &egui::Context) -> Option<Question> {
        let (mut write, mut copy, mut cancel) = (false, false, false);
        let width = WIDTH.min(ctx.content_rect().width() - 60.0);
        let height = ctx.content_rect().height() - 120.0;
        let (words, canvas, settings) = (&self.words, &mut self.canvas, &self.settings);
        let question = theme::question(ctx, "post").show(ctx, |ui| {
            ui.set_width(width);
            ui.label(Label::new(words.get("title-post")).font(theme::strong(17.0)));
            ui.add_space(6.0);
            let Posting { release, cards, hashtags, state } = &mut *posting;
            theme::at_once(egui::ScrollArea::vertical()).id_salt("post").max_height(height).show(ui, |ui| {
                show_cards(ui, cards, width, &post::alternative(release));
                ui.add_space(8.0);
                ui.label(words.get("post-hashtags"));
                let field = PlainField {
                    id: Id::unique("post-hashtags"),
                    label: words.get("post-hashtags"),
                    hint: "#MFAIC #Cambodia",
                    multiline: false,
                    names: None,
                    quotes: None,
                };
                field.show(ui, hashtags, state, canvas, settings);
                ui.add_space(8.0);
                show_words(ui, words, release, hashtags);
                theme::follow_focus(ui, "post");
            });
            ui.add_space(10.0);
            ui.horizontal(|ui| {
                write = theme::default_button(ui, words.get("post-write")).clicked();
                copy = ui.add(Button::new(words.get("post-copy"))).clicked();
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    cancel = ui.button(words.get("cancel")).clicked();
                });
            });
        });
        if (write || copy) && posting.hashtags != self.settings.hashtags {
            posting.hashtags.trim().clone_into(&mut self.settings.hashtags);
            self.save_settings();
        }
        if copy {
            ctx.copy_text(post::caption(&posting.release, &posting.hashtags));
            self.tell(self.words.get("post-copied").to_owned());
        }
        if write {
            self.ask_file(Purpose::Post);
            return None;
        }
        (!cancel && !question.should_close()).then_some(Question::Post(posting))
    }
}

/// The cards beside each other, as wide as there is room.
fn show_cards(ui: &mut Ui, cards: &[(Shape, TextureHandle)], width: f32, alternative: &str) {
    let share = |shape: Shape| shape.size().0 / shape.size().1;
    let all: f32 = cards.iter().map(|(shape, _)| share(*shape)).sum();
    let gaps = 10.0 * cards.len().saturating_sub(1) as f32;
    let height = CARD.min((width - gaps) / all.max(0.1));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        for (shape, texture) in cards {
            let size = vec2(height * share(*shape), height);
            let picture = ui.add(egui::Image::new((texture.id(), size)).corner_radius(3.0));
            picture.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, alternative));
        }
    });
}

/// The caption as it goes onto the clipboard, and the text for readers who cannot see.
fn show_words(ui: &mut Ui, words: &Words, release: &Release, hashtags: &str) {
    let caption = post::caption(release, hashtags);
    let (count, most) = (caption.chars().count().to_string(), post::CAPTION.to_string());
    let [count, most] = [count, most].map(|number| words.digits(&number));
    ui.label(Label::new(words.with("post-caption", &[("count", &count), ("most", &most)])).small().weak());
    ui.label(caption);
    ui.add_space(6.0);
    ui.label(Label::new(words.get("post-alternative")).small().weak());
    ui.label(post::alternative(release));
}

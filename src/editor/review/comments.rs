//! The comments of the draft: read, answered, closed, written.

use egui::{Button, Ui};

use super::{
    super::{
        Command, Editor, comparison,
        field::{Leave, PlainField},
        prose::{self, Look},
        theme::{self, name_button},
    },
    Act, ReviewPanel, Writing, field_id,
    view::hand_text,
};
use crate::{
    release::{Answer, Comment, Style, clean},
    review::{Hand, TextPart},
    storage::lock::own_user,
};

impl Editor {
    pub(super) fn comments_view(&mut self, ui: &mut Ui, panel: &mut ReviewPanel, act: &mut Option<Act>) {
        let (words, canvas) = (&self.words, &mut self.canvas);
        ui.add_space(8.0);
        prose::paragraph_in(ui, canvas, words, words.get("comments"), Look::heading());
        ui.horizontal(|ui| {
            if ui.button(words.get("comment-new")).clicked() {
                self.commands.push(Command::Comment);
            }
            if ui.button(words.get("close")).clicked() {
                self.commands.push(Command::ShowComments(false));
            }
        });
        ui.separator();
        if panel.writing.as_ref().is_some_and(|writing| writing.to.is_none()) {
            self.writing_view(ui, panel, act);
            ui.separator();
        }
        let mut placed = std::mem::take(&mut panel.placed);
        placed.follow(&self.desk.document);
        if placed.comments.is_empty() && panel.writing.is_none() {
            let none = self.words.get("comments-none");
            prose::paragraph_in(ui, &mut self.canvas, &self.words, none, Look::weak(ui));
        }
        for (index, (comment, place)) in placed.comments.iter().enumerate() {
            self.comment_view(ui, panel, (index, comment, place.as_ref()), act);
            ui.separator();
        }
        panel.placed = placed;
    }

    fn comment_view(
        &mut self,
        ui: &mut Ui,
        panel: &mut ReviewPanel,
        (index, comment, place): (usize, &Comment, Option<&TextPart>),
        act: &mut Option<Act>,
    ) {
        let (words, canvas) = (&self.words, &mut self.canvas);
        let by = |who: &str, when| hand_text(words, &Hand { who: who.to_owned(), when });
        let head = by(&comment.by, comment.at);
        let head = if comment.done { format!("{head} · {}", words.get("comment-is-done")) } else { head };
        prose::paragraph_in(ui, canvas, words, &head, Look::note(ui));
        if !comment.on.is_empty() {
            let button = prose::link(ui, canvas, words, &quoted(&comment.on), quotation(ui), place.is_some());
            if let Some(place) = place.filter(|_| button.clicked()) {
                *act = Some(Act::GoTo(place.clone()));
            }
            if place.is_none() {
                prose::paragraph_in(ui, canvas, words, words.get("comment-gone"), Look::note(ui));
            }
        }
        let ink = if comment.done { ui.visuals().weak_text_color() } else { ui.visuals().text_color() };
        prose::paragraph_in(ui, canvas, words, &comment.text, Look::ink(ink));
        for Answer { by: who, at, text } in &comment.answers {
            ui.indent(("answer", index), |ui| {
                prose::paragraph_in(ui, canvas, words, &by(who, *at), Look::note(ui));
                prose::paragraph_in(ui, canvas, words, text, Look::ink(ink));
            });
        }
        if panel.writing.as_ref().is_some_and(|writing| writing.to == Some(index)) {
            return self.writing_view(ui, panel, act);
        }
        ui.horizontal_wrapped(|ui| {
            let words = &self.words;
            let mut offered = |key: &str| {
                let button = ui.button(words.get(key));
                name_button(&button, &format!("{}: {}", words.get(key), comment.text));
                button.clicked()
            };
            let change = |change: &dyn Fn(&mut Vec<Comment>)| {
                let mut comments = self.desk.document.release().comments.clone();
                change(&mut comments);
                Some(Act::Comments(comments))
            };
            if offered("comment-answer") {
                let answer = Writing { to: Some(index), focus: true, ..Writing::default() };
                let before = panel.writing.replace(answer);
                let comments = before.and_then(|before| before.added_to(&self.desk.document.release().comments));
                *act = comments.map(Act::Comments);
            }
            if offered(if comment.done { "comment-reopen" } else { "comment-done" }) {
                *act = change(&|all| {
                    if let Some(comment) = all.get_mut(index) {
                        comment.done = !comment.done;
                    }
                });
            }
            if offered("comment-delete") {
                *act = change(&|all| _ = all.remove(index));
                // What is written below goes on with the comment that it answers.
                if let Some(to) = panel.writing.as_mut().and_then(|writing| writing.to.as_mut()) {
                    *to -= usize::from(*to > index);
                }
            }
        });
    }

    /// The field for a comment or an answer.
    fn writing_view(&mut self, ui: &mut Ui, panel: &mut ReviewPanel, act: &mut Option<Act>) {
        let words = &self.words;
        let Some(writing) = &mut panel.writing else { return };
        if !writing.on.is_empty() {
            prose::paragraph_in(ui, &mut self.canvas, words, &quoted(&writing.on), quotation(ui));
        }
        let label = words.get(if writing.to.is_some() { "comment-answer" } else { "comment-new" });
        let field = PlainField { id: field_id(), label, hint: label, multiline: false, names: None, quotes: None };
        let before = writing.text.clone();
        let output = field.show(ui, &mut writing.text, &mut writing.state, &mut self.canvas, &self.settings);
        panel.is_typed |= before != writing.text;
        writing.focus = writing.focus && !theme::focus(ui, field_id());
        let mut ok = output.leave == Some(Leave::Next);
        let mut cancel = false;
        ui.horizontal(|ui| {
            ok |= ui.add_enabled(!writing.text.trim().is_empty(), Button::new(words.get("comment-ok"))).clicked();
            cancel = ui.button(words.get("cancel")).clicked();
        });
        if ok && let Some(comments) = writing.added_to(&self.desk.document.release().comments) {
            *act = Some(Act::Comments(comments));
            cancel = true;
        }
        if cancel {
            panel.writing = None;
            panel.is_typed = true;
        }
    }

    /// Adds what is being written to the draft before something else takes its place, so that nothing typed goes.
    pub(in super::super) fn finish_writing(&mut self) {
        let writing = self.review.writing.take();
        if let Some(comments) = writing.and_then(|writing| writing.added_to(&self.desk.document.release().comments)) {
            self.change_comments(|now| *now = comments);
        }
    }
}

impl Writing {
    /// The comments of a release with what is written, if that is more than spaces.
    pub(super) fn added_to(&self, comments: &[Comment]) -> Option<Vec<Comment>> {
        let text = clean(self.text.trim(), true);
        if text.is_empty() {
            return None;
        }
        let (by, at, mut comments) = (own_user(), Some(now()), comments.to_vec());
        match self.to {
            Some(index) => comments.get_mut(index)?.answers.push(Answer { by, at, text }),
            None => comments.push(Comment { on: self.on.clone(), by, at, text, ..Comment::default() }),
        }
        Some(comments)
    }
}

/// The words that a comment is of, in quotation marks; long ones are cut.
fn quoted(on: &str) -> String {
    format!("“{}”", comparison::cut(on, 0))
}

/// How they are shown.
fn quotation(ui: &Ui) -> Look {
    Look { style: Style::ITALIC, ..Look::weak(ui) }
}

/// The time on this machine's clock, to the minute.
fn now() -> chrono::NaiveDateTime {
    use chrono::Timelike as _;
    let now = chrono::Local::now().naive_local();
    now.with_second(0).and_then(|now| now.with_nanosecond(0)).unwrap_or(now)
}

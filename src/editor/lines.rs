//! The question which line of a letter from Word is what.
//!
//! Knows the lines and what they can be. Its invariant: what the user says is one step of undo, and without an answer
//! everything stays text.

use egui::{ComboBox, Id, RichText as Label};

use super::{
    Editor,
    question::{Lines, Question},
    theme,
};
use crate::{
    editing::Step,
    word::{self, Role},
};

/// So many characters of a line are shown.
const SHOWN: usize = 70;

impl Editor {
    /// Asks about the lines of which it is not sure what they are, if there are any.
    pub(super) fn ask_about_lines(&mut self) {
        let release = self.desk.document.release();
        let lines: Vec<_> = word::doubtful(release)
            .into_iter()
            .filter_map(|(index, role)| Some((index, release.body.get(index)?.text.as_str().to_owned(), role)))
            .collect();
        if !lines.is_empty() {
            let revision = self.desk.document.revision();
            self.questions.push_back(Question::Lines(Box::new(Lines { lines, revision })));
        }
    }

    pub(super) fn ask_lines(&mut self, mut of: Box<Lines>, ctx: &egui::Context) -> Option<Question> {
        let (mut put, mut leave) = (false, false);
        let words = &self.words;
        let question = theme::question(ctx, "lines").show(ctx, |ui| {
            ui.set_width(620.0);
            ui.label(Label::new(words.get("lines-title")).font(theme::strong(17.0)));
            ui.add_space(4.0);
            ui.add(egui::Label::new(words.get("lines-text")).wrap());
            ui.add_space(8.0);
            egui::Grid::new("lines").num_columns(2).spacing(egui::vec2(12.0, 6.0)).show(ui, |ui| {
                for (index, text, role) in &mut of.lines {
                    let shown: String = text.chars().take(SHOWN).collect();
                    let goes_on = if shown.len() < text.len() { "…" } else { "" };
                    let shown = format!("{shown}{goes_on}");
                    let id = Id::unique(("line", *index));
                    let combo = ComboBox::from_id_salt(id).width(170.0).selected_text(words.get(role_name(*role)));
                    let response = combo.show_ui(ui, |ui| {
                        for other in Role::ALL {
                            ui.selectable_value(role, other, words.get(role_name(other)));
                        }
                    });
                    theme::name_button(&response.response, &format!("{}: {shown}", words.get(role_name(*role))));
                    ui.label(shown);
                    ui.end_row();
                }
            });
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                put = theme::default_button(ui, words.get("lines-put")).clicked();
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    leave = ui.button(words.get("lines-leave")).clicked();
                });
            });
        });
        if put && self.desk.document.revision() == of.revision {
            let roles: Vec<(usize, Role)> = of.lines.iter().map(|(index, _, role)| (*index, *role)).collect();
            self.form.settle(&mut self.desk.document);
            self.form.forget_typing();
            self.desk.document.change(Step::Import, self.form.place(), |release| word::sort(release, &roles));
        } else if !put && !leave && !question.should_close() {
            return Some(Question::Lines(of));
        }
        None
    }
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Text => "lines-role-text",
        Role::Reference => "reference",
        Role::Notice => "notice",
        Role::Title => "title",
        Role::Headline => "headline",
        Role::PlaceAndDate => "lines-role-place",
        Role::SignatoryTitle => "signatory-title",
        Role::SignatoryName => "signatory-name",
        Role::LeaveOut => "lines-role-out",
    }
}

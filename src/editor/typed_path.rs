//! A path that is typed by hand, where the system has no file dialog. What was typed is proposed the next time, so that
//! a save that failed loses no path.

use std::path::PathBuf;

use super::{
    Editor,
    field::{FieldState, Leave, PlainField},
    platform::FileQuestion,
    prose,
    question::{Purpose, Question, TypedPath},
    theme,
};

impl TypedPath {
    /// Asks for a path and proposes one, with the name selected and not the ending.
    pub(super) fn new(purpose: Purpose, question: FileQuestion, path: String) -> Self {
        let FileQuestion { title, kinds, .. } = question;
        let endings = kinds.into_iter().flat_map(|(_, endings)| endings).collect();
        let start = path.rfind(['/', std::path::MAIN_SEPARATOR]).map_or(0, |at| at + 1);
        let end = path.rfind('.').filter(|&at| at > start).unwrap_or(path.len());
        let mut state = FieldState::default();
        state.select(start..end);
        Self { purpose, title, endings, path, state, is_focused: false }
    }
}

impl Editor {
    /// The path that is proposed where the system has no dialog: that which was typed last for the same, or else this.
    pub(super) fn path_typed_for(&self, purpose: &Purpose, otherwise: String) -> String {
        let same = |other: &Purpose| std::mem::discriminant(other) == std::mem::discriminant(purpose);
        let typed = self.typed_path.as_ref().filter(|(of, draft, _)| same(of) && *draft == self.draft);
        typed.map_or(otherwise, |(_, _, path)| path.clone())
    }

    /// A path typed by hand, where the system has no dialog.
    pub(super) fn ask_path(&mut self, mut typed: Box<TypedPath>, ctx: &egui::Context) -> Option<Question> {
        let (mut ok, mut cancel) = (false, false);
        let (words, canvas, settings) = (&self.words, &mut self.canvas, &self.settings);
        let modal = theme::question(ctx, "path").show(ctx, |ui| {
            ui.set_width(480.0_f32.min(ui.ctx().content_rect().width() - 60.0));
            prose::paragraph_in(ui, canvas, words, &typed.title, prose::Look::heading());
            prose::paragraph(ui, canvas, words, words.get("path-text"));
            ui.add_space(6.0);
            ui.label(words.get("path-label"));
            let id = egui::Id::unique("path-field");
            typed.is_focused = typed.is_focused || theme::focus(ui, id);
            let field = PlainField {
                id,
                label: words.get("path-label"),
                hint: "",
                multiline: false,
                names: None,
                quotes: None,
            };
            let output = field.show(ui, &mut typed.path, &mut typed.state, canvas, settings);
            ok = output.leave == Some(Leave::Next);
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                ok |= ui.button(words.get("ok")).clicked();
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    cancel = ui.button(words.get("cancel")).clicked();
                });
            });
        });
        if ok && !typed.path.trim().is_empty() {
            let TypedPath { purpose, path, endings, .. } = *typed;
            let path = with_one_ending(path.trim(), &endings).to_owned();
            self.typed_path = Some((purpose.clone(), self.draft, path.clone()));
            // A name alone goes into the folder that the program was started in, and messages say which that is.
            let whole = std::path::absolute(&path).unwrap_or_else(|_| PathBuf::from(&path));
            self.chosen(purpose, &whole, false, ctx);
        } else if !cancel && !modal.should_close() {
            return Some(Question::Path(typed));
        } else {
            self.closing.refused = None;
        }
        None
    }
}

/// A path without the proposed ending, where one was typed before it.
fn with_one_ending<'a>(path: &'a str, endings: &[&str]) -> &'a str {
    let stem = |path: &'a str| endings.iter().find_map(|ending| path.strip_suffix(ending)?.strip_suffix('.'));
    stem(path).filter(|before| stem(before).is_some()).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_that_is_typed_before_the_proposed_one_is_enough() {
        let endings = ["release", "ron"];
        for (typed, path) in [
            ("visit.release.release", "visit.release"),
            ("visit.km.ron.release", "visit.km.ron"),
            ("visit.km.release", "visit.km.release"),
            ("release.release", "release.release"),
            ("visit", "visit"),
        ] {
            assert_eq!(with_one_ending(typed, &endings), path);
        }
    }

    #[test]
    fn the_name_in_a_proposed_path_is_selected() {
        let asked = |path: &str| TypedPath::new(Purpose::Open, FileQuestion::default(), path.into());
        let typed = asked("/home/a.b/visit.release");
        let selection = typed.state.selection;
        assert_eq!((selection.start().byte, selection.end().byte), (10, 15));
        let bare = asked("");
        assert!(bare.state.selection.is_empty());
    }
}

//! Tables in the window: the question how large one is to be, and what can be done with that of the caret.
//!
//! Knows the commands and the editing core. Invariant: what is offered can be done where the caret is.

use egui::{RichText as Label, Ui, WidgetInfo};

use super::{
    Editor,
    form::Form,
    number::{self, number_box},
    question::{NewTable, Question},
    theme,
    words::Words,
};
use crate::{
    editing::{Document, Selection, TableEdit},
    release::{Table, bounds},
};

impl Form {
    /// Changes the table of the caret.
    pub fn edit_table(&mut self, document: &mut Document, edit: TableEdit) {
        self.settle(document);
        let Some(place) = self.place_in_body() else { return };
        self.forget_typing();
        if let Some(after) = document.edit_table(place, edit) {
            self.go_to(after);
        }
        self.wanted = true;
    }
}

impl Editor {
    /// The table of the caret.
    pub(super) fn table_here(&self) -> Option<Table> {
        use crate::editing::Texts as _;
        self.form.place_in_body().and_then(|place| self.desk.document.table(place.field()))
    }

    /// Asks how large a new table is to be.
    pub(super) fn open_new_table(&mut self) {
        self.questions.push_back(Question::Table(NewTable::default()));
    }

    pub(super) fn ask_table(&mut self, mut table: NewTable, ctx: &egui::Context) -> Option<Question> {
        let (mut ok, mut cancel) = (false, false);
        let words = &self.words;
        let question = theme::question(ctx, "table").show(ctx, |ui| {
            ui.set_width(300.0);
            ui.label(Label::new(words.get("table-title")).font(theme::strong(17.0)));
            ui.add_space(8.0);
            egui::Grid::new("table-size").num_columns(2).spacing([16.0, 8.0]).show(ui, |ui| {
                let rows = number(ui, words, "table-rows", &mut table.rows, bounds::ROWS);
                let columns = number(ui, words, "table-columns", &mut table.columns, bounds::COLUMNS);
                table.focus = table.focus && !number::focus(&rows);
                // Enter in a number makes the table.
                let entered = ui.input(|input| input.key_pressed(egui::Key::Enter));
                ok = entered && (rows.lost_focus() || columns.lost_focus());
            });
            ui.add_space(4.0);
            ui.checkbox(&mut table.has_header, words.get("table-header"));
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                ok |= theme::default_button(ui, words.get("table-ok")).clicked();
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    cancel = ui.button(words.get("cancel")).clicked();
                });
            });
        });
        if ok {
            let NewTable { rows, columns, has_header, .. } = table;
            self.form.settle(&mut self.desk.document);
            let place: Option<Selection> = self.form.place();
            if let Some(after) = self.desk.document.insert_table(place, rows, columns, has_header) {
                self.form.go_to(after);
            }
            return None;
        }
        (!cancel && !question.should_close()).then_some(Question::Table(table))
    }
}

/// A number with its name, which a screen reader hears as well.
fn number(ui: &mut Ui, words: &Words, name: &str, value: &mut usize, most: usize) -> egui::Response {
    let label = ui.label(words.get(name));
    let response = ui.add(number_box(words, value).range(1..=most).speed(0.1)).labelled_by(label.id);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::SpinButton, true, words.get(name)));
    ui.end_row();
    response
}

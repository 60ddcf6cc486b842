//! A date put into the text: which day, and how it is written.
//!
//! Knows dates and the caret. Invariant: what is offered is in the language of the release, and goes where the caret
//! was when it was asked for.

use chrono::NaiveDate;
use egui::RichText as Label;

use super::{
    Editor,
    calendar::{DateButton, Picker},
    question::{InsertedDate, Question},
    theme,
};
use crate::{
    dates::{LunarDate, date_in, date_with_weekday},
    editing::{Position, Selection, Slice, Step},
    release::{Language, Release, RichText},
};

impl Editor {
    /// Whether a date can be put where the caret is.
    pub(super) fn can_insert_date(&self) -> bool {
        let release = self.desk.document.release();
        self.form.current().is_some_and(|field| !release.is_field_locked(field))
    }

    /// Asks which date is put where the caret is: the day of signature is proposed, or today.
    pub(super) fn open_inserted_date(&mut self) {
        let Some(place) = self.form.place().filter(|_| self.can_insert_date()) else { return };
        let today = chrono::Local::now().date_naive();
        let day = self.desk.document.release().signature.date.day().unwrap_or(today);
        let revision = self.desk.document.revision();
        let asked = InsertedDate { day, picker: Picker::default(), place, revision };
        self.questions.push_back(Question::Date(Box::new(asked)));
    }

    pub(super) fn ask_inserted_date(&mut self, mut asked: Box<InsertedDate>, ctx: &egui::Context) -> Option<Question> {
        let (mut chosen, mut cancel) = (None, false);
        let (words, canvas, settings) = (&self.words, &mut self.canvas, &self.settings);
        let ways = ways_of(self.desk.document.release(), asked.day);
        let question = theme::question(ctx, "date").show(ctx, |ui| {
            ui.set_width(440.0);
            ui.label(Label::new(words.get("date-insert-title")).font(theme::strong(17.0)));
            ui.add_space(6.0);
            let label = ui.label(words.get("date"));
            let shown = date_in(words.of_releases(), asked.day);
            let (date, shown) = (Some(asked.day), shown.as_str());
            let button = DateButton { words, shown, date, can_clear: false, open: false };
            if let (_, Some(Some(day))) = button.show(ui, label.id, &mut asked.picker, canvas, settings) {
                asked.day = day;
            }
            ui.add_space(8.0);
            for (index, way) in ways.iter().enumerate() {
                let button = if index == 0 { theme::default_button(ui, way) } else { ui.button(way) };
                if button.clicked() {
                    chosen = Some(way);
                }
            }
            ui.add_space(8.0);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                cancel = ui.button(words.get("cancel")).clicked();
            });
        });
        let is_changed = asked.revision != self.desk.document.revision();
        match chosen.filter(|_| !is_changed) {
            Some(text) => self.put_date(asked.place, text),
            None if cancel || is_changed || question.should_close() => self.form.go_to(asked.place),
            None => return Some(Question::Date(asked)),
        }
        None
    }

    fn put_date(&mut self, place: Selection, text: &str) {
        self.form.forget_typing();
        let document = &mut self.desk.document;
        document.close_step(Some(place));
        let start = place.start();
        let style = document.release().text(start.field).map(|text| text.style_before(start.byte)).unwrap_or_default();
        let slice = Slice::text(RichText::styled(text, style));
        let is_put = document.replace(Step::InsertedDate, place, place.range(), &slice).is_some();
        document.close_step(None);
        let after = Selection::caret(Position::new(start.field, start.byte + text.len()));
        self.form.go_to(if is_put { after } else { place });
    }
}

/// The ways in which a release writes a day.
fn ways_of(release: &Release, day: NaiveDate) -> Vec<String> {
    let language = release.language;
    let mut ways = vec![date_in(language, day), date_with_weekday(language, day)];
    if language == Language::Khmer {
        ways.extend(LunarDate::of(day).map(|lunar| lunar.khmer_line()));
    }
    ways
}

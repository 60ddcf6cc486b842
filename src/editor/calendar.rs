//! A button that shows a date and opens a month to pick another day from.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use egui::{Align2, Sense, Ui, vec2};

use super::{
    theme::{self, icon},
    words::Words,
};
use crate::{dates, release::Language};

/// The side of a day's square.
const DAY: f32 = 32.0;

/// A date that can be picked.
pub struct DateButton<'a> {
    /// The words of the window.
    pub words: &'a Words,
    /// What the button shows.
    pub shown: &'a str,
    /// The day that is chosen, if any.
    pub date: Option<NaiveDate>,
    /// Whether there is something that can be cleared.
    pub can_clear: bool,
    /// Whether the month is to be opened now.
    pub open: bool,
}

impl DateButton<'_> {
    /// Shows the button, with one for today beside it and one that clears; `Some(None)` is a date
    /// cleared. `month` is the month last looked at, and `label` names the button.
    pub fn show(self, ui: &mut Ui, label: egui::Id, month: &mut Option<NaiveDate>) -> Option<Option<NaiveDate>> {
        let Self { words, shown, date, can_clear, open } = self;
        let today = chrono::Local::now().date_naive();
        let mut picked = None;
        ui.horizontal(|ui| {
            let button = ui.button(format!("{}  {shown}", icon::CALENDAR)).on_hover_text(words.get("date-choose"));
            let button = button.labelled_by(label);
            let name = format!("{}: {shown}", words.get("date-choose"));
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
            let popup = egui::Popup::from_toggle_button_response(&button)
                .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
            let popup = if open { popup.open_memory(Some(egui::SetOpenCommand::Bool(true))) } else { popup };
            let mut looked_at = month.or(date).unwrap_or(today);
            let inner = popup.show(|ui| pick(ui, words, date, today, &mut looked_at));
            *month = inner.is_some().then_some(looked_at);
            if let Some(date) = inner.and_then(|inner| inner.inner) {
                picked = Some(Some(date));
                egui::Popup::close_all(ui.ctx());
            }
            if ui.button(words.get("date-today")).clicked() {
                picked = Some(Some(today));
            }
            if can_clear {
                let clear = ui.button(icon::CLOSE).on_hover_text(words.get("date-clear"));
                clear.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words.get("date-clear")));
                if clear.clicked() {
                    picked = Some(None);
                }
            }
        });
        picked
    }
}

/// Shows the month around `shown` and says which day was picked; `shown` follows the arrows.
fn pick(
    ui: &mut Ui,
    words: &Words,
    chosen: Option<NaiveDate>,
    today: NaiveDate,
    shown: &mut NaiveDate,
) -> Option<NaiveDate> {
    let khmer = words.language == Language::Khmer;
    ui.spacing_mut().item_spacing = vec2(2.0, 2.0);
    ui.horizontal(|ui| {
        let turn = |ui: &mut Ui, icon: &str, name: &str| {
            let response = ui.button(icon).on_hover_text(words.get(name));
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words.get(name)));
            response.clicked()
        };
        if turn(ui, theme::icon::LEFT, "month-before") {
            *shown = shown.checked_sub_months(Months::new(1)).unwrap_or(*shown);
        }
        if turn(ui, theme::icon::RIGHT, "month-after") {
            *shown = shown.checked_add_months(Months::new(1)).unwrap_or(*shown);
        }
        ui.add_space(8.0);
        let month = u8::try_from(shown.month()).ok().and_then(|month| chrono::Month::try_from(month).ok());
        let name =
            month.map_or("", |month| if khmer { dates::khmer_month(month) } else { dates::english_month(month) });
        let year = words.digits(&shown.year().to_string());
        ui.label(egui::RichText::new(format!("{name} {year}")).font(theme::strong(15.0)));
    });
    ui.add_space(4.0);
    let mut picked = None;
    let first = shown.with_day(1).unwrap_or(*shown);
    let start = monday_of(first);
    egui::Grid::new("month").spacing(vec2(2.0, 2.0)).show(ui, |ui| {
        for weekday in
            [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun]
        {
            let name = if khmer { dates::khmer_weekday(weekday) } else { dates::english_weekday(weekday) };
            let short: String = if khmer { first_letter(name) } else { name.chars().take(2).collect() };
            let (rect, _) = ui.allocate_exact_size(vec2(DAY, 22.0), Sense::hover());
            let font = egui::FontId::proportional(12.0);
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, short, font, ui.visuals().weak_text_color());
        }
        ui.end_row();
        for (i, date) in start.iter_days().take(42).enumerate() {
            if day(ui, words, date, date.month() == first.month(), chosen == Some(date), date == today) {
                picked = Some(date);
            }
            if i % 7 == 6 {
                ui.end_row();
            }
        }
    });
    picked
}

/// The Monday of the week of a day, or the day itself where the calendar begins.
fn monday_of(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day)
}

fn first_letter(name: &str) -> String {
    let end = crate::typeset::breaks::cluster_boundaries(name).get(1).copied().unwrap_or(name.len());
    name[..end].to_owned()
}

fn day(ui: &mut Ui, words: &Words, date: NaiveDate, inside: bool, chosen: bool, today: bool) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(DAY, 28.0), Sense::click());
    let visuals = ui.visuals();
    if chosen || response.hovered() || response.has_focus() {
        let fill = if chosen { visuals.selection.bg_fill } else { visuals.widgets.hovered.bg_fill };
        ui.painter().rect_filled(rect, 5.0, fill);
    }
    if today {
        let stroke = egui::Stroke::new(1.0, visuals.selection.stroke.color);
        ui.painter().rect_stroke(rect, 5.0, stroke, egui::StrokeKind::Inside);
    }
    let ink = if inside { visuals.text_color() } else { visuals.weak_text_color().gamma_multiply(0.7) };
    let number = words.digits(&date.day().to_string());
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, number, egui::FontId::proportional(14.0), ink);
    let name = dates::date_in(words.language, date);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, chosen, &name));
    response.clicked()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_month_of_the_calendar_can_be_looked_at() {
        assert_eq!(monday_of(NaiveDate::MIN), NaiveDate::MIN);
        let october = NaiveDate::from_ymd_opt(2023, 10, 1).unwrap();
        assert_eq!(Some(monday_of(october)), NaiveDate::from_ymd_opt(2023, 9, 25));
    }
}

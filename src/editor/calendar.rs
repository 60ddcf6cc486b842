//! A button that shows a date and opens a month to pick another day from, or to type one.
//!
//! Knows dates and not what they are of. Its invariant: the keyboard is on a day or in the field while the month is
//! open, and on the button afterwards.

use chrono::{Datelike, Days, Months, NaiveDate};
use egui::{Align2, Event, EventFilter, Key, Sense, Ui, vec2};

use super::{
    errors::Localise as _,
    field::{Canvas, FieldState, Leave, PlainField},
    theme::{self, icon},
    words::Words,
};
use crate::{
    dates,
    release::{Language, clean},
    storage::Settings,
};

/// The side of a day's square.
const DAY: f32 = 32.0;

/// What a date button remembers from one frame to the next.
#[derive(Clone, Default)]
pub struct Picker {
    /// The month last looked at, while the calendar is open.
    month: Option<NaiveDate>,
    /// A date that is being typed.
    typed: String,
    state: FieldState,
    /// Whether what was typed is no date.
    is_wrong: bool,
}

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
    /// Shows the button, with one for today beside it and one that clears. Returns the button, and the date that was
    /// picked; `Some(None)` is a date cleared. `label` names the button.
    pub fn show(
        self,
        ui: &mut Ui,
        label: egui::Id,
        picker: &mut Picker,
        canvas: &mut Canvas,
        settings: &Settings,
    ) -> (egui::Id, Option<Option<NaiveDate>>) {
        let Self { words, shown, date, can_clear, open } = self;
        let today = chrono::Local::now().date_naive();
        let mut picked = None;
        let row = ui.horizontal(|ui| {
            let button = ui.button(format!("{}  {shown}", icon::CALENDAR)).on_hover_text(words.get("date-choose"));
            let button = button.labelled_by(label);
            let name = format!("{}: {shown}", words.get("date-choose"));
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
            let popup = egui::Popup::from_toggle_button_response(&button)
                .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
            let popup = if open { popup.open_memory(Some(egui::SetOpenCommand::Bool(true))) } else { popup };
            let mut looked_at = picker.month.or(date).unwrap_or(today);
            // As it opens, the day that arrows start from gets the keyboard.
            let opens = picker.month.is_none();
            let field = label.with("typed-date");
            let inner = popup.show(|ui| {
                type_on(ui, looked_at, field, picker);
                let picked = pick(ui, words, date, today, &mut looked_at, opens);
                picked.or(typed(ui, words, field, picker, canvas, settings))
            });
            picker.month = inner.is_some().then_some(looked_at);
            if inner.is_none() {
                (picker.typed, picker.is_wrong) = (String::new(), false);
            }
            if inner.as_ref().is_some_and(|inner| inner.inner.is_some() || inner.response.should_close()) {
                button.request_focus();
            }
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
                    // It goes with the date, and the keyboard would be left to the text that had it last.
                    button.request_focus();
                    picked = Some(None);
                }
            }
            button.id
        });
        (row.inner, picked)
    }
}

/// Shows the month around `shown` and says which day was picked; `shown` follows the arrows.
fn pick(
    ui: &mut Ui,
    words: &Words,
    chosen: Option<NaiveDate>,
    today: NaiveDate,
    shown: &mut NaiveDate,
    opens: bool,
) -> Option<NaiveDate> {
    let has_keyboard = ui.memory(|memory| memory.has_focus(day_id(*shown)));
    let mut moved = arrows(ui, shown);
    let khmer = words.of_releases() == Language::Khmer;
    ui.spacing_mut().item_spacing = vec2(2.0, 2.0);
    let row = vec2(7.0 * (DAY + 2.0) - 2.0, ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(row, egui::Layout::left_to_right(egui::Align::Center), |ui| {
        // The month is between the buttons that turn to its neighbours, each of which says which month that is.
        let turn = |ui: &mut Ui, icon: &str, name: &str, key: &str, to: Option<NaiveDate>| {
            let to = to?;
            let hint = format!("{}: {} ({key})", words.get(name), month_of(words, to));
            let response = ui.button(icon).on_hover_text(hint);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words.get(name)));
            response.clicked().then_some(to)
        };
        let before = turn(ui, icon::LEFT, "month-before", "Page Up", shown.checked_sub_months(Months::new(1)));
        let after = ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let after = turn(ui, icon::RIGHT, "month-after", "Page Down", shown.checked_add_months(Months::new(1)));
            ui.centered_and_justified(|ui| {
                ui.label(egui::RichText::new(month_of(words, *shown)).font(theme::strong(15.0)));
            });
            after
        });
        if let Some(month) = before.or(after.inner) {
            *shown = month;
            moved |= has_keyboard;
        }
    });
    ui.add_space(4.0);
    let mut picked = None;
    let first = shown.with_day(1).unwrap_or(*shown);
    let start = monday_of(first);
    egui::Grid::new("month").spacing(vec2(2.0, 2.0)).show(ui, |ui| {
        for weekday in dates::WEEKDAYS {
            let name = if khmer { dates::khmer_weekday(weekday) } else { dates::english_weekday(weekday) };
            let short: String = if khmer { first_letter(name) } else { name.chars().take(2).collect() };
            let (rect, _) = ui.allocate_exact_size(vec2(DAY, 22.0), Sense::hover());
            let font = egui::FontId::proportional(12.0);
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, short, font, ui.visuals().weak_text_color());
        }
        ui.end_row();
        for (i, date) in start.iter_days().take(42).enumerate() {
            // Tab stops at one day and then goes on to the field; arrows go from day to day.
            let sense = if date == *shown { Sense::click() } else { Sense::CLICK };
            let is_inside = date.month() == first.month();
            let square = day(ui, words, date, sense, (is_inside, chosen == Some(date), date == today));
            if date == *shown && (opens || moved || is_waiting(ui)) {
                set_waiting(ui, !theme::focus(ui, square.id));
            }
            if square.clicked() {
                picked = Some(date);
            }
            if i % 7 == 6 {
                ui.end_row();
            }
        }
    });
    picked
}

/// The name of a month, with its year.
fn month_of(words: &Words, date: NaiveDate) -> String {
    let month = u8::try_from(date.month()).ok().and_then(|month| chrono::Month::try_from(month).ok());
    let name = month.map_or("", |month| match words.of_releases() {
        Language::Khmer => dates::khmer_month(month),
        Language::English => dates::english_month(month),
    });
    format!("{name} {}", words.digits(&date.year().to_string()))
}

/// Takes what is typed on a day into the field below the days, which gets the keyboard with it.
fn type_on(ui: &Ui, shown: NaiveDate, field: egui::Id, picker: &mut Picker) {
    if !ui.memory(|memory| memory.has_focus(day_id(shown))) {
        return;
    }
    let mut typed = String::new();
    ui.input_mut(|input| {
        input.events.retain(|event| match event {
            // The space bar picks the day, until a date has been begun.
            Event::Text(text) if !typed.is_empty() || text.starts_with(char::is_alphanumeric) => {
                typed.push_str(text);
                false
            }
            _ => true,
        });
    });
    if typed.is_empty() {
        return;
    }
    picker.typed.push_str(&clean(&typed, false));
    let end = picker.typed.len();
    picker.state.select(end..end);
    picker.is_wrong = false;
    set_waiting(ui, false);
    theme::move_focus(ui.ctx(), field);
}

/// A field for a date that is typed; gives the date on Enter.
fn typed(
    ui: &mut Ui,
    words: &Words,
    id: egui::Id,
    picker: &mut Picker,
    canvas: &mut Canvas,
    settings: &Settings,
) -> Option<NaiveDate> {
    ui.add_space(4.0);
    let (label, hint) = (words.get("date-type"), words.get("date-type-hint"));
    let output = ui
        .scope(|ui| {
            ui.set_max_width(7.0 * (DAY + 2.0));
            let field = PlainField { id, label, hint, multiline: false, names: None, quotes: None };
            field.show(ui, &mut picker.typed, &mut picker.state, canvas, settings)
        })
        .inner;
    if output.changed.is_some() {
        picker.is_wrong = false;
    }
    let read = dates::read_date(&picker.typed);
    // In words at once: in numbers it may be taken for another day.
    if let Ok(day) = read {
        let date = dates::date_in(words.of_releases(), day);
        let is_doubtful = dates::is_day_first(&picker.typed);
        let said = if is_doubtful { words.with("date-day-first", &[("date", date.as_str())]) } else { date };
        ui.label(egui::RichText::new(said).small());
    }
    let is_entered = output.leave == Some(Leave::Next);
    picker.is_wrong |= is_entered && read.is_err();
    if let Some(error) = read.as_ref().err().filter(|_| picker.is_wrong) {
        let ink = theme::accents(ui.visuals()).warning;
        ui.scope(|ui| {
            ui.set_max_width(7.0 * (DAY + 2.0));
            ui.label(egui::RichText::new(error.localised(words)).small().color(ink));
        });
    }
    read.ok().filter(|_| is_entered)
}

/// The Monday of the week of a day, or the day itself where the calendar begins.
fn monday_of(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day)
}

fn first_letter(name: &str) -> String {
    let end = crate::typeset::breaks::cluster_boundaries(name).get(1).copied().unwrap_or(name.len());
    name[..end].to_owned()
}

fn day(
    ui: &mut Ui,
    words: &Words,
    date: NaiveDate,
    sense: Sense,
    (inside, chosen, today): (bool, bool, bool),
) -> egui::Response {
    // Named by its date, so that the keyboard stays on a day while months turn.
    let (rect, _) = ui.allocate_exact_size(vec2(DAY, 28.0), Sense::hover());
    let response = ui.interact(rect, day_id(date), sense);
    let visuals = ui.visuals();
    if chosen || response.hovered() || response.has_focus() {
        let fill = if chosen { visuals.selection.bg_fill } else { visuals.widgets.hovered.bg_fill };
        ui.painter().rect_filled(rect, 5.0, fill);
    }
    if today {
        let stroke = egui::Stroke::new(1.0, visuals.selection.stroke.color);
        ui.painter().rect_stroke(rect, 5.0, stroke, egui::StrokeKind::Inside);
    }
    let holiday = dates::holiday(date, words.of_releases());
    let ink = match holiday {
        Some(_) if inside => theme::accents(visuals).warning,
        _ if inside => visuals.text_color(),
        _ => visuals.weak_text_color().gamma_multiply(0.7),
    };
    let number = words.digits(&date.day().to_string());
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, number, egui::FontId::proportional(14.0), ink);
    let mut name = dates::date_in(words.of_releases(), date);
    if let Some(holiday) = holiday {
        name = format!("{name}, {holiday}");
    }
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, chosen, &name));
    let lunar = dates::LunarDate::of(date).map(|lunar| lunar.khmer_line());
    match (holiday, lunar) {
        (Some(holiday), Some(lunar)) => response.on_hover_text(format!("{holiday}\n{lunar}")),
        (None, Some(lunar)) => response.on_hover_text(lunar),
        _ => response,
    }
}

fn day_id(date: NaiveDate) -> egui::Id {
    egui::Id::unique(("day", date))
}

/// Whether a day is still to get the keyboard; a month that has just come up does not let it have it yet.
fn is_waiting(ui: &Ui) -> bool {
    ui.data(|data| data.get_temp(egui::Id::unique("calendar-waits"))).unwrap_or(false)
}

fn set_waiting(ui: &Ui, waits: bool) {
    ui.data_mut(|data| {
        data.insert_temp(egui::Id::unique("calendar-waits"), waits);
    });
}

/// Moves from day to day, week to week and month to month by keys, over the ends of months; says whether it did.
fn arrows(ui: &Ui, shown: &mut NaiveDate) -> bool {
    let focused = ui.memory(egui::Memory::focused);
    if focused != Some(day_id(*shown)) {
        return false;
    }
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(day_id(*shown), filter));
    let keys = [Key::ArrowLeft, Key::ArrowRight, Key::ArrowUp, Key::ArrowDown, Key::PageUp, Key::PageDown];
    let pressed = ui.input_mut(|input| theme::take_presses(input, &keys));
    if pressed.is_empty() {
        return false;
    }
    for key in pressed {
        let days = |days| shown.checked_add_signed(chrono::TimeDelta::days(days));
        let moved = match key {
            Key::ArrowLeft => days(-1),
            Key::ArrowRight => days(1),
            Key::ArrowUp => days(-7),
            Key::ArrowDown => days(7),
            Key::PageUp => shown.checked_sub_months(Months::new(1)),
            _ => shown.checked_add_months(Months::new(1)),
        };
        *shown = moved.unwrap_or(*shown);
    }
    theme::move_focus(ui.ctx(), day_id(*shown));
    true
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

//! Boxes for numbers, in the digits of the window's language.
//!
//! Knows no document. Invariant: a box shows the digits of the window's language, also while one types, and accepts
//! digits of either language, signs of a number and nothing else.

use std::ops::RangeInclusive;

use egui::{DragValue, Event, Id, ImeEvent, Key, Response, Ui, Widget, emath};

use super::{input_order, words::Words};
use crate::release::Language;

/// A box for a number.
pub struct NumberBox<'a> {
    words: &'a Words,
    drag: DragValue<'a>,
    has_decimals: bool,
}

/// A box for a whole number.
pub fn number_box<'a, Number: emath::Numeric>(words: &'a Words, value: &'a mut Number) -> NumberBox<'a> {
    let drag = DragValue::new(value)
        .custom_formatter(|number, decimals| shown(words, &emath::format_with_decimals_in_range(number, decimals)))
        .custom_parser(read);
    NumberBox { words, drag, has_decimals: false }
}

impl NumberBox<'_> {
    /// The least and the greatest number.
    pub fn range<Number: emath::Numeric>(self, range: RangeInclusive<Number>) -> Self {
        Self { drag: self.drag.range(range), ..self }
    }

    /// How far the number changes for each point that the mouse moves.
    pub fn speed(self, speed: f64) -> Self {
        Self { drag: self.drag.speed(speed), ..self }
    }

    /// Takes decimals, and so many of them.
    pub fn decimals(self, most: usize) -> Self {
        Self { drag: self.drag.max_decimals(most), has_decimals: true, ..self }
    }

    /// What is behind the number while it is not typed.
    pub fn suffix(self, suffix: &'static str) -> Self {
        Self { drag: self.drag.suffix(suffix), ..self }
    }

    /// Takes what is typed only when the box is left.
    pub fn when_left(self) -> Self {
        Self { drag: self.drag.update_while_editing(false), ..self }
    }
}

impl Widget for NumberBox<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        // The box has this one in either form.
        let id = ui.next_auto_id();
        let returns = ui.data_mut(|data| data.remove_temp(returning(id))) == Some(true);
        if returns && ui.is_enabled() {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        if ui.memory(|memory| memory.has_focus(id)) {
            let Self { words, has_decimals, .. } = &self;
            ui.input_mut(|input| input.events.retain_mut(|event| takes(event, words, *has_decimals)));
        }
        ui.add(self.drag)
    }
}

/// Keeps the keyboard in a box after Enter, with the number selected: what is typed next is another number, and must
/// not reach the text.
pub fn stay_after_enter(response: &Response) {
    if response.lost_focus() && response.ctx.input(|input| input.key_pressed(Key::Enter)) {
        // A box that gets the keyboard in a new frame shows the number that was taken.
        response.ctx.data_mut(|data| data.insert_temp(returning(response.id), true));
        input_order::hold(&response.ctx);
    }
}

/// Gives the keyboard to a box, with its number selected; says whether it has it. This is to be asked again until it
/// has, as for [`theme::focus`](super::theme::focus).
pub fn focus(response: &Response) -> bool {
    let has = response.has_focus();
    if !has {
        response.ctx.data_mut(|data| data.insert_temp(returning(response.id), true));
        input_order::hold(&response.ctx);
        response.ctx.request_repaint();
    }
    has
}

/// Under which name it is noted that a box gets the keyboard back.
fn returning(number_box: Id) -> Id {
    number_box.with("gets the keyboard back")
}

/// Leaves of what is typed the parts of a number, in the window's language; says whether something is left.
fn takes(event: &mut Event, words: &Words, has_decimals: bool) -> bool {
    match event {
        Event::Text(text) | Event::Paste(text) | Event::Ime(ImeEvent::Commit(text)) => {
            *text = typed(words, text, has_decimals);
            !text.is_empty()
        }
        _ => true,
    }
}

/// The digits of a text, and its point or comma, as the language writes them.
fn typed(words: &Words, text: &str, has_decimals: bool) -> String {
    let digits = crate::dates::to_arabic_digits(text).replace(',', ".");
    shown(words, &digits.chars().filter(|c| c.is_ascii_digit() || has_decimals && *c == '.').collect::<String>())
}

/// A number as the language writes it.
fn shown(words: &Words, number: &str) -> String {
    match words.of_releases() {
        Language::English => number.to_owned(),
        Language::Khmer => words.digits(&number.replace('.', ",")),
    }
}

/// The number that was typed, with a point or a comma before its decimals.
fn read(typed: &str) -> Option<f64> {
    let typed: String =
        crate::dates::to_arabic_digits(typed).chars().filter(|c| !c.is_whitespace() && *c != '\u{200B}').collect();
    typed.replace(',', ".").replace('\u{2212}', "-").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::WindowLanguage;

    #[test]
    fn a_box_takes_the_parts_of_a_number_and_writes_them_as_the_window_does() {
        let (khmer, english) = (Words::new(WindowLanguage::Khmer), Words::new(WindowLanguage::English));
        for (written, in_khmer, in_english) in
            [("12.5", "១២,៥", "12.5"), ("១២,៥ mm", "១២,៥", "12.5"), ("abc ក-%", "", ""), (" 7 ", "៧", "7")]
        {
            assert_eq!(
                (typed(&khmer, written, true), typed(&english, written, true)),
                (in_khmer.into(), in_english.into())
            );
        }
        assert_eq!(typed(&english, "1.5", false), "15");
    }

    #[test]
    fn numbers_are_shown_in_the_digits_of_the_window_and_taken_in_either() {
        let (khmer, english) = (Words::new(WindowLanguage::Khmer), Words::new(WindowLanguage::English));
        assert_eq!((shown(&khmer, "12.5"), shown(&english, "12.5")), ("១២,៥".to_owned(), "12.5".to_owned()));
        for typed in ["12.5", "12,5", "១២,៥", "១២.៥", " ១2,5\u{200B} "] {
            assert_eq!(read(typed), Some(12.5), "{typed}");
        }
        assert_eq!((read(""), read("ក"), read("\u{2212}3")), (None, None, Some(-3.0)));
    }
}

//! Boxes for numbers, in the digits of the window's language.
//!
//! Knows no document. Invariant: what a box shows is read back as the same number, and digits of either language are
//! taken, whatever the window's.

use egui::{DragValue, emath};

use super::words::Words;
use crate::release::Language;

/// A box for a number.
pub fn number_box<'a, Number: emath::Numeric>(words: &'a Words, value: &'a mut Number) -> DragValue<'a> {
    DragValue::new(value)
        .custom_formatter(|number, decimals| shown(words, &emath::format_with_decimals_in_range(number, decimals)))
        .custom_parser(read)
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
    fn numbers_are_shown_in_the_digits_of_the_window_and_taken_in_either() {
        let (khmer, english) = (Words::new(WindowLanguage::Khmer), Words::new(WindowLanguage::English));
        assert_eq!((shown(&khmer, "12.5"), shown(&english, "12.5")), ("១២,៥".to_owned(), "12.5".to_owned()));
        for typed in ["12.5", "12,5", "១២,៥", "១២.៥", " ១2,5\u{200B} "] {
            assert_eq!(read(typed), Some(12.5), "{typed}");
        }
        assert_eq!((read(""), read("ក"), read("\u{2212}3")), (None, None, Some(-3.0)));
    }
}

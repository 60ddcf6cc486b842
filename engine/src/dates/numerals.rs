//! Digits, Khmer and Arabic.
//!
//! Knows digits only: signs, separators and words pass through untouched, so a whole sentence may
//! be converted. The invariant: each conversion undoes the other on text that has digits of one
//! kind.
//!
//! The numerals of divination (U+17F0 to U+17F9) are no digits of a document and stay as they are.

use crate::khmer::characters::is_khmer_digit;

const KHMER_ZERO: char = '០';

/// `text` with each Arabic digit 0 to 9 made Khmer, ០ to ៩.
pub fn to_khmer_digits(text: &str) -> String {
    text.chars().map(|c| c.to_digit(10).and_then(khmer_digit).unwrap_or(c)).collect()
}

/// `text` with each Khmer digit ០ to ៩ made Arabic, 0 to 9.
pub fn to_arabic_digits(text: &str) -> String {
    text.chars().map(|c| value_of_khmer(c).and_then(|value| char::from_digit(value, 10)).unwrap_or(c)).collect()
}

/// `number` in Khmer digits, without separators between the thousands.
pub fn khmer_number(number: u64) -> String {
    to_khmer_digits(&number.to_string())
}

fn khmer_digit(value: u32) -> Option<char> {
    char::from_u32(u32::from(KHMER_ZERO) + value)
}

fn value_of_khmer(c: char) -> Option<u32> {
    is_khmer_digit(c).then(|| u32::from(c) - u32::from(KHMER_ZERO))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_digit_has_its_twin() {
        assert_eq!(to_khmer_digits("0123456789"), "០១២៣៤៥៦៧៨៩");
        assert_eq!(to_arabic_digits("០១២៣៤៥៦៧៨៩"), "0123456789");
    }

    #[test]
    fn what_is_no_digit_stays() {
        assert_eq!(to_khmer_digits("លេខ៖ 128/23 ក.ប.ស"), "លេខ៖ ១២៨/២៣ ក.ប.ស");
        assert_eq!(to_arabic_digits("No. ១២៨-B\u{200B}៣"), "No. 128-B\u{200B}3");
        // Other scripts' digits are not ours to change, nor are the numerals of divination.
        assert_eq!(to_khmer_digits("๒ ٢ ² ៲"), "๒ ٢ ² ៲");
        assert_eq!(to_arabic_digits("๒ ٢ ² ៲"), "๒ ٢ ² ៲");
    }

    #[test]
    fn numbers_of_any_size() {
        assert_eq!(khmer_number(0), "០");
        assert_eq!(khmer_number(2567), "២៥៦៧");
        assert_eq!(khmer_number(u64::MAX), "១៨៤៤៦៧៤៤០៧៣៧០៩៥៥១៦១៥");
    }

    proptest! {
        #[test]
        fn each_conversion_undoes_the_other(text in "[^០-៩]*") {
            prop_assert_eq!(to_arabic_digits(&to_khmer_digits(&text)), text);
        }

        #[test]
        fn no_digit_is_lost_or_added(text in any::<String>()) {
            prop_assert_eq!(to_khmer_digits(&text).chars().count(), text.chars().count());
            prop_assert_eq!(to_arabic_digits(&text).chars().count(), text.chars().count());
        }
    }
}

//! Numbers as each language writes them: digits, thousands and decimals.
//!
//! English divides thousands by commas and decimals by a point; official Khmer does it the other way round. Knows
//! numbers and not what they count. The invariant: a sign is changed only where it is sure what it is for, in a
//! number with thousands or in a percentage; in a date or an address all signs stay.

use super::numerals::{to_arabic_digits, to_khmer_digits};
use crate::khmer::characters::is_digit;

/// The sign between thousands, and the one before decimals.
struct Signs {
    thousands: char,
    decimals: char,
}

const ENGLISH: Signs = Signs { thousands: ',', decimals: '.' };
const KHMER: Signs = Signs { thousands: '.', decimals: ',' };

/// `text` with its numbers as Khmer writes them: `1,234.5` is `១.២៣៤,៥`.
pub fn to_khmer_figures(text: &str) -> String {
    to_khmer_digits(&with_signs(text, &ENGLISH, &KHMER))
}

/// `text` with its numbers as English writes them: `១.២៣៤,៥` is `1,234.5`.
pub fn to_english_figures(text: &str) -> String {
    to_arabic_digits(&with_signs(text, &KHMER, &ENGLISH))
}

/// One number without thousands, such as a size: `12.5` is `១២,៥`.
pub fn khmer_decimal(number: f32) -> String {
    to_khmer_digits(&number.to_string()).replace(ENGLISH.decimals, ",")
}

/// A text with the signs of its numbers changed.
fn with_signs(text: &str, from: &Signs, to: &Signs) -> String {
    let is_part = |c: char| is_digit(c) || c == from.thousands || c == from.decimals;
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(start) = rest.find(is_digit) {
        let (before, number) = rest.split_at(start);
        let end = number.find(|c| !is_part(c)).unwrap_or(number.len());
        let (number, behind) = number.split_at(end);
        out.push_str(before);
        // A sign at the end is of the sentence.
        let figures = number.trim_end_matches(|c| !is_digit(c));
        let is_percentage =
            figures.len() == number.len() && behind.trim_start_matches([' ', '\u{A0}']).starts_with('%');
        let is_free = !before.ends_with([from.thousands, from.decimals]);
        if is_free && (has_thousands(figures, from) || is_percentage && has_decimals(figures, from)) {
            out.extend(figures.chars().map(|c| match c {
                c if c == from.thousands => to.thousands,
                c if c == from.decimals => to.decimals,
                c => c,
            }));
        } else {
            out.push_str(figures);
        }
        out.push_str(number.get(figures.len()..).unwrap_or_default());
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Whether a number has thousands, and decimals at most behind them.
fn has_thousands(figures: &str, signs: &Signs) -> bool {
    let (whole, decimals) = figures.split_once(signs.decimals).unwrap_or((figures, "0"));
    let mut groups = whole.split(signs.thousands).map(|group| group.chars().count());
    let begins = groups.next().is_some_and(|first| (1..=3).contains(&first));
    begins && whole.contains(signs.thousands) && groups.all(|group| group == 3) && decimals.chars().all(is_digit)
}

/// Whether a number without thousands has one or two decimals.
fn has_decimals(figures: &str, signs: &Signs) -> bool {
    figures.split_once(signs.decimals).is_some_and(|(whole, decimals)| {
        whole.chars().chain(decimals.chars()).all(is_digit) && (1..=2).contains(&decimals.chars().count())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn thousands_and_decimals_have_the_signs_of_their_language() {
        for (english, khmer) in [
            ("1,234", "១.២៣៤"),
            ("US$ 1,234,567.50.", "US$ ១.២៣៤.៥៦៧,៥០."),
            ("(12,000)", "(១២.០០០)"),
            ("3.5% and 3.5 %, 12 %", "៣,៥% and ៣,៥ %, ១២ %"),
            // What may be something else stays.
            ("3.5", "៣.៥"),
            ("30.10.2023", "៣០.១០.២០២៣"),
            ("1,2 and 3", "១,២ and ៣"),
            ("No. 1,234,5", "No. ១,២៣៤,៥"),
            ("in 2023, 5 of them", "in ២០២៣, ៥ of them"),
        ] {
            assert_eq!(to_khmer_figures(english), khmer);
            assert_eq!(to_english_figures(khmer), english);
        }
        assert_eq!(to_khmer_figures("១,២៣៤"), "១.២៣៤", "typed with the comma of English");
        assert_eq!(khmer_decimal(12.5), "១២,៥");
        assert_eq!(khmer_decimal(12.0), "១២");
    }

    proptest! {
        #[test]
        fn nothing_is_lost_or_added(text in "[0-9០-៩,. %a]*") {
            prop_assert_eq!(to_khmer_figures(&text).chars().count(), text.chars().count());
            prop_assert_eq!(to_english_figures(&text).chars().count(), text.chars().count());
        }
    }
}

//! Spans of days, hours and years in Khmer that end before they begin: ពីថ្ងៃទី១៨ ដល់ថ្ងៃទី១៦ ខែធ្នូ.
//!
//! Knows texts alone. Its invariant: every range that it gives lies in the text, on characters.

use super::super::{Problem, slips::Slip, two_ways::runs};
use crate::{dates::to_arabic_digits, khmer::characters::is_digit};

const GAPS: &[char] = &[' ', '\u{A0}', '\u{200B}'];
const UNTIL: &str = "ដល់";
const DAY: &str = "ថ្ងៃ";
const ORDINAL: &str = "ទី";
const MONTH: &str = "ខែ";
const YEAR: &str = "ឆ្នាំ";
const HOUR: &str = "ម៉ោង";
/// A span of hours that seems longer than this, in minutes, ends on the day on which it begins.
const NIGHT: u32 = 18 * 60;
const YEARS: std::ops::RangeInclusive<u32> = 1950..=2100;

/// The spans of a text that end before they begin.
pub(super) fn slips(text: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    for (range, run) in runs(text, is_digit, |c| is_digit(c) || matches!(c, ':' | '៖')) {
        let (before, after) = (text.get(..range.start).unwrap_or_default(), text.get(range.end..).unwrap_or_default());
        let said = before.trim_end_matches(GAPS);
        let Some((end, rest)) = end_of_span(after) else { continue };
        let is_backwards = if said.ends_with(YEAR) {
            years(run, end)
        } else if said.ends_with(HOUR) {
            hours(run, end, rest)
        } else {
            said.ends_with(ORDINAL) && days(run, end, rest)
        };
        if is_backwards {
            let place = range.start..text.len() - rest.len();
            let written = text.get(place.clone()).unwrap_or_default().to_owned();
            slips.push((place, Problem::Backwards { written }));
        }
    }
    slips
}

/// The digits with which a span ends whose beginning is right before a text, and what is behind them.
fn end_of_span(after: &str) -> Option<(&str, &str)> {
    let said = after.trim_start_matches(GAPS);
    let mut rest = match said.strip_prefix(UNTIL) {
        Some(rest) => rest,
        None => after.strip_prefix(['-', '–'])?,
    };
    for word in [DAY, ORDINAL, YEAR, HOUR] {
        let bare = rest.trim_start_matches(GAPS);
        rest = bare.strip_prefix(word).unwrap_or(rest);
    }
    let rest = rest.trim_start_matches(GAPS);
    let length = rest.find(|c: char| !is_digit(c) && !matches!(c, ':' | '៖')).unwrap_or(rest.len());
    let (digits, rest) = rest.split_at_checked(length).filter(|_| length > 0)?;
    // A code or a further part.
    (!rest.starts_with(['-', '/', '.'])).then_some((digits, rest))
}

fn number(digits: &str) -> Option<u32> {
    to_arabic_digits(digits).parse().ok()
}

fn years(from: &str, to: &str) -> bool {
    number(from).zip(number(to)).is_some_and(|(from, to)| from > to && YEARS.contains(&from) && YEARS.contains(&to))
}

/// Days of one month, which is said behind the second alone.
fn days(from: &str, to: &str, rest: &str) -> bool {
    let is_day = |day: &u32| (1..=31).contains(day);
    let (from, to) = (number(from).filter(is_day), number(to).filter(is_day));
    rest.trim_start_matches(GAPS).starts_with(MONTH) && from.zip(to).is_some_and(|(from, to)| from > to)
}

/// Hours by twenty-four, as their minutes show, of which the second is not of the next day.
fn hours(from: &str, to: &str, rest: &str) -> bool {
    let minutes = |hour: &str| {
        let (hour, minute) = hour.split_once([':', '៖'])?;
        Some(number(hour)? * 60 + number(minute)?).filter(|minutes| *minutes <= 24 * 60)
    };
    let next_day = ["ស្អែក", "បន្ទាប់", "ព្រឹក", "រសៀល", "ល្ងាច", "យប់"].into_iter();
    let said = rest.get(..rest.floor_char_boundary(60)).unwrap_or_default();
    let is_next_day = next_day.into_iter().any(|word| said.contains(word));
    let hours = minutes(from).zip(minutes(to));
    !is_next_day && hours.is_some_and(|(from, to)| from > to && to + 24 * 60 - from > NIGHT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        slips(text).into_iter().map(|(range, _)| &text[range]).collect()
    }

    #[test]
    fn a_span_that_ends_before_it_begins_is_found() {
        for (text, span) in [
            ("ចាប់ពីថ្ងៃទី១៨ ដល់ថ្ងៃទី១៦ ខែធ្នូ ឆ្នាំ២០២៦", "១៨ ដល់ថ្ងៃទី១៦"),
            ("នៅថ្ងៃទី១៨-១៦ ខែធ្នូ", "១៨-១៦"),
            ("នៅថ្ងៃទី 18 ដល់ទី\u{200B} 16 ខែធ្នូ", "18 ដល់ទី\u{200B} 16"),
            ("ពីម៉ោង ១៤:០០ ដល់ម៉ោង ១២:០០ ។", "១៤:០០ ដល់ម៉ោង ១២:០០"),
            ("សម្រាប់ឆ្នាំ២០២៦-២០២៤ ។", "២០២៦-២០២៤"),
            ("ពីឆ្នាំ ២០២៦ ដល់ឆ្នាំ ២០២៤", "២០២៦ ដល់ឆ្នាំ ២០២៤"),
        ] {
            assert_eq!(found(text), [span], "{text}");
        }
    }

    #[test]
    fn a_span_in_order_is_right() {
        for text in [
            "ពីថ្ងៃទី១៦ ដល់ថ្ងៃទី១៨ ខែធ្នូ ថ្ងៃទី៣០ ខែវិច្ឆិកា ដល់ថ្ងៃទី២ ខែធ្នូ",
            "ថ្ងៃទី១៨ ដល់ថ្ងៃទី១៦ ម៉ោង ២២:០០ ដល់ម៉ោង ០២:០០ ម៉ោង ៨:០០ ដល់ ២:០០ រសៀល",
            "ឆ្នាំ២០២៤-២០២៦ លេខ២០២៦-២០២៤ ឆ្នាំ២០២៦-២០២៤/១ ធ្លាក់ពី ២០២៦ ដល់ ២០២៤",
            "ចាប់ពីឆ្នាំ១៩៩៣ ដល់",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}

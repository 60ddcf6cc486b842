//! Civil dates, written out.
//!
//! Knows the names of months and weekdays in both languages and the order in which a date line has
//! them. Must never guess: what a person typed is the business of `typed`. The invariant:
//! [`read_date`](super::read_date) reads back whatever is written here.

use chrono::{Datelike, Month, NaiveDate, Weekday};

use super::numerals::to_khmer_digits;
use crate::release::Language;

/// The months of the civil year in order.
pub const MONTHS: [Month; 12] = [
    Month::January,
    Month::February,
    Month::March,
    Month::April,
    Month::May,
    Month::June,
    Month::July,
    Month::August,
    Month::September,
    Month::October,
    Month::November,
    Month::December,
];

/// The days of the week from Monday on.
pub const WEEKDAYS: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// A date as a release in a language writes it.
pub fn date_in(language: Language, date: NaiveDate) -> String {
    match language {
        Language::English => english_date(date),
        Language::Khmer => khmer_date(date),
    }
}

/// `30 October 2023`: the day without a leading zero, the month in full.
pub fn english_date(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), english_month(month_of(date)), date.year())
}

/// `ថ្ងៃទី៣០ ខែតុលា ឆ្នាំ២០២៣`, as a Khmer document has it after the place.
pub fn khmer_date(date: NaiveDate) -> String {
    to_khmer_digits(&format!("ថ្ងៃទី{} ខែ{} ឆ្នាំ{}", date.day(), khmer_month(month_of(date)), date.year()))
}

/// The English name of a month, in full.
pub fn english_month(month: Month) -> &'static str {
    month.name()
}

/// The Khmer name of a month of the civil year.
pub fn khmer_month(month: Month) -> &'static str {
    match month {
        Month::January => "មករា",
        Month::February => "កុម្ភៈ",
        Month::March => "មីនា",
        Month::April => "មេសា",
        Month::May => "ឧសភា",
        Month::June => "មិថុនា",
        Month::July => "កក្កដា",
        Month::August => "សីហា",
        Month::September => "កញ្ញា",
        Month::October => "តុលា",
        Month::November => "វិច្ឆិកា",
        Month::December => "ធ្នូ",
    }
}

/// The English name of a weekday, in full.
pub fn english_weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// A date behind its weekday: `Sunday, 29 November 2026`, `ថ្ងៃអាទិត្យ ទី២៩ ខែវិច្ឆិកា ឆ្នាំ២០២៦`.
pub fn date_with_weekday(language: Language, date: NaiveDate) -> String {
    let (weekday, written) = (date.weekday(), date_in(language, date));
    match language {
        Language::English => format!("{}, {written}", english_weekday(weekday)),
        Language::Khmer => {
            let day = written.strip_prefix("ថ្ងៃ").unwrap_or(&written);
            format!("ថ្ងៃ{} {day}", khmer_weekday(weekday))
        }
    }
}

/// The Khmer name of a weekday, without the word ថ្ងៃ before it.
pub fn khmer_weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "ចន្ទ",
        Weekday::Tue => "អង្គារ",
        Weekday::Wed => "ពុធ",
        Weekday::Thu => "ព្រហស្បតិ៍",
        Weekday::Fri => "សុក្រ",
        Weekday::Sat => "សៅរ៍",
        Weekday::Sun => "អាទិត្យ",
    }
}

/// The month of a date, without the error that chrono's own conversion from a number must allow for.
fn month_of(date: NaiveDate) -> Month {
    match date.month() {
        1 => Month::January,
        2 => Month::February,
        3 => Month::March,
        4 => Month::April,
        5 => Month::May,
        6 => Month::June,
        7 => Month::July,
        8 => Month::August,
        9 => Month::September,
        10 => Month::October,
        11 => Month::November,
        _ => Month::December,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_line_of_a_release() {
        let date = NaiveDate::from_ymd_opt(2023, 10, 30).unwrap();
        assert_eq!(english_date(date), "30 October 2023");
        assert_eq!(khmer_date(date), "ថ្ងៃទី៣០ ខែតុលា ឆ្នាំ២០២៣");
    }

    #[test]
    fn a_day_of_one_digit_has_no_leading_zero() {
        let date = NaiveDate::from_ymd_opt(2024, 2, 5).unwrap();
        assert_eq!(english_date(date), "5 February 2024");
        assert_eq!(khmer_date(date), "ថ្ងៃទី៥ ខែកុម្ភៈ ឆ្នាំ២០២៤");
    }

    #[test]
    fn every_month_is_its_own() {
        let months: Vec<Month> =
            (1..=12).map(|month| month_of(NaiveDate::from_ymd_opt(2023, month, 1).unwrap())).collect();
        assert_eq!(months.first(), Some(&Month::January));
        assert_eq!(months.last(), Some(&Month::December));
        for pair in months.windows(2) {
            assert_eq!(pair[0].succ(), pair[1]);
        }
        let names = "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ";
        assert_eq!(months.iter().map(|&month| khmer_month(month)).collect::<Vec<_>>().join(" "), names);
    }

    #[test]
    fn every_weekday_is_its_own() {
        let mut weekday = Weekday::Sun;
        let mut khmer = Vec::new();
        let mut english = Vec::new();
        for _ in 0..7 {
            khmer.push(khmer_weekday(weekday));
            english.push(english_weekday(weekday));
            weekday = weekday.succ();
        }
        assert_eq!(khmer.join(" "), "អាទិត្យ ចន្ទ អង្គារ ពុធ ព្រហស្បតិ៍ សុក្រ សៅរ៍");
        assert_eq!(english.join(" "), "Sunday Monday Tuesday Wednesday Thursday Friday Saturday");
    }

    #[test]
    fn a_date_is_written_behind_its_weekday() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 29).unwrap();
        assert_eq!(date_with_weekday(Language::English, date), "Sunday, 29 November 2026");
        assert_eq!(date_with_weekday(Language::Khmer, date), "ថ្ងៃអាទិត្យ ទី២៩ ខែវិច្ឆិកា ឆ្នាំ២០២៦");
    }

    #[test]
    fn the_ends_of_time_do_not_panic() {
        for date in [NaiveDate::MIN, NaiveDate::MAX] {
            assert!(!english_date(date).is_empty());
            assert!(!khmer_date(date).is_empty());
        }
    }
}

//! What is wrong with a date that was typed, in the language of the window.

use super::{Localise, Words};
use crate::dates::{BUDDHIST_ERA, DateError, TYPED_YEARS, khmer_month};

impl Localise for DateError {
    fn translated(&self, words: &Words) -> String {
        let number = |number: i32| words.digits(&number.to_string());
        match self {
            Self::Empty => words.get("date-empty").to_owned(),
            Self::Incomplete => words.get("date-incomplete").to_owned(),
            Self::UnknownWord { word } => words.with("date-unknown-word", &[("word", word)]),
            Self::ShortYear { year } => words.with("date-short-year", &[("year", &words.digits(year))]),
            Self::FarYear { year } => {
                let (name, [first, last]) = if BUDDHIST_ERA.contains(year) {
                    ("date-buddhist-year", [year - 543, year - 544])
                } else {
                    ("date-far-year", [*TYPED_YEARS.start(), *TYPED_YEARS.end()])
                };
                words.with(name, &[("year", &number(*year)), ("first", &number(first)), ("last", &number(last))])
            }
            Self::NoSuchMonth { month } => words.with("date-no-month", &[("month", &words.digits(&month.to_string()))]),
            Self::NoSuchDay { day, month, year } => {
                let day = words.digits(&day.to_string());
                let month = khmer_month(*month);
                words.with("date-no-day", &[("day", &day), ("month", month), ("year", &number(*year))])
            }
            Self::Lunar => words.get("date-lunar").to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{dates::read_date, storage::WindowLanguage};

    #[test]
    fn what_is_wrong_with_a_date_is_said_in_khmer() {
        let khmer = Words::new(WindowLanguage::Khmer);
        let said = |text: &str| read_date(text).unwrap_err().localised(&khmer);
        let day = said("31/4/26");
        assert_eq!(day, "គ្មានថ្ងៃទី៣១ ខែមេសា ឆ្នាំ២០២៦ ទេ។ សូមពិនិត្យថ្ងៃ។");
        assert!(said("1/1/2567").contains("២០២៤ ឬ ២០២៣"), "{}", said("1/1/2567"));
        let mut all = std::collections::HashSet::new();
        for wrong in
            ["", "30/10", "30 Octobre 2026", "30/10/6", "1/1/2567", "1/1/1066", "10/30/2026", "31/4/26", "១កើត"]
        {
            let said = said(wrong);
            assert!(said.ends_with('។') && !said.contains('{') && !said.contains("date-"), "{said}");
            assert!(all.insert(said));
        }
    }
}

//! The lunar date (chhankitek) of a civil date.
//!
//! Knows the months of a lunar year and how the line above the place and date is worded. Must
//! never know what day it is today or what time zone a machine is set to. The invariant: the lunar
//! date of the next day is the next lunar date, across months, years and eras.

use std::fmt;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::civil::khmer_weekday;
use super::cycle::{Animal, Sak};
use super::new_year::new_year;
use super::numerals::to_khmer_digits;
use super::reckoning::{self, YEARS, YearKind};

/// Days of a lunar year before ១រោច ខែពិសាខ, with which a year of the Buddhist Era begins.
const DAYS_BEFORE_PISAK_WANES: i64 = 29 + 30 + 29 + 30 + 29 + 15;

/// The half of the month: towards the full moon or away from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// កើត, days 1 to 15
    Waxing,
    /// រោច, days 1 to 14, or to 15 in a month of 30 days
    Waning,
}

impl Phase {
    /// The Khmer word, as written after the number of the day.
    pub fn khmer(self) -> &'static str {
        match self {
            Self::Waxing => "កើត",
            Self::Waning => "រោច",
        }
    }
}

/// A month of the lunar year. A year has either [`Asadh`](Self::Asadh) or the two that replace it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LunarMonth {
    /// មិគសិរ, 29 days
    Migasir,
    /// បុស្ស, 30 days
    Boss,
    /// មាឃ, 29 days
    Meak,
    /// ផល្គុន, 30 days
    Phalkun,
    /// ចេត្រ, 29 days
    Chetr,
    /// ពិសាខ, 30 days
    Pisak,
    /// ជេស្ឋ, 29 days, and 30 in a year with a leap day
    Jesth,
    /// អាសាឍ, 30 days
    Asadh,
    /// បឋមាសាឍ, 30 days, in a year with a leap month
    FirstAsadh,
    /// ទុតិយាសាឍ, 30 days, in a year with a leap month
    SecondAsadh,
    /// ស្រាពណ៍, 29 days
    Srap,
    /// ភទ្របទ, 30 days
    Phatrabot,
    /// អស្សុជ, 29 days
    Assoch,
    /// កត្តិក, 30 days
    Kadek,
}

impl LunarMonth {
    /// The Khmer name, without the word ខែ before it.
    pub fn khmer(self) -> &'static str {
        match self {
            Self::Migasir => "មិគសិរ",
            Self::Boss => "បុស្ស",
            Self::Meak => "មាឃ",
            Self::Phalkun => "ផល្គុន",
            Self::Chetr => "ចេត្រ",
            Self::Pisak => "ពិសាខ",
            Self::Jesth => "ជេស្ឋ",
            Self::Asadh => "អាសាឍ",
            Self::FirstAsadh => "បឋមាសាឍ",
            Self::SecondAsadh => "ទុតិយាសាឍ",
            Self::Srap => "ស្រាពណ៍",
            Self::Phatrabot => "ភទ្របទ",
            Self::Assoch => "អស្សុជ",
            Self::Kadek => "កត្តិក",
        }
    }
}

/// A date of the Khmer lunar calendar, with the years it belongs to.
///
/// Its [`Display`](fmt::Display) is the line of an official document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LunarDate {
    /// The day of the week.
    pub weekday: Weekday,
    /// The day within the half of the month, 1 to 15.
    pub day: u8,
    /// The half of the month.
    pub phase: Phase,
    /// The month.
    pub month: LunarMonth,
    /// The animal of the year.
    pub animal: Animal,
    /// The sak of the year.
    pub sak: Sak,
    /// The year of the Buddhist Era.
    pub buddhist_era: i32,
}

impl LunarDate {
    /// The lunar date of a civil date, as it is when the day begins, at midnight.
    ///
    /// On the day of Maha Songkran that is the animal of the old year. Where the hour of issue is
    /// known use [`at`](Self::at); [`NewYear::includes`](super::NewYear::includes) tells when it
    /// may matter.
    ///
    /// `None` when the civil year is outside of [`YEARS`].
    pub fn of(date: NaiveDate) -> Option<Self> {
        Self::at(date.and_time(NaiveTime::MIN))
    }

    /// The lunar date at a moment of local time.
    ///
    /// The hour decides only the animal, and only on the day of Maha Songkran: days, sak and
    /// Buddhist Era change at midnight.
    ///
    /// `None` when the civil year is outside of [`YEARS`].
    pub fn at(moment: NaiveDateTime) -> Option<Self> {
        let date = moment.date();
        let civil_year = date.year();
        if !YEARS.contains(&civil_year) {
            return None;
        }

        let next_year_begins = reckoning::first_day(civil_year + 1)?;
        let lunar_year = if date < next_year_begins { civil_year } else { civil_year + 1 };
        let elapsed = (date - reckoning::first_day(lunar_year)?).num_days();
        let (month, day_of_month) = month_and_day(reckoning::kind(lunar_year), elapsed)?;
        let (day, phase) =
            if day_of_month <= 15 { (day_of_month, Phase::Waxing) } else { (day_of_month - 15, Phase::Waning) };

        let new_year = new_year(civil_year)?;
        let animal = if moment < new_year.songkran { civil_year - 1 } else { civil_year };
        let sak = if date < new_year.leungsak { civil_year - 1 } else { civil_year };
        let buddhist_era = if elapsed < DAYS_BEFORE_PISAK_WANES { lunar_year + 543 } else { lunar_year + 544 };

        Some(Self {
            weekday: date.weekday(),
            day: u8::try_from(day).ok()?,
            phase,
            month,
            animal: Animal::of_year(animal),
            sak: Sak::of_year(sak),
            buddhist_era,
        })
    }

    /// The line of an official document, such as
    /// `ថ្ងៃចន្ទ ១រោច ខែអស្សុជ ឆ្នាំថោះ បញ្ចស័ក ព.ស. ២៥៦៧`.
    pub fn khmer_line(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for LunarDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { weekday, day, phase, month, animal, sak, buddhist_era } = self;
        write!(
            f,
            "ថ្ងៃ{} {}{} ខែ{} ឆ្នាំ{} {} ព.ស. {}",
            khmer_weekday(*weekday),
            to_khmer_digits(&day.to_string()),
            phase.khmer(),
            month.khmer(),
            animal.khmer(),
            sak.khmer(),
            to_khmer_digits(&buddhist_era.to_string()),
        )
    }
}

/// The month and the day in it, from 1, after so many days of a lunar year. `None` beyond its end.
fn month_and_day(kind: YearKind, elapsed: i64) -> Option<(LunarMonth, i64)> {
    let mut left = elapsed;
    for (month, days) in months(kind) {
        if left < days {
            return Some((month, left + 1));
        }
        left -= days;
    }
    None
}

/// The months of a lunar year and their days.
fn months(kind: YearKind) -> impl Iterator<Item = (LunarMonth, i64)> {
    use LunarMonth::*;
    let jesth = if kind == YearKind::LeapDay { 30 } else { 29 };
    let asadh: &[_] = if kind == YearKind::LeapMonth { &[(FirstAsadh, 30), (SecondAsadh, 30)] } else { &[(Asadh, 30)] };
    let before = [(Migasir, 29), (Boss, 30), (Meak, 29), (Phalkun, 30), (Chetr, 29), (Pisak, 30), (Jesth, jesth)];
    let after = [(Srap, 29), (Phatrabot, 30), (Assoch, 29), (Kadek, 30)];
    before.into_iter().chain(asadh.iter().copied()).chain(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn line(year: i32, month: u32, day: u32) -> String {
        LunarDate::of(date(year, month, day)).unwrap().khmer_line()
    }

    #[test]
    fn the_line_of_a_document() {
        assert_eq!(line(2023, 10, 30), "ថ្ងៃចន្ទ ១រោច ខែអស្សុជ ឆ្នាំថោះ បញ្ចស័ក ព.ស. ២៥៦៧");
        let lunar = LunarDate::of(date(2023, 10, 30)).unwrap();
        let expected = LunarDate {
            weekday: Weekday::Mon,
            day: 1,
            phase: Phase::Waning,
            month: LunarMonth::Assoch,
            animal: Animal::Rabbit,
            sak: Sak::Pancha,
            buddhist_era: 2567,
        };
        assert_eq!(lunar, expected);
    }

    #[test]
    fn the_animal_changes_at_the_hour_and_the_sak_on_the_last_day() {
        let at = |day, hour, minute| {
            let lunar = LunarDate::at(date(2024, 4, day).and_hms_opt(hour, minute, 0).unwrap()).unwrap();
            (lunar.animal, lunar.sak)
        };
        assert_eq!(at(13, 22, 23), (Animal::Rabbit, Sak::Pancha));
        assert_eq!(at(13, 22, 24), (Animal::Dragon, Sak::Pancha));
        assert_eq!(at(15, 23, 59), (Animal::Dragon, Sak::Pancha));
        assert_eq!(at(16, 0, 0), (Animal::Dragon, Sak::Chha));
    }

    #[test]
    fn the_buddhist_era_changes_the_day_after_visak_bochea() {
        assert_eq!(line(2024, 5, 22), "ថ្ងៃពុធ ១៥កើត ខែពិសាខ ឆ្នាំរោង ឆស័ក ព.ស. ២៥៦៧");
        assert_eq!(line(2024, 5, 23), "ថ្ងៃព្រហស្បតិ៍ ១រោច ខែពិសាខ ឆ្នាំរោង ឆស័ក ព.ស. ២៥៦៨");
    }

    #[test]
    fn a_leap_month_doubles_asadh() {
        assert_eq!(line(2023, 7, 17), "ថ្ងៃចន្ទ ១៥រោច ខែបឋមាសាឍ ឆ្នាំថោះ បញ្ចស័ក ព.ស. ២៥៦៧");
        assert_eq!(line(2023, 7, 18), "ថ្ងៃអង្គារ ១កើត ខែទុតិយាសាឍ ឆ្នាំថោះ បញ្ចស័ក ព.ស. ២៥៦៧");
    }

    #[test]
    fn a_leap_day_is_the_last_of_jesth() {
        assert_eq!(line(2025, 6, 25), "ថ្ងៃពុធ ១៥រោច ខែជេស្ឋ ឆ្នាំម្សាញ់ សប្តស័ក ព.ស. ២៥៦៩");
        assert_eq!(line(2025, 6, 26), "ថ្ងៃព្រហស្បតិ៍ ១កើត ខែអាសាឍ ឆ្នាំម្សាញ់ សប្តស័ក ព.ស. ២៥៦៩");
    }

    #[test]
    fn a_lunar_year_begins_within_the_civil_year() {
        assert_eq!(line(2023, 12, 12), "ថ្ងៃអង្គារ ១៥រោច ខែកត្តិក ឆ្នាំថោះ បញ្ចស័ក ព.ស. ២៥៦៧");
        assert_eq!(line(2023, 12, 13), "ថ្ងៃពុធ ១កើត ខែមិគសិរ ឆ្នាំថោះ បញ្ចស័ក ព.ស. ២៥៦៧");
    }

    #[test]
    fn dates_out_of_range_have_none() {
        for date in [NaiveDate::MIN, date(1799, 12, 31), date(2300, 1, 1), NaiveDate::MAX] {
            assert_eq!(LunarDate::of(date), None);
        }
        for date in [date(1800, 1, 1), date(2299, 12, 31)] {
            assert!(LunarDate::of(date).is_some());
        }
    }
}

//! The traditional reckoning (Soryakkatik): how long a lunar year is, and on which day it begins.
//!
//! Knows whole days and integers only, and no table of years. Must never know names, hours, or how
//! a date is written. The invariant, tested for every year of [`YEARS`]: a lunar year ends on the
//! day before the next begins, although the two sides are computed apart: the length from the
//! rules for leap months and leap days, the first day from the age of the moon at the New Year.
//!
//! # The quantities
//!
//! A solar year is reckoned at 292,207 / 800 days. Four numbers describe the day on which year *n*
//! of the Chulasakaraj (civil year *n* + 638) begins, Leungsak:
//!
//! | name | meaning |
//! |---|---|
//! | aharkun, ហារគុណ | days from the epoch of the era to Leungsak |
//! | kromathopol, ក្រមធុពល | eight-hundredths of a day left in that day when the solar year begins |
//! | avoman, អវមាន | by how much the lunar day runs ahead of that day, in parts of which 692 make a day |
//! | bodithey, បូតិថី | age of the moon: which of the 30 lunar days Leungsak is |
//!
//! # The rules
//!
//! - Twelve months of 29 and 30 days in turn make 354 days.
//! - Leap month: when bodithey is above 24 or below 6, a second month of Asadh, of 30 days. Of two
//!   years with 25 and 5 only the latter has it; of two with 24 and 6 the former has it.
//! - Leap day: when avoman is below 138, or below 127 in a solar year of 366 days, Jesth has 30
//!   days. Of two years with 137 and 0 only the latter has it.
//! - No year has both. The leap month goes first; the leap day is put off to the next year.
//!
//! Source: Roath Kim Soeun, *Pratitin Soryakkatik-Chankatik*, as given by Phylypo Tum.

use std::ops::RangeInclusive;

use chrono::{Days, NaiveDate};

/// The civil years for which lunar dates and New Years are given.
///
/// The rules hold for any year, but beyond this range they have been compared with nothing, and the
/// lunar calendar has drifted away from the seasons it is meant for.
pub const YEARS: RangeInclusive<i32> = 1800..=2299;

/// Days in 800 solar years.
const DAYS_IN_800_YEARS: i64 = 292_207;

/// A civil year less this is the year of the Chulasakaraj that begins in it.
const CHULASAKARAJ: i64 = 638;

/// The aharkun of a day plus this is its number counted from 1 January of year 1. The epoch of the
/// Chulasakaraj is Julian day 1,954,167.
const EPOCH: i64 = 232_742;

/// Days of Migasir, Boss, Meak and Phalkun, which come before Chetr.
const DAYS_BEFORE_CHETR: i64 = 29 + 30 + 29 + 30;

/// What a lunar year has beyond its 354 days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum YearKind {
    Common,
    LeapDay,
    LeapMonth,
}

/// The four numbers of the day of Leungsak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Reckoning {
    aharkun: i64,
    kromathopol: i64,
    avoman: i64,
    bodithey: i64,
}

impl Reckoning {
    /// For the solar year that begins in the civil year `year`.
    fn of(year: i32) -> Self {
        let eight_hundredths = (i64::from(year) - CHULASAKARAJ) * DAYS_IN_800_YEARS + 373;
        let aharkun = eight_hundredths.div_euclid(800) + 1;
        // Eleven in 692 is how much faster lunar days pass than solar ones.
        let gained = aharkun * 11 + 650;
        Self {
            aharkun,
            kromathopol: 800 - eight_hundredths.rem_euclid(800),
            avoman: gained.rem_euclid(692),
            bodithey: (aharkun + gained.div_euclid(692)).rem_euclid(30),
        }
    }
}

/// The kind of the lunar year whose months Pisak to Assoch lie in the civil year `year`.
pub(super) fn kind(year: i32) -> YearKind {
    if earns_leap_month(year) {
        YearKind::LeapMonth
    } else if earns_leap_day(year) || puts_off_leap_day(year.saturating_sub(1)) {
        YearKind::LeapDay
    } else {
        YearKind::Common
    }
}

/// The first of Migasir with which the lunar year of [`kind`] begins, in November or December of
/// the civil year before. `None` only where chrono has no date.
pub(super) fn first_day(year: i32) -> Option<NaiveDate> {
    // While a leap day is still owed, the calendar runs a day behind the moon.
    let owed = i64::from(puts_off_leap_day(year.saturating_sub(1)));
    let bodithey = (Reckoning::of(year).bodithey + owed).rem_euclid(30);
    // Leungsak lies between 6 keit of Chetr and 6 keit of Pisak: a smaller number is the next month's.
    let day_of_chetr = if bodithey < 6 { bodithey + 30 } else { bodithey };
    let elapsed = u64::try_from(DAYS_BEFORE_CHETR + day_of_chetr - 1).ok()?;
    leungsak(year)?.checked_sub_days(Days::new(elapsed))
}

/// The day on which the solar year begins in the civil year `year`: the last of the New Year.
/// `None` only where chrono has no date.
pub(super) fn leungsak(year: i32) -> Option<NaiveDate> {
    let day = i32::try_from(Reckoning::of(year).aharkun + EPOCH).ok()?;
    NaiveDate::from_num_days_from_ce_opt(day)
}

/// Eight-hundredths of a day left in the day of Leungsak when the solar year begins: 1 to 800.
pub(super) fn kromathopol(year: i32) -> i64 {
    Reckoning::of(year).kromathopol
}

/// Days from the Leungsak of `year` to that of the next year: 365, or 366 when the quarter days
/// have added up.
pub(super) fn solar_days(year: i32) -> i64 {
    if Reckoning::of(year).kromathopol <= 207 { 366 } else { 365 }
}

fn earns_leap_month(year: i32) -> bool {
    let bodithey = Reckoning::of(year).bodithey;
    let next = Reckoning::of(year.saturating_add(1)).bodithey;
    match (bodithey, next) {
        (25, 5) => false,
        (24, 6) => true,
        _ => !(6..=24).contains(&bodithey),
    }
}

fn earns_leap_day(year: i32) -> bool {
    let avoman = Reckoning::of(year).avoman;
    let before = Reckoning::of(year.saturating_sub(1)).avoman;
    let next = Reckoning::of(year.saturating_add(1)).avoman;
    match (before, avoman, next) {
        (137, 0, _) => true,
        _ if solar_days(year) == 366 => avoman < 127,
        (_, 137, 0) => false,
        _ => avoman < 138,
    }
}

fn puts_off_leap_day(year: i32) -> bool {
    earns_leap_month(year) && earns_leap_day(year)
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, Weekday};

    use super::*;

    fn days(kind: YearKind) -> i64 {
        match kind {
            YearKind::Common => 354,
            YearKind::LeapDay => 355,
            YearKind::LeapMonth => 384,
        }
    }

    #[test]
    fn a_year_ends_where_the_next_begins() {
        for year in 1700..2400 {
            let length = (first_day(year + 1).unwrap() - first_day(year).unwrap()).num_days();
            assert_eq!(length, days(kind(year)), "lunar year {year}");
        }
    }

    #[test]
    fn leungsak_is_a_solar_year_after_the_last() {
        for year in 1700..2400 {
            let length = (leungsak(year + 1).unwrap() - leungsak(year).unwrap()).num_days();
            assert_eq!(length, solar_days(year), "solar year {year}");
        }
    }

    #[test]
    fn the_lunar_year_begins_late_in_the_civil_year_before() {
        for year in YEARS {
            let first = first_day(year).unwrap();
            assert_eq!(first.year(), year - 1);
            assert!(first.month() >= 11, "{first}");
        }
    }

    /// Values and leap years of 2000 to 2020 as in Phylypo Tum's table.
    #[test]
    fn the_quantities_as_published() {
        for (year, avoman, bodithey) in [
            (2000, 627, 11),
            (2001, 501, 23),
            (2002, 364, 4),
            (2003, 227, 15),
            (2004, 90, 26),
            (2005, 656, 7),
            (2010, 674, 2),
            (2015, 0, 28),
            (2020, 29, 24),
        ] {
            let reckoning = Reckoning::of(year);
            assert_eq!((reckoning.avoman, reckoning.bodithey), (avoman, bodithey), "{year}");
        }
    }

    #[test]
    fn leap_years_as_published() {
        for year in [2002, 2004, 2010, 2012, 2015] {
            assert_eq!(kind(year), YearKind::LeapMonth, "{year}");
        }
        for year in [2000, 2005, 2009, 2016, 2020] {
            assert_eq!(kind(year), YearKind::LeapDay, "{year}");
        }
        for year in [2001, 2003, 2014] {
            assert_eq!(kind(year), YearKind::Common, "{year}");
        }
    }

    /// 2004 and 2015 earned both; the leap day came in 2005 and 2016.
    #[test]
    fn a_leap_day_is_put_off_by_a_leap_month() {
        for year in [2004, 2015] {
            assert!(puts_off_leap_day(year));
            assert!(!earns_leap_day(year + 1));
            assert_eq!(kind(year + 1), YearKind::LeapDay);
        }
    }

    /// 24 comes before 6 three times in [`YEARS`], 25 before 5 never.
    #[test]
    fn neighbouring_years_decide_the_doubtful_cases() {
        for year in [2012, 2031] {
            assert_eq!(Reckoning::of(year).bodithey, 24);
            assert_eq!(Reckoning::of(year + 1).bodithey, 6);
            assert_eq!(kind(year), YearKind::LeapMonth);
            assert_eq!(kind(year + 1), YearKind::Common);
        }
        // 137 before 0: 2014 has no leap day, 2015 earns it.
        assert_eq!((Reckoning::of(2014).avoman, Reckoning::of(2015).avoman), (137, 0));
        assert!(!earns_leap_day(2014) && earns_leap_day(2015));
    }

    /// The tradition has a rule of its own for the weekday: aharkun modulo 7, Sunday being 1.
    #[test]
    fn the_epoch_puts_leungsak_on_its_weekday() {
        for year in YEARS {
            let by_rule = match Reckoning::of(year).aharkun.rem_euclid(7) {
                0 => Weekday::Sat,
                1 => Weekday::Sun,
                2 => Weekday::Mon,
                3 => Weekday::Tue,
                4 => Weekday::Wed,
                5 => Weekday::Thu,
                _ => Weekday::Fri,
            };
            assert_eq!(leungsak(year).unwrap().weekday(), by_rule, "{year}");
        }
    }

    #[test]
    fn years_out_of_reach_do_not_panic() {
        for year in [i32::MIN, i32::MIN + 1, -10_000, 0, 1, 10_000, i32::MAX - 1, i32::MAX] {
            let _ = (kind(year), first_day(year), leungsak(year));
        }
    }
}

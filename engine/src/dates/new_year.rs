//! The Khmer New Year: the moment the sun enters the sign of the ram, and the days that follow.
//!
//! Knows the sun of the tradition and no other: no modern astronomy, no time zone. Hours are
//! Phnom Penh's. Must never know the moon or how a date is written. The invariant: from Maha
//! Songkran to Leungsak there are three days or four.
//!
//! The hour is found as the almanac makers find it. For each of the last days of the solar year
//! the true place of the sun at the end of the day is computed, in minutes of arc; the day at
//! whose end it is in the first degree is Maha Songkran, and each minute past zero is taken
//! for 24 minutes of time. So the hour comes in steps of 24 minutes.
//!
//! Almanacs print this hour, or one up to half an hour earlier (2024: 22:24 or 22:17; 2011: 13:12
//! for 13:36), for their makers refine the last step in different ways. The day is the same.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::reckoning::{self, YEARS};

/// Minutes of arc in a sign of the zodiac, រាសី.
const SIGN: i64 = 30 * 60;
/// Minutes of arc in the whole circle.
const CIRCLE: i64 = 12 * SIGN;
/// Where the sun is slowest: 20 degrees into the third sign.
const APOGEE: i64 = 2 * SIGN + 20 * 60;
/// The sun's correction at each 15 degrees from the apogee or its opposite, up to 75, in minutes of arc.
const CHHAYA: [i64; 6] = [0, 35, 67, 94, 116, 129];
/// The correction at 90 degrees, the greatest, in minutes of arc.
const GREATEST: i64 = 134;
/// The width of a step in [`CHHAYA`], in minutes of arc.
const KHAN: i64 = 15 * 60;
/// Minutes of time that the sun needs for one minute of arc.
const MINUTES_PER_MINUTE_OF_ARC: i64 = 24;

/// The days of one New Year. Times are Phnom Penh's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewYear {
    /// The moment of Maha Songkran, when the animal of the year changes.
    pub songkran: NaiveDateTime,
    /// The days of vanabat, between the first day and the last: one or two.
    pub vanabat_days: u8,
    /// The day of Leungsak, the last. The sak changes as it begins.
    pub leungsak: NaiveDate,
}

impl NewYear {
    /// Whether `date` is one of the days from Maha Songkran to Leungsak.
    ///
    /// On these days a lunar date line depends on the hour, or has the new animal with the old sak:
    /// worth a second look before a release goes out.
    pub fn includes(&self, date: NaiveDate) -> bool {
        (self.songkran.date()..=self.leungsak).contains(&date)
    }
}

/// The New Year in the civil year `year`. `None` outside of [`YEARS`].
///
/// When the moment falls on midnight, as in 1974 and 2032, it is the midnight with which the first
/// day begins; an almanac may write it as 24:00 of the day before.
pub fn new_year(year: i32) -> Option<NewYear> {
    if !YEARS.contains(&year) {
        return None;
    }
    let leungsak = reckoning::leungsak(year)?;
    let songkran = (0..4).rev().find_map(|days_before| {
        let past_zero = true_sun_at_end_of_day(year, days_before).rem_euclid(CIRCLE);
        // Within the first degree, so in the course of this day.
        (past_zero < 60).then(|| {
            let next_midnight = leungsak.checked_add_days(Days::new(1))?.and_time(NaiveTime::MIN);
            let before = TimeDelta::days(days_before) + TimeDelta::minutes(past_zero * MINUTES_PER_MINUTE_OF_ARC);
            next_midnight.checked_sub_signed(before)
        })
    })??;
    let vanabat_days = u8::try_from((leungsak - songkran.date()).num_days() - 1).ok()?;
    Some(NewYear { songkran, vanabat_days, leungsak })
}

/// The true place of the sun at the end of the day so many days before the Leungsak of `year`, in
/// minutes of arc: the mean place, made right by what the sun runs ahead or falls behind.
fn true_sun_at_end_of_day(year: i32, days_before_leungsak: i64) -> i64 {
    let mean = mean_sun_at_end_of_day(year, days_before_leungsak);
    let from_apogee = (mean - APOGEE).rem_euclid(CIRCLE);
    if from_apogee < CIRCLE / 2 { mean - correction(from_apogee) } else { mean + correction(from_apogee) }
}

/// The mean place of the sun, in minutes of arc, from the days since the last Leungsak (sotin, សុទិន).
///
/// The divisors are the tradition's: 24,350 eight-hundredths of a day to a sign, 811 to a degree,
/// 14 to a minute, and 3 minutes taken off. They do not add up exactly, and must not.
fn mean_sun_at_end_of_day(year: i32, days_before_leungsak: i64) -> i64 {
    let last = year.saturating_sub(1);
    let sotin = reckoning::solar_days(last) - days_before_leungsak;
    let elapsed = 800 * sotin + reckoning::kromathopol(last);
    let (signs, rest) = (elapsed.div_euclid(24_350), elapsed.rem_euclid(24_350));
    let (degrees, rest) = (rest.div_euclid(811), rest.rem_euclid(811));
    signs * SIGN + degrees * 60 + rest.div_euclid(14) - 3
}

/// How far the true sun is from the mean one, in minutes of arc, by its distance from the apogee:
/// nothing there and opposite, most between the two.
fn correction(from_apogee: i64) -> i64 {
    let half = CIRCLE / 2;
    let to_axis = from_apogee.rem_euclid(half).min(half - from_apogee.rem_euclid(half));
    let (khan, rest) = (to_axis.div_euclid(KHAN), to_axis.rem_euclid(KHAN));
    let at = |step: i64| usize::try_from(step).ok().and_then(|step| CHHAYA.get(step)).copied();
    // At 90 degrees the table ends: nothing is left to interpolate.
    let here = at(khan).unwrap_or(GREATEST);
    let next = at(khan + 1).unwrap_or(GREATEST);
    here + (rest * (next - here)).div_euclid(KHAN)
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, Timelike};

    use super::*;

    fn moment(year: i32) -> String {
        new_year(year).unwrap().songkran.format("%d %H:%M").to_string()
    }

    #[test]
    fn the_hour_of_maha_songkran() {
        assert_eq!(moment(2023), "14 16:00");
        assert_eq!(moment(2024), "13 22:24");
        assert_eq!(moment(2025), "14 04:48");
        assert_eq!(moment(2026), "14 10:48");
    }

    /// As momentkh 3.0.3 has them; between 1800 and 2299 it differs in the years for which it keeps a
    /// printed hour instead, and where the moment is midnight, which it puts a day earlier.
    #[test]
    fn the_hours_of_another_program() {
        for expected in [
            "1801-04-11T05:36",
            "1850-04-11T22:00",
            "1853-04-11T16:00",
            "1900-04-12T19:36",
            "1950-04-13T18:24",
            "1975-04-14T06:24",
            "2000-04-13T16:48",
            "2010-04-14T07:36",
            "2050-04-14T15:36",
            "2100-04-15T14:00",
            "2200-04-17T11:12",
            "2299-04-19T02:24",
        ] {
            let year = expected.get(..4).unwrap().parse().unwrap();
            assert_eq!(new_year(year).unwrap().songkran.format("%Y-%m-%dT%H:%M").to_string(), expected);
        }
    }

    #[test]
    fn four_days_when_songkran_comes_late_in_the_evening() {
        let four = new_year(2024).unwrap();
        assert_eq!(four.vanabat_days, 2);
        assert_eq!(four.leungsak, NaiveDate::from_ymd_opt(2024, 4, 16).unwrap());
        let three = new_year(2025).unwrap();
        assert_eq!(three.vanabat_days, 1);
        assert_eq!(three.leungsak, NaiveDate::from_ymd_opt(2025, 4, 16).unwrap());
    }

    #[test]
    fn a_moment_at_midnight_opens_the_day() {
        for (year, first) in [(1974, 14), (2032, 14), (2059, 15)] {
            let new_year = new_year(year).unwrap();
            assert_eq!(new_year.songkran, NaiveDate::from_ymd_opt(year, 4, first).unwrap().and_time(NaiveTime::MIN));
            assert_eq!(new_year.vanabat_days, 1);
        }
    }

    #[test]
    fn three_days_or_four_in_april_every_year() {
        for year in YEARS {
            let new_year = new_year(year).unwrap();
            assert!((1..=2).contains(&new_year.vanabat_days), "{year}: {new_year:?}");
            assert_eq!((new_year.songkran.year(), new_year.songkran.month()), (year, 4));
            assert_eq!((new_year.songkran.hour() * 60 + new_year.songkran.minute()) % 24, 0);
            assert!(new_year.includes(new_year.songkran.date()) && new_year.includes(new_year.leungsak));
            assert!(!new_year.includes(new_year.leungsak.succ_opt().unwrap()));
            assert!(!new_year.includes(new_year.songkran.date().pred_opt().unwrap()));
        }
    }

    /// The moments lie 365 days, 6 hours and 13 minutes apart, give or take an hour: the hour comes in
    /// steps of 24 minutes, and the sun moves a little less in a day than the 60 minutes of arc assumed.
    #[test]
    fn a_solar_year_lies_between_two_moments() {
        for year in 1800..2299 {
            let between = new_year(year + 1).unwrap().songkran - new_year(year).unwrap().songkran;
            let beyond = (between - TimeDelta::days(365)).num_minutes();
            assert!((313..=433).contains(&beyond), "{year}: 365 days and {beyond} minutes");
        }
    }

    #[test]
    fn the_sun_is_corrected_evenly_on_both_sides() {
        let steps: Vec<_> = (0..=12).map(|step| correction(step * KHAN)).collect();
        assert_eq!(steps, [0, 35, 67, 94, 116, 129, 134, 129, 116, 94, 67, 35, 0]);
        for angle in 1..CIRCLE / 2 {
            assert_eq!(correction(angle), correction(CIRCLE - angle));
            assert!((correction(angle) - correction(angle - 1)).abs() <= 1);
        }
    }

    #[test]
    fn years_out_of_range_have_none() {
        for year in [i32::MIN, 0, YEARS.start() - 1, YEARS.end() + 1, i32::MAX] {
            assert_eq!(new_year(year), None);
        }
    }
}

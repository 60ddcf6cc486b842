//! The Khmer calendar against what has been published, and against itself.
//!
//! Three kinds of witness: lines computed by another program (tests/data), dates that the government
//! of Cambodia published, and the calendar's own laws, tried on every day of five hundred years.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use proptest::prelude::*;
use release_composer::dates::{Animal, LunarDate, LunarMonth, Phase, Sak, YEARS, new_year, read_date};

use LunarMonth::*;
use Phase::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn lunar(date: NaiveDate) -> LunarDate {
    LunarDate::of(date).unwrap_or_else(|| panic!("{date} has no lunar date"))
}

fn days_of(years: std::ops::RangeInclusive<i32>) -> impl Iterator<Item = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(*years.start(), 1, 1).unwrap();
    first.iter_days().take_while(move |date| date.year() <= *years.end())
}

#[test]
fn lines_of_another_program() {
    let csv = include_str!("data/khmer-lunar-dates.csv");
    let mut rows = 0;
    for row in csv.lines().skip(1) {
        let (date, line) = row.split_once(',').unwrap();
        assert_eq!(lunar(day(date)).khmer_line(), line, "{date}");
        rows += 1;
    }
    assert_eq!(rows, 1151);
}

/// Dates written in full by officials and the press, spelling made uniform.
#[test]
fn lines_as_published() {
    for (date, line) in [
        // The King chosen by the Throne Council, quoted on tk-hotnews.com, 27 October 2021.
        ("2004-10-14", "ថ្ងៃព្រហស្បតិ៍ ១កើត ខែអស្សុជ ឆ្នាំវក ឆស័ក ព.ស. ២៥៤៨"),
        // Visak Bochea, nokorwatnews.com/archives/294804.
        ("2018-04-29", "ថ្ងៃអាទិត្យ ១៥កើត ខែពិសាខ ឆ្នាំច សំរឹទ្ធិស័ក ព.ស. ២៥៦១"),
        // The Prime Minister on the Royal Ploughing, ronetv-news.com/?p=1318.
        ("2021-04-30", "ថ្ងៃសុក្រ ៤រោច ខែពិសាខ ឆ្នាំឆ្លូវ ត្រីស័ក ព.ស. ២៥៦៥"),
        // The Minister of Interior at Visak Bochea, nokorwatnews.com/?p=997160.
        ("2023-05-04", "ថ្ងៃព្រហស្បតិ៍ ១៥កើត ខែពិសាខ ឆ្នាំថោះ បញ្ចស័ក ព.ស. ២៥៦៦"),
        // The Prime Minister on the Royal Ploughing, nkdnews.com/?p=787680.
        ("2023-05-08", "ថ្ងៃចន្ទ ៤រោច ខែពិសាខ ឆ្នាំថោះ បញ្ចស័ក ព.ស. ២៥៦៧"),
        // The Royal Academy of Cambodia, rac.gov.kh/posts/1816.
        ("2025-04-04", "ថ្ងៃសុក្រ ៧កើត ខែចេត្រ ឆ្នាំរោង ឆស័ក ព.ស. ២៥៦៨"),
        // The Royal Ploughing, ppreporter.com/?p=431153.
        ("2025-05-15", "ថ្ងៃព្រហស្បតិ៍ ៤រោច ខែពិសាខ ឆ្នាំម្សាញ់ សប្តស័ក ព.ស. ២៥៦៩"),
    ] {
        assert_eq!(lunar(day(date)).khmer_line(), line, "{date}");
    }
}

#[derive(Clone, Copy, Debug)]
enum Holiday {
    MeakBochea,
    VisakBochea,
    RoyalPloughing,
    PchumBen,
    WaterFestival,
}

impl Holiday {
    /// The days in the lunar calendar.
    fn days(self) -> &'static [(u8, Phase, LunarMonth)] {
        match self {
            Self::MeakBochea => &[(15, Waxing, Meak)],
            Self::VisakBochea => &[(15, Waxing, Pisak)],
            Self::RoyalPloughing => &[(4, Waning, Pisak)],
            Self::PchumBen => &[(14, Waning, Phatrabot), (15, Waning, Phatrabot), (1, Waxing, Assoch)],
            Self::WaterFestival => &[(14, Waxing, Kadek), (15, Waxing, Kadek), (1, Waning, Kadek)],
        }
    }
}

/// Each holiday falls where the government put it, and nowhere else in that year.
///
/// | year | published as |
/// |---|---|
/// | 2011 | list of public holidays on khmeridentification-edu.blogspot.com |
/// | 2019 | lists on beeninasia.com and in python-holidays 0.109; the last year Meak Bochea was a public holiday |
/// | 2022 | sub-decree 145 of 19 August 2021 and Prakas 277/21 of the Ministry of Labour |
/// | 2023 | sub-decree 166 of 12 August 2022 |
/// | 2024 | Prakas 014/24 of 16 January 2024 |
/// | 2025 | Prakas 218/24 of 9 October 2024 |
/// | 2026 | Prakas 216/25 and the list of the National Bank of Cambodia; Visak Bochea, not listed apart from Labour Day, as in python-holidays 0.109 |
#[test]
fn holidays_that_follow_the_moon() {
    use Holiday::*;
    for (holiday, first) in [
        (MeakBochea, "2011-02-18"),
        (VisakBochea, "2011-05-17"),
        (RoyalPloughing, "2011-05-21"),
        (PchumBen, "2011-09-26"),
        (WaterFestival, "2011-11-09"),
        (MeakBochea, "2019-02-19"),
        (VisakBochea, "2019-05-18"),
        (RoyalPloughing, "2019-05-22"),
        (PchumBen, "2019-09-27"),
        (WaterFestival, "2019-11-10"),
        (VisakBochea, "2022-05-15"),
        (RoyalPloughing, "2022-05-19"),
        (PchumBen, "2022-09-24"),
        (WaterFestival, "2022-11-07"),
        (VisakBochea, "2023-05-04"),
        (RoyalPloughing, "2023-05-08"),
        (PchumBen, "2023-10-13"),
        (WaterFestival, "2023-11-26"),
        (VisakBochea, "2024-05-22"),
        (RoyalPloughing, "2024-05-26"),
        (PchumBen, "2024-10-01"),
        (WaterFestival, "2024-11-14"),
        (VisakBochea, "2025-05-11"),
        (RoyalPloughing, "2025-05-15"),
        (PchumBen, "2025-09-21"),
        (WaterFestival, "2025-11-04"),
        (VisakBochea, "2026-05-01"),
        (RoyalPloughing, "2026-05-05"),
        (PchumBen, "2026-10-10"),
        (WaterFestival, "2026-11-23"),
    ] {
        let published: Vec<_> = day(first).iter_days().take(holiday.days().len()).collect();
        let year = published[0].year();
        let computed: Vec<_> = days_of(year..=year)
            .filter(|&date| {
                let LunarDate { day, phase, month, .. } = lunar(date);
                holiday.days().contains(&(day, phase, month))
            })
            .collect();
        assert_eq!(computed, published, "{holiday:?} {year}");
    }
}

/// The days off for the Khmer New Year, from the same lists.
#[test]
fn the_new_year_holidays() {
    for (first, last) in [
        ("2011-04-14", "2011-04-16"),
        ("2022-04-14", "2022-04-16"),
        ("2023-04-14", "2023-04-16"),
        ("2024-04-13", "2024-04-16"),
        ("2025-04-14", "2025-04-16"),
        ("2026-04-14", "2026-04-16"),
    ] {
        let (first, last) = (day(first), day(last));
        let new_year = new_year(first.year()).unwrap();
        assert_eq!((new_year.songkran.date(), new_year.leungsak), (first, last));
        let days: Vec<_> = days_of(first.year()..=first.year()).filter(|&date| new_year.includes(date)).collect();
        assert_eq!(days.len(), usize::from(new_year.vanabat_days) + 2);
        assert_eq!((days.first(), days.last()), (Some(&first), Some(&last)));
    }
}

/// The moment and lunar day as almanacs and the press announced them: the day to the letter, the
/// hour within half an hour, in which the almanacs differ among themselves.
#[test]
fn the_moment_of_the_new_year_as_announced() {
    for (moment, moon) in [
        // klooking.wordpress.com, April 2011.
        ("2011-04-14T13:12:00", Some((11, Waxing))),
        // guidesim.blogspot.com, April 2012.
        ("2012-04-13T19:11:00", Some((7, Waning))),
        // cambodia-picturetour.com, April 2013.
        ("2013-04-14T02:12:00", None),
        // camnews.com.kh, April 2015.
        ("2015-04-14T14:02:00", Some((11, Waning))),
        // infotainment.ams.com.kh, April 2024, after the almanac of Im Borin.
        ("2024-04-13T22:24:00", Some((5, Waxing))),
    ] {
        let announced: NaiveDateTime = moment.parse().unwrap();
        let computed = new_year(announced.year()).unwrap().songkran;
        assert_eq!(computed.date(), announced.date());
        let late = computed - announced;
        assert!(late >= TimeDelta::zero() && late <= TimeDelta::minutes(30), "{moment}: {late}");
        if let Some((number, half)) = moon {
            let LunarDate { day, phase, month, .. } = lunar(announced.date());
            assert_eq!((day, phase, month), (number, half, Chetr), "{moment}");
        }
    }
}

/// The day within its month, from 1 to 30.
fn day_of_month(date: &LunarDate) -> u8 {
    match date.phase {
        Waxing => date.day,
        Waning => date.day + 15,
    }
}

/// The months that may follow another.
fn may_follow(month: LunarMonth) -> &'static [LunarMonth] {
    match month {
        Migasir => &[Boss],
        Boss => &[Meak],
        Meak => &[Phalkun],
        Phalkun => &[Chetr],
        Chetr => &[Pisak],
        Pisak => &[Jesth],
        Jesth => &[Asadh, FirstAsadh],
        Asadh | SecondAsadh => &[Srap],
        FirstAsadh => &[SecondAsadh],
        Srap => &[Phatrabot],
        Phatrabot => &[Assoch],
        Assoch => &[Kadek],
        Kadek => &[Migasir],
    }
}

/// Days of a month of a common year.
fn usual_days(month: LunarMonth) -> u8 {
    match month {
        Migasir | Meak | Chetr | Jesth | Srap | Assoch => 29,
        Boss | Phalkun | Pisak | Asadh | FirstAsadh | SecondAsadh | Phatrabot | Kadek => 30,
    }
}

#[test]
fn tomorrow_follows_today() {
    let mut yesterday: Option<LunarDate> = None;
    for date in days_of(YEARS) {
        let today = lunar(date);
        assert!((1..=15).contains(&today.day));
        assert_eq!(today.weekday, date.weekday());
        if let Some(before) = yesterday {
            let (ended, begun) = (day_of_month(&before), day_of_month(&today));
            if today.month == before.month {
                assert_eq!(begun, ended + 1, "{date}");
            } else {
                assert_eq!(begun, 1, "{date}");
                assert!(may_follow(before.month).contains(&today.month), "{date}: {before} then {today}");
                let leap_day = before.month == Jesth && ended == 30;
                assert!(leap_day || ended == usual_days(before.month), "{date}: {before} ends a month");
                assert!(!(leap_day && today.month == FirstAsadh), "{date}: a leap day and a leap month");
            }
            let era_turns = (today.day, today.phase, today.month) == (1, Waning, Pisak);
            assert_eq!(today.buddhist_era - before.buddhist_era, i32::from(era_turns), "{date}");
        }
        yesterday = Some(today);
    }
}

#[test]
fn years_have_354_355_or_384_days() {
    let new_years: Vec<_> = days_of(YEARS)
        .filter(|&date| {
            let LunarDate { day, phase, month, .. } = lunar(date);
            (day, phase, month) == (1, Waxing, Migasir)
        })
        .collect();
    assert_eq!(new_years.len(), 500);
    let lengths: Vec<_> = new_years.windows(2).map(|pair| (pair[1] - pair[0]).num_days()).collect();
    assert!(lengths.iter().all(|length| [354, 355, 384].contains(length)));
    // Two leap months never come in one year after the other, nor do three years pass without one.
    assert!(lengths.windows(2).all(|pair| pair != [384, 384]));
    assert!(lengths.windows(3).all(|three| three.contains(&384)));
    // On the whole the months keep to the sun: seven leap months in nineteen years.
    for cycle in lengths.windows(19) {
        let leap_months = cycle.iter().filter(|&&length| length == 384).count();
        assert!((6..=8).contains(&leap_months), "{leap_months}");
    }
}

#[test]
fn animal_and_sak_change_in_april_and_then_only() {
    for year in 1801..=*YEARS.end() {
        let new_year = new_year(year).unwrap();
        let names = |moment: NaiveDateTime| {
            let lunar = LunarDate::at(moment).unwrap();
            (lunar.animal, lunar.sak)
        };
        let (old, new) =
            ((Animal::of_year(year - 1), Sak::of_year(year - 1)), (Animal::of_year(year), Sak::of_year(year)));
        let january = NaiveDate::from_ymd_opt(year, 1, 1).unwrap().and_time(NaiveTime::MIN);
        let december = NaiveDate::from_ymd_opt(year, 12, 31).unwrap().and_time(NaiveTime::MIN);
        let leungsak = new_year.leungsak.and_time(NaiveTime::MIN);
        let second = TimeDelta::seconds(1);

        assert_eq!(names(january), old);
        assert_eq!(names(new_year.songkran - second), old);
        assert_eq!(names(new_year.songkran), (new.0, old.1));
        assert_eq!(names(leungsak - second), (new.0, old.1));
        assert_eq!(names(leungsak), new);
        assert_eq!(names(december), new);
    }
}

/// Animal and sak together come round after sixty years.
#[test]
fn the_cycle_of_sixty_years() {
    for date in days_of(1800..=1900).filter(|date| date.day() == 1 && date.month() != 4) {
        let later = date.with_year(date.year() + 60).unwrap();
        let (now, then) = (lunar(date), lunar(later));
        assert_eq!((now.animal, now.sak), (then.animal, then.sak));
    }
}

proptest! {
    #[test]
    fn only_the_animal_depends_on_the_hour(days in 0u64..182_000, seconds in 0i64..86_400) {
        let date = NaiveDate::from_ymd_opt(1800, 1, 1).unwrap() + Days::new(days);
        let moment = date.and_time(NaiveTime::MIN) + TimeDelta::seconds(seconds);
        let (midnight, later) = (lunar(date), LunarDate::at(moment).unwrap());
        prop_assert_eq!(LunarDate { animal: midnight.animal, ..later }, midnight);
        if midnight.animal != later.animal {
            prop_assert_eq!(new_year(date.year()).unwrap().songkran.date(), date);
        }
    }

    #[test]
    fn no_date_panics(days in i32::MIN..i32::MAX) {
        if let Some(date) = NaiveDate::from_num_days_from_ce_opt(days) {
            prop_assert_eq!(LunarDate::of(date).is_some(), YEARS.contains(&date.year()));
        }
    }

    #[test]
    fn a_line_beside_its_date_reads_as_the_date(days in 0u64..109_000) {
        let date = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + Days::new(days);
        let text = format!("{} ត្រូវនឹង{}", lunar(date), release_composer::dates::khmer_date(date));
        prop_assert_eq!(read_date(&text), Ok(date));
    }
}

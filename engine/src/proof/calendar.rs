//! Dates in Khmer that cannot be: a weekday of another day, a day that its month has not, a lunar date beside
//! the civil date of another day, a weekday or month with a slip in it.
//!
//! Knows texts alone. All is looked for in the search form of a text, so zero-width spaces and the order of
//! marks make no difference. Its invariant: every range that it gives lies in the text, on characters.

use std::ops::Range;

use chrono::{Datelike as _, Month, NaiveDate, NaiveTime, Weekday};

use super::{
    Problem,
    slips::{Slip, is_one_slip, signs},
};
use crate::{
    dates::{
        Animal, LunarDate, LunarMonth, MONTHS, Phase, Sak, WEEKDAYS, khmer_month, khmer_weekday, to_arabic_digits,
    },
    khmer::{characters::is_in_words, search_form, source_range},
    work,
};

const DAY: &str = "ថ្ងៃ";
const ORDINAL: &str = "ទី";
const MONTH: &str = "ខែ";
const YEAR: &str = "ឆ្នាំ";

/// A year of each animal; the first ten have each sak once.
const CYCLE: [i32; 12] = [2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027, 2028, 2029, 2030, 2031];

/// How far apart a lunar and a civil date of one day may be, in bytes.
const APART: usize = 90;
/// The longest that a weekday or month may be, in bytes, for a slip to be looked for in it.
const LONGEST: usize = 45;

/// Weekdays as they are also written: the first is no slip, for dictionaries have it.
const OTHER_WEEKDAYS: &[(&str, Weekday)] = &[("ច័ន្ទ", Weekday::Mon)];
/// Weekdays and months with more than one slip in them.
const MISSPELT: &[(&str, &str)] = &[
    ("ពុទ្ធ", "ពុធ"),
    ("ព្រហស្បត្តិ៍", "ព្រហស្បតិ៍"),
    ("ព្រហស្បត្តិ", "ព្រហស្បតិ៍"),
    ("ព្រហស្បត៍", "ព្រហស្បតិ៍"),
    ("ពហស្បតិ៍", "ព្រហស្បតិ៍"),
    ("អាទិត", "អាទិត្យ"),
    ("កុម្ភះ", "កុម្ភៈ"),
    ("កុម្ភ", "កុម្ភៈ"),
    ("កក្តា", "កក្កដា"),
    ("វិឆ្ឆិការ", "វិច្ឆិកា"),
    ("មេសារ", "មេសា"),
    ("មីនារ", "មីនា"),
    ("ឧសភារ", "ឧសភា"),
    ("មិថុនារ", "មិថុនា"),
    ("កក្កដារ", "កក្កដា"),
    ("សីហារ", "សីហា"),
    ("តុលារ", "តុលា"),
    ("វិច្ឆិការ", "វិច្ឆិកា"),
    ("ធ្នូរ", "ធ្នូ"),
];

/// A civil date with its month. `day` is 0 to 99.
struct Civil {
    range: Range<usize>,
    day: u32,
    month: Month,
    year: Option<i32>,
}

impl Civil {
    fn date(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year?, self.month.number_from_month(), self.day)
    }

    /// Whether there is such a day, in a leap year if the year is not written.
    fn is_possible(&self) -> bool {
        NaiveDate::from_ymd_opt(self.year.unwrap_or(2000), self.month.number_from_month(), self.day).is_some()
    }
}

/// What of a lunar date is written.
struct Lunar {
    range: Range<usize>,
    weekday: Option<Weekday>,
    day: u32,
    phase: Phase,
    month: LunarMonth,
    animal: Option<Animal>,
    sak: Option<Sak>,
    buddhist_era: Option<i32>,
}

impl Lunar {
    /// Whether a civil day is this one, at one of its hours: the animal may change on it.
    fn is(&self, date: NaiveDate) -> bool {
        let Some(evening) = NaiveTime::from_hms_opt(23, 59, 0) else { return true };
        let same = |lunar: LunarDate| {
            let LunarDate { weekday, day, phase, month, animal, sak, buddhist_era } = lunar;
            u32::from(day) == self.day
                && phase == self.phase
                && month == self.month
                && self.weekday.is_none_or(|written| written == weekday)
                && self.animal.is_none_or(|written| written == animal)
                && self.sak.is_none_or(|written| written == sak)
                && self.buddhist_era.is_none_or(|written| written == buddhist_era)
        };
        // Years of which nothing is known are not judged.
        let hours = [LunarDate::of(date), LunarDate::at(date.and_time(evening))];
        hours.iter().all(Option::is_none) || hours.into_iter().flatten().any(same)
    }
}

/// The slips in the Khmer dates of a text, in order.
pub(super) fn slips(text: &str) -> Vec<Slip> {
    if !text.contains(MONTH) && !text.contains(DAY) && !KHMER_MONTHS.iter().any(|month| text.contains(month)) {
        return Vec::new();
    }
    let (form, sources) = search_form(text, false);
    let (civil, lunar) = (civil_dates(&form), lunar_dates(&form));
    let mut found: Vec<(Range<usize>, Problem)> = Vec::new();
    let written = |range: &Range<usize>| form.get(range.clone()).unwrap_or_default().to_owned();
    for date in &civil {
        if !date.is_possible() {
            found.push((date.range.clone(), Problem::NoSuchDay { written: written(&date.range) }));
        }
        if let Some((range, weekday)) = weekday_before(&form, date.range.start) {
            let name = written(&range);
            let right = date.date().map(|date| date.weekday());
            match (weekday, right) {
                (Some(written), Some(right)) if written != right => {
                    let right = format!("{DAY}{}", khmer_weekday(right));
                    found.push((range.start..date.range.end, Problem::WrongWeekday { written: name, right }));
                }
                (None, _) => {
                    let word = name.strip_prefix(DAY).unwrap_or_default();
                    if let Some(meant) = meant(word, &WEEKDAYS.map(khmer_weekday)) {
                        found.push((
                            range,
                            Problem::KhmerSlip { written: name.clone(), right: format!("{DAY}{meant}") },
                        ));
                    }
                }
                _ => {}
            }
        }
    }
    for lunar in &lunar {
        let beside = civil.iter().find(|civil| is_same_day(&form, &lunar.range, &civil.range));
        let Some(date) = beside.and_then(Civil::date) else { continue };
        if !lunar.is(date)
            && let Some(right) = LunarDate::of(date)
        {
            let problem = Problem::WrongLunarDate { written: written(&lunar.range), right: right.khmer_line() };
            found.push((lunar.range.clone(), problem));
        }
    }
    found.extend(misspelt_months(&form));
    found.sort_by_key(|(range, _)| range.start);
    found.into_iter().map(|(range, problem)| (source_range(text, &sources, range), problem)).collect()
}

/// The civil dates of a text in search form: their places, day, month and year.
pub(super) fn civil_days(form: &str) -> Vec<(Range<usize>, u32, u32, Option<i32>)> {
    let dates = civil_dates(form).into_iter();
    dates.map(|date| (date.range, date.day, date.month.number_from_month(), date.year)).collect()
}

/// The places of the lunar dates of a text in search form.
pub(super) fn lunar_ranges(form: &str) -> Vec<Range<usize>> {
    lunar_dates(form).into_iter().map(|date| date.range).collect()
}

/// Whether a lunar and a civil date, in whichever order, are said to be one day.
fn is_same_day(form: &str, lunar: &Range<usize>, civil: &Range<usize>) -> bool {
    let (end, start) = if lunar.end <= civil.start { (lunar.end, civil.start) } else { (civil.end, lunar.start) };
    if end > start || start - end > APART {
        return false;
    }
    let between = form.get(end..start).unwrap_or_default();
    let rest = between.trim_matches(|c: char| c.is_whitespace() || ",(".contains(c));
    rest.is_empty() || rest.starts_with("ត្រូវ") && !rest.contains(|c: char| c.is_numeric() || c == '។')
}

static KHMER_MONTHS: std::sync::LazyLock<Vec<&str>> = std::sync::LazyLock::new(|| MONTHS.map(khmer_month).to_vec());

use LunarMonth::{
    Asadh, Assoch, Boss, Chetr, FirstAsadh, Jesth, Kadek, Meak, Migasir, Phalkun, Phatrabot, Pisak, SecondAsadh, Srap,
};

const LUNAR_MONTHS: [LunarMonth; 14] =
    [FirstAsadh, SecondAsadh, Migasir, Boss, Meak, Phalkun, Chetr, Pisak, Jesth, Asadh, Srap, Phatrabot, Assoch, Kadek];

/// The civil dates with the name of a month: `ថ្ងៃទី៣០ ខែតុលា ឆ្នាំ២០២៣`, also without ឆ្នាំ and the year.
fn civil_dates(form: &str) -> Vec<Civil> {
    let mut dates = Vec::new();
    for month in MONTHS {
        let name = khmer_month(month);
        for (at, _) in form.match_indices(name) {
            work::step();
            let before = before(form, at);
            let before = before.strip_suffix(MONTH).map_or(before, trim_end);
            let Some((head, day)) = number_at_end(before).filter(|(_, digits)| digits.chars().count() <= 2) else {
                continue;
            };
            let head = trim_end(head);
            let is_named =
                before.len() < at && form.get(before.len()..at).is_some_and(|between| between.contains(MONTH));
            let ordinal = head.strip_suffix(ORDINAL).map(|head| head.strip_suffix(DAY).unwrap_or(head));
            // Without any of its words a number before a name is no date.
            if ordinal.is_none() && !is_named {
                continue;
            }
            let mut range = ordinal.map_or(head.len(), str::len)..at + name.len();
            if ordinal.is_none() {
                range.start =
                    head.len() + form.get(head.len()..).map_or(0, |rest| rest.len() - rest.trim_start().len());
            }
            let rest = form.get(range.end..).unwrap_or_default();
            let after = rest.trim_start();
            let after = after.strip_prefix(YEAR).map_or(after, str::trim_start);
            let digits = after.len() - after.trim_start_matches(|c: char| c.is_numeric()).len();
            let year = after.get(..digits).filter(|digits| digits.chars().count() == 4).and_then(number);
            if year.is_some() {
                range.end = form.len() - after.len() + digits;
            }
            let Some(day) = number(day).and_then(|day| u32::try_from(day).ok()) else { continue };
            dates.push(Civil { range, day, month, year });
        }
    }
    dates.sort_by_key(|date| date.range.start);
    dates
}

/// The lunar dates: `ថ្ងៃចន្ទ ១រោច ខែអស្សុជ ឆ្នាំថោះ បញ្ចស័ក ព.ស. ២៥៦៧`, from the month on all may be missing.
fn lunar_dates(form: &str) -> Vec<Lunar> {
    let mut dates = Vec::new();
    for phase in [Phase::Waxing, Phase::Waning] {
        for (at, _) in form.match_indices(phase.khmer()) {
            work::step();
            let Some((head, digits)) = number_at_end(before(form, at)) else { continue };
            let Some(day) = number(digits).and_then(|day| u32::try_from(day).ok()) else { continue };
            let mut rest = Rest { form, at: at + phase.khmer().len() };
            let end_of_day = rest.at;
            rest.skip(MONTH);
            let months = LUNAR_MONTHS.map(|month| (month.khmer(), month));
            let Some(month) = rest.one_of(&months) else { continue };
            let mut end = rest.at;
            rest.skip(YEAR);
            let animals: [_; 12] = CYCLE.map(Animal::of_year);
            let animal = rest.one_of(&animals.map(|animal| (animal.khmer(), animal)));
            end = if animal.is_some() { rest.at } else { end };
            rest.at = end;
            let saks: [_; 10] = std::array::from_fn(|year| Sak::of_year(CYCLE[year]));
            let sak = rest.one_of(&saks.map(|sak| (sak.khmer(), sak)));
            end = if sak.is_some() { rest.at } else { end };
            rest.at = end;
            let has_era = ["ព.ស.", "ព.ស", "ពុទ្ធសករាជ"].iter().any(|era| rest.skip(era));
            let buddhist_era = if has_era { rest.number() } else { None };
            end = if buddhist_era.is_some() { rest.at } else { end };
            debug_assert!(end_of_day <= end, "what follows the day ends behind it");
            let weekday = weekday_before(form, head.len());
            let start = weekday.as_ref().map_or(head.len(), |(range, _)| range.start);
            let weekday = weekday.and_then(|(_, weekday)| weekday);
            dates.push(Lunar { range: start..end, weekday, day, phase, month, animal, sak, buddhist_era });
        }
    }
    dates.sort_by_key(|date| date.range.start);
    dates
}

/// What follows in a text, read word by word over spaces.
struct Rest<'a> {
    form: &'a str,
    at: usize,
}

impl Rest<'_> {
    fn text(&self) -> (usize, &str) {
        let rest = self.form.get(self.at..).unwrap_or_default();
        let text = rest.trim_start();
        (self.at + rest.len() - text.len(), text)
    }

    fn skip(&mut self, word: &str) -> bool {
        let (start, text) = self.text();
        let is_there = text.starts_with(word);
        if is_there {
            self.at = start + word.len();
        }
        is_there
    }

    /// The longest of some words.
    fn one_of<T: Copy>(&mut self, words: &[(&str, T)]) -> Option<T> {
        let (start, text) = self.text();
        // Names are compared as the text is: in search form.
        let forms = words.iter().map(|(word, meant)| (search_form(word, false).0, *meant));
        let (word, meant) =
            forms.filter(|(word, _)| text.starts_with(word.as_str())).max_by_key(|(word, _)| word.len())?;
        self.at = start + word.len();
        Some(meant)
    }

    fn number(&mut self) -> Option<i32> {
        let (start, text) = self.text();
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_numeric()).len();
        let value = number(text.get(..digits)?)?;
        self.at = start + digits;
        Some(value)
    }
}

/// The weekday that is before a place, with the word ថ្ងៃ; without a value if it is none.
fn weekday_before(form: &str, at: usize) -> Option<(Range<usize>, Option<Weekday>)> {
    let said = form.get(..at)?.trim_end_matches(|c: char| c.is_whitespace() || c == ',');
    let near = said.get(said.ceil_char_boundary(said.len().saturating_sub(LONGEST + DAY.len()))..)?;
    let start = said.len() - near.len() + near.rfind(DAY)?;
    let word = said.get(start + DAY.len()..)?.trim_start();
    if word.is_empty() || !word.chars().all(is_in_words) {
        return None;
    }
    let named = WEEKDAYS.into_iter().find(|day| khmer_weekday(*day) == word);
    let other = OTHER_WEEKDAYS.iter().find(|(name, _)| *name == word).map(|(_, day)| *day);
    Some((start..said.len(), named.or(other)))
}

/// Months with a slip in them, after the word ខែ.
fn misspelt_months(form: &str) -> Vec<(Range<usize>, Problem)> {
    let names: Vec<String> = MONTHS
        .map(khmer_month)
        .into_iter()
        .chain(LUNAR_MONTHS.map(LunarMonth::khmer))
        .map(|month| search_form(month, false).0)
        .collect();
    let mut found = Vec::new();
    for (at, _) in form.match_indices(MONTH) {
        work::step();
        let rest = form.get(at + MONTH.len()..).unwrap_or_default();
        let word = rest.trim_start_matches(' ');
        let start = form.len() - word.len();
        let end = word.find(|c| !is_in_words(c)).unwrap_or(word.len());
        let word = word.get(..end).unwrap_or_default();
        let word = word.split(YEAR).next().unwrap_or(word);
        let is_slip = MISSPELT.iter().any(|(slip, _)| *slip == word);
        let is_month = !is_slip && names.iter().any(|name| word.starts_with(name.as_str()));
        if word.is_empty() || word.len() > LONGEST || is_month {
            continue;
        }
        let known: Vec<&str> = names.iter().map(String::as_str).collect();
        if let Some(right) = meant(word, &known) {
            let right = right.to_owned();
            found.push((start..start + word.len(), Problem::KhmerSlip { written: word.to_owned(), right }));
        }
    }
    found
}

/// The name that a word with a slip in it was meant to be.
fn meant<'a>(word: &str, names: &[&'a str]) -> Option<&'a str> {
    let known =
        MISSPELT.iter().find(|(slip, _)| *slip == word).and_then(|(_, right)| names.iter().find(|name| *name == right));
    let near = || {
        let letters = signs(word);
        // Of short names another word is near: ខែចុង and ខែចេត្រ.
        names.iter().find(|name| signs(name).len() > 3 && is_one_slip(letters.iter(), signs(name).iter()))
    };
    known.or_else(near).copied()
}

/// The text before a place, without spaces at its end.
fn before(form: &str, at: usize) -> &str {
    trim_end(form.get(..at).unwrap_or_default())
}

fn trim_end(text: &str) -> &str {
    text.trim_end_matches(' ')
}

/// What is before the number at the end of a text, and its digits.
fn number_at_end(text: &str) -> Option<(&str, &str)> {
    let head = text.trim_end_matches(|c: char| c.is_numeric());
    text.get(head.len()..).filter(|digits| !digits.is_empty()).map(|digits| (head, digits))
}

fn number(digits: &str) -> Option<i32> {
    to_arabic_digits(digits).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, Problem)> {
        slips(text).into_iter().map(|(range, problem)| (&text[range], problem)).collect()
    }

    fn names(text: &str) -> Vec<String> {
        found(text).into_iter().map(|(_, problem)| problem.to_string()).collect()
    }

    #[test]
    fn a_weekday_is_compared_whatever_stands_in_it() {
        for text in [
            "នៅថ្ងៃ\u{200B}អង្គារ ទី២៨ ខែវិច្ឆិកា ឆ្នាំ២០២៦",
            "ថ្ងៃអង្គារ ថ្ងៃទី២៨\u{200B}ខែវិច្ឆិកា\u{200B}ឆ្នាំ២០២៦",
            "ថ្ងៃអង្គារ ទី28 ខែវិច្ឆិកា ឆ្នាំ2026",
        ] {
            let problems = found(text);
            assert!(
                matches!(&problems[..], [(_, Problem::WrongWeekday { right, .. })] if right == "ថ្ងៃសៅរ៍"),
                "{text}: {problems:?}"
            );
        }
        assert_eq!(found("ថ្ងៃសៅរ៍ ទី២៨ ខែវិច្ឆិកា ឆ្នាំ២០២៦ ថ្ងៃច័ន្ទ ទី៣០ ខែតុលា ឆ្នាំ២០២៣"), []);
    }

    #[test]
    fn misspelt_names_are_named() {
        let slip = |written: &str, right: &str| Problem::KhmerSlip { written: written.into(), right: right.into() };
        assert_eq!(found("ថ្ងៃព្រហស្បត្តិ៍ ទី២៨ ខែវិច្ឆិកា"), [("ថ្ងៃព្រហស្បត្តិ៍", slip("ថ្ងៃព្រហស្បត្តិ៍", "ថ្ងៃព្រហស្បតិ៍"))]);
        assert_eq!(found("ថ្ងៃពុទ្ធ ទី២៨ ខែវិច្ឆិកា"), [("ថ្ងៃពុទ្ធ", slip("ថ្ងៃពុទ្ធ", "ថ្ងៃពុធ"))]);
        for (wrong, right) in [("កុម្ភះ", "កុម្ភៈ"), ("មិនា", "មីនា"), ("ធ្នូរ", "ធ្នូ"), ("សិហា", "សីហា"), ("វិច្ឆិការ", "វិច្ឆិកា")]
        {
            assert_eq!(found(&format!("ក្នុងខែ{wrong} ឆ្នាំ២០២៦")), [(wrong, slip(wrong, right))]);
        }
        assert_eq!(found("ខែមុន ខែក្រោយ ខែនេះ ខែចុងក្រោយ ខែធ្នូនេះ ខែកត្ដិក"), []);
    }

    #[test]
    fn days_that_are_not_are_named() {
        let text = "នៅថ្ងៃទី៣១ ខែវិច្ឆិកា ឆ្នាំ២០២៦ និងថ្ងៃទី៣០ ខែកុម្ភៈ ឆ្នាំ២០២៧ និងថ្ងៃទី០ ខែមករា។ ទី២៩ ខែកុម្ភៈ ឆ្នាំ២០២៧";
        assert_eq!(found(text).len(), 4, "{:?}", names(text));
        assert_eq!(found("ថ្ងៃទី២៩ ខែកុម្ភៈ ឆ្នាំ២០២៨ ថ្ងៃទី៣១ ខែធ្នូ ទី២៩ ខែកុម្ភៈ"), []);
    }

    #[test]
    fn a_lunar_date_fits_the_civil_one_beside_it() {
        let wrong = "នៅថ្ងៃសៅរ៍ ១០កើត ខែមិគសិរ ឆ្នាំរោង ឆស័ក ព.ស. ២៥៦៨ ត្រូវនឹងថ្ងៃទី២៨ ខែវិច្ឆិកា ឆ្នាំ២០២៦។";
        let right = "ថ្ងៃសៅរ៍ ៤រោច ខែកត្តិក ឆ្នាំមមី អដ្ឋស័ក ព.ស. ២៥៧០";
        let written = "ថ្ងៃសៅរ៍ ១០កើត ខែមិគសិរ ឆ្នាំរោង ឆស័ក ព.ស. ២៥៦៨";
        let problem = Problem::WrongLunarDate { written: written.into(), right: right.into() };
        assert_eq!(found(wrong), [(written, problem)]);
        assert_eq!(found(&wrong.replace(written, right)), []);
        assert_eq!(found("ថ្ងៃទី២៨ ខែវិច្ឆិកា ឆ្នាំ២០២៦ ត្រូវនឹងថ្ងៃសៅរ៍ ៥រោច ខែកត្តិក").len(), 1);
        assert_eq!(found("ថ្ងៃទី២៨ ខែវិច្ឆិកា ឆ្នាំ២០២៦ ត្រូវនឹង ៤ រោច ខែកត្ដិក ព.ស.២៥៧០"), []);
        // Another day is meant.
        assert_eq!(found("១៥កើត ខែមិគសិរ។ ថ្ងៃទី២៨ ខែវិច្ឆិកា ឆ្នាំ២០២៦"), []);
    }
}

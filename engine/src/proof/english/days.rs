//! Dates: days that do not exist, days of the week beside the date of another, tenses that do not fit.

use std::ops::Range;

use chrono::{Datelike as _, Days, NaiveDate};

use super::{super::Problem, Slip, Word, Written, slip, words};
use crate::{
    dates::{MONTHS, WEEKDAYS, english_month, english_weekday},
    release::Check,
    work,
};

/// Short names of the days of the week.
const SHORT_WEEKDAYS: &[&str] = &["Mon", "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri", "Sat", "Sun"];

/// A day so many days further back is of another time than what will be.
const PAST: u64 = 1;
/// A verb that many words before a date says nothing of it.
const REACH: usize = 60;

/// A date in a text: its words, from the first to behind the last.
struct WrittenDate {
    first: usize,
    end: usize,
    date: Written,
}

pub(super) fn slips(text: &str, signed: Option<NaiveDate>) -> Vec<Slip> {
    let words = words(text);
    let places = places(text, &words);
    let mut slips = in_figures(text);
    for place in &places {
        let range = words[place.first].at..words[place.end - 1].end();
        if !exists(place.date) {
            slips.extend(slip(Check::NoSuchDay, text, range.clone(), None));
            continue;
        }
        slips.extend(weekday(text, &words, place, signed));
        if let (Some(signed), Some(_), Some(date)) = (signed, place.date.year, place.date.day(signed)) {
            slips.extend(
                tense(text, &words, place, date, signed).then(|| slip(Check::TenseOfDate, text, range, None)).flatten(),
            );
        }
    }
    slips
}

/// The dates of a text: their places, day, month and year.
pub(in crate::proof) fn dated(text: &str) -> Vec<(Range<usize>, u32, u32, Option<i32>)> {
    let words = words(text);
    let place = |place: WrittenDate| {
        let range = words.get(place.first)?.at..words.get(place.end.checked_sub(1)?)?.end();
        Some((range, place.date.day, place.date.month, place.date.year))
    };
    places(text, &words).into_iter().filter_map(place).collect()
}

/// Dates in figures of days that do not exist, whichever of the two numbers is the month: 30/02/2027.
fn in_figures(text: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut at = 0;
    for token in text.split_inclusive(|c: char| !(c.is_ascii_digit() || matches!(c, '/' | '-' | '.'))) {
        let start = at;
        at += token.len();
        let date = token.trim_end_matches(|c: char| !c.is_ascii_digit());
        let mark = if date.contains('/') {
            '/'
        } else if date.contains('-') {
            '-'
        } else {
            '.'
        };
        let parts: Vec<&str> = date.split(mark).collect();
        let [first, second, third] = parts[..] else { continue };
        let (year, month, day) = if first.len() == 4 { (first, second, third) } else { (third, second, first) };
        if year.len() != 4 || !(1..=2).contains(&month.len()) || !(1..=2).contains(&day.len()) {
            continue;
        }
        let (Ok(year), Ok(month), Ok(day)) = (year.parse(), month.parse::<u32>(), day.parse::<u32>()) else { continue };
        let is_day = |month, day| NaiveDate::from_ymd_opt(year, month, day).is_some();
        if year_fits(year) && !is_day(month, day) && !is_day(day, month) {
            slips.extend(slip(Check::NoSuchDay, text, start..start + date.len(), None));
        }
    }
    slips
}

/// The dates of a text: 3 March 2025, 3rd of March, March 3, 2025.
fn places(text: &str, words: &[Word]) -> Vec<WrittenDate> {
    let mut places = Vec::new();
    let between = |index: usize| {
        let (before, after) = (words.get(index), words.get(index + 1));
        before.zip(after).and_then(|(before, after)| text.get(before.end()..after.at)).unwrap_or_default()
    };
    let year_at = |index: usize, mark: &str| {
        let year = words.get(index + 1).filter(|_| between(index) == " " || between(index) == mark)?;
        year.text.parse().ok().filter(|year| year_fits(*year) && words[index + 1].text.len() == 4)
    };
    for (index, word) in words.iter().enumerate() {
        let Some(month) =
            (1..).zip(MONTHS).find_map(|(number, month)| (english_month(month) == word.text).then_some(number))
        else {
            continue;
        };
        let of = index.checked_sub(1).filter(|at| words[*at].text == "of" && between(*at) == " ");
        let first = of.unwrap_or(index).checked_sub(1).filter(|at| between(*at) == " ");
        if let Some((first, day)) = first.and_then(|at| Some((at, day_of(words[at].text)?))) {
            let year = year_at(index, ", ");
            let end = index + 1 + usize::from(year.is_some());
            places.push(WrittenDate { first, end, date: Written { day, month, year } });
            continue;
        }
        let Some(day) = words.get(index + 1).filter(|_| between(index) == " ").and_then(|word| day_of(word.text))
        else {
            continue;
        };
        // In May 31 people came: no date unless a year or a sign follows.
        let year = year_at(index + 1, ", ");
        let rest = text.get(words[index + 1].end()..).unwrap_or_default();
        if year.is_some() || rest.starts_with([',', '.', ';', ')']) || rest.is_empty() {
            let end = index + 2 + usize::from(year.is_some());
            places.push(WrittenDate { first: index, end, date: Written { day, month, year } });
        }
    }
    places
}

/// 1 to 99, also 1st, and the last of a range such as 29–31.
fn day_of(word: &str) -> Option<u32> {
    let last = word.rsplit(['-', '–']).next().unwrap_or(word);
    let number = ["st", "nd", "rd", "th"].iter().find_map(|suffix| last.strip_suffix(suffix)).unwrap_or(last);
    number.parse().ok().filter(|day| (1..100).contains(day) && number.len() <= 2)
}

fn year_fits(year: i32) -> bool {
    (1000..3000).contains(&year)
}

fn exists(date: Written) -> bool {
    // A day without a year may be of a leap year.
    NaiveDate::from_ymd_opt(date.year.unwrap_or(2024), date.month, date.day).is_some()
}

/// A day of the week behind a date, or before one in brackets or without a year.
fn weekday(text: &str, words: &[Word], place: &WrittenDate, signed: Option<NaiveDate>) -> Option<Slip> {
    let date = place.date.day(signed)?;
    let is_day =
        |word: &str| SHORT_WEEKDAYS.contains(&word) || WEEKDAYS.iter().any(|day| english_weekday(*day) == word);
    let day_at = |at: usize| words.get(at).filter(|word| is_day(word.text));
    let between = |from: usize, to: usize| {
        text.get(words.get(from)?.end()..words.get(to)?.at).map(|between| between.trim_matches(' '))
    };
    let behind = day_at(place.end).filter(|day| match between(place.end - 1, place.end) {
        Some("(" | ", (") => true,
        Some(",") => {
            text.get(day.end()..).is_some_and(|rest| rest.is_empty() || rest.starts_with([',', '.', ';', ')']))
        }
        _ => false,
    });
    let before = place.first.checked_sub(1).and_then(|at| {
        let mark = between(at, place.first)?;
        // With a year and without brackets, the check for both languages looks at it.
        let is_short = |day: &&Word| SHORT_WEEKDAYS.contains(&day.text);
        let is_ours = |day: &&Word| place.date.year.is_none() || is_short(day);
        day_at(at).filter(|day| mark == "(" || is_ours(day) && matches!(mark, "," | "" | "." | ".,"))
    });
    let named = behind.or(before)?;
    let right = english_weekday(date.weekday());
    let is_short = SHORT_WEEKDAYS.contains(&named.text);
    if named.text == right || is_short && named.text.get(..3) == right.get(..3) {
        return None;
    }
    let right = if is_short { right.get(..3).unwrap_or(right) } else { right };
    let range = named.range();
    let problem = Problem::WrongWeekday { written: named.text.to_owned(), right: right.to_owned() };
    Some((range, problem))
}

/// Whether the sentence says of a day that is past what will be, or of one to come what was.
fn tense(text: &str, words: &[Word], place: &WrittenDate, date: NaiveDate, signed: NaiveDate) -> bool {
    let is_past = signed.checked_sub_days(Days::new(PAST)).is_some_and(|limit| date < limit);
    let is_future = date > signed;
    if !is_past && !is_future {
        return false;
    }
    // The words of the sentence before the date, from its verb on.
    let near = words.get(place.first.saturating_sub(REACH)..place.first).unwrap_or_default();
    let from = near.first().map_or(0, |word| word.at);
    let start = text.get(from..words[place.first].at).unwrap_or_default();
    let start = start.rfind(['.', ';', '!', '?']).map_or(from, |at| from + at + 1);
    let in_sentence = |word: &&Word| {
        work::step();
        word.at >= start
    };
    let said: Vec<&str> = near.iter().filter(in_sentence).map(|word| word.text).collect();
    let on = said.last().is_some_and(|word| matches!(*word, "on" | "from" | "until" | "day"));
    let is_participle =
        |word: &&str| word.len() > 4 && word.ends_with("ed") || OTHER_PAST.contains(word) || RELATIVE.contains(word);
    if is_past {
        let is_going = |at: usize| said[at] == "going" && said.get(at + 1) == Some(&"to");
        let verb = (0..said.len()).rev().find(|at| matches!(said[*at], "will" | "shall") || is_going(*at));
        let Some(verb) = verb else { return false };
        // Will be held: the participle is the verb itself.
        let verb = if said.get(verb + 1) == Some(&"be") { verb + 2 } else { verb };
        let behind = said.get(verb + 1..).unwrap_or_default();
        return on && !behind.iter().any(is_participle);
    }
    let Some(verb) = said.iter().rposition(|word| PAST_VERBS.contains(word)) else { return false };
    let to_come = |word: &&str| {
        matches!(
            *word,
            "to" | "will" | "would" | "for" | "by" | "until" | "that" | "before" | "scheduled" | "planned" | "next"
        )
    };
    // To be held on a day to come.
    let is_planned =
        said.get(..verb).unwrap_or_default().iter().any(|word| matches!(*word, "will" | "would" | "be" | "shall"));
    on && !is_planned && !said.get(verb..).unwrap_or_default().iter().any(to_come)
}

/// Participles and pasts that do not end in -ed.
const OTHER_PAST: &[&str] =
    &["held", "made", "begun", "met", "given", "taken", "reached", "set", "came", "began", "meeting", "summit"];
const RELATIVE: &[&str] = &["which", "that", "when", "since", "after", "as"];
/// What was on a day: verbs that are hardly ever said of a day to come.
const PAST_VERBS: &[&str] =
    &["visited", "met", "held", "attended", "received", "paid", "arrived", "concluded", "signed", "took"];

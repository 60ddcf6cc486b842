//! Spans of days, hours, years and numbers: “between 10:00 to 12:00”, and those that end before they begin.

use std::ops::Range;

use super::{super::Problem, Slip, slip};
use crate::{
    dates::{MONTHS, WEEKDAYS, english_month, english_weekday},
    release::Check,
};

/// What a span begins or ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    /// Minutes of the day, and whether it is certain which half of the day is meant.
    Hour {
        minutes: u32,
        has_half: bool,
    },
    Day {
        day: u32,
        month: Option<u32>,
        year: Option<u32>,
    },
    Year(u32),
    /// Any other number, with its value if it may be a day.
    Number(Option<u32>),
    /// A month or a weekday alone.
    Name,
}

/// What is between the beginning and the end of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    To,
    And,
    Dash,
}

const JOINTS: &[(&str, Joint)] = &[
    (" to ", Joint::To),
    (" until ", Joint::To),
    (" till ", Joint::To),
    (" and ", Joint::And),
    (" – ", Joint::Dash),
    (" - ", Joint::Dash),
    ("–", Joint::Dash),
    ("-", Joint::Dash),
];
/// An hour may be of the next day, if the span is no longer than a night. In minutes.
const NIGHT: u32 = 18 * 60;
const DAY: u32 = 24 * 60;
/// Numbers that are years.
const YEARS: std::ops::RangeInclusive<u32> = 1950..=2100;
/// Stems of verbs for what becomes less: from 2026 to 2024 kilometres.
const FALLING: &[&str] = &["fell", "fall", "declin", "decreas", "drop", "reduc", "cut", "lower", "shr", "down"];
/// How far before a span such a verb is looked for, and how far behind it another day, in bytes.
const REACH: usize = 60;
/// What may follow a year, which would else be a number of something.
const AFTER_YEAR: &[&str] =
    &["in", "on", "with", "and", "at", "under", "by", "of", "as", "was", "were", "is", "the", "to"];

/// A span in a text, with its parts.
struct Span {
    begin: Value,
    joint: Joint,
    end: Value,
    range: Range<usize>,
    joint_at: Range<usize>,
}

pub(super) fn slips(text: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    for (word, is_between) in [("etween ", true), ("rom ", false)] {
        for (at, _) in text.match_indices(word) {
            let before = text.get(..at).unwrap_or_default();
            let first = if is_between { ['b', 'B'] } else { ['f', 'F'] };
            let is_word = before.strip_suffix(first).is_some_and(|before| !before.ends_with(char::is_alphanumeric));
            let Some(span) = span(text, at + word.len()).filter(|_| is_word) else { continue };
            slips.extend(joint(text, &span, is_between));
            slips.extend(backwards(text, &span));
        }
    }
    let mut last = ' ';
    for (at, c) in text.char_indices() {
        let is_inside = last.is_alphanumeric() || matches!(last, '.' | ',' | ':' | '-' | '–' | '/' | '$' | '€' | '#');
        if c.is_ascii_digit()
            && !is_inside
            && let Some(span) = span(text, at).filter(|span| span.joint == Joint::Dash)
        {
            slips.extend(backwards(text, &span));
        }
        last = c;
    }
    slips
}

/// The span that begins at a place.
fn span(text: &str, at: usize) -> Option<Span> {
    let (begin, length) = value(text.get(at..)?)?;
    let joint_at = at + length;
    let rest = text.get(joint_at..)?;
    let (sign, joint) = JOINTS.iter().find(|(sign, _)| rest.starts_with(sign))?;
    let end_at = joint_at + sign.len();
    let (end, length) = value(text.get(end_at..)?)?;
    // 12-year-olds, 2026-2024-1.
    let after = text.get(end_at + length..)?;
    let goes_on = after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '/'))
        || after.starts_with([':', '.', ','])
            && after.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let range = at..end_at + length;
    (!goes_on).then_some(Span { begin, joint: *joint, end, range, joint_at: joint_at..end_at })
}

/// A joint that does not fit: between 3 to 5 March, from 10:00 and 12:00.
fn joint(text: &str, span: &Span, is_between: bool) -> Option<Slip> {
    let Span { begin, joint, end, range, joint_at } = span;
    // Between 3 to 5 and 7 to 9 people, between 2020–2021 and 2022–2023.
    let goes_on = text.get(range.end..).is_some_and(|rest| rest.starts_with(" and "));
    let are_hours = matches!((begin, end), (Value::Hour { .. }, Value::Hour { .. }));
    match joint {
        Joint::To if is_between && !goes_on => {
            let word = joint_at.start + 1..joint_at.end - 1;
            slip(Check::ConfusedWords, text, word, Some("and".to_owned()))
        }
        Joint::Dash if is_between && !goes_on => {
            let (from, to) = (text.get(range.start..joint_at.start)?, text.get(joint_at.end..range.end)?);
            slip(Check::ConfusedWords, text, range.clone(), Some(format!("{from} and {to}")))
        }
        Joint::And if !is_between && are_hours && !goes_on => {
            slip(Check::ConfusedWords, text, joint_at.start + 1..joint_at.end - 1, Some("to".to_owned()))
        }
        _ => None,
    }
}

/// A span that ends before it begins.
fn backwards(text: &str, span: &Span) -> Option<Slip> {
    let (before, after) = (text.get(..span.range.start)?, text.get(span.range.end..)?);
    let behind = after.get(..after.floor_char_boundary(REACH))?;
    let ahead = before.get(before.ceil_char_boundary(before.len().saturating_sub(REACH))..)?;
    let is_backwards = match (span.begin, span.end) {
        (Value::Hour { minutes: from, has_half: one }, Value::Hour { minutes: to, has_half: other }) => {
            let is_next_day = ["next", "following", "tomorrow", "day after"].iter().any(|word| behind.contains(word));
            one == other && from > to && to + DAY - from > NIGHT && !is_next_day
        }
        (Value::Year(from), Value::Year(to)) => {
            let next = behind.split([' ', '\u{A0}']).find(|word| !word.is_empty()).unwrap_or_default();
            let is_counted = next.starts_with(char::is_lowercase)
                && behind.starts_with([' ', '\u{A0}'])
                && !AFTER_YEAR.contains(&next);
            let is_number = ahead.trim_end().ends_with("No.") || FALLING.iter().any(|stem| ahead.contains(stem));
            from > to && !is_counted && !is_number
        }
        (begin, end) => is_day_before(end, begin),
    };
    let written = text.get(span.range.clone())?.to_owned();
    is_backwards.then(|| (span.range.clone(), Problem::Backwards { written }))
}

/// Whether a day is before another: of days of one month, or of two with their years.
fn is_day_before(day: Value, other: Value) -> bool {
    let parts = |value: Value| match value {
        Value::Day { day, month, year } => Some((day, month, year)),
        Value::Number(Some(day)) => Some((day, None, None)),
        _ => None,
    };
    let (Some((day, month, year)), Some((other, other_month, other_year))) = (parts(day), parts(other)) else {
        return false;
    };
    // The month is written once.
    if month.is_none() && other_month.is_none() {
        return false;
    }
    let (first, second) = (month.or(other_month), other_month.or(month));
    match (year, other_year) {
        (Some(year), Some(other_year)) => (year, first, day) < (other_year, second, other),
        _ => first == second && day < other,
    }
}

/// What is at the beginning of a text, and its length in bytes.
fn value(text: &str) -> Option<(Value, usize)> {
    if text.starts_with(char::is_alphabetic) {
        return named(text);
    }
    let number = text.trim_start_matches(['$', '€']);
    let digits = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    let (figures, rest) = number.split_at_checked(digits).filter(|_| digits > 0)?;
    let whole: Option<u32> = figures.parse().ok();
    if let Some(found) = whole.filter(|_| number.len() == text.len()).and_then(|hour| hour_of(hour, digits, rest)) {
        return Some(found);
    }
    let ordinal = ["st", "nd", "rd", "th"].into_iter().find(|ending| rest.starts_with(ending)).map_or(0, str::len);
    let said = rest.get(ordinal..)?;
    let day = whole.filter(|day| digits <= 2 && (1..=31).contains(day) && number.len() == text.len());
    if let Some(day) = day
        && let Some((month, length)) = month_at(said.strip_prefix(" of").unwrap_or(said).strip_prefix(' '))
    {
        let length = digits + ordinal + if said.starts_with(" of") { 4 } else { 1 } + length;
        let year = year_at(text.get(length..)?);
        return Some((
            Value::Day { day, month: Some(month), year: year.map(|(year, _)| year) },
            length + year.map_or(0, |(_, more)| more),
        ));
    }
    if let Some(day) = day.filter(|_| ordinal > 0) {
        return Some((Value::Day { day, month: None, year: None }, digits + ordinal));
    }
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let length = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
    let tail = rest.get(..length)?.trim_end_matches(['.', ',']).len();
    let end = text.len() - number.len() + digits + tail;
    if digits == 4 && tail == 0 && end == digits && whole.is_some_and(|year| YEARS.contains(&year)) {
        return Some((Value::Year(whole?), end));
    }
    let units = ["%", " percent", " per cent", " million", " billion"];
    let unit = units.into_iter().find(|unit| text.get(end..).is_some_and(|rest| rest.starts_with(unit)));
    Some((Value::Number(day.filter(|_| tail == 0 && unit.is_none())), end + unit.map_or(0, str::len)))
}

/// A month, with a day and a year behind it, or a weekday.
fn named(text: &str) -> Option<(Value, usize)> {
    if let Some((month, length)) = month_at(Some(text)) {
        let rest = text.get(length..)?.strip_prefix(' ').unwrap_or_default();
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let day = rest.get(..digits)?.parse().ok().filter(|day| (1..=31).contains(day) && digits <= 2);
        let Some(day) = day else { return Some((Value::Name, length)) };
        let end = length + 1 + digits;
        let year = year_at(text.get(end..)?);
        let value = Value::Day { day, month: Some(month), year: year.map(|(year, _)| year) };
        return Some((value, end + year.map_or(0, |(_, more)| more)));
    }
    let weekday = WEEKDAYS.into_iter().map(english_weekday).find(|weekday| text.starts_with(weekday))?;
    let is_whole = !text.get(weekday.len()..)?.starts_with(char::is_alphanumeric);
    is_whole.then_some((Value::Name, weekday.len()))
}

/// The month that a text begins with, and the length of its name.
fn month_at(text: Option<&str>) -> Option<(u32, usize)> {
    let text = text?;
    let (number, name) = (1..).zip(MONTHS.into_iter().map(english_month)).find(|(_, name)| text.starts_with(name))?;
    let is_whole = !text.get(name.len()..)?.starts_with(char::is_alphanumeric);
    is_whole.then_some((number, name.len()))
}

/// The year behind a day and month, and its length with what is before it.
fn year_at(text: &str) -> Option<(u32, usize)> {
    let sign = if text.starts_with(", ") { 2 } else { 1 };
    let rest = text.strip_prefix(", ").or_else(|| text.strip_prefix(' '))?;
    let year: u32 = rest.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()?;
    let ends = !rest.get(4..)?.starts_with(|c: char| c.is_alphanumeric());
    (ends && YEARS.contains(&year)).then_some((year, sign + 4))
}

/// The hour that begins with a number: 14:00, 14h00, 2 p.m., 2.30 pm.
fn hour_of(hour: u32, digits: usize, rest: &str) -> Option<(Value, usize)> {
    if digits > 2 || hour > 24 {
        return None;
    }
    let minutes = rest.strip_prefix([':', 'h', '.']).and_then(|rest| rest.get(..2));
    let minutes = minutes.filter(|minutes| minutes.bytes().all(|byte| byte.is_ascii_digit()));
    let length = if minutes.is_some() { 3 } else { 0 };
    let after = rest.get(length..)?;
    let said = after.strip_prefix([' ', '\u{A0}']).unwrap_or(after);
    let half = ["a.m.", "p.m.", "am", "pm"].into_iter().find(|half| said.starts_with(half));
    let half = half.filter(|half| !said.get(half.len()..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric)));
    let is_written_so = minutes.is_some() && !rest.starts_with('.');
    if half.is_none() && !is_written_so {
        return None;
    }
    let minute: u32 = minutes.map_or(Some(0), |minutes| minutes.parse().ok()).filter(|minute| *minute < 60)?;
    let hour = match half {
        Some(half) if half.starts_with('p') && hour < 12 => hour + 12,
        Some(half) if half.starts_with('a') && hour == 12 => 0,
        _ => hour,
    };
    let end = digits + length + half.map_or(0, |half| after.len() - said.len() + half.len());
    Some((Value::Hour { minutes: hour * 60 + minute, has_half: half.is_some() }, end))
}

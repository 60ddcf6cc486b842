//! Dates: day, month and year, ranges of them, the day of the week.

use super::{
    Hold,
    words::{Pair, Word},
};
use crate::dates::{MONTHS, WEEKDAYS, english_month, english_weekday};

/// Months and days of the week cut short, without the stop.
const SHORT_MONTHS: &[&str] = &["Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec"];
const SHORT_WEEKDAYS: &[&str] = &["Mon", "Tue", "Tues", "Wed", "Thu", "Thurs", "Fri", "Sat", "Sun"];

/// What joins two days or two dates.
const JOINTS: &[&str] = &["to", "and", "or", "until", "till", "through", "–", "—", "-", "&"];

/// How far a month is looked for from a day of a range, in words: 16, 17 and 18 December.
const REACH: isize = 5;

/// The words without which letters alone are no date.
pub fn telling() -> impl Iterator<Item = &'static str> {
    let months = MONTHS.iter().map(|month| english_month(*month)).chain(SHORT_MONTHS.iter().copied());
    let weekdays = WEEKDAYS.iter().map(|weekday| english_weekday(*weekday));
    months.chain(weekdays).chain(SHORT_WEEKDAYS.iter().copied())
}

/// What belongs to one date.
pub fn pair(pair: &Pair) -> Option<Hold> {
    let (before, after) = (pair.word(-1), pair.word(0));
    if before.ends_sentence() && !is_abbreviated(&before) {
        return None;
    }
    let is_comma = before.raw.ends_with(',');
    let closed = before.raw.ends_with([')', ']', '”', '"']);
    if closed || after.is_opened() {
        // 5 September 2025 (Friday)
        let in_brackets = after.raw.starts_with('(') && is_weekday(&after) && (is_year(&before) || is_month(&before));
        // Sunday (28 November)
        let day_in_brackets = after.raw.starts_with('(') && is_weekday(&before) && is_day(&after);
        return ((in_brackets || day_in_brackets) && !closed).then_some(Hold::Firm);
    }
    if is_day(&before) && is_month(&after) && !is_comma
        || is_month(&before) && (is_year(&after) || is_day(&after))
        || is_quarter(&before) && is_year(&after)
        || is_day(&before) && is_year(&after) && is_month(&pair.word(-2))
    {
        return Some(Hold::Never);
    }
    if is_weekday(&before) && (is_day(&after) || is_month(&after) && is_day(&pair.word(1)))
        || is_day(&before) && after.word == "of" && is_month(&pair.word(1))
        || before.word == "of" && is_month(&after) && is_day(&pair.word(-2))
    {
        return Some(Hold::Firm);
    }
    range(pair, before, after, is_comma)
}

/// Ranges of days in one month hold firmly, those over two months or years rather.
fn range(pair: &Pair, before: Word, after: Word, is_comma: bool) -> Option<Hold> {
    if is_comma {
        return (is_day(&before) && is_day(&after) && has_month_after(pair)).then_some(Hold::Firm);
    }
    // The words on either side of the joint, by their distance.
    let (left, right) = if is_joint(&after) {
        (-1, 1)
    } else if is_joint(&before) {
        (-2, 0)
    } else {
        return None;
    };
    let (from, to) = (pair.word(left), pair.word(right));
    if is_day(&from) && is_day(&to) {
        let has_month = is_month(&pair.word(right + 1)) || is_month(&pair.word(left - 1)) || has_month_after(pair);
        return has_month.then_some(Hold::Firm);
    }
    // 30 October to 2 November, October 30 to November 2, May to July.
    let spans_months = is_month(&from) && (is_month(&to) || is_day(&to) && is_month(&pair.word(right + 1)))
        || is_day(&from) && is_month(&pair.word(left - 1)) && is_month(&to);
    let spans_years = is_year(&from) && is_year(&to);
    (spans_months || spans_years).then_some(Hold::Rather)
}

/// Whether a month comes after some more days.
fn has_month_after(pair: &Pair) -> bool {
    let next = (0..REACH).map(|distance| pair.word(distance)).find(|word| !is_day(word) && !is_joint(word));
    next.is_some_and(|word| is_month(&word))
}

/// 1 to 31, also 1st, and a range of such days.
pub fn is_day(word: &Word) -> bool {
    let is_one = |day: &str| {
        let number = ["st", "nd", "rd", "th"].iter().find_map(|suffix| day.strip_suffix(suffix)).unwrap_or(day);
        number.len() <= 2 && number.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day))
    };
    match word.word.split_once(['–', '-', '‐', '‑', '/']) {
        Some((from, to)) => is_one(from) && is_one(to),
        None => is_one(word.word),
    }
}

pub fn is_month(word: &Word) -> bool {
    let is_one = |word: &str| is_full_month(word) || is_short_month(word);
    is_one(word.word) || word.word.split_once(['–', '-', '/']).is_some_and(|(from, to)| is_one(from) && is_one(to))
}

/// The name of a month in full.
pub fn is_full_month(word: &str) -> bool {
    MONTHS.iter().any(|month| english_month(*month) == word)
}

/// The name of a month cut short, without the stop.
pub fn is_short_month(word: &str) -> bool {
    SHORT_MONTHS.contains(&word)
}

/// Four digits, also 2024–2025 and 2024/25.
pub fn is_year(word: &Word) -> bool {
    let is_one = |year: &str| year.len() == 4 && year.parse::<u16>().is_ok_and(|year| (1000..3000).contains(&year));
    match word.word.split_once(['–', '-', '/']) {
        Some((from, to)) => is_one(from) && to.len() <= 4 && to.bytes().all(|byte| byte.is_ascii_digit()),
        None => is_one(word.word),
    }
}

fn is_weekday(word: &Word) -> bool {
    SHORT_WEEKDAYS.contains(&word.word) || WEEKDAYS.iter().any(|weekday| english_weekday(*weekday) == word.word)
}

/// Q3, H1.
fn is_quarter(word: &Word) -> bool {
    matches!(word.word.as_bytes(), [b'Q' | b'H', b'1'..=b'4'])
}

fn is_joint(word: &Word) -> bool {
    JOINTS.contains(&word.raw)
}

/// Sept. 5: the stop ends no sentence.
fn is_abbreviated(word: &Word) -> bool {
    word.word.len() <= 5 && (is_full_month(word.word) || is_short_month(word.word) || is_weekday(word))
}

//! Hours that no day has, in either language: 25:30, ម៉ោង ១៣:៧៥.
//!
//! Two numbers with a colon between may be a ratio, a score or a verse, so a sign of an hour must be beside them.
//!
//! Knows texts alone. Its invariant: every range that it gives lies in the text, on characters.

use super::{Problem, slips::Slip};
use crate::{dates::to_arabic_digits, khmer::characters::is_digit};

/// Before an hour, in small letters.
const BEFORE: &[&str] = &["at", "from", "to", "until", "till", "by", "before", "after", "around", "between"];
/// Before an hour in Khmer.
const HOUR: &[&str] = &["ម៉ោង", "វេលា"];
/// Behind an hour.
const BEHIND: &[&str] =
    &["a.m", "p.m", "am ", "pm ", "AM", "PM", "hours", "hrs", "ICT", "GMT", "UTC", "នាទី", "ព្រឹក", "រសៀល", "ល្ងាច", "យប់"];
/// A text with one of these may have ratios, scores and scales.
const NO_HOURS: &[&str] = &[
    "ratio",
    "share",
    "score",
    "odds",
    "scale",
    "split",
    "proportion",
    "won ",
    "win",
    "beat",
    "lost",
    "verse",
    "match",
    "ភាគ",
    "ពិន្ទុ",
];
/// What may be behind a number of hours or minutes that is written as one.
const GAPS: &[char] = &[' ', '\u{A0}', '\u{200B}'];

/// The hours of a text that do not exist.
pub(super) fn slips(text: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    for (at, sign) in text.match_indices([':', '៖']) {
        let Some((before, after)) = text.get(..at).zip(text.get(at + sign.len()..)) else { continue };
        if !before.ends_with(is_digit) || !after.starts_with(is_digit) {
            continue;
        }
        let head = before.trim_end_matches(is_digit);
        let tail = after.trim_start_matches(is_digit);
        let hour = before.get(head.len()..).unwrap_or_default();
        let minutes = after.get(..after.len() - tail.len()).unwrap_or_default();
        // Of 1:25:30 and 2.5:10 neither part is an hour.
        let goes_on = |c: char| matches!(c, ':' | '៖' | '/') || c.is_alphabetic() && c.is_ascii();
        let is_part = head.ends_with(|c: char| goes_on(c) || matches!(c, '.' | ','))
            || tail.starts_with([':', '៖', '/', '%'])
            || tail.starts_with(['.', ',']) && tail.get(1..).is_some_and(|rest| rest.starts_with(is_digit));
        let (Some(hours), Some(minutes)) = (value(hour), value(minutes).filter(|_| digits(minutes) == 2)) else {
            continue;
        };
        let is_there = hours < 24 && minutes < 60 || (hours, minutes) == (24, 0);
        if is_part || is_there || !is_hour(text, head, tail, (hours, minutes)) {
            continue;
        }
        let range = head.len()..text.len() - tail.len();
        let written = text.get(range.clone()).unwrap_or_default().to_owned();
        slips.push((range, Problem::NoSuchHour { written }));
    }
    slips
}

fn digits(number: &str) -> usize {
    number.chars().count()
}

/// A number of at most two digits.
fn value(number: &str) -> Option<u32> {
    to_arabic_digits(number).parse().ok().filter(|_| digits(number) <= 2)
}

/// Whether what is around two numbers says that they are an hour.
fn is_hour(text: &str, head: &str, tail: &str, (hours, minutes): (u32, u32)) -> bool {
    let (said, next) = (head.trim_end_matches(GAPS), tail.trim_start_matches(GAPS));
    // In “រយៈពេល ២ម៉ោង ២៥:៧៥” it is a unit.
    let mut names_hour = HOUR.iter().filter_map(|word| said.strip_suffix(word));
    if names_hour.any(|said| !said.trim_end_matches(GAPS).ends_with(is_digit))
        || BEHIND.iter().any(|sign| next.starts_with(sign))
    {
        return true;
    }
    // Shares of a hundred, and what is no hour by far.
    if hours + minutes == 100 || hours > 29 || NO_HOURS.iter().any(|word| text.contains(word)) {
        return false;
    }
    let word = said.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default().to_ascii_lowercase();
    let follows = head.len() > said.len() && BEFORE.contains(&&*word);
    follows && !is_beside_numbers(said, &word) || is_in_span(head, tail)
}

/// “to” and “by” are beside other numbers as well; of hours they follow one.
fn is_beside_numbers(said: &str, word: &str) -> bool {
    let before = said.get(..said.len() - word.len()).unwrap_or_default().trim_end_matches(GAPS);
    matches!(word, "to" | "by") && !before.ends_with(is_digit) && !before.ends_with(['.', 'm', 'M'])
}

/// Whether a dash is between this hour and another.
fn is_in_span(head: &str, tail: &str) -> bool {
    let two = |text: &str| {
        let shape: Vec<bool> = text.chars().take(5).map(is_digit).collect();
        shape == [true, true, false, true, true] && text.chars().nth(2).is_some_and(|c| matches!(c, ':' | '៖'))
    };
    let dash = |c: char| matches!(c, '–' | '-' | ' ');
    let ends = head.trim_end_matches(dash);
    let start = ends.char_indices().rev().nth(4).map_or(ends.len(), |(at, _)| at);
    head.ends_with(['–', '-']) && ends.get(start..).is_some_and(two)
        || tail.trim_start_matches(' ').starts_with(['–', '-']) && two(tail.trim_start_matches(dash))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        slips(text).into_iter().map(|(range, _)| &text[range]).collect()
    }

    #[test]
    fn hours_that_no_day_has_are_found() {
        for (text, wrong) in [
            ("The meeting begins at 25:30.", &["25:30"][..]),
            ("It lasts from 13:75 to 15:00.", &["13:75"]),
            ("Programme: 24:30–26:00, Peace Palace", &["24:30", "26:00"]),
            ("It ends at 9:00 and 10:60 hours.", &["10:60"]),
            ("នៅម៉ោង ២៥:៣០ និងវេលាម៉ោង១៣:៧៥ នាទី", &["២៥:៣០", "១៣:៧៥"]),
            ("វេលា ២៤៖៣០ ព្រឹក", &["២៤៖៣០"]),
        ] {
            assert_eq!(found(text), wrong, "{text}");
        }
    }

    #[test]
    fn hours_ratios_scores_and_verses_are_right() {
        for text in [
            "from 08:30 to 24:00, at 23:59, and 0:00",
            "a ratio of 25:75, at 25:75, a share from 60:40 to 29:99, on a scale of 1:250",
            "Matthew 25:35 and Psalm 24:72 and 25:80 at 1:25:70",
            "They won at 25:72. The vote of 29:61 fell to 28:62",
            "ផែនទី ១:៩៩ និងមាត្រា ២៥:៧៥ រយៈពេល ២ម៉ោង ២៥:៧៥ ម៉ោង ២៤:០០",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}

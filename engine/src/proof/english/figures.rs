//! Numbers, hours and percentages that a release writes in two ways: 1,500 beside 2.000, 5 p.m. beside 17h30, 9% beside
//! 12 percent.

use std::ops::Range;

use super::super::two_ways::{self, Found, Way, rarer};
use crate::release::{Check, Field};

/// The rarer way of writing numbers, hours and percentages.
pub(super) fn two_ways(texts: &[(Field, String)]) -> Vec<Found> {
    let mut found = rarer(texts, Check::DigitGroups, numbers, |number, mark| grouped(number, *mark));
    found.extend(rarer(texts, Check::Hours, hours, |hour, style| in_style(hour, *style)));
    found.extend(rarer(texts, Check::Variants, percentages, |number, style| as_percentage(number, *style)));
    found
}

/// What is before digits that are no number of things: a telephone number, a reference.
const NO_NUMBER: &[&str] = &["tel", "telephone", "phone", "fax", "mobile", "no", "street", "st", "box", "room"];

/// Numbers whose thousands a space divides: 10 000.
fn spaced_numbers(text: &str) -> Vec<Way<char>> {
    let is_space = |c: char| matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}');
    let mut found = Vec::new();
    for (range, run) in runs(text, |c| c.is_ascii_digit() || is_space(c)) {
        let run = run.trim_end_matches(is_space);
        let groups: Vec<&str> = run.split(is_space).collect();
        let is_grouped = groups.len() > 1
            && groups.iter().skip(1).all(|group| group.len() == 3)
            && groups.first().is_some_and(|first| (1..=3).contains(&first.len()) && !first.starts_with('0'));
        let before = text.get(..range.start).unwrap_or_default();
        let said = before.trim_end_matches(is_space);
        let word = said.trim_end_matches(['.', ':']).rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let is_other = before.ends_with(|c: char| c.is_alphanumeric() || ",./-".contains(c))
            || said.ends_with([')', '(', '+', ':', '/', ','])
            || NO_NUMBER.contains(&word.to_lowercase().as_str());
        if is_grouped && !is_other {
            found.push((range.start..range.start + run.len(), ' '));
        }
    }
    found
}

/// Numbers of four digits and more whose thousands are divided, with the sign that does it.
fn numbers(text: &str) -> Vec<Way<char>> {
    let mut found = spaced_numbers(text);
    for (range, number) in runs(text, |c| c.is_ascii_digit() || matches!(c, ',' | '.')) {
        let number = number.trim_end_matches([',', '.']);
        let range = range.start..range.start + number.len();
        let before = text.get(..range.start).unwrap_or_default();
        if before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | ':')) {
            continue;
        }
        for mark in [',', '.'] {
            let mut groups = number.split(mark);
            let first = groups.next().unwrap_or_default();
            let rest: Vec<&str> = groups.collect();
            let is_grouped = (1..=3).contains(&first.len())
                && !first.starts_with('0')
                && !rest.is_empty()
                && rest.iter().all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()));
            // 2.125 may be a fraction; 2.000 and 1.250.500 cannot.
            if is_grouped && (mark == ',' || rest.len() > 1 || rest.last().is_some_and(|group| group.ends_with("00"))) {
                found.push((range.clone(), mark));
            }
        }
    }
    found
}

fn grouped(number: &str, mark: char) -> Option<String> {
    Some(number.replace([',', '.', ' ', '\u{A0}', '\u{202F}', '\u{2009}'], mark.encode_utf8(&mut [0; 4])))
}

/// How an hour is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hour {
    /// 5 p.m.
    Stops,
    /// 5 pm
    Spaced,
    /// 5pm
    Joined,
    /// 17:30
    Colon,
    /// 17h30
    H,
}

/// The hours of a text.
fn hours(text: &str) -> Vec<Way<Hour>> {
    let mut found = Vec::new();
    for (range, number) in runs(text, |c| c.is_ascii_digit() || matches!(c, ':' | '.')) {
        let number = number.trim_end_matches([':', '.']);
        let end = range.start + number.len();
        let (before, rest) = (text.get(..range.start).unwrap_or_default(), text.get(end..).unwrap_or_default());
        if before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | ',' | '$')) {
            continue;
        }
        let (hour, minute) = number.split_once([':', '.']).unwrap_or((number, ""));
        let hour_fits = hour.len() <= 2 && hour.parse::<u8>().is_ok_and(|hour| hour < 25);
        let minute_fits = minute.len() == 2 && minute.parse::<u8>().is_ok_and(|minute| minute < 60);
        if !hour_fits || !(minute.is_empty() || minute_fits) {
            continue;
        }
        let bare = rest.trim_start_matches([' ', '\u{A0}']);
        let spaced = bare.len() < rest.len();
        let small = bare.get(..bare.floor_char_boundary(4)).unwrap_or_default().to_lowercase();
        let ends_word = |length: usize| bare.get(length..).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        let way = if small.starts_with("a.m.") || small.starts_with("p.m.") {
            Some((Hour::Stops, rest.len() - bare.len() + 4))
        } else if (small.starts_with("am") || small.starts_with("pm")) && ends_word(2) {
            Some((if spaced { Hour::Spaced } else { Hour::Joined }, rest.len() - bare.len() + 2))
        } else if small.starts_with('h') && !spaced && minute.is_empty() {
            let minutes = bare.get(1..).unwrap_or_default();
            let digits = minutes.bytes().take_while(u8::is_ascii_digit).count();
            ((digits == 0 || digits == 2) && ends_word(1 + digits)).then_some((Hour::H, 1 + digits))
        } else if number.contains(':') && minute_fits {
            Some((Hour::Colon, 0))
        } else {
            None
        };
        found.extend(way.map(|(style, more)| (range.start..end + more, style)));
    }
    found
}

/// An hour in another style.
fn in_style(hour: &str, style: Hour) -> Option<String> {
    let small = hour.to_lowercase();
    let mut numbers = small.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let number: u32 = numbers.next()?.parse().ok()?;
    let minute: u32 = numbers.next().map_or(Some(0), |minute| minute.parse().ok())?;
    let is_noon_based = small.contains('m');
    let day_hour = match (is_noon_based, small.contains('p'), number) {
        (false, ..) => number,
        (true, true, 12) => 12,
        (true, true, _) => number + 12,
        (true, false, 12) => 0,
        (true, false, _) => number,
    };
    let half = if day_hour >= 12 { 'p' } else { 'a' };
    let twelve = if day_hour % 12 == 0 { 12 } else { day_hour % 12 };
    let minutes = if minute == 0 { String::new() } else { format!(":{minute:02}") };
    Some(match style {
        Hour::Stops => format!("{twelve}{minutes} {half}.m."),
        Hour::Spaced => format!("{twelve}{minutes} {half}m"),
        Hour::Joined => format!("{twelve}{minutes}{half}m"),
        Hour::Colon => format!("{day_hour}:{minute:02}"),
        Hour::H => format!("{day_hour}h{minute:02}"),
    })
}

/// How a percentage is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Percentage {
    /// 9%
    Sign,
    /// 9 percent
    Word,
    /// 9 per cent
    Words,
}

/// The percentages of a text, with their numbers.
fn percentages(text: &str) -> Vec<Way<Percentage>> {
    let mut found = Vec::new();
    for (range, number) in runs(text, |c| c.is_ascii_digit() || matches!(c, ',' | '.')) {
        let end = range.start + number.len();
        let rest = text.get(end..).unwrap_or_default();
        let bare = rest.trim_start_matches([' ', '\u{A0}', '\u{202F}']);
        let ways =
            [("%", Percentage::Sign), ("percent", Percentage::Word), ("per cent", Percentage::Words)].into_iter();
        let way = ways.map(|(unit, way)| (bare.strip_prefix(unit), way)).find_map(|(rest, way)| Some((rest?, way)));
        if let Some((after, way)) = way.filter(|(after, _)| !after.starts_with(char::is_alphabetic)) {
            found.push((range.start..text.len() - after.len(), way));
        }
    }
    found
}

/// A percentage in another style.
fn as_percentage(written: &str, style: Percentage) -> Option<String> {
    let number = written.trim_end_matches(|c: char| !c.is_ascii_digit());
    Some(match style {
        Percentage::Sign => format!("{number}%"),
        Percentage::Word => format!("{number} percent"),
        Percentage::Words => format!("{number} per cent"),
    })
}

/// The longest runs of characters that are inside, from a Latin digit on.
fn runs(text: &str, inside: impl Fn(char) -> bool) -> Vec<(Range<usize>, &str)> {
    two_ways::runs(text, |c| c.is_ascii_digit(), inside)
}

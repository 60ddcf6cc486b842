//! Numbers, hours, percentages and digits that a release in Khmer writes in two ways: ១.៥០០ beside ២,០០០, ម៉ោង ២ រសៀល
//! beside ម៉ោង ១៦:០០, ១០% beside ១០ភាគរយ, ១០ beside 10.
//!
//! Knows texts alone. Its invariant: every range that it gives lies in its text, on characters.

use super::super::two_ways::{Found, Way, rarer, runs};
use crate::{
    dates::{to_arabic_digits, to_khmer_digits},
    khmer::characters::{is_digit, is_in_words, is_khmer_digit},
    release::{Check, Field},
};

/// Words before digits that are no number of things: a number of a street, a telephone.
const NO_NUMBER: &[&str] = &["លេខ", "ផ្លូវ", "ផ្ទះ", "បន្ទប់", "ទូរសព្ទ", "ទូរស័ព្ទ", "ទូរសារ", "កូដ", "ប្រអប់សំបុត្រ"];
const HOUR: &str = "ម៉ោង";
const MINUTE: &str = "នាទី";
const AND: &str = "និង";
/// Nothing that is seen, or a space.
const GAPS: &[char] = &[' ', '\u{A0}', '\u{200B}'];

/// What is written in another way than most of its kind.
pub(super) fn two_ways(texts: &[(Field, String)]) -> Vec<Found> {
    let mut found = rarer(texts, Check::DigitGroups, numbers, |number, mark| Some(number.replace([',', '.'], mark)));
    found.extend(rarer(texts, Check::Hours, clocks, |hour, clock| in_clock(hour, *clock)));
    found.extend(rarer(texts, Check::Hours, minutes, |hour, sign| with_sign(hour, sign)));
    found.extend(rarer(texts, Check::Variants, percentages, |number, unit| {
        let end = number.rfind(is_digit).map(|at| number.ceil_char_boundary(at + 1))?;
        Some(format!("{}{unit}", number.get(..end)?))
    }));
    found.extend(rarer(texts, Check::Variants, scripts, |number, is_khmer| {
        Some(if *is_khmer { to_khmer_digits(number) } else { to_arabic_digits(number) })
    }));
    found
}

/// Numbers with their places and what is before and behind them.
fn numbers_of(text: &str) -> impl Iterator<Item = (usize, &str, &str, &str)> {
    let found = runs(text, is_digit, |c| is_digit(c) || matches!(c, ',' | '.')).into_iter();
    found.filter_map(move |(range, run)| {
        let number = run.trim_end_matches([',', '.']);
        Some((range.start, number, text.get(..range.start)?, text.get(range.start + number.len()..)?))
    })
}

fn follows_word(before: &str, words: &[&str]) -> bool {
    let said = before.trim_end_matches(GAPS).trim_end_matches(['៖', ':', '.']).trim_end_matches(GAPS);
    words.iter().any(|word| said.ends_with(word))
}

/// Numbers whose thousands are divided, with the sign that does it.
fn numbers(text: &str) -> Vec<Way<&'static str>> {
    let mut found = Vec::new();
    for (at, number, before, _) in numbers_of(text) {
        let is_part = before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | ':' | '៖'));
        if is_part || follows_word(before, NO_NUMBER) {
            continue;
        }
        for mark in [",", "."] {
            let groups: Vec<String> = number.split(mark).map(to_arabic_digits).collect();
            let (Some(first), Some(last)) = (groups.first(), groups.last()) else { continue };
            let is_group = |group: &String| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
            let is_grouped = groups.len() > 1
                && (1..=3).contains(&first.len())
                && !first.starts_with('0')
                && groups.iter().skip(1).all(is_group);
            // Of a fraction nobody writes the last zero: ១.២៥០.
            if is_grouped && (groups.len() > 2 || last.ends_with('0')) {
                found.push((at..at + number.len(), mark));
            }
        }
    }
    found
}

/// Percentages, with what is written for percent.
fn percentages(text: &str) -> Vec<Way<&'static str>> {
    let mut found = Vec::new();
    for (at, _, _, after) in numbers_of(text) {
        let said = after.trim_start_matches(GAPS);
        let units = [("%", "%"), ("ភាគរយ", "ភាគរយ"), ("ភាគ\u{200B}រយ", "ភាគរយ")];
        if let Some((rest, unit)) = units.into_iter().find_map(|(unit, name)| Some((said.strip_prefix(unit)?, name))) {
            found.push((at..text.len() - rest.len(), unit));
        }
    }
    found
}

/// Numbers of one script, with whether that is Khmer. Latin digits are right in Latin words and names, in codes,
/// addresses and telephone numbers.
fn scripts(text: &str) -> Vec<Way<bool>> {
    let mut found = Vec::new();
    for (range, run) in runs(text, is_digit, |c| is_digit(c) || matches!(c, ',' | '.' | ':')) {
        let number = run.trim_end_matches([',', '.', ':']);
        let end = range.start + number.len();
        let (before, after) = (text.get(..range.start).unwrap_or_default(), text.get(end..).unwrap_or_default());
        let is_khmer = number.contains(is_khmer_digit);
        let said = before.trim_end_matches(GAPS);
        let next = after.trim_start_matches(GAPS).chars().next();
        let is_alone = said.ends_with(|c: char| is_in_words(c) && !is_digit(c))
            && !after.starts_with(['/', '-', '–', '@', '_'])
            && next.is_none_or(|c| is_in_words(c) && !is_digit(c) || matches!(c, '។' | '៕' | '%' | ')' | '»' | ','))
            && !follows_word(before, NO_NUMBER);
        let is_mixed = is_khmer && number.contains(|c: char| c.is_ascii_digit());
        if is_alone && !is_mixed {
            found.push((range.start..end, is_khmer));
        }
    }
    found
}

/// An hour of a text: ម៉ោង ២:៣០ នាទីរសៀល.
struct Hour {
    start: usize,
    /// Where its minutes end, and where its part of the day does.
    end: usize,
    end_of_part: usize,
    hour: u32,
    /// What is between hour and minutes, if there are any.
    sign: Option<&'static str>,
    part: Option<&'static str>,
}

/// The parts of the day in which hours are counted by twelve.
const PARTS: [&str; 5] = ["ព្រឹក", "ព្រលឹម", "រសៀល", "ល្ងាច", "យប់"];

fn hours(text: &str) -> Vec<Hour> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(HOUR) {
        let rest = text.get(at + HOUR.len()..).unwrap_or_default().trim_start_matches(GAPS);
        let start = text.len() - rest.len();
        let Some((hour, after)) = two_digits(rest) else { continue };
        let said = after.trim_start_matches(GAPS);
        let signs = [":", "៖", "h", "."].into_iter().filter_map(|sign| Some((sign, after.strip_prefix(sign)?)));
        let joined = said.strip_prefix(AND).map(|rest| (AND, rest.trim_start_matches(GAPS)));
        let with_minutes = signs.chain(joined).find_map(|(sign, rest)| {
            let (_, after) = two_digits(rest)?;
            let behind = after.trim_start_matches(GAPS).strip_prefix(MINUTE);
            // Between hours “and” joins two of them, unless minutes are said.
            if sign == AND { behind.map(|behind| (sign, behind)) } else { Some((sign, after)) }
        });
        let (sign, after) = with_minutes.map_or((None, after), |(sign, after)| (Some(sign), after));
        let end = text.len() - after.len();
        let said = after.trim_start_matches(GAPS);
        let said = said.strip_prefix(MINUTE).unwrap_or(said).trim_start_matches(GAPS);
        let part = PARTS.into_iter().find(|part| said.starts_with(part));
        let end_of_part = part.map_or(end, |part| text.len() - said.len() + part.len());
        found.push(Hour { start, end, end_of_part, hour, sign, part });
    }
    found
}

/// The number of one or two digits at the beginning of a text, and what is behind it.
fn two_digits(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !is_digit(c)).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    let digits = to_arabic_digits(digits);
    let number = digits.parse().ok().filter(|_| (1..=2).contains(&digits.len()))?;
    Some((number, rest))
}

/// The hours with minutes, and the sign between.
fn minutes(text: &str) -> Vec<Way<&'static str>> {
    let hours = hours(text).into_iter();
    hours.filter_map(|hour| Some((hour.start..hour.end, hour.sign?))).collect()
}

/// An hour with another sign between it and its minutes.
fn with_sign(hour: &str, sign: &str) -> Option<String> {
    let mut numbers = hour.split(|c: char| !is_digit(c)).filter(|part| !part.is_empty());
    let (hour, minutes) = (numbers.next()?, numbers.next()?);
    Some(match sign {
        AND => format!("{hour} {AND} {minutes}{MINUTE}"),
        sign => format!("{hour}{sign}{minutes}"),
    })
}

/// The hours of which it is certain by what clock they are, with whether that has twenty-four. An hour before noon
/// without a part of the day may have the one that is said behind the next.
fn clocks(text: &str) -> Vec<Way<bool>> {
    let clock = |hour: Hour| {
        let is_long = match (hour.part, hour.hour) {
            (Some(_), 1..=12) => false,
            (None, 13..=24) => true,
            _ => return None,
        };
        Some((hour.start..hour.end_of_part, is_long))
    };
    hours(text).into_iter().filter_map(clock).collect()
}

/// An hour by the other clock.
fn in_clock(written: &str, is_long: bool) -> Option<String> {
    let (hour, rest) = two_digits(written)?;
    let digits = |number: u32, model: &str| {
        let number = number.to_string();
        if model.starts_with(is_khmer_digit) { to_khmer_digits(&number) } else { number }
    };
    if is_long {
        let part = PARTS.into_iter().find(|part| written.ends_with(part))?;
        let rest = rest.strip_suffix(part)?.trim_end_matches(GAPS);
        let hour = match (part, hour) {
            ("ព្រឹក" | "ព្រលឹម", _) | ("យប់", ..6) | (_, 12) => hour,
            _ => hour + 12,
        };
        return Some(format!("{}{rest}", digits(hour, written)));
    }
    let part = match hour {
        13..=16 => "រសៀល",
        17..=19 => "ល្ងាច",
        20..=23 => "យប់",
        _ => return None,
    };
    Some(format!("{}{rest} {part}", digits(hour - 12, written)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::Problem;

    fn found(text: &str) -> Vec<(Check, String, String)> {
        let said = |(_, range, problem): Found| match problem {
            Problem::Prose { kind, written, right } => {
                assert_eq!(text.get(range), Some(written.as_str()));
                (kind, written, right.unwrap_or_default())
            }
            other => panic!("{other:?}"),
        };
        two_ways(&[(Field::Paragraph(0), text.to_owned())]).into_iter().map(said).collect()
    }

    #[test]
    fn what_is_written_in_two_ways_is_found_where_it_is_rarer() {
        for (text, kind, written, right) in [
            ("ប្រជាជន ១.៥០០នាក់ ២.០០០នាក់ និង ៣,៥០០នាក់", Check::DigitGroups, "៣,៥០០", "៣.៥០០"),
            ("នៅម៉ោង ២ រសៀល និងម៉ោង ១៦:០០ ។", Check::Hours, "១៦:០០", "៤:០០ រសៀល"),
            ("នៅម៉ោង ១៤:០០ ម៉ោង ១៦:០០ និងម៉ោង ៨:៣០ យប់", Check::Hours, "៨:៣០ យប់", "២០:៣០"),
            ("នៅម៉ោង ៨:៣០ និងម៉ោង ១៤៖០០ ។", Check::Hours, "១៤៖០០", "១៤:០០"),
            ("នៅម៉ោង ៨ និង ៣០នាទី ម៉ោង ៩:១៥ ។", Check::Hours, "៩:១៥", "៩ និង ១៥នាទី"),
            ("កើន ១០% និង ១២% ធ្លាក់ ៥ ភាគរយ ។", Check::Variants, "៥ ភាគរយ", "៥%"),
            ("មាន ១០នាក់ ឆ្នាំ២០២៦ និង 15នាក់ ។", Check::Variants, "15", "១៥"),
            ("មាន 10នាក់ ឆ្នាំ2026 និង ១៥នាក់ ។", Check::Variants, "១៥", "15"),
        ] {
            assert_eq!(found(text), [(kind, written.to_owned(), right.to_owned())], "{text}");
        }
    }

    #[test]
    fn one_way_and_what_is_no_number_is_right() {
        for text in [
            "ប្រជាជន ១.៥០០នាក់ និង ២,១២៥ លាន ១០,៥ និង ១.២៥០.០០០",
            "ពីម៉ោង ៨:០០ ដល់ម៉ោង ១១:០០ ព្រឹក ម៉ោង ២ រសៀល និងម៉ោង ៣ និងម៉ោង ៤ ល្ងាច",
            "ម៉ោង ៨ និង ១០ ព្រឹក ម៉ោង ៨:៣០",
            "ឆ្នាំ២០២៦ ក្រុម G20 និង COVID-19 ផ្លូវ 240 ទូរសព្ទ៖ 023 214 441 Windows 11 លេខ 12 10 km",
            "ប្រកាសលេខ ៥,១២០ និងចំនួន ១.៥០០",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}

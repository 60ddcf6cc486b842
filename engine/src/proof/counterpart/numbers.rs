//! Numbers, sums, percentages and hours, in figures and in words, in English and in Khmer.
//!
//! Invariant: a number is what its figures and all the words for its size after it say together.

use std::{iter::Peekable, ops::Range, str::CharIndices};

use super::fact::{Fact, FoundFact, digits, is_whole};
use crate::{
    dates::to_arabic_digits,
    khmer::{
        characters::{COENG, is_consonant, is_digit},
        is_khmer,
    },
};

/// Numbers are counted in these.
const ONE: i128 = 1_000_000;
/// No number is larger than that many.
const LARGEST: i128 = 1_000_000_000_000_000_000;

/// What follows a number and makes it larger. Of two that begin alike the longer comes first.
const SIZES: &[(&str, i128)] = &[
    ("trillion", 1_000_000_000_000),
    ("billion", 1_000_000_000),
    ("million", 1_000_000),
    ("thousand", 1_000),
    ("hundred", 100),
    ("ទ្រីលាន", 1_000_000_000_000),
    ("ប៊ីលាន", 1_000_000_000),
    ("ប៊ីលៀន", 1_000_000_000),
    ("កោដិ", 10_000_000),
    ("លាន", 1_000_000),
    ("សែន", 100_000),
    ("ម៉ឺន", 10_000),
    ("ពាន់", 1_000),
    ("រយ", 100),
];

/// Number words below a hundred; the longer of two that begin alike comes first.
#[rustfmt::skip]
const WORDS: &[(&str, i128)] = &[
    ("seventeen", 17), ("seventy", 70), ("seven", 7), ("sixteen", 16), ("sixty", 60), ("six", 6), ("nineteen", 19),
    ("ninety", 90), ("nine", 9), ("eighteen", 18), ("eighty", 80), ("eight", 8), ("fourteen", 14), ("forty", 40),
    ("four", 4), ("fifteen", 15), ("fifty", 50), ("five", 5), ("thirteen", 13), ("thirty", 30), ("three", 3),
    ("twelve", 12), ("twenty", 20), ("two", 2), ("eleven", 11), ("ten", 10), ("one", 1),
    ("ប្រាំមួយ", 6), ("ប្រាំពីរ", 7), ("ប្រាំបី", 8), ("ប្រាំបួន", 9), ("ប្រាំ", 5), ("ដប់", 10), ("ម្ភៃ", 20),
    ("សាមសិប", 30), ("សែសិប", 40), ("ហាសិប", 50), ("ហុកសិប", 60), ("ចិតសិប", 70), ("ប៉ែតសិប", 80), ("កៅសិប", 90),
    ("មួយ", 1), ("ពីរ", 2), ("បួន", 4), ("បី", 3),
];

/// English ordinals, which Khmer writes with figures.
#[rustfmt::skip]
const ORDINALS: &[(&str, i128)] = &[
    ("first", 1), ("second", 2), ("third", 3), ("fourth", 4), ("fifth", 5), ("sixth", 6), ("seventh", 7),
    ("eighth", 8), ("ninth", 9), ("tenth", 10), ("eleventh", 11), ("twelfth", 12), ("both", 2), ("twice", 2),
    ("half", 2), ("ពាក់កណ្ដាល", 2), ("ពាក់កណ្តាល", 2),
];

/// What a third or fourth of is counted in both languages.
const COUNTED: &[&str] =
    &["time", "round", "session", "phase", "meeting", "anniversary", "edition", "stage", "plenary"];

/// Currencies: what is before a sum, and behind it.
const CURRENCIES: &[(&[&str], &[&str])] = &[
    (&["US$", "USD", "$"], &["US dollars", "US dollar", "U.S. dollars", "dollars", "USD", "ដុល្លារអាមេរិក", "ដុល្លារ", "ដុល្លា"]),
    (&["KHR", "៛"], &["riels", "riel", "KHR", "៛", "រៀល"]),
    (&["EUR", "€"], &["euros", "euro", "EUR", "អឺរ៉ូ"]),
    (&["JPY", "¥"], &["Japanese yen", "yen", "JPY", "យ៉េន"]),
    (&["CNY", "RMB"], &["yuan", "renminbi", "យន់", "យ័ន"]),
    (&["THB"], &["baht", "បាត"]),
    (&["VND"], &["dong", "ដុង"]),
];

const PERCENT: &[&str] = &["per cent", "percent", "%", "ភាគរយ"];

/// Which way a number was written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    Figures,
    Words,
}

/// The numbers of a text, with what they are of.
pub fn numbers(form: &str) -> Vec<FoundFact> {
    let mut found = Vec::new();
    let mut chars = form.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let number = if is_digit(c) {
            figures(form, at).map(|(end, value)| (end, value, Written::Figures))
        } else if starts_word(form, at, c) {
            in_words(form, at).map(|(end, value)| (end, value, Written::Words))
        } else {
            None
        };
        let Some((end, value, written)) = number else { continue };
        let before = form.get(..at).unwrap_or_default();
        found.push(of(form, at..end, value, written, before));
        let end = found.last().map_or(end, |found| found.range.end);
        skip_to(&mut chars, end);
    }
    found
}

fn skip_to(chars: &mut Peekable<CharIndices<'_>>, end: usize) {
    while chars.next_if(|(at, _)| *at < end).is_some() {}
}

/// A number with its size and what it is of.
fn of(form: &str, range: Range<usize>, value: i128, written: Written, before: &str) -> FoundFact {
    let Range { start, end } = range;
    let (end, value) = sized(form, end, value);
    let rest = form.get(end..).unwrap_or_default();
    let unit = rest.trim_start_matches([' ', '\u{A0}']);
    let unit_at = form.len() - unit.len();
    let behind = |names: &[&'static str]| {
        names.iter().copied().find(|name| {
            unit.starts_with(*name) && {
                let range = unit_at..unit_at + name.len();
                name.ends_with(|c: char| !c.is_alphabetic()) || is_whole(form, &range)
            }
        })
    };
    if let Some(name) = behind(PERCENT) {
        return FoundFact { range: start..unit_at + name.len(), fact: Fact::Percent(value), is_soft: false };
    }
    let said = before.trim_end_matches([' ', '\u{A0}']);
    for (index, (signs, names)) in CURRENCIES.iter().enumerate() {
        if let Some(sign) = signs.iter().find(|sign| said.ends_with(**sign)) {
            let range = said.len() - sign.len()..end;
            return FoundFact { range, fact: Fact::Money(value, index), is_soft: false };
        }
        if let Some(name) = behind(names) {
            return FoundFact { range: start..unit_at + name.len(), fact: Fact::Money(value, index), is_soft: false };
        }
    }
    // A figure within a name, as of a resolution or a virus, may be written otherwise.
    let is_part = before.ends_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '-'))
        || rest.starts_with('/')
        || rest.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_ordinal(rest);
    let is_soft = is_part || written == Written::Words && value < 100 * ONE && !is_counted(before, value, rest);
    FoundFact { range: start..end, fact: Fact::Number(value), is_soft }
}

/// Whether an ordinal in words counts what both languages count: the third round, លើកទីបី. The first and the second time
/// are often said in other words.
fn is_counted(before: &str, value: i128, rest: &str) -> bool {
    let is_next = |name: &str| {
        let behind = rest.strip_prefix(' ').and_then(|rest| rest.strip_prefix(name));
        behind.is_some_and(|behind| !behind.starts_with(|c: char| c.is_ascii_alphanumeric()))
    };
    value > 2 * ONE && (before.ends_with("ទី") || COUNTED.iter().any(|name| is_next(name)))
}

fn is_ordinal(rest: &str) -> bool {
    ["st", "nd", "rd", "th"]
        .iter()
        .any(|end| rest.strip_prefix(end).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric())))
}

/// Multiplies by the words for sizes that follow: million, ពាន់លាន.
fn sized(form: &str, end: usize, value: i128) -> (usize, i128) {
    let (mut end, mut value) = (end, value);
    loop {
        let rest = form.get(end..).unwrap_or_default();
        let word = rest.trim_start_matches([' ', '\u{A0}', '-']);
        let at = form.len() - word.len();
        let size = SIZES.iter().find(|(name, _)| word.starts_with(name) && is_whole(form, &(at..at + name.len())));
        let Some((name, by)) = size else { return (end, value) };
        let Some(larger) = value.checked_mul(*by).filter(|larger| *larger <= LARGEST * ONE) else {
            return (end, value);
        };
        (end, value) = (at + name.len(), larger);
    }
}

/// A number in figures, which may be divided into groups of three by any of the usual signs.
fn figures(form: &str, start: usize) -> Option<(usize, i128)> {
    let rest = form.get(start..)?;
    let mut groups: Vec<(Option<char>, &str)> = Vec::new();
    let (mut at, mut sign) = (0, None);
    loop {
        let group = rest.get(at..)?;
        let length = group.find(|c: char| !is_digit(c)).unwrap_or(group.len());
        if length == 0 {
            break;
        }
        groups.push((sign, group.get(..length)?));
        at += length;
        let mut next = rest.get(at..)?.chars();
        match next.next() {
            Some(c @ (',' | '.' | ' ' | '\u{A0}' | '\u{202F}')) if next.next().is_some_and(is_digit) => {
                let count = rest.get(at + c.len_utf8()..)?.chars().take_while(|c| is_digit(*c)).count();
                let three = count == 3;
                // A space divides groups of three only, behind at most three figures.
                let first = groups.first().map_or(0, |(_, group)| group.chars().count());
                let divides = matches!(c, ',' | '.') || three && first <= 3;
                let is_decimal = !three && matches!(c, ',' | '.') && groups.iter().any(|(sign, _)| *sign == Some(c));
                if !divides || is_decimal {
                    break;
                }
                sign = Some(c);
                at += c.len_utf8();
            }
            _ => break,
        }
    }
    let (last_sign, last) = groups.last().copied()?;
    let is_decimal = groups.len() > 1 && matches!(last_sign, Some(',' | '.')) && last.chars().count() != 3;
    let (whole, part) = if is_decimal { (groups.get(..groups.len() - 1)?, last) } else { (groups.as_slice(), "") };
    let whole: String = whole.iter().map(|(_, group)| to_arabic_digits(group)).collect();
    let whole: i128 = whole.parse().ok().filter(|whole| *whole <= LARGEST)?;
    let mut part: String = to_arabic_digits(part).chars().take(6).collect();
    while part.len() < 6 {
        part.push('0');
    }
    Some((start + at, whole * ONE + part.parse::<i128>().ok()?))
}

/// Whether a word may begin at a place.
fn starts_word(form: &str, at: usize, c: char) -> bool {
    if is_consonant(c) {
        // The letter may be a subscript.
        return !form.get(..at).is_some_and(|before| before.ends_with(COENG));
    }
    c.is_ascii_alphabetic()
        && !form.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_alphanumeric()))
}

/// A number in words.
fn in_words(form: &str, start: usize) -> Option<(usize, i128)> {
    let small = form.get(start..)?;
    let word_at = |at: usize, list: &[(&'static str, i128)]| {
        let rest = form.get(at..)?;
        let fits = |name: &&(&str, i128)| {
            let head = rest.get(..name.0.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(name.0)) && is_whole(form, &(at..at + name.0.len()))
        };
        list.iter().find(fits).map(|(name, value)| (at + name.len(), *value))
    };
    if let Some((end, value)) = word_at(start, ORDINALS) {
        return Some((end, value * ONE));
    }
    let is_khmer = small.starts_with(is_khmer);
    let (mut total, mut part, mut end, mut at) = (0i128, 0i128, start, start);
    let mut has_any = false;
    loop {
        let rest = form.get(at..).unwrap_or_default();
        let joined = rest.trim_start_matches([' ', '-']);
        let joined = if has_any { joined.strip_prefix("and ").unwrap_or(joined) } else { rest };
        let next = form.len() - joined.len();
        // Khmer writes them as one word.
        if has_any && is_khmer && next != at {
            break;
        }
        if let Some((behind, value)) = word_at(next, WORDS) {
            part += value;
            (at, end, has_any) = (behind, behind, true);
        } else if let Some((behind, size)) = word_at(next, SIZES).filter(|_| has_any) {
            if size == 100 {
                part = part.max(1).checked_mul(size)?;
            } else if part == 0 {
                // A size of a size: ពាន់លាន.
                total = total.max(1).checked_mul(size)?;
            } else {
                total = total.checked_add(part.checked_mul(size)?)?;
                part = 0;
            }
            (at, end) = (behind, behind);
        } else {
            break;
        }
        if total > LARGEST || part > LARGEST {
            return None;
        }
    }
    has_any.then_some((end, (total + part) * ONE))
}

/// The hours of a text, in minutes since midnight.
pub fn hours(form: &str) -> Vec<(Range<usize>, u32)> {
    let mut found = Vec::new();
    for (at, name) in form.match_indices("ម៉ោង") {
        found.extend(khmer_hour(form, at, at + name.len()));
    }
    for (at, _) in form.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        let is_start = !form.get(..at).is_some_and(|before| {
            before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '.' | ',' | '/' | '-' | '$'))
        });
        if is_start && !found.iter().any(|(range, _): &(Range<usize>, u32)| range.contains(&at)) {
            found.extend(english_hour(form, at));
        }
    }
    found
}

/// 9 a.m., 9:30 pm, 17:30, 17h30.
fn english_hour(form: &str, start: usize) -> Option<(Range<usize>, u32)> {
    let rest = form.get(start..)?;
    let figures = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let length = figures(rest);
    let hour: u32 = rest.get(..length).filter(|_| length <= 2)?.parse().ok().filter(|hour| *hour < 25)?;
    let behind = rest.get(length..)?;
    let mark = behind.chars().next().filter(|c| matches!(c, ':' | 'h' | '.'));
    let minutes = mark.and_then(|_| behind.get(1..)).filter(|rest| figures(rest) == 2).and_then(|rest| rest.get(..2));
    let minute: u32 = minutes.and_then(|minutes| minutes.parse().ok()).filter(|minute| *minute < 60).unwrap_or(0);
    let mut end = length + if minutes.is_some() { 3 } else { 0 };
    let half = rest.get(end..)?.trim_start_matches([' ', '\u{A0}']);
    let half_at = rest.len() - half.len();
    let names = [("a.m.", 0), ("p.m.", 12), ("am", 0), ("pm", 12), ("noon", 12)];
    let named =
        names.iter().find(|(name, _)| half.get(..name.len()).is_some_and(|half| half.eq_ignore_ascii_case(name)));
    let named = named.filter(|(name, _)| {
        !half.get(name.len()..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
    });
    let hour = match named {
        Some((name, half)) if hour <= 12 => {
            end = half_at + name.len();
            hour % 12 + half
        }
        _ if minutes.is_some() && mark != Some('.') => hour,
        _ if mark == Some('h') && !behind.get(1..)?.starts_with(|c: char| c.is_ascii_alphanumeric()) => {
            end = length + 1;
            hour
        }
        _ => return None,
    };
    Some((start..start + end, hour * 60 + minute))
}

/// ម៉ោង ៩:៣០ ព្រឹក, ម៉ោង៩ និង៣០នាទី, ម៉ោង ៥ រសៀល.
fn khmer_hour(form: &str, start: usize, after: usize) -> Option<(Range<usize>, u32)> {
    let spaces = [' ', '\u{A0}'];
    let rest = form.get(after..)?.trim_start_matches(spaces);
    let figures = |text: &str| text.find(|c: char| !is_digit(c)).unwrap_or(text.len());
    let hour = digits(rest.get(..figures(rest))?).filter(|hour| *hour < 25)?;
    let behind = rest.get(figures(rest)..)?;
    let mut end = form.len() - behind.len();
    let mut minute = 0;
    let joined = behind.trim_start_matches(spaces);
    let joined = [":", "៖", ".", "និង"]
        .iter()
        .find_map(|mark| joined.strip_prefix(mark))
        .map(|rest| rest.trim_start_matches(spaces));
    if let Some(rest) = joined
        && let Some(minutes) = rest.get(..figures(rest)).and_then(digits).filter(|minute| *minute < 60)
    {
        minute = minutes;
        end = form.len() - rest.len() + figures(rest);
    }
    let skip = |end: usize, word: &str| {
        let rest = form.get(end..)?.trim_start_matches(spaces);
        rest.strip_prefix(word).map(|rest| form.len() - rest.len())
    };
    end = skip(end, "នាទី").unwrap_or(end);
    let mut hour = hour;
    for (name, is_late) in [("ព្រឹក", false), ("រសៀល", true), ("ល្ងាច", true), ("យប់", true), ("ថ្ងៃត្រង់", true)]
    {
        if let Some(behind) = skip(end, name) {
            end = behind;
            hour = if is_late && hour < 12 { hour + 12 } else { hour };
            let is_midnight = hour == 12 && (name == "យប់" || !is_late);
            hour = if is_midnight { 0 } else { hour };
            break;
        }
    }
    Some((start..end, hour * 60 + minute))
}

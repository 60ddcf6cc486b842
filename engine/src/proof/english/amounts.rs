//! Amounts: a plural behind a number, a unit that is written twice, an hour by twelve and by twenty-four at once.

use super::{Slip, Word, slip, words};
use crate::{
    dates::{MONTHS, english_month},
    release::Check,
};

/// What is not in the plural behind a number, with what is right.
const COUNTED: &[(&str, &str)] = &[
    ("hundreds", "hundred"),
    ("thousands", "thousand"),
    ("millions", "million"),
    ("billions", "billion"),
    ("trillions", "trillion"),
    ("dozens", "dozen"),
    ("percents", "percent"),
];
/// Numbers in words. They are exact; several millions are not.
pub(super) const NUMBERS: &[&str] =
    &["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty", "fifty"];
/// Years are these numbers: in 2026 millions of visitors came.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2100;

pub(super) fn slips(text: &str) -> Vec<Slip> {
    let words = words(text);
    let mut slips = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let small = word.text.to_lowercase();
        let before = index.checked_sub(1).and_then(|before| words.get(before));
        slips.extend(single_unit(text, &words, index));
        let Some((_, right)) = COUNTED.iter().find(|(plural, _)| *plural == small) else { continue };
        if before.is_some_and(|before| is_exact(text, before, words.get(index.wrapping_sub(2)), word)) {
            slips.extend(slip(Check::ConfusedWords, text, word.range(), Some((*right).to_owned())));
        }
    }
    slips.extend(units_twice(text));
    slips.extend(hours_twice(text));
    slips
}

/// A currency in the singular behind a number: worth 20 million dollar. A 20 million dollar loan is right.
fn single_unit(text: &str, words: &[Word], index: usize) -> Option<Slip> {
    let unit = words.get(index).filter(|word| matches!(word.text, "dollar" | "euro" | "pound"))?;
    let at = |back: usize| index.checked_sub(back).and_then(|at| words.get(at));
    let country = usize::from(at(1).is_some_and(|word| word.text == "US"));
    let is_counted = at(1 + country).is_some_and(|word| matches!(word.text, "thousand" | "million" | "billion"));
    let number =
        at(2 + country).filter(|number| is_counted && number.text.bytes().all(|byte| byte.is_ascii_digit()))?;
    // The words of a number such as 1.5 are two.
    let mut before =
        (3 + country..6 + country).map_while(at).skip_while(|word| word.text.bytes().all(|byte| byte.is_ascii_digit()));
    let has_article =
        before.next().is_some_and(|word| matches!(word.text, "a" | "A" | "an" | "the" | "The" | "this" | "each"));
    let next = words.get(index + 1).filter(|next| text.get(unit.end()..next.at) == Some(" "));
    let ends = next.is_none_or(|next| {
        matches!(next.text, "in" | "for" | "to" | "from" | "on" | "was" | "were" | "is" | "by" | "with")
    });
    let is_joined = text.get(number.at..unit.at).is_some_and(|said| !said.contains([',', ';', ':']));
    let is_end = ends
        && is_joined
        && !has_article
        && !text.get(unit.end()..).is_some_and(|rest| rest.starts_with(['-', '’', '\'']));
    is_end.then(|| slip(Check::ConfusedWords, text, unit.range(), Some(format!("{}s", unit.text)))).flatten()
}

/// Whether a number is right before what it counts. `further` is the word before the number.
fn is_exact(text: &str, number: &Word, further: Option<&Word>, counted: &Word) -> bool {
    let between = text.get(number.end()..counted.at).unwrap_or_default();
    if !matches!(between, " " | "\u{A0}") {
        return false;
    }
    if NUMBERS.contains(&number.text.to_lowercase().as_str()) {
        return true;
    }
    if !number.text.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let joined = further.and_then(|further| text.get(further.end()..number.at));
    // 1.2, 1,200
    if joined.is_some_and(|sign| matches!(sign, "." | ",")) {
        return true;
    }
    // In 2026 millions of people, on 3 May millions, by May 31 millions.
    let is_year = number.text.parse().is_ok_and(|year| YEARS.contains(&year));
    let follows_month = further.is_some_and(|word| MONTHS.into_iter().any(|month| english_month(month) == word.text));
    let after = text.get(counted.end()..).unwrap_or_default();
    !is_year && !follows_month && !after.starts_with(" of ")
}

/// A currency or a percentage with its sign and its word: $5 million dollars, 5% percent.
fn units_twice(text: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    for (sign, units) in
        [('$', &[" US dollars", " U.S. dollars", " dollars", " USD"][..]), ('%', &[" percent", " per cent"][..])]
    {
        for (at, _) in text.match_indices(sign) {
            let rest = text.get(at + 1..).unwrap_or_default();
            let is_amount = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
            let number = rest.len() - rest.trim_start_matches(is_amount).len();
            if (sign == '$') != rest.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let said = rest.get(number..).unwrap_or_default();
            let scale = [" thousand", " million", " billion", " trillion"];
            let scale = scale.into_iter().find(|scale| sign == '$' && said.starts_with(scale)).map_or(0, str::len);
            let said = said.get(scale..).unwrap_or_default();
            let unit = units.iter().find(|unit| {
                said.strip_prefix(**unit).is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric()))
            });
            if let Some(unit) = unit {
                let end = at + 1 + number + scale;
                let right = text.get(at..end).map(str::to_owned);
                slips.extend(slip(Check::ConfusedWords, text, at..end + unit.len(), right));
            }
        }
    }
    slips
}

/// An hour after noon by twenty-four, with p.m. behind it: 14:00 p.m.
fn hours_twice(text: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    for (at, _) in text.match_indices(':') {
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let start = at - digits;
        let hour: u32 = text.get(start..at).and_then(|hour| hour.parse().ok()).unwrap_or_default();
        let minutes = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits != 2 || !(13..24).contains(&hour) || minutes != 2 {
            continue;
        }
        let rest = after.get(2..).unwrap_or_default();
        let half = [" p.m.", " a.m.", " pm", " am", "pm", "am"].into_iter().find(|half| rest.starts_with(half));
        let ends = |half: &str| !rest.get(half.len()..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        if let Some(half) = half.filter(|half| ends(half)) {
            let end = at + 1 + minutes;
            let right = text.get(start..end).map(str::to_owned);
            slips.extend(slip(Check::ConfusedWords, text, start..end + half.len(), right));
        }
    }
    slips
}

//! One currency written in two ways in a release: $3 million beside USD 5 million.
//!
//! A sum with the name of its currency, as in “5 million dollars”, goes with each sign and code. Knows texts alone.

use std::ops::Range;

use super::two_ways::{Found, Way, rarer};
use crate::{
    khmer::characters::is_digit,
    release::{Check, Field},
};

/// The signs and codes of each currency. Of two with the same beginning the longer is first.
const CURRENCIES: &[&[&str]] = &[&["US$", "USD", "$"], &["EUR", "€"], &["GBP", "£"], &["KHR", "៛"]];
/// What a sum may be counted in.
const UNITS: &[&str] = &["thousand", "million", "billion", "trillion"];

/// How a sum is written: with which sign or code, and whether that is behind the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Style {
    sign: &'static str,
    is_behind: bool,
}

/// The rarer way of writing a currency.
pub(super) fn two_ways(texts: &[(Field, String)]) -> Vec<Found> {
    let of = |signs: &'static [&'static str]| {
        rarer(texts, Check::Variants, move |text| sums(text, signs), |sum, style| in_style(sum, *style, signs))
    };
    CURRENCIES.iter().flat_map(|signs| of(signs)).collect()
}

/// The sums of a text in one currency.
fn sums(text: &str, signs: &'static [&'static str]) -> Vec<Way<Style>> {
    let mut found = Vec::new();
    for &sign in signs {
        for (at, _) in text.match_indices(sign) {
            let end = at + sign.len();
            let (before, after) = (text.get(..at).unwrap_or_default(), text.get(end..).unwrap_or_default());
            // The sign of another currency, as in HK$; a longer sign has the shorter in it.
            if before.ends_with(|c: char| c.is_ascii_alphabetic() || is_currency(c)) {
                continue;
            }
            let ahead = after.trim_start_matches([' ', '\u{A0}']);
            let length = number(ahead);
            if length > 0 {
                let begin = text.len() - ahead.len();
                found.push((at..begin + length, Style { sign, is_behind: false }));
            } else if !after.starts_with(|c: char| c.is_alphanumeric() || is_currency(c)) {
                found.extend(sum_before(before).map(|start| (start..end, Style { sign, is_behind: true })));
            }
        }
    }
    found.sort_by_key(|(range, _): &(Range<usize>, Style)| range.start);
    found
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '៛')
}

/// The length of the number at the beginning of a text, with what it is counted in.
fn number(text: &str) -> usize {
    if !text.starts_with(is_digit) {
        return 0;
    }
    let digits = text.find(|c: char| !is_digit(c) && !matches!(c, '.' | ',')).unwrap_or(text.len());
    let digits = text.get(..digits).unwrap_or_default().trim_end_matches(['.', ',']).len();
    let rest = text.get(digits..).unwrap_or_default();
    let said = rest.trim_start_matches([' ', '\u{A0}']);
    let unit = UNITS.iter().find(|unit| {
        said.strip_prefix(**unit).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
    });
    digits + unit.map_or(0, |unit| rest.len() - said.len() + unit.len())
}

/// Where the number begins that is right before the end of a text, if one is.
fn sum_before(text: &str) -> Option<usize> {
    let said = text.trim_end_matches([' ', '\u{A0}']);
    let unit = UNITS.iter().find_map(|unit| said.strip_suffix(unit));
    let digits = unit.unwrap_or(said).trim_end_matches([' ', '\u{A0}']);
    let is_part = |c: char| is_digit(c) || matches!(c, '.' | ',');
    let start = digits.trim_end_matches(is_part).len();
    let is_number = digits.ends_with(is_digit) && digits.get(start..)?.starts_with(is_digit);
    let before = digits.get(..start)?;
    // What another sign is before has its currency.
    let has_sign = before.trim_end().ends_with(|c: char| is_currency(c)) || before.ends_with(char::is_alphanumeric);
    (is_number && !has_sign).then_some(start)
}

/// A sum in another style.
fn in_style(sum: &str, style: Style, signs: &[&str]) -> Option<String> {
    let number = signs.iter().find_map(|sign| {
        let number = sum.strip_prefix(sign).or_else(|| sum.strip_suffix(sign))?;
        Some(number.trim_matches([' ', '\u{A0}']))
    })?;
    let Style { sign, is_behind } = style;
    Some(match (is_behind, sign.ends_with(is_currency)) {
        (true, true) => format!("{number}{sign}"),
        (true, false) => format!("{number} {sign}"),
        (false, true) => format!("{sign}{number}"),
        (false, false) => format!("{sign} {number}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::Problem;

    fn found(text: &str) -> Vec<(String, String)> {
        let texts = [(Field::Paragraph(0), text.to_owned())];
        let pair = |(_, range, problem): Found| match problem {
            Problem::Prose { kind: Check::Variants, written, right } => {
                assert_eq!(text.get(range), Some(written.as_str()));
                (written, right.unwrap_or_default())
            }
            other => panic!("{other:?}"),
        };
        two_ways(&texts).into_iter().map(pair).collect()
    }

    #[test]
    fn a_currency_in_two_ways_is_found_where_it_is_rarer() {
        for (text, written, right) in [
            ("It gave USD 5 million, $3 million and $2.", "USD 5 million", "$5 million"),
            ("It gave $3 million and US$1,500.50.", "US$1,500.50", "$1,500.50"),
            ("It gave US$3 million and 5 million USD.", "5 million USD", "US$5 million"),
            ("It gave USD 3 million and USD 2, and $4 billion.", "$4 billion", "USD 4 billion"),
            ("It gave €3 million and EUR 5.", "EUR 5", "€5"),
            ("ចំនួន ៥០០ USD និង ២០០ USD និង $៣០០ ។", "$៣០០", "៣០០ USD"),
        ] {
            assert_eq!(found(text), [(written.to_owned(), right.to_owned())], "{text}");
        }
    }

    #[test]
    fn one_way_and_other_currencies_are_right() {
        for text in [
            "It gave $3 million, $5 and 5 million dollars.",
            "It gave US$3 million and US$ 5.",
            "It gave HK$3 million, A$5 and $7.",
            "It gave €3 million and $5; the USD fell against the EUR.",
            "",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn a_text_twice_as_long_takes_twice_the_work() {
        let longest = "US$5 million and USD 5, ".repeat(4_000);
        let begun = crate::work::tests::processor_time();
        assert!(found(&longest).len() >= 4_000);
        let took = crate::work::tests::processor_time() - begun;
        assert!(took.as_secs() < 20, "{took:?}");
    }
}

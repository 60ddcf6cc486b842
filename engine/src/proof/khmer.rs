//! Slips of the hand in Khmer: a word twice without a space between, the digit ២ for the sign ៗ, a text that ends
//! in no stop.
//!
//! | file | what it looks for |
//! |---|---|
//! | `signs` | spaces before signs, signs twice, a Latin full stop |
//! | `spans` | spans of days, hours and years that end before they begin |
//! | `figures` | numbers, hours, percentages and digits in two ways |
//! | `colons` | a colon for ៈ |
//! | `honorifics` | honorifics of a man and a woman before one name |
//! | `ends` | paragraphs and texts without their last mark |
//!
//! Knows texts alone. Its invariant: every range that it gives lies in the text, on characters.

mod colons;
mod ends;
mod figures;
mod honorifics;
mod signs;
mod spans;

use std::ops::Range;

use super::{Problem, english, money, slips::Slip, two_ways::Found};
use crate::{
    khmer::{
        characters::{is_in_words, is_letter},
        lexicon,
    },
    release::{Field, Release},
    typeset::breaks::{honorific_before, word_boundaries},
};

/// Words that are often repeated, for which ៗ stands: a ២ or 2 right behind one of them is a slip. All else
/// may well be numbered.
#[rustfmt::skip]
const REPEATED: &[&str] = &[
    "ផ្សេង", "សំខាន់", "រៀង", "ធំ", "តូច", "ល្អ", "ថ្មី", "ចាស់", "ខ្លះ", "ដទៃ", "ញឹក", "យូរ", "ឆាប់", "ច្រើន", "ខ្ពស់",
    "ក្មេង", "បន្តិច", "ដដែល", "ទៀត", "ជិត", "ឆ្ងាយ", "ធម្មតា", "ខ្លី", "វែង", "ស្អាត", "ថ្លៃ", "ស្រី", "ប្រុស", "ពិត",
    "ជាច្រើន", "ទាំងឡាយ", "កាន់តែ", "ឯទៀត", "ណា", "មុន",
];

/// To give, as it was once written; also a name, as are some others of the same sound.
const GIVE: &str = "អោយ";
/// What is before the name of a village, commune, quarter or district.
const PLACES: &[&str] = &["ភូមិ", "ឃុំ", "សង្កាត់", "ស្រុក"];

/// Spellings that no dictionary has, with what is right: to give, and republic with the sign of សាធារណៈ.
const NEVER: &[(&str, &str)] =
    &[(GIVE, "ឱ្យ"), ("សាធារណៈរដ្ឋ", "សាធារណរដ្ឋ"), ("សាធារណះរដ្ឋ", "សាធារណរដ្ឋ"), ("សាធារណ:រដ្ឋ", "សាធារណរដ្ឋ")];

pub(super) use ends::marks as end_marks;

/// The slips of a text, in the order of the rules.
pub(super) fn slips(text: &str) -> Vec<Slip> {
    if !text.contains(is_letter) {
        return Vec::new();
    }
    let mut slips = doubled_words(text);
    slips.extend(digits_for_signs(text));
    slips.extend(never_meant(text));
    slips.extend(spans::slips(text));
    slips.extend(colons::slips(text));
    slips.extend(honorifics::slips(text));
    if !english::is_english(text) {
        slips.extend(signs::slips(text));
    }
    slips
}

/// What the texts in Khmer of a release write in two ways, each of them right.
pub(super) fn two_ways(release: &Release) -> Vec<Found> {
    let texts = release.fields().filter(|field| !matches!(field, Field::Reference | Field::Kingdom | Field::Motto));
    let texts = texts.filter_map(|field| Some((field, release.text(field)?.into_owned().into_string())));
    let texts: Vec<_> = texts.filter(|(_, text)| text.contains(is_letter) && !english::is_english(text)).collect();
    let mut found = figures::two_ways(&texts);
    found.extend(money::two_ways(&texts));
    found.sort_by_key(|(field, range, _)| (*field, range.start));
    // An hour may have another sign and another clock.
    found.dedup_by(|a, b| a.0 == b.0 && a.1.start < b.1.end);
    found
}

/// What is never written so.
fn never_meant(text: &str) -> Vec<Slip> {
    let is_open = |at: usize| {
        let next = text.get(at..).and_then(|rest| rest.chars().next());
        next.is_some_and(|c| is_in_words(c) && !is_letter(c))
    };
    let places =
        NEVER.iter().flat_map(|(wrong, right)| text.match_indices(wrong).map(move |(at, _)| (at, wrong, right)));
    let is_name = |at: usize, word: &str| word == GIVE && is_name(text, at..at + word.len());
    let whole = places.filter(|(at, wrong, _)| !is_open(at + wrong.len()) && !is_name(*at, wrong));
    let slip = |(at, wrong, right): (usize, &&str, &&str)| {
        let (written, right) = ((*wrong).to_owned(), (*right).to_owned());
        (at..at + wrong.len(), Problem::KhmerSlip { written, right })
    };
    whole.map(slip).collect()
}

/// Whether a word is the name of a place, or of a person behind a title or a surname. A name ends at a space or a sign.
fn is_name(text: &str, word: Range<usize>) -> bool {
    let (said, rest) = (text.get(..word.start).unwrap_or_default(), text.get(word.end..).unwrap_or_default());
    if rest.starts_with(|c| is_in_words(c) || c == '\u{200B}') {
        return false;
    }
    let near = said.trim_end_matches([' ', '\u{A0}', '\u{200B}', '*']);
    if PLACES.iter().any(|place| near.ends_with(place)) || honorific_before(near).is_some() {
        return true;
    }
    let before = near.trim_end_matches(is_in_words);
    let surname = near.get(before.len()..).unwrap_or_default();
    let is_all = before.is_empty() && rest.is_empty();
    near.len() < said.len()
        && !surname.is_empty()
        && (is_all || honorifics::SURNAMES.contains(&surname) || honorific_before(before).is_some())
}

/// Words of grammar that nobody doubles. Over a space other words may end one phrase and begin the next.
const NEVER_DOUBLED: &[&str] =
    &["នៅ", "និង", "នឹង", "បាន", "ដែល", "ក្នុង", "ដើម្បី", "ដោយ", "របស់", "នៃ", "ចំពោះ", "រវាង", "ជាមួយ", "ត្រូវ", "ក៏"];

/// Doubled words with nothing between them, or a zero-width space; of words of grammar also over a space.
///
/// Where spaces are around both `wording` finds them. A doubled word that is itself a word is none: នានា.
fn doubled_words(text: &str) -> Vec<Slip> {
    let ends = word_boundaries(text);
    let pieces = ends.windows(2).filter_map(|pair| Some((pair[0]..pair[1], text.get(pair[0]..pair[1])?)));
    let mut slips = Vec::new();
    let mut last: Option<(Range<usize>, &str)> = None;
    for (range, word) in pieces {
        let is_spaces = word.chars().all(|c| matches!(c, '\u{200B}' | ' '));
        if is_spaces && (!word.contains(' ') || last.as_ref().is_some_and(|(_, word)| NEVER_DOUBLED.contains(word))) {
            continue;
        }
        // Those with spaces on either side are found by `wording`.
        let is_apart = |before: &Range<usize>| {
            let is_edge = |c: char| c.is_whitespace() || c.is_ascii_punctuation() || c == '។';
            text.get(before.end..range.start).is_some_and(|between| between.contains(' '))
                && text.get(..before.start).is_some_and(|head| head.is_empty() || head.ends_with(char::is_whitespace))
                && text.get(range.end..).is_some_and(|tail| tail.is_empty() || tail.starts_with(is_edge))
        };
        if let Some((before, same)) = &last
            && !is_apart(before)
            && *same == word
            && word.chars().nth(1).is_some()
            && word.chars().all(is_in_words)
            && lexicon::is_word(word)
            && !lexicon::is_word(&word.repeat(2))
        {
            slips.push((before.start..range.end, Problem::DoubledWord(word.to_owned())));
        }
        last = Some((range, word));
    }
    slips
}

/// ២ or 2 for ៗ: ផ្សេង២.
fn digits_for_signs(text: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    for (at, digit) in text.match_indices(['២', '2']) {
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + digit.len()..).unwrap_or_default());
        let Some(word) = REPEATED.iter().filter(|word| before.ends_with(**word)).max_by_key(|word| word.len()) else {
            continue;
        };
        if after.starts_with(|c: char| c.is_numeric() || matches!(c, '.' | ',' | '/' | '-')) {
            continue;
        }
        let slip = Problem::KhmerSlip { written: format!("{word}{digit}"), right: format!("{word}ៗ") };
        slips.push((at - word.len()..at + digit.len(), slip));
    }
    slips
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, Problem)> {
        slips(text).into_iter().map(|(range, problem)| (&text[range], problem)).collect()
    }

    #[test]
    fn a_word_twice_without_a_space_is_found() {
        for (text, twice) in [
            ("ភាគីទាំងពីរបានបានជួបពិភាក្សា", "បានបាន"),
            ("ពិភាក្សានៅនៅទីក្រុងភ្នំពេញ", "នៅនៅ"),
            ("កម្ពុជានិងនិងជប៉ុន", "និងនិង"),
            ("កម្ពុជានិង\u{200B}និង\u{200B}ជប៉ុន", "និង\u{200B}និង"),
        ] {
            let problems = found(text);
            assert!(
                matches!(&problems[..], [(found, Problem::DoubledWord(_))] if *found == twice),
                "{text}: {problems:?}"
            );
        }
        assert!(matches!(&found("ប្រជុំនៅ នៅភ្នំពេញ")[..], [("នៅ នៅ", Problem::DoubledWord(_))]));
        assert_eq!(found("ឧបរដ្ឋមន្ត្រី រដ្ឋមន្ត្រីក្រសួង ផ្សេង ផ្សេង នៅ, នៅ"), []);
        assert_eq!(found("ការការពារជាតិ កិច្ចការការបរទេស វិស័យនានា ផ្សេងៗ"), []);
    }

    #[test]
    fn what_is_never_written_so_is_found() {
        let slip = |written: &str, right: &str| Problem::KhmerSlip { written: written.into(), right: right.into() };
        assert_eq!(found("សាធារណៈរដ្ឋកូរ៉េ"), [("សាធារណៈរដ្ឋ", slip("សាធារណៈរដ្ឋ", "សាធារណរដ្ឋ"))]);
        for text in ["បានស្នើអោយជួយ", "លោកអោយជួយ", "លោក ស៊ុន បានស្នើ អោយ គេជួយ", "នៅក្នុងភូមិអោយបានល្អ"]
        {
            assert_eq!(found(text), [("អោយ", slip("អោយ", "ឱ្យ"))], "{text}");
        }
        for text in ["លោក អោយ សុខ", "ជួបលោក ចាប អោយ និងលោក", "ស៊ុន អោយ", "ជាមួយ ស៊ុន អោយ។", "នៅភូមិអោយ ឃុំអោយ"]
        {
            assert_eq!(found(text), [], "{text}");
        }
        assert_eq!(found("សាធារណរដ្ឋកូរ៉េ បានស្នើឱ្យជួយ ហើយឲ្យ ការងារសាធារណៈ រដ្ឋអំណាច"), []);
    }

    #[test]
    fn a_digit_for_the_sign_of_repetition_is_found() {
        let slip = |written: &str, right: &str| Problem::KhmerSlip { written: written.into(), right: right.into() };
        assert_eq!(found("បញ្ហាផ្សេង២ទៀត"), [("ផ្សេង២", slip("ផ្សេង២", "ផ្សេងៗ"))]);
        assert_eq!(found("ចំណុចសំខាន់2 ។"), [("សំខាន់2", slip("សំខាន់2", "សំខាន់ៗ"))]);
        assert_eq!(found("លើកទី២ ឆ្នាំ២០២៦ ចំណុចសំខាន់២០ មាន២"), []);
    }
}

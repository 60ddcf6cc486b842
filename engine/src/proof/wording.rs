//! Slips of the hand in one text: words and spaces twice, quotation marks and brackets without their pair,
//! stops without their space, digits of two scripts in one number, a weekday beside another day.
//!
//! Knows texts alone. Its invariant: every range that it gives lies in the text, on characters.

use std::ops::Range;

use chrono::Datelike as _;

use super::{Problem, calendar, hours, khmer, slips::Slip};
use crate::{
    dates::{self, MONTHS, WEEKDAYS, english_month, english_weekday},
    khmer::characters::{is_digit, is_khmer_digit, is_sign},
    release::hard_spaces,
    work,
};

/// Words that may be doubled: “he had had”, “the point that that makes”, Pago Pago.
const MAY_DOUBLE: [&str; 7] = ["had", "that", "pago", "sing", "bora", "baden", "walla"];
/// Abbreviations are so short, in letters.
const ABBREVIATION: usize = 4;
/// How far behind a weekday its date may end, in bytes.
const DATE_REACH: usize = 120;

/// What opens, and what closes it.
const PAIRS: [(char, char); 6] = [('(', ')'), ('[', ']'), ('{', '}'), ('“', '”'), ('«', '»'), ('„', '“')];

/// All slips of a text, in the order of the rules. `goes_on` says whether the paragraph after opens with a quotation
/// mark, as it does when a quotation runs over several.
pub(super) fn slips(text: &str, goes_on: bool) -> Vec<Slip> {
    let mut slips = doubled_words(text);
    let hard = hard_spaces(text);
    slips.extend(
        doubled_spaces(text)
            .into_iter()
            .filter(|(range, _)| hard.binary_search_by_key(&range.start, |hard| hard.start).is_err()),
    );
    slips.extend(hard.into_iter().map(|range| (range, Problem::HardSpace)));
    slips.extend(unclosed(text, goes_on));
    slips.extend(stops_without_space(text));
    slips.extend(mixed_digits(text));
    slips.extend(wrong_weekdays(text));
    slips.extend(hours::slips(text));
    slips.extend(khmer::slips(text));
    slips.extend(calendar::slips(text));
    slips
}

/// The words of a text between spaces, with where they begin. What is between zero-width spaces
/// is no word here: រដ្ឋមន្ត្រី may end one title and begin the next.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(char::is_whitespace)
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

fn doubled_words(text: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut last: Option<(usize, &str)> = None;
    for (at, word) in words(text) {
        let letters = |word: &str| word.chars().all(|c| c.is_alphabetic() || is_sign(c));
        if let Some((from, before)) = last
            && letters(before)
            && letters(word.trim_end_matches(|c: char| c.is_ascii_punctuation() || c == '។'))
        {
            let plain = word.trim_end_matches(|c: char| c.is_ascii_punctuation() || c == '។');
            let may = MAY_DOUBLE.contains(&plain.to_lowercase().as_str());
            if before.to_lowercase() == plain.to_lowercase() && plain.chars().count() > 1 && !may {
                slips.push((from..at + plain.len(), Problem::DoubledWord(plain.to_owned())));
            }
        }
        // No. No.
        let is_abbreviation = |word: &str| {
            word.strip_suffix('.').is_some_and(|stem| {
                (1..=ABBREVIATION).contains(&stem.len()) && stem.bytes().all(|byte| byte.is_ascii_alphabetic())
            })
        };
        if let Some((from, before)) = last
            && before == word
            && is_abbreviation(word)
            && word.len() > 2
        {
            slips.push((from..at + word.len(), Problem::DoubledWord(word.to_owned())));
        }
        last = Some((at, word));
    }
    slips
}

fn doubled_spaces(text: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut run: Option<Range<usize>> = None;
    for (at, c) in text.char_indices().chain([(text.len(), 'x')]) {
        if matches!(c, ' ' | '\u{A0}') {
            let end = at + c.len_utf8();
            run = Some(run.map_or(at..end, |run| run.start..end));
        } else if let Some(run) = run.take()
            && text.get(run.clone()).is_some_and(|spaces| spaces.chars().count() > 1)
        {
            slips.push((run, Problem::DoubledSpace));
        }
    }
    slips
}

fn unclosed(text: &str, goes_on: bool) -> Vec<Slip> {
    let mut open: Vec<(usize, char, char)> = Vec::new();
    // How many of each pair are open, so that nothing is looked for that is not there.
    let mut counts = [0usize; PAIRS.len()];
    let pair_of = |closing: char| PAIRS.iter().position(|(_, closes)| *closes == closing);
    let mut slips = Vec::new();
    let mut slip = |at: usize, c: char| slips.push((at..at + c.len_utf8(), Problem::Unclosed(c)));
    // »so« is quoted the other way round.
    let inward = text.find('»').zip(text.find('«')).is_some_and(|(closing, opening)| closing < opening)
        && text.matches('»').count() == text.matches('«').count();
    // “so" lacks no pair: that one of both is straight is another slip.
    let straight_closes = text.contains('"') && text.matches('“').count() > text.matches(['”', '„']).count();
    for (at, c) in text.char_indices() {
        if inward && matches!(c, '«' | '»') {
            continue;
        }
        let c =
            if c == '"' && straight_closes && pair_of('”').is_some_and(|pair| counts[pair] > 0) { '”' } else { c };
        // „so“ ends with what opens elsewhere, or „so” with what closes.
        let ends_low = matches!(c, '“' | '”') && open.last().is_some_and(|(_, opens, _)| *opens == '„');
        let c = if ends_low { '“' } else { c };
        if let Some(pair) = PAIRS.iter().position(|(opens, _)| *opens == c).filter(|_| !ends_low) {
            open.push((at, PAIRS[pair].0, PAIRS[pair].1));
            counts[pair] += 1;
        } else if let Some(pair) = pair_of(c) {
            if counts[pair] == 0 {
                // “1) first, 2) second” needs nothing that opens.
                if !(c == ')' && is_numbering(text, at)) {
                    slip(at, c);
                }
                continue;
            }
            let index = open.iter().rposition(|(_, _, closes)| {
                work::step();
                *closes == c
            });
            // What was opened within and not closed there.
            for (place, (at, opens, closes)) in open.drain(index.unwrap_or(0)..).enumerate() {
                if let Some(inner) = pair_of(closes) {
                    counts[inner] -= 1;
                }
                if place > 0 {
                    slip(at, opens);
                }
            }
        }
    }
    for (at, opens, _) in open {
        if !(goes_on && matches!(opens, '“' | '«')) {
            slip(at, opens);
        }
    }
    slips
}

/// Whether what is before a closing bracket counts something: `1)`, `2.a)`, `ក)`, `iv)`.
fn is_numbering(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let ends_label = |c: char| {
        work::step();
        c.is_whitespace() || matches!(c, '\u{200B}' | '៖' | ':' | ')')
    };
    let (start, label) = before.rfind(ends_label).map_or((0, before), |start| {
        let end = before.ceil_char_boundary(start + 1);
        (start, before.get(end..).unwrap_or_default())
    });
    // No label holds the bracket that ends one, and none is looked for beyond it.
    !before.get(start..).is_some_and(|label| label.starts_with(')'))
        && label.split('.').all(|part| {
            let letters = part.chars().count();
            (1..=3).contains(&letters) && part.chars().all(char::is_numeric)
                || letters == 1 && part.chars().all(char::is_alphabetic)
                || (1..=6).contains(&letters) && part.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'I' | 'V' | 'X'))
        })
}

/// ។ and ៖ with a letter right behind them. ។ល។, which means “and so on”, is one sign, and ៩៖០០ a time.
fn stops_without_space(text: &str) -> Vec<Slip> {
    let next = text.char_indices().skip(1).map(|(_, c)| c);
    let pairs = text.char_indices().zip(next);
    let slips = pairs.filter(|((at, c), next)| {
        matches!(c, '។' | '៖')
            && (next.is_alphabetic() || *c == '។' && (next.is_numeric() || matches!(next, '«' | '“' | '(')))
            && !text.get(*at..).is_some_and(|rest| rest.starts_with("។ល។"))
            && !text.get(..*at).is_some_and(|before| before.ends_with("។ល"))
    });
    slips.map(|((at, c), next)| (at..at + c.len_utf8() + next.len_utf8(), Problem::StopWithoutSpace(c))).collect()
}

/// Numbers with digits of both scripts.
fn mixed_digits(text: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find(is_digit)).map(|found| at + found) {
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.find(|c: char| !(is_digit(c) || matches!(c, '.' | ',' | '/' | '-'))).unwrap_or(rest.len());
        let number = rest.get(..length).unwrap_or_default().trim_end_matches(['.', ',', '/', '-']);
        if number.contains(is_khmer_digit) && number.contains(|c: char| c.is_ascii_digit()) {
            slips.push((start..start + number.len(), Problem::MixedDigits(number.to_owned())));
        }
        at = start + length.max(1);
    }
    slips
}

/// English weekdays that are before the date of another day; Khmer ones are compared in `calendar`.
fn wrong_weekdays(text: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    for weekday in WEEKDAYS {
        let name = english_weekday(weekday);
        for (at, _) in text.match_indices(name) {
            let Some((end, date)) = date_after(text, at + name.len()) else { continue };
            let right = date.weekday();
            if right != weekday {
                let right = english_weekday(right).to_owned();
                slips.push((at..end, Problem::WrongWeekday { written: name.to_owned(), right }));
            }
        }
    }
    slips
}

/// The date that begins right behind a weekday, and where it ends: at the first year.
fn date_after(text: &str, at: usize) -> Option<(usize, chrono::NaiveDate)> {
    let rest = text.get(at..)?;
    let rest = rest.get(..rest.ceil_char_boundary(DATE_REACH))?;
    let is_numeric = |c: char| {
        work::step();
        c.is_numeric()
    };
    if !is_joined(rest.get(..rest.find(is_numeric)?)?) {
        return None;
    }
    let mut digits = 0;
    for (offset, c) in rest.char_indices() {
        digits = if c.is_numeric() { digits + 1 } else { 0 };
        if digits == 4 {
            let end = at + offset + c.len_utf8();
            return dates::read_date(text.get(at..end)?).ok().map(|date| (end, date));
        }
    }
    None
}

/// Whether what is between a weekday and the first number lets the number be of the same date.
fn is_joined(between: &str) -> bool {
    let is_month = |word: &str| word.len() >= 3 && MONTHS.iter().any(|month| english_month(*month).starts_with(word));
    let khmer = between.replace("ថ្ងៃទី", "").replace("ទី", "");
    let mut words =
        khmer.split(|c: char| c.is_whitespace() || matches!(c, ',' | '\u{200B}')).filter(|word| !word.is_empty());
    // “Sundays” and ថ្ងៃចន្ទគតិ are other words.
    let is_whole = !between.starts_with(|c: char| c.is_ascii_alphabetic());
    is_whole && words.all(|word| word == "the" || is_month(word.trim_end_matches('.')))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::work::tests::steps;

    fn found(text: &str) -> Vec<(&str, Problem)> {
        slips(text, false).into_iter().map(|(range, problem)| (&text[range], problem)).collect()
    }

    #[test]
    fn a_word_or_a_space_too_many() {
        let word = |word: &str| Problem::DoubledWord(word.into());
        assert_eq!(found("of the the minister"), [("the the", word("the"))]);
        assert_eq!(found("The the, and"), [("The the", word("the"))]);
        assert_eq!(found("ភាគី ភាគីនិង ជប៉ុន ជប៉ុន។"), [("ជប៉ុន ជប៉ុន", word("ជប៉ុន"))]);
        let titles = "ឧប\u{200B}រដ្ឋមន្ត្រី រដ្ឋមន្ត្រី\u{200B}ក្រសួង";
        assert_eq!(found(titles), []);
        assert_eq!(found("he had had 20 20 times, A A, Pago Pago"), []);
        assert_eq!(found("No. No. 5"), [("No. No.", word("No."))]);
        assert_eq!(found("no\u{A0}break and 5\u{A0}km"), [("\u{A0}", Problem::HardSpace)]);
        assert_eq!(found("a  b   c"), [("  ", Problem::DoubledSpace), ("   ", Problem::DoubledSpace)]);
    }

    #[test]
    fn what_opens_closes() {
        assert_eq!(found("(a “b” [c])"), []);
        assert_eq!(found("(a “b"), [("(", Problem::Unclosed('(')), ("“", Problem::Unclosed('“'))]);
        assert_eq!(found("(a “b)"), [("“", Problem::Unclosed('“'))]);
        assert_eq!(found("«ក» ខ»"), [("»", Problem::Unclosed('»'))]);
        assert_eq!(found("„Zeit“ and »Zeit« and „Zeit” “so”"), []);
        assert_eq!(found("„Zeit and so"), [("„", Problem::Unclosed('„'))]);
        assert_eq!(found("“so\" and more"), []);
        assert_eq!(found("“a \"b\" c”"), []);
        assert_eq!(found("1) one, ២) two, a) three, iv) four, 1.a) five, ដូចជា៖១) ប្រាំមួយ"), []);
        assert_eq!(slips("“one", true), []);
    }

    #[test]
    fn khmer_stops_have_a_space_behind_them() {
        assert_eq!(found("ជប៉ុន។ កម្ពុជា៖ «ក។» ច្បាប់ ។ល។ ម៉ោង ៩៖០០"), []);
        for text in ["។ក", "។«ក»", "។2026", "។(ក)"] {
            assert_eq!(found(text).len(), 1, "{text}");
        }
        assert_eq!(found("ជប៉ុន។កម្ពុជា"), [("។ក", Problem::StopWithoutSpace('។'))]);
    }

    #[test]
    fn a_number_has_digits_of_one_script() {
        assert_eq!(
            found("ថ្ងៃទី១2 និង 2023 ២០២៣, ១.5"),
            [("១2", Problem::MixedDigits("១2".into())), ("១.5", Problem::MixedDigits("១.5".into())),]
        );
    }

    #[test]
    fn a_weekday_fits_its_date() {
        let wrong = |written: &str, right: &str| Problem::WrongWeekday { written: written.into(), right: right.into() };
        assert_eq!(found("on Monday, 30 October 2023, in"), []);
        assert_eq!(found("on Sunday, 30 October 2023, in"), [("Sunday, 30 October 2023", wrong("Sunday", "Monday"))]);
        assert_eq!(found("ថ្ងៃពុធ ទី៣០ ខែតុលា ឆ្នាំ២០២៣"), [("ថ្ងៃពុធ ទី៣០ ខែតុលា ឆ្នាំ២០២៣", wrong("ថ្ងៃពុធ", "ថ្ងៃចន្ទ"),)]);
        assert_eq!(found("ថ្ងៃចន្ទ ទី៣០ ខែតុលា ឆ្នាំ២០២៣"), []);
        // A lunar date does not count, and a weekday alone has no date.
        assert_eq!(found("ថ្ងៃពុធ ១រោច ខែអស្សុជ ឆ្នាំថោះ បញ្ចស័ក ព.ស. ២៥៦៧"), []);
        assert_eq!(found("every Sunday. On 30 October 2023"), []);
        // A number further on is of another date.
        assert_eq!(found("from Monday to Wednesday, 1 November 2023"), []);
        assert_eq!(found("said on Tuesday that the Summit on 18 December 2023"), []);
        assert_eq!(found("The Sunday Times reported on 30 October 2023"), []);
        assert_eq!(found("on Sunday, October 30, 2023").len(), 1);
    }

    #[test]
    fn brackets_and_weekdays_without_end_take_work_in_proportion() {
        for part in ["(]", "([", ")", "1)", "1.", "a.b)", "Monday", "ថ្ងៃពុធ", "(]1) Sunday the "] {
            let counted = |size: usize| {
                let text = part.repeat(size);
                steps(|| slips(&text, false))
            };
            let (once, twice) = (counted(2_000), counted(4_000));
            assert!(twice * 10 <= once * 21 + 1_000, "{part}: {once} and {twice} steps");
        }
    }

    #[test]
    fn what_a_bracket_counts_ends_before_another() {
        assert_eq!(found("1)2) a.1) a)b.2)").len(), 2);
        assert_eq!(found("(1)2)"), [(")", Problem::Unclosed(')'))]);
    }

    proptest! {
        #[test]
        fn every_place_is_in_the_text(text in "([a-c \"'(){}“”«»។៖០-៩0-9.,]|ថ្ងៃ|ចន្ទ|Monday|[ក-៓]){0,40}", goes_on: bool) {
            for (range, _) in slips(&text, goes_on) {
                prop_assert!(text.get(range.clone()).is_some_and(|found| !found.is_empty()), "{range:?}");
            }
        }
    }
}

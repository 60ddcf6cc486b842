//! What is wrong in English prose: signs and spaces, dates, figures, confused words, two
//! spellings side by side.
//!
//! Each rule looks for what is hardly ever meant: a reader soon ignores a check with false alarms. Rules about one
//! text are given that text, those about a whole release all of its texts.
//!
//! | file | what it looks for |
//! |---|---|
//! | `signs` | spaces and signs too many or missing, sentences without a capital or a full stop |
//! | `days` | days that do not exist, days of the week, tenses that do not fit a date |
//! | `figures` | numbers, hours and percentages written in two ways |
//! | `variants` | British and American spellings, and others, side by side |
//! | `amounts` | millions behind a number, a unit twice |
//! | `ranges` | between with to, spans that end before they begin |
//! | `agreement` | verbs, articles and numerals that do not agree with their noun |
//! | `confused` | its and it's, a and an, than and then |
//! | `countries` | names of countries without their last letter |
//! | `ministers` | Minster for Minister |
//! | `sexes` | Mr. and Ms. before one name |
//! | `contexts` | words that are confused, told by both neighbours |
//! | `order` | names in another order than on the list or elsewhere |
//! | `people` | styles and titles that contradict each other or the roster, names in two spellings |
//!
//! Invariant: every range that it gives lies in its text, on characters.

mod agreement;
mod amounts;
mod confused;
mod contexts;
mod countries;
mod days;
mod figures;
mod ministers;
mod order;
mod people;
mod ranges;
mod sexes;
mod signs;
mod variants;

pub(super) use days::dated;

use std::ops::Range;

use chrono::NaiveDate;

use super::{Problem, money};
use crate::{
    release::{BlockKind, Check, Field, Release},
    roster::Roster,
};

/// A finding and its place, in bytes of the text.
type Slip = (Range<usize>, Problem);

/// A finding of this kind, with what is right in its place if there is one way to mend it.
fn slip(kind: Check, text: &str, range: Range<usize>, right: Option<String>) -> Option<Slip> {
    let written = text.get(range.clone()).filter(|written| !written.is_empty())?.to_owned();
    Some((range, Problem::Prose { kind, written, right }))
}

/// All findings in the English texts of a release, in the order of its fields.
pub(super) fn slips(release: &Release, roster: &Roster) -> Vec<(Field, Range<usize>, Problem)> {
    let signed = release.signature.date.day();
    let texts: Vec<(Field, String)> = release
        .fields()
        .filter(|field| !matches!(field, Field::Reference | Field::Kingdom | Field::Motto))
        .filter_map(|field| Some((field, release.text(field)?.into_owned().into_string())))
        .filter(|(_, text)| is_english(text))
        .collect();
    let mut found = Vec::new();
    for (index, (field, text)) in texts.iter().enumerate() {
        let mut slips = signs::slips(text);
        if is_prose(release, *field) {
            let before = index.checked_sub(1).and_then(|before| texts.get(before));
            let before =
                before.filter(|(field, _)| matches!(field, Field::Paragraph(_))).map(|(_, text)| text.as_str());
            slips.extend(signs::sentences(text, before));
        }
        slips.extend(days::slips(text, signed));
        slips.extend(ranges::slips(text));
        slips.extend(amounts::slips(text));
        slips.extend(agreement::slips(text));
        slips.extend(confused::slips(text));
        slips.extend(contexts::slips(text));
        slips.extend(countries::slips(text));
        slips.extend(ministers::slips(text));
        slips.extend(people::slips(text, roster));
        found.extend(slips.into_iter().map(|(range, problem)| (*field, range, problem)));
    }
    found.extend(figures::two_ways(&texts));
    found.extend(money::two_ways(&texts));
    found.extend(variants::two_ways(&texts));
    found.extend(order::turned(&texts, roster));
    found.extend(people::spelt_twice(&texts, roster));
    found.extend(sexes::two_ways(&texts));
    found.sort_by_key(|(field, range, _)| (*field, range.start));
    found.dedup_by(|a, b| a.0 == b.0 && a.1 == b.1);
    found
}

/// Whether a text is in Latin script for the most part: Khmer has its own checks.
pub(super) fn is_english(text: &str) -> bool {
    let khmer = text.chars().filter(|c| crate::khmer::is_khmer(*c)).count();
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    latin > khmer
}

/// Whether a field has whole sentences: a paragraph that is no heading and no item.
fn is_prose(release: &Release, field: Field) -> bool {
    let Field::Paragraph(index) = field else { return false };
    release.body.get(index).is_some_and(|paragraph| paragraph.kind == BlockKind::Plain)
}

/// A word of a text: letters, digits and what joins them, with its place.
#[derive(Clone, Copy, Debug, Default)]
struct Word<'a> {
    at: usize,
    text: &'a str,
}

impl Word<'_> {
    fn range(&self) -> Range<usize> {
        self.at..self.at + self.text.len()
    }

    fn end(&self) -> usize {
        self.at + self.text.len()
    }
}

/// The words of a text, in order.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '‑');
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find(is_inside)).map(|found| at + found) {
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.find(|c| !is_inside(c)).unwrap_or(rest.len());
        at = start + length;
        let run = rest.get(..length).unwrap_or_default();
        let head = run.trim_start_matches(|c: char| !c.is_alphanumeric());
        let word = head.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !word.is_empty() {
            words.push(Word { at: start + run.len() - head.len(), text: word });
        }
    }
    words
}

/// A date in a text, with the year if it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Written {
    day: u32,
    month: u32,
    year: Option<i32>,
}

impl Written {
    /// The day of the calendar; without a year the one next to another day.
    fn day(self, near: Option<NaiveDate>) -> Option<NaiveDate> {
        use chrono::Datelike as _;
        let day = |year: i32| NaiveDate::from_ymd_opt(year, self.month, self.day);
        match (self.year, near) {
            (Some(year), _) => day(year),
            (None, Some(near)) => {
                let years = [near.year() - 1, near.year(), near.year() + 1];
                years.into_iter().filter_map(day).min_by_key(|date| (*date - near).num_days().abs())
            }
            (None, None) => None,
        }
    }
}

#[cfg(test)]
mod tests;

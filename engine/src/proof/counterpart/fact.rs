//! A fact, and its place in a text.
//!
//! Must never know: releases, rosters, lists.

use std::ops::Range;

use crate::{dates::to_arabic_digits, khmer::is_khmer};

/// What is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fact {
    /// A day, with its year if that is written
    Date {
        /// 1 to 31, or what is there
        day: u32,
        /// 1 to 12
        month: u32,
        /// The year of our era
        year: Option<i32>,
    },
    /// A year of the Buddhist era
    BuddhistYear(u32),
    /// A day of the week, counted from Monday
    Weekday(u32),
    /// Minutes since midnight
    Hour(u32),
    /// A number, in millionths
    Number(i128),
    /// So many per cent, in millionths
    Percent(i128),
    /// A sum, in millionths, and the index of its currency
    Money(i128, usize),
    /// A person on the list of names, by the index
    Person(usize),
    /// A country, a city or an organisation, by the index in the list that ships
    Place(usize),
}

/// A fact and its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFact {
    /// Its bytes.
    pub range: Range<usize>,
    /// What is said there.
    pub fact: Fact,
    /// Whether it may well be left out, or be said otherwise, in the other language: "one" and "the two".
    pub is_soft: bool,
}

/// Whether no letter goes on before or behind a place. In Khmer, where no space parts words, the letter must be whole.
pub(super) fn is_whole(form: &str, range: &Range<usize>) -> bool {
    let before = form.get(..range.start).and_then(|before| before.chars().next_back());
    let after = form.get(range.end..).and_then(|after| after.chars().next());
    let is_latin = form.get(range.clone()).is_some_and(|found| found.starts_with(|c: char| !is_khmer(c)));
    if is_latin {
        return ![before, after].into_iter().flatten().any(|c| c.is_alphanumeric() && !is_khmer(c));
    }
    !after.is_some_and(|c| ('\u{17B4}'..='\u{17D3}').contains(&c))
}

/// Digits of either script as a number.
pub(super) fn digits(text: &str) -> Option<u32> {
    to_arabic_digits(text).parse().ok()
}

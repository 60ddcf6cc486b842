//! What a text says that must be the same in another language: dates, hours, numbers, sums, people, places.
//!
//! Knows single texts, in either language or both. All is looked for in the search form of a text. Invariant: every
//! range lies in the text, on characters, and no two facts of one text overlap but a place and a person.

use std::ops::Range;

use chrono::Weekday;

use super::{
    super::{calendar, english},
    fact::{Fact, FoundFact, digits, is_whole},
    numbers, places,
};
use crate::{
    dates::{WEEKDAYS, english_weekday, khmer_weekday},
    khmer::{search_form, source_range},
    roster::Roster,
};

/// The names of a list in the form in which texts are compared.
pub struct Names {
    /// Each with the index of the person.
    names: Vec<(String, usize)>,
}

impl Names {
    /// The names of a list, each in both languages.
    pub fn of(roster: &Roster) -> Self {
        let of = |name: &str| search_form(name.trim(), false).0;
        let people = roster.people().iter().enumerate();
        let names = people.flat_map(|(index, person)| {
            [(of(&person.name.english.to_lowercase()), index), (of(&person.name.khmer), index)]
        });
        Self { names: names.filter(|(name, _)| !name.is_empty()).collect() }
    }
}

/// All facts of a text, in order.
pub fn facts(text: &str, names: &Names) -> Vec<FoundFact> {
    let (form, sources) = search_form(text, false);
    let mut found: Vec<FoundFact> = Vec::new();
    // What is read as a date is no number.
    let mut taken: Vec<Range<usize>> = calendar::lunar_ranges(&form);
    let dates = calendar::civil_days(&form).into_iter().chain(english::dated(&form));
    for (range, day, month, year) in dates {
        taken.push(range.clone());
        found.push(FoundFact { range, fact: Fact::Date { day, month, year }, is_soft: false });
    }
    // A lunar date has one in Khmer, and English need not have it.
    for (range, year) in buddhist_years(&form) {
        taken.push(range.clone());
        found.push(FoundFact { range, fact: Fact::BuddhistYear(year), is_soft: true });
    }
    found.extend(weekdays(&form));
    let hours = numbers::hours(&form);
    let is_free = |taken: &[Range<usize>], range: &Range<usize>| {
        taken.iter().all(|other| other.end <= range.start || range.end <= other.start)
    };
    for (range, minutes) in hours {
        if is_free(&taken, &range) {
            taken.push(range.clone());
            found.push(FoundFact { range, fact: Fact::Hour(minutes), is_soft: false });
        }
    }
    for number in numbers::numbers(&form) {
        if is_free(&taken, &number.range) {
            taken.push(number.range.clone());
            found.push(number);
        }
    }
    found.extend(people(&form, names));
    // The dollars of America are money.
    let places = places::places(&form).filter(|(range, _)| is_free(&taken, range));
    found.extend(places.map(|(range, place)| FoundFact { range, fact: Fact::Place(place), is_soft: true }));
    found.sort_by_key(|found| (found.range.start, found.range.end));
    for one in &mut found {
        one.range = source_range(text, &sources, one.range.clone());
    }
    found
}

/// What is before a year of the Buddhist era.
const BUDDHIST: [&str; 8] = ["ព.ស.", "ព.ស", "ពុទ្ធសករាជ", "B.E.", "BE", "Buddhist Era", "Buddhist era", "Buddhist year"];

/// The years of the Buddhist era, each with its place.
fn buddhist_years(form: &str) -> Vec<(Range<usize>, u32)> {
    let mut found: Vec<(Range<usize>, u32)> = Vec::new();
    for name in BUDDHIST.map(|name| search_form(name, false).0) {
        for (at, _) in form.match_indices(name.as_str()) {
            let behind = at + name.len();
            let rest = form.get(behind..).unwrap_or_default();
            let start = behind + rest.len() - rest.trim_start().len();
            let length = |text: &str| text.find(|c: char| !c.is_numeric()).unwrap_or(text.len());
            let end = start + form.get(start..).map_or(0, length);
            let year = form.get(start..end).filter(|year| year.chars().count() == 4).and_then(digits);
            let is_known = found.iter().any(|(range, _)| range.start == start);
            found.extend(year.filter(|_| is_whole(form, &(at..behind)) && !is_known).map(|year| (start..end, year)));
        }
    }
    found
}

/// The days of the week.
fn weekdays(form: &str) -> Vec<FoundFact> {
    let mut found = Vec::new();
    for day in WEEKDAYS {
        let number = Weekday::num_days_from_monday(&day);
        let khmer = format!("ថ្ងៃ{}", khmer_weekday(day));
        for name in [english_weekday(day), khmer.as_str()] {
            for (at, _) in form.match_indices(name) {
                let range = at..at + name.len();
                // Mondays are no one day, and a longer word is another.
                if is_whole(form, &range) {
                    found.push(FoundFact { range, fact: Fact::Weekday(number), is_soft: false });
                }
            }
        }
    }
    found
}

/// The listed people that are named, each once.
fn people(form: &str, names: &Names) -> Vec<FoundFact> {
    let small = form.to_lowercase();
    // Lower case may have other lengths; then only names that are written small are found. Khmer has no capitals.
    let small = if small.len() == form.len() { small.as_str() } else { form };
    let mut found: Vec<FoundFact> = Vec::new();
    for (name, index) in &names.names {
        // A person's two names follow each other.
        if found.last().is_some_and(|last| last.fact == Fact::Person(*index)) {
            continue;
        }
        let mut places = small.match_indices(name.as_str()).map(|(at, _)| at..at + name.len());
        let place = places.find(|range| is_whole(form, range));
        found.extend(place.map(|range| FoundFact { range, fact: Fact::Person(*index), is_soft: false }));
    }
    found
}

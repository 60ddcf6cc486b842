//! Of two ways of writing the same kind of thing the rarer one, whatever the thing is.
//!
//! Knows texts alone. Its invariant: every range that it gives was given to it.

use std::ops::Range;

use super::Problem;
use crate::{
    release::{Check, Field},
    work,
};

/// A finding, with the text that it is in.
pub(super) type Found = (Field, Range<usize>, Problem);
/// A place in a text, and the way in which what is there is written.
pub(super) type Way<Style> = (Range<usize>, Style);

/// Of two ways of writing the places of the rarer, or of the later if both are as frequent.
pub(super) fn rarer<Style: PartialEq + Clone>(
    texts: &[(Field, String)],
    kind: Check,
    places: impl Fn(&str) -> Vec<Way<Style>>,
    written: impl Fn(&str, &Style) -> Option<String>,
) -> Vec<Found> {
    let all: Vec<(Field, &str, Way<Style>)> = texts
        .iter()
        .flat_map(|(field, text)| places(text).into_iter().map(move |way| (*field, text.as_str(), way)))
        .collect();
    // There are few styles, in the order in which they come.
    let mut counts: Vec<(&Style, usize)> = Vec::new();
    for (.., (_, style)) in &all {
        let known = counts.iter_mut().find(|(other, _)| {
            work::step();
            *other == style
        });
        match known {
            Some((_, count)) => *count += 1,
            None => counts.push((style, 1)),
        }
    }
    // Of two that are as frequent the first.
    let Some((usual, _)) = counts.into_iter().rev().max_by_key(|(_, count)| *count) else { return Vec::new() };
    let rare = all.iter().filter(|(.., (_, style))| style != usual);
    rare.filter_map(|(field, text, (range, _))| {
        let number = text.get(range.clone())?.to_owned();
        let right = written(&number, usual);
        Some((*field, range.clone(), Problem::Prose { kind, written: number, right }))
    })
    .collect()
}

/// The longest runs of characters that are inside, from one that is a digit on.
pub(super) fn runs(
    text: &str,
    is_digit: impl Fn(char) -> bool,
    inside: impl Fn(char) -> bool,
) -> Vec<(Range<usize>, &str)> {
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find(&is_digit)).map(|found| at + found) {
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.find(|c| !inside(c)).unwrap_or(rest.len()).max(1);
        runs.extend(rest.get(..length).map(|run| (start..start + length, run)));
        at = start + length;
    }
    runs
}

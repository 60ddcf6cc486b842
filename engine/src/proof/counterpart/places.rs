//! Countries, cities and organisations by their names in both languages.
//!
//! Invariant: of two names at one place the longer is meant.

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use super::fact::is_whole;
use crate::khmer::search_form;

/// Each name with the index of what it is of.
struct Names {
    names: HashMap<String, usize>,
    /// The lengths of names that begin with a character, the longest first.
    lengths: HashMap<char, Vec<usize>>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = HashMap::new();
    let mut lengths: HashMap<char, Vec<usize>> = HashMap::new();
    let lines = include_str!("../../../../assets/places.txt").lines().filter(|line| !line.starts_with('#'));
    for (index, line) in lines.enumerate() {
        for name in line.split(['\t', '|']).filter(|name| !name.is_empty()) {
            let form = search_form(name, false).0;
            if let Some(first) = form.chars().next() {
                lengths.entry(first).or_default().push(form.len());
            }
            names.insert(form, index);
        }
    }
    for lengths in lengths.values_mut() {
        lengths.sort_unstable_by(|a, b| b.cmp(a));
        lengths.dedup();
    }
    Names { names, lengths }
});

/// The places that are named, with their indices in the list.
pub fn places(form: &str) -> impl Iterator<Item = (Range<usize>, usize)> {
    let mut until = 0;
    form.char_indices().filter_map(move |(at, first)| {
        if at < until {
            return None;
        }
        let found = NAMES.lengths.get(&first)?.iter().find_map(|length| {
            let range = at..at + length;
            let place = *NAMES.names.get(form.get(range.clone())?)?;
            is_whole(form, &range).then_some((range, place))
        })?;
        until = found.0.end;
        Some(found)
    })
}

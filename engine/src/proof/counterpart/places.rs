//! Countries, cities and organisations that a text names, in either language.
//!
//! Knows single texts. Invariant: of two names at one place the longer is meant.

use std::ops::Range;

use super::fact::is_whole;
use crate::places::{index_of, lengths};

/// The places that are named, with their indices in the list.
pub fn places(form: &str) -> impl Iterator<Item = (Range<usize>, usize)> {
    let mut until = 0;
    form.char_indices().filter_map(move |(at, first)| {
        if at < until {
            return None;
        }
        let found = lengths(first).iter().find_map(|length| {
            let range = at..at + length;
            let place = index_of(form.get(range.clone())?)?;
            is_whole(form, &range).then_some((range, place))
        })?;
        until = found.0.end;
        Some(found)
    })
}

//! Phrases of two words and more that read as one: countries, cities, offices.
//!
//! The list is `assets/english-phrases.txt`, our own, one phrase a line; a line that begins with `#` says what
//! follows.

use std::sync::LazyLock;

use foldhash::HashMap;

use super::words::{Pair, Phrases};

/// The words after the first, by the first in small letters.
static PHRASES: LazyLock<HashMap<String, Vec<&str>>> = LazyLock::new(|| {
    let mut phrases: HashMap<String, Vec<&str>> = HashMap::default();
    let lines = include_str!("../../../../../assets/english-phrases.txt").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        if let Some((first, rest)) = line.trim_end_matches('.').split_once(' ') {
            phrases.entry(first.to_lowercase()).or_default().push(rest);
        }
    }
    phrases
});

/// The phrases that begin with a word in small letters.
pub fn after(first: &str) -> Phrases {
    PHRASES.get(first).map_or(&[], Vec::as_slice)
}

/// The most words of a phrase but the first.
const MOST: isize = 4;

/// Whether a phrase of the list holds both words of the pair.
pub fn is_inside(pair: &Pair) -> bool {
    (1..=MOST).any(|back| begins(pair, -back, back))
}

/// Whether a phrase of more than `more` words after the first begins at a distance.
fn begins(pair: &Pair, distance: isize, more: isize) -> bool {
    let first = pair.next.checked_add_signed(distance).and_then(|at| pair.phrases.get(at));
    first
        .copied()
        .unwrap_or_default()
        .iter()
        .map(|rest| (rest, rest.split_whitespace().count()))
        .filter(|(_, count)| *count >= usize::try_from(more).unwrap_or(usize::MAX))
        .any(|(rest, count)| {
            (1..).zip(rest.split_whitespace()).all(|(step, word)| {
                let goes_on = !pair.word(distance + step - 1).raw.ends_with([',', ';', ':', ')', '!', '?', '”', '’']);
                let here = pair.word(distance + step);
                let is_last = usize::try_from(step).is_ok_and(|step| step == count);
                let here = if is_last { here.word } else { here.bare };
                goes_on && here.to_lowercase() == word.to_lowercase()
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_phrases_that_can_be_found() {
        assert!(PHRASES.len() > 50);
        for (first, phrases) in PHRASES.iter() {
            for rest in phrases {
                assert!((1..=4).contains(&rest.split_whitespace().count()), "{first} {rest:?}");
            }
        }
    }
}

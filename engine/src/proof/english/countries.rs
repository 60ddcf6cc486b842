//! Names of countries without their last letter: the Republic of the Philippine.
//!
//! Knows texts and the list of places. Its invariant: what is right is on the list.

use super::{Slip, Word, slip, words};
use crate::{khmer::search_form, places, release::Check};

/// What is before the name of a country, apart from “of” and “the”.
const STATES: &[&str] = &["Republic", "Kingdom", "State", "Commonwealth", "Federation", "Union"];
/// A name has so many words.
const MOST_WORDS: usize = 3;

pub(super) fn slips(text: &str) -> Vec<Slip> {
    let words = words(text);
    let starts = words.iter().enumerate().filter(|(_, word)| STATES.contains(&word.text));
    starts.filter_map(|(index, _)| cut_short(text, words.get(index + 1..)?)).collect()
}

/// The name that begins behind “of” or “of the” and lacks an s.
fn cut_short(text: &str, words: &[Word]) -> Option<Slip> {
    let rest = words.split_first().filter(|(of, _)| of.text == "of")?.1;
    let rest = if rest.first()?.text == "the" { rest.get(1..)? } else { rest };
    let is_place = |name: &str| places::index_of(&search_form(name, false).0).is_some();
    let are_one = |pair: &[Word]| text.get(pair[0].end()..pair[1].at) == Some(" ");
    (1..=MOST_WORDS).rev().find_map(|count| {
        let name = rest.get(..count)?;
        let is_name = name.iter().all(|word| word.text.starts_with(char::is_uppercase)) && name.windows(2).all(are_one);
        let range = name.first()?.at..name.last()?.end();
        let written = text.get(range.clone()).filter(|_| is_name)?;
        let right = format!("{written}s");
        (!is_place(written) && is_place(&right)).then(|| slip(Check::ConfusedWords, text, range, Some(right)))?
    })
}

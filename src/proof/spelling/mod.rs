//! Spelling: English words that no dictionary has.
//!
//! An official soon ignores a check that cries wolf, so what may well be right is let pass: names,
//! words in capitals, abbreviations, addresses, placeholders, words of the user's own list, and
//! whole texts in another language. Khmer is not judged: there is no word list under a free licence at
//! hand whose precision was shown.
//!
//! | file | what it does |
//! |---|---|
//! | `tokens` | finds the words of a text that can be judged |
//! | `english` | judges a word, and remembers what it judged |
//!
//! Knows texts and the user's words. Invariants: a verdict on a word depends on its letters alone,
//! so it is kept for as long as the program runs; every place lies in the text, on characters.

mod english;
mod tokens;

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use english::Verdict;
use tokens::Token;

use super::Problem;
use crate::{
    release::{Check, Field, Release},
    typeset::breaks::Words,
};

/// More misspelt words than this are no slips but another language, or a list of names.
const MOST: usize = 200;
/// A text of at least so many words can be told to be in another language.
const ENOUGH: usize = 5;
/// As many suggestions as can be taken in at a glance.
const SUGGESTIONS: usize = 3;
/// A capitalised word of fewer letters that no dictionary has is a name: nearly every short name is
/// one letter from some word.
const SHORTEST_SLIP: usize = 6;

/// The misspelt words of a release, each once a field, with the places where they stand first.
pub(super) fn misspelt(release: &Release, own: &Words) -> Vec<(Field, Range<usize>, Problem)> {
    // Looking words up takes its time, and nobody would see what came of it.
    if release.unchecked.contains(&Check::Spelling) {
        return Vec::new();
    }
    let texts: Vec<(Field, String)> = release
        .fields()
        // A number and a name are in no dictionary.
        .filter(|field| !matches!(field, Field::Reference | Field::SignatoryName))
        .filter_map(|field| Some((field, release.text(field)?.into_owned().into_string())))
        .collect();
    let mut unknown = Vec::new();
    let mut times: HashMap<String, usize> = HashMap::new();
    for (field, text) in &texts {
        let found = unknown_words(text, own);
        for (token, _) in &found {
            *times.entry(token.word.clone()).or_default() += 1;
        }
        unknown.push((*field, found));
    }
    let mut misspelt = Vec::new();
    for (field, found) in unknown {
        let mut seen = HashSet::new();
        for (token, near) in found {
            // Nobody makes the same slip twice in a name, and a name may be in no dictionary.
            let again = times.get(&token.word).is_some_and(|times| *times > 1);
            let may_be_name = token.is_capitalised
                && (again || token.is_beside_name || !near || token.word.chars().count() < SHORTEST_SLIP);
            if !may_be_name && seen.insert(token.word.clone()) {
                misspelt.push((field, token));
            }
        }
    }
    if misspelt.len() > MOST {
        return Vec::new();
    }
    let problem = |token: &Token| {
        let mut suggestions = english::suggestions(&token.word);
        suggestions.truncate(SUGGESTIONS);
        Problem::Misspelt { word: token.word.clone(), suggestions }
    };
    misspelt.into_iter().map(|(field, token)| (field, token.range.clone(), problem(&token))).collect()
}

/// The words of a text that neither a dictionary nor the user's list has, and whether each is one
/// slip from a word of the dictionary; none if the text is in another language.
fn unknown_words(text: &str, own: &Words) -> Vec<(Token, bool)> {
    let mut unknown = Vec::new();
    let (mut small, mut small_unknown) = (0, 0);
    for token in tokens::tokens(text, own) {
        let verdict = english::judge(&token.word);
        if !token.is_capitalised {
            small += 1;
            small_unknown += usize::from(verdict != Verdict::Right);
        }
        match verdict {
            Verdict::Right => {}
            Verdict::Near => unknown.push((token, true)),
            Verdict::Unknown => unknown.push((token, false)),
        }
    }
    // A third: even a text full of slips has more right words.
    if small >= ENOUGH && small_unknown * 3 > small {
        unknown.clear();
    }
    unknown
}

/// Every place of a misspelt word in a text, in bytes.
pub fn places_of(text: &str, word: &str) -> Vec<Range<usize>> {
    let tokens = tokens::tokens(text, &Words::new()).into_iter();
    tokens.filter(|token| token.word == word).map(|token| token.range).collect()
}

#[cfg(test)]
mod tests;

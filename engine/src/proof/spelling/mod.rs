//! Spelling: English words that no dictionary has.
//!
//! Users soon ignore a check with false alarms, so what may well be right passes: names,
//! words in capitals, abbreviations, addresses, placeholders, words of the user's own list and of
//! listed names, and whole texts in another language. Khmer is not judged: there is no word list under a free licence at
//! hand whose precision was shown.
//!
//! | file | what it does |
//! |---|---|
//! | `tokens` | finds the words of a text that can be judged |
//! | `english` | judges a word, and remembers what it judged |
//!
//! Knows texts, the user's words and the roster. Invariants: a verdict on a word depends on its letters alone,
//! so it is kept for as long as the program runs; every place lies in the text, on characters.

mod english;
mod tokens;

use std::{
    cell::LazyCell,
    collections::{HashMap, HashSet},
    ops::Range,
};

pub(super) use tokens::PARTICLES;
use tokens::Token;

use super::Problem;
use crate::{
    release::{Check, Field, Release, SignatoryLine},
    roster::Roster,
    typeset::breaks::KnownWords,
};

/// More misspelt words than this are no slips but another language, or a list of names.
const MOST: usize = 200;
/// A text of at least so many words can be told to be in another language.
const ENOUGH: usize = 8;
/// As many suggestions as can be taken in at a glance.
const SUGGESTIONS: usize = 3;
/// A capitalised word of fewer letters that no dictionary has is a name: nearly every short name is
/// one letter from some word.
const SHORTEST_SLIP: usize = 6;

/// The misspelt words of a release, each once a field, with the places where they are first.
pub(super) fn misspelt(release: &Release, own: &KnownWords, roster: &Roster) -> Vec<(Field, Range<usize>, Problem)> {
    // Looking words up takes its time, and nobody would see what came of it.
    if release.unchecked.contains(&Check::Spelling) {
        return Vec::new();
    }
    let texts: Vec<(Field, String)> = release
        .fields()
        // A number and a name are in no dictionary.
        .filter(|field| !matches!(field, Field::Reference | Field::Signatory(_, SignatoryLine::Name)))
        .filter_map(|field| Some((field, release.text(field)?.into_owned().into_string())))
        .collect();
    let mut unknown: Vec<(Field, Token)> = Vec::new();
    let mut times: HashMap<String, usize> = HashMap::new();
    for (field, text) in &texts {
        for token in unknown_words(text, own) {
            *times.entry(token.word.clone()).or_default() += 1;
            unknown.push((*field, token));
        }
    }
    // Nobody makes the same slip twice in a name, and a name may be in no dictionary.
    let again = |word: &str| times.get(word).is_some_and(|times| *times > 1);
    let is_name =
        |token: &Token| token.is_beside_name || again(&token.word) || token.word.chars().count() < SHORTEST_SLIP;
    let listed = LazyCell::new(|| Listed::of(roster));
    let mut seen = HashSet::new();
    unknown.retain(|(field, token)| {
        // An accent that no English word has is of a name: Nguyễn, Ştefan.
        let is_foreign = token.is_capitalised && !token.word.is_ascii();
        let named = token.is_capitalised && is_name(token) || is_foreign || listed.has(&token.word);
        !named && seen.insert((*field, token.word.clone()))
    });
    let (mut misspelt, capitalised): (Vec<_>, Vec<_>) =
        unknown.into_iter().partition(|(_, token)| !token.is_capitalised);
    if misspelt.len() > MOST {
        return Vec::new();
    }
    // What a word may be meant for takes long to find, so that the many of a list are let pass.
    if capitalised.len() <= MOST {
        misspelt.extend(capitalised.into_iter().filter(|(_, token)| english::is_near(&token.word)));
        misspelt.sort_by_key(|(field, token)| (*field, token.range.start));
    }
    let problem = |token: &Token| {
        let mut suggestions = english::suggestions(&token.word);
        // Nobody is to take accents off.
        suggestions.retain(|other| {
            token.word.is_ascii() || english::without_accents(&token.word) != english::without_accents(other)
        });
        suggestions.truncate(SUGGESTIONS);
        Problem::Misspelt { word: token.word.clone(), suggestions }
    };
    misspelt.into_iter().map(|(field, token)| (field, token.range.clone(), problem(&token))).collect()
}

/// The words of the listed English names in the form in which they are compared, each with whether it
/// is listed in small letters. What is listed with a capital is no name without one: `hor` may well be
/// meant for `her`, although HOR is a name.
struct Listed(HashMap<String, bool>);

impl Listed {
    fn of(roster: &Roster) -> Self {
        let mut words = HashMap::new();
        for person in roster.people() {
            let name = tokens::plain(&person.name.english);
            for word in name.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()) {
                *words.entry(Self::form(word)).or_default() |= !word.starts_with(char::is_uppercase);
            }
        }
        Self(words)
    }

    fn has(&self, word: &str) -> bool {
        self.0.get(&Self::form(word)).is_some_and(|is_small| *is_small || word.starts_with(char::is_uppercase))
    }

    fn form(word: &str) -> String {
        english::without_accents(word).to_lowercase()
    }
}

/// The words of a text that neither a dictionary nor the user's list has; none if the text is in
/// another language.
fn unknown_words(text: &str, own: &KnownWords) -> Vec<Token> {
    let mut tokens = tokens::tokens(text, own);
    let small = tokens.iter().filter(|token| !token.is_capitalised).count();
    tokens.retain(|token| !token.is_right);
    let small_unknown = tokens.iter().filter(|token| !token.is_capitalised).count();
    // Two fifths: even a text full of slips has more right words, and French has fewer.
    if small >= ENOUGH && small_unknown * 5 > small * 2 {
        tokens.clear();
    }
    tokens
}

/// Whether the dictionary has a word; all are in it while there is no dictionary.
pub(super) fn is_english_word(word: &str) -> bool {
    english::is_right(word)
}

/// The longest word that is judged, in bytes; a longer one passes for right.
pub(super) const LONGEST_WORD: usize = english::LONGEST;

/// Every place of a misspelt word in a text, in bytes.
pub fn places_of(text: &str, words: &[impl AsRef<str>]) -> Vec<Range<usize>> {
    if words.is_empty() {
        return Vec::new();
    }
    let words: HashSet<&str> = words.iter().map(AsRef::as_ref).collect();
    let tokens = tokens::tokens(text, &KnownWords::new()).into_iter();
    tokens.filter(|token| words.contains(&*token.word)).map(|token| token.range).collect()
}

#[cfg(test)]
mod tests;

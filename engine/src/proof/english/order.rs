//! Names with their parts in another order than on the list of names, or than elsewhere in the release: Takeshi Iwaya
//! beside IWAYA Takeshi.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use super::{
    super::{Problem, slips::may_name, spelling::is_english_word},
    words,
};
use crate::{
    release::{Field, Language, titles::is_title},
    roster::Roster,
};

/// No name has more parts.
const PARTS: usize = 4;

/// The names whose surname is last, where the list or the release has it first.
pub(super) fn turned(texts: &[(Field, String)], roster: &Roster) -> Vec<(Field, Range<usize>, Problem)> {
    let mut right: HashSet<String> = HashSet::new();
    // By the name with its surname last: as it should be, and whether it is listed.
    let mut meant: HashMap<String, (String, bool)> = HashMap::new();
    for person in roster.people() {
        let name = person.name.of(Language::English);
        let parts: Vec<&str> = name.split_whitespace().collect();
        if (2..=PARTS).contains(&parts.len()) {
            right.insert(name.to_lowercase());
            meant.insert(surname_last(&parts), (name.to_owned(), true));
        }
    }
    let names: Vec<(Field, Range<usize>, Vec<&str>, bool)> =
        texts.iter().filter(|(field, _)| may_name(*field)).flat_map(|(field, text)| names(*field, text)).collect();
    // A surname in capitals before a given name is the measure for the release.
    for (.., parts, _) in &names {
        if let [surname, given] = parts[..]
            && is_capitals(surname)
            && !is_capitals(given)
            && !is_word(surname)
        {
            right.insert(format!("{surname} {given}").to_lowercase());
            meant.entry(surname_last(&[surname, given])).or_insert((format!("{surname} {given}"), false));
        }
    }
    let mut found = Vec::new();
    for (field, range, parts, is_titled) in &names {
        let written = parts.join(" ");
        let small = written.to_lowercase();
        let Some((name, is_listed)) = meant.get(&small).filter(|_| !right.contains(&small)) else { continue };
        // Of a name that is not listed the words must be names for certain.
        let are_names = *is_titled || parts.iter().all(|part| !is_word(part));
        if !is_listed && !are_names {
            continue;
        }
        let problem = match is_listed {
            true => Problem::NotAsListed { written, listed: name.clone() },
            false => Problem::SpeltTwoWays { written, usual: name.clone() },
        };
        found.push((*field, range.clone(), problem));
    }
    found
}

fn is_capitals(word: &str) -> bool {
    word.chars().count() > 2 && word.chars().all(char::is_uppercase)
}

/// Whether a dictionary has a word, in capitals or not.
fn is_word(word: &str) -> bool {
    let mut letters = word.chars();
    let named: String = letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect();
    is_english_word(&word.to_lowercase()) || is_english_word(&named) || is_english_word(word)
}

/// A name with its first part at the end, in small letters.
fn surname_last(parts: &[&str]) -> String {
    let turned: Vec<&str> = parts.iter().skip(1).chain(parts.first()).copied().collect();
    turned.join(" ").to_lowercase()
}

/// All runs of two and more capitalised words of a text, and whether a title is before each.
fn names(field: Field, text: &str) -> Vec<(Field, Range<usize>, Vec<&str>, bool)> {
    let words = words(text);
    let mut found = Vec::new();
    for (index, first) in words.iter().enumerate() {
        let is_titled = index.checked_sub(1).and_then(|at| words.get(at)).is_some_and(|word| is_title(word.text));
        let mut parts = vec![first.text];
        let mut end = first.end();
        if !first.text.starts_with(char::is_uppercase) {
            continue;
        }
        for next in words.iter().skip(index + 1).take(PARTS - 1) {
            if text.get(end..next.at) != Some(" ") || !next.text.starts_with(char::is_uppercase) {
                break;
            }
            parts.push(next.text);
            end = next.end();
            found.push((field, first.at..end, parts.clone(), is_titled));
        }
    }
    found
}

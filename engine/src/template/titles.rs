//! Which placeholder asks for the title of a person whose name another one asks for.
//!
//! Knows what placeholders are called. Invariant: a placeholder for a title is beside no other.

use std::collections::HashMap;

use crate::release::{Kind, Placeholder};

/// Words by which the name of a placeholder says that it asks for a title.
const TITLES: [&str; 6] = ["title", "office", "position", "តំណែង", "តួនាទី", "មុខងារ"];
/// Words of such a name that say nothing of the person.
const FILLERS: [&str; 5] = ["of", "the", "s", "for", "នៃ"];

/// The longest name of a placeholder that is looked at, in bytes, and how many of its words: thousands take no time.
const LONGEST: usize = 200;
const MOST_WORDS: usize = 8;

/// What a placeholder asks for, of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The name, while the placeholder of this index asks for the title.
    Name(usize),
    /// The title.
    Title,
    /// Neither, or both.
    Other,
}

/// What each placeholder asks for. The title of a person is that of the placeholder that is called after the person, or
/// of one beside it that is called a title and nothing else.
pub fn asked_of_people(placeholders: &[Placeholder]) -> Vec<Asked> {
    let is_text = |one: &&Placeholder| one.kind == Kind::Text && one.name.len() <= LONGEST;
    let person = |one: &Placeholder| Some(one).filter(is_text).and_then(|one| person_of(&one.name));
    let persons: Vec<Option<String>> = placeholders.iter().map(person).collect();
    let mut titles: HashMap<&str, usize> = HashMap::new();
    for (index, person) in persons.iter().enumerate() {
        if let Some(person) = person.as_deref().filter(|person| !person.is_empty()) {
            titles.entry(person).or_insert(index);
        }
    }
    let is_title = |at: usize| persons.get(at).is_some_and(Option::is_some);
    let is_bare = |at: usize| persons.get(at).is_some_and(|person| person.as_deref() == Some(""));
    let asked = |(index, one): (usize, &Placeholder)| {
        if is_title(index) {
            return Asked::Title;
        }
        if !is_text(&one) {
            return Asked::Other;
        }
        let called = names_within(&one.name).into_iter().find_map(|name| titles.get(name.as_str()).copied());
        let behind = || Some(index + 1).filter(|at| is_bare(*at));
        let before = || index.checked_sub(1).filter(|at| is_bare(*at) && at.checked_sub(1).is_none_or(is_title));
        called.or_else(behind).or_else(before).map_or(Asked::Other, Asked::Name)
    };
    placeholders.iter().enumerate().map(asked).collect()
}

/// What the person may be called after whom a placeholder has its name, the longest first: words of it in their order,
/// or in Khmer how it begins or ends.
fn names_within(name: &str) -> Vec<String> {
    let mut words = words(name);
    words.truncate(MOST_WORDS);
    let ranges = (0..words.len()).flat_map(|start| (start + 1..=words.len()).map(move |end| start..end));
    let mut names: Vec<String> = ranges.filter_map(|range| Some(words.get(range)?.join(" "))).collect();
    for word in words.iter().filter(|word| !word.is_ascii()) {
        let cuts = word.char_indices().map(|(at, _)| at).filter(|at| *at > 0);
        names.extend(cuts.flat_map(|at| [word.get(..at), word.get(at..)]).flatten().map(str::to_owned));
    }
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
}

/// Whose title a placeholder of this name asks for; `None` if it asks for none.
fn person_of(name: &str) -> Option<String> {
    let mut is_title = false;
    let mut rest = Vec::new();
    for word in words(name) {
        // Khmer writes the word for title and the person together.
        let khmer = TITLES.iter().find_map(|title| word.strip_prefix(title).filter(|_| !title.is_ascii()));
        if let Some(person) = khmer {
            is_title = true;
            rest.push(person.to_owned());
        } else if TITLES.contains(&word.as_str()) {
            is_title = true;
        } else if !FILLERS.contains(&word.as_str()) {
            rest.push(word);
        }
    }
    rest.retain(|word| !word.is_empty());
    is_title.then(|| rest.join(" "))
}

/// The words of a name in small letters.
fn words(name: &str) -> Vec<String> {
    let parts = name.split(|c: char| c.is_whitespace() || matches!(c, '_' | '-' | '\'' | '’' | '\u{200B}'));
    parts.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(names: &[&str]) -> Vec<Option<usize>> {
        let asked: Vec<_> = names.iter().map(|name| Placeholder::of(*name)).collect();
        let of = |asked| match asked {
            Asked::Name(title) => Some(title),
            Asked::Title | Asked::Other => None,
        };
        asked_of_people(&asked).into_iter().map(of).collect()
    }

    #[test]
    fn ten_thousand_placeholders_are_told_apart() {
        let names: Vec<_> = (0..5_000).flat_map(|one| [format!("guest {one}"), format!("guest {one} title")]).collect();
        let titles = titles(&names.iter().map(String::as_str).collect::<Vec<_>>());
        assert!((0..5_000).all(|one| titles[2 * one] == Some(2 * one + 1)));
    }

    #[test]
    fn a_title_is_that_of_the_person_it_is_called_after_or_stands_beside() {
        for (names, expected) in [
            (&["our side", "our title", "guest", "guest title"][..], vec![Some(1), None, Some(3), None]),
            (&["title of the guest", "guest", "place"], vec![None, Some(0), None]),
            (&["minister", "minister's office", "country"], vec![Some(1), None, None]),
            (&["name", "title", "country"], vec![Some(1), None, None]),
            (&["title", "name"], vec![None, Some(0)]),
            (&["headline", "subtitle"], vec![None, None]),
            (&["ភាគីកម្ពុជា", "តំណែងភាគីកម្ពុជា", "ប្រទេស"], vec![Some(1), None, None]),
            (&["ឈ្មោះ", "តំណែង"], vec![Some(1), None]),
        ] {
            assert_eq!(titles(names), expected, "{names:?}");
        }
        let choice = Placeholder { kind: Kind::Choice(vec!["a".into()]), ..Placeholder::of("title") };
        assert_eq!(asked_of_people(&[Placeholder::of("name"), choice]), [Asked::Other; 2]);
    }
}

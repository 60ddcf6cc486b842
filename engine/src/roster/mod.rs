//! The roster: people, their titles and offices, as an office writes them in both languages.
//!
//! Three things come of it: a name is completed while it is typed ([`Roster::completion`]), `proof`
//! holds the names of a release against it, and no line divides what it holds.
//!
//! Must never know: where the list is kept, which release it is used for, the window.
//!
//! Invariant: what is offered is what the list says, letter by letter.

mod completion;
pub mod edit;
pub mod file;
mod index;

use std::collections::HashSet;

pub use completion::{Offer, Offers, Wanted};
use index::Index;
use serde::{Deserialize, Serialize};

use crate::{
    khmer::{self, characters::is_letter},
    release::{Language, clean},
};

/// The most people that are taken; an office has hundreds.
pub const MOST: usize = 20_000;

/// A text in both languages; either may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Both {
    /// In English.
    pub english: String,
    /// In Khmer.
    pub khmer: String,
}

impl Both {
    /// The text in a language.
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::English => &self.english,
            Language::Khmer => &self.khmer,
        }
    }
}

/// A person whose name and title must be right.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Person {
    /// The name, the surname first: KAMIKAWA Yoko.
    pub name: Both,
    /// How the person is styled before the name: Her Excellency.
    pub honorific: Both,
    /// The office, after the name: Minister for Foreign Affairs of Japan.
    pub title: Both,
}

/// The longest name, in characters. The longest that are usual, with a style before them, have sixty.
const LONGEST_NAME: usize = 120;
/// The longest title, in characters: an office with all its ministries.
const LONGEST_TITLE: usize = 400;

/// Why a person cannot be on a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is a name in neither language.
    Nameless,
    /// A text has more than so many characters.
    TooLong(usize),
}

impl Person {
    /// The same with texts as they may be in a release: one line, one space between words, Khmer in its
    /// normal order.
    #[must_use]
    pub fn tidied(&self) -> Self {
        let tidy = |text: &str| {
            let words: Vec<String> = clean(text, false).split_whitespace().map(str::to_owned).collect();
            khmer::normalise(&words.join(" ")).into_owned()
        };
        let both = |both: &Both| Both { english: tidy(&both.english), khmer: tidy(&both.khmer) };
        Self { name: both(&self.name), honorific: both(&self.honorific), title: both(&self.title) }
    }

    /// What keeps the person from being on a list.
    pub fn fault(&self) -> Option<Fault> {
        let Self { name, honorific, title } = self;
        if name.english.is_empty() && name.khmer.is_empty() {
            return Some(Fault::Nameless);
        }
        let texts = [(name, LONGEST_NAME), (honorific, LONGEST_NAME), (title, LONGEST_TITLE)];
        let mut texts =
            texts.into_iter().flat_map(|(both, longest)| [(&both.english, longest), (&both.khmer, longest)]);
        let too_long = texts.find(|(text, longest)| text.chars().nth(*longest).is_some());
        too_long.map(|(_, longest)| Fault::TooLong(longest))
    }

    /// The name in the first language in which there is one.
    pub fn any_name(&self) -> &str {
        if self.name.english.is_empty() { &self.name.khmer } else { &self.name.english }
    }
}

/// Everybody on the lists.
#[derive(Debug, Default)]
pub struct Roster {
    people: Vec<Person>,
    english: Names,
    khmer: Names,
}

/// The names and titles of one language, to be looked up by their beginnings.
#[derive(Debug, Default)]
struct Names {
    names: Index,
    titles: Index,
}

impl Roster {
    /// The people, in the order of the lists.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Whether nobody is on the list.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// The Khmer names, whole and each part of them: words that no line may divide.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let names = self.people.iter().map(|person| person.name.khmer.as_str()).filter(|name| !name.is_empty());
        names.flat_map(|name| std::iter::once(name).chain(name.split(' ')))
    }

    /// Everybody with a name in a language, and that name in the form in which texts are compared.
    pub fn in_form(&self, language: Language) -> impl Iterator<Item = (&str, &Person)> {
        self.names(language).names.forms().zip(&self.people).filter(|(form, _)| !form.is_empty())
    }

    /// The words of all names in a language, in the form in which texts are compared.
    pub fn words_in_form(&self, language: Language) -> impl Iterator<Item = &str> {
        self.in_form(language).flat_map(|(name, _)| name.split(' '))
    }

    /// The title of the person with a name, with the honorific before it or without, in the language of the name.
    pub fn title_of(&self, name: &str) -> Option<&str> {
        let language = if name.contains(is_letter) { Language::Khmer } else { Language::English };
        let name = index::form(name.trim());
        let is_theirs = |form: &str, person: &Person| {
            let before = name.strip_suffix(form).map(str::trim_end);
            before
                .is_some_and(|before| before.is_empty() || before == index::form(person.honorific.of(language).trim()))
        };
        let mut titles = self.in_form(language).filter(|(form, person)| is_theirs(form, person));
        titles.find_map(|(_, person)| Some(person.title.of(language)).filter(|title| !title.is_empty()))
    }

    fn names(&self, language: Language) -> &Names {
        match language {
            Language::English => &self.english,
            Language::Khmer => &self.khmer,
        }
    }
}

impl FromIterator<Person> for Roster {
    /// A person who is on two lists in the same words is kept once.
    fn from_iter<I: IntoIterator<Item = Person>>(people: I) -> Self {
        let mut people: Vec<Person> = people.into_iter().take(MOST).collect();
        let mut seen = HashSet::new();
        let mut known: Vec<bool> = people.iter().map(|person| !seen.insert(person)).collect();
        drop(seen);
        known.reverse();
        people.retain(|_| known.pop() != Some(true));
        let of = |language: Language| Names {
            names: Index::of_each_word(people.iter().map(|person| person.name.of(language))),
            titles: Index::of_whole(people.iter().map(|person| person.title.of(language))),
        };
        let (english, khmer) = (of(Language::English), of(Language::Khmer));
        Self { people, english, khmer }
    }
}

/// The form in which names are compared: capitals small, Khmer in its normal order, without what is
/// not seen.
pub fn form(text: &str) -> String {
    index::form(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_of_a_person_is_found_by_the_name() {
        let both = |english: &str, khmer: &str| Both { english: english.into(), khmer: khmer.into() };
        let roster: Roster = [Person {
            name: both("SOK Dara", "សុខ តារា"),
            honorific: both("His Excellency", "ឯកឧត្តម"),
            title: both("Minister", "រដ្ឋមន្ត្រី"),
        }]
        .into_iter()
        .collect();
        for (name, title) in [
            ("sok dara", Some("Minister")),
            (" His Excellency SOK Dara", Some("Minister")),
            ("ឯកឧត្តម សុខ តារា", Some("រដ្ឋមន្ត្រី")),
            ("ឯកឧត្តមសុខ តារា", Some("រដ្ឋមន្ត្រី")),
            ("Mr. SOK Dara", None),
            ("Dara", None),
            ("", None),
        ] {
            assert_eq!(roster.title_of(name), title, "{name}");
        }
    }

    #[test]
    fn a_person_on_two_lists_is_one() {
        let person = |name: &str| Person {
            name: Both { english: name.into(), khmer: "កាមិកាវ៉ា យ៉ូកុ".into() },
            ..Person::default()
        };
        let roster: Roster = ["A", "B", "A", "C", "B"].map(person).into_iter().collect();
        let names: Vec<_> = roster.people().iter().map(|person| person.name.english.as_str()).collect();
        assert_eq!(names, ["A", "B", "C"]);
        assert_eq!(roster.words().take(3).collect::<Vec<_>>(), ["កាមិកាវ៉ា យ៉ូកុ", "កាមិកាវ៉ា", "យ៉ូកុ"]);
    }
}

//! All words of the window, in English and in Khmer, from `assets/i18n`.

use std::collections::HashMap;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::{release::Language, storage::WindowLanguage};

/// What a language of the window brings. A further one is an entry in [`catalogue`] and the files that it names.
pub struct Catalogue {
    /// The messages of the window.
    messages: &'static str,
    /// What the engine says; English has none, for there it says so itself.
    errors: Option<&'static str>,
    /// The handbook, a draft.
    pub handbook: &'static str,
    /// What is between a label and what it is of.
    pub colon: &'static str,
    /// Whether lines may be broken within what egui takes for a word.
    pub breaks_in_words: bool,
}

/// The words of one language.
pub struct Words {
    /// Which language.
    pub language: WindowLanguage,
    bundle: FluentBundle<FluentResource>,
    /// Messages without variables, ready to use.
    plain: HashMap<String, String>,
}

/// The files of a language.
pub fn catalogue(language: WindowLanguage) -> &'static Catalogue {
    match language {
        WindowLanguage::English => &Catalogue {
            messages: include_str!("../../assets/i18n/en.ftl"),
            errors: None,
            handbook: include_str!("../../assets/handbook/handbook.en.ron"),
            colon: ":",
            breaks_in_words: false,
        },
        WindowLanguage::Khmer => &Catalogue {
            messages: include_str!("../../assets/i18n/km.ftl"),
            errors: Some(include_str!("../../assets/i18n/errors.km.ftl")),
            handbook: include_str!("../../assets/handbook/handbook.km.ron"),
            colon: "៖",
            breaks_in_words: true,
        },
    }
}

/// The names of all messages of a file: what is before ` = ` at the beginning of a line.
fn names(source: &str) -> impl Iterator<Item = &str> {
    source
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name)
        .filter(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
}

impl Words {
    /// The words of a language.
    pub fn new(language: WindowLanguage) -> Self {
        let Catalogue { messages, errors, .. } = catalogue(language);
        let locale: LanguageIdentifier = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![locale]);
        // The marks around variables that Fluent adds for right-to-left scripts would show as boxes.
        bundle.set_use_isolating(false);
        // A part that cannot be read is missed by the test that compares both files.
        for source in [Some(*messages), *errors].into_iter().flatten() {
            let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(part, _)| part);
            let _ = bundle.add_resource(resource);
        }
        let mut words = Self { language, bundle, plain: HashMap::new() };
        for name in names(messages).chain(errors.iter().flat_map(|errors| names(errors))) {
            let text = words.format(name, None);
            words.plain.insert(name.to_owned(), text);
        }
        words
    }

    /// A message without variables; its name if there is no such message.
    pub fn get<'a>(&'a self, name: &'a str) -> &'a str {
        self.plain.get(name).map_or(name, String::as_str)
    }

    /// A message with variables.
    pub fn with(&self, name: &str, variables: &[(&str, &str)]) -> String {
        let mut arguments = FluentArgs::new();
        for (variable, value) in variables {
            arguments.set(*variable, FluentValue::from(*value));
        }
        self.format(name, Some(&arguments))
    }

    /// A message that counts something; digits are those of the language.
    pub fn count(&self, name: &str, count: usize) -> String {
        let mut arguments = FluentArgs::new();
        arguments.set("count", FluentValue::from(count));
        self.digits(&self.format(name, Some(&arguments)))
    }

    /// Digits as the language writes them.
    pub fn digits(&self, text: &str) -> String {
        match self.of_releases() {
            Language::English => text.to_owned(),
            Language::Khmer => crate::dates::to_khmer_digits(text),
        }
    }

    /// A number that may have decimals, as the language writes it.
    pub fn decimal(&self, number: f32) -> String {
        match self.of_releases() {
            Language::English => number.to_string(),
            Language::Khmer => crate::dates::khmer_decimal(number),
        }
    }

    /// The language of releases that goes with the window's.
    pub fn of_releases(&self) -> Language {
        self.language.of_releases()
    }

    /// Whether what the engine says has words of its own here.
    pub fn has_errors(&self) -> bool {
        self.catalogue().errors.is_some()
    }

    /// What the language brings.
    pub fn catalogue(&self) -> &'static Catalogue {
        catalogue(self.language)
    }

    fn format(&self, name: &str, arguments: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(name).and_then(|message| message.value()) else {
            return name.to_owned();
        };
        self.bundle.format_pattern(pattern, arguments, &mut Vec::new()).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    fn english() -> &'static str {
        catalogue(WindowLanguage::English).messages
    }

    /// What the engine says, in a language that has words of its own for it.
    fn errors() -> &'static str {
        catalogue(WindowLanguage::Khmer).errors.unwrap()
    }

    #[test]
    fn all_languages_have_the_same_messages() {
        let of = |source| names(source).collect::<BTreeSet<_>>();
        for language in WindowLanguage::ALL {
            let catalogue = catalogue(language);
            assert_eq!(of(catalogue.messages), of(english()), "{language:?}");
            assert_eq!(catalogue.errors.is_none(), language == WindowLanguage::English);
            for source in [Some(catalogue.messages), catalogue.errors].into_iter().flatten() {
                assert!(FluentResource::try_new(source.to_owned()).is_ok(), "{language:?}");
            }
            if let Some(own) = catalogue.errors {
                assert_eq!(of(own), of(errors()), "{language:?}");
            }
        }
    }

    /// The sources of the window, without their tests.
    fn sources() -> String {
        fn read(folder: &std::path::Path, all: &mut String) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    read(&path, all);
                } else if path.extension().is_some_and(|ending| ending == "rs") {
                    let source = std::fs::read_to_string(&path).unwrap();
                    all.push_str(source.split("\n#[cfg(test)]\nmod tests {").next().unwrap());
                }
            }
        }
        let mut all = String::new();
        read(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/editor"), &mut all);
        all
    }

    /// What a message asks for: `$file` and `{ section-body }`.
    fn asked(source: &str) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut asked: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        let mut name = "";
        for line in source.lines() {
            name = line.split_once(" = ").map_or(name, |(name, _)| if name.starts_with(' ') { "" } else { name });
            for (at, _) in line.match_indices("{ ") {
                let inside = line[at + 2..].split([' ', '}']).next().unwrap_or_default();
                if !inside.starts_with('"') && inside != "$count" {
                    asked.entry(name).or_default().insert(inside);
                }
            }
        }
        asked
    }

    #[test]
    fn all_languages_ask_for_the_same_variables() {
        for language in WindowLanguage::ALL {
            assert_eq!(asked(catalogue(language).messages), asked(english()), "{language:?}");
        }
    }

    #[test]
    fn every_message_is_used_and_every_name_in_the_sources_is_a_message() {
        let sources = sources();
        let known: BTreeSet<&str> = names(english()).chain(names(errors())).collect();
        let written: BTreeSet<&str> = sources
            .split('"')
            .filter(|text| text.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter(|text| text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
            .collect();
        let in_handbook = crate::editor::help::names_in_handbook();
        let referred: BTreeSet<&str> = asked(english()).into_values().flatten().collect();
        let is_used =
            |name: &str| written.contains(name) || referred.contains(name) || in_handbook.contains(&name.to_owned());
        let unused: Vec<_> = known.iter().filter(|name| !is_used(name)).collect();
        assert!(unused.is_empty(), "no source uses {unused:?}");
        for call in ["words.get(\"", "words.with(\"", "words.count(\""] {
            for (at, _) in sources.match_indices(call) {
                let name = sources[at + call.len()..].split('"').next().unwrap_or_default();
                assert!(known.contains(name), "there is no message {name}");
            }
        }
        // Families of messages are named in tables of the sources, not at the call.
        for family in ["problem-", "check-", "fault-", "step-", "menu-", "explain-", "about-", "error-", "trouble-"] {
            let missing: Vec<_> =
                written.iter().filter(|name| name.starts_with(family) && !known.contains(*name)).collect();
            assert!(missing.is_empty(), "there are no messages {missing:?}");
        }
        for bound in crate::editor::Command::bound() {
            assert!(known.contains(bound.command.name()), "{:?}", bound.command);
        }
    }

    #[test]
    fn variables_and_counts_are_filled_in() {
        let words = Words::new(WindowLanguage::English);
        assert_eq!(words.count("found-count", 1), "1 match");
        assert_eq!(words.count("found-count", 2), "2 matches");
        assert_eq!(words.with("exported", &[("file", "a.pdf")]), "Exported to a.pdf");
        assert_eq!(Words::new(WindowLanguage::Khmer).count("found-count", 2), "ឃើញ ២ កន្លែង");
        assert_eq!(words.get("no such message"), "no such message");
    }
}

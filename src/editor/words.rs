//! All words of the window, in English and in Khmer, from `assets/i18n`.

use std::collections::HashMap;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::release::Language;

/// The words of one language.
pub struct Words {
    /// Which language.
    pub language: Language,
    bundle: FluentBundle<FluentResource>,
    /// Messages without variables, ready to use.
    plain: HashMap<String, String>,
}

fn source(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("../../assets/i18n/en.ftl"),
        Language::Khmer => include_str!("../../assets/i18n/km.ftl"),
    }
}

/// Errors in Khmer; in English they are said by those who know them.
const ERRORS: &str = include_str!("../../assets/i18n/errors.km.ftl");

/// The names of all messages of a file: what stands before ` = ` at the beginning of a line.
fn names(source: &str) -> impl Iterator<Item = &str> {
    source
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name)
        .filter(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
}

impl Words {
    /// The words of a language.
    pub fn new(language: Language) -> Self {
        let locale: LanguageIdentifier = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![locale]);
        // The marks around variables that Fluent adds for right-to-left scripts would show as boxes.
        bundle.set_use_isolating(false);
        // A part that cannot be read is missed by the test that compares both files.
        let resource = FluentResource::try_new(source(language).to_owned()).unwrap_or_else(|(part, _)| part);
        let _ = bundle.add_resource(resource);
        if language == Language::Khmer {
            let errors = FluentResource::try_new(ERRORS.to_owned()).unwrap_or_else(|(part, _)| part);
            let _ = bundle.add_resource(errors);
        }
        let mut words = Self { language, bundle, plain: HashMap::new() };
        for name in names(source(language)).chain(names(ERRORS)) {
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
        match self.language {
            Language::English => text.to_owned(),
            Language::Khmer => crate::dates::to_khmer_digits(text),
        }
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

    #[test]
    fn both_languages_have_the_same_messages() {
        let of = |language| names(source(language)).collect::<BTreeSet<_>>();
        assert_eq!(of(Language::English), of(Language::Khmer));
        for source in [source(Language::English), source(Language::Khmer), ERRORS] {
            assert!(FluentResource::try_new(source.to_owned()).is_ok());
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
    fn both_languages_ask_for_the_same_variables() {
        assert_eq!(asked(source(Language::English)), asked(source(Language::Khmer)));
    }

    #[test]
    fn every_message_is_used_and_every_name_in_the_sources_is_a_message() {
        let sources = sources();
        let known: BTreeSet<&str> = names(source(Language::English)).chain(names(ERRORS)).collect();
        let written: BTreeSet<&str> = sources
            .split('"')
            .filter(|text| text.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter(|text| text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
            .collect();
        let in_handbook = crate::editor::help::names_in_handbook();
        let referred: BTreeSet<&str> = asked(source(Language::English)).into_values().flatten().collect();
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
        let words = Words::new(Language::English);
        assert_eq!(words.count("found-count", 1), "1 match");
        assert_eq!(words.count("found-count", 2), "2 matches");
        assert_eq!(words.with("exported", &[("file", "a.pdf")]), "Exported to a.pdf");
        assert_eq!(Words::new(Language::Khmer).count("found-count", 2), "ឃើញ ២ កន្លែង");
        assert_eq!(words.get("no such message"), "no such message");
    }
}

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
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn both_languages_have_the_same_messages() {
        let of = |language| names(source(language)).collect::<BTreeSet<_>>();
        assert_eq!(of(Language::English), of(Language::Khmer));
        for source in [source(Language::English), source(Language::Khmer), ERRORS] {
            assert!(FluentResource::try_new(source.to_owned()).is_ok());
        }
    }

    #[test]
    fn variables_and_counts_are_filled_in() {
        let words = Words::new(Language::English);
        assert_eq!(words.count("pages-count", 1), "1 page");
        assert_eq!(words.count("pages-count", 2), "2 pages");
        assert_eq!(words.with("exported", &[("file", "a.pdf")]), "Exported to a.pdf");
        assert_eq!(Words::new(Language::Khmer).count("pages-count", 2), "២ ទំព័រ");
        assert_eq!(words.get("no such message"), "no such message");
    }
}

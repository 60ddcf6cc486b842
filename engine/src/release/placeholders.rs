//! Placeholders: `{{name}}` in a text, where words are still to come.
//!
//! What a placeholder asks for is declared beside the texts, in [`Release::placeholders`]; one
//! that is not declared asks for text under its own name. Invariant: what [`in_text`] finds, and
//! nothing else, is a placeholder, for all.

use std::{collections::HashSet, ops::Range};

use serde::{Deserialize, Serialize};

use super::{Field, Release, SigningDate};

/// The longest name, in characters.
const LONGEST_NAME: usize = 60;

/// What is asked for at the places of one name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placeholder {
    /// The name, as it is between the braces.
    pub name: String,
    /// What kind of answer is wanted.
    #[serde(default, skip_serializing_if = "Kind::is_text")]
    pub kind: Kind,
    /// The question, in words for the user; empty if the name says enough.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prompt: String,
    /// The answer unless another is given: for a date `today` or year, month and day.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub default: String,
}

/// What kind of answer a placeholder wants.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A few words
    #[default]
    Text,
    /// One or more paragraphs
    LongText,
    /// A day, written out as the language does
    Date,
    /// One of these
    Choice(Vec<String>),
}

impl Kind {
    fn is_text(&self) -> bool {
        *self == Self::Text
    }
}

impl Placeholder {
    /// A placeholder that asks for text under its own name.
    pub fn of(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// What the user is asked: the prompt, or else the name.
    pub fn question(&self) -> &str {
        if self.prompt.is_empty() { &self.name } else { &self.prompt }
    }
}

/// The placeholder of a name, as it is written in a text.
pub fn written(name: &str) -> String {
    format!("{{{{{name}}}}}")
}

/// Whether a placeholder can have this name: letters, digits and signs, but none that end a name
/// in a text or in `name=value`, and no mark of emphasis.
pub fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name == trimmed(name)
        && name.chars().count() <= LONGEST_NAME
        && !name.contains(|c: char| c.is_control() || matches!(c, '{' | '}' | '=' | '*' | '\\'))
}

fn trimmed(name: &str) -> &str {
    name.trim_matches(|c: char| c.is_whitespace() || c == '\u{200B}')
}

/// The placeholders of a text, in order: their places in bytes, braces included, and their names.
pub fn in_text(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut found = Vec::new();
    // Asked of all texts with each frame: a single sign is found many times as fast as two.
    let Some(mut at) = text.find('{') else { return found };
    while let Some(start) = text.get(at..).and_then(|rest| rest.find("{{")).map(|start| at + start) {
        let inside = text.get(start + 2..).unwrap_or_default();
        match inside.find(['{', '}', '\n']) {
            Some(end) if inside.get(end..).is_some_and(|rest| rest.starts_with("}}")) => {
                let name = trimmed(inside.get(..end).unwrap_or_default());
                let after = start + 2 + end + 2;
                if is_name(name) {
                    found.push((start..after, name));
                }
                at = after;
            }
            // Of three braces the last two may begin one.
            _ => at = start + 1,
        }
    }
    found
}

/// The place of the placeholder that a byte of a text is in, if any; not at its edges.
pub fn at(text: &str, byte: usize) -> Option<Range<usize>> {
    in_text(text).into_iter().map(|(range, _)| range).find(|range| range.start < byte && byte < range.end)
}

/// A place that waits for words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The field, or `None` for the date of signature.
    pub field: Option<Field>,
    /// The place in the field's text, in bytes.
    pub range: Range<usize>,
    /// The name.
    pub name: String,
}

impl Release {
    /// All places that wait for words, in reading order.
    pub fn open_placeholders(&self) -> Vec<Open> {
        let mut open = Vec::new();
        for field in self.fields() {
            if let Some(text) = self.text(field) {
                open.extend(in_text(text.as_str()).into_iter().map(|(range, name)| Open {
                    field: Some(field),
                    range,
                    name: name.to_owned(),
                }));
            }
            if let (Field::Place, SigningDate::Placeholder(name)) = (field, &self.signature.date) {
                open.push(Open { field: None, range: 0..0, name: name.clone() });
            }
        }
        open
    }

    /// What is to be asked to fill all of them, each name once: first those declared, in the order
    /// of their declarations, then the others in reading order. For the date of signature a date is
    /// asked, whatever was declared.
    pub fn asked(&self) -> Vec<Placeholder> {
        let open = self.open_placeholders();
        let names: HashSet<&str> = open.iter().map(|open| open.name.as_str()).collect();
        let mut asked: Vec<Placeholder> =
            self.placeholders.iter().filter(|one| names.contains(one.name.as_str())).cloned().collect();
        let mut known: HashSet<&str> = self.placeholders.iter().map(|one| one.name.as_str()).collect();
        asked.extend(open.iter().filter(|open| known.insert(&open.name)).map(|open| Placeholder::of(&open.name)));
        if let SigningDate::Placeholder(name) = &self.signature.date
            && let Some(date) = asked.iter_mut().find(|one| one.name == *name)
        {
            date.kind = Kind::Date;
        }
        asked
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::release::{Paragraph, RichText};

    fn names(text: &str) -> Vec<&str> {
        in_text(text).into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn placeholders_are_found_where_they_are_whole() {
        assert_eq!(names("On {{date}}, {{ឈ្មោះ}} and {{ two words }}."), ["date", "ឈ្មោះ", "two words"]);
        assert_eq!(names("{{{a}}} {{}} {{ }} {b} {{c\n}} {{d=e}} {{f"), ["a"]);
        assert_eq!(in_text("{{{a}}}")[0].0, 1..6);
        assert_eq!(names("{{a{{b}}"), ["b"]);
        assert_eq!([0, 1, 4, 5].map(|byte| at("{{a}}", byte)), [None, Some(0..5), Some(0..5), None]);
    }

    #[test]
    fn each_name_is_asked_for_once_and_the_declared_first() {
        let mut release = Release { headline: "{{who}} and {{what}}".into(), ..Release::default() };
        release.body.push(Paragraph::new(RichText::plain("{{date}}: {{who}}")));
        release.signature.date = SigningDate::Placeholder("signed".into());
        release.placeholders =
            vec![Placeholder { kind: Kind::Date, ..Placeholder::of("date") }, Placeholder::of("not in the text")];
        let asked: Vec<_> = release.asked().into_iter().map(|one| (one.name, one.kind)).collect();
        let text = |name: &str| (name.to_owned(), Kind::Text);
        let date = |name: &str| (name.to_owned(), Kind::Date);
        assert_eq!(asked, [date("date"), text("who"), text("what"), date("signed")]);
        assert_eq!(release.open_placeholders().len(), 5);
    }

    #[test]
    fn the_date_of_signature_is_a_date_whatever_was_declared() {
        let mut release = Release { headline: "On {{when}}".into(), ..Release::default() };
        release.signature.date = SigningDate::Placeholder("when".into());
        let asked = |release: &Release| release.asked().into_iter().map(|one| one.kind).collect::<Vec<_>>();
        assert_eq!(asked(&release), [Kind::Date], "it stands in a text before");
        for kind in [Kind::Text, Kind::LongText, Kind::Choice(vec!["soon".into()])] {
            release.placeholders = vec![Placeholder { kind, ..Placeholder::of("when") }];
            assert_eq!(asked(&release), [Kind::Date]);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_found_and_nothing_panics(name in "[a-zកខ្_ -]{1,12}", around in "[{}a \n]{0,6}") {
            let text = format!("{around}x{}", written(&name));
            let found = in_text(&text);
            if is_name(&name) {
                prop_assert_eq!(found.last().map(|(_, found)| *found), Some(name.as_str()));
            }
            for (range, _) in found {
                prop_assert!(text[range].starts_with("{{"));
            }
        }
    }
}

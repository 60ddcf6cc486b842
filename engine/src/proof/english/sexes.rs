//! One person with the title of a man in one place and that of a woman in another: H.E. Mr. SOK Dara, Ms. SOK Dara.
//!
//! Knows the texts of a release. Its invariant: both places have the same name, of two words at least.

use std::{collections::HashMap, ops::Range};

use super::{super::Problem, Word, words};
use crate::release::{
    Check, Field,
    titles::{Sex, is_style, sex},
};

/// A title with a name, and its place.
struct Titled {
    field: Field,
    range: Range<usize>,
    written: String,
    sex: Sex,
}

/// The titles that are said of another sex than the title of the same name before.
pub(super) fn two_ways(texts: &[(Field, String)]) -> Vec<(Field, Range<usize>, Problem)> {
    let mut people: HashMap<String, Vec<Titled>> = HashMap::new();
    for (field, text) in texts {
        let words = words(text);
        for (index, pair) in words.windows(2).enumerate() {
            let [first, second] = pair else { continue };
            let is_name = |word: &Word| word.text.starts_with(char::is_uppercase) && sex(word.text).is_none();
            if text.get(first.end()..second.at) != Some(" ") || !is_name(first) || !is_name(second) {
                continue;
            }
            let Some((at, sex)) = words.get(..index).and_then(|said| title_before(text, said, first.at)) else {
                continue;
            };
            let range = at..second.end();
            let written = text.get(range.clone()).unwrap_or_default().to_owned();
            let name = format!("{} {}", first.text, second.text).to_lowercase();
            people.entry(name).or_default().push(Titled { field: *field, range, written, sex });
        }
    }
    let mut found = Vec::new();
    for titled in people.values() {
        let Some(first) = titled.first() else { continue };
        for other in titled.iter().filter(|other| other.sex != first.sex) {
            let (written, right) = (other.written.clone(), None);
            found.push((other.field, other.range.clone(), Problem::Prose { kind: Check::Honorifics, written, right }));
        }
    }
    found
}

/// The title right before a name that says of whom it is said, and where it begins.
fn title_before(text: &str, said: &[Word], name: usize) -> Option<(usize, Sex)> {
    let last = said.last()?;
    let between = text.get(last.end()..name)?;
    if !matches!(between, " " | ". " | ".\u{A0}" | "\u{A0}") {
        return None;
    }
    if let Some(sex) = sex(last.text) {
        return Some((last.at, sex));
    }
    let whose = said.len().checked_sub(2).and_then(|before| said.get(before)).filter(|_| is_style(last.text))?;
    match whose.text {
        "His" => Some((whose.at, Sex::Male)),
        "Her" => Some((whose.at, Sex::Female)),
        _ => None,
    }
}

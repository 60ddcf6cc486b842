//! One person with the title of a man in one place and that of a woman in another: H.E. Mr. SOK Dara, Ms. SOK Dara.
//!
//! Knows the texts of a release. Its invariant: both places have the same name, of two words at least.

use std::{collections::HashMap, ops::Range};

use super::{
    super::{Problem, spelling::PARTICLES},
    Word, words,
};
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
        for index in 1..words.len() {
            let (said, rest) = words.split_at(index);
            let Some((at, sex)) = rest.first().and_then(|first| title_before(text, said, first.at)) else { continue };
            let Some(name) = name(text, rest) else { continue };
            let written = text.get(at..name.end).unwrap_or_default().to_owned();
            let name = text.get(name).unwrap_or_default().to_lowercase();
            people.entry(name).or_default().push(Titled { field: *field, range: at..at + written.len(), written, sex });
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

/// The name that some words begin with: all that have a capital, with the small ones between them. Two people may have
/// the same first words: Nguyen Ngoc Minh, Nguyen Ngoc Lan.
fn name(text: &str, words: &[Word]) -> Option<Range<usize>> {
    let is_name = |word: &Word| word.text.starts_with(char::is_uppercase) && sex(word.text).is_none();
    let (first, rest) = words.split_first().filter(|(first, _)| is_name(first))?;
    let (mut last, mut before) = (None, first);
    for word in rest {
        if text.get(before.end()..word.at) != Some(" ") || !is_name(word) && !PARTICLES.contains(&word.text) {
            break;
        }
        before = word;
        last = Some(word).filter(|word| is_name(word)).or(last);
    }
    let name = first.at..last?.end();
    let ending = text.get(name.clone())?.strip_suffix("’s").map_or(name.end, |owner| name.start + owner.len());
    Some(name.start..ending)
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

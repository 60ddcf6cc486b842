//! Minster for Minister: the Prime Minster of Japan, but York Minster.
//!
//! Knows texts alone. Its invariant: a minster, which is a church, is let be where no office shows that a minister is
//! meant.

use super::{Slip, Word, slip, words};
use crate::release::Check;

/// Before the word these show that an office is meant.
const OFFICES: &[&str] = &[
    "prime", "foreign", "deputy", "senior", "defence", "defense", "interior", "finance", "trade", "commerce", "health",
];
/// Before the plural also these; England's churches are called by their towns.
const SEVERAL: &[&str] = &["two", "both", "these"];

/// What a ministry is of, behind “of”, “for” or “of the”: the first word.
#[rustfmt::skip]
const MINISTRIES: &[&str] = &[
    "agriculture", "civil", "commerce", "communications", "cults", "culture", "defence", "defense", "development",
    "digital", "economic", "economy", "education", "energy", "environment", "external", "finance", "foreign", "health",
    "home", "industry", "information", "interior", "international", "investment", "justice", "labor", "labour", "land",
    "mines", "national", "planning", "post", "posts", "public", "religion", "royal", "rural", "science", "security",
    "social", "state", "tourism", "trade", "transport", "water", "women",
];

/// The ministers that lack an i, with the possessive and hyphened forms: Prime Minster’s, Minster-level.
pub(super) fn slips(text: &str) -> Vec<Slip> {
    let words = words(text);
    let mut slips = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let (said, rest) = (words.get(..index).unwrap_or_default(), words.get(index + 1..).unwrap_or_default());
        let stem = word.text.split(['\'', '’', '-', '‑']).next().unwrap_or_default();
        let are_several = stem.eq_ignore_ascii_case("minsters");
        if !are_several && !stem.eq_ignore_ascii_case("minster") {
            continue;
        }
        let before = said.last().filter(|before| text.get(before.end()..word.at) == Some(" "));
        let before = before.map(|before| before.text.to_lowercase()).unwrap_or_default();
        let are_meant = are_several && (SEVERAL.contains(&&*before) || before == "the" && !is_of(rest));
        if OFFICES.contains(&&*before) || are_meant || is_of(rest) && names_ministry(rest) {
            let (head, tail) = stem.split_at(MIN.len());
            let i = if tail.chars().all(char::is_uppercase) { 'I' } else { 'i' };
            let range = word.at..word.at + stem.len();
            slips.extend(slip(Check::ConfusedWords, text, range, Some(format!("{head}{i}{tail}"))));
        }
    }
    slips
}

/// What is before the letter that is missing.
const MIN: &str = "Min";

fn is_of(rest: &[Word]) -> bool {
    rest.first().is_some_and(|word| matches!(word.text, "of" | "for" | "OF" | "FOR"))
}

/// Whether behind “of” or “of the” a ministry is named.
fn names_ministry(rest: &[Word]) -> bool {
    let mut behind = rest.iter().skip(1).map(|word| word.text.to_lowercase()).skip_while(|word| word == "the");
    behind.next().is_some_and(|word| MINISTRIES.contains(&word.trim_end_matches("’s").trim_end_matches("'s")))
}

//! Two spellings of one word, British and American spelling side by side.
//!
//! The spelling of the release is the one that most of its words have, or the first of two. Names keep their own:
//! the Department of Defense, the World Health Organization.

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use super::{super::Problem, words};
use crate::release::{Check, Field};

type Found = (Field, Range<usize>, Problem);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spelling {
    British,
    American,
    /// Beside other British words as right as -ise, and the only one in America.
    Ize,
}

/// British and American spellings, with the endings that both may have. `assets/english-variants.txt` has a line for
/// each: the British stem, the American one, the endings.
static VARIANTS: LazyLock<HashMap<String, (Spelling, String)>> = LazyLock::new(|| {
    let mut variants = HashMap::new();
    let lines = include_str!("../../../../assets/english-variants.txt").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let mut parts = line.split_whitespace();
        let (Some(british), Some(american)) = (parts.next(), parts.next()) else { continue };
        for ending in parts.chain([""]) {
            let ending = if ending == "-" { "" } else { ending };
            let (british, american) = (format!("{british}{ending}"), format!("{american}{ending}"));
            variants.insert(british.clone(), (Spelling::British, american.clone()));
            variants.insert(american, (Spelling::American, british));
        }
    }
    let stems = include_str!("../../../../assets/english-ise.txt").split_whitespace();
    for stem in stems {
        for ending in ["e", "es", "ed", "ing", "ation", "ations", "er", "ers"] {
            let (british, american) = (format!("{stem}is{ending}"), format!("{stem}iz{ending}"));
            variants.insert(british.clone(), (Spelling::British, american.clone()));
            variants.insert(american, (Spelling::Ize, british));
        }
    }
    variants
});

/// The words that are spelt otherwise than the release spells.
pub(super) fn two_ways(texts: &[(Field, String)]) -> Vec<Found> {
    let mut all = Vec::new();
    for (field, text) in texts {
        let mut before = 0;
        for word in words(text) {
            let between = text.get(before..word.at).unwrap_or_default();
            before = word.end();
            // A capital within a sentence makes a name of it.
            let begins = before == word.text.len() || between.contains(['.', '!', '?', ':']);
            if word.text.starts_with(char::is_uppercase) && !begins {
                continue;
            }
            if let Some((spelling, other)) = VARIANTS.get(&word.text.to_lowercase()) {
                all.push((*field, word.range(), word.text, *spelling, other.as_str()));
            }
        }
    }
    let count = |wanted: Spelling| all.iter().filter(|(.., spelling, _)| *spelling == wanted).count();
    let (british, american, ize) = (count(Spelling::British), count(Spelling::American), count(Spelling::Ize));
    if british + american + ize < 2 {
        return Vec::new();
    }
    let first = all.iter().map(|(.., spelling, _)| *spelling).find(|spelling| *spelling != Spelling::Ize);
    let is_british = british > american || british == american && first == Some(Spelling::British);
    let ise = all.iter().filter(|(.., text, spelling, _)| *spelling == Spelling::British && is_ise(text)).count();
    let is_wrong = |spelling: Spelling, text: &str| match spelling {
        Spelling::American => is_british && british > 0,
        // Without any word that is American in spelling alone, -ise is against -ize.
        Spelling::British => !is_british || american == 0 && is_ise(text) && ize > ise,
        Spelling::Ize => is_british && ise > 0 && ize <= ise,
    };
    all.iter()
        .filter(|(_, _, text, spelling, _)| is_wrong(*spelling, text) && (american > 0 || british > 0))
        .map(|(field, range, text, _, other)| {
            let right = Some(in_case_of(text, other));
            (*field, range.clone(), Problem::Prose { kind: Check::Variants, written: (*text).to_owned(), right })
        })
        .collect()
}

/// Whether a British word has the ending -ise where -ize is right as well.
fn is_ise(word: &str) -> bool {
    VARIANTS
        .get(&word.to_lowercase())
        .is_some_and(|(_, other)| VARIANTS.get(other).is_some_and(|(spelling, _)| *spelling == Spelling::Ize))
}

/// A word with a capital if another has one.
fn in_case_of(model: &str, word: &str) -> String {
    let mut letters = word.chars();
    match letters.next().filter(|_| model.starts_with(char::is_uppercase)) {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => word.to_owned(),
    }
}

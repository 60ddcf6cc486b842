//! A Latin colon in the place of ៈ, which looks alike: គណ:កម្មការ, ទស្សន:.
//!
//! Knows texts and the lexicon. Its invariant: every range that it gives lies in the text, on characters.

use super::super::{Problem, slips::Slip};
use crate::{
    khmer::{
        characters::{is_in_words, is_letter},
        lexicon,
    },
    typeset::breaks::word_boundaries,
};

const SIGN: char = 'ៈ';
/// No word with the sign has more before it, in characters.
const LONGEST: usize = 16;
/// Of shorter letters every other is a label: ក:.
const SHORTEST: usize = 3;

/// What the lexicon has as a word and is only ever the first part of one: ទស្សនកិច្ច.
const FIRST_PARTS: &[&str] = &["ទស្សន", "លក្ខណ", "សិល្ប"];

/// The words of a text with a colon for the sign.
pub(super) fn slips(text: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    for (at, _) in text.match_indices(':') {
        let Some((before, after)) = text.get(..at).zip(text.get(at + 1..)) else { continue };
        if !before.ends_with(is_in_words) {
            continue;
        }
        let head = before.trim_end_matches(is_in_words);
        let run = before.get(head.len()..).unwrap_or_default();
        let ends = word_boundaries(run);
        // The shortest first: the lexicon has ក្នុងរយៈពេល, too.
        let found = ends.into_iter().rev().find_map(|start| {
            let word = run.get(start..)?;
            let letters = word.chars().count();
            let is_meant = (SHORTEST - 1..=LONGEST).contains(&letters)
                && word.starts_with(is_letter)
                && (goes_on(word, after) || ends_so(word, after));
            is_meant.then_some(word)
        });
        if let Some(word) = found {
            let range = at - word.len()..at + 1;
            slips.push((range, Problem::KhmerSlip { written: format!("{word}:"), right: format!("{word}{SIGN}") }));
        }
    }
    slips
}

/// Whether a word with the sign in it is made of what is before a colon and right behind it.
fn goes_on(word: &str, after: &str) -> bool {
    let run = after.trim_start_matches(is_in_words);
    let run = after.get(..after.len() - run.len()).unwrap_or_default();
    run.chars().nth(1).is_some() && {
        let mut walk = lexicon::Walk::default();
        word.chars().chain([SIGN]).all(|c| walk.push(c))
            && run.char_indices().any(|(at, c)| at < 3 * LONGEST && walk.push(c) && walk.is_word())
    }
}

/// Whether a word ends with the sign that is none without it.
fn ends_so(word: &str, after: &str) -> bool {
    word.chars().nth(SHORTEST - 1).is_some()
        && !after.starts_with(is_in_words)
        && (!lexicon::is_word(word) || FIRST_PARTS.contains(&word))
        && lexicon::is_word(&format!("{word}{SIGN}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colon_for_the_sign_is_found() {
        for (text, wrong) in [("ភាគីទាំងពីរបានផ្លាស់ប្តូរទស្សន: លើបញ្ហា", "ទស្សន:"), ("ក្នុងរយ:ពេលពីរឆ្នាំ", "រយ:"), ("គណ:កម្មាធិការ", "គណ:")]
        {
            let found = slips(text);
            assert!(matches!(&found[..], [(range, _)] if &text[range.clone()] == wrong), "{text}: {found:?}");
        }
        for text in ["ទូរសព្ទ: ០២៣", "ក: ខ", "កម្ពុជា:ជប៉ុន", "រយ: មួយ", "ម៉ោង ៨:៣០", "ប្រធានបទ:«សន្តិភាព»"]
        {
            assert_eq!(slips(text), [], "{text}");
        }
    }
}

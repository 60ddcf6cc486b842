//! What becomes of a Khmer word by one slip of the hand, of those that typists make.
//!
//! Knows words one by one. Its invariant: every form begins with a letter and ends in no coeng.

use crate::khmer::characters::{COENG, is_letter, is_sign};

/// Letters, vowels and signs that are taken for one another: they look or sound alike.
pub(in crate::proof) const CONFUSED: &[&str] = &[
    "ិីឹឺ",
    "ុូួ",
    "េែៃ",
    "ោៅ",
    "េើៀ",
    "ើឿ",
    "នណ",
    "ធឋទឌ",
    "តដ",
    "ពភប",
    "ចជឈឆ",
    "ឈឍ",
    "កគខឃ",
    "លឡ",
    "មអ",
    "យញ",
    "សឝ",
    "ះៈ",
    "់៍៏័៌",
    "៉៊",
];
/// Signs that are typed where none belongs.
const STRAY: [char; 2] = ['\u{17CB}', '\u{17CD}'];
/// ំ is written for the ម of ម្, as in សំដែង.
const NIKAHIT: char = '\u{17C6}';

// How much rarer a kind of slip is than the likeliest kind, in the tenths in which `table` counts.
const VOWEL: u16 = 0;
const DOUBLED: u16 = 0;
const LOOK_ALIKE: u16 = 5;
const DOUBLED_BEFORE_A_SIGN: u16 = 5;
const EXCHANGED: u16 = 5;
const SIGN_LEFT_OUT: u16 = 5;
const LETTER_LEFT_OUT: u16 = 10;
const STRAY_SIGN: u16 = 15;

/// The forms of a word with one slip, each with how rare the kind of slip is.
pub(super) fn forms(word: &str) -> Vec<(String, u16)> {
    let characters: Vec<char> = word.chars().collect();
    let mut forms = Vec::new();
    let mut add = |at: usize, until: usize, by: &[char], cost: u16| {
        let parts = characters.get(..at).zip(characters.get(until..));
        let Some((before, after)) = parts else { return };
        let form: String = before.iter().chain(by).chain(after).collect();
        if form.starts_with(is_letter) && !form.ends_with(COENG) && form != word {
            forms.push((form, cost));
        }
    };
    for (at, &c) in characters.iter().enumerate() {
        for other in CONFUSED.iter().filter(|group| group.contains(c)).flat_map(|group| group.chars()) {
            if other != c {
                add(at, at + 1, &[other], if is_sign(c) { VOWEL } else { LOOK_ALIKE });
            }
        }
        if c == COENG {
            add(at, at + 2, &[], LETTER_LEFT_OUT);
        } else if is_sign(c) {
            add(at, at + 1, &[], SIGN_LEFT_OUT);
        }
    }
    let clusters = clusters(&characters);
    for (index, cluster) in clusters.iter().enumerate() {
        let (at, end) = (cluster.start, cluster.end);
        let next = clusters.get(index + 1).and_then(|next| characters.get(next.clone()));
        let letters = characters.get(cluster.clone());
        if let Some(&[letter, _, ..]) = letters {
            add(at, at, &[letter], DOUBLED_BEFORE_A_SIGN);
        }
        match (letters, next) {
            (Some(&[letter]), next) => {
                add(at, end, &[], LETTER_LEFT_OUT);
                add(at, end, &[letter, letter], DOUBLED);
                for sign in STRAY {
                    add(at, end, &[letter, sign], STRAY_SIGN);
                }
                match next {
                    Some(&[below, sign]) if is_sign(sign) => add(at, end + 2, &[letter, sign, below], EXCHANGED),
                    Some(&['ម', COENG, ..]) => add(at, end + 2, &[letter, NIKAHIT], EXCHANGED),
                    _ => {}
                }
            }
            (Some(&[letter, sign]), Some(next)) if is_sign(sign) => {
                if let &[alone] = next {
                    add(at, end + 1, &[letter, alone, sign], EXCHANGED);
                }
                if sign == NIKAHIT {
                    add(at, end, &[letter, 'ម', COENG], EXCHANGED);
                }
            }
            _ => {}
        }
    }
    forms
}

/// Letters with what hangs on them, as ranges of the characters.
fn clusters(characters: &[char]) -> Vec<std::ops::Range<usize>> {
    let begins = |at: &usize| {
        let is_subscript = at.checked_sub(1).and_then(|before| characters.get(before)) == Some(&COENG);
        characters.get(*at).is_some_and(|c| is_letter(*c)) && !is_subscript
    };
    let mut edges: Vec<usize> = (0..characters.len()).filter(begins).collect();
    edges.push(characters.len());
    edges.windows(2).map(|edge| edge[0]..edge[1]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slips_of_typists_are_among_the_forms() {
        for (word, wrong) in [
            ("ជប៉ុន", "ជប៉ន"),
            ("ជប៉ុន", "ជប៊ុន"),
            ("សេដ្ឋកិច្ច", "សេដ្ឋកិច"),
            ("សេដ្ឋកិច្ច", "សេដ្ធកិច្ច"),
            ("វប្បធម៌", "វប្បធ៌ម"),
            ("វប្បធម៌", "វប្បធម៍"),
            ("ពាណិជ្ជកម្ម", "ពានិជ្ជកម្ម"),
            ("សម្តែង", "សំតែង"),
            ("សំណួរ", "សម្ណួរ"),
            ("ផែនការ", "ផែនការ៍"),
            ("ទំនាក់ទំនង", "ទំនាក់ទំនងង"),
            ("ទីក្រុង", "ទិក្រុង"),
            ("អភិវឌ្ឍ", "អភិវឌ្ឈ"),
            ("កម្ពុជា", "កម្ពុជជា"),
        ] {
            assert!(forms(word).iter().any(|(form, _)| form == wrong), "{wrong} for {word}: {:?}", forms(word));
        }
    }

    #[test]
    fn every_form_is_one_that_can_be_written() {
        for (word, _) in crate::khmer::common::words() {
            for (form, _) in forms(word) {
                assert!(form.starts_with(is_letter) && !form.ends_with(COENG) && form != word, "{form} for {word}");
            }
        }
    }
}

//! The common words of Khmer, and how common each is: `assets/khmer-common-words.md` says where they come from.
//!
//! Must never know: texts, and the lexicon of all words.
//!
//! Invariant: the list is in the program, and unpacked when it is first asked for.

use std::{io::Read as _, sync::LazyLock};

use flate2::read::ZlibDecoder;

static LIST: LazyLock<String> = LazyLock::new(|| {
    let mut list = String::new();
    let packed: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/khmer-common-words.z"));
    // A test says that the list can be unpacked.
    match ZlibDecoder::new(packed).read_to_string(&mut list) {
        Ok(_) => list,
        Err(_) => String::new(),
    }
});

/// Every common word with its rarity: the logarithm (base e) of one word in how many it is, from 5 for និង to 11.
///
/// Where two spellings are right, ្ត and ្ដ, only the first is there.
pub fn words() -> impl Iterator<Item = (&'static str, u16)> {
    lines().filter(|(_, rarity)| *rarity != MISSPELT)
}

/// Misspelt words that both lists of the lexicon have nevertheless.
pub fn misspelt() -> impl Iterator<Item = &'static str> {
    lines().filter(|(_, rarity)| *rarity == MISSPELT).map(|(word, _)| word)
}

/// Stands in the list where a rarity would.
const MISSPELT: u16 = 0;

fn lines() -> impl Iterator<Item = (&'static str, u16)> {
    let mut rarity = MISSPELT;
    LIST.lines().filter_map(move |line| match line.strip_prefix("# ") {
        Some(number) => {
            rarity = number.parse().unwrap_or_default();
            None
        }
        None => Some((line, rarity)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::khmer::{faults, lexicon, normalise};

    #[test]
    fn the_words_are_well_formed_and_each_is_there_once() {
        let mut seen = std::collections::HashSet::new();
        for (word, rarity) in words() {
            assert!((5..=11).contains(&rarity), "{word}: {rarity}");
            assert!(seen.insert(word), "{word} is there twice");
            assert!(faults(word).is_empty() && normalise(word) == word, "{word} is not in normal order");
            assert!(!word.contains("្ដ"), "{word}");
        }
        assert!(seen.len() > 5_900);
        assert!(["សហប្រតិបត្តិការ", "ទំនាក់ទំនង", "រដ្ឋមន្ត្រី", "ភ្នំពេញ"].iter().all(|word| seen.contains(word)));
    }

    #[test]
    fn a_misspelt_word_is_in_the_lexicon_and_no_common_word() {
        for wrong in misspelt() {
            assert_eq!(lexicon::weight(wrong), 2, "{wrong} need not be listed");
            assert!(words().all(|(word, _)| word != wrong), "{wrong}");
        }
        assert!(misspelt().count() > 50);
    }
}

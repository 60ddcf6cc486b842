//! Makes `assets/khmer-lexicon.fst` from two lists of words; `assets/khmer-lexicon.md` says which.
//!
//! usage: `cargo run --release --example khmer_lexicon -- ICU_WORDS.txt KHMERDICT.txt assets/khmer-lexicon.fst`
//!
//! Words are put into the normal order of Khmer. What is no word is left out: phrases with signs, and words of
//! which a letter has a fault. A character is one byte, see `lexicon::byte_of`. The value of a word is 1 if the first list has it, 2 if the second has it, 3 for both.

use std::{collections::BTreeMap, error::Error, fs};

use release_composer::khmer::{
    characters::{is_in_words, is_letter},
    faults, lexicon, normalise,
};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [icu, sil, output] = arguments.as_slice() else {
        return Err("usage: khmer_lexicon ICU_WORDS.txt KHMERDICT.txt OUTPUT.fst".into());
    };
    let mut words: BTreeMap<String, u64> = BTreeMap::new();
    for (list, value) in [(icu, 1), (sil, 2)] {
        for line in fs::read_to_string(list)?.lines() {
            let line = line.trim().trim_matches(['\u{FEFF}', '\u{200B}']);
            // Joiners keep a shifter where an old font put it elsewhere.
            let word: String = line.chars().filter(|c| !matches!(c, '\u{200C}' | '\u{200D}')).collect();
            if !word.starts_with(is_letter) || !word.chars().all(is_in_words) {
                continue;
            }
            let word = normalise(&word).into_owned();
            if faults(&word).is_empty() {
                *words.entry(word).or_default() |= value;
            }
        }
    }
    let mut map = fst::MapBuilder::memory();
    for (word, value) in &words {
        map.insert(word.chars().filter_map(lexicon::byte_of).collect::<Vec<_>>(), *value)?;
    }
    fs::write(output, map.into_inner()?)?;
    println!("{} words", words.len());
    Ok(())
}

//! Whether an English word is right, by the dictionary in `assets`.
//!
//! American and British spellings are both right: officials write both. The dictionary is read when
//! the first word is judged, so a Khmer release and the first frame of the window do without it.
//!
//! Knows single words, as `tokens` brings them. Invariant: what was judged once is judged alike for
//! as long as the program runs.

use std::{
    collections::HashMap,
    io::Read as _,
    sync::{LazyLock, Mutex, MutexGuard, PoisonError},
};

use flate2::read::ZlibDecoder;
use spellbook::Dictionary;

/// What is remembered is forgotten when it is more than this, words that nobody will write again.
const MOST_REMEMBERED: usize = 50_000;

/// Prefixes that make a word of nearly any other. Short ones are left out: with `re` or `un` before
/// it, too many a slip would be right.
const PREFIXES: [&str; 14] = [
    "non", "multi", "inter", "intra", "sub", "counter", "trans", "socio", "geo", "cyber", "micro", "macro", "anti",
    "post",
];
/// The fewest letters of a word that makes another with a prefix.
const SHORTEST_STEM: usize = 4;

/// The longest word that is judged, in bytes. What is longer is an address or a game, and what may
/// be meant by it would take long to find.
pub(super) const LONGEST: usize = 32;

/// None if the asset were damaged; a test says that it is not.
static DICTIONARY: LazyLock<Option<Dictionary>> = LazyLock::new(read);

/// What was judged, and what was suggested.
#[derive(Default)]
struct Memory {
    right: HashMap<Box<str>, bool>,
    suggestions: HashMap<Box<str>, Vec<String>>,
}

static MEMORY: LazyLock<Mutex<Memory>> = LazyLock::new(Mutex::default);

fn memory() -> MutexGuard<'static, Memory> {
    // Half of what is remembered is as true as the whole.
    let mut memory = MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    if memory.right.len() > MOST_REMEMBERED {
        *memory = Memory::default();
    }
    memory
}

fn read() -> Option<Dictionary> {
    let mut words = String::new();
    ZlibDecoder::new(&include_bytes!("../../../../assets/english.dic.z")[..]).read_to_string(&mut words).ok()?;
    let mut dictionary = Dictionary::new(include_str!("../../../../assets/english.aff"), &words).ok()?;
    for name in include_str!("../../../../assets/english-names.txt").lines() {
        let _ = dictionary.add(&without_accents(name));
    }
    Some(dictionary)
}

/// Whether the dictionary has a word that differs by a slip of the hand.
pub(super) fn is_near(word: &str) -> bool {
    // Letters that change their places cost the same as one that is another.
    let small = word.to_lowercase();
    suggestions(word).iter().any(|other| strsim::damerau_levenshtein(&small, &other.to_lowercase()) == 1)
}

/// Whether a word is right; all are while there is no dictionary.
pub(super) fn is_right(word: &str) -> bool {
    if word.len() > LONGEST {
        return true;
    }
    if let Some(right) = memory().right.get(word) {
        return *right;
    }
    let Some(dictionary) = &*DICTIONARY else { return true };
    let bare = without_accents(word);
    let right = dictionary.check(&bare) || has_prefix(dictionary, &bare);
    memory().right.insert(word.into(), right);
    right
}

/// A prefix before a word: `intergovernmental`, `subregional`.
fn has_prefix(dictionary: &Dictionary, word: &str) -> bool {
    let small = word.to_lowercase();
    let stems = PREFIXES.iter().filter_map(|prefix| small.strip_prefix(prefix));
    stems.filter(|stem| stem.chars().count() >= SHORTEST_STEM).any(|stem| dictionary.check(stem))
}

/// The words that may be meant, the likeliest first.
pub(super) fn suggestions(word: &str) -> Vec<String> {
    if let Some(suggestions) = memory().suggestions.get(word) {
        return suggestions.clone();
    }
    let mut suggestions = Vec::new();
    if let Some(dictionary) = &*DICTIONARY {
        // Words that only look alike would take twenty times as long to find.
        dictionary
            .checker()
            .into_suggester()
            .with_ngram_suggestions(false)
            .suggest(&without_accents(word), &mut suggestions);
    }
    // “mar ket” for “marxet” helps nobody, nor do two words with a hyphen between.
    suggestions.retain(|suggestion| !suggestion.contains(' ') && (word.contains('-') || !suggestion.contains('-')));
    memory().suggestions.insert(word.into(), suggestions.clone());
    suggestions
}

/// The dictionary has `cafe` for “café”.
pub(super) fn without_accents(word: &str) -> String {
    let mut bare = String::with_capacity(word.len());
    for c in word.chars() {
        let c = match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
            'ç' | 'ć' | 'č' => 'c',
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
            'ì'..='ï' | 'ī' => 'i',
            'ñ' | 'ń' => 'n',
            'ò'..='ö' | 'ō' | 'ő' => 'o',
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
            'ý' | 'ÿ' => 'y',
            'š' | 'ś' => 's',
            'ž' | 'ź' | 'ż' => 'z',
            'À'..='Å' | 'Ā' => 'A',
            'Ç' | 'Č' => 'C',
            'È'..='Ë' => 'E',
            'Ì'..='Ï' => 'I',
            'Ñ' => 'N',
            'Ò'..='Ö' | 'Ō' => 'O',
            'Ù'..='Ü' => 'U',
            'Š' => 'S',
            'Ž' => 'Z',
            c => c,
        };
        bare.push(c);
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dictionary_can_be_read() {
        assert!(DICTIONARY.is_some());
        for word in ["colour", "color", "organise", "organize", "defense", "defence", "Cambodia", "Sihanoukville"] {
            assert!(is_right(word), "{word}");
        }
    }

    #[test]
    fn a_slip_is_near_its_word() {
        assert!(is_near("minsiter") && is_near("cooperaton"));
        assert!(suggestions("goverment").contains(&"government".to_owned()));
        assert!(!is_right("Kamikawaxq") && !is_near("Kamikawaxq"));
    }

    #[test]
    fn accents_and_prefixes_make_no_other_word() {
        assert!(is_right("café") && is_right("communiqué") && is_right("intergovernmental") && is_right("subregion"));
        assert!(!is_right("interegional"));
    }
}

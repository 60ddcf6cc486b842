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
    suggestions.sort_by_cached_key(|suggestion| likelihood(word, suggestion));
    memory().suggestions.insert(word.into(), suggestions.clone());
    suggestions
}

/// How likely the slip is that makes one word of another, the likeliest first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Likelihood {
    /// A letter once instead of twice, or twice; two letters that change their places; another vowel.
    Usual,
    /// Anything else: the dictionary's own order is good.
    Other,
    /// The first letter of a word is seldom left out or added.
    FirstLetter,
}

fn likelihood(written: &str, meant: &str) -> Likelihood {
    let letters = |word: &str| without_accents(word).to_lowercase().chars().collect::<Vec<char>>();
    let (written, meant) = (letters(written), letters(meant));
    let same = |(one, other): &(&char, &char)| one == other;
    let start = written.iter().zip(&meant).take_while(same).count();
    let (tail, tail_meant) = (written.iter().skip(start).rev(), meant.iter().skip(start).rev());
    let end = tail.zip(tail_meant).take_while(same).count();
    // What is between the same beginning and the same end.
    let between = |word: &[char]| word.get(start..word.len() - end).unwrap_or_default().to_vec();
    match (&*between(&written), &*between(&meant)) {
        ([letter], []) | ([], [letter]) => {
            let longer = if written.len() > meant.len() { &written } else { &meant };
            let beside = [start.checked_sub(1), Some(start + 1)];
            match beside.into_iter().flatten().any(|at| longer.get(at) == Some(letter)) {
                true => Likelihood::Usual,
                false if start == 0 => Likelihood::FirstLetter,
                false => Likelihood::Other,
            }
        }
        ([a, b], [c, d]) if a == d && b == c => Likelihood::Usual,
        ([a], [b]) if [a, b].into_iter().all(|letter| "aeiouy".contains(*letter)) => Likelihood::Usual,
        _ => Likelihood::Other,
    }
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

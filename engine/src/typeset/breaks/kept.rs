//! Words the caller knows: those of the user's own list, and names learnt from the draft.
//!
//! The model has never met most names, and a name broken in two is the worst of its errors. A word
//! put in here is never broken, wherever it is.
//!
//! Must never know: where the words come from.
//!
//! Invariant: these words only forbid. They never add a place, so a wrong one does no harm beyond
//! its own letters.

use std::{collections::BTreeSet, ops::Bound};

use foldhash::{HashMap, HashSet};

use super::names;
use crate::{khmer::normalise, work};

/// A set of words inside which no line is broken (but at a zero-width space in the text itself).
#[derive(Clone, Debug, Default)]
pub struct KnownWords {
    /// By their first two characters, so that a list of thousands costs most places of a text no more
    /// than a look.
    by_start: HashMap<[Option<char>; 2], BTreeSet<Box<str>>>,
    /// Of the first characters of all words the last eight bits: most places of a text have others, and are not
    /// looked for.
    firsts: [u64; 4],
    /// Those of them that a line should rather not divide, and may in need.
    learnt: HashSet<Box<str>>,
}

impl KnownWords {
    /// No words.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether the list is empty.
    pub fn is_empty(&self) -> bool {
        self.by_start.is_empty()
    }

    /// Adds a word, or several with spaces between them that are to stay on one line. It is put into the
    /// normal order of Khmer, as the texts are in which it is looked for.
    pub fn insert(&mut self, word: &str) {
        let word = &*normalise(word.trim());
        if !word.is_empty() && !self.has(word) {
            let start = start(word);
            if let Some((bits, bit)) = start[0].map(first_bit) {
                self.firsts[bits] |= bit;
            }
            self.by_start.entry(start).or_default().insert(word.into());
        }
    }

    /// Adds names in Latin script that a draft teaches: a line should rather not divide them, and may in need.
    pub fn insert_learnt(&mut self, name: &str) {
        if !self.has(name) {
            self.insert(name);
            self.learnt.insert(name.into());
        }
    }

    /// Whether a word is one that a line may divide in need.
    pub(crate) fn is_learnt(&self, word: &str) -> bool {
        self.learnt.contains(word)
    }

    /// Adds the names that follow a title in this text (see `names`), so that they stay whole where
    /// they come again without it.
    pub fn learn(&mut self, text: &str) {
        self.extend(names(text).into_iter().filter_map(|name| text.get(name)));
    }

    /// The words, in the order of their characters.
    pub fn sorted(&self) -> impl Iterator<Item = &str> {
        let mut words: Vec<&str> = self.by_start.values().flatten().map(|word| &**word).collect();
        words.sort_unstable();
        words.into_iter()
    }

    /// Whether this very word is among them.
    pub fn has(&self, word: &str) -> bool {
        self.by_start.get(&start(word)).is_some_and(|words| words.contains(word))
    }

    /// How many bytes the longest of the words takes that `text` begins with; 0 if none does.
    pub(crate) fn longest_at(&self, text: &str) -> usize {
        let [first, second] = start(text);
        if first.map(first_bit).is_none_or(|(bits, bit)| self.firsts[bits] & bit == 0) {
            return 0;
        }
        let longest = self.by_start.get(&[first, second]).map_or(0, |words| longest_prefix(words, text));
        if longest > 0 {
            return longest;
        }
        // A word of a single character has no second.
        let is_word = second.is_some() && self.by_start.contains_key(&[first, None]);
        first.filter(|_| is_word).map_or(0, char::len_utf8)
    }
}

/// The bytes of the longest of these words that a text begins with.
///
/// Whatever lies in the order of characters between a beginning of the text and the text begins the same
/// way. So the last word that is not behind the text is the longest beginning, or shares with the text all
/// that a longest beginning can have.
fn longest_prefix(words: &BTreeSet<Box<str>>, text: &str) -> usize {
    let mut head = text;
    loop {
        work::step();
        let Some(word) = words.range::<str, _>((Bound::Unbounded, Bound::Included(head))).next_back() else { return 0 };
        if head.starts_with(&**word) {
            return word.len();
        }
        let shared = word.bytes().zip(head.bytes()).take_while(|(a, b)| a == b).count();
        head = head.get(..head.floor_char_boundary(shared)).unwrap_or_default();
    }
}

/// Where [`KnownWords::firsts`] has a character.
fn first_bit(c: char) -> (usize, u64) {
    let bits = u32::from(c) % 256;
    (bits as usize / 64, 1 << (bits % 64))
}

fn start(text: &str) -> [Option<char>; 2] {
    let mut chars = text.chars();
    [chars.next(), chars.next()]
}

impl<S: AsRef<str>> Extend<S> for KnownWords {
    fn extend<I: IntoIterator<Item = S>>(&mut self, words: I) {
        for word in words {
            self.insert(word.as_ref());
        }
    }
}

impl<S: AsRef<str>> FromIterator<S> for KnownWords {
    fn from_iter<I: IntoIterator<Item = S>>(words: I) -> Self {
        let mut all = Self::new();
        all.extend(words);
        all
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::work::tests::steps;

    #[test]
    fn the_longest_word_counts() {
        let words: KnownWords = ["សុខ", "សុខា", " "].into_iter().collect();
        assert_eq!(words.longest_at("សុខាភិបាល"), "សុខា".len());
        assert_eq!(words.longest_at("ខ"), 0);
        let words: KnownWords = ["ស", "សុខា"].into_iter().collect();
        assert_eq!([words.longest_at("សុខ"), words.longest_at("ស"), words.longest_at("សុខា")], [3, 3, 12]);
        assert!(KnownWords::from_iter([""]).is_empty());
    }

    /// The longest of many words that begin alike is found without a look at each.
    #[test]
    fn many_words_that_begin_alike_are_looked_up_at_once() {
        let counted = |size: usize| {
            let words: KnownWords = (0..size).map(|number| format!("សុខ{number:05}")).collect();
            steps(|| assert_eq!(words.longest_at("សុខ00042ក"), "សុខ00042".len()))
        };
        assert!(counted(20_000) <= 2, "{}", counted(20_000));
        let nested: KnownWords = (1..=60).map(|letters| "ក".repeat(letters)).collect();
        assert_eq!(nested.longest_at(&format!("{}ខ", "ក".repeat(40))), 3 * 40);
        assert_eq!(nested.longest_at(&"ក".repeat(100)), 3 * 60);
    }

    proptest! {
        #[test]
        fn the_longest_word_is_that_of_a_look_at_each(words in prop::collection::vec("[abក]{1,5}", 0..12), text in "[abក]{0,7}") {
            let longest = words.iter().filter(|word| text.starts_with(word.as_str())).map(String::len).max();
            let words: KnownWords = words.iter().collect();
            prop_assert_eq!(words.longest_at(&text), longest.unwrap_or(0));
        }
    }
}

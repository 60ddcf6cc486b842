//! Words the caller knows: those of the user's own list, and names learnt from the draft.
//!
//! The model has never met most names, and a name broken in two is the worst of its errors. A word
//! put in here is never broken, wherever it stands.
//!
//! Must never know: where the words come from.
//!
//! Invariant: these words only forbid. They never add a place, so a wrong one does no harm beyond
//! its own letters.

use std::collections::HashMap;

use super::names;

/// A set of words inside which no line is broken (but at a zero-width space in the text itself).
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// By their first two characters, so that a list of thousands costs most places of a text no more
    /// than a look.
    by_start: HashMap<[Option<char>; 2], Vec<Box<str>>>,
}

impl Words {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn is_empty(&self) -> bool {
        self.by_start.is_empty()
    }

    /// Adds a word, or several with spaces between them that are to stay on one line.
    pub fn insert(&mut self, word: &str) {
        let word = word.trim();
        if !word.is_empty() {
            let words = self.by_start.entry(start(word)).or_default();
            if !words.iter().any(|known| &**known == word) {
                words.push(word.into());
            }
        }
    }

    /// Adds the names that follow a title in this text (see `names`), so that they stay whole where
    /// they come again without it.
    pub fn learn(&mut self, text: &str) {
        self.extend(names::names(text).into_iter().filter_map(|name| text.get(name)));
    }

    /// The words, in the order of their characters.
    pub fn sorted(&self) -> impl Iterator<Item = &str> {
        let mut words: Vec<&str> = self.by_start.values().flatten().map(|word| &**word).collect();
        words.sort_unstable();
        words.into_iter()
    }

    /// Whether this very word is among them.
    pub fn has(&self, word: &str) -> bool {
        self.by_start.get(&start(word)).is_some_and(|words| words.iter().any(|known| &**known == word))
    }

    /// How many bytes the longest of the words takes that `text` begins with; 0 if none does.
    pub(crate) fn longest_at(&self, text: &str) -> usize {
        let [first, second] = start(text);
        // A word of a single character has no second.
        let single = second.and_then(|_| self.by_start.get(&[first, None]));
        let words = self.by_start.get(&[first, second]).into_iter().chain(single).flatten();
        words.filter(|word| text.starts_with(&***word)).map(|word| word.len()).max().unwrap_or(0)
    }
}

fn start(text: &str) -> [Option<char>; 2] {
    let mut chars = text.chars();
    [chars.next(), chars.next()]
}

impl<S: AsRef<str>> Extend<S> for Words {
    fn extend<I: IntoIterator<Item = S>>(&mut self, words: I) {
        for word in words {
            self.insert(word.as_ref());
        }
    }
}

impl<S: AsRef<str>> FromIterator<S> for Words {
    fn from_iter<I: IntoIterator<Item = S>>(words: I) -> Self {
        let mut all = Self::new();
        all.extend(words);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_counts() {
        let words: Words = ["សុខ", "សុខា", " "].into_iter().collect();
        assert_eq!(words.longest_at("សុខាភិបាល"), "សុខា".len());
        assert_eq!(words.longest_at("ខ"), 0);
        let words: Words = ["ស", "សុខា"].into_iter().collect();
        assert_eq!([words.longest_at("សុខ"), words.longest_at("ស"), words.longest_at("សុខា")], [3, 3, 12]);
        assert!(Words::from_iter([""]).is_empty());
    }
}

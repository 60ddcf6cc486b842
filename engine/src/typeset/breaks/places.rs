//! Names of countries and cities, and a few words of state, each of them one word whatever the model
//! thinks of it.
//!
//! A ministry of foreign affairs writes of places that newspapers seldom name, and the model takes one
//! country in six apart (គុយ|បា, ហុង|គ្រី). The list comes from Unicode's CLDR, see
//! `assets/khmer-names.md`.
//!
//! Must never know: people, and the words of the user (`kept`).
//!
//! Invariant: the list is sorted by bytes, so that names that begin alike are together; a test says so.

use std::sync::LazyLock;

static NAMES: LazyLock<Names> = LazyLock::new(|| Names::new(include_str!("../../../../assets/khmer-names.txt")));

/// How many bytes the longest name takes that `text` begins with; 0 if none does.
pub fn name_at(text: &str) -> usize {
    NAMES.longest_at(text)
}

/// Whether a word is on the list.
pub fn is_listed_word(word: &str) -> bool {
    !word.is_empty() && name_at(word) == word.len()
}

/// Whether a word on the list begins with the first two of these characters.
pub fn begins_listed_word(word: impl Iterator<Item = char>) -> bool {
    first_two(word).and_then(|place| NAMES.begun.get(place)).is_some_and(|(_, count)| *count > 0)
}

struct Names {
    sorted: Vec<&'static str>,
    /// Of each two characters of the Khmer block where the names that begin with them are, and how many they are. It
    /// spares nearly every letter a search.
    begun: Vec<(u16, u16)>,
}

/// The characters of the Khmer block.
const BLOCK: usize = 128;

impl Names {
    fn new(list: &'static str) -> Self {
        let sorted: Vec<&str> = list.lines().collect();
        let mut begun = vec![(0, 0); BLOCK * BLOCK];
        for (at, name) in (0..).zip(&sorted) {
            if let Some((first, count)) = first_two(name.chars()).and_then(|place| begun.get_mut(place)) {
                // All names that begin with the same two characters are together.
                *first = if *count == 0 { at } else { *first };
                *count += 1;
            }
        }
        Self { sorted, begun }
    }

    fn longest_at(&self, text: &str) -> usize {
        let Some(&(first, count)) = first_two(text.chars()).and_then(|place| self.begun.get(place)) else { return 0 };
        let (first, count) = (usize::from(first), usize::from(count));
        let names = self.sorted.get(first..first + count).unwrap_or_default();
        names.iter().filter(|name| text.starts_with(**name)).map(|name| name.len()).max().unwrap_or(0)
    }
}

/// The place of the first two characters of a text in [`Names::begun`], if both are of the Khmer block.
fn first_two(text: impl Iterator<Item = char>) -> Option<usize> {
    let mut places = text.map(|c| usize::try_from(u32::from(c).wrapping_sub(0x1780)).ok());
    let mut place = || places.next().flatten().filter(|place| *place < BLOCK);
    Some(place()? * BLOCK + place()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_khmer() {
        assert!(NAMES.sorted.is_sorted_by(|a, b| a < b));
        assert!(NAMES.sorted.len() > 500 && NAMES.sorted.iter().all(|name| first_two(name.chars()).is_some()));
    }

    #[test]
    fn the_longest_name_is_found() {
        assert_eq!(name_at("គុយបានិង"), "គុយបា".len());
        assert_eq!(name_at("ណូវ៉ូស៊ីប៊ឺក"), "ណូវ៉ូស៊ីប៊ឺក".len());
        for text in ["", "គ", "គុយ", "ប្រទេស", "Cuba"] {
            assert_eq!(name_at(text), 0, "{text}");
        }
    }
}

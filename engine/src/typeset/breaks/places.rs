//! Names of countries and cities, and a few words of state, each of them one word whatever the model
//! thinks of it.
//!
//! A ministry of foreign affairs writes of places that newspapers seldom name, and the model takes one
//! country in six apart (គុយ|បា, ហុង|គ្រី). The list comes from Unicode's CLDR, see
//! `assets/khmer-names.md`.
//!
//! Must never know: people, and the words of the user (`kept`).
//!
//! Invariant: the list is sorted by bytes, as the search in it is binary; a test says so.

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

struct Names {
    sorted: Vec<&'static str>,
    /// Which two characters names begin with: a bit for the second in the number of the first, as far
    /// as the low six bits of a character tell it from others. Spares nearly every letter a search.
    begun: [u64; 64],
}

impl Names {
    fn new(list: &'static str) -> Self {
        let sorted: Vec<&str> = list.lines().collect();
        let mut begun = [0; 64];
        for (first, second) in sorted.iter().filter_map(|name| first_two(name)) {
            begun[first] |= 1 << second;
        }
        Self { sorted, begun }
    }

    fn longest_at(&self, text: &str) -> usize {
        let Some((first, second)) = first_two(text) else { return 0 };
        if self.begun[first] >> second & 1 == 0 {
            return 0;
        }
        // All names that begin with the same two characters are together.
        let start = text.char_indices().nth(2).and_then(|(end, _)| text.get(..end)).unwrap_or(text);
        let first = self.sorted.partition_point(|name| *name < start);
        let names = self.sorted.iter().skip(first).take_while(|name| name.starts_with(start));
        names.filter(|name| text.starts_with(**name)).map(|name| name.len()).max().unwrap_or(0)
    }
}

/// The low six bits of the first and the second character.
fn first_two(text: &str) -> Option<(usize, usize)> {
    let mut low_bits = text.chars().map(|c| c as usize & 63);
    low_bits.next().zip(low_bits.next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(NAMES.sorted.is_sorted_by(|a, b| a < b));
        assert!(NAMES.sorted.len() > 500);
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

//! Abbreviations with stops, and numbers of documents with slashes, in Khmer: ២៥ គ.ម, អនក្រ.បក, លេខ នស/រកត/០៩២៣/២០១៤.
//!
//! The model takes their letters for words. They are letters without vowels, and digits, between signs; a unit is held
//! to its number, and the number of a document to លេខ.
//!
//! Must never know: Latin text without Khmer, of which `latin` has the rules, and widths.
//!
//! Invariant: ranges ascend, and each ends where a part of letters or digits does.

use std::ops::Range;

use super::{
    characters::{is_digit, is_space},
    together,
};
use crate::khmer::characters::{COENG, is_in_words, is_khmer_digit};

/// A part has no more characters: អនក្រ has five, and longer letters without a vowel are words.
const LONGEST_PART: usize = 7;

/// After this a document's number comes.
const NUMBER: &str = "លេខ";

/// Where the whole ones are, as byte ranges, ascending.
pub fn references(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    // Most texts have no such sign between two letters, and Latin ones no Khmer.
    if !text.as_bytes().contains(&0xE1) {
        return found;
    }
    for (at, separator) in text.match_indices(['.', '/', '-', '–']) {
        let (before, after) =
            (text.get(..at).unwrap_or_default(), text.get(at + separator.len()..).unwrap_or_default());
        // Beside Latin letters and digits alone there is nothing for the model to divide.
        let is_khmer = |c: char| !c.is_ascii();
        if !before.ends_with(is_code) || !after.starts_with(is_code) {
            continue;
        }
        let (left, right) = (part_before(before), part_after(after));
        let has_digit = left.contains(is_digit) || right.contains(is_digit);
        let goes_on = found.last().is_some_and(|last| last.end + separator.len() > at && last.end <= at);
        let is_joined = matches!(separator, "." | "/") || has_digit || goes_on;
        if left.is_empty() || right.is_empty() || !is_joined || !(left.contains(is_khmer) || right.contains(is_khmer)) {
            continue;
        }
        let end = at + separator.len() + right.len();
        match found.last_mut() {
            Some(last) if last.end == at => last.end = end,
            _ => found.push(start(before, left)..end),
        }
    }
    found
}

/// Digits and letters that have no vowel.
fn is_code(c: char) -> bool {
    matches!(c, '\u{1780}'..='\u{17A2}') || c == COENG || is_khmer_digit(c) || c.is_ascii_alphanumeric()
}

/// The part that a text ends with; empty if it ends with a word.
fn part_before(text: &str) -> &str {
    let head = text.trim_end_matches(is_code);
    let part = text.get(head.len()..).unwrap_or_default();
    // Of លេខ the last letter looks like one of the part.
    let near = text.get(text.ceil_char_boundary(text.len().saturating_sub(3 * LONGEST_PART + NUMBER.len()))..);
    let behind_number = near
        .and_then(|near| near.rfind(NUMBER).and_then(|at| near.get(at + NUMBER.len()..)))
        .filter(|rest| !rest.is_empty() && part.ends_with(rest));
    if let Some(part) = behind_number {
        return part;
    }
    if head.ends_with(is_in_words) || is_long(part) {
        // The 1 of ថ្ងៃទី១/២.
        let letters = text.trim_end_matches(is_digit);
        return text.get(letters.len()..).unwrap_or_default();
    }
    part
}

/// The part that a text begins with; empty if it begins with a word.
fn part_after(text: &str) -> &str {
    let rest = text.trim_start_matches(is_code);
    let part = text.get(..text.len() - rest.len()).unwrap_or_default();
    if rest.starts_with(is_in_words) || is_long(part) {
        // The year of ១២៣/២០១៤ចុះ.
        let rest = text.trim_start_matches(is_digit);
        return text.get(..text.len() - rest.len()).unwrap_or_default();
    }
    part
}

fn is_long(part: &str) -> bool {
    part.chars().filter(|c| !is_digit(*c)).nth(LONGEST_PART - 1).is_some()
}

/// Where what is whole begins, with the number or លេខ before its first part.
fn start(before: &str, part: &str) -> usize {
    let head = before.strip_suffix(part).unwrap_or(before);
    let said = head.trim_end_matches(is_space);
    if let Some(said) = said.strip_suffix(NUMBER) {
        return said.len();
    }
    let number = said.trim_end_matches(|c| is_digit(c) || matches!(c, '.' | ','));
    let is_counted = said.ends_with(is_digit) && said.len() < head.len() && !part.starts_with(is_digit);
    if is_counted && !together::is_numbered(number.trim_end_matches(is_space)) { number.len() } else { head.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        references(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn abbreviations_and_numbers_of_documents_are_whole() {
        for (text, whole) in [
            ("ប្រវែង ២៥ គ.ម ហើយ", "២៥ គ.ម"),
            ("ប្រវែង ២,៥ គ.ម និង", "២,៥ គ.ម"),
            ("ប្រវែង ២៥គ.ម និង", "២៥គ.ម"),
            ("អនុក្រឹត្យលេខ ១២ អនក្រ.បក ដែល", "១២ អនក្រ.បក"),
            ("លេខ នស/រកត/០៩២៣/២០១៤ ចុះ", "លេខ នស/រកត/០៩២៣/២០១៤"),
            ("ក្រឹត្យលេខនស/រកត/០៩២៣/២០១៤ចុះ", "លេខនស/រកត/០៩២៣/២០១៤"),
            ("អង្គការ អ.ស.ប បាន", "អ.ស.ប"),
            ("ឆ្នាំ២០២៦ អ.ស.ប. បាន", "អ.ស.ប"),
            ("ថ្នាក់ទី១-ក នៃ", "១-ក"),
        ] {
            assert_eq!(found(text), [whole], "{text}");
        }
    }

    #[test]
    fn words_with_such_signs_are_none() {
        for text in ["អាស៊ី-ប៉ាស៊ីហ្វិក", "កម្ពុជា-ជប៉ុន", "និង/ឬ", "ក. គោលបំណង", "១.ការអភិវឌ្ឍ", "ឆ្នាំ២០២៦-ប្រជុំ", "5-6 និង A/B"]
        {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}

//! Names that a draft teaches: what stands after a title, and short Khmer runs in bold.
//!
//! A release gives a name its title once and then goes on without it, and sets the names of the
//! guests in bold. Learnt here, they stay whole wherever they come again. Knows paragraphs and
//! nothing of lines.
//!
//! Invariant: the names follow from the texts alone, so the same release teaches the same.

use super::breaks::Words;
use crate::{
    khmer::characters::is_in_words,
    release::{RichText, Style},
};

/// Bold words longer than this, in characters, are no names but an emphasis: the longest names
/// that are usual have sixteen.
const LONGEST: usize = 16;
/// A bold run of more words is a title with its bearer, or a sentence.
const MOST_WORDS: usize = 4;

/// The names that a text teaches.
pub(super) fn names(text: &RichText) -> Vec<String> {
    let plain = text.as_str();
    if !plain.contains(is_in_words) {
        return Vec::new();
    }
    let mut words = Words::new();
    words.learn(plain);
    for (run, style) in text.runs() {
        let bold = plain.get(run).filter(|_| style.has(Style::BOLD)).unwrap_or_default();
        let parts: Vec<&str> = bold.split_whitespace().collect();
        if parts.len() <= MOST_WORDS {
            words.extend(
                parts.into_iter().filter(|part| part.chars().all(is_in_words) && part.chars().count() <= LONGEST),
            );
        }
    }
    words.sorted().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_bold_teach_names() {
        let mut text = RichText::plain("ឯកឧត្តម សុខ ចិន្តាសោភា និង ");
        text.push_str("គីស៊ីដា ហ្វូមីអូ", Style::BOLD);
        text.push_str(" និង", Style::PLAIN);
        assert_eq!(names(&text), ["គីស៊ីដា", "ចិន្តាសោភា", "សុខ", "ហ្វូមីអូ"]);
        let mut long = RichText::plain("ក ");
        long.push_str("រដ្ឋមន្ត្រីទាំងពីរបានកត់សម្គាល់ដោយការពេញចិត្ត", Style::BOLD);
        assert!(names(&long).is_empty());
        assert!(names(&RichText::plain("His Excellency SOK Chenda")).is_empty());
    }
}

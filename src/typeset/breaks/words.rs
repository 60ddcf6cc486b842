//! Words, for a double click and for moving by words.
//!
//! UAX 29 knows the words of most scripts; in Khmer it would cut between any two letters, so there
//! the model decides, at its best guess and without the caution that a line needs.
//!
//! Must never know: lines.
//!
//! Invariant: boundaries of words are boundaries of clusters; a run of spaces or a zero-width space
//! is a piece by itself.

use std::collections::HashSet;

use unicode_segmentation::UnicodeSegmentation;

use super::clusters::cluster_boundaries;
use super::{model, rules};

/// Word boundaries, ascending byte offsets with 0 and `text.len()`.
pub fn word_boundaries(text: &str) -> Vec<usize> {
    let standard: HashSet<usize> = text.split_word_bound_indices().map(|(at, _)| at).collect();
    let begun: HashSet<usize> = if text.contains(rules::is_khmer_letter) {
        model::edges(text).into_iter().filter(|edge| edge.margin >= 0).map(|edge| edge.at).collect()
    } else {
        HashSet::new()
    };
    cluster_boundaries(text)
        .into_iter()
        .filter(|&at| {
            let (before, after) = text.split_at(at);
            let inside_khmer = before.ends_with(is_khmer) && after.starts_with(is_khmer);
            let repeated = after.starts_with('ៗ') && before.ends_with(rules::is_khmer_letter);
            before.is_empty()
                || after.is_empty()
                || standard.contains(&at) && !repeated && (!inside_khmer || begun.contains(&at))
        })
        .collect()
}

fn is_khmer(c: char) -> bool {
    rules::is_khmer_letter(c) || c == 'ៗ'
}

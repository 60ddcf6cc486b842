//! Where words begin and end.
//!
//! UAX 29 knows the words of most scripts; in Khmer it would cut between any two letters, so there
//! the model decides, corrected where its margins mean less than elsewhere. Near the sounds of
//! foreign words it has seen little, and takes names and loans apart; it believes in words of a single
//! consonant; and it hesitates after a number, where a Khmer word always begins.
//!
//! Must never know: lines and what may stand at their ends.
//!
//! Invariant: boundaries of words are boundaries of clusters; a run of spaces or a zero-width space
//! is a piece by itself.

use std::collections::HashSet;

use unicode_segmentation::UnicodeSegmentation;

use super::characters::is_digit;
use super::clusters::cluster_boundaries;
use super::features::UNIT;
use super::model::{self, Edge};
use super::places;
use crate::khmer::characters::{COENG, is_in_words};

/// What foreign sounds nearby cost an edge. On hand-segmented text edges with margins below 4 are
/// wrong there three times in ten, elsewhere only those below a half.
const FOREIGN: i32 = 7 * UNIT / 2;

/// How far foreign sounds reach, in bytes: five Khmer characters, a syllable or two, on either side.
const NEARBY: usize = 15;

/// An edge that is certain without the model, and one that is certainly not an edge.
const CERTAIN: i32 = 100 * UNIT;
const NONE: i32 = -CERTAIN;

/// Edges of smaller margins are none to anybody. Those from here on may end a line for want of a better
/// place (see `lines`): four in five are right, and they lift the recall by nearly one in a hundred.
/// Further down half are wrong.
pub const DOUBTFUL: i32 = -2 * UNIT;

/// Word boundaries, ascending byte offsets with 0 and `text.len()`.
pub fn word_boundaries(text: &str) -> Vec<usize> {
    let standard: HashSet<usize> = text.split_word_bound_indices().map(|(at, _)| at).collect();
    let begun: HashSet<usize> =
        word_edges(text).into_iter().filter(|edge| edge.margin >= 0).map(|edge| edge.at).collect();
    cluster_boundaries(text)
        .into_iter()
        .filter(|&at| {
            let (before, after) = text.split_at(at);
            let inside_khmer = before.ends_with(is_khmer) && after.starts_with(is_khmer);
            let repeated = after.starts_with('ៗ') && before.ends_with(is_in_words);
            before.is_empty()
                || after.is_empty()
                || standard.contains(&at) && !repeated && (!inside_khmer || begun.contains(&at))
        })
        .collect()
}

/// What words are written with, and the sign that repeats a word.
fn is_khmer(c: char) -> bool {
    is_in_words(c) || c == 'ៗ'
}

/// All edges of the text that may be edges of words, with their margins, ascending.
pub fn word_edges(text: &str) -> Vec<Edge> {
    if !text.contains(is_in_words) {
        return Vec::new();
    }
    let mut edges = model::edges(text);
    let mut end_of_name = 0;
    let mut sounds = foreign_sounds(text).into_iter().peekable();
    for edge in &mut edges {
        // Sounds and edges ascend, so those left behind are of no use to any later edge.
        while sounds.next_if(|sound| sound + NEARBY < edge.at).is_some() {}
        let sounds_foreign = sounds.peek().is_some_and(|sound| *sound < edge.at + NEARBY);
        let Some((before, after)) = text.split_at_checked(edge.at) else { continue };
        let is_inside_name = edge.at < end_of_name;
        end_of_name = end_of_name.max(edge.at + places::name_at(after));
        if is_inside_name {
            edge.margin = NONE;
        } else if before.ends_with(is_digit) && after.starts_with(is_in_words) {
            edge.margin = CERTAIN;
        } else if sounds_foreign {
            edge.margin -= FOREIGN;
        }
    }
    join_strays(text, &mut edges);
    edges
}

/// Where the registers ៉ and ៊ and the groups ហ្វ, ហ្គ, ហ្ស stand. They write sounds that Khmer itself has
/// in few words. Byte offsets, ascending.
fn foreign_sounds(text: &str) -> Vec<usize> {
    let mut group = ['\0'; 2];
    let mut sounds = Vec::new();
    for (at, c) in text.char_indices() {
        let is_register = matches!(c, '\u{17C9}' | '\u{17CA}');
        if is_register || group == ['ហ', COENG] && matches!(c, 'វ' | 'គ' | 'ស') {
            sounds.push(at);
        }
        group = [group[1], c];
    }
    sounds
}

/// A single consonant is no word (អំនា|ច), so of two edges around one the weaker is removed.
///
/// Independent vowels can be words (ឬ, ឮ), and one consonant is: ស, white.
fn join_strays(text: &str, edges: &mut [Edge]) {
    let is_stray = |c: char| matches!(c, 'ក'..='អ') && c != 'ស';
    let mut last: Option<usize> = None;
    for i in 0..edges.len() {
        if edges[i].margin < DOUBTFUL {
            continue;
        }
        if let Some(last) = last {
            let word = text.get(edges[last].at..edges[i].at).unwrap_or_default();
            let mut chars = word.chars();
            if chars.next().is_some_and(is_stray) && chars.next().is_none() {
                let weaker = if edges[i].margin < edges[last].margin { i } else { last };
                edges[weaker].margin = NONE;
            }
        }
        last = Some(i);
    }
}

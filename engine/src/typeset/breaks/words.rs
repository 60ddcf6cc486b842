//! Where words begin and end.
//!
//! UAX 29 knows the words of most scripts; in Khmer it would cut between any two letters, so there
//! the model decides, corrected where its margins mean less than elsewhere. Near the sounds of
//! foreign words it has seen little, and takes names and loans apart; it hesitates after a number, where
//! a Khmer word always begins; and it divides rare words into what is none, which the lexicon knows
//! better.
//!
//! Must never know: lines and what may be at their ends.
//!
//! Invariant: boundaries of words are boundaries of clusters; a run of spaces or a zero-width space
//! is a piece by itself.

use unicode_segmentation::UnicodeSegmentation;

use super::characters::is_digit;
use super::features::UNIT;
use super::model::{self, Edge};
use super::{places, together};
use crate::{
    khmer::{
        characters::{COENG, is_in_words},
        cluster_boundaries, lexicon,
    },
    work,
};

/// What foreign sounds nearby cost an edge. On hand-segmented text edges with margins below 4 are
/// wrong there three times in ten, elsewhere only those below a half.
const FOREIGN: i32 = 7 * UNIT / 2;

/// How far foreign sounds reach, in bytes: five Khmer characters, a syllable or two, on either side.
const NEARBY: usize = 15;

/// An edge that is certain without the model, and one that is certainly not an edge.
const CERTAIN: i32 = 100 * UNIT;
const NONE: i32 = -CERTAIN;

/// Edges of smaller margins do not count. Those from here on may end a line for want of a better
/// place (see `lines`), if both pieces that they leave are words, or if more speaks for them ([`needed`]).
pub const DOUBTFUL: i32 = -5 * UNIT / 2;

/// More bytes than any word of the lexicon has.
const LONGEST_WORD: usize = 160;

const ZWSP: char = '\u{200B}';

/// Word boundaries, ascending byte offsets with 0 and `text.len()`.
pub fn word_boundaries(text: &str) -> Vec<usize> {
    let standard: Vec<usize> = text.split_word_bound_indices().map(|(at, _)| at).collect();
    let begun: Vec<usize> = word_edges(text).into_iter().filter(|edge| edge.margin >= 0).map(|edge| edge.at).collect();
    // Both ascend.
    let has = |places: &[usize], at: usize| places.binary_search(&at).is_ok();
    cluster_boundaries(text)
        .into_iter()
        .filter(|&at| {
            let (before, after) = text.split_at(at);
            let inside_khmer = before.ends_with(is_word_or_repeated) && after.starts_with(is_word_or_repeated);
            let repeated = after.starts_with('ៗ') && before.ends_with(is_in_words);
            before.is_empty()
                || after.is_empty()
                || has(&standard, at) && !repeated && (!inside_khmer || has(&begun, at))
        })
        .collect()
}

/// What words are written with, and the sign that repeats a word.
fn is_word_or_repeated(c: char) -> bool {
    is_in_words(c) || c == 'ៗ'
}

/// All edges of the text that may be edges of words, with their margins, ascending.
pub fn word_edges(text: &str) -> Vec<Edge> {
    if !text.contains(is_in_words) {
        return Vec::new();
    }
    let mut edges = model::edges(text);
    // The model gives no edge where a line of the text begins, and a name may.
    let begins = |(at, end): (usize, &str)| at + end.len();
    let mut beginnings = std::iter::once(0).chain(text.match_indices(['\n', '\u{2028}']).map(begins)).peekable();
    let mut end_of_name = 0;
    let mut sounds = foreign_sounds(text).into_iter().peekable();
    for edge in &mut edges {
        // Sounds and edges ascend, so those left behind are of no use to any later edge.
        while sounds.next_if(|sound| sound + NEARBY < edge.at).is_some() {}
        let sounds_foreign = sounds.peek().is_some_and(|sound| *sound < edge.at + NEARBY);
        let Some((before, after)) = text.split_at_checked(edge.at) else { continue };
        while let Some(start) = beginnings.next_if(|start| *start < edge.at) {
            end_of_name = end_of_name.max(start + text.get(start..).map_or(0, places::name_at));
        }
        let is_inside_name = edge.at < end_of_name;
        end_of_name = end_of_name.max(edge.at + places::name_at(after).max(together::date_word(before, after)));
        if is_inside_name {
            edge.margin = NONE;
        } else if before.ends_with(is_digit) && after.starts_with(is_in_words) {
            edge.margin = CERTAIN;
        } else if sounds_foreign {
            edge.margin -= FOREIGN;
        }
    }
    join_unknown(text, &mut edges);
    edges
}

/// Where the registers ៉ and ៊ and the groups ហ្វ, ហ្គ, ហ្ស are. They write sounds that Khmer itself has
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

/// Takes away edges that leave what is no word, the weakest first, and gives those that are left the
/// margin of a place in doubt at least.
fn join_unknown(text: &str, edges: &mut [Edge]) {
    let mut weakest: Vec<usize> = (0..edges.len()).filter(|&edge| edges[edge].margin >= DOUBTFUL).collect();
    // Of each edge that is left the ones before and after it.
    let mut beside: Vec<[Option<usize>; 2]> = vec![[None; 2]; edges.len()];
    for pair in weakest.windows(2) {
        beside[pair[0]][1] = Some(pair[1]);
        beside[pair[1]][0] = Some(pair[0]);
    }
    weakest.sort_by_key(|&edge| edges[edge].margin);
    // What one edge leaves is another piece when a stronger one beside it is gone, so those are looked at again.
    let mut is_new = vec![true; edges.len()];
    for _ in 0..2 {
        weakest.retain(|&edge| {
            if !std::mem::take(&mut is_new[edge]) {
                return true;
            }
            work::step();
            let [before, after] = beside[edge];
            let start = before.map_or(0, |before| edges[before].at);
            let end = after.map_or(text.len(), |after| edges[after].at);
            let is_left = edges[edge].margin >= needed(text, start, edges[edge].at, end);
            if !is_left {
                edges[edge].margin = NONE;
                if let Some(before) = before {
                    beside[before][1] = after;
                    is_new[before] = true;
                }
                if let Some(after) = after {
                    beside[after][0] = before;
                    is_new[after] = true;
                }
            }
            is_left
        });
    }
}

/// The margin that an edge needs to divide `start..end` at a byte.
fn needed(text: &str, start: usize, at: usize, end: usize) -> i32 {
    // What is longer is no word of the lexicon.
    let start = text.ceil_char_boundary(start.max(at.saturating_sub(LONGEST_WORD)));
    let end = text.floor_char_boundary(end.min(at + LONGEST_WORD));
    let (before, after) = (text.get(start..at).unwrap_or_default(), text.get(at..end).unwrap_or_default());
    // Pieces of Khmer, without the zero-width spaces that nobody sees.
    let start = before
        .rfind(|c| !is_in_words(c) && c != ZWSP)
        .map_or(start, |sign| start + before.ceil_char_boundary(sign + 1));
    let end = after.find(|c| !is_in_words(c) && c != ZWSP).map_or(end, |sign| at + sign);
    if start >= at || at >= end {
        return DOUBTFUL;
    }
    let pieces = [(start, at), (at, end)].map(|(from, to)| text.get(from..to).unwrap_or_default());
    if pieces.iter().any(|piece| is_stray(piece)) {
        return CERTAIN;
    }
    let [before, after] = pieces;
    let mut walk = lexicon::Walk::default();
    let mut goes_on = |piece: &str| piece.chars().filter(|&c| c != ZWSP).all(|c| walk.push(c)).then(|| walk.is_word());
    let is_before = goes_on(before);
    let is_whole = is_before.is_some() && goes_on(after) == Some(true);
    let unknown = usize::from(is_before != Some(true)) + usize::from(!lexicon::is_word_but(after, ZWSP));
    match unknown {
        0 if is_whole => 0,
        0 => DOUBTFUL,
        _ if is_whole => CERTAIN,
        1 => UNIT,
        _ => 0,
    }
}

/// A single consonant is no word (អំនា|ច). Independent vowels can be words (ឬ, ឮ), and one consonant is: ស, white.
fn is_stray(piece: &str) -> bool {
    let mut characters = piece.chars().filter(|&c| c != ZWSP);
    characters.next().is_some_and(|c| matches!(c, 'ក'..='អ') && c != 'ស') && characters.next().is_none()
}

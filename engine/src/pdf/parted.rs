//! Words that a hyphen at the end of a line parts.
//!
//! A reader that gives back the text of a page leaves such a hyphen out (Poppler, PDFium), although it may belong to
//! the word: "Indo-Pacific", "small- and medium-sized". So the words on its two sides say as a whole what they are.
//! Readers that do not look at that find the letters where they are.
//!
//! Must never know: operators and fonts.

use std::ops::Range;

use super::unicode;
use crate::{
    khmer::characters::is_khmer,
    typeset::{Cluster, Line},
};

/// The clusters of the words on both sides of the end of a line that ends in a hyphen behind a Latin letter or a
/// digit; `next` is the line after it.
pub(super) fn around(line: &Line, next: &Line) -> Option<Range<usize>> {
    let last = hyphen(line)?;
    if !is_latin(line, last.checked_sub(1).filter(|at| line.clusters.contains(at))?) {
        return None;
    }
    let in_word = |index: &usize| !is_blank(line, *index) && !is_khmer_cluster(line, *index);
    let start = (line.clusters.start..last).rev().take_while(in_word).last()?;
    let end = next.clusters.clone().take_while(in_word).last()? + 1;
    let is_private = |index: usize| characters(line, index).chars().any(unicode::is_private);
    (is_latin(line, next.clusters.start) && !(start..end).any(is_private)).then_some(start..end)
}

/// What clusters say, without the soft hyphens.
pub(super) fn text(line: &Line, range: Range<usize>) -> String {
    range.map(|index| characters(line, index)).filter(|characters| *characters != "\u{AD}").collect()
}

/// Whether a line ends in a hyphen behind a Khmer letter.
pub(super) fn ends_khmer_part(line: &Line) -> bool {
    hyphen(line).is_some_and(|last| last > line.clusters.start && is_khmer_cluster(line, last - 1))
}

/// The hyphen with which a line ends, before its spaces.
fn hyphen(line: &Line) -> Option<usize> {
    let last = line.clusters.clone().rev().find(|&index| !is_blank(line, index))?;
    let is_hyphen = matches!(characters(line, last), "-" | "\u{AD}");
    let is_seen = cluster(line, last).is_some_and(|cluster| !cluster.glyphs.is_empty());
    (is_hyphen && is_seen).then_some(last)
}

fn cluster(line: &Line, index: usize) -> Option<&Cluster> {
    line.text.clusters.get(index)
}

fn characters(line: &Line, index: usize) -> &str {
    cluster(line, index).map_or("", |cluster| line.text.characters(cluster))
}

fn is_blank(line: &Line, index: usize) -> bool {
    characters(line, index).chars().all(|c| c.is_whitespace() || c == '\u{200B}')
}

fn is_khmer_cluster(line: &Line, index: usize) -> bool {
    characters(line, index).starts_with(is_khmer)
}

fn is_latin(line: &Line, index: usize) -> bool {
    characters(line, index).starts_with(|c: char| c.is_alphanumeric() && !is_khmer(c))
}

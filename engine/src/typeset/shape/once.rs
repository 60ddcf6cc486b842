//! Clusters of Khmer, each shaped once.
//!
//! The shaper takes some thousand steps for a cluster of Khmer, and a release has a few hundred different ones. No rule
//! of the bundled Khmer fonts looks beyond a cluster: alone it has the glyphs that it has among others. A property
//! compares the two, and a font for which that does not hold must not be added to those for Khmer.
//!
//! Must never know: sizes and places. Its invariant: what is kept of a cluster is what the shaper gives for it.

use std::{
    ops::Range,
    sync::{LazyLock, PoisonError, RwLock},
};

use foldhash::{HashMap, HashSet};
use harfrust::UnicodeBuffer;

use super::{Glyph, ShapedText, shape_clusters};
use crate::{
    khmer::characters::{COENG, is_invisible, is_khmer, is_letter, is_sign},
    typeset::fonts::Font,
};

/// Clusters that are kept of a font; a text that has more of them is shaped as a whole.
const MOST: usize = 4096;

/// The longest cluster that is kept, in bytes: ten characters. Words have shorter ones.
const LONGEST: usize = 30;

static KEPT: LazyLock<[RwLock<Kept>; Font::ALL.len()]> = LazyLock::new(Default::default);

/// The clusters of one font.
#[derive(Default)]
pub(super) struct Kept {
    clusters: HashMap<Box<str>, Shaped>,
    glyphs: Vec<Glyph>,
}

/// Where the glyphs of a cluster begin, how many they are, and how far it advances in font units.
#[derive(Clone, Copy)]
struct Shaped {
    first: usize,
    count: usize,
    advance: i32,
}

/// Whether a cluster has the same glyphs alone as among others: a letter with what hangs on it, or a single character on
/// which nothing hangs. A sign without a letter has those that the characters before it allow, and a coeng without a
/// consonant takes the next one, whatever cluster that is in. Of more subscripts than Khmer has under a letter, Siemreap
/// draws the last as what follows allows; so what is not built as Khmer is, is shaped among the others.
pub(super) fn is_alone(cluster: &str) -> bool {
    let mut characters = cluster.chars();
    let first = characters.next();
    if first.is_some_and(is_letter) {
        // Up to two subscripts, then the marks, as it is when it is in normal order.
        let mut characters = characters.peekable();
        for _ in 0..2 {
            if characters.next_if_eq(&COENG).is_some() && !characters.next().is_some_and(is_letter) {
                return false;
            }
        }
        return cluster.len() <= LONGEST && characters.all(|c| is_sign(c) && c != COENG);
    }
    let may_be = |c: char| c.is_ascii() || is_khmer(c) && !is_sign(c) || c == '\u{200B}' || "«»\u{A0}".contains(c);
    first.is_some_and(|c| may_be(c) && !(is_invisible(c) && c != '\u{200B}')) && characters.next().is_none()
}

/// Shapes clusters of a Khmer font that are all [alone](is_alone), as [`shape_clusters`] does.
pub(super) fn shape(
    shaped: &mut ShapedText,
    run: Range<usize>,
    (font, rise): (Font, i32),
    buffer: UnicodeBuffer,
) -> UnicodeBuffer {
    let Some(kept) = KEPT.get(font as usize) else { return buffer };
    shape_keeping(kept, shaped, run, (font, rise), buffer)
}

/// Shapes clusters by what is kept of the font, and keeps those that are new.
pub(super) fn shape_keeping(
    all: &RwLock<Kept>,
    shaped: &mut ShapedText,
    run: Range<usize>,
    (font, rise): (Font, i32),
    buffer: UnicodeBuffer,
) -> UnicodeBuffer {
    let kept = all.read().unwrap_or_else(PoisonError::into_inner);
    let found: Vec<Option<Shaped>> = run.clone().map(|index| kept.of(shaped, index)).collect();
    if found.iter().all(Option::is_some) {
        kept.copy(shaped, run.zip(found), rise);
        return buffer;
    }
    let mut seen = HashSet::default();
    let missing = run.clone().zip(&found).filter(|(_, found)| found.is_none());
    let missing = missing.map(|(index, _)| index);
    let missing: Vec<usize> = missing.filter(|index| seen.insert(characters(shaped, *index))).collect();
    let is_full = kept.clusters.len() + missing.len() > MOST;
    drop(kept);
    if is_full {
        return shape_clusters(shaped, &run.collect::<Vec<_>>(), (font, rise), buffer);
    }
    let first = shaped.glyphs.len();
    // Each by itself: where some are left out between two, a coeng takes the letter of the next; and of two that are
    // not well formed and fifteen apart, the shaper gives the second no dotted circle.
    let shape_one = |buffer, &index: &usize| shape_clusters(shaped, &[index], (font, 0), buffer);
    let buffer = missing.iter().fold(buffer, shape_one);
    let mut kept = all.write().unwrap_or_else(PoisonError::into_inner);
    missing.into_iter().for_each(|index| kept.keep(shaped, index));
    shaped.glyphs.truncate(first);
    kept.copy(shaped, run.zip(found), rise);
    buffer
}

fn characters(shaped: &ShapedText, index: usize) -> &str {
    shaped.clusters.get(index).map_or("", |cluster| shaped.characters(cluster))
}

impl Kept {
    fn of(&self, shaped: &ShapedText, index: usize) -> Option<Shaped> {
        self.clusters.get(characters(shaped, index)).copied()
    }

    /// Keeps what was shaped of a cluster, if no other thread was first.
    fn keep(&mut self, shaped: &ShapedText, index: usize) {
        let Some(cluster) = shaped.clusters.get(index) else { return };
        let characters = shaped.characters(cluster);
        if !self.clusters.contains_key(characters) {
            let glyphs = shaped.glyphs_of(cluster);
            let of = Shaped { first: self.glyphs.len(), count: glyphs.len(), advance: cluster.advance };
            self.glyphs.extend_from_slice(glyphs);
            self.clusters.insert(characters.into(), of);
        }
    }

    /// Gives clusters, by their indices, what is kept of them, raised by font units.
    fn copy(&self, shaped: &mut ShapedText, clusters: impl Iterator<Item = (usize, Option<Shaped>)>, rise: i32) {
        for (index, found) in clusters {
            let Some(of) = found.or_else(|| self.of(shaped, index)) else { continue };
            let glyphs = self.glyphs.get(of.first..of.first + of.count).unwrap_or_default();
            let first = shaped.glyphs.len();
            shaped.glyphs.extend(glyphs.iter().map(|glyph| Glyph { y: glyph.y + rise, ..*glyph }));
            if let Some(cluster) = shaped.clusters.get_mut(index) {
                (cluster.glyphs, cluster.advance) = (first..shaped.glyphs.len(), of.advance);
            }
        }
    }
}

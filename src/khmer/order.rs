//! The normal order of a cluster's marks, and whether a cluster may be put in it unseen.
//!
//! Must never know: text outside the cluster.
//!
//! Invariant: what [`normal`] gives for a cluster it gives again for its own answer.
//!
//! The order is that of Unicode Technical Note 61 for Modern Khmer: base, robat, subscripts with
//! RO last, register shifter, vowel, signs, final sign. Where one vowel was typed as two, or a
//! shifter that is drawn low as the vowel U that it then looks like, the note's "do not use"
//! table says what to use. [`super::drawing`] decides whether the two look alike; where they do
//! not, the cluster is left as it is, whole.

use super::{
    drawing,
    marks::{AA, ATTHACAN, Class, E, I, II, MUUSIKATOAN, NIKAHIT, OE, OO, SAMYOK_SANNYA, TRIISAP, U, is_strong},
    syllable::{Cluster, Mark},
};

impl Cluster {
    /// The same marks in normal order, whether it looks the same or not.
    pub fn ordered(&self) -> Self {
        let mut marks = self.marks.clone();
        marks.sort_by_key(|mark| mark.rank());
        for (part, other, whole) in [(E, II, OE), (E, AA, OO)] {
            join(&mut marks, part, other, whole);
        }
        raise_u(self.base, &mut marks);
        marks.sort_by_key(|mark| mark.rank());
        Self { base: self.base, marks }
    }
}

/// The normal order of a cluster, if it is another than its own and looks the same.
pub(super) fn normal(cluster: &str) -> Option<String> {
    if is_plainly_ordered(cluster) {
        return None;
    }
    let typed = Cluster::read(cluster)?;
    let ordered = typed.ordered();
    (ordered != typed && drawing::alike(&typed, &ordered)).then(|| ordered.text())
}

/// Whether a cluster is in order at a glance: nearly every one is, and nothing need be read.
fn is_plainly_ordered(cluster: &str) -> bool {
    let mut last = 0;
    let mut subscript = false;
    cluster.chars().skip(1).all(|c| {
        if subscript {
            subscript = false;
            return true;
        }
        // Two subscripts, vowels or signs are looked at more closely.
        let rank = match Class::of(c) {
            Class::Robat => 1,
            Class::Coeng => 2,
            Class::Shifter => 3,
            Class::Vowel => 4,
            Class::Sign => 5,
            Class::Final => 6,
            Class::Base | Class::Joiner | Class::Other => return false,
        };
        subscript = rank == 2;
        std::mem::replace(&mut last, rank) < rank
    })
}

/// Puts one vowel for two that it is made of.
fn join(marks: &mut Vec<Mark>, part: char, other: char, whole: char) {
    let count = |vowel| marks.iter().filter(|&&mark| mark == Mark::Vowel(vowel)).count();
    if count(part) == 1 && count(other) == 1 {
        marks.retain(|&mark| mark != Mark::Vowel(other));
        for mark in marks {
            if *mark == Mark::Vowel(part) {
                *mark = Mark::Vowel(whole);
            }
        }
    }
}

/// Puts the shifter for the vowel U under a vowel or sign above, where a shifter is drawn low and
/// looks like U: a triisap if there is a strong consonant and no BA, else a muusikatoan.
fn raise_u(base: char, marks: &mut [Mark]) {
    let has = |wanted: Mark| marks.contains(&wanted);
    let above = has(Mark::Sign(SAMYOK_SANNYA))
        || has(Mark::Sign(ATTHACAN))
        || (I..='\u{17BA}').any(|vowel| has(Mark::Vowel(vowel)))
        || has(Mark::Vowel(OE))
        || (has(Mark::Vowel(AA)) && has(Mark::Sign(NIKAHIT)));
    if !above || marks.iter().any(|mark| matches!(mark, Mark::Shifter(_))) {
        return;
    }
    let shifter = lowered_shifter(base, marks);
    for mark in marks {
        if *mark == Mark::Vowel(U) {
            *mark = Mark::Shifter(shifter);
        }
    }
}

/// The shifter that is drawn low with these consonants.
fn lowered_shifter(base: char, marks: &[Mark]) -> char {
    const BA: char = '\u{1794}';
    let consonants = || {
        std::iter::once(base).chain(marks.iter().filter_map(|mark| match mark {
            Mark::Subscript(c) => Some(*c),
            _ => None,
        }))
    };
    if consonants().any(is_strong) && !consonants().any(|c| c == BA) { TRIISAP } else { MUUSIKATOAN }
}

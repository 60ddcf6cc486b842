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
    marks::{
        AA, ATTHACAN, COENG, Class, E, I, II, KAKABAT, MUUSIKATOAN, NIKAHIT, OE, OO, RO, SAMYOK_SANNYA, TOANDAKHIAT,
        TRIISAP, U, can_be_subscript, is_strong, vowel_places,
    },
};

/// A mark, the coeng and its letter together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// U+17CC.
    Robat,
    /// A coeng with this letter.
    Subscript(char),
    /// A register shifter.
    Shifter(char),
    /// A dependent vowel.
    Vowel(char),
    /// A sign above.
    Sign(char),
    /// ះ or ៈ.
    Final(char),
}

impl Mark {
    /// The mark's place in the normal order.
    ///
    /// Of signs that stand together the note says only in prose which follows which: samyok
    /// sannya, toandakhiat and kakabat follow nikahit, and the last two follow every other.
    fn rank(self) -> u8 {
        match self {
            Self::Robat => 0,
            Self::Subscript(RO) => 2,
            Self::Subscript(_) => 1,
            Self::Shifter(_) => 3,
            Self::Vowel(vowel) => match vowel_places(vowel) {
                [true, ..] => 4,
                [_, true, ..] => 5,
                [_, _, true, _] => 6,
                _ => 7,
            },
            Self::Sign(NIKAHIT) => 8,
            Self::Sign(TOANDAKHIAT | KAKABAT) => 10,
            Self::Sign(_) => 9,
            Self::Final(_) => 11,
        }
    }

    /// Appends its characters.
    pub fn write(self, to: &mut String) {
        match self {
            Self::Robat => to.push(super::marks::ROBAT),
            Self::Subscript(c) => to.extend([COENG, c]),
            Self::Shifter(c) | Self::Vowel(c) | Self::Sign(c) | Self::Final(c) => to.push(c),
        }
    }
}

/// A base with its marks, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cluster {
    /// The letter that all hangs on.
    pub base: char,
    /// What hangs on it, in order.
    pub marks: Vec<Mark>,
}

impl Cluster {
    /// Reads a cluster; `None` if it holds a joiner, or a coeng that joins nothing, beside which
    /// order means something else.
    pub fn read(text: &str) -> Option<Self> {
        let mut chars = text.chars();
        let base = chars.next().filter(|&c| Class::of(c) == Class::Base)?;
        let mut marks = Vec::new();
        while let Some(c) = chars.next() {
            marks.push(match Class::of(c) {
                Class::Robat => Mark::Robat,
                Class::Coeng => Mark::Subscript(chars.next().filter(|&c| can_be_subscript(c))?),
                Class::Shifter => Mark::Shifter(c),
                Class::Vowel => Mark::Vowel(c),
                Class::Sign => Mark::Sign(c),
                Class::Final => Mark::Final(c),
                Class::Base | Class::Joiner | Class::Other => return None,
            });
        }
        Some(Self { base, marks })
    }

    /// Its characters.
    pub fn text(&self) -> String {
        let mut text = String::from(self.base);
        for mark in &self.marks {
            mark.write(&mut text);
        }
        text
    }

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

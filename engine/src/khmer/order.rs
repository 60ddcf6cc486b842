//! The normal order of a cluster's marks, and whether a cluster may be put in it unseen.
//!
//! Must never know: text outside the cluster.
//!
//! Invariant: what [`normal`] gives for a cluster it gives again for its own answer.
//!
//! The order is that of Unicode Technical Note 61 for Modern Khmer: base, robat, subscripts with
//! RO last, register shifter, vowel, signs, final sign. Where one vowel was typed as two, or a
//! shifter that is drawn low as the vowel U that it then looks like, the note's "do not use"
//! table says what to use. [`super::drawing`] decides whether the two look alike. Where they do
//! not, the cluster is put in order only if its own order is none: in modern Khmer no subscript and
//! no shifter follows a vowel. Otherwise it is left as it is, whole, and [`proposed`] says what the
//! user may mean.

use super::{
    characters::COENG,
    drawing,
    marks::{AA, ATTHACAN, Class, E, I, II, MUUSIKATOAN, NIKAHIT, OE, OO, SAMYOK_SANNYA, TRIISAP, U, ZWSP, is_strong},
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

/// The normal order of a cluster, if it is another than its own and is meant beyond doubt: if it looks
/// the same, or if the order of the cluster is none.
pub(super) fn normal(cluster: &str) -> Option<String> {
    if is_plainly_ordered(cluster) {
        return None;
    }
    let typed = Cluster::read(cluster)?;
    let ordered = typed.ordered();
    let is_meant = drawing::alike(&typed, &ordered) || (is_impossible(&typed) && is_modern(&ordered));
    let text = ordered.text();
    // What canonical ordering did to a cluster is not seen in its marks.
    (is_meant && text != cluster).then_some(text)
}

/// The order of a cluster that [`normal`] leaves as it is, put right, with the other shifter if its own is of
/// the wrong series: what the user is asked to confirm. `None` if nothing is wrong, or if it has a fault in
/// any order.
pub(super) fn proposed(cluster: &str) -> Option<String> {
    let typed = Cluster::read(cluster)?;
    let mut ordered = typed.ordered();
    if let Some(shifter) = wrong_shifter(&ordered) {
        let other = if shifter == TRIISAP { MUUSIKATOAN } else { TRIISAP };
        for mark in &mut ordered.marks {
            if *mark == Mark::Shifter(shifter) {
                *mark = Mark::Shifter(other);
            }
        }
    }
    (ordered != typed && is_modern(&ordered)).then(|| ordered.text())
}

/// The shifter of a cluster whose letters are all of the series that it shifts to: ◌៊ without a strong
/// consonant, ◌៉ without a weak one. BA takes both.
///
/// Source: Technical Note 61, the classes StrongBase and WeakBase.
pub(super) fn wrong_shifter(cluster: &Cluster) -> Option<char> {
    let mut shifters = cluster.marks.iter().filter_map(|mark| match mark {
        Mark::Shifter(c) => Some(*c),
        _ => None,
    });
    let shifter = shifters.next().filter(|_| shifters.next().is_none())?;
    // An independent vowel has no series.
    let is_consonant = |c: char| ('ក'..='អ').contains(&c);
    if !is_consonant(cluster.base) || consonants(cluster.base, &cluster.marks).any(|c| c == BA || !is_consonant(c)) {
        return None;
    }
    let strong = consonants(cluster.base, &cluster.marks).filter(|&c| is_strong(c)).count();
    let all = consonants(cluster.base, &cluster.marks).count();
    match shifter {
        TRIISAP => (strong == 0).then_some(shifter),
        _ => (strong == all).then_some(shifter),
    }
}

/// Whether no reader of modern Khmer can take the marks as they are: a subscript, shifter or robat
/// behind a vowel or sign, or an order in which the shaper draws a dotted circle.
pub(super) fn is_impossible(typed: &Cluster) -> bool {
    let mut hung = false;
    let late = typed.marks.iter().any(|mark| {
        let is_first = matches!(mark, Mark::Robat | Mark::Subscript(_) | Mark::Shifter(_));
        hung |= !is_first;
        hung && is_first
    });
    late || !drawing::is_grammatical(&typed.marks)
}

/// Whether marks in normal order can be together in modern Khmer: each once, at most two subscripts,
/// one vowel, one robat or shifter.
fn is_modern(ordered: &Cluster) -> bool {
    let count = |wanted: fn(&Mark) -> bool| ordered.marks.iter().filter(|&mark| wanted(mark)).count();
    let is_once = ordered.marks.windows(2).all(|pair| match pair {
        [Mark::Subscript(a), Mark::Subscript(b)] => a != b,
        [a, b] => a.rank() < b.rank(),
        _ => true,
    });
    is_once && count(|mark| matches!(mark, Mark::Vowel(_))) <= 1 && drawing::is_drawable(ordered)
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
        let Some(place) = place(Class::of(c)) else { return false };
        subscript = c == COENG;
        std::mem::replace(&mut last, place) < place
    })
}

/// Whether all of a text is in order at a glance, as nearly every one is: it need not be cut into pieces.
pub(super) fn is_all_plainly_ordered(text: &str) -> bool {
    // The place of the last mark of a cluster, 0 behind its base; `None` behind what has no marks.
    let mut last = None;
    let mut before = '\0';
    text.chars().all(|c| {
        let previous = std::mem::replace(&mut before, c);
        let class = if c.is_ascii() { Class::Other } else { Class::of(c) };
        match class {
            Class::Base if previous == COENG => true,
            _ if previous == COENG => false,
            Class::Base => {
                last = Some(0);
                true
            }
            Class::Other => {
                last = None;
                // Several beside Khmer become one.
                c != ZWSP || previous != ZWSP
            }
            mark => {
                let place = place(mark);
                let is_behind = last.zip(place).is_some_and(|(last, place)| last < place);
                last = place;
                is_behind
            }
        }
    })
}

/// The place of a mark among those of a cluster in order, of which each but a subscript is there once; `None` if it is
/// no mark.
fn place(class: Class) -> Option<u8> {
    match class {
        Class::Robat => Some(1),
        Class::Coeng => Some(2),
        Class::Shifter => Some(3),
        Class::Vowel => Some(4),
        Class::Sign => Some(5),
        Class::Final => Some(6),
        Class::Base | Class::Joiner | Class::Other => None,
    }
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
/// looks like U: a triisap if there is a strong consonant and no BA, else a muusikatoan. Where there is a
/// shifter already, the U is one too many.
fn raise_u(base: char, marks: &mut Vec<Mark>) {
    let has = |wanted: Mark| marks.contains(&wanted);
    let above = has(Mark::Sign(SAMYOK_SANNYA))
        || has(Mark::Sign(ATTHACAN))
        || (I..='\u{17BA}').any(|vowel| has(Mark::Vowel(vowel)))
        || has(Mark::Vowel(OE))
        || (has(Mark::Vowel(AA)) && has(Mark::Sign(NIKAHIT)));
    if !above {
        return;
    }
    // Both the shifter and the U that it looks like: ម៉ុឺ for ម៉ឺ.
    if marks.iter().any(|mark| matches!(mark, Mark::Shifter(_))) {
        marks.retain(|&mark| mark != Mark::Vowel(U));
        return;
    }
    let shifter = lowered_shifter(base, marks);
    for mark in marks {
        if *mark == Mark::Vowel(U) {
            *mark = Mark::Shifter(shifter);
        }
    }
}

const BA: char = '\u{1794}';

/// The base and the consonants under it.
fn consonants(base: char, marks: &[Mark]) -> impl Iterator<Item = char> {
    std::iter::once(base).chain(marks.iter().filter_map(|mark| match mark {
        Mark::Subscript(c) => Some(*c),
        _ => None,
    }))
}

/// The shifter that is drawn low with these consonants.
fn lowered_shifter(base: char, marks: &[Mark]) -> char {
    let has_strong = consonants(base, marks).any(is_strong);
    if has_strong && !consonants(base, marks).any(|c| c == BA) { TRIISAP } else { MUUSIKATOAN }
}

//! What is wrong with the marks of a Khmer text, where putting them in order cannot help.
//!
//! Must never know: words and their spelling; a fault is one whatever the word.
//!
//! Invariant: a cluster that [`super::normalise`] puts right has no fault of order, and each
//! fault's range is a whole cluster, or a whole run of marks with no base.

use std::{fmt, ops::Range};

use super::{
    characters::{COENG, is_letter},
    cluster::{self, Kind},
    drawing::is_grammatical,
    marks::{AA, Class, NIKAHIT, OE, SAMYOK_SANNYA, U, is_given_up},
    order,
    syllable::{Cluster, Mark},
};
use crate::work;

/// Something wrong with the marks of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The letter with its marks, or the marks that have no letter, in bytes.
    pub range: Range<usize>,
    /// What is wrong.
    pub kind: FaultKind,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

/// What can be wrong with the marks of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// A coeng that no letter follows.
    CoengAlone,
    /// A coeng after a coeng.
    CoengTwice,
    /// Vowels or signs that no letter goes before.
    NoBase,
    /// A subscript that no letter goes before.
    SubscriptAlone,
    /// The same vowel or sign twice.
    SignTwice(char),
    /// The same subscript twice.
    SubscriptTwice(char),
    /// The vowel U where a register shifter is meant, which looks like it.
    UForShifter,
    /// Two vowels on one letter.
    TwoVowels,
    /// Both register shifters on one letter.
    TwoShifters,
    /// Marks in an order in which they are not drawn as they should be.
    OutOfOrder,
    /// Marks that are never drawn together.
    NeverTogether,
    /// A register shifter with a letter that is of its series already: the other one is meant.
    WrongShifter(char),
    /// A letter or an unseen vowel that Unicode has given up: U+17A3, U+17A4, U+17B4, U+17B5.
    GivenUp(char),
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CoengAlone => f.write_str("A subscript sign (coeng) joins nothing"),
            Self::CoengTwice => f.write_str("The subscript sign (coeng) is typed twice"),
            Self::NoBase => f.write_str("A vowel or sign has no letter"),
            Self::SubscriptAlone => f.write_str("A subscript has no letter above it"),
            Self::SignTwice(sign) => write!(f, "The sign ◌{sign} is typed twice"),
            Self::SubscriptTwice(letter) => write!(f, "The subscript of {letter} is typed twice"),
            Self::UForShifter => f.write_str("The vowel ◌ុ is beside another: the sign ◌៉ or ◌៊ is meant"),
            Self::TwoVowels => f.write_str("One letter cannot have two vowels"),
            Self::TwoShifters => f.write_str("One letter cannot have both signs ◌៉ and ◌៊"),
            Self::OutOfOrder => f.write_str("The marks of a letter are typed in the wrong order"),
            Self::NeverTogether => f.write_str("One letter cannot have these marks together"),
            Self::WrongShifter(sign) => write!(f, "The sign ◌{sign} does not go with this letter"),
            Self::GivenUp(c) => write!(f, "The character U+{:04X} is no longer used in Khmer", u32::from(*c)),
        }
    }
}

/// The faults of a text, in order, at most one of each kind on one letter.
///
/// While a subscript is being typed its coeng joins nothing yet: callers that show the faults of a
/// text that is being written leaves out the one at the caret.
pub fn faults(text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    for piece in cluster::pieces(text) {
        let Some(source) = text.get(piece.range.clone()) else { continue };
        let kinds = match piece.kind {
            // A no-break space carries a mark that is shown by itself (Unicode, section 2.11).
            Kind::Marks if text.get(..piece.range.start).is_some_and(|head| head.ends_with('\u{A0}')) => continue,
            Kind::Marks => without_base(source),
            Kind::Cluster | Kind::Other if source.starts_with(is_given_up) => {
                source.chars().next().map(FaultKind::GivenUp).into_iter().collect()
            }
            Kind::Cluster if source.chars().nth(1).is_some() => of_cluster(source),
            Kind::Cluster | Kind::Spaces | Kind::Other => continue,
        };
        faults.extend(kinds.into_iter().map(|kind| Fault { range: piece.range.clone(), kind }));
    }
    faults
}

/// The fault of marks with no base.
fn without_base(marks: &str) -> Vec<FaultKind> {
    let mut chars = marks.chars();
    let coeng = chars.next() == Some(COENG);
    vec![match chars.next() {
        Some(COENG) if coeng => FaultKind::CoengTwice,
        Some(c) if coeng && is_letter(c) => FaultKind::SubscriptAlone,
        _ if coeng => FaultKind::CoengAlone,
        _ => FaultKind::NoBase,
    }]
}

/// The faults of a base with marks.
fn of_cluster(source: &str) -> Vec<FaultKind> {
    let joined = source.contains(|c| Class::of(c) == Class::Joiner);
    let put_right = if joined {
        // Joiners mean something, so order is not judged; what is doubled still is.
        source.chars().filter(|&c| Class::of(c) != Class::Joiner).collect()
    } else {
        order::normal(source).unwrap_or_else(|| source.to_owned())
    };
    let Some(cluster) = Cluster::read(&put_right) else {
        return coengs(source).into_iter().collect();
    };
    let marks = &cluster.marks;
    let mut kinds = twice(marks);
    kinds.extend(vowels(marks));
    let shifters = marks.iter().filter(|mark| matches!(mark, Mark::Shifter(_))).count();
    if shifters > 1 && kinds.is_empty() {
        kinds.push(FaultKind::TwoShifters);
    }
    if kinds.is_empty() && !joined {
        kinds.extend(disorder(marks));
    }
    if kinds.is_empty()
        && let Some(shifter) = order::wrong_shifter(&cluster)
    {
        kinds.push(FaultKind::WrongShifter(shifter));
    }
    kinds
}

/// The fault of a coeng with no letter after it.
fn coengs(source: &str) -> Option<FaultKind> {
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(&COENG) if c == COENG => return Some(FaultKind::CoengTwice),
            Some(&next) if c == COENG && is_letter(next) => {}
            _ if c == COENG => return Some(FaultKind::CoengAlone),
            _ => {}
        }
    }
    None
}

/// What is there twice.
fn twice(marks: &[Mark]) -> Vec<FaultKind> {
    let mut kinds = Vec::new();
    // Each mark once, with whether it is named already. There are about a hundred different ones, so a
    // look through them takes a bounded time however many marks a letter has.
    let mut seen: Vec<(Mark, bool)> = Vec::new();
    for &mark in marks {
        let known = seen.iter_mut().find(|(other, _)| {
            work::step();
            *other == mark
        });
        let Some((_, is_named)) = known else {
            seen.push((mark, false));
            continue;
        };
        if !std::mem::replace(is_named, true) {
            kinds.push(match mark {
                Mark::Subscript(c) => FaultKind::SubscriptTwice(c),
                Mark::Robat => FaultKind::SignTwice(super::marks::ROBAT),
                Mark::Shifter(c) | Mark::Vowel(c) | Mark::Sign(c) | Mark::Final(c) => FaultKind::SignTwice(c),
            });
        }
    }
    kinds
}

/// The fault of more than one vowel. Modern Khmer has one on a letter (Technical Note 61).
fn vowels(marks: &[Mark]) -> Option<FaultKind> {
    let mut vowels: Vec<char> = marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Vowel(vowel) => Some(*vowel),
            _ => None,
        })
        .collect();
    vowels.sort_unstable();
    vowels.dedup();
    let shifter = marks.iter().any(|mark| matches!(mark, Mark::Shifter(_)));
    match vowels.as_slice() {
        [U] if !shifter && marks.contains(&Mark::Sign(SAMYOK_SANNYA)) => Some(FaultKind::UForShifter),
        [] | [_] => None,
        ['\u{17B7}'..='\u{17BA}', U] | [U, OE] if !shifter => Some(FaultKind::UForShifter),
        [AA, U] if !shifter && marks.contains(&Mark::Sign(NIKAHIT)) => Some(FaultKind::UForShifter),
        _ => Some(FaultKind::TwoVowels),
    }
}

/// The fault of marks that are each in place, but not in order or never drawn.
///
/// A shifter or robat before a subscript is the order of Unicode's own chapter and no fault.
fn disorder(marks: &[Mark]) -> Option<FaultKind> {
    let step = |mark: &Mark| match mark {
        Mark::Robat | Mark::Subscript(_) | Mark::Shifter(_) => 0,
        Mark::Vowel(_) => 1,
        Mark::Sign(_) => 2,
        Mark::Final(_) => 3,
    };
    if !marks.is_sorted_by_key(step) {
        return Some(FaultKind::OutOfOrder);
    }
    (!is_grammatical(marks)).then_some(FaultKind::NeverTogether)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::tests::{assert_linear, steps};

    #[test]
    fn signs_on_one_letter_take_work_in_proportion() {
        for signs in ["\u{17CB}", "\u{17CB}\u{17CD}\u{17CE}", "ិីឹឺុូួ", "្ក្ខ្គ"] {
            assert_linear(3_000, |size| {
                let text = format!("ក{}", signs.repeat(size));
                steps(|| assert!(!faults(&text).is_empty()))
            });
        }
    }

    #[test]
    fn each_mark_that_is_there_again_is_named_once() {
        let marks = [Mark::Vowel('ា'), Mark::Sign('់'), Mark::Vowel('ា'), Mark::Vowel('ា'), Mark::Sign('់')];
        assert_eq!(twice(&marks), [FaultKind::SignTwice('ា'), FaultKind::SignTwice('់')]);
        assert_eq!(twice(&marks[..2]), []);
    }
}

//! Whether two orders of the same marks are drawn alike.
//!
//! Must never know: which of the two is the better.
//!
//! Two things decide. First the shaper (HarfBuzz, and harfrust after it), in any font: it draws a
//! dotted circle where marks are in an order that its grammar does not know, and it moves the
//! subscript RO and the left part of a vowel before the base, wherever they were typed. Then the
//! fonts: in Battambang, Battambang Bold and Moul a mark above and a mark below can change places
//! unseen, unless one of them is spacing or the base changes shape with them. What is said of
//! fonts here was found by shaping every base with every pair of marks, and is kept true by tests
//! that shape before and after. In Kantumruy Pro, whose marks stack as they come, the rules were
//! found to fail once in a million random letters.

use std::borrow::Cow;

use super::{
    marks::{AA, ATTHACAN, E, I, II, MUUSIKATOAN, NIKAHIT, OE, OO, RO, TRIISAP, U, is_strong, vowel_places},
    syllable::{Cluster, Mark},
};

/// The characters that the page's fonts are given for a cluster, so that a triisap is drawn low where it should.
///
/// Under a vowel or sign above a triisap takes the form of ◌ុ (TN61, Triisap and Muusikatoan). Battambang and
/// Moul do that on ស and ហ alone, and stack it under the vowel on all others (google/fonts#9382). BA keeps it up.
pub fn lowered(cluster: &str) -> Cow<'_, str> {
    let Some(base) = cluster.chars().next().filter(|&c| is_strong(c) && ('ក'..='អ').contains(&c)) else {
        return Cow::Borrowed(cluster);
    };
    let marks = cluster.get(base.len_utf8()..).unwrap_or_default();
    // The subscript RO is drawn before the letter, wherever it was typed.
    let (ro, rest) = match (marks.strip_prefix("្រ៊"), marks.strip_prefix("៊្រ"), marks.strip_prefix(TRIISAP))
    {
        (Some(rest), ..) | (_, Some(rest), _) => ("្រ", rest),
        (.., Some(rest)) => ("", rest),
        _ => return Cow::Borrowed(cluster),
    };
    let mut vowels = rest.chars();
    // A mark below is between the two parts of ◌ើ.
    let (left, right) = match (vowels.next(), vowels.next()) {
        (Some(I..='\u{17BA}'), _) | (Some(AA), Some(NIKAHIT)) => (String::new(), rest.to_owned()),
        (Some(E), Some(II)) => (E.to_string(), rest.chars().skip(1).collect()),
        (Some(OE), _) => (E.to_string(), std::iter::once(II).chain(rest.chars().skip(1)).collect()),
        _ => return Cow::Borrowed(cluster),
    };
    Cow::Owned(format!("{base}{ro}{left}{U}{right}"))
}

/// What the shaper makes of a mark, when what goes before the base is taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stroke {
    /// Subscripts, and vowels or shifters drawn below.
    Subscript(char),
    Below(char),
    /// Vowels and signs drawn above.
    Robat,
    Shifter(char),
    Above(char),
    Sign(char),
    /// The right part of a vowel, and what follows it.
    After(char),
    Final(char),
}

/// A cluster as drawn: what goes before the base, and the rest in order.
#[derive(Debug, PartialEq, Eq)]
struct Drawn {
    before: Vec<Mark>,
    rest: Vec<Stroke>,
}

/// Whether two clusters of one base look alike.
///
/// Errs to one side only: it may take two that look alike for different.
pub(super) fn alike(one: &Cluster, other: &Cluster) -> bool {
    if !is_drawable(one) || !is_drawable(other) {
        return false;
    }
    let lowered = has(one, Mark::Vowel(U)) && !has(other, Mark::Vowel(U));
    if lowered && !lowers_shifter(other) {
        return false;
    }
    if one.marks.len() != other.marks.len() && !can_join(one) {
        return false;
    }
    let (a, mut b) = (drawn(one), drawn(other));
    if lowered {
        for stroke in &mut b.rest {
            if matches!(stroke, Stroke::Shifter(_)) {
                *stroke = Stroke::Below(U);
            }
        }
    }
    a.before == b.before && (a.rest == b.rest || (can_swap(one) && swapped(&a.rest, &b.rest)))
}

/// Whether the shaper draws a cluster without a dotted circle, and with at most two subscripts.
///
/// Source: the grammar of HarfBuzz's Khmer shaper.
pub(super) fn is_drawable(cluster: &Cluster) -> bool {
    let subscripts = cluster.marks.iter().filter(|mark| matches!(mark, Mark::Subscript(_))).count();
    let ro = cluster.marks.iter().filter(|&&mark| mark == Mark::Subscript(RO)).count();
    subscripts <= 2 && ro <= 1 && is_grammatical(&cluster.marks)
}

/// A base's marks: letters, each with one robat or shifter; then the parts of one vowel, each in
/// its place, with signs between them; then one late subscript; then what is always last.
pub(super) fn is_grammatical(marks: &[Mark]) -> bool {
    const LETTERS: u8 = 0;
    const SIGNS: u8 = 1;
    const VOWEL: u8 = 2;
    const AFTER: u8 = 5;
    const LATE: u8 = 6;
    const LAST: u8 = 7;
    let (mut step, mut marked) = (LETTERS, false);
    marks.iter().all(|&mark| {
        let reached = match mark {
            Mark::Robat | Mark::Shifter(_) if step == LETTERS && !marked => LETTERS,
            Mark::Subscript(_) if step == LETTERS => LETTERS,
            Mark::Subscript(_) if step < LATE => LATE,
            Mark::Vowel(vowel) => {
                let mut steps = (VOWEL..).zip(vowel_places(vowel)).filter(|&(_, there)| there).map(|(step, _)| step);
                let (first, last) = (steps.next().unwrap_or_default(), steps.last());
                if step >= first {
                    return false;
                }
                last.unwrap_or(first)
            }
            Mark::Sign(ATTHACAN) | Mark::Final(_) => LAST,
            Mark::Sign(_) if step <= AFTER => step.max(SIGNS),
            Mark::Robat | Mark::Shifter(_) | Mark::Subscript(_) | Mark::Sign(_) => return false,
        };
        marked = matches!(mark, Mark::Robat | Mark::Shifter(_));
        step = reached;
        true
    })
}

fn has(cluster: &Cluster, mark: Mark) -> bool {
    cluster.marks.contains(&mark)
}

/// Whether the fonts draw a vowel typed as its two parts like the whole one, in this company.
///
/// Their rules for what is beside a vowel know some companies of the whole one only: two
/// subscripts, a shifter beside ោ, and on the narrow រ and វ any subscript or shifter.
fn can_join(typed: &Cluster) -> bool {
    let narrow = matches!(typed.base, 'រ' | 'វ');
    let subscripts = typed.marks.iter().filter(|mark| matches!(mark, Mark::Subscript(c) if *c != RO)).count();
    let shifter = typed.marks.iter().any(|mark| matches!(mark, Mark::Shifter(_)));
    subscripts <= usize::from(!narrow) && !(shifter && (narrow || has(typed, Mark::Vowel(AA))))
}

/// Whether a cluster's shifter is drawn low, with the glyph of the vowel U: by [`lowered`] or by the fonts.
fn lowers_shifter(cluster: &Cluster) -> bool {
    let above = cluster.marks.iter().any(|mark| matches!(mark, Mark::Vowel(I..='\u{17BA}' | OE)))
        || (has(cluster, Mark::Vowel(AA)) && has(cluster, Mark::Sign(NIKAHIT)));
    if has(cluster, Mark::Shifter(TRIISAP)) {
        return matches!(lowered(&cluster.text()), Cow::Owned(_));
    }
    above
        && has(cluster, Mark::Shifter(MUUSIKATOAN))
        && matches!(cluster.base, 'ង' | 'ន' | 'ប' | 'ម' | 'យ' | 'រ' | 'ល' | 'វ')
        && !has(cluster, Mark::Subscript('ឡ'))
        && !(has(cluster, Mark::Vowel(OE)) && matches!(cluster.base, 'រ' | 'វ'))
}

/// What the shaper makes of a cluster.
fn drawn(cluster: &Cluster) -> Drawn {
    let mut drawn = Drawn { before: Vec::new(), rest: Vec::new() };
    for &mark in &cluster.marks {
        match mark {
            Mark::Subscript(RO) => drawn.before.push(mark),
            Mark::Subscript(c) => drawn.rest.push(Stroke::Subscript(c)),
            Mark::Robat => drawn.rest.push(Stroke::Robat),
            Mark::Shifter(c) => drawn.rest.push(Stroke::Shifter(c)),
            Mark::Sign(c) => drawn.rest.push(Stroke::Sign(c)),
            Mark::Final(c) => drawn.rest.push(Stroke::Final(c)),
            Mark::Vowel(vowel) => {
                let [before, below, above, after] = vowel_places(vowel);
                if before {
                    // The left part of every split vowel is the vowel E.
                    let left = if below || above || after { E } else { vowel };
                    drawn.before.push(Mark::Vowel(left));
                }
                if below {
                    drawn.rest.push(Stroke::Below(vowel));
                }
                if above {
                    drawn.rest.push(Stroke::Above(if vowel == OE { II } else { vowel }));
                }
                if after {
                    drawn.rest.push(Stroke::After(if vowel == OO { AA } else { vowel }));
                }
            }
        }
    }
    drawn
}

/// Whether marks above and marks below can change places on this base.
///
/// Not where the fonts give a mark another shape or place for the one beside it:
/// - ញ and ឡ change below with what hangs there, ណ is wide, រ and វ are narrow;
/// - a subscript that rises to the right of its base takes the signs with it;
/// - a vowel below makes room for a subscript right before it, and so does a second subscript;
/// - a shifter comes down for a vowel right behind it, and a robat may join it.
fn can_swap(cluster: &Cluster) -> bool {
    const SPACING: [char; 10] = ['ឃ', 'ឈ', 'ឍ', 'ណ', 'ប', 'យ', 'ឝ', 'ឞ', 'ស', 'ឡ'];
    let any = |wanted: fn(Mark) -> bool| cluster.marks.iter().any(|&mark| wanted(mark));
    let spacing = any(|mark| matches!(mark, Mark::Subscript(c) if SPACING.contains(&c) || !('ក'..='អ').contains(&c)));
    let changing = matches!(cluster.base, 'ញ' | 'ណ' | 'រ' | 'វ' | 'ឡ');
    let two_subscripts = cluster.marks.iter().filter(|mark| matches!(mark, Mark::Subscript(_))).count() > 1;
    let subscript = any(|mark| matches!(mark, Mark::Subscript(c) if c != RO));
    let below = any(|mark| matches!(mark, Mark::Vowel(vowel) if vowel_places(vowel)[1]));
    let shifter = any(|mark| matches!(mark, Mark::Shifter(_) | Mark::Robat));
    let above = any(|mark| matches!(mark, Mark::Vowel(I..='\u{17BA}' | OE) | Mark::Sign(_)));
    !(changing || spacing || two_subscripts || (subscript && below) || (shifter && above))
}

/// Whether two orders differ only in how marks above are among marks below.
///
/// Among themselves neither may change: a font may stack them as they come.
fn swapped(one: &[Stroke], other: &[Stroke]) -> bool {
    let is_below = |stroke: &Stroke| matches!(stroke, Stroke::Subscript(_) | Stroke::Below(_));
    let is_spacing = |stroke: &Stroke| matches!(stroke, Stroke::After(_) | Stroke::Sign(ATTHACAN));
    let part = |strokes: &[Stroke], below| {
        strokes.iter().filter(|stroke| is_below(stroke) == below).copied().collect::<Vec<_>>()
    };
    !one.iter().any(is_spacing) && [true, false].iter().all(|&below| part(one, below) == part(other, below))
}

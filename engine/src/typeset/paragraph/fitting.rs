//! Which places are taken: for the page, of all ways the one whose lines differ least from their natural
//! spacing (Knuth and Plass); for the screen, the first that fits.

use super::{
    Alignment, Measure,
    margins::protrusion,
    places::{BreakPlace, PENALTY_COMPOUND},
    spreading::{LOOSEST, Sums, fill},
};
use crate::{typeset::shape::ShapedText, work};

/// The badness of a line that has nothing to stretch and leaves all of the measure empty.
const SHORT_LINE: f32 = 400_000.0;

/// The second hyphen in succession, and one before the last line, which stand out.
const DEMERITS_HYPHENS: f32 = 100_000.0;
/// Added to the demerits of a line so much tighter or looser than the one before that the change of colour
/// shows, times the square of the colours between them. A tight line beside a loose one is worth a line stretched
/// to a fifth more than its limit (ratio 1.2), a tight one beside a very loose one more.
const DEMERITS_UNEVEN: f32 = 30_000.0;
/// The same in lines of Khmer, whose gaps and letters give, and which have fewer places to end.
const DEMERITS_UNEVEN_KHMER: f32 = 3_000.0;
/// A last line shorter than this share of the measure begins to look like a mistake. What a
/// line of nothing would cost, and the square of what is missing of it: a last line of one
/// short word is worth a loose line (ratio 1) elsewhere, but never a hole.
const SHORTEST_LAST: f32 = 0.22;
const DEMERITS_SHORT_LAST: f32 = 30_000.0;
/// A last line that ends before the next paragraph's indent does leaves a white band across the
/// page. That is worth a line spaced to twice its limit before it, but never a hole.
const DEMERITS_UNDER_INDENT: f32 = 1_000_000.0;
/// A last line of one Khmer word looks like a remnant. As above.
const DEMERITS_ONE_WORD: f32 = 1_000_000.0;
/// What a line wider than its measure costs: more than anything else together.
const DEMERITS_TOO_WIDE: f32 = 1e13;

/// Colours of lines, after Knuth and Plass: tight, as it should be, loose, very loose.
const COLOURS: usize = 4;

fn colour(ratio: f32) -> usize {
    match ratio {
        r if r < -0.5 => 0,
        r if r <= 0.5 => 1,
        r if r <= 1.0 => 2,
        _ => 3,
    }
}

/// What it costs that two lines of such colours are neighbours.
fn uneven(before: usize, after: usize, has_gaps: bool) -> f64 {
    match before.abs_diff(after) {
        0 | 1 => 0.0,
        _ if has_gaps => f64::from(DEMERITS_UNEVEN_KHMER),
        2 => f64::from(DEMERITS_UNEVEN),
        _ => f64::from(4.0 * DEMERITS_UNEVEN),
    }
}

/// The best way to set the text as far as a place, with a last line of a certain colour.
#[derive(Clone, Copy)]
struct Best {
    demerits: f64,
    from: usize,
    /// The colour of the line before.
    colour: usize,
}

const NO_WAY: Best = Best { demerits: f64::INFINITY, from: 0, colour: 1 };

/// The lines of least demerits, as indices of places.
///
/// For each place, and each colour that the line ending there may have, the best line is found
/// among those from the places before it; lines begin at an already settled place, so one pass
/// from left to right is enough. The colour is a part of what is settled, since what a line
/// costs depends on the one before it.
pub(super) fn optimum_fit(text: &ShapedText, places: &[BreakPlace], sums: &Sums, measure: Measure) -> Vec<usize> {
    let mut best = vec![[NO_WAY; COLOURS]; places.len()];
    best[0][1].demerits = 0.0;
    // The least demerits of each place, whatever the colour.
    let mut least = vec![f64::INFINITY; places.len()];
    least[0] = 0.0;
    let mut earliest = 0;
    for to in 1..places.len() {
        let ends_text = to + 1 == places.len();
        for from in (earliest..to).rev() {
            work::step();
            let line = judge(places, sums, measure, (from, to));
            if line.too_wide && from + 1 < to {
                break;
            }
            let mut demerits = f64::from(1.0 + line.badness + places[to].penalty).powi(2);
            if line.too_wide {
                demerits += f64::from(DEMERITS_TOO_WIDE);
            }
            let again = places[from].hyphen > 0.0 && (ends_text || places[to].hyphen > 0.0);
            if again {
                demerits += f64::from(DEMERITS_HYPHENS);
            }
            let missing = 1.0 - line.width / (measure.width * SHORTEST_LAST);
            if ends_text && from > 0 && missing > 0.0 {
                demerits += f64::from(DEMERITS_SHORT_LAST * missing * missing);
                if line.width < measure.indent {
                    demerits += f64::from(DEMERITS_UNDER_INDENT);
                }
            }
            if ends_text && from > 0 && is_one_word(text, &places[from..=to]) {
                demerits += f64::from(DEMERITS_ONE_WORD);
            }
            let to_colour = colour(line.ratio);
            // Most lines are far too short, and lose whatever comes before them.
            if least[from] + demerits >= best[to][to_colour].demerits {
                continue;
            }
            for from_colour in 0..COLOURS {
                let mut total = best[from][from_colour].demerits + demerits;
                if from > earliest {
                    total += uneven(from_colour, to_colour, line.has_gaps);
                }
                if total < best[to][to_colour].demerits {
                    best[to][to_colour] = Best { demerits: total, from, colour: from_colour };
                }
            }
        }
        least[to] = best[to].iter().fold(f64::INFINITY, |least, best| least.min(best.demerits));
        if places[to].mandatory {
            earliest = to;
        }
    }
    let mut at = places.len() - 1;
    let by_demerits = |a: &usize, b: &usize| best[at][*a].demerits.total_cmp(&best[at][*b].demerits);
    let mut colour = (0..COLOURS).min_by(by_demerits).unwrap_or(1);
    let mut chosen = vec![at];
    while at > 0 {
        let Best { from, colour: before, .. } = best[at][colour];
        (at, colour) = (from, before);
        chosen.push(at);
    }
    chosen.reverse();
    chosen
}

/// Whether a line is of Khmer and has no place inside at which a line may well end. `places` has its first
/// and its last place, too.
fn is_one_word(text: &ShapedText, places: &[BreakPlace]) -> bool {
    let [first, inner @ .., _] = places else { return false };
    let is_khmer = text.clusters.get(first.cluster).is_some_and(|cluster| cluster.face.font.is_khmer());
    is_khmer && inner.iter().all(|place| place.penalty >= PENALTY_COMPOUND)
}

/// What a line would look like.
pub(super) struct Judged {
    pub(super) width: f32,
    pub(super) ratio: f32,
    pub(super) badness: f32,
    pub(super) too_wide: bool,
    /// Whether Khmer words are written together in it.
    pub(super) has_gaps: bool,
}

/// Judges the line from place `from` to place `to`.
pub(super) fn judge(places: &[BreakPlace], sums: &Sums, measure: Measure, (from, to): (usize, usize)) -> Judged {
    let (start, end) = (places[from].cluster, places[to].end);
    let natural = sums.line(start, end);
    // Of the hyphen too a part hangs into the margin.
    let width = natural.width + places[to].hyphen * (1.0 - protrusion('-'));
    let extra = sums.room(places, measure, (from, to)) - width;
    let justified = measure.alignment == Alignment::Justified;
    let too_wide = extra < if justified { -natural.shrink() } else { 0.0 };
    let last = places[to].mandatory;
    let (badness, ratio) = if justified {
        let (ratio, _) = fill(extra, natural);
        // Without a space the line stays short: bad as a hole, and the worse the shorter. A space that has to
        // take all of that is no worse, or a line half empty would be chosen before it.
        let short = badness(LOOSEST) + SHORT_LINE * (extra - natural.gaps).max(0.0) / measure.width;
        if last && ratio > 0.0 {
            (0.0, 0.0)
        } else if ratio == f32::INFINITY {
            (short, ratio)
        } else if ratio > LOOSEST {
            (badness(ratio).min(short), ratio)
        } else {
            (badness(ratio), ratio)
        }
    } else if last && measure.alignment == Alignment::Left {
        (0.0, 0.0)
    } else {
        (badness(extra.max(0.0) / (measure.width * 0.25)), 0.0)
    };
    Judged { width, ratio, badness, too_wide, has_gaps: natural.gaps > 0.0 }
}

/// 100 at the limit of the allowance, and steeply more beyond what makes holes.
fn badness(ratio: f32) -> f32 {
    let ratio = ratio.abs();
    let cube = 100.0 * ratio.powi(3);
    if ratio <= LOOSEST { cube } else { (cube + 10_000.0 * (ratio - LOOSEST)).min(1e6) }
}

/// The longest lines that fit, one after the other, as indices of places.
pub(super) fn first_fit(places: &[BreakPlace], sums: &Sums, measure: Measure) -> Vec<usize> {
    let mut chosen = vec![0];
    let mut from = 0;
    for to in 1..places.len() {
        let start = places[from].cluster;
        let width = sums.line(start, places[to].end).width + places[to].hyphen;
        if to - 1 > from && width > sums.room(places, measure, (from, to)) {
            from = to - 1;
            chosen.push(from);
        }
        if places[to].mandatory {
            from = to;
            chosen.push(from);
        }
    }
    chosen
}

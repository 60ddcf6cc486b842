//! How a line fills its measure: by its spaces, by letters a little wider or narrower, and between Khmer words,
//! which have no spaces, by gaps that are not seen.

use super::{
    Alignment, Measure, SetLine, is_stretchable,
    margins::{hanging, hanging_before, hanging_behind, room},
    places::BreakPlace,
};
use crate::typeset::shape::ShapedText;

/// How much a space may grow and shrink for a line to count as well spaced, as shares of its
/// width, as TeX has them. Without hyphenation a word is often 50 points wide, and the spaces of
/// a line together may shrink by no more than 15: with less than a third most paragraphs have
/// only one way to be set, often with a hole in it. A little more than a sixth of an em is left between
/// words: Poppler's reader in raw order takes less than 0.15 em for no space.
const SPACE_STRETCH: f32 = 0.5;
const SPACE_SHRINK: f32 = 0.32;

/// The most that may open between two Khmer words written together, in em of their own size.
/// PDF readers begin to see a space at 0.13 em; up to 0.10 em they were never seen to.
pub(super) const WORD_GAP: f32 = 0.10;

/// The most by which two Khmer words written together may come nearer, in em: a quarter of a point, which
/// nobody sees, but over a line without a space it makes room for a syllable's sign.
const WORD_SQUEEZE: f32 = 0.02;

/// By how much letters of a line with such words are widened or narrowed before gaps open: two in a
/// hundred is what no eye finds (Zapf's hz program, microtype's default). In the loosest lines three are
/// better than gaps that are wider than [`UNSEEN_GAP`]. In a line without such words the letters give two
/// in a hundred where the spaces give all of their allowance, and three where they give half as much again.
const EXPANSION: f32 = 0.02;
pub(super) const MOST_EXPANSION: f32 = 0.03;

/// With so many spaces, each of them a little too wide, a line of Khmer looks full of holes; its letters then
/// take this share of what the spaces would, as far as they can.
const MANY_SPACES: usize = 5;
const RELIEF: f32 = 0.6;

/// The widest gap, in em, that Poppler takes for none wherever it falls. Its limit is 0.03 behind a cluster
/// that ends in a code of no width (TextOutputDev, maxCharSpacing); the rest is for rounding.
pub(super) const UNSEEN_GAP: f32 = 0.026;

/// Word gaps reach [`WORD_GAP`] when spaces are stretched by this multiple of
/// [`SPACE_STRETCH`], so that gaps stay invisible in any but the loosest lines.
const GAP_FULL_AT: f32 = 2.0;

/// Beyond this multiple of their stretch, spaces make holes; such a line is taken only where
/// there is no other way.
pub(super) const LOOSEST: f32 = 2.5;

/// The most by which the spaces of a line without Khmer gaps grow, as a share of their width: three times as wide as
/// they should be they are holes, and a line that stays short reads better.
const MOST_GROWTH: f32 = 2.0;
/// A line of fewer spaces, as a share of the measure, has no other way to be filled.
const FEW_SPACES: f32 = 0.02;
/// So much more than their width they may grow then: two em. Beyond it, as before a long address, the line stays short.
const MOST_GROWTH_OF_FEW: f32 = 8.0;

/// Sums over all clusters before each, so that a line's width is a difference.
pub(super) struct Sums {
    width: Vec<f32>,
    /// The widths of stretchable spaces.
    space: Vec<f32>,
    /// The most that gaps may open, counted at the cluster that follows.
    gap: Vec<f32>,
    /// What hangs into the margins where a line begins and where one ends at each place.
    hanging: Vec<(f32, f32)>,
}

impl Sums {
    pub(super) fn of(text: &ShapedText, places: &[BreakPlace]) -> Self {
        let n = text.clusters.len();
        let mut opens = vec![0.0; n + 1];
        for place in places.iter().filter(|place| place.gap) {
            if let Some(cluster) = text.clusters.get(place.cluster) {
                opens[place.cluster] = WORD_GAP * cluster.size;
            }
        }
        let mut sums = Self { width: vec![0.0; n + 1], space: vec![0.0; n + 1], gap: opens, hanging: Vec::new() };
        let hanging = |place: &BreakPlace| (hanging_before(text, place.cluster), hanging_behind(text, place.end));
        sums.hanging.extend(places.iter().map(hanging));
        for (i, cluster) in text.clusters.iter().enumerate() {
            let width = cluster.width();
            sums.width[i + 1] = sums.width[i] + width;
            sums.space[i + 1] = sums.space[i] + if is_stretchable(text, i) { width } else { 0.0 };
        }
        // Made a running sum: `gap[i]` holds what opens before the clusters up to and including i.
        for i in 1..=n {
            sums.gap[i] += sums.gap[i - 1];
        }
        sums
    }

    /// The room for a line from one place to another, as [`room`] gives it.
    pub(super) fn room(&self, places: &[BreakPlace], measure: Measure, (from, to): (usize, usize)) -> f32 {
        let indent = if from == 0 { measure.indent } else { 0.0 };
        let begin = self.hanging[from].0;
        let end = if places[to].end > places[from].cluster + 1 { self.hanging[to].1 } else { 0.0 };
        match measure.alignment {
            Alignment::Justified | Alignment::Left => measure.width - indent + begin + end,
            Alignment::Centre | Alignment::Screen => measure.width - indent,
        }
    }

    /// Whether a cluster is a [stretchable](is_stretchable) space.
    fn is_space(&self, index: usize) -> bool {
        self.space[index + 1] > self.space[index]
    }

    /// What there is to give in a line of the clusters `from..to`.
    pub(super) fn line(&self, from: usize, to: usize) -> Natural {
        let to = to.max(from);
        // A gap before the first cluster of the line is no gap, nor one before the next line.
        let gap = if to > from { self.gap[to - 1] - self.gap[from] } else { 0.0 };
        Natural {
            width: self.width[to] - self.width[from],
            spaces: self.space[to] - self.space[from],
            gaps: gap.max(0.0),
        }
    }
}

/// A line before it is spread, in points.
#[derive(Clone, Copy, Debug)]
pub(super) struct Natural {
    pub(super) width: f32,
    /// The widths of its spaces.
    pub(super) spaces: f32,
    /// The most that its gaps may open.
    pub(super) gaps: f32,
}

impl Natural {
    /// The widths of what is no space.
    fn letters(self) -> f32 {
        self.width - self.spaces
    }

    /// The widths of letters that give by themselves. Between Khmer words they give what the gaps would.
    fn giving(self) -> f32 {
        if self.gaps > 0.0 || self.spaces <= 0.0 { 0.0 } else { self.letters().max(0.0) }
    }

    /// How much the line may shrink.
    pub(super) fn shrink(self) -> f32 {
        self.spaces * SPACE_SHRINK + self.gaps * (WORD_SQUEEZE / WORD_GAP) + self.giving() * EXPANSION
    }
}

/// The multiple of their allowance by which spaces grow to fill `extra`, and the share of their limit by which gaps
/// open, before letters take what they can of it. Both are negative where there is too little room.
pub(super) fn fill(extra: f32, line: Natural) -> (f32, f32) {
    let Natural { spaces, gaps, .. } = line;
    if extra <= 0.0 {
        let shrink = line.shrink();
        let ratio = if shrink > 0.0 {
            extra / shrink
        } else if extra < 0.0 {
            f32::NEG_INFINITY
        } else {
            0.0
        };
        return (ratio, ratio.max(-1.0) * (WORD_SQUEEZE / WORD_GAP));
    }
    let stretch = spaces * SPACE_STRETCH;
    if line.giving() > 0.0 {
        let ratio = extra / (stretch + line.giving() * EXPANSION);
        let most = MOST_EXPANSION / EXPANSION;
        let spaced = (extra - line.giving() * MOST_EXPANSION) / stretch;
        return (if ratio <= most { ratio } else { spaced }, 0.0);
    }
    let together = stretch + gaps / GAP_FULL_AT;
    if together <= 0.0 {
        return (f32::INFINITY, 0.0);
    }
    let ratio = extra / together;
    if ratio <= GAP_FULL_AT {
        return (ratio, ratio / GAP_FULL_AT);
    }
    if stretch > 0.0 {
        return ((extra - gaps) / stretch, 1.0);
    }
    // Without a space its letters give all they can, and its gaps as well, before the line stays short.
    let most = gaps + line.letters() * MOST_EXPANSION;
    if extra <= most { (LOOSEST, extra / gaps) } else { (f32::INFINITY, 1.0) }
}

/// How a line gets back the width that gaps would have given or taken.
struct Spread {
    /// By what the widths of letters are multiplied.
    expansion: f32,
    /// The share of their limit by which gaps open.
    open: f32,
    /// By what spaces grow, as a share of their width.
    grow: f32,
}

impl Spread {
    /// Divides `extra` among letters and gaps, and spaces, which have grown by `grow` already, where they
    /// can take what else would be seen.
    fn of(extra: f32, line: Natural, grow: f32) -> Self {
        let (Natural { gaps, spaces, .. }, letters) = (line, line.letters());
        if letters <= 0.0 || gaps <= 0.0 {
            return Self { expansion: 1.0, open: 0.0, grow };
        }
        let unseen = gaps * (UNSEEN_GAP / WORD_GAP);
        let usual = (extra / letters).clamp(-EXPANSION, EXPANSION);
        let needed = ((extra - unseen) / letters).clamp(usual, MOST_EXPANSION.max(usual));
        // A hundredth of a percent: as a PDF says it.
        let expansion = 1.0 + (needed * 10_000.0).round() / 10_000.0;
        // Gaps never close: readers that go by places would mistake the order of what is there.
        let left = (extra - letters * (expansion - 1.0)).max(0.0);
        let seen = left - unseen;
        if seen > 0.0 && spaces * (LOOSEST * SPACE_STRETCH - grow) >= seen {
            return Self { expansion, open: unseen / gaps, grow: grow + seen / spaces };
        }
        Self { expansion, open: left / gaps, grow }
    }

    /// Divides `extra` among letters and spaces of a line without gaps, in which spaces are stretched by `ratio`
    /// and grow by no more than `most`.
    fn of_letters(extra: f32, line: Natural, ratio: f32, most: f32) -> Self {
        let give = (ratio * EXPANSION).clamp(-EXPANSION, MOST_EXPANSION);
        let expansion = 1.0 + (give * 10_000.0).round() / 10_000.0;
        let left = extra - line.letters() * (expansion - 1.0);
        Self { expansion, open: 0.0, grow: (left / line.spaces).clamp(-SPACE_SHRINK, most) }
    }
}

impl Spread {
    /// Has the letters of a Khmer line give more, and its spaces less.
    fn relieve(&mut self, letters: f32, gaps: f32, spaces: f32) {
        if letters <= 0.0 || gaps <= 0.0 || self.grow <= 0.0 {
            return;
        }
        let room = letters * (1.0 + EXPANSION - self.expansion);
        let given = (self.grow * spaces * RELIEF).min(room).max(0.0);
        let expansion = ((self.expansion + given / letters) * 10_000.0).floor() / 10_000.0;
        self.grow -= (expansion - self.expansion) * letters / spaces;
        self.expansion = expansion;
    }
}

/// Places the clusters of one line, from place `from` to place `to`.
pub(super) fn spread(
    text: &ShapedText,
    places: &[BreakPlace],
    sums: &Sums,
    measure: Measure,
    (from, to): (usize, usize),
    first: bool,
    last: bool,
) -> SetLine {
    let (start, end, next) = (places[from].cluster, places[to].end.max(places[from].cluster), places[to].cluster);
    let natural = sums.line(start, end);
    let width = natural.width;
    let indent = if first { measure.indent } else { 0.0 };
    let extra = room(text, measure, start, end, first) - width;
    let (hang, _) = match measure.alignment {
        Alignment::Justified | Alignment::Left => hanging(text, start, end),
        Alignment::Centre | Alignment::Screen => (0.0, 0.0),
    };
    let left = match measure.alignment {
        Alignment::Centre => (measure.width - width) / 2.0,
        _ => indent - hang,
    };
    let (mut ratio, mut open) = (0.0, 0.0);
    if measure.alignment == Alignment::Justified && (!last || extra < 0.0) {
        (ratio, open) = fill(extra, natural);
        if !ratio.is_finite() {
            // Nothing to stretch: better a short line than letters torn apart.
            ratio = 0.0;
        }
        ratio = ratio.max(-1.0);
    }
    let grow = ratio * if ratio < 0.0 { SPACE_SHRINK } else { SPACE_STRETCH };
    let mut share = if ratio != 0.0 && natural.giving() > 0.0 {
        let are_few = natural.spaces < FEW_SPACES * measure.width && extra <= natural.spaces * MOST_GROWTH_OF_FEW;
        let most = if are_few { MOST_GROWTH_OF_FEW } else { MOST_GROWTH };
        Spread::of_letters(extra, natural, ratio, most)
    } else {
        Spread::of(open * natural.gaps, natural, grow)
    };
    let count = (start..end).filter(|&index| sums.is_space(index)).count();
    if count >= MANY_SPACES {
        share.relieve(natural.letters(), natural.gaps, natural.spaces);
    }
    let Spread { expansion, open, grow } = share;
    let mut x = Vec::with_capacity(next - start + 1);
    let mut pen = 0.0;
    for index in start..next {
        let cluster = &text.clusters[index];
        if start < index && index < end {
            pen += open * (sums.gap[index] - sums.gap[index - 1]);
        }
        x.push(pen);
        let visible_space = index < end && sums.is_space(index);
        pen += cluster.width() * if visible_space { 1.0 + grow } else { expansion };
    }
    x.push(pen);
    SetLine { clusters: start..next, x: x.into(), left, expansion, ratio }
}

//! A shaped text broken into lines of a measure, and each line spread.
//!
//! Justified text is broken by the method of Knuth and Plass ("Breaking Paragraphs into Lines",
//! 1981): of all ways to break the paragraph, the one whose lines differ least from their
//! natural spacing. Texts for the screen, where lines must not jump while one types, are broken
//! first-fit. Knows shaped clusters and nothing of pages.
//!
//! Invariant: the lines hold all clusters, in order, and none is wider than the measure unless
//! it holds a single cluster.

use std::{ops::Range, sync::Arc};

use super::{
    breaks::{Break, BreakKind, Words, hyphens, line_breaks_with},
    shape::{Cluster, Glyph, ShapedText},
};

/// How much a space may grow and shrink for a line to count as well spaced, as shares of its
/// width, as TeX has them. Without hyphenation a word is often 50 points wide, and the spaces of
/// a line together may shrink by no more than 15: with less than a third most paragraphs have
/// only one way to be set, often with a hole in it. A sixth of an em is left between words.
const SPACE_STRETCH: f32 = 0.5;
const SPACE_SHRINK: f32 = 1.0 / 3.0;

/// The most that may open between two Khmer words written together, in em of their own size.
/// PDF readers begin to see a space at 0.13 em; up to 0.10 em they were never seen to.
const WORD_GAP: f32 = 0.10;

/// The most by which two Khmer words written together may come nearer, in em: a quarter of a point, which
/// nobody sees, but over a line without a space it makes room for a syllable's sign.
const WORD_SQUEEZE: f32 = 0.02;

/// By how much letters of a line with such words are widened or narrowed before gaps open: two in a
/// hundred is what no eye finds (Zapf's hz program, microtype's default). In the loosest lines three are
/// better than gaps that are wider than [`UNSEEN_GAP`].
const EXPANSION: f32 = 0.02;
const MOST_EXPANSION: f32 = 0.03;

/// The widest gap, in em, that Poppler takes for none wherever it falls. Its limit is 0.03 behind a cluster
/// that ends in a code of no width (TextOutputDev, maxCharSpacing); the rest is for rounding.
const UNSEEN_GAP: f32 = 0.026;

/// Word gaps reach [`WORD_GAP`] when spaces are stretched by this multiple of
/// [`SPACE_STRETCH`], so that gaps stay invisible in any but the loosest lines.
const GAP_FULL_AT: f32 = 2.0;

/// Beyond this multiple of their stretch, spaces make holes; such a line is taken only where
/// there is no other way.
const LOOSEST: f32 = 2.5;

/// The badness of a line that has nothing to stretch and leaves all of the measure empty.
const SHORT_LINE: f32 = 400_000.0;

/// Penalties, on the scale of badness, where 100 is a line stretched to its limit.
const PENALTY_WORD: f32 = 12.0;
/// After the prefix of a noun: no fault, but a line with spaces one and a half times as wide as they
/// should be (ratio 1.8) reads no worse.
const PENALTY_COMPOUND: f32 = 600.0;
/// Where a word would be broken in two one time in five: only against a hole.
const PENALTY_DOUBTFUL: f32 = 900.0;
/// After a hyphen that is in the text: little worse than a space, and a good way out of a hole.
const PENALTY_OTHER: f32 = 20.0;
/// A hyphen that divides a word: worth a line stretched to its limit, so that there are few, in a text that
/// was loose without. The second in succession, and one before the last line,
/// cost more, as they stand out.
const PENALTY_HYPHEN: f32 = 150.0;
const DEMERITS_HYPHENS: f32 = 100_000.0;
/// A break in the middle of what should hold together: only where nothing else fits.
const PENALTY_EMERGENCY: f32 = 5_000.0;
/// Added to the demerits of a line so much tighter or looser than the one before that the
/// change of colour shows.
const DEMERITS_UNEVEN: f32 = 3_000.0;
/// A last line shorter than this share of the measure begins to look like a mistake. What a
/// line of nothing would cost, and the square of what is missing of it: a last line of one
/// short word is worth a loose line (ratio 1) elsewhere, but never a hole.
const SHORTEST_LAST: f32 = 0.22;
const DEMERITS_SHORT_LAST: f32 = 30_000.0;
/// A last line that ends before the next paragraph's indent does leaves a white band across the
/// page. That is worth a line spaced to twice its limit before it, but never a hole.
const DEMERITS_UNDER_INDENT: f32 = 1_000_000.0;
/// What a line wider than its measure costs: more than anything else together.
const DEMERITS_TOO_WIDE: f32 = 1e13;

/// How far signs hang into the margin, as shares of their widths, so that the edge *looks* straight.
fn protrusion(c: char) -> f32 {
    match c {
        '.' | ',' | '-' | '\u{AD}' | '\u{2010}' | '\u{2011}' => 0.55,
        '“' | '”' | '‘' | '’' | '"' | '\'' => 0.5,
        '«' | '»' => 0.3,
        '–' | '—' | ':' | ';' => 0.25,
        _ => 0.0,
    }
}

/// Where the lines stand in the measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alignment {
    /// To both edges; the last line from the left.
    Justified,
    /// From the left edge.
    Left,
    /// In the middle, the lines about equally long.
    Centre,
    /// From the left edge, first-fit: for the screen.
    Screen,
}

/// How a text is broken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// The width of the column, in points.
    pub width: f32,
    /// The indent of the first line, in points.
    pub indent: f32,
    /// How lines stand in it.
    pub alignment: Alignment,
}

/// A text in lines.
#[derive(Clone, Debug)]
pub struct Lines {
    /// The text.
    pub text: Arc<ShapedText>,
    /// The lines, at least one.
    pub lines: Vec<SetLine>,
}

/// One line of a text, its left edge at the column's.
#[derive(Clone, Debug)]
pub struct SetLine {
    /// Its clusters, spaces at the end among them.
    pub clusters: Range<usize>,
    /// The left edge of each cluster from `left` and, last, the right edge of the last; points.
    pub x: Arc<[f32]>,
    /// The left edge of the line from the column's; points.
    pub left: f32,
    /// By what the widths of its letters are multiplied.
    pub expansion: f32,
    /// The stretch of spaces, as a multiple of their allowance; negative where they shrink.
    pub ratio: f32,
}

/// Breaks a text into lines and spreads them.
pub fn set(text: Arc<ShapedText>, measure: Measure) -> Lines {
    set_with(text, measure, &Words::default(), false)
}

/// Breaks a text into lines, none of them inside of `words`, and spreads them. English words are
/// divided only if `hyphenate` says so, or a soft hyphen stands in them.
pub fn set_with(text: Arc<ShapedText>, measure: Measure, words: &Words, hyphenate: bool) -> Lines {
    let places = places(&text, measure, words, hyphenate);
    let sums = Sums::of(&text, &places);
    let chosen = match measure.alignment {
        Alignment::Screen => first_fit(&text, &places, &sums, measure),
        _ => optimum_fit(&text, &places, &sums, measure),
    };
    let (text, places, sums) = match hyphenated(&text, &places, &chosen) {
        Some((text, places)) => {
            let sums = Sums::of(&text, &places);
            (Arc::new(text), places, sums)
        }
        None => (text, places, sums),
    };
    let lines = chosen
        .windows(2)
        .filter_map(|pair| pair.first().zip(pair.last()))
        .enumerate()
        .map(|(i, (&from, &to))| {
            let ends = to + 1 == places.len() || places.get(to).is_some_and(|place| place.mandatory);
            spread(&text, &places, &sums, measure, (from, to), i == 0, ends)
        })
        .collect();
    Lines { text, lines }
}

/// A place where a line may begin or end.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// The first cluster of the next line.
    cluster: usize,
    /// The cluster after the last one that shows, before it.
    end: usize,
    penalty: f32,
    mandatory: bool,
    /// The width of the hyphen that a line ending here brings.
    hyphen: f32,
    /// Whether the place lies between two words written together, and so may open a little.
    gap: bool,
}

/// All places, the beginning and the end of the text included.
fn places(text: &ShapedText, measure: Measure, words: &Words, hyphenate: bool) -> Vec<Place> {
    let clusters = &text.clusters;
    let place = |cluster, penalty, mandatory, gap| {
        let trailing = clusters[..cluster].iter().rev().take_while(|c| hangs(text, c)).count();
        Place { cluster, end: cluster - trailing, penalty, mandatory, hyphen: 0.0, gap }
    };
    let khmer = |index: usize| clusters.get(index).is_some_and(|cluster| cluster.face.font.is_khmer());
    let mut places = vec![place(0, 0.0, false, false)];
    let mut breaks = line_breaks_with(&text.text, words);
    if hyphenate {
        breaks.extend(hyphens(&text.text, words));
        breaks.sort_by_key(|place| place.at);
    }
    for Break { at, kind } in breaks {
        let cluster = text.cluster_at(at);
        if cluster == 0 || cluster >= clusters.len() {
            continue;
        }
        let (penalty, gap) = match kind {
            BreakKind::Space | BreakKind::Mandatory => (0.0, false),
            BreakKind::ZeroWidthSpace => (0.0, true),
            // Between scripts the letters' own sides already part them; more would read as a space.
            BreakKind::Word => (PENALTY_WORD, khmer(cluster) && khmer(cluster - 1)),
            BreakKind::Compound => (PENALTY_COMPOUND, khmer(cluster) && khmer(cluster - 1)),
            BreakKind::Doubtful => (PENALTY_DOUBTFUL, khmer(cluster) && khmer(cluster - 1)),
            BreakKind::Other => (PENALTY_OTHER, false),
            BreakKind::Hyphen => (PENALTY_HYPHEN, false),
        };
        let hyphen = (kind == BreakKind::Hyphen).then(|| hyphen_after(clusters.get(cluster - 1)?)).flatten();
        let hyphen = hyphen.map_or(0.0, |hyphen| hyphen.width());
        places.push(Place { hyphen, ..place(cluster, penalty, kind == BreakKind::Mandatory, gap) });
    }
    if text.text.ends_with('\n') {
        places.push(place(clusters.len(), 0.0, true, false));
    }
    places.push(place(clusters.len(), 0.0, true, false));
    let limit = (measure.width - measure.indent).max(1.0);
    let mut extra = Vec::new();
    for pair in places.windows(2) {
        let [from, to] = pair else { continue };
        let width = |range: Range<usize>| clusters[range].iter().map(Cluster::width).sum::<f32>();
        if width(from.cluster..to.end.max(from.cluster)) > limit {
            let inner = (from.cluster + 1..to.end).map(|cluster| place(cluster, PENALTY_EMERGENCY, false, false));
            extra.extend(inner);
        }
    }
    if !extra.is_empty() {
        places.extend(extra);
        places.sort_by_key(|place| place.cluster);
    }
    places
}

/// A hyphen in the type of the cluster before it, still without its glyph.
fn hyphen_after(before: &Cluster) -> Option<Cluster> {
    let (_, advance) = before.face.font.hyphen()?;
    Some(Cluster { text: before.text.end..before.text.end, glyphs: 0..0, advance, ..before.clone() })
}

/// The text with a hyphen at each chosen place that brings one, and the places in it; `None` if
/// there are none.
fn hyphenated(text: &ShapedText, places: &[Place], chosen: &[usize]) -> Option<(ShapedText, Vec<Place>)> {
    let ends: Vec<usize> = chosen
        .iter()
        .filter_map(|&at| places.get(at))
        .filter(|place| place.hyphen > 0.0)
        .map(|place| place.cluster)
        .collect();
    if ends.is_empty() {
        return None;
    }
    let mut shown = ShapedText { clusters: Vec::with_capacity(text.clusters.len() + ends.len()), ..text.clone() };
    // The clusters that come after one which was put in.
    let mut brought = Vec::new();
    for (index, cluster) in text.clusters.iter().enumerate() {
        let mut cluster = cluster.clone();
        let hyphen = ends
            .binary_search(&(index + 1))
            .is_ok()
            .then(|| hyphen_after(&cluster).zip(cluster.face.font.hyphen()))
            .flatten();
        let Some((mut hyphen, (id, _))) = hyphen else {
            shown.clusters.push(cluster);
            continue;
        };
        let glyphs = shown.glyphs.len()..shown.glyphs.len() + 1;
        shown.glyphs.push(Glyph { id, x: 0, y: 0 });
        if text.characters(&cluster) == "\u{AD}" {
            // It stands in the text, and is seen now.
            (cluster.glyphs, cluster.advance) = (glyphs, hyphen.advance);
            shown.clusters.push(cluster);
        } else {
            hyphen.glyphs = glyphs;
            brought.push(index + 1);
            shown.clusters.extend([cluster, hyphen]);
        }
    }
    let moved = |at: usize| at + brought.partition_point(|&after| after <= at);
    let places = places.iter().map(|place| Place { cluster: moved(place.cluster), end: moved(place.end), ..*place });
    Some((shown, places.collect()))
}

/// Whether a cluster hangs unseen beyond the end of a line.
fn hangs(text: &ShapedText, cluster: &Cluster) -> bool {
    text.characters(cluster).chars().all(|c| c.is_whitespace() && !is_fixed_space(c) || c == '\u{200B}')
}

/// Spaces that neither break nor vanish.
fn is_fixed_space(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{202F}' | '\u{2007}')
}

fn is_stretchable(text: &ShapedText, cluster: &Cluster) -> bool {
    matches!(text.characters(cluster), " " | "\u{A0}" | "\t")
}

/// Sums over all clusters before each, so that a line's width is a difference.
struct Sums {
    width: Vec<f32>,
    /// The widths of stretchable spaces.
    space: Vec<f32>,
    /// The most that gaps may open, counted at the cluster that follows.
    gap: Vec<f32>,
}

impl Sums {
    fn of(text: &ShapedText, places: &[Place]) -> Self {
        let n = text.clusters.len();
        let mut opens = vec![0.0; n + 1];
        for place in places.iter().filter(|place| place.gap) {
            if let Some(cluster) = text.clusters.get(place.cluster) {
                opens[place.cluster] = WORD_GAP * cluster.size;
            }
        }
        let mut sums = Self { width: vec![0.0; n + 1], space: vec![0.0; n + 1], gap: opens };
        for (i, cluster) in text.clusters.iter().enumerate() {
            let width = cluster.width();
            sums.width[i + 1] = sums.width[i] + width;
            sums.space[i + 1] = sums.space[i] + if is_stretchable(text, cluster) { width } else { 0.0 };
        }
        // Made a running sum: `gap[i]` holds what opens before the clusters up to and including i.
        for i in 1..=n {
            sums.gap[i] += sums.gap[i - 1];
        }
        sums
    }

    /// Width, spaces and gaps of a line of the clusters `from..to`.
    fn line(&self, from: usize, to: usize) -> (f32, f32, f32) {
        let to = to.max(from);
        // A gap before the first cluster of the line is no gap, nor one before the next line.
        let gap = if to > from { self.gap[to - 1] - self.gap[from] } else { 0.0 };
        (self.width[to] - self.width[from], self.space[to] - self.space[from], gap.max(0.0))
    }
}

/// What hangs into the margins: at the beginning and at the end of a line.
fn hanging(text: &ShapedText, from: usize, to: usize) -> (f32, f32) {
    let share = |cluster: Option<&Cluster>| {
        cluster.map_or(0.0, |cluster| {
            let mut characters = text.characters(cluster).chars();
            let only = characters.next().filter(|_| characters.next().is_none());
            only.map_or(0.0, protrusion) * cluster.width()
        })
    };
    let first = text.clusters.get(from);
    // A comma at the beginning of a line is text, not punctuation after it.
    let opening = first.filter(|cluster| text.characters(cluster).starts_with(['“', '‘', '«', '"', '\'']));
    (share(opening), share(to.checked_sub(1).filter(|&last| last > from).and_then(|last| text.clusters.get(last))))
}

/// The room for a line, which grows by what hangs.
fn room(text: &ShapedText, measure: Measure, from: usize, to: usize, first: bool) -> f32 {
    let indent = if first { measure.indent } else { 0.0 };
    let (begin, end) = match measure.alignment {
        Alignment::Justified | Alignment::Left => hanging(text, from, to),
        Alignment::Centre | Alignment::Screen => (0.0, 0.0),
    };
    measure.width - indent + begin + end
}

/// How much a line of such spaces and gaps may shrink.
fn shrink(spaces: f32, gaps: f32) -> f32 {
    spaces * SPACE_SHRINK + gaps * (WORD_SQUEEZE / WORD_GAP)
}

/// The multiple of their allowance by which spaces grow to fill `extra`, and the share of
/// their limit by which gaps open. Both are negative where there is too little room.
fn fill(extra: f32, spaces: f32, gaps: f32) -> (f32, f32) {
    if extra <= 0.0 {
        let shrink = shrink(spaces, gaps);
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
    let together = stretch + gaps / GAP_FULL_AT;
    if together <= 0.0 {
        return (f32::INFINITY, 0.0);
    }
    let ratio = extra / together;
    if ratio <= GAP_FULL_AT {
        return (ratio, ratio / GAP_FULL_AT);
    }
    let rest = if stretch > 0.0 { (extra - gaps) / stretch } else { f32::INFINITY };
    (rest, 1.0)
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
    fn of(extra: f32, letters: f32, gaps: f32, spaces: f32, grow: f32) -> Self {
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
}

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
fn optimum_fit(text: &ShapedText, places: &[Place], sums: &Sums, measure: Measure) -> Vec<usize> {
    let mut best = vec![[NO_WAY; COLOURS]; places.len()];
    best[0][1].demerits = 0.0;
    let mut earliest = 0;
    for to in 1..places.len() {
        let ends_text = to + 1 == places.len();
        for from in (earliest..to).rev() {
            let line = judge(text, places, sums, measure, (from, to));
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
            let to_colour = colour(line.ratio);
            for from_colour in 0..COLOURS {
                let mut total = best[from][from_colour].demerits + demerits;
                if from > earliest && from_colour.abs_diff(to_colour) > 1 {
                    total += f64::from(DEMERITS_UNEVEN);
                }
                if total < best[to][to_colour].demerits {
                    best[to][to_colour] = Best { demerits: total, from, colour: from_colour };
                }
            }
        }
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

/// What a line would look like.
struct Judged {
    width: f32,
    ratio: f32,
    badness: f32,
    too_wide: bool,
}

/// Judges the line from place `from` to place `to`.
fn judge(text: &ShapedText, places: &[Place], sums: &Sums, measure: Measure, (from, to): (usize, usize)) -> Judged {
    let (start, end) = (places[from].cluster, places[to].end);
    let (width, spaces, gaps) = sums.line(start, end);
    // Of the hyphen too a part hangs into the margin.
    let width = width + places[to].hyphen * (1.0 - protrusion('-'));
    let extra = room(text, measure, start, end, from == 0) - width;
    let justified = measure.alignment == Alignment::Justified;
    let too_wide = extra < if justified { -shrink(spaces, gaps) } else { 0.0 };
    let last = places[to].mandatory;
    let (badness, ratio) = if justified {
        let (ratio, _) = fill(extra, spaces, gaps);
        if last && ratio > 0.0 {
            (0.0, 0.0)
        } else if ratio == f32::INFINITY {
            // Without a space the line stays short: bad as a hole, and the worse the shorter.
            (badness(LOOSEST) + SHORT_LINE * (extra - gaps).max(0.0) / measure.width, ratio)
        } else {
            (badness(ratio), ratio)
        }
    } else if last && measure.alignment == Alignment::Left {
        (0.0, 0.0)
    } else {
        (badness(extra.max(0.0) / (measure.width * 0.25)), 0.0)
    };
    Judged { width, ratio, badness, too_wide }
}

/// 100 at the limit of the allowance, and steeply more beyond what makes holes.
fn badness(ratio: f32) -> f32 {
    let ratio = ratio.abs();
    let cube = 100.0 * ratio.powi(3);
    if ratio <= LOOSEST { cube } else { (cube + 10_000.0 * (ratio - LOOSEST)).min(1e6) }
}

/// The longest lines that fit, one after the other, as indices of places.
fn first_fit(text: &ShapedText, places: &[Place], sums: &Sums, measure: Measure) -> Vec<usize> {
    let mut chosen = vec![0];
    let mut from = 0;
    for to in 1..places.len() {
        let start = places[from].cluster;
        let width = sums.line(start, places[to].end).0 + places[to].hyphen;
        if to - 1 > from && width > room(text, measure, start, places[to].end, from == 0) {
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

/// Places the clusters of one line, from place `from` to place `to`.
fn spread(
    text: &ShapedText,
    places: &[Place],
    sums: &Sums,
    measure: Measure,
    (from, to): (usize, usize),
    first: bool,
    last: bool,
) -> SetLine {
    let (start, end, next) = (places[from].cluster, places[to].end.max(places[from].cluster), places[to].cluster);
    let (width, spaces, gaps) = sums.line(start, end);
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
        (ratio, open) = fill(extra, spaces, gaps);
        if !ratio.is_finite() {
            // Nothing to stretch: better a short line than letters torn apart.
            ratio = 0.0;
        }
        ratio = ratio.max(-1.0);
    }
    let grow = ratio * if ratio < 0.0 { SPACE_SHRINK } else { SPACE_STRETCH };
    let Spread { expansion, open, grow } = Spread::of(open * gaps, width - spaces, gaps, spaces, grow);
    let mut x = Vec::with_capacity(next - start + 1);
    let mut pen = 0.0;
    for index in start..next {
        let cluster = &text.clusters[index];
        if start < index && index < end {
            pen += open * (sums.gap[index] - sums.gap[index - 1]);
        }
        x.push(pen);
        let visible_space = index < end && is_stretchable(text, cluster);
        pen += cluster.width() * if visible_space { 1.0 + grow } else { expansion };
    }
    x.push(pen);
    SetLine { clusters: start..next, x: x.into(), left, expansion, ratio }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        release::RichText,
        typeset::{
            fonts::Role,
            shape::{Type, shape},
        },
    };

    fn lines_of(text: &str, width: f32, alignment: Alignment) -> Lines {
        let kind = Type { role: Role::Text, size: 12.0 };
        set(Arc::new(shape(&RichText::plain(text), kind, None)), Measure { width, indent: 0.0, alignment })
    }

    fn texts(lines: &Lines) -> Vec<String> {
        let text = |line: &SetLine| {
            lines.text.clusters[line.clusters.clone()].iter().map(|c| lines.text.characters(c)).collect()
        };
        lines.lines.iter().map(text).collect()
    }

    const ENGLISH: &str = "The two sides hailed the remarkable progress in Cambodia-Japan relations, which was \
        elevated to Comprehensive Strategic Partnership, as the two countries are celebrating the 70th anniversary.";

    #[test]
    fn justified_lines_fill_the_measure_but_the_last() {
        let lines = lines_of(ENGLISH, 250.0, Alignment::Justified);
        assert!(lines.lines.len() > 3);
        for line in &lines.lines[..lines.lines.len() - 1] {
            let last = line.clusters.end - line.clusters.start;
            let seen = (0..last).rev().find(|i| !hangs(&lines.text, &lines.text.clusters[line.clusters.start + i]));
            let edge = line.left + line.x[seen.unwrap() + 1];
            assert!((249.0..256.0).contains(&edge), "the line ends at {edge}");
        }
    }

    /// All ways to set the text without a line that is too wide, as the ratio of their worst line.
    fn worst_of_all_ways(text: &ShapedText, measure: Measure) -> f32 {
        let places = places(text, measure, &Words::default(), false);
        let sums = Sums::of(text, &places);
        let mut least = vec![f32::INFINITY; places.len()];
        least[0] = 0.0;
        for to in 1..places.len() {
            for from in 0..to {
                let line = judge(text, &places, &sums, measure, (from, to));
                if !line.too_wide {
                    least[to] = least[to].min(least[from].max(line.ratio.abs()));
                }
            }
        }
        least[places.len() - 1]
    }

    /// Nobody can set every text well in every measure without hyphens (330 points cannot take
    /// this one), so the comparison is with the best of all ways there are.
    #[test]
    fn optimum_fit_makes_no_holes() {
        let mut settable = 0;
        for width in (250..520u16).step_by(10).map(f32::from) {
            let lines = lines_of(ENGLISH, width, Alignment::Justified);
            let measure = Measure { width, indent: 0.0, alignment: Alignment::Justified };
            let least = worst_of_all_ways(&lines.text, measure);
            let worst = lines.lines.iter().map(|line| line.ratio).fold(0.0, f32::max);
            assert!(worst <= (least * 1.15).max(1.0), "{worst} in {width} pt, and {least} would do");
            settable += usize::from(worst < 1.5);
        }
        assert!(settable > 10, "{settable}");
    }

    #[test]
    fn a_word_wider_than_the_measure_is_cut_between_letters() {
        let lines = lines_of("https://www.mfaic.gov.kh/posts/averyveryverylongaddress", 60.0, Alignment::Justified);
        assert!(lines.lines.len() > 3);
        assert_eq!(lines_of("ស្ត្រី", 1.0, Alignment::Justified).lines.len(), 1);
    }

    fn khmer_lines(text: &str, width: f32, indent: f32) -> Lines {
        let kind = Type { role: Role::Text, size: 12.0 };
        let measure = Measure { width, indent, alignment: Alignment::Justified };
        set(Arc::new(shape(&RichText::plain(text), kind, None)), measure)
    }

    /// A noun is parted after its prefix where the line would have a hole otherwise, and only there.
    #[test]
    fn prefixes_stay_with_their_nouns_where_there_is_no_need() {
        let text = "ភាគីទាំងពីរបានស្វាគមន៍ នូវការអភិវឌ្ឍ និងការពង្រឹងទំនាក់ទំនង កម្ពុជា និងជប៉ុន ".repeat(6);
        let (mut parted, mut lines) = (0, 0);
        for width in (200..500u16).step_by(5).map(f32::from) {
            let set = texts(&khmer_lines(&text, width, 0.0));
            parted += set.iter().filter(|line| line.ends_with("ការ")).count();
            lines += set.len();
        }
        assert!(parted * 50 < lines, "{parted} of {lines} lines end with a prefix");
        assert!(parted > 0, "no hole was ever avoided");
    }

    /// The last line of the Khmer sample's first paragraph was one word, shorter than the indent.
    #[test]
    fn a_last_line_reaches_beyond_the_indent() {
        let text = "នៅថ្ងៃទី៣០ ខែតុលា ឆ្នាំ២០២៣ ឯកឧត្តម សុខ ចិន្តាសោភា ឧបនាយករដ្ឋមន្ត្រី រដ្ឋមន្ត្រីក្រសួងការបរទេស \
            និងសហប្រតិបត្តិការអន្តរជាតិ បានសន្ទនាតាមទូរសព្ទប្រកបដោយផ្លែផ្កាជាមួយលោកជំទាវ កាមិកាវ៉ា យ៉ូកុ \
            រដ្ឋមន្ត្រីការបរទេសជប៉ុន។";
        let last = |indent: f32| {
            let lines = khmer_lines(text, 451.0, indent);
            lines.lines.last().and_then(|line| line.x.last().copied()).unwrap_or(0.0)
        };
        assert!(last(36.0) > 36.0, "{}", last(36.0));
    }

    /// Without a space in it a line has only its gaps: they give a little both ways.
    #[test]
    fn a_line_without_spaces_fills_the_measure() {
        let text = "ភាគីទាំងពីរក៏បានផ្លាស់ប្តូរទស្សនៈលើការវិវត្តក្នុងតំបន់នៅឆ្នាំនេះដែរ";
        let natural = khmer_lines(text, 1e4, 0.0).lines[0].x.last().copied().unwrap_or(0.0);
        for width in [natural - 1.5, natural + 5.0] {
            let lines = khmer_lines(&format!("{text} {text}"), width, 0.0);
            let line = &lines.lines[0];
            let seen = line.clusters.len() - 1;
            assert!((line.x[seen] - width).abs() < 0.1, "{} in {width}", line.x[seen]);
        }
    }

    /// The letters give what a line wants or has too much, and gaps only what no reader takes for spaces, but
    /// in the loosest lines.
    #[test]
    fn letters_widen_before_gaps_are_seen() {
        let text = "ភាគីទាំងពីរបានស្វាគមន៍ នូវការអភិវឌ្ឍ និងការពង្រឹងទំនាក់ទំនងកម្ពុជានិងជប៉ុនក្នុងតំបន់ ".repeat(4);
        let (mut narrowed, mut widened, mut gapped, mut seen) = (0, 0, 0, 0);
        for width in (300..500u16).step_by(3).map(f32::from) {
            let set = khmer_lines(&text, width, 0.0);
            for line in &set.lines {
                assert!((line.expansion - 1.0).abs() < MOST_EXPANSION + 1e-5, "{}", line.expansion);
                let clusters = &set.text.clusters[line.clusters.clone()];
                let gaps = clusters.iter().zip(&clusters[1..]).zip(line.x.windows(2));
                let gaps = gaps.filter(|((cluster, _), _)| !is_stretchable(&set.text, cluster));
                let gap = |((cluster, next), x): ((&Cluster, &Cluster), &[f32])| {
                    (x[1] - x[0] - cluster.width() * line.expansion) / next.size
                };
                let (least, most) = gaps.map(gap).fold((0.0, 0.0), |(a, b): (f32, f32), gap| (a.min(gap), b.max(gap)));
                assert!(least > -1e-4 && most < WORD_GAP + 1e-3, "a gap of {least} or {most} em");
                narrowed += usize::from(line.expansion < 1.0);
                widened += usize::from(line.expansion > 1.0);
                gapped += usize::from(most > 1e-3);
                if most > UNSEEN_GAP + 1e-3 {
                    seen += 1;
                    assert!(line.expansion > 1.0 + MOST_EXPANSION - 1e-4 && line.ratio > 1.0, "{}", line.ratio);
                }
            }
        }
        assert!(narrowed > 10 && widened > 100 && gapped > 10, "{narrowed}, {widened}, {gapped}");
        assert!(seen * 20 < widened, "{seen} of {widened}");
    }

    #[test]
    fn an_empty_text_has_one_empty_line() {
        assert_eq!(lines_of("", 100.0, Alignment::Justified).lines.len(), 1);
        assert_eq!(lines_of("a\nb\n", 100.0, Alignment::Screen).lines.len(), 3);
    }

    proptest! {
        #[test]
        fn every_text_is_set_whole_and_within_the_measure(
            text in "([ក-អា-ៈ្។ៗ \u{200B}]|[a-zA-Z,.“” -]){0,120}",
            width in 20.0f32..300.0,
            which in 0usize..4,
        ) {
            let alignment = [Alignment::Justified, Alignment::Left, Alignment::Centre, Alignment::Screen][which];
            let lines = lines_of(&text, width, alignment);
            prop_assert_eq!(texts(&lines).concat(), text.clone());
            let mut at = 0;
            for line in &lines.lines {
                prop_assert_eq!(line.clusters.start, at);
                at = line.clusters.end;
                let seen = line.clusters.clone().rev().find(|&i| !hangs(&lines.text, &lines.text.clusters[i]));
                let Some(seen) = seen else { continue };
                if seen > line.clusters.start {
                    let edge = line.left + line.x[seen - line.clusters.start + 1];
                    prop_assert!(edge <= width + 8.0, "a line of {} in {}", edge, width);
                }
            }
        }
    }
}

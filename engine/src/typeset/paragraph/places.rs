//! Where a line may begin and end, and the hyphens that some of these places bring.

use std::ops::Range;

use super::{Alignment, Measure, hangs, margins::room};
use crate::{
    khmer::characters::is_in_words,
    typeset::{
        breaks::{Break, BreakKind, KnownWords, hyphens, line_breaks_and_held},
        shape::{Cluster, Glyph, ShapedText},
    },
    work,
};

/// Penalties, on the scale of badness, where 100 is a line stretched to its limit.
const PENALTY_WORD: f32 = 12.0;
/// After the prefix of a noun: no fault, but a line with spaces one and a half times as wide as they
/// should be (ratio 1.8) reads no worse.
pub(super) const PENALTY_COMPOUND: f32 = 700.0;
/// Where a word would be broken in two one time in five: only against a hole.
const PENALTY_DOUBTFUL: f32 = 900.0;
/// After a word that joins: worth a line that is loose, but not one stretched beyond its limit.
const PENALTY_CONJUNCTION: f32 = 80.0;
/// Within a date or between the names of a person: only against a hole.
const PENALTY_PHRASE: f32 = 1_000.0;
/// After a hyphen that is in the text: little worse than a space, and a good way out of a hole.
const PENALTY_OTHER: f32 = 20.0;
/// A hyphen that divides a word: worth a line stretched to its limit, so that there are few, in a text that
/// was loose without.
const PENALTY_HYPHEN: f32 = 150.0;
/// Within a name or a phrase such as Prime Minister: worth a line whose spaces are two thirds wider (ratio 1.36).
const PENALTY_RATHER: f32 = 250.0;
/// Within a date, or between a number and its noun: worth spaces of two and a half times their width (ratio 3), where
/// they begin to be holes that nobody forgives.
const PENALTY_FIRM: f32 = 8_000.0;
/// After a hyphen in a headline, whose lines are short and are in the middle: a space does as well.
const PENALTY_HEADLINE_HYPHEN: f32 = 2_000.0;
/// Within what is longer than a line and should be whole, where a place between letters would be worse.
const PENALTY_HELD: f32 = 4_000.0;
/// Within what is never divided and longer than a line: a place between letters would still be worse.
const PENALTY_INNER: f32 = 4_500.0;
/// A break in the middle of what should hold together: only where nothing else fits.
const PENALTY_EMERGENCY: f32 = 5_000.0;

/// A place where a line may begin or end.
#[derive(Clone, Copy, Debug)]
pub(super) struct BreakPlace {
    /// The first cluster of the next line.
    pub(super) cluster: usize,
    /// The cluster after the last one that shows, before it.
    pub(super) end: usize,
    pub(super) penalty: f32,
    pub(super) mandatory: bool,
    /// The width of the hyphen that a line ending here brings.
    pub(super) hyphen: f32,
    /// Whether the place lies between two words written together, and so may open a little.
    pub(super) gap: bool,
}

/// All places, the beginning and the end of the text included.
pub(super) fn places(text: &ShapedText, measure: Measure, words: &KnownWords, hyphenate: bool) -> Vec<BreakPlace> {
    let clusters = &text.clusters;
    let seen = ends_of_the_seen(text);
    let place = |cluster: usize, penalty, mandatory, gap| {
        let end = seen.get(cluster).copied().unwrap_or(cluster);
        BreakPlace { cluster, end, penalty, mandatory, hyphen: 0.0, gap }
    };
    let khmer = |index: usize| clusters.get(index).is_some_and(|cluster| cluster.face.font.is_khmer());
    let mut places = vec![place(0, 0.0, false, false)];
    let (mut held, mut inner) = (Vec::new(), Vec::new());
    let mut breaks = line_breaks_and_held(&text.text, words);
    if hyphenate {
        breaks.extend(hyphens(&text.text, words));
        breaks.sort_by_key(|place| place.at);
    }
    for Break { at, kind } in breaks {
        let cluster = text.cluster_at(at);
        if cluster == 0 || cluster >= clusters.len() {
            continue;
        }
        // Spaces stretch by themselves.
        let is_gap = khmer(cluster)
            && khmer(cluster - 1)
            && text.text.get(..at).is_some_and(|before| before.ends_with(is_in_words));
        let (penalty, gap) = match kind {
            BreakKind::Space | BreakKind::Mandatory => (0.0, false),
            BreakKind::ZeroWidthSpace => (0.0, true),
            // Between scripts the letters' own sides already part them; more would read as a space.
            BreakKind::Word => (PENALTY_WORD, khmer(cluster) && khmer(cluster - 1)),
            BreakKind::Compound => (PENALTY_COMPOUND, khmer(cluster) && khmer(cluster - 1)),
            BreakKind::Doubtful => (PENALTY_DOUBTFUL, khmer(cluster) && khmer(cluster - 1)),
            BreakKind::Conjunction => (PENALTY_CONJUNCTION, is_gap),
            BreakKind::Phrase => (PENALTY_PHRASE, is_gap),
            BreakKind::Other if measure.alignment == Alignment::Centre => (PENALTY_HEADLINE_HYPHEN, false),
            BreakKind::Other => (PENALTY_OTHER, false),
            BreakKind::Hyphen => (PENALTY_HYPHEN, false),
            BreakKind::Rather => (PENALTY_RATHER, false),
            BreakKind::Firm => (PENALTY_FIRM, is_gap),
            BreakKind::Held => {
                held.push(place(cluster, PENALTY_HELD, false, false));
                continue;
            }
            BreakKind::Inner => {
                inner.push(place(cluster, PENALTY_INNER, false, false));
                continue;
            }
        };
        let hyphen = (kind == BreakKind::Hyphen).then(|| hyphen_after(clusters.get(cluster - 1)?)).flatten();
        let hyphen = hyphen.map_or(0.0, |hyphen| hyphen.width());
        places.push(BreakPlace { hyphen, ..place(cluster, penalty, kind == BreakKind::Mandatory, gap) });
    }
    if text.text.ends_with('\n') {
        places.push(place(clusters.len(), 0.0, true, false));
    }
    places.push(place(clusters.len(), 0.0, true, false));
    let between_letters = |from: usize, to: usize| {
        (from + 1..to).map(|cluster| place(cluster, PENALTY_EMERGENCY, false, false)).collect()
    };
    // Each only where what comes before it has left a piece that is too wide.
    _ = divide(&mut places, text, measure, within(held))
        && divide(&mut places, text, measure, within(inner))
        && divide(&mut places, text, measure, between_letters);
    thin_out(&mut places, text);
    places
}

/// Those of some places that are within a piece; the pieces come from left to right.
fn within(places: Vec<BreakPlace>) -> impl FnMut(usize, usize) -> Vec<BreakPlace> {
    let mut places = places.into_iter().peekable();
    move |from, to| {
        while places.next_if(|place| place.cluster <= from).is_some() {}
        std::iter::from_fn(|| places.next_if(|place| place.cluster < to)).collect()
    }
}

/// Adds places to each piece that is wider than a line, those that `inner` gives for its first cluster and for
/// the one after its last that shows. Whether there is such a piece.
fn divide(
    places: &mut Vec<BreakPlace>,
    text: &ShapedText,
    measure: Measure,
    mut inner: impl FnMut(usize, usize) -> Vec<BreakPlace>,
) -> bool {
    let mut extra = Vec::new();
    let mut is_wide = false;
    for pair in places.windows(2) {
        let [from, to] = pair else { continue };
        let piece = text.clusters.get(from.cluster..to.end.max(from.cluster)).unwrap_or_default();
        // What hangs into the margins takes nothing of the measure, so a piece that just fits is not cut.
        let room = room(text, measure, from.cluster, to.end, from.cluster == 0).max(1.0);
        if piece.iter().map(Cluster::width).sum::<f32>() > room {
            is_wide = true;
            extra.extend(inner(from.cluster, to.end));
        }
    }
    if !extra.is_empty() {
        places.extend(extra);
        places.sort_by_key(|place| place.cluster);
    }
    is_wide
}

/// For each cluster, and the end, the cluster after the last one before it that shows.
fn ends_of_the_seen(text: &ShapedText) -> Vec<usize> {
    let mut ends = Vec::with_capacity(text.clusters.len() + 1);
    let mut end = 0;
    ends.push(end);
    for (index, cluster) in text.clusters.iter().enumerate() {
        work::step();
        if !hangs(text, cluster) {
            end = index + 1;
        }
        ends.push(end);
    }
    ends
}

/// Of places with nothing between them that takes room leaves the last: a line may end at one of them as
/// well as at another, and a text of such places alone would have as many ways to be set as it has pairs
/// of them.
fn thin_out(places: &mut Vec<BreakPlace>, text: &ShapedText) {
    let takes_no_room = |between: Range<usize>| {
        text.clusters.get(between).unwrap_or_default().iter().all(|cluster| cluster.advance == 0)
    };
    let is_one = |before: &BreakPlace, after: &BreakPlace| {
        before.cluster > 0
            && !(before.mandatory || after.mandatory)
            && before.hyphen == 0.0
            && after.hyphen == 0.0
            && takes_no_room(before.cluster..after.cluster)
            // Spaces that hang at the one are inside of the line at the other if a mark follows them.
            && takes_no_room(before.end..after.end)
    };
    places.dedup_by(|after, kept| {
        let is_one = is_one(kept, after);
        if is_one {
            *kept = BreakPlace { penalty: kept.penalty.min(after.penalty), ..*after };
        }
        is_one
    });
}

/// A hyphen in the type of the cluster before it, still without its glyph.
fn hyphen_after(before: &Cluster) -> Option<Cluster> {
    let (_, advance) = before.face.font.hyphen()?;
    Some(Cluster { text: before.text.end..before.text.end, glyphs: 0..0, advance, ..before.clone() })
}

/// The text with a hyphen at each chosen place that brings one, and the places in it; `None` if
/// there are none.
pub(super) fn hyphenated(
    text: &ShapedText,
    places: &[BreakPlace],
    chosen: &[usize],
) -> Option<(ShapedText, Vec<BreakPlace>)> {
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
            // It is in the text, and is seen now.
            (cluster.glyphs, cluster.advance) = (glyphs, hyphen.advance);
            shown.clusters.push(cluster);
        } else {
            hyphen.glyphs = glyphs;
            brought.push(index + 1);
            shown.clusters.extend([cluster, hyphen]);
        }
    }
    let moved = |at: usize| at + brought.partition_point(|&after| after <= at);
    let places =
        places.iter().map(|place| BreakPlace { cluster: moved(place.cluster), end: moved(place.end), ..*place });
    Some((shown, places.collect()))
}

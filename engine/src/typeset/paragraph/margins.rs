//! What hangs into the margins, so that the edge of a column looks straight, and the room that this gives.
//!
//! Must never know: places and how lines are spread.

use super::{Alignment, Measure};
use crate::typeset::shape::{Cluster, ShapedText};

/// How far signs hang into the margin, as shares of their widths, so that the edge *looks* straight.
pub(super) fn protrusion(c: char) -> f32 {
    match c {
        '.' | ',' | '-' | '\u{AD}' | '\u{2010}' | '\u{2011}' => 0.55,
        '“' | '”' | '‘' | '’' | '"' | '\'' => 0.5,
        '«' | '»' => 0.3,
        '–' | '—' | ':' | ';' => 0.25,
        _ => 0.0,
    }
}

/// What hangs into the margins: at the beginning and at the end of a line.
pub(super) fn hanging(text: &ShapedText, from: usize, to: usize) -> (f32, f32) {
    (hanging_before(text, from), if to > from + 1 { hanging_behind(text, to) } else { 0.0 })
}

/// What hangs into the left margin of a line that begins with a cluster.
pub(super) fn hanging_before(text: &ShapedText, from: usize) -> f32 {
    // A comma at the beginning of a line is text, not punctuation after it.
    let is_opening = |cluster: &&Cluster| text.characters(cluster).starts_with(['“', '‘', '«', '"', '\'']);
    text.clusters.get(from).filter(is_opening).map_or(0.0, |cluster| share(text, cluster))
}

/// What hangs into the right margin of a line of several clusters that ends before one.
pub(super) fn hanging_behind(text: &ShapedText, to: usize) -> f32 {
    to.checked_sub(1).and_then(|last| text.clusters.get(last)).map_or(0.0, |cluster| share(text, cluster))
}

fn share(text: &ShapedText, cluster: &Cluster) -> f32 {
    let mut characters = text.characters(cluster).chars();
    let only = characters.next().filter(|_| characters.next().is_none());
    only.map_or(0.0, protrusion) * cluster.width()
}

/// The room for a line, which grows by what hangs.
pub(super) fn room(text: &ShapedText, measure: Measure, from: usize, to: usize, first: bool) -> f32 {
    let indent = if first { measure.indent } else { 0.0 };
    let (begin, end) = match measure.alignment {
        Alignment::Justified | Alignment::Left => hanging(text, from, to),
        Alignment::Centre | Alignment::Screen => (0.0, 0.0),
    };
    measure.width - indent + begin + end
}

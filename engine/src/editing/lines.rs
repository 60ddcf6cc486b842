//! Where a caret is in the lines of one text.
//!
//! Invariant: a place found by a point is the edge of a letter.

use std::ops::Range;

use crate::typeset::{Lines, SetLine};

/// The bytes of a line.
pub fn span(lines: &Lines, line: &SetLine) -> Range<usize> {
    let clusters = lines.text.clusters.get(line.clusters.clone()).unwrap_or_default();
    match (clusters.first(), clusters.last()) {
        (Some(first), Some(last)) => first.text.start..last.text.end,
        _ => {
            let at = lines.text.clusters.get(line.clusters.start).map_or(lines.text.text.len(), |c| c.text.start);
            at..at
        }
    }
}

/// Where End puts the caret: before the space at which the line breaks, or on this side of a
/// break between two words written together.
pub fn line_end(lines: &Lines, line: &SetLine) -> (usize, bool) {
    let span = span(lines, line);
    let last = lines.text.clusters.get(line.clusters.clone()).and_then(<[_]>::last);
    let ends_text = line.clusters.end == lines.text.clusters.len();
    match last {
        Some(last) if lines.text.characters(last) == "\n" => (last.text.start, false),
        Some(last) if !ends_text && lines.text.characters(last) == " " => (last.text.start, false),
        _ => (span.end, !ends_text),
    }
}

/// The index of the line in which the caret shows.
pub fn line_of(lines: &Lines, byte: usize, upstream: bool) -> usize {
    let mut found = 0;
    for (i, line) in lines.lines.iter().enumerate() {
        let span = span(lines, line);
        if span.start > byte || (i > 0 && upstream && span.start == byte) {
            break;
        }
        found = i;
    }
    found
}

/// Where the caret shows: points from the left edge, and the index of the line.
pub fn position(lines: &Lines, byte: usize, upstream: bool) -> (f32, usize) {
    let index = line_of(lines, byte, upstream);
    let x = lines.lines.get(index).map_or(0.0, |line| x_in_line(lines, line, byte));
    (x, index)
}

/// The left edge of the cluster that begins at a byte, in points.
pub fn x_in_line(lines: &Lines, line: &SetLine, byte: usize) -> f32 {
    let clusters = lines.text.clusters.get(line.clusters.clone()).unwrap_or_default();
    let index = clusters.partition_point(|cluster| cluster.text.start < byte);
    line.left + line.x.get(index).or(line.x.last()).copied().unwrap_or(0.0)
}

/// The byte nearest to a place in a line, and whether it shows at the end of that line.
pub fn byte_at(lines: &Lines, line: usize, x: f32) -> (usize, bool) {
    let Some(set) = lines.lines.get(line) else { return (lines.text.text.len(), false) };
    let clusters = lines.text.clusters.get(set.clusters.clone()).unwrap_or_default();
    for (cluster, edges) in clusters.iter().zip(set.x.windows(2)) {
        let [left, right] = *edges else { continue };
        if x < set.left + f32::midpoint(left, right) {
            return (cluster.text.start, false);
        }
    }
    line_end(lines, set)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        release::RichText,
        typeset::{Alignment, Measure, Role, Type, set, shape},
    };

    fn lines(text: &str, width: f32) -> Lines {
        let shaped = shape(&RichText::plain(text), Type { role: Role::Text, size: 16.0 }, None);
        set(Arc::new(shaped), Measure { width, indent: 0.0, alignment: Alignment::Screen })
    }

    /// The sample's lines with HarfBuzz's advances: a line of the text, then a line of
    /// `byte:advance`, for each glyph in order, in font units.
    const HARFBUZZ: &str = include_str!("../../../tests/data/harfbuzz-battambang.txt");

    /// Compares each cluster's place with the sum of the advances before it; counts the clusters.
    fn compare_with_harfbuzz(reference: &str) -> (usize, Vec<String>) {
        let (mut compared, mut wrong) = (0, Vec::new());
        let mut rows = reference.lines();
        while let (Some(text), Some(glyphs)) = (rows.next(), rows.next()) {
            let advances: Vec<(usize, i32)> = glyphs
                .split(' ')
                .filter_map(|glyph| glyph.split_once(':'))
                .map(|(byte, advance)| (byte.parse().unwrap(), advance.parse().unwrap()))
                .collect();
            let lines = lines(text, f32::from(u16::MAX));
            for cluster in &lines.text.clusters {
                // Other faces than the reference's have other advances.
                if !(cluster.face.font.is_khmer()) {
                    continue;
                }
                let width: i32 =
                    advances.iter().filter(|(byte, _)| cluster.text.contains(byte)).map(|(_, advance)| advance).sum();
                let (left, _) = position(&lines, cluster.text.start, false);
                let (right, _) = position(&lines, cluster.text.end, false);
                compared += 1;
                // A hundredth of a point is less than a pixel of any screen.
                if (right - left - cluster.units(width)).abs() > 0.01 {
                    wrong.push(format!("{text}: {:?}", lines.text.characters(cluster)));
                }
            }
        }
        (compared, wrong)
    }

    #[test]
    fn the_caret_stands_where_the_advances_of_harfbuzz_end() {
        let (compared, wrong) = compare_with_harfbuzz(HARFBUZZ);
        assert!(compared > 500, "{compared}");
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    /// For other texts: `HARFBUZZ=file cargo test --lib harfbuzz -- --ignored --nocapture`.
    #[test]
    #[ignore = "wants a reference file, whose text may not be bundled"]
    fn the_caret_against_harfbuzz_in_a_given_file() {
        let reference = std::fs::read_to_string(std::env::var("HARFBUZZ").unwrap()).unwrap();
        let (compared, wrong) = compare_with_harfbuzz(&reference);
        println!("{compared} clusters compared, {} elsewhere", wrong.len());
        wrong.iter().take(10).for_each(|wrong| println!("{wrong}"));
        assert!(wrong.is_empty());
    }
}

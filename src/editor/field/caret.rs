//! The caret and the selection in one text, and how they move.
//!
//! Pure: a caret is a small value, a move gives another one. Invariant: after every move the
//! caret stands on a cluster boundary, so never inside what a reader takes for one letter.

use std::ops::Range;

use crate::{
    release::placeholders,
    typeset::{
        Lines, SetLine,
        breaks::{cluster_boundaries, word_boundaries},
    },
};

/// A caret, with the selection from its anchor to its head. Bytes of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Caret {
    /// Where the selection began.
    pub anchor: usize,
    /// Where the caret stands.
    pub head: usize,
    /// At a soft line break: whether the caret shows at the end of the line before.
    pub upstream: bool,
    /// The horizontal place that moves up and down try to keep, in points from the left.
    pub(super) goal: Option<f32>,
}

/// A move of the caret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// To the letter before.
    Left,
    /// To the letter after.
    Right,
    /// To the beginning of the word.
    WordLeft,
    /// To the end of the word.
    WordRight,
    /// To the beginning of the line.
    LineStart,
    /// To the end of the line.
    LineEnd,
    /// So many lines up (negative) or down.
    Lines(isize),
    /// To the beginning of the text.
    Start,
    /// To the end of the text.
    End,
}

impl Caret {
    /// A caret without a selection.
    pub fn at(byte: usize) -> Self {
        Self { anchor: byte, head: byte, ..Self::default() }
    }

    /// A selection with the caret at its end.
    pub fn select(range: Range<usize>) -> Self {
        Self { anchor: range.start, head: range.end, ..Self::default() }
    }

    /// Where a click puts the caret: a placeholder is selected whole, so that what is typed next
    /// takes its place.
    pub fn clicked(text: &str, byte: usize) -> Self {
        placeholders::at(text, byte).map_or(Self::at(byte), Self::select)
    }

    /// The selected bytes, empty if nothing is selected.
    pub fn range(&self) -> Range<usize> {
        self.anchor.min(self.head)..self.anchor.max(self.head)
    }

    /// Whether nothing is selected.
    pub fn is_empty(&self) -> bool {
        self.anchor == self.head
    }

    /// The caret brought back into a text, onto cluster boundaries.
    #[must_use]
    pub fn clamped(self, text: &str) -> Self {
        if self.anchor == 0 && self.head == 0 {
            return self;
        }
        let bounds = cluster_boundaries(text);
        Self { anchor: at_or_after(&bounds, self.anchor), head: at_or_after(&bounds, self.head), ..self }
    }

    /// The caret after a move; `extend` keeps the anchor, as Shift does.
    #[must_use]
    pub fn moved(self, motion: Motion, extend: bool, lines: &Lines) -> Self {
        let text = lines.text.text.as_str();
        let bounds: Vec<usize> =
            std::iter::once(0).chain(lines.text.clusters.iter().map(|cluster| cluster.text.end)).collect();
        let mut moved = Self { goal: None, upstream: false, ..self };
        match motion {
            // An arrow without Shift first of all lets go of the selection, at its end.
            Motion::Left if !extend && !self.is_empty() => moved.head = self.range().start,
            Motion::Right if !extend && !self.is_empty() => moved.head = self.range().end,
            Motion::Left => moved.head = before(&bounds, self.head),
            Motion::Right => moved.head = after(&bounds, self.head),
            Motion::WordLeft => moved.head = word_before(text, self.head),
            Motion::WordRight => moved.head = word_after(text, self.head),
            Motion::Start => moved.head = 0,
            Motion::End => moved.head = text.len(),
            Motion::LineStart => {
                let line = line_of(lines, self);
                moved.head = lines.lines.get(line).map_or(0, |line| span(lines, line).start);
            }
            Motion::LineEnd => {
                let line = line_of(lines, self);
                (moved.head, moved.upstream) = lines.lines.get(line).map_or((0, false), |set| line_end(lines, set));
            }
            Motion::Lines(by) => {
                let (x, line) = position(lines, self);
                let goal = self.goal.unwrap_or(x);
                match line.checked_add_signed(by).filter(|&line| line < lines.lines.len()) {
                    Some(line) => (moved.head, moved.upstream) = byte_at(lines, line, goal),
                    None if by < 0 => moved.head = 0,
                    None => moved.head = text.len(),
                }
                moved.goal = Some(goal);
            }
        }
        if !extend {
            moved.anchor = moved.head;
        }
        moved
    }

    /// The word around a byte, Khmer words as the dictionary model finds them.
    pub fn word_at(text: &str, byte: usize) -> Self {
        let bounds = word_boundaries(text);
        let next = bounds.partition_point(|&bound| bound <= byte).clamp(1, bounds.len().saturating_sub(1).max(1));
        let start = bounds.get(next - 1).copied().unwrap_or(0);
        let end = bounds.get(next).copied().unwrap_or(text.len());
        Self::select(start..end)
    }
}

fn before(bounds: &[usize], byte: usize) -> usize {
    bounds[..bounds.partition_point(|&bound| bound < byte)].last().copied().unwrap_or(0)
}

fn after(bounds: &[usize], byte: usize) -> usize {
    bounds.get(bounds.partition_point(|&bound| bound <= byte)).or(bounds.last()).copied().unwrap_or(0)
}

fn at_or_after(bounds: &[usize], byte: usize) -> usize {
    bounds.get(bounds.partition_point(|&bound| bound < byte)).or(bounds.last()).copied().unwrap_or(0)
}

/// The cluster boundary before a byte: what Delete's counterpart may not cross.
pub(super) fn cluster_after(text: &str, byte: usize) -> usize {
    after(&cluster_boundaries(text), byte)
}

/// The nearest boundary at or after a byte.
pub(super) fn snap(text: &str, byte: usize) -> usize {
    at_or_after(&cluster_boundaries(text), byte)
}

/// The beginning of the word before a byte, white space passed over.
pub(super) fn word_before(text: &str, byte: usize) -> usize {
    let bounds = word_boundaries(text);
    let mut at = byte;
    while at > 0 {
        let start = before(&bounds, at);
        let blank = text.get(start..at).is_some_and(is_blank);
        at = start;
        if !blank {
            break;
        }
    }
    at
}

/// The end of the word after a byte, white space passed over.
pub(super) fn word_after(text: &str, byte: usize) -> usize {
    let bounds = word_boundaries(text);
    let mut at = byte;
    while at < text.len() {
        let end = after(&bounds, at).max(at + 1);
        let blank = text.get(at..end).is_some_and(is_blank);
        at = end;
        if !blank {
            break;
        }
    }
    at.min(text.len())
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c == '\u{200B}')
}

/// The bytes of a line.
pub(super) fn span(lines: &Lines, line: &SetLine) -> Range<usize> {
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
fn line_end(lines: &Lines, line: &SetLine) -> (usize, bool) {
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
pub(super) fn line_of(lines: &Lines, caret: Caret) -> usize {
    let mut found = 0;
    for (i, line) in lines.lines.iter().enumerate() {
        let span = span(lines, line);
        if span.start > caret.head || (i > 0 && caret.upstream && span.start == caret.head) {
            break;
        }
        found = i;
    }
    found
}

/// Where the caret shows: points from the left edge, and the index of the line.
pub(super) fn position(lines: &Lines, caret: Caret) -> (f32, usize) {
    let index = line_of(lines, caret);
    let x = lines.lines.get(index).map_or(0.0, |line| x_in_line(lines, line, caret.head));
    (x, index)
}

/// The left edge of the cluster that begins at a byte, in points.
pub(super) fn x_in_line(lines: &Lines, line: &SetLine, byte: usize) -> f32 {
    let clusters = lines.text.clusters.get(line.clusters.clone()).unwrap_or_default();
    let index = clusters.partition_point(|cluster| cluster.text.start < byte);
    line.left + line.x.get(index).or(line.x.last()).copied().unwrap_or(0.0)
}

/// The byte nearest to a place in a line, and whether it shows at the end of that line.
pub(super) fn byte_at(lines: &Lines, line: usize, x: f32) -> (usize, bool) {
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

    #[test]
    fn the_kingdom_has_nine_stops() {
        let lines = lines("ព្រះរាជាណាចក្រកម្ពុជា", 1000.0);
        let mut caret = Caret::at(0);
        let mut stops = 0;
        while caret.head < lines.text.text.len() {
            caret = caret.moved(Motion::Right, false, &lines);
            stops += 1;
        }
        assert_eq!(stops, 9);
        for _ in 0..stops {
            caret = caret.moved(Motion::Left, false, &lines);
        }
        assert_eq!(caret, Caret::at(0));
    }

    #[test]
    fn an_arrow_lets_go_of_the_selection_first() {
        let lines = lines("one two", 1000.0);
        let caret = Caret::select(0..3);
        assert_eq!(caret.moved(Motion::Left, false, &lines).head, 0);
        assert_eq!(caret.moved(Motion::Right, false, &lines).head, 3);
        assert_eq!(caret.moved(Motion::Right, true, &lines).range(), 0..4);
    }

    #[test]
    fn up_and_down_keep_their_column() {
        let lines = lines("aaaaaaaaaa\nb\ncccccccccc", 1000.0);
        let caret = Caret::at(8).moved(Motion::Lines(1), false, &lines);
        assert_eq!(caret.head, 12);
        assert_eq!(caret.moved(Motion::Lines(1), false, &lines).head, 21);
        assert_eq!(caret.moved(Motion::Lines(-5), false, &lines).head, 0);
    }

    #[test]
    fn home_and_end_stay_in_the_line_seen() {
        let lines = lines("នៅក្នុងការសន្ទនាជាផ្លូវការលើកដំបូងចាប់តាំងពីការតែងតាំង", 120.0);
        assert!(lines.lines.len() > 2);
        let end = Caret::at(0).moved(Motion::LineEnd, false, &lines);
        assert!(end.upstream && line_of(&lines, end) == 0 && end.head > 0);
        let start = end.moved(Motion::LineStart, false, &lines);
        assert_eq!(start.head, 0);
    }

    #[test]
    fn words_are_found_in_both_scripts() {
        assert_eq!(Caret::word_at("one two", 5).range(), 4..7);
        assert_eq!(Caret::word_at("", 0).range(), 0..0);
        let text = "ភាគីទាំងពីរ";
        let word = Caret::word_at(text, 3).range();
        assert_eq!(&text[word], "ភាគី");
        assert_eq!(word_before("one two  ", 9), 4);
        assert_eq!(word_after("one  two", 3), 8);
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
                let (left, _) = position(&lines, Caret::at(cluster.text.start));
                let (right, _) = position(&lines, Caret::at(cluster.text.end));
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

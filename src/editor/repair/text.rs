//! The text of a damaged draft, in rows that can be shown and corrected one by one.
//!
//! Pure: knows neither files nor the window. A row is a line of the text or, of a line that is too
//! long to be set at once, a part of it. Invariant: the rows together are the whole text, and a key
//! costs no more than its own line and one pass over the rows.

use std::ops::Range;

use crate::typeset::breaks::cluster_boundaries;

/// The longest row in bytes. Few paragraphs are longer, and it is set within a frame.
const LONGEST: usize = 6000;
/// A longer line is divided at a space within so many bytes before that, if there is one.
const SEARCHED: usize = 500;
/// How many steps can be taken back.
const MOST_STEPS: usize = 1000;

/// A text, its rows and what was done to it.
pub struct Text {
    text: String,
    /// Never empty.
    rows: Vec<Row>,
    /// Where each row begins below the top of the first, in points; one more than rows.
    tops: Vec<f64>,
    /// The width for which the heights are known or guessed.
    width: f32,
    /// Whether a height has changed since `tops` were added up.
    is_stale: bool,
    undone: Vec<Step>,
    done: Vec<Step>,
    /// Whether what is typed next is a step of its own.
    is_closed: bool,
    revision: u64,
}

#[derive(Clone, Copy)]
struct Row {
    start: u32,
    /// The line, from 0.
    line: u32,
    height: f32,
}

/// What was at a place, and what is there now.
struct Step {
    at: usize,
    removed: String,
    added: String,
}

impl Text {
    /// A text that was read from a file.
    pub fn new(text: String) -> Self {
        let rows = rows(&text, 0, 0);
        let (undone, done) = (Vec::new(), Vec::new());
        Self { text, rows, tops: Vec::new(), width: 0.0, is_stale: true, undone, done, is_closed: false, revision: 0 }
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether anything was corrected.
    pub fn is_changed(&self) -> bool {
        !self.done.is_empty()
    }

    /// A number that grows with every change.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Ends a step: what is typed next is taken back without it.
    pub fn close_step(&mut self) {
        self.is_closed = true;
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The bytes of a row, without the end of its line.
    pub fn range(&self, row: usize) -> Range<usize> {
        let start = self.start(row);
        let end = self.start(row + 1);
        let text = self.text.get(start..end).unwrap_or_default();
        let ends_line = self.rows.get(row + 1).is_some_and(|next| Some(next.line) != self.line(row));
        let text = if ends_line { text.strip_suffix('\n').unwrap_or(text) } else { text };
        let text = if ends_line { text.strip_suffix('\r').unwrap_or(text) } else { text };
        start..start + text.len()
    }

    /// The text of a row.
    pub fn row(&self, row: usize) -> &str {
        self.text.get(self.range(row)).unwrap_or_default()
    }

    /// The number of the line that begins with a row, from 1; `None` for a row that goes on with one.
    pub fn number(&self, row: usize) -> Option<usize> {
        let line = self.line(row)?;
        let begins = row.checked_sub(1).is_none_or(|before| self.line(before) != Some(line));
        begins.then_some(line as usize + 1)
    }

    /// The number of the line in which a row lies, from 1.
    pub fn line_number(&self, row: usize) -> usize {
        self.line(row).map_or(1, |line| line as usize + 1)
    }

    /// How many lines there are.
    pub fn lines(&self) -> usize {
        self.line_number(self.rows.len().saturating_sub(1))
    }

    /// The row in which a byte lies.
    pub fn row_at(&self, byte: usize) -> usize {
        self.rows.partition_point(|row| row.start as usize <= byte).saturating_sub(1)
    }

    /// The byte of a line and a column, both from 1; what lies beyond the text is its end.
    pub fn byte_at(&self, line: usize, column: usize) -> usize {
        let first = self.rows.partition_point(|row| (row.line as usize + 1) < line);
        let Some(start) = self.rows.get(first).map(|row| row.start as usize) else { return self.text.len() };
        let line = self.text.get(start..).unwrap_or_default();
        let line = line.split('\n').next().unwrap_or_default();
        start + line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(byte, _)| byte)
    }

    /// Puts something in the place of a part, as a step that can be taken back.
    pub fn replace(&mut self, range: Range<usize>, with: &str) {
        let Some(removed) = self.text.get(range.clone()).map(str::to_owned) else { return };
        if removed == with {
            return;
        }
        self.undone.clear();
        self.put(range.clone(), with);
        let is_closed = std::mem::take(&mut self.is_closed);
        let word_goes_on = !is_closed && removed.is_empty() && !with.starts_with(char::is_whitespace);
        match self.done.last_mut() {
            Some(Step { at, added, .. })
                if word_goes_on && !added.is_empty() && *at + added.len() == range.start && !added.ends_with('\n') =>
            {
                added.push_str(with);
            }
            _ => self.done.push(Step { at: range.start, removed, added: with.to_owned() }),
        }
        if self.done.len() > 2 * MOST_STEPS {
            // Not all: that something was corrected is known by what can be taken back.
            self.done.drain(..MOST_STEPS);
        }
    }

    /// Takes the last step back; gives the part that went and how many bytes are in its place.
    pub fn undo(&mut self) -> Option<(Range<usize>, usize)> {
        let step = self.done.pop()?;
        let (gone, length) = (step.at..step.at + step.added.len(), step.removed.len());
        self.put(gone.clone(), &step.removed);
        self.undone.push(step);
        Some((gone, length))
    }

    /// Brings the step back that was taken back last; gives what [`Self::undo`] does.
    pub fn redo(&mut self) -> Option<(Range<usize>, usize)> {
        let step = self.undone.pop()?;
        let (gone, length) = (step.at..step.at + step.removed.len(), step.added.len());
        self.put(gone.clone(), &step.added);
        self.done.push(step);
        Some((gone, length))
    }

    /// The height of all rows, in points, in a width; of rows that were never shown in it, `guess`
    /// gives the height from the number of their characters.
    pub fn fit(&mut self, width: f32, guess: impl Fn(usize) -> f32) -> f32 {
        if (self.width - width).abs() > 0.5 {
            self.width = width;
            self.is_stale = true;
            self.rows.iter_mut().for_each(|row| row.height = 0.0);
        }
        if std::mem::take(&mut self.is_stale) {
            for index in 0..self.rows.len() {
                if self.rows.get(index).is_some_and(|row| row.height <= 0.0) {
                    let height = guess(self.row(index).chars().count());
                    if let Some(row) = self.rows.get_mut(index) {
                        row.height = height;
                    }
                }
            }
            let mut top = 0.0;
            self.tops.clear();
            self.tops.push(top);
            self.tops.extend(self.rows.iter().map(|row| {
                top += f64::from(row.height);
                top
            }));
        }
        self.top(self.rows.len())
    }

    /// Where a row begins, in points below the first.
    pub fn top(&self, row: usize) -> f32 {
        #[expect(clippy::cast_possible_truncation, reason = "the window counts so")]
        self.tops.get(row).map_or(0.0, |top| *top as f32)
    }

    /// The row that lies at a height.
    pub fn row_below(&self, height: f32) -> usize {
        let row = self.tops.partition_point(|top| *top <= f64::from(height)).saturating_sub(1);
        row.min(self.rows.len().saturating_sub(1))
    }

    /// Notes the height that a row has turned out to have; says whether that is news.
    pub fn measured(&mut self, row: usize, height: f32) -> bool {
        let Some(row) = self.rows.get_mut(row).filter(|row| (row.height - height).abs() > 0.5) else { return false };
        row.height = height;
        self.is_stale = true;
        true
    }

    fn line(&self, row: usize) -> Option<u32> {
        self.rows.get(row).map(|row| row.line)
    }

    fn start(&self, row: usize) -> usize {
        self.rows.get(row).map_or(self.text.len(), |row| row.start as usize)
    }

    fn put(&mut self, range: Range<usize>, with: &str) {
        self.revision += 1;
        // Rows of changed lines are made again; those after them only move.
        let mut first = self.row_at(range.start);
        while self.number(first).is_none() && first > 0 {
            first -= 1;
        }
        let mut last = self.row_at(range.end) + 1;
        while last < self.rows.len() && self.number(last).is_none() {
            last += 1;
        }
        let (from, to) = (self.start(first), self.start(last));
        let line = self.line(first).unwrap_or(0);
        self.text.replace_range(range.clone(), with);
        let to = to - range.len() + with.len();
        let is_end = last >= self.rows.len();
        let part = self.text.get(from..to).unwrap_or_default();
        let part = if is_end { part } else { part.strip_suffix('\n').unwrap_or(part) };
        let made = rows(part, from, line);
        let lines = made.last().map_or(0, |row| row.line - line + 1);
        let old_lines = self.line(last).map_or(0, |next| next - line);
        for row in self.rows.iter_mut().skip(last) {
            row.start = number(row.start as usize + with.len() - range.len());
            row.line = row.line + lines - old_lines;
        }
        self.rows.splice(first..last, made);
        self.is_stale = true;
    }
}

fn number(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// The rows of a text that begins at a byte and on a line.
fn rows(text: &str, from: usize, first_line: u32) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut start = 0;
    for (line, mut rest) in (first_line..).zip(text.split('\n')) {
        let after = start + rest.len() + 1;
        loop {
            rows.push(Row { start: number(from + start), line, height: 0.0 });
            let Some(length) = first_part(rest) else { break };
            rest = rest.get(length..).unwrap_or_default();
            start += length;
        }
        start = after;
    }
    rows
}

/// The length of the first part of a line that is too long for one row.
fn first_part(line: &str) -> Option<usize> {
    if line.len() <= LONGEST {
        return None;
    }
    let from = line.floor_char_boundary(LONGEST - SEARCHED);
    let near = line.get(from..line.floor_char_boundary(LONGEST)).unwrap_or_default();
    let space = near.char_indices().rev().find(|(_, c)| matches!(c, ' ' | '\u{200B}'));
    let space = space.map(|(at, c)| at + c.len_utf8());
    // What would be one letter must not stand in two rows; the last boundary may be that of the cut.
    let within = space.or_else(|| cluster_boundaries(near).into_iter().rev().nth(1)).filter(|&at| at > 0);
    Some(from + within.unwrap_or(near.len()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::khmer::characters::COENG;

    fn shown(text: &Text) -> Vec<(Option<usize>, &str)> {
        (0..text.len()).map(|row| (text.number(row), text.row(row))).collect()
    }

    #[test]
    fn rows_are_lines_with_their_numbers() {
        let text = Text::new("(\r\n  ក,\n\n)".into());
        assert_eq!(shown(&text), [(Some(1), "("), (Some(2), "  ក,"), (Some(3), ""), (Some(4), ")")]);
        assert_eq!(text.byte_at(2, 3), 5);
        assert_eq!(text.byte_at(2, 99), text.byte_at(2, 5));
        assert_eq!(text.byte_at(9, 1), text.as_str().len());
        assert_eq!(shown(&Text::new(String::new())), [(Some(1), "")]);
        assert_eq!(shown(&Text::new("a\n".into())), [(Some(1), "a"), (Some(2), "")]);
    }

    #[test]
    fn a_line_that_is_too_long_has_several_rows() {
        for line in ["word ".repeat(5000), "ស្ត្រី".repeat(3000), "x".repeat(20_000)] {
            let text = Text::new(format!("{line}\nend"));
            assert!(text.len() > 3 && text.lines() == 2);
            let parts: String = (0..text.len() - 1).map(|row| text.row(row)).collect();
            assert_eq!(parts, line);
            assert!((0..text.len()).all(|row| text.range(row).len() <= LONGEST));
            let inside = (1..text.len() - 1).map(|row| text.row(row)).find(|row| row.starts_with(COENG));
            assert_eq!(inside, None, "no row begins inside a letter");
        }
    }

    #[test]
    fn steps_are_taken_back_word_by_word() {
        let mut text = Text::new("a\nb".into());
        for (at, typed) in [(1, "c"), (2, "d"), (3, " "), (4, "e")] {
            text.replace(at..at, typed);
        }
        text.replace(6..7, "\n");
        assert_eq!(text.as_str(), "acd e\n\n");
        assert_eq!(text.undo(), Some((6..7, 1)));
        assert_eq!((text.undo(), text.as_str()), (Some((3..5, 0)), "acd\nb"));
        assert_eq!((text.undo(), text.is_changed()), (Some((1..3, 0)), false));
        assert_eq!((text.redo(), text.redo()), (Some((1..1, 2)), Some((3..3, 2))));
        assert_eq!((text.redo(), text.redo()), (Some((6..7, 1)), None));
        assert_eq!(text.as_str(), "acd e\n\n");
    }

    #[test]
    fn a_step_that_is_closed_is_taken_back_alone() {
        let mut text = Text::new("ab".into());
        text.replace(1..1, "x");
        text.close_step();
        text.replace(2..2, "y");
        text.replace(3..3, "z");
        assert_eq!((text.as_str(), text.revision()), ("axyzb", 3));
        text.undo();
        assert_eq!((text.as_str(), text.is_changed()), ("axb", true));
        text.undo();
        assert_eq!((text.as_str(), text.revision()), ("ab", 5));
    }

    #[test]
    fn heights_are_guessed_until_they_are_known() {
        let mut text = Text::new("a\nbb\nccc".into());
        let guess = |characters: usize| 10.0 * characters as f32;
        assert_eq!(text.fit(100.0, guess), 60.0);
        assert!(text.measured(0, 15.0) && !text.measured(0, 15.0));
        assert_eq!(text.fit(100.0, guess), 65.0);
        assert_eq!((text.top(1), text.row_below(15.0), text.row_below(14.0), text.row_below(1e9)), (15.0, 1, 0, 2));
        text.replace(2..2, "xx\n");
        assert_eq!(text.fit(100.0, guess), 15.0 + 20.0 + 20.0 + 30.0, "what was not touched keeps its height");
        text.replace(0..0, "a");
        assert_eq!(text.fit(100.0, guess), 20.0 + 20.0 + 20.0 + 30.0, "the changed line is guessed again");
    }

    proptest! {
        #[test]
        fn what_is_corrected_is_as_if_it_had_been_read_so(
            text in "[ab\r\nក្ខ ]{0,40}",
            edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[x\nខ]{0,3}"), 0..6),
        ) {
            let mut rows = Text::new(text.clone());
            let mut plain = text.clone();
            for (from, to, with) in edits {
                let at = |index: prop::sample::Index| plain.floor_char_boundary(index.index(plain.len() + 1));
                let (from, to) = (at(from), at(to));
                let range = from.min(to)..from.max(to);
                plain.replace_range(range.clone(), &with);
                rows.replace(range, &with);
                let made = Text::new(plain.clone());
                prop_assert_eq!(rows.as_str(), plain.as_str());
                prop_assert_eq!(shown(&rows), shown(&made));
            }
            while rows.undo().is_some() {}
            prop_assert_eq!(rows.as_str(), text);
        }
    }
}

//! How a caret moves: by letter, word, line, paragraph and document, over the ends of blocks.
//!
//! Pure: a selection and a motion give another selection. Lines come through [`Geometry`], so that the lines
//! of the form and those of the page serve alike. Invariant: after every move the caret is on the edge of a
//! letter, never inside what a reader takes for one.

use std::{ops::Range, sync::Arc};

use super::{
    Position, Selection, Texts,
    lines::{byte_at, line_end, line_of, position, span},
};
use crate::{
    release::{Field, RichText},
    typeset::{
        Lines,
        breaks::{cluster_boundaries, word_boundaries},
    },
};

/// A move of the caret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// To the letter before.
    Left,
    /// To the letter after.
    Right,
    /// To the beginning of the word.
    WordLeft,
    /// To the beginning of the next word.
    WordRight,
    /// To the beginning of the line.
    LineStart,
    /// To the end of the line.
    LineEnd,
    /// So many lines up (negative) or down.
    Lines(isize),
    /// To the beginning of the paragraph, or of the one before.
    ParagraphUp,
    /// To the beginning of the next paragraph.
    ParagraphDown,
    /// To the beginning of the flow.
    Start,
    /// To the end of the flow.
    End,
}

impl Motion {
    /// Whether it depends on where lines end.
    pub fn needs_lines(self) -> bool {
        matches!(self, Self::LineStart | Self::LineEnd | Self::Lines(_))
    }
}

/// A text in the lines in which it is seen.
pub struct ShownText {
    /// The lines; their text may have more in it than the block's own.
    pub lines: Arc<Lines>,
    /// The bytes before the block's own text, such as a quotation mark.
    pub prefix: usize,
}

/// Where the blocks of a view have their lines.
pub trait Geometry {
    /// The lines of a block; `None` if it has none in this view.
    fn shown(&mut self, field: Field, text: &RichText) -> Option<ShownText>;

    /// Whether the lines are those of the texts as they are now. Those of the page come a moment later.
    fn follows_edits(&self) -> bool {
        true
    }
}

/// What is selected by two clicks and by three.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// A letter's edge.
    #[default]
    Letter,
    /// A word, Khmer words as the model finds them.
    Word,
    /// A paragraph.
    Paragraph,
}

/// The bytes of the unit around a byte of a text.
pub fn unit_at(text: &str, byte: usize, unit: Unit) -> Range<usize> {
    match unit {
        Unit::Letter => byte..byte,
        Unit::Paragraph => 0..text.len(),
        Unit::Word => {
            let bounds = word_boundaries(text);
            let next = bounds.partition_point(|&bound| bound <= byte).clamp(1, bounds.len().saturating_sub(1).max(1));
            let start = bounds.get(next - 1).copied().unwrap_or(0);
            start..bounds.get(next).copied().unwrap_or(text.len())
        }
    }
}

/// The selection after a move; `extend` keeps the anchor, as Shift does.
pub fn moved(
    selection: Selection,
    motion: Motion,
    extend: bool,
    texts: &dyn Texts,
    geometry: &mut dyn Geometry,
) -> Selection {
    let head = selection.head;
    let text = texts.text(head.field).unwrap_or_default();
    let text = text.as_str();
    let before = |byte: fn(&dyn Texts, Field) -> usize| {
        texts.beside(head.field, false).map(|field| Position::new(field, byte(texts, field)))
    };
    let after = || texts.beside(head.field, true).map(|field| Position::new(field, 0));
    let here = |byte| Position::new(head.field, byte);
    let end = |texts: &dyn Texts, field| texts.length(field);
    let to = match motion {
        // An arrow without Shift first of all lets the selection go, at its end.
        Motion::Left if !extend && !selection.is_empty() => selection.start(),
        Motion::Right if !extend && !selection.is_empty() => selection.end(),
        Motion::Left if head.byte == 0 => before(end).unwrap_or(head),
        Motion::Right if head.byte >= text.len() => after().unwrap_or(head),
        Motion::Left => here(cluster_before(text, head.byte)),
        Motion::Right => here(cluster_after(text, head.byte)),
        Motion::WordLeft if head.byte == 0 => before(end).unwrap_or(head),
        Motion::WordRight if head.byte >= text.len() => after().unwrap_or(head),
        Motion::WordLeft => here(word_before(text, head.byte)),
        Motion::WordRight => here(next_word(text, head.byte)),
        Motion::ParagraphUp if head.byte == 0 => before(|_, _| 0).unwrap_or(head),
        Motion::ParagraphUp => here(0),
        Motion::ParagraphDown => after().unwrap_or(here(text.len())),
        Motion::Start => Position::new(texts.flow(head.field).0, 0),
        Motion::End => {
            let last = texts.flow(head.field).1;
            Position::new(last, texts.length(last))
        }
        Motion::LineStart | Motion::LineEnd | Motion::Lines(_) => {
            return by_line(selection, motion, extend, texts, geometry);
        }
    };
    selection.to(to, extend)
}

/// Whether the caret is in the first line of its flow, or with `down` in the last.
pub fn is_at_edge(selection: Selection, down: bool, texts: &dyn Texts, geometry: &mut dyn Geometry) -> bool {
    let Position { field, byte } = selection.head;
    if below(field, down, selection.goal.unwrap_or(0.0), texts, geometry).is_some() {
        return false;
    }
    let Some(text) = texts.text(field) else { return true };
    geometry.shown(field, &text).is_none_or(|shown| {
        let line = line_of(&shown.lines, byte + shown.prefix, selection.upstream);
        if down { line + 1 >= shown.lines.lines.len() } else { line == 0 }
    })
}

/// The block below another or, without `down`, above it: in a table the cell of the same column, and from outside of it
/// the cell at a horizontal place.
fn below(field: Field, down: bool, goal: f32, texts: &dyn Texts, view: &mut dyn Geometry) -> Option<Field> {
    let next = match texts.table(field).zip(if let Field::Paragraph(index) = field { Some(index) } else { None }) {
        Some((table, index)) => {
            let (row, column) = table.place(index)?;
            let row = if down { row.checked_add(1) } else { row.checked_sub(1) };
            if let Some(cells) = row.and_then(|row| table.rows.get(row)) {
                return Some(Field::Paragraph((cells.start + column).min(cells.end.saturating_sub(1))));
            }
            let edge = if down { table.end().saturating_sub(1) } else { table.start() };
            texts.beside(Field::Paragraph(edge), down)?
        }
        None => texts.beside(field, down)?,
    };
    let Some(table) = texts.table(next) else { return Some(next) };
    let row = if down { table.rows.first() } else { table.rows.last() };
    let begins_before = |&index: &usize| {
        let field = Field::Paragraph(index);
        let shown = texts.text(field).and_then(|text| view.shown(field, &text));
        shown.and_then(|shown| shown.lines.lines.first().map(|line| line.left)).is_some_and(|left| left <= goal)
    };
    let cells = row.cloned().unwrap_or_default();
    let first = cells.start;
    Some(Field::Paragraph(cells.rev().find(begins_before).unwrap_or(first)))
}

fn by_line(from: Selection, motion: Motion, extend: bool, texts: &dyn Texts, view: &mut dyn Geometry) -> Selection {
    let head = from.head;
    let shown_of = |field: Field, view: &mut dyn Geometry| {
        let text = texts.text(field)?;
        view.shown(field, &text)
    };
    let place = |field: Field, shown: &ShownText, (byte, upstream): (usize, bool)| {
        let position = Position::new(field, byte.saturating_sub(shown.prefix).min(texts.length(field)));
        Selection { upstream, ..from.to(texts.clamped(position), extend) }
    };
    // A block without lines in this view, such as an empty one on the page, counts as one line.
    let count = |shown: &Option<ShownText>| shown.as_ref().map_or(1, |shown| shown.lines.lines.len().max(1));
    let mut shown = shown_of(head.field, view);
    let (x, line) = shown.as_ref().map_or((0.0, 0), |shown| {
        let byte = head.byte + shown.prefix;
        let (x, line) = position(&shown.lines, byte, from.upstream);
        (shown.lines.lines.get(line).map_or(0.0, |_| x), line)
    });
    let set = |shown: &ShownText, line: usize| shown.lines.lines.get(line).cloned();
    match (motion, &shown) {
        (Motion::LineStart, Some(shown)) => {
            let start = set(shown, line).map_or(0, |line| span(&shown.lines, &line).start);
            place(head.field, shown, (start, false))
        }
        (Motion::LineEnd, Some(shown)) => {
            let end = set(shown, line).map_or((0, false), |line| line_end(&shown.lines, &line));
            place(head.field, shown, end)
        }
        (Motion::Lines(by), _) => {
            let goal = from.goal.unwrap_or(x);
            let mut field = head.field;
            let mut line = isize::try_from(line).unwrap_or(0).saturating_add(by);
            loop {
                let lines = isize::try_from(count(&shown)).unwrap_or(isize::MAX);
                let found = match usize::try_from(line).ok().filter(|_| line < lines) {
                    Some(line) => match &shown {
                        Some(shown) => place(field, shown, byte_at(&shown.lines, line, goal)),
                        None => from.to(Position::new(field, 0), extend),
                    },
                    None => {
                        let down = line >= 0;
                        if let Some(next) = below(field, down, goal, texts, view) {
                            field = next;
                            shown = shown_of(field, view);
                            line += if down { -lines } else { isize::try_from(count(&shown)).unwrap_or(0) };
                            continue;
                        }
                        // There are no more lines: the end of the flow.
                        let end = if down { texts.length(field) } else { 0 };
                        from.to(Position::new(field, end), extend)
                    }
                };
                return Selection { goal: Some(goal), ..found };
            }
        }
        _ => from,
    }
}

fn before(bounds: &[usize], byte: usize) -> usize {
    bounds.get(..bounds.partition_point(|&bound| bound < byte)).and_then(<[_]>::last).copied().unwrap_or(0)
}

fn after(bounds: &[usize], byte: usize) -> usize {
    bounds.get(bounds.partition_point(|&bound| bound <= byte)).or(bounds.last()).copied().unwrap_or(0)
}

/// The edge of the letter before a byte.
pub fn cluster_before(text: &str, byte: usize) -> usize {
    before(&cluster_boundaries(text), byte)
}

/// The edge of the letter after a byte.
pub fn cluster_after(text: &str, byte: usize) -> usize {
    after(&cluster_boundaries(text), byte)
}

/// The nearest edge of a letter at or after a byte.
pub fn snap(text: &str, byte: usize) -> usize {
    let bounds = cluster_boundaries(text);
    bounds.get(bounds.partition_point(|&bound| bound < byte)).or(bounds.last()).copied().unwrap_or(0)
}

/// The beginning of the word before a byte, white space passed over.
pub fn word_before(text: &str, byte: usize) -> usize {
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

/// The beginning of the next word, as Word finds it: behind this word and the white space after it.
pub fn next_word(text: &str, byte: usize) -> usize {
    let bounds = word_boundaries(text);
    let is_blank_at = |at: usize| text.get(at..).is_some_and(|rest| rest.starts_with(is_blank_character));
    let mut at = byte;
    if !is_blank_at(at) {
        at = after(&bounds, at);
    }
    while is_blank_at(at) {
        at = after(&bounds, at).max(at + 1);
    }
    at.min(text.len())
}

fn is_blank_character(c: char) -> bool {
    c.is_whitespace() || c == '\u{200B}'
}

fn is_blank(text: &str) -> bool {
    text.chars().all(is_blank_character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        release::{Paragraph, Release},
        typeset::{Alignment, Measure, Role, Type, set, shape},
    };

    /// Lines of one width.
    struct Column(f32);

    impl Geometry for Column {
        fn shown(&mut self, _field: Field, text: &RichText) -> Option<ShownText> {
            let shaped = shape(text, Type { role: Role::Text, size: 16.0 }, None);
            let measure = Measure { width: self.0, indent: 0.0, alignment: Alignment::Screen };
            Some(ShownText { lines: Arc::new(set(Arc::new(shaped), measure)), prefix: 0 })
        }
    }

    fn release(texts: &[&str]) -> Release {
        Release {
            body: texts.iter().map(|text| Paragraph::new(RichText::plain(*text))).collect(),
            ..Release::default()
        }
    }

    fn at(paragraph: usize, byte: usize) -> Selection {
        Selection::at(Field::Paragraph(paragraph), byte)
    }

    fn head(selection: Selection) -> (usize, usize) {
        let Field::Paragraph(index) = selection.head.field else { unreachable!() };
        (index, selection.head.byte)
    }

    #[test]
    fn the_kingdom_has_nine_stops() {
        let release = release(&["ព្រះរាជាណាចក្រកម្ពុជា"]);
        let mut caret = at(0, 0);
        let mut stops = 0;
        while caret.head.byte < release.body[0].text.len() {
            caret = moved(caret, Motion::Right, false, &release, &mut Column(1000.0));
            stops += 1;
        }
        assert_eq!(stops, 9);
        for _ in 0..stops {
            caret = moved(caret, Motion::Left, false, &release, &mut Column(1000.0));
        }
        assert_eq!(caret, at(0, 0));
    }

    #[test]
    fn arrows_go_over_the_ends_of_paragraphs() {
        let release = release(&["ab", "", "cd"]);
        let go = |caret, motion| moved(caret, motion, false, &release, &mut Column(1000.0));
        assert_eq!(head(go(at(0, 2), Motion::Right)), (1, 0));
        assert_eq!(head(go(at(1, 0), Motion::Right)), (2, 0));
        assert_eq!(head(go(at(2, 0), Motion::Left)), (1, 0));
        assert_eq!(head(go(at(1, 0), Motion::WordLeft)), (0, 2));
        assert_eq!(head(go(at(2, 2), Motion::Right)), (2, 2));
        assert_eq!(head(go(at(2, 1), Motion::Start)), (0, 0));
        assert_eq!(head(go(at(0, 1), Motion::End)), (2, 2));
        assert_eq!(head(go(at(0, 1), Motion::ParagraphDown)), (1, 0));
        assert_eq!(head(go(at(2, 1), Motion::ParagraphUp)), (2, 0));
        assert_eq!(head(go(at(2, 0), Motion::ParagraphUp)), (1, 0));
        let selection = moved(at(0, 1), Motion::Lines(2), true, &release, &mut Column(1000.0));
        assert_eq!(selection.range(), at(0, 1).head..at(2, 1).head);
    }

    #[test]
    fn an_arrow_lets_the_selection_go_first() {
        let release = release(&["one two"]);
        let caret = Selection::select(Field::Paragraph(0), 0..3);
        let go = |motion, extend| moved(caret, motion, extend, &release, &mut Column(1000.0));
        assert_eq!(head(go(Motion::Left, false)), (0, 0));
        assert_eq!(head(go(Motion::Right, false)), (0, 3));
        assert_eq!(go(Motion::Right, true).single(), Some((Field::Paragraph(0), 0..4)));
    }

    #[test]
    fn up_and_down_keep_their_column_over_short_and_empty_paragraphs() {
        let release = release(&["aaaaaaaaaa", "b", "", "cccccccccc"]);
        let down = |caret| moved(caret, Motion::Lines(1), false, &release, &mut Column(1000.0));
        let caret = down(at(0, 8));
        assert_eq!(head(caret), (1, 1));
        assert_eq!(head(down(caret)), (2, 0));
        // The letters are not equally wide.
        assert!((7..=9).contains(&head(down(down(caret))).1));
        let up = moved(down(down(caret)), Motion::Lines(-9), false, &release, &mut Column(1000.0));
        assert_eq!(head(up), (0, 0));
        let page = moved(at(0, 8), Motion::Lines(3), false, &release, &mut Column(1000.0));
        assert_eq!(head(page).0, 3);
    }

    #[test]
    fn home_and_end_stay_in_the_line_seen() {
        let release = release(&["នៅក្នុងការសន្ទនាជាផ្លូវការលើកដំបូងចាប់តាំងពីការតែងតាំង"]);
        let end = moved(at(0, 0), Motion::LineEnd, false, &release, &mut Column(120.0));
        assert!(end.upstream && end.head.byte > 0 && end.head.byte < release.body[0].text.len());
        let start = moved(end, Motion::LineStart, false, &release, &mut Column(120.0));
        assert_eq!(head(start), (0, 0));
    }

    #[test]
    fn words_are_found_in_both_scripts_and_gone_over_as_word_does() {
        assert_eq!(unit_at("one two", 5, Unit::Word), 4..7);
        assert_eq!(unit_at("", 0, Unit::Word), 0..0);
        let text = "ភាគីទាំងពីរ";
        assert_eq!(&text[unit_at(text, 3, Unit::Word)], "ភាគី");
        assert_eq!(word_before("one two  ", 9), 4);
        assert_eq!([next_word("one  two, x", 0), next_word("one  two, x", 4), next_word("one  two, x", 5)], [5, 5, 8]);
        assert_eq!([next_word("one  two, x", 8), next_word("one  ", 1), next_word("one", 3)], [10, 5, 3]);
        assert_eq!(next_word(text, 0), "ភាគី".len());
    }
}

//! What keys do to texts: which part a key deletes, and Khmer put in order as it is typed.
//!
//! Invariant: afterwards the caret is on the edge of a letter, or, while a subscript is being typed, right
//! behind its coeng.

use std::ops::Range;

use super::{
    Position, Selection, Texts,
    motion::{cluster_after, next_word, snap, word_before},
};
use crate::{
    khmer::{
        characters::{COENG, is_letter},
        legacy, normalise_range,
    },
    release::{BlockKind, RichText},
};

const NIKAHIT: char = '\u{17C6}';

/// What a key deletes where nothing is selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deletion {
    /// One code point before the caret, coeng and consonant together.
    Back,
    /// The letter after the caret.
    Forward,
    /// What is before the caret, to the beginning of the word.
    WordBack,
    /// What is after the caret, to the beginning of the next word.
    WordForward,
}

/// The part of the texts that a key deletes: the selection if there is one. At the end of a block that is the
/// break between it and the next.
pub fn deleted(texts: &dyn Texts, selection: Selection, deletion: Deletion) -> Range<Position> {
    if !selection.is_empty() {
        return selection.range();
    }
    let head = selection.head;
    let text = texts.text(head.field).unwrap_or_default();
    let text = text.as_str();
    let here = |byte| Position::new(head.field, byte);
    // Cells are not joined with what is around them. A caption takes in the paragraph below it, and the picture stays;
    // what is above the picture is parted from its caption, and an empty paragraph there goes.
    let joined = |after: bool| {
        let other = texts.beside(head.field, after)?;
        let (above, below) = if after { (head.field, other) } else { (other, head.field) };
        let (kind, kind_below) = (texts.block_kind(above), texts.block_kind(below));
        let goes = kind_below == BlockKind::Picture && !kind.stands_alone() && texts.length(above) == 0;
        let is_parted = kind.is_cell() || kind_below.stands_alone() && !goes;
        (!is_parted).then_some(other)
    };
    match deletion {
        Deletion::Back | Deletion::WordBack if head.byte == 0 => {
            let before = joined(false).map(|field| Position::new(field, texts.length(field)));
            before.unwrap_or(head)..head
        }
        Deletion::Forward | Deletion::WordForward if head.byte >= text.len() => {
            head..joined(true).map_or(head, |field| Position::new(field, 0))
        }
        Deletion::Back => here(back(text, head.byte))..head,
        Deletion::Forward => head..here(cluster_after(text, head.byte)),
        Deletion::WordBack => here(word_before(text, head.byte))..head,
        Deletion::WordForward => head..here(next_word(text, head.byte)),
    }
}

/// The text cut at the caret for shaping: right behind a coeng that the next letter has not yet answered, so
/// that it does not swallow what is there already.
pub fn cut(text: &str, caret: usize) -> Option<usize> {
    (caret < text.len() && text.get(..caret)?.ends_with(COENG)).then_some(caret)
}

/// The letter typed before `left` in the normal order of Khmer, with its place; `None` if there is nothing to
/// put in order. What is seen stays the same, and so does the emphasis of each mark. A letter that the caret
/// at `head` is still in stays as it is, unless the block was `left`.
pub fn ordered(text: &RichText, head: usize, typed: usize, left: bool) -> Option<(Range<usize>, RichText)> {
    if let Some(range) = nikahit_first(text.as_str(), typed, head) {
        let signs = text.slice(range.clone());
        let vowel_first: String = signs.as_str().chars().rev().collect();
        return Some((range, signs.restyled(&vowel_first)));
    }
    let (range, ordered) = normalise_range(text.as_str(), typed)?;
    let within = range.start < head && head <= range.end;
    // What only follows was not typed now.
    if range.start >= typed || (within && !left) {
        return None;
    }
    let letter = text.slice(range.clone());
    let restyled = letter.restyled(&ordered);
    Some((range, restyled))
}

/// Where ំ and the vowel ា or ុ, typed after it just now, are the wrong way round. No word is written so, and
/// many users type it; the caret need not leave the letter first.
fn nikahit_first(text: &str, typed: usize, head: usize) -> Option<Range<usize>> {
    let vowel = text.get(typed..head)?;
    let before = text.get(..typed)?;
    let start = typed.checked_sub(NIKAHIT.len_utf8())?;
    (matches!(vowel, "ា" | "ុ") && before.ends_with(NIKAHIT)).then_some(start..head)
}

/// Puts the letter that was typed before `typed` in the normal order of Khmer, and moves bytes along.
pub fn put_in_order(text: &mut RichText, bytes: [&mut usize; 2], typed: usize, left: bool) -> bool {
    let Some((range, ordered)) = ordered(text, *bytes[1], typed, left) else { return false };
    for byte in bytes {
        *byte = moved_in_order(*byte, &range, ordered.len());
    }
    text.replace(range, &ordered);
    true
}

/// Where a byte is after a letter was put in order that then has `length` bytes.
pub fn moved_in_order(byte: usize, range: &Range<usize>, length: usize) -> usize {
    match byte {
        byte if byte <= range.start => byte,
        byte if byte >= range.end => byte - range.len() + length,
        _ => range.start + length,
    }
}

/// A text from outside in the normal order of Khmer, and out of a font from before Unicode.
pub fn in_order(text: RichText) -> RichText {
    let Some(font) = legacy::recognised(text.as_str()) else { return text.in_normal_order().unwrap_or(text) };
    let mut converted = RichText::default();
    for (range, style) in text.runs() {
        converted.push_str(&legacy::convert(text.as_str().get(range).unwrap_or_default(), font), style);
    }
    converted.in_normal_order().unwrap_or(converted)
}

/// Where the caret may be at or after a byte.
pub fn settle(text: &str, byte: usize) -> usize {
    if text.get(..byte).is_some_and(|before| before.ends_with(COENG)) { byte } else { snap(text, byte) }
}

/// The bytes of so many characters before and after a place, as input methods ask for them.
pub fn around(text: &str, at: usize, before: usize, after: usize) -> Range<usize> {
    let (left, right) = text.split_at_checked(at).unwrap_or((text, ""));
    let start = left.char_indices().rev().take(before).last().map_or(left.len(), |(byte, _)| byte);
    let end = right.char_indices().nth(after).map_or(right.len(), |(byte, _)| byte);
    start..left.len() + end
}

/// Where Backspace begins to delete.
fn back(text: &str, caret: usize) -> usize {
    let Some(before) = text.get(..caret) else { return caret };
    let mut characters = before.char_indices().rev();
    let Some((at, last)) = characters.next() else { return caret };
    if is_letter(last)
        && let Some((coeng, COENG)) = characters.next()
    {
        return coeng;
    }
    at
}

#[cfg(test)]
mod tests;

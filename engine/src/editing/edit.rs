//! A change of the release as a value: it is applied, inverted, composed with the next, and maps positions.
//!
//! Invariant: an edit and then its inverse give the release that there was.

use std::ops::Range;

use super::{Position, Selection, Slice, Texts as _};
use crate::release::{Field, Paragraph, Release, RichText};

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A part of the text of a flow gives way to another.
    Text {
        /// Where both begin.
        at: Position,
        /// What was there.
        removed: Slice,
        /// What is there now.
        inserted: Slice,
    },
    /// Whole paragraphs give way to others.
    Blocks {
        /// The index of the first.
        at: usize,
        /// What was there.
        removed: Vec<Paragraph>,
        /// What is there now.
        inserted: Vec<Paragraph>,
    },
    /// All of the release but its body.
    Rest {
        /// What it was.
        before: Box<Release>,
        /// What it is now.
        after: Box<Release>,
    },
}

/// To which side a position goes that text is inserted at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bias {
    /// It stays before what is inserted.
    Before,
    /// It goes behind it.
    After,
}

/// Paragraphs in a row that gave way to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The index of the first.
    pub at: usize,
    /// How many there were.
    pub removed: usize,
    /// How many there are.
    pub inserted: usize,
}

/// Changes, one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edit(Vec<Change>);

impl Edit {
    /// An edit of one change.
    pub fn of(change: Change) -> Self {
        Self(vec![change])
    }

    /// What makes one release of another: only the paragraphs that differ, and the rest if that differs.
    pub fn between(before: &Release, after: &Release) -> Self {
        let mut changes = Vec::new();
        let same = |(a, b): &(&Paragraph, &Paragraph)| a == b;
        let at = before.body.iter().zip(&after.body).take_while(same).count();
        let limit = before.body.len().min(after.body.len()) - at;
        let back = before.body.iter().rev().zip(after.body.iter().rev()).take(limit).take_while(same).count();
        let differing = |body: &[Paragraph]| body.get(at..body.len() - back).unwrap_or_default().to_vec();
        let (removed, inserted) = (differing(&before.body), differing(&after.body));
        if !(removed.is_empty() && inserted.is_empty()) {
            changes.push(Change::Blocks { at, removed, inserted });
        }
        let (before, after) = (without_body(before), without_body(after));
        if before != after {
            changes.push(Change::Rest { before: Box::new(before), after: Box::new(after) });
        }
        Self(changes)
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Carries the changes out.
    pub fn apply(&self, release: &mut Release) {
        for change in &self.0 {
            change.apply(release);
        }
    }

    /// The edit that takes this one back.
    #[must_use]
    pub fn invert(&self) -> Self {
        Self(self.0.iter().rev().map(Change::invert).collect())
    }

    /// The paragraphs that are touched, one change after the other.
    pub fn spans(&self) -> impl Iterator<Item = Span> + '_ {
        self.0.iter().filter_map(|change| match change {
            Change::Text { at: Position { field: Field::Paragraph(at), .. }, removed, inserted } => {
                Some(Span { at: *at, removed: removed.breaks() + 1, inserted: inserted.breaks() + 1 })
            }
            Change::Blocks { at, removed, inserted } => {
                Some(Span { at: *at, removed: removed.len(), inserted: inserted.len() })
            }
            Change::Text { .. } | Change::Rest { .. } => None,
        })
    }

    /// Where a position is afterwards.
    pub fn map(&self, position: Position, bias: Bias) -> Position {
        self.0.iter().fold(position, |position, change| change.map(position, bias))
    }

    /// Where a selection is afterwards.
    pub fn map_selection(&self, selection: Selection) -> Selection {
        let map = |position| self.map(position, Bias::After);
        Selection { anchor: map(selection.anchor), head: map(selection.head), ..selection }
    }

    /// Where a range of a block is afterwards; `None` if its own text was touched. What is inserted at either end
    /// is not of the range.
    pub fn map_range(&self, field: Field, range: Range<usize>) -> Option<(Field, Range<usize>)> {
        self.0.iter().try_fold((field, range), |(field, range), change| {
            let (start, end) = (Position::new(field, range.start), Position::new(field, range.end));
            let (now, then) = (change.map(start, Bias::After), change.map(end, Bias::Before));
            let kept = now.field == then.field && then.byte.checked_sub(now.byte) == Some(range.len());
            (kept && !change.touches(start, end)).then_some((now.field, now.byte..then.byte))
        })
    }

    /// Adds a change that follows. Letters typed or deleted one by one become one change.
    pub fn push(&mut self, change: Change) {
        let joined = self.0.last_mut().is_some_and(|last| last.absorb(&change));
        if !joined {
            self.0.push(change);
        }
    }

    /// Adds the changes of another edit, which follow.
    pub fn extend(&mut self, other: Self) {
        other.0.into_iter().for_each(|change| self.push(change));
    }

    /// About how many bytes it holds.
    pub fn size(&self) -> usize {
        self.0.iter().map(Change::size).sum()
    }
}

impl Change {
    /// Replaces a part of a flow's text, and says what changed; `None` if nothing did.
    pub fn replace(release: &mut Release, range: Range<Position>, with: &Slice) -> Option<Self> {
        let (start, end) = (release.clamped(range.start), release.clamped(range.end));
        let removed = Slice::between(release, start..end.max(start));
        let inserted = if matches!(start.field, Field::Paragraph(_)) { with.clone() } else { flat(with, start.field) };
        // A body without paragraphs gets its first with the first text.
        if matches!(start.field, Field::Paragraph(_)) && release.body.is_empty() {
            let change = Self::Blocks { at: 0, removed: Vec::new(), inserted: with.blocks().to_vec() };
            change.apply(release);
            return Some(change);
        }
        if removed == inserted {
            return None;
        }
        let change = Self::Text { at: start, removed, inserted };
        change.apply(release);
        Some(change)
    }

    fn apply(&self, release: &mut Release) {
        match self {
            Self::Text { at, removed, inserted } => replace_text(release, *at, removed, inserted),
            Self::Blocks { at, removed, inserted } => {
                let at = (*at).min(release.body.len());
                let end = (at + removed.len()).min(release.body.len());
                release.body.splice(at..end, inserted.iter().cloned());
            }
            Self::Rest { after, .. } => {
                let body = std::mem::take(&mut release.body);
                *release = Release { body, ..(**after).clone() };
            }
        }
    }

    fn invert(&self) -> Self {
        match self.clone() {
            Self::Text { at, removed, inserted } => Self::Text { at, removed: inserted, inserted: removed },
            Self::Blocks { at, removed, inserted } => Self::Blocks { at, removed: inserted, inserted: removed },
            Self::Rest { before, after } => Self::Rest { before: after, after: before },
        }
    }

    fn map(&self, position: Position, bias: Bias) -> Position {
        // A note goes with the character that refers to it.
        if let Field::Note(index, at) = position.field
            && !matches!(self, Self::Text { at: Position { field: Field::Note(..), .. }, .. })
        {
            let place = self.map(Position::new(Field::Paragraph(index), at), Bias::After);
            let Field::Paragraph(index) = place.field else { return position };
            return Position { field: Field::Note(index, place.byte), ..position };
        }
        match self {
            Self::Text { at, removed, inserted } => {
                map_text(position, *at, removed.end_from(*at), inserted.end_from(*at), bias)
            }
            Self::Blocks { at, removed, inserted } => match position.field {
                Field::Paragraph(index) if index >= *at => map_blocks(position, index, *at, removed, inserted),
                _ => position,
            },
            Self::Rest { before, after } => match (before.text(position.field), after.text(position.field)) {
                (Some(before), Some(after)) => {
                    Position { byte: map_byte(position.byte, before.as_str(), after.as_str()), ..position }
                }
                _ => position,
            },
        }
    }

    /// Whether any of the text between two places of one block is changed.
    fn touches(&self, start: Position, end: Position) -> bool {
        let differs = |before: &str, after: &str| {
            let map = |byte| map_byte(byte, before, after);
            before.get(start.byte..end.byte) != after.get(map(start.byte)..map(end.byte))
        };
        match self {
            Self::Text { at, removed, .. } => {
                let until = removed.end_from(*at);
                *at < end && until > start
            }
            Self::Blocks { at, removed, inserted } => {
                // What is in a note is looked at with its paragraph.
                let (Field::Paragraph(index) | Field::Note(index, _)) = start.field else { return false };
                let Some(within) = index.checked_sub(*at) else { return false };
                let Some(block) = removed.get(within) else { return false };
                let moved = inserted.iter().any(|other| other.text == block.text);
                !moved && inserted.get(within).is_none_or(|now| differs(block.text.as_str(), now.text.as_str()))
            }
            Self::Rest { before, after } => match (before.text(start.field), after.text(start.field)) {
                (Some(before), Some(after)) if !matches!(start.field, Field::Paragraph(_)) => {
                    differs(before.as_str(), after.as_str())
                }
                _ => false,
            },
        }
    }

    /// Takes the next change into this one, if both are letters typed or deleted side by side, or settings of the
    /// rest of the release.
    fn absorb(&mut self, next: &Self) -> bool {
        if let (Self::Rest { after, .. }, Self::Rest { after: next, .. }) = (&mut *self, next) {
            after.clone_from(next);
            return true;
        }
        let Self::Text { at, removed, inserted } = self else { return false };
        let Self::Text { at: next_at, removed: next_removed, inserted: next_inserted } = next else { return false };
        if removed.breaks() + inserted.breaks() + next_removed.breaks() + next_inserted.breaks() > 0 {
            return false;
        }
        if next_at.field != at.field {
            return false;
        }
        let end = inserted.end_from(*at);
        if next_removed.is_empty() && *next_at == end {
            // Typed on.
            inserted.extend(next_inserted);
            true
        } else if next_inserted.is_empty() && *next_at >= *at && next_removed.end_from(*next_at) == end {
            // Deleted of what was typed.
            *inserted = Slice::text(inserted.first().slice(0..next_at.byte - at.byte));
            true
        } else if inserted.is_empty() && next_inserted.is_empty() && next_removed.end_from(*next_at) == *at {
            // Deleted on, backwards.
            let mut before = next_removed.clone();
            before.extend(removed);
            (*at, *removed) = (*next_at, before);
            true
        } else {
            false
        }
    }

    fn size(&self) -> usize {
        let blocks = |blocks: &[Paragraph]| blocks.iter().map(|block| 64 + block.text.len()).sum::<usize>();
        size_of::<Self>()
            + match self {
                Self::Text { removed, inserted, .. } => removed.size() + inserted.size(),
                Self::Blocks { removed, inserted, .. } => blocks(removed) + blocks(inserted),
                Self::Rest { .. } => 2048,
            }
    }
}

/// A slice for a field that is one block: breaks become line breaks where it may hold some, else spaces. Only
/// paragraphs have notes.
fn flat(slice: &Slice, field: Field) -> Slice {
    let slice = slice.map(RichText::without_notes);
    if slice.breaks() == 0 { slice } else { Slice::text(slice.joined(if field.is_multiline() { "\n" } else { " " })) }
}

fn replace_text(release: &mut Release, at: Position, removed: &Slice, inserted: &Slice) {
    let Field::Paragraph(first) = at.field else {
        let Some(text) = release.text(at.field) else { return };
        let mut text = text.into_owned();
        text.replace(at.byte..at.byte + removed.last_length(), inserted.first());
        return release.set_text(at.field, text);
    };
    let end = removed.end_from(at);
    let last = first + removed.breaks();
    let Some(tail) = release.body.get(last).map(|block| block.text.slice(end.byte..block.text.len())) else { return };
    let Some(block) = release.body.get_mut(first) else { return };
    if removed.breaks() == 0 && inserted.breaks() == 0 {
        return block.text.replace(at.byte..end.byte, inserted.first());
    }
    // The first block stays what it is; the others bring their style along.
    let mut head = block.with_text(block.text.slice(0..at.byte));
    head.text.push(inserted.first());
    let mut blocks = vec![head];
    blocks.extend(inserted.blocks().iter().skip(1).cloned());
    if let Some(block) = blocks.last_mut() {
        block.text.push(&tail);
    }
    release.body.splice(first..=last, blocks);
}

/// Where a position is after the text from `start` to `end` gave way to one that ends at `new_end`.
fn map_text(position: Position, start: Position, end: Position, new_end: Position, bias: Bias) -> Position {
    let follows = match (position.field, start.field) {
        (Field::Paragraph(_), Field::Paragraph(_)) => true,
        (one, other) => one == other,
    };
    if !follows || position < start || position == start && (bias == Bias::Before || start != end) {
        return position;
    }
    if position < end {
        return if bias == Bias::Before { start } else { new_end };
    }
    if position.field == end.field {
        return Position::new(new_end.field, position.byte - end.byte + new_end.byte);
    }
    match (position.field, end.field, new_end.field) {
        (Field::Paragraph(index), Field::Paragraph(end), Field::Paragraph(new_end)) => {
            Position { field: Field::Paragraph(index - end + new_end), ..position }
        }
        _ => position,
    }
}

/// Where a position in the paragraph `index` is after whole paragraphs gave way to others.
fn map_blocks(position: Position, index: usize, at: usize, removed: &[Paragraph], inserted: &[Paragraph]) -> Position {
    let within = index - at;
    let Some(block) = removed.get(within) else {
        return Position { field: Field::Paragraph(index - removed.len() + inserted.len()), ..position };
    };
    // A paragraph that only moved takes its positions along.
    if inserted.get(within) != Some(block)
        && let Some(moved) = inserted.iter().position(|other| other.text == block.text)
    {
        return Position { field: Field::Paragraph(at + moved), ..position };
    }
    match inserted.get(within) {
        Some(now) => Position { byte: map_byte(position.byte, block.text.as_str(), now.text.as_str()), ..position },
        None => {
            let last = inserted.len().checked_sub(1);
            let byte = last.and_then(|last| inserted.get(last)).map_or(0, |block| block.text.len());
            match last {
                Some(last) => Position::new(Field::Paragraph(at + last), byte),
                None => Position::new(Field::Paragraph(at), 0),
            }
        }
    }
}

/// Where a byte of a text is in another, of which only a part in the middle differs.
fn map_byte(byte: usize, before: &str, after: &str) -> usize {
    let same = |(a, b): &(char, char)| a == b;
    let length = |pairs: &mut dyn Iterator<Item = (char, char)>| pairs.map(|(a, _)| a.len_utf8()).sum::<usize>();
    let front = length(&mut before.chars().zip(after.chars()).take_while(same));
    let (rest, rest_after) = (before.get(front..).unwrap_or_default(), after.get(front..).unwrap_or_default());
    let back = length(&mut rest.chars().rev().zip(rest_after.chars().rev()).take_while(same));
    if byte <= front {
        byte
    } else if byte >= before.len() - back {
        byte + after.len() - before.len()
    } else {
        after.len() - back
    }
}

/// A release without its body.
fn without_body(release: &Release) -> Release {
    Release {
        language: release.language,
        letterhead: release.letterhead.clone(),
        reference: release.reference.clone(),
        notice: release.notice.clone(),
        title: release.title.clone(),
        headline: release.headline.clone(),
        body: Vec::new(),
        number_paragraphs: release.number_paragraphs,
        signature: release.signature.clone(),
        page: release.page.clone(),
        unchecked: release.unchecked.clone(),
        template: release.template.clone(),
        placeholders: release.placeholders.clone(),
        locked: release.locked.clone(),
        comments: release.comments.clone(),
        counterpart: release.counterpart.clone(),
    }
}

#[cfg(test)]
mod tests;

//! One proposed change: carried out in the draft, or taken back in their copy.

use std::ops::Range;

use super::Hand;
use crate::release::{BlockKind, Field, Paragraph, Release, RichText, SigningDate, markup};

/// A part of a text. Of a whole block, its start; of one that is added, where it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextPart {
    /// The text.
    pub field: Field,
    /// The part, in bytes.
    pub range: Range<usize>,
}

impl TextPart {
    pub(super) fn block(index: usize) -> Self {
        Self { field: Field::Paragraph(index), range: 0..0 }
    }
}

/// What is proposed.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// Other words, more or fewer, within a text.
    Words {
        /// What the draft has; empty for words that are added.
        before: RichText,
        /// What they have; empty for words that are taken out.
        after: RichText,
    },
    /// Whole blocks more or fewer: a paragraph, or cells of a table that are beside each other.
    Blocks {
        /// What the draft has.
        before: Vec<Paragraph>,
        /// What they have.
        after: Vec<Paragraph>,
    },
    /// Another kind of block.
    Kind {
        /// What the draft has.
        before: BlockKind,
        /// What they have.
        after: BlockKind,
    },
    /// Another date of signature.
    Date {
        /// What the draft has.
        before: SigningDate,
        /// What they have.
        after: SigningDate,
    },
}

/// A change that is proposed.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// Where it is in the draft.
    pub place: TextPart,
    /// Where it is in their copy.
    pub(super) theirs: TextPart,
    /// What it is.
    pub what: What,
    /// Who proposes it, where that is known.
    pub by: Option<Hand>,
}

impl Proposal {
    /// What is taken out and what is put in, as text.
    pub fn key(&self) -> (String, String) {
        let blocks =
            |blocks: &[Paragraph]| blocks.iter().map(|block| markup::write(&block.text)).collect::<Vec<_>>().join("\n");
        match &self.what {
            What::Words { before, after } => (markup::write(before), markup::write(after)),
            What::Blocks { before, after } => (blocks(before), blocks(after)),
            What::Kind { before, after } => (format!("{before:?}"), format!("{after:?}")),
            What::Date { before, after } => (format!("{before:?}"), format!("{after:?}")),
        }
    }

    /// Makes the draft what they propose.
    pub(super) fn accept(&self, draft: &mut Release) {
        put(draft, &self.place, &self.what, true);
    }

    /// Makes their copy what the draft has.
    pub(super) fn refuse(&self, theirs: &mut Release) {
        put(theirs, &self.theirs, &self.what, false);
    }
}

/// Puts one side of a change in the place of the other, unless that is no longer there.
fn put(release: &mut Release, place: &TextPart, what: &What, forward: bool) {
    fn sides<'a, T>(before: &'a T, after: &'a T, forward: bool) -> (&'a T, &'a T) {
        if forward { (before, after) } else { (after, before) }
    }
    match what {
        What::Words { before, after } => {
            let (from, to) = sides(before, after, forward);
            let Some(mut text) = release.text(place.field).map(|text| text.into_owned()) else { return };
            let range = place.range.start..place.range.start + from.len();
            if text.as_str().get(range.clone()) == Some(from.as_str()) {
                text.replace(range, to);
                release.set_text(place.field, text);
            }
        }
        What::Blocks { before, after } => {
            let (from, to) = sides(before, after, forward);
            let Field::Paragraph(at) = place.field else { return };
            let range = at..at + from.len();
            if release.body.get(range.clone()).is_some_and(|blocks| blocks == from.as_slice()) {
                release.body.splice(range, to.iter().cloned());
            }
        }
        What::Kind { before, after } => {
            let (from, to) = sides(before, after, forward);
            let Field::Paragraph(at) = place.field else { return };
            if let Some(block) = release.body.get_mut(at).filter(|block| block.kind == *from) {
                block.kind = *to;
            }
        }
        What::Date { before, after } => {
            let (from, to) = sides(before, after, forward);
            if release.signature.date == *from {
                release.signature.date = to.clone();
            }
        }
    }
}

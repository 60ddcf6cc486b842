//! What differs between a draft and their copy, in pieces small enough to be decided one by one.

use std::{
    cmp::Ordering,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    ops::Range,
};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Proposal, TextPart, What};
use crate::{
    release::{
        BlockKind, Field, Paragraph, Release, RichText,
        difference::{Pair, pairs, share_in_common},
        markup,
    },
    typeset::breaks::word_boundaries,
};

/// All that differs, in reading order.
pub fn proposals(draft: &Release, theirs: &Release) -> Vec<Proposal> {
    let mut found = Vec::new();
    let their_fields: Vec<Field> = theirs.fields().collect();
    for field in draft.fields() {
        match field {
            // Notes are listed with the paragraph that refers to them.
            Field::Paragraph(_) | Field::Note(..) => {}
            Field::Place => {
                blocks(&draft.body, &theirs.body, &mut found);
                compare(draft, theirs, (field, field), &mut found);
                let (before, after) = (&draft.signature.date, &theirs.signature.date);
                if before != after {
                    let what = What::Date { before: before.clone(), after: after.clone() };
                    let place = TextPart { field: Field::Place, range: 0..0 };
                    found.push(Proposal { place: place.clone(), theirs: place, what, by: None });
                }
            }
            _ if their_fields.contains(&field) => compare(draft, theirs, (field, field), &mut found),
            _ => {}
        }
    }
    found
}

/// The blocks of the body.
fn blocks(ours: &[Paragraph], theirs: &[Paragraph], found: &mut Vec<Proposal>) {
    let mut at = (0, 0);
    // Cells in a row come and go together, or the table would have a hole.
    let mut cells: Option<Proposal> = None;
    let likeness = Likeness::of(ours, theirs);
    for pair in pairs(ours, theirs, &|i, j| likeness.share(i, j)) {
        let whole = match pair {
            Pair::Removed(i) => ours.get(i).map(|block| (vec![block.clone()], Vec::new(), (i, at.1))),
            Pair::Added(j) => theirs.get(j).map(|block| (Vec::new(), vec![block.clone()], (at.0, j))),
            Pair::Both(..) => None,
        };
        if let Some((before, after, (i, j))) = whole {
            at = (i + before.len(), j + after.len());
            let is_cell = before.iter().chain(&after).any(|block| block.kind.is_cell());
            if let Some(Proposal { what: What::Blocks { before: more_before, after: more_after }, .. }) =
                cells.as_mut().filter(|_| is_cell)
            {
                more_before.extend(before);
                more_after.extend(after);
                continue;
            }
            found.extend(cells.take());
            let what = What::Blocks { before, after };
            let proposal = Proposal { place: TextPart::block(i), theirs: TextPart::block(j), what, by: None };
            if is_cell {
                cells = Some(proposal);
            } else {
                found.push(proposal);
            }
            continue;
        }
        found.extend(cells.take());
        let Pair::Both(i, j) = pair else { continue };
        at = (i + 1, j + 1);
        let (Some(a), Some(b)) = (ours.get(i), theirs.get(j)) else { continue };
        let (place, their_place) = (TextPart::block(i), TextPart::block(j));
        if kind_of(a) != kind_of(b) {
            let what = What::Kind { before: a.kind, after: b.kind };
            found.push(Proposal { place, theirs: their_place, what, by: None });
        }
        words(&a.text, &b.text, (Field::Paragraph(i), Field::Paragraph(j)), found);
    }
    found.extend(cells);
}

/// The kind of a block if another may be proposed for it, which pictures and cells exclude.
fn kind_of(block: &Paragraph) -> Option<BlockKind> {
    (!block.kind.is_cell() && block.kind != BlockKind::Picture).then_some(block.kind)
}

fn compare(draft: &Release, theirs: &Release, (ours, other): (Field, Field), found: &mut Vec<Proposal>) {
    let text = |release: &Release, field| release.text(field).unwrap_or_default().into_owned();
    words(&text(draft, ours), &text(theirs, other), (ours, other), found);
}

/// Where two texts differ, word by word.
fn words(ours: &RichText, theirs: &RichText, (field, their_field): (Field, Field), found: &mut Vec<Proposal>) {
    if ours == theirs {
        return;
    }
    let (a, b) = (pieces(ours), pieces(theirs));
    let said = |text: &RichText, pieces: &[Range<usize>]| {
        pieces.iter().map(|piece| markup::write(&text.slice(piece.clone()))).collect::<Vec<_>>()
    };
    let span = |pieces: &[Range<usize>], part: Range<usize>, length: usize| {
        let start = pieces.get(part.start).map_or(length, |piece| piece.start);
        let end = if part.is_empty() { start } else { pieces.get(part.end - 1).map_or(length, |piece| piece.end) };
        start..end
    };
    for op in capture_diff_slices(Algorithm::Myers, &said(ours, &a), &said(theirs, &b)) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let old = span(&a, op.old_range(), ours.len());
        let new = span(&b, op.new_range(), theirs.len());
        let what = What::Words { before: ours.slice(old.clone()), after: theirs.slice(new.clone()) };
        let (place, theirs) = (TextPart { field, range: old }, TextPart { field: their_field, range: new });
        found.push(Proposal { place, theirs, what, by: None });
    }
}

/// Makes one of changes of words with nothing but space between them: "the two" for "both" is one thought.
pub fn joined(proposals: Vec<Proposal>, draft: &Release, theirs: &Release) -> Vec<Proposal> {
    let mut joined: Vec<Proposal> = Vec::with_capacity(proposals.len());
    for proposal in proposals {
        let is_joined = joined.last_mut().and_then(|last| join(last, &proposal, draft, theirs)).is_some();
        if !is_joined {
            joined.push(proposal);
        }
    }
    joined
}

/// Makes `last` one with the change after it, if there is nothing but the same space between them.
fn join(last: &mut Proposal, next: &Proposal, draft: &Release, theirs: &Release) -> Option<()> {
    let (What::Words { before, after }, What::Words { .. }) = (&mut last.what, &next.what) else { return None };
    if last.place.field != next.place.field || last.theirs.field != next.theirs.field {
        return None;
    }
    let (ours, their) = (draft.text(last.place.field)?, theirs.text(last.theirs.field)?);
    let gap =
        |text: &RichText, a: &TextPart, b: &TextPart| text.as_str().get(a.range.end..b.range.start).map(str::to_owned);
    let between = gap(&ours, &last.place, &next.place)?;
    if !between.trim().is_empty() || gap(&their, &last.theirs, &next.theirs)? != between {
        return None;
    }
    last.place.range.end = next.place.range.end;
    last.theirs.range.end = next.theirs.range.end;
    *before = ours.slice(last.place.range.clone());
    *after = their.slice(last.theirs.range.clone());
    last.by = last.by.take().or_else(|| next.by.clone());
    Some(())
}

/// The words of a text and what is between them.
fn pieces(text: &RichText) -> Vec<Range<usize>> {
    word_boundaries(text.as_str()).windows(2).map(|ends| ends[0]..ends[1]).collect()
}

/// How much two paragraphs have in common: of their words, or of their letters where there are few words, as in Khmer,
/// which has few spaces.
struct Likeness<'a> {
    texts: [Vec<&'a str>; 2],
    /// What stands for each word of each paragraph, sorted.
    words: [Vec<Vec<u64>>; 2],
}

/// Below so many words letters are compared instead.
const FEW_WORDS: usize = 5;

impl<'a> Likeness<'a> {
    fn of(ours: &'a [Paragraph], theirs: &'a [Paragraph]) -> Self {
        let hashed = |text: &str| {
            let mut words: Vec<u64> = text.split_whitespace().map(hash).collect();
            words.sort_unstable();
            words
        };
        let texts = [ours, theirs].map(|body| body.iter().map(|block| block.text.as_str()).collect::<Vec<_>>());
        let words = [&texts[0], &texts[1]].map(|texts| texts.iter().map(|text| hashed(text)).collect());
        Self { texts, words }
    }

    /// The share of the longer of two paragraphs that is in both.
    fn share(&self, ours: usize, theirs: usize) -> f32 {
        let ([texts, other_texts], [words, other_words]) = (&self.texts, &self.words);
        let (Some(a), Some(b)) = (texts.get(ours), other_texts.get(theirs)) else { return 0.0 };
        let (Some(a_words), Some(b_words)) = (words.get(ours), other_words.get(theirs)) else { return 0.0 };
        let ends = share_in_common(a, b);
        let most = a_words.len().max(b_words.len());
        if most < FEW_WORDS {
            return ends;
        }
        ends.max(in_both(a_words, b_words) as f32 / most as f32)
    }
}

/// How many of two sorted lists are in both.
fn in_both(a: &[u64], b: &[u64]) -> usize {
    let (mut a, mut b, mut count) = (a.iter().peekable(), b.iter().peekable(), 0);
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        match x.cmp(y) {
            Ordering::Less => _ = a.next(),
            Ordering::Greater => _ = b.next(),
            Ordering::Equal => {
                count += 1;
                _ = (a.next(), b.next());
            }
        }
    }
    count
}

fn hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

//! Which texts of two releases are side by side.
//!
//! Invariant: no text is matched twice, and blocks keep their order.

use super::{Facts, is_blank, is_same, subject};
use crate::release::{Field, Release};

/// More pairs of blocks than this are not compared; then blocks are matched in order.
const MOST: usize = 1_000_000;
/// What it counts that both have a fact of one kind, in facts.
const OTHER: f32 = 0.2;
/// What it costs that a block has no counterpart, in facts.
const GAP: f32 = 0.6;

/// The texts of one with those of the other. A block without a counterpart is in none: it is told by their numbers.
pub fn fields(ours: &Facts, theirs: &Facts, one: &Release, other: &Release) -> Vec<(Field, Field)> {
    let is_block = |field: &Field| matches!(field, Field::Paragraph(_));
    let fields = |facts: &Facts| facts.of.iter().map(|(field, _)| *field).collect::<Vec<_>>();
    let (a, b) = (fields(ours), fields(theirs));
    let mut pairs: Vec<_> = a
        .iter()
        .filter(|field| !is_block(field) && !matches!(field, Field::Note(..)))
        .filter(|field| b.contains(field) && has_text(one, **field) && has_text(other, **field))
        .map(|field| (*field, *field))
        .collect();
    let blocks = |fields: &[Field], release: &Release| {
        fields.iter().copied().filter(|field| is_block(field) && has_text(release, *field)).collect::<Vec<_>>()
    };
    pairs.extend(blocks_beside(&blocks(&a, one), &blocks(&b, other), |a, b| {
        likeness(ours, theirs, (a, one), (b, other))
    }));
    let notes =
        |fields: &[Field]| fields.iter().copied().filter(|field| matches!(field, Field::Note(..))).collect::<Vec<_>>();
    pairs.extend(notes(&a).into_iter().zip(notes(&b)));
    pairs
}

fn has_text(release: &Release, field: Field) -> bool {
    release.text(field).is_some_and(|text| !is_blank(text.as_str()))
}

/// The empty texts of one for which the other has words, each with those. Footnotes are in texts, and the line above
/// the title may be in one language alone: it calls a translation unofficial.
pub fn unwritten(ours: &Facts, theirs: &Facts, one: &Release, other: &Release) -> Vec<(Field, Field)> {
    let is_fixed = |field: &Field| !matches!(field, Field::Paragraph(_) | Field::Note(..) | Field::Notice);
    let fixed = one.fields().filter(is_fixed);
    let mut pairs: Vec<_> = fixed.map(|field| (field, field)).collect();
    if one.body.iter().any(|block| is_blank(block.text.as_str())) {
        let blocks = |release: &Release| (0..release.body.len()).map(Field::Paragraph).collect::<Vec<_>>();
        let fit = |a, b| likeness(ours, theirs, (a, one), (b, other));
        pairs.extend(blocks_beside(&blocks(one), &blocks(other), fit));
    }
    pairs.retain(|(field, original)| {
        has_text(other, *original) && one.text(*field).is_some_and(|text| is_blank(text.as_str()))
    });
    pairs
}

/// How well two blocks fit: the facts that both have, and a little for their kind and their length.
fn likeness(ours: &Facts, theirs: &Facts, (a, one): (Field, &Release), (b, other): (Field, &Release)) -> f32 {
    let (facts, others) = (ours.of_field(a), theirs.of_field(b));
    let mut left: Vec<_> = others.iter().map(|found| found.fact).collect();
    let mut same = 0.0;
    for found in facts {
        if let Some(at) = left.iter().position(|fact| is_same(found.fact, *fact)) {
            left.swap_remove(at);
            same += 1.0;
        }
    }
    // Another number in the place of one is a difference within a block rather than another block.
    for found in facts {
        if let Some(at) = left.iter().position(|fact| subject(found.fact) == subject(*fact)) {
            left.swap_remove(at);
            same += OTHER;
        }
    }
    let kind = |release: &Release, field| match field {
        Field::Paragraph(index) => release.body.get(index).map(|block| block.kind),
        _ => None,
    };
    let kind = if kind(one, a) == kind(other, b) { 0.5 } else { -1.0 };
    let length =
        |release: &Release, field| release.text(field).map_or(0, |text| text.as_str().chars().count()).max(1) as f32;
    let ratio = length(one, a) / length(other, b);
    let length = if (0.4..2.5).contains(&ratio) { 0.3 } else { -0.3 };
    same + kind + length
}

/// Blocks in their order: as many as both have, one beside the other; else such that most fits.
fn blocks_beside(ours: &[Field], theirs: &[Field], likeness: impl Fn(Field, Field) -> f32) -> Vec<(Field, Field)> {
    let (rows, columns) = (ours.len(), theirs.len());
    if rows == columns || rows * columns > MOST {
        return ours.iter().copied().zip(theirs.iter().copied()).collect();
    }
    // The best of the blocks from a place on, from the end back.
    let width = columns + 1;
    let mut best = vec![0.0f32; (rows + 1) * width];
    let mut way = vec![0u8; (rows + 1) * width];
    for row in (0..=rows).rev() {
        for column in (0..=columns).rev() {
            let at = row * width + column;
            let mut found = (f32::NEG_INFINITY, 0u8);
            if row < rows && column < columns {
                found = (best[at + width + 1] + likeness(ours[row], theirs[column]), 1);
            }
            if row < rows && best[at + width] - GAP > found.0 {
                found = (best[at + width] - GAP, 2);
            }
            if column < columns && best[at + 1] - GAP > found.0 {
                found = (best[at + 1] - GAP, 3);
            }
            (best[at], way[at]) = if found.1 == 0 { (0.0, 0) } else { found };
        }
    }
    let (mut row, mut column, mut pairs) = (0, 0, Vec::new());
    while row < rows && column < columns {
        match way[row * width + column] {
            1 => {
                pairs.push((ours[row], theirs[column]));
                (row, column) = (row + 1, column + 1);
            }
            2 => row += 1,
            _ => column += 1,
        }
    }
    pairs
}

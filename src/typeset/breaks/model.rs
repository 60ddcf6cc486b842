//! The model that tells where words begin: a conditional random field over letters.
//!
//! Each letter either begins a word or goes on with one. What speaks for the one or the other is the
//! sum of the weights of the letter's [`features`], and of a weight for each pair of neighbouring
//! decisions. The best sequence of decisions is found by dynamic programming (Viterbi); done from
//! both ends it also tells how much worse the best sequence with the other decision would be. That
//! margin lets a line be broken only where the model is sure.
//!
//! The weights come from khmercut, see `assets/khmer-words.md`. All sums are of integers, so every
//! machine breaks the same lines.
//!
//! Must never know: lines, punctuation, what a word means.
//!
//! Invariant: a letter before which the writer put a zero-width space begins a word.

use std::sync::LazyLock;

use super::features::{ENDS, FOREIGN, KINDS, PIECES};
use super::hash;
use super::letters::{Run, runs};

static ASSET: &[u8] = include_bytes!("../../../assets/khmer-words.crf");

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(ASSET).unwrap_or_default());

/// Weights are stored in steps of 1/64 of the original's unit, in which one is a factor of e of
/// probability.
pub const UNIT: i32 = 64;

/// A place where a word may begin.
pub struct Edge {
    /// Byte offset in the text.
    pub at: usize,
    /// How much better the best reading with a word beginning here is than the best without, in
    /// steps of 1/`UNIT`.
    pub margin: i32,
}

/// What the model says of every letter of the text but the first of each run, in order.
pub fn edges(text: &str) -> Vec<Edge> {
    let mut edges = Vec::new();
    for run in runs(text) {
        let margins = MODEL.margins(&run);
        edges.extend(run.letters.iter().zip(margins).skip(1).map(|(letter, margin)| Edge { at: letter.at, margin }));
    }
    edges
}

/// The weights, in place in the program's own bytes.
#[derive(Default)]
struct Model {
    /// Weight of a decision after another: `pairs[before][now]`, 1 for the beginning of a word.
    pairs: [[i32; 2]; 2],
    /// 2^`bits` slots: a mark in the high bits, a weight in the low ones; zero if empty.
    slots: &'static [[u8; 4]],
    bits: u32,
    /// Powers of the hash's base, for pieces of up to as many characters. Longer ones (Latin words,
    /// long numbers) are unknown to the model anyway.
    powers: Vec<u64>,
    /// `FOREIGN` and `ENDS` have no values: their weights, in order.
    plain: [i32; FOREIGN.len() + ENDS.len()],
}

/// The longest feature of the model has 33 characters.
const LONGEST_PIECE: usize = 40;

/// How a reading that the writer has ruled out is rated.
const RULED_OUT: i32 = i32::MIN / 4;

impl Model {
    /// Reads the header: `KHMWORDS`, the logarithm of the number of slots, the four pair weights, and
    /// then the slots, all as little-endian numbers of four bytes.
    fn read(asset: &'static [u8]) -> Option<Self> {
        let rest = asset.strip_prefix(b"KHMWORDS")?;
        let (words, _) = rest.as_chunks::<4>();
        let (header, slots) = words.split_first_chunk::<5>()?;
        let [bits, pairs @ ..] = header.map(i32::from_le_bytes);
        let bits = u32::try_from(bits).ok().filter(|bits| (1..32).contains(bits))?;
        let [a, b, c, d] = pairs;
        let powers = std::iter::successors(Some(1), |power| Some(hash::shift(*power))).take(LONGEST_PIECE).collect();
        let mut model = Self { pairs: [[a, b], [c, d]], slots, bits, powers, plain: [0; _] };
        for i in 0..model.plain.len() {
            let number = PIECES.len() + KINDS.len() + i;
            model.plain[i] = model.weight(number, 0);
        }
        (slots.len() == 1 << bits).then_some(model)
    }

    /// The weight of a feature with a value; zero if the model does not know it.
    fn weight(&self, feature: usize, value: u64) -> i32 {
        let (mut at, mark) = hash::slot(feature, value, self.bits);
        while let Some(slot) = self.slots.get(at) {
            let slot = u32::from_le_bytes(*slot);
            if slot == 0 {
                return 0;
            }
            if slot >> hash::WEIGHT_BITS == mark {
                return (slot << hash::MARK_BITS).cast_signed() >> hash::MARK_BITS;
            }
            at += 1;
        }
        0
    }

    /// What speaks for a word beginning at letter `i`, its neighbours' decisions aside.
    fn evidence(&self, run: &Run, i: usize) -> i32 {
        let mut sum = 0;
        for (number, (_, from, to)) in PIECES.iter().enumerate() {
            let piece = i.checked_add_signed(*from).zip(i.checked_add_signed(*to));
            if let Some(hash) = piece.and_then(|(from, to)| run.piece(from, to, &self.powers)) {
                sum += self.weight(number, hash);
            }
        }
        let letter = |offset: isize| i.checked_add_signed(offset).and_then(|i| run.letters.get(i));
        for (number, (_, offset)) in KINDS.iter().enumerate() {
            if let Some(letter) = letter(*offset) {
                sum += self.weight(PIECES.len() + number, letter.kind);
            }
        }
        for ((_, offset), weight) in FOREIGN.iter().zip(self.plain) {
            if letter(*offset).is_some_and(|letter| letter.foreign) {
                sum += weight;
            }
        }
        let [.., first, last] = self.plain;
        sum + if i == 0 { first } else { 0 } + if i + 1 == run.letters.len() { last } else { 0 }
    }

    /// For each letter the margin by which a word begins there.
    fn margins(&self, run: &Run) -> Vec<i32> {
        // The scores of a decision by itself: [goes on, begins].
        let own: Vec<[i32; 2]> = run
            .letters
            .iter()
            .enumerate()
            .map(|(i, letter)| [if letter.marked { RULED_OUT } else { 0 }, self.evidence(run, i)])
            .collect();
        let best = |scores: [i32; 2], pair: [i32; 2]| (scores[0] + pair[0]).max(scores[1] + pair[1]);
        let [[oo, ob], [bo, bb]] = self.pairs;
        let mut left = Vec::with_capacity(own.len());
        let mut before = [0, 0];
        for (i, own) in own.iter().enumerate() {
            if i > 0 {
                before = [best(before, [oo, bo]), best(before, [ob, bb])];
            }
            before = level([before[0] + own[0], before[1] + own[1]]);
            left.push(before);
        }
        let mut after = [0, 0];
        let mut margins: Vec<i32> = left
            .iter()
            .zip(&own)
            .rev()
            .map(|(left, own)| {
                let margin = (left[1] + after[1]) - (left[0] + after[0]);
                let here = [after[0] + own[0], after[1] + own[1]];
                after = level([best(here, [oo, ob]), best(here, [bo, bb])]);
                margin
            })
            .collect();
        margins.reverse();
        margins
    }
}

/// Only the difference of two scores matters: keeps them from growing along a long text.
fn level([goes_on, begins]: [i32; 2]) -> [i32; 2] {
    let top = goes_on.max(begins);
    [(goes_on - top).max(RULED_OUT), (begins - top).max(RULED_OUT)]
}

//! The model that tells where words begin: a conditional random field over letters.
//!
//! Each letter either begins a word or goes on with one. What speaks for the one or the other is the
//! sum of the weights of the letter's features, and of a weight for each pair of neighbouring
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

use super::features::{self, BUCKET, ENDS, FOREIGN, KIND_NAMES, KINDS, PIECES, REACH, WEIGHT_BITS};
use super::letters::{Cut, Run, runs};

/// Holds the asset so that each of its buckets is one line of the processor's cache.
#[repr(C, align(64))]
struct Aligned<Bytes: ?Sized>(Bytes);

static ASSET: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../assets/khmer-words.crf"));

/// A model without weights, which finds no words, if the asset were damaged; a test says it is not.
static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(&ASSET.0).unwrap_or_default());

/// A place where a word may begin.
pub struct Edge {
    /// Byte offset in the text.
    pub at: usize,
    /// How much better the best reading with a word beginning here is than the best without, in
    /// steps of 1/`features::UNIT`.
    pub margin: i32,
}

/// What the model says of every letter of the text but the first of each run, in order.
pub fn edges(text: &str) -> Vec<Edge> {
    let mut edges = Vec::with_capacity(text.len() / 6);
    for run in runs(text) {
        let margins = MODEL.margins(&run);
        edges.extend(run.letters.iter().zip(margins).skip(1).map(|(letter, margin)| Edge { at: letter.at, margin }));
    }
    edges
}

/// The longest piece of text that the model knows has 19 characters; longer ones, of Latin words and
/// long numbers, need not be looked for.
const LONGEST_PIECE: usize = 20;

/// How a reading that the writer has ruled out is rated.
const RULED_OUT: i32 = i32::MIN / 4;

/// The weights. Most stay where they are, in the program's own bytes.
#[derive(Default)]
struct Model {
    /// Weight of a decision after another: `pairs[before][now]`, 1 for the beginning of a word.
    pairs: [[i32; 2]; 2],
    /// 2^`bits` buckets of slots: a mark in the high bits, a weight in the low ones, zero if empty.
    buckets: &'static [[u8; 4 * BUCKET]],
    bits: u32,
    /// Powers of the hash's base.
    powers: Vec<u64>,
    /// Of the features that are no pieces of text there are few: their weights, looked up once.
    kinds: [[i32; KIND_NAMES.len()]; KINDS.len()],
    foreign: [i32; FOREIGN.len()],
    ends: [i32; ENDS.len()],
}

impl Model {
    /// Reads the header, which takes as much room as a bucket: `KHMWORDS`, the logarithm of the number
    /// of buckets, the four pair weights, zeros. Then the buckets. All little-endian numbers of four
    /// bytes.
    fn read(asset: &'static [u8]) -> Option<Self> {
        let (blocks, _) = asset.as_chunks();
        let (header, buckets) = blocks.split_first()?;
        let (numbers, _) = header.strip_prefix(b"KHMWORDS")?.as_chunks();
        let [bits, a, b, c, d] = numbers.first_chunk()?.map(i32::from_le_bytes);
        let bits = u32::try_from(bits).ok().filter(|bits| (1..32).contains(bits))?;
        if buckets.len() != 1 << bits {
            return None;
        }
        let powers =
            std::iter::successors(Some(1), |power| Some(features::shift(*power))).take(LONGEST_PIECE).collect();
        let model = Self { pairs: [[a, b], [c, d]], buckets, bits, powers, ..Self::default() };
        let first_kind = PIECES.len();
        let first_foreign = first_kind + KINDS.len();
        let first_end = first_foreign + FOREIGN.len();
        let names = KIND_NAMES.map(features::whole);
        Some(Self {
            kinds: std::array::from_fn(|i| names.map(|name| model.weight(first_kind + i, name))),
            foreign: std::array::from_fn(|i| model.weight(first_foreign + i, 0)),
            ends: std::array::from_fn(|i| model.weight(first_end + i, 0)),
            ..model
        })
    }

    /// The weight of a feature with a value; zero if the model does not know it.
    fn weight(&self, feature: usize, value: u64) -> i32 {
        let (bucket, mark) = features::place(feature, value, self.bits);
        let Some(bucket) = self.buckets.get(bucket) else { return 0 };
        let (slots, _) = bucket.as_chunks();
        let slots = slots.iter().map(|slot| u32::from_le_bytes(*slot));
        slots.map(|slot| if slot >> WEIGHT_BITS == mark { features::weight(slot) } else { 0 }).sum()
    }

    /// What speaks for a word beginning at letter `i`, its neighbours' decisions aside.
    fn evidence(&self, run: &Run, i: usize) -> i32 {
        let mut sum = 0;
        // The places before and behind the letters within reach; `None` beyond the run's ends.
        let cuts: [Option<Cut>; 2 * REACH + 2] = std::array::from_fn(|k| {
            let place = (i + k).checked_sub(REACH)?;
            run.letters.get(place).map(|letter| letter.cut).or((place == run.letters.len()).then_some(run.end))
        });
        let cut = |offset: isize| REACH.checked_add_signed(offset).and_then(|k| *cuts.get(k)?);
        for (number, (_, from, to)) in PIECES.iter().enumerate() {
            let (Some(from), Some(to)) = (cut(*from), cut(*to)) else { continue };
            if let Some(power) = self.powers.get(to.count - from.count) {
                sum += self.weight(number, features::between(from.hash, to.hash, *power));
            }
        }
        let letter = |offset: isize| run.letters.get(i.checked_add_signed(offset)?);
        for ((_, offset), weights) in KINDS.iter().zip(&self.kinds) {
            sum += letter(*offset).and_then(|letter| weights.get(letter.kind)).unwrap_or(&0);
        }
        for ((_, offset), weight) in FOREIGN.iter().zip(&self.foreign) {
            sum += if letter(*offset).is_some_and(|letter| letter.foreign) { *weight } else { 0 };
        }
        let [first, last] = self.ends;
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
        // The best score of all up to and with each letter, by its decision.
        let mut until = Vec::with_capacity(own.len());
        let mut before = [0, 0];
        for (i, own) in own.iter().enumerate() {
            if i > 0 {
                before = [best(before, [oo, bo]), best(before, [ob, bb])];
            }
            before = level([before[0] + own[0], before[1] + own[1]]);
            until.push(before);
        }
        // The same from the other end, without the letter itself.
        let mut after = [0, 0];
        let mut margins = Vec::with_capacity(own.len());
        for (until, own) in until.iter().zip(&own).rev() {
            margins.push((until[1] + after[1]) - (until[0] + after[0]));
            let here = [after[0] + own[0], after[1] + own[1]];
            after = level([best(here, [oo, ob]), best(here, [bo, bb])]);
        }
        margins.reverse();
        margins
    }
}

/// Only the difference of two scores matters: keeps them from growing along a long text.
fn level([goes_on, begins]: [i32; 2]) -> [i32; 2] {
    let top = goes_on.max(begins);
    [(goes_on - top).max(RULED_OUT), (begins - top).max(RULED_OUT)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let mut out = text.to_owned();
        for edge in edges(text).iter().rev().filter(|edge| edge.margin >= 0) {
            out.insert(edge.at, '|');
        }
        out
    }

    #[test]
    fn the_asset_is_whole() {
        let model = Model::read(&ASSET.0).expect("a model");
        let used = model.buckets.iter().flat_map(|bucket| bucket.as_chunks().0).filter(|slot| **slot != [0; 4]).count();
        assert!(used > 100_000, "{used}");
    }

    /// The example of khmercut's own page.
    #[test]
    fn it_reads_like_the_original() {
        assert_eq!(
            words("ឃាត់ខ្លួនជនសង្ស័យ០៤នាក់ ករណីលួចខ្សែភ្លើង នៅស្រុកព្រៃនប់"),
            "ឃាត់ខ្លួន|ជនសង្ស័យ|០៤|នាក់| |ករណី|លួច|ខ្សែភ្លើង| |នៅ|ស្រុក|ព្រៃនប់"
        );
    }

    #[test]
    fn the_writer_knows_better() {
        assert_eq!(words("ក\u{200B}ម្ពុជា"), "ក\u{200B}|ម្ពុជា");
        assert_eq!(words("កម្ពុជា"), "កម្ពុជា");
    }
}

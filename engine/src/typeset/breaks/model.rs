//! The model that tells where words begin: a conditional random field over letters.
//!
//! Each letter either begins a word or goes on with one. What speaks for the one or the other is the
//! sum of the weights of the letter's features, and of a weight for each pair of neighbouring
//! decisions. A reading, which is a sequence of decisions, loses by each piece that is no word of the
//! lexicon. The best reading is found by dynamic programming over whole pieces (a semi-Markov field:
//! Sarawagi and Cohen, 2004); done from both ends it also tells how much worse the best reading with
//! the other decision would be. That margin lets a line be broken only where the model is sure.
//!
//! The weights come from khmercut, see `assets/khmer-words.md`. All sums are of integers, so every
//! machine breaks the same lines.
//!
//! Must never know: lines, punctuation, what a word means.
//!
//! Invariant: a letter before which the writer put a zero-width space begins a word.

use std::sync::LazyLock;

use super::features::{self, BUCKET, ENDS, FOREIGN, KIND_NAMES, KINDS, PIECES, REACH, WEIGHT_BITS};
use super::letters::{Cut, Letter, Run, runs};
use crate::{
    khmer::{
        characters::{is_in_words, is_invisible},
        lexicon,
    },
    work,
};

/// Holds the asset so that each of its buckets is one line of the processor's cache.
#[repr(C, align(64))]
struct Aligned<Bytes: ?Sized>(Bytes);

static ASSET: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../../assets/khmer-words.crf"));

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
        let margins = MODEL.margins(text, &run);
        let edge = |(letter, margin): (&Letter, i64)| {
            let margin = margin.clamp(RULED_OUT / 2, -RULED_OUT / 2);
            Edge { at: letter.at, margin: i32::try_from(margin).unwrap_or_default() }
        };
        edges.extend(run.letters.iter().zip(margins).skip(1).map(edge));
    }
    edges
}

/// The longest piece of text that the model knows has 19 characters; longer ones, of Latin words and
/// long numbers, need not be looked for.
const LONGEST_PIECE: usize = 20;

/// The ends of [`PIECES`], counted from the first letter within reach.
const ENDS_OF_PIECES: [[usize; 2]; PIECES.len()] = {
    let mut ends = [[0; 2]; PIECES.len()];
    let mut number = 0;
    while number < ends.len() {
        let (_, from, to) = PIECES[number];
        ends[number] = [REACH.wrapping_add_signed(from), REACH.wrapping_add_signed(to)];
        number += 1;
    }
    ends
};

/// How a reading that the writer has ruled out is rated.
const RULED_OUT: i64 = -(1 << 29);

/// No word has more letters; what has more, in another script, is cut.
const LONGEST_WORD: usize = 16;

/// What a reading loses by a piece that is in no lexicon.
const UNKNOWN: i64 = 2 * features::UNIT as i64;

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
        let mut add = |number: usize, from: Cut, to: Cut| {
            if let Some(power) = self.powers.get(to.count - from.count) {
                sum += self.weight(number, features::between(from.hash, to.hash, *power));
            }
        };
        // The places before and behind the letters within reach. All are there but near the run's ends.
        let within =
            i.checked_sub(REACH).and_then(|first| run.letters.get(first..)?.first_chunk::<{ 2 * REACH + 2 }>());
        if let Some(letters) = within {
            for (number, [from, to]) in ENDS_OF_PIECES.into_iter().enumerate() {
                add(number, letters[from].cut, letters[to].cut);
            }
        } else {
            let cut = |offset: usize| {
                let place = (i + offset).checked_sub(REACH)?;
                run.letters.get(place).map(|letter| letter.cut).or((place == run.letters.len()).then_some(run.end))
            };
            for (number, [from, to]) in ENDS_OF_PIECES.into_iter().enumerate() {
                if let (Some(from), Some(to)) = (cut(from), cut(to)) {
                    add(number, from, to);
                }
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

    /// For each letter the margin by which a word begins there; see the head of this file.
    fn margins(&self, text: &str, run: &Run) -> Vec<i64> {
        let [[oo, ob], [bo, bb]] = self.pairs.map(|pair| pair.map(i64::from));
        let length = run.letters.len();
        let begins: Vec<i64> = (0..length).map(|i| i64::from(self.evidence(run, i))).collect();
        // How many letters before each are no Khmer: numbers, signs and other scripts are in no lexicon.
        let mut others = vec![0u32; length + 1];
        for (i, letter) in run.letters.iter().enumerate() {
            others[i + 1] = others[i] + u32::from(letter.foreign);
        }
        // For each letter the pieces that may begin there, by their number of letters: what a reading gains.
        let pieces: Vec<Scores> = (0..length)
            .map(|first| {
                let known = words_at(text, run, first);
                let mut inside = 0;
                let mut scores = Scores { all: [0; LONGEST_WORD], count: LONGEST_WORD.min(length - first) };
                for (letters, score) in (1..).zip(scores.of_mut()) {
                    work::step();
                    let next = first + letters;
                    if letters > 1 {
                        inside += if letters == 2 { bo } else { oo };
                        inside += if run.letters[next - 1].marked { RULED_OUT } else { 0 };
                    }
                    let end = match letters {
                        _ if next == length => 0,
                        1 => bb,
                        _ => ob,
                    };
                    let is_unknown = known >> letters & 1 == 0 && others[first] == others[next];
                    *score = begins[first] + inside + end - if is_unknown { UNKNOWN } else { 0 };
                }
                scores
            })
            .collect();
        // The best score of all readings up to each place, and from it on, in which a word begins there.
        let mut until = vec![i64::MIN / 2; length + 1];
        until[0] = 0;
        for first in 0..length {
            for (score, letters) in pieces[first].of().iter().zip(1..) {
                until[first + letters] = until[first + letters].max(until[first] + score);
            }
        }
        let mut from = vec![i64::MIN / 2; length + 1];
        from[length] = 0;
        for first in (0..length).rev() {
            for (score, letters) in pieces[first].of().iter().zip(1..) {
                from[first] = from[first].max(score + from[first + letters]);
            }
        }
        // The best score of all readings in which a word goes on over the place.
        let mut over = vec![i64::MIN / 2; length + 1];
        for first in 0..length {
            let mut best = i64::MIN / 2;
            // The longest word first: it goes on over all places that a shorter one does.
            for (more, score) in pieces[first].of().iter().enumerate().rev() {
                let letters = more + 1;
                if letters > 1 {
                    best = best.max(until[first] + score + from[first + letters]);
                    let place = first + letters - 1;
                    over[place] = over[place].max(best);
                }
            }
        }
        (0..length).map(|place| until[place] + from[place] - over[place]).collect()
    }
}

/// What a reading gains by the pieces that begin at a letter, of one letter and more.
struct Scores {
    all: [i64; LONGEST_WORD],
    count: usize,
}

impl Scores {
    fn of(&self) -> &[i64] {
        self.all.get(..self.count).unwrap_or_default()
    }

    fn of_mut(&mut self) -> &mut [i64] {
        self.all.get_mut(..self.count).unwrap_or_default()
    }
}

/// The words of the lexicon that begin at a letter: a bit for each number of letters.
fn words_at(text: &str, run: &Run, first: usize) -> u32 {
    let mut known = 0;
    let mut walk = lexicon::Walk::default();
    let ends = (first + 1..).map(|next| run.letters.get(next).map_or(run.until, |letter| letter.at));
    let mut at = run.letters[first].at;
    for (end, letters) in ends.zip(1..=LONGEST_WORD.min(run.letters.len() - first)) {
        let letter = text.get(at..end).unwrap_or_default();
        at = end;
        if !letter.chars().filter(|c| !is_invisible(*c)).all(|c| is_in_words(c) && walk.push(c)) {
            break;
        }
        known |= u32::from(walk.is_word()) << letters;
    }
    known
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

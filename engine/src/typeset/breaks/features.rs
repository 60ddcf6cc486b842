//! What the model looks at, and where in its table the weight of each feature is.
//!
//! It looks at each letter, its three neighbours on either side, and the pieces of text they make
//! together: thirty features a letter. The names are those of the original (khmer-nltk's
//! `features.py`), where a feature is a string such as `kcc[-1:0]:កម្ពុ`. Here no string is ever built: a
//! polynomial over the characters gives the hash of any piece of a text from the hashes of two
//! prefixes.
//!
//! Must never know: weights, and what is decided from them. Shared, as a file, with the program that
//! makes the table (`examples/crf_model.rs`).
//!
//! Invariant: `PIECES`, `KINDS`, `FOREIGN` and `ENDS`, one after the other, number every feature once;
//! the same characters give the same hash, however they are cut out of a text.

/// How many letters on either side are looked at.
pub const REACH: usize = 3;

/// Pieces of text: name, first letter and the one after the last, counted from the letter looked at.
pub const PIECES: [(&str, isize, isize); 19] = [
    ("kcc", 0, 1),
    ("kcc[-1]", -1, 0),
    ("kcc[-2]", -2, -1),
    ("kcc[-3]", -3, -2),
    ("kcc[+1]", 1, 2),
    ("kcc[+2]", 2, 3),
    ("kcc[+3]", 3, 4),
    ("kcc[-1:0]", -1, 1),
    ("kcc[-2:-1]", -2, 0),
    ("kcc[-2:0]", -2, 1),
    ("kcc[-3:0]", -3, 1),
    ("kcc[-3:-1]", -3, 0),
    ("kcc[-3:-2]", -3, -1),
    ("kcc[+1:0]", 0, 2),
    ("kcc[+1:+2]", 1, 3),
    ("kcc[0:+2]", 0, 3),
    ("kcc[+2:+3]", 2, 4),
    ("kcc[+1:+3]", 1, 4),
    ("kcc[0:+3]", 0, 4),
];

/// Types of letters: name and which letter.
pub const KINDS: [(&str, isize); 7] =
    [("t", 0), ("kcc[-1]t", -1), ("kcc[-2]t", -2), ("kcc[-3]t", -3), ("kcc[+1]t", 1), ("kcc[+2]t", 2), ("kcc[+3]t", 3)];

/// The types: a single character that is neither a Khmer letter nor a mark (NS), a consonant or
/// independent vowel, a vowel, a coeng, a diacritic; then letters of several characters by how many
/// they are.
pub const KIND_NAMES: [&str; 16] =
    ["NS", "C", "W", "S", "D", "K2", "K3", "K4", "K5", "K6", "K7", "K8", "K9", "K10", "K11", "K12"];

/// Whether a letter is neither a Khmer letter nor a mark: name and which letter.
pub const FOREIGN: [(&str, isize); 4] = [("ns", 0), ("ns-1", -1), ("ns+1", 1), ("ns+2", 2)];

/// First and last letter of a run.
pub const ENDS: [&str; 2] = ["BOS", "EOS"];

/// An odd number without pattern (from the digits of the golden ratio), so that a character moves
/// all higher bits.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

/// A bucket is as large as a line of the processor's cache, and searched without a branch.
pub const BUCKET: usize = 16;

/// Of a slot's 32 bits so many tell one feature from the others that could be in its bucket; the rest
/// is the weight. With sixteen looked at, one search in 131,072 finds a stranger's weight: once in
/// fifteen paragraphs, and seldom one that decides.
pub const MARK_BITS: u32 = 21;
pub const WEIGHT_BITS: u32 = 32 - MARK_BITS;

/// Weights are stored in steps of 1/32 of the original's unit, in which one is a factor of e of
/// probability. With eleven bits that reaches to 32; the heaviest feature weighs 26.
pub const UNIT: i32 = 32;

/// The hash of a text from the hash of the text without its last character.
pub fn push(prefix: u64, last: char) -> u64 {
    prefix.wrapping_mul(BASE).wrapping_add(u64::from(last) + 1)
}

/// What a prefix must be multiplied with to make room for one more character.
pub fn shift(power: u64) -> u64 {
    power.wrapping_mul(BASE)
}

/// The hash of what is between two prefixes, `power` being that of the distance between them.
pub fn between(start: u64, end: u64, power: u64) -> u64 {
    end.wrapping_sub(start.wrapping_mul(power))
}

pub fn whole(text: &str) -> u64 {
    text.chars().fold(0, push)
}

/// Bucket, of 2^`bits`, and mark of a feature with its value.
#[expect(clippy::cast_possible_truncation, reason = "a hash is cut to the bits that are asked for")]
pub fn place(feature: usize, value: u64, bits: u32) -> (usize, u32) {
    // The finaliser of MurmurHash3, which lets each bit of the input move half of the output.
    let mut h = value ^ (feature as u64 + 1).wrapping_mul(BASE).rotate_left(32);
    h = (h ^ (h >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    h = (h ^ (h >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    h ^= h >> 33;
    ((h >> (64 - bits)) as usize, h as u32 >> WEIGHT_BITS)
}

/// The weight in a slot.
pub fn weight(slot: u32) -> i32 {
    (slot << MARK_BITS).cast_signed() >> MARK_BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_of_a_text_hashes_like_the_piece_alone() {
        let (mut prefixes, mut powers) = (vec![0], vec![1]);
        for (i, c) in "ភ្នំពេញ".chars().enumerate() {
            prefixes.push(push(prefixes[i], c));
            powers.push(shift(powers[i]));
        }
        assert_eq!(between(prefixes[4], prefixes[6], powers[2]), whole("ពេ"));
    }

    #[test]
    fn a_slot_holds_a_weight() {
        assert_eq!(weight(u32::MAX), -1);
        assert_eq!(weight(u32::MAX << WEIGHT_BITS), 0);
        assert_eq!(weight(0b011_1111_1111), 1_023);
    }
}

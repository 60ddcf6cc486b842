//! The hash of a feature: where the model's table keeps what the feature weighs.
//!
//! The model's features are strings such as `kcc[-1:0]:កម្ពុ`, thirty for each letter, and nearly
//! all of them are pieces of the text. A polynomial over the characters gives the hash of any piece
//! from the hashes of two prefixes, so that no string is ever built.
//!
//! Must never know: what the features mean. Shared, file for file, with the program that makes the
//! table (`examples/crf_model.rs`).
//!
//! Invariant: the same characters give the same hash, however they are cut out of a text.

/// An odd number without pattern (from the digits of the golden ratio), so that a character moves
/// all higher bits.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

/// Of `slot`'s 32 bits, as many tell one feature from another; the rest is the weight. With three
/// slots looked at for a feature, one in 350,000 that the model does not know is taken for one that
/// it does: one in a long paragraph at most every 25 paragraphs, and its weight small.
pub const MARK_BITS: u32 = 20;
pub const WEIGHT_BITS: u32 = 32 - MARK_BITS;

/// The hash of a text from the hash of the text without its last character.
pub fn push(prefix: u64, last: char) -> u64 {
    prefix.wrapping_mul(BASE).wrapping_add(u64::from(last) + 1)
}

/// What a prefix must be multiplied with to make room for one more character.
pub fn shift(power: u64) -> u64 {
    power.wrapping_mul(BASE)
}

/// The hash of what stands between two prefixes, `power` being that of the distance between them.
pub fn between(start: u64, end: u64, power: u64) -> u64 {
    end.wrapping_sub(start.wrapping_mul(power))
}

pub fn whole(text: &str) -> u64 {
    text.chars().fold(0, push)
}

/// First slot to look at, in a table of 2^`bits` slots, and mark of a feature and its value.
pub fn slot(feature: usize, value: u64, bits: u32) -> (usize, u32) {
    // The finaliser of MurmurHash3, which lets each bit of the input move half of the output.
    let mut h = value ^ (feature as u64 + 1).wrapping_mul(BASE).rotate_left(32);
    h = (h ^ (h >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    h = (h ^ (h >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    h ^= h >> 33;
    ((h >> (64 - bits)) as usize, h as u32 & ((1 << MARK_BITS) - 1))
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
}

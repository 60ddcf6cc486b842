//! The common words and their forms with a slip, found by a number that is made character by character.
//!
//! Must never know: texts. Its invariant: what is found for a right word is that word alone.

use std::{borrow::Cow, collections::HashSet, sync::LazyLock};

use super::forms::forms;
use crate::{
    khmer::common,
    proof::slips::{letters, sounds_foreign},
};

/// Made when Khmer is first checked.
pub(super) static TABLE: LazyLock<Table> = LazyLock::new(Table::new);

/// Costs are logarithms (base e) of how rare something is, in tenths: so many for each step in rarity.
pub(super) const STEP: u16 = 10;
/// A slip in one word of ninety.
const SLIP: u16 = 45;
/// A word with the subscript of ដ for that of ត is as right, and a little rarer.
const OTHER_SUBSCRIPT: u16 = 3;
/// A short word that is rare is seldom meant: a name or an unknown word looks like it by chance.
const RARE_AND_SHORT: u16 = 15;
/// A word of so many clusters is short.
const SHORT: usize = 2;
/// A word of this cost is rare.
const RARE: u16 = 100;
/// A form of one cluster is often a piece of another word.
const PIECE: u16 = 10;
/// And so does one that sounds foreign.
const FOREIGN_AND_SHORT: u16 = 20;

/// The number of a row of characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Number(u64);

impl Number {
    /// The number of the row with one character more. Two rows have the same one with a chance of one in 10¹⁹.
    pub(super) fn push(self, c: char) -> Self {
        Self((self.0.rotate_left(5) ^ u64::from(u32::from(c))).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn of(text: &str) -> Self {
        text.chars().fold(Self::default(), Self::push)
    }

    /// The high bits, in which every character tells.
    fn bucket(self) -> usize {
        usize::try_from(self.0 >> (u64::BITS - BUCKET_BITS)).unwrap_or_default()
    }
}

/// As many buckets as this power of two, about one for each form.
const BUCKET_BITS: u32 = 16;

/// A way to write a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Form {
    number: Number,
    /// Of a right word none is dearer than its slips.
    is_slip: bool,
    cost: u16,
    word: u16,
}

/// What a row of characters is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// A common word, at this cost.
    Right(u16),
    /// A common word with a slip, the cost of the likeliest.
    Slip(u16),
}

pub(super) struct Table {
    words: Vec<Cow<'static, str>>,
    /// In order of their numbers, and of those of one number the likeliest first.
    forms: Vec<Form>,
    /// Where the forms of each bucket begin.
    buckets: Vec<usize>,
    /// Misspelt words that the lexicon has.
    misspelt: HashSet<Number>,
}

impl Table {
    fn new() -> Self {
        let mut words: Vec<Cow<'static, str>> = Vec::new();
        let mut all: Vec<Form> = Vec::new();
        for (word, rarity) in common::words() {
            let cost = rarity * STEP;
            let other = word.contains("្ត").then(|| word.replace("្ត", "្ដ"));
            let other = other.map(|other| (Cow::Owned(other), cost + OTHER_SUBSCRIPT));
            for (word, cost) in [(Cow::Borrowed(word), cost)].into_iter().chain(other) {
                let Ok(index) = u16::try_from(words.len()) else { break };
                all.push(Form { number: Number::of(&word), is_slip: false, cost, word: index });
                if let Some(least) = least_of_a_slip(&word, cost) {
                    let forms = forms(&word).into_iter();
                    all.extend(forms.map(|(form, kind)| Form {
                        number: Number::of(&form),
                        is_slip: true,
                        cost: least + kind + if letters(&form) == 1 { PIECE } else { 0 },
                        word: index,
                    }));
                }
                words.push(word);
            }
        }
        all.sort_unstable();
        let mut buckets = vec![0; (1 << BUCKET_BITS) + 1];
        for form in &all {
            if let Some(end) = buckets.get_mut(form.number.bucket() + 1) {
                *end += 1;
            }
        }
        let mut begun = 0;
        for bucket in &mut buckets {
            begun += *bucket;
            *bucket = begun;
        }
        Self { words, forms: all, buckets, misspelt: common::misspelt().map(Number::of).collect() }
    }

    fn forms(&self, number: Number) -> impl Iterator<Item = &Form> {
        let bucket = number.bucket();
        let range = self.buckets.get(bucket).zip(self.buckets.get(bucket + 1));
        let forms = range.and_then(|(&start, &end)| self.forms.get(start..end)).unwrap_or_default();
        forms.iter().filter(move |form| form.number == number)
    }

    /// What the characters of this number are, if the table has them.
    pub(super) fn find(&self, number: Number) -> Option<Known> {
        let form = self.forms(number).next()?;
        Some(if form.is_slip { Known::Slip(form.cost) } else { Known::Right(form.cost) })
    }

    /// Whether the characters of this number are a misspelt word that the lexicon has.
    pub(super) fn is_misspelt(&self, number: Number) -> bool {
        self.misspelt.contains(&number)
    }

    /// The words that were meant by characters of this number, the likeliest first.
    pub(super) fn meant(&self, number: Number) -> impl Iterator<Item = &str> {
        self.forms(number).filter_map(|form| self.words.get(usize::from(form.word)).map(|word| &**word))
    }
}

/// What the likeliest slip in a word costs. `None` if the word has a single cluster: each such is a slip of many.
fn least_of_a_slip(word: &str, cost: u16) -> Option<u16> {
    let clusters = letters(word);
    if clusters < SHORT {
        return None;
    }
    let rare = if clusters == SHORT && cost >= RARE { RARE_AND_SHORT } else { 0 };
    let foreign = if clusters == SHORT && sounds_foreign(word) { FOREIGN_AND_SHORT } else { 0 };
    Some(cost + SLIP + rare + foreign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(text: &str) -> Vec<&'static str> {
        TABLE.meant(Number::of(text)).collect()
    }

    #[test]
    fn a_right_word_is_right_and_its_slips_lead_to_it() {
        for word in ["រដ្ឋមន្ត្រី", "រដ្ឋមន្ដ្រី", "ជប៉ុន", "នៅ"]
        {
            assert!(matches!(TABLE.find(Number::of(word)), Some(Known::Right(_))), "{word}");
        }
        for (wrong, right) in [("ជប៉ន", "ជប៉ុន"), ("អន្តជាតិ", "អន្តរជាតិ"), ("អន្ដជាតិ", "អន្ដរជាតិ"), ("ពានិជ្ជកម្ម", "ពាណិជ្ជកម្ម")]
        {
            assert!(matches!(TABLE.find(Number::of(wrong)), Some(Known::Slip(_))), "{wrong}");
            assert_eq!(meant(wrong).first(), Some(&right), "{wrong}");
        }
        assert_eq!(TABLE.find(Number::of("ក្រមុំកពន្លឺ")), None);
    }

    #[test]
    fn every_misspelt_word_leads_to_a_right_one() {
        for wrong in common::misspelt() {
            assert!(TABLE.is_misspelt(Number::of(wrong)) && !meant(wrong).is_empty(), "{wrong}");
        }
    }

    #[test]
    fn the_table_is_of_the_size_that_is_measured() {
        assert!(TABLE.words.len() < usize::from(u16::MAX));
        assert!((80_000..200_000).contains(&TABLE.forms.len()), "{} forms", TABLE.forms.len());
    }
}

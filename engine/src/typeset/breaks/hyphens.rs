//! Where an English word may be divided by a hyphen, if hyphens are asked for.
//!
//! By the patterns of TeX (Liang, "Word Hy-phen-a-tion by Com-put-er", 1983), with at least two letters
//! before the hyphen and three after it. Words with a capital are left whole, as most of them are names,
//! and so is what has a hyphen already.
//!
//! Must never know: whether hyphens are asked for, and what they cost.

use hypher::{Lang, hyphenate_bounded};

use super::{Break, BreakKind, KnownWords};

/// Shorter words are left whole: two letters more on a line are worth no hyphen.
const SHORTEST: usize = 6;
/// No English word is longer; what is longer is an address or a number in letters.
const LONGEST: usize = 45;
const BEFORE: usize = 2;
const AFTER: usize = 3;

/// The places within words, ascending, but those inside of `words`.
pub fn hyphens(text: &str, words: &KnownWords) -> Vec<Break> {
    let mut places = Vec::new();
    let mut kept_until = 0;
    let mut letters_from = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match text.get(at..).map_or(0, |rest| words.longest_at(rest)) {
            0 => {}
            length => kept_until = kept_until.max(at + length),
        }
        if is_part_of_word(c) {
            letters_from.get_or_insert(at);
        } else if let Some(start) = letters_from.take() {
            let word = text.get(start..at).unwrap_or_default();
            if start >= kept_until && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
                places.extend(within(word).map(|inside| Break { at: start + inside, kind: BreakKind::Hyphen }));
            }
        }
    }
    places
}

/// Letters of any script, and what joins them: such a word is left whole unless all of it is English.
fn is_part_of_word(c: char) -> bool {
    c.is_alphanumeric() || "-\u{2010}\u{2011}\u{AD}/@_".contains(c)
}

fn within(word: &str) -> impl Iterator<Item = usize> {
    let fits = (SHORTEST..=LONGEST).contains(&word.len());
    let syllables = fits.then(|| hyphenate_bounded(word, Lang::English, BEFORE, AFTER));
    let ends = syllables.into_iter().flatten().scan(0, |end, syllable| {
        *end += syllable.len();
        Some(*end)
    });
    let length = word.len();
    ends.filter(move |&end| end < length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hyphenated(text: &str, words: &KnownWords) -> String {
        let mut out = text.to_owned();
        for place in hyphens(text, words).into_iter().rev() {
            out.insert(place.at, '-');
        }
        out
    }

    #[test]
    fn english_words_are_divided_by_the_patterns() {
        let none = KnownWords::default();
        assert_eq!(
            hyphenated("the government extended condolences.", &none),
            "the gov-ern-ment ex-tended con-do-lences."
        );
        for whole in ["Cambodia", "ASEAN", "socio-economic", "https://example.org/statements", "year", "ក្រសួងការបរទេស"]
        {
            assert_eq!(hyphenated(whole, &none), whole);
        }
    }

    #[test]
    fn words_of_the_user_stay_whole() {
        let words: KnownWords = ["government house", "condolences"].into_iter().collect();
        assert_eq!(
            hyphenated("government house, government, condolences", &words),
            "government house, gov-ern-ment, condolences"
        );
    }
}

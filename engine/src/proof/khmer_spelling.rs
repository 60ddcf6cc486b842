//! Misspelt Khmer words, with the words that were most likely meant.
//!
//! Slips in common words are found by `khmer_slips`. What is left is judged here, as the divider of words cuts it:
//! a piece of a text that is in no lexicon need not be wrong: it may be a name, a new loan or a rare compound. So it
//! is named only if one slip, of those that Khmer typists make, turns it into a word that both dictionaries have:
//! a look-alike letter or vowel, a sign too many or too few, two signs exchanged, a letter left out.
//!
//! Knows texts, the lexicon and the user's words. Its invariant: every range lies in the text, on characters, and
//! every suggestion is a word.

use std::ops::Range;

use super::{
    Problem,
    khmer_slips::{self, CONFUSED, MOST_SUGGESTIONS, Reading, Slip},
    slips::{letters, sounds_foreign},
};
use crate::{
    khmer::{
        characters::{COENG, is_in_words, is_letter},
        lexicon,
    },
    release::{Check, Field, Release},
    roster::{Roster, form},
    typeset::breaks::{KnownWords, begins_listed_word, honorific_before, is_listed_word, names, word_boundaries},
    work,
};

/// Signs that are typed too often or left out.
const SIGNS: &str = "ិីឹឺុូួេែៃោៅា់៍័៌ំះៈើឿៀ";

/// The shortest piece that is judged, in characters; of shorter ones every other is a slip of every other.
const SHORTEST: usize = 5;
/// No longer piece is judged.
const LONGEST: usize = 40;
/// The least letters of a word that another may be meant to be by a look-alike, by a sign, by a letter left out.
const LETTERS: [usize; 3] = [2, 3, 4];
/// As many pieces may be one word that the model has divided.
const MOST_PIECES: usize = 3;
/// So many clusters in a row of which the lexicon knows none are no word with a slip, but a row of letters that means
/// nothing: the longest word of the lexicon has fewer.
const LONGEST_ROW: usize = 60;
/// No more pieces of a release are judged, so that a text of none but unknown words takes bounded time.
const MOST: usize = 3_000;

/// Words for a piece that is none: how likely the slip is, how much of the text they take, where, and which they are.
type Guess = (usize, std::cmp::Reverse<usize>, Range<usize>, Vec<String>);

/// Words after which the name of a place comes.
const PLACES: &[&str] = &[
    "ខេត្ត",
    "ស្រុក",
    "ខណ្ឌ",
    "ឃុំ",
    "សង្កាត់",
    "ភូមិ",
    "ក្រុង",
    "ទីក្រុង",
    "រាជធានី",
    "ប្រទេស",
    "កោះ",
    "ភ្នំ",
    "ទន្លេ",
    "វត្ត",
    "ផ្លូវ",
    "ស្ពាន",
    "រដ្ឋ",
    "តំបន់",
    "ឈ្មោះ",
];

/// The misspelt Khmer words of a release, each once in a field.
pub(super) fn misspelt(release: &Release, words: &KnownWords, roster: &Roster) -> Vec<(Field, Range<usize>, Problem)> {
    // Looking words up takes its time, and nobody would see what came of it.
    if release.unchecked.contains(&Check::Spelling) {
        return Vec::new();
    }
    let listed: std::collections::HashSet<&str> = roster.words_in_form(crate::release::Language::Khmer).collect();
    let mut found = Vec::new();
    let mut judged = 0;
    for field in release.fields() {
        let Some(text) = release.text(field) else { continue };
        let text = text.as_str();
        if !text.contains(is_letter) {
            continue;
        }
        let mut seen = std::collections::HashSet::new();
        let names = names(text);
        let Reading { slips: mut all, doubtful } = khmer_slips::read(text, &names, words);
        let mut others = slips(text, &names, &mut judged);
        let common: Vec<Range<usize>> = all.iter().map(|(range, _)| range.clone()).collect();
        others.retain(|(range, _)| !overlap(&common, range) && overlap(&doubtful, range));
        all.extend(others);
        all.sort_by_key(|(range, _)| range.start);
        for (range, suggestions) in all {
            let word = text.get(range.clone()).unwrap_or_default().to_owned();
            if !words.has(&word) && !listed.contains(&*form(&word)) && seen.insert(word.clone()) {
                found.push((field, range, Problem::Misspelt { word, suggestions }));
            }
        }
    }
    found
}

/// Whether a range has something in common with one of others, which ascend and do not overlap.
fn overlap(others: &[Range<usize>], range: &Range<usize>) -> bool {
    let after = others.partition_point(|other| other.end <= range.start);
    others.get(after).is_some_and(|other| other.start < range.end)
}

/// The misspelt words of a text with their suggestions, in order. `judged` counts the pieces looked at.
fn slips(text: &str, names: &[Range<usize>], judged: &mut usize) -> Vec<Slip> {
    let pieces = pieces(text);
    let is_name = |piece: &Range<usize>| overlap(names, piece);
    let at = |piece: &Range<usize>| text.get(piece.clone()).unwrap_or_default();
    let known: Vec<bool> = pieces.iter().map(|piece| is_known(at(piece))).collect();
    let meaningless = meaningless(text, &pieces, &known);
    let mut found: Vec<(Range<usize>, Vec<String>)> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let is_done = found.last().is_some_and(|(range, _)| piece.start < range.end);
        // A single letter is an abbreviation or the number of an item.
        let is_letter_alone = at(piece).chars().nth(1).is_none();
        if is_done
            || *judged >= MOST
            || is_letter_alone
            || known.get(index) != Some(&false)
            || meaningless.get(index) != Some(&false)
            || sounds_foreign(at(piece))
            || is_name(piece)
        {
            continue;
        }
        *judged += 1;
        let mut best: Option<Guess> = None;
        for count in 1..=MOST_PIECES {
            for first in (index + 1).saturating_sub(count)..=index {
                let Some(window) = pieces.get(first..first + count) else { continue };
                // Only what is together without a sign between is one word.
                let is_joined = window.windows(2).all(|pair| pair[0].end == pair[1].start);
                let is_place = first.checked_sub(1).is_some_and(|before| PLACES.contains(&at(&pieces[before])));
                // លោកមាជ: what is written together with a title is a name.
                let is_titled = text.get(..window[0].end).is_some_and(|said| honorific_before(said).is_some());
                if !is_joined || is_place || count > 1 && is_titled || window.iter().any(is_name) {
                    continue;
                }
                let range = window[0].start..window[count - 1].end;
                let (kind, suggestions) = meant(at(&range));
                let rank = (kind, std::cmp::Reverse(range.len()));
                if !suggestions.is_empty() && best.as_ref().is_none_or(|(kind, length, ..)| rank < (*kind, *length)) {
                    best = Some((rank.0, rank.1, range, suggestions));
                }
            }
        }
        found.extend(best.map(|(_, _, range, suggestions)| (range, suggestions)));
    }
    found
}

/// The pieces of Khmer between the edges of words.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let ends = word_boundaries(text);
    let pieces = ends.windows(2).map(|pair| pair[0]..pair[1]);
    pieces.filter(|piece| text.get(piece.clone()).is_some_and(|piece| piece.chars().all(is_in_words))).collect()
}

/// Which pieces are of a row of unknown ones that is longer than any word.
fn meaningless(text: &str, pieces: &[Range<usize>], known: &[bool]) -> Vec<bool> {
    let mut meaningless = vec![false; pieces.len()];
    let mut first = 0;
    while first < pieces.len() {
        let goes_on = |at: &usize| {
            let is_joined = pieces.get(at - 1).zip(pieces.get(*at)).is_some_and(|(one, next)| one.end == next.start);
            is_joined && known.get(at - 1) == Some(&false) && known.get(*at) == Some(&false)
        };
        let end = (first + 1..pieces.len()).find(|at| !goes_on(at)).unwrap_or(pieces.len());
        let row = pieces.get(first..end).and_then(|row| text.get(row.first()?.start..row.last()?.end));
        if row.is_some_and(|row| letters(row) > LONGEST_ROW) {
            meaningless.iter_mut().take(end).skip(first).for_each(|piece| *piece = true);
        }
        first = end;
    }
    meaningless
}

/// With either subscript a word is right, ត or ដ.
fn is_known(word: &str) -> bool {
    let is_there = |word: &str| lexicon::is_word(word) || is_listed_word(word);
    let swapped = |one: &str, other: &str| word.contains(one) && is_there(&word.replace(one, other));
    is_there(word) || swapped("្ត", "្ដ") || swapped("្ដ", "្ត")
}

/// What a piece was meant to be, the likeliest first, and how far it is from the likeliest: 0 by a look-alike, 1 by a
/// sign, 2 by a letter. Nothing if it is a word, or two.
fn meant(piece: &str) -> (usize, Vec<String>) {
    let characters: Vec<char> = piece.chars().collect();
    if !(SHORTEST..=LONGEST).contains(&characters.len()) || is_known(piece) || is_two_words(piece) {
        return (0, Vec::new());
    }
    // The lexicon as far as each character: hundreds of candidates begin alike, and of most no word begins so.
    let mut ways = vec![lexicon::Walk::default()];
    for &c in &characters {
        let mut way = *ways.last().unwrap_or(&lexicon::Walk::default());
        if !(is_in_words(c) && way.push(c)) {
            break;
        }
        ways.push(way);
    }
    let mut found: Vec<(usize, u8, String)> = Vec::new();
    let mut look = |kind: usize, at: usize, until: usize, by: &[char]| {
        work::step();
        let behind = || by.iter().chain(&characters[until..]).copied();
        let candidate = || characters[..at].iter().copied().chain(behind());
        let weight = ways.get(at).and_then(|way| {
            let mut way = *way;
            behind().all(|c| is_in_words(c) && way.push(c)).then(|| way.weight())?
        });
        let weight = weight.unwrap_or(0);
        let is_listed = begins_listed_word(candidate()) && is_listed_word(&candidate().collect::<String>());
        // A look-alike is likely enough for a word that one dictionary has.
        if is_listed || weight == 2 || weight == 1 && kind == 0 {
            let candidate: String = candidate().collect();
            if letters(&candidate) >= LETTERS[kind] && !found.iter().any(|(_, _, other)| *other == candidate) {
                found.push((kind, u8::from(weight < 2 && !is_listed), candidate));
            }
        }
    };
    for (at, &c) in characters.iter().enumerate() {
        for other in CONFUSED.iter().filter(|group| group.contains(c)).flat_map(|group| group.chars()) {
            if other != c {
                look(0, at, at + 1, &[other]);
            }
        }
        look(1, at, at + 1, &[]);
        if c == COENG && at + 2 <= characters.len() {
            look(1, at, at + 2, &[]);
        }
        if let Some(&next) = characters.get(at + 1) {
            look(1, at, at + 2, &[next, c]);
        }
    }
    for at in 1..=characters.len() {
        for sign in SIGNS.chars() {
            look(1, at, at, &[sign]);
        }
        look(1, at, at, &[COENG]);
        for letter in 'ក'..='អ' {
            look(2, at, at, &[letter]);
            look(2, at, at, &[COENG, letter]);
        }
    }
    found.sort_by_key(|(kind, weight, _)| (*kind, *weight));
    let nearest = found.first().map_or(0, |(kind, ..)| *kind);
    (nearest, found.into_iter().map(|(.., word)| word).take(MOST_SUGGESTIONS).collect())
}

/// Whether a piece is a longer word and another right behind it, a compound that the lexicon lacks
/// (ប្រតិបត្តិ-ករ), or a word beside a single letter, which is the number of an item or belongs to what follows.
fn is_two_words(piece: &str) -> bool {
    piece.char_indices().skip(1).any(|(at, _)| {
        let (first, second) = piece.split_at(at);
        let is_alone = |part: &str| part.chars().nth(1).is_none();
        second.starts_with(is_letter)
            && !first.ends_with(COENG)
            && (is_alone(first) || letters(first) > 1 && is_known(first))
            && (is_alone(second) || is_known(second))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, String)> {
        let found = slips(text, &names(text), &mut 0).into_iter();
        found.map(|(range, suggestions)| (text[range].to_owned(), suggestions[0].clone())).collect()
    }

    #[test]
    fn a_slip_in_a_long_word_is_found_and_the_word_offered_first() {
        for (wrong, right) in [
            ("ពានិជ្ជកម្ម", "ពាណិជ្ជកម្ម"),
            ("វប្បធ៌ម", "វប្បធម៌"),
            ("អំនាច", "អំណាច"),
            ("ដំនើរការ", "ដំណើរការ"),
            ("តំនែង", "តំណែង"),
            ("បរិច្ចេទ", "បរិច្ឆេទ"),
            ("សហប្រតិបត្តការ", "សហប្រតិបត្តិការ"),
        ] {
            let text = format!("ភាគីទាំងពីរបានពិភាក្សាអំពី{wrong}រវាងប្រទេសទាំងពីរ");
            let all = found(&text);
            assert!(
                all.iter().any(|(word, first)| wrong.contains(word.as_str()) && right.contains(first.as_str())),
                "{wrong}: {all:?}"
            );
        }
    }

    #[test]
    fn good_text_has_no_slip() {
        for draft in [
            include_str!("../../../assets/samples/japan-phone-call.km.ron"),
            include_str!("../../../assets/templates/joint.km.ron"),
            include_str!("../../../assets/templates/call-or-meeting.km.ron"),
        ] {
            let release = crate::release::file::parse(draft).unwrap();
            let found = misspelt(&release, &KnownWords::new(), &Roster::default());
            assert_eq!(found, [], "{found:?}");
        }
        // The lexicon has the name with the subscript of ដ alone.
        assert_eq!(found("ព្រះនរោត្តម"), []);
        assert_eq!(found("គោលនយោបាយវិមជ្ឈការលើផ្ទៃដី ៥០០ ហិកតា"), []);
        assert_eq!(found("លោក ចាន់ ថារិទ្ធិវង្ស បានអញ្ជើញទៅខេត្តកណ្ដាល និងស្រុកខ្សាច់កណ្តាល"), []);
    }

    #[test]
    fn letters_that_mean_nothing_are_passed_over_and_a_slip_beside_them_is_found() {
        use crate::work::tests::steps;
        let nothing = "ក្ខា".repeat(1_000);
        // No more than dividing it takes.
        assert_eq!(steps(|| slips(&nothing, &[], &mut 0)), steps(|| pieces(&nothing)));
        let text = format!("ភាគីទាំងពីរបានពិភាក្សាអំពី {nothing} និងអំពីវប្បធ៌មរវាងប្រទេសទាំងពីរ");
        let all = found(&text);
        assert!(all.iter().any(|(word, first)| "វប្បធ៌ម".contains(&**word) && "វប្បធម៌".contains(&**first)), "{all:?}");
        // As long as the longest words it is judged.
        let short = "ក្ខា".repeat(8);
        assert!(steps(|| slips(&short, &[], &mut 0)) > steps(|| pieces(&short)));
    }

    #[test]
    fn a_text_of_unknown_words_takes_bounded_time() {
        use crate::work::tests::steps;
        let counted = |size: usize| {
            let text = "ក្រមុំកពន្លឺ ".repeat(size);
            steps(|| slips(&text, &[], &mut 0))
        };
        let (once, twice) = (counted(500), counted(1_000));
        assert!(twice * 10 <= once * 22 + 10_000, "{once} and {twice} steps");
    }
}

//! Where names are in a text, and whether two of them differ by a slip of the hand.
//!
//! Must never know: releases and the roster.

use std::ops::Range;

use super::Problem;
use crate::{
    khmer::characters::{COENG, is_letter},
    release::Field,
};

/// A slip and its place, in bytes of the text.
pub(super) type Slip = (Range<usize>, Problem);

/// A release with more words of names than this is a list, in which similar names are different people.
pub(super) const MOST: usize = 400;

/// No word of a name has more letters.
const LONGEST: usize = 60;

/// Whether people are named in a field. The letterhead is all capitals, and no place for names.
pub(super) fn may_name(field: Field) -> bool {
    !matches!(field, Field::Kingdom | Field::Motto | Field::Ministry | Field::Department | Field::Title)
}

/// The names in a text, word by word: words in capitals, and the capitalised words after one.
pub(super) fn whole_names(text: &str) -> Vec<Vec<Range<usize>>> {
    let mut names: Vec<Vec<Range<usize>>> = Vec::new();
    // Khmer has no capitals, and so no names of this kind.
    if !text.contains(char::is_uppercase) {
        return names;
    }
    let mut after_name = false;
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !(c.is_alphabetic() || c == '-' || c == '’')) {
        // The hyphen of U.S.-ASEAN is not part of a name.
        let head = word.trim_start_matches(|c: char| !c.is_alphabetic());
        let start = at + word.len() - head.len();
        let letters = head.trim_end_matches(|c: char| !c.is_alphabetic());
        let length = letters.chars().count();
        let in_capitals = length > 1 && letters.chars().all(|c| c.is_uppercase() || c == '-');
        let capitalised = letters.starts_with(char::is_uppercase);
        if !letters.is_empty() {
            let is_name = length <= LONGEST && (in_capitals || after_name && capitalised);
            if is_name {
                let word = start..start + letters.len();
                match names.last_mut().filter(|_| after_name) {
                    Some(name) => name.push(word),
                    None => names.push(vec![word]),
                }
            }
            // Only a space joins the parts of a name.
            after_name = is_name && word.ends_with(' ');
        }
        at += word.len();
    }
    names
}

/// Whether one letter is another, missing, doubled or exchanged with its neighbour, in names of
/// small letters. A plural and a nationality, `Korea` and `Korean`, are no slips.
pub(super) fn differ_by_a_slip(a: &str, b: &str) -> bool {
    let ending = |a: &str, b: &str| b.strip_prefix(a).is_some_and(|rest| matches!(rest, "s" | "n"));
    a.len().abs_diff(b.len()) <= 4 && !ending(a, b) && !ending(b, a) && is_one_slip(a.chars(), b.chars())
}

/// Whether one letter is another, missing, doubled or exchanged with its neighbour: what is between
/// the same beginning and the same end.
pub(super) fn is_one_slip<I>(mut a: I, mut b: I) -> bool
where
    I: DoubleEndedIterator<Item: PartialEq> + Clone,
{
    let step = |a: &mut I, b: &mut I, next: fn(&mut I) -> Option<I::Item>| {
        let (mut after_a, mut after_b) = (a.clone(), b.clone());
        let same = next(&mut after_a).is_some_and(|letter| next(&mut after_b) == Some(letter));
        if same {
            (*a, *b) = (after_a, after_b);
        }
        same
    };
    while step(&mut a, &mut b, I::next) {}
    while step(&mut a, &mut b, I::next_back) {}
    let three = |mut rest: I| [rest.next(), rest.next(), rest.next()];
    match (three(a), three(b)) {
        ([Some(_), None, _], [_, None, _]) | ([None, ..], [Some(_), None, _]) => true,
        ([Some(a), Some(b), None], [Some(c), Some(d), None]) => a == d && b == c,
        _ => false,
    }
}

/// The letters of a Khmer word, those under another not counted.
pub(super) fn letters(word: &str) -> usize {
    let mut before = ' ';
    let stands = |c: char| {
        let stands = is_letter(c) && before != COENG;
        before = c;
        stands
    };
    word.chars().map(stands).filter(|stands| *stands).count()
}

/// Registers and the groups ហ្វ, ហ្គ, ហ្ស write foreign names, of which no dictionary has many, and which look like one
/// another.
pub(super) fn sounds_foreign(word: &str) -> bool {
    word.contains(['\u{17C9}', '\u{17CA}']) || ["ហ្វ", "ហ្គ", "ហ្ស"].iter().any(|group| word.contains(group))
}

/// Letters and signs of a Khmer word, a subscript as one.
pub(super) fn signs(word: &str) -> Vec<(bool, char)> {
    let mut signs = Vec::new();
    let mut subscript = false;
    for c in word.chars() {
        if c == COENG && !subscript {
            subscript = true;
            continue;
        }
        signs.push((subscript, c));
        subscript = false;
    }
    signs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn one_slip_is_what_a_distance_of_one_is(a in "[abcé]{0,6}", b in "[abcé]{0,6}") {
            prop_assert_eq!(is_one_slip(a.chars(), b.chars()), strsim::damerau_levenshtein(&a, &b) == 1);
        }
    }
}

//! Names that are spelt in two ways.
//!
//! Officials write a surname in capitals, `KAMIKAWA Yoko`. Words in capitals and the names that
//! follow them are compared with each other: two that differ by one letter are most likely one
//! name, once with a slip. Knows texts alone.

use std::{
    cell::LazyCell,
    collections::{BTreeMap, HashSet},
    ops::Range,
};

use super::{Problem, listed};
use crate::{
    release::{Field, Language, Release},
    roster::Roster,
};

/// Shorter words in capitals are abbreviations, and those may well differ by a letter.
const SHORTEST: usize = 5;
/// No word of a name has more letters.
const LONGEST: usize = 60;

/// How often a name stands in the release, and where it stands first.
type Place = (usize, Field, Range<usize>);
/// A name and its place.
type Name = (String, Place);

/// More words of names than this are a list, and there each may well be somebody else's.
pub(super) const MOST: usize = 400;

/// The rarer one of each two spellings of a name.
///
/// Where the roster has one of the two, it decides, and not how often each is there.
pub(super) fn spelt_twice(release: &Release, roster: &Roster) -> Vec<(Field, Range<usize>, Problem)> {
    let mut names: BTreeMap<String, Place> = BTreeMap::new();
    for field in release.fields() {
        if !may_name(field) {
            continue;
        }
        let Some(text) = release.text(field) else { continue };
        for range in names_of(text.as_str()) {
            let name = text.as_str().get(range.clone()).unwrap_or_default().to_owned();
            names.entry(name).or_insert((0, field, range)).0 += 1;
        }
    }
    if names.len() > MOST {
        return Vec::new();
    }
    let listed = LazyCell::new(|| listed::listed_words(roster, Language::English).collect::<HashSet<_>>());
    let mut found = Vec::new();
    let names: Vec<(String, Name)> =
        names.into_iter().map(|(name, place)| (name.to_lowercase(), (name, place))).collect();
    for (index, (small, (name, (count, field, range)))) in names.iter().enumerate() {
        for (other_small, (other, (other_count, other_field, other_range))) in names.iter().skip(index + 1) {
            // Of two that are equally frequent none is a measure for the other.
            if count == other_count
                || !differ_by_a_slip(small, other_small)
                || listed.contains(&**small)
                || listed.contains(&**other_small)
            {
                continue;
            }
            let (rare, usual, field, range) =
                if count < other_count { (name, other, field, range) } else { (other, name, other_field, other_range) };
            let problem = Problem::SpeltTwoWays { written: rare.clone(), usual: usual.clone() };
            found.push((*field, range.clone(), problem));
        }
    }
    found.sort_by_key(|(field, range, _)| (*field, range.start));
    found
}

/// Whether people are named in a field. The letterhead is all capitals, and no place for names.
pub(super) fn may_name(field: Field) -> bool {
    !matches!(field, Field::Kingdom | Field::Motto | Field::Ministry | Field::Department | Field::Title)
}

/// The places of the names in a text that are long enough to be compared.
fn names_of(text: &str) -> impl Iterator<Item = Range<usize>> {
    let long =
        |word: &Range<usize>| text.get(word.clone()).is_some_and(|word| word.chars().nth(SHORTEST - 1).is_some());
    whole_names(text).into_iter().flatten().filter(long)
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
        let letters = word.trim_end_matches(|c: char| !c.is_alphabetic());
        let length = letters.chars().count();
        let in_capitals = length > 1 && letters.chars().all(|c| c.is_uppercase() || c == '-');
        let capitalised = letters.starts_with(char::is_uppercase);
        if !letters.is_empty() {
            let is_name = length <= LONGEST && (in_capitals || after_name && capitalised);
            if is_name {
                let word = at..at + letters.len();
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::release::{Paragraph, RichText};

    fn found(texts: &[&str]) -> Vec<(Field, String, String)> {
        let body = texts.iter().map(|text| Paragraph::new(RichText::plain(*text))).collect();
        let release = Release { body, ..Release::default() };
        let name = |(field, range, problem): (Field, Range<usize>, Problem)| match problem {
            Problem::SpeltTwoWays { written, usual } => {
                assert_eq!(release.text(field).unwrap().as_str()[range], written);
                (field, written, usual)
            }
            other => panic!("{other:?}"),
        };
        spelt_twice(&release, &Roster::default()).into_iter().map(name).collect()
    }

    #[test]
    fn the_rarer_spelling_of_a_name_is_named() {
        let texts = ["Her Excellency KAMIKAWA Yoko", "Minister KAMIKAVA said; Minister KAMIKAWA"];
        assert_eq!(found(&texts), [(Field::Paragraph(1), "KAMIKAVA".to_owned(), "KAMIKAWA".to_owned())]);
        let given = ["SOK Chenda Sophea and", "SOK Chenda Sopheia and SOK Chenda Sophea"];
        assert_eq!(found(&given), [(Field::Paragraph(1), "Sopheia".to_owned(), "Sophea".to_owned())]);
    }

    #[test]
    fn other_words_are_not_compared() {
        assert_eq!(found(&["ASEAN and ASEANS", "The Minister and the Ministry", "Minister and Ministers"]), []);
        assert_eq!(found(&["UNDP and UNEP", "KOREA, KOREA and KOREAN"]), []);
        // Two people, each named once.
        assert_eq!(found(&["SOK Sopheap and CHEA Sopheak"]), []);
    }

    #[test]
    fn a_word_longer_than_any_name_is_none() {
        let slips = |letters: usize| {
            let name = "A".repeat(letters - 1);
            found(&[&format!("{name}B, {name}C and {name}B")]).len()
        };
        assert_eq!([59, 60, 61, 40_000].map(slips), [1, 1, 0, 0]);
    }

    proptest! {
        #[test]
        fn one_slip_is_what_a_distance_of_one_is(a in "[abcé]{0,6}", b in "[abcé]{0,6}") {
            prop_assert_eq!(is_one_slip(a.chars(), b.chars()), strsim::damerau_levenshtein(&a, &b) == 1);
        }
    }
}

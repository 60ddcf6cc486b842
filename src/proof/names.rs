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

use super::{
    Problem,
    slips::{MOST, differ_by_a_slip, may_name, whole_names},
};
use crate::{
    release::{Field, Language, Release},
    roster::Roster,
};

/// Shorter words in capitals are abbreviations, and those may well differ by a letter.
const SHORTEST: usize = 5;

/// How often a name stands in the release, and where it stands first.
type Place = (usize, Field, Range<usize>);
/// A name and its place.
type Name = (String, Place);

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
    let listed = LazyCell::new(|| roster.words_in_form(Language::English).collect::<HashSet<_>>());
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

/// The places of the names in a text that are long enough to be compared.
fn names_of(text: &str) -> impl Iterator<Item = Range<usize>> {
    let long =
        |word: &Range<usize>| text.get(word.clone()).is_some_and(|word| word.chars().nth(SHORTEST - 1).is_some());
    whole_names(text).into_iter().flatten().filter(long)
}

#[cfg(test)]
mod tests {
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
}

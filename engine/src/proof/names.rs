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
    listed::khmer_names,
    slips::{MOST, differ_by_a_slip, is_one_slip, may_name, signs, whole_names},
};
use crate::{
    release::{Field, Language, Release},
    roster::{Roster, form},
};

/// Shorter words in capitals are abbreviations, and those may well differ by a letter.
const SHORTEST: usize = 5;

/// How often a name is in the release, and where it is first.
type Occurrence = (usize, Field, Range<usize>);
/// A name and its place.
type Name = (String, Occurrence);

/// The rarer one of each two spellings of a name.
///
/// Where the roster has one of the two, it decides, and not how often each is there.
pub(super) fn spelt_twice(release: &Release, roster: &Roster) -> Vec<(Field, Range<usize>, Problem)> {
    let mut names: BTreeMap<String, Occurrence> = BTreeMap::new();
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
    found.extend(khmer_spelt_twice(release, roster));
    found.sort_by_key(|(field, range, _)| (*field, range.start));
    found
}

/// The rarer one of each two spellings of a whole Khmer name, and both of two that are equally frequent.
///
/// Only what follows a title is known to be a name. One of its words must be the same in both, as people who
/// are not one have other names as well.
fn khmer_spelt_twice(release: &Release, roster: &Roster) -> Vec<(Field, Range<usize>, Problem)> {
    let mut names: BTreeMap<Vec<String>, Occurrence> = BTreeMap::new();
    for field in release.fields().filter(|field| may_name(*field)) {
        let Some(text) = release.text(field) else { continue };
        let text = text.as_str();
        for name in khmer_names(text).into_iter().filter(|name| name.len() == 2) {
            let words: Vec<String> =
                name.iter().map(|word| text.get(word.clone()).unwrap_or_default().to_owned()).collect();
            names.entry(words).or_insert((0, field, name[0].start..name[1].end)).0 += 1;
        }
    }
    if names.len() > MOST {
        return Vec::new();
    }
    let listed: HashSet<&str> = roster.in_form(Language::Khmer).map(|(name, _)| name).collect();
    let is_listed = |words: &[String]| listed.contains(&*form(&words.join(" ")));
    let names: Vec<(Vec<String>, Occurrence)> = names.into_iter().collect();
    let mut found = Vec::new();
    for (index, (one, (count, field, range))) in names.iter().enumerate() {
        for (other, (other_count, other_field, other_range)) in names.iter().skip(index + 1) {
            if !is_one_name(one, other) || is_listed(one) || is_listed(other) {
                continue;
            }
            let mut name = |written: &[String], usual: &[String], field: Field, range: &Range<usize>| {
                let problem = Problem::SpeltTwoWays { written: written.join(" "), usual: usual.join(" ") };
                found.push((field, range.clone(), problem));
            };
            if count <= other_count {
                name(one, other, *field, range);
            }
            if other_count <= count {
                name(other, one, *other_field, other_range);
            }
        }
    }
    found
}

/// Whether two Khmer names have one word in common and differ by a slip in the other.
fn is_one_name(one: &[String], other: &[String]) -> bool {
    let [a, b] = one else { return false };
    let [c, d] = other else { return false };
    let slip = |one: &str, other: &str| {
        let (one, other) = (signs(one), signs(other));
        one.len().min(other.len()) >= 2 && one.len().max(other.len()) >= 3 && is_one_slip(one.iter(), other.iter())
    };
    a == c && slip(b, d) || b == d && slip(a, c)
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
    fn khmer_names_are_compared_after_their_titles() {
        let pair =
            |written: &str, usual: &str, paragraph| (Field::Paragraph(paragraph), written.to_owned(), usual.to_owned());
        let texts = ["ឯកឧត្តម សុខ ចិន្តាសោភា បានជួបលោក តាណាកា យ៉ូស៊ី។", "ឯកឧត្តម សុក ចិន្តាសោភា អរគុណលោក តាណាកា យូស៊ី។"];
        let (first, second) = ("សុខ ចិន្តាសោភា", "សុក ចិន្តាសោភា");
        let (third, fourth) = ("តាណាកា យ៉ូស៊ី", "តាណាកា យូស៊ី");
        assert_eq!(
            found(&texts),
            [pair(first, second, 0), pair(third, fourth, 0), pair(second, first, 1), pair(fourth, third, 1)]
        );
        let more = ["លោក សុខ សុភា និងលោក សុខ ណារី", "លោក សុខ សុភា បាន លោក សុខ សុភ៉ា បាន"];
        assert_eq!(found(&more), [pair("សុខ សុភ៉ា", "សុខ សុភា", 1)]);
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

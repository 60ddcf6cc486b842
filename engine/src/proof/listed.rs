//! Names that are not as the roster has them.
//!
//! A whole name is compared word by word with each that is listed: one word may have a slip if
//! another is right, for people who share a surname may well have given names that differ by a letter.
//! A surname alone is compared if it is long. In Khmer only what follows a title is taken for a name.
//! Knows texts and the roster.

use std::{collections::HashSet, ops::Range};

use super::{
    Problem,
    slips::{MOST, differ_by_a_slip, is_one_slip, may_name, signs, whole_names},
};
use crate::{
    release::{Field, Language, Release},
    roster::{Roster, form},
    typeset::breaks,
};

/// A surname that is alone, and a word of a name of which no other is right, have at least so many
/// letters or Khmer letters and signs; what is shorter may well be another name.
const LONG: usize = 5;
/// A word with a slip beside one that is right, as above, in English and in Khmer.
const SHORT: (usize, usize) = (4, 3);

/// The names in a release that a listed one was most likely meant by, each once in a field.
pub(super) fn not_as_listed(release: &Release, roster: &Roster) -> Vec<(Field, Range<usize>, Problem)> {
    let mut found = Vec::new();
    if roster.is_empty() {
        return found;
    }
    let mut words = 0;
    for field in release.fields().filter(|field| may_name(*field)) {
        let Some(text) = release.text(field) else { continue };
        let text = text.as_str();
        let mut seen = HashSet::new();
        for (language, name) in names_in(text) {
            words += name.len();
            if words > MOST {
                return found;
            }
            if let Some((range, listed)) = meant(text, &name, language, roster) {
                let written = text.get(range.clone()).unwrap_or_default().to_owned();
                if seen.insert(written.clone()) {
                    found.push((field, range, Problem::NotAsListed { written, listed }));
                }
            }
        }
    }
    found
}

/// The names in a text, word by word.
fn names_in(text: &str) -> Vec<(Language, Vec<Range<usize>>)> {
    let english = whole_names(text).into_iter().map(|name| (Language::English, name));
    english.chain(khmer_names(text).into_iter().map(|name| (Language::Khmer, name))).collect()
}

/// The Khmer names in a text, word by word: what follows a title.
pub(super) fn khmer_names(text: &str) -> Vec<Vec<Range<usize>>> {
    let mut khmer: Vec<Vec<Range<usize>>> = Vec::new();
    for part in breaks::names(text) {
        let joined = khmer.last_mut().filter(|name| {
            let end = name.last().map_or(0, |last| last.end);
            text.get(end..part.start).is_some_and(|between| between.trim().is_empty())
        });
        match joined {
            Some(name) => name.push(part),
            None => khmer.push(vec![part]),
        }
    }
    khmer
}

/// The listed name that was meant by one in a text, and the words that should be it. `None` for what is
/// right, and for what is like no other.
fn meant(text: &str, name: &[Range<usize>], language: Language, roster: &Roster) -> Option<(Range<usize>, String)> {
    let words: Vec<String> = name.iter().map(|word| form(text.get(word.clone()).unwrap_or_default())).collect();
    let mut meant = None;
    for (listed, person) in roster.in_form(language) {
        let listed: Vec<&str> = listed.split(' ').collect();
        let length = listed.len().min(words.len());
        if length < 2 {
            continue;
        }
        for (at, written) in words.windows(length).enumerate() {
            match compare(written, &listed, language) {
                Likeness::Same => return None,
                Likeness::Other if is_turned(written, &listed, language) && meant.is_none() => {
                    meant = Some((at, length, person));
                }
                Likeness::Slip if meant.is_none() => meant = Some((at, length, person)),
                Likeness::Slip | Likeness::Other => {}
            }
        }
    }
    // The part after a surname may be no name: in Khmer a verb.
    if meant.is_none() && (words.len() == 1 || language == Language::Khmer) {
        let surname = words.first()?;
        let is_long = length(surname, language) >= LONG;
        if !is_long || roster.words_in_form(language).any(|word| word == surname) {
            return None;
        }
        let person = roster
            .in_form(language)
            .find(|(listed, _)| listed.split(' ').next().is_some_and(|listed| differ(surname, listed, language)));
        meant = person.map(|(_, person)| (0, 1, person));
    }
    let (at, length, person) = meant?;
    let range = name.get(at)?.start..name.get(at + length - 1)?.end;
    let listed: Vec<&str> = person.name.of(language).split(' ').take(length).collect();
    Some((range, listed.join(" ")))
}

/// Whether a name has all words of a listed one with the surname at the end. Of English ones `english` says that, which
/// does not need capitals.
fn is_turned(written: &[String], listed: &[&str], language: Language) -> bool {
    let turned = listed.iter().skip(1).chain(listed.first());
    language == Language::Khmer && listed.first() != listed.last() && written.iter().eq(turned)
}

enum Likeness {
    Same,
    Slip,
    Other,
}

/// Compares as many words as there are written with the first of a listed name.
fn compare(written: &[String], listed: &[&str], language: Language) -> Likeness {
    let (mut same, mut shortest) = (0, usize::MAX);
    for (word, listed) in written.iter().zip(listed) {
        if word == listed {
            same += 1;
        } else if differ(word, listed, language) {
            shortest = shortest.min(length(word, language)).min(length(listed, language));
        } else {
            return Likeness::Other;
        }
    }
    let short = if language == Language::English { SHORT.0 } else { SHORT.1 };
    match shortest {
        usize::MAX => Likeness::Same,
        shortest if shortest >= if same > 0 { short } else { LONG } => Likeness::Slip,
        _ => Likeness::Other,
    }
}

/// Whether two words differ as by a slip of the hand.
fn differ(a: &str, b: &str, language: Language) -> bool {
    match language {
        Language::English => differ_by_a_slip(a, b),
        // Of the few marks of a letter one may be wrong, missing, doubled or exchanged.
        Language::Khmer => a.len().abs_diff(b.len()) <= 6 && is_one_slip(signs(a).iter(), signs(b).iter()),
    }
}

fn length(word: &str, language: Language) -> usize {
    match language {
        Language::English => word.chars().count(),
        Language::Khmer => signs(word).len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        release::{Paragraph, RichText},
        roster::file::parse,
    };

    fn roster() -> Roster {
        let list = r#"(names: [
            (english: "KAMIKAWA Yoko", khmer: "កាមិកាវ៉ា យ៉ូកុ"),
            (english: "SOK Chenda Sophea", khmer: "សុខ ចិន្តាសោភា"),
            (english: "HUN Manet", khmer: "ហ៊ុន ម៉ាណែត"),
            (english: "KISHIDA Fumio", khmer: "គីស៊ីដា ហ្វូមីអូ"),
        ])"#;
        parse(list).unwrap().into_iter().collect()
    }

    fn found(text: &str) -> Vec<(String, String)> {
        let release = Release { body: vec![Paragraph::new(RichText::plain(text))], ..Release::default() };
        let said = |(field, range, problem): (Field, Range<usize>, Problem)| match problem {
            Problem::NotAsListed { written, listed } => {
                assert_eq!(release.text(field).unwrap().as_str()[range], written);
                (written, listed)
            }
            other => panic!("{other:?}"),
        };
        not_as_listed(&release, &roster()).into_iter().map(said).collect()
    }

    fn pair(written: &str, listed: &str) -> Vec<(String, String)> {
        vec![(written.to_owned(), listed.to_owned())]
    }

    #[test]
    fn an_english_name_with_a_slip_is_found() {
        assert_eq!(found("Her Excellency KAMIKAVA Yoko, Minister"), pair("KAMIKAVA Yoko", "KAMIKAWA Yoko"));
        assert_eq!(found("KAMIKAWA Yokko said"), pair("KAMIKAWA Yokko", "KAMIKAWA Yoko"));
        assert_eq!(found("SOK Chenda Sopheia Deputy"), pair("SOK Chenda Sopheia", "SOK Chenda Sophea"));
        assert_eq!(found("Minister KAMIKAVA said, KAMIKAVA"), pair("KAMIKAVA", "KAMIKAWA"));
        assert_eq!(found("Thipadei HUN Manit and"), pair("HUN Manit", "HUN Manet"));
    }

    #[test]
    fn a_khmer_name_with_a_slip_is_found() {
        assert_eq!(found("ជាមួយលោកជំទាវ កាមីកាវ៉ា យ៉ូកុ រដ្ឋមន្ត្រី"), pair("កាមីកាវ៉ា យ៉ូកុ", "កាមិកាវ៉ា យ៉ូកុ"));
        assert_eq!(found("ឯកឧត្តម សុខ ចិនតាសោភា ឧបនាយក"), pair("សុខ ចិនតាសោភា", "សុខ ចិន្តាសោភា"));
        assert_eq!(found("លោកជំទាវរដ្ឋមន្ត្រី កាមិកាវា បានបញ្ជាក់"), pair("កាមិកាវា", "កាមិកាវ៉ា"));
        assert_eq!(found("លោកជំទាវ យ៉ូកុ កាមិកាវ៉ា រដ្ឋមន្ត្រី"), pair("យ៉ូកុ កាមិកាវ៉ា", "កាមិកាវ៉ា យ៉ូកុ"));
    }

    #[test]
    fn the_people_of_the_samples_are_as_the_example_lists_them() {
        let roster: Roster = parse(include_str!("../../../assets/names.ron")).unwrap().into_iter().collect();
        for draft in [
            include_str!("../../../assets/samples/japan-phone-call.en.ron"),
            include_str!("../../../assets/samples/japan-phone-call.km.ron"),
        ] {
            let mut release = crate::release::file::parse(draft).unwrap();
            assert_eq!(not_as_listed(&release, &roster), []);
            for (right, wrong) in [("KAMIKAWA Yoko", "KAMIKAWA Yuko"), ("សុខ ចិន្តាសោភា", "សុខ ចិន្តសោភា")]
            {
                for paragraph in &mut release.body {
                    paragraph.text = RichText::plain(paragraph.text.as_str().replace(right, wrong));
                }
            }
            assert_eq!(not_as_listed(&release, &roster).len(), 1);
        }
    }

    #[test]
    fn a_long_list_is_let_be_however_few_names_it_seems_to_have() {
        let list = |words: usize| format!("SOK {}; KAMIKAVA Yoko", vec!["Dara"; words].join(" "));
        assert_eq!(found(&list(397)).len(), 1);
        assert_eq!(found(&list(398)), []);
    }

    #[test]
    fn right_names_and_those_of_other_people_are_not_found() {
        for text in [
            "Her Excellency KAMIKAWA Yoko and SOK Chenda Sophea; Minister KAMIKAWA, SOK Chenda, HUN Manet",
            "HUN Manith, HUN Many, CHEA Sopheap, KISHIDA Yuko, SAK Dara, ASEAN-Japan, KOREA",
            "លោកជំទាវ កាមិកាវ៉ា យ៉ូកុ និងឯកឧត្តម សុខ ចិន្តាសោភា បាន លោក ហ៊ុន ម៉ានិត លោក សុខ សុភា",
            "លោកជំទាវ កាមិកាវ៉ា បានចូលរួម",
        ] {
            assert_eq!(found(text), []);
        }
        assert_eq!(not_as_listed(&Release::default(), &Roster::default()), []);
    }
}

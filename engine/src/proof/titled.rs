//! Honorifics and offices that are not those of the person they are beside.
//!
//! Of people whom the roster has, in Khmer: there an honorific is before the name and the office behind it,
//! and both are of few words. Knows texts and the roster.

use std::ops::Range;

use super::{
    Problem,
    listed::khmer_names,
    slips::{MOST, may_name},
};
use crate::{
    khmer::search_form,
    release::{Field, Language, Release},
    roster::{Person, Roster, form},
    typeset::breaks::{honorific_before, office_after},
};

/// The honorifics and offices in a release that the roster has otherwise.
pub(super) fn not_theirs(release: &Release, roster: &Roster) -> Vec<(Field, Range<usize>, Problem)> {
    let mut found = Vec::new();
    if roster.is_empty() {
        return found;
    }
    let mut names = 0;
    for field in release.fields().filter(|field| may_name(*field)) {
        let Some(text) = release.text(field) else { continue };
        let text = text.as_str();
        for name in khmer_names(text) {
            names += 1;
            if names > MOST {
                return found;
            }
            let (Some(first), Some(last)) = (name.first(), name.last()) else { continue };
            let range = first.start..last.end;
            let written = form(text.get(range.clone()).unwrap_or_default());
            let Some((_, person)) = roster.in_form(Language::Khmer).find(|(listed, _)| *listed == written) else {
                continue;
            };
            let honorific = honorific_of(text, range.start, person).map(|(range, problem)| (field, range, problem));
            let office = office_of(text, range.end, person).map(|(range, problem)| (field, range, problem));
            found.extend(honorific.into_iter().chain(office));
        }
    }
    found
}

/// Another honorific before a name than the listed one.
fn honorific_of(text: &str, name: usize, person: &Person) -> Option<(Range<usize>, Problem)> {
    let listed = person.honorific.of(Language::Khmer);
    let before = text.get(..name)?;
    let written = honorific_before(before).filter(|_| !listed.is_empty())?;
    let (listed_form, said) = (search_form(listed, false).0, search_form(before, false).0);
    // A longer honorific may have an office in it or a degree behind it.
    if said.trim_end_matches([' ', '*']).ends_with(&listed_form) || listed_form.contains(&search_form(written, false).0)
    {
        return None;
    }
    let at = before.rfind(written)?;
    Some((at..at + written.len(), problem(written, listed, person)))
}

/// Another office behind a name than the listed title has.
fn office_of(text: &str, name: usize, person: &Person) -> Option<(Range<usize>, Problem)> {
    let listed = person.title.of(Language::Khmer);
    let after = text.get(name..)?;
    let written = office_after(after).filter(|_| !listed.is_empty())?;
    let has_office = listed
        .split(' ')
        .any(|title| office_after(title).is_some_and(|office| office == written) || title.starts_with(written));
    if has_office {
        return None;
    }
    let at = name + after.find(written)?;
    Some((at..at + written.len(), problem(written, listed, person)))
}

fn problem(written: &str, listed: &str, person: &Person) -> Problem {
    let name = person.name.of(Language::Khmer).to_owned();
    Problem::NotTheirTitle { name, written: written.to_owned(), listed: listed.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        release::{Paragraph, RichText},
        roster::file::parse,
    };

    fn found(text: &str) -> Vec<String> {
        let roster: Roster = parse(include_str!("../../../assets/names.ron")).unwrap().into_iter().collect();
        let release = Release { body: vec![Paragraph::new(RichText::plain(text))], ..Release::default() };
        let found = not_theirs(&release, &roster).into_iter();
        found.map(|(field, range, _)| release.text(field).unwrap().as_str()[range].to_owned()).collect()
    }

    #[test]
    fn a_wrong_honorific_and_a_wrong_office_are_found() {
        assert_eq!(found("ជាមួយឯកឧត្តម កាមិកាវ៉ា យ៉ូកុ រដ្ឋមន្ត្រីការបរទេសជប៉ុន"), ["ឯកឧត្តម"]);
        assert_eq!(found("លោកជំទាវ **សុខ ចិន្តាសោភា** នាយករដ្ឋមន្ត្រី"), ["លោកជំទាវ", "នាយករដ្ឋមន្ត្រី"]);
    }

    #[test]
    fn what_is_listed_is_right() {
        for text in [
            "ឯកឧត្តម សុខ ចិន្តាសោភា ឧបនាយករដ្ឋមន្ត្រី រដ្ឋមន្ត្រីក្រសួងការបរទេស",
            "ឯកឧត្ដម សុខ ចិន្តាសោភា រដ្ឋមន្ត្រីក្រសួងការបរទេស",
            "លោកជំទាវរដ្ឋមន្ត្រី កាមិកាវ៉ា យ៉ូកុ បានថ្លែង",
            "សម្តេចមហាបវរធិបតី ហ៊ុន ម៉ាណែត នាយករដ្ឋមន្ត្រីនៃព្រះរាជាណាចក្រកម្ពុជា",
            "ឯកឧត្តម ប្រាក់ សុខុន នាយករដ្ឋមន្ត្រី",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}

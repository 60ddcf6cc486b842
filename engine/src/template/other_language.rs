//! A release, begun once more in the other language.
//!
//! What needs no translator is there: letterhead, kind of document, date, signatories from the list of names, the same
//! blocks in their order, numbers and pictures. Invariant: nothing in the language of the first is left.

use std::collections::HashMap;

use crate::{
    dates::{to_arabic_digits, to_khmer_digits},
    khmer::{is_khmer, search_form},
    places,
    release::{
        Language, Paragraph, Release, RichText, Signatory, Signature,
        ready::{TITLES, marks, notices},
    },
    roster::{Person, Roster},
};

/// The draft of a release in the other language. Paragraphs are as many and of the same kinds, and empty but for what
/// is written alike in both.
pub fn in_other_language(release: &Release, roster: &Roster) -> Release {
    let (from, to) = (release.language, release.language.other());
    let (own, blank) = (Release::blank(from), Release::blank(to));
    let pair = |ours: &str, lists: &[&str], others: &[&str]| {
        let at = lists.iter().position(|text| text.trim() == ours.trim());
        at.and_then(|at| others.get(at)).map(|text| (*text).to_owned())
    };
    let titles = |language| TITLES.map(|(english, khmer)| if language == Language::English { english } else { khmer });
    let people = People::of(roster, from);
    let block = |block: &Paragraph| {
        let text = block.text.as_str();
        let carried = pair(text, &marks(from), &marks(to)).or_else(|| people.carried(text));
        block.with_text(carried.map_or_else(RichText::default, |text| RichText::plain(text.as_str())))
    };
    let mut letterhead = blank.letterhead;
    letterhead.ornament = release.letterhead.ornament;
    letterhead.emblem = release.letterhead.emblem.clone();
    if let Some(emblem) = &mut letterhead.emblem {
        emblem.alternative.clear();
    }
    let signature = &release.signature;
    let is_at_home = signature.place.trim() == own.signature.place;
    let place = places::translated(&signature.place, to);
    Release {
        language: to,
        letterhead,
        reference: without_words(&release.reference, to).unwrap_or_default(),
        notice: pair(&release.notice, &notices(from), &notices(to)).unwrap_or_default(),
        title: pair(&release.title, &titles(from), &titles(to)).unwrap_or_default(),
        body: release.body.iter().map(block).collect(),
        number_paragraphs: release.number_paragraphs,
        signature: Signature {
            place: if is_at_home { blank.signature.place } else { place.unwrap_or_default() },
            date: signature.date.day().into(),
            lunar_date: to == Language::Khmer,
            signatories: signature.signatories.iter().map(|one| people.signatory(one)).collect(),
            columns: signature.columns,
        },
        page: release.page.clone(),
        unchecked: release.unchecked.clone(),
        ..Release::default()
    }
}

/// A text that has no words, with the digits of a language.
fn without_words(text: &str, to: Language) -> Option<String> {
    let has_words = text.chars().any(|c| c.is_alphabetic() || is_khmer(c) && !c.is_numeric());
    (!has_words && !text.trim().is_empty()).then(|| match to {
        Language::English => to_arabic_digits(text),
        Language::Khmer => to_khmer_digits(text),
    })
}

/// The people of a list, by their names and titles in one language, in the form in which texts are compared.
struct People<'a> {
    by_name: HashMap<String, &'a Person>,
    by_title: HashMap<String, &'a Person>,
    to: Language,
}

impl<'a> People<'a> {
    fn of(roster: &'a Roster, from: Language) -> Self {
        let (mut by_name, mut by_title) = (HashMap::new(), HashMap::new());
        for person in roster.people() {
            let (name, honorific) = (person.name.of(from), person.honorific.of(from));
            if name.trim().is_empty() {
                continue;
            }
            for form in [name.to_owned(), format!("{honorific} {name}"), format!("{honorific}{name}")] {
                by_name.entry(comparable(&form)).or_insert(person);
            }
            by_title.entry(comparable(person.title.of(from))).or_insert(person);
        }
        Self { by_name, by_title, to: from.other() }
    }

    /// The person of a name, with what is before it or without.
    fn named(&self, name: &str) -> Option<&'a Person> {
        self.by_name.get(&comparable(name)).copied()
    }

    /// A text that is a number, a place or the name of a person and nothing else, in the other language.
    fn carried(&self, text: &str) -> Option<String> {
        let name = || Some(self.named(text)?.name.of(self.to).to_owned()).filter(|name| !name.is_empty());
        without_words(text, self.to).or_else(|| places::translated(text, self.to)).or_else(name)
    }

    /// Who signs; nobody whom the list does not know, but with the title if it knows that of another.
    fn signatory(&self, one: &Signatory) -> Signatory {
        let person = self.named(&one.name);
        let of_title = || self.by_title.get(&comparable(&one.title)).copied().filter(|_| !one.title.trim().is_empty());
        Signatory {
            name: person.map(|person| person.name.of(self.to).to_owned()).unwrap_or_default(),
            title: person.or_else(of_title).map(|person| person.title.of(self.to).to_owned()).unwrap_or_default(),
            ..Signatory::default()
        }
    }
}

/// The form in which names and titles are compared, whether in capitals or small letters.
fn comparable(text: &str) -> String {
    search_form(text.trim(), true).0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        release::{BlockKind, HeadingLevel, file},
        roster::Both,
    };

    fn both(english: &str, khmer: &str) -> Both {
        Both { english: english.into(), khmer: khmer.into() }
    }

    #[test]
    fn what_needs_no_translator_is_there_and_no_word_of_the_first() {
        let roster: Roster = [Person {
            name: both("SOK Dara", "សុខ តារា"),
            honorific: both("His Excellency", "ឯកឧត្តម"),
            title: both("Minister", "រដ្ឋមន្ត្រី"),
        }]
        .into_iter()
        .collect();
        let heading = BlockKind::Heading(HeadingLevel::One);
        let block = |kind, text: &str| Paragraph { kind, ..Paragraph::new(RichText::plain(text)) };
        let mut english = Release::blank(Language::English);
        english.body =
            vec![block(heading, "Trade"), block(BlockKind::Plain, "It grew."), block(BlockKind::Centred, "— END —")];
        english.notice = "UNOFFICIAL TRANSLATION".into();
        english.signature.date = chrono::NaiveDate::from_ymd_opt(2026, 11, 28).into();
        english.signature.signatories = [("Minister", "His Excellency SOK Dara"), ("Another", "Person")]
            .map(|(title, name)| Signatory { title: title.into(), name: name.into(), party: "For Cambodia".into() })
            .into();
        let khmer = in_other_language(&english, &roster);
        assert_eq!(khmer.title, "សេចក្តីប្រកាសព័ត៌មាន");
        assert_eq!(khmer.notice, "សេចក្តីបកប្រែក្រៅផ្លូវការ");
        assert_eq!(khmer.letterhead, Release::blank(Language::Khmer).letterhead);
        let kinds: Vec<_> = khmer.body.iter().map(|block| (block.kind, block.text.as_str())).collect();
        assert_eq!(kinds, [(heading, ""), (BlockKind::Plain, ""), (BlockKind::Centred, "— ចប់ —")]);
        let names: Vec<_> =
            khmer.signature.signatories.iter().map(|one| (one.title.as_str(), one.name.as_str())).collect();
        assert_eq!(names, [("រដ្ឋមន្ត្រី", "សុខ តារា"), ("", "")]);
        assert_eq!((khmer.signature.date.day(), khmer.signature.lunar_date), (english.signature.date.day(), true));
        let written = file::write(&khmer).replace("language: Khmer", "");
        let texts = written.split('"').skip(1).step_by(2).filter(|text| text.chars().any(|c| c.is_ascii_uppercase()));
        assert_eq!(texts.collect::<Vec<_>>(), Vec::<&str>::new());
        // And back again.
        let again = in_other_language(&khmer, &roster);
        assert_eq!((again.title.as_str(), again.notice.as_str()), ("PRESS RELEASE", "UNOFFICIAL TRANSLATION"));
        assert_eq!(
            (again.signature.place.as_str(), again.signature.signatories[0].name.as_str()),
            ("Phnom Penh", "SOK Dara")
        );
    }

    #[test]
    fn places_and_listed_people_are_carried_over() {
        let person = Person {
            name: both("SOK Dara", "សុខ តារា"),
            honorific: both("His Excellency", "ឯកឧត្តម"),
            title: both("Minister", "រដ្ឋមន្ត្រី"),
        };
        let roster: Roster = [person].into_iter().collect();
        let mut english = Release::blank(Language::English);
        english.body = ["Japan", "His Excellency Sok Dara", "Japan and Sok Dara"]
            .map(|text| Paragraph::new(RichText::plain(text)))
            .into();
        english.signature.place = "Siem Reap".into();
        english.signature.signatories = [("Minister", "Another Person"), ("", "sok dara")]
            .map(|(title, name)| Signatory { title: title.into(), name: name.into(), ..Signatory::default() })
            .into();
        let khmer = in_other_language(&english, &roster);
        assert_eq!(khmer.signature.place, "សៀមរាប");
        let texts: Vec<_> = khmer.body.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["ជប៉ុន", "សុខ តារា", ""]);
        let signatories: Vec<_> =
            khmer.signature.signatories.iter().map(|one| (one.title.as_str(), one.name.as_str())).collect();
        assert_eq!(signatories, [("រដ្ឋមន្ត្រី", ""), ("រដ្ឋមន្ត្រី", "សុខ តារា")]);
        // And back again.
        let again = in_other_language(&khmer, &roster);
        assert_eq!((again.signature.place.as_str(), again.body[0].text.as_str()), ("Siem Reap", "Japan"));
    }

    #[test]
    fn figures_are_those_of_the_language() {
        assert_eq!(without_words("09:30 – 1,500", Language::Khmer).as_deref(), Some("០៩:៣០ – ១,៥០០"));
        assert_eq!(without_words("១២%", Language::English).as_deref(), Some("12%"));
        for text in ["9 a.m.", "១២ នាក់", " ", ""] {
            assert_eq!(without_words(text, Language::English), None, "{text}");
        }
    }
}

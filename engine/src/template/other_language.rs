//! A release, begun once more in the other language.
//!
//! What needs no translator is there: letterhead, kind of document, date, signatories from the list of names, the same
//! blocks in their order, numbers and pictures. Invariant: nothing in the language of the first is left.

use crate::{
    dates::{to_arabic_digits, to_khmer_digits},
    khmer::is_khmer,
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
    let block = |block: &Paragraph| {
        let text = block.text.as_str();
        let mark = pair(text, &marks(from), &marks(to)).or_else(|| without_words(text, to));
        block.with_text(mark.map_or_else(RichText::default, |text| RichText::plain(text.as_str())))
    };
    let mut letterhead = blank.letterhead;
    letterhead.ornament = release.letterhead.ornament;
    letterhead.emblem = release.letterhead.emblem.clone();
    if let Some(emblem) = &mut letterhead.emblem {
        emblem.alternative.clear();
    }
    let signature = &release.signature;
    let is_at_home = signature.place.trim() == own.signature.place;
    Release {
        language: to,
        letterhead,
        reference: without_words(&release.reference, to).unwrap_or_default(),
        notice: pair(&release.notice, &notices(from), &notices(to)).unwrap_or_default(),
        title: pair(&release.title, &titles(from), &titles(to)).unwrap_or_default(),
        body: release.body.iter().map(block).collect(),
        number_paragraphs: release.number_paragraphs,
        signature: Signature {
            place: if is_at_home { blank.signature.place } else { String::new() },
            date: signature.date.day().into(),
            lunar_date: to == Language::Khmer,
            signatories: signature.signatories.iter().map(|one| signatory(one, roster, from, to)).collect(),
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

/// Who signs, by the list of names; nobody whom it does not know.
fn signatory(one: &Signatory, roster: &Roster, from: Language, to: Language) -> Signatory {
    let found = roster.people().iter().find(|person| is_named(person, &one.name, from));
    let of = |text: &str| text.to_owned();
    found.map_or_else(Signatory::default, |person| Signatory {
        name: of(person.name.of(to)),
        title: of(person.title.of(to)),
        ..Signatory::default()
    })
}

/// Whether a name is that of a person, with what stands before it or without.
fn is_named(person: &Person, name: &str, language: Language) -> bool {
    let listed = person.name.of(language).trim();
    let before = name.trim().strip_suffix(listed).map(str::trim_end);
    !listed.is_empty()
        && before.is_some_and(|before| before.is_empty() || before == person.honorific.of(language).trim())
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
        english.signature.signatories = [("Minister", "His Excellency SOK Dara"), ("Somebody", "Else")]
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
    fn figures_are_those_of_the_language() {
        assert_eq!(without_words("09:30 – 1,500", Language::Khmer).as_deref(), Some("០៩:៣០ – ១,៥០០"));
        assert_eq!(without_words("១២%", Language::English).as_deref(), Some("12%"));
        for text in ["9 a.m.", "១២ នាក់", " ", ""] {
            assert_eq!(without_words(text, Language::English), None, "{text}");
        }
    }
}

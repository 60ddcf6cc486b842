//! A list of names: what it completes while a text is typed, and what a release is held against.
//!
//! The input is the list, then after a zero byte a text.
#![no_main]

use std::{cell::OnceCell, fs};

use chrono::NaiveDate;
use libfuzzer_sys::fuzz_target;
use release_composer::{
    proof::{Reference, check},
    release::{Language, Paragraph, Release, RichText, file::ParseError},
    roster::{
        Both, Wanted, Person, Roster,
        edit::{Change, changed},
        file,
    },
    storage,
    typeset::{Cache, Pages, breaks::KnownWords, typeset},
};

thread_local! {
    static PLACE: OnceCell<tempfile::TempDir> = const { OnceCell::new() };
    /// What the check looks at beside the text; empty pages will do.
    static PAGES: Pages = typeset(&Release::default(), None, &mut Cache::default());
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = str::from_utf8(bytes) else {
        assert!(on_disk(bytes).is_none(), "a list is text");
        return;
    };
    let (list, text) = text.split_once('\0').unwrap_or((text, "with kam and SOK, លោកជំទាវ កាមិ"));
    let people = match file::parse(list) {
        Ok(people) => people,
        Err(ParseError { line, column, message, .. }) => {
            assert!(line >= 1 && column >= 1 && line <= list.split('\n').count() + 1, "{line}, {column}");
            assert!(!message.is_empty());
            return;
        }
    };
    if bytes.len().is_multiple_of(16) && !list.starts_with('\u{FEFF}') {
        assert_eq!(on_disk(list.as_bytes()).expect("the same as in memory"), people);
    }
    changes(list, &people);
    let roster: Roster = people.into_iter().collect();
    let listed: Vec<&str> = roster.people().iter().flat_map(texts).collect();
    for caret in 0..=text.len().min(600) {
        for part in [Wanted::Any, Wanted::Name, Wanted::Title] {
            let Some(begun) = roster.completion(text, caret, part) else { continue };
            assert!(begun.range.end == caret && text.get(begun.range).is_some() && !begun.offers.is_empty());
            for offer in begun.offers {
                assert!(listed.iter().any(|listed| offer.name.ends_with(listed)), "{offer:?} is on no list");
            }
        }
    }
    let mut words = KnownWords::new();
    roster.words().for_each(|word| words.insert(word));
    let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
    for language in [Language::English, Language::Khmer] {
        let body = vec![Paragraph { text: RichText::plain(text), ..Paragraph::default() }];
        let release = Release { language, headline: text.to_owned(), body, ..Release::default() };
        let reference = Reference { today, emblem: None, words: &words, roster: &roster, other: None };
        for finding in PAGES.with(|pages| check(&release, pages, &reference)) {
            let whole = finding.field.and_then(|field| release.text(field));
            let range = finding.range.clone();
            assert!(range.is_empty() || whole.is_some_and(|text| text.as_str().get(range).is_some()), "{finding:?}");
        }
    }
});

/// What is changed in the text is what is read from it.
fn changes(list: &str, people: &[Person]) {
    let name = Both { english: "NEW \"Name\"".into(), khmer: "ថ្មី".into() };
    let new = Person { name, ..Person::default() };
    let text = changed(list, Change::Add(&new)).expect("there is room for one more");
    let read = file::parse(&text).expect("a changed list is one");
    if !people.contains(&new) {
        assert_eq!(read.split_last(), Some((&new, people)));
    }
    let Some(first) = people.first() else { return };
    let text = changed(list, Change::Replace(first, &new)).expect("one in the place of another");
    assert_eq!(file::parse(&text).expect("a changed list is one").len(), people.len());
    let text = changed(list, Change::Remove(first)).expect("one less");
    assert_eq!(file::parse(&text).expect("a changed list is one"), people[1..]);
}

/// What a list says of somebody.
fn texts(person: &Person) -> Vec<&str> {
    let both = [&person.name, &person.title];
    both.into_iter().flat_map(|both| [both.english.as_str(), &both.khmer]).filter(|text| !text.is_empty()).collect()
}

/// As the program reads it: from a file, with or without a byte order mark.
fn on_disk(bytes: &[u8]) -> Option<Vec<Person>> {
    PLACE.with(|place| {
        let place = place.get_or_init(|| tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap());
        let path = place.path().join("names.ron");
        fs::write(&path, bytes).unwrap();
        let plain = storage::names(&path).ok();
        fs::write(&path, [b"\xEF\xBB\xBF", bytes].concat()).unwrap();
        assert_eq!(storage::names(&path).ok(), plain);
        plain
    })
}

//! Phrases that a line keeps whole, each set at 46 positions of an English paragraph.
//!
//! `cargo test --test whole -- --nocapture` prints at how many of them each phrase is torn.

use release_composer::{
    release::{Language, Paragraph, Release, RichText},
    typeset::{Cache, typeset},
};

const WHOLE: &str = include_str!("data/whole.txt");

/// Phrases that should rather be whole, at a cost.
const RATHER_WHOLE: &[&str] = &[
    "United States",
    "Siem Reap",
    "Prime Minister",
    "Foreign Minister",
    "U.S.-ASEAN",
    "President Biden",
    "Republic of Korea",
    "KISHIDA Fumio",
];

/// Every second letter of a line of 92: two points and a half on average.
const POSITIONS: usize = 46;

const WORDS: &str = "the two sides exchanged views on regional matters of common interest and agreed to deepen their \
    cooperation in trade and culture for the benefit of both peoples while they looked forward to further talks in \
    the years to come";

/// Words of exactly so many letters, spaces included.
fn words(length: usize, from: usize) -> String {
    let mut text = String::new();
    let mut words = WORDS.split_whitespace().cycle().skip(from);
    while text.len() < length {
        text += words.next().unwrap_or_default();
        text.push(' ');
    }
    text.truncate(length - 1);
    text.truncate(text.trim_end().len());
    text += &"n".repeat(length - 1 - text.len());
    text + " "
}

/// At how many of the positions a line ends inside of the phrase.
fn torn(phrase: &str) -> usize {
    let paragraph = |position: usize| {
        format!("{}{phrase} {}.", words(90 + 2 * position, position), words(300, position + 7).trim_end())
    };
    let texts: Vec<String> = (0..POSITIONS).map(paragraph).collect();
    let body = texts.iter().map(|text| Paragraph::new(RichText::plain(text.as_str()))).collect();
    let release = Release { language: Language::English, body, ..Release::default() };
    let pages = typeset(&release, None, &mut Cache::default());
    let mut torn = 0;
    for (index, text) in texts.iter().enumerate() {
        let start = text.find(phrase).expect("the phrase");
        let lines = pages.lines().filter(|(_, line)| line.text.text == *text);
        let starts: Vec<usize> = lines.map(|(_, line)| line.text.clusters[line.clusters.start].text.start).collect();
        assert!(starts.len() > 3, "paragraph {index} has {} lines", starts.len());
        torn += usize::from(starts.iter().any(|at| start < *at && *at < start + phrase.len()));
    }
    torn
}

#[test]
fn phrases_are_whole_wherever_in_a_line_they_fall() {
    let mut wrong = Vec::new();
    for phrase in WHOLE.lines().filter(|line| !line.starts_with('#')) {
        let torn = torn(phrase);
        println!("{torn:3} of {POSITIONS}  {phrase}");
        if torn > 0 {
            wrong.push(phrase);
        }
    }
    assert!(wrong.is_empty(), "torn: {wrong:?}");
}

#[test]
fn phrases_that_read_as_one_word_are_seldom_torn() {
    for phrase in RATHER_WHOLE {
        let torn = torn(phrase);
        println!("{torn:3} of {POSITIONS}  {phrase}");
        assert!(torn <= 2, "{phrase} is torn {torn} times");
    }
}

/// A long dash is at the end of a line or inside of it.
#[test]
fn a_long_dash_begins_no_line() {
    for position in 0..POSITIONS {
        let text = format!("{}word—another {}", words(90 + 2 * position, position), words(200, position));
        let body = vec![Paragraph::new(RichText::plain(text))];
        let release = Release { language: Language::English, body, ..Release::default() };
        let pages = typeset(&release, None, &mut Cache::default());
        assert!(pages.lines().all(|(_, line)| !line.characters().starts_with('—')));
    }
}

/// The path of a URL gives way after a slash and before `?` and `&`.
#[test]
fn a_long_url_ends_a_line_in_its_path() {
    let url = "https://www.mfaic.gov.kh/posts/2026-11-28/press-release?id=120&lang=english";
    let mut broken = 0;
    for position in 0..POSITIONS {
        let text = format!("{}{url} {}", words(90 + 2 * position, position), words(200, position));
        let start = text.find(url).expect("the address");
        let body = vec![Paragraph::new(RichText::plain(text.as_str()))];
        let release = Release { language: Language::English, body, ..Release::default() };
        let pages = typeset(&release, None, &mut Cache::default());
        for (_, line) in pages.lines() {
            let at = line.text.clusters[line.clusters.start].text.start;
            if line.text.text == text && start < at && at < start + url.len() {
                broken += 1;
                assert!(text[..at].ends_with('/') || text[at..].starts_with(['?', '&']), "{}", &text[at..]);
                assert!(at > start + "https://www.mfaic.gov.kh".len());
            }
        }
    }
    assert!(broken > POSITIONS / 2, "{broken}");
}

/// In a column that is narrower than an address, it is not divided at its hyphen, where it would be copied wrong.
#[test]
fn what_is_longer_than_a_line_is_divided_where_it_reads_on() {
    use release_composer::typeset::{Alignment, Measure, Role, Type, breaks::KnownWords, set_with, shape};
    let set = |text: &str, width: f32| -> Vec<String> {
        let kind = Type { role: Role::Text, size: 12.0 };
        let measure = Measure { width, indent: 0.0, alignment: Alignment::Left };
        let shaped = std::sync::Arc::new(shape(&RichText::plain(text), kind, None));
        let lines = set_with(shaped, measure, &KnownWords::default(), false);
        let text = |line: &release_composer::typeset::SetLine| {
            lines.text.clusters[line.clusters.clone()].iter().map(|c| lines.text.characters(c)).collect()
        };
        lines.lines.iter().map(text).collect()
    };
    assert_eq!(set("information-dept@mfaic.gov.kh", 110.0), ["information-dept", "@mfaic.gov.kh"]);
    assert_eq!(set("Tel: 023 216 122", 60.0), ["Tel: ", "023 216 122"]);
}

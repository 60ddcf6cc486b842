//! A name that the text before the caret begins, and what may be put in its place.
//!
//! In Latin script a name begins where a word does. Khmer has no spaces between words, so there it
//! begins where a run of Khmer does, or right behind a title (លោកជំទាវ). The script that is typed says
//! in which language the name is offered.
//!
//! Pure, and quick enough to be asked at every key: it looks at the last words alone.

use std::ops::Range;

use super::{Names, Person, Roster, index};
use crate::{
    khmer::characters::{COENG, is_in_words, is_letter},
    release::Language,
    typeset::breaks::after_titles,
};

/// Letters after which Latin script begins a name; two will do if the first is a capital.
const LETTERS: usize = 3;
/// Letters, with their marks, after which Khmer does.
const KHMER_LETTERS: usize = 2;
/// Words of a name before the caret.
const WORDS: usize = 6;
/// As far as is looked back, in bytes.
const REACH: usize = 400;
/// People who are offered at once; more are no help, but typing on is.
const PEOPLE: usize = 12;

/// What is wanted at a place of the release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A name, with the title or without it.
    Any,
    /// Names alone: the signatory's.
    Name,
    /// Titles alone: the signatory's.
    Title,
}

/// What may complete a name that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offers {
    /// The bytes that an offer takes the place of.
    pub range: Range<usize>,
    /// What may be there, the likeliest first; never empty.
    pub offers: Vec<Offer>,
}

/// Something to put in the place of what was begun.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// The honorific, if any, and the name; or a title that is alone.
    pub name: String,
    /// What follows it, with the comma or space before it: the title.
    pub title: String,
}

impl Roster {
    /// The name begun by the text before a byte, where more of it may come.
    pub fn completion(&self, text: &str, caret: usize, part: Wanted) -> Option<Offers> {
        if self.is_empty() {
            return None;
        }
        let (before, after) = text.split_at_checked(caret)?;
        if after.starts_with(|c: char| c.is_alphanumeric() || is_in_words(c)) {
            return None;
        }
        let last = before.strip_suffix(' ').unwrap_or(before).chars().next_back()?;
        let (language, starts) = match last {
            c if is_in_words(c) => (Language::Khmer, khmer_starts(before)),
            c if c.is_alphabetic() => (Language::English, latin_starts(before)),
            _ => return None,
        };
        let Names { names, titles } = self.names(language);
        for start in starts {
            let typed = before.get(start..)?;
            if !is_enough(typed, language) {
                continue;
            }
            let form = index::form(typed);
            // What is written out is meant, though it may begin another person's name, and is not begun once
            // more by its last word.
            if if part == Wanted::Title { titles.has(&form) } else { names.has(&form) } {
                return None;
            }
            let offers = self.offers(&form, language, part, before.get(..start)?);
            if !offers.is_empty() {
                return Some(Offers { range: start..caret, offers });
            }
        }
        None
    }

    /// What a form begins, after what is said before it.
    fn offers(&self, form: &str, language: Language, part: Wanted, said: &str) -> Vec<Offer> {
        let Names { names, titles } = self.names(language);
        let people = |found: Vec<usize>| found.into_iter().filter_map(|found| self.people.get(found));
        let mut offers: Vec<Offer> = Vec::new();
        let mut offer = |name: String, title: String| {
            let offer = Offer { name, title };
            // Two people may have the same office, and one may be listed under two.
            if !offer.name.is_empty() && !offers.contains(&offer) {
                offers.push(offer);
            }
        };
        if part == Wanted::Title {
            let found = people(titles.begun(form)).chain(people(names.begun(form)));
            let mut known: Vec<&str> = Vec::new();
            for title in found.map(|person| person.title.of(language)) {
                if known.len() < PEOPLE && !known.contains(&title) {
                    known.push(title);
                }
            }
            known.into_iter().for_each(|title| offer(title.to_owned(), String::new()));
            return offers;
        }
        let found: Vec<&Person> = people(names.begun(form)).take(PEOPLE).collect();
        for person in &found {
            let name = person.name.of(language);
            let title = match (part, person.title.of(language), language) {
                (Wanted::Name, ..) | (_, "", _) => String::new(),
                (_, title, Language::English) => format!(", {title}"),
                (_, title, Language::Khmer) => format!(" {title}"),
            };
            let honorific = person.honorific.of(language);
            // What the name follows already is not asked for again; and of many each has fewer lines.
            let styled = found.len() == 1 && !honorific.is_empty() && !follows_honorific(said, honorific);
            offer(name.to_owned(), String::new());
            if !title.is_empty() {
                offer(name.to_owned(), title.clone());
            }
            if styled {
                offer(format!("{honorific} {name}"), title);
            }
        }
        offers
    }
}

/// Whether enough is typed to tell a name.
fn is_enough(typed: &str, language: Language) -> bool {
    match language {
        Language::English => {
            let letters = typed.chars().filter(|c| c.is_alphabetic()).count();
            letters >= LETTERS || letters + 1 == LETTERS && typed.starts_with(char::is_uppercase)
        }
        Language::Khmer => khmer_letters(typed) >= KHMER_LETTERS,
    }
}

/// Whether what is before a name is its honorific, or in Khmer any title of a person.
fn follows_honorific(said: &str, honorific: &str) -> bool {
    let said = said.trim_end();
    let run = said.rfind(|c| !is_in_words(c)).map_or(0, |at| said.ceil_char_boundary(at + 1));
    let run = said.get(run..).unwrap_or_default();
    index::form(said.get(said.ceil_char_boundary(said.len().saturating_sub(REACH))..).unwrap_or_default())
        .ends_with(&index::form(honorific))
        || !run.is_empty() && after_titles(run).last() == Some(&run.len())
}

/// Where the last words begin, the earliest first: at letters that follow no other.
fn latin_starts(before: &str) -> Vec<usize> {
    let tail = tail(before, |c| c.is_alphabetic() && !is_in_words(c) || matches!(c, ' ' | '-' | '’' | '\'' | '.'));
    let mut starts: Vec<usize> = Vec::new();
    let mut within = before.get(..tail).and_then(|head| head.chars().next_back()).is_some_and(char::is_alphanumeric);
    for (at, c) in before.get(tail..).unwrap_or_default().char_indices() {
        if c.is_alphabetic() && !within {
            starts.push(tail + at);
        }
        within = c.is_alphabetic() || matches!(c, '-' | '’' | '\'');
    }
    starts.split_off(starts.len().saturating_sub(WORDS))
}

/// Where a Khmer name may begin, the earliest first: at the last runs of Khmer, and behind the titles
/// in the last.
fn khmer_starts(before: &str) -> Vec<usize> {
    let tail = tail(before, |c| is_in_words(c) || matches!(c, ' ' | '\u{200B}'));
    let mut starts: Vec<usize> = Vec::new();
    let mut within = false;
    for (at, c) in before.get(tail..).unwrap_or_default().char_indices() {
        if is_in_words(c) && !within {
            starts.push(tail + at);
        }
        within = is_in_words(c);
    }
    let mut starts = starts.split_off(starts.len().saturating_sub(WORDS));
    // A family name may be written together with the title, and the given name after a space.
    for start in starts.clone().into_iter().rev().take(2) {
        let run = before.get(start..).unwrap_or_default();
        let run = run.get(..run.find(|c| !is_in_words(c)).unwrap_or(run.len())).unwrap_or_default();
        starts.extend(after_titles(run).into_iter().map(|end| start + end));
    }
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// Where the stretch of such characters begins that a text ends with, no further back than a name
/// reaches.
fn tail(before: &str, belongs: impl Fn(char) -> bool) -> usize {
    let far = before.ceil_char_boundary(before.len().saturating_sub(REACH));
    let near = before.get(far..).unwrap_or_default();
    near.char_indices().rev().take_while(|&(_, c)| belongs(c)).last().map_or(before.len(), |(at, _)| far + at)
}

/// The letters of a Khmer text, each with its subscripts and marks.
fn khmer_letters(text: &str) -> usize {
    let mut joined = false;
    let mut count = 0;
    for c in text.chars() {
        count += usize::from(is_letter(c) && !joined);
        joined = c == COENG;
    }
    count
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{roster::file, typeset::breaks::cluster_boundaries, work::tests::processor_time};

    fn roster() -> Roster {
        let list = r#"(names: [
            (english: "KAMIKAWA Yoko", khmer: "កាមិកាវ៉ា យ៉ូកុ",
             honorific: (english: "Her Excellency", khmer: "លោកជំទាវ"),
             title: (english: "Minister for Foreign Affairs of Japan", khmer: "រដ្ឋមន្ត្រីការបរទេសជប៉ុន")),
            (english: "SOK Chenda Sophea", khmer: "សុខ ចិន្តាសោភា",
             title: (english: "Deputy Prime Minister", khmer: "ឧបនាយករដ្ឋមន្ត្រី")),
            (english: "SOK Dara"),
        ])"#;
        file::parse(list).unwrap().into_iter().collect()
    }

    fn offered(text: &str) -> Option<(String, Vec<String>)> {
        let begun = roster().completion(text, text.len(), Wanted::Any)?;
        let whole = |offer: Offer| offer.name + &offer.title;
        Some((text[begun.range].to_owned(), begun.offers.into_iter().map(whole).collect()))
    }

    #[test]
    fn a_name_is_begun_by_surname_or_given_name_in_any_case() {
        let kamikawa = vec![
            "KAMIKAWA Yoko".to_owned(),
            "KAMIKAWA Yoko, Minister for Foreign Affairs of Japan".to_owned(),
            "Her Excellency KAMIKAWA Yoko, Minister for Foreign Affairs of Japan".to_owned(),
        ];
        for (text, begun) in [("with kam", "kam"), ("KA", "KA"), ("met Yok", "Yok"), ("(Kamikawa y", "Kamikawa y")] {
            assert_eq!(offered(text), Some((begun.to_owned(), kamikawa.clone())), "{text}");
        }
        assert_eq!(offered("Her Excellency kam").map(|(_, offers)| offers), Some(kamikawa[..2].to_vec()));
        let (begun, offers) = offered("Minister SOK ").unwrap();
        assert_eq!((begun.as_str(), offers.len()), ("SOK ", 3), "{offers:?}");
        assert_eq!(offered("SOK D").map(|(_, offers)| offers), Some(vec!["SOK Dara".to_owned()]));
    }

    #[test]
    fn what_begins_no_name_is_left_in_peace() {
        for text in ["", "ka", "okam", "k", "kam, ", "kam  ", "KAMIKAWA Yoko", "kam.", "12kam", "so", "so ", "e-kam"] {
            assert_eq!(offered(text), None, "{text:?}");
        }
        assert_eq!(roster().completion("kamera", 3, Wanted::Any), None, "inside a word");
        assert_eq!(roster().completion("kam", 9, Wanted::Any), None);
        assert_eq!(roster().completion("ក", 1, Wanted::Any), None);
    }

    #[test]
    fn khmer_is_begun_at_a_run_or_behind_a_title() {
        let kamikawa = ["កាមិកាវ៉ា យ៉ូកុ", "កាមិកាវ៉ា យ៉ូកុ រដ្ឋមន្ត្រីការបរទេសជប៉ុន"].map(str::to_owned);
        for (text, begun) in [
            ("ជាមួយលោកជំទាវ កាមិ", "កាមិ"),
            ("ជាមួយលោកជំទាវកាមិ", "កាមិ"),
            ("លោកជំទាវ កាមិកាវ៉ា យ៉", "កាមិកាវ៉ា យ៉"),
            ("លោកជំទាវកាមិកាវ៉ា យ៉", "កាមិកាវ៉ា យ៉"),
            ("លោកជំទាវ\u{200B}កា\u{200B}មិ", "កា\u{200B}មិ"),
        ] {
            assert_eq!(offered(text), Some((begun.to_owned(), kamikawa.to_vec())), "{text}");
        }
        assert_eq!(offered("កាមិ").map(|(_, offers)| offers.len()), Some(3), "with the honorific that is missing");
        // A mark that was typed before its subscript is the same letter.
        assert!(offered("ចិនា្ត").is_some() && offered("ចិន្").is_some());
        for text in ["កា", "ជាមួយកាមិ", "ពិភពលោកកាមិ", "កាមិ។", "លោកជំទាវ ក"]
        {
            assert_eq!(offered(text), None, "{text}");
        }
    }

    #[test]
    fn a_signatory_has_a_name_and_a_title_apart() {
        let of = |text: &str, part| {
            let begun = roster().completion(text, text.len(), part)?;
            Some(begun.offers.into_iter().map(|offer| offer.name + &offer.title).collect::<Vec<_>>())
        };
        assert_eq!(of("SOK Ch", Wanted::Name), Some(vec!["SOK Chenda Sophea".into()]));
        assert_eq!(of("SOK Ch", Wanted::Title), Some(vec!["Deputy Prime Minister".into()]));
        assert_eq!(of("deputy pri", Wanted::Title), Some(vec!["Deputy Prime Minister".into()]));
        assert_eq!(of("prime", Wanted::Title), None);
        assert_eq!(of("SOK Da", Wanted::Title), None, "without a title");
    }

    #[test]
    fn what_is_written_out_is_not_taken_for_the_beginning_of_another() {
        let list = r#"(names: [
            (english: "CHEA Sophea", title: (english: "Secretary of State")),
            (english: "CHEA Sopheap", title: (english: "Secretary of State for Trade")),
        ])"#;
        let roster: Roster = file::parse(list).unwrap().into_iter().collect();
        let offers = |text: &str, part| roster.completion(text, text.len(), part).map_or(0, |begun| begun.offers.len());
        assert_eq!((offers("CHEA Sophe", Wanted::Name), offers("CHEA Sophea", Wanted::Name)), (2, 0));
        assert_eq!((offers("Secretary of", Wanted::Title), offers("Secretary of State", Wanted::Title)), (2, 0));
        assert_eq!(offers("Secretary of State f", Wanted::Title), 1);
    }

    #[test]
    fn ten_thousand_people_do_not_hold_up_a_key() {
        let person = |number: usize| {
            let (surname, given) = (["SOK", "CHEA", "KEO", "LONG"][number % 4], number / 4);
            let (english, khmer) = (format!("{surname} Dara{given}"), format!("សុខ ចិន្តា{given}"));
            Person { name: super::super::Both { english, khmer }, ..Person::default() }
        };
        let roster: Roster = (0..10_000).map(person).collect();
        let text = "រដ្ឋមន្ត្រីការបរទេស ".repeat(100);
        for typed in ["with SOK ", "with SOK Dara12", "ឯកឧត្តម សុខ ច", "the two sides noted with satisfaction"]
        {
            let text = format!("{text}{typed}");
            let start = processor_time();
            for _ in 0..100 {
                std::hint::black_box(roster.completion(&text, text.len(), Wanted::Any));
            }
            let each = (processor_time() - start) / 100;
            println!("{typed}: {each:?}");
            assert!(each < std::time::Duration::from_millis(5), "{typed}: {each:?}");
        }
    }

    proptest! {
        #[test]
        fn an_offer_takes_the_place_of_whole_letters(
            text in "[kamKAMYokwS .,-ក-អា-ៅំះ្់\u{200B}]{0,20}(kam|SOK |កាមិ|លោកសុខ)?",
            at in 0usize..90,
        ) {
            let begun = roster().completion(&text, at, Wanted::Any);
            if let Some(Offers { range, offers }) = begun {
                prop_assert_eq!(range.end, at);
                prop_assert!(!offers.is_empty());
                let bounds = cluster_boundaries(&text);
                prop_assert!(range.start == 0 || bounds.contains(&range.start), "{:?} at {}", text, range.start);
            }
        }
    }
}

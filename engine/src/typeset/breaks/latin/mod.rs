//! What a line of Latin text does not divide: addresses, telephone numbers, dates, numbers with what they
//! count, names with their titles.
//!
//! UAX 14 lets a line end after every space and hyphen. Here some of these places are taken away, and the
//! others are left as they are; only a long address gains places, in its path. Each rule looks at a word, or
//! at two neighbours and the few words around them.
//!
//! | file | what holds together there |
//! |---|---|
//! | `words` | nothing: it divides a text at its spaces |
//! | `addresses` | e-mail addresses, the scheme and host of a URL |
//! | `phones` | telephone numbers with their label |
//! | `dates` | days, months, years, days of the week, ranges |
//! | `numbers` | a number and its unit or noun, `Street 271`, `5 p.m.` |
//! | `people` | titles and names, `Elizabeth II`, `Jr.`, phrases such as Prime Minister |
//! | `parts` | `e-mail`, `A/RES/77/1`, `5–7`; `(a)` and what it counts; abbreviations |
//!
//! Must never know: Khmer, and widths.
//!
//! Invariant: a place is inside of the text, and the places ascend.

use std::{borrow::Cow, sync::LazyLock};

use foldhash::HashSet;

use crate::khmer::characters::{is_in_words, is_khmer};

mod addresses;
mod dates;
mod numbers;
mod parts;
mod people;
mod phones;
mod phrases;
mod words;

pub use dates::{is_full_month, is_short_month};
pub use people::names;
use words::{Pair, Phrases, Word};

/// How firmly the two sides of a place hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hold {
    /// A line may end here although UAX 14 says no: in the path of a URL.
    Free,
    /// A line should end elsewhere, if that costs little.
    Rather,
    /// A line ends here only if it would have a hole otherwise.
    Firm,
    /// No line ends here unless what holds together is longer than a line.
    Never,
    /// The same, within an address, where UAX 14 has no place.
    Outlet,
    /// No line ends here, whatever its length: within an address that would be copied wrong.
    Closed,
}

/// The places of a text that UAX 14 does not judge right, ascending.
pub fn holds(text: &str) -> Vec<(usize, Hold)> {
    if !text.contains(|c: char| !is_in_words(c) && c.is_alphanumeric()) {
        return Vec::new();
    }
    let words: Vec<Word> = words::of(text).collect();
    let mut holds = addresses::holds(text);
    for word in &words {
        parts::inside(word, &mut holds);
    }
    let plain: Vec<bool> = words.iter().map(is_plain).collect();
    let phrases: Vec<Phrases> = words.iter().map(|word| phrases::after(&in_small_letters(word.bare))).collect();
    for (index, next) in words.iter().enumerate().skip(1) {
        let pair = Pair { words: &words, phrases: &phrases, next: index };
        let are_plain = plain.get(index - 1..=index).is_some_and(|both| both == [true; 2]);
        holds.extend(hold_between(&pair, are_plain).map(|hold| (next.at, hold)));
    }
    // Of two rules about one place the first that was asked counts: an address before its parts.
    holds.sort_by_key(|(at, _)| *at);
    holds.dedup_by_key(|(at, _)| *at);
    holds
}

/// What a rule about dates or numbers may be about, in small letters; beside what has other signs than letters.
static TELLING: LazyLock<HashSet<String>> =
    LazyLock::new(|| dates::telling().chain(numbers::telling()).map(str::to_ascii_lowercase).collect());

/// Whether a word is of Khmer letters alone, or of ASCII letters that tell nothing of dates and numbers, as most do.
fn is_plain(word: &Word) -> bool {
    word.word.chars().all(is_in_words)
        || word.word.bytes().all(|byte| byte.is_ascii_alphabetic()) && !TELLING.contains(&*in_small_letters(word.word))
}

/// The word itself where it is of small letters of ASCII already, as most are, or Khmer.
fn in_small_letters(word: &str) -> Cow<'_, str> {
    let is_small = word.starts_with(is_khmer) || word.bytes().all(|byte| byte.is_ascii_lowercase());
    if is_small { Cow::Borrowed(word) } else { word.to_lowercase().into() }
}

/// How firmly two neighbours hold together. Between plain words there is no date and nothing that counts.
fn hold_between(pair: &Pair, is_plain: bool) -> Option<Hold> {
    let about_numbers = [phones::pair, dates::pair, numbers::pair];
    let counted = about_numbers.iter().filter(|_| !is_plain).filter_map(|rule| rule(pair)).max();
    counted.max(people::pair(pair)).max(parts::pair(pair))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with the places that hold: `~` rather, `=` firmly, `+` always; `|` where one was added.
    fn held(text: &str) -> String {
        let mut out = text.to_owned();
        for (at, hold) in holds(text).into_iter().rev() {
            out.insert(
                at,
                match hold {
                    Hold::Free => '|',
                    Hold::Rather => '~',
                    Hold::Firm => '=',
                    Hold::Never | Hold::Outlet | Hold::Closed => '+',
                },
            );
        }
        out
    }

    #[test]
    fn words_that_hold_together() {
        for (text, right) in [
            ("at (+855) 23 216 122 or", "at (+855) +23 +216 +122 or"),
            ("Tel: 023 216 122.", "Tel: +023 +216 +122."),
            ("cost 4,000 riel today", "cost 4,000 +riel today"),
            ("about 10 per cent of", "about 10 +per +cent of"),
            ("of King Norodom VI in", "of King +Norodom +VI in"),
            ("Queen Elizabeth II’s visit", "Queen +Elizabeth +II’s visit"),
            ("on 5 September 2025 in", "on 5 +September +2025 in"),
            ("on September 5, 2025, in", "on September +5, +2025, in"),
            ("from 16 to 18 December 2023 in", "from 16 =to =18 +December +2023 in"),
            ("on 16, 17 and 18 December", "on 16, =17 =and =18 +December"),
            ("5–7 May 2025", "5–+7 +May +2025"),
            ("on Monday, 5 September 2025", "on Monday, =5 +September +2025"),
            ("30 October to 2 November 2023", "30 +October ~to ~2 +November +2023"),
            ("at 5 p.m. ICT on", "at 5 +p.m. +ICT on"),
            ("P.O. Box 12, Street 271", "P.O. +Box +12, Street +271"),
            ("Joseph R. Biden, Jr. said", "Joseph =R. =Biden, +Jr. said"),
            ("(a) first and (ii) second", "(a) +first and (ii) +second"),
            ("the Prime Minister and", "the Prime ~Minister and"),
            ("in Siem Reap.", "in Siem ~Reap."),
            ("H.E. SOK Dara met", "H.E. +SOK =Dara met"),
            ("that King Norodom Sihamoni met", "that King +Norodom +Sihamoni met"),
            ("Queen Mother Norodom Monineath", "Queen +Mother =Norodom +Monineath"),
            ("Their Majesties King Norodom", "Their ~Majesties ~King +Norodom"),
            ("Samdech Techo Hun Sen met Mr. Nguyen Van Tu", "Samdech +Techo =Hun +Sen met Mr. +Nguyen =Van =Tu"),
            ("Samdech Akka Moha Padei Techo HUN Sen", "Samdech +Akka ~Moha ~Padei ~Techo =HUN +Sen"),
            ("to the King. President Xi came", "to the King. President ~Xi came"),
            ("Robert Kennedy, Sr. and HRH Princess", "Robert =Kennedy, +Sr. and HRH +Princess"),
            ("on Sunday (28 November) by flight K6 123", "on Sunday =(28 +November) by flight +K6 =123"),
            ("with 45 countries in", "with 45 =countries in"),
            ("In 2023 Cambodia", "In 2023 Cambodia"),
            ("the 2025 summit", "the 2025 summit"),
            ("ASEAN + 3 and", "ASEAN ++ +3 and"),
            ("It was so in 2023. The next", "It was so in 2023. The next"),
            ("agreed: 1. First, to", "agreed: 1. +First, to"),
            ("from the States and Japan", "from the States and Japan"),
        ] {
            assert_eq!(held(text), right);
        }
    }

    #[test]
    fn no_rule_about_numbers_holds_plain_words() {
        let vocabulary = "5 16 2023 King the of to and or until per cent no. No page May (May) Monday June, Q3 half ten \
            million US metric tons hours p.m. pm ICT twenty-five Road Street Annex A I II AD BC 21st ½ e.g. (a) + m h \
            people Prime Minister Siem Reap H.E. SOK Dara’s Jr. box PO Box Tel: telephone - – fold nautical riel";
        let vocabulary: Vec<&str> = vocabulary.split(' ').collect();
        let mut plain = 0;
        for first in &vocabulary {
            for second in &vocabulary {
                for (before, after) in [("", ""), ("5 ", " May 2023"), ("May ", " 2023"), ("two ", " II of")] {
                    let text = format!("{before}{first} {second}{after}");
                    let words: Vec<Word> = words::of(&text).collect();
                    for (index, next) in words.iter().enumerate().skip(1) {
                        let pair = Pair { words: &words, phrases: &[], next: index };
                        if is_plain(next) && is_plain(&pair.word(-1)) {
                            assert_eq!(hold_between(&pair, true), hold_between(&pair, false), "{text}");
                            plain += 1;
                        }
                    }
                }
            }
        }
        assert!(plain > 1000);
    }

    #[test]
    fn parts_of_words_that_hold_together() {
        for (text, right) in [
            ("e-mail", "e-+mail"),
            ("an X-ray, re-elected", "an X-+ray, re-+elected"),
            ("A/RES/77/1", "A/+RES/+77/+1"),
            ("and/or", "and/+or"),
            ("long-term", "long-term"),
            ("U.S.-ASEAN", "U.S.-~ASEAN"),
            ("pp. 12–14", "pp. +12–+14"),
            ("follow-up", "follow-+up"),
        ] {
            assert_eq!(held(text), right);
        }
    }

    #[test]
    fn addresses_hold_and_paths_give_way() {
        let torn = |text: &str| -> Vec<String> {
            let free = holds(text).into_iter().filter(|(_, hold)| *hold == Hold::Free);
            free.map(|(at, _)| text[at..].to_owned()).collect()
        };
        assert!(torn("information-dept@mfaic.gov.kh").is_empty());
        assert!(torn("https://www.mfaic.gov.kh").is_empty());
        assert_eq!(
            torn("https://www.mfaic.gov.kh/posts/press-room?id=12&lang=en."),
            ["posts/press-room?id=12&lang=en.", "press-room?id=12&lang=en.", "?id=12&lang=en.", "&lang=en."]
        );
        let text = "see https://camb-embassy.gov.kh/a-b";
        let hyphen = text.find("-emb").map(|at| at + 1);
        assert!(holds(text).iter().any(|(at, hold)| Some(*at) == hyphen && *hold == Hold::Closed));
    }
}

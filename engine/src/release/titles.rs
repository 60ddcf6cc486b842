//! Titles of persons in both languages: the one place where they are written.
//!
//! Line breaks, spelling, proofreading and the spaces of the web each ask for another part of the list.
//!
//! Must never know: names, lines and fields. Invariant: no title is on a list twice.

/// What a title of Latin script is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A form of address, or one abbreviated: `Mr`, `H.E`, `Gen`.
    Address,
    /// A title of the kingdom or a neighbour: `Samdech`.
    Asian,
    /// Of a monarch, a noble or a saint, with whose name it is one: `King`.
    Noble,
    /// What follows His or Her: `Excellency`.
    Style,
    /// A rank or degree in full: `General`.
    Rank,
    /// An office that is as often said without a name: `President`.
    Office,
}

/// Of whom a title is said, if it is said of one sex alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// Of a man.
    Male,
    /// Of a woman.
    Female,
}

use Kind::{Address, Asian, Noble, Office, Rank, Style};
use Sex::{Female, Male};

/// Titles before a name in Latin script, each without the stop at its end.
#[rustfmt::skip]
const LATIN: &[(Kind, Option<Sex>, &[&str])] = &[
    (Address, Some(Male), &["Mr", "Sir"]),
    (Address, Some(Female), &["Mrs", "Ms", "Miss", "Madam", "Madame", "Mme", "Dame"]),
    (Address, None, &[
        "H.E", "HE", "H.R.H", "HRH", "H.M", "Dr", "Prof", "St", "Hon", "Amb", "Gen", "Lt", "Maj", "Col", "Capt", "Sen",
        "Rep", "Gov", "Rev", "Ven", "Messrs", "M",
    ]),
    (Asian, Some(Male), &["Oknha"]),
    (Asian, None, &["Samdech", "Lok", "Chumteav", "Dato", "Dato’", "Datuk", "Haji", "Sheikh"]),
    (Noble, Some(Male), &["King", "Prince", "Lord", "Emperor", "Tsar", "Duke"]),
    (Noble, Some(Female), &["Queen", "Princess", "Lady", "Empress", "Duchess"]),
    // Sultan is also a name, and Tan and Tun are surnames.
    (Noble, None, &["Pope", "Sultan", "Emir", "Saint", "Tan", "Tun"]),
    (Style, None, &["Excellency", "Majesty", "Highness", "Excellencies", "Majesties", "Highnesses"]),
    (Rank, None, &["Professor", "General", "Colonel", "Admiral", "Captain", "Venerable"]),
    (Office, None, &["President", "Senator", "Ambassador", "Chancellor", "Premier"]),
];

/// What a title of the kingdom goes on with in Latin script: Samdech **Akka Moha Sena Padei Techo**.
#[rustfmt::skip]
const SAMDECH: &[&str] = &[
    "Akka", "Akkak", "Bovor", "Borvor", "Chakrei", "Chakrey", "Kittiprittbandit", "Kittisangahapundit", "Kralahom",
    "Krom", "Moha", "Padei", "Pheakdey", "Pichey", "Ponhea", "Preah", "Sena", "Techo", "Thipadei", "Thipdei", "Vibol",
    "Vibolsena",
];

/// What a title of the kingdom ends with in Khmer, where it is written together with សម្តេច or after ព្រះ.
pub const KHMER_NOBLE: &[&str] =
    &["តេជោ", "ធិបតី", "បណ្ឌិត", "សេនា", "ក្រឡាហោម", "ភក្តី", "ភក្ដី", "ចក្រី", "ក្រុមព្រះ", "បរមនាថ", "មហាក្សត្រី", "ព្រះបាទ"];

/// Titles after which a Khmer name comes, longer ones with their parts. លោក is also "he". After ឈ្មោះ, "name", a
/// name comes, too.
#[rustfmt::skip]
pub const KHMER: &[&str] = &[
    "ឯកឧត្តម", "ឯកឧត្ដម", "លោក", "លោកស្រី", "លោកជំទាវ", "កញ្ញា", "អ្នកស្រី", "អ្នកនាង", "អ្នកឧកញ៉ា", "ឧកញ៉ា",
    "បណ្ឌិត", "វេជ្ជបណ្ឌិត", "សាស្ត្រាចារ្យ", "សម្តេច", "សម្ដេច", "ព្រះអង្គម្ចាស់", "ឧត្តមសេនីយ៍",
    "នាយឧត្តមសេនីយ៍", "អ្នកអង្គម្ចាស់", "ឈ្មោះ", "ព្រះតេជគុណ", "អ្នកឧញ៉ា", "លោកគ្រូ", "អ្នកគ្រូ",
];

/// The Khmer titles that are held on one line with the name: Mr, Mrs, Miss. The longer (ឯកឧត្តម, លោកជំទាវ, សម្តេច)
/// may end a line: they come often, and a line could not take their length back.
pub const KHMER_SHORT: &[&str] = &["លោក", "លោកស្រី", "កញ្ញា"];

fn latin(word: &str) -> Option<(Kind, Option<Sex>)> {
    LATIN.iter().find(|(_, _, titles)| titles.contains(&word)).map(|(kind, sex, _)| (*kind, *sex))
}

fn is_any_of(word: &str, kinds: &[Kind]) -> bool {
    latin(word).is_some_and(|(kind, _)| kinds.contains(&kind))
}

/// Whether a word without its stop is a form of address: `Mr`, `H.E`.
pub fn is_address(word: &str) -> bool {
    is_any_of(word, &[Address])
}

/// Whether a word without its stop is a title that belongs to the name behind it: `Mr`, `Samdech`.
pub fn is_personal(word: &str) -> bool {
    is_any_of(word, &[Address, Asian])
}

/// Whether a word is a title of a monarch, a noble or the kingdom.
pub fn is_noble(word: &str) -> bool {
    is_any_of(word, &[Noble, Asian])
}

/// Whether a word goes on with a title of the kingdom, in Latin script: Samdech **Techo**.
pub fn goes_on_noble(word: &str) -> bool {
    SAMDECH.contains(&word)
}

/// Whether a word without its stop is a title before a name, in Latin script.
pub fn is_title(word: &str) -> bool {
    latin(word).is_some()
}

/// Whether a word is an office, and a title where a name follows.
pub fn is_office(word: &str) -> bool {
    is_any_of(word, &[Office])
}

/// Whether a word is part of a style: His **Royal Highness**, Your **Honour**.
pub fn is_style(word: &str) -> bool {
    is_any_of(word, &[Style]) || matches!(word, "Royal" | "Honour" | "Honor")
}

/// Of whom a title is said; `None` for one that is said of either, and for what is none.
pub fn sex(word: &str) -> Option<Sex> {
    latin(word).and_then(|(_, sex)| sex)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_title_is_written_once() {
        let latin = LATIN.iter().flat_map(|(_, _, titles)| *titles);
        let mut seen = HashSet::new();
        for title in latin.chain(KHMER) {
            assert!(seen.insert(title), "{title}");
            assert!(!title.ends_with('.'), "{title}");
        }
        assert!(KHMER_SHORT.iter().all(|title| KHMER.contains(title)));
    }

    #[test]
    fn titles_are_told_apart() {
        for (title, personal, noble) in
            [("Mr", true, false), ("Samdech", true, true), ("King", false, true), ("General", false, false)]
        {
            assert!(is_title(title), "{title}");
            assert_eq!((is_personal(title), is_noble(title)), (personal, noble), "{title}");
        }
        // "Royal Government" names nobody.
        assert!(is_style("Royal") && !is_title("Royal"));
        assert_eq!([sex("Mrs"), sex("Sir"), sex("Dr"), sex("Sok")], [Some(Female), Some(Male), None, None]);
    }
}

//! What a line of a release says by its words: place and date, who signs, and whether it is a sentence.
//!
//! Knows texts and no blocks. Invariant: what is said to be no sentence ends in no stop.

use crate::{
    dates,
    khmer::is_khmer,
    release::{Language, Release, RichText, Signatory, SignatoryLine, SigningDate},
    typeset::house::house,
    word::{STOPS, read::spaces::tidy},
};

/// A line with more letters is running text.
pub const LINE: usize = 120;

/// Words of Khmer that a sentence has and the name of an office has not.
const KHMER_VERBS: [&str; 5] = ["សូម", "បាន", "នឹង", "ជម្រាប", "ថ្លែង"];
/// Words in the names of offices that begin with a small letter.
const SMALL: [&str; 9] = ["of", "and", "for", "the", "in", "to", "on", "at", "&"];

/// The words of a line of its own: in a field, a tab is a space.
pub fn words(text: &RichText) -> String {
    let line = |line: &str| line.split([' ', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    tidy(text).as_str().split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// Whether a text ends as a sentence does, or as one after which something is to come.
pub fn ends_in_stop(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| c.is_whitespace() || "”’»\")]\u{200B}".contains(c));
    bare.ends_with(STOPS) || bare.ends_with([':', ';', '៖', '!', '?', '…'])
}

/// Whether a line reads as a sentence, and is no name of an office.
pub fn is_sentence(text: &str) -> bool {
    let is_small = |word: &str| word.starts_with(char::is_lowercase) && !SMALL.contains(&word);
    ends_in_stop(text)
        || KHMER_VERBS.iter().any(|verb| text.contains(verb))
        || text.split_whitespace().skip(1).any(is_small)
}

/// Whether there is a figure in a text, of whichever script.
pub fn has_figure(text: &str) -> bool {
    text.contains(char::is_numeric)
}

/// Place and date of a line, if it is that of a signature.
pub(in crate::word) fn split_date(line: &str) -> Option<(String, chrono::NaiveDate)> {
    let line = line.trim().trim_end_matches(STOPS);
    for (at, _) in line.char_indices() {
        let (place, date) = line.split_at(at);
        let starts = date.starts_with(|c: char| c.is_numeric()) || date.starts_with("ថ្ងៃ");
        if starts && let Ok(day) = dates::read_date(date) {
            let place = place.trim().trim_end_matches([',', ';']).trim();
            let place = place.strip_suffix(" on").or(place.strip_suffix(" the")).unwrap_or(place);
            // The page puts a comma there itself.
            let place = place.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
            // Words with a stop in them are a sentence that ends with a date.
            return (place.chars().count() < 40 && !place.contains(['.', ':'])).then(|| (place.to_owned(), day));
        }
        if starts && date.starts_with(|c: char| c.is_numeric()) && place.chars().count() > 60 {
            break;
        }
    }
    None
}

/// Place and date of a line that has certainly nothing else.
pub fn certain_date(line: &str) -> Option<(String, chrono::NaiveDate)> {
    split_date(line).filter(|(place, _)| is_place(place))
}

/// Whether the words before a date name a place, and no event.
fn is_place(place: &str) -> bool {
    // As the last line of a contract has it.
    const MADE: [&str; 12] = [
        "Done at ",
        "Done in ",
        "Made at ",
        "Made in ",
        "Signed at ",
        "Signed in ",
        "Issued at ",
        "Issued in ",
        "Given at ",
        "ធ្វើនៅ",
        "ចុះនៅ",
        "ធ្វើ នៅ",
    ];
    const KHMER: [&str; 6] = ["រាជធានី", "ខេត្ត", "ទីក្រុង", "ក្រុង", "ភ្នំពេញ", "ស្រុក"];
    const BETWEEN: [&str; 7] = ["and", "de", "da", "do", "del", "la", "am"];
    const NO_PLACE: [&str; 34] = [
        "on",
        "by",
        "from",
        "until",
        "since",
        "before",
        "after",
        "born",
        "updated",
        "next",
        "dated",
        "meeting",
        "visit",
        "conference",
        "summit",
        "session",
        "dialogue",
        "workshop",
        "ceremony",
        "forum",
        "statement",
        "release",
        "call",
        "address",
        "remarks",
        "speech",
        "minister",
        "ministers",
        "ministry",
        "government",
        "department",
        "agenda",
        "arrival",
        "departure",
    ];
    if place.is_empty() {
        return true;
    }
    let name = MADE.iter().find_map(|made| place.strip_prefix(made)).unwrap_or(place).trim();
    if name.contains(is_khmer) {
        let is_made = name.len() < place.len();
        return !name.contains("នៅ") && (is_made || KHMER.iter().any(|kind| name.starts_with(kind)));
    }
    let words: Vec<&str> = name.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let is_name = |word: &&str| {
        (word.starts_with(char::is_uppercase) || BETWEEN.contains(word))
            && !NO_PLACE.contains(&word.to_lowercase().as_str())
    };
    (1..=6).contains(&words.len()) && words.iter().all(is_name)
}

/// Puts a line into place and date of a release.
pub(in crate::word) fn place_and_date(release: &mut Release, line: &str) {
    match split_date(line) {
        Some((place, day)) => {
            release.signature.place = place;
            release.signature.date = SigningDate::Day(day);
        }
        // The lunar date follows from the other.
        None if line.starts_with("ថ្ងៃ") => release.signature.lunar_date = true,
        None => line.clone_into(&mut release.signature.place),
    }
}

/// The next line of those who sign.
pub(in crate::word) fn sign(signatories: &mut Vec<Signatory>, line: SignatoryLine, text: String) {
    let has = |one: &Signatory| match line {
        SignatoryLine::Party => !(one.party.is_empty() && one.title.is_empty() && one.name.is_empty()),
        SignatoryLine::Title => !(one.title.is_empty() && one.name.is_empty()),
        SignatoryLine::Name => !one.name.is_empty(),
    };
    if signatories.last().is_none_or(has) {
        signatories.push(Signatory::default());
    }
    if let Some(last) = signatories.last_mut() {
        match line {
            SignatoryLine::Party => last.party = text,
            SignatoryLine::Title => last.title = text,
            SignatoryLine::Name => last.name = text,
        }
    }
}

/// A headline without the marks of quotation around it.
pub(in crate::word) fn without_quotes(text: &str) -> String {
    for (open, close) in [('“', '”'), ('«', '»'), ('"', '"')] {
        if let Some(inner) = text.strip_prefix(open).and_then(|text| text.strip_suffix(close))
            && !inner.contains([open, close])
        {
            return inner.trim().to_owned();
        }
    }
    text.to_owned()
}

/// A reference number without the label that the page adds.
pub(in crate::word) fn without_label(text: &str, language: Language) -> String {
    let label = house(language).reference_label;
    text.strip_prefix(label).or_else(|| text.strip_prefix(label.trim_end())).unwrap_or(text).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_stands_without_its_comma_and_an_event_is_no_place() {
        for (line, place) in [
            ("Done at Phnom Penh, on 30 November 2026.", Some("Done at Phnom Penh")),
            ("Phnom Penh, 30 November 2026", Some("Phnom Penh")),
            ("Phnom Penh and Tokyo, the 30 November 2026", Some("Phnom Penh and Tokyo")),
            ("ធ្វើនៅរាជធានីភ្នំពេញ ថ្ងៃទី៣០ ខែវិច្ឆិកា ឆ្នាំ២០២៦", Some("ធ្វើនៅរាជធានីភ្នំពេញ")),
            ("Born in Phnom Penh, 3 May 1954", None),
            ("On 3 May 2026", None),
            ("Joint Press Conference, 3 May 2026", None),
            ("The next meeting is in Bangkok, 5 May 2027", None),
            ("កិច្ចប្រជុំនៅទីក្រុងបាងកក ថ្ងៃទី៥ ខែឧសភា ឆ្នាំ២០២៧", None),
        ] {
            assert_eq!(certain_date(line).map(|(place, _)| place).as_deref(), place, "{line}");
        }
    }

    #[test]
    fn names_of_offices_are_no_sentences() {
        for name in [
            "Ministry of Foreign Affairs and International Cooperation",
            "ក្រសួងរ៉ែ និងថាមពល",
            "ក្រសួងការបរទេស និងសហប្រតិបត្តិការអន្តរជាតិ",
            "and International Cooperation",
        ] {
            assert!(!is_sentence(name), "{name}");
        }
        for sentence in [
            "Ministry of Health is closed on Monday",
            "ក្រសួងបានប្រកាស",
            "នាយកដ្ឋានព័ត៌មាន។",
            "Department of Information:",
            "He said “No.”",
        ] {
            assert!(is_sentence(sentence), "{sentence}");
        }
    }
}

//! Styles and titles that contradict each other or the roster, and names in two spellings.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
};

use super::{
    super::{
        Problem,
        slips::{differ_by_a_slip, is_one_slip, may_name},
        spelling::is_english_word,
    },
    Slip, Word, slip, words,
};
use crate::{
    release::{
        Check, Field, Language,
        titles::{Sex, is_office, is_style, is_title, sex},
    },
    roster::Roster,
    work,
};

/// How the title of an office begins behind a name.
const OFFICES: &[&str] = &[
    "Prime",
    "Deputy",
    "Minister",
    "Secretary",
    "President",
    "Vice",
    "Ambassador",
    "Senior",
    "Foreign",
    "Governor",
    "Director",
    "Special",
    "Permanent",
    "Under",
    "State",
    "Chief",
];

/// A name of more words is a list.
const MOST_NAMES: usize = 400;
/// The shortest part of a name that is compared, in letters.
const SHORTEST: usize = 5;
/// The shortest where a title is before both names, so that they are names for certain: Mr. Sok Dara, Mr. Sok Dera.
const SHORTEST_TITLED: usize = 4;

/// Styles and titles in a text.
pub(super) fn slips(text: &str, roster: &Roster) -> Vec<Slip> {
    let words = words(text);
    let mut slips = contradictions(text, &words);
    slips.extend(listed(text, &words, roster));
    slips
}

/// Her Excellency Mr., Mr. H.E.
fn contradictions(text: &str, words: &[Word]) -> Vec<Slip> {
    let mut slips = Vec::new();
    // The style of an excellency comes first.
    for title in ["Mr. ", "Mrs. ", "Ms. ", "Mr ", "Mrs ", "Ms "] {
        for (at, _) in text.match_indices(title) {
            let style = text.get(at + title.len()..).unwrap_or_default();
            let style = ["H.E.", "His Excellency", "Her Excellency"].into_iter().find(|known| style.starts_with(known));
            let is_word = !text.get(..at).is_some_and(|before| before.ends_with(char::is_alphabetic));
            if let Some(style) = style.filter(|_| is_word) {
                let right = Some(format!("{style} {}", title.trim_end()));
                slips.extend(slip(Check::Honorifics, text, at..at + title.len() + style.len(), right));
            }
        }
    }
    for (index, word) in words.iter().enumerate() {
        let is_her = match word.text {
            "Her" => true,
            "His" => false,
            _ => continue,
        };
        if !words.get(index + 1).is_some_and(|next| is_style(next.text)) {
            continue;
        }
        let other = if is_her { Sex::Male } else { Sex::Female };
        let title = words.iter().skip(index + 1).find(|word| !is_between(word.text));
        let contradicts = title.filter(|title| sex(title.text) == Some(other));
        if let Some(title) = contradicts {
            slips.extend(slip(Check::Honorifics, text, word.at..title.end(), None));
        }
    }
    slips
}

/// The style and the title of listed people, where they are beside the name.
fn listed(text: &str, words: &[Word], roster: &Roster) -> Vec<Slip> {
    let mut slips = Vec::new();
    // The places of each word, so that the text is not looked through for each person.
    let small: Vec<String> = words.iter().map(|word| word.text.to_lowercase()).collect();
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, word) in small.iter().enumerate().filter(|_| !roster.is_empty()) {
        places.entry(word).or_default().push(index);
    }
    for person in roster.people() {
        let (name, style, title) = (&person.name.english, &person.honorific.english, &person.title.english);
        let parts: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
        if parts.len() < 2 {
            continue;
        }
        let first = parts.first().and_then(|first| places.get(first.as_str()));
        for &index in first.into_iter().flatten() {
            work::step();
            let window = index..index + parts.len();
            if small.get(window.clone()) != Some(parts.as_slice()) {
                continue;
            }
            slips.extend(other_style(text, words, index, style));
            slips.extend(other_title(text, words.get(window.end - 1).map_or(0, Word::end), title));
        }
    }
    slips
}

/// Whether a word may be between His or Her and the title that says of whom it is said.
fn is_between(word: &str) -> bool {
    word == "the" || is_style(word) || is_title(word) && !is_office(word) && sex(word).is_none()
}

/// His for Her, before a listed name.
fn other_style(text: &str, words: &[Word], name: usize, style: &str) -> Option<Slip> {
    let right = style.split_whitespace().next().filter(|first| matches!(*first, "His" | "Her"))?;
    let said = words.get(name.saturating_sub(5)..name)?;
    let from = said.iter().rposition(|word| !is_between(word.text) && sex(word.text).is_none())?;
    let before = said.get(from)?;
    let is_style = said.get(from + 1).is_some_and(|next| is_style(next.text));
    let other = if right == "Her" { Sex::Male } else { Sex::Female };
    let title_is_wrong = said.get(from + 1..)?.iter().find(|word| sex(word.text) == Some(other));
    if matches!(before.text, "His" | "Her") && is_style && before.text != right {
        return slip(Check::Honorifics, text, before.range(), Some(right.to_owned()));
    }
    title_is_wrong.and_then(|word| slip(Check::Honorifics, text, word.range(), None))
}

/// Another office than the listed one, behind a listed name and a comma.
fn other_title(text: &str, end: usize, title: &str) -> Option<Slip> {
    let rest = text.get(end..)?;
    let said = rest.strip_prefix(", ")?;
    if title.is_empty() || !OFFICES.iter().any(|office| said.starts_with(office)) {
        return None;
    }
    // Up to the end of the clause, and as far as names of offices go.
    let clause = said.get(..said.find([',', '.', ';', '(']).unwrap_or(said.len()))?;
    let small = ["of", "for", "and", "the", "to"];
    let is_part = |word: &&str| word.starts_with(char::is_uppercase) || small.contains(word);
    let mut written: Vec<&str> = clause.split(' ').take_while(is_part).collect();
    while written.last().is_some_and(|word| small.contains(word)) {
        written.pop();
    }
    let written = written.join(" ");
    let form = |title: &str| title.to_lowercase();
    let is_part_of = form(title).contains(&form(&written)) || form(&written).contains(&form(title));
    if written.is_empty() || is_part_of {
        return None;
    }
    let start = end + 2;
    slip(Check::ListedTitles, text, start..start + written.len(), Some(title.to_owned()))
}

/// A name of two words, and its place.
struct Pair<'a> {
    field: Field,
    range: Range<usize>,
    first: &'a str,
    second: &'a str,
    /// The part of the name that follows them, if one does.
    third: Option<&'a str>,
    /// Whether a title such as Mr. is before it.
    is_titled: bool,
}

/// Of two names that share a word and differ by a slip in the other the rarer one, or both. Neither of the words that
/// differ is in the dictionary, so that both are names; or both have a title and are of three parts, as Nguyen Than Hung.
fn among_themselves(pairs: &[Pair<'_>], right: &HashSet<(String, String)>) -> Vec<(Field, Range<usize>, Problem)> {
    let mut places: BTreeMap<(String, String), (usize, &Pair<'_>)> = BTreeMap::new();
    for pair in pairs {
        places.entry((pair.first.to_lowercase(), pair.second.to_lowercase())).or_insert((0, pair)).0 += 1;
    }
    let names: Vec<_> = places.into_iter().collect();
    let slip = |a: &str, b: &str, shortest: usize, are_names: bool| {
        let length = a.chars().count().min(b.chars().count());
        let are_names = are_names || !is_english_word(a) && !is_english_word(b);
        length >= shortest && is_one_slip(a.chars(), b.chars()) && are_names
    };
    let mut found = Vec::new();
    for (index, (one, (count, pair))) in names.iter().enumerate() {
        for (other, (other_count, other_pair)) in names.iter().skip(index + 1) {
            let are_titled = pair.is_titled && other_pair.is_titled;
            let shortest = if are_titled { SHORTEST_TITLED } else { SHORTEST };
            let are_names = are_titled && pair.third.is_some() && pair.third == other_pair.third;
            let is_one = one.0 == other.0 && slip(&one.1, &other.1, shortest, are_names)
                || one.1 == other.1 && slip(&one.0, &other.0, shortest, are_names);
            if !is_one || right.contains(one) || right.contains(other) {
                continue;
            }
            let mut name = |one: &Pair<'_>, other: &Pair<'_>| {
                let [written, usual] = [one, other].map(|name| format!("{} {}", name.first, name.second));
                found.push((one.field, one.range.clone(), Problem::SpeltTwoWays { written, usual }));
            };
            if count <= other_count {
                name(pair, other_pair);
            }
            if other_count <= count {
                name(other_pair, pair);
            }
        }
    }
    found
}

/// Names of which one part is right and another differs by a letter from a name that is listed, or is elsewhere
/// in the release with its surname in capitals.
pub(super) fn spelt_twice(texts: &[(Field, String)], roster: &Roster) -> Vec<(Field, Range<usize>, Problem)> {
    // Each with whether it is listed.
    let mut known: Vec<(String, String, bool)> = Vec::new();
    let mut right: HashSet<(String, String)> = HashSet::new();
    for person in roster.people() {
        let name = person.name.of(Language::English);
        let parts: Vec<&str> = name.split_whitespace().collect();
        for pair in parts.windows(2) {
            let [first, second] = pair else { continue };
            known.push(((*first).to_owned(), (*second).to_owned(), true));
            right.insert((first.to_lowercase(), second.to_lowercase()));
        }
    }
    let mut pairs: Vec<Pair<'_>> = Vec::new();
    for (field, text) in texts.iter().filter(|(field, _)| may_name(*field)) {
        let words = words(text);
        for (index, pair) in words.windows(2).enumerate() {
            let [first, second] = pair else { continue };
            let is_name = |word: &Word| {
                word.text.starts_with(char::is_uppercase) && word.text.chars().all(|c| c.is_alphabetic() || c == '-')
            };
            let is_next = |one: &Word, next: &Word| text.get(one.end()..next.at) == Some(" ") && is_name(next);
            if !is_name(first) || !is_next(first, second) {
                continue;
            }
            let third = words.get(index + 2).filter(|third| is_next(second, third)).map(|third| third.text);
            let before = index.checked_sub(1).and_then(|before| words.get(before));
            let is_titled = before.is_some_and(|word| is_title(word.text));
            let range = first.at..second.end();
            pairs.push(Pair { field: *field, range, first: first.text, second: second.text, third, is_titled });
        }
    }
    if pairs.len() > MOST_NAMES {
        return Vec::new();
    }
    // A surname in capitals before a given name: the measure for other spellings, if the roster has none.
    let is_capitals = |word: &str| word.chars().count() > 2 && word.chars().all(char::is_uppercase);
    for Pair { first, second, .. } in &pairs {
        if is_capitals(first) && second.chars().any(char::is_lowercase) {
            known.push(((*first).to_owned(), (*second).to_owned(), false));
        }
    }
    let mut found = among_themselves(&pairs, &right);
    for Pair { field, range, first, second, .. } in &pairs {
        let small = (first.to_lowercase(), second.to_lowercase());
        if right.contains(&small) {
            continue;
        }
        // Names in capitals are compared among themselves elsewhere.
        let only_listed = is_capitals(first) || is_capitals(second);
        let meant =
            known.iter().filter(|(.., is_listed)| *is_listed || !only_listed).find(|(surname, given, listed)| {
                let (a, b) = (surname.to_lowercase(), given.to_lowercase());
                let long = |a: &str, b: &str| a.chars().count().min(b.chars().count()) >= SHORTEST;
                // Of a listed name a letter at the end counts as well, which elsewhere may be an ending.
                let slip = |a: &str, b: &str| match listed {
                    true => is_one_slip(a.chars(), b.chars()),
                    false => differ_by_a_slip(a, b),
                };
                a == small.0 && long(&b, &small.1) && slip(&b, &small.1)
                    || b == small.1 && long(&a, &small.0) && slip(&a, &small.0)
            });
        if let Some((surname, given, _)) = meant {
            let usual = format!("{surname} {given}");
            let written = format!("{first} {second}");
            found.push((*field, range.clone(), Problem::SpeltTwoWays { written, usual }));
        }
    }
    found
}

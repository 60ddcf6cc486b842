//! Words that are taken for one another: its and it's, a and an, than and then.

use super::{super::spelling::is_english_word, Slip, Word, slip, words};
use crate::{khmer::search_form, places, release::Check};

/// After "it's" these show that "it is" or "it has" is meant.
#[rustfmt::skip]
const AFTER_IT_IS: &[&str] = &[
    "a", "an", "the", "not", "been", "no", "so", "very", "too", "quite", "rather", "just", "only", "also", "always",
    "never", "now", "already", "still", "all", "about", "time", "clear", "important", "possible", "impossible",
    "necessary", "essential", "good", "great", "vital", "crucial", "hard", "easy", "difficult", "true", "likely", "our",
    "your", "their", "my", "his", "her", "this", "that", "these", "those", "in", "on", "at", "up", "for", "to", "with",
    "of", "because", "why", "what", "where", "how", "when", "if", "more", "less", "most", "become", "as", "like",
    "both", "one", "part", "high", "fair", "safe", "right", "wrong", "up", "over", "here", "there", "better", "best",
    "critical", "key", "well", "worth", "and", "but", "or", "had", "got", "come", "gone", "seen", "done", "made", "my",
    "incumbent", "imperative", "urgent", "natural", "fitting", "appropriate", "unclear", "unlikely", "sad",
];

/// After "its" these show that "it is" is meant.
const AFTER_ITS: &[&str] = &["a", "an", "the", "been", "not", "because"];

/// Words before "then" that compare.
const COMPARING: &[&str] = &[
    "more", "less", "rather", "other", "better", "worse", "greater", "higher", "lower", "larger", "fewer", "older",
    "earlier", "later", "sooner",
];

/// Nouns that one can have, before which "there" is meant to be "their".
const OWNED: &[&str] = &[
    "delegation",
    "delegations",
    "visit",
    "visits",
    "commitment",
    "support",
    "countries",
    "country",
    "government",
    "governments",
    "people",
    "peoples",
    "cooperation",
    "friendship",
    "hospitality",
];

/// Beginnings that sound like another letter: an hour, a university, a European, a one-day visit.
const SILENT_H: &[&str] = &["hour", "honest", "honor", "honour", "heir", "herb"];
const LIKE_Y_OR_W: &[&str] = &["eu", "ewe", "one", "once", "uni", "use", "usa", "usu", "ut", "ubiq", "uk", "ur"];

/// Before a word and "then": more often then.
const COMPARATIVE: &[&str] = &["more", "less"];

/// Words that are never meant, whatever is around them.
const NEVER: &[(&str, &str)] = &[
    ("pubic", "public"),
    ("payed", "paid"),
    ("condolence's", "condolences"),
    ("condolence’s", "condolences"),
    ("congratulation's", "congratulations"),
    ("congratulation’s", "congratulations"),
    ("untied nations", "United Nations"),
];

/// What is before, a word that is not meant after it, and what is meant. A word of each list is enough.
#[rustfmt::skip]
const AFTER: &[(&[&str], &str, &str)] = &[
    (&["left", "arrived", "returned", "came", "back", "away", "departed", "resigned", "received", "apart"], "form", "from"),
    (&["positive", "negative", "adverse", "significant", "profound", "lasting", "an", "into", "no", "take", "takes", "took"], "affect", "effect"),
    (&["its", "his", "her", "their", "my", "our"], "complements", "compliments"),
    (&["could", "would", "should", "must", "might"], "of", "have"),
    (&["the", "his", "her", "their", "our", "your", "some", "legal", "expert"], "advise", "advice"),
    (&["will", "would", "to", "not", "shall"], "loose", "lose"),
    (&["will", "would", "shall", "can", "may", "must"], "advice", "advise"),
    (&["foreign"], "affair", "Affairs"),
];

/// What is behind, a word that is not meant before it, and what is meant.
#[rustfmt::skip]
const BEFORE: &[(&str, &[&str], &str)] = &[
    ("lead", &["by"], "led"),
    ("principle", &["guest", "guests", "objective", "objectives", "aim", "aims", "adviser", "advisor", "secretary", "officer", "officers", "speaker"], "principal"),
    ("their", &["is", "are", "was", "were", "has", "have"], "there"),
    ("bare", &["in"], "bear"),
    ("excepted", &["the", "an", "his", "her", "their"], "accepted"),
    ("weather", &["or"], "whether"),
    ("form", &["the"], "from"),
];

/// Countries of which there are several, or whose plural means something else.
const SEVERAL: &[&str] =
    &["Korea", "China", "America", "Germany", "Sudan", "Congo", "Guinea", "Turkey", "Lao", "Jordan"];
/// Behind a plural these show that it is one.
const NO_NOUN: &[&str] =
    &["are", "were", "have", "and", "or", "of", "in", "to", "on", "at", "who", "will", "for", "with"];

/// Before "form the" these show that forming is meant.
const FORMING: &[&str] =
    &["to", "will", "would", "shall", "can", "may", "they", "we", "and", "which", "that", "these", "could"];

pub(super) fn slips(text: &str) -> Vec<Slip> {
    let words = words(text);
    let mut slips = never_meant(text);
    let ordinals =
        words.iter().filter_map(|word| slip(Check::ConfusedWords, text, word.range(), Some(ordinal(word.text)?)));
    slips.extend(ordinals);
    for (index, pair) in words.windows(2).enumerate() {
        let [word, next] = pair else { continue };
        if text.get(word.end()..next.at) != Some(" ") {
            continue;
        }
        slips.extend(owner(word, next).and_then(|right| slip(Check::ConfusedWords, text, word.range(), Some(right))));
        if COMPARING.contains(&word.text.to_lowercase().as_str()) && next.text == "then" {
            slips.extend(slip(Check::ConfusedWords, text, next.range(), Some("than".to_owned())));
        }
        let before = index.checked_sub(1).and_then(|before| words.get(before)).map_or("", |word| word.text);
        if COMPARATIVE.contains(&before) && next.text == "then" && word.text.chars().all(char::is_lowercase) {
            slips.extend(slip(Check::ConfusedWords, text, next.range(), Some("than".to_owned())));
        }
        let right = right_word(word, next);
        slips.extend(right.and_then(|right| slip(Check::ConfusedWords, text, word.range(), Some(right))));
        if let Some((is_next, right)) = beside(before, word, next) {
            let wrong = if is_next { next } else { word };
            let is_fitting = wrong.text.chars().all(char::is_lowercase) || right.starts_with(char::is_uppercase);
            if is_fitting {
                slips.extend(slip(Check::ConfusedWords, text, wrong.range(), Some(right.to_owned())));
            }
        }
    }
    slips
}

/// The name of a country that has what follows, without its apostrophe: Japans aid. What no dictionary has is found as
/// a misspelt word.
fn owner(word: &Word, next: &Word) -> Option<String> {
    let stem = word.text.strip_suffix('s').filter(|stem| stem.len() > 3 && !SEVERAL.contains(stem))?;
    let is_place = |name: &str| places::index_of(&search_form(name, false).0).is_some();
    let is_owned = next.text.chars().all(char::is_lowercase) && !NO_NOUN.contains(&next.text);
    let is_name = stem.starts_with(char::is_uppercase) && stem.chars().skip(1).all(char::is_lowercase);
    let is_owner = is_name && is_owned && is_place(stem) && !is_place(word.text) && is_english_word(word.text);
    is_owner.then(|| format!("{stem}’s"))
}

/// The ordinal number that is meant by one with the ending of another: 1st by 1th.
fn ordinal(word: &str) -> Option<String> {
    let number = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending))?;
    let last: Vec<u8> = number.bytes().rev().take(2).collect();
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let ending = match last.as_slice() {
        [_, b'1'] => "th",
        [b'1', ..] => "st",
        [b'2', ..] => "nd",
        [b'3', ..] => "rd",
        [_, ..] => "th",
        [] => return None,
    };
    let right = format!("{number}{ending}");
    (right != word).then_some(right)
}

/// What is never meant, as a whole word.
fn never_meant(text: &str) -> Vec<Slip> {
    let small = text.to_ascii_lowercase();
    let mut slips = Vec::new();
    for (wrong, right) in NEVER {
        for (at, _) in small.match_indices(wrong) {
            let is_whole = !small.get(..at).is_some_and(|before| before.ends_with(char::is_alphanumeric))
                && !small.get(at + wrong.len()..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
            if is_whole {
                slips.extend(slip(Check::ConfusedWords, text, at..at + wrong.len(), Some((*right).to_owned())));
            }
        }
    }
    slips
}

/// The word that is meant where two words are side by side that hardly ever do, and which of them is wrong.
fn beside(before: &str, word: &Word, next: &Word) -> Option<(bool, &'static str)> {
    let (small, after) = (word.text.to_lowercase(), next.text.to_lowercase());
    if let Some((.., right)) = AFTER.iter().find(|(befores, wrong, _)| *wrong == after && befores.contains(&&*small)) {
        return Some((true, right));
    }
    let (.., right) = BEFORE.iter().find(|(wrong, behind, _)| *wrong == small && behind.contains(&&*after))?;
    let is_form = small == "form" && (before.is_empty() || FORMING.contains(&before) || before.ends_with("ly"));
    (!is_form).then_some((false, *right))
}

/// The word that should be in the place of one, by the one after it.
fn right_word(word: &Word, next: &Word) -> Option<String> {
    let small = word.text.to_lowercase().replace('’', "'");
    let after = next.text.to_lowercase();
    let is_lower = next.text.chars().all(|c| c.is_lowercase() || c == '-');
    // European and Angkor are said as they are written, EU and MOU by their letters.
    let is_said = next.text.chars().nth(2).is_some() && next.text.chars().skip(1).all(|c| c.is_lowercase() || c == '-');
    let right = match small.as_str() {
        "it's" if is_lower && is_owned(&after) => "its",
        "its" if AFTER_ITS.contains(&after.as_str()) => "it is",
        "there" | "they're" if OWNED.contains(&after.as_str()) => "their",
        "who's" if OWNED.contains(&after.as_str()) => "whose",
        "you're" if OWNED.contains(&after.as_str()) => "your",
        // Category A is a name.
        "a" if is_said && begins_with_vowel(&after) && (is_lower || word.text == "a") => "an",
        "an" if is_said && begins_with_consonant(&after) => "a",
        _ => return None,
    };
    let mut letters = right.chars();
    let is_capital = word.text.starts_with(char::is_uppercase);
    let first = letters.next().filter(|_| is_capital);
    Some(first.map_or_else(|| right.to_owned(), |first| first.to_uppercase().chain(letters).collect()))
}

/// Whether what follows "it's" is a thing that it has.
fn is_owned(next: &str) -> bool {
    let is_verb = next.ends_with("ing") || next.ends_with("ed") || next.ends_with("ly") || next.ends_with("able");
    !is_verb && !AFTER_IT_IS.contains(&next)
}

fn begins_with_vowel(word: &str) -> bool {
    let begins = |list: &[&str]| list.iter().any(|start| word.starts_with(start));
    word.len() > 2 && (word.starts_with(['a', 'e', 'i', 'o']) && !begins(LIKE_Y_OR_W) || begins(SILENT_H))
}

fn begins_with_consonant(word: &str) -> bool {
    let begins = |list: &[&str]| list.iter().any(|start| word.starts_with(start));
    word.len() > 2
        && word.chars().nth(1).is_some_and(char::is_alphabetic)
        && (word.starts_with(|c: char| c.is_ascii_lowercase() && !"aeiouhx".contains(c))
            || word.starts_with('h') && !begins(SILENT_H) && !word.starts_with("hi") && !word.starts_with("ho")
            || begins(&["university", "united", "union", "unit", "useful", "european"]))
}

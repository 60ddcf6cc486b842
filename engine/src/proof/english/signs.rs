//! Spaces and signs: one before a comma, none after a full stop, a sign twice, sentences without a capital or an end.

use std::ops::Range;

use super::{
    super::spelling::{LONGEST_WORD, is_english_word},
    Slip, Word, slip, words,
};
use crate::{
    release::{Check, placeholders},
    work,
};

/// Words before a full stop that ends no sentence.
#[rustfmt::skip]
const ABBREVIATIONS: &[&str] = &[
    "etc", "approx", "dept", "govt", "incl", "excl", "corp", "prof", "capt", "univ", "assn", "bros", "gen", "hon",
    "resp", "para", "paras", "arts", "chap", "sect", "prov", "dist", "jan", "feb", "mar", "apr", "jun", "jul", "aug",
    "sept", "oct", "nov", "dec", "tues", "thurs", "intl", "natl", "misc", "temp", "tele", "vols", "figs", "nos",
    "messrs", "assoc", "admin",
];

/// A sentence has at least so many longer words without a capital.
const FEWEST_SMALL: usize = 3;
/// The fewest letters of a word with a capital that is no abbreviation.
const NAME: usize = 5;
/// The fewest words of a paragraph that is a sentence, and not a line of its own: one with a full stop, and one without.
const STOPPED: usize = 4;
const SENTENCE: usize = 6;
/// A text that ends with a number is a sentence if it has so many words, one of them among these.
const NUMBERED: usize = 8;
const VERBS: &[&str] = &[
    "is",
    "are",
    "was",
    "were",
    "has",
    "have",
    "had",
    "will",
    "would",
    "shall",
    "can",
    "may",
    "must",
    "met",
    "said",
    "signed",
    "held",
    "began",
    "visited",
    "agreed",
    "attended",
    "presented",
    "opened",
    "welcomed",
    "discussed",
];

/// Words that begin a sentence and that no address or file ends with, as `in`, `it` and `release` do.
#[rustfmt::skip]
const BEGINNINGS: &[&str] = &[
    "a", "after", "all", "also", "although", "an", "and", "before", "both", "but", "during", "each", "every", "following",
    "for", "from", "furthermore", "he", "her", "his", "however", "its", "many", "moreover", "on", "our", "she", "since",
    "such", "that", "the", "their", "there", "therefore", "these", "they", "this", "those", "through", "thus", "under",
    "upon", "we", "when", "where", "while", "with",
];

/// The fewest letters of two words that may have been joined. Of a shorter first one the second is a name, which is
/// never written small: onTuesday, but not inDrive.
const JOINED: usize = 3;
const JOINED_TO_NAME: usize = 2;

/// What is wrong with signs and spaces anywhere.
pub(super) fn slips(text: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let char_at = |index: usize| chars.get(index).map(|(_, c)| *c);
    let place = |index: usize| chars.get(index).map_or(text.len(), |(at, _)| *at);
    // What is known of the text up to a sign, so that no sign looks for it again.
    let mut token = Token::default();
    let mut open_bracket = None;
    let mut joined = Vec::new();
    for (index, &(at, c)) in chars.iter().enumerate() {
        if !c.is_whitespace() && at >= token.end {
            token = Token::at(text, at);
        }
        let before = index.checked_sub(1).and_then(char_at);
        let after = char_at(index + 1);
        // A space before a sign that closes.
        if matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | ')') && before == Some(' ') {
            let spaces = chars.get(..index).unwrap_or_default().iter().rev().take_while(|(_, c)| *c == ' ').count();
            let said = (index - spaces).checked_sub(1).and_then(char_at);
            let is_word = said.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '”' | '’' | '"' | ')' | '%'));
            let is_end = after.is_none_or(|c| c.is_whitespace() || matches!(c, '”' | '’' | '"' | ')'));
            if is_word && is_end {
                slips.extend(slip(Check::SpaceBeforeSign, text, place(index - spaces)..at + 1, Some(c.to_string())));
            } else if is_word && matches!(c, ',' | ';' | ':' | '!' | '?') && after.is_some_and(char::is_alphabetic) {
                // The space is on the wrong side.
                slips.extend(slip(Check::SpaceBeforeSign, text, place(index - spaces)..at + 1, Some(format!("{c} "))));
            }
        }
        if c == '(' && after == Some(' ') && char_at(index + 2).is_some_and(char::is_alphanumeric) {
            slips.extend(slip(Check::SpaceBeforeSign, text, at..at + 2, Some("(".to_owned())));
        }
        // The same sign twice; three stops are an ellipsis.
        if matches!(c, ',' | '.' | ';' | '!' | '?') && before != Some(c) {
            let run = chars.get(index..).unwrap_or_default().iter().take_while(|(_, other)| *other == c).count();
            if run == 2 {
                slips.extend(slip(Check::SignTwice, text, at..at + 2, Some(c.to_string())));
            } else if c == ',' && after == Some('.') {
                slips.extend(slip(Check::SignTwice, text, at..at + 2, Some(".".to_owned())));
            }
        }
        if !token.is_written_so && is_space_missing(text, at, c, before, after, open_bracket) {
            // A full stop begins a sentence.
            let next = after.filter(|_| c == '.').map(|after| after.to_uppercase().to_string());
            let right = format!("{c} {}", next.or(after.map(String::from)).unwrap_or_default());
            slips.extend(slip(Check::NoSpaceAfterSign, text, at..place(index + 2), Some(right)));
        }
        if c == '(' {
            open_bracket = Some(at);
        }
        if c.is_lowercase() && after.is_some_and(char::is_uppercase) && !token.is_written_so {
            joined.extend(joined_words(text, place(index + 1)));
        }
    }
    slips.extend(joined_slips(text, joined));
    slips
}

/// A space is missing in these places, but for those in the names of placeholders.
fn joined_slips(text: &str, joined: Vec<(Range<usize>, String)>) -> Vec<Slip> {
    if joined.is_empty() {
        return Vec::new();
    }
    let hidden = placeholders::in_text(text);
    let is_hidden = |range: &Range<usize>| {
        let after = hidden.partition_point(|(hidden, _)| hidden.end <= range.start);
        hidden.get(after).is_some_and(|(hidden, _)| hidden.start < range.end)
    };
    let shown = joined.into_iter().filter(|(range, _)| !is_hidden(range));
    shown.filter_map(|(range, right)| slip(Check::NoSpaceAfterSign, text, range, Some(right))).collect()
}

/// The two words that are joined at a capital, as in `invitedTuesday`, and what is right: a space between. Firms and
/// products begin with a capital or a single letter: YouTube, eVisa.
fn joined_words(text: &str, capital: usize) -> Option<(Range<usize>, String)> {
    // No word is longer, so no more is looked at.
    let length = |letters: &mut dyn Iterator<Item = char>| -> usize {
        let letters = letters.take(LONGEST_WORD + 1).take_while(|c| {
            work::step();
            c.is_alphabetic()
        });
        letters.map(char::len_utf8).sum()
    };
    let (said, rest) = text.split_at_checked(capital)?;
    let start = capital - length(&mut said.chars().rev());
    let end = capital + length(&mut rest.chars());
    let (first, second) = (text.get(start..capital)?, text.get(capital..end)?);
    let is_small = |word: &str| word.chars().all(char::is_lowercase);
    if first.len().max(second.len()) > LONGEST_WORD
        || !is_small(first)
        || !is_small(second.get(second.chars().next()?.len_utf8()..)?)
        || first.chars().count() < JOINED_TO_NAME
        || second.chars().count() < JOINED
    {
        return None;
    }
    // A word with a hyphen, a hashtag, a page of the web.
    let (before, after) = (text.get(..start)?, text.get(end..)?);
    let is_part = before.ends_with(|c: char| c.is_alphanumeric() || "-‑'’#&.".contains(c))
        || after.starts_with(|c: char| c.is_alphanumeric())
        || after.strip_prefix('.').is_some_and(|after| after.starts_with(char::is_alphanumeric));
    let is_name = || !is_english_word(&second.to_lowercase());
    let are_words = !is_part
        && is_english_word(first)
        && is_english_word(second)
        && (first.chars().count() >= JOINED || is_name())
        && !is_english_word(text.get(start..end)?);
    are_words.then(|| (start..end, format!("{first} {second}")))
}

/// The characters between two spaces.
#[derive(Clone, Copy, Debug, Default)]
struct Token {
    /// Its end, in bytes of the text.
    end: usize,
    /// Whether it is an address or a file, whose signs have no space behind them.
    is_written_so: bool,
}

impl Token {
    /// The token that begins at a place.
    fn at(text: &str, start: usize) -> Self {
        let rest = text.get(start..).unwrap_or_default();
        let is_end = |c: char| {
            work::step();
            c.is_whitespace()
        };
        let token = rest.get(..rest.find(is_end).unwrap_or(rest.len())).unwrap_or_default();
        let is_web = token.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("www"));
        Self { end: start + token.len(), is_written_so: is_web || token.contains(['@', '/', '\\', '_', '=']) }
    }
}

/// Whether a space is missing behind a sign between two words. `open` is where the last bracket before it opens.
fn is_space_missing(
    text: &str,
    at: usize,
    sign: char,
    before: Option<char>,
    after: Option<char>,
    open: Option<usize>,
) -> bool {
    if !matches!(sign, ',' | '.' | ';' | '?' | '!' | ')' | '%') || !after.is_some_and(char::is_alphabetic) {
        return false;
    }
    let (said, rest) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
    let is_lower = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let mut next = rest.chars().skip(1);
    match sign {
        '.' => {
            // An abbreviation is written so.
            let letters = said.chars().rev().take_while(|c| c.is_alphabetic()).take(3).count();
            let begins = next.next().is_some_and(char::is_uppercase) && is_lower(next.next());
            letters > 2 && is_lower(before) && (begins || are_small_words(said, rest))
        }
        // (s), a)b: one letter within or after brackets.
        ')' => {
            let within = open.and_then(|open| said.get(open + 1..)).unwrap_or_default();
            within.chars().nth(1).is_some() && next.nth(1).is_some_and(char::is_alphabetic)
        }
        '%' => before.is_some_and(|c| c.is_ascii_digit()) && next.nth(1).is_some_and(char::is_alphabetic),
        _ => before.is_some_and(|c| c.is_alphabetic() || matches!(c, '”' | '’')),
    }
}

/// Whether a full stop is between two small words of which the second begins a sentence, as in `country.he`, so that
/// they are no page of the web and no file.
fn are_small_words(said: &str, rest: &str) -> bool {
    let is_small = |c: char| c.is_lowercase();
    let letters = said.chars().rev().take(LONGEST_WORD + 1).take_while(|c| is_small(*c));
    let before = said.get(said.len() - letters.map(char::len_utf8).sum::<usize>()..).unwrap_or_default();
    let letters = rest.chars().skip(1).take(LONGEST_WORD + 1).take_while(|c| is_small(*c));
    let after = rest.get(1..1 + letters.map(char::len_utf8).sum::<usize>()).unwrap_or_default();
    let is_apart = |c: char| c.is_whitespace() || matches!(c, '(' | '“' | '‘');
    let begins = said.get(..said.len() - before.len()).unwrap_or_default();
    let ends = rest.get(1 + after.len()..).unwrap_or_default();
    (begins.is_empty() || begins.ends_with(is_apart))
        && (ends.is_empty() || ends.starts_with(|c: char| c.is_whitespace() || c == ','))
        && before.len() <= LONGEST_WORD
        && !ABBREVIATIONS.contains(&before)
        && BEGINNINGS.contains(&after)
        && is_english_word(before)
}

/// What is wrong with the sentences of a paragraph: their first letter and their end. `before` is the text before it.
pub(super) fn sentences(text: &str, before: Option<&str>) -> Vec<Slip> {
    let mut slips = Vec::new();
    let all = words(text);
    let trimmed = text.trim_end();
    let ends = trimmed.trim_end_matches(['”', '’', '"', '\'', ')', ']', '*']).ends_with(['.', '!', '?', '…']);
    if all.len() < STOPPED {
        return slips;
    }
    let lacks_stop = !ends && all.len() >= SENTENCE;
    let is_open = |last: &Word| is_open_end(trimmed, last.text) && is_sentence(text) || ends_in_number(trimmed, &all);
    if let Some(last) = all.last().filter(|last| lacks_stop && is_open(last)) {
        let range = last.at..trimmed.len();
        let right = text.get(range.clone()).map(|end| format!("{end}."));
        slips.extend(slip(Check::NoFullStop, text, range, right));
    }
    // Where the text before goes on here, it ends in no full stop.
    let goes_on = before.is_some_and(|before| !before.trim_end().ends_with(['.', '!', '?', '…', '”', '"', ')']));
    if let Some(first) = all.first().filter(|first| ends && !goes_on && text.get(..first.at) == Some("")) {
        slips.extend(capital(text, first.at, first.text));
    }
    for pair in all.windows(2) {
        let [said, next] = pair else { continue };
        // A long word with a capital is a name, and no abbreviation either.
        let is_name = said.text.chars().count() >= NAME && said.text.chars().skip(1).all(char::is_lowercase);
        let is_word = is_name || said.text.chars().count() > 3 && said.text.chars().all(char::is_lowercase);
        if text.get(said.end()..next.at) == Some(". ")
            && is_word
            && !ABBREVIATIONS.contains(&said.text.to_lowercase().as_str())
        {
            slips.extend(capital(text, next.at, next.text));
        }
    }
    slips
}

/// A small letter that begins a sentence.
fn capital(text: &str, at: usize, word: &str) -> Option<Slip> {
    // A name of a firm may begin with one: eBay.
    let is_plain = word.chars().all(|c| c.is_lowercase() || matches!(c, '-' | '’' | '\''));
    let first = word.chars().next().filter(|c| c.is_lowercase() && is_plain)?;
    let right = format!("{}{}", first.to_uppercase(), word.get(first.len_utf8()..).unwrap_or_default());
    slip(Check::SmallLetter, text, at..at + word.len(), Some(right))
}

/// Whether a paragraph that ends so lacks a full stop: it ends in a word, and in no address or number.
fn is_open_end(text: &str, last: &str) -> bool {
    let token = text.rsplit(char::is_whitespace).next().unwrap_or(text);
    text.ends_with(|c: char| c.is_alphabetic() || matches!(c, ')' | '”'))
        && !token.contains(['@', '/', '.', '_'])
        && !matches!(last, "and" | "or")
}

/// Whether a text is a sentence that ends with a year or another number, and no line such as an address.
fn ends_in_number(text: &str, all: &[Word]) -> bool {
    let has_verb = || all.iter().any(|word| VERBS.contains(&word.text));
    text.ends_with(|c: char| c.is_ascii_digit()) && all.len() >= NUMBERED && has_verb()
}

/// Whether a text is a sentence and no heading: half of its longer words begin with a small letter.
fn is_sentence(text: &str) -> bool {
    let long = || words(text).into_iter().filter(|word| word.text.chars().count() > 3);
    let small = long().filter(|word| word.text.starts_with(char::is_lowercase)).count();
    small >= FEWEST_SMALL && small * 2 >= long().count()
}

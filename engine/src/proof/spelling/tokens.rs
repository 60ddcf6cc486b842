//! The words of a text that can be judged.
//!
//! Left out is what no dictionary can know: words in capitals and the names after them, words with
//! digits, addresses, abbreviations, placeholders, and what the user's own list has.
//!
//! Knows letters, and asks `english` only whether a word is right. Invariant: every range lies in the
//! text, on characters, and in no placeholder.

use std::{borrow::Cow, ops::Range};

use crate::{
    khmer::is_khmer,
    release::{placeholders, titles::is_title},
    typeset::breaks::KnownWords,
    work,
};

/// A word that can be judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Where it is, in bytes of the text.
    pub range: Range<usize>,
    /// Its letters: without what is not seen, with plain apostrophes, and no `'s` at its end.
    pub word: String,
    /// Whether its first letter is a capital, so that it may be a name.
    pub is_capitalised: bool,
    /// Whether a title or another name precedes it.
    pub is_beside_name: bool,
    /// Whether the dictionary has it, or the compound that it is a part of.
    pub is_right: bool,
}

/// Small words within a name, as in Luiz Inácio Lula da Silva; right where a capital follows.
#[rustfmt::skip]
pub(in crate::proof) const PARTICLES: &[&str] = &[
    "al", "bin", "binti", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la",
    "le", "na", "ter", "van", "von", "zu",
];

/// The longest of them, in bytes.
const LONGEST_PARTICLE: usize = 5;

/// The longest abbreviation that ends in a stop: `Dept.`, `approx.`
const LONGEST_ABBREVIATION: usize = 6;

/// The words of a text that can be judged, in their order.
pub(super) fn tokens(text: &str, own: &KnownWords) -> Vec<Token> {
    let mut tokens = Vec::new();
    let placeholders = placeholders::in_text(text);
    let mut placeholders = placeholders.iter().map(|(range, _)| range.clone()).peekable();
    // Up to where a word of the user's list reaches.
    let mut own_until = 0;
    let mut after_name = false;
    for chunk in chunks(text) {
        while placeholders.next_if(|range| range.end <= chunk.start).is_some() {}
        let hidden = placeholders.peek().is_some_and(|range| range.start < chunk.end);
        let characters = text.get(chunk.clone()).unwrap_or_default();
        if hidden || is_address(characters) {
            after_name = false;
            continue;
        }
        for piece in pieces(characters) {
            let range = chunk.start + piece.start..chunk.start + piece.end;
            let characters = text.get(range.clone()).unwrap_or_default();
            own_until = own_until.max(range.start + own.longest_at(text.get(range.start..).unwrap_or_default()));
            let whole = plain(characters);
            let name = is_name(&whole, after_name);
            let skipped = range.end <= own_until
                || own.has(&whole)
                || own.has(&whole.to_lowercase())
                || whole.chars().any(|c| !is_latin(c) && c != '\'' && c != '-')
                || whole.split('-').all(is_in_capitals)
                || is_particle(&whole, text.get(range.end..).unwrap_or_default())
                || is_abbreviation(&whole, text.get(range.end..).unwrap_or_default());
            if !skipped {
                judged(characters, range.start, after_name, own, &mut tokens);
            }
            // Only a space joins the parts of a name.
            let rest = text.get(range.end..).unwrap_or_default();
            let rest = rest.strip_prefix('.').filter(|_| is_title(&whole)).unwrap_or(rest);
            after_name = name && rest.starts_with([' ', '\u{A0}']);
        }
    }
    tokens
}

/// Adds the word, or the parts of a compound that the dictionary lacks.
fn judged(characters: &str, start: usize, after_name: bool, own: &KnownWords, tokens: &mut Vec<Token>) {
    let mut token = |characters: &str, start: usize, is_right: Option<bool>| {
        let seen = without_possessive(characters);
        let word = plain(seen).into_owned();
        let is_capitalised = word.starts_with(char::is_uppercase);
        // A capital inside a word is a spelling of its own, as in a name of a firm.
        let odd = word.chars().skip(1).any(char::is_uppercase);
        let numeral = word.chars().all(|c| matches!(c.to_ascii_lowercase(), 'i' | 'v' | 'x'));
        let known = own.has(&word) || own.has(&word.to_lowercase());
        if word.chars().nth(1).is_some() && !odd && !numeral && !known {
            let range = start..start + seen.len();
            let is_right = is_right.unwrap_or_else(|| super::english::is_right(&word));
            tokens.push(Token { range, word, is_capitalised, is_beside_name: after_name, is_right });
        }
    };
    let compound = plain(characters);
    // A long one is judged by its parts alone.
    if compound.len() <= super::english::LONGEST && super::english::is_right(&compound) {
        return token(characters, start, Some(true));
    }
    let mut at = 0;
    for part in characters.split_inclusive(['-', '\u{2010}', '\u{2011}', '\u{200B}']) {
        let letters = part.trim_end_matches(['-', '\u{2010}', '\u{2011}', '\u{200B}']);
        token(letters, start + at, None);
        at += part.len();
    }
}

/// The runs of characters between spaces and Khmer, as byte ranges.
fn chunks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let divides = |c: char| c.is_whitespace() || is_khmer(c) || matches!(c, '—' | '–' | '…');
    spans(text, move |c| !divides(c))
}

/// The runs of letters, digits and what joins them.
fn pieces(chunk: &str) -> impl Iterator<Item = Range<usize>> {
    let inside = |c: char| {
        c.is_alphanumeric()
            || matches!(c, '\'' | '’' | '_' | '-' | '\u{2010}' | '\u{2011}' | '\u{AD}' | '\u{200B}')
            || matches!(c, '\u{300}'..='\u{36F}')
    };
    let joins = |c: char| !c.is_alphanumeric();
    spans(chunk, inside).filter_map(move |span| {
        // Quotation marks and dashes around a word are left out.
        let characters = chunk.get(span.clone())?;
        let start = span.start + characters.len() - characters.trim_start_matches(joins).len();
        let end = span.start + characters.trim_end_matches(|c| joins(c) && !matches!(c, '\u{300}'..='\u{36F}')).len();
        (start < end).then_some(start..end)
    })
}

/// The longest runs of characters that are inside.
fn spans(text: &str, inside: impl Fn(char) -> bool) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.get(at..)?.find(&inside)?;
        let rest = text.get(start..)?;
        at = start + rest.find(|c| !inside(c)).unwrap_or(rest.len());
        Some(start..at)
    })
}

/// Mail and web addresses, file names, and what has stops or slashes among its letters: `U.S.`, `e.g.`
fn is_address(chunk: &str) -> bool {
    let chunk = chunk.trim_end_matches(|c: char| !c.is_alphanumeric());
    let stop_inside = chunk
        .split_inclusive('.')
        .rev()
        .skip(1)
        .any(|part| part.trim_end_matches('.').ends_with(char::is_alphanumeric));
    chunk.contains(['@', '\\', '#']) || chunk.contains("://") || stop_inside
}

/// A word as the dictionary would have it: ligatures are letters, apostrophes plain, accents off,
/// and nothing in it that is not seen.
pub(super) fn plain(characters: &str) -> Cow<'_, str> {
    if characters.is_ascii() {
        return Cow::Borrowed(characters);
    }
    let mut word = String::with_capacity(characters.len());
    for c in characters.chars() {
        match c {
            '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{300}'..='\u{36F}' => {}
            '’' | 'ʼ' => word.push('\''),
            '\u{2010}' | '\u{2011}' => word.push('-'),
            'ﬀ' => word.push_str("ff"),
            'ﬁ' => word.push_str("fi"),
            'ﬂ' => word.push_str("fl"),
            'ﬃ' => word.push_str("ffi"),
            'ﬄ' => word.push_str("ffl"),
            'ﬅ' | 'ﬆ' => word.push_str("st"),
            c => word.push(c),
        }
    }
    Cow::Owned(word)
}

/// The word without the `'s` or `’` of a possessor.
fn without_possessive(characters: &str) -> &str {
    ["'s", "’s", "'", "’"].iter().find_map(|ending| characters.strip_suffix(ending)).unwrap_or(characters)
}

fn is_latin(c: char) -> bool {
    c.is_alphabetic() && matches!(c, 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

fn is_in_capitals(word: &str) -> bool {
    let word = without_possessive(word).trim_end_matches('s');
    !word.is_empty() && word.chars().all(char::is_uppercase)
}

/// Whether a name may go on behind this word: it is in capitals, a title, or the name so far.
fn is_name(word: &str, after_name: bool) -> bool {
    let long = word.chars().nth(1).is_some();
    long && is_in_capitals(word) || is_title(word) || after_name && word.starts_with(char::is_uppercase)
}

/// Whether a small word is part of a name: a capital follows, at once or after another such word.
fn is_particle(word: &str, rest: &str) -> bool {
    let next = rest.strip_prefix([' ', '\u{A0}', '-']).unwrap_or_default();
    // No particle is longer, so no more is looked at of what has no spaces.
    let near = next.get(..next.floor_char_boundary(LONGEST_PARTICLE + 1)).unwrap_or_default();
    let is_space = |c: char| {
        work::step();
        matches!(c, ' ' | '\u{A0}')
    };
    let word_after = near.split(is_space).next().unwrap_or_default();
    PARTICLES.contains(&word) && (next.starts_with(char::is_uppercase) || PARTICLES.contains(&word_after))
}

/// `Dept. of`, `approx. 30`: short, with a stop, and the sentence goes on. So too what has no vowel.
fn is_abbreviation(word: &str, rest: &str) -> bool {
    let vowels = ['a', 'e', 'i', 'o', 'u', 'y'];
    if !word.to_lowercase().contains(vowels) && word.is_ascii() {
        return true;
    }
    let goes_on = |rest: &str| {
        let next = rest.trim_start().chars().next();
        next.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit() || matches!(c, ',' | ';' | ')'))
    };
    word.chars().count() <= LONGEST_ABBREVIATION && rest.strip_prefix('.').is_some_and(goes_on)
}

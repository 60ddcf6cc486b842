//! Words with hyphens, slashes and dashes in them; signs, abbreviations and numbers of items before what
//! they belong to.

use super::{
    Hold,
    words::{Pair, Word},
};

/// First parts of three letters after which no line ends. Of one and two letters none does.
const PREFIXES: &[&str] = &["pre", "non", "sub", "mid", "pro", "tri", "dis", "mis", "out", "bio", "geo", "neo", "per"];

/// Abbreviations before what they belong to.
#[rustfmt::skip]
const ABBREVIATIONS: &[&str] = &[
    "e.g.", "i.e.", "cf.", "Cf.", "vs.", "v.", "c.", "ca.", "approx.", "Approx.", "Mt.", "Ft.", "Ref.", "ref.", "incl.",
    "ext.", "Ext.", "est.", "Est.", "viz.", "Attn.", "attn.", "P.O.", "c/o", "§", "§§", "#", "№",
    "@", "~", "≈", "±",
];

/// Signs between two things.
const BETWEEN: &[&str] = &["+", "=", "×", "±", "÷", "<", ">", "≤", "≥", "/"];

/// What holds within a word.
pub fn inside(word: &Word, holds: &mut Vec<(usize, Hold)>) {
    let is_separator = |c: char| matches!(c, '-' | '‐' | '–' | '/');
    for (at, separator) in word.raw.char_indices().filter(|(_, c)| is_separator(*c)) {
        let (before, rest) = word.raw.split_at(at);
        let after = rest.get(separator.len_utf8()..).unwrap_or_default();
        if after.is_empty() {
            continue;
        }
        let left = before.rsplit(is_separator).next().unwrap_or(before);
        let right = after.split(is_separator).next().unwrap_or(after);
        let place = word.at + at + separator.len_utf8();
        holds.extend(hold_of(left, right, separator, word.raw).map(|hold| (place, hold)));
    }
}

fn hold_of(left: &str, right: &str, separator: char, whole: &str) -> Option<Hold> {
    let letters = |part: &str| part.chars().filter(|c| c.is_alphanumeric()).count();
    let is_latin = |part: &str| part.chars().all(|c| !crate::khmer::is_khmer(c));
    if !is_latin(left) || !is_latin(right) {
        return None;
    }
    let ends_in_digit = left.ends_with(|c: char| c.is_ascii_digit());
    let begins_with_digit = right.starts_with(|c: char| c.is_ascii_digit());
    let is_short = letters(left) <= 2 || letters(right) <= 2;
    let is_enumerated = left.ends_with(')') || right.starts_with('(');
    let holds = match separator {
        '/' => is_short || letters(left) == 3 || letters(right) == 3 || whole.contains(|c: char| c.is_ascii_digit()),
        _ => {
            let is_prefix = PREFIXES
                .iter()
                .any(|prefix| left.trim_start_matches(|c: char| !c.is_alphanumeric()).eq_ignore_ascii_case(prefix));
            is_short || is_prefix || ends_in_digit || begins_with_digit || is_enumerated
        }
    };
    // U.S.-ASEAN is long enough to be parted in need.
    let parts_names = separator != '/' && is_abbreviation(left) && !begins_with_digit;
    if holds && !parts_names {
        return Some(Hold::Never);
    }
    (is_abbreviation(left) || is_abbreviation(right)).then_some(Hold::Rather)
}

/// U.S., ASEAN.
fn is_abbreviation(part: &str) -> bool {
    let part = part.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    let dotted = part.trim_end_matches('.').contains('.');
    let letters = part.chars().filter(|c| c.is_alphabetic()).count();
    (dotted && letters > 1 || (2..=6).contains(&part.len())) && part.chars().all(|c| c.is_uppercase() || c == '.')
}

/// What holds before and after signs, and after the number of an item.
pub fn pair(pair: &Pair) -> Option<Hold> {
    let (before, after) = (pair.word(-1), pair.word(0));
    let is_bare = |word: &Word| word.raw.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_bare(&before) && is_bare(&after) {
        return (before.raw == "PO" && after.raw == "Box").then_some(Hold::Never);
    }
    if BETWEEN.contains(&before.raw) && before.raw != "/" || BETWEEN.contains(&after.raw) {
        return Some(Hold::Never);
    }
    let is_short = |word: &Word| word.word.chars().count() <= 2;
    if before.raw == "&" || after.raw == "&" {
        let beside = if before.raw == "&" { [pair.word(-2), after] } else { [before, pair.word(1)] };
        return Some(if beside.iter().any(is_short) { Hold::Never } else { Hold::Rather });
    }
    let opens = before.raw.trim_start_matches(['(', '[', '“', '‘', '"']);
    if ABBREVIATIONS.contains(&opens) || opens == "PO" && after.word == "Box" {
        return Some(Hold::Never);
    }
    if is_item(pair, &before, &after) {
        return Some(Hold::Never);
    }
    // Article 5 (a), paragraph (b).
    let is_referred = before.raw.ends_with(|c: char| c.is_ascii_digit())
        || before.is_one_of(&[
            "article",
            "paragraph",
            "paragraphs",
            "subparagraph",
            "section",
            "clause",
            "item",
            "point",
        ]);
    (is_bracketed_item(after.raw) && is_referred).then_some(Hold::Never)
}

/// Whether a word is the number of an item: (a), (iv), a), 1), 1., A.
fn is_item(pair: &Pair, word: &Word, after: &Word) -> bool {
    if is_bracketed_item(word.raw) {
        return true;
    }
    let Some((stem, end)) = word.raw.split_at_checked(word.raw.len().saturating_sub(1)) else { return false };
    let earlier = pair.word(-2);
    let begins =
        || earlier.raw.is_empty() || earlier.ends_clause() || matches!(earlier.raw, "and" | "or" | "•" | "–" | "—");
    match end {
        ")" => is_stem(stem) && !stem.starts_with('('),
        // Otherwise a sentence ends with a number, or a name has an initial.
        "." => is_stem(stem) && (begins() || after.raw.starts_with(char::is_lowercase)),
        _ => false,
    }
}

fn is_bracketed_item(raw: &str) -> bool {
    let raw = raw.trim_end_matches([',', ';', ':']);
    raw.strip_prefix(['(', '[']).and_then(|rest| rest.strip_suffix([')', ']'])).is_some_and(is_stem)
}

/// A letter, a small Roman numeral or at most two digits.
fn is_stem(stem: &str) -> bool {
    let is_letter = stem.len() == 1 && stem.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_roman = (1..=5).contains(&stem.len())
        && (stem.chars().all(|c| "ivx".contains(c)) || stem.chars().all(|c| "IVX".contains(c)));
    let is_number = (1..=2).contains(&stem.len()) && stem.bytes().all(|byte| byte.is_ascii_digit());
    is_letter || is_roman || is_number
}

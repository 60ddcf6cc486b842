//! Telephone numbers: `(+855) 23 216 122`, `Tel: 023 216 122`.

use super::{
    Hold,
    words::{Pair, Word},
};
use crate::typeset::breaks::characters::is_digit;

/// What is before a number, as the end of a word: Tel, Tel/Fax.
const LABELS: &[&str] =
    &["tel", "telephone", "phone", "fax", "mobile", "cell", "hotline", "whatsapp", "telegram", "tél"];

/// Letters of a label that is an abbreviation: Tel, Fax.
const LONGEST_SHORT_LABEL: usize = 4;
/// No number has more groups.
const MOST_GROUPS: isize = 8;
/// Groups without a plus, a zero or a label are a telephone number from so many digits on.
const DIGITS: usize = 8;

/// Groups of one number hold together, and a label with the first.
pub fn pair(pair: &Pair) -> Option<Hold> {
    let (before, after) = (pair.word(-1), pair.word(0));
    if !is_group(&after) {
        return None;
    }
    if is_label(&before) {
        // "telephone" is a word of the sentence, and may end a line that would have a hole otherwise.
        let is_word = before.raw.chars().filter(|c| c.is_alphabetic()).count() > LONGEST_SHORT_LABEL;
        return Some(if is_word { Hold::Firm } else { Hold::Never });
    }
    if !joins(&before) {
        return None;
    }
    let first = (1..MOST_GROUPS).take_while(|back| joins(&pair.word(-back))).last().unwrap_or(1);
    let mut digits = 0;
    let mut groups_fit = true;
    for distance in -first..MOST_GROUPS {
        let group = pair.word(distance);
        if !is_group(&group) {
            break;
        }
        let here = group.raw.chars().filter(|c| is_digit(*c)).count();
        digits += here;
        groups_fit &= here <= 4;
        if !joins(&group) {
            break;
        }
    }
    let opened = pair.word(-first).raw;
    let is_number = opened.starts_with(['+', '0', '០'])
        || opened.starts_with("(+")
        || opened.starts_with("(0")
        || is_label(&pair.word(-first - 1))
        || groups_fit && digits >= DIGITS;
    (is_number && digits > 4).then_some(Hold::Never)
}

/// Digits, with the signs of telephone numbers among them.
fn is_group(word: &Word) -> bool {
    let group = word.raw.trim_end_matches([',', ';', '.', ':']);
    group.contains(is_digit) && group.chars().all(|c| is_digit(c) || "+()-‐‑–./".contains(c))
}

/// A group after which another may come.
fn joins(word: &Word) -> bool {
    is_group(word) && word.raw.ends_with(|c| is_digit(c) || c == ')' || c == '/')
}

fn is_label(word: &Word) -> bool {
    let label = word.raw.trim_end_matches([':', '.']).to_lowercase();
    LABELS.iter().any(|end| label.strip_suffix(end).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)))
        || matches!(word.raw, "T:" | "F:" | "M:" | "(T)" | "(F)" | "(M)" | "ext." | "Ext.")
}

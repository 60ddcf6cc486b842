//! Names of people with what is before and after them, and phrases that read as one word.

use super::{
    Hold, dates, phrases,
    words::{self, Pair, Word},
};
use crate::release::titles::{goes_on_noble, is_noble, is_office, is_personal, is_title};

/// Offices and other words before a name, besides those of `titles`.
#[rustfmt::skip]
const OFFICES: &[&str] = &[
    "Minister", "Secretary", "Governor", "Chairman", "Chairwoman", "Chairperson", "Chair", "Spokesperson",
    "Secretary-General", "Director-General", "Director", "Commissioner", "Major", "Representative", "Congressman",
    "Congresswoman", "Judge", "Justice", "Envoy", "Bishop", "Cardinal", "Archbishop", "Mayor", "Speaker", "Mount",
    "Lake", "Cape", "Fort", "Port",
];

/// What may follow a name.
#[rustfmt::skip]
const SUFFIXES: &[&str] = &[
    "Jr", "Sr", "Jnr", "Snr", "Esq", "Ph.D", "PhD", "M.D", "MD", "M.P", "MP", "K.C", "KC", "Q.C", "QC", "OBE", "CBE",
    "MBE", "M.A", "MA", "B.A", "BA", "MBA", "LL.M", "LLM", "LL.B", "Ltd", "Inc", "Co", "Corp", "Plc", "PLC", "LLC",
];

pub fn pair(pair: &Pair) -> Option<Hold> {
    // Lok Chumteav is a phrase and a title.
    phrases::is_inside(pair).then_some(Hold::Rather).max(named(pair))
}

/// How firmly a name holds together with what is before and after it.
fn named(pair: &Pair) -> Option<Hold> {
    let (before, after) = (pair.word(-1), pair.word(0));
    if !after.word.starts_with(char::is_uppercase) || after.is_opened() {
        return None;
    }
    let is_suffix = SUFFIXES.contains(&after.word) && !before.ends_sentence();
    if is_suffix && before.is_name() && before.word.len() > 1 {
        return Some(Hold::Never);
    }
    let stops = before.raw.ends_with('.') && !is_personal(before.word) && !is_initial(&before);
    if stops || before.raw.ends_with([',', ';', ':', '!', '?', ')', ']', '”', '’', '"', '…']) {
        return None;
    }
    if !before.is_name() || dates::is_month(&before) {
        return None;
    }
    if after.is_roman() && !before.raw.ends_with('.') {
        return Some(Hold::Never);
    }
    // Robert Kennedy, Sr.
    if matches!(pair.word(1).word, "Jr" | "Sr") && after.is_name() {
        return Some(Hold::Firm);
    }
    if is_personal(before.word) && after.is_name() {
        return Some(Hold::Never);
    }
    // King Norodom VI, World War II.
    let is_regnal = pair.word(1).is_roman() && !after.ends_clause() && pair.word(1).word != "I";
    if is_regnal || is_noble(before.word) && !after.is_function() {
        return Some(Hold::Never);
    }
    if is_initial(&after) || is_initial(&before) && after.is_name() {
        return Some(Hold::Firm);
    }
    if let Some(hold) = in_name(pair, &before, &after) {
        return Some(hold);
    }
    let is_full_name = before.is_capitals() && after.is_name() && !after.is_capitals();
    let is_titled = (is_title(before.word) || OFFICES.contains(&before.word)) && after.is_name();
    (is_full_name || is_titled).then_some(Hold::Rather)
}

/// The most words between a title and the end of the name: Mr. Nguyen Van Tu, Queen Mother Norodom Monineath.
const LONGEST_NAME: isize = 3;

/// After Samdech, with the rest of that title: Samdech Akka Moha Sena Padei Techo Hun Sen.
const LONGEST_NOBLE: isize = 7;

/// H.E. SOK Dara: the title holds with the family name, and that with the given name. A long title gives way
/// within itself before the name does.
fn in_name(pair: &Pair, before: &Word, after: &Word) -> Option<Hold> {
    if !after.is_name() {
        return None;
    }
    for back in 2..=LONGEST_NOBLE {
        let title = pair.word(-back);
        // King ends a sentence, H.E. none.
        let is_abbreviated = title.raw.ends_with('.') && is_personal(title.word) && !is_noble(title.word);
        if title.ends_clause() && !is_abbreviated {
            return None;
        }
        if is_personal(title.word) || is_noble(title.word) {
            let is_in_title = goes_on_noble(before.word) && goes_on_noble(after.word);
            let is_of_many = title.word == "Samdech" && !goes_on_noble(before.word);
            // A monarch's name is one with the title.
            let is_end = after.ends_clause() || !pair.word(1).is_name();
            let hold = if is_in_title {
                Hold::Rather
            } else if is_end && (is_of_many || !is_personal(title.word)) {
                Hold::Never
            } else {
                Hold::Firm
            };
            return (back <= LONGEST_NAME || title.word == "Samdech").then_some(hold);
        }
        if !title.is_name() {
            return None;
        }
    }
    None
}

/// After these, after a title and after an office of `titles`, a given name and a surname follow.
const NAMED: &[&str] = &["Minister", "Governor", "King"];

/// The most words of a name that is learnt: more are a name with an office.
const MOST_WORDS: usize = 3;

/// The names of two words and more that are after a title in a text.
pub fn names(text: &str) -> Vec<String> {
    let words: Vec<Word> = words::of(text).collect();
    let mut names = Vec::new();
    for (index, title) in words.iter().enumerate() {
        if !(is_personal(title.word) || is_office(title.raw) || NAMED.contains(&title.raw)) {
            continue;
        }
        let mut name: Vec<&str> = Vec::new();
        for word in words.iter().skip(index + 1).take(MOST_WORDS) {
            let is_part = word.is_name() && word.word.chars().all(|c| c.is_alphabetic() || "-’'.".contains(c));
            if !is_part || word.is_opened() || is_personal(word.word) {
                break;
            }
            if is_initial(word) {
                name.push(word.bare);
                continue;
            }
            name.push(word.word);
            // Behind a comma or a possessive something else begins.
            if word.raw != word.word {
                break;
            }
        }
        if name.len() > 1 {
            names.push(name.join(" "));
        }
    }
    names
}

/// `R.` in Joseph R. Biden.
fn is_initial(word: &Word) -> bool {
    let mut letters = word.bare.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next() == Some('.') && letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_after_titles() {
        assert_eq!(names("H.E. SOK Dara met Mr. Tanaka Hiroshi, and President Biden."), ["SOK Dara", "Tanaka Hiroshi"]);
        assert_eq!(names("His Excellency Dr. HUN Manet’s visit"), ["HUN Manet"]);
        assert!(names("the Minister of Foreign Affairs, Mr. Sok.").is_empty());
    }
}

//! Signs in Khmer: a space before a comma or in a bracket, a sign twice, a Latin full stop for ។.
//!
//! A space before ។, ៖ and ៗ is a matter of the house, and one before » and ? as well. Knows texts alone. Its
//! invariant: every range that it gives lies in the text, on characters.

use std::ops::Range;

use super::super::{Problem, slips::Slip};
use crate::{
    khmer::{
        characters::{is_digit, is_in_words, is_letter},
        lexicon,
    },
    release::Check,
    typeset::breaks::word_boundaries,
};

/// So many letters and signs before a full stop are no abbreviation.
const WORD: usize = 3;
/// A text of so many letters and signs is a sentence, and no number with its stop.
const SENTENCE: usize = 20;

/// What is wrong with the signs of a text in Khmer.
pub(super) fn slips(text: &str) -> Vec<Slip> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let char_at = |index: usize| chars.get(index).map(|(_, c)| *c);
    let place = |index: usize| chars.get(index).map_or(text.len(), |(at, _)| *at);
    let mut slips = Vec::new();
    let mut slip = |kind: Check, range: Range<usize>, right: String| {
        let written = text.get(range.clone()).unwrap_or_default().to_owned();
        slips.push((range, Problem::Prose { kind, written, right: Some(right) }));
    };
    let is_said =
        |c: char| is_in_words(c) || is_digit(c) || c.is_ascii_alphanumeric() || matches!(c, '»' | '”' | ')' | '%');
    // Letters and signs since the last character that is none, where they begin, and brackets that are open.
    let (mut letters, mut run, mut open) = (0, 0, 0_usize);
    // What is seen before a character, and the first of the spaces before it with what is before them.
    let (mut seen, mut spaces): (Option<char>, Option<(usize, Option<char>)>) = (None, None);
    for (index, &(at, c)) in chars.iter().enumerate() {
        let (before, after) = (index.checked_sub(1).and_then(char_at), char_at(index + 1));
        let end = place(index + 1);
        if let (',' | ';' | ')', Some((start, said))) = (c, spaces)
            && said.is_some_and(is_said)
            && (c != ')' || open > 0)
        {
            match after {
                Some(after) if is_letter(after) && c != ')' => {
                    slip(Check::SpaceBeforeSign, start..end, format!("{c} "));
                }
                Some(after) if is_digit(after) => {}
                _ => slip(Check::SpaceBeforeSign, start..end, c.to_string()),
            }
        }
        if c == '('
            && after == Some(' ')
            && char_at(index + 2).is_some_and(|c| is_letter(c) || is_digit(c) || c.is_ascii_alphabetic())
        {
            slip(Check::SpaceBeforeSign, at..place(index + 2), "(".to_owned());
        }
        // ។ល។ is one sign, which ។ or ៕ may follow.
        let abbreviates = c == '។' && text.get(..at).is_some_and(|before| before.ends_with("។ល"));
        if matches!(c, ',' | ';' | '។' | '៕' | '៖' | 'ៗ') && before != Some(c) && !abbreviates {
            let run =
                chars.get(index..).unwrap_or_default().iter().take(3).take_while(|(_, other)| *other == c).count();
            if run == 2 {
                slip(Check::SignTwice, at..place(index + 2), c.to_string());
            }
            match (c, after) {
                (',', Some(stop @ ('។' | '៕'))) => slip(Check::SignTwice, at..place(index + 2), stop.to_string()),
                ('។' | '៕', Some(',')) => slip(Check::SignTwice, at..place(index + 2), c.to_string()),
                ('។', Some('៕')) => slip(Check::SignTwice, at..place(index + 2), "៕".to_owned()),
                _ => {}
            }
        }
        if c == ',' && before.is_some_and(is_in_words) && after.is_some_and(is_letter) {
            let right = format!(", {}", after.unwrap_or_default());
            slip(Check::NoSpaceAfterSign, at..place(index + 2), right);
        }
        if c == '.' && letters >= WORD && before.is_some_and(is_in_words) {
            let rest = text.get(end..).unwrap_or_default().trim_start_matches('\u{200B}');
            let ends = rest.trim_start().is_empty();
            let goes_on = rest.starts_with(' ')
                && rest.trim_start().starts_with(is_letter)
                && text.get(run..at).is_some_and(ends_in_word);
            if ends || goes_on {
                slip(Check::ConfusedWords, at..end, "។".to_owned());
            }
        }
        // Behind a year, a quotation, a sign of repetition or a space as well, if it ends the text.
        if c == '.'
            && text.get(end..).is_some_and(|rest| rest.trim().is_empty())
            && seen.is_some_and(|seen| {
                is_digit(seen) || matches!(seen, '»' | '”' | ')' | 'ៗ') || before == Some(' ') && is_in_words(seen)
            })
            && text.chars().filter(|c| is_in_words(*c)).nth(SENTENCE).is_some()
        {
            let start = spaces.map_or(at, |(start, _)| start);
            slip(Check::ConfusedWords, start..end, "។".to_owned());
        }
        match c {
            '(' => open += 1,
            ')' => open = open.saturating_sub(1),
            _ => {}
        }
        if c == ' ' || c == '\u{A0}' {
            spaces = spaces.or(Some((at, seen)));
        } else if c != '\u{200B}' {
            (seen, spaces) = (Some(c), None);
        }
        letters = match c {
            '\u{200B}' => letters,
            c if is_in_words(c) => letters + 1,
            _ => {
                run = end;
                0
            }
        };
    }
    slips
}

/// Whether letters end in a whole word, and not in the first of one as in ឧ. for ឧទាហរណ៍.
fn ends_in_word(letters: &str) -> bool {
    let ends = word_boundaries(letters);
    let last = ends.windows(2).rev().filter_map(|pair| letters.get(pair[0]..pair[1]));
    let mut last = last.filter(|word| word.contains(is_letter));
    last.next().is_some_and(|word| word.chars().count() >= WORD && lexicon::is_word(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Check, String, String)> {
        let said = |(range, problem): (Range<usize>, Problem)| match problem {
            Problem::Prose { kind, written, right } => {
                assert_eq!(text.get(range), Some(written.as_str()));
                (kind, written, right.unwrap_or_default())
            }
            other => panic!("{other:?}"),
        };
        slips(text).into_iter().map(said).collect()
    }

    #[test]
    fn signs_that_are_wrong_are_found_with_what_is_right() {
        for (text, kind, written, right) in [
            ("កម្ពុជា , ជប៉ុន និងឡាវ", Check::SpaceBeforeSign, " ,", ","),
            ("កម្ពុជា ,ជប៉ុន និងឡាវ", Check::SpaceBeforeSign, " ,", ", "),
            ("កម្ពុជា\u{200B}  ; ជប៉ុន", Check::SpaceBeforeSign, "  ;", ";"),
            ("សន្តិភាព (PKO ) និង", Check::SpaceBeforeSign, " )", ")"),
            ("សន្តិភាព ( ក្រសួង) និង", Check::SpaceBeforeSign, "( ", "("),
            ("កម្ពុជា,, ជប៉ុន", Check::SignTwice, ",,", ","),
            ("បានជួប។។ ភាគី", Check::SignTwice, "។។", "។"),
            ("បានជួប។៕", Check::SignTwice, "។៕", "៕"),
            ("បានជួប,។", Check::SignTwice, ",។", "។"),
            ("កម្ពុជា,ជប៉ុន", Check::NoSpaceAfterSign, ",ជ", ", ជ"),
            ("ភាគីបានជួបពិភាក្សា.", Check::ConfusedWords, ".", "។"),
            ("ភាគីបានជួបពិភាក្សា. ភាគីទាំងពីរ", Check::ConfusedWords, ".", "។"),
            ("ភាគីទាំងពីរបានជួបពិភាក្សាគ្នានៅថ្ងៃទី៣០ ខែតុលា ឆ្នាំ២០២៦.", Check::ConfusedWords, ".", "។"),
            ("ភាគីទាំងពីរបានជួបពិភាក្សា «អំពីពាណិជ្ជកម្ម».", Check::ConfusedWords, ".", "។"),
            ("ភាគីទាំងពីរបានជួបពិភាក្សាគ្នា .", Check::ConfusedWords, " .", "។"),
        ] {
            assert_eq!(found(text), [(kind, written.to_owned(), right.to_owned())], "{text}");
        }
    }

    #[test]
    fn signs_that_may_be_so_are_right() {
        for text in [
            "កម្ពុជា, ជប៉ុន ។ ផ្សេង ៗ « បាន » និង៖ ១,៥ នាក់ ។ល។",
            "ច្បាប់ ។ល។។ ច្បាប់ ។ល។៕ ១ ) មួយ ២) ពីរ (ក) បី",
            "ព.ស. ២៥៦៩ គ.ស.២០២៦ លេខ. ១២ ឯ.ឧ. សុខ អ.ស.ប.",
            "១២.",
            "ចំនួន ១ ,៥ ប៉ុន្តែក្រុមវិ. ហ៊ុនសែន គម្រោងធំមួយឧ. ស្ថានីយបូមទឹក",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}

//! Capitals and small letters, and digits of either script.
//!
//! Pure: a text gives another with the same emphasis.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::{
    dates,
    release::{Language, RichText, Style},
};

/// How letters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// all small
    Lower,
    /// Each Word with a Capital
    Title,
    /// ALL CAPITALS
    Upper,
}

/// The case after this one, as Word goes round with Shift and F3: small, each word, capitals.
pub fn next_case(text: &str) -> Case {
    let has = |is: fn(char) -> bool| text.chars().any(is);
    match (has(char::is_lowercase), has(char::is_uppercase)) {
        (true, false) => Case::Title,
        (false, true) => Case::Lower,
        (true, true) if with_case(text, Case::Title) == text => Case::Upper,
        (true, true) => Case::Lower,
        (false, false) => Case::Upper,
    }
}

/// A text in a case; letters without one stay as they are.
pub fn in_case(text: &RichText, case: Case) -> RichText {
    text.map_stretches(|stretch| stretch_in_case(stretch, case))
}

fn stretch_in_case(text: &RichText, case: Case) -> RichText {
    // A word that is partly bold is one word still: the case is found for the whole text.
    let turned = with_case(text.as_str(), case);
    let mut out = RichText::default();
    let mut rest = turned.as_str();
    for (c, style) in characters(text) {
        // One letter may become two, such as ß.
        let length: usize = match case {
            Case::Lower => c.to_lowercase().map(char::len_utf8).sum(),
            _ => common_length(c, rest),
        };
        let (this, after) = rest.split_at_checked(length.min(rest.len())).unwrap_or((rest, ""));
        out.push_str(this, style);
        rest = after;
    }
    out
}

/// The length of what a letter became: its capital or its small form, whichever the text goes on with.
fn common_length(c: char, rest: &str) -> usize {
    let upper: String = c.to_uppercase().collect();
    let lower: String = c.to_lowercase().collect();
    if rest.starts_with(&upper) {
        upper.len()
    } else if rest.starts_with(&lower) {
        lower.len()
    } else {
        c.len_utf8()
    }
}

fn with_case(text: &str, case: Case) -> String {
    match case {
        Case::Lower => text.chars().flat_map(char::to_lowercase).collect(),
        Case::Upper => text.chars().flat_map(char::to_uppercase).collect(),
        Case::Title => text
            .split_word_bounds()
            .flat_map(|word| {
                let mut characters = word.chars();
                let first = characters.next().into_iter().flat_map(char::to_uppercase);
                first.chain(characters.flat_map(char::to_lowercase)).collect::<Vec<char>>()
            })
            .collect(),
    }
}

/// A text with its numbers as a language writes them: its digits, and the signs of thousands and decimals.
pub fn in_digits(text: &RichText, language: Language) -> RichText {
    text.map_stretches(|stretch| stretch_in_digits(stretch, language))
}

fn stretch_in_digits(text: &RichText, language: Language) -> RichText {
    let mut turned = RichText::default();
    for (range, style) in text.runs() {
        let part = text.as_str().get(range).unwrap_or_default();
        let part = match language {
            Language::Khmer => dates::to_khmer_figures(part),
            Language::English => dates::to_english_figures(part),
        };
        turned.push_str(&part, style);
    }
    turned
}

fn characters(text: &RichText) -> impl Iterator<Item = (char, Style)> + '_ {
    text.runs().flat_map(|(range, style)| text.as_str().get(range).unwrap_or_default().chars().map(move |c| (c, style)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_goes_round_as_in_word() {
        let mut text = RichText::plain("the joint visit’s ក");
        let mut seen = Vec::new();
        for _ in 0..3 {
            text = in_case(&text, next_case(text.as_str()));
            seen.push(text.as_str().to_owned());
        }
        assert_eq!(seen, ["The Joint Visit’s ក", "THE JOINT VISIT’S ក", "the joint visit’s ក"]);
    }

    #[test]
    fn numbers_are_written_as_in_their_language() {
        let text = RichText::plain("US$ 1,234.50");
        let khmer = in_digits(&text, Language::Khmer);
        assert_eq!(khmer.as_str(), "US$ ១.២៣៤,៥០");
        assert_eq!(in_digits(&khmer, Language::English), text);
    }

    #[test]
    fn emphasis_stays_with_its_letters() {
        let mut text = RichText::plain("stra");
        text.push_str("ße x", Style::BOLD);
        let upper = in_case(&text, Case::Upper);
        assert_eq!((upper.as_str(), upper.style_of(4..9)), ("STRASSE X", Style::BOLD));
        assert_eq!(upper.style_of(0..4), Style::PLAIN);
    }
}

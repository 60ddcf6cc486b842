//! Straight quotation marks turned into curly ones as they are typed, and two hyphens into a dash, in the form of the
//! release's language.
//!
//! Pure: a text and a place give the mark. A quotation mark opens at the beginning and behind white space, brackets and
//! dashes, and closes elsewhere; within an English word it is an apostrophe. Hyphens become a dash, as in Word, once the
//! word behind them has ended.

use std::ops::Range;

use crate::release::Language;

/// The curly mark for a straight one typed after `before`; `None` if `typed` is not a straight mark.
pub fn curly(typed: &str, before: &str, language: Language) -> Option<&'static str> {
    let last = before.chars().next_back();
    let opens = last.is_none_or(|c| {
        c.is_whitespace()
            || c == '\u{200B}'
            || matches!(c, '(' | '[' | '{' | '—' | '–' | '-' | '/' | '“' | '‘' | '«' | '‹')
    });
    Some(match (typed, language, opens) {
        // Between digits and at the end of a number a straight mark is inches, feet, minutes or seconds.
        ("\"" | "'", ..) if last.is_some_and(|c| c.is_ascii_digit()) && !is_quoting(before, typed) => return None,
        ("\"", Language::English, true) => "“",
        ("\"", Language::English, false) => "”",
        ("\"", Language::Khmer, true) => "«",
        ("\"", Language::Khmer, false) => "»",
        ("'", Language::English, true) => "‘",
        ("'", Language::English, false) => "’",
        ("'", Language::Khmer, true) => "‹",
        ("'", Language::Khmer, false) => "›",
        _ => return None,
    })
}

/// Two hyphens of a text that now ends with a whole word, and the dash that takes their place: an em dash between two
/// English words, an en dash between spaces, between numbers and in Khmer.
pub fn dash(text: &str, language: Language) -> Option<(Range<usize>, &'static str)> {
    let is_end = |c: char| c.is_whitespace() || c == '\u{200B}';
    let has_word = |part: &str| part.contains(char::is_alphanumeric) && !part.starts_with('-');
    let start = text
        .rfind(is_end)
        .map_or(0, |at| at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
    let (before, chunk) = text.split_at(start);
    // In an address they are what they are.
    if chunk.contains(['/', '@', '\\']) || chunk.contains("xn--") {
        return None;
    }
    if let Some(at) = chunk.rfind("--") {
        let (first, second) = (chunk.get(..at)?, chunk.get(at + 2..)?);
        if first.is_empty() || first.ends_with('-') || !has_word(second) {
            return None;
        }
        let is_range = first.ends_with(char::is_numeric) && second.starts_with(char::is_numeric);
        let is_en = is_range || language == Language::Khmer;
        return Some((start + at..start + at + 2, if is_en { "–" } else { "—" }));
    }
    let first = before.strip_suffix(is_end)?.strip_suffix("--")?;
    let is_between = first.ends_with(is_end) && first.contains(char::is_alphanumeric) && has_word(chunk);
    is_between.then_some((first.len()..first.len() + 2, "–"))
}

/// Whether a character ends the word before it.
pub fn ends_word(c: char) -> bool {
    c.is_whitespace() || c == '\u{200B}' || ".,;:!?)]}»›”’…។៕៖\"'".contains(c)
}

/// Whether a quotation is open that a mark would close.
fn is_quoting(before: &str, typed: &str) -> bool {
    let pairs: &[(char, char)] =
        if typed == "\"" { &[('“', '”'), ('«', '»')] } else { &[('‘', '’'), ('‹', '›')] };
    pairs.iter().any(|&(open, close)| {
        let opened = before.rfind(open);
        opened.is_some() && opened > before.rfind(close)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Types a text letter by letter.
    fn typed(text: &str, language: Language) -> String {
        let mut out = String::new();
        for c in text.chars() {
            let c = c.to_string();
            let mark = curly(&c, &out, language).map_or(c.clone(), str::to_owned);
            out.push_str(&mark);
        }
        out
    }

    #[test]
    fn two_hyphens_become_the_dash_of_their_place() {
        let dashed = |text: &str, language| match dash(text, language) {
            Some((range, mark)) => format!("{}{mark}{}", &text[..range.start], &text[range.end..]),
            None => text.to_owned(),
        };
        for (typed, shown) in [
            ("the visit--the", "the visit—the"),
            ("the visit -- the", "the visit – the"),
            ("pages 10--20", "pages 10–20"),
            ("well--co-ordinated", "well—co-ordinated"),
        ] {
            assert_eq!(dashed(typed, Language::English), shown);
        }
        assert_eq!(dashed("កម្ពុជា--ជប៉ុន", Language::Khmer), "កម្ពុជា–ជប៉ុន");
        assert_eq!(dashed("កម្ពុជា -- ជប៉ុន", Language::Khmer), "កម្ពុជា – ជប៉ុន");
        for kept in
            ["", "--", "a --", "a--", "a -- ", "-- a", "a --b", "a---b", "a --- b", "a - b", "x/y--z", "xn--p1ai"]
        {
            assert_eq!(dashed(kept, Language::English), kept);
        }
    }

    #[test]
    fn marks_open_and_close_in_the_form_of_the_language() {
        let english = |text| typed(text, Language::English);
        assert_eq!(english(r#""It's (the "best") day," he said."#), "“It’s (the “best”) day,” he said.");
        assert_eq!(english("'Yes' and the ministers' visit"), "‘Yes’ and the ministers’ visit");
        assert_eq!(english(r#"a "visit of 2026""#), "a “visit of 2026”");
        assert_eq!(english(r#"6'2" tall"#), r#"6'2" tall"#);
        assert_eq!(typed(r#"ថា "កិច្ច'សហ'""#, Language::Khmer), "ថា «កិច្ច›សហ›»");
        assert_eq!(curly("a", "", Language::English), None);
    }
}

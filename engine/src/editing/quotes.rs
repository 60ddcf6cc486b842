//! Straight quotation marks turned into curly ones as they are typed, in the form of the release's language.
//!
//! Pure: a text and a place give the mark. A mark opens at the beginning and behind white space, brackets and
//! dashes, and closes elsewhere; within an English word it is an apostrophe.

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

//! Straight quotation marks turned into curly ones, and two hyphens into a dash, in the form of the release's language:
//! one by one as they are typed, or all of a text.
//!
//! Pure: a text and a place give the mark. A quotation mark opens at the beginning and behind white space, brackets and
//! dashes, and closes elsewhere; within an English word it is an apostrophe. Hyphens become a dash, as in Word, once the
//! word behind them has ended. Addresses, paths, code and the names of placeholders stay as they are.

use std::{borrow::Cow, ops::Range};

use super::{Language, address, placeholders};
use crate::khmer::characters::is_in_words;

/// How far before a mark is looked for a quotation that it closes, and before hyphens for the word they end, in bytes:
/// a long text without spaces takes time in proportion.
const REACH: usize = 1000;

/// Words of English that begin with an apostrophe, in small letters.
const CLIPPED: [&str; 5] = ["til", "tis", "twas", "twere", "twould"];

/// The curly mark for a straight one typed after `before`, of the inner kind if `is_inner`; `None` if `typed` is not a
/// straight mark, or stays as it is: a sign of measure, or in an address, a path or code.
pub fn curly(typed: &str, before: &str, language: Language, is_inner: bool) -> Option<&'static str> {
    if !matches!(typed, "\"" | "'") {
        return None;
    }
    let kind = if is_inner { "'" } else { typed };
    let last = before.chars().next_back();
    let opens =
        last.is_none_or(|c| is_end(c) || matches!(c, '(' | '[' | '{' | '—' | '–' | '-' | '/' | '“' | '‘' | '«' | '‹'));
    // Nothing is between the marks of an empty pair.
    let opens = opens && !(typed == "\"" && before.ends_with(if is_inner { ['‘', '‹'] } else { ['“', '«'] }));
    let is_quoting = || is_quoting(before, kind);
    Some(match (kind, language, opens) {
        // Between digits and at the end of a number a straight mark is inches, feet, minutes or seconds.
        _ if last.is_some_and(|c| c.is_ascii_digit()) && !is_quoting() => return None,
        _ if is_in_address(before) && !is_quoting() || is_in_code(before, typed) => return None,
        ("\"", Language::English, true) => "“",
        ("\"", Language::English, false) => "”",
        ("\"", Language::Khmer, true) => "«",
        ("\"", Language::Khmer, false) => "»",
        (_, Language::English, true) => "‘",
        (_, Language::English, false) => "’",
        // Also in a word of Latin letters within Khmer.
        _ if last.is_some_and(|c| c.is_alphabetic() && !is_in_words(c)) && !is_quoting() => "’",
        (_, Language::Khmer, true) => "‹",
        (_, Language::Khmer, false) => "›",
    })
}

/// What takes the place of hyphens or of a mark once the word behind them has ended: with the last character of a text,
/// or with the text if `is_end` says so.
pub fn at_end_of_word(text: &str, is_end: bool, language: Language) -> Option<(Range<usize>, &'static str)> {
    let word = if is_end { text } else { text.strip_suffix(ends_word)? };
    // A mark that was typed behind the word closes a quotation.
    let is_closed = text.strip_prefix(word) == Some("’");
    dash(word, language).or_else(|| apostrophe(word, language).filter(|_| !is_closed))
}

/// The apostrophe for an opening quotation mark before the last word of an English text: in “the ’90s”, “rock ’n’ roll”
/// and “’tis”.
fn apostrophe(text: &str, language: Language) -> Option<(Range<usize>, &'static str)> {
    let start = start_of_chunk(text);
    let word = text.get(start..)?.strip_prefix('‘').filter(|word| is_clipped(word))?;
    (language == Language::English).then_some((start..text.len() - word.len(), "’"))
}

/// Where what is written without a space at the end of a text begins.
fn start_of_chunk(text: &str) -> usize {
    let space = text.char_indices().rev().find(|(_, c)| is_end(*c));
    space.map_or(0, |(at, c)| at + c.len_utf8())
}

/// Whether a word is one that has lost its beginning, to an apostrophe before it.
fn is_clipped(word: &str) -> bool {
    let is_decade = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    matches!(word, "n’" | "N’" | "n'" | "N'")
        || word.strip_suffix('s').is_some_and(is_decade)
        || CLIPPED.iter().any(|clipped| clipped.eq_ignore_ascii_case(word))
}

/// Whether a character ends what is written without a space.
fn is_end(c: char) -> bool {
    c.is_whitespace() || c == '\u{200B}'
}

/// Whether a text ends within an address or a path.
fn is_in_address(text: &str) -> bool {
    let is_around = |c: char| is_end(c) || matches!(c, '“' | '”' | '«' | '»' | '‹' | '›' | '<' | '>' | '។' | '៖');
    let chunk = text.rsplit(is_around).next().unwrap_or_default();
    ["://", "www.", "\\", "@"].iter().any(|sign| chunk.contains(sign))
}

/// Whether a mark is code: directly behind an equals sign or a tag, within a tag, or the one that closes such a mark.
fn is_in_code(before: &str, typed: &str) -> bool {
    let is_tag = |inside: &str| inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
    let begins = |before: &str| {
        let tag = before.rfind('<').and_then(|at| before.get(at + 1..)).filter(|inside| is_tag(inside));
        before.ends_with('=') || tag.is_some_and(|inside| inside.find('>').is_none_or(|at| at + 1 == inside.len()))
    };
    let open = || before.rfind(typed).and_then(|at| before.get(..at));
    begins(before) || open().is_some_and(begins)
}

/// Two hyphens of a text that now ends with a whole word, and the dash that takes their place: an em dash between two
/// English words, an en dash between spaces, between numbers and in Khmer.
fn dash(text: &str, language: Language) -> Option<(Range<usize>, &'static str)> {
    let has_word = |part: &str| part.contains(char::is_alphanumeric) && !part.starts_with('-');
    let start = start_of_chunk(text);
    let (before, chunk) = text.split_at(start);
    // In an address they are what they are.
    if chunk.contains(['/', '@', '\\']) || chunk.contains("xn--") || chunk.contains("www.") {
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
fn ends_word(c: char) -> bool {
    c.is_whitespace() || c == '\u{200B}' || ".,;:!?)]}»›”’…។៕៖\"'".contains(c)
}

/// The straight quotation marks and double hyphens of a text with what is right in their place, in the order of the
/// text. The headline is printed within quotation marks: those in it are of the inner kind, if `is_inner`.
pub fn straight(text: &str, language: Language, is_inner: bool) -> Vec<(Range<usize>, &'static str)> {
    let mut found = Vec::new();
    if !text.contains(['"', '\'']) && !text.contains("--") {
        return found;
    }
    let mut kept: Vec<Range<usize>> = address::in_text(text).into_iter().map(|(range, _)| range).collect();
    kept.extend(placeholders::in_text(text).into_iter().map(|(range, _)| range));
    kept.sort_unstable_by_key(|range| range.start);
    let is_kept = |at: usize| {
        let before = kept.get(..kept.partition_point(|range| range.start <= at)).and_then(<[_]>::last);
        before.is_some_and(|range| at < range.end)
    };
    // The text with the marks that were found, by which the next ones open or close.
    let mut turned = String::with_capacity(text.len());
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let mark = match c {
            '"' | '\'' if !is_kept(at) => {
                let typed = if c == '"' { "\"" } else { "'" };
                let before = turned.get(turned.floor_char_boundary(turned.len().saturating_sub(REACH))..);
                let mark = curly(typed, before.unwrap_or_default(), language, is_inner);
                let is_clipped = c == '\'' && mark == Some("‘") && before_clipped(text, at);
                if is_clipped { Some("’") } else { mark.or_else(|| of_decade(text, at, c)) }
            }
            '-' if next == Some('-') && !is_kept(at) => dash_at(text, at, language),
            _ => None,
        };
        match mark {
            Some(mark) if c == '-' => {
                characters.next();
                found.push((at..at + 2, mark));
                turned.push_str(mark);
            }
            Some(mark) => {
                found.push((at..at + 1, mark));
                turned.push_str(mark);
            }
            None => turned.push(c),
        }
    }
    found
}

/// A text with curly quotation marks and dashes.
pub fn typographic(text: &str, language: Language) -> Cow<'_, str> {
    let found = straight(text, language, false);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let (mut turned, mut end) = (String::with_capacity(text.len()), 0);
    for (range, mark) in found {
        turned.push_str(text.get(end..range.start).unwrap_or_default());
        turned.push_str(mark);
        end = range.end;
    }
    turned.push_str(text.get(end..).unwrap_or_default());
    Cow::Owned(turned)
}

/// A text whose quotation marks are within others, as in the headline.
pub fn inner(text: &str) -> String {
    let within = |c| match c {
        '“' => '‘',
        '”' => '’',
        '«' => '‹',
        '»' => '›',
        c => c,
    };
    text.chars().map(within).collect()
}

/// The apostrophe of “the 1990’s”, which the sign of minutes is not.
fn of_decade(text: &str, at: usize, c: char) -> Option<&'static str> {
    let is_number = text.get(..at)?.ends_with(|c: char| c.is_ascii_digit());
    let mut rest = text.get(at + 1..)?.chars();
    (is_number && c == '\'' && rest.next() == Some('s') && !rest.next().is_some_and(char::is_alphanumeric))
        .then_some("’")
}

/// Whether a straight mark stands before a word of English that has lost its beginning.
fn before_clipped(text: &str, at: usize) -> bool {
    let (before, rest) = (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let (word, behind) = rest.split_at(end);
    // A mark behind the word closes a quotation, but in rock 'n' roll.
    let word = if behind.starts_with(['\'', '’']) { rest.get(..end + 1).unwrap_or_default() } else { word };
    before.chars().next_back().is_none_or(is_end) && is_clipped(word)
}

/// The dash for the two hyphens at a place, by the word behind them.
fn dash_at(text: &str, at: usize, language: Language) -> Option<&'static str> {
    let start = text.floor_char_boundary(at.saturating_sub(REACH));
    let rest = text.get(at + 2..)?;
    let rest = rest.get(..rest.floor_char_boundary(REACH))?;
    let word = rest.strip_prefix(is_end).unwrap_or(rest);
    let is_opening = |c: char| "\"'“‘«‹([".contains(c);
    let word = word.trim_start_matches(is_opening);
    let end = word.find(ends_word).unwrap_or(word.len()).min(word.find("--").unwrap_or(word.len()));
    let end = at + 2 + (rest.len() - word.len()) + end;
    let (range, mark) = dash(text.get(start..end)?, language)?;
    (start + range.start == at).then_some(mark)
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
    use proptest::prelude::*;

    use super::*;

    /// Types a text letter by letter.
    fn typed(text: &str, language: Language) -> String {
        let mut out = String::new();
        for c in text.chars() {
            let c = c.to_string();
            let mark = curly(&c, &out, language, false).map_or(c.clone(), str::to_owned);
            out.push_str(&mark);
            if let Some((range, mark)) = at_end_of_word(&out, false, language) {
                out.replace_range(range, mark);
            }
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
        assert_eq!(typed("ប្រទេស Cote d'Ivoire", Language::Khmer), "ប្រទេស Cote d’Ivoire");
        assert_eq!(curly("a", "", Language::English, false), None);
    }

    #[test]
    fn a_whole_text_becomes_as_if_it_had_been_typed() {
        for (text, turned) in [
            (r#""It's (the "best") day," he said."#, "“It’s (the “best”) day,” he said."),
            ("\"'Yes'\" -- the ministers' visit--\"good\"", "“‘Yes’” – the ministers’ visit—“good”"),
            ("a--b--c, 10--20 -- in the 1990's", "a—b—c, 10–20 – in the 1990’s"),
            ("One.\n\"Two\"", "One.\n“Two”"),
        ] {
            assert_eq!(typographic(text, Language::English), turned);
        }
        assert_eq!(typographic("ថា \"កិច្ច\" -- ២០", Language::Khmer), "ថា «កិច្ច» – ២០");
        for kept in [
            "at 11°33'N, 6'2\" tall",
            "see https://a.example/it's--x and o'neil@a.example",
            "{{minister's name -- x}}",
            "a -- , --x, a---b",
            "“so” it’s – and—",
        ] {
            assert!(matches!(typographic(kept, Language::English), Cow::Borrowed(_)), "{kept}");
        }
        let marks: Vec<_> =
            straight("He: \"it's\"", Language::English, true).into_iter().map(|(_, mark)| mark).collect();
        assert_eq!(marks, ["‘", "’", "’"]);
        assert_eq!((inner("“a” «b» ‘c’").as_str(), inner("")), ("‘a’ ‹b› ‘c’", String::new()));
    }

    #[test]
    fn an_apostrophe_at_the_beginning_of_a_word_is_one() {
        for (text, turned) in [
            ("in the '90s, and 'tis so; rock 'n' roll.", "in the ’90s, and ’tis so; rock ’n’ roll."),
            ("'Twas \"'til then\" it.", "’Twas “‘til then” it."),
            ("the '90s' or 'tis' and 'n', 'so' (\"\") {\"\"}", "the ‘90s’ or ‘tis’ and ’n’, ‘so’ (“”) {“”}"),
        ] {
            assert_eq!(typographic(text, Language::English), turned);
            assert_eq!(typed(text, Language::English), turned);
        }
        assert_eq!(typographic("\"\" '90s ", Language::Khmer), "«» ‹90s ");
        assert_eq!(curly("\"", "‘", Language::English, true), Some("’"), "an empty pair of the headline");
    }

    #[test]
    fn addresses_paths_and_code_stay_as_they_are_typed() {
        for text in [
            "see www.a.kh/it's--\"x\" and",
            "https://a.kh/it's \\\\server\\o'neil C:\\Users\\o'neil C:\\it's ",
            "info@a.kh/'x' ",
            "x=\"1\" y='2' z=\"it is\" e=\"\" ",
            "<b>\"x\"</b> <a title=\"x\" 'y'> ",
        ] {
            assert_eq!(typed(text, Language::English), text);
            assert_eq!(typographic(text, Language::English), text);
        }
        for (text, turned) in [
            ("\"see www.a.kh\" or ('info@a.kh') it's ", "“see www.a.kh” or (‘info@a.kh’) it’s "),
            ("x=\"1\" is \"so\", 1 < 2 'a' > \"b\" ", "x=\"1\" is “so”, 1 < 2 ‘a’ > “b” "),
        ] {
            assert_eq!(typed(text, Language::English), turned);
            assert_eq!(typographic(text, Language::English), turned);
        }
    }

    proptest! {
        #[test]
        fn every_mark_is_in_the_text(text in "([a-c \"'{}“”\\-]|--|[0-9]|[ក-៓]|www\\.a\\.kh){0,40}", is_inner: bool) {
            for language in [Language::English, Language::Khmer] {
                for (range, _) in straight(&text, language, is_inner) {
                    prop_assert!(matches!(text.get(range), Some("\"" | "'" | "--")));
                }
            }
        }
    }
}

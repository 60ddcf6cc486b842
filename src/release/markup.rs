//! Rich text as a person writes it in a draft: `**bold**`, `*italic*`, `__underline__`.
//!
//! A mark switches its emphasis on or off, so marks need not nest. `\` makes the character
//! after it mean itself. Whatever [`write()`] makes, [`parse`] reads back to the same text.

use super::{RichText, Style};

/// Why a text with marks cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MarkupError {
    /// An emphasis is begun and never ended.
    #[error("the mark {0} is opened and never closed; close it, or write {1} for the characters themselves")]
    Unclosed(&'static str, &'static str),
    /// The text ends in a lone backslash.
    #[error("the text ends in a lone \\; write \\\\ for a backslash")]
    LoneEscape,
}

/// Reads text with marks.
pub fn parse(source: &str) -> Result<RichText, MarkupError> {
    let mut text = RichText::default();
    let mut style = Style::PLAIN;
    let mut literal = String::new();
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        let doubled = chars.peek() == Some(&c);
        let mark = match c {
            '\\' => {
                literal.push(chars.next().ok_or(MarkupError::LoneEscape)?);
                continue;
            }
            '*' if doubled => Style::BOLD,
            '*' => Style::ITALIC,
            '_' if doubled => Style::UNDERLINE,
            _ => {
                literal.push(c);
                continue;
            }
        };
        if doubled {
            chars.next();
        }
        text.push_str(&std::mem::take(&mut literal), style);
        style = style.with(mark, !style.has(mark));
    }
    text.push_str(&literal, style);
    let unclosed = [(Style::BOLD, "**", r"\*\*"), (Style::ITALIC, "*", r"\*"), (Style::UNDERLINE, "__", r"\_\_")];
    match unclosed.into_iter().find(|(mark, ..)| style.has(*mark)) {
        Some((_, mark, escaped)) => Err(MarkupError::Unclosed(mark, escaped)),
        None => Ok(text),
    }
}

/// Writes text with marks.
pub fn write(text: &RichText) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut style = Style::PLAIN;
    for (range, next) in text.runs() {
        switch(&mut out, style, next);
        escape(&mut out, &text.as_str()[range]);
        style = next;
    }
    switch(&mut out, style, Style::PLAIN);
    out
}

fn switch(out: &mut String, from: Style, to: Style) {
    let changed = from.difference(to);
    for (mark, written) in [(Style::BOLD, "**"), (Style::ITALIC, "*"), (Style::UNDERLINE, "__")] {
        if changed.has(mark) {
            out.push_str(written);
        }
    }
}

/// A lone `_` inside a word is common and stays as it is; beside another, or at the edge of a
/// run where a mark may stand, it is escaped.
fn escape(out: &mut String, run: &str) {
    let mut before = None;
    let mut chars = run.chars().peekable();
    while let Some(c) = chars.next() {
        let edge = |neighbour: Option<char>| neighbour.is_none_or(|n| n == '_');
        if matches!(c, '*' | '\\') || c == '_' && (edge(before) || edge(chars.peek().copied())) {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_the_marks() {
        let mut want = RichText::plain("welcoming ");
        want.push_str("HUN Manet", Style::BOLD);
        want.push_str(", ", Style::PLAIN);
        want.push_str("viz", Style::ITALIC);
        want.push_str(". a_b ", Style::PLAIN);
        want.push_str("now", Style::UNDERLINE);
        assert_eq!(parse("welcoming **HUN Manet**, *viz*. a_b __now__"), Ok(want));
    }

    #[test]
    fn says_what_is_not_closed() {
        assert_eq!(parse("5 * 3"), Err(MarkupError::Unclosed("*", r"\*")));
        assert_eq!(parse("**HUN"), Err(MarkupError::Unclosed("**", r"\*\*")));
        assert_eq!(parse("c:\\"), Err(MarkupError::LoneEscape));
    }

    proptest! {
        #[test]
        fn reads_back_what_it_writes(runs in prop::collection::vec(("[a-c*_\\\\ កខ្]{0,5}", 0u8..8), 0..8)) {
            let mut text = RichText::default();
            for (run, bits) in runs {
                let style = Style::EACH.into_iter().enumerate()
                    .fold(Style::PLAIN, |style, (i, one)| style.with(one, bits >> i & 1 == 1));
                text.push_str(&run, style);
            }
            prop_assert_eq!(parse(&write(&text)), Ok(text));
        }
    }
}

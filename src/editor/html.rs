//! Formatted text on the clipboard, as Word and browsers exchange it.

use crate::release::{RichText, Style};

/// A text as HTML.
pub fn write(text: &RichText) -> String {
    let mut html = String::new();
    for (range, style) in text.runs() {
        let tags = [(Style::BOLD, "b"), (Style::ITALIC, "i"), (Style::UNDERLINE, "u")];
        let used = || tags.iter().filter(|(mark, _)| style.has(*mark));
        for (_, tag) in used() {
            html.push_str(&format!("<{tag}>"));
        }
        for c in text.as_str()[range].chars() {
            match c {
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '&' => html.push_str("&amp;"),
                '\n' => html.push_str("<br>"),
                c => html.push(c),
            }
        }
        for (_, tag) in used().rev() {
            html.push_str(&format!("</{tag}>"));
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emphasis_becomes_tags_and_signs_are_escaped() {
        let mut text = RichText::plain("a < b ");
        text.push_str("ហ៊ុន", Style::BOLD.with(Style::ITALIC, true));
        assert_eq!(write(&text), "a &lt; b <b><i>ហ៊ុន</i></b>");
    }
}

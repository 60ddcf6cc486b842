//! Spaces, tabs and page breaks in the text of a Word file.

use crate::release::RichText;

/// Stands for a page break until its paragraph is whole. No text from outside has it.
const PAGE_BREAK: char = '\u{C}';
pub const PAGE_BREAK_TEXT: &str = "\u{C}";

/// Takes the page breaks out of a text: whether one was at its start, and whether one is for the paragraph after it.
pub fn without_page_breaks(text: &mut RichText) -> (bool, bool) {
    let Some(at) = text.as_str().find(PAGE_BREAK) else { return (false, false) };
    let is_first = text.as_str().get(..at).is_some_and(|before| before.trim().is_empty());
    *text = replaced(text, PAGE_BREAK_TEXT, "");
    let is_empty = text.as_str().trim().is_empty();
    (is_first && !is_empty, !is_first || is_empty)
}

/// A text with another in the place of each of these, in their styles.
fn replaced(text: &RichText, what: &str, with: &str) -> RichText {
    if !text.as_str().contains(what) {
        return text.clone();
    }
    let places = text.as_str().match_indices(what).flat_map(|(at, found)| [at, at + found.len()]);
    let mut result = RichText::default();
    // Every second part is one of them.
    for (index, part) in text.parts(places).iter().enumerate() {
        if index % 2 == 0 {
            result.push(part);
        } else {
            result.push_str(with, part.style_of(0..part.len()));
        }
    }
    result
}

/// A text without space around it, tabs as spaces.
pub fn tidy(text: &RichText) -> RichText {
    let whole = text.as_str();
    let start = whole.len() - whole.trim_start().len();
    let end = whole.trim_end().len().max(start);
    replaced(&text.slice(start..end), "\t", " ")
}

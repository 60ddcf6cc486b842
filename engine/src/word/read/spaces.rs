//! Spaces, tabs and page breaks in the text of a Word file.

use crate::release::RichText;

/// Stands for a page break until its paragraph is whole. No text from outside has it.
const PAGE_BREAK: char = '\u{C}';
pub const PAGE_BREAK_TEXT: &str = "\u{C}";

/// The text between page breaks, of which there is one before each but the first. Blank where two are together.
pub fn pages(text: &RichText) -> Vec<RichText> {
    let places = text.as_str().match_indices(PAGE_BREAK).flat_map(|(at, found)| [at, at + found.len()]);
    // Every second part is a break.
    text.parts(places).into_iter().step_by(2).collect()
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

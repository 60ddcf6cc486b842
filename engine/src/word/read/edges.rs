//! What a Word file from elsewhere has at the head and the foot of its pages: many offices have their letterhead there.
//!
//! Invariant: a line with letters becomes a line above the text, or is listed. The number of the page is no line.

use std::collections::HashMap;

use roxmltree::Document;

use super::{
    above,
    block::Block,
    document::{Notes, Parts, Reader},
    lost::{Losses, Lost, lose_edge, lose_picture},
    package::{Package, ReadError, is, is_on, parse, value},
    styles::{Numbering, Styles},
};
use crate::release::RichText;

/// More parts for heads and feet are not looked at; a section has up to six.
const MOST_PARTS: usize = 60;
/// So many lines are looked at one by one.
const MOST_LINES: usize = 200;
/// The most letters beside the number of a page, as in `Page 2 of 3`.
const PAGE_WORDS: usize = 24;

/// The lines above the text that are at the head of the first page, and not in the text `blocks` itself.
pub fn head(
    package: &mut Package<'_>,
    text: &Document<'_>,
    (folder, parts): (&str, &HashMap<String, String>),
    (styles, numbering): (&Styles, &Numbering),
    blocks: &[Block],
    lost: &mut Losses,
) -> Result<Vec<Block>, ReadError> {
    let (mut lines, mut known) = (Vec::new(), Vec::new());
    let begin = |line: &str| blocks.iter().take(20).any(|block| block.text.as_str().trim() == line);
    for (part, is_first) in references(text, parts) {
        let Some(text) = package.text(&part)? else { continue };
        let name = part.strip_prefix(folder).unwrap_or(&part).trim_end_matches(".xml");
        let links = package.relations(folder, name)?.links;
        let notes = Notes::new();
        let tree = parse(&part, &text)?;
        let (found, lost_there) = Reader::edge(&tree, Parts { styles, numbering, links: &links, notes: &notes })?;
        lost_there.into_iter().for_each(|(what, count)| *lost.entry(what).or_default() += count);
        let has_number = text.contains("PAGE");
        for block in found {
            if let Some(drawn) = &block.drawn {
                lose_picture(lost, drawn.shown_as());
            }
            for line in block.text.as_str().split('\n').map(str::trim) {
                let letters = line.chars().filter(|c| c.is_alphabetic()).count();
                let is_number = has_number && letters <= PAGE_WORDS && line.contains(|c: char| c.is_numeric());
                if letters == 0 || is_number || begin(line) || known.iter().any(|known| known == line) {
                    continue;
                }
                if known.len() == MOST_LINES {
                    *lost.entry(Lost::Edges).or_default() += 1;
                    continue;
                }
                known.push(line.to_owned());
                // Tables of a letterhead only put its lines where they are.
                let block = Block { cell: None, list: None, drawn: None, ..block.clone() };
                if is_first && above::is_of_letterhead(line, &block, styles) {
                    lines.push(Block { text: RichText::plain(line), ..block });
                } else {
                    lose_edge(lost, line);
                }
            }
        }
    }
    Ok(lines)
}

/// The parts for heads and feet, each once, and whether one is for the head of the first page.
fn references(text: &Document<'_>, parts: &HashMap<String, String>) -> Vec<(String, bool)> {
    let mut references: Vec<(String, bool)> = Vec::new();
    for (index, section) in text.descendants().filter(|node| is(*node, "sectPr")).enumerate() {
        let first = if is_on(section, "titlePg") == Some(true) { "first" } else { "default" };
        for node in section.children().filter(|node| is(*node, "headerReference") || is(*node, "footerReference")) {
            let Some(part) = value(node, "id").and_then(|id| parts.get(id)) else { continue };
            let is_first =
                index == 0 && is(node, "headerReference") && value(node, "type").unwrap_or("default") == first;
            if references.len() < MOST_PARTS && !references.iter().any(|(known, _)| known == part) {
                references.push((part.clone(), is_first));
            }
        }
    }
    // What is known from the first page is not listed for another.
    references.sort_by_key(|(_, is_first)| !is_first);
    references
}

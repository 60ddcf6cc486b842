//! Items of lists, and paragraphs that go on within one.

use roxmltree::Node;

use super::Reader;
use crate::{
    release::ListKind,
    word::read::{
        lost::Lost,
        package::child,
        styles::{NamedList, left_indent},
    },
};

/// Paragraphs begin at the same place if they do so within these twentieths of a point: programs round.
const SAME_PLACE: i64 = 60;

impl Reader<'_> {
    /// The list that a paragraph or its style names.
    pub(super) fn list(&mut self, own: Option<NamedList>, style: Option<&str>) -> Option<(String, ListKind, usize)> {
        let of_style = self.parts.styles.list(style);
        let level_of_style = of_style.as_ref().and_then(|(_, level)| *level);
        let (list, level) = match own {
            Some((Some(list), level)) => (list, level),
            Some((None, level)) => (of_style?.0?, level),
            None => {
                let (list, level) = of_style?;
                (list?, level)
            }
        };
        // A list of 0 takes a paragraph out of that of its style.
        if list == "0" {
            return None;
        }
        let level = level.or(level_of_style).unwrap_or(0).min(8);
        let kind = self.parts.numbering.kind(&list, level)?;
        if self.parts.numbering.is_box(&list, level) {
            self.lose(Lost::Boxes);
        }
        let level_there = level;
        // Each of Word's own styles has a list of its own, of one level.
        let level = if level == 0 { self.parts.styles.named_level(style).unwrap_or(0) } else { level };
        if level > 2 {
            self.lose(Lost::Levels);
        } else if !self.parts.styles.are_own() && self.parts.numbering.is_unlike_ours(&list, level_there, level) {
            self.lose(Lost::Numbers);
        }
        Some((list, kind, level))
    }

    /// How far the text of a paragraph is from the margin, in twentieths of a point.
    pub(super) fn indent(
        &self,
        properties: Option<Node<'_, '_>>,
        style: Option<&str>,
        list: Option<&(String, ListKind, usize)>,
    ) -> i64 {
        let own = properties.and_then(|node| left_indent(child(node, "ind")?));
        let of_list = || list.and_then(|(list, _, level)| self.parts.numbering.indent(list, *level));
        own.or_else(of_list).or_else(|| self.parts.styles.indent(style)).unwrap_or(0)
    }

    /// The level of the item within which a paragraph goes on that is no item: it has the style for that, or begins
    /// where the text of the item before it does, or that of one in which this is.
    pub(super) fn goes_on(&self, style: Option<&str>, indent: i64) -> Option<usize> {
        let is_text = |block: &&super::Block| !block.is_blank() && block.cell.is_none() && block.drawn.is_none();
        let mut deepest = None;
        for block in self.blocks.iter().rev().filter(is_text) {
            let level = match (&block.list, block.goes_on) {
                (Some((_, _, level)), _) => *level,
                (None, Some(level)) => level,
                (None, None) => return None,
            };
            if let Some(named) = self.parts.styles.continued_level(style) {
                return Some(named.min(level));
            }
            if deepest.is_some_and(|deepest| level >= deepest) {
                continue;
            }
            if indent > 0 && (indent - block.indent).abs() <= SAME_PLACE {
                return Some(level);
            }
            if level == 0 {
                return None;
            }
            deepest = Some(level);
        }
        None
    }
}

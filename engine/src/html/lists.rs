//! Lists of HTML, and the paragraphs that Word writes instead of them.
//!
//! Knows tags and blocks. Its invariant: no list is deeper than a release can have it.

use super::{List, Lost, MOST_OPEN, Reader, attributes::attribute};
use crate::release::{BlockKind, Item, Level, ListKind};

impl Reader {
    /// The beginning or the end of a list.
    pub(super) fn list(&mut self, name: &str, attributes: &str, end: bool) {
        if end {
            self.lists.pop();
            return;
        }
        if self.own.is_some() {
            return self.own_list(name, attributes);
        }
        let kind = match attribute(attributes, "type") {
            _ if name == "ul" => ListKind::Bulleted,
            Some("I") => ListKind::Sections,
            Some("A") if self.lists.last().is_some_and(|list| list.kind == ListKind::Sections) => ListKind::Sections,
            _ => ListKind::Numbered,
        };
        let first = attribute(attributes, "start").and_then(|start| start.parse::<i64>().ok()).unwrap_or(1);
        if self.lists.is_empty() && name == "ol" && Item::start_at(first).is_none() {
            self.lose(Lost::Start(first));
        }
        if self.lists.len() == Level::ALL.len() {
            self.lose(Lost::Deep);
        }
        if self.lists.len() < MOST_OPEN {
            let goes_on = attribute(attributes, "data-continued").is_some() || first == self.number + 1 && first != 1;
            let begins = Item::start_at(first).filter(|_| !goes_on);
            self.lists.push(List { kind, begins, is_in_item: false, depth: self.lists.len(), number: 0 });
        }
    }

    /// An item of the list that was opened last; the first of an outermost list begins its numbers.
    pub(super) fn item(&mut self, attributes: &str) -> Option<BlockKind> {
        if self.own.is_some() {
            return self.own_item();
        }
        let level = Level::at(self.lists.len().checked_sub(1)?);
        let list = self.lists.last_mut()?;
        let value = attribute(attributes, "value").and_then(|value| value.parse::<i64>().ok());
        let begins = list.begins.take();
        let begins =
            value.map_or(begins, |value| Item::start_at(value).filter(|_| value != self.number + 1 || value == 1));
        let start = begins.filter(|_| list.kind != ListKind::Bulleted && level == Level::One);
        if level == Level::One && list.kind == ListKind::Numbered {
            self.number = start.map_or(self.number + 1, i64::from);
        }
        Some(BlockKind::Item(Item { list: list.kind, level, start }))
    }
}

/// An item by the number or bullet that Word shows before it.
pub(super) fn word_item(marker: &str, level: Level) -> Item {
    let number = marker.trim_matches(|c: char| matches!(c, '.' | '(' | ')' | '-' | ' '));
    // Bullets are signs of other fonts.
    let is_number = number.chars().any(char::is_alphanumeric) && marker != "o";
    let is_roman = !number.is_empty() && number.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let list = match (is_number, is_roman) {
        (false, _) => ListKind::Bulleted,
        (_, true) => ListKind::Sections,
        _ => ListKind::Numbered,
    };
    let start = (level == Level::One && matches!(number, "1" | "I" | "១")).then_some(1);
    Item { list, level, start }
}

//! The lists of a page: their elements, and the numbers of their items where styles are stripped.
//!
//! Knows entries of the outline and no texts. Invariant: with the attributes alone each item has the number that it
//! has on the page.

use super::{Writer, escape};
use crate::release::{BlockKind, Counting, Item, ListKind};

/// A list that is open.
pub(super) struct OpenList {
    pub list: usize,
    pub depth: usize,
    pub end: &'static str,
    /// The number of its first item; `None` for bullets. Those that follow it count on.
    pub start: Option<usize>,
}

impl Writer<'_> {
    /// An item, in its list. The style shows the number as it is on the page; where styles are stripped, and for who
    /// listens, the attributes say it.
    pub(super) fn item(&mut self, lists: &mut Vec<OpenList>, list: OpenList, kind: &str, marker: &str, text: &str) {
        if lists.last().is_some_and(|open| open.depth == list.depth) {
            self.html += "</li>\n";
        } else {
            let start = list.start.filter(|start| *start != 1).map(|start| format!(" start=\"{start}\""));
            let start = start.unwrap_or_default();
            // An item may be without the one that it would be within.
            let depth =
                if list.depth > lists.len() + 1 { format!(" data-depth=\"{}\"", list.depth) } else { String::new() };
            let name = list.end.trim_start_matches("</").trim_end_matches('>');
            self.add(format_args!("<{name}{kind}{start}{depth}>\n"));
            lists.push(list);
        }
        let mut sign = String::new();
        escape(&marker.replace(['\\', '\''], ""), &mut sign);
        self.add(format_args!("<li style=\"list-style-type:'{sign} '\"><p>{text}</p>\n"));
    }

    /// Ends the lists that are deeper.
    pub(super) fn close(&mut self, lists: &mut Vec<OpenList>, depth: usize) {
        while let Some(list) = lists.pop_if(|list| list.depth > depth) {
            self.html += "</li>\n";
            self.html += list.end;
            self.html += "\n";
        }
    }
}

/// The attributes of a list that say how it is counted. HTML has no Khmer letters; those that it has tell the levels
/// apart.
pub(super) fn list_type(kind: BlockKind, counting: Counting) -> &'static str {
    let is_section = matches!(kind, BlockKind::Item(Item { list: ListKind::Sections, .. }));
    match (counting, is_section) {
        (Counting::Decimal | Counting::Bullets, false) => "",
        (Counting::Decimal | Counting::Bullets, true) => " class=\"sections\"",
        (Counting::SmallRoman, _) => " type=\"i\"",
        (Counting::CapitalRoman, _) => " class=\"sections\" type=\"I\"",
        (Counting::SmallLetters | Counting::KhmerLetters, false) => " type=\"a\"",
        (Counting::SmallLetters, true) => " class=\"sections\" type=\"a\"",
        (Counting::CapitalLetters | Counting::KhmerLetters, _) => " class=\"sections\" type=\"A\"",
    }
}

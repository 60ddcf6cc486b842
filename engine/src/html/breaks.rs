//! Breaks of lines, paragraphs without text, and the end of the last paragraph: what is written of them, and read.
//!
//! Knows tags and blocks. Its invariant: of what others write, a break without text between is no paragraph; only our
//! own mark makes a blank one.

use super::Reader;
use crate::release::{BlockKind, Paragraph};

/// A line break within a paragraph: as others write it, it also ends paragraphs.
pub(super) const LINE_BREAK: &str = "<br data-line>";

/// What a paragraph without text holds: others show a blank line.
pub(super) const BLANK: &str = "<br data-blank>";

/// What is behind paragraphs of which the last one has its end: others have no need of it.
pub(super) const PARAGRAPH_END: &str = "<span data-end></span>";

/// What is behind the end of the last paragraph of HTML that was written with it: a paragraph without text.
pub(super) fn behind_end(html: &str) -> Option<Paragraph> {
    html.contains(PARAGRAPH_END).then(Paragraph::default)
}

impl Reader {
    /// A `br`.
    pub(super) fn line_break(&mut self, attributes: &str) {
        if self.own.is_some() {
            return self.own_line_break();
        }
        if attributes.contains("data-line") && !self.text.is_empty() {
            self.space = None;
            self.text.push_str("\n", self.last);
            return;
        }
        self.end_block();
        let is_hidden = self.open.last().is_some_and(|open| open.is_hidden);
        if attributes.contains("data-blank") && !is_hidden && self.table.is_none() && self.kind() != BlockKind::Picture
        {
            let kind = self.kind();
            self.item = None;
            self.blocks.push(Paragraph { kind, ..Paragraph::default() });
        }
    }
}

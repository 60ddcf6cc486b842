//! What is on a page and no content of the release: rules, headers, page numbers, marks of the sheet.
//!
//! Knows pages and shapes, no structure. Invariant: each is marked as an artifact (ISO 14289-1, 7.1).

use super::{super::pictures, Composer};
use crate::typeset::{Page, Source};

impl Composer<'_> {
    /// Underlines, the page number and the marks of the sheet.
    ///
    /// The number, and the header of a table that goes on, are drawn as shapes: as text they would be in the middle
    /// of what is copied across the page break, in every reader but those that look at tags.
    pub(super) fn artifacts(&mut self, page: &Page) {
        if !page.rules.is_empty() {
            self.stream.begin_artifact("Layout", None);
            for rule in &page.rules {
                let (left, upper) = self.done.sheet.place(rule.left, rule.top);
                let (right, lower) = self.done.sheet.place(rule.right, rule.top + rule.thickness);
                self.stream.draw([pictures::fill_edges([left, lower, right, upper])]);
            }
            self.stream.end_marked();
        }
        for line in page.lines.iter().filter(|line| line.source.is_of_page()) {
            let is_header = matches!(line.source, Source::Repeated | Source::RunningHeadline);
            self.stream.begin_artifact("Pagination", Some(if is_header { "Header" } else { "Footer" }));
            pictures::outlines(line, &self.done.sheet).iter().for_each(|shape| self.stream.fill(shape, false));
            self.stream.end_marked();
        }
        let marks = self.done.sheet.marks();
        if !marks.is_empty() {
            self.stream.begin_artifact("Page", None);
            self.stream.draw(marks.into_iter().map(pictures::fill_edges));
            self.stream.end_marked();
        }
    }
}

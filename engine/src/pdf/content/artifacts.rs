//! What is on a page and no content of the release: rules, headers, page numbers, marks of the sheet.
//!
//! Knows pages and shapes, no structure. Invariant: each is marked as an artifact (ISO 14289-1, 7.1).

use printpdf::Op;

use super::{super::pictures, Composer, operators::artifact};
use crate::typeset::{Page, Source};

impl Composer<'_> {
    /// Underlines, the page number and the marks of the sheet.
    ///
    /// The number, and the header of a table that goes on, are drawn as shapes: as text they would be in the middle
    /// of what is copied across the page break, in every reader but those that look at tags.
    pub(super) fn artifacts(&mut self, page: &Page) {
        if !page.rules.is_empty() {
            self.ops.push(artifact("Layout", None));
            for rule in &page.rules {
                let (left, upper) = self.done.sheet.place(rule.left, rule.top);
                let (right, lower) = self.done.sheet.place(rule.right, rule.top + rule.thickness);
                self.ops.push(pictures::fill_edges([left, lower, right, upper]));
            }
            self.ops.push(Op::EndMarkedContent);
        }
        for line in page.lines.iter().filter(|line| line.source.is_of_page()) {
            let is_header = matches!(line.source, Source::Repeated | Source::RunningHeadline);
            self.ops.push(artifact("Pagination", Some(if is_header { "Header" } else { "Footer" })));
            pictures::draw_line(line, &self.done.sheet, &mut self.ops);
            self.ops.push(Op::EndMarkedContent);
        }
        let marks = self.done.sheet.marks();
        if !marks.is_empty() {
            self.ops.push(artifact("Page", None));
            self.ops.extend(marks.into_iter().map(pictures::fill_edges));
            self.ops.push(Op::EndMarkedContent);
        }
    }
}

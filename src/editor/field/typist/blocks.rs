//! What keys do to whole blocks: Enter ends one, Backspace at its beginning takes its kind away, a typed number makes
//! an item.
//!
//! Draws nothing. Invariant: as that of the typist, whose edits these are.

use super::{Heard, Manner, Typist};
use crate::{
    editing::{Position, Selection, Slice, Step, TableEdit, typing::Deletion},
    editor::field::target::Target,
    release::{BlockKind, RichText},
};

impl Typist {
    /// Makes an item of a paragraph that begins with a typed number or bullet, once the space behind it is typed.
    pub(super) fn make_item(&mut self, typed: &str, target: &mut dyn Target, heard: &mut Heard) {
        if !matches!(typed, " " | "\u{200B}") {
            return;
        }
        let selection = self.selection;
        if let Some(after) = target.document().and_then(|document| document.make_item(selection)) {
            (self.selection, self.pending_order, self.typing) = (after, None, None);
            self.completion.close();
            heard.changed = Some(Step::Block);
        }
    }

    /// Ends the paragraph at the caret; with `new_page` the next begins a page.
    pub(super) fn end_paragraph(
        &mut self,
        new_page: bool,
        target: &mut dyn Target,
        manner: &Manner<'_>,
        heard: &mut Heard,
    ) -> bool {
        self.end_word(true, target, manner, heard);
        let selection = self.selection;
        if target.block_kind(selection.head.field).is_cell() {
            return self.end_line_of_cell(new_page, target, manner, heard);
        }
        let length = target.length(selection.field());
        let leaves = !new_page && length == 0 && selection.is_empty();
        if leaves && target.document().is_some_and(|document| document.leave_list(selection)) {
            heard.changed = Some(Step::Block);
            return true;
        }
        // At the beginning of a paragraph the page begins with that one.
        if new_page && selection.is_empty() && selection.head.byte == 0 && length > 0 {
            let field = selection.field();
            let done = target.document().is_some_and(|document| document.begin_page(field, true, selection));
            heard.changed = done.then_some(Step::NewPage).or(heard.changed);
            return done;
        }
        if let Some(typed) = self.pending_order.take()
            && let Some(after) = target.put_in_order(selection, typed, true)
        {
            self.selection = after;
        }
        let step = if new_page { Step::NewPage } else { Step::SplitParagraph };
        target.close_step(self.selection);
        let kind = following(target, self.selection);
        let with = Slice::paragraph_break(new_page, kind);
        self.replace(self.selection.range(), &with, step, target, manner, heard)
    }

    /// Enter in a cell: another line in it. In the first cell of a table at the beginning of the text it makes a
    /// paragraph above the table, which nothing else would; with `new_page` a page begins with the row.
    fn end_line_of_cell(
        &mut self,
        new_page: bool,
        target: &mut dyn Target,
        manner: &Manner<'_>,
        heard: &mut Heard,
    ) -> bool {
        let selection = self.selection;
        let field = selection.head.field;
        let is_first = selection.is_empty() && selection.head == Position::new(target.flow(field).0, 0);
        if new_page {
            let done = target.document().is_some_and(|document| document.begin_page(field, true, selection));
            heard.changed = done.then_some(Step::NewPage).or(heard.changed);
            return done;
        }
        if is_first && let Some(document) = target.document() {
            let after = document.edit_table(selection, TableEdit::AddParagraph(false));
            self.selection = after.unwrap_or(selection);
            heard.changed = after.map(|_| Step::Table).or(heard.changed);
            return after.is_some();
        }
        let with = Slice::text(RichText::styled("\n", self.style(target)));
        self.replace(selection.range(), &with, Step::Typing, target, manner, heard)
    }

    /// Before Backspace joins a paragraph with the one before, it takes away that it begins a page, and its number.
    pub(super) fn end_page_start(&mut self, deletion: Deletion, target: &mut dyn Target, heard: &mut Heard) -> bool {
        let selection = self.selection;
        let at_start = selection.is_empty() && selection.head.byte == 0;
        if deletion != Deletion::Back || !at_start {
            return false;
        }
        let starts_page = target.starts_page(selection.field());
        let Some(document) = target.document() else { return false };
        let ended = starts_page && document.begin_page(selection.field(), false, selection);
        let step = if ended { Step::NewPage } else { Step::Block };
        let done = ended || document.end_kind(selection);
        heard.changed = done.then_some(step).or(heard.changed);
        done
    }
}

/// The kind of the block that Enter makes: behind a heading a paragraph, within one another heading.
fn following(target: &dyn Target, selection: Selection) -> BlockKind {
    let (start, end) = (selection.start(), selection.end());
    let kind = target.block_kind(start.field);
    let at_end = end.byte >= target.length(end.field);
    if matches!(kind, BlockKind::Heading(_)) && !at_end { kind } else { kind.next() }
}

//! What follows from typing: letters of Khmer put in order, curly quotation marks, dashes, names taken from the list.
//!
//! Knows what a typist knows; draws nothing. Invariant: each is an edit of its own or a part of the typing that it
//! follows from, so that undo takes it back.

use super::{
    target::Target,
    typist::{Heard, Manner, Typist},
};
use crate::{
    editing::{Position, Selection, Slice, Step},
    release::{Field, RichText, SignatoryLine, quotes},
    roster::Roster,
};

/// Gives a signatory without a title that of the list.
fn fill_title(target: &mut dyn Target, index: usize, roster: &Roster) {
    let Some(document) = target.document() else { return };
    let Some(signatory) = document.release().signature.signatories.get(index) else { return };
    if let Some(title) = roster.title_of(&signatory.name).filter(|_| signatory.title.trim().is_empty()) {
        document.change_with_last(|release| {
            release.set_text(Field::Signatory(index, SignatoryLine::Title), RichText::plain(title));
        });
    }
}

impl Typist {
    /// Turns a straight quotation mark that was just typed into a curly one, as a step of its own.
    pub(super) fn turn_quote(&mut self, typed: &str, target: &mut dyn Target, manner: &Manner<'_>, heard: &mut Heard) {
        let Some(language) = manner.quotes else { return };
        let head = self.selection.head;
        let text = target.text(head.field).unwrap_or_default();
        let Some(before) = head.byte.checked_sub(typed.len()).and_then(|start| text.as_str().get(..start)) else {
            return;
        };
        // The headline is printed within quotation marks; those in it are of the inner kind.
        let Some(mark) = quotes::curly(typed, before, language, head.field == Field::Headline) else { return };
        let start = before.len();
        let with = Slice::text(RichText::styled(mark, text.style_of(start..head.byte)));
        drop(text);
        target.close_step(self.selection);
        let range = Position::new(head.field, start)..head;
        if let Some(after) = target.replace(Step::Quotes, self.selection, range, &with) {
            (self.selection, self.pending_order) = (after, None);
            heard.changed = Some(Step::Quotes);
            target.close_step(after);
        }
    }

    /// Turns two hyphens into a dash, and the mark of “the ’90s” into an apostrophe, as a step of its own, once the word
    /// behind them has ended: with the character that was just typed, or with the paragraph if `is_end` says so.
    pub(super) fn end_word(&mut self, is_end: bool, target: &mut dyn Target, manner: &Manner<'_>, heard: &mut Heard) {
        let Some(language) = manner.quotes.filter(|_| self.selection.is_empty()) else { return };
        let head = self.selection.head;
        let text = target.text(head.field).unwrap_or_default();
        let typed = text.as_str().get(..head.byte).unwrap_or_default();
        let Some((range, mark)) = quotes::at_end_of_word(typed, is_end, language) else { return };
        let step = if mark == "’" { Step::Quotes } else { Step::Dash };
        let with = Slice::text(RichText::styled(mark, text.style_of(range.clone())));
        drop(text);
        target.close_step(self.selection);
        let place = |byte| Position::new(head.field, byte);
        if target.replace(step, self.selection, place(range.start)..place(range.end), &with).is_some() {
            let after = Selection::at(head.field, head.byte - range.len() + mark.len());
            (self.selection, self.pending_order) = (after, None);
            heard.changed = Some(step);
            target.close_step(after);
        }
    }

    /// Puts the letter in order that was typed last, if the caret has left it or the block was `left`.
    pub fn settle(&mut self, target: &mut dyn Target, heard: &mut Heard, left: bool) {
        let Some(typed) = self.pending_order.filter(|&typed| left || typed != self.selection.head) else { return };
        self.pending_order = None;
        let left = left || typed.field != self.selection.head.field;
        if let Some(after) = target.put_in_order(self.selection, typed, left) {
            self.selection = after;
            heard.settled |= heard.changed.is_none();
            heard.changed = heard.changed.or(Some(Step::Typing));
        }
    }

    /// Puts the name in that was chosen from the list, and beside the name of a signatory the title, if there is none.
    pub(super) fn take_name(
        &mut self,
        target: &mut dyn Target,
        heard: &mut Heard,
        text: &RichText,
        manner: &Manner<'_>,
    ) {
        let Some((range, name)) = self.completion.taken(text) else { return };
        let field = self.selection.field();
        self.selection = Selection::select(field, range);
        // What was begun goes as a whole, and has its emphasis from what it was.
        (self.pending_order, self.typing) = (None, None);
        if let Some(after) = target.replace(Step::Name, self.selection, self.selection.range(), &Slice::text(name)) {
            self.selection = after;
            heard.changed = Some(Step::Name);
            if let (Field::Signatory(index, SignatoryLine::Name), Some(names)) = (field, manner.names) {
                fill_title(target, index, names.roster);
            }
            target.close_step(after);
        }
    }
}

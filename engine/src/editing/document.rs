//! The open release and its history.
//!
//! Knows the release and nothing of the window. Invariant: every change is an [`Edit`] that is recorded, which
//! makes undo, the star in the title, the redrawing of the pages and the following of ranges come by themselves.

use std::{
    borrow::Cow,
    collections::VecDeque,
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    Change, Edit, Position, Selected, Selection, Slice, Step, Texts, ends,
    history::History,
    pictures, tables,
    typing::{ordered, settle},
};
use crate::release::{
    BlockKind, Field, Item, Paragraph, Picture, Release, RichText,
    bounded::{self, Stretch},
    bounds::Exceeded,
};

/// Edits that are kept for ranges to follow. A range further behind is searched for again.
const LOGGED: usize = 256;

/// Why a change was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It would have made the draft larger than any that can be opened again.
    Exceeded(Exceeded),
    /// The template has fixed the field.
    Locked(Field),
}

/// A draft in the window.
pub struct Document {
    release: Release,
    /// The file it was opened from or saved to.
    path: Option<PathBuf>,
    /// Counts changes, undone ones too: equal numbers mean an equal release.
    revision: u64,
    /// What the file holds; `None` if it is not a draft.
    saved: Option<Release>,
    unsaved: bool,
    history: History,
    /// The last edits; the last one made this revision.
    log: VecDeque<Edit>,
    /// More bytes than the file of the release takes.
    bytes: usize,
    /// Why the last change was not made, until it is said.
    refused: Option<Refusal>,
}

impl Texts for Document {
    fn text(&self, field: Field) -> Option<Cow<'_, RichText>> {
        self.release.text(field)
    }

    fn last_paragraph(&self) -> usize {
        self.release.last_paragraph()
    }

    fn starts_page(&self, field: Field) -> bool {
        self.release.starts_page(field)
    }

    fn block_kind(&self, field: Field) -> BlockKind {
        self.release.block_kind(field)
    }

    fn picture(&self, field: Field) -> Option<Arc<Picture>> {
        self.release.picture(field)
    }
}

impl Document {
    /// A draft that has just been opened or begun.
    pub fn new(release: Release, path: Option<PathBuf>) -> Self {
        Self {
            saved: Some(release.clone()),
            bytes: bounded::most_bytes(&release),
            release,
            path,
            revision: 0,
            unsaved: false,
            history: History::default(),
            log: VecDeque::new(),
            refused: None,
        }
    }

    /// A document repaired from a damaged file; it is unsaved until it has replaced the file.
    pub fn mended(release: Release, path: PathBuf) -> Self {
        Self { saved: None, unsaved: true, ..Self::new(release, Some(path)) }
    }

    /// The release as it is now.
    pub fn release(&self) -> &Release {
        &self.release
    }

    /// The file of the draft.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// A number that changes with every change.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether closing now would lose something.
    pub fn is_unsaved(&self) -> bool {
        self.unsaved
    }

    /// What the file holds; `None` if it is not a draft.
    pub fn saved(&self) -> Option<&Release> {
        self.saved.as_ref()
    }

    /// Notes that a file holds the draft as it was when saving it began; the history goes on, and what
    /// was changed since is unsaved.
    pub fn mark_saved(&mut self, path: PathBuf, saved: Release) {
        self.path = Some(path);
        self.unsaved = saved != self.release;
        self.saved = Some(saved);
    }

    /// The edits after a revision, oldest first; `None` if they are no longer known.
    pub fn edits_since(&self, revision: u64) -> Option<impl Iterator<Item = &Edit>> {
        let behind = usize::try_from(self.revision.checked_sub(revision)?).ok()?;
        let skipped = self.log.len().checked_sub(behind)?;
        Some(self.log.iter().skip(skipped))
    }

    /// Why the last change was not made, once.
    pub fn take_refused(&mut self) -> Option<Refusal> {
        self.refused.take()
    }

    /// Keeps an edit that was made to a stretch of the texts, unless it takes the release beyond its bounds: then it
    /// is taken back.
    fn keep(&mut self, edit: Edit, stretch: Stretch) -> Option<Edit> {
        match stretch.check(&self.release, self.bytes) {
            Ok(bytes) => {
                self.bytes = bytes;
                Some(edit)
            }
            Err(exceeded) => {
                edit.invert().apply(&mut self.release);
                self.refused = Some(Refusal::Exceeded(exceeded));
                None
            }
        }
    }

    /// The same for an edit that may be anywhere; `before` is the release without it. Returns `None` for an edit that changes
    /// nothing.
    fn keep_whole(&mut self, edit: &Edit, before: Release) -> Option<()> {
        if edit.is_empty() {
            return None;
        }
        if let Err(exceeded) = bounded::change(&before, &self.release) {
            (self.release, self.refused) = (before, Some(Refusal::Exceeded(exceeded)));
            return None;
        }
        self.bytes = bounded::most_bytes(&self.release);
        Some(())
    }

    /// Whether one of two fields must stay as it is; if so, the change is refused.
    fn refuses_locked(&mut self, one: Field, other: Field) -> bool {
        let locked = [one, other].into_iter().find(|&field| self.release.is_field_locked(field));
        self.refused = locked.map(Refusal::Locked).or(self.refused.take());
        locked.is_some()
    }

    /// Replaces a part of a flow, as a step of undo or as more of the same step while one types. Gives the
    /// caret behind what was inserted; `None` if nothing changed, the template has fixed the part, or the change
    /// would take the release beyond its bounds.
    pub fn replace(
        &mut self,
        step: Step,
        before: Selection,
        range: Range<Position>,
        with: &Slice,
    ) -> Option<Selection> {
        if !step.may_change_locked() && self.refuses_locked(range.start.field, range.end.field) {
            return None;
        }
        let (first, last) = (self.release.clamped(range.start), self.release.clamped(range.end));
        let whole = first.min(last)..last.max(first);
        let is_pasted = step == Step::Paste;
        let fitting = if is_pasted { ends::fitting(&self.release, &whole, with) } else { Cow::Borrowed(with) };
        let with = fitting.as_ref();
        let planned = tables::planned(&self.release, whole.clone(), with)
            .or_else(|| pictures::planned(&self.release, whole, with));
        if let Some(planned) = planned {
            return self.carry_out_plan(step, before, planned);
        }
        let stretch = Stretch::of(&self.release, first.field, last.field);
        let (edit, end) = match ends::replace(&mut self.release, first..last, with, is_pasted) {
            Some(replaced) => replaced,
            None => replaced(&mut self.release, range, with)?,
        };
        let edit = self.keep(edit, stretch)?;
        let text = self.release.text(end.field).unwrap_or_default();
        let after = Selection::at(end.field, settle(text.as_str(), end.byte));
        self.history.add(step, edit.clone(), Some(before), Some(after));
        self.touched(edit);
        Some(after)
    }

    /// Carries out what takes the place of texts where cells are among them.
    fn carry_out_plan(&mut self, step: Step, before: Selection, planned: tables::Planned) -> Option<Selection> {
        let tables::Planned { range, blocks, caret } = planned;
        let revision = self.revision;
        let after = Selection::caret(caret);
        self.replace_paragraphs(step, range, blocks, Some(before), Some(after));
        (self.revision != revision).then(|| after.clamped(&self.release))
    }

    /// Puts the letter that was typed before `typed` in the normal order of Khmer, as a part of the step by
    /// which it was typed; `left` says that the caret has left the block. Gives the selection afterwards.
    pub fn put_in_order(&mut self, selection: Selection, typed: Position, left: bool) -> Option<Selection> {
        let text = self.release.text(typed.field)?;
        let head = if selection.head.field == typed.field { selection.head.byte } else { 0 };
        let (range, letter) = ordered(&text, head, typed.byte, left)?;
        let place = |byte| Position::new(typed.field, byte);
        let length = letter.len();
        let stretch = Stretch::of(&self.release, typed.field, typed.field);
        let change = Change::replace(&mut self.release, place(range.start)..place(range.end), &Slice::text(letter))?;
        let edit = self.keep(Edit::of(change), stretch)?;
        let moved = |position: Position| match position {
            Position { field, byte } if field == typed.field => {
                Position::new(field, super::typing::moved_in_order(byte, &range, length))
            }
            elsewhere => elsewhere,
        };
        let after = Selection { anchor: moved(selection.anchor), head: moved(selection.head), ..selection };
        self.history.amend(edit.clone(), Some(after));
        self.touched(edit);
        Some(after)
    }

    /// Changes the release as one step of undo, or as more of the same step while one types; what its template
    /// has fixed stays as it is. `place` is where the caret was before.
    pub fn change(&mut self, step: Step, place: Option<Selection>, change: impl FnOnce(&mut Release)) {
        let Some(edit) = self.changed(step, change) else { return };
        let after = place.map(|place| edit.map_selection(place).clamped(&self.release));
        self.history.add(step, edit.clone(), place, after);
        self.touched(edit);
    }

    /// Changes the release as a part of the step before it, with which undo takes it back.
    pub fn change_with_last(&mut self, change: impl FnOnce(&mut Release)) {
        if let Some(edit) = self.changed(Step::Typing, change) {
            self.history.amend(edit.clone(), None);
            self.touched(edit);
        }
    }

    /// Changes the release within its bounds and what its template has fixed; gives the edit, if there is one.
    fn changed(&mut self, step: Step, change: impl FnOnce(&mut Release)) -> Option<Edit> {
        let before = self.release.clone();
        change(&mut self.release);
        if !step.may_change_locked() {
            self.release.keep_locked(&before);
        }
        let edit = Edit::between(&before, &self.release);
        self.keep_whole(&edit, before)?;
        Some(edit)
    }

    /// Replaces whole paragraphs as one step of undo; `place` and `after` are where the caret was and is.
    pub fn replace_paragraphs(
        &mut self,
        step: Step,
        range: Range<usize>,
        with: Vec<Paragraph>,
        place: Option<Selection>,
        after: Option<Selection>,
    ) {
        let Some(removed) = self.release.body.get(range.clone()).map(<[_]>::to_vec) else { return };
        if removed == with {
            return;
        }
        let stretch = Stretch::of_paragraphs(&self.release, range.clone());
        let edit = Edit::of(Change::Blocks { at: range.start, removed, inserted: with });
        edit.apply(&mut self.release);
        let Some(edit) = self.keep(edit, stretch) else { return };
        self.history.add(step, edit.clone(), place, after);
        self.touched(edit);
    }

    /// Moves the paragraphs of a selection up or down by one; gives the selection afterwards.
    pub fn move_paragraphs(&mut self, selection: Selection, by: isize) -> Option<Selection> {
        let (Field::Paragraph(first), Field::Paragraph(last)) = (selection.start().field, selection.end().field) else {
            return None;
        };
        let (moved, other) = tables::moved(&self.release.body, first..last + 1, by > 0)?;
        let range = moved.start.min(other.start)..moved.end.max(other.end);
        let mut blocks = self.release.body.get(range.clone())?.to_vec();
        let (above, rest) = if by < 0 { (other.len(), moved.len()) } else { (moved.len(), other.len()) };
        blocks.rotate_left(above);
        keep_start(&mut blocks, rest);
        let shifted = |position: Position| match position.field {
            Field::Paragraph(index) if by < 0 => {
                Position { field: Field::Paragraph(index.saturating_sub(other.len())), ..position }
            }
            Field::Paragraph(index) => Position { field: Field::Paragraph(index + other.len()), ..position },
            _ => position,
        };
        let after = Selection { anchor: shifted(selection.anchor), head: shifted(selection.head), ..selection };
        self.replace_paragraphs(Step::MoveParagraph, range, blocks, Some(selection), Some(after));
        Some(after)
    }

    /// Takes a paragraph out; gives the selection afterwards. An item that began a list leaves that to the next one.
    pub fn remove_paragraph(&mut self, index: usize, place: Selection) -> Selection {
        let left = self.release.body.len().saturating_sub(1);
        let after = Selection::at(Field::Paragraph(index.min(left.saturating_sub(1))), 0);
        let mut range = index..index + 1;
        let mut with = Vec::new();
        if let Some([removed, next]) = self.release.body.get(index..index + 2) {
            let mut both = [next.clone(), removed.clone()];
            keep_start(&mut both, 1);
            let [kept, _] = both;
            if kept != *next {
                (range.end, with) = (index + 2, vec![kept]);
            }
        }
        self.replace_paragraphs(Step::RemoveParagraph, range, with, Some(place), Some(after));
        after
    }

    /// Has a page begin with a paragraph, or no longer; says whether anything changed.
    pub fn begin_page(&mut self, field: Field, new_page: bool, place: Selection) -> bool {
        let Field::Paragraph(index) = field else { return false };
        // A page begins with a whole row.
        let index = tables::row_at(&self.release.body, index).map_or(index, |row| row.start);
        let Some(block) = self.release.body.get(index).filter(|block| block.new_page != new_page) else { return false };
        let block = Paragraph { new_page, ..block.clone() };
        self.replace_paragraphs(Step::NewPage, index..index + 1, vec![block], Some(place), Some(place));
        true
    }

    /// Puts a changed text in the place of the selection, which stays on it.
    pub fn transform(
        &mut self,
        step: Step,
        selection: Selection,
        change: impl Fn(&RichText) -> RichText,
    ) -> Option<Selection> {
        let selected = Selected::of(selection, self);
        if selected.has_cells() {
            let revision = self.revision;
            let (range, blocks) = selected.changed(&self.release, &self.release.body, change)?;
            self.replace_paragraphs(step, range, blocks, Some(selection), Some(selection));
            return (self.revision != revision).then(|| selection.clamped(&self.release));
        }
        let with = Slice::between(self, selection.range()).map(change);
        self.replace(step, selection, selection.range(), &with)?;
        let start = selection.start();
        let end = with.end_from(start);
        let after = if selection.head < selection.anchor {
            Selection::between(end, start)
        } else {
            Selection::between(start, end)
        };
        self.history.close(Some(after));
        Some(after)
    }

    /// Ends the step to which typing is being added, as at the end of a word.
    pub fn close_step(&mut self, place: Option<Selection>) {
        self.history.close(place);
    }

    /// What undo would take back.
    pub fn undo_step(&self) -> Option<Step> {
        self.history.undo_step()
    }

    /// What redo would bring back.
    pub fn redo_step(&self) -> Option<Step> {
        self.history.redo_step()
    }

    /// Takes the last step back; gives the place where the caret was before it.
    pub fn undo(&mut self, place: Option<Selection>) -> Option<Selection> {
        self.history.close(place);
        let (edit, place) = self.history.undo()?;
        self.carry_out(edit);
        place
    }

    /// Brings the last step undone back; gives the place where the caret was after it.
    pub fn redo(&mut self) -> Option<Selection> {
        let (edit, place) = self.history.redo()?;
        self.carry_out(edit);
        place
    }

    fn carry_out(&mut self, edit: Edit) {
        edit.apply(&mut self.release);
        self.bytes = bounded::most_bytes(&self.release);
        self.touched(edit);
    }

    fn touched(&mut self, edit: Edit) {
        self.revision += 1;
        self.log.push_back(edit);
        if self.log.len() > LOGGED {
            self.log.pop_front();
        }
        self.unsaved = self.saved.as_ref() != Some(&self.release);
    }
}

/// Replaces a part of a flow, whose texts are joined and split; gives where that ends.
fn replaced(release: &mut Release, range: Range<Position>, with: &Slice) -> Option<(Edit, Position)> {
    let start = release.clamped(range.start).min(release.clamped(range.end));
    let adopted = adopted(release, start, with);
    let is_text = matches!(start.field, Field::Paragraph(index) if release.body.len() > index)
        && release.block_kind(start.field).level().is_none();
    // The text that is there keeps its kind.
    let with = if adopted.is_none() && is_text { with.begun_behind_first() } else { Cow::Borrowed(with) };
    let change = Change::replace(release, range.clone(), &with)?;
    let mut edit = Edit::of(change.clone());
    if let Some((index, kind)) = adopted
        && let Some(before) = release.body.get(index).cloned()
    {
        let block = Paragraph { kind, ..before.clone() };
        let change = Edit::of(Change::Blocks { at: index, removed: vec![before], inserted: vec![block] });
        change.apply(release);
        edit.extend(change);
    }
    let end = match &change {
        Change::Text { at, inserted, .. } => inserted.end_from(*at),
        _ => with.end_from(start),
    };
    Some((edit, end))
}

/// The kind that a plain paragraph, or an empty one, takes from several blocks that are put in at its start, such as a
/// list.
fn adopted(release: &Release, start: Position, with: &Slice) -> Option<(usize, BlockKind)> {
    let Field::Paragraph(index) = start.field else { return None };
    let kind = with.blocks().first()?.kind;
    let takes = with.breaks() > 0 && start.byte == 0 && kind != BlockKind::Plain;
    let is_open =
        |block: &Paragraph| block.kind == BlockKind::Plain || block.text.is_empty() && !block.kind.stands_alone();
    (takes && release.body.get(index).is_some_and(is_open)).then_some((index, kind))
}

mod carry;
/// Of blocks whose first part was the one from `second` on: the item that is first now begins its list, if that which was
/// first began the same list.
fn keep_start(blocks: &mut [Paragraph], second: usize) {
    let item = |block: &Paragraph| match block.kind {
        BlockKind::Item(item) => Some(item),
        _ => None,
    };
    let (Some(first), Some(began)) = (blocks.first().and_then(item), blocks.get(second).and_then(item)) else { return };
    if first.start.is_none() && (first.list, first.level) == (began.list, began.level) {
        for (at, item) in [(0, Item { start: began.start, ..first }), (second, Item { start: None, ..began })] {
            blocks.get_mut(at).into_iter().for_each(|block| block.kind = BlockKind::Item(item));
        }
    }
}

#[cfg(test)]
mod tests;

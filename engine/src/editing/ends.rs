//! Ends of paragraphs that are removed and put in: which paragraph keeps its kind, as in Word.
//!
//! What is selected from the start of a paragraph to the start of a later one is whole paragraphs, and the later one
//! stays what it is. A slice that ends with the end of a paragraph is whole paragraphs as well, where it is put in at
//! the start of one. Invariant: what is behind the end of a paragraph that goes or comes keeps its kind.

use std::{borrow::Cow, ops::Range};

use super::{Change, Edit, Position, Slice, slice::takes_picture};
use crate::release::{BlockKind, Field, Paragraph, Release};

/// A slice as it can take the place of a part of a release: without the end of its last paragraph where paragraphs are
/// not split, as in cells and captions, and where it brings cells.
pub(super) fn fitting<'a>(release: &Release, range: &Range<Position>, with: &'a Slice) -> Cow<'a, Slice> {
    let is_paragraph = |position: Position| match position.field {
        Field::Paragraph(index) => release.body.get(index).is_some_and(|block| !block.kind.stands_alone()),
        _ => false,
    };
    let has_cells = with.blocks().iter().any(|block| block.kind.is_cell());
    let takes = is_paragraph(range.start) && is_paragraph(range.end) && !has_cells;
    if takes || !with.ends_paragraph() { Cow::Borrowed(with) } else { Cow::Owned(with.clone().without_end()) }
}

/// Replaces a part of the body where whole paragraphs go, or come if `is_whole` says that an end in the slice is that
/// of a paragraph, and not one that is typed. `None`, with nothing changed, where texts are joined and split as anywhere.
pub(super) fn replace(
    release: &mut Release,
    range: Range<Position>,
    with: &Slice,
    is_whole: bool,
) -> Option<(Edit, Position)> {
    let Range { start, end } = range;
    let (Field::Paragraph(first), Field::Paragraph(last)) = (start.field, end.field) else { return None };
    let (block, later) = (release.body.get(first)?, release.body.get(last)?);
    let goes = first < last && start.byte == 0 && end.byte == 0;
    let is_kept = goes && later.picture.is_some() && !takes_picture(&*release, &range);
    if start > end || block.kind.stands_alone() || later.kind.stands_alone() && !is_kept {
        return None;
    }
    let comes = is_whole && with.ends_paragraph();
    // As Enter does: within a heading another one, behind it a paragraph.
    let is_split = matches!(block.kind, BlockKind::Heading(_)) && end.byte < later.text.len();
    let kind = if is_split { block.kind } else { block.kind.next() };
    if !(comes || goes && with.breaks() == 0) {
        return None;
    }
    let mut edit = Edit::default();
    let end = if goes {
        remove(release, first..last, &mut edit);
        start
    } else {
        end
    };
    let mut replace = |release: &mut Release, range: Range<Position>, with: &Slice| {
        let changes = !range.is_empty() || !with.is_empty();
        let change = if changes { Change::replace(release, range, with) } else { None };
        edit.extend(change.map(Edit::of).unwrap_or_default());
    };
    if !comes {
        replace(release, start..end, with);
    } else if start.byte > 0 {
        replace(release, start..end, &ended(with, kind));
    } else {
        replace(release, start..end, &Slice::default());
        insert(release, first, with, &mut edit);
    }
    Some((edit, with.end_from(start)))
}

/// A slice of which what follows it has a kind.
fn ended(with: &Slice, kind: BlockKind) -> Slice {
    let mut blocks = with.blocks().to_vec();
    if let Some(last) = blocks.last_mut() {
        (last.kind, last.new_page) = (kind, false);
    }
    Slice::of(blocks)
}

/// Takes whole paragraphs out, behind which there is another. That one begins the page that the first of them began,
/// and the numbers of their list.
fn remove(release: &mut Release, range: Range<usize>, edit: &mut Edit) {
    let Some(removed) = release.body.get(range.clone()).map(<[_]>::to_vec) else { return };
    let begins_page = removed.first().is_some_and(|block| block.new_page);
    let kinds: Vec<BlockKind> = removed.iter().map(|block| block.kind).collect();
    make(release, Change::Blocks { at: range.start, removed, inserted: Vec::new() }, edit);
    alter(release, range.start, edit, |later| {
        later.new_page |= begins_page;
        if let BlockKind::Item(item) = later.kind {
            let first = kinds.iter().find(|kind| matches!(kind, BlockKind::Item(of) if of.start.is_some() && of.list == item.list && of.level == item.level));
            later.kind = first.copied().unwrap_or(later.kind);
        }
    });
}

/// Puts whole paragraphs before another, which gives the first of them the page that it began, and the numbers of
/// its list.
fn insert(release: &mut Release, at: usize, with: &Slice, edit: &mut Edit) {
    let Some(below) = release.body.get(at).cloned() else { return };
    let mut inserted = with.blocks().get(..with.breaks()).unwrap_or_default().to_vec();
    let Some(first) = inserted.first_mut() else { return };
    first.new_page = below.new_page;
    let first = first.kind;
    let behind = at + inserted.len();
    make(release, Change::Blocks { at, removed: Vec::new(), inserted }, edit);
    alter(release, behind, edit, |below| {
        below.new_page = false;
        below.kind = if below.kind == first { first.going_on() } else { below.kind };
    });
}

/// Changes all but the text of a block.
fn alter(release: &mut Release, at: usize, edit: &mut Edit, change: impl FnOnce(&mut Paragraph)) {
    let Some(before) = release.body.get(at).cloned() else { return };
    let mut after = before.clone();
    change(&mut after);
    if after != before {
        make(release, Change::Blocks { at, removed: vec![before], inserted: vec![after] }, edit);
    }
}

fn make(release: &mut Release, change: Change, edit: &mut Edit) {
    let change = Edit::of(change);
    change.apply(release);
    edit.extend(change);
}

#[cfg(test)]
mod tests;

//! With which numbers the lists of a Word file begin, as a draft says it.
//!
//! Invariant: an item has the number in the draft that it has in Word.

use std::collections::HashMap;

use super::{
    block::Block,
    styles::{Counts, Numbering},
};
use crate::{
    release::{BlockKind, Item, Language, Level, ListKind, Outline, Paragraph, Release, number_of},
    word::styles::id,
};

/// Notes the numbers of items in Word that a draft would not give them by itself.
pub fn find_starts(blocks: &mut [Block], numbering: &Numbering) {
    let mut counts = Counts::default();
    // The last list of each kind and level, and its last number.
    let mut lists: HashMap<(ListKind, usize), (String, i64)> = HashMap::new();
    let mut goes_on = false;
    for block in blocks {
        let was_item = std::mem::replace(&mut goes_on, block.list.is_some());
        let Some((list, kind, level)) = &block.list else { continue };
        // The style says more than the form of the numbers, which sections share with items of the third level.
        let of = match block.style.as_deref().and_then(id::kind) {
            Some(BlockKind::Item(Item { list, level, .. })) => (list, level.depth()),
            _ => (*kind, *level),
        };
        let number = numbering.next(&mut counts, list, *level);
        lists.retain(|(_, level), _| *level <= of.1);
        let before = lists.insert(of, (list.clone(), number));
        let begins = match before {
            _ if of.0 == ListKind::Bulleted => before.is_some_and(|(before, _)| before != *list),
            // Behind a text it may be that a draft begins anew; what says nothing is removed later.
            Some((_, last)) => number != last.saturating_add(1) || number != 1 && !was_item,
            None => number != 1,
        };
        block.start = begins.then(|| Item::start_at(number).unwrap_or(1));
    }
}

/// An item at which numbering restarts, if there is a number for it; other kinds unchanged.
pub fn begun(kind: BlockKind, start: Option<u16>) -> BlockKind {
    match kind {
        BlockKind::Item(item) if start.is_some() && item.list != ListKind::Bulleted => {
            BlockKind::Item(Item { start, ..item })
        }
        BlockKind::Item(item) if start.is_some() => BlockKind::Item(Item { start: Some(1), ..item }),
        kind => kind,
    }
}

/// The written number of an item if its list begins with it: where it does not follow that of the item before.
pub fn begins_with(kind: BlockKind, marker: &str, counted: &mut Vec<(ListKind, Level, u16)>) -> Option<u16> {
    let BlockKind::Item(Item { list, level, .. }) = kind else { return None };
    let number = number_of(marker)?;
    counted.retain(|(_, other, _)| *other <= level);
    let last = counted.iter_mut().find(|(of, other, _)| (*of, *other) == (list, level));
    let follows = last.as_ref().map_or(1, |(.., last)| last.saturating_add(1)) == number;
    match last {
        Some((.., last)) => *last = number,
        None => counted.push((list, level, number)),
    }
    (!follows).then(|| Item::start_at(number.into())).flatten()
}

/// Removes restarts of numbering that change no number.
pub fn settle_lists(body: &mut [Paragraph], language: Language) {
    let marker = |body: &[Paragraph], at: usize| {
        let release = Release { language, body: body.to_vec(), ..Release::default() };
        Outline::of(&release).entry(at).and_then(|entry| entry.marker.clone())
    };
    let restarts: Vec<usize> = body
        .iter()
        .enumerate()
        .filter(|(_, block)| matches!(block.kind, BlockKind::Item(Item { start: Some(_), .. })))
        .map(|(at, _)| at)
        .collect();
    // More would take long, and does no harm as it is.
    for at in restarts.into_iter().take(100) {
        let before = marker(body, at);
        let Some(kind) = body.get(at).map(|block| block.kind) else { continue };
        if let Some(block) = body.get_mut(at) {
            block.kind = kind.going_on();
        }
        if marker(body, at) != before
            && let Some(block) = body.get_mut(at)
        {
            block.kind = kind;
        }
    }
}

//! Kinds of blocks: given to paragraphs, changed by level, and taken from what one types.
//!
//! Invariant: each change is one step of undo, and text never changes but for the typed number that becomes the
//! number of an item.

use super::{Document, Position, Selection, Step};
use crate::{
    dates::to_arabic_digits,
    release::{BlockKind, Cell, Field, Item, Level, ListKind, Outline, Paragraph, Release, RichText, Table},
};

/// The longest number with its stop and its space, in bytes: three Khmer digits, and U+200B.
const LONGEST_MARKER: usize = 3 * 3 + 1 + 3;

impl Document {
    /// The kind that all blocks of a selection have; `None` if they differ, or are not of the body.
    pub fn kind_of(&self, selection: Selection) -> Option<BlockKind> {
        let (first, last) = blocks_of(selection)?;
        let kind = |block: &Paragraph| match block.kind {
            BlockKind::Cell(_) => BlockKind::Cell(Cell::Beside),
            kind => kind.going_on(),
        };
        let mut kinds = self.release().body.get(first..=last)?.iter().map(kind);
        let kind = kinds.next()?;
        kinds.all(|other| other == kind).then_some(kind)
    }

    /// Gives the blocks of a selection a kind. An item that comes right after another goes on with its numbers;
    /// elsewhere its list begins. Items keep their levels where they are of one list or another already.
    pub fn set_kind(&mut self, selection: Selection, kind: BlockKind) -> bool {
        let Some((first, last)) = blocks_of(selection) else { return false };
        let release = self.release();
        let Some(blocks) = release.body.get(first..=last) else { return false };
        let changed = |block: &Paragraph| {
            let kind = match block.kind.level() {
                // What is in a table stays in it, and a picture what it is.
                _ if block.kind.stands_alone() => block.kind,
                Some(level) if kind.level().is_some() => kind.at_level(level),
                _ => kind,
            };
            Paragraph { kind, ..block.clone() }
        };
        let mut blocks: Vec<Paragraph> = blocks.iter().map(changed).collect();
        if let Some(block) = blocks.first_mut() {
            block.kind = begun(release, first, block.kind);
        }
        self.replace_blocks(first, blocks, selection)
    }

    /// Has the numbers of an item begin with the first, or go on with those before.
    pub fn restart(&mut self, selection: Selection, restarts: bool) -> bool {
        let Some((first, _)) = blocks_of(selection) else { return false };
        let Some(block) = self.release().body.get(first) else { return false };
        let BlockKind::Item(item) = block.kind else { return false };
        let block = Paragraph { kind: BlockKind::Item(Item { start: restarts.then_some(1), ..item }), ..block.clone() };
        self.replace_blocks(first, vec![block], selection)
    }

    /// Moves the items of a selection a level deeper, or less deep; says whether any could be moved.
    pub fn shift_level(&mut self, selection: Selection, deeper: bool) -> bool {
        let Some((first, last)) = blocks_of(selection) else { return false };
        let Some(blocks) = self.release().body.get(first..=last) else { return false };
        let shifted = |block: &Paragraph| {
            let level = block.kind.level().and_then(|level| level.step(deeper));
            let kind = level.map_or(block.kind, |level| block.kind.at_level(level).going_on());
            Paragraph { kind, ..block.clone() }
        };
        let mut blocks: Vec<Paragraph> = blocks.iter().map(shifted).collect();
        if let Some(block) = blocks.first_mut()
            && self.release().body.get(first).is_some_and(|before| before.kind != block.kind)
        {
            block.kind = begun(self.release(), first, block.kind);
        }
        self.replace_blocks(first, blocks, selection)
    }

    /// Takes an item out of its list by one step: what is deeper goes up a level, and an item of the first level
    /// becomes a paragraph. Says whether there was one.
    pub fn leave_list(&mut self, selection: Selection) -> bool {
        let Some((first, _)) = blocks_of(selection) else { return false };
        match self.release().body.get(first).and_then(|block| block.kind.level()) {
            None => false,
            Some(Level::One) => self.set_kind(Selection::caret(selection.head), BlockKind::Plain),
            Some(_) => self.shift_level(Selection::caret(selection.head), false),
        }
    }

    /// Backspace at the start of an item or a centred line, before it joins the block to the one before: an item
    /// loses its number and continues the item before it, if there is one.
    pub fn end_kind(&mut self, selection: Selection) -> bool {
        let Some((index, _)) = blocks_of(selection) else { return false };
        let release = self.release();
        let goes_on = |level| {
            let mut body = release.body.get(..=index).unwrap_or_default().to_vec();
            if let Some(block) = body.last_mut() {
                block.kind = BlockKind::Continued(level);
            }
            Outline::of(&with_body(release, body)).entry(index).is_some()
        };
        let kind = match release.body.get(index).map(|block| block.kind) {
            Some(BlockKind::Item(item)) if goes_on(item.level) => BlockKind::Continued(item.level),
            Some(BlockKind::Item(_) | BlockKind::Continued(_) | BlockKind::Centred | BlockKind::Quotation) => {
                BlockKind::Plain
            }
            Some(BlockKind::Picture) if release.body.get(index).is_some_and(|block| block.text.is_empty()) => {
                // An empty caption goes, and the picture with it.
                return self.remove_picture(selection).is_some();
            }
            Some(BlockKind::Plain | BlockKind::Heading(_) | BlockKind::Cell(_) | BlockKind::Picture) | None => {
                return false;
            }
        };
        self.set_kind(selection, kind)
    }

    /// Makes an item of a paragraph in front of which a number or a bullet was just typed, and takes what was typed
    /// away; gives the selection afterwards. Undo brings the number back as it was typed.
    pub fn make_item(&mut self, selection: Selection) -> Option<Selection> {
        let Position { field, byte } = selection.head;
        let Field::Paragraph(index) = field else { return None };
        if byte > LONGEST_MARKER {
            return None;
        }
        let release = self.release();
        let block = release.body.get(index).filter(|block| block.kind == BlockKind::Plain && selection.is_empty())?;
        let (list, number) = typed_marker(block.text.as_str().get(..byte)?)?;
        let kind = begun(release, index, BlockKind::item(list, Level::One));
        // A number that the item would not have stays what it is: a text.
        if let Some(number) = number {
            let mut body = release.body.get(..=index)?.to_vec();
            body.last_mut()?.kind = BlockKind::item(list, Level::One);
            let going_on = Outline::of(&with_body(release, body));
            let goes_on = going_on.entry(index)?.list != index && position_in(&going_on, index) == number;
            if goes_on {
                return self.take_marker(selection, index, BlockKind::item(list, Level::One));
            }
            if number != 1 {
                return None;
            }
        }
        self.take_marker(selection, index, kind)
    }

    /// Puts a line of its own, in the middle, below the block of a place or at the end of the body; an empty paragraph
    /// there becomes that line. Gives the caret behind it.
    pub fn insert_line(&mut self, place: Option<Selection>, words: &str) -> Option<Selection> {
        let body = &self.release().body;
        let index = match place.map(|place| place.head.field) {
            Some(Field::Paragraph(index)) => index.min(body.len().saturating_sub(1)),
            _ => body.len().saturating_sub(1),
        };
        let is_blank = |block: &Paragraph| !block.kind.stands_alone() && block.text.as_str().trim().is_empty();
        let is_empty = body.get(index).is_some_and(is_blank);
        let table = Table::of(body, index);
        let at = match table {
            Some(table) => table.end(),
            None if is_empty || body.is_empty() => index,
            None => index + 1,
        };
        let block = Paragraph { kind: BlockKind::Centred, ..Paragraph::new(RichText::plain(words)) };
        let after = Selection::at(Field::Paragraph(at), words.len());
        self.close_step(place);
        self.replace_paragraphs(Step::Line, at..at + usize::from(is_empty), vec![block], place, Some(after));
        self.release().body.get(at).is_some_and(|block| block.text.as_str() == words).then_some(after)
    }

    /// Puts blocks at the end of the body, in the place of an empty last paragraph; gives the caret at the start of
    /// the first.
    pub fn append_blocks(&mut self, place: Option<Selection>, blocks: Vec<Paragraph>) -> Option<Selection> {
        let body = &self.release().body;
        let is_empty = body.last().is_some_and(|block| block.text.as_str().trim().is_empty());
        let at = body.len() - usize::from(is_empty);
        let before = self.revision();
        let after = Selection::at(Field::Paragraph(at), 0);
        self.close_step(place);
        self.replace_paragraphs(Step::Line, at..at + usize::from(is_empty), blocks, place, Some(after));
        (self.revision() != before).then_some(after)
    }

    fn take_marker(&mut self, selection: Selection, index: usize, kind: BlockKind) -> Option<Selection> {
        let text = self.release().body.get(index)?.text.clone();
        let text = text.slice(selection.head.byte..text.len());
        let block = Paragraph { kind, text, ..self.release().body.get(index)?.clone() };
        let after = Selection::at(selection.head.field, 0);
        self.close_step(Some(selection));
        self.replace_paragraphs(Step::Block, index..index + 1, vec![block], Some(selection), Some(after));
        (self.kind_of(after) != Some(BlockKind::Plain)).then_some(after)
    }

    fn replace_blocks(&mut self, first: usize, blocks: Vec<Paragraph>, selection: Selection) -> bool {
        let before = self.revision();
        let range = first..first + blocks.len();
        self.replace_paragraphs(Step::Block, range, blocks, Some(selection), Some(selection));
        self.revision() != before
    }
}

/// The first and the last block of a selection in the body.
fn blocks_of(selection: Selection) -> Option<(usize, usize)> {
    match (selection.start().field, selection.end().field) {
        (Field::Paragraph(first), Field::Paragraph(last)) => Some((first, last)),
        _ => None,
    }
}

/// The kind of a block that is made at an index: an item that would go on with a list further above begins its own.
fn begun(release: &Release, index: usize, kind: BlockKind) -> BlockKind {
    let BlockKind::Item(item) = kind else { return kind };
    let above = index.checked_sub(1).and_then(|above| release.body.get(above));
    if item.list == ListKind::Bulleted || above.is_none_or(|above| above.kind.level().is_some()) {
        return kind.going_on();
    }
    let mut body = release.body.get(..=index).unwrap_or_default().to_vec();
    if let Some(block) = body.last_mut() {
        block.kind = BlockKind::item(item.list, item.level);
    }
    let goes_on = Outline::of(&with_body(release, body)).entry(index).is_some_and(|entry| entry.list != index);
    BlockKind::Item(Item { start: goes_on.then_some(1), ..item })
}

/// What decides the numbers of a body.
fn with_body(release: &Release, body: Vec<Paragraph>) -> Release {
    Release { language: release.language, number_paragraphs: release.number_paragraphs, body, ..Release::default() }
}

/// The number of an item in its list.
fn position_in(outline: &Outline, index: usize) -> usize {
    let Some(list) = outline.entry(index).map(|entry| entry.list) else { return 0 };
    let items = outline.entries().filter(|(other, entry)| *other <= index && entry.list == list);
    let first = if let BlockKind::Item(Item { start: Some(start), .. }) = outline.kind(list) { start } else { 1 };
    items.filter(|(_, entry)| entry.marker.is_some()).count() + usize::from(first) - 1
}

/// The list that a typed text begins, such as `1. ` or `- `, and its number if it has one.
fn typed_marker(text: &str) -> Option<(ListKind, Option<usize>)> {
    let marker = text.strip_suffix([' ', '\u{200B}', '\u{A0}'])?;
    if matches!(marker, "-" | "*" | "•" | "–") {
        return Some((ListKind::Bulleted, None));
    }
    if marker == "I." {
        return Some((ListKind::Sections, Some(1)));
    }
    let number = to_arabic_digits(marker.strip_suffix(['.', ')'])?);
    // No list has a thousand items that one types.
    if number.len() > 3 || !number.bytes().all(|c| c.is_ascii_digit()) {
        return None;
    }
    Some((ListKind::Numbered, Some(number.parse().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::HeadingLevel;

    fn document(blocks: &[(&str, BlockKind)]) -> Document {
        let block =
            |(text, kind): &(&str, BlockKind)| Paragraph { kind: *kind, ..Paragraph::new(RichText::plain(*text)) };
        Document::new(Release { body: blocks.iter().map(block).collect(), ..Release::default() }, None)
    }

    fn at(paragraph: usize, byte: usize) -> Selection {
        Selection::at(Field::Paragraph(paragraph), byte)
    }

    fn kinds(document: &Document) -> Vec<BlockKind> {
        document.release().body.iter().map(|block| block.kind).collect()
    }

    const PLAIN: BlockKind = BlockKind::Plain;

    fn item(level: Level) -> BlockKind {
        BlockKind::item(ListKind::Numbered, level)
    }

    fn first() -> BlockKind {
        BlockKind::Item(Item { list: ListKind::Numbered, level: Level::One, start: Some(1) })
    }

    #[test]
    fn an_item_goes_on_right_after_another_and_begins_a_list_elsewhere() {
        let mut document = document(&[("a", item(Level::One)), ("b", PLAIN), ("c", PLAIN), ("d", PLAIN), ("e", PLAIN)]);
        assert!(document.set_kind(at(1, 0), item(Level::One)));
        assert!(document.set_kind(at(3, 0), item(Level::One)));
        assert!(document.set_kind(at(4, 1), item(Level::One)));
        assert_eq!(kinds(&document), [item(Level::One), item(Level::One), PLAIN, first(), item(Level::One)]);
        assert!(document.restart(at(3, 0), false));
        assert_eq!(kinds(&document)[3], item(Level::One));
        assert!(!document.restart(at(2, 0), true), "a paragraph has no number");
        for _ in 0..4 {
            document.undo(None);
        }
        assert_eq!(kinds(&document), [item(Level::One), PLAIN, PLAIN, PLAIN, PLAIN]);
    }

    #[test]
    fn a_selection_of_blocks_changes_as_one_step() {
        let mut document = document(&[("a", PLAIN), ("b", item(Level::Two)), ("c", BlockKind::Centred)]);
        let all = Selection::between(Position::new(Field::Paragraph(2), 1), Position::new(Field::Paragraph(0), 0));
        assert_eq!(document.kind_of(all), None);
        assert!(document.set_kind(all, BlockKind::item(ListKind::Bulleted, Level::One)));
        let bullet = |level| BlockKind::item(ListKind::Bulleted, level);
        assert_eq!(kinds(&document), [bullet(Level::One), bullet(Level::Two), bullet(Level::One)]);
        assert!(document.set_kind(all, BlockKind::Heading(HeadingLevel::One)));
        assert_eq!(document.kind_of(all), Some(BlockKind::Heading(HeadingLevel::One)));
        document.undo(None);
        document.undo(None);
        assert_eq!(kinds(&document), [PLAIN, item(Level::Two), BlockKind::Centred]);
    }

    #[test]
    fn levels_change_within_their_bounds() {
        let mut document = document(&[("a", item(Level::One)), ("b", item(Level::Two)), ("c", PLAIN)]);
        let all = Selection::between(Position::new(Field::Paragraph(0), 0), Position::new(Field::Paragraph(2), 0));
        assert!(document.shift_level(all, true));
        assert_eq!(kinds(&document), [item(Level::Two), item(Level::Three), PLAIN]);
        assert!(document.shift_level(all, true));
        assert_eq!(kinds(&document), [item(Level::Three), item(Level::Three), PLAIN]);
        assert!(!document.shift_level(at(2, 0), true) && !document.shift_level(at(1, 0), true));
    }

    #[test]
    fn an_item_is_left_level_by_level() {
        let mut document = document(&[("a", item(Level::One)), ("", item(Level::Two))]);
        assert!(document.leave_list(at(1, 0)));
        assert_eq!(kinds(&document)[1], item(Level::One));
        assert!(document.leave_list(at(1, 0)));
        assert_eq!(kinds(&document)[1], PLAIN);
        assert!(!document.leave_list(at(1, 0)));
    }

    #[test]
    fn backspace_takes_the_number_before_it_joins() {
        let mut document = document(&[("a", item(Level::One)), ("b", item(Level::One)), ("c", BlockKind::Centred)]);
        assert!(document.end_kind(at(1, 0)));
        assert_eq!(kinds(&document)[1], BlockKind::Continued(Level::One));
        assert!(document.end_kind(at(1, 0)));
        assert_eq!(kinds(&document)[1], PLAIN);
        assert!(!document.end_kind(at(1, 0)));
        assert!(document.end_kind(at(0, 0)), "there is no item before it to go on with");
        assert_eq!(kinds(&document)[0], PLAIN);
        assert!(document.end_kind(at(2, 0)));
        assert_eq!(kinds(&document)[2], PLAIN);
    }

    #[test]
    fn a_line_of_its_own_comes_below_the_paragraph_or_takes_an_empty_one() {
        let mut document = document(&[("a", PLAIN), ("", PLAIN)]);
        assert_eq!(document.insert_line(Some(at(0, 1)), "***"), Some(at(1, 3)));
        assert_eq!(document.insert_line(None, "###"), Some(at(2, 3)));
        assert_eq!(kinds(&document), [PLAIN, BlockKind::Centred, BlockKind::Centred]);
        document.undo(None);
        document.undo(None);
        assert_eq!(kinds(&document), [PLAIN, PLAIN]);
        let mut empty = Document::new(Release::default(), None);
        assert_eq!(empty.insert_line(None, "###"), Some(at(0, 3)));
    }

    fn typed(blocks: &[(&str, BlockKind)]) -> Option<(BlockKind, String)> {
        let mut document = document(blocks);
        let last = blocks.len() - 1;
        let byte = blocks[last].0.find('|').unwrap_or(0);
        let block = Paragraph::new(RichText::plain(blocks[last].0.replace('|', "")));
        let place = at(last, byte);
        document.replace_paragraphs(Step::Paste, last..last + 1, vec![block.clone()], None, Some(place));
        let after = document.make_item(place)?;
        assert_eq!(after, at(last, 0));
        let made = document.release().body[last].clone();
        document.undo(None);
        assert_eq!(document.release().body[last], block, "one undo brings the number back");
        document.redo();
        assert_eq!(document.release().body[last], made);
        Some((made.kind, made.text.into_string()))
    }

    #[test]
    fn a_typed_number_becomes_that_of_an_item() {
        let bullet = BlockKind::item(ListKind::Bulleted, Level::One);
        let made = |kind, text: &str| Some((kind, text.to_owned()));
        assert_eq!(typed(&[("1. |word", PLAIN)]), made(item(Level::One), "word"));
        assert_eq!(typed(&[("១. |", PLAIN)]), made(item(Level::One), ""));
        assert_eq!(typed(&[("១.\u{200B}|", PLAIN)]), made(item(Level::One), ""));
        for bullets in ["- |", "* |", "• |"] {
            assert_eq!(typed(&[(bullets, PLAIN)]), made(bullet, ""));
        }
        assert_eq!(typed(&[("I. |", PLAIN)]), made(BlockKind::item(ListKind::Sections, Level::One), ""));
        // What is no number, and a number that the item would not have.
        for text in ["2. |", "0. |", "A. |", "word 1. |", "1.|", "1 |", "1234. |", ".  |", "១. ក|"] {
            assert_eq!(typed(&[(text, PLAIN)]), None, "{text}");
        }
        let before = [("a", item(Level::One)), ("b", item(Level::One)), ("between", PLAIN)];
        assert_eq!(typed(&[&before[..], &[("3. |", PLAIN)]].concat()), made(item(Level::One), ""));
        assert_eq!(typed(&[&before[..], &[("1. |", PLAIN)]].concat()), made(first(), ""));
        assert_eq!(typed(&[&before[..], &[("4. |", PLAIN)]].concat()), None);
    }
}

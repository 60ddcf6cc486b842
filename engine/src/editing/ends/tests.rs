//! Whole paragraphs cut, pasted and dragged.

use super::*;
use crate::{
    editing::{Bias, Document, Selection, Step},
    html,
    release::{HeadingLevel, Item, Level, ListKind, RichText},
};

const PLAIN: BlockKind = BlockKind::Plain;
const HEADING: BlockKind = BlockKind::Heading(HeadingLevel::Two);

fn document(blocks: &[(&str, BlockKind)]) -> Document {
    let block = |&(text, kind): &(&str, BlockKind)| Paragraph { kind, ..Paragraph::new(RichText::plain(text)) };
    Document::new(Release { body: blocks.iter().map(block).collect(), ..Release::default() }, None)
}

fn shown(document: &Document) -> Vec<(&str, BlockKind)> {
    document.release().body.iter().map(|block| (block.text.as_str(), block.kind)).collect()
}

fn at(paragraph: usize, byte: usize) -> Position {
    Position::new(Field::Paragraph(paragraph), byte)
}

fn replace(document: &mut Document, step: Step, range: Range<Position>, with: &Slice) -> Option<Position> {
    let selection = Selection::between(range.start, range.end);
    let after = document.replace(step, selection, range, with);
    document.close_step(None);
    after.map(|after| after.head)
}

/// A slice as it comes back from the clipboard.
fn copied(document: &Document, range: Range<Position>) -> Slice {
    let slice = Slice::between(document, range);
    Slice::of(html::read(&html::write(slice.blocks())).unwrap())
}

#[test]
fn a_whole_paragraph_is_cut_and_pasted_with_its_end_and_its_kind() {
    for kind in [PLAIN, HEADING, BlockKind::Quotation] {
        let first = [("First.", PLAIN), ("Second.", kind), ("Third.", HEADING)];
        let mut document = document(&first);
        let slice = copied(&document, at(1, 0)..at(2, 0));
        assert_eq!(replace(&mut document, Step::Cut, at(1, 0)..at(2, 0), &Slice::default()), Some(at(1, 0)));
        assert_eq!(shown(&document), [("First.", PLAIN), ("Third.", HEADING)]);
        assert_eq!(replace(&mut document, Step::Paste, at(0, 0)..at(0, 0), &slice), Some(at(1, 0)));
        assert_eq!(shown(&document), [("Second.", kind), ("First.", PLAIN), ("Third.", HEADING)]);
        document.undo(None);
        document.undo(None);
        assert_eq!(shown(&document), first);
        document.redo();
        document.redo();
        assert_eq!(shown(&document), [("Second.", kind), ("First.", PLAIN), ("Third.", HEADING)]);
    }
}

#[test]
fn what_is_cut_from_the_middle_leaves_the_first_kind() {
    for (range, left) in [
        (at(0, 0)..at(1, 0), vec![("two", HEADING), ("three", PLAIN)]),
        (at(0, 0)..at(2, 0), vec![("three", PLAIN)]),
        (at(0, 1)..at(1, 0), vec![("otwo", PLAIN), ("three", PLAIN)]),
        (at(0, 0)..at(1, 1), vec![("wo", PLAIN), ("three", PLAIN)]),
        (at(1, 0)..at(2, 0), vec![("one", PLAIN), ("three", PLAIN)]),
    ] {
        let mut document = document(&[("one", PLAIN), ("two", HEADING), ("three", PLAIN)]);
        let before = document.release().clone();
        assert_eq!(replace(&mut document, Step::Cut, range.clone(), &Slice::default()), Some(range.start));
        assert_eq!(shown(&document), left);
        document.undo(None);
        assert_eq!(document.release(), &before);
    }
    let mut typed = document(&[("one", PLAIN), ("two", HEADING)]);
    let letter = Slice::text(RichText::plain("x"));
    assert_eq!(replace(&mut typed, Step::Typing, at(0, 0)..at(1, 0), &letter), Some(at(0, 1)));
    assert_eq!(shown(&typed), [("xtwo", HEADING)]);
}

#[test]
fn an_end_that_is_pasted_splits_a_paragraph_of_which_both_parts_keep_their_kind() {
    let slice = Slice::of(vec![Paragraph::new(RichText::plain("x")), Paragraph::default()]);
    for (kind, byte, behind) in [(PLAIN, 2, PLAIN), (HEADING, 2, HEADING), (HEADING, 4, PLAIN)] {
        let mut document = document(&[("word", kind)]);
        assert_eq!(replace(&mut document, Step::Paste, at(0, byte)..at(0, byte), &slice), Some(at(1, 0)));
        let (head, tail) = "word".split_at(byte);
        assert_eq!(shown(&document), [(format!("{head}x").as_str(), kind), (tail, behind)]);
    }
}

#[test]
fn positions_stay_on_their_words_when_whole_paragraphs_go_and_come() {
    let mut document = document(&[("one", PLAIN), ("two", HEADING), ("three", PLAIN)]);
    let slice = copied(&document, at(0, 0)..at(1, 0));
    let revision = document.revision();
    replace(&mut document, Step::Cut, at(0, 0)..at(1, 0), &Slice::default());
    replace(&mut document, Step::Paste, at(1, 0)..at(1, 0), &slice);
    assert_eq!(shown(&document), [("two", HEADING), ("one", PLAIN), ("three", PLAIN)]);
    let now = |place| document.edits_since(revision).unwrap().fold(place, |place, edit| edit.map(place, Bias::After));
    assert_eq!((now(at(1, 2)), now(at(2, 3))), (at(0, 2), at(2, 3)));
}

#[test]
fn a_list_and_a_page_that_lose_their_first_paragraph_begin_with_the_next() {
    let item = |begins: bool| {
        BlockKind::Item(Item { list: ListKind::Numbered, level: Level::One, start: begins.then_some(1) })
    };
    let mut release = document(&[("one", item(true)), ("two", item(false))]).release().clone();
    release.body[0].new_page = true;
    let mut document = Document::new(release.clone(), None);
    let slice = copied(&document, at(0, 0)..at(1, 0));
    replace(&mut document, Step::Cut, at(0, 0)..at(1, 0), &Slice::default());
    assert_eq!(shown(&document), [("two", item(true))]);
    assert!(document.release().body[0].new_page);
    replace(&mut document, Step::Paste, at(0, 0)..at(0, 0), &slice);
    assert_eq!(document.release(), &release, "pasted where it was");
}

#[test]
fn a_cell_takes_a_paragraph_without_its_end() {
    use crate::release::Cell;
    let cells = [("a", BlockKind::Cell(Cell::Row)), ("b", BlockKind::Cell(Cell::Beside)), ("", PLAIN)];
    let mut document = document(&cells);
    let slice = Slice::of(vec![Paragraph::new(RichText::plain("x")), Paragraph::default()]);
    replace(&mut document, Step::Paste, at(0, 1)..at(0, 1), &slice);
    assert_eq!(shown(&document)[0].0, "ax");
}

#[test]
fn a_whole_paragraph_is_dragged_before_another() {
    let mut document = document(&[("one", PLAIN), ("two", HEADING), ("three", PLAIN)]);
    let before = document.release().clone();
    let selection = Selection::between(at(1, 0), at(2, 0));
    assert_eq!(document.carry(selection, at(0, 0), false), Some(Selection::between(at(0, 0), at(1, 0))));
    assert_eq!(shown(&document), [("two", HEADING), ("one", PLAIN), ("three", PLAIN)]);
    document.undo(None);
    assert_eq!(document.release(), &before);
}

/// A list from elsewhere begins with its own number, wherever it is put.
#[test]
fn a_pasted_list_begins_its_numbers() {
    let item = |begins: bool| {
        BlockKind::Item(Item { list: ListKind::Numbered, level: Level::One, start: begins.then_some(1) })
    };
    let list = Slice::of(html::read("<ol><li>x</li><li>y</li><li>z</li></ol>").unwrap());
    let above = [("a", item(false)), ("b", item(false))];
    // In an empty item that was begun for it, and in an empty paragraph.
    for kind in [item(false), PLAIN] {
        let mut document = document(&[above[0], above[1], ("", kind)]);
        replace(&mut document, Step::Paste, at(2, 0)..at(2, 0), &list);
        assert_eq!(shown(&document)[2..], [("x", item(true)), ("y", item(false)), ("z", item(false))], "{kind:?}");
        document.undo(None);
        assert_eq!(shown(&document)[2..], [("", kind)]);
    }
    // Behind words, which stay a paragraph.
    let mut document = document(&[above[0], above[1], ("words", PLAIN)]);
    replace(&mut document, Step::Paste, at(2, 5)..at(2, 5), &list);
    assert_eq!(shown(&document)[2..], [("wordsx", PLAIN), ("y", item(true)), ("z", item(false))]);
    // In a body without paragraphs.
    let mut empty = self::document(&[]);
    replace(&mut empty, Step::Paste, at(0, 0)..at(0, 0), &list);
    assert_eq!(shown(&empty), [("x", item(true)), ("y", item(false)), ("z", item(false))]);
}

//! Undo and redo, and a hundred thousand edits over many paragraphs against a plain model.

use proptest::prelude::*;

use super::*;
use crate::{
    editing::typing::{Deletion, deleted},
    release::{Level, ListKind},
    typeset::breaks::cluster_boundaries,
};

fn document() -> Document {
    let body = ["one", "two", "three"].map(|text| Paragraph::new(RichText::plain(text))).to_vec();
    Document::new(Release { body, ..Release::default() }, None)
}

fn text(text: &str) -> Slice {
    Slice::text(RichText::plain(text))
}

fn typed(document: &mut Document, field: Field, with: &str) {
    let caret = Selection::at(field, document.length(field));
    document.replace(Step::Typing, caret, caret.range(), &text(with));
}

#[test]
fn typing_in_one_field_is_one_step_until_it_is_closed() {
    let mut document = document();
    typed(&mut document, Field::Title, "P");
    typed(&mut document, Field::Title, "R");
    document.close_step(None);
    typed(&mut document, Field::Title, "E");
    typed(&mut document, Field::Headline, "H");
    assert_eq!(document.undo_step(), Some(Step::Typing));
    document.undo(None);
    assert_eq!((document.release().title.as_str(), document.release().headline.as_str()), ("PRE", ""));
    document.undo(None);
    assert_eq!(document.release().title, "PR");
    document.undo(None);
    assert_eq!(document.release().title, "");
    assert!(!document.is_unsaved());
    assert_eq!(document.undo(None), None);
}

#[test]
fn undo_brings_the_caret_back() {
    let mut document = document();
    let place = Selection::at(Field::Paragraph(1), 2);
    document.change(Step::RemoveParagraph, Some(place), |release| drop(release.body.remove(1)));
    assert_eq!(document.undo(None), Some(place));
    assert_eq!(document.release().body.len(), 3);
    let all = Selection::between(Position::new(Field::Paragraph(0), 1), Position::new(Field::Paragraph(2), 2));
    let after = document.replace(Step::Cut, all, all.range(), &Slice::default());
    assert_eq!(after, Some(Selection::at(Field::Paragraph(0), 1)));
    assert_eq!(document.undo(None), Some(all));
    assert_eq!(document.redo(), after);
}

#[test]
fn a_change_of_nothing_is_no_step() {
    let mut document = document();
    document.change(Step::Setup, None, |_| {});
    let caret = Selection::at(Field::Title, 0);
    assert_eq!(document.replace(Step::Typing, caret, caret.range(), &Slice::default()), None);
    assert_eq!((document.undo_step(), document.revision()), (None, 0));
}

#[test]
fn what_follows_from_typing_is_undone_with_it() {
    let mut document = document();
    typed(&mut document, Field::Title, "កា្រ");
    document.close_step(None);
    let end = Position::new(Field::Title, document.release().title.len());
    assert!(document.put_in_order(Selection::at(Field::Headline, 0), end, true).is_some());
    typed(&mut document, Field::Headline, "H");
    document.undo(None);
    assert_eq!(document.release().title, "ក្រា");
    document.undo(None);
    assert_eq!(document.release().title, "");
    document.redo();
    assert_eq!(document.release().title, "ក្រា");
}

#[test]
fn a_save_keeps_the_history() {
    let mut document = document();
    typed(&mut document, Field::Title, "P");
    document.mark_saved("x.ron".into(), document.release().clone());
    assert!(!document.is_unsaved());
    document.undo(None);
    assert!(document.is_unsaved());
    document.redo();
    assert!(!document.is_unsaved());
}

#[test]
fn what_a_template_has_fixed_is_not_typed_over() {
    let release = Release { title: "PRESS".into(), locked: vec![crate::release::Lock::Title], ..Release::default() };
    let mut document = Document::new(release, None);
    typed(&mut document, Field::Title, "X");
    document.change(Step::Replace, None, |release| release.title = "X".into());
    assert_eq!((document.release().title.as_str(), document.undo_step()), ("PRESS", None));
}

/// Undoes all, then redoes all, and says what the release was at either end.
fn there_and_back(document: &mut Document) -> (Release, Release) {
    let mut steps = 0;
    while document.undo_step().is_some() {
        document.undo(None);
        steps += 1;
    }
    let first = document.release().clone();
    for _ in 0..steps {
        document.redo();
    }
    (first, document.release().clone())
}

proptest! {
    #[test]
    fn undo_of_all_gives_the_first_document_and_redo_the_last(
        steps in prop::collection::vec((0usize..7, 0usize..5, 0usize..5, "[a-cក\n]{0,3}"), 1..40)
    ) {
        let mut document = document();
        let first = document.release().clone();
        for (what, at, to, with) in steps {
            let place = Some(Selection::at(Field::Title, 0));
            let position = |document: &Document, at: usize| document.clamped(Position::new(Field::Paragraph(at), to));
            match what {
                0 => typed(&mut document, Field::Title, &with.replace('\n', " ")),
                1 => document.change(Step::Setup, place, |r| {
                    let at = at.min(r.body.len());
                    r.body.insert(at, Paragraph::new(RichText::plain(with.replace('\n', " "))));
                }),
                2 => document.change(Step::RemoveParagraph, place, |r| {
                    if at < r.body.len() { r.body.remove(at); }
                }),
                3 => document.change(Step::MoveParagraph, place, |r| {
                    if at + 1 < r.body.len() { r.body.swap(at, at + 1); }
                }),
                4 => document.change(Step::Setup, place, |r| r.page.justified = !r.page.justified),
                5 => {
                    let selection = Selection::between(position(&document, at), position(&document, to));
                    let with = Slice::of_lines(&RichText::plain(with));
                    document.replace(Step::Paste, selection, selection.range(), &with);
                }
                _ => { document.undo(None); }
            }
        }
        let last = document.release().clone();
        let (undone, redone) = there_and_back(&mut document);
        prop_assert_eq!(undone, first);
        prop_assert_eq!(redone, last);
    }
}

#[test]
fn the_item_that_is_first_begins_the_list() {
    let item = |start: Option<u16>, text: &str| {
        let kind = BlockKind::Item(Item { list: ListKind::Numbered, level: Level::One, start });
        Paragraph { kind, ..Paragraph::new(RichText::plain(text)) }
    };
    let body = vec![item(Some(4), "a"), item(None, "b"), item(None, "c")];
    let mut document = Document::new(Release { body, ..Release::default() }, None);
    let all = |document: &Document| -> Vec<(String, Option<u16>)> {
        let start = |kind| if let BlockKind::Item(item) = kind { item.start } else { None };
        document.release().body.iter().map(|block| (block.text.as_str().to_owned(), start(block.kind))).collect()
    };
    let named = |texts: [(&str, Option<u16>); 3]| texts.map(|(text, start)| (text.to_owned(), start)).to_vec();
    let at = |index| Selection::at(Field::Paragraph(index), 0);
    document.move_paragraphs(at(1), -1).unwrap();
    assert_eq!(all(&document), named([("b", Some(4)), ("a", None), ("c", None)]));
    document.move_paragraphs(at(0), 1).unwrap();
    assert_eq!(all(&document), named([("a", Some(4)), ("b", None), ("c", None)]));
    document.move_paragraphs(at(1), 1).unwrap();
    assert_eq!(all(&document), named([("a", Some(4)), ("c", None), ("b", None)]));
    document.remove_paragraph(0, at(0));
    assert_eq!(all(&document), [("c".to_owned(), Some(4)), ("b".to_owned(), None)]);
    document.undo(None);
    // A list of its own takes its number along.
    document.change(Step::Block, None, |release| release.body[1] = item(Some(1), "c"));
    document.move_paragraphs(at(1), -1).unwrap();
    assert_eq!(all(&document), named([("c", Some(1)), ("a", Some(4)), ("b", None)]));
}

/// Several texts as plain lists of characters, with a line break between each two.
struct Model(Vec<char>);

impl Model {
    fn index(&self, document: &Document, position: Position) -> usize {
        let Field::Paragraph(paragraph) = position.field else { unreachable!() };
        let before = |index: usize| document.release().body[index].text.as_str().chars().count() + 1;
        let within = &document.release().body[paragraph].text.as_str()[..position.byte];
        (0..paragraph).map(before).sum::<usize>() + within.chars().count()
    }

    fn text(&self) -> String {
        self.0.iter().collect()
    }
}

fn all_text(document: &Document) -> String {
    let texts: Vec<&str> = document.release().body.iter().map(|block| block.text.as_str()).collect();
    texts.join("\n")
}

#[test]
fn a_hundred_thousand_edits_over_many_paragraphs_are_those_of_a_plain_model() {
    // A linear congruential generator: the same edits each time.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % below.max(1)
    };
    let pieces =
        ["ក", "្", "រ", "ា", "ំ", "ស្ត្រី", "a", "bc", " ", "\u{200B}", "ខ្មែរ", "េ", "1", "e\u{301}", "\n", "a\nខ", "\n\n"];
    let first = Release { body: vec![Paragraph::default()], ..Release::default() };
    let mut document = Document::new(first.clone(), None);
    let mut model = Model(Vec::new());
    let mut caret = Selection::at(Field::Paragraph(0), 0);
    // A bystander, as a finding or another caret: it must stay where its neighbours are.
    let mut bystander = Position::new(Field::Paragraph(0), 0);
    let mut last = document.release().clone();
    for step in 0..100_000 {
        let paragraphs = document.release().body.len();
        let mut place = || {
            let field = Field::Paragraph(random(paragraphs));
            let text = document.text(field).unwrap();
            let bounds = cluster_boundaries(text.as_str());
            Position::new(field, bounds.get(random(bounds.len())).copied().unwrap_or(0))
        };
        let (one, other) = (place(), place());
        match random(4) {
            0 => caret = Selection::caret(one),
            1 if random(6) == 0 => caret = Selection::between(one, other),
            _ => {}
        }
        // Short texts meet more of their ends.
        let grows = model.0.len() < 120 + random(60);
        let deletion = match random(10) {
            0..=5 if grows => None,
            0..=6 => Some(Deletion::Back),
            7 => Some(Deletion::Forward),
            8 => Some(Deletion::WordBack),
            _ => Some(Deletion::WordForward),
        };
        let with = if deletion.is_none() { pieces[random(pieces.len())] } else { "" };
        let range = deletion.map_or(caret.range(), |deletion| deleted(&document, caret, deletion));
        let (from, to) = (model.index(&document, range.start), model.index(&document, range.end));
        model.0.splice(from..to, with.chars());
        let revision = document.revision();
        let slice = Slice::of_lines(&RichText::plain(with));
        if let Some(after) = document.replace(Step::Typing, caret, range.clone(), &slice) {
            let index = |position| model.index(&document, position);
            assert!(index(after.head) >= from + with.chars().count(), "after edit {step}");
            caret = after;
            let edit = document.edits_since(revision).unwrap().next().unwrap();
            let bias = if bystander <= range.start { super::super::Bias::Before } else { super::super::Bias::After };
            let mapped = edit.map(bystander, bias);
            assert_eq!(document.text(mapped.field).map(|text| text.as_str().is_char_boundary(mapped.byte)), Some(true));
            bystander = mapped;
        }
        assert_eq!(all_text(&document), model.text(), "after edit {step}");
        let head = document.text(caret.head.field).unwrap();
        let head = head.as_str();
        let stands =
            head[..caret.head.byte].ends_with('\u{17D2}') || cluster_boundaries(head).contains(&caret.head.byte);
        assert!(stands || head.is_empty(), "after edit {step}: {} in {head:?}", caret.head.byte);
        if random(40) == 0 {
            document.close_step(None);
        }
        if step % 10_000 == 9_999 {
            last = document.release().clone();
            let (_, redone) = there_and_back(&mut document);
            assert_eq!(redone, last);
        }
    }
    let (undone, redone) = there_and_back(&mut document);
    assert_eq!(undone, first);
    assert_eq!(redone, last);
}

/// What of pages is seen: each line with its place.
fn seen(pages: &crate::typeset::Pages) -> Vec<(usize, String, [u32; 3])> {
    let place = |line: &crate::typeset::Line| {
        let right = line.x.last().copied().unwrap_or(0.0);
        [line.left, line.baseline, right].map(f32::to_bits)
    };
    pages.lines().map(|(page, line)| (page, line.characters().to_owned(), place(line))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The cache of paragraphs never shows: after any edits the pages are those that are set from nothing.
    #[test]
    fn pages_set_with_a_warm_cache_are_those_set_cold(
        edits in prop::collection::vec((0usize..6, 0usize..40, 0usize..6, 0usize..40, 0usize..8), 1..14)
    ) {
        use crate::typeset::{Cache, typeset};
        let pieces = [
            "", " and the Minister ", "\n", "ជំនួបជាមួយឯកឧត្តម សុខ ចិន្តាសោភា ", "a\nb", "រដ្ឋមន្ត្រីការបរទេស",
            "International co-operation between the two countries was discussed at length. ", "ចិន្តាសោភា",
        ];
        let body = pieces.iter().map(|text| Paragraph::new(RichText::plain(text.replace('\n', " ").repeat(6))));
        let release = Release { body: body.collect(), ..Release::blank(crate::release::Language::Khmer) };
        let mut document = Document::new(release, None);
        let mut warm = Cache::default();
        typeset(document.release(), None, &mut warm);
        for (from, from_byte, to, to_byte, piece) in edits {
            let place = |document: &Document, paragraph, byte: usize| {
                document.clamped(Position::new(Field::Paragraph(paragraph), byte * 3))
            };
            let selection = Selection::between(place(&document, from, from_byte), place(&document, to, to_byte));
            match piece {
                0 => document.change(Step::Setup, None, |release| release.page.justified = !release.page.justified),
                7 => _ = document.undo(None),
                piece => {
                    let with = Slice::of_lines(&RichText::plain(pieces[piece]));
                    document.replace(Step::Paste, selection, selection.range(), &with);
                }
            }
            let warm = typeset(document.release(), None, &mut warm);
            let cold = typeset(document.release(), None, &mut Cache::default());
            prop_assert_eq!(seen(&warm), seen(&cold));
        }
    }
}

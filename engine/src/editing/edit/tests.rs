//! Edits carried out, taken back, and where positions go with them.

use proptest::prelude::*;

use super::*;
use crate::release::{BlockKind, RichText};

fn release(texts: &[&str]) -> Release {
    Release { body: texts.iter().map(|text| Paragraph::new(RichText::plain(*text))).collect(), ..Release::default() }
}

fn texts(release: &Release) -> Vec<&str> {
    release.body.iter().map(|block| block.text.as_str()).collect()
}

fn at(paragraph: usize, byte: usize) -> Position {
    Position::new(Field::Paragraph(paragraph), byte)
}

#[test]
fn enter_and_backspace_are_no_cases_of_their_own() {
    let mut release = release(&["one two", "three"]);
    let change =
        Change::replace(&mut release, at(0, 4)..at(0, 4), &Slice::paragraph_break(true, BlockKind::Plain)).unwrap();
    assert_eq!(texts(&release), ["one ", "two", "three"]);
    assert!(release.body[1].new_page && !release.body[0].new_page);
    assert_eq!(change.map(at(0, 6), Bias::After), at(1, 2));
    assert_eq!(change.map(at(1, 3), Bias::After), at(2, 3));
    Change::replace(&mut release, at(0, 4)..at(1, 0), &Slice::default());
    assert_eq!(texts(&release), ["one two", "three"]);
}

#[test]
fn what_is_inserted_over_paragraphs_goes_on_with_what_was_there() {
    let mut text = release(&["one", "two", "three"]);
    let slice = Slice::of_lines(&RichText::plain("a\nb\nc"));
    let before = text.clone();
    let change = Change::replace(&mut text, at(0, 1)..at(2, 3), &slice).unwrap();
    assert_eq!(texts(&text), ["oa", "b", "cee"]);
    assert_eq!(change.map(at(1, 2), Bias::Before), at(0, 1));
    assert_eq!(change.map(at(1, 2), Bias::After), at(2, 1));
    assert_eq!(change.map(at(2, 4), Bias::After), at(2, 2));
    Edit::of(change).invert().apply(&mut text);
    assert_eq!(text, before);
}

#[test]
fn a_field_of_one_block_takes_breaks_as_spaces_and_the_ministry_as_lines() {
    let mut release = Release { title: "ab".into(), ..Release::default() };
    let slice = Slice::of_lines(&RichText::plain("x\ny"));
    let place = |field| Position::new(field, 0)..Position::new(field, 0);
    Change::replace(&mut release, place(Field::Title), &slice);
    Change::replace(&mut release, place(Field::Ministry), &slice);
    assert_eq!((release.title.as_str(), release.letterhead.ministry.as_str()), ("x yab", "x\ny"));
}

#[test]
fn a_body_without_paragraphs_gets_its_first() {
    let mut release = Release::default();
    let change = Change::replace(&mut release, at(0, 0)..at(0, 0), &Slice::text(RichText::plain("a"))).unwrap();
    assert_eq!(texts(&release), ["a"]);
    Edit::of(change).invert().apply(&mut release);
    assert!(release.body.is_empty());
}

#[test]
fn letters_typed_side_by_side_are_one_change() {
    let mut release = release(&["ab"]);
    let mut edit = Edit::default();
    for (byte, text) in [(1, "x"), (2, "y"), (3, "z")] {
        let with = Slice::text(RichText::plain(text));
        edit.push(Change::replace(&mut release, at(0, byte)..at(0, byte), &with).unwrap());
    }
    for end in [4, 3, 2, 1] {
        edit.push(Change::replace(&mut release, at(0, end - 1)..at(0, end), &Slice::default()).unwrap());
    }
    assert_eq!(texts(&release), ["b"]);
    assert!(edit.0.len() <= 2, "{edit:?}");
    edit.invert().apply(&mut release);
    assert_eq!(texts(&release), ["ab"]);
}

#[test]
fn positions_go_with_paragraphs_that_change_places() {
    let (before, after) = (release(&["one", "two", "three"]), release(&["one", "three", "two"]));
    let edit = Edit::between(&before, &after);
    assert_eq!(edit.map(at(1, 2), Bias::After), at(2, 2));
    assert_eq!(edit.map(at(2, 4), Bias::After), at(1, 4));
    let edit = Edit::between(&before, &release(&["one", "twelve", "three"]));
    assert_eq!(edit.map(at(1, 3), Bias::After), at(1, 6));
    assert_eq!(edit.map(at(2, 3), Bias::After), at(2, 3));
}

fn places() -> impl Strategy<Value = (usize, usize)> {
    (0usize..5, 0usize..9)
}

proptest! {
    /// Text around what changes keeps its positions, in both directions.
    #[test]
    fn positions_map_to_the_text_that_they_were_at(
        bodies in prop::collection::vec("[a-cក្រា]{0,6}", 1..5),
        (from, to) in (places(), places()),
        with in "[x-z\n]{0,5}",
    ) {
        let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
        let before = release(&bodies);
        let place = |(paragraph, byte)| before.clamped(at(paragraph % bodies.len(), byte));
        let (one, other) = (place(from), place(to));
        let range = one.min(other)..one.max(other);
        let mut after = before.clone();
        let Some(change) = Change::replace(&mut after, range.clone(), &Slice::of_lines(&RichText::plain(with)))
        else { return Ok(()) };
        let inverse = change.invert();
        for paragraph in 0..before.body.len() {
            let length = before.body[paragraph].text.len();
            for byte in 0..=length {
                let position = at(paragraph, byte);
                if !before.body[paragraph].text.as_str().is_char_boundary(byte) {
                    continue;
                }
                let bias = if position <= range.start { Bias::Before } else { Bias::After };
                let mapped = change.map(position, bias);
                let Field::Paragraph(now) = mapped.field else { unreachable!() };
                let text = after.body[now].text.as_str();
                prop_assert!(text.is_char_boundary(mapped.byte));
                if position < range.start || position > range.end {
                    let rest = |text: &str, byte: usize| text[byte..].chars().next();
                    if position > range.end {
                        prop_assert_eq!(rest(before.body[paragraph].text.as_str(), byte), rest(text, mapped.byte));
                    }
                    prop_assert_eq!(inverse.map(mapped, bias), position);
                }
            }
        }
        Edit::of(inverse).apply(&mut after);
        prop_assert_eq!(after, before);
    }
}

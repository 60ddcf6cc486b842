//! What keys delete, and Khmer as it is typed.

use proptest::prelude::*;

use super::*;
use crate::release::Style;
use crate::{
    editing::{Change, Slice},
    release::{Field, Paragraph, Release},
    typeset::breaks::cluster_boundaries,
};

const FIELD: Field = Field::Paragraph(0);

fn release(text: &str) -> Release {
    Release { body: vec![Paragraph::new(RichText::plain(text))], ..Release::default() }
}

fn text(release: &Release) -> &str {
    release.body[0].text.as_str()
}

/// Puts a text in the place of a part; gives the caret afterwards.
fn replaced(release: &mut Release, range: Range<Position>, with: &str) -> usize {
    Change::replace(release, range.clone(), &Slice::text(RichText::plain(with)));
    settle(text(release), range.start.byte + with.len())
}

fn after_deletion(start: &str, caret: usize, deletion: Deletion) -> (String, usize) {
    let mut release = release(start);
    let range = deleted(&release, Selection::at(FIELD, caret), deletion);
    let caret = replaced(&mut release, range, "");
    (text(&release).to_owned(), caret)
}

#[test]
fn backspace_takes_one_sign_but_a_subscript_whole() {
    let word = "ស្ត្រី";
    let (text, at) = after_deletion(word, word.len(), Deletion::Back);
    assert_eq!(text, "ស្ត្រ");
    let (text, at) = after_deletion(&text, at, Deletion::Back);
    assert_eq!(text, "ស្ត");
    let (text, at) = after_deletion(&text, at, Deletion::Back);
    assert_eq!((text.as_str(), at), ("ស", 3));
}

#[test]
fn delete_takes_a_letter_whole_and_a_word_with_the_space_after_it() {
    assert_eq!(after_deletion("ស្ត្រីក", 0, Deletion::Forward), ("ក".into(), 0));
    assert_eq!(after_deletion("one two three", 4, Deletion::WordForward), ("one three".into(), 4));
    assert_eq!(after_deletion("one two three", 8, Deletion::WordBack), ("one three".into(), 4));
}

#[test]
fn at_the_ends_of_a_block_keys_delete_the_break() {
    let body = ["one", "two"].map(|text| Paragraph::new(RichText::plain(text))).to_vec();
    let release = Release { body, ..Release::default() };
    let at = |paragraph, byte| Position::new(Field::Paragraph(paragraph), byte);
    for (caret, deletion) in
        [(at(1, 0), Deletion::Back), (at(0, 3), Deletion::Forward), (at(0, 3), Deletion::WordForward)]
    {
        assert_eq!(deleted(&release, Selection::caret(caret), deletion), at(0, 3)..at(1, 0));
    }
    assert!(deleted(&release, Selection::caret(at(0, 0)), Deletion::Back).is_empty());
    assert!(deleted(&release, Selection::caret(at(1, 3)), Deletion::Forward).is_empty());
}

#[test]
fn a_coeng_before_a_consonant_leaves_the_caret_where_it_is() {
    let mut release = release("សក");
    let at = |byte| Position::new(FIELD, byte)..Position::new(FIELD, byte);
    let caret = replaced(&mut release, at(3), "\u{17D2}");
    assert_eq!((caret, cut(text(&release), caret)), (6, Some(6)));
    let caret = replaced(&mut release, at(caret), "ត");
    assert_eq!((text(&release), caret, cut(text(&release), caret)), ("ស្តក", 9, None));
}

/// Types into a text as the window does: what the caret has left is put in order.
fn typed(start: &str, at: usize, characters: &str) -> (String, usize) {
    let (mut text, mut caret, mut left) = (RichText::plain(start), at, None);
    for c in characters.chars() {
        text.replace(caret..caret, &RichText::plain(c));
        caret = settle(text.as_str(), caret + c.len_utf8());
        if let Some(left) = left {
            put_in_order(&mut text, [&mut caret.clone(), &mut caret], left, false);
        }
        left = Some(caret);
    }
    (text.into_string(), caret)
}

#[test]
fn a_letter_is_put_in_order_once_the_caret_has_left_it() {
    // The vowel before the subscript, as many type it.
    assert_eq!(typed("", 0, "កា្រ"), ("កា្រ".into(), 12));
    assert_eq!(typed("", 0, "កា្រម"), ("ក្រាម".into(), 15));
    // Two vowels that are one: the caret goes with the text that became shorter.
    assert_eq!(typed("", 0, "កេាម"), ("កោម".into(), 9));
    assert_eq!(typed("មក", 3, "កេា "), ("មកោ ក".into(), 10));
}

#[test]
fn what_was_there_before_is_left_as_it_is() {
    assert_eq!(typed("កា្រម", 12, "ក"), ("កា្រកម".into(), 15));
    assert_eq!(typed("កា្រម", 0, "ក"), ("កកា្រម".into(), 3));
}

#[test]
fn marks_keep_their_emphasis_when_they_change_places() {
    let mut text = RichText::plain("កា");
    text.push_str("្រ", Style::BOLD);
    text.push_str(" ", Style::PLAIN);
    let (mut anchor, mut head) = (13, 13);
    assert!(put_in_order(&mut text, [&mut anchor, &mut head], 12, false));
    let mut ordered = RichText::plain("ក");
    ordered.push_str("្រ", Style::BOLD);
    ordered.push_str("ា ", Style::PLAIN);
    assert_eq!((text, head), (ordered, 13));
}

#[test]
fn pasted_text_is_put_in_order() {
    assert_eq!(in_order(RichText::plain("កា្រ a")), RichText::plain("ក្រា a"));
    assert_eq!(in_order(RichText::plain("ក្រា a")), RichText::plain("ក្រា a"));
}

fn keys() -> impl Strategy<Value = (Option<Deletion>, String)> {
    prop_oneof![
        4 => "[ក-អា-ៅំះ្់ a.\u{200B}]{1,3}".prop_map(|text| (None, text)),
        2 => Just((Some(Deletion::Back), String::new())),
        1 => Just((Some(Deletion::Forward), String::new())),
        1 => Just((Some(Deletion::WordBack), String::new())),
        1 => Just((Some(Deletion::WordForward), String::new())),
    ]
}

proptest! {
    #[test]
    fn the_caret_never_stands_inside_a_letter(
        start in "[ក-អា-ៅំះ្់ a]{0,12}",
        steps in prop::collection::vec((keys(), 0usize..40, 0usize..40), 1..20),
    ) {
        let mut release = release(&start);
        let mut selection = Selection::at(FIELD, 0);
        for ((deletion, with), anchor, head) in steps {
            let bounds = cluster_boundaries(text(&release));
            let pick = |i: usize| bounds.get(i % bounds.len().max(1)).copied().unwrap_or(0);
            if anchor % 3 == 0 {
                selection = Selection::between(Position::new(FIELD, pick(anchor)), Position::new(FIELD, pick(head)));
            }
            let range = deletion.map_or(selection.range(), |deletion| deleted(&release, selection, deletion));
            let caret = replaced(&mut release, range, &with);
            selection = Selection::at(FIELD, caret);
            let plain = text(&release);
            let open = plain[..caret].ends_with(COENG);
            prop_assert!(open || cluster_boundaries(plain).contains(&caret) || plain.is_empty());
        }
    }
}

//! Pictures in the text: put in, and changed.
//!
//! Invariant: two pictures of one name have the same bytes, so that a draft holds each once; a picture goes only with
//! all of its caption.

use std::{ops::Range, sync::Arc};

use super::{Document, Position, Selection, Slice, Step, Texts as _, slice::takes_picture, tables::Planned};
use crate::release::{Field, Paragraph, Picture, Release, RichText};

impl Document {
    /// The picture of the block of a selection.
    pub fn picture_at(&self, selection: Selection) -> Option<Arc<Picture>> {
        self.picture(selection.head.field)
    }

    /// Puts a picture below the paragraph of a place, or at the end of the body; an empty paragraph there goes. Gives
    /// the caret in its caption.
    pub fn insert_picture(
        &mut self,
        place: Option<Selection>,
        mut picture: Picture,
        caption: RichText,
    ) -> Option<Selection> {
        name_apart(&mut picture, self.release());
        let (removed, _) = self.room_below(place);
        let at = removed.start;
        let is_last = removed.end >= self.release().body.len();
        let block = Paragraph::picture(picture, caption);
        let revision = self.revision();
        self.close_step(place);
        self.change(Step::Picture, place, |release| {
            // Below it there is a paragraph to go on with.
            let below = is_last.then(Paragraph::default);
            release.body.splice(removed, std::iter::once(block).chain(below));
        });
        self.close_step(None);
        (self.revision() != revision).then_some(Selection::at(Field::Paragraph(at), 0))
    }

    /// Changes the picture of a block, and its caption if one is given.
    pub fn change_picture(&mut self, place: Selection, mut picture: Picture, caption: Option<RichText>) -> bool {
        let Field::Paragraph(index) = place.head.field else { return false };
        name_apart(&mut picture, self.release());
        let revision = self.revision();
        self.close_step(Some(place));
        self.change(Step::Picture, Some(place), |release| {
            let Some(block) = release.body.get_mut(index) else { return };
            if let Some(shown) = block.picture.as_mut() {
                *shown = Arc::new(picture);
                block.text = caption.unwrap_or_else(|| std::mem::take(&mut block.text));
            }
        });
        self.close_step(None);
        self.revision() != revision
    }

    /// Takes a picture and its caption out of the text.
    pub fn remove_picture(&mut self, place: Selection) -> Option<Selection> {
        let Field::Paragraph(index) = place.head.field else { return None };
        self.picture(place.head.field)?;
        let after = Selection::at(place.head.field, 0);
        let revision = self.revision();
        self.replace_paragraphs(Step::Picture, index..index + 1, vec![Paragraph::default()], Some(place), Some(after));
        (self.revision() != revision).then_some(after)
    }
}

/// What is to take the place of a part of the body that ends within the caption of a picture: the picture stays, with
/// the rest of its caption.
pub(super) fn planned(release: &Release, range: Range<Position>, with: &Slice) -> Option<Planned> {
    let Range { start, end } = range;
    let (Field::Paragraph(first), Field::Paragraph(last)) = (start.field, end.field) else { return None };
    let (above, shown) = (release.body.get(first)?, release.body.get(last)?);
    if first == last || shown.picture.is_none() || takes_picture(release, &range) {
        return None;
    }
    let rest = shown.with_text(shown.text.slice(end.byte..shown.text.len()));
    let mut blocks = with.blocks().to_vec();
    let mut head = above.with_text(above.text.slice(0..start.byte));
    if let Some(block) = blocks.first_mut() {
        head.text.push(&block.text);
        *block = head;
    }
    let length = blocks.last().map_or(0, |block| block.text.len());
    // Nothing is left of a paragraph that was selected from its start.
    if with.is_empty() && start.byte == 0 && above.picture.is_none() {
        blocks.clear();
    }
    let caret = Position::new(Field::Paragraph(first + blocks.len().saturating_sub(1)), length);
    blocks.push(rest);
    Some(Planned { range: first..last + 1, blocks, caret })
}

/// Gives a picture another name if another one of the release has its name.
fn name_apart(picture: &mut Picture, release: &Release) {
    let others: Vec<&Picture> = release.body.iter().filter_map(|block| block.picture.as_deref()).collect();
    let is_free = |name: &str| {
        others.iter().all(|other| other.name != name || other.data.is_none() || other.data == picture.data)
    };
    if !is_free(&picture.name) {
        let mut names = (2..).map(|number| Picture::numbered(&picture.name, number));
        picture.name = names.find(|name| is_free(name)).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        editing::Selected,
        release::{BlockKind, PictureData},
    };

    fn picture(name: &str, data: &[u8]) -> Picture {
        Picture { name: name.into(), data: Some(PictureData::new(data)), ..Picture::default() }
    }

    fn written(document: &Document) -> Vec<String> {
        let block = |block: &Paragraph| match &block.picture {
            Some(picture) => format!("[{}] {}", picture.name, block.text.as_str()),
            None => block.text.as_str().to_owned(),
        };
        document.release().body.iter().map(block).collect()
    }

    fn document(texts: &[&str]) -> Document {
        let body = texts.iter().map(|text| Paragraph::new(RichText::plain(*text))).collect();
        Document::new(Release { body, ..Release::default() }, None)
    }

    #[test]
    fn a_picture_comes_below_its_paragraph_and_goes_with_one_undo() {
        let mut document = document(&["one", "two"]);
        let after = document.insert_picture(
            Some(Selection::at(Field::Paragraph(0), 1)),
            picture("a.png", b"1"),
            RichText::default(),
        );
        assert_eq!(after, Some(Selection::at(Field::Paragraph(1), 0)));
        assert_eq!(written(&document), ["one", "[a.png] ", "two"]);
        let at = Selection::at(Field::Paragraph(1), 0);
        let described = Picture { alternative: "A tower".into(), ..picture("a.png", b"1") };
        assert!(document.change_picture(at, described, None));
        document.undo(None);
        assert_eq!(document.picture_at(at).map(|picture| picture.alternative.clone()).as_deref(), Some(""));
        document.undo(None);
        assert_eq!(written(&document), ["one", "two"]);
        document.redo();
        assert_eq!(written(&document), ["one", "[a.png] ", "two"]);
    }

    #[test]
    fn two_pictures_of_one_name_that_differ_are_told_apart() {
        let mut document = document(&[""]);
        for data in [&b"1"[..], b"2", b"1"] {
            document.insert_picture(None, picture("a.png", data), RichText::default());
        }
        assert_eq!(written(&document), ["[a.png] ", "[a-2.png] ", "[a.png] ", ""]);
        let text = crate::release::file::write(document.release());
        assert_eq!(crate::release::file::parse(&text).as_ref(), Ok(document.release()));
    }

    #[test]
    fn a_picture_stays_with_its_caption_through_edits_and_their_undo() {
        let mut document = document(&["one", "two"]);
        document.insert_picture(
            Some(Selection::at(Field::Paragraph(0), 1)),
            picture("a.png", b"1"),
            RichText::default(),
        );
        let all = document.release().clone();
        let at = |paragraph, byte| Position::new(Field::Paragraph(paragraph), byte);
        for range in [at(0, 1)..at(2, 1), at(1, 0)..at(2, 2), at(0, 0)..at(1, 0)] {
            let selection = Selection::between(range.start, range.end);
            document.replace(Step::Typing, selection, range, &Slice::default());
            document.undo(None);
            assert_eq!(document.release(), &all);
        }
        let selection = Selection::caret(at(1, 0));
        document.replace(Step::Typing, selection, selection.range(), &Slice::paragraph_break(false, BlockKind::Plain));
        assert_eq!(written(&document), ["one", "[a.png] ", "", "two"]);
    }

    #[test]
    fn an_empty_paragraph_above_a_picture_goes_by_itself() {
        use crate::editing::typing::{Deletion, deleted};
        let at = |paragraph, byte| Position::new(Field::Paragraph(paragraph), byte);
        for (caption, shown) in [("", "[a.png] "), ("cap", "[a.png] cap")] {
            for (place, deletion) in [(at(0, 0), Deletion::Forward), (at(1, 0), Deletion::Back)] {
                let mut document = document(&["one"]);
                document.insert_picture(None, picture("a.png", b"1"), RichText::plain(caption));
                document.replace_paragraphs(Step::Typing, 0..1, vec![Paragraph::default()], None, None);
                let before = document.release().clone();
                let selection = Selection::caret(place);
                let range = deleted(&document, selection, deletion);
                document.replace(Step::Typing, selection, range, &Slice::default());
                assert_eq!(written(&document), [shown, ""], "{caption:?} {deletion:?}");
                document.undo(None);
                assert_eq!(document.release(), &before);
            }
        }
    }

    #[test]
    fn deleting_across_the_edge_of_a_caption_keeps_the_picture() {
        use crate::editing::typing::{Deletion, deleted};
        let at = |paragraph, byte| Position::new(Field::Paragraph(paragraph), byte);
        let with_picture = || {
            let mut document = document(&["one", "two"]);
            let place = Some(Selection::at(Field::Paragraph(0), 1));
            document.insert_picture(place, picture("a.png", b"1"), RichText::plain("cap"));
            document
        };
        // A key at a place.
        for (place, deletion, after, caret) in [
            (at(2, 0), Deletion::Back, &["one", "[a.png] captwo"][..], at(1, 3)),
            (at(2, 0), Deletion::WordBack, &["one", "[a.png] captwo"], at(1, 3)),
            (at(1, 3), Deletion::Forward, &["one", "[a.png] captwo"], at(1, 3)),
            (at(1, 0), Deletion::Back, &["one", "[a.png] cap", "two"], at(1, 0)),
            (at(0, 3), Deletion::Forward, &["one", "[a.png] cap", "two"], at(0, 3)),
        ] {
            let mut document = with_picture();
            let whole = document.release().clone();
            let selection = Selection::caret(place);
            let range = deleted(&document, selection, deletion);
            let now = document.replace(Step::JoinParagraphs, selection, range, &Slice::default());
            assert_eq!((written(&document), now.unwrap_or(selection)), (owned(after), Selection::caret(caret)));
            if now.is_some() {
                document.undo(None);
            }
            assert_eq!(document.release(), &whole);
        }
        // A selection that is deleted, or typed over.
        for (range, typed, after, caret) in [
            (at(1, 1)..at(2, 1), "", &["one", "[a.png] cwo"][..], at(1, 1)),
            (at(1, 0)..at(2, 1), "", &["one", "[a.png] wo"], at(1, 0)),
            (at(0, 1)..at(1, 1), "", &["o", "[a.png] ap", "two"], at(0, 1)),
            (at(0, 1)..at(1, 0), "x", &["ox", "[a.png] cap", "two"], at(0, 2)),
            (at(0, 0)..at(1, 2), "", &["[a.png] p", "two"], at(0, 0)),
            // All of it is selected.
            (at(0, 1)..at(1, 3), "", &["o", "two"], at(0, 1)),
            (at(0, 1)..at(2, 1), "", &["owo"], at(0, 1)),
        ] {
            let mut document = with_picture();
            let whole = document.release().clone();
            let selection = Selection::between(range.start, range.end);
            let with = Slice::text(RichText::plain(typed));
            let now = document.replace(Step::Typing, selection, range, &with);
            assert_eq!((written(&document), now), (owned(after), Some(Selection::caret(caret))));
            document.undo(None);
            assert_eq!(document.release(), &whole);
        }
    }

    #[test]
    fn a_paragraph_above_a_picture_without_caption_is_cut_and_dragged_alone() {
        let at = |paragraph, byte| Position::new(Field::Paragraph(paragraph), byte);
        let with_picture = |caption| {
            let mut document = document(&["one", "two", "three"]);
            let place = Some(Selection::at(Field::Paragraph(1), 1));
            document.insert_picture(place, picture("a.png", b"1"), RichText::plain(caption));
            document
        };
        for (caption, shown) in [("", "[a.png] "), ("cap", "[a.png] cap")] {
            let mut document = with_picture(caption);
            let whole = document.release().clone();
            for (range, after) in [
                (at(1, 0)..at(2, 0), &["one", shown, "three"][..]),
                (at(0, 0)..at(2, 0), &[shown, "three"]),
                (at(0, 3)..at(2, 0), &["one", shown, "three"]),
                (at(1, 1)..at(2, 0), &["one", "t", shown, "three"]),
            ] {
                let selection = Selection::between(range.start, range.end);
                let copied = Selected::of(selection, &document).slice(&document);
                assert!(copied.blocks().iter().all(|block| block.picture.is_none()), "{range:?}");
                document.replace(Step::Cut, selection, range.clone(), &Slice::default());
                assert_eq!(written(&document), after, "{range:?}");
                document.undo(None);
                assert_eq!(document.release(), &whole);
            }
            document.carry(Selection::between(at(1, 0), at(2, 0)), at(0, 0), false);
            assert_eq!(written(&document), ["two", "one", shown, "three"]);
            document.undo(None);
            assert_eq!(document.release(), &whole);
        }
        // What goes over it takes it, and so does a key that joins it with the words above.
        let mut document = with_picture("");
        for (range, after) in
            [(at(1, 0)..at(3, 0), &["one", "three"][..]), (at(1, 3)..at(2, 0), &["one", "two", "three"])]
        {
            let selection = Selection::between(range.start, range.end);
            assert!(Selected::of(selection, &document).slice(&document).blocks().iter().any(|b| b.picture.is_some()));
            document.replace(Step::Cut, selection, range.clone(), &Slice::default());
            assert_eq!(written(&document), after, "{range:?}");
            document.undo(None);
        }
    }

    fn owned(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&text| text.to_owned()).collect()
    }
}

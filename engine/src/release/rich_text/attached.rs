//! What stretches of a text carry beside their style: links, and the notes of the places that refer to them.
//!
//! Invariant: attachments are in order, none is empty, none overlaps another, and of two that touch each other not
//! both lead to the same address. A note is on one [`NOTE`], and a note has none in it.

use std::{ops::Range, sync::Arc};

use super::{RichText, Style};
use crate::release::Address;

/// What a stretch of text carries.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Attached {
    /// It leads to an address.
    Link(Address),
    /// It is one [`NOTE`], which refers to a footnote with this text.
    Note(Arc<RichText>),
    /// It is one [`NOTE`], and this number is shown there: for those who set the text.
    Number(Arc<str>),
}

/// The character that refers to a footnote; as a number it is seen.
pub const NOTE: char = '\u{FFFC}';

/// A stretch of a text, in bytes, and what it carries.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Attachment {
    range: Range<usize>,
    what: Attached,
}

impl RichText {
    /// What the text carries, and where, in order.
    pub fn attached(&self) -> impl Iterator<Item = (Range<usize>, &Attached)> + '_ {
        self.attached.iter().map(|one| (one.range.clone(), &one.what))
    }

    /// The places that refer to notes, in bytes, and the notes.
    pub fn notes(&self) -> impl Iterator<Item = (usize, &Self)> + '_ {
        self.attached.iter().filter_map(|one| match &one.what {
            Attached::Note(note) => Some((one.range.start, &**note)),
            Attached::Link(_) | Attached::Number(_) => None,
        })
    }

    /// The note that the character at a byte refers to.
    pub fn note(&self, at: usize) -> Option<&Self> {
        let index = self.attached.binary_search_by_key(&at, |one| one.range.start).ok()?;
        match &self.attached.get(index)?.what {
            Attached::Note(note) => Some(&**note),
            Attached::Link(_) | Attached::Number(_) => None,
        }
    }

    /// Gives the note at a byte another text; where there is none, nothing changes.
    pub fn set_note(&mut self, at: usize, text: Self) {
        let index = self.attached.binary_search_by_key(&at, |one| one.range.start);
        let place = index.ok().and_then(|index| self.attached.get_mut(index));
        if let Some(Attachment { what: Attached::Note(note), .. }) = place {
            *note = Arc::new(text.without_notes());
        }
    }

    /// One character that refers to a note.
    pub fn referring(note: Self, style: Style) -> Self {
        let mut text = Self::styled(NOTE, style);
        text.attached.push(Attachment { range: 0..text.len(), what: Attached::Note(Arc::new(note.without_notes())) });
        text
    }

    /// The text without its notes and what refers to them.
    #[must_use]
    pub fn without_notes(&self) -> Self {
        if !self.text.contains(NOTE) {
            return self.clone();
        }
        // Every second part is such a character.
        let places = self.text.match_indices(NOTE).flat_map(|(at, note)| [at, at + note.len()]);
        let mut text = Self::default();
        self.parts(places).iter().step_by(2).for_each(|part| text.push(part));
        text
    }

    /// The text with each of its notes changed.
    #[must_use]
    pub fn map_notes(mut self, change: impl Fn(&Self) -> Self) -> Self {
        for one in &mut self.attached {
            if let Attached::Note(note) = &mut one.what {
                *note = Arc::new(change(note));
            }
        }
        self
    }

    /// The text with numbers in the place of its notes: `label` gives that of the first, the second and so on.
    #[must_use]
    pub fn numbered(&self, label: impl Fn(usize) -> Arc<str>) -> Self {
        let mut text = self.clone();
        let notes = text.attached.iter_mut().filter(|one| matches!(one.what, Attached::Note(_)));
        let mut end = None;
        for (index, note) in notes.enumerate() {
            let number = label(index);
            // Two numbers side by side would be one.
            let number = if end == Some(note.range.start) { format!(",{number}").into() } else { number };
            (end, note.what) = (Some(note.range.end), Attached::Number(number));
        }
        text
    }

    /// The link of the character that begins at a byte, or, between two links or behind one, none.
    pub fn link_at(&self, byte: usize) -> Option<(Range<usize>, &Address)> {
        let index = self.attached.partition_point(|one| one.range.end <= byte);
        let one = self.attached.get(index).filter(|one| one.range.start <= byte)?;
        match &one.what {
            Attached::Link(address) => Some((one.range.clone(), address)),
            Attached::Note(_) | Attached::Number(_) => None,
        }
    }

    /// The link that all of a range is in, if it is in one.
    pub fn link_of(&self, range: Range<usize>) -> Option<&Address> {
        let (link, address) = self.link_at(range.start)?;
        (range.end <= link.end).then_some(address)
    }

    /// Has a range lead to an address, or no longer to any.
    pub fn set_link(&mut self, range: Range<usize>, address: Option<&Address>) {
        let mut part = self.slice(range.clone());
        let attached = std::mem::take(&mut part.attached);
        let end = part.len();
        // What refers to a note leads there.
        let mut at = 0;
        for note in attached.into_iter().filter(|one| !matches!(one.what, Attached::Link(_))) {
            part.lead(at..note.range.start, address);
            at = note.range.end;
            part.attached.push(note);
        }
        part.lead(at..end, address);
        self.replace(range, &part);
    }

    /// Has what was appended from a byte on lead to an address.
    pub fn lead_from(&mut self, start: usize, address: &Address) {
        if start < self.len() {
            self.attach(start..self.len(), Attached::Link(address.clone()));
        }
    }

    /// Words in a style that lead to an address.
    pub fn link(words: impl Into<String>, style: Style, address: &Address) -> Self {
        let mut text = Self::styled(words, style);
        text.set_link(0..text.len(), Some(address));
        text
    }

    /// Other words in the style that this text begins with, in its link if all of it is in one, and before its notes.
    #[must_use]
    pub fn reworded(&self, words: &str) -> Self {
        let mut text = Self::styled(words, self.style_before(0));
        text.set_link(0..text.len(), self.link_of(0..self.len()));
        for (at, note) in self.notes() {
            text.push(&Self::referring(note.clone(), self.style_before(at + 1)));
        }
        text
    }

    /// Words in a style that are put in the place of a range: within a link they are a part of it.
    pub fn typed(&self, range: Range<usize>, words: &str, style: Style) -> Self {
        let mut text = Self::styled(words, style);
        let around = self
            .link_at(range.start.saturating_sub(1))
            .filter(|(link, _)| link.start < range.start && range.end < link.end);
        text.set_link(0..text.len(), around.map(|(_, address)| address));
        text
    }

    /// The text with each of its stretches changed that carry the same; what they carry stays.
    #[must_use]
    pub fn map_stretches(&self, change: impl Fn(&Self) -> Self) -> Self {
        if self.attached.is_empty() {
            return change(self);
        }
        let mut changed = Self::default();
        let mut add = |range: Range<usize>, what: Option<&Attached>| {
            let mut part = self.slice(range);
            part.attached.clear();
            let start = changed.len();
            changed.push(&change(&part));
            if let Some(what) = what.filter(|_| start < changed.len()) {
                changed.attach(start..changed.len(), what.clone());
            }
        };
        let mut at = 0;
        for Attachment { range, what } in &self.attached {
            add(at..range.start, None);
            add(range.clone(), Some(what));
            at = range.end;
        }
        add(at..self.len(), None);
        changed
    }

    /// What is attached to a part of the text, with places counted from its beginning.
    pub(super) fn attachments_in(&self, part: Range<usize>) -> impl Iterator<Item = Attachment> + '_ {
        let first = self.attached.partition_point(|one| one.range.end <= part.start);
        let ones = self.attached.get(first..).unwrap_or_default().iter();
        ones.take_while(move |one| one.range.start < part.end).map(move |one| {
            let range = one.range.start.max(part.start) - part.start..one.range.end.min(part.end) - part.start;
            Attachment { range, what: one.what.clone() }
        })
    }

    /// Attaches to what begins at a byte, behind all that is attached already.
    pub(super) fn attach_all(&mut self, attachments: impl Iterator<Item = Attachment>, start: usize) {
        for Attachment { range, what } in attachments {
            self.attach(range.start + start..range.end + start, what);
        }
    }

    fn lead(&mut self, range: Range<usize>, address: Option<&Address>) {
        if let Some(address) = address.filter(|_| !range.is_empty()) {
            self.attach(range, Attached::Link(address.clone()));
        }
    }

    fn attach(&mut self, range: Range<usize>, what: Attached) {
        match self.attached.last_mut() {
            Some(last) if matches!(what, Attached::Link(_)) && last.range.end == range.start && last.what == what => {
                last.range.end = range.end;
            }
            _ => self.attached.push(Attachment { range, what }),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn address(host: &str) -> Address {
        Address::new(&format!("https://{host}")).unwrap()
    }

    fn sample() -> RichText {
        let mut text = RichText::plain("see ");
        text.push(&RichText::link("this", Style::BOLD, &address("a.example")));
        text.push(&RichText::link(" page", Style::PLAIN, &address("a.example")));
        text.push(&RichText::plain(" now"));
        text
    }

    fn links(text: &RichText) -> Vec<(usize, usize)> {
        text.attached().map(|(range, _)| (range.start, range.end)).collect()
    }

    #[test]
    fn links_keep_to_their_words() {
        let mut text = sample();
        assert_eq!(links(&text), [(4, 13)]);
        assert_eq!(text.link_at(3), None);
        assert!(text.link_at(4).is_some() && text.link_at(12).is_some() && text.link_at(13).is_none());
        assert_eq!(text.link_of(5..9), Some(&address("a.example")));
        assert_eq!(text.link_of(5..14), None);
        text.replace(6..8, &RichText::plain("X"));
        assert_eq!(links(&text), [(4, 6), (7, 12)], "what is put in leads nowhere");
        text.emphasise(0..text.len(), Style::ITALIC, true);
        assert_eq!(links(&text), [(4, 6), (7, 12)]);
        text.set_link(5..8, Some(&address("b.example")));
        assert_eq!(links(&text), [(4, 5), (5, 8), (8, 12)]);
        text.set_link(0..text.len(), None);
        assert_eq!(links(&text), []);
    }

    #[test]
    fn numbers_side_by_side_are_told_apart() {
        let note = || RichText::referring(RichText::plain("x"), Style::PLAIN);
        let mut text = note();
        text.push(&note());
        text.push(&RichText::plain("a"));
        text.push(&note());
        let numbered = text.numbered(|note| (note + 1).to_string().into());
        let numbers = numbered.attached().map(|(_, what)| match what {
            Attached::Number(number) => number.to_string(),
            _ => String::new(),
        });
        assert_eq!(numbers.collect::<Vec<_>>(), ["1", ",2", "3"]);
    }

    #[test]
    fn a_change_of_letters_keeps_the_links() {
        let twice = sample().map_stretches(|part| RichText::plain(part.as_str().repeat(2)));
        assert_eq!(twice.as_str(), "see see this pagethis page now now");
        assert_eq!(links(&twice), [(8, 26)]);
    }

    #[test]
    fn a_note_goes_with_the_character_that_refers_to_it() {
        let note = RichText::styled("More.", Style::ITALIC);
        let mut text = RichText::plain("agreed");
        text.push(&RichText::referring(note.clone(), Style::PLAIN));
        text.push(&RichText::plain(" on it"));
        assert_eq!(text.note(6), Some(&note));
        assert_eq!(text.slice(3..9).note(3), Some(&note));
        assert_eq!(text.without_notes(), RichText::plain("agreed on it"));
        text.set_link(0..text.len(), Some(&address("a.example")));
        assert_eq!(links(&text), [(0, 6), (6, 9), (9, 15)]);
        assert_eq!(text.link_of(0..9), None);
        text.set_link(0..text.len(), None);
        text.set_note(6, RichText::plain("Other."));
        text.replace(0..3, &RichText::default());
        assert_eq!(text.notes().collect::<Vec<_>>(), [(3, &RichText::plain("Other."))]);
        let within = RichText::referring(text, Style::PLAIN);
        assert_eq!(within.note(0), Some(&RichText::plain("eed on it")), "a note has no notes");
    }

    proptest! {
        #[test]
        fn parts_are_slices_and_make_up_the_text(
            parts in prop::collection::vec(("[aក]{0,4}", 0..3), 0..6),
            places in prop::collection::vec(0usize..30, 0..4),
        ) {
            let mut text = RichText::default();
            for (part, number) in parts {
                match number {
                    0 => text.push(&RichText::plain(part)),
                    number => text.push(&RichText::link(part, Style::PLAIN, &address(&format!("h{number}")))),
                }
            }
            let mut places = places;
            places.sort_unstable();
            let parts = text.parts(places.iter().copied());
            let mut joined = RichText::default();
            parts.iter().for_each(|part| joined.push(part));
            prop_assert_eq!(&joined, &text);
            let mut start = 0;
            for (part, end) in parts.iter().zip(places.into_iter().chain([text.len()])) {
                let end = text.as_str().floor_char_boundary(end).max(start);
                prop_assert_eq!(part, &text.slice(start..end));
                start = end;
            }
            prop_assert!(text.attached().all(|(range, _)| range.start < range.end && range.end <= text.len()));
        }
    }
}

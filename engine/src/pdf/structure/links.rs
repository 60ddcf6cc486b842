//! Links and footnotes in the structure.
//!
//! Knows where marks go, and nothing of how a link is written. Invariant: what can be clicked is in the link that it
//! is of, and a note is one element, on however many pages it is.

use super::{Element, Kid, Kind, Structure};
use crate::{
    release::{Field, Language},
    typeset::Source,
};

/// Where a link leads.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::pdf) enum Target {
    /// To an address, in ASCII.
    Address(String),
    /// To the footnote of this number.
    Note(usize),
    /// Back to what refers to the footnote of this number.
    Reference(usize),
}

/// What a stretch of a text leads to, by its place among the others of that text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pdf) enum LinkId {
    /// A link.
    Address(usize),
    /// What refers to the footnote of this number.
    Note(usize),
    /// The number before the footnote of this number.
    Reference(usize),
}

/// A part of a page that can be clicked.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::pdf) struct LinkPlace {
    /// The page, from 0.
    pub page: usize,
    /// Left, lower, right and upper edge on the sheet, in points.
    pub bounds: [f32; 4],
}

impl Structure {
    /// Has marks go to a link within the element begun last, or again to the element itself. A link goes on where it
    /// is the one that marks went to before.
    pub fn turn_to_link(&mut self, link: Option<(LinkId, Target, String)>) {
        let id = link.as_ref().map(|(id, ..)| *id);
        if self.link.map(|(of, _)| of) == id {
            return;
        }
        self.link = link.map(|(id, target, contents)| {
            let kind = Kind::Link { target, contents, places: Vec::new() };
            let parent = match id {
                LinkId::Note(number) => {
                    let referring = self.current.map(|current| self.read_before_note(current));
                    self.referring.extend(referring.map(|element| (number, element)));
                    Some(self.put(Kind::Reference, None, self.current))
                }
                LinkId::Address(_) | LinkId::Reference(_) => self.current,
            };
            (id, self.put(kind, None, parent))
        });
    }

    /// Adds a part of a page that can be clicked to the link that marks go to.
    pub fn add_place(&mut self, place: LinkPlace) {
        let Some((id, element)) = self.link else { return };
        match id {
            LinkId::Note(number) => _ = self.references.entry(number).or_insert_with(|| place.clone()),
            LinkId::Reference(number) => _ = self.notes.entry(number).or_insert_with(|| place.clone()),
            LinkId::Address(_) => {}
        }
        if let Some(Element { kind: Kind::Link { places, .. }, .. }) = self.elements.get_mut(element) {
            places.push(place);
        }
    }

    /// The element behind which a note is read that another one refers to: a picture with its caption is read whole.
    fn read_before_note(&self, element: usize) -> usize {
        let is = |index: usize, kind: &Kind| self.elements.get(index).is_some_and(|element| element.kind == *kind);
        if !is(element, &Kind::Caption) {
            return element;
        }
        let holds = |of: &Element| of.parts.contains(&Kid::Element(element));
        self.elements.iter().rposition(holds).unwrap_or(element)
    }

    /// Begins the number of a footnote, or its text. A note is read right after the block that refers to it, in the
    /// item or the cell in which that is (ISO 32000-1, 14.8.4.4.1, leaves the place free); `language` is that of the
    /// text.
    pub fn begin_note(&mut self, source: Source, number: usize, language: Option<Language>) {
        let note = match self.note.filter(|(of, _)| *of == source) {
            Some((_, note)) => note,
            None => {
                let note = self.put(Kind::Note(number), None, None);
                if let Some(referring) = self.referring.get(&number).and_then(|at| self.elements.get_mut(*at)) {
                    referring.notes.push(note);
                    self.take_out(note);
                }
                note
            }
        };
        match source {
            Source::NoteNumber { paragraph, at } => {
                self.note = Some((Source::Field { field: Field::Note(paragraph, at), prefix: 0 }, note));
                self.add(Kind::Label, None, Some(note));
            }
            // On another page the same paragraph goes on.
            _ if self.goes_on(note) => {}
            _ => self.add(Kind::Paragraph, language, Some(note)),
        }
    }

    /// Takes an element that was put last out of what it is in.
    fn take_out(&mut self, element: usize) {
        if let Some(parent) = self.release.and_then(|release| self.elements.get_mut(release)) {
            _ = parent.parts.pop_if(|last| *last == Kid::Element(element));
        }
        if let Some(element) = self.elements.get_mut(element) {
            element.is_outermost = false;
        }
    }

    /// Has marks go to the text of a note that was begun on the page before; says whether there is one.
    fn goes_on(&mut self, note: usize) -> bool {
        let parts = self.elements.get(note).map(|note| note.parts.as_slice()).unwrap_or_default();
        let text = parts.iter().rev().find_map(|part| match part {
            Kid::Element(index) => {
                self.elements.get(*index).filter(|within| within.kind == Kind::Paragraph).map(|_| *index)
            }
            _ => None,
        });
        if text.is_some() {
            (self.current, self.link) = (text, None);
        }
        text.is_some()
    }

    /// The element that marks go to, to be gone on with after notes.
    pub fn held(&self) -> Option<usize> {
        self.current
    }

    /// Has marks go to an element again.
    pub fn go_on(&mut self, held: Option<usize>) {
        (self.current, self.link) = (held, None);
    }
}

//! The structure tree: what a screen reader reads aloud, in which order and language.
//!
//! Its invariant: each marked sequence of each page is reached from exactly one element, and the
//! parent tree leads back (ISO 32000-1, 14.7.4.4).

use lopdf::{Document, Object, ObjectId, dictionary};

use super::{
    super::{
        content::Composed,
        structure::{Element, Kind, Marked, Part},
    },
    index, text,
};
use crate::release::{Counting, Language};

/// Adds the tree and gives its root.
pub(super) fn add(document: &mut Document, pages: &[ObjectId], composed: &Composed, language: Language) -> ObjectId {
    let root = document.new_object_id();
    let whole = document.new_object_id();
    let parents = composed.marked.iter().map(|&count| vec![whole; usize::try_from(count).unwrap_or(0)]).collect();
    let mut tree = Tree { document, pages, parents };
    let elements = &composed.structure.elements;
    let mut kids = Vec::with_capacity(elements.len());
    for element in elements.iter().filter(|element| element.is_outermost && !is_empty(element, elements)) {
        kids.push(Object::Reference(tree.element(element, whole, elements)));
    }
    let numbers: Vec<Object> = tree
        .parents
        .iter()
        .enumerate()
        .flat_map(|(page, parents)| {
            [index(page), parents.iter().copied().map(Object::Reference).collect::<Vec<_>>().into()]
        })
        .collect();
    let next = index(tree.parents.len());
    document.set_object(
        whole,
        dictionary! {
            "S" => "Document",
            "P" => root,
            "K" => kids,
            "Lang" => Object::string_literal(language.tag()),
        },
    );
    document.set_object(
        root,
        dictionary! {
            "Type" => "StructTreeRoot",
            "K" => whole,
            "ParentTree" => dictionary! { "Nums" => numbers },
            "ParentTreeNextKey" => next,
        },
    );
    root
}

struct Tree<'a> {
    document: &'a mut Document,
    pages: &'a [ObjectId],
    /// The element of each marked sequence of each page.
    parents: Vec<Vec<ObjectId>>,
}

impl Tree<'_> {
    /// Adds an element with all that is in it. Lists are nested no deeper than their levels.
    fn element(&mut self, element: &Element, parent: ObjectId, elements: &[Element]) -> ObjectId {
        let id = self.document.new_object_id();
        let own: Vec<Marked> = element
            .parts
            .iter()
            .filter_map(|part| if let Part::Own(marked) = part { Some(*marked) } else { None })
            .collect();
        let page = own.first().map(|marked| marked.page);
        let kids: Vec<Object> = element
            .parts
            .iter()
            .filter_map(|part| match part {
                Part::Own(marked) => Some(self.marked(*marked, page, id)),
                Part::Foreign(language, marked) => Some(Object::Reference(self.span(*language, marked, id))),
                Part::Element(index) => {
                    let within = elements.get(*index).filter(|within| !is_empty(within, elements))?;
                    Some(Object::Reference(self.element(within, id, elements)))
                }
            })
            .collect();
        let mut entries = dictionary! { "S" => element.kind.tag(), "P" => parent, "K" => one_or_all(kids) };
        if let Some(page) = page.and_then(|page| self.pages.get(page)) {
            entries.set("Pg", *page);
        }
        if let Some(language) = element.language {
            // ISO 14289-1, 7.2: a change of language is declared.
            entries.set("Lang", Object::string_literal(language.tag()));
        }
        if let Kind::List(counting) = element.kind {
            // ISO 14289-1, 7.6: where items have labels, the list says how it is numbered; of the ways that
            // ISO 32000-1, 14.8.5.5, knows, the nearest.
            let numbering = match counting {
                Counting::Decimal => "Decimal",
                Counting::SmallLetters | Counting::KhmerLetters => "LowerAlpha",
                Counting::CapitalLetters => "UpperAlpha",
                Counting::SmallRoman => "LowerRoman",
                Counting::CapitalRoman => "UpperRoman",
                Counting::Bullets => "Disc",
            };
            entries.set("A", dictionary! { "O" => "List", "ListNumbering" => numbering });
        }
        if let Kind::Figure { alternative, bounds } = &element.kind {
            // ISO 14289-1, 7.3: a figure has an alternative text; ISO 32000-1, 14.8.5.4.3: and a box.
            entries.set("Alt", text(alternative));
            let bounds = bounds.map(Object::Real).to_vec();
            entries.set("A", dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => bounds });
        }
        self.document.set_object(id, entries);
        id
    }

    /// A stretch in another language (ISO 14289-1, 7.2).
    fn span(&mut self, language: Language, marked: &[Marked], parent: ObjectId) -> ObjectId {
        let id = self.document.new_object_id();
        let page = marked.first().map(|marked| marked.page);
        let kids = marked.iter().map(|&marked| self.marked(marked, page, id)).collect();
        let mut entries = dictionary! {
            "S" => "Span",
            "P" => parent,
            "K" => one_or_all(kids),
            "Lang" => Object::string_literal(language.tag()),
        };
        if let Some(page) = page.and_then(|page| self.pages.get(page)) {
            entries.set("Pg", *page);
        }
        self.document.set_object(id, entries);
        id
    }

    /// A marked sequence: its number, or, on another page than its element's, a dictionary that
    /// names the page (ISO 32000-1, 14.7.4.2).
    fn marked(&mut self, marked: Marked, page: Option<usize>, element: ObjectId) -> Object {
        let slot = self.parents.get_mut(marked.page);
        if let Some(slot) = slot.and_then(|page| page.get_mut(usize::try_from(marked.id).unwrap_or(usize::MAX))) {
            *slot = element;
        }
        match self.pages.get(marked.page) {
            Some(&other) if page != Some(marked.page) => {
                Object::Dictionary(dictionary! { "Type" => "MCR", "Pg" => other, "MCID" => marked.id })
            }
            _ => Object::Integer(marked.id),
        }
    }
}

/// Whether nothing is marked in an element, nor in those within.
fn is_empty(element: &Element, elements: &[Element]) -> bool {
    let within = |index: &usize| elements.get(*index).is_none_or(|within| is_empty(within, elements));
    element.parts.iter().all(|part| matches!(part, Part::Element(index) if within(index)))
}

fn one_or_all(mut kids: Vec<Object>) -> Object {
    if kids.len() == 1 { kids.remove(0) } else { kids.into() }
}

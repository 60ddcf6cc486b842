//! The structure tree: what a screen reader reads aloud, in which order and language; and the links in it.
//!
//! Its invariant: each marked sequence of each page, and each link, is reached from exactly one element, and the
//! parent tree leads back (ISO 32000-1, 14.7.4.4).

use lopdf::{Document, Object, ObjectId, dictionary};

use super::{
    super::{
        content::Composed,
        structure::{Element, Kid, Kind, LinkPlace, Marked, Structure, Target},
    },
    index, text,
};
use crate::release::{Counting, Language};

/// Adds the tree and gives its root.
pub(super) fn add(document: &mut Document, pages: &[ObjectId], composed: &Composed, language: Language) -> ObjectId {
    let root = document.new_object_id();
    let whole = document.new_object_id();
    let parents = composed.marked.iter().map(|&count| vec![whole; usize::try_from(count).unwrap_or(0)]).collect();
    let structure = &composed.structure;
    let notes = Vec::new();
    let mut tree = Tree {
        document,
        pages,
        structure,
        notes,
        parents,
        annotations: vec![Vec::new(); pages.len()],
        annotated: Vec::new(),
    };
    let elements = &composed.structure.elements;
    let mut kids = Vec::with_capacity(elements.len());
    for element in elements.iter().filter(|element| element.is_outermost && !is_empty(element, elements)) {
        kids.push(Object::Reference(tree.element(element, whole, elements)));
        kids.extend(tree.notes_behind(element, whole, elements));
    }
    let numbers: Vec<Object> = tree
        .parents
        .iter()
        .enumerate()
        .flat_map(|(page, parents)| {
            [index(page), parents.iter().copied().map(Object::Reference).collect::<Vec<_>>().into()]
        })
        .chain((tree.parents.len()..).zip(&tree.annotated).flat_map(|(key, element)| [index(key), (*element).into()]))
        .collect();
    let next = index(tree.parents.len() + tree.annotated.len());
    let annotations = std::mem::take(&mut tree.annotations);
    let mut identified = std::mem::take(&mut tree.notes);
    for (&page, annotations) in pages.iter().zip(annotations).filter(|(_, annotations)| !annotations.is_empty()) {
        if let Ok(page) = document.get_object_mut(page).and_then(Object::as_dict_mut) {
            page.set("Annots", annotations.into_iter().map(Object::Reference).collect::<Vec<_>>());
        }
    }
    document.set_object(
        whole,
        dictionary! {
            "S" => "Document",
            "P" => root,
            "K" => kids,
            "Lang" => Object::string_literal(language.tag()),
        },
    );
    let mut entries = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => whole,
        "ParentTree" => dictionary! { "Nums" => numbers },
        "ParentTreeNextKey" => next,
    };
    if !identified.is_empty() {
        // What has an identifier is found by it (ISO 32000-1, 14.7.2); a name tree is in order.
        identified.sort_unstable();
        let names = identified.into_iter().flat_map(|(id, note)| [Object::string_literal(id), Object::Reference(note)]);
        entries.set("IDTree", dictionary! { "Names" => names.collect::<Vec<_>>() });
    }
    document.set_object(root, entries);
    root
}

struct Tree<'a> {
    document: &'a mut Document,
    pages: &'a [ObjectId],
    structure: &'a Structure,
    /// The identifiers of notes, with their elements.
    notes: Vec<(String, ObjectId)>,
    /// The element of each marked sequence of each page.
    parents: Vec<Vec<ObjectId>>,
    /// The annotations of each page.
    annotations: Vec<Vec<ObjectId>>,
    /// The element of each annotation, in the order of their keys.
    annotated: Vec<ObjectId>,
}

impl Tree<'_> {
    /// Adds an element with all that is in it. Lists are nested no deeper than their levels.
    fn element(&mut self, element: &Element, parent: ObjectId, elements: &[Element]) -> ObjectId {
        let id = self.document.new_object_id();
        let own: Vec<Marked> = element
            .parts
            .iter()
            .filter_map(|part| if let Kid::Own(marked) = part { Some(*marked) } else { None })
            .collect();
        let page = own.first().map(|marked| marked.page);
        let mut kids: Vec<Object> = Vec::with_capacity(element.parts.len());
        let within: &[usize] = if holds_notes(element) { &element.notes } else { &[] };
        let mut notes = within.iter();
        for part in &element.parts {
            match part {
                Kid::Own(marked) => kids.push(self.marked(*marked, page, id)),
                Kid::Foreign(language, marked) => kids.push(self.span(*language, marked, id).into()),
                Kid::Element(index) => {
                    let Some(within) = elements.get(*index).filter(|within| !is_empty(within, elements)) else {
                        continue;
                    };
                    if matches!(within.kind, Kind::List(_) | Kind::Paragraph) {
                        kids.extend(self.notes_of(notes.by_ref(), id, elements));
                    }
                    kids.push(self.element(within, id, elements).into());
                    kids.extend(self.notes_behind(within, id, elements));
                }
            }
        }
        kids.extend(self.notes_of(notes, id, elements));
        if let Kind::Link { target, contents, places } = &element.kind {
            kids.extend(places.iter().filter_map(|place| self.annotation(place, (target, contents), id)));
        }
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
        if let Kind::Note(number) = element.kind {
            // ISO 14289-1, 7.9: a note has an identifier that no other has.
            let identifier = format!("note-{}", number + 1);
            entries.set("ID", Object::string_literal(identifier.as_str()));
            self.notes.push((identifier, id));
        }
        if element.kind == Kind::Cell(true) {
            // ISO 14289-1, 7.5: a header says what it is the header of.
            entries.set("A", dictionary! { "O" => "Table", "Scope" => "Column" });
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

    /// The notes that are read behind an element.
    fn notes_behind(&mut self, element: &Element, parent: ObjectId, elements: &[Element]) -> Vec<Object> {
        if holds_notes(element) { Vec::new() } else { self.notes_of(element.notes.iter(), parent, elements) }
    }

    fn notes_of<'n>(
        &mut self,
        notes: impl Iterator<Item = &'n usize>,
        parent: ObjectId,
        elements: &[Element],
    ) -> Vec<Object> {
        let notes = notes.filter_map(|index| elements.get(*index)).filter(|note| !is_empty(note, elements));
        notes.map(|note| self.element(note, parent, elements).into()).collect()
    }

    /// Where a link can be clicked, for the element that it is of (ISO 14289-1, 7.18.5): it says where it leads also
    /// to those who do not see it (7.18.1), is printed as the words are (ISO 19005-2, 6.3.2), and draws nothing.
    fn annotation(
        &mut self,
        place: &LinkPlace,
        (target, contents): (&Target, &str),
        element: ObjectId,
    ) -> Option<Object> {
        const PRINT: i64 = 4;
        let page = *self.pages.get(place.page)?;
        let key = self.parents.len() + self.annotated.len();
        let (name, action) = match target {
            Target::Address(address) => {
                ("A", dictionary! { "S" => "URI", "URI" => Object::string_literal(address.as_str()) }.into())
            }
            Target::Note(number) => ("Dest", self.destination(self.structure.notes.get(number)?)?),
            Target::Reference(number) => ("Dest", self.destination(self.structure.references.get(number)?)?),
        };
        let mut entries = dictionary! {
            "Type" => "Annot",
            "Subtype" => "Link",
            "Rect" => place.bounds.map(Object::Real).to_vec(),
            "Border" => vec![0.into(), 0.into(), 0.into()],
            "F" => PRINT,
            "Contents" => text(contents),
            "StructParent" => index(key),
        };
        entries.set(name, action);
        let id = self.document.add_object(entries);
        self.annotated.push(element);
        self.annotations.get_mut(place.page)?.push(id);
        Some(Object::Dictionary(dictionary! { "Type" => "OBJR", "Pg" => page, "Obj" => id }))
    }

    /// A place that a reader goes to (ISO 32000-1, 12.3.2.2), with its line at the top of the window.
    fn destination(&self, place: &LinkPlace) -> Option<Object> {
        let page = *self.pages.get(place.page)?;
        let [left, .., top] = place.bounds;
        Some(vec![page.into(), "XYZ".into(), Object::Real(left), Object::Real(top), Object::Null].into())
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

/// Whether the notes that an element refers to are read within it: beside the text of an item or of a cell there is
/// nothing else in what these are in.
fn holds_notes(element: &Element) -> bool {
    matches!(element.kind, Kind::Body | Kind::Cell(_))
}

/// Whether nothing is marked in an element, nor in those within. A cell counts even if it is empty: all rows of a
/// table have the same number of them (ISO 14289-1, 7.5).
fn is_empty(element: &Element, elements: &[Element]) -> bool {
    if matches!(element.kind, Kind::Cell(_)) {
        return false;
    }
    let within = |index: &usize| elements.get(*index).is_none_or(|within| is_empty(within, elements));
    element.parts.iter().all(|part| matches!(part, Kid::Element(index) if within(index)))
}

fn one_or_all(mut kids: Vec<Object>) -> Object {
    if kids.len() == 1 { kids.remove(0) } else { kids.into() }
}

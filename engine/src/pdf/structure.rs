//! What is what: headings, paragraphs, words of another language, the emblem.
//!
//! Built while the pages are composed and written by the finishing pass. Knows neither operators
//! nor objects. Its invariant: elements, and what is marked in each, are in reading order.

mod links;
mod tables;

use std::collections::{BTreeMap, HashMap};

use crate::{
    khmer::characters::is_in_words,
    release::{BlockKind, Counting, Field, HeadingLevel, Language, ListEntry, Outline},
    typeset::{ShapedText, Source},
};

pub(super) use links::{LinkId, LinkPlace, Target};

/// Marked content: its page, counted from 0, and its number on that page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marked {
    /// The page.
    pub page: usize,
    /// The marked-content identifier (ISO 32000-1, 14.7.4.2).
    pub id: i64,
}

/// What an element is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// A heading of a level from 1.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list with its way of counting.
    List(Counting),
    /// An item of a list, which has its number and its text.
    Item,
    /// The number or bullet of an item.
    Label,
    /// The text of an item, and what is within the item.
    Body,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a table; `true` for one of its header.
    Cell(bool),
    /// Words or a number that lead somewhere.
    Link {
        /// Where.
        target: Target,
        /// What a reader who cannot see the words is told.
        contents: String,
        /// Where they can be clicked.
        places: Vec<LinkPlace>,
    },
    /// A quotation, in paragraphs.
    Quotation,
    /// One release of several.
    Release,
    /// What refers to a footnote.
    Reference,
    /// A footnote, by its number from 0.
    Note(usize),
    /// The caption of a picture.
    Caption,
    /// A picture that says something.
    Figure {
        /// What a reader who cannot see it is told.
        alternative: String,
        /// Left, lower, right and upper edge on the sheet, in points.
        bounds: [f32; 4],
    },
}

/// A part of an element.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kid {
    /// Text in the element's language, or the picture.
    Own(Marked),
    /// Text in the other language, on one page or more.
    Foreign(Language, Vec<Marked>),
    /// An element within, by its index.
    Element(usize),
}

/// An element of the document.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Element {
    /// What it is.
    pub kind: Kind,
    /// Its language, if that is not the document's.
    pub language: Option<Language>,
    /// What is marked in it, and the elements within.
    pub parts: Vec<Kid>,
    /// The footnotes that it refers to, which are read behind it, or behind its text if others are within it.
    pub notes: Vec<usize>,
    /// Whether it is in no other element.
    pub is_outermost: bool,
}

/// A place that a reader may jump to.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bookmark {
    /// How deep it is: 0 for the headline, under which the others are gathered.
    pub depth: usize,
    /// The text of the place.
    pub text: String,
    /// The page, from 0.
    pub page: usize,
    /// The height on the sheet, in points from its lower edge.
    pub top: f32,
}

/// The structure of a document.
#[derive(Debug, Default)]
pub(super) struct Structure {
    /// The elements in reading order.
    pub elements: Vec<Element>,
    /// From the headline on.
    pub bookmarks: Vec<Bookmark>,
    /// The level of the last heading above the body; 0 before the first.
    level: u8,
    /// The levels of headings within the body that are open, from the outermost.
    parts: Vec<HeadingLevel>,
    /// The lists that are open, from the outermost.
    lists: Vec<OpenList>,
    /// The pictures of the text, by their paragraphs.
    figures: HashMap<usize, usize>,
    /// The table that is open.
    table: Option<tables::OpenTable>,
    /// The element that marks go to.
    current: Option<usize>,
    /// The link within it that they go to.
    link: Option<(LinkId, usize)>,
    /// Where footnotes begin, by their numbers.
    pub notes: BTreeMap<usize, LinkPlace>,
    /// Where they are referred to.
    pub references: BTreeMap<usize, LinkPlace>,
    /// The note that is open.
    note: Option<(Source, usize)>,
    /// The elements that refer to notes, by the numbers of those.
    referring: BTreeMap<usize, usize>,
    /// What elements that are in no other are in, where there are several releases.
    release: Option<usize>,
}

/// A list whose next item may come.
#[derive(Debug)]
struct OpenList {
    /// Its number in the outline.
    list: usize,
    depth: usize,
    element: usize,
    /// The last item, and its text once there is one.
    item: Option<usize>,
    body: Option<usize>,
}

impl Structure {
    /// Begins a release of several: headings, lists and notes start again.
    pub fn begin_release(&mut self, language: Language) {
        let Self { elements, bookmarks, notes, references, .. } = std::mem::take(self);
        *self = Self { elements, bookmarks, notes, references, ..Self::default() };
        self.release = Some(self.put(Kind::Release, Some(language), None));
    }

    /// Begins the element of a text; `outline` says which paragraphs are headings and items.
    pub fn begin(&mut self, source: Source, language: Option<Language>, outline: &Outline) {
        let (index, is_label) = match source {
            Source::Field { field: Field::Paragraph(index), .. } => (Some(index), false),
            Source::Marker { paragraph } => (Some(paragraph), true),
            _ => (None, false),
        };
        if let Some((index, entry)) = index.and_then(|index| Some((index, outline.entry(index)?))) {
            return self.begin_in_list(index, entry, is_label, language, outline);
        }
        self.lists.clear();
        if let Some(index) = index.filter(|index| outline.kind(*index) == BlockKind::Picture) {
            let figure = self.figures.get(&index).copied();
            let kind = if figure.is_some() { Kind::Caption } else { Kind::Paragraph };
            return self.add(kind, language, figure);
        }
        if index.is_some_and(|index| outline.kind(index).is_cell() && self.begin_cell(index, outline, language)) {
            return;
        }
        let kind = match source {
            Source::Field { field: Field::Title | Field::Headline, .. } => {
                // The first heading is of level 1 and none is left out (ISO 14289-1, 7.4.2): a
                // headline without a title above it is the first.
                self.level = (self.level + 1).min(6);
                Kind::Heading(self.level)
            }
            Source::Field { field: Field::Paragraph(index), .. } => match outline.kind(index) {
                BlockKind::Heading(level) => Kind::Heading(self.heading(level)),
                BlockKind::Quotation => {
                    let quotation = self.put(Kind::Quotation, None, None);
                    return self.add(Kind::Paragraph, language, Some(quotation));
                }
                _ => Kind::Paragraph,
            },
            _ => Kind::Paragraph,
        };
        self.add(kind, language, None);
    }

    /// The level of a heading within the body: below the headline, and none is left out.
    fn heading(&mut self, level: HeadingLevel) -> u8 {
        self.parts.retain(|open| *open < level);
        self.parts.push(level);
        let depth = u8::try_from(self.parts.len()).unwrap_or(u8::MAX);
        self.level.saturating_add(depth).min(6)
    }

    /// How many headings within the body are open.
    pub fn heading_depth(&self) -> usize {
        self.parts.len()
    }

    /// Begins the number of an item, its text, or a paragraph that goes on with it.
    fn begin_in_list(
        &mut self,
        index: usize,
        entry: &ListEntry,
        is_label: bool,
        language: Option<Language>,
        outline: &Outline,
    ) {
        let is_first = is_label || entry.marker.is_none();
        if is_first {
            self.open_list(entry);
        }
        let Some(open) = self.lists.last() else { return self.add(Kind::Paragraph, language, None) };
        let (list, body) = (open.element, open.body);
        if is_label {
            let item = self.put(Kind::Item, None, Some(list));
            self.note(|open| (open.item, open.body) = (Some(item), None));
            // Numbers are in no language.
            return self.add(Kind::Label, None, Some(item));
        }
        let item = open.item;
        if entry.marker.is_some() || body.is_none() {
            let item = item.unwrap_or_else(|| self.put(Kind::Item, None, Some(list)));
            self.add(Kind::Body, language, Some(item));
            let body = self.current;
            self.note(|open| (open.item, open.body) = (Some(item), body));
            return;
        }
        let kind = match outline.kind(index) {
            BlockKind::Heading(level) => Kind::Heading(self.heading(level)),
            _ => Kind::Paragraph,
        };
        self.add(kind, language, body);
    }

    /// Opens the list of an entry unless it is open, and closes those within it and beside it.
    fn open_list(&mut self, entry: &ListEntry) {
        self.lists.retain(|open| open.depth <= entry.depth);
        if self.lists.last().is_some_and(|open| open.list == entry.list) {
            return;
        }
        self.lists.retain(|open| open.depth < entry.depth);
        // A list within an item is in its text, or beside its number where it has no text.
        let around = self.lists.last().map(|open| (open.element, open.item, open.body));
        let parent = around.map(|(list, item, body)| match (item, body) {
            (_, Some(body)) => body,
            (item, None) => {
                let item = item.unwrap_or_else(|| self.put(Kind::Item, None, Some(list)));
                let body = self.put(Kind::Body, None, Some(item));
                self.note(|open| (open.item, open.body) = (Some(item), Some(body)));
                body
            }
        });
        let element = self.put(Kind::List(entry.counting), None, parent);
        self.lists.push(OpenList { list: entry.list, depth: entry.depth, element, item: None, body: None });
    }

    fn note(&mut self, change: impl FnOnce(&mut OpenList)) {
        if let Some(open) = self.lists.last_mut() {
            change(open);
        }
    }

    /// Adds a picture, to which marks then go; `paragraph` is where its caption is.
    pub fn add_figure(&mut self, kind: Kind, paragraph: Option<usize>) {
        let figure = self.put(kind, None, None);
        self.current = Some(figure);
        if let Some(paragraph) = paragraph {
            self.lists.clear();
            self.figures.insert(paragraph, figure);
        }
    }

    /// Adds an element, to which marks then go.
    pub fn add(&mut self, kind: Kind, language: Option<Language>, parent: Option<usize>) {
        self.current = Some(self.put(kind, language, parent));
        self.link = None;
    }

    /// The element that marks go to.
    fn marked(&self) -> Option<usize> {
        self.link.map(|(_, element)| element).or(self.current)
    }

    /// Adds an element and gives its index.
    fn put(&mut self, kind: Kind, language: Option<Language>, parent: Option<usize>) -> usize {
        let index = self.elements.len();
        let parent = parent.or(self.release);
        let is_outermost = parent.is_none();
        self.elements.push(Element { kind, language, parts: Vec::new(), notes: Vec::new(), is_outermost });
        if let Some(parent) = parent.and_then(|parent| self.elements.get_mut(parent)) {
            parent.parts.push(Kid::Element(index));
        }
        index
    }

    fn current(&self) -> Option<&Element> {
        self.elements.get(self.marked()?)
    }

    /// Adds what is marked to the element begun last, in its language or in another.
    pub fn mark(&mut self, marked: Marked, foreign: Option<Language>) {
        let Some(element) = self.marked().and_then(|current| self.elements.get_mut(current)) else { return };
        match (foreign, element.parts.last_mut()) {
            (None, _) => element.parts.push(Kid::Own(marked)),
            (Some(language), Some(Kid::Foreign(same, parts))) if *same == language => parts.push(marked),
            (Some(language), _) => element.parts.push(Kid::Foreign(language, vec![marked])),
        }
    }

    /// The tag of the element begun last, or of a stretch in another language within it.
    pub fn tag(&self, foreign: bool) -> &'static str {
        match self.current().map(|element| &element.kind) {
            _ if foreign => "Span",
            Some(kind) => kind.tag(),
            None => "P",
        }
    }
}

impl Kind {
    /// The structure type (ISO 32000-1, 14.8.4).
    pub fn tag(&self) -> &'static str {
        match self {
            Self::Heading(1) => "H1",
            Self::Heading(2) => "H2",
            Self::Heading(3) => "H3",
            Self::Heading(4) => "H4",
            Self::Heading(5) => "H5",
            Self::Heading(_) => "H6",
            Self::Paragraph => "P",
            Self::List(_) => "L",
            Self::Item => "LI",
            Self::Label => "Lbl",
            Self::Body => "LBody",
            Self::Table => "Table",
            Self::Row => "TR",
            Self::Cell(true) => "TH",
            Self::Cell(false) => "TD",
            Self::Caption => "Caption",
            Self::Figure { .. } => "Figure",
            Self::Link { .. } => "Link",
            Self::Quotation => "BlockQuote",
            Self::Release => "Part",
            Self::Reference => "Reference",
            Self::Note(_) => "Note",
        }
    }
}

/// The languages of a text: that of the whole, if it is not the document's, and for each cluster
/// whether it is in the other one.
#[derive(Debug)]
pub(super) struct Languages {
    /// The language of the whole.
    pub whole: Option<Language>,
    /// The other language.
    pub other: Language,
    /// Whether each cluster is in the other language; empty if none is.
    pub foreign: Vec<bool>,
}

impl Languages {
    /// Tells the languages of a text in a document of a language.
    ///
    /// Letters decide. Digits, signs and spaces go with the letters before them, and at the
    /// beginning with those after: a Khmer text is no less Khmer for a date in Latin digits.
    pub fn of(text: &ShapedText, document: Language) -> Self {
        let other = document.other();
        let own = |language| Self { whole: (language != document).then_some(language), other, foreign: Vec::new() };
        // Every letter of Khmer begins with this byte, and most texts of an English release have none.
        if document == Language::English && text.numbers.is_empty() && !text.text.as_bytes().contains(&0xE1) {
            return own(document);
        }
        let told: Vec<Option<Language>> = text.clusters.iter().map(|c| language_of(text.characters(c))).collect();
        let mut letters = told.iter().flatten();
        let Some(&first) = letters.next() else { return own(document) };
        if letters.all(|&language| language == first) {
            return own(first);
        }
        let mut last = first;
        let mut foreign: Vec<bool> = told
            .iter()
            .map(|language| {
                last = language.unwrap_or(last);
                last != document
            })
            .collect();
        // Spaces and opening signs between two languages belong to the document's own, so that
        // a foreign stretch is just its words.
        for i in (0..foreign.len()).rev() {
            let next = foreign.get(i + 1).copied().unwrap_or(false);
            if foreign[i] && !next && told[i].is_none() {
                foreign[i] = false;
            }
        }
        Self { whole: None, other, foreign }
    }
}

/// The language of a cluster, if it has letters.
fn language_of(cluster: &str) -> Option<Language> {
    let c = cluster.chars().next()?;
    match c {
        c if c.is_ascii() => c.is_ascii_alphabetic().then_some(Language::English),
        c if is_in_words(c) || c == 'ៗ' => Some(Language::Khmer),
        c if c.is_alphabetic() => Some(Language::English),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        release::RichText,
        typeset::{Role, Type, shape},
    };

    fn foreign(text: &str, document: Language) -> (Option<Language>, String) {
        let shaped = shape(&RichText::plain(text), Type { role: Role::Text, size: 12.0 }, None);
        let languages = Languages::of(&shaped, document);
        let foreign = shaped.clusters.iter().zip(&languages.foreign).filter(|(_, foreign)| **foreign);
        (languages.whole, foreign.map(|(cluster, _)| shaped.characters(cluster)).collect())
    }

    #[test]
    fn a_foreign_stretch_is_just_its_words() {
        let khmer = Language::Khmer;
        assert_eq!(foreign("សន្តិភាព (PKO and more) និង", khmer), (None, "PKO and more".into()));
        assert_eq!(foreign("ថ្ងៃ 30 ខែ 10", khmer), (None, String::new()));
        assert_eq!(foreign("KAMIKAWA Yoko", khmer), (Some(Language::English), String::new()));
        assert_eq!(foreign("in ភ្នំពេញ, Cambodia", Language::English), (None, "ភ្នំពេញ".into()));
        assert_eq!(foreign("2023", khmer), (None, String::new()));
    }

    #[test]
    fn headings_leave_no_level_out() {
        let mut structure = Structure::default();
        let outline = Outline::default();
        structure.begin(Source::Field { field: Field::Headline, prefix: 0 }, None, &outline);
        assert_eq!(structure.tag(false), "H1");
        structure.begin(Source::Field { field: Field::Title, prefix: 0 }, None, &outline);
        assert_eq!(structure.tag(false), "H2");
        structure.begin(Source::LunarDate, None, &outline);
        assert_eq!(structure.tag(false), "P");
    }

    #[test]
    fn headings_of_the_body_come_below_the_headline_and_leave_no_level_out() {
        use crate::release::{Paragraph, Release};
        let levels = [HeadingLevel::Two, HeadingLevel::One, HeadingLevel::Two, HeadingLevel::Two, HeadingLevel::One];
        let block = |level| Paragraph { kind: BlockKind::Heading(level), ..Paragraph::default() };
        let release = Release { body: levels.map(block).to_vec(), ..Release::default() };
        let outline = Outline::of(&release);
        let mut structure = Structure::default();
        structure.begin(Source::Field { field: Field::Headline, prefix: 0 }, None, &outline);
        let tags = (0..levels.len()).map(|index| {
            structure.begin(Source::Field { field: Field::Paragraph(index), prefix: 0 }, None, &outline);
            structure.tag(false)
        });
        assert_eq!(tags.collect::<Vec<_>>(), ["H2", "H2", "H3", "H3", "H2"]);
    }
}

//! A reader of tagged PDF, as simple as a test can do with: what a screen reader would be told.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, content::Content};

/// A stretch of text in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub language: String,
    pub text: String,
}

/// An element of the structure tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    pub tag: String,
    /// The lists that it is in, from the outermost, each as the way in which it is numbered.
    pub lists: Vec<String>,
    pub alternative: Option<String>,
    pub runs: Vec<Run>,
    /// Whether it is in a note.
    pub is_in_note: bool,
    /// The addresses that its annotations lead to, each with what a reader is told of it.
    pub links: Vec<(String, String)>,
}

impl Element {
    pub fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// What a file says.
#[derive(Debug, Default)]
pub struct Tagged {
    /// The elements in the order of the tree.
    pub elements: Vec<Element>,
    /// Page and number of the marked sequences in that order, without those of notes.
    pub order: Vec<(usize, i64)>,
    /// The same of notes.
    pub order_of_notes: Vec<(usize, i64)>,
    /// The heights of the lines of each page in the order in which they are shown.
    pub heights: Vec<Vec<f32>>,
    /// The identifiers of notes.
    pub notes: Vec<String>,
    /// All text in the order in which it is shown.
    pub shown: String,
}

/// Reads a file.
pub fn read(bytes: &[u8]) -> Tagged {
    let document = Document::load_mem(bytes).unwrap();
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let mut tagged = Tagged::default();
    let mut marked = BTreeMap::new();
    for (number, &page) in pages.iter().enumerate() {
        read_page(&document, number, page, &mut marked, &mut tagged);
    }
    let catalog = document.catalog().unwrap();
    let language = text(catalog.get(b"Lang").unwrap());
    let root = dictionary(&document, catalog.get(b"StructTreeRoot").unwrap());
    let whole = dictionary(&document, root.get(b"K").unwrap());
    assert_eq!(whole.get(b"S").unwrap().as_name().unwrap(), b"Document");
    for kid in kids(&document, whole) {
        read_element(&document, dictionary(&document, &kid), &pages, &language, &[], &marked, &mut tagged);
    }
    let of_notes = tagged.order_of_notes.len();
    assert_eq!(tagged.order.len() + of_notes, marked.len(), "every marked sequence is in the tree");
    tagged
}

/// Reads an element and, after its own text, those within it. Of lists and their items only what is in them is kept.
fn read_element(
    document: &Document,
    element: &Dictionary,
    pages: &[ObjectId],
    language: &str,
    lists: &[String],
    marked: &BTreeMap<(usize, i64), String>,
    tagged: &mut Tagged,
) {
    let tag = name(element, b"S");
    let language = element.get(b"Lang").map_or(language.to_owned(), text);
    let is_in = |parent: &str| assert_eq!(name(dictionary(document, element.get(b"P").unwrap()), b"S"), parent);
    let mut lists = lists.to_vec();
    let is_in_note = element.get(b"P").is_ok_and(|parent| name(dictionary(document, parent), b"S") == "Note");
    match tag.as_str() {
        "L" => {
            let attributes = element.get(b"A").unwrap().as_dict().unwrap();
            assert_eq!(name(attributes, b"O"), "List");
            lists.push(name(attributes, b"ListNumbering"));
        }
        "LI" => is_in("L"),
        "Lbl" if !is_in_note && !lists.is_empty() => is_in("LI"),
        "Lbl" => is_in("Note"),
        "LBody" => is_in("LI"),
        "TR" => is_in("Table"),
        "TH" | "TD" => is_in("TR"),
        _ if is_in_note => {}
        _ => assert!(lists.is_empty() || name(dictionary(document, element.get(b"P").unwrap()), b"S") == "LBody"),
    }
    let mut read = Element {
        tag: tag.clone(),
        lists: lists.clone(),
        alternative: element.get(b"Alt").ok().map(text),
        runs: Vec::new(),
        is_in_note,
        links: Vec::new(),
    };
    let mut within = Vec::new();
    let order = if is_in_note { &mut tagged.order_of_notes } else { &mut tagged.order };
    walk(document, element, pages, None, &language, marked, &mut read, order, &mut within);
    if tag == "Note" {
        tagged.notes.push(text(element.get(b"ID").unwrap()));
    }
    if tag == "Table" {
        let cells = |row: &Object| kids(document, dictionary(document, row)).len();
        let columns: Vec<usize> = within.iter().map(cells).collect();
        assert!(columns.windows(2).all(|rows| rows[0] == rows[1]), "rows of {columns:?} cells");
    }
    if tag == "TH" {
        let attributes = element.get(b"A").unwrap().as_dict().unwrap();
        assert_eq!((name(attributes, b"O"), name(attributes, b"Scope")), ("Table".to_owned(), "Column".to_owned()));
    }
    let is_empty_cell = matches!(tag.as_str(), "TD" | "TH") && read.runs.is_empty();
    if matches!(tag.as_str(), "L" | "LI" | "Note" | "Table" | "TR") {
        assert!(read.runs.is_empty() && !within.is_empty(), "a list has items, and an item its parts");
    } else if !is_empty_cell && (!read.runs.is_empty() || within.is_empty()) {
        tagged.elements.push(read);
    }
    for element in within {
        read_element(document, dictionary(document, &element), pages, &language, &lists, marked, tagged);
    }
}

fn name(dictionary: &Dictionary, key: &[u8]) -> String {
    String::from_utf8(dictionary.get(key).unwrap().as_name().unwrap().to_vec()).unwrap()
}

#[expect(clippy::too_many_arguments, reason = "an element, where it is, and what is found")]
fn walk(
    document: &Document,
    element: &Dictionary,
    pages: &[ObjectId],
    page: Option<usize>,
    language: &str,
    marked: &BTreeMap<(usize, i64), String>,
    read: &mut Element,
    order: &mut Vec<(usize, i64)>,
    within: &mut Vec<Object>,
) {
    let language = element.get(b"Lang").map_or(language.to_owned(), text);
    let number = |dictionary: &Dictionary| {
        let id = dictionary.get(b"Pg").ok()?.as_reference().unwrap();
        pages.iter().position(|page| *page == id)
    };
    let page = number(element).or(page);
    for kid in kids(document, element) {
        let place = match &kid {
            Object::Integer(id) => (page.unwrap(), *id),
            other => {
                let kid = dictionary(document, other);
                match kid.get(b"MCID") {
                    Ok(id) => (number(kid).unwrap(), id.as_i64().unwrap()),
                    Err(_) if kid.get(b"Type").is_ok_and(|kind| kind.as_name().unwrap() == b"OBJR") => {
                        assert_eq!(name(element, b"S"), "Link", "what can be clicked is a link");
                        let annotation = dictionary(document, kid.get(b"Obj").unwrap());
                        let page = dictionary(document, kid.get(b"Pg").unwrap());
                        let of_page = page.get(b"Annots").unwrap().as_array().unwrap();
                        assert!(of_page.contains(kid.get(b"Obj").unwrap()));
                        assert_eq!(parent(document, annotation), element, "the parent tree leads back");
                        let address = match annotation.get(b"A") {
                            Ok(action) => text(action.as_dict().unwrap().get(b"URI").unwrap()),
                            Err(_) => {
                                let destination = annotation.get(b"Dest").unwrap().as_array().unwrap();
                                let page = destination[0].as_reference().unwrap();
                                format!("page {}", pages.iter().position(|other| *other == page).unwrap() + 1)
                            }
                        };
                        read.links.push((address, text(annotation.get(b"Contents").unwrap())));
                        continue;
                    }
                    Err(_) if matches!(name(kid, b"S").as_str(), "Span" | "Link" | "Reference") => {
                        walk(document, kid, pages, page, &language, marked, read, order, within);
                        continue;
                    }
                    Err(_) => {
                        within.push(other.clone());
                        continue;
                    }
                }
            }
        };
        assert!(within.is_empty(), "what an element says itself comes before those within it");
        order.push(place);
        let text = marked[&place].clone();
        match read.runs.last_mut() {
            Some(run) if run.language == language => run.text.push_str(&text),
            _ => read.runs.push(Run { language: language.clone(), text }),
        }
    }
}

/// The element that the parent tree has for an annotation.
fn parent<'a>(document: &'a Document, annotation: &Dictionary) -> &'a Dictionary {
    let key = annotation.get(b"StructParent").unwrap().as_i64().unwrap();
    let root = dictionary(document, document.catalog().unwrap().get(b"StructTreeRoot").unwrap());
    let tree = dictionary(document, root.get(b"ParentTree").unwrap());
    let numbers = tree.get(b"Nums").unwrap().as_array().unwrap();
    let at = numbers.chunks(2).find(|pair| pair[0].as_i64().unwrap() == key).unwrap();
    dictionary(document, &at[1])
}

fn read_page(
    document: &Document,
    number: usize,
    page: ObjectId,
    marked: &mut BTreeMap<(usize, i64), String>,
    tagged: &mut Tagged,
) {
    let content = Content::decode(&document.get_page_content(page)).unwrap();
    let maps: BTreeMap<Vec<u8>, BTreeMap<u16, String>> = document
        .get_page_fonts(page)
        .unwrap_or_default()
        .into_iter()
        .map(|(name, font)| (name, to_unicode(document, font)))
        .collect();
    let mut open: Vec<Option<i64>> = Vec::new();
    let (mut font, mut height) = (Vec::new(), 0.0);
    let mut heights = Vec::new();
    for operation in &content.operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "BDC" => {
                let id = operands[1].as_dict().unwrap().get(b"MCID").ok().map(|id| id.as_i64().unwrap());
                if let Some(id) = id {
                    assert!(open.is_empty(), "elements are not marked within another's mark");
                    assert!(marked.insert((number, id), String::new()).is_none());
                }
                open.push(id);
            }
            "EMC" => _ = open.pop().unwrap(),
            "BT" => height = 0.0,
            "Tf" => font = operands[0].as_name().unwrap().to_vec(),
            "Td" => {
                height += operands[1].as_float().unwrap();
                heights.push(height);
            }
            "Tj" | "TJ" => {
                let items = match &operands[0] {
                    Object::Array(items) => items.clone(),
                    item => vec![item.clone()],
                };
                let codes = items.iter().filter_map(|item| item.as_str().ok()).flat_map(|bytes| bytes.chunks(2));
                let text: String =
                    codes.map(|code| maps[&font][&u16::from_be_bytes([code[0], code[1]])].clone()).collect();
                tagged.shown.push_str(&text);
                let id = open.iter().flatten().next().expect("text is marked");
                marked.get_mut(&(number, *id)).unwrap().push_str(&text);
            }
            "f" | "f*" | "Do" | "S" | "sh" => assert!(!open.is_empty(), "what is drawn is marked"),
            _ => {}
        }
    }
    assert!(open.is_empty());
    tagged.heights.push(heights);
}

fn to_unicode(document: &Document, font: &Dictionary) -> BTreeMap<u16, String> {
    let id = font.get(b"ToUnicode").unwrap().as_reference().unwrap();
    let map = document.get_object(id).unwrap().as_stream().unwrap().decompressed_content().unwrap();
    let map = String::from_utf8(map).unwrap();
    ranges(&map)
}

/// What each code means by a table of ranges with their texts.
pub fn ranges(map: &str) -> BTreeMap<u16, String> {
    let number = |digits: &str| u16::from_str_radix(digits, 16).unwrap();
    let mut texts = BTreeMap::new();
    for line in map.lines().filter(|line| line.starts_with('<')) {
        let (codes, all) = line.trim_end_matches("]").split_once('[').unwrap();
        let (first, last) = codes.trim_matches(['<', '>']).split_once("><").unwrap();
        let all = all.trim_matches(['<', '>']).split("><").map(|text| {
            let units: Vec<u16> =
                text.as_bytes().chunks(4).map(|unit| number(std::str::from_utf8(unit).unwrap())).collect();
            String::from_utf16(&units).unwrap()
        });
        let before = texts.len();
        texts.extend((number(first)..).zip(all));
        assert_eq!(texts.len() - before, usize::from(number(last) - number(first)) + 1);
    }
    texts
}

fn kids(document: &Document, element: &Dictionary) -> Vec<Object> {
    match element.get(b"K").unwrap() {
        Object::Array(kids) => kids.clone(),
        Object::Reference(id) if matches!(document.get_object(*id), Ok(Object::Array(_))) => {
            document.get_object(*id).unwrap().as_array().unwrap().clone()
        }
        kid => vec![kid.clone()],
    }
}

fn dictionary<'a>(document: &'a Document, object: &'a Object) -> &'a Dictionary {
    match object {
        Object::Reference(id) => document.get_dictionary(*id).unwrap(),
        other => other.as_dict().unwrap(),
    }
}

/// A text string of the file.
pub fn text(object: &Object) -> String {
    lopdf::decode_text_string(object).unwrap()
}

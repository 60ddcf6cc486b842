//! Text with its paragraphs and its emphasis as HTML: on the clipboard, as Word, Outlook, LibreOffice and browsers
//! exchange it, and as a page that is imported.
//!
//! | file | what is in it |
//! |---|---|
//! | `attributes` | what single tags say |
//! | `breaks` | breaks of lines, and blank paragraphs |
//! | `import` | a page as a draft |
//! | `pictures` | pictures, and where their files are |
//! | `lists` | lists and their items |
//! | `notes` | footnotes, and the numbers that lead to them |
//! | `own` | a page that `page` has written, as the release that it was |
//! | `write` | blocks as HTML |
//! | `page` | a release as a page of the web |
//!
//! Of what comes in, paragraphs, headings, lists with their levels, bold, italic, underline, superscript,
//! subscript and links are taken. Blank lines between paragraphs, indents and hidden parts are no text. Nothing in it is loaded,
//! run or followed, and the time is in proportion to the length, whatever is in it.

mod attributes;
mod breaks;
mod import;
mod lists;
mod notes;
mod own;
mod page;
mod pictures;
mod tables;
mod write;

use attributes::{attribute, block_kind, declared, decoded, entity, hidden};
pub use import::{ImportError, Imported, Lost, decode, import};
use lists::word_item;
use notes::{Notes, is_of_note};
use own::Own;
pub use page::{main_of_page, page};
use tables::OpenTable;
pub use write::write;

use crate::{
    khmer::legacy::{self, LegacyFont},
    release::{
        Address, BlockKind, Field, Level, ListKind, Paragraph, RichText, Style, bounds, clean, with_soft_spaces,
    },
};

/// HTML that is longer is not read, in bytes.
pub const LONGEST: usize = 32 << 20;
/// How far up an end tag looks for its beginning.
const DEEPEST: usize = 64;
/// The way back from a note to its number, on our own pages.
const BACK: &str = "↩";
/// Elements that are read as open at the same time; what is inside of more is read as if it were beside them.
const MOST_OPEN: usize = 4096;

/// Parts of a page around its text, which are left out where a page is read as a draft.
const AROUND: [&str; 20] = [
    "nav", "aside", "button", "select", "option", "textarea", "noscript", "iframe", "object", "video", "audio",
    "canvas", "svg", "math", "map", "dialog", "datalist", "footer", "frameset", "applet",
];
/// Those of them that are listed, as they may hold more than the way through a site.
const NAMED: [&str; 11] =
    ["textarea", "iframe", "object", "video", "audio", "canvas", "svg", "math", "footer", "frameset", "applet"];
/// Losses that are listed.
const MOST_LOST: usize = 1_000;

/// The paragraphs of HTML with their emphasis; `None` if there is no text in it, it is too long, or a tag does not
/// end. Where it was [written](write()) with the end of the last paragraph, an empty one stands for what is behind that.
pub fn read(html: &str) -> Option<Vec<Paragraph>> {
    read_and_say(html).map(|(blocks, _)| blocks)
}

/// The same, and what of the text cannot be held: each kind of loss once.
pub fn read_and_say(html: &str) -> Option<(Vec<Paragraph>, Vec<Lost>)> {
    let mut reader = Reader::default();
    reader.read(html)?;
    reader.blocks.extend(breaks::behind_end(html).filter(|_| !reader.blocks.is_empty()));
    if let [block] = reader.blocks.as_mut_slice()
        && matches!(block.kind, BlockKind::Heading(_))
    {
        // A heading alone is put into a paragraph as words, which stay as bold as they were.
        block.text.emphasise(0..block.text.len(), Style::BOLD, true);
    }
    let mut lost: Vec<Lost> = Vec::new();
    for (_, one) in reader.lost {
        if !lost.contains(&one) {
            lost.push(one);
        }
    }
    (!reader.blocks.is_empty()).then_some((reader.blocks, lost))
}

/// Whether a text that begins with `<` begins with a tag.
fn is_tag(text: &str) -> bool {
    text.as_bytes().get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?'))
}

/// The name of a tag in small letters, its attributes, and whether it is an end tag.
fn name_and_attributes(tag: &str) -> (String, &str, bool) {
    let inner = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
    let (inner, end) = inner.strip_prefix('/').map_or((inner, false), |inner| (inner, true));
    let length = inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len());
    let (name, attributes) = inner.split_at(length);
    (name.to_ascii_lowercase(), attributes, end)
}

/// The bytes of the tag or comment that a text begins with, if it ends.
fn tag_length(text: &str) -> Option<usize> {
    if text.starts_with("<!--") {
        return text.find("-->").map(|at| at + 3);
    }
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (byte, quote) {
            (b'>', None) => return Some(at + 1),
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    None
}

/// An element that is open.
struct Open {
    name: String,
    /// The emphasis inside it.
    style: Style,
    /// Whether nothing inside it is shown.
    is_hidden: bool,
    /// Whether line breaks in the text are line breaks.
    is_pre: bool,
    /// Whether it holds the number or bullet that Word writes before the text of a list item.
    is_marker: bool,
    /// What it makes of the blocks in it, if anything.
    kind: Option<BlockKind>,
    /// Where the words in it lead.
    link: Option<Address>,
    /// The font from before Unicode in which its text is, if it is in one.
    legacy: Option<LegacyFont>,
    /// Whether it holds a footnote.
    is_note: bool,
    /// The field that its text is of a release that is read from our own page.
    field: Option<Field>,
}

/// A list that is open.
struct List {
    kind: ListKind,
    /// The number of its next item, if the list begins with that.
    begins: Option<u16>,
    /// Whether an item is open in it.
    is_in_item: bool,
    /// The number of lists around it.
    depth: usize,
    /// The number of its last item, in our own page.
    number: i64,
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Paragraph>,
    /// The table that is open.
    table: Option<OpenTable>,
    /// The block that is being read.
    text: RichText,
    open: Vec<Open>,
    lists: Vec<List>,
    /// What the next text is, if an item begins with it.
    item: Option<BlockKind>,
    /// A marker of Word's that is being read.
    word_marker: String,
    /// The level of the item of Word's that is being read.
    word_level: Level,
    /// The white space before what is read next.
    space: Option<char>,
    /// The emphasis of the last character.
    last: Style,
    /// Where the last character leads.
    last_link: Option<Address>,
    /// Whether a page is read, of which the parts around the text are left out and what is lost is listed.
    is_import: bool,
    /// What was read of a page that was written here.
    own: Option<Own>,
    /// The byte of the tag that is being read.
    at: usize,
    lost: Vec<(usize, Lost)>,
    /// The title of the page.
    title: Option<String>,
    /// The last number of an outermost list.
    number: i64,
    /// Pictures within the block that is being read, which come after it.
    pictures: Vec<Paragraph>,
    /// The files of the pictures that have no bytes, in their order, with the places of their tags.
    files: Vec<(usize, String)>,
    notes: Notes,
}

impl Reader {
    /// Reads a document; `None` if it is too long, or a tag does not end.
    fn read(&mut self, html: &str) -> Option<()> {
        if html.len() > LONGEST {
            return None;
        }
        self.notes = Notes::of(html);
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            let (text, tag) = rest.split_at(at);
            self.text(text);
            self.at = html.len() - tag.len();
            if !is_tag(tag) {
                self.text("<");
                rest = tag.get(1..).unwrap_or_default();
                continue;
            }
            let (tag, after) = tag.split_at(tag_length(tag)?);
            rest = after.get(self.tag(tag, after)..).unwrap_or_default();
            // One more than a draft may have, so that the draft is refused.
            if self.blocks.len() > bounds::PARAGRAPHS {
                return Some(());
            }
        }
        self.text(rest);
        self.end_block();
        self.end_table();
        self.give_notes();
        Some(())
    }

    /// Lists what cannot be held.
    fn lose(&mut self, lost: Lost) {
        let is_hidden = self.open.last().is_some_and(|open| open.is_hidden);
        // Of what is pasted, the losses that the text does not show.
        let is_said = self.is_import || matches!(lost, Lost::Struck | Lost::Merged | Lost::Table);
        if is_said && !is_hidden && self.lost.len() < MOST_LOST {
            self.lost.push((self.at, lost));
        }
    }

    fn style(&self) -> Style {
        self.open.last().map_or(Style::PLAIN, |open| open.style)
    }

    /// Characters between tags.
    fn text(&mut self, text: &str) {
        let (is_hidden, is_pre, is_marker) =
            self.open.last().map_or((false, false, false), |open| (open.is_hidden, open.is_pre, open.is_marker));
        if is_hidden {
            return;
        }
        let style = self.style();
        let link = self.open.last().and_then(|open| open.link.clone());
        let converted = self.open.last().and_then(|open| open.legacy).map(|font| legacy::convert(&decoded(text), font));
        let mut rest = converted.as_deref().unwrap_or(text);
        while let Some(c) = rest.chars().next() {
            let is_entity = c == '&' && converted.is_none();
            let (c, length) = if is_entity { entity(rest) } else { (c, c.len_utf8()) };
            rest = rest.get(length..).unwrap_or_default();
            match c {
                '\n' if is_pre => self.end_block(),
                // Our own page has each space as the release has it.
                ' ' | '\u{A0}' if self.own.is_some() => {
                    if !self.text.is_empty() && self.space.is_none() {
                        self.push(c, style, link.as_ref());
                    }
                }
                ' ' | '\n' | '\r' | '\t' | '\u{C}' => self.space = Some(' '),
                // A space that does not break is one only between two words; beside others it fills up.
                '\u{A0}' => self.space = Some(self.space.map_or(c, |_| ' ')),
                c if is_marker => self.word_marker.push(c),
                c => self.push(c, style, link.as_ref()),
            }
        }
    }

    fn push(&mut self, c: char, style: Style, link: Option<&Address>) {
        // What leads somewhere is underlined anyhow.
        let style = if link.is_some() && self.own.is_none() { style.with(Style::UNDERLINE, false) } else { style };
        if let Some(space) = self.space.filter(|_| !self.text.is_empty()) {
            // A space at the edge of emphasised words is emphasised if both sides are, and so with links.
            let both = if self.last == style { style } else { Style::PLAIN };
            let start = self.text.len();
            self.text.push_str(space.encode_utf8(&mut [0; 4]), both);
            if let Some(link) = link.filter(|link| self.last_link.as_ref() == Some(*link)) {
                self.text.lead_from(start, link);
            }
        }
        (self.space, self.last) = (None, style);
        if self.last_link.as_ref() != link {
            self.last_link = link.cloned();
        }
        let cleaned = clean(c.encode_utf8(&mut [0; 4]), false);
        let start = self.text.len();
        self.text.push_str(&cleaned, style);
        if let Some(link) = link {
            self.text.lead_from(start, link);
        }
    }

    /// Ends the block that is being read; one without text is none.
    fn end_block(&mut self) {
        self.space = None;
        let text = std::mem::take(&mut self.text);
        let plain = text.as_str();
        let end = plain.trim_end().len();
        let start = plain.len() - plain.trim_start().len();
        if start < end {
            if self.add_to_note(&text.slice(start..end)) || self.add_to_field(&text.slice(start..end)) {
                self.item = None;
                return;
            }
            if let Some(table) = self.table.as_mut().filter(|table| table.takes_text()) {
                self.item = None;
                return table.add(&text.slice(start..end));
            }
            let kind = self.kind();
            self.item = None;
            let text = text.slice(start..end);
            let text = if self.own.is_some() { text } else { with_soft_spaces(text) };
            if kind != BlockKind::Picture {
                self.blocks.push(Paragraph { kind, ..Paragraph::new(text) });
            } else if let Some(picture) =
                self.blocks.last_mut().filter(|block| block.picture.is_some() && block.text.is_empty())
            {
                picture.text = text;
            } else {
                // The caption of something that is no picture.
                self.blocks.push(Paragraph { kind: BlockKind::Centred, ..Paragraph::new(text) });
            }
        }
        self.blocks.append(&mut self.pictures);
    }

    /// What the block that is being read is.
    fn kind(&self) -> BlockKind {
        if let Some(kind) = self.item {
            return kind;
        }
        if let Some(kind) = self.open.iter().rev().find_map(|open| open.kind) {
            return kind;
        }
        match self.lists.iter().rfind(|list| list.is_in_item) {
            Some(list) => BlockKind::Continued(self.level(list)),
            None => self.outside_lists(),
        }
    }

    /// A tag; says how much of what follows it is no text.
    fn tag(&mut self, tag: &str, after: &str) -> usize {
        let (name, attributes, end) = name_and_attributes(tag);
        match name.as_str() {
            "br" => self.line_break(attributes),
            "style" | "script" | "title" | "template" | "xml" if !end => {
                let length = hidden(after, &name);
                if name == "title" && self.title.is_none() {
                    let title = decoded(after.get(..length).unwrap_or_default());
                    self.title = Some(clean(title.split_whitespace().collect::<Vec<_>>().join(" ").as_str(), false));
                }
                return length;
            }
            "table" => {
                self.end_block();
                self.table(end);
            }
            "tr" => {
                self.end_block();
                if let Some(table) = self.table.as_mut().filter(|_| !end) {
                    table.row();
                }
            }
            "td" | "th" => {
                self.end_block();
                self.cell(&name, attributes, end);
            }
            "img" if !end => self.picture(attributes),
            "ul" | "ol" => {
                self.end_block();
                self.list(&name, attributes, end);
            }
            "li" => {
                self.end_block();
                self.item = if end { None } else { self.item(attributes) };
                if let Some(list) = self.lists.last_mut() {
                    list.is_in_item = !end;
                }
            }
            "p" | "div" | "dl" | "dt" | "dd" | "caption" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre"
            | "blockquote" | "section" | "article" | "header" | "footer" | "figure" | "figcaption" | "hr"
            | "address" => {
                self.end_block();
                self.end_empty_item(&name, end);
            }
            "thead" if self.own.is_some() && !end => self.table.iter_mut().for_each(OpenTable::begin_header),
            _ => {}
        }
        let empty = ["br", "img", "hr", "meta", "link", "input", "wbr", "col", "base", "area", "source"];
        if name.starts_with(['!', '?']) || name.is_empty() || empty.contains(&name.as_str()) {
            return 0;
        }
        let is_way_back = self.own.is_some()
            && !end
            && attribute(attributes, "role") == Some("doc-backlink")
            && after.strip_prefix(BACK).is_some_and(|after| after.starts_with("</a"));
        if end {
            self.end(&name);
        } else if !tag.ends_with("/>") && self.open.len() < MOST_OPEN {
            self.begin(name, attributes, after);
        }
        // The way back of a note that no number leads to is no text.
        if is_way_back { BACK.len() } else { 0 }
    }

    fn begin(&mut self, name: String, attributes: &str, after: &str) {
        let is_shown = !self.open.last().is_some_and(|open| open.is_hidden);
        self.begin_note(&name, attributes);
        let is_note = match name.as_str() {
            "sup" if is_shown => self.is_copied_note(attributes, after),
            "a" if is_shown => self.is_note(attributes, after, self.style()),
            _ => false,
        };
        let declared = declared(attributes);
        let is_dated = is_shown && self.begin_own(&name, attributes, after);
        let is_around = self.is_import && self.own.is_none() && AROUND.contains(&name.as_str());
        if is_around && NAMED.contains(&name.as_str()) {
            self.lose(Lost::Element(name.clone()));
        }
        if name == "a"
            && let Some(address) = attribute(attributes, "href").map(decoded)
        {
            let address = address.trim();
            if !address.is_empty() && !address.starts_with('#') && Address::new(address).is_err() {
                self.lose(Lost::Link(address.chars().filter(|c| !c.is_control()).take(200).collect()));
            }
        }
        let squeezed: String = declared.chars().filter(|c| !c.is_whitespace()).collect();
        if matches!(name.as_str(), "s" | "strike" | "del") || squeezed.contains("line-through") {
            self.lose(Lost::Struck);
        }
        let around = self.open.last();
        let (hidden, pre, marker) =
            around.map_or((false, false, false), |open| (open.is_hidden, open.is_pre, open.is_marker));
        let open = Open {
            style: self.emphasis(&name, attributes),
            is_note: is_of_note(&name, attributes),
            field: self.field(&name, attributes),
            is_hidden: hidden
                || is_note
                || is_dated
                || is_around
                || squeezed.contains("display:none")
                || squeezed.contains("mso-hide:all"),
            is_pre: pre || name == "pre" || squeezed.contains("white-space:pre"),
            is_marker: marker || squeezed.contains("mso-list:ignore"),
            kind: block_kind(&name, &squeezed).or_else(|| self.own_kind(attributes)),
            link: if name == "a" { link(attributes) } else { around.and_then(|open| open.link.clone()) },
            legacy: LegacyFont::of_element(attributes, around.and_then(|open| open.legacy)),
            name,
        };
        if let Some((_, list)) = squeezed.split_once("mso-list:").filter(|_| open.name == "p") {
            let level = list.split_once("level").and_then(|(_, level)| level.chars().next()?.to_digit(10)).unwrap_or(1);
            self.word_level = Level::at(level.saturating_sub(1) as usize);
        }
        self.open.push(open);
    }

    fn end(&mut self, name: &str) {
        let near = self.open.len().saturating_sub(DEEPEST);
        let Some(at) = self.open.iter().skip(near).rposition(|open| open.name == name) else { return };
        self.open.truncate(near + at);
        self.end_note();
        if !self.word_marker.is_empty() && !self.open.last().is_some_and(|open| open.is_marker) {
            let marker = std::mem::take(&mut self.word_marker);
            self.item = Some(BlockKind::Item(word_item(marker.trim(), self.word_level)));
            self.space = None;
        }
    }
}

/// Where an `a` leads, if a link of a release may lead there.
fn link(attributes: &str) -> Option<Address> {
    Address::new(decoded(attribute(attributes, "href")?).trim()).ok()
}

#[cfg(test)]
mod tests;

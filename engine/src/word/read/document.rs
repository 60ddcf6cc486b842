//! The text of a Word file: paragraphs with what they are, and what a draft cannot hold.
//!
//! | file | what is in it |
//! |---|---|
//! | `field` | what Word computes, such as a date or a link |
//! | `item` | items of lists, and what goes on within one |
//! | `table` | tables |

mod field;
mod item;
mod table;

use std::collections::HashMap;

use roxmltree::{Document, Node};

use field::Field;

use super::{
    block::Block,
    drawing::Drawn,
    lost::{Losses, Lost, lose_picture},
    margin::{Margin, shown},
    package::{ReadError, child, child_value, is, is_on, value},
    signs,
    spaces::{PAGE_BREAK_TEXT, pages, tidy},
    styles::{Numbering, Styles, legacy_font, named_list},
};
use crate::{
    khmer::legacy,
    release::{Address, RichText, Style, bounds, clean},
    word::{styles::id, text::MARKED_BREAK},
};

/// Elements within elements are followed so far: Word itself writes a dozen.
const DEEPEST: usize = 60;

/// The text of a file.
pub struct Text {
    /// The paragraphs.
    pub blocks: Vec<Block>,
    /// Whether it was made here and has the ornament.
    pub has_ornament: bool,
    /// What is not among them.
    pub lost: Losses,
    /// What was noted of changes and comments.
    pub margin: Margin,
}

/// What the text refers to in other parts of the file.
#[derive(Clone, Copy)]
pub struct Parts<'s> {
    /// The styles.
    pub styles: &'s Styles,
    /// The lists.
    pub numbering: &'s Numbering,
    /// The targets of links, by their identifiers.
    pub links: &'s HashMap<String, String>,
    /// The notes, by their kinds and identifiers.
    pub notes: &'s Notes,
}

/// Footnotes and endnotes: the name of what refers to one, with its identifier, and its text.
pub type Notes = HashMap<(&'static str, String), RichText>;

/// Reads the text of a file.
pub struct Reader<'s> {
    parts: Parts<'s>,
    blocks: Vec<Block>,
    now: Block,
    /// The pictures of the paragraph that come after its text.
    pictures: Vec<Block>,
    /// How many of the fields that are open are in their instruction.
    instructions: usize,
    fields: Vec<Field>,
    has_ornament: bool,
    lost: Losses,
    margin: Margin,
    /// A paragraph whose end was taken out: the next one is a part of it.
    begun: Option<Block>,
}

/// Letters that are moved by so many half points are raised or lowered; less is a matter of looks.
const RAISED: i32 = 3;

impl<'s> Reader<'s> {
    /// The text of a file.
    pub fn read(part: &Document<'_>, parts: Parts<'s>) -> Result<Text, ReadError> {
        let mut reader = Self::new(parts);
        let Some(body) = child(part.root_element(), "body") else {
            return Err(ReadError::Damaged("it has no text".to_owned()));
        };
        reader.blocks_of(body, 0)?;
        if let Some(block) = reader.begun.take() {
            reader.end_block(block)?;
        }
        let Self { blocks, has_ornament, lost, margin, .. } = reader;
        Ok(Text { blocks, has_ornament, lost, margin })
    }

    /// The text of the head or the foot of pages.
    pub fn edge(part: &Document<'_>, parts: Parts<'s>) -> Result<(Vec<Block>, Losses), ReadError> {
        let mut reader = Self::new(parts);
        reader.blocks_of(part.root_element(), 0)?;
        Ok((reader.blocks, reader.lost))
    }

    /// The notes of a part, of which each is an element of this name.
    pub fn notes(
        part: &Document<'_>,
        name: &str,
        reference: &'static str,
        parts: Parts<'s>,
    ) -> Result<(Notes, Losses), ReadError> {
        let (mut notes, mut lost) = (Notes::new(), Losses::new());
        for node in part.root_element().children().filter(|node| is(*node, name)) {
            // Those with a type are lines between text and notes.
            let Some(id) = value(node, "id").filter(|_| value(node, "type").is_none()) else { continue };
            let mut reader = Self::new(parts);
            reader.blocks_of(node, 0)?;
            reader.leave_pictures();
            let mut text = RichText::default();
            for block in reader.blocks.iter().filter(|block| !block.text.as_str().trim().is_empty()) {
                if !text.is_empty() {
                    text.push_str(" ", Style::PLAIN);
                }
                text.push(&block.text);
            }
            reader.lost.into_iter().for_each(|(what, count)| *lost.entry(what).or_default() += count);
            notes.insert((reference, id.to_owned()), tidy(&text));
        }
        Ok((notes, lost))
    }

    fn new(parts: Parts<'s>) -> Self {
        Self {
            parts,
            blocks: Vec::new(),
            now: Block::default(),
            pictures: Vec::new(),
            instructions: 0,
            fields: Vec::new(),
            has_ornament: false,
            lost: Losses::new(),
            margin: Margin::default(),
            begun: None,
        }
    }

    fn lose(&mut self, what: Lost) {
        *self.lost.entry(what).or_default() += 1;
    }

    fn blocks_of(&mut self, parent: Node<'_, '_>, depth: usize) -> Result<(), ReadError> {
        if depth > DEEPEST {
            return Err(ReadError::Damaged(format!("its parts are more than {DEEPEST} deep in each other")));
        }
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "p" => self.paragraph(node, depth)?,
                "tbl" => self.table(node, depth)?,
                "tr" | "tc" | "sdt" | "sdtContent" | "ins" | "moveTo" | "smartTag" | "customXml" => {
                    self.blocks_of(node, depth + 1)?;
                }
                "del" | "moveFrom" => self.taken_out(node),
                "commentRangeStart" => self.margin.begin(node, 0),
                "altChunk" | "subDoc" => self.lose(Lost::Embedded),
                "AlternateContent" => {
                    // The same twice, for newer and for older programs.
                    if let Some(choice) = child(node, "Choice").or_else(|| child(node, "Fallback")) {
                        self.blocks_of(choice, depth + 1)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, node: Node<'_, '_>, depth: usize) -> Result<(), ReadError> {
        if self.blocks.len() >= bounds::PARAGRAPHS {
            return Err(bounds::Exceeded::Paragraphs(self.blocks.len() + 1).into());
        }
        let properties = child(node, "pPr");
        let style = properties.and_then(|node| child_value(node, "pStyle")).map(str::to_owned);
        let id = style.as_deref();
        let outline = properties
            .and_then(|node| child_value(node, "outlineLvl")?.parse::<usize>().ok())
            .filter(|level| *level < 9)
            .map(|level| level + 1);
        let list = self.list(properties.and_then(named_list), id);
        let indent = self.indent(properties, id, list.as_ref());
        let goes_on = list.is_none().then(|| self.goes_on(id, indent)).flatten();
        let alignment = properties.and_then(|node| child_value(node, "jc"));
        self.now = Block {
            heading: outline.or_else(|| self.parts.styles.heading(id)),
            list,
            indent,
            goes_on,
            is_quotation: self.parts.styles.is_quotation(id),
            is_centred: alignment.map_or_else(|| self.parts.styles.is_centred(id), |alignment| alignment == "center"),
            new_page: properties.and_then(|node| is_on(node, "pageBreakBefore")).unwrap_or(false) || self.now.new_page,
            style,
            ..Block::default()
        };
        let end = properties.and_then(|node| child(node, "rPr"));
        let has_no_end = end.is_some_and(|end| child(end, "del").is_some() || child(end, "moveFrom").is_some());
        // Its text goes on with that of the one before, and it is what that was.
        if let Some(begun) = self.begun.take() {
            self.now = begun;
        }
        self.runs_of(node, depth)?;
        self.end_line_of_fields();
        self.margin.end_paragraph(&self.now.text);
        let block = std::mem::take(&mut self.now);
        // The first letter of a paragraph, let down into its lines, is a paragraph of its own in Word.
        let frame = properties.and_then(|node| child(node, "framePr"));
        let is_initial = frame.and_then(|node| value(node, "dropCap")).is_some_and(|how| how != "none");
        if has_no_end || is_initial {
            if has_no_end {
                self.lose(Lost::Changes);
            }
            self.begun = Some(block);
            return Ok(());
        }
        self.end_block(block)
    }

    /// Adds a block that is whole: one for each page on which it has text.
    fn end_block(&mut self, mut block: Block) -> Result<(), ReadError> {
        let pictures = std::mem::take(&mut self.pictures);
        let is_picture = self.blocks.last().is_some_and(|last| last.drawn.is_some());
        let mut rest = pages(&std::mem::take(&mut block.text)).into_iter();
        let first = rest.next().unwrap_or_default();
        // What is behind a page break within an item goes on within it.
        let goes_on = block.list.as_ref().map(|(_, _, level)| *level).or(block.goes_on);
        let mut now = Block { text: first, ..block.clone() };
        let mut new_page = false;
        for text in rest {
            new_page = true;
            if text.as_str().trim().is_empty() {
                continue;
            }
            if now.is_blank() {
                now = Block { text, new_page, ..now };
            } else {
                self.blocks.push(now);
                if self.blocks.len() >= bounds::PARAGRAPHS {
                    return Err(bounds::Exceeded::Paragraphs(self.blocks.len() + 1).into());
                }
                now = Block { text, new_page, list: None, goes_on, ..block.clone() };
            }
            new_page = false;
        }
        if !(now.is_blank() && is_picture && !now.new_page) {
            self.blocks.push(now);
        }
        self.blocks.extend(pictures);
        self.now.new_page = new_page;
        Ok(())
    }

    fn runs_of(&mut self, parent: Node<'_, '_>, depth: usize) -> Result<(), ReadError> {
        if depth > DEEPEST {
            return Err(ReadError::Damaged(format!("its parts are more than {DEEPEST} deep in each other")));
        }
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "r" => self.run(node, depth)?,
                "ins" | "moveTo" => {
                    self.lose(Lost::Changes);
                    let start = self.now.text.len();
                    self.runs_of(node, depth + 1)?;
                    self.margin.revised(node, self.now.text.as_str().get(start..).unwrap_or_default(), true);
                }
                "del" | "moveFrom" => self.taken_out(node),
                "hyperlink" => {
                    let start = self.now.text.len();
                    self.runs_of(node, depth + 1)?;
                    let target = value(node, "id").and_then(|id| self.parts.links.get(id));
                    self.lead(start, target.and_then(|target| Address::new(target).ok()));
                }
                "fldSimple" => {
                    let start = self.now.text.len();
                    self.runs_of(node, depth + 1)?;
                    if let Some(target) = field::target(value(node, "instr").unwrap_or_default()) {
                        self.lead(start, target);
                    }
                }
                "sdt" | "sdtContent" | "smartTag" | "customXml" | "dir" | "bdo" => {
                    self.runs_of(node, depth + 1)?;
                }
                "commentRangeStart" => self.margin.begin(node, self.now.text.len()),
                "commentRangeEnd" => self.margin.end(node, &self.now.text),
                "oMath" | "oMathPara" => self.lose(Lost::Formulas),
                _ => {}
            }
        }
        Ok(())
    }

    /// Has what was read from a byte on lead to an address, or notes that it cannot.
    fn lead(&mut self, start: usize, address: Option<Address>) {
        let end = self.now.text.len();
        // A field may end in another text than it has begun in.
        let start = self.now.text.as_str().floor_char_boundary(start);
        match address {
            Some(address) if start < end => self.now.text.set_link(start..end, Some(&address)),
            Some(_) => {}
            None => self.lose(Lost::Links),
        }
    }

    /// Text that was deleted with changes tracked.
    fn taken_out(&mut self, node: Node<'_, '_>) {
        self.lose(Lost::Changes);
        self.margin.revised(node, &shown(node), false);
    }

    fn run(&mut self, node: Node<'_, '_>, depth: usize) -> Result<(), ReadError> {
        let properties = child(node, "rPr");
        let on = |name: &str| properties.and_then(|node| is_on(node, name));
        if on("vanish") == Some(true) {
            self.lose(Lost::Hidden);
            return Ok(());
        }
        let style = self.style_of(properties);
        let is_capital = on("caps").unwrap_or(false);
        let is_struck = on("strike").or_else(|| on("dstrike")).unwrap_or(false);
        if is_struck && self.instructions == 0 && child(node, "t").is_some() {
            self.lose(Lost::Struck);
        }
        let legacy = properties
            .and_then(|node| child(node, "rFonts"))
            .map_or_else(|| self.parts.styles.legacy(self.now.style.as_deref()), legacy_font);
        for node in node.children().filter(Node::is_element) {
            let text = match node.tag_name().name() {
                "t" => node.text().unwrap_or_default(),
                "tab" | "ptab" => "\t",
                "cr" => "\n",
                "br" => match value(node, "type") {
                    Some("page") => PAGE_BREAK_TEXT,
                    _ => "\n",
                },
                "noBreakHyphen" => "\u{2011}",
                "softHyphen" => "\u{AD}",
                "sym" => {
                    let sign =
                        signs::of(value(node, "font").unwrap_or_default(), value(node, "char").unwrap_or_default());
                    sign.unwrap_or_else(|| {
                        self.lose(Lost::Signs);
                        ""
                    })
                }
                "fldChar" => {
                    self.field_char(value(node, "fldCharType"));
                    ""
                }
                "instrText" => {
                    self.instruct(node.text().unwrap_or_default());
                    ""
                }
                "footnoteReference" => self.note("footnoteReference", node, style),
                "endnoteReference" => self.note("endnoteReference", node, style),
                "drawing" | "pict" | "object" => {
                    self.drawing(node, depth)?;
                    ""
                }
                "AlternateContent" => {
                    if let Some(choice) = child(node, "Choice").or_else(|| child(node, "Fallback")) {
                        self.drawing(choice, depth)?;
                    }
                    ""
                }
                _ => "",
            };
            if text.is_empty() || self.instructions > 0 {
                continue;
            }
            // Our own marks say nothing; those of the writer are text.
            let unmarked = text.replace(MARKED_BREAK, "");
            let text = unmarked.as_str();
            let text = match legacy {
                Some(font) => legacy::convert(text, font),
                None if is_capital => text.to_uppercase(),
                None => text.to_owned(),
            };
            if text == PAGE_BREAK_TEXT {
                self.now.text.push_str(&text, style);
                continue;
            }
            let kept: Vec<_> = text.split('\t').map(|piece| clean(piece, true)).collect();
            self.now.text.push_str(&kept.join("\t"), style);
        }
        if self.now.text.len() > 4 * bounds::CHARACTERS {
            return Err(ReadError::TooLarge("one of its paragraphs is longer than any of a draft can be".to_owned()));
        }
        Ok(())
    }

    /// The style that the properties of a run say, over what its paragraph has.
    fn style_of(&self, properties: Option<Node<'_, '_>>) -> Style {
        let on = |name: &str| properties.and_then(|node| is_on(node, name));
        let (is_bold, is_italic) = match self.now.heading {
            // A heading is bold by what it is, and so is the head of a table.
            Some(_) => (false, false),
            None if self.now.style.as_deref() == Some(id::TABLE_HEADER) => (false, false),
            None => self.parts.styles.emphasis(self.now.style.as_deref()),
        };
        let underline = properties.and_then(|node| child_value(node, "u"));
        let raised = properties.and_then(|node| child_value(node, "vertAlign"));
        // LibreOffice moves letters that are raised otherwise than by Word's own measure.
        let moved = properties.and_then(|node| child_value(node, "position")?.parse::<i32>().ok());
        let moved = moved.filter(|_| raised.is_none()).unwrap_or(0);
        Style::PLAIN
            .with(Style::BOLD, on("b").or_else(|| on("bCs")).unwrap_or(is_bold))
            .with(Style::ITALIC, on("i").or_else(|| on("iCs")).unwrap_or(is_italic))
            .with(Style::UNDERLINE, underline.is_some_and(|line| line != "none"))
            .with(Style::SUPERSCRIPT, raised == Some("superscript") || moved >= RAISED)
            .with(Style::SUBSCRIPT, raised == Some("subscript") || moved <= -RAISED)
    }

    /// Adds the note that a run refers to; what stands for it in the text is added here, so there is no more.
    fn note(&mut self, kind: &'static str, node: Node<'_, '_>, style: Style) -> &'static str {
        let id = value(node, "id").unwrap_or_default().to_owned();
        match self.parts.notes.get(&(kind, id)) {
            // The page raises the number itself.
            Some(note) => {
                let plain = style.with(Style::SUPERSCRIPT, false);
                self.now.text.push(&RichText::referring(note.clone(), plain));
            }
            None => self.lose(Lost::Notes),
        }
        ""
    }

    /// A drawing: a picture, or a frame with text, which comes after the paragraph it hangs on.
    fn drawing(&mut self, node: Node<'_, '_>, depth: usize) -> Result<(), ReadError> {
        if let Some(frame) = node.descendants().find(|node| is(*node, "txbxContent")) {
            self.lose(Lost::Frames);
            let (now, pictures) = (std::mem::take(&mut self.now), std::mem::take(&mut self.pictures));
            self.blocks_of(frame, depth + 1)?;
            (self.now, self.pictures) = (now, pictures);
            return Ok(());
        }
        let has_style = |id: &str| self.now.style.as_deref() == Some(id);
        let (is_ornament, is_emblem) = (has_style(id::ORNAMENT), has_style(id::EMBLEM));
        match Drawn::of(node) {
            _ if is_ornament => self.has_ornament = true,
            // The draft names the file of its emblem, which the Word file does not have.
            Ok(drawn) if is_emblem => lose_picture(&mut self.lost, drawn.shown_as()),
            Ok(drawn) => self.picture(drawn),
            Err(name) => lose_picture(&mut self.lost, &name),
        }
        Ok(())
    }

    /// A picture is a block of its own: before its paragraph if that has no text yet, or else after it.
    fn picture(&mut self, drawn: Drawn) {
        let block = Block { drawn: Some(drawn), ..Block::default() };
        if self.now.text.as_str().trim().is_empty() {
            let before = std::mem::take(&mut self.now.text);
            let new_page = std::mem::take(&mut self.now.new_page) || before.as_str().contains(PAGE_BREAK_TEXT);
            self.blocks.push(Block { new_page, ..block });
        } else {
            self.pictures.push(block);
        }
    }

    /// Leaves out the pictures of what can have none.
    fn leave_pictures(&mut self) {
        for drawn in self.blocks.iter().filter_map(|block| block.drawn.as_ref()) {
            lose_picture(&mut self.lost, drawn.shown_as());
        }
    }
}

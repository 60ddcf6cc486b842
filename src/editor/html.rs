//! Text with its paragraphs and its emphasis on the clipboard, as Word, Outlook, LibreOffice and browsers exchange
//! it.
//!
//! Of what comes in, paragraphs, headings, lists with their levels, bold, italic and underline are taken. Blank lines between paragraphs, indents and hidden parts are no text. Nothing in it is loaded, run or
//! followed, and the time is in proportion to the length, whatever is in it.

use crate::{
    editing::Slice,
    release::{BlockKind, HeadingLevel, Item, Level, ListKind, Paragraph, RichText, Style, clean},
};

/// HTML that is longer is pasted as plain text, in bytes.
const LONGEST: usize = 32 << 20;
/// How far up an end tag looks for its beginning.
const DEEPEST: usize = 64;
/// Elements that are read as open at the same time; what is inside of more is read as if it were beside them.
const MOST_OPEN: usize = 4096;

/// A line break within a paragraph: as others write it, it also ends paragraphs.
const LINE_BREAK: &str = "<br data-line>";

/// Texts as HTML: blocks if there is more than one.
pub fn write(slice: &Slice) -> String {
    let body = match slice.breaks() {
        0 => write_text(slice.first()),
        _ => write_blocks(slice.blocks()),
    };
    // Without it, some programs take the text for Latin letters.
    format!("<meta charset=\"utf-8\">{body}")
}

fn write_blocks(blocks: &[Paragraph]) -> String {
    let mut html = String::new();
    // The lists that are open, from the outermost: kind, end tag, and whether an item is open in it.
    let mut open: Vec<(ListKind, &str, bool)> = Vec::new();
    for block in blocks {
        let text = write_text(&block.text);
        let depth = block.kind.level().map_or(0, |level| level.depth() + 1);
        let item = if let BlockKind::Item(item) = block.kind { Some(item) } else { None };
        let is_other = |list: ListKind| item.is_some_and(|item| item.list != list);
        while open.len() > depth || open.len() == depth && open.last().is_some_and(|(list, ..)| is_other(*list)) {
            close(&mut open, &mut html);
        }
        let Some(item) = item else {
            html.push_str(&match block.kind {
                BlockKind::Heading(HeadingLevel::One) => format!("<h2>{text}</h2>"),
                BlockKind::Heading(HeadingLevel::Two) => format!("<h3>{text}</h3>"),
                BlockKind::Centred => format!("<p style=\"text-align:center\">{text}</p>"),
                _ => format!("<p>{text}</p>"),
            });
            continue;
        };
        while open.len() < depth {
            let (begin, end) = list_tags(item, open.len());
            html.push_str(&begin);
            open.push((item.list, end, false));
        }
        if let Some((_, _, has_item)) = open.last_mut() {
            html.push_str(if std::mem::replace(has_item, true) { "</li><li>" } else { "<li>" });
        }
        // The item stays open for what is within it.
        html.push_str(&format!("<p>{text}</p>"));
    }
    while !open.is_empty() {
        close(&mut open, &mut html);
    }
    html
}

/// Ends the list that was opened last, and its item.
fn close(open: &mut Vec<(ListKind, &str, bool)>, html: &mut String) {
    if let Some((_, end, has_item)) = open.pop() {
        html.push_str(if has_item { "</li>" } else { "" });
        html.push_str(end);
    }
}

/// The tags of a list at a depth. A list that goes on says that it does not begin with the first number.
fn list_tags(item: Item, depth: usize) -> (String, &'static str) {
    let start = if item.restarts || depth > 0 { "" } else { " start=\"2\"" };
    match (item.list, depth) {
        (ListKind::Bulleted, _) => ("<ul>".to_owned(), "</ul>"),
        (ListKind::Numbered, 0) => (format!("<ol{start}>"), "</ol>"),
        (ListKind::Numbered, 1) => ("<ol type=\"a\">".to_owned(), "</ol>"),
        (ListKind::Numbered, _) => ("<ol type=\"i\">".to_owned(), "</ol>"),
        (ListKind::Sections, 0) => (format!("<ol type=\"I\"{start}>"), "</ol>"),
        (ListKind::Sections, _) => ("<ol type=\"A\">".to_owned(), "</ol>"),
    }
}

fn write_text(text: &RichText) -> String {
    let mut html = String::new();
    for (range, style) in text.runs() {
        let tags = [(Style::BOLD, "b"), (Style::ITALIC, "i"), (Style::UNDERLINE, "u")];
        let used = || tags.iter().filter(|(mark, _)| style.has(*mark));
        for (_, tag) in used() {
            html.push_str(&format!("<{tag}>"));
        }
        for c in text.as_str().get(range).unwrap_or_default().chars() {
            match c {
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '&' => html.push_str("&amp;"),
                '\n' => html.push_str(LINE_BREAK),
                c => html.push(c),
            }
        }
        for (_, tag) in used().rev() {
            html.push_str(&format!("</{tag}>"));
        }
    }
    html
}

/// The paragraphs of HTML with their emphasis; `None` if there is no text in it, it is too long, or a tag does not
/// end.
pub fn read(html: &str) -> Option<Slice> {
    if html.len() > LONGEST {
        return None;
    }
    let mut reader = Reader::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        reader.text(text);
        if !is_tag(tag) {
            reader.text("<");
            rest = tag.get(1..).unwrap_or_default();
            continue;
        }
        let (tag, after) = tag.split_at(tag_length(tag)?);
        rest = after.get(reader.tag(tag, after)..).unwrap_or_default();
    }
    reader.text(rest);
    reader.end_block();
    if let [block] = reader.blocks.as_mut_slice()
        && matches!(block.kind, BlockKind::Heading(_))
    {
        // A heading alone is put into a paragraph as words, which stay as bold as they were.
        block.text.emphasise(0..block.text.len(), Style::BOLD, true);
    }
    (!reader.blocks.is_empty()).then(|| Slice::of(reader.blocks))
}

/// Whether a text that begins with `<` begins with a tag.
fn is_tag(text: &str) -> bool {
    text.as_bytes().get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?'))
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
}

/// A list that is open.
struct List {
    kind: ListKind,
    /// Whether its next item is the first number.
    begins: bool,
    /// Whether an item is open in it.
    is_in_item: bool,
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Paragraph>,
    /// The block that is being read.
    text: RichText,
    open: Vec<Open>,
    lists: Vec<List>,
    /// The item that the next text is.
    item: Option<Item>,
    /// A marker of Word's that is being read.
    word_marker: String,
    /// The level of the item of Word's that is being read.
    word_level: Level,
    /// The white space before what is read next.
    space: Option<char>,
    /// The emphasis of the last character.
    last: Style,
}

impl Reader {
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
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let (c, length) = if c == '&' { entity(rest) } else { (c, c.len_utf8()) };
            rest = rest.get(length..).unwrap_or_default();
            match c {
                '\n' if is_pre => self.end_block(),
                ' ' | '\n' | '\r' | '\t' | '\u{C}' => self.space = Some(' '),
                // A space that does not break is one only between two words; beside others it fills up.
                '\u{A0}' => self.space = Some(self.space.map_or(c, |_| ' ')),
                c if is_marker => self.word_marker.push(c),
                c => self.push(c, style),
            }
        }
    }

    fn push(&mut self, c: char, style: Style) {
        if let Some(space) = self.space.filter(|_| !self.text.is_empty()) {
            // A space at the edge of emphasised words is emphasised if both sides are.
            let both = if self.last == style { style } else { Style::PLAIN };
            self.text.push_str(space.encode_utf8(&mut [0; 4]), both);
        }
        (self.space, self.last) = (None, style);
        let cleaned = clean(c.encode_utf8(&mut [0; 4]), false);
        self.text.push_str(&cleaned, style);
    }

    /// Ends the block that is being read; one without text is none.
    fn end_block(&mut self) {
        self.space = None;
        let text = std::mem::take(&mut self.text);
        let plain = text.as_str();
        let end = plain.trim_end().len();
        let start = plain.len() - plain.trim_start().len();
        if start < end {
            let kind = self.kind();
            self.item = None;
            self.blocks.push(Paragraph { kind, ..Paragraph::new(text.slice(start..end)) });
        }
    }

    /// What the block that is being read is.
    fn kind(&self) -> BlockKind {
        if let Some(item) = self.item {
            return BlockKind::Item(item);
        }
        if let Some(kind) = self.open.iter().rev().find_map(|open| open.kind) {
            return kind;
        }
        match self.lists.iter().rposition(|list| list.is_in_item) {
            Some(depth) => BlockKind::Continued(Level::at(depth)),
            None => BlockKind::Plain,
        }
    }

    /// A tag; says how much of what follows it is no text.
    fn tag(&mut self, tag: &str, after: &str) -> usize {
        let inner = tag.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
        let (inner, end) = inner.strip_prefix('/').map_or((inner, false), |inner| (inner, true));
        let length = inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len());
        let (name, attributes) = inner.split_at(length);
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "br" if attributes.contains("data-line") && !self.text.is_empty() => {
                self.space = None;
                self.text.push_str("\n", self.last);
            }
            "br" => self.end_block(),
            "style" | "script" | "title" | "template" | "xml" if !end => return hidden(after, &name),
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
            "p" | "div" | "dl" | "dt" | "dd" | "tr" | "table" | "caption" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
            | "pre" | "blockquote" | "section" | "article" | "header" | "footer" | "figure" | "hr" | "address" => {
                self.end_block();
            }
            "td" | "th" => self.space = Some(' '),
            _ => {}
        }
        let empty = ["br", "img", "hr", "meta", "link", "input", "wbr", "col", "base", "area", "source"];
        if name.starts_with(['!', '?']) || name.is_empty() || empty.contains(&name.as_str()) {
            return 0;
        }
        if end {
            self.end(&name);
        } else if !tag.ends_with("/>") && self.open.len() < MOST_OPEN {
            self.begin(name, attributes);
        }
        0
    }

    fn begin(&mut self, name: String, attributes: &str) {
        let lower = attributes.to_ascii_lowercase();
        let declared = lower.split_once("style=").map_or("", |(_, style)| style);
        let around = self.open.last();
        let (hidden, pre, marker) =
            around.map_or((false, false, false), |open| (open.is_hidden, open.is_pre, open.is_marker));
        let squeezed: String = declared.chars().filter(|c| !c.is_whitespace()).collect();
        let open = Open {
            style: emphasis(&name, attributes, self.style()),
            is_hidden: hidden || squeezed.contains("display:none") || squeezed.contains("mso-hide:all"),
            is_pre: pre || name == "pre" || squeezed.contains("white-space:pre"),
            is_marker: marker || squeezed.contains("mso-list:ignore"),
            kind: block_kind(&name, &squeezed),
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
        if !self.word_marker.is_empty() && !self.open.last().is_some_and(|open| open.is_marker) {
            let marker = std::mem::take(&mut self.word_marker);
            self.item = Some(word_item(marker.trim(), self.word_level));
            self.space = None;
        }
    }

    fn list(&mut self, name: &str, attributes: &str, end: bool) {
        if end {
            self.lists.pop();
            return;
        }
        let kind = match attribute(attributes, "type").as_deref() {
            _ if name == "ul" => ListKind::Bulleted,
            Some("I") => ListKind::Sections,
            Some("A") if self.lists.last().is_some_and(|list| list.kind == ListKind::Sections) => ListKind::Sections,
            _ => ListKind::Numbered,
        };
        let first = attribute(attributes, "start").and_then(|start| start.parse::<i64>().ok()).unwrap_or(1);
        if self.lists.len() < MOST_OPEN {
            self.lists.push(List { kind, begins: first == 1, is_in_item: false });
        }
    }

    /// An item of the list that was opened last; the first of an outermost list begins its numbers.
    fn item(&mut self, attributes: &str) -> Option<Item> {
        let level = Level::at(self.lists.len().checked_sub(1)?);
        let list = self.lists.last_mut()?;
        let value = attribute(attributes, "value").and_then(|value| value.parse::<i64>().ok());
        let begins = value.map_or(std::mem::take(&mut list.begins), |value| value == 1);
        let restarts = begins && list.kind != ListKind::Bulleted && level == Level::One;
        Some(Item { list: list.kind, level, restarts })
    }
}

/// An item by the number or bullet that Word shows before it.
fn word_item(marker: &str, level: Level) -> Item {
    let number = marker.trim_matches(|c: char| matches!(c, '.' | '(' | ')' | '-' | ' '));
    // Bullets are signs of other fonts.
    let is_number = number.chars().any(char::is_alphanumeric) && marker != "o";
    let is_roman = !number.is_empty() && number.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let list = match (is_number, is_roman) {
        (false, _) => ListKind::Bulleted,
        (_, true) => ListKind::Sections,
        _ => ListKind::Numbered,
    };
    let restarts = level == Level::One && matches!(number, "1" | "I" | "១");
    Item { list, level, restarts }
}

/// What an element makes of the blocks in it, by its name and its style without white space.
fn block_kind(name: &str, style: &str) -> Option<BlockKind> {
    match name {
        "h1" | "h2" => Some(BlockKind::Heading(HeadingLevel::One)),
        "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading(HeadingLevel::Two)),
        "p" if style.contains("text-align:center") => Some(BlockKind::Centred),
        _ => None,
    }
}

/// The value of an attribute of a tag.
fn attribute(attributes: &str, name: &str) -> Option<String> {
    let at = attributes.match_indices('=').find_map(|(at, _)| {
        let before = attributes.get(..at)?.trim_end();
        let key = before.rsplit(|c: char| c.is_whitespace() || c == '"' || c == '\'').next()?;
        key.eq_ignore_ascii_case(name).then_some(at + 1)
    })?;
    let value = attributes.get(at..)?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    Some(match quote {
        Some(quote) => value.split(quote).nth(1).unwrap_or_default().to_owned(),
        None => value.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default().to_owned(),
    })
}

/// The length of what comes before the end tag of an element that is not shown.
fn hidden(after: &str, name: &str) -> usize {
    let end = format!("</{name}");
    let is_end = |window: &[u8]| window.eq_ignore_ascii_case(end.as_bytes());
    after.as_bytes().windows(end.len()).position(is_end).unwrap_or(after.len())
}

/// The emphasis within an element.
fn emphasis(name: &str, attributes: &str, around: Style) -> Style {
    let mut style = match name {
        "b" | "strong" | "th" => around.with(Style::BOLD, true),
        // A heading is bold as such.
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => around.with(Style::BOLD, false),
        "i" | "em" => around.with(Style::ITALIC, true),
        "u" | "ins" => around.with(Style::UNDERLINE, true),
        _ => around,
    };
    let lower = attributes.to_ascii_lowercase();
    let Some((_, declared)) = lower.split_once("style=") else { return style };
    let quote = declared.chars().next().filter(|c| matches!(c, '"' | '\''));
    let declared = match quote {
        Some(quote) => declared.split(quote).nth(1).unwrap_or_default(),
        None => declared.split_ascii_whitespace().next().unwrap_or_default(),
    };
    for (property, value) in declared.split(';').filter_map(|part| part.split_once(':')) {
        let value = value.trim().trim_end_matches("!important").trim();
        style = match property.trim() {
            "font-weight" => {
                let heavy = value.parse::<u16>().map_or(matches!(value, "bold" | "bolder"), |weight| weight >= 600);
                style.with(Style::BOLD, heavy)
            }
            "font-style" => style.with(Style::ITALIC, value.starts_with("italic") || value.starts_with("oblique")),
            "text-decoration" | "text-decoration-line" => style.with(
                Style::UNDERLINE,
                value.contains("underline") || (style.has(Style::UNDERLINE) && value != "none"),
            ),
            _ => style,
        };
    }
    style
}

/// The character that an entity stands for, and the entity's length; the sign itself if it is none.
fn entity(text: &str) -> (char, usize) {
    let sign = ('&', 1);
    // No entity that is known here is longer.
    let Some(end) = text.bytes().take(12).position(|byte| byte == b';') else { return sign };
    let name = text.get(1..end).unwrap_or_default();
    let c = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{A0}'),
        "shy" => Some('\u{AD}'),
        "ensp" => Some('\u{2002}'),
        "emsp" => Some('\u{2003}'),
        "thinsp" => Some('\u{2009}'),
        "zwnj" => Some('\u{200C}'),
        "zwj" => Some('\u{200D}'),
        "ZeroWidthSpace" => Some('\u{200B}'),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "lsquo" => Some('‘'),
        "rsquo" => Some('’'),
        "ldquo" => Some('“'),
        "rdquo" => Some('”'),
        "laquo" => Some('«'),
        "raquo" => Some('»'),
        "hellip" => Some('…'),
        "bull" => Some('•'),
        "middot" => Some('·'),
        "copy" => Some('©'),
        "reg" => Some('®'),
        "eacute" => Some('é'),
        _ => name.strip_prefix('#').and_then(|number| {
            let hex = number.strip_prefix(['x', 'X']);
            let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
            code.and_then(char::from_u32)
        }),
    };
    c.map_or(sign, |c| (c, end + 1))
}

#[cfg(test)]
mod tests;

//! Text with its paragraphs and its emphasis on the clipboard, as Word, Outlook, LibreOffice and browsers exchange
//! it.
//!
//! Of what comes in, paragraphs, bold, italic and underline are taken, and the numbers and bullets of lists as
//! text. Blank lines between paragraphs, indents and hidden parts are no text. Nothing in it is loaded, run or
//! followed, and the time is in proportion to the length, whatever is in it.

use crate::{
    editing::Slice,
    release::{Paragraph, RichText, Style, clean},
};

/// HTML that is longer is pasted as plain text, in bytes.
const LONGEST: usize = 32 << 20;
/// How far up an end tag looks for its beginning.
const DEEPEST: usize = 64;
/// Elements that are read as open at the same time; what is inside of more is read as if it were beside them.
const MOST_OPEN: usize = 4096;

/// Texts as HTML: paragraphs if there is more than one.
pub fn write(slice: &Slice) -> String {
    let paragraph = |block: &Paragraph| format!("<p>{}</p>", write_text(&block.text));
    let body: String = match slice.breaks() {
        0 => write_text(slice.first()),
        _ => slice.blocks().iter().map(paragraph).collect(),
    };
    // Without it, some programs take the text for Latin letters.
    format!("<meta charset=\"utf-8\">{body}")
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
                '\n' => html.push_str("<br>"),
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
}

/// A list that is open.
struct List {
    /// How its items are counted; `None` for bullets.
    counts: Option<Count>,
    next: i64,
}

#[derive(Clone, Copy)]
enum Count {
    Numbers,
    Letters(bool),
    Roman(bool),
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Paragraph>,
    /// The block that is being read.
    text: RichText,
    open: Vec<Open>,
    lists: Vec<List>,
    /// The number or bullet that goes before the next text.
    marker: Option<String>,
    /// A marker of Word's that is being read.
    word_marker: String,
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
        if let Some(marker) = self.marker.take() {
            self.text.push_str(&format!("{marker} "), Style::PLAIN);
        } else if let Some(space) = self.space.filter(|_| !self.text.is_empty()) {
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
            self.blocks.push(Paragraph::new(text.slice(start..end)));
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
            "br" => self.end_block(),
            "style" | "script" | "title" | "template" | "xml" if !end => return hidden(after, &name),
            "ul" | "ol" => {
                self.end_block();
                self.list(&name, attributes, end);
            }
            "li" => {
                self.end_block();
                self.marker = if end { None } else { self.item(attributes) };
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
            name,
        };
        self.open.push(open);
    }

    fn end(&mut self, name: &str) {
        let near = self.open.len().saturating_sub(DEEPEST);
        let Some(at) = self.open.iter().skip(near).rposition(|open| open.name == name) else { return };
        self.open.truncate(near + at);
        if !self.word_marker.is_empty() && !self.open.last().is_some_and(|open| open.is_marker) {
            let marker = std::mem::take(&mut self.word_marker);
            // Bullets are signs of other fonts.
            let is_number = marker.chars().any(|c| c.is_alphanumeric()) && marker != "o";
            self.marker = Some(if is_number { marker } else { "•".to_owned() });
            self.space = None;
        }
    }

    fn list(&mut self, name: &str, attributes: &str, end: bool) {
        if end {
            self.lists.pop();
            return;
        }
        let counts = match attribute(attributes, "type").as_deref() {
            _ if name == "ul" => None,
            Some("a") => Some(Count::Letters(false)),
            Some("A") => Some(Count::Letters(true)),
            Some("i") => Some(Count::Roman(false)),
            Some("I") => Some(Count::Roman(true)),
            _ => Some(Count::Numbers),
        };
        let next = attribute(attributes, "start").and_then(|start| start.parse().ok()).unwrap_or(1);
        if self.lists.len() < MOST_OPEN {
            self.lists.push(List { counts, next });
        }
    }

    /// The number or bullet of an item.
    fn item(&mut self, attributes: &str) -> Option<String> {
        let list = self.lists.last_mut()?;
        let number = attribute(attributes, "value").and_then(|value| value.parse().ok()).unwrap_or(list.next);
        list.next = number.saturating_add(1);
        Some(list.counts.map_or_else(|| "•".to_owned(), |counts| format!("{}.", counted(number, counts))))
    }
}

/// A number as a list counts.
fn counted(number: i64, counts: Count) -> String {
    let written = match counts {
        Count::Letters(_) if (1..=26).contains(&number) => {
            let letter = u8::try_from(number - 1).map_or('a', |at| char::from(b'a' + at));
            letter.to_string()
        }
        Count::Roman(_) if (1..=39).contains(&number) => {
            let tens = "x".repeat(usize::try_from(number / 10).unwrap_or(0));
            let ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
            let one = usize::try_from(number % 10).ok().and_then(|at| ones.get(at)).copied().unwrap_or_default();
            format!("{tens}{one}")
        }
        _ => number.to_string(),
    };
    if matches!(counts, Count::Letters(true) | Count::Roman(true)) { written.to_uppercase() } else { written }
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
        "b" | "strong" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "th" => around.with(Style::BOLD, true),
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

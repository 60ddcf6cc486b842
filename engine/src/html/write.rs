//! Texts as HTML.

use super::breaks::{BLANK, LINE_BREAK, PARAGRAPH_END};
use crate::release::{
    Attached, BlockKind, Cell, HeadingLevel, Item, ListKind, Paragraph, Picture, RichText, Style, base64, markup,
};

/// Texts as HTML: blocks if there is more than one.
pub fn write(blocks: &[Paragraph]) -> String {
    let is_end = |block: &Paragraph| block.text.is_empty() && !block.kind.stands_alone();
    let body = match blocks {
        [] => String::new(),
        [whole @ .., last] if !whole.is_empty() && is_end(last) => write_blocks(whole) + PARAGRAPH_END,
        [block] if block.picture.is_none() => write_text(&block.text),
        blocks => write_blocks(blocks),
    };
    // Without it, some programs take the text for Latin letters.
    format!("<meta charset=\"utf-8\">{body}")
}

fn write_blocks(blocks: &[Paragraph]) -> String {
    let (mut html, mut table) = (String::new(), Table::default());
    // The lists that are open, from the outermost: kind, end tag, and whether an item is open in it.
    let mut open: Vec<(ListKind, &str, bool)> = Vec::new();
    for block in blocks {
        let is_blank = block.text.is_empty() && !block.kind.stands_alone();
        let text = if is_blank { BLANK.to_owned() } else { write_text(&block.text) };
        let depth = block.kind.level().map_or(0, |level| level.depth() + 1);
        let item = if let BlockKind::Item(item) = block.kind { Some(item) } else { None };
        let is_other = |list: ListKind| item.is_some_and(|item| item.list != list);
        while open.len() > depth || open.len() == depth && open.last().is_some_and(|(list, ..)| is_other(*list)) {
            close(&mut open, &mut html);
        }
        if let BlockKind::Cell(cell) = block.kind {
            table.cell(cell, &text, &mut html);
            continue;
        }
        table.end(&mut html);
        let Some(item) = item else {
            html.push_str(&match block.kind {
                BlockKind::Heading(HeadingLevel::One) => format!("<h2>{text}</h2>"),
                BlockKind::Heading(HeadingLevel::Two) => format!("<h3>{text}</h3>"),
                BlockKind::Centred => format!("<p style=\"text-align:center\">{text}</p>"),
                BlockKind::Quotation => format!("<blockquote><p>{text}</p></blockquote>"),
                BlockKind::Picture => write_picture(block.picture.as_deref(), &text),
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
    table.end(&mut html);
    html
}

/// A picture with its caption; its bytes are within the page.
fn write_picture(picture: Option<&Picture>, caption: &str) -> String {
    let Some(Picture { name, data, alternative, width, beside }) = picture else { return format!("<p>{caption}</p>") };
    let mut html = "<figure><img data-picture=\"".to_owned();
    escape_value(name, &mut html);
    html.push_str(&format!("\" width=\"{}%\"{} alt=\"", width.hundredths(), if *beside { " data-beside" } else { "" }));
    escape_value(alternative, &mut html);
    html.push('"');
    if let Some(data) = data {
        let kind = match data.bytes() {
            [0x89, b'P', ..] => "png",
            [0xFF, ..] => "jpeg",
            _ => "svg+xml",
        };
        html.push_str(&format!(" src=\"data:image/{kind};base64,{}\"", base64::encode(data.bytes())));
    }
    html.push_str(&format!("><figcaption>{caption}</figcaption></figure>"));
    html
}

/// A table that is written.
#[derive(Default)]
struct Table {
    is_open: bool,
    is_header: bool,
}

impl Table {
    fn cell(&mut self, cell: Cell, text: &str, html: &mut String) {
        if cell == Cell::Header {
            self.end(html);
        }
        if !self.is_open {
            html.push_str("<table><tr>");
        } else if cell != Cell::Beside {
            html.push_str("</tr><tr>");
        }
        if cell != Cell::Beside || !self.is_open {
            self.is_header = cell == Cell::Header;
        }
        self.is_open = true;
        let tag = if self.is_header { "th" } else { "td" };
        html.push_str(&format!("<{tag}>{text}</{tag}>"));
    }

    fn end(&mut self, html: &mut String) {
        if std::mem::take(&mut self.is_open) {
            html.push_str("</tr></table>");
        }
    }
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
    let start = match item.start {
        _ if depth > 0 => String::new(),
        Some(1) => String::new(),
        Some(number) => format!(" start=\"{number}\""),
        // With which it is not known here; we go on with what is before the place where it is put.
        None => " start=\"2\" data-continued".to_owned(),
    };
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
    let mut notes = 0;
    // Every second part has a link or is of a note.
    let parts = text.parts(text.attached().flat_map(|(range, _)| [range.start, range.end]));
    let links = text.attached().flat_map(|(_, what)| [None, Some(what)]).chain([None]);
    for (part, link) in parts.iter().zip(links) {
        let address = match link {
            Some(Attached::Link(address)) => address,
            Some(Attached::Note(note)) => {
                // Others see a number; what it refers to is for our own paste.
                notes += 1;
                html.push_str("<sup data-note=\"");
                escape_value(&markup::write(note), &mut html);
                html.push_str(&format!("\">{notes}</sup>"));
                continue;
            }
            Some(Attached::Number(_)) | None => {
                write_runs(part, &mut html);
                continue;
            }
        };
        html.push_str("<a href=\"");
        escape_value(&address.ascii(), &mut html);
        html.push_str("\">");
        write_runs(part, &mut html);
        html.push_str("</a>");
    }
    html
}

fn write_runs(text: &RichText, html: &mut String) {
    for (range, style) in text.runs() {
        let used = || tags(style, "b", "i");
        used().for_each(|tag| html.extend(["<", tag, ">"]));
        escape(text.as_str().get(range).unwrap_or_default(), html);
        used().rev().for_each(|tag| html.extend(["</", tag, ">"]));
    }
}

/// The elements of a style, from the outermost; those for bold and italic are named.
pub(super) fn tags(
    style: Style,
    bold: &'static str,
    italic: &'static str,
) -> impl DoubleEndedIterator<Item = &'static str> {
    let tags = [
        (Style::BOLD, bold),
        (Style::ITALIC, italic),
        (Style::UNDERLINE, "u"),
        (Style::SUPERSCRIPT, "sup"),
        (Style::SUBSCRIPT, "sub"),
    ];
    tags.into_iter().filter(move |(mark, _)| style.has(*mark)).map(|(_, tag)| tag)
}

/// The value of an attribute.
pub(super) fn escape_value(value: &str, html: &mut String) {
    for (index, line) in value.split('\n').enumerate() {
        html.push_str(if index > 0 { "&#10;" } else { "" });
        escape(line, html);
    }
}

fn escape(text: &str, html: &mut String) {
    escape_with(LINE_BREAK, text, html);
}

/// Adds a text in which nothing is read as a tag, its line breaks as this one.
pub(super) fn escape_with(line_break: &str, text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '&' => html.push_str("&amp;"),
            '"' => html.push_str("&quot;"),
            '\n' => html.push_str(line_break),
            c => html.push(c),
        }
    }
}

//! Rich text as a person writes it in a draft: `**bold**`, `*italic*`, `__underline__`, `^^superscript^^`,
//! `~~subscript~~`, `[words](https://address)`, `^[text of a footnote]`.
//!
//! A mark switches its emphasis on or off, so marks need not nest. `\` makes the character
//! after it mean itself. Whatever [`write()`] makes, [`parse`] reads back to the same text.

use std::{collections::HashMap, ops::Range};

use super::{Address, AddressError, Attached, RichText, Style, address::scheme};

/// Why a text with marks cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MarkupError {
    /// An emphasis is begun and never ended.
    #[error("the mark {0} is opened and never closed; close it, or write {1} for the characters themselves")]
    Unclosed(&'static str, &'static str),
    /// The text ends in a lone backslash.
    #[error("the text ends in a lone \\; write \\\\ for a backslash")]
    LoneEscape,
    /// A note is in another.
    #[error(
        "a note has no note in it; write ^\\[ for the characters themselves, or put the second note behind the first"
    )]
    NoteInNote,
    /// A link leads where none may lead.
    #[error(transparent)]
    Address(#[from] AddressError),
}

/// Which marks a text may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// Those of the formats 1 and 2: bold, italic and underline. The signs of all others are characters.
    First,
    /// All.
    All,
}

/// Each mark with the characters it is written as, and how those are written as themselves.
const MARKS: [(Style, &str, &str); 5] = [
    (Style::BOLD, "**", r"\*\*"),
    (Style::ITALIC, "*", r"\*"),
    (Style::UNDERLINE, "__", r"\_\_"),
    (Style::SUPERSCRIPT, "^^", r"\^\^"),
    (Style::SUBSCRIPT, "~~", r"\~\~"),
];

/// Reads text with marks.
///
/// # Errors
/// For a mark that is not closed, a link to what no link may lead to, and a backslash at the end.
pub fn parse(source: &str, marks: Marks) -> Result<RichText, MarkupError> {
    let is_bracketed = source.contains("](") || source.contains("^[");
    let pairs = if marks == Marks::All && is_bracketed { pairs(source) } else { HashMap::new() };
    let mut reader = Reader { source, pairs, marks, text: RichText::default(), style: Style::PLAIN };
    reader.read(0..source.len(), Within::Text)?;
    reader.end()
}

/// What a part of a text is in.
#[derive(Clone, Copy, PartialEq)]
enum Within {
    Text,
    Link,
    Note,
    LinkOfNote,
}

struct Reader<'a> {
    source: &'a str,
    /// The bracket that closes each opened one.
    pairs: HashMap<usize, usize>,
    marks: Marks,
    text: RichText,
    style: Style,
}

impl Reader<'_> {
    /// The text that was read, if all of its marks are closed.
    fn end(&mut self) -> Result<RichText, MarkupError> {
        match MARKS.into_iter().find(|(mark, ..)| self.style.has(*mark)) {
            Some((_, mark, escaped)) => Err(MarkupError::Unclosed(mark, escaped)),
            None => Ok(std::mem::take(&mut self.text)),
        }
    }

    /// The note in brackets, the first of which is at a byte.
    fn note(&mut self, open: usize, within: Within) -> Result<(RichText, usize), MarkupError> {
        if within != Within::Text {
            return Err(MarkupError::NoteInNote);
        }
        let close = *self.pairs.get(&open).ok_or(MarkupError::Unclosed("^[", r"\^["))?;
        let around = (std::mem::take(&mut self.text), std::mem::replace(&mut self.style, Style::PLAIN));
        self.read(open + 1..close, Within::Note)?;
        let note = self.end()?;
        (self.text, self.style) = around;
        Ok((note, close + 1))
    }

    fn read(&mut self, part: Range<usize>, within: Within) -> Result<(), MarkupError> {
        let mut literal = String::new();
        let mut at = part.start;
        loop {
            let rest = self.source.get(at..part.end).unwrap_or_default();
            let plain = rest.bytes().position(is_mark).unwrap_or(rest.len());
            literal.push_str(rest.get(..plain).unwrap_or_default());
            at += plain;
            let Some(c) = rest.get(plain..).and_then(|rest| rest.chars().next()) else { break };
            let next = at + c.len_utf8();
            let after = self.source.get(next..part.end).unwrap_or_default();
            let doubled = after.starts_with(c);
            let is_newer = self.marks == Marks::All;
            let mark = match c {
                '\\' => {
                    let escaped = after.chars().next().ok_or(MarkupError::LoneEscape)?;
                    literal.push(escaped);
                    at = next + escaped.len_utf8();
                    continue;
                }
                '*' if doubled => Style::BOLD,
                '*' => Style::ITALIC,
                '_' if doubled => Style::UNDERLINE,
                '^' if doubled && is_newer => Style::SUPERSCRIPT,
                '^' if is_newer && after.starts_with('[') && !matches!(within, Within::Link | Within::LinkOfNote) => {
                    self.text.push_str(&std::mem::take(&mut literal), self.style);
                    let (note, end) = self.note(next, within)?;
                    self.text.push(&RichText::referring(note, self.style));
                    at = end;
                    continue;
                }
                '~' if doubled && is_newer => Style::SUBSCRIPT,
                '[' if !matches!(within, Within::Link | Within::LinkOfNote)
                    && let Some(link) = self.link(at) =>
                {
                    self.text.push_str(&std::mem::take(&mut literal), self.style);
                    let start = self.text.len();
                    let address = Address::new(&link.address)?;
                    self.read(link.words, if within == Within::Text { Within::Link } else { Within::LinkOfNote })?;
                    self.text.lead_from(start, &address);
                    at = link.end;
                    continue;
                }
                c => {
                    literal.push(c);
                    at = next;
                    continue;
                }
            };
            at = if doubled { next + c.len_utf8() } else { next };
            self.text.push_str(&std::mem::take(&mut literal), self.style);
            self.style = self.style.with(mark, !self.style.has(mark));
        }
        self.text.push_str(&literal, self.style);
        Ok(())
    }

    /// The link that begins at a bracket, if one does: words in brackets, and right behind them in round ones what
    /// begins as an address does. Any other brackets are characters.
    fn link(&self, at: usize) -> Option<Link> {
        let end = *self.pairs.get(&at)?;
        let start = end + 2;
        let inside = self.source.get(end + 1..)?.strip_prefix('(')?;
        // A colon in a sentence has a space behind it.
        let scheme = scheme(inside.get(..inside.floor_char_boundary(LONGEST_SCHEME))?)?;
        inside.get(scheme.len() + 1..).filter(|rest| !rest.starts_with(char::is_whitespace))?;
        let (mut address, mut chars) = (String::new(), inside.char_indices());
        while let Some((byte, c)) = chars.next().filter(|(byte, _)| *byte < 2 * Address::LONGEST) {
            match c {
                ')' => return Some(Link { words: at + 1..end, address, end: start + byte + 1 }),
                '\\' => address.push(chars.next()?.1),
                c => address.push(c),
            }
        }
        None
    }
}

/// Whether a character begins a mark, or makes the one after it mean itself.
fn is_mark(byte: u8) -> bool {
    matches!(byte, b'\\' | b'*' | b'_' | b'^' | b'~' | b'[')
}

/// Longer than any scheme that there is, in bytes.
const LONGEST_SCHEME: usize = 64;

/// A link in a text with marks.
struct Link {
    /// The bytes of the words.
    words: Range<usize>,
    address: String,
    /// The byte behind it.
    end: usize,
}

/// Each bracket that is opened, with the one that closes it; those that are escaped are characters.
fn pairs(source: &str) -> HashMap<usize, usize> {
    let (mut pairs, mut open, mut escaped) = (HashMap::new(), Vec::new(), false);
    for (at, byte) in source.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'[' => open.push(at),
            b']' => _ = open.pop().map(|opened| pairs.insert(opened, at)),
            _ => {}
        }
    }
    pairs
}

/// Writes text with marks.
pub fn write(text: &RichText) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    write_as(text, marks_of(text), &mut out);
    out
}

fn write_as(text: &RichText, marks: Marks, out: &mut String) {
    let mut writer = Writer { text, marks, style: Style::PLAIN, runs: text.runs().collect(), run: 0 };
    let mut at = 0;
    for (range, what) in text.attached() {
        writer.write(at..range.start, out);
        match what {
            Attached::Link(address) => {
                out.push('[');
                writer.write(range.clone(), out);
                out.push_str("](");
                for c in address.as_str().chars() {
                    if matches!(c, '(' | ')' | '\\') {
                        out.push('\\');
                    }
                    out.push(c);
                }
                out.push(')');
            }
            Attached::Note(note) => {
                writer.turn_to(range.start, out);
                out.push_str("^[");
                write_as(note, Marks::All, out);
                out.push(']');
            }
            // Numbers are counted, and not written.
            Attached::Number(_) => {}
        }
        at = range.end;
    }
    writer.write(at..text.len(), out);
    switch(out, writer.style, Style::PLAIN);
}

/// What is left to be written of a text.
struct Writer<'a> {
    text: &'a RichText,
    marks: Marks,
    style: Style,
    runs: Vec<(Range<usize>, Style)>,
    /// The run that was written last.
    run: usize,
}

impl Writer<'_> {
    /// Switches to the style of the character at a byte.
    fn turn_to(&mut self, at: usize, out: &mut String) {
        while self.runs.get(self.run).is_some_and(|(run, _)| run.end <= at) {
            self.run += 1;
        }
        if let Some((_, next)) = self.runs.get(self.run) {
            switch(out, self.style, *next);
            self.style = *next;
        }
    }

    /// Writes a part of the text, run by run.
    fn write(&mut self, part: Range<usize>, out: &mut String) {
        let mut at = part.start;
        while at < part.end {
            self.turn_to(at, out);
            let end = self.runs.get(self.run).map_or(part.end, |(run, _)| run.end.min(part.end));
            escape(out, self.text.as_str().get(at..end).unwrap_or_default(), self.marks);
            at = end;
        }
    }
}

/// The marks that a text needs: drafts of the formats 1 and 2 can hold one that needs the first alone.
pub fn marks_of(text: &RichText) -> Marks {
    let is_newer = |style: Style| style.has(Style::SUPERSCRIPT) || style.has(Style::SUBSCRIPT);
    let has_newer = text.attached().next().is_some() || text.runs().any(|(_, style)| is_newer(style));
    if has_newer { Marks::All } else { Marks::First }
}

/// What is lowered is raised only after it is lowered no longer.
fn switch(out: &mut String, from: Style, to: Style) {
    let changed = from.difference(to);
    let mut marks = MARKS;
    if from.has(Style::SUBSCRIPT) {
        marks.swap(3, 4);
    }
    for (mark, written, _) in marks {
        if changed.has(mark) {
            out.push_str(written);
        }
    }
}

/// A lone `_`, `^` or `~` is common and stays as it is; beside another, or at the edge of a
/// run where a mark may be, it is escaped. So are brackets that could be
/// taken for those of a link or a note, in all texts: others of the draft may make it one of format 3.
fn escape(out: &mut String, run: &str, marks: Marks) {
    let mut before = None;
    let mut chars = run.chars().peekable();
    while let Some(c) = chars.next() {
        let edge = |neighbour: Option<char>| neighbour.map_or(c == '_' || marks == Marks::All, |n| n == c);
        let next = chars.peek().copied();
        let is_escaped = match c {
            '*' | '\\' => true,
            '^' if next == Some('[') => true,
            '_' | '^' | '~' => edge(before) || edge(next),
            '[' => marks == Marks::All,
            ']' => marks == Marks::All || next == Some('('),
            _ => false,
        };
        if is_escaped {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
}

#[cfg(test)]
mod tests;

//! A page of HTML as a draft, with a list of what could not be held.
//!
//! Knows texts and no files. Invariant: nothing that is seen on the page is left out without being listed.

use std::{borrow::Cow, fmt, sync::Arc};

use encoding_rs::Encoding;

use super::{Reader, own::Own};
use crate::{
    khmer::is_khmer,
    release::{BlockKind, HeadingLevel, Language, Paragraph, Picture, Release, bounded, bounds},
};

/// What of a page a draft cannot hold, and was left out or made plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// A table within another, whose cells are lines now.
    Table,
    /// A cell over several columns or rows, whose text is in the first.
    Merged,
    /// A text that is struck through, which is plain now.
    Struck,
    /// A picture, by its file.
    Picture(String),
    /// Where a link leads, whose words were kept.
    Link(String),
    /// The emblem of our own page, which does not say what its file is.
    Emblem,
    /// An element that a release has no place for, by its name.
    Element(String),
    /// A reference to a note, by its number, that is text now.
    Note(String),
    /// What is shown as the day of the release and is no date, where the page names the day for machines.
    Date(String),
    /// A lunar date that is not that of the day.
    LunarDate(String),
    /// A list that is in more than two others.
    Deep,
    /// A list that begins with this number, with which none can begin.
    Start(i64),
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table => f.write_str("a table within another: its cells are lines there now"),
            Self::Merged => f.write_str("a cell over several columns or rows, whose text is in the first of them now"),
            Self::Struck => f.write_str("text struck through, which is plain now"),
            Self::Picture(file) => write!(f, "a picture, {file}: it was left out"),
            Self::Emblem => f.write_str("the emblem, as a page does not name its file: choose it again"),
            Self::Link(address) => write!(f, "a link to {address}, where no link may lead: its words were kept"),
            Self::Element(name) => write!(f, "<{name}>, for which a release has no place: it was left out"),
            Self::Start(number) => {
                write!(f, "a list that begins with {number}: its numbers go on from those before it")
            }
            Self::Note(number) => {
                write!(f, "a reference to a note, {number}: no note goes with it, so that its words were kept as text")
            }
            Self::Date(shown) => {
                write!(
                    f,
                    "“{shown}” in the place of the date: that is no date, so that the one in the page’s code was taken"
                )
            }
            Self::LunarDate(shown) => {
                write!(f, "the lunar date “{shown}”: that of the civil date is written in its place")
            }
            Self::Deep => f.write_str("a list within three others: its items are on the third level"),
        }
    }
}

/// A page that was read.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The draft, whose pictures have no bytes yet.
    pub release: Release,
    /// What it cannot hold, by lines of the page, from 1.
    pub lost: Vec<(usize, Lost)>,
    /// The files of its pictures in their order, from the folder of the page, by its lines.
    files: Vec<(usize, String)>,
}

impl Imported {
    /// Gives each picture what is in its file. One that cannot be read is listed, and its caption is a line of the
    /// text.
    pub fn read_pictures(&mut self, mut read: impl FnMut(&str) -> Option<Picture>) {
        let mut files = std::mem::take(&mut self.files).into_iter();
        let is_open = |block: &Paragraph| block.picture.as_ref().is_some_and(|picture| picture.data.is_none());
        for block in self.release.body.iter_mut().filter(|block| is_open(block)) {
            let Some((line, path)) = files.next() else { break };
            match (read(&path), block.picture.as_mut()) {
                (Some(Picture { name, data, .. }), Some(shown)) => {
                    let shown = Arc::make_mut(shown);
                    (shown.name, shown.data) = (name, data);
                }
                _ => {
                    (block.picture, block.kind) = (None, BlockKind::Centred);
                    let file = path.chars().filter(|c| !c.is_control()).take(200).collect();
                    self.lost.push((line, Lost::Picture(file)));
                }
            }
        }
        self.release.body.retain(|block| block.kind != BlockKind::Centred || !block.text.is_empty());
        self.lost.sort_by_key(|(line, _)| *line);
    }
}

/// Why a page cannot be a draft.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// No text in it, or a tag that does not end.
    #[error("there is no text in it that can be read as HTML; look at it in a browser, and copy the text from there")]
    Empty,
    /// More than a draft may hold.
    #[error(transparent)]
    Exceeded(#[from] bounds::Exceeded),
}

/// The text of a page, in the encoding that its mark or its first lines name; else in UTF-8 if it is that, or else in
/// that of old pages. What is wrong in it becomes U+FFFD.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    // Where browsers look for it.
    let head = bytes.get(..1024).unwrap_or(bytes).to_ascii_lowercase();
    let named = head.windows(8).position(|window| window == b"charset=").and_then(|at| head.get(at + 8..));
    let label = named.map(|rest| {
        let quoted = rest.iter().skip_while(|byte| matches!(byte, b'"' | b'\''));
        quoted
            .copied()
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            .collect::<Vec<u8>>()
    });
    let encoding = label.and_then(|label| Encoding::for_label(&label)).unwrap_or(encoding_rs::WINDOWS_1252);
    encoding.decode_without_bom_handling(bytes).0
}

/// Reads a page as a draft with the letterhead of its language. A heading above the text becomes the headline.
///
/// A page that [`page`](super::page()) wrote becomes the release that it was, but for what the page does not say:
/// - paper, margins and all else of how it is set, and which paragraphs begin a page;
/// - paragraphs without text outside of lists and tables, spaces at the ends of a text, and signatories without text;
/// - that a row of a table lacks cells: they are there, and empty;
/// - the ornament where it is not shown, the emblem's file, and pictures that could not be read; a drawing, and a photo in a format that no browser has,
///   comes back as it was drawn anew;
/// - the letters of an address, which is in ASCII on the page;
/// - a label before the reference that the house would write itself, the lunar date where none can be set, and more
///   columns than signatories;
/// - comments, questions of a template and what it has fixed, findings that are switched off, and the name of the
///   draft in the other language.
///
/// # Errors
/// If there is no text in it, or more than a draft may hold.
pub fn import(html: &str) -> Result<Imported, ImportError> {
    let mut reader = Reader { is_import: true, own: Own::of(html), ..Reader::default() };
    reader.read(html).ok_or(ImportError::Empty)?;
    let Reader { mut blocks, mut lost, title, files, own, .. } = reader;
    if let Some(own) = own {
        if blocks.is_empty() && own.is_empty() {
            return Err(ImportError::Empty);
        }
        lost.extend(own.other_lunar_date());
        lost.sort_by_key(|(at, _)| *at);
        let mut release = own.release(blocks);
        release.put_in_order();
        bounded::check(&release)?;
        return Ok(Imported { release, lost: by_line(html, lost), files: by_line(html, files) });
    }
    // A picture may be above it.
    let first = blocks.iter().position(|block| block.picture.is_none()).unwrap_or(0);
    let headline = match blocks.get(first) {
        Some(block) if matches!(block.kind, BlockKind::Heading(HeadingLevel::One)) => {
            blocks.remove(first).text.without_notes().into_string().replace('\n', " ")
        }
        _ => title.unwrap_or_default(),
    };
    if blocks.is_empty() && headline.is_empty() {
        return Err(ImportError::Empty);
    }
    blocks.iter_mut().filter(|block| is_divider(block)).for_each(|block| block.kind = BlockKind::Centred);
    let mut release = Release::blank(language(&blocks));
    (release.headline, release.body) = (headline, blocks);
    release.put_in_order();
    bounded::check(&release)?;
    Ok(Imported { release, lost: by_line(html, lost), files: by_line(html, files) })
}

/// The language that most letters are of.
fn language(blocks: &[Paragraph]) -> Language {
    let count = |is: &dyn Fn(char) -> bool| {
        let texts = blocks.iter().map(|block| block.text.as_str());
        texts.map(|text| text.chars().filter(|c| is(*c)).count()).sum::<usize>()
    };
    if count(&is_khmer) > count(&|c| c.is_ascii_alphabetic()) { Language::Khmer } else { Language::English }
}

/// Whether a paragraph is a line that closes a text or parts it, such as ###.
fn is_divider(block: &Paragraph) -> bool {
    let text: String = block.text.as_str().split_whitespace().collect();
    let is_mark = matches!(text.as_str(), "###" | "####" | "***" | "-30-" | "—END—" | "-END-" | "–END–" | "—ចប់—");
    block.kind == BlockKind::Plain && is_mark
}

/// Bytes of a text as its lines.
fn by_line<T>(html: &str, lost: Vec<(usize, T)>) -> Vec<(usize, T)> {
    let (mut line, mut at) = (1, 0);
    let mut place = |(byte, lost): (usize, T)| {
        line += html.get(at..byte).map_or(0, |passed| passed.matches('\n').count());
        at = at.max(byte);
        (line, lost)
    };
    lost.into_iter().map(&mut place).collect()
}

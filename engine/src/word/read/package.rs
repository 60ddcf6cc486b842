//! The parts of a Word file: a ZIP archive of XML files.
//!
//! A file that came by mail is hostile until it is read: nothing here takes more memory or time than its bounds
//! allow, whatever sizes the archive claims.

use std::{
    collections::HashMap,
    io::{Cursor, Read as _},
};

use roxmltree::{Document, Node, ParsingOptions};
use zip::ZipArchive;

/// The most bytes of a file that is looked at.
pub const FILE: usize = 64 << 20;
/// The most bytes of one part once it is unpacked. The text of a thousand pages takes about ten.
const PART: u64 = 64 << 20;
/// The most files in the archive.
const FILES: usize = 10_000;
/// The most elements and texts of one part.
const NODES: u32 = 4_000_000;

/// Why a Word file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Something else than a Word file.
    #[error("it is no Word document (.docx); open it in Word or LibreOffice and save it as .docx")]
    NotWord,
    /// Word's format of before 2007, rich text, or a file with a password.
    #[error(
        "it is an old Word document (.doc or .rtf), or one with a password; open it in Word or LibreOffice and save \
         it as .docx without a password"
    )]
    OldWord,
    /// An archive with a part that cannot be unpacked or read.
    #[error("it is damaged: {0}; open it in Word, which may repair it, and save it again")]
    Damaged(String),
    /// Beyond the bounds of what is read.
    #[error("{0}; divide it in Word into several documents")]
    TooLarge(String),
    /// It holds more than a draft can.
    #[error("it holds more than a draft can: {0}")]
    Exceeded(#[from] crate::release::bounds::Exceeded),
}

/// An opened file.
pub struct Package<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl<'a> Package<'a> {
    /// Opens a file.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        if bytes.len() > FILE {
            return Err(ReadError::TooLarge(format!("it has more than {} MB", FILE >> 20)));
        }
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) || bytes.starts_with(b"{\\rtf") {
            return Err(ReadError::OldWord);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| {
            if bytes.starts_with(b"PK") {
                ReadError::Damaged("its end is missing".to_owned())
            } else {
                ReadError::NotWord
            }
        })?;
        if archive.len() > FILES {
            return Err(ReadError::TooLarge(format!("it is an archive of {} files", archive.len())));
        }
        Ok(Self(archive))
    }

    /// The text of a part; `None` if no part has this name.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let damaged = |reason: &str| ReadError::Damaged(format!("{name} {reason}"));
        let Some(index) = self.0.index_for_name(name) else { return Ok(None) };
        let part = self.0.by_index(index).map_err(|_| damaged("cannot be unpacked"))?;
        let mut bytes = Vec::new();
        // What the archive says about the size is not asked.
        part.take(PART + 1).read_to_end(&mut bytes).map_err(|_| damaged("cannot be unpacked"))?;
        if bytes.len() as u64 > PART {
            return Err(ReadError::TooLarge(format!("{name} in it has more than {} MB", PART >> 20)));
        }
        let text = String::from_utf8(bytes).map_err(|_| damaged("is not in UTF-8"))?;
        Ok(Some(text.strip_prefix('\u{FEFF}').map_or_else(|| text.clone(), str::to_owned)))
    }

    /// The bytes of a part that may be missing; `None` too if they are more than a number, or cannot be unpacked.
    pub fn bytes(&mut self, name: &str, most: u64) -> Option<Vec<u8>> {
        let index = self.0.index_for_name(name)?;
        let mut bytes = Vec::new();
        self.0.by_index(index).ok()?.take(most + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= most).then_some(bytes)
    }

    /// What a part refers to.
    pub fn relations(&mut self, folder: &str, part: &str) -> Result<Relations, ReadError> {
        let name = format!("{folder}_rels/{part}.xml.rels");
        let Some(text) = self.text(&name)? else { return Ok(Relations::default()) };
        let tree = parse(&name, &text)?;
        let mut relations = Relations::default();
        for node in tree.descendants() {
            let Some((id, target)) = node.attribute("Id").zip(node.attribute("Target")) else { continue };
            if node.attribute("TargetMode") == Some("External") {
                relations.links.insert(id.to_owned(), target.to_owned());
            } else {
                relations.parts.insert(id.to_owned(), within(folder, target));
            }
        }
        Ok(relations)
    }

    /// The name of the part that has the text.
    pub fn main(&mut self) -> Result<String, ReadError> {
        let Some(links) = self.text("_rels/.rels")? else { return Err(ReadError::NotWord) };
        let links = parse("_rels/.rels", &links)?;
        let main = links
            .descendants()
            .find(|node| node.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument")));
        let target = main.and_then(|node| node.attribute("Target")).ok_or(ReadError::NotWord)?;
        Ok(target.trim_start_matches('/').to_owned())
    }
}

/// What a part refers to, by identifiers.
#[derive(Debug, Default)]
pub struct Relations {
    /// Where links lead.
    pub links: HashMap<String, String>,
    /// The names of other parts.
    pub parts: HashMap<String, String>,
}

/// The name of a part that a part of a folder refers to.
fn within(folder: &str, target: &str) -> String {
    let whole = if target.starts_with('/') { target.to_owned() } else { format!("{folder}{target}") };
    let mut names: Vec<&str> = Vec::new();
    for name in whole.split('/') {
        match name {
            "" | "." => {}
            ".." => _ = names.pop(),
            name => names.push(name),
        }
    }
    names.join("/")
}

/// The tree of a part. A document type, which could name other files or grow without end, is refused.
pub fn parse<'t>(name: &str, text: &'t str) -> Result<Document<'t>, ReadError> {
    let options = ParsingOptions { nodes_limit: NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => ReadError::TooLarge("it has too many parts".to_owned()),
        error => ReadError::Damaged(format!("{name}: {error}")),
    })
}

/// Whether a node is an element of the text's own vocabulary with this name, in the transitional or strict form.
pub fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// A child element.
pub fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| is(*child, name))
}

/// An attribute, whatever its prefix.
pub fn value<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// The value of a child element, as `<w:jc w:val="center"/>` has it.
pub fn child_value<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    value(child(node, name)?, "val")
}

/// Whether a property is on: there, and not switched off.
pub fn is_on(node: Node<'_, '_>, name: &str) -> Option<bool> {
    let property = child(node, name)?;
    Some(!matches!(value(property, "val"), Some("0" | "false" | "off" | "none")))
}

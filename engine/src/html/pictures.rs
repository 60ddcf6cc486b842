//! Pictures of HTML: within what was copied from a release, or files of a page that is imported.
//!
//! Knows tags, and no files. Invariant: a picture that is not taken is listed.

use super::{Lost, OpenTable, Reader, attribute, decoded};
use crate::release::{Paragraph, Picture, PictureData, PictureWidth, RichText, base64, clean};

/// Pictures of a page that are taken.
const MOST_PICTURES: usize = 100;

impl Reader {
    /// Takes a picture that was copied from a release, or is a file of the page; lists others, unless nobody sees
    /// them.
    pub(super) fn picture(&mut self, attributes: &str) {
        let side = |name| attribute(attributes, name).and_then(|side| side.trim().parse::<u32>().ok());
        let is_hidden = self.open.last().is_some_and(|open| open.is_hidden);
        if is_hidden || side("width").is_some_and(|width| width < 3) || side("height").is_some_and(|height| height < 3)
        {
            return;
        }
        if self.own_letterhead(attributes) {
            return;
        }
        let in_cell = self.table.as_ref().is_some_and(OpenTable::takes_text);
        let picture = if in_cell { None } else { self.own_picture(attributes).or_else(|| self.file(attributes)) };
        let Some(picture) = picture else {
            let file = decoded(attribute(attributes, "src").unwrap_or_default());
            let file = if file.starts_with("data:") { "within the page".to_owned() } else { file };
            return self.lose(Lost::Picture(file.chars().filter(|c| !c.is_control()).take(200).collect()));
        };
        let block = Paragraph::picture(picture, RichText::default());
        if self.text.is_empty() {
            self.blocks.push(block);
        } else {
            self.pictures.push(block);
        }
    }

    /// A picture as `write` and `page` write it.
    fn own_picture(&self, attributes: &str) -> Option<Picture> {
        let name = decoded(attribute(attributes, "data-picture")?);
        let data = attribute(attributes, "src").and_then(|source| {
            let (_, text) = source.strip_prefix("data:image/")?.split_once(";base64,")?;
            base64::decode(text).map(PictureData::new)
        });
        if data.is_none() && self.is_import {
            return None;
        }
        let width = attribute(attributes, "data-width")
            .or_else(|| attribute(attributes, "width")?.strip_suffix('%'))
            .and_then(|width| width.parse().ok());
        Some(Picture {
            name: file_name(&name)?.to_owned(),
            data,
            alternative: self.alternative(attributes),
            width: width.and_then(PictureWidth::new).unwrap_or_default(),
            beside: attributes.contains("data-beside"),
        })
    }

    /// A picture that is a file of the page that is imported, whose bytes are not known here.
    fn file(&mut self, attributes: &str) -> Option<Picture> {
        let source = decoded(attribute(attributes, "src").filter(|_| self.is_import)?);
        let path = unescaped(source.split(['?', '#']).next().unwrap_or_default());
        let is_file = !path.contains(':') && !path.starts_with(['/', '\\']) && self.files.len() < MOST_PICTURES;
        let name = file_name(&path).filter(|_| is_file)?.to_owned();
        self.files.push((self.at, path));
        Some(Picture { name, alternative: self.alternative(attributes), ..Picture::default() })
    }

    fn alternative(&self, attributes: &str) -> String {
        clean(&decoded(attribute(attributes, "alt").unwrap_or_default()), false).trim().to_owned()
    }
}

/// The last part of a path, if it may be the name of a picture.
fn file_name(path: &str) -> Option<&str> {
    let name = path.rsplit(['/', '\\']).next()?;
    (!name.is_empty() && !name.chars().any(char::is_control)).then_some(name)
}

/// A path without the escapes of an address; as it is if they are no text.
fn unescaped(path: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), path.as_bytes());
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits.filter(|_| *first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = after.get(if byte.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

//! The pictures in the text of a Word file, as a draft keeps them.
//!
//! Invariant: a picture that is not taken is listed, and none is looked for outside the file.

use std::collections::HashMap;

use roxmltree::Document;

use super::{
    block::Block,
    drawing::LONGEST_NAME,
    lost::{Losses, Lost, lose_picture, note_picture},
    package::Package,
    page,
};
use crate::{
    artwork,
    release::{Paragraph, Picture, PictureData, Release, bounded, bounds},
};

/// Files of pictures that are read: each may take two seconds.
const MOST_FILES: usize = 100;

/// The pictures of a table that has nothing but pictures and their captions, which are below them in the same cell or
/// in the next row.
pub fn figures(rows: &[(bool, Vec<Vec<Block>>)]) -> Option<Vec<Block>> {
    let mut figures: Vec<Block> = Vec::new();
    // The pictures of the row before, by their columns.
    let mut above: Vec<(usize, usize)> = Vec::new();
    for (_, cells) in rows {
        let has_pictures = cells.iter().flatten().any(|block| block.drawn.is_some());
        let mut row = Vec::new();
        for (column, cell) in cells.iter().enumerate() {
            let shown: Vec<&Block> = cell.iter().filter(|block| !block.is_blank()).collect();
            let (picture, caption) = match shown.as_slice() {
                [] => continue,
                [one] if one.drawn.is_some() => (Some(*one), None),
                [one, caption] if one.drawn.is_some() && caption.drawn.is_none() => (Some(*one), Some(*caption)),
                [caption] if !has_pictures => (None, Some(*caption)),
                _ => return None,
            };
            if let Some(picture) = picture {
                row.push((column, figures.len()));
                figures.push(picture.clone());
            }
            let below = above.iter().chain(&row).find(|(of, _)| *of == column);
            if let Some(caption) = caption {
                let figure = figures.get_mut(below?.1).filter(|figure| figure.text.is_empty())?;
                (figure.text, figure.style) = (caption.text.clone(), caption.style.clone());
            }
        }
        let count = row.len();
        for (at, (_, figure)) in row.iter().enumerate() {
            let second = at % Picture::BESIDE;
            let drawn = figures.get_mut(*figure).and_then(|figure| figure.drawn.as_mut());
            if let Some(drawn) = drawn.filter(|_| second > 0 || at + 1 < count) {
                // Those beside each other are as high as the column has room for.
                (drawn.beside, drawn.width) = (second > 0, None);
            }
        }
        above = row;
    }
    (!figures.is_empty()).then_some(figures)
}

/// The width of the column of the text, in twentieths of a point.
pub fn column(part: &Document<'_>) -> f32 {
    let section = page::section(part);
    let number = |element: &str, name: &str| page::number(section, element, name).filter(|number| *number >= 0.0);
    // A4 with margins of an inch.
    let page = number("pgSz", "w").unwrap_or(11_906.0);
    let margins = number("pgMar", "left").unwrap_or(1440.0) + number("pgMar", "right").unwrap_or(1440.0);
    let columns = number("cols", "num").unwrap_or(1.0).clamp(1.0, 10.0);
    let gaps = (columns - 1.0) * number("cols", "space").unwrap_or(720.0);
    ((page - margins - gaps) / columns).max(1.0)
}

/// Reads the pictures of a text.
pub struct Files<'p, 'a> {
    /// The archive.
    pub package: &'p mut Package<'a>,
    /// The names of its parts, by what refers to them.
    pub parts: &'p HashMap<String, String>,
    /// The width of the column, in twentieths of a point.
    pub column: f32,
}

impl Files<'_, '_> {
    /// Reads the pictures of blocks. A caption is the text of its picture, which `is_caption` knows by its style.
    pub fn give(self, blocks: Vec<Block>, is_caption: impl Fn(Option<&str>) -> bool, lost: &mut Losses) -> Vec<Block> {
        let Self { package, parts, column } = self;
        let mut known: HashMap<String, Option<(PictureData, &'static str)>> = HashMap::new();
        let mut room = bounds::BYTES.saturating_sub(most_bytes(&blocks));
        let mut read = |part: &String| {
            if let Some(file) = known.get(part) {
                return file.clone();
            }
            if known.len() >= MOST_FILES {
                return None;
            }
            let file = package.bytes(part, artwork::MAX_BYTES).and_then(|bytes| kept(&bytes));
            let takes = file.as_ref().map_or(0, |(data, _)| bounded::picture_bytes(data.bytes().len()));
            let file = file.filter(|_| takes <= room);
            room -= if file.is_some() { takes } else { 0 };
            known.insert(part.clone(), file.clone());
            file
        };
        let mut given: Vec<Block> = Vec::with_capacity(blocks.len());
        for mut block in blocks {
            if let Some(drawn) = block.drawn.take() {
                match drawn.files.iter().filter_map(|id| parts.get(id)).find_map(&mut read) {
                    Some((data, ending)) => {
                        if drawn.is_cropped {
                            note_picture(lost, drawn.shown_as(), Lost::Cropped);
                        }
                        if drawn.is_turned {
                            note_picture(lost, drawn.shown_as(), Lost::Turned);
                        }
                        block.picture = Some(drawn.with(data, ending, column));
                    }
                    None => lose_picture(lost, drawn.shown_as()),
                }
            } else if !block.is_blank()
                && block.cell.is_none()
                && is_caption(block.style.as_deref())
                && let Some(last) = given.last_mut().filter(|last| last.picture.is_some() && last.text.is_empty())
            {
                last.text = block.text;
                continue;
            }
            given.push(block);
        }
        given
    }
}

/// A picture as a draft keeps it, and the ending of its kind of file; `None` if it cannot be used.
fn kept(bytes: &[u8]) -> Option<(PictureData, &'static str)> {
    let (bytes, _) = artwork::kept(bytes).ok()?;
    let ending = match bytes.as_slice() {
        [0x89, b'P', b'N', b'G', ..] => "png",
        [0xFF, 0xD8, ..] => "jpg",
        _ => "svg",
    };
    Some((PictureData::new(bytes), ending))
}

/// What a draft of these blocks takes at most, without the bytes of pictures.
fn most_bytes(blocks: &[Block]) -> usize {
    let block = |block: &Block| {
        let alternative = block.drawn.as_ref().map(|drawn| drawn.alternative.clone()).unwrap_or_default();
        let picture = Picture { name: "x".repeat(4 * LONGEST_NAME), alternative, ..Picture::default() };
        Paragraph { picture: Some(picture.into()), ..Paragraph::new(block.text.clone()) }
    };
    bounded::most_bytes(&Release { body: blocks.iter().map(block).collect(), ..Release::default() })
}

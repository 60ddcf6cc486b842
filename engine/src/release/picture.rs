//! A picture within the text.
//!
//! Its bytes are kept in the draft, so that a draft that is mailed, copied or brought back from an earlier version has
//! its pictures with it. Knows nothing of what is in them. Invariant: what was
//! shared stays shared, and two pictures are compared without a look at their bytes.

use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::Paragraph;

/// A picture of a block, whose text is the caption.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// The name of its file, without a folder: PNG, JPEG or SVG.
    pub name: String,
    /// The bytes of the file; `None` if they are neither in the draft nor beside it.
    pub data: Option<PictureData>,
    /// Its alternative text.
    pub alternative: String,
    /// Its width in hundredths of the column.
    pub width: PictureWidth,
    /// Whether it is beside the picture before it.
    pub beside: bool,
}

impl Picture {
    /// How many pictures are beside each other.
    pub const BESIDE: usize = 2;

    /// The name of a file with a number before its ending, for one that would have the name of another.
    pub fn numbered(name: &str, number: usize) -> String {
        match name.rsplit_once('.') {
            Some((stem, ending)) => format!("{stem}-{number}.{ending}"),
            None => format!("{name}-{number}"),
        }
    }

    /// How many blocks of a body from one on are pictures beside each other; 0 if it is no picture.
    pub fn beside(body: &[Paragraph], index: usize) -> usize {
        let pictures = body.get(index..).unwrap_or_default().iter().map_while(|block| block.picture.as_ref());
        let is_one = |(at, picture): &(usize, &Arc<Self>)| *at == 0 || picture.beside;
        pictures.enumerate().take(Self::BESIDE).take_while(is_one).count()
    }
}

/// The width of a picture, in hundredths of the column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureWidth(u8);

impl PictureWidth {
    /// The widths that a picture may have.
    pub const ALL: std::ops::RangeInclusive<u8> = 10..=100;

    /// So many hundredths; `None` if no picture has that width.
    pub fn new(hundredths: u8) -> Option<Self> {
        Self::ALL.contains(&hundredths).then_some(Self(hundredths))
    }

    /// How many hundredths of the column.
    pub fn hundredths(self) -> u8 {
        self.0
    }
}

impl Default for PictureWidth {
    fn default() -> Self {
        Self(100)
    }
}

/// The bytes of a picture's file, and their sum.
#[derive(Clone)]
pub struct PictureData {
    bytes: Arc<[u8]>,
    sum: [u8; 32],
}

impl PictureData {
    /// Bytes that were read.
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        let sum = Sha256::digest(&bytes).into();
        Self { bytes, sum }
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Their SHA-256, which tells them from others without a look at them.
    pub fn sum(&self) -> [u8; 32] {
        self.sum
    }
}

impl PartialEq for PictureData {
    fn eq(&self, other: &Self) -> bool {
        self.sum == other.sum
    }
}

impl Eq for PictureData {}

impl std::fmt::Debug for PictureData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PictureData({} bytes)", self.bytes.len())
    }
}

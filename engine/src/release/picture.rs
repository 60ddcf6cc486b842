//! A picture within the text.
//!
//! Its bytes are kept in the draft, so that a draft that is mailed, copied or brought back from an earlier version has
//! its pictures with it. Knows nothing of what is in them. Invariant: two pictures are equal if all of them is, and
//! what was shared stays shared.

use std::sync::Arc;

/// A picture of a block, whose text is the caption.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// The name of its file, without a folder: PNG, JPEG or SVG.
    pub name: String,
    /// The bytes of the file; `None` if they are neither in the draft nor beside it.
    pub data: Option<PictureData>,
    /// What a reader who cannot see it is told.
    pub alternative: String,
    /// Its width in hundredths of the column.
    pub width: PictureWidth,
    /// Whether it is beside the picture before it.
    pub beside: bool,
}

impl Picture {
    /// How many pictures are beside each other.
    pub const BESIDE: usize = 2;
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

/// The bytes of a picture's file.
#[derive(Clone, PartialEq, Eq)]
pub struct PictureData(Arc<[u8]>);

impl PictureData {
    /// Bytes that were read.
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Self {
        Self(bytes.into())
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for PictureData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PictureData({} bytes)", self.0.len())
    }
}

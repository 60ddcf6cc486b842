//! What a glyph of a document's font is made of, and what a font program needs of the font.
//!
//! Must never know: text and codes.

use crate::typeset::Face;

/// What a code draws.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Drawn {
    /// The outlines.
    pub parts: Vec<GlyphPart>,
    /// The advance in thousandths of an em.
    pub advance: u16,
}

/// A source glyph's outline in its place, in units of [`UNIT`](super::outline::UNIT) from the pen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct GlyphPart {
    /// The glyph in the source font.
    pub glyph: u16,
    /// To the right.
    pub x: i16,
    /// Upwards.
    pub y: i16,
}

/// A font as its program is written from it.
pub(super) struct Source<'a> {
    /// The face whose outlines are taken.
    pub face: Face,
    /// Six letters before the name, by which viewers tell subsets apart.
    pub tag: String,
    /// What each code draws, from code 1.
    pub drawn: &'a [Drawn],
    /// The advance of the box for a missing glyph, in thousandths of an em.
    pub missing: u16,
    /// Thousandths of an em in a unit of the source font.
    pub scale: f64,
}

//! Why a picture cannot be used, each as the end of a sentence that begins with the file's name.
//!
//! Knows nothing of how pictures are read.

use std::{io, sync::Arc};

use super::{MAX_BYTES, MAX_TIME, photo};

/// Why a picture cannot be used.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ArtworkError {
    /// The file is not there or may not be read.
    #[error("cannot be opened ({0}); check that it is where the draft says")]
    Unreadable(Arc<io::Error>),
    /// The picture is outside the draft's folder, and nobody allowed it.
    #[error(
        "is outside the folder of the draft and was not opened; copy it into that folder, or choose it in the window"
    )]
    NotAllowed,
    /// Too many bytes.
    #[error("has more than {} MB; save it smaller", MAX_BYTES >> 20)]
    TooLarge,
    /// The draft has no room for it beside what it holds already.
    #[error("has no room in the draft beside what that holds already; make the picture smaller")]
    NoRoom,
    /// Too many pixels.
    #[error("has more than {} pixels a side, or more than {} million in all; save it smaller",
        photo::MAX_SIDE, photo::MAX_PIXELS / 1_000_000)]
    TooManyPixels,
    /// Neither PNG nor JPEG nor SVG.
    #[error("is neither a PNG nor a JPEG nor an SVG picture; save it as one of these")]
    UnknownKind,
    /// The picture's own data is wrong.
    #[error("is damaged ({0}); save it again from the program that made it")]
    Damaged(String),
    /// An SVG that uses what a page cannot print.
    #[error("uses {0}, which cannot be printed; save it as a PNG of 600 pixels or more instead")]
    Unsupported(Feature),
    /// A picture that would take too long, or too much memory.
    #[error("{0}; save it as a PNG of 600 pixels or more instead")]
    TooComplex(Excess),
}

/// Two refusals are one if they are said alike.
impl PartialEq for ArtworkError {
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

impl Eq for ArtworkError {}

impl From<io::Error> for ArtworkError {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(Arc::new(error))
    }
}

impl From<Excess> for ArtworkError {
    fn from(excess: Excess) -> Self {
        Self::TooComplex(excess)
    }
}

/// What an SVG may use that a page cannot print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// Opacity below one, masks, filters
    Transparency,
    /// Clip paths
    Clipping,
    /// A picture of pixels, or one in another file
    Picture,
    /// Letters that are not outlines
    Text,
    /// Colours that run into each other
    Gradients,
    /// Areas that are filled with a picture
    Patterns,
    /// Dashed lines
    Dashes,
    /// Arrowheads and the like on lines
    Markers,
    /// Nothing that is drawn
    NothingDrawn,
}

impl Feature {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Transparency,
        Self::Clipping,
        Self::Picture,
        Self::Text,
        Self::Gradients,
        Self::Patterns,
        Self::Dashes,
        Self::Markers,
        Self::NothingDrawn,
    ];
}

impl std::fmt::Display for Feature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Transparency => "transparency, masks or filters",
            Self::Clipping => "clipping",
            Self::Picture => "a picture within the picture",
            Self::Text => "text that is not converted to outlines",
            Self::Gradients => "gradients",
            Self::Patterns => "patterns",
            Self::Dashes => "dashed lines",
            Self::Markers => "arrowheads or other markers on lines",
            Self::NothingDrawn => "nothing but text or pictures",
        })
    }
}

/// Of what a picture has more than can be read safely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excess {
    /// Bytes of an SVG
    Bytes,
    /// Elements, or shapes
    Elements,
    /// Elements within elements, or within themselves
    Depth,
    /// Attributes
    Attributes,
    /// Abbreviations that a DOCTYPE defines
    Entities,
    /// Rules of style sheets
    Styles,
    /// Lines and curves
    Outline,
    /// Lines and curves that are drawn as lines
    Lines,
    /// Numbers, or distance from the frame
    Reach,
    /// Time
    Time,
    /// Memory, or a reader that gave up
    Memory,
}

impl Excess {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Bytes,
        Self::Elements,
        Self::Depth,
        Self::Attributes,
        Self::Entities,
        Self::Styles,
        Self::Outline,
        Self::Lines,
        Self::Reach,
        Self::Time,
        Self::Memory,
    ];
}

impl std::fmt::Display for Excess {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Bytes => "is an SVG of more than 8 MB",
            Self::Elements => "has too many parts",
            Self::Depth => "has groups too deep within each other, or within themselves",
            Self::Attributes => "has too many settings on its parts",
            Self::Entities => "has a DOCTYPE that defines entities",
            Self::Styles => "has a style sheet with too many rules",
            Self::Outline => "has outlines with too many points",
            Self::Lines => "draws lines with too many points",
            Self::Reach => "reaches far beyond its own frame",
            Self::Time => return write!(f, "takes longer than {} seconds to read", MAX_TIME.as_secs()),
            Self::Memory => "needs too much memory to read",
        })
    }
}

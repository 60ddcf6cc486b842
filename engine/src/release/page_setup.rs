//! Paper, margins, type, and the number of pages that a release is to fill.
//!
//! Knows nobody. Its invariant: a draft holds only what is within the ranges of [`PageSetup`].

use serde::{Deserialize, Serialize};

/// Paper sizes on which a release is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Paper {
    /// ISO A4, 210 by 297 mm
    #[default]
    A4,
    /// US Letter, 8.5 by 11 inches
    Letter,
}

impl Paper {
    /// Width and height in points.
    pub fn size(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.276, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }
}

/// The white space around the text, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Margins {
    /// From the upper edge of the paper.
    pub top: f32,
    /// From the right edge.
    pub right: f32,
    /// From the lower edge.
    pub bottom: f32,
    /// From the left edge.
    pub left: f32,
}

impl Default for Margins {
    fn default() -> Self {
        Self { top: 25.4, right: 25.4, bottom: 25.4, left: 25.4 }
    }
}

/// How many pages the release is to fill.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Fit {
    /// As many as it takes.
    #[default]
    AsSet,
    /// One page, if a little less size and leading makes it so.
    OnePage,
    /// Two pages, if a little less size and leading, or a little more leading, makes it so.
    TwoPages,
}

impl Fit {
    /// The number of pages wanted, if any.
    pub fn pages(self) -> Option<usize> {
        match self {
            Self::AsSet => None,
            Self::OnePage => Some(1),
            Self::TwoPages => Some(2),
        }
    }
}

/// The face in which Khmer text is set; headings are in another, whichever this is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum KhmerFace {
    /// Battambang, which has a bold of its own
    #[default]
    Battambang,
    /// Siemreap
    Siemreap,
    /// Khmer OS Content
    KhmerOsContent,
}

impl KhmerFace {
    /// All faces, in the order of lists.
    pub const ALL: [Self; 3] = [Self::Battambang, Self::Siemreap, Self::KhmerOsContent];

    /// The name of its family, as lists of fonts have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Battambang => "Battambang",
            Self::Siemreap => "Siemreap",
            Self::KhmerOsContent => "Khmer OS Content",
        }
    }

    fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// How the release is set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PageSetup {
    /// The size of the paper.
    pub paper: Paper,
    /// The margins, in millimetres.
    pub margins: Margins,
    /// The size of the body text, in points; `None` for the language's own.
    pub body_size: Option<f32>,
    /// The distance of baselines as a multiple of the size; `None` for the language's own.
    pub leading: Option<f32>,
    /// The face of Khmer text.
    #[serde(skip_serializing_if = "KhmerFace::is_usual")]
    pub khmer_face: KhmerFace,
    /// Whether lines are set to the full measure.
    pub justified: bool,
    /// Whether pages are numbered from the second on.
    pub page_numbers: bool,
    /// Whether the number of a page says of how many.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub page_count: bool,
    /// Whether the headline is above the text of pages from the second on.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub running_headline: bool,
    /// Whether size and leading may give way to fill a number of pages.
    pub fit: Fit,
    /// Whether English words of the body may be divided by hyphens.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hyphenate: bool,
}

impl Default for PageSetup {
    fn default() -> Self {
        Self {
            paper: Paper::A4,
            margins: Margins::default(),
            body_size: None,
            leading: None,
            khmer_face: KhmerFace::default(),
            justified: true,
            page_numbers: true,
            page_count: false,
            running_headline: false,
            fit: Fit::AsSet,
            hyphenate: false,
        }
    }
}

impl PageSetup {
    /// Body sizes that can be asked for, in points.
    pub const BODY_SIZES: std::ops::RangeInclusive<f32> = 8.0..=18.0;
    /// Leadings that can be asked for, as multiples of the size.
    pub const LEADINGS: std::ops::RangeInclusive<f32> = 1.0..=3.0;
    /// Margins that can be asked for, in millimetres: half of the narrowest paper, less a column of 60 mm.
    pub const MARGINS: std::ops::RangeInclusive<f32> = 5.0..=75.0;
}

//! The document: what a press release is made of.
//!
//! Knows nobody: neither fonts nor pages nor the window. Its one invariant is that every
//! value that can be built here can be written to a draft and read back unchanged, Khmer in normal order.

mod address;
pub(crate) mod base64;
mod blank;
mod block;
pub mod bounded;
pub mod bounds;
mod check;
mod clean;
mod comment;
mod described;
pub mod difference;
mod fault;
mod field;
pub mod file;
mod hard_spaces;
mod house_style;
pub mod markup;
mod order;
mod outline;
mod page_setup;
mod picture;
pub mod placeholders;
pub mod quotes;
pub mod ready;
mod rich_text;
mod table;
pub mod titles;

use std::sync::Arc;

pub use address::{Address, AddressError, in_text as addresses_in};
pub use block::{BlockKind, Cell, HeadingLevel, Item, Level, ListKind};
pub use check::Check;
use chrono::NaiveDate;
pub use clean::clean;
pub use comment::{Answer, Comment};
pub(crate) use fault::one_of;
pub use fault::{Fault, seen};
pub use field::{Field, SignatoryLine, is_blank};
pub use hard_spaces::{hard_spaces, with_soft_spaces, without_hard_spaces};
pub use house_style::Lock;
pub use order::Reordered;
pub use outline::{Counting, ListEntry, Outline, number_of};
pub use page_setup::{Fit, KhmerFace, Margins, PageSetup, Paper};
pub use picture::{Picture, PictureData, PictureWidth};
pub use placeholders::{Kind, Placeholder};
pub use rich_text::{Attached, NOTE, RichText, Style};
use serde::{Deserialize, Serialize};
pub use table::Table;
#[cfg(test)]
pub(crate) use table::drawn;

/// The language a release is written in. Either may quote the other anywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// English
    #[default]
    English,
    /// Khmer
    Khmer,
}

impl Language {
    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Khmer => "km",
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::English => Self::Khmer,
            Self::Khmer => Self::English,
        }
    }
}

/// One press release.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Release {
    /// The language of the release, which chooses quotation marks, indents and dates.
    pub language: Language,
    /// What is above the title.
    pub letterhead: Letterhead,
    /// The reference number, without its label; empty if there is none.
    pub reference: String,
    /// A line of its own above the title, such as `FOR IMMEDIATE RELEASE`; empty if there is none.
    pub notice: String,
    /// The kind of document, such as `PRESS RELEASE`.
    pub title: String,
    /// The headline without its quotation marks, which the language adds.
    pub headline: String,
    /// The blocks of the text.
    pub body: Vec<Paragraph>,
    /// Whether every plain paragraph of the body is numbered, as in joint texts.
    pub number_paragraphs: bool,
    /// What is below the text.
    pub signature: Signature,
    /// Paper, margins and type.
    pub page: PageSetup,
    /// What need not be checked in this release; each once, in order.
    pub unchecked: Vec<Check>,
    /// What makes it a template; `None` for the draft of a release.
    pub template: Option<Template>,
    /// What its placeholders ask for.
    pub placeholders: Vec<Placeholder>,
    /// What its template has fixed; each once, in order.
    pub locked: Vec<Lock>,
    /// What those who work on it say of it, in order; never printed.
    pub comments: Vec<Comment>,
    /// The name of the file that holds the same release in the other language, beside its own; empty if there is none.
    pub counterpart: String,
}

/// How a template is shown to those who choose one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// What it is called.
    pub name: String,
    /// What it is for, in a sentence; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub purpose: String,
}

/// Kingdom, motto, ornament, emblem, ministry and department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letterhead {
    /// The name of the kingdom.
    pub kingdom: String,
    /// The motto of the nation.
    pub motto: String,
    /// Whether the ornament is under the motto.
    pub ornament: bool,
    /// The emblem above the ministry, if any.
    pub emblem: Option<Emblem>,
    /// The ministry; a line break in the text is one on the page.
    pub ministry: String,
    /// The department that issues the release.
    pub department: String,
}

impl Default for Letterhead {
    fn default() -> Self {
        Self {
            kingdom: String::new(),
            motto: String::new(),
            ornament: true,
            emblem: None,
            ministry: String::new(),
            department: String::new(),
        }
    }
}

/// A picture of the user's own: PNG, JPEG or SVG.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Emblem {
    /// The path of the picture; a relative one starts at the draft's folder.
    pub file: String,
    /// Its alternative text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alternative: String,
    /// Its height in millimetres, within [`Emblem::HEIGHTS`]; `None` for the house's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u8>,
}

impl Emblem {
    /// The heights that an emblem may have, in millimetres. What a file asks for beyond them is set at the nearest.
    pub const HEIGHTS: std::ops::RangeInclusive<u8> = 8..=80;
}

/// One block of the body: a paragraph, a heading, an item of a list, a cell of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paragraph {
    /// The words; a line break in them is one on the page.
    pub text: RichText,
    /// Whether the paragraph starts a new page.
    pub new_page: bool,
    /// What kind of block it is.
    pub kind: BlockKind,
    /// The picture of a block of the kind [`BlockKind::Picture`], and of no other.
    pub picture: Option<Arc<Picture>>,
}

impl Paragraph {
    /// A plain paragraph that flows on from the one before.
    pub fn new(text: RichText) -> Self {
        Self { text, ..Self::default() }
    }

    /// A picture with its caption.
    pub fn picture(picture: Picture, caption: RichText) -> Self {
        Self { kind: BlockKind::Picture, picture: Some(Arc::new(picture)), ..Self::new(caption) }
    }

    /// The same block with another text.
    #[must_use]
    pub fn with_text(&self, text: RichText) -> Self {
        Self { text, picture: self.picture.clone(), ..*self }
    }
}

/// Place and date, and who signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Where the release is signed.
    pub place: String,
    /// The day on which it is signed.
    pub date: SigningDate,
    /// Whether the lunar date is above the civil one, in Khmer.
    pub lunar_date: bool,
    /// Those who sign, in the order in which one reads.
    pub signatories: Vec<Signatory>,
    /// How many of them are beside each other.
    pub columns: Columns,
}

impl Default for Signature {
    /// Room for one signatory.
    fn default() -> Self {
        Self {
            place: String::new(),
            date: SigningDate::Unset,
            lunar_date: false,
            signatories: vec![Signatory::default()],
            columns: Columns::default(),
        }
    }
}

/// One who signs. Each part may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signatory {
    /// For whom, such as `For the Royal Government of the Kingdom of Cambodia`.
    pub party: String,
    /// The title.
    pub title: String,
    /// The name.
    pub name: String,
}

/// How many signatories are beside each other, from 1 to [`Columns::MOST`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Columns(u8);

impl Columns {
    /// More would have no room for a name.
    pub const MOST: u8 = 4;

    /// So many columns; `None` if that is not possible.
    pub fn new(count: u8) -> Option<Self> {
        (1..=Self::MOST).contains(&count).then_some(Self(count))
    }

    /// How many there are.
    pub fn count(self) -> u8 {
        self.0
    }
}

impl Default for Columns {
    fn default() -> Self {
        Self(1)
    }
}

/// The day on which a release is signed, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SigningDate {
    /// None is chosen.
    #[default]
    Unset,
    /// This day.
    Day(NaiveDate),
    /// It waits for the answer to the placeholder of this name.
    Placeholder(String),
}

impl SigningDate {
    /// The day, if it is known.
    pub fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(*day),
            Self::Unset | Self::Placeholder(_) => None,
        }
    }
}

impl From<Option<NaiveDate>> for SigningDate {
    fn from(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Unset, Self::Day)
    }
}

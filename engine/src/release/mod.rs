//! The document: what a press release is made of.
//!
//! Knows nobody: neither fonts nor pages nor the window. Its one invariant is that every
//! value that can be built here can be written to a draft and read back unchanged, Khmer in normal order.

mod address;
mod blank;
mod block;
pub mod bounds;
mod check;
mod clean;
pub mod difference;
mod fault;
pub mod file;
mod hard_spaces;
mod house_style;
pub mod markup;
mod order;
mod outline;
pub mod placeholders;
pub mod ready;
mod rich_text;
mod table;

use std::borrow::Cow;

pub use address::{Address, AddressError, in_text as addresses_in};
pub use block::{BlockKind, Cell, HeadingLevel, Item, Level, ListKind};
pub use check::Check;
use chrono::NaiveDate;
pub use clean::clean;
pub use fault::Fault;
pub(crate) use fault::one_of;
pub use hard_spaces::{hard_spaces, with_soft_spaces, without_hard_spaces};
pub use house_style::Lock;
pub use order::Reordered;
pub use outline::{Counting, ListEntry, Outline};
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
}

/// One press release.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Release {
    /// The language of the release, which chooses quotation marks, indents and dates.
    pub language: Language,
    /// What stands above the title.
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
    /// What stands below the text.
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
    /// Whether the ornament stands under the motto.
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
    /// What a reader who cannot see it is told.
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
}

impl Paragraph {
    /// A plain paragraph that flows on from the one before.
    pub fn new(text: RichText) -> Self {
        Self { text, ..Self::default() }
    }

    /// The same block with another text.
    #[must_use]
    pub fn with_text(&self, text: RichText) -> Self {
        Self { text, ..*self }
    }
}

/// Place and date, and who signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Where the release is signed.
    pub place: String,
    /// The day on which it is signed.
    pub date: SigningDate,
    /// Whether the lunar date stands above the civil one, in Khmer.
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
    /// Whether lines are set to the full measure.
    pub justified: bool,
    /// Whether pages are numbered from the second on.
    pub page_numbers: bool,
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
            justified: true,
            page_numbers: true,
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

/// A place in a release that holds text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// [`Letterhead::kingdom`]
    Kingdom,
    /// [`Letterhead::motto`]
    Motto,
    /// [`Letterhead::ministry`]
    Ministry,
    /// [`Letterhead::department`]
    Department,
    /// [`Release::reference`]
    Reference,
    /// [`Release::notice`]
    Notice,
    /// [`Release::title`]
    Title,
    /// [`Release::headline`]
    Headline,
    /// The paragraph of this index in [`Release::body`]
    Paragraph(usize),
    /// The note that the paragraph of the first index refers to with the character at the byte of the second
    Note(usize, usize),
    /// [`Signature::place`]
    Place,
    /// A line of the signatory of this index in [`Signature::signatories`]
    Signatory(usize, SignatoryLine),
}

/// A line of a signatory, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SignatoryLine {
    /// [`Signatory::party`]
    Party,
    /// [`Signatory::title`]
    Title,
    /// [`Signatory::name`]
    Name,
}

impl SignatoryLine {
    /// All lines, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Party, Self::Title, Self::Name];
}

impl Signatory {
    /// A line.
    pub fn line(&self, line: SignatoryLine) -> &String {
        match line {
            SignatoryLine::Party => &self.party,
            SignatoryLine::Title => &self.title,
            SignatoryLine::Name => &self.name,
        }
    }

    fn line_mut(&mut self, line: SignatoryLine) -> &mut String {
        match line {
            SignatoryLine::Party => &mut self.party,
            SignatoryLine::Title => &mut self.title,
            SignatoryLine::Name => &mut self.name,
        }
    }
}

impl Field {
    /// Whether bold, italic and the like, and links, have a meaning here.
    pub fn is_rich(self) -> bool {
        matches!(self, Self::Paragraph(_) | Self::Note(..))
    }

    /// What the field is called in messages.
    pub fn name(self) -> String {
        match self {
            Self::Kingdom => "kingdom".to_owned(),
            Self::Motto => "motto".to_owned(),
            Self::Ministry => "ministry".to_owned(),
            Self::Department => "department".to_owned(),
            Self::Reference => "reference number".to_owned(),
            Self::Notice => "line above the title".to_owned(),
            Self::Title => "title".to_owned(),
            Self::Headline => "headline".to_owned(),
            Self::Paragraph(index) => format!("paragraph {}", index + 1),
            Self::Note(index, _) => format!("footnote of paragraph {}", index + 1),
            Self::Place => "place of signature".to_owned(),
            Self::Signatory(index, line) => {
                let line = match line {
                    SignatoryLine::Party => "party",
                    SignatoryLine::Title => "title",
                    SignatoryLine::Name => "name",
                };
                match index {
                    0 => format!("{line} of the signatory"),
                    index => format!("{line} of signatory {}", index + 1),
                }
            }
        }
    }

    /// Whether the text may hold line breaks.
    pub fn is_multiline(self) -> bool {
        matches!(self, Self::Ministry | Self::Paragraph(_) | Self::Note(..))
    }
}

impl Release {
    /// The text of a field, or `None` for a paragraph or a signatory that does not exist.
    pub fn text(&self, field: Field) -> Option<Cow<'_, RichText>> {
        let plain = match field {
            Field::Kingdom => &self.letterhead.kingdom,
            Field::Motto => &self.letterhead.motto,
            Field::Ministry => &self.letterhead.ministry,
            Field::Department => &self.letterhead.department,
            Field::Reference => &self.reference,
            Field::Notice => &self.notice,
            Field::Title => &self.title,
            Field::Headline => &self.headline,
            Field::Paragraph(i) => return self.body.get(i).map(|p| Cow::Borrowed(&p.text)),
            Field::Note(i, at) => return self.body.get(i)?.text.note(at).map(Cow::Borrowed),
            Field::Place => &self.signature.place,
            Field::Signatory(index, line) => self.signature.signatories.get(index)?.line(line),
        };
        Some(Cow::Owned(RichText::plain(plain)))
    }

    /// Replaces the text of a field. A paragraph or a signatory that does not exist is left alone.
    pub fn set_text(&mut self, field: Field, text: RichText) {
        let plain = match field {
            Field::Kingdom => &mut self.letterhead.kingdom,
            Field::Motto => &mut self.letterhead.motto,
            Field::Ministry => &mut self.letterhead.ministry,
            Field::Department => &mut self.letterhead.department,
            Field::Reference => &mut self.reference,
            Field::Notice => &mut self.notice,
            Field::Title => &mut self.title,
            Field::Headline => &mut self.headline,
            Field::Paragraph(i) => {
                if let Some(paragraph) = self.body.get_mut(i) {
                    paragraph.text = text;
                }
                return;
            }
            Field::Note(i, at) => {
                if let Some(paragraph) = self.body.get_mut(i) {
                    paragraph.text.set_note(at, text);
                }
                return;
            }
            Field::Place => &mut self.signature.place,
            Field::Signatory(index, line) => match self.signature.signatories.get_mut(index) {
                Some(signatory) => signatory.line_mut(line),
                None => return,
            },
        };
        *plain = text.into_string();
    }

    /// The notes of the body in the order of their numbers, each with the paragraph and the byte that refer to it.
    pub fn notes(&self) -> impl Iterator<Item = (usize, usize, &RichText)> + '_ {
        self.body
            .iter()
            .enumerate()
            .flat_map(|(index, paragraph)| paragraph.text.notes().map(move |(at, note)| (index, at, note)))
    }

    /// All fields in reading order.
    pub fn fields(&self) -> impl Iterator<Item = Field> + use<> {
        use Field::{Department, Headline, Kingdom, Ministry, Motto, Notice, Place, Reference, Title};
        let notes: Vec<Field> = self.notes().map(|(index, at, _)| Field::Note(index, at)).collect();
        let signatories = 0..self.signature.signatories.len();
        [Kingdom, Motto, Ministry, Department, Reference, Notice, Title, Headline]
            .into_iter()
            .chain((0..self.body.len()).map(Field::Paragraph))
            .chain(notes)
            .chain([Place])
            .chain(signatories.flat_map(|index| SignatoryLine::ALL.map(|line| Field::Signatory(index, line))))
    }
}

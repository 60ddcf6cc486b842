//! A block of the body as it is written in a file: `(style: Numbered, level: 2, text: "…")`, and a row of a table:
//! `(row: ["…", "…"])`, a picture: `(picture: "signing.jpg", alternative: "…", text: "…")`.
//!
//! Flat, so that a person writes it by hand and compares two drafts line by line. Invariant: what has no meaning for
//! a style, such as a level for a heading, is refused and not forgotten.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::row::{RowFile, on_one_line, quoted};
use crate::release::{
    BlockKind, Cell, HeadingLevel, Item, Level, ListKind, Paragraph, Picture, PictureWidth, RichText, bounds, markup,
};

/// What is in the list of blocks.
pub(super) enum BlockFile {
    Paragraph(ParagraphFile),
    Row(RowFile),
}

impl BlockFile {
    /// How many blocks of the body it is.
    pub(super) fn count(&self) -> usize {
        match self {
            Self::Paragraph(_) => 1,
            Self::Row(row) => row.count(),
        }
    }

    /// The blocks of a body, with the cells of each row together.
    pub(super) fn of_body(body: Vec<Paragraph>) -> Vec<Self> {
        let mut files: Vec<Self> = Vec::new();
        for block in body {
            match (block.kind, files.last_mut()) {
                (BlockKind::Cell(Cell::Beside), Some(Self::Row(row))) => row.push(block),
                (BlockKind::Cell(cell), _) => files.push(Self::Row(RowFile::new(block, cell == Cell::Header))),
                _ => files.push(Self::Paragraph(ParagraphFile::from(block))),
            }
        }
        files
    }

    /// The body of a file.
    pub(super) fn to_body(files: Vec<Self>) -> Vec<Paragraph> {
        let blocks = |file| match file {
            Self::Paragraph(paragraph) => vec![Paragraph::from(paragraph)],
            Self::Row(row) => row.into_blocks(),
        };
        files.into_iter().flat_map(blocks).collect()
    }
}

impl Serialize for BlockFile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Paragraph(block) if block.is_line() => on_one_line(&block.fields(), serializer),
            Self::Paragraph(block) => block.serialize(serializer),
            Self::Row(row) => row.serialize(serializer),
        }
    }
}

/// A block other than the cells of a table.
#[derive(Serialize)]
#[serde(rename = "Paragraph")]
pub(super) struct ParagraphFile {
    #[serde(skip_serializing_if = "Style::is_plain")]
    style: Style,
    #[serde(skip_serializing_if = "is_first")]
    level: u8,
    #[serde(skip_serializing_if = "super::is_false")]
    restart: bool,
    /// The number with which a list begins; 0 if that is 1, or the list goes on.
    #[serde(skip_serializing_if = "is_none")]
    start: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    alternative: String,
    #[serde(skip_serializing_if = "is_whole")]
    width: u8,
    #[serde(skip_serializing_if = "super::is_false")]
    beside: bool,
    #[serde(serialize_with = "write_rich")]
    text: RichText,
    #[serde(skip_serializing_if = "super::is_false")]
    new_page: bool,
}

impl ParagraphFile {
    /// Whether it is written on one line, as headings and items are. Plain text is as formats 1 and 2 have it.
    fn is_line(&self) -> bool {
        !self.style.is_plain() && self.picture.is_none()
    }

    /// What is written of a block without a picture, as `name: value`.
    fn fields(&self) -> Vec<String> {
        let Self { style, level, restart, start, text, new_page, .. } = self;
        let written = |is_written: bool, field: String| is_written.then_some(field);
        let fields = [
            Some(format!("style: {style:?}")),
            written(!is_first(level), format!("level: {level}")),
            written(*restart, "restart: true".to_owned()),
            written(!is_none(start), format!("start: {start}")),
            Some(format!("text: {}", quoted(&markup::write(text)))),
            written(*new_page, "new_page: true".to_owned()),
        ];
        fields.into_iter().flatten().collect()
    }
}

/// The kind of a block, without its level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Style {
    #[default]
    Plain,
    Centred,
    Quotation,
    Heading,
    Numbered,
    Bulleted,
    Sections,
    Continued,
}

impl Style {
    fn is_plain(&self) -> bool {
        *self == Self::Plain
    }

    /// How many levels there are.
    fn levels(self) -> u8 {
        match self {
            Self::Plain | Self::Centred | Self::Quotation => 1,
            Self::Heading => 2,
            Self::Numbered | Self::Bulleted | Self::Sections | Self::Continued => 3,
        }
    }
}

fn is_first(level: &u8) -> bool {
    *level == 1
}

fn is_none(start: &u16) -> bool {
    *start == 0
}

fn is_whole(width: &u8) -> bool {
    width == PictureWidth::ALL.end()
}

fn write_rich<S: Serializer>(text: &RichText, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&markup::write(text))
}

fn read_rich<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<RichText>, D::Error> {
    Marked::deserialize(deserializer).map(|Marked(text)| Some(text))
}

/// A text with marks.
pub(super) struct Marked(pub RichText);

impl<'de> Deserialize<'de> for Marked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text =
            markup::parse(&String::deserialize(deserializer)?, super::marks::read()).map_err(D::Error::custom)?;
        bounds::rich(&text).map_err(D::Error::custom)?;
        Ok(Self(text))
    }
}

/// A block before it is known whether its parts fit together.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Paragraph")]
struct Parts {
    #[serde(default)]
    style: Style,
    #[serde(default = "first")]
    level: u8,
    #[serde(default)]
    restart: bool,
    #[serde(default)]
    start: Option<u16>,
    #[serde(default, deserialize_with = "read_rich")]
    text: Option<RichText>,
    #[serde(default)]
    picture: Option<String>,
    #[serde(default)]
    alternative: Option<String>,
    #[serde(default)]
    width: Option<u8>,
    #[serde(default)]
    beside: bool,
    #[serde(default)]
    row: Option<Vec<Marked>>,
    #[serde(default)]
    header: bool,
    #[serde(default)]
    new_page: bool,
}

fn first() -> u8 {
    1
}

/// The width of a picture of this name and description, in hundredths of the column, or why it can be none.
fn picture_width(name: &str, alternative: &str, width: Option<u8>) -> Result<u8, String> {
    if name.is_empty() || name.contains(['/', '\\']) || name.chars().any(char::is_control) {
        return Err(
            "`picture` is the name of a file beside the draft, without a folder, such as \"signing.jpg\"".to_owned()
        );
    }
    let (from, to) = (PictureWidth::ALL.start(), PictureWidth::ALL.end());
    if width.is_some_and(|width| PictureWidth::new(width).is_none()) {
        return Err(format!(
            "`width` is the width of a picture in hundredths of the column; it may be from {from} to {to}"
        ));
    }
    bounds::text(alternative).map_err(|error| error.to_string())?;
    Ok(width.unwrap_or(*to))
}

impl<'de> Deserialize<'de> for BlockFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut parts = Parts::deserialize(deserializer)?;
        if let Some(name) = parts.picture.take() {
            return parts.picture(name).map(Self::Paragraph).map_err(D::Error::custom);
        }
        if parts.alternative.is_some() || parts.width.is_some() || parts.beside {
            return Err(D::Error::custom(
                "`alternative`, `width` and `beside` are for pictures; take them out, or write `picture`",
            ));
        }
        if let Some(cells) = parts.row.take() {
            return parts.row(cells).map(Self::Row).map_err(D::Error::custom);
        }
        if parts.header {
            return Err(D::Error::custom("`header` is for the first row of a table; take it out, or write `row`"));
        }
        let text = parts.text.take().ok_or_else(|| D::Error::missing_field("text"))?;
        parts.paragraph(text).map(Self::Paragraph).map_err(D::Error::custom)
    }
}

impl Parts {
    /// Whether it has what only paragraphs have.
    fn is_styled(&self) -> bool {
        self.style != Style::Plain || self.level != 1 || self.restart || self.start.is_some()
    }

    fn picture(self, name: String) -> Result<ParagraphFile, String> {
        if self.is_styled() || self.row.is_some() || self.header {
            return Err(
                "`picture` is a block of its own; take `style`, `level`, `restart`, `row` and `header` out".to_owned()
            );
        }
        let Self { style, level, restart, text, alternative, width, beside, new_page, .. } = self;
        let alternative = alternative.unwrap_or_default();
        let width = picture_width(&name, &alternative, width)?;
        let (picture, text) = (Some(name), text.unwrap_or_default());
        Ok(ParagraphFile { style, level, restart, start: 0, picture, alternative, width, beside, text, new_page })
    }

    fn row(self, cells: Vec<Marked>) -> Result<RowFile, String> {
        if self.text.is_some() || self.is_styled() {
            return Err("`row` has the texts of the cells of a table; take `text`, `style`, `level` and `restart` out"
                .to_owned());
        }
        let cells = cells.into_iter().map(|Marked(text)| text).collect();
        RowFile::read(cells, self.header, self.new_page).map_err(|error| error.to_string())
    }

    fn paragraph(self, text: RichText) -> Result<ParagraphFile, String> {
        let Self { style, level, restart, start, beside, new_page, .. } = self;
        let levels = style.levels();
        if !(1..=levels).contains(&level) {
            return Err(if levels == 1 {
                format!("`level` is for headings and lists; take it out, or choose another `style` than {style:?}")
            } else {
                format!("`level` is {level}; for the style {style:?} it may be from 1 to {levels}")
            });
        }
        if restart && !matches!(style, Style::Numbered | Style::Bulleted | Style::Sections) {
            return Err(
                "`restart` begins the numbers of a list again; take it out, or choose the style Numbered or Sections"
                    .to_owned(),
            );
        }
        if start.is_some() && (restart || !matches!(style, Style::Numbered | Style::Sections)) {
            return Err(
                "`start` is the number with which a list begins; take it out, or take `restart` out and choose the \
                 style Numbered or Sections"
                    .to_owned(),
            );
        }
        if let Some(start) = start.filter(|start| Item::start_at((*start).into()).is_none()) {
            return Err(format!("`start` is {start}; it may be from 1 to {}", Item::MOST_START));
        }
        let (restart, start) = (restart || start == Some(1), start.filter(|start| *start != 1).unwrap_or(0));
        let (alternative, width) = (String::new(), *PictureWidth::ALL.end());
        Ok(ParagraphFile { style, level, restart, start, picture: None, alternative, width, beside, text, new_page })
    }
}

impl From<Paragraph> for ParagraphFile {
    fn from(paragraph: Paragraph) -> Self {
        let Paragraph { text, new_page, kind, picture } = paragraph;
        let depth = match kind {
            BlockKind::Heading(HeadingLevel::Two) => 1,
            kind => kind.level().unwrap_or_default().depth(),
        };
        let style = match kind {
            // Cells are written by rows.
            BlockKind::Plain | BlockKind::Cell(_) | BlockKind::Picture => Style::Plain,
            BlockKind::Centred => Style::Centred,
            BlockKind::Quotation => Style::Quotation,
            BlockKind::Heading(_) => Style::Heading,
            BlockKind::Item(Item { list: ListKind::Numbered, .. }) => Style::Numbered,
            BlockKind::Item(Item { list: ListKind::Bulleted, .. }) => Style::Bulleted,
            BlockKind::Item(Item { list: ListKind::Sections, .. }) => Style::Sections,
            BlockKind::Continued(_) => Style::Continued,
        };
        let begins = match kind {
            // Bullets have no numbers.
            BlockKind::Item(Item { list: ListKind::Bulleted, start, .. }) => start.map(|_| 1),
            BlockKind::Item(item) => item.start,
            _ => None,
        };
        let shown = picture.as_deref().cloned().unwrap_or_default();
        Self {
            style,
            level: u8::try_from(depth).unwrap_or(0) + 1,
            restart: begins == Some(1),
            start: begins.filter(|start| *start != 1).unwrap_or(0),
            picture: picture.map(|picture| picture.name.clone()),
            alternative: shown.alternative,
            width: shown.width.hundredths(),
            beside: shown.beside,
            text,
            new_page,
        }
    }
}

impl From<ParagraphFile> for Paragraph {
    fn from(file: ParagraphFile) -> Self {
        let ParagraphFile { style, level, restart, start, picture, alternative, width, beside, text, new_page } = file;
        if let Some(name) = picture {
            let width = PictureWidth::new(width).unwrap_or_default();
            let picture = Picture { name, data: None, alternative, width, beside };
            return Self { new_page, ..Self::picture(picture, text) };
        }
        let level = Level::at(usize::from(level.saturating_sub(1)));
        let start = Some(start).filter(|start| *start > 0).or(restart.then_some(1));
        let item = |list| BlockKind::Item(Item { list, level, start });
        let kind = match style {
            Style::Plain => BlockKind::Plain,
            Style::Centred => BlockKind::Centred,
            Style::Quotation => BlockKind::Quotation,
            Style::Heading if level == Level::One => BlockKind::Heading(HeadingLevel::One),
            Style::Heading => BlockKind::Heading(HeadingLevel::Two),
            Style::Numbered => item(ListKind::Numbered),
            Style::Bulleted => item(ListKind::Bulleted),
            Style::Sections => item(ListKind::Sections),
            Style::Continued => BlockKind::Continued(level),
        };
        Self { text, new_page, kind, picture: None }
    }
}

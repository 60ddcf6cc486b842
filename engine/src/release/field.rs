//! The places of a release that hold text, and their texts.
//!
//! Knows the document alone. Its invariant: a text that is set in a field is read there again.

use std::borrow::Cow;

use super::{BlockKind, Paragraph, Release, RichText, Signatory, Table};
#[cfg(doc)]
use super::{Letterhead, Signature};
use crate::khmer::characters::is_invisible;

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
            Self::Signatory(0, line) => format!("{} of the signatory", name_of_line(line)),
            Self::Signatory(index, line) => line_of_signatory(index, line),
        }
    }

    /// Whether the text may hold line breaks.
    pub fn is_multiline(self) -> bool {
        matches!(self, Self::Ministry | Self::Paragraph(_) | Self::Note(..))
    }
}

/// Whether nothing of a text can be seen.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

fn name_of_line(line: SignatoryLine) -> &'static str {
    match line {
        SignatoryLine::Party => "party",
        SignatoryLine::Title => "title",
        SignatoryLine::Name => "name",
    }
}

/// What a line of one of several signatories is called.
fn line_of_signatory(index: usize, line: SignatoryLine) -> String {
    format!("{} of signatory {}", name_of_line(line), index + 1)
}

impl Release {
    /// What a field is called in messages: a cell of a table by its row and column, the caption of a picture by the
    /// picture's file, a paragraph by its number among those that a reader sees, a footnote by the block that it is of,
    /// and one of several signatories by its number.
    pub fn name_of(&self, field: Field) -> String {
        match field {
            Field::Paragraph(index) => {
                if let Some((table, row, column)) = Table::numbers(&self.body, index) {
                    return format!("table {table}, row {row}, column {column}");
                }
                match self.body.get(index).and_then(|block| block.picture.as_ref()) {
                    Some(picture) => format!("caption of {}", picture.name),
                    None => Field::Paragraph(self.paragraphs_before(index)).name(),
                }
            }
            Field::Note(index, _) => {
                let is_caption = self.body.get(index).is_some_and(|block| block.picture.is_some());
                let article = if is_caption { "the " } else { "" };
                format!("footnote of {article}{}", self.name_of(Field::Paragraph(index)))
            }
            Field::Signatory(0, line) if self.signature.signatories.len() > 1 => line_of_signatory(0, line),
            field => field.name(),
        }
    }

    /// How many paragraphs a reader counts before a block: neither cells of tables nor pictures nor empty lines, unless
    /// the block is one itself or the release is a translation, whose empty paragraphs are still to be written.
    pub fn paragraphs_before(&self, index: usize) -> usize {
        // Of an empty item the number is seen.
        let is_empty = |block: &Paragraph| !matches!(block.kind, BlockKind::Item(_)) && is_blank(block.text.as_str());
        let with_empty = !self.counterpart.is_empty() || self.body.get(index).is_some_and(is_empty);
        let is_seen =
            |block: &&Paragraph| (with_empty || !is_empty(block)) && !block.kind.is_cell() && block.picture.is_none();
        self.body.iter().take(index).filter(is_seen).count()
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::{Cell, Item, Level, ListKind, Picture};

    #[test]
    fn a_paragraph_is_numbered_as_a_reader_counts() {
        let block = |text: &str, kind| Paragraph { kind, ..Paragraph::new(RichText::plain(text)) };
        let item = BlockKind::Item(Item { list: ListKind::Bulleted, level: Level::One, start: None });
        let body = vec![
            block("One.", BlockKind::Plain),
            block("\u{200B} ", BlockKind::Plain),
            block("a", BlockKind::Cell(Cell::Row)),
            block("b", BlockKind::Cell(Cell::Beside)),
            block("Two.", BlockKind::Plain),
            block("", item),
            block("Four.", BlockKind::Plain),
        ];
        let release = Release { body, ..Release::default() };
        let named = |index| release.name_of(Field::Paragraph(index));
        assert_eq!(
            [0, 1, 3, 4, 5, 6].map(named),
            ["paragraph 1", "paragraph 2", "table 1, row 1, column 2", "paragraph 2", "paragraph 3", "paragraph 4"]
        );
    }

    #[test]
    fn a_footnote_is_named_by_its_block() {
        let cell =
            |text: &str, kind| Paragraph { kind: BlockKind::Cell(kind), ..Paragraph::new(RichText::plain(text)) };
        let mut caption = Paragraph::new(RichText::plain("Caption"));
        caption.picture = Some(Picture { name: "signing.jpg".into(), ..Picture::default() }.into());
        let paragraph = Paragraph::new(RichText::plain("Two."));
        let body = vec![paragraph.clone(), cell("a", Cell::Row), cell("b", Cell::Beside), caption, paragraph];
        let release = Release { body, ..Release::default() };
        assert_eq!(
            [0, 2, 3, 4].map(|index| release.name_of(Field::Note(index, 0))),
            [
                "footnote of paragraph 1",
                "footnote of table 1, row 1, column 2",
                "footnote of the caption of signing.jpg",
                "footnote of paragraph 2"
            ]
        );
    }

    #[test]
    fn each_of_several_signatories_has_a_number() {
        let mut release = Release::default();
        release.signature.signatories = vec![Signatory::default()];
        let field = Field::Signatory(0, SignatoryLine::Name);
        assert_eq!(release.name_of(field), "name of the signatory");
        release.signature.signatories.push(Signatory::default());
        assert_eq!(release.name_of(field), "name of signatory 1");
    }
}

//! What a selection holds: texts with a paragraph break between each two.
//!
//! Invariant: there is at least one text; `n` texts make `n - 1` paragraph breaks. The style of a block comes
//! along with its text, except for the first, which is put into a block that is there already.

use std::{borrow::Cow, ops::Range};

use super::{Position, Texts};
use crate::release::{BlockKind, Cell, Field, Item, Paragraph, RichText, Style};

/// Texts, and the paragraph breaks between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Slice(Vec<Paragraph>);

impl Default for Slice {
    fn default() -> Self {
        Self::text(RichText::default())
    }
}

impl Slice {
    /// A text without a paragraph break.
    pub fn text(text: RichText) -> Self {
        Self(vec![Paragraph::new(text)])
    }

    /// Blocks, with a break between each two.
    pub fn of(blocks: Vec<Paragraph>) -> Self {
        if blocks.is_empty() { Self::default() } else { Self(blocks) }
    }

    /// A paragraph break alone; what comes after it is a block of a kind, which begins a page if `new_page` says so.
    pub fn paragraph_break(new_page: bool, kind: BlockKind) -> Self {
        Self(vec![Paragraph::default(), Paragraph { new_page, kind, ..Paragraph::default() }])
    }

    /// The slice as it is put into a text, with its pictures between paragraphs.
    #[must_use]
    pub fn with_pictures_apart(mut self) -> Self {
        let is_picture = |block: Option<&Paragraph>| block.is_some_and(|block| block.picture.is_some());
        if is_picture(self.0.first()) {
            self.0.insert(0, Paragraph::default());
        }
        if is_picture(self.0.last()) {
            self.0.push(Paragraph::default());
        }
        self
    }

    /// A text whose line breaks are paragraph breaks.
    pub fn of_lines(text: &RichText) -> Self {
        Self::of(text.lines().into_iter().map(Paragraph::new).collect())
    }

    /// The blocks; there is at least one.
    pub fn blocks(&self) -> &[Paragraph] {
        &self.0
    }

    /// How many paragraph breaks there are.
    pub fn breaks(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    /// Whether there is nothing in it, not even a break.
    pub fn is_empty(&self) -> bool {
        self.breaks() == 0 && self.first().is_empty()
    }

    /// Whether there is nothing behind its last break, so that it ends with the end of a paragraph.
    pub fn ends_paragraph(&self) -> bool {
        let is_end = |block: &Paragraph| block.text.is_empty() && !block.kind.stands_alone();
        self.breaks() > 0 && self.0.last().is_some_and(is_end)
    }

    /// The slice as it goes on with a text that is there: the list that its first block begins then begins with the
    /// item behind that.
    pub(super) fn begun_behind_first(&self) -> Cow<'_, Self> {
        let [first, second, ..] = self.0.as_slice() else { return Cow::Borrowed(self) };
        match (first.kind, second.kind) {
            (BlockKind::Item(first), BlockKind::Item(second))
                if second == (Item { start: None, ..first }) && first.start.is_some() =>
            {
                let mut slice = self.clone();
                if let Some(block) = slice.0.get_mut(1) {
                    block.kind = BlockKind::Item(first);
                }
                Cow::Owned(slice)
            }
            _ => Cow::Borrowed(self),
        }
    }

    /// The slice without the end of its last paragraph, if that has text; a picture keeps a place behind it.
    #[must_use]
    pub fn without_end(mut self) -> Self {
        let before = self.0.len().checked_sub(2).and_then(|before| self.0.get(before));
        if self.ends_paragraph() && before.is_some_and(|before| before.picture.is_none() && !before.text.is_empty()) {
            self.0.pop();
        }
        self
    }

    /// The text before the first break.
    pub fn first(&self) -> &RichText {
        static EMPTY: std::sync::LazyLock<RichText> = std::sync::LazyLock::new(RichText::default);
        self.0.first().map_or(&EMPTY, |block| &block.text)
    }

    /// The length of the text after the last break, in bytes.
    pub fn last_length(&self) -> usize {
        self.0.last().map_or(0, |block| block.text.len())
    }

    /// Where it ends if it begins at a place.
    pub fn end_from(&self, start: Position) -> Position {
        match start.field {
            Field::Paragraph(index) if self.breaks() > 0 => {
                Position::new(Field::Paragraph(index + self.breaks()), self.last_length())
            }
            field => Position::new(field, start.byte + self.last_length()),
        }
    }

    /// What is between two places of a flow.
    pub fn between(texts: &dyn Texts, range: Range<Position>) -> Self {
        let part = |field, range: Range<usize>| texts.text(field).map(|text| text.slice(range)).unwrap_or_default();
        let (start, end) = (range.start, range.end);
        let (Field::Paragraph(first), Field::Paragraph(last)) = (start.field, end.field) else {
            return Self::text(part(start.field, start.byte..end.byte));
        };
        let block = |index: usize| {
            let field = Field::Paragraph(index);
            let from = if index == first { start.byte } else { 0 };
            let to = if index == last { end.byte } else { texts.length(field) };
            // A part of a caption is text; only what goes on over blocks has their pictures.
            let picture = if first == last || from > 0 { None } else { texts.picture(field) };
            let kind = match texts.block_kind(field) {
                BlockKind::Picture if picture.is_none() => BlockKind::Plain,
                kind => kind,
            };
            Paragraph { text: part(field, from..to), new_page: texts.starts_page(field), kind, picture }
        };
        Self::of((first..=last).map(block).collect())
    }

    /// What is copied of two places of a flow: what is between them, without a picture that stays when that is
    /// removed.
    pub fn copied(texts: &dyn Texts, range: Range<Position>) -> Self {
        let mut slice = Self::between(texts, range.clone());
        if slice.breaks() > 0
            && !takes_picture(texts, &range)
            && let Some(last) = slice.0.last_mut()
            && last.picture.take().is_some()
        {
            last.kind = BlockKind::Plain;
        }
        slice
    }

    /// The slice as one text, each break as `between`.
    pub fn joined(&self, between: &str) -> RichText {
        let mut joined = RichText::default();
        for (index, block) in self.0.iter().enumerate() {
            if index > 0 {
                joined.push_str(between, Style::PLAIN);
            }
            joined.push(&block.text);
        }
        joined
    }

    /// The slice as plain text: a line for each block, and for each row of a table with tabs between its cells.
    pub fn plain(&self) -> String {
        let mut plain = String::new();
        for (index, block) in self.0.iter().enumerate() {
            let is_beside = block.kind == BlockKind::Cell(Cell::Beside);
            if index > 0 {
                plain.push(if is_beside { '\t' } else { '\n' });
            }
            let text = block.text.as_str();
            // Spreadsheets take a line break for another row unless it is in quotation marks.
            if block.kind.is_cell() && self.breaks() > 0 && text.contains('\n') {
                plain.push_str(&format!("\"{}\"", text.replace('"', "\"\"")));
            } else {
                plain.push_str(text);
            }
        }
        plain
    }

    /// The slice with each of its texts changed.
    #[must_use]
    pub fn map(&self, change: impl Fn(&RichText) -> RichText) -> Self {
        let changed = |block: &Paragraph| block.with_text(change(&block.text));
        Self(self.0.iter().map(changed).collect())
    }

    /// The emphasis that all of it has.
    pub fn style(&self) -> Style {
        let texts = self.0.iter().map(|block| &block.text).filter(|text| !text.is_empty());
        let styles = texts.map(|text| text.style_of(0..text.len()));
        styles.reduce(|a, b| a.with(a.difference(b), false)).unwrap_or_default()
    }

    /// About how many bytes it holds.
    pub fn size(&self) -> usize {
        self.0.iter().map(|block| 64 + block.text.len()).sum()
    }

    /// Puts blocks behind the last text, which they go on with.
    pub(super) fn extend(&mut self, other: &Self) {
        let mut blocks = other.0.iter();
        if let (Some(last), Some(first)) = (self.0.last_mut(), blocks.next()) {
            last.text.push(&first.text);
        }
        self.0.extend(blocks.cloned());
    }
}

/// Whether a part of the body that goes on over blocks takes the picture in which it ends: with a whole caption. One
/// without a caption is taken from the end of the words above it, as a key does that joins the two, and where all of
/// the body is selected; a part that ends with whole paragraphs leaves it.
pub(super) fn takes_picture(texts: &dyn Texts, range: &Range<Position>) -> bool {
    let Range { start, end } = *range;
    let caption = texts.length(end.field);
    if caption > 0 {
        return end.byte >= caption;
    }
    let above = texts.length(start.field);
    let joins = texts.beside(start.field, true) == Some(end.field) && start.byte == above && above > 0;
    let (first, last) = texts.flow(end.field);
    joins || start == Position::new(first, 0) && end.field == last
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::Release;

    fn release() -> Release {
        let body = ["one", "two", "three"].map(|text| Paragraph::new(RichText::plain(text))).to_vec();
        Release { body, ..Release::default() }
    }

    #[test]
    fn a_slice_has_the_texts_between_two_places_and_their_styles() {
        let mut release = release();
        release.body[1].new_page = true;
        let at = |paragraph, byte| Position::new(Field::Paragraph(paragraph), byte);
        let slice = Slice::between(&release, at(0, 1)..at(2, 2));
        assert_eq!(slice.joined("\n").as_str(), "ne\ntwo\nth");
        assert_eq!(slice.blocks().iter().map(|block| block.new_page).collect::<Vec<_>>(), [false, true, false]);
        assert_eq!(slice.end_from(at(4, 7)), at(6, 2));
        assert_eq!(Slice::text(RichText::plain("ab")).end_from(at(4, 7)), at(4, 9));
    }

    #[test]
    fn the_emphasis_of_a_slice_is_what_all_its_texts_have() {
        let both = Style::BOLD.with(Style::ITALIC, true);
        let of = |styles: &[Style]| {
            Slice::of(styles.iter().map(|&style| Paragraph::new(RichText::styled("a", style))).collect()).style()
        };
        assert_eq!(of(&[both, Style::BOLD]), Style::BOLD);
        assert_eq!(of(&[both, Style::PLAIN]), Style::PLAIN);
        assert_eq!(Slice::of(vec![Paragraph::default(), Paragraph::new(RichText::styled("a", both))]).style(), both);
    }
}

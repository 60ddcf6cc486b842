//! The whole of a release as a Word file, from the letterhead to the signatories.

mod pictures;

use std::{collections::HashMap, ops::Range};

use docx_rs::{
    AlignmentType, Docx, Footer, Header, LineSpacing, LineSpacingType, NumPages, PageMargin, PageNum, Paragraph,
    SpecialIndentType, Style, StyleType, TableBorder, TableBorderPosition, TableBorders, TableCell, TableCellBorder,
    TableCellBorderPosition, TableCellBorders, TableCellMargins, TableLayoutType, TableRow, VAlignType, WidthType,
};

use super::{
    lists::{Edge, Lists},
    noted, pack, parts,
    styles::{self, Body, id},
    text::Texts,
    twips,
};
use crate::{
    dates,
    release::{
        BlockKind, Cell, Field, HeadingLevel, Language, Picture as ReleasePicture, Release, RichText, SignatoryLine,
        Table,
    },
    typeset::{
        Fitted, Line, Pages, Source, announces, decorated,
        house::{self, MM, Neighbour},
        numeric_columns,
    },
};

/// Points in the units of Word's widths, which cannot be negative.
fn units(points: f32) -> usize {
    twips(points.max(0.0)).unsigned_abs() as usize
}

/// The thickness of a rule in the eighths of a point that Word has for it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rule has a point or two")]
fn eighths(points: f32) -> usize {
    (points * 8.0).round().max(2.0) as usize
}

/// Why a Word file could not be made.
#[derive(Debug, thiserror::Error)]
pub enum WordError {
    /// A picture could not be drawn.
    #[error("a picture cannot be put into a Word file: {0}")]
    Picture(std::io::Error),
    /// The parts could not be put together.
    #[error("the Word file could not be put together: {0}")]
    Package(String),
}

/// The styles of the elements around the body.
const STYLES: [(Field, &str); 12] = [
    (Field::Kingdom, id::KINGDOM),
    (Field::Motto, id::MOTTO),
    (Field::Ministry, id::MINISTRY),
    (Field::Department, id::DEPARTMENT),
    (Field::Reference, id::REFERENCE),
    (Field::Notice, id::NOTICE),
    (Field::Title, id::TITLE),
    (Field::Headline, id::HEADLINE),
    (Field::Place, id::DATE),
    (Field::Signatory(0, SignatoryLine::Party), id::PARTY),
    (Field::Signatory(0, SignatoryLine::Title), id::SIGNATURE),
    (Field::Signatory(0, SignatoryLine::Name), id::SIGNATURE_NAME),
];

/// What a Word file may have besides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Marks the places between words of Khmer where a line may end, as Word finds few of them.
    pub mark_breaks: bool,
}

/// A release as a Word file. `pages` are its set pages, which give the emblem, the indents and what was done to fit
/// it to its pages.
///
/// # Errors
/// If a picture cannot be drawn, or the parts cannot be put together.
pub fn write(release: &Release, pages: &Pages, options: Options) -> Result<Vec<u8>, WordError> {
    let writer = Writer::new(release, pages, options);
    let mut parts = noted::note(writer.docx()?, release).build();
    parts.doc_props.core = parts::properties(release).into_bytes();
    let drawings = parts::complete(&mut parts, &writer.texts.pictures(), release.page.khmer_face);
    pack::pack(&parts, &drawings).map_err(|error| WordError::Package(error.to_string()))
}

/// A paragraph that is no text of the body: its first line is not set in.
fn flush() -> Paragraph {
    Paragraph::new().indent(None, Some(SpecialIndentType::FirstLine(0)), None, None)
}

struct Writer<'a> {
    release: &'a Release,
    pages: &'a Pages,
    body: Body,
    /// The left edge of the text and its width, in points.
    left: f32,
    width: f32,
    texts: Texts,
    /// The set lines of each element, and the number or bullet of each block that has one: looked for in all lines
    /// again, a long release would take quadratic time.
    lines: HashMap<Field, Vec<&'a Line>>,
    markers: HashMap<usize, &'a Line>,
}

impl<'a> Writer<'a> {
    fn new(release: &'a Release, pages: &'a Pages, options: Options) -> Self {
        let house = house::house(release.language);
        let (size_share, leading_share) = match pages.fitted {
            Some(Fitted::Changed { size, leading }) => (size, leading),
            _ => (1.0, 1.0),
        };
        let size = size_share * release.page.body_size.unwrap_or(house.body_size);
        let leading = size * leading_share * release.page.leading.unwrap_or(house.leading);
        let left = release.page.margins.left * MM;
        let width = (pages.size.0 - left - release.page.margins.right * MM).max(size);
        let texts = Texts::new(options.mark_breaks);
        let (mut lines, mut markers) = (HashMap::<Field, Vec<&Line>>::new(), HashMap::new());
        for (_, line) in pages.lines() {
            match line.source {
                Source::Field { field, .. } => lines.entry(field).or_default().push(line),
                // Of a marker that a page repeats, the first counts.
                Source::Marker { paragraph } => _ = markers.entry(paragraph).or_insert(line),
                _ => {}
            }
        }
        Self {
            release,
            pages,
            body: Body { size, leading, khmer: release.page.khmer_face },
            left,
            width,
            texts,
            lines,
            markers,
        }
    }

    fn docx(&self) -> Result<Docx, WordError> {
        let (width, height) = self.pages.size;
        let margins = self.release.page.margins;
        let margin = |millimetres: f32| twips(millimetres * MM);
        let mut docx =
            Docx::new().page_size(twips(width).unsigned_abs(), twips(height).unsigned_abs()).page_margin(PageMargin {
                top: margin(margins.top),
                left: margin(margins.left),
                bottom: margin(margins.bottom),
                right: margin(margins.right),
                header: margin(margins.top) / 2,
                footer: margin(margins.bottom) / 2,
                gutter: 0,
            });
        docx = self.styles(docx);
        if self.release.page.page_numbers {
            let mut number = flush().align(AlignmentType::Center).add_page_num(PageNum::new());
            if self.release.page.page_count {
                let separator = house::house(self.release.language).page_separator;
                number = self.texts.add(number, &RichText::plain(separator)).add_num_pages(NumPages::new());
            }
            docx = docx.title_pg().footer(Footer::new().add_paragraph(number));
        }
        let headline = self.release.text(Field::Headline).filter(|text| !text.as_str().trim().is_empty());
        if let Some(headline) = headline.filter(|_| self.release.page.running_headline) {
            let style = house::house(self.release.language).running_headline;
            let headline = RichText::styled(headline.as_str(), style);
            let header = Header::new().add_paragraph(self.texts.add(flush(), &headline));
            docx = docx.title_pg().header(header);
        }
        let (docx, lists) = Lists::define(docx, &self.pages.outline, self.release.language, |index| self.edge(index));
        let docx = self.letterhead(docx)?;
        let docx = self.fields(docx, &[Field::Notice, Field::Title, Field::Headline]);
        let docx = self.blocks(docx, &lists)?;
        Ok(self.signature(docx))
    }

    fn styles(&self, docx: Docx) -> Docx {
        let (language, justified) = (self.release.language, self.release.page.justified);
        let mut docx = docx;
        for kind in id::kinds() {
            let look = house::block_look(kind, None, language, justified);
            let look = if kind.level().is_some() { house::Look { indent: 0.0, ..look } } else { look };
            // The headline is the first level.
            let outline = match kind {
                BlockKind::Heading(HeadingLevel::One) => Some(1),
                BlockKind::Heading(HeadingLevel::Two) => Some(2),
                _ => None,
            };
            let is_bold = outline.is_some() || kind == BlockKind::Cell(Cell::Header);
            let mut style = styles::style(id::of(kind), &look, self.body, is_bold, outline);
            if matches!(kind, BlockKind::Cell(_)) {
                let leading = look.leading * look.kind.size * self.body.size;
                let padding = house::TABLE_PADDING * leading;
                let spacing = styles::spacing(leading, padding).after(twips(padding).unsigned_abs());
                style = style.line_spacing(spacing);
            }
            docx = docx.add_style(style);
        }
        for id in [id::ORNAMENT, id::EMBLEM, id::PICTURE] {
            docx = docx.add_style(
                Style::new(id, StyleType::Paragraph)
                    .name(id)
                    .based_on(id::NORMAL)
                    .indent(None, Some(SpecialIndentType::FirstLine(0)), None, None)
                    .line_spacing(LineSpacing::new().line_rule(LineSpacingType::Auto).line(240).before(60).after(0)),
            );
        }
        let note = house::Look { above: 0.0, ..house::look(Field::Note(0, 0), language, justified) };
        docx = docx.add_style(styles::style(id::NOTE, &note, self.body, false, None));
        for (field, id) in STYLES {
            let bold = matches!(field, Field::Notice | Field::Signatory(_, SignatoryLine::Party));
            let outline = (field == Field::Headline).then_some(0);
            let look = house::look(field, language, justified);
            docx = docx.add_style(styles::style(id, &look, self.body, bold, outline));
        }
        docx
    }

    /// The set lines of an element.
    fn lines(&self, field: Field) -> impl Iterator<Item = &'a Line> {
        self.lines.get(&field).into_iter().flatten().copied()
    }

    fn field(&self, field: Field) -> Option<Paragraph> {
        let (text, _) = decorated(self.release, field)?;
        let of = match field {
            Field::Signatory(_, line) => Field::Signatory(0, line),
            field => field,
        };
        let id = STYLES.iter().find(|(field, _)| *field == of).map_or(id::NORMAL, |(_, id)| id);
        Some(self.texts.add(Paragraph::new().style(id), &text))
    }

    fn fields(&self, docx: Docx, fields: &[Field]) -> Docx {
        fields.iter().filter_map(|&field| self.field(field)).fold(docx, Docx::add_paragraph)
    }

    fn letterhead(&self, docx: Docx) -> Result<Docx, WordError> {
        let mut docx = self.fields(docx, &[Field::Kingdom, Field::Motto]);
        let first = self.pages.pages.first().map(|page| page.pictures.as_slice()).unwrap_or_default();
        let mut pictures = first.iter().filter(|picture| picture.paragraph.is_none());
        if self.release.letterhead.ornament
            && let Some(ornament) = pictures.next()
        {
            docx = docx.add_paragraph(self.picture(ornament)?.style(id::ORNAMENT).align(AlignmentType::Center));
        }
        // Ministry and department are centred below each other at the left edge.
        let ends = [Field::Ministry, Field::Department].into_iter().flat_map(|field| self.lines(field));
        let right = ends.filter_map(|line| Some(line.left + line.x.last()?)).fold(self.left, f32::max);
        // What Word has in the place of our Khmer faces is wider; our Latin one has the measures of its own.
        let share = if self.release.language == Language::Khmer { 0.4 } else { 0.05 };
        let slack = share * (right - self.left);
        let beside = Some(twips((self.width - (right - self.left) - slack).max(0.0)));
        let column = |paragraph: Paragraph| paragraph.indent(None, None, beside, None);
        if let Some(emblem) = pictures.next().filter(|_| self.release.letterhead.emblem.is_some()) {
            docx = docx.add_paragraph(column(self.picture(emblem)?.style(id::EMBLEM)).align(AlignmentType::Center));
        }
        for field in [Field::Ministry, Field::Department] {
            docx = self.field(field).map(column).into_iter().fold(docx, Docx::add_paragraph);
        }
        Ok(self.fields(docx, &[Field::Reference]))
    }

    /// Where the list of a block is, as its lines are set.
    fn edge(&self, index: usize) -> Edge {
        let start = |line: &Line| line.left - self.left;
        let text = self.lines(Field::Paragraph(index)).map(start).next().unwrap_or_default();
        let marker = self.markers.get(&index).copied().map_or(text, start);
        Edge { marker: marker.min(text), text }
    }

    fn blocks(&self, docx: Docx, lists: &Lists) -> Result<Docx, WordError> {
        let (language, mut docx) = (self.release.language, docx);
        let mut before: Option<Neighbour> = None;
        let mut taken = 0;
        for (index, block) in self.release.body.iter().enumerate() {
            if index < taken {
                continue;
            }
            if let Some(table) = Table::of(&self.release.body, index) {
                taken = table.end().max(index + 1);
                // Word makes one table of two with nothing between them.
                if before == Some(Neighbour::Table) {
                    let gap = styles::spacing(house::AROUND_TABLE * self.body.leading, 0.0);
                    docx = docx.add_paragraph(Paragraph::new().line_spacing(gap));
                }
                docx = docx.add_table(self.table(&table));
                before = Some(Neighbour::of(block.kind));
                continue;
            }
            let figures = ReleasePicture::beside(&self.release.body, index);
            if figures > 0 {
                taken = index + figures;
                docx = self.figures(docx, index..taken, block.new_page)?;
                before = Some(Neighbour::Picture);
                continue;
            }
            let entry = self.pages.outline.entry(index);
            if entry.is_none() && block.text.as_str().trim().is_empty() {
                continue;
            }
            let mut paragraph = Paragraph::new().style(id::of(block.kind)).page_break_before(block.new_page);
            if block.kind == BlockKind::Quotation {
                let inset = Some(twips(house::QUOTATION_INSET * self.body.size));
                paragraph = paragraph.indent(inset, None, inset, None);
            }
            // What it announces comes with it, and the last lines with place and date.
            let mut rest = self.release.body.get(index + 1..).unwrap_or_default().iter();
            let is_last = rest.all(|block| block.text.is_empty() && !block.kind.stands_alone());
            if matches!(block.kind, BlockKind::Heading(_)) || is_last || announces(block.text.as_str()) {
                paragraph = paragraph.keep_next(true);
            }
            if let Some(entry) = entry {
                paragraph = lists.item(paragraph, entry, self.edge(index), &self.texts);
            }
            let now = Neighbour::of(block.kind);
            let look = house::block_look(block.kind, entry, language, self.release.page.justified);
            let above = match before {
                None => look.above + house::BELOW_HEADLINE,
                Some(before) => house::space_between(before, now, language).unwrap_or(look.above),
            };
            before = Some(now);
            let size = look.kind.size * self.body.size;
            let leading = if look.leading > 0.0 { look.leading * size } else { self.body.leading };
            let mut spacing = styles::spacing(leading, above * self.body.leading);
            // Word has no space around tables of its own.
            if self.release.body.get(index + 1).is_some_and(|next| Neighbour::of(next.kind) == Neighbour::Table) {
                spacing = spacing.after(twips(house::AROUND_TABLE * self.body.leading).unsigned_abs());
            }
            docx = docx.add_paragraph(self.texts.add(paragraph.line_spacing(spacing), &block.text));
        }
        Ok(docx)
    }

    fn table(&self, table: &Table) -> docx_rs::Table {
        let text = |index: usize| self.release.body.get(index).map(|block| &block.text);
        let size = self.body.size * house::TABLE_SIZE;
        let gap = house::TABLE_GAP * size;
        let columns = self.columns(table, gap);
        let ends = numeric_columns(table, |index| text(index).map(RichText::as_str));
        let is_high = |index: usize| self.lines(Field::Paragraph(index)).count() > 1;
        let has_high_rows = table.rows.iter().flat_map(Range::clone).any(is_high);
        let rows = (0..table.rows.len()).map(|row| {
            let is_header = row == 0 && table.has_header;
            let style = if is_header { id::TABLE_HEADER } else { id::TABLE };
            let cells = columns.iter().enumerate().map(|(column, &width)| {
                let mut paragraph = Paragraph::new().style(style).keep_next(is_header);
                if ends.get(column) == Some(&true) {
                    paragraph = paragraph.align(AlignmentType::Right);
                }
                if column + 1 < columns.len() {
                    // Less than the space between the columns, for a word that is a little wider in another face.
                    paragraph = paragraph.indent(None, None, Some(twips(gap / 2.0)), None);
                }
                let paragraph = match table.cell(row, column).and_then(text) {
                    Some(text) => self.texts.add(paragraph, text),
                    None => paragraph,
                };
                let cell = TableCell::new().width(units(width), WidthType::Dxa).add_paragraph(paragraph);
                if !is_header {
                    return cell;
                }
                let rule = TableCellBorder::new(TableCellBorderPosition::Bottom).size(eighths(house::HEADER_RULE));
                cell.vertical_align(VAlignType::Bottom).set_borders(TableCellBorders::with_empty().set(rule))
            });
            TableRow::new(cells.collect()).cant_split()
        });
        let rule = |position, thickness| TableBorder::new(position).size(eighths(thickness));
        let mut borders = TableBorders::with_empty()
            .set(rule(TableBorderPosition::Top, house::TABLE_RULE))
            .set(rule(TableBorderPosition::Bottom, house::TABLE_RULE));
        if has_high_rows {
            borders = borders.set(rule(TableBorderPosition::InsideH, house::HAIRLINE));
        }
        docx_rs::Table::new(rows.collect())
            .layout(TableLayoutType::Fixed)
            .set_grid(columns.iter().map(|width| units(*width)).collect())
            .width(units(columns.iter().sum()), WidthType::Dxa)
            .margins(TableCellMargins::new().margin(0, 0, 0, 0))
            .set_borders(borders)
    }

    /// How wide the columns of a table are set, in points, with the space to the next.
    fn columns(&self, table: &Table, gap: f32) -> Vec<f32> {
        let width = |column: usize| {
            let of_column: Vec<usize> = (0..table.rows.len()).filter_map(|row| table.cell(row, column)).collect();
            // A row that no page has room for has no cells.
            let mut cells = self.pages.pages.iter().flat_map(|page| &page.cells);
            let set = cells.find(|cell| of_column.contains(&cell.paragraph));
            let width = set.map_or(self.width / 4.0, |cell| cell.right - cell.left);
            if column + 1 == table.columns { width - gap } else { width }
        };
        (0..table.columns.max(1)).map(width).collect()
    }

    fn signature(&self, docx: Docx) -> Docx {
        let signature = &self.release.signature;
        let count = signature.signatories.len();
        let columns = usize::from(signature.columns.count()).min(count).max(1);
        let lunar = signature.date.day().filter(|_| signature.lunar_date && self.release.language == Language::Khmer);
        let lunar = lunar.and_then(dates::LunarDate::of).map(|date| date.khmer_line());
        let share = if lunar.is_some() { 1.0 - 0.36 } else { house::SIGNATURE_SHARE };
        let indent = if columns == 1 { twips(self.width * (1.0 - share)) } else { 0 };
        let place = |paragraph: Paragraph| {
            paragraph.indent(Some(indent), Some(SpecialIndentType::FirstLine(0)), None, None).keep_next(true)
        };
        let mut docx = docx;
        let is_below_lunar = lunar.is_some();
        if let Some(line) = lunar {
            docx = docx.add_paragraph(place(self.texts.add(Paragraph::new().style(id::DATE), &RichText::plain(line))));
        }
        let close =
            |line: Paragraph| if is_below_lunar { line.line_spacing(LineSpacing::new().before(0)) } else { line };
        docx = self.field(Field::Place).map(place).map(close).into_iter().fold(docx, Docx::add_paragraph);
        if columns == 1 {
            let lines = (0..count).flat_map(|index| SignatoryLine::ALL.map(|line| Field::Signatory(index, line)));
            return lines.filter_map(|field| self.field(field)).map(place).fold(docx, Docx::add_paragraph);
        }
        let width = usize::try_from(twips(self.width)).unwrap_or_default() / columns;
        for row in 0..count.div_ceil(columns) {
            // Lines of one kind are at one height.
            let rows = SignatoryLine::ALL.into_iter().filter_map(|line| {
                let cells: Vec<_> = (row * columns..(row + 1) * columns)
                    .map(|index| self.field(Field::Signatory(index, line)))
                    .collect();
                cells.iter().any(Option::is_some).then(|| {
                    let cell = |paragraph: Option<Paragraph>| {
                        let paragraph = paragraph.unwrap_or_default().keep_next(true);
                        TableCell::new().width(width, WidthType::Dxa).add_paragraph(paragraph)
                    };
                    TableRow::new(cells.into_iter().map(cell).collect()).cant_split()
                })
            });
            let above = LineSpacing::new().before(twips(house::ABOVE_SIGNATORY * self.body.leading).unsigned_abs());
            docx = docx.add_paragraph(Paragraph::new().keep_next(true).line_spacing(above.line(20).after(0)));
            docx = docx.add_table(
                docx_rs::Table::without_borders(rows.collect())
                    .layout(TableLayoutType::Fixed)
                    .set_grid(vec![width; columns])
                    .width(width * columns, WidthType::Dxa),
            );
        }
        docx
    }
}

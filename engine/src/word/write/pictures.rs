//! The pictures of the letterhead and of the text.

use std::ops::Range;

use docx_rs::{
    AlignmentType, Docx, LineSpacing, Paragraph, Pic, Run, TableAlignmentType, TableCell, TableCellMargins,
    TableLayoutType, TableRow, WidthType,
};

use super::{WordError, Writer, id, twips};
use crate::{
    picture::{Kind, Medium, png_of},
    release::{BlockKind, PictureData},
    typeset::{Picture, house},
};

/// What Word does not show from its file is drawn with so many dots per inch.
const DPI: f32 = 300.0;
/// The units of pictures' sizes in a point.
const EMU: f32 = 12_700.0;

impl Writer<'_> {
    /// Pictures of the text with their captions: one below the other, or two in a table.
    pub(super) fn figures(&self, docx: Docx, blocks: Range<usize>, new_page: bool) -> Result<Docx, WordError> {
        let above = LineSpacing::new().before(twips(house::AROUND_PICTURE * self.body.leading).unsigned_abs());
        let mut docx = docx;
        let picture = |index: usize| -> Result<Option<Paragraph>, WordError> {
            let mut pictures = self.pages.pages.iter().flat_map(|page| &page.pictures);
            let Some(picture) = pictures.find(|picture| picture.paragraph == Some(index)) else { return Ok(None) };
            let paragraph = self.picture(picture)?.style(id::PICTURE).align(AlignmentType::Center);
            Ok(Some(paragraph.keep_next(true).line_spacing(above.clone().after(0))))
        };
        let caption = |index: usize| {
            let text = self.release.body.get(index).map(|block| &block.text)?;
            let paragraph = Paragraph::new().style(id::of(BlockKind::Picture));
            (!text.as_str().trim().is_empty()).then(|| self.texts.add(paragraph, text))
        };
        if blocks.len() == 1 {
            let index = blocks.start;
            let mut both = picture(index)?.into_iter().chain(caption(index));
            if let Some(first) = both.next() {
                docx = docx.add_paragraph(first.page_break_before(new_page));
            }
            return Ok(both.fold(docx, Docx::add_paragraph));
        }
        // Each column has the width of its picture, and a share of what they leave.
        let placed = |index: usize| {
            let mut pictures = self.pages.pages.iter().flat_map(|page| &page.pictures);
            pictures.find(|picture| picture.paragraph == Some(index)).map_or(0.0, |picture| picture.width)
        };
        let share = (self.width - blocks.clone().map(placed).sum::<f32>()).max(0.0) / blocks.len().max(1) as f32;
        let column = |index: usize| usize::try_from(twips(placed(index) + share)).unwrap_or_default();
        let widths: Vec<usize> = blocks.clone().map(column).collect();
        let row = |paragraphs: Vec<Option<Paragraph>>| {
            let cell = |(paragraph, width): (Option<Paragraph>, &usize)| {
                TableCell::new().width(*width, WidthType::Dxa).add_paragraph(paragraph.unwrap_or_default())
            };
            TableRow::new(paragraphs.into_iter().zip(&widths).map(cell).collect()).cant_split()
        };
        if new_page {
            docx = docx.add_paragraph(Paragraph::new().page_break_before(true).keep_next(true));
        }
        let rows =
            vec![row(blocks.clone().map(picture).collect::<Result<_, _>>()?), row(blocks.map(caption).collect())];
        Ok(docx.add_table(
            docx_rs::Table::without_borders(rows)
                .layout(TableLayoutType::Fixed)
                .align(TableAlignmentType::Center)
                .width(widths.iter().sum(), WidthType::Dxa)
                .margins(TableCellMargins::new().margin(0, 0, 0, 0))
                .set_grid(widths),
        ))
    }

    /// A paragraph with a picture in it: the file of the draft if Word shows that, or else its pixels, and for drawings
    /// the shapes besides.
    pub(super) fn picture(&self, picture: &Picture) -> Result<Paragraph, WordError> {
        let (width, height) = (picture.width, picture.height);
        let of_text = picture.paragraph.and_then(|at| self.release.body.get(at)?.picture.as_ref());
        let data = of_text.and_then(|picture| picture.data.as_ref()).map(PictureData::bytes);
        let (file, drawing) = match Medium::of(picture, data) {
            Some(Medium { kind: Kind::Svg, bytes }) => (None, Some(bytes)),
            Some(Medium { bytes, .. }) => (Some(bytes), None),
            None => (None, None),
        };
        let file = match file {
            Some(file) => file,
            None => png_of(picture, DPI).map_err(WordError::Picture)?,
        };
        let emu = |points: f32| crate::picture::pixels(points).into();
        let name = of_text.map_or("", |picture| &picture.name);
        let shown = picture.alternative.as_deref().unwrap_or_default();
        let pic = Pic::new_with_dimensions(file, emu(width), emu(height)).id(self.texts.picture(name, shown, drawing));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "no picture is larger than a page")]
        let size = |points: f32| (points * EMU).max(1.0) as u32;
        Ok(Paragraph::new().add_run(Run::new().add_image(pic.size(size(width), size(height)))))
    }
}

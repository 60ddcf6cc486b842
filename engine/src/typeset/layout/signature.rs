//! What is below the text: place and date, and those who sign.
//!
//! Invariant: no page ends between two of the signatories, nor between them and the last lines of the text.

use std::sync::Arc;

use super::{Beside, Block, Content, Layout, Lines, Measure, Source, Type, house, table::narrowest};
use crate::{
    dates,
    release::{Field, Language, RichText, SignatoryLine},
};

impl Layout<'_> {
    pub(super) fn signature(&mut self) {
        let width = self.width * house::SIGNATURE_SHARE;
        // Above signatories beside each other, place and date are in the middle as well.
        let is_single = self.columns() == 1;
        let column = if is_single { (self.left + self.width - width, width) } else { (self.left, self.width) };
        let before = self.blocks.len();
        let signature = &self.release.signature;
        let lunar = signature.date.day().filter(|_| signature.lunar_date && self.release.language == Language::Khmer);
        let mut look = self.look(Field::Place);
        if let Some(line) = lunar.and_then(dates::LunarDate::of).map(|date| date.khmer_line()) {
            // The lunar line is long; it may reach to the left rather than be broken.
            let wide = if is_single { (self.left + self.width * 0.36, self.width * 0.64) } else { column };
            self.add(RichText::plain(line), Source::LunarDate, look, wide);
            look.above = 0.0;
            if let Some((text, prefix)) = self.decorated(Field::Place) {
                self.add(text, Source::Field { field: Field::Place, prefix }, look, wide);
            }
            self.signatories(wide);
        } else {
            self.add_field(Field::Place, column);
            self.signatories(column);
        }
        // Two lines of the text come along, or the one that is below a table or a picture, which stays where it is.
        let is_line = |block: &Block| matches!(block.content, Content::Line { .. });
        let together = self.blocks[..before]
            .windows(2)
            .rev()
            .take(house::LINES_WITH_SIGNATURE - 1)
            .take_while(|pair| !pair[1].new_page && is_line(&pair[0]) == is_line(&pair[1]))
            .count();
        for block in &mut self.blocks[before - together..] {
            block.cost = house::COST_KEPT;
        }
    }

    /// How many signatories are beside each other: no more than there are.
    fn columns(&self) -> usize {
        let signature = &self.release.signature;
        usize::from(signature.columns.count()).min(signature.signatories.len()).max(1)
    }

    /// The signatories, below each other in a column on the right or beside each other over the whole width.
    fn signatories(&mut self, column: (f32, f32)) {
        let (count, columns) = (self.release.signature.signatories.len(), self.columns());
        let mut is_first = true;
        for row in 0..count.div_ceil(columns) {
            let first = row * columns;
            let before = self.blocks.len();
            if columns == 1 {
                for line in SignatoryLine::ALL {
                    self.add_field(Field::Signatory(first, line), column);
                }
            } else {
                self.row(first..(first + columns).min(count), columns);
            }
            if let Some(block) = self.blocks.get_mut(before) {
                if !is_first || columns > 1 {
                    block.above = house::ABOVE_SIGNATORY * self.leading;
                }
                is_first = false;
            }
        }
    }

    /// Signatories beside each other in columns of one width, lines of one kind at one height. Where there are
    /// fewer than columns, they are in the middle.
    fn row(&mut self, signatories: std::ops::Range<usize>, columns: usize) {
        let (count, present) = (columns as f32, signatories.len() as f32);
        let between = house::BETWEEN_SIGNATORIES * self.size;
        let width = ((self.width - between * (count - 1.0)) / count).max(self.size);
        let start = self.left + (self.width - present * width - (present - 1.0) * between) / 2.0;
        // By column, so that one signatory is read after the other.
        let mut cells: Vec<Vec<Beside>> = signatories.clone().map(|_| Vec::new()).collect();
        let mut top = 0.0;
        for line in SignatoryLine::ALL {
            let look = self.look(Field::Signatory(0, line));
            let measure = Measure { width, indent: 0.0, alignment: look.alignment };
            let mut size = look.kind.size * self.size;
            // Before a name is divided in a word, the names of the row are set a little smaller.
            let mut widest = 0.0f32;
            for index in signatories.clone() {
                if let Some((text, _)) = self.decorated(Field::Signatory(index, line)) {
                    let [_, word] = self.cache.narrowest(text, Type { size, ..look.kind }, measure, narrowest);
                    widest = widest.max(word);
                }
            }
            size *= (width / (widest + 0.5)).clamp(house::LEAST_SCALE, 1.0);
            let leading = look.leading * size;
            let above = if top > 0.0 { look.above * self.leading } else { 0.0 };
            let mut tallest = 0;
            let mut left = start;
            for (index, cell) in signatories.clone().zip(&mut cells) {
                let field = Field::Signatory(index, line);
                if let Some((text, prefix)) = self.decorated(field) {
                    let lines: Arc<Lines> = self.cache.set(text, Type { size, ..look.kind }, measure);
                    tallest = tallest.max(lines.lines.len());
                    let reach = (leading * 0.68, leading * 0.32);
                    for index in 0..lines.lines.len() {
                        let top = top + above + index as f32 * leading;
                        let source = Source::Field { field, prefix };
                        cell.push(Beside { lines: lines.clone(), index, source, left, top, reach });
                    }
                }
                left += width + between;
            }
            if tallest > 0 {
                let height = tallest as f32 * leading;
                top += above + height;
            }
        }
        let row: Vec<Beside> = cells.into_iter().flatten().collect();
        if !row.is_empty() {
            let content = Content::Row(row);
            self.blocks.push(Block {
                content,
                above: 0.0,
                lead: 0.0,
                height: top,
                cost: house::COST_KEPT,
                new_page: false,
            });
        }
    }
}

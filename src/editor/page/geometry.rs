//! Where the texts of the release are on the pages, and which place of them is at a point.
//!
//! Knows pages and places in the release, nothing of the screen; lengths are in points of the paper. Invariant: a
//! place that has a line is found in that line, and one that has none, such as an empty paragraph, right below the
//! text before it.

use std::{collections::HashMap, sync::Arc};

use crate::{
    editing::{
        Geometry, Position, ShownText, Texts as _,
        lines::{byte_at, line_of, span, x_in_line},
    },
    release::{Field, Release, RichText},
    typeset::{Cell, Line, Lines, Pages, SetLine, Source},
};

/// How much of a line's space above and below the baseline the caret takes.
const CARET: (f32, f32) = (0.9, 0.6);

/// How much of a line's space above and below the baseline a click takes for the line beside an empty paragraph, and
/// beside an empty headline, which has hardly any room between title and text.
const TAKEN: (f32, f32) = (0.8, 1.0);
const INK: (f32, f32) = (0.6, 0.5);

/// The height of a caret above which there is no text, in points.
const CARET_ALONE: f32 = 16.0;

/// A place on a page where a caret is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// The index of the page.
    pub page: usize,
    /// From the left edge.
    pub x: f32,
    /// From the upper edge.
    pub top: f32,
    /// From the upper edge.
    pub bottom: f32,
}

/// The lines of each block.
#[derive(Default)]
pub struct PageMap {
    pages: Option<Arc<Pages>>,
    blocks: HashMap<Field, Block>,
}

struct Block {
    /// The lines, their left edges from that of the page.
    lines: Arc<Lines>,
    prefix: usize,
    /// The page of each line, and its index there.
    places: Vec<(usize, usize)>,
}

impl Geometry for &PageMap {
    fn shown(&mut self, field: Field, _text: &RichText) -> Option<ShownText> {
        let block = self.blocks.get(&field)?;
        Some(ShownText { lines: block.lines.clone(), prefix: block.prefix })
    }
}

impl PageMap {
    /// Follows the pages.
    pub fn follow(&mut self, pages: &Arc<Pages>) {
        if self.pages.as_ref().is_some_and(|old| Arc::ptr_eq(old, pages)) {
            return;
        }
        self.blocks.clear();
        for (index, page) in pages.pages.iter().enumerate() {
            for (number, line) in page.lines.iter().enumerate() {
                let Source::Field { field, prefix } = line.source else { continue };
                let block = self.blocks.entry(field).or_insert_with(|| Block {
                    lines: Arc::new(Lines { text: line.text.clone(), lines: Vec::new() }),
                    prefix,
                    places: Vec::new(),
                });
                block.places.push((index, number));
                if let Some(lines) = Arc::get_mut(&mut block.lines) {
                    lines.lines.push(SetLine {
                        clusters: line.clusters.clone(),
                        x: line.x.clone(),
                        left: line.left,
                        expansion: line.expansion,
                        ratio: 0.0,
                    });
                }
            }
        }
        self.pages = Some(pages.clone());
    }

    fn line(&self, place: (usize, usize)) -> Option<&Line> {
        self.pages.as_ref()?.pages.get(place.0)?.lines.get(place.1)
    }

    /// Where a caret is.
    pub fn spot(&self, release: &Release, position: Position, upstream: bool) -> Option<Spot> {
        let Some(block) = self.blocks.get(&position.field) else { return self.spot_of_empty(release, position.field) };
        let byte = position.byte + block.prefix;
        let index = line_of(&block.lines, byte, upstream);
        let (place, set) = (*block.places.get(index)?, block.lines.lines.get(index)?);
        let line = self.line(place)?;
        let (above, below) = line.reach;
        Some(Spot {
            page: place.0,
            x: x_in_line(&block.lines, set, byte),
            top: line.baseline - above * CARET.0,
            bottom: line.baseline + below * CARET.1,
        })
    }

    /// Where the caret is in a text that is not on the page, since it is empty.
    fn spot_of_empty(&self, release: &Release, field: Field) -> Option<Spot> {
        // Notes are at the foot of the page, and not before what comes after the text.
        let is_before = |other: &Field| !matches!(other, Field::Note(..)) && self.blocks.contains_key(other);
        let before = release.fields().take_while(|other| *other < field).filter(is_before);
        let line = before.last().and_then(|before| {
            let place = *self.blocks.get(&before)?.places.last()?;
            Some((place.0, self.line(place)?))
        });
        let size = self.pages.as_ref()?.size;
        let margins = release.page.margins;
        let left = margins.left * crate::typeset::house::MM;
        let right = size.0 - margins.right * crate::typeset::house::MM;
        let x = match field {
            Field::Paragraph(_) | Field::Note(..) | Field::Reference => left,
            Field::Place | Field::Signatory(..) => f32::midpoint(f32::midpoint(left, right), right),
            _ => f32::midpoint(left, right),
        };
        let Some((page, line)) = line else {
            // Nothing is set above it.
            let top = margins.top * crate::typeset::house::MM;
            return Some(Spot { page: 0, x, top, bottom: top + CARET_ALONE });
        };
        let (above, below) = line.reach;
        // Below a table, and not below the last line of its last cell.
        let cells = self.pages.as_ref()?.pages.get(page).map(|page| page.cells.as_slice()).unwrap_or_default();
        let is_before = |cell: &&Cell| Field::Paragraph(cell.paragraph) < field;
        let table = cells.iter().filter(is_before).map(|cell| cell.bottom).fold(0.0, f32::max);
        let top = (line.baseline + below).max(table).min(size.1 - above);
        Some(Spot { page, x, top, bottom: top + above })
    }

    /// The place of the texts at a point of a page, and whether it shows at the end of the line before.
    pub fn at(&self, release: &Release, page: usize, x: f32, y: f32) -> Option<(Position, bool)> {
        let cell = self.cell_at(page, x, y);
        if let Some(empty) = self.empty_at(release, page, y).filter(|_| cell.is_none()) {
            return Some((Position::new(empty, 0), false));
        }
        let lines = &self.pages.as_ref()?.pages.get(page)?.lines;
        let distance = |line: &Line| {
            let (above, below) = line.reach;
            let vertical = (line.baseline - above - y).max(y - line.baseline - below).max(0.0);
            let right = line.left + line.x.last().copied().unwrap_or(0.0);
            vertical * 1000.0 + (line.left - x).max(x - right).max(0.0)
        };
        let is_in = |line: &Line| match line.source {
            Source::Field { field, .. } => cell.is_none_or(|cell| cell == field),
            _ => false,
        };
        let texts = lines.iter().enumerate().filter(|(_, line)| is_in(line));
        let (number, line) = texts.min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b)))?;
        let Source::Field { field, prefix } = line.source else { return None };
        let block = self.blocks.get(&field)?;
        let row = block.places.iter().position(|place| *place == (page, number))?;
        let (byte, upstream) = byte_at(&block.lines, row, x);
        let byte = byte.saturating_sub(prefix).min(release.length(field));
        Some((release.clamped(Position::new(field, byte)), upstream))
    }

    /// The cell of a table at a point of a page, or the nearest in the row at that height.
    fn cell_at(&self, page: usize, x: f32, y: f32) -> Option<Field> {
        let page = self.pages.as_ref()?.pages.get(page)?;
        let row = page.cells.iter().filter(|cell| (cell.top..cell.bottom).contains(&y));
        let distance = |cell: &Cell| (cell.left - x).max(x - cell.right).max(0.0);
        let nearest = row.min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
        let field = Field::Paragraph(nearest.paragraph);
        // Of a row that no page holds, some cells have no line on a page.
        let has_line = |line: &Line| matches!(line.source, Source::Field { field: of, .. } if of == field);
        page.lines.iter().any(has_line).then_some(field)
    }

    /// The empty text whose place is at a height of a page, where no line is.
    fn empty_at(&self, release: &Release, page: usize, y: f32) -> Option<Field> {
        let lines = &self.pages.as_ref()?.pages.get(page)?.lines;
        let is_within = |line: &Line, (up, down): (f32, f32)| {
            let (above, below) = line.reach;
            (line.baseline - above * up..line.baseline + below * down).contains(&y)
        };
        let is_taken = |part| lines.iter().any(|line| is_within(line, part));
        if is_taken(INK) {
            return None;
        }
        let none = release.body.is_empty().then_some(Field::Paragraph(0));
        let mut empty = release.fields().chain(none).filter(|field| !self.blocks.contains_key(field));
        empty.find(|&field| {
            let is_open = matches!(field, Field::Headline | Field::Paragraph(_)) && !release.is_field_locked(field);
            let is_headline = field == Field::Headline;
            if !is_open || is_taken(TAKEN) && !is_headline {
                return false;
            }
            let Some(spot) = self.spot_of_empty(release, field) else { return false };
            let height = spot.bottom - spot.top;
            let top = if is_headline { spot.top - height / 2.0 } else { spot.top };
            spot.page == page && top <= y && y <= spot.bottom + height
        })
    }

    /// The areas of some bytes of a block: page, left, top, right, bottom.
    pub fn areas(&self, field: Field, range: &std::ops::Range<usize>) -> Vec<(usize, [f32; 4])> {
        let Some(block) = self.blocks.get(&field) else { return Vec::new() };
        let (start, end) = (range.start + block.prefix, range.end + block.prefix);
        let mut areas = Vec::new();
        // A long text may have a thousand marks, each in one or two of its lines.
        let first = block.lines.lines.partition_point(|line| span(&block.lines, line).end <= start);
        for (place, set) in block.places.iter().zip(&block.lines.lines).skip(first) {
            let span = span(&block.lines, set);
            if end <= span.start {
                break;
            }
            if span.is_empty() {
                continue;
            }
            let Some(line) = self.line(*place) else { continue };
            let (left, right) = (x_in_line(&block.lines, set, start), x_in_line(&block.lines, set, end));
            let (above, below) = line.reach;
            areas.push((place.0, [left, line.baseline - above, right.max(left), line.baseline + below]));
        }
        areas
    }

    /// The areas of a cell on a page: left, top, right, bottom.
    pub fn cell_areas(&self, page: usize, field: Field) -> impl Iterator<Item = [f32; 4]> + '_ {
        let page = self.pages.as_ref().and_then(|pages| pages.pages.get(page));
        let cells = page.map(|page| page.cells.as_slice()).unwrap_or_default().iter();
        let own = cells.filter(move |cell| Field::Paragraph(cell.paragraph) == field);
        own.map(|cell| [cell.left, cell.top, cell.right, cell.bottom])
    }

    /// Whether a date of signature is at a point of a page: the lunar one, or that behind the place.
    pub fn is_date(&self, release: &Release, page: usize, x: f32, y: f32) -> bool {
        let Some(line) = self.line_over(page, x, y) else { return false };
        let Source::Field { field: Field::Place, prefix } = line.source else {
            return line.source == Source::LunarDate;
        };
        let Some(block) = self.blocks.get(&Field::Place).filter(|_| self.is_on_line(page, x, y)) else { return false };
        let is_this = |place: &(usize, usize)| self.line(*place).is_some_and(|other| std::ptr::eq(other, line));
        let row = block.places.iter().position(is_this);
        row.is_some_and(|row| byte_at(&block.lines, row, x).0 > prefix + release.length(Field::Place))
    }

    /// Whether there is ink of a text at a point of a page, and not only the space around it.
    pub fn is_on_line(&self, page: usize, x: f32, y: f32) -> bool {
        self.line_over(page, x, y)
            .is_some_and(|line| (line.left..line.left + line.x.last().copied().unwrap_or(0.0)).contains(&x))
    }

    /// The line whose height a point of a page is in.
    fn line_over(&self, page: usize, x: f32, y: f32) -> Option<&Line> {
        let line = self.pages.as_ref()?.line_at(page, x, y)?;
        (line.baseline - line.reach.0..line.baseline + line.reach.1).contains(&y).then_some(line)
    }

    /// The blocks of which lines are on a page.
    pub fn blocks_on(&self, page: usize) -> impl Iterator<Item = Field> + '_ {
        let lines = self.pages.as_ref().and_then(|pages| pages.pages.get(page)).map(|page| page.lines.as_slice());
        let mut last = None;
        lines.unwrap_or_default().iter().filter_map(move |line| match line.source {
            Source::Field { field, .. } if last != Some(field) => {
                last = Some(field);
                last
            }
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        editing::{Motion, Selection, moved},
        release::{Language, Paragraph},
        typeset::{Cache, typeset},
    };

    fn mapped(texts: &[&str]) -> (Release, PageMap) {
        let body = texts.iter().map(|text| Paragraph::new(RichText::plain(*text))).collect();
        let release = Release { headline: "Visit".into(), body, ..Release::blank(Language::English) };
        let mut map = PageMap::default();
        map.follow(&Arc::new(typeset(&release, None, &mut Cache::default())));
        (release, map)
    }

    #[test]
    fn every_place_with_a_line_is_found_where_its_caret_stands() {
        let long = "word ".repeat(600);
        let (release, map) = mapped(&["The Minister met.", &long, "ព្រះរាជាណាចក្រកម្ពុជា"]);
        let mut pages = std::collections::BTreeSet::new();
        for field in [Field::Headline, Field::Paragraph(0), Field::Paragraph(1), Field::Paragraph(2)] {
            let text = release.text(field).unwrap().into_owned();
            for byte in crate::typeset::breaks::cluster_boundaries(text.as_str()) {
                let position = Position::new(field, byte);
                let spot = map.spot(&release, position, false).unwrap();
                pages.insert(spot.page);
                let middle = f32::midpoint(spot.top, spot.bottom);
                let (found, upstream) = map.at(&release, spot.page, spot.x + 0.01, middle).unwrap();
                let again = map.spot(&release, found, upstream).unwrap();
                assert!(found == position || (again.x - spot.x).abs() < 0.1, "{position:?} is found at {found:?}");
            }
        }
        assert!(pages.len() > 1);
    }

    #[test]
    fn the_caret_goes_down_over_paragraphs_and_pages() {
        let long = "word ".repeat(900);
        let (release, map) = mapped(&[&long, "", "end"]);
        let mut caret = Selection::at(Field::Paragraph(0), 10);
        let mut seen = Vec::new();
        for _ in 0..200 {
            caret = moved(caret, Motion::Lines(1), false, &release, &mut &map);
            if let Some(spot) = map.spot(&release, caret.head, caret.upstream) {
                seen.push((spot.page, spot.x));
            }
        }
        assert_eq!(caret.head.field, Field::Paragraph(2));
        assert!(seen.iter().any(|(page, _)| *page > 0));
        let (_, first) = seen[0];
        assert!(seen.iter().take(40).all(|(_, x)| (x - first).abs() < 30.0), "the column is kept");
    }

    #[test]
    fn an_empty_text_has_its_place_below_the_one_before() {
        let (release, map) = mapped(&["The Minister met.", ""]);
        let before = map.spot(&release, Position::new(Field::Paragraph(0), 0), false).unwrap();
        let empty = map.spot(&release, Position::new(Field::Paragraph(1), 0), false).unwrap();
        assert!(empty.top > before.top && (empty.x - before.x).abs() < 0.1);
        let middle = f32::midpoint(empty.top, empty.bottom) + 2.0;
        assert_eq!(map.at(&release, empty.page, 300.0, middle).unwrap().0.field, Field::Paragraph(1));
    }
}

//! Pictures of the text with their captions: one in the middle, or two beside each other, equally high.
//!
//! Invariant: no picture is wider than the column or higher than a page leaves room for, and none is parted from the
//! first lines of its caption.

use std::{ops::Range, sync::Arc};

use super::{Alignment, Beside, Block, Content, Layout, Lines, Measure, Source, Type, house};
use crate::{
    artwork::Artwork,
    release::{BlockKind, Field, Picture, RichText},
    typeset::{self, Role, Rule, pages::Page},
};

/// Pictures beside each other, with the captions of two.
pub(super) struct Figures {
    pictures: Vec<PlacedPicture>,
    captions: Vec<Beside>,
}

/// A picture in its place; an empty frame where it cannot be shown.
struct PlacedPicture {
    artwork: Option<Arc<Artwork>>,
    paragraph: usize,
    left: f32,
    width: f32,
    height: f32,
    alternative: Arc<str>,
}

/// A picture of the text that is to be placed.
struct Figure {
    index: usize,
    picture: Arc<Picture>,
    artwork: Option<Arc<Artwork>>,
    /// Width by height.
    shape: f32,
}

/// Width by height of the frame of a picture that cannot be shown.
const FRAME: f32 = 1.5;

impl Layout<'_> {
    /// Adds the pictures of some blocks, which are beside each other, with their captions.
    pub(super) fn figures(&mut self, blocks: Range<usize>) -> Range<usize> {
        let figure = |index: usize| {
            let picture = self.release.body.get(index)?.picture.clone()?;
            let artwork = picture.data.as_ref().and_then(|data| self.cache.artworks.get(data).ok());
            let shape = artwork.as_deref().map_or(FRAME, shape);
            Some(Figure { index, picture, artwork, shape })
        };
        let figures: Vec<Figure> = blocks.filter_map(figure).collect();
        let first = self.blocks.len();
        if figures.len() < 2 || !self.beside(&figures) {
            figures.iter().for_each(|figure| self.alone(figure));
        }
        first..self.blocks.len()
    }

    /// The greatest height of a picture.
    fn tallest(&self) -> f32 {
        (self.bottom - self.top) * house::TALLEST_PICTURE
    }

    /// Adds a picture in the middle of the column, and below it the lines of its caption.
    fn alone(&mut self, figure: &Figure) {
        let asked = self.width * f32::from(figure.picture.width.hundredths()) / 100.0;
        let height = (asked / figure.shape).min(self.tallest());
        let width = height * figure.shape;
        let left = self.left + ((self.width - width) / 2.0).max(0.0);
        let place = figure.place(left, (width, height));
        self.add_figure(Figures { pictures: vec![place], captions: Vec::new() }, height);
        let text = self.caption(figure.index);
        if text.as_str().trim().is_empty() {
            return;
        }
        // The caption of a narrow picture is wider than it.
        let measure = width.clamp((self.width / 2.0).min(self.width), self.width);
        let column = (self.left + (self.width - measure) / 2.0, measure);
        let look = house::block_look(BlockKind::Picture, None, self.release.language, false);
        let source = Source::Field { field: Field::Paragraph(figure.index), prefix: 0 };
        let lines = self.add(text, source, look, column);
        let count = lines.len();
        for (line, block) in self.blocks.get_mut(lines.clone()).unwrap_or_default().iter_mut().enumerate() {
            // Below a tall picture a long caption goes on to the next page.
            let is_edge = line < house::ORPHANS || count - line < house::WIDOWS;
            block.cost = match line {
                0 => house::COST_KEPT,
                _ if is_edge => house::COST_ORPHAN,
                _ => 0.0,
            };
        }
        self.notes(figure.index, lines);
    }

    /// Adds pictures beside each other over the whole column, with their captions; not if those are too long.
    fn beside(&mut self, figures: &[Figure]) -> bool {
        let gap = house::BETWEEN_PICTURES * self.size;
        let shapes: f32 = figures.iter().map(|figure| figure.shape).sum();
        let between = gap * figures.len().saturating_sub(1) as f32;
        let height = ((self.width - between) / shapes).min(self.tallest());
        let size = house::CAPTION_SIZE * self.size;
        let leading = house::table_leading(self.release.language) * size;
        let above = house::ABOVE_CAPTION * self.leading;
        let captions: Vec<Option<Arc<Lines>>> = figures
            .iter()
            .map(|figure| {
                let text = self.caption(figure.index);
                let measure =
                    Measure { width: (height * figure.shape).max(size), indent: 0.0, alignment: Alignment::Centre };
                let is_blank = text.as_str().trim().is_empty();
                (!is_blank).then(|| self.cache.set(text, Type { role: Role::Text, size }, measure))
            })
            .collect();
        let most = captions.iter().flatten().map(|lines| lines.lines.len()).max().unwrap_or(0);
        let below = if most > 0 { above + most as f32 * leading } else { 0.0 };
        if below > (self.bottom - self.top) - self.tallest() {
            return false;
        }
        let mut set = Figures { pictures: Vec::new(), captions: Vec::new() };
        let mut left = self.left + ((self.width - height * shapes - between) / 2.0).max(0.0);
        for (figure, lines) in figures.iter().zip(captions) {
            let width = height * figure.shape;
            set.pictures.push(figure.place(left, (width, height)));
            for (index, lines) in lines.iter().flat_map(|lines| (0..lines.lines.len()).map(move |at| (at, lines))) {
                let top = height + above + index as f32 * leading;
                let source = Source::Field { field: Field::Paragraph(figure.index), prefix: 0 };
                let reach = (leading * 0.68, leading * 0.32);
                set.captions.push(Beside { lines: lines.clone(), index, source, left, top, reach });
            }
            left += width + gap;
        }
        let block = self.blocks.len();
        self.add_figure(set, height + below);
        let (first, last) = (figures.first(), figures.last());
        let cells = first.map_or(0, |figure| figure.index)..last.map_or(0, |figure| figure.index + 1);
        self.notes_of_cells(cells, block);
        true
    }

    /// A caption as it is set.
    fn caption(&self, index: usize) -> RichText {
        let text = self.release.body.get(index).map(|block| self.outline.numbered(index, &block.text));
        text.map(std::borrow::Cow::into_owned).unwrap_or_default()
    }

    fn add_figure(&mut self, figures: Figures, height: f32) {
        self.blocks.push(Block {
            content: Content::Figures(figures),
            above: house::AROUND_PICTURE * self.leading,
            lead: 0.0,
            height,
            cost: 0.0,
            new_page: false,
        });
    }
}

impl Figure {
    fn place(&self, left: f32, (width, height): (f32, f32)) -> PlacedPicture {
        let alternative = Arc::from(self.picture.alternative.as_str());
        PlacedPicture { artwork: self.artwork.clone(), paragraph: self.index, left, width, height, alternative }
    }
}

/// Width by height.
fn shape(artwork: &Artwork) -> f32 {
    let (width, height) = artwork.size();
    (width.max(1.0) / height.max(1.0)).clamp(0.05, 50.0)
}

impl Figures {
    /// Puts the pictures on a page, their top at `top`.
    pub(super) fn place(self, page: &mut Page, top: f32) {
        for place in self.pictures {
            let PlacedPicture { artwork, paragraph, left, width, height, alternative } = place;
            let Some(artwork) = artwork else {
                frame(page, (left, top, width, height));
                continue;
            };
            page.pictures.push(typeset::Picture {
                artwork,
                left,
                top,
                width,
                height,
                alternative: Some(alternative),
                paragraph: Some(paragraph),
            });
        }
        for line in &self.captions {
            let set = super::line((&line.lines, line.index), line.source, line.left, top + line.top, line.reach);
            page.rules.extend(set.iter().flat_map(super::underlines));
            page.lines.extend(set);
        }
    }
}

/// The frame of a picture that cannot be shown.
fn frame(page: &mut Page, (left, top, width, height): (f32, f32, f32, f32)) {
    let thickness = house::HEADER_RULE;
    let mut rule = |left: f32, right: f32, top: f32, thickness: f32| {
        page.rules.push(Rule { left, right, top, thickness });
    };
    rule(left, left + width, top, thickness);
    rule(left, left + width, top + height - thickness, thickness);
    rule(left, left + thickness, top, height);
    rule(left + width - thickness, left + width, top, height);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        release::{Paragraph, PictureData, PictureWidth, Release},
        typeset::{Cache, Pages, typeset},
    };

    /// A release of a picture three times as wide as high in each of these widths; a negative one is beside the last.
    fn set(pictures: &[(i8, &str)]) -> Pages {
        let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" width="30" height="10"><path d="M0 0h30v10H0z"/></svg>"#;
        let block = |(width, caption): &(i8, &str)| {
            let picture = Picture {
                name: "a.svg".into(),
                data: Some(PictureData::new(svg.as_bytes())),
                width: PictureWidth::new(width.unsigned_abs()).unwrap(),
                beside: *width < 0,
                ..Picture::default()
            };
            Paragraph::picture(picture, RichText::plain(*caption))
        };
        let text = Paragraph::new(RichText::plain("Some text of the release."));
        let body = std::iter::once(text).chain(pictures.iter().map(block)).collect();
        typeset(&Release { body, ..Release::default() }, None, &mut Cache::default())
    }

    fn of_text(pages: &Pages) -> Vec<&typeset::Picture> {
        let pictures = pages.pages.iter().flat_map(|page| &page.pictures);
        pictures.filter(|picture| picture.paragraph.is_some()).collect()
    }

    #[test]
    fn a_picture_has_the_width_that_is_asked_for_in_the_middle_of_the_column() {
        let pages = set(&[(100, ""), (40, "caption")]);
        let [whole, narrow] = of_text(&pages)[..] else { panic!("two pictures") };
        assert!((whole.width / whole.height - 3.0).abs() < 0.01 && (narrow.width / whole.width - 0.4).abs() < 0.01);
        let middle = |picture: &typeset::Picture| picture.left + picture.width / 2.0;
        assert!((middle(whole) - middle(narrow)).abs() < 0.1);
        assert!((whole.left + whole.width - (pages.size.0 - whole.left)).abs() < 0.1, "from margin to margin");
        let caption = pages.lines().find(|(_, line)| line.characters() == "caption").unwrap().1;
        assert!(caption.baseline > narrow.top + narrow.height);
    }

    #[test]
    fn two_beside_each_other_share_the_column_and_a_third_is_below() {
        let pages = set(&[(100, "one"), (-100, "two"), (-100, "three")]);
        let [one, two, three] = of_text(&pages)[..] else { panic!("three pictures") };
        assert!(one.top == two.top && one.height == two.height && three.top > one.top + one.height);
        assert!(one.left + one.width < two.left && two.left + two.width <= pages.size.0 - one.left + 0.1);
        let baseline = |text: &str| pages.lines().find(|(_, line)| line.characters() == text).unwrap().1.baseline;
        assert!(baseline("one") == baseline("two") && baseline("one") < three.top);
    }

    #[test]
    fn a_caption_longer_than_a_page_goes_on_and_parts_two_that_are_beside_each_other() {
        let long = "A caption that says very much of its picture. ".repeat(200);
        let pages = set(&[(100, &long), (-100, "two")]);
        assert!(pages.pages.len() > 1);
        let most = pages.size.1 - 72.0;
        assert!(pages.lines().all(|(_, line)| line.source.is_of_page() || line.baseline < most));
        assert_eq!(of_text(&pages).len(), 2);
    }

    #[test]
    fn one_that_cannot_be_shown_has_a_frame_and_is_named() {
        let picture = Picture { data: Some(PictureData::new(*b"GIF89a")), ..Picture::default() };
        let body = vec![
            Paragraph::picture(picture, RichText::plain("x")),
            Paragraph::picture(Picture::default(), RichText::default()),
        ];
        let pages = typeset(&Release { body, ..Release::default() }, None, &mut Cache::default());
        assert_eq!(pages.pages[0].rules.len(), 8);
        let refused = pages.refused.iter().map(|(index, error)| (*index, error.is_some()));
        assert_eq!(refused.collect::<Vec<_>>(), [(0, true), (1, false)]);
    }
}

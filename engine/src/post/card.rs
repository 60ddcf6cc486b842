//! A picture with emblem, headline and date, in the shapes that feeds show whole.
//!
//! Set by the typesetter of the page, a pixel to the point. Invariant: everything is inside the frame, however long
//! the headline; its size is the largest at which it fits.

use std::sync::Arc;

use super::caption::line;
use crate::{
    artwork,
    release::{Field, Language, Release, RichText},
    typeset::{
        Alignment, Line, Lines, Measure, Page, Pages, Picture, Role, Rule, Source, Type, decorated, set, shape_with,
    },
};

/// The shape of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One to one
    Square,
    /// Four to five
    Portrait,
    /// Sixteen to nine
    Wide,
}

impl Shape {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Square, Self::Portrait, Self::Wide];

    /// Width and height, in pixels.
    pub fn size(self) -> (f32, f32) {
        match self {
            Self::Square => (1080.0, 1080.0),
            Self::Portrait => (1080.0, 1350.0),
            Self::Wide => (1200.0, 675.0),
        }
    }

    /// What it is called in names of files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Square => "card-1x1",
            Self::Portrait => "card-4x5",
            Self::Wide => "card-16x9",
        }
    }
}

/// A card that is set.
pub struct Card {
    /// What is on it, a point to the pixel.
    pub page: Page,
    /// Width and height, in pixels.
    pub size: (f32, f32),
}

/// The card of a release. `pages` are its set pages, which have the emblem.
pub fn card(release: &Release, pages: &Pages, form: Shape) -> Card {
    let (width, height) = form.size();
    // What all sizes go by: the side of a square that is as large to the eye.
    let unit = (width * height).sqrt() / 100.0;
    let mut card = Composer { release, page: Page::default(), width, unit, top: 6.5 * unit };
    card.frame(height);
    card.emblem(pages);
    card.text(&line_by_line(&release.letterhead.ministry), Role::Heading, 2.7);
    card.top += 1.2 * unit;
    let above = card.top;
    let place = decorated(release, Field::Place).map(|(text, _)| line(text.as_str())).unwrap_or_default();
    let place = card.set(&RichText::plain(place), Role::Text, 2.9);
    let foot = height - 6.5 * unit - card.height(&place, 2.9);
    card.headline(above, foot - 1.5 * unit);
    card.top = foot;
    card.place(&place, 2.9);
    Card { page: card.page, size: (width, height) }
}

/// A text of several lines, each without what nobody sees.
fn line_by_line(text: &str) -> RichText {
    RichText::plain(text.lines().map(line).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"))
}

struct Composer<'a> {
    release: &'a Release,
    page: Page,
    width: f32,
    unit: f32,
    /// Where the next element begins.
    top: f32,
}

impl Composer<'_> {
    /// Rules above and below, a heavy and a light one.
    fn frame(&mut self, height: f32) {
        let (left, right) = (4.0 * self.unit, self.width - 4.0 * self.unit);
        for (at, thickness) in [(3.2, 0.5), (4.2, 0.15)] {
            let thickness = thickness * self.unit;
            self.page.rules.push(Rule { left, right, top: at * self.unit, thickness });
            self.page.rules.push(Rule { left, right, top: height - at * self.unit - thickness, thickness });
        }
    }

    /// The emblem, or the ornament where there is none.
    fn emblem(&mut self, pages: &Pages) {
        let first = pages.pages.first().map(|page| page.pictures.as_slice()).unwrap_or_default();
        let skipped = usize::from(self.release.letterhead.ornament);
        let emblem = first.get(skipped).filter(|picture| picture.paragraph.is_none());
        let (artwork, width, height) = match emblem {
            Some(emblem) => {
                let height = 13.0 * self.unit;
                (emblem.artwork.clone(), height * emblem.width / emblem.height.max(1.0), height)
            }
            None => {
                let (artwork, width) = (artwork::ornament(), 20.0 * self.unit);
                let (across, down) = artwork.size();
                (artwork, width, width * down / across.max(1.0))
            }
        };
        let width = width.min(self.width / 2.0);
        let left = (self.width - width) / 2.0;
        self.page.pictures.push(Picture {
            artwork,
            left,
            top: self.top,
            width,
            height,
            alternative: None,
            paragraph: None,
        });
        self.top += height + 1.5 * self.unit;
    }

    /// Title and headline in the middle of the room between two heights, as large as they fit.
    fn headline(&mut self, above: f32, below: f32) {
        let (title, headline) = (line(&self.release.title), line(&self.release.headline));
        let (title, headline) = if headline.is_empty() { (String::new(), title) } else { (title, headline) };
        let marked = if title.is_empty() { headline } else { self.quoted(&headline) };
        let (title, headline) = (RichText::plain(title), RichText::plain(marked));
        let room = (below - above).max(self.unit);
        let whole = |size: f32| {
            let title_size = (size * 0.62).clamp(1.6, 3.4);
            let title = self.set(&title, Role::Heading, title_size);
            let headline = self.set(&headline, Role::Heading, size);
            let gap = if title.lines.is_empty() { 0.0 } else { 1.4 * self.unit };
            let height = self.height(&title, title_size) + gap + self.height(&headline, size);
            (title, title_size, gap, headline, height)
        };
        let sizes = std::iter::successors(Some(6.4f32), |size| (*size > 1.2).then_some(size * 0.94));
        let mut fitting = None;
        for size in sizes {
            let set = whole(size);
            let fits = set.4 <= room;
            fitting = Some((size, set));
            if fits {
                break;
            }
        }
        let Some((size, (title, title_size, gap, headline, height))) = fitting else { return };
        self.top = above + ((room - height) / 2.0).max(0.0);
        self.place(&title, title_size);
        self.top += gap;
        self.place(&headline, size);
    }

    fn quoted(&self, headline: &str) -> String {
        let (open, close) = crate::typeset::house::house(self.release.language).quotes;
        format!("{open}{headline}{close}")
    }

    fn text(&mut self, text: &RichText, role: Role, size: f32) {
        let lines = self.set(text, role, size);
        self.place(&lines, size);
    }

    /// A text in the middle, its size in units.
    fn set(&self, text: &RichText, role: Role, size: f32) -> Lines {
        let shaped =
            Arc::new(shape_with(text, Type { role, size: size * self.unit }, None, self.release.page.khmer_face));
        let width = self.width - 16.0 * self.unit;
        if text.is_empty() {
            return Lines { text: shaped, lines: Vec::new() };
        }
        set(shaped, Measure { width, indent: 0.0, alignment: Alignment::Centre })
    }

    /// From baseline to baseline, for a size in units.
    fn leading(&self, size: f32) -> f32 {
        size * self.unit * if self.release.language == Language::Khmer { 1.75 } else { 1.3 }
    }

    fn height(&self, lines: &Lines, size: f32) -> f32 {
        lines.lines.len() as f32 * self.leading(size)
    }

    fn place(&mut self, lines: &Lines, size: f32) {
        let leading = self.leading(size);
        let reach = (leading * 0.68, leading * 0.32);
        let left = 8.0 * self.unit;
        for line in &lines.lines {
            self.page.lines.push(Line {
                source: Source::PageNumber,
                text: lines.text.clone(),
                clusters: line.clusters.clone(),
                x: line.x.clone(),
                expansion: line.expansion,
                left: left + line.left,
                baseline: self.top + reach.0,
                reach,
            });
            self.top += leading;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::{Cache, typeset};

    #[test]
    fn everything_is_inside_the_frame_however_long_the_headline() {
        for language in [Language::English, Language::Khmer] {
            let word = if language == Language::Khmer {
                "កិច្ចសហប្រតិបត្តិការ"
            } else {
                "cooperation "
            };
            for count in [0, 1, 8, 40] {
                let mut release = Release { headline: word.repeat(count), ..Release::blank(language) };
                release.signature.date = "2026-11-28".parse::<chrono::NaiveDate>().ok().into();
                let pages = typeset(&release, None, &mut Cache::default());
                for form in Shape::ALL {
                    let Card { page, size } = card(&release, &pages, form);
                    assert!(page.lines.len() >= 3, "{}", page.lines.len());
                    let mut below = 0.0f32;
                    for line in &page.lines {
                        let right = line.left + line.x.last().copied().unwrap_or_default();
                        assert!(line.left > 0.0 && right < size.0, "{count} {form:?} {}", line.characters());
                        assert!(line.baseline > below, "lines over each other: {}", line.characters());
                        below = line.baseline;
                    }
                    assert!(below < size.1 - 4.0 * 10.0, "{count} {form:?}: {below}");
                }
            }
        }
    }
}

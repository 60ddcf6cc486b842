//! Pages of positioned clusters: all that a face (preview, PDF, PNG) ever reads.
//!
//! Lengths are in points, y downwards from the upper edge of the page, x from the left edge.

use std::{borrow::Cow, collections::HashSet, ops::Range, sync::Arc};

use super::shape::{Cluster, ShapedText};
use crate::{
    artwork::{Artwork, ArtworkError},
    release::{Field, Language, Outline},
};

/// A release, set.
#[derive(Clone, Debug, PartialEq)]
pub struct Pages {
    /// Width and height of each page.
    pub size: (f32, f32),
    /// The pages in order; there is always one.
    pub pages: Vec<Page>,
    /// The language of the text.
    pub language: Language,
    /// What kinds of blocks the paragraphs are, and their places in lists.
    pub outline: Outline,
    /// What was done to fill the number of pages that was asked for; `None` if nothing had to be.
    pub fitted: Option<Fitted>,
    /// Whether the release takes more than [`bounds::PAGES`](crate::release::bounds::PAGES), of which only so
    /// many are set. Such pages are shown, and not handed out.
    pub is_cut: bool,
    /// The paragraphs whose pictures are not shown, and why; `None` for one that is nowhere.
    pub refused: Vec<(usize, Option<ArtworkError>)>,
}

/// What was done to fill a number of pages.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fitted {
    /// Size and leading were multiplied by these.
    Changed {
        /// The share of the size, headings included.
        size: f32,
        /// The share of the leading, which is itself a multiple of the size.
        leading: f32,
    },
    /// No change that would not be seen is enough; it is set as if nothing had been asked.
    TooLong {
        /// The lines that are on pages beyond those asked for, with the smallest type and leading that were tried.
        lines: usize,
    },
}

/// One page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The lines in reading order; the page number, if any, is the last.
    pub lines: Vec<Line>,
    /// Underlines, and the rules of tables.
    pub rules: Vec<Rule>,
    /// The cells of tables in reading order.
    pub cells: Vec<Cell>,
    /// Ornament, emblem, and the pictures of the text.
    pub pictures: Vec<Picture>,
}

/// A cell of a table, in place: from rule to rule and from the middle between two columns to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// The index of the cell among the paragraphs.
    pub paragraph: usize,
    /// The left edge.
    pub left: f32,
    /// The upper edge.
    pub top: f32,
    /// The right edge.
    pub right: f32,
    /// The lower edge.
    pub bottom: f32,
}

/// A line of text, in place.
#[derive(Clone, Debug)]
pub struct Line {
    /// What the text is.
    pub source: Source,
    /// The whole text of which the line is a part.
    pub text: Arc<ShapedText>,
    /// The clusters of the line. Spaces at its end are among them, beyond the measure.
    pub clusters: Range<usize>,
    /// The left edge of each cluster and, last, the right edge of the last, from `left`.
    pub x: Arc<[f32]>,
    /// By what the widths of the glyphs are multiplied; 1 as they are.
    pub expansion: f32,
    /// The left edge of the line.
    pub left: f32,
    /// The baseline.
    pub baseline: f32,
    /// How far the line's space reaches above and below the baseline, both positive.
    pub reach: (f32, f32),
}

/// Two lines are equal if they are the same part of the same text in the same place: what has
/// not been set again is shared, so this is quick and needs no look at the glyphs.
impl PartialEq for Line {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.text, &other.text)
            && Arc::ptr_eq(&self.x, &other.x)
            && (self.source, &self.clusters, self.left, self.baseline)
                == (other.source, &other.clusters, other.left, other.baseline)
    }
}

impl Line {
    /// Each cluster of the line with its left edge on the page.
    pub fn placed(&self) -> impl Iterator<Item = (f32, &Cluster)> + '_ {
        let clusters = self.text.clusters.get(self.clusters.clone()).unwrap_or_default();
        self.x.iter().map(|x| self.left + x).zip(clusters)
    }

    /// The bytes of its text that the line holds.
    pub fn range(&self) -> Range<usize> {
        let clusters = self.text.clusters.get(self.clusters.clone()).unwrap_or_default();
        let (Some(first), Some(last)) = (clusters.first(), clusters.last()) else { return 0..0 };
        first.text.start..last.text.end
    }

    /// The characters of the line.
    pub fn characters(&self) -> &str {
        self.text.text.get(self.range()).unwrap_or_default()
    }

    /// The characters of the line as they are shown, with the numbers of notes.
    pub fn shown(&self) -> Cow<'_, str> {
        self.text.shown(self.range())
    }

    /// Whether this line looks as another does, whatever text it is of.
    pub fn draws_as(&self, other: &Self) -> bool {
        let same = |((x, one), (other_x, other_one)): ((f32, &Cluster), (f32, &Cluster))| {
            (x, one.face, one.size) == (other_x, other_one.face, other_one.size)
                && self.text.glyphs_of(one) == other.text.glyphs_of(other_one)
        };
        self == other
            || (self.baseline, self.clusters.len()) == (other.baseline, other.clusters.len())
                && self.expansion == other.expansion
                && self.placed().zip(other.placed()).all(same)
    }

    /// Whether the line divides a word by a hyphen that is not in the text.
    pub fn is_hyphenated(&self) -> bool {
        let clusters = self.text.clusters.get(self.clusters.clone()).unwrap_or_default();
        clusters.last().is_some_and(Cluster::is_inserted_hyphen)
    }

    /// Whether this is the last line of its text.
    pub fn ends_text(&self) -> bool {
        self.clusters.end == self.text.clusters.len()
    }

    /// The byte of the text where a caret would stand for a point at `x` on the page.
    pub fn byte_at(&self, x: f32) -> usize {
        let mut byte = self.text.clusters.get(self.clusters.start).map_or(0, |cluster| cluster.text.start);
        for ((left, cluster), right) in self.placed().zip(self.x.iter().skip(1)) {
            if x < (left + self.left + right) / 2.0 {
                return cluster.text.start;
            }
            byte = cluster.text.end;
        }
        byte
    }

    /// Where on the page a caret at a byte of the text is, if it is in this line.
    pub fn caret_x(&self, byte: usize) -> Option<f32> {
        let clusters = self.text.clusters.get(self.clusters.clone())?;
        let Some((first, last)) = clusters.first().zip(clusters.last()) else { return Some(self.left) };
        if byte < first.text.start || byte > last.text.end || (byte == last.text.end && !self.ends_text()) {
            return None;
        }
        let index = clusters.partition_point(|cluster| cluster.text.start < byte);
        self.x.get(index).map(|x| self.left + x)
    }
}

/// What a line shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// A field of the release; `prefix` bytes before it are the language's, such as a quotation
    /// mark, as is whatever follows it.
    Field {
        /// The field.
        field: Field,
        /// The bytes of the text before the field's own.
        prefix: usize,
    },
    /// The number or bullet of an item, which follows from the items before it; it comes right before the first
    /// line of the item, on the same baseline.
    Marker {
        /// The index of the item among the paragraphs.
        paragraph: usize,
    },
    /// The number of a note, which follows from those before; it comes right before the first line of the note, on the
    /// same baseline.
    NoteNumber {
        /// The paragraph that refers to the note.
        paragraph: usize,
        /// The byte of its text at which it does.
        at: usize,
    },
    /// The lunar date, which follows from the date.
    LunarDate,
    /// The header of a table once more, at the head of a page after that on which it began.
    Repeated,
    /// The number of the page.
    PageNumber,
    /// The headline, above the text of a page that follows.
    RunningHeadline,
}

impl Source {
    /// Whether it belongs to the page and not to the text that one reads.
    pub fn is_of_page(self) -> bool {
        matches!(self, Self::PageNumber | Self::RunningHeadline | Self::Repeated)
    }
}

/// An underline, or a rule of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// The left end.
    pub left: f32,
    /// The right end.
    pub right: f32,
    /// The upper edge.
    pub top: f32,
    /// The thickness.
    pub thickness: f32,
}

/// A picture, in place.
#[derive(Clone, Debug)]
pub struct Picture {
    /// What is drawn.
    pub artwork: Arc<Artwork>,
    /// The left edge.
    pub left: f32,
    /// The upper edge.
    pub top: f32,
    /// The width.
    pub width: f32,
    /// The height.
    pub height: f32,
    /// What a reader who cannot see it is told; `None` for an ornament, which means nothing.
    pub alternative: Option<Arc<str>>,
    /// The index of the block among the paragraphs whose picture it is, if it is in the text.
    pub paragraph: Option<usize>,
}

/// The least pixels to an inch of paper with which a picture is sharp in print.
pub const PRINT_DPI: f32 = 300.0;

impl Picture {
    /// How many pixels of a photo come to an inch of paper, on its coarser side; `None` for a drawing, sharp
    /// at any size.
    pub fn dots_per_inch(&self) -> Option<f32> {
        match &*self.artwork {
            Artwork::Drawing(_) => None,
            Artwork::Photo(_) => {
                let (width, height) = self.artwork.size();
                let inches = |points: f32| (points / 72.0).max(f32::MIN_POSITIVE);
                Some((width / inches(self.width)).min(height / inches(self.height)))
            }
        }
    }
}

impl PartialEq for Picture {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.artwork, &other.artwork)
            && (self.left, self.top, self.width, self.height, &self.alternative, self.paragraph)
                == (other.left, other.top, other.width, other.height, &other.alternative, other.paragraph)
    }
}

impl Pages {
    /// The line nearest to a point of a page.
    pub fn line_at(&self, page: usize, x: f32, y: f32) -> Option<&Line> {
        let distance = |line: &&Line| {
            let (above, below) = line.reach;
            let vertical = (line.baseline - above - y).max(y - line.baseline - below).max(0.0);
            let right = line.left + line.x.last().copied().unwrap_or(0.0);
            vertical * 1000.0 + (line.left - x).max(x - right).max(0.0)
        };
        self.pages.get(page)?.lines.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }

    /// All lines with the index of their page.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &Line)> + '_ {
        self.pages.iter().enumerate().flat_map(|(i, page)| page.lines.iter().map(move |line| (i, line)))
    }

    /// The characters of the release that no bundled font can show, each once, in order.
    pub fn missing_characters(&self) -> Vec<char> {
        let mut known = HashSet::new();
        let texts = self.lines().filter(|(_, line)| line.ends_text());
        texts.flat_map(|(_, line)| line.text.missing()).filter(|c| known.insert(*c)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::artwork::Photo;

    #[test]
    fn the_resolution_is_that_of_the_coarser_side() {
        let photo = Photo { width: 300, height: 1, rgba: vec![0; 4 * 300], jpeg: None };
        let artwork = Arc::new(Artwork::Photo(photo));
        let picture =
            Picture { artwork, left: 0.0, top: 0.0, width: 72.0, height: 72.0, alternative: None, paragraph: None };
        assert_eq!(picture.dots_per_inch(), Some(1.0));
    }
}

//! Lines to pages: what is where, and where a page ends.
//!
//! `body` sets the blocks of the text, `table` its tables, `figure` its pictures, `signature` what is below it, `notes`
//! the footnotes.

mod body;
mod figure;
mod furniture;
mod notes;
mod rules;
mod signature;
mod table;

use std::sync::Arc;

use body::Marker;
pub use body::announces;
use figure::Figures;
use notes::{SetNote, place_notes};
use rules::underlines;
use table::TableRow;
pub use table::numeric_columns;

use super::{
    Cache, Fitted, Line, Page, Pages, Picture, Source, Type, decorated,
    house::{self, Look, MM, house},
    paging::Stacked,
    paragraph::{Alignment, Lines, Measure},
};
use crate::{
    artwork::{self, Artwork, ArtworkError},
    release::{Emblem, Field, Outline, Paragraph, Release, RichText, bounds},
};

/// What the pages are filled with, from top to bottom.
struct Block {
    content: Content,
    /// Space above, in points; none at the head of a page.
    above: f32,
    /// What comes above it only at the head of a page, such as the header of its table, in points.
    lead: f32,
    /// The height, in points.
    height: f32,
    /// What it costs to end the page before this block.
    cost: f32,
    /// Whether a new page is asked for.
    new_page: bool,
}

enum Content {
    /// One line of a text; `left` is the edge of its column, and `marker` what is before it.
    Line {
        lines: Arc<Lines>,
        index: usize,
        source: Source,
        left: f32,
        reach: (f32, f32),
        marker: Option<Marker>,
    },
    Picture {
        artwork: Arc<Artwork>,
        left: f32,
        width: f32,
        alternative: Option<Arc<str>>,
    },
    /// Texts beside each other.
    Row(Vec<Beside>),
    /// A row of a table.
    TableRow(TableRow),
    /// Pictures of the text, with their captions.
    Figures(Figures),
}

/// A line of a text that has others beside it.
struct Beside {
    lines: Arc<Lines>,
    index: usize,
    source: Source,
    /// The edge of its column.
    left: f32,
    /// From the top of the row, in points.
    top: f32,
    reach: (f32, f32),
}

/// Sets a release.
pub(super) fn lay_out(release: &Release, emblem: Option<&Arc<Artwork>>, cache: &mut Cache) -> Pages {
    cache.begin(release);
    let outline = Outline::of(release);
    let (stack, fitted) = fit(release, &mut |scale| Stack::of((release, &outline), emblem, cache, scale));
    let Stack { blocks, notes, ends, scale, is_cut, .. } = stack;
    let mut layout = Layout::new((release, &outline), cache, scale);
    let mut pages = fill(blocks, &ends, layout.top);
    let mut start = 0;
    for (page, &end) in pages.iter_mut().zip(&ends) {
        let [from, to] = [start, end].map(|block| notes.partition_point(|note| note.block < block));
        let column = (layout.left, layout.width);
        place_notes(page, notes.get(from..to).unwrap_or_default(), column, layout.bottom, layout.leading);
        start = end;
    }
    layout.number(&mut pages);
    layout.repeat_headline(&mut pages);
    let size = release.page.paper.size();
    let refused = refused(release, cache);
    Pages { size, pages, language: release.language, outline, fitted, is_cut, refused }
}

/// The paragraphs whose pictures cannot be shown, and why.
fn refused(release: &Release, cache: &Cache) -> Vec<(usize, Option<ArtworkError>)> {
    let refused = |(index, block): (usize, &Paragraph)| match &block.picture.as_ref()?.data {
        None => Some((index, None)),
        Some(data) => Some((index, Some(cache.artworks.get(data).err()?))),
    };
    release.body.iter().enumerate().filter_map(refused).collect()
}

/// Shares of the size and of the leading that the house or the release asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Scale {
    size: f32,
    leading: f32,
}

const AS_SET: Scale = Scale { size: 1.0, leading: 1.0 };

/// A release in blocks, and where its pages end.
struct Stack {
    blocks: Vec<Block>,
    /// In the order of the blocks that refer to them.
    notes: Vec<SetNote>,
    ends: Vec<usize>,
    scale: Scale,
    /// How full the last page is, as a share of its height.
    last: f32,
    /// Whether what comes after the last of [`bounds::PAGES`] pages is left out.
    is_cut: bool,
}

impl Stack {
    fn of(release: (&Release, &Outline), emblem: Option<&Arc<Artwork>>, cache: &mut Cache, scale: Scale) -> Self {
        let mut layout = Layout::new(release, cache, scale);
        if layout.cache.is_cold() {
            layout.set_first(layout.texts_above());
        }
        layout.letterhead(emblem);
        layout.heading();
        layout.body();
        if !layout.room.is_gone() {
            layout.signature();
        }
        let (mut blocks, leading, mut is_cut) = (layout.blocks, layout.leading, layout.room.is_gone());
        let notes = layout.notes;
        let height = (layout.bottom - layout.top) / leading;
        let item = |block: &Block| Stacked {
            above: block.above / leading,
            lead: block.lead / leading,
            height: block.height / leading,
            cost: block.cost,
            new_page: block.new_page,
            notes: 0.0,
        };
        let mut stack: Vec<Stacked> = blocks.iter().map(item).collect();
        for note in &notes {
            if let Some(item) = stack.get_mut(note.block) {
                item.notes += note.height() / leading;
            }
        }
        let mut ends = layout.cache.paged.ends(&stack, height);
        if ends.len() > bounds::PAGES {
            ends.truncate(bounds::PAGES);
            blocks.truncate(ends.last().copied().unwrap_or(0));
            is_cut = true;
        }
        let start = ends.iter().rev().nth(1).copied().unwrap_or(0);
        let used: f32 =
            stack.get(start..).unwrap_or_default().iter().map(|item| item.above + item.height + item.notes).sum();
        Self { blocks, notes, ends, scale, last: used / height, is_cut }
    }

    /// The lines on pages after the first so many.
    fn lines_beyond(&self, pages: usize) -> usize {
        let from = pages.checked_sub(1).and_then(|last| self.ends.get(last)).copied().unwrap_or(0);
        let beyond = self.blocks.get(from..).unwrap_or_default();
        beyond.iter().filter(|block| matches!(block.content, Content::Line { .. })).count()
    }
}

/// How much more can be set before the pages are surely more than [`bounds::PAGES`]: then the rest is left out,
/// so that neither time nor memory go beyond what so many pages take.
struct Room {
    /// The height of the text on a page, in points.
    height: f32,
    /// The pages before the one that is being filled.
    pages: usize,
    /// The height of what is on that one, without the spaces between, in points.
    used: f32,
    /// The blocks that are on all of them.
    counted: usize,
}

impl Room {
    fn take(&mut self, block: &Block) {
        self.used += block.height;
        // A point too much may come of rounding.
        if self.used > self.height + 1.0 || block.new_page && self.used > block.height {
            self.pages += 1;
            self.used = block.height;
        }
    }

    fn is_gone(&self) -> bool {
        self.pages >= bounds::PAGES
    }
}

/// Tries sizes and leadings until the release fits its pages. What is seen least comes first:
/// less leading, then less size as well, with as much leading as that leaves room for.
fn fit(release: &Release, set: &mut dyn FnMut(Scale) -> Stack) -> (Stack, Option<Fitted>) {
    let as_set = set(AS_SET);
    let Some(wanted) = release.page.fit.pages() else { return (as_set, None) };
    // What takes more room by half than there is fits in no size: it need not be tried.
    if as_set.ends.len() > wanted + wanted.div_ceil(2) + 1 {
        let lines = as_set.lines_beyond(wanted);
        return (as_set, Some(Fitted::TooLong { lines }));
    }
    let found = if as_set.ends.len() > wanted {
        let tightest = Scale { size: 1.0, leading: house::FIT_LEAST_LEADING };
        let size =
            steps(1.0, house::FIT_SMALLEST_SIZE).find(|&size| set(Scale { size, ..tightest }).ends.len() <= wanted);
        let Some(size) = size else {
            let lines = set(Scale { size: house::FIT_SMALLEST_SIZE, ..tightest }).lines_beyond(wanted);
            return (as_set, Some(Fitted::TooLong { lines }));
        };
        steps(1.0, house::FIT_LEAST_LEADING)
            .map(|leading| set(Scale { size, leading }))
            .find(|stack| stack.ends.len() <= wanted)
            .or_else(|| Some(set(Scale { size, ..tightest })))
    } else if as_set.ends.len() == wanted && wanted > 1 && as_set.last < house::FIT_FULL_ENOUGH {
        // The fullest last page; `max_by` would take the loosest of equals.
        steps(1.0, house::FIT_MOST_LEADING)
            .map(|leading| set(Scale { size: 1.0, leading }))
            .take_while(|stack| stack.ends.len() <= wanted)
            .reduce(|best, next| if best.last < house::FIT_FULL_ENOUGH && next.last > best.last { next } else { best })
    } else {
        None
    };
    match found.filter(|stack| stack.scale != AS_SET) {
        None => (as_set, None),
        Some(stack) => {
            let Scale { size, leading } = stack.scale;
            (stack, Some(Fitted::Changed { size, leading }))
        }
    }
}

/// From one share to another, both included, in steps that nobody sees.
fn steps(from: f32, to: f32) -> impl Iterator<Item = f32> {
    let step = if to < from { -house::FIT_STEP } else { house::FIT_STEP };
    let beyond = move |share: f32| (share - to) * step.signum() > house::FIT_STEP / 2.0;
    std::iter::successors(Some(from), move |share| Some(share + step)).take_while(move |&share| !beyond(share))
}

struct Layout<'a> {
    release: &'a Release,
    outline: &'a Outline,
    cache: &'a mut Cache,
    /// Body size and leading, in points.
    size: f32,
    leading: f32,
    left: f32,
    width: f32,
    top: f32,
    bottom: f32,
    blocks: Vec<Block>,
    /// The notes of the blocks.
    notes: Vec<SetNote>,
    room: Room,
}

impl<'a> Layout<'a> {
    fn new((release, outline): (&'a Release, &'a Outline), cache: &'a mut Cache, scale: Scale) -> Self {
        let house = house(release.language);
        let (width, height) = release.page.paper.size();
        let margins = release.page.margins;
        let size = scale.size * release.page.body_size.unwrap_or(house.body_size);
        let leading = size * scale.leading * release.page.leading.unwrap_or(house.leading);
        let left = margins.left * MM;
        let top = margins.top * MM;
        let bottom = (height - margins.bottom * MM).max(top + leading);
        Self {
            release,
            outline,
            cache,
            size,
            leading,
            left,
            width: (width - left - margins.right * MM).max(size),
            top,
            bottom,
            blocks: Vec::new(),
            notes: Vec::new(),
            room: Room { height: bottom - top, pages: 0, used: 0.0, counted: 0 },
        }
    }

    fn look(&self, field: Field) -> Look {
        house::look(field, self.release.language, self.release.page.justified)
    }

    fn decorated(&self, field: Field) -> Option<(RichText, usize)> {
        decorated(self.release, field)
    }

    /// Sets a text in a column and adds its lines. Nothing in it is kept together yet.
    fn add(&mut self, text: RichText, source: Source, look: Look, (left, width): (f32, f32)) -> std::ops::Range<usize> {
        let (kind, measure) = self.measure(look, width);
        let leading = if look.leading > 0.0 { look.leading * kind.size } else { self.leading };
        let lines = self.cache.set(text, kind, measure);
        let first = self.blocks.len();
        // Two thirds of a line's space above its baseline, a third below: as Khmer needs it,
        // with signs above the letter and subscripts under it.
        let reach = (leading * 0.68, leading * 0.32);
        for index in 0..lines.lines.len() {
            self.blocks.push(Block {
                content: Content::Line { lines: lines.clone(), index, source, left, reach, marker: None },
                above: if index == 0 { look.above * self.leading } else { 0.0 },
                lead: 0.0,
                height: leading,
                cost: house::COST_KEPT,
                new_page: false,
            });
        }
        first..self.blocks.len()
    }

    /// What a look asks for in a column of a width.
    fn measure(&self, look: Look, width: f32) -> (Type, Measure) {
        let kind = Type { size: look.kind.size * self.size, ..look.kind };
        (kind, Measure { width, indent: look.indent, alignment: look.alignment })
    }

    fn add_field(&mut self, field: Field, column: (f32, f32)) -> std::ops::Range<usize> {
        let Some((text, prefix)) = self.decorated(field) else { return 0..0 };
        let look = self.look(field);
        self.add(text, Source::Field { field, prefix }, look, column)
    }

    fn letterhead(&mut self, emblem: Option<&Arc<Artwork>>) {
        let full = (self.left, self.width);
        self.add_field(Field::Kingdom, full);
        self.add_field(Field::Motto, full);
        if self.release.letterhead.ornament && !self.blocks.is_empty() {
            let width = house::ORNAMENT_WIDTH * self.size;
            let left = self.left + (self.width - width) / 2.0;
            self.picture(artwork::ornament(), left, width, house::ORNAMENT_ABOVE * self.size, None);
        }
        let column = (self.left, self.ministry_width());
        if let (Some(artwork), Some(emblem)) = (emblem, &self.release.letterhead.emblem) {
            let (width, height) = artwork.size();
            let asked = emblem
                .height
                .map(|height| f32::from(height.clamp(*Emblem::HEIGHTS.start(), *Emblem::HEIGHTS.end())) * MM);
            let tall = asked.unwrap_or(house::EMBLEM_HEIGHT * self.size);
            let width = (tall * width / height.max(1.0)).min(self.width / 2.0);
            let left = self.left + ((column.1 - width) / 2.0).max(0.0);
            let alternative = Some(Arc::from(emblem.alternative.as_str()));
            self.picture(artwork.clone(), left, width, 0.35 * self.leading, alternative);
        }
        self.add_field(Field::Ministry, column);
        self.add_field(Field::Department, column);
        self.add_field(Field::Reference, full);
    }

    /// Ministry and department are centred under each other in a block at the left edge, as
    /// wide as the widest of their lines.
    fn ministry_width(&mut self) -> f32 {
        let mut widest = 0.0f32;
        for field in [Field::Ministry, Field::Department] {
            let Some((text, kind, measure)) = self.ministry_text(field) else { continue };
            let lines = self.cache.set(text, kind, measure);
            widest = lines.lines.iter().filter_map(|line| line.x.last()).fold(widest, |a, &b| a.max(b));
        }
        widest.min(self.ministry_limit()) + 0.5
    }

    /// The most that ministry and department may be wide.
    fn ministry_limit(&self) -> f32 {
        self.width * 0.62
    }

    /// A field of the block at the left edge, as wide as it likes to be.
    fn ministry_text(&self, field: Field) -> Option<(RichText, Type, Measure)> {
        let look = Look { indent: 0.0, alignment: Alignment::Left, ..self.look(field) };
        let (kind, measure) = self.measure(look, self.ministry_limit());
        Some((self.decorated(field)?.0, kind, measure))
    }

    fn picture(&mut self, artwork: Arc<Artwork>, left: f32, width: f32, above: f32, alternative: Option<Arc<str>>) {
        let (natural_width, natural_height) = artwork.size();
        let height = width * natural_height / natural_width.max(1.0);
        let content = Content::Picture { artwork, left, width, alternative };
        self.blocks.push(Block { content, above, lead: 0.0, height, cost: house::COST_KEPT, new_page: false });
    }

    fn heading(&mut self) {
        let full = (self.left, self.width);
        self.add_field(Field::Notice, full);
        self.add_field(Field::Title, full);
        self.add_field(Field::Headline, self.headline_column());
    }

    /// A headline of the full width reads badly; a shorter measure breaks it evenly.
    fn headline_column(&self) -> (f32, f32) {
        let inset = self.width * 0.04;
        (self.left + inset, self.width - 2.0 * inset)
    }

    /// What is set above the body, as [`Self::letterhead`] and [`Self::heading`] ask for it: a text that is not here is
    /// set when it is asked for.
    fn texts_above(&self) -> Vec<(RichText, Type, Measure)> {
        let full = (self.left, self.width);
        let fields = [Field::Kingdom, Field::Motto, Field::Reference, Field::Notice, Field::Title];
        let fields = fields.map(|field| (field, full)).into_iter().chain([(Field::Headline, self.headline_column())]);
        let fields = fields.filter_map(|(field, (_, width))| {
            let (kind, measure) = self.measure(self.look(field), width);
            Some((self.decorated(field)?.0, kind, measure))
        });
        let ministry = [Field::Ministry, Field::Department].into_iter().filter_map(|field| self.ministry_text(field));
        fields.chain(ministry).collect()
    }
}

/// Puts the blocks on pages that end at `ends`; there is always one page.
fn fill(blocks: Vec<Block>, ends: &[usize], top: f32) -> Vec<Page> {
    let mut blocks = blocks.into_iter();
    let mut start = 0;
    let mut pages = Vec::with_capacity(ends.len().max(1));
    for &end in ends {
        pages.push(place(blocks.by_ref().take(end - start), top));
        start = end;
    }
    if pages.is_empty() {
        pages.push(Page::default());
    }
    pages
}

fn place(blocks: impl Iterator<Item = Block>, top: f32) -> Page {
    let mut page = Page::default();
    let mut y = top;
    let mut blocks = blocks.enumerate().peekable();
    while let Some((i, block)) = blocks.next() {
        y += if i == 0 { 0.0 } else { block.above };
        match block.content {
            Content::Line { lines, index, source, left, reach, marker } => {
                page.lines
                    .extend(marker.and_then(|marker| line((&marker.lines, 0), marker.source, marker.left, y, reach)));
                let Some(line) = line((&lines, index), source, left, y, reach) else { continue };
                page.rules.extend(underlines(&line));
                page.lines.push(line);
            }
            Content::Row(row) => {
                let place = |one: &Beside| line((&one.lines, one.index), one.source, one.left, y + one.top, one.reach);
                page.lines.extend(row.iter().filter_map(place));
            }
            Content::Figures(figures) => figures.place(&mut page, y),
            Content::TableRow(row) => y += row.place(&mut page, y, block.height, (i == 0, blocks.peek().is_none())),
            Content::Picture { artwork, left, width, alternative } => {
                let (top, height) = (y, block.height);
                page.pictures.push(Picture { artwork, left, top, width, height, alternative, paragraph: None });
            }
        }
        y += block.height;
    }
    page
}

/// A line of a text in a column whose left edge is at `left`, the top of its space at `top`.
fn line((lines, index): (&Lines, usize), source: Source, left: f32, top: f32, reach: (f32, f32)) -> Option<Line> {
    let set = lines.lines.get(index)?;
    Some(Line {
        source,
        text: lines.text.clone(),
        clusters: set.clusters.clone(),
        x: set.x.clone(),
        expansion: set.expansion,
        left: left + set.left,
        baseline: top + reach.0,
        reach,
    })
}

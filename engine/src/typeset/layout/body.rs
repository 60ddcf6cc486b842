//! The blocks of the text: paragraphs, headings, items of lists.
//!
//! Knows the outline of the body, and never numbers anything itself. Invariant: an item's number is in the same
//! block as its first line, so that no page ends between them.

use std::{collections::HashMap, ops::Range, sync::Arc};

use super::{Alignment, Content, Layout, Lines, Look, Measure, Source, Type, house};
use crate::{
    release::{
        BlockKind, Counting, Field, HeadingLevel, Item, ListEntry, ListKind, Paragraph, Picture, RichText, Style, Table,
    },
    typeset::{Role, house::Neighbour},
};

/// How many blocks are set at once where none was set before: no more than these are set in vain where the pages end.
const SET_AT_ONCE: usize = 256;

/// The number or bullet of an item, set.
pub(super) struct Marker {
    pub lines: Arc<Lines>,
    pub source: Source,
    /// The left edge on the page, in points.
    pub left: f32,
}

/// The edges of each list, in points from the left margin.
#[derive(Default)]
struct Edges(HashMap<usize, Edge>);

impl Edges {
    /// Those of the list of an item.
    fn of(&self, entry: Option<&ListEntry>) -> Option<Edge> {
        entry.and_then(|entry| self.0.get(&entry.list).copied())
    }
}

#[derive(Clone, Copy)]
struct Edge {
    /// Where its numbers begin that are set from the left.
    numbers: f32,
    /// Where those end that are set to the right.
    ends: f32,
    /// Where its texts begin.
    text: f32,
}

/// What the blocks before another one ask of it.
#[derive(Default)]
struct Before {
    neighbour: Option<Neighbour>,
    /// Whether it must not be parted from the next.
    keeps: bool,
    /// Whether it ends in a colon, and so announces a list, a table or a picture.
    announces: bool,
    /// How many lists are around the item that it is, if it is one with a number or bullet.
    depth: Option<usize>,
}

impl Layout<'_> {
    pub(super) fn body(&mut self) {
        let edges = self.edges();
        let mut before = Before::default();
        let mut taken = 0;
        for (index, paragraph) in self.release.body.iter().enumerate() {
            if index > 0 && index % SET_AT_ONCE == 0 {
                self.set_ahead(index, &edges, Vec::new());
            }
            if index < taken {
                continue;
            }
            if let Some(table) = self.outline.table(index) {
                taken = table.end();
                self.add_table(&table, &before);
                before = Before { neighbour: Some(Neighbour::Table), ..Before::default() };
                if self.count() {
                    return;
                }
                continue;
            }
            let figures = Picture::beside(&self.release.body, index);
            if figures > 0 {
                taken = index + figures;
                self.add_figures(index..taken, paragraph.new_page, &before);
                before = Before { neighbour: Some(Neighbour::Picture), ..Before::default() };
                if self.count() {
                    return;
                }
                continue;
            }
            let range = self.add_block(index, paragraph, &edges);
            if range.is_empty() {
                continue;
            }
            let entry = self.outline.entry(index);
            let depth = entry.map(|entry| entry.depth);
            let is_numbered = entry.is_some_and(|entry| entry.marker.is_some());
            self.space_and_costs(&range, paragraph, depth, &before);
            self.notes(index, range.clone());
            let is_title = matches!(paragraph.kind, BlockKind::Item(Item { list: ListKind::Sections, .. }))
                && range.len() <= house::ORPHANS;
            before = Before {
                neighbour: Some(Neighbour::of(paragraph.kind)),
                keeps: is_title || matches!(paragraph.kind, BlockKind::Heading(_)),
                announces: announces(paragraph.text.as_str()),
                depth: depth.filter(|_| is_numbered),
            };
            if self.count() {
                return;
            }
        }
    }

    /// Counts what was added; says whether there is no room for more.
    fn count(&mut self) -> bool {
        self.blocks.iter().skip(self.room.counted).for_each(|block| self.room.take(block));
        self.room.counted = self.blocks.len();
        self.room.is_gone()
    }

    /// Adds pictures beside each other with the space above them.
    fn add_figures(&mut self, blocks: Range<usize>, new_page: bool, before: &Before) {
        let range = self.figures(blocks);
        let language = self.release.language;
        let between = before.neighbour.and_then(|before| house::space_between(before, Neighbour::Picture, language));
        let kept = before.neighbour.is_none() || before.keeps;
        if let Some(block) = self.blocks.get_mut(range.start) {
            block.above = self.leading * between.unwrap_or(house::AROUND_PICTURE);
            block.new_page = new_page;
            block.cost = if kept {
                house::COST_KEPT
            } else if before.announces {
                house::COST_ANNOUNCED
            } else {
                0.0
            };
        }
    }

    /// Adds a table with the space above it.
    fn add_table(&mut self, table: &Table, before: &Before) {
        let kept = before.neighbour.is_none() || before.keeps;
        let range = self.table(table, kept);
        let language = self.release.language;
        let Some(first) = self.blocks.get_mut(range.start) else { return };
        let between = before.neighbour.and_then(|before| house::space_between(before, Neighbour::Table, language));
        first.above = self.leading * between.unwrap_or(house::AROUND_TABLE);
        if before.announces {
            first.cost = first.cost.max(house::COST_ANNOUNCED);
        }
    }

    /// The space above a block that was just added, and what it costs to end a page within it.
    fn space_and_costs(&mut self, range: &Range<usize>, paragraph: &Paragraph, depth: Option<usize>, before: &Before) {
        let neighbour = Neighbour::of(paragraph.kind);
        let leading = self.leading;
        let language = self.release.language;
        let between = before.neighbour.and_then(|before| house::space_between(before, neighbour, language));
        // So does an item what is within it: neither stands alone at an edge of a page.
        let is_within = before.depth.is_some_and(|above| depth.is_some_and(|depth| depth > above));
        let announced = (before.announces || is_within) && neighbour == Neighbour::Item;
        let is_heading = neighbour == Neighbour::Heading;
        // The first lines stay with the headline, or with the heading right above: a heading with one line of
        // text under it is as bad as one with none.
        let kept = if before.neighbour.is_none() || before.keeps { house::ORPHANS } else { 0 };
        for (line, block) in self.blocks.get_mut(range.clone()).unwrap_or_default().iter_mut().enumerate() {
            let (lines_before, lines_after) = (line, range.len() - line);
            if line == 0 {
                block.new_page = paragraph.new_page;
                match (before.neighbour, between) {
                    (None, _) => block.above += house::BELOW_HEADLINE * leading,
                    (_, Some(between)) => block.above = between * leading,
                    (_, None) => {}
                }
            }
            block.cost = if line < kept || is_heading && line > 0 {
                house::COST_KEPT
            } else if line == 0 {
                if announced { house::COST_ANNOUNCED } else { 0.0 }
            } else if lines_before < house::ORPHANS || lines_after < house::WIDOWS {
                house::COST_ORPHAN
            } else {
                0.0
            };
        }
    }

    /// Sets the texts of the first blocks and these on all processors, if none was set before.
    pub(super) fn set_first(&mut self, texts: Vec<(RichText, Type, Measure)>) {
        let edges = self.edges();
        self.set_ahead(0, &edges, texts);
    }

    fn set_ahead(&mut self, first: usize, edges: &Edges, mut texts: Vec<(RichText, Type, Measure)>) {
        if !self.cache.is_cold() {
            return;
        }
        let blocks = self.release.body.iter().enumerate().skip(first).take(SET_AT_ONCE);
        texts.extend(blocks.filter_map(|(index, paragraph)| {
            // Those are set in their own width.
            if paragraph.kind.is_cell() || paragraph.picture.is_some() {
                return None;
            }
            let (text, look, (_, width)) = self.block_text(index, paragraph, edges)?;
            let (kind, measure) = self.measure(look, width);
            Some((text, kind, measure))
        }));
        self.cache.set_all(texts);
    }

    /// The text of a block, its look, and the left edge and width of its column; none for a paragraph without text.
    fn block_text(&self, index: usize, paragraph: &Paragraph, edges: &Edges) -> Option<(RichText, Look, (f32, f32))> {
        let outline = self.outline;
        let entry = outline.entry(index);
        if entry.is_none() && paragraph.text.as_str().trim().is_empty() {
            return None;
        }
        let look = house::block_look(paragraph.kind, entry, self.release.language, self.release.page.justified);
        let mut text = outline.numbered(index, &paragraph.text).into_owned();
        if paragraph.kind == BlockKind::Heading(HeadingLevel::Two) {
            text.emphasise(0..text.len(), Style::BOLD, true);
        }
        let text_edge = edges.of(entry).map_or(0.0, |edge| edge.text);
        let inset = if paragraph.kind == BlockKind::Quotation { house::QUOTATION_INSET * self.size } else { 0.0 };
        let column = (self.left + text_edge + inset, (self.width - text_edge - 2.0 * inset).max(self.size));
        Some((text, look, column))
    }

    /// Sets a block and adds its lines; none for a paragraph without text.
    fn add_block(&mut self, index: usize, paragraph: &Paragraph, edges: &Edges) -> Range<usize> {
        let Some((text, look, column)) = self.block_text(index, paragraph, edges) else { return 0..0 };
        let field = Field::Paragraph(index);
        let range = self.add(text, Source::Field { field, prefix: 0 }, look, column);
        let entry = self.outline.entry(index);
        let edge = edges.of(entry);
        let marker = entry.zip(edge).and_then(|(entry, edge)| self.marker(index, paragraph, entry, edge));
        if let Some(Content::Line { marker: place, .. }) =
            self.blocks.get_mut(range.start).map(|block| &mut block.content)
        {
            *place = marker;
        }
        range
    }

    /// The number or bullet of an item in its place: numbers end below each other, bullets and the numbers of
    /// parts, which are read as titles, begin so.
    fn marker(&mut self, index: usize, paragraph: &Paragraph, entry: &ListEntry, edge: Edge) -> Option<Marker> {
        let lines = self.marker_lines(&paragraph.text, entry)?;
        let begins = matches!(entry.counting, Counting::Bullets | Counting::CapitalRoman | Counting::CapitalLetters);
        let left = if begins { edge.numbers } else { edge.ends - seen_width(&lines) };
        Some(Marker { lines, source: Source::Marker { paragraph: index }, left: self.left + left })
    }

    /// A number or bullet, set; bold before a text that is bold throughout.
    fn marker_lines(&mut self, text: &RichText, entry: &ListEntry) -> Option<Arc<Lines>> {
        let style = text.style_of(0..text.len());
        let style = if style.has(Style::BOLD) { Style::BOLD } else { Style::PLAIN };
        // With the space a reader of the PDF parts it from the text.
        let marker = RichText::styled(format!("{} ", entry.marker.as_deref()?), style);
        let kind = Type { role: Role::Text, size: self.size };
        let measure = Measure { width: self.width, indent: 0.0, alignment: Alignment::Left };
        Some(self.cache.set(marker, kind, measure))
    }

    /// The edges of all lists: each hangs by the widest of its numbers, within the text of the item around it.
    fn edges(&mut self) -> Edges {
        let outline = self.outline;
        let mut lists: Vec<(usize, &ListEntry, f32)> = Vec::new();
        for (index, entry) in outline.entries() {
            let Some(text) = self.release.body.get(index).map(|paragraph| &paragraph.text) else { continue };
            let width = self.marker_lines(text, entry).map_or(0.0, |lines| seen_width(&lines));
            // Lists begin one after the other.
            match lists.binary_search_by_key(&entry.list, |(list, ..)| *list) {
                Ok(at) => {
                    if let Some((_, _, widest)) = lists.get_mut(at) {
                        *widest = widest.max(width);
                    }
                }
                Err(at) => lists.insert(at, (entry.list, entry, width)),
            }
        }
        let mut edges = Edges::default();
        for (list, entry, widest) in lists {
            let around = entry.enclosing.and_then(|around| edges.0.get(&around)).map(|edge| edge.text);
            let kind = outline.kind(list);
            let numbers = around.unwrap_or_else(|| {
                let indent = house::list_indent(kind, entry.counting, self.release.language, self.size);
                // Below missing items it is placed as if they were there.
                let missing = (0..entry.depth).map(|_| house::LEAST_HANG * self.size).sum::<f32>();
                indent + missing
            });
            let hang = (widest + house::MARKER_GAP * self.size).max(house::LEAST_HANG * self.size);
            edges.0.insert(list, Edge { numbers, ends: numbers + widest, text: numbers + hang });
        }
        edges
    }
}

/// The width of a number or bullet without the space behind it.
fn seen_width(lines: &Lines) -> f32 {
    let Some(line) = lines.lines.first() else { return 0.0 };
    line.x.iter().rev().nth(1).copied().unwrap_or(0.0)
}

/// Whether a text announces what comes after it, by a colon; in Khmer two signs are used for that.
pub fn announces(text: &str) -> bool {
    text.trim_end_matches(|c: char| c.is_whitespace() || c == '\u{200B}').ends_with([':', '៖', 'ៈ'])
}

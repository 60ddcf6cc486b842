//! Lines and pictures to page operators, in reading order.
//!
//! Each line is shown by one operator: codes, with adjustments where the page places a cluster
//! elsewhere than the advances of its font would. What belongs to an element of the structure is
//! marked as its content; all else is an artifact (ISO 14289-1, 7.1).
//!
//! Knows pages, not how they were set. Its invariant: every operator that draws is in exactly
//! one marked sequence, and text is shown in reading order.

mod artifacts;
mod links;
mod operators;

use std::{collections::BTreeMap, sync::Arc};

use printpdf::{
    FontId, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, Rect, TextItem, XObject,
    XObjectId,
};

use super::{
    fonts::{Fonts, SPECIMEN},
    parted,
    pictures::{self, Part},
    sheet::{Sheet, hundredths},
    structure::{Bookmark, Kind, Languages, LinkId, Marked, Structure},
    unicode,
};
use crate::{
    artwork::Artwork,
    parallel,
    release::{BlockKind, Field, Language, NOTE, Outline, Style},
    typeset::{Line, Page, Pages, Picture, ShapedText, Source},
};
use links::{is_of_note, notes};
use operators::{ShownCodes, Stream};
pub(super) use operators::{as_bytes, font_name};

/// A cluster this near to its place, in thousandths of an em, is left there: a hundredth of a
/// millimetre in body type. The error does not add up, as the pen is followed exactly.
const TOLERANCE: f64 = 2.0;

/// After a code of no width the pen goes no shorter way back than this, in thousandths of an em, but waits
/// for another place: Poppler, which orders by places, would put what follows before that code.
const BACKWARDS: f64 = 10.0;

/// The widest gap, in thousandths of an em, in which no reader sees a space (pdf.js sees one from
/// 102 on). The layout keeps to it; rounding must too.
const WIDEST_GAP: f64 = 100.0;

/// By how much rounding may make such a gap wider.
const SLACK: f64 = 4.0;

/// The pages as operators, and what the finishing pass needs to know of them.
pub(super) struct Composed {
    /// The sheet of every page.
    pub sheet: Sheet,
    /// The fonts, by number.
    pub fonts: Fonts,
    /// What is what.
    pub structure: Structure,
    /// How many marked sequences of each page belong to the structure.
    pub marked: Vec<i64>,
    /// Whether each page has something transparent.
    pub transparent: Vec<bool>,
    pages: Vec<Stream>,
    images: BTreeMap<XObjectId, XObject>,
}

/// Turns the pages of releases into operators, one release after the other.
pub(super) fn compose(first: &Pages, others: &[&Pages], sheet: Sheet) -> Composed {
    let mut composer = Composer {
        language: first.language,
        outline: &first.outline,
        done: Composed {
            sheet,
            fonts: Fonts::default(),
            structure: Structure::default(),
            marked: Vec::new(),
            transparent: Vec::new(),
            pages: Vec::new(),
            images: BTreeMap::new(),
        },
        photos: Vec::new(),
        element: None,
        notes: notes(first),
        first_note: 0,
        stream: Stream::default(),
        page: 0,
        next_mark: 0,
        open: None,
        transparent: false,
        font: None,
        expansion: 1.0,
        at: (0.0, 0.0),
        gap: 0.0,
        whole: None,
    };
    for pages in std::iter::once(first).chain(others.iter().copied()) {
        if !others.is_empty() {
            composer.begin_release(pages);
        }
        for page in &pages.pages {
            composer.page(composer.done.pages.len(), page);
        }
    }
    composer.done
}

/// Hands pages, fonts and pictures to printpdf.
///
/// It writes a font only if it sees a character of it shown, and in finished stretches it sees none. So the last page
/// shows one of each; the finishing pass leaves it out.
pub(super) fn to_document(composed: &mut Composed, fonts: Vec<ParsedFont>) -> lopdf::Document {
    let mut document = PdfDocument::new("");
    let mut specimen = vec![Op::StartTextSection];
    for (number, font) in fonts.into_iter().enumerate() {
        let id = FontId(font_name(number));
        specimen.push(Op::SetFont { font: PdfFontHandle::External(id.clone()), size: Pt(1.0) });
        specimen.push(Op::ShowText { items: vec![TextItem::Text(SPECIMEN.into())] });
        document.resources.fonts.map.insert(id, PdfFont::new(font));
    }
    specimen.push(Op::EndTextSection);
    for (id, image) in std::mem::take(&mut composed.images) {
        document.resources.xobjects.map.insert(id, image);
    }
    let rectangle = |[left, lower, right, upper]: [f32; 4]| {
        // printpdf writes width and height where a box has its right and upper edge.
        Rect::from_xywh(Pt(left), Pt(lower), Pt(right), Pt(upper))
    };
    let (media, trim) = (composed.sheet.media(), composed.sheet.trim());
    let numbers = composed.fonts.numbers();
    let streams = std::mem::take(&mut composed.pages);
    let pages = parallel::map(&streams, |stream| stream.to_ops(&numbers));
    document.pages.extend(pages.into_iter().chain([specimen]).map(|ops| PdfPage {
        media_box: rectangle(media),
        trim_box: rectangle(trim),
        crop_box: rectangle(media),
        ops,
    }));
    // Only so does it write operators that it does not know.
    let secure = false;
    let options = PdfSaveOptions { subset_fonts: false, image_optimization: None, secure, ..PdfSaveOptions::default() };
    document.to_lopdf_document(&options, &mut Vec::new())
}

struct Composer<'a> {
    language: Language,
    outline: &'a Outline,
    done: Composed,
    /// The photos that have an image object.
    photos: Vec<(Arc<Artwork>, XObjectId, bool)>,
    /// The element whose lines are being shown: what it is, its text and its languages.
    element: Option<(Source, Arc<ShapedText>, Languages)>,
    /// The notes in the order of their numbers, each by the paragraph and the byte that refer to it.
    notes: Vec<(usize, usize)>,
    /// How many notes the releases before have.
    first_note: usize,
    stream: Stream,
    page: usize,
    next_mark: i64,
    /// Whether a sequence is open and, if so, whether its text is foreign, and its link in the text.
    open: Option<(bool, Option<LinkId>)>,
    transparent: bool,
    /// Number and size of the font that is set.
    font: Option<(usize, f32)>,
    /// By what the widths of letters are multiplied.
    expansion: f32,
    /// Where the last line of the text object began.
    at: (f32, f32),
    /// The last gap between clusters, in thousandths of an em.
    gap: f64,
    /// The cluster at which ends what is said as a whole.
    whole: Option<usize>,
}

impl<'a> Composer<'a> {
    /// Begins a release of several.
    fn begin_release(&mut self, pages: &'a Pages) {
        if !self.done.pages.is_empty() {
            self.first_note += self.notes.len();
        }
        (self.language, self.outline, self.notes) = (pages.language, &pages.outline, notes(pages));
        self.element = None;
        self.done.structure.begin_release(pages.language);
    }

    fn page(&mut self, number: usize, page: &Page) {
        (self.page, self.next_mark, self.transparent, self.font) = (number, 0, false, None);
        self.expansion = 1.0;
        self.stream.draw([pictures::black()]);
        let mut pictures = page.pictures.iter().peekable();
        let mut in_text = false;
        // What the notes are below goes on after them, on the next page.
        let mut held = None;
        let mut lines = page.lines.iter().filter(|line| !line.source.is_of_page()).peekable();
        while let Some(line) = lines.next() {
            if held.is_none() && is_of_note(line.source) {
                held = Some((self.element.take(), self.done.structure.held()));
            }
            let above = |picture: &&Picture| picture.top < line.baseline;
            let same = self.is_same(line);
            if in_text && (!same || pictures.peek().is_some_and(above)) {
                self.end_text();
                in_text = false;
            }
            while let Some(picture) = pictures.next_if(above) {
                self.picture(picture);
            }
            if !same {
                self.begin(line);
            }
            if line.clusters.is_empty() {
                // An empty cell has nothing to show, and its place in the structure.
                continue;
            }
            if !in_text {
                self.stream.write("BT");
                self.at = (0.0, 0.0);
                in_text = true;
            }
            let next = lines.peek().filter(|next| {
                let above = |picture: &&Picture| picture.top < next.baseline;
                self.is_same(next) && next.clusters.start == line.clusters.end && !pictures.peek().is_some_and(above)
            });
            self.line(line, next.copied());
        }
        if in_text {
            self.end_text();
        }
        for picture in pictures {
            self.picture(picture);
        }
        if let Some((element, current)) = held {
            self.element = element;
            self.done.structure.go_on(current);
        }
        self.artifacts(page);
        let next = self.stream.of_the_same_size();
        self.done.pages.push(std::mem::replace(&mut self.stream, next));
        self.done.marked.push(self.next_mark);
        self.done.transparent.push(self.transparent);
    }

    /// Whether a line goes on with the element of the line before, perhaps on another page.
    fn is_same(&self, line: &Line) -> bool {
        self.element.as_ref().is_some_and(|(source, text, _)| *source == line.source && Arc::ptr_eq(text, &line.text))
    }

    fn begin(&mut self, line: &Line) {
        let languages = Languages::of(&line.text, self.language);
        if is_of_note(line.source) {
            let number = self.note_number(line.source);
            self.done.structure.begin_note(line.source, number, languages.whole);
        } else {
            self.done.structure.begin(line.source, languages.whole, self.outline);
        }
        self.element = Some((line.source, line.text.clone(), languages));
        let Some(depth) = self.bookmark_depth(line) else { return };
        let (_, top) = self.done.sheet.place(0.0, line.baseline - line.reach.0);
        self.done.structure.bookmarks.push(Bookmark {
            depth,
            text: unicode::clean(&line.text.text).filter(|c| *c != NOTE).collect(),
            page: self.page,
            top,
        });
    }

    /// How deep the bookmark of a text is, if it has one: the headings of a body that has some, or else its lines
    /// in bold, under the headline.
    fn bookmark_depth(&self, line: &Line) -> Option<usize> {
        let Source::Field { field, .. } = line.source else { return None };
        match field {
            Field::Headline => Some(0),
            Field::Paragraph(index) if self.outline.has_headings() => {
                matches!(self.outline.kind(index), BlockKind::Heading(_)).then(|| self.done.structure.heading_depth())
            }
            Field::Paragraph(index) if self.outline.kind(index).stands_alone() => None,
            Field::Paragraph(_) => is_bold_line(line).then_some(1),
            _ => None,
        }
    }

    fn end_text(&mut self) {
        self.close();
        self.stream.write("ET");
    }

    /// Opens a sequence of the current element, or of a link in its text.
    fn open(&mut self, foreign: bool, link: Option<LinkId>) {
        let link = link.and_then(|link| self.link(link));
        self.done.structure.turn_to_link(link.clone());
        let link = link.map(|(id, ..)| id);
        let marked = Marked { page: self.page, id: self.next_mark };
        self.next_mark += 1;
        let language = self.element.as_ref().map(|(_, _, languages)| languages.other);
        self.done.structure.mark(marked, language.filter(|_| foreign));
        self.stream.begin_marked(self.done.structure.tag(foreign), marked.id);
        self.open = Some((foreign, link));
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.stream.end_marked();
        }
    }

    /// Shows a line. `next` is the line that goes on with its text on the same page.
    fn line(&mut self, line: &Line, next: Option<&Line>) {
        let parted = next.and_then(|next| self.parted(line, next));
        let (left, baseline) = self.done.sheet.place(line.left, line.baseline);
        let mut moved = Some((left, baseline));
        let mut shown = ShownCodes::default();
        // How far the pen is from the line's left edge, in points.
        let mut pen = 0.0;
        // Whether the last code has no width.
        let mut on_rest = false;
        let mut placed = None;
        let is_plain = self.is_plain(line);
        // The size of the cluster before, as it was, in hundredths of a point, and a thousandth of an em.
        let mut sized = (f32::NAN, 0.0, 0.0);
        for (index, (x, cluster)) in line.clusters.clone().zip(line.placed()) {
            if self.whole.is_some_and(|end| end <= index) {
                self.end_whole(&mut shown);
            }
            if cluster.glyphs.is_empty() && line.text.characters(cluster) == "\u{AD}" {
                // A soft hyphen that is not used would come between the letters of a word that is looked for.
                continue;
            }
            let is_open = is_plain && self.open == Some((false, None));
            let link = if is_open { None } else { self.turn_to(line, (index, cluster), &mut shown) };
            if let Some(link) = link.filter(|link| placed != Some(*link)) {
                placed = Some(link);
                self.add_link(line, link);
            }
            if let Some(range) = parted.as_ref().filter(|range| range.start == index) {
                shown.flush(&mut self.stream);
                self.stream.begin_said(&parted::text(line, range.clone()));
                self.whole = Some(range.end);
            }
            let (number, letter) = self.done.fonts.letter(&line.text, cluster);
            if letter.code.is_none() && letter.rest.is_empty() {
                continue;
            }
            if sized.0 != cluster.size {
                let size = hundredths(cluster.size);
                sized = (cluster.size, size, f64::from(size * line.expansion) / 1000.0);
            }
            let (_, size, em) = sized;
            if self.font != Some((number, size)) {
                shown.flush(&mut self.stream);
                self.font = Some((number, size));
                self.stream.set_font(number, size);
            }
            if self.expansion != line.expansion {
                shown.flush(&mut self.stream);
                self.expansion = line.expansion;
                self.stream.write_numbers([hundredths(self.expansion * 100.0)], "Tz");
            }
            if let Some((x, y)) = moved.take() {
                let from = std::mem::replace(&mut self.at, (x, y));
                self.stream.write_numbers([hundredths(x - from.0), hundredths(y - from.1)], "Td");
            }
            let wanted = self.done.sheet.across(x) - f64::from(left);
            if let Some(gap) = gap_of((pen - wanted) / em, self.gap, on_rest) {
                self.gap = gap;
                shown.adjust(gap);
                pen -= gap * em;
            }
            if letter.private {
                shown.flush(&mut self.stream);
                self.stream.begin_said(line.text.characters(cluster));
            }
            shown.codes.extend(letter.code);
            shown.codes.extend_from_slice(&letter.rest);
            pen += f64::from(letter.width) * em;
            on_rest = !letter.rest.is_empty();
            if letter.private {
                shown.flush(&mut self.stream);
                self.stream.end_marked();
            }
        }
        self.keep_hyphen(line, &mut shown);
        if self.whole.is_some_and(|end| end <= line.clusters.end) {
            self.end_whole(&mut shown);
        }
        shown.flush(&mut self.stream);
    }

    /// Keeps the hyphen at the end of a line of Khmer for readers.
    fn keep_hyphen(&mut self, line: &Line, shown: &mut ShownCodes) {
        // PDFium takes a hyphen between letters at the end of a line for one that was put in to break the word, and
        // gives back something else. Latin words say what they are as a whole; in Khmer a break opportunity after
        // the hyphen keeps it, which may be there anyway.
        if self.whole.is_none() && parted::ends_khmer_part(line) && !line.ends_text() {
            let code = self.font.and_then(|(number, _)| self.done.fonts.break_opportunity(number));
            shown.codes.extend(code);
        }
    }

    /// The clusters of the words that a hyphen at the end of a line joins over it, if they can be said as a whole.
    fn parted(&self, line: &Line, next: &Line) -> Option<std::ops::Range<usize>> {
        let range = parted::around(line, next)?;
        let foreign = self.element.as_ref().map(|(_, _, languages)| &languages.foreign);
        let first = foreign.and_then(|foreign| foreign.get(range.start));
        let is_one = range.clone().all(|index| {
            let is_linked = line.text.clusters.get(index).is_some_and(|cluster| self.link_of(line, cluster).is_some());
            !is_linked && foreign.and_then(|foreign| foreign.get(index)) == first
        });
        // A line of one word may end what the line before has begun.
        let is_free = self.whole.is_none_or(|end| end <= range.start);
        (is_one && is_free).then_some(range)
    }

    /// Ends what is said as a whole.
    fn end_whole(&mut self, shown: &mut ShownCodes) {
        shown.flush(&mut self.stream);
        self.stream.end_marked();
        self.whole = None;
    }

    fn picture(&mut self, picture: &Picture) {
        let edges = pictures::edges(picture, &self.done.sheet);
        match &picture.alternative {
            None => self.stream.begin_artifact("Layout", None),
            Some(alternative) => {
                let alternative = match (alternative.trim(), self.language) {
                    // A figure needs words (ISO 14289-1, 7.3): if the user gave none, these.
                    ("", Language::English) if picture.paragraph.is_some() => "Picture".to_owned(),
                    ("", Language::Khmer) if picture.paragraph.is_some() => "រូបភាព".to_owned(),
                    ("", Language::English) => "Emblem".to_owned(),
                    ("", Language::Khmer) => "និមិត្តសញ្ញា".to_owned(),
                    (alternative, _) => alternative.to_owned(),
                };
                let kind = Kind::Figure { alternative, bounds: edges };
                self.done.structure.add_figure(kind, picture.paragraph);
                self.element = None;
                self.open(false, None);
                self.open = None;
            }
        }
        match &*picture.artwork {
            Artwork::Drawing(drawing) => {
                for part in pictures::draw(drawing, picture, &self.done.sheet) {
                    match part {
                        Part::Shape(path, even_odd) => self.stream.fill(&path, even_odd),
                        Part::Op(op) => self.stream.draw([op]),
                    }
                }
            }
            Artwork::Photo(photo) => {
                let known = self.photos.iter().find(|(artwork, ..)| Arc::ptr_eq(artwork, &picture.artwork));
                let (id, transparent) = match known {
                    Some((_, id, transparent)) => (id.clone(), *transparent),
                    None => {
                        let id = XObjectId(format!("P{}", self.photos.len()));
                        let (image, transparent) = pictures::image(photo);
                        self.done.images.insert(id.clone(), image);
                        self.photos.push((picture.artwork.clone(), id.clone(), transparent));
                        (id, transparent)
                    }
                };
                self.transparent |= transparent;
                self.stream.draw(pictures::draw_image(&id, edges));
            }
        }
        self.stream.end_marked();
    }
}

/// The adjustment, in thousandths of an em, for a pen that is so far off its place; `None` if it is near enough. `last`
/// is the one before, and `on_rest` says that the last code has no width.
fn gap_of(off: f64, last: f64, on_rest: bool) -> Option<f64> {
    // Asked of every cluster, most of which are where they should be.
    if off.abs() < TOLERANCE + 0.5 {
        return None;
    }
    let off = off.round();
    let off = if (-WIDEST_GAP - SLACK..-WIDEST_GAP).contains(&off) { -WIDEST_GAP } else { off };
    if off.abs() <= TOLERANCE || on_rest && (0.0..BACKWARDS).contains(&off) {
        return None;
    }
    // The gap that was just made is made again where it comes near enough: what is repeated compresses, and the pen is
    // followed exactly.
    let is_near = (off - last).abs() <= TOLERANCE && (off < -WIDEST_GAP) == (last < -WIDEST_GAP);
    Some(if is_near { last } else { off })
}

/// Whether a text is one line of bold words, as a heading is that nobody has made one.
fn is_bold_line(line: &Line) -> bool {
    let clusters = line.text.clusters.get(line.clusters.clone()).unwrap_or_default();
    let mut words = clusters.iter().filter(|cluster| cluster.advance > 0).peekable();
    line.clusters.start == 0
        && line.ends_text()
        && words.peek().is_some()
        && words.all(|cluster| cluster.style.has(Style::BOLD))
}

//! Text to clusters with glyphs: which face shows what, and HarfBuzz's answer for it.
//!
//! Knows fonts and nothing of lines. Its invariant: the clusters cover the text in order and
//! without gaps, and every glyph belongs to exactly one cluster.

mod once;
mod script;

use std::{borrow::Cow, cell::Cell, ops::Range, sync::Arc};

use harfrust::{BufferFlags, Direction, ShapeOptions, UnicodeBuffer};

use script::{Script, resolve, script_of};

use super::{
    breaks::cluster_boundaries,
    fonts::{self, Face, Font, Role},
};
use crate::{
    khmer::{characters as khmer_characters, lowered},
    release::{Address, Attached, KhmerFace, NOTE, RichText, Style},
};

/// Latin is set at the nominal size and Khmer at this share of it, so that the two look of one
/// size: a Khmer consonant (0.64 em in Battambang) then is between the x-height (0.46 em)
/// and the capitals (0.65 em) of Tinos.
const KHMER_TEXT_SCALE: f32 = 0.92;
/// The same for Siemreap and Khmer OS Content, whose consonants are 0.73 em tall and wide in proportion. A text then
/// is as long as in Battambang, its letters are a fiftieth taller, and the deepest stacks fit the same leading.
const TALL_KHMER_TEXT_SCALE: f32 = 0.82;
/// The size of what is raised or lowered, as a share of that of the text beside it.
const SCRIPT_SCALE: f32 = 0.62;
/// How far it is raised or lowered, in ems of the text: the top of a raised figure is then at that of the capitals,
/// and neither asks for more space between lines.
const RISE: f32 = 0.3;
const DROP: f32 = 0.14;
/// Latin in a text that is mostly Khmer. Its capitals would be over the low Khmer letters by a tenth, and
/// its round letters look half a size larger.
const LATIN_IN_KHMER_SCALE: f32 = 0.96;
/// Moul is wide and tall (0.73 em); at this share it balances bold capitals.
const KHMER_HEADING_SCALE: f32 = 0.88;

/// What a reader takes for one letter, shaped.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// Its characters, in bytes of the shaped text.
    pub text: Range<usize>,
    /// Its glyphs in [`ShapedText::glyphs`]; a cluster that draws nothing has none.
    pub glyphs: Range<usize>,
    /// How far it advances, in font units.
    pub advance: i32,
    /// The face its glyphs are of.
    pub face: Face,
    /// The size, in points.
    pub size: f32,
    /// The emphasis, of which only the underline is still to be drawn.
    pub style: Style,
}

impl Cluster {
    /// How far it advances, in points.
    pub fn width(&self) -> f32 {
        self.units(self.advance)
    }

    /// How far below the baseline the line under the cluster is, in points: lower under Khmer, so that subscripts
    /// stay clear of it; `None` if it is not underlined.
    pub fn underline(&self) -> Option<f32> {
        let depth = match self.face.font {
            font if font.is_tall() => 0.39,
            font if font.is_khmer() => 0.34,
            _ => 0.13,
        };
        self.style.has(Style::UNDERLINE).then_some(depth * self.size)
    }

    /// Whether it is a hyphen that a line break inserted within a word; it is not in the text.
    pub fn is_inserted_hyphen(&self) -> bool {
        self.text.is_empty() && !self.glyphs.is_empty()
    }

    /// How far its glyphs are raised, in font units; negative if they are lowered.
    #[expect(clippy::cast_possible_truncation, reason = "a share of an em has few units")]
    fn rise(&self) -> i32 {
        let ems = if self.style.has(Style::SUPERSCRIPT) {
            RISE
        } else if self.style.has(Style::SUBSCRIPT) {
            -DROP
        } else {
            return 0;
        };
        (ems / SCRIPT_SCALE * self.face.font.units_per_em()).round() as i32
    }

    /// Font units of this cluster's face in points.
    pub fn units(&self, units: i32) -> f32 {
        units as f32 * self.size / self.face.font.units_per_em()
    }
}

/// One glyph, relative to its cluster's origin, in font units, y upwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Glyph {
    /// The glyph's index in its font; 0 is the box that stands for a missing one.
    pub id: u16,
    /// To the right of the cluster's origin.
    pub x: i32,
    /// Above the baseline.
    pub y: i32,
}

/// A text with its glyphs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShapedText {
    /// The characters.
    pub text: String,
    /// What a reader takes for letters, in order.
    pub clusters: Vec<Cluster>,
    /// The glyphs of all clusters.
    pub glyphs: Vec<Glyph>,
    /// The stretches that lead somewhere, in bytes of the text, in order.
    pub links: Vec<(Range<usize>, Address)>,
    /// The numbers that are shown for the characters that refer to notes, by the bytes of these, in order.
    pub numbers: Vec<(usize, Arc<str>)>,
    /// Whether any of the clusters is underlined.
    pub is_underlined: bool,
}

impl ShapedText {
    /// The characters of a cluster. An inserted hyphen is not in the source text; it is given as U+00AD.
    pub fn characters(&self, cluster: &Cluster) -> &str {
        if cluster.is_inserted_hyphen() {
            return "\u{AD}";
        }
        if !self.numbers.is_empty()
            && let Some((_, number)) = self.number_of(cluster).and_then(|number| self.numbers.get(number))
        {
            return number;
        }
        self.text.get(cluster.text.clone()).unwrap_or_default()
    }

    /// The number of a note that a cluster is, by its index.
    pub fn number_of(&self, cluster: &Cluster) -> Option<usize> {
        self.numbers.binary_search_by_key(&cluster.text.start, |(at, _)| *at).ok()
    }

    /// The characters from one byte to another, as they are shown.
    pub fn shown(&self, range: Range<usize>) -> Cow<'_, str> {
        let text = self.text.get(range.clone()).unwrap_or_default();
        if self.numbers.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut shown = String::new();
        let mut at = range.start;
        for (place, number) in self.numbers.iter().filter(|(place, _)| range.contains(place)) {
            shown.push_str(self.text.get(at..*place).unwrap_or_default());
            shown.push_str(number);
            at = place + NOTE.len_utf8();
        }
        shown.push_str(self.text.get(at..range.end).unwrap_or_default());
        Cow::Owned(shown)
    }

    /// The glyphs of a cluster.
    pub fn glyphs_of(&self, cluster: &Cluster) -> &[Glyph] {
        self.glyphs.get(cluster.glyphs.clone()).unwrap_or_default()
    }

    /// The index of the cluster that begins at a byte, or of the first after it.
    pub fn cluster_at(&self, byte: usize) -> usize {
        self.clusters.partition_point(|cluster| cluster.text.start < byte)
    }

    /// The link that a cluster is in, by its index.
    pub fn link_of(&self, cluster: &Cluster) -> Option<usize> {
        let index = self.links.partition_point(|(link, _)| link.end <= cluster.text.start);
        self.links.get(index).filter(|(link, _)| link.start <= cluster.text.start).map(|_| index)
    }

    /// The characters that no bundled font can show.
    pub fn missing(&self) -> impl Iterator<Item = char> + '_ {
        self.clusters
            .iter()
            .filter(|cluster| self.glyphs_of(cluster).iter().any(|glyph| glyph.id == 0))
            .flat_map(|cluster| self.characters(cluster).chars().filter(|&c| !cluster.face.font.covers(c)))
    }
}

/// The type in which a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Type {
    /// Which faces.
    pub role: Role,
    /// The nominal size in points.
    pub size: f32,
}

thread_local! {
    /// What the shaper works in, kept from text to text: to make it large enough each time took as long as the shaping.
    static BUFFER: Cell<Option<UnicodeBuffer>> = const { Cell::new(None) };
}

/// The longest text, in bytes, whose buffer is kept: no page holds a longer one.
const LONGEST_KEPT: usize = 1 << 15;

/// Shapes a text, its Khmer in the usual face.
pub fn shape(text: &RichText, kind: Type, cut: Option<usize>) -> ShapedText {
    shape_with(text, kind, cut, KhmerFace::default())
}

/// Shapes a text whose Khmer is in a face.
///
/// `cut`, a byte offset, parts the text for shaping as if two texts met there: the place where
/// a subscript is being typed. Line breaks draw nothing; tabs and other control characters
/// draw as spaces.
pub fn shape_with(text: &RichText, kind: Type, cut: Option<usize>, khmer: KhmerFace) -> ShapedText {
    let mut shaped = ShapedText { text: text.as_str().to_owned(), ..ShapedText::default() };
    for (range, what) in text.attached() {
        match what {
            Attached::Link(address) => {
                shaped.links.push((range, address.clone()));
            }
            Attached::Number(number) => shaped.numbers.push((range.start, number.clone())),
            Attached::Note(_) => {}
        }
    }
    shaped.clusters = clusters(text, &shaped, (kind, khmer), cut);
    let links = std::mem::take(&mut shaped.links);
    links.iter().for_each(|(link, _)| underline(&mut shaped.clusters, link));
    shaped.links = links;
    shaped.is_underlined = shaped.clusters.iter().any(|cluster| cluster.style.has(Style::UNDERLINE));
    shaped.glyphs.reserve(shaped.clusters.len());
    let mut start = 0;
    let mut buffer = BUFFER.take().unwrap_or_default();
    while let Some(first) = shaped.clusters.get(start) {
        let (face, size) = (first.face, first.size);
        let rise = first.rise();
        let same = |cluster: &Cluster| {
            (cluster.face, cluster.size, cluster.rise()) == (face, size, rise) && Some(cluster.text.start) != cut
        };
        let end = start + 1 + shaped.clusters[start + 1..].iter().take_while(|cluster| same(cluster)).count();
        buffer = shape_run(&mut shaped, start..end, (face.font, rise), buffer);
        start = end;
    }
    if shaped.text.len() <= LONGEST_KEPT {
        BUFFER.set(Some(buffer));
    }
    shaped
}

/// Shapes clusters of one face that follow each other and stores their glyphs, raised by font units.
fn shape_run(
    shaped: &mut ShapedText,
    run: Range<usize>,
    (font, rise): (Font, i32),
    buffer: UnicodeBuffer,
) -> UnicodeBuffer {
    let are_alone = || shaped.clusters[run.clone()].iter().all(|cluster| once::is_alone(shaped.characters(cluster)));
    let buffer = if font.is_khmer() && are_alone() {
        once::shape(shaped, run.clone(), (font, rise), buffer)
    } else {
        shape_clusters(shaped, &run.clone().collect::<Vec<_>>(), (font, rise), buffer)
    };
    if !font.is_khmer() {
        take_kerning_off_spaces(shaped, run.clone(), font);
    }
    for index in run {
        let cluster = &mut shaped.clusters[index];
        // One byte of a letter tells.
        let is_near = matches!(shaped.text.as_bytes().get(cluster.text.start), Some(b'\n' | b'\r' | 0xE2));
        if is_near && shaped.text[cluster.text.clone()].starts_with(['\n', '\r', '\u{2028}']) {
            (cluster.advance, cluster.glyphs) = (0, 0..0);
        }
    }
    buffer
}

/// Shapes clusters, by their indices, as one text and stores their glyphs. Each is given to the shaper as one, so its
/// glyphs come back together in whatever order they are drawn.
fn shape_clusters(
    shaped: &mut ShapedText,
    clusters: &[usize],
    (font, rise): (Font, i32),
    mut buffer: UnicodeBuffer,
) -> UnicodeBuffer {
    let khmer = font.is_khmer();
    buffer.reserve(clusters.len());
    for (number, &index) in (0..).zip(clusters) {
        let cluster = &mut shaped.clusters[index];
        (cluster.advance, cluster.glyphs) = (0, 0..0);
        let characters = shaped.characters(&shaped.clusters[index]);
        let drawn = if khmer { lowered(characters) } else { Cow::Borrowed(characters) };
        for c in drawn.chars() {
            // It draws nothing, and at the beginning the shaper gives it what the letter after it draws.
            if buffer.is_empty() && khmer_characters::is_invisible(c) {
                continue;
            }
            let drawn = if c.is_control() { ' ' } else { c };
            buffer.add(drawn, number);
        }
    }
    let (script, language, features) = fonts::segment(khmer);
    buffer.set_direction(Direction::LeftToRight);
    buffer.set_script(script);
    if let Some(language) = language {
        buffer.set_language(language);
    }
    buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
    let options = ShapeOptions::new().plan(Some(font.plan(khmer))).features(features);
    let output = font.shaper().shape(buffer, options);

    let (mut current, mut pen, mut first) = (0, 0, shaped.glyphs.len());
    for (info, position) in output.glyph_infos().iter().zip(output.glyph_positions()) {
        let number = (info.cluster as usize).clamp(current, clusters.len() - 1);
        if number != current {
            close(shaped, clusters[current], first, pen);
            (current, pen, first) = (number, 0, shaped.glyphs.len());
        }
        let id = u16::try_from(info.glyph_id).unwrap_or(0);
        let mut glyph = Glyph { id, x: pen + position.x_offset, y: position.y_offset + rise };
        let is_loose = !khmer && position.x_advance == 0 && (position.x_offset, position.y_offset) == (0, 0);
        if is_loose && let Some(base) = shaped.glyphs.get(first) {
            glyph = beside_base(font, *base, glyph).unwrap_or(glyph);
        }
        shaped.glyphs.push(glyph);
        pen += position.x_advance;
    }
    close(shaped, clusters[current], first, pen);
    output.clear()
}

/// The room between a letter and a mark over or under it that the font does not place, in em.
const MARK_GAP: f32 = 0.05;

/// A mark that the font has no anchors for (m̂, g̃), in the middle over its letter, or under it.
#[expect(clippy::cast_possible_truncation, reason = "font units have at most 16 bits")]
fn beside_base(font: Font, base: Glyph, mark: Glyph) -> Option<Glyph> {
    let ([left, lower, right, upper], [from, bottom, to, top]) = (font.edges(base.id)?, font.edges(mark.id)?);
    if to <= from {
        return None;
    }
    let gap = MARK_GAP * font.units_per_em();
    let x = (left + right - from - to) / 2.0;
    let y = if bottom > 0.0 { (upper + gap - bottom).max(0.0) } else { (lower - gap - top).min(0.0) };
    Some(Glyph { x: base.x + x.round() as i32, y: base.y + y.round() as i32, ..mark })
}

/// Gives spaces, and the letters before them, their own widths back. A space that is kerned and then shrunk in a
/// full line is so narrow that readers of the PDF run the words together.
fn take_kerning_off_spaces(shaped: &mut ShapedText, run: Range<usize>, font: Font) {
    for index in run.clone() {
        // Asked of every cluster, nearly all of which are letters: one byte tells.
        let cluster = &shaped.clusters[index];
        if !matches!(shaped.text.as_bytes().get(cluster.text.start), Some(b' ' | 0xC2))
            || !matches!(shaped.characters(cluster), " " | "\u{A0}")
        {
            continue;
        }
        for index in index.saturating_sub(1).max(run.start)..=index {
            let cluster = &shaped.clusters[index];
            // A letter with marks has several glyphs, and no kerning.
            if let [glyph] = shaped.glyphs_of(cluster)
                && let Some(advance) = font.advance(glyph.id)
            {
                shaped.clusters[index].advance = advance;
            }
        }
    }
}

fn close(shaped: &mut ShapedText, index: usize, first: usize, advance: i32) {
    let cluster = &mut shaped.clusters[index];
    cluster.glyphs = first..shaped.glyphs.len();
    cluster.advance = advance;
}

/// Underlines what leads somewhere, as readers expect it.
fn underline(clusters: &mut [Cluster], link: &Range<usize>) {
    let first = clusters.partition_point(|cluster| cluster.text.start < link.start);
    let linked = clusters.iter_mut().skip(first).take_while(|cluster| cluster.text.start < link.end);
    linked.for_each(|cluster| cluster.style = cluster.style.with(Style::UNDERLINE, true));
}

/// The clusters of a text with their faces, still without glyphs; `shaped` has its numbers.
fn clusters(
    text: &RichText,
    shaped: &ShapedText,
    (kind, of_khmer): (Type, KhmerFace),
    cut: Option<usize>,
) -> Vec<Cluster> {
    let plain = text.as_str();
    let bounds = boundaries(plain, cut);
    let characters = || bounds.windows(2).filter_map(|pair| Some(*pair.first()?..*pair.last()?));
    let scripts: Vec<Script> = characters().map(|range| script_of(plain.get(range).unwrap_or_default())).collect();
    let count = |wanted| scripts.iter().filter(|script| **script == wanted).count();
    let is_mostly_khmer = count(Script::Khmer) > count(Script::Latin);
    let mut runs = text.runs().peekable();
    let mut clusters: Vec<Cluster> = Vec::with_capacity(scripts.len());
    // The face of the cluster before, and for what it was chosen.
    let mut before = None;
    for (range, khmer) in characters().zip(resolve(&scripts)) {
        while runs.next_if(|(run, _)| run.end <= range.start).is_some() {}
        let mut style = runs.peek().map_or(Style::PLAIN, |(_, style)| *style);
        let mut shown = plain.get(range.clone()).unwrap_or_default();
        if !shaped.numbers.is_empty()
            && let Ok(number) = shaped.numbers.binary_search_by_key(&range.start, |(at, _)| *at)
        {
            style = style.with(Style::SUPERSCRIPT, true);
            shown = &shaped.numbers[number].1;
        }
        let own = match before {
            Some((face, as_before)) if as_before == (khmer, style) => face,
            _ => fonts::choose(khmer, kind.role, style, of_khmer),
        };
        before = Some((own, (khmer, style)));
        let face = if covers(own, shown) { own } else { other_face(shown, own, khmer, (kind.role, style, of_khmer)) };
        let mut size = kind.size
            * match (face.font.is_khmer(), kind.role) {
                (false, Role::Text) if is_mostly_khmer => LATIN_IN_KHMER_SCALE,
                (false, _) => 1.0,
                (true, Role::Text) => scale_of(face.font),
                (true, Role::Heading) => KHMER_HEADING_SCALE,
            };
        if style.has(Style::SUPERSCRIPT) || style.has(Style::SUBSCRIPT) {
            size *= SCRIPT_SCALE;
        }
        clusters.push(Cluster { text: range, glyphs: 0..0, advance: 0, face, size, style });
    }
    clusters
}

/// Whether a face shows all characters of a cluster.
fn covers(face: Face, characters: &str) -> bool {
    characters.chars().all(|c| face.font.covers(c) || is_invisible(c))
}

/// The face for a cluster that its own has not all characters of: one that has, or else its own.
fn other_face(characters: &str, own: Face, khmer: bool, (role, style, of_khmer): (Role, Style, KhmerFace)) -> Face {
    let others = [
        fonts::choose(!khmer, role, style, of_khmer),
        Face { font: Font::Symbols, slanted: false, heavier: false },
        // Siemreap lacks some rare signs of Khmer.
        fonts::choose(true, role, style, KhmerFace::default()),
    ];
    others.into_iter().find(|face| covers(*face, characters)).unwrap_or(own)
}

/// The share of the nominal size at which Khmer text is set.
pub fn text_scale(face: KhmerFace) -> f32 {
    scale_of(fonts::choose(true, Role::Text, Style::PLAIN, face).font)
}

fn scale_of(font: Font) -> f32 {
    if font.is_tall() { TALL_KHMER_TEXT_SCALE } else { KHMER_TEXT_SCALE }
}

/// Cluster boundaries, of both sides of the cut on their own.
fn boundaries(text: &str, cut: Option<usize>) -> Vec<usize> {
    match cut.filter(|&cut| 0 < cut && cut < text.len() && text.is_char_boundary(cut)) {
        None => cluster_boundaries(text),
        Some(cut) => {
            let mut bounds = cluster_boundaries(&text[..cut]);
            bounds.extend(cluster_boundaries(&text[cut..]).into_iter().skip(1).map(|at| at + cut));
            bounds
        }
    }
}

/// Characters that draw nothing in any font.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests;

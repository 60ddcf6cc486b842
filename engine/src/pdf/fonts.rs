//! The fonts of one document, in which a glyph is a cluster.
//!
//! A PDF gives text back code by code: each code stands for one glyph and some characters. In Khmer
//! that is not enough. Glyphs are drawn in another order than they are written, one glyph serves
//! several letters, and a letter changes with its neighbours, so no mapping from the font's own
//! glyphs to characters gives every word back. Therefore each distinct cluster, what a reader
//! takes for a letter, is made a glyph of its own, composed of the shaped ones. A cluster of one
//! character is one code. A longer one is two: a glyph as wide as the cluster, which means the first
//! character, and a glyph of no width, which means the rest; for pdf.js takes a glyph whose text
//! holds a nonspacing mark for a mark of no width, and would see a space after it. What is drawn is
//! parted between the two, so that a consonant and a sign below it are kept once each, and not once
//! for every pair.
//!
//! While pages are composed a code is the number of a cluster in the order of first use. When the
//! font is written its glyphs are sorted, since what is alike compresses well side by side, and
//! the pages are given the new number of each code.
//!
//! Knows clusters and faces, nothing of lines. Its invariant: the codes of a cluster, in order,
//! mean its characters, in order.

use std::{collections::BTreeMap, sync::OnceLock};

use foldhash::HashMap;
use printpdf::{FontMetrics, FontType, ParsedFont, PdfFontMetricsStub};
use skrifa::MetadataProvider;

use super::{
    PdfError, cff,
    glyph::{Drawn, GlyphPart, Source},
    outline::UNIT,
    unicode,
};
use crate::{
    parallel,
    typeset::{Cluster, Face, Glyph, ShapedText},
};

/// Codes of one font; what is left of the 65,535 glyphs is room for the parts of clusters.
const MAX_CODES: usize = 50_000;

/// The characters that one code of no width may mean: the standard allows 512 bytes
/// (ISO 32000-1, 9.10.3), MuPDF eight units.
const MAX_REST: usize = 8;

/// The character that every font has for printpdf, which writes only fonts of which it sees a character shown.
pub(super) const SPECIMEN: char = 'x';

/// A cluster as a document's font has it.
#[derive(Debug)]
pub(super) struct Letter {
    /// The code of the glyph; a cluster that draws nothing has none.
    pub code: Option<u16>,
    /// How far the glyph advances, in thousandths of an em.
    pub width: u16,
    /// The codes of no width that mean the characters after the first; the first of them may draw.
    pub rest: Vec<u16>,
    /// Whether a character is private, see [`unicode::is_private`].
    pub private: bool,
    glyphs: Vec<Glyph>,
}

/// One font of the document.
#[derive(Debug)]
pub(super) struct DocumentFont {
    number: usize,
    /// The face whose glyphs it has.
    pub face: Face,
    /// What each code draws, from code 1.
    pub drawn: Vec<Drawn>,
    /// What each code means, from code 1.
    pub means: Vec<String>,
    letters: Vec<Letter>,
    /// Clusters of one ASCII character and one glyph, nearly all of a Latin text: for each
    /// character its glyph and its letter.
    ascii: Vec<Option<(u16, usize)>>,
    /// Other clusters of one character and one glyph.
    simple: HashMap<(char, u16), usize>,
    other: HashMap<String, Vec<usize>>,
    /// The code of each text with what it draws.
    codes: HashMap<(String, Drawn), u16>,
    /// See [`Self::sorted`].
    sorted: OnceLock<Vec<usize>>,
}

/// All fonts of the document.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    fonts: Vec<DocumentFont>,
    /// The font of each face that is being filled.
    open: Vec<(Face, usize)>,
}

impl Fonts {
    /// The font and the codes of a cluster.
    pub fn letter(&mut self, text: &ShapedText, cluster: &Cluster) -> (usize, &Letter) {
        let open = self.open.iter().position(|(face, _)| *face == cluster.face);
        let index = match open.map(|at| self.open[at].1) {
            Some(index) if self.fonts[index].means.len() < MAX_CODES => index,
            _ => {
                if let Some(full) = open {
                    self.open.swap_remove(full);
                }
                self.open.push((cluster.face, self.fonts.len()));
                self.fonts.push(DocumentFont::new(self.fonts.len(), cluster.face));
                self.fonts.len() - 1
            }
        };
        (index, self.fonts[index].letter(text, cluster))
    }

    /// The code of a font that is not seen and means a place where the text may be broken.
    pub fn break_opportunity(&mut self, font: usize) -> Option<u16> {
        self.fonts.get_mut(font).map(|font| font.code("\u{200B}".into(), Drawn { parts: Vec::new(), advance: 0 }))
    }

    /// The CID before the first of each font: fonts share one row of them, so that one table says
    /// what all mean. A font for which the row has no room begins another.
    pub fn starts(&self) -> Vec<u16> {
        let mut next = 0_u16;
        let start = |font: &DocumentFont| {
            let count = u16::try_from(font.means.len()).unwrap_or(u16::MAX);
            let start = if next.checked_add(count).is_some() { next } else { 0 };
            next = start.saturating_add(count);
            start
        };
        self.fonts.iter().map(start).collect()
    }

    /// What each CID of a font means, from the font's first on.
    pub fn meanings(&self, number: usize) -> Vec<&str> {
        let font = self.fonts.get(number);
        font.map_or(Vec::new(), |font| font.sorted().iter().map(|&i| font.means[i].as_str()).collect())
    }

    /// How far each CID of a font advances, in thousandths of an em, from the font's first on.
    pub fn widths(&self, number: usize) -> Vec<u16> {
        let font = self.fonts.get(number);
        font.map_or(Vec::new(), |font| font.sorted().iter().map(|&i| font.drawn[i].advance).collect())
    }

    /// The CIDs of the codes of each font, from code 1.
    pub fn numbers(&self) -> Vec<Vec<u16>> {
        let numbers = |(font, start): (&DocumentFont, u16)| {
            let mut numbers = vec![0; font.drawn.len()];
            for (cid, &code) in (start.saturating_add(1)..).zip(font.sorted()) {
                if let Some(number) = numbers.get_mut(code) {
                    *number = cid;
                }
            }
            numbers
        };
        self.fonts.iter().zip(self.starts()).map(numbers).collect()
    }

    /// The height of a font's capitals, or of what stands for them, in thousandths of an em.
    pub fn cap_height(&self, number: usize) -> u16 {
        use skrifa::raw::TableProvider;
        let Some(font) = self.fonts.get(number) else { return 0 };
        let os2 = font.face.font.tables().os2().ok();
        let height = os2.and_then(|os2| os2.s_cap_height()).unwrap_or_default();
        rounded(f64::from(height) * font.scale())
    }

    /// Each font as printpdf takes it.
    ///
    /// # Errors
    /// If a glyph of a bundled font cannot be read or written.
    pub fn write(&self) -> Result<Vec<ParsedFont>, PdfError> {
        let fonts: Vec<_> = self.fonts.iter().zip(self.starts()).collect();
        let write = |(font, start): &(&DocumentFont, u16)| font.write(*start);
        // To copy outlines that are ready takes less time than to start a thread.
        if fonts.iter().all(|(font, _)| cff::has_outlines_ready(font.face)) {
            return fonts.iter().map(write).collect();
        }
        parallel::map(&fonts, write).into_iter().collect()
    }
}

impl DocumentFont {
    fn new(number: usize, face: Face) -> Self {
        Self {
            number,
            face,
            drawn: Vec::new(),
            means: Vec::new(),
            letters: Vec::new(),
            ascii: vec![None; 128],
            simple: HashMap::default(),
            other: HashMap::default(),
            codes: HashMap::default(),
            sorted: OnceLock::new(),
        }
    }

    fn letter(&mut self, text: &ShapedText, cluster: &Cluster) -> &Letter {
        let glyphs = text.glyphs_of(cluster);
        let bytes = text.text.as_bytes().get(cluster.text.clone());
        if let (Some([byte]), [Glyph { id, x: 0, y: 0 }]) = (bytes, glyphs)
            && let Some(&Some((glyph, index))) = self.ascii.get(usize::from(*byte))
            && glyph == *id
        {
            return &self.letters[index];
        }
        let characters = text.characters(cluster);
        let mut chars = characters.chars();
        let simple = match (chars.next(), chars.next(), glyphs) {
            (Some(c), None, [Glyph { id, x: 0, y: 0 }]) => Some((c, *id)),
            _ => None,
        };
        let known = match simple {
            Some(key) => self.simple.get(&key).copied(),
            None => self
                .other
                .get(characters)
                .and_then(|known| known.iter().copied().find(|&index| self.letters[index].glyphs == glyphs)),
        };
        let index = known.unwrap_or_else(|| {
            let letter = self.add(characters, glyphs, cluster.advance);
            let index = self.letters.len();
            self.letters.push(letter);
            match simple {
                Some(key) => _ = self.simple.insert(key, index),
                None => self.other.entry(characters.to_owned()).or_default().push(index),
            }
            index
        });
        if let Some((c, id)) = simple
            && let Some(slot) = usize::try_from(u32::from(c)).ok().and_then(|c| self.ascii.get_mut(c))
        {
            *slot = Some((id, index));
        }
        &self.letters[index]
    }

    fn add(&mut self, characters: &str, glyphs: &[Glyph], advance: i32) -> Letter {
        let meaning: Vec<char> = unicode::clean(characters).collect();
        let private = meaning.iter().copied().any(unicode::is_private);
        let mut drawn = glyphs.to_vec();
        let mut advance = rounded(f64::from(advance) * self.scale());
        if glyphs.is_empty() && meaning == [' '] {
            // A line break within an element: a space, or its words run together when read.
            drawn.extend(self.face.font.tables().charmap().map(' ').map(|id| glyph_at_origin(id.to_u32())));
        }
        if let [Glyph { id, x: 0, y: 0 }] = drawn[..] {
            // Kerning makes the advance differ from place to place; lines place what follows.
            advance = self.own_advance(id);
        }
        let mut parts: Vec<GlyphPart> = drawn.iter().map(|glyph| self.part(*glyph)).collect();
        let mut letter = Letter { code: None, width: 0, rest: Vec::new(), private, glyphs: glyphs.to_vec() };
        let mut rest = meaning.as_slice();
        let mut rest_parts = Vec::new();
        if let Some((first, after)) = meaning.split_first().filter(|_| !drawn.is_empty()) {
            if !after.is_empty() {
                rest_parts = parts.split_off(1);
            }
            letter.width = advance;
            letter.code = Some(self.code(first.to_string(), Drawn { parts, advance }));
            rest = after;
        }
        // The pen has gone over the cluster when the rest is drawn.
        let back = narrow(f64::from(advance) / UNIT);
        for part in &mut rest_parts {
            part.x = part.x.saturating_sub(back);
        }
        // MuPDF takes the two units of a character beyond U+FFFF for two characters, unless they
        // are all that a code means.
        for run in rest.chunk_by(|a, b| a.len_utf16() == 1 && b.len_utf16() == 1) {
            // A cluster of a hundred thousand marks must not use up the codes: single marks repeat.
            let mut run = run;
            while !run.is_empty() {
                let longest = if self.means.len() < MAX_CODES + MAX_CODES / 10 { MAX_REST } else { 1 };
                let (part, after) = run.split_at(longest.min(run.len()));
                let drawn = Drawn { parts: std::mem::take(&mut rest_parts), advance: 0 };
                letter.rest.push(self.code(part.iter().collect(), drawn));
                run = after;
            }
        }
        letter
    }

    /// A shaped glyph as a part of what a code draws.
    fn part(&self, glyph: Glyph) -> GlyphPart {
        let (x, y) = (f64::from(glyph.x), f64::from(glyph.y));
        let unit = self.scale() / UNIT;
        GlyphPart { glyph: glyph.id, x: narrow((x + y * f64::from(self.face.slant())) * unit), y: narrow(y * unit) }
    }

    /// The code that means some characters and draws this.
    fn code(&mut self, means: String, drawn: Drawn) -> u16 {
        let key = (means, drawn);
        if let Some(&code) = self.codes.get(&key) {
            return code;
        }
        self.means.push(key.0.clone());
        self.drawn.push(key.1.clone());
        // [`MAX_CODES`] and the length of one cluster keep this within 16 bits.
        let code = u16::try_from(self.means.len()).unwrap_or(u16::MAX);
        self.codes.insert(key, code);
        code
    }

    /// The advance of a source glyph by itself, in thousandths of an em.
    pub fn own_advance(&self, glyph: u16) -> u16 {
        rounded(f64::from(self.face.font.advance(glyph).unwrap_or_default()) * self.scale())
    }

    /// Thousandths of an em in a unit of the source font.
    pub fn scale(&self) -> f64 {
        1000.0 / f64::from(self.face.font.units_per_em())
    }

    /// The codes in the order of their glyphs, from glyph 1; the indices are those of [`Self::drawn`].
    ///
    /// Codes are ordered by their advance, most of which many share, and then by what they mean; those of
    /// no width, which are the rests of clusters, come last.
    ///
    /// To be asked for when the font is full.
    pub fn sorted(&self) -> &[usize] {
        self.sorted.get_or_init(|| {
            let mut codes: Vec<usize> = (0..self.drawn.len()).collect();
            let key = |&code: &usize| {
                let Drawn { parts, advance } = &self.drawn[code];
                (*advance == 0, *advance, self.means[code].as_str(), parts)
            };
            codes.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
            codes
        })
    }

    /// The tag of a subset (ISO 32000-1, 9.6.4), which numbers the fonts.
    pub fn tag(&self) -> String {
        let mut tag = [b'A'; 6];
        let mut left = self.number;
        for letter in tag.iter_mut().rev() {
            // A remainder of 26 has five bits.
            *letter += u8::try_from(left % 26).unwrap_or_default();
            left /= 26;
        }
        String::from_utf8_lossy(&tag).into_owned()
    }

    /// The tag and the PostScript name.
    fn subset_name(&self) -> String {
        let heavier = if self.face.heavier { "-Bold" } else { "" };
        let slanted = if self.face.slanted { "-Slanted" } else { "" };
        format!("{}+{}{heavier}{slanted}", self.tag(), self.face.font.name())
    }

    fn write(&self, start: u16) -> Result<ParsedFont, PdfError> {
        let sorted = self.sorted();
        let source = Source {
            face: self.face,
            tag: self.tag(),
            drawn: &self.drawn,
            missing: self.own_advance(0),
            scale: self.scale(),
        };
        let program = cff::write(&source, sorted, start.saturating_add(1))?;
        Ok(ParsedFont {
            original_bytes: program.bytes,
            font_index: 0,
            font_name: Some(self.subset_name()),
            codepoint_to_glyph: BTreeMap::from([(u32::from(SPECIMEN), 1)]),
            glyph_widths: BTreeMap::new(),
            units_per_em: 1000,
            font_metrics: FontMetrics { ascent: program.ascent, descent: program.descent },
            font_type: FontType::OpenTypeCFF(()),
            pdf_font_metrics: PdfFontMetricsStub {
                units_per_em: 1000,
                x_min: program.bounds[0],
                y_min: program.bounds[1],
                x_max: program.bounds[2],
                y_max: program.bounds[3],
                caret_slope_rise: program.caret_slope.0,
                caret_slope_run: program.caret_slope.1,
                us_weight_class: program.weight,
            },
        })
    }
}

/// An advance, rounded; never negative.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the conversion saturates, as is wanted")]
fn rounded(units: f64) -> u16 {
    units.round() as u16
}

#[expect(clippy::cast_possible_truncation, reason = "the conversion saturates, as is wanted")]
fn narrow(units: f64) -> i16 {
    units.round() as i16
}

fn glyph_at_origin(id: u32) -> Glyph {
    Glyph { id: u16::try_from(id).unwrap_or_default(), x: 0, y: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        release::RichText,
        typeset::{Role, Type, shape},
    };

    fn codes(fonts: &mut Fonts, text: &str) -> (Vec<u16>, String) {
        let shaped = shape(&RichText::plain(text), Type { role: Role::Text, size: 12.0 }, None);
        let (mut codes, mut meaning) = (Vec::new(), String::new());
        for cluster in &shaped.clusters {
            let (font, letter) = fonts.letter(&shaped, cluster);
            let new: Vec<u16> = letter.code.into_iter().chain(letter.rest.iter().copied()).collect();
            for &code in &new {
                meaning.push_str(&fonts.fonts[font].means[usize::from(code) - 1]);
            }
            codes.extend(new);
        }
        (codes, meaning)
    }

    #[test]
    fn codes_mean_the_text() {
        let mut fonts = Fonts::default();
        for text in ["Press release", "ព្រះរាជាណាចក្រកម្ពុជា", "ខ្មែរ\u{200B}យើង", "e\u{301} 🙂 👩‍👩‍👧", "កាាិិ្ក"]
        {
            assert_eq!(codes(&mut fonts, text).1, text);
        }
    }

    #[test]
    fn latin_is_a_code_a_letter_and_a_letter_comes_back_to_its_code() {
        let mut fonts = Fonts::default();
        assert_eq!(codes(&mut fonts, "AVA").0, [1, 2, 1]);
        assert_eq!(codes(&mut fonts, "ស្ត្រីស្ត្រី").0, [1, 2, 1, 2]);
    }

    #[test]
    fn what_no_font_has_keeps_its_characters_apart() {
        let mut fonts = Fonts::default();
        assert_eq!(codes(&mut fonts, "🙂🙃").1, "🙂🙃");
    }

    #[test]
    fn a_cluster_of_any_length_has_codes() {
        let mut fonts = Fonts::default();
        let marks: String = (0..300_000u32)
            .filter_map(|i| char::from_u32(0x300 + (i.wrapping_mul(2_654_435_761) >> 16) % 0x6F))
            .collect();
        let text = format!("x{marks}");
        assert!(codes(&mut fonts, &text).1 == text);
        assert!(fonts.write().is_ok());
    }

    #[test]
    fn a_line_break_is_a_space() {
        let mut fonts = Fonts::default();
        assert_eq!(codes(&mut fonts, "a\nb").1, "a b");
    }

    #[test]
    fn a_full_font_is_followed_by_another() {
        let mut fonts = Fonts::default();
        codes(&mut fonts, "a");
        fonts.fonts[0].means.resize(MAX_CODES, String::new());
        assert_eq!(codes(&mut fonts, "b").1, "b");
        assert_eq!(fonts.fonts.len(), 2);
    }

    #[test]
    fn fonts_share_a_row_of_cids_while_it_has_room() {
        let mut fonts = Fonts::default();
        codes(&mut fonts, "ab");
        codes(&mut fonts, "ក");
        assert_eq!(fonts.starts(), [0, 2]);
        for font in &mut fonts.fonts {
            font.means.resize(MAX_CODES, String::new());
        }
        assert_eq!(fonts.starts(), [0, 0]);
    }
}

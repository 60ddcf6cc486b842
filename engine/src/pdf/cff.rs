//! The font program of a document's font: CFF with glyphs by number (Adobe Technical Note 5176).
//!
//! Each cluster is written out whole from the outlines of its parts: an outline that comes again is
//! the same bytes again, see `outline`, which costs less once compressed than a table of shared
//! outlines and calls of them. CFF has neither boxes nor bearings for each glyph, as TrueType does.
//! Hinting is left out, as it is made for the source's glyphs.
//!
//! Knows outlines and nothing of text. Its invariant: glyph `i` is what the `i`-th of the codes
//! given draws, its CID that code, and glyph 0 is the box for a missing one, which no code draws.

use std::collections::hash_map::Entry;

use foldhash::HashMap;
use kurbo::{Rect, Vec2};
use skrifa::{
    GlyphId,
    instance::{LocationRef, Size},
    outline::DrawSettings,
    raw::TableProvider,
};

use super::{
    PdfError,
    glyph::{Drawn, GlyphPart, Source},
    heavier::HeavierPen,
    outline::{Charstring, Outline, Pen, UNIT, charstring::number, ready, whole},
};
use crate::typeset::{Face, Font};

/// A font program and what a PDF says of it, in thousandths of an em.
pub(super) struct Program {
    /// An OpenType file with the CFF as its one table, as printpdf takes it.
    pub bytes: Vec<u8>,
    /// Left, lower, right and upper edge of all glyphs together.
    pub bounds: [i16; 4],
    /// Above the baseline.
    pub ascent: i16,
    /// Below the baseline, negative.
    pub descent: i16,
    /// Rise and run of the slant.
    pub caret_slope: (i16, i16),
    /// From 100 to 900.
    pub weight: u16,
}

/// Writes the font program, its glyphs in the order given, their CIDs from `first` on.
///
/// # Errors
/// If an outline of the bundled font cannot be read.
pub(super) fn write(font: &Source<'_>, order: &[usize], first: u16) -> Result<Program, PdfError> {
    let failed = |reason: String| PdfError::Font { font: font.face.font.name(), reason };
    let tables = font.face.font.tables();
    let hhea = tables.hhea().map_err(|error| failed(error.to_string()))?;
    let pen = Pen::new(font.scale, f64::from(font.face.slant()));
    let mut outlines = Outlines { font, ready: ready_of(font.face), pen, known: HashMap::default(), bounds: None };
    let missing = Drawn { parts: vec![GlyphPart { glyph: 0, x: 0, y: 0 }], advance: font.missing };
    let drawn: Vec<&Drawn> =
        std::iter::once(&missing).chain(order.iter().filter_map(|&code| font.drawn.get(code))).collect();
    let mut widths: Vec<i32> = drawn.iter().map(|drawn| width(drawn.advance)).filter(|&width| width != 0).collect();
    widths.sort_unstable();
    let nominal = widths.get(widths.len() / 2).copied().unwrap_or_default();
    let glyphs = drawn.into_iter().map(|drawn| outlines.glyph(drawn, nominal)).collect::<Result<Vec<_>, _>>();
    let glyphs = glyphs.map_err(failed)?;

    let bounds = outlines.bounds.unwrap_or_default();
    let bounds = [bounds.x0, bounds.y0, bounds.x1, bounds.y1];
    let cff = container(&font.tag, &glyphs, first, nominal, bounds.map(|edge| whole(edge / UNIT)));
    let caret_slope = if font.face.slanted {
        (1000, narrow(f64::from(font.face.slant()) * 1000.0))
    } else {
        (hhea.caret_slope_rise(), hhea.caret_slope_run())
    };
    let reach = |units: i16| narrow(f64::from(units) * font.scale);
    Ok(Program {
        bytes: opentype(&cff),
        bounds: bounds.map(narrow),
        ascent: reach(hhea.ascender().to_i16()),
        descent: reach(hhea.descender().to_i16()),
        caret_slope,
        weight: if font.face.heavier { 700 } else { tables.os2().map_or(400, |os2| os2.us_weight_class()) },
    })
}

/// The outlines of the source's glyphs, each read once.
struct Outlines<'a> {
    font: &'a Source<'a>,
    /// Those of common glyphs, made when the program was built.
    ready: Option<&'static [u8]>,
    pen: Pen,
    known: HashMap<u16, Outline<'static>>,
    /// The box of all that was drawn, in thousandths of an em.
    bounds: Option<Rect>,
}

impl Outlines<'_> {
    /// A glyph, drawn of its parts.
    fn glyph(&mut self, drawn: &Drawn, nominal: i32) -> Result<Vec<u8>, String> {
        let width = width(drawn.advance);
        // No width is the default.
        let mut charstring = Charstring::new((width != 0).then(|| width - nominal));
        let mut pen = (0, 0);
        for part in &drawn.parts {
            let at = (i32::from(part.x), i32::from(part.y));
            let outline = self.of(part.glyph)?;
            if let Some(start) = outline.start {
                charstring.move_by(start.0 + at.0 - pen.0, start.1 + at.1 - pen.1);
                charstring.draw(&outline.drawn);
                pen = (outline.end.0 + at.0, outline.end.1 + at.1);
            }
            // Makes the box of all glyphs hold the part.
            let here = outline.bounds.map(|bounds| bounds + Vec2::new(f64::from(part.x), f64::from(part.y)) * UNIT);
            self.bounds = match (self.bounds, here) {
                (Some(all), Some(here)) => Some(all.union(here)),
                (all, here) => all.or(here),
            };
        }
        Ok(charstring.end())
    }

    /// A source glyph's outline.
    fn of(&mut self, glyph: u16) -> Result<&Outline<'static>, String> {
        let outline = match self.known.entry(glyph) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                if let Some(ready) = self.ready.and_then(|table| ready::find(table, glyph)) {
                    return Ok(new.insert(ready));
                }
                let pen = &mut self.pen;
                pen.begin();
                if let Some(outline) = self.font.face.font.outlines().get(GlyphId::from(glyph)) {
                    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
                    match self.font.face.heavier_by() {
                        None => outline.draw(settings, pen).map(|_| ()),
                        Some(by) => {
                            let mut heavier = HeavierPen::default();
                            outline.draw(settings, &mut heavier).map(|_| heavier.finish(by, pen))
                        }
                    }
                    .map_err(|error| error.to_string())?;
                }
                new.insert(Outline::of(pen))
            }
        };
        Ok(outline)
    }
}

/// Whether a face's outlines were made when the program was built.
pub(super) fn has_outlines_ready(face: Face) -> bool {
    ready_of(face).is_some()
}

/// The outlines that `build.rs` has made of a face, as it is in its file.
fn ready_of(face: Face) -> Option<&'static [u8]> {
    if face.heavier || face.slanted {
        return None;
    }
    Some(match face.font {
        Font::TinosRegular => include_bytes!(concat!(env!("OUT_DIR"), "/Tinos-Regular.outlines")),
        Font::TinosBold => include_bytes!(concat!(env!("OUT_DIR"), "/Tinos-Bold.outlines")),
        Font::BattambangRegular => include_bytes!(concat!(env!("OUT_DIR"), "/Battambang-Regular.outlines")),
        Font::BattambangBold => include_bytes!(concat!(env!("OUT_DIR"), "/Battambang-Bold.outlines")),
        Font::Moul => include_bytes!(concat!(env!("OUT_DIR"), "/Moul-Regular.outlines")),
        _ => return None,
    })
}

/// An advance in the program's units. It may be off by half of one, a thousandth of an em, which is
/// what the standard lets it differ from the width that the PDF says (ISO 19005-2, 6.2.11.5).
fn width(advance: u16) -> i32 {
    whole(f64::from(advance) / UNIT)
}

/// The tables of a CFF in the order in which Technical Note 5176 gives them.
fn container(name: &str, glyphs: &[Vec<u8>], first: u16, nominal: i32, bounds: [i32; 4]) -> Vec<u8> {
    // Version 1.0, a header of 4 bytes, offsets of up to 4.
    let header = [1, 0, 4, 4];
    let names = index(&[name.as_bytes().to_vec()]);
    let strings = index(&[b"Adobe".to_vec(), b"Identity".to_vec()]);
    let subroutines = index(&[]);
    let count = glyphs.len() - 1;
    // The one font within takes glyphs from 0 to the last (11, FDSelect format 3).
    let select = [&[3, 0, 1, 0, 0, 0][..], &short(glyphs.len())].concat();
    // The first CID and how many follow (13, charset format 2).
    let charset = if count == 0 { vec![0] } else { [&[2][..], &first.to_be_bytes(), &short(count - 1)].concat() };
    let glyphs = index(glyphs);
    let private = dictionary(&[(&[20], &[0]), (&[21], &[nominal])]);

    // The top dictionary names offsets, whose length is always the same, so it is laid out twice.
    let lay_out = |offsets: [usize; 4]| {
        let [charset, select, glyphs, fonts] = offsets;
        // Registry, ordering and supplement: the two strings after the 391 that all fonts have.
        let mut top = dictionary(&[(&[12, 30], &[391, 392, 0]), (&[5], &bounds)]);
        // Font matrix: a unit in ems.
        for scale in [true, false, false, true, false, false] {
            top.extend(if scale { THOUSANDTHS } else { &[139] });
        }
        top.extend([12, 7]);
        number(&mut top, i32::from(u16::MAX >> 1));
        top.extend([12, 34]);
        for (operator, offset) in [(&[15][..], charset), (&[12, 37], select), (&[17], glyphs), (&[12, 36], fonts)] {
            top.extend(offset_operand(offset));
            top.extend(operator);
        }
        index(&[top])
    };
    let start = header.len() + names.len() + lay_out([0; 4]).len() + strings.len() + subroutines.len();
    let [at_charset, at_select] = [start, start + charset.len()];
    let at_private = at_select + select.len();
    let at_glyphs = at_private + private.len();
    let at_fonts = at_glyphs + glyphs.len();
    let mut within = Vec::new();
    number(&mut within, i32::try_from(private.len()).unwrap_or_default());
    within.extend(offset_operand(at_private));
    within.push(18);
    [
        &header[..],
        &names,
        &lay_out([at_charset, at_select, at_glyphs, at_fonts]),
        &strings,
        &subroutines,
        &charset,
        &select,
        &private,
        &glyphs,
        &index(&[within]),
    ]
    .concat()
}

/// [`UNIT`] in ems as a real number of a dictionary: the digits .002 (5176, table 5).
const THOUSANDTHS: &[u8] = &[30, 0xA0, 0x02, 0xFF];

/// An OpenType file with nothing but a CFF table.
fn opentype(cff: &[u8]) -> Vec<u8> {
    let mut file = b"OTTO\0\x01\0\x10\0\0\0\0CFF \0\0\0\0".to_vec();
    file.extend(long(file.len() + 8));
    file.extend(long(cff.len()));
    file.extend(cff);
    file
}

/// Operators and their operands, which are before them.
fn dictionary(entries: &[(&[u8], &[i32])]) -> Vec<u8> {
    let mut dictionary = Vec::new();
    for (operator, operands) in entries {
        for &operand in *operands {
            number(&mut dictionary, operand);
        }
        dictionary.extend(*operator);
    }
    dictionary
}

/// An offset as an operand, always of five bytes.
fn offset_operand(offset: usize) -> [u8; 5] {
    let [a, b, c, d] = long(offset);
    [29, a, b, c, d]
}

/// An array of objects (5176, 5).
fn index(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut index = short(objects.len()).to_vec();
    if objects.is_empty() {
        return index;
    }
    let total = 1 + objects.iter().map(Vec::len).sum::<usize>();
    let skipped = long(total).iter().take_while(|&&byte| byte == 0).count().min(3);
    let mut offset = 1;
    // A number of one to four.
    index.push(u8::try_from(4 - skipped).unwrap_or(4));
    index.extend(&long(offset)[skipped..]);
    for object in objects {
        offset += object.len();
        index.extend(&long(offset)[skipped..]);
    }
    for object in objects {
        index.extend_from_slice(object);
    }
    index
}

/// A count; no font has more glyphs than 16 bits can tell.
fn short(count: usize) -> [u8; 2] {
    u16::try_from(count).unwrap_or(u16::MAX).to_be_bytes()
}

fn long(offset: usize) -> [u8; 4] {
    u32::try_from(offset).unwrap_or(u32::MAX).to_be_bytes()
}

#[expect(clippy::cast_possible_truncation, reason = "the conversion saturates, as is wanted")]
fn narrow(value: f64) -> i16 {
    value.round() as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_that_are_ready_are_those_that_would_be_made() {
        let mut count = 0;
        for font in Font::ALL {
            let face = Face { font, slanted: false, heavier: false };
            let Some(ready) = ready_of(face) else { continue };
            let scale = 1000.0 / f64::from(font.units_per_em());
            let source = Source { face, tag: String::new(), drawn: &[], missing: 0, scale };
            let pen = Pen::new(scale, 0.0);
            let mut outlines = Outlines { font: &source, ready: None, pen, known: HashMap::default(), bounds: None };
            for glyph in 0..font.tables().maxp().unwrap().num_glyphs() {
                let Some(found) = ready::find(ready, glyph) else { continue };
                assert_eq!(&found, outlines.of(glyph).unwrap(), "{font:?} {glyph}");
                count += 1;
            }
        }
        assert!(count > 1_300, "{count}");
    }

    #[test]
    fn an_index_has_the_shortest_offsets_that_reach() {
        assert_eq!(index(&[]), [0, 0]);
        assert_eq!(index(&[vec![7, 8], vec![9]]), [0, 2, 1, 1, 3, 4, 7, 8, 9]);
        assert_eq!(index(&[vec![0; 300]])[..7], [0, 1, 2, 0, 1, 1, 45]);
    }
}

//! The font program of a document's font.
//!
//! The source font's outlines are copied once each, and a cluster is a composite of them: its
//! parts with their offsets. Hinting is left out, as its instructions are made for the source's
//! glyphs. Only the tables that a PDF reader uses are there (ISO 32000-1, 9.9: glyf, head, hhea,
//! hmtx, loca and maxp), and `post`, without which some systems refuse a font when printing.
//!
//! Knows outlines and nothing of text. Its invariant: glyph `i` is what the `i`-th of the codes
//! given draws, and glyph 0 is the box for a missing one, which no code draws.

use std::collections::BTreeMap;

use skrifa::{
    GlyphId, MetadataProvider,
    instance::{LocationRef, Size},
    outline::{DrawSettings, OutlineGlyphCollection, OutlinePen},
    raw::{TableProvider, tables::glyf::CurvePoint},
};
use write_fonts::{
    FontBuilder,
    tables::{
        glyf::{
            Anchor, Bbox, Component, ComponentFlags, CompositeGlyph, Contour, GlyfLocaBuilder, Glyph, SimpleGlyph,
            Transform,
        },
        head::Head,
        hhea::Hhea,
        hmtx::{Hmtx, LongMetric},
        loca::LocaFormat,
        maxp::Maxp,
        post::Post,
    },
    types::{FWord, Fixed, GlyphId16, UfWord, Version16Dot16},
};

use super::{
    PdfError,
    fonts::{DocumentFont, Drawn, EM},
};
use crate::typeset;

/// A font program and what a PDF says of it, in thousandths of an em.
pub(super) struct Program {
    /// The TrueType file.
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

/// Writes the font program, its glyphs in the order given.
///
/// # Errors
/// If an outline of the bundled font cannot be read or written.
pub(super) fn write(font: &DocumentFont, order: &[usize]) -> Result<Program, PdfError> {
    let drawn = order.iter().filter_map(|&code| font.drawn.get(code)).collect();
    let outlines = font.face.font.tables().outline_glyphs();
    Builder { font, drawn, outlines, glyphs: Vec::new(), advances: Vec::new(), at: BTreeMap::new() }.build()
}

struct Builder<'a> {
    font: &'a DocumentFont,
    drawn: Vec<&'a Drawn>,
    outlines: OutlineGlyphCollection<'static>,
    glyphs: Vec<Glyph>,
    /// Of the glyphs before the first part of others, which is never shown by itself.
    advances: Vec<u16>,
    /// Where the outline of a source glyph stands, and its box; `None` if it draws nothing.
    at: BTreeMap<u16, Option<(u16, Bbox)>>,
}

impl Builder<'_> {
    fn build(mut self) -> Result<Program, PdfError> {
        let drawn = std::mem::take(&mut self.drawn);
        self.glyphs.resize(drawn.len() + 1, Glyph::Empty);
        self.advances.push(self.source_advance(0));
        self.advances.extend(drawn.iter().map(|drawn| drawn.advance));
        self.place(0, 0)?;
        // Whole glyphs first, so that composites find as many of their parts as can be.
        for (i, drawn) in drawn.iter().enumerate() {
            if let [typeset::Glyph { id, x: 0, y: 0 }] = drawn.glyphs[..]
                && !self.at.contains_key(&id)
            {
                self.place(id, i + 1)?;
            }
        }
        for (i, &drawn) in drawn.iter().enumerate() {
            if matches!(self.glyphs[i + 1], Glyph::Empty) && !drawn.glyphs.is_empty() {
                self.compose(drawn, i + 1)?;
            }
        }
        self.finish()
    }

    /// Puts a source glyph's outline at an index.
    fn place(&mut self, source: u16, index: usize) -> Result<(), PdfError> {
        let outline = self.outline(source)?;
        let number = u16::try_from(index).map_err(|_| self.failed("too many glyphs"))?;
        let Some(simple) = outline else {
            self.at.insert(source, None);
            return Ok(());
        };
        self.at.insert(source, Some((number, simple.bbox)));
        self.glyphs[index] = Glyph::Simple(simple);
        Ok(())
    }

    /// Makes a composite of a cluster's glyphs.
    fn compose(&mut self, drawn: &Drawn, index: usize) -> Result<(), PdfError> {
        let mut composite: Option<CompositeGlyph> = None;
        for glyph in &drawn.glyphs {
            if !self.at.contains_key(&glyph.id) {
                let end = self.glyphs.len();
                self.glyphs.push(Glyph::Empty);
                self.place(glyph.id, end)?;
            }
            let Some(&Some((part, bounds))) = self.at.get(&glyph.id) else { continue };
            let scale = self.font.scale();
            let x = clamp((f64::from(glyph.x) + f64::from(glyph.y) * f64::from(self.font.face.slant())) * scale);
            let y = clamp(f64::from(glyph.y) * scale);
            let bounds = Bbox {
                x_min: bounds.x_min.saturating_add(x),
                x_max: bounds.x_max.saturating_add(x),
                y_min: bounds.y_min.saturating_add(y),
                y_max: bounds.y_max.saturating_add(y),
            };
            let component = Component::new(
                GlyphId16::new(part),
                Anchor::Offset { x, y },
                Transform::default(),
                ComponentFlags::default(),
            );
            match &mut composite {
                Some(composite) => composite.add_component(component, bounds),
                None => composite = Some(CompositeGlyph::new(component, bounds)),
            }
        }
        if let Some(composite) = composite {
            self.glyphs[index] = Glyph::Composite(composite);
        }
        Ok(())
    }

    /// A source glyph's outline, or `None` if it draws nothing.
    fn outline(&self, glyph: u16) -> Result<Option<SimpleGlyph>, PdfError> {
        let Some(outline) = self.outlines.get(GlyphId::from(glyph)) else { return Ok(None) };
        #[allow(clippy::cast_possible_truncation, reason = "about a half")]
        let scale = self.font.scale() as f32;
        let slant = self.font.face.slant();
        let mut pen = Contours { scale, slant, done: Vec::new(), points: Vec::new(), cubic: false };
        outline
            .draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), &mut pen)
            .map_err(|error| self.failed(error))?;
        pen.close();
        if pen.cubic {
            return Err(self.failed("its curves are not those of TrueType"));
        }
        if pen.done.is_empty() {
            return Ok(None);
        }
        let mut simple = SimpleGlyph { contours: pen.done, ..SimpleGlyph::default() };
        simple.recompute_bounding_box();
        Ok(Some(simple))
    }

    fn source_advance(&self, glyph: u16) -> u16 {
        let hmtx = self.font.face.font.tables().hmtx().ok();
        let advance_in_source = hmtx.and_then(|hmtx| hmtx.advance(GlyphId::from(glyph))).unwrap_or_default();
        advance(f64::from(advance_in_source) * self.font.scale())
    }

    fn finish(self) -> Result<Program, PdfError> {
        let tables = self.font.face.font.tables();
        let hhea = tables.hhea().map_err(|error| self.failed(error))?;
        let reach = |units: FWord| FWord::new(clamp(f64::from(units.to_i16()) * self.font.scale()));
        let (ascent, descent) = (reach(hhea.ascender()), reach(hhea.descender()));
        let caret_slope = if self.font.face.slanted {
            (1000, clamp(f64::from(self.font.face.slant()) * 1000.0))
        } else {
            (hhea.caret_slope_rise(), hhea.caret_slope_run())
        };
        let boxes: Vec<Option<Bbox>> = self.glyphs.iter().map(bounds).collect();
        let all = boxes.iter().flatten().copied().reduce(Bbox::union).unwrap_or_default();
        // Where advances are the same to the end, the last is written once (OpenType, `hmtx`).
        let last = self.advances.last().copied().unwrap_or_default();
        let long = self.advances.iter().rposition(|&advance| advance != last).map_or(1, |at| at + 2);
        let long = long.min(self.advances.len());
        let bearing = |bounds: &Option<Bbox>| bounds.map_or(0, |bounds| bounds.x_min);
        let metrics: Vec<LongMetric> = self
            .advances
            .iter()
            .zip(&boxes)
            .take(long)
            .map(|(&advance, bounds)| LongMetric { advance, side_bearing: bearing(bounds) })
            .collect();
        let bearings: Vec<i16> = boxes.iter().skip(long).map(bearing).collect();
        let count = u16::try_from(self.glyphs.len()).map_err(|_| self.failed("too many glyphs"))?;

        let mut outlines = GlyfLocaBuilder::new();
        for glyph in &self.glyphs {
            outlines.add_glyph(glyph).map_err(|error| self.failed(error))?;
        }
        let (glyf, loca, format) = outlines.build();
        let head = Head {
            units_per_em: EM,
            flags: write_fonts::tables::head::Flags::BASELINE_AT_Y_0,
            x_min: all.x_min,
            y_min: all.y_min,
            x_max: all.x_max,
            y_max: all.y_max,
            lowest_rec_ppem: 6,
            index_to_loc_format: i16::from(format == LocaFormat::Long),
            ..Head::default()
        };
        let extents = self.advances.iter().zip(&boxes).filter_map(|(&advance, bounds)| bounds.map(|b| (advance, b)));
        let hhea = Hhea {
            ascender: ascent,
            descender: descent,
            line_gap: FWord::new(0),
            advance_width_max: UfWord::new(self.advances.iter().copied().max().unwrap_or_default()),
            min_left_side_bearing: FWord::new(all.x_min),
            min_right_side_bearing: FWord::new(
                extents.map(|(advance, b)| clamp(f64::from(advance) - f64::from(b.x_max))).min().unwrap_or_default(),
            ),
            x_max_extent: FWord::new(all.x_max),
            caret_slope_rise: caret_slope.0,
            caret_slope_run: caret_slope.1,
            caret_offset: 0,
            number_of_h_metrics: u16::try_from(long).map_err(|_| self.failed("too many glyphs"))?,
        };
        let post = Post {
            version: Version16Dot16::VERSION_3_0,
            italic_angle: Fixed::from_f64(-f64::from(caret_slope.1).atan2(f64::from(caret_slope.0)).to_degrees()),
            ..Post::default()
        };
        let maxp = self.profile(count);
        let mut builder = FontBuilder::new();
        let build = || {
            builder
                .add_table(&head)?
                .add_table(&hhea)?
                .add_table(&maxp)?
                .add_table(&Hmtx::new(metrics, bearings))?
                .add_table(&glyf)?
                .add_table(&loca)?
                .add_table(&post)?;
            Ok::<_, write_fonts::BuilderError>(())
        };
        build().map_err(|error| self.failed(error))?;
        Ok(Program {
            bytes: builder.build(),
            bounds: [all.x_min, all.y_min, all.x_max, all.y_max],
            ascent: ascent.to_i16(),
            descent: descent.to_i16(),
            caret_slope,
            weight: tables.os2().map_or(400, |os2| os2.us_weight_class()),
        })
    }

    /// The table by which a reader reserves memory.
    fn profile(&self, num_glyphs: u16) -> Maxp {
        let size = |index: usize| match self.glyphs.get(index) {
            Some(Glyph::Simple(glyph)) => (glyph.contours.iter().map(|c| c.len()).sum::<usize>(), glyph.contours.len()),
            _ => (0, 0),
        };
        let (mut simple, mut composite, mut parts) = ((0, 0), (0, 0), 0);
        for (index, glyph) in self.glyphs.iter().enumerate() {
            let of = |most: (usize, usize), (points, contours)| (most.0.max(points), most.1.max(contours));
            simple = of(simple, size(index));
            if let Glyph::Composite(glyph) = glyph {
                let sizes = glyph.components().iter().map(|part| size(usize::from(part.glyph.to_u16())));
                composite = of(composite, sizes.fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1)));
                parts = parts.max(glyph.components().len());
            }
        }
        let number = |n: usize| Some(u16::try_from(n).unwrap_or(u16::MAX));
        Maxp {
            num_glyphs,
            max_points: number(simple.0),
            max_contours: number(simple.1),
            max_composite_points: number(composite.0),
            max_composite_contours: number(composite.1),
            max_zones: Some(2),
            max_twilight_points: Some(0),
            max_storage: Some(0),
            max_function_defs: Some(0),
            max_instruction_defs: Some(0),
            max_stack_elements: Some(0),
            max_size_of_instructions: Some(0),
            max_component_elements: number(parts),
            max_component_depth: Some(u16::from(parts > 0)),
        }
    }

    fn failed(&self, reason: impl ToString) -> PdfError {
        PdfError::Font { font: self.font.face.font.name(), reason: reason.to_string() }
    }
}

/// Leaves out points on the curve that lie in the middle between two off it, which TrueType puts
/// there anyway; rounding to whole units may have moved them by one.
fn without_implied(points: &[CurvePoint]) -> Vec<CurvePoint> {
    let mut kept: Vec<CurvePoint> = Vec::with_capacity(points.len());
    for (i, &point) in points.iter().enumerate() {
        let before = kept.last().or(points.last()).copied().unwrap_or(point);
        let after = points.get(i + 1).or(points.first()).copied().unwrap_or(point);
        let middle = |a: i16, b: i16, c: i16| (i32::from(a) + i32::from(c) - 2 * i32::from(b)).abs() <= 2;
        let implied = point.on_curve
            && !before.on_curve
            && !after.on_curve
            && middle(before.x, point.x, after.x)
            && middle(before.y, point.y, after.y);
        // The first point stays: others are measured against it.
        if i == 0 || !implied {
            kept.push(point);
        }
    }
    kept
}

fn bounds(glyph: &Glyph) -> Option<Bbox> {
    match glyph {
        Glyph::Empty => None,
        Glyph::Simple(glyph) => Some(glyph.bbox),
        Glyph::Composite(glyph) => Some(glyph.bbox),
    }
}

/// An advance, rounded; never negative.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the conversion saturates, as is wanted")]
pub(super) fn advance(units: f64) -> u16 {
    units.round() as u16
}

#[allow(clippy::cast_possible_truncation, reason = "the conversion saturates, as is wanted")]
fn clamp(value: f64) -> i16 {
    value.round() as i16
}

/// Draws a source glyph into contours of whole units.
struct Contours {
    scale: f32,
    slant: f32,
    done: Vec<Contour>,
    points: Vec<CurvePoint>,
    /// Whether a curve was met that a TrueType font has no word for.
    cubic: bool,
}

impl Contours {
    fn add(&mut self, x: f32, y: f32, on_curve: bool) {
        let (x, y) = ((x + self.slant * y) * self.scale, y * self.scale);
        self.points.push(CurvePoint { x: clamp(f64::from(x)), y: clamp(f64::from(y)), on_curve });
    }
}

impl OutlinePen for Contours {
    fn move_to(&mut self, x: f32, y: f32) {
        self.close();
        self.add(x, y, true);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.add(x, y, true);
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.add(cx, cy, false);
        self.add(x, y, true);
    }
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, x: f32, y: f32) {
        self.cubic = true;
        self.add(x, y, true);
    }
    fn close(&mut self) {
        let mut points = std::mem::take(&mut self.points);
        // A contour closes itself.
        if points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        if !points.is_empty() {
            self.done.push(without_implied(&points).into());
        }
    }
}

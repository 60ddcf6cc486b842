//! Outlines as few cubic curves as the eye allows.
//!
//! The bundled fonts draw with quadratic curves, of which a stroke's end often needs four where one
//! cubic curve does. Neighbours are taken for pieces of one curve, and are if that curve, cut where
//! they meet, lies as near to each of them as [`TOLERANCE`].
//!
//! Knows curves, nothing of fonts' files. Its invariant: corners stay where they were, and no
//! outline strays by more than [`TOLERANCE`] and [`FLAT`] together, before [`super::Outline`] rounds it
//! to whole units.

use kurbo::{CubicBez, Line, ParamCurve, ParamCurveNearest, Point, QuadBez, Vec2};
use skrifa::outline::OutlinePen;

/// How far a curve may stray, in thousandths of an em: 6 micrometres in body type, below what a
/// press can show.
const TOLERANCE: f64 = 1.5;

/// How far a curve may bulge, in thousandths of an em, and be a line.
const FLAT: f64 = 0.5;

/// Curves that are made one at the most; more than this many are hardly ever pieces of one.
const MOST: usize = 8;

/// A part of a contour, from where the part before it ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Segment {
    Line(Point),
    Curve(Point, Point, Point),
}

/// A contour, which closes itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Contour<'a> {
    pub start: Point,
    pub segments: &'a [Segment],
}

/// Draws source glyphs, one after the other, into contours of thousandths of an em.
pub struct Pen {
    scale: f64,
    slant: f64,
    /// Where each contour starts, and the index of its first segment.
    starts: Vec<(Point, usize)>,
    segments: Vec<Segment>,
    at: Point,
    /// The curves since the last line, as the source has them.
    curves: Vec<CubicBez>,
    fewer: Fewer,
}

impl Pen {
    /// A pen for outlines that are scaled, then sheared to the right.
    pub fn new(scale: f64, slant: f64) -> Self {
        let (starts, segments, curves) = Default::default();
        Self { scale, slant, starts, segments, at: Point::ZERO, curves, fewer: Fewer::default() }
    }

    /// Begins a glyph.
    pub fn begin(&mut self) {
        self.starts.clear();
        self.segments.clear();
        self.curves.clear();
    }

    /// What was drawn.
    pub(super) fn finish(&mut self) -> impl Iterator<Item = Contour<'_>> {
        self.flush();
        let ends = self.starts.iter().skip(1).map(|(_, first)| *first).chain([self.segments.len()]);
        let contours = self.starts.iter().zip(ends).filter_map(|(&(start, first), end)| {
            let segments = self.segments.get(first..end)?;
            Some(Contour { start, segments })
        });
        contours.filter(|contour| !contour.segments.is_empty())
    }

    fn point(&self, x: f32, y: f32) -> Point {
        let (x, y) = (f64::from(x), f64::from(y));
        Point::new((x + self.slant * y) * self.scale, y * self.scale)
    }

    fn flush(&mut self) {
        self.segments.extend(self.fewer.of(&self.curves).iter().map(|curve| {
            if is_flat(curve) { Segment::Line(curve.p3) } else { Segment::Curve(curve.p1, curve.p2, curve.p3) }
        }));
        self.curves.clear();
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.flush();
        self.at = self.point(x, y);
        self.starts.push((self.at, self.segments.len()));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.flush();
        self.at = self.point(x, y);
        self.segments.push(Segment::Line(self.at));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (control, end) = (self.point(cx, cy), self.point(x, y));
        self.curves.push(QuadBez::new(self.at, control, end).raise());
        self.at = end;
    }

    fn curve_to(&mut self, cx: f32, cy: f32, dx: f32, dy: f32, x: f32, y: f32) {
        let curve = CubicBez::new(self.at, self.point(cx, cy), self.point(dx, dy), self.point(x, y));
        self.curves.push(curve);
        self.at = curve.p3;
    }

    fn close(&mut self) {
        self.flush();
    }
}

fn is_flat(curve: &CubicBez) -> bool {
    let line = Line::new(curve.p0, curve.p3);
    (1..4).all(|i| line.nearest(curve.eval(f64::from(i) / 4.0), 0.0).distance_sq <= FLAT * FLAT)
}

/// Finds the fewest curves for a run of curves.
#[derive(Default)]
struct Fewer {
    pieces: Vec<Piece>,
    best: Vec<Best>,
    kept: Vec<CubicBez>,
}

/// The best way to draw so many curves from the start.
struct Best {
    /// Of how many curves it consists.
    count: usize,
    /// By how much it strays.
    strays: f64,
    /// The last of its curves, which begins after so many.
    start: usize,
    last: CubicBez,
}

impl Fewer {
    /// The fewest curves for these; among as few, those that stray least.
    fn of(&mut self, curves: &[CubicBez]) -> &[CubicBez] {
        self.kept.clear();
        if curves.len() < 2 {
            self.kept.extend(curves);
            return &self.kept;
        }
        self.pieces.clear();
        let before = std::iter::once(None).chain(curves.iter().map(Some));
        self.pieces.extend(before.zip(curves).map(|(before, curve)| Piece::new(before, curve)));
        self.best.clear();
        for (i, &curve) in curves.iter().enumerate() {
            let before = |best: &[Best], start: usize| {
                start.checked_sub(1).and_then(|at| best.get(at)).map_or((0, 0.0), |best| (best.count, best.strays))
            };
            let (count, strays) = before(&self.best, i);
            let mut found = Best { count: count + 1, strays, start: i, last: curve };
            for start in (i.saturating_sub(MOST - 1)..i).rev() {
                let Some((last, off)) = self.pieces.get(start..=i).and_then(merge) else { break };
                let (count, strays) = before(&self.best, start);
                if (count + 1, strays.max(off)) < (found.count, found.strays) {
                    found = Best { count: count + 1, strays: strays.max(off), start, last };
                }
            }
            self.best.push(found);
        }
        let mut end = self.best.len();
        while let Some(best) = end.checked_sub(1).and_then(|at| self.best.get(at)) {
            self.kept.push(best.last);
            end = best.start;
        }
        self.kept.reverse();
        &self.kept
    }
}

/// Where a curve is looked at.
const QUARTERS: [f64; 4] = [0.25, 0.5, 0.75, 1.0];

/// What may be a piece of a longer curve.
struct Piece {
    curve: CubicBez,
    /// Where it is at the [`QUARTERS`].
    points: [Point; 4],
    /// How its first handle is to the last one of the piece before it; `None` at a corner, or a turn back, which is no
    /// cut.
    handles: Option<f64>,
}

impl Piece {
    fn new(before: Option<&CubicBez>, curve: &CubicBez) -> Self {
        let handles = before.and_then(|before| {
            let (into, out) = (before.p3 - before.p2, curve.p1 - curve.p0);
            (into.dot(out) > 0.0).then(|| out.hypot() / into.hypot())
        });
        let at = Polynomial::of(curve);
        Self { curve: *curve, points: QUARTERS.map(|t| at.eval(t)), handles }
    }
}

/// A curve as powers of its parameter, to be looked at in many places.
struct Polynomial([Vec2; 4]);

impl Polynomial {
    fn of(curve: &CubicBez) -> Self {
        let [a, b, c, d] = [curve.p0, curve.p1, curve.p2, curve.p3].map(Point::to_vec2);
        Self([a, (b - a) * 3.0, (a - b - b + c) * 3.0, d - a + (b - c) * 3.0])
    }

    fn eval(&self, t: f64) -> Point {
        let [a, b, c, d] = self.0;
        (a + (b + (c + d * t) * t) * t).to_point()
    }
}

/// The curve of which these are pieces, and how far it strays from their points at the [`QUARTERS`]; `None` if it
/// strays too far.
///
/// Where a curve is cut at `t`, the handles at the cut are to each other as `t` to `1 - t`; so the
/// handles say where the cuts are, and the outer ones, made longer, are those of the whole.
fn merge(pieces: &[Piece]) -> Option<(CubicBez, f64)> {
    let (first, rest) = pieces.split_first()?;
    let last = rest.last().unwrap_or(first).curve;
    let (mut length, mut sum) = (1.0, 1.0);
    // Where each piece ends, on a scale that ends with the last.
    let mut cuts = [1.0; MOST];
    for (piece, cut) in rest.iter().zip(cuts.iter_mut().skip(1)) {
        length *= piece.handles?;
        sum += length;
        *cut = sum;
    }
    let first = first.curve;
    let p1 = first.p0 + (first.p1 - first.p0) * sum;
    let p2 = last.p3 + (last.p2 - last.p3) * (sum / length);
    let whole = CubicBez::new(first.p0, p1, p2, last.p3);
    let at = Polynomial::of(&whole);
    let (mut from, mut off) = (0.0, 0.0_f64);
    for (piece, cut) in pieces.iter().zip(cuts) {
        let to = cut / sum;
        for (t, point) in QUARTERS.iter().zip(&piece.points) {
            let strays = at.eval(from + t * (to - from)).distance_squared(*point);
            // A curve without length has no such place.
            if strays.is_nan() || strays > TOLERANCE * TOLERANCE {
                return None;
            }
            off = off.max(strays);
        }
        from = to;
    }
    Some((whole, off.sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_one_curve_are_one_curve_again() {
        let whole = CubicBez::new((0.0, 0.0), (0.0, 300.0), (200.0, 500.0), (500.0, 500.0));
        let pieces = [whole.subsegment(0.0..0.2), whole.subsegment(0.2..0.7), whole.subsegment(0.7..1.0)];
        let mut fewer = Fewer::default();
        let [one] = *fewer.of(&pieces) else { panic!("one curve") };
        assert!((one.p1 - whole.p1).hypot() < 0.001 && (one.p2 - whole.p2).hypot() < 0.001);
    }

    #[test]
    fn a_corner_stays() {
        let up = CubicBez::new((0.0, 0.0), (0.0, 10.0), (0.0, 20.0), (0.0, 30.0));
        let right = CubicBez::new((0.0, 30.0), (10.0, 30.0), (20.0, 30.0), (30.0, 30.0));
        assert_eq!(Fewer::default().of(&[up, right]), [up, right]);
    }

    #[test]
    fn outlines_are_scaled_and_sheared() {
        let mut pen = Pen::new(0.5, 0.25);
        pen.move_to(0.0, 0.0);
        pen.line_to(0.0, 40.0);
        pen.quad_to(40.0, 40.0, 40.0, 0.0);
        pen.close();
        let contours: Vec<Contour> = pen.finish().collect();
        let [contour] = contours[..] else { panic!("one contour") };
        assert_eq!(contour.segments.first(), Some(&Segment::Line(Point::new(5.0, 20.0))));
        assert_eq!(contour.segments.len(), 2);
    }

    #[test]
    fn no_outline_of_a_heading_font_strays() {
        use kurbo::{BezPath, PathSeg};
        use skrifa::{
            GlyphId,
            instance::{LocationRef, Size},
            outline::DrawSettings,
        };

        let outlines = crate::typeset::Font::Moul.outlines();
        let (mut before, mut after) = (0, 0);
        for id in (1..350).step_by(12).map(GlyphId::new) {
            let Some(outline) = outlines.get(id) else { continue };
            let mut pen = Pen::new(1.0, 0.0);
            let settings = || DrawSettings::unhinted(Size::new(1000.0), LocationRef::default());
            outline.draw(settings(), &mut pen).unwrap();
            let mut drawn = BezPath::new();
            for contour in pen.finish() {
                drawn.move_to(contour.start);
                for segment in contour.segments {
                    match *segment {
                        Segment::Line(end) => drawn.line_to(end),
                        Segment::Curve(a, b, end) => drawn.curve_to(a, b, end),
                    }
                }
                drawn.close_path();
            }
            let mut svg = skrifa::outline::pen::SvgPen::with_precision(3);
            outline.draw(settings(), &mut svg).unwrap();
            let source = BezPath::from_svg(&svg).unwrap();
            let drawn: Vec<PathSeg> = drawn.segments().collect();
            before += source.segments().count();
            after += drawn.len();
            for point in source.segments().flat_map(|part| [0.25, 0.5, 1.0].map(|t| part.eval(t))) {
                let nearest = drawn.iter().map(|part| part.nearest(point, 0.01).distance_sq).fold(f64::MAX, f64::min);
                assert!(nearest.sqrt() <= TOLERANCE + FLAT, "glyph {id}: {point}");
            }
        }
        assert!(before > 500 && after * 4 < before * 3, "{after} of {before}");
    }
}

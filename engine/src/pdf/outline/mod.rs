//! A source glyph as a font program has it: few cubic curves in whole units.
//!
//! | file | step |
//! |---|---|
//! | `curves` | an outline as few cubic curves |
//! | `charstring` | curves as the operators of a glyph's program |
//! | `ready` | outlines that were made when the program was built |
//!
//! `build.rs` has this folder too, with which it makes the outlines of common glyphs: a release of
//! two pages otherwise spends a fifth of its time on them, and they are the same in every release.
//! So nothing here may name another part of the engine.

pub mod charstring;
mod curves;
pub mod ready;

use std::borrow::Cow;

use kurbo::{Point, Rect};

use self::curves::Segment;
pub use self::{charstring::Charstring, curves::Pen};

/// A unit of the document's fonts in thousandths of an em, which are those of a PDF's widths. The
/// bundled fonts have finer ones, but half of this, by which rounding moves a point at the most, is
/// 4 micrometres in body type, below what a press can show; and most distances in an outline then
/// fit one byte instead of two.
pub const UNIT: f64 = 2.0;

/// A point in units.
type UnitPoint = (i32, i32);

/// A source glyph in whole units from its own origin, so that it is the same wherever it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline<'a> {
    /// Where its first contour starts; `None` if it draws nothing.
    pub start: Option<UnitPoint>,
    /// All that is drawn from there on, as a glyph's program has it.
    pub drawn: Cow<'a, [u8]>,
    /// Where the pen then is.
    pub end: UnitPoint,
    /// The box around it, in thousandths of an em, if it draws anything.
    pub bounds: Option<Rect>,
}

impl Outline<'_> {
    /// What a pen has drawn.
    pub fn of(pen: &mut Pen) -> Self {
        let contours = pen.finish();
        let mut bounds: Option<Rect> = None;
        let mut place = |point: Point| {
            bounds = Some(bounds.map_or(Rect::from_points(point, point), |bounds| bounds.union_pt(point)));
            (whole(point.x / UNIT), whole(point.y / UNIT))
        };
        let (mut first, mut at) = (None, (0, 0));
        let mut charstring = Charstring::new(None);
        for contour in contours {
            let start = place(contour.start);
            if first.is_none() {
                first = Some(start);
            } else {
                charstring.move_by(start.0 - at.0, start.1 - at.1);
            }
            at = start;
            let mut by = |point: Point| {
                let to = place(point);
                let from = std::mem::replace(&mut at, to);
                (to.0 - from.0, to.1 - from.1)
            };
            // A contour closes itself.
            let closing = contour.segments.last().filter(|last| **last == Segment::Line(contour.start));
            for segment in contour.segments.iter().take(contour.segments.len() - closing.iter().len()) {
                match *segment {
                    Segment::Line(end) => {
                        let (x, y) = by(end);
                        charstring.line(x, y);
                    }
                    Segment::Curve(a, b, c) => {
                        let [(xa, ya), (xb, yb), (xc, yc)] = [a, b, c].map(&mut by);
                        charstring.curve([xa, ya, xb, yb, xc, yc]);
                    }
                }
            }
        }
        Self { start: first, drawn: charstring.stop().into(), end: at, bounds }
    }
}

/// A number in whole units.
#[expect(clippy::cast_possible_truncation, reason = "the conversion saturates, as is wanted")]
pub fn whole(value: f64) -> i32 {
    // Faster than to round first: an outline has thousands of numbers.
    (value + 0.5_f64.copysign(value)) as i32
}

//! The outlines of a face that is made heavier, as the preview has it.

use kurbo::{BezPath, Diagonal2, PathEl, Point, expand_path};
use skrifa::outline::OutlinePen;

use super::outline::Pen;
use crate::typeset::Face;

/// Draws a source glyph to be made heavier.
#[derive(Default)]
pub(super) struct HeavierPen(BezPath);

impl HeavierPen {
    /// Draws what was drawn with its edges moved outwards, in units of the source, as the preview has it.
    #[expect(clippy::cast_possible_truncation, reason = "font units have at most 16 bits")]
    pub fn finish(self, by: Diagonal2, pen: &mut Pen) {
        let single = |point: Point| (point.x as f32, point.y as f32);
        for element in expand_path(&self.0, by, Face::HEAVIER_JOIN, Face::HEAVIER_MITER, Face::HEAVIER_TOLERANCE) {
            match element {
                PathEl::MoveTo(to) => {
                    let (x, y) = single(to);
                    pen.move_to(x, y);
                }
                PathEl::LineTo(to) => {
                    let (x, y) = single(to);
                    pen.line_to(x, y);
                }
                PathEl::QuadTo(a, to) => {
                    let ((ax, ay), (x, y)) = (single(a), single(to));
                    pen.quad_to(ax, ay, x, y);
                }
                PathEl::CurveTo(a, b, to) => {
                    let ((ax, ay), (bx, by), (x, y)) = (single(a), single(b), single(to));
                    pen.curve_to(ax, ay, bx, by, x, y);
                }
                PathEl::ClosePath => pen.close(),
            }
        }
    }
}

impl OutlinePen for HeavierPen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to((x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to((x, y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.quad_to((cx, cy), (x, y));
    }

    fn curve_to(&mut self, cx: f32, cy: f32, dx: f32, dy: f32, x: f32, y: f32) {
        self.0.curve_to((cx, cy), (dx, dy), (x, y));
    }

    fn close(&mut self) {
        self.0.close_path();
    }
}

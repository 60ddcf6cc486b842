//! Pictures of solid shapes, collected from what usvg read.
//!
//! A page prints solid colours and nothing else of an SVG: no scripts, no files from elsewhere,
//! no fonts, no filters. A picture that needs more than paths is refused by name rather than drawn
//! wrong. Its invariant: every coordinate is finite and not far from the picture's frame.

use std::time::Instant;

use kurbo::{Affine, BezPath, PathEl, Rect};
use usvg::{Node, Paint, tiny_skia_path::PathSegment};

use super::{ArtworkError, Excess, Feature};

/// Paths in an emblem; the arms of a kingdom, well traced, have a few thousand.
pub(super) const MAX_SHAPES: usize = 20_000;

/// Lines and curves of all shapes.
pub(super) const MAX_SEGMENTS: usize = 500_000;

/// How far from its frame a picture may reach, in widths or heights of the frame: some leave what they do
/// not need beside it.
const MAX_REACH: f64 = 100.0;

/// The least and the greatest width and height, in the picture's own unit.
pub(super) const MIN_SIZE: f32 = 0.001;
pub(super) const MAX_SIZE: f32 = 1_000_000.0;

/// A picture of solid shapes.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Width and height in the drawing's own unit.
    pub size: (f32, f32),
    /// The shapes, lowest first, in the drawing's unit, y downwards.
    pub shapes: Vec<Shape>,
}

impl Drawing {
    /// Whether shapes reach over the frame, at which they are to be cut off, as an SVG is.
    pub fn reaches_over(&self) -> bool {
        let frame = Rect::new(0.0, 0.0, f64::from(self.size.0), f64::from(self.size.1));
        // What rounding moves is not seen.
        let frame = frame.inflate(frame.width() / 1000.0, frame.height() / 1000.0);
        self.shapes.iter().any(|shape| !frame.contains_rect(shape.path.control_box()))
    }
}

/// The longer side of a drawing that is written, in whole units: finer than any printer.
const WRITTEN_SIDE: f64 = 10_000.0;

impl Drawing {
    /// The drawing as an SVG file, of paths alone.
    pub fn svg(&self) -> String {
        let (width, height) = (f64::from(self.size.0), f64::from(self.size.1));
        let scale = WRITTEN_SIDE / width.max(height);
        let [w, h] = [width, height].map(|side| (side * scale).round().max(1.0));
        let mut svg =
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\">");
        for Shape { path, even_odd, colour: [red, green, blue] } in &self.shapes {
            let rule = if *even_odd { " fill-rule=\"evenodd\"" } else { "" };
            svg.push_str(&format!("<path fill=\"#{red:02x}{green:02x}{blue:02x}\"{rule} d=\""));
            for element in path.elements() {
                let (letter, points): (char, &[kurbo::Point]) = match element {
                    PathEl::MoveTo(p) => ('M', &[*p]),
                    PathEl::LineTo(p) => ('L', &[*p]),
                    PathEl::QuadTo(c, p) => ('Q', &[*c, *p]),
                    PathEl::CurveTo(c, d, p) => ('C', &[*c, *d, *p]),
                    PathEl::ClosePath => ('Z', &[]),
                };
                svg.push(letter);
                for (index, point) in points.iter().enumerate() {
                    let space = if index > 0 { " " } else { "" };
                    svg.push_str(&format!("{space}{} {}", (point.x * scale).round(), (point.y * scale).round()));
                }
            }
            svg.push_str("\"/>");
        }
        svg.push_str("</svg>");
        svg
    }
}

/// An area of one colour.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// Its outline.
    pub path: BezPath,
    /// Whether crossing outlines make holes.
    pub even_odd: bool,
    /// Red, green, blue.
    pub colour: [u8; 3],
}

/// Collects the shapes of a picture.
pub(super) struct Collector {
    drawing: Drawing,
    /// Where shapes may be.
    reach: Rect,
    frame: Rect,
    segments: usize,
    deadline: Instant,
}

impl Collector {
    /// Begins with a frame of a width and a height; ends at a time, be it done or not.
    pub fn new(size: (f32, f32), deadline: Instant) -> Self {
        let frame = Rect::new(0.0, 0.0, f64::from(size.0), f64::from(size.1));
        let reach = frame.inflate(MAX_REACH * frame.width(), MAX_REACH * frame.height());
        Self { drawing: Drawing { size, shapes: Vec::new() }, reach, frame, segments: 0, deadline }
    }

    /// Collects what a group has, lowest first.
    ///
    /// # Errors
    /// If a page cannot print it, or it is more than a picture has.
    pub fn collect(mut self, root: &usvg::Group) -> Result<Drawing, ArtworkError> {
        self.group(root)?;
        Ok(self.drawing)
    }

    fn group(&mut self, group: &usvg::Group) -> Result<(), ArtworkError> {
        if group.opacity().get() < 1.0 || group.mask().is_some() || !group.filters().is_empty() {
            return Err(ArtworkError::Unsupported(Feature::Transparency));
        }
        if group.clip_path().is_some() {
            return Err(ArtworkError::Unsupported(Feature::Clipping));
        }
        for node in group.children() {
            match node {
                Node::Group(group) => self.group(group)?,
                Node::Path(path) => self.path(path)?,
                Node::Image(_) => return Err(ArtworkError::Unsupported(Feature::Picture)),
                Node::Text(_) => return Err(ArtworkError::Unsupported(Feature::Text)),
            }
        }
        Ok(())
    }

    fn path(&mut self, path: &usvg::Path) -> Result<(), ArtworkError> {
        if !path.is_visible() {
            return Ok(());
        }
        let transform = path.abs_transform();
        let affine = Affine::new(
            [transform.sx, transform.ky, transform.kx, transform.sy, transform.tx, transform.ty].map(f64::from),
        );
        self.count(path.data().len())?;
        let outline = affine * outline(path.data());
        self.check(&outline)?;
        if let Some(fill) = path.fill() {
            let colour = solid(fill.paint(), fill.opacity())?;
            let even_odd = fill.rule() == usvg::FillRule::EvenOdd;
            self.add(Shape { path: outline.clone(), even_odd, colour });
        }
        if let Some(stroke) = path.stroke() {
            let colour = solid(stroke.paint(), stroke.opacity())?;
            if stroke.dasharray().is_some() {
                return Err(ArtworkError::Unsupported(Feature::Dashes));
            }
            let scale = affine.determinant().abs().sqrt();
            let path = self.stroke(&outline, stroke, f64::from(stroke.width().get()) * scale)?;
            self.add(Shape { path, even_odd: false, colour });
        }
        Ok(())
    }

    /// The area that a line covers.
    fn stroke(&mut self, outline: &BezPath, stroke: &usvg::Stroke, width: f64) -> Result<BezPath, ArtworkError> {
        // Whatever is wider than the reach covers all of it.
        if !width.is_finite() || width > self.reach.width().max(self.reach.height()) {
            return Err(Excess::Reach.into());
        }
        let style = kurbo::Stroke::new(width)
            .with_caps(match stroke.linecap() {
                usvg::LineCap::Butt => kurbo::Cap::Butt,
                usvg::LineCap::Round => kurbo::Cap::Round,
                usvg::LineCap::Square => kurbo::Cap::Square,
            })
            .with_join(match stroke.linejoin() {
                usvg::LineJoin::Round => kurbo::Join::Round,
                usvg::LineJoin::Bevel => kurbo::Join::Bevel,
                usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => kurbo::Join::Miter,
            });
        let tolerance = width.max(0.01) / 100.0;
        let mut covered = BezPath::new();
        let mut rest = outline.elements();
        // One part after another, so that the count and the time are looked at between them.
        while let [first, others @ ..] = rest {
            let length = others.iter().take_while(|element| !matches!(element, PathEl::MoveTo(_))).count();
            let part = std::iter::once(*first).chain(others.iter().take(length).copied());
            let area = kurbo::stroke(part, &style, &kurbo::StrokeOpts::default(), tolerance);
            self.count(area.elements().len())?;
            covered.extend(area);
            rest = others.get(length..).unwrap_or_default();
        }
        self.check(&covered)?;
        Ok(covered)
    }

    /// Counts lines and curves.
    fn count(&mut self, segments: usize) -> Result<(), ArtworkError> {
        self.segments += segments;
        if self.segments > MAX_SEGMENTS {
            return Err(Excess::Outline.into());
        }
        if Instant::now() > self.deadline {
            return Err(Excess::Time.into());
        }
        if self.drawing.shapes.len() >= MAX_SHAPES { Err(Excess::Elements.into()) } else { Ok(()) }
    }

    /// Refuses what is not a number, or far away.
    fn check(&self, path: &BezPath) -> Result<(), ArtworkError> {
        let is_near = |p: &kurbo::Point| {
            // A comparison with what is no number is false.
            (self.reach.x0..=self.reach.x1).contains(&p.x) && (self.reach.y0..=self.reach.y1).contains(&p.y)
        };
        let are_near = path.elements().iter().all(|element| match element {
            PathEl::MoveTo(p) | PathEl::LineTo(p) => is_near(p),
            PathEl::QuadTo(c, p) => is_near(c) && is_near(p),
            PathEl::CurveTo(c, d, p) => is_near(c) && is_near(d) && is_near(p),
            PathEl::ClosePath => true,
        });
        if are_near { Ok(()) } else { Err(Excess::Reach.into()) }
    }

    /// Adds a shape, unless it lies outside the frame, where an SVG shows nothing.
    fn add(&mut self, shape: Shape) {
        let bounds = shape.path.control_box();
        let is_outside = bounds.x1 < self.frame.x0
            || bounds.x0 > self.frame.x1
            || bounds.y1 < self.frame.y0
            || bounds.y0 > self.frame.y1;
        if !is_outside {
            self.drawing.shapes.push(shape);
        }
    }
}

fn solid(paint: &Paint, opacity: usvg::Opacity) -> Result<[u8; 3], ArtworkError> {
    match paint {
        Paint::Color(colour) if opacity.get() >= 1.0 => Ok([colour.red, colour.green, colour.blue]),
        Paint::Color(_) => Err(ArtworkError::Unsupported(Feature::Transparency)),
        Paint::LinearGradient(_) | Paint::RadialGradient(_) => Err(ArtworkError::Unsupported(Feature::Gradients)),
        Paint::Pattern(_) => Err(ArtworkError::Unsupported(Feature::Patterns)),
    }
}

fn outline(path: &usvg::tiny_skia_path::Path) -> BezPath {
    let mut outline = BezPath::new();
    let point = |p: usvg::tiny_skia_path::Point| (f64::from(p.x), f64::from(p.y));
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(p) => outline.move_to(point(p)),
            PathSegment::LineTo(p) => outline.line_to(point(p)),
            PathSegment::QuadTo(c, p) => outline.quad_to(point(c), point(p)),
            PathSegment::CubicTo(c, d, p) => outline.curve_to(point(c), point(d), point(p)),
            PathSegment::Close => outline.close_path(),
        }
    }
    outline
}

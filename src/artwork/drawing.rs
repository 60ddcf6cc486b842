//! SVG, read into filled paths.
//!
//! A page prints solid colours and nothing else of an SVG: no scripts, no files from elsewhere,
//! no fonts, no filters. usvg runs none of the first and is given none of the second; a picture
//! that needs more than paths is refused by name rather than drawn wrong.

use kurbo::{Affine, BezPath};
use usvg::{Node, Paint, tiny_skia_path::PathSegment};

use super::ArtworkError;

/// Paths in an emblem; the arms of a kingdom, well traced, have a few thousand.
const MAX_SHAPES: usize = 20_000;

/// A picture of solid shapes.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Width and height in the drawing's own unit.
    pub size: (f32, f32),
    /// The shapes, lowest first, in the drawing's unit, y downwards.
    pub shapes: Vec<Shape>,
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

pub(super) fn decode(bytes: &[u8]) -> Result<Drawing, ArtworkError> {
    let mut options = usvg::Options { resources_dir: None, ..usvg::Options::default() };
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    let tree = usvg::Tree::from_data(bytes, &options).map_err(|error| ArtworkError::Damaged(error.to_string()))?;
    let mut drawing = Drawing { size: (tree.size().width(), tree.size().height()), shapes: Vec::new() };
    collect(tree.root(), &mut drawing)?;
    if drawing.shapes.is_empty() {
        return Err(ArtworkError::Unsupported("nothing but text or pictures"));
    }
    Ok(drawing)
}

fn collect(group: &usvg::Group, drawing: &mut Drawing) -> Result<(), ArtworkError> {
    if group.opacity().get() < 1.0 || group.mask().is_some() || !group.filters().is_empty() {
        return Err(ArtworkError::Unsupported("transparency, masks or filters"));
    }
    if group.clip_path().is_some() {
        return Err(ArtworkError::Unsupported("clipping"));
    }
    for node in group.children() {
        match node {
            Node::Group(group) => collect(group, drawing)?,
            Node::Path(path) => add(path, drawing)?,
            Node::Image(_) => return Err(ArtworkError::Unsupported("a picture within")),
            Node::Text(_) => return Err(ArtworkError::Unsupported("text")),
        }
        if drawing.shapes.len() > MAX_SHAPES {
            return Err(ArtworkError::Unsupported("too many shapes"));
        }
    }
    Ok(())
}

fn add(path: &usvg::Path, drawing: &mut Drawing) -> Result<(), ArtworkError> {
    if !path.is_visible() {
        return Ok(());
    }
    let transform = path.abs_transform();
    let affine = Affine::new(
        [transform.sx, transform.ky, transform.kx, transform.sy, transform.tx, transform.ty].map(f64::from),
    );
    let outline = affine * outline(path.data());
    if let Some(fill) = path.fill() {
        let colour = solid(fill.paint(), fill.opacity())?;
        let even_odd = fill.rule() == usvg::FillRule::EvenOdd;
        drawing.shapes.push(Shape { path: outline.clone(), even_odd, colour });
    }
    if let Some(stroke) = path.stroke() {
        let colour = solid(stroke.paint(), stroke.opacity())?;
        if stroke.dasharray().is_some() {
            return Err(ArtworkError::Unsupported("dashed lines"));
        }
        let scale = affine.determinant().abs().sqrt();
        let width = f64::from(stroke.width().get()) * scale;
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
        let path = kurbo::stroke(outline, &style, &kurbo::StrokeOpts::default(), width.max(0.01) / 100.0);
        drawing.shapes.push(Shape { path, even_odd: false, colour });
    }
    Ok(())
}

fn solid(paint: &Paint, opacity: usvg::Opacity) -> Result<[u8; 3], ArtworkError> {
    match paint {
        Paint::Color(colour) if opacity.get() >= 1.0 => Ok([colour.red, colour.green, colour.blue]),
        Paint::Color(_) => Err(ArtworkError::Unsupported("transparency, masks or filters")),
        Paint::LinearGradient(_) | Paint::RadialGradient(_) => Err(ArtworkError::Unsupported("gradients")),
        Paint::Pattern(_) => Err(ArtworkError::Unsupported("patterns")),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(inner: &str) -> Result<Drawing, ArtworkError> {
        decode(format!("<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='10' height='10'>{inner}</svg>").as_bytes())
    }

    #[test]
    fn reads_fills_and_strokes() {
        let drawing =
            read("<rect width='4' height='4' fill='red'/><path d='M0 0 L9 9' fill='none' stroke='blue'/>").unwrap();
        assert_eq!(drawing.shapes.iter().map(|shape| shape.colour).collect::<Vec<_>>(), [[255, 0, 0], [0, 0, 255]]);
    }

    #[test]
    fn refuses_what_it_cannot_print_and_never_reads_another_file() {
        let gradient = "<linearGradient id='g'><stop stop-color='red'/><stop offset='1'/></linearGradient><rect width='4' height='4' fill='url(#g)'/>";
        assert!(matches!(read(gradient), Err(ArtworkError::Unsupported("gradients"))));
        assert!(matches!(
            read("<image href='/etc/hostname' width='9' height='9'/>"),
            Err(ArtworkError::Unsupported(_))
        ));
        assert!(matches!(read("<script>alert(1)</script>"), Err(ArtworkError::Unsupported(_))));
        assert!(matches!(decode(b"<svg"), Err(ArtworkError::Damaged(_))));
    }

    #[test]
    fn recursion_ends() {
        let endless = "<g id='a'><use xlink:href='#a'/><rect width='2' height='2'/></g>";
        assert!(read(endless).is_ok() || read(endless).is_err());
        let mut deep = String::new();
        for i in 0..30 {
            use std::fmt::Write as _;
            let _ = write!(deep, "<g id='g{}'><use xlink:href='#g{i}'/><use xlink:href='#g{i}'/></g>", i + 1);
        }
        assert!(read(&format!("<defs><rect id='g0' width='1' height='1'/>{deep}</defs>")).is_err());
    }
}

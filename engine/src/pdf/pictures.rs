//! Pictures to operators: shapes are filled, photos become image objects.
//!
//! Knows shapes and pixels, nothing of structure. Its invariant: what is black is pure black
//! (DeviceGray 0), so that it prints with one ink.

use kurbo::{Affine, BezPath};
use printpdf::{
    Color, CurTransMat, DictItem, ExternalStream, ExternalXObject, Greyscale, Op, PaintMode, Pt, RawImage,
    RawImageData, RawImageFormat, Rgb, XObject, XObjectId, XObjectTransform,
};
use skrifa::{
    GlyphId,
    instance::{LocationRef, Size},
    outline::{DrawSettings, OutlinePen},
};

use super::sheet::{Edges, Sheet, hundredths};
use crate::{
    artwork::{Drawing, Jpeg, Photo},
    typeset::{Line, Picture},
};

/// A part of what is drawn.
pub(super) enum Part {
    /// A path that is filled in the colour that is set, by the even-odd rule or not; in points on the sheet.
    Shape(BezPath, bool),
    /// All else, which printpdf writes.
    Op(Op),
}

/// Where a picture lies on the sheet.
pub(super) fn edges(picture: &Picture, sheet: &Sheet) -> Edges {
    let (left, upper) = sheet.place(picture.left, picture.top);
    let (right, lower) = sheet.place(picture.left + picture.width, picture.top + picture.height);
    [left, lower, right, upper]
}

/// Pure black for what follows.
pub(super) fn black() -> Op {
    Op::SetFillColor { col: Color::Greyscale(Greyscale::new(0.0, None)) }
}

fn colour([r, g, b]: [u8; 3]) -> Op {
    let share = |channel: u8| (f32::from(channel) / 255.0 * 1000.0).round() / 1000.0;
    let col = if r == g && g == b {
        Color::Greyscale(Greyscale::new(share(r), None))
    } else {
        Color::Rgb(Rgb::new(share(r), share(g), share(b), None))
    };
    Op::SetFillColor { col }
}

/// Draws shapes, cut off at the picture's edges. The colour is black again afterwards.
pub(super) fn draw(drawing: &Drawing, picture: &Picture, sheet: &Sheet) -> Vec<Part> {
    let mut parts = Vec::new();
    let edges = edges(picture, sheet);
    let [left, _, _, upper] = edges;
    let is_cut = drawing.reaches_over();
    if is_cut {
        parts.push(Part::Op(Op::SaveGraphicsState));
        parts.push(Part::Op(rectangle(edges, PaintMode::Clip)));
    }
    let scale = |points: f32, own: f32| f64::from(points / own.max(f32::MIN_POSITIVE));
    let place = Affine::translate((f64::from(left), f64::from(upper)))
        * Affine::scale_non_uniform(scale(picture.width, drawing.size.0), -scale(picture.height, drawing.size.1));
    let mut current = [0, 0, 0];
    for shape in &drawing.shapes {
        if shape.colour != current {
            current = shape.colour;
            parts.push(Part::Op(colour(current)));
        }
        parts.push(Part::Shape(place * &shape.path, shape.even_odd));
    }
    if current != [0, 0, 0] {
        parts.push(Part::Op(black()));
    }
    if is_cut {
        parts.push(Part::Op(Op::RestoreGraphicsState));
    }
    parts
}

/// Fills a rectangle.
pub(super) fn fill_edges(edges: Edges) -> Op {
    rectangle(edges, PaintMode::Fill)
}

fn rectangle([left, lower, right, upper]: Edges, mode: PaintMode) -> Op {
    Op::DrawRectangle {
        rectangle: printpdf::Rect {
            x: Pt(left),
            y: Pt(lower),
            width: Pt(hundredths(right - left)),
            height: Pt(hundredths(upper - lower)),
            mode: Some(mode),
            winding_order: None,
        },
    }
}

/// The shapes of a line of text, so that no reader takes it for text; in points on the sheet.
pub(super) fn outlines(line: &Line, sheet: &Sheet) -> Vec<BezPath> {
    let mut shapes = Vec::new();
    for (x, cluster) in line.placed() {
        let outlines = cluster.face.font.outlines();
        let scale = f64::from(cluster.size / cluster.face.font.units_per_em());
        let (x, y) = sheet.place(x, line.baseline);
        let slant = f64::from(cluster.face.slant());
        for glyph in line.text.glyphs_of(cluster) {
            let mut path = Path(BezPath::new());
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            let drawn = outlines.get(GlyphId::from(glyph.id)).map(|outline| outline.draw(settings, &mut path));
            if !matches!(drawn, Some(Ok(_))) || path.0.elements().is_empty() {
                continue;
            }
            let place = Affine::translate((f64::from(x), f64::from(y)))
                * Affine::scale(scale)
                * Affine::new([1.0, 0.0, slant, 1.0, 0.0, 0.0])
                * Affine::translate((f64::from(glyph.x), f64::from(glyph.y)));
            shapes.push(place * path.0);
        }
    }
    shapes
}

/// Draws a glyph as a path, in font units.
struct Path(BezPath);

impl OutlinePen for Path {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to((f64::from(x), f64::from(y)));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to((f64::from(x), f64::from(y)));
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.quad_to((f64::from(cx), f64::from(cy)), (f64::from(x), f64::from(y)));
    }
    fn curve_to(&mut self, cx: f32, cy: f32, dx: f32, dy: f32, x: f32, y: f32) {
        let point = |x: f32, y: f32| (f64::from(x), f64::from(y));
        self.0.curve_to(point(cx, cy), point(dx, dy), point(x, y));
    }
    fn close(&mut self) {
        self.0.close_path();
    }
}

/// A photo as printpdf takes it, and whether it is transparent anywhere.
pub(super) fn image(photo: &Photo) -> (XObject, bool) {
    if let Some(jpeg) = &photo.jpeg {
        return (XObject::External(jpeg_image(photo, jpeg)), false);
    }
    let (image, transparent) = pixels(photo);
    (XObject::Image(image), transparent)
}

/// A JPEG file as an image (ISO 32000-1, 8.9.5 and 7.4.8).
fn jpeg_image(photo: &Photo, jpeg: &Jpeg) -> ExternalXObject {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let entries = [
        ("Type", name("XObject")),
        ("Subtype", name("Image")),
        ("Width", DictItem::Int(photo.width.into())),
        ("Height", DictItem::Int(photo.height.into())),
        ("BitsPerComponent", DictItem::Int(8)),
        ("ColorSpace", name(if jpeg.grey { "DeviceGray" } else { "DeviceRGB" })),
        ("Filter", name("DCTDecode")),
    ];
    let dict = entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    let stream = ExternalStream { dict, content: jpeg.bytes.clone(), compress: false };
    ExternalXObject { stream, width: None, height: None, dpi: None }
}

/// A photo's pixels, with the channels it needs.
fn pixels(photo: &Photo) -> (RawImage, bool) {
    let pixels = || photo.rgba.as_chunks::<4>().0.iter();
    let transparent = pixels().any(|pixel| pixel[3] != u8::MAX);
    let grey = pixels().all(|pixel| pixel[0] == pixel[1] && pixel[1] == pixel[2]);
    let (kept, data_format): (&[usize], _) = match (grey, transparent) {
        (true, true) => (&[0, 3], RawImageFormat::RG8),
        (true, false) => (&[0], RawImageFormat::R8),
        (false, true) => (&[0, 1, 2, 3], RawImageFormat::RGBA8),
        (false, false) => (&[0, 1, 2], RawImageFormat::RGB8),
    };
    let image = RawImage {
        pixels: RawImageData::U8(pixels().flat_map(|pixel| kept.iter().map(|&channel| pixel[channel])).collect()),
        width: photo.width as usize,
        height: photo.height as usize,
        data_format,
        tag: Vec::new(),
    };
    (image, transparent)
}

/// Draws an image object in place: an image is one unit wide and high (ISO 32000-1, 8.9.5.1).
pub(super) fn draw_image(id: &XObjectId, [left, lower, right, upper]: Edges) -> [Op; 4] {
    let size = CurTransMat::Raw([hundredths(right - left), 0.0, 0.0, hundredths(upper - lower), left, lower]);
    let transform = XObjectTransform { no_auto_scale: true, ..XObjectTransform::default() };
    [
        Op::SaveGraphicsState,
        Op::SetTransformationMatrix { matrix: size },
        Op::UseXobject { id: id.clone(), transform },
        Op::RestoreGraphicsState,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::artwork::Artwork;

    fn photo(pixels: &[[u8; 4]]) -> Photo {
        Photo { width: u32::try_from(pixels.len()).unwrap(), height: 1, rgba: pixels.concat(), jpeg: None }
    }

    #[test]
    fn a_photo_keeps_only_the_channels_it_needs() {
        let format = |pixels: &[[u8; 4]]| super::pixels(&photo(pixels)).0.data_format;
        assert_eq!(format(&[[9, 9, 9, 255]]), RawImageFormat::R8);
        assert_eq!(format(&[[9, 9, 9, 255], [0, 0, 0, 0]]), RawImageFormat::RG8);
        assert_eq!(format(&[[9, 8, 9, 255]]), RawImageFormat::RGB8);
        assert_eq!(format(&[[9, 8, 9, 254]]), RawImageFormat::RGBA8);
    }

    #[test]
    fn black_is_grey_zero() {
        let Op::SetFillColor { col: Color::Greyscale(grey) } = colour([0, 0, 0]) else { panic!("black is grey") };
        assert!(grey.percent == 0.0);
    }

    #[test]
    fn what_reaches_over_the_frame_is_cut_off() {
        let cuts = |width: f64| {
            let path = kurbo::Shape::to_path(&kurbo::Rect::new(0.0, 0.0, width, 10.0), 0.1);
            let shapes = vec![crate::artwork::Shape { path, even_odd: false, colour: [9, 0, 0] }];
            let drawing = Drawing { size: (10.0, 10.0), shapes };
            let artwork = std::sync::Arc::new(Artwork::Drawing(drawing.clone()));
            let picture =
                Picture { artwork, left: 0.0, top: 0.0, width: 72.0, height: 72.0, alternative: None, paragraph: None };
            let parts = draw(&drawing, &picture, &Sheet::new((612.0, 792.0), false));
            let is_cut = |part: &Part| matches!(part, Part::Op(Op::DrawRectangle { rectangle }) if rectangle.mode == Some(PaintMode::Clip));
            let ends = matches!(parts.last(), Some(Part::Op(Op::RestoreGraphicsState)));
            assert_eq!(parts.iter().any(is_cut), ends);
            ends
        };
        assert!(!cuts(10.0) && cuts(11.0));
    }
}

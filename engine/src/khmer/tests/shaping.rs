//! How the bundled Khmer fonts draw a text.

use std::{collections::HashMap, sync::LazyLock};

use harfrust::{BufferFlags, Direction, Language, ShapeOptions, ShapePlan, Shaper, ShaperData, UnicodeBuffer, script};
use skrifa::{
    FontRef, GlyphId, MetadataProvider,
    instance::{LocationRef, Size},
    outline::{DrawSettings, OutlinePen},
};

/// The font files, each opened once.
static FONTS: LazyLock<[Font; 3]> = LazyLock::new(|| {
    [
        Font::open(include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../fonts/battambang/Battambang-Regular.ttf"))),
        Font::open(include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../fonts/battambang/Battambang-Bold.ttf"))),
        Font::open(include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../fonts/moul/Moul-Regular.ttf"))),
    ]
});

struct Font {
    shaper: Shaper<'static>,
    plan: ShapePlan,
    /// For each glyph the first with the same outline; `None` if it draws nothing.
    shapes: Vec<Option<u32>>,
}

/// What is seen: outlines with their places, and how far the text advances.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen {
    outlines: Vec<(u32, i32, i32)>,
    advance: i32,
}

/// What each font draws for a text, in font units.
///
/// Glyphs with one outline count as one: the fonts have the upper part of ើ and ី twice.
pub fn seen(text: &str) -> [Seen; 3] {
    FONTS.each_ref().map(|font| font.seen(text))
}

fn khmer() -> Language {
    "km".parse().expect("a language tag")
}

impl Font {
    fn open(data: &'static [u8]) -> Self {
        // Leaked once a test run: a shaper borrows its font.
        let font: &'static FontRef<'static> = Box::leak(Box::new(FontRef::new(data).expect("a font")));
        let data: &'static ShaperData = Box::leak(Box::new(ShaperData::new(font)));
        let shaper = data.shaper(font).build();
        let plan = ShapePlan::new(&shaper, Direction::LeftToRight, Some(script::KHMER), Some(&khmer()), &[]);
        let glyphs = font.outline_glyphs();
        let mut first = HashMap::new();
        let shapes = (0..u32::from(u16::MAX))
            .map_while(|id| glyphs.get(GlyphId::new(id)).map(|glyph| (id, glyph)))
            .map(|(id, glyph)| {
                let mut path = Path(String::new());
                let _ = glyph.draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), &mut path);
                (!path.0.is_empty()).then(|| *first.entry(path.0).or_insert(id))
            })
            .collect();
        Self { shaper, plan, shapes }
    }

    fn seen(&self, text: &str) -> Seen {
        let mut buffer = UnicodeBuffer::new();
        // As the page gives it to the fonts.
        for piece in super::super::cluster::pieces(text) {
            buffer.push_str(&crate::khmer::lowered(&text[piece.range]));
        }
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::KHMER);
        buffer.set_language(khmer());
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        let output = self.shaper.shape(buffer, ShapeOptions::new().plan(Some(&self.plan)));
        let mut seen = Seen { outlines: Vec::new(), advance: 0 };
        for (glyph, place) in output.glyph_infos().iter().zip(output.glyph_positions()) {
            if let Some(shape) = self.shapes[glyph.glyph_id as usize] {
                seen.outlines.push((shape, seen.advance + place.x_offset, place.y_offset));
            }
            seen.advance += place.x_advance;
        }
        seen.outlines.sort_unstable();
        seen
    }
}

/// An outline as text, to compare.
struct Path(String);

impl Path {
    fn push(&mut self, verb: char, points: &[f32]) {
        self.0.push(verb);
        self.0.extend(points.iter().map(|point| format!("{point} ")));
    }
}

impl OutlinePen for Path {
    fn move_to(&mut self, x: f32, y: f32) {
        self.push('M', &[x, y]);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.push('L', &[x, y]);
    }
    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        self.push('Q', &[cx0, cy0, x, y]);
    }
    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.push('C', &[cx0, cy0, cx1, cy1, x, y]);
    }
    fn close(&mut self) {
        self.push('Z', &[]);
    }
}

//! Pages to pixels: for the preview, for PNG files, and for the fields of the form.
//!
//! Draws what the pages say and decides nothing. Lengths come in points and are drawn at a
//! scale of pixels to the point.

mod changes;
mod medium;
mod png;

use std::sync::{Mutex, OnceLock};

pub use changes::changed_rows;
use glifo::FontEmbolden;
use kurbo::{Affine, Rect};
pub use medium::{Kind, Medium};
pub use png::{png_of, write_png};
use vello_cpu::{
    Glyph, PixmapMut, RenderContext, Resources,
    color::{AlphaColor, Srgb},
    peniko::{Blob, Fill, FontData, ImageAlphaType, ImageFormat, ImageQuality, ImageSampler},
};

use crate::{
    artwork::{Artwork, Photo},
    parallel,
    typeset::{Cluster, Face, Font, Page, Picture, ShapedText},
};

/// Red, green, blue, opacity.
pub type Colour = [u8; 4];

/// Black.
pub const BLACK: Colour = [0, 0, 0, 255];

/// A picture of pixels: four bytes each, red, green, blue, opacity, premultiplied, rows from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels a row.
    pub width: u16,
    /// Rows.
    pub height: u16,
    /// The pixels.
    pub rgba: Vec<u8>,
}

/// The part of a scaled page to draw, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Area {
    /// The left edge.
    pub x: u32,
    /// The upper edge.
    pub y: u32,
    /// Pixels a row.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// The whole of something of a size in points, at a scale; at most 65,535 pixels a side.
    pub fn whole((width, height): (f32, f32), scale: f32) -> Self {
        Self { x: 0, y: 0, width: pixels(width * scale), height: pixels(height * scale) }
    }
}

/// A length in whole pixels, at least one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
pub fn pixels(length: f32) -> u16 {
    length.round().clamp(1.0, f32::from(u16::MAX)) as u16
}

/// How many rows of a page one thread draws at a time: enough to be worth a thread, and few enough that all have some.
const BAND: u16 = 192;

/// More threads would wait for one another's memory.
const MOST_THREADS: usize = 8;

/// Draws pages and texts; keeps prepared glyphs from one picture to the next.
///
/// A picture of a page is drawn in bands, which are as high however many threads draw them, so that its pixels are the
/// same on every computer: another origin changes the shade of an edge by a step or two.
pub struct Painter {
    /// One for each thread.
    brushes: Vec<Brush>,
    band: u16,
}

/// What one thread draws with.
struct Brush {
    context: RenderContext,
    resources: Resources,
}

impl Default for Painter {
    /// A painter that draws on all processors.
    fn default() -> Self {
        Self::on(parallel::processors().min(MOST_THREADS), BAND)
    }
}

impl Painter {
    /// A painter that draws on the thread that asks, and each picture as one.
    pub fn on_this_thread() -> Self {
        Self::on(1, u16::MAX)
    }

    fn on(threads: usize, band: u16) -> Self {
        let brush = || Brush { context: RenderContext::new(1, 1), resources: Resources::new() };
        Self { brushes: std::iter::repeat_with(brush).take(threads).collect(), band }
    }

    /// Draws a part of a page on white paper.
    pub fn page(&mut self, page: &Page, scale: f32, area: Area) -> Pixels {
        picture(area, |rgba| {
            let bytes = usize::from(self.band) * 4 * usize::from(area.width);
            let starts = (area.y..).step_by(usize::from(self.band));
            let bands: Vec<_> = rgba.chunks_mut(bytes.max(1)).zip(starts).collect();
            let brushes = self.brushes.iter_mut().take(bands.len()).collect();
            let bands = Mutex::new(bands.into_iter());
            parallel::each(brushes, |brush| {
                // The lock is let go before the band is drawn.
                while let Some((rgba, y)) = { bands.lock().ok().and_then(|mut bands| bands.next()) } {
                    let area = Area { y, height: rows_of(rgba, area.width), ..area };
                    brush.page(page, scale, area);
                    brush.finish(rgba, area);
                }
            });
        })
    }

    /// Draws clusters on a transparent ground. `lines` gives the text, the clusters with their
    /// left edges, and the baseline, all in points.
    pub fn text<'a, C>(
        &mut self,
        lines: impl Iterator<Item = (&'a ShapedText, C, f32)>,
        ink: Colour,
        scale: f32,
        area: Area,
    ) -> Pixels
    where
        C: Iterator<Item = (f32, &'a Cluster)>,
    {
        picture(area, |rgba| {
            let Some(brush) = self.brushes.first_mut() else { return };
            brush.text(lines, ink, scale, area);
            brush.finish(rgba, area);
        })
    }
}

/// Pixels of a size, without ink until they are drawn.
fn picture(area: Area, draw: impl FnOnce(&mut [u8])) -> Pixels {
    let mut rgba = vec![0; usize::from(area.width) * usize::from(area.height) * 4];
    draw(&mut rgba);
    Pixels { width: area.width, height: area.height, rgba }
}

/// How many rows pixels have.
fn rows_of(rgba: &[u8], width: u16) -> u16 {
    u16::try_from(rgba.len() / (4 * usize::from(width)).max(1)).unwrap_or(u16::MAX)
}

impl Brush {
    /// Sets what shows of a page in an area.
    fn page(&mut self, page: &Page, scale: f32, area: Area) {
        let transform = self.begin(scale, area);
        self.context.set_transform(Affine::IDENTITY);
        self.context.set_paint(AlphaColor::<Srgb>::WHITE);
        self.context.fill_rect(&Rect::new(0.0, 0.0, f64::from(area.width), f64::from(area.height)));
        self.context.set_transform(transform);
        // Only what shows: a page seen in strips is not drawn whole for each.
        let seen =
            f64::from(area.y) / f64::from(scale)..(f64::from(area.y) + f64::from(area.height)) / f64::from(scale);
        for picture in &page.pictures {
            if f64::from(picture.top + picture.height) >= seen.start && f64::from(picture.top) <= seen.end {
                self.picture(picture, transform);
            }
        }
        self.context.set_transform(transform);
        self.context.set_paint(colour(BLACK));
        for rule in &page.rules {
            let (left, right) = (f64::from(rule.left), f64::from(rule.right));
            let (top, bottom) = (f64::from(rule.top), f64::from(rule.top + rule.thickness));
            self.context.fill_rect(&Rect::new(left, top, right, bottom));
        }
        for line in &page.lines {
            let (above, below) = changes::reach(line);
            if f64::from(below) >= seen.start && f64::from(above) <= seen.end {
                self.glyphs(&line.text, line.placed(), line.baseline, line.expansion, transform, scale);
            }
        }
    }

    fn text<'a, C>(
        &mut self,
        lines: impl Iterator<Item = (&'a ShapedText, C, f32)>,
        ink: Colour,
        scale: f32,
        area: Area,
    ) where
        C: Iterator<Item = (f32, &'a Cluster)>,
    {
        let transform = self.begin(scale, area);
        self.context.set_paint(colour(ink));
        for (text, clusters, baseline) in lines {
            self.glyphs(text, clusters, baseline, 1.0, transform, scale);
        }
    }

    fn begin(&mut self, scale: f32, area: Area) -> Affine {
        self.context.reset_and_resize(area.width, area.height);
        let transform = Affine::translate((-f64::from(area.x), -f64::from(area.y))) * Affine::scale(f64::from(scale));
        self.context.set_transform(transform);
        transform
    }

    /// Draws what was set. Every pixel is written, whatever it was.
    fn finish(&mut self, rgba: &mut [u8], area: Area) {
        self.context.flush();
        if let Some(pixels) = PixmapMut::new(area.width, area.height, rgba) {
            self.context.render(pixels, &mut self.resources);
        }
    }

    /// Draws clusters, `expansion` times as wide as their glyphs are, a run of one face and size at a
    /// time. Vertical places are rounded to pixels, so that all lines of a page are equally sharp.
    fn glyphs<'a>(
        &mut self,
        text: &ShapedText,
        clusters: impl Iterator<Item = (f32, &'a Cluster)>,
        baseline: f32,
        expansion: f32,
        transform: Affine,
        scale: f32,
    ) {
        let baseline = (baseline * scale).round() / scale;
        let transform = transform
            * Affine::translate((0.0, f64::from(baseline)))
            * Affine::scale_non_uniform(f64::from(expansion), 1.0);
        let mut run: Option<(Face, f32)> = None;
        let mut glyphs = Vec::new();
        for (x, cluster) in clusters {
            let kind = (cluster.face, cluster.size);
            if run.is_some_and(|run| run != kind) {
                self.run(run, &mut glyphs, transform);
            }
            run = Some(kind);
            glyphs.extend(text.glyphs_of(cluster).iter().map(|glyph| Glyph {
                id: u32::from(glyph.id),
                x: x / expansion + cluster.units(glyph.x),
                y: -cluster.units(glyph.y),
            }));
        }
        self.run(run, &mut glyphs, transform);
    }

    fn run(&mut self, run: Option<(Face, f32)>, glyphs: &mut Vec<Glyph>, transform: Affine) {
        let Some((face, size)) = run.filter(|_| !glyphs.is_empty()) else { return };
        self.context.set_transform(transform);
        let mut builder = self.context.glyph_run(&mut self.resources, font_data(face.font)).font_size(size).hint(false);
        if face.slanted {
            builder = builder.glyph_transform(Affine::skew(-f64::from(face.slant()), 0.0));
        }
        if let Some(by) = face.heavier_by() {
            let heavier = FontEmbolden::new(by)
                .with_join(Face::HEAVIER_JOIN)
                .with_miter_limit(Face::HEAVIER_MITER)
                .with_tolerance(Face::HEAVIER_TOLERANCE);
            builder = builder.font_embolden(heavier);
        }
        // A glyph that cannot be drawn is one that its font does not have; the box is there then.
        let _ = builder.fill_glyphs(glyphs.iter().copied());
        glyphs.clear();
    }

    fn picture(&mut self, picture: &Picture, transform: Affine) {
        let (width, height) = picture.artwork.size();
        let scale = (f64::from(picture.width) / f64::from(width), f64::from(picture.height) / f64::from(height));
        let place = Affine::translate((f64::from(picture.left), f64::from(picture.top)));
        self.context.set_transform(transform * place * Affine::scale_non_uniform(scale.0, scale.1));
        match &*picture.artwork {
            Artwork::Drawing(drawing) => {
                let is_cut = drawing.reaches_over();
                if is_cut {
                    self.context.push_clip_rect(&Rect::new(0.0, 0.0, f64::from(width), f64::from(height)));
                }
                for shape in &drawing.shapes {
                    let [r, g, b] = shape.colour;
                    self.context.set_paint(colour([r, g, b, 255]));
                    self.context.set_fill_rule(if shape.even_odd { Fill::EvenOdd } else { Fill::NonZero });
                    self.context.fill_path(&shape.path);
                }
                self.context.set_fill_rule(Fill::NonZero);
                if is_cut {
                    self.context.pop_clip();
                }
            }
            Artwork::Photo(photo) => self.photo(photo),
        }
    }

    fn photo(&mut self, photo: &Photo) {
        let data = vello_cpu::peniko::ImageData {
            data: Blob::from(photo.rgba.clone()),
            format: ImageFormat::Rgba8,
            alpha_type: ImageAlphaType::Alpha,
            width: photo.width,
            height: photo.height,
        };
        self.context.set_paint(vello_cpu::Image {
            image: vello_cpu::ImageSource::from_peniko_image_data(&data),
            sampler: ImageSampler { quality: ImageQuality::Medium, ..ImageSampler::default() },
        });
        self.context.fill_rect(&Rect::new(0.0, 0.0, f64::from(photo.width), f64::from(photo.height)));
    }
}

fn colour([r, g, b, a]: Colour) -> AlphaColor<Srgb> {
    AlphaColor::from_rgba8(r, g, b, a)
}

fn font_data(font: Font) -> &'static FontData {
    static FONTS: [OnceLock<FontData>; Font::ALL.len()] = [const { OnceLock::new() }; Font::ALL.len()];
    FONTS[font as usize].get_or_init(|| FontData::new(Blob::new(std::sync::Arc::new(font.data())), 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        release::{KhmerFace, Language, Paragraph, Release, RichText, Style},
        typeset::{Cache, Pages, Source, typeset},
    };

    /// The first and the last column of a page that has ink.
    fn inked(pages: &Pages) -> (usize, usize) {
        let Pixels { width, rgba, .. } = Painter::default().page(&pages.pages[0], 2.0, Area::whole(pages.size, 2.0));
        let columns =
            rgba.chunks(4).enumerate().filter(|(_, pixel)| pixel[0] < 128).map(|(i, _)| i % usize::from(width));
        columns.fold((usize::MAX, 0), |(left, right), column| (left.min(column), right.max(column)))
    }

    #[test]
    fn the_pixels_of_a_page_are_the_same_however_many_threads_draw_it() {
        let draft = include_str!("../../../assets/samples/japan-phone-call.km.ron");
        let pages = typeset(&crate::release::file::parse(draft).unwrap(), None, &mut Cache::default());
        for scale in [1.0, 1.37, 2.0] {
            let whole = Area::whole(pages.size, scale);
            for area in [whole, Area { y: 333, height: 500, ..whole }] {
                let drawn = |mut painter: Painter| painter.page(&pages.pages[0], scale, area);
                let [alone, others @ ..] = [1, 2, 3, 7].map(|threads| drawn(Painter::on(threads, BAND)));
                assert!(others.iter().all(|other| *other == alone), "at {scale}");
                let as_one = drawn(Painter::on_this_thread());
                let furthest = alone.rgba.iter().zip(&as_one.rgba).map(|(a, b)| a.abs_diff(*b)).max();
                assert!(furthest <= Some(2), "{furthest:?} at {scale}");
            }
        }
    }

    #[test]
    fn bold_letters_are_heavier_and_as_tall_in_every_face() {
        for face in KhmerFace::ALL {
            let [(plain, first, last), (bold, top, foot)] = [Style::PLAIN, Style::BOLD].map(|style| {
                let body = vec![Paragraph {
                    text: RichText::styled("ស្ត្រីកម្ពុជា", style), ..Paragraph::default()
                }];
                let mut release = Release { language: Language::Khmer, body, ..Release::default() };
                release.page.khmer_face = face;
                let mut pages = typeset(&release, None, &mut Cache::default());
                let page = &mut pages.pages[0];
                page.lines.retain(|line| matches!(line.source, Source::Field { .. }) && !line.clusters.is_empty());
                page.pictures.clear();
                let Pixels { width, rgba, .. } = Painter::default().page(page, 4.0, Area::whole(pages.size, 4.0));
                let dark = rgba.chunks(4).enumerate().filter(|(_, pixel)| pixel[0] < 128);
                let rows = dark.map(|(index, _)| index / usize::from(width));
                rows.fold((0, usize::MAX, 0), |(count, first, last), row| (count + 1, first.min(row), last.max(row)))
            });
            assert!(bold * 10 > plain * 12 && bold * 10 < plain * 18, "{face:?}: {bold} of {plain}");
            assert!(first.abs_diff(top) < 2 && last.abs_diff(foot) < 2, "{face:?}: {first}-{last} and {top}-{foot}");
        }
    }

    #[test]
    fn the_letters_of_an_expanded_line_are_wider() {
        let body = vec![Paragraph { text: RichText::plain("ស្ត្រី"), ..Paragraph::default() }];
        let mut pages =
            typeset(&Release { language: Language::Khmer, body, ..Release::default() }, None, &mut Cache::default());
        let page = &mut pages.pages[0];
        page.lines.retain(|line| matches!(line.source, Source::Field { .. }) && !line.clusters.is_empty());
        page.pictures.clear();
        let [line] = &mut page.lines[..] else { panic!("{} lines", page.lines.len()) };
        line.expansion = 1.0;
        let (left, right) = inked(&pages);
        pages.pages[0].lines[0].expansion = 2.0;
        let (wide_left, wide_right) = inked(&pages);
        let (width, wide) = (right - left, wide_right - wide_left);
        assert!(left.abs_diff(wide_left) < 4 && wide.abs_diff(2 * width) < 4, "{width} and {wide} pixels");
    }
}

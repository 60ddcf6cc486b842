//! A page to a PNG file.
//!
//! Knows pages and rows of pixels. Its invariant: however fine the picture, no more of it is in memory than
//! a band of [`BAND`] pixels, and what the writer keeps.

use std::io::{self, Write as _};

use super::{Area, Painter};
use crate::typeset::{Page, Picture};

/// Pixels that are drawn at once: an A4 page of 200 dots per inch.
const BAND: usize = 4 << 20;
/// Compressed bytes of one piece of the file.
const CHUNK: usize = 1 << 16;

/// A picture of a page alone, as the bytes of a PNG.
///
/// # Errors
/// None that memory would not have.
pub fn png_of(picture: &Picture, dpi: f32) -> io::Result<Vec<u8>> {
    let size = (picture.width, picture.height);
    let page = Page { pictures: vec![Picture { left: 0.0, top: 0.0, ..picture.clone() }], ..Page::default() };
    let mut png = Vec::new();
    write_png(&mut Painter::on_this_thread(), &page, size, dpi / 72.0, &mut png)?;
    Ok(png)
}

/// Writes a page of a size in points as a PNG, at a scale of pixels to the point.
///
/// # Errors
/// If the writer fails.
pub fn write_png(
    painter: &mut Painter,
    page: &Page,
    size: (f32, f32),
    scale: f32,
    to: impl io::Write,
) -> io::Result<()> {
    let Area { width, height, .. } = Area::whole(size, scale);
    let mut encoder = png::Encoder::new(to, u32::from(width), u32::from(height));
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::Adaptive);
    let mut writer = encoder.write_header()?;
    let mut rows = writer.stream_writer_with_size(CHUNK)?;
    for band in bands(width, height) {
        let pixels = painter.page(page, scale, band);
        for row in pixels.rgba.chunks_exact(4 * usize::from(width)) {
            let rgb: Vec<u8> = row.chunks_exact(4).flat_map(|pixel| pixel.iter().take(3).copied()).collect();
            rows.write_all(&rgb)?;
        }
    }
    rows.finish()?;
    writer.finish()?;
    Ok(())
}

/// The bands of a picture, from the top.
fn bands(width: u16, height: u16) -> impl Iterator<Item = Area> {
    let most = u16::try_from((BAND / usize::from(width.max(1))).max(1)).unwrap_or(u16::MAX);
    (0..height).step_by(usize::from(most)).map(move |y| Area {
        x: 0,
        y: u32::from(y),
        width,
        height: most.min(height - y),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        picture::Pixels,
        release::{Language, Release},
        typeset::{Cache, typeset},
    };

    #[test]
    fn bands_cover_a_picture_once() {
        for (width, height) in [(1, 1), (1240, 1754), (9922, 14031), (u16::MAX, u16::MAX), (3000, 3000)] {
            let mut next = 0;
            for band in bands(width, height) {
                assert_eq!((band.x, band.y, band.width), (0, next, width));
                assert!(usize::from(band.width) * usize::from(band.height) <= BAND.max(usize::from(width)));
                next += u32::from(band.height);
            }
            assert_eq!(next, u32::from(height));
        }
    }

    /// What is drawn in bands is what is drawn at once, but for the rounding of edges.
    #[test]
    fn a_page_in_bands_looks_like_one_drawn_at_once() {
        let release = Release { headline: "ស្ត្រី and Q".into(), ..Release::blank(Language::Khmer) };
        let pages = typeset(&release, None, &mut Cache::default());
        let (scale, mut painter, mut file) = (300.0 / 72.0, Painter::on_this_thread(), Vec::new());
        write_png(&mut painter, &pages.pages[0], pages.size, scale, &mut file).unwrap();
        let read = image::load_from_memory(&file).unwrap().into_rgb8();
        let Pixels { width, height, rgba } = painter.page(&pages.pages[0], scale, Area::whole(pages.size, scale));
        assert!(bands(width, height).count() > 1);
        assert_eq!(read.dimensions(), (u32::from(width), u32::from(height)));
        let furthest = |(pixel, drawn): (&image::Rgb<u8>, &[u8])| {
            pixel.0.iter().zip(drawn).map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0)
        };
        let furthest = read.pixels().zip(rgba.chunks_exact(4)).map(furthest).max();
        assert!(furthest <= Some(2), "{furthest:?}");
    }
}

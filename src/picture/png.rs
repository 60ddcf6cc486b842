//! Pixels to a PNG file.

use std::io;

use image::{ImageEncoder, codecs::png};

use super::Pixels;

/// Writes an opaque picture as a PNG.
///
/// # Errors
/// If the writer fails.
pub fn write_png(pixels: &Pixels, to: impl io::Write) -> io::Result<()> {
    let rgb: Vec<u8> = pixels.rgba.chunks_exact(4).flat_map(|pixel| pixel.iter().take(3).copied()).collect();
    let encoder = png::PngEncoder::new_with_quality(to, png::CompressionType::Default, png::FilterType::Adaptive);
    let (width, height) = (u32::from(pixels.width), u32::from(pixels.height));
    encoder.write_image(&rgb, width, height, image::ExtendedColorType::Rgb8).map_err(io::Error::other)
}

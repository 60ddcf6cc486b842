//! A picture in the bytes in which a draft keeps it: no more than print wants.
//!
//! Pure. Invariant: what is kept can be read again, and looks as what it came of at [`MOST_DOTS`].

use std::io::Cursor;

use image::{ExtendedColorType, ImageEncoder as _, RgbaImage, codecs::jpeg::JpegEncoder, imageops::FilterType};

use super::{Artwork, ArtworkError, decode};

/// The most pixels a side: 250 to the inch over the column of A4, which is all that an office prints of a photo.
const MOST_DOTS: u32 = 1600;

/// A file of fewer bytes is kept as it is.
const SMALL: usize = 400 << 10;

/// How well the picture is kept, of 100: at this no eye finds the difference in print.
const QUALITY: u8 = 85;

/// The bytes in which a draft keeps a picture, and whether they are of another kind of file: a JPEG.
///
/// # Errors
/// If it is no picture that can be used safely.
pub fn kept(bytes: &[u8]) -> Result<(Vec<u8>, bool), ArtworkError> {
    let artwork = decode(bytes)?;
    let Artwork::Photo(photo) = &*artwork else { return Ok((bytes.to_vec(), false)) };
    let is_large = photo.width.max(photo.height) > MOST_DOTS;
    if bytes.len() <= SMALL && !is_large {
        return Ok((bytes.to_vec(), false));
    }
    let Some(whole) = RgbaImage::from_raw(photo.width, photo.height, photo.rgba.clone()) else {
        return Ok((bytes.to_vec(), false));
    };
    let smaller = if is_large {
        let side = |side: u32| {
            let longest = u64::from(photo.width.max(photo.height));
            u32::try_from(u64::from(side) * u64::from(MOST_DOTS) / longest).unwrap_or(MOST_DOTS).max(1)
        };
        image::imageops::resize(&whole, side(photo.width), side(photo.height), FilterType::Lanczos3)
    } else {
        whole
    };
    // A JPEG has no transparency, and paper is white.
    let on_white = |image::Rgba([red, green, blue, opacity]): &image::Rgba<u8>| {
        let blend = |channel: u8| {
            let opacity = u16::from(*opacity);
            let sum = u16::from(channel) * opacity + 255 * (255 - opacity);
            u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX)
        };
        [blend(*red), blend(*green), blend(*blue)]
    };
    let rgb: Vec<u8> = smaller.pixels().flat_map(on_white).collect();
    let mut written = Cursor::new(Vec::new());
    JpegEncoder::new_with_quality(&mut written, QUALITY)
        .write_image(&rgb, smaller.width(), smaller.height(), ExtendedColorType::Rgb8)
        .map_err(|error| ArtworkError::Damaged(error.to_string()))?;
    let written = written.into_inner();
    Ok(if is_large || written.len() < bytes.len() { (written, true) } else { (bytes.to_vec(), false) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32, opacity: u8) -> Vec<u8> {
        let noise =
            |x: u32, y: u32| (x.wrapping_mul(2_654_435_761).wrapping_add(y.wrapping_mul(40_503)) >> 7).to_le_bytes()[0];
        let pixels =
            RgbaImage::from_fn(width, height, |x, y| image::Rgba([noise(x, y), noise(y, x), noise(x + y, x), opacity]));
        let mut bytes = Cursor::new(Vec::new());
        pixels.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_small_picture_is_kept_as_it_is_and_a_large_one_as_print_wants_it() {
        let small = png(30, 20, 255);
        assert_eq!(kept(&small).unwrap(), (small, false));
        let (bytes, is_jpeg) = kept(&png(2400, 600, 255)).unwrap();
        assert!(is_jpeg);
        assert_eq!(decode(&bytes).unwrap().size(), (1600.0, 400.0));
    }

    #[test]
    fn what_is_transparent_stays_so_if_it_is_small_and_is_put_on_white_if_not() {
        let (_, is_jpeg) = kept(&png(200, 200, 0)).unwrap();
        assert!(!is_jpeg);
        let (bytes, is_jpeg) = kept(&png(1700, 200, 0)).unwrap();
        assert!(is_jpeg);
        let artwork = decode(&bytes).unwrap();
        let Artwork::Photo(photo) = &*artwork else { panic!("a JPEG is a photo") };
        assert!(photo.rgba.iter().all(|channel| *channel > 250));
        assert!(kept(b"GIF89a").is_err());
    }
}

//! PNG and JPEG.

use std::io::Cursor;

use image::{ImageFormat, ImageReader, Limits};

use super::{ArtworkError, jpeg};

/// Pixels a side: an emblem of 3 cm at 600 dpi has 700.
pub const MAX_SIDE: u32 = 6000;

/// Pixels in all. At 16 bits a channel they take 128 MB, and 64 MB more as they are kept.
pub const MAX_PIXELS: u64 = 16_000_000;

/// Memory while decoding, in bytes: one picture of the most pixels at 16 bits a channel.
const MAX_ALLOC: u64 = MAX_PIXELS * 8;

/// A picture of pixels.
#[derive(Clone, PartialEq)]
pub struct Photo {
    /// Pixels a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Four bytes a pixel: red, green, blue, opacity (not premultiplied), rows from the top.
    pub rgba: Vec<u8>,
    /// The same as a JPEG file, where it came as one that a PDF may hold.
    pub jpeg: Option<Jpeg>,
}

/// A JPEG file without anything that is not drawn.
#[derive(Clone, PartialEq)]
pub struct Jpeg {
    /// The file.
    pub bytes: Vec<u8>,
    /// Whether it is grey; else it has three colours.
    pub grey: bool,
}

impl std::fmt::Debug for Photo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Photo({} x {})", self.width, self.height)
    }
}

pub(super) fn decode(bytes: &[u8], format: ImageFormat) -> Result<Photo, ArtworkError> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_ALLOC);
    let size = ImageReader::with_format(Cursor::new(bytes), format);
    if size.into_dimensions().is_ok_and(|(width, height)| u64::from(width) * u64::from(height) > MAX_PIXELS) {
        return Err(ArtworkError::TooManyPixels);
    }
    if format == ImageFormat::Jpeg {
        jpeg::check(bytes).map_err(|fault| ArtworkError::Damaged(fault.to_string()))?;
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let image = reader.decode().map_err(|error| match error {
        image::ImageError::Limits(_) => ArtworkError::TooManyPixels,
        other => ArtworkError::Damaged(other.to_string()),
    })?;
    let rgba = image.into_rgba8();
    let jpeg = if format == ImageFormat::Jpeg { jpeg::plain(bytes) } else { None };
    let jpeg = jpeg.map(|(bytes, channels)| Jpeg { bytes, grey: channels == 1 });
    Ok(Photo { width: rgba.width(), height: rgba.height(), rgba: rgba.into_raw(), jpeg })
}

#[cfg(test)]
mod tests {
    use super::super::{Artwork, ArtworkError, decode};

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        image::RgbaImage::from_pixel(width, height, image::Rgba([200, 30, 30, 255]))
            .write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png)
            .unwrap();
        bytes
    }

    #[test]
    fn reads_a_png() {
        let Artwork::Photo(photo) = &*decode(&png(3, 2)).unwrap() else { panic!("a PNG is a photo") };
        assert_eq!((photo.width, photo.height, photo.rgba.len()), (3, 2, 24));
    }

    #[test]
    fn refuses_what_is_damaged_or_huge_or_something_else() {
        let whole = png(40, 40);
        assert!(matches!(decode(&whole[..whole.len() / 2]), Err(ArtworkError::Damaged(_))));
        assert!(matches!(decode(&png(6001, 1)), Err(ArtworkError::TooManyPixels)));
        assert!(matches!(decode(b"GIF89a\x01\x00\x01\x00"), Err(ArtworkError::UnknownKind)));
        assert!(matches!(decode(b""), Err(ArtworkError::UnknownKind)));
    }
}

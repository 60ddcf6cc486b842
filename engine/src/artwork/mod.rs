//! Pictures: the ornament and the user's emblem in the letterhead, those of the text.
//!
//! A picture file is not to be trusted: it is read with limits, and what cannot be used safely is
//! refused with a sentence. The program reads them in a process of its own (`isolation`), and each once
//! (`cache`). Knows nothing of pages.

mod cache;
mod drawing;
pub mod isolation;
mod jpeg;
mod kept;
mod photo;
mod refusal;
mod svg;

use std::{sync::Arc, time::Duration};

pub use drawing::{Drawing, Shape};
pub use kept::kept;
pub use photo::{Jpeg, MAX_PIXELS, MAX_SIDE, Photo};
pub use refusal::{ArtworkError, Excess, Feature};
use sha2::{Digest as _, Sha256};

/// The largest picture file that is read, in bytes.
pub const MAX_BYTES: u64 = 16 << 20;

/// The longest that a picture may take to be read.
pub const MAX_TIME: Duration = Duration::from_secs(2);

/// A picture that can be drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Artwork {
    /// Shapes, sharp at any size
    Drawing(Drawing),
    /// Pixels
    Photo(Photo),
}

impl Artwork {
    /// Width and height, in the picture's own unit.
    pub fn size(&self) -> (f32, f32) {
        match self {
            Self::Drawing(drawing) => drawing.size,
            Self::Photo(photo) => (photo.width as f32, photo.height as f32),
        }
    }

    /// About how many bytes it takes in memory while a page with it is drawn or written.
    pub fn weight(&self) -> usize {
        match self {
            Self::Drawing(drawing) => {
                // A point is a number in its drawing, on its page and in its file.
                let shape = |shape: &Shape| size_of::<Shape>() + 4 * size_of_val(shape.path.elements());
                drawing.shapes.iter().map(shape).sum()
            }
            Self::Photo(photo) => photo.rgba.len() + photo.jpeg.as_ref().map_or(0, |jpeg| jpeg.bytes.len()),
        }
    }
}

/// Reads a picture from its bytes: in a process of its own if [`isolation`] is enabled, and once, however
/// often it is asked for.
///
/// # Errors
/// If they are no picture that can be used safely.
pub fn decode(bytes: &[u8]) -> Result<Arc<Artwork>, ArtworkError> {
    decode_known(bytes, Sha256::digest(bytes).into())
}

/// Reads a picture from its bytes, whose SHA-256 is known.
///
/// # Errors
/// As [`decode`].
pub fn decode_known(bytes: &[u8], sum: [u8; 32]) -> Result<Arc<Artwork>, ArtworkError> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ArtworkError::TooLarge);
    }
    cache::get_or(sum, || isolation::decode(bytes).unwrap_or_else(|| decode_here(bytes)))
}

/// Reads a picture in this process.
fn decode_here(bytes: &[u8]) -> Result<Artwork, ArtworkError> {
    match image::guess_format(bytes) {
        Ok(format @ (image::ImageFormat::Png | image::ImageFormat::Jpeg)) => {
            photo::decode(bytes, format).map(Artwork::Photo)
        }
        Ok(_) => Err(ArtworkError::UnknownKind),
        Err(_) if looks_like_svg(bytes) => svg::decode(bytes).map(Artwork::Drawing),
        Err(_) => Err(ArtworkError::UnknownKind),
    }
}

fn looks_like_svg(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4096)];
    String::from_utf8_lossy(start).contains("<svg")
}

/// The flourish under the motto.
#[expect(clippy::expect_used, reason = "the ornament is in the program")]
pub fn ornament() -> Arc<Artwork> {
    static ORNAMENT: std::sync::OnceLock<Arc<Artwork>> = std::sync::OnceLock::new();
    ORNAMENT
        .get_or_init(|| {
            let hour = Duration::from_secs(3600);
            let drawing = svg::decode_within(include_bytes!("../../../assets/ornament.svg"), hour);
            Arc::new(Artwork::Drawing(drawing.expect("the bundled ornament is a drawing, or no test passes")))
        })
        .clone()
}

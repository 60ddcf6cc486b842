//! A picture as the file that other programs show it from.
//!
//! Invariant: nothing of a file goes out that was not read here: a drawing is written anew from its shapes.

use super::Picture;
use crate::artwork::Artwork;

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// PNG
    Png,
    /// JPEG
    Jpeg,
    /// SVG
    Svg,
}

impl Kind {
    /// What it is called where files are told by their media types.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Svg => "image/svg+xml",
        }
    }
}

/// The file of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Medium {
    /// Its kind.
    pub kind: Kind,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Medium {
    /// The file of a picture, with its own pixels or shapes; `data` are the bytes that the draft has of it. `None` if it
    /// has to be drawn: a photo of the letterhead, which may be of any size, and what not every program shows.
    pub fn of(picture: &Picture, data: Option<&[u8]>) -> Option<Self> {
        match &*picture.artwork {
            Artwork::Drawing(drawing) => Some(Self { kind: Kind::Svg, bytes: drawing.svg().into_bytes() }),
            Artwork::Photo(photo) => {
                let data = data?;
                if let Some(jpeg) = &photo.jpeg {
                    return Some(Self { kind: Kind::Jpeg, bytes: jpeg.bytes.clone() });
                }
                data.starts_with(b"\x89PNG").then(|| Self { kind: Kind::Png, bytes: data.to_vec() })
            }
        }
    }
}

//! The pictures of a text, each read once for all settings of a draft.
//!
//! Knows bytes and artwork, and no page. Invariant: the pictures of one release take no more memory and time than
//! [`MOST_BYTES`] and [`MOST_TIME`]; one beyond them is refused, as one is that cannot be read.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use crate::{
    artwork::{self, Artwork, ArtworkError, Excess},
    release::{PictureData, Release},
};

/// The most bytes that the pictures of a release take in memory: thirty photos of the size that a draft keeps.
const MOST_BYTES: usize = 320 << 20;

/// The longest that reading all of them takes. A photo takes some hundredths of a second.
const MOST_TIME: Duration = Duration::from_secs(10);

type Outcome = Result<Arc<Artwork>, ArtworkError>;

/// The pictures of the last release that was set.
#[derive(Default)]
pub(super) struct Artworks {
    /// Their sums in the order of the text.
    sums: Vec<[u8; 32]>,
    known: HashMap<[u8; 32], Outcome>,
}

impl Artworks {
    /// Reads the pictures of a release that are not known, and forgets others.
    pub fn begin(&mut self, release: &Release) {
        let pictures = release.body.iter().filter_map(|block| block.picture.as_ref()?.data.as_ref());
        if pictures.clone().map(PictureData::sum).eq(self.sums.iter().copied()) {
            return;
        }
        let mut before = std::mem::take(&mut self.known);
        self.sums = pictures.clone().map(PictureData::sum).collect();
        let (mut weight, begun) = (0, Instant::now());
        for data in pictures {
            let sum = data.sum();
            match self.known.get(&sum) {
                // A drawing is drawn again in each place, and a photo is one object of the file.
                Some(Ok(artwork)) if matches!(**artwork, Artwork::Drawing(_)) => weight += artwork.weight(),
                Some(_) => continue,
                None => {}
            }
            if weight > MOST_BYTES {
                self.known.insert(sum, Err(Excess::Memory.into()));
                continue;
            }
            let outcome = match before.remove(&sum) {
                Some(Ok(artwork)) => Ok(artwork),
                _ if begun.elapsed() > MOST_TIME => Err(Excess::Time.into()),
                _ => artwork::decode_known(data.bytes(), sum),
            };
            let outcome = outcome.and_then(|artwork| {
                weight += artwork.weight();
                if weight > MOST_BYTES { Err(Excess::Memory.into()) } else { Ok(artwork) }
            });
            self.known.insert(sum, outcome);
        }
    }

    /// The picture of these bytes, which the release has.
    pub fn get(&self, data: &PictureData) -> Outcome {
        self.known.get(&data.sum()).cloned().unwrap_or(Err(ArtworkError::UnknownKind))
    }
}

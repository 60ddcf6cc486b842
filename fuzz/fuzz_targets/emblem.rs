//! A picture for the letterhead: PNG, JPEG or SVG, on the page and in the PDF.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use release_composer::{
    artwork::{self, Artwork},
    pdf,
    picture::{Area, Painter},
    release::{Emblem, Release},
    typeset::{Cache, typeset},
};

fuzz_target!(|bytes: &[u8]| {
    let artwork = match artwork::decode(bytes) {
        Ok(artwork) => artwork,
        Err(error) => return assert!(error.to_string().len() > 20),
    };
    let (width, height) = artwork.size();
    assert!(width > 0.0 && height > 0.0 && width.is_finite() && height.is_finite(), "{width} x {height}");
    if let Artwork::Photo(photo) = &artwork {
        assert_eq!(photo.rgba.len(), 4 * photo.width as usize * photo.height as usize);
    }
    let mut release = Release::default();
    release.letterhead.emblem = Some(Emblem { file: "emblem".into(), ..Emblem::default() });
    let pages = typeset(&release, Some(&Arc::new(artwork)), &mut Cache::default());
    for page in &pages.pages {
        Painter::default().page(page, 0.5, Area::whole(pages.size, 0.5));
    }
    pdf::write(&pages, &pdf::Info::of(&release), &pdf::Options::default()).expect("what can be drawn can be exported");
});

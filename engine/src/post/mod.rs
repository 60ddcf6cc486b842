//! What is posted of a release where people read it on the phone: cards with its headline, its pages as sharp
//! pictures, and the words beside them.
//!
//! | file | what is in it |
//! |---|---|
//! | `card` | a picture with emblem, headline and date |
//! | `caption` | the words below the pictures, and their alternative text |
//!
//! Sizes are those that are shown without being cut or made larger: 1080 pixels is the width of Facebook's and
//! Instagram's feeds, 1200 by 675 what X shows of a picture, 2048 the longest side that Facebook keeps. Telegram takes
//! pictures whose sides have 10,000 pixels together and captions of 1,024 characters.

mod caption;
mod card;

use std::{
    io,
    path::{Path, PathBuf},
};

use caption::words;
pub use caption::{CAPTION, alternative, caption};
pub use card::{Card, Shape, card};

use crate::{
    picture::{Painter, write_png},
    release::Release,
    typeset::{Page, Pages},
};

/// The longest side of a page, in pixels.
const LONGEST: f32 = 2048.0;

/// Pages that are made into pictures; nobody looks through more of them on a phone.
pub const PAGES: usize = 10;

/// The files that [`files`] gives for so many pages.
pub fn names(to: &Path, pages: usize) -> Vec<PathBuf> {
    let cards = Shape::ALL.map(|shape| named(to, shape.name(), "png"));
    let pages = (1..=pages.min(PAGES)).map(|number| named(to, &format!("page-{number}"), "png"));
    cards.into_iter().chain(pages).chain([named(to, "words", "txt")]).collect()
}

/// All that is posted of a release, as files named after `to`: cards, pages, and the words as text. `hashtags` come
/// last in the caption.
///
/// # Errors
/// If a picture cannot be drawn.
pub fn files(release: &Release, pages: &Pages, hashtags: &str, to: &Path) -> io::Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut painter = Painter::on_this_thread();
    let mut drawn = |page: &Page, size, scale| {
        let mut png = Vec::new();
        write_png(&mut painter, page, size, scale, &mut png).map(|()| png)
    };
    let mut contents = Vec::new();
    for shape in Shape::ALL {
        let Card { page, size } = card(release, pages, shape);
        contents.push(drawn(&page, size, 1.0)?);
    }
    let scale = LONGEST / pages.size.0.max(pages.size.1).max(1.0);
    for page in pages.pages.iter().take(PAGES) {
        contents.push(drawn(page, pages.size, scale)?);
    }
    contents.push(words(release, hashtags).into_bytes());
    Ok(names(to, pages.pages.len()).into_iter().zip(contents).collect())
}

/// A file beside another, named after it.
fn named(to: &Path, part: &str, ending: &str) -> PathBuf {
    let stem = to.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    to.with_file_name(format!("{stem}-{part}.{ending}"))
}

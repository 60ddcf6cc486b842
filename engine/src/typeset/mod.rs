//! A release to pages of positioned clusters.
//!
//! | file | step |
//! |---|---|
//! | `house` | the house style: every size and space |
//! | `fonts` | the bundled fonts |
//! | `learnt` | names that the draft teaches |
//! | `shape` | text to clusters with glyphs |
//! | [`breaks`] | where a line may end |
//! | `paragraph` | clusters to lines |
//! | `artworks` | the pictures of the text, read |
//! | `layout` | what is on the pages, and at what size |
//! | `paging` | where a page ends |
//! | `pages` | the result, all that a face reads |
//!
//! Never knows how a page is shown. The same release always gives the same pages.

mod artworks;
pub mod breaks;
mod cache;
mod decorated;
mod fonts;
pub mod house;
mod layout;
mod learnt;
mod pages;
mod paging;
mod paragraph;
mod shape;

use std::sync::Arc;

pub use cache::Cache;
pub use decorated::decorated;
pub use fonts::{Face, Font, Role};
pub use layout::{announces, numeric_columns};
pub use pages::{Cell, Fitted, Line, PRINT_DPI, Page, Pages, Picture, Rule, Source};
pub use paragraph::{Alignment, Lines, Measure, SetLine, set, set_with};
pub use shape::{Cluster, Glyph, ShapedText, Type, shape, shape_with, text_scale};

use crate::{artwork::Artwork, release::Release};

/// Sets a release.
///
/// `emblem` is the picture that the letterhead names, if it could be read. `cache` keeps
/// paragraphs from one call to the next, so that only what changed is set again.
pub fn typeset(release: &Release, emblem: Option<&Arc<Artwork>>, cache: &mut Cache) -> Pages {
    layout::lay_out(release, emblem, cache)
}

//! Release Composer: an editor and typesetter of press releases, in English and in Khmer.
//!
//! The folders are the pipeline:
//!
//! ```text
//! release  ->  typeset  ->  pages  ->  pdf
//!  (RON)                          ->  picture
//!    ^                                  |
//!    +------------- editor <------------+
//! ```
//!
//! A [`release`] is set once, by [`typeset`], into pages of positioned clusters. [`pdf`] and
//! [`picture`] read those pages and decide nothing, so the preview cannot differ from the print.

pub mod artwork;
pub mod dates;
pub mod editing;
#[cfg(feature = "window")]
pub mod editor;
pub mod export;
pub mod html;
pub mod khmer;
pub mod pdf;
pub mod picture;
pub mod proof;
pub mod release;
pub mod roster;
pub mod storage;
pub mod template;
pub mod typeset;
pub mod word;
mod work;

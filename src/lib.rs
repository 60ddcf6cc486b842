//! Release Composer: an editor and typesetter of press releases, in English and in Khmer.
//!
//! Here is the window. What it shows and edits is the engine's, whose parts are here under their own names:
//!
//! ```text
//! release  ->  typeset  ->  pages  ->  pdf
//!  (RON)                          ->  picture
//!    ^                                  |
//!    +------------- editor <------------+
//! ```

#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used))]

pub use release_composer_engine::{
    artwork, dates, editing, export, html, khmer, pdf, picture, post, proof, release, review, roster, storage,
    template, typeset, word,
};

#[cfg(feature = "window")]
pub mod editor;

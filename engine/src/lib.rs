//! Press releases in English and in Khmer: the document, its typesetting, its editing, what is to be looked at in
//! it, and the files it comes from and goes to. There is no window here; `release-composer` has that.
//!
//! The folders are the pipeline:
//!
//! ```text
//! release  ->  typeset  ->  pages  ->  pdf
//!  (RON)                          ->  picture
//! ```
//!
//! A [`release`] is set once, by [`typeset`], into pages of positioned clusters. [`pdf`] and
//! [`picture`] read those pages and decide nothing, so the preview cannot differ from the print.

#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used))]

pub mod artwork;
pub mod dates;
pub mod editing;
pub mod export;
pub mod html;
pub mod khmer;
mod parallel;
pub mod pdf;
pub mod picture;
mod places;
pub mod post;
pub mod proof;
pub mod release;
pub mod review;
pub mod roster;
pub mod storage;
pub mod template;
pub mod typeset;
pub mod word;
mod work;

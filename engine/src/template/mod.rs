//! Templates: releases with placeholders, and the drafts that are made of them.
//!
//! Knows the document, its dates, the list of names and the order of Khmer; never files, pages or the window. The
//! invariant: what was asked for is put where it was asked for and nothing else changes, and a
//! placeholder without an answer stays, to be seen and to be warned of.
//!
//! | file | what it does |
//! |---|---|
//! | `fill` | answers into the places that wait for them |
//! | `make` | a draft into a template |
//! | `bundled` | the templates that come with the program |
//! | `other_language` | a release, begun once more in the other language |
//! | `rows` | tables of answers, a draft a row |
//! | `titles` | which placeholder asks for the title of whom |

mod bundled;
mod fill;
mod make;
mod other_language;
mod rows;
mod titles;

pub use bundled::{Bundled, bundled};
pub use fill::{Answers, FillError, by_their_names, fill, is_today, typographic};
pub use make::{make_placeholder, to_template};
pub use other_language::in_other_language;
pub use rows::{MAX_BYTES as MAX_TABLE_BYTES, MAX_ROWS, RowsError, rows};
pub use titles::{Asked, asked_of_people};

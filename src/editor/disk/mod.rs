//! All that the window reads and writes, as functions that only a job can call.
//!
//! Knows files and releases, and neither the editor nor a widget. Its invariant: each function here
//! takes a [`JobThread`](super::jobs::JobThread), and no other part of the window opens, reads, writes,
//! lists or looks up a file; `tests/architecture.rs` fails where one does.

pub mod drafts;
pub mod library;
pub mod lists;
pub mod output;
pub mod recovery;
pub mod settings;

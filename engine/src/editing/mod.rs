//! The editing core: the open release, every change of it, and where carets go.
//!
//! Pure: knows releases, Khmer and set lines; knows nothing of egui, files or pages on a screen, and is
//! tested without them. Form and page are two views of one [`Document`] and one [`Selection`].
//!
//! Invariant: every change of the release is an [`Edit`], which inverts (that is undo) and maps
//! positions (that is how carets, search hits and findings stay on their words).
//!
//! | file | what is in it |
//! |---|---|
//! | `position` | a place in the release, and a selection |
//! | `slice` | what a selection holds: texts with paragraph breaks between them |
//! | `edit` | a change as a value: applied, inverted, mapped, composed |
//! | `ends` | ends of paragraphs that are removed and put in: which paragraph keeps its kind |
//! | `lines` | where a caret is in the lines of one text |
//! | `motion` | moves by letter, word, line, paragraph, document |
//! | `blocks` | headings, lists: the kinds of blocks, and numbers that are typed |
//! | `notes` | footnotes put in and taken out |
//! | `tables` | cells, rows and columns of tables |
//! | `pictures` | pictures of the text |
//! | `grid` | the texts of a table by row and column |
//! | `selected` | what a selection takes in where it goes over cells |
//! | `typing` | what keys delete; Khmer put in order as it is typed |
//! | `case` | capitals, small letters, digits |
//! | `history` | steps of undo |
//! | `document` | the open release with its history |
//! | `tracked` | ranges that follow the edits |
//! | `find` | what is searched for |
//! | `room` | a line for the caret in a text that has none |
//! | `count` | words |
//!
//! A block is addressed by its [`Field`](crate::release::Field): paragraphs are the blocks of one flow, every
//! other field is a flow of one block. New kinds of blocks get their address there.

mod blocks;
pub mod case;
pub mod count;
mod document;
mod edit;
mod ends;
pub mod find;
mod grid;
mod history;
pub mod lines;
mod motion;
pub mod notes;
mod pictures;
mod position;
pub mod room;
mod selected;
mod slice;
mod tables;
mod tracked;
pub mod typing;

pub use document::{Document, Refusal};
pub use edit::{Bias, Change, Edit, Span};
pub use history::Step;
pub use motion::{Geometry, Motion, ShownText, Unit, is_at_edge, moved, snap, unit_at};
pub use position::{Position, Selection, Texts};
pub use selected::Selected;
pub use slice::Slice;
pub use tables::TableEdit;
pub use tracked::Tracked;

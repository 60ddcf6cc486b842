//! A paragraph of a Word file, with what it is.

use super::drawing::Drawn;
use crate::release::{Cell, ListKind, Picture, RichText};

/// A paragraph of the file.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// The words.
    pub text: RichText,
    /// The identifier of its style.
    pub style: Option<String>,
    /// The level of a heading, from 1.
    pub heading: Option<usize>,
    /// Its list, how that marks its items, and its level.
    pub list: Option<(String, ListKind, usize)>,
    /// How far its text is from the margin, in twentieths of a point.
    pub indent: i64,
    /// The level of the item within which it goes on, if it is none itself.
    pub goes_on: Option<usize>,
    /// Whether its style is that of quotations.
    pub is_quotation: bool,
    /// The number with which its list begins, if it is another than that of the item of its kind and level before, or
    /// does not begin with 1.
    pub start: Option<u16>,
    /// Whether it is a cell of a table, and which.
    pub cell: Option<Cell>,
    /// The columns of signatories that it is in; 0 if it is alone.
    pub columns: usize,
    /// Whether its lines are in the middle.
    pub is_centred: bool,
    /// Whether it begins a page.
    pub new_page: bool,
    /// The picture as the file has it, until it is read; the text is then its caption.
    pub drawn: Option<Drawn>,
    /// The picture.
    pub picture: Option<Picture>,
}

impl Block {
    /// Whether there is nothing to be seen of it.
    pub fn is_blank(&self) -> bool {
        self.drawn.is_none() && self.picture.is_none() && self.text.as_str().trim().is_empty()
    }
}

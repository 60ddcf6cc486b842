//! Single operators of a page, and the one that shows a text.
//!
//! Knows printpdf, not pages.

use printpdf::{DictItem, Op, TextItem};

use super::super::unicode;
use crate::typeset::{Cluster, ShapedText};

/// What one operator shows.
#[derive(Default)]
pub(super) struct ShownCodes {
    pub items: Vec<TextItem>,
    pub codes: String,
}

impl ShownCodes {
    /// Moves the pen to the left, in thousandths of an em.
    #[expect(clippy::cast_possible_truncation, reason = "a page is some thousand thousandths wide")]
    pub fn adjust(&mut self, by: f64) {
        self.end_codes();
        self.items.push(TextItem::Offset(by as f32));
    }

    /// Puts the codes that wait to the items.
    pub fn end_codes(&mut self) {
        if !self.codes.is_empty() {
            self.items.push(TextItem::Text(std::mem::take(&mut self.codes)));
        }
    }

    /// Shows all items by one operator.
    pub fn flush(&mut self, ops: &mut Vec<Op>) {
        self.end_codes();
        if !self.items.is_empty() {
            ops.push(Op::ShowText { items: std::mem::take(&mut self.items) });
        }
    }
}

/// A dictionary of the entries.
pub(super) fn dictionary<const N: usize>(entries: [(&str, DictItem); N]) -> DictItem {
    DictItem::Dict { map: entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect() }
}

/// Begins an artifact of a type (ISO 32000-1, 14.8.2.2.2).
pub(super) fn artifact(kind: &str, subtype: Option<&str>) -> Op {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let properties = match subtype {
        None => dictionary([("Type", name(kind))]),
        Some(subtype) => dictionary([("Type", name(kind)), ("Subtype", name(subtype))]),
    };
    Op::BeginMarkedContentWithProperties { tag: "Artifact".into(), properties }
}

/// Says the text of what follows once more, as ISO 19005-2, 6.2.11.7.3, wants for private
/// characters.
pub(super) fn actual_text(text: &ShapedText, cluster: &Cluster) -> Op {
    said(text.characters(cluster))
}

/// Says in characters what follows (ISO 32000-1, 14.9.4).
pub(super) fn said(text: impl AsRef<str>) -> Op {
    let mut data = vec![0xFE, 0xFF];
    for unit in unicode::clean(text.as_ref()).collect::<String>().encode_utf16() {
        data.extend(unit.to_be_bytes());
    }
    let properties = dictionary([("ActualText", DictItem::String { data, literal: false })]);
    Op::BeginMarkedContentWithProperties { tag: "Span".into(), properties }
}

//! Paragraphs set before, so that a keystroke costs one paragraph and not the document.

use std::{collections::HashMap, sync::Arc};

use super::{
    paragraph::{Lines, Measure, set},
    shape::{Type, shape},
};
use crate::release::RichText;

/// Everything that decides how a paragraph is set, numbers as bits so that they can be hashed.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    text: RichText,
    heading: bool,
    size: u32,
    width: u32,
    indent: u32,
    alignment: super::Alignment,
}

/// Paragraphs of the last two layouts.
#[derive(Default)]
pub struct Cache {
    current: HashMap<Key, Arc<Lines>>,
    previous: HashMap<Key, Arc<Lines>>,
}

impl Cache {
    /// Begins a layout: what neither this one nor the one before asks for is forgotten.
    pub(super) fn begin(&mut self) {
        self.previous = std::mem::take(&mut self.current);
    }

    /// A text, shaped and broken.
    pub(super) fn set(&mut self, text: RichText, kind: Type, measure: Measure) -> Arc<Lines> {
        let key = Key {
            heading: kind.role == super::Role::Heading,
            size: kind.size.to_bits(),
            width: measure.width.to_bits(),
            indent: measure.indent.to_bits(),
            alignment: measure.alignment,
            text,
        };
        if let Some(lines) = self.current.get(&key) {
            return lines.clone();
        }
        let lines = self
            .previous
            .remove(&key)
            .unwrap_or_else(|| Arc::new(set(Arc::new(shape(&key.text, kind, None)), measure)));
        self.current.insert(key, lines.clone());
        lines
    }
}

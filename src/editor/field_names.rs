//! What the fields of a release are called in the window.
//!
//! Knows fields and words. Its invariant: form, findings, errors and comparisons call a field by the same name.

use super::words::Words;
use crate::release::{Field, SignatoryLine};

/// What a field is called in the window.
pub fn field_name(words: &Words, field: Field) -> String {
    match field {
        Field::Paragraph(index) => {
            words.with("paragraph-number", &[("number", &words.digits(&(index + 1).to_string()))])
        }
        Field::Note(index, _) => words.with("footnote-of", &[("number", &words.digits(&(index + 1).to_string()))]),
        Field::Signatory(index, _) if index > 0 => {
            let number = words.digits(&(index + 1).to_string());
            words.with("signatory-number", &[("line", words.get(name(field).0)), ("number", &number)])
        }
        field => words.get(name(field).0).to_owned(),
    }
}

/// The words for a field: its name, and what shows while it is empty.
pub fn name(field: Field) -> (&'static str, &'static str) {
    match field {
        Field::Kingdom => ("kingdom", ""),
        Field::Motto => ("motto", ""),
        Field::Ministry => ("ministry", ""),
        Field::Department => ("department", "optional"),
        Field::Reference => ("reference", "optional"),
        Field::Notice => ("notice", "optional"),
        Field::Title => ("title", ""),
        Field::Headline => ("headline", "headline-hint"),
        Field::Paragraph(_) => ("paragraph-number", "paragraph-hint"),
        Field::Note(..) => ("footnote-of", "footnote-hint"),
        Field::Place => ("place", ""),
        Field::Signatory(_, SignatoryLine::Party) => ("signatory-party", "optional"),
        Field::Signatory(_, SignatoryLine::Title) => ("signatory-title", "optional"),
        Field::Signatory(_, SignatoryLine::Name) => ("signatory-name", "optional"),
    }
}

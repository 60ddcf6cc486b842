//! Comments on the text, for those who work on it. They are never printed.
//!
//! A comment names the words that it is of and not their place: a draft is written by hand and by other programs, and
//! words move. Where its words have gone, the comment stays, and is of no place.

use std::ops::Range;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::{Field, Release};

/// A comment, with the answers to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comment {
    /// The words that it is of; empty if it is of the whole release.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub on: String,
    /// Who says it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// When it was said, as the clock there showed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<NaiveDateTime>,
    /// What is said.
    pub text: String,
    /// What was answered, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
    /// Whether nothing more is to be done about it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub done: bool,
}

/// An answer to a comment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Who answers; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// When, as the clock there showed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<NaiveDateTime>,
    /// What is answered.
    pub text: String,
}

impl Release {
    /// Where the words of a comment are: the first text that has them. `None` if they are gone.
    pub fn place_of(&self, comment: &Comment) -> Option<(Field, Range<usize>)> {
        let words = comment.on.as_str();
        if words.is_empty() {
            return None;
        }
        self.fields().find_map(|field| {
            let at = self.text(field)?.as_str().find(words)?;
            Some((field, at..at + words.len()))
        })
    }
}

//! The one door for text that comes from outside: drafts, templates, versions, recovered texts.
//!
//! A draft that was written by a script, by another office or by an older program may have the marks of its
//! Khmer letters in another order than typing gives, and then no search finds its words. All its texts are
//! put into the normal order of `khmer` here, as typed and pasted texts are.
//!
//! Invariant: a release that was put in order is in order, and what is not Khmer is untouched.

use std::borrow::Cow;

use super::{Comment, Field, Kind, Placeholder, Release, SigningDate, Template};
use crate::khmer;

/// A field in which letters were put in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reordered {
    /// The field.
    pub field: Field,
    /// Each different letter once, as it was and as it is now.
    pub letters: Vec<(String, String)>,
}

impl Release {
    /// Puts all texts of a release in the normal order of Khmer. Says in which fields this changed something.
    pub fn put_in_order(&mut self) -> Vec<Reordered> {
        let mut reordered = Vec::new();
        for field in self.fields() {
            let Some(text) = self.text(field) else { continue };
            let Some(ordered) = text.in_normal_order() else { continue };
            let mut letters: Vec<(String, String)> = Vec::new();
            let mut seen = std::collections::HashSet::new();
            for text in std::iter::once(&*text).chain(text.notes().map(|(_, note)| note)) {
                for (range, by) in khmer::changes(text.as_str()) {
                    let was = text.as_str().get(range).unwrap_or_default();
                    if seen.insert(was.to_owned()) {
                        letters.push((was.to_owned(), by));
                    }
                }
            }
            self.set_text(field, ordered);
            reordered.push(Reordered { field, letters });
        }
        if let Some(Template { name, purpose }) = &mut self.template {
            put_right(name);
            put_right(purpose);
        }
        for Placeholder { name, kind, prompt, default } in &mut self.placeholders {
            [name, prompt, default].into_iter().for_each(put_right);
            if let Kind::Choice(choices) = kind {
                choices.iter_mut().for_each(put_right);
            }
        }
        if let SigningDate::Placeholder(name) = &mut self.signature.date {
            put_right(name);
        }
        for Comment { on, text, answers, .. } in &mut self.comments {
            [on, text].into_iter().for_each(put_right);
            answers.iter_mut().for_each(|answer| put_right(&mut answer.text));
        }
        if let Some(emblem) = &mut self.letterhead.emblem {
            put_right(&mut emblem.alternative);
        }
        reordered
    }

    /// Takes every proposal for a letter whose marks are wrong, in all fields.
    pub fn take_proposals(&mut self) {
        for field in self.fields() {
            if let Some(text) = self.text(field).and_then(|text| text.as_proposed()) {
                self.set_text(field, text);
            }
        }
    }
}

fn put_right(text: &mut String) {
    if let Cow::Owned(ordered) = khmer::normalise(text) {
        *text = ordered;
    }
}

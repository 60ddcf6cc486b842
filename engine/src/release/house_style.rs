//! House style: the parts of a release that its template has fixed.
//!
//! A part that is locked stays as the template has it, whatever is typed, pasted or replaced, until
//! the user unlocks it for one release; only the placeholders in it can be filled. In a template
//! itself nothing is locked: that is where the house style is made.

use serde::{Deserialize, Serialize};

use super::{Field, Release};

/// A part that can be locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Lock {
    /// Kingdom, motto, ornament, emblem, ministry and department
    Letterhead,
    /// The line above the title
    Notice,
    /// The kind of document
    Title,
    /// Whether every paragraph is numbered
    Numbering,
    /// Place and signatories; the date stays open
    Signature,
    /// Paper, margins, type and language
    Page,
}

impl Lock {
    /// All parts, in the order of the form.
    pub const ALL: [Self; 6] =
        [Self::Letterhead, Self::Notice, Self::Title, Self::Numbering, Self::Signature, Self::Page];

    /// Whether drafts of the format 2 know it.
    pub(super) fn is_of_format_2(self) -> bool {
        !matches!(self, Self::Notice | Self::Numbering)
    }

    /// The part that a field belongs to, if it can be locked.
    fn of(field: Field) -> Option<Self> {
        match field {
            Field::Kingdom | Field::Motto | Field::Ministry | Field::Department => Some(Self::Letterhead),
            Field::Notice => Some(Self::Notice),
            Field::Title => Some(Self::Title),
            Field::Place | Field::Signatory(..) => Some(Self::Signature),
            Field::Reference | Field::Headline | Field::Paragraph(_) | Field::Note(..) => None,
        }
    }
}

impl Release {
    /// Whether a part must stay as it is.
    pub fn is_locked(&self, lock: Lock) -> bool {
        self.template.is_none() && self.locked.contains(&lock)
    }

    /// Whether a field must stay as it is.
    pub fn is_field_locked(&self, field: Field) -> bool {
        Lock::of(field).is_some_and(|lock| self.is_locked(lock))
    }

    /// Brings what was locked in `before` back to what it was there, and the locks with it.
    pub fn keep_locked(&mut self, before: &Self) {
        use Field::{Department, Kingdom, Ministry, Motto, Notice, Place, Title};
        let fields = [Kingdom, Motto, Ministry, Department, Notice, Title, Place];
        for field in fields.into_iter().filter(|field| before.is_field_locked(*field)) {
            if let Some(text) = before.text(field).filter(|text| self.text(field).as_ref() != Some(text)) {
                self.set_text(field, text.into_owned());
            }
        }
        if before.is_locked(Lock::Letterhead) {
            self.letterhead.ornament = before.letterhead.ornament;
            self.letterhead.emblem.clone_from(&before.letterhead.emblem);
        }
        if before.is_locked(Lock::Numbering) {
            self.number_paragraphs = before.number_paragraphs;
        }
        if before.is_locked(Lock::Signature) {
            self.signature.lunar_date = before.signature.lunar_date;
            self.signature.signatories.clone_from(&before.signature.signatories);
            self.signature.columns = before.signature.columns;
        }
        if before.is_locked(Lock::Page) {
            self.page.clone_from(&before.page);
            self.language = before.language;
        }
        if before.template.is_none() {
            self.locked.clone_from(&before.locked);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::{Columns, KhmerFace, Language, RichText, Signatory, Template};

    fn locked() -> Release {
        let mut release = Release::blank(Language::English);
        release.locked = Lock::ALL.to_vec();
        release
    }

    #[test]
    fn what_is_locked_stays_and_the_rest_can_change() {
        let before = locked();
        let mut release = before.clone();
        for field in release.fields() {
            release.set_text(field, RichText::plain("changed"));
        }
        release.letterhead.ornament = false;
        release.number_paragraphs = true;
        release.page.justified = false;
        release.page.khmer_face = KhmerFace::Siemreap;
        release.language = Language::Khmer;
        release.signature.lunar_date = true;
        release.signature.signatories.push(Signatory::default());
        release.signature.columns = Columns::new(2).unwrap();
        release.locked.clear();
        release.keep_locked(&before);
        let mut wanted = before.clone();
        for field in [Field::Reference, Field::Headline, Field::Paragraph(0)] {
            wanted.set_text(field, RichText::plain("changed"));
        }
        assert_eq!(release, wanted);
    }

    #[test]
    fn in_a_template_nothing_is_locked() {
        let before = Release { template: Some(Template::default()), ..locked() };
        let mut release = before.clone();
        release.title = "STATEMENT".into();
        release.locked.clear();
        let wanted = release.clone();
        release.keep_locked(&before);
        assert_eq!(release, wanted);
    }
}

//! A new release: the wording of official documents, and nothing of its own yet.

use super::{Language, Letterhead, Paragraph, Release, Signature};

impl Release {
    /// A release with letterhead, title and place as the ministry writes them, and an empty text.
    pub fn blank(language: Language) -> Self {
        let (kingdom, motto, ministry, title, place) = match language {
            Language::English => (
                "KINGDOM OF CAMBODIA",
                "NATION RELIGION KING",
                "MINISTRY OF FOREIGN AFFAIRS\nAND INTERNATIONAL COOPERATION",
                "PRESS RELEASE",
                "Phnom Penh",
            ),
            Language::Khmer => (
                "ព្រះរាជាណាចក្រកម្ពុជា",
                "ជាតិ សាសនា ព្រះមហាក្សត្រ",
                "ក្រសួងការបរទេស\nនិងសហប្រតិបត្តិការអន្តរជាតិ",
                "សេចក្តីប្រកាសព័ត៌មាន",
                "រាជធានីភ្នំពេញ",
            ),
        };
        Self {
            language,
            letterhead: Letterhead {
                kingdom: kingdom.into(),
                motto: motto.into(),
                ministry: ministry.into(),
                ..Letterhead::default()
            },
            title: title.into(),
            body: vec![Paragraph::default()],
            signature: Signature {
                place: place.into(),
                lunar_date: language == Language::Khmer,
                ..Signature::default()
            },
            ..Self::default()
        }
    }
}

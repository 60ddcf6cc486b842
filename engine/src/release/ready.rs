//! Words that are ready for lines of their own, as ministries write them.
//!
//! Knows languages and nothing else. Invariant: each line of its own fits in one line.

use super::{BlockKind, HeadingLevel, Language, Paragraph, RichText};

/// What may be above the title.
pub fn notices(language: Language) -> [&'static str; 3] {
    match language {
        Language::English => ["FOR IMMEDIATE RELEASE", "EMBARGOED UNTIL {{date and hour}}", "UNOFFICIAL TRANSLATION"],
        Language::Khmer => ["សម្រាប់ផ្សព្វផ្សាយភ្លាមៗ", "ហាមផ្សព្វផ្សាយមុន{{ថ្ងៃ និងម៉ោង}}", "សេចក្តីបកប្រែក្រៅផ្លូវការ"],
    }
}

/// Kinds of documents by their titles, in English and in Khmer.
pub const TITLES: [(&str, &str); 8] = [
    ("PRESS RELEASE", "សេចក្តីប្រកាសព័ត៌មាន"),
    ("JOINT PRESS RELEASE", "សេចក្តីប្រកាសព័ត៌មានរួម"),
    ("STATEMENT", "សេចក្តីថ្លែងការណ៍"),
    ("JOINT STATEMENT", "សេចក្តីថ្លែងការណ៍រួម"),
    ("STATEMENT BY THE SPOKESPERSON", "សេចក្តីថ្លែងការណ៍របស់អ្នកនាំពាក្យ"),
    ("NOTICE TO THE PRESS", "សេចក្តីជូនដំណឹង"),
    ("MESSAGE OF CONDOLENCES", "សារលិខិតរំលែកទុក្ខ"),
    ("MESSAGE OF CONGRATULATIONS", "សារលិខិតអបអរសាទរ"),
];

/// What may be below the text, to say that it ends there, or between two parts of it.
pub fn marks(language: Language) -> [&'static str; 3] {
    match language {
        Language::English => ["###", "* * *", "— END —"],
        Language::Khmer => ["###", "* * *", "— ចប់ —"],
    }
}

/// Whom a witness of a signature is called.
pub fn witness(language: Language) -> &'static str {
    match language {
        Language::English => "WITNESSED BY",
        Language::Khmer => "សាក្សី",
    }
}

/// Paragraphs that come at the end of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadyPart {
    /// Where, when and in which languages a joint text was made
    DoneAt,
    /// What journalists should know beside the text
    NotesToEditors,
    /// What the ministry is
    AboutMinistry,
    /// Who answers questions
    Contact,
}

impl ReadyPart {
    /// All of them, in the order in which they come.
    pub const ALL: [Self; 4] = [Self::DoneAt, Self::NotesToEditors, Self::AboutMinistry, Self::Contact];

    /// The paragraphs, with placeholders for what each release has of its own.
    pub fn blocks(self, language: Language) -> Vec<Paragraph> {
        let (heading, texts): (Option<&str>, &[&str]) = match (self, language) {
            (Self::DoneAt, Language::English) => (
                None,
                &["Done at {{place}} on {{date of signature}}, in two originals, each in the Khmer and English \
                   languages, both texts being equally authentic."],
            ),
            (Self::DoneAt, Language::Khmer) => {
                (None, &["ធ្វើនៅ{{ទីកន្លែង}} {{ថ្ងៃចុះហត្ថលេខា}} ជាច្បាប់ដើមពីរច្បាប់ ជាភាសាខ្មែរ និងភាសាអង់គ្លេស ដោយអត្ថបទទាំងពីរមានតម្លៃស្មើគ្នា។"])
            }
            (Self::NotesToEditors, Language::English) => (Some("Notes to editors"), &["{{notes to editors}}"]),
            (Self::NotesToEditors, Language::Khmer) => (Some("កំណត់សម្គាល់សម្រាប់អ្នកសារព័ត៌មាន"), &["{{កំណត់សម្គាល់}}"]),
            (Self::AboutMinistry, Language::English) => (
                Some("About the Ministry"),
                &[
                    "The Ministry of Foreign Affairs and International Cooperation carries out the foreign policy of the \
                   Kingdom of Cambodia and protects its interests and its citizens abroad.",
                ],
            ),
            (Self::AboutMinistry, Language::Khmer) => (
                Some("អំពីក្រសួង"),
                &[
                    "ក្រសួងការបរទេស និងសហប្រតិបត្តិការអន្តរជាតិ អនុវត្តគោលនយោបាយការបរទេសរបស់ព្រះរាជាណាចក្រកម្ពុជា និងការពារផលប្រយោជន៍ជាតិ ព្រមទាំងប្រជាពលរដ្ឋខ្មែរនៅបរទេស។",
                ],
            ),
            (Self::Contact, Language::English) => {
                (Some("Media contact"), &["{{contact}}\nTelephone: {{telephone}}\nE-mail: {{e-mail}}"])
            }
            (Self::Contact, Language::Khmer) => (Some("ទំនាក់ទំនងព័ត៌មាន"), &["{{ឈ្មោះ}}\nទូរសព្ទ៖ {{លេខទូរសព្ទ}}\nអ៊ីមែល៖ {{អ៊ីមែល}}"]),
        };
        let heading = heading.map(|heading| Paragraph {
            kind: BlockKind::Heading(HeadingLevel::Two),
            ..Paragraph::new(RichText::plain(heading))
        });
        heading.into_iter().chain(texts.iter().map(|text| Paragraph::new(RichText::plain(*text)))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::placeholders::in_text;

    #[test]
    fn what_is_ready_has_placeholders_that_are_found() {
        for (part, language) in
            ReadyPart::ALL.into_iter().flat_map(|part| [(part, Language::English), (part, Language::Khmer)])
        {
            let blocks = part.blocks(language);
            assert_eq!(blocks.len(), if part == ReadyPart::DoneAt { 1 } else { 2 });
            let text: String = blocks.iter().map(|block| block.text.as_str()).collect();
            assert_eq!(in_text(&text).len(), text.matches("{{").count(), "{text}");
        }
    }
}

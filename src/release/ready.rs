//! Words that are ready for lines of their own, as ministries write them.
//!
//! Knows languages and nothing else. Invariant: each fits in one line.

use super::Language;

/// What may be above the title.
pub fn notices(language: Language) -> [&'static str; 3] {
    match language {
        Language::English => ["FOR IMMEDIATE RELEASE", "EMBARGOED UNTIL {{date and hour}}", "UNOFFICIAL TRANSLATION"],
        Language::Khmer => ["សម្រាប់ផ្សព្វផ្សាយភ្លាមៗ", "ហាមផ្សព្វផ្សាយមុន{{ថ្ងៃ និងម៉ោង}}", "សេចក្តីបកប្រែក្រៅផ្លូវការ"],
    }
}

/// What may be below the text, to say that it ends there, or between two parts of it.
pub fn marks(language: Language) -> [&'static str; 3] {
    match language {
        Language::English => ["###", "* * *", "— END —"],
        Language::Khmer => ["###", "* * *", "— ចប់ —"],
    }
}

//! What went wrong, in the language of the window.
//!
//! The engine says its errors and findings in English, and the command line shows them; a window in another language
//! has them from its own catalogue. What the system or the parser says beyond that stays in its own words.

mod dates;
mod imported;

use std::{io, path::Path};

pub use imported::lost_in_words;

use super::{disk::drafts::Unread, field_names::field_name, words::Words};
use crate::{
    artwork::{self, ArtworkError, Excess, Feature},
    export::ExportError,
    pdf::PdfError,
    release::{
        Address, AddressError, Fault,
        bounds::{self, Exceeded, TextBound},
        file::{MAX_BYTES, ParseError},
        seen,
    },
    storage::{LONGEST_FILE_NAME, NameError, StorageError, Trouble},
    template::FillError,
};

/// Something that the engine says in English and the window in its own language.
pub trait Localise: std::fmt::Display {
    /// What it says in a language that has its own words for it.
    fn translated(&self, words: &Words) -> String;

    /// What it says in the language of the window.
    fn localised(&self, words: &Words) -> String {
        if words.has_errors() { self.translated(words) } else { self.to_string() }
    }
}

/// What the system says.
fn reason(error: &io::Error, words: &Words) -> String {
    let name = match Trouble::of(error) {
        Some(Trouble::NotFound) => "trouble-not-found",
        Some(Trouble::Denied) => "trouble-denied",
        Some(Trouble::ReadOnly) => "trouble-read-only",
        Some(Trouble::Full) => "trouble-full",
        Some(Trouble::Folder) => "trouble-folder",
        Some(Trouble::NoFolder) => "trouble-no-folder",
        Some(Trouble::Busy) => "trouble-busy",
        Some(Trouble::Exists) => "trouble-exists",
        Some(Trouble::NoFile) => "trouble-no-file",
        None => return error.to_string(),
    };
    words.get(name).to_owned()
}

impl Localise for StorageError {
    fn translated(&self, words: &Words) -> String {
        let of = |name: &str, path: &Path, others: &[(&str, &str)]| {
            let file = path.display().to_string();
            words.with(name, &[&[("file", file.as_str())], others].concat())
        };
        let because = |name, path, source| of(name, path, &[("reason", &reason(source, words))]);
        match self {
            Self::Unreadable { path, source } => because("error-unreadable", path, source),
            Self::TooLarge { path } => {
                of("error-too-large", path, &[("most", &words.digits(&(MAX_BYTES >> 20).to_string()))])
            }
            Self::Exceeded { path, source } => of("error-exceeded", path, &[("reason", &source.translated(words))]),
            Self::NotText { path } => of("error-not-text", path, &[]),
            Self::Page { path } => of("error-page", path, &[]),
            Self::NotADraft { path, source } | Self::NotAList { path, source } | Self::NotSettings { path, source } => {
                let name = match self {
                    Self::NotAList { .. } => "error-not-a-list",
                    Self::NotSettings { .. } => "error-not-settings",
                    _ => "error-not-a-draft",
                };
                let place = [source.line, source.column].map(|number| words.digits(&number.to_string()));
                of(name, path, &[("line", &place[0]), ("column", &place[1]), ("reason", &source.translated(words))])
            }
            Self::Unwritable { path, source } => because("error-unwritable", path, source),
            Self::Unflushed { path, source } => because("error-unflushed", path, source),
            Self::Unprotected { path, source } => because("error-unprotected", path, source),
            Self::Unremovable { path, source } => because("error-unremovable", path, source),
            Self::NoLock { path, source } => because("error-no-lock", path, source),
            Self::DamagedJournal { path } => of("error-damaged-journal", path, &[]),
            Self::NewerJournal { path } => of("error-newer-journal", path, &[]),
        }
    }
}

impl Localise for Unread {
    fn translated(&self, words: &Words) -> String {
        match self {
            Self::Draft(error) => error.translated(words),
            Self::Word(error) => error.translated(words),
        }
    }
}

impl Localise for ExportError {
    fn translated(&self, words: &Words) -> String {
        match self {
            Self::UnknownEnding(path) => words.with("error-ending", &[("file", &path.display().to_string())]),
            Self::Storage(error) => error.translated(words),
            Self::Emblem(file, error) => refused_picture(file, error, words),
            Self::Pdf(PdfError::Sizes) => words.get("error-sizes").to_owned(),
            Self::TooManyPages => {
                words.with("error-too-many-pages", &[("most", &words.digits(&bounds::PAGES.to_string()))])
            }
            Self::TooManyPixels { most, .. } => {
                words.with("error-too-many-pixels", &[("most", &words.digits(&most.to_string()))])
            }
            Self::Resolution(_) | Self::Pdf(_) | Self::Word(_) | Self::Picture(_) => {
                words.with("error-not-made", &[("reason", &self.to_string())])
            }
        }
    }
}

impl Localise for AddressError {
    fn translated(&self, words: &Words) -> String {
        match self {
            Self::Scheme(address) => words.with("error-address-scheme", &[("address", address)]),
            Self::Incomplete(address) => words.with("error-address-incomplete", &[("address", address)]),
            Self::Space(address) => words.with("error-address-space", &[("address", address)]),
            Self::Long(length) => {
                let [most, length] = [Address::LONGEST, *length].map(|number| words.digits(&number.to_string()));
                words.with("error-address-long", &[("most", &most), ("length", &length)])
            }
        }
    }
}

impl Localise for NameError {
    fn translated(&self, words: &Words) -> String {
        match self {
            Self::Empty => words.get("error-name-empty").to_owned(),
            Self::Device(name) => words.with("error-name-device", &[("name", name)]),
            Self::Ending => words.get("error-name-ending").to_owned(),
            Self::Character(c) => words.with("error-name-character", &[("character", &c.to_string())]),
            Self::Invisible(c) => {
                words.with("error-name-invisible", &[("character", &format!("U+{:04X}", u32::from(*c)))])
            }
            Self::TooLong(bytes) => {
                let [most, bytes] = [LONGEST_FILE_NAME, *bytes].map(|number| words.digits(&number.to_string()));
                words.with("error-name-too-long", &[("most", &most), ("bytes", &bytes)])
            }
        }
    }
}

impl Localise for Exceeded {
    fn translated(&self, words: &Words) -> String {
        let number = |number: usize| words.digits(&number.to_string());
        match self {
            Self::Paragraphs(count) => {
                let variables = [("count", &*number(*count)), ("most", &*number(bounds::PARAGRAPHS))];
                words.with("error-paragraphs", &variables)
            }
            Self::Notes(count) => {
                let [count, most] = [*count, bounds::NOTES].map(|number| words.digits(&number.to_string()));
                words.with("error-notes", &[("count", &count), ("most", &most)])
            }
            Self::Signatories(count) => {
                let variables = [("count", &*number(*count)), ("most", &*number(bounds::SIGNATORIES))];
                words.with("error-signatories", &variables)
            }
            Self::Columns(count) => {
                let variables = [("count", &*number(*count)), ("most", &*number(bounds::COLUMNS))];
                words.with("error-columns", &variables)
            }
            Self::Rows(count) => {
                let variables = [("count", &*number(*count)), ("most", &*number(bounds::ROWS))];
                words.with("error-rows", &variables)
            }
            Self::Comments(count) => {
                let variables = [("count", &*number(*count)), ("most", &*number(bounds::COMMENTS))];
                words.with("error-comments", &variables)
            }
            Self::Comment(bound) => {
                let count = match bound {
                    TextBound::Characters(count) => *count,
                    TextBound::Letter { letter, .. } => *letter,
                };
                words.with("error-comment", &[("count", &number(count))])
            }
            Self::Text { field, bound } => {
                let field = field_name(words, *field);
                match bound {
                    TextBound::Characters(count) => {
                        let (count, most) = (number(*count), number(bounds::CHARACTERS));
                        words.with("error-characters", &[("field", &field), ("count", &count), ("most", &most)])
                    }
                    TextBound::Letter { letter, start, .. } => {
                        let (count, most) = (number(*letter), number(bounds::LETTER));
                        let variables = [("field", &*field), ("count", &count), ("start", start), ("most", &most)];
                        words.with("error-letter", &variables)
                    }
                }
            }
            Self::Bytes(size) => {
                let (size, most) = (number(size.div_ceil(1 << 20)), number(MAX_BYTES >> 20));
                words.with("error-bytes", &[("size", &size), ("most", &most)])
            }
        }
    }
}

impl Localise for FillError {
    fn translated(&self, words: &Words) -> String {
        match self {
            Self::Unknown { name, .. } => words.with("error-no-placeholder", &[("name", name)]),
            Self::NoDate { answer, .. } => words.with("error-no-date", &[("answer", answer)]),
            Self::NoChoice { answer, .. } => words.with("error-no-choice", &[("answer", answer)]),
            Self::Exceeded { source, .. } => source.translated(words),
        }
    }
}

impl Localise for ParseError {
    fn translated(&self, words: &Words) -> String {
        let message = self.fault.as_ref().map_or_else(|| self.message.clone(), |fault| fault.translated(words));
        let Some(number) = self.paragraph else { return message };
        let paragraph = words.with("paragraph-number", &[("number", &words.digits(&number.to_string()))]);
        words.with("draft-in-paragraph", &[("paragraph", &paragraph), ("message", &message)])
    }

    /// Without the place, which is shown beside it.
    fn localised(&self, words: &Words) -> String {
        if words.has_errors() { self.translated(words) } else { self.reason() }
    }
}

impl Localise for Fault {
    fn translated(&self, words: &Words) -> String {
        let name = match self {
            Self::NoSuchField(known) => return words.with("draft-no-such-field", &[("known", &known.join(", "))]),
            Self::NoSuchChoice(found, known) => {
                return words.with("draft-no-such-choice", &[("found", found), ("known", &known.join(", "))]);
            }
            Self::Stray(c) => return words.with("draft-stray", &[("character", &seen(*c))]),
            Self::CurlyQuote(c) => return words.with("draft-curly-quote", &[("character", &c.to_string())]),
            Self::DecimalComma(right) => return words.with("draft-decimal-comma", &[("right", right)]),
            Self::WrongBracket(found, wanted) => {
                let brackets = [found, wanted].map(|bracket| bracket.to_string());
                return words.with("draft-wrong-bracket", &[("found", &brackets[0]), ("wanted", &brackets[1])]);
            }
            Self::OutOfRange(found, from, to) => {
                let [from, to] = [from, to].map(|number| words.digits(&number.to_string()));
                return words.with("draft-out-of-range", &[("found", found), ("from", &from), ("to", &to)]);
            }
            Self::MissingField => "draft-missing-field",
            Self::DoubledField => "draft-doubled-field",
            Self::NoText => "draft-no-text",
            Self::OpenText => "draft-open-text",
            Self::OpenComment => "draft-open-comment",
            Self::QuoteInText => "draft-quote-in-text",
            Self::NoYesOrNo => "draft-no-yes-or-no",
            Self::NoNumber => "draft-no-number",
            Self::NoWholeNumber => "draft-no-whole-number",
            Self::NoList => "draft-no-list",
            Self::RoundList => "draft-round-list",
            Self::TooDeep => "draft-too-deep",
            Self::EndsEarly => "draft-ends-early",
            Self::GoesOn => "draft-goes-on",
            Self::NoComma => "draft-no-comma",
            Self::Semicolon => "draft-semicolon",
            Self::NoColon => "draft-no-colon",
            Self::OpenBracket => "draft-open-bracket",
            Self::NoBeginning => "draft-no-beginning",
            Self::NoPart => "draft-no-part",
            Self::NoName => "draft-no-name",
            Self::Escape => "draft-escape",
        };
        words.get(name).to_owned()
    }
}

/// Why the picture in a file cannot be used, as a sentence.
pub fn refused_picture(file: &str, error: &ArtworkError, words: &Words) -> String {
    if !words.has_errors() {
        return format!("{file} {error}");
    }
    let with = |name: &str, others: &[(&str, &str)]| words.with(name, &[&[("file", file)], others].concat());
    let number = |number: u64| words.digits(&number.to_string());
    match error {
        ArtworkError::Unreadable(source) => with("artwork-unreadable", &[("reason", &reason(source, words))]),
        ArtworkError::NotAllowed => with("artwork-not-allowed", &[]),
        ArtworkError::TooLarge => with("artwork-too-large", &[("most", &number(artwork::MAX_BYTES >> 20))]),
        ArtworkError::NoRoom => with("artwork-no-room", &[("most", &words.digits(&(MAX_BYTES >> 20).to_string()))]),
        ArtworkError::TooManyPixels => with(
            "artwork-too-many-pixels",
            &[("side", &number(artwork::MAX_SIDE.into())), ("all", &number(artwork::MAX_PIXELS / 1_000_000))],
        ),
        ArtworkError::UnknownKind => with("artwork-unknown-kind", &[]),
        ArtworkError::Damaged(reason) => with("artwork-damaged", &[("reason", reason)]),
        ArtworkError::Unsupported(feature) => {
            with("artwork-unsupported", &[("feature", feature_words(*feature, words))])
        }
        ArtworkError::TooComplex(excess) => with("artwork-too-complex", &[("excess", &excess_words(*excess, words))]),
    }
}

fn feature_words(feature: Feature, words: &Words) -> &str {
    words.get(match feature {
        Feature::Transparency => "feature-transparency",
        Feature::Clipping => "feature-clipping",
        Feature::Picture => "feature-picture",
        Feature::Text => "feature-text",
        Feature::Gradients => "feature-gradients",
        Feature::Patterns => "feature-patterns",
        Feature::Dashes => "feature-dashes",
        Feature::Markers => "feature-markers",
        Feature::NothingDrawn => "feature-nothing-drawn",
    })
}

fn excess_words(excess: Excess, words: &Words) -> String {
    let name = match excess {
        Excess::Bytes => "excess-bytes",
        Excess::Elements => "excess-elements",
        Excess::Depth => "excess-depth",
        Excess::Attributes => "excess-attributes",
        Excess::Entities => "excess-entities",
        Excess::Styles => "excess-styles",
        Excess::Outline => "excess-outline",
        Excess::Lines => "excess-lines",
        Excess::Reach => "excess-reach",
        Excess::Time => "excess-time",
        Excess::Memory => "excess-memory",
    };
    words.with(name, &[("seconds", &words.digits(&artwork::MAX_TIME.as_secs().to_string()))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        release::{Field, file::parse},
        storage::WindowLanguage,
    };

    #[test]
    fn an_error_is_said_in_the_language_of_the_window() {
        let (khmer, english) = (Words::new(WindowLanguage::Khmer), Words::new(WindowLanguage::English));
        let is_khmer = |text: &str| text.starts_with(|c| ('\u{1780}'..'\u{1800}').contains(&c));
        let (path, source) = (Path::new("/a/ក.ron"), || io::Error::from(io::ErrorKind::PermissionDenied));
        let at = path.to_owned();
        let errors = [
            StorageError::Unreadable { path: at.clone(), source: source() },
            StorageError::TooLarge { path: at.clone() },
            StorageError::Exceeded { path: at.clone(), source: Exceeded::Paragraphs(20_001) },
            StorageError::NotText { path: at.clone() },
            StorageError::Page { path: at.clone() },
            StorageError::NotADraft { path: at.clone(), source: parse("(").unwrap_err() },
            StorageError::NotAList { path: at.clone(), source: parse("(").unwrap_err() },
            StorageError::NotSettings { path: at.clone(), source: parse("(").unwrap_err() },
            StorageError::Unwritable { path: at.clone(), source: source() },
            StorageError::Unflushed { path: at.clone(), source: source() },
            StorageError::Unprotected { path: at.clone(), source: source() },
            StorageError::Unremovable { path: at.clone(), source: source() },
            StorageError::NoLock { path: at.clone(), source: source() },
            StorageError::DamagedJournal { path: at.clone() },
            StorageError::NewerJournal { path: at },
        ];
        for error in errors {
            let said = error.localised(&khmer);
            // Every message is there, with everything in it that the English one says.
            let whole = is_khmer(&said) && !said.contains("error-") && !said.contains('{');
            assert!(whole && (said.contains("/a/ក.ron") || !error.to_string().contains("/a/ក.ron")), "{said}");
            assert_eq!(said.contains("គ្មានសិទ្ធិ"), error.to_string().contains("permission"), "{said}");
            assert_eq!(error.localised(&english), error.to_string());
        }
        // A paragraph is named in both languages.
        let error = parse("(format: 1, body: [(text: \"a\"), (text: \"b\" style: Plain)])").unwrap_err();
        assert_eq!(error.localised(&english), "paragraph 2: a comma is missing after this; add it");
        assert_eq!(error.localised(&khmer), format!("កថាខណ្ឌទី២៖ {}", khmer.get("draft-no-comma")));
        for name in ["", "con.ron", "a.", "a/b", "a\u{202E}b", &"x".repeat(300)] {
            let error = crate::storage::check_file_name(name).unwrap_err();
            let said = error.localised(&khmer);
            assert!(!said.contains("error-") && !said.contains('{') && said != error.to_string(), "{said}");
        }
        let letter = TextBound::Letter { range: 0..303, letter: 101, start: "កាា".into() };
        for (exceeded, parts) in [
            (Exceeded::Paragraphs(20_001), &["២០០០១", "២០០០០"][..]),
            (Exceeded::Signatories(41), &["៤១", "៤០"]),
            (Exceeded::Notes(2_001), &["២០០១", "២០០០"]),
            (Exceeded::Comments(501), &["៥០១", "៥០០"]),
            (Exceeded::Comment(TextBound::Characters(100_001)), &["១០០០០១"]),
            (
                Exceeded::Text { field: Field::Paragraph(1), bound: TextBound::Characters(100_001) },
                &["២", "១០០០០១", "១០០០០០"],
            ),
            (Exceeded::Text { field: Field::Title, bound: letter }, &["១០១", "កាា", "១០០"]),
            (Exceeded::Bytes(9 << 20), &["៩ MB", "៨ MB"]),
        ] {
            let said = exceeded.localised(&khmer);
            assert!(is_khmer(&said) && parts.iter().all(|part| said.contains(part)) && !said.contains('{'), "{said}");
        }
        for error in [ExportError::TooManyPages, ExportError::TooManyPixels { pages: 9, dpi: 1200.0, most: 680.0 }] {
            let said = error.localised(&khmer);
            assert!(is_khmer(&said) && (said.contains("១០០០") || said.contains("៦៨០")), "{said}");
        }
        let ending = ExportError::UnknownEnding("a.doc".into()).localised(&khmer);
        assert!(is_khmer(&ending) && ending.contains("a.doc"), "{ending}");
    }

    #[test]
    fn what_is_wrong_with_a_draft_is_said_translated() {
        let khmer = Words::new(WindowLanguage::Khmer);
        let known = || vec!["title".to_owned()];
        let faults = [
            Fault::NoSuchField(known()),
            Fault::MissingField,
            Fault::DoubledField,
            Fault::NoSuchChoice("Klingon".into(), known()),
            Fault::NoText,
            Fault::OpenText,
            Fault::OpenComment,
            Fault::QuoteInText,
            Fault::CurlyQuote('“'),
            Fault::NoWholeNumber,
            Fault::OutOfRange("300".into(), 1, 3),
            Fault::WrongBracket(']', ')'),
            Fault::NoYesOrNo,
            Fault::NoNumber,
            Fault::DecimalComma("25.4".into()),
            Fault::NoList,
            Fault::RoundList,
            Fault::TooDeep,
            Fault::EndsEarly,
            Fault::GoesOn,
            Fault::NoComma,
            Fault::Semicolon,
            Fault::NoColon,
            Fault::OpenBracket,
            Fault::NoBeginning,
            Fault::NoPart,
            Fault::NoName,
            Fault::Stray('#'),
            Fault::Escape,
        ];
        let mut all = std::collections::HashSet::new();
        for fault in faults {
            let mut error = parse("(").unwrap_err();
            error.fault = Some(Box::new(fault));
            let said = error.localised(&khmer);
            assert!(
                said.contains(|c| ('\u{1780}'..'\u{1800}').contains(&c))
                    && !said.contains("draft-")
                    && !said.contains('{'),
                "{said}"
            );
            assert!(all.insert(said));
        }
    }

    #[test]
    fn a_refused_picture_is_named_in_whole_sentences() {
        let (khmer, english) = (Words::new(WindowLanguage::Khmer), Words::new(WindowLanguage::English));
        let mut errors = vec![
            ArtworkError::from(io::Error::from(io::ErrorKind::NotFound)),
            ArtworkError::NotAllowed,
            ArtworkError::TooLarge,
            ArtworkError::NoRoom,
            ArtworkError::TooManyPixels,
            ArtworkError::UnknownKind,
            ArtworkError::Damaged("x".into()),
        ];
        errors.extend(Feature::ALL.map(ArtworkError::Unsupported));
        errors.extend(Excess::ALL.map(ArtworkError::TooComplex));
        let mut all = std::collections::HashSet::new();
        for error in errors {
            let said = refused_picture("a.svg", &error, &khmer);
            assert!(said.starts_with("a.svg ") || said.contains(" a.svg "), "{said}");
            assert!(said.ends_with('។') && !said.contains(['{', '-']), "{said}");
            let in_english = refused_picture("a.svg", &error, &english);
            assert!(in_english.starts_with("a.svg ") && in_english.contains("; "), "{in_english}");
            assert!(all.insert(said));
        }
    }
}

//! What can be the matter with a release, in English words, and what can be done at once.
//!
//! Knows no texts. Its invariant: each problem that is a matter of taste has a check that switches it off.

use std::ops::Range;

use super::counterpart::Subject;
use crate::{
    artwork::ArtworkError,
    khmer::FaultKind,
    release::{Check, bounds},
    typeset::PRINT_DPI,
};

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// It is wrong in any text.
    Error,
    /// It may be meant.
    Doubt,
    /// It is a question of style.
    Style,
}

/// What can be the matter with a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// There is no title.
    NoTitle,
    /// There is no headline.
    NoHeadline,
    /// There is no text.
    NoBody,
    /// There is no place of signature.
    NoPlace,
    /// A footnote has no text.
    EmptyNote,
    /// An item of a list has no text, and prints as a number or bullet alone.
    EmptyItem,
    /// A heading has no text.
    EmptyHeading,
    /// One of several who sign is not named.
    EmptySignatory,
    /// A text is empty that the release in the other language has, which begins with these words.
    Unwritten(String),
    /// A text is in the other language, and begins with these words.
    OtherLanguage(String),
    /// The release in the other language says something else, or one of both says nothing of it.
    Differs {
        /// What differs.
        subject: Subject,
        /// What is written here; empty if nothing is.
        ours: String,
        /// What is written there; empty if nothing is.
        theirs: String,
    },
    /// There is no date of signature.
    NoDate,
    /// There are more pages than are set, so that it cannot be printed or exported.
    TooManyPages,
    /// So many lines are too many for the pages that are asked for, even with the smallest type and leading.
    TooLongToFit(usize),
    /// The emblem in this file cannot be used, for this reason.
    Emblem(String, ArtworkError),
    /// The picture of the text in this file is neither in the draft nor beside it.
    MissingPicture(String),
    /// The picture of the text in this file cannot be used, for this reason.
    Picture(String, ArtworkError),
    /// The picture of the text in this file has no text for those who cannot see it.
    PictureWithoutAlternative(String),
    /// The picture of the text in this file has fewer pixels than print needs: this is how many it has to the inch.
    CoarsePicture(String, u32),
    /// The emblem has no text for those who cannot see it.
    NoAlternative,
    /// The emblem has fewer pixels than print needs: this is how many it has to the inch.
    CoarseEmblem(u32),
    /// Characters that no bundled font has, which print as boxes.
    MissingCharacters(String),
    /// Letters that are written from right to left, and are set from left to right.
    RightToLeft(String),
    /// The marks of a Khmer letter are not in a valid order.
    Khmer {
        /// What is wrong.
        kind: FaultKind,
        /// The letter with its marks.
        characters: String,
        /// What is meant, if it can be told.
        proposal: Option<String>,
    },
    /// A Khmer word with a slip that can only mean one other.
    KhmerSlip {
        /// As it is written here.
        written: String,
        /// What is meant.
        right: String,
    },
    /// A lunar date beside the civil date of another day.
    WrongLunarDate {
        /// As it is written here.
        written: String,
        /// The lunar date of the civil one.
        right: String,
    },
    /// A date with a day that its month does not have.
    NoSuchDay {
        /// As it is written here.
        written: String,
    },
    /// An hour that no day has.
    NoSuchHour {
        /// As it is written here.
        written: String,
    },
    /// A span of days, hours or years that ends before it begins.
    Backwards {
        /// As it is written here.
        written: String,
    },
    /// The text does not end with a stop.
    NoEndMark,
    /// A release in Khmer that ends in ។, after which more is expected.
    EndsInStop,
    /// A word is doubled.
    DoubledWord(String),
    /// More than one space.
    DoubledSpace,
    /// A no-break space between ordinary words.
    HardSpace,
    /// A straight quotation mark, and the curly one that is right.
    StraightQuote(&'static str),
    /// Two hyphens, and the dash that is right.
    TwoHyphens(&'static str),
    /// What is wrong in English prose.
    Prose {
        /// Which check has found it.
        kind: Check,
        /// What is written there.
        written: String,
        /// What should be in its place, if that is clear.
        right: Option<String>,
    },
    /// A quotation mark or bracket that does not close, or that nothing opens.
    Unclosed(char),
    /// A letter right behind a Khmer stop.
    StopWithoutSpace(char),
    /// Digits of both scripts in one number.
    MixedDigits(String),
    /// A weekday before the date of another.
    WrongWeekday {
        /// The weekday that is there.
        written: String,
        /// The weekday of the date.
        right: String,
    },
    /// A name that is spelt otherwise elsewhere.
    SpeltTwoWays {
        /// As it is written here.
        written: String,
        /// As it is written more often, or first.
        usual: String,
    },
    /// A word that no dictionary has.
    Misspelt {
        /// As it is written here.
        word: String,
        /// What may be meant, the likeliest first.
        suggestions: Vec<String>,
    },
    /// A placeholder that is still to be filled in: its question, or its name if it has none.
    OpenPlaceholder(String),
    /// A name that the roster spells otherwise.
    NotAsListed {
        /// As it is written here.
        written: String,
        /// As it is listed.
        listed: String,
    },
    /// An honorific or an office that the roster has otherwise.
    NotTheirTitle {
        /// Whose it is, as listed.
        name: String,
        /// As it is written here.
        written: String,
        /// As it is listed.
        listed: String,
    },
    /// The date of signature is still to come.
    FutureDate,
    /// The date of signature is long past.
    PastDate,
}

impl Problem {
    /// Adds to a missing picture the reason, which only a look into the folder of the draft tells.
    pub fn say_why_missing(&mut self, why: impl FnOnce(&str) -> Option<ArtworkError>) {
        if let Self::MissingPicture(name) = self
            && let Some(error) = why(name)
        {
            *self = Self::Picture(std::mem::take(name), error);
        }
    }

    /// The check that can be switched off; what is missing or would print badly has none.
    pub fn check(&self) -> Option<Check> {
        Some(match self {
            Self::DoubledWord(_) => Check::DoubledWords,
            Self::DoubledSpace => Check::DoubledSpaces,
            Self::HardSpace => Check::HardSpaces,
            Self::Prose { kind, .. } => *kind,
            Self::StraightQuote(_) | Self::TwoHyphens(_) => Check::StraightQuotes,
            Self::Unclosed(_) => Check::Unclosed,
            Self::StopWithoutSpace(_) | Self::NoEndMark | Self::EndsInStop => Check::KhmerStops,
            Self::MixedDigits(_) => Check::MixedDigits,
            Self::WrongWeekday { .. }
            | Self::WrongLunarDate { .. }
            | Self::NoSuchDay { .. }
            | Self::NoSuchHour { .. }
            | Self::Backwards { .. } => Check::Weekdays,
            Self::SpeltTwoWays { .. } | Self::NotAsListed { .. } | Self::NotTheirTitle { .. } => Check::Names,
            Self::Misspelt { .. } | Self::KhmerSlip { .. } => Check::Spelling,
            Self::OtherLanguage(_) => Check::OtherLanguage,
            Self::Differs { .. } => Check::Differences,
            Self::FutureDate => Check::FutureDate,
            Self::PastDate => Check::PastDate,
            Self::NoTitle
            | Self::NoHeadline
            | Self::NoBody
            | Self::NoPlace
            | Self::EmptyNote
            | Self::EmptyItem
            | Self::EmptyHeading
            | Self::EmptySignatory
            | Self::Unwritten(_)
            | Self::NoDate
            | Self::TooManyPages
            | Self::TooLongToFit(_)
            | Self::Emblem(..)
            | Self::MissingPicture(_)
            | Self::Picture(..)
            | Self::PictureWithoutAlternative(_)
            | Self::CoarsePicture(..)
            | Self::NoAlternative
            | Self::CoarseEmblem(_)
            | Self::MissingCharacters(_)
            | Self::RightToLeft(_)
            | Self::OpenPlaceholder(_)
            | Self::Khmer { .. } => return None,
        })
    }

    /// Whether it is a text that is not there, of which only the field says where it should be.
    pub fn is_gap(&self) -> bool {
        matches!(self, Self::EmptyItem | Self::EmptyHeading | Self::EmptySignatory | Self::Unwritten(_))
    }

    /// Whether it does not say itself which field it is of.
    pub fn is_of_field(&self) -> bool {
        let is_of_text = |subject: &Subject| !subject.is_count() && *subject != Subject::Signed;
        self.is_gap() || matches!(self, Self::Differs { subject, .. } if is_of_text(subject))
    }

    /// What is in the text and what may be put there instead, the likeliest first.
    pub fn remedies(&self) -> Option<(&str, Vec<&str>)> {
        match self {
            Self::Misspelt { word, suggestions } => Some((word, suggestions.iter().map(String::as_str).collect())),
            Self::Khmer { characters, proposal: Some(proposal), .. } => Some((characters, vec![proposal])),
            Self::KhmerSlip { written, right } | Self::WrongLunarDate { written, right } => {
                Some((written, vec![right]))
            }
            _ => None,
        }
    }

    /// How grave it is.
    pub fn weight(&self) -> Weight {
        match self {
            Self::DoubledSpace | Self::HardSpace | Self::EndsInStop => Weight::Style,
            Self::StraightQuote(_) | Self::TwoHyphens(_) => Weight::Style,
            Self::SpeltTwoWays { .. } | Self::NotAsListed { .. } | Self::OtherLanguage(_) => Weight::Doubt,
            Self::FutureDate | Self::PastDate | Self::Differs { .. } => Weight::Doubt,
            Self::Prose { kind, .. } => match kind {
                Check::DigitGroups | Check::Hours | Check::Variants => Weight::Style,
                Check::NoFullStop | Check::SmallLetter | Check::TenseOfDate | Check::ListedTitles => Weight::Doubt,
                _ => Weight::Error,
            },
            _ => Weight::Error,
        }
    }

    /// What is right in the place of what is in this range of a text, if there is one way to mend it.
    pub fn mend(&self, text: &str, range: Range<usize>) -> Option<String> {
        let written = text.get(range.clone()).filter(|written| !written.is_empty())?;
        match self {
            Self::Prose { right, written: wrong, .. } => right.clone().filter(|_| wrong == written),
            Self::StraightQuote(right) | Self::TwoHyphens(right) => Some((*right).to_owned()),
            Self::DoubledSpace | Self::HardSpace => Some(" ".to_owned()),
            Self::EndsInStop => Some("៕".to_owned()),
            Self::DoubledWord(word) => Some(written.get(..word.len()).unwrap_or(word).to_owned()),
            Self::StopWithoutSpace(stop) => written.strip_prefix(*stop).map(|rest| format!("{stop} {rest}")),
            Self::WrongWeekday { written: wrong, right } => Some(written.replacen(wrong.as_str(), right, 1)),
            Self::SpeltTwoWays { usual: right, .. } | Self::NotAsListed { listed: right, .. } => Some(right.clone()),
            _ => None,
        }
    }
}

/// The sentence for a slip in English prose.
fn prose(f: &mut std::fmt::Formatter<'_>, kind: Check, written: &str, right: Option<&str>) -> std::fmt::Result {
    let right = right.unwrap_or_default();
    match kind {
        Check::SpaceBeforeSign => write!(f, "There is a space before a sign: “{written}”"),
        Check::NoSpaceAfterSign => write!(f, "A space is missing: “{written}”"),
        Check::SignTwice => write!(f, "A sign is doubled: “{written}”"),
        Check::NoFullStop => write!(f, "The paragraph does not end with a full stop: “{written}”"),
        Check::SmallLetter => write!(f, "A sentence begins with a small letter: “{written}”"),
        Check::NoSuchDay => write!(f, "{written}: there is no such day"),
        Check::TenseOfDate => write!(f, "The tense does not fit: {written}, seen from the date of signature"),
        Check::Honorifics => write!(f, "The style does not fit: {written}"),
        Check::ListedTitles => write!(f, "{written} is {right} on the list of names"),
        Check::DigitGroups => write!(f, "{written} separates its thousands differently from other numbers"),
        Check::Hours => write!(f, "{written} is written differently from other hours"),
        Check::Variants => write!(f, "“{written}” is written in another way than the rest; perhaps {right}"),
        Check::ConfusedWords => write!(f, "“{written}” is written where “{right}” is meant"),
        _ => write!(f, "“{written}” is wrong; perhaps {right}"),
    }
}

/// The sentence of the command line and of an English window.
impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoTitle => f.write_str("There is no title"),
            Self::NoHeadline => f.write_str("There is no headline"),
            Self::NoBody => f.write_str("There is no text"),
            Self::NoPlace => f.write_str("There is no place of signature"),
            Self::EmptyNote => f.write_str("A footnote has no text"),
            Self::EmptyItem => f.write_str("An item of a list has no text, and prints as a number or bullet alone"),
            Self::EmptyHeading => f.write_str("A heading has no text"),
            Self::EmptySignatory => f.write_str("A signatory has no name"),
            Self::Unwritten(original) => write!(f, "Still to be written; the other language has “{original}”"),
            Self::OtherLanguage(written) => write!(f, "“{written}” is in the other language"),
            Self::Differs { subject, ours, theirs } => {
                let said = |text| if subject.is_number() { str::to_owned(text) } else { quoted(text) };
                write!(f, "{subject}: {} here, {} in the other language", said(ours), said(theirs))
            }
            Self::NoDate => f.write_str("There is no date of signature"),
            Self::TooManyPages => write!(
                f,
                "The release takes more than {} pages, and cannot be printed or exported. Divide it into several drafts",
                bounds::PAGES
            ),
            Self::TooLongToFit(lines) => {
                let (lines, shorten) = if *lines == 1 {
                    ("1 line".into(), "a line".into())
                } else {
                    (format!("{lines} lines"), format!("{lines} lines"))
                };
                write!(
                    f,
                    "The text is {lines} too long for so few pages, even with smaller type and closer lines. Shorten it by about {shorten}"
                )
            }
            Self::Emblem(file, error) => write!(f, "The emblem cannot be used: {file} {error}"),
            Self::MissingPicture(file) => write!(
                f,
                "The picture {file} is neither in the draft nor beside it, or the draft has no room for it. Put the file into the folder of the draft, make the picture smaller, or choose another one"
            ),
            Self::Picture(file, error) => write!(f, "The picture {file} {error}"),
            Self::PictureWithoutAlternative(file) => {
                write!(f, "Say what the picture {file} shows, for readers who cannot see it")
            }
            Self::CoarsePicture(file, dpi) => write!(
                f,
                "The picture {file} prints at {dpi} dots per inch, which looks coarse. Use a larger picture, or make it narrower"
            ),
            Self::NoAlternative => f.write_str("Say what the emblem shows, for readers who cannot see it"),
            Self::CoarseEmblem(dpi) => write!(
                f,
                "The emblem prints at {dpi} dots per inch, and print needs {PRINT_DPI}. Use a larger picture, or an SVG"
            ),
            Self::MissingCharacters(characters) => {
                write!(f, "No font has the characters {characters}; they print as boxes. Replace them")
            }
            Self::RightToLeft(characters) => write!(
                f,
                "{characters} is written from right to left, which is not supported. Put a picture in its place"
            ),
            Self::Khmer { kind, characters, proposal: Some(proposal) } if !proposal.is_empty() => {
                write!(f, "{kind}: “{characters}”; perhaps “{proposal}”")
            }
            Self::Khmer { kind, characters, .. } => write!(f, "{kind}: “{characters}”. Type the letter again"),
            Self::KhmerSlip { written, right } => write!(f, "“{written}” is written {right}"),
            Self::WrongLunarDate { written, right } => {
                write!(f, "{written} is not the lunar date of this day, which is {right}")
            }
            Self::NoSuchDay { written } => write!(f, "{written}: there is no such day"),
            Self::NoSuchHour { written } => write!(f, "{written}: there is no such hour"),
            Self::Backwards { written } => write!(f, "{written} ends before it begins"),
            Self::NoEndMark => f.write_str("The text does not end with ៕ or ។"),
            Self::EndsInStop => f.write_str("The text ends with ។; the last mark of a release is ៕"),
            Self::DoubledWord(word) => write!(f, "“{word}” is doubled"),
            Self::DoubledSpace => f.write_str("More than one space"),
            Self::HardSpace => f.write_str("A no-break space between ordinary words; it makes holes in the lines"),
            Self::StraightQuote(_) => f.write_str("A straight quotation mark; print has curly ones"),
            Self::TwoHyphens(dash) => write!(f, "Two hyphens; print has a dash: {dash}"),
            Self::Prose { kind, written, right } => prose(f, *kind, written, right.as_deref()),
            Self::Unclosed(c) => write!(f, "{c} has no pair"),
            Self::StopWithoutSpace(c) => write!(f, "A space is missing after {c}"),
            Self::MixedDigits(number) => write!(f, "{number} has digits of both scripts"),
            Self::WrongWeekday { written, right } => {
                write!(f, "{written} is not the day of this date, which is {right}")
            }
            Self::SpeltTwoWays { written, usual } => write!(f, "{written} is spelt {usual} elsewhere"),
            Self::Misspelt { word, suggestions } if suggestions.is_empty() => write!(f, "“{word}” is in no dictionary"),
            Self::Misspelt { word, suggestions } => {
                write!(f, "“{word}” is in no dictionary; perhaps {}", suggestions.join(", "))
            }
            Self::OpenPlaceholder(name) => write!(f, "“{name}” is still to be filled in"),
            Self::NotAsListed { written, listed } => write!(f, "{written} is {listed} on the list of names"),
            Self::NotTheirTitle { name, written, listed } => {
                write!(f, "{written} beside {name}, who is {listed} on the list of names")
            }
            Self::FutureDate => f.write_str("The date of signature is still to come"),
            Self::PastDate => f.write_str("The date of signature is long past"),
        }
    }
}

/// What is written in one of two places.
fn quoted(text: &str) -> String {
    if text.is_empty() { "nothing".to_owned() } else { format!("“{text}”") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_with_one_way_out_are_mended() {
        let mended = |problem: Problem, written: &str| problem.mend(written, 0..written.len());
        assert_eq!(mended(Problem::DoubledWord("the".into()), "The the").as_deref(), Some("The"));
        assert_eq!(mended(Problem::HardSpace, "\u{A0}").as_deref(), Some(" "));
        assert_eq!(mended(Problem::StopWithoutSpace('។'), "។ក").as_deref(), Some("។ ក"));
        let weekday = Problem::WrongWeekday { written: "Sunday".into(), right: "Monday".into() };
        assert_eq!(mended(weekday, "Sunday, 30 October 2023").as_deref(), Some("Monday, 30 October 2023"));
        assert_eq!(mended(Problem::NoBody, ""), None);
    }
}

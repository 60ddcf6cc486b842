//! What the user can switch off in a release.

use serde::{Deserialize, Serialize};

/// A check of the wording that the user can switch off in a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Check {
    /// Doubled words
    DoubledWords,
    /// Doubled spaces
    DoubledSpaces,
    /// Straight quotes among curly ones
    StraightQuotes,
    /// Quotes and brackets that do not close
    Unclosed,
    /// Khmer stops without their space
    KhmerStops,
    /// Digits of both scripts in one number
    MixedDigits,
    /// Weekdays that do not fit their dates
    Weekdays,
    /// Names spelt in two ways
    Names,
    /// A date of signature that is still to come
    FutureDate,
    /// A date of signature long past
    PastDate,
    /// Words that no dictionary has
    Spelling,
    /// No-break spaces between ordinary words
    HardSpaces,
    /// Spaces before commas and stops
    SpaceBeforeSign,
    /// No space after a comma or stop
    NoSpaceAfterSign,
    /// A doubled sign
    SignTwice,
    /// Paragraphs without a full stop
    NoFullStop,
    /// Sentences that begin with a small letter
    SmallLetter,
    /// Days that do not exist
    NoSuchDay,
    /// Tenses that do not fit a date
    TenseOfDate,
    /// Styles that contradict each other or the list
    Honorifics,
    /// Titles that are not as on the list
    ListedTitles,
    /// Numbers grouped in two ways
    DigitGroups,
    /// Hours written in two ways
    Hours,
    /// British and American spelling side by side
    Variants,
    /// Words taken for one another
    ConfusedWords,
    /// Texts that are in the other language
    OtherLanguage,
    /// What the release in the other language says otherwise
    Differences,
}

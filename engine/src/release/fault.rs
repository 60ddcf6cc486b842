//! What can be wrong with the text of a draft, or of another file that people write by hand.
//!
//! Knows no file and no place in it. Invariant: every fault says what to do, in words of the file's reader and
//! not of a programmer; those who speak another language can tell faults apart.

use std::fmt;

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no such field.
    NoSuchField(Vec<String>),
    /// A field is missing.
    MissingField,
    /// A field is given twice.
    DoubledField,
    /// The value is not among the choices.
    NoSuchChoice(String, Vec<String>),
    /// A text is wanted.
    NoText,
    /// A text is not closed.
    OpenText,
    /// `true` or `false` is wanted.
    NoYesOrNo,
    /// A number is wanted.
    NoNumber,
    /// A list is wanted.
    NoList,
    /// Brackets are nested too deep.
    TooDeep,
    /// The end of the file is missing.
    EndsEarly,
    /// Something comes after the end.
    GoesOn,
    /// A comma is missing.
    NoComma,
    /// A colon is missing.
    NoColon,
    /// A bracket is not closed.
    OpenBracket,
    /// The beginning of a draft is wanted.
    NoBeginning,
    /// A part in round brackets is wanted.
    NoPart,
    /// The name of a field is wanted.
    NoName,
    /// This character makes no sense here.
    Stray(char),
    /// A character behind a backslash that means nothing.
    Escape,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::NoSuchField(known) => {
                let known = one_of(known);
                return write!(f, "no such field; the fields here are {known}. Correct its name or take the line out");
            }
            Self::NoSuchChoice(found, known) => {
                return write!(f, "`{found}` is not one of the choices {}", one_of(known));
            }
            Self::Stray(c) => return write!(f, "the character {c} has no meaning here; take it out"),
            Self::MissingField => "the field is missing; add it",
            Self::DoubledField => "the field is given twice; take one out",
            Self::NoText => "a text in quotation marks is wanted here",
            Self::OpenText => "a text is not closed; add its quotation mark",
            Self::NoYesOrNo => "`true` or `false` is wanted here",
            Self::NoNumber => "a number is wanted here",
            Self::NoList => "a list in square brackets is wanted here",
            Self::TooDeep => "brackets are nested too deep; take some out",
            Self::EndsEarly => "the file ends too early; its last part is missing",
            Self::GoesOn => "something stands after the last bracket, where the file should end; take it out",
            Self::NoComma => "a comma is missing after this; add it",
            Self::NoColon => "a colon is missing after the name of the field; add it",
            Self::OpenBracket => "a bracket is not closed, or a comma is missing after this; add it",
            Self::NoBeginning => "this is not how a draft begins; it begins with a round bracket and ends with one",
            Self::NoPart => "a part in round brackets is wanted here",
            Self::NoName => "the name of a field is wanted here",
            Self::Escape => "what comes after the backslash has no meaning; to type a backslash, type two",
        };
        f.write_str(text)
    }
}

/// The names among which one is to be chosen, for a message.
pub(crate) fn one_of(names: &[impl AsRef<str>]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}

//! What can be wrong with the text of a draft, or of another file that people write by hand.
//!
//! Knows no file and no place in it. Invariant: every fault says what to do, in words of the file's reader and
//! not of a programmer; those who speak another language can tell faults apart.

use std::fmt;

use crate::khmer::characters::is_invisible;

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
    /// A quotation mark within a text, which ends it.
    QuoteInText,
    /// A comment is not closed.
    OpenComment,
    /// Another mark than the straight one around a text.
    CurlyQuote(char),
    /// `true` or `false` is wanted.
    NoYesOrNo,
    /// A number is wanted.
    NoNumber,
    /// A whole number is wanted.
    NoWholeNumber,
    /// A number is not between these two.
    OutOfRange(String, u16, u16),
    /// A number with a decimal comma; with a point it is this.
    DecimalComma(String),
    /// A list is wanted.
    NoList,
    /// A list that begins with a round bracket.
    RoundList,
    /// Brackets are nested too deep.
    TooDeep,
    /// The end of the file is missing.
    EndsEarly,
    /// Something comes after the end.
    GoesOn,
    /// A comma is missing.
    NoComma,
    /// A semicolon where a comma is wanted.
    Semicolon,
    /// A colon is missing.
    NoColon,
    /// A bracket is not closed.
    OpenBracket,
    /// A bracket of another kind than the one that is open, which this one closes.
    WrongBracket(char, char),
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
            Self::Stray(c) => return write!(f, "the character {} has no meaning here; take it out", seen(*c)),
            Self::CurlyQuote(c) => {
                return write!(
                    f,
                    "a text begins and ends with the straight quotation mark \"; write it instead of {c}"
                );
            }
            Self::OutOfRange(found, from, to) => return write!(f, "`{found}` is wrong; it may be from {from} to {to}"),
            Self::DecimalComma(right) => return write!(f, "a number has a point and no comma; write {right}"),
            Self::WrongBracket(found, wanted) => {
                return write!(
                    f,
                    "the bracket {found} does not close the one that is open here; write {wanted} first or instead"
                );
            }
            Self::MissingField => "the field is missing; add it",
            Self::DoubledField => "the field is given twice; take one out",
            Self::NoText => "a text in quotation marks is wanted here",
            Self::OpenText => "a text that begins here is not closed; end it with a straight quotation mark",
            Self::OpenComment => "a comment that begins here is not closed; end it with */",
            Self::QuoteInText => {
                "a straight quotation mark within a text ends it; write \\\" instead, or better “ and ”"
            }
            Self::NoYesOrNo => "`true` or `false` is wanted here",
            Self::NoNumber => "a number is wanted here, without quotation marks",
            Self::NoWholeNumber => "a whole number is wanted here, without quotation marks",
            Self::NoList => "a list in square brackets is wanted here",
            Self::RoundList => "a list is in square brackets; write [ instead of (",
            Self::TooDeep => "brackets are nested too deep; take some out",
            Self::EndsEarly => "the file ends too early; a bracket is not closed, or its last part is missing",
            Self::GoesOn => "something stands after the last bracket, where the file should end; take it out",
            Self::NoComma => "a comma is missing after this; add it",
            Self::Semicolon => "a comma is wanted here, and no semicolon",
            Self::NoColon => "a colon is missing after the name of the field; add it",
            Self::OpenBracket => "a bracket is not closed, or a comma is missing after this; add it",
            Self::NoBeginning => "this is not how a draft begins; it begins with a round bracket and ends with one",
            Self::NoPart => "a part in round brackets is wanted here",
            Self::NoName => "a name without quotation marks is wanted here",
            Self::Escape => "what comes after the backslash has no meaning; to type a backslash, type two",
        };
        f.write_str(text)
    }
}

/// A character, or its number if it cannot be seen.
pub fn seen(c: char) -> String {
    let is_seen = !c.is_whitespace() && !c.is_control() && !is_invisible(c);
    if is_seen { c.to_string() } else { format!("U+{:04X}", u32::from(c)) }
}

/// The names among which one is to be chosen, for a message.
pub(crate) fn one_of(names: &[impl AsRef<str>]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}

//! Where a text is no draft, and why, in the words of one who mends the file by hand.
//!
//! Knows the errors of the RON reader and the look of a file, nothing of releases. Invariant: the place it names is
//! in the text.

use std::num::NonZeroUsize;

use ron::error::SpannedError;

use super::{
    super::Fault,
    ParseError, guess, numbers,
    source::{offset, place as place_of, text_or_comment},
};

/// Says an error of the RON reader in the words of someone who mends the file by hand.
pub(super) fn explain(source: &str, error: SpannedError) -> ParseError {
    use ron::Error;
    let mut place = (error.span.start.line, error.span.start.col);
    let mut field = None;
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let is_first = source.get(..offset(source, place.0, place.1)).is_some_and(|before| before.trim().is_empty());
    let is_at_start =
        is_first || source.get(..512).unwrap_or(source).lines().take(place.0).all(|line| !line.contains(':'));
    let fault = match error.code {
        Error::NoSuchStructField { expected, found, .. } => {
            field = Some(found);
            Ok(Fault::NoSuchField(owned(expected)))
        }
        Error::MissingStructField { field: name, .. } => {
            field = Some(name.to_owned());
            Ok(Fault::MissingField)
        }
        Error::DuplicateStructField { field: name, .. } => {
            field = Some(name.to_owned());
            Ok(Fault::DoubledField)
        }
        Error::NoSuchEnumVariant { expected, found, .. } => Ok(Fault::NoSuchChoice(found, owned(expected))),
        Error::ExpectedString => Ok(Fault::NoText),
        Error::ExpectedStringEnd => Ok(Fault::OpenText),
        Error::ExpectedBoolean => Ok(Fault::NoYesOrNo),
        Error::ExpectedFloat => Ok(Fault::NoNumber),
        Error::ExpectedInteger | Error::InvalidIntegerDigit { .. } => Ok(Fault::NoWholeNumber),
        Error::ExpectedChar => Ok(Fault::CurlyQuote('\'')),
        Error::IntegerOutOfBounds => {
            let end = (error.span.end.line, error.span.end.col);
            let name = field_before(source, end).unwrap_or_default();
            if let Some(at) = last_field(source, end, &name) {
                (place, field) = (at, Some(name.clone()));
            }
            let value = guess::value(source, offset(source, place.0, place.1));
            let allowed = numbers::range_of(&name);
            allowed
                .map(|range| Fault::OutOfRange(value.to_owned(), *range.start(), *range.end()))
                .ok_or_else(|| format!("{value} is too small or too large for this number; write another"))
        }
        Error::ExpectedArray => Ok(Fault::NoList),
        Error::ExceededRecursionLimit => Ok(Fault::TooDeep),
        Error::UnclosedBlockComment => Ok(Fault::OpenComment),
        Error::Eof => Ok(Fault::EndsEarly),
        Error::TrailingCharacters => Ok(Fault::GoesOn),
        Error::ExpectedComma => Ok(Fault::NoComma),
        Error::ExpectedMapColon => Ok(Fault::NoColon),
        Error::ExpectedArrayEnd | Error::ExpectedMapEnd | Error::ExpectedStructLikeEnd => Ok(Fault::OpenBracket),
        Error::ExpectedStructLike
        | Error::ExpectedNamedStructLike(_)
        | Error::ExpectedStructName(_)
        | Error::ExpectedDifferentStructName { .. } => Ok(if is_at_start { Fault::NoBeginning } else { Fault::NoPart }),
        Error::ExpectedIdentifier | Error::InvalidIdentifier(_) | Error::SuggestRawIdentifier(_) => Ok(Fault::NoName),
        Error::UnexpectedChar(c) => Ok(Fault::Stray(c)),
        Error::InvalidEscape(_) => Ok(Fault::Escape),
        Error::Message(message) => {
            // A value out of its bounds is found when the part that it is in ends.
            let named = message.strip_prefix('`').and_then(|rest| rest.split_once("` is ")).map(|(name, _)| name);
            if let Some((name, at)) = named
                .and_then(|name| Some((name, last_field(source, (error.span.end.line, error.span.end.col), name)?)))
            {
                (field, place) = (Some(name.to_owned()), at);
            }
            Err(message)
        }
        other => Err(format!("{other}; correct the text here")),
    };
    let looked_at = match fault {
        Ok(Fault::NoComma | Fault::OpenBracket) => (error.span.end.line, error.span.end.col),
        _ => place,
    };
    let is_cut = guess::is_cut(source, offset(source, looked_at.0, looked_at.1));
    // Before the end of a draft there is a bracket.
    if is_cut && fault.as_ref().is_ok_and(|fault| !matches!(fault, Fault::GoesOn | Fault::NoBeginning)) {
        let (line, column) = place_of(source, source.trim_ascii_end().len());
        let paragraph = paragraph_at(source, (line, column));
        let (message, fault) = (Fault::EndsEarly.to_string(), Some(Box::new(Fault::EndsEarly)));
        return ParseError { line, column, field: None, paragraph, message, is_newer: false, fault };
    }
    let guessed = |fault: &Fault, (line, column)| {
        let (fault, at) = guess::better(source, fault, offset(source, line, column))?;
        let (line, column) = place_of(source, at);
        let of_whole = matches!(fault, Fault::EndsEarly | Fault::NoBeginning);
        // The field that a text is of is named before it.
        let field = field_before(source, (line, column)).filter(|_| !of_whole);
        let (message, fault) = (fault.to_string(), Some(Box::new(fault)));
        let paragraph = paragraph_at(source, (line, column));
        Some(ParseError { line, column, field, paragraph, message, is_newer: false, fault })
    };
    if let Some(better) = fault.as_ref().ok().filter(|_| field.is_none()).and_then(|fault| guessed(fault, place)) {
        return better;
    }
    if matches!(fault, Ok(Fault::NoComma | Fault::NoColon | Fault::OpenBracket)) {
        // It is missing where the text before ends, which may be lines above.
        let (line, column) = end_before(source, place);
        let word = unquoted(source, (line, column), place).filter(|_| matches!(fault, Ok(Fault::NoComma)));
        let (fault, column) = match word {
            Some(word) => (Ok(Fault::NoText), column - word.chars().count()),
            None => (fault, column),
        };
        let message = fault.as_ref().map_or_else(String::clone, Fault::to_string);
        let field = match fault {
            Ok(Fault::NoColon) => split(source, line, column).map(|(before, _)| guess::last_name(before).to_owned()),
            _ => None,
        };
        let field = field.filter(|name| !name.is_empty()).or_else(|| field_before(source, (line, column)));
        let paragraph = paragraph_at(source, place);
        return ParseError {
            line,
            column,
            field,
            paragraph,
            message,
            is_newer: false,
            fault: fault.ok().map(Box::new),
        };
    }
    if field.is_none() {
        place = (error.span.end.line.max(place.0), if error.span.end.line > place.0 { 1 } else { place.1 });
        let of_whole = matches!(fault, Ok(Fault::GoesOn | Fault::EndsEarly));
        field = field_before(source, (error.span.end.line, error.span.end.col)).filter(|_| !of_whole);
        place = if place.0 == error.span.start.line { place } else { (error.span.end.line, error.span.end.col) };
    }
    let message = fault.as_ref().map_or_else(String::clone, Fault::to_string);
    let paragraph = paragraph_at(source, (error.span.start.line, error.span.start.col));
    let fault = fault.ok().map(Box::new);
    ParseError { line: place.0, column: place.1, field, paragraph, message, is_newer: false, fault }
}

/// Where the text before a place ends, spaces and empty lines left out.
fn end_before(source: &str, (line, column): (usize, usize)) -> (usize, usize) {
    let lines: Vec<&str> = source.split('\n').take(line).collect();
    let last = lines.len();
    for (index, text) in lines.into_iter().enumerate().rev() {
        let before: String =
            if index + 1 == last { text.chars().take(column.saturating_sub(1)).collect() } else { text.into() };
        let code = before.split("//").next().filter(|code| !code.contains('"')).unwrap_or(&before).trim_end();
        if !code.trim().is_empty() {
            return (index + 1, code.chars().count() + 1);
        }
    }
    (line, column)
}

/// The first word of a text that has lost its quotation marks: between a colon and a place where it ends, with more
/// words after the place and no name of a field, which would lack a comma.
fn unquoted(source: &str, (line, column): (usize, usize), (next_line, next_column): (usize, usize)) -> Option<&str> {
    let (begun, _) = split(source, line, column)?;
    let (_, word) = begun.rsplit_once(':')?;
    let word = word.trim();
    let is_word =
        word.starts_with(char::is_alphabetic) && word.chars().all(|c| !c.is_whitespace() && !"\"[](){}".contains(c));
    let (_, rest) = split(source, next_line, next_column)?;
    let next = rest.split([',', ')', '"']).next().unwrap_or_default();
    (is_word && !next.trim().is_empty() && !next.contains(':')).then_some(word)
}

/// A line before a column and from it on, both counted from one.
fn split(source: &str, line: usize, column: usize) -> Option<(&str, &str)> {
    let text = source.split('\n').nth(line.checked_sub(1)?)?;
    let at = text.char_indices().nth(column.checked_sub(1)?).map_or(text.len(), |(at, _)| at);
    text.split_at_checked(at)
}

/// The place of the first field of a name, for errors that come without one.
pub(super) fn find(source: &str, name: &str) -> ParseError {
    let at = source.find(name).unwrap_or(0);
    let before = &source[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
    ParseError::at(line, column, String::new())
}

/// Line and column of the last field of a name that begins before a place.
fn last_field(source: &str, (line, column): (usize, usize), name: &str) -> Option<(usize, usize)> {
    for (index, text) in source.lines().enumerate().take(line).collect::<Vec<_>>().into_iter().rev() {
        let limit = if index + 1 == line { column } else { usize::MAX };
        let before: String = text.chars().take(limit).collect();
        let is_field = |&(at, _): &(usize, &str)| {
            let (head, rest) =
                (before.get(..at).unwrap_or_default(), before.get(at + name.len()..).unwrap_or_default());
            !head.ends_with(|c: char| c.is_alphanumeric() || c == '_') && rest.trim_start().starts_with(':')
        };
        if let Some((at, _)) = before.rmatch_indices(name).find(is_field) {
            return Some((index + 1, before.get(..at)?.chars().count() + 1));
        }
    }
    None
}

/// The last `name:` before a place, texts and comments left out.
fn field_before(source: &str, (line, column): (usize, usize)) -> Option<String> {
    let mut name = None;
    let mut word = String::new();
    let mut in_text = false;
    for (i, text) in source.lines().take(line).enumerate() {
        let limit = if i + 1 == line { column } else { usize::MAX };
        let mut chars = text.chars().take(limit).peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' if in_text => _ = chars.next(),
                '"' => in_text = !in_text,
                _ if in_text => {}
                '/' if chars.peek() == Some(&'/') => break,
                ':' => name = Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()).or(name),
                c if c.is_alphanumeric() || c == '_' => word.push(c),
                _ => word.clear(),
            }
        }
        word.clear();
    }
    name
}

/// The number, from 1, of the block of the body that a place lies in; texts and comments left out.
fn paragraph_at(source: &str, (line, column): (usize, usize)) -> Option<NonZeroUsize> {
    let at = offset(source, line, column);
    let (mut rest, mut depth, mut word) = (source, 0_usize, String::new());
    // The depth inside of the list of blocks, and the blocks begun.
    let (mut body, mut number) = (None, 0);
    while source.len() - rest.len() < at {
        let Some(c) = rest.chars().next() else { break };
        let length = text_or_comment(rest);
        if length > 0 {
            rest = rest.get(length..).unwrap_or_default();
            continue;
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '(' | '[' | '{' => {
                depth += 1;
                if c == '[' && depth == 2 && body.is_none() && word == "body" {
                    body = Some(depth);
                } else if body == Some(depth - 1) {
                    number += 1;
                }
            }
            ')' | ']' | '}' => {
                if body == Some(depth) {
                    return None;
                }
                depth = depth.saturating_sub(1);
            }
            ',' => word.clear(),
            c if c.is_alphanumeric() || c == '_' => word.push(c),
            _ => {}
        }
    }
    NonZeroUsize::new(number).filter(|_| body.is_some())
}

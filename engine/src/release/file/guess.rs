//! What is most likely wrong where the reader of a file stumbled, which is often behind the slip itself.
//!
//! Knows the look of a file, nothing of releases or of the reader's errors. Invariant: the place it gives is in the text.

use std::ops::Range;

use super::{
    super::Fault,
    source::{open_comment, text_or_comment},
};

/// Marks that people or programs type for the straight quotation mark.
const QUOTES: &str = "“”„«»‘’‹›'";

/// What a file has up to a place, texts and comments left out.
struct Before {
    /// Where it ends without white space and comments.
    end: usize,
    /// The last text.
    text: Range<usize>,
    /// The bracket that is open, and where.
    open: Option<(usize, char)>,
}

fn before(source: &str, at: usize) -> Before {
    let (mut here, mut end, mut text, mut open) = (0, 0, 0..0, Vec::new());
    while let Some(rest) = source.get(here..).filter(|_| here < at) {
        let Some(c) = rest.chars().next() else { break };
        let length = text_or_comment(rest);
        if length > 0 {
            if c != '/' {
                text = here..here + length;
                end = text.end;
            }
            here += length;
            continue;
        }
        match c {
            '(' | '[' | '{' => open.push((here, c)),
            ')' | ']' | '}' => _ = open.pop(),
            _ => {}
        }
        here += c.len_utf8();
        if !c.is_whitespace() {
            end = here;
        }
    }
    Before { end, text, open: open.pop() }
}

/// What is rather wrong than a fault at a place, and where; `None` if the fault says it best.
pub(super) fn better(source: &str, fault: &Fault, at: usize) -> Option<(Fault, usize)> {
    let Before { end, text, open } = before(source, at);
    let (said, next) = (source.get(..end)?, source.get(at.max(end)..)?.trim_ascii_start());
    let first = next.chars().next();
    match fault {
        Fault::OpenComment => Some((Fault::OpenComment, open_comment(source)?)),
        Fault::NoComma | Fault::OpenBracket if next.is_empty() => Some((Fault::EndsEarly, end)),
        Fault::NoComma | Fault::OpenBracket if next.strip_prefix(';').is_some_and(is_behind_value) => {
            Some((Fault::Semicolon, source.len() - next.len()))
        }
        Fault::NoComma | Fault::OpenBracket
            if open.is_some_and(|(_, bracket)| first != Some(closing(bracket)))
                && next.starts_with([')', ']', '}']) =>
        {
            wrong_bracket(source, open?, (source.len() - next.len(), first?))
        }
        Fault::NoComma | Fault::OpenBracket if text.end == end && end > 0 => {
            if runs_on(source.get(text.clone())?) {
                return Some((Fault::OpenText, text.start));
            }
            let rest = source.get(end..)?.trim_start_matches([' ', '\t']);
            let goes_on = !is_field(rest) && !rest.starts_with(['"', ')', ']', '}', ',', '\r', '\n']);
            goes_on.then_some((Fault::QuoteInText, end - 1))
        }
        Fault::NoComma | Fault::OpenBracket if first == Some(':') => {
            let start = end - last_name(said).len();
            let outer = before(source, start);
            let is_first = source.get(..outer.end)?.ends_with('[');
            Some(if is_first { (Fault::NoPart, start) } else { (Fault::OpenBracket, outer.end) })
        }
        Fault::NoComma | Fault::OpenBracket | Fault::NoWholeNumber
            if said.ends_with(|c: char| c.is_ascii_digit()) && matches!(first, Some('.' | '-' | '/')) =>
        {
            let start = said.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '/')).len();
            Some((if is_date(value(source, start)) { Fault::NoText } else { Fault::NoWholeNumber }, start))
        }
        Fault::NoNumber | Fault::NoWholeNumber if is_date(value(source, at)) => {
            Some((Fault::NoText, source.len() - next.len()))
        }
        Fault::NoList if is_round_list(next) => Some((Fault::RoundList, source.len() - next.len())),
        Fault::NoName => match first? {
            '(' if said.ends_with("),") => Some((Fault::NoList, list_before(said)?)),
            '(' => Some((Fault::OpenBracket, end)),
            '"' => None,
            c if c.is_ascii_digit() => decimal(source, end).map(|(start, right)| (Fault::DecimalComma(right), start)),
            c if c.is_alphanumeric() || c == '_' => None,
            c => Some((Fault::Stray(c), source.len() - next.len())),
        },
        // A slash that no comment begins with.
        Fault::Stray(_) if first == Some('/') => {
            let start = said.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            is_date(value(source, start)).then_some((Fault::NoText, start))
        }
        Fault::Stray(c) if QUOTES.contains(*c) => Some((Fault::CurlyQuote(*c), at)),
        Fault::Stray(c @ (')' | ']' | '}')) => wrong_bracket(source, open?, (at, *c)),
        _ => None,
    }
}

/// What is wrong where a bracket closes one of another kind: the one that opens if it is around a list, or this one.
fn wrong_bracket(source: &str, (opened, open): (usize, char), (at, found): (usize, char)) -> Option<(Fault, usize)> {
    let is_list = found == ']' && is_round_list(source.get(opened..)?);
    Some(if is_list { (Fault::RoundList, opened) } else { (Fault::WrongBracket(found, closing(open)), at) })
}

fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

/// Whether a value is a date without its quotation marks: 2023-10-30, 30/10/2023.
fn is_date(value: &str) -> bool {
    value.matches(['-', '/', '.']).count() == 2
        && value.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '.'))
}

/// Whether a text begins with a round bracket around the parts of a list: no field follows, as it does in one part.
fn is_round_list(text: &str) -> bool {
    text.strip_prefix('(').is_some_and(|inside| !is_field(inside.trim_ascii_start()))
}

/// Whether a file ends at a place or within the word there, as one that was cut off does.
pub(super) fn is_cut(source: &str, at: usize) -> bool {
    let rest = source.get(at..).unwrap_or_default().trim_ascii_end();
    rest.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/'))
}

/// Where the number begins whose decimal comma ends at a place, and what it is with a point.
fn decimal(source: &str, end: usize) -> Option<(usize, String)> {
    let (said, rest) = source.split_at_checked(end)?;
    let whole = said.strip_suffix(',')?;
    let start = whole.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (whole, part) = (whole.get(start..)?, rest.get(..digits)?);
    (!whole.is_empty() && !part.is_empty()).then(|| (start, format!("{whole}.{part}")))
}

/// Where a list should begin whose parts have no bracket around them: behind the last colon before a round bracket.
fn list_before(said: &str) -> Option<usize> {
    let begins = |at: &usize| said.get(at + 1..).is_some_and(|rest| rest.trim_ascii_start().starts_with('('));
    said.rmatch_indices(':').map(|(at, _)| at).find(begins).map(|at| at + 1)
}

/// Whether a text that lacks its end has gone on to the next one: it has lines that begin as a draft's do.
fn runs_on(text: &str) -> bool {
    text.lines().skip(1).map(str::trim_start).any(|line| line.starts_with(['(', ')', ']']) || is_field(line))
}

/// Whether a text begins with the name of a field and its colon.
fn is_field(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '_');
    rest.len() < text.len() && rest.trim_start().starts_with(':')
}

/// Whether a text may follow a value and its comma: a new line, the next field, or a bracket that closes.
fn is_behind_value(text: &str) -> bool {
    let text = text.trim_start_matches([' ', '\t']);
    text.is_empty() || text.starts_with(['\n', '\r', ')', ']']) || is_field(text)
}

/// The name that a text ends with.
pub(super) fn last_name(text: &str) -> &str {
    let text = text.trim_end();
    let start = text.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_').len();
    text.get(start..).unwrap_or_default()
}

/// The value of the field that begins at a place, or that is there itself, up to the end of it.
pub(super) fn value(source: &str, at: usize) -> &str {
    let rest = source.get(at..).unwrap_or_default();
    let rest = if is_field(rest) { rest.split_once(':').map_or(rest, |(_, value)| value) } else { rest };
    rest.split([',', ')', '\n']).next().unwrap_or_default().trim()
}

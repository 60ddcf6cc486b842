//! The look of a file that people write by hand: its lines, and where its texts and comments end.
//!
//! Knows nothing of what is in it. Invariant: every place it gives is in the text, on a character.

/// The byte of a line and column, both from 1 and the column in characters.
pub(super) fn offset(source: &str, line: usize, column: usize) -> usize {
    let start: usize = source.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = source.get(start..).unwrap_or_default();
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
}

/// The length of the text or comment that a part of a file begins with; 0 if it begins with none.
pub(super) fn text_or_comment(rest: &str) -> usize {
    let end = |mark: &str, from: usize| {
        let found = rest.get(from..).and_then(|inside| inside.find(mark));
        found.map_or(rest.len(), |at| from + at + mark.len())
    };
    if rest.starts_with("//") {
        return end("\n", 2);
    }
    if rest.starts_with("/*") {
        return block_comment(rest).unwrap_or(rest.len());
    }
    if let Some(raw) = rest.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let opened = hashes + 2;
        if raw.get(hashes..).is_some_and(|inside| inside.starts_with('"')) {
            return end(&format!("\"{}", "#".repeat(hashes)), opened);
        }
    }
    if !rest.starts_with('"') {
        return 0;
    }
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The length of the comment in /* and */ that a part of a file begins with, with the comments in it; `None` if it is
/// not closed.
fn block_comment(rest: &str) -> Option<usize> {
    let (mut at, mut depth) = (2, 1);
    while depth > 0 {
        let inside = rest.get(at..)?;
        let mark = inside.find("/*").into_iter().chain(inside.find("*/")).min()?;
        depth = if inside.get(mark..)?.starts_with("/*") { depth + 1 } else { depth - 1 };
        at += mark + 2;
    }
    Some(at)
}

/// Where the comment in /* and */ begins that is not closed.
pub(super) fn open_comment(source: &str) -> Option<usize> {
    let mut here = 0;
    while let Some(rest) = source.get(here..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("/*") && block_comment(rest).is_none() {
            return Some(here);
        }
        here += text_or_comment(rest).max(rest.chars().next().map_or(1, char::len_utf8));
    }
    None
}

/// Line and column of a byte, both from 1 and the column in characters.
pub(super) fn place(source: &str, at: usize) -> (usize, usize) {
    let before = source.get(..at).unwrap_or(source);
    let line = before.rsplit('\n').next().unwrap_or(before);
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

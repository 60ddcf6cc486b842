//! Letters as the model counts them: the units between which it looks for the edges of words.
//!
//! Mostly clusters, but not always: a number or a Latin word is one letter, and what nobody sees
//! (zero-width spaces and joiners) is none. The model was trained on these units (in its papers:
//! Khmer character clusters, KCC), so they are made as they were then and not as would please us.
//!
//! Must never know: weights and words.
//!
//! Invariant: the letters of a run stand in the order of the text, and their edges are edges of
//! characters.

use super::clusters::COENG;
use super::hash;

/// A letter: where its text begins, and what the features need of it.
pub struct Letter {
    /// Byte offset in the text.
    pub at: usize,
    /// Where it begins in the run's visible characters.
    pub start: usize,
    /// A zero-width space stands before it: the writer has said that a word begins here.
    pub marked: bool,
    /// Hash of the name of its type.
    pub kind: u64,
    /// Neither a Khmer letter nor a mark.
    pub foreign: bool,
}

/// The letters between two line breaks of the text itself.
#[derive(Default)]
pub struct Run {
    pub letters: Vec<Letter>,
    /// Hashes of the prefixes of its visible characters, the empty one first.
    prefixes: Vec<u64>,
}

impl Run {
    /// Hash of the text from letter `from` up to, but not with, letter `to`; none outside the run.
    pub fn piece(&self, from: usize, to: usize, powers: &[u64]) -> Option<u64> {
        let start = self.letters.get(from)?.start;
        let end = match self.letters.get(to) {
            Some(letter) => letter.start,
            None if to == self.letters.len() => self.prefixes.len() - 1,
            None => return None,
        };
        let power = powers.get(end - start)?;
        Some(hash::between(*self.prefixes.get(start)?, *self.prefixes.get(end)?, *power))
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{00AD}')
}

fn ends_run(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_khmer(c: char) -> bool {
    matches!(c, '\u{1780}'..='\u{17FF}' | '\u{19E0}'..='\u{19FF}')
}

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '០'..='៩')
}

/// A letter of the model begins with it, unless a coeng stands before.
fn is_base(c: char) -> bool {
    matches!(c, '\u{1780}'..='\u{17B3}' | '\u{17D4}'..='\u{17DB}' | '\u{17E0}'..='\u{17E9}' | '\u{19E0}'..='\u{19FF}')
}

/// The types of the original: consonant, vowel (W), subscript sign, diacritic, anything else.
fn kind(c: char) -> &'static str {
    match c {
        '\u{1780}'..='\u{17B3}' => "C",
        '\u{17B4}'..='\u{17C8}' => "W",
        COENG => "S",
        '\u{17C9}'..='\u{17D0}' => "D",
        _ => "NS",
    }
}

/// Whether `c` goes on with the letter whose last character is `last`.
fn goes_on(last: char, c: char) -> bool {
    if is_digit(last) || is_digit(c) {
        return is_digit(last) && is_digit(c);
    }
    match (is_khmer(last), is_khmer(c)) {
        (true, true) => last == COENG || !is_base(c),
        (false, false) => last.is_alphanumeric() && c.is_alphanumeric(),
        _ => false,
    }
}

/// The runs of a text.
pub fn runs(text: &str) -> Vec<Run> {
    text.split_inclusive(ends_run)
        .scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some(run(line.trim_end_matches(ends_run), start))
        })
        .collect()
}

fn run(line: &str, offset: usize) -> Run {
    let mut run = Run { letters: Vec::with_capacity(line.len() / 6), prefixes: vec![0] };
    let (mut prefix, mut last, mut marked, mut first, mut count) = (0, None, false, '\0', 0);
    for (at, c) in line.char_indices() {
        if is_invisible(c) {
            marked |= c == '\u{200B}';
            continue;
        }
        // The model knows one kind of space, and never saw two of them.
        let c = if c.is_whitespace() { ' ' } else { c };
        if c == ' ' && last == Some(' ') {
            continue;
        }
        if !last.is_some_and(|last| goes_on(last, c)) {
            close(&mut run.letters, first, count);
            let start = run.prefixes.len() - 1;
            run.letters.push(Letter { at: offset + at, start, marked, kind: 0, foreign: false });
            (first, count) = (c, 0);
        }
        (marked, last) = (false, Some(c));
        count += 1;
        prefix = hash::push(prefix, c);
        run.prefixes.push(prefix);
    }
    close(&mut run.letters, first, count);
    run
}

/// Fills in what is known of the last letter when all its characters are.
fn close(letters: &mut [Letter], first: char, count: usize) {
    if let Some(letter) = letters.last_mut() {
        letter.foreign = kind(first) == "NS";
        letter.kind = if count == 1 { hash::whole(kind(first)) } else { long(count) };
    }
}

/// The type of a letter of several characters is `K` and how many they are.
fn long(count: usize) -> u64 {
    count.to_string().chars().fold(hash::whole("K"), hash::push)
}

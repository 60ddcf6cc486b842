//! Letters as the model counts them: the units between which it looks for the edges of words.
//!
//! Mostly clusters, but not always: a number or a Latin word is one letter, and what nobody sees
//! (zero-width spaces and joiners) is none. The model was taught on these units (in its papers: Khmer
//! character clusters, KCC), so they are made as they were then and not as would please us.
//!
//! Must never know: weights and words.
//!
//! Invariant: the letters of a run are in the order of the text, and begin where characters begin.

use super::characters::is_digit;
use super::features::{self, KIND_NAMES};
use crate::khmer::characters::{COENG, is_invisible, is_khmer_or_symbol};

/// A letter: where it begins in the text, and what the features need of it.
pub struct Letter {
    /// Byte offset in the text.
    pub at: usize,
    /// A zero-width space is before it: the writer has said that a word begins here.
    pub marked: bool,
    /// Number of its type in `KIND_NAMES`; one more than the last for what the model never saw.
    pub kind: usize,
    /// Its first character is neither a Khmer letter nor a mark.
    pub foreign: bool,
    pub cut: Cut,
}

/// A place between two letters: how many characters are before it in the run, and their hash.
#[derive(Clone, Copy, Default)]
pub struct Cut {
    pub count: usize,
    pub hash: u64,
}

/// The letters between two line breaks of the text itself.
#[derive(Default)]
pub struct Run {
    pub letters: Vec<Letter>,
    /// The place behind the last letter.
    pub end: Cut,
    /// Byte offset in the text of the end of the run.
    pub until: usize,
}

/// The runs of a text.
pub fn runs(text: &str) -> Vec<Run> {
    let mut start = 0;
    text.split_inclusive(ends_run)
        .map(|line| {
            let run = Run::new(line.trim_end_matches(ends_run), start);
            start += line.len();
            run
        })
        .collect()
}

impl Run {
    fn new(line: &str, start: usize) -> Self {
        let until = start + line.len();
        let mut run = Self { letters: Vec::with_capacity(line.len() / 6), until, ..Self::default() };
        let (mut letter, mut marked) = (Vec::new(), false);
        for (at, c) in line.char_indices() {
            if is_invisible(c) {
                marked |= c == '\u{200B}';
                continue;
            }
            // The model knows one kind of space, and never saw two of them.
            let c = if c.is_whitespace() { ' ' } else { c };
            let last = letter.last().copied();
            if c == ' ' && last == Some(' ') {
                continue;
            }
            if !last.is_some_and(|last| goes_on(last, c)) {
                run.close(&mut letter);
                run.letters.push(Letter { at: start + at, marked, kind: 0, foreign: false, cut: run.end });
            }
            marked = false;
            letter.push(c);
        }
        run.close(&mut letter);
        run
    }

    /// Fills in what is known of the last letter when all its characters are, and empties `chars`.
    fn close(&mut self, chars: &mut Vec<char>) {
        normalize(chars);
        if let Some(letter) = self.letters.last_mut() {
            letter.kind = kind(chars);
            letter.foreign = chars.first().is_some_and(|c| !matches!(c, '\u{1780}'..='\u{17D0}' | &COENG));
        }
        for c in chars.drain(..) {
            self.end = Cut { count: self.end.count + 1, hash: features::push(self.end.hash, c) };
        }
    }
}

/// Writes a letter as the newspapers do that the model was taught with. What is drawn alike is typed
/// in several ways: និ្ន for ន្និ, ំា for ាំ, and ើ, ោ in two parts.
fn normalize(letter: &mut Vec<char>) {
    let rank = |c: &char| match c {
        '\u{17B6}'..='\u{17C5}' => 1,
        '\u{17C6}'..='\u{17C8}' | '\u{17CB}'..='\u{17D1}' => 2,
        _ => 0,
    };
    if !letter.is_sorted_by_key(rank) {
        letter.sort_by_key(rank);
    }
    for (typed, meant) in [(['េ', 'ី'], 'ើ'), (['េ', 'ា'], 'ោ')] {
        if let Some(at) = letter.windows(2).position(|pair| pair == typed) {
            letter.splice(at..at + 2, [meant]);
        }
    }
}

/// The type of a letter: what it is if it is one character, else how many they are.
fn kind(letter: &[char]) -> usize {
    let name = match letter {
        ['\u{1780}'..='\u{17B3}'] => "C",
        ['\u{17B4}'..='\u{17C8}'] => "W",
        [COENG] => "S",
        ['\u{17C9}'..='\u{17D0}'] => "D",
        [_] => "NS",
        // The names of several characters are in order, behind those of one.
        _ => return (letter.len() + 3).min(KIND_NAMES.len()),
    };
    KIND_NAMES.iter().position(|known| *known == name).unwrap_or(KIND_NAMES.len())
}

/// Whether `c` goes on with the letter whose last character is `last`.
fn goes_on(last: char, c: char) -> bool {
    if is_digit(last) || is_digit(c) {
        return is_digit(last) && is_digit(c);
    }
    match (is_khmer_or_symbol(last), is_khmer_or_symbol(c)) {
        (true, true) => last == COENG || !is_base(c),
        (false, false) => last.is_alphanumeric() && c.is_alphanumeric(),
        _ => false,
    }
}

fn ends_run(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A letter of the model begins with it, unless a coeng is before.
fn is_base(c: char) -> bool {
    matches!(c, '\u{1780}'..='\u{17B3}' | '\u{17D4}'..='\u{17DB}' | '\u{17E0}'..='\u{17E9}' | '\u{19E0}'..='\u{19FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> Vec<Vec<&str>> {
        let runs = runs(text);
        let mut ends = runs.iter().flat_map(|run| &run.letters).map(|letter| letter.at).skip(1).chain([text.len()]);
        let mut letter = |letter: &Letter| &text[letter.at..ends.next().expect("an end")];
        runs.iter().map(|run| run.letters.iter().map(&mut letter).collect()).collect()
    }

    #[test]
    fn clusters_numbers_and_latin_words_are_letters() {
        assert_eq!(letters("ឆ្នាំ២០២៣ (PKO)។"), [["ឆ្នាំ", "២០២៣", " ", "(", "PKO", ")", "។"]]);
        assert_eq!(letters("ស្ត្រី"), [["ស្ត្រី"]]);
    }

    #[test]
    fn a_line_break_ends_a_run() {
        assert_eq!(letters("កខ\nគ"), [vec!["ក", "ខ\n"], vec!["គ"]]);
    }

    #[test]
    fn a_zero_width_space_marks_the_next_letter() {
        let runs = runs("ក\u{200B}ខ\u{2060}គ");
        assert_eq!(runs[0].letters.iter().map(|letter| letter.marked).collect::<Vec<_>>(), [false, true, false]);
        assert_eq!(runs[0].end.hash, features::whole("កខគ"));
    }

    #[test]
    fn ways_of_typing_are_one() {
        for (typed, meant) in [("សនិ្ន", "សន្និ"), ("កំា", "កាំ"), ("ដេីម", "ដើម"), ("កេា", "កោ")]
        {
            assert_eq!(runs(typed)[0].end.hash, features::whole(meant), "{typed}");
        }
    }

    #[test]
    fn kinds() {
        let kinds = |text| runs(text)[0].letters.iter().map(|l| KIND_NAMES.get(l.kind).copied()).collect::<Vec<_>>();
        assert_eq!(kinds("កក្កិ2 ាAB"), [Some("C"), Some("K4"), Some("NS"), Some("NS"), Some("W"), Some("K2")]);
        assert_eq!(kinds("Internationalisation"), [None]);
    }
}

//! A base with its marks, read from text and written back.
//!
//! Must never know: text outside the cluster, which order is the normal one, fonts.
//!
//! Invariant: a cluster that could be read writes the text that it was read from, or one that is
//! canonically equivalent to it.

use super::{
    characters::{COENG, is_letter},
    marks::{ATTHACAN, Class, KAKABAT, NIKAHIT, RO, ROBAT, TOANDAKHIAT, vowel_places},
};

/// A mark, the coeng and its letter together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// U+17CC.
    Robat,
    /// A coeng with this letter.
    Subscript(char),
    /// A register shifter.
    Shifter(char),
    /// A dependent vowel.
    Vowel(char),
    /// A sign above.
    Sign(char),
    /// ះ or ៈ.
    Final(char),
}

impl Mark {
    /// The mark's place in the normal order.
    ///
    /// Of signs that are together the note says only in prose which follows which: samyok
    /// sannya, toandakhiat and kakabat follow nikahit, and the last two follow every other.
    pub fn rank(self) -> u8 {
        match self {
            Self::Robat => 0,
            Self::Subscript(RO) => 2,
            Self::Subscript(_) => 1,
            Self::Shifter(_) => 3,
            Self::Vowel(vowel) => match vowel_places(vowel) {
                [true, ..] => 4,
                [_, true, ..] => 5,
                [_, _, true, _] => 6,
                _ => 7,
            },
            Self::Sign(NIKAHIT) => 8,
            Self::Sign(TOANDAKHIAT | KAKABAT) => 10,
            Self::Sign(_) => 9,
            Self::Final(_) => 11,
        }
    }

    /// Appends its characters.
    pub fn write(self, to: &mut String) {
        match self {
            Self::Robat => to.push(ROBAT),
            Self::Subscript(c) => to.extend([COENG, c]),
            Self::Shifter(c) | Self::Vowel(c) | Self::Sign(c) | Self::Final(c) => to.push(c),
        }
    }
}

/// A base with its marks, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cluster {
    /// The letter that all hangs on.
    pub base: char,
    /// What hangs on it, in order.
    pub marks: Vec<Mark>,
}

impl Cluster {
    /// Reads a cluster; `None` if it holds a joiner, or a coeng that joins nothing, beside which
    /// order means something else.
    ///
    /// The sign ◌៝ between a coeng and its letter is read as if it stood behind the letter: Unicode's
    /// canonical ordering moves it there.
    pub fn read(text: &str) -> Option<Self> {
        let mut chars = text.chars().peekable();
        let base = chars.next().filter(|&c| Class::of(c) == Class::Base)?;
        let mut marks = Vec::new();
        while let Some(c) = chars.next() {
            marks.push(match Class::of(c) {
                Class::Robat => Mark::Robat,
                Class::Coeng => {
                    let mut moved = 0;
                    while chars.next_if_eq(&ATTHACAN).is_some() {
                        moved += 1;
                    }
                    marks.push(Mark::Subscript(chars.next().filter(|&c| is_letter(c))?));
                    marks.extend(std::iter::repeat_n(Mark::Sign(ATTHACAN), moved));
                    continue;
                }
                Class::Shifter => Mark::Shifter(c),
                Class::Vowel => Mark::Vowel(c),
                Class::Sign => Mark::Sign(c),
                Class::Final => Mark::Final(c),
                Class::Base | Class::Joiner | Class::Other => return None,
            });
        }
        Some(Self { base, marks })
    }

    /// Its characters.
    pub fn text(&self) -> String {
        let mut text = String::from(self.base);
        for mark in &self.marks {
            mark.write(&mut text);
        }
        text
    }
}

//! What the model looks at: each letter, its three neighbours on either side, and the pieces of text
//! they make together.
//!
//! The names are those of the original (khmer-nltk's `features.py`); the number of a feature is its
//! place in these lists, and enters its hash. Shared with the program that makes the table.
//!
//! Must never know: weights, and what is decided from them.
//!
//! Invariant: `PIECES`, `KINDS`, `FOREIGN` and `ENDS`, one after the other, number every feature once.

/// Pieces of text: name, first letter and the one after the last, counted from the letter looked at.
pub const PIECES: [(&str, isize, isize); 19] = [
    ("kcc", 0, 1),
    ("kcc[-1]", -1, 0),
    ("kcc[-2]", -2, -1),
    ("kcc[-3]", -3, -2),
    ("kcc[+1]", 1, 2),
    ("kcc[+2]", 2, 3),
    ("kcc[+3]", 3, 4),
    ("kcc[-1:0]", -1, 1),
    ("kcc[-2:-1]", -2, 0),
    ("kcc[-2:0]", -2, 1),
    ("kcc[-3:0]", -3, 1),
    ("kcc[-3:-1]", -3, 0),
    ("kcc[-3:-2]", -3, -1),
    ("kcc[+1:0]", 0, 2),
    ("kcc[+1:+2]", 1, 3),
    ("kcc[0:+2]", 0, 3),
    ("kcc[+2:+3]", 2, 4),
    ("kcc[+1:+3]", 1, 4),
    ("kcc[0:+3]", 0, 4),
];

/// Types of letters: name and which letter.
pub const KINDS: [(&str, isize); 7] = [
    ("t", 0),
    ("kcc[-1]t", -1),
    ("kcc[-2]t", -2),
    ("kcc[-3]t", -3),
    ("kcc[+1]t", 1),
    ("kcc[+2]t", 2),
    ("kcc[+3]t", 3),
];

/// Whether a letter is neither a Khmer letter nor a mark: name and which letter.
pub const FOREIGN: [(&str, isize); 4] = [("ns", 0), ("ns-1", -1), ("ns+1", 1), ("ns+2", 2)];

/// First and last letter of a run.
pub const ENDS: [&str; 2] = ["BOS", "EOS"];

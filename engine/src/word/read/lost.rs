//! What a Word file has that a draft does not hold.

use std::{collections::BTreeMap, fmt};

/// Something of the file that a draft does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lost {
    /// Pictures and drawings.
    Pictures,
    /// Notes whose text is missing, and notes within notes.
    Notes,
    /// Changes that Word keeps as proposed: what was to be put in is there, what was to be taken out is not.
    Changes,
    /// Formulas.
    Formulas,
    /// Frames with text, whose text is in the body.
    Frames,
    /// Links to what is no page or mailbox, or to a place in the file; their words are there.
    Links,
    /// Text that was hidden.
    Hidden,
    /// Levels of lists beyond the third.
    Levels,
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pictures => "pictures, which were left out",
            Self::Notes => "notes without a text, or within notes, which were left out",
            Self::Changes => "proposed changes, which were taken as accepted",
            Self::Formulas => "formulas, which were left out",
            Self::Frames => "frames, whose text is before that of their paragraph",
            Self::Links => "links to what is no page and no mailbox: their words were kept",
            Self::Hidden => "hidden texts, which were left out",
            Self::Levels => "items of lists within three others, which are on the third level",
        })
    }
}

/// What was not taken over, and how often.
pub type Losses = BTreeMap<Lost, usize>;

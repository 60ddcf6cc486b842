//! What of a Word file a draft does not hold.

use std::{collections::BTreeMap, fmt};

/// So many pictures are named.
const MOST_NAMED: usize = 20;
/// The longest name of a picture in the list, in characters.
const LONGEST_NAME: usize = 80;

/// Something of the file that a draft does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lost {
    /// A picture or drawing, by its name.
    Picture(String),
    /// A picture of which Word shows a part, and the draft all, by its name.
    Cropped(String),
    /// A picture that Word turns or mirrors, and the draft does not, by its name.
    Turned(String),
    /// Pictures and drawings without a name, and others if there are many.
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
    /// Items whose numbers are of another form than those of a draft.
    Numbers,
    /// Items of lists whose bullets are boxes to tick.
    Boxes,
    /// Items of lists in tables.
    InCells,
    /// Tables within tables.
    Tables,
    /// Cells of tables that are over several columns or rows.
    Merged,
    /// Texts that are struck through.
    Struck,
    /// Signs of fonts of signs, for which no letter is known.
    Signs,
    /// Texts of other files.
    Embedded,
    /// A line at the head or the foot of pages.
    Edge(String),
    /// Lines at the head or the foot of pages, beyond those that are named.
    Edges,
    /// A line with a lunar date that is not that of the day, or in English.
    LunarDate(String),
    /// Paper, margins and type of a file from elsewhere.
    Setup,
    /// Paper that is neither A4 nor Letter, or lies on its side.
    Paper,
    /// Margins that no draft has.
    Margins,
    /// What a template has fixed, and what its placeholders ask for.
    Template,
    /// Checks that were switched off.
    Checks,
    /// Which draft holds the same release in the other language.
    Counterpart,
}

impl Lost {
    /// Whether there is only one of it, so that no number is written.
    pub fn is_single(&self) -> bool {
        matches!(
            self,
            Self::Picture(_)
                | Self::Cropped(_)
                | Self::Turned(_)
                | Self::Edge(_)
                | Self::LunarDate(_)
                | Self::Setup
                | Self::Paper
                | Self::Margins
                | Self::Template
                | Self::Checks
                | Self::Counterpart
        )
    }
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Picture(name) => return write!(f, "picture “{name}”, which was left out"),
            Self::Cropped(name) => return write!(f, "picture “{name}”, which Word had cropped and is whole now"),
            Self::Turned(name) => {
                return write!(f, "picture “{name}”, which Word had turned and is as it was made now");
            }
            Self::Edge(line) => return write!(f, "line at the head or foot of pages, “{line}”, which was left out"),
            Self::LunarDate(line) => {
                return write!(f, "lunar date “{line}”, which is not that of the release and is in the text now");
            }
            Self::Edges => "lines at the head or foot of pages, which were left out",
            Self::Numbers => {
                "items whose numbers looked otherwise, such as 1.1 or Article 1; see to what refers to them in the text"
            }
            Self::Boxes => "items with a box to tick, which have a bullet now",
            Self::InCells => "items of lists in tables, which are lines without a number or bullet now",
            Self::Tables => "tables within tables, whose cells are lines now",
            Self::Merged => "cells over several columns or rows, which are in the first of them now",
            Self::Struck => "texts struck through, which are plain now",
            Self::Signs => "signs that no letter stands for, which were left out",
            Self::Embedded => "texts of other files, which were left out",
            Self::Setup => "paper, margins and type, which are those of the house now",
            Self::Pictures => "pictures, which were left out",
            Self::Notes => "notes without a text, or within notes, which were left out",
            Self::Changes => "proposed changes, which were taken as accepted",
            Self::Formulas => "formulas, which were left out",
            Self::Frames => "frames, whose text is before that of their paragraph",
            Self::Links => "links to what is no page and no mailbox: their words were kept",
            Self::Hidden => "hidden texts, which were left out",
            Self::Levels => "items of lists within three others, which are on the third level",
            Self::Paper => "paper that is neither A4 nor Letter upright, which is A4 now",
            Self::Margins => "margins that are too narrow or too wide, which were changed",
            Self::Template => "what the template has fixed and asks for, which was left out",
            Self::Checks => "checks that were switched off, which are on again",
            Self::Counterpart => "the draft in the other language, which is to be chosen again",
        })
    }
}

/// What was not taken over, and how often.
pub type Losses = BTreeMap<Lost, usize>;

/// Notes that a picture was left out.
pub fn lose_picture(lost: &mut Losses, name: &str) {
    note_picture(lost, name, Lost::Picture);
}

/// Notes something of a picture by its name, if there are not too many.
pub fn note_picture(lost: &mut Losses, name: &str, what: impl Fn(String) -> Lost) {
    let named =
        lost.keys().filter(|lost| matches!(lost, Lost::Picture(_) | Lost::Cropped(_) | Lost::Turned(_))).count();
    let what = what(name.chars().take(LONGEST_NAME).collect());
    let is_named = !name.is_empty() && (named < MOST_NAMED || lost.contains_key(&what));
    *lost.entry(if is_named { what } else { Lost::Pictures }).or_default() += 1;
}

/// Notes that a line at the head or the foot of pages was left out.
pub fn lose_edge(lost: &mut Losses, line: &str) {
    let named = lost.keys().filter(|lost| matches!(lost, Lost::Edge(_))).count();
    let what = Lost::Edge(line.chars().take(LONGEST_NAME).collect());
    let is_named = named < MOST_NAMED || lost.contains_key(&what);
    *lost.entry(if is_named { what } else { Lost::Edges }).or_default() += 1;
}

/// Notes that a line with a lunar date is one of the text.
pub fn lose_lunar_date(lost: &mut Losses, line: &str) {
    *lost.entry(Lost::LunarDate(line.chars().take(LONGEST_NAME).collect())).or_default() += 1;
}

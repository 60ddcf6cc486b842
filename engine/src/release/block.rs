//! What kind of block a paragraph of the body is.
//!
//! Every block is one rich text with a kind, so that editing, search and layout treat all of them alike. Knows
//! nothing of how a block looks. Invariant: each value can be written to a draft and is read back unchanged.

/// The kind of a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A paragraph of running text.
    #[default]
    Plain,
    /// A line of its own in the middle, such as a closing mark.
    Centred,
    /// A quotation, indented on both sides.
    Quotation,
    /// A heading within the body.
    Heading(HeadingLevel),
    /// An item of a list.
    Item(Item),
    /// A paragraph that goes on with the item before it, without a number of its own.
    Continued(Level),
    /// A cell of a table.
    Cell(Cell),
    /// A picture, with the text as its caption.
    Picture,
}

/// Where a cell is in its table: in the row of the cell before it, or first in a row of its own. A table is cells
/// one after the other, and ends before a block of another kind or before a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cell {
    /// First in the header of a table, which begins with it.
    Header,
    /// First in another row.
    Row,
    /// In the row of the cell before it.
    Beside,
}

/// The level of a heading within the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HeadingLevel {
    /// Over a part of the text.
    One,
    /// Over a part of such a part.
    Two,
}

/// An item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Item {
    /// How the list marks its items.
    pub list: ListKind,
    /// How deep the item is.
    pub level: Level,
    /// The number with which its list begins here, from 1 to [`MOST_START`](Item::MOST_START); `None` if it goes on
    /// with the numbers before it.
    pub start: Option<u16>,
}

impl Item {
    /// The greatest number with which a list begins.
    pub const MOST_START: u16 = 9_999;

    /// A number with which a list can begin.
    pub fn start_at(number: i64) -> Option<u16> {
        u16::try_from(number).ok().filter(|number| (1..=Self::MOST_START).contains(number))
    }
}

/// How a list marks its items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListKind {
    /// 1. a. (i)
    Numbered,
    /// Bullets
    Bulleted,
    /// I. A. 1., for the parts of a long text
    Sections,
}

/// How deep an item is in lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// In the outermost list.
    #[default]
    One,
    /// In a list within an item of it.
    Two,
    /// In a list within an item of that.
    Three,
}

impl Level {
    /// All levels, from the outermost.
    pub const ALL: [Self; 3] = [Self::One, Self::Two, Self::Three];

    /// The number of lists around this one.
    pub fn depth(self) -> usize {
        self as usize
    }

    /// The level of a depth; the deepest for all that are deeper.
    pub fn at(depth: usize) -> Self {
        Self::ALL.get(depth).copied().unwrap_or(Self::Three)
    }

    /// One level deeper or, with `false`, less deep; `None` beyond the ends.
    pub fn step(self, deeper: bool) -> Option<Self> {
        let depth = if deeper { self.depth() + 1 } else { self.depth().checked_sub(1)? };
        Self::ALL.get(depth).copied()
    }
}

impl BlockKind {
    /// An item that goes on with the numbers before it.
    pub const fn item(list: ListKind, level: Level) -> Self {
        Self::Item(Item { list, level, start: None })
    }

    /// Whether it is an item of a list, or goes on with one.
    pub fn level(self) -> Option<Level> {
        match self {
            Self::Item(Item { level, .. }) | Self::Continued(level) => Some(level),
            Self::Plain | Self::Centred | Self::Quotation | Self::Heading(_) | Self::Cell(_) | Self::Picture => None,
        }
    }

    /// The same kind at another level of its list; what is in no list stays as it is.
    #[must_use]
    pub fn at_level(self, level: Level) -> Self {
        match self {
            Self::Item(item) => Self::Item(Item { level, ..item }),
            Self::Continued(_) => Self::Continued(level),
            Self::Plain | Self::Centred | Self::Quotation | Self::Heading(_) | Self::Cell(_) | Self::Picture => self,
        }
    }

    /// Whether it is a cell of a table.
    pub fn is_cell(self) -> bool {
        matches!(self, Self::Cell(_))
    }

    /// Whether its text is never joined with that of another block: a cell of a table, or the caption of a picture.
    pub fn stands_alone(self) -> bool {
        matches!(self, Self::Cell(_) | Self::Picture)
    }

    /// The same kind, with numbers that go on with those before.
    #[must_use]
    pub fn going_on(self) -> Self {
        match self {
            Self::Item(Item { list, level, .. }) => Self::item(list, level),
            Self::Plain
            | Self::Centred
            | Self::Quotation
            | Self::Heading(_)
            | Self::Continued(_)
            | Self::Cell(_)
            | Self::Picture => self,
        }
    }

    /// The kind of a block that Enter makes behind one of this kind.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Plain | Self::Heading(_) | Self::Cell(_) | Self::Picture => Self::Plain,
            Self::Centred | Self::Quotation | Self::Item(_) | Self::Continued(_) => self.going_on(),
        }
    }
}

//! The house style: every size and space of a release, in one place.
//!
//! Sizes are multiples of the body size and spaces of the body's leading, so that a release
//! set larger or smaller keeps its looks. The layout follows common official documents of
//! Cambodia.

use super::{fonts::Role, paragraph::Alignment, shape::Type};
use crate::release::{BlockKind, Counting, Field, HeadingLevel, Language, ListEntry, SignatoryLine, Style};

/// Points to a millimetre.
pub const MM: f32 = 72.0 / 25.4;

/// How one element of the release is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Faces and, in body sizes, the size.
    pub kind: Type,
    /// From baseline to baseline, as a multiple of the element's own size.
    pub leading: f32,
    /// Space above, in body leadings.
    pub above: f32,
    /// Indent of the first line, in points.
    pub indent: f32,
    /// How lines are aligned in the measure.
    pub alignment: Alignment,
}

/// What writers put before a reference number by themselves.
const LABELS: [&str; 7] = ["No", "Nos", "N°", "Nº", "№", "Ref", "លេខ"];

/// What a language has of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct House {
    /// The size of the body in points, unless the release says otherwise.
    pub body_size: f32,
    /// The leading of the body, as a multiple of its size, unless the release says otherwise.
    pub leading: f32,
    /// The marks around the headline.
    pub quotes: (&'static str, &'static str),
    /// What is before a reference number.
    pub reference_label: &'static str,
    /// What is between place and date.
    pub place_separator: &'static str,
    /// What is between the number of a page and how many there are.
    pub page_separator: &'static str,
    /// How the headline is set above the pages that follow: Khmer has no italics.
    pub running_headline: Style,
}

impl House {
    /// What is to be set before a reference number: nothing where its writer has put a label there.
    pub fn label_before(&self, reference: &str) -> &'static str {
        let reference = reference.trim_start();
        let is_label = |label: &str| {
            let start = reference.get(..label.len()).is_some_and(|start| start.to_lowercase() == label.to_lowercase());
            start && reference.get(label.len()..).is_none_or(|rest| !rest.starts_with(char::is_alphabetic))
        };
        if LABELS.iter().any(|label| is_label(label)) { "" } else { self.reference_label }
    }
}

/// The house style of a language.
pub fn house(language: Language) -> House {
    match language {
        // Word's line and a half is 1.72 times the size of this face: what ministries print.
        Language::English => House {
            body_size: 12.0,
            leading: 1.72,
            quotes: ("“", "”"),
            reference_label: "No. ",
            place_separator: ", ",
            page_separator: " of ",
            running_headline: Style::ITALIC,
        },
        // Signs are stacked above and subscripts below: less leading makes them touch.
        Language::Khmer => House {
            body_size: 12.0,
            leading: 1.6,
            quotes: ("«", "»"),
            reference_label: "លេខ៖ ",
            place_separator: " ",
            page_separator: " នៃ ",
            running_headline: Style::PLAIN,
        },
    }
}

/// How an element is set. `justified` is the release's choice for its body.
pub fn look(field: Field, language: Language, justified: bool) -> Look {
    use Alignment::{Centre, Justified, Left};
    let khmer = language == Language::Khmer;
    let of = |role, size, leading, above, alignment| Look {
        kind: Type { role, size },
        leading: if khmer { leading + 0.35 } else { leading },
        above,
        indent: 0.0,
        alignment,
    };
    match field {
        Field::Kingdom => of(Role::Heading, 1.15, 1.45, 0.0, Centre),
        Field::Motto => of(Role::Heading, 1.05, 1.45, 0.0, Centre),
        Field::Ministry => of(Role::Heading, 1.0, 1.4, 0.9, Centre),
        Field::Department => of(Role::Text, 1.0, 1.35, 0.1, Centre),
        Field::Reference => of(Role::Text, 1.0, 1.35, 0.1, Left),
        Field::Notice => of(Role::Text, 1.0, 1.35, 1.2, Centre),
        Field::Title => of(Role::Heading, 1.4, 1.3, 1.5, Centre),
        Field::Headline => of(Role::Heading, 1.08, 1.4, 0.5, Centre),
        Field::Paragraph(_) => Look {
            indent: if khmer { 12.7 * MM } else { 0.0 },
            leading: 0.0,
            ..of(Role::Text, 1.0, 0.0, if khmer { 0.2 } else { 0.7 }, if justified { Justified } else { Left })
        },
        Field::Note(..) => of(Role::Text, 0.83, 1.25, 0.12, if justified { Justified } else { Left }),
        Field::Place => of(Role::Text, 1.0, 1.35, 0.8, Centre),
        Field::Signatory(_, SignatoryLine::Party) => of(Role::Text, 1.0, 1.35, 0.3, Centre),
        Field::Signatory(_, SignatoryLine::Title) => of(Role::Text, 1.0, 1.35, 0.3, Centre),
        // Room for the signature itself.
        Field::Signatory(_, SignatoryLine::Name) => of(Role::Heading, 1.0, 1.35, 2.8, Centre),
    }
}

/// How a block of the body is set; `entry` is its place in lists, if it is in one.
pub fn block_look(kind: BlockKind, entry: Option<&ListEntry>, language: Language, justified: bool) -> Look {
    let look = look(Field::Paragraph(0), language, justified);
    let heading = |size, above| {
        let leading = if language == Language::Khmer { 1.7 } else { 1.35 };
        let kind = Type { role: Role::Heading, size };
        Look { kind, leading, above, indent: 0.0, alignment: Alignment::Left }
    };
    match kind {
        BlockKind::Heading(HeadingLevel::One) => heading(1.08, if language == Language::Khmer { 0.5 } else { 1.0 }),
        // Over a part of a part: in the letters of the text, bold.
        BlockKind::Heading(HeadingLevel::Two) => {
            let look = heading(1.0, if language == Language::Khmer { 0.4 } else { 0.85 });
            Look { kind: Type { role: Role::Text, size: 1.0 }, ..look }
        }
        BlockKind::Centred => Look { indent: 0.0, alignment: Alignment::Centre, ..look },
        BlockKind::Quotation => Look { indent: 0.0, ..look },
        BlockKind::Cell(_) => Look {
            kind: Type { role: Role::Text, size: TABLE_SIZE },
            leading: table_leading(language),
            above: 0.0,
            indent: 0.0,
            alignment: Alignment::Left,
        },
        BlockKind::Picture => Look {
            kind: Type { role: Role::Text, size: CAPTION_SIZE },
            leading: table_leading(language),
            above: ABOVE_CAPTION,
            indent: 0.0,
            alignment: Alignment::Centre,
        },
        // The hanging indent takes the place of that of the first line.
        _ if entry.is_some() => Look { indent: 0.0, ..look },
        _ => look,
    }
}

/// What a block is to the blocks beside it, as far as the space between them goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Neighbour {
    /// A paragraph of running text, numbered or not.
    Text,
    /// An item of a list, or a paragraph that goes on with one.
    Item,
    /// A heading.
    Heading,
    /// A line of its own in the middle.
    Centred,
    /// A quotation.
    Quotation,
    /// A table.
    Table,
    /// A picture.
    Picture,
}

impl Neighbour {
    /// What a block is; paragraphs that are all numbered are text.
    pub fn of(kind: BlockKind) -> Self {
        match kind {
            BlockKind::Plain => Self::Text,
            BlockKind::Item(_) | BlockKind::Continued(_) => Self::Item,
            BlockKind::Heading(_) => Self::Heading,
            BlockKind::Centred => Self::Centred,
            BlockKind::Quotation => Self::Quotation,
            BlockKind::Cell(_) => Self::Table,
            BlockKind::Picture => Self::Picture,
        }
    }
}

/// The space above a block that comes after another, in body leadings, where it is not that of its look.
///
/// Items hold together by less space than paragraphs have, and what comes below a heading belongs to it.
pub fn space_between(before: Neighbour, after: Neighbour, language: Language) -> Option<f32> {
    let (khmer, english) = match (before, after) {
        (Neighbour::Heading, Neighbour::Heading) => (0.15, 0.4),
        (Neighbour::Heading, Neighbour::Table) => (0.3, 0.45),
        (Neighbour::Table, _) | (_, Neighbour::Table) => (AROUND_TABLE, AROUND_TABLE),
        (Neighbour::Picture, _) | (_, Neighbour::Picture) => (AROUND_PICTURE, AROUND_PICTURE),
        (Neighbour::Heading, _) => (0.1, 0.3),
        (Neighbour::Item, Neighbour::Item)
        | (Neighbour::Centred, Neighbour::Centred)
        | (Neighbour::Quotation, Neighbour::Quotation) => (0.05, 0.3),
        (_, Neighbour::Quotation) | (Neighbour::Quotation, Neighbour::Text) => (0.25, 0.7),
        (Neighbour::Text, Neighbour::Item) => (0.1, 0.45),
        _ => return None,
    };
    Some(if language == Language::Khmer { khmer } else { english })
}

/// The least distance of a number or bullet from its text, in body sizes: half an em tells it from a word.
pub const MARKER_GAP: f32 = 0.5;
/// The least width of the column of numbers or bullets with that distance, in body sizes: what one digit and its
/// full stop take, so that lists of bullets and of numbers have their texts below each other.
pub const LEAST_HANG: f32 = 1.25;

/// How far a list that is in no other is from the margin, in points, for a body of `size` points. In Khmer its
/// numbers begin where paragraphs do. Numbered paragraphs and the parts of a text are no lists to the eye, and
/// begin at the margin.
pub fn list_indent(kind: BlockKind, counting: Counting, language: Language, size: f32) -> f32 {
    if kind == BlockKind::Plain || counting == Counting::CapitalRoman {
        return 0.0;
    }
    match language {
        Language::English => LEAST_HANG * size,
        Language::Khmer => 12.7 * MM,
    }
}

/// How far a quotation is set in on both sides, in body sizes: as far as a list's texts.
pub const QUOTATION_INSET: f32 = 2.5;

/// The type of a table, in body sizes: a little smaller, as what is looked up and not read through.
pub const TABLE_SIZE: f32 = 0.95;
/// The least space between two columns of a table, in sizes of its type: less, and a row is read as one sentence.
pub const TABLE_GAP: f32 = 1.4;
/// The least share of its size that the type of a table, or of signatories beside each other, may have, if a word would
/// have to be divided otherwise.
pub const LEAST_SCALE: f32 = 0.8;
/// Space above and below the lines of a row, in leadings of the table.
pub const TABLE_PADDING: f32 = 0.14;
/// Space above and below a table, in body leadings.
pub const AROUND_TABLE: f32 = 0.65;
/// The type of a caption, in body sizes.
pub const CAPTION_SIZE: f32 = 0.9;
/// The space above a caption, in body leadings.
pub const ABOVE_CAPTION: f32 = 0.2;
/// Space above and below a picture, in body leadings.
pub const AROUND_PICTURE: f32 = 0.7;
/// Space between two pictures beside each other, in body sizes.
pub const BETWEEN_PICTURES: f32 = 1.2;
/// The most of the height of a page that a picture takes, so that its caption and words around it have room.
pub const TALLEST_PICTURE: f32 = 0.75;
/// The rules above and below a table, in points.
pub const TABLE_RULE: f32 = 0.8;
/// The rule below the header of a table, in points.
pub const HEADER_RULE: f32 = 0.5;
/// The rule between rows of a table that have several lines, in points.
pub const HAIRLINE: f32 = 0.25;

/// From baseline to baseline in a table, as a multiple of its size: less than in running text, as its lines are short.
pub fn table_leading(language: Language) -> f32 {
    match language {
        Language::English => 1.3,
        Language::Khmer => 1.6,
    }
}

/// Space between headline and body, beyond that above a paragraph, in body leadings.
pub const BELOW_HEADLINE: f32 = 0.5;

/// The width of the ornament, in body sizes.
pub const ORNAMENT_WIDTH: f32 = 8.5;
/// The space above the ornament, in body sizes.
pub const ORNAMENT_ABOVE: f32 = 0.45;
/// The height of the emblem, in body sizes: 26 mm beside a body of 12 points.
pub const EMBLEM_HEIGHT: f32 = 6.0;

/// The share of the measure that place, date and signatory take, on the right.
pub const SIGNATURE_SHARE: f32 = 0.5;

/// The space above a signatory who is below another, in body leadings.
pub const ABOVE_SIGNATORY: f32 = 1.2;
/// The space between two signatories beside each other, in body sizes.
pub const BETWEEN_SIGNATORIES: f32 = 1.5;

/// Lines of a paragraph that stay together at the foot of a page.
pub const ORPHANS: usize = 2;
/// Lines of a paragraph that stay together at the head of a page.
pub const WIDOWS: usize = 2;
/// Lines of the last paragraph that go with place and date.
pub const LINES_WITH_SIGNATURE: usize = 2;

/// Where the text of a footnote begins, in its own size: behind two raised digits.
pub const NOTE_HANG: f32 = 1.1;
/// The space above footnotes, in body leadings.
pub const ABOVE_NOTES: f32 = 1.0;
/// The part of [`ABOVE_NOTES`] that is below the rule, in body leadings.
pub const BELOW_NOTE_RULE: f32 = 0.25;
/// The length of the rule above footnotes, as a share of the measure.
pub const NOTE_RULE: f32 = 0.3;
/// The thickness of the rule above footnotes, in points.
pub const NOTE_RULE_THICKNESS: f32 = 0.5;
/// The lines of text that a page has at least above the longest footnote, in body leadings.
pub const TEXT_WITH_NOTES: f32 = 4.0;

/// The distance of a headline that is repeated from the head of the text, in body sizes.
pub const HEADLINE_ABOVE: f32 = 1.4;
/// The size of the page number and of the headline above it, in body sizes.
pub const NUMBER_SIZE: f32 = 0.85;
/// The distance of the page number from the foot of the text, in body sizes.
pub const NUMBER_BELOW: f32 = 2.2;

/// The cost of a short page, for the square of the lines that are missing. The costs below are measured by it.
pub const COST_SHORT_PAGE: f64 = 1.0;
/// The cost of an orphan or a widow. No page has a hundred lines, so an orphan never buys an even foot.
pub const COST_ORPHAN: f32 = 10_000.0;
/// The cost of parting what must stay together: it is parted only if no page could hold it.
pub const COST_KEPT: f32 = 1_000_000.0;
/// To part a paragraph or an item from the list, table or picture that it announces is as bad as an orphan.
pub const COST_ANNOUNCED: f32 = 10_000.0;
/// To leave one row of a table alone on a page is as bad as a page that is ten lines short.
pub const COST_LONE_ROW: f32 = 100.0;
/// A last page of fewer lines, in body leadings, looks forgotten: the signature and two lines of
/// text take as much. Lines come over from the page before while that costs less.
pub const LEAST_ON_LAST: f32 = 6.0;
/// The cost of a last page with fewer lines than [`LEAST_ON_LAST`], for the square of those that are missing.
pub const COST_EMPTY_LAST: f64 = 4.0;

/// How much smaller the type may become where the release is to fit its pages, as a share. A reader who has both sheets before him sees a
/// difference of type from about a sixteenth on, and of leading from about a twelfth; looser
/// lines are seen sooner than tighter ones.
pub const FIT_SMALLEST_SIZE: f32 = 0.94;
/// How much narrower the leading may become, likewise.
pub const FIT_LEAST_LEADING: f32 = 0.92;
/// How much wider the leading may become, likewise.
pub const FIT_MOST_LEADING: f32 = 1.06;
/// The step in which type and leading are tried: nobody sees a hundredth.
pub const FIT_STEP: f32 = 0.01;
/// A last page is looked upon as full enough at this share of its height; below it, a release
/// that is to fit its pages is set looser.
pub const FIT_FULL_ENOUGH: f32 = 0.33;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_number_has_one_label() {
        let (english, khmer) = (house(Language::English), house(Language::Khmer));
        for reference in ["No. 214", "no 214 MFA", "Nos. 1-2", "N° 214", "Ref: 12", "លេខ ២១៤", " No.214"] {
            assert_eq!((english.label_before(reference), khmer.label_before(reference)), ("", ""), "{reference}");
        }
        for reference in ["214 MFA.IC-PR", "Note 5", "Nostra 1", "2023/លេខ"] {
            assert_eq!(english.label_before(reference), "No. ", "{reference}");
        }
        assert_eq!(khmer.label_before("២១៤"), "លេខ៖ ");
    }
}

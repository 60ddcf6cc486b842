//! The paragraph styles of the file.
//!
//! Where Word has a style of its own for an element, that is used, so that what an office does with headings and
//! lists, such as a table of contents, works.

use docx_rs::{AlignmentType, LineSpacing, LineSpacingType, RunFonts, SpecialIndentType, Style, StyleType, SzCs};

use super::twips;
use crate::{
    release::KhmerFace,
    typeset::{Alignment, Role, house::Look, text_scale},
};

/// The character style of Khmer text.
pub const KHMER: &str = "KhmerText";

/// The character style of the number of a note, to which `docx-rs` refers.
pub const NOTE_REFERENCE: &str = "FootnoteReference";

/// The identifiers of the styles, by which a file that was made here is known again.
pub mod id {
    use crate::release::{BlockKind, Cell, HeadingLevel, Item, Level, ListKind};

    /// The style that all others are based on; plain paragraphs have it.
    pub const NORMAL: &str = "Normal";
    /// The kingdom.
    pub const KINGDOM: &str = "Kingdom";
    /// The motto.
    pub const MOTTO: &str = "Motto";
    /// The ministry.
    pub const MINISTRY: &str = "Ministry";
    /// The department.
    pub const DEPARTMENT: &str = "Department";
    /// The reference number.
    pub const REFERENCE: &str = "Reference";
    /// The line above the title.
    pub const NOTICE: &str = "Notice";
    /// The title.
    pub const TITLE: &str = "Title";
    /// The headline.
    pub const HEADLINE: &str = "Headline";
    /// Place and date.
    pub const DATE: &str = "Date";
    /// The party that a signatory signs for.
    pub const PARTY: &str = "SignatureParty";
    /// The title of one who signs.
    pub const SIGNATURE: &str = "Signature";
    /// The name of one who signs.
    pub const SIGNATURE_NAME: &str = "SignatureName";

    /// The ornament under the motto, and the emblem.
    pub const ORNAMENT: &str = "Ornament";
    pub const EMBLEM: &str = "Emblem";
    /// A picture of the text; its caption has the style of its block.
    pub const PICTURE: &str = "Picture";
    /// A cell of a table, and one of its first row if that is a header.
    pub const TABLE: &str = "TableText";
    pub const TABLE_HEADER: &str = "TableHeader";
    /// A footnote.
    pub const NOTE: &str = "FootnoteText";

    const NUMBERS: [&str; 3] = ["ListNumber", "ListNumber2", "ListNumber3"];
    const BULLETS: [&str; 3] = ["ListBullet", "ListBullet2", "ListBullet3"];
    const SECTIONS: [&str; 3] = ["Section", "Section2", "Section3"];
    const CONTINUED: [&str; 3] = ["ListContinue", "ListContinue2", "ListContinue3"];

    /// The style of a kind of block.
    pub fn of(kind: BlockKind) -> &'static str {
        let at = |ids: [&'static str; 3], level: Level| ids.get(level.depth()).copied().unwrap_or(NORMAL);
        match kind {
            BlockKind::Plain => NORMAL,
            BlockKind::Centred => "Centred",
            BlockKind::Cell(Cell::Header) => TABLE_HEADER,
            BlockKind::Cell(_) => TABLE,
            BlockKind::Quotation => "Quote",
            BlockKind::Picture => "Caption",
            BlockKind::Heading(HeadingLevel::One) => "Heading1",
            BlockKind::Heading(HeadingLevel::Two) => "Heading2",
            BlockKind::Item(Item { list: ListKind::Numbered, level, .. }) => at(NUMBERS, level),
            BlockKind::Item(Item { list: ListKind::Bulleted, level, .. }) => at(BULLETS, level),
            BlockKind::Item(Item { list: ListKind::Sections, level, .. }) => at(SECTIONS, level),
            BlockKind::Continued(level) => at(CONTINUED, level),
        }
    }

    /// All kinds of blocks, each once.
    pub fn kinds() -> impl Iterator<Item = BlockKind> {
        let lists = [ListKind::Numbered, ListKind::Bulleted, ListKind::Sections];
        let items = lists.into_iter().flat_map(|list| Level::ALL.map(|level| BlockKind::item(list, level)));
        let headings = [HeadingLevel::One, HeadingLevel::Two].map(BlockKind::Heading);
        [
            BlockKind::Plain,
            BlockKind::Centred,
            BlockKind::Quotation,
            BlockKind::Picture,
            BlockKind::Cell(Cell::Row),
            BlockKind::Cell(Cell::Header),
        ]
        .into_iter()
        .chain(headings)
        .chain(items)
        .chain(Level::ALL.map(BlockKind::Continued))
    }

    /// The kind of block that has a style.
    pub fn kind(id: &str) -> Option<BlockKind> {
        kinds().find(|kind| of(*kind) == id)
    }

    /// What Word calls a style: it translates the names that it knows.
    pub fn name(id: &str) -> String {
        let (stem, level) = match id.strip_suffix(['2', '3']) {
            Some(stem) => (stem, id.get(stem.len()..).unwrap_or_default()),
            None => (id, ""),
        };
        let stem = match stem {
            "Heading1" => "heading 1".to_owned(),
            NOTE => "footnote text".to_owned(),
            "Heading" => "heading".to_owned(),
            stem => {
                // Words in one are words apart.
                let mut name = String::new();
                for c in stem.chars() {
                    if c.is_uppercase() && !name.is_empty() {
                        name.push(' ');
                    }
                    name.push(c);
                }
                name
            }
        };
        if level.is_empty() { stem } else { format!("{stem} {level}") }
    }
}

/// The Latin face: that of the page has the measures of this one, which every office has.
const LATIN: &str = "Times New Roman";

/// Size and leading of the body in points, as the pages are set.
#[derive(Clone, Copy, Debug)]
pub struct Body {
    /// The size of the type.
    pub size: f32,
    /// From baseline to baseline.
    pub leading: f32,
    /// The face of Khmer text.
    pub khmer: KhmerFace,
}

/// The faces of a role.
fn fonts(role: Role, face: KhmerFace) -> RunFonts {
    let khmer = match role {
        Role::Heading => "Moul",
        Role::Text => face.name(),
    };
    RunFonts::new().ascii(LATIN).hi_ansi(LATIN).east_asia(LATIN).cs(khmer)
}

/// Points in the halves that Word gives sizes in.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "no type is negative or so large")]
pub fn half_points(size: f32) -> usize {
    (size * 2.0).round().max(2.0) as usize
}

/// A paragraph style with the look of an element; `bold` if the whole of it is, `outline` its level in the outline.
pub fn style(id: &str, look: &Look, body: Body, bold: bool, outline: Option<usize>) -> Style {
    let size = look.kind.size * body.size;
    let leading = if look.leading > 0.0 { look.leading * size } else { body.leading };
    let mut style = Style::new(id, StyleType::Paragraph)
        .name(id::name(id))
        .q_format(true)
        .size(half_points(size))
        .fonts(fonts(look.kind.role, body.khmer))
        .align(alignment(look.alignment))
        .line_spacing(spacing(leading, look.above * body.leading));
    if look.kind.role == Role::Text && body.khmer != KhmerFace::default() {
        // As large to the eye as the usual face is in Word, so that the lines are far enough apart.
        let share = text_scale(body.khmer) / text_scale(KhmerFace::default());
        style.run_property.sz_cs = Some(SzCs::new(half_points(share * size)));
    }
    if id != id::NORMAL {
        style = style.based_on(id::NORMAL);
    }
    // Said for all: they would have that of plain paragraphs, on which they are based.
    style = style.indent(None, Some(SpecialIndentType::FirstLine(twips(look.indent))), None, None);
    if let Some(level) = outline {
        style = style.outline_lvl(level);
    }
    if bold || look.kind.role == Role::Heading {
        style = style.bold();
    }
    // The headings of the page are bold in Latin; their Khmer face has one weight, and Word would smear it.
    if look.kind.role == Role::Heading {
        style.run_property.bold_cs = None;
    }
    style
}

/// The space from baseline to baseline, and above a paragraph, in points.
pub fn spacing(leading: f32, above: f32) -> LineSpacing {
    LineSpacing::new()
        .line_rule(LineSpacingType::Exact)
        .line(twips(leading))
        .before(twips(above).unsigned_abs())
        .after(0)
}

/// How Word calls an alignment.
pub fn alignment(alignment: Alignment) -> AlignmentType {
    match alignment {
        Alignment::Left | Alignment::Screen => AlignmentType::Left,
        Alignment::Centre => AlignmentType::Center,
        Alignment::Justified => AlignmentType::Both,
    }
}

//! A Word file as a release.
//!
//! The parts are unpacked and parsed by `zip` and `roxmltree`, within bounds. `docx-rs`, which writes our files, does
//! not read: it keeps much of a file to itself and gives up with a panic on some that are damaged. Invariant: no
//! word that Word shows in the text is dropped without being listed.
//!
//! | file | what is in it |
//! |---|---|
//! | `package` | the archive and its parts, within bounds |
//! | `styles` | what styles and lists say of a paragraph |
//! | `block` | a paragraph with what it is |
//! | `document` | the text: its paragraphs |
//! | `drawing` | a picture as the text refers to it |
//! | `edges` | the head and the foot of the pages of a file from elsewhere |
//! | `page` | the paper, and what is on each page |
//! | `pictures` | the pictures as a draft keeps them |
//! | `lost` | what a draft does not hold |
//! | `margin` | comments, and who changed what |
//! | `signs` | signs of Wingdings and Symbol |
//! | `spaces` | spaces, tabs and page breaks in it |
//! | `starts` | with which numbers its lists begin |
//! | `fields` | which paragraph is what of a release |
//! | `above` | the lines above the text of a file from elsewhere |
//! | `below` | the lines below it |
//! | `lines` | what a line says by its words |

mod above;
mod below;
mod block;
mod document;
mod drawing;
mod edges;
mod fields;
pub(in crate::word) mod lines;
mod lost;
mod margin;
mod package;
mod page;
mod pictures;
mod signs;
mod spaces;
mod starts;
mod styles;

use document::{Notes, Parts, Reader, Text};
pub use lost::{Losses, Lost};
pub use package::{FILE, ReadError};
use package::{Package, parse};
use pictures::Files;
use styles::{Numbering, Styles};

use crate::{
    release::{Release, bounded},
    review::Hands,
};

/// A release that was read from a Word file.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The release.
    pub release: Release,
    /// What the file has that the release has not, and how often.
    pub lost: Losses,
    /// Who changed what, as far as the file tells.
    pub hands: Hands,
    /// Whether the file was made here, so that its styles say what each line is.
    pub is_own: bool,
}

/// Reads a Word file (`.docx`).
///
/// # Errors
/// If it is none, is damaged, or holds more than a draft can.
pub fn read(bytes: &[u8]) -> Result<Imported, ReadError> {
    let mut package = Package::open(bytes)?;
    let main = package.main()?;
    let folder = main.rfind('/').map_or("", |end| main.get(..=end).unwrap_or_default()).to_owned();
    let text = package.text(&main)?.ok_or(ReadError::NotWord)?;
    let mut styles = Styles::default();
    let name = format!("{folder}styles.xml");
    if let Some(text) = package.text(&name)? {
        styles = Styles::read(&parse(&name, &text)?);
    }
    let mut numbering = Numbering::default();
    let name = format!("{folder}numbering.xml");
    if let Some(text) = package.text(&name)? {
        numbering = Numbering::read(&parse(&name, &text)?);
    }
    let (mut notes, mut lost) = (Notes::new(), Losses::new());
    for (part, name, reference) in
        [("footnotes", "footnote", "footnoteReference"), ("endnotes", "endnote", "endnoteReference")]
    {
        let file = format!("{folder}{part}.xml");
        let Some(text) = package.text(&file)? else { continue };
        let links_of_part = package.relations(&folder, part)?.links;
        let none = Notes::new();
        let parts = Parts { styles: &styles, numbering: &numbering, links: &links_of_part, notes: &none };
        let (found, lost_there) = Reader::notes(&parse(&file, &text)?, name, reference, parts)?;
        notes.extend(found);
        lost_there.into_iter().for_each(|(what, count)| *lost.entry(what).or_default() += count);
    }
    let part = main.get(folder.len()..).unwrap_or_default().trim_end_matches(".xml");
    let relations = package.relations(&folder, part)?;
    let parts = Parts { styles: &styles, numbering: &numbering, links: &relations.links, notes: &notes };
    let tree = parse(&main, &text)?;
    let Text { blocks, has_ornament, lost: lost_in_text, margin } = Reader::read(&tree, parts)?;
    lost_in_text.into_iter().for_each(|(what, count)| *lost.entry(what).or_default() += count);
    let files = Files { package: &mut package, parts: &relations.parts, column: pictures::column(&tree) };
    let mut blocks = files.give(blocks, |style| styles.is_caption(style), &mut lost);
    let is_own = styles.are_own();
    if !is_own {
        let (parts, known) = ((folder.as_str(), &relations.parts), (&styles, &numbering));
        let head = edges::head(&mut package, &tree, parts, known, &blocks, &mut lost)?;
        blocks.splice(..0, head);
    }
    let (mut release, left_out) = fields::release(blocks, has_ornament, (&styles, &numbering), &mut lost);
    for picture in left_out {
        let name = if picture.alternative.is_empty() { &picture.name } else { &picture.alternative };
        lost::lose_picture(&mut lost, name);
    }
    let (comments, hands) = margin.of_file(&mut package, &folder)?;
    release.comments = comments;
    if is_own {
        release.page = page::setup(&mut package, &tree, &relations.parts, &styles, &mut lost)?;
    } else {
        lost.insert(Lost::Setup, 1);
    }
    release.put_in_order();
    bounded::check(&release)?;
    Ok(Imported { release, lost, hands, is_own })
}

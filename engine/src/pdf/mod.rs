//! Pages to PDF: text that every reader gives back, and a file for archive, screen reader and press.
//!
//! | file | step |
//! |---|---|
//! | `content` | lines and pictures to page operators, in reading order |
//! | `fonts`, `unicode` | the document's fonts, in which a glyph is a cluster |
//! | `cff`, `outline`, `heavier` | their programs: outlines, few and short |
//! | `pictures`, `sheet` | shapes, photos, crop marks |
//! | `structure` | what is a heading, a paragraph, a word of another language |
//! | `finish` | what printpdf has no word for: tags, metadata, output intent, bookmarks |
//! | `file` | objects to bytes |
//!
//! printpdf writes pages, operators and fonts; `finish` then passes once over its document.
//! Never knows how a release is set: it reads [`Pages`] and moves nothing. Its invariant: the same
//! pages and information give the same bytes, on every run and machine.

mod cff;
mod content;
mod file;
mod finish;
mod fonts;
mod glyph;
mod heavier;
mod outline;
mod parted;
mod pictures;
mod sheet;
mod structure;
mod unicode;

use chrono::NaiveDate;

use crate::{
    release::{Language, Release},
    typeset::Pages,
};

/// What a file says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Info {
    /// The title that a reader shows in its window; never empty in the file.
    pub title: String,
    /// Who issues it; empty if nobody is named.
    pub author: String,
    /// What kind of document it is; empty if nothing is said.
    pub subject: String,
    /// The language of the text.
    pub language: Language,
    /// The languages of the releases that follow it in the same file.
    pub others: Vec<Language>,
    /// The day of the release, on which the file counts as made: a clock would make other bytes
    /// each time.
    pub date: Option<NaiveDate>,
}

impl Info {
    /// What a release says about itself: the headline, the ministry, the title and the date.
    pub fn of(release: &Release) -> Self {
        Self {
            title: release.file_title(),
            author: release.file_author(),
            subject: release.title.split_whitespace().collect::<Vec<_>>().join(" "),
            language: release.language,
            others: Vec::new(),
            date: release.signature.date.day(),
        }
    }
}

/// How a file is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether the sheet is larger than the page, with marks where to cut it and 3 mm of bleed.
    pub crop_marks: bool,
}

/// Why no PDF could be made.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// A bundled font cannot be written.
    #[error("the font {font} cannot be written into the PDF ({reason}); install the program again")]
    Font {
        /// The font's PostScript name.
        font: &'static str,
        /// What failed.
        reason: String,
    },
    /// printpdf wrote something other than what the finishing pass builds on.
    #[error("the PDF cannot be finished: it has no {0}; this is a mistake in the program, please report it")]
    Unfinished(&'static str),
    /// The pages of two releases differ in size.
    #[error("the pages of the two releases are not of one size; choose the same paper in both")]
    Sizes,
    /// The file could not be compressed or written.
    #[error("the PDF could not be written: {0}")]
    Write(#[from] std::io::Error),
}

/// The steps of an export, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Lines to operators, and the collecting of clusters.
    Content,
    /// The font programs.
    Fonts,
    /// printpdf's document.
    Pages,
    /// Tags, metadata, output intent and bookmarks.
    Finishing,
    /// Bytes.
    Writing,
}

/// Writes pages as a PDF 1.7 file that conforms to PDF/A-2a and PDF/UA-1.
///
/// # Errors
/// If the program itself is damaged or wrong; no release makes this fail.
pub fn write(pages: &Pages, info: &Info, options: &Options) -> Result<Vec<u8>, PdfError> {
    write_in_stages(pages, &[], info, options, &mut |_| ())
}

/// Writes two releases that say the same into one file, as [`write()`] writes one: each is a part with its language,
/// its bookmarks and its notes. `info` is what the first says about itself.
///
/// # Errors
/// As [`write()`], and if their pages are not of one size.
pub fn write_both(first: &Pages, second: &Pages, info: &Info, options: &Options) -> Result<Vec<u8>, PdfError> {
    if first.size != second.size {
        return Err(PdfError::Sizes);
    }
    let info = Info { others: vec![second.language], ..info.clone() };
    write_in_stages(first, &[second], &info, options, &mut |_| ())
}

/// Like [`write()`], and tells when each stage is done, for those who measure.
///
/// # Errors
/// As [`write()`].
pub fn write_in_stages(
    pages: &Pages,
    others: &[&Pages],
    info: &Info,
    options: &Options,
    done: &mut dyn FnMut(Stage),
) -> Result<Vec<u8>, PdfError> {
    let sheet = sheet::Sheet::new(pages.size, options.crop_marks);
    let mut composed = content::compose(pages, others, sheet);
    done(Stage::Content);
    let fonts = composed.fonts.write()?;
    done(Stage::Fonts);
    let document = content::to_document(&mut composed, fonts);
    done(Stage::Pages);
    let document = finish::finish(document, &composed, info)?;
    done(Stage::Finishing);
    let bytes = file::write(&document)?;
    done(Stage::Writing);
    Ok(bytes)
}

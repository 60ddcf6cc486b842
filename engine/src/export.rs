//! A release to files: PDF, Word, a page of the web, PNG pictures, plain text.
//!
//! Everything is made in memory before the first byte is written, so an export that fails
//! leaves what was there.

mod table;

use std::{
    borrow::Cow,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    artwork::{Artwork, ArtworkError},
    html, pdf,
    picture::{Area, Painter, write_png},
    post,
    release::{Field, Language, Release, Table, bounds},
    storage::{self, Disk, StorageError, SystemDisk},
    typeset::{Cache, Cluster, Line, Pages, Picture, Source, breaks::KnownWords, typeset},
    word,
};

/// Dots per inch of a PNG unless something else is asked for.
pub const DPI: f32 = 150.0;
/// Dots per inch that can be asked for: from a thumbnail to the finest press.
pub const DPI_RANGE: std::ops::RangeInclusive<f32> = 20.0..=1200.0;

/// What a release can be written as.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Format {
    /// The print-ready file
    Pdf(pdf::Options),
    /// A picture a page, at so many dots per inch
    Png(f32),
    /// A file for Word and its kin
    Word(word::Options),
    /// A page of the web, in one file
    Web,
    /// Pictures and words for posting, without hashtags
    Post,
    /// The words alone
    Text,
}

/// Why a release could not be exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The name ends in nothing known.
    #[error("{}: the name must end in .pdf, .docx, .html, .png or .txt, which says what to write", .0.display())]
    UnknownEnding(PathBuf),
    /// The resolution is out of range.
    #[error("{0} dots per inch cannot be drawn; ask for {from} to {to}", from = DPI_RANGE.start(), to = DPI_RANGE.end())]
    Resolution(f32),
    /// The release takes more pages than are set.
    #[error("the release takes more than {most} pages, which is the most that can be written; divide it into several drafts", most = bounds::PAGES)]
    TooManyPages,
    /// The pictures have more pixels than can be drawn.
    #[error(
        "{pages} pictures of {dpi} dots per inch are too large together; ask for at most {most} dots per inch, or for a PDF"
    )]
    TooManyPixels {
        /// How many pages there are.
        pages: usize,
        /// What was asked for.
        dpi: f32,
        /// What can be asked for.
        most: f32,
    },
    /// The PDF could not be made.
    #[error("the PDF could not be made: {0}")]
    Pdf(#[from] pdf::PdfError),
    /// The Word file could not be made.
    #[error(transparent)]
    Word(#[from] word::WordError),
    /// A picture could not be made.
    #[error("the picture could not be made: {0}")]
    Picture(io::Error),
    /// The emblem of the other release cannot be used.
    #[error("the emblem {0} {1}")]
    Emblem(String, ArtworkError),
    /// A file could not be read or written.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Format {
    /// What a file's name asks for, with the usual options.
    ///
    /// # Errors
    /// If the name ends in nothing known.
    pub fn of(path: &Path) -> Result<Self, ExportError> {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
        match ending.as_str() {
            "pdf" => Ok(Self::Pdf(pdf::Options::default())),
            "png" => Ok(Self::Png(DPI)),
            "docx" => Ok(Self::Word(word::Options::default())),
            "html" | "htm" => Ok(Self::Web),
            "txt" => Ok(Self::Text),
            _ => Err(ExportError::UnknownEnding(path.to_owned())),
        }
    }
}

/// Sets a release, with no line divided inside of `words`, and writes it; returns the files written.
///
/// # Errors
/// If it cannot be made or written.
pub fn export(
    release: &Release,
    emblem: Option<&Arc<Artwork>>,
    words: KnownWords,
    format: Format,
    to: &Path,
) -> Result<Vec<PathBuf>, ExportError> {
    let pages = typeset(release, emblem, &mut Cache::with_words(words));
    export_pages(&SystemDisk, release, &pages, format, to)
}

/// Writes a release that is set already as `pages`, to the same bytes as [`export`].
///
/// # Errors
/// If it cannot be made or written.
pub fn export_pages(
    disk: &dyn Disk,
    release: &Release,
    pages: &Pages,
    format: Format,
    to: &Path,
) -> Result<Vec<PathBuf>, ExportError> {
    if pages.is_cut {
        return Err(ExportError::TooManyPages);
    }
    let mut files = Vec::new();
    match format {
        Format::Pdf(options) => {
            files.push((to.to_owned(), pdf::write(pages, &pdf::Info::of(release), &options)?));
        }
        Format::Word(options) => files.push((to.to_owned(), word::write(release, pages, options)?)),
        Format::Web => {
            let page = html::page(release, pages).map_err(ExportError::Picture)?;
            files.push((to.to_owned(), page.into_bytes()));
        }
        Format::Post => return export_post(disk, release, pages, "", to),
        Format::Text => files.push((to.to_owned(), text(pages).into_bytes())),
        Format::Png(dpi) => {
            if !DPI_RANGE.contains(&dpi) {
                return Err(ExportError::Resolution(dpi));
            }
            if pixels(pages, dpi) > bounds::PIXELS {
                let most = finest(pages);
                return Err(ExportError::TooManyPixels { pages: pages.pages.len(), dpi, most });
            }
            let mut painter = Painter::on_this_thread();
            for (page, file) in pages.pages.iter().zip(pictures(to, pages.pages.len())) {
                let mut bytes = Vec::new();
                write_png(&mut painter, page, pages.size, dpi / 72.0, &mut bytes).map_err(ExportError::Picture)?;
                files.push((file, bytes));
            }
        }
    }
    write_all(disk, files)
}

/// Writes two releases that say the same into one PDF, the Khmer one first.
///
/// # Errors
/// If it cannot be made or written.
pub fn export_both(
    disk: &dyn Disk,
    one: (&Release, &Pages),
    other: (&Release, &Pages),
    options: pdf::Options,
    to: &Path,
) -> Result<Vec<PathBuf>, ExportError> {
    if one.1.is_cut || other.1.is_cut {
        return Err(ExportError::TooManyPages);
    }
    let is_in_order = one.0.language == Language::Khmer || other.0.language == Language::English;
    let (first, second) = if is_in_order { (one, other) } else { (other, one) };
    let bytes = pdf::write_both(first.1, second.1, &pdf::Info::of(first.0), &options)?;
    write_all(disk, vec![(to.to_owned(), bytes)])
}

/// Writes what is posted of a release: cards, pages and words, with these hashtags.
///
/// # Errors
/// If it cannot be made or written.
pub fn export_post(
    disk: &dyn Disk,
    release: &Release,
    pages: &Pages,
    hashtags: &str,
    to: &Path,
) -> Result<Vec<PathBuf>, ExportError> {
    if pages.is_cut {
        return Err(ExportError::TooManyPages);
    }
    write_all(disk, post::files(release, pages, hashtags, to).map_err(ExportError::Picture)?)
}

fn write_all(disk: &dyn Disk, files: Vec<(PathBuf, Vec<u8>)>) -> Result<Vec<PathBuf>, ExportError> {
    for (path, bytes) in &files {
        storage::replace(disk, path, bytes)?;
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

/// The pixels of all pages at so many dots per inch.
fn pixels(pages: &Pages, dpi: f32) -> u64 {
    let Area { width, height, .. } = Area::whole(pages.size, dpi / 72.0);
    u64::from(width) * u64::from(height) * pages.pages.len() as u64
}

/// The most dots per inch at which the pages can be drawn, in tens.
fn finest(pages: &Pages) -> f32 {
    let steps = std::iter::successors(Some(*DPI_RANGE.end()), |dpi| Some(dpi - 10.0));
    let mut steps = steps.take_while(|dpi| dpi > DPI_RANGE.start());
    steps.find(|dpi| pixels(pages, *dpi) <= bounds::PIXELS).unwrap_or(*DPI_RANGE.start())
}

/// The files of the pictures of so many pages: `name.png` of one, `name-1.png` and on of several.
pub fn pictures(path: &Path, pages: usize) -> Vec<PathBuf> {
    if pages < 2 {
        return vec![path.to_owned()];
    }
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let ending = path.extension().map(|ending| ending.to_string_lossy().into_owned()).unwrap_or_default();
    (1..=pages).map(|page| path.with_file_name(format!("{stem}-{page}.{ending}"))).collect()
}

/// The words in reading order, an empty line between elements, no page numbers. Items of a list come in lines below
/// each other, those of a list within it further to the right. Footnotes come last, with their numbers in brackets.
pub fn text(pages: &Pages) -> String {
    let mut text = String::new();
    let mut last: Option<Source> = None;
    let mut table: Option<Table> = None;
    let mut pictures = pages.pages.iter().enumerate().flat_map(|(number, page)| {
        let of_text = page.pictures.iter().filter(|picture| picture.paragraph.is_some());
        of_text.map(move |picture| (number, picture))
    });
    let mut picture = pictures.next();
    let is_note = |line: &Line| note(line.source).is_some();
    let lines = || pages.lines().filter(|(_, line)| !line.source.is_of_page());
    let of_text = lines().filter(|(_, line)| !is_note(line));
    for (page, line) in of_text.chain(lines().filter(|(_, line)| is_note(line))) {
        while let Some((_, shown)) = picture
            .take_if(|(number, shown)| *number < page || *number == page && shown.top < line.baseline || is_note(line))
        {
            text.push_str(if last.is_some() { "\n\n" } else { "" });
            text.push_str(&described(shown, pages.language));
            text.push_str(if last.is_none() { "\n\n" } else { "" });
            picture = pictures.next();
        }
        if let Some(index) = paragraph(line.source).filter(|index| pages.outline.kind(*index).is_cell()) {
            let is_first = table.as_ref().is_none_or(|table| !table.blocks().contains(&index));
            if let Some(begun) = pages.outline.table(index).filter(|_| is_first) {
                text.push_str(if last.is_some() { "\n\n" } else { "" });
                text.push_str(&table::text(pages, &begun));
                table = Some(begun);
            }
            last = Some(line.source);
            continue;
        }
        let first = line.clusters.start == 0;
        if last.is_some_and(|last| last != line.source) || (first && last.is_some()) {
            text.push_str(between(pages, last, line.source));
        }
        if first && last.and_then(paragraph) != paragraph(line.source) {
            text.push_str(&indent(pages, line.source));
        }
        text.push_str(&characters(line));
        last = Some(line.source);
    }
    if let Some((_, shown)) = picture {
        text.push_str("\n\n");
        text.push_str(&described(shown, pages.language));
    }
    for (_, shown) in pictures {
        text.push_str("\n\n");
        text.push_str(&described(shown, pages.language));
    }
    text.push('\n');
    text
}

/// What a picture shows, in brackets.
fn described(picture: &Picture, language: Language) -> String {
    let name = match language {
        Language::English => "Picture",
        Language::Khmer => "រូបភាព",
    };
    match picture.alternative.as_deref().map(str::trim) {
        None | Some("") => format!("[{name}]"),
        Some(alternative) => {
            let colon = if language == Language::Khmer { "៖ " } else { ": " };
            format!("[{name}{colon}{}]", alternative.replace('\n', " "))
        }
    }
}

/// The characters of a line, with the numbers of notes in brackets: nothing is raised in a text.
fn characters(line: &Line) -> Cow<'_, str> {
    if matches!(line.source, Source::NoteNumber { .. }) {
        return Cow::Owned(format!("[{}] ", line.characters().trim()));
    }
    if line.text.numbers.is_empty() {
        return Cow::Borrowed(line.characters());
    }
    let clusters = line.text.clusters.get(line.clusters.clone()).unwrap_or_default();
    let shown = |cluster: &Cluster| match line.text.number_of(cluster) {
        Some(_) => format!("[{}]", line.text.characters(cluster)),
        None => line.text.text.get(cluster.text.clone()).unwrap_or_default().to_owned(),
    };
    Cow::Owned(clusters.iter().map(shown).collect())
}

/// The note that a line is of, or its number.
fn note(source: Source) -> Option<(usize, usize)> {
    match source {
        Source::Field { field: Field::Note(paragraph, at), .. } | Source::NoteNumber { paragraph, at } => {
            Some((paragraph, at))
        }
        _ => None,
    }
}

/// The paragraph that a line is of, or its number.
fn paragraph(source: Source) -> Option<usize> {
    match source {
        Source::Field { field: Field::Paragraph(index), .. } | Source::Marker { paragraph: index } => Some(index),
        _ => None,
    }
}

/// What comes between two elements: nothing between a number and its text.
fn between(pages: &Pages, before: Option<Source>, after: Source) -> &'static str {
    if let (Some(one), Some(other)) = (before.and_then(note), note(after)) {
        return if one == other { "" } else { "\n" };
    }
    let (Some(one), Some(other)) = (before.and_then(paragraph), paragraph(after)) else { return "\n\n" };
    let is_item = |index| {
        let kind = pages.outline.kind(index);
        kind.level().is_some() && pages.outline.entry(index).is_some()
    };
    match one == other {
        true => "",
        false if is_item(one) && is_item(other) => "\n",
        false => "\n\n",
    }
}

/// The spaces before an item of a list within another, or before what goes on with an item.
fn indent(pages: &Pages, source: Source) -> String {
    let entry = paragraph(source).and_then(|index| pages.outline.entry(index));
    let steps = entry.map_or(0, |entry| entry.depth + usize::from(entry.marker.is_none()));
    "   ".repeat(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_are_set_already_give_the_same_bytes() {
        let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/samples/japan-phone-call.en.ron");
        let release = storage::open(Path::new(sample)).unwrap();
        let pages = typeset(&release, None, &mut Cache::default());
        let place = tempfile::tempdir().unwrap();
        for ending in ["pdf", "png", "txt"] {
            let [one, other] = ["one", "other"].map(|name| place.path().join(name).with_extension(ending));
            let format = Format::of(&one).unwrap();
            let files = export(&release, None, KnownWords::new(), format, &one).unwrap();
            let others = export_pages(&SystemDisk, &release, &pages, format, &other).unwrap();
            assert_eq!(files.len(), others.len());
            for (one, other) in files.iter().zip(others) {
                assert!(std::fs::read(one).unwrap() == std::fs::read(other).unwrap(), "{ending}");
            }
        }
    }

    #[test]
    fn a_text_has_the_numbers_of_items_and_shows_which_are_within_others() {
        let draft = r#"(format: 3, language: English, title: "NOTE", body: [
            (text: "They agreed:"),
            (style: Numbered, text: "to meet"),
            (style: Numbered, level: 2, text: "soon"),
            (style: Continued, level: 2, text: "and often"),
            (style: Numbered, text: ""),
            (style: Bulleted, text: "a\nb"),
            (style: Heading, text: "End"),
            (text: "Done."),
        ])"#;
        let release = crate::release::file::parse(draft).unwrap();
        let pages = typeset(&release, None, &mut Cache::default());
        let wanted = "NOTE\n\nThey agreed:\n\n1. to meet\n   a. soon\n      and often\n2. \n• a\nb\n\nEnd\n\nDone.\n";
        assert_eq!(text(&pages), wanted);
        let numbered = Release { number_paragraphs: true, ..release };
        let pages = typeset(&numbered, None, &mut Cache::default());
        let wanted = "NOTE\n\n1. They agreed:\n\n   a. to meet\n      (i) soon\n         and often\n   b. \n   • a\nb\n\nEnd\n\n2. Done.\n";
        assert_eq!(text(&pages).replace("–", "•"), wanted);
    }

    #[test]
    fn the_name_says_what_is_written() {
        assert_eq!(Format::of(Path::new("a.PNG")).unwrap(), Format::Png(DPI));
        assert_eq!(Format::of(Path::new("a.docx")).unwrap(), Format::Word(word::Options::default()));
        assert!(Format::of(Path::new("a.doc")).unwrap_err().to_string().contains("must end in .pdf"));
    }

    #[test]
    fn pictures_that_are_too_large_together_are_refused_with_a_size_that_is_not() {
        let mut pages = typeset(&Release::default(), None, &mut Cache::default());
        let page = pages.pages[0].clone();
        for (count, most) in [(1, 1200.0), (100, 680.0), (bounds::PAGES, 210.0)] {
            pages.pages = vec![page.clone(); count];
            assert_eq!(finest(&pages), most);
            assert!(pixels(&pages, most) <= bounds::PIXELS && most >= DPI);
            assert!(most == 1200.0 || pixels(&pages, most + 10.0) > bounds::PIXELS);
        }
    }

    #[test]
    fn pages_are_numbered_only_if_there_are_several() {
        assert_eq!(pictures(Path::new("x/a.png"), 1), [Path::new("x/a.png")]);
        assert_eq!(pictures(Path::new("x/a.png"), 2), ["x/a-1.png", "x/a-2.png"].map(Path::new));
    }
}

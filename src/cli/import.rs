//! `import`: a Word file or a page of HTML as a draft.

use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Result, bail};
use clap::Args;
use release_composer::{
    html,
    release::Release,
    storage::{self, StorageError},
    word,
};

use super::targets::Targets;

#[derive(Args)]
pub struct Import {
    /// A Word file (.docx), or a page of HTML, as a browser saves it
    page: PathBuf,
    /// The draft to write
    #[arg(short, long)]
    output: PathBuf,
    /// Replace a draft that is there
    #[arg(long)]
    force: bool,
}

/// Reads the page and writes the draft; what the draft cannot hold is listed on standard error, a line each.
pub fn run(options: &Import) -> Result<ExitCode> {
    let Import { page, output, force } = options;
    if Targets::is_there(output) && !force {
        bail!("{} is there already; give --force to replace it, or another name", output.display());
    }
    Targets::new(*force, [page.clone()]).check(output)?;
    let (release, lost) = if word::is_word(page) { from_word(page)? } else { from_page(page)? };
    storage::save(output, &release)?;
    let mut stderr = io::stderr().lock();
    for lost in lost {
        // If standard error is closed, the message is lost.
        let _ = writeln!(stderr, "{}:{lost}", page.display());
    }
    writeln!(io::stdout(), "{}", output.display())?;
    Ok(ExitCode::SUCCESS)
}

/// A release from a page or, whatever its name, from a file of Word; and what it cannot hold.
fn from_page(page: &Path) -> Result<(Release, Vec<String>)> {
    let bytes = read(page, html::LONGEST, "a page", "copy its text from a browser")?;
    match Content::of(&bytes) {
        Content::Page => from_html(page, &bytes),
        Content::Word => word_in(page, &bytes),
        Content::Pdf => bail!(pdf(page)),
        Content::Other => {
            bail!("{}: it is neither a page of HTML nor a Word document (.docx); give one of these", page.display())
        }
    }
}

fn from_html(page: &Path, bytes: &[u8]) -> Result<(Release, Vec<String>)> {
    let mut imported =
        html::import(&html::decode(bytes)).map_err(|error| anyhow::anyhow!("{}: {error}", page.display()))?;
    imported.read_pictures(|file| storage::picture_of_page(page, file).ok());
    Ok((imported.release, imported.lost.iter().map(|(line, lost)| format!("{line}: {lost}")).collect()))
}

/// A release from a file of Word by its name, and what it cannot hold.
fn from_word(file: &Path) -> Result<(Release, Vec<String>)> {
    let bytes = read(file, word::FILE, "a Word file", "take large pictures out of it in Word")?;
    if Content::of(&bytes) == Content::Pdf {
        bail!(pdf(file));
    }
    word_in(file, &bytes)
}

fn word_in(file: &Path, bytes: &[u8]) -> Result<(Release, Vec<String>)> {
    let imported = word::read(bytes).map_err(|error| anyhow::anyhow!("{}: {error}", file.display()))?;
    let line = |(lost, count): (&word::Lost, &usize)| {
        if lost.is_single() && *count == 1 { format!(" {lost}") } else { format!(" {count} {lost}") }
    };
    Ok((imported.release, imported.lost.iter().map(line).collect()))
}

fn pdf(file: &Path) -> String {
    format!("{}: it is a PDF; open it in Word or LibreOffice and save it as .docx, or copy its text", file.display())
}

/// What a file is by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    /// Text, as far as can be seen.
    Page,
    /// An archive or what else [`word::read`] knows to name.
    Word,
    Pdf,
    /// A picture, a program and the like.
    Other,
}

impl Content {
    fn of(bytes: &[u8]) -> Self {
        let begins = |marks: &[&[u8]]| marks.iter().any(|mark| bytes.starts_with(mark));
        // Readers of PDF look so far for its beginning.
        let head = bytes.get(..1024).unwrap_or(bytes);
        let text = head.trim_ascii_start();
        if begins(&[b"PK\x03\x04", b"\xD0\xCF\x11\xE0", b"{\\rtf"]) {
            Self::Word
        } else if !text.starts_with(b"<") && head.windows(5).any(|window| window == b"%PDF-") {
            Self::Pdf
        } else if !begins(&[b"\xFF\xFE", b"\xFE\xFF"]) && (bytes.contains(&0) || begins(&[b"\xFF\xD8\xFF", b"GIF8"])) {
            // No encoding of the web but those of 16 bits has a zero.
            Self::Other
        } else {
            Self::Page
        }
    }
}

fn read(file: &Path, most: usize, what: &str, way_out: &str) -> Result<Vec<u8>> {
    storage::regular::read(file, most).map_err(|source| match source.kind() {
        io::ErrorKind::FileTooLarge => {
            anyhow::anyhow!("{}: {what} has at most {} MB; {way_out}", file.display(), most >> 20)
        }
        _ => StorageError::Unreadable { path: file.to_owned(), source }.into(),
    })
}

//! `import`: a Word file or a page of HTML as a draft.

use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Result, bail};
use clap::Args;
use release_composer::{html, release::Release, storage, word};

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
    let (release, lost) = if word::is_word(page) { from_word(page)? } else { from_html(page)? };
    storage::save(output, &release)?;
    let mut stderr = io::stderr().lock();
    for lost in lost {
        // If standard error is closed, the message is lost.
        let _ = writeln!(stderr, "{}:{lost}", page.display());
    }
    writeln!(io::stdout(), "{}", output.display())?;
    Ok(ExitCode::SUCCESS)
}

/// A release from a page, and what it cannot hold.
fn from_html(page: &Path) -> Result<(Release, Vec<String>)> {
    let bytes = read(page, html::LONGEST, "a page", "copy its text from a browser")?;
    let mut imported =
        html::import(&html::decode(&bytes)).map_err(|error| anyhow::anyhow!("{}: {error}", page.display()))?;
    imported.read_pictures(|file| storage::picture_of_page(page, file).ok());
    Ok((imported.release, imported.lost.iter().map(|(line, lost)| format!("{line}: {lost}")).collect()))
}

/// A release from a file of Word, and what it cannot hold.
fn from_word(file: &Path) -> Result<(Release, Vec<String>)> {
    let bytes = read(file, word::FILE, "a Word file", "take large pictures out of it in Word")?;
    let imported = word::read(&bytes).map_err(|error| anyhow::anyhow!("{}: {error}", file.display()))?;
    let line = |(lost, count): (&word::Lost, &usize)| {
        if lost.is_single() && *count == 1 { format!(" {lost}") } else { format!(" {count} {lost}") }
    };
    Ok((imported.release, imported.lost.iter().map(line).collect()))
}

fn read(file: &Path, most: usize, what: &str, way_out: &str) -> Result<Vec<u8>> {
    storage::regular::read(file, most).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => {
            anyhow::anyhow!("{}: {what} has at most {} MB; {way_out}", file.display(), most >> 20)
        }
        _ => anyhow::anyhow!("cannot read {}: {error}", file.display()),
    })
}

//! A release beside the same release in the other language: its beginning, how they differ, both in one PDF.
//!
//! Invariant: a difference is a line, which names both drafts and the places in them.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use anyhow::{Result, bail};
use clap::Args;
use release_composer::{
    artwork::Artwork,
    export::{Format, export_both},
    pdf,
    proof::{
        Reference,
        counterpart::{self, Difference, Said, Subject},
    },
    release::{Release, file::counterpart_name},
    roster::Roster,
    storage::{self, SystemDisk},
    template::in_other_language,
    typeset::{Cache, typeset},
};

use super::{
    OwnLists, emblem_error, findings,
    targets::{self, Targets},
};

#[derive(Args)]
pub struct Counterpart {
    /// The draft, in English or in Khmer
    draft: PathBuf,
    /// The draft to write, in the other language
    #[arg(short, long)]
    output: PathBuf,
    /// Replace a draft that is there
    #[arg(long)]
    force: bool,
}

/// Writes a draft with all of another one that needs no translator.
pub fn begin(options: &Counterpart, roster: &Roster) -> Result<ExitCode> {
    let Counterpart { draft, output, force } = options;
    if Targets::is_there(output) && !force {
        bail!("{} is there already; give --force to replace it, or another name", output.display());
    }
    let release = storage::open(draft)?;
    let sources = std::iter::once(draft.clone()).chain(targets::pictures_of(&release, draft));
    Targets::new(*force, sources).check(output)?;
    let mut made = in_other_language(&release, roster);
    targets::spare_pictures(&made, output, std::slice::from_ref(output))?;
    let folder = |path: &Path| std::path::absolute(path).ok().and_then(|path| path.parent().map(Path::to_owned));
    if folder(draft) == folder(output) {
        made.counterpart = counterpart_name(draft).unwrap_or_default();
    }
    storage::save(output, &made)?;
    writeln!(io::stdout(), "{}", output.display())?;
    Ok(ExitCode::SUCCESS)
}

/// Writes two drafts into one PDF. The findings of both are printed first.
pub fn export(
    (draft, release, emblem): (&Path, &Release, Option<&Arc<Artwork>>),
    with: &Path,
    crop_marks: bool,
    output: &Path,
) -> Result<ExitCode> {
    if !matches!(Format::of(output)?, Format::Pdf(_)) {
        bail!("{}: two releases go into a PDF alone; write to a name that ends in .pdf", output.display());
    }
    let other = storage::open(with)?;
    if other.language == release.language {
        bail!("{} and {} are in one language", draft.display(), with.display());
    }
    targets::spare_draft(&other, with, &[output.to_owned()])?;
    let emblem_of_other = super::emblem(&other, with).map_err(|error| emblem_error(&other, &error))?;
    let OwnLists { words, roster, .. } = OwnLists::read();
    let mut cache = Cache::with_words(words.clone());
    let pages = typeset(release, emblem, &mut cache);
    let pages_of_other = typeset(&other, emblem_of_other.as_ref(), &mut cache);
    let today = chrono::Local::now().date_naive();
    let reference = Reference { today, emblem: None, words: &words, roster: &roster, other: None };
    // If standard error is closed, the message is lost.
    let mut stderr = io::stderr().lock();
    for checked in [(draft, release, &pages), (with, &other, &pages_of_other)] {
        for finding in findings(checked, &reference) {
            _ = writeln!(stderr, "{}: {}", checked.0.display(), finding.in_line(checked.1));
        }
    }
    _ = compare(&mut stderr, (draft, release), (with, &other), &roster);
    let options = pdf::Options { crop_marks };
    for file in export_both(&SystemDisk, (release, &pages), (&other, &pages_of_other), options, output)? {
        writeln!(io::stdout(), "{}", file.display())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints what two releases say otherwise, and gives how much that is.
pub fn compare(
    out: &mut dyn Write,
    (draft, one): (&Path, &Release),
    (with, other): (&Path, &Release),
    roster: &Roster,
) -> Result<usize> {
    let differences = counterpart::compare(one, other, roster);
    for Difference { subject, one: ours, other: theirs } in &differences {
        let ours = said(draft, one, ours.as_ref(), *subject);
        let theirs = said(with, other, theirs.as_ref(), *subject);
        writeln!(out, "{ours}; {theirs} ({subject})")?;
    }
    Ok(differences.len())
}

/// What a draft says, with its place unless it counts the whole; the file alone if it says nothing.
fn said(file: &Path, release: &Release, said: Option<&Said>, of: Subject) -> String {
    match said {
        Some(Said { text, .. }) if of.is_count() => format!("{}: {text}", file.display()),
        Some(Said { field, text, .. }) if text.is_empty() => {
            format!("{}: {}: nothing", file.display(), release.name_of(*field))
        }
        Some(Said { field, text, .. }) => format!("{}: {}: “{text}”", file.display(), release.name_of(*field)),
        None => format!("{}: nothing", file.display()),
    }
}

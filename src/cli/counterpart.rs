//! A release beside the same release in the other language, and its beginning.
//!
//! Invariant: a difference is a line, which names both drafts and the places in them.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Result, bail};
use clap::Args;
use release_composer::{
    proof::counterpart::{self, Difference, Said, Subject},
    release::{Release, file::counterpart_name},
    roster::Roster,
    storage,
    template::in_other_language,
};

use super::targets::{self, Targets};

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

/// Prints what two releases say otherwise, and gives how much that is.
pub fn compare(out: &mut dyn Write, (draft, one): (&Path, &Release), with: &Path, roster: &Roster) -> Result<usize> {
    let other = storage::open(with)?;
    let differences = counterpart::compare(one, &other, roster);
    for Difference { subject, one: ours, other: theirs } in &differences {
        let ours = said(draft, one, ours.as_ref(), *subject);
        let theirs = said(with, &other, theirs.as_ref(), *subject);
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

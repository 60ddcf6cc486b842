//! A release beside the same release in the other language.
//!
//! Invariant: a difference is a line, which names both drafts and the places in them.

use std::{io::Write, path::Path};

use anyhow::Result;
use release_composer::{
    proof::counterpart::{self, Difference, Said},
    release::Release,
    roster::Roster,
    storage,
};

/// Prints what two releases say otherwise, and gives how much that is.
pub fn compare(out: &mut dyn Write, (draft, one): (&Path, &Release), with: &Path, roster: &Roster) -> Result<usize> {
    let other = storage::open(with)?;
    let differences = counterpart::compare(one, &other, roster);
    for Difference { subject, one: ours, other: theirs } in &differences {
        let (ours, theirs) = (said(draft, one, ours.as_ref()), said(with, &other, theirs.as_ref()));
        writeln!(out, "{ours}; {theirs} ({subject})")?;
    }
    Ok(differences.len())
}

/// What a draft says, with its place; the file alone if it says nothing.
fn said(file: &Path, release: &Release, said: Option<&Said>) -> String {
    match said {
        Some(Said { field, text, .. }) => format!("{}: {}: “{text}”", file.display(), release.name_of(*field)),
        None => format!("{}: nothing", file.display()),
    }
}

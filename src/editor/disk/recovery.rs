//! What a crash kept from being saved, in journals and as corrections of damaged drafts: found, compared with the
//! drafts' own files, discarded.

use std::{io, path::Path, time::Duration};

use super::super::jobs::JobThread;
use crate::{
    release::{
        Release,
        file::{self, ParseError},
    },
    storage::{
        self, DiskState, StorageError,
        corrections::{self, Corrections, Keeper, Looked as LookedFor, Sum},
        journal::{self, Held, Recovery, Written},
    },
};

/// How long the file of corrections waits for the journal to hold them. It stays if that takes longer.
const JOURNAL: Duration = Duration::from_secs(10);

/// What a look into the folder found.
pub struct Found {
    /// Changes of drafts
    pub journals: journal::FoundJournals,
    /// Corrections of damaged drafts
    pub corrections: corrections::FoundCorrections,
}

/// Looks for journals and corrections, and touches no draft.
pub fn find(_: &JobThread, folder: &Path) -> Found {
    Found { journals: journal::find(folder), corrections: corrections::find(folder) }
}

/// What the file of a draft holds, and how it was before it was read.
pub struct Looked {
    /// What it holds.
    pub held: Held,
    /// How it was.
    pub on_disk: Option<DiskState>,
}

/// Looks at the file of a draft.
pub fn look(_: &JobThread, draft: &Path) -> Looked {
    // Before it is read: what changes in between is noticed when the draft is saved.
    let on_disk = DiskState::of(draft).ok();
    Looked { held: journal::look(draft), on_disk }
}

/// Throws changes away.
///
/// # Errors
/// If the journal cannot be taken away; it is then offered again.
pub fn discard(_: &JobThread, recovery: Recovery) -> Result<(), StorageError> {
    recovery.discard()
}

/// Looks for corrections of a damaged text, and gives its sum.
pub fn look_for_corrections(_: &JobThread, keeper: &Keeper, damaged: &str) -> (Sum, LookedFor) {
    let sum = corrections::sum(damaged);
    (sum, keeper.look(sum))
}

/// Writes corrections, or removes those before if there is no text.
///
/// # Errors
/// If they cannot be written or removed.
pub fn keep_corrections(_: &JobThread, keeper: &Keeper, damaged: Sum, text: Option<&str>) -> Result<(), StorageError> {
    text.map_or_else(|| keeper.remove(), |text| keeper.write(damaged, text))
}

/// Removes corrections, once the journal has them if there is one. They stay if it cannot be written.
///
/// # Errors
/// If they cannot be removed.
pub fn end_corrections(_: &JobThread, keeper: &Keeper, journal: Option<&Written>) -> Result<(), StorageError> {
    if journal.is_none_or(|journal| journal.wait(JOURNAL)) { keeper.remove() } else { Ok(()) }
}

/// Removes corrections that were found and are not wanted.
///
/// # Errors
/// If they cannot be removed.
pub fn discard_corrections(_: &JobThread, file: &Path) -> Result<(), StorageError> {
    corrections::discard(file)
}

/// Corrections that were found, with the file of their draft.
pub struct Taken {
    pub keeper: Keeper,
    pub corrections: Corrections,
    /// What the draft's file holds now; empty if it is gone or cannot be read.
    pub text: String,
    /// The sum of that.
    pub damaged: Sum,
    pub on_disk: Option<DiskState>,
    /// Why there is still no draft; or the corrections as a draft, if the file has changed since and they can be read.
    pub read: Result<Release, ParseError>,
}

impl Taken {
    /// Whether the file holds the text that was corrected.
    pub fn is_same(&self) -> bool {
        self.damaged == self.corrections.damaged
    }
}

/// Takes corrections that were found; `None` if another process has taken them.
///
/// # Errors
/// If they cannot be read.
pub fn take_corrections(_: &JobThread, file: &Path) -> Result<Option<Taken>, StorageError> {
    let Some((keeper, corrections)) = Keeper::take(file)? else { return Ok(None) };
    let draft = &corrections.kept.draft;
    // Before it is read: what changes in between is noticed when the draft is saved.
    let on_disk = DiskState::of(draft).ok();
    let held = storage::text(draft);
    let is_gone =
        matches!(&held, Err(StorageError::Unreadable { source, .. }) if source.kind() == io::ErrorKind::NotFound);
    let text = held.unwrap_or_default();
    let damaged = corrections::sum(&text);
    let is_same = damaged == corrections.damaged;
    let read = match file::parse(&text) {
        Err(error) if is_same => Err(error),
        _ => file::parse(&corrections.text).map(|mut release| {
            storage::read_pictures(&mut release, draft);
            release
        }),
    };
    // What the user has not corrected is not replaced unasked.
    let on_disk = if is_same || is_gone { on_disk } else { Some(DiskState::unlike_any()) };
    Ok(Some(Taken { keeper, corrections, text, damaged, on_disk, read }))
}

//! What a crash kept from being saved: found in journals, compared with the drafts' own files, discarded.

use std::path::Path;

use super::super::jobs::JobThread;
use crate::storage::{
    DiskState, StorageError,
    journal::{self, Found, Held, Recovery},
};

/// Looks for journals, and touches no draft.
pub fn find(_: &JobThread, folder: &Path) -> Found {
    journal::find(folder)
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

//! The settings, and the journal at its end.

use std::{path::Path, sync::Arc};

use super::super::jobs::JobThread;
use crate::storage::{Settings, StorageError, journal::Journal};

/// Writes what was changed of the settings since they were `before`.
///
/// # Errors
/// If they cannot be written.
pub fn save(_: &JobThread, settings: &Settings, before: &Settings, path: &Path) -> Result<(), StorageError> {
    settings.save_over(before, path)
}

/// Ends the journal of a draft that is saved or not wanted.
///
/// # Errors
/// If its file cannot be taken away.
pub fn finish(_: &JobThread, journal: Journal) -> Result<(), Arc<StorageError>> {
    journal.finish()
}

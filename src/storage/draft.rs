//! Drafts and the emblems they name.

use std::{fs::File, io::Read, path::Path, sync::Arc};

use super::{StorageError, write};
use crate::{
    artwork::{self, Artwork, ArtworkError},
    release::{Release, file},
};

/// Reads a draft.
///
/// # Errors
/// If the file cannot be read or is no draft; the error names file, line, column and field.
pub fn open(path: &Path) -> Result<Release, StorageError> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(file::MAX_BYTES as u64 + 1).read_to_end(&mut bytes))
        .map_err(|source| StorageError::Unreadable { path: path.to_owned(), source })?;
    if bytes.len() > file::MAX_BYTES {
        return Err(StorageError::TooLarge { path: path.to_owned() });
    }
    let text = String::from_utf8(bytes).map_err(|_| StorageError::NotText { path: path.to_owned() })?;
    // Windows editors put a byte order mark in front, and RON knows none.
    file::parse(text.trim_start_matches('\u{FEFF}'))
        .map_err(|source| StorageError::NotADraft { path: path.to_owned(), source })
}

/// Writes a draft, whole or not at all.
///
/// # Errors
/// If the file cannot be written; what was there is then untouched.
pub fn save(path: &Path, release: &Release) -> Result<(), StorageError> {
    write(path, file::write(release).as_bytes())
}

/// The picture that a release names; a relative path starts at the folder of its draft.
///
/// # Errors
/// If the picture cannot be used, in a sentence that follows the file's name.
pub fn emblem(release: &Release, draft: Option<&Path>) -> Result<Option<Arc<Artwork>>, ArtworkError> {
    let Some(emblem) = release.letterhead.emblem.as_ref().filter(|emblem| !emblem.file.is_empty()) else {
        return Ok(None);
    };
    let folder = draft.and_then(Path::parent).unwrap_or(Path::new(""));
    artwork::load(&folder.join(&emblem.file)).map(Arc::new).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_comes_back_as_it_was_saved() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("សេចក្តីប្រកាស.ron");
        let release = Release { headline: "ជប៉ុន \"x\"".into(), ..Release::default() };
        save(&path, &release).unwrap();
        assert_eq!(open(&path).unwrap(), release);
    }

    #[test]
    fn what_is_no_draft_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.ron");
        std::fs::write(&path, [0xFF, 0xFE, 0x00]).unwrap();
        assert!(matches!(open(&path), Err(StorageError::NotText { .. })));
        std::fs::write(&path, "\u{FEFF}(format: 1, language: English)").unwrap();
        assert!(open(&path).is_ok());
        assert!(matches!(open(&folder.path().join("none.ron")), Err(StorageError::Unreadable { .. })));
    }
}

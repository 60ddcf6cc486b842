//! Whether a file is still as it was when it was opened or saved.
//!
//! Knows bytes and nothing of what they mean. The invariant: a file whose bytes changed is noticed,
//! and one that was only touched or copied over itself is not.

use std::{
    fs::{self, File},
    io,
    path::Path,
    time::{Duration, SystemTime},
};

use sha2::{Digest as _, Sha256};

use super::StorageError;

/// Times of files are this coarse at worst (FAT): within it, a second change may have the same time.
const COARSE: Duration = Duration::from_secs(2);

/// How a file stood on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiskState {
    bytes: u64,
    modified: Option<SystemTime>,
    hash: [u8; 32],
    /// Whether a later change must have another time.
    settled: bool,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// It holds what it held
    Same,
    /// It holds something else
    Changed,
    /// It is no longer there
    Gone,
}

impl DiskState {
    /// How no file ever stands: since then every file has changed.
    pub fn unlike_any() -> Self {
        Self { bytes: u64::MAX, modified: None, hash: [0; 32], settled: false }
    }

    /// Looks at a file.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn of(path: &Path) -> Result<Self, StorageError> {
        Self::read(path).map_err(|source| StorageError::Unreadable { path: path.to_owned(), source })
    }

    fn read(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let found = file.metadata()?;
        let mut hasher = Hashing(Sha256::new());
        let bytes = io::copy(&mut file, &mut hasher)?;
        let modified = found.modified().ok();
        let age = modified.and_then(|modified| SystemTime::now().duration_since(modified).ok());
        Ok(Self { bytes, modified, hash: hasher.0.finalize().into(), settled: age.is_some_and(|age| age > COARSE) })
    }

    /// What became of the file since. Reads it only if size and time cannot tell.
    ///
    /// # Errors
    /// If it cannot be looked at, as on a share that has gone away.
    pub fn since(&self, path: &Path) -> Result<Since, StorageError> {
        let now = fs::metadata(path).and_then(|found| {
            if found.len() != self.bytes {
                return Ok(Since::Changed);
            }
            if self.settled && self.modified.is_some() && found.modified().ok() == self.modified {
                return Ok(Since::Same);
            }
            let same = Self::read(path)?.hash == self.hash;
            Ok(if same { Since::Same } else { Since::Changed })
        });
        match now {
            // Of a folder that is not there either nobody can say what became of its files.
            Err(error) if error.kind() == io::ErrorKind::NotFound && path.parent().is_some_and(is_there) => {
                Ok(Since::Gone)
            }
            other => other.map_err(|source| StorageError::Unreadable { path: path.to_owned(), source }),
        }
    }
}

fn is_there(folder: &Path) -> bool {
    folder.as_os_str().is_empty() || folder.is_dir()
}

/// Takes what is written into a hash.
struct Hashing(Sha256);

impl io::Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set_time(path: &Path, time: SystemTime) {
        File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
    }

    #[test]
    fn a_change_is_noticed_and_a_touch_is_none() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a.ron");
        fs::write(&path, "one").unwrap();
        let state = DiskState::of(&path).unwrap();
        assert_eq!(state.since(&path).unwrap(), Since::Same);
        set_time(&path, SystemTime::UNIX_EPOCH);
        assert_eq!(state.since(&path).unwrap(), Since::Same);
        fs::write(&path, "two").unwrap();
        assert_eq!(state.since(&path).unwrap(), Since::Changed);
        fs::write(&path, "three").unwrap();
        assert_eq!(state.since(&path).unwrap(), Since::Changed);
        fs::remove_file(&path).unwrap();
        assert_eq!(state.since(&path).unwrap(), Since::Gone);
    }

    #[test]
    fn a_change_of_the_same_size_in_the_same_moment_is_noticed() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a.ron");
        fs::write(&path, "one").unwrap();
        let state = DiskState::of(&path).unwrap();
        let time = fs::metadata(&path).unwrap().modified().unwrap();
        fs::write(&path, "two").unwrap();
        set_time(&path, time);
        assert_eq!(state.since(&path).unwrap(), Since::Changed);
    }

    #[test]
    fn an_old_file_that_has_its_time_is_not_read_again() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a.ron");
        let old = SystemTime::now() - Duration::from_secs(3600);
        fs::write(&path, "one").unwrap();
        set_time(&path, old);
        let state = DiskState::of(&path).unwrap();
        fs::write(&path, "two").unwrap();
        set_time(&path, old);
        assert_eq!(state.since(&path).unwrap(), Since::Same, "nobody sets the clock of a file by hand");
        set_time(&path, old + Duration::from_millis(1));
        assert_eq!(state.since(&path).unwrap(), Since::Changed);
    }

    #[test]
    fn a_share_that_went_away_is_no_deleted_file() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("share");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("a.ron"), "one").unwrap();
        let state = DiskState::of(&folder.join("a.ron")).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert!(matches!(state.since(&folder.join("a.ron")), Err(StorageError::Unreadable { .. })));
    }
}

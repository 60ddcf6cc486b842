//! Whether a file is still as it was when it was opened or saved.
//!
//! Knows bytes and nothing of what they mean. The invariant: a file whose bytes changed is noticed,
//! and one that was only touched or copied over itself is not.

use std::{
    fs,
    io::{self, Read as _},
    path::Path,
    time::{Duration, SystemTime},
};

use sha2::{Digest as _, Sha256};

use super::{
    StorageError,
    regular::{self, Links},
};
use crate::release::file::MAX_BYTES;

/// Times of files are this coarse at worst (FAT): within it, a second change may have the same time.
const COARSE: Duration = Duration::from_secs(2);

/// How a file stood on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiskState {
    bytes: u64,
    modified: Option<SystemTime>,
    /// `None` for a file that is larger than any draft, and unlike every other.
    hash: Option<[u8; 32]>,
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
    /// A state that matches no file, so the next check reports a change.
    pub fn unlike_any() -> Self {
        Self { bytes: u64::MAX, modified: None, hash: None, settled: false }
    }

    /// Looks at a file.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn of(path: &Path) -> Result<Self, StorageError> {
        Self::read(path).map_err(|source| StorageError::Unreadable { path: path.to_owned(), source })
    }

    fn read(path: &Path) -> io::Result<Self> {
        let file = regular::open(path, Links::Followed)?;
        let found = file.metadata()?;
        let mut hasher = Hashing(Sha256::new());
        let read = io::copy(&mut file.take(MAX_BYTES as u64 + 1), &mut hasher)?;
        let is_whole = read <= MAX_BYTES as u64;
        let (bytes, hash) =
            if is_whole { (read, Some(hasher.0.finalize().into())) } else { (found.len().max(read), None) };
        let modified = found.modified().ok();
        let age = modified.and_then(|modified| SystemTime::now().duration_since(modified).ok());
        Ok(Self { bytes, modified, hash, settled: age.is_some_and(|age| age > COARSE) })
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
            let same = self.hash.is_some() && Self::read(path)?.hash == self.hash;
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
    use std::fs::File;

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
    fn a_file_larger_than_any_draft_is_not_read_to_its_end() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a.ron");
        File::create(&path).unwrap().set_len(1 << 40).unwrap();
        // Read to its end, it would keep this test for the rest of the day.
        let state = DiskState::of(&path).unwrap();
        assert_eq!(state.since(&path).unwrap(), Since::Changed, "what was not read cannot be the same");
        set_time(&path, SystemTime::UNIX_EPOCH);
        let state = DiskState::of(&path).unwrap();
        assert_eq!(state.since(&path).unwrap(), Since::Same, "an old file that has its time");
        fs::write(&path, "one").unwrap();
        assert_eq!(state.since(&path).unwrap(), Since::Changed);
    }

    #[cfg(unix)]
    #[test]
    fn what_came_in_the_place_of_the_file_is_a_change_or_an_error() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a.ron");
        fs::write(&path, "one").unwrap();
        let state = DiskState::of(&path).unwrap();
        fs::remove_file(&path).unwrap();
        std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
        assert_eq!(state.since(&path).unwrap(), Since::Changed);
        assert!(DiskState::of(&path).is_err());
        fs::remove_file(&path).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(&path).status().is_ok_and(|made| made.success()));
        assert_eq!(state.since(&path).unwrap(), Since::Changed);
        assert!(DiskState::of(&path).is_err());
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

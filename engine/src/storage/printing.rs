//! PDFs on their way to the printer.
//!
//! Each is in a folder of its own that only the user can enter, under the name that the printer's queue
//! shows. Knows files and not what prints them. Its invariant: only the user can read what is printed,
//! and it does not stay: it is removed when it was printed, or at a later start.

use std::{
    ffi::OsStr,
    fs::{self, DirBuilder},
    io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use super::{
    StorageError,
    disk::{Disk as _, Readers, SystemDisk, unique_name},
};

/// What the folder of one file begins with.
const PREFIX: &str = "release-composer-print-";
/// A program that was handed a file may read it late. After this time it has.
const OLD: Duration = Duration::from_secs(60 * 60);
/// The most folders that one start looks at.
const MOST: usize = 1_000;

/// Where the platform keeps what is on its way to the printer.
pub fn folder() -> PathBuf {
    directories::ProjectDirs::from("", "", "release-composer")
        .map_or_else(std::env::temp_dir, |folders| folders.cache_dir().join("print"))
}

/// Writes a PDF that is to be printed, in a folder of its own below `folder`; gives the file.
///
/// # Errors
/// If it cannot be written.
pub fn write(folder: &Path, name: &OsStr, bytes: &[u8]) -> Result<PathBuf, StorageError> {
    let own = folder.join(format!("{PREFIX}{}", unique_name()));
    let mut file_name = name.to_owned();
    // The date at the end of a name is no ending.
    file_name.push(".pdf");
    let path = own.join(file_name);
    let written = (|| {
        private(true).create(folder)?;
        // Not one that is there already, which may be another user's.
        private(false).create(&own)?;
        SystemDisk.write(&SystemDisk.create(&path, Readers::Owner)?, bytes)
    })();
    written.map(|()| path.clone()).map_err(|source| StorageError::Unwritable { path, source })
}

fn private(recursive: bool) -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.recursive(recursive);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// Takes a file away that was printed.
///
/// # Errors
/// If it cannot be removed; a later start tries again.
pub fn remove(path: &Path) -> Result<(), StorageError> {
    let unremovable = |source| StorageError::Unremovable { path: path.to_owned(), source };
    let own = path.parent().filter(|own| own.file_name().is_some_and(is_ours));
    // Nothing but what was made here is ever removed.
    let own = own.ok_or_else(|| unremovable(io::ErrorKind::InvalidInput.into()))?;
    fs::remove_dir_all(own).map_err(unremovable)
}

/// Takes away what earlier starts left to programs that print, and that was read long ago; also what
/// versions before 0.1 left in a folder that is the program's own. What is in use, as on Windows an open
/// file is, stays until a later start.
pub fn tidy(folder: &Path, now: SystemTime) {
    // Where there is no home it is the system's own for what is temporary.
    let is_own = folder.ends_with("print");
    for entry in fs::read_dir(folder).into_iter().flatten().flatten().take(MOST) {
        let Ok(found) = entry.metadata() else { continue };
        let is_old = found.modified().is_ok_and(|time| now.duration_since(time).is_ok_and(|age| age > OLD));
        let path = entry.path();
        if is_old && found.is_dir() && is_ours(&entry.file_name()) {
            _ = fs::remove_dir_all(path);
        } else if is_old && is_own && found.is_file() && path.extension().is_some_and(|ending| ending == "pdf") {
            _ = fs::remove_file(path);
        }
    }
}

fn is_ours(name: &OsStr) -> bool {
    name.to_string_lossy().starts_with(PREFIX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_for_the_printer_is_the_users_alone_and_goes() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("cache/print");
        let (one, two) = (write(&folder, "ក".as_ref(), b"1").unwrap(), write(&folder, "ក".as_ref(), b"2").unwrap());
        assert_ne!(one, two);
        assert_eq!((one.file_name(), fs::read(&one).unwrap()), (Some("ក.pdf".as_ref()), b"1".to_vec()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&one), 0o600);
            assert!(one.ancestors().skip(1).take(3).all(|folder| mode(folder) == 0o700));
        }
        remove(&one).unwrap();
        assert!(!one.exists() && two.exists());
        assert!(remove(&place.path().join("x.pdf")).is_err(), "what is not ours is let be");
        let (older, other) = (folder.join("a.pdf"), place.path().join("cache/a.pdf"));
        for path in [&older, &other] {
            fs::write(path, "x").unwrap();
        }
        let dated = write(&folder, "Visit 30.10.2023".as_ref(), b"3").unwrap();
        assert_eq!(dated.file_name(), Some("Visit 30.10.2023.pdf".as_ref()));
        tidy(&folder, SystemTime::now());
        assert!(two.exists() && older.exists(), "a program may still read it");
        tidy(&folder, SystemTime::now() + OLD + Duration::from_secs(10));
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
        tidy(other.parent().unwrap(), SystemTime::now() + 2 * OLD);
        assert!(other.exists(), "a folder that is not the program's own");
        tidy(&place.path().join("none"), SystemTime::now());
    }
}

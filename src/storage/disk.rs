//! The few operations by which anything in this folder reaches the disk.
//!
//! Knows files and folders and nothing of what is in them. [`replace`] holds the invariant of every
//! write: whatever fails and whenever the power goes, a file is as it was or as it was to be.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use super::StorageError;

/// How many temporary files of one target are tried: each but the last belongs to another save that
/// is going on, or is left from one that broke off where files cannot be locked.
const TEMPORARIES: usize = 16;

/// What is asked of a disk, one system call or so each, so that tests can let each of them fail.
pub trait Disk: Send + Sync {
    /// Makes a folder and those above it, for the user alone. One that is there is left as it is.
    ///
    /// # Errors
    /// As the system has them, here and below.
    fn create_folder(&self, folder: &Path) -> io::Result<()>;
    /// Makes a file that must not be there yet.
    fn create(&self, path: &Path) -> io::Result<File>;
    /// Adds bytes to a file.
    fn write(&self, file: &File, bytes: &[u8]) -> io::Result<()>;
    /// Waits until all of a file is on the disk.
    fn sync(&self, file: &File) -> io::Result<()>;
    /// Gives a file the owner and the permissions of another.
    fn take_after(&self, file: &File, model: &File) -> io::Result<()>;
    /// Puts a file in the place of another, in one step.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Takes a file away.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Waits until the names in a folder are on the disk.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
}

/// The disk of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemDisk;

impl Disk for SystemDisk {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)
    }

    fn create(&self, path: &Path) -> io::Result<File> {
        OpenOptions::new().read(true).write(true).create_new(true).open(path)
    }

    fn write(&self, mut file: &File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn take_after(&self, file: &File, model: &File) -> io::Result<()> {
        let model = model.metadata()?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt as _, fchown};
            // A file of another owner may be given away by the system's administrator only, and of
            // the group by a member; where neither is allowed the file is the user's.
            if fchown(file, Some(model.uid()), Some(model.gid())).is_err() {
                _ = fchown(file, None, Some(model.gid()));
            }
        }
        file.set_permissions(model.permissions())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        // Windows has nothing of the kind, and some shares do not know how.
        #[cfg(unix)]
        match File::open(folder)?.sync_all() {
            Err(error) if matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput) => {}
            other => return other,
        }
        _ = folder;
        Ok(())
    }
}

/// Puts bytes in the place of a file, whole or not at all: they go to a temporary file beside it,
/// which is flushed and then takes its name. Owner, permissions and symbolic links are kept; of
/// hard links, the one that is written goes its own way, for two names of one file cannot be
/// replaced in one step.
///
/// # Errors
/// If it cannot be written; what was there is then untouched, unless the error says otherwise.
pub fn replace(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), StorageError> {
    let unwritable = |source| StorageError::Unwritable { path: path.to_owned(), source };
    let target = behind_links(path);
    let before = open_for_writing(&target).map_err(unwritable)?;
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let (temporary, file) = create_beside(disk, folder, &target).map_err(unwritable)?;
    let written = (|| {
        if let Some(before) = &before {
            disk.take_after(&file, before)?;
        }
        disk.write(&file, bytes)?;
        disk.sync(&file)?;
        disk.rename(&temporary, &target)
    })();
    if let Err(source) = written {
        // It may be in the way of nobody, and the first error is the one to tell.
        _ = disk.remove(&temporary);
        return Err(unwritable(source));
    }
    disk.sync_folder(folder).map_err(|source| StorageError::Unflushed { path: path.to_owned(), source })
}

/// The file that is to be written when links are followed, though it be not there yet.
pub(super) fn behind_links(path: &Path) -> PathBuf {
    const LINKS: usize = 16;
    let mut target = path.to_owned();
    for _ in 0..LINKS {
        if let Ok(found) = fs::canonicalize(&target) {
            return found;
        }
        let Ok(next) = fs::read_link(&target) else { break };
        target = target.parent().unwrap_or(Path::new("")).join(next);
    }
    target
}

/// Opens a file as if to write into it, so that one that must not be written is not replaced either.
fn open_for_writing(target: &Path) -> io::Result<Option<File>> {
    match fs::metadata(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
        Ok(found) if found.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(found) if !found.is_file() => Err(io::Error::other("it is a device; choose a file")),
        Ok(_) => OpenOptions::new().write(true).open(target).map(Some),
    }
}

/// Makes a temporary file beside a target and locks it for as long as it is open. One that a
/// program left when it died is locked by nobody and taken away.
fn create_beside(disk: &dyn Disk, folder: &Path, target: &Path) -> io::Result<(PathBuf, File)> {
    let name = target.file_name().ok_or(io::ErrorKind::IsADirectory)?;
    // Not the name itself, which may be as long as names can be.
    let name = crc32fast::hash(name.as_encoded_bytes());
    for number in 0..TEMPORARIES {
        let path = folder.join(format!(".{name:08x}-{number}.release-composer"));
        let mut made = disk.create(&path);
        if made.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::AlreadyExists)
            && File::open(&path).is_ok_and(|left| left.try_lock().is_ok())
        {
            disk.remove(&path)?;
            made = disk.create(&path);
        }
        match made {
            Ok(file) if !matches!(file.try_lock(), Err(TryLockError::WouldBlock)) => return Ok((path, file)),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::new(io::ErrorKind::ResourceBusy, "others are writing it"))
}

/// A name that no other process, and no other call, makes.
pub(super) fn unique_name() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    format!("{}-{}-{}", std::process::id(), since.as_nanos(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// The bytes of a path as they are written into a file.
pub(super) fn path_bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_encoded_bytes()
}

/// The path that [`path_bytes`] gave.
pub(super) fn path_from_bytes(bytes: &[u8]) -> PathBuf {
    #[cfg(unix)]
    let name = <OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes.to_vec());
    #[cfg(not(unix))]
    let name = OsString::from(String::from_utf8_lossy(bytes).into_owned());
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<OsString> {
        let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_owner_are_kept() {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a.ron");
        for mode in [0o600, 0o664, 0o640] {
            fs::write(&path, "old").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            // Only the administrator may give a file away; for others it is theirs before and after.
            _ = chown(&path, Some(1234), Some(4321));
            let before = fs::metadata(&path).unwrap();
            replace(&SystemDisk, &path, b"new").unwrap();
            let after = fs::metadata(&path).unwrap();
            assert_eq!(after.mode(), before.mode());
            assert_eq!((after.uid(), after.gid()), (before.uid(), before.gid()));
            assert_eq!(fs::read(&path).unwrap(), b"new");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_file_that_is_not_there_makes_that_file() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("folder");
        fs::create_dir(&folder).unwrap();
        let (first, second) = (place.path().join("first.ron"), place.path().join("second.ron"));
        std::os::unix::fs::symlink("second.ron", &first).unwrap();
        std::os::unix::fs::symlink("folder/a.ron", &second).unwrap();
        replace(&SystemDisk, &first, b"x").unwrap();
        assert!(first.is_symlink() && second.is_symlink());
        assert_eq!(fs::read(folder.join("a.ron")).unwrap(), b"x");
        let (a, b) = (place.path().join("round"), place.path().join("and-round"));
        std::os::unix::fs::symlink(&a, &b).unwrap();
        std::os::unix::fs::symlink(&b, &a).unwrap();
        replace(&SystemDisk, &a, b"x").unwrap_err();
    }

    #[test]
    fn what_a_dead_program_left_is_taken_away_and_what_a_living_one_writes_is_not() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a.ron");
        let (left, file) = create_beside(&SystemDisk, place.path(), &path).unwrap();
        replace(&SystemDisk, &path, b"x").unwrap();
        assert!(left.exists(), "another save is going on");
        drop(file);
        replace(&SystemDisk, &path, b"y").unwrap();
        assert_eq!(names(place.path()), ["a.ron"]);
        assert_eq!(fs::read(&path).unwrap(), b"y");
    }

    #[test]
    fn the_longest_name_can_be_written() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("\u{1780}".repeat(85));
        replace(&SystemDisk, &path, b"x").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"x");
    }
}

//! The few operations by which anything in this folder reaches the disk.
//!
//! Knows files and folders and nothing of what is in them. [`replace`] holds the invariant of every
//! write: whatever fails and whenever the power goes, a file is as it was or as it was to be.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

#[cfg(windows)]
use super::windows;
use super::{
    StorageError,
    identity::has_name,
    regular::{self, Links},
};

/// How often another name is tried for a temporary file: a program that tidies up may just be looking
/// at the first.
const ATTEMPTS: usize = 16;
/// What temporary files end in.
const ENDING: &str = ".release-composer";
/// A temporary file is left by a dead program if nothing was written into it for so long and nobody
/// has it locked; where files cannot be locked, after the longer time.
const ABANDONED: Duration = Duration::from_secs(10);
const ABANDONED_WITHOUT_LOCKS: Duration = Duration::from_secs(24 * 3600);
/// How many names of a folder are looked at for what a dead program left.
const MOST_NAMES: usize = 10_000;

/// Who may read a file that is made, where the system tells users apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// The user alone
    Owner,
    /// Those who may read what other programs make for the user
    Usual,
}

/// What is asked of a disk, one system call or so each, so that tests can let each of them fail.
pub trait Disk: Send + Sync {
    /// Makes a folder and those above it, for the user alone. One that is there already and belongs to
    /// the user becomes his alone.
    ///
    /// # Errors
    /// As the system has them, here and below.
    fn create_folder(&self, folder: &Path) -> io::Result<()>;
    /// Makes a file that must not be there yet, not even as a link.
    fn create(&self, path: &Path, readers: Readers) -> io::Result<File>;
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
        builder.create(folder)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
            let found = fs::symlink_metadata(folder)?;
            let is_own = found.is_dir() && found.uid() == rustix::process::geteuid().as_raw();
            // One with the sticky bit is shared on purpose, as the system's own for what is temporary.
            if is_own && found.mode() & 0o1000 == 0 && found.mode() & 0o077 != 0 {
                fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
            }
        }
        Ok(())
    }

    fn create(&self, path: &Path, readers: Readers) -> io::Result<File> {
        // Windows gives a file the readers of its folder.
        let mode = if readers == Readers::Owner { 0o600 } else { 0o666 };
        create_new(path, mode)
    }

    fn write(&self, mut file: &File, bytes: &[u8]) -> io::Result<()> {
        file.write_all(bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    #[cfg(unix)]
    fn take_after(&self, file: &File, model: &File) -> io::Result<()> {
        use std::os::unix::fs::{MetadataExt as _, fchown};
        let model = model.metadata()?;
        // A file of another owner may be given away by the system's administrator only, and of
        // the group by a member; where neither is allowed the file is the user's.
        if fchown(file, Some(model.uid()), Some(model.gid())).is_err() {
            _ = fchown(file, None, Some(model.gid()));
        }
        file.set_permissions(model.permissions())
    }

    #[cfg(not(unix))]
    fn take_after(&self, _: &File, _: &File) -> io::Result<()> {
        // `rename` keeps what the old file had.
        Ok(())
    }

    #[cfg(not(windows))]
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    #[cfg(windows)]
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        windows::replace(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        // Windows has nothing of the kind, and some shares do not know how.
        #[cfg(unix)]
        match regular::open_folder(folder)?.sync_all() {
            Err(error) if matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput) => {}
            other => return other,
        }
        _ = folder;
        Ok(())
    }
}

/// A disk on which nothing takes another file's place any more once `stop` is set. A save for which
/// the user no longer waits must not undo a later one.
pub struct Stoppable<'a> {
    /// The disk.
    pub disk: &'a dyn Disk,
    /// Whether the save was given up.
    pub stop: &'a AtomicBool,
}

impl Disk for Stoppable<'_> {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        self.disk.create_folder(folder)
    }

    fn create(&self, path: &Path, readers: Readers) -> io::Result<File> {
        self.disk.create(path, readers)
    }

    fn write(&self, file: &File, bytes: &[u8]) -> io::Result<()> {
        self.disk.write(file, bytes)
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        self.disk.sync(file)
    }

    fn take_after(&self, file: &File, model: &File) -> io::Result<()> {
        self.disk.take_after(file, model)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        if self.stop.load(Ordering::SeqCst) {
            return Err(io::Error::other("it was given up"));
        }
        self.disk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.disk.remove(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.disk.sync_folder(folder)
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
    put(disk, path, bytes, Readers::Usual)
}

/// [`replace`] for a file that nobody but the user is to read; one of his that others could read becomes so.
///
/// # Errors
/// As for [`replace`].
pub fn replace_private(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), StorageError> {
    put(disk, path, bytes, Readers::Owner)
}

fn put(disk: &dyn Disk, path: &Path, bytes: &[u8], readers: Readers) -> Result<(), StorageError> {
    let unwritable = |source| StorageError::Unwritable { path: path.to_owned(), source };
    let target = behind_links(path);
    let before = open_for_writing(&target).map_err(unwritable)?;
    let folder = folder_of(&target);
    let prefix = temporary_prefix(&target).map_err(unwritable)?;
    tidy(disk, folder, &prefix);
    // Until the permissions are copied, only the owner may read the new file: the old one may be private.
    let first = if before.is_some() { Readers::Owner } else { readers };
    let (temporary, file) = create_beside(disk, folder, &prefix, first).map_err(unwritable)?;
    let model = before.filter(|before| readers == Readers::Usual || !is_own(before));
    if let Err(source) = fill_and_rename(disk, file, model, bytes, &temporary, &target) {
        // The first error is the one to tell.
        _ = disk.remove(&temporary);
        return Err(unwritable(source));
    }
    disk.sync_folder(folder).map_err(|source| StorageError::Unflushed { path: path.to_owned(), source })
}

/// Whether [`replace`] could put something in the place of a file now, as far as that can be known without
/// doing it.
///
/// # Errors
/// As those of [`replace`].
pub fn check_writable(path: &Path) -> Result<(), StorageError> {
    let unwritable = |source| StorageError::Unwritable { path: path.to_owned(), source };
    let target = behind_links(path);
    open_for_writing(&target).map_err(unwritable)?;
    let prefix = temporary_prefix(&target).map_err(unwritable)?;
    let (temporary, _file) =
        create_beside(&SystemDisk, folder_of(&target), &prefix, Readers::Owner).map_err(unwritable)?;
    SystemDisk.remove(&temporary).map_err(unwritable)
}

/// The folder of a file; a name alone is in the one where the program was started.
fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn fill_and_rename(
    disk: &dyn Disk,
    file: File,
    model: Option<File>,
    bytes: &[u8],
    temporary: &Path,
    target: &Path,
) -> io::Result<()> {
    if let Some(model) = model {
        disk.take_after(&file, &model)?;
    }
    disk.write(&file, bytes)?;
    disk.sync(&file)?;
    // The identity of a file may change on a file system that is not quite one; what it holds counts.
    let holds = || regular::open(temporary, Links::Refused).and_then(|found| regular::whole(found, bytes.len()));
    if !has_name(&file, temporary) && !holds().is_ok_and(|held| held == bytes) {
        return Err(io::Error::new(io::ErrorKind::ResourceBusy, "another program took its temporary file away"));
    }
    // Windows replaces no file that is open, and moves none that is locked. Elsewhere the lock keeps
    // others from taking the file for one that a dead program left.
    let file = (!cfg!(windows)).then_some(file);
    let renamed = disk.rename(temporary, target);
    drop(file);
    renamed
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

/// Makes a file that must not be there yet. The mode is that of Unix, from which the system takes what the
/// user's mask says.
fn create_new(path: &Path, mode: u32) -> io::Result<File> {
    let options = &mut OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, mode);
    _ = mode;
    options.read(true).write(true).create_new(true).open(path)
}

/// Opens a file as if to write into it, so that one that must not be written is not replaced either.
fn open_for_writing(target: &Path) -> io::Result<Option<File>> {
    match fs::metadata(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
        // Windows lets its administrator write into such a file on some disks, and replaces it on none.
        Ok(found) if cfg!(windows) && found.permissions().readonly() => Err(io::ErrorKind::PermissionDenied.into()),
        Ok(_) => {
            let open = || regular::open_with(OpenOptions::new().write(true), target, Links::Refused);
            #[cfg(windows)]
            let open = || windows::patiently(open);
            match open() {
                // Another program took it away a moment ago, or replaces it in two steps.
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                opened => opened.map(Some),
            }
        }
    }
}

#[cfg(unix)]
fn is_own(file: &File) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    file.metadata().is_ok_and(|found| found.uid() == rustix::process::geteuid().as_raw())
}

#[cfg(not(unix))]
fn is_own(_: &File) -> bool {
    true
}

/// What the names of all temporary files of a target begin with: not the name itself, which may be as
/// long as names can be.
fn temporary_prefix(target: &Path) -> io::Result<String> {
    let name = target.file_name().ok_or(io::ErrorKind::IsADirectory)?;
    Ok(format!(".{:08x}-", crc32fast::hash(name.as_encoded_bytes())))
}

/// Makes a temporary file by a name that nobody can guess, and locks it for as long as it is open.
fn create_beside(disk: &dyn Disk, folder: &Path, prefix: &str, readers: Readers) -> io::Result<(PathBuf, File)> {
    for _ in 0..ATTEMPTS {
        let mut random = [0; 16];
        getrandom::fill(&mut random)?;
        let path = folder.join(format!("{prefix}{:032x}{ENDING}", u128::from_ne_bytes(random)));
        let file = match disk.create(&path, readers) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            made => made?,
        };
        // Before it was locked, a program that tidies up may have taken it for a dead one's.
        if !matches!(file.try_lock(), Err(TryLockError::WouldBlock)) && has_name(&file, &path) {
            #[cfg(windows)]
            windows::hide(&path);
            return Ok((path, file));
        }
        // A program that tidies up looks at it just now. Another one is made, and this one must not stay.
        if has_name(&file, &path) {
            _ = disk.remove(&path);
        }
    }
    Err(io::Error::new(io::ErrorKind::ResourceBusy, "others are writing it"))
}

/// Takes away what programs left when they died while they wrote a target.
fn tidy(disk: &dyn Disk, folder: &Path, prefix: &str) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let names = entries.take(MOST_NAMES).flatten().map(|entry| entry.file_name());
    let is_ours =
        |name: &OsString| name.to_str().is_some_and(|name| name.starts_with(prefix) && name.ends_with(ENDING));
    for path in names.filter(is_ours).map(|name| folder.join(name)) {
        let Ok(file) = regular::open(&path, Links::Refused) else { continue };
        let age = file.metadata().and_then(|found| found.modified()).ok().and_then(|time| time.elapsed().ok());
        let enough = match file.try_lock() {
            Ok(()) => ABANDONED,
            Err(TryLockError::WouldBlock) => continue,
            Err(TryLockError::Error(_)) => ABANDONED_WITHOUT_LOCKS,
        };
        // It is locked now, so its own program cannot go on; only if it still has the name does the
        // name lead to nothing else.
        if age.is_some_and(|age| age >= enough) && has_name(&file, &path) {
            _ = disk.remove(&path);
        }
    }
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
mod tests;

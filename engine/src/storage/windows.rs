//! What only Windows asks for: files that other programs have open, hidden files, locks on single bytes.
//!
//! Knows paths, handles and the numbers of errors; nothing of drafts. The invariant: all that is unsafe in
//! `storage` is here, and what a call is given outlives it.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    os::windows::{
        ffi::OsStrExt as _,
        fs::{MetadataExt as _, OpenOptionsExt as _},
        io::AsRawHandle as _,
    },
    path::Path,
    ptr,
    time::{Duration, Instant},
};

use windows_sys::Win32::{
    Foundation::{
        ERROR_ACCESS_DENIED, ERROR_IO_PENDING, ERROR_LOCK_VIOLATION, ERROR_SHARING_VIOLATION, ERROR_USER_MAPPED_FILE,
    },
    Security::{DACL_SECURITY_INFORMATION, GetFileSecurityW, SetFileSecurityW},
    Storage::FileSystem::{
        BY_HANDLE_FILE_INFORMATION, FILE_ATTRIBUTE_HIDDEN, FILE_ATTRIBUTE_NORMAL, FILE_FLAG_BACKUP_SEMANTICS,
        FILE_FLAG_OPEN_REPARSE_POINT, GetFileInformationByHandle, LOCKFILE_EXCLUSIVE_LOCK, LOCKFILE_FAIL_IMMEDIATELY,
        LockFileEx, SetFileAttributesW,
    },
    System::{
        IO::OVERLAPPED,
        Registry::{HKEY_LOCAL_MACHINE, RRF_RT_REG_SZ, RRF_SUBKEY_WOW6464KEY, RegGetValueW},
    },
};

/// How long a file that another program has open is waited for: virus scanners and indexers open what was
/// just written, and close it again.
const PATIENCE: Duration = Duration::from_secs(1);
/// The byte that is locked of the lock of a draft, further than any file is long.
const FAR: u64 = 1 << 62;

/// Whether an error says that another program has the file open.
pub(super) fn is_in_use(error: &io::Error) -> bool {
    error.raw_os_error().is_some_and(|code| {
        [ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION, ERROR_USER_MAPPED_FILE].contains(&code.cast_unsigned())
    })
}

/// Does something, for a second again and again while another program has the file open.
///
/// # Errors
/// As the last try had them.
pub(super) fn patiently<T>(mut operation: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    let begun = Instant::now();
    loop {
        match operation() {
            Err(error) if is_in_use(&error) && begun.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(25));
            }
            other => return other,
        }
    }
}

/// Puts a hidden temporary file in the place of another file, which it then resembles in attributes and
/// permissions, or gives it a new name.
///
/// # Errors
/// As the system has them; that permission is denied is said as what it is here, another program that has
/// the file open.
pub(super) fn replace(from: &Path, to: &Path) -> io::Result<()> {
    let kept = fs::metadata(to).ok().map(|found| found.file_attributes());
    if kept.is_some() {
        keep_access(from, to);
    }
    // A file that was replaced by name alone would stay hidden.
    patiently(|| set_attributes(from, FILE_ATTRIBUTE_NORMAL))?;
    // A name is taken over in one step. ReplaceFileW takes two: a program that is killed between them leaves no file of
    // that name, and a file that another program has open gets a temporary one beside it at each try.
    patiently(|| fs::rename(from, to).map_err(|error| as_in_use(error, from)))?;
    if let Some(kept) = kept
        && fs::metadata(to).is_ok_and(|found| found.file_attributes() != kept)
    {
        _ = set_attributes(to, kept);
    }
    Ok(())
}

/// Lets a file be opened by those who may open another one. What cannot be had stays as the folder gave it.
fn keep_access(from: &Path, to: &Path) {
    let (from, to) = (wide(from), wide(to));
    let mut size = 0;
    // SAFETY: the name ends in a zero and lives until the call returns; without room nothing but the size is written.
    unsafe { GetFileSecurityW(to.as_ptr(), DACL_SECURITY_INFORMATION, ptr::null_mut(), 0, &raw mut size) };
    let Ok(length) = usize::try_from(size) else { return };
    // A descriptor begins at a multiple of eight bytes.
    let mut descriptor = vec![0u64; length.div_ceil(8)];
    let place = descriptor.as_mut_ptr().cast();
    // SAFETY: the name ends in a zero, and there is room for `size` bytes; all of it lives until the call returns.
    let read = unsafe { GetFileSecurityW(to.as_ptr(), DACL_SECURITY_INFORMATION, place, size, &raw mut size) };
    if read != 0 {
        // SAFETY: the name ends in a zero, and the descriptor is what was just read; both live until the call returns.
        unsafe { SetFileSecurityW(from.as_ptr(), DACL_SECURITY_INFORMATION, place) };
    }
}

/// The target was opened for writing a moment ago, so that what is denied here is not denied to the user. One that is
/// not found, though what replaces it is there, is just being replaced by another program.
fn as_in_use(error: io::Error, from: &Path) -> io::Error {
    let code = error.raw_os_error().map(i32::cast_unsigned);
    let is_being_replaced = error.kind() == io::ErrorKind::NotFound && from.exists();
    if is_being_replaced || code == Some(ERROR_ACCESS_DENIED) {
        return io::Error::from_raw_os_error(ERROR_SHARING_VIOLATION.cast_signed());
    }
    error
}

/// Hides a file from those who look into the folder. Where that cannot be, they see it.
pub(super) fn hide(path: &Path) {
    _ = set_attributes(path, FILE_ATTRIBUTE_HIDDEN);
}

fn set_attributes(path: &Path, attributes: u32) -> io::Result<()> {
    let path = wide(path);
    // SAFETY: the name ends in a zero and lives until the call returns.
    let done = unsafe { SetFileAttributesW(path.as_ptr(), attributes) };
    if done == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Opens what has a name, be it a link or a folder, to ask for its identity and nothing else.
///
/// # Errors
/// As the system has them.
pub(super) fn open_for_identity(path: &Path) -> io::Result<File> {
    let flags = FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT;
    OpenOptions::new().access_mode(0).custom_flags(flags).open(path)
}

/// The volume of an open file, and its number there.
///
/// # Errors
/// If the system knows none, as of a pipe.
pub(super) fn file_index(file: &File) -> io::Result<(u64, u64)> {
    let mut found = BY_HANDLE_FILE_INFORMATION::default();
    // SAFETY: the handle is open, and `found` is there for the system to write into.
    let done = unsafe { GetFileInformationByHandle(file.as_raw_handle(), &raw mut found) };
    if done == 0 {
        return Err(io::Error::last_os_error());
    }
    let number = u64::from(found.nFileIndexHigh) << 32 | u64::from(found.nFileIndexLow);
    Ok((found.dwVolumeSerialNumber.into(), number))
}

/// Locks one byte far beyond the end of a file, until its handle is closed or its process dies. All of the
/// file can still be read and written by others.
///
/// # Errors
/// If another has it locked, or the system or share knows no locks.
pub(super) fn lock_far_byte(file: &File) -> Result<(), TryLockError> {
    let mut place = OVERLAPPED::default();
    place.Anonymous.Anonymous.Offset = 0;
    place.Anonymous.Anonymous.OffsetHigh = (FAR >> 32) as u32;
    let flags = LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY;
    // SAFETY: the handle is open, and as it was not opened for overlapped work, the call is over with
    // `place` when it returns.
    let done = unsafe { LockFileEx(file.as_raw_handle(), flags, 0, 1, 0, &raw mut place) };
    if done != 0 {
        return Ok(());
    }
    let error = io::Error::last_os_error();
    match error.raw_os_error().map(i32::cast_unsigned) {
        Some(ERROR_LOCK_VIOLATION | ERROR_IO_PENDING) => Err(TryLockError::WouldBlock),
        _ => Err(TryLockError::Error(error)),
    }
}

/// The number that Windows gave this machine when it was installed.
pub(super) fn machine_guid() -> Option<String> {
    let (key, value) = (wide(Path::new(r"SOFTWARE\Microsoft\Cryptography")), wide(Path::new("MachineGuid")));
    let mut text = [0u16; 64];
    let mut bytes = u32::try_from(size_of_val(&text)).ok()?;
    // SAFETY: both names end in a zero; `text` has as many bytes as `bytes` says; all live until the call returns.
    let status = unsafe {
        RegGetValueW(
            HKEY_LOCAL_MACHINE,
            key.as_ptr(),
            value.as_ptr(),
            RRF_RT_REG_SZ | RRF_SUBKEY_WOW6464KEY,
            ptr::null_mut(),
            text.as_mut_ptr().cast(),
            &raw mut bytes,
        )
    };
    let end = text.iter().position(|&unit| unit == 0)?;
    (status == 0).then(|| String::from_utf16_lossy(&text[..end]))
}

/// A path as Windows takes it, with a zero at its end.
fn wide(path: &Path) -> Vec<u16> {
    path.as_os_str().encode_wide().chain([0]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::{StorageError, Trouble, write};

    #[test]
    fn what_replaces_a_file_is_as_hidden_as_that_was() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a.ron");
        let is_hidden = || fs::metadata(&path).unwrap().file_attributes() & FILE_ATTRIBUTE_HIDDEN != 0;
        write(&path, b"one").unwrap();
        assert!(!is_hidden());
        write(&path, b"two").unwrap();
        assert!(!is_hidden());
        hide(&path);
        write(&path, b"three").unwrap();
        assert!(is_hidden());
        assert_eq!(fs::read(&path).unwrap(), b"three");
    }

    #[test]
    fn a_file_that_another_program_has_open_is_said_to_be_in_use() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a.pdf");
        fs::write(&path, "old").unwrap();
        for share in [0, 1, 3] {
            let begun = Instant::now();
            let held = OpenOptions::new().read(true).share_mode(share).open(&path).unwrap();
            let error = write(&path, b"new").unwrap_err();
            assert!(begun.elapsed() >= PATIENCE, "{share}");
            let StorageError::Unwritable { source, .. } = &error else { panic!("{error}") };
            assert_eq!(Trouble::of(source), Some(Trouble::Busy), "{share}: {error}");
            assert!(error.to_string().contains("another program is using it"), "{error}");
            drop(held);
            assert_eq!(fs::read(&path).unwrap(), b"old");
            assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
        }
        // One that is closed within the second is only waited for.
        let held = OpenOptions::new().read(true).share_mode(1).open(&path).unwrap();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                std::thread::sleep(PATIENCE / 4);
                drop(held);
            });
            write(&path, b"new").unwrap();
        });
        assert_eq!(fs::read(&path).unwrap(), b"new");
    }

    #[test]
    fn the_far_byte_is_locked_once_and_the_file_can_be_read() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a");
        fs::write(&path, "x").unwrap();
        let (first, second) = (File::open(&path).unwrap(), File::open(&path).unwrap());
        lock_far_byte(&first).unwrap();
        assert!(matches!(lock_far_byte(&second), Err(TryLockError::WouldBlock)));
        assert_eq!(fs::read(&path).unwrap(), b"x");
        drop(first);
        lock_far_byte(&second).unwrap();
    }

    #[test]
    fn the_machine_has_a_number() {
        assert!(machine_guid().is_some_and(|guid| guid.len() > 30));
    }
}

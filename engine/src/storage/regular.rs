//! The one way by which a file is opened for reading.
//!
//! A name can lead to a folder, a device, a pipe without a writer, or a file without an end. Nothing
//! here waits for one of them or reads without a bound. Knows names, handles and bytes, and nothing of
//! what they mean. The invariant: what is handed out is a regular file, asked of the open handle itself
//! and not of its name; and no other module of the program opens a file for reading.

use std::{
    fmt,
    fs::{self, File, OpenOptions},
    io::{self, Read as _},
    path::Path,
};

/// Whether a name may be a symbolic link to the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// The user named the file, and a link to it will do
    Followed,
    /// The program named the file, and made no link
    Refused,
}

/// Something that is neither a file nor a folder.
#[derive(Debug)]
pub(super) struct NoFile;

impl fmt::Display for NoFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it is a device, a pipe or a link; choose a file")
    }
}

impl std::error::Error for NoFile {}

fn no_file() -> io::Error {
    io::Error::other(NoFile)
}

/// Opens a regular file for reading, and waits for nothing but the disk.
///
/// # Errors
/// As the system has them; [`io::ErrorKind::IsADirectory`] for a folder, and a sentence for a device, a
/// pipe or, where links are refused, a link.
pub fn open(path: &Path, links: Links) -> io::Result<File> {
    open_with(OpenOptions::new().read(true), path, links)
}

/// Opens a regular file with other options than for reading alone. A file that `options` make is one.
///
/// # Errors
/// As for [`open()`].
pub(in crate::storage) fn open_with(options: &mut OpenOptions, path: &Path, links: Links) -> io::Result<File> {
    // To open some devices does something already, and Windows denies permission for a folder.
    let named = match links {
        Links::Followed => fs::metadata(path),
        Links::Refused => fs::symlink_metadata(path),
    };
    match named {
        Ok(named) => regular(&named)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) if leads_nowhere(&error) => return Err(no_file()),
        Err(error) => return Err(error),
    }
    let file = open_at_once(options, path, links)?;
    // Another may have the name by now.
    regular(&file.metadata().map_err(|error| if cfg!(windows) { no_file() } else { error })?)?;
    #[cfg(windows)]
    if links == Links::Refused && fs::symlink_metadata(path)?.is_symlink() {
        return Err(no_file());
    }
    Ok(file)
}

fn regular(found: &fs::Metadata) -> io::Result<()> {
    if found.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder; choose a file"));
    }
    if found.is_file() { Ok(()) } else { Err(no_file()) }
}

/// Whether a name leads to a link where none may be, to links without an end, to a socket, or to a device
/// that is not there.
#[cfg(unix)]
fn leads_nowhere(error: &io::Error) -> bool {
    use rustix::io::Errno;

    [Errno::LOOP, Errno::NXIO].iter().any(|errno| error.raw_os_error() == Some(errno.raw_os_error()))
}

#[cfg(not(unix))]
fn leads_nowhere(_: &io::Error) -> bool {
    false
}

#[cfg(unix)]
fn open_at_once(options: &mut OpenOptions, path: &Path, links: Links) -> io::Result<File> {
    use std::{
        os::unix::fs::OpenOptionsExt as _,
        time::{Duration, Instant},
    };

    use rustix::fs::OFlags;

    /// How long another program may take to release a lease on the file.
    const PATIENCE: Duration = Duration::from_secs(2);

    let mut flags = OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
    if links == Links::Refused {
        flags |= OFlags::NOFOLLOW;
    }
    options.custom_flags(flags.bits().cast_signed());
    let begun = Instant::now();
    loop {
        match options.open(path) {
            // A file server lent the file to another program, and asks for it back.
            Err(error) if error.kind() == io::ErrorKind::WouldBlock && begun.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(20));
            }
            Err(error) if leads_nowhere(&error) => return Err(no_file()),
            other => return other,
        }
    }
}

#[cfg(not(unix))]
fn open_at_once(options: &mut OpenOptions, path: &Path, _: Links) -> io::Result<File> {
    options.open(path)
}

/// Opens a folder, to flush the names in it.
///
/// # Errors
/// As the system has them, also if it is no folder.
#[cfg(unix)]
pub(super) fn open_folder(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;

    use rustix::fs::OFlags;

    let flags = OFlags::DIRECTORY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path)
}

/// Reads a whole regular file of at most so many bytes.
///
/// # Errors
/// As for [`open()`]; [`io::ErrorKind::FileTooLarge`] if it has more.
pub fn read(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    whole(open(path, Links::Followed)?, most)
}

/// Reads at most so many bytes of a regular file; what comes after is let pass.
///
/// # Errors
/// As for [`open()`].
pub fn read_start(path: &Path, most: usize, links: Links) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path, links)?.take(most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads to the end what gives at most so many bytes, be it a file or what is piped in.
///
/// # Errors
/// As the system has them; [`io::ErrorKind::FileTooLarge`] if there are more.
pub fn whole(from: impl io::Read, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(most as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > most {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_up_to_its_bound() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a");
        fs::write(&path, "four").unwrap();
        assert_eq!(read(&path, 4).unwrap(), b"four");
        assert_eq!(read(&path, 3).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        assert_eq!(read_start(&path, 3, Links::Refused).unwrap(), b"fou");
        let missing = read(&place.path().join("none"), 1).unwrap_err();
        assert_eq!(missing.kind(), io::ErrorKind::NotFound);
        assert_eq!(read(place.path(), 1).unwrap_err().kind(), io::ErrorKind::IsADirectory);
    }

    #[test]
    fn a_file_of_a_terabyte_is_refused_at_once() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a");
        File::create(&path).unwrap().set_len(1 << 40).unwrap();
        assert_eq!(read(&path, 1000).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_refused_without_waiting() {
        use std::os::unix::{fs::symlink, net::UnixListener};

        let place = tempfile::tempdir().unwrap();
        let at = |name: &str| place.path().join(name);
        let made = std::process::Command::new("mkfifo").arg(at("pipe")).status();
        assert!(made.is_ok_and(|made| made.success()));
        let _socket = UnixListener::bind(at("socket")).unwrap();
        for name in ["zero", "ptmx", "tty", "stdin", "full"] {
            symlink(Path::new("/dev").join(name), at(name)).unwrap();
        }
        symlink(at("round"), at("round")).unwrap();
        for name in ["pipe", "socket", "zero", "ptmx", "full", "round"] {
            let said = read(&at(name), 10).unwrap_err().to_string();
            assert!(said.contains("choose a file"), "{name}: {said}");
            // The handle itself is asked, for the name may lead elsewhere a moment later.
            let opened = open_at_once(OpenOptions::new().read(true), &at(name), Links::Followed);
            assert!(opened.is_err() || regular(&opened.unwrap().metadata().unwrap()).is_err(), "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_only_where_it_may_be() {
        let place = tempfile::tempdir().unwrap();
        let (file, link) = (place.path().join("file"), place.path().join("link"));
        fs::write(&file, "x").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        assert_eq!(read_start(&link, 9, Links::Followed).unwrap(), b"x");
        assert!(open(&link, Links::Refused).is_err());
        let opened = open_at_once(OpenOptions::new().read(true), &link, Links::Refused);
        assert!(opened.is_err(), "nor if the link came a moment ago");
        assert!(open(&file, Links::Refused).is_ok());
    }
}

//! Which file a handle or a name leads to.
//!
//! Knows handles and names, and nothing of what is in a file. The invariant: two identities are equal
//! only if they are of one file, and a name that is a link has the identity of the link itself.

use std::{fs::File, io, path::Path};

use super::regular::{self, Links};

/// A file, whatever it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Identity {
    /// The device, or the volume.
    volume: u64,
    /// The number of the file there.
    number: u64,
}

impl Identity {
    /// The file of a handle.
    ///
    /// # Errors
    /// If the system cannot tell.
    #[cfg(unix)]
    pub fn of(file: &File) -> io::Result<Self> {
        use std::os::unix::fs::MetadataExt as _;
        file.metadata().map(|found| Self { volume: found.dev(), number: found.ino() })
    }

    /// The file of a name, which is not followed if it is a link.
    ///
    /// # Errors
    /// If the system cannot tell.
    #[cfg(unix)]
    pub fn named(path: &Path) -> io::Result<Self> {
        use std::os::unix::fs::MetadataExt as _;
        std::fs::symlink_metadata(path).map(|found| Self { volume: found.dev(), number: found.ino() })
    }

    /// The file of a handle.
    ///
    /// # Errors
    /// If the system cannot tell.
    #[cfg(windows)]
    pub fn of(file: &File) -> io::Result<Self> {
        let (volume, number) = super::windows::file_index(file)?;
        Ok(Self { volume, number })
    }

    /// The file of a name, which is not followed if it is a link.
    ///
    /// # Errors
    /// If the system cannot tell.
    #[cfg(windows)]
    pub fn named(path: &Path) -> io::Result<Self> {
        Self::of(&super::windows::open_for_identity(path)?)
    }
}

/// Whether a name leads to the file of a handle.
pub(super) fn has_name(file: &File, path: &Path) -> bool {
    Identity::of(file).is_ok_and(|open| Identity::named(path).is_ok_and(|named| named == open))
}

/// Whether two paths lead to one regular file, by whatever links.
pub fn is_same_file(a: &Path, b: &Path) -> bool {
    let identity = |path| Identity::of(&regular::open(path, Links::Followed).ok()?).ok();
    a == b || identity(a).is_some_and(|a| identity(b).is_some_and(|b| a == b))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_is_known_by_its_handle_and_its_names() {
        let place = tempfile::tempdir().unwrap();
        let (a, b) = (place.path().join("a"), place.path().join("b"));
        let file = File::create(&a).unwrap();
        assert!(has_name(&file, &a));
        fs::rename(&a, &b).unwrap();
        // Wine forgets the volume of a file that is renamed while it is open, which nothing here does on Windows.
        assert!(cfg!(windows) || has_name(&file, &b), "it has its new name");
        assert!(!has_name(&file, &a), "and no longer its old one");
        fs::write(&a, "").unwrap();
        assert!(!has_name(&file, &a), "another file has the name");
        assert!(is_same_file(&a, &a) && !is_same_file(&a, &b));
        fs::remove_file(&b).unwrap();
        // Elsewhere the name of an open file may stay until it is closed.
        #[cfg(unix)]
        {
            assert!(!has_name(&file, &b));
            std::os::unix::fs::symlink(&a, &b).unwrap();
            assert!(!has_name(&File::open(&a).unwrap(), &b), "a link is another file");
            assert!(is_same_file(&a, &b), "and leads to the same one");
            fs::remove_file(&b).unwrap();
            fs::hard_link(&a, &b).unwrap();
            assert!(is_same_file(&a, &b));
        }
    }
}

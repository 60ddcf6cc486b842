//! Files on disk: drafts, emblems, settings, word lists, and what keeps drafts from being lost.
//!
//! Every write goes to a temporary file beside its target, is flushed to the disk and then takes
//! the target's place, so the old file stays whole until the new one is. Knows the document and
//! nothing of the window.

mod changed;
pub mod corrections;
mod disk;
mod draft;
pub mod faults;
mod file_name;
pub mod graphics;
mod identity;
pub mod journal;
pub mod lock;
mod names;
pub mod printing;
pub mod regular;
mod settings;
pub mod templates;
pub mod versions;
#[cfg(windows)]
mod windows;
mod words;

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

pub use changed::{DiskState, Since};
pub use disk::{Disk, Readers, Stoppable, SystemDisk, check_writable, replace};
pub use draft::{
    AllowedPictures, bytes, emblem, is_beside, keep_damaged, open, open_and_say, picture, picture_of_page,
    read_pictures, save, save_on, text, why_missing,
};
pub use file_name::{
    LONGEST_FILE_NAME, NameError, check_file_name, fits_file_name, is_invisible, is_unseen, same_name_key,
};
pub use identity::{Identity, is_same_file};
pub use names::{change_names, names, roster};
pub use settings::{Settings, ThemeChoice, WindowLanguage, Zoom};
pub use words::{add_word, words};

use crate::release::{bounds::Exceeded, file::ParseError};

/// Why a file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The file cannot be opened or read.
    #[error("cannot open {}: {}", .path.display(), Reason(.source))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file has more bytes than any draft.
    #[error("{} is too large for a draft; the largest is {} MB", .path.display(), crate::release::file::MAX_BYTES >> 20)]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// The release is larger than any that is read again; what was in the file is untouched.
    #[error("{} is not saved: {source}", .path.display())]
    Exceeded {
        /// The file.
        path: PathBuf,
        /// What to shorten.
        source: Exceeded,
    },
    /// The file holds something else than text.
    #[error("{} is no draft: it is not text. Open a file saved by Release Composer", .path.display())]
    NotText {
        /// The file.
        path: PathBuf,
    },
    /// The text is a page of HTML.
    #[error("{} is a page of HTML and not a draft. Drop it on the window to put its text into the open draft, or make a draft of it with the command release-composer import", .path.display())]
    Page {
        /// The file.
        path: PathBuf,
    },
    /// The text is no whole draft.
    #[error("{}, {source}", .path.display())]
    NotADraft {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: ParseError,
    },
    /// The text is no whole list of names.
    #[error("{}, {source}. Names from this list are not used until it is fixed", .path.display())]
    NotAList {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: ParseError,
    },
    /// The text is no whole file of settings.
    #[error("{}, {source}. Until then the settings are those of a new installation; before others are saved, this file is kept beside itself as .damaged", .path.display())]
    NotSettings {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: ParseError,
    },
    /// The file cannot be written; what was there is untouched.
    #[error("cannot write {}: {}. Nothing was changed there", .path.display(), Reason(.source))]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file was written, but the disk did not confirm it.
    #[error("{} was written, but the disk does not confirm it: {}. Save it again", .path.display(), Reason(.source))]
    Unflushed {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The last changes are not in the recovery journal.
    #[error("the last changes would be lost in a crash; save the draft. Cannot write {}: {}", .path.display(), Reason(.source))]
    Unprotected {
        /// The journal.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file cannot be taken away.
    #[error("cannot remove {}: {}", .path.display(), Reason(.source))]
    Unremovable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// There is no lock beside the draft.
    #[error("cannot create {}: {}. Other people will not see that you have this draft open", .path.display(), Reason(.source))]
    NoLock {
        /// The lock.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A recovery journal holds no whole draft.
    #[error("the last changes of a draft may be lost: its recovery journal is not whole. It was kept as {}", .path.display())]
    DamagedJournal {
        /// The journal.
        path: PathBuf,
    },
    /// A recovery journal is of a newer program.
    #[error("{} keeps a draft for a newer Release Composer; start that one to recover it", .path.display())]
    NewerJournal {
        /// The journal.
        path: PathBuf,
    },
}

/// What keeps a file from being read or written, where the user can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// There is no such file or folder.
    NotFound,
    /// Permission is denied.
    Denied,
    /// The disk can only be read.
    ReadOnly,
    /// The disk is full.
    Full,
    /// It is a folder.
    Folder,
    /// A part of the path is no folder.
    NoFolder,
    /// Another program is using it.
    Busy,
    /// A file of this name is there, which is not to be replaced.
    Exists,
    /// It is a device, a pipe or a link in the place of a file.
    NoFile,
}

impl Trouble {
    /// The trouble that the system tells of.
    pub fn of(error: &io::Error) -> Option<Self> {
        use io::ErrorKind as Kind;
        #[cfg(windows)]
        if windows::is_in_use(error) {
            return Some(Self::Busy);
        }
        if error.get_ref().is_some_and(|error| error.is::<regular::NoFile>()) {
            return Some(Self::NoFile);
        }
        Some(match error.kind() {
            Kind::NotFound => Self::NotFound,
            Kind::PermissionDenied => Self::Denied,
            Kind::ReadOnlyFilesystem => Self::ReadOnly,
            Kind::StorageFull | Kind::QuotaExceeded => Self::Full,
            Kind::IsADirectory => Self::Folder,
            Kind::NotADirectory => Self::NoFolder,
            Kind::AlreadyExists => Self::Exists,
            Kind::ResourceBusy | Kind::ExecutableFileBusy => Self::Busy,
            _ => return None,
        })
    }
}

/// What the system says, in the user's words where there are some.
struct Reason<'a>(&'a io::Error);

impl fmt::Display for Reason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match Trouble::of(self.0) {
            Some(Trouble::NotFound) => "there is no such file or folder",
            Some(Trouble::Denied) => "permission is denied; choose another folder or ask for access",
            Some(Trouble::ReadOnly) => "the disk can only be read; choose another one",
            Some(Trouble::Full) => "the disk is full; make room or choose another one",
            Some(Trouble::Folder) => "it is a folder; choose a file",
            Some(Trouble::NoFolder) => "a part of its path is no folder",
            Some(Trouble::NoFile) => return write!(f, "{}", regular::NoFile),
            Some(Trouble::Busy) => "another program is using it; close it there first",
            Some(Trouble::Exists) => "there is a file of that name, which stays as it is; open it or rename it",
            None => return write!(f, "{}", self.0),
        })
    }
}

/// The endings of drafts. A new draft gets the first, which the system can tell from other files of RON
/// and open with this program; the second is that of drafts from before, and is as good.
pub const DRAFT_ENDINGS: [&str; 2] = ["release", "ron"];

/// Whether a path ends as those of drafts do.
pub fn is_draft(path: &Path) -> bool {
    path.extension().is_some_and(|found| DRAFT_ENDINGS.iter().any(|ending| found.eq_ignore_ascii_case(ending)))
}

/// The name of a new draft's file: a name with the ending.
pub fn draft_file_name(stem: &str) -> String {
    format!("{stem}.{}", DRAFT_ENDINGS[0])
}

/// The file of a draft that is there under the same name, with either ending.
pub fn namesake(draft: &Path) -> Option<PathBuf> {
    DRAFT_ENDINGS.iter().map(|ending| draft.with_extension(ending)).find(|path| path.exists())
}

/// Writes a file whole or not at all.
///
/// # Errors
/// If it cannot be written; a file that was there before is then as it was.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), StorageError> {
    replace(&SystemDisk, path, bytes)
}

/// Where the platform keeps what a program writes for its user, if it has such a place.
fn data_folder() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "release-composer")?;
    Some(folders.data_local_dir().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_names_the_file_and_the_reason() {
        let folder = tempfile::tempdir().unwrap();
        let said = write(folder.path(), b"x").unwrap_err().to_string();
        assert!(said.contains("it is a folder"), "{said}");
        let said = write(&folder.path().join("none/x"), b"x").unwrap_err().to_string();
        assert!(said.contains("no such file or folder"), "{said}");
    }

    #[test]
    fn both_endings_are_those_of_drafts() {
        let folder = tempfile::tempdir().unwrap();
        for (name, draft) in [("ក.release", true), ("x.RON", true), ("a.b.Release", true), ("release", false)] {
            assert_eq!(is_draft(Path::new(name)), draft, "{name}");
        }
        assert!(is_draft(Path::new(&draft_file_name("Visit 30.10.2023"))));
        let (new, old) = (folder.path().join("30.10.2023.release"), folder.path().join("30.10.2023.ron"));
        assert_eq!(namesake(&new), None);
        write(&old, b"").unwrap();
        assert_eq!(namesake(&new).as_deref(), Some(&*old));
        write(&new, b"").unwrap();
        assert_eq!(namesake(&old).as_deref(), Some(&*new));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a.ron"), folder.path().join("b.ron"));
        write(&file, b"old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write(&link, b"new").unwrap();
        assert_eq!(std::fs::read(&file).unwrap(), b"new");
        assert!(link.is_symlink());
    }
}

//! Whether there is a graphics card, and whether its driver crashed the program at its last start.
//!
//! A faulty driver can end a program without a message. So the program writes a note before it uses the
//! driver, and removes it once the window shows a picture; a note that is still there at the next start
//! means that the driver crashed. Knows the note and nothing of OpenGL. The invariant: a driver is avoided
//! for `AVOIDED` at most, so that a new one gets its chance.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use super::{
    data_folder,
    disk::{Disk as _, Readers, SystemDisk},
    regular::{self, Links},
};

/// How long a driver that crashed is avoided.
const AVOIDED: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What the last start tells about the driver.
#[derive(Debug)]
pub enum Driver {
    /// It may be used. Remove the note, if one could be written, once the driver has worked.
    Usable(Option<Note>),
    /// It crashed less than `AVOIDED` ago.
    AtFault,
}

/// The note that a driver is being tried.
#[derive(Debug)]
pub struct Note {
    path: PathBuf,
    /// Locked, so that a second window that opens meanwhile does not take this start for a crash.
    file: File,
}

impl Note {
    /// The driver works, or failed without a crash.
    pub fn remove(self) {
        let Self { path, file } = self;
        drop(file);
        // If the note stays, the window is drawn by the processor for a week.
        _ = fs::remove_file(path);
    }
}

/// Whether OpenGL may be more than a program for the processor.
///
/// On Linux a computer without a card has OpenGL all the same, by Mesa's llvmpipe. That takes 70 MB and twice as long to
/// start as drawing the window ourselves, so it is not asked for. Elsewhere this is not known before OpenGL is tried.
pub fn may_have_card() -> bool {
    !cfg!(target_os = "linux") || has_card_in(Path::new("/dev"))
}

/// Every kernel's driver has a file there: those of Mesa a render node, the others one of their own.
fn has_card_in(devices: &Path) -> bool {
    let has = |folder: &Path, names: &[&str]| {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries
            .into_iter()
            .any(|entry| entry.file_name().to_str().is_some_and(|file| names.iter().any(|name| file.starts_with(name))))
    };
    // NVIDIA's, ARM's, Qualcomm's and that of Windows' subsystem for Linux.
    has(&devices.join("dri"), &["renderD"]) || has(devices, &["nvidia", "mali", "kgsl", "dxg"])
}

/// Writes the note before the driver is used, unless the driver crashed at the last start.
pub fn try_driver() -> Driver {
    match data_folder() {
        Some(folder) => try_in(&folder, SystemTime::now()).unwrap_or(Driver::Usable(None)),
        None => Driver::Usable(None),
    }
}

fn try_in(folder: &Path, now: SystemTime) -> io::Result<Driver> {
    SystemDisk.create_folder(folder)?;
    let path = folder.join("graphics-tried");
    let made = SystemDisk.create(&path, Readers::Owner);
    let is_there = made.is_err();
    let file = match made {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            regular::open_with(OpenOptions::new().write(true), &path, Links::Refused)?
        }
        made => made?,
    };
    match file.try_lock() {
        // Another window is opening right now.
        Err(TryLockError::WouldBlock) => return Ok(Driver::Usable(None)),
        Err(TryLockError::Error(error)) => return Err(error),
        Ok(()) => {}
    }
    let age = now.duration_since(file.metadata()?.modified()?).unwrap_or_default();
    if is_there && age < AVOIDED {
        return Ok(Driver::AtFault);
    }
    file.set_modified(now)?;
    Ok(Driver::Usable(Some(Note { path, file })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_known_by_its_device() {
        for (file, is_card) in
            [("dri/renderD128", true), ("dri/card0", false), ("nvidia0", true), ("dxg", true), ("null", false)]
        {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join("dri")).unwrap();
            assert!(!has_card_in(folder.path()));
            fs::write(folder.path().join(file), "").unwrap();
            assert_eq!(has_card_in(folder.path()), is_card, "{file}");
        }
        assert!(!has_card_in(Path::new("/nowhere")));
    }

    #[test]
    fn a_driver_that_ended_the_program_is_left_alone_for_a_week() {
        let folder = tempfile::tempdir().unwrap();
        let now = SystemTime::now();
        let try_at = |days: u64| try_in(folder.path(), now + Duration::from_secs(days * 24 * 60 * 60)).unwrap();
        let Driver::Usable(Some(note)) = try_at(0) else { panic!("nothing is known of it") };
        assert!(matches!(try_at(0), Driver::Usable(None)), "the first one has not ended");
        note.remove();
        let Driver::Usable(Some(note)) = try_at(0) else { panic!("it worked") };
        // As in a crash: the system releases the lock, the note stays.
        drop(note);
        assert!(matches!(try_at(0), Driver::AtFault));
        assert!(matches!(try_at(6), Driver::AtFault));
        let Driver::Usable(Some(note)) = try_at(8) else { panic!("a new driver may be there") };
        note.remove();
        assert!(matches!(try_at(8), Driver::Usable(Some(_))));
    }
}

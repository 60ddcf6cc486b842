//! Reports of faults in the program: one file each, for its developers.
//!
//! Knows nothing of drafts: a report holds no word of the user's text. The invariant: only the user can
//! read them, and there are never more than `KEPT`.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use super::{
    data_folder,
    disk::{Disk as _, Readers, SystemDisk},
};

/// Reports that are kept. The newest tell whether a fault is still there.
const KEPT: usize = 10;

/// Writes a report and returns its path, or `None` if it cannot be written.
pub fn write(text: &str) -> Option<PathBuf> {
    let folder = data_folder()?.join("faults");
    // The program is ending already; a second error would only hide the first.
    write_into(&folder, text).ok()
}

fn write_into(folder: &Path, text: &str) -> io::Result<PathBuf> {
    SystemDisk.create_folder(folder)?;
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let path = folder.join(format!("fault-{:011}-{:03}.txt", since.as_secs(), since.subsec_millis()));
    let file = SystemDisk.create(&path, Readers::Owner)?;
    SystemDisk.write(&file, text.as_bytes())?;
    remove_old(folder);
    Ok(path)
}

fn remove_old(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut reports: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    // The names begin with the time.
    reports.sort();
    for old in reports.iter().rev().skip(KEPT) {
        _ = fs::remove_file(old);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_private_and_only_the_newest_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("faults");
        let mut last = PathBuf::new();
        for number in 0..KEPT + 3 {
            last = write_into(&folder, &number.to_string()).unwrap();
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        assert_eq!(fs::read_to_string(&last).unwrap(), (KEPT + 2).to_string());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), KEPT);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(fs::metadata(&last).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}

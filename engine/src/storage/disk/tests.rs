//! Files replaced whole or not at all, by one writer and by several.

use super::*;
use crate::storage::Trouble;

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

/// A temporary file of a target, and its handle.
fn temporary(path: &Path) -> (PathBuf, File) {
    let prefix = temporary_prefix(path).unwrap();
    create_beside(&SystemDisk, path.parent().unwrap(), &prefix, Readers::Owner).unwrap()
}

fn make_old(path: &Path) {
    let old = std::time::SystemTime::now() - 2 * ABANDONED;
    File::options().write(true).open(path).unwrap().set_modified(old).unwrap();
}

#[test]
fn what_a_dead_program_left_is_taken_away_and_what_a_living_one_writes_is_not() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a.ron");
    let (left, file) = temporary(&path);
    make_old(&left);
    replace(&SystemDisk, &path, b"x").unwrap();
    assert!(left.exists(), "another save is going on");
    drop(file);
    let (young, other) = (temporary(&path).0, temporary(&place.path().join("b.ron")).0);
    make_old(&other);
    replace(&SystemDisk, &path, b"y").unwrap();
    let mut expected = [path.clone(), young, other];
    expected.sort();
    assert_eq!(names(place.path()), expected.map(|path| path.file_name().unwrap().to_owned()));
    assert_eq!(fs::read(&path).unwrap(), b"y");
}

#[test]
fn a_temporary_file_that_another_took_is_not_renamed() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a.ron");
    fs::write(&path, "old").unwrap();
    let (name, file) = temporary(&path);
    fs::rename(&name, place.path().join("away")).unwrap();
    fs::write(&name, "another's").unwrap();
    let refused = fill_and_rename(&SystemDisk, file, None, b"new", &name, &path);
    assert_eq!(refused.unwrap_err().kind(), io::ErrorKind::ResourceBusy);
    assert_eq!(fs::read(&path).unwrap(), b"old");
    assert_eq!(fs::read(&name).unwrap(), b"another's");
}

#[test]
fn no_two_temporary_files_have_one_name() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a.ron");
    let all: std::collections::HashSet<_> = (0..100).map(|_| temporary(&path).0).collect();
    assert_eq!(all.len(), 100);
}

#[cfg(unix)]
#[test]
fn nobody_else_reads_what_is_the_users_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = tempfile::tempdir().unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = place.path().join("folder");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    SystemDisk.create_folder(&folder).unwrap();
    assert_eq!(mode(&folder), 0o700, "it was there");
    let shared = place.path().join("shared");
    fs::create_dir(&shared).unwrap();
    fs::set_permissions(&shared, fs::Permissions::from_mode(0o1777)).unwrap();
    SystemDisk.create_folder(&shared).unwrap();
    assert_eq!(mode(&shared), 0o777, "it is shared on purpose");
    let path = folder.join("a.ron");
    replace_private(&SystemDisk, &path, b"x").unwrap();
    assert_eq!(mode(&path), 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    replace_private(&SystemDisk, &path, b"y").unwrap();
    assert_eq!(mode(&path), 0o600, "it could be read by others");
    let (made, _file) = temporary(&path);
    assert_eq!(mode(&made), 0o600, "before the permissions of the old file are given");
    // What is new is for those who may read the user's other files.
    let (usual, other) = (folder.join("b.ron"), folder.join("c.ron"));
    replace(&SystemDisk, &usual, b"x").unwrap();
    fs::write(&other, "x").unwrap();
    assert_eq!(mode(&usual), mode(&other));
}

#[cfg(unix)]
#[test]
fn a_pipe_by_the_name_of_a_temporary_file_keeps_nobody_waiting() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a.ron");
    let pipe = place.path().join(format!("{}0{ENDING}", temporary_prefix(&path).unwrap()));
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|made| made.success()));
    replace(&SystemDisk, &path, b"x").unwrap();
    assert!(pipe.exists());
}

/// Replaces a file. Windows says that one is in use which others replace without a pause; then it is tried again.
fn replace_when_free(path: &Path, text: &[u8]) {
    loop {
        match replace(&SystemDisk, path, text) {
            Err(StorageError::Unwritable { source, .. })
                if cfg!(windows) && Trouble::of(&source) == Some(Trouble::Busy) => {}
            other => return other.unwrap(),
        }
    }
}

#[test]
fn many_writers_of_one_file_leave_it_whole() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a.ron");
    let texts: Vec<_> = (0..8u8).map(|i| vec![b'a' + i; 20_000]).collect();
    let is_whole = |held: &[u8]| texts.iter().any(|text| held == *text);
    std::thread::scope(|scope| {
        for text in &texts {
            scope.spawn(|| (0..20).for_each(|_| replace_when_free(&path, text)));
        }
        for _ in 0..50 {
            assert!(fs::read(&path).map_or(true, |held| is_whole(&held)));
        }
    });
    assert!(is_whole(&fs::read(&path).unwrap()));
    assert_eq!(names(place.path()), ["a.ron"]);
}

#[test]
fn the_longest_name_can_be_written() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("\u{1780}".repeat(85));
    replace(&SystemDisk, &path, b"x").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"x");
}

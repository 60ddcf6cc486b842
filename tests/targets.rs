//! Exports to places that cannot be written: the old file stays whole, and the message names the
//! file and the reason.

#![cfg(unix)]

use std::{
    fs,
    io::Read as _,
    os::unix::fs::{FileTypeExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    process::{Command, Output},
};

fn sample(language: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("assets/samples/japan-phone-call.{language}.ron"))
}

fn export(draft: &Path, to: &Path) -> Output {
    let program = env!("CARGO_BIN_EXE_release-composer");
    Command::new(program).arg("export").arg(draft).arg("-o").arg(to).output().unwrap()
}

/// Why an export failed, by its own words.
fn refused(to: &Path) -> String {
    let output = export(&sample("km"), to);
    assert_eq!(output.status.code(), Some(1), "{}", to.display());
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(&format!("cannot write {}", to.display())), "{said}");
    assert!(said.contains("Nothing was changed there"), "{said}");
    said
}

/// Every file of a folder with what it holds.
fn holds(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

/// A disk of a few kilobytes; `None` where one may not be made, as by a user without rights.
struct TinyDisk(tempfile::TempDir);

impl TinyDisk {
    fn new() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=16k", "tmpfs"]).arg(folder.path()).output();
        mount.is_ok_and(|output| output.status.success()).then(|| Self(folder))
    }
}

impl Drop for TinyDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn a_full_disk_leaves_the_old_file_and_nothing_else() {
    let Some(disk) = TinyDisk::new() else {
        eprintln!("no disk can be mounted here; not tried");
        return;
    };
    let file = disk.0.path().join("release.pdf");
    fs::write(&file, b"the old one").unwrap();
    let before = holds(disk.0.path());
    let said = refused(&file);
    assert!(said.contains("the disk is full"), "{said}");
    assert_eq!(holds(disk.0.path()), before);
}

#[test]
fn a_disk_that_can_only_be_read_is_named_so() {
    let Some(disk) = TinyDisk::new() else {
        eprintln!("no disk can be mounted here; not tried");
        return;
    };
    let file = disk.0.path().join("release.pdf");
    fs::write(&file, b"the old one").unwrap();
    let remounted = Command::new("mount").args(["-o", "remount,ro"]).arg(disk.0.path()).status().unwrap();
    assert!(remounted.success());
    let said = refused(&file);
    assert!(said.contains("the disk can only be read"), "{said}");
    assert_eq!(holds(disk.0.path()), [(file, b"the old one".to_vec())]);
}

#[test]
fn a_device_is_no_file_to_be_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("release.pdf");
    std::os::unix::fs::symlink("/dev/full", &link).unwrap();
    let said = refused(&link);
    assert!(said.contains("it is a device"), "{said}");
    assert!(fs::metadata("/dev/full").unwrap().file_type().is_char_device());
}

#[test]
fn a_read_only_folder_is_named_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("release.pdf");
    fs::write(&file, b"the old one").unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let bound = fs::write(folder.path().join("try"), b"").is_err();
    if bound {
        let said = refused(&file);
        assert!(said.contains("permission is denied"), "{said}");
        assert_eq!(holds(folder.path()), [(file, b"the old one".to_vec())]);
    } else {
        eprintln!("this user may write everywhere; not tried");
    }
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn who_reads_the_old_file_reads_it_to_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("release.pdf");
    assert!(export(&sample("km"), &file).status.success());
    let old = fs::read(&file).unwrap();
    let mut open = fs::File::open(&file).unwrap();
    let mut read = vec![0; 1000];
    open.read_exact(&mut read).unwrap();
    assert!(export(&sample("en"), &file).status.success());
    open.read_to_end(&mut read).unwrap();
    assert!(read == old);
    assert!(fs::read(&file).unwrap() != old);
    assert_eq!(holds(folder.path()).len(), 1, "nothing is left beside it");
}

#[test]
fn a_folder_in_the_place_of_the_file_stays() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("release.pdf");
    fs::create_dir(&file).unwrap();
    let said = refused(&file);
    assert!(said.contains("it is a folder"), "{said}");
    assert!(file.is_dir());
}

//! Exports to places that cannot be written: the old file stays whole, and the message names the
//! file and the reason.
//!
//! Every test is tried for root and for others: root drops to another user where it may write everywhere, and others
//! mount a disk in a namespace of their own.
//!
//! Ten thousand exports to one name: `EXPORTS=10000 cargo test --test targets many -- --nocapture`.

#[cfg(unix)]
mod tried;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    thread,
    time::{Duration, Instant},
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
    refusal(to, export(&sample("km"), to))
}

fn refusal(to: &Path, output: Output) -> String {
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

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_file_and_nothing_else() {
    let Some(disk) = tried::Disk::mount("16k", "a_full_disk_leaves_the_old_file_and_nothing_else") else { return };
    let file = disk.path().join("release.pdf");
    fs::write(&file, b"the old one").unwrap();
    let before = holds(disk.path());
    let said = refused(&file);
    assert!(said.contains("the disk is full"), "{said}");
    assert_eq!(holds(disk.path()), before);
}

#[cfg(unix)]
#[test]
fn a_disk_that_can_only_be_read_is_named_so() {
    let Some(disk) = tried::Disk::mount("16k", "a_disk_that_can_only_be_read_is_named_so") else { return };
    let file = disk.path().join("release.pdf");
    fs::write(&file, b"the old one").unwrap();
    let remounted = Command::new("mount").args(["-o", "remount,bind,ro"]).arg(disk.path()).status().unwrap();
    assert!(remounted.success());
    let said = refused(&file);
    assert!(said.contains("the disk can only be read"), "{said}");
    assert_eq!(holds(disk.path()), [(file, b"the old one".to_vec())]);
}

#[cfg(unix)]
#[test]
fn a_device_is_no_file_to_be_replaced() {
    use std::os::unix::fs::FileTypeExt as _;
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("release.pdf");
    std::os::unix::fs::symlink("/dev/full", &link).unwrap();
    let said = refused(&link);
    assert!(said.contains("it is a device"), "{said}");
    assert!(fs::metadata("/dev/full").unwrap().file_type().is_char_device());
}

/// Exports as a user without rights, from copies that every user may read: the program may be in a folder of root's.
/// `None` where this user cannot become that one, or that one does not get at temporary files.
#[cfg(unix)]
fn export_as_nobody(to: &Path) -> Option<Output> {
    use std::os::unix::{fs::PermissionsExt as _, process::CommandExt as _};
    const NOBODY: u32 = 65_534;
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let probe = Command::new("true").uid(NOBODY).gid(NOBODY).current_dir(folder.path()).status();
    if !probe.is_ok_and(|status| status.success()) {
        tried::not_tried("nobody else's rights can be taken on here");
        return None;
    }
    let (program, draft) = (folder.path().join("program"), folder.path().join("draft.ron"));
    fs::copy(env!("CARGO_BIN_EXE_release-composer"), &program).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    fs::copy(sample("km"), &draft).unwrap();
    fs::set_permissions(&draft, fs::Permissions::from_mode(0o644)).unwrap();
    let mut command = Command::new(program);
    command.arg("export").arg(draft).arg("-o").arg(to).uid(NOBODY).gid(NOBODY).current_dir("/");
    // Another test that starts a program just now has the copy open for writing until it does.
    let end = Instant::now() + Duration::from_secs(60);
    loop {
        match command.output() {
            Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy && Instant::now() < end => {
                thread::yield_now();
            }
            said => return Some(said.unwrap()),
        }
    }
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_named_with_the_reason() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("release.pdf");
    fs::write(&file, b"the old one").unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let binds_this_user = fs::write(folder.path().join("try"), b"").is_err();
    if !binds_this_user {
        fs::remove_file(folder.path().join("try")).unwrap();
    }
    let said = match binds_this_user {
        true => refused(&file),
        false => match export_as_nobody(&file) {
            Some(output) => refusal(&file, output),
            None => return,
        },
    };
    assert!(said.contains("permission is denied"), "{said}");
    assert_eq!(holds(folder.path()), [(file, b"the old one".to_vec())]);
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
#[test]
fn who_reads_the_old_file_reads_it_to_the_end() {
    use std::io::Read as _;
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

/// Several programs write one name again and again, while another reads it.
#[test]
fn many_exports_to_one_name_all_succeed_and_the_file_is_always_whole() {
    const WRITERS: usize = 6;
    let exports = std::env::var("EXPORTS").ok().and_then(|exports| exports.parse().ok()).unwrap_or(90);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("release.pdf");
    let drafts = ["km", "en"].map(sample);
    let whole = drafts.each_ref().map(|draft| {
        assert!(export(draft, &file).status.success());
        fs::read(&file).unwrap()
    });
    let (started, reads, done) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicBool::new(false));
    let begun = Instant::now();
    thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let (started, drafts, file) = (&started, &drafts, &file);
                scope.spawn(move || {
                    while started.fetch_add(1, SeqCst) < exports {
                        let output = export(&drafts[writer % 2], file);
                        let said = String::from_utf8_lossy(&output.stderr);
                        assert!(output.status.success(), "{said}");
                    }
                })
            })
            .collect();
        scope.spawn(|| {
            while !done.load(SeqCst) {
                match fs::read(&file) {
                    Ok(held) => assert!(whole.contains(&held), "{} bytes", held.len()),
                    // Windows opens nothing while it is being replaced.
                    Err(_) if cfg!(windows) => {}
                    Err(error) => panic!("{error}"),
                }
                reads.fetch_add(1, SeqCst);
                thread::sleep(Duration::from_millis(2));
            }
        });
        let results: Vec<_> = writers.into_iter().map(thread::ScopedJoinHandle::join).collect();
        done.store(true, SeqCst);
        assert!(results.iter().all(Result::is_ok), "an export failed");
    });
    assert_eq!(holds(folder.path()).len(), 1, "nothing is left beside it");
    println!("{exports} exports by {WRITERS} programs, {reads:?} looks at the file, in {:?}", begun.elapsed());
}

#[cfg(windows)]
#[test]
fn a_file_that_another_program_has_open_is_named_so() {
    use std::os::windows::fs::OpenOptionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("release.pdf");
    fs::write(&file, b"the old one").unwrap();
    for share in [0, 1, 3] {
        let open = fs::OpenOptions::new().read(true).share_mode(share).open(&file).unwrap();
        let said = refused(&file);
        assert!(said.contains("another program is using it; close it there first"), "{share}: {said}");
        drop(open);
        assert_eq!(holds(folder.path()), [(file.clone(), b"the old one".to_vec())]);
    }
    assert!(export(&sample("km"), &file).status.success());
}

#[cfg(windows)]
#[test]
fn a_file_that_may_only_be_read_is_named_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("release.pdf");
    fs::write(&file, b"the old one").unwrap();
    let set = |read_only| {
        let mut permissions = fs::metadata(&file).unwrap().permissions();
        permissions.set_readonly(read_only);
        fs::set_permissions(&file, permissions).unwrap();
    };
    set(true);
    let said = refused(&file);
    assert!(said.contains("permission is denied"), "{said}");
    set(false);
    assert_eq!(holds(folder.path()), [(file, b"the old one".to_vec())]);
}

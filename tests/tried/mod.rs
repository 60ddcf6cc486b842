//! Tests that need what a machine may lack: a program, or the right to mount a disk.
#![allow(dead_code, reason = "each test crate uses a part of it")]

use std::io::Write as _;
#[cfg(unix)]
use std::{path::Path, process::Command};

/// Says that a test was not tried, where it is seen although a test that passes is silent. With `MUST_TRY` set, for a
/// machine that is known to have all of it, the test fails.
pub fn not_tried(why: &str) {
    let test = std::thread::current().name().unwrap_or_default().to_owned();
    assert!(std::env::var_os("MUST_TRY").is_none(), "{test}: {why}");
    // Unlike `eprintln!`, this is not captured.
    let _ = writeln!(std::io::stderr(), "NOT TRIED: {test}: {why}");
}

/// The environment variable of a test that runs in a namespace of its own.
#[cfg(unix)]
const INSIDE: &str = "RELEASE_COMPOSER_TEST_IN_NAMESPACE";

/// A disk of a few kilobytes, until it is dropped.
#[cfg(unix)]
pub struct Disk(tempfile::TempDir);

#[cfg(unix)]
impl Disk {
    /// Mounts a disk of a size such as `16k`. Where this user may not, the test of this name runs again in a namespace,
    /// where it may; then, and where that is forbidden too, this gives `None`.
    pub fn mount(size: &str, test: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={size}");
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()).output();
        if mount.is_ok_and(|output| output.status.success()) {
            return Some(Self(folder));
        }
        let unshare = || {
            let mut command = Command::new("unshare");
            command.args(["--map-root-user", "--mount"]);
            command
        };
        let is_allowed = unshare().arg("true").output().is_ok_and(|output| output.status.success());
        if !is_allowed || std::env::var_os(INSIDE).is_some() {
            not_tried("no disk can be mounted here");
            return None;
        }
        let output = unshare()
            .arg(std::env::current_exe().unwrap())
            .args(["--exact", test, "--nocapture"])
            .envs([(INSIDE, "1"), ("MUST_TRY", "1")])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.contains("1 passed"), "{said}{errors}");
        None
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

#[cfg(unix)]
impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

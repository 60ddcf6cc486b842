//! The files that a command is going to write, looked at before the first of them is written.
//!
//! Knows names and folders, and nothing of releases. Its invariant: what can be known beforehand to keep
//! one file from being written is said before another is; and no file that the command reads is replaced.

use std::{
    collections::{HashMap, HashSet},
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};
use release_composer::storage::{self, check_file_name, same_name_key};

/// What is to be written, as far as it was looked at.
pub struct Targets<'a> {
    /// Whether files that are there may be replaced.
    force: bool,
    /// The files that the command reads.
    sources: Vec<&'a Path>,
    /// The folders into which can be written.
    folders: HashSet<PathBuf>,
    /// The files by what two names of one file have in common, each with its line of the table.
    taken: HashMap<String, (u64, PathBuf)>,
}

/// Fails if some system takes no file of this name.
pub fn check_name(file: &Path) -> Result<()> {
    let name = file.file_name().map(OsStr::to_string_lossy).unwrap_or_default();
    check_file_name(&name).map_err(|error| anyhow::anyhow!("{}: {error}", file.display()))
}

impl<'a> Targets<'a> {
    pub fn new(force: bool, sources: impl IntoIterator<Item = &'a Path>) -> Self {
        Self { force, sources: sources.into_iter().collect(), folders: HashSet::new(), taken: HashMap::new() }
    }

    /// Fails if a file cannot be written, as far as that is known before it is.
    pub fn check(&mut self, file: &Path) -> Result<()> {
        check_name(file)?;
        if let Some(source) = self.sources.iter().find(|source| storage::is_same_file(source, file)) {
            bail!("{} is read by this command itself; write to another name", source.display());
        }
        let is_link = fs::symlink_metadata(file).is_ok_and(|found| found.is_symlink());
        if is_link && !file.exists() {
            bail!("{} is a link to a file that is not there; remove it or choose another name", file.display());
        }
        let folder = file.parent().unwrap_or(Path::new("")).to_owned();
        let is_new = !file.exists();
        if is_new && !self.folders.contains(&folder) || !is_new && self.force {
            storage::check_writable(file)?;
            self.folders.insert(folder);
        }
        Ok(())
    }

    /// Fails if a file of another line has the name, or one that is the same on some system.
    pub fn take(&mut self, file: &Path, line: u64) -> Result<()> {
        let Some((other, before)) = self.taken.insert(same_name_key(&file.to_string_lossy()), (line, file.to_owned()))
        else {
            return Ok(());
        };
        let same = if before == file { "" } else { " on Windows and macOS" };
        bail!("its file would be {}, as that of line {other}{same}", file.display())
    }

    /// Whether something has a name already, be it a link to nothing.
    pub fn is_there(file: &Path) -> bool {
        fs::symlink_metadata(file).is_ok()
    }
}

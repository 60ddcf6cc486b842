//! The files that a command is going to write, looked at before the first of them is written.
//!
//! Knows names and folders, and of releases only which pictures they are made of. Its invariant: what can be known beforehand to keep
//! one file from being written is said before another is; and no file that the command reads is replaced.

use std::{
    collections::{HashMap, HashSet},
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};
use release_composer::{
    release::Release,
    storage::{self, check_file_name, same_name_key},
};

/// What is to be written, as far as it was looked at.
pub struct Targets {
    /// Whether files that are there may be replaced.
    force: bool,
    /// The files that the command reads.
    sources: Vec<PathBuf>,
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

/// The pictures that a draft is made of and that are files of their own: its emblem, and those of its text beside it.
pub fn pictures_of(release: &Release, draft: &Path) -> Vec<PathBuf> {
    let folder = draft.parent().unwrap_or(Path::new(""));
    let emblem = release.letterhead.emblem.iter().map(|emblem| emblem.file.as_str()).filter(|file| !file.is_empty());
    let of_text = release.body.iter().filter_map(|block| Some(block.picture.as_ref()?.name.as_str()));
    let of_text = of_text.filter(|name| storage::is_beside(Some(draft), Path::new(name)));
    let mut pictures: Vec<PathBuf> = emblem.chain(of_text).map(|name| folder.join(name)).collect();
    pictures.sort();
    pictures.dedup();
    pictures
}

/// Fails if one of the files that are going to be written is a picture of the draft, which would be lost.
pub fn spare_pictures(release: &Release, draft: &Path, files: &[PathBuf]) -> Result<()> {
    let there: Vec<&PathBuf> = files.iter().filter(|file| Targets::is_there(file)).collect();
    // Most exports replace nothing.
    if there.is_empty() {
        return Ok(());
    }
    let pictures = pictures_of(release, draft);
    let is_picture = |file: &&&PathBuf| pictures.iter().any(|picture| storage::is_same_file(picture, file));
    match there.iter().find(is_picture) {
        Some(file) => bail!("{} is a picture that the draft shows; write to another name", file.display()),
        None => Ok(()),
    }
}

/// Fails if one of the files that are going to be written is the draft itself or a picture of it.
pub fn spare_draft(release: &Release, draft: &Path, files: &[PathBuf]) -> Result<()> {
    if let Some(file) = files.iter().find(|file| storage::is_same_file(draft, file)) {
        bail!("{} is the draft itself; write to another name", file.display());
    }
    spare_pictures(release, draft, files)
}

impl Targets {
    pub fn new(force: bool, sources: impl IntoIterator<Item = PathBuf>) -> Self {
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use release_composer::release::{Emblem, Paragraph, Picture, RichText};

    use super::*;

    #[test]
    fn a_draft_and_its_pictures_are_spared() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let mut release = Release::default();
        let emblem = Emblem { file: "emblem.png".into(), alternative: String::new(), height: None };
        release.letterhead.emblem = Some(emblem);
        let picture = |name: &str| Paragraph {
            picture: Some(Arc::new(Picture { name: name.into(), ..Picture::default() })),
            ..Paragraph::new(RichText::plain("x"))
        };
        release.body = vec![picture("a-2.png"), picture("../elsewhere.png"), picture("none.png")];
        for name in ["e.ron", "emblem.png", "a-2.png", "other.png"] {
            fs::write(at(name), "x").unwrap();
        }
        let spare = |names: &[&str]| {
            let files: Vec<PathBuf> = names.iter().map(|name| at(name)).collect();
            spare_draft(&release, &at("e.ron"), &files).map_err(|error| error.to_string())
        };
        for (names, said) in [
            (&["e.ron"][..], "is the draft itself"),
            (&["emblem.png"], "emblem.png is a picture that"),
            (&["a-1.png", "a-2.png"], "a-2.png is a picture that"),
        ] {
            assert!(spare(names).unwrap_err().contains(said), "{names:?}");
        }
        // What is not there yet cannot be lost.
        assert_eq!(spare(&["none.png", "other.png", "a.png"]), Ok(()));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(at("emblem.png"), at("link.png")).unwrap();
            assert!(spare(&["link.png"]).is_err(), "under another name as well");
        }
    }
}

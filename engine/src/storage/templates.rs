//! The library of templates: the program's own, the user's, and those of shared folders.
//!
//! A template is a draft file in a folder of templates; nothing but the folder makes it one of the
//! library. Knows files and the document. Invariant: a file that cannot be read is named and keeps
//! no other from being used.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{StorageError, is_draft, open};
use crate::{
    release::{Release, Template},
    template::{Bundled, bundled},
};

/// The most drafts of a folder that are read.
const MOST: usize = 500;
/// After so many failures a folder is not asked further: some shares never stop failing.
const MOST_ERRORS: usize = 10;

/// Where a template comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The program's own
    Bundled,
    /// A file
    File(PathBuf),
}

/// A template of the library.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What it is called on the command line: the name of its file without the ending.
    pub id: String,
    /// Where it comes from.
    pub origin: Origin,
    /// The template. Its emblem is named from the root, so that a draft made of it finds it too.
    pub release: Release,
}

impl Entry {
    /// What it is called in the window.
    pub fn name(&self) -> &str {
        let named = self.release.template.as_ref().map(|template| template.name.as_str());
        named.filter(|name| !name.trim().is_empty()).unwrap_or(&self.id)
    }
}

impl From<Bundled> for Entry {
    fn from(bundled: Bundled) -> Self {
        Self { id: bundled.id.to_owned(), origin: Origin::Bundled, release: bundled.release() }
    }
}

/// All templates that can be used, and what is wrong with the others.
#[derive(Debug, Default)]
pub struct Library {
    /// The templates: those of the folders first, in the order of folders and names.
    pub templates: Vec<Entry>,
    /// What could not be read.
    pub unread: Vec<StorageError>,
}

/// Reads the templates of folders, and adds the program's own. A folder that does not exist has
/// none if it is the `first`, the user's own; of another that is said.
pub fn library(folders: &[PathBuf]) -> Library {
    let mut library = Library::default();
    for (index, folder) in folders.iter().enumerate() {
        match files(folder) {
            Ok((files, errors)) => {
                let unread = |source| StorageError::Unreadable { path: folder.clone(), source };
                library.unread.extend(errors.into_iter().map(unread));
                for path in files {
                    match entry(&path) {
                        Ok(entry) => library.templates.push(entry),
                        Err(error) => library.unread.push(error),
                    }
                }
            }
            Err(error) if index == 0 && error.kind() == io::ErrorKind::NotFound => {}
            Err(source) => library.unread.push(StorageError::Unreadable { path: folder.clone(), source }),
        }
    }
    library.templates.extend(bundled().map(Entry::from));
    library
}

/// Reads one template from a file.
///
/// # Errors
/// If the file is no draft.
pub fn entry(path: &Path) -> Result<Entry, StorageError> {
    let mut release = open(path)?;
    let folder = std::path::absolute(path).ok().and_then(|path| path.parent().map(Path::to_owned));
    if let (Some(emblem), Some(folder)) = (&mut release.letterhead.emblem, folder) {
        emblem.file = folder.join(&emblem.file).to_string_lossy().into_owned();
    }
    let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    release.template.get_or_insert_with(Template::default);
    Ok(Entry { id, origin: Origin::File(path.to_owned()), release })
}

/// The draft files of a folder, in the order of their names, and why others are not known.
fn files(folder: &Path) -> io::Result<(Vec<PathBuf>, Vec<io::Error>)> {
    let (mut files, errors) = drafts(fs::read_dir(folder)?.map(|found| found.map(|found| found.path())));
    files.sort();
    Ok((files, errors))
}

/// Those of the paths that are drafts, as many as are read. A path that is not known keeps no other
/// from being used.
fn drafts(paths: impl Iterator<Item = io::Result<PathBuf>>) -> (Vec<PathBuf>, Vec<io::Error>) {
    let (mut drafts, mut errors) = (Vec::new(), Vec::new());
    for path in paths {
        match path {
            Ok(path) if shows_draft(&path) => drafts.push(path),
            Ok(_) => {}
            Err(error) => errors.push(error),
        }
        if drafts.len() >= MOST || errors.len() >= MOST_ERRORS {
            break;
        }
    }
    (drafts, errors)
}

/// Whether a draft is there that is meant to be seen.
fn shows_draft(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    !hidden && is_draft(path) && path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        release::{Emblem, Language},
        storage::save,
    };

    #[test]
    fn neither_other_files_nor_an_unreadable_entry_hide_a_template() {
        let place = tempfile::tempdir().unwrap();
        let template = place.path().join("a.ron");
        save(&template, &Release::default()).unwrap();
        let failure = || Err(io::Error::from(io::ErrorKind::PermissionDenied));
        let others = (0..=MOST).map(|number| Ok(place.path().join(format!("{number}.pdf"))));
        let (found, errors) = drafts([failure()].into_iter().chain(others).chain([Ok(template.clone())]));
        assert_eq!((found, errors.len()), (vec![template], 1));
        assert_eq!(drafts(std::iter::repeat_with(failure)).1.len(), MOST_ERRORS);
    }

    #[test]
    fn folders_come_before_the_programs_own_and_damage_is_named() {
        let place = tempfile::tempdir().unwrap();
        let mut release = Release::blank(Language::Khmer);
        release.letterhead.emblem = Some(Emblem { file: "seal.png".into(), ..Emblem::default() });
        release.template = Some(Template { name: "ជំនួប".into(), purpose: String::new() });
        save(&place.path().join("b.release"), &release).unwrap();
        save(&place.path().join("a.ron"), &Release::default()).unwrap();
        fs::write(place.path().join("c.ron"), "(").unwrap();
        fs::write(place.path().join(".~lock.b.ron#"), "x").unwrap();
        let missing = place.path().join("share");
        let library = library(&[place.path().to_owned(), missing.clone()]);
        let names: Vec<&str> = library.templates.iter().map(Entry::name).take(3).collect();
        assert_eq!(names, ["a", "ជំនួប", "សេចក្តីប្រកាសព័ត៌មានអំពីការសន្ទនា ឬជំនួប"]);
        let emblem = library.templates[1].release.letterhead.emblem.clone().unwrap();
        assert_eq!(Path::new(&emblem.file), place.path().join("seal.png"));
        let unread: Vec<String> = library.unread.iter().map(ToString::to_string).collect();
        assert_eq!(unread.len(), 2);
        assert!(unread[0].contains("c.ron") && unread[1].contains("share"), "{unread:?}");
        // The user's own folder need not be there.
        assert!(super::library(&[missing]).unread.is_empty());
    }
}

//! What goes out: exported files, files for the printer, and what is looked up before them. And what
//! comes in beside the draft: the picture of its letterhead.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use super::super::jobs::JobThread;
use crate::{
    artwork::{Artwork, ArtworkError},
    export::{self, ExportError, Format, export_both, export_pages, export_post},
    html, pdf,
    picture::{Area, Painter, Pixels},
    post::{self, Card, Shape},
    proof::{self, Finding, Reference, counterpart},
    release::{Picture, Release},
    roster::Roster,
    storage::{
        self, AllowedPictures, Disk, Stoppable, StorageError, printing,
        regular::{self, Links},
    },
    typeset::{Cache, Pages, breaks::KnownWords, typeset},
};

/// The most that is read of what the system says of its version, in bytes.
const LONGEST_OS_RELEASE: usize = 4096;

/// A release that is to be exported, as it was set.
#[derive(Clone)]
pub struct Export {
    /// The release.
    pub release: Arc<Release>,
    /// Its pages; `None` to have it set for the export.
    pub pages: Option<Arc<Pages>>,
    /// As what it is written.
    pub format: Format,
    /// What comes last in the words of a post.
    pub hashtags: String,
    /// The same release in the other language, if both are to be in one PDF.
    pub other: Option<Other>,
    /// Where.
    pub path: PathBuf,
}

/// The same release in the other language, in a file.
#[derive(Clone)]
pub struct Other {
    /// The draft.
    pub path: PathBuf,
    /// The words that no line divides.
    pub words: KnownWords,
    /// The pictures that may be opened unasked.
    pub pictures: AllowedPictures,
}

/// The release in the other language, with what there is to look at in it.
pub struct OtherChecked {
    /// The release.
    pub release: Release,
    /// What there is to look at, its texts that are still to be written among it.
    pub findings: Vec<Finding>,
    /// In how many places the two releases differ.
    pub differences: usize,
}

/// Checks the release in the other language as the one in the window is checked.
///
/// # Errors
/// If it cannot be read.
pub fn check_other(_: &JobThread, own: &Release, other: &Other, roster: &Roster) -> Result<OtherChecked, StorageError> {
    let release = storage::open(&other.path)?;
    let emblem = other.pictures.emblem(&release, Some(&other.path));
    let set =
        typeset(&release, emblem.as_ref().ok().and_then(Option::as_ref), &mut Cache::with_words(other.words.clone()));
    let today = chrono::Local::now().date_naive();
    let emblem = emblem.as_ref().err();
    let reference = Reference { today, emblem, words: &other.words, roster, other: Some(own) };
    let mut findings = proof::check(&release, &set, &reference);
    for finding in &mut findings {
        finding.problem.say_why_missing(|name| storage::why_missing(&release, &other.path, name));
    }
    let differences = counterpart::compare(own, &release, roster).len();
    Ok(OtherChecked { release, findings, differences })
}

/// Writes a release; gives the files.
///
/// # Errors
/// If it cannot be made or written.
pub fn export(thread: &JobThread, disk: &dyn Disk, to: &Export) -> Result<Vec<PathBuf>, ExportError> {
    let disk = Stoppable { disk, stop: thread.stop().flag() };
    let pages = to.pages.clone().unwrap_or_else(|| Arc::new(typeset(&to.release, None, &mut Cache::default())));
    if to.format == Format::Post {
        return export_post(&disk, &to.release, &pages, &to.hashtags, &to.path);
    }
    if let Some(other) = &to.other {
        let release = storage::open(&other.path)?;
        let file = release.letterhead.emblem.as_ref().map(|emblem| emblem.file.clone()).unwrap_or_default();
        let emblem = other.pictures.emblem(&release, Some(&other.path));
        let emblem = emblem.map_err(|error| ExportError::Emblem(file, error))?;
        let set = typeset(&release, emblem.as_ref(), &mut Cache::with_words(other.words.clone()));
        return export_both(&disk, (&to.release, &pages), (&release, &set), pdf::Options::default(), &to.path);
    }
    export_pages(&disk, &to.release, &pages, to.format, &to.path)
}

/// The cards of a release, drawn so many pixels high.
pub fn cards(_: &JobThread, release: &Release, pages: &Pages, height: f32) -> Vec<(Shape, Pixels)> {
    let mut painter = Painter::default();
    let mut drawn = |shape| {
        let Card { page, size } = post::card(release, pages, shape);
        let scale = height / size.1;
        (shape, painter.page(&page, scale, Area::whole(size, scale)))
    };
    Shape::ALL.map(&mut drawn).into()
}

/// A release as HTML without its letterhead, and as plain text.
///
/// # Errors
/// If a picture of it cannot be drawn.
pub fn texts(_: &JobThread, release: &Release, pages: &Pages) -> Result<(String, String), ExportError> {
    Ok((html::main_of_page(release, pages).map_err(ExportError::Picture)?, export::text(pages)))
}

/// The first of some files that is there.
pub fn first_there(_: &JobThread, files: Vec<PathBuf>) -> Option<PathBuf> {
    files.into_iter().find(|file| file.exists())
}

/// A folder, if it is there.
pub fn folder(_: &JobThread, folder: PathBuf) -> Option<PathBuf> {
    folder.is_dir().then_some(folder)
}

/// The picture that a release names.
///
/// # Errors
/// If it cannot be used.
pub fn emblem(_: &JobThread, release: &Release, draft: Option<&Path>) -> Result<Option<Arc<Artwork>>, ArtworkError> {
    storage::emblem(release, draft)
}

/// A picture for the text, as a draft keeps it.
///
/// # Errors
/// If it cannot be used.
pub fn picture(_: &JobThread, path: &Path) -> Result<Picture, ArtworkError> {
    storage::picture(path)
}

/// Writes a release where the program that prints finds it; gives the file.
///
/// # Errors
/// If it cannot be made or written.
pub fn print_file(_: &JobThread, name: &OsStr, release: &Release, pages: &Pages) -> Result<PathBuf, ExportError> {
    let bytes = pdf::write(pages, &pdf::Info::of(release), &pdf::Options::default())?;
    Ok(printing::write(&printing::folder(), name, &bytes)?)
}

/// Takes a file away that was printed.
///
/// # Errors
/// If it cannot be removed; a later start tries again.
pub fn printed(_: &JobThread, file: &Path) -> Result<(), StorageError> {
    printing::remove(file)
}

/// Takes away what earlier starts left for the printer.
pub fn tidy_printing(_: &JobThread) {
    printing::tidy(&printing::folder(), SystemTime::now());
}

/// Opens a file in the program that the system has for it.
///
/// # Errors
/// If there is none, in the system's words.
pub fn open_elsewhere(_: &JobThread, file: &Path) -> std::io::Result<()> {
    super::super::platform::open_in_other_program(file)
}

/// Opens a folder, or that of a file, in the program that the system has for folders.
///
/// # Errors
/// If there is no such folder, or no program, in the system's words.
pub fn open_folder(thread: &JobThread, place: &Path) -> std::io::Result<()> {
    let folder = if place.is_dir() { Some(place) } else { place.parent().filter(|folder| folder.is_dir()) };
    open_elsewhere(thread, folder.ok_or(std::io::ErrorKind::NotFound)?)
}

/// Starts the program again in a process of its own, which opens a second window and outlives this one.
///
/// # Errors
/// If the system starts no process, in its words.
pub fn new_window(_: &JobThread, draft: Option<&Path>) -> std::io::Result<()> {
    let mut own = std::process::Command::new(std::env::current_exe()?);
    own.args(draft);
    own.stdin(std::process::Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut own, 0);
    super::super::platform::await_end(own.spawn()?).map(|_| ())
}

/// What the system says of its version, as some systems do in a file.
pub fn os_release(_: &JobThread) -> String {
    let found = regular::read_start(Path::new("/etc/os-release"), LONGEST_OS_RELEASE, Links::Followed);
    String::from_utf8_lossy(&found.unwrap_or_default()).into_owned()
}

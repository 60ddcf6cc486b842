//! Drafts and the emblems they name.

use std::{
    fs, io,
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use super::{Disk, StorageError, SystemDisk, regular, replace, write};
use crate::{
    artwork::{self, Artwork, ArtworkError},
    release::{Picture, PictureData, Release, Reordered, bounded, file},
};

/// How many damaged files of one name are kept beside it.
const MOST_DAMAGED: usize = 99;

/// Reads a draft.
///
/// # Errors
/// If the file cannot be read or is no draft; the error names file, line, column and field.
pub fn open(path: &Path) -> Result<Release, StorageError> {
    open_and_say(path).map(|(release, _)| release)
}

/// Reads a draft, and says which of its letters were not in the normal order of Khmer. The file stays as it is.
///
/// # Errors
/// As [`open()`].
pub fn open_and_say(path: &Path) -> Result<(Release, Vec<Reordered>), StorageError> {
    let text = text(path)?;
    let (mut release, reordered) = file::parse_and_say(&text).map_err(|source| match is_page(path, &text) {
        true => StorageError::Page { path: path.to_owned() },
        false => StorageError::NotADraft { path: path.to_owned(), source },
    })?;
    read_pictures(&mut release, path);
    Ok((release, reordered))
}

/// Whether what is no draft is a page of HTML, by its name or its first words.
fn is_page(path: &Path, text: &str) -> bool {
    let has_name =
        path.extension().is_some_and(|ending| ["html", "htm"].iter().any(|page| ending.eq_ignore_ascii_case(page)));
    let begins = |mark: &str| text.trim_start().get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark));
    has_name || begins("<!doctype html") || begins("<html")
}

/// Reads the pictures of the text that are not in the draft and are beside it. One that cannot be read is missing in
/// the release, of which the checks tell.
pub fn read_pictures(release: &mut Release, draft: &Path) {
    let mut pictures = release.body.iter().filter_map(|block| block.picture.as_ref());
    if pictures.all(|picture| picture.data.is_some()) {
        return;
    }
    let mut room = room(release);
    for picture in release.body.iter_mut().filter_map(|block| block.picture.as_mut()) {
        if picture.data.is_some() || !is_beside(Some(draft), Path::new(&picture.name)) {
            continue;
        }
        let Ok(bytes) = beside(draft, &picture.name) else { continue };
        let takes = bounded::picture_bytes(bytes.len());
        if takes <= room {
            room -= takes;
            Arc::make_mut(picture).data = Some(PictureData::new(bytes));
        }
    }
}

/// Why a picture of the text that the release lacks was not read, though it is beside the draft. `None` if it is
/// elsewhere or nowhere, or if there is nothing against it.
pub fn why_missing(release: &Release, draft: &Path, name: &str) -> Option<ArtworkError> {
    if !is_beside(Some(draft), Path::new(name)) {
        return None;
    }
    match beside(draft, name) {
        Ok(bytes) => (bounded::picture_bytes(bytes.len()) > room(release)).then_some(ArtworkError::NoRoom),
        Err(ArtworkError::Unreadable(error)) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => Some(error),
    }
}

/// How many bytes of pictures a draft still has room for.
fn room(release: &Release) -> usize {
    file::MAX_BYTES.saturating_sub(bounded::most_bytes(release))
}

/// The bytes of a picture beside a draft, as the draft keeps them.
fn beside(draft: &Path, name: &str) -> Result<Vec<u8>, ArtworkError> {
    let bytes = picture_bytes(&draft.parent().unwrap_or(Path::new("")).join(name))?;
    // What cannot be read stays as it is: the checks say what is wrong with it.
    Ok(artwork::kept(&bytes).map_or(bytes, |(kept, _)| kept))
}

/// The bytes of the file of a picture.
fn picture_bytes(path: &Path) -> Result<Vec<u8>, ArtworkError> {
    let most = usize::try_from(artwork::MAX_BYTES).unwrap_or(usize::MAX);
    regular::read(path, most).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => ArtworkError::TooLarge,
        _ => error.into(),
    })
}

/// The picture in a file, as a draft keeps it.
///
/// # Errors
/// If it cannot be used, in a sentence that follows the file's name.
pub fn picture(path: &Path) -> Result<Picture, ArtworkError> {
    let (bytes, is_jpeg) = artwork::kept(&picture_bytes(path)?)?;
    let path = if is_jpeg { path.with_extension("jpg") } else { path.to_owned() };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.chars().filter(|c| !c.is_control()).collect::<String>();
    Ok(Picture { name, data: Some(PictureData::new(bytes)), ..Picture::default() })
}

/// The picture of a page, if it is in the folder of the page or below, as a draft keeps it.
///
/// # Errors
/// As [`picture()`], and if it is elsewhere.
pub fn picture_of_page(page: &Path, file: &str) -> Result<Picture, ArtworkError> {
    if !is_beside(Some(page), Path::new(file)) {
        return Err(ArtworkError::NotAllowed);
    }
    picture(&page.parent().unwrap_or(Path::new("")).join(file))
}

/// Reads the text of a draft, be it whole or not.
///
/// # Errors
/// If the file cannot be read, is no text, or is larger than any draft.
pub fn text(path: &Path) -> Result<String, StorageError> {
    let text = String::from_utf8(bytes(path)?).map_err(|_| StorageError::NotText { path: path.to_owned() })?;
    // Windows editors put a byte order mark in front, and RON knows none.
    Ok(text.trim_start_matches('\u{FEFF}').to_owned())
}

/// What is in a file that is no larger than any draft.
///
/// # Errors
/// If the file cannot be read, or is larger.
pub fn bytes(path: &Path) -> Result<Vec<u8>, StorageError> {
    regular::read(path, file::MAX_BYTES).map_err(|source| match source.kind() {
        io::ErrorKind::FileTooLarge => StorageError::TooLarge { path: path.to_owned() },
        _ => StorageError::Unreadable { path: path.to_owned(), source },
    })
}

/// Keeps what a damaged draft holds, before another takes its place: beside it, as `NAME.damaged`, or
/// `NAME.2.damaged` if that is there already and holds something else. Says where.
///
/// # Errors
/// If the file cannot be read, or nothing be written beside it.
pub fn keep_damaged(path: &Path) -> Result<PathBuf, StorageError> {
    let held = bytes(path)?;
    for number in 1..=MOST_DAMAGED {
        let mut name = path.as_os_str().to_owned();
        name.push(if number == 1 { ".damaged".to_owned() } else { format!(".{number}.damaged") });
        let beside = PathBuf::from(name);
        match fs::metadata(&beside) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                write(&beside, &held)?;
                return Ok(beside);
            }
            Ok(found) if found.len() == held.len() as u64 && bytes(&beside).is_ok_and(|kept| kept == held) => {
                return Ok(beside);
            }
            _ => {}
        }
    }
    Err(StorageError::Unwritable { path: path.to_owned(), source: io::ErrorKind::AlreadyExists.into() })
}

/// Writes a draft, whole or not at all.
///
/// # Errors
/// If the draft is larger than any that is read, which names what to shorten, or the file cannot be written;
/// what was there is then untouched.
pub fn save(path: &Path, release: &Release) -> Result<(), StorageError> {
    save_on(&SystemDisk, path, release)
}

/// [`save`] on another disk than that of this machine.
///
/// # Errors
/// As there.
pub fn save_on(disk: &dyn Disk, path: &Path, release: &Release) -> Result<(), StorageError> {
    bounded::check(release).map_err(|source| StorageError::Exceeded { path: path.to_owned(), source })?;
    replace(disk, path, file::write(release).as_bytes())
}

/// The picture that a release names; a relative path starts at the folder of its draft.
///
/// # Errors
/// If the picture cannot be used, in a sentence that follows the file's name.
pub fn emblem(release: &Release, draft: Option<&Path>) -> Result<Option<Arc<Artwork>>, ArtworkError> {
    let Some(emblem) = release.letterhead.emblem.as_ref().filter(|emblem| !emblem.file.is_empty()) else {
        return Ok(None);
    };
    let folder = draft.and_then(Path::parent).unwrap_or(Path::new(""));
    artwork::decode(&picture_bytes(&folder.join(&emblem.file))?).map(Some)
}

/// The pictures that may be opened unasked wherever their draft lies.
#[derive(Clone, Debug, Default)]
pub struct AllowedPictures {
    /// Those that the user has allowed.
    pub pictures: Vec<PathBuf>,
    /// Folders of templates, whose pictures belong to them.
    pub folders: Vec<PathBuf>,
}

impl AllowedPictures {
    /// Whether a picture that a draft names may be opened unasked: it is beside the draft, or allowed. Looks at the
    /// names alone.
    pub fn allow(&self, draft: Option<&Path>, picture: &Path) -> bool {
        let whole = draft.and_then(Path::parent).unwrap_or(Path::new("")).join(picture);
        is_beside(draft, picture)
            || self.pictures.contains(&whole)
            || self.folders.iter().any(|folder| is_beside(Some(&folder.join("template")), &whole))
    }

    /// [`emblem`], if it may be opened unasked.
    ///
    /// # Errors
    /// As there, and [`ArtworkError::NotAllowed`].
    pub fn emblem(&self, release: &Release, draft: Option<&Path>) -> Result<Option<Arc<Artwork>>, ArtworkError> {
        match release.letterhead.emblem.as_ref().map(|emblem| Path::new(&emblem.file)) {
            Some(file) if file != Path::new("") && !self.allow(draft, file) => Err(ArtworkError::NotAllowed),
            _ => emblem(release, draft),
        }
    }
}

/// Whether a picture is in the folder of the draft that names it, or below. Another is to be opened only
/// if the user knows of it: a draft that came by mail may name a computer anywhere, which would learn who
/// opens it. Looks at the names alone.
pub fn is_beside(draft: Option<&Path>, picture: &Path) -> bool {
    let goes_down =
        |path: &Path| path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    let Some(folder) = draft.and_then(Path::parent) else { return false };
    goes_down(picture) || picture.strip_prefix(folder).is_ok_and(goes_down)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::bounds;
    use crate::release::{Emblem, Paragraph, RichText};

    #[test]
    fn a_picture_elsewhere_is_opened_only_if_it_is_allowed() {
        let draft = Some(Path::new("/home/me/drafts/a.ron"));
        let allowed =
            AllowedPictures { pictures: vec!["/home/me/emblem.png".into()], folders: vec!["/srv/templates".into()] };
        for file in ["emblem.png", "/home/me/emblem.png", "/srv/templates/house/emblem.png"] {
            assert!(allowed.allow(draft, Path::new(file)), "{file}");
        }
        for file in ["/home/me/other.png", "/srv/emblem.png", "/srv/templates/../emblem.png"] {
            assert!(!allowed.allow(draft, Path::new(file)), "{file}");
        }
        let mut release = Release::default();
        assert!(allowed.emblem(&release, draft).unwrap().is_none());
        let emblem = Emblem { file: "/srv/emblem.png".into(), alternative: String::new(), height: None };
        release.letterhead.emblem = Some(emblem);
        assert!(matches!(allowed.emblem(&release, draft), Err(ArtworkError::NotAllowed)));
    }

    #[test]
    fn a_picture_beside_its_draft_is_told_from_one_elsewhere() {
        let draft = Some(Path::new("/home/me/drafts/a.ron"));
        for beside in ["emblem.png", "./a/emblem.png", "/home/me/drafts/b/emblem.png"] {
            assert!(is_beside(draft, Path::new(beside)), "{beside}");
        }
        for elsewhere in ["../emblem.png", "a/../../x.png", "/home/me/x.png", "/home/me/drafts/../x.png"] {
            assert!(!is_beside(draft, Path::new(elsewhere)), "{elsewhere}");
        }
        assert!(!is_beside(None, Path::new("emblem.png")));
        #[cfg(windows)]
        assert!(!is_beside(Some(Path::new(r"C:\a\a.ron")), Path::new(r"\\host\share\x.png")));
    }

    /// One that is mailed alone has its pictures from the first saving on.
    #[test]
    fn a_draft_takes_in_the_pictures_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let [one, alone] = ["one.ron", "alone/two.ron"].map(|name| folder.path().join(name));
        let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/corpus/emblem.png");
        fs::copy(corpus, folder.path().join("a.png")).unwrap();
        fs::create_dir(folder.path().join("alone")).unwrap();
        let body = "body: [(picture: \"a.png\", alternative: \"x\"), (picture: \"none.png\")]";
        fs::write(&one, format!("(format: 3, language: English, {body})")).unwrap();
        let release = open(&one).unwrap();
        let data = |release: &Release, index: usize| release.body[index].picture.as_ref().unwrap().data.clone();
        assert_eq!(data(&release, 0).unwrap().bytes(), fs::read(corpus).unwrap());
        assert_eq!(data(&release, 1), None);
        save(&alone, &release).unwrap();
        assert_eq!(open(&alone).unwrap(), release);
    }

    #[test]
    fn a_picture_without_room_in_the_draft_is_told_from_one_that_is_nowhere() {
        let folder = tempfile::tempdir().unwrap();
        let draft = folder.path().join("a.ron");
        let comment = "x".repeat(7 << 20);
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0h9v9z'/>";
        fs::write(folder.path().join("large.svg"), format!("{svg}<!--{comment}--></svg>")).unwrap();
        fs::write(folder.path().join("small.svg"), format!("{svg}</svg>")).unwrap();
        fs::File::create(folder.path().join("huge.svg")).unwrap().set_len(1 << 30).unwrap();
        let pictures = ["large.svg", "small.svg", "huge.svg", "none.svg"];
        let body = pictures.map(|name| format!("(picture: \"{name}\")")).join(", ");
        fs::write(&draft, format!("(format: 3, language: English, body: [{body}])")).unwrap();
        let release = open(&draft).unwrap();
        let is_there = release.body.iter().map(|block| block.picture.as_ref().unwrap().data.is_some());
        assert_eq!(is_there.collect::<Vec<_>>(), [false, true, false, false]);
        let why = |name: &str| why_missing(&release, &draft, name);
        assert_eq!(why("large.svg"), Some(ArtworkError::NoRoom));
        assert_eq!(why("huge.svg"), Some(ArtworkError::TooLarge));
        assert_eq!([why("none.svg"), why("../none.svg")], [None, None]);
    }

    #[test]
    fn a_draft_comes_back_as_it_was_saved() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("សេចក្តីប្រកាស.ron");
        let release = Release { headline: "ជប៉ុន \"x\"".into(), ..Release::default() };
        save(&path, &release).unwrap();
        assert_eq!(open(&path).unwrap(), release);
    }

    /// Whoever wrote it, a search finds the words of a draft; the file changes only when it is saved.
    #[test]
    fn a_draft_in_another_order_is_read_in_normal_order() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.ron");
        let written = "(format: 2, language: Khmer, headline: \"ប្រទេសខែ្មរ\", body: [(text: \"**រដ្ឋមន្រ្តី** អាសុី មុ៉ឺន\")], \
            placeholders: [(name: \"ស្រ្តី\", kind: Choice([\"ខែ្មរ\"]))], signature: (place: \"ស្រ្តី\"))";
        fs::write(&path, written).unwrap();
        let (release, reordered) = open_and_say(&path).unwrap();
        assert_eq!(release.headline, "ប្រទេសខ្មែរ");
        assert_eq!(release.body[0].text.as_str(), "រដ្ឋមន្ត្រី អាស៊ី ម៉ឺន");
        assert_eq!(release.signature.place, "ស្ត្រី");
        assert_eq!(release.placeholders[0].name, "ស្ត្រី");
        assert_eq!(reordered.len(), 3);
        assert_eq!(reordered[0].letters, [("ខែ្ម".to_owned(), "ខ្មែ".to_owned())]);
        assert!(fs::read_to_string(&path).unwrap().contains("ខែ្មរ"));
        save(&path, &release).unwrap();
        assert_eq!(open_and_say(&path).unwrap(), (release, Vec::new()));
    }

    #[test]
    fn a_draft_that_could_not_be_opened_again_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.ron");
        let whole = Release { headline: "x".into(), ..Release::default() };
        save(&path, &whole).unwrap();
        let paragraph = |letters| Paragraph::new(RichText::plain("x".repeat(letters)));
        for (body, said) in [
            (vec![paragraph(bounds::CHARACTERS); 90], "is not saved: the draft takes 9 MB"),
            (vec![paragraph(1), paragraph(bounds::CHARACTERS + 1)], "is not saved: paragraph 2: it has 100001"),
            (vec![paragraph(1); bounds::PARAGRAPHS + 1], "is not saved: the text has 20001 paragraphs"),
        ] {
            let error = save(&path, &Release { body, ..whole.clone() }).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
        assert_eq!(open(&path).unwrap(), whole);
    }

    #[test]
    fn what_is_no_draft_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.ron");
        fs::write(&path, [0xFF, 0xFE, 0x00]).unwrap();
        assert!(matches!(open(&path), Err(StorageError::NotText { .. })));
        fs::write(&path, "\u{FEFF}(format: 1, language: English)").unwrap();
        assert!(open(&path).is_ok());
        for (name, text) in
            [("x.ron", "\n<!DOCTYPE html><p>a</p>"), ("x.release", "<HTML lang=en>"), ("x.HTM", "<p>a</p>")]
        {
            let page = folder.path().join(name);
            fs::write(&page, text).unwrap();
            assert!(matches!(open(&page), Err(StorageError::Page { .. })), "{name}");
        }
        fs::write(&path, "<p>").unwrap();
        assert!(matches!(open(&path), Err(StorageError::NotADraft { .. })));
        assert!(matches!(open(&folder.path().join("none.ron")), Err(StorageError::Unreadable { .. })));
    }

    #[test]
    fn a_damaged_draft_is_kept_once_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ក.ron");
        for (held, name) in [("(", "ក.ron.damaged"), ("(", "ក.ron.damaged"), ("((", "ក.ron.2.damaged")] {
            fs::write(&path, held).unwrap();
            assert_eq!(keep_damaged(&path).unwrap(), folder.path().join(name));
            assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), held);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
    }
}

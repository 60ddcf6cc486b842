//! What the program remembers from one day to the next.

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use ron::{Options, extensions::Extensions};
use serde::{Deserialize, Serialize};

use super::{
    AllowedPictures, StorageError,
    disk::{Disk as _, SystemDisk, replace_private},
    keep_damaged,
    names::utf8,
    regular::{self, Links},
};
use crate::release::{Language, file::ParseError};

/// How long the start waits for the settings.
const PATIENCE: Duration = Duration::from_secs(2);
/// How many drafts "Open recent" holds.
const RECENT: usize = 10;
/// How many pictures outside of their drafts' folders are remembered.
const PICTURES: usize = 200;
/// How many shared lists of names are read.
const LISTS: usize = 20;
/// The largest file of settings that is read, in bytes.
const MAX_BYTES: usize = 1 << 20;

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// As the system has it
    #[default]
    System,
    /// Dark on light
    Light,
    /// Light on dark
    Dark,
}

/// The language of the window, which is not that of a release.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum WindowLanguage {
    /// English
    #[default]
    English,
    /// Khmer
    Khmer,
}

impl WindowLanguage {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::English, Self::Khmer];

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Khmer => "km",
        }
    }

    /// The language of releases that goes with the window's: of its dates and digits, and of a new release.
    pub fn of_releases(self) -> Language {
        match self {
            Self::English => Language::English,
            Self::Khmer => Language::Khmer,
        }
    }
}

/// The program's settings. What a file does not say is as it is by default, and what it says
/// beyond that is let pass, so that older and newer programs can share it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The language of the window.
    pub language: WindowLanguage,
    /// Light or dark.
    pub theme: ThemeChoice,
    /// The size of the window in points.
    pub window: (f32, f32),
    /// Whether the window fills the screen.
    pub maximised: bool,
    /// The share of the window's width that the form has.
    pub divider: f32,
    /// The magnification of the preview in per cent; `None` to fit the width.
    pub zoom: Zoom,
    /// The drafts last opened, the newest first.
    pub recent: Vec<PathBuf>,
    /// Whether the space bar types a zero-width space, and Shift and the space bar a space.
    pub space_is_zero_width: bool,
    /// Whether invisible characters are shown in the form.
    pub show_invisible: bool,
    /// Whether straight quotation marks become curly ones as they are typed.
    pub curly_quotes: bool,
    /// Whether the places where lines of Khmer may end are marked in Word files.
    pub mark_breaks: bool,
    /// Whether the form is shown beside the pages.
    pub show_form: bool,
    /// The list of words that no line may divide; `None` for `words.txt` beside the settings.
    pub words: Option<PathBuf>,
    /// Folders of templates besides the user's own, as on a share.
    pub templates: Vec<PathBuf>,
    /// Pictures outside of their drafts' folders that the user has allowed to be opened.
    pub pictures: Vec<PathBuf>,
    /// What comes last in the words of a post, such as "#MFAIC #Cambodia".
    pub hashtags: String,
    /// Lists of names and titles that are used beside the user's own, as from a folder that an office
    /// shares.
    pub names: Vec<PathBuf>,
}

/// How large the preview is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Zoom {
    /// The page as wide as the preview
    #[default]
    FitWidth,
    /// The whole page in view
    FitPage,
    /// Per cent of the paper's size
    Percent(f32),
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: WindowLanguage::English,
            theme: ThemeChoice::System,
            window: (1280.0, 820.0),
            maximised: false,
            divider: 0.46,
            zoom: Zoom::FitWidth,
            recent: Vec::new(),
            space_is_zero_width: false,
            show_invisible: false,
            curly_quotes: true,
            mark_breaks: false,
            show_form: true,
            words: None,
            templates: Vec::new(),
            pictures: Vec::new(),
            hashtags: String::new(),
            names: Vec::new(),
        }
    }
}

impl Settings {
    /// Where the platform puts the program's settings, if it has such a place.
    pub fn path() -> Option<PathBuf> {
        let folders = directories::ProjectDirs::from("", "", "release-composer")?;
        Some(folders.config_dir().join("settings.ron"))
    }

    /// Where the user's word list is, for settings kept at `path`. A relative path in them starts at
    /// their folder.
    pub fn words_path(&self, path: &Path) -> PathBuf {
        path.with_file_name(self.words.as_deref().unwrap_or(Path::new("words.txt")))
    }

    /// The folders of templates, for settings kept at `path`: the user's own, `templates` beside
    /// them, and then the others. A relative path in them starts at their folder.
    pub fn template_folders(&self, path: &Path) -> Vec<PathBuf> {
        let own = Path::new("templates");
        let folders = std::iter::once(own).chain(self.templates.iter().map(PathBuf::as_path));
        folders.map(|folder| path.with_file_name(folder)).collect()
    }

    /// Where the user's own list of names is, for settings kept at `path`; it need not be there.
    pub fn own_names_path(path: &Path) -> PathBuf {
        path.with_file_name("names.ron")
    }

    /// Where the lists of names are that the settings name. Relative paths start at their folder.
    pub fn shared_names_paths(&self, path: &Path) -> impl Iterator<Item = PathBuf> {
        self.names.iter().take(LISTS).map(|list| path.with_file_name(list))
    }

    /// Reads the settings. A file that is missing or damaged gives the defaults: losing the size
    /// of a window must keep nobody from working. What is wrong with one that is there is said.
    pub fn load(path: &Path) -> (Self, Option<StorageError>) {
        match Self::read(path) {
            Ok(settings) => (settings.map(Self::sane).unwrap_or_default(), None),
            Err(error) => (Self::default(), Some(error)),
        }
    }

    /// [`load`](Self::load), but waits no longer than two seconds: the folder of the settings may be on a
    /// share that hangs, and then the window opens with the defaults.
    pub fn load_at_start(path: &Path) -> (Self, Option<StorageError>) {
        let (send, loaded) = std::sync::mpsc::channel();
        let file = path.to_owned();
        let load = move || _ = send.send(Self::load(&file));
        let started = std::thread::Builder::new().name("settings".into()).spawn(load);
        let late = |_| io::Error::new(io::ErrorKind::TimedOut, "it does not answer");
        match started.and_then(|_| loaded.recv_timeout(PATIENCE).map_err(late)) {
            Ok(loaded) => loaded,
            Err(source) => (Self::default(), Some(StorageError::Unreadable { path: path.to_owned(), source })),
        }
    }

    /// The settings as a file has them; `None` if there is no file.
    fn read(path: &Path) -> Result<Option<Self>, StorageError> {
        let bytes = match regular::read_start(path, MAX_BYTES + 1, Links::Followed) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(StorageError::Unreadable { path: path.to_owned(), source }),
        };
        parse(&bytes).map(Some).map_err(|source| StorageError::NotSettings { path: path.to_owned(), source })
    }

    /// Writes the settings. Which lists and folders they name stays as the file has it now, for an
    /// administrator may have changed that since it was read; a damaged file is first kept beside itself.
    ///
    /// # Errors
    /// If the folder cannot be made, or the file neither be read, nor kept, nor written.
    pub fn save(&self, path: &Path) -> Result<(), StorageError> {
        self.write(None, path)
    }

    fn write(&self, before: Option<&Self>, path: &Path) -> Result<(), StorageError> {
        if let Some(folder) = path.parent() {
            SystemDisk
                .create_folder(folder)
                .map_err(|source| StorageError::Unwritable { path: folder.to_owned(), source })?;
        }
        let mut settings = self.clone();
        match Self::read(path) {
            Ok(Some(file)) => {
                let Self { words, templates, names, .. } = file.clone();
                if let Some(before) = before {
                    settings = self.over(before, file.sane());
                }
                (settings.words, settings.templates, settings.names) = (words, templates, names);
            }
            Ok(None) => {}
            Err(StorageError::NotSettings { .. }) => _ = keep_damaged(path)?,
            Err(error) => return Err(error),
        }
        let pretty = ron::ser::PrettyConfig::new().escape_strings(false);
        let text = ron::ser::to_string_pretty(&settings, pretty).unwrap_or_default();
        replace_private(&SystemDisk, path, text.as_bytes())
    }

    /// Writes what was changed since these settings were `before` over what the file has now: another window may have
    /// written it meanwhile. Drafts and pictures of both stay.
    ///
    /// # Errors
    /// As for [`save`](Self::save).
    pub fn save_over(&self, before: &Self, path: &Path) -> Result<(), StorageError> {
        self.write(Some(before), path)
    }

    /// These settings where they were changed, and otherwise those of a file.
    fn over(&self, before: &Self, file: Self) -> Self {
        let ours = self.clone();
        macro_rules! newest {
            ($($field:ident),*) => {
                Self {
                    $($field: if ours.$field == before.$field { file.$field } else { ours.$field },)*
                    recent: both(&ours.recent, &before.recent, file.recent, RECENT),
                    pictures: both(&ours.pictures, &before.pictures, file.pictures, PICTURES),
                }
            };
        }
        newest!(
            language,
            theme,
            window,
            maximised,
            divider,
            zoom,
            space_is_zero_width,
            show_invisible,
            curly_quotes,
            mark_breaks,
            show_form,
            words,
            templates,
            hashtags,
            names
        )
    }

    /// Notes that a draft was opened.
    pub fn remember(&mut self, draft: &Path) {
        let draft = std::path::absolute(draft).unwrap_or_else(|_| draft.to_owned());
        self.recent.retain(|path| *path != draft);
        self.recent.insert(0, draft);
        self.recent.truncate(RECENT);
    }

    /// Notes that a picture outside of its draft's folder may be opened.
    pub fn allow(&mut self, picture: &Path) {
        self.pictures.retain(|path| path != picture);
        self.pictures.insert(0, picture.to_owned());
        self.pictures.truncate(PICTURES);
    }

    /// The pictures that may be opened unasked, for settings kept at `path`.
    pub fn allowed_pictures(&self, path: Option<&Path>) -> AllowedPictures {
        let folders = path.map(|path| self.template_folders(path)).unwrap_or_default();
        AllowedPictures { pictures: self.pictures.clone(), folders }
    }

    /// Brings values that no window can have into range.
    fn sane(mut self) -> Self {
        let fallback = Self::default();
        let (width, height) = self.window;
        if !(300.0..=16_000.0).contains(&width) || !(200.0..=16_000.0).contains(&height) {
            self.window = fallback.window;
        }
        if !(0.1..=0.9).contains(&self.divider) {
            self.divider = fallback.divider;
        }
        if let Zoom::Percent(percent) = self.zoom
            && !(50.0..=400.0).contains(&percent)
        {
            self.zoom = Zoom::FitWidth;
        }
        self.recent.truncate(RECENT);
        self
    }
}

/// What two lists hold, ours first if it was changed, at most so much.
fn both(ours: &[PathBuf], before: &[PathBuf], file: Vec<PathBuf>, most: usize) -> Vec<PathBuf> {
    if ours == before {
        return file;
    }
    let others = file.into_iter().filter(|path| !ours.contains(path) && !before.contains(path));
    ours.iter().cloned().chain(others).take(most).collect()
}

fn parse(bytes: &[u8]) -> Result<Settings, ParseError> {
    if bytes.len() > MAX_BYTES {
        return Err(ParseError::at(1, 1, format!("settings have at most {} MB", MAX_BYTES >> 20)));
    }
    // A path without `Some` around it is what anybody writes at first.
    let options = Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    options.from_str(utf8(bytes)?).map_err(|error| {
        let start = error.span.start;
        ParseError::at(start.line, start.col, error.code.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_an_administrator_writes_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.ron");
        for text in ["\u{FEFF}(words: \"/office/words.txt\")", "(words: Some(\"/office/words.txt\"))"] {
            std::fs::write(&path, text).unwrap();
            let (settings, error) = Settings::load(&path);
            assert!(error.is_none(), "{error:?}");
            assert_eq!(settings.words.as_deref(), Some(Path::new("/office/words.txt")));
        }
    }

    #[test]
    fn what_another_window_has_changed_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.ron");
        let mut before = Settings::default();
        before.remember(Path::new("/old.ron"));
        before.save_over(&Settings::default(), &path).unwrap();
        let (mut first, mut second) = (before.clone(), before.clone());
        (first.theme, first.hashtags) = (ThemeChoice::Dark, "#one".into());
        first.remember(Path::new("/one.ron"));
        first.save_over(&before, &path).unwrap();
        (second.zoom, second.hashtags) = (Zoom::FitPage, "#two".into());
        second.remember(Path::new("/two.ron"));
        second.save_over(&before, &path).unwrap();
        let (both, _) = Settings::load(&path);
        assert_eq!((both.theme, both.zoom, both.hashtags.as_str()), (ThemeChoice::Dark, Zoom::FitPage, "#two"));
        assert_eq!(both.recent, ["/two.ron", "/old.ron", "/one.ron"].map(|path| std::path::absolute(path).unwrap()));
        // A window that has changed nothing takes nothing back.
        before.save_over(&before, &path).unwrap();
        assert_eq!(Settings::load(&path).0, both);
    }

    #[test]
    fn damaged_settings_are_named_and_kept_before_others_take_their_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.ron");
        let damages: [(&[u8], &str, &str); 3] = [
            (b"(\n  names: [\"office.ron\"]\n  zoom: FitPage)", "line 3", "settings.ron.damaged"),
            (b"(names: [\"\xFF\"])", "column 11", "settings.ron.2.damaged"),
            (&[b' '; MAX_BYTES + 1], "at most 1 MB", "settings.ron.3.damaged"),
        ];
        for (damage, place, kept) in damages {
            std::fs::write(&path, damage).unwrap();
            let (settings, error) = Settings::load(&path);
            assert_eq!(settings, Settings::default());
            let said = error.unwrap().to_string();
            assert!(said.contains("settings.ron") && said.contains(place), "{said}");
            settings.save(&path).unwrap();
            assert_eq!(std::fs::read(folder.path().join(kept)).unwrap(), damage);
            assert!(Settings::load(&path).1.is_none());
        }
        let (settings, error) = Settings::load(folder.path());
        assert!(error.is_some() && settings.save(folder.path()).is_err(), "a folder is no file of settings");
        assert!(Settings::load(&folder.path().join("none.ron")).1.is_none());
    }

    #[test]
    fn what_an_administrator_changes_meanwhile_is_not_saved_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.ron");
        let settings = Settings { divider: 0.3, names: vec!["old.ron".into()], ..Settings::default() };
        settings.save(&path).unwrap();
        std::fs::write(&path, "(names: [\"new.ron\"], templates: [\"t\"], words: \"w.txt\")").unwrap();
        settings.save(&path).unwrap();
        let expected = Settings {
            names: vec!["new.ron".into()],
            templates: vec!["t".into()],
            words: Some("w.txt".into()),
            ..settings
        };
        assert_eq!(Settings::load(&path).0, expected);
    }

    #[test]
    fn settings_come_back_and_damage_gives_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/settings.ron");
        let mut settings = Settings { divider: 0.3, zoom: Zoom::Percent(150.0), ..Settings::default() };
        settings.remember(Path::new("/x/y.ron"));
        settings.save(&path).unwrap();
        assert_eq!(Settings::load(&path).0, settings);
        std::fs::write(&path, "(divider: NaN, window: (1e30, -4), zoom: Percent(1e9), new_thing: 3)").unwrap();
        assert_eq!(Settings::load(&path).0, Settings::default());
        let older = Settings::load(&path).0;
        assert_eq!(older.words_path(&path), folder.path().join("a/words.txt"));
        let office = |name: &str| folder.path().join("office").join(name);
        let shared = Settings { words: Some(office("names.txt")), ..older };
        assert_eq!(shared.words_path(&path), office("names.txt"));
        let shared = Settings { templates: vec![office("templates")], ..Settings::default() };
        assert_eq!(shared.template_folders(&path), [folder.path().join("a/templates"), office("templates")]);
        let lists = Settings { names: vec!["a.ron".into(), office("b.ron")], ..Settings::default() };
        let paths: Vec<_> = lists.shared_names_paths(&path).collect();
        assert_eq!(paths, [folder.path().join("a/a.ron"), office("b.ron")]);
        std::fs::write(&path, "(((((").unwrap();
        assert_eq!(Settings::load(&path).0, Settings::default());
    }
}

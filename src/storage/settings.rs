//! What the program remembers from one day to the next.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::release::Language;

/// How many drafts "Open recent" holds.
const RECENT: usize = 10;
/// How many shared lists of names are read.
const LISTS: usize = 20;

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

/// The program's settings. What a file does not say is as it is by default, and what it says
/// beyond that is let pass, so that older and newer programs can share it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The language of the window.
    pub language: Language,
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
    /// The list of words that no line may divide; `None` for `words.txt` beside the settings.
    pub words: Option<PathBuf>,
    /// Folders of templates besides the user's own, as on a share.
    pub templates: Vec<PathBuf>,
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
            language: Language::English,
            theme: ThemeChoice::System,
            window: (1280.0, 820.0),
            maximised: false,
            divider: 0.46,
            zoom: Zoom::FitWidth,
            recent: Vec::new(),
            space_is_zero_width: false,
            show_invisible: false,
            words: None,
            templates: Vec::new(),
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
    /// of a window must keep nobody from working.
    pub fn load(path: &Path) -> Self {
        const MAX_BYTES: u64 = 1 << 20;
        let text = File::open(path).and_then(|file| std::io::read_to_string(file.take(MAX_BYTES)));
        text.ok().and_then(|text| ron::from_str::<Self>(&text).ok()).map(Self::sane).unwrap_or_default()
    }

    /// Writes the settings.
    ///
    /// # Errors
    /// If the folder cannot be made or the file not be written.
    pub fn save(&self, path: &Path) -> Result<(), super::StorageError> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .map_err(|source| super::StorageError::Unwritable { path: folder.to_owned(), source })?;
        }
        let text =
            ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::new().escape_strings(false)).unwrap_or_default();
        super::write(path, text.as_bytes())
    }

    /// Notes that a draft was opened.
    pub fn remember(&mut self, draft: &Path) {
        let draft = std::path::absolute(draft).unwrap_or_else(|_| draft.to_owned());
        self.recent.retain(|path| *path != draft);
        self.recent.insert(0, draft);
        self.recent.truncate(RECENT);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back_and_damage_gives_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/settings.ron");
        let mut settings = Settings { divider: 0.3, zoom: Zoom::Percent(150.0), ..Settings::default() };
        settings.remember(Path::new("/x/y.ron"));
        settings.save(&path).unwrap();
        assert_eq!(Settings::load(&path), settings);
        std::fs::write(&path, "(divider: NaN, window: (1e30, -4), zoom: Percent(1e9), new_thing: 3)").unwrap();
        assert_eq!(Settings::load(&path), Settings::default());
        let older = Settings::load(&path);
        assert_eq!(older.words_path(&path), folder.path().join("a/words.txt"));
        let shared = Settings { words: Some("/office/names.txt".into()), ..older };
        assert_eq!(shared.words_path(&path), Path::new("/office/names.txt"));
        let shared = Settings { templates: vec!["/office/templates".into()], ..Settings::default() };
        let folders = [folder.path().join("a/templates"), PathBuf::from("/office/templates")];
        assert_eq!(shared.template_folders(&path), folders);
        let lists = Settings { names: vec!["a.ron".into(), "/office/b.ron".into()], ..Settings::default() };
        let paths: Vec<_> = lists.shared_names_paths(&path).collect();
        assert_eq!(paths, [folder.path().join("a/a.ron"), "/office/b.ron".into()]);
        std::fs::write(&path, "(((((").unwrap();
        assert_eq!(Settings::load(&path), Settings::default());
    }
}

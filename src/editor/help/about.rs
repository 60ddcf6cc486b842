//! About the program: version, licences, and where things are kept.
//!
//! What is copied for a report names the system and the folders, with the user's own folder written as `~`,
//! and nothing of the draft.

use std::path::{Path, PathBuf};

use egui::{CollapsingHeader, RichText as Label, ScrollArea};

use super::{
    super::{
        Editor, Settings, disk,
        jobs::{Answer, Task},
        platform, theme,
    },
    handbook::VERSION,
};
use crate::{editor::words::Words, storage::WindowLanguage};

/// The window about the program.
#[derive(Default)]
pub struct About {
    /// What is kept where, by the names of `assets/i18n`.
    places: Vec<(&'static str, Option<PathBuf>)>,
    /// Whether the details are on the clipboard.
    copied: bool,
}

/// What is bundled, and under which licence.
const BUNDLED: [(&str, &str); 14] = [
    ("Release Composer: MIT", include_str!("../../../LICENSE-MIT")),
    ("Release Composer: Apache License 2.0", include_str!("../../../LICENSE-APACHE")),
    ("Tinos: SIL Open Font License 1.1", include_str!("../../../fonts/tinos/OFL.txt")),
    ("Battambang: SIL Open Font License 1.1", include_str!("../../../fonts/battambang/OFL.txt")),
    ("Siemreap: SIL Open Font License 1.1", include_str!("../../../fonts/siemreap/OFL.txt")),
    ("Khmer OS Content: GNU LGPL 2.1 or later", include_str!("../../../fonts/khmer-os-content/LICENSE")),
    ("Moul: SIL Open Font License 1.1", include_str!("../../../fonts/moul/OFL.txt")),
    ("Signs (DejaVu Sans): Bitstream Vera", include_str!("../../../fonts/symbols/LICENSE")),
    ("Kantumruy Pro: SIL Open Font License 1.1", include_str!("../../../fonts/kantumruy-pro/OFL.txt")),
    ("Phosphor icons: MIT", include_str!("../../../fonts/phosphor/LICENSE")),
    ("English dictionary (SCOWL, Hunspell)", include_str!("../../../assets/english.LICENSE")),
    ("Khmer word model: Apache License 2.0", include_str!("../../../assets/khmer-words.LICENSE")),
    ("Khmer words (ICU, SIL): Unicode License 3, MIT", include_str!("../../../assets/khmer-lexicon.LICENSE")),
    ("Names of countries and places (CLDR): Unicode License 3", include_str!("../../../assets/khmer-names.LICENSE")),
];

/// The height of the list of licences, in points.
const LICENCES: f32 = 150.0;

impl Editor {
    pub(in super::super) fn open_about(&mut self) {
        let settings = self.settings_file.path.as_deref();
        let beside = |of: fn(&Settings, &Path) -> PathBuf| settings.map(|path| of(&self.settings, path));
        let places = vec![
            ("about-draft", self.desk.document.path().and_then(Path::parent).map(Path::to_owned)),
            ("about-settings", settings.map(Path::to_owned)),
            ("about-recovery", self.safety.folder().map(Path::to_owned)),
            ("about-versions", self.saving.versions.clone()),
            ("about-templates", self.templates.own_folder().cloned()),
            ("about-words", beside(|settings, path| settings.words_path(path))),
            ("about-names", beside(|_, path| Settings::own_names_path(path))),
        ];
        self.help.about = Some(About { places, copied: false });
        let task = Task::on("doing-open", Path::new("/etc/os-release")).in_background();
        self.jobs.start(task, disk::output::os_release, |editor: &mut Self, answer| {
            if let Answer::Done(release) = answer {
                editor.help.os_release = release;
            }
        });
    }

    /// Shows version, licences and folders until they are closed.
    pub(in super::super) fn ask_about(&mut self, ctx: &egui::Context) {
        let Some(mut about) = self.help.about.take() else { return };
        let words = &self.words;
        let system = platform::system(&self.help.os_release);
        let details = details(&about.places, &system, &self.help.renderer, words.language, ctx);
        let (mut close, mut open) = (false, None);
        let modal = theme::question(ctx, "about").show(ctx, |ui| {
            ui.set_width(560.0);
            let room = ui.ctx().content_rect().height() - 60.0;
            ui.label(Label::new(words.get("app-name")).font(theme::strong(20.0)));
            ui.label(words.with("about-version", &[("version", &words.digits(VERSION))]));
            ui.add(egui::Label::new(words.get("about-licence")).wrap());
            ui.add_space(6.0);
            theme::list((room - 150.0).max(120.0)).show(ui, |ui| {
                ui.label(Label::new(words.get("about-folders")).font(theme::strong(15.0)));
                open = places(ui, words, &about.places);
                ui.add_space(8.0);
                licences(ui, words);
            });
            ui.add_space(10.0);
            ui.horizontal(|ui| {
                if ui.button(words.get("about-copy")).clicked() {
                    ctx.copy_text(details);
                    about.copied = true;
                }
                if about.copied {
                    ui.label(words.get("about-copied"));
                }
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    close = theme::default_button(ui, words.get("close")).clicked();
                });
            });
        });
        if let Some(folder) = open {
            self.open_folder(folder);
        }
        if !close && !modal.should_close() {
            self.help.about = Some(about);
        }
    }
}

/// Where things are kept; a folder that is to be opened.
fn places(ui: &mut egui::Ui, words: &Words, places: &[(&'static str, Option<PathBuf>)]) -> Option<PathBuf> {
    let mut open = None;
    for (name, place) in places {
        ui.label(Label::new(words.get(name)).weak());
        ui.horizontal_wrapped(|ui| {
            let shown =
                place.as_ref().map_or(words.get("about-nowhere").to_owned(), |place| place.display().to_string());
            ui.add(egui::Label::new(shown).wrap().selectable(true));
            if let Some(place) = place
                && ui.small_button(words.get("about-open")).clicked()
            {
                open = Some(place.clone());
            }
        });
    }
    open
}

/// The texts of the licences, each behind its name.
fn licences(ui: &mut egui::Ui, words: &Words) {
    ui.label(Label::new(words.get("about-licences")).font(theme::strong(15.0)));
    for (name, text) in BUNDLED {
        CollapsingHeader::new(name).id_salt(name).show(ui, |ui| {
            ScrollArea::vertical().id_salt(name).max_height(LICENCES).show(ui, |ui| {
                ui.add(egui::Label::new(Label::new(text).small()).wrap().selectable(true));
            });
        });
    }
}

/// The details for a report, always in English, for the maintainers.
fn details(
    places: &[(&'static str, Option<PathBuf>)],
    system: &str,
    renderer: &str,
    language: WindowLanguage,
    ctx: &egui::Context,
) -> String {
    let english = Words::new(WindowLanguage::English);
    let home = directories::BaseDirs::new().map(|folders| folders.home_dir().to_owned());
    let size = ctx.content_rect().size();
    let mut text = format!(
        "Release Composer {VERSION}\nSystem: {system}\nGraphics: {}\nWindow: {:.0} × {:.0} points at {:.2} pixels, {language:?}\n",
        if renderer.is_empty() { "unknown" } else { renderer },
        size.x,
        size.y,
        ctx.pixels_per_point(),
    );
    // Where the draft is may say what it is about.
    for (name, place) in places.iter().filter(|(name, _)| *name != "about-draft") {
        let place = place.as_deref().map_or_else(|| "none".to_owned(), |place| without_home(place, home.as_deref()));
        text.push_str(&format!("{}: {place}\n", english.get(name)));
    }
    text
}

/// A path with the user's own folder, which has a name in it, written as `~`.
fn without_home(path: &Path, home: Option<&Path>) -> String {
    match home.and_then(|home| path.strip_prefix(home).ok()) {
        Some(rest) => Path::new("~").join(rest).display().to_string(),
        None => path.display().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_names_system_and_folders_and_neither_user_nor_draft() {
        let home = directories::BaseDirs::new().map(|folders| folders.home_dir().to_owned()).unwrap();
        let places = [
            ("about-draft", Some(PathBuf::from("/secret/visit of the president"))),
            ("about-settings", Some(home.join("x").join("settings.ron"))),
            ("about-versions", None),
        ];
        let text =
            details(&places, &platform::system(""), "llvmpipe", WindowLanguage::Khmer, &egui::Context::default());
        assert!(text.contains(VERSION) && text.contains("llvmpipe") && text.contains(std::env::consts::OS), "{text}");
        assert!(!text.contains("secret") && !text.contains(&*home.to_string_lossy()), "{text}");
        assert!(text.contains("Settings: ~") && text.contains("Earlier versions: none"), "{text}");
    }
}

//! Starts the window.
//!
//! It hands the [`Editor`] to the runner that shows it; the editor does not know which one.

use std::path::PathBuf;

use super::{Editor, Places, platform, words::Words};
use crate::storage::{self, Settings};

/// Opens the window on a draft, or on a new release.
///
/// # Errors
/// If there is no display, or the system gives no window.
pub fn run(draft: Option<PathBuf>) -> anyhow::Result<()> {
    if !platform::has_display() {
        anyhow::bail!(
            "there is no display to open a window on. To work without one, use for example\n    \
             release-composer export DRAFT.release -o RELEASE.pdf"
        );
    }
    let path = Settings::path();
    let (settings, damaged) = path.as_deref().map(Settings::load).unwrap_or_default();
    let viewport = egui::ViewportBuilder::default()
        .with_app_id("release-composer")
        .with_title(Words::new(settings.language).get("app-name"))
        .with_inner_size([settings.window.0, settings.window.1])
        .with_min_inner_size([720.0, 420.0])
        .with_maximized(settings.maximised)
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions { viewport, renderer: eframe::Renderer::Glow, ..Default::default() };
    eframe::run_native(
        "Release Composer",
        options,
        Box::new(move |context| {
            let (recovery, versions) = (storage::journal::folder(), storage::versions::folder());
            let places = Places { settings: path, recovery, versions, locks: true, disk: None };
            let mut editor = Editor::new(&context.egui_ctx, settings, places);
            if let Some(error) = damaged {
                editor.failed_by(&error);
            }
            editor.tidy_printing();
            if let Some(draft) = draft {
                editor.open_file(&draft);
            }
            Ok(Box::new(Window(editor)))
        }),
    )
    .map_err(|error| {
        anyhow::anyhow!("the window could not be opened: {error}. To work without one, use release-composer export")
    })
}

struct Window(Editor);

impl eframe::App for Window {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.0.show(ui);
    }
}

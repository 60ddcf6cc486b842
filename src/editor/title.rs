//! What the draft is called: in the title of the window and in questions.

use std::path::Path;

use super::Editor;

impl Editor {
    /// The name of the draft, for title and questions.
    pub(super) fn name(&self) -> String {
        let name = self.desk.document.path().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        name.unwrap_or_else(|| self.words.get("untitled").to_owned())
    }

    /// Sets the title of the window, with a star while something is unsaved.
    pub(super) fn title(&mut self, ctx: &egui::Context) {
        let (star, name) = match &self.repair {
            Some(repair) => ("", repair.file_name()),
            None => (if self.desk.document.is_unsaved() { "*" } else { "" }, self.name()),
        };
        let title = format!("{star}{name} – {}", self.words.get("app-name"));
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}

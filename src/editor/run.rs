//! Starts the window, and shows it by OpenGL or by the processor.
//!
//! It hands the [`Editor`] to the runner that shows it; the editor does not know which one. The
//! invariant: where one of the two fails, the other goes on with the same draft.

use std::{
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::PathBuf,
    rc::Rc,
    sync::Arc,
};

use eframe::UserEvent;
use winit::{event_loop::EventLoop, platform::run_on_demand::EventLoopExtRunOnDemand as _, window::Window};

use super::{
    Editor, Places, crash,
    messages::{About, Message, Tone},
    platform,
    platform::FileDialogs,
    software,
    words::Words,
};
use crate::storage::{self, Settings, StorageError, graphics};

/// The name of the program where there are no words yet.
const NAME: &str = "Release Composer";
/// What a report calls the window that is drawn without OpenGL.
const PROCESSOR: &str = "processor";
/// The icon of the window.
const ICON: &[u8] = include_bytes!("../../assets/icon/program-256.png");
/// The name of the environment's variable that says what the window is shown by.
const RENDERER: &str = "RELEASE_COMPOSER_RENDERER";

/// What the window is shown by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Renderer {
    /// OpenGL, and the processor where that fails or there is no graphics card.
    #[default]
    Automatic,
    /// OpenGL, even if its driver ended the program the last time.
    OpenGl,
    /// The processor alone.
    Software,
}

impl Renderer {
    /// What the environment asks for: `RELEASE_COMPOSER_RENDERER` is `software` or `opengl`.
    fn from_environment() -> Self {
        match std::env::var(RENDERER) {
            Ok(name) if name.eq_ignore_ascii_case("software") => Self::Software,
            Ok(name) if name.eq_ignore_ascii_case("opengl") => Self::OpenGl,
            _ => Self::Automatic,
        }
    }
}

/// Opens the window on a draft, or on a new release, and returns when it is closed.
///
/// # Errors
/// If there is no display, or the system gives no window; and if the program had to end because of a
/// fault in it. Where there is a display, a message box has said so.
pub fn run(draft: Option<PathBuf>, renderer: Renderer) -> anyhow::Result<()> {
    if !platform::has_display() {
        anyhow::bail!(
            "there is no display to open a window on. To work without one, use for example\n    \
             release-composer export DRAFT.release -o RELEASE.pdf"
        );
    }
    let path = Settings::path();
    let (settings, damaged) = path.as_deref().map(Settings::load_at_start).unwrap_or_default();
    #[cfg(not(any(windows, target_os = "macos")))]
    if let Some(message) = super::notice::asked() {
        return super::notice::open(message, viewport(&settings), Words::new(settings.language));
    }
    crash::watch(settings.language);
    let viewport = viewport(&settings);
    let renderer = if renderer == Renderer::Automatic { Renderer::from_environment() } else { renderer };
    let start = Start { settings, path, damaged, draft };
    let ended = catch_unwind(AssertUnwindSafe(move || {
        let session = Rc::new(Session { start: RefCell::new(Some(start)), ..Session::default() });
        session.show(viewport, renderer)
    }));
    match ended {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => {
            let error = anyhow::anyhow!(
                "the window could not be opened: {error:#}. To work without one, use release-composer export"
            );
            crash::say(&error.to_string());
            Err(error)
        }
        // The editor is gone by now, and its journal with all that was recorded is on the disk.
        Err(_) => {
            let said = crash::message();
            crash::say(&said);
            Err(anyhow::anyhow!(said))
        }
    }
}

/// Starts the program again, drawn by the processor, and waits until it ends.
///
/// On Windows winit shows no second window by an event loop in which the first could not be made.
fn start_again() -> anyhow::Result<()> {
    let own = std::env::current_exe()?;
    // If it fails it says so itself.
    _ = std::process::Command::new(own).args(std::env::args_os().skip(1)).env(RENDERER, "software").status()?;
    Ok(())
}

/// The window as the settings have it.
fn viewport(settings: &Settings) -> egui::ViewportBuilder {
    let viewport = egui::ViewportBuilder::default()
        .with_app_id("release-composer")
        .with_title(Words::new(settings.language).get("app-name"))
        .with_inner_size([settings.window.0, settings.window.1])
        .with_min_inner_size([720.0, 420.0])
        .with_maximized(settings.maximised)
        .with_drag_and_drop(true);
    match eframe::icon_data::from_png_bytes(ICON) {
        Ok(icon) => viewport.with_icon(icon),
        // The tests read it, so this does not happen.
        Err(_) => viewport,
    }
}

/// What the editor begins with.
struct Start {
    settings: Settings,
    path: Option<PathBuf>,
    damaged: Option<StorageError>,
    draft: Option<PathBuf>,
}

/// The program, whatever shows it.
#[derive(Default)]
struct Session {
    /// Until there is a window.
    start: RefCell<Option<Start>>,
    shown: RefCell<Option<OpenWindow>>,
    /// Until OpenGL has put a picture into the window.
    tried: RefCell<Option<graphics::Note>>,
}

/// What is shown, and what is needed to go on with it in another window.
struct OpenWindow {
    editor: Editor,
    ctx: egui::Context,
    /// The textures, as long as OpenGL has them.
    mirror: Option<software::Mirror>,
    /// Whether the last frame agreed to be the last.
    is_closing: bool,
}

impl Session {
    /// Shows the window until it is closed.
    fn show(self: Rc<Self>, viewport: egui::ViewportBuilder, renderer: Renderer) -> anyhow::Result<()> {
        let mut event_loop = EventLoop::<UserEvent>::with_user_event().build()?;
        if self.may_use_opengl(renderer) {
            let tried = catch_unwind(AssertUnwindSafe(|| self.by_opengl(&mut event_loop, viewport.clone())));
            let is_begun = self.shown.borrow().is_some();
            match tried {
                // A driver that fails before there is a window is as good as none.
                Err(fault) if is_begun => resume_unwind(fault),
                Ok(Err(error)) if is_begun => return Err(error),
                _ => {}
            }
            crash::expect_faults(false);
            self.forget_try();
            if cfg!(windows) && !is_begun {
                return start_again();
            }
            let shown = self.shown.try_borrow_mut();
            if let Ok(mut shown) = shown
                && let Some(shown) = &mut *shown
            {
                if shown.is_closing {
                    return Ok(());
                }
                shown.editor.lost_graphics();
            }
        }
        self.by_processor(&mut event_loop, viewport)
    }

    fn may_use_opengl(&self, renderer: Renderer) -> bool {
        if renderer == Renderer::Software || renderer == Renderer::Automatic && !graphics::may_have_card() {
            return false;
        }
        match graphics::try_driver() {
            graphics::Driver::Usable(note) => *self.tried.borrow_mut() = note,
            graphics::Driver::AtFault => return renderer == Renderer::OpenGl,
        }
        true
    }

    /// The graphics driver did not end the program.
    fn forget_try(&self) {
        if let Some(note) = self.tried.borrow_mut().take() {
            note.remove();
        }
    }

    fn by_opengl(
        self: &Rc<Self>,
        event_loop: &mut EventLoop<UserEvent>,
        viewport: egui::ViewportBuilder,
    ) -> anyhow::Result<()> {
        crash::expect_faults(true);
        let options = eframe::NativeOptions { viewport, renderer: eframe::Renderer::Glow, ..Default::default() };
        let session = Rc::clone(self);
        let create: eframe::AppCreator<'_> = Box::new(move |context| {
            crash::expect_faults(false);
            let mirror = software::Mirror::default();
            context.egui_ctx.add_plugin(mirror.clone());
            session.begin(&context.egui_ctx, context.winit_window(), Some(mirror));
            Ok(Box::new(InOpenGl { session, asks_again: false }))
        });
        let mut program = eframe::create_native(NAME, options, create, event_loop);
        Ok(event_loop.run_app_on_demand(&mut program)?)
    }

    fn by_processor(
        self: &Rc<Self>,
        event_loop: &mut EventLoop<UserEvent>,
        viewport: egui::ViewportBuilder,
    ) -> anyhow::Result<()> {
        let session = Rc::clone(self);
        let begun = self.shown.borrow().as_ref().and_then(|shown| Some((shown.ctx.clone(), shown.mirror.clone()?)));
        let create = move |ctx: &egui::Context, window: &Arc<Window>| -> software::Show {
            session.begin(ctx, Some(window), None);
            Box::new(move |ui| session.frame(ui))
        };
        let mut program = software::Program::new(event_loop.create_proxy(), viewport, begun, create);
        event_loop.run_app_on_demand(&mut program)?;
        program.outcome()
    }

    /// Puts the editor into a window: a new one, or the one that was in another window before.
    fn begin(&self, ctx: &egui::Context, window: Option<&Arc<Window>>, mirror: Option<software::Mirror>) {
        let dialogs = FileDialogs::System(window.map(Arc::downgrade).unwrap_or_default());
        if let Some(shown) = &mut *self.shown.borrow_mut() {
            shown.editor.use_dialogs(dialogs);
            shown.editor.note_renderer(PROCESSOR.to_owned());
            return;
        }
        let Some(Start { settings, path, damaged, draft }) = self.start.borrow_mut().take() else { return };
        let (recovery, versions) = (storage::journal::folder(), storage::versions::folder());
        let places = Places { settings: path, recovery, versions, locks: true, disk: None, dialogs };
        let mut editor = Editor::new(ctx, settings, places);
        let renderer = if mirror.is_some() { "OpenGL" } else { PROCESSOR };
        editor.note_renderer(renderer.to_owned());
        if let Some(error) = damaged {
            editor.program_failed_by(&error);
        }
        editor.tidy_printing();
        if let Some(draft) = draft {
            editor.open_file(&draft);
        }
        *self.shown.borrow_mut() = Some(OpenWindow { editor, ctx: ctx.clone(), mirror, is_closing: false });
    }

    fn frame(&self, ui: &mut egui::Ui) {
        if let Some(shown) = &mut *self.shown.borrow_mut() {
            shown.editor.show(ui);
            shown.is_closing = ui.ctx().input(|input| input.viewport().close_requested());
        }
    }
}

impl Editor {
    /// Asks for files in another window from now on.
    fn use_dialogs(&mut self, dialogs: FileDialogs) {
        self.dialogs = dialogs;
    }

    /// Says that the graphics failed, and that nothing else did.
    fn lost_graphics(&mut self) {
        let text = self.words.get("graphics-lost").to_owned();
        self.messages.push(Message::new(text, Tone::Bad, About::Program));
    }
}

/// The program as eframe shows it.
struct InOpenGl {
    session: Rc<Session>,
    /// Whether the editor has yet to be asked whether the window may close.
    asks_again: bool,
}

impl eframe::App for InOpenGl {
    /// eframe runs this alone while the window is minimised, and would then close it unasked.
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        let (asked, visible) = ctx.input(|input| (input.viewport().close_requested(), input.viewport().visible()));
        if asked && visible == Some(false) {
            self.asks_again = true;
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            ctx.send_viewport_cmd(egui::ViewportCommand::Minimized(false));
            ctx.send_viewport_cmd(egui::ViewportCommand::Focus);
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        // The first frame has been shown by now.
        if ui.ctx().cumulative_frame_nr() > 0 {
            self.session.forget_try();
        }
        if std::mem::take(&mut self.asks_again) {
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
        }
        self.session.frame(ui);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_has_the_programs_icon() {
        let icon = viewport(&Settings::default()).icon;
        assert_eq!(icon.map(|icon| (icon.width, icon.height)), Some((256, 256)));
    }
}

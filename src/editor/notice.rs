//! A message in a window of its own, for when the program's window is gone or cannot open.
//!
//! Windows and macOS have message boxes. Linux has none, so the program starts itself once more, and that
//! process shows the message, drawn by the processor. It knows nothing of releases. The invariant: whatever
//! happens to the message, the caller goes on.

use std::{
    process::{Command, Stdio},
    sync::Arc,
};

use eframe::UserEvent;
use winit::{event_loop::EventLoop, window::Window};

use super::{software, theme, words::Words};

/// The name of the environment's variable that has the message.
const MESSAGE: &str = "RELEASE_COMPOSER_MESSAGE";
/// The size of the window in points: a path of usual length is not broken.
const SIZE: [f32; 2] = [600.0, 300.0];

/// Shows a message and waits until it is closed. Says whether it was shown.
pub fn show(text: &str) -> bool {
    // Linux has the program under this name even if an update has taken its file away.
    // What keeps the message from being shown is less to the user than the message, which follows there.
    let status = Command::new("/proc/self/exe").env(MESSAGE, text).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// The message that this process was started to show, if it was.
pub fn asked() -> Option<String> {
    std::env::var(MESSAGE).ok().filter(|text| !text.is_empty())
}

/// Shows a message in the first window of this process, which resembles the one described, and returns when
/// it is closed.
///
/// # Errors
/// If the system gives no window.
pub fn open(text: String, viewport: egui::ViewportBuilder, words: Words) -> anyhow::Result<()> {
    let event_loop = EventLoop::<UserEvent>::with_user_event().build()?;
    let viewport = viewport.with_inner_size(SIZE).with_min_inner_size(SIZE).with_maximized(false);
    let create = move |ctx: &egui::Context, _: &Arc<Window>| -> software::Show {
        theme::install(ctx);
        Box::new(move |ui| contents(ui, &text, words.get("close-message")))
    };
    let mut program = software::Program::new(event_loop.create_proxy(), viewport, None, create);
    event_loop.run_app(&mut program)?;
    program.outcome()
}

fn contents(ui: &mut egui::Ui, text: &str, close: &str) {
    let margin = egui::Frame::central_panel(ui.style()).inner_margin(20);
    let is_closed = egui::Panel::bottom("close").frame(margin).show_separator_line(false).show(ui, |ui| {
        let layout = egui::Layout::right_to_left(egui::Align::Center);
        let button = ui.with_layout(layout, |ui| ui.button(close)).inner;
        if ui.memory(|memory| memory.focused().is_none()) {
            button.request_focus();
        }
        button.clicked() || ui.input(|input| input.key_pressed(egui::Key::Escape))
    });
    egui::CentralPanel::default().frame(margin).show(ui, |ui| {
        egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| ui.label(text));
    });
    if is_closed.inner {
        ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
    }
}

#[cfg(test)]
mod tests {
    use egui_kittest::{Harness, kittest::Queryable as _};

    use super::*;

    const TEXT: &str = "Your text is kept in /home/sokha/.local/share/release-composer/recovery";

    fn harness() -> Harness<'static> {
        let mut has_fonts = false;
        let mut harness = Harness::new_ui(move |ui| {
            if std::mem::replace(&mut has_fonts, true) {
                contents(ui, TEXT, "Close");
            } else {
                // They are there from the next frame on.
                theme::install(ui.ctx());
            }
        });
        harness.run();
        harness
    }

    fn is_closing(harness: &Harness<'_>) -> bool {
        let commands = harness.output().viewport_output.values().flat_map(|output| &output.commands);
        commands.into_iter().any(|command| matches!(command, egui::ViewportCommand::Close))
    }

    #[test]
    fn the_message_is_shown_until_a_key_or_the_button_closes_it() {
        for key in [egui::Key::Enter, egui::Key::Escape] {
            let mut harness = harness();
            harness.get_by_label(TEXT);
            assert!(!is_closing(&harness));
            harness.key_down(key);
            harness.step();
            assert!(is_closing(&harness), "{key:?}");
        }
        let mut harness = harness();
        harness.get_by_label("Close").click_accesskit();
        harness.step();
        assert!(is_closing(&harness));
    }
}

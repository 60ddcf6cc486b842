//! Jobs in the window: their outcomes are applied between frames, and what takes long is shown with a
//! button that ends the waiting.

use std::time::{Duration, Instant};

use egui::{Align2, Area, Frame, Order, vec2};

use super::{Editor, jobs::Wait, repair::Repair};

/// How long a frame waits for the jobs it started: nearly all files of a local disk are read and
/// written in that time, and what was asked for is then shown in the next frame.
const PATIENCE: Duration = Duration::from_millis(50);
/// The distance of the line that tells of a wait from the lower edge of the window, in points.
const ABOVE_STATUS: f32 = 36.0;
/// Waits that are shown at once; others are shown when these have ended.
const MOST_SHOWN: usize = 4;

impl Editor {
    /// Whether something is under way that ends by itself, as reading or writing a file, or setting pages.
    pub fn is_busy(&self) -> bool {
        let is_keeping = self.repair.as_ref().is_some_and(Repair::is_keeping);
        self.jobs.is_busy() || self.desk.is_pending() || self.output.waiting.is_some() || is_keeping
    }

    /// Applies the outcomes of jobs, and waits a moment for those just started. Says whether anything
    /// was applied.
    pub(super) fn apply_jobs(&mut self) -> bool {
        let until = Instant::now() + PATIENCE;
        let mut applied = false;
        loop {
            while let Some(due) = self.jobs.next(until) {
                let due = due.apply(self);
                self.jobs.keep(due);
                applied = true;
            }
            // The letterhead of a draft that was just opened may name a picture.
            if !self.follow_emblem() {
                return applied;
            }
        }
    }

    /// Says that a job ended by a fault of the program.
    pub(super) fn lost(&mut self) {
        self.failed(self.words.get("job-lost").to_owned());
    }

    /// The waits that take long. They are shown in front of questions, too, where panels cannot be used.
    pub(super) fn show_waits(&mut self, ctx: &egui::Context) {
        let waits = self.jobs.waits();
        let (mut stopped, mut is_given_up) = (None, false);
        let preparing = self.output.waiting.as_ref().is_some_and(super::handing_out::HandingOut::is_long);
        if waits.is_empty() && !preparing {
            return;
        }
        let words = &self.words;
        let area = Area::new(egui::Id::unique("waits"))
            .order(Order::Tooltip)
            .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -ABOVE_STATUS));
        area.show(ctx, |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.set_max_width((ctx.content_rect().width() - 60.0).clamp(200.0, 640.0));
                for Wait { id, doing, file } in waits.into_iter().take(MOST_SHOWN) {
                    if line(ui, &words.with(doing, &[("file", &file.display().to_string())]), words.get("stop-waiting"))
                    {
                        stopped = Some(id);
                    }
                }
                is_given_up = preparing && line(ui, words.get("doing-set"), words.get("stop-waiting"));
            });
        });
        if let Some(id) = stopped {
            self.jobs.stop(id);
        }
        if is_given_up {
            self.output.waiting = None;
        }
        // The wheel turns.
        ctx.request_repaint_after(Duration::from_millis(100));
    }
}

/// A wait with its button; says whether that was pressed.
fn line(ui: &mut egui::Ui, text: &str, stop: &str) -> bool {
    let mut stopped = false;
    ui.horizontal(|ui| {
        ui.add(egui::Spinner::new().size(16.0));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let button = ui.button(stop);
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{stop} ({text})")));
            stopped = button.clicked();
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add(egui::Label::new(text).truncate());
            });
        });
    });
    stopped
}

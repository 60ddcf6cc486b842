//! The magnification of the pages, by Ctrl and the wheel or by two fingers.

use egui::{Event, MouseWheelUnit, Ui};

use super::{Preview, layout};

/// What a touchpad reports for a notch of the wheel, in points of the screen.
const NOTCH: f32 = 50.0;

impl Preview {
    /// Keeps the middle of the view where it is when the magnification changes next.
    pub fn keep_middle(&mut self) {
        self.still = Some(self.view / 2.0);
    }

    /// The magnification that Ctrl and the wheel, or two fingers, ask for.
    pub(super) fn wheel(&mut self, ui: &Ui) -> Option<f32> {
        let (mut notches, mut factor) = (0.0, 1.0);
        ui.input(|input| {
            for event in &input.events {
                match event {
                    Event::MouseWheel { unit, delta, modifiers, .. } if modifiers.command || modifiers.ctrl => {
                        notches += if *unit == MouseWheelUnit::Point { delta.y / NOTCH } else { delta.y };
                    }
                    Event::Zoom(by) => factor *= by,
                    _ => {}
                }
            }
            factor *= input.multi_touch().map_or(1.0, |touch| touch.zoom_delta);
        });
        self.notches += notches;
        let whole = self.notches.trunc();
        self.notches -= whole;
        let percent =
            layout::within(if whole == 0.0 { self.percent } else { layout::turned(self.percent, whole) } * factor);
        ((percent - self.percent).abs() > 0.01 && (notches, factor) != (0.0, 1.0)).then_some(percent)
    }
}

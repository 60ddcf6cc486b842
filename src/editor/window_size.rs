//! The size of the window from one start to the next.
//!
//! Knows what the window system reports, which comes late and piece by piece. Its invariant: what is remembered is the
//! size the window has while it is neither maximised nor minimised, so that it comes back exactly; and at the start no
//! part of the window is behind the task bar.

use egui::{Context, Vec2, ViewportCommand, vec2};

use crate::storage::Settings;

/// How long a size must have stayed before it is taken for the window's own, in seconds: a window that is being
/// maximised reports its new size before it says that it is maximised.
const SETTLED: f64 = 0.4;
/// The user cannot have made the window smaller than this.
const LEAST: f32 = 120.0;
/// Frames after the start in which a window that was maximised is asked to be so again, if it is not: some window
/// managers overlook what is asked before the window is shown.
const ASKING: u64 = 3;

/// The height that title and task bar take of a screen, in points; on Windows it is 32 and 48. No system says it before
/// there is a window.
const BARS: f32 = 80.0;

/// The size that was seen last.
#[derive(Default)]
pub struct WindowSize {
    seen: Option<(Vec2, f64)>,
    frames: u64,
    /// Whether the window has been maximised as the settings say.
    is_restored: bool,
    /// Whether the size at the start has been compared with the screen.
    is_fitted: bool,
}

impl WindowSize {
    /// Follows the window, and maximises it at the start if it was so at the end.
    pub fn follow(&mut self, ctx: &Context, settings: &mut Settings) {
        let (size, screen, is_maximised, is_minimised, time) = ctx.input(|input| {
            let viewport = input.viewport();
            let size = viewport.inner_rect.map(|rect| rect.size());
            (size, viewport.monitor_size, viewport.maximized, viewport.minimized == Some(true), input.time)
        });
        self.frames += 1;
        if let Some((size, screen)) = size.zip(screen).filter(|_| !self.is_fitted) {
            self.is_fitted = true;
            let room = screen - vec2(0.0, BARS);
            if !settings.maximised && (size.x > room.x || size.y > room.y) {
                // On a small screen a window has all of it. The size is for when it is restored.
                ctx.send_viewport_cmd(ViewportCommand::InnerSize(size.min(room)));
                settings.maximised = true;
            }
        }
        if !self.is_restored && is_maximised.is_some() {
            self.is_restored = !settings.maximised || is_maximised == Some(true) || self.frames > ASKING + 60;
            if !self.is_restored && self.frames == ASKING {
                ctx.send_viewport_cmd(ViewportCommand::Maximized(true));
            }
        }
        let Some(size) = size.filter(|size| !is_minimised && size.min_elem() >= LEAST) else { return };
        if self.is_restored
            && let Some(is_maximised) = is_maximised
        {
            settings.maximised = is_maximised;
        }
        if is_maximised == Some(true) {
            self.seen = None;
            return;
        }
        match self.seen {
            Some((seen, since)) if seen == size => {
                if time - since > SETTLED {
                    settings.window = (size.x, size.y);
                }
            }
            _ => self.seen = Some((size, time)),
        }
    }

    /// Notes the size at the end, which may have been given a moment ago.
    pub fn note(&self, settings: &mut Settings) {
        if let Some((size, _)) = self.seen.filter(|_| !settings.maximised) {
            settings.window = (size.x, size.y);
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::{RawInput, Rect, pos2};

    use super::*;

    fn frame(size: &mut WindowSize, settings: &mut Settings, inner: Vec2, maximised: bool, time: f64) {
        let ctx = Context::default();
        let mut input = RawInput { time: Some(time), ..RawInput::default() };
        let viewport = input.viewports.entry(input.viewport_id).or_default();
        viewport.inner_rect = Some(Rect::from_min_size(pos2(0.0, 0.0), inner));
        viewport.maximized = Some(maximised);
        ctx.run_ui(input, |ui| size.follow(ui.ctx(), settings)).textures_delta.clear();
    }

    #[test]
    fn a_maximised_window_remembers_the_size_it_had_before() {
        let (mut size, mut settings) = (WindowSize::default(), Settings::default());
        let (own, screen) = (vec2(1100.0, 700.0), vec2(1920.0, 1080.0));
        frame(&mut size, &mut settings, own, false, 1.0);
        frame(&mut size, &mut settings, own, false, 2.0);
        // The size comes a moment before the state.
        frame(&mut size, &mut settings, screen, false, 2.1);
        frame(&mut size, &mut settings, screen, true, 2.2);
        frame(&mut size, &mut settings, screen, true, 9.0);
        size.note(&mut settings);
        assert_eq!((settings.window, settings.maximised), ((1100.0, 700.0), true));
    }

    #[test]
    fn a_window_that_was_maximised_is_not_forgotten_before_it_is_so_again() {
        let mut settings = Settings { maximised: true, ..Settings::default() };
        let mut size = WindowSize::default();
        for time in 0..3 {
            frame(&mut size, &mut settings, vec2(1280.0, 820.0), false, f64::from(time));
            assert!(settings.maximised);
        }
        frame(&mut size, &mut settings, vec2(1920.0, 1080.0), true, 4.0);
        frame(&mut size, &mut settings, vec2(900.0, 600.0), false, 5.0);
        size.note(&mut settings);
        assert_eq!((settings.window, settings.maximised), ((900.0, 600.0), false));
    }

    #[test]
    fn a_window_that_is_too_high_for_the_screen_is_maximised_at_the_start() {
        for (own, screen, is_maximised) in [
            (vec2(1280.0, 768.0), vec2(1366.0, 768.0), true),
            (vec2(1600.0, 600.0), vec2(1366.0, 768.0), true),
            (vec2(1280.0, 820.0), vec2(1600.0, 900.0), false),
            (vec2(1000.0, 600.0), vec2(1366.0, 768.0), false),
        ] {
            let (mut size, mut settings) = (WindowSize::default(), Settings::default());
            let ctx = Context::default();
            let mut commands = Vec::new();
            for time in 0..4 {
                let mut input = RawInput { time: Some(f64::from(time)), ..RawInput::default() };
                let viewport = input.viewports.entry(input.viewport_id).or_default();
                viewport.inner_rect = Some(Rect::from_min_size(pos2(0.0, 0.0), own));
                (viewport.monitor_size, viewport.maximized) = (Some(screen), Some(false));
                let mut output = ctx.run_ui(input, |ui| size.follow(ui.ctx(), &mut settings));
                output.textures_delta.clear();
                commands.extend(output.viewport_output.into_values().flat_map(|output| output.commands));
            }
            let fitting = ViewportCommand::InnerSize(vec2(own.x.min(screen.x), own.y.min(screen.y - 80.0)));
            assert_eq!(commands.contains(&fitting), is_maximised, "{own}");
            assert_eq!(commands.contains(&ViewportCommand::Maximized(true)), is_maximised, "{own}");
            assert_eq!(settings.maximised, is_maximised);
        }
    }

    #[test]
    fn a_minimised_window_has_no_size() {
        let (mut size, mut settings) = (WindowSize::default(), Settings::default());
        for time in 0..3 {
            frame(&mut size, &mut settings, vec2(0.0, 0.0), false, f64::from(time));
        }
        size.note(&mut settings);
        assert_eq!(settings.window, Settings::default().window);
    }
}

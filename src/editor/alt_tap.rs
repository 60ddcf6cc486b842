//! A tap of the Alt key alone, which goes to the menu as in Word.
//!
//! Knows events alone. Invariant: Alt that does anything else goes nowhere: held for a letter, a click or the wheel, with
//! another modifier, as AltGr on Windows, which is Ctrl and Alt, or while the window gets or loses the keyboard.

use egui::{Event, Key, Modifiers};

/// How far the key has come.
#[derive(Default)]
pub struct AltTap {
    /// The modifiers that are held.
    held: Modifiers,
    /// Whether Alt is held, and nothing has happened since.
    is_alone: bool,
}

impl AltTap {
    /// Takes in an event; returns whether it ends a tap of Alt alone.
    pub fn hear(&mut self, event: &Event) -> bool {
        match event {
            Event::ModifiersChanged(now) => {
                let is_tap = self.is_alone && now.is_none();
                self.is_alone = self.held.is_none() && *now == Modifiers::ALT;
                self.held = *now;
                is_tap
            }
            // Systems also report Alt as a key, before or after the modifier. Releasing an earlier key does not matter.
            Event::Key { key: Key::AltLeft, .. } | Event::Key { pressed: false, .. } => false,
            Event::PointerMoved(_) | Event::MouseMoved(_) | Event::PointerGone => false,
            _ => {
                self.is_alone = false;
                false
            }
        }
    }

    /// Forgets a press of Alt: the window has got or lost the keyboard.
    pub fn forget(&mut self) {
        self.is_alone = false;
    }
}

#[cfg(test)]
mod tests {
    use egui::{PointerButton, pos2};

    use super::*;

    const NONE: Modifiers = Modifiers::NONE;
    const ALT: Modifiers = Modifiers::ALT;
    const CTRL: Modifiers = Modifiers { ctrl: true, command: true, ..NONE };
    const ALT_GR: Modifiers = Modifiers { alt: true, ..CTRL };

    /// Whether these events have an Alt by itself.
    fn taps(events: &[Event]) -> bool {
        let mut tap = AltTap::default();
        events.iter().filter(|event| tap.hear(event)).count() == 1
    }

    fn held(modifiers: Modifiers) -> Event {
        Event::ModifiersChanged(modifiers)
    }

    #[test]
    fn alt_by_itself_is_a_tap_and_alt_that_does_something_is_none() {
        let key_of = |key, pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: ALT };
        let key = |pressed| key_of(Key::F, pressed);
        let [down, up] = [true, false].map(|pressed| key_of(Key::AltLeft, pressed));
        let click =
            Event::PointerButton { pos: pos2(1.0, 1.0), button: PointerButton::Primary, pressed: true, modifiers: ALT };
        assert!(taps(&[held(ALT), held(NONE)]));
        assert!(taps(&[down.clone(), held(ALT), up.clone(), held(NONE)]));
        assert!(taps(&[held(ALT), down.clone(), down, held(NONE), up]));
        assert!(!taps(&[held(ALT), key_of(Key::AltRight, true), held(NONE)]));
        assert!(taps(&[held(ALT), key(false), Event::PointerMoved(pos2(1.0, 1.0)), held(NONE)]));
        assert!(taps(&[held(ALT), held(ALT_GR), held(NONE), held(ALT), held(NONE)]));
        for between in
            [key(true), click, Event::Text("f".into()), Event::WindowFocused(false), held(ALT | Modifiers::SHIFT)]
        {
            assert!(!taps(&[held(ALT), between.clone(), held(NONE)]), "{between:?}");
        }
        // AltGr, in whatever order its two keys come and go.
        for order in [[CTRL, ALT_GR, ALT, NONE], [ALT, ALT_GR, ALT, NONE], [ALT, ALT_GR, CTRL, NONE]] {
            assert!(!taps(&order.map(held)), "{order:?}");
        }
        assert!(!taps(&[held(ALT_GR), held(NONE)]));
    }
}

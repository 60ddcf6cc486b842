//! Hands events to a frame so that each one meets the state that all earlier ones left.
//!
//! egui reads Tab, Escape, shortcuts and clicks at the start of a frame, before a field has seen the
//! letters of the same frame. On a slow frame "214-PR", Tab would put "-PR" into the next field, and a
//! wish to close would be answered before the last words reach the draft. This plugin therefore cuts
//! what the system delivers into frames. Its invariants: events keep their order, none is dropped, and
//! an event that decides something is in a frame that has no letters.

use std::collections::VecDeque;

use egui::{Context, DroppedFileHandle, Event, Key, Modifiers, Plugin, RawInput};

/// Frames without events after a deciding key: it may move the focus, and egui does that over two frames.
const REST: u8 = 1;

/// Events that still wait for their frame.
#[derive(Default)]
pub struct InputOrder {
    waiting: VecDeque<Event>,
    /// Files that were dropped after the events that wait.
    dropped: Vec<DroppedFileHandle>,
    rest: u8,
}

/// Whether events wait for a later frame.
pub fn is_waiting(ctx: &Context) -> bool {
    ctx.with_plugin(|order: &mut InputOrder| !order.waiting.is_empty() || !order.dropped.is_empty()).unwrap_or(false)
}

impl Plugin for InputOrder {
    fn debug_name(&self) -> &'static str {
        "input order"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        self.waiting.extend(input.events.drain(..));
        self.dropped.append(&mut input.dropped_files);
        // A frame that egui lays out twice has had its events.
        if ctx.current_pass_index() == 0 {
            input.events = self.next_frame();
            if self.waiting.is_empty() && input.events.is_empty() {
                input.dropped_files.append(&mut self.dropped);
            }
        }
        if !self.waiting.is_empty() || !self.dropped.is_empty() {
            ctx.request_repaint();
        }
    }
}

impl InputOrder {
    /// Takes the events of one frame: all up to the next one that decides something, or that one alone.
    fn next_frame(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        if self.rest > 0 {
            self.rest -= 1;
            return events;
        }
        while let Some(event) = self.waiting.front() {
            if !decides(event) {
                events.extend(self.waiting.pop_front());
                continue;
            }
            if events.iter().all(is_silent) {
                self.rest = if matches!(event, Event::Key { .. }) { REST } else { 0 };
                events.extend(self.waiting.pop_front());
                while let (Some(last), Some(next)) = (events.last(), self.waiting.front())
                    && is_repeat(last, next)
                {
                    events.extend(self.waiting.pop_front());
                }
            }
            break;
        }
        events
    }
}

/// Whether what follows an event may belong elsewhere than what came before it.
fn decides(event: &Event) -> bool {
    match event {
        Event::PointerButton { .. } | Event::MiddleClickPaste { .. } | Event::AccessKitActionRequest(_) => true,
        Event::Key { key, pressed: true, modifiers, .. } => {
            is_command(*modifiers) && !moves_in_text(*key) || is_function_key(*key)
        }
        _ => false,
    }
}

fn is_command(modifiers: Modifiers) -> bool {
    modifiers.command || modifiers.ctrl || modifiers.alt || modifiers.mac_cmd
}

/// Keys that a field reads in their place among the letters, with Ctrl or Alt as well as without.
fn moves_in_text(key: Key) -> bool {
    matches!(
        key,
        Key::ArrowLeft | Key::ArrowRight | Key::Home | Key::End | Key::Backspace | Key::Delete | Key::Space | Key::A
    )
}

fn is_function_key(key: Key) -> bool {
    matches!(key, Key::Tab | Key::Enter | Key::Escape) || (Key::F1..=Key::F35).contains(&key)
}

/// Whether an event changes nothing that another one is read against.
fn is_silent(event: &Event) -> bool {
    matches!(
        event,
        Event::Key { pressed: false, .. }
            | Event::ModifiersChanged(_)
            | Event::PointerMoved(_)
            | Event::MouseMoved(_)
            | Event::WindowFocused(_)
    )
}

/// Whether a key is held down: pressed again without a release. A slow window need not catch up with each repeat.
fn is_repeat(first: &Event, next: &Event) -> bool {
    let pressed = |event: &Event| match event {
        Event::Key { key, pressed: true, .. } => Some(*key),
        _ => None,
    };
    pressed(first).is_some() && pressed(first) == pressed(next)
}

#[cfg(test)]
mod tests {
    use egui::{PointerButton, pos2};

    use super::*;

    fn text(text: &str) -> Event {
        Event::Text(text.to_owned())
    }

    fn key(key: Key, pressed: bool, modifiers: Modifiers) -> Event {
        Event::Key { key, physical_key: None, pressed, repeat: false, modifiers }
    }

    fn press(pressed: bool) -> Event {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        Event::PointerButton { pos: pos2(1.0, 1.0), button, pressed, modifiers }
    }

    /// The frames into which events are cut, without those that rest.
    fn frames(events: &[Event]) -> Vec<Vec<Event>> {
        let mut order = InputOrder { waiting: events.iter().cloned().collect(), ..InputOrder::default() };
        let mut frames = Vec::new();
        while !order.waiting.is_empty() {
            frames.push(order.next_frame());
        }
        frames.retain(|frame| !frame.is_empty());
        frames
    }

    #[test]
    fn letters_stay_together() {
        let letters = [text("a"), key(Key::ArrowLeft, true, Modifiers::NONE), text("b"), text("ក")];
        assert_eq!(frames(&letters), [letters]);
    }

    #[test]
    fn a_deciding_event_has_no_letters_in_its_frame() {
        let tab = key(Key::Tab, true, Modifiers::NONE);
        let close = key(Key::S, true, Modifiers::COMMAND);
        let events =
            [text("a"), tab.clone(), text("b"), press(true), press(false), text("c"), close.clone(), text("d")];
        let expected = [
            vec![text("a")],
            vec![tab],
            vec![text("b")],
            vec![press(true)],
            vec![press(false)],
            vec![text("c")],
            vec![close],
            vec![text("d")],
        ];
        assert_eq!(frames(&events), expected);
    }

    #[test]
    fn a_key_that_is_held_down_is_one_frame() {
        let tab = key(Key::Tab, true, Modifiers::NONE);
        assert_eq!(frames(&[tab.clone(), tab.clone(), tab.clone(), text("a")]).len(), 2);
        let released = key(Key::Tab, false, Modifiers::NONE);
        assert_eq!(frames(&[tab.clone(), released, tab, text("a")]).len(), 3);
    }

    proptest::proptest! {
        #[test]
        fn order_and_number_are_kept(kinds in proptest::collection::vec(0usize..8, 0..60)) {
            let events: Vec<Event> = kinds.iter().enumerate().map(|(i, kind)| match kind {
                0 | 1 => text(&i.to_string()),
                2 => key(Key::Tab, true, Modifiers::NONE),
                3 => key(Key::Tab, false, Modifiers::NONE),
                4 => press(true),
                5 => Event::PointerMoved(pos2(1.0, 1.0)),
                6 => key(Key::Z, true, Modifiers::COMMAND),
                _ => Event::ModifiersChanged(Modifiers::SHIFT),
            }).collect();
            let frames = frames(&events);
            for frame in &frames {
                let decided = frame.iter().any(decides);
                let letters = frame.iter().any(|event| matches!(event, Event::Text(_)));
                proptest::prop_assert!(!(decided && letters), "{frame:?}");
            }
            proptest::prop_assert_eq!(frames.concat(), events);
        }
    }
}

//! Hands events to a frame so that each one meets the state that all earlier ones left.
//!
//! egui reads Tab, Escape, shortcuts and clicks at the start of a frame, before a field has seen the
//! letters of the same frame. On a slow frame "214-PR", Tab would put "-PR" into the next field, and a
//! request to close would be answered before the last words reach the draft. This plugin therefore cuts
//! what the system delivers into frames. Its invariants: events keep their order; none is dropped but the
//! letter that Alt types beside its key; an event that decides something is in a frame that has no letters;
//! and no key is delivered while the keyboard is on its way from one widget to another.

use std::collections::VecDeque;

use egui::{Context, DroppedFileHandle, Event, Key, Modifiers, Plugin, RawInput};

use super::alt_tap::AltTap;

/// Frames without events after a deciding key: it may move the focus, and egui does that over two frames.
const REST: u8 = 1;
/// The least time between two frames, in seconds.
const TICK: f64 = 1e-4;
/// Frames in a row for which events are held back at most, so that a widget that never comes up stops nobody.
const LONGEST_HOLD: u8 = 8;

/// Events that still wait for their frame.
#[derive(Default)]
pub struct InputOrder {
    /// Each with the time at which it came, in seconds.
    waiting: VecDeque<(f64, Event)>,
    /// Files that were dropped after the events that wait.
    dropped: Vec<DroppedFileHandle>,
    rest: u8,
    /// Frames in a row that had no events because the keyboard was on its way.
    held: u8,
    /// Whether the next frame has none.
    holds: bool,
    /// Whether the event before was a key with Alt, whose letter is not typed.
    after_alt: bool,
    /// Whether Alt is being pressed by itself.
    alt: AltTap,
    /// Whether a text had the keyboard in the frame before: there the space bar is a key like others.
    in_text: bool,
    /// The time of the last frame, in seconds.
    time: f64,
}

/// Whether events wait for a later frame that can change something: releases of keys and moves of the pointer cannot.
pub fn is_waiting(ctx: &Context) -> bool {
    let is_waiting =
        |order: &mut InputOrder| order.waiting.iter().any(|(_, event)| !is_silent(event)) || !order.dropped.is_empty();
    ctx.with_plugin(is_waiting).unwrap_or(false)
}

/// Notes that a text has the keyboard.
pub fn note_text(ctx: &Context) {
    ctx.with_plugin(|order: &mut InputOrder| order.in_text = true);
}

/// Delivers no events in the next frame, because the keyboard is on its way to another widget.
pub fn hold(ctx: &Context) {
    ctx.with_plugin(|order: &mut InputOrder| order.holds = true);
    ctx.request_repaint();
}

/// Delivers an event in the next frame, before all that wait.
pub fn deliver(ctx: &Context, event: Event) {
    ctx.with_plugin(|order: &mut InputOrder| order.waiting.push_front((order.time, event)));
    ctx.request_repaint();
}

impl Plugin for InputOrder {
    fn debug_name(&self) -> &'static str {
        "input order"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        let now = input.time.unwrap_or(self.time);
        // Of Alt+Tab only Alt is reported: released as the window loses the keyboard, or held as it gets it back.
        let is_turning = !input.focused || input.events.iter().any(|event| matches!(event, Event::WindowFocused(_)));
        for event in input.events.drain(..) {
            // Alt and a letter are a command. Systems report the letter as typed all the same.
            let is_letter_of_alt = self.after_alt && matches!(event, Event::Text(_));
            self.after_alt = !cfg!(target_os = "macos") && is_pressed_with_alt(&event);
            let is_tap = self.alt.hear(&event) && !is_turning && !cfg!(target_os = "macos");
            if !is_letter_of_alt {
                self.waiting.push_back((now, event));
            }
            if is_tap {
                self.waiting.push_back((now, menu_key()));
            }
        }
        if is_turning {
            self.alt.forget();
        }
        self.dropped.append(&mut input.dropped_files);
        // A frame that egui lays out twice has had its events.
        if ctx.current_pass_index() == 0 {
            let events = self.next_frame();
            self.in_text = false;
            self.keep_time(input, &events, now);
            input.events = events.into_iter().map(|(_, event)| event).collect();
            if self.waiting.is_empty() && input.events.is_empty() {
                input.dropped_files.append(&mut self.dropped);
            }
        } else if input.time.is_some() {
            // Nor has it another time: egui's clock never goes back.
            input.time = Some(self.time);
        }
        if !self.waiting.is_empty() || !self.dropped.is_empty() {
            ctx.request_repaint();
        }
    }
}

impl InputOrder {
    /// Gives a frame the time at which its events came: two clicks are one upon the other, however long the frames
    /// between them take. Events that came together have one time.
    fn keep_time(&mut self, input: &mut RawInput, events: &[(f64, Event)], now: f64) {
        let came = events.last().map(|(at, _)| *at).or(self.waiting.front().map(|(at, _)| *at));
        if input.time.is_some() {
            self.time = came.unwrap_or(now).max(self.time + TICK);
            input.time = Some(self.time);
        }
    }

    /// Takes the events of one frame: all up to the next one that decides something, or that one alone.
    fn next_frame(&mut self) -> Vec<(f64, Event)> {
        let mut events: Vec<(f64, Event)> = Vec::new();
        if std::mem::take(&mut self.holds) && self.held < LONGEST_HOLD {
            self.held += 1;
            self.rest = self.rest.saturating_sub(1);
            return events;
        }
        self.held = 0;
        if self.rest > 0 {
            self.rest -= 1;
            return events;
        }
        while let Some((_, event)) = self.waiting.front() {
            if !decides(event, self.in_text) {
                events.extend(self.waiting.pop_front());
                continue;
            }
            if events.iter().all(|(_, event)| is_silent(event)) {
                self.rest = if matches!(event, Event::Key { .. }) { REST } else { 0 };
                events.extend(self.waiting.pop_front());
                while let (Some((_, last)), Some((_, next))) = (events.last(), self.waiting.front())
                    && (is_repeat(last, next) || is_its_letter(last, next))
                {
                    events.extend(self.waiting.pop_front());
                }
            }
            break;
        }
        events
    }
}

/// The key of the menu, which Alt by itself is another name of.
fn menu_key() -> Event {
    let (key, modifiers) = (Key::F10, Modifiers::NONE);
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

/// Whether what follows an event may belong elsewhere than what came before it. Where no text has the keyboard, the
/// space bar presses a button.
fn decides(event: &Event, in_text: bool) -> bool {
    match event {
        Event::PointerButton { .. } | Event::MiddleClickPaste { .. } | Event::AccessKitActionRequest(_) => true,
        Event::Key { key, pressed: true, modifiers, .. } => {
            is_command(*modifiers) && !moves_in_text(*key) || is_function_key(*key) || !in_text && *key == Key::Space
        }
        _ => false,
    }
}

/// Whether a key is pressed with Alt alone; with Ctrl, Alt is AltGr on some systems, which types.
fn is_pressed_with_alt(event: &Event) -> bool {
    matches!(event, Event::Key { pressed: true, modifiers, .. } if modifiers.alt && !modifiers.ctrl)
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
    matches!(key, Key::Tab | Key::Enter | Key::Escape | Key::Menu) || (Key::F1..=Key::F35).contains(&key)
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

/// Whether an event is the letter of the space bar before it, which the button that it presses leaves alone.
fn is_its_letter(first: &Event, next: &Event) -> bool {
    matches!((first, next), (Event::Key { key: Key::Space, .. }, Event::Text(text)) if text == " ")
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
    fn frames(events: &[Event], in_text: bool) -> Vec<Vec<Event>> {
        let waiting = events.iter().map(|event| (0.0, event.clone())).collect();
        let mut order = InputOrder { waiting, in_text, ..InputOrder::default() };
        let mut frames = Vec::new();
        while !order.waiting.is_empty() {
            frames.push(order.next_frame().into_iter().map(|(_, event)| event).collect::<Vec<_>>());
        }
        frames.retain(|frame| !frame.is_empty());
        frames
    }

    #[test]
    fn letters_stay_together() {
        let letters = [text("a"), key(Key::ArrowLeft, true, Modifiers::NONE), text("b"), text("ក")];
        assert_eq!(frames(&letters, true), [letters]);
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
        assert_eq!(frames(&events, true), expected);
    }

    #[test]
    fn where_no_text_has_the_keyboard_the_space_bar_decides() {
        let [space, right, down] =
            [Key::Space, Key::ArrowRight, Key::ArrowDown].map(|of| key(of, true, Modifiers::NONE));
        let events = [space, text(" "), right, down];
        assert_eq!(frames(&events, true), [events.to_vec()]);
        let [space, letter, right, down] = events;
        let pressed = frames(&[space.clone(), letter.clone(), right.clone(), down.clone()], false);
        assert_eq!(pressed, [vec![space, letter], vec![right, down]]);
    }

    #[test]
    fn clicks_that_came_together_are_one_upon_the_other_however_slow_the_frames_are() {
        let ctx = Context::default();
        ctx.add_plugin(InputOrder::default());
        let click = [Event::PointerMoved(pos2(1.0, 1.0)), press(true), press(false)];
        let (mut doubles, mut last) = (0, 0.0);
        // The frames take half a second each; one click comes with another, and a third one long after.
        for (frame, clicks) in [2, 0, 0, 0, 0, 0, 0, 1, 0, 0].into_iter().enumerate() {
            let events = (0..clicks).flat_map(|_| click.clone()).collect();
            let input = RawInput { events, time: Some(frame as f64 / 2.0), ..RawInput::default() };
            let show = |ui: &mut egui::Ui| {
                let (is_double, time) =
                    ui.input(|input| (input.pointer.button_double_clicked(PointerButton::Primary), input.time));
                doubles += usize::from(is_double);
                assert!(time >= last, "time goes on: {last} {time}");
                last = time;
                if ui.ctx().current_pass_index() == 0 {
                    ui.ctx().request_discard("every frame is laid out twice");
                }
            };
            ctx.run_ui(input, show).textures_delta.clear();
        }
        assert_eq!(doubles, 1);
    }

    #[test]
    fn a_key_that_is_held_down_is_one_frame() {
        let tab = key(Key::Tab, true, Modifiers::NONE);
        assert_eq!(frames(&[tab.clone(), tab.clone(), tab.clone(), text("a")], true).len(), 2);
        let released = key(Key::Tab, false, Modifiers::NONE);
        assert_eq!(frames(&[tab.clone(), released, tab, text("a")], true).len(), 3);
    }

    /// What a context with the plugin delivers for these events, over so many frames.
    fn delivered(events: Vec<Event>) -> Vec<Event> {
        let ctx = Context::default();
        ctx.add_plugin(InputOrder::default());
        let mut delivered = Vec::new();
        for frame in 0..12 {
            let events = if frame == 0 { events.clone() } else { Vec::new() };
            let show = |ui: &mut egui::Ui| delivered.extend(ui.input(|input| input.events.clone()));
            ctx.run_ui(RawInput { events, ..RawInput::default() }, show).textures_delta.clear();
        }
        delivered
    }

    #[test]
    fn alt_and_a_letter_type_nothing() {
        let (alt, alt_gr) = (Modifiers::ALT, Modifiers { alt: true, ctrl: true, ..Modifiers::NONE });
        let events = vec![
            key(Key::F, true, alt),
            text("f"),
            key(Key::F, false, alt),
            text("g"),
            // AltGr types.
            key(Key::E, true, alt_gr),
            text("€"),
        ];
        let typed: Vec<_> = delivered(events)
            .into_iter()
            .filter_map(|event| if let Event::Text(text) = event { Some(text) } else { None })
            .collect();
        let expected: &[&str] = if cfg!(target_os = "macos") { &["f", "g", "€"] } else { &["g", "€"] };
        assert_eq!(typed, expected);
    }

    #[test]
    fn alt_by_itself_is_the_key_of_the_menu_unless_the_window_turns() {
        let alt = [Modifiers::ALT, Modifiers::NONE].map(Event::ModifiersChanged);
        let is_heard = |events: &[Event]| delivered(events.to_vec()).contains(&menu_key());
        assert_eq!(is_heard(&alt), !cfg!(target_os = "macos"));
        assert!(!is_heard(&[alt.as_slice(), &[Event::WindowFocused(false)]].concat()));
        assert!(!is_heard(&[&[Event::WindowFocused(true)], alt.as_slice()].concat()));
    }

    #[test]
    fn keys_wait_while_the_keyboard_is_on_its_way_and_no_longer_than_that() {
        let mut order = InputOrder { waiting: [(0.0, text("a")), (0.0, text("b"))].into(), ..InputOrder::default() };
        order.holds = true;
        assert_eq!(order.next_frame(), []);
        assert_eq!(order.next_frame(), [(0.0, text("a")), (0.0, text("b"))]);
        // A widget that never comes up stops nobody.
        order.waiting.push_back((0.0, text("c")));
        let mut frames = 0;
        loop {
            order.holds = true;
            frames += 1;
            if !order.next_frame().is_empty() {
                break;
            }
        }
        assert_eq!(frames, usize::from(LONGEST_HOLD) + 1);
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
            let frames = frames(&events, true);
            for frame in &frames {
                let decided = frame.iter().any(|event| decides(event, true));
                let letters = frame.iter().any(|event| matches!(event, Event::Text(_)));
                proptest::prop_assert!(!(decided && letters), "{frame:?}");
            }
            proptest::prop_assert_eq!(frames.concat(), events);
        }
    }
}

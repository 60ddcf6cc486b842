//! The keys and the mouse of a frame, for a widget that shows texts: the form's and the page's.
//!
//! Knows egui's events and no lines. Invariant: each event reaches one typist, and none is lost between two.

use std::collections::VecDeque;

use egui::{Event, EventFilter, Id, Pos2, Response, Ui};

use super::{
    super::input_order,
    Canvas,
    pointer::Pointing,
    target::Target,
    typist::{Heard, Manner, Typist},
};
use crate::editing::{Geometry, Position};

/// Gives the keys of this frame to a typist whose widget has the keyboard. `canvas` is where the clipboard is, and
/// keys wait that came after one by which the field was left.
pub fn listened<G: Geometry>(
    ui: &Ui,
    id: Id,
    typist: &mut Typist,
    target: &mut dyn Target,
    geometry: &mut G,
    canvas: impl for<'g> Fn(&'g mut G) -> &'g mut Canvas,
    manner: &Manner<'_>,
) -> Heard {
    input_order::note_text(ui.ctx());
    let filter = keys(typist, target, manner);
    let mut events: VecDeque<Event> = canvas(geometry).waited().into();
    // A field that gets the keyboard within the frame hears no key of the widget that gave it.
    if ui.memory(|memory| memory.had_focus_last_frame(id)) {
        events.extend(ui.input(|input| input.filtered_events(&filter)));
    }
    let mut clipboard = std::mem::take(&mut canvas(geometry).clipboard);
    if clipboard.takes_html() {
        events.push_back(Event::Paste(String::new()));
    }
    let heard = typist.listen(ui, &mut events, target, geometry, &mut clipboard, manner);
    canvas(geometry).clipboard = clipboard;
    if !events.is_empty() {
        // The field that is gone to takes them.
        canvas(geometry).wait(events.into_iter());
    }
    // Which keys are the field's in the next frame depends on what it shows now.
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, keys(typist, target, manner)));
    heard
}

/// What the mouse does at a place of a text in this frame. A press takes the keyboard there, and a drag beyond the
/// view goes on while the mouse rests.
pub fn pointing(ui: &Ui, response: &Response, at: (Position, bool), screen: Pos2) -> Pointing {
    let (pressed, released, is_down, time, modifiers) = ui.input(|input| {
        let pointer = &input.pointer;
        let buttons = (pointer.primary_pressed(), pointer.primary_released(), pointer.primary_down());
        (buttons.0, buttons.1, buttons.2, input.time, input.modifiers)
    });
    // A quick click is pressed and released within one frame.
    let pressed = pressed && (response.is_pointer_button_down_on() || response.clicked());
    if pressed {
        response.request_focus();
    }
    if response.dragged() && !ui.clip_rect().contains(screen) {
        ui.ctx().request_repaint();
    }
    let released = released || response.clicked();
    let (shift, copies) = (modifiers.shift, modifiers.command);
    Pointing { at, screen, time, pressed, released, is_down, clicks: clicks(response), shift, copies }
}

/// How many clicks came one upon the other, if this frame ended them.
fn clicks(response: &Response) -> u8 {
    match (response.triple_clicked(), response.double_clicked()) {
        (true, _) => 3,
        (_, true) => 2,
        _ => 0,
    }
}

/// The keys that a field keeps from going elsewhere.
fn keys(typist: &Typist, target: &dyn Target, manner: &Manner<'_>) -> EventFilter {
    let offers = typist.completion.is_open();
    let tab = offers || manner.tabs || typist.takes_tab(target);
    // Escape does not take the keyboard away: the caret stays.
    EventFilter { horizontal_arrows: true, vertical_arrows: true, tab, escape: true }
}

//! Gives the keyboard back after a question.
//!
//! A question takes the keyboard, and egui forgets which widget had it before. Its invariant: when the last
//! question is closed, the widget that had the keyboard before the first has it again, unless another
//! widget has asked for it meanwhile.

use egui::{Context, Id, Memory};

/// Frames within which the keyboard is given back: for one or two, egui still holds the layer of the question.
const TRIES: u8 = 4;

/// The widget that had the keyboard before a question.
#[derive(Default)]
pub struct Keyboard {
    before: Option<Id>,
    was_asking: bool,
    /// Frames in which the keyboard is still to be given back.
    tries: u8,
}

impl Keyboard {
    /// Notes which widget has the keyboard, or gives it back after a question.
    pub fn follow(&mut self, is_asking: bool, ctx: &Context) {
        let focused = ctx.memory(Memory::focused);
        if is_asking {
            self.tries = 0;
        } else if self.was_asking {
            self.tries = TRIES;
        } else if self.tries > 0 && focused.is_some_and(|id| Some(id) != self.before) {
            self.tries = 0;
        }
        match self.before.filter(|_| self.tries > 0) {
            Some(before) => {
                self.tries -= 1;
                ctx.memory_mut(|memory| memory.request_focus(before));
                ctx.request_repaint();
            }
            None if !is_asking => self.before = focused,
            None => {}
        }
        self.was_asking = is_asking;
    }
}

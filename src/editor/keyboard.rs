//! Keeps the keyboard where the user left it.
//!
//! A question takes the keyboard, and egui forgets which widget had it before; Escape, and a button that
//! disappears, leave it nowhere. Its invariants: when the last question is closed, the widget that had the keyboard
//! before the first has it again, unless another one has asked for it; and where no widget has it, the caret
//! of the document gets it. Each widget is asked once, because every request ends what an input method composes.

use egui::{Context, Id, Key, Memory, Popup};

use super::input_order;

/// Frames in a row in which no widget has the keyboard before the caret gets it: Tab, on its way past the
/// last widget to the first, leaves one such frame.
const NOWHERE: u8 = 2;

/// Where the keyboard was.
#[derive(Default)]
pub struct Keyboard {
    /// The widget that had it before a question.
    before: Option<Id>,
    /// The widget of the question that had it last.
    inside: Option<Id>,
    was_asking: bool,
    /// Whether the last question was closed in the frame before, for which egui still holds its layer.
    is_closed: bool,
    /// Frames in a row in which no widget has had it.
    nowhere: u8,
}

impl Keyboard {
    /// Follows the keyboard at the end of a frame; says whether the caret of the document is to get it. `has_caret`
    /// says that the document can take it.
    pub fn follow(&mut self, is_asking: bool, has_caret: bool, ctx: &Context) -> bool {
        let focused = ctx.memory(Memory::focused);
        if is_asking {
            (self.was_asking, self.inside, self.nowhere) = (true, focused, 0);
            return false;
        }
        if std::mem::take(&mut self.was_asking) {
            self.is_closed = true;
            input_order::hold(ctx);
            return false;
        }
        if std::mem::take(&mut self.is_closed) && focused.is_none_or(|id| Some(id) == self.inside) {
            input_order::hold(ctx);
            return match self.before {
                Some(before) => {
                    ctx.memory_mut(|memory| memory.request_focus(before));
                    false
                }
                None => has_caret,
            };
        }
        self.before = focused;
        if focused.is_some() || !has_caret || Popup::is_any_open(ctx) {
            self.nowhere = 0;
            return false;
        }
        self.nowhere += 1;
        input_order::hold(ctx);
        self.nowhere >= NOWHERE || ctx.input(|input| input.key_pressed(Key::Escape))
    }
}

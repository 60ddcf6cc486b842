//! What a key, a typed text, the clipboard and an input method ask of a text.
//!
//! Pure: an event of the window gives an [`Action`]; nothing is changed here.

use egui::{Event, ImeEvent};

use super::{
    super::platform,
    keys::{self, Action},
};
use crate::release::clean;

/// What an event asks for, if anything. `zero_width` says that the space bar types U+200B, and with Shift a
/// space.
pub fn action(event: Event, shift: bool, zero_width: bool) -> Option<Action> {
    match event {
        Event::Text(typed) => {
            let typed = match typed.as_str() {
                " " if zero_width && !shift => "\u{200B}".into(),
                typed => platform::typed(typed),
            };
            let typed = clean(&typed, false);
            (!typed.is_empty()).then_some(Action::Type(typed))
        }
        Event::Paste(pasted) => Some(Action::Paste(pasted)),
        Event::Copy => Some(Action::Copy),
        Event::Cut => Some(Action::Cut),
        Event::Ime(ImeEvent::Preedit { text, .. }) => Some(Action::Compose(clean(&text, false))),
        Event::Ime(ImeEvent::Commit(committed)) => Some(Action::Commit(clean(&committed, false))),
        Event::Ime(ImeEvent::DeleteSurrounding { before_chars, after_chars }) => {
            Some(Action::DeleteAround(before_chars, after_chars))
        }
        Event::Key { key, pressed: true, modifiers, .. } => keys::asked(key, modifiers),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use egui::{Key, Modifiers};

    use super::*;
    use crate::editing::{Motion, typing::Deletion};

    fn key(key: Key, modifiers: Modifiers) -> Option<Action> {
        action(Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }, false, false)
    }

    #[test]
    fn keys_are_those_of_word() {
        let ctrl_shift = Modifiers::COMMAND | Modifiers::SHIFT;
        assert_eq!(key(Key::ArrowRight, ctrl_shift), Some(Action::Move(Motion::WordRight, true)));
        assert_eq!(key(Key::End, Modifiers::COMMAND), Some(Action::Move(Motion::End, false)));
        assert_eq!(key(Key::ArrowDown, Modifiers::ALT), Some(Action::MoveParagraphs(1)));
        assert_eq!(key(Key::Enter, Modifiers::COMMAND), Some(Action::Break(true)));
        assert_eq!(key(Key::Enter, Modifiers::SHIFT), Some(Action::BreakLine));
        assert_eq!(key(Key::Tab, Modifiers::SHIFT), Some(Action::Shift(false)));
        assert_eq!(key(Key::Delete, Modifiers::COMMAND), Some(Action::Delete(Deletion::WordForward)));
        assert_eq!(key(Key::F5, Modifiers::NONE), None);
    }

    #[test]
    fn the_space_bar_types_what_was_chosen() {
        let space = |shift, zero_width| action(Event::Text(" ".into()), shift, zero_width);
        assert_eq!(space(false, true), Some(Action::Type("\u{200B}".into())));
        assert_eq!(space(true, true), Some(Action::Type(" ".into())));
        assert_eq!(space(false, false), Some(Action::Type(" ".into())));
    }
}

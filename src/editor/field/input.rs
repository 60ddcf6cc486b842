//! What a key, a typed text, the clipboard and an input method ask of a text.
//!
//! Pure: an event of the window gives an [`Action`]; nothing is changed here.

use egui::{Event, ImeEvent};

use super::{super::platform, keys};
use crate::{
    editing::{Motion, typing::Deletion},
    release::clean,
};

/// What is asked of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Put these characters in the place of the selection, in the emphasis of what is around.
    Type(String),
    /// Put this text of the clipboard in the place of the selection.
    Paste(String),
    /// Put the selection on the clipboard.
    Copy,
    /// The same, and delete it.
    Cut,
    /// Show what an input method is composing.
    Compose(String),
    /// Put in what an input method has composed.
    Commit(String),
    /// Delete so many characters before and after the caret, for an input method.
    DeleteAround(usize, usize),
    /// Delete the selection, or what the key deletes.
    Delete(Deletion),
    /// End the paragraph or the line; `true` begins a page.
    Break(bool),
    /// Begin another line within the paragraph.
    BreakLine,
    /// Move items a level deeper or, with `false`, less deep.
    Shift(bool),
    /// Select all of the flow.
    SelectAll,
    /// Move the caret; with `true` the selection grows.
    Move(Motion, bool),
    /// Move the selected paragraphs up (negative) or down.
    MoveParagraphs(isize),
    /// Go back to the text from a footnote.
    Escape,
}

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

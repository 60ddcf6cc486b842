//! The keys of a text: one table, from which texts hear them and the handbook lists them.
//!
//! Pure. Invariant: each key of the table does what its row says, so the list of shortcuts cannot differ from what
//! is heard.

use std::sync::LazyLock;

use egui::{Key, KeyboardShortcut, Modifiers};

use super::super::shortcut::{alt, ctrl, key, shift};
use crate::editing::{Motion, typing::Deletion};

/// Lines a page of Page Up and Page Down has.
const PAGE_LINES: isize = 12;

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

/// Keys that do one thing, each in its direction.
pub struct Row {
    /// What they do, by its name in `assets/i18n`; empty for keys that the list of the handbook leaves out.
    pub name: &'static str,
    /// The keys, each with what it asks of a text.
    pub keys: Vec<(KeyboardShortcut, Action)>,
}

/// The keys that the caret moves by select with Shift.
const fn go(motion: Motion) -> Action {
    Action::Move(motion, false)
}

fn row<const N: usize>(name: &'static str, keys: [(KeyboardShortcut, Action); N]) -> Row {
    Row { name, keys: keys.into() }
}

/// All keys of a text, in the order of the handbook. Of rows with one key the one with the most modifiers is meant, and
/// of those the last.
pub static KEYS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    vec![
        row("keys-paragraph", [(key(Key::Enter), Action::Break(false))]),
        row("keys-line", [(shift(Key::Enter), Action::BreakLine)]),
        // A Tab comes here only where the text has asked for it.
        row("keys-tab", [(key(Key::Tab), Action::Shift(true)), (shift(Key::Tab), Action::Shift(false))]),
        row(
            "keys-word",
            [(ctrl(Key::ArrowLeft), go(Motion::WordLeft)), (ctrl(Key::ArrowRight), go(Motion::WordRight))],
        ),
        row(
            "keys-by-paragraph",
            [(ctrl(Key::ArrowUp), go(Motion::ParagraphUp)), (ctrl(Key::ArrowDown), go(Motion::ParagraphDown))],
        ),
        row(
            "keys-move",
            [(alt(Key::ArrowUp), Action::MoveParagraphs(-1)), (alt(Key::ArrowDown), Action::MoveParagraphs(1))],
        ),
        row("keys-line-ends", [(key(Key::Home), go(Motion::LineStart)), (key(Key::End), go(Motion::LineEnd))]),
        row("keys-text-ends", [(ctrl(Key::Home), go(Motion::Start)), (ctrl(Key::End), go(Motion::End))]),
        row(
            "",
            [(key(Key::PageUp), go(Motion::Lines(-PAGE_LINES))), (key(Key::PageDown), go(Motion::Lines(PAGE_LINES)))],
        ),
        row(
            "keys-delete-word",
            [
                (ctrl(Key::Backspace), Action::Delete(Deletion::WordBack)),
                (ctrl(Key::Delete), Action::Delete(Deletion::WordForward)),
            ],
        ),
        row("", [(key(Key::Escape), Action::Escape)]),
        row(
            "",
            [
                (key(Key::Backspace), Action::Delete(Deletion::Back)),
                (key(Key::Delete), Action::Delete(Deletion::Forward)),
                (key(Key::ArrowLeft), go(Motion::Left)),
                (key(Key::ArrowRight), go(Motion::Right)),
                (key(Key::ArrowUp), go(Motion::Lines(-1))),
                (key(Key::ArrowDown), go(Motion::Lines(1))),
            ],
        ),
        // In the list of commands.
        row("", [(ctrl(Key::A), Action::SelectAll), (ctrl(Key::Enter), Action::Break(true))]),
    ]
});

/// What a key with these modifiers asks of a text, if anything.
pub(super) fn asked(pressed: Key, modifiers: Modifiers) -> Option<Action> {
    // With Ctrl or Alt, Tab goes elsewhere; Escape with others is the system's.
    let is_others = match pressed {
        Key::Tab => modifiers.command || modifiers.alt,
        Key::Escape => !modifiers.is_none(),
        _ => false,
    };
    if is_others {
        return None;
    }
    // On a Mac, Alt goes by words.
    let by_words = matches!(pressed, Key::ArrowLeft | Key::ArrowRight | Key::Backspace | Key::Delete);
    let command = modifiers.command || modifiers.alt && by_words;
    let is_pressed = |shortcut: &KeyboardShortcut| {
        let wanted = shortcut.modifiers;
        shortcut.logical_key == pressed
            && (!wanted.command || command)
            && (!wanted.alt || modifiers.alt)
            && (!wanted.shift || modifiers.shift)
    };
    let asking_for = |wanted: Modifiers| [wanted.command, wanted.alt, wanted.shift].iter().filter(|on| **on).count();
    let keys = KEYS.iter().flat_map(|row| &row.keys).filter(|(shortcut, _)| is_pressed(shortcut));
    let (_, action) = keys.max_by_key(|(shortcut, _)| asking_for(shortcut.modifiers))?;
    Some(match action.clone() {
        Action::Move(motion, _) => Action::Move(motion, modifiers.shift),
        action => action,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_does_what_its_row_says() {
        for (shortcut, action) in KEYS.iter().flat_map(|row| &row.keys) {
            assert_eq!(asked(shortcut.logical_key, shortcut.modifiers).as_ref(), Some(action), "{shortcut:?}");
        }
    }

    #[test]
    fn alt_goes_by_words_and_moves_paragraphs() {
        assert_eq!(asked(Key::ArrowLeft, Modifiers::ALT), Some(Action::Move(Motion::WordLeft, false)));
        assert_eq!(asked(Key::ArrowUp, Modifiers::ALT | Modifiers::COMMAND), Some(Action::MoveParagraphs(-1)));
        assert_eq!(asked(Key::Tab, Modifiers::COMMAND), None);
        assert_eq!(asked(Key::Escape, Modifiers::SHIFT), None);
        assert_eq!(asked(Key::Enter, Modifiers::COMMAND | Modifiers::SHIFT), Some(Action::Break(true)));
    }
}

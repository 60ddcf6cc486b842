//! The menu of a text: what the clipboard does with it, and what else its view offers.
//!
//! Opened by the right button of the mouse, the menu key or Shift+F10. Its invariant: when it is closed, the text has
//! the keyboard as before; what is chosen reaches the text as the key for it would.

use egui::{Button, Event, Id, Key, Modifiers, Popup, Pos2, Response, SetOpenCommand, Ui};

use super::{
    super::{input_order, theme},
    Canvas,
};

/// The menu of a text, about to be shown.
pub struct TextMenu<'a> {
    /// The widget of the text.
    pub response: &'a Response,
    /// Where it opens when a key asks for it.
    pub caret: Option<Pos2>,
    /// Whether something is selected.
    pub has_selection: bool,
}

/// How a menu that a key has opened remembers where, and that its first line is to get the keyboard.
#[derive(Clone, Copy)]
struct ByKey {
    at: Pos2,
    picks: bool,
}

impl TextMenu<'_> {
    /// Shows the menu if it is open. `more` adds lines above those of the clipboard; it says which was the first of
    /// them that can be chosen.
    pub fn show(self, canvas: &mut Canvas, more: impl FnOnce(&mut Ui) -> Option<Id>) {
        let Self { response, caret, has_selection } = self;
        let ctx = &response.ctx;
        let state = response.id.with("text-menu");
        let mut by_key: Option<ByKey> = ctx.data(|data| data.get_temp(state));
        let mut popup = Popup::context_menu(response);
        if response.secondary_clicked() {
            by_key = None;
        } else if response.has_focus()
            && let Some(at) = caret
            && canvas.takes_menu()
        {
            by_key = Some(ByKey { at, picks: true });
            popup = popup.open_memory(Some(SetOpenCommand::Bool(true)));
        }
        if let Some(ByKey { at, .. }) = by_key {
            popup = popup.at_position(at);
        }
        let id = popup.get_id();
        let shown = popup.show(|ui| {
            ui.set_min_width(200.0);
            let first = more(ui);
            let words = canvas.edit_words.clone();
            let item = |ui: &mut Ui, enabled: bool, text: &str, key: Key| {
                let keys = ui.ctx().format_shortcut(&egui::KeyboardShortcut::new(Modifiers::COMMAND, key));
                let button = ui.add_enabled(enabled, Button::new(text).shortcut_text(keys));
                (button.clicked(), button)
            };
            let (cut, cut_button) = item(ui, has_selection, &words.cut, Key::X);
            let (copy, _) = item(ui, has_selection, &words.copy, Key::C);
            let (paste, paste_button) = item(ui, true, &words.paste, Key::V);
            let (all, _) = item(ui, true, &words.select_all, Key::A);
            let event = match (cut, copy, paste, all) {
                (true, ..) => Some(Event::Cut),
                (_, true, ..) => Some(Event::Copy),
                (_, _, true, _) => canvas.clipboard.text().map(Event::Paste),
                (.., true) => Some(press_command(Key::A)),
                _ => None,
            };
            if let Some(event) = event {
                response.request_focus();
                input_order::deliver(ui.ctx(), event);
            }
            if cut || copy || paste || all {
                ui.close();
            }
            let first = first.unwrap_or(if has_selection { cut_button.id } else { paste_button.id });
            if let Some(by_key) = by_key.as_mut().filter(|by_key| by_key.picks) {
                by_key.picks = !theme::focus(ui, first);
            }
        });
        if by_key.is_some() && (shown.is_none() || !Popup::is_id_open(ctx, id)) {
            by_key = None;
            response.request_focus();
        }
        ctx.data_mut(|data| match by_key {
            Some(by_key) => {
                data.insert_temp(state, by_key);
            }
            None => data.remove::<ByKey>(state),
        });
    }
}

/// A key pressed with Ctrl, for a text to hear.
pub fn press_command(key: Key) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::COMMAND }
}

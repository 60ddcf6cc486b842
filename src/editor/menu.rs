//! The menu: its lines, and how it is used from the keyboard. `menus` has what each menu holds.
//!
//! F10 and Alt by itself go to the first menu, Alt and a letter open one, and arrows move, as in other programs; egui by
//! itself would move to whatever widget lies in that direction. Its invariants: every choice can be made by keys;
//! leaving the menu gives the keyboard back to where it was.

use egui::{Button, Context, Event, EventFilter, FocusDirection, Id, Key, Popup, Response, Ui};

use super::{
    Command, Editor,
    command::{Bar, keys},
    form,
    theme::{self, icon},
};

/// The width of a menu, and the height of the window that it leaves free, in points.
pub(super) const WIDTH: f32 = 260.0;
const BESIDE_MENU: f32 = 60.0;
/// Between two lines of a menu, in points: less than elsewhere, so that the longest fits a screen of 768.
const LEADING: f32 = 3.0;

/// What the menu remembers.
#[derive(Default)]
pub struct Menu {
    /// The buttons of the menus, from left to right.
    pub(super) bar: Vec<Id>,
    /// What can be chosen in the menu that is open, from top to bottom.
    items: Vec<Id>,
    /// The first letters of what can be chosen there and beside it, for those who type one.
    letters: Vec<(Id, char)>,
    /// Those lines of it that open a menu beside it, each with what can be chosen there.
    beside: Vec<(Id, Vec<Id>)>,
    /// Whether the first of them is to get the keyboard.
    pick: bool,
    /// The widget that had the keyboard before the menu.
    back: Option<Id>,
}

/// The keys that move within the menu.
const MOVES: [Key; 5] = [Key::ArrowLeft, Key::ArrowRight, Key::ArrowUp, Key::ArrowDown, Key::Escape];

impl Menu {
    /// Notes something that can be chosen, with its words.
    pub(super) fn add(&mut self, response: &Response, text: &str) {
        if response.enabled() {
            self.items.push(response.id);
            self.letters.extend(first_letter(text).map(|letter| (response.id, letter)));
        }
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
    }

    /// Whether a widget is a button or a line of the menus.
    fn has(&self, id: Id) -> bool {
        let is_beside = || self.beside.iter().any(|(_, lines)| lines.contains(&id));
        self.bar.contains(&id) || self.items.contains(&id) || is_beside()
    }

    /// Gives the keyboard to the first item of a menu that was just opened with it.
    pub(super) fn pick(&mut self, ctx: &Context) {
        if let Some(&first) = self.items.first().filter(|_| self.pick) {
            self.pick = false;
            ctx.memory_mut(|memory| memory.request_focus(first));
        }
    }

    /// Opens the menu of a button.
    fn open(&mut self, button: Id, ctx: &Context) {
        Popup::open_id(ctx, popup(button));
        ctx.memory_mut(|memory| memory.request_focus(button));
        self.pick = true;
    }
}

/// The first letter of some words, as it is compared.
fn first_letter(text: &str) -> Option<char> {
    text.chars().find(|c| c.is_alphanumeric()).and_then(|letter| letter.to_lowercase().next())
}

/// The menu that a button opens.
fn popup(button: Id) -> Id {
    button.with("popup")
}

/// A menu, which scrolls where the window is lower than it; returns its button.
pub(super) fn list(ui: &mut Ui, name: String, content: impl FnOnce(&mut Ui)) -> Id {
    let menu = ui.menu_button(name, |ui| {
        // Beside the bar, which it has where the window is low.
        ui.set_min_width(WIDTH + theme::RESTING_BAR);
        let height = (ui.ctx().content_rect().height() - BESIDE_MENU).max(BESIDE_MENU);
        ui.spacing_mut().scroll = theme::resting_bar();
        ui.spacing_mut().item_spacing.y = LEADING;
        // The bar takes room from no command: the menu is as wide as its longest line.
        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Extend);
        theme::list_from_top(ui, height).show(ui, content);
    });
    menu.response.id
}

/// Goes to the next line that begins with a letter that is typed, and chooses it if it is the only one, as Windows does.
fn choose_by_letter(ctx: &Context, items: &[Id], at: usize, letters: &[(Id, char)]) {
    let mut typed = None;
    ctx.input_mut(|input| {
        input.events.retain(|event| match event {
            Event::Text(text) if text != " " => {
                typed = first_letter(text).or(typed);
                false
            }
            _ => true,
        });
    });
    let Some(typed) = typed else { return };
    let begins = |line: &Id| letters.iter().any(|(id, letter)| id == line && *letter == typed);
    let all: Vec<Id> = items.iter().copied().filter(begins).collect();
    let behind = items.iter().skip(at + 1).chain(items).copied().find(begins);
    let Some(line) = behind else { return };
    theme::move_focus(ctx, line);
    if all.len() == 1 {
        let (key, modifiers) = (Key::Enter, egui::Modifiers::NONE);
        let enter = Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
        ctx.input_mut(|input| input.events.push(enter));
    }
}

/// The neighbour of one in a row, round its end.
fn neighbour(row: &[Id], at: usize, forward: bool) -> Option<Id> {
    let count = row.len();
    row.get((at + if forward { 1 } else { count.saturating_sub(1) }) % count.max(1)).copied()
}

impl Editor {
    /// Gives the keyboard to the first menu, or back if the menu has it.
    pub(super) fn reach_menu(&mut self, ctx: &Context) {
        let focused = ctx.memory(egui::Memory::focused);
        let in_menu = focused.is_some_and(|id| self.menu.has(id));
        if in_menu {
            return self.give_back(ctx);
        }
        self.menu.back = focused;
        if let Some(&first) = self.menu.bar.first() {
            ctx.memory_mut(|memory| memory.request_focus(first));
        }
    }

    /// Opens a menu, with the keyboard on its first line.
    pub(super) fn open_menu(&mut self, bar: Bar, ctx: &Context) {
        let focused = ctx.memory(egui::Memory::focused);
        let in_menu = focused.is_some_and(|id| self.menu.has(id));
        if !in_menu {
            self.menu.back = focused;
        }
        if let Some(&button) = self.menu.bar.get(bar as usize) {
            self.menu.open(button, ctx);
        }
        ctx.request_repaint();
    }

    /// Closes the menu after something was chosen.
    pub(super) fn leave_menu(&mut self, ui: &Ui) {
        ui.close();
        if self.menu.back.is_some() {
            self.give_back(ui.ctx());
        }
    }

    fn give_back(&mut self, ctx: &Context) {
        Popup::close_all(ctx);
        self.menu.pick = false;
        // The key that chose is not for the text that gets the keyboard.
        ctx.input_mut(|input| {
            let chose = |event: &Event| match event {
                Event::Key { key, .. } => matches!(key, Key::Enter | Key::Space),
                Event::Text(text) => text == " ",
                _ => false,
            };
            input.events.retain(|event| !chose(event));
        });
        ctx.memory_mut(|memory| match self.menu.back.take() {
            Some(id) => memory.request_focus(id),
            None => memory.focused().into_iter().for_each(|id| memory.surrender_focus(id)),
        });
    }

    /// Moves within the menu, as keys ask.
    pub(super) fn menu_keys(&mut self, ctx: &Context) {
        let (items, beside) = (std::mem::take(&mut self.menu.items), std::mem::take(&mut self.menu.beside));
        let letters = std::mem::take(&mut self.menu.letters);
        let bar = self.menu.bar.clone();
        let focused = ctx.memory(egui::Memory::focused);
        let in_bar = bar.iter().position(|&id| Some(id) == focused);
        let inner = focused.and_then(|id| beside.iter().find(|(_, lines)| lines.contains(&id)));
        let items = inner.map_or(&items, |(_, lines)| lines);
        let in_items = items.iter().position(|&id| Some(id) == focused);
        let has_menu = |at: usize| items.get(at).is_some_and(|line| beside.iter().any(|(id, _)| id == line));
        let open = bar.iter().position(|&id| Popup::is_id_open(ctx, popup(id)));
        match focused.filter(|_| in_bar.is_some() || in_items.is_some()) {
            Some(focused) => {
                let filter = EventFilter { vertical_arrows: true, horizontal_arrows: true, escape: true, tab: false };
                ctx.memory_mut(|memory| memory.set_focus_lock_filter(focused, filter));
            }
            // The pointer has opened a menu: keys go on from there.
            None if open.is_some() => self.menu.back = focused,
            None => return self.menu.back = None,
        }
        // Enter and the space bar open the menu by themselves; its first item then gets the keyboard.
        let opens = ctx.input(|input| input.key_pressed(Key::Enter) || input.key_pressed(Key::Space));
        self.menu.pick |= opens && in_bar.is_some() && open.is_none();
        if let Some(at) = in_items {
            choose_by_letter(ctx, items, at, &letters);
        }
        let (mut in_bar, mut in_items) = (in_bar, in_items);
        for key in ctx.input_mut(|input| theme::take_presses(input, &MOVES)) {
            let next = match key {
                Key::Escape => return self.give_back(ctx),
                // egui leaves the menu beside, or opens it with the keyboard on its first line.
                Key::ArrowLeft if inner.is_some() => {
                    return ctx.memory_mut(|memory| memory.move_focus(FocusDirection::Left));
                }
                Key::ArrowRight if in_items.is_some_and(has_menu) => {
                    return ctx.memory_mut(|memory| memory.move_focus(FocusDirection::Right));
                }
                Key::ArrowLeft | Key::ArrowRight => {
                    let Some(at) = open.or(in_bar) else { return };
                    let button = neighbour(&bar, at, key == Key::ArrowRight);
                    if let Some(button) = button.filter(|_| open.is_some()) {
                        return self.menu.open(button, ctx);
                    }
                    in_bar = button.and_then(|button| bar.iter().position(|id| *id == button));
                    button
                }
                // It opens, and has no lines yet.
                _ if let Some(at) = in_bar => {
                    return bar.get(at).into_iter().for_each(|&button| self.menu.open(button, ctx));
                }
                _ => {
                    let line = in_items.and_then(|at| neighbour(items, at, key == Key::ArrowDown));
                    in_items = line.and_then(|line| items.iter().position(|id| *id == line));
                    line
                }
            };
            if let Some(next) = next {
                theme::move_focus(ctx, next);
            }
        }
    }

    pub(super) fn item(&mut self, ui: &mut Ui, command: Command) {
        self.item_if(ui, command, true, None);
    }

    /// A line of a menu: icon, words, shortcut.
    pub(super) fn item_if(&mut self, ui: &mut Ui, command: Command, enabled: bool, text: Option<String>) {
        self.item_for(ui, &command.clone(), command, enabled, text);
    }

    /// A line of a menu that looks like one command and sends another.
    pub(super) fn item_for(
        &mut self,
        ui: &mut Ui,
        command: &Command,
        sent: Command,
        enabled: bool,
        text: Option<String>,
    ) {
        let text = text.unwrap_or_else(|| self.words.get(command.name()).to_owned());
        // Where there is no icon its room is kept, so that all words begin below each other.
        let icon = if command.icon().is_empty() { "\u{2003}" } else { command.icon() };
        let mut button = Button::new(format!("{icon}  {text}"));
        if let Some(shortcut) = command.shortcuts().first() {
            button = button.shortcut_text(keys(shortcut));
        }
        let response = ui.add_enabled(enabled, button);
        self.menu.add(&response, &text);
        if response.clicked() {
            self.commands.push(sent);
            self.leave_menu(ui);
        }
    }

    /// Whether there is something to copy, as far as is known: what is selected in the release, or in
    /// another text that has the keyboard.
    pub(super) fn can_copy(&self, ctx: &Context) -> bool {
        let focused = ctx.memory(egui::Memory::focused);
        // While a menu is open, it remembers which widget it has the keyboard from.
        let text = self.menu.back.or(focused.filter(|id| !self.menu.bar.contains(id)));
        let place = self.form.place();
        let is_of_release =
            |id: Id| id == form::page_id() || place.is_some_and(|place| id == form::id_of(place.field()));
        text.is_some_and(|id| !is_of_release(id) || place.is_some_and(|place| !place.is_empty()))
    }

    /// A line that opens a menu beside it.
    pub(super) fn menu_beside(&mut self, ui: &mut Ui, name: String, enabled: bool, content: fn(&mut Self, &mut Ui)) {
        let above = std::mem::take(&mut self.menu.items);
        let line =
            ui.add_enabled_ui(enabled, |ui| ui.menu_button(name.as_str(), |ui| content(self, ui)).response).inner;
        let lines = std::mem::replace(&mut self.menu.items, above);
        self.menu.add(&line, &name);
        self.menu.beside.push((line.id, lines));
    }

    /// A line of a menu that is on or off.
    pub(super) fn switch_item(&mut self, ui: &mut Ui, name: &str, on: bool, command: fn(bool) -> Command) {
        let text = self.words.get(name).to_owned();
        self.marked_item(ui, &text, on, egui::Role::CheckBox, command(!on));
    }

    /// A line of a menu of which one is chosen.
    pub(super) fn choice(&mut self, ui: &mut Ui, command: Command, chosen: bool) {
        let text = self.words.get(command.name()).to_owned();
        self.marked_item(ui, &text, chosen, egui::Role::RadioButton, command);
    }

    /// A line with a mark in the place of an icon if it is on.
    pub(super) fn marked_item(&mut self, ui: &mut Ui, text: &str, on: bool, role: egui::Role, command: Command) {
        let mark = if on { icon::DONE } else { "\u{2003}" };
        let line = ui.button(format!("{mark}  {text}"));
        line.widget_info(|| egui::WidgetInfo::selected(role, true, on, text));
        self.menu.add(&line, text);
        if line.clicked() {
            self.commands.push(command);
            self.leave_menu(ui);
        }
    }
}

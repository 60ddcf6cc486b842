//! Choosing what a paragraph is: one list in the toolbar and the same in the menu.
//!
//! Knows the commands and the kind at the caret. Invariant: what the list shows is what the caret is in.

use egui::{Button, RichText as Label, Ui, WidgetInfo, containers::menu::MenuButton, vec2};

use super::{
    Command, Editor,
    command::{BULLETED, CONTINUED, NUMBERED, SECTIONS, item, keys},
    table_commands::table_commands,
};
use crate::{
    editing::{Document, Selection},
    editor::{
        form::Form,
        theme::{self, icon},
    },
    release::{
        BlockKind, Cell, Field, HeadingLevel, Item, ListKind,
        ready::{self, ReadyPart},
    },
};

/// All that a paragraph can be, as they are listed.
const KINDS: [BlockKind; 9] = [
    BlockKind::Plain,
    BlockKind::Heading(HeadingLevel::One),
    BlockKind::Heading(HeadingLevel::Two),
    NUMBERED,
    BULLETED,
    SECTIONS,
    CONTINUED,
    BlockKind::Centred,
    BlockKind::Quotation,
];

/// The width of the button in the toolbar, in points, where there is room and where there is little.
const WIDTHS: [f32; 2] = [150.0, 104.0];
/// The height of the window that the list leaves free, in points.
const BESIDE: f32 = 100.0;

/// The entry of the list for a kind, whatever its level.
fn listed(kind: BlockKind) -> BlockKind {
    match kind {
        BlockKind::Item(of) => item(of.list),
        BlockKind::Continued(_) => CONTINUED,
        BlockKind::Cell(_) => BlockKind::Cell(Cell::Beside),
        kind => kind,
    }
}

/// What paragraphs that are ready are called.
fn part_name(part: ReadyPart) -> &'static str {
    match part {
        ReadyPart::DoneAt => "part-done-at",
        ReadyPart::NotesToEditors => "part-notes-to-editors",
        ReadyPart::AboutMinistry => "part-about-ministry",
        ReadyPart::Contact => "part-contact",
    }
}

impl Form {
    /// The selection, if it is in the body.
    pub fn place_in_body(&self) -> Option<Selection> {
        self.place().filter(|place| matches!(place.field(), Field::Paragraph(_)))
    }

    /// Changes what the selected paragraphs are.
    pub fn change_blocks(&mut self, document: &mut Document, change: impl FnOnce(&mut Document, Selection) -> bool) {
        self.settle(document);
        let Some(place) = self.place_in_body() else { return };
        self.forget_typing();
        change(document, place);
        self.wanted = true;
    }

    /// Puts paragraphs that are ready at the end of the text, and goes to the first of them.
    pub fn insert_part(&mut self, document: &mut Document, part: ReadyPart) {
        self.settle(document);
        let blocks = part.blocks(document.release().language);
        if let Some(after) = document.append_blocks(self.place(), blocks) {
            self.go_to(after);
        }
    }

    /// Puts a line of its own below the paragraph of the caret, or at the end of the text.
    pub fn insert_line(&mut self, document: &mut Document, words: &str) {
        self.settle(document);
        if let Some(after) = document.insert_line(self.place(), words) {
            self.go_to(after);
        }
    }
}

impl Editor {
    /// The list of kinds in the toolbar, which shows that at the caret.
    pub(super) fn block_choice(&mut self, ui: &mut Ui, narrow: bool) {
        let place = self.form.place_in_body();
        let kind = place.and_then(|place| self.desk.document.kind_of(place));
        let shown = match (place, kind) {
            (Some(_), None) => "–",
            (_, kind) => self.words.get(Command::Block(listed(kind.unwrap_or_default())).name()),
        };
        let name = format!("{}: {shown}", self.words.get("block"));
        let mut chosen = None;
        let enabled = place.is_some();
        ui.add_enabled_ui(enabled, |ui| {
            let width = WIDTHS[usize::from(narrow)];
            let text = Label::new(format!("{shown}  {}", icon::DOWN));
            let button = Button::new(text).min_size(vec2(width, 28.0)).truncate();
            let (response, _) = MenuButton::from_button(button).ui(ui, |ui| {
                let height = (ui.ctx().content_rect().height() - BESIDE).max(BESIDE);
                theme::list(height).show(ui, |ui| chosen = self.block_list(ui, kind));
            });
            response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, enabled, &name));
            response.on_hover_text(self.words.get("block"));
        });
        self.commands.extend(chosen);
    }

    fn block_list(&self, ui: &mut Ui, kind: Option<BlockKind>) -> Option<Command> {
        let mut chosen = None;
        ui.set_min_width(230.0);
        for command in self.block_commands(kind) {
            let Some((command, text, on)) = command else {
                ui.separator();
                continue;
            };
            let mut button = Button::selectable(on, text);
            if let Some(shortcut) = command.shortcuts().first() {
                button = button.shortcut_text(keys(shortcut));
            }
            if ui.add(button).clicked() {
                chosen = Some(command);
                ui.close();
            }
        }
        chosen
    }

    /// What can be done with the paragraphs of a kind: commands with their words, and whether each is on; `None` is
    /// a line between them.
    pub(super) fn block_commands(&self, kind: Option<BlockKind>) -> Vec<Option<(Command, String, bool)>> {
        let words = |command: &Command| self.words.get(command.name()).to_owned();
        let plain = |command: Command| {
            let text = words(&command);
            Some((command, text, false))
        };
        if let Some(table) = self.table_here() {
            return table_commands(&self.words, &table);
        }
        if kind == Some(BlockKind::Picture) {
            return vec![plain(Command::DescribePicture), plain(Command::RemovePicture)];
        }
        let mut all: Vec<_> = KINDS
            .into_iter()
            .map(|of| {
                let command = Command::Block(of);
                let text = words(&command);
                Some((command, text, kind.map(listed) == Some(of)))
            })
            .collect();
        if kind.is_some_and(|kind| kind.level().is_some()) {
            all.extend([None, plain(Command::Level(true)), plain(Command::Level(false))]);
            if matches!(kind, Some(BlockKind::Item(Item { list: ListKind::Numbered | ListKind::Sections, .. }))) {
                all.extend([plain(Command::Restart(true)), plain(Command::Restart(false))]);
            }
        }
        let release = self.desk.document.release();
        let is_on = release.number_paragraphs;
        let number = Command::NumberParagraphs(!is_on);
        let text = words(&number);
        all.extend([None, Some((number, text, is_on)), None]);
        all.extend([plain(Command::NewTable), plain(Command::NewPicture)]);
        let marks = ready::marks(release.language);
        all.extend(
            marks.map(|mark| Some((Command::Mark(mark), self.words.with("block-mark", &[("mark", mark)]), false))),
        );
        all.extend(ReadyPart::ALL.map(|part| {
            let name = self.words.get(part_name(part));
            Some((Command::Part(part), self.words.with("block-mark", &[("mark", name)]), false))
        }));
        all.push(plain(Command::Notice));
        all
    }
}

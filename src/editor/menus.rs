//! What each of the menus holds, from top to bottom.
//!
//! Knows the commands and when each can be chosen; `menu` draws the lines and hears the keys. Its invariant: no menu is
//! taller than a window of 768 points has room for.

use egui::{RichText as Label, Ui};

use super::{
    Command, Editor, NEW,
    menu::{WIDTH, list},
    step_names::step_name,
    theme::icon,
    words::Words,
};
use crate::{
    editing::Step,
    release::{Field, Language, Style},
    storage::{ThemeChoice, WindowLanguage, Zoom},
};

impl Editor {
    pub(super) fn menu(&mut self, ui: &mut Ui) {
        self.menu_keys(ui.ctx());
        egui::MenuBar::new().ui(ui, |ui| {
            let menus = [
                ("menu-file", Self::file_menu as fn(&mut Self, &mut Ui)),
                ("menu-edit", Self::edit_menu),
                ("menu-insert", Self::insert_menu),
                ("menu-view", Self::view_menu),
                ("menu-help", Self::help_menu),
            ];
            self.menu.bar =
                menus.map(|(name, show)| list(ui, self.words.get(name).to_owned(), |ui| show(self, ui))).to_vec();
        });
        self.menu.pick(ui.ctx());
    }

    fn file_menu(&mut self, ui: &mut Ui) {
        for language in NEW {
            self.item(ui, Command::New(language));
        }
        self.item(ui, Command::NewFromTemplate);
        self.item(ui, Command::NewWindow);
        ui.separator();
        self.item(ui, Command::Open);
        let recent = format!("{}  {}", icon::OPEN, self.words.get("open-recent"));
        self.menu_beside(ui, recent, true, Self::recent);
        ui.separator();
        self.item(ui, Command::Save);
        self.item(ui, Command::SaveAs);
        self.item(ui, Command::SaveAsTemplate);
        self.item_if(ui, Command::Versions, self.desk.document.path().is_some(), None);
        self.item(ui, Command::Returned);
        ui.separator();
        let other_language = format!("\u{2003}  {}", self.words.get("counterpart-menu"));
        self.menu_beside(ui, other_language, true, Self::other_language);
        ui.separator();
        self.item(ui, Command::Export);
        self.item(ui, Command::Post);
        self.switch_item(ui, "mark-breaks", self.settings.mark_breaks, Command::MarkBreaks);
        self.item(ui, Command::Print);
        ui.separator();
        self.item(ui, Command::Quit);
    }

    /// What is done with the same release in the other language.
    fn other_language(&mut self, ui: &mut Ui) {
        ui.set_min_width(WIDTH);
        let has_counterpart = self.counterpart().is_some();
        self.item_if(ui, Command::MakeCounterpart, !has_counterpart, None);
        self.item(ui, Command::WriteCounterpart(None));
        self.item_if(ui, Command::OpenCounterpart, has_counterpart, None);
        self.item(ui, Command::Counterpart);
        self.item_if(ui, Command::ExportBoth, has_counterpart, None);
    }

    fn edit_menu(&mut self, ui: &mut Ui) {
        let (undo, redo) = (self.desk.document.undo_step(), self.desk.document.redo_step());
        let named = |words: &Words, name: &str, step: Option<Step>| {
            step.map(|step| words.with(name, &[("step", words.get(step_name(step)))]))
        };
        self.item_if(ui, Command::Undo, undo.is_some(), named(&self.words, "undo-step", undo));
        self.item_if(ui, Command::Redo, redo.is_some(), named(&self.words, "redo-step", redo));
        ui.separator();
        let can_copy = self.can_copy(ui.ctx());
        self.item_if(ui, Command::Cut, can_copy, None);
        self.item_if(ui, Command::Copy, can_copy, None);
        self.item(ui, Command::Paste);
        self.item(ui, Command::SelectAll);
        let whole = format!("\u{2003}  {}", self.words.get("copy-whole"));
        self.menu_beside(ui, whole, true, Self::copies);
        ui.separator();
        let rich = self.form.current().is_some_and(Field::is_rich);
        for style in [Style::BOLD, Style::ITALIC, Style::UNDERLINE] {
            self.item_if(ui, Command::Emphasise(style), rich, None);
        }
        let kinds = format!("\u{2003}  {}", self.words.get("block"));
        let in_body = self.form.place_in_body().is_some();
        self.menu_beside(ui, kinds, in_body, Self::blocks);
        ui.separator();
        self.item(ui, Command::Find(false));
        self.item(ui, Command::Find(true));
        self.item_if(ui, Command::NextFinding(true), !self.desk.findings.is_empty(), None);
        ui.separator();
        let release = self.desk.document.release();
        let (template, open) = (release.template.is_some(), !release.open_placeholders().is_empty());
        self.item_if(ui, Command::FillIn, open && !template, None);
        self.item_if(ui, Command::MakePlaceholder, self.form.current().is_some(), None);
        ui.separator();
        let place = self.form.place();
        let selected = place.is_some_and(|place| !place.is_empty());
        let signed = place.is_some_and(|place| matches!(place.field(), Field::Signatory(..)));
        let kept = self.lists.own_names().is_some();
        self.item_if(ui, Command::Names, kept, None);
        self.item_if(ui, Command::AddName, kept && (selected || signed), None);
        ui.separator();
        let characters = format!("\u{2003}  {}", self.words.get("characters"));
        self.menu_beside(ui, characters, rich || selected, Self::characters);
    }

    /// The whole release on the clipboard.
    fn copies(&mut self, ui: &mut Ui) {
        ui.set_min_width(WIDTH);
        self.item(ui, Command::CopyRelease(false));
        self.item(ui, Command::CopyRelease(true));
    }

    /// What is rarely done with characters.
    fn characters(&mut self, ui: &mut Ui) {
        ui.set_min_width(WIDTH);
        let rich = self.form.current().is_some_and(Field::is_rich);
        for style in [Style::SUPERSCRIPT, Style::SUBSCRIPT] {
            self.item_if(ui, Command::Emphasise(style), rich, None);
        }
        let selected = self.form.place().is_some_and(|place| !place.is_empty());
        for command in [Command::Digits(Language::Khmer), Command::Digits(Language::English), Command::Case] {
            self.item_if(ui, command, selected, None);
        }
    }

    fn insert_menu(&mut self, ui: &mut Ui) {
        self.item_if(ui, Command::PageBreak, self.form.place_in_body().is_some(), None);
        ui.separator();
        self.item(ui, Command::NewPicture);
        self.item(ui, Command::Comment);
        self.item(ui, Command::NewTable);
        self.item_if(ui, Command::InsertDate, self.can_insert_date(), None);
        ui.separator();
        self.item_if(ui, Command::Link, self.can_link(), None);
        self.item(ui, Command::LinkAddresses);
        self.item_if(ui, Command::Footnote, self.can_link(), None);
    }

    fn view_menu(&mut self, ui: &mut Ui) {
        self.item(ui, Command::Zoom(Zoom::FitWidth));
        self.item(ui, Command::Zoom(Zoom::FitPage));
        self.item(ui, Command::ZoomIn);
        self.item(ui, Command::ZoomOut);
        ui.separator();
        self.item_if(ui, Command::OtherView, self.shows_form(), None);
        let invisible = self.settings.show_invisible;
        self.switch_item(ui, "show-invisible", invisible, Command::ShowInvisible);
        let settings = &self.settings;
        let (form, curly, zero_width) = (self.shows_form(), settings.curly_quotes, settings.space_is_zero_width);
        self.switch_item(ui, "show-form", form, Command::ShowForm);
        self.switch_item(ui, "comments", self.review.shows_comments(), Command::ShowComments);
        self.switch_item(ui, "curly-quotes", curly, Command::CurlyQuotes);
        self.switch_item(ui, "space-is-zero-width", zero_width, Command::SpaceIsZeroWidth);
        ui.separator();
        ui.label(Label::new(self.words.get("menu-theme")).weak());
        for theme in [ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark] {
            self.choice(ui, Command::Theme(theme), self.settings.theme == theme);
        }
        ui.separator();
        ui.label(Label::new(self.words.get("menu-language")).weak());
        for language in WindowLanguage::ALL {
            self.choice(ui, Command::WindowLanguage(language), self.settings.language == language);
        }
    }

    fn help_menu(&mut self, ui: &mut Ui) {
        // The key closes the handbook where it has the keyboard; the menu always shows it.
        self.item_for(ui, &Command::Handbook, Command::ShowHandbook, true, None);
        self.item(ui, Command::Shortcuts);
        self.item(ui, Command::HandbookPdf);
        ui.separator();
        self.item(ui, Command::About);
    }

    /// What the paragraph at the caret can be.
    fn blocks(&mut self, ui: &mut Ui) {
        ui.set_min_width(WIDTH);
        let kind = self.form.place_in_body().and_then(|place| self.desk.document.kind_of(place));
        for command in self.block_commands(kind) {
            match command {
                Some((command, text, on)) => {
                    let text = if on { format!("{text}  {}", icon::DONE) } else { text };
                    self.item_if(ui, command, true, Some(text));
                }
                None => _ = ui.separator(),
            }
        }
    }

    fn recent(&mut self, ui: &mut Ui) {
        if self.settings.recent.is_empty() {
            ui.label(Label::new(self.words.get("no-recent")).weak());
        }
        for path in self.settings.recent.clone() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let button = ui.button(name.as_str()).on_hover_text(path.display().to_string());
            self.menu.add(&button, &name);
            if button.clicked() {
                self.closing.refused = None;
                self.commands.push(Command::OpenFile(path));
                self.leave_menu(ui);
            }
        }
    }
}

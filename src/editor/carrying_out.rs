//! What each command does. Commands come from shortcuts, menus and buttons, and are carried out here, after all of
//! the window was shown. No command that leaves the draft loses changes without a question.

use std::path::Path;

use super::{
    Command, Editor, Home, Purpose, Question, Words, Zoom, crash, editing::Document, handing_out::Goal, page,
    step_names::step_name,
};
use crate::{
    editing::{Selection, Step},
    release::{Lock, Release},
    storage::{ThemeChoice, WindowLanguage},
};

impl Editor {
    pub(super) fn carry_out(&mut self, command: Command, ctx: &egui::Context) {
        if matches!(
            command,
            Command::Undo
                | Command::Redo
                | Command::Save
                | Command::SaveAs
                | Command::SaveAsTemplate
                | Command::Export
                | Command::ExportBoth
                | Command::Post
                | Command::Print
                | Command::FillIn
                | Command::MakePlaceholder
                | Command::Link
                | Command::Footnote
                | Command::InsertDate
                | Command::WriteCounterpart(_)
        ) {
            self.form.settle(&mut self.desk.document);
        }
        // Without a file in the other language, the user is asked for one first.
        let command = match command {
            Command::WriteCounterpart(_) if self.other_file().is_none() => Command::Counterpart,
            command => command,
        };
        if command.leaves_draft() {
            self.finish_writing();
        }
        // A "do not save" answer is for one command alone, and for what follows from it.
        if matches!(command, Command::New(_) | Command::NewFromTemplate | Command::Open | Command::Quit) {
            self.closing.refused = None;
        }
        if command.leaves_draft() && self.warns_of_corrections() {
            return;
        }
        if command.leaves_draft() && self.loses_changes() {
            // Both languages are typed in turn: each is saved when it gives way, and brings its history back.
            let path = self.desk.document.path().map(Path::to_owned);
            if let (Command::WriteCounterpart(_), Some(path)) = (&command, path) {
                return self.save_to(&path, Some(command));
            }
            // There is one such question, about the last command.
            self.questions.retain(|question| !matches!(question, Question::Unsaved(_)));
            self.questions.push_back(Question::Unsaved(command));
            return;
        }
        self.perform(command, ctx);
        ctx.request_repaint();
    }

    /// Does what was asked, now that no changes are lost by it.
    pub(super) fn perform(&mut self, command: Command, ctx: &egui::Context) {
        match command {
            Command::New(language) => _ = self.replace(Document::new(Release::blank(language), None)),
            Command::NewFromTemplate => self.open_library(ctx),
            Command::Begin(releases) => self.begin(&releases.0, releases.1),
            Command::NewWindow => self.open_window(None),
            Command::Open => self.ask_file(Purpose::Open),
            Command::OpenFile(path) => self.open_file(&path),
            Command::Save => self.save_or_ask(),
            Command::SaveAs => self.ask_file(Purpose::Save(None)),
            Command::SaveAsTemplate => self.open_keeping(),
            Command::FillIn => self.fill_in(),
            Command::MakePlaceholder => self.open_making(),
            Command::Export | Command::ExportBoth | Command::Post | Command::Print => self.check_before(command),
            Command::CopyRelease(as_code) => self.hand_out_soon(Goal::Copy(as_code)),
            Command::Names => self.open_people(),
            Command::AddName => self.add_selected_name(),
            Command::ChooseEmblem => self.ask_file(Purpose::Emblem),
            Command::Versions => self.open_history(),
            Command::Returned => self.ask_file(Purpose::Returned),
            Command::Counterpart => self.compare_languages(),
            Command::MakeCounterpart => self.make_counterpart(),
            Command::OpenCounterpart => self.open_counterpart(),
            Command::WriteCounterpart(field) => self.write_counterpart(field),
            Command::Comment => self.begin_comment(),
            Command::ShowComments(on) => self.show_comments(on),
            Command::Quit => self.begin_to_close(ctx),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Find(replacing) => self.open_find(replacing),
            Command::FindNext(forward) => self.find_next(forward),
            Command::Emphasise(style) => self.form.emphasise(style, &mut self.desk.document),
            Command::Block(kind) => self.change_blocks(|document, place| document.set_kind(place, kind)),
            Command::Level(deeper) => self.change_blocks(|document, place| document.shift_level(place, deeper)),
            Command::Restart(restarts) => self.change_blocks(|document, place| document.restart(place, restarts)),
            Command::NumberParagraphs(on) => self.number_paragraphs(on),
            Command::Notice => {
                self.bring_form();
                self.form.ask_notice();
            }
            Command::Part(part) => self.form.insert_part(&mut self.desk.document, part),
            Command::Link => self.open_linking(),
            Command::Unlink => self.unlink(),
            Command::LinkAddresses => self.link_addresses(),
            Command::Footnote => self.form.footnote(&mut self.desk.document),
            Command::NewTable => self.open_new_table(),
            Command::InsertDate => self.open_inserted_date(),
            Command::NewPicture => self.ask_file(Purpose::Picture),
            Command::DescribePicture => self.describe_picture(),
            Command::RemovePicture => self.remove_picture(),
            Command::Table(edit) => self.form.edit_table(&mut self.desk.document, edit),
            Command::Mark(words) => self.form.insert_line(&mut self.desk.document, words),
            Command::Digits(language) => self.form.digits(language, &mut self.desk.document),
            Command::Case => self.form.turn_case(&mut self.desk.document),
            Command::Zoom(zoom) => self.settings.zoom = zoom,
            Command::ZoomIn => self.zoom(1),
            Command::ZoomOut => self.zoom(-1),
            Command::WindowLanguage(language) => self.use_window_language(language),
            Command::Theme(theme) => self.use_theme(theme, ctx),
            Command::ShowInvisible(on) => self.settings.show_invisible = on,
            Command::SpaceIsZeroWidth(on) => self.settings.space_is_zero_width = on,
            Command::CurlyQuotes(on) => self.settings.curly_quotes = on,
            Command::MarkBreaks(on) => self.settings.mark_breaks = on,
            Command::ShowForm(on) => self.show_form(on),
            Command::Cut | Command::Copy | Command::Paste | Command::SelectAll | Command::PageBreak => {
                self.edit_text(&command, ctx);
            }
            Command::Fit(fit) => self.try_fit(fit),
            Command::TextMenu => self.canvas.ask_menu(),
            Command::Respell(respelling) => self.respell(&respelling),
            Command::AddWord(word) => self.add_to_my_words(&word),
            Command::Uncheck(check) => self.uncheck(check, true),
            Command::NextFinding(forward) => self.next_finding(forward, ctx),
            Command::OtherView => self.turn_view(ctx),
            Command::Menu => self.reach_menu(ctx),
            Command::OpenMenu(bar) => self.open_menu(bar, ctx),
            Command::Handbook => self.toggle_handbook(ctx),
            Command::ShowHandbook => self.open_handbook(None, ctx),
            Command::Shortcuts => self.open_handbook(Some("handbook-shortcuts"), ctx),
            Command::HandbookPdf => self.ask_file(Purpose::Handbook),
            Command::About => self.open_about(),
        }
    }

    fn save_or_ask(&mut self) {
        match self.desk.document.path().map(Path::to_owned) {
            Some(path) => self.save_to(&path, None),
            None => self.ask_file(Purpose::Save(None)),
        }
    }

    /// Asks for what is open in the draft.
    fn fill_in(&mut self) {
        let release = self.desk.document.release();
        if release.template.is_none() && !release.open_placeholders().is_empty() {
            self.ask_for_answers(release.clone(), false);
        }
    }

    fn undo(&mut self) {
        let step = self.desk.document.undo_step();
        let place = self.desk.document.undo(self.form.place());
        self.after_undo(step, place, "undone");
    }

    fn redo(&mut self) {
        let step = self.desk.document.redo_step();
        let place = self.desk.document.redo();
        self.after_undo(step, place, "redone");
    }

    /// Puts the caret where it was, and says what was undone where the caret does not show it.
    fn after_undo(&mut self, step: Option<Step>, place: Option<Selection>, name: &str) {
        self.form.forget_typing();
        if let Some(place) = place {
            self.form.go_to(place.clamped(&self.desk.document));
        }
        self.messages.pass();
        if let Some(step) = step.filter(|step| !step.is_at_caret()) {
            self.tell(self.words.with(name, &[("step", self.words.get(step_name(step)))]));
        }
    }

    fn change_blocks(&mut self, change: impl FnOnce(&mut Document, Selection) -> bool) {
        self.form.change_blocks(&mut self.desk.document, change);
    }

    fn number_paragraphs(&mut self, on: bool) {
        if self.desk.document.release().is_locked(Lock::Numbering) {
            let field = self.words.get("number-paragraphs");
            return self.failed(self.words.with("change-locked", &[("field", field)]));
        }
        self.desk.document.change(Step::Setup, self.form.place(), |release| release.number_paragraphs = on);
    }

    fn zoom(&mut self, by: i8) {
        self.preview.keep_middle();
        self.settings.zoom = Zoom::Percent(page::step(self.preview.percent, by));
    }

    fn use_window_language(&mut self, language: WindowLanguage) {
        self.settings.language = language;
        self.words = Words::new(language);
        self.use_edit_words();
        crash::use_language(language);
        self.save_settings();
    }

    fn use_theme(&mut self, theme: ThemeChoice, ctx: &egui::Context) {
        self.settings.theme = theme;
        self.apply_theme(ctx);
        self.save_settings();
    }

    fn show_form(&mut self, on: bool) {
        self.settings.show_form = on;
        if on {
            self.bring_form();
        }
        self.form.home = if on { Home::Form } else { Home::Page };
        self.form.wanted = true;
    }
}

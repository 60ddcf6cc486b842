//! The window: the form on the left, the pages on the right, both live.
//!
//! Nothing but this folder names egui. Panels borrow the state and send `Command`s; the
//! editor carries them out in one place. Its invariants: nothing that the user typed is dropped without
//! asking, and no file is touched on the window's thread: `jobs` run on others, with what is in `disk`.

mod accessibility;
mod alt_tap;
mod blocks;
mod calendar;
mod carrying_out;
mod closing;
mod command;
mod comparison;
mod context_menu;
mod crash;
mod desk;
mod disk;
mod dropped;
mod emblem;
mod errors;
mod field;
mod field_names;
mod files;
mod find_bar;
mod finding_words;
mod findings;
mod form;
mod handing_out;
mod help;
mod history;
mod input_order;
mod inserted_date;
mod jobs;
mod keyboard;
mod layout_worker;
mod lines;
mod links;
mod lists;
mod menu;
mod menus;
mod messages;
#[cfg(not(any(windows, target_os = "macos")))]
mod notice;
mod number;
mod other_language;
mod page;
mod panels;
mod paths;
mod people;
mod pictures;
mod platform;
mod posting;
mod printing;
mod prose;
mod question;
mod recovery;
mod repair;
mod review;
mod run;
mod saving;
mod saying;
mod setting;
mod shortcut;
#[cfg(test)]
mod shortcut_tests;
mod software;
mod stem;
mod step_names;
mod table_commands;
mod tables;
mod templates;
mod theme;
mod title;
mod tour;
mod typed_path;
mod verdict;
mod waiting;
mod window_size;
mod words;

use std::{collections::VecDeque, fmt, path::PathBuf, sync::Arc};

use closing::{Closing, SettingsFile};
use command::Command;
use desk::Desk;
use emblem::EmblemFile;
use field::{Canvas, EditWords};
use files::Dialog;
use find_bar::FindBar;
use form::{Form, Home};
use handing_out::Output;
use help::Help;
use jobs::Jobs;
use keyboard::Keyboard;
use lists::Lists;
use menu::Menu;
use messages::Messages;
use other_language::OtherLanguage;
use page::Preview;
use people::People;
pub use platform::{FileAnswer, FileDialogs};
use question::{Purpose, Question};
use recovery::Safety;
use repair::Repair;
use review::ReviewPanel;
pub use run::{Renderer, run};
use saving::Saving;
pub use software::Still;
use templates::Templates;
use tour::FindingTour;
use window_size::WindowSize;
use words::Words;

use crate::{
    editing::{self, Document, Selection},
    release::{Field, Fit, Language, Release},
    storage::{self, Settings, ThemeChoice, Zoom},
    typeset::Pages,
};

/// Where the editor keeps what is not a draft; what has no place is not kept.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The file of the settings.
    pub settings: Option<PathBuf>,
    /// The folder of the recovery journals.
    pub recovery: Option<PathBuf>,
    /// The folder of earlier versions.
    pub versions: Option<PathBuf>,
    /// Whether a lock beside a draft tells others that it is open.
    pub locks: bool,
    /// The disk that drafts are saved on; `None` for that of this machine.
    pub disk: Option<DraftDisk>,
    /// Who answers when a file is asked for.
    pub dialogs: FileDialogs,
}

/// A disk that drafts are saved on, so that tests can have one that fails or hangs.
#[derive(Clone)]
pub struct DraftDisk(pub Arc<dyn storage::Disk>);

impl fmt::Debug for DraftDisk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a disk")
    }
}

/// The program's state, and how it is shown.
pub struct Editor {
    desk: Desk,
    form: Form,
    preview: Preview,
    find: FindBar,
    help: Help,
    menu: Menu,
    keyboard: Keyboard,
    canvas: Canvas,
    words: Words,
    settings: Settings,
    settings_file: SettingsFile,
    jobs: Jobs<Editor>,
    safety: Safety,
    saving: Saving,
    templates: Templates,
    /// A damaged draft that is looked at.
    repair: Option<Repair>,
    emblem: EmblemFile,
    lists: Lists,
    /// The names and titles, while they are looked at.
    people: Option<People>,
    /// Counts how often these were opened.
    opened_people: u64,
    /// Changes that came back, and comments.
    review: ReviewPanel,
    /// The release in the other language, as it was read last.
    other_language: OtherLanguage,
    tour: FindingTour,
    /// The revision that asked for a number of pages, and what was chosen before.
    fit_tried: Option<(u64, Fit)>,
    commands: Vec<Command>,
    messages: Messages,
    /// What is asked in front of the form, the first of them now.
    questions: VecDeque<Question>,
    dialogs: FileDialogs,
    dialog: Option<Dialog>,
    /// The path that was typed last where the system has no dialog, what for, and for which draft.
    typed_path: Option<(Purpose, u64, String)>,
    /// Counts the drafts that were in the window.
    draft: u64,
    output: Output,
    closing: Closing,
    window_size: WindowSize,
    /// Whether the handbook has the place of the pages.
    hides_pages: bool,
    /// Whether the panel beside the pages has the place of the form.
    hides_form: bool,
    /// Whether the form was asked for since the panel has its place.
    calls_form: bool,
    title: String,
}

impl Editor {
    /// An editor with a new release.
    pub fn new(ctx: &egui::Context, settings: Settings, places: Places) -> Self {
        theme::install(ctx);
        ctx.add_plugin(input_order::InputOrder::default());
        ctx.add_plugin(accessibility::Accessibility::default());
        let words = Words::new(settings.language);
        let release = Release::blank(settings.language.of_releases());
        let folders = places.settings.as_deref().map(|path| settings.template_folders(path)).unwrap_or_default();
        let lists = Lists::new(places.settings.clone());
        let mut editor = Self {
            desk: Desk::new(Document::new(release, None), ctx.clone(), lists.words.clone(), lists.roster.clone()),
            form: Form::default(),
            preview: Preview::default(),
            find: FindBar::default(),
            help: Help::default(),
            menu: Menu::default(),
            keyboard: Keyboard::default(),
            canvas: Canvas::default(),
            words,
            settings_file: SettingsFile::at(places.settings.clone(), settings.clone()),
            settings,
            jobs: Jobs::new(ctx.clone()),
            safety: Safety::default(),
            saving: Saving::new(&places),
            templates: Templates::new(folders),
            repair: None,
            emblem: EmblemFile::default(),
            lists,
            people: None,
            opened_people: 0,
            review: ReviewPanel::default(),
            other_language: OtherLanguage::default(),
            tour: FindingTour::default(),
            fit_tried: None,
            commands: Vec::new(),
            messages: Messages::default(),
            questions: VecDeque::new(),
            dialogs: places.dialogs,
            dialog: None,
            typed_path: None,
            draft: 0,
            output: Output::default(),
            closing: Closing::default(),
            window_size: WindowSize::default(),
            hides_pages: false,
            hides_form: false,
            calls_form: false,
            title: String::new(),
        };
        editor.use_edit_words();
        // What is typed first is the headline.
        editor.form.go_to(Selection::at(Field::Headline, 0));
        editor.apply_theme(ctx);
        editor.keep_safe(places.recovery);
        editor.read_lists();
        editor
    }

    /// The release being edited.
    pub fn release(&self) -> &Release {
        self.desk.document.release()
    }

    /// Uses a clipboard of its own that holds this HTML, in the place of the system's: for tests.
    pub fn use_own_clipboard(&mut self, html: String) {
        self.canvas.clipboard.use_own(html);
    }

    /// The places that are marked since a search found them.
    pub fn marked(&self) -> Vec<(Field, std::ops::Range<usize>)> {
        let marks = self.find.marks().iter();
        marks.flat_map(|(field, ranges)| ranges.iter().map(|range| (*field, range.clone()))).collect()
    }

    /// The pages as they are typed on.
    pub fn seen_pages(&self) -> &Arc<Pages> {
        &self.desk.view
    }

    /// Whether the draft is new and nothing has been done to it.
    fn is_untouched(&self) -> bool {
        let document = &self.desk.document;
        document.path().is_none() && !document.is_unsaved() && document.undo_step().is_none()
    }

    /// Whether closing now would lose something.
    pub fn is_unsaved(&self) -> bool {
        self.desk.document.is_unsaved()
    }

    /// Shows the window's contents, listens, and does what was asked.
    pub fn show(&mut self, ui: &mut egui::Ui) {
        self.canvas.begin(ui.ctx());
        self.window_size.follow(ui.ctx(), &mut self.settings);
        self.apply_jobs();
        self.listen(ui);
        self.follow_files(ui.ctx());
        self.set_pages();
        self.judge_fit();
        self.watch_journal();
        self.watch_lock();
        let may_close = !self.form.is_completing();
        if self.repair.is_some() {
            self.messages.lie_over(None);
            self.mend(ui);
        } else {
            self.panels(ui);
        }
        self.say_refused();
        self.say_lost_in_paste();
        self.show_messages(ui.ctx(), may_close);
        self.ask(ui.ctx());
        self.show_waits(ui.ctx());
        self.follow_keyboard(ui.ctx());
        let commands = std::mem::take(&mut self.commands);
        for command in commands {
            self.carry_out(command, ui.ctx());
        }
        self.hand_out_when_set();
        self.answer_close(ui.ctx());
        // Repaint next frame: the document changed after its pages were asked for, or a job has ended.
        if self.apply_jobs() || !self.desk.has_asked(self.state()) || !self.commands.is_empty() {
            ui.ctx().request_repaint();
        }
        self.title(ui.ctx());
    }

    /// Gives all texts the words of their menu.
    fn use_edit_words(&mut self) {
        let word = |name: &str| self.words.get(name).to_owned();
        let (cut, copy, paste, select_all) = (word("cut"), word("copy"), word("paste"), word("select-all"));
        self.canvas.edit_words = EditWords { cut, copy, paste, select_all };
    }

    /// Gives the keyboard back after a question, and to the caret where nothing else has it.
    fn follow_keyboard(&mut self, ctx: &egui::Context) {
        let is_asking = self.is_asking();
        let selection = self.form.place().map(|place| place.clamped(&self.desk.document));
        let is_locked = selection.is_some_and(|place| self.desk.document.release().is_field_locked(place.field()));
        if self.keyboard.follow(is_asking, !is_locked && !self.form.wanted, ctx) {
            self.give_caret();
            ctx.request_repaint();
        }
    }

    /// Gives the keyboard to the caret of the document, wherever it can be seen.
    fn give_caret(&mut self) {
        if self.hides_pages && !self.shows_form() {
            return self.help.take_keyboard();
        }
        if self.hides_pages {
            self.form.home = Home::Form;
        } else if !self.shows_form() {
            self.form.home = Home::Page;
        }
        match self.form.place() {
            Some(_) => self.form.wanted = true,
            None => self.form.go_to(Selection::at(Field::Headline, 0)),
        }
    }

    /// Turns from the form to the pages, or to the handbook in their place, and back.
    fn turn_view(&mut self, ctx: &egui::Context) {
        if !self.shows_form() {
            return;
        }
        let leaves_form = self.form.home == Home::Form && !self.help.has_keyboard(ctx);
        if leaves_form && self.hides_pages {
            return self.help.take_keyboard();
        }
        if leaves_form {
            self.form.home = Home::Page;
            return ctx.memory_mut(|memory| memory.request_focus(form::page_id()));
        }
        self.form.home = Home::Form;
        self.give_caret();
    }

    /// Has the text with the keyboard do what its own keys do.
    fn edit_text(&mut self, command: &Command, ctx: &egui::Context) {
        let event = match command {
            Command::Cut => egui::Event::Cut,
            Command::Copy => egui::Event::Copy,
            Command::Paste => match self.canvas.clipboard.text() {
                Some(text) => egui::Event::Paste(text),
                None => return self.tell(self.words.get("nothing-to-paste").to_owned()),
            },
            Command::PageBreak => field::press_command(egui::Key::Enter),
            _ => field::press_command(egui::Key::A),
        };
        // A page begins in the text of the release alone.
        if *command == Command::PageBreak || ctx.memory(egui::Memory::focused).is_none() {
            self.give_caret();
        }
        input_order::deliver(ctx, event);
    }

    /// Whether a question is in front of everything else.
    fn is_asking(&self) -> bool {
        !self.questions.is_empty()
            || self.is_asking_recovery()
            || self.templates.is_asking()
            || self.people.is_some()
            || self.repair.is_some()
            || self.help.is_asking()
    }

    /// Has the release set and checked by the lists as they are now.
    fn use_lists(&mut self) {
        self.desk.use_lists(self.lists.words.clone(), self.lists.roster.clone());
    }

    /// Shortcuts, dialogs and dropped files.
    fn listen(&mut self, ui: &egui::Ui) {
        let ctx = ui.ctx();
        ctx.input(|input| input.events.iter().for_each(|event| self.canvas.clipboard.hear(event)));
        if !self.is_asking() {
            self.commands.extend(ctx.input_mut(Command::pressed));
        }
        let dropped: Vec<_> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        if !self.is_asking() {
            self.take_dropped(&dropped);
        }
        if let Some(dialog) = &mut self.dialog {
            dialog.note_focus(ctx.input(|input| input.focused));
        }
        if let Some(answer) = self.dialog.as_ref().and_then(Dialog::answer)
            && let Some(dialog) = self.dialog.take()
        {
            self.answered(dialog, answer, ctx);
        }
        if let Some(outcome) = self.output.printing.as_ref().and_then(|(job, _)| job.outcome())
            && let Some((_, file)) = self.output.printing.take()
        {
            self.printed(outcome, file);
        }
    }

    /// Puts another draft into the window, in the place of one that is saved or not wanted, which it gives back.
    fn replace(&mut self, document: Document) -> Document {
        let before = self.put(document);
        self.begin_journal();
        before
    }

    fn put(&mut self, document: Document) -> Document {
        let before = self.desk.put(document);
        (self.draft, self.closing.refused) = (self.draft + 1, None);
        self.canvas.forget_heights();
        self.turn_to_file();
        self.leave_repair();
        self.turn_review();
        self.other_language = OtherLanguage::default();
        self.messages.turn_to_draft();
        self.find.turn_to_draft();
        // What was asked about one draft is not answered for another.
        self.templates.close();
        self.questions.clear();
        (self.output.waiting, self.fit_tried) = (None, None);
        self.form.reset();
        self.form.go_to(Selection::at(Field::Headline, 0));
        self.preview.restart();
        self.forget_emblem();
        before
    }

    fn apply_theme(&self, ctx: &egui::Context) {
        ctx.set_theme(match self.settings.theme {
            ThemeChoice::System => egui::ThemePreference::System,
            ThemeChoice::Light => egui::ThemePreference::Light,
            ThemeChoice::Dark => egui::ThemePreference::Dark,
        });
    }
}

/// Language of a new release, in the order of the menu.
const NEW: [Language; 2] = [Language::English, Language::Khmer];

//! Files that the user chooses: what for, whether one may be replaced, and what is then written.
//!
//! Its invariants: no file is replaced before the user was asked about exactly that one; and what is
//! exported or printed are the pages of the draft as it is, set once, after every key that came before.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use egui::RichText as Label;

use super::{
    Command, Editor, disk,
    disk::output::Export,
    editing::Step,
    field::{FieldState, Leave, PlainField},
    jobs::{Answer, JobThread, Task},
    platform::{FileAnswer, FileQuestion, OpenDialog},
    printing::{self, PrintError, PrintJob, Printed},
    prose,
    question::{Question, Replacing},
    stem::stem_of,
    theme,
};
use crate::{
    export::{Format, pictures},
    release::{Emblem, Release},
    storage::{DRAFT_ENDINGS, check_file_name, draft_file_name, is_beside, is_draft},
};

/// How long an export waits to be told what there is to look at.
const LONGEST_CHECK: Duration = Duration::from_secs(5);
/// A wait for pages is shown when it has taken this long.
const NOTICEABLE: Duration = Duration::from_millis(300);
/// How long it may take to find out whether a dialog can begin in a folder.
const LONGEST_LOOK: Duration = Duration::from_secs(1);

/// The longest name that is proposed for a file, in bytes, without date and ending.
const LONGEST_STEM: usize = 120;

/// Why a file dialog is open.
#[derive(Clone, Debug, PartialEq)]
pub enum Purpose {
    /// A draft is opened.
    Open,
    /// The draft is saved; and what to do then.
    Save(Option<Command>),
    /// The pages are exported.
    Export,
    /// A picture for the letterhead is chosen.
    Emblem,
    /// The handbook is exported.
    Handbook,
}

/// A file dialog, or one that is about to be shown.
pub struct Dialog {
    purpose: Purpose,
    /// The draft for which it was opened.
    draft: u64,
    /// `None` until the folder it begins in was looked up.
    shown: Option<OpenDialog>,
}

impl Dialog {
    /// Notes whether the window has the keyboard.
    pub fn note_focus(&mut self, is_focused: bool) {
        if let Some(shown) = &mut self.shown {
            shown.note_focus(is_focused);
        }
    }

    /// The answer, once there is one.
    pub fn answer(&self) -> Option<FileAnswer> {
        self.shown.as_ref()?.answer()
    }
}

/// What waits for the pages of the draft.
pub struct HandingOut {
    goal: Goal,
    since: Instant,
}

enum Goal {
    /// An export or a print, once it is known what there is to look at
    Check(Command),
    /// An export to a file; with `true` the user was asked whether that may be replaced
    Export(PathBuf, Format, bool),
    /// A print
    Print,
}

impl HandingOut {
    /// Whether it has taken so long that the user should know.
    pub fn is_long(&self) -> bool {
        self.since.elapsed() > NOTICEABLE
    }
}

impl Editor {
    /// The name of the draft's file without its ending; for a new draft it is proposed from date and headline.
    fn stem(&self) -> String {
        let own = self.desk.document.path().and_then(Path::file_stem).map(|stem| stem.to_string_lossy().into_owned());
        own.unwrap_or_else(|| proposed_stem(self.desk.document.release(), self.words.get("untitled")))
    }

    /// Opens the system's dialog for a file; the window can be used meanwhile.
    pub(super) fn ask_file(&mut self, purpose: Purpose) {
        if self.dialog.is_some() {
            return;
        }
        let words = &self.words;
        let kind = |name: &str, endings: &[&'static str]| (words.get(name).to_owned(), endings.to_vec());
        let draft = self.desk.document.path();
        let stem = self.stem();
        let (title, name, kinds, save) = match purpose {
            Purpose::Open => ("title-open", String::new(), vec![kind("filter-drafts", &DRAFT_ENDINGS)], false),
            Purpose::Save(_) => {
                ("title-save", draft_file_name(&stem), vec![kind("filter-drafts", &DRAFT_ENDINGS)], true)
            }
            Purpose::Export => {
                let kinds =
                    vec![kind("filter-pdf", &["pdf"]), kind("filter-png", &["png"]), kind("filter-text", &["txt"])];
                ("title-export", format!("{stem}.pdf"), kinds, true)
            }
            Purpose::Handbook => {
                let name = format!("{}.pdf", words.get("handbook"));
                ("title-handbook", name, vec![kind("filter-pdf", &["pdf"])], true)
            }
            Purpose::Emblem => {
                let kinds = vec![kind("filter-pictures", &["png", "jpg", "jpeg", "svg"])];
                ("title-emblem", String::new(), kinds, false)
            }
        };
        let recent = self.settings.recent.first().map(PathBuf::as_path);
        // A template without a file most likely goes to where templates are.
        let is_template = self.desk.document.release().template.is_some() && matches!(purpose, Purpose::Save(_));
        let own = self.templates.own_folder().filter(|_| is_template && draft.is_none()).map(PathBuf::as_path);
        let folder = own.or(draft.or(recent).and_then(Path::parent)).map(Path::to_owned);
        let question = FileQuestion { title: words.get(title).to_owned(), folder: None, name, kinds, save };
        self.dialog = Some(Dialog { purpose, draft: self.draft, shown: None });
        let Some(folder) = folder else { return self.show_dialog(question) };
        let to_look_up = folder.clone();
        self.jobs.start(
            Task::on("doing-folder", &folder).at_most(LONGEST_LOOK),
            move |thread| disk::output::folder(thread, to_look_up),
            move |editor: &mut Self, answer| {
                let folder = match answer {
                    Answer::Done(folder) => folder,
                    Answer::Stopped | Answer::Lost => None,
                    Answer::Late(_) => return,
                };
                editor.show_dialog(FileQuestion { folder, ..question.clone() });
            },
        );
    }

    fn show_dialog(&mut self, question: FileQuestion) {
        let wake = self.jobs.wake();
        if let Some(dialog) = &mut self.dialog {
            dialog.shown.get_or_insert_with(|| OpenDialog::open(&self.dialogs, question, wake));
        }
    }

    pub(super) fn answered(&mut self, dialog: Dialog, answer: FileAnswer, ctx: &egui::Context) {
        let Dialog { purpose, draft, .. } = dialog;
        // The window can be used while a dialog is open: what was asked for one draft is not done
        // with another.
        if purpose != Purpose::Open && draft != self.draft {
            return;
        }
        match answer {
            FileAnswer::Cancelled => self.given_up = None,
            FileAnswer::Unavailable => {
                let proposed = match (&purpose, self.desk.document.path()) {
                    (Purpose::Export, Some(path)) => path.with_extension("pdf").display().to_string(),
                    (Purpose::Save(_) | Purpose::Open, Some(path)) => path.display().to_string(),
                    (Purpose::Export, None) => format!("{}.pdf", self.stem()),
                    (Purpose::Save(_), None) => draft_file_name(&self.stem()),
                    (Purpose::Handbook, _) => format!("{}.pdf", self.words.get("handbook")),
                    _ => String::new(),
                };
                self.questions.push_back(Question::Path(Box::new(TypedPath::new(purpose, proposed))));
            }
            FileAnswer::Chosen(path) => self.chosen(purpose, &path, true, ctx),
        }
    }

    /// Goes on with a file; `agreed` says that the user was asked whether it may be replaced.
    fn chosen(&mut self, purpose: Purpose, path: &Path, agreed: bool, ctx: &egui::Context) {
        match purpose {
            // What was typed while the dialog was open is asked about, too.
            Purpose::Open => self.carry_out(Command::OpenFile(path.to_owned()), ctx),
            Purpose::Emblem => self.set_emblem(path),
            Purpose::Save(next) => {
                let named = draft_name(path);
                let agreed = agreed && named.is_none();
                let path = named.unwrap_or_else(|| path.to_owned());
                if !self.can_be_called(&path) {
                    return;
                }
                if agreed || self.desk.document.path() == Some(&path) {
                    self.save_to(&path, next);
                } else {
                    self.replace_asked(vec![path.clone()], Replacing::Draft(path, next));
                }
            }
            Purpose::Handbook => {
                let agreed = agreed && path.extension().is_some_and(|ending| ending == "pdf");
                let path = path.with_extension("pdf");
                if self.can_be_called(&path) {
                    let export = self.handbook_to(&path);
                    self.export_asked(export, vec![path], agreed);
                }
            }
            Purpose::Export => {
                let agreed = agreed && path.extension().is_some();
                let path = if path.extension().is_none() { path.with_extension("pdf") } else { path.to_owned() };
                if !self.can_be_called(&path) {
                    return;
                }
                match Format::of(&path) {
                    Ok(format) => self.hand_out_soon(Goal::Export(path, format, agreed)),
                    Err(error) => self.failed_by(&error),
                }
            }
        }
    }

    /// Whether a file may have this name on every system; if not, that is said. The draft's own file has it.
    fn can_be_called(&mut self, path: &Path) -> bool {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        match check_file_name(&name) {
            Err(error) if self.desk.document.path() != Some(path) => {
                self.given_up = None;
                self.failed_by(&error);
                false
            }
            _ => true,
        }
    }

    /// Asks before something is written in the place of the first of the files that is there.
    fn replace_asked(&mut self, files: Vec<PathBuf>, what: Replacing) {
        let draft = self.draft;
        let looked_up = files.first().cloned().unwrap_or_default();
        let mut what = Some(what);
        self.jobs.start(
            Task::on("doing-folder", &looked_up),
            move |thread| disk::output::first_there(thread, files),
            move |editor: &mut Self, answer| match (answer, what.take()) {
                (Answer::Done(_), Some(_)) if editor.draft != draft => {}
                (Answer::Done(Some(there)), Some(what)) => editor.questions.push_back(Question::Replace(what, there)),
                (Answer::Done(None), Some(what)) => editor.write(what),
                (Answer::Lost, _) => editor.lost(),
                _ => {}
            },
        );
    }

    /// Saves or exports, whatever is there.
    fn write(&mut self, what: Replacing) {
        match what {
            Replacing::Draft(path, next) => self.save_to(&path, next),
            Replacing::Export(export) => self.export(*export),
        }
    }

    fn export(&mut self, export: Export) {
        let (path, disk) = (export.path.clone(), self.saving.disk.clone());
        let file = path.clone();
        self.exports += 1;
        self.jobs.start(
            Task::on("doing-export", &path).in_order(),
            move |thread| disk::output::export(thread, &*disk, &export),
            move |editor: &mut Self, answer| {
                if !matches!(answer, Answer::Late(_)) {
                    editor.exports = editor.exports.saturating_sub(1);
                }
                match answer {
                    Answer::Done(Ok(files)) | Answer::Late(Ok(files)) => {
                        let file = files.first().unwrap_or(&file).clone();
                        let text = editor.words.with("exported", &[("file", &file.display().to_string())]);
                        editor.say(text, Some(file));
                    }
                    Answer::Done(Err(error)) => editor.failed_by(&error),
                    Answer::Stopped => {
                        let file = file.display().to_string();
                        editor.failed(editor.words.with("export-stopped", &[("file", &file)]));
                    }
                    Answer::Lost => editor.lost(),
                    // It was given up, and the user was told so.
                    Answer::Late(Err(_)) => {}
                }
            },
        );
    }

    /// Exports or prints when it is known what there is to look at in the release as it is now.
    pub(super) fn check_before(&mut self, command: Command) {
        self.set_pages();
        self.hand_out_soon(Goal::Check(command));
    }

    /// Exports or prints, whatever there is to look at.
    pub(super) fn hand_out(&mut self, command: &Command) {
        match command {
            Command::Print => self.hand_out_soon(Goal::Print),
            _ => self.ask_file(Purpose::Export),
        }
    }

    fn hand_out_soon(&mut self, goal: Goal) {
        self.handing_out = Some(HandingOut { goal, since: Instant::now() });
        self.hand_out_when_set();
    }

    /// Goes on with an export or a print as soon as the pages are those of the draft.
    pub(super) fn hand_out_when_set(&mut self) {
        let Some(HandingOut { goal, since }) = &self.handing_out else { return };
        let is_set = self.desk.is_set() && !self.emblem.is_coming();
        let is_ready = match goal {
            Goal::Check(_) => is_set && (!self.desk.is_pending() || since.elapsed() > LONGEST_CHECK),
            Goal::Export(..) | Goal::Print => is_set,
        };
        if !is_ready {
            return self.jobs.wake().request_repaint_after(NOTICEABLE);
        }
        let Some(HandingOut { goal, .. }) = self.handing_out.take() else { return };
        match goal {
            Goal::Check(command) if self.desk.findings.is_empty() => self.hand_out(&command),
            Goal::Check(command) => self.questions.push_back(Question::Findings(command)),
            Goal::Print => self.print(),
            Goal::Export(path, format, agreed) => {
                let files = match format {
                    Format::Png(_) => pictures(&path, self.desk.print.pages.len()),
                    _ => vec![path.clone()],
                };
                let release = Arc::new(self.desk.document.release().clone());
                let export = Export { release, pages: Some(self.desk.print.clone()), format, path };
                self.export_asked(export, files, agreed);
            }
        }
    }

    /// Exports, or asks first about a file that would be replaced; `agreed` says that the user was asked
    /// about the one that the dialog names. Of several, the others may be there, too.
    fn export_asked(&mut self, export: Export, files: Vec<PathBuf>, agreed: bool) {
        let to_ask: Vec<_> = files.into_iter().filter(|file| !(agreed && *file == export.path)).collect();
        if to_ask.is_empty() {
            self.export(export);
        } else {
            self.replace_asked(to_ask, Replacing::Export(Box::new(export)));
        }
    }

    /// Hands the release to the printer.
    fn print(&mut self) {
        if self.printing.is_some() {
            return;
        }
        let draft = std::ffi::OsString::from(self.stem());
        let (release, pages) = (self.desk.document.release().clone(), self.desk.print.clone());
        let about = PathBuf::from(&draft);
        self.exports += 1;
        self.jobs.start(
            Task::on("doing-print", &about),
            move |thread| disk::output::print_file(thread, &draft, &release, &pages),
            |editor: &mut Self, answer| {
                if !matches!(answer, Answer::Late(_)) {
                    editor.exports = editor.exports.saturating_sub(1);
                }
                match answer {
                    Answer::Done(Ok(file)) => {
                        let job = PrintJob::start(file.clone(), editor.jobs.wake());
                        editor.printing = Some((job, file));
                    }
                    Answer::Late(Ok(file)) => editor.forget_printed(file),
                    Answer::Done(Err(error)) => editor.failed_by(&error),
                    Answer::Lost => editor.lost(),
                    Answer::Stopped | Answer::Late(Err(_)) => {}
                }
            },
        );
    }

    /// Says what came of printing. `file` is taken away if nothing reads it any more.
    pub(super) fn printed(&mut self, outcome: printing::Outcome, file: PathBuf) {
        // A spooler has its own copy. A program that was asked to print or to show the file may read it
        // late; the file is removed at a later start.
        if outcome.is_err() || outcome == Ok(Printed::HandedOver) && cfg!(not(windows)) {
            self.forget_printed(file);
        }
        match outcome {
            Ok(Printed::HandedOver) => self.say(self.words.get("printed").to_owned(), None),
            Ok(Printed::Opened) => self.say(self.words.get("print-opened").to_owned(), None),
            Err(PrintError::Unavailable) => self.failed(self.words.get("print-unavailable").to_owned()),
            Err(PrintError::Refused(reason)) => {
                self.failed(self.words.with("print-refused", &[("reason", &reason)]));
            }
        }
    }

    fn forget_printed(&mut self, file: PathBuf) {
        let task = Task::on("doing-print", &file).in_background();
        let remove = move |thread: &JobThread| disk::output::printed(thread, &file);
        self.jobs.start(task, remove, |editor: &mut Self, answer| {
            if let Answer::Done(Err(error)) = answer {
                editor.failed_by(&error);
            }
        });
    }

    /// Opens a file in the program that the system has for it.
    pub(super) fn open_elsewhere(&mut self, file: PathBuf) {
        let task = Task::on("doing-open", &file);
        let open = move |thread: &JobThread| disk::output::open_elsewhere(thread, &file);
        self.jobs.start(task, open, |editor: &mut Self, answer| editor.opened_elsewhere(answer));
    }

    /// Opens a folder, or that of a file, in the program that the system has for folders.
    pub(super) fn open_folder(&mut self, place: PathBuf) {
        let task = Task::on("doing-open", &place);
        let open = move |thread: &JobThread| disk::output::open_folder(thread, &place);
        self.jobs.start(task, open, |editor: &mut Self, answer| editor.opened_elsewhere(answer));
    }

    /// Starts the program again, so that a second draft can be seen beside the first.
    pub(super) fn open_window(&mut self) {
        let task = Task::on("doing-window", Path::new("")).in_background();
        self.jobs.start(task, disk::output::new_window, |editor: &mut Self, answer| {
            if let Answer::Done(Err(error)) = answer {
                let text = editor.words.with("window-failed", &[("reason", &error.to_string())]);
                editor.failed(text);
            }
        });
    }

    fn opened_elsewhere(&mut self, answer: Answer<std::io::Result<()>>) {
        if let Answer::Done(Err(error)) = answer {
            let text = self.words.with("opening-failed", &[("reason", &error.to_string())]);
            self.failed(text);
        }
    }

    /// Takes away what earlier starts left for the printer.
    pub fn tidy_printing(&mut self) {
        let task = Task::on("doing-print", Path::new("")).in_background();
        self.jobs.start(task, disk::output::tidy_printing, |_: &mut Self, _| {});
    }

    fn set_emblem(&mut self, path: &Path) {
        // Beside the draft the name alone is enough, and the two can be moved together.
        let folder = self.desk.document.path().and_then(Path::parent);
        let file = folder.and_then(|folder| path.strip_prefix(folder).ok()).unwrap_or(path);
        let file = file.to_string_lossy();
        // Drafts go from Windows to other systems, and there a backslash is a letter of the name.
        let file = if cfg!(windows) { file.replace('\\', "/") } else { file.into_owned() };
        // Who chooses a picture knows where it is.
        if !is_beside(self.desk.document.path(), path) {
            self.allow_picture(path);
        }
        // The same file may hold another picture now.
        self.forget_emblem();
        self.desk.document.change(Step::Emblem, self.form.place(), |release| {
            let before = release.letterhead.emblem.take().unwrap_or_default();
            release.letterhead.emblem = Some(Emblem { file, ..before });
        });
    }

    /// Asks whether a file may be replaced, where the system's dialog did not.
    pub(super) fn ask_replacing(&mut self, what: Replacing, there: PathBuf, ctx: &egui::Context) -> Option<Question> {
        let (mut replace, mut cancel) = (false, false);
        let modal = theme::question(ctx, "replacing").show(ctx, |ui| {
            ui.set_width(440.0);
            ui.label(Label::new(self.words.get("replacing-title")).font(theme::strong(17.0)));
            ui.add_space(6.0);
            let text = if matches!(what, Replacing::Export(_)) { "replacing-export" } else { "replacing-text" };
            ui.label(self.words.with(text, &[("file", &there.display().to_string())]));
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                replace = ui.button(self.words.get("replacing-replace")).clicked();
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    // Enter may still be meant for the name of the file.
                    cancel = theme::default_button(ui, self.words.get("cancel")).clicked();
                });
            });
        });
        if replace {
            self.write(what);
        } else if !cancel && !modal.should_close() {
            return Some(Question::Replace(what, there));
        }
        None
    }

    /// A path typed by hand, where the system has no dialog.
    pub(super) fn ask_path(&mut self, mut typed: Box<TypedPath>, ctx: &egui::Context) -> Option<Question> {
        let (mut ok, mut cancel) = (false, false);
        let (words, canvas, settings) = (&self.words, &mut self.canvas, &self.settings);
        let modal = theme::question(ctx, "path").show(ctx, |ui| {
            ui.set_width(480.0_f32.min(ui.ctx().content_rect().width() - 60.0));
            prose::paragraph(ui, canvas, words.language, words.get("path-text"));
            ui.add_space(6.0);
            ui.label(words.get("path-label"));
            let id = egui::Id::unique("path-field");
            typed.is_focused = typed.is_focused || theme::focus(ui, id);
            let field = PlainField { id, label: words.get("path-label"), hint: "", multiline: false, names: None };
            let output = field.show(ui, &mut typed.path, &mut typed.state, canvas, settings);
            ok = output.leave == Some(Leave::Next);
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                ok |= ui.button(words.get("ok")).clicked();
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    cancel = ui.button(words.get("cancel")).clicked();
                });
            });
        });
        if ok && !typed.path.trim().is_empty() {
            let TypedPath { purpose, path, .. } = *typed;
            self.chosen(purpose, Path::new(path.trim()), false, ctx);
        } else if !cancel && !modal.should_close() {
            return Some(Question::Path(typed));
        } else {
            self.given_up = None;
        }
        None
    }
}

/// A path that is typed where the system has no file dialog.
pub struct TypedPath {
    purpose: Purpose,
    path: String,
    state: FieldState,
    /// Whether the field has had the keyboard.
    is_focused: bool,
}

impl TypedPath {
    /// Proposes a path, with the name selected and not the ending.
    fn new(purpose: Purpose, path: String) -> Self {
        let start = path.rfind(['/', std::path::MAIN_SEPARATOR]).map_or(0, |at| at + 1);
        let end = path.rfind('.').filter(|&at| at > start).unwrap_or(path.len());
        let mut state = FieldState::default();
        state.select(start..end);
        Self { purpose, path, state, is_focused: false }
    }
}

/// The name that is proposed for the file of a new draft: the date, so that a folder lists releases in their order,
/// and the headline.
fn proposed_stem(release: &Release, otherwise: &str) -> String {
    let template = release.template.as_ref().map(|template| template.name.as_str());
    let texts = [template.unwrap_or_default(), release.headline.as_str(), release.title.as_str(), otherwise];
    let text = texts.into_iter().find_map(|text| stem_of(text, LONGEST_STEM));
    let date = release.signature.date.day().filter(|_| release.template.is_none()).map(|day| day.to_string());
    match (date, text) {
        (Some(date), Some(text)) => format!("{date} {text}"),
        (date, text) => date.or(text).unwrap_or_else(|| "release".to_owned()),
    }
}

/// The name of a draft's file where it has no ending yet.
fn draft_name(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?;
    // The date at the end of a name is no ending.
    (!is_draft(path)).then(|| {
        let mut name = name.to_owned();
        name.push(".");
        name.push(DRAFT_ENDINGS[0]);
        path.with_file_name(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::{Language, SigningDate};

    #[test]
    fn a_file_is_called_by_date_and_headline() {
        let mut release = Release::blank(Language::English);
        release.signature.date = SigningDate::Unset;
        release.title = "PRESS RELEASE".into();
        assert_eq!(proposed_stem(&release, "Untitled"), "PRESS RELEASE");
        release.headline = "Cambodia: a visit / to Japan".into();
        release.signature.date = chrono::NaiveDate::from_ymd_opt(2026, 11, 28).into();
        assert_eq!(proposed_stem(&release, "Untitled"), "2026-11-28 Cambodia a visit to Japan");
        let khmer = "ឧបនាយករដ្ឋមន្ត្រី".repeat(40);
        release.headline.clone_from(&khmer);
        let stem = proposed_stem(&release, "Untitled");
        assert!(khmer.starts_with(stem.trim_start_matches("2026-11-28 ")), "{stem}");
        assert_eq!(check_file_name(&draft_file_name(&stem)), Ok(()));
    }

    #[test]
    fn the_name_in_a_proposed_path_is_selected() {
        let typed = TypedPath::new(Purpose::Open, "/home/a.b/visit.release".into());
        let selection = typed.state.selection;
        assert_eq!((selection.start().byte, selection.end().byte), (10, 15));
        let bare = TypedPath::new(Purpose::Open, String::new());
        assert!(bare.state.selection.is_empty());
    }
}

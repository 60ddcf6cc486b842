//! Files that the user chooses: what for, whether one may be replaced, and what is then written.
//!
//! Its invariants: no file is replaced before the user was asked about exactly that one; and what is
//! exported or printed are the pages of the draft as it is, set once, after every key that came before.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use egui::RichText as Label;

use super::{
    Command, Editor, disk,
    editing::Step,
    handing_out::Goal,
    jobs::{Answer, JobThread, Task},
    other_language::name_of_both,
    platform::{FileAnswer, FileQuestion, OpenDialog},
    question::{Purpose, Question, Replacing, TypedPath},
    stem::stem_of,
    theme,
};
use crate::{
    export::Format,
    release::{Emblem, Release},
    storage::{DRAFT_ENDINGS, check_file_name, draft_file_name, is_beside, is_draft},
    word,
};

/// How long it may take to find out whether a dialog can begin in a folder.
const LONGEST_LOOK: Duration = Duration::from_secs(1);

/// The longest name that is proposed for a file, in bytes, without date and ending.
const LONGEST_STEM: usize = 120;

/// The endings of Word files that can be chosen: what is said of an old one is how it is made a new one.
const WORD_ENDINGS: [&str; 2] = ["docx", "doc"];

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

impl Editor {
    /// The name of the draft's file without its ending; for a new draft it is proposed from date and headline.
    pub(super) fn stem(&self) -> String {
        let own = self.desk.document.path().and_then(Path::file_stem).map(|stem| stem.to_string_lossy().into_owned());
        own.unwrap_or_else(|| proposed_stem(self.desk.document.release(), self.words.get("untitled")))
    }

    /// Opens the system's dialog for a file; the window can be used meanwhile.
    pub(super) fn ask_file(&mut self, purpose: Purpose) {
        if self.dialog.is_some() {
            return;
        }
        let question = self.question_of(&purpose);
        let draft = self.desk.document.path();
        let recent = self.settings.recent.first().map(PathBuf::as_path);
        // A template without a file most likely goes to where templates are.
        let is_template = self.desk.document.release().template.is_some() && matches!(purpose, Purpose::Save(_));
        let own = self.templates.own_folder().filter(|_| is_template && draft.is_none()).map(PathBuf::as_path);
        let folder = own.or(draft.or(recent).and_then(Path::parent)).map(Path::to_owned);
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

    /// The question for a file of this purpose, without a folder to begin in.
    fn question_of(&self, purpose: &Purpose) -> FileQuestion {
        let words = &self.words;
        let kind = |name: &str, endings: &[&'static str]| (words.get(name).to_owned(), endings.to_vec());
        let stem = self.stem();
        let drafts_and_word = || [DRAFT_ENDINGS.as_slice(), &WORD_ENDINGS].concat();
        let pictures = || vec![kind("filter-pictures", &["png", "jpg", "jpeg", "svg"])];
        let (title, name, kinds, save) = match purpose {
            Purpose::Open => (
                "title-open",
                String::new(),
                vec![kind("filter-drafts", &drafts_and_word()), kind("filter-word", &WORD_ENDINGS)],
                false,
            ),
            Purpose::Counterpart => {
                ("title-counterpart", String::new(), vec![kind("filter-drafts", &drafts_and_word())], false)
            }
            Purpose::Returned => (
                "title-review",
                String::new(),
                vec![kind("filter-word", &WORD_ENDINGS), kind("filter-drafts", &drafts_and_word())],
                false,
            ),
            Purpose::Save(_) => {
                ("title-save", draft_file_name(&stem), vec![kind("filter-drafts", &DRAFT_ENDINGS)], true)
            }
            Purpose::Export => {
                let kinds = vec![
                    kind("filter-pdf", &["pdf"]),
                    kind("filter-word", &["docx"]),
                    kind("filter-web", &["html"]),
                    kind("filter-png", &["png"]),
                    kind("filter-text", &["txt"]),
                ];
                ("title-export", format!("{stem}.pdf"), kinds, true)
            }
            Purpose::ExportBoth => ("title-export-both", name_of_both(&stem), vec![kind("filter-pdf", &["pdf"])], true),
            Purpose::Post => ("title-post", format!("{stem}-post.png"), vec![kind("filter-png", &["png"])], true),
            Purpose::Handbook => {
                let name = format!("{}.pdf", words.get("handbook"));
                ("title-handbook", name, vec![kind("filter-pdf", &["pdf"])], true)
            }
            Purpose::Emblem => ("title-emblem", String::new(), pictures(), false),
            Purpose::Picture => ("title-picture", String::new(), pictures(), false),
        };
        FileQuestion { title: words.get(title).to_owned(), folder: None, name, kinds, save }
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
            FileAnswer::Cancelled => self.closing.refused = None,
            FileAnswer::Unavailable => {
                let proposed = match (&purpose, self.desk.document.path()) {
                    (Purpose::Export, Some(path)) => path.with_extension("pdf").display().to_string(),
                    (Purpose::Save(_) | Purpose::Open, Some(path)) => path.display().to_string(),
                    (Purpose::Export, None) => format!("{}.pdf", self.stem()),
                    (Purpose::Save(_), None) => draft_file_name(&self.stem()),
                    (Purpose::ExportBoth, path) => {
                        let name = name_of_both(&self.stem());
                        path.map_or_else(|| name.clone(), |path| path.with_file_name(&name).display().to_string())
                    }
                    (Purpose::Post, path) => {
                        let name = format!("{}-post.png", self.stem());
                        path.map_or_else(|| name.clone(), |path| path.with_file_name(&name).display().to_string())
                    }
                    (Purpose::Handbook, _) => format!("{}.pdf", self.words.get("handbook")),
                    _ => String::new(),
                };
                let proposed = self.path_typed_for(&purpose, proposed);
                let question = self.question_of(&purpose);
                let typed = Question::Path(Box::new(TypedPath::new(purpose, question, proposed)));
                // What was asked within a question is answered first.
                self.questions.push_front(typed);
            }
            FileAnswer::Chosen(path) => self.chosen(purpose, &path, true, ctx),
        }
    }

    /// Goes on with a file; `agreed` says that the user was asked whether it may be replaced.
    pub(super) fn chosen(&mut self, purpose: Purpose, path: &Path, agreed: bool, ctx: &egui::Context) {
        match purpose {
            // What was typed while the dialog was open is asked about, too.
            Purpose::Open => self.carry_out(Command::OpenFile(path.to_owned()), ctx),
            Purpose::Emblem => self.set_emblem(path),
            Purpose::Picture => self.read_picture(path),
            Purpose::Returned => self.read_returned(path),
            Purpose::Counterpart => self.read_counterpart(path),
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
            Purpose::Post => {
                // Each file has a name of its own, about which the dialog did not ask.
                if self.can_be_called(path) {
                    self.hand_out_soon(Goal::Export(path.to_owned(), Format::Post, false));
                }
            }
            Purpose::ExportBoth => {
                let is_pdf = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
                let path = if is_pdf { path.to_owned() } else { PathBuf::from(format!("{}.pdf", path.display())) };
                if let Some(other) = self.counterpart().filter(|_| self.can_be_called(&path)) {
                    self.hand_out_soon(Goal::ExportBoth(path, other, agreed && is_pdf));
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
                    Ok(format) => {
                        let word = Format::Word(word::Options { mark_breaks: self.settings.mark_breaks });
                        let format = if matches!(format, Format::Word(_)) { word } else { format };
                        self.hand_out_soon(Goal::Export(path, format, agreed));
                    }
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
                self.closing.refused = None;
                self.failed_by(&error);
                false
            }
            _ => true,
        }
    }

    /// Asks before something is written in the place of the first of the files that is there.
    pub(super) fn replace_asked(&mut self, files: Vec<PathBuf>, what: Replacing) {
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
    pub(super) fn write(&mut self, what: Replacing) {
        match what {
            Replacing::Draft(path, next) => self.save_to(&path, next),
            Replacing::Export(export) => self.export(*export),
        }
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
    pub(super) fn open_window(&mut self, draft: Option<&Path>) {
        if !self.dialogs.is_system() {
            return;
        }
        let task = Task::on("doing-window", Path::new("")).in_background();
        let draft = draft.map(Path::to_owned);
        let start = move |thread: &_| disk::output::new_window(thread, draft.as_deref());
        self.jobs.start(task, start, |editor: &mut Self, answer| {
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
            let text = self.words.with(text, &[("file", &there.display().to_string())]);
            super::prose::paragraph(ui, &mut self.canvas, &self.words, &text);
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
}

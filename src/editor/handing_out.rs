//! Exporting and printing: what is handed out are the pages of the draft as it is, set after every key that came
//! before, and it waits until it is known what there is to look at.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    Command, Editor, disk,
    disk::output::{Export, Other, OtherChecked},
    jobs::{Answer, JobThread, Task},
    paths,
    printing::{self, PrintError, PrintJob, Printed},
    question::{Purpose, Question, Replacing},
    words::Words,
};
use crate::{
    export::{Format, pictures},
    pdf, post,
};

/// How long an export waits for the checks.
const LONGEST_CHECK: Duration = Duration::from_secs(5);
/// A wait for pages is shown when it has taken this long.
const NOTICEABLE: Duration = Duration::from_millis(300);

/// What leaves the window.
#[derive(Default)]
pub struct Output {
    /// What is exported or printed as soon as its pages are ready.
    pub waiting: Option<HandingOut>,
    /// How many releases are being written.
    pub exports: usize,
    /// What is being printed, and its file.
    pub printing: Option<(PrintJob, PathBuf)>,
}

/// What waits for the pages of the draft.
pub struct HandingOut {
    goal: Goal,
    since: Instant,
}

pub enum Goal {
    /// An export or a print, once it is known what there is to look at.
    Check(Command),
    /// An export to a file; with `true` the user was asked whether that may be replaced.
    Export(PathBuf, Format, bool),
    /// An export to a file together with the release in the other language, which the other file has.
    ExportBoth(PathBuf, PathBuf, bool),
    /// A print.
    Print,
    /// What is posted, to be looked at.
    Post,
    /// The text on the clipboard, for a site or mail; with `true` as code.
    Copy(bool),
}

/// What is said of the files that were written, the first of which is `file` if none is known.
fn exported(words: &Words, files: &[PathBuf], file: &Path, is_post: bool) -> String {
    let first = paths::shown(files.first().map_or(file, PathBuf::as_path));
    let last = files.last().filter(|_| files.len() > 1 && !is_post).and_then(|file| file.file_name());
    match last {
        Some(last) => {
            let (count, last) = (words.digits(&files.len().to_string()), last.to_string_lossy());
            words.with("exported-pages", &[("count", &count), ("first", &first), ("last", &last)])
        }
        None => words.with(if is_post { "exported-post" } else { "exported" }, &[("file", &first)]),
    }
}

impl HandingOut {
    /// Whether it has taken so long that the user should know.
    pub fn is_long(&self) -> bool {
        self.since.elapsed() > NOTICEABLE
    }
}

impl Editor {
    pub(super) fn export(&mut self, export: Export) {
        let (path, disk) = (export.path.clone(), self.saving.disk.clone());
        let caption = (export.format == Format::Post).then(|| post::caption(&export.release, &export.hashtags));
        let file = path.clone();
        self.output.exports += 1;
        self.jobs.start(
            Task::on("doing-export", &path).in_order(),
            move |thread| disk::output::export(thread, &*disk, &export),
            move |editor: &mut Self, answer| {
                if !matches!(answer, Answer::Late(_)) {
                    editor.output.exports = editor.output.exports.saturating_sub(1);
                }
                match answer {
                    Answer::Done(Ok(files)) | Answer::Late(Ok(files)) => {
                        let text = exported(&editor.words, &files, &file, caption.is_some());
                        let file = files.first().unwrap_or(&file).clone();
                        if let Some(caption) = &caption {
                            editor.jobs.wake().copy_text(caption.clone());
                        }
                        editor.say_written(text, &file, true);
                    }
                    Answer::Done(Err(error)) => editor.failed_by(&error),
                    Answer::Stopped => {
                        let file = paths::shown(&file);
                        editor.failed(editor.words.with("export-stopped", &[("file", &file)]));
                    }
                    Answer::Lost => editor.lost(),
                    // A message has said that the user stopped waiting.
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
            Command::Post => self.hand_out_soon(Goal::Post),
            Command::ExportBoth => self.ask_file(Purpose::ExportBoth),
            _ => self.ask_file(Purpose::Export),
        }
    }

    pub(super) fn hand_out_soon(&mut self, goal: Goal) {
        self.output.waiting = Some(HandingOut { goal, since: Instant::now() });
        self.hand_out_when_set();
    }

    /// Goes on with an export or a print as soon as the pages are those of the draft.
    pub(super) fn hand_out_when_set(&mut self) {
        let Some(HandingOut { goal, since }) = &self.output.waiting else { return };
        let is_set = self.desk.is_set() && !self.emblem.is_coming();
        let is_ready = match goal {
            Goal::Check(_) => is_set && (!self.desk.is_pending() || since.elapsed() > LONGEST_CHECK),
            Goal::Export(..) | Goal::ExportBoth(..) | Goal::Print | Goal::Copy(_) | Goal::Post => is_set,
        };
        if !is_ready {
            return self.jobs.wake().request_repaint_after(NOTICEABLE);
        }
        let Some(HandingOut { goal, .. }) = self.output.waiting.take() else { return };
        match goal {
            Goal::Check(Command::ExportBoth) => self.check_both(),
            Goal::Check(command) => self.hand_out_asked(command, None),
            Goal::Print => self.print(),
            Goal::Copy(as_code) => self.copy_release(as_code),
            Goal::Post => self.look_at_post(),
            Goal::ExportBoth(path, other, agreed) => {
                let other = Some(self.other_at(other));
                let export = Export { other, ..self.export_to(path.clone(), Format::Pdf(pdf::Options::default())) };
                self.export_asked(export, vec![path], agreed);
            }
            Goal::Export(path, format, agreed) => {
                let files = match format {
                    Format::Png(_) => pictures(&path, self.desk.print.pages.len()),
                    Format::Post => post::names(&path, self.desk.print.pages.len()),
                    _ => vec![path.clone()],
                };
                self.export_asked(self.export_to(path, format), files, agreed);
            }
        }
    }

    fn other_at(&self, path: PathBuf) -> Other {
        Other { path, words: self.lists.words.clone(), pictures: self.allowed_pictures() }
    }

    /// Exports or prints, or asks first about what there is to look at.
    fn hand_out_asked(&mut self, command: Command, other: Option<Box<OtherChecked>>) {
        let is_open = |other: &OtherChecked| !other.findings.is_empty() || other.differences > 0;
        if self.desk.findings.is_empty() && !other.as_deref().is_some_and(is_open) {
            self.hand_out(&command);
        } else {
            self.questions.push_back(Question::Findings(command, other));
        }
    }

    /// Looks through the release in the other language, too, before both are exported.
    fn check_both(&mut self) {
        let Some(path) = self.counterpart() else { return };
        let (other, own, roster) =
            (self.other_at(path.clone()), self.desk.document.release().clone(), self.lists.roster.clone());
        let draft = self.draft;
        self.jobs.start(
            Task::on("doing-compare", &path),
            move |thread| disk::output::check_other(thread, &own, &other, &roster),
            move |editor: &mut Self, answer| match answer {
                Answer::Done(_) if draft != editor.draft => {}
                Answer::Done(Ok(checked)) => editor.hand_out_asked(Command::ExportBoth, Some(Box::new(checked))),
                Answer::Done(Err(error)) => editor.failed_by(&error),
                Answer::Lost => editor.lost(),
                Answer::Stopped | Answer::Late(_) => {}
            },
        );
    }

    /// The draft with the pages that are set, for a file.
    fn export_to(&self, path: PathBuf, format: Format) -> Export {
        let release = Arc::new(self.desk.document.release().clone());
        let (pages, hashtags) = (Some(self.desk.print.clone()), self.settings.hashtags.clone());
        Export { release, pages, format, hashtags, other: None, path }
    }

    /// Exports, or asks first about a file that would be replaced; `agreed` says that the user was asked
    /// about the one that the dialog names. Of several, the others may be there, too.
    pub(super) fn export_asked(&mut self, export: Export, files: Vec<PathBuf>, agreed: bool) {
        let to_ask: Vec<_> = files.into_iter().filter(|file| !(agreed && *file == export.path)).collect();
        if to_ask.is_empty() {
            self.export(export);
        } else {
            self.replace_asked(to_ask, Replacing::Export(Box::new(export)));
        }
    }

    /// Puts the whole text on the clipboard, as HTML with plain text beside it, or as the code of a page.
    fn copy_release(&mut self, as_code: bool) {
        let (release, pages) = (self.desk.document.release().clone(), self.desk.print.clone());
        let about = PathBuf::from(self.stem());
        self.jobs.start(
            Task::on("doing-export", &about),
            move |thread| disk::output::texts(thread, &release, &pages),
            move |editor: &mut Self, answer| match answer {
                Answer::Done(Ok((html, plain))) => {
                    let wake = editor.jobs.wake().clone();
                    if as_code {
                        wake.copy_text(html);
                    } else {
                        editor.canvas.clipboard.put(&wake, html, plain);
                    }
                    editor.tell(editor.words.get("copied-release").to_owned());
                }
                Answer::Done(Err(error)) => editor.failed_by(&error),
                Answer::Lost => editor.lost(),
                Answer::Stopped | Answer::Late(_) => {}
            },
        );
    }

    /// Hands the release to the printer.
    fn print(&mut self) {
        if self.output.printing.is_some() {
            return;
        }
        let draft = std::ffi::OsString::from(self.stem());
        let (release, pages) = (self.desk.document.release().clone(), self.desk.print.clone());
        let about = PathBuf::from(&draft);
        self.output.exports += 1;
        self.jobs.start(
            Task::on("doing-print", &about),
            move |thread| disk::output::print_file(thread, &draft, &release, &pages),
            |editor: &mut Self, answer| {
                if !matches!(answer, Answer::Late(_)) {
                    editor.output.exports = editor.output.exports.saturating_sub(1);
                }
                match answer {
                    Answer::Done(Ok(file)) => {
                        let job = PrintJob::start(file.clone(), editor.jobs.wake());
                        editor.output.printing = Some((job, file));
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::WindowLanguage;

    #[test]
    fn pages_as_pictures_are_counted_and_named() {
        let words = Words::new(WindowLanguage::English);
        // A whole path, as the system writes it.
        let path = std::path::absolute("/a/visit.png").unwrap();
        let files = pictures(&path, 3);
        let said = exported(&words, &files, &path, false);
        let first = path.with_file_name("visit-1.png").display().to_string();
        assert_eq!(said, format!("3 pages exported as pictures, from {first} to visit-3.png"));
        let said = exported(&words, &files[..1], &path, false);
        assert_eq!(said, format!("Exported to {first}"));
    }
}

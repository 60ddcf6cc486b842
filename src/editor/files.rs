//! Files that an official chooses: what for, whether one may be replaced, and what is then written.
//!
//! Its invariant: no file is replaced before the official was asked about exactly that one.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use super::{
    Command, Editor, EmblemFile,
    document::Step,
    errors::Said as _,
    platform::{self, FileAnswer, FileQuestion, OpenDialog, PrintError, PrintJob},
};
use crate::{
    export::{ExportError, Format, export, pictures},
    pdf,
    release::Emblem,
    storage::{DRAFT_ENDINGS, draft_file_name, is_draft},
};

/// How long an export waits to be told what there is to look at.
const LONGEST_CHECK: Duration = Duration::from_secs(5);

/// The name that is proposed for the file of a new draft.
const NEW_DRAFT: &str = "draft";

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

impl Editor {
    /// Opens the system's dialog for a file; the window can be used meanwhile.
    pub(super) fn ask_file(&mut self, purpose: Purpose, ctx: &egui::Context) {
        if self.dialog.is_some() {
            return;
        }
        let words = &self.words;
        let kind = |name: &str, endings: &[&'static str]| (words.get(name).to_owned(), endings.to_vec());
        let draft = self.document.path();
        let stem = draft.and_then(Path::file_stem).map(|stem| stem.to_string_lossy().into_owned());
        let stem = stem.unwrap_or_else(|| "release".to_owned());
        let (title, name, kinds, save) = match purpose {
            Purpose::Open => ("title-open", String::new(), vec![kind("filter-drafts", &DRAFT_ENDINGS)], false),
            Purpose::Save(_) => {
                let stem = if draft.is_some() { &stem } else { NEW_DRAFT };
                ("title-save", draft_file_name(stem), vec![kind("filter-drafts", &DRAFT_ENDINGS)], true)
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
        let is_template = self.document.release().template.is_some() && matches!(purpose, Purpose::Save(_));
        let own = self.templates.own_folder().filter(|_| is_template && draft.is_none()).map(PathBuf::as_path);
        let folder =
            own.or(draft.or(recent).and_then(Path::parent)).map(Path::to_owned).filter(|folder| folder.is_dir());
        let question = FileQuestion { title: words.get(title).to_owned(), folder, name, kinds, save };
        self.dialog = Some((purpose, OpenDialog::open(question, ctx.clone())));
        self.dialog_for = self.draft;
    }

    pub(super) fn answered(&mut self, purpose: Purpose, answer: FileAnswer, ctx: &egui::Context) {
        // The window can be used while a dialog is open: what was asked for one draft is not done
        // with another.
        if purpose != Purpose::Open && self.dialog_for != self.draft {
            return;
        }
        match answer {
            FileAnswer::Cancelled => self.unwanted = None,
            FileAnswer::Unavailable => {
                let proposed = match (&purpose, self.document.path()) {
                    (Purpose::Export, Some(path)) => path.with_extension("pdf").display().to_string(),
                    (Purpose::Save(_) | Purpose::Open, Some(path)) => path.display().to_string(),
                    (Purpose::Export, None) => "release.pdf".to_owned(),
                    (Purpose::Save(_), None) => draft_file_name(NEW_DRAFT),
                    (Purpose::Handbook, _) => format!("{}.pdf", self.words.get("handbook")),
                    _ => String::new(),
                };
                self.typed_path = Some((purpose, proposed));
            }
            FileAnswer::Chosen(path) => self.chosen(purpose, &path, true, ctx),
        }
    }

    /// Goes on with a file; `agreed` says that the official was asked whether it may be replaced.
    pub(super) fn chosen(&mut self, purpose: Purpose, path: &Path, agreed: bool, ctx: &egui::Context) {
        match purpose {
            // What was typed while the dialog was open is asked about, too.
            Purpose::Open => self.carry_out(Command::OpenFile(path.to_owned()), ctx),
            Purpose::Emblem => self.set_emblem(path),
            Purpose::Export | Purpose::Handbook | Purpose::Save(_) => {
                let agreed = agreed.then_some(path);
                let (path, files) = self.to_be_written(&purpose, path);
                let is_own = |file: &Path| matches!(purpose, Purpose::Save(_)) && self.document.path() == Some(file);
                let there = files.into_iter().find(|file| file.exists() && agreed != Some(file) && !is_own(file));
                match there {
                    Some(there) => self.replacing = Some((purpose, path, there)),
                    None => self.write_as(purpose, &path, ctx),
                }
            }
        }
    }

    /// A path with its ending, and the files that will be there.
    fn to_be_written(&self, purpose: &Purpose, path: &Path) -> (PathBuf, Vec<PathBuf>) {
        let path = match purpose {
            Purpose::Export if path.extension().is_none() => path.with_extension("pdf"),
            Purpose::Handbook => path.with_extension("pdf"),
            Purpose::Save(_) => draft_name(path).unwrap_or_else(|| path.to_owned()),
            _ => path.to_owned(),
        };
        let files = match Format::of(&path) {
            Ok(Format::Png(_)) if *purpose == Purpose::Export => pictures(&path, self.pages.pages.len()),
            _ => vec![path.clone()],
        };
        (path, files)
    }

    /// Saves or exports to a path, whatever is there.
    pub(super) fn write_as(&mut self, purpose: Purpose, path: &Path, ctx: &egui::Context) {
        match purpose {
            Purpose::Open | Purpose::Emblem => {}
            Purpose::Export => self.export_to(path),
            Purpose::Handbook => self.write_handbook(path),
            Purpose::Save(next) => {
                self.save_to(path);
                if let Some(next) = next.filter(|_| !self.document.is_unsaved()) {
                    self.carry_out(next, ctx);
                }
            }
        }
    }

    /// Writes the release as it stands in the window; returns the files written.
    fn write_out(&self, format: Format, path: &Path) -> Result<Vec<PathBuf>, ExportError> {
        export(self.document.release(), self.emblem.artwork.as_ref(), self.lists.words.clone(), format, path)
    }

    pub(super) fn export_to(&mut self, path: &Path) {
        let made = Format::of(path).and_then(|format| self.write_out(format, path));
        match made {
            Ok(files) => {
                let file = files.first().cloned().unwrap_or_else(|| path.to_owned());
                let text = self.words.with("exported", &[("file", &file.display().to_string())]);
                self.say(text, Some(file));
            }
            Err(error) => self.failed_by(&error),
        }
    }

    /// Whether there is something to look at in the release as it is now.
    pub(super) fn has_findings(&mut self) -> bool {
        self.set_pages();
        if self.setter.is_pending() {
            self.take_pages(LONGEST_CHECK);
        }
        !self.findings.is_empty()
    }

    /// Exports or prints, whatever there is to look at.
    pub(super) fn hand_out(&mut self, command: &Command, ctx: &egui::Context) {
        match command {
            Command::Print => self.print(ctx),
            _ => self.ask_file(Purpose::Export, ctx),
        }
    }

    fn print(&mut self, ctx: &egui::Context) {
        if self.printing.is_some() {
            return;
        }
        let draft = self.document.path().and_then(Path::file_stem).unwrap_or("release".as_ref());
        let folder = platform::print_folder();
        let path = folder.join(draft).with_extension("pdf");
        let made =
            std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display())).and_then(|()| {
                let format = Format::Pdf(pdf::Options::default());
                self.write_out(format, &path).map_err(|error| error.said(&self.words))
            });
        match made {
            Ok(_) => self.printing = Some(PrintJob::start(path, ctx.clone())),
            Err(error) => self.failed(error),
        }
    }

    pub(super) fn printed(&mut self, outcome: Result<(), PrintError>) {
        match outcome {
            Ok(()) => self.say(self.words.get("printed").to_owned(), None),
            Err(PrintError::Unavailable) => self.failed(self.words.get("print-unavailable").to_owned()),
            Err(PrintError::Refused(reason)) => {
                self.failed(self.words.with("print-refused", &[("reason", &reason)]));
            }
        }
    }

    fn set_emblem(&mut self, path: &Path) {
        // Beside the draft the name alone is enough, and the two can be moved together.
        let folder = self.document.path().and_then(Path::parent);
        let file = folder.and_then(|folder| path.strip_prefix(folder).ok()).unwrap_or(path);
        let file = file.to_string_lossy();
        // Drafts go from Windows to other systems, and there a backslash is a letter of the name.
        let file = if cfg!(windows) { file.replace('\\', "/") } else { file.into_owned() };
        // The same file may hold another picture now.
        (self.emblem, self.asked) = (EmblemFile::default(), None);
        self.document.change(Step::Emblem, self.form.place(), |release| {
            let alternative = release.letterhead.emblem.take().map(|emblem| emblem.alternative).unwrap_or_default();
            release.letterhead.emblem = Some(Emblem { file, alternative });
        });
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

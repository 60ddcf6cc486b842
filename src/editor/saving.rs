//! Opening and saving: locks, files that change under an open draft, and earlier versions.
//!
//! Its invariant: a file that somebody else changed or has open is never written over before the
//! official has said so.

use std::{
    path::{Path, PathBuf},
    time::SystemTime,
};

use egui::RichText as Label;

use super::{
    Command, Editor, comparison,
    document::{Document, Step},
    errors::Said as _,
    recovery::time,
    theme,
};
use crate::{
    release::{
        Release,
        difference::{Change, difference},
    },
    storage::{
        self, DiskState, Since, StorageError,
        lock::{DraftLock, HeldBy, Liveness},
        versions::{Version, Versions},
    },
};

/// How the draft's file stands.
#[derive(Default)]
pub struct Saving {
    /// Where versions are kept; `None` keeps none.
    versions: Option<PathBuf>,
    /// Whether others are told that the draft is open.
    locks: bool,
    /// The file as it was when it was opened or saved.
    on_disk: Option<DiskState>,
    lock: Option<DraftLock>,
    /// Who else has the draft open.
    held: Option<Box<HeldBy>>,
    /// Somebody else's changes, about which the official is asked.
    theirs: Option<Theirs>,
    history: Option<History>,
}

impl Saving {
    /// Keeps versions in a folder, if one is given, and takes locks if so asked.
    pub fn new(versions: Option<PathBuf>, locks: bool) -> Self {
        Self { versions, locks, ..Self::default() }
    }

    /// Where versions are kept; `None` keeps none.
    pub fn versions_folder(&self) -> Option<&Path> {
        self.versions.as_deref()
    }
}

/// Whether two paths lead to the same file.
fn is_same_file(a: &Path, b: &Path) -> bool {
    a == b || std::fs::canonicalize(a).is_ok_and(|a| std::fs::canonicalize(b).is_ok_and(|b| a == b))
}

/// The file as somebody else changed it.
struct Theirs {
    path: PathBuf,
    /// The file as it was before it was read.
    on_disk: Option<DiskState>,
    /// What it holds, and how the draft in the window differs; or why it cannot be read.
    found: Result<(Release, Vec<Change>), String>,
}

/// The earlier versions of the draft, while they are looked at.
struct History {
    versions: Vec<Version>,
    chosen: usize,
    /// The chosen version, and what has changed since; or why it cannot be read.
    found: Result<(Release, Vec<Change>), String>,
}

impl Editor {
    /// Opens a draft in the place of the one in the window.
    pub fn open_file(&mut self, path: &Path) {
        // Before it is read: what changes in between is noticed when the draft is saved.
        let on_disk = DiskState::of(path).ok();
        match storage::open(path) {
            Ok(release) => {
                self.settings.remember(path);
                self.replace(Document::new(release, Some(path.to_owned())));
                self.note_state(on_disk);
                self.take_lock(path);
                self.save_settings();
            }
            Err(StorageError::NotADraft { .. }) => self.begin_mending(path),
            Err(error) => {
                self.unwanted = None;
                self.failed_by(&error);
            }
        }
    }

    /// Notes how the draft's file stood when it was read.
    pub(super) fn note_state(&mut self, on_disk: Option<DiskState>) {
        self.saving.on_disk = on_disk;
    }

    /// Notes how the draft's file stands now.
    pub(super) fn note_file(&mut self, path: &Path) {
        self.saving.on_disk = DiskState::of(path).ok();
    }

    /// Forgets the file of the draft that was in the window.
    pub(super) fn forget_file(&mut self) {
        let Saving { on_disk, lock, held, theirs, history, .. } = &mut self.saving;
        (*on_disk, *lock, *held, *theirs, *history) = (None, None, None, None, None);
    }

    /// Tells others that the draft is open, or the official that somebody else has it open.
    pub(super) fn take_lock(&mut self, path: &Path) {
        if !self.saving.locks {
            return;
        }
        // What was held before goes first: it may be the same file.
        (self.saving.lock, self.saving.held) = (None, None);
        match DraftLock::take(path) {
            Ok(lock) => {
                if let Some(note) = lock.note() {
                    self.say(note.said(&self.words), None);
                }
                self.saving.lock = Some(lock);
            }
            Err(held) if held.liveness == Liveness::Stale => self.saving.lock = Some(DraftLock::take_over(path)),
            Err(held) => {
                self.failed(self.held_by(&held));
                self.saving.held = Some(held);
            }
        }
    }

    /// Says so if somebody else took the lock over.
    pub(super) fn watch_lock(&mut self) {
        if self.saving.lock.take_if(|lock| lock.is_lost()).is_some() {
            self.failed(self.words.get("lock-lost").to_owned());
        }
    }

    fn held_by(&self, held: &HeldBy) -> String {
        let unknown = self.words.get("somebody");
        let user = if held.user.is_empty() { unknown } else { &held.user };
        let since = held.since.map(|since| time(&self.words, since)).unwrap_or_default();
        self.words.with("held", &[("user", user), ("machine", &held.machine), ("since", &since)])
    }

    /// Saves the draft, or asks first if its file is not as it was.
    pub(super) fn save_to(&mut self, path: &Path) {
        if self.document.path().is_some_and(|own| is_same_file(own, path)) {
            if self.saving.held.as_mut().is_some_and(|held| held.look_again() != Liveness::Stale) {
                if let Some(held) = &self.saving.held {
                    self.failed(self.held_by(held));
                }
                self.commands.push(Command::SaveAs);
                return;
            }
            let since = self.saving.on_disk.as_ref().and_then(|state| state.since(path).ok());
            if since == Some(Since::Changed) {
                let on_disk = DiskState::of(path).ok();
                let found = storage::open(path).map_err(|error| error.said(&self.words)).map(|theirs| {
                    let changes = difference(&theirs, self.document.release());
                    (theirs, changes)
                });
                self.saving.theirs = Some(Theirs { path: path.to_owned(), on_disk, found });
                return;
            }
        } else if self.saving.locks
            && path.exists()
            && let Err(held) = DraftLock::take(path)
            && held.liveness != Liveness::Stale
        {
            // Somebody works on the file that would be replaced.
            self.failed(self.held_by(&held));
            return;
        }
        self.write_to(path);
    }

    /// Writes the draft to a file, whatever that holds; what it held is kept as a version.
    fn write_to(&mut self, path: &Path) {
        let damaged = match self.keep_what_was_there(path) {
            Ok(damaged) => damaged,
            // Better not saved yet than in the place of the only copy of something.
            Err(error) => return self.failed_by(&error),
        };
        self.keep_emblem_for(path);
        if let Err(error) = storage::save(path, self.document.release()) {
            if matches!(error, StorageError::Unflushed { .. }) {
                // It was written, so what stands there now is ours.
                self.note_file(path);
            }
            self.failed_by(&error);
            return;
        }
        let elsewhere = self.document.path() != Some(path);
        // The journal must know what the file holds, or it would offer an older text as newer.
        self.record();
        self.document.mark_saved(path.to_owned());
        self.recorded();
        self.note_file(path);
        if elsewhere || self.saving.held.is_some() {
            self.take_lock(path);
        }
        if let Some(versions) = self.versions(path)
            && let Err(error) = versions.keep(self.document.release(), SystemTime::now())
        {
            self.failed_by(&error);
        }
        self.settings.remember(path);
        self.save_settings();
        let file = path.display().to_string();
        let mut said = self.words.with("saved", &[("file", &file)]);
        if let Some(damaged) = damaged {
            said = format!("{said}. {}", self.words.with("mending-kept", &[("file", &damaged.display().to_string())]));
        }
        self.say(said, None);
    }

    /// Names the picture of the letterhead from the root, if it stands beside the draft and the draft goes to
    /// another folder.
    fn keep_emblem_for(&mut self, path: &Path) {
        let Some(folder) = self.document.path().and_then(Path::parent).filter(|from| path.parent() != Some(from))
        else {
            return;
        };
        let Some(emblem) = &self.document.release().letterhead.emblem else { return };
        let Ok(file) = std::path::absolute(folder.join(&emblem.file)) else { return };
        if !emblem.file.is_empty() && Path::new(&emblem.file).is_relative() && file.is_file() {
            let file = file.to_string_lossy().into_owned();
            self.document.change(Step::Emblem, self.form.place(), |release| {
                if let Some(emblem) = &mut release.letterhead.emblem {
                    emblem.file = file;
                }
            });
        }
    }

    fn versions(&self, path: &Path) -> Option<Versions> {
        self.saving.versions.as_deref().map(|folder| Versions::of(folder, path))
    }

    /// Keeps what a file holds that was not written here, before it is replaced: a draft as a version,
    /// what is damaged beside it, and says where.
    fn keep_what_was_there(&mut self, path: &Path) -> Result<Option<PathBuf>, StorageError> {
        let held = match storage::open(path) {
            Ok(held) => held,
            Err(StorageError::NotADraft { .. } | StorageError::NotText { .. }) => {
                return storage::keep_damaged(path).map(Some);
            }
            Err(StorageError::TooLarge { .. }) => return storage::keep_damaged(path).map(Some),
            Err(StorageError::Unreadable { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        let Some(versions) = self.versions(path) else { return Ok(None) };
        let modified = std::fs::metadata(path).and_then(|found| found.modified());
        let now = SystemTime::now();
        // A file from a machine whose clock is ahead would thin out the versions of the years between.
        if let Err(error) = versions.keep(&held, modified.map_or(now, |modified| modified.min(now))) {
            self.failed_by(&error);
        }
        Ok(None)
    }

    /// Asks what to do about a file that somebody else has changed.
    pub(super) fn ask_theirs(&mut self, ctx: &egui::Context) {
        let Some(theirs) = &self.saving.theirs else { return };
        let words = &self.words;
        let (mut mine, mut take, mut cancel) = (false, false, false);
        let question = theme::question(ctx, "theirs").show(ctx, |ui| {
            ui.set_width(600.0);
            ui.label(Label::new(words.get("theirs-title")).font(theme::strong(17.0)));
            ui.add_space(6.0);
            ui.label(words.get("theirs-text"));
            ui.add_space(8.0);
            match &theirs.found {
                Ok((_, changes)) => {
                    egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| comparison::show(ui, words, changes));
                }
                Err(error) => _ = ui.label(error),
            }
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                mine = ui.button(words.get("theirs-mine")).clicked();
                take = theirs.found.is_ok() && ui.button(words.get("theirs-take")).clicked();
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    cancel = ui.button(words.get("cancel")).clicked();
                });
            });
        });
        if !(mine || take || cancel || question.should_close()) {
            return;
        }
        let Some(theirs) = self.saving.theirs.take() else { return };
        if mine {
            self.write_to(&theirs.path);
        } else if take && let Ok((release, _)) = theirs.found {
            self.note_state(theirs.on_disk);
            self.bring(Step::Theirs, release);
        }
    }

    /// Puts a whole release in the place of the one in the window, as a step that can be undone.
    fn bring(&mut self, step: Step, release: Release) {
        self.form.forget_typing();
        self.document.change(step, self.form.place(), |now| *now = release);
        self.document.close_step(None);
    }

    /// Shows the earlier versions of the draft.
    pub(super) fn open_history(&mut self) {
        let Some(versions) = self.document.path().and_then(|path| self.versions(path)) else { return };
        match versions.list() {
            Ok(versions) if versions.is_empty() => {
                self.say(self.words.get("versions-none").to_owned(), None);
            }
            Ok(versions) => {
                let found = self.compare(versions.first());
                self.saving.history = Some(History { versions, chosen: 0, found });
            }
            Err(error) => self.failed_by(&error),
        }
    }

    fn compare(&self, version: Option<&Version>) -> Result<(Release, Vec<Change>), String> {
        let version = version.ok_or_else(|| self.words.get("versions-none").to_owned())?;
        let release = version.read().map_err(|error| error.said(&self.words))?;
        let changes = difference(&release, self.document.release());
        Ok((release, changes))
    }

    /// The earlier versions, each with what has changed since.
    pub(super) fn ask_history(&mut self, ctx: &egui::Context) {
        let Some(history) = &self.saving.history else { return };
        let words = &self.words;
        let (mut chosen, mut bring, mut close) = (history.chosen, false, false);
        let question = theme::question(ctx, "versions").show(ctx, |ui| {
            ui.set_width(760.0);
            ui.label(Label::new(words.get("versions-title")).font(theme::strong(17.0)));
            ui.add_space(8.0);
            let row = egui::Layout::left_to_right(egui::Align::Min);
            ui.allocate_ui_with_layout(egui::vec2(724.0, 380.0), row, |ui| {
                egui::ScrollArea::vertical().id_salt("versions").auto_shrink(false).max_width(230.0).show(ui, |ui| {
                    ui.with_layout(egui::Layout::top_down_justified(egui::Align::Min), |ui| {
                        for (index, version) in history.versions.iter().enumerate() {
                            if ui.selectable_label(index == chosen, time(words, version.time)).clicked() {
                                chosen = index;
                            }
                        }
                    });
                });
                ui.separator();
                egui::ScrollArea::vertical().id_salt("changes").auto_shrink(false).show(ui, |ui| {
                    ui.vertical(|ui| match &history.found {
                        Ok((_, changes)) => {
                            ui.label(words.get("versions-since"));
                            ui.add_space(6.0);
                            comparison::show(ui, words, changes);
                        }
                        Err(error) => _ = ui.label(error),
                    });
                });
            });
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                let differs = history.found.as_ref().is_ok_and(|(_, changes)| !changes.is_empty());
                bring = ui.add_enabled(differs, egui::Button::new(words.get("versions-bring"))).clicked();
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    close = ui.button(words.get("close")).clicked();
                });
            });
        });
        let (was_chosen, version) = (history.chosen, history.versions.get(chosen).cloned());
        if bring || close || question.should_close() {
            let history = self.saving.history.take();
            if let Some(Ok((release, _))) = history.map(|history| history.found).filter(|_| bring) {
                self.bring(Step::Version, release);
            }
        } else if chosen != was_chosen {
            let found = self.compare(version.as_ref());
            if let Some(history) = &mut self.saving.history {
                (history.chosen, history.found) = (chosen, found);
            }
        }
    }

    /// Whether a question about the file stands in front of the form.
    pub(super) fn is_asking_about_file(&self) -> bool {
        self.saving.theirs.is_some() || self.saving.history.is_some()
    }
}

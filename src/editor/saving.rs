//! Opening and saving in the window: one save at a time, locks, and files that change under a draft.
//!
//! Files are read and written by [`disk::drafts`], on threads of their own, and the draft can be worked
//! on meanwhile. Invariants: a file that another user changed or has open is never written over before
//! the user has said so; two saves of one file never run at once; and what is saved is the draft as it
//! was when the save began, so that what is typed during it stays unsaved.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use egui::RichText as Label;

use super::{
    Command, Editor, Places, comparison,
    disk::{
        self,
        drafts::{Known, Lock, Opened, SaveDone, SaveOutcome, Saved, ToSave},
    },
    editing::{Document, Step},
    errors::{self, Localise as _},
    jobs::{Answer, JobId, Jobs, Task},
    paths, prose,
    question::{Purpose, Question, Theirs},
    recovery::time,
    theme,
};
use crate::{
    release::{Release, difference::difference},
    storage::{
        Disk, DiskState, SystemDisk,
        journal::{self, Journal},
        lock::{DraftLock, HeldBy},
    },
    word,
};

/// The file of the draft in the window.
pub struct Saving {
    /// Where versions are kept; `None` keeps none.
    pub versions: Option<PathBuf>,
    /// Whether a lock shows others that the draft is open.
    locks: bool,
    /// The disk that drafts are written to.
    pub disk: Arc<dyn Disk>,
    /// The file as it was when it was opened or saved.
    known: Known,
    lock: Option<DraftLock>,
    /// Who else has the draft open.
    held: Option<Box<HeldBy>>,
    /// The draft that is being opened.
    opening: Option<JobId>,
    /// The save that is going on.
    running: Option<Running>,
    /// A save of the same file that follows it, and what is to be done then.
    following: Option<Option<Command>>,
    /// Counts the saves.
    last: u64,
}

impl Saving {
    /// Keeps versions in a folder, if one is given, and takes locks if so asked.
    pub fn new(places: &Places) -> Self {
        let disk = places.disk.as_ref().map_or_else(|| Arc::new(SystemDisk) as Arc<dyn Disk>, |disk| disk.0.clone());
        Self {
            versions: places.versions.clone(),
            locks: places.locks,
            disk,
            known: Known::default(),
            lock: None,
            held: None,
            opening: None,
            running: None,
            following: None,
            last: 0,
        }
    }

    /// The file to which the draft is just being saved.
    pub fn target(&self) -> Option<&Path> {
        self.running.as_ref().map(|running| running.path.as_path())
    }

    /// Whether another user has the draft open.
    pub fn is_held(&self) -> bool {
        self.held.is_some()
    }

    /// Ends what goes on with a draft that is left.
    pub fn give_up(&mut self, jobs: &mut Jobs<Editor>) {
        self.following = None;
        let running = self.running.take().map(|running| running.job);
        for job in [self.opening.take(), running].into_iter().flatten() {
            jobs.stop(job);
        }
    }
}

/// A save that goes on.
struct Running {
    job: JobId,
    number: u64,
    path: PathBuf,
    next: Option<Command>,
}

/// What a save was asked to do.
struct Asked {
    number: u64,
    draft: u64,
    path: PathBuf,
    release: Arc<Release>,
    /// The same for the journal.
    saving: Option<journal::Saving>,
}

impl Editor {
    /// Opens a draft in the place of the one in the window, which can be worked on until it is read.
    pub fn open_file(&mut self, path: &Path) {
        if let Some(before) = self.saving.opening.take() {
            self.jobs.stop(before);
        }
        let (file, to_read) = (path.to_owned(), path.to_owned());
        let (draft, revision) = (self.draft, self.desk.document.revision());
        let job = self.jobs.start(
            Task::on("doing-open", path).in_order(),
            move |thread| disk::drafts::open(thread, &to_read),
            move |editor: &mut Self, answer| match answer {
                // The user may have turned to another draft, or gone on with this one.
                Answer::Done(opened) if editor.draft == draft => editor.opened(&file, opened, revision),
                Answer::Lost => editor.lost(),
                Answer::Done(_) | Answer::Stopped | Answer::Late(_) => {}
            },
        );
        self.saving.opening = Some(job);
    }

    /// Puts what was read into the window. `revision` is that of the draft there when it was asked for.
    fn opened(&mut self, path: &Path, opened: Opened, revision: u64) {
        self.saving.opening = None;
        if let Opened::Unreadable(error) = opened {
            self.closing.refused = None;
            return self.failed_by(&error);
        }
        if self.desk.document.revision() != revision && self.loses_changes() {
            self.questions.push_back(Question::Unsaved(Command::OpenFile(path.to_owned())));
            return;
        }
        match opened {
            Opened::Draft { release, reordered, on_disk } => {
                self.settings.remember(path);
                self.put_read(path, *release);
                self.note_state(on_disk);
                self.save_settings();
                if reordered > 0 {
                    self.tell(self.words.count("opened-in-order", reordered));
                }
            }
            Opened::Word(imported) => self.begin_from_word(path, *imported),
            Opened::BadWord(error) => {
                let reason = error.localised(&self.words);
                let file = path.display().to_string();
                self.failed(self.words.with("word-unreadable", &[("file", &file), ("reason", &reason)]));
            }
            Opened::Damaged { text, error, on_disk } => {
                // Changes that the user has refused to save do not come back behind the damaged text.
                if self.is_refused() {
                    let language = self.desk.document.release().language;
                    self.replace(Document::new(Release::blank(language), None));
                }
                self.messages.turn_to_draft();
                self.begin_repair(path, on_disk, text, error);
            }
            Opened::Unreadable(_) => {}
        }
    }

    /// Begins a draft with what a Word file holds; the file stays as it is.
    fn begin_from_word(&mut self, path: &Path, imported: word::Imported) {
        let word::Imported { release, lost, hands: _, is_own } = imported;
        self.replace(Document::new(Release::blank(release.language), None));
        self.bring(Step::Import, release);
        self.turn_review();
        if !is_own {
            self.ask_about_lines();
        }
        let file = path.display().to_string();
        if lost.is_empty() {
            return self.say(self.words.with("word-read", &[("file", &file)]), None);
        }
        let list: Vec<String> =
            lost.iter().map(|(what, count)| errors::lost_in_words(what, *count, &self.words)).collect();
        let text = self.words.with("word-read-lost", &[("file", &file), ("lost", &list.join(", "))]);
        // That the page is the house's is to be known, and nothing to be mended.
        if lost.keys().all(|what| *what == word::Lost::Setup) { self.say(text, None) } else { self.failed(text) }
    }

    /// Notes how the draft's file was when it was read.
    pub(super) fn note_state(&mut self, on_disk: Option<DiskState>) {
        self.saving.known.turn_to(self.desk.document.path(), on_disk);
    }

    /// Forgets the file of the draft that was in the window, and takes the lock of the one that is.
    pub(super) fn turn_to_file(&mut self) {
        self.saving.give_up(&mut self.jobs);
        (self.saving.known, self.saving.held) = (Known::default(), None);
        match self.desk.document.path().map(Path::to_owned) {
            Some(path) => self.take_lock(&path),
            None => self.release_lock(),
        }
    }

    /// Tells others that the draft is open, or the user that another user has it open.
    pub(super) fn take_lock(&mut self, path: &Path) {
        // That of the draft before may be of the same file.
        let before = self.saving.lock.take();
        self.saving.held = None;
        let (file, draft) = (path.to_owned(), self.draft);
        let (locks, known) = (self.saving.locks, self.saving.known.clone());
        self.jobs.start(
            Task::on("doing-lock", path).in_order(),
            move |thread| {
                known.find(thread, &file);
                locks.then(|| disk::drafts::take_lock(thread, before, &file))
            },
            move |editor: &mut Self, answer| match answer {
                Answer::Done(Some(lock)) | Answer::Late(Some(lock)) => editor.use_lock(draft, lock),
                Answer::Lost => editor.lost(),
                Answer::Done(None) | Answer::Late(None) | Answer::Stopped => {}
            },
        );
    }

    /// Keeps a lock that was taken for a draft, or says who has it.
    fn use_lock(&mut self, draft: u64, lock: Lock) {
        match lock {
            Lock::Ours(lock) if self.draft == draft && !self.closing.state.is_settled() => {
                self.release_lock();
                if let Some(note) = lock.note() {
                    self.say(note.localised(&self.words), None);
                }
                self.saving.lock = Some(lock);
            }
            Lock::Ours(lock) => self.drop_lock(lock),
            Lock::Theirs(held) if self.draft == draft => {
                self.failed(self.held_by(&held));
                self.saving.held = Some(held);
            }
            Lock::Theirs(_) => {}
        }
    }

    /// Releases the lock of the draft in the window.
    pub(super) fn release_lock(&mut self) {
        if let Some(lock) = self.saving.lock.take() {
            self.drop_lock(lock);
        }
    }

    fn drop_lock(&mut self, lock: DraftLock) {
        let file = self.desk.document.path().unwrap_or(Path::new("")).to_owned();
        let release = move |thread: &super::jobs::JobThread| disk::drafts::release_lock(thread, lock);
        self.jobs.start(Task::on("doing-lock", &file).in_order(), release, |_: &mut Self, _| {});
    }

    /// Says so if another user took the lock over.
    pub(super) fn watch_lock(&mut self) {
        if self.saving.lock.as_ref().is_some_and(DraftLock::is_lost) {
            self.release_lock();
            self.failed(self.words.get("lock-lost").to_owned());
        }
    }

    fn held_by(&self, held: &HeldBy) -> String {
        let unknown = self.words.get("someone");
        let user = if held.user.is_empty() { unknown } else { &held.user };
        let since = held.since.map(|since| time(&self.words, since)).unwrap_or_default();
        if held.is_own_window() {
            return self.words.with("held-own", &[("since", &since)]);
        }
        self.words.with("held", &[("user", user), ("machine", &held.machine), ("since", &since)])
    }

    /// Saves the draft, or asks first if its file is not as it was; `next` follows once it is saved.
    pub(super) fn save_to(&mut self, path: &Path, next: Option<Command>) {
        self.save(path, next, false);
    }

    /// Saves the draft; `is_agreed` says that the user has decided about what the file holds.
    fn save(&mut self, path: &Path, next: Option<Command>, is_agreed: bool) {
        match &self.saving.running {
            Some(running) if running.path == path => {
                self.saving.following = Some(next);
                return;
            }
            // Saved elsewhere: the save to the other file is given up.
            Some(running) => self.jobs.stop(running.job),
            None => {}
        }
        self.saving.following = None;
        self.keep_emblem_for(path);
        let release = Arc::new(self.desk.document.release().clone());
        // After a crash the journal must not offer an older text than that in the file.
        let saving = self.safety.journal.as_ref().map(|journal| journal.saving(&release));
        let to_save = ToSave {
            path: path.to_owned(),
            release: release.clone(),
            known: self.saving.known.clone(),
            held: self.saving.held.clone(),
            is_agreed,
            journal: self.safety.journal.as_ref().map(Journal::write_now),
            versions: self.saving.versions.clone(),
            locks: self.saving.locks,
            disk: self.saving.disk.clone(),
        };
        self.saving.last += 1;
        let (number, path) = (self.saving.last, path.to_owned());
        let mut asked = Asked { number, draft: self.draft, path: path.clone(), release, saving };
        let job = self.jobs.start(
            Task::on("doing-save", &path).in_order(),
            move |thread| disk::drafts::save(thread, to_save),
            move |editor: &mut Self, answer| editor.after_save(&mut asked, answer),
        );
        self.saving.running = Some(Running { job, number, path, next });
    }

    /// Goes on after a save has ended or was given up.
    fn after_save(&mut self, asked: &mut Asked, answer: Answer<Saved>) {
        let running = self.saving.running.take_if(|running| running.number == asked.number);
        let next = running.and_then(|running| running.next);
        let file = paths::shown(&asked.path);
        match answer {
            Answer::Done(saved) => self.saved(asked, saved, next),
            Answer::Late(saved) => {
                // It was too late to keep it from the file, or it was given up there, too.
                if let SaveOutcome::Done(done) = saved.outcome {
                    self.failed(self.words.with("saved-late", &[("file", &file)]));
                    self.saved_late(asked, *done);
                }
            }
            Answer::Stopped if self.draft == asked.draft => {
                self.saving.following = None;
                self.failed(self.words.with("save-stopped", &[("file", &file)]));
            }
            Answer::Stopped => {}
            Answer::Lost => self.lost(),
        }
        if self.saving.running.is_none()
            && let Some(next) = self.saving.following.take()
        {
            if self.desk.document.is_unsaved() {
                self.save(&asked.path, next, false);
            } else {
                self.commands.extend(next);
            }
        }
    }

    fn saved(&mut self, asked: &mut Asked, saved: Saved, next: Option<Command>) {
        if self.draft != asked.draft {
            return;
        }
        self.saving.held = saved.held;
        let outcome = match saved.outcome {
            SaveOutcome::Done(done) => {
                self.commands.extend(next);
                return self.is_in_file(asked, *done);
            }
            other => other,
        };
        self.saving.following = None;
        match outcome {
            SaveOutcome::Done(_) => {}
            SaveOutcome::OwnIsHeld => {
                if let Some(held) = &self.saving.held {
                    self.failed(self.held_by(held));
                }
                self.ask_file(Purpose::Save(next));
            }
            SaveOutcome::OtherIsHeld(held) => self.failed(self.held_by(&held)),
            SaveOutcome::Changed { on_disk, found } => {
                let found = found.map_err(|error| error.localised(&self.words)).map(|theirs| {
                    let changes = difference(&theirs, self.desk.document.release());
                    (*theirs, changes)
                });
                let theirs = Theirs { path: asked.path.clone(), on_disk, found, next };
                self.questions.push_back(Question::Theirs(Box::new(theirs)));
            }
            SaveOutcome::Failed(error) => self.failed_by(&error),
        }
    }

    /// Notes that the draft is in a file, as it was when the save was asked for.
    fn is_in_file(&mut self, asked: &mut Asked, done: SaveDone) {
        let SaveDone { on_disk, real, lock, damaged, trouble } = done;
        let path = &asked.path;
        self.desk.document.mark_saved(path.clone(), (*asked.release).clone());
        self.recorded(path, asked.saving.take());
        self.note_state(on_disk);
        self.saving.known.note_real(real);
        if let Some(lock) = lock {
            self.saving.held = None;
            self.use_lock(asked.draft, lock);
        }
        for error in trouble {
            self.failed_by(&error);
        }
        self.settings.remember(path);
        self.save_settings();
        let mut said = self.words.with("saved", &[("file", &paths::shown(path))]);
        if let Some(damaged) = damaged {
            said = format!("{said}. {}", self.words.with("repair-kept", &[("file", &paths::shown(&damaged))]));
        }
        self.say_written(said, path, false);
    }

    /// Notes that a file holds what the user no longer waited for. The draft stays with the file that it
    /// has meanwhile.
    fn saved_late(&mut self, asked: &mut Asked, done: SaveDone) {
        if self.draft == asked.draft && self.desk.document.path() == Some(&asked.path) {
            return self.is_in_file(asked, done);
        }
        if let Some(Lock::Ours(lock)) = done.lock {
            self.drop_lock(lock);
        }
    }

    /// Names the picture of the letterhead from the root, if it is beside the draft and the draft goes to
    /// another folder.
    fn keep_emblem_for(&mut self, path: &Path) {
        let Some(folder) = self.desk.document.path().and_then(Path::parent).filter(|from| path.parent() != Some(from))
        else {
            return;
        };
        let Some(emblem) = &self.desk.document.release().letterhead.emblem else { return };
        let Ok(file) = std::path::absolute(folder.join(&emblem.file)) else { return };
        if !emblem.file.is_empty() && Path::new(&emblem.file).is_relative() && self.emblem.is_there() {
            self.allow_picture(&file);
            let file = file.to_string_lossy().into_owned();
            self.desk.document.change(Step::Emblem, self.form.place(), |release| {
                if let Some(emblem) = &mut release.letterhead.emblem {
                    emblem.file = file;
                }
            });
        }
    }

    /// Asks what to do about a file that another user has changed.
    pub(super) fn ask_theirs(&mut self, theirs: Box<Theirs>, ctx: &egui::Context) -> Option<Question> {
        let (words, canvas, mine_now) = (&self.words, &mut self.canvas, self.desk.document.release());
        let (mut mine, mut take, mut cancel) = (false, false, false);
        let question = theme::question(ctx, "theirs").show(ctx, |ui| {
            ui.set_width(600.0);
            ui.label(Label::new(words.get("theirs-title")).font(theme::strong(17.0)));
            ui.add_space(6.0);
            prose::paragraph(ui, canvas, words, words.get("theirs-text"));
            ui.add_space(8.0);
            match &theirs.found {
                Ok((release, changes)) => {
                    let height = 320.0_f32.min(ui.ctx().content_rect().height() - 260.0).max(80.0);
                    let releases = (release, mine_now);
                    theme::list(height).show(ui, |ui| comparison::view(ui, canvas, words, releases, changes));
                }
                Err(error) => _ = prose::paragraph(ui, canvas, words, error),
            }
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                mine = ui.button(words.get("theirs-mine")).clicked();
                take = theirs.found.is_ok() && ui.button(words.get("theirs-take")).clicked();
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    cancel = theme::default_button(ui, words.get("cancel")).clicked();
                });
            });
        });
        let Theirs { path, on_disk, found, next } = *theirs;
        match found {
            _ if mine => self.save(&path, next, true),
            Ok((release, _)) if take => {
                self.note_state(on_disk);
                self.bring(Step::Theirs, release);
            }
            found if !(cancel || question.should_close()) => {
                return Some(Question::Theirs(Box::new(Theirs { path, on_disk, found, next })));
            }
            _ => {}
        }
        None
    }

    /// Puts a whole release in the place of the one in the window, as a step that can be undone.
    pub(super) fn bring(&mut self, step: Step, release: Release) {
        self.form.forget_typing();
        self.desk.document.change(step, self.form.place(), |now| *now = release);
        self.desk.document.close_step(None);
    }
}

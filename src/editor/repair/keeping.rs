//! The corrections of a damaged draft, kept against a crash while they are typed.
//!
//! Knows the damaged draft in the window, and files only through jobs. Its invariants: a correction is
//! on the disk within a second; one file is written at a time, and the latest text last; and what is
//! kept is removed only when the journal has it, or the user does not want it.

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use super::{Editor, Repair, disk};
use crate::{
    editor::{
        disk::recovery::Taken,
        errors::Localise as _,
        jobs::{Answer, Task},
        recovery::time,
        saying::sentence,
    },
    storage::{
        StorageError,
        corrections::{Keeper, Kept, Looked, Sum},
        journal::Written,
    },
};

/// The time from one write to the next: a quarter of the second that may be lost.
const PAUSE: Duration = Duration::from_millis(250);
/// The time until a write that failed is tried again.
const RETRY: Duration = Duration::from_secs(2);

/// What is kept of the corrections.
pub struct Keeping {
    keeper: Arc<Keeper>,
    /// The sum of the damaged text. Nothing is written before it is known, and with it what was kept before.
    damaged: Option<Sum>,
    /// The revision of the text that is kept.
    kept: u64,
    /// The revision that a panic writes if it comes before the next write.
    noted: u64,
    is_writing: bool,
    /// When the next write may begin.
    next: Instant,
    /// Whether the last write failed, as a message has said.
    has_failed: bool,
}

impl Keeping {
    fn new(keeper: Arc<Keeper>, damaged: Option<Sum>) -> Self {
        Self { keeper, damaged, kept: 0, noted: 0, is_writing: false, next: Instant::now(), has_failed: false }
    }
}

impl Repair {
    /// Whether a correction is not kept yet, and soon will be.
    pub(in crate::editor) fn is_keeping(&self) -> bool {
        let revision = self.text.revision();
        self.keeping
            .as_ref()
            .is_some_and(|keeping| keeping.damaged.is_some() && keeping.kept != revision && !keeping.has_failed)
    }

    /// Notes that the text is kept as it is now.
    fn note_kept(&mut self) {
        if let Some(keeping) = &mut self.keeping {
            keeping.kept = self.text.revision();
        }
    }

    fn keeping_by(&mut self, keeper: &Arc<Keeper>) -> Option<&mut Keeping> {
        self.keeping.as_mut().filter(|keeping| Arc::ptr_eq(&keeping.keeper, keeper))
    }
}

impl Editor {
    /// Looks for corrections that were kept of the text in the window.
    pub(super) fn look_for_corrections(&mut self) {
        let (Some(folder), Some(repair)) = (self.safety.folder(), &mut self.repair) else { return };
        if !repair.is_editable() {
            return;
        }
        let keeper = Arc::new(Keeper::new(folder, &repair.path));
        repair.keeping = Some(Keeping::new(keeper.clone(), None));
        let (of, text) = (keeper.clone(), repair.text.as_str().to_owned());
        self.jobs.start(
            Task::on("doing-recovery", folder).in_order(),
            move |thread| disk::recovery::look_for_corrections(thread, &keeper, &text),
            move |editor: &mut Self, answer| match answer {
                Answer::Done((damaged, looked)) | Answer::Late((damaged, looked)) => {
                    editor.found_corrections(&of, damaged, looked);
                }
                Answer::Lost => editor.lost(),
                Answer::Stopped => {}
            },
        );
    }

    /// Puts corrections of the same text back, unless the user has begun to type.
    fn found_corrections(&mut self, keeper: &Arc<Keeper>, damaged: Sum, looked: Looked) {
        let (Some(folder), Some(repair)) = (self.safety.folder(), &mut self.repair) else { return };
        let has_begun = repair.text.revision() > 0;
        let (path, name) = (repair.path.clone(), repair.file_name());
        let Some(keeping) = repair.keeping_by(keeper) else { return };
        keeping.damaged = Some(damaged);
        let Looked { same, mut others } = looked;
        if has_begun && same.is_some() {
            // The file stays for the next start, and what is typed now goes into another.
            keeping.keeper = Arc::new(Keeper::new(folder, &path));
            others += 1;
        } else if let Some(found) = same {
            repair.put_back(&found.text);
            repair.note_kept();
            let time = time(&self.words, found.kept.changed);
            self.safety.forget_corrections(&found.kept.file);
            self.say(self.words.with("repair-restored", &[("name", &name), ("time", &time)]), None);
        }
        if others > 0 {
            self.tell(self.words.with("repair-others", &[("name", &name)]));
        }
    }

    /// Opens a damaged draft with corrections that were offered.
    pub(in crate::editor) fn open_corrections(&mut self, kept: Kept) {
        let task = Task::on("doing-open", &kept.draft);
        self.jobs.start(
            task,
            move |thread| disk::recovery::take_corrections(thread, &kept.file),
            |editor: &mut Self, answer| match answer {
                Answer::Done(Ok(Some(taken))) => editor.took_corrections(taken),
                Answer::Done(Ok(None)) => editor.tell(editor.words.get("repair-elsewhere").to_owned()),
                Answer::Done(Err(error)) => editor.program_failed_by(&error),
                Answer::Lost => editor.lost(),
                // They are offered at the next start.
                Answer::Stopped | Answer::Late(_) => {}
            },
        );
    }

    /// Shows the text of a draft's file, with the corrections as one step.
    fn took_corrections(&mut self, taken: Taken) {
        let is_same = taken.is_same();
        let Taken { keeper, corrections, text, damaged, on_disk, read } = taken;
        let path = corrections.kept.draft;
        let keeping = Keeping::new(Arc::new(keeper), Some(damaged));
        match read {
            Err(error) => {
                let mut repair = Repair::new(&path, on_disk, text, error);
                repair.put_back(&corrections.text);
                if !is_same {
                    // The error is that of the corrections.
                    repair.find_error();
                }
                repair.keeping = Some(keeping);
                if is_same {
                    repair.note_kept();
                }
                let name = repair.file_name();
                self.show_repair(repair);
                let time = time(&self.words, corrections.kept.changed);
                let said = if is_same { "repair-restored" } else { "repair-restored-changed" };
                self.say(self.words.with(said, &[("name", &name), ("time", &time)]), None);
            }
            Ok(_) if self.loses_changes() => {
                // What was typed while the file was read is not to give way.
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                self.tell(self.words.with("repair-others", &[("name", &name)]));
            }
            Ok(release) => {
                self.leave_repair();
                self.put_mended(path, on_disk, Some(keeping), release);
            }
        }
    }

    /// Has the text written if it has changed, or what was kept removed if it is again as it was.
    pub(super) fn keep_corrections(&mut self, ctx: &egui::Context) {
        let Some(Repair { text, keeping: Some(keeping), .. }) = &mut self.repair else { return };
        let Some(damaged) = keeping.damaged.filter(|_| keeping.kept != text.revision()) else { return };
        if keeping.noted != text.revision() {
            keeping.noted = text.revision();
            if text.is_changed() {
                keeping.keeper.note(damaged, text.as_str().to_owned());
            } else {
                keeping.keeper.forget();
            }
        }
        if keeping.is_writing {
            return;
        }
        let wait = keeping.next.saturating_duration_since(Instant::now());
        if wait.is_zero() {
            self.write_corrections();
        } else {
            ctx.request_repaint_after(wait);
        }
    }

    fn write_corrections(&mut self) {
        let Some(folder) = self.safety.folder() else { return };
        let Some(Repair { text, keeping: Some(keeping), .. }) = &mut self.repair else { return };
        let Some(damaged) = keeping.damaged else { return };
        keeping.is_writing = true;
        let revision = text.revision();
        let text = text.is_changed().then(|| text.as_str().to_owned());
        let (keeper, of) = (keeping.keeper.clone(), keeping.keeper.clone());
        self.jobs.start(
            Task::on("doing-corrections", folder).in_order().in_background(),
            move |thread| disk::recovery::keep_corrections(thread, &keeper, damaged, text.as_deref()),
            move |editor: &mut Self, answer| editor.kept_corrections(&of, revision, answer),
        );
    }

    fn kept_corrections(&mut self, keeper: &Arc<Keeper>, revision: u64, answer: Answer<Result<(), StorageError>>) {
        let Some(repair) = &mut self.repair else { return };
        let now = repair.text.revision();
        let Some(keeping) = repair.keeping_by(keeper) else { return };
        // After `Stopped` another write may go on.
        keeping.is_writing &= matches!(answer, Answer::Late(_));
        keeping.next = Instant::now() + PAUSE;
        match answer {
            Answer::Done(Ok(())) | Answer::Late(Ok(())) => {
                keeping.kept = keeping.kept.max(revision);
                keeping.has_failed = false;
                if keeping.kept == now {
                    keeper.forget();
                }
            }
            Answer::Done(Err(error)) | Answer::Late(Err(error)) => {
                keeping.next = Instant::now() + RETRY;
                if !std::mem::replace(&mut keeping.has_failed, true) {
                    let reason = sentence(error.localised(&self.words));
                    self.failed(self.words.with("repair-unprotected", &[("reason", &reason)]));
                }
            }
            Answer::Stopped => keeping.next = Instant::now() + RETRY,
            Answer::Lost => {
                keeping.next = Instant::now() + RETRY;
                self.lost();
            }
        }
    }

    /// Takes the damaged draft out of the window.
    pub(in crate::editor) fn leave_repair(&mut self) {
        if let Some(repair) = self.repair.take() {
            self.let_go(repair);
        }
    }

    /// Removes what is kept of corrections that the user has given up. Others stay for the next start.
    pub(super) fn let_go(&mut self, repair: Repair) {
        if !repair.text.is_changed() || repair.confirm_discard {
            self.end_keeping(repair.keeping, None);
        } else if repair.is_keeping() {
            // The last words, too.
            self.repair = Some(repair);
            self.write_corrections();
            self.repair = None;
        }
    }

    /// Removes what is kept, once the journal has it.
    pub(super) fn end_keeping(&mut self, keeping: Option<Keeping>, journal: Option<Written>) {
        let (Some(Keeping { keeper, .. }), Some(folder)) = (keeping, self.safety.folder()) else { return };
        keeper.forget();
        self.jobs.start(
            Task::on("doing-corrections", folder).in_order().in_background(),
            move |thread| disk::recovery::end_corrections(thread, &keeper, journal.as_ref()),
            |editor: &mut Self, answer| {
                // What cannot be removed is offered at the next start, where it can be thrown away.
                if let Answer::Done(Err(error)) = answer {
                    editor.program_failed_by(&error);
                }
            },
        );
    }

    /// Removes corrections that were offered and are not wanted.
    pub(in crate::editor) fn discard_corrections(&mut self, file: PathBuf) {
        let Some(folder) = self.safety.folder() else { return };
        self.jobs.start(
            Task::on("doing-recovery", folder).in_order(),
            move |thread| disk::recovery::discard_corrections(thread, &file),
            |editor: &mut Self, answer| {
                if let Answer::Done(Err(error)) = answer {
                    editor.program_failed_by(&error);
                }
            },
        );
    }
}

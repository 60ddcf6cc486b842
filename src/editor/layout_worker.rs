//! Lays out and checks the release on two threads, so that a long draft never delays a key.
//!
//! Knows releases and pages, nothing of widgets. Its invariant: pages come back in the order in
//! which they were asked for; of several that wait, only the newest is set.

use std::{
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    time::{Duration, Instant},
};

use crate::{
    artwork::{Artwork, ArtworkError},
    editing::{count::Counted, room},
    proof::{
        self, Finding, Reference,
        counterpart::{self, Difference},
    },
    release::{Check, Field, Release},
    roster::Roster,
    typeset::{Cache, Pages, breaks::KnownWords, typeset},
};

/// What pages are of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The revision of the document.
    pub revision: u64,
    /// The text that has a line for the caret alone.
    pub room: Option<Field>,
}

/// Pages of a release.
#[derive(Clone)]
pub struct SetPages {
    /// As they are printed.
    pub print: Arc<Pages>,
    /// As they are typed on: the same, unless a text has a line for the caret alone.
    pub view: Arc<Pages>,
}

/// A request to lay out a release.
pub struct LayoutRequest {
    /// What the release is of.
    pub state: State,
    /// The release as it is now.
    pub release: Release,
    /// The picture that it names.
    pub emblem: Option<Arc<Artwork>>,
    /// Why that picture cannot be used.
    pub error: Option<Arc<ArtworkError>>,
    /// The release in the other language, if it was read.
    pub other: Option<Arc<Release>>,
}

/// What is ready of a release.
pub enum Done {
    /// Its pages.
    Pages(SetPages),
    /// What is to be said of them; comes after the pages.
    Checked(Checked),
}

/// What is to be said of a release.
pub struct Checked {
    /// What the user should look at.
    pub findings: Vec<Finding>,
    /// The words of headline and text.
    pub words: usize,
    /// In how many places the release in the other language differs, if it was read.
    pub differences: Option<usize>,
}

/// What is ready, and what it is of.
#[derive(Default)]
pub struct Ready {
    /// The newest pages.
    pub pages: Option<(State, SetPages)>,
    /// The newest findings.
    pub checked: Option<(State, Checked)>,
}

/// A thread that sets releases, and one that checks what is set.
pub struct LayoutWorker {
    wake: egui::Context,
    /// The user's own words.
    words: KnownWords,
    roster: Arc<Roster>,
    jobs: Sender<(u64, LayoutRequest)>,
    done: Receiver<(u64, State, Done)>,
    /// The number of the job asked for last.
    last: u64,
    /// The number of the job whose pages came last.
    set: u64,
    /// The number of the job that was last answered whole.
    answered: u64,
    /// Jobs up to this one are of another draft.
    forgotten: u64,
}

impl LayoutWorker {
    /// Starts the thread; it ends with the worker. `wake` is the window to be woken when pages are
    /// ready, `words` are those that no line may divide, and with `roster` names are compared.
    pub fn new(wake: egui::Context, words: KnownWords, roster: Arc<Roster>) -> Self {
        let (jobs, asked) = channel();
        let (ready, done) = channel();
        let window = wake.clone();
        let own = (words.clone(), roster.clone());
        let (set, checked) = channel();
        let (read, waker) = (ready.clone(), wake.clone());
        let words_of = own.0.clone();
        std::thread::spawn(move || set_pages(words_of, &asked, &ready, &set, &window));
        std::thread::spawn(move || check(&own.0, &own.1, &checked, &read, &waker));
        Self { wake, words, roster, jobs, done, last: 0, set: 0, answered: 0, forgotten: 0 }
    }

    /// Replaces the word lists and restarts the worker. Ask for pages again afterwards.
    pub fn use_lists(&mut self, words: KnownWords, roster: Arc<Roster>) {
        *self = Self::new(self.wake.clone(), words, roster);
    }

    /// Asks for pages.
    pub fn ask(&mut self, job: LayoutRequest) {
        self.last += 1;
        if let Err(unsent) = self.jobs.send((self.last, job)) {
            // The thread has ended, which only a bug can cause. Start another.
            let (number, job) = unsent.0;
            *self = Self::new(self.wake.clone(), self.words.clone(), self.roster.clone());
            self.last = number;
            let _ = self.jobs.send((number, job));
        }
    }

    /// Whether the pages asked for last have come.
    pub fn is_set(&self) -> bool {
        self.set == self.last
    }

    /// Whether what was asked for last is still on its way.
    pub fn is_pending(&self) -> bool {
        self.answered != self.last
    }

    /// Drops all pending requests: another draft was opened.
    pub fn forget(&mut self) {
        self.forgotten = self.last;
    }

    /// What is ready. Waits for the pages asked for last, but no longer than `patience`, and never for what there is
    /// to look at in them.
    pub fn newest(&mut self, patience: Duration) -> Ready {
        let mut until = Instant::now() + patience;
        let mut ready = Ready::default();
        loop {
            match self.done.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok((number, state, done)) if number > self.forgotten => {
                    if number == self.last {
                        // Only what is there already is taken along.
                        until = Instant::now();
                    }
                    match done {
                        Done::Pages(pages) => {
                            self.set = number;
                            ready.pages = Some((state, pages));
                        }
                        Done::Checked(checked) => {
                            self.answered = number;
                            ready.checked = Some((state, checked));
                        }
                    }
                }
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return ready,
            }
        }
    }
}

/// A release that was set and is to be checked.
type Unread = (u64, LayoutRequest, Arc<Pages>);

fn set_pages(
    words: KnownWords,
    asked: &Receiver<(u64, LayoutRequest)>,
    ready: &Sender<(u64, State, Done)>,
    unread: &Sender<Unread>,
    window: &egui::Context,
) {
    let mut cache = Cache::with_words(words);
    while let Ok(first) = asked.recv() {
        let (number, job) = asked.try_iter().last().unwrap_or(first);
        let mut set = |release: &Release| Arc::new(typeset(release, job.emblem.as_ref(), &mut cache));
        let print = set(&job.release);
        let view = job.state.room.map_or(print.clone(), |field| set(&room::made(&job.release, field)));
        if ready.send((number, job.state, Done::Pages(SetPages { print: print.clone(), view }))).is_err() {
            return;
        }
        window.request_repaint();
        // The next pages are not kept waiting by those who read these.
        let _ = unread.send((number, job, print));
    }
}

fn check(
    words: &KnownWords,
    roster: &Roster,
    unread: &Receiver<Unread>,
    ready: &Sender<(u64, State, Done)>,
    window: &egui::Context,
) {
    let mut counted = Counted::default();
    while let Ok(first) = unread.recv() {
        let (number, request, pages) = unread.try_iter().last().unwrap_or(first);
        let today = chrono::Local::now().date_naive();
        let LayoutRequest { state, release, error, other, .. } = request;
        let reference = Reference { today, emblem: error.as_deref(), words, roster, other: other.as_deref() };
        let mut findings = proof::check(&release, &pages, &reference);
        let is_compared = !release.unchecked.contains(&Check::Differences);
        let differences = other.map(|other| {
            let found = if is_compared { counterpart::compare(&release, &other, roster) } else { Vec::new() };
            findings.extend(found.iter().filter_map(Difference::finding));
            proof::in_reading_order(&mut findings);
            found.len()
        });
        let checked = Checked { findings, words: counted.words(&release), differences };
        if ready.send((number, state, Done::Checked(checked))).is_err() {
            return;
        }
        window.request_repaint();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(headline: &str) -> LayoutRequest {
        LayoutRequest {
            state: State::default(),
            release: Release { headline: headline.into(), ..Release::default() },
            emblem: None,
            error: None,
            other: None,
        }
    }

    #[test]
    fn the_pages_asked_for_last_come_last() {
        let mut worker = LayoutWorker::new(egui::Context::default(), KnownWords::new(), Arc::default());
        for number in 0..20 {
            worker.ask(job(&format!("headline {number}")));
        }
        let (mut pages, mut findings) = (None, None);
        while worker.is_pending() {
            let ready = worker.newest(Duration::from_secs(20));
            pages = ready.pages.or(pages);
            findings = ready.checked.or(findings);
        }
        let (_, SetPages { print: pages, .. }) = pages.expect("pages within twenty seconds");
        assert!(pages.lines().any(|(_, line)| line.characters().contains("headline 19")));
        assert!(findings.is_some_and(|(_, checked)| !checked.findings.is_empty()));
    }

    #[test]
    fn pages_of_a_draft_that_is_gone_do_not_come() {
        let window = egui::Context::default();
        let (woken, wakes) = channel();
        window.set_request_repaint_callback(move |_| _ = woken.send(()));
        let mut worker = LayoutWorker::new(window, KnownWords::new(), Arc::default());
        worker.ask(job("old"));
        // The window is woken when the pages are ready for it.
        wakes.recv().unwrap();
        worker.forget();
        worker.ask(job("new"));
        let mut seen = Vec::new();
        while worker.is_pending() {
            seen.extend(worker.newest(Duration::from_secs(2)).pages);
        }
        assert!(!seen.is_empty());
        assert!(seen.iter().all(|(_, pages)| pages.print.lines().all(|(_, line)| !line.characters().contains("old"))));
    }
}

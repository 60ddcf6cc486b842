//! Sets the release beside the window, so that the longest draft does not hold up a key.
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
    proof::{self, Finding, Reference},
    release::Release,
    roster::Roster,
    typeset::{Cache, Pages, breaks::Words as OwnWords, typeset},
};

/// A release to be set.
pub struct Job {
    /// The release as it is now.
    pub release: Release,
    /// The picture that it names.
    pub emblem: Option<Arc<Artwork>>,
    /// Why that picture cannot be used.
    pub error: Option<Arc<ArtworkError>>,
}

/// A release, set and checked.
pub struct Set {
    /// The pages.
    pub pages: Arc<Pages>,
    /// What an official should look at; comes after the pages, as `None` says meanwhile.
    pub findings: Option<Vec<Finding>>,
}

/// A thread that sets releases.
pub struct Setter {
    wake: egui::Context,
    /// The user's own words.
    words: OwnWords,
    roster: Arc<Roster>,
    jobs: Sender<(u64, Job)>,
    done: Receiver<(u64, Set)>,
    /// The number of the job asked for last.
    last: u64,
    /// The number of the job whose pages came last.
    set: u64,
    /// The number of the job that was last answered whole.
    answered: u64,
    /// Jobs up to this one are of another draft.
    forgotten: u64,
}

impl Setter {
    /// Starts the thread; it ends with the setter. `wake` is the window to be woken when pages are
    /// ready, `words` are those that no line may divide, and with `roster` names are compared.
    pub fn new(wake: egui::Context, words: OwnWords, roster: Arc<Roster>) -> Self {
        let (jobs, asked) = channel();
        let (ready, done) = channel();
        let window = wake.clone();
        let own = (words.clone(), roster.clone());
        std::thread::spawn(move || work(&own.0, &own.1, &asked, &ready, &window));
        Self { wake, words, roster, jobs, done, last: 0, set: 0, answered: 0, forgotten: 0 }
    }

    /// Takes other lists of the user; what is to hold by them must be asked for anew.
    pub fn use_lists(&mut self, words: OwnWords, roster: Arc<Roster>) {
        *self = Self::new(self.wake.clone(), words, roster);
    }

    /// Asks for pages.
    pub fn ask(&mut self, job: Job) {
        self.last += 1;
        if let Err(unsent) = self.jobs.send((self.last, job)) {
            // The thread is gone, which only a fault of ours can bring about; another may do better.
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

    /// Lets go of what was asked for: another draft is in the window.
    pub fn forget(&mut self) {
        self.forgotten = self.last;
    }

    /// The newest pages that are ready. Waits for those asked for last and what there is to look at
    /// in them, but no longer than `patience`.
    pub fn newest(&mut self, patience: Duration) -> Option<Set> {
        let until = Instant::now() + patience;
        let mut newest = None;
        loop {
            match self.done.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok((number, set)) if number > self.forgotten => {
                    self.set = number;
                    let whole = number == self.last && set.findings.is_some();
                    newest = Some(set);
                    if whole {
                        self.answered = number;
                        return newest;
                    }
                }
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return newest,
            }
        }
    }
}

fn work(
    words: &OwnWords,
    roster: &Roster,
    asked: &Receiver<(u64, Job)>,
    ready: &Sender<(u64, Set)>,
    window: &egui::Context,
) {
    let mut cache = Cache::with_words(words.clone());
    while let Ok(first) = asked.recv() {
        let (number, Job { release, emblem, error }) = asked.try_iter().last().unwrap_or(first);
        let pages = Arc::new(typeset(&release, emblem.as_ref(), &mut cache));
        // The pages are not kept waiting by those who read them.
        let unread = Set { pages: pages.clone(), findings: None };
        if ready.send((number, unread)).is_err() {
            return;
        }
        window.request_repaint();
        let today = chrono::Local::now().date_naive();
        let findings = proof::check(&release, &pages, &Reference { today, emblem: error.as_deref(), words, roster });
        if ready.send((number, Set { pages, findings: Some(findings) })).is_err() {
            return;
        }
        window.request_repaint();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(headline: &str) -> Job {
        Job { release: Release { headline: headline.into(), ..Release::default() }, emblem: None, error: None }
    }

    #[test]
    fn the_pages_asked_for_last_come_last() {
        let mut setter = Setter::new(egui::Context::default(), OwnWords::new(), Arc::default());
        for number in 0..20 {
            setter.ask(job(&format!("headline {number}")));
        }
        let set = setter.newest(Duration::from_secs(20)).expect("pages within twenty seconds");
        assert!(set.pages.lines().any(|(_, line)| line.characters().contains("headline 19")));
        assert!(set.findings.is_some_and(|findings| !findings.is_empty()));
        assert!(setter.newest(Duration::ZERO).is_none());
    }

    #[test]
    fn pages_of_a_draft_that_is_gone_do_not_come() {
        let mut setter = Setter::new(egui::Context::default(), OwnWords::new(), Arc::default());
        setter.ask(job("old"));
        setter.forget();
        setter.ask(job("new"));
        let mut seen = Vec::new();
        while let Some(set) = setter.newest(Duration::from_secs(2)) {
            seen.push(set);
        }
        assert!(!seen.is_empty());
        assert!(seen.iter().all(|set| set.pages.lines().all(|(_, line)| !line.characters().contains("old"))));
    }
}

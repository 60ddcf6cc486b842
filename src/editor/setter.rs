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
    proof::{self, Finding},
    release::Release,
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
    /// What an official should look at.
    pub findings: Vec<Finding>,
}

/// A thread that sets releases.
pub struct Setter {
    wake: egui::Context,
    /// The user's own words.
    words: OwnWords,
    jobs: Sender<(u64, Job)>,
    done: Receiver<(u64, Set)>,
    /// The number of the job asked for last.
    last: u64,
}

impl Setter {
    /// Starts the thread; it ends with the setter. `wake` is the window to be woken when pages are
    /// ready, `words` are those that no line may divide.
    pub fn new(wake: egui::Context, words: OwnWords) -> Self {
        let (jobs, asked) = channel();
        let (ready, done) = channel();
        let window = wake.clone();
        let cache = Cache::with_words(words.clone());
        std::thread::spawn(move || work(cache, &asked, &ready, &window));
        Self { wake, words, jobs, done, last: 0 }
    }

    /// Asks for pages.
    pub fn ask(&mut self, job: Job) {
        self.last += 1;
        if let Err(unsent) = self.jobs.send((self.last, job)) {
            // The thread is gone, which only a fault of ours can bring about; another may do better.
            let (number, job) = unsent.0;
            *self = Self::new(self.wake.clone(), self.words.clone());
            self.last = number;
            let _ = self.jobs.send((number, job));
        }
    }

    /// The newest pages that are ready. Waits for those asked for last, but no longer than `patience`.
    pub fn newest(&self, patience: Duration) -> Option<Set> {
        let until = Instant::now() + patience;
        let mut newest = None;
        loop {
            match self.done.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok((number, set)) if number == self.last => return Some(set),
                Ok((_, set)) => newest = Some(set),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return newest,
            }
        }
    }
}

fn work(mut cache: Cache, asked: &Receiver<(u64, Job)>, ready: &Sender<(u64, Set)>, window: &egui::Context) {
    while let Ok(first) = asked.recv() {
        let (number, Job { release, emblem, error }) = asked.try_iter().last().unwrap_or(first);
        let pages = Arc::new(typeset(&release, emblem.as_ref(), &mut cache));
        let findings = proof::check(&release, &pages, error.as_deref(), chrono::Local::now().date_naive());
        if ready.send((number, Set { pages, findings })).is_err() {
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
        let mut setter = Setter::new(egui::Context::default(), OwnWords::new());
        for number in 0..20 {
            setter.ask(job(&format!("headline {number}")));
        }
        let set = setter.newest(Duration::from_secs(20)).expect("pages within twenty seconds");
        assert!(set.pages.lines().any(|(_, line)| line.characters().contains("headline 19")));
        assert!(setter.newest(Duration::ZERO).is_none());
    }
}

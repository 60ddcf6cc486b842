//! Work on files, each job on a thread of its own, so that the window never waits for a disk.
//!
//! A job is a closure that reads or writes files and a second one that applies the outcome in the
//! window. It knows nothing of drafts. Invariants: only a job's thread has a [`JobThread`], without
//! which no function of [`super::disk`] can be called; jobs on one file run one after the other, also
//! when the user has stopped waiting; a thread that hangs delays neither another one nor the end of the program.

use std::{
    marker::PhantomData,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    time::{Duration, Instant},
};

/// Threads that may run at once. Those that hang count, and each of them is on another file.
const MOST_THREADS: usize = 64;
/// A job is shown as a wait when it has taken this long: what is faster need not be read.
const NOTICEABLE: Duration = Duration::from_millis(300);

/// Proof that the code that has it runs on a job's thread. It cannot be sent to another thread.
pub struct JobThread {
    stop: Stop,
    here: PhantomData<*const ()>,
}

impl JobThread {
    /// Whether the user has stopped waiting for the job.
    pub fn stop(&self) -> &Stop {
        &self.stop
    }
}

/// Whether the user has stopped waiting for a job.
#[derive(Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// The flag itself, for what knows no jobs.
    pub fn flag(&self) -> &AtomicBool {
        &self.0
    }

    fn set(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    /// Whether the job is no longer waited for.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// How a job ended.
pub enum Answer<T> {
    /// It is done.
    Done(T),
    /// The user has stopped waiting; the thread may still go on.
    Stopped,
    /// It was done after the user had stopped waiting.
    Late(T),
    /// There was no thread for it, or the thread ended by a fault of the program.
    Lost,
}

/// The number of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobId(u64);

/// What a job is about, for the user who waits for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// The name of the message in `assets/i18n`; it has a variable `file`.
    pub doing: &'static str,
    /// The file or folder.
    pub file: PathBuf,
    /// Whether other jobs on this file have to wait for it.
    in_order: bool,
    /// Whether the frame that starts it waits a moment for its end.
    hurry: bool,
    /// When waiting ends by itself.
    longest: Option<Duration>,
}

impl Task {
    /// A job on a file, for which the frame waits a moment.
    pub fn on(doing: &'static str, file: &Path) -> Self {
        let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        Self { doing, file, in_order: false, hurry: true, longest: None }
    }

    /// One job on this file after the other.
    pub fn in_order(self) -> Self {
        Self { in_order: true, ..self }
    }

    /// The frame does not wait for it.
    pub fn in_background(self) -> Self {
        Self { hurry: false, ..self }
    }

    /// Waiting ends by itself after this time.
    pub fn at_most(self, longest: Duration) -> Self {
        Self { longest: Some(longest), ..self }
    }
}

/// A wait that the user sees and can end.
pub struct Wait {
    /// The job.
    pub id: JobId,
    /// The name of the message that says what is waited for.
    pub doing: &'static str,
    /// The file or folder it is about.
    pub file: PathBuf,
}

/// The jobs of an editor `E`.
pub struct Jobs<E> {
    wake: egui::Context,
    last: u64,
    jobs: Vec<Job<E>>,
    ended: Receiver<u64>,
    end: Sender<u64>,
}

struct Job<E> {
    id: u64,
    task: Task,
    begun: Instant,
    stop: Stop,
    is_stopped: bool,
    /// Whether the frame still waits a moment for it.
    is_fresh: bool,
    /// Starts the thread; `None` once that is done.
    start: Option<Box<dyn FnOnce(Stop, Ended)>>,
    /// `None` while the editor handles it.
    outcome: Option<Box<dyn Outcome<E>>>,
}

/// An outcome that is still to come, and what is then to be done.
trait Outcome<E> {
    fn stopped(&mut self, editor: &mut E);
    fn ended(&mut self, editor: &mut E, was_stopped: bool);
}

struct Then<T, F> {
    ready: Receiver<T>,
    then: F,
}

impl<E, T, F: FnMut(&mut E, Answer<T>)> Outcome<E> for Then<T, F> {
    fn stopped(&mut self, editor: &mut E) {
        (self.then)(editor, Answer::Stopped);
    }

    fn ended(&mut self, editor: &mut E, was_stopped: bool) {
        match self.ready.try_recv() {
            Ok(value) if was_stopped => (self.then)(editor, Answer::Late(value)),
            Ok(value) => (self.then)(editor, Answer::Done(value)),
            Err(_) if was_stopped => {}
            Err(_) => (self.then)(editor, Answer::Lost),
        }
    }
}

/// Says that a thread has ended, also if it panics.
struct Ended {
    id: u64,
    end: Sender<u64>,
    wake: egui::Context,
}

impl Drop for Ended {
    fn drop(&mut self) {
        // A window that is gone needs no answer.
        _ = self.end.send(self.id);
        self.wake.request_repaint();
    }
}

/// A job that has ended or was stopped, and that the editor has yet to handle.
pub struct Due<E> {
    id: u64,
    outcome: Box<dyn Outcome<E>>,
    ending: Ending,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// The user has stopped waiting; the thread goes on, and will end.
    Stopped,
    /// It never began.
    Dropped,
    Ended {
        was_stopped: bool,
    },
}

impl<E> Due<E> {
    /// Tells the editor of the outcome. What is returned belongs back into [`Jobs::keep`].
    pub fn apply(mut self, editor: &mut E) -> Self {
        match self.ending {
            Ending::Stopped | Ending::Dropped => self.outcome.stopped(editor),
            Ending::Ended { was_stopped } => self.outcome.ended(editor, was_stopped),
        }
        self
    }
}

impl<E> Jobs<E> {
    /// No jobs yet; `wake` is the window to be woken when one ends.
    pub fn new(wake: egui::Context) -> Self {
        let (end, ended) = channel();
        Self { wake, last: 0, jobs: Vec::new(), ended, end }
    }

    /// The window.
    pub fn wake(&self) -> egui::Context {
        self.wake.clone()
    }

    /// Starts a job: `work` on a thread of its own, and `then` in the window with its outcome. After
    /// [`Answer::Stopped`] it may be called once more, with [`Answer::Late`].
    pub fn start<T: Send + 'static>(
        &mut self,
        task: Task,
        work: impl FnOnce(&JobThread) -> T + Send + 'static,
        then: impl FnMut(&mut E, Answer<T>) + 'static,
    ) -> JobId {
        let (send, ready) = channel();
        let start = move |stop: Stop, ended: Ended| {
            let run = move || {
                let _ended = ended;
                let thread = JobThread { stop, here: PhantomData };
                _ = send.send(work(&thread));
            };
            // Without a thread the closure is dropped, and with it `ended`, which says so.
            _ = std::thread::Builder::new().name("file".into()).spawn(run);
        };
        self.last += 1;
        self.jobs.push(Job {
            id: self.last,
            begun: Instant::now(),
            stop: Stop::default(),
            is_stopped: false,
            is_fresh: task.hurry,
            start: Some(Box::new(start)),
            outcome: Some(Box::new(Then { ready, then })),
            task,
        });
        self.start_next();
        JobId(self.last)
    }

    /// Starts what has to wait for no other job.
    fn start_next(&mut self) {
        for index in 0..self.jobs.len() {
            let running = self.jobs.iter().filter(|job| job.start.is_none()).count();
            let (before, rest) = self.jobs.split_at_mut(index);
            let Some(job) = rest.first_mut().filter(|_| running < MOST_THREADS) else { return };
            let in_the_way = |other: &Job<E>| other.task.in_order && other.task.file == job.task.file;
            if job.task.in_order && before.iter().any(in_the_way) {
                continue;
            }
            if let Some(start) = job.start.take() {
                start(job.stop.clone(), Ended { id: job.id, end: self.end.clone(), wake: self.wake.clone() });
            }
        }
    }

    /// Ends the waiting for a job, and asks its thread to stop. [`next`](Self::next) gives the outcome.
    pub fn stop(&mut self, id: JobId) {
        if let Some(job) = self.jobs.iter_mut().find(|job| job.id == id.0) {
            job.stop.set();
            self.wake.request_repaint();
        }
    }

    /// The next job that has ended or was stopped, to be [applied](Due::apply). Until `until` it waits
    /// for those that were started just now.
    pub fn next(&mut self, until: Instant) -> Option<Due<E>> {
        let patience = |job: &Job<E>| job.task.longest.is_some_and(|longest| job.begun.elapsed() > longest);
        loop {
            let is_due = |job: &Job<E>| !job.is_stopped && (job.stop.is_set() || patience(job));
            if let Some(index) = self.jobs.iter().position(is_due)
                && let Some(due) = self.stopped(index)
            {
                return Some(due);
            }
            let is_fresh = self.jobs.iter().any(|job| job.is_fresh);
            let left = if is_fresh { until.saturating_duration_since(Instant::now()) } else { Duration::ZERO };
            let Ok(id) = self.ended.recv_timeout(left) else { break };
            if let Some(index) = self.jobs.iter().position(|job| job.id == id) {
                let job = self.jobs.remove(index);
                self.start_next();
                let ending = Ending::Ended { was_stopped: job.is_stopped };
                if let Some(outcome) = job.outcome {
                    return Some(Due { id, outcome, ending });
                }
            }
        }
        self.jobs.iter_mut().for_each(|job| job.is_fresh = false);
        None
    }

    /// Notes that a job is stopped. One whose thread goes on stays in the list, and others on its file
    /// wait for it.
    fn stopped(&mut self, index: usize) -> Option<Due<E>> {
        let job = self.jobs.get_mut(index)?;
        job.stop.set();
        (job.is_stopped, job.is_fresh) = (true, false);
        let (id, outcome) = (job.id, job.outcome.take()?);
        if job.start.is_none() {
            return Some(Due { id, outcome, ending: Ending::Stopped });
        }
        self.jobs.remove(index);
        self.start_next();
        Some(Due { id, outcome, ending: Ending::Dropped })
    }

    /// Takes an outcome back: the thread goes on, and will have another.
    pub fn keep(&mut self, due: Due<E>) {
        if let Some(job) = self.jobs.iter_mut().find(|job| job.id == due.id) {
            job.outcome = Some(due.outcome);
        }
    }

    /// Whether the user waits for a job.
    pub fn is_busy(&self) -> bool {
        self.jobs.iter().any(|job| !job.is_stopped)
    }

    /// The waits that have taken so long that the user should know. Repaints when there are more of them.
    pub fn waits(&self) -> Vec<Wait> {
        let mut waits = Vec::new();
        for job in self.jobs.iter().filter(|job| !job.is_stopped) {
            let left = NOTICEABLE.saturating_sub(job.begun.elapsed());
            if left.is_zero() {
                waits.push(Wait { id: JobId(job.id), doing: job.task.doing, file: job.task.file.clone() });
            } else {
                self.wake.request_repaint_after(left);
            }
            if let Some(longest) = job.task.longest {
                self.wake.request_repaint_after(longest.saturating_sub(job.begun.elapsed()));
            }
        }
        waits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An editor that remembers the messages it got.
    struct Window {
        jobs: Jobs<Window>,
        said: Vec<String>,
    }

    impl Window {
        fn new() -> Self {
            Self { jobs: Jobs::new(egui::Context::default()), said: Vec::new() }
        }

        fn start(&mut self, task: Task, work: impl FnOnce(&JobThread) -> &'static str + Send + 'static) -> JobId {
            self.jobs.start(task, work, |window: &mut Self, answer| {
                window.said.push(match answer {
                    Answer::Done(text) => text.to_owned(),
                    Answer::Late(text) => format!("late {text}"),
                    Answer::Stopped => "stopped".to_owned(),
                    Answer::Lost => "lost".to_owned(),
                });
            })
        }

        /// Applies what ends within a time.
        fn go_on(&mut self, patience: Duration) {
            let until = Instant::now() + patience;
            while let Some(due) = self.jobs.next(until) {
                let due = due.apply(self);
                self.jobs.keep(due);
            }
        }
    }

    const LONG: Duration = Duration::from_secs(60);

    /// Goes on until something more was said.
    fn until_said(window: &mut Window, count: usize) {
        let begun = Instant::now();
        while window.said.len() < count && begun.elapsed() < LONG {
            window.go_on(Duration::ZERO);
            std::thread::yield_now();
        }
        assert!(window.said.len() >= count, "{:?}", window.said);
    }

    #[test]
    fn a_frame_waits_for_what_it_started() {
        let mut window = Window::new();
        window.start(Task::on("x", Path::new("a")), |_| "done");
        window.go_on(LONG);
        assert_eq!(window.said, ["done"]);
        assert!(!window.jobs.is_busy());
    }

    #[test]
    fn jobs_on_one_file_run_in_order_and_a_hung_one_holds_up_no_other() {
        let mut window = Window::new();
        let (go_on, hung) = channel::<()>();
        let task = |file: &str| Task::on("x", Path::new(file)).in_order();
        let hangs = window.start(task("a"), move |_| {
            _ = hung.recv();
            "first"
        });
        window.start(task("a"), |_| "second");
        window.start(task("b"), |_| "other");
        until_said(&mut window, 1);
        assert_eq!(window.said, ["other"]);
        // The first was given up, and yet the second does not overtake it.
        window.jobs.stop(hangs);
        window.go_on(Duration::from_millis(30));
        assert_eq!(window.said, ["other", "stopped"]);
        assert!(window.jobs.is_busy());
        drop(go_on);
        until_said(&mut window, 4);
        assert_eq!(window.said, ["other", "stopped", "late first", "second"]);
        assert!(!window.jobs.is_busy());
    }

    #[test]
    fn a_job_that_has_not_begun_is_never_begun_once_it_is_stopped() {
        let mut window = Window::new();
        let (go_on, hung) = channel::<()>();
        let task = || Task::on("x", Path::new("a")).in_order();
        window.start(task(), move |_| {
            _ = hung.recv();
            "first"
        });
        let second = window.start(task(), |_| panic!("it was stopped"));
        window.jobs.stop(second);
        window.go_on(Duration::ZERO);
        drop(go_on);
        until_said(&mut window, 2);
        window.go_on(Duration::from_millis(30));
        assert_eq!(window.said, ["stopped", "first"]);
    }

    #[test]
    fn a_job_learns_that_it_was_stopped_and_a_deadline_stops_it() {
        let mut window = Window::new();
        window.start(Task::on("x", Path::new("a")).at_most(Duration::from_millis(1)), |thread| {
            while !thread.stop().is_set() {
                std::thread::yield_now();
            }
            "end"
        });
        until_said(&mut window, 2);
        assert_eq!(window.said, ["stopped", "late end"]);
    }

    #[test]
    fn a_job_that_panics_is_lost_and_no_other() {
        let mut window = Window::new();
        window.start(Task::on("x", Path::new("a")).in_order(), |_| panic!("on purpose"));
        window.start(Task::on("x", Path::new("a")).in_order(), |_| "next");
        until_said(&mut window, 2);
        assert_eq!(window.said, ["lost", "next"]);
    }

    #[test]
    fn a_long_wait_is_told() {
        let mut window = Window::new();
        let (go_on, hung) = channel::<()>();
        window.start(Task::on("doing", Path::new("/a/b")), move |_| {
            _ = hung.recv();
            "end"
        });
        assert!(window.jobs.waits().is_empty(), "not at once");
        window.jobs.jobs[0].begun -= NOTICEABLE;
        let waits = window.jobs.waits();
        let file = std::path::absolute("/a/b").unwrap();
        assert_eq!((waits[0].doing, &waits[0].file), ("doing", &file));
        window.jobs.stop(waits[0].id);
        window.go_on(Duration::ZERO);
        assert!(window.jobs.waits().is_empty());
        drop(go_on);
    }
}

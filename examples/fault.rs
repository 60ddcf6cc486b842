//! Runs the program as `main` does, and lets it fail in the middle of a frame once a file is there, to try what
//! the user is told and what is kept. `.ci/fault` and `.ci/windows` drive it.
//!
//! usage: `fault FILE [DRAFT]`      (FILE must not be there yet; with --software the processor draws)
//!
//! The program has no door for this. But its window's libraries tell a logger what they do, on the thread of
//! the window, and the logger of this example panics.

use std::{
    path::{Path, PathBuf},
    sync::OnceLock,
    thread::ThreadId,
};

use log::{LevelFilter, Log, Metadata, Record};
use release_composer::editor::{Renderer, run};

/// Panics on a thread once a file is there.
struct Trap {
    thread: ThreadId,
    file: PathBuf,
}

/// The panic is caught above the event loop; the second message must not be another one.
static SPRUNG: OnceLock<()> = OnceLock::new();

impl Log for Trap {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        std::thread::current().id() == self.thread
    }

    fn log(&self, record: &Record<'_>) {
        // A frame asks for the next one, or for something of the window.
        let is_frame = record.target().starts_with("eframe") || record.target().starts_with("egui_winit");
        if is_frame && self.enabled(record.metadata()) && self.file.exists() && SPRUNG.set(()).is_ok() {
            panic!("a fault on purpose, at: {}", record.args());
        }
    }

    fn flush(&self) {}
}

fn main() -> anyhow::Result<()> {
    let (options, paths): (Vec<_>, Vec<_>) = std::env::args_os().skip(1).partition(|argument| argument == "--software");
    if let Some(file) = paths.first() {
        let trap = Trap { thread: std::thread::current().id(), file: Path::new(file).to_owned() };
        log::set_boxed_logger(Box::new(trap)).map_err(|error| anyhow::anyhow!("{error}"))?;
        log::set_max_level(LevelFilter::Trace);
    }
    run(paths.get(1).map(PathBuf::from), if options.is_empty() { Renderer::Automatic } else { Renderer::Software })
}

//! What no part of the program may know, looked up in its source.

use std::path::{Path, PathBuf};

/// What touches files, looks them up, or waits for a disk, and may be named only where jobs are.
const FILES: [&str; 38] = [
    "std::fs",
    "fs::",
    "File::",
    "OpenOptions",
    ".exists()",
    ".try_exists()",
    ".is_file()",
    ".is_dir()",
    ".is_symlink()",
    ".canonicalize()",
    ".metadata()",
    ".symlink_metadata()",
    ".read_dir()",
    ".read_link()",
    "storage::open",
    "storage::text",
    "storage::save",
    "storage::write",
    "storage::replace",
    "storage::emblem",
    "storage::words",
    "storage::names",
    "storage::roster",
    "storage::add_word",
    "storage::change_names",
    "storage::keep_damaged",
    "storage::namesake",
    "DraftLock::take",
    "DiskState::of",
    "Versions::",
    "artwork::load",
    "Settings::load(",
    "Settings::load_at_start",
    ".look_again()",
    "journal.finish()",
    ".discard()",
    ".read()",
    "open_in_other_program(&",
];

/// Where the window touches files: in jobs, and before there is a window.
const JOBS: [&str; 2] = ["disk/", "run.rs"];

/// Where threads are started that are no jobs: they set pages and wait for the system's own windows.
const THREADS: [&str; 4] = ["jobs.rs", "setter.rs", "platform.rs", "printing.rs"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

/// The lines of the window's source that are no test and no comment, each with its place below `src/editor`.
fn lines_of_the_window() -> Vec<(String, String)> {
    let editor = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/editor");
    let mut lines = Vec::new();
    for path in sources(&editor) {
        let place = path.strip_prefix(&editor).unwrap().to_str().unwrap().replace('\\', "/");
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        for (number, line) in code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            lines.push((format!("{place}:{}", number + 1), line.to_owned()));
        }
    }
    assert!(lines.len() > 3_000, "the window's source is somewhere else");
    lines
}

/// Whether a line has a name, and not as the end of a longer one.
fn has(line: &str, name: &str) -> bool {
    let is_whole =
        |at: usize| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') || name.starts_with('.');
    line.match_indices(name).any(|(at, _)| is_whole(at))
}

fn is_in(place: &str, places: &[&str]) -> bool {
    places.iter().any(|of| place.starts_with(of) || place.split(':').next().is_some_and(|file| file.ends_with(of)))
}

#[test]
fn the_window_touches_files_in_jobs_alone() {
    let mut wrong = Vec::new();
    for (place, line) in lines_of_the_window() {
        if !is_in(&place, &JOBS) {
            wrong.extend(FILES.iter().filter(|name| has(&line, name)).map(|name| format!("{place} has {name}")));
        }
    }
    assert!(wrong.is_empty(), "a disk that hangs would stop the window here: {wrong:#?}");
}

#[test]
fn every_function_of_a_job_asks_for_its_thread() {
    // A function that takes a `JobThread` cannot be called on the window's thread, which has none.
    let mut count = 0;
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/editor/disk")) {
        let text = std::fs::read_to_string(&path).unwrap();
        for function in text.split("\npub fn ").skip(1) {
            let head = function.split('{').next().unwrap();
            assert!(head.contains("JobThread"), "{}: {head}", path.display());
            count += 1;
        }
    }
    assert!(count > 15, "{count}");
}

#[test]
fn only_jobs_and_the_setter_start_threads() {
    let wrong: Vec<_> = lines_of_the_window()
        .into_iter()
        .filter(|(place, line)| line.contains("thread::") && line.contains("spawn") && !is_in(place, &THREADS))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

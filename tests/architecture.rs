//! What no part of the program may know, looked up in its source.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

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
const THREADS: [&str; 4] = ["jobs.rs", "layout_worker.rs", "platform.rs", "printing.rs"];

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
fn only_jobs_and_the_layout_worker_start_threads() {
    let wrong: Vec<_> = lines_of_the_window()
        .into_iter()
        .filter(|(place, line)| line.contains("thread::") && line.contains("spawn") && !is_in(place, &THREADS))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A module by its path below `src` or `engine/src`: `["typeset", "paragraph", "places"]`.
type Module = Vec<String>;

/// What each module names of the others, tests left out.
fn imports() -> BTreeMap<Module, BTreeSet<Module>> {
    let roots = ["src", "engine/src"].map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    let texts: BTreeMap<Module, String> = roots
        .iter()
        .flat_map(|root| sources(root).into_iter().map(move |path| (root, path)))
        .filter_map(|(root, path)| {
            let place = path.strip_prefix(root).unwrap().with_extension("");
            let mut module: Module = place.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
            let is_test = module.iter().any(|part| part == "tests");
            module.pop_if(|last| last == "mod");
            // `lib.rs` has all of them by definition; the programs are other crates.
            let is_other = ["lib", "main", "memory", "cli", "bin"].contains(&module[0].as_str());
            (!is_test && !is_other).then(|| (module, code_of(&std::fs::read_to_string(path).unwrap())))
        })
        .collect();
    let find = |path: &[String]| (1..=path.len()).rev().map(|end| path[..end].to_vec()).find(|m| texts.contains_key(m));
    let mut imports = BTreeMap::new();
    for (module, text) in &texts {
        let named: BTreeSet<Module> = paths(text, module).iter().filter_map(|path| find(path)).collect();
        imports.insert(module.clone(), named.into_iter().filter(|other| other != module).collect());
    }
    assert!(imports.len() > 150, "{} modules", imports.len());
    imports
}

/// A source without its tests, comments and texts.
fn code_of(text: &str) -> String {
    let program = text.split("#[cfg(test)]\nmod ").next().unwrap();
    let lines = program.lines().map(|line| line.split("//").next().unwrap());
    let is_code = |(number, part): (usize, &str)| (number % 2 == 0).then(|| part.to_owned());
    lines.flat_map(|line| line.split('"').enumerate().filter_map(is_code).chain(["\n".to_owned()])).collect()
}

/// The paths in a source that begin at the crate, at the module above or at this one.
fn paths(text: &str, module: &[String]) -> Vec<Module> {
    let mut found = Vec::new();
    for (root, above) in [("crate::", module.len()), ("super::", 1), ("self::", 0)] {
        for (at, _) in text.match_indices(root) {
            let before = text[..at].chars().next_back();
            if before.is_none_or(|c| !(c.is_alphanumeric() || c == '_' || c == ':' || c == '$')) {
                let start = module[..module.len() - above].to_vec();
                tree(&text[at + root.len()..], start, &mut found);
            }
        }
    }
    found
}

/// Reads a path, or several in braces; gives what is behind it.
fn tree<'a>(mut text: &'a str, mut path: Module, found: &mut Vec<Module>) -> &'a str {
    loop {
        text = text.trim_start();
        if let Some(inside) = text.strip_prefix('{') {
            text = inside;
            loop {
                text = text.trim_start();
                if let Some(rest) = text.strip_prefix('}') {
                    return rest;
                }
                let rest = tree(text, path.clone(), found).trim_start();
                let rest = rest.strip_prefix("as ").map_or(rest, |renamed| {
                    renamed.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').trim_start()
                });
                let rest = rest.strip_prefix(',').unwrap_or(rest);
                if rest.len() == text.len() {
                    return rest;
                }
                text = rest;
            }
        }
        let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        match name {
            "super" => _ = path.pop(),
            "self" | "" => {}
            _ => path.push(name.to_owned()),
        }
        match rest.strip_prefix("::") {
            Some(further) => text = further,
            None => {
                found.push(path);
                return rest;
            }
        }
    }
}

/// `ARCHITECTURE.md` says which folder may name which; it says neither too little nor too much.
#[test]
fn folders_name_each_other_as_the_architecture_says() {
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (module, named) in imports() {
        let from = edges.entry(module[0].clone()).or_default();
        from.extend(named.into_iter().map(|other| other[0].clone()).filter(|other| *other != module[0]));
    }
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).unwrap();
    let list = text.split("## Which folder may name which").nth(1).expect("the list").split("\n## ").next().unwrap();
    let names = |text: &str| text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<BTreeSet<_>>();
    let said: BTreeMap<String, BTreeSet<String>> = list
        .lines()
        .filter_map(|line| line.strip_prefix("- ")?.split_once(": "))
        .map(|(folder, others)| (folder.trim_matches('`').to_owned(), names(others)))
        .collect();
    assert_eq!(edges, said);
}

#[test]
fn no_file_is_longer_than_500_lines() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["src", "engine/src", "tests", "benches", "examples"];
    let files = folders.iter().flat_map(|folder| sources(&root.join(folder)));
    let lines = |path: &Path| std::fs::read_to_string(path).unwrap().lines().count();
    let long: Vec<_> = files.map(|path| (lines(&path), path)).filter(|(lines, _)| *lines > 500).collect();
    assert!(long.is_empty(), "part these by subject: {long:?}");
}

/// A child may name what its parent declares for all its children. Between others names go one way.
#[test]
fn no_two_files_name_each_other() {
    let imports = imports();
    let sideways = |from: &Module| imports[from].iter().filter(|to| !from.starts_with(to)).cloned().collect::<Vec<_>>();
    let mut circles = Vec::new();
    for start in imports.keys() {
        let mut reached = BTreeSet::new();
        let mut open = sideways(start);
        while let Some(module) = open.pop() {
            if reached.insert(module.clone()) {
                open.extend(sideways(&module));
            }
        }
        if reached.contains(start) {
            circles.push(start.join("/"));
        }
    }
    assert!(circles.is_empty(), "{circles:?}");
}

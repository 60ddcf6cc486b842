//! What the source itself promises, where the compiler cannot: read as text.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The lines of the program, without its tests: path, number, text.
fn lines() -> Vec<(PathBuf, usize, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let roots = ["src", "engine/src"].map(|folder| root.join(folder));
    let mut folders = roots.to_vec();
    let mut lines = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".rs") && !name.contains("tests") {
                let text = fs::read_to_string(&path).unwrap();
                let program = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
                let name = roots.iter().find_map(|root| path.strip_prefix(root).ok()).unwrap();
                lines.extend((1..).zip(program.lines()).map(|(number, line)| (name.to_owned(), number, line.into())));
            }
        }
    }
    assert!(lines.len() > 40_000, "{} lines", lines.len());
    lines
}

/// A FIFO, a device or a file without an end must keep nobody waiting, so there is one door.
#[test]
fn files_are_opened_for_reading_by_one_module_alone() {
    let doors = ["File::open(", "fs::read(", "read_to_string(", "File::options(", "OpenOptions::new(", "fs::copy("];
    // Each with the one line that may be there, and why.
    let allowed = [
        ("storage/regular.rs", ""),
        // Options that are handed to `regular::open_with`.
        ("storage/disk.rs", "regular::open_with(OpenOptions::new()"),
        ("storage/journal/recovery.rs", "regular::open_with(File::options()"),
        ("storage/corrections.rs", "regular::open_with(OpenOptions::new()"),
        ("storage/graphics.rs", "regular::open_with(OpenOptions::new()"),
        ("storage/lock/claim.rs", "regular::open_with(OpenOptions::new()"),
        // Asks for an identity.
        ("storage/windows.rs", "access_mode(0)"),
        // Makes files that must not be there yet.
        ("storage/disk.rs", "let options = &mut OpenOptions::new()"),
        ("storage/lock/claim.rs", "create_new(true)"),
        ("storage/lock/held.rs", "regular::open_with(OpenOptions::new()"),
        ("storage/lock/mod.rs", "regular::open_with(OpenOptions::new()"),
        // The system's own count of a thread's time, in tests alone.
        ("work.rs", "/proc/thread-self/schedstat"),
        // Text in memory.
        ("khmer/common.rs", "ZlibDecoder"),
        ("proof/spelling/english.rs", "ZlibDecoder"),
    ];
    let wrong: Vec<_> = lines()
        .into_iter()
        .filter(|(_, _, line)| !line.trim_start().starts_with("//") && doors.iter().any(|door| line.contains(door)))
        .filter(|(path, _, line)| {
            let path = path.to_str().unwrap().replace('\\', "/");
            !allowed.iter().any(|(file, part)| path == *file && line.contains(part))
        })
        .collect();
    assert!(wrong.is_empty(), "open these by storage::regular: {wrong:#?}");
}

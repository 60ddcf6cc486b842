//! How many instructions the samples take, so that no change makes the program slower unseen.
//!
//! `tests/data/instructions.txt` has the counts by compiler, profile and sample: another compiler counts otherwise, and
//! there the test says that it did not compare. Where a change is worth more instructions, or fewer are to be kept:
//! `INSTRUCTIONS=keep cargo test --features console --test command_line instructions`.

use std::{fs, path::Path, process::Command};

use super::{path, sample};
use crate::tried::not_tried;

/// How many instructions more than were kept are let pass, in a hundred.
const ROOM: u64 = 5;

/// What an export of a sample took, or why that is not known.
fn counted(language: &str, folder: &Path) -> Result<u64, String> {
    let pdf = folder.join("out.pdf");
    let out = format!("--callgrind-out-file={}", path(&folder.join("counts")));
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", &out, env!("CARGO_BIN_EXE_release-composer"), "export", path(&sample(language))])
        .args(["-o", path(&pdf)])
        .output()
        .map_err(|error| format!("valgrind is not here: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("valgrind does not run the program: {said}"));
    }
    assert!(fs::read(&pdf).unwrap().starts_with(b"%PDF-1.7"));
    let count =
        said.lines().find_map(|line| line.split_once("Collected :")).and_then(|(_, count)| count.trim().parse().ok());
    count.ok_or_else(|| format!("valgrind counted nothing: {said}"))
}

#[test]
fn the_samples_take_no_more_instructions_than_they_did() {
    let rustc = Command::new(std::env::var_os("RUSTC").unwrap_or("rustc".into())).arg("--version").output();
    let Some(rustc) = rustc.ok().and_then(|output| String::from_utf8(output.stdout).ok()) else {
        return not_tried("the compiler does not say which it is");
    };
    let profile = if cfg!(debug_assertions) { "debug" } else { "release" };
    let compiler = rustc.split_whitespace().nth(1).unwrap_or("unknown").to_owned();
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/instructions.txt");
    let mut lines: Vec<String> = fs::read_to_string(&kept).unwrap().lines().map(str::to_owned).collect();
    let folder = tempfile::tempdir().unwrap();
    let keep = std::env::var("INSTRUCTIONS").is_ok_and(|asked| asked == "keep");
    for language in ["en", "km"] {
        let name = format!("{compiler} {profile} {language} ");
        let known = lines.iter().find_map(|line| line.strip_prefix(&name)).map(|count| count.parse::<u64>().unwrap());
        if known.is_none() && !keep {
            return not_tried(&format!("no counts were kept for the compiler {compiler}"));
        }
        let count = match counted(language, folder.path()) {
            Ok(count) => count,
            Err(why) => return not_tried(&why),
        };
        if keep {
            lines.retain(|line| !line.starts_with(&name));
            lines.push(format!("{name}{count}"));
            continue;
        }
        let known = known.unwrap_or_default();
        assert!(count <= known + known * ROOM / 100, "{language}: {count} instructions, and it took {known}");
    }
    if keep {
        lines.sort();
        fs::write(kept, lines.join("\n") + "\n").unwrap();
    }
}

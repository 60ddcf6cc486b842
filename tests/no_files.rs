//! What is no file, or has no end, in the place of one: each command ends at once and says so.
//!
//! Prints the time of each: `cargo test --test no_files -- --nocapture`.
#![cfg(target_os = "linux")]

use std::{
    fs,
    os::unix::{fs::symlink, net::UnixListener},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// Nothing here is waited for; a machine that has much else to do takes seconds all the same.
const LONGEST: Duration = Duration::from_secs(20);
/// The most memory of a command, as the system counts what it asks for: without it, it ends with an error.
const MOST_KILOBYTES: u64 = 400 << 10;

/// What is put in the place of a file.
const STAND_INS: [&str; 7] = ["pipe", "socket", "zero", "ptmx", "terabyte", "folder", "round"];

fn put(kind: &str, path: &Path) {
    match kind {
        "pipe" => assert!(Command::new("mkfifo").arg(path).status().is_ok_and(|made| made.success())),
        // The socket stays when nobody listens any more.
        "socket" => drop(UnixListener::bind(path).unwrap()),
        "zero" | "ptmx" => symlink(Path::new("/dev").join(kind), path).unwrap(),
        "terabyte" => fs::File::create(path).unwrap().set_len(1 << 40).unwrap(),
        "folder" => fs::create_dir(path).unwrap(),
        _ => symlink(path, path).unwrap(),
    }
}

fn take_away(path: &Path) {
    if path.is_dir() && !path.is_symlink() { fs::remove_dir(path).unwrap() } else { fs::remove_file(path).unwrap() }
}

/// Runs a command; gives its code and what it said, and fails if it takes too long or too much.
fn run(title: &str, arguments: &[&str], settings: &Path, input: Stdio) -> (Option<i32>, String) {
    let begun = Instant::now();
    let limited = format!("ulimit -v {MOST_KILOBYTES}; exec \"$0\" \"$@\"");
    let mut child = Command::new("sh")
        .args(["-c", &limited, env!("CARGO_BIN_EXE_release-composer")])
        .args(arguments)
        .env("XDG_CONFIG_HOME", settings)
        .stdin(input)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > LONGEST {
            child.kill().unwrap();
            panic!("{title}: it does not end");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let output = child.wait_with_output().unwrap();
    println!("{title}: {:?}", begun.elapsed());
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn draft(place: &Path, name: &str, emblem: &str) -> PathBuf {
    let path = place.join(name);
    let emblem = format!("letterhead: (emblem: (file: \"{emblem}\", alternative: \"x\"))");
    fs::write(&path, format!("(format: 1, language: English, headline: \"x\", {emblem})")).unwrap();
    path
}

#[test]
fn a_draft_a_template_or_a_table_that_is_no_file_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name);
    let good = draft(place.path(), "good.ron", "");
    for kind in STAND_INS {
        let (hostile, out) = (at("hostile.ron"), at("out.pdf"));
        put(kind, &hostile);
        let commands: [&[&str]; 5] = [
            &["check", text(&hostile)],
            &["lines", text(&hostile)],
            &["export", text(&hostile), "-o", text(&out)],
            &["new", text(&hostile), "-o", text(&out)],
            &["new", text(&good), "--batch", text(&hostile), "-o", text(&out)],
        ];
        for arguments in commands {
            let (code, said) = run(&format!("{kind}, {}", arguments[0]), arguments, place.path(), Stdio::null());
            assert!(code == Some(1) && said.contains("hostile.ron") && !out.exists(), "{kind}: {code:?} {said}");
            let reasons = ["choose a file", "too large", "at most", "larger"];
            assert!(reasons.iter().any(|reason| said.contains(reason)), "{kind}: {said}");
        }
        take_away(&hostile);
    }
}

#[test]
fn lists_and_settings_that_are_no_files_keep_nobody_from_working() {
    let place = tempfile::tempdir().unwrap();
    let good = draft(place.path(), "good.ron", "");
    let folder = place.path().join("release-composer");
    fs::create_dir(&folder).unwrap();
    for kind in STAND_INS {
        for name in ["settings.ron", "words.txt", "names.ron"] {
            let hostile = folder.join(name);
            put(kind, &hostile);
            let (code, said) = run(&format!("{kind}, {name}"), &["lines", text(&good)], place.path(), Stdio::null());
            // Of a list of words the first megabyte is read.
            let is_told = said.contains(name) || (kind, name) == ("terabyte", "words.txt");
            assert!(code == Some(0) && is_told, "{kind} {name}: {code:?} {said}");
            take_away(&hostile);
        }
    }
}

#[test]
fn an_emblem_that_is_no_file_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let hostile = place.path().join("emblem.png");
    let beside = draft(place.path(), "beside.ron", "emblem.png");
    for kind in STAND_INS {
        put(kind, &hostile);
        let out = place.path().join("out.pdf");
        let arguments = ["export", text(&beside), "-o", text(&out)];
        let (code, said) = run(&format!("{kind}, emblem"), &arguments, place.path(), Stdio::null());
        assert!(code == Some(1) && said.contains("emblem: emblem.png") && !out.exists(), "{kind}: {code:?} {said}");
        take_away(&hostile);
    }
    for device in ["/dev/zero", "/dev/ptmx", "/dev/tty", "/dev/stdin", "/dev/random"] {
        let direct = draft(place.path(), "direct.ron", device);
        let (code, said) = run(
            &format!("{device}, emblem"),
            &["lines", text(&direct), "--allow-outside-pictures"],
            place.path(),
            Stdio::null(),
        );
        assert!(code == Some(1) && said.contains(device), "{device}: {code:?} {said}");
    }
}

#[test]
fn a_target_that_is_no_file_and_a_temporary_file_that_is_none_keep_nobody_waiting() {
    let place = tempfile::tempdir().unwrap();
    let good = draft(place.path(), "good.ron", "");
    let out = place.path().join("out.txt");
    // By the name that older versions gave to the temporary file, and by one that nobody can guess today.
    let name = format!(".{:08x}-0.release-composer", crc32fast::hash(b"out.txt"));
    for kind in STAND_INS {
        let temporary = place.path().join(&name);
        put(kind, &temporary);
        let arguments = ["export", text(&good), "-o", text(&out)];
        let (code, said) = run(&format!("{kind}, temporary"), &arguments, place.path(), Stdio::null());
        assert_eq!(code, Some(0), "{kind}: {said}");
        assert!(fs::read_to_string(&out).unwrap().contains('x'));
        fs::remove_file(&out).unwrap();
        take_away(&temporary);
        if kind != "terabyte" {
            put(kind, &out);
            let (code, said) = run(&format!("{kind}, target"), &arguments, place.path(), Stdio::null());
            assert!(code == Some(1) && said.contains("Nothing was changed there"), "{kind}: {code:?} {said}");
            take_away(&out);
        }
    }
}

#[test]
fn text_without_an_end_on_standard_input_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let endless = fs::File::open("/dev/zero").unwrap();
    let (code, said) = run("/dev/zero, breaks", &["breaks"], place.path(), endless.into());
    assert!(code == Some(1) && said.contains("line 1 of standard input has more than 1 MB"), "{code:?} {said}");
    let folder = fs::File::open(place.path()).unwrap();
    let (code, said) = run("folder, breaks", &["breaks"], place.path(), folder.into());
    assert!(code == Some(1) && said.contains("standard input cannot be read"), "{code:?} {said}");
}

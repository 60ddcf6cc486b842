//! `import` on the command line: a page of HTML as a draft.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use release_composer::{release::Language, storage};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_release-composer")).args(arguments).output().unwrap()
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_page_becomes_a_draft_and_what_was_lost_is_said_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let (page, draft) = (folder.path().join("page.html"), folder.path().join("draft.release"));
    fs::write(&page, "<h1>Visit</h1>\n<p>The 2<sup>nd</sup> visit\n<img src=flag.png>").unwrap();
    let output = run(&["import", path(&page), "-o", path(&draft)]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stderr(&output).contains("page.html:3: a picture, flag.png: it was left out"), "{}", stderr(&output));
    let release = storage::open(&draft).unwrap();
    assert_eq!((release.headline.as_str(), release.body.len()), ("Visit", 1));
    assert!(fs::read_to_string(&draft).unwrap().contains("The 2^^nd^^ visit"));

    let again = run(&["import", path(&page), "-o", path(&draft)]);
    assert!(!again.status.success() && stderr(&again).contains("is there already"), "{}", stderr(&again));
    fs::write(&page, "<p>សេចក្តីប្រកាស").unwrap();
    assert!(run(&["import", path(&page), "-o", path(&draft), "--force"]).status.success());
    assert_eq!(storage::open(&draft).unwrap().language, Language::Khmer);
}

#[test]
fn what_is_no_page_is_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let (page, draft) = (folder.path().join("page.html"), folder.path().join("draft.release"));
    for (bytes, said) in [
        (b"<p> </p>".to_vec(), "there is no text in it"),
        (b"<p>x".repeat(30_000), "paragraphs, and a draft at most 20000"),
        (vec![b'x'; 33 << 20], "a page has at most 32 MB"),
    ] {
        fs::write(&page, bytes).unwrap();
        let output = run(&["import", path(&page), "-o", path(&draft)]);
        assert!(!output.status.success() && stderr(&output).contains(said), "{}", stderr(&output));
        assert!(!draft.exists());
    }
    let missing = run(&["import", path(&folder.path().join("none.html")), "-o", path(&draft)]);
    assert!(stderr(&missing).contains("none.html"), "{}", stderr(&missing));
    let same = run(&["import", path(&page), "-o", path(&page), "--force"]);
    assert!(stderr(&same).contains("is read by this command itself"), "{}", stderr(&same));
}

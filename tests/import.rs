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
fn a_page_that_was_exported_is_the_draft_again() {
    let folder = tempfile::tempdir().unwrap();
    for sample in ["assets/samples/japan-phone-call.en.ron", "assets/samples/japan-phone-call.km.ron"] {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join(sample);
        let page = folder.path().join(sample.with_extension("html").file_name().unwrap());
        let draft = page.with_extension("release");
        let exported = run(&["export", path(&sample), "-o", path(&page)]);
        assert!(exported.status.success(), "{}", stderr(&exported));
        let imported = run(&["import", path(&page), "-o", path(&draft)]);
        assert!(imported.status.success() && stderr(&imported).is_empty(), "{}", stderr(&imported));
        let (was, mut is) = (storage::open(&sample).unwrap(), storage::open(&draft).unwrap());
        is.unchecked = was.unchecked.clone();
        assert_eq!(is, was);
    }
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
    for name in ["none.html", "none.docx"] {
        let missing = run(&["import", path(&folder.path().join(name)), "-o", path(&draft)]);
        let said = stderr(&missing);
        assert!(said.contains(name) && said.contains("there is no such file") && !said.contains("os error"), "{said}");
    }
    let same = run(&["import", path(&page), "-o", path(&page), "--force"]);
    assert!(stderr(&same).contains("is read by this command itself"), "{}", stderr(&same));
}

#[test]
fn what_is_neither_a_page_nor_a_word_file_is_refused_by_its_content_whatever_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("draft.release");
    let pdf: &[u8] = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj";
    for (name, bytes, said) in [
        ("a.pdf", pdf, "it is a PDF; open it in Word"),
        ("a.html", pdf, "it is a PDF; open it in Word"),
        ("a.docx", pdf, "it is a PDF; open it in Word"),
        ("a.png", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", "it is neither a page of HTML nor a Word document"),
        ("a.htm", b"\xFF\xD8\xFF\xE0JFIF", "it is neither a page of HTML nor a Word document"),
        ("a.rtf.html", b"{\\rtf1 Text}", "it is an old Word document"),
    ] {
        let file = folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        let output = run(&["import", path(&file), "-o", path(&draft)]);
        assert!(!output.status.success() && stderr(&output).contains(said), "{name}: {}", stderr(&output));
        assert!(stderr(&output).contains(name) && !draft.exists());
    }
    // A page may speak of PDF, and may be in 16 bits.
    let wide: Vec<u8> = "\u{FEFF}<p>Text".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [b"<p>It begins with %PDF-1.7".to_vec(), wide] {
        let file = folder.path().join("page.html");
        fs::write(&file, bytes).unwrap();
        let output = run(&["import", path(&file), "-o", path(&draft), "--force"]);
        assert!(output.status.success(), "{}", stderr(&output));
    }
}

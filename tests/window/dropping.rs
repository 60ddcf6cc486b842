//! Files that are dropped onto the window.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::*;

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn drop_files(harness: &mut Harness<'_, Option<Editor>>, files: &[PathBuf]) {
    for file in files {
        harness.input_mut().dropped_files.push(Arc::new(Dropped(file.clone())));
    }
    settle(harness);
}

#[test]
fn the_text_of_a_dropped_file_is_put_in_if_the_user_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.txt");
    std::fs::write(&file, "\u{FEFF}One.\r\n\r\nTwo.\r\n").unwrap();
    let mut harness = window(Settings::default());
    open(&mut harness, SAMPLE);
    let before = editor(&harness).release().clone();
    drop_files(&mut harness, std::slice::from_ref(&file));
    harness.get_by_label("Cancel").click();
    settle(&mut harness);
    assert_eq!(*editor(&harness).release(), before, "nothing is put in unasked, and the draft stays");
    click_end_of_paragraph(&mut harness, 1);
    key(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    drop_files(&mut harness, &[file]);
    harness.get_by_label("Insert it at the cursor").click();
    settle(&mut harness);
    let texts: Vec<String> = (1..3).map(|index| text(&harness, Field::Paragraph(index))).collect();
    assert_eq!(texts, ["One.", "Two."]);
    type_text(&mut harness, "x");
    assert_eq!(text(&harness, Field::Paragraph(2)), "Two.x", "the caret is behind it");
}

#[test]
fn of_several_files_it_is_said_which_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let (draft, other) = (folder.path().join("a.ron"), folder.path().join("b.pdf"));
    std::fs::copy(SAMPLE, &draft).unwrap();
    std::fs::write(&other, "%PDF-1.7").unwrap();
    let mut harness = window(Settings::default());
    drop_files(&mut harness, &[draft, other.clone()]);
    let headline = text(&harness, Field::Headline);
    assert!(headline.starts_with("Japan"), "{headline}");
    harness.get_by_label_contains("only a.ron was taken");
    drop_files(&mut harness, &[other]);
    harness.get_by_label_contains("b.pdf cannot be opened here");
    assert_eq!(text(&harness, Field::Headline), headline);
}

/// A Word file of paragraphs that nothing is said about.
fn letter(lines: &[&str]) -> Vec<u8> {
    use std::io::Write as _;
    const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let paragraphs: String = lines.iter().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect();
    let document = format!("<w:document xmlns:w=\"{MAIN}\"><w:body>{paragraphs}</w:body></w:document>");
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
        <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
        Target=\"word/document.xml\"/></Relationships>";
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("_rels/.rels", relations), ("word/document.xml", &document)] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn the_user_says_which_line_of_a_letter_is_what() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("letter.docx");
    let long = "The two Ministers discussed trade, tourism and education at length. ".repeat(4);
    let lines = ["Visit of the Minister", long.trim(), "Phnom Penh, 30 October 2023", "Director", "SOK Dara"];
    std::fs::write(&file, letter(&lines)).unwrap();
    let mut harness = window(Settings::default());
    drop_files(&mut harness, &[file]);
    harness.get_by_label("What are these lines?");
    key(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    settle(&mut harness);
    let release = editor(&harness).release().clone();
    assert_eq!(release.headline, "Visit of the Minister");
    assert_eq!(release.signature.signatories[0].name, "SOK Dara");
    assert_eq!(release.body.len(), 1);
    key(&mut harness, CTRL, egui::Key::Z);
    let back: Vec<String> =
        (0..editor(&harness).release().body.len()).map(|i| text(&harness, Field::Paragraph(i))).collect();
    assert!(back.iter().any(|line| line == "Visit of the Minister"), "one step takes it back: {back:?}");
}

#[test]
fn an_old_word_document_is_refused_with_the_way_out() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [("old.doc", &b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..]), ("text.rtf", b"{\\rtf1\\ansi x}")] {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        let mut harness = window(Settings::default());
        open(&mut harness, file.to_str().unwrap());
        assert_eq!(harness.query_all_by_label_contains("save it as .docx").count(), 1, "{name}");
        assert!(editor(&harness).release().headline.is_empty());
    }
}

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
    harness.get_by_label("Put it where the caret is").click();
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

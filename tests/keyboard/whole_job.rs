//! The whole job by keys alone.

use super::*;

/// The whole job: a template, its questions, the text, the date, a search, saving, a PDF, and the end.
#[test]
fn the_whole_job_is_done_without_a_mouse() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places { settings: Some(folder.path().join("settings.ron")), ..Places::default() };
    let mut harness = window_with(Settings::default(), places);
    // File, New from a template: Alt+F, three lines down.
    press_letter(&mut harness, ALT, Key::F, "f");
    harness.run_steps(3);
    for _ in 0..2 {
        key(&mut harness, NONE, Key::ArrowDown);
    }
    key(&mut harness, NONE, Key::Enter);
    wait_for(&mut harness, "Use this template");
    settle(&mut harness);
    key(&mut harness, NONE, Key::ArrowRight);
    key(&mut harness, NONE, Key::Enter);
    settle(&mut harness);
    assert!(is_there(&harness, "Begin the draft"), "the questions come up");
    // Answers are typed and left by Tab, until the button that begins the draft has the keyboard.
    let mut given = 0;
    for _ in 0..60 {
        let name = focused(&harness);
        if name == "Begin the draft" {
            break;
        }
        let root = harness.root();
        let node = root.children_recursive().find(|node| node.accesskit_node().is_focused());
        if node.is_some_and(|node| matches!(node.accesskit_node().role(), Role::TextInput | Role::MultilineTextInput)) {
            type_text(&mut harness, "Japan");
            given += 1;
        }
        key(&mut harness, NONE, Key::Tab);
    }
    assert_eq!(focused(&harness), "Begin the draft");
    assert!(given > 1, "{given}");
    key(&mut harness, NONE, Key::Enter);
    settle(&mut harness);
    assert!(!is_there(&harness, "Begin the draft") && editor(&harness).is_unsaved());
    // The text: to its end, a new paragraph, words in bold.
    for _ in 0..40 {
        if focused(&harness) == "Text" {
            break;
        }
        key(&mut harness, NONE, Key::Tab);
    }
    assert_eq!(focused(&harness), "Text");
    key(&mut harness, CTRL, Key::End);
    key(&mut harness, NONE, Key::Enter);
    type_text(&mut harness, "The visit was ");
    key(&mut harness, CTRL, Key::B);
    type_text(&mut harness, "fruitful");
    key(&mut harness, CTRL, Key::B);
    type_text(&mut harness, ". It was was long.");
    // A slip is found by F7 and mended.
    wait_for(&mut harness, "to look at");
    key(&mut harness, NONE, Key::F7);
    type_text(&mut harness, "was");
    let last = editor(&harness).release().body.last().unwrap().clone();
    assert_eq!(last.text.as_str(), "The visit was fruitful. It was long.");
    assert_eq!(last.text.style_of(14..22), Style::BOLD);
    // Saved under a typed path, of which the name is proposed.
    key(&mut harness, CTRL, Key::S);
    assert_eq!(focused(&harness), "Path");
    key(&mut harness, CTRL, Key::A);
    let draft = folder.path().join("visit.release");
    type_text(&mut harness, draft.to_str().unwrap());
    key(&mut harness, NONE, Key::Enter);
    settle(&mut harness);
    assert!(!editor(&harness).is_unsaved() && draft.is_file());
    assert_eq!(&storage::open(&draft).unwrap(), editor(&harness).release());
    // Exported: what is still to look at is asked about, and Enter goes on.
    key(&mut harness, CTRL, Key::E);
    settle(&mut harness);
    if is_there(&harness, "Export anyway") {
        key(&mut harness, NONE, Key::Enter);
    }
    assert_eq!(focused(&harness), "Path");
    key(&mut harness, NONE, Key::Enter);
    settle(&mut harness);
    let pdf = std::fs::read(folder.path().join("visit.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF"));
    // The caret is back in the text, or where F7 led.
    type_text(&mut harness, "x");
    assert!(editor(&harness).is_unsaved());
    // To the end: the question about changes, and Tab to the button that gives them up.
    key(&mut harness, CTRL, Key::Q);
    assert_eq!(focused(&harness), "Save");
    key(&mut harness, NONE, Key::Tab);
    assert_eq!(focused(&harness), "Do not save");
    harness.key_down(Key::Enter);
    assert!(closes(&mut harness));
}

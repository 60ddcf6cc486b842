//! Pictures in the text, put in, described and taken out in the window.

use super::*;

const CTRL_ALT: egui::Modifiers = egui::Modifiers { alt: true, ..CTRL };

/// The body, with the name of a picture before its caption.
fn shown(harness: &Window) -> Vec<String> {
    let block = |block: &Paragraph| match &block.picture {
        Some(picture) => format!("[{} “{}”] {}", picture.name, picture.alternative, block.text.as_str()),
        None => block.text.as_str().to_owned(),
    };
    editor(harness).release().body.iter().map(block).collect()
}

fn click(harness: &mut Window, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(3);
    settle(harness);
}

#[test]
fn a_picture_is_chosen_described_changed_and_deleted() {
    let mut harness = window_on(&["one", "two"]);
    click_end_of_paragraph(&mut harness, 1);
    key(&mut harness, CTRL_ALT, Key::P);
    wait_for(&mut harness, "OK");
    type_text(&mut harness, concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/emblem.png"));
    key(&mut harness, NONE, Key::Enter);
    wait_for(&mut harness, "Describe the picture");
    type_text(&mut harness, "A seal");
    key(&mut harness, NONE, Key::Tab);
    type_text(&mut harness, "The seal -- office");
    click(&mut harness, "Insert picture");
    assert_eq!(shown(&harness), ["one", "[emblem.png “A seal”] The seal – office", "two"]);

    // The caret is at the end of the caption, which is typed as any text.
    type_text(&mut harness, "!");
    assert_eq!(shown(&harness)[1], "[emblem.png “A seal”] The seal – office!");
    click(&mut harness, "Paragraph style: Picture");
    click(&mut harness, "Picture options…");
    type_text(&mut harness, "Gold: ");
    click(&mut harness, "Change");
    assert_eq!(shown(&harness)[1], "[emblem.png “Gold: A seal”] The seal – office!");
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(shown(&harness)[1], "[emblem.png “A seal”] The seal – office!");
    click(&mut harness, "Paragraph style: Picture");
    click(&mut harness, "Delete picture");
    assert_eq!(shown(&harness), ["one", "", "two"]);
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(shown(&harness)[1], "[emblem.png “A seal”] The seal – office!");
}

/// What is selected over a picture takes it along.
#[test]
fn a_picture_is_cut_and_pasted_with_the_paragraphs_around_it() {
    let mut harness = window_on(&["one", "two", "three"]);
    click_end_of_paragraph(&mut harness, 1);
    key(&mut harness, CTRL_ALT, Key::P);
    wait_for(&mut harness, "OK");
    type_text(&mut harness, concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/emblem.svg"));
    key(&mut harness, NONE, Key::Enter);
    wait_for(&mut harness, "Describe the picture");
    type_text(&mut harness, "x");
    click(&mut harness, "Insert picture");
    assert_eq!(shown(&harness), ["one", "[emblem.svg “x”] ", "two", "three"]);
    harness.state_mut().as_mut().unwrap().use_own_clipboard(String::new());
    click_paragraph(&mut harness, 1);
    key(&mut harness, CTRL, Key::Home);
    for _ in 0..2 {
        key(&mut harness, SHIFT, Key::ArrowDown);
    }
    harness.event(Event::Cut);
    harness.run_steps(3);
    settle(&mut harness);
    assert!(shown(&harness).iter().all(|block| !block.contains("emblem")), "{:?}", shown(&harness));
    harness.event(Event::Paste("one".into()));
    harness.run_steps(3);
    settle(&mut harness);
    assert!(shown(&harness).contains(&"[emblem.svg “x”] ".to_owned()), "{:?}", shown(&harness));
}

/// A draft that is written by hand names its pictures, which lie beside it; from its first saving on it has them itself.
#[test]
fn a_draft_is_opened_with_the_pictures_beside_it() {
    let place = tempfile::tempdir().unwrap();
    let draft = place.path().join("draft.ron");
    let corpus = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus"));
    for name in ["chart.png", "emblem.svg"] {
        std::fs::copy(corpus.join(name), place.path().join(name)).unwrap();
    }
    let body = "[(text: \"one\"), (picture: \"chart.png\", alternative: \"A chart\", text: \"Growth\"), \
        (picture: \"emblem.svg\", alternative: \"A seal\"), (picture: \"none.png\", alternative: \"x\")]";
    std::fs::write(&draft, format!("(format: 3, language: English, headline: \"x\", body: {body})")).unwrap();
    let mut harness = window_at_pace(Settings::default(), Places::default(), 0.05);
    open(&mut harness, draft.to_str().unwrap());
    let held = |release: &Release| {
        let pictures = release.body.iter().filter_map(|block| block.picture.clone());
        pictures.map(|picture| picture.data.as_ref().map(|data| data.bytes().to_vec())).collect::<Vec<_>>()
    };
    let whole = [
        Some(std::fs::read(corpus.join("chart.png")).unwrap()),
        Some(std::fs::read(corpus.join("emblem.svg")).unwrap()),
        None,
    ];
    assert_eq!(held(editor(&harness).release()), whole);
    assert!(!editor(&harness).is_unsaved(), "nothing was changed");
    // Saved with a change, it has them without the files.
    click_end_of_paragraph(&mut harness, 1);
    type_text(&mut harness, "!");
    key(&mut harness, CTRL, Key::S);
    settle(&mut harness);
    for name in ["chart.png", "emblem.svg"] {
        std::fs::remove_file(place.path().join(name)).unwrap();
    }
    let saved = release_composer::storage::open(&draft).unwrap();
    assert_eq!((saved.body[0].text.as_str(), held(&saved)), ("one!", whole.to_vec()));
}

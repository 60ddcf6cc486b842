//! From finding to finding by keys: in texts, in controls of the form, and in the list.

use super::*;

/// A draft that lacks the date, and a window on it.
fn without_date() -> (Window, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("draft.ron");
    let mut release = storage::open(SAMPLE.as_ref()).unwrap();
    release.signature.date = None.into();
    std::fs::write(&draft, release_composer::release::file::write(&release)).unwrap();
    let mut harness = window(Settings::default());
    open(&mut harness, draft.to_str().unwrap());
    wait_for(&mut harness, "1 thing to look at");
    (harness, folder)
}

/// A window on the sample with a doubled word typed at the end of its first paragraph, and of its second.
fn with_two_slips() -> Window {
    let mut harness = window(Settings::default());
    open(&mut harness, SAMPLE);
    click_end_of_paragraph(&mut harness, 1);
    type_text(&mut harness, " It is of of use.");
    click_end_of_paragraph(&mut harness, 2);
    type_text(&mut harness, " It is the the end.");
    settle(&mut harness);
    wait_for(&mut harness, "2 things to look at");
    harness
}

#[test]
fn f7_goes_from_finding_to_finding_and_round() {
    let mut harness = with_two_slips();
    key(&mut harness, NONE, Key::F7);
    assert!(is_there(&harness, "“of” is doubled"));
    key(&mut harness, NONE, Key::F7);
    assert!(is_there(&harness, "“the” is doubled"));
    key(&mut harness, NONE, Key::F7);
    assert!(is_there(&harness, "There is nothing more to look at"));
    key(&mut harness, NONE, Key::F7);
    assert!(is_there(&harness, "“of” is doubled"));
    key(&mut harness, SHIFT, Key::F7);
    assert!(is_there(&harness, "There is nothing more to look at"));
    key(&mut harness, SHIFT, Key::F7);
    type_text(&mut harness, "end");
    assert!(
        text(&harness, Field::Paragraph(1)).ends_with("portfolios. It is end end."),
        "{}",
        text(&harness, Field::Paragraph(1))
    );
}

#[test]
fn f7_leads_to_the_date_and_goes_on_from_the_caret() {
    let (mut harness, _folder) = without_date();
    key(&mut harness, NONE, Key::F7);
    assert!(is_there(&harness, "There is no date of signature"));
    assert_eq!(focused(&harness), "Choose a date: No date");
    let rect = |label: &str| harness.query_all_by_label_contains(label).next().unwrap().rect();
    let (said, button) = (rect("There is no date of signature"), rect("Choose a date: No date"));
    assert!(!said.expand(12.0).intersects(button), "the message {said} covers {button}");
    key(&mut harness, NONE, Key::F7);
    assert!(is_there(&harness, "There is nothing more to look at"));
    // The keyboard goes to a text, and F7 on from there.
    click_end_of_paragraph(&mut harness, 2);
    type_text(&mut harness, " It is of of use.");
    wait_for(&mut harness, "2 things to look at");
    key(&mut harness, NONE, Key::F7);
    assert_eq!(focused(&harness), "Choose a date: No date");
    click_paragraph(&mut harness, 1);
    key(&mut harness, NONE, Key::F7);
    assert!(is_there(&harness, "“of” is doubled"));
    assert_eq!(focused(&harness), "Text");
    key(&mut harness, NONE, Key::F7);
    assert_eq!(focused(&harness), "Choose a date: No date");
    key(&mut harness, SHIFT, Key::F7);
    assert_eq!(focused(&harness), "Text");
}

#[test]
fn f7_brings_the_form_back_for_what_only_the_form_has() {
    let (mut harness, _folder) = without_date();
    harness.get_by_label("View").click();
    harness.run_steps(3);
    harness.get_by_label("Form").click();
    settle(&mut harness);
    assert!(!is_there(&harness, "No date"));
    key(&mut harness, NONE, Key::F7);
    assert_eq!(focused(&harness), "Choose a date: No date");
}

#[test]
fn f7_opens_the_letterhead_for_what_the_emblem_shows() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus"));
    std::fs::copy(corpus.join("emblem.png"), folder.path().join("emblem.png")).unwrap();
    let draft = std::fs::read_to_string(corpus.join("emblem-png.ron")).unwrap();
    let date = chrono::Local::now().date_naive().to_string();
    let draft = draft.replace("Arms of the Kingdom of Cambodia", "").replace("2024-05-17", &date);
    let path = folder.path().join("draft.ron");
    std::fs::write(&path, draft).unwrap();
    let mut harness = window(Settings::default());
    open(&mut harness, path.to_str().unwrap());
    wait_for(&mut harness, "to look at");
    for _ in 0..4 {
        key(&mut harness, NONE, Key::F7);
        if focused(&harness) == "What the emblem shows" {
            break;
        }
    }
    assert_eq!(focused(&harness), "What the emblem shows");
    type_text(&mut harness, "A seal");
    let emblem = editor(&harness).release().letterhead.emblem.clone();
    assert_eq!(emblem.map(|emblem| emblem.alternative).as_deref(), Some("A seal"));
}

#[test]
fn the_list_of_findings_has_the_keyboard_when_the_mouse_opens_it() {
    let mut harness = with_two_slips();
    let before = editor(&harness).release().clone();
    harness.get_by_label_contains("2 things to look at").click();
    settle(&mut harness);
    assert!(focused(&harness).contains("“of” is doubled"), "{}", focused(&harness));
    key(&mut harness, NONE, Key::ArrowDown);
    assert!(focused(&harness).contains("“the” is doubled"), "{}", focused(&harness));
    key(&mut harness, NONE, Key::Enter);
    assert_eq!(editor(&harness).release(), &before, "the key was for the list alone");
    type_text(&mut harness, "the");
    assert!(text(&harness, Field::Paragraph(1)).ends_with("It is the end."), "{}", text(&harness, Field::Paragraph(1)));
    // Escape closes it, and the caret is where it was.
    harness.get_by_label_contains("to look at").click();
    settle(&mut harness);
    key(&mut harness, NONE, Key::Escape);
    assert!(!is_there(&harness, "Check this release for"));
    type_text(&mut harness, "x");
    assert!(
        text(&harness, Field::Paragraph(1)).ends_with("It is thex end."),
        "{}",
        text(&harness, Field::Paragraph(1))
    );
}

#[test]
fn what_is_undone_where_it_is_not_seen_is_said() {
    let (mut harness, _folder) = without_date();
    type_text(&mut harness, "x");
    harness.get_by_label("Today").click_accesskit();
    settle(&mut harness);
    key(&mut harness, CTRL, Key::Z);
    assert!(is_there(&harness, "Undone: date"));
    key(&mut harness, CTRL, Key::Y);
    assert!(is_there(&harness, "Redone: date"));
    key(&mut harness, CTRL, Key::Z);
    key(&mut harness, CTRL, Key::Z);
    assert!(!is_there(&harness, "Undone: typing"), "the caret shows it");
}

#[test]
fn of_two_misspelt_words_written_together_the_one_gone_to_is_mended() {
    let mut harness = window(Settings::default());
    open(&mut harness, concat!(env!("CARGO_MANIFEST_DIR"), "/assets/samples/japan-phone-call.km.ron"));
    click_end_of_paragraph(&mut harness, 2);
    type_text(&mut harness, " ពិភាក្សាអំពីសហប្រតិបត្តការសេដ្ឋកិច។");
    wait_for(&mut harness, "2 things to look at");
    // The first says that there is nothing behind the caret.
    for _ in 0..3 {
        key(&mut harness, NONE, Key::F7);
    }
    key(&mut harness, SHIFT, Key::F10);
    harness.run_steps(3);
    assert_eq!(focused(&harness), "សេដ្ឋកិច្ច");
    key(&mut harness, NONE, Key::Enter);
    assert!(text(&harness, Field::Paragraph(1)).ends_with("សហប្រតិបត្តការសេដ្ឋកិច្ច។"));
}

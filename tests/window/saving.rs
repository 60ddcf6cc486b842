//! Drafts on the disk: recovery, versions, files of others, and where a draft is saved.

use super::*;

#[test]
fn what_a_crash_kept_from_being_saved_is_offered_and_not_thrown_away() {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("draft.ron");
    std::fs::copy(SAMPLE, &draft).unwrap();
    let places = Places { recovery: Some(folder.path().join("recovery")), ..Places::default() };

    // A window that goes without a word, as in a crash.
    let mut harness = window_with(Settings::default(), places.clone());
    open(&mut harness, draft.to_str().unwrap());
    click_field(&mut harness, "Headline");
    key(&mut harness, CTRL, egui::Key::End);
    type_text(&mut harness, " kept");
    harness.run_steps(2);
    drop(harness);
    assert!(!std::fs::read_to_string(&draft).unwrap().contains(" kept"));

    // Left for later it is offered again.
    let mut harness = window_with(Settings::default(), places.clone());
    harness.get_by_label("Changes that were not saved");
    harness.get_by_label("Ask again next time").click();
    settle(&mut harness);
    drop(harness);

    let mut harness = window_with(Settings::default(), places.clone());
    harness.get_by_label("Open with the changes (draft.ron)").click();
    settle(&mut harness);
    assert!(text(&harness, Field::Headline).ends_with(" kept"));
    assert!(editor(&harness).is_unsaved());
    // What was brought back is a step like any other, and is saved like any other.
    key(&mut harness, CTRL, egui::Key::Z);
    assert!(!text(&harness, Field::Headline).ends_with(" kept"));
    key(&mut harness, CTRL, egui::Key::Y);
    drop(harness);

    // Thrown away only when that is said twice.
    let mut harness = window_with(Settings::default(), places.clone());
    harness.get_by_label("Throw the changes away (draft.ron)").click();
    settle(&mut harness);
    harness.get_by_label("Really throw them away? (draft.ron)").click();
    settle(&mut harness);
    assert!(harness.query_by_label("Changes that were not saved").is_none());
    drop(harness);
    let harness = window_with(Settings::default(), places);
    assert!(harness.query_by_label("Changes that were not saved").is_none());
}

/// A copy of the sample, and places for what the program keeps beside it.
fn draft_with_places() -> (tempfile::TempDir, String, Places) {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("draft.ron");
    std::fs::copy(SAMPLE, &draft).unwrap();
    let versions = Some(folder.path().join("versions"));
    let draft = draft.to_str().unwrap().to_owned();
    (folder, draft, Places { versions, locks: true, ..Places::default() })
}

#[test]
fn an_earlier_version_is_brought_back_and_that_can_be_undone() {
    let (_folder, draft, places) = draft_with_places();
    let mut harness = window_with(Settings::default(), places);
    open(&mut harness, &draft);
    for word in [" one", " two"] {
        click_field(&mut harness, "Headline");
        key(&mut harness, CTRL, egui::Key::End);
        type_text(&mut harness, word);
        key(&mut harness, CTRL, egui::Key::S);
    }
    harness.get_by_label("File").click();
    settle(&mut harness);
    harness.get_by_label_contains("Earlier versions").click();
    settle(&mut harness);
    // The newest is what is in the window; the file as it was found is the oldest.
    harness.get_by_label("Nothing differs.");
    let year = chrono::Local::now().format(" %Y ").to_string();
    assert_eq!(harness.query_all_by_label_contains(&year).count(), 3);
    let last = harness.query_all_by_label_contains(&year).last();
    last.unwrap().click();
    settle(&mut harness);
    harness.get_by_label_contains("development one two");
    harness.get_by_label("Bring this version back").click();
    settle(&mut harness);
    assert!(text(&harness, Field::Headline).ends_with("development"));
    key(&mut harness, CTRL, egui::Key::Z);
    assert!(text(&harness, Field::Headline).ends_with("development one two"));
}

#[test]
fn a_file_from_a_clock_that_is_ahead_thins_out_no_versions() {
    use std::time::{Duration, SystemTime};
    let (folder, draft, places) = draft_with_places();
    let versions = Versions::of(&folder.path().join("versions"), draft.as_ref());
    let now = SystemTime::now();
    for minutes in [40, 30, 20, 10] {
        let headline = format!("{minutes} minutes ago");
        let release = Release { headline, ..Release::default() };
        versions.keep(&release, now - Duration::from_secs(60 * minutes)).unwrap();
    }
    let kept = versions.list().unwrap().len();
    let years = Duration::from_secs(10 * 365 * 24 * 60 * 60);
    std::fs::File::options().write(true).open(&draft).unwrap().set_modified(now + years).unwrap();
    let mut harness = window_with(Settings::default(), places);
    open(&mut harness, &draft);
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "x");
    key(&mut harness, CTRL, egui::Key::S);
    // The older ones are still there, beside the file as it was found and what was saved.
    assert!(versions.list().unwrap().len() > kept, "{:?}", versions.list().unwrap());
}

#[test]
fn a_file_that_somebody_else_changed_is_not_written_over_unasked() {
    let (_folder, draft, places) = draft_with_places();
    let mut harness = window_with(Settings::default(), places);
    open(&mut harness, &draft);
    click_field(&mut harness, "Headline");
    key(&mut harness, CTRL, egui::Key::End);
    type_text(&mut harness, " mine");
    let theirs = std::fs::read_to_string(&draft).unwrap().replace("long-term development", "theirs");
    std::fs::write(&draft, &theirs).unwrap();
    key(&mut harness, CTRL, egui::Key::S);
    settle(&mut harness);
    harness.get_by_label("Someone else has changed the file");
    assert_eq!(std::fs::read_to_string(&draft).unwrap(), theirs);
    harness.get_by_label("Use the file's version").click();
    settle(&mut harness);
    assert!(text(&harness, Field::Headline).ends_with("theirs"));
    // What was mine is a step away, and what was theirs is kept when mine is saved.
    key(&mut harness, CTRL, egui::Key::Z);
    assert!(text(&harness, Field::Headline).ends_with(" mine"));
    std::fs::write(&draft, theirs.replace("theirs", "theirs again")).unwrap();
    key(&mut harness, CTRL, egui::Key::S);
    settle(&mut harness);
    harness.get_by_label("Save mine in its place").click();
    settle(&mut harness);
    assert!(std::fs::read_to_string(&draft).unwrap().contains(" mine"));
    harness.get_by_label("File").click();
    settle(&mut harness);
    harness.get_by_label_contains("Earlier versions").click();
    settle(&mut harness);
    harness.get_by_label("Nothing differs.");
}

#[test]
fn a_draft_that_somebody_has_open_is_read_and_not_saved_over() {
    let (_folder, draft, places) = draft_with_places();
    let mut first = window_with(Settings::default(), places.clone());
    open(&mut first, &draft);
    let mut second = window_with(Settings::default(), places);
    open(&mut second, &draft);
    second.get_by_label_contains("open in another window of yours");
    click_field(&mut second, "Headline");
    type_text(&mut second, "x");
    let before = std::fs::read_to_string(&draft).unwrap();
    key(&mut second, CTRL, egui::Key::S);
    settle(&mut second);
    assert_eq!(std::fs::read_to_string(&draft).unwrap(), before);
    assert!(editor(&second).is_unsaved());
    // Where there is no file dialog, the question for another name comes when that is known.
    wait_for_path(&mut second);
    // Once the other has closed it, it can be saved.
    drop(first);
    key(&mut second, NONE, egui::Key::Escape);
    key(&mut second, CTRL, egui::Key::S);
    settle(&mut second);
    assert_ne!(std::fs::read_to_string(&draft).unwrap(), before);
}

/// Waits for the question for a path, which stands in for the system's dialog where there is none.
fn wait_for_path(harness: &mut Harness<'_, Option<Editor>>) {
    let start = std::time::Instant::now();
    while harness.query_by_label("This computer has no file dialog. Write the path of the file.").is_none() {
        assert!(start.elapsed() < std::time::Duration::from_secs(300), "nothing asks for a path");
        std::thread::sleep(std::time::Duration::from_millis(20));
        harness.run_steps(1);
    }
    settle(harness);
}

fn save_as(harness: &mut Harness<'_, Option<Editor>>, path: &str) {
    key(harness, egui::Modifiers::SHIFT | CTRL, egui::Key::S);
    wait_for_path(harness);
    key(harness, CTRL, egui::Key::A);
    type_text(harness, path);
    key(harness, NONE, egui::Key::Enter);
    settle(harness);
}

#[test]
fn another_file_is_not_replaced_unasked_nor_under_somebody_who_has_it_open() {
    let (folder, draft, places) = draft_with_places();
    let other = folder.path().join("Visit 30.10.2023.release");
    std::fs::copy(&draft, &other).unwrap();
    let before = std::fs::read_to_string(&other).unwrap();
    let mut harness = window_with(Settings::default(), places.clone());
    open(&mut harness, &draft);
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "x");
    // The ending is not asked for, and a date is none.
    let typed = other.with_extension("").display().to_string();
    save_as(&mut harness, &typed);
    harness.get_by_label("Replace the file?");
    harness.get_by_label("Cancel").click();
    settle(&mut harness);
    assert_eq!(std::fs::read_to_string(&other).unwrap(), before);
    let mut second = window_with(Settings::default(), places);
    open(&mut second, other.to_str().unwrap());
    save_as(&mut harness, &typed);
    harness.get_by_label("Replace").click();
    settle(&mut harness);
    harness.get_by_label_contains("open in another window of yours");
    assert_eq!(std::fs::read_to_string(&other).unwrap(), before, "another window has it open");
    drop(second);
    save_as(&mut harness, &typed);
    harness.get_by_label("Replace").click();
    settle(&mut harness);
    assert!(std::fs::read_to_string(&other).unwrap().contains("xJapan") && !editor(&harness).is_unsaved());
}

#[test]
fn a_draft_that_was_let_go_for_nothing_is_asked_about_again() {
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "x");
    key(&mut harness, CTRL, egui::Key::O);
    settle(&mut harness);
    harness.get_by_label("Do not save").click();
    wait_for_path(&mut harness);
    key(&mut harness, NONE, egui::Key::Escape);
    settle(&mut harness);
    key(&mut harness, CTRL, egui::Key::N);
    settle(&mut harness);
    harness.get_by_label("Do not save");
    assert_eq!(text(&harness, Field::Headline), "x");
}

/// A window in which something was typed, whose dialogs give these answers.
fn typed_with_answers(folder: &std::path::Path, answers: Vec<FileAnswer>) -> Harness<'static, Option<Editor>> {
    let recovery = Some(folder.join("recovery"));
    let places = Places { recovery, dialogs: FileDialogs::answers(answers), ..Places::default() };
    let mut harness = window_with(Settings::default(), places);
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "refused");
    settle(&mut harness);
    harness
}

/// Whether a start that follows a crash offers changes.
fn offers_changes(folder: &std::path::Path) -> bool {
    let places = Places { recovery: Some(folder.join("recovery")), ..Places::default() };
    let harness = window_with(Settings::default(), places);
    harness.query_by_label("Changes that were not saved").is_some()
}

#[test]
fn changes_that_were_refused_are_not_offered_after_a_crash() {
    let folder = tempfile::tempdir().unwrap();
    let damaged = folder.path().join("damaged.ron");
    std::fs::write(&damaged, "(format: 1,").unwrap();
    let mut harness = typed_with_answers(folder.path(), vec![FileAnswer::Chosen(damaged)]);
    key(&mut harness, CTRL, egui::Key::O);
    harness.get_by_label("Do not save").click();
    settle(&mut harness);
    harness.get_by_label_contains("is damaged");
    // The damaged text has taken its place, too.
    harness.get_by_label("Close").click();
    settle(&mut harness);
    assert_eq!(text(&harness, Field::Headline), "");
    drop(harness);
    assert!(!offers_changes(folder.path()));
}

#[test]
fn changes_that_were_refused_are_gone_while_another_file_is_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = typed_with_answers(folder.path(), vec![FileAnswer::Unavailable]);
    key(&mut harness, CTRL, egui::Key::O);
    harness.get_by_label("Do not save").click();
    settle(&mut harness);
    wait_for_path(&mut harness);
    drop(harness);
    assert!(!offers_changes(folder.path()));
}

#[test]
fn changes_that_were_refused_are_kept_again_if_their_draft_stays() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = typed_with_answers(folder.path(), vec![FileAnswer::Cancelled]);
    key(&mut harness, CTRL, egui::Key::O);
    harness.get_by_label("Do not save").click();
    settle(&mut harness);
    assert_eq!(text(&harness, Field::Headline), "refused");
    drop(harness);
    assert!(offers_changes(folder.path()));
}

#[test]
fn changes_that_were_refused_for_a_template_are_kept_if_none_is_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = typed_with_answers(folder.path(), Vec::new());
    harness.get_by_label("File").click();
    settle(&mut harness);
    harness.get_by_label_contains("New from a template").click();
    settle(&mut harness);
    harness.get_by_label("Do not save").click();
    settle(&mut harness);
    harness.get_by_label("Choose a template");
    key(&mut harness, NONE, egui::Key::Escape);
    settle(&mut harness);
    assert_eq!(text(&harness, Field::Headline), "refused");
    drop(harness);
    assert!(offers_changes(folder.path()));
}

#[test]
fn the_emblem_stays_when_the_draft_goes_to_another_folder() {
    let (folder, draft, places) = draft_with_places();
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus");
    std::fs::copy(format!("{corpus}/emblem-png.ron"), &draft).unwrap();
    std::fs::copy(format!("{corpus}/emblem.png"), folder.path().join("emblem.png")).unwrap();
    let mut harness = window_with(Settings::default(), places);
    open(&mut harness, &draft);
    let other = folder.path().join("other");
    std::fs::create_dir(&other).unwrap();
    let other = other.join("b.ron");
    save_as(&mut harness, other.to_str().unwrap());
    let saved = storage::open(&other).unwrap();
    assert!(storage::emblem(&saved, Some(&other)).unwrap().is_some());
}

#[test]
fn pictures_of_pages_replace_nothing_unasked() {
    let (folder, draft, places) = draft_with_places();
    let mut harness = window_with(Settings::default(), places);
    open(&mut harness, &draft);
    let second = folder.path().join("scan-2.png");
    std::fs::write(&second, "mine").unwrap();
    key(&mut harness, CTRL, egui::Key::E);
    wait_for_path(&mut harness);
    key(&mut harness, CTRL, egui::Key::A);
    type_text(&mut harness, folder.path().join("scan.png").to_str().unwrap());
    key(&mut harness, NONE, egui::Key::Enter);
    settle(&mut harness);
    harness.get_by_label_contains("scan-2.png");
    assert_eq!(std::fs::read_to_string(&second).unwrap(), "mine");
    harness.get_by_label("Replace").click();
    settle(&mut harness);
    assert!(std::fs::metadata(&second).unwrap().len() > 1000 && folder.path().join("scan-1.png").exists());
}

#[test]
fn a_picture_outside_of_the_drafts_folder_is_asked_about_first() {
    let (folder, draft, places) = draft_with_places();
    let picture = folder.path().join("elsewhere.png");
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/emblem.png"), &picture).unwrap();
    let inner = folder.path().join("drafts");
    std::fs::create_dir(&inner).unwrap();
    let mut release = storage::open(draft.as_ref()).unwrap();
    let file = picture.to_str().unwrap().to_owned();
    release.letterhead.emblem = Some(Emblem { file, alternative: "x".into(), height: None });
    let draft = inner.join("draft.ron");
    storage::save(&draft, &release).unwrap();
    let mut harness = window_with(Settings::default(), places);
    open(&mut harness, draft.to_str().unwrap());
    harness.get_by_label_contains("elsewhere.png");
    harness.get_by_label("Do not open it").click();
    settle(&mut harness);
    harness.get_by_label_contains("1 thing to look at");
    // Opened again it is asked about again, until it is allowed.
    open(&mut harness, SAMPLE);
    open(&mut harness, draft.to_str().unwrap());
    harness.get_by_label("Open the picture").click();
    settle(&mut harness);
    harness.get_by_label_contains("Nothing found");
    open(&mut harness, SAMPLE);
    open(&mut harness, draft.to_str().unwrap());
    assert!(harness.query_by_label("Open the picture").is_none());
}

#[test]
fn a_draft_is_saved_where_the_dialog_says_and_not_at_all_if_it_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("note.ron");
    let answers = [FileAnswer::Cancelled, FileAnswer::Chosen(path.clone())];
    let places = Places { dialogs: FileDialogs::answers(answers), ..Places::default() };
    let mut harness = window_with(Settings::default(), places);
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "Japan");
    key(&mut harness, CTRL, egui::Key::S);
    settle(&mut harness);
    assert!(editor(&harness).is_unsaved() && !path.exists());
    key(&mut harness, CTRL, egui::Key::S);
    settle(&mut harness);
    assert!(!editor(&harness).is_unsaved());
    assert!(std::fs::read_to_string(&path).unwrap().contains("Japan"));
}

#[test]
fn a_message_names_the_folder_of_what_was_written_and_the_mouse_shows_the_whole_path() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("a folder with a long name").join("another folder with a long name").join("Visits");
    std::fs::create_dir_all(&place).unwrap();
    let (draft, page) = (place.join("note.ron"), place.join("page.txt"));
    let answers = [FileAnswer::Chosen(draft.clone()), FileAnswer::Chosen(page.clone())];
    let places = Places { dialogs: FileDialogs::answers(answers), ..Places::default() };
    let mut harness = window_with(Settings::default(), places);
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "Japan");
    for (letter, said, path) in [(egui::Key::S, "Saved to ", draft), (egui::Key::E, "Exported to ", page)] {
        key(&mut harness, CTRL, letter);
        if letter == egui::Key::E {
            wait_for(&mut harness, "Export anyway");
            harness.get_by_label("Export anyway").click();
            settle(&mut harness);
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        let message = harness.get_by_label_contains(said);
        let text = message.accesskit_node().value().unwrap();
        assert!(
            text.contains('…') && text.ends_with(&format!("{}Visits{0}{name}", std::path::MAIN_SEPARATOR)),
            "{text}"
        );
        message.hover();
        harness.run_steps(8);
        harness.get_by_label(path.to_str().unwrap());
        harness.hover_at(egui::pos2(5.0, 5.0));
        harness.run_steps(4);
    }
}

#[test]
fn a_typed_path_is_kept_where_saving_fails() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "Japan");
    key(&mut harness, CTRL, egui::Key::S);
    wait_for_path(&mut harness);
    let path = folder.path().join("none").join("visit.release");
    key(&mut harness, CTRL, egui::Key::A);
    type_text(&mut harness, path.to_str().unwrap());
    key(&mut harness, NONE, egui::Key::Enter);
    settle(&mut harness);
    assert!(editor(&harness).is_unsaved());
    // The folder is made, and the same path is only confirmed.
    std::fs::create_dir(folder.path().join("none")).unwrap();
    key(&mut harness, CTRL, egui::Key::S);
    wait_for_path(&mut harness);
    key(&mut harness, NONE, egui::Key::Enter);
    settle(&mut harness);
    assert!(!editor(&harness).is_unsaved() && path.is_file());
    key(&mut harness, CTRL, egui::Key::N);
    settle(&mut harness);
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "Other");
    key(&mut harness, CTRL, egui::Key::S);
    wait_for_path(&mut harness);
    let proposed = harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "Path");
    assert!(!proposed.accesskit_node().value().unwrap().contains("visit"), "another draft has another file");
}

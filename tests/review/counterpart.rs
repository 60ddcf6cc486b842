//! The same release in the other language: compared, begun, opened, exported.

use release_composer::{roster::Roster, storage::lock::DraftLock, template::in_other_language};

use super::*;

#[test]
fn the_other_language_says_otherwise_until_the_draft_is_corrected() {
    let english = "On 30 October 2023 the Minister met the Ambassador of Japan.";
    let khmer = "នៅថ្ងៃទី៣១ ខែតុលា ឆ្នាំ២០២៣ រដ្ឋមន្ត្រីបានជួបជាមួយឯកអគ្គរដ្ឋទូតជប៉ុន។";
    let release = |language, text: &str| Release {
        headline: "A visit".into(),
        body: vec![Paragraph::new(RichText::plain(text))],
        ..Release::blank(language)
    };
    let (mut harness, folder) = window_on(&release(Language::English, english));
    let path = folder.path().join("km.ron");
    std::fs::write(&path, file::write(&release(Language::Khmer, khmer))).unwrap();
    click(&mut harness, "File");
    click(&mut harness, "Other language");
    click(&mut harness, "Compare with the other language");
    wait_for(&mut harness, "OK");
    type_text(&mut harness, path.to_str().unwrap());
    key(&mut harness, NONE, Key::Enter);
    wait_for(&mut harness, "ថ្ងៃទី៣១");
    // A click goes to its place, where it is corrected.
    click(&mut harness, "Date: Paragraph 1: 30 October 2023");
    type_text(&mut harness, "31 October 2023");
    assert_eq!(body(&harness)[0], "On 31 October 2023 the Minister met the Ambassador of Japan.");
    wait_for(&mut harness, "names and places are the same");
    // The draft knows the other one now, and asks for no file.
    assert_eq!(editor(&harness).release().counterpart, "km.ron");
    // The message that the draft was saved has such a button, too.
    harness.get_all_by_label("Close").next().unwrap().click();
    harness.run_steps(3);
    settle(&mut harness);
    assert!(harness.query_by_label_contains("Beside km.ron").is_none());
    click(&mut harness, "File");
    click(&mut harness, "Other language");
    click(&mut harness, "Compare with the other language");
    wait_for(&mut harness, "Beside km.ron");
}

/// What differs is found like any slip: marked in the text, gone to by F7, and switched off for a draft.
#[test]
fn what_differs_is_a_finding() {
    let texts = ["រដ្ឋមន្ត្រីទាំងពីរបានជួបគ្នានៅភ្នំពេញថ្ងៃទី៤ ខែមីនា។", "ប្រយោគនេះលុប។", "ពួកគេបានឯកភាពជួបគ្នាម្តងទៀត៕"];
    let (mut harness, _folder) = status_of_khmer(&texts);
    wait_for(&mut harness, "Differences from draft.ron: 2");
    key(&mut harness, NONE, Key::F7);
    wait_for(&mut harness, "Paragraph 1: date: “ថ្ងៃទី៤ ខែមីនា” here, nothing in the other language");
    key(&mut harness, NONE, Key::Delete);
    assert_eq!(body(&harness)[0], "រដ្ឋមន្ត្រីទាំងពីរបានជួបគ្នានៅភ្នំពេញ។");
    wait_for(&mut harness, "Differences from draft.ron: 1");
    click(&mut harness, "Differences from draft.ron: 1");
    harness.get_all_by_label_contains("Date of signature: “").next().unwrap();
    // It is the last of the list, below what is seen.
    harness.get_by_label("differences from the other language").click_accesskit();
    settle(&mut harness);
    wait_for(&mut harness, "1 check is switched off");
    assert!(harness.query_by_label_contains("Date of signature: “").is_none());
}

#[test]
fn the_other_language_is_begun_beside_the_draft_and_replaces_no_file() {
    let (mut harness, folder) = window_on(&draft());
    let file = folder.path().join("draft.ron");
    let begin = |harness: &mut Window| {
        click(harness, "File");
        click(harness, "Other language");
        click(harness, "Make a draft in the other language");
    };
    begin(&mut harness);
    wait_for(&mut harness, "is beside this draft");
    let name = editor(&harness).release().counterpart.clone();
    assert!(name.ends_with(".km.release"), "{name}");
    let path = folder.path().join(&name);
    let khmer = storage::open(&path).unwrap();
    assert_eq!((khmer.language, khmer.body.len()), (Language::Khmer, draft().body.len()));
    assert!(folder.path().join(&khmer.counterpart).exists(), "each names the other: {}", khmer.counterpart);
    // The draft was saved, and is saved with the name of the other file.
    wait_for(&mut harness, "Saved");
    assert!(!editor(&harness).is_unsaved());
    assert_eq!(storage::open(&file).unwrap().counterpart, name);
    // Undone it may be begun again, and the file that is there stays.
    key(&mut harness, CTRL, Key::Z);
    settle(&mut harness);
    assert_eq!(editor(&harness).release().counterpart, "");
    let before = std::fs::read(&path).unwrap();
    begin(&mut harness);
    wait_for(&mut harness, "there is a file of that name, which stays as it is");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn a_draft_with_changes_is_not_saved_by_beginning_the_other_language() {
    let (mut harness, folder) = window_on(&draft());
    click_end_of_paragraph(&mut harness, 3);
    type_text(&mut harness, " Soon.");
    click(&mut harness, "File");
    click(&mut harness, "Other language");
    click(&mut harness, "Make a draft in the other language");
    wait_for(&mut harness, "is beside this draft");
    assert!(editor(&harness).is_unsaved());
    assert_eq!(storage::open(&folder.path().join("draft.ron")).unwrap(), draft());
}

#[test]
fn the_other_language_is_not_opened_in_a_second_window() {
    let release = Release { counterpart: "draft.km.ron".into(), ..draft() };
    let (mut harness, folder) = window_on(&release);
    let other = folder.path().join("draft.km.ron");
    std::fs::write(&other, file::write(&Release::blank(Language::Khmer))).unwrap();
    let ask = |harness: &mut Window| {
        click(harness, "File");
        click(harness, "Other language");
        click(harness, "Open the other language in a new window");
    };
    ask(&mut harness);
    let said = "draft.km.ron is already open in another window of yours";
    assert!(harness.query_by_label_contains(said).is_none());
    // Another window has it.
    let lock = DraftLock::take(&other).unwrap();
    ask(&mut harness);
    wait_for(&mut harness, said);
    drop(lock);
}

/// A window on a Khmer draft of these paragraphs, beside `draft` as it was signed a day before.
fn status_of_khmer(texts: &[&str]) -> (Window, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let date = chrono::Local::now().date_naive();
    let mut english = draft();
    english.signature.date = date.pred_opt().into();
    std::fs::write(folder.path().join("draft.ron"), file::write(&english)).unwrap();
    let mut khmer = Release {
        body: texts.iter().map(|text| Paragraph::new(RichText::plain(*text))).collect(),
        headline: "ដំណើរទស្សនកិច្ច".into(),
        counterpart: "draft.ron".into(),
        ..Release::blank(Language::Khmer)
    };
    khmer.signature.date = Some(date).into();
    let path = folder.path().join("draft.km.ron");
    std::fs::write(&path, file::write(&khmer)).unwrap();
    let mut harness = window(Settings::default());
    open(&mut harness, path.to_str().unwrap());
    (harness, folder)
}

#[test]
fn a_draft_is_complete_only_beside_the_other_language() {
    let texts = ["រដ្ឋមន្ត្រីទាំងពីរបានជួបគ្នានៅភ្នំពេញ។", "ប្រយោគនេះលុប។", "ពួកគេបានឯកភាពជួបគ្នាម្តងទៀត៕"];
    let is_complete = |harness: &Window| harness.query_by_label_contains("Complete").is_some();
    // One paragraph is still to be written.
    let (mut harness, _folder) = status_of_khmer(&[texts[0], "", texts[2]]);
    assert!(!is_complete(&harness));
    click(&mut harness, "2 things to look at");
    wait_for(&mut harness, "Paragraph 2: Still to be written; the other language has “This sentence goes.”");
    // All are written, and the date of signature is another.
    let (mut harness, folder) = status_of_khmer(&texts);
    assert!(!is_complete(&harness));
    wait_for(&mut harness, "Differences from draft.ron: 1");
    // The other draft gets the date in its own window, and this one is come back to.
    let mut english = draft();
    english.signature.date = editor(&harness).release().signature.date.clone();
    std::fs::write(folder.path().join("draft.ron"), file::write(&english)).unwrap();
    let focus = |harness: &mut Window, focused| {
        harness.input_mut().focused = focused;
        harness.run_steps(2);
        settle(harness);
    };
    focus(&mut harness, false);
    focus(&mut harness, true);
    wait_for(&mut harness, "Complete");
    // It is gone.
    std::fs::remove_file(folder.path().join("draft.ron")).unwrap();
    focus(&mut harness, false);
    focus(&mut harness, true);
    wait_for(&mut harness, "Not compared with draft.ron");
    assert!(!is_complete(&harness));
}

#[test]
fn both_languages_are_looked_through_before_they_are_exported() {
    let mut english = draft();
    english.signature.date = Some(chrono::Local::now().date_naive()).into();
    english.counterpart = "draft.km.ron".into();
    let (mut harness, folder) = window_on(&english);
    let khmer = in_other_language(&english, &Roster::default());
    std::fs::write(folder.path().join("draft.km.ron"), file::write(&khmer)).unwrap();
    click(&mut harness, "File");
    click(&mut harness, "Other language");
    click(&mut harness, "Export both languages");
    wait_for(&mut harness, "Paragraph 2: Still to be written; the other language has “This sentence goes.”");
    wait_for(&mut harness, "Export anyway");
    // Whoever turns back has nothing written, and is shown the draft that is not ready.
    // The status line behind the question says the same of the draft alone.
    harness.get_all_by_label_contains("Differences from draft.km.ron").last().unwrap().click();
    harness.run_steps(3);
    settle(&mut harness);
    assert!(harness.query_by_label_contains("Export anyway").is_none());
    wait_for(&mut harness, "Beside draft.km.ron");
}

/// A translation is written beside its original, which goes along with the caret and with what is saved elsewhere.
#[test]
fn the_original_stands_beside_what_is_to_be_translated() {
    let original = |number: usize| Paragraph::new(RichText::plain(format!("Original number {number}.")));
    let english = Release { body: (1..=60).map(original).collect(), ..Release::blank(Language::English) };
    let khmer = Release {
        body: vec![Paragraph::default(); 60],
        counterpart: "en.ron".into(),
        ..Release::blank(Language::Khmer)
    };
    let folder = tempfile::tempdir().unwrap();
    let [path, other] = ["km.ron", "en.ron"].map(|name| folder.path().join(name));
    std::fs::write(&path, file::write(&khmer)).unwrap();
    std::fs::write(&other, file::write(&english)).unwrap();
    let mut harness = window(Settings::default());
    open(&mut harness, path.to_str().unwrap());
    wait_for(&mut harness, "Original number 1.");
    let is_in_view = |harness: &Window, label: &str| {
        let node = harness.get_by_label(label);
        harness.ctx.content_rect().contains_rect(node.rect())
    };
    assert!(is_in_view(&harness, "Paragraph 1: Original number 1."));
    assert!(!is_in_view(&harness, "Paragraph 50: Original number 50."));
    click_paragraph(&mut harness, 50);
    harness.run_steps(8);
    assert!(is_in_view(&harness, "Paragraph 50: Original number 50."), "it goes along with the caret");
    click(&mut harness, "Paragraph 47: Original number 47.");
    type_text(&mut harness, "ទី៤៧");
    assert_eq!(body(&harness)[46], "ទី៤៧", "a click puts the caret beside it");
    // It was corrected in its own window, and this one comes to the front again.
    let corrected = Release { body: vec![original(70); 60], ..english };
    std::fs::write(&other, file::write(&corrected)).unwrap();
    harness.input_mut().focused = false;
    harness.run_steps(2);
    harness.input_mut().focused = true;
    wait_for(&mut harness, "Paragraph 47: Original number 70.");
    click(&mut harness, "What differs");
    harness.run_steps(2);
    assert!(harness.query_by_label("Paragraph 47: Original number 70.").is_none(), "one of both is shown");
}

#[test]
fn both_languages_scroll_in_step() {
    let (mut harness, _folder) = long_languages(true);
    let edge = row(&harness, 1).top();
    let beside = row(&harness, 1).center();
    let form = harness.get_by_role_and_label(Role::MultilineTextInput, "Text").rect();
    wheel(&mut harness, egui::pos2(form.center().x, 400.0), 800.0);
    let at_top = |harness: &Window| (1..=60).find(|number| row(harness, *number).bottom() > edge).unwrap();
    let top = at_top(&harness);
    assert!(top > 8, "the other language goes along: {top}");
    // The form goes along with the other language, too.
    let before = harness.get_by_role_and_label(Role::MultilineTextInput, "Text").rect().top();
    wheel(&mut harness, beside, 600.0);
    let (after, moved) =
        (harness.get_by_role_and_label(Role::MultilineTextInput, "Text").rect().top(), at_top(&harness));
    assert!(moved > top && after < before - 100.0, "{moved} {before} {after}");
}

#[test]
fn without_the_form_the_page_scrolls_in_step_with_the_other_language() {
    let (mut harness, _folder) = long_languages(false);
    let (edge, beside) = (row(&harness, 1).top(), row(&harness, 1).center());
    let at_top = |harness: &Window| (1..=60).find(|number| row(harness, *number).bottom() > edge).unwrap();
    let first = harness.get_by_role_and_label(Role::Document, "Page 1 of 3").rect();
    wheel(&mut harness, egui::pos2(first.center().x, 400.0), 700.0);
    let top = at_top(&harness);
    assert!(top > 3, "the other language goes along: {top}");
    // How far the pages are scrolled, by the first that is in view.
    let scrolled = |harness: &Window| {
        let pages = (1..=3).filter_map(|number| {
            let label = format!("Page {number} of 3");
            let page = harness.query_by_role_and_label(Role::Document, &label)?.rect();
            Some((number, page.top()))
        });
        pages.min_by_key(|(number, _)| *number).map(|(number, top)| number as f32 * first.height() - top).unwrap()
    };
    let before = scrolled(&harness);
    wheel(&mut harness, beside, 600.0);
    let after = scrolled(&harness);
    assert!(at_top(&harness) > top && after > before + 100.0, "{before} {after}");
}

/// Turns the wheel at a place, and waits until nothing moves any more.
fn wheel(harness: &mut Window, pos: egui::Pos2, down: f32) {
    harness.event(Event::PointerMoved(pos));
    let (unit, phase) = (egui::MouseWheelUnit::Point, egui::TouchPhase::Move);
    let (delta, source) = (egui::vec2(0.0, -down), egui::MouseWheelSource::Wheel);
    harness.event(Event::MouseWheel { unit, delta, phase, modifiers: NONE, source });
    harness.run_steps(40);
}

/// Where a paragraph of the other language is.
fn row(harness: &Window, number: usize) -> egui::Rect {
    harness.get_by_label(&format!("Paragraph {number}: Original number {number}.")).rect()
}

/// A draft and its counterpart of sixty paragraphs each, and a window on the first, with its form or without.
fn long_languages(show_form: bool) -> (Window, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let [path, other] = ["km.ron", "en.ron"].map(|name| folder.path().join(name));
    for (path, language, counterpart) in [(&path, Language::Khmer, "en.ron"), (&other, Language::English, "km.ron")] {
        let text = |number: usize| match language {
            Language::English => format!("Original number {number}."),
            Language::Khmer => format!("អត្ថបទទី{number}។"),
        };
        let mut body: Vec<_> = (1..=60).map(|number| Paragraph::new(RichText::plain(text(number)))).collect();
        if language == Language::Khmer {
            body[59] = Paragraph::default();
        }
        let release = Release { body, counterpart: counterpart.into(), ..Release::blank(language) };
        std::fs::write(path, file::write(&release)).unwrap();
    }
    let mut harness = window(Settings { show_form, ..Settings::default() });
    open(&mut harness, path.to_str().unwrap());
    wait_for(&mut harness, "Original number 1.");
    (harness, folder)
}

/// A draft and its counterpart of two paragraphs each, and a window on the first.
fn two_languages() -> (Window, [std::path::PathBuf; 2], tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let paths = ["en.ron", "km.ron"].map(|name| folder.path().join(name));
    let of = |language, texts: [&str; 2], counterpart: &str| Release {
        body: texts.map(|text| Paragraph::new(RichText::plain(text))).to_vec(),
        counterpart: counterpart.into(),
        ..Release::blank(language)
    };
    let english = of(Language::English, ["First text.", "Second text."], "km.ron");
    let khmer = of(Language::Khmer, ["ទីមួយ។", "ទីពីរ។"], "en.ron");
    for (path, release) in paths.iter().zip([english, khmer]) {
        std::fs::write(path, file::write(&release)).unwrap();
    }
    // Two clicks in a row are soon enough after each other to be a double click.
    let mut harness = window_at_pace(Settings::default(), Places::default(), 0.05);
    open(&mut harness, paths[0].to_str().unwrap());
    (harness, paths, folder)
}

#[test]
fn both_languages_are_typed_in_turn_and_each_keeps_its_history() {
    let (mut harness, [english, khmer], _folder) = two_languages();
    let read = |path: &std::path::Path| file::parse(&std::fs::read_to_string(path).unwrap()).unwrap().body;
    click_end_of_paragraph(&mut harness, 2);
    type_text(&mut harness, " More.");
    assert!(editor(&harness).is_unsaved());
    key(&mut harness, CTRL, Key::F6);
    wait_for(&mut harness, "Beside en.ron");
    assert_eq!(body(&harness), ["ទីមួយ។", "ទីពីរ។"]);
    assert_eq!(read(&english)[1].text.as_str(), "Second text. More.", "it was saved as it gave way");
    wait_for(&mut harness, "Paragraph 2: Second text. More.");
    type_text(&mut harness, "ក");
    assert_eq!(body(&harness)[1], "ទីពីរ។ក", "the caret is beside where it was");
    // There and back, the caret is where it was left in the text.
    key(&mut harness, NONE, Key::Home);
    key(&mut harness, CTRL, Key::F6);
    wait_for(&mut harness, "Beside km.ron");
    key(&mut harness, CTRL, Key::F6);
    wait_for(&mut harness, "Beside en.ron");
    type_text(&mut harness, "ខ");
    assert_eq!(body(&harness)[1], "ខទីពីរ។ក");
    key(&mut harness, CTRL, Key::Z);
    // Back by a double click on the text of the first.
    let place = harness.get_by_label("Paragraph 1: First text.").rect().center();
    harness.event(Event::PointerMoved(place));
    for pressed in [true, false, true, false] {
        harness.event(Event::PointerButton { pos: place, button: PointerButton::Primary, pressed, modifiers: NONE });
        harness.run_steps(1);
    }
    wait_for(&mut harness, "Beside km.ron");
    assert_eq!(read(&khmer)[1].text.as_str(), "ទីពីរ។ក");
    type_text(&mut harness, "!");
    assert_eq!(body(&harness), ["First text.!", "Second text. More."]);
    // On a slow machine what was typed is several steps.
    let before = ["First text.", "Second text."];
    for _ in 0..6 {
        if body(&harness) != before {
            key(&mut harness, CTRL, Key::Z);
        }
    }
    assert_eq!(body(&harness), before, "what was typed before is undone, too");
    harness.get_by_label("Paragraph 2: ទីពីរ។ក");
}

#[test]
fn a_draft_that_was_changed_elsewhere_meanwhile_comes_back_as_it_is() {
    let (mut harness, [english, _], _folder) = two_languages();
    click_paragraph(&mut harness, 1);
    type_text(&mut harness, "x");
    key(&mut harness, CTRL, Key::F6);
    wait_for(&mut harness, "Beside en.ron");
    let mut changed = file::parse(&std::fs::read_to_string(&english).unwrap()).unwrap();
    changed.body[0].text = RichText::plain("Changed.");
    std::fs::write(&english, file::write(&changed)).unwrap();
    key(&mut harness, CTRL, Key::F6);
    wait_for(&mut harness, "Beside km.ron");
    assert_eq!(body(&harness)[0], "Changed.");
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(body(&harness)[0], "Changed.", "there is nothing to undo in it");
}

#[test]
fn a_release_that_is_open_elsewhere_is_not_written_in() {
    let (mut harness, [_, khmer], _folder) = two_languages();
    let lock = DraftLock::take(&khmer).unwrap();
    click_paragraph(&mut harness, 1);
    key(&mut harness, CTRL, Key::F6);
    wait_for(&mut harness, "km.ron is already open in another window of yours");
    assert_eq!(body(&harness)[0], "First text.");
    drop(lock);
}

#[test]
fn a_release_goes_on_naming_its_own_counterpart_where_another_is_beside_it() {
    let (mut harness, [_, khmer], folder) = two_languages();
    let other = folder.path().join("other.ron");
    std::fs::write(&other, file::write(&Release { counterpart: "km.ron".into(), ..draft() })).unwrap();
    open(&mut harness, other.to_str().unwrap());
    key(&mut harness, CTRL, Key::F6);
    wait_for(&mut harness, "Beside other.ron");
    assert_eq!(body(&harness)[0], "ទីមួយ។");
    assert_eq!(file::parse(&std::fs::read_to_string(&khmer).unwrap()).unwrap().counterpart, "en.ron");
    assert_eq!(editor(&harness).release().counterpart, "en.ron");
}

#[test]
fn a_slow_double_click_finds_the_text_under_the_pointer_that_the_first_click_found() {
    let folder = tempfile::tempdir().unwrap();
    let paths = ["en.ron", "km.ron"].map(|name| folder.path().join(name));
    let of = |language, sentence: &str, counterpart: &str| Release {
        body: (1..60).map(|number| Paragraph::new(RichText::plain(format!("{sentence} {number}")))).collect(),
        headline: "A visit".into(),
        counterpart: counterpart.into(),
        ..Release::blank(language)
    };
    std::fs::write(&paths[0], file::write(&of(Language::English, "Text", "km.ron"))).unwrap();
    std::fs::write(&paths[1], file::write(&of(Language::Khmer, "អត្ថបទ", "en.ron"))).unwrap();
    let mut harness = window_at_pace(Settings::default(), Places::default(), 0.05);
    open(&mut harness, paths[0].to_str().unwrap());
    click(&mut harness, "File");
    click(&mut harness, "Other language");
    click(&mut harness, "Compare with the other language");
    wait_for(&mut harness, "Beside km.ron");
    click(&mut harness, "Its text");
    click_paragraph(&mut harness, 20);
    settle(&mut harness);
    let name = "Paragraph 23: អត្ថបទ 23";
    let place = harness.get_by_label(name).rect();
    let press = |harness: &mut Window, pressed| {
        let (pos, button) = (place.center(), PointerButton::Primary);
        harness.event(Event::PointerMoved(pos));
        harness.event(Event::PointerButton { pos, button, pressed, modifiers: NONE });
        harness.run_steps(1);
    };
    press(&mut harness, true);
    press(&mut harness, false);
    // The caret follows, and the list does not move.
    harness.run_steps(4);
    assert_eq!(harness.get_by_label(name).rect(), place);
    settle(&mut harness);
    assert_eq!(harness.get_by_label(name).rect(), place);
    type_text(&mut harness, "!");
    assert_eq!(body(&harness)[22], "Text 23!");
}

//! What is found and mended: by search, and by the checks.

use super::*;

#[test]
fn what_is_found_is_counted_gone_to_and_replaced_in_one_step() {
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "Japan, japan");
    click_paragraph(&mut harness, 1);
    type_text(&mut harness, "Japanese Japan");
    key(&mut harness, CTRL, egui::Key::H);
    type_text(&mut harness, "japan");
    harness.run_steps(2);
    assert_eq!(value(&harness, "Find"), "japan");
    harness.get_by_label("4 matches");
    key(&mut harness, NONE, egui::Key::Enter);
    harness.get_by_label_contains(" of 4");
    harness.get_by_label("Whole words").click();
    harness.run_steps(2);
    harness.get_by_label_contains(" of 3");
    click_field(&mut harness, "Replace with");
    type_text(&mut harness, "ជប៉ុន");
    harness.get_by_label("Replace all").click();
    settle(&mut harness);
    assert_eq!(text(&harness, Field::Headline), "ជប៉ុន, ជប៉ុន");
    assert_eq!(text(&harness, Field::Paragraph(0)), "Japanese ជប៉ុន");
    harness.get_by_label("3 replaced");
    key(&mut harness, NONE, egui::Key::Escape);
    assert!(harness.query_by_label("Replace all").is_none());
    key(&mut harness, CTRL, egui::Key::Z);
    assert_eq!(text(&harness, Field::Headline), "Japan, japan");
    assert_eq!(text(&harness, Field::Paragraph(0)), "Japanese Japan");
}

#[test]
fn f3_goes_round_and_one_match_is_replaced_at_a_time() {
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "aa b aa");
    key(&mut harness, NONE, egui::Key::Home);
    key(&mut harness, CTRL, egui::Key::F);
    type_text(&mut harness, "aa");
    key(&mut harness, NONE, egui::Key::F3);
    harness.get_by_label("1 of 2");
    key(&mut harness, NONE, egui::Key::F3);
    harness.get_by_label("2 of 2");
    key(&mut harness, SHIFT | CTRL, egui::Key::F3);
    harness.get_by_label("1 of 2");
    key(&mut harness, CTRL, egui::Key::H);
    click_field(&mut harness, "Replace with");
    type_text(&mut harness, "c");
    harness.get_by_label("Replace").click();
    settle(&mut harness);
    assert_eq!(text(&harness, Field::Headline), "c b aa");
    key(&mut harness, NONE, egui::Key::Escape);
    // The caret is back in the form, on the match gone to.
    type_text(&mut harness, "d");
    assert_eq!(text(&harness, Field::Headline), "c b d");
}

/// How many shapes are painted within a field.
fn shapes_in(harness: &Harness<'_, Option<Editor>>, label: &str) -> usize {
    fn count(shape: &egui::Shape, inside: egui::Rect) -> usize {
        match shape {
            egui::Shape::Vec(shapes) => shapes.iter().map(|shape| count(shape, inside)).sum(),
            shape => usize::from(inside.contains_rect(shape.visual_bounding_rect())),
        }
    }
    let inside = harness.get_by_role_and_label(egui::accesskit::Role::TextInput, label).rect();
    harness.output().shapes.iter().map(|clipped| count(&clipped.shape, inside)).sum()
}

#[test]
fn digits_of_a_selection_are_turned_and_invisible_characters_shown() {
    let mut harness = window(Settings::default());
    click_field(&mut harness, "Headline");
    type_text(&mut harness, "a b 2023\u{200B}ក");
    key(&mut harness, CTRL, egui::Key::A);
    harness.get_by_label("Edit").click();
    settle(&mut harness);
    harness.get_by_label_contains("Change characters").click();
    settle(&mut harness);
    harness.get_by_label_contains("Khmer digits").click();
    settle(&mut harness);
    assert_eq!(text(&harness, Field::Headline), "a b ២០២៣\u{200B}ក");
    let hidden = shapes_in(&harness, "Headline");
    harness.get_by_role_and_label(egui::accesskit::Role::Button, "Show invisible characters").click();
    settle(&mut harness);
    // Dots for two spaces and a mark for the zero-width space; the caret may have come or gone meanwhile.
    assert!(shapes_in(&harness, "Headline") >= hidden + 2);
    assert_eq!(text(&harness, Field::Headline), "a b ២០២៣\u{200B}ក");
}

#[test]
fn a_finding_is_gone_to_and_its_check_switched_off() {
    let mut harness = window(Settings::default());
    open(&mut harness, SAMPLE);
    click_end_of_paragraph(&mut harness, 2);
    type_text(&mut harness, " It is of of use.");
    settle(&mut harness);
    harness.get_by_label_contains("1 thing to look at").click();
    settle(&mut harness);
    harness.get_by_label("Paragraph 2: “of” is doubled").click();
    settle(&mut harness);
    type_text(&mut harness, "x");
    assert!(
        text(&harness, Field::Paragraph(1)).ends_with("portfolios. It is x use."),
        "{}",
        text(&harness, Field::Paragraph(1))
    );
    key(&mut harness, CTRL, egui::Key::Z);
    harness.run_steps(2);
    wait_for(&mut harness, "1 thing to look at");
    harness.get_by_label_contains("1 thing to look at").click();
    settle(&mut harness);
    harness.get_by_label("doubled words").click();
    settle(&mut harness);
    // The list stays for the next one.
    harness.get_by_label("more than one space").click();
    settle(&mut harness);
    harness.get_by_label("more than one space").click();
    settle(&mut harness);
    key(&mut harness, NONE, egui::Key::Escape);
    assert!(harness.query_by_label("more than one space").is_none());
    harness.get_by_label_contains("Nothing found; 3 checks are switched off");
    // Each switch was a step.
    for _ in 0..3 {
        key(&mut harness, CTRL, egui::Key::Z);
        harness.run_steps(2);
    }
    wait_for(&mut harness, "1 thing to look at");
}

#[test]
fn a_misspelt_word_is_mended_in_one_step_or_taken_into_the_users_words() {
    let folder = tempfile::tempdir().unwrap();
    let places = Places { settings: Some(folder.path().join("settings.ron")), ..Places::default() };
    let mut harness = window_with(Settings::default(), places);
    open(&mut harness, SAMPLE);
    click_end_of_paragraph(&mut harness, 2);
    type_text(&mut harness, " We thank the goverment.");
    let open_list = |harness: &mut Harness<'_, Option<Editor>>| {
        // The dictionary is read beside the window.
        wait_for(harness, "1 thing to look at");
        harness.get_by_label_contains("1 thing to look at").click();
        settle(harness);
    };
    open_list(&mut harness);
    harness.get_by_label_contains("“goverment” is in no dictionary; perhaps government");
    harness.get_by_label("Replace “goverment” with “government”").click();
    settle(&mut harness);
    assert!(text(&harness, Field::Paragraph(1)).ends_with(" the government."));
    key(&mut harness, CTRL, egui::Key::Z);
    assert!(text(&harness, Field::Paragraph(1)).ends_with(" the goverment."));
    open_list(&mut harness);
    harness.get_by_label("Add “goverment” to my words").click();
    settle(&mut harness);
    harness.get_by_label_contains("Nothing found");
    assert_eq!(std::fs::read_to_string(folder.path().join("words.txt")).unwrap(), "goverment\n");
}

#[test]
fn what_is_open_is_shown_before_export() {
    let mut harness = window(Settings::default());
    key(&mut harness, CTRL, egui::Key::E);
    harness.get_by_label("Export anyway");
    harness.get_by_label("There is no headline").click();
    settle(&mut harness);
    assert!(harness.query_by_label("Export anyway").is_none());
    type_text(&mut harness, "x");
    assert_eq!(text(&harness, Field::Headline), "x");
}

#[test]
fn another_draft_has_marks_of_its_own_while_the_bar_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let draft = |name: &str, text: &str| {
        let path = folder.path().join(name);
        let body = vec![Paragraph::new(RichText::plain(text))];
        std::fs::write(&path, file::write(&Release { body, ..Release::default() })).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let mut harness = window(Settings::default());
    open(&mut harness, &draft("one.release", "Japan and Japan"));
    key(&mut harness, CTRL, egui::Key::F);
    type_text(&mut harness, "japan");
    settle(&mut harness);
    assert_eq!(editor(&harness).marked(), [(Field::Paragraph(0), 0..5), (Field::Paragraph(0), 10..15)]);
    open(&mut harness, &draft("other.release", "To Japan"));
    settle(&mut harness);
    assert_eq!(editor(&harness).marked(), [(Field::Paragraph(0), 3..8)]);
}

#[test]
fn straight_marks_become_curly_in_pairs_in_every_text_at_once() {
    const DRAFT: &str = r#"(format: 3, language: English, title: "T", headline: "\"Yes\" and 'no'", body: [
        (text: "He said \"yes\" and \"no\" to 'it' -- a--b -- c."),
        (text: "It's \"noted\"^[See \"it\" or 'that'.] **'here'**."),
        (picture: "a.png", alternative: "x", text: "The \"seal\" is 'here'"),
        (row: ["\"a\"", "'b'"]),
    ])"#;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("draft.ron");
    std::fs::write(&path, DRAFT).unwrap();
    let mut harness = window(Settings::default());
    open(&mut harness, path.to_str().unwrap());
    let before = editor(&harness).release().clone();
    let correct = |harness: &mut Harness<'_, Option<Editor>>, label: &str| {
        wait_for(harness, "things to look at");
        harness.get_by_label_contains("things to look at").click();
        settle(harness);
        harness.query_all_by_label_contains(label).next().unwrap().click();
        settle(harness);
    };
    correct(&mut harness, "Make all quotation marks of this text curly");
    assert_eq!(text(&harness, Field::Headline), "‘Yes’ and ‘no’");
    assert_eq!(text(&harness, Field::Paragraph(0)), before.body[0].text.as_str());
    key(&mut harness, CTRL, egui::Key::Z);
    assert_eq!(editor(&harness).release(), &before);

    correct(&mut harness, "of this kind");
    let written = file::write(editor(&harness).release());
    for right in [
        "headline: \"‘Yes’ and ‘no’\"",
        "\"He said “yes” and “no” to ‘it’ – a—b – c.\"",
        "\"It’s “noted”^[See “it” or ‘that’.] **‘here’**.\"",
        "\"The “seal” is ‘here’\"",
        "[\"“a”\", \"‘b’\"]",
    ] {
        assert!(written.contains(right), "{right} in {written}");
    }
    key(&mut harness, CTRL, egui::Key::Z);
    assert_eq!(editor(&harness).release(), &before);
}

//! The body in the form: one text over all its paragraphs.

use super::*;

#[test]
fn a_selection_goes_over_paragraphs_and_is_typed_over_and_undone() {
    let mut harness = window_on(&["one two", "three", "four five"]);
    click_paragraph(&mut harness, 1);
    key(&mut harness, CTRL, Key::ArrowRight);
    key(&mut harness, SHIFT | CTRL, Key::ArrowDown);
    key(&mut harness, SHIFT | CTRL, Key::ArrowDown);
    key(&mut harness, SHIFT | CTRL, Key::ArrowRight);
    type_text(&mut harness, "x");
    assert_eq!(body(&harness), ["one xfive"]);
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(body(&harness), ["one two", "three", "four five"]);
    // The selection is back, too.
    type_text(&mut harness, "y");
    assert_eq!(body(&harness), ["one yfive"]);
    key(&mut harness, CTRL, Key::Z);
    key(&mut harness, CTRL, Key::A);
    key(&mut harness, NONE, Key::Delete);
    assert_eq!(body(&harness), [""]);
}

#[test]
fn bold_case_and_digits_are_of_all_that_is_selected() {
    let mut harness = window_on(&["in 2026", "the minister"]);
    click_paragraph(&mut harness, 1);
    key(&mut harness, CTRL, Key::A);
    key(&mut harness, CTRL, Key::B);
    let bold = |harness: &Window| editor(harness).release().body.iter().all(|p| p.text.style_of(0..99) == Style::BOLD);
    assert!(bold(&harness));
    for wanted in [["In 2026", "The Minister"], ["IN 2026", "THE MINISTER"], ["in 2026", "the minister"]] {
        key(&mut harness, SHIFT, Key::F3);
        assert_eq!(body(&harness), wanted);
    }
    key(&mut harness, CTRL, Key::B);
    assert!(!bold(&harness));
}

#[test]
fn the_caret_keeps_its_column_and_words_are_gone_over_as_in_word() {
    let mut harness = window_on(&["aaaa bbbb cccc", "a", "aaaa bbbb cccc"]);
    click_paragraph(&mut harness, 1);
    for _ in 0..2 {
        key(&mut harness, CTRL, Key::ArrowRight);
    }
    key(&mut harness, NONE, Key::ArrowDown);
    key(&mut harness, NONE, Key::ArrowDown);
    type_text(&mut harness, "x");
    assert_eq!(body(&harness)[2], "aaaa bbbb xcccc");
    key(&mut harness, CTRL, Key::Home);
    type_text(&mut harness, "y");
    key(&mut harness, CTRL, Key::End);
    type_text(&mut harness, "z");
    assert_eq!(body(&harness), ["yaaaa bbbb cccc", "a", "aaaa bbbb xccccz"]);
}

#[test]
fn paragraphs_move_pages_begin_and_one_tab_leads_in_and_out() {
    let mut harness = window_on(&["one", "two", "three"]);
    click_paragraph(&mut harness, 1);
    key(&mut harness, SHIFT, Key::ArrowDown);
    key(&mut harness, ALT, Key::ArrowDown);
    assert_eq!(body(&harness), ["three", "one", "two"]);
    key(&mut harness, ALT, Key::ArrowUp);
    assert_eq!(body(&harness), ["one", "two", "three"]);
    click_end_of_paragraph(&mut harness, 1);
    key(&mut harness, CTRL, Key::Enter);
    let begins = |harness: &Window| editor(harness).release().body.iter().map(|p| p.new_page).collect::<Vec<_>>();
    assert_eq!((body(&harness).len(), begins(&harness)), (4, vec![false, true, false, false]));
    key(&mut harness, NONE, Key::Backspace);
    assert_eq!(begins(&harness), [false; 4]);
    key(&mut harness, NONE, Key::Backspace);
    assert_eq!(body(&harness), ["one", "two", "three"]);
    click_field(&mut harness, "Headline");
    key(&mut harness, NONE, Key::Tab);
    type_text(&mut harness, "x");
    assert_eq!(body(&harness), ["onex", "two", "three"]);
    key(&mut harness, NONE, Key::Tab);
    type_text(&mut harness, "Phnom Penh");
    assert_eq!(text(&harness, Field::Place), "Phnom Penh");
}

#[test]
fn the_mouse_selects_by_letters_words_and_paragraphs() {
    let mut harness = window_on(&["one two three", "four five six"]);
    let at = in_body(&harness, 0, 40.0);
    click(&mut harness, at, NONE);
    type_text(&mut harness, "|");
    assert!(body(&harness)[0].find('|').is_some_and(|at| (4..=7).contains(&at)), "{:?}", body(&harness));
    key(&mut harness, CTRL, Key::Z);
    // Two clicks, then three.
    harness.run_steps(10);
    for (times, wanted) in [(2, "one 2 three"), (3, "2")] {
        for pressed in [true, false].repeat(times) {
            let button = PointerButton::Primary;
            harness.input_mut().events.push(Event::PointerButton { pos: at, button, pressed, modifiers: NONE });
        }
        harness.run_steps(2 * times + 2);
        type_text(&mut harness, "2");
        assert_eq!(body(&harness)[0], wanted);
        key(&mut harness, CTRL, Key::Z);
        assert_eq!(body(&harness)[0], "one two three");
        harness.run_steps(10);
    }
    // A drag over the end of a paragraph, and Shift with a click.
    let (from, to) = (in_body(&harness, 0, -5.0), in_body(&harness, 1, -5.0));
    drag(&mut harness, from, to);
    key(&mut harness, NONE, Key::Delete);
    assert_eq!(body(&harness), ["four five six"]);
    key(&mut harness, CTRL, Key::Z);
    click(&mut harness, from, NONE);
    let end = in_body(&harness, 1, 900.0);
    click(&mut harness, end, SHIFT);
    key(&mut harness, NONE, Key::Delete);
    assert_eq!(body(&harness), [""]);
}

#[test]
fn selected_text_is_carried_elsewhere() {
    let mut harness = window_on(&["one two", "three"]);
    click_paragraph(&mut harness, 1);
    key(&mut harness, SHIFT | CTRL, Key::ArrowRight);
    let (from, to) = (in_body(&harness, 0, 6.0), in_body(&harness, 1, 900.0));
    drag(&mut harness, from, to);
    assert_eq!(body(&harness), ["two", "threeone "]);
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(body(&harness), ["one two", "three"]);
}

#[test]
fn an_address_stays_as_it_is_typed_and_an_apostrophe_begins_a_word() {
    let mut harness = window_on(&[""]);
    click_paragraph(&mut harness, 1);
    let typed = "See www.a.kh/it's--\"x\" and x=\"y\" ";
    type_text(&mut harness, typed);
    assert_eq!(body(&harness)[0], typed);
    type_text(&mut harness, "in the '90s,");
    assert_eq!(body(&harness)[0], format!("{typed}in the ’90s,"));
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(body(&harness)[0], format!("{typed}in the ‘90s,"));
}

#[test]
fn quotes_become_curly_and_hyphens_dashes_and_one_undo_brings_them_back() {
    let mut harness = window_on(&["", ""]);
    // The headline is printed within quotation marks.
    click_field(&mut harness, "Headline");
    key(&mut harness, NONE, Key::End);
    type_text(&mut harness, " \"b\"");
    assert!(text(&harness, Field::Headline).ends_with(" ‘b’"));
    click_paragraph(&mut harness, 1);
    type_text(&mut harness, "a \"b\"");
    assert_eq!(body(&harness)[0], "a “b”");
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(body(&harness)[0], "a “b\"");
    type_text(&mut harness, " c");
    assert_eq!(body(&harness)[0], "a “b\" c");
    // Two hyphens are a dash once the word behind them has ended, by a space, a sign or a paragraph.
    type_text(&mut harness, "--d");
    assert_eq!(body(&harness)[0], "a “b\" c--d");
    type_text(&mut harness, " ");
    assert_eq!(body(&harness)[0], "a “b\" c—d ");
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(body(&harness)[0], "a “b\" c--d ");
    type_text(&mut harness, "-- e.");
    assert_eq!(body(&harness)[0], "a “b\" c--d – e.");
    type_text(&mut harness, " f--g");
    key(&mut harness, NONE, Key::Enter);
    type_text(&mut harness, "h");
    assert_eq!(body(&harness)[..2], ["a “b\" c--d – e. f—g", "h"]);
    key(&mut harness, NONE, Key::Backspace);
    key(&mut harness, NONE, Key::Backspace);
    harness.get_by_label("View").click();
    harness.run_steps(3);
    harness.get_by_label("Curly quotation marks and dashes while typing").click();
    harness.run_steps(3);
    key(&mut harness, NONE, Key::Escape);
    click_paragraph(&mut harness, 2);
    type_text(&mut harness, "\"a--b ");
    assert_eq!(body(&harness)[1], "\"a--b ");
}

#[test]
fn a_heading_or_an_item_stays_one_where_a_table_comes_with_it() {
    for (first, kind) in [
        ("<h2>Head</h2>", BlockKind::Heading(HeadingLevel::One)),
        ("<ul><li>Head</li></ul>", BlockKind::item(ListKind::Bulleted, Level::One)),
    ] {
        let mut harness = window_on(&[""]);
        hold(&mut harness, &format!("{first}<p>Body</p><table><tr><td>A</td><td>B</td></tr></table><p>end</p>"));
        click_paragraph(&mut harness, 1);
        harness.event(Event::Paste("Head\nBody\nA\tB\nend".into()));
        harness.run_steps(3);
        assert_eq!(body(&harness), ["Head", "Body", "A", "B", "end"]);
        assert_eq!(kinds(&harness)[..2], [kind, BlockKind::Plain]);
    }
}

#[test]
fn paragraphs_are_copied_and_formatted_text_is_pasted() {
    let mut harness = window_on(&["one", "two"]);
    hold(&mut harness, "");
    click_paragraph(&mut harness, 1);
    key(&mut harness, CTRL, Key::A);
    assert_eq!(copied(&mut harness, Event::Copy).as_deref(), Some("one\ntwo"));
    let html = "<p>The <b>Minister</b>,</p><p>&nbsp;</p><ol><li>trade;</li></ol>";
    hold(&mut harness, html);
    let released = |key| Event::Key { key, physical_key: None, pressed: false, repeat: false, modifiers: CTRL };
    harness.event(Event::Paste("The Minister,\n\n1. trade;".into()));
    harness.event(released(Key::V));
    harness.run_steps(2);
    assert_eq!(body(&harness), ["The Minister,", "trade;"]);
    assert_eq!(editor(&harness).release().body[0].text.style_of(4..12), Style::BOLD);
    let item = Item { list: ListKind::Numbered, level: Level::One, start: Some(1) };
    assert_eq!(kinds(&harness), [BlockKind::Plain, BlockKind::Item(item)]);
    key(&mut harness, CTRL, Key::Z);
    assert_eq!((body(&harness).join(" "), kinds(&harness)), ("one two".into(), vec![BlockKind::Plain; 2]));
    // Without plain text beside it, the window system tells no more than that V was released.
    harness.event(released(Key::V));
    harness.run_steps(3);
    assert_eq!(body(&harness), ["The Minister,", "trade;"]);
    type_text(&mut harness, "v");
    harness.event(released(Key::B));
    harness.run_steps(3);
    assert_eq!(body(&harness), ["The Minister,", "trade;v"]);
    // Nor is more left of a key whose letters a key map composes, such as Shift and V of NiDA: it pastes nothing.
    let shifted = Event::Key {
        key: Key::V,
        physical_key: None,
        pressed: false,
        repeat: false,
        modifiers: egui::Modifiers::SHIFT,
    };
    for events in [
        vec![Event::ModifiersChanged(egui::Modifiers::SHIFT), Event::Text("េះ".into()), shifted.clone()],
        // The modifiers of a copy just before say nothing of this key.
        vec![Event::ModifiersChanged(CTRL), Event::Copy, released(Key::C), Event::Text("េះ".into()), shifted],
    ] {
        harness.input_mut().events.extend(events);
        harness.run_steps(4);
    }
    assert_eq!(body(&harness), ["The Minister,", "trade;vេះេះ"]);
    // Ctrl may be released before V.
    key(&mut harness, CTRL, Key::A);
    let mut late = released(Key::V);
    if let Event::Key { modifiers, .. } = &mut late {
        *modifiers = NONE;
    }
    harness.input_mut().events.extend([Event::ModifiersChanged(CTRL), Event::ModifiersChanged(NONE), late]);
    harness.run_steps(3);
    assert_eq!(body(&harness), ["The Minister,", "trade;"]);
}

#[test]
fn what_was_found_is_not_marked_once_the_bar_is_closed() {
    let mut harness = window_on(&["a visit and a visit"]);
    key(&mut harness, CTRL, Key::F);
    type_text(&mut harness, "visit");
    harness.run_steps(2);
    assert_eq!(harness.state().as_ref().unwrap().marked().len(), 3);
    key(&mut harness, NONE, Key::Escape);
    harness.run_steps(2);
    assert!(harness.state().as_ref().unwrap().marked().is_empty());
}

#[test]
fn the_wheel_turns_the_form_and_a_key_brings_the_caret_back() {
    let texts: Vec<String> = (0..60).map(|number| format!("{number} word")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut harness = window_on(&texts);
    click_paragraph(&mut harness, 1);
    let before = body_rect(&harness).top();
    let over = pos2(200.0, 700.0);
    wheel(&mut harness, over, 900.0, NONE);
    let turned = body_rect(&harness).top();
    assert!(turned < before - 500.0, "{before} {turned}");
    type_text(&mut harness, "x");
    harness.run_steps(30);
    let caret = in_body(&harness, 0, 0.0);
    assert!((60.0..860.0).contains(&caret.y), "the caret is at {caret:?}");
}

/// A window on paragraphs, with the section of the page open.
fn window_on_page_section(texts: &[&str]) -> Window {
    let mut harness = window_on(texts);
    show(&mut harness, "Page");
    harness.get_by_role_and_label(Role::Button, "Page").click();
    harness.run_steps(20);
    harness
}

#[test]
fn a_number_is_one_step_of_undo_typed_or_dragged() {
    let mut harness = window_on_page_section(&["one"]);
    let leading = |harness: &Window| editor(harness).release().page.leading;
    let boxes: Vec<Rect> = harness.get_all_by_label("Default").map(|node| node.rect()).collect();
    assert_eq!((boxes.len(), leading(&harness)), (2, None));
    let over = pos2(200.0, 700.0);
    wheel(&mut harness, over, 2000.0, NONE);
    harness.get_all_by_label("Default").nth(1).unwrap().click();
    harness.run_steps(4);
    let usual = leading(&harness).expect("a leading of its own");
    // Typed.
    harness.get_by_role_and_label(Role::SpinButton, "Line spacing").focus();
    harness.run_steps(3);
    key(&mut harness, CTRL, Key::A);
    type_text(&mut harness, "1.75");
    key(&mut harness, NONE, Key::Enter);
    assert_eq!(leading(&harness), Some(1.75));
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(leading(&harness), Some(usual));
    key(&mut harness, CTRL, Key::Y);
    assert_eq!(leading(&harness), Some(1.75));
    // Dragged, once it is left, and then another setting, which is a step of its own.
    key(&mut harness, NONE, Key::Escape);
    let place = harness.get_by_role_and_label(Role::SpinButton, "Line spacing").rect().center();
    drag(&mut harness, place, place + egui::vec2(80.0, 0.0));
    assert!(leading(&harness).is_some_and(|leading| leading > 1.8), "{:?}", leading(&harness));
    show(&mut harness, "Justified");
    harness.get_by_label("Justified").click();
    harness.run_steps(3);
    assert!(!editor(&harness).release().page.justified);
    key(&mut harness, CTRL, Key::Z);
    assert!(editor(&harness).release().page.justified);
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(leading(&harness), Some(1.75));
}

#[test]
fn the_face_of_khmer_text_is_chosen_from_a_list_in_one_step() {
    let mut harness = window_on_page_section(&["ស្ត្រី"]);
    show(&mut harness, "Number of pages");
    let face = |harness: &Window| editor(harness).release().page.khmer_face;
    let choose = |harness: &mut Window, name: &str| {
        harness.get_by_role_and_label(Role::ComboBox, "Khmer font").click();
        harness.run_steps(4);
        harness.get_by_role_and_label(Role::Button, name).click();
        harness.run_steps(4);
    };
    assert_eq!(face(&harness), KhmerFace::Battambang);
    choose(&mut harness, "Siemreap");
    assert_eq!(face(&harness), KhmerFace::Siemreap);
    let list = harness.get_by_role_and_label(Role::ComboBox, "Khmer font").accesskit_node().value();
    assert_eq!(list.as_deref(), Some("Siemreap"));
    choose(&mut harness, "Khmer OS Content");
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(face(&harness), KhmerFace::Siemreap);
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(face(&harness), KhmerFace::Battambang);
    key(&mut harness, CTRL, Key::Y);
    assert_eq!(face(&harness), KhmerFace::Siemreap);
}

#[test]
fn arrows_stay_in_the_text_at_its_ends_as_in_word() {
    let mut harness = window_on(&["one", "two"]);
    let place = editor(&harness).release().signature.place.clone();
    let headline = editor(&harness).release().headline.clone();
    click_end_of_paragraph(&mut harness, 2);
    for pressed in [Key::ArrowDown, Key::ArrowRight, Key::PageDown] {
        key(&mut harness, NONE, pressed);
    }
    key(&mut harness, CTRL, Key::ArrowRight);
    type_text(&mut harness, "x");
    click_paragraph(&mut harness, 1);
    for pressed in [Key::ArrowUp, Key::ArrowLeft, Key::PageUp] {
        key(&mut harness, NONE, pressed);
    }
    key(&mut harness, CTRL, Key::ArrowLeft);
    type_text(&mut harness, "y");
    assert_eq!(body(&harness), ["yone", "twox"]);
    click_field(&mut harness, "Headline");
    key(&mut harness, CTRL, Key::End);
    key(&mut harness, NONE, Key::ArrowDown);
    type_text(&mut harness, "z");
    let release = editor(&harness).release();
    assert_eq!((&release.headline, &release.signature.place), (&format!("{headline}z"), &place));
}

#[test]
fn a_click_on_the_date_of_the_page_opens_the_calendar_in_both_languages() {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 12, 1);
    for (language, place) in [(Language::English, "Phnom Penh"), (Language::Khmer, "រាជធានីភ្នំពេញ")]
    {
        for (times, hides) in [(1, false), (2, false), (2, true)] {
            let mut release = Release { language, headline: "A".into(), title: "B".into(), ..Release::default() };
            release.body.push(Paragraph::new(RichText::plain("One.")));
            release.signature.place = place.into();
            release.signature.date = day.into();
            let mut harness = window_on_release(&release);
            if hides {
                harness.get_by_role_and_label(Role::Button, "View").click();
                harness.run_steps(3);
                settle(&mut harness);
                harness.get_by_role_and_label(Role::CheckBox, "Comments").click();
                harness.run_steps(3);
                harness.set_size(egui::vec2(780.0, 520.0));
                settle(&mut harness);
            }
            // The date is behind the place, in letters of the page.
            let at = on_page(&harness, Field::Place, place.len() + 6);
            clicks(&mut harness, at, times);
            assert!(
                harness.query_all_by_label_contains("Or type a date").next().is_some(),
                "{language:?} {times} {hides}"
            );
            type_text(&mut harness, "x");
            assert_eq!(text(&harness, Field::Place), place, "{language:?} {times} {hides}");
        }
    }
}

//! Commands chosen in a menu by keys, which are not for the text that gets the keyboard back.

use egui::{Theme, accesskit::Toggled};

use super::*;

/// Goes to Bold in the Edit menu and takes it by a key, with the letter that the system sends along.
fn take_bold(harness: &mut Window, by: Key) {
    press_letter(harness, ALT, Key::E, "e");
    harness.run_steps(3);
    for _ in 0..40 {
        if focused(harness).contains("Bold") {
            break;
        }
        key(harness, NONE, Key::ArrowDown);
    }
    assert!(focused(harness).contains("Bold"), "{}", focused(harness));
    add_press(harness, by);
    if by == Key::Space {
        let released = harness.input_mut().events.pop();
        harness.input_mut().events.push(egui::Event::Text(" ".into()));
        harness.input_mut().events.extend(released);
    }
    harness.run_steps(6);
    settle(harness);
}

#[test]
fn a_command_taken_by_enter_or_space_types_nothing() {
    for by in [Key::Enter, Key::Space] {
        let mut harness = window(Settings::default());
        open(&mut harness, SAMPLE);
        click_paragraph(&mut harness, 1);
        let before = editor(&harness).release().clone();
        for _ in 0..5 {
            key(&mut harness, SHIFT, Key::ArrowRight);
        }
        take_bold(&mut harness, by);
        let after = editor(&harness).release();
        assert_eq!(after.body.len(), before.body.len(), "{by:?}");
        assert_eq!(after.body[0].text.as_str(), before.body[0].text.as_str(), "{by:?}");
        assert!(after.body[0].text.style_of(0..5).has(Style::BOLD), "{by:?}");
        // The selection is still there, and what is typed takes its place.
        type_text(&mut harness, "x");
        assert_eq!(text(&harness, Field::Paragraph(0)), format!("x{}", &before.body[0].text.as_str()[5..]), "{by:?}");
    }
}

#[test]
fn another_draft_has_the_caret_in_its_headline() {
    let mut harness = window(Settings::default());
    open(&mut harness, SAMPLE);
    click_field(&mut harness, "Place");
    type_text(&mut harness, "");
    open(&mut harness, SAMPLE);
    let before = editor(&harness).release().clone();
    type_text(&mut harness, "x");
    let after = editor(&harness).release();
    assert_eq!(after.signature.place, before.signature.place);
    assert_eq!(after.headline, format!("x{}", before.headline));
}

/// Goes down in the menu that is open to the line with these words.
fn go_to_line(harness: &mut Window, line: &str) {
    for _ in 0..40 {
        if focused(harness).contains(line) {
            break;
        }
        key(harness, NONE, Key::ArrowDown);
    }
    assert!(focused(harness).contains(line), "{line} is not reached, but {}", focused(harness));
}

/// Opens the View menu by F10 and arrows.
fn open_view(harness: &mut Window) {
    key(harness, NONE, Key::F10);
    for _ in 0..3 {
        key(harness, NONE, Key::ArrowRight);
    }
    key(harness, NONE, Key::ArrowDown);
    harness.run_steps(3);
}

/// Goes to a line of the View menu by F10 and arrows, and takes it by Enter.
fn take_in_view(harness: &mut Window, line: &str) {
    open_view(harness);
    go_to_line(harness, line);
    key(harness, NONE, Key::Enter);
    harness.run_steps(3);
}

fn is_on(harness: &Window, button: &str) -> bool {
    harness.get_by_role_and_label(Role::Button, button).accesskit_node().toggled() == Some(Toggled::True)
}

#[test]
fn every_choice_of_the_view_menu_is_made_by_keys() {
    let mut harness = window(Settings::default());
    open(&mut harness, SAMPLE);
    let headline_before = headline(&harness);
    for (line, theme) in [("Dark", Theme::Dark), ("Light", Theme::Light)] {
        take_in_view(&mut harness, line);
        assert_eq!(harness.ctx.theme(), theme);
    }
    take_in_view(&mut harness, "As the system");
    assert_eq!(harness.ctx.options(|options| options.theme_preference), egui::ThemePreference::System);
    for (line, on) in [("Fit page", true), ("Zoom in", false), ("Fit page", true), ("Zoom out", false)] {
        take_in_view(&mut harness, line);
        assert_eq!(is_on(&harness, "Fit page"), on, "{line}");
    }
    take_in_view(&mut harness, "Fit width");
    assert!(is_on(&harness, "Fit width"));
    // A switch is turned, and the menu closes.
    for line in ["Show invisible characters", "Curly quotation marks and dashes while typing", "Comments"] {
        let state = |harness: &mut Window| {
            open_view(harness);
            let switch = harness.get_by_role_and_label(Role::CheckBox, line);
            let is_on = switch.accesskit_node().toggled();
            key(harness, NONE, Key::Escape);
            is_on
        };
        let first = state(&mut harness);
        take_in_view(&mut harness, line);
        assert!(harness.query_by_role_and_label(Role::CheckBox, line).is_none(), "the menu is closed");
        assert_ne!(state(&mut harness), first, "{line}");
    }
    // The form goes and comes with its keyboard, and no menu stays in the way of letters.
    for _ in 0..2 {
        take_in_view(&mut harness, "Form");
        assert!(harness.query_by_label_contains("Curly quotation marks").is_none(), "the menu is closed");
        type_text(&mut harness, "y");
    }
    assert_eq!(headline(&harness).matches('y').count(), headline_before.matches('y').count() + 2);
    take_in_view(&mut harness, "ភាសាខ្មែរ");
    assert!(is_there(&harness, "ឯកសារ"));
    take_in_view(&mut harness, "English");
    harness.get_by_label("File");
    // The caret is where it was.
    type_text(&mut harness, "x");
    assert!(headline(&harness).contains('x'), "{}", headline(&harness));
}

#[test]
fn the_menu_beside_a_line_is_opened_used_and_left_by_arrows() {
    let mut harness = window(Settings::default());
    open(&mut harness, SAMPLE);
    click_paragraph(&mut harness, 1);
    press_letter(&mut harness, ALT, Key::E, "e");
    harness.run_steps(3);
    go_to_line(&mut harness, "Paragraph style");
    key(&mut harness, NONE, Key::ArrowRight);
    harness.run_steps(3);
    assert!(focused(&harness).contains("Normal text"), "{}", focused(&harness));
    // Its lines are a round of their own.
    key(&mut harness, NONE, Key::ArrowUp);
    key(&mut harness, NONE, Key::ArrowDown);
    assert!(focused(&harness).contains("Normal text"), "{}", focused(&harness));
    key(&mut harness, NONE, Key::ArrowLeft);
    harness.run_steps(3);
    assert!(focused(&harness).contains("Paragraph style"), "{}", focused(&harness));
    key(&mut harness, NONE, Key::Enter);
    harness.run_steps(3);
    go_to_line(&mut harness, "Quotation");
    key(&mut harness, NONE, Key::Enter);
    assert_eq!(editor(&harness).release().body[0].kind, release_composer::release::BlockKind::Quotation);
    assert!(!is_there(&harness, "Select all"), "the menu is closed");
    // From a line that opens no menu, the arrow goes to the next menu as before.
    press_letter(&mut harness, ALT, Key::E, "e");
    harness.run_steps(3);
    key(&mut harness, NONE, Key::ArrowRight);
    harness.run_steps(3);
    assert!(is_there(&harness, "Make addresses links"));
}

#[test]
fn a_menu_that_was_scrolled_begins_at_its_top_again() {
    let mut harness = window(Settings::default());
    harness.set_size(egui::vec2(900.0, 460.0));
    harness.run_steps(3);
    let top = |harness: &mut Window| {
        press_letter(harness, ALT, Key::F, "f");
        harness.run_steps(4);
        harness.get_by_label("New release in English Ctrl+N").rect().top()
    };
    let first = top(&mut harness);
    for _ in 0..15 {
        key(&mut harness, NONE, Key::ArrowDown);
    }
    harness.run_steps(4);
    assert!(harness.get_by_label("New release in English Ctrl+N").rect().top() < first - 50.0, "it scrolls");
    key(&mut harness, NONE, Key::Escape);
    harness.run_steps(4);
    // By the mouse no line of it gets the keyboard, and so none is scrolled to.
    harness.get_by_role_and_label(Role::Button, "File").click();
    harness.run_steps(4);
    let rect = harness.get_by_label("New release in English Ctrl+N").rect();
    assert!((rect.top() - first).abs() < 1.0, "{} is not {first}", rect.top());
}

#[test]
fn the_size_of_type_is_changed_by_keys() {
    let mut harness = window(Settings::default());
    let tab_to = |harness: &mut Window, name: &str| {
        for _ in 0..80 {
            if focused(harness) == name {
                break;
            }
            key(harness, NONE, Key::Tab);
        }
        assert_eq!(focused(harness), name);
    };
    tab_to(&mut harness, "Page");
    key(&mut harness, NONE, Key::Enter);
    harness.run_steps(10);
    tab_to(&mut harness, "Default");
    key(&mut harness, NONE, Key::Space);
    key(&mut harness, SHIFT, Key::Tab);
    assert_eq!(focused(&harness), "Type size (pt)");
    key(&mut harness, NONE, Key::ArrowUp);
    key(&mut harness, NONE, Key::Tab);
    let house = release_composer::typeset::house::house(editor(&harness).release().language).body_size;
    assert!(editor(&harness).release().page.body_size.is_some_and(|size| size > house));
}

#[test]
fn a_date_is_put_where_the_caret_is() {
    let mut harness = window(Settings::default());
    type_text(&mut harness, "A visit on ");
    press_letter(&mut harness, ALT | egui::Modifiers::SHIFT, Key::D, "D");
    let today = chrono::Local::now().date_naive();
    let date = dates::date_in(Language::English, today);
    assert_eq!(focused(&harness), date, "Enter takes the first way");
    key(&mut harness, NONE, Key::Tab);
    assert_eq!(focused(&harness), dates::date_with_weekday(Language::English, today));
    key(&mut harness, NONE, Key::Enter);
    settle(&mut harness);
    type_text(&mut harness, "!");
    let written = dates::date_with_weekday(Language::English, today);
    assert_eq!(headline(&harness), format!("A visit on {written}!"));
    // What was typed behind it, and the date.
    for _ in 0..2 {
        key(&mut harness, CTRL, Key::Z);
    }
    assert_eq!(headline(&harness), "A visit on ");
    // Escape leaves everything as it was, the caret too.
    press_letter(&mut harness, ALT | egui::Modifiers::SHIFT, Key::D, "D");
    key(&mut harness, NONE, Key::Escape);
    settle(&mut harness);
    type_text(&mut harness, "Monday");
    assert_eq!(headline(&harness), "A visit on Monday");
}

#[test]
fn a_line_that_is_switched_closes_the_menu_by_mouse_as_by_key() {
    let mut harness = window(Settings::default());
    type_text(&mut harness, "one");
    harness.get_by_label("View").click();
    harness.run_steps(3);
    harness.get_by_role_and_label(Role::CheckBox, "Show invisible characters").click();
    harness.run_steps(3);
    settle(&mut harness);
    assert!(!is_there(&harness, "Curly quotation marks"), "the menu is open");
    type_text(&mut harness, " two");
    assert_eq!(headline(&harness), "one two");
}

#[test]
fn a_letter_goes_to_the_line_that_begins_with_it_and_chooses_the_only_one() {
    let mut harness = window(Settings::default());
    open(&mut harness, SAMPLE);
    press_letter(&mut harness, ALT, Key::F, "f");
    harness.run_steps(3);
    // There are several lines with an S.
    press_letter(&mut harness, NONE, Key::S, "s");
    harness.run_steps(3);
    assert!(focused(&harness).contains("Save"), "{}", focused(&harness));
    let first = focused(&harness);
    press_letter(&mut harness, NONE, Key::S, "s");
    harness.run_steps(3);
    assert!(focused(&harness).contains("Save") && focused(&harness) != first, "{}", focused(&harness));
    key(&mut harness, NONE, Key::Escape);
    let before = editor(&harness).release().clone();
    // About is the only line of Help with an A.
    press_letter(&mut harness, ALT, Key::H, "h");
    harness.run_steps(3);
    press_letter(&mut harness, NONE, Key::A, "a");
    harness.run_steps(6);
    assert!(harness.query_by_label("Copy details").is_some());
    assert_eq!(*editor(&harness).release(), before, "no letter is typed");
}

/// Presses Alt and lets it go, with these events between.
fn tap_alt(harness: &mut Window, between: &[egui::Event]) {
    harness.event(egui::Event::ModifiersChanged(ALT));
    between.iter().for_each(|event| harness.event(event.clone()));
    harness.event(egui::Event::ModifiersChanged(NONE));
    harness.run_steps(4);
    settle(harness);
}

#[test]
fn alt_by_itself_goes_to_the_menu_and_escape_back_to_the_text() {
    let mut harness = window(Settings::default());
    open(&mut harness, SAMPLE);
    let before = headline(&harness);
    tap_alt(&mut harness, &[]);
    assert_eq!(focused(&harness), "File");
    key(&mut harness, NONE, Key::ArrowRight);
    assert_eq!(focused(&harness), "Edit");
    key(&mut harness, NONE, Key::Escape);
    type_text(&mut harness, "x");
    tap_alt(&mut harness, &[egui::Event::Text("y".into())]);
    type_text(&mut harness, "z");
    assert_eq!(headline(&harness), format!("xyz{before}"));
    // Pressed again, it leads back.
    tap_alt(&mut harness, &[]);
    tap_alt(&mut harness, &[]);
    type_text(&mut harness, "w");
    assert_eq!(headline(&harness), format!("xyzw{before}"));
}

#[test]
fn the_insert_menu_begins_a_page() {
    let mut harness = window(Settings::default());
    open(&mut harness, SAMPLE);
    let before = editor(&harness).release().body.len();
    click_end_of_paragraph(&mut harness, 1);
    press_letter(&mut harness, ALT, Key::I, "i");
    harness.run_steps(3);
    assert!(focused(&harness).contains("Page break"), "{}", focused(&harness));
    key(&mut harness, NONE, Key::Enter);
    type_text(&mut harness, "On a page of its own.");
    let body = &editor(&harness).release().body;
    assert_eq!((body.len(), body[1].text.as_str(), body[1].new_page), (before + 1, "On a page of its own.", true));
}

#[test]
fn the_menu_key_on_a_button_opens_no_menu_of_the_text_that_is_gone_to_next() {
    let mut harness = window(Settings::default());
    harness.get_by_label_contains("Choose a date").focus();
    harness.run_steps(2);
    key(&mut harness, SHIFT, Key::F10);
    click_field(&mut harness, "Headline");
    settle(&mut harness);
    assert!(!is_there(&harness, "Select all"));
    // In the text it opens its menu.
    key(&mut harness, SHIFT, Key::F10);
    assert!(is_there(&harness, "Select all"));
}

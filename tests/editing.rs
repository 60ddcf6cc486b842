//! The text of a release, typed, selected and moved as in Word: in the form and on the page, with keyboard and mouse.
#![cfg(feature = "window")]

mod driven;

use driven::*;
use egui::{Event, Key, PointerButton, Pos2, Rect, accesskit::Role, pos2};
use egui_kittest::{Harness, kittest::Queryable as _};
use release_composer::{
    editor::{Editor, Places},
    release::{Field, Paragraph, Release, RichText, Style, file},
    storage::Settings,
    typeset::{Cache, Source, typeset},
};

type Window = Harness<'static, Option<Editor>>;

/// A window on a draft with these paragraphs.
fn window_on(texts: &[&str]) -> Window {
    let body = texts.iter().map(|text| Paragraph::new(RichText::plain(*text))).collect();
    let release = Release { headline: "Visit".into(), title: "PRESS RELEASE".into(), body, ..Release::default() };
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("draft.ron");
    std::fs::write(&draft, file::write(&release)).unwrap();
    // Two clicks in a row are soon enough after each other to be a double click.
    let mut harness = window_at_pace(Settings::default(), Places::default(), 0.05);
    open(&mut harness, draft.to_str().unwrap());
    harness
}

fn body(harness: &Window) -> Vec<String> {
    editor(harness).release().body.iter().map(|block| block.text.as_str().to_owned()).collect()
}

fn body_rect(harness: &Window) -> Rect {
    harness.get_by_role_and_label(Role::MultilineTextInput, "Text").rect()
}

/// The middle of the first line of a paragraph of one line each, so far from its left edge.
fn in_body(harness: &Window, paragraph: usize, x: f32) -> Pos2 {
    let rect = body_rect(harness);
    pos2(rect.left() + 9.0 + x, rect.top() + 3.0 + paragraph as f32 * 38.0 + 14.0)
}

fn press(harness: &mut Window, pos: Pos2, modifiers: egui::Modifiers, pressed: bool) {
    harness.event(Event::PointerMoved(pos));
    harness.event(Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers });
    harness.run_steps(1);
}

fn click(harness: &mut Window, pos: Pos2, modifiers: egui::Modifiers) {
    // A click of its own, and not the second of two.
    harness.run_steps(10);
    harness.event(Event::ModifiersChanged(modifiers));
    press(harness, pos, modifiers, true);
    press(harness, pos, modifiers, false);
    harness.event(Event::ModifiersChanged(NONE));
    harness.run_steps(1);
}

fn drag(harness: &mut Window, from: Pos2, to: Pos2) {
    harness.run_steps(10);
    press(harness, from, NONE, true);
    for step in 1..=4 {
        harness.event(Event::PointerMoved(from + (to - from) * (step as f32 / 4.0)));
        harness.run_steps(1);
    }
    press(harness, to, NONE, false);
    harness.run_steps(2);
}

/// Where a byte of a field is on the screen, on the page.
fn on_page(harness: &Window, field: Field, byte: usize) -> Pos2 {
    let release = editor(harness).release();
    let pages = typeset(release, None, &mut Cache::default());
    let (page, x, y) = pages
        .lines()
        .find_map(|(page, line)| match line.source {
            Source::Field { field: of, prefix } if of == field => {
                Some((page, line.caret_x(byte + prefix)?, line.baseline - line.reach.0 / 3.0))
            }
            _ => None,
        })
        .unwrap();
    let name = format!("Page {} of {}", page + 1, pages.pages.len());
    let rect = harness.get_by_role_and_label(Role::Image, &name).rect();
    let factor = rect.width() / pages.size.0;
    rect.min + egui::vec2(x, y) * factor
}

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
fn the_page_is_typed_on_selected_and_undone() {
    let mut harness = window_on(&["The Minister met.", "They spoke."]);
    let at = on_page(&harness, Field::Paragraph(0), 4);
    click(&mut harness, at, NONE);
    type_text(&mut harness, "First ");
    assert_eq!(body(&harness)[0], "The First Minister met.");
    key(&mut harness, SHIFT, Key::End);
    key(&mut harness, CTRL, Key::B);
    assert_eq!(editor(&harness).release().body[0].text.style_of(10..20), Style::BOLD);
    key(&mut harness, CTRL, Key::End);
    key(&mut harness, NONE, Key::Enter);
    type_text(&mut harness, "Third.");
    assert_eq!(body(&harness), ["The First Minister met.", "They spoke.", "Third."]);
    for wanted in [3, 2] {
        assert_eq!(body(&harness).len(), wanted);
        key(&mut harness, CTRL, Key::Z);
        key(&mut harness, CTRL, Key::Z);
    }
    // The headline, with its quotation marks that are not its own.
    let at = on_page(&harness, Field::Headline, 0);
    click(&mut harness, at, NONE);
    type_text(&mut harness, "Official ");
    assert_eq!(text(&harness, Field::Headline), "Official Visit");
    // A selection over paragraphs, by the mouse.
    let (from, to) = (on_page(&harness, Field::Paragraph(0), 0), on_page(&harness, Field::Paragraph(1), 0));
    drag(&mut harness, from, to);
    key(&mut harness, NONE, Key::Delete);
    assert_eq!(body(&harness), ["They spoke."]);
}

#[test]
fn khmer_is_typed_on_the_page_and_put_in_order() {
    let mut harness = window_on(&["x"]);
    let at = on_page(&harness, Field::Paragraph(0), 1);
    click(&mut harness, at, NONE);
    type_text(&mut harness, "ក\u{17B6}\u{17D2}រម");
    assert_eq!(body(&harness), ["xក\u{17D2}រ\u{17B6}ម"]);
    key(&mut harness, NONE, Key::Backspace);
    key(&mut harness, NONE, Key::Backspace);
    assert_eq!(body(&harness), ["xក\u{17D2}រ"]);
}

#[test]
fn the_page_follows_the_caret_and_stays_where_it_was_scrolled() {
    let texts: Vec<String> = (0..60).map(|number| format!("{number} ") + &"word ".repeat(60)).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut harness = window_on(&texts);
    let last = typeset(editor(&harness).release(), None, &mut Cache::default()).pages.len();
    assert!(last > 8);
    let is_seen = |harness: &Window, page: usize| {
        harness.query_by_role_and_label(Role::Image, &format!("Page {page} of {last}")).is_some()
    };
    assert!(is_seen(&harness, 1));
    click_end_of_paragraph(&mut harness, 60);
    harness.run_steps(2);
    assert!(is_seen(&harness, last) && !is_seen(&harness, 1));
    // Scrolled by hand it waits until the next change.
    let page = harness.get_by_role_and_label(Role::Image, &format!("Page {last} of {last}")).rect();
    harness.event(Event::PointerMoved(page.center()));
    for _ in 0..40 {
        let delta = egui::vec2(0.0, 2000.0);
        let unit = egui::MouseWheelUnit::Point;
        let (phase, source) = (egui::TouchPhase::Move, egui::MouseWheelSource::Wheel);
        harness.event(Event::MouseWheel { unit, delta, phase, modifiers: NONE, source });
        harness.run_steps(2);
    }
    assert!(is_seen(&harness, 1));
    harness.run_steps(4);
    assert!(is_seen(&harness, 1));
    // One frame takes the key and shows it.
    harness.event(Event::Text("x".into()));
    harness.run_steps(1);
    assert!(is_seen(&harness, last), "the key shows in the same frame");
    key(&mut harness, CTRL, Key::Home);
    assert!(is_seen(&harness, 1));
    key(&mut harness, CTRL, Key::Z);
    assert!(is_seen(&harness, last), "what is undone is in view");
}

#[test]
fn straight_quotes_become_curly_and_one_undo_brings_them_back() {
    let mut harness = window_on(&["", ""]);
    click_paragraph(&mut harness, 1);
    type_text(&mut harness, "a \"b\"");
    assert_eq!(body(&harness)[0], "a “b”");
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(body(&harness)[0], "a “b\"");
    type_text(&mut harness, " c");
    assert_eq!(body(&harness)[0], "a “b\" c");
    harness.get_by_label("View").click();
    harness.run_steps(3);
    harness.get_by_label("Curly quotation marks while typing").click();
    harness.run_steps(3);
    key(&mut harness, NONE, Key::Escape);
    click_paragraph(&mut harness, 2);
    type_text(&mut harness, "\"");
    assert_eq!(body(&harness)[1], "\"");
}

#[test]
fn paragraphs_are_copied_and_formatted_text_is_pasted() {
    let mut harness = window_on(&["one", "two"]);
    harness.state_mut().as_mut().unwrap().use_own_clipboard(String::new());
    click_paragraph(&mut harness, 1);
    key(&mut harness, CTRL, Key::A);
    harness.event(Event::Copy);
    harness.run_steps(1);
    let copied = harness.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    assert_eq!(copied.as_deref(), Some("one\ntwo"));
    let html = "<p>The <b>Minister</b>,</p><p>&nbsp;</p><ol><li>trade;</li></ol>";
    harness.state_mut().as_mut().unwrap().use_own_clipboard(html.to_owned());
    let released = |key| Event::Key { key, physical_key: None, pressed: false, repeat: false, modifiers: CTRL };
    harness.event(Event::Paste("The Minister,\n\n1. trade;".into()));
    harness.event(released(Key::V));
    harness.run_steps(2);
    assert_eq!(body(&harness), ["The Minister,", "1. trade;"]);
    assert_eq!(editor(&harness).release().body[0].text.style_of(4..12), Style::BOLD);
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(body(&harness), ["one", "two"]);
    // Without plain text beside it, the window system tells no more than that V was released.
    harness.event(released(Key::V));
    harness.run_steps(3);
    assert_eq!(body(&harness), ["The Minister,", "1. trade;"]);
    type_text(&mut harness, "v");
    harness.event(released(Key::B));
    harness.run_steps(3);
    assert_eq!(body(&harness), ["The Minister,", "1. trade;v"]);
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
fn the_form_can_be_hidden_and_the_page_goes_on() {
    let mut harness = window_on(&["one"]);
    harness.get_by_label("View").click();
    harness.run_steps(3);
    harness.get_by_label("Form").click();
    harness.run_steps(3);
    key(&mut harness, NONE, Key::Escape);
    assert!(harness.query_by_role_and_label(Role::MultilineTextInput, "Text").is_none());
    let at = on_page(&harness, Field::Paragraph(0), 3);
    click(&mut harness, at, NONE);
    type_text(&mut harness, "!");
    assert_eq!(body(&harness), ["one!"]);
}

//! The page: typed on, selected on, and always where the caret is.

use super::*;

/// The upper and the lower edge of what is seen of the pages.
fn view(harness: &Window) -> (f32, f32) {
    let bar = harness.get_by_role_and_label(Role::Button, "Bold").rect();
    let status = harness.get_by_role_and_label(Role::Button, "Zoom in").rect();
    (bar.bottom(), status.top())
}

/// Whether a place of the text is on the screen, on the page.
fn is_seen(harness: &Window, field: Field, byte: usize) -> bool {
    let pages = editor(harness).seen_pages();
    let is_of = |line: &release_composer::typeset::Line| match line.source {
        Source::Field { field: of, prefix } if of == field => line.caret_x(byte + prefix).is_some(),
        _ => false,
    };
    let Some((page, line)) = pages.lines().find(|(_, line)| is_of(line)) else { return false };
    let name = format!("Page {} of {}", page + 1, pages.pages.len());
    let Some(node) = harness.query_by_role_and_label(Role::Document, &name) else { return false };
    let factor = node.rect().width() / pages.size.0;
    let y = node.rect().top() + line.baseline * factor;
    let (top, bottom) = view(harness);
    (top + 5.0..bottom - 5.0).contains(&y)
}

fn end_is_seen(harness: &Window) -> bool {
    let last = editor(harness).release().body.len() - 1;
    is_seen(harness, Field::Paragraph(last), text(harness, Field::Paragraph(last)).len())
}

/// So many words in which nothing is to be mended, since marks would be drawn for it.
fn prose(words: usize) -> String {
    let words =
        "The two Ministers spoke at length of trade and of the border. ".split_inclusive(' ').cycle().take(words);
    words.collect()
}

fn many(count: usize, words: usize) -> Vec<String> {
    (0..count).map(|number| format!("{number} {}", prose(words))).collect()
}

fn window_on_all(texts: &[String]) -> Window {
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    window_on(&texts)
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
    let body = many(24, 60).iter().map(|text| Paragraph::new(RichText::plain(&**text))).collect();
    let mut release = Release { headline: "Visit".into(), title: "PRESS RELEASE".into(), body, ..Release::default() };
    // Large, so that less text fills as many pages.
    (release.page.body_size, release.page.leading) = (Some(18.0), Some(3.0));
    let mut harness = window_on_release(&release);
    let last = typeset(editor(&harness).release(), None, &mut Cache::default()).pages.len();
    assert!(last >= 12, "{last}");
    let is_seen = |harness: &Window, page: usize| {
        harness.query_by_role_and_label(Role::Document, &format!("Page {page} of {last}")).is_some()
    };
    assert!(is_seen(&harness, 1));
    click_end_of_paragraph(&mut harness, 24);
    harness.run_steps(2);
    assert!(is_seen(&harness, last) && !is_seen(&harness, 1));
    // Scrolled by hand it waits until the next change.
    wheel(&mut harness, pos2(900.0, 450.0), -40_000.0, NONE);
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

/// All texts of a page are in one widget: Tab goes from one to the next, and never into the menus.
#[test]
fn tab_leads_from_text_to_text_on_the_page() {
    let mut harness = window_on(&["one", "two"]);
    let at = on_page(&harness, Field::Headline, 2);
    click(&mut harness, at, NONE);
    key(&mut harness, NONE, Key::Tab);
    type_text(&mut harness, "!");
    assert_eq!(body(&harness), ["!one", "two"]);
    key(&mut harness, NONE, Key::Tab);
    type_text(&mut harness, "!");
    assert!(editor(&harness).release().signature.place.ends_with('!'), "out of the text, whatever its paragraph");
    for _ in 0..2 {
        key(&mut harness, egui::Modifiers::SHIFT, Key::Tab);
    }
    type_text(&mut harness, "?");
    assert_eq!(editor(&harness).release().headline.as_str(), "Visit?");
    // In a list it changes the level, as in the form.
    let at = on_page(&harness, Field::Paragraph(1), 0);
    click(&mut harness, at, NONE);
    key(&mut harness, NONE, Key::Home);
    type_text(&mut harness, "- ");
    key(&mut harness, NONE, Key::Tab);
    assert_eq!(kinds(&harness)[1].level(), Some(Level::Two));
}

/// Pages that come in the very frame of the last key.
#[test]
fn what_is_typed_onto_a_page_of_its_own_is_in_view() {
    let mut harness = window_on(&["one"]);
    let at = on_page(&harness, Field::Paragraph(0), 3);
    click(&mut harness, at, NONE);
    at_once(&mut harness, vec![Event::Text(prose(900))]);
    assert!(editor(&harness).seen_pages().pages.len() > 1);
    assert!(end_is_seen(&harness));
    key(&mut harness, CTRL, Key::Z);
    assert!(end_is_seen(&harness), "undone");
    key(&mut harness, CTRL, Key::Y);
    assert!(end_is_seen(&harness), "redone");
    // As fast as the keyboard gives them: all at once, on the page and in the form.
    for _ in 0..2 {
        for _ in 0..8 {
            let mut events = vec![pressed(Key::Enter, NONE)];
            events.extend(prose(32).split_inclusive(' ').map(|word| Event::Text(word.into())));
            at_once(&mut harness, events);
            assert!(end_is_seen(&harness), "paragraph {}", editor(&harness).release().body.len());
        }
        let last = editor(&harness).release().body.len();
        click_end_of_paragraph(&mut harness, last);
    }
    at_once(&mut harness, vec![Event::Paste("pasted\n\n".repeat(90))]);
    assert!(end_is_seen(&harness), "pasted");
}

#[test]
fn a_place_asked_for_again_comes_back_into_view() {
    let mut texts = many(60, 60);
    texts[50] = "needle".into();
    let mut harness = window_on_all(&texts);
    let middle = pos2(900.0, 450.0);
    key(&mut harness, CTRL, Key::F);
    type_text(&mut harness, "needle");
    for time in 0..2 {
        key(&mut harness, NONE, Key::F3);
        assert!(is_seen(&harness, Field::Paragraph(50), 6), "found, time {time}");
        wheel(&mut harness, middle, -40_000.0, NONE);
        assert!(!is_seen(&harness, Field::Paragraph(50), 6));
    }
    key(&mut harness, NONE, Key::Escape);
    assert!(is_seen(&harness, Field::Paragraph(50), 6), "the caret came back to it");
    // A click in the form where the caret is already.
    click_paragraph(&mut harness, 1);
    let at = in_body(&harness, 0, 20.0);
    for _ in 0..2 {
        click(&mut harness, at, NONE);
        assert!(is_seen(&harness, Field::Paragraph(0), 0));
        wheel(&mut harness, middle, 40_000.0, NONE);
        assert!(!is_seen(&harness, Field::Paragraph(0), 0));
    }
}

#[test]
fn a_click_on_the_page_does_not_move_it_and_the_wheel_enlarges_where_it_points() {
    let mut harness = window_on_all(&many(40, 60));
    let place = |harness: &Window| harness.get_all_by_role(Role::Document).next().unwrap().rect();
    let (_, bottom) = view(&harness);
    let before = place(&harness);
    let near_the_edge = pos2(before.center().x, bottom - 12.0);
    click(&mut harness, near_the_edge, NONE);
    harness.run_steps(5);
    type_text(&mut harness, "");
    assert!((place(&harness).top() - before.top()).abs() < 1.0, "{before:?} {:?}", place(&harness));
    let at = on_page(&harness, Field::Paragraph(2), 30);
    for _ in 0..3 {
        wheel(&mut harness, at, -60.0, CTRL);
    }
    let larger = place(&harness);
    assert!(larger.width() > before.width() * 1.2, "{before:?} {larger:?}");
    let now = on_page(&harness, Field::Paragraph(2), 30);
    assert!((now.y - at.y).abs() < 20.0, "{at:?} {now:?}");
}

#[test]
fn the_caret_stays_in_view_in_a_view_of_another_size() {
    let mut harness = window_on_all(&many(40, 60));
    // At its top a draft stays there.
    let top = |harness: &Window| harness.get_all_by_role(Role::Document).next().unwrap().rect().top();
    let before = top(&harness);
    for width in [1500.0, 1100.0, 1280.0] {
        harness.set_size(egui::vec2(width, 900.0));
        harness.run_steps(6);
        assert!((top(&harness) - before).abs() < 1.0, "{width}: {} {before}", top(&harness));
    }
    let (_, bottom) = view(&harness);
    let page = harness.get_all_by_role(Role::Document).next().unwrap().rect();
    click(&mut harness, pos2(page.center().x, bottom - 30.0), NONE);
    type_text(&mut harness, "needle");
    let (field, byte) = (0..40)
        .find_map(|index| Some((Field::Paragraph(index), text(&harness, Field::Paragraph(index)).find("needle")?)))
        .unwrap();
    assert!(is_seen(&harness, field, byte));
    // The bar that finds takes room from the pages, and without the form they are larger.
    key(&mut harness, CTRL, Key::H);
    assert!(is_seen(&harness, field, byte), "with the bar");
    key(&mut harness, NONE, Key::Escape);
    for time in 0..2 {
        harness.get_by_label("View").click();
        harness.run_steps(3);
        harness.get_by_label("Form").click();
        harness.run_steps(3);
        key(&mut harness, NONE, Key::Escape);
        assert!(is_seen(&harness, field, byte), "time {time}");
    }
}

#[test]
fn an_empty_paragraph_has_its_line_while_the_caret_is_in_it() {
    let mut harness = window_on(&["The Minister met.", "They spoke."]);
    let at = on_page(&harness, Field::Paragraph(0), 17);
    let below = on_page(&harness, Field::Paragraph(1), 0).y;
    click(&mut harness, at, NONE);
    key(&mut harness, NONE, Key::Enter);
    assert_eq!(body(&harness), ["The Minister met.", "", "They spoke."]);
    assert!(is_seen(&harness, Field::Paragraph(1), 0));
    let line = |harness: &Window, index| {
        let is_of = |source| matches!(source, Source::Field { field, .. } if field == Field::Paragraph(index));
        let pages = editor(harness).seen_pages();
        pages.lines().find(|(_, line)| is_of(line.source)).map(|(_, line)| line.baseline)
    };
    let (first, room, last) = (line(&harness, 0), line(&harness, 1), line(&harness, 2));
    assert!(first < room && room < last, "{first:?} {room:?} {last:?}");
    // What is printed is what it was.
    let print = typeset(editor(&harness).release(), None, &mut Cache::default());
    assert_ne!(**editor(&harness).seen_pages(), print);
    // The caret goes on, and the room with it; it comes back when the caret does.
    key(&mut harness, NONE, Key::ArrowDown);
    assert_eq!(line(&harness, 1), None);
    assert!((on_page(&harness, Field::Paragraph(2), 0).y - below).abs() < 0.5);
    key(&mut harness, NONE, Key::ArrowUp);
    assert_eq!(line(&harness, 1), room);
    // A click in it, and a letter.
    let node = harness.get_by_role_and_label(Role::Document, "Page 1 of 1").rect();
    let factor = node.width() / print.size.0;
    let inside = pos2(node.center().x, node.top() + room.unwrap() * factor - 3.0);
    click(&mut harness, inside, NONE);
    type_text(&mut harness, "x");
    assert_eq!(body(&harness), ["The Minister met.", "x", "They spoke."]);
}

#[test]
fn what_the_template_has_fixed_says_so_on_the_page_and_takes_nothing() {
    let mut harness = window_on(&["one"]);
    let mut release = editor(&harness).release().clone();
    release.locked = vec![release_composer::release::Lock::Title];
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("locked.ron");
    std::fs::write(&draft, file::write(&release)).unwrap();
    open(&mut harness, draft.to_str().unwrap());
    let at = on_page(&harness, Field::Title, 8);
    click(&mut harness, at, NONE);
    assert!(harness.query_by_label_contains("is fixed by the template").is_none());
    type_text(&mut harness, "xy");
    key(&mut harness, NONE, Key::Delete);
    assert_eq!(text(&harness, Field::Title), "PRESS RELEASE");
    assert_eq!(harness.get_all_by_label_contains("is fixed by the template").count(), 1, "it is said once");
    // Its words can be copied still.
    clicks(&mut harness, at, 2);
    hold(&mut harness, "");
    assert_eq!(copied(&mut harness, Event::Copy).as_deref(), Some("RELEASE"));
    let at = on_page(&harness, Field::Paragraph(0), 3);
    click(&mut harness, at, NONE);
    type_text(&mut harness, "x");
    assert_eq!(body(&harness), ["onex"]);
}

#[test]
fn the_mouse_selects_and_carries_on_the_page_too() {
    let mut harness = window_on(&["one two three", "four five six"]);
    let (one, two) = (Field::Paragraph(0), Field::Paragraph(1));
    let at = on_page(&harness, one, 5);
    for (times, wanted) in [(2, "one 2 three"), (3, "2")] {
        clicks(&mut harness, at, times);
        type_text(&mut harness, "2");
        assert_eq!(body(&harness)[0], wanted);
        key(&mut harness, CTRL, Key::Z);
        assert_eq!(body(&harness)[0], "one two three");
    }
    // Shift with a click selects to there, over the end of a paragraph.
    click(&mut harness, at, NONE);
    let to = on_page(&harness, two, 4);
    click(&mut harness, to, SHIFT);
    type_text(&mut harness, "-");
    assert_eq!(body(&harness), ["one t- five six"]);
    key(&mut harness, CTRL, Key::Z);
    // What is selected is carried behind the last word.
    let from = on_page(&harness, one, 1);
    clicks(&mut harness, from, 2);
    let end = on_page(&harness, two, 13);
    drag(&mut harness, from, end + egui::vec2(4.0, 0.0));
    assert_eq!(body(&harness), ["two three", "four five six one"], "with the spaces that belong between words");
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(body(&harness), ["one two three", "four five six"]);
}

#[test]
fn the_clipboard_serves_the_page_as_the_form() {
    let mut harness = window_on(&["one two", "three"]);
    hold(&mut harness, "");
    let (from, to) = (on_page(&harness, Field::Paragraph(0), 4), on_page(&harness, Field::Paragraph(1), 5));
    drag(&mut harness, from, to + egui::vec2(3.0, 0.0));
    assert_eq!(copied(&mut harness, Event::Copy).as_deref(), Some("two\nthree"));
    assert_eq!(copied(&mut harness, Event::Cut).as_deref(), Some("two\nthree"));
    assert_eq!(body(&harness), ["one "]);
    hold(&mut harness, include_str!("../data/clipboard/libreoffice-statement.html"));
    at_once(&mut harness, vec![Event::Paste("Joint statement".into())]);
    let pasted = body(&harness);
    assert_eq!((pasted.len(), pasted[0].as_str(), pasted[4].as_str()), (14, "one Joint statement", "Trade;"));
    assert!(end_is_seen(&harness));
    key(&mut harness, CTRL, Key::Z);
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(body(&harness), ["one two", "three"]);
}

#[test]
fn a_drag_beyond_the_view_turns_the_page() {
    let mut harness = window_on_all(&many(40, 60));
    let (_, bottom) = view(&harness);
    let from = on_page(&harness, Field::Paragraph(1), 20);
    press(&mut harness, from, NONE, true);
    let below = pos2(from.x, bottom + 20.0);
    harness.event(Event::PointerMoved(below));
    harness.run_steps(60);
    press(&mut harness, below, NONE, false);
    harness.run_steps(2);
    hold(&mut harness, "");
    let copied = copied(&mut harness, Event::Copy).unwrap();
    assert!(copied.lines().count() > 8, "{} paragraphs", copied.lines().count());
}

#[test]
fn an_empty_draft_is_typed_on_from_its_first_key() {
    let mut harness = window_on(&[]);
    assert!(body(&harness).is_empty());
    let page = harness.get_all_by_role(Role::Document).next().unwrap().rect();
    click(&mut harness, page.center(), NONE);
    key(&mut harness, CTRL, Key::End);
    type_text(&mut harness, "ក");
    key(&mut harness, NONE, Key::Enter);
    type_text(&mut harness, "b");
    for _ in 0..6 {
        key(&mut harness, CTRL, Key::Z);
    }
    for _ in 0..6 {
        key(&mut harness, CTRL, Key::Y);
    }
    let all = [text(&harness, Field::Headline), body(&harness).concat()].concat();
    assert!(all.contains('ក') && all.contains('b'), "{all:?}");
}

#[test]
fn input_methods_and_names_serve_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let list = r#"(names: [(english: "KAMIKAWA Yoko", title: (english: "Minister for Foreign Affairs of Japan"))])"#;
    std::fs::write(folder.path().join("names.ron"), list).unwrap();
    let places = Places { settings: Some(folder.path().join("settings.ron")), ..Places::default() };
    let mut harness = window_at_pace(Settings::default(), places, 0.05);
    let page = harness.get_all_by_role(Role::Document).next().unwrap().rect();
    click_paragraph(&mut harness, 1);
    type_text(&mut harness, "with ");
    let at = on_page(&harness, Field::Paragraph(0), 5);
    click(&mut harness, at, NONE);
    harness.event(Event::Ime(egui::ImeEvent::Preedit { text: "ខ្".to_owned(), active_range_chars: None }));
    harness.run_steps(2);
    assert_eq!(body(&harness), ["with "], "what is composed is not yet text");
    harness.event(Event::Ime(egui::ImeEvent::Commit("ខ្មែរ ".to_owned())));
    harness.run_steps(2);
    assert_eq!(body(&harness), ["with ខ្មែរ "]);
    type_text(&mut harness, "kam");
    harness.run_steps(3);
    let offered = harness.get_by_role_and_label(Role::ListBoxOption, "KAMIKAWA Yoko").rect();
    assert!(page.contains(offered.center()), "the list is on the page: {offered:?}");
    key(&mut harness, NONE, Key::Enter);
    assert_eq!(body(&harness), ["with ខ្មែរ KAMIKAWA Yoko"]);
    key(&mut harness, CTRL, Key::Z);
    assert_eq!(body(&harness), ["with ខ្មែរ kam"]);
}

/// An empty headline has no line of its own in print: it is gone to by the arrows, by Tab, and by a click between the
/// title and the text.
#[test]
fn an_empty_headline_is_gone_to_again() {
    for language in [Language::English, Language::Khmer] {
        let body = ["The Minister met.", "They spoke."].map(|text| Paragraph::new(RichText::plain(text))).to_vec();
        let mut harness = window_on_release(&Release { body, ..Release::blank(language) });
        let seen = |harness: &Window, of: Field| {
            let pages = editor(harness).seen_pages();
            let is_of = |line: &release_composer::typeset::Line| matches!(line.source, Source::Field { field, .. } if field == of);
            let (_, line) = pages.lines().find(|(_, line)| is_of(line))?;
            let rect = harness.get_by_role_and_label(Role::Document, "Page 1 of 1").rect();
            let at = egui::vec2(line.left + 20.0, line.baseline - 3.0) * (rect.width() / pages.size.0);
            Some((rect.min + at, line.characters().to_owned()))
        };
        let headline = |harness: &mut Window, how: &str| {
            type_text(harness, "x");
            assert_eq!(text(harness, Field::Headline), "x", "{how}");
            key(harness, CTRL, Key::Z);
            assert_eq!(text(harness, Field::Headline), "");
            // The caret stands alone: no marks are around it.
            assert_eq!(seen(harness, Field::Headline).unwrap().1.trim_matches('\u{200B}'), "", "{how}");
        };
        // A click that takes the line of the headline away selects nothing of what comes under the mouse.
        let enter = |harness: &mut Window| {
            let (at, _) = seen(harness, Field::Paragraph(0)).unwrap();
            click(harness, at, NONE);
            assert_eq!(seen(harness, Field::Headline), None);
        };
        headline(&mut harness, "at first");
        enter(&mut harness);
        type_text(&mut harness, "-");
        assert_eq!(body_of(&harness), (18, 11));
        key(&mut harness, CTRL, Key::Z);
        key(&mut harness, NONE, Key::ArrowUp);
        headline(&mut harness, "by an arrow");
        enter(&mut harness);
        key(&mut harness, SHIFT, Key::Tab);
        headline(&mut harness, "by Tab");
        enter(&mut harness);
        let [title, first] = [Field::Title, Field::Paragraph(0)].map(|field| seen(&harness, field).unwrap().0);
        // Anywhere between the letters of both.
        for share in [0.35, 0.5, 0.65] {
            click(&mut harness, pos2(first.x + 100.0, title.y + (first.y - title.y) * share), NONE);
            headline(&mut harness, &format!("by a click at {share}"));
            enter(&mut harness);
        }
    }
}

/// The lengths of the two paragraphs.
fn body_of(harness: &Window) -> (usize, usize) {
    let body = body(harness);
    assert_eq!(body.len(), 2);
    (body[0].len(), body[1].len())
}

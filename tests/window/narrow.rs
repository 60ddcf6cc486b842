//! Narrow windows: nothing lies over another thing, and nothing is cut off.

use egui::{Rect, accesskit::Role};

use super::*;

#[test]
fn the_page_section_fits_a_narrow_form() {
    for size in [egui::vec2(800.0, 600.0), egui::vec2(1024.0, 768.0), egui::vec2(1280.0, 900.0)] {
        let mut harness = window(Settings::default());
        harness.set_size(size);
        open(&mut harness, SAMPLE);
        harness.get_by_role_and_label(Role::Button, "Page").click_accesskit();
        settle(&mut harness);
        // Everything is as wide as the field of the headline at most.
        let edge = harness.get_by_role_and_label(Role::TextInput, "Headline").rect().right() + 1.0;
        let label = |label: &str| harness.get_by_label(label).rect();
        let mut boxes: Vec<Rect> = Vec::new();
        for side in ["top", "right", "bottom", "left"] {
            let name = label(side);
            let number = harness.get_by_role_and_label(Role::SpinButton, &format!("Margins (mm) {side}")).rect();
            assert!((name.center().y - number.center().y).abs() < 6.0, "{side} is not beside its box in {size}");
            assert!(name.right() <= number.left() && number.left() - name.right() < 60.0, "{side} in {size}");
            assert!(number.right() <= edge, "{side} is cut off in {size}");
            boxes.push(number);
        }
        let below = harness.get_by_role_and_label(Role::Label, "Type size (pt)").rect();
        for (index, one) in boxes.iter().enumerate() {
            assert!(one.bottom() <= below.top(), "a margin lies over the size of type in {size}");
            assert!(boxes.iter().skip(index + 1).all(|other| !one.shrink(1.0).intersects(*other)), "{size}");
        }
        for choice in ["Automatic", "One", "Two", "A4", "Letter"] {
            assert!(label(choice).right() <= edge, "{choice} is cut off in {size}");
        }
    }
}

#[test]
fn the_list_of_columns_is_beside_its_name_in_a_narrow_form() {
    for size in [egui::vec2(800.0, 600.0), egui::vec2(1280.0, 900.0)] {
        let mut harness = window(Settings::default());
        harness.set_size(size);
        open(&mut harness, SAMPLE);
        harness.get_by_label("Add a signatory").click_accesskit();
        settle(&mut harness);
        let edge = harness.get_by_role_and_label(Role::TextInput, "Headline").rect().right() + 1.0;
        let name = harness.get_by_role_and_label(Role::Label, "Columns").rect();
        let list = harness.get_by_role_and_label(Role::ComboBox, "Columns").rect();
        assert!((name.center().y - list.center().y).abs() < 6.0, "{name:?} is not beside {list:?} in {size}");
        assert!(name.right() <= list.left() && list.left() - name.right() < 20.0, "{name:?} {list:?} in {size}");
        assert!(list.right() <= edge, "the list is cut off in {size}");
    }
}

#[test]
fn number_boxes_speak_the_language_of_the_window_and_take_both_kinds_of_digits() {
    let mut harness = window(Settings { language: WindowLanguage::Khmer, ..Settings::default() });
    let words = |name: &str| {
        let source = include_str!("../../assets/i18n/km.ftl");
        let line = source.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "));
        line.unwrap().to_owned()
    };
    harness.get_by_role_and_label(Role::Button, &words("section-page")).click_accesskit();
    settle(&mut harness);
    let name = format!("{} {}", words("margins"), words("margin-top"));
    let value = |harness: &Harness<'_, Option<Editor>>| {
        let number = harness.get_by_role_and_label(Role::SpinButton, &name);
        number.accesskit_node().value().unwrap_or_default()
    };
    let margin = |harness: &Harness<'_, Option<Editor>>| editor(harness).release().page.margins.top;
    assert_eq!(value(&harness), "២៥,៤", "{}", margin(&harness));
    for (typed, meant) in [("៣០,៥", 30.5), ("20", 20.0)] {
        harness.get_by_role_and_label(Role::SpinButton, &name).focus();
        harness.run_steps(2);
        key(&mut harness, CTRL, egui::Key::A);
        type_text(&mut harness, typed);
        key(&mut harness, NONE, egui::Key::Tab);
        assert!((margin(&harness) - meant).abs() < 0.01, "{typed}: {}", margin(&harness));
    }
    assert_eq!(value(&harness), "២០,០");
    // Only what belongs to a number is taken, in the digits of the window, also after Return.
    harness.get_by_role_and_label(Role::SpinButton, &name).focus();
    harness.run_steps(2);
    key(&mut harness, CTRL, egui::Key::A);
    type_text(&mut harness, "3aក-0.5%");
    assert!(is_drawn(&harness, "៣០,៥"));
    key(&mut harness, NONE, egui::Key::Enter);
    assert!((margin(&harness) - 30.5).abs() < 0.01, "{}", margin(&harness));
    assert!(is_drawn(&harness, "៣០,៥") && !is_drawn(&harness, "30.5"));
    // The next number takes its place, as the keyboard is still in the box.
    type_text(&mut harness, "15");
    assert!((margin(&harness) - 15.0).abs() < 0.01, "{}", margin(&harness));
}

/// Whether egui draws a text of these words.
fn is_drawn(harness: &Harness<'_, Option<Editor>>, words: &str) -> bool {
    fn is_in(shape: &egui::Shape, words: &str) -> bool {
        match shape {
            egui::Shape::Vec(shapes) => shapes.iter().any(|shape| is_in(shape, words)),
            egui::Shape::Text(text) => text.galley.text() == words,
            _ => false,
        }
    }
    harness.output().shapes.iter().any(|clipped| is_in(&clipped.shape, words))
}

/// With the panel open a small window keeps its page and folds the form, which comes back when the window grows.
#[test]
fn the_form_gives_way_to_the_panel_in_a_small_window() {
    for size in [egui::vec2(720.0, 460.0), egui::vec2(800.0, 580.0)] {
        let mut harness = window(Settings::default());
        harness.set_size(size);
        open(&mut harness, SAMPLE);
        let has_form = |harness: &Harness<'_, Option<Editor>>| {
            harness.query_by_role_and_label(Role::TextInput, "Headline").is_some()
        };
        assert!(has_form(&harness), "{size}");
        let click = |harness: &mut Harness<'_, Option<Editor>>, role, label: &str| {
            harness.get_by_role_and_label(role, label).click_accesskit();
            harness.run_steps(3);
            settle(harness);
        };
        click(&mut harness, Role::Button, "View");
        click(&mut harness, Role::CheckBox, "Comments");
        assert!(!has_form(&harness), "{size}");
        let page = harness.get_all_by_role(Role::Document).next().unwrap().rect();
        assert!(page.width() > 280.0, "the page is {} wide in {size}", page.width());
        // The caret is on the page.
        type_text(&mut harness, "x");
        assert!(editor(&harness).release().headline.contains('x'));
        harness.set_size(egui::vec2(1280.0, 900.0));
        settle(&mut harness);
        assert!(has_form(&harness), "{size}");
    }
}

#[test]
fn every_menu_fits_a_screen_of_768_points() {
    let mut harness = window(Settings::default());
    harness.set_size(egui::vec2(1366.0, 700.0));
    open(&mut harness, SAMPLE);
    for (menu, last) in [("File", "Quit"), ("Edit", "Change characters"), ("View", "ភាសាខ្មែរ")] {
        harness.get_by_role_and_label(Role::Button, menu).click();
        harness.run_steps(3);
        settle(&mut harness);
        let bottom = harness.get_by_label_contains(last).rect().bottom();
        assert!(bottom < 690.0, "{menu} ends at {bottom}");
        key(&mut harness, NONE, egui::Key::Escape);
    }
}

#[test]
fn every_button_is_whole_in_a_window_of_any_width() {
    for language in [WindowLanguage::English, WindowLanguage::Khmer] {
        let mut harness = window(Settings { language, ..Settings::default() });
        open(&mut harness, SAMPLE);
        for width in (720..1366).step_by(20).chain([1366]).map(|width: u16| f32::from(width)) {
            harness.set_size(egui::vec2(width, 700.0));
            harness.run_steps(3);
            for button in harness.get_all_by_role(Role::Button) {
                let rect = button.rect();
                let label = button.accesskit_node().label().unwrap_or_default();
                assert!(rect.left() >= 0.0 && rect.right() <= width, "{label} is at {rect:?} in {width} points");
            }
        }
    }
}

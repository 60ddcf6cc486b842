//! What a screen reader is told of the window. `.ci/read-window` asks the same over AT-SPI.

use egui::accesskit::Role;
use egui_kittest::kittest::NodeT as _;

use super::*;

fn listened() -> (Harness<'static, Option<Editor>>, tempfile::TempDir) {
    let mut text = RichText::plain("The Minister met ");
    text.push_str("H.E. Mr. SOK Chenda", Style::BOLD);
    text.push_str(" and mispeled a word.", Style::PLAIN);
    let body = vec![Paragraph::new(text), Paragraph::new(RichText::plain("They meet again."))];
    let release =
        Release { headline: "A visit".into(), body, ..Release::blank(release_composer::release::Language::English) };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("visit.ron");
    std::fs::write(&path, file::write(&release)).unwrap();
    let mut harness = window(Settings::default());
    open(&mut harness, path.to_str().unwrap());
    (harness, folder)
}

/// The texts that can be read letter by letter, by their names.
fn texts(harness: &Harness<'_, Option<Editor>>, roles: &[Role]) -> Vec<(String, String)> {
    let nodes = harness.root().children_recursive().map(|node| node.accesskit_node());
    let readable = nodes.filter(|node| roles.contains(&node.role()) && node.supports_text_ranges());
    readable.map(|node| (node.label().unwrap_or_default(), node.document_range().text())).collect()
}

#[test]
fn every_field_and_every_page_is_read_whether_or_not_it_is_in_use() {
    let (harness, _folder) = listened();
    let fields = texts(&harness, &[Role::TextInput, Role::MultilineTextInput]);
    let of = |name: &str| fields.iter().find(|(label, _)| label == name).map(|(_, text)| text.trim());
    assert_eq!(of("Headline"), Some("A visit"));
    assert_eq!(of("Reference number"), Some(""), "an empty one, too");
    let body = "The Minister met H.E. Mr. SOK Chenda and mispeled a word.\nThey meet again.";
    assert_eq!(of("Text"), Some(body));
    let pages = texts(&harness, &[Role::Document]);
    let [(name, text)] = &pages[..] else { panic!("{pages:?}") };
    assert_eq!(name, "Page 1 of 1");
    assert!(text.contains("KINGDOM OF CAMBODIA\n") && text.contains("They meet again.\n"), "{text}");
}

#[test]
fn emphasis_and_findings_are_told() {
    let (mut harness, _folder) = listened();
    wait_for(&mut harness, "to look at");
    let field = harness.get_by_role_and_label(Role::MultilineTextInput, "Text").accesskit_node();
    let runs: Vec<_> = field.children().filter(|node| node.role() == Role::TextRun).collect();
    let said = |is: &dyn Fn(&egui::accesskit::Node) -> bool| {
        let found = runs.iter().filter(|run| is(run.data())).filter_map(|run| run.data().value().map(str::to_owned));
        found.collect::<String>()
    };
    assert_eq!(said(&|run| run.font_weight() == Some(700.0)), "H.E. Mr. SOK Chenda");
    assert_eq!(said(&|run| run.is_spelling_error()), "mispeled");
}

#[test]
fn sections_say_whether_they_are_open_and_buttons_that_act_once_are_no_switches() {
    let (mut harness, _folder) = listened();
    let is_open = |harness: &Harness<'_, Option<Editor>>| {
        harness.get_by_role_and_label(Role::Button, "Letterhead").accesskit_node().data().is_expanded()
    };
    assert_eq!(is_open(&harness), Some(false));
    harness.get_by_role_and_label(Role::Button, "Letterhead").click();
    harness.run_steps(4);
    assert_eq!(is_open(&harness), Some(true));
    for (name, is_switch) in [("Undo", false), ("Zoom in", false), ("Bold", true), ("Fit width", true)] {
        let button = harness.get_by_role_and_label(Role::Button, name).accesskit_node();
        assert_eq!(button.toggled().is_some(), is_switch, "{name}");
    }
}

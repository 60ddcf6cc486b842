//! What is posted: looked at in the window, with its hashtags, before it is written.
#![cfg(feature = "window")]

mod driven;

use driven::*;
use egui::{Key, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use release_composer::storage::Settings;

#[test]
fn a_post_is_looked_at_given_hashtags_and_written() {
    let mut harness = window(Settings::default());
    open(&mut harness, SAMPLE);
    harness.get_by_label("File").click();
    harness.run_steps(3);
    harness.get_by_label_contains("Export for posting").click();
    wait_for(&mut harness, "Copy caption");
    settle(&mut harness);
    // Three cards, each with the words for those who cannot see it.
    let cards = harness.query_all_by_role(Role::Image);
    let told =
        cards.filter(|card| card.accesskit_node().label().is_some_and(|label| label.contains("Japan to continue")));
    assert_eq!(told.count(), 3);
    click_field(&mut harness, "Hashtags, at the end of the caption");
    type_text(&mut harness, "#MFAIC #Cambodia");
    harness.get_by_label("Copy caption").click();
    wait_for(&mut harness, "The caption is on the clipboard");
    harness.get_by_label_contains("Write the files").click();
    wait_for(&mut harness, "OK");
    let folder = tempfile::tempdir().unwrap();
    key(&mut harness, CTRL, Key::A);
    type_text(&mut harness, folder.path().join("visit.png").to_str().unwrap());
    key(&mut harness, NONE, Key::Enter);
    settle(&mut harness);
    let words = std::fs::read_to_string(folder.path().join("visit-words.txt")).unwrap();
    assert!(words.contains("#MFAIC #Cambodia"), "{words}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3 + 2 + 1);
}

//! The text of a release, typed, selected and moved as in Word: in the form and on the page, with keyboard and mouse.
#![cfg(feature = "window")]

mod blocks;
#[path = "../driven/mod.rs"]
mod driven;
mod form;
mod marks;
mod monkey;
mod page;
mod pictures;
mod tables;

use driven::*;
use egui::{Event, Key, PointerButton, Pos2, Rect, accesskit::Role, pos2};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use release_composer::{
    editor::{Editor, Places},
    release::{
        BlockKind, Cell, Field, HeadingLevel, Item, KhmerFace, Language, Level, ListKind, Paragraph, Release, RichText,
        Style, file,
    },
    storage::Settings,
    typeset::{Cache, Source, typeset},
};

type Window = Harness<'static, Option<Editor>>;

/// A window on a draft with these paragraphs.
fn window_on(texts: &[&str]) -> Window {
    let body = texts.iter().map(|text| Paragraph::new(RichText::plain(*text))).collect();
    window_on_release(&Release { headline: "Visit".into(), title: "PRESS RELEASE".into(), body, ..Release::default() })
}

fn window_on_release(release: &Release) -> Window {
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("draft.ron");
    std::fs::write(&draft, file::write(release)).unwrap();
    // Two clicks in a row are soon enough after each other to be a double click.
    let mut harness = window_at_pace(Settings::default(), Places::default(), 0.05);
    open(&mut harness, draft.to_str().unwrap());
    harness
}

fn body(harness: &Window) -> Vec<String> {
    editor(harness).release().body.iter().map(|block| block.text.as_str().to_owned()).collect()
}

fn kinds(harness: &Window) -> Vec<BlockKind> {
    editor(harness).release().body.iter().map(|block| block.kind).collect()
}

fn body_rect(harness: &Window) -> Rect {
    harness.get_by_role_and_label(Role::MultilineTextInput, "Text").rect()
}

/// The middle of the first line of a paragraph of one line each, so far from its left edge.
fn in_body(harness: &Window, paragraph: usize, x: f32) -> Pos2 {
    let rect = body_rect(harness);
    pos2(rect.left() + 9.0 + x, rect.top() + 3.0 + paragraph as f32 * 38.0 + 14.0)
}

/// Turns the form until a widget is in view.
fn show(harness: &mut Window, label: &str) {
    for _ in 0..40 {
        let y = harness.get_by_label(label).rect().center().y;
        if (100.0..850.0).contains(&y) {
            return;
        }
        wheel(harness, pos2(200.0, 700.0), if y > 400.0 { 150.0 } else { -150.0 }, NONE);
    }
    panic!("{label} is not to be seen");
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
    let rect = harness.get_by_role_and_label(Role::Document, &name).rect();
    let factor = rect.width() / pages.size.0;
    rect.min + egui::vec2(x, y) * factor
}

/// Takes a step for each of these events, all of which came at once.
fn at_once(harness: &mut Window, events: Vec<Event>) {
    let count = events.len();
    harness.input_mut().events.extend(events);
    harness.run_steps(2 * count + 4);
    settle(harness);
}

/// A click repeated so often that it is a double or triple click.
fn clicks(harness: &mut Window, pos: Pos2, times: usize) {
    harness.run_steps(10);
    harness.event(Event::PointerMoved(pos));
    let button = PointerButton::Primary;
    let events = [true, false].repeat(times);
    at_once(
        harness,
        events.into_iter().map(|pressed| Event::PointerButton { pos, button, pressed, modifiers: NONE }).collect(),
    );
}

/// Turns the wheel by so many points at a place; down is positive.
fn wheel(harness: &mut Window, pos: Pos2, down: f32, modifiers: egui::Modifiers) {
    harness.event(Event::PointerMoved(pos));
    harness.event(Event::ModifiersChanged(modifiers));
    let (unit, phase) = (egui::MouseWheelUnit::Point, egui::TouchPhase::Move);
    let (delta, source) = (egui::vec2(0.0, -down), egui::MouseWheelSource::Wheel);
    harness.event(Event::MouseWheel { unit, delta, phase, modifiers, source });
    harness.run_steps(2);
    harness.event(Event::ModifiersChanged(NONE));
    harness.run_steps(40);
}

/// Uses a clipboard of the test's own that holds this HTML.
fn hold(harness: &mut Window, html: &str) {
    harness.state_mut().as_mut().unwrap().use_own_clipboard(html.to_owned());
}

/// What was copied as plain text in the last frame.
fn copied(harness: &mut Window, event: Event) -> Option<String> {
    harness.event(event);
    harness.run_steps(1);
    harness.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}

/// A key that goes down.
fn pressed(key: Key, modifiers: egui::Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

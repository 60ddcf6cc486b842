//! A frame of the window while one types, in the form and on the page: in a long paragraph, and among many.
//!
//! The mark: 8 ms each. Texts are set, fields and pages laid out and drawn, and with a screen reader also told; what the
//! graphics card does afterwards is not in it. No text comes twice, so that nothing kept of one serves for another.

use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use release_composer::{
    editor::{Editor, Places},
    release::{Paragraph, Release, RichText, file},
    storage::Settings,
};

const SENTENCE: &str = "រដ្ឋមន្ត្រីការបរទេសបានជួបពិភាក្សាអំពីកិច្ចសហប្រតិបត្តិការរវាងប្រទេសទាំងពីរ ";

fn frame(ctx: &egui::Context, editor: &mut Editor, events: Vec<egui::Event>) {
    let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1280.0, 900.0));
    let input = egui::RawInput { screen_rect: Some(screen), events, ..egui::RawInput::default() };
    let mut output = ctx.run_ui(input, |ui| editor.show(ui));
    // There is no graphics card to take them.
    output.textures_delta.clear();
}

/// A key pressed and let go.
fn key(key: egui::Key, modifiers: egui::Modifiers) -> Vec<egui::Event> {
    let event = |pressed| egui::Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
    vec![event(true), event(false)]
}

/// A window on a draft, with the caret in a paragraph.
fn window(paragraphs: usize, characters: usize) -> (egui::Context, Editor) {
    let mut text = SENTENCE.repeat(characters / SENTENCE.chars().count() + 1);
    text.truncate(text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at));
    // Each is its own, or what is kept of one would serve for all.
    let numbered = |number| Paragraph::new(RichText::plain(format!("{number} {text}")));
    let body = (0..paragraphs).map(numbered).collect();
    let release = Release { body, ..Release::default() };
    let folder = tempfile::tempdir().expect("a folder for the draft");
    let path = folder.path().join("bench.ron");
    std::fs::write(&path, file::write(&release)).expect("the draft is written");
    let ctx = egui::Context::default();
    let mut editor = Editor::new(&ctx, Settings::default(), Places::default());
    editor.open_file(&path);
    for _ in 0..3 {
        frame(&ctx, &mut editor, Vec::new());
    }
    // Tab until what is typed is typed into the body.
    for _ in 0..80 {
        frame(&ctx, &mut editor, key(egui::Key::Tab, egui::Modifiers::NONE));
        frame(&ctx, &mut editor, Vec::new());
        let before = editor.release().body.clone();
        frame(&ctx, &mut editor, vec![egui::Event::Text("a".to_owned())]);
        if editor.release().body != before {
            return (ctx, editor);
        }
    }
    panic!("the caret is in no paragraph");
}

/// Puts the caret into the text on the page, by a click in the middle of the pages.
fn click_page(ctx: &egui::Context, editor: &mut Editor) {
    let pos = egui::pos2(960.0, 620.0);
    for pressed in [true, false] {
        let button = egui::PointerButton::Primary;
        let modifiers = egui::Modifiers::NONE;
        let events =
            vec![egui::Event::PointerMoved(pos), egui::Event::PointerButton { pos, button, pressed, modifiers }];
        frame(ctx, editor, events);
    }
    frame(ctx, editor, Vec::new());
    let before = editor.release().body.clone();
    frame(ctx, editor, vec![egui::Event::Text("a".to_owned())]);
    assert_ne!(editor.release().body, before, "the caret is in no paragraph of the page");
}

/// Puts the caret behind the last letter, and waits until the pages show it.
fn go_to_end(ctx: &egui::Context, editor: &mut Editor) {
    frame(ctx, editor, key(egui::Key::End, egui::Modifiers::COMMAND));
    for _ in 0..200 {
        frame(ctx, editor, Vec::new());
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(editor.seen_pages().pages.len() >= 190, "{} pages", editor.seen_pages().pages.len());
}

/// Letters typed before they are taken back, which is not timed: the text keeps its length.
const LINE: usize = 60;

/// Consonants and vowels, no two runs of which are alike.
struct Letters(u64);

impl Letters {
    fn next(&mut self) -> String {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        const LETTERS: [&str; 8] = ["ក", "ា", "ន", "ម", "ិ", "រ", "ុ", "ស"];
        LETTERS[(self.0 >> 61) as usize].to_owned()
    }
}

fn backspace() -> egui::Event {
    egui::Event::Key {
        key: egui::Key::Backspace,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: egui::Modifiers::NONE,
    }
}

fn typing(c: &mut Criterion) {
    let mut group = c.benchmark_group("frame while typing");
    let texts = [
        ("paragraph of 2,000 characters", 1, 2_000, false),
        ("10 paragraphs", 10, 300, false),
        ("200 paragraphs", 200, 300, false),
        ("end of 200 pages", 1_800, 300, true),
    ];
    for (name, paragraphs, characters, is_at_end) in texts {
        for (place, is_on_page, is_told) in
            [("form", false, false), ("page", true, false), ("form, with a screen reader", false, true)]
        {
            let (ctx, mut editor) = window(paragraphs, characters);
            if is_told {
                ctx.enable_accesskit();
            }
            if is_at_end {
                go_to_end(&ctx, &mut editor);
            }
            if is_on_page {
                click_page(&ctx, &mut editor);
            }
            let mut letters = Letters(1);
            group.bench_function(format!("{name}, {place}"), |b| {
                b.iter_custom(|rounds| {
                    let (mut spent, mut typed) = (Duration::ZERO, 0);
                    for _ in 0..rounds {
                        let letter = vec![egui::Event::Text(letters.next())];
                        let start = Instant::now();
                        frame(&ctx, &mut editor, letter);
                        spent += start.elapsed();
                        typed += 1;
                        if typed == LINE {
                            frame(&ctx, &mut editor, vec![backspace(); std::mem::take(&mut typed)]);
                        }
                    }
                    frame(&ctx, &mut editor, vec![backspace(); typed]);
                    spent
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, typing);
criterion_main!(benches);

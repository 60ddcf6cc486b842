//! Keys and clicks at random, as fast as they come: nothing panics, and undo leads back to the first letter.

use super::*;

/// The same numbers each time.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most.max(1)
    }

    fn of<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

const KEYS: [Key; 12] = [
    Key::Enter,
    Key::Backspace,
    Key::Backspace,
    Key::Delete,
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::Home,
    Key::End,
    Key::PageUp,
    Key::PageDown,
];
const COMMANDS: [Key; 9] = [Key::A, Key::B, Key::U, Key::Z, Key::Z, Key::Y, Key::Enter, Key::Backspace, Key::ArrowDown];
const TEXTS: [&str; 10] = ["a", "the Minister ", "\"", " ", "ក", "\u{17D2}", "ស្ត្រី", "\u{17C6}", "{{host}}", "សម្តេច "];

fn events(random: &mut Random) -> Vec<Event> {
    let count = 1 + random.below(6);
    let mut events = Vec::new();
    for _ in 0..count {
        let modifiers = random.of(&[NONE, NONE, NONE, SHIFT, CTRL, SHIFT | CTRL, ALT]);
        let event = match random.below(12) {
            0..=5 => Event::Text(random.of(&TEXTS).to_owned()),
            6 | 7 => pressed(random.of(&KEYS), modifiers),
            8 => pressed(random.of(&COMMANDS), CTRL),
            9 => {
                if random.below(3) == 0 {
                    Event::Cut
                } else {
                    Event::Copy
                }
            }
            10 => Event::Paste(random.of(&["x", "one\ntwo\n\nthree", "ក្រា\nខ"]).to_owned()),
            _ => Event::Ime(egui::ImeEvent::Commit("かな".into())),
        };
        events.push(event);
    }
    events
}

/// A point of the text in the form, or of the pages.
fn point(random: &mut Random, harness: &Window) -> Pos2 {
    let rect = match harness.query_by_role_and_label(Role::MultilineTextInput, "Text") {
        Some(body) if random.below(2) == 0 => body.rect(),
        _ => Rect::from_min_max(pos2(620.0, 100.0), pos2(1230.0, 860.0)),
    };
    let mut share = || random.below(100) as f32 / 100.0;
    let at = rect.min + rect.size() * egui::vec2(share(), share());
    pos2(at.x, at.y.clamp(90.0, 860.0))
}

fn play(release: &Release, steps: usize, seed: u64) {
    let mut random = Random(seed);
    let folder = tempfile::tempdir().unwrap();
    let draft = folder.path().join("draft.ron");
    std::fs::write(&draft, file::write(release)).unwrap();
    let mut harness = window_on(&["x"]);
    open(&mut harness, draft.to_str().unwrap());
    hold(&mut harness, "<p>from <b>the</b> web</p><p>ក្រុង</p>");
    for step in 0..steps {
        match random.below(8) {
            0 => {
                let at = point(&mut random, &harness);
                click(&mut harness, at, NONE);
            }
            1 => {
                let at = point(&mut random, &harness);
                click(&mut harness, at, SHIFT);
            }
            2 => {
                let (at, times) = (point(&mut random, &harness), 2 + random.below(2));
                clicks(&mut harness, at, times);
            }
            3 => {
                let (from, to) = (point(&mut random, &harness), point(&mut random, &harness));
                drag(&mut harness, from, to);
            }
            _ => {
                let events = events(&mut random);
                harness.input_mut().events.extend(events);
                harness.run_steps(4 + step % 5);
            }
        }
        // A dialog that a key has opened is not what is tried here.
        if step % 9 == 0 {
            harness.key_press(Key::Escape);
        }
    }
    harness.run_steps(40);
    settle(&mut harness);
    let last = editor(&harness).release().clone();
    let page = pos2(900.0, 500.0);
    click(&mut harness, page, NONE);
    let mut undone = 0;
    while editor(&harness).is_unsaved() && undone < 4 * steps + 100 {
        at_once(&mut harness, vec![pressed(Key::Z, CTRL)]);
        undone += 1;
    }
    assert_eq!(editor(&harness).release(), release, "after {undone} steps of undo");
    for _ in 0..undone {
        at_once(&mut harness, vec![pressed(Key::Y, CTRL)]);
    }
    assert_eq!(editor(&harness).release(), &last);
}

#[test]
fn an_empty_draft_survives() {
    play(&Release::default(), 100, 1);
    play(&Release::blank(Language::Khmer), 100, 2);
}

#[test]
fn a_draft_of_a_template_survives() {
    let mut release = Release::blank(Language::English);
    release.locked = release_composer::release::Lock::ALL.to_vec();
    release.headline = "Visit of {{guest}}".into();
    let texts = ["The {{host}} met {{guest}} on {{day}}.", "", "រដ្ឋមន្ត្រីការបរទេសបានជួបពិភាក្សាអំពីកិច្ចសហប្រតិបត្តិការ", " "];
    release.body = texts.map(|text| Paragraph::new(RichText::plain(text))).to_vec();
    play(&release, 140, 3);
}

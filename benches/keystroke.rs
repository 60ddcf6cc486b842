//! One keystroke in a body paragraph, to the new picture of its page at 150 %.
//!
//! The mark: 8 ms on the samples. The window draws the rows of the page that have changed; the
//! whole page is drawn when it is first seen, or when a new line moves all that is below.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use criterion::{Criterion, criterion_group, criterion_main};
use release_composer::{
    picture::{Area, Painter, changed_rows},
    release::{Release, RichText, Style, file},
    typeset::{Cache, Page, typeset},
};

/// Pixels to a point at 150 % of a screen of 96 dots per inch.
const SCALE: f32 = 1.5 * 96.0 / 72.0;

const SAMPLES: [(&str, &str); 2] = [
    ("English", include_str!("../assets/samples/japan-phone-call.en.ron")),
    ("Khmer", include_str!("../assets/samples/japan-phone-call.km.ron")),
];

/// A release in whose second paragraph one types: two texts in turn.
struct Typing {
    release: Release,
    before: RichText,
    after: RichText,
    on: bool,
}

impl Typing {
    fn new(source: &str) -> Self {
        let release = file::parse(source).expect("the samples are drafts");
        let before = release.body[1].text.clone();
        let mut after = before.clone();
        after.push_str("ក", Style::PLAIN);
        Self { release, before, after, on: false }
    }

    fn key(&mut self) -> &Release {
        self.on = !self.on;
        self.release.body[1].text = if self.on { self.after.clone() } else { self.before.clone() };
        self.release.body[1].text.push_str(if self.on { " a" } else { " b" }, Style::PLAIN);
        &self.release
    }
}

/// Sets the release with another key typed, as the window does: what is kept of the release as
/// it stood is kept, and only the paragraph typed in is set anew.
fn timed(typing: &mut Typing, rounds: u64, mut after: impl FnMut(&Page, &Page)) -> Duration {
    let mut spent = Duration::ZERO;
    for _ in 0..rounds {
        let mut cache = Cache::default();
        let old = typeset(&typing.release, None, &mut cache);
        let start = Instant::now();
        let new = black_box(typeset(typing.key(), None, &mut cache));
        after(&old.pages[0], &new.pages[0]);
        spent += start.elapsed();
    }
    spent
}

fn keystroke(c: &mut Criterion) {
    let mut group = c.benchmark_group("keystroke");
    for (name, source) in SAMPLES {
        let mut typing = Typing::new(source);
        let mut painter = Painter::default();
        let pages = typeset(&typing.release, None, &mut Cache::default());
        let whole = Area::whole(pages.size, SCALE);
        group.bench_function(format!("layout, {name}"), |b| {
            b.iter_custom(|rounds| timed(&mut typing, rounds, |_, _| ()));
        });
        group.bench_function(format!("layout and what changed of the page, {name}"), |b| {
            b.iter_custom(|rounds| {
                timed(&mut typing, rounds, |old, new| {
                    for rows in changed_rows(old, new, SCALE) {
                        let height = u16::try_from(rows.len()).unwrap_or(whole.height);
                        black_box(painter.page(new, SCALE, Area { y: rows.start, height, ..whole }));
                    }
                })
            });
        });
        group.bench_function(format!("layout and the whole page, {name}"), |b| {
            b.iter_custom(|rounds| timed(&mut typing, rounds, |_, new| _ = black_box(painter.page(new, SCALE, whole))));
        });
    }
    group.finish();
}

criterion_group!(benches, keystroke);
criterion_main!(benches);

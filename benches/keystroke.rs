//! One keystroke in a body paragraph, to the new picture of its page at 150 %.
//!
//! The marks: 8 ms for the whole on the samples. Layout and drawing are measured apart as well.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use release_composer::{
    picture::{Area, Painter},
    release::{Release, RichText, Style, file},
    typeset::{Cache, typeset},
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

fn keystroke(c: &mut Criterion) {
    let mut group = c.benchmark_group("keystroke");
    for (name, source) in SAMPLES {
        let mut typing = Typing::new(source);
        let mut painter = Painter::default();
        group.bench_function(format!("layout, {name}"), |b| {
            b.iter_custom(|rounds| {
                let mut spent = std::time::Duration::ZERO;
                for _ in 0..rounds {
                    // A cache of the release as it stands: only the paragraph typed in is set anew.
                    let mut cache = Cache::default();
                    typeset(&typing.release, None, &mut cache);
                    let start = std::time::Instant::now();
                    black_box(typeset(typing.key(), None, &mut cache));
                    spent += start.elapsed();
                }
                spent
            });
        });
        let pages = typeset(&typing.release, None, &mut Cache::default());
        group.bench_function(format!("drawing, {name}"), |b| {
            b.iter(|| black_box(painter.page(&pages.pages[0], SCALE, Area::whole(pages.size, SCALE))));
        });
        group.bench_function(format!("layout and drawing, {name}"), |b| {
            b.iter_custom(|rounds| {
                let mut spent = std::time::Duration::ZERO;
                for _ in 0..rounds {
                    let mut cache = Cache::default();
                    typeset(&typing.release, None, &mut cache);
                    let start = std::time::Instant::now();
                    let pages = typeset(typing.key(), None, &mut cache);
                    black_box(painter.page(&pages.pages[0], SCALE, Area::whole(pages.size, SCALE)));
                    spent += start.elapsed();
                }
                spent
            });
        });
    }
    group.finish();
}

criterion_group!(benches, keystroke);
criterion_main!(benches);

//! How long an export takes, as a whole and stage by stage, and how long Typst takes for the same, where its Python
//! package is (`pip install typst`).
//!
//! No paragraph comes twice, so that nothing kept of one serves for another.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use criterion::{Criterion, criterion_group, criterion_main};
use release_composer::{
    pdf::{self, Info, Options, Stage},
    release::{self, Paragraph, Release, RichText},
    typeset::{Cache, typeset},
};

const STAGES: [Stage; 5] = [Stage::Content, Stage::Fonts, Stage::Pages, Stage::Finishing, Stage::Writing];

const ENGLISH: &str = include_str!("../assets/samples/japan-phone-call.en.ron");
const KHMER: &str = include_str!("../assets/samples/japan-phone-call.km.ron");

/// A sample, or a release of so many paragraphs: those of the sample in turn, with a number and their words turned.
fn sample(source: &str, paragraphs: usize) -> Release {
    let mut release = release::file::parse(source).expect("the sample is a draft");
    if paragraphs > 0 {
        let texts: Vec<String> = release.body.iter().map(|paragraph| paragraph.text.as_str().to_owned()).collect();
        release.body = (0..paragraphs)
            .map(|number| {
                let mut words: Vec<&str> = texts[number % texts.len()].split_whitespace().collect();
                let turned = number / texts.len() % words.len();
                words.rotate_left(turned);
                Paragraph::new(RichText::plain(format!("{number} {}", words.join(" "))))
            })
            .collect();
    }
    release
}

/// The best of three times that Typst takes to set the same paragraphs in its own process; `None` where it is not.
fn typst(release: &Release) -> Option<f64> {
    const SET: &str = "import sys, time, typst\nsource = sys.stdin.buffer.read()\ntimes = []\nfor turn in range(3):\n \
        start = time.perf_counter()\n \
        pdf = typst.compile(source + b'\\n' * turn, font_paths=sys.argv[1:])\n \
        times.append(time.perf_counter() - start)\nprint(min(times))";
    let fonts = ["tinos", "battambang", "moul"].map(|name| format!("{}/fonts/{name}", env!("CARGO_MANIFEST_DIR")));
    let khmer = release.language == release::Language::Khmer;
    let mut source = format!(
        "#set page(paper: \"a4\", margin: 2.54cm)\n#set text(font: (\"Tinos\", \"Battambang\"), size: 12pt, \
         lang: \"{}\")\n#set par(justify: true)\n\n",
        if khmer { "km" } else { "en" }
    );
    for paragraph in &release.body {
        for c in paragraph.text.as_str().chars() {
            if "#$*_@<>\\`~-=+/[]".contains(c) {
                source.push('\\');
            }
            source.push(c);
        }
        source.push_str("\n\n");
    }
    let folder = tempfile::tempdir().ok()?;
    let path = folder.path().join("release.typ");
    std::fs::write(&path, source).ok()?;
    let input = std::fs::File::open(&path).ok()?;
    let output = Command::new("python3").args(["-c", SET]).args(fonts).stdin(input).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

/// Says how many times as long Typst takes as the program, as a whole process.
fn against_typst(_: &mut Criterion) {
    for (name, source, paragraphs) in
        [("English", ENGLISH, 0), ("Khmer", KHMER, 0), ("English 1000", ENGLISH, 1000), ("Khmer 1000", KHMER, 1000)]
    {
        let release = sample(source, paragraphs);
        let Some(theirs) = typst(&release) else {
            println!("Typst did not run: its Python package is not here (pip install typst)");
            return;
        };
        let folder = tempfile::tempdir().expect("a folder");
        let (draft, pdf) = (folder.path().join("draft.ron"), folder.path().join("out.pdf"));
        std::fs::write(&draft, release::file::write(&release)).expect("the draft is written");
        let once = || {
            let start = Instant::now();
            let program = env!("CARGO_BIN_EXE_release-composer");
            let status = Command::new(program).arg("export").arg(&draft).arg("-o").arg(&pdf).output();
            assert!(status.is_ok_and(|output| output.status.success()), "the draft is exported");
            start.elapsed()
        };
        let ours = (0..10).map(|_| once()).min().unwrap_or_default().as_secs_f64();
        println!("{name}: {:.1} ms, Typst {:.1} ms, {:.1} times", ours * 1e3, theirs * 1e3, theirs / ours);
    }
}

fn export(c: &mut Criterion) {
    for (name, source, paragraphs) in
        [("english", ENGLISH, 0), ("khmer", KHMER, 0), ("english 1000", ENGLISH, 1000), ("khmer 1000", KHMER, 1000)]
    {
        let release = sample(source, paragraphs);
        let info = Info::of(&release);
        let mut group = c.benchmark_group(name);
        group.sample_size(10);
        group.bench_function("layout", |b| b.iter(|| typeset(&release, None, &mut Cache::default())));
        let pages = typeset(&release, None, &mut Cache::default());
        for stage in STAGES {
            group.bench_function(format!("{stage:?}"), |b| {
                b.iter_custom(|times| {
                    let mut total = Duration::ZERO;
                    for _ in 0..times {
                        let mut last = Instant::now();
                        let done = &mut |done| {
                            let now = Instant::now();
                            total += if done == stage { now - last } else { Duration::ZERO };
                            last = now;
                        };
                        pdf::write_in_stages(&pages, &[], &info, &Options::default(), done)
                            .expect("the sample is written");
                    }
                    total
                });
            });
        }
        group.bench_function("whole", |b| {
            b.iter(|| {
                let pages = typeset(&release, None, &mut Cache::default());
                pdf::write(&pages, &info, &Options::default()).expect("the sample is written")
            });
        });
    }
}

criterion_group!(benches, export, against_typst);
criterion_main!(benches);

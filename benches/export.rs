//! How long an export takes, as a whole and stage by stage.

use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use release_composer::{
    pdf::{self, Info, Options, Stage},
    release::{self, Release},
    typeset::{Cache, typeset},
};

const STAGES: [Stage; 5] = [Stage::Content, Stage::Fonts, Stage::Pages, Stage::Finishing, Stage::Writing];

fn sample(source: &str, paragraphs: usize) -> Release {
    let mut release = release::file::parse(source).expect("the sample is a draft");
    let body = release.body.clone();
    release.body = body.iter().cycle().take(paragraphs.max(body.len())).cloned().collect();
    release
}

fn export(c: &mut Criterion) {
    let english = include_str!("../assets/samples/japan-phone-call.en.ron");
    let khmer = include_str!("../assets/samples/japan-phone-call.km.ron");
    for (name, source, paragraphs) in [("english", english, 0), ("khmer", khmer, 0), ("english 1000", english, 1000)] {
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

criterion_group!(benches, export);
criterion_main!(benches);

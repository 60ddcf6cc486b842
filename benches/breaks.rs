//! How long a paragraph takes. The mark: 1 ms for 1,000 characters of Khmer.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use release_composer::typeset::breaks::{cluster_boundaries, line_breaks, word_boundaries};

/// A paragraph of a real release, repeated to 1,000 characters.
const KHMER: &str = "រដ្ឋមន្ត្រីទាំងពីរបានកត់សម្គាល់ដោយការពេញចិត្តនូវកិច្ចសហប្រតិបត្តិការដែលកំពុងរីកចម្រើនលើវិស័យនានា \
    ជាពិសេសផ្នែកសេដ្ឋកិច្ច។ ឧទាហរណ៍ជាក់ស្តែងរួមមាន ការពង្រីកផ្សារទំនើបអ៊ីអន និងការសម្ពោធរោងចក្រតម្លើងរថយន្តតូយ៉ូតានៅកម្ពុជានាឆ្នាំក្រោយ។ ";

const ENGLISH: &str = "During the first official conversation since their respective appointments as Foreign Ministers, \
    both sides commended each other for their important contributions to strengthening ties between Cambodia and Japan. ";

fn thousand(text: &str) -> String {
    text.chars().cycle().take(1_000).collect()
}

fn paragraphs(c: &mut Criterion) {
    let mut group = c.benchmark_group("1,000 characters");
    for (name, text) in [("Khmer", thousand(KHMER)), ("English", thousand(ENGLISH))] {
        group.throughput(Throughput::Elements(1_000));
        group.bench_function(format!("line_breaks, {name}"), |b| b.iter(|| line_breaks(black_box(&text))));
        group.bench_function(format!("word_boundaries, {name}"), |b| b.iter(|| word_boundaries(black_box(&text))));
        group
            .bench_function(format!("cluster_boundaries, {name}"), |b| b.iter(|| cluster_boundaries(black_box(&text))));
    }
    group.finish();
}

criterion_group!(benches, paragraphs);
criterion_main!(benches);

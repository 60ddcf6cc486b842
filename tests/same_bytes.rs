//! The PDFs of old drafts stay the same to the byte.
//!
//! `tests/data/pdf-checksums.txt` has the length and the CRC-32 of the PDF of each draft of the formats 1 and 2 in the
//! corpus and the samples. A difference is either a fault or meant. If it is meant, look at the pages, then keep the
//! new ones with `PDFS=keep cargo test --test same_bytes`.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use release_composer::{
    artwork, pdf, release,
    typeset::{self, Cache},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The drafts of the formats 1 and 2, by name.
fn drafts() -> Vec<PathBuf> {
    let is_old = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        ["format: 1,", "format: 2,"].into_iter().any(|format| text.contains(format))
    };
    let mut drafts: Vec<PathBuf> = ["assets/samples", "tests/corpus"]
        .into_iter()
        .flat_map(|folder| fs::read_dir(root().join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "ron"))
        .filter(is_old)
        .collect();
    drafts.sort();
    drafts
}

fn written(draft: &Path) -> Vec<u8> {
    let release = release::file::parse(&fs::read_to_string(draft).unwrap()).unwrap();
    let emblem = release.letterhead.emblem.as_ref();
    let emblem = emblem.map(|emblem| artwork::decode(&fs::read(draft.with_file_name(&emblem.file)).unwrap()).unwrap());
    let pages = typeset::typeset(&release, emblem.as_ref(), &mut Cache::default());
    pdf::write(&pages, &pdf::Info::of(&release), &pdf::Options::default()).unwrap()
}

#[test]
fn the_pdfs_of_old_drafts_are_the_same_to_the_byte() {
    let mut now = String::new();
    for draft in drafts() {
        let bytes = written(&draft);
        let name = draft.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        writeln!(now, "{name} {} {:08x}", bytes.len(), crc32fast::hash(&bytes)).unwrap();
    }
    assert!(now.lines().count() > 25, "{now}");
    let kept = root().join("tests/data/pdf-checksums.txt");
    if std::env::var("PDFS").is_ok_and(|asked| asked == "keep") {
        return fs::write(kept, now).unwrap();
    }
    let kept = fs::read_to_string(kept).unwrap();
    let others: Vec<_> = now.lines().filter(|line| !kept.lines().any(|kept| kept == *line)).collect();
    assert!(others.is_empty(), "these are other PDFs than before: {others:#?}");
    assert_eq!(now.lines().count(), kept.lines().count(), "a draft is gone: {kept}");
}

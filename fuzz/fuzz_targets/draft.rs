//! A draft: what is read, written and read again is the same, and an error has a place in the file.
#![no_main]

use std::{cell::OnceCell, fs};

use libfuzzer_sys::fuzz_target;
use release_composer::{
    release::{Release, difference::difference, file},
    storage,
};

thread_local! {
    static PLACE: OnceCell<tempfile::TempDir> = const { OnceCell::new() };
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = str::from_utf8(bytes) else { return on_disk(bytes) };
    match file::parse(text) {
        Ok(release) => {
            let written = file::write(&release);
            let again = file::parse(&written).expect("what is written can be read");
            assert_eq!(again, release);
            assert_eq!(file::write(&again), written);
            assert!(difference(&release, &again).is_empty());
            _ = difference(&Release::default(), &release);
            _ = difference(&release, &Release::default());
        }
        Err(error) => {
            assert!(error.line >= 1 && error.column >= 1, "{error:?}");
            assert!(error.line <= text.split('\n').count() + 1, "{error:?}");
            assert!(error.to_string().len() > 20);
        }
    }
    // The disk is slow; one in a few is enough to see that it reads the same.
    if bytes.len().is_multiple_of(16) {
        on_disk(bytes);
    }
});

/// As the window reads it: from a file, with or without a byte order mark.
fn on_disk(bytes: &[u8]) {
    PLACE.with(|place| {
        let place = place.get_or_init(|| tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap());
        let path = place.path().join("draft.ron");
        fs::write(&path, bytes).unwrap();
        let plain = storage::open(&path);
        fs::write(&path, [b"\xEF\xBB\xBF", bytes].concat()).unwrap();
        let marked = storage::open(&path);
        assert_eq!(plain.is_ok(), marked.is_ok());
        if let (Ok(plain), Ok(marked)) = (&plain, &marked) {
            assert_eq!(plain, marked);
        }
    });
}

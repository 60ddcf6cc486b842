//! A Word file: whatever its archive claims and its parts hold, it is read or refused within the bounds.
#![no_main]

use libfuzzer_sys::fuzz_target;
use release_composer::{release::bounded, word};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(imported) = word::read(bytes) {
        assert_eq!(bounded::check(&imported.release), Ok(()));
    }
});

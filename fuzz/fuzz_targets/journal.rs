//! A recovery journal, alone in its folder, as the next start finds it.
//!
//! If the first byte is odd the rest is texts between zero bytes, put into records whose checksums
//! are right; if it is even the rest is the journal itself.
#![no_main]

use std::{cell::OnceCell, fs};

use libfuzzer_sys::fuzz_target;
use release_composer::{release::difference::difference, storage::journal::recoveries};

thread_local! {
    static PLACE: OnceCell<tempfile::TempDir> = const { OnceCell::new() };
}

const KINDS: [&str; 5] = ["draft", "opened", "changed", "unknown", "picture"];

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else { return };
    let journal = if first % 2 == 1 { framed(rest, 1 + first / 2 % 2) } else { rest.to_vec() };
    PLACE.with(|place| {
        let place = place.get_or_init(|| tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap());
        let path = place.path().join("a.1.journal");
        fs::write(&path, &journal).unwrap();
        let found = recoveries(place.path());
        for error in &found.damaged {
            assert!(error.to_string().len() > 20);
        }
        assert!(found.recoveries.len() + found.damaged.len() <= 1);
        for recovery in found.recoveries {
            _ = difference(recovery.base(), &recovery.release);
            recovery.discard().unwrap();
            assert!(!path.exists());
        }
        for name in ["a.1.journal", "a.1.journal.damaged"] {
            _ = fs::remove_file(place.path().join(name));
        }
    });
});

/// Records of a format. Each text begins with a byte for its kind and one for its time.
fn framed(texts: &[u8], format: u8) -> Vec<u8> {
    let mut journal = format!("release-composer journal {format}\n").into_bytes();
    for part in texts.split(|&byte| byte == 0) {
        let [kind, time, text @ ..] = part else { continue };
        let kind = KINDS[usize::from(*kind) % KINDS.len()];
        let millis = 1u128.checked_shl(u32::from(*time)).unwrap_or(0);
        // The path of a draft must lead nowhere, least of all to a device.
        let text = if kind == "draft" { [b"/nowhere/", text].concat() } else { text.to_vec() };
        let start = format!("{kind} {millis} {}", text.len());
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(start.as_bytes());
        hasher.update(&text);
        journal.extend(format!("{start} {:08x}\n", hasher.finalize()).into_bytes());
        journal.extend(text);
        journal.push(b'\n');
    }
    journal
}

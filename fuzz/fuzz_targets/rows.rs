//! A table of answers.
#![no_main]

use libfuzzer_sys::fuzz_target;
use release_composer::template::rows;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = str::from_utf8(bytes) else { return };
    match rows(text) {
        Ok(rows) => {
            assert!(!rows.is_empty());
            let lines = text.split(['\n', '\r']).count() as u64;
            let mut before = 0;
            for (line, answers) in rows {
                assert!(before < line && line <= lines, "line {line} after {before} of {lines}");
                assert!(answers.iter().all(|(name, cell)| !name.is_empty() && !cell.trim().is_empty()));
                before = line;
            }
        }
        Err(error) => assert!(error.to_string().len() > 20),
    }
});

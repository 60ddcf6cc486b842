//! The settings: whatever the file holds gives settings with which a window can be opened.
#![no_main]

use std::{cell::OnceCell, fs};

use libfuzzer_sys::fuzz_target;
use release_composer::storage::Settings;

thread_local! {
    static PLACE: OnceCell<tempfile::TempDir> = const { OnceCell::new() };
}

fuzz_target!(|bytes: &[u8]| {
    PLACE.with(|place| {
        let place = place.get_or_init(|| tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap());
        let path = place.path().join("settings.ron");
        fs::write(&path, bytes).unwrap();
        let (mut settings, damage) = Settings::load(&path);
        let (width, height) = settings.window;
        assert!((300.0..=16_000.0).contains(&width) && (200.0..=16_000.0).contains(&height));
        assert!((0.1..=0.9).contains(&settings.divider) && settings.recent.len() <= 10);
        _ = settings.words_path(&path);
        settings.save(&path).unwrap();
        let (again, none) = Settings::load(&path);
        assert!(again == settings && none.is_none());
        let kept = fs::read(place.path().join("settings.ron.damaged")).ok();
        assert_eq!(kept.as_deref(), damage.map(|_| bytes), "what is damaged is kept, and nothing else");
        _ = fs::remove_file(place.path().join("settings.ron.damaged"));
        settings.remember("/x/y.ron".as_ref());
        assert!(settings.recent.len() <= 10);
    });
});

//! What a journal promises of the pictures of a draft: every byte, and each written once.

use std::{
    fs,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use super::{
    format::{MAGIC, record},
    tests::{abandoned, files, wait},
    writing::{Head, Log},
    *,
};
use crate::release::{Paragraph, Picture, PictureData, RichText, file};

/// Bytes that no compression and no other picture has.
fn bytes(seed: u32, length: usize) -> Vec<u8> {
    let mut state = u64::from(seed) | 1 << 40;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    (0..length).map(|_| next()).collect()
}

/// A draft with these pictures, all of one name.
fn release(headline: &str, pictures: &[&PictureData]) -> Release {
    let picture = |data: &&PictureData| {
        let data = Some((*data).clone());
        Paragraph::picture(Picture { name: "a.png".into(), data, ..Picture::default() }, RichText::plain("x"))
    };
    Release { headline: headline.into(), body: pictures.iter().map(picture).collect(), ..Release::default() }
}

/// The bytes of the pictures of a draft.
fn held(release: &Release) -> Vec<Option<&[u8]>> {
    let pictures = release.body.iter().filter_map(|block| block.picture.as_ref());
    pictures.map(|picture| picture.data.as_ref().map(PictureData::bytes)).collect()
}

#[test]
fn a_key_in_a_draft_with_pictures_writes_its_text_alone() {
    let place = tempfile::tempdir().unwrap();
    let large = PictureData::new(bytes(1, 3 << 20));
    let opened = release("", &[&large]);
    let journal = Journal::begin(place.path(), None, &opened);
    for key in 0..20 {
        journal.record(&release(&key.to_string(), &[&large]));
        _ = journal.write_now();
        wait(&journal);
    }
    let size: u64 = files(place.path()).iter().map(|path| path.metadata().unwrap().len()).sum();
    assert!(size < (3 << 20) + 50_000, "{size} bytes");
    drop(journal);
    let found = recoveries(place.path());
    assert_eq!(held(&found.recoveries[0].release), [Some(large.bytes())]);
    assert_eq!(found.recoveries[0].release.headline, "19");
    assert_eq!(held(&found.recoveries[0].opened), [Some(large.bytes())]);
}

/// Also of pictures that came and went, and of two that have one name.
#[test]
fn every_byte_of_the_pictures_comes_back() {
    let place = tempfile::tempdir().unwrap();
    let [one, two, three] = [1, 2, 3].map(|seed| PictureData::new(bytes(seed, 3000)));
    let changes = [release("a", &[&one, &two]), release("b", &[&two]), release("c", &[&two, &one, &three])];
    abandoned(place.path(), None, &release("", &[&one]), &changes);
    let mut found = recoveries(place.path());
    let recovery = found.recoveries.remove(0);
    assert_eq!(held(&recovery.release), [Some(two.bytes()), Some(one.bytes()), Some(three.bytes())]);
    assert_eq!(recovery.opened, release("", &[&one]));
    // The journal that goes on with it is another, and needs them again.
    let journal = recovery.resume();
    journal.record(&release("d", &[&three]));
    wait(&journal);
    drop(journal);
    assert_eq!(recoveries(place.path()).recoveries[0].release, release("d", &[&three]));
}

#[test]
fn each_segment_has_the_pictures_of_its_states() {
    let place = tempfile::tempdir().unwrap();
    let mut log = Log::new(Arc::new(SystemDisk), place.path(), Vec::new());
    let head = Head { draft: None, begun: SystemTime::now(), opened: Arc::default() };
    let data = PictureData::new(bytes(1, 5000));
    for i in 10..50 {
        let state = Arc::new(release(&format!("{i}").repeat(45_000), &[&data]));
        log.bring_to(&head, &state, &mut || None).unwrap();
    }
    assert!(log.next > 3, "the segments change");
    drop(log);
    assert_eq!(held(&recoveries(place.path()).recoveries[0].release), [Some(data.bytes())]);
}

#[test]
fn a_journal_of_the_first_format_is_read_with_its_pictures() {
    let place = tempfile::tempdir().unwrap();
    let data = PictureData::new(bytes(1, 32));
    let mut written = format!("{MAGIC}1\n").into_bytes();
    for (kind, headline) in [("opened", ""), ("changed", "one"), ("changed", "two")] {
        written.extend(record(kind, UNIX_EPOCH, file::write(&release(headline, &[&data])).as_bytes()));
    }
    fs::write(place.path().join("a.1.journal"), written).unwrap();
    let found = recoveries(place.path());
    assert_eq!(found.recoveries[0].release, release("two", &[&data]));
    assert_eq!(found.recoveries[0].opened, release("", &[&data]));
}

#[test]
fn a_picture_that_is_damaged_costs_no_text() {
    let place = tempfile::tempdir().unwrap();
    let data = PictureData::new(bytes(1, 3000));
    abandoned(place.path(), None, &Release::default(), &[release("one", &[&data]), release("two", &[&data])]);
    let path = files(place.path()).remove(0);
    let mut written = fs::read(&path).unwrap();
    let at = written.windows(100).position(|part| part == &data.bytes()[..100]).unwrap();
    written[at] ^= 1;
    fs::write(&path, written).unwrap();
    let found = recoveries(place.path());
    assert_eq!(found.recoveries[0].release.headline, "two");
    assert_eq!(held(&found.recoveries[0].release), [None]);
}

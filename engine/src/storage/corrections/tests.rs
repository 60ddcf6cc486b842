//! Corrections that are written, found, taken and discarded.

use std::sync::Arc;

use super::*;
use crate::storage::journal;

const DRAFT: &str = "/office/សេចក្តី.release";
const DAMAGED_TEXT: &str = "(\n  headlin: \"ព្រះ\",";

fn keeper(folder: &Path) -> Keeper {
    Keeper::new(folder, Path::new(DRAFT))
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn corrections_of_a_process_that_ended_are_found_and_taken() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("recovery");
    let first = keeper(&folder);
    first.write(sum(DAMAGED_TEXT), "one").unwrap();
    first.write(sum(DAMAGED_TEXT), "ពីរ").unwrap();
    drop(first);
    assert!(journal::find(&folder).recoveries.is_empty() && journal::find(&folder).damaged.is_empty());
    let found = find(&folder);
    assert_eq!((found.kept.len(), found.damaged.len()), (1, 0));
    // Windows adds the drive.
    assert_eq!(found.kept[0].draft, std::path::absolute(DRAFT).unwrap());
    let second = keeper(&folder);
    let same = second.look(sum(DAMAGED_TEXT)).same.unwrap();
    assert_eq!((same.text.as_str(), &same.kept), ("ពីរ", &found.kept[0]));
    second.remove().unwrap();
    assert!(names(&folder).is_empty(), "neither file nor lock stays");
}

#[cfg(unix)]
#[test]
fn only_the_user_may_read_corrections() {
    use std::os::unix::fs::PermissionsExt as _;

    let place = tempfile::tempdir().unwrap();
    keeper(place.path()).write(sum(DAMAGED_TEXT), "x").unwrap();
    for name in names(place.path()) {
        let mode = fs::metadata(place.path().join(&name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn what_another_process_keeps_is_let_alone() {
    let place = tempfile::tempdir().unwrap();
    let first = keeper(place.path());
    first.write(sum(DAMAGED_TEXT), "first").unwrap();
    assert!(find(place.path()).kept.is_empty());
    let second = keeper(place.path());
    let looked = second.look(sum(DAMAGED_TEXT));
    assert!(looked.same.is_none() && looked.others == 0);
    let file = first.file(1);
    assert!(Keeper::take(&file).unwrap().is_none());
    discard(&file).unwrap();
    second.write(sum(DAMAGED_TEXT), "second").unwrap();
    second.remove().unwrap();
    assert_eq!(read(&file).unwrap().text, "first");
    drop(first);
    discard(&file).unwrap();
    assert!(names(place.path()).is_empty());
}

#[test]
fn corrections_of_another_text_are_counted_and_stay() {
    let place = tempfile::tempdir().unwrap();
    let first = keeper(place.path());
    first.write(sum("another text"), "first").unwrap();
    drop(first);
    let second = keeper(place.path());
    let looked = second.look(sum(DAMAGED_TEXT));
    assert!(looked.same.is_none() && looked.others == 1);
    second.write(sum(DAMAGED_TEXT), "second").unwrap();
    drop(second);
    let third = keeper(place.path());
    let looked = third.look(sum(DAMAGED_TEXT));
    assert_eq!((looked.same.unwrap().text.as_str(), looked.others), ("second", 1));
    third.remove().unwrap();
    let (_, first) = Keeper::take(&third.file(1)).unwrap().unwrap();
    assert_eq!(first.text, "first");
}

#[test]
fn a_file_that_is_not_whole_is_set_aside_and_named() {
    let place = tempfile::tempdir().unwrap();
    let first = keeper(place.path());
    first.write(sum(DAMAGED_TEXT), "a text of some length").unwrap();
    let file = first.file(1);
    drop(first);
    let whole = regular::read(&file, 1 << 20).unwrap();
    for cut in [0, 5, 40, whole.len() - 4] {
        fs::write(&file, &whole[..cut]).unwrap();
        assert!(keeper(place.path()).look(sum(DAMAGED_TEXT)).same.is_none(), "{cut}");
        let found = find(place.path());
        assert!(found.kept.is_empty(), "{cut}");
        let said = found.damaged[0].to_string();
        assert!(said.contains("1.corrections.damaged"), "{said}");
    }
    fs::write(&file, format!("{MAGIC}{}\n", FORMAT + 1)).unwrap();
    assert!(matches!(find(place.path()).damaged[..], [StorageError::NewerJournal { .. }]));
    assert!(file.exists());
}

#[test]
fn a_lock_that_a_process_left_without_a_file_is_removed() {
    let place = tempfile::tempdir().unwrap();
    let file = keeper(place.path()).file(1);
    drop(Held::of(&file).unwrap());
    assert_eq!(names(place.path()).len(), 1);
    assert!(find(place.path()).kept.is_empty());
    assert!(names(place.path()).is_empty());
}

#[test]
fn a_folder_that_is_not_there_holds_nothing() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("none");
    assert!(find(&folder).kept.is_empty() && keeper(&folder).look(sum("")).same.is_none());
    assert!(!folder.exists());
    keeper(&folder).remove().unwrap();
}

/// The corrections in the folder, as the next start finds them.
fn found(folder: &Path) -> Vec<String> {
    let texts = find(folder).kept.into_iter().map(|kept| Keeper::take(&kept.file).unwrap().unwrap().1.text);
    texts.collect()
}

#[test]
fn a_panic_has_the_last_words_written_and_not_those_that_are_given_up() {
    let place = tempfile::tempdir().unwrap();
    let keeper = Arc::new(keeper(place.path()));
    keeper.write(sum(DAMAGED_TEXT), "first").unwrap();
    keeper.note(sum(DAMAGED_TEXT), "second".to_owned());
    keeper.note(sum(DAMAGED_TEXT), "third".to_owned());
    assert!(flush(Duration::from_secs(60)));
    // A write that began before the panic comes too late.
    keeper.write(sum(DAMAGED_TEXT), "second").unwrap();
    keeper.note(sum(DAMAGED_TEXT), "fourth".to_owned());
    keeper.forget();
    assert!(flush(Duration::from_secs(60)));
    drop(keeper);
    assert_eq!(found(place.path()), ["third"]);
}

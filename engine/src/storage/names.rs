//! Lists of names and titles: the user's own beside the settings, and those that an office shares.
//!
//! Knows files; what is in them is `roster`'s. A list that cannot be used is named, and keeps
//! nobody from working with the others.

use std::{io, path::Path};

use super::{Settings, StorageError, SystemDisk, regular, replace};
use crate::{
    release::file::ParseError,
    roster::{
        Person, Roster,
        edit::{Change, changed},
        file::{MAX_BYTES, parse},
    },
};

/// Reads a list of names.
///
/// # Errors
/// If the file cannot be read or is no list; the error names file, line, column and field.
pub fn names(path: &Path) -> Result<Vec<Person>, StorageError> {
    parse(&text(path)?).map_err(|source| StorageError::NotAList { path: path.to_owned(), source })
}

fn too_long() -> ParseError {
    let message = format!("a list of names has at most {} MB; take some out", MAX_BYTES >> 20);
    ParseError::at(1, 1, message)
}

/// The text of a list.
fn text(path: &Path) -> Result<String, StorageError> {
    let wrong = |source| StorageError::NotAList { path: path.to_owned(), source };
    let bytes = regular::read(path, MAX_BYTES).map_err(|source| match source.kind() {
        io::ErrorKind::FileTooLarge => wrong(too_long()),
        _ => StorageError::Unreadable { path: path.to_owned(), source },
    })?;
    utf8(&bytes).map(str::to_owned).map_err(wrong)
}

/// The text that bytes are, without the byte order mark that Windows editors put in front, for RON knows
/// none.
///
/// # Errors
/// If they are something else, and where.
pub(super) fn utf8(bytes: &[u8]) -> Result<&str, ParseError> {
    let text = str::from_utf8(bytes).map_err(|error| {
        let before = String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default()).into_owned();
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
        let message = "here is something else than text; save the file as UTF-8".to_owned();
        ParseError::at(line, column, message)
    })?;
    Ok(text.trim_start_matches('\u{FEFF}'))
}

/// Changes a list of names; one that does not exist begins with the change.
///
/// # Errors
/// If the list cannot be read or is damaged, would not be a list any more, or cannot be written; it is then
/// as it was.
pub fn change_names(path: &Path, change: Change<'_>) -> Result<(), StorageError> {
    let text = match text(path) {
        Ok(text) => text,
        Err(StorageError::Unreadable { source, .. }) if source.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error),
    };
    let not_a_list = |source| StorageError::NotAList { path: path.to_owned(), source };
    let changed = changed(&text, change).map_err(not_a_list)?;
    if changed.len() > MAX_BYTES {
        return Err(not_a_list(too_long()));
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|source| StorageError::Unwritable { path: path.to_owned(), source })?;
    }
    replace(&SystemDisk, path, changed.as_bytes())
}

/// Everybody on the lists that belong to settings kept at `path`, the user's own list first, and what
/// is wrong with them. A missing list is an error only if the settings name it.
pub fn roster(settings: &Settings, path: &Path) -> (Roster, Vec<StorageError>) {
    let mut errors = Vec::new();
    let mut people = Vec::new();
    match names(&Settings::own_names_path(path)) {
        Ok(own) => people.extend(own),
        Err(StorageError::Unreadable { source, .. }) if source.kind() == io::ErrorKind::NotFound => {}
        Err(error) => errors.push(error),
    }
    for list in settings.shared_names_paths(path) {
        match names(&list) {
            Ok(shared) => people.extend(shared),
            Err(error) => errors.push(error),
        }
    }
    (people.into_iter().collect(), errors)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_users_list_and_the_shared_ones_are_one_roster() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let (roster_of_none, errors) = roster(&Settings::default(), &at("settings.ron"));
        assert!(roster_of_none.is_empty() && errors.is_empty(), "no list is needed");
        std::fs::write(at("names.ron"), "\u{FEFF}(names: [(english: \"A B\")])").unwrap();
        std::fs::write(at("office.ron"), "(names: [(english: \"C D\"), (english: \"A B\")])").unwrap();
        std::fs::write(at("bad.ron"), "(names: [\n(name: \"C D\")])").unwrap();
        let names = ["none.ron", "bad.ron", "office.ron"].map(Into::into).to_vec();
        let (roster, errors) = roster(&Settings { names, ..Settings::default() }, &at("settings.ron"));
        let people: Vec<_> = roster.people().iter().map(|person| person.name.english.as_str()).collect();
        assert_eq!(people, ["A B", "C D"]);
        let said: Vec<_> = errors.iter().map(ToString::to_string).collect();
        assert!(said[0].contains("none.ron") && said[0].contains("no such file"), "{said:?}");
        assert!(said[1].contains("bad.ron, line 2, column") && said[1].contains("`name`: no such field"), "{said:?}");
        assert_eq!(said.len(), 2);
    }

    #[test]
    fn what_is_no_list_is_an_error_with_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("names.ron");
        std::fs::write(&path, b"(names: [\n  \xFF").unwrap();
        assert!(names(&path).unwrap_err().to_string().contains("line 2, column 3: here is something else than text"));
        std::fs::File::create(&path).unwrap().set_len(1 << 40).unwrap();
        assert!(names(&path).unwrap_err().to_string().contains("at most 4 MB"));
    }

    #[test]
    fn a_list_is_begun_and_changed_where_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings").join("names.ron");
        let person = |english: &str| Person {
            name: crate::roster::Both { english: english.into(), khmer: String::new() },
            ..Person::default()
        };
        change_names(&path, Change::Add(&person(" A  B "))).unwrap();
        change_names(&path, Change::Add(&person("C"))).unwrap();
        change_names(&path, Change::Replace(&person("A B"), &person("D"))).unwrap();
        assert_eq!(names(&path).unwrap(), [person("D"), person("C")]);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("\u{FEFF}// ours\n{text}")).unwrap();
        change_names(&path, Change::Remove(&person("D"))).unwrap();
        assert!(std::fs::read_to_string(&path).unwrap().starts_with("// ours\n(names: ["));
        assert_eq!(names(&path).unwrap(), [person("C")]);
        std::fs::write(&path, "(names: [").unwrap();
        assert!(change_names(&path, Change::Add(&person("E"))).unwrap_err().to_string().contains("names.ron, line 1"));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "(names: [", "a damaged list is let be");
    }
}

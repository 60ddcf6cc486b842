//! The user's word list: names that no line may divide, and words that are spelt right.
//!
//! A plain text file, a word a line, so that an office can keep one with any editor, send it by
//! mail and share it from a common folder. It is beside the settings unless they name another.
//! Nothing in it can do harm: what is no word is let pass.
//!
//! Knows files and lines, nothing of typesetting.

use std::{io, path::Path};

use super::{
    StorageError, SystemDisk,
    regular::{self, Links},
    replace,
};

/// The largest list that is read, in bytes; what comes after is let pass.
const MAX_BYTES: usize = 1 << 20;
/// The most words that are taken.
const MAX_WORDS: usize = 10_000;
/// The longest word, in characters. The longest Khmer names with their titles have some forty; what
/// is longer is a sentence, and would leave lines that cannot be filled.
const LONGEST: usize = 48;

/// Reads a word list: one word or name a line, in UTF-8; empty lines and those that begin with `#`
/// mean nothing. A list that does not exist has no words.
///
/// # Errors
/// If there is a file and it cannot be read.
pub fn words(path: &Path) -> Result<Vec<String>, StorageError> {
    match regular::read_start(path, MAX_BYTES, Links::Followed) {
        Ok(bytes) => Ok(parse(&bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(source) => Err(StorageError::Unreadable { path: path.to_owned(), source }),
    }
}

/// Adds a word at the end of a list, which is made if there is none; what is in it is kept as it
/// is. A word that the list has is not added again.
///
/// # Errors
/// If the list cannot be read or written, or has no room; it is then as it was.
pub fn add_word(path: &Path, word: &str) -> Result<(), StorageError> {
    let full = || {
        let source = io::Error::new(io::ErrorKind::FileTooLarge, "the list of words is full");
        StorageError::Unwritable { path: path.to_owned(), source }
    };
    let mut bytes = match regular::read(path, MAX_BYTES) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => return Err(full()),
        Err(source) => return Err(StorageError::Unreadable { path: path.to_owned(), source }),
    };
    let known = parse(&bytes);
    if known.iter().any(|known| known == word) {
        return Ok(());
    }
    if bytes.last().is_some_and(|last| *last != b'\n') {
        bytes.push(b'\n');
    }
    bytes.extend_from_slice(word.as_bytes());
    bytes.push(b'\n');
    // What is added must be read again.
    if bytes.len() > MAX_BYTES || known.len() >= MAX_WORDS {
        return Err(full());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|source| StorageError::Unwritable { path: path.to_owned(), source })?;
    }
    replace(&SystemDisk, path, &bytes)
}

fn parse(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let lines = text.trim_start_matches('\u{FEFF}').lines().map(str::trim);
    lines.filter(|line| !line.starts_with('#') && is_word(line)).take(MAX_WORDS).map(str::to_owned).collect()
}

/// Whether lines could be kept from dividing this: at least two characters, and all of them text.
fn is_word(line: &str) -> bool {
    let mut chars = line.chars();
    line.chars().nth(1).is_some()
        && line.chars().nth(LONGEST).is_none()
        && chars.all(|c| !c.is_control() && c != char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_a_word_a_line() {
        let list = "\u{FEFF}# Names of the ministry\r\nសុខ ចិន្តាសោភា\r\n\n  AEON Mall \n#no\nក\n";
        assert_eq!(parse(list.as_bytes()), ["សុខ ចិន្តាសោភា", "AEON Mall"]);
    }

    #[test]
    fn what_is_no_word_is_let_pass() {
        assert_eq!(parse(b"\xFF\xFEa\0b\0\nab\x07c\nname\n"), ["name"]);
        assert!(parse("ក".repeat(LONGEST + 1).as_bytes()).is_empty());
        assert_eq!(parse("កខ\n".repeat(MAX_WORDS + 5).as_bytes()).len(), MAX_WORDS);
    }

    #[test]
    fn a_word_is_added_once_and_the_rest_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("words.txt");
        add_word(&list, "Kamikawa").unwrap();
        assert_eq!(std::fs::read_to_string(&list).unwrap(), "Kamikawa\n");
        std::fs::write(&list, "# ours\r\nAEON Mall").unwrap();
        for _ in 0..2 {
            add_word(&list, "Kamikawa").unwrap();
        }
        assert_eq!(std::fs::read_to_string(&list).unwrap(), "# ours\r\nAEON Mall\nKamikawa\n");
        std::fs::write(&list, "ab\n".repeat(MAX_WORDS)).unwrap();
        assert!(add_word(&list, "Kamikawa").unwrap_err().to_string().contains("full"));
        assert!(add_word(folder.path(), "Kamikawa").is_err());
    }

    #[test]
    fn the_first_word_makes_the_folder_that_a_fresh_installation_lacks() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("release-composer/words.txt");
        add_word(&list, "Kamikawa").unwrap();
        assert_eq!(words(&list).unwrap(), ["Kamikawa"]);
    }

    #[test]
    fn a_list_that_is_not_there_is_empty_and_a_folder_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        assert!(words(&folder.path().join("words.txt")).unwrap().is_empty());
        assert!(words(folder.path()).unwrap_err().to_string().contains("cannot open"));
    }
}

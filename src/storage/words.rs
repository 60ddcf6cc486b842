//! The user's word list: names that no line may divide.
//!
//! A plain text file, a word a line, so that an office can keep one with any editor, send it by
//! mail and share it from a common folder. It stands beside the settings unless they name another.
//! Nothing in it can do harm: what is no word is let pass.
//!
//! Knows files and lines, nothing of typesetting.

use std::{fs::File, io, io::Read as _, path::Path};

use super::StorageError;

/// The largest list that is read, in bytes; what comes after is let pass.
const MAX_BYTES: u64 = 1 << 20;
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
    let mut bytes = Vec::new();
    match File::open(path).and_then(|file| file.take(MAX_BYTES).read_to_end(&mut bytes)) {
        Ok(_) => Ok(parse(&bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(source) => Err(StorageError::Unreadable { path: path.to_owned(), source }),
    }
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
    fn a_list_that_is_not_there_is_empty_and_a_folder_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        assert!(words(&folder.path().join("words.txt")).unwrap().is_empty());
        assert!(words(folder.path()).unwrap_err().to_string().contains("cannot open"));
    }
}

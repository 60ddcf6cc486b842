//! Names that a file can have on every system, and that no two files have on one of them.
//!
//! Knows names and nothing of what is on the disk. The invariant: a file by a name that passes here can
//! be copied to Windows, macOS and Linux, and is seen there as what it is.

use unicode_normalization::UnicodeNormalization as _;

/// The longest name of a file, in bytes.
pub const LONGEST_FILE_NAME: usize = 255;
/// What Windows takes for a device, with any ending.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
/// And these with a digit behind them, also a raised one.
const NUMBERED: [&str; 2] = ["COM", "LPT"];
const DIGITS: &str = "0123456789¹²³";

/// Why a name cannot be the name of a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// There is nothing in it.
    #[error("a file needs a name")]
    Empty,
    /// Windows has a device of this name.
    #[error("Windows does not take {0} for a file's name, whatever comes after it; choose another one")]
    Device(String),
    /// It ends in a full stop or a space.
    #[error("a file's name cannot end in a full stop or a space, which Windows drops; take it away")]
    Ending,
    /// A character that stands for something else in paths.
    #[error("a file's name cannot have {0} in it; take it out")]
    Character(char),
    /// A character that nobody sees, and that may show the others in another order.
    #[error("a file's name cannot have the invisible character U+{code:04X} in it; take it out", code = u32::from(*.0))]
    Invisible(char),
    /// It has too many bytes.
    #[error("the name of a file has at most {LONGEST_FILE_NAME} bytes, and this has {0}; shorten it")]
    TooLong(usize),
}

/// Whether a name can be had by a file on every system.
///
/// # Errors
/// If it cannot, and what to change.
pub fn check_file_name(name: &str) -> Result<(), NameError> {
    if name.trim().is_empty() {
        return Err(NameError::Empty);
    }
    if name.len() > LONGEST_FILE_NAME {
        return Err(NameError::TooLong(name.len()));
    }
    if let Some(c) = name.chars().find(|&c| !fits_file_name(c)) {
        let is_seen = !c.is_control() && !is_invisible(c);
        return Err(if is_seen { NameError::Character(c) } else { NameError::Invisible(c) });
    }
    // Also `a. .`, of which Windows leaves nothing but the letter.
    if name.ends_with(['.', ' ']) {
        return Err(NameError::Ending);
    }
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_uppercase();
    let is_numbered = |device: &&str| {
        stem.strip_prefix(*device).is_some_and(|rest| {
            let mut rest = rest.chars();
            rest.next().is_some_and(|c| DIGITS.contains(c)) && rest.next().is_none()
        })
    };
    if DEVICES.contains(&stem.as_str()) || NUMBERED.iter().any(is_numbered) {
        return Err(NameError::Device(stem));
    }
    Ok(())
}

/// Whether a character may be in the name of a file on every system. The zero-width space may: in a
/// Khmer name it is typed by the space bar.
pub fn fits_file_name(c: char) -> bool {
    !c.is_control() && !"/\\:*?\"<>|".contains(c) && !is_invisible(c)
}

/// Whether a character is not seen, but for those that words of Khmer and pictures are joined by.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFC}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether a character is not seen at all, be it one that joins or divides words and pictures.
pub fn is_unseen(c: char) -> bool {
    is_invisible(c) || matches!(c, '\u{200B}'..='\u{200D}' | '\u{FE00}'..='\u{FE0F}')
}

/// What two names, or paths, have in common that lead to one file somewhere: Windows and macOS take
/// capitals for small letters, macOS takes a letter with its mark for the two characters, and nobody can
/// tell two names apart that differ in what is not seen.
pub fn same_name_key(name: &str) -> String {
    let seen = name.chars().filter(|&c| !is_unseen(c));
    // Small letters of capitals: ß and SS are the same.
    seen.nfd().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfd().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_some_system_refuses_are_refused() {
        for name in
            ["a.ron", "ក\u{200B}ខ.pdf", "CONSUL.ron", "COM10.ron", "COM.ron", "a.con", "LPT", ".ron", "❤\u{FE0F}"]
        {
            assert_eq!(check_file_name(name), Ok(()), "{name}");
        }
        for name in ["CON", "con.ron", "Nul.tar.gz", "aux .pdf", "com1.ron", "LPT9", "com³.txt", "conin$"] {
            assert!(matches!(check_file_name(name), Err(NameError::Device(_))), "{name}");
        }
        for name in ["a.", "a ", "a. .", ".", ".."] {
            assert_eq!(check_file_name(name), Err(NameError::Ending), "{name}");
        }
        for c in ['/', '\\', ':', '*', '?', '"', '<', '>', '|'] {
            assert_eq!(check_file_name(&format!("a{c}b")), Err(NameError::Character(c)));
        }
        for c in ['\u{202E}', '\u{2066}', '\u{200F}', '\u{61C}', '\u{FEFF}', '\u{AD}', '\u{17B4}', '\n', '\u{7F}'] {
            assert_eq!(check_file_name(&format!("fdp.{c}exe")), Err(NameError::Invisible(c)));
        }
        assert_eq!(check_file_name(""), Err(NameError::Empty));
        assert_eq!(check_file_name(" "), Err(NameError::Empty));
        assert_eq!(check_file_name(&"ក".repeat(86)), Err(NameError::TooLong(258)));
        let said = check_file_name("a\u{202E}b").unwrap_err().to_string();
        assert!(said.contains("U+202E"), "{said}");
    }

    #[test]
    fn names_that_are_one_somewhere_have_one_key() {
        for (a, b) in [("É.ron", "e\u{301}.ron"), ("Straße", "STRASSE"), ("ក\u{200B}ខ", "កខ"), ("x\u{202E}y", "XY")]
        {
            assert_eq!(same_name_key(a), same_name_key(b), "{a} {b}");
        }
        assert_ne!(same_name_key("a"), same_name_key("b"));
        assert_ne!(same_name_key("é"), same_name_key("e"));
    }
}

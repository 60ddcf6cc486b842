//! Bytes as text of 64 letters (RFC 4648, section 4), as a draft and the clipboard have pictures.
//!
//! Knows nothing of drafts. Invariant: what is written is read back unchanged.

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// Writes bytes down.
pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Reads what was written; `None` if it is no such text. Spaces and line breaks between letters are left out, as
/// mail puts some in.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let letters: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    STANDARD.decode(letters).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_examples_of_the_standard_hold() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(encode(plain.as_bytes()), coded);
            assert_eq!(decode(coded).as_deref(), Some(plain.as_bytes()));
        }
        assert_eq!(decode(" Zm9v\n YmFy ").as_deref(), Some(&b"foobar"[..]));
        for wrong in ["Z", "Zg", "Zg=", "Zh==", "Zm9", "Zm!v", "Zg==Zg==", "====", "Zm9v="] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }
    }
}

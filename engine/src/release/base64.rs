//! Bytes as text of 64 letters (RFC 4648, section 4), as a draft and the clipboard have pictures.
//!
//! Knows nothing of drafts. Invariant: what is written is read back unchanged.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Writes bytes down.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for letter in 0..4 {
            let value = group >> (18 - 6 * letter) & 63;
            // Two bytes take three letters, and one takes two.
            let shown = LETTERS.get(value as usize).filter(|_| letter <= chunk.len());
            text.push(shown.map_or('=', |letter| char::from(*letter)));
        }
    }
    text
}

/// Reads what was written; `None` if it is no such text. Spaces and line breaks between letters are left out, as
/// mail puts some in.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let letters = text.trim_end().trim_end_matches('=');
    let padding = text.trim_end().len() - letters.len();
    let mut bytes = Vec::with_capacity(letters.len() / 4 * 3 + 2);
    let (mut group, mut count) = (0u32, 0usize);
    for letter in letters.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        group = group << 6 | value(letter)?;
        count += 1;
        if count.is_multiple_of(4) {
            bytes.extend(group.to_be_bytes().iter().skip(1));
            group = 0;
        }
    }
    let rest = count % 4;
    let (missing, kept) = match rest {
        0 => (0, 0),
        2 => (2, 1),
        3 => (1, 2),
        _ => return None,
    };
    let group = group << (6 * missing);
    let last = group.to_be_bytes();
    let is_whole = group & (0x00FF_FFFF >> (8 * kept)) == 0;
    bytes.extend(last.iter().skip(1).take(kept));
    (is_whole && padding == missing).then_some(bytes)
}

fn value(letter: u8) -> Option<u32> {
    Some(u32::from(match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
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

//! The operators of a page in fewer bytes: strings in parentheses, which printpdf writes in
//! hexadecimal digits.
//!
//! Knows the signs of the language, nothing of what they draw. Its invariant: a reader sees the
//! same operators with the same operands.

use super::super::file;

/// Writes strings of hexadecimal digits as bytes in parentheses (ISO 32000-1, 7.3.4).
pub(super) fn shorten(content: &[u8]) -> Vec<u8> {
    let mut short = Vec::with_capacity(content.len());
    let mut rest = content;
    while let Some((&byte, after)) = rest.split_first() {
        match (byte, after.first()) {
            (b'(', _) => {
                let (string, after) = rest.split_at(end_of_string(rest));
                short.extend(string);
                rest = after;
            }
            // Dictionaries begin so too.
            (b'<', Some(b'<')) => {
                short.extend(b"<<");
                rest = &after[1..];
            }
            (b'<', _) => match digits(after) {
                Some((text, after)) => {
                    file::literal(&mut short, &text);
                    rest = after;
                }
                None => {
                    short.push(byte);
                    rest = after;
                }
            },
            _ => {
                short.push(byte);
                rest = after;
            }
        }
    }
    short
}

/// Where a string in parentheses ends that `text` begins with.
fn end_of_string(text: &[u8]) -> usize {
    let (mut depth, mut escaped) = (0, false);
    for (i, &byte) in text.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' if depth == 1 => return i + 1,
            b')' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// The bytes that hexadecimal digits mean, up to `>`, and what follows; `None` if they are no
/// whole bytes.
fn digits(text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let end = text.iter().position(|&byte| byte == b'>')?;
    let (digits, after) = text.split_at(end);
    let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, []) = digits.as_chunks::<2>() else { return None };
    let bytes = pairs.iter().map(|&[a, b]| Some(digit(a)? << 4 | digit(b)?)).collect::<Option<_>>()?;
    Some((bytes, &after[1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_written_as_bytes_and_nothing_else_is_changed() {
        let content = b"/P <</MCID 0>> BDC\n[<00410028005C> -9<0d41>] TJ\n(a\\)<41>) Tj <4> Tj";
        let short = b"/P <</MCID 0>> BDC\n[(\0A\0\\(\0\\\\) -9(\\rA)] TJ\n(a\\)<41>) Tj <4> Tj";
        assert_eq!(shorten(content).escape_ascii().to_string(), short.escape_ascii().to_string());
    }
}

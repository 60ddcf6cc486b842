//! How a journal is written down, and how it is read: see the [module](super) for the frame.
//!
//! Knows bytes, and no file. Its invariant: what was changed on the disk is never taken for a record.

use std::{
    io::{self, BufRead as _, Read as _},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use crate::release::{Release, file};

/// The longest text of a record.
pub(super) const MAX_TEXT: u64 = file::MAX_BYTES as u64;
/// The longest line before a record.
const MAX_LINE: u64 = 128;

pub(super) const MAGIC: &str = "release-composer journal ";
pub(super) const FORMAT: u32 = 1;
pub(super) const ENDING: &str = ".journal";

/// The record of a state; `None` if it is longer than any draft.
pub(super) fn change(release: &Release) -> Option<Vec<u8>> {
    let text = file::write(release);
    (text.len() <= file::MAX_BYTES).then(|| record("changed", SystemTime::now(), text.as_bytes()))
}

/// A record: `KIND TIME LENGTH CHECKSUM`, the text, and a line break.
pub(super) fn record(kind: &str, time: SystemTime, text: &[u8]) -> Vec<u8> {
    let millis = time.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let start = format!("{kind} {millis} {}", text.len());
    let mut bytes = format!("{start} {:08x}\n", checksum(&start, text)).into_bytes();
    bytes.extend_from_slice(text);
    bytes.push(b'\n');
    bytes
}

fn checksum(start: &str, text: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(start.as_bytes());
    hasher.update(text);
    hasher.finalize()
}

/// The next line without its break, or nothing at the end, or if what comes is no line of ours.
pub(super) fn read_line(reader: &mut impl io::BufRead) -> io::Result<String> {
    let mut line = Vec::new();
    reader.take(MAX_LINE).read_until(b'\n', &mut line)?;
    line.pop_if(|last| *last == b'\n');
    Ok(String::from_utf8(line).unwrap_or_else(|_| "?".into()))
}

/// The next whole record; one whose text was changed is passed over. `None` where no record begins.
pub(super) fn read_record(reader: &mut impl io::BufRead) -> io::Result<Option<(String, SystemTime, Vec<u8>)>> {
    loop {
        let line = read_line(reader)?;
        let mut words = line.rsplitn(2, ' ');
        let (Some(sum), Some(start)) = (words.next(), words.next()) else { return Ok(None) };
        let mut words = start.split(' ');
        let (Some(kind), Some(time), Some(length), None) = (words.next(), words.next(), words.next(), words.next())
        else {
            return Ok(None);
        };
        let numbers = (u32::from_str_radix(sum, 16), time.parse(), length.parse::<u64>());
        let (Ok(sum), Ok(millis), Ok(length @ 0..=MAX_TEXT)) = numbers else { return Ok(None) };
        let mut text = Vec::new();
        reader.by_ref().take(length + 1).read_to_end(&mut text)?;
        if text.pop() != Some(b'\n') || text.len() as u64 != length {
            return Ok(None);
        }
        if let Some(time) = UNIX_EPOCH.checked_add(Duration::from_millis(millis))
            && checksum(start, &text) == sum
        {
            return Ok(Some((kind.to_owned(), time, text)));
        }
    }
}

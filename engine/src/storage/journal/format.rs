//! How a journal is written down, and how it is read: see the [module](super) for the frame.
//!
//! Knows bytes, and no file. Its invariant: what was changed on the disk is never taken for a record.

use std::{
    collections::BTreeMap,
    io::{self, BufRead as _, Read as _},
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use crate::release::{PictureData, Release, bounded, file};

/// The longest text of a record.
pub(in crate::storage) const MAX_TEXT: u64 = file::MAX_BYTES as u64;
/// The longest line before a record.
const MAX_LINE: u64 = 128;

pub(super) const MAGIC: &str = "release-composer journal ";
/// 2 brought records of pictures. In 1 each state has the bytes of its pictures itself.
pub(super) const FORMAT: u32 = 2;
pub(super) const ENDING: &str = ".journal";

/// Pictures by their sums.
pub(super) type Pictures = BTreeMap<[u8; 32], PictureData>;

/// A release apart from the bytes of its pictures.
pub(super) struct State {
    /// The draft, in which the data of each picture is the sum of its bytes.
    pub(super) text: String,
    pub(super) pictures: Pictures,
    /// How many bytes all of it takes in a segment, about.
    pub(super) size: u64,
}

impl State {
    /// Takes a release apart; `None` if it is longer than any draft.
    pub(super) fn of(release: &Release) -> Option<Self> {
        let mut release = release.clone();
        let mut pictures = Pictures::new();
        for picture in release.body.iter_mut().filter_map(|block| block.picture.as_mut()) {
            if let Some(data) = picture.data.clone() {
                Arc::make_mut(picture).data = Some(PictureData::new(data.sum()));
                pictures.insert(data.sum(), data);
            }
        }
        let text = file::write(&release);
        let lengths = || pictures.values().map(|data| data.bytes().len());
        let in_draft = text.len() + lengths().map(bounded::picture_bytes).sum::<usize>();
        let size = (text.len() + lengths().sum::<usize>()) as u64;
        (in_draft <= file::MAX_BYTES).then_some(Self { text, pictures, size })
    }

    /// Puts a release together again. A picture whose record is lost comes without its bytes: the text counts more.
    pub(super) fn read(text: &[u8], pictures: &Pictures) -> Option<Release> {
        let mut release = file::parse(std::str::from_utf8(text).ok()?).ok()?;
        for picture in release.body.iter_mut().filter_map(|block| block.picture.as_mut()) {
            if let Some(sum) = picture.data.as_ref().map(|data| <[u8; 32]>::try_from(data.bytes())) {
                Arc::make_mut(picture).data = sum.ok().and_then(|sum| pictures.get(&sum).cloned());
            }
        }
        Some(release)
    }
}

/// A record: `KIND TIME LENGTH CHECKSUM`, the text, and a line break.
pub(in crate::storage) fn record(kind: &str, time: SystemTime, text: &[u8]) -> Vec<u8> {
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

/// The next line without its break, or nothing at the end, or if the rest is not a line of the journal.
pub(in crate::storage) fn read_line(reader: &mut impl io::BufRead) -> io::Result<String> {
    let mut line = Vec::new();
    reader.take(MAX_LINE).read_until(b'\n', &mut line)?;
    line.pop_if(|last| *last == b'\n');
    Ok(String::from_utf8(line).unwrap_or_else(|_| "?".into()))
}

/// The next whole record; one whose text was changed is passed over. `None` where no record begins.
pub(in crate::storage) fn read_record(
    reader: &mut impl io::BufRead,
) -> io::Result<Option<(String, SystemTime, Vec<u8>)>> {
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

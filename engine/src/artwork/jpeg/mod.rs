//! JPEG files that a PDF may hold as they are (ISO 32000-1, 7.4.8), without the loss of time and
//! room of unpacking them.
//!
//! Knows the markers of ISO/IEC 10918-1 (`whole` its coding too) and nothing of pixels. Its invariant: what it keeps means
//! the same colours to every reader; of anything else the pixels are used.

mod bits;
mod whole;

pub(super) use whole::check;

/// The file reduced to what draws it: no camera data, no thumbnails, nothing after its end; and how
/// many channels it has, one for grey or three for colour. `None` if a reader might see other
/// colours in it than were meant.
pub(super) fn plain(bytes: &[u8]) -> Option<(Vec<u8>, u8)> {
    let mut rest = bytes.strip_prefix(&[0xFF, START])?;
    let mut kept = vec![0xFF, START];
    let mut channels = None;
    loop {
        // A marker may have any number of bytes before it that fill up.
        let [0xFF, kind, after @ ..] = rest else { return None };
        if *kind == 0xFF {
            rest = &rest[1..];
            continue;
        }
        if *kind == END {
            kept.extend([0xFF, END]);
            return channels.map(|channels| (kept, channels));
        }
        let length = usize::from(u16::from_be_bytes(*after.first_chunk()?));
        let segment = after.get(2..length)?;
        let (whole, after) = rest.split_at(2 + length);
        match *kind {
            // Baseline, extended and progressive, as PDF reads them.
            0xC0..=0xC2 if channels.is_none() => channels = Some(channels_of(segment)?),
            // Other kinds of coding, or a second picture.
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCF | 0xDE | 0xDF => return None,
            // A colour space of its own, unless it is the one of the program, sRGB.
            0xE2 if segment.starts_with(b"ICC_PROFILE\0") && !is_srgb(segment) => return None,
            // Adobe's word that colours were not made luminance and chrominance first.
            0xEE if segment.starts_with(b"Adobe") && segment.get(11) == Some(&0) && channels != Some(1) => {
                return None;
            }
            _ => {}
        }
        if !matches!(*kind, 0xE0..=0xEF | COMMENT) {
            kept.extend(whole);
        }
        rest = after;
        if *kind == SCAN {
            let (coded, after) = rest.split_at(end_of_scan(rest)?);
            kept.extend(coded);
            rest = after;
        }
    }
}

/// Markers (ISO/IEC 10918-1, table B.1).
const START: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;
const COMMENT: u8 = 0xFE;

/// One channel, or three that count from 1: others name colours in ways that readers guess about.
fn channels_of(frame: &[u8]) -> Option<u8> {
    let [8, _, _, _, _, count, channels @ ..] = frame else { return None };
    let names: Vec<u8> = channels.chunks(3).filter_map(|channel| channel.first().copied()).collect();
    match (*count, &names[..]) {
        (1, [_]) => Some(1),
        (3, [1, 2, 3]) => Some(3),
        _ => None,
    }
}

/// Whether a profile calls itself sRGB, in bytes or in UTF-16.
fn is_srgb(profile: &[u8]) -> bool {
    let holds = |name: &[u8]| profile.windows(name.len()).any(|part| part == name);
    holds(b"sRGB") || holds(b"s\0R\0G\0B")
}

/// Where the next marker is: one that neither is part of the coded picture nor restarts it.
fn end_of_scan(coded: &[u8]) -> Option<usize> {
    coded.windows(2).position(|pair| matches!(pair, [0xFF, kind] if !matches!(kind, 0 | 0xD0..=0xD7 | 0xFF)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(colour: bool) -> Vec<u8> {
        let mut bytes = Vec::new();
        let picture = image::RgbImage::from_fn(40, 30, |x, y| {
            let channel = |value: u32| u8::try_from(value).unwrap();
            image::Rgb([channel(x * 5), channel(y * 7), 90])
        });
        let picture = image::DynamicImage::from(picture);
        let picture = if colour { picture } else { picture.grayscale() };
        picture.write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Jpeg).unwrap();
        bytes
    }

    /// Puts a segment behind the start.
    fn with(jpeg: &[u8], kind: u8, segment: &[u8]) -> Vec<u8> {
        let length = u16::try_from(segment.len() + 2).unwrap().to_be_bytes();
        [&jpeg[..2], &[0xFF, kind], &length, segment, &jpeg[2..]].concat()
    }

    #[test]
    fn a_plain_picture_keeps_its_pixels_and_loses_what_tells_of_the_camera() {
        for (colour, channels) in [(true, 3), (false, 1)] {
            let told = with(&jpeg(colour), 0xE1, b"Exif\0\0where it was taken");
            let trailed = [&told[..], b"a second picture"].concat();
            let (kept, count) = plain(&trailed).unwrap();
            assert_eq!(count, channels);
            assert!(!kept.windows(4).any(|part| part == b"Exif" || part == b"seco"));
            let pixels = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().into_rgb8();
            assert!(pixels(&kept) == pixels(&told));
        }
    }

    #[test]
    fn what_readers_might_see_in_other_colours_is_not_kept() {
        let colour = jpeg(true);
        let adobe = |transform: u8| with(&colour, 0xEE, &[b"Adobe\0\x64\0\0\0\0", &[transform][..]].concat());
        assert!(plain(&adobe(1)).is_some());
        assert!(plain(&adobe(0)).is_none());
        assert!(plain(&with(&colour, 0xE2, b"ICC_PROFILE\0\x01\x01 Adobe RGB (1998)")).is_none());
        assert!(plain(&with(&colour, 0xE2, b"ICC_PROFILE\0\x01\x01 sRGB IEC61966-2.1")).is_some());
        assert!(plain(include_bytes!("../../../../tests/corpus/emblem-cmyk.jpg")).is_none());
    }

    #[test]
    fn a_damaged_file_is_not_kept() {
        let colour = jpeg(true);
        for end in 0..colour.len() {
            assert!(plain(&colour[..end]).is_none(), "{end}");
        }
        assert!(plain(&with(&colour, 0xC0, &[12, 0, 1, 0, 1, 1, 1, 17, 0])).is_none());
    }
}

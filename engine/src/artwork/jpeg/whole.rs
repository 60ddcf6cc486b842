//! Whether a JPEG holds the whole picture that it promises.
//!
//! Decoders make up what is missing: half a file becomes half a picture over grey, without a word. So the
//! coded data is read here once more for its own sake: block by block, as ISO/IEC 10918-1 describes it
//! (baseline in F.2, progressive in G.1), without making a pixel. Its invariant: a picture that passes has
//! every block that its header speaks of, and no more.

use super::{
    END, SCAN, START,
    bits::{Bits, Code},
};

/// Bytes that some encoders leave behind a scan.
const MAX_LEFT: usize = 16;

/// Scans of a picture. A progressive one has ten or so; each is work for all blocks.
const MAX_SCANS: usize = 100;

/// Segments between markers.
const MAX_SEGMENTS: usize = 10_000;

/// Why a picture is not whole.
#[derive(Debug, PartialEq)]
pub(in super::super) enum Fault {
    /// Parts of the picture are missing.
    EndsEarly,
    /// There is more than the picture that the header speaks of.
    WrongSize,
    /// What is there has no meaning.
    Meaningless,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::EndsEarly => "a part of the picture is missing",
            Self::WrongSize => "it is not of the size that it says",
            Self::Meaningless => "its data has no meaning",
        })
    }
}

/// Reads a JPEG to its end. Of kinds that are not coded as nearly all are, nothing is said: the decoder
/// refuses them.
pub(in super::super) fn check(bytes: &[u8]) -> Result<(), Fault> {
    let mut rest = bytes.strip_prefix(&[0xFF, START]).ok_or(Fault::Meaningless)?;
    let mut picture = Picture::default();
    for _ in 0..MAX_SEGMENTS {
        let [0xFF, kind, after @ ..] = rest else {
            return Err(if rest.len() < 2 { Fault::EndsEarly } else { Fault::Meaningless });
        };
        match *kind {
            0xFF => {
                rest = &rest[1..];
                continue;
            }
            END => return picture.is_whole(),
            _ => {}
        }
        let length = after.first_chunk().map(|length| usize::from(u16::from_be_bytes(*length)));
        let length = length.filter(|length| *length >= 2).ok_or(Fault::EndsEarly)?;
        let (segment, after) = after.split_at_checked(length).ok_or(Fault::EndsEarly)?;
        let segment = &segment[2..];
        rest = after;
        match *kind {
            0xC0..=0xC2 => picture.frame(segment, *kind == 0xC2).ok_or(Fault::Meaningless)?,
            0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => return Ok(()),
            0xC4 => picture.codes(segment).ok_or(Fault::Meaningless)?,
            0xDD => {
                let interval = segment.first_chunk().ok_or(Fault::Meaningless)?;
                picture.interval = usize::from(u16::from_be_bytes(*interval));
            }
            SCAN => rest = picture.scan(segment, rest)?,
            _ => {}
        }
    }
    Err(Fault::Meaningless)
}

/// A component of the picture: a channel of colour.
#[derive(Default)]
struct Component {
    id: u8,
    /// Blocks of a unit, across and down.
    sampling: (usize, usize),
    /// Blocks of the component itself, across and down.
    blocks: (usize, usize),
    /// Blocks in memory, across: those of whole units.
    stride: usize,
    /// For each block of a progressive picture, which of its 64 values are not nought.
    known: Vec<u64>,
    /// How many low bits of each value are still to come; `None` if all are.
    to_come: Vec<Option<u8>>,
}

#[derive(Default)]
struct Picture {
    is_progressive: bool,
    components: Vec<Component>,
    /// Units across and down.
    units: (usize, usize),
    /// For first values, and for others.
    codes: [[Option<Code>; 4]; 2],
    /// Units between restarts; 0 without restarts.
    interval: usize,
    scans: usize,
}

/// What a scan brings of a component.
struct ScanComponent {
    component: usize,
    codes: [usize; 2],
}

/// Which values of each block a scan brings, and which of their bits.
struct Band {
    from: usize,
    to: usize,
    is_first: bool,
    low: u8,
}

impl Picture {
    /// Reads the header of the picture.
    fn frame(&mut self, segment: &[u8], is_progressive: bool) -> Option<()> {
        let [_, h0, h1, w0, w1, count, components @ ..] = segment else { return None };
        let [height, width] = [[*h0, *h1], [*w0, *w1]].map(|side| usize::from(u16::from_be_bytes(side)));
        if !self.components.is_empty() || width == 0 || height == 0 || !(1..=4).contains(count) {
            return None;
        }
        self.is_progressive = is_progressive;
        for component in components.as_chunks::<3>().0.iter().take(usize::from(*count)) {
            let sampling = (usize::from(component[1] >> 4), usize::from(component[1] & 15));
            if !(1..=4).contains(&sampling.0) || !(1..=4).contains(&sampling.1) {
                return None;
            }
            self.components.push(Component { id: component[0], sampling, ..Component::default() });
        }
        let most = |side: fn(&Component) -> usize| self.components.iter().map(side).max().unwrap_or(1);
        let most = (most(|component| component.sampling.0), most(|component| component.sampling.1));
        self.units = (width.div_ceil(8 * most.0), height.div_ceil(8 * most.1));
        for component in &mut self.components {
            let (across, down) = component.sampling;
            component.blocks =
                ((width * across).div_ceil(most.0).div_ceil(8), (height * down).div_ceil(most.1).div_ceil(8));
            component.stride = self.units.0 * across;
            component.to_come = vec![None; 64];
            if is_progressive {
                component.known = vec![0; component.stride * self.units.1 * down];
            }
        }
        Some(())
    }

    /// Reads codes.
    fn codes(&mut self, mut segment: &[u8]) -> Option<()> {
        while let [place, table @ ..] = segment {
            let (code, rest) = Code::read(table)?;
            *self.codes.get_mut(usize::from(place >> 4))?.get_mut(usize::from(place & 15))? = Some(code);
            segment = rest;
        }
        Some(())
    }

    /// Reads a scan to its end; says what follows it.
    fn scan<'a>(&mut self, header: &[u8], data: &'a [u8]) -> Result<&'a [u8], Fault> {
        self.scans += 1;
        let (parts, band) = self.parts(header).ok_or(Fault::Meaningless)?;
        if self.scans > MAX_SCANS {
            return Err(Fault::Meaningless);
        }
        let alone = if let [part] = &parts[..] { self.components.get(part.component) } else { None };
        let units = alone.map_or(self.units, |component| component.blocks);
        let is_alone = alone.is_some();
        let mut bits = Bits::new(data);
        let mut run = 0;
        for unit in 0..units.0 * units.1 {
            if self.interval > 0 && unit > 0 && unit % self.interval == 0 {
                bits = Bits::new(past_restart(bits.rest()).ok_or(Fault::EndsEarly)?);
                run = 0;
            }
            let (column, row) = (unit % units.0, unit / units.0);
            for part in &parts {
                let Some(component) = self.components.get_mut(part.component) else { continue };
                let (across, down) = if is_alone { (1, 1) } else { component.sampling };
                for block in 0..across * down {
                    let place = (row * down + block / across) * component.stride + column * across + block % across;
                    let codes = [&self.codes[0][part.codes[0]], &self.codes[1][part.codes[1]]];
                    let mut ignored = 0;
                    let known = component.known.get_mut(place).unwrap_or(&mut ignored);
                    let read = if self.is_progressive {
                        progressive(&mut bits, codes, &band, known, &mut run)
                    } else {
                        baseline(&mut bits, codes)
                    };
                    read.ok_or(Fault::EndsEarly)?;
                }
            }
        }
        for part in &parts {
            let Some(component) = self.components.get_mut(part.component) else { continue };
            component.to_come[band.from..=band.to].fill(Some(band.low));
        }
        past_scan(bits.rest())
    }

    /// Reads the header of a scan.
    fn parts(&self, header: &[u8]) -> Option<(Vec<ScanComponent>, Band)> {
        let (count, rest) = header.split_first()?;
        let (components, band) = rest.split_at_checked(2 * usize::from(*count))?;
        let [from, to, bits, ..] = band else { return None };
        let (high, low) = (bits >> 4, bits & 15);
        let band = if self.is_progressive {
            Band { from: (*from).into(), to: (*to).into(), is_first: high == 0, low }
        } else {
            Band { from: 0, to: 63, is_first: true, low: 0 }
        };
        // First values come by themselves, and others of one component at a time.
        let is_sound = band.from <= band.to && band.to < 64 && (!self.is_progressive || band.from > 0 || band.to == 0);
        let is_sound = is_sound && low < 14 && (1..=4).contains(count) && (band.from == 0 || *count == 1);
        let parts: Option<Vec<ScanComponent>> = components
            .as_chunks::<2>()
            .0
            .iter()
            .map(|[id, codes]| {
                let component = self.components.iter().position(|component| component.id == *id)?;
                let codes = [usize::from(codes >> 4), usize::from(codes & 15)];
                codes.iter().all(|code| *code < 4).then_some(ScanComponent { component, codes })
            })
            .collect();
        parts.filter(|_| is_sound).map(|parts| (parts, band))
    }

    /// Whether each component came, to its last bit.
    fn is_whole(&self) -> Result<(), Fault> {
        let is_whole = |component: &Component| {
            let begins = component.to_come.first().copied().flatten().is_some();
            begins && component.to_come.iter().flatten().all(|low| *low == 0)
        };
        if !self.components.is_empty() && self.components.iter().all(is_whole) { Ok(()) } else { Err(Fault::EndsEarly) }
    }
}

/// Passes a marker that restarts a scan.
fn past_restart((unread, rest): (usize, &[u8])) -> Option<&[u8]> {
    let marker = rest.iter().position(|byte| *byte != 0xFF).filter(|at| *at > 0 && unread == 0)?;
    match rest.get(marker..)? {
        [0xD0..=0xD7, rest @ ..] => Some(rest),
        _ => None,
    }
}

/// Passes what is left of a scan, which is next to nothing.
fn past_scan((unread, rest): (usize, &[u8])) -> Result<&[u8], Fault> {
    let is_marker = |pair: &[u8]| matches!(pair, [0xFF, kind] if !matches!(kind, 0 | 0xD0..=0xD7));
    match rest.windows(2).position(is_marker) {
        None => Err(Fault::EndsEarly),
        Some(left) if unread + left > MAX_LEFT => Err(Fault::WrongSize),
        Some(left) => Ok(&rest[left..]),
    }
}

type Codes<'a> = [&'a Option<Code>; 2];

/// Reads a first value, as the difference from the one before: the number of its bits, and those.
fn first_value(bits: &mut Bits, code: Option<&Code>) -> Option<()> {
    let size = code?.next(bits)?;
    (size <= 15).then(|| bits.take(size.into()))?.map(drop)
}

fn baseline(bits: &mut Bits, [first, others]: Codes) -> Option<()> {
    first_value(bits, first.as_ref())?;
    let code = others.as_ref()?;
    let mut at = 1;
    while at < 64 {
        let word = code.next(bits)?;
        match (word >> 4, word & 15) {
            (15, 0) => at += 16,
            (_, 0) => break,
            (noughts, size) => {
                at += usize::from(noughts) + 1;
                bits.take(size.into())?;
            }
        }
    }
    (at <= 64).then_some(())
}

fn progressive(bits: &mut Bits, [first, others]: Codes, band: &Band, known: &mut u64, run: &mut u32) -> Option<()> {
    match (band.from, band.is_first) {
        (0, true) => first_value(bits, first.as_ref()),
        (0, false) => bits.take(1).map(drop),
        (_, true) => begin_values(bits, others.as_ref()?, band, known, run),
        (_, false) => refine_values(bits, others.as_ref()?, band, known, run),
    }
}

/// Reads the high bits of values (G.1.2.2).
fn begin_values(bits: &mut Bits, code: &Code, band: &Band, known: &mut u64, run: &mut u32) -> Option<()> {
    if *run > 0 {
        *run -= 1;
        return Some(());
    }
    let mut at = band.from;
    while at <= band.to {
        let word = code.next(bits)?;
        match (word >> 4, word & 15) {
            (15, 0) => at += 16,
            (length, 0) => {
                *run = (1 << length) - 1 + bits.take(length.into())?;
                return Some(());
            }
            (noughts, size) => {
                at += usize::from(noughts);
                if at > band.to {
                    return None;
                }
                *known |= 1 << at;
                bits.take(size.into())?;
                at += 1;
            }
        }
    }
    Some(())
}

/// Reads one more bit of values that are not nought, and values that now begin (G.1.2.3).
fn refine_values(bits: &mut Bits, code: &Code, band: &Band, known: &mut u64, run: &mut u32) -> Option<()> {
    let mut at = band.from;
    while *run == 0 && at <= band.to {
        let word = code.next(bits)?;
        let (mut noughts, size) = (word >> 4, word & 15);
        match size {
            0 if noughts < 15 => {
                *run = (1 << noughts) + bits.take(noughts.into())?;
                break;
            }
            0 => {}
            1 => drop(bits.take(1)?),
            _ => return None,
        }
        while at <= band.to {
            if *known >> at & 1 == 1 {
                bits.take(1)?;
            } else if noughts == 0 {
                if size == 1 {
                    *known |= 1 << at;
                }
                at += 1;
                break;
            } else {
                noughts -= 1;
            }
            at += 1;
        }
    }
    if *run > 0 {
        for at in at..=band.to {
            if *known >> at & 1 == 1 {
                bits.take(1)?;
            }
        }
        *run -= 1;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let pixel = |x: u32, y: u32| image::Rgb([(x * 7 % 251) as u8, (y * 5 % 241) as u8, (x * y % 239) as u8]);
        image::RgbImage::from_fn(width, height, pixel)
            .write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Jpeg)
            .unwrap();
        bytes
    }

    /// Puts another size into the header.
    fn resized(mut jpeg: Vec<u8>, width: u16, height: u16) -> Vec<u8> {
        let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
        jpeg[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
        jpeg[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
        jpeg
    }

    #[test]
    fn a_whole_picture_passes_be_it_baseline_or_progressive_grey_or_of_four_inks() {
        for (width, height) in [(1, 1), (40, 30), (129, 65)] {
            assert_eq!(check(&jpeg(width, height)), Ok(()));
        }
        for whole in [
            &include_bytes!("../../../../tests/corpus/emblem-cmyk.jpg")[..],
            include_bytes!("../../../../tests/data/progressive.jpg"),
            include_bytes!("../../../../tests/data/restarts-grey.jpg"),
        ] {
            assert_eq!(check(whole), Ok(()));
            assert!(image::load_from_memory(whole).is_ok());
        }
    }

    #[test]
    fn a_part_of_a_picture_does_not_pass_though_it_be_closed() {
        for whole in [jpeg(64, 64), include_bytes!("../../../../tests/data/progressive.jpg").to_vec()] {
            for end in (0..whole.len() - 2).step_by(7) {
                assert_ne!(check(&whole[..end]), Ok(()), "{end}");
                let closed = [&whole[..end], &[0xFF, END]].concat();
                assert_ne!(check(&closed), Ok(()), "{end} of {} and closed", whole.len());
            }
        }
    }

    #[test]
    fn a_picture_of_another_size_than_it_says_does_not_pass() {
        let whole = jpeg(64, 64);
        for (width, height) in [(64, 128), (128, 64), (6000, 6000)] {
            assert_eq!(check(&resized(whole.clone(), width, height)), Err(Fault::EndsEarly), "{width} x {height}");
        }
        for (width, height) in [(64, 32), (32, 64), (8, 8)] {
            assert_eq!(check(&resized(whole.clone(), width, height)), Err(Fault::WrongSize), "{width} x {height}");
        }
        assert_eq!(check(&resized(whole, 0, 64)), Err(Fault::Meaningless));
    }

    #[test]
    fn no_bytes_make_it_panic() {
        let whole = include_bytes!("../../../../tests/data/progressive.jpg");
        for at in 0..whole.len() {
            for byte in [0, 0x11, 0x7F, 0xFF] {
                let mut changed = whole.to_vec();
                changed[at] = byte;
                _ = check(&changed);
            }
        }
    }
}

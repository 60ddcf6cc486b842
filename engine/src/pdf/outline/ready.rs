//! A table of outlines, which lies in the program as `build.rs` has written it.
//!
//! For each glyph from 0 on and once more, where its record begins, in four bytes; then the records.
//! A record has the first and the last point, the box, and what is drawn; a glyph that the table
//! does not have, or that draws nothing, has an empty one. All numbers begin with their lowest byte.

use std::borrow::Cow;

use kurbo::Rect;

use super::Outline;

/// Writes the outlines of the glyphs from 0 on.
///
/// Returns `None` if a number has no room.
#[allow(dead_code, reason = "the build script writes it")]
pub fn write(outlines: &[Outline]) -> Option<Vec<u8>> {
    let mut records = Vec::new();
    let mut starts = Vec::new();
    let first = 4 * (outlines.len() + 1);
    for outline in outlines {
        starts.push(first + records.len());
        if let (Some(start), Some(bounds)) = (outline.start, outline.bounds) {
            for number in [start.0, start.1, outline.end.0, outline.end.1] {
                records.extend(i16::try_from(number).ok()?.to_le_bytes());
            }
            for edge in [bounds.x0, bounds.y0, bounds.x1, bounds.y1] {
                records.extend(edge.to_le_bytes());
            }
            records.extend_from_slice(&outline.drawn);
        }
    }
    starts.push(first + records.len());
    let mut table = Vec::new();
    for start in starts {
        table.extend(u32::try_from(start).ok()?.to_le_bytes());
    }
    table.extend(records);
    Some(table)
}

/// A glyph's outline, if the table has it.
pub fn find(table: &[u8], glyph: u16) -> Option<Outline<'_>> {
    let start = |glyph: usize| {
        let bytes = table.get(4 * glyph..)?.first_chunk()?;
        usize::try_from(u32::from_le_bytes(*bytes)).ok()
    };
    let glyph = usize::from(glyph);
    // Behind the last start are the records.
    if 4 * (glyph + 1) >= start(0)? {
        return None;
    }
    let mut record = table.get(start(glyph)?..start(glyph + 1)?)?;
    let mut point = || {
        let mut number = || Some(i32::from(i16::from_le_bytes(*take(&mut record)?)));
        Some((number()?, number()?))
    };
    let (first, end) = (point()?, point()?);
    let mut edge = || Some(f64::from_le_bytes(*take(&mut record)?));
    let bounds = Rect { x0: edge()?, y0: edge()?, x1: edge()?, y1: edge()? };
    Some(Outline { start: Some(first), drawn: Cow::Borrowed(record), end, bounds: Some(bounds) })
}

/// The bytes before the rest.
fn take<'a, const N: usize>(rest: &mut &'a [u8]) -> Option<&'a [u8; N]> {
    let (bytes, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_found() {
        let a = Outline {
            start: Some((3, -400)),
            drawn: Cow::Borrowed(&[1, 2, 3]),
            end: (-7, 900),
            bounds: Some(Rect::new(-0.1, 1.0 / 3.0, 800.0, 900.5)),
        };
        let nothing = Outline { start: None, drawn: Cow::Borrowed(&[]), end: (0, 0), bounds: None };
        let table = write(&[a.clone(), nothing, a.clone()]).unwrap();
        assert_eq!(
            [0, 1, 2, 3, 4, u16::MAX].map(|glyph| find(&table, glyph)),
            [Some(a.clone()), None, Some(a), None, None, None]
        );
        assert!((0..table.len()).all(|end| find(&table[..end], 2).is_none()), "a table that is cut");
        assert_eq!(find(&[], 0), None);
    }
}

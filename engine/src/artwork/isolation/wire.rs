//! A picture, or why it cannot be read, as bytes between two processes of one program.
//!
//! Little-endian numbers, lengths first. Its invariant: the reader takes nothing that `decode` could not have
//! made, and no more memory than such a picture has.

use std::io::{self, Read, Write};

use kurbo::{BezPath, PathEl, Point};

use super::super::{Artwork, ArtworkError, Drawing, Excess, Feature, Jpeg, MAX_BYTES, Photo, Shape, drawing, photo};

/// The longest reason of a parser, in bytes.
const MAX_REASON: usize = 1 << 10;

/// Writes an answer.
pub(super) fn write(answer: &Result<Artwork, ArtworkError>, out: &mut impl Write) -> io::Result<()> {
    match answer {
        Ok(Artwork::Drawing(drawing)) => write_drawing(drawing, out),
        Ok(Artwork::Photo(photo)) => write_photo(photo, out),
        Err(error) => write_error(error, out),
    }
}

/// Reads an answer.
pub(super) fn read(from: &mut impl Read) -> io::Result<Result<Artwork, ArtworkError>> {
    match byte(from)? {
        0 => read_drawing(from).map(|drawing| Ok(Artwork::Drawing(drawing))),
        1 => read_photo(from).map(|photo| Ok(Artwork::Photo(photo))),
        2 => read_error(from).map(Err),
        _ => Err(wrong()),
    }
}

fn wrong() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

fn byte(from: &mut impl Read) -> io::Result<u8> {
    array::<1>(from).map(|[byte]| byte)
}

fn array<const N: usize>(from: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// A length, unless it is more than there may be.
fn length(from: &mut impl Read, most: usize) -> io::Result<usize> {
    let length = usize::try_from(u32::from_le_bytes(array(from)?)).map_err(|_| wrong())?;
    if length > most { Err(wrong()) } else { Ok(length) }
}

fn bytes(from: &mut impl Read, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn write_length(length: usize, out: &mut impl Write) -> io::Result<()> {
    out.write_all(&u32::try_from(length).map_err(|_| wrong())?.to_le_bytes())
}

fn write_drawing(drawing: &Drawing, out: &mut impl Write) -> io::Result<()> {
    out.write_all(&[0])?;
    out.write_all(&drawing.size.0.to_le_bytes())?;
    out.write_all(&drawing.size.1.to_le_bytes())?;
    write_length(drawing.shapes.len(), out)?;
    for shape in &drawing.shapes {
        out.write_all(&shape.colour)?;
        out.write_all(&[shape.even_odd.into()])?;
        write_length(shape.path.elements().len(), out)?;
        for element in shape.path.elements() {
            let (kind, points): (u8, &[Point]) = match element {
                PathEl::MoveTo(p) => (0, &[*p]),
                PathEl::LineTo(p) => (1, &[*p]),
                PathEl::QuadTo(c, p) => (2, &[*c, *p]),
                PathEl::CurveTo(c, d, p) => (3, &[*c, *d, *p]),
                PathEl::ClosePath => (4, &[]),
            };
            out.write_all(&[kind])?;
            for point in points {
                out.write_all(&point.x.to_le_bytes())?;
                out.write_all(&point.y.to_le_bytes())?;
            }
        }
    }
    Ok(())
}

fn read_drawing(from: &mut impl Read) -> io::Result<Drawing> {
    let mut side = || array(from).map(f32::from_le_bytes);
    let size = (side()?, side()?);
    if [size.0, size.1].iter().any(|side| !(drawing::MIN_SIZE..=drawing::MAX_SIZE).contains(side)) {
        return Err(wrong());
    }
    let mut shapes = Vec::new();
    let mut left = drawing::MAX_SEGMENTS;
    for _ in 0..length(from, drawing::MAX_SHAPES)? {
        let colour = array(from)?;
        let even_odd = byte(from)? == 1;
        let count = length(from, left)?;
        left -= count;
        let mut path = BezPath::with_capacity(count);
        for at in 0..count {
            let kind = byte(from)?;
            if at == 0 && kind != 0 {
                return Err(wrong());
            }
            path.push(match kind {
                0 => PathEl::MoveTo(point(from)?),
                1 => PathEl::LineTo(point(from)?),
                2 => PathEl::QuadTo(point(from)?, point(from)?),
                3 => PathEl::CurveTo(point(from)?, point(from)?, point(from)?),
                4 => PathEl::ClosePath,
                _ => return Err(wrong()),
            });
        }
        shapes.push(Shape { path, even_odd, colour });
    }
    Ok(Drawing { size, shapes })
}

fn point(from: &mut impl Read) -> io::Result<Point> {
    let mut number = || array(from).map(f64::from_le_bytes);
    let point = Point::new(number()?, number()?);
    if point.is_finite() { Ok(point) } else { Err(wrong()) }
}

fn write_photo(photo: &Photo, out: &mut impl Write) -> io::Result<()> {
    out.write_all(&[1])?;
    out.write_all(&photo.width.to_le_bytes())?;
    out.write_all(&photo.height.to_le_bytes())?;
    out.write_all(&photo.rgba)?;
    match &photo.jpeg {
        None => out.write_all(&[0]),
        Some(jpeg) => {
            out.write_all(&[if jpeg.grey { 2 } else { 1 }])?;
            write_length(jpeg.bytes.len(), out)?;
            out.write_all(&jpeg.bytes)
        }
    }
}

fn read_photo(from: &mut impl Read) -> io::Result<Photo> {
    let [width, height] = [array(from)?, array(from)?].map(u32::from_le_bytes);
    let pixels = u64::from(width) * u64::from(height);
    if width == 0 || height == 0 || width > photo::MAX_SIDE || height > photo::MAX_SIDE || pixels > photo::MAX_PIXELS {
        return Err(wrong());
    }
    let rgba = bytes(from, usize::try_from(4 * pixels).map_err(|_| wrong())?)?;
    let jpeg = match byte(from)? {
        0 => None,
        kind @ 1..=2 => {
            let length = length(from, usize::try_from(MAX_BYTES).map_err(|_| wrong())?)?;
            Some(Jpeg { bytes: bytes(from, length)?, grey: kind == 2 })
        }
        _ => return Err(wrong()),
    };
    Ok(Photo { width, height, rgba, jpeg })
}

fn write_error(error: &ArtworkError, out: &mut impl Write) -> io::Result<()> {
    let place = |found: Option<usize>| found.and_then(|at| u8::try_from(at).ok()).ok_or_else(wrong);
    let mut write = |kind: u8, reason: &[u8]| {
        let reason = &reason[..reason.len().min(MAX_REASON)];
        out.write_all(&[2, kind])?;
        write_length(reason.len(), out)?;
        out.write_all(reason)
    };
    match error {
        ArtworkError::Unreadable(error) => write(0, error.to_string().as_bytes()),
        ArtworkError::TooLarge => write(1, &[]),
        // Of files and drafts the process knows nothing.
        ArtworkError::NotAllowed | ArtworkError::NoRoom => Err(wrong()),
        ArtworkError::TooManyPixels => write(2, &[]),
        ArtworkError::UnknownKind => write(3, &[]),
        ArtworkError::Damaged(reason) => write(4, reason.as_bytes()),
        ArtworkError::Unsupported(feature) => write(5, &[place(Feature::ALL.iter().position(|one| one == feature))?]),
        ArtworkError::TooComplex(excess) => write(6, &[place(Excess::ALL.iter().position(|one| one == excess))?]),
    }
}

fn read_error(from: &mut impl Read) -> io::Result<ArtworkError> {
    let kind = byte(from)?;
    let length = length(from, MAX_REASON)?;
    let reason = bytes(from, length)?;
    let text = || String::from_utf8_lossy(&reason).into_owned();
    let place = reason.first().map(|at| usize::from(*at));
    Ok(match kind {
        0 => ArtworkError::Unreadable(std::sync::Arc::new(io::Error::other(text()))),
        1 => ArtworkError::TooLarge,
        2 => ArtworkError::TooManyPixels,
        3 => ArtworkError::UnknownKind,
        4 => ArtworkError::Damaged(text()),
        5 => ArtworkError::Unsupported(place.and_then(|at| Feature::ALL.get(at).copied()).ok_or_else(wrong)?),
        6 => ArtworkError::TooComplex(place.and_then(|at| Excess::ALL.get(at).copied()).ok_or_else(wrong)?),
        _ => return Err(wrong()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(answer: &Result<Artwork, ArtworkError>) -> Vec<u8> {
        let mut bytes = Vec::new();
        write(answer, &mut bytes).unwrap();
        bytes
    }

    fn answers() -> Vec<Result<Artwork, ArtworkError>> {
        let photo = |jpeg| Photo { width: 2, height: 1, rgba: (0..8).collect(), jpeg };
        let mut answers = vec![
            Ok((*super::super::super::ornament()).clone()),
            Ok(Artwork::Photo(photo(None))),
            Ok(Artwork::Photo(photo(Some(Jpeg { bytes: vec![1, 2, 3], grey: true })))),
            Err(ArtworkError::TooLarge),
            Err(ArtworkError::TooManyPixels),
            Err(ArtworkError::UnknownKind),
            Err(ArtworkError::Damaged("at ក".into())),
        ];
        answers.extend(Feature::ALL.map(|feature| Err(ArtworkError::Unsupported(feature))));
        answers.extend(Excess::ALL.map(|excess| Err(ArtworkError::TooComplex(excess))));
        answers
    }

    #[test]
    fn an_answer_comes_as_it_was_given() {
        for answer in answers() {
            let bytes = written(&answer);
            let read = read(&mut &bytes[..]).unwrap();
            assert_eq!(format!("{answer:?}"), format!("{read:?}"));
            assert_eq!(answer.ok(), read.ok());
        }
    }

    #[test]
    fn what_no_reader_of_ours_says_is_not_believed() {
        for answer in answers() {
            let bytes = written(&answer);
            for end in (0..bytes.len()).take(3000) {
                assert!(read(&mut &bytes[..end]).is_err());
            }
            for at in 0..bytes.len().min(300) {
                let mut changed = bytes.clone();
                changed[at] ^= 0xFF;
                // Taken or not, it is read with no more memory than a picture has.
                _ = read(&mut &changed[..]);
            }
        }
        let huge = [&[1][..], &u32::MAX.to_le_bytes(), &u32::MAX.to_le_bytes()].concat();
        assert!(read(&mut &huge[..]).is_err());
        let endless = [&[0][..], &1f32.to_le_bytes(), &1f32.to_le_bytes(), &u32::MAX.to_le_bytes()].concat();
        assert!(read(&mut &endless[..]).is_err());
    }
}

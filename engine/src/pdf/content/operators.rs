//! The operators of a page, in the bytes in which a page has them (ISO 32000-1, 7.8.2).
//!
//! printpdf takes operators one by one, copies each of them several times and writes codes in hexadecimal digits, which
//! took longer than all else that is made of a page. So it is handed finished stretches of them, each as one operator
//! that it writes as it is; colours, frames and photos it writes itself. A stretch is a string to it, so a byte of it is
//! the character of that number until [`as_bytes`] makes it a byte again.
//!
//! Knows operators, not pages. Its invariant: printpdf writes what is here, in this order.

use std::io::Write as _;

use kurbo::{BezPath, PathEl, Point};
use printpdf::Op;

use super::super::{file, sheet::hundredths, unicode};

/// The operators of one page.
#[derive(Default)]
pub(in super::super) struct Stream {
    /// All but the codes of texts and what printpdf writes.
    bytes: Vec<u8>,
    /// The codes of all texts.
    codes: Vec<u16>,
    /// Where texts are.
    runs: Vec<Run>,
    /// What printpdf writes, by the byte before which it is.
    drawn: Vec<(usize, Op)>,
    /// The font that is set.
    font: usize,
}

/// The name of a font in the pages' resources.
pub(in super::super) fn font_name(number: usize) -> String {
    format!("C{number}")
}

/// Codes of one font at a place.
struct Run {
    /// The byte before which they are.
    at: usize,
    /// Where they end in all codes.
    end: usize,
    font: usize,
}

impl Stream {
    /// Adds what printpdf writes.
    pub fn draw(&mut self, ops: impl IntoIterator<Item = Op>) {
        let at = self.bytes.len();
        self.drawn.extend(ops.into_iter().map(|op| (at, op)));
    }

    /// An operator with its operands before it.
    pub fn write(&mut self, operator: &str) {
        self.begin().extend(operator.as_bytes());
    }

    /// An operator with numbers before it.
    pub fn write_numbers<const N: usize>(&mut self, numbers: [f32; N], operator: &str) {
        let bytes = self.begin();
        for value in numbers {
            number(bytes, value);
            bytes.push(b' ');
        }
        bytes.extend(operator.as_bytes());
    }

    /// Fills a path in the colour that is set (ISO 32000-1, 8.5); its points are on the sheet.
    pub fn fill(&mut self, path: &BezPath, even_odd: bool) {
        if path.elements().is_empty() {
            return;
        }
        let mut at = Point::ZERO;
        for element in path.elements() {
            match *element {
                PathEl::MoveTo(p) => self.write_points([p], "m"),
                PathEl::LineTo(p) => self.write_points([p], "l"),
                // PDF has cubic curves only.
                PathEl::QuadTo(c, p) => self.write_points([at.lerp(c, 2.0 / 3.0), p.lerp(c, 2.0 / 3.0), p], "c"),
                PathEl::CurveTo(c, d, p) => self.write_points([c, d, p], "c"),
                PathEl::ClosePath => {}
            }
            at = element.end_point().unwrap_or(at);
        }
        self.write("h");
        self.write(if even_odd { "f*" } else { "f" });
    }

    #[expect(clippy::cast_possible_truncation, reason = "points on paper need no more than 24 bits")]
    fn write_points<const N: usize>(&mut self, points: [Point; N], operator: &str) {
        let bytes = self.begin();
        for coordinate in points.iter().flat_map(|point| [point.x, point.y]) {
            number(bytes, hundredths(coordinate as f32));
            bytes.push(b' ');
        }
        bytes.extend(operator.as_bytes());
    }

    /// Sets a font and its size in points.
    pub fn set_font(&mut self, font: usize, size: f32) {
        self.font = font;
        let bytes = self.begin();
        // Writing to a vector cannot fail.
        _ = write!(bytes, "/{} ", font_name(font));
        number(bytes, size);
        bytes.extend(b" Tf");
    }

    /// Begins what is marked as content of an element (ISO 32000-1, 14.7.4.2).
    pub fn begin_marked(&mut self, tag: &str, id: i64) {
        _ = write!(self.begin(), "/{tag} <</MCID {id}>> BDC");
    }

    /// Begins an artifact of a type (ISO 32000-1, 14.8.2.2.2).
    pub fn begin_artifact(&mut self, kind: &str, subtype: Option<&str>) {
        let bytes = self.begin();
        bytes.extend(b"/Artifact <<");
        if let Some(subtype) = subtype {
            _ = write!(bytes, "/Subtype/{subtype}");
        }
        _ = write!(bytes, "/Type/{kind}>> BDC");
    }

    /// Says in characters what follows (ISO 32000-1, 14.9.4).
    pub fn begin_said(&mut self, text: &str) {
        let mut said = vec![0xFE, 0xFF];
        let mut units = [0; 2];
        for c in unicode::clean(text) {
            c.encode_utf16(&mut units).iter().for_each(|unit| said.extend(unit.to_be_bytes()));
        }
        let bytes = self.begin();
        bytes.extend(b"/Span <</ActualText");
        file::literal(bytes, &said);
        bytes.extend(b">> BDC");
    }

    /// Ends what one of the three before has begun.
    pub fn end_marked(&mut self) {
        self.write("EMC");
    }

    /// The line of a new operator.
    fn begin(&mut self) -> &mut Vec<u8> {
        let at = self.bytes.len();
        // printpdf ends the line of what it writes.
        if at > 0 && self.drawn.last().is_none_or(|(last, _)| *last < at) {
            self.bytes.push(b'\n');
        }
        &mut self.bytes
    }

    /// An empty one with room for as much as this one has: one page is nearly as full as another.
    pub fn of_the_same_size(&self) -> Self {
        Self {
            bytes: Vec::with_capacity(self.bytes.len()),
            codes: Vec::with_capacity(self.codes.len()),
            runs: Vec::with_capacity(self.runs.len()),
            ..Self::default()
        }
    }

    /// What printpdf is given for a page; `numbers` are those that the codes of each font have in the file.
    pub fn to_ops(&self, numbers: &[Vec<u16>]) -> Vec<Op> {
        let mut ops = Vec::new();
        let (mut written, mut shown) = (String::new(), Vec::new());
        let (mut at, mut code) = (0, 0);
        let mut runs = self.runs.iter().peekable();
        let mut until = |end: usize| {
            while let Some(run) = runs.next_if(|run| run.at < end) {
                push(&mut written, self.bytes.get(at..run.at).unwrap_or_default());
                let numbers = numbers.get(run.font).map(Vec::as_slice).unwrap_or_default();
                let codes = self.codes.get(code..run.end).unwrap_or_default();
                shown.clear();
                text(&mut shown, codes.iter().filter_map(|code| numbers.get(usize::from(*code).checked_sub(1)?)));
                push(&mut written, &shown);
                (at, code) = (run.at, run.end);
            }
            push(&mut written, self.bytes.get(at..end).unwrap_or_default());
            at = end;
            let key = std::mem::take(&mut written);
            (!key.is_empty()).then_some(Op::Unknown { key, value: Vec::new() })
        };
        for (before, op) in &self.drawn {
            ops.extend(until(*before));
            ops.push(op.clone());
        }
        ops.extend(until(self.bytes.len()));
        ops
    }
}

/// What one operator shows.
#[derive(Default)]
pub(super) struct ShownCodes {
    pub codes: Vec<u16>,
    /// Where the codes end that are before each gap, and the gap in thousandths of an em, to the left.
    gaps: Vec<(usize, f32)>,
}

impl ShownCodes {
    /// Moves the pen to the left, in thousandths of an em.
    #[expect(clippy::cast_possible_truncation, reason = "a page is some thousand thousandths wide")]
    pub fn adjust(&mut self, by: f64) {
        self.gaps.push((self.codes.len(), by as f32));
    }

    /// Shows all by one operator, in the font that is set.
    pub fn flush(&mut self, stream: &mut Stream) {
        if self.codes.is_empty() && self.gaps.is_empty() {
            return;
        }
        let is_plain = self.gaps.is_empty();
        stream.begin();
        if !is_plain {
            stream.bytes.push(b'[');
        }
        let mut from = 0;
        let first = stream.codes.len();
        let mut run = |stream: &mut Stream, until: usize| {
            if until > from {
                stream.runs.push(Run { at: stream.bytes.len(), end: first + until, font: stream.font });
                from = until;
            }
        };
        for &(until, gap) in &self.gaps {
            run(stream, until);
            if stream.bytes.last() != Some(&b'[') || until > 0 {
                stream.bytes.push(b' ');
            }
            number(&mut stream.bytes, gap);
        }
        run(stream, self.codes.len());
        stream.codes.append(&mut self.codes);
        self.gaps.clear();
        stream.bytes.extend(if is_plain { &b" Tj"[..] } else { b"] TJ" });
    }
}

/// Codes as a string in parentheses (ISO 32000-1, 7.3.4.2).
fn text<'a>(out: &mut Vec<u8>, codes: impl Iterator<Item = &'a u16>) {
    out.push(b'(');
    codes.for_each(|code| file::escape(out, &code.to_be_bytes()));
    out.push(b')');
}

/// A number with at most two digits behind the point, as all numbers of a page are.
#[expect(clippy::cast_possible_truncation, reason = "it is compared with what it was")]
fn number(out: &mut Vec<u8>, value: f32) {
    let hundredths = (value * 100.0).round();
    let whole = hundredths as i32;
    // Writing to a vector cannot fail.
    if hundredths / 100.0 != value || whole.unsigned_abs() > 1 << 22 {
        _ = write!(out, "{value}");
        return;
    }
    if whole < 0 {
        out.push(b'-');
    }
    let whole = whole.unsigned_abs();
    _ = write!(out, "{}", whole / 100);
    match whole % 100 {
        0 => {}
        rest if rest % 10 == 0 => _ = write!(out, ".{}", rest / 10),
        rest => _ = write!(out, ".{rest:02}"),
    }
}

/// Adds bytes as the characters of their numbers.
fn push(written: &mut String, bytes: &[u8]) {
    match str::from_utf8(bytes) {
        Ok(plain) if plain.is_ascii() => written.push_str(plain),
        _ => written.extend(bytes.iter().map(|&byte| char::from(byte))),
    }
}

/// The bytes that characters stand for, after printpdf has written them.
pub(in super::super) fn as_bytes(written: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written;
    while let Some(end) = rest.iter().position(|byte| !byte.is_ascii()) {
        let (plain, from) = rest.split_at(end);
        bytes.extend_from_slice(plain);
        // Of two bytes, as every character from U+0080 to U+00FF has.
        if let [first, second, ..] = from {
            bytes.push(first << 6 | second & 0x3F);
        }
        rest = from.get(2..).unwrap_or_default();
    }
    bytes.extend_from_slice(rest);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What printpdf makes of a stream whose codes have the numbers 1, 2, 3 … from `first` on.
    fn written(stream: Stream, first: u16) -> Vec<u8> {
        let ops = stream.to_ops(&[(first..first + 0x300).collect()]);
        let mut document = printpdf::PdfDocument::new("");
        document.pages.push(printpdf::PdfPage::new(printpdf::Mm(9.0), printpdf::Mm(9.0), ops));
        let options = printpdf::PdfSaveOptions { secure: false, ..Default::default() };
        let document = document.to_lopdf_document(&options, &mut Vec::new());
        let page = *document.get_pages().values().next().unwrap();
        // The reader ends each stream with a line break.
        as_bytes(document.get_page_content(page).strip_suffix(b"\n").unwrap())
    }

    #[test]
    fn a_shape_is_a_path_of_cubic_curves() {
        let mut path = BezPath::new();
        path.move_to((1.0, 2.0));
        path.line_to((3.25, -4.0));
        path.quad_to((6.0, 0.0), (9.0, 0.0));
        path.close_path();
        let mut stream = Stream::default();
        stream.fill(&path, false);
        stream.fill(&BezPath::new(), false);
        stream.fill(&path, true);
        let shape = "1 2 m\n3.25 -4 l\n5.08 -1.33 7 0 9 0 c\nh\n";
        assert_eq!(String::from_utf8_lossy(&written(stream, 1)).trim_end(), format!("{shape}f\n{shape}f*"));
    }

    #[test]
    fn operators_are_written_in_order_with_what_is_drawn_between() {
        let mut stream = Stream::default();
        stream.begin_marked("P", 7);
        stream.set_font(0, 12.5);
        stream.write_numbers([-0.25, 100.0], "Td");
        let mut shown = ShownCodes { codes: vec![1, 2], ..ShownCodes::default() };
        shown.flush(&mut stream);
        stream.draw([Op::SaveGraphicsState, Op::RestoreGraphicsState]);
        shown.adjust(-9.0);
        shown.codes.extend([0x28, 0xE0]);
        shown.adjust(3.0);
        shown.codes.push(5);
        shown.flush(&mut stream);
        stream.begin_said("\u{1780}é");
        stream.end_marked();
        stream.begin_artifact("Pagination", Some("Footer"));
        let expected = b"/P <</MCID 7>> BDC\n/C0 12.5 Tf\n-0.25 100 Td\n(\0\x01\0\x02) Tj\nq\nQ\n\
            [-9(\0\\(\0\xE0) 3(\0\x05)] TJ\n/Span <</ActualText(\xFE\xFF\x17\x80\0\xE9)>> BDC\nEMC\n\
            /Artifact <</Subtype/Footer/Type/Pagination>> BDC";
        assert_eq!(written(stream, 1).escape_ascii().to_string(), expected.escape_ascii().to_string());
    }

    #[test]
    fn codes_are_given_the_numbers_of_the_file() {
        let mut stream = Stream::default();
        ShownCodes { codes: vec![1, 3], ..ShownCodes::default() }.flush(&mut stream);
        assert_eq!(written(stream, 0x0180), b"(\x01\x80\x01\x82) Tj");
    }

    proptest::proptest! {
        #[test]
        fn a_number_is_written_as_the_language_writes_it(whole in -2_900_000..2_900_000_i32) {
            let value = whole as f32 / 100.0;
            let mut written = Vec::new();
            number(&mut written, value);
            proptest::prop_assert_eq!(String::from_utf8(written).unwrap(), value.to_string());
        }
    }
}

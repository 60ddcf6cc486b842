//! A glyph as a Type 2 charstring (Adobe Technical Note 5177).
//!
//! Each operator is told from what is drawn before, so every outline that is drawn again, wherever
//! it is, has the same bytes again, which compress to next to nothing. Operators take as many
//! lines or curves as they can, and leave out what is level or upright.
//!
//! Knows whole numbers, nothing of fonts. Its invariant: no operator has more operands than the
//! format allows.

/// The operators used (Technical Note 5177, appendix A).
mod operator {
    pub const VMOVETO: u8 = 4;
    pub const RLINETO: u8 = 5;
    pub const HLINETO: u8 = 6;
    pub const VLINETO: u8 = 7;
    pub const RRCURVETO: u8 = 8;
    pub const ENDCHAR: u8 = 14;
    pub const RMOVETO: u8 = 21;
    pub const HMOVETO: u8 = 22;
    pub const RCURVELINE: u8 = 24;
    pub const VVCURVETO: u8 = 26;
    pub const HHCURVETO: u8 = 27;
    pub const VHCURVETO: u8 = 30;
    pub const HVCURVETO: u8 = 31;
}
use operator::*;

/// What most glyphs take, in bytes.
const ROOM: usize = 256;

/// Operands on the stack (Technical Note 5177, appendix B).
const STACK: usize = 48;

/// A charstring being written.
#[derive(Debug)]
pub struct Charstring {
    bytes: Vec<u8>,
    /// The operator that may yet take more, and its operands, which are so many.
    open: Option<u8>,
    operands: [i32; STACK],
    count: usize,
    /// The width that is before the operands of the first operator.
    width: Option<i32>,
}

impl Charstring {
    /// Begins a glyph; the width is told as its difference from the font's nominal one, or not at
    /// all if it is the default.
    pub fn new(width: Option<i32>) -> Self {
        Self { bytes: Vec::with_capacity(ROOM), open: None, operands: [0; STACK], count: 0, width }
    }

    /// Begins a contour, so far from the end of the one before.
    pub fn move_by(&mut self, x: i32, y: i32) {
        self.flush();
        match (x, y) {
            (_, 0) => self.begin(HMOVETO, &[x]),
            (0, _) => self.begin(VMOVETO, &[y]),
            _ => self.begin(RMOVETO, &[x, y]),
        }
        self.flush();
    }

    /// Draws a line.
    pub fn line(&mut self, x: i32, y: i32) {
        match (self.open, x, y) {
            (_, 0, 0) => {}
            // Level and upright lines alternate.
            (Some(HLINETO), _, 0) if self.is_even(1) => self.extend(&[x]),
            (Some(VLINETO), _, 0) if !self.is_even(1) => self.extend(&[x]),
            (Some(VLINETO), 0, _) if self.is_even(1) => self.extend(&[y]),
            (Some(HLINETO), 0, _) if !self.is_even(1) => self.extend(&[y]),
            (_, _, 0) => self.begin(HLINETO, &[x]),
            (_, 0, _) => self.begin(VLINETO, &[y]),
            (Some(RLINETO), ..) => self.extend(&[x, y]),
            (Some(RRCURVETO), ..) if self.has_room(2) => self.end_with(RCURVELINE, &[x, y]),
            _ => self.begin(RLINETO, &[x, y]),
        }
    }

    /// Draws a curve: each point so far from the one before.
    pub fn curve(&mut self, [xa, ya, xb, yb, xc, yc]: [i32; 6]) {
        let whole = [xa, ya, xb, yb, xc, yc];
        match (self.open, whole) {
            (_, [0, 0, 0, 0, 0, 0]) => {}
            // Level at both ends, upright at both.
            (Some(HHCURVETO), [_, 0, _, _, _, 0]) => self.extend(&[xa, xb, yb, xc]),
            (Some(VVCURVETO), [0, _, _, _, 0, _]) => self.extend(&[ya, xb, yb, yc]),
            // From level to upright or back, in turns; the last may end as it likes.
            (Some(HVCURVETO), [_, 0, _, _, 0, _]) if self.is_even(4) => self.extend(&[xa, xb, yb, yc]),
            (Some(VHCURVETO), [_, 0, _, _, 0, _]) if !self.is_even(4) => self.extend(&[xa, xb, yb, yc]),
            (Some(VHCURVETO), [0, _, _, _, _, 0]) if self.is_even(4) => self.extend(&[ya, xb, yb, xc]),
            (Some(HVCURVETO), [0, _, _, _, _, 0]) if !self.is_even(4) => self.extend(&[ya, xb, yb, xc]),
            (_, [_, 0, _, _, _, 0]) => self.begin(HHCURVETO, &[xa, xb, yb, xc]),
            (_, [0, _, _, _, 0, _]) => self.begin(VVCURVETO, &[ya, xb, yb, yc]),
            (_, [_, 0, _, _, 0, _]) => self.begin(HVCURVETO, &[xa, xb, yb, yc]),
            (_, [0, _, _, _, _, 0]) => self.begin(VHCURVETO, &[ya, xb, yb, xc]),
            (Some(RRCURVETO), _) => self.extend(&whole),
            (Some(open @ HVCURVETO), [_, 0, ..]) if self.is_even(4) && self.has_room(5) => {
                self.end_with(open, &[xa, xb, yb, yc, xc]);
            }
            (Some(open @ VHCURVETO), [_, 0, ..]) if !self.is_even(4) && self.has_room(5) => {
                self.end_with(open, &[xa, xb, yb, yc, xc]);
            }
            (Some(open @ VHCURVETO), [0, ..]) if self.is_even(4) && self.has_room(5) => {
                self.end_with(open, &[ya, xb, yb, xc, yc]);
            }
            (Some(open @ HVCURVETO), [0, ..]) if !self.is_even(4) && self.has_room(5) => {
                self.end_with(open, &[ya, xb, yb, xc, yc]);
            }
            // The first may begin as it likes.
            (_, [.., 0]) => self.begin(HHCURVETO, &[ya, xa, xb, yb, xc]),
            (_, [_, _, _, _, 0, _]) => self.begin(VVCURVETO, &[xa, ya, xb, yb, yc]),
            (_, [_, 0, ..]) => {
                self.begin(HVCURVETO, &[xa, xb, yb, yc, xc]);
                self.flush();
            }
            (_, [0, ..]) => {
                self.begin(VHCURVETO, &[ya, xb, yb, xc, yc]);
                self.flush();
            }
            _ => self.begin(RRCURVETO, &whole),
        }
    }

    /// Draws what another charstring has drawn from the start of a contour on.
    pub fn draw(&mut self, stopped: &[u8]) {
        self.flush();
        self.bytes.extend_from_slice(stopped);
    }

    /// What was drawn, for [`Self::draw`].
    pub fn stop(mut self) -> Vec<u8> {
        self.flush();
        self.bytes
    }

    /// The finished charstring.
    pub fn end(mut self) -> Vec<u8> {
        self.begin(ENDCHAR, &[]);
        self.stop()
    }

    /// Whether an even number of groups of operands was given.
    fn is_even(&self, group: usize) -> bool {
        (self.count / group).is_multiple_of(2)
    }

    fn has_room(&self, operands: usize) -> bool {
        self.count + operands <= STACK
    }

    fn begin(&mut self, operator: u8, operands: &[i32]) {
        self.flush();
        self.open = Some(operator);
        self.add(operands);
    }

    fn add(&mut self, operands: &[i32]) {
        if let Some(free) = self.operands.get_mut(self.count..self.count + operands.len()) {
            free.copy_from_slice(operands);
            self.count += operands.len();
        }
    }

    /// Appends to the open operator, or starts another when it is full.
    fn extend(&mut self, operands: &[i32]) {
        match self.open {
            Some(_) if self.has_room(operands.len()) => self.add(operands),
            // What alternates goes on with what was level being upright.
            Some(HLINETO) if !self.is_even(1) => self.begin(VLINETO, operands),
            Some(VLINETO) if !self.is_even(1) => self.begin(HLINETO, operands),
            Some(HVCURVETO) if !self.is_even(4) => self.begin(VHCURVETO, operands),
            Some(VHCURVETO) if !self.is_even(4) => self.begin(HVCURVETO, operands),
            Some(operator) => self.begin(operator, operands),
            None => {}
        }
    }

    fn end_with(&mut self, operator: u8, operands: &[i32]) {
        self.open = Some(operator);
        self.add(operands);
        self.flush();
    }

    fn flush(&mut self) {
        let Some(operator) = self.open.take() else { return };
        if let Some(width) = self.width.take() {
            number(&mut self.bytes, width);
        }
        for operand in self.operands.iter().take(std::mem::take(&mut self.count)) {
            number(&mut self.bytes, *operand);
        }
        self.bytes.push(operator);
    }
}

/// A number of a charstring or a dictionary, which both write alike from -32768 to 32767
/// (Technical Notes 5177, 3.2, and 5176, 4).
pub fn number(out: &mut Vec<u8>, value: i32) {
    // Each cast is of a number that the range before it has made small enough.
    #[expect(clippy::cast_sign_loss, clippy::cast_possible_truncation, reason = "as the ranges say")]
    match value {
        -107..=107 => out.push((value + 139) as u8),
        108..=1131 => out.extend([((value - 108) / 256 + 247) as u8, ((value - 108) % 256) as u8]),
        -1131..=-108 => out.extend([((-value - 108) / 256 + 251) as u8, ((-value - 108) % 256) as u8]),
        _ => {
            out.push(28);
            out.extend((value.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16).to_be_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws a charstring by the letter of Technical Note 5177: each point where the pen goes.
    fn drawn(bytes: &[u8]) -> (Option<i32>, Vec<(i32, i32)>) {
        let (mut stack, mut points, mut width, mut at) = (Vec::new(), Vec::new(), None, (0, 0));
        let mut bytes = bytes.iter().map(|&byte| i32::from(byte));
        let byte_of = |byte: Option<i32>| u8::try_from(byte.unwrap()).unwrap();
        let mut first = true;
        while let Some(byte) = bytes.next() {
            match byte {
                28 => stack.push(i32::from(i16::from_be_bytes([byte_of(bytes.next()), byte_of(bytes.next())]))),
                32..=246 => stack.push(byte - 139),
                247..=250 => stack.push((byte - 247) * 256 + bytes.next().unwrap() + 108),
                251..=254 => stack.push(-(byte - 251) * 256 - bytes.next().unwrap() - 108),
                _ => {
                    assert!(stack.len() <= STACK);
                    let operator = u8::try_from(byte).unwrap();
                    let wanted = match operator {
                        RMOVETO => 2,
                        HMOVETO | VMOVETO => 1,
                        _ => 0,
                    };
                    if first && stack.len() > wanted {
                        width = Some(stack.remove(0));
                    }
                    first = false;
                    let mut go = |x: i32, y: i32| {
                        at = (at.0 + x, at.1 + y);
                        points.push(at);
                    };
                    let s = std::mem::take(&mut stack);
                    let mut six = |s: &[i32]| s.chunks(2).for_each(|point| go(point[0], point[1]));
                    let n = s.len();
                    match operator {
                        RMOVETO | RLINETO | RRCURVETO | RCURVELINE => six(&s),
                        HMOVETO => six(&[s[0], 0]),
                        VMOVETO => six(&[0, s[0]]),
                        HLINETO | VLINETO => {
                            for (i, &by) in s.iter().enumerate() {
                                let level = (operator == HLINETO) == (i % 2 == 0);
                                six(&if level { [by, 0] } else { [0, by] });
                            }
                        }
                        HHCURVETO | VVCURVETO => {
                            let (mut extra, rest) = if n % 4 == 1 { (s[0], &s[1..]) } else { (0, &s[..]) };
                            for c in rest.chunks(4) {
                                let extra = std::mem::take(&mut extra);
                                six(&if operator == HHCURVETO {
                                    [c[0], extra, c[1], c[2], c[3], 0]
                                } else {
                                    [extra, c[0], c[1], c[2], 0, c[3]]
                                });
                            }
                        }
                        HVCURVETO | VHCURVETO => {
                            let count = n / 4;
                            for i in 0..count {
                                let c = &s[4 * i..];
                                let extra = if i == count - 1 && n % 4 == 1 { c[4] } else { 0 };
                                let level = (operator == HVCURVETO) == (i % 2 == 0);
                                six(&if level {
                                    [c[0], 0, c[1], c[2], extra, c[3]]
                                } else {
                                    [0, c[0], c[1], c[2], c[3], extra]
                                });
                            }
                        }
                        ENDCHAR => assert!(bytes.next().is_none()),
                        other => panic!("operator {other}"),
                    }
                }
            }
        }
        (width, points)
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_what_is_drawn(
            width in proptest::option::of(-2000..2000),
            segments in proptest::collection::vec(
                (0..4, proptest::array::uniform6(proptest::prop_oneof![
                    4 => proptest::strategy::Just(0),
                    4 => -200..200,
                    1 => -9000..9000,
                ])),
                1..120,
            ),
        ) {
            let mut charstring = Charstring::new(width);
            let (mut points, mut at) = (Vec::new(), (0, 0));
            for (i, (kind, by)) in segments.into_iter().enumerate() {
                let count = match kind {
                    0 => { charstring.move_by(by[0], by[1]); 1 }
                    _ if i == 0 => { charstring.move_by(by[0], by[1]); 1 }
                    1 => { charstring.line(by[0], by[1]); 1 }
                    _ => { charstring.curve(by); 3 }
                };
                let by = &by[..2 * count];
                // What does not move is not drawn.
                if by.iter().any(|&by| by != 0) || i == 0 || kind == 0 {
                    for point in by.chunks(2) {
                        at = (at.0 + point[0], at.1 + point[1]);
                        points.push(at);
                    }
                }
            }
            proptest::prop_assert_eq!(drawn(&charstring.end()), (width, points));
        }
    }
}

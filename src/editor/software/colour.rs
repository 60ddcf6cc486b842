//! Colours as the processor mixes them: four bytes in one word.
//!
//! All colours are premultiplied and mixed in gamma space, as egui defines them. The invariant: every
//! result is the exact value rounded to the nearest of 256 steps, so flat colours never drift.

/// A colour: alpha, red, green and blue, from the highest byte to the lowest.
pub type Colour = u32;

/// Every second byte of a colour. Two channels are mixed in one multiplication.
const PAIR: u32 = 0x00FF_00FF;

/// What multiplies a channel and changes nothing.
pub const WHITE: Colour = 0xFFFF_FFFF;

/// The colour of egui in our order of bytes.
pub fn from_egui(colour: egui::Color32) -> Colour {
    let [red, green, blue, alpha] = colour.to_array();
    u32::from_be_bytes([alpha, red, green, blue])
}

/// The opacity of a colour, 0 to 255.
pub const fn alpha(colour: Colour) -> u32 {
    colour >> 24
}

/// Two channels, each times `by` over 255, rounded.
const fn scale_pair(pair: u32, by: u32) -> u32 {
    let product = pair * by + 0x0080_0080;
    ((product + ((product >> 8) & PAIR)) >> 8) & PAIR
}

/// A colour with each channel times `by` over 255: what a glyph of that coverage lets through.
pub const fn scaled(colour: Colour, by: u32) -> Colour {
    scale_pair(colour & PAIR, by) | (scale_pair((colour >> 8) & PAIR, by) << 8)
}

/// Two channels added, each at most 255: a colour that only adds light has more colour than alpha.
const fn add_pair(a: u32, b: u32) -> u32 {
    let sum = a + b;
    let full = (sum >> 8) & 0x0001_0001;
    (sum | (full * 0xFF)) & PAIR
}

/// `above` painted over `below`: above + below * (255 - alpha) / 255.
pub const fn over(above: Colour, below: Colour) -> Colour {
    let through = scaled(below, 255 - alpha(above));
    add_pair(above & PAIR, through & PAIR) | (add_pair((above >> 8) & PAIR, (through >> 8) & PAIR) << 8)
}

/// The product of two colours, channel by channel: a texel in the colour of its shape.
pub fn product(a: Colour, b: Colour) -> Colour {
    if a == WHITE {
        return b;
    }
    let [alpha, red, green, blue] = a.to_be_bytes();
    if alpha == red && red == green && green == blue {
        return scaled(b, u32::from(alpha));
    }
    let times = b.to_be_bytes();
    let channel = |at: usize, by: u8| {
        let product = u32::from(times[at]) * u32::from(by) + 128;
        ((product + (product >> 8)) >> 8) & 0xFF
    };
    (channel(0, alpha) << 24) | (channel(1, red) << 16) | (channel(2, green) << 8) | channel(3, blue)
}

/// A colour of four channels of 0 to 255: alpha, red, green, blue.
pub fn rounded(channels: [f32; 4]) -> Colour {
    let byte = |value: f32| (value.clamp(0.0, 255.0) + 0.5) as u32;
    (byte(channels[0]) << 24) | (byte(channels[1]) << 16) | (byte(channels[2]) << 8) | byte(channels[3])
}

/// The four channels of a colour, each of 0 to 255.
pub fn channels(colour: Colour) -> [f32; 4] {
    colour.to_be_bytes().map(f32::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The formula itself, in real numbers.
    fn reference(above: Colour, below: Colour) -> [u8; 4] {
        let (above, below) = (above.to_be_bytes(), below.to_be_bytes());
        let through = (255.0 - f64::from(above[0])) / 255.0;
        std::array::from_fn(|at| (f64::from(above[at]) + (f64::from(below[at]) * through).round()).min(255.0) as u8)
    }

    #[test]
    fn mixing_is_the_formula_rounded() {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state
        };
        for _ in 0..100_000 {
            let (above, below) = (next(), next());
            assert_eq!(over(above, below).to_be_bytes(), reference(above, below), "{above:08x} over {below:08x}");
            let by = next() >> 24;
            let want = above.to_be_bytes().map(|byte| (f64::from(byte) * f64::from(by) / 255.0).round() as u8);
            assert_eq!(scaled(above, by).to_be_bytes(), want);
            let (a, b) = (above.to_be_bytes(), below.to_be_bytes());
            let want: [u8; 4] = std::array::from_fn(|at| (f64::from(a[at]) * f64::from(b[at]) / 255.0).round() as u8);
            assert_eq!(product(above, below).to_be_bytes(), want);
        }
    }

    #[test]
    fn what_is_opaque_covers_and_what_is_clear_does_not() {
        assert_eq!(over(0xFF12_3456, 0xFFFF_FFFF), 0xFF12_3456);
        assert_eq!(over(0, 0xFFAB_CDEF), 0xFFAB_CDEF);
        // Light that is added stops at white.
        assert_eq!(over(0x0080_8080, 0xFFC0_C0C0), 0xFFFF_FFFF);
        assert_eq!(from_egui(egui::Color32::from_rgb(1, 2, 3)), 0xFF01_0203);
    }
}

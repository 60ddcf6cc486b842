//! The sheet on which a page is printed, and the marks where it is cut.
//!
//! Knows sizes alone. Its invariant: the page lies in the middle of the sheet, and nothing but
//! marks lies outside its bleed.

use crate::typeset::house::MM;

/// How far colour that reaches the edge would have to run over it.
const BLEED: f32 = 3.0 * MM;
/// How long a mark is: what a guillotine's operator is used to.
const MARK: f32 = 5.0 * MM;
/// White beyond the marks, which a printer does not reach.
const BEYOND: f32 = 2.0 * MM;
/// Thin enough to cut by, thick enough for every printer: a hairline.
const THICKNESS: f32 = 0.25;

/// A rectangle: left, lower, right and upper edge, in points from the sheet's lower left corner.
pub(super) type Edges = [f32; 4];

/// A sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sheet {
    page: (f32, f32),
    /// From the edge of the sheet to that of the page.
    around: f32,
    bleed: f32,
}

impl Sheet {
    /// The sheet for a page of a width and a height in points.
    pub fn new(page: (f32, f32), crop_marks: bool) -> Self {
        if crop_marks {
            Self { page, around: BLEED + MARK + BEYOND, bleed: BLEED }
        } else {
            Self { page, around: 0.0, bleed: 0.0 }
        }
    }

    /// A point of the page, y downwards, on the sheet, y upwards; rounded to hundredths of a point
    /// (4 micrometres), which keeps numbers short.
    pub fn place(&self, x: f32, y: f32) -> (f32, f32) {
        (hundredths(self.around + x), hundredths(self.around + self.page.1 - y))
    }

    /// How far a point of the page lies from the sheet's left edge, not rounded.
    pub fn across(&self, x: f32) -> f64 {
        f64::from(self.around) + f64::from(x)
    }

    /// The sheet itself.
    pub fn media(&self) -> Edges {
        let (width, height) = self.page;
        [0.0, 0.0, width + 2.0 * self.around, height + 2.0 * self.around].map(thousandths)
    }

    /// The page after cutting.
    pub fn trim(&self) -> Edges {
        let (width, height) = self.page;
        [self.around, self.around, self.around + width, self.around + height].map(thousandths)
    }

    /// The page with its bleed.
    pub fn bleed(&self) -> Edges {
        let [left, lower, right, upper] = self.trim();
        [left - self.bleed, lower - self.bleed, right + self.bleed, upper + self.bleed].map(thousandths)
    }

    /// Two marks at each corner, as filled rectangles; none if the sheet is the page.
    pub fn marks(&self) -> Vec<Edges> {
        if self.around == 0.0 {
            return Vec::new();
        }
        let [left, lower, right, upper] = self.trim();
        let (near, far, half) = (self.bleed, self.bleed + MARK, THICKNESS / 2.0);
        let mut marks = Vec::with_capacity(8);
        for x in [left, right] {
            marks.push([x - half, lower - far, x + half, lower - near]);
            marks.push([x - half, upper + near, x + half, upper + far]);
        }
        for y in [lower, upper] {
            marks.push([left - far, y - half, left - near, y + half]);
            marks.push([right + near, y - half, right + far, y + half]);
        }
        marks.into_iter().map(|mark| mark.map(thousandths)).collect()
    }
}

/// The greatest number in a page, in points: twice the side of the largest page that PDF knows (ISO 32000-1,
/// C.2), so that nothing on a page is moved by it.
const MAX_NUMBER: f32 = 2.0 * 14_400.0;

/// Rounded to hundredths, as all numbers of the pages' operators are: finite, and within reach of a page.
pub(super) fn hundredths(value: f32) -> f32 {
    (within_reach(value) * 100.0).round() / 100.0
}

fn thousandths(value: f32) -> f32 {
    (within_reach(value) * 1000.0).round() / 1000.0
}

/// A number that readers can read. PDF has no word for what is no number: one `inf`, and a reader drops the
/// rest of the page.
fn within_reach(value: f32) -> f32 {
    if value.is_nan() { 0.0 } else { value.clamp(-MAX_NUMBER, MAX_NUMBER) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_without_marks_is_the_page() {
        let sheet = Sheet::new((595.276, 841.89), false);
        assert_eq!((sheet.media(), sheet.bleed()), (sheet.trim(), sheet.trim()));
        assert!(sheet.marks().is_empty());
        assert_eq!(sheet.place(10.0, 0.0), (10.0, 841.89));
    }

    proptest::proptest! {
        #[test]
        fn every_number_is_finite_and_within_reach(bits in proptest::num::u32::ANY, y in proptest::num::f32::ANY) {
            let sheet = Sheet::new((612.0, 792.0), true);
            let x = f32::from_bits(bits);
            let (left, upper) = sheet.place(x, y);
            for number in [hundredths(x), thousandths(x), left, upper] {
                assert!(number.is_finite() && number.abs() <= MAX_NUMBER, "{x} becomes {number}");
                assert!(!number.to_string().contains(['e', 'n', 'N']), "{number}");
            }
        }
    }

    #[test]
    fn marks_lie_between_bleed_and_edge() {
        let sheet = Sheet::new((612.0, 792.0), true);
        let ([_, _, width, height], bleed) = (sheet.media(), sheet.bleed());
        assert!((sheet.trim()[0] - bleed[0] - 8.504).abs() < 0.002);
        assert_eq!(sheet.marks().len(), 8);
        for [left, lower, right, upper] in sheet.marks() {
            assert!(left > 0.0 && lower > 0.0 && right < width && upper < height);
            assert!(right <= bleed[0] || left >= bleed[2] || upper <= bleed[1] || lower >= bleed[3]);
        }
    }
}

//! Where pages are in the view, and how far the view is scrolled.
//!
//! Pure: knows the sizes of pages and of the view, nothing of texts or widgets. Lengths are in points of the
//! screen. Invariant: a scroll moves no further than it must.

use egui::{Vec2, vec2};

use crate::{storage::Zoom, typeset::Pages};

/// Points of the screen to a point of paper at 100 %: a screen of 96 dots per inch.
pub(super) const SCREEN: f32 = 96.0 / 72.0;
/// White space around pages.
pub(super) const GAP: f32 = 18.0;
/// Magnifications, in per cent.
const ZOOMS: [f32; 11] = [50.0, 67.0, 75.0, 90.0, 100.0, 125.0, 150.0, 200.0, 250.0, 300.0, 400.0];

/// The magnification after turns of the wheel by so many notches: the next whole tens.
pub(super) fn turned(percent: f32, notches: f32) -> f32 {
    let tens = percent / 10.0;
    let from = if notches > 0.0 { (tens + 0.01).floor() } else { (tens - 0.01).ceil() };
    within(10.0 * (from + notches.trunc()))
}

/// A magnification that can be shown.
pub(super) fn within(percent: f32) -> f32 {
    percent.clamp(ZOOMS[0], ZOOMS[ZOOMS.len() - 1])
}

/// The next magnification above or below, in per cent.
pub fn step(percent: f32, by: i8) -> f32 {
    let next = if by > 0 {
        ZOOMS.into_iter().find(|zoom| *zoom > percent + 0.5)
    } else {
        ZOOMS.into_iter().rev().find(|zoom| *zoom < percent - 0.5)
    };
    next.unwrap_or(within(percent))
}

/// Where pages are in the view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Layout {
    /// The size of a page on the screen.
    pub page: Vec2,
    /// The size of all of them, with the space around.
    pub whole: Vec2,
    /// From the left edge of all to that of a page.
    left: f32,
    /// Points of the screen to a point of paper.
    pub factor: f32,
}

impl Layout {
    /// The layout of pages in a view of this size.
    pub(super) fn of(pages: &Pages, zoom: Zoom, view: Vec2) -> Self {
        let room = view - vec2(2.0 * GAP + 12.0, 2.0 * GAP);
        let (width, height) = pages.size;
        let factor = match zoom {
            Zoom::FitWidth => room.x / width,
            Zoom::FitPage => (room.x / width).min(room.y / height),
            Zoom::Percent(percent) => SCREEN * percent / 100.0,
        }
        .clamp(SCREEN * 0.2, SCREEN * 4.0);
        let page = vec2(width, height) * factor;
        let widest = page.x + 2.0 * GAP;
        let count = pages.pages.len() as f32;
        let whole = vec2(widest.max(view.x - 12.0), GAP + count * (page.y + GAP));
        Self { page, whole, left: (whole.x - page.x) / 2.0, factor }
    }

    /// The upper left corner of a page, from that of all.
    pub(super) fn corner(&self, index: usize) -> Vec2 {
        let index = index as f32;
        vec2(self.left, GAP + index * (self.page.y + GAP))
    }

    /// Where a point of a page is, from the upper left corner of all.
    pub(super) fn on_screen(&self, page: usize, x: f32, y: f32) -> Vec2 {
        self.corner(page) + vec2(x, y) * self.factor
    }

    /// The page at a distance from the upper edge of all, or the nearest above it.
    pub(super) fn page_at(&self, y: f32) -> usize {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative")]
        let index = ((y - GAP / 2.0) / (self.page.y + GAP)).floor().max(0.0) as usize;
        index
    }

    /// The offset at which the view shows at `still`, a place in the view, what it shows there in another layout
    /// scrolled by `offset`.
    pub(super) fn offset_like(&self, other: &Self, offset: Vec2, still: Vec2) -> Vec2 {
        let at = offset + still;
        let page = other.page_at(at.y);
        let paper = (at - other.corner(page)) / other.factor;
        self.corner(page) + paper * self.factor - still
    }

    /// The offset nearest to `now` at which a view of this size shows `x` and `y`, from and to.
    pub(super) fn offset_showing(&self, now: Vec2, x: (f32, f32), y: (f32, f32), view: Vec2) -> Vec2 {
        vec2(nearest(now.x, x, view.x, self.whole.x), nearest(now.y, y, view.y, self.whole.y))
    }
}

/// The offset nearest to `now` at which what is from `from` to `to` is in a view of `view` points.
fn nearest(now: f32, (from, to): (f32, f32), view: f32, whole: f32) -> f32 {
    let most = (whole - view).max(0.0);
    let wanted = if to - from > view || from < now {
        from
    } else if to > now + view {
        to - view
    } else {
        now
    };
    wanted.clamp(0.0, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn magnification_goes_in_steps_and_stops_at_the_ends() {
        assert!((step(100.0, 1) - 125.0).abs() < 0.1);
        assert!((step(110.0, -1) - 100.0).abs() < 0.1);
        assert!((step(400.0, 1) - 400.0).abs() < 0.1);
        assert!((step(20.0, -1) - 50.0).abs() < 0.1);
    }

    #[test]
    fn a_notch_of_the_wheel_goes_to_the_next_ten() {
        for (from, notches, to) in [
            (103.4, 1.0, 110.0),
            (110.0, 1.0, 120.0),
            (103.4, -1.0, 100.0),
            (100.0, -1.0, 90.0),
            (103.4, 5.0, 150.0),
            (390.0, 3.0, 400.0),
            (52.0, -2.0, 50.0),
        ] {
            assert_eq!(turned(from, notches), to, "{from} by {notches}");
        }
    }

    #[test]
    fn the_view_moves_no_further_than_it_must() {
        assert_eq!(nearest(100.0, (150.0, 200.0), 300.0, 1000.0), 100.0);
        assert_eq!(nearest(100.0, (50.0, 90.0), 300.0, 1000.0), 50.0);
        assert_eq!(nearest(100.0, (450.0, 500.0), 300.0, 1000.0), 200.0);
        assert_eq!(nearest(100.0, (-20.0, 20.0), 300.0, 1000.0), 0.0);
        assert_eq!(nearest(0.0, (980.0, 1020.0), 300.0, 1000.0), 700.0);
    }

    #[test]
    fn another_magnification_shows_the_same_words_at_the_same_place() {
        let pages = Pages {
            size: (595.0, 842.0),
            pages: vec![crate::typeset::Page::default(); 5],
            outline: crate::release::Outline::default(),
            language: crate::release::Language::English,
            fitted: None,
            is_cut: false,
            refused: Vec::new(),
        };
        let view = vec2(700.0, 800.0);
        let of = |percent| Layout::of(&pages, Zoom::Percent(percent), view);
        let (small, large) = (of(75.0), of(200.0));
        let (offset, still) = (vec2(0.0, 2000.0), vec2(350.0, 300.0));
        let now = large.offset_like(&small, offset, still);
        let paper = |layout: &Layout, at: Vec2| {
            let page = layout.page_at(at.y);
            (page, (at - layout.corner(page)) / layout.factor)
        };
        let (before, after) = (paper(&small, offset + still), paper(&large, now + still));
        assert_eq!(before.0, after.0);
        assert!((before.1 - after.1).length() < 0.5, "{before:?} {after:?}");
        assert!((small.offset_like(&large, now, still) - offset).length() < 0.5);
    }
}

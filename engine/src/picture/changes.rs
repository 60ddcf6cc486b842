//! What of a page has to be drawn again after a change.
//!
//! Knows pages and rows of pixels. Its invariant: outside of the rows it names, two pages draw
//! the same pixels.

use std::ops::Range;

use crate::typeset::{Line, Page};

/// The rows of pixels, from the top of the page, in which two pages of one size may differ at a
/// scale of pixels to the point: in order, and apart from each other.
pub fn changed_rows(old: &Page, new: &Page, scale: f32) -> Vec<Range<u32>> {
    let mut spans = Vec::new();
    differing(&old.lines, &new.lines, Line::draws_as, |line| spans.push(reach(line)));
    differing(&old.rules, &new.rules, PartialEq::eq, |rule| spans.push((rule.top, rule.top + rule.thickness)));
    differing(&old.pictures, &new.pictures, PartialEq::eq, |picture| {
        spans.push((picture.top, picture.top + picture.height));
    });
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the conversion saturates, as is wanted"
    )]
    // A row more on either side, for edges that fall between rows.
    let rows = |(top, bottom): (f32, f32)| ((top * scale - 1.0) as u32)..((bottom * scale + 2.0).max(1.0) as u32);
    let mut spans: Vec<Range<u32>> = spans.into_iter().map(rows).collect();
    spans.sort_by_key(|span| span.start);
    let mut merged: Vec<Range<u32>> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

/// How far a line's signs can reach on the page: the upper and the lower edge.
pub(super) fn reach(line: &Line) -> (f32, f32) {
    (line.baseline - 2.0 * line.reach.0, line.baseline + 2.0 * line.reach.1)
}

/// Calls `found` with what is only in one of two lists, or not at the same place in both, once
/// what both begin and end with is set aside.
fn differing<'a, T>(old: &'a [T], new: &'a [T], same: impl Fn(&T, &T) -> bool, mut found: impl FnMut(&'a T)) {
    let front = old.iter().zip(new).take_while(|(a, b)| same(a, b)).count();
    let limit = old.len().min(new.len()) - front;
    let back = old.iter().rev().zip(new.iter().rev()).take(limit).take_while(|(a, b)| same(a, b)).count();
    let middle = |list: &'a [T]| list.get(front..list.len() - back).unwrap_or_default();
    let (old, new) = (middle(old), middle(new));
    let paired = old.len() == new.len();
    for (index, item) in old.iter().enumerate() {
        let unchanged = paired && new.get(index).is_some_and(|other| same(item, other));
        if !unchanged {
            found(item);
            new.get(index).into_iter().for_each(&mut found);
        }
    }
    new.iter().skip(old.len()).for_each(found);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        picture::{Area, Painter, Pixels},
        release::{Paragraph, Release, RichText, Style},
        typeset::{Cache, typeset},
    };

    fn whole(painter: &mut Painter, page: &Page, scale: f32) -> Pixels {
        painter.page(page, scale, Area::whole((595.0, 842.0), scale))
    }

    #[test]
    fn nothing_changed_is_nothing_to_draw() {
        let release = Release { title: "A".into(), headline: "ខ្មែរ".into(), ..Release::default() };
        let page = |release| typeset(release, None, &mut Cache::default()).pages.remove(0);
        // Set a second time, so that the two share nothing.
        assert_eq!(changed_rows(&page(&release), &page(&release), 2.0), []);
    }

    #[test]
    fn a_letter_typed_into_a_line_changes_that_line_alone() {
        let body = ["one", "two", "three"].map(|text| Paragraph::new(RichText::plain(text))).to_vec();
        let mut release = Release { body, ..Release::default() };
        let mut cache = Cache::default();
        let old = typeset(&release, None, &mut cache);
        release.body[1].text.push_str("x", Style::PLAIN);
        let new = typeset(&release, None, &mut cache);
        let rows = changed_rows(&old.pages[0], &new.pages[0], 1.0);
        let [rows] = rows.as_slice() else { panic!("{rows:?}") };
        assert!(rows.len() < 60, "{rows:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn drawing_the_changed_rows_gives_the_new_page(
            texts in prop::collection::vec("[ក-អា-ៅំះ ab.្]{0,60}", 1..6),
            with in "[ក-អា-ៅ ab.]{0,80}",
            at in 0usize..6,
            style in prop::sample::select(vec![Style::PLAIN, Style::BOLD, Style::UNDERLINE]),
        ) {
            let body = texts.iter().map(|text| Paragraph::new(RichText::plain(text.as_str()))).collect();
            let mut release = Release { body, title: "T".into(), ..Release::default() };
            let (mut cache, mut painter) = (Cache::default(), Painter::default());
            let old = typeset(&release, None, &mut cache);
            let count = release.body.len();
            release.body[at % count].text.push_str(&with, style);
            let new = typeset(&release, None, &mut cache);
            let (old, new) = (&old.pages[0], &new.pages[0]);
            let mut patched = whole(&mut painter, old, 1.5);
            for rows in changed_rows(old, new, 1.5) {
                let rows = rows.start..rows.end.min(u32::from(patched.height));
                let height = u16::try_from(rows.len()).unwrap();
                let part = painter.page(new, 1.5, Area { x: 0, y: rows.start, width: patched.width, height });
                let start = rows.start as usize * usize::from(patched.width) * 4;
                patched.rgba[start..start + part.rgba.len()].copy_from_slice(&part.rgba);
            }
            let drawn = whole(&mut painter, new, 1.5);
            let furthest = patched.rgba.iter().zip(&drawn.rgba).map(|(a, b)| a.abs_diff(*b)).max();
            // Edges are computed in single precision, from another origin.
            prop_assert!(furthest <= Some(2), "{furthest:?}");
        }
    }
}

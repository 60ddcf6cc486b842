//! Where pages end: of all ways to end them, the one of least cost.
//!
//! Knows heights and wishes, and nothing of what is on a page. The costs are
//! [`house`]'s.
//!
//! Invariant: a page is never fuller than it can be unless it holds a single block, and begins
//! wherever a new page is asked for.

use super::house;

/// What is stacked on a page, as far as its end goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stacked {
    /// Space above, in leadings; none at the head of a page.
    pub above: f32,
    /// What comes above it only at the head of a page, in leadings.
    pub lead: f32,
    /// The height, in leadings.
    pub height: f32,
    /// What it costs to end the page above it.
    pub cost: f32,
    /// Whether a page must begin with it.
    pub new_page: bool,
    /// The height of its footnotes, in leadings.
    pub notes: f32,
}

/// Where the pages of the layout before ended: most keys change no height.
#[derive(Debug, Default)]
pub(super) struct Paged {
    stack: Vec<Stacked>,
    height: f32,
    ends: Vec<usize>,
}

impl Paged {
    /// [`page_ends`], which are those of the layout before if it stacked the same.
    pub fn ends(&mut self, stack: &[Stacked], height: f32) -> Vec<usize> {
        if height != self.height || stack != self.stack {
            self.ends = page_ends(stack, height);
            (self.stack, self.height) = (stack.to_vec(), height);
        }
        self.ends.clone()
    }
}

/// The ends of pages of a height, in leadings: each the first item of the page after.
///
/// Found from the last page back: what the pages after an end cost does not depend on those
/// before it.
fn page_ends(stack: &[Stacked], height: f32) -> Vec<usize> {
    let count = stack.len();
    // The least cost of the pages from a item on, and where the first of them ends.
    let mut least = vec![(f64::INFINITY, count); count + 1];
    least[count].0 = 0.0;
    for start in (0..count).rev() {
        let (mut used, mut notes) = (0.0, 0.0);
        for end in start + 1..=count {
            let item = stack[end - 1];
            used += item.height + if end - 1 > start { item.above } else { item.lead };
            if item.notes > 0.0 {
                used += item.notes + if notes == 0.0 { house::ABOVE_NOTES } else { 0.0 };
                notes += item.notes;
            }
            if used > height + 0.001 && end - 1 > start {
                break;
            }
            let next = stack.get(end);
            let total = page_cost(used, height, next, start == 0) + least[end].0;
            // Of equal costs the fuller page.
            if total <= least[start].0 {
                least[start] = (total, end);
            }
            if next.is_some_and(|next| next.new_page) {
                break;
            }
        }
    }
    let mut ends = Vec::new();
    let mut at = 0;
    while at < count {
        at = least[at].1;
        ends.push(at);
    }
    ends
}

/// What a page costs that is filled so far, before the item `next`.
fn page_cost(used: f32, height: f32, next: Option<&Stacked>, only: bool) -> f64 {
    let square = |lines: f32| f64::from(lines).powi(2);
    match next {
        None if only => 0.0,
        None => house::COST_EMPTY_LAST * square((house::LEAST_ON_LAST - used).max(0.0)),
        Some(next) if next.new_page => 0.0,
        Some(next) => house::COST_SHORT_PAGE * square((height - used).max(0.0)) + f64::from(next.cost),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Paragraphs of so many lines.
    fn stack(paragraphs: &[usize]) -> Vec<Stacked> {
        let paragraph = |&lines: &usize| {
            (0..lines).map(move |line| {
                let parts = line > 0 && (line < house::ORPHANS || lines - line < house::WIDOWS);
                let above = if line == 0 { 0.5 } else { 0.0 };
                Stacked {
                    above,
                    lead: 0.0,
                    height: 1.0,
                    cost: if parts { house::COST_ORPHAN } else { 0.0 },
                    new_page: false,
                    notes: 0.0,
                }
            })
        };
        paragraphs.iter().flat_map(paragraph).collect()
    }

    #[test]
    fn a_page_is_filled() {
        assert_eq!(page_ends(&stack(&[30]), 12.0), [12, 24, 30]);
        assert_eq!(page_ends(&[], 12.0), [0usize; 0]);
    }

    #[test]
    fn a_last_page_nearly_empty_takes_lines_along() {
        assert_eq!(page_ends(&stack(&[13]), 12.0), [8, 13]);
        // The feet of the pages before share what is lacking.
        assert_eq!(page_ends(&stack(&[23, 4]), 12.0), [11, 21, 27]);
    }

    #[test]
    fn notes_take_room_on_the_page_of_their_line() {
        let mut stack = stack(&[30]);
        for line in [3, 5] {
            stack[line].notes = 2.0;
        }
        assert_eq!(page_ends(&stack, 13.0)[0], 8, "two notes, and the rule above them");
        stack[5].notes = 0.0;
        stack[9].notes = 3.0;
        assert_eq!(page_ends(&stack, 13.0)[0], 9, "the line goes on with its note");
    }

    #[test]
    fn what_is_repeated_at_the_head_of_a_page_takes_room() {
        let mut stack = stack(&[30]);
        stack.iter_mut().skip(1).for_each(|item| item.lead = 2.0);
        assert_eq!(page_ends(&stack, 12.0), [12, 22, 30]);
    }

    #[test]
    fn a_new_page_is_where_it_is_asked_for() {
        let mut stack = stack(&[3, 3, 3]);
        stack[3].new_page = true;
        assert_eq!(page_ends(&stack, 12.0), [3, 9]);
    }

    #[test]
    fn what_must_stay_together_is_parted_only_where_it_fits_nowhere() {
        let mut stack = stack(&[20]);
        stack.iter_mut().for_each(|item| item.cost = house::COST_KEPT);
        assert_eq!(page_ends(&stack, 12.0).len(), 2);
    }

    proptest! {
        #[test]
        fn pages_hold_all_slabs_and_no_more_than_they_can(
            paragraphs in proptest::collection::vec(1usize..12, 0..30),
            height in 8.0f32..40.0,
            new_page in 0usize..60,
        ) {
            let mut stack = stack(&paragraphs);
            if let Some(item) = stack.get_mut(new_page) {
                item.new_page = true;
            }
            let ends = page_ends(&stack, height);
            prop_assert_eq!(ends.last().copied().unwrap_or(0), stack.len());
            prop_assert!(new_page == 0 || new_page >= stack.len() || ends.contains(&new_page));
            let mut start = 0;
            for &end in &ends {
                prop_assert!(end > start);
                let page = &stack[start..end];
                let used: f32 = page.iter().map(|item| item.above + item.height).sum::<f32>() - page[0].above;
                prop_assert!(used <= height + 0.01);
                if let Some(next) = stack.get(end).filter(|next| !next.new_page) {
                    prop_assert!(next.cost < house::COST_ORPHAN, "an orphan or a widow");
                }
                start = end;
            }
        }
    }

    #[test]
    fn the_ends_of_the_layout_before_serve_for_the_same_alone() {
        let mut paged = Paged::default();
        for lines in [vec![], vec![30], vec![30], vec![23, 4], vec![23, 5], vec![30]] {
            for height in [12.0, 12.0, 13.0] {
                let stack = stack(&lines);
                assert_eq!(paged.ends(&stack, height), page_ends(&stack, height), "{lines:?} in {height}");
            }
        }
    }
}

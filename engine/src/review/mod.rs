//! A returned release: the changes that it proposes, to be accepted or refused one by one.
//!
//! Must never know: the window, files, and what kind of file it came back in.
//!
//! Two releases are compared each time that the list is shown, so that it always fits the draft as it is. What the
//! user wrote meanwhile would come up as well, as if they proposed to take it out: therefore only that is shown which
//! differed when the review began. What is refused is put right in their copy, where it no longer differs.
//!
//! Invariant: once everything is accepted, the texts of the draft are theirs; once everything is refused, theirs are
//! those of the draft.
//!
//! | file | what is in it |
//! |---|---|
//! | `comments` | by which words a comment is found again |
//! | `compare` | what differs, block by block and word by word |
//! | `proposal` | one change, carried out or taken back |

mod comments;
mod compare;
mod proposal;
#[cfg(test)]
mod tests;

use chrono::NaiveDateTime;

pub use comments::words_for_comment;
pub use proposal::{Proposal, TextPart, What};

use crate::release::{Paragraph, Release};

/// Who did something, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hand {
    /// The name.
    pub who: String,
    /// The time, as its clock showed it.
    pub when: Option<NaiveDateTime>,
}

/// A stretch of text that a file marks as inserted or deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The words.
    pub text: String,
    /// Whether they were put in.
    pub is_added: bool,
    /// By whom.
    pub by: Hand,
}

/// What a file tells of the hands that changed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hands {
    /// The changes that were tracked, in the order of the text.
    pub revisions: Vec<Revision>,
    /// Who saved the file last.
    pub last: Option<Hand>,
}

impl Hands {
    /// Who made a change: the hand whose words are in it, or of which it is a part. Where nothing was tracked, the one
    /// who saved the file.
    fn of(&self, added: &str, removed: &str) -> Option<Hand> {
        if self.revisions.is_empty() {
            return self.last.clone();
        }
        let is_one = |revision: &&Revision| {
            let (ours, text) = (if revision.is_added { added } else { removed }.trim(), revision.text.trim());
            !ours.is_empty() && !text.is_empty() && (ours.contains(text) || text.contains(ours))
        };
        self.revisions.iter().find(is_one).map(|revision| revision.by.clone())
    }
}

/// A review that goes on.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// What they propose, without what was refused.
    theirs: Release,
    /// What differed when the review began, as [`Proposal::key`] tells it, and who made it; sorted.
    changed: Vec<((String, String), Option<Hand>)>,
}

impl Review {
    /// Begins to review what came back. `echo` is the draft as it would have come back unchanged: a file of another
    /// program may not hold all of it, and what is lost that way nobody proposes.
    pub fn new(echo: &Release, theirs: Release, hands: &Hands) -> Self {
        let mut keys: Vec<_> = compare::proposals(echo, &theirs).iter().map(Proposal::key).collect();
        keys.sort();
        keys.dedup();
        let changed = keys.into_iter().map(|(removed, added)| {
            let by = hands.of(&added, &removed);
            ((removed, added), by)
        });
        Self { changed: changed.collect(), theirs }
    }

    /// What is still to be decided, in reading order.
    pub fn open(&self, draft: &Release) -> Vec<Proposal> {
        let known = |proposal: Proposal| {
            let at = self.changed.binary_search_by(|(key, _)| key.cmp(&proposal.key())).ok()?;
            let by = self.changed.get(at).and_then(|(_, by)| by.clone());
            Some(Proposal { by, ..proposal })
        };
        let open = compare::proposals(draft, &self.theirs).into_iter().filter_map(known).collect();
        compare::joined(open, draft, &self.theirs)
    }

    /// Refuses a change that is open.
    pub fn refuse(&mut self, proposal: &Proposal) {
        proposal.refuse(&mut self.theirs);
    }
}

/// Accepts changes that are open in a draft, in the order in which [`Review::open`] gave them.
pub fn accept(draft: &mut Release, proposals: &[Proposal]) {
    // From the end, where nothing moves those before.
    for proposal in proposals.iter().rev() {
        proposal.accept(draft);
    }
    if draft.body.is_empty() {
        draft.body.push(Paragraph::default());
    }
}

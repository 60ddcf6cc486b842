//! Where a line may end.
//!
//! UAX 14 proposes, and takes Khmer letters for those of an alphabet: it finds places at spaces and
//! hyphens and none between letters. (`unicode-linebreak` does just this with 21 KB of tables and no
//! dependency; ICU4X's segmenter would do the same and bring ten crates.) The model adds the places
//! between Khmer words, the rules strike out what good print forbids.
//!
//! Must never know: how wide anything is.
//!
//! Invariant: a zero-width space, with the spaces after it, always ends in a place, and U+2060 and
//! the no-break spaces never have one beside them; where the two meet, UAX 14 lets the zero-width
//! space win, and so do we.

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::characters::is_space;
use super::kept::KnownWords;
use super::words::{DOUBTFUL, word_edges};
use super::{
    Break, BreakKind, features,
    latin::{self, Hold},
    names,
    references::references,
    rules, together,
};
use crate::khmer::{characters::is_in_words, cluster_boundaries};

/// How sure the model must be of a word before a line may be broken in front of it as in front of any.
///
/// On hand-segmented text one in five of the edges below it, down to [`DOUBTFUL`], is wrong, and one in
/// a hundred of those above.
const SURE: i32 = features::UNIT / 2;

/// After a prefix that makes a noun the model need only not be quite sure that the word goes on: on
/// hand-segmented text three in a thousand of these places are wrong.
const PARTED: i32 = -16 * features::UNIT;

const ZERO_WIDTH_SPACE: char = '\u{200B}';
const SOFT_HYPHEN: char = '\u{AD}';

/// All places, ascending, strictly inside the text.
pub fn line_breaks(text: &str) -> Vec<Break> {
    line_breaks_with(text, &KnownWords::default())
}

/// All places but those inside of `words`, ascending, strictly inside the text.
pub fn line_breaks_with(text: &str, words: &KnownWords) -> Vec<Break> {
    let mut breaks = line_breaks_and_held(text, words);
    breaks.retain(|place| !place.kind.is_way_out());
    breaks
}

/// The places of [`line_breaks_with`], and those inside of what holds together, for a line that is shorter
/// than that.
pub fn line_breaks_and_held(text: &str, words: &KnownWords) -> Vec<Break> {
    let mut standard = linebreaks(text).peekable();
    let mut edges = word_edges(text).into_iter().filter(|edge| edge.margin >= PARTED).peekable();
    let mut names = names(text).into_iter().peekable();
    let (mut kept_until, mut named_until, mut name_end) = (0, 0, 0);
    // Whether a straight quotation mark was opened.
    let mut is_quoted = false;
    let mut holds = latin::holds(text).into_iter().peekable();
    let mut references = references(text).into_iter().peekable();
    let mut learnt_until = 0;
    // The last place that was found without a list of words.
    let mut last = 0;
    let mut breaks: Vec<Break> = Vec::new();
    for at in cluster_boundaries(text) {
        let (before, after) = text.split_at(at);
        let proposed = skip_to(&mut standard, |place| place.0, at).map(|place| place.1);
        let edge = skip_to(&mut edges, |edge| edge.at, at);
        let inside_kept = at < kept_until;
        let mut goes_on = false;
        let inside_learnt = at < learnt_until;
        if let Some(name) = skip_to(&mut names, |name| name.start, at) {
            goes_on = name_end > 0 && text.get(name_end..at).is_some_and(|between| between.chars().all(is_space));
            name_end = name.end;
            kept_until = kept_until.max(name.end);
        }
        if !words.is_empty() {
            let kept = words.longest_at(after);
            let kept_word = after.get(..kept).unwrap_or_default();
            if words.is_learnt(kept_word) {
                learnt_until = learnt_until.max(at + kept);
            } else {
                kept_until = kept_until.max(at + kept);
            }
            // Several words together are a whole name, or very nearly always.
            if kept_word.contains(' ') {
                named_until = at + kept;
            }
        }
        let hold = skip_to(&mut holds, |hold| hold.0, at).map(|hold| hold.1);
        let hold = hold.max((inside_learnt && !inside_kept).then_some(Hold::Rather));
        if before.is_empty() || after.is_empty() {
            continue;
        }
        is_quoted ^= before.ends_with('"');
        let is_place = || {
            (rules::is_between_words(before, after) || rules::is_beside_quote(before, after, is_quoted))
                && !rules::forbid(before, after)
        };
        let kind = match proposed {
            Some(BreakOpportunity::Mandatory) => Some(BreakKind::Mandatory),
            Some(BreakOpportunity::Allowed) if ends_in_zero_width_space(before) => Some(BreakKind::ZeroWidthSpace),
            // What belongs together and is longer than a line is divided between its words.
            Some(BreakOpportunity::Allowed) if rules::forbid(before, after) => {
                (before.ends_with(is_space) && !rules::forbid_for_signs(before, after)).then_some(BreakKind::Inner)
            }
            _ if inside_kept => proposed.map(|_| BreakKind::Inner),
            Some(BreakOpportunity::Allowed) if before.ends_with(is_space) => Some(BreakKind::Space),
            Some(BreakOpportunity::Allowed) if before.ends_with(SOFT_HYPHEN) => Some(BreakKind::Hyphen),
            Some(BreakOpportunity::Allowed) => Some(BreakKind::Other),
            None => edge.filter(|_| is_place()).and_then(|edge| kind_of(edge.margin, (before, after), last)),
        };
        if kind.is_some_and(|kind| !kind.is_way_out()) {
            last = at;
        }
        let kind =
            kind.map(|kind| if goes_on { weaker(kind, BreakKind::Phrase) } else { in_phrase(kind, before, after) });
        let ends_name = at == named_until && proposed.is_none() && !inside_kept && is_place();
        let kind = kind.or(ends_name.then_some(BreakKind::Doubtful));
        let kind = match (kind, hold) {
            (Some(BreakKind::Space | BreakKind::Other | BreakKind::Phrase), Some(hold)) => held(hold),
            (Some(BreakKind::Inner), Some(Hold::Closed)) => None,
            (None, Some(hold @ (Hold::Free | Hold::Outlet))) if !inside_kept => held(hold),
            _ => kind,
        };
        while references.next_if(|whole| whole.end <= at).is_some() {}
        let is_inside = references.peek().is_some_and(|whole| whole.start < at);
        let kind = kind.map(|kind| if is_inside { whole(kind) } else { kind });
        breaks.extend(kind.map(|kind| Break { at, kind }));
    }
    breaks
}

/// The kind of a place within a phrase, where that is the weaker one.
fn in_phrase(kind: BreakKind, before: &str, after: &str) -> BreakKind {
    // No other kind becomes weaker, and a text of line breaks alone is not to be looked through for each of them.
    if !matches!(kind, BreakKind::Space | BreakKind::Word | BreakKind::Other | BreakKind::Compound) {
        return kind;
    }
    let said = before.trim_end_matches(is_space);
    if together::is_day_of_month(said, after) {
        weaker(kind, BreakKind::Firm)
    } else if together::is_in_date(said, after) || said.ends_with("ការ") && after.starts_with("បរទេស") {
        weaker(kind, BreakKind::Phrase)
    } else if together::ends_with_conjunction(said) && after.starts_with(is_in_words) {
        weaker(kind, BreakKind::Conjunction)
    } else {
        kind
    }
}

/// A place's kind in a phrase. The writer's own places stay what they are, and so do those in doubt.
fn weaker(kind: BreakKind, in_phrase: BreakKind) -> BreakKind {
    match kind {
        BreakKind::Space | BreakKind::Word | BreakKind::Other => in_phrase,
        BreakKind::Compound if matches!(in_phrase, BreakKind::Phrase | BreakKind::Firm) => in_phrase,
        kind => kind,
    }
}

/// The kind of a place inside of what is whole unless it is longer than a line. The writer's own places stay.
fn whole(kind: BreakKind) -> BreakKind {
    match kind {
        BreakKind::Mandatory | BreakKind::ZeroWidthSpace | BreakKind::Inner => kind,
        _ => BreakKind::Held,
    }
}

/// The kind of break that is left where the words around a space or a hyphen are held together.
fn held(hold: Hold) -> Option<BreakKind> {
    match hold {
        Hold::Free => Some(BreakKind::Other),
        Hold::Rather => Some(BreakKind::Rather),
        Hold::Firm => Some(BreakKind::Firm),
        Hold::Never | Hold::Outlet => Some(BreakKind::Held),
        Hold::Closed => None,
    }
}

/// What kind of place an edge of this margin is, if any. `last` is the place before it.
fn kind_of(margin: i32, (before, after): (&str, &str), last: usize) -> Option<BreakKind> {
    let after_prefix = || {
        together::without_noun_prefix(before, after)
            .is_some_and(|rest| rest.len() == last || !rest.ends_with(is_in_words))
    };
    match margin {
        SURE.. => Some(BreakKind::Word),
        _ if after_prefix() => Some(BreakKind::Compound),
        DOUBTFUL.. => Some(BreakKind::Doubtful),
        _ => None,
    }
}

/// Drops what is before `at`, and takes what is there.
fn skip_to<T>(
    items: &mut std::iter::Peekable<impl Iterator<Item = T>>,
    place: impl Fn(&T) -> usize,
    at: usize,
) -> Option<T> {
    while items.next_if(|item| place(item) < at).is_some() {}
    items.next_if(|item| place(item) == at)
}

/// UAX 14 moves the place that a zero-width space makes behind the spaces that follow it.
fn ends_in_zero_width_space(before: &str) -> bool {
    before.trim_end_matches(' ').ends_with(ZERO_WIDTH_SPACE)
}

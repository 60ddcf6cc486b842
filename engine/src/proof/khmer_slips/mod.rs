//! Common Khmer words with a slip of the hand, wherever the divider of words would cut them.
//!
//! Khmer is written without spaces, and a wrong form (ទំនាកទំនង) is often two words or more to the divider. So a text
//! is read here in the likeliest way of all: as words of the lexicon, as common words with a slip, as letters that
//! mean nothing. Each has a cost, the logarithm of how rare it is, and the cheapest way through the text counts. A
//! slip is named where that way goes by one.
//!
//! | file | what it knows |
//! |---|---|
//! | `forms` | what becomes of a word by a slip |
//! | `table` | the common words and their forms, and what each costs |
//!
//! Knows texts, the lexicon and the user's words. Its invariants: every range lies in the text, on clusters; the work
//! grows with the text and no faster.

mod forms;
mod table;

use std::ops::Range;

pub(super) use forms::CONFUSED;
use table::{Known, Number, STEP, TABLE};

use crate::{
    khmer::{characters::is_in_words, lexicon},
    typeset::breaks::{KnownWords, cluster_boundaries, honorific_before, is_listed_word},
    work,
};

/// The suggestions that are offered.
pub(super) const MOST_SUGGESTIONS: usize = 4;

/// No longer word is looked for, in clusters.
const LONGEST: usize = 16;

/// A name of a person or a village has no more clusters, as far as it may look like a common word with a slip.
const LONGEST_NAME: usize = 3;
/// The divider of words cuts a name into no more pieces.
const NAME_PARTS: usize = 4;
/// A word of more than this cost may be of a name: សុខ.
const COMMON: u16 = 8 * STEP;
/// What has a name of its own, which is on no list. Countries and provinces are on one.
#[rustfmt::skip]
const NAMED: &[&str] = &[
    "ស្រុក", "ខណ្ឌ", "ឃុំ", "សង្កាត់", "ភូមិ", "កោះ", "ភ្នំ", "ទន្លេ", "វត្ត", "ផ្លូវ", "ស្ពាន", "ឈ្មោះ", "ត្រកូល",
    "នាង",
];

// What is not on the list of common words costs, in tenths of a logarithm:
/// A word that both dictionaries have, a name of the calendar or of a country.
const WORD: u16 = 115;
/// A word that only ICU's dictionary has.
const DOUBTFUL: u16 = 130;
/// A word that only SIL's dictionary has, which has misspelt ones as well.
const MISSPELT_OR_WORD: u16 = 135;
/// And for each cluster that such a word has above two: most of the long ones are several words, one of them misspelt.
const EACH_CLUSTER_MORE: u16 = 20;
/// A word of one cluster costs so much more: most of them are pieces of others.
const ONE_CLUSTER: u16 = 20;
/// A cluster that is of no word, as of a foreign name.
const UNKNOWN: u16 = 130;
/// Each one behind such a cluster.
const UNKNOWN_TOO: u16 = 60;
/// A word of the user's.
const OWN: u16 = 7 * STEP;

/// A slip: its place and what was meant, the likeliest first.
pub(super) type Slip = (Range<usize>, Vec<String>);

/// How a text is read.
pub(super) struct Reading {
    /// Common words with a slip, in order.
    pub(super) slips: Vec<Slip>,
    /// What is no word that is surely right, and no name, in order.
    pub(super) doubtful: Vec<Range<usize>>,
}

/// Reads a text. Nothing within the ranges of `names`, which ascend, is judged.
pub(super) fn read(text: &str, names: &[Range<usize>], words: &KnownWords) -> Reading {
    let clusters = judged(text, names);
    let mut ways = vec![Way { cost: 0, from: 0, by: By::Nothing }];
    ways.resize(clusters.len() + 1, Way { cost: u32::MAX, from: 0, by: By::Nothing });
    for at in 0..clusters.len() {
        step(text, &clusters, at, words, &mut ways);
    }
    let mut reading = Reading { slips: Vec::new(), doubtful: Vec::new() };
    // So many words may still be of a name.
    let mut parts = 0;
    for (from, end, by) in cheapest(&ways) {
        let Some((first, last)) = clusters.get(from).zip(clusters.get(end - 1)) else { continue };
        let range = first.range.start..last.range.end;
        let is_name = parts > 0 && end - from <= LONGEST_NAME;
        parts = match by {
            By::Nothing if text.get(range.clone()) == Some(" ") => parts,
            By::Nothing | By::Common => 0,
            _ => usize::saturating_sub(parts, 1),
        };
        if by != By::Nothing && is_named(text, range.end) {
            parts = NAME_PARTS;
        }
        match by {
            By::Slip(number) if !is_name && !is_abbreviated(text, &range) => {
                reading.slips.push((range, meant(number)));
            }
            By::Unknown | By::Doubtful if !is_name => reading.doubtful.push(range),
            _ => {}
        }
    }
    reading
}

/// The words of the cheapest way, each with the cluster that it begins with, the one behind it, and what it is.
fn cheapest(ways: &[Way]) -> Vec<(usize, usize, By)> {
    let mut words = Vec::new();
    let mut end = ways.len().saturating_sub(1);
    while let Some(way) = ways.get(end).filter(|way| way.from < end) {
        words.push((way.from, end, way.by));
        end = way.from;
    }
    words.reverse();
    words
}

/// What the form of this number may be meant to be, the likeliest first.
fn meant(form: Number) -> Vec<String> {
    let mut meant: Vec<String> = Vec::new();
    for word in TABLE.meant(form) {
        if meant.len() < MOST_SUGGESTIONS && !meant.iter().any(|other| other == word) {
            meant.push(word.to_owned());
        }
    }
    meant
}

/// Whether the range is of an abbreviation, with which a full stop is written: (កសិ.), or begins with the last letter
/// of one: គ.ជ.ប.
fn is_abbreviated(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).and_then(|before| before.strip_suffix('.'));
    text.get(range.end..).is_some_and(|after| after.starts_with('.'))
        || before.is_some_and(|before| before.ends_with(is_in_words))
}

/// Whether a name comes after what ends at `end`.
fn is_named(text: &str, end: usize) -> bool {
    let said = text.get(..end).unwrap_or_default();
    NAMED.iter().any(|named| said.ends_with(named)) || honorific_before(said).is_some()
}

/// The clusters of a text. Zero-width spaces are left out, for they are put within words, too.
fn judged(text: &str, names: &[Range<usize>]) -> Vec<Cluster> {
    let ranges = cluster_boundaries(text);
    let ranges = ranges.windows(2).map(|edge| edge[0]..edge[1]);
    let mut names = names.iter().peekable();
    let cluster = |range: Range<usize>| {
        let letters = text.get(range.clone()).filter(|letters| *letters != "\u{200B}")?;
        while names.next_if(|name| name.end <= range.start).is_some() {}
        let is_name = names.peek().is_some_and(|name| name.start < range.end);
        Some(Cluster { is_judged: !is_name && letters.chars().all(is_in_words), range })
    };
    ranges.filter_map(cluster).collect()
}

/// A letter with what hangs on it.
struct Cluster {
    range: Range<usize>,
    /// Whether it is of a Khmer word that is no name.
    is_judged: bool,
}

/// How the text before a cluster is read.
#[derive(Clone, Copy)]
struct Way {
    cost: u32,
    /// The cluster with which the last word begins.
    from: usize,
    by: By,
}

/// What the last word of a way is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// A word that is very common, or the user's.
    Common,
    /// Another that is common, or that both dictionaries have.
    Word,
    /// A word that one dictionary has.
    Doubtful,
    Slip(Number),
    Unknown,
    /// What is not judged.
    Nothing,
}

/// Reads on from the cluster `at`: every word that begins there is a way to the cluster behind it.
fn step(text: &str, clusters: &[Cluster], at: usize, words: &KnownWords, ways: &mut [Way]) {
    let (Some(cluster), Some(&before)) = (clusters.get(at), ways.get(at)) else { return };
    let mut reach = |end: usize, cost: u16, by: By| {
        let cost = before.cost.saturating_add(cost.into());
        if let Some(way) = ways.get_mut(end).filter(|way| cost < way.cost) {
            *way = Way { cost, from: at, by };
        }
    };
    if !cluster.is_judged {
        work::step();
        reach(at + 1, 0, By::Nothing);
        return;
    }
    reach(at + 1, if before.by == By::Unknown { UNKNOWN_TOO } else { UNKNOWN }, By::Unknown);
    let own = text.get(cluster.range.start..).map_or(0, |rest| words.longest_at(rest));
    let (mut walk, mut goes_on, mut number) = (lexicon::Walk::default(), true, Number::default());
    let ahead = clusters.iter().enumerate().skip(at).take(LONGEST);
    for (index, next) in ahead.take_while(|(_, next)| next.is_judged) {
        work::step();
        for c in text.get(next.range.clone()).unwrap_or_default().chars() {
            goes_on = goes_on && walk.push(c);
            number = number.push(c);
        }
        let weight = walk.weight().filter(|_| goes_on && !TABLE.is_misspelt(number));
        let written = text.get(cluster.range.start..next.range.end).unwrap_or_default();
        let is_listed = weight == Some(2) || is_listed_word(written);
        let one = if index == at { ONE_CLUSTER } else { 0 };
        let known = TABLE.find(number);
        if own > 0 && own == written.len() {
            reach(index + 1, OWN, By::Common);
        } else if let Some(Known::Right(cost)) = known {
            reach(index + 1, cost, if cost <= COMMON { By::Common } else { By::Word });
        } else if is_listed {
            reach(index + 1, WORD + one, By::Word);
        } else {
            match weight {
                Some(1) => reach(index + 1, DOUBTFUL + one, By::Doubtful),
                Some(_) => {
                    let more = u16::try_from((index - at).saturating_sub(1)).unwrap_or(u16::MAX);
                    let cost = MISSPELT_OR_WORD.saturating_add(more.saturating_mul(EACH_CLUSTER_MORE));
                    reach(index + 1, cost + one, By::Doubtful);
                }
                None => {}
            }
            // A single letter is an abbreviation or the number of an item.
            if let Some(Known::Slip(cost)) = known.filter(|_| written.chars().nth(1).is_some()) {
                reach(index + 1, cost, By::Slip(number));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::tests::{assert_linear, steps};

    fn found(text: &str) -> Vec<(String, String)> {
        let found = read(text, &[], &KnownWords::new()).slips.into_iter();
        found.map(|(range, meant)| (text[range].to_owned(), meant[0].clone())).collect()
    }

    #[test]
    fn a_slip_is_found_wherever_the_divider_cuts() {
        for (wrong, right) in [
            ("ជប៉ន", "ជប៉ុន"),
            ("សេដ្ឋកិច", "សេដ្ឋកិច្ច"),
            ("ទំនាកទំនង", "ទំនាក់ទំនង"),
            ("សំតែង", "សម្តែង"),
            ("គោនយោបាយ", "គោលនយោបាយ"),
            ("កិច្ចព្រមព្រៀងង", "កិច្ចព្រមព្រៀង"),
        ] {
            let text = format!("ភាគីទាំងពីរបានពិភាក្សាអំពី{wrong}រវាងប្រទេសទាំងពីរ");
            let all = found(&text);
            let mended = all.iter().fold(text.clone(), |text, (wrong, right)| text.replace(wrong.as_str(), right));
            assert_eq!(mended, text.replace(wrong, right), "{all:?}");
            assert_eq!(all.len(), 1, "{all:?}");
        }
    }

    #[test]
    fn a_zero_width_space_within_a_word_does_not_hide_its_slip() {
        let text = "បានពិភាក្សាអំពីសេដ្ឋ\u{200B}កិចរវាងប្រទេស";
        assert_eq!(found(text), [("សេដ្ឋ\u{200B}កិច".to_owned(), "សេដ្ឋកិច្ច".to_owned())]);
    }

    #[test]
    fn names_and_words_of_the_user_are_not_judged() {
        let text = "ជួបជាមួយ ជប៉ន នៅភ្នំពេញ";
        let at = text.find("ជប៉ន").unwrap();
        assert_eq!(read(text, std::slice::from_ref(&(at..at + "ជប៉ន".len())), &KnownWords::new()).slips, []);
        let mut words = KnownWords::new();
        words.insert("ជប៉ន");
        assert_eq!(read(text, &[], &words).slips, []);
        assert_eq!(read(text, &[], &KnownWords::new()).slips.len(), 1);
    }

    #[test]
    fn what_is_written_together_with_a_title_is_a_name() {
        for text in ["នាងអេត", "លោកស្រីគិនសៀកចេង", "លោកស្រី គិនសៀកចេង", "នៅភូមិឈិត"]
        {
            assert_eq!(found(text), [], "{text}");
        }
        // A long word is none, and what goes on with the sentence neither.
        assert_eq!(found("លោករដ្ឋមន្រីនេះ"), [("រដ្ឋមន្រី".to_owned(), "រដ្ឋមន្ត្រី".to_owned())]);
        assert_eq!(found("លោកបានបញ្ជាកជំហរ"), [("បញ្ជាក".to_owned(), "បញ្ជាក់".to_owned())]);
    }

    #[test]
    fn an_abbreviation_is_no_slip() {
        assert_eq!(found("អ្នកនាំពាក្យគ.ជ.បបានបញ្ជាក់"), []);
        assert_eq!(found("១.ពានិជ្ជកម្ម"), [("ពានិជ្ជកម្ម".to_owned(), "ពាណិជ្ជកម្ម".to_owned())]);
    }

    #[test]
    fn a_word_that_one_list_has_is_doubtful() {
        let doubtful = |text: &str| read(text, &[], &KnownWords::new()).doubtful.len();
        assert_eq!(doubtful("ភាគីទាំងពីរបានពិភាក្សា"), 0);
        assert!(doubtful("ភាគីទាំងពីរក្រមុំកពន្លឺ") > 0);
    }

    #[test]
    fn the_work_grows_with_the_text() {
        for text in ["ភាគីទាំងពីរបានពិភាក្សាអំពីសេដ្ឋកិច", "ក", "ក្រមុំកពន្លឺ ", "a"]
        {
            assert_linear(500, |size| {
                let text = text.repeat(size);
                steps(|| read(&text, &[], &KnownWords::new()))
            });
        }
    }

    /// Sentences of official Khmer with a slip in each: `planted.txt`. A case is a line: the sentence, with the wrong
    /// form and the right one in brackets.
    #[test]
    fn nine_planted_slips_of_ten_are_found_and_eight_mended_by_the_first_word() {
        let (mut all, mut named, mut mended) = (0, 0, 0);
        let mut missed = Vec::new();
        for line in include_str!("planted.txt").lines().filter(|line| !line.starts_with('#')) {
            let (before, rest) = line.split_once('[').unwrap();
            let (slip, after) = rest.split_once(']').unwrap();
            let (wrong, right) = slip.split_once('=').unwrap();
            let place = before.len()..before.len() + wrong.len();
            let (text, good) = (format!("{before}{wrong}{after}"), format!("{before}{right}{after}"));
            assert_eq!(found(&good), [], "{good}");
            let found = read(&text, &[], &KnownWords::new()).slips;
            let hit = found.iter().find(|(range, _)| range.start < place.end && place.start < range.end);
            all += 1;
            named += usize::from(hit.is_some());
            let is_right = hit.is_some_and(|(range, meant)| {
                let mut text = text.clone();
                text.replace_range(range.clone(), &meant[0]);
                text == good
            });
            mended += usize::from(is_right);
            if !is_right {
                missed.push(format!("{wrong}, {right}: {hit:?}"));
            }
        }
        assert!(
            all >= 60 && named * 10 >= all * 9 && mended * 10 >= all * 8,
            "{named}, {mended} of {all}: {missed:#?}"
        );
    }
}

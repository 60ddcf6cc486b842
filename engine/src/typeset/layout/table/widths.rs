//! How the columns of a table share the measure.
//!
//! Knows widths and single texts, nothing of pages. Invariant: the widths together are no more than there is room.

use crate::{
    khmer::characters::is_digit,
    typeset::{
        Cluster, Lines,
        breaks::{BreakKind, KnownWords, line_breaks_and_held},
    },
};

/// The most by which columns are widened to fill the measure: wider, the eye loses the row.
const MOST_STRETCH: f32 = 2.0;

/// What a column asks for, in points.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Asked {
    /// The width in which none of its lines is broken.
    pub natural: f32,
    /// The width below which names, dates and the like would be divided.
    pub least: f32,
    /// The width below which words would be divided.
    pub word: f32,
}

/// The widths of columns that have so much room together.
///
/// Where there is room for all, each is widened in proportion. Otherwise short columns keep their width, and long ones
/// share the rest by the square root of what they ask for: between equal shares, in which the longest is very high, and
/// shares in proportion, in which short ones are broken for nothing.
pub(super) fn shared(asked: &[Asked], room: f32) -> Vec<f32> {
    let natural: f32 = asked.iter().map(|asked| asked.natural).sum();
    if natural <= room {
        let stretch = (room / natural.max(f32::MIN_POSITIVE)).min(MOST_STRETCH);
        return asked.iter().map(|asked| asked.natural * stretch).collect();
    }
    let least: f32 = asked.iter().map(|asked| asked.least).sum();
    let words: f32 = asked.iter().map(|asked| asked.word).sum();
    if words >= room {
        // Words are divided; a column of one letter still has room for it.
        let scale = room / words;
        return asked.iter().map(|asked| asked.word * scale).collect();
    }
    if least >= room {
        let share = (room - words) / (least - words);
        return asked.iter().map(|asked| asked.word + share * (asked.least - asked.word)).collect();
    }
    let widths =
        |share: f32| asked.iter().map(move |asked| (share * asked.natural.sqrt()).clamp(asked.least, asked.natural));
    let widest = asked.iter().map(|asked| asked.natural.sqrt()).fold(0.0, f32::max);
    let (mut low, mut high) = (0.0, widest.max(1.0));
    for _ in 0..40 {
        let share = f32::midpoint(low, high);
        if widths(share).sum::<f32>() <= room { low = share } else { high = share }
    }
    widths(low).collect()
}

/// The widths of the widest piece of a text, in one line each, that a line should not divide, and of the widest that it
/// never should: of a word, or of a part of an address.
pub(in crate::typeset::layout) fn narrowest(lines: &Lines) -> [f32; 2] {
    let text = &lines.text;
    let mut breaks = line_breaks_and_held(&text.text, &KnownWords::default());
    breaks.retain(|place| !matches!(place.kind, BreakKind::Compound | BreakKind::Doubtful | BreakKind::Hyphen));
    [false, true].map(|is_held_a_place| {
        let places = breaks.iter().filter(|place| is_held_a_place || !place.kind.is_way_out());
        let mut widest = 0.0f32;
        let mut from = 0;
        for to in places.map(|place| text.cluster_at(place.at)).chain([text.clusters.len()]) {
            let piece = text.clusters.get(from..to).unwrap_or_default();
            let is_seen = |cluster: &Cluster| !text.characters(cluster).trim().is_empty();
            let seen = piece.iter().rposition(is_seen).map_or(0, |at| at + 1);
            widest = widest.max(piece.iter().take(seen).map(Cluster::width).sum());
            from = to.max(from);
        }
        widest
    })
}

/// Whether a text is a number, with its signs and unit; `None` for one that is neither number nor words.
pub(super) fn is_number(text: &str) -> Option<bool> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FFFC}'));
    if text.is_empty() || matches!(text, "-" | "–" | "—" | "…") {
        return None;
    }
    let is_sign = |c: char| {
        matches!(
            c,
            '.' | ','
                | ' '
                | '\u{A0}'
                | '\u{202F}'
                | '+'
                | '-'
                | '−'
                | '–'
                | '±'
                | '%'
                | '‰'
                | '('
                | ')'
                | '$'
                | '€'
                | '£'
                | '¥'
                | '៛'
        )
    };
    Some(text.contains(is_digit) && text.chars().all(|c| is_digit(c) || is_sign(c)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn asked(columns: &[(f32, f32)]) -> Vec<Asked> {
        columns.iter().map(|&(natural, least)| Asked { natural, least, word: least }).collect()
    }

    #[test]
    fn short_columns_keep_their_width_beside_long_ones() {
        let widths = shared(&asked(&[(50.0, 20.0), (1000.0, 60.0), (500.0, 60.0)]), 450.0);
        assert_eq!(widths[0], 50.0);
        assert!(widths[1] > widths[2] && widths[2] > 150.0, "{widths:?}");
    }

    #[test]
    fn names_give_way_before_words_do() {
        let column = |natural, least, word| Asked { natural, least, word };
        let asked = [column(60.0, 60.0, 60.0), column(300.0, 200.0, 100.0), column(300.0, 300.0, 100.0)];
        assert_eq!(shared(&asked, 410.0), [60.0, 150.0, 200.0]);
        assert_eq!(shared(&asked, 130.0), [30.0, 50.0, 50.0]);
    }

    #[test]
    fn a_small_table_is_not_drawn_out_over_the_page() {
        assert_eq!(shared(&asked(&[(40.0, 10.0), (60.0, 10.0)]), 450.0), [80.0, 120.0]);
        assert_eq!(shared(&asked(&[(100.0, 10.0), (200.0, 10.0)]), 450.0), [150.0, 300.0]);
    }

    #[test]
    fn numbers_are_told_from_words() {
        for text in ["12", "1,204.5", "−3.2 %", "៣៤,៥", "$ 40", "(12)", "5\u{A0}000"] {
            assert_eq!(is_number(text), Some(true), "{text}");
        }
        for text in ["09:00", "12 May", "A1", "ឆ្នាំ ២០២៣", "(a)", "%"] {
            assert_eq!(is_number(text), Some(false), "{text}");
        }
        assert_eq!([is_number(""), is_number("–"), is_number(" ")], [None; 3]);
    }

    proptest! {
        #[test]
        fn columns_never_take_more_than_there_is(
            columns in prop::collection::vec((0.5f32..900.0, 0.0f32..1.0), 1..12), room in 10.0f32..600.0,
        ) {
            let columns: Vec<Asked> =
                columns.into_iter().map(|(natural, share)| Asked { natural, least: natural * share, word: natural * share * share }).collect();
            let widths = shared(&columns, room);
            prop_assert_eq!(widths.len(), columns.len());
            prop_assert!(widths.iter().sum::<f32>() <= room * 1.001, "{:?}", widths);
            prop_assert!(widths.iter().all(|width| *width > 0.0 || room < 1.0), "{:?}", widths);
        }
    }
}

//! A shaped text broken into lines of a measure, and each line spread.
//!
//! Justified text is broken by the method of Knuth and Plass ("Breaking Paragraphs into Lines",
//! 1981): of all ways to break the paragraph, the one whose lines differ least from their
//! natural spacing. Texts for the screen, where lines must not jump while one types, are broken
//! first-fit. Knows shaped clusters and nothing of pages.
//!
//! Invariant: the lines hold all clusters, in order, and none is wider than the measure unless
//! it holds a single cluster.
//!
//! | file | what is in it |
//! |---|---|
//! | `margins` | what hangs into the margins |
//! | `places` | where lines may end, and what it costs |
//! | `fitting` | which of these places are taken |
//! | `spreading` | how a line fills its measure |

mod fitting;
mod margins;
mod places;
mod spreading;

use std::{ops::Range, sync::Arc};

use fitting::{first_fit, optimum_fit};
use places::{hyphenated, places};
use spreading::{Sums, spread};

use super::{
    breaks::KnownWords,
    shape::{Cluster, ShapedText},
};
use crate::khmer::characters::is_digit;

/// Where the lines are in the measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alignment {
    /// To both edges; the last line from the left.
    Justified,
    /// From the left edge.
    Left,
    /// In the middle, the lines about equally long.
    Centre,
    /// From the left edge, first-fit: for the screen.
    Screen,
}

/// How a text is broken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// The width of the column, in points.
    pub width: f32,
    /// The indent of the first line, in points.
    pub indent: f32,
    /// How lines are aligned in it.
    pub alignment: Alignment,
}

/// A text in lines.
#[derive(Clone, Debug)]
pub struct Lines {
    /// The text.
    pub text: Arc<ShapedText>,
    /// The lines, at least one.
    pub lines: Vec<SetLine>,
}

/// One line of a text, its left edge at the column's.
#[derive(Clone, Debug)]
pub struct SetLine {
    /// Its clusters, spaces at the end among them.
    pub clusters: Range<usize>,
    /// The left edge of each cluster from `left` and, last, the right edge of the last; points.
    pub x: Arc<[f32]>,
    /// The left edge of the line from the column's; points.
    pub left: f32,
    /// By what the widths of its letters are multiplied.
    pub expansion: f32,
    /// The stretch of spaces, as a multiple of their allowance; negative where they shrink.
    pub ratio: f32,
}

/// Breaks a text into lines and spreads them.
pub fn set(text: Arc<ShapedText>, measure: Measure) -> Lines {
    set_with(text, measure, &KnownWords::default(), false)
}

/// Breaks a text into lines, none of them inside of `words`, and spreads them. English words are
/// divided only if `hyphenate` says so, or a soft hyphen is in them.
pub fn set_with(text: Arc<ShapedText>, measure: Measure, words: &KnownWords, hyphenate: bool) -> Lines {
    let places = places(&text, measure, words, hyphenate);
    let sums = Sums::of(&text, &places);
    let chosen = match measure.alignment {
        Alignment::Screen => first_fit(&places, &sums, measure),
        _ => optimum_fit(&text, &places, &sums, measure),
    };
    let (text, places, sums) = match hyphenated(&text, &places, &chosen) {
        Some((text, places)) => {
            let sums = Sums::of(&text, &places);
            (Arc::new(text), places, sums)
        }
        None => (text, places, sums),
    };
    let lines = chosen
        .windows(2)
        .filter_map(|pair| pair.first().zip(pair.last()))
        .enumerate()
        .map(|(i, (&from, &to))| {
            let ends = to + 1 == places.len() || places.get(to).is_some_and(|place| place.mandatory);
            spread(&text, &places, &sums, measure, (from, to), i == 0, ends)
        })
        .collect();
    Lines { text, lines }
}

/// Whether a cluster hangs unseen beyond the end of a line. A zero-width space that takes room is seen: the
/// shaper gives it the glyphs of marks that have no letter.
fn hangs(text: &ShapedText, cluster: &Cluster) -> bool {
    text.characters(cluster)
        .chars()
        .all(|c| c.is_whitespace() && !is_fixed_space(c) || c == '\u{200B}' && cluster.advance == 0)
}

/// Spaces that neither break nor vanish.
fn is_fixed_space(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{202F}' | '\u{2007}')
}

/// Whether a cluster, by its index, is a space that a line is filled by: not one between the digits of a number, such as
/// `023 216 122`, which would fall apart.
fn is_stretchable(text: &ShapedText, index: usize) -> bool {
    let characters = |index: usize| text.clusters.get(index).map_or("", |cluster| text.characters(cluster));
    // Asked of every cluster, nearly all of which are letters: one byte tells.
    let first = text.clusters.get(index).and_then(|cluster| text.text.as_bytes().get(cluster.text.start));
    if !matches!(first, Some(b' ' | b'\t' | 0xC2)) || !matches!(characters(index), " " | "\u{A0}" | "\t") {
        return false;
    }
    let before = |back: usize| index.checked_sub(back).map_or("", characters);
    let ends_digits = before(1).ends_with(is_digit) || before(1) == ")" && before(2).ends_with(is_digit);
    !(ends_digits && characters(index + 1).starts_with(is_digit))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        fitting::judge,
        spreading::{MOST_EXPANSION, UNSEEN_GAP, WORD_GAP},
        *,
    };
    use crate::{
        release::RichText,
        typeset::{
            fonts::Role,
            shape::{Type, shape},
        },
        work::tests::steps,
    };

    fn lines_of(text: &str, width: f32, alignment: Alignment) -> Lines {
        let kind = Type { role: Role::Text, size: 12.0 };
        set(Arc::new(shape(&RichText::plain(text), kind, None)), Measure { width, indent: 0.0, alignment })
    }

    fn texts(lines: &Lines) -> Vec<String> {
        let text = |line: &SetLine| {
            lines.text.clusters[line.clusters.clone()].iter().map(|c| lines.text.characters(c)).collect()
        };
        lines.lines.iter().map(text).collect()
    }

    const ENGLISH: &str = "The two sides hailed the remarkable progress in Cambodia-Japan relations, which was \
        elevated to Comprehensive Strategic Partnership, as the two countries are celebrating the 70th anniversary.";

    #[test]
    fn justified_lines_fill_the_measure_but_the_last() {
        let lines = lines_of(ENGLISH, 250.0, Alignment::Justified);
        assert!(lines.lines.len() > 3);
        for line in &lines.lines[..lines.lines.len() - 1] {
            let last = line.clusters.end - line.clusters.start;
            let seen = (0..last).rev().find(|i| !hangs(&lines.text, &lines.text.clusters[line.clusters.start + i]));
            let edge = line.left + line.x[seen.unwrap() + 1];
            assert!((249.0..256.0).contains(&edge), "the line ends at {edge}");
        }
    }

    /// All ways to set the text without a line that is too wide, as the ratio of their worst line.
    fn worst_of_all_ways(text: &ShapedText, measure: Measure) -> f32 {
        let places = places(text, measure, &KnownWords::default(), false);
        let sums = Sums::of(text, &places);
        let mut least = vec![f32::INFINITY; places.len()];
        least[0] = 0.0;
        for to in 1..places.len() {
            for from in 0..to {
                let line = judge(&places, &sums, measure, (from, to));
                if !line.too_wide {
                    least[to] = least[to].min(least[from].max(line.ratio.abs()));
                }
            }
        }
        least[places.len() - 1]
    }

    /// Nobody can set every text well in every measure without hyphens (330 points cannot take
    /// this one), so the comparison is with the best of all ways there are.
    #[test]
    fn optimum_fit_makes_no_holes() {
        let mut settable = 0;
        for width in (250..520u16).step_by(10).map(f32::from) {
            let lines = lines_of(ENGLISH, width, Alignment::Justified);
            let measure = Measure { width, indent: 0.0, alignment: Alignment::Justified };
            let least = worst_of_all_ways(&lines.text, measure);
            let worst = lines.lines.iter().map(|line| line.ratio).fold(0.0, f32::max);
            assert!(worst <= (least * 1.15).max(1.0), "{worst} in {width} pt, and {least} would do");
            settable += usize::from(worst < 1.5);
        }
        assert!(settable > 10, "{settable}");
    }

    #[test]
    fn a_word_wider_than_the_measure_is_cut_between_letters() {
        let lines = lines_of("https://www.mfaic.gov.kh/posts/averyveryverylongaddress", 60.0, Alignment::Justified);
        assert!(lines.lines.len() > 3);
        assert_eq!(lines_of("ស្ត្រី", 1.0, Alignment::Justified).lines.len(), 1);
    }

    #[test]
    fn a_name_wider_than_the_measure_is_divided_between_its_words() {
        for (text, width, lines) in [
            ("H.E. Dr. Subrahmanyam JAISHANKAR", 90.0, vec!["H.E. Dr. ", "Subrahmanyam ", "JAISHANKAR"]),
            ("H.E. Mr. Tongsavanh PHOMVIHANE", 90.0, vec!["H.E. Mr. ", "Tongsavanh ", "PHOMVIHANE"]),
            ("H.E. Mr. PRAK Sokhonn", 90.0, vec!["H.E. Mr. PRAK ", "Sokhonn"]),
        ] {
            assert_eq!(texts(&lines_of(text, width, Alignment::Centre)), lines);
        }
    }

    fn khmer_lines(text: &str, width: f32, indent: f32) -> Lines {
        let kind = Type { role: Role::Text, size: 12.0 };
        let measure = Measure { width, indent, alignment: Alignment::Justified };
        set(Arc::new(shape(&RichText::plain(text), kind, None)), measure)
    }

    /// A noun is parted after its prefix where the line would have a hole otherwise, and only there.
    #[test]
    fn prefixes_stay_with_their_nouns_where_there_is_no_need() {
        let text = "ភាគីទាំងពីរបានស្វាគមន៍ នូវការអភិវឌ្ឍ និងការពង្រឹងទំនាក់ទំនង កម្ពុជា និងជប៉ុន ".repeat(6);
        let (mut parted, mut lines) = (0, 0);
        for width in (200..500u16).step_by(5).map(f32::from) {
            let set = texts(&khmer_lines(&text, width, 0.0));
            parted += set.iter().filter(|line| line.ends_with("ការ")).count();
            lines += set.len();
        }
        assert!(parted * 40 < lines, "{parted} of {lines} lines end with a prefix");
        assert!(parted > 0, "no hole was ever avoided");
    }

    /// The last line of the Khmer sample's first paragraph was one word, shorter than the indent.
    #[test]
    fn a_last_line_reaches_beyond_the_indent() {
        let text = "នៅថ្ងៃទី៣០ ខែតុលា ឆ្នាំ២០២៣ ឯកឧត្តម សុខ ចិន្តាសោភា ឧបនាយករដ្ឋមន្ត្រី រដ្ឋមន្ត្រីក្រសួងការបរទេស \
            និងសហប្រតិបត្តិការអន្តរជាតិ បានសន្ទនាតាមទូរសព្ទប្រកបដោយផ្លែផ្កាជាមួយលោកជំទាវ កាមិកាវ៉ា យ៉ូកុ \
            រដ្ឋមន្ត្រីការបរទេសជប៉ុន។";
        let last = |indent: f32| {
            let lines = khmer_lines(text, 451.0, indent);
            lines.lines.last().and_then(|line| line.x.last().copied()).unwrap_or(0.0)
        };
        assert!(last(36.0) > 36.0, "{}", last(36.0));
    }

    /// Without a space in it a line has only its gaps: they give a little both ways.
    #[test]
    fn a_line_without_spaces_fills_the_measure() {
        let text = "ភាគីទាំងពីរក៏បានផ្លាស់ប្តូរទស្សនៈលើការវិវត្តក្នុងតំបន់នៅឆ្នាំនេះដែរ";
        let natural = khmer_lines(text, 1e4, 0.0).lines[0].x.last().copied().unwrap_or(0.0);
        for width in [natural - 1.5, natural + 5.0, natural * 1.04] {
            let lines = khmer_lines(&format!("{text} {text}"), width, 0.0);
            let line = &lines.lines[0];
            let seen = line.clusters.len() - 1;
            assert!((line.x[seen] - width).abs() < 0.1, "{} in {width}", line.x[seen]);
        }
    }

    /// The letters give what a line wants or has too much, and gaps only what no reader takes for spaces, but
    /// in the loosest lines.
    #[test]
    fn letters_widen_before_gaps_are_seen() {
        let text = "ភាគីទាំងពីរបានស្វាគមន៍ នូវការអភិវឌ្ឍ និងការពង្រឹងទំនាក់ទំនងកម្ពុជានិងជប៉ុនក្នុងតំបន់ ".repeat(4);
        let (mut narrowed, mut widened, mut gapped, mut seen) = (0, 0, 0, 0);
        for width in (300..500u16).step_by(3).map(f32::from) {
            let set = khmer_lines(&text, width, 0.0);
            for line in &set.lines {
                assert!((line.expansion - 1.0).abs() < MOST_EXPANSION + 1e-5, "{}", line.expansion);
                let clusters = &set.text.clusters[line.clusters.clone()];
                let gaps = clusters.iter().zip(&clusters[1..]).zip(line.x.windows(2));
                let gaps = gaps.filter(|((cluster, _), _)| set.text.characters(cluster) != " ");
                let gap = |((cluster, next), x): ((&Cluster, &Cluster), &[f32])| {
                    (x[1] - x[0] - cluster.width() * line.expansion) / next.size
                };
                let (least, most) = gaps.map(gap).fold((0.0, 0.0), |(a, b): (f32, f32), gap| (a.min(gap), b.max(gap)));
                assert!(least > -1e-4 && most < WORD_GAP + 1e-3, "a gap of {least} or {most} em");
                narrowed += usize::from(line.expansion < 1.0);
                widened += usize::from(line.expansion > 1.0);
                gapped += usize::from(most > 1e-3);
                if most > UNSEEN_GAP + 1e-3 {
                    seen += 1;
                    assert!(line.expansion > 1.0 + MOST_EXPANSION - 1e-4 && line.ratio > 1.0, "{}", line.ratio);
                }
            }
        }
        assert!(narrowed > 10 && widened > 100 && gapped > 10, "{narrowed}, {widened}, {gapped}");
        assert!(seen * 20 < widened, "{seen} of {widened}");
    }

    #[test]
    fn spaces_within_a_number_keep_their_width() {
        let text = "Press contact: Department of Information, telephone (+855) 23 216 122 for correspondents, \
            spokesperson.office@information.mfaic.gov.kh";
        let lines = lines_of(text, 400.0, Alignment::Justified);
        let line = &lines.lines[0];
        let at = |index: usize| lines.text.characters(&lines.text.clusters[index]);
        let widths = |within: bool| {
            let inner = line.clusters.start..line.clusters.end - 1;
            let spaces = inner.filter(|&index| at(index) == " " && at(index + 1).starts_with(is_digit) == within);
            let width = |index: usize| line.x[index + 1 - line.clusters.start] - line.x[index - line.clusters.start];
            let widths: Vec<f32> = spaces.map(width).collect();
            widths.iter().fold((f32::INFINITY, 0.0), |(a, b): (f32, f32), x| (a.min(*x), b.max(*x)))
        };
        let (number, words) = (widths(true), widths(false));
        assert!(texts(&lines)[0].contains("216 122"), "{:?}", texts(&lines));
        assert!(number.1 < 3.3 && words.0 > 4.0, "{number:?} {words:?}");
    }

    #[test]
    fn an_empty_text_has_one_empty_line() {
        assert_eq!(lines_of("", 100.0, Alignment::Justified).lines.len(), 1);
        assert_eq!(lines_of("a\nb\n", 100.0, Alignment::Screen).lines.len(), 3);
    }

    /// Line breaks, zero-width spaces and joiners: places to end a line with nothing between them.
    #[test]
    fn texts_of_which_nothing_is_seen_take_work_in_proportion() {
        for part in
            ["\n", "\u{200B}\u{2060}", "\u{2060}", " \u{2060}", "\u{200B}\u{200E}", "\u{200B} \u{2060}", "\u{AD}a"]
        {
            for alignment in [Alignment::Justified, Alignment::Screen] {
                let counted = |size: usize| {
                    let text = format!("{}{}", "W".repeat(40), part.repeat(size));
                    steps(|| lines_of(&text, 200.0, alignment))
                };
                let (once, twice) = (counted(1_000), counted(2_000));
                assert!(twice * 10 <= once * 22 + 5_000, "{part:?} {alignment:?}: {once} and {twice} steps");
            }
        }
    }

    /// A single space in a line may open wide, but not so that the line before it stays half empty.
    #[test]
    fn a_line_is_not_left_half_empty_for_the_sake_of_its_one_space() {
        let text = "ភាគីទាំងពីរបានកត់សម្គាល់ដោយក្តីពេញចិត្តថា ទំហំពាណិជ្ជកម្មទ្វេភាគីបានកើនឡើងទ្វេដងចាប់តាំងពី\
            ឆ្នាំ២០២១។ ភាគីទាំងពីរបានឯកភាពសម្រួលនីតិវិធីគយសម្រាប់ផលិតផលកសិកម្ម។";
        for width in (300..520u16).step_by(5).map(f32::from) {
            let lines = lines_of(text, width, Alignment::Justified);
            for line in &lines.lines[..lines.lines.len() - 1] {
                let filled = line.left + line.x.last().copied().unwrap_or_default();
                assert!(filled > 0.8 * width, "a line of {filled} in {width}");
            }
        }
    }

    #[test]
    fn a_line_before_a_long_address_stays_short() {
        let text =
            "See https://www.example.gov.kh/posts/2026-11-26-Press-Release-Deputy-Prime-Minister-receives-Ambassador.";
        let lines = lines_of(text, 453.0, Alignment::Justified);
        assert_eq!(texts(&lines).len(), 2, "{:?}", texts(&lines));
        let first = &lines.lines[0];
        let space = first.x[4] - first.x[3];
        assert!(space < 12.0, "a hole of {space}");
    }

    /// The shaper gives the marks to the zero-width space before them, which then has a width.
    #[test]
    fn marks_after_a_zero_width_space_stay_within_the_measure() {
        let lines = lines_of("\u{17d2}ៗ\u{200b}ាើaា", 20.0, Alignment::Justified);
        for line in &lines.lines {
            let edge = line.x.last().copied().unwrap_or_default();
            assert!(edge <= 20.0, "a line of {edge}");
        }
    }

    proptest! {
        #[test]
        fn every_text_is_set_whole_and_within_the_measure(
            text in "([ក-អា-ៈ្។ៗ \u{200B}]|[a-zA-Z,.“” -]){0,120}",
            width in 20.0f32..300.0,
            which in 0usize..4,
        ) {
            let alignment = [Alignment::Justified, Alignment::Left, Alignment::Centre, Alignment::Screen][which];
            let lines = lines_of(&text, width, alignment);
            prop_assert_eq!(texts(&lines).concat(), text.clone());
            let mut at = 0;
            for line in &lines.lines {
                prop_assert_eq!(line.clusters.start, at);
                at = line.clusters.end;
                let seen = line.clusters.clone().rev().find(|&i| !hangs(&lines.text, &lines.text.clusters[i]));
                let Some(seen) = seen else { continue };
                // Marks without a letter are drawn with the zero-width space before them, and take no room.
                let taking_room = (line.clusters.start..=seen).filter(|&i| lines.text.clusters[i].advance > 0);
                if taking_room.count() > 1 {
                    let edge = line.left + line.x[seen - line.clusters.start + 1];
                    prop_assert!(edge <= width + 8.0, "a line of {} in {}", edge, width);
                }
            }
        }
    }
}

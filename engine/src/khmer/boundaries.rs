//! Where clusters begin: what a reader takes for one letter.
//!
//! In Khmer a base with everything that hangs on it, subscript consonants included; elsewhere the
//! grapheme cluster of UAX 29. That standard takes the coeng for a mark like any other and cuts
//! after it; a subscript belongs to the letter that it is under, so the cut is undone here.
//!
//! Must never know: words, lines, fonts.
//!
//! Invariant: the shaper (HarfBuzz, and harfrust after it) begins a cluster wherever one here
//! begins, so no glyph belongs to two. Two exceptions: a font's own ligatures across letters
//! (fi), and in broken text a mark straight after U+200B. It is drawn together with that character, of
//! no width, and still is a cluster of its own: a zero-width space is a place between letters and
//! never a part of one.

use unicode_segmentation::UnicodeSegmentation;

use super::characters::{COENG, is_letter, is_sign};

/// Nothing is seen of these two vowels, and a coeng reaches over them.
fn is_inherent_vowel(c: char) -> bool {
    matches!(c, '\u{17B4}' | '\u{17B5}')
}

/// After these a cluster begins, whatever comes.
fn ends_cluster(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{2028}' | '\u{2029}') || c.is_control()
}

/// Letters of ASCII and the Khmer block: about these the standard says no more than the lines below.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{1780}'..='\u{17DD}' | '\u{17E0}'..='\u{17E9}')
}

/// Cluster boundaries, ascending byte offsets with 0 and `text.len()`.
pub fn cluster_boundaries(text: &str) -> Vec<usize> {
    // Khmer takes three bytes a character, and a cluster two or three characters.
    let mut boundaries = Vec::with_capacity(text.len() / 6 + 2);
    boundaries.push(0);
    // Where the last cluster begins, and whether its last letter wants a subscript.
    let (mut start, mut wants) = (0, false);
    // Up to where the standard has decided.
    let mut decided = 0;
    for (at, c) in text.char_indices() {
        if at < decided {
            continue;
        }
        if is_plain(c) {
            if at > 0 && !is_sign(c) && !(wants && is_letter(c)) {
                boundaries.push(at);
                start = at;
            }
            wants = c == COENG || wants && is_inherent_vowel(c);
            continue;
        }
        // The standard decides up to the next plain character that can begin a cluster.
        let rest = text.get(at..).unwrap_or_default();
        let next = rest.char_indices().find(|(_, c)| is_plain(*c) && !is_sign(*c));
        decided = next.map_or(text.len(), |(next, c)| at + next + c.len_utf8());
        by_standard(text.get(start..decided).unwrap_or_default(), start, &mut boundaries);
        start = boundaries.last().copied().unwrap_or(start);
        wants = false;
    }
    if !text.is_empty() {
        boundaries.push(text.len());
    }
    boundaries
}

/// The boundaries of any text that begins with a cluster, but for its start and end; `from` is where it begins.
fn by_standard(text: &str, from: usize, boundaries: &mut Vec<usize>) {
    let mut last = "";
    for (at, grapheme) in text.grapheme_indices(true) {
        let subscript = grapheme.starts_with(is_letter) && last.trim_end_matches(is_inherent_vowel).ends_with(COENG);
        // UAX 29 cuts before a sign only after a control character; the shaper cuts there as little as anywhere.
        let mark = grapheme.starts_with(is_sign) && !last.ends_with(ends_cluster);
        if at > 0 && !subscript && !mark {
            boundaries.push(from + at);
        }
        last = grapheme;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clusters(text: &str) -> Vec<&str> {
        cluster_boundaries(text).windows(2).map(|w| &text[w[0]..w[1]]).collect()
    }

    #[test]
    fn subscripts_vowels_and_signs_belong_to_their_base() {
        assert_eq!(clusters("ស្ត្រី"), ["ស្ត្រី"]);
        assert_eq!(clusters("ព្រះរាជាណាចក្រកម្ពុជា").len(), 9);
        assert_eq!(clusters("ប៉ាស៊ីហ្វិក"), ["ប៉ា", "ស៊ី", "ហ្វិ", "ក"]);
        assert_eq!(clusters("ធម៌ ឱ្យ"), ["ធ", "ម៌", " ", "ឱ្យ"]);
    }

    #[test]
    fn a_zero_width_space_is_alone() {
        assert_eq!(clusters("ខ្មែរ\u{200B}យើង"), ["ខ្មែ", "រ", "\u{200B}", "យើ", "ង"]);
        assert_eq!(clusters("ក្\u{200B}ខ"), ["ក្", "\u{200B}", "ខ"]);
    }

    #[test]
    fn broken_text_stays_whole() {
        assert_eq!(clusters("ក្"), ["ក្"]);
        assert_eq!(clusters("្ក"), ["្ក"]);
        assert_eq!(clusters("ាក"), ["ា", "ក"]);
        assert_eq!(clusters("កាាិិ"), ["កាាិិ"]);
        assert_eq!(clusters("ក\u{2060}ា"), ["ក", "\u{2060}ា"]);
        assert_eq!(clusters("ក\nា"), ["ក", "\n", "ា"]);
        assert_eq!(clusters(""), Vec::<&str>::new());
        assert_eq!(cluster_boundaries(""), [0]);
    }

    /// Characters that the standard has rules about, beside plain ones.
    const TELLING: &str = "កខ្ាិ់៉\u{17B4}។៣៛ៗ\u{17DC}\u{17D3}aZ 9~\r\n\t\u{200B}\u{200D}\u{2060}\u{AD}\u{301}é👩🏽🇰🇭क्षा\u{600}한ᄀ\u{17F0}\u{19E0}\u{FE0F}";

    proptest::proptest! {
        #[test]
        fn plain_characters_are_divided_as_the_standard_divides_them(
            text in proptest::collection::vec(0..TELLING.chars().count(), 0..24)
        ) {
            let text: String = text.into_iter().filter_map(|at| TELLING.chars().nth(at)).collect();
            let mut boundaries = vec![0];
            by_standard(&text, 0, &mut boundaries);
            boundaries.extend(Some(text.len()).filter(|len| *len > 0));
            proptest::prop_assert_eq!(cluster_boundaries(&text), boundaries, "{:?}", text);
        }
    }

    #[test]
    fn a_cluster_of_any_length_is_looked_at_once() {
        let marks = "\u{301}ា".repeat(50_000);
        assert_eq!(cluster_boundaries(&format!("ក{marks}ខ")).len(), 3);
    }

    #[test]
    fn other_scripts_by_uax_29() {
        assert_eq!(clusters("e\u{301}a\r\n👩‍👩‍👧៣០"), ["e\u{301}", "a", "\r\n", "👩‍👩‍👧", "៣", "០"]);
    }
}

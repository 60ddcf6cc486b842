//! No-break spaces that came with a text from the web and hold nothing together.
//!
//! Programs write them between ordinary words, to keep a text from being divided or to indent it. On a page they
//! make a line that cannot be broken where it should, with holes in the lines beside it. Beside numbers, titles and
//! signs they are meant.
//!
//! Must never know: lines and fields.

use std::ops::Range;

use super::{RichText, titles};

/// Signs after which a no-break space is meant.
const BEFORE: &str = "«‹№§$€£¥#+–—";
/// Signs before which one is.
const AFTER: &str = "»›:;!?%‰°–—+៖។ៗ៕៛";
/// A word with a full stop is an abbreviation up to so many letters.
const ABBREVIATION: usize = 5;

/// Where spaces are in a text of which one at least does not break without need, in bytes, ascending.
pub fn hard_spaces(text: &str) -> Vec<Range<usize>> {
    if !text.contains('\u{A0}') {
        return Vec::new();
    }
    let is_space = |c: char| c == ' ' || c == '\u{A0}';
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find(is_space)).map(|found| at + found) {
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.find(|c| !is_space(c)).unwrap_or(rest.len());
        let spaces = rest.get(..length).unwrap_or_default();
        at = start + length;
        let (before, after) = (text.get(..start).unwrap_or_default(), text.get(at..).unwrap_or_default());
        if spaces.contains('\u{A0}') && !is_meant(before, after) {
            found.push(start..at);
        }
    }
    found
}

/// A text with ordinary spaces in their place.
pub fn without_hard_spaces(text: &str) -> String {
    let mut plain = text.to_owned();
    for range in hard_spaces(text).into_iter().rev() {
        plain.replace_range(range, " ");
    }
    plain
}

/// A text with ordinary spaces in their place, in the style of what they replace.
#[must_use]
pub fn with_soft_spaces(mut text: RichText) -> RichText {
    for range in hard_spaces(text.as_str()).into_iter().rev() {
        let space = RichText::styled(" ", text.style_of(range.clone()));
        text.replace(range, &space);
    }
    text
}

/// Whether a no-break space between two texts holds something together.
fn is_meant(before: &str, after: &str) -> bool {
    if before.ends_with(|c: char| c.is_numeric() || BEFORE.contains(c))
        || after.starts_with(|c: char| c.is_numeric() || AFTER.contains(c))
    {
        return true;
    }
    let last = before.rsplit(|c: char| c.is_whitespace() || "([“‘\"".contains(c)).next().unwrap_or(before);
    let is_abbreviation = last.strip_suffix('.').is_some_and(|word| {
        word.starts_with(char::is_uppercase) && word.chars().count() <= ABBREVIATION
            || matches!(word, "no" | "nos" | "p" | "pp" | "art" | "para" | "vol" | "cf")
    });
    is_abbreviation || titles::is_title(last) || titles::KHMER.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_of_the_web_are_ordinary_and_others_stay() {
        let plain = |text: &str| without_hard_spaces(text).replace('\u{A0}', "_");
        assert_eq!(plain("The\u{A0}Leaders\u{A0}emphasized, and\u{A0}then"), "The Leaders emphasized, and then");
        assert_eq!(plain("one \u{A0}\u{A0} two"), "one two");
        assert_eq!(plain("ភាគី\u{A0}ទាំងពីរ"), "ភាគី ទាំងពីរ");
        for kept in
            ["H.E._Sok", "Mr._Sok", "(Dr_Sok)", "5_km", "No._5", "page_5", "«_បើ_»", "លោក_សុខ", "US$_5", "៥០_នាក់"]
        {
            assert_eq!(plain(&kept.replace('_', "\u{A0}")), kept);
        }
    }

    proptest::proptest! {
        #[test]
        fn words_stay_as_they_are(text in "([a-zA-Z0-9.,«»ក-ខ]|[ \u{A0}]){0,40}") {
            let squeezed = |text: &str| text.replace([' ', '\u{A0}'], "");
            proptest::prop_assert_eq!(squeezed(&without_hard_spaces(&text)), squeezed(&text));
        }
    }
}

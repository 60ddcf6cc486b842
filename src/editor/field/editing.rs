//! What keys do to a text: pure changes of a text and its caret.
//!
//! Invariant: afterwards the caret stands on a cluster boundary, or, while a subscript is being
//! typed, right behind its coeng.

use std::borrow::Cow;

use super::caret::{Caret, cluster_after, snap, word_after, word_before};
use crate::{
    khmer::{normalise, normalise_range},
    release::{RichText, Style},
};

/// U+17D2, which makes the next consonant a subscript.
const COENG: char = '\u{17D2}';

/// A change of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Put this in the place of the selection.
    Insert(RichText),
    /// Delete the selection, or one code point before the caret, coeng and consonant together.
    Backspace,
    /// Delete the selection, or the letter after the caret.
    Delete,
    /// Delete the selection, or the word before the caret.
    BackspaceWord,
    /// Delete the selection, or the word after the caret.
    DeleteWord,
}

/// Carries out a change; says whether anything changed.
pub fn apply(text: &mut RichText, caret: &mut Caret, edit: &Edit) -> bool {
    let selected = caret.range();
    let range = match edit {
        Edit::Insert(with) => {
            if with.is_empty() && selected.is_empty() {
                return false;
            }
            text.replace(selected.clone(), with);
            let end = selected.start + with.len();
            *caret = Caret::at(settle(text.as_str(), end));
            return true;
        }
        _ if !selected.is_empty() => selected,
        Edit::Backspace => back(text.as_str(), caret.head)..caret.head,
        Edit::Delete => caret.head..cluster_after(text.as_str(), caret.head),
        Edit::BackspaceWord => word_before(text.as_str(), caret.head)..caret.head,
        Edit::DeleteWord => caret.head..word_after(text.as_str(), caret.head),
    };
    if range.is_empty() {
        return false;
    }
    text.replace(range.clone(), &RichText::default());
    *caret = Caret::at(settle(text.as_str(), range.start));
    true
}

/// The text cut at the caret for shaping: right behind a coeng that the next letter has not
/// yet answered, so that it does not swallow what stands there already.
pub fn cut(text: &str, caret: &Caret) -> Option<usize> {
    let open = caret.is_empty() && caret.head < text.len() && text.get(..caret.head)?.ends_with(COENG);
    open.then_some(caret.head)
}

/// Puts the letter that was typed before `left` in the normal order of Khmer; says whether
/// anything changed. What is seen stays the same, and so do the caret's place and the emphasis of
/// each mark. A letter that the caret is still in stays as it is, unless the field was left.
pub fn put_in_order(text: &mut RichText, caret: &mut Caret, left: usize, field_left: bool) -> bool {
    let Some((range, ordered)) = normalise_range(text.as_str(), left) else { return false };
    let within = range.start < caret.head && caret.head <= range.end;
    // What only follows was not typed now.
    if range.start >= left || (within && !field_left) {
        return false;
    }
    let letter = text.slice(range.clone());
    let ordered = restyled(&letter, &ordered);
    let moved = |byte: usize| match byte {
        byte if byte <= range.start => byte,
        byte if byte >= range.end => byte - range.len() + ordered.len(),
        _ => range.start + ordered.len(),
    };
    *caret = Caret { anchor: moved(caret.anchor), head: moved(caret.head), ..*caret };
    text.replace(range.clone(), &ordered);
    true
}

/// The characters of a letter in another order, each in the emphasis that it had; one that was
/// made of two has that of the letter's first.
fn restyled(letter: &RichText, ordered: &str) -> RichText {
    let first = letter.style_before(0);
    let mut characters: Vec<(char, Style)> = Vec::new();
    for (range, style) in letter.runs() {
        characters.extend(letter.as_str().get(range).unwrap_or_default().chars().map(|c| (c, style)));
    }
    let mut text = RichText::default();
    for c in ordered.chars() {
        let at = characters.iter().position(|&(other, _)| other == c);
        let style = at.map_or(first, |at| characters.remove(at).1);
        text.push_str(c.encode_utf8(&mut [0; 4]), style);
    }
    text
}

/// A text from outside in the normal order of Khmer.
pub fn in_order(text: RichText) -> RichText {
    if matches!(normalise(text.as_str()), Cow::Borrowed(_)) {
        return text;
    }
    let mut ordered = RichText::default();
    for (range, style) in text.runs() {
        ordered.push_str(&normalise(text.as_str().get(range).unwrap_or_default()), style);
    }
    ordered
}

/// Where the caret may stand at or after a byte.
fn settle(text: &str, byte: usize) -> usize {
    if text.get(..byte).is_some_and(|before| before.ends_with(COENG)) { byte } else { snap(text, byte) }
}

/// Where Backspace begins to delete.
fn back(text: &str, caret: usize) -> usize {
    let Some(before) = text.get(..caret) else { return caret };
    let mut characters = before.char_indices().rev();
    let Some((at, last)) = characters.next() else { return caret };
    if is_consonant(last)
        && let Some((coeng, COENG)) = characters.next()
    {
        return coeng;
    }
    at
}

/// What may follow a coeng: consonants and independent vowels.
fn is_consonant(c: char) -> bool {
    ('\u{1780}'..='\u{17B3}').contains(&c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::typeset::breaks::cluster_boundaries;

    fn edited(text: &str, caret: Caret, edit: &Edit) -> (String, usize) {
        let (mut text, mut caret) = (RichText::plain(text), caret);
        apply(&mut text, &mut caret, edit);
        (text.into_string(), caret.head)
    }

    #[test]
    fn backspace_takes_one_sign_but_a_subscript_whole() {
        let word = "ស្ត្រី";
        let (text, at) = edited(word, Caret::at(word.len()), &Edit::Backspace);
        assert_eq!(text, "ស្ត្រ");
        let (text, at) = edited(&text, Caret::at(at), &Edit::Backspace);
        assert_eq!(text, "ស្ត");
        let (text, at) = edited(&text, Caret::at(at), &Edit::Backspace);
        assert_eq!((text.as_str(), at), ("ស", 3));
    }

    #[test]
    fn delete_takes_a_letter_whole() {
        assert_eq!(edited("ស្ត្រីក", Caret::at(0), &Edit::Delete), ("ក".into(), 0));
    }

    #[test]
    fn a_coeng_before_a_consonant_leaves_the_caret_where_it_is() {
        let mut text = RichText::plain("សក");
        let mut caret = Caret::at(3);
        apply(&mut text, &mut caret, &Edit::Insert(RichText::plain("\u{17D2}")));
        assert_eq!((caret.head, cut(text.as_str(), &caret)), (6, Some(6)));
        apply(&mut text, &mut caret, &Edit::Insert(RichText::plain("ត")));
        assert_eq!((text.as_str(), caret.head, cut(text.as_str(), &caret)), ("ស្តក", 9, None));
    }

    /// Types into a text as the field does: what the caret has left is put in order.
    fn typed(start: &str, at: usize, characters: &str) -> (String, usize) {
        let (mut text, mut caret, mut left) = (RichText::plain(start), Caret::at(at), None);
        for c in characters.chars() {
            apply(&mut text, &mut caret, &Edit::Insert(RichText::plain(c)));
            if let Some(left) = left {
                put_in_order(&mut text, &mut caret, left, false);
            }
            left = Some(caret.head);
        }
        (text.into_string(), caret.head)
    }

    #[test]
    fn a_letter_is_put_in_order_once_the_caret_has_left_it() {
        // The vowel before the subscript, as many type it.
        assert_eq!(typed("", 0, "កា្រ"), ("កា្រ".into(), 12));
        assert_eq!(typed("", 0, "កា្រម"), ("ក្រាម".into(), 15));
        // Two vowels that are one: the caret goes with the text that became shorter.
        assert_eq!(typed("", 0, "កេាម"), ("កោម".into(), 9));
        assert_eq!(typed("មក", 3, "កេា "), ("មកោ ក".into(), 10));
    }

    #[test]
    fn what_was_there_before_is_left_as_it_is() {
        assert_eq!(typed("កា្រម", 12, "ក"), ("កា្រកម".into(), 15));
        assert_eq!(typed("កា្រម", 0, "ក"), ("កកា្រម".into(), 3));
    }

    #[test]
    fn marks_keep_their_emphasis_when_they_change_places() {
        let mut text = RichText::plain("កា");
        text.push_str("្រ", Style::BOLD);
        text.push_str(" ", Style::PLAIN);
        let mut caret = Caret::at(13);
        assert!(put_in_order(&mut text, &mut caret, 12, false));
        let mut ordered = RichText::plain("ក");
        ordered.push_str("្រ", Style::BOLD);
        ordered.push_str("ា ", Style::PLAIN);
        assert_eq!((text, caret.head), (ordered, 13));
    }

    #[test]
    fn pasted_text_is_put_in_order() {
        assert_eq!(in_order(RichText::plain("កា្រ a")), RichText::plain("ក្រា a"));
        assert_eq!(in_order(RichText::plain("ក្រា a")), RichText::plain("ក្រា a"));
    }

    fn edits() -> impl Strategy<Value = Edit> {
        prop_oneof![
            4 => "[ក-អា-ៅំះ្់ a.\u{200B}]{1,3}".prop_map(|s| Edit::Insert(RichText::plain(s))),
            2 => Just(Edit::Backspace),
            1 => Just(Edit::Delete),
            1 => Just(Edit::BackspaceWord),
            1 => Just(Edit::DeleteWord),
        ]
    }

    proptest! {
        #[test]
        fn the_caret_never_stands_inside_a_letter(
            start in "[ក-អា-ៅំះ្់ a]{0,12}",
            steps in prop::collection::vec((edits(), 0usize..40, 0usize..40), 1..20),
        ) {
            let mut text = RichText::plain(start);
            let mut caret = Caret::at(0);
            for (edit, anchor, head) in steps {
                let bounds = cluster_boundaries(text.as_str());
                let pick = |i: usize| bounds.get(i % bounds.len().max(1)).copied().unwrap_or(0);
                if anchor % 3 == 0 {
                    caret = Caret { anchor: pick(anchor), ..Caret::at(pick(head)) };
                }
                apply(&mut text, &mut caret, &edit);
                let plain = text.as_str();
                let open = plain[..caret.head].ends_with(COENG);
                prop_assert!(open || cluster_boundaries(plain).contains(&caret.head) || plain.is_empty());
            }
        }
    }

    /// A text as a plain list of its characters, and the letters worked out from it anew.
    struct Model(Vec<char>);

    impl Model {
        fn byte(&self, index: usize) -> usize {
            self.0.iter().take(index).map(|c| c.len_utf8()).sum()
        }

        fn index(&self, byte: usize) -> usize {
            (0..=self.0.len()).find(|&index| self.byte(index) >= byte).unwrap_or(self.0.len())
        }

        fn text(&self) -> String {
            self.0.iter().collect()
        }
    }

    #[test]
    fn a_hundred_thousand_edits_are_those_of_a_plain_model() {
        // A linear congruential generator: the same edits each time.
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut random = move |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap_or(0) % below.max(1)
        };
        let pieces = ["ក", "្", "រ", "ា", "ំ", "ស្ត្រី", "a", "bc", " ", "\u{200B}", "ខ្មែរ", "េ", "1", "e\u{301}"];
        let (mut text, mut caret) = (RichText::default(), Caret::at(0));
        let mut model = Model(Vec::new());
        for step in 0..100_000 {
            let bounds = cluster_boundaries(text.as_str());
            let mut place = || bounds.get(random(bounds.len())).copied().unwrap_or(0);
            let (one, other) = (place(), place());
            match random(4) {
                0 => caret = Caret::at(one),
                1 if random(6) == 0 => caret = Caret { anchor: one, ..Caret::at(other) },
                _ => {}
            }
            let selected = model.index(caret.range().start)..model.index(caret.range().end);
            let head = model.index(caret.head);
            // A short text meets more of its ends.
            let grows = model.0.len() < 60 + random(40);
            let edit = match random(10) {
                0..=5 if grows => Edit::Insert(RichText::plain(pieces[random(pieces.len())])),
                0..=6 => Edit::Backspace,
                7 => Edit::Delete,
                8 => Edit::BackspaceWord,
                _ => Edit::DeleteWord,
            };
            let range = match &edit {
                _ if !selected.is_empty() => selected,
                Edit::Insert(_) => head..head,
                Edit::Backspace => {
                    let subscript = head >= 2 && model.0[head - 2] == COENG && is_consonant(model.0[head - 1]);
                    head.saturating_sub(if subscript { 2 } else { 1 })..head
                }
                Edit::Delete => head..model.index(cluster_after(&model.text(), caret.head)),
                Edit::BackspaceWord => model.index(word_before(&model.text(), caret.head))..head,
                Edit::DeleteWord => head..model.index(word_after(&model.text(), caret.head)),
            };
            let with = match &edit {
                Edit::Insert(with) => with.as_str(),
                _ => "",
            };
            model.0.splice(range, with.chars());
            apply(&mut text, &mut caret, &edit);
            let plain = text.as_str();
            assert_eq!(plain, model.text(), "after edit {step}, {edit:?}");
            let stands = plain[..caret.head].ends_with(COENG) || cluster_boundaries(plain).contains(&caret.head);
            assert!(stands || plain.is_empty(), "after edit {step}, {edit:?}: {} in {plain:?}", caret.head);
        }
    }
}

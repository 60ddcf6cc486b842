//! By which words a comment finds its place again.

use std::ops::Range;

use crate::{
    release::{Comment, Field, Release},
    typeset::breaks::word_boundaries,
};

/// The words that a comment on a part of a text is to name: so many around it as make them the first of their kind in
/// the release. Empty if the text has no words there.
pub fn words_for_comment(release: &Release, field: Field, range: Range<usize>) -> String {
    let Some(text) = release.text(field) else { return String::new() };
    let text = text.as_str();
    let words = word_boundaries(text);
    let mut first = words.partition_point(|&at| at <= range.start).saturating_sub(1);
    let mut last = words.partition_point(|&at| at < range.end);
    loop {
        let at = |index: usize| words.get(index).copied().unwrap_or(text.len());
        let on = text.get(at(first)..at(last)).unwrap_or_default().trim();
        let comment = Comment { on: on.to_owned(), ..Comment::default() };
        let is_first =
            release.place_of(&comment).is_some_and(|(there, found)| there == field && found.start <= range.end);
        if is_first && !on.is_empty() || (first == 0 && last >= words.len()) {
            return comment.on;
        }
        (first, last) = (first.saturating_sub(1), (last + 1).min(words.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::{Paragraph, RichText};

    #[test]
    fn a_comment_is_found_by_words_that_are_the_first_of_their_kind() {
        let texts = ["The Minister met the Ambassador.", "The Minister spoke.", "The Minister spoke."];
        let body = texts.map(|text| Paragraph::new(RichText::plain(text))).to_vec();
        let release = Release { body, ..Release::default() };
        let place = |on: String| release.place_of(&Comment { on, ..Comment::default() });
        let on = words_for_comment(&release, Field::Paragraph(0), 4..12);
        assert_eq!(on, "Minister");
        let on = words_for_comment(&release, Field::Paragraph(1), 4..12);
        assert!(matches!(place(on.clone()), Some((Field::Paragraph(1), ref range)) if range.contains(&4)), "{on}");
        // Twice the same paragraph: the first of the two is as near as words can say.
        let on = words_for_comment(&release, Field::Paragraph(2), 4..12);
        assert_eq!(on, "The Minister spoke.");
        assert_eq!(place("Prince".to_owned()), None);
    }
}

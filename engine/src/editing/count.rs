//! How many words a release has, as Word counts them.
//!
//! Pure. Invariant: a number, an abbreviation or a word with a hyphen is one word; Khmer words are counted where
//! lines may break between them.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use crate::{khmer::is_khmer, release::Release, typeset::breaks::word_boundaries};

/// The words of texts that were counted before, by a hash of the text.
#[derive(Debug, Default)]
pub struct Counted {
    known: HashMap<u64, usize>,
}

/// Texts that are remembered.
const MOST: usize = 50_000;

impl Counted {
    /// The words of headline, text and footnotes.
    pub fn words(&mut self, release: &Release) -> usize {
        if self.known.len() > MOST {
            self.known.clear();
        }
        let headline = std::iter::once(release.headline.as_str());
        let body = release.body.iter().map(|paragraph| paragraph.text.as_str());
        let notes = release.notes().map(|(_, _, note)| note.as_str());
        headline.chain(body).chain(notes).map(|text| self.of(text)).sum()
    }

    fn of(&mut self, text: &str) -> usize {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        *self.known.entry(hasher.finish()).or_insert_with(|| words(text))
    }
}

/// The words of a text.
pub fn words(text: &str) -> usize {
    let has_letter = |piece: &&str| piece.chars().any(char::is_alphanumeric);
    let mut count = 0;
    for chunk in text.split(|c: char| c.is_whitespace() || c == '\u{200B}') {
        if !chunk.contains(is_khmer) {
            count += usize::from(has_letter(&chunk));
            continue;
        }
        let bounds = word_boundaries(chunk);
        let pieces = bounds.iter().zip(bounds.iter().skip(1)).filter_map(|(&start, &end)| chunk.get(start..end));
        count += pieces.filter(has_letter).count();
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::{Paragraph, RichText, Style};

    #[test]
    fn words_are_counted_as_a_reader_counts() {
        for (text, count) in [
            ("", 0),
            ("  – … ", 0),
            ("On 30 October 2023, H.E. Mr. SOK Chenda Sophea met", 10),
            ("a long-standing  co-operation", 3),
            ("ព្រះរាជាណាចក្រកម្ពុជា", 2),
            ("កម្ពុជា\u{200B}ជប៉ុន", 2),
        ] {
            assert_eq!(words(text), count, "{text}");
        }
    }

    #[test]
    fn headline_and_text_are_counted_and_a_change_is_seen() {
        let mut release = Release { headline: "Two words".into(), ..Release::default() };
        release.title = "NOT COUNTED".into();
        release.body = vec![Paragraph::new(RichText::plain("one two three"))];
        let mut counted = Counted::default();
        assert_eq!(counted.words(&release), 5);
        release.body[0].text = RichText::plain("one two");
        assert_eq!(counted.words(&release), 4);
        release.body[0].text.push(&RichText::referring(RichText::plain("See page 3."), Style::PLAIN));
        assert_eq!(counted.words(&release), 7, "with the words of a footnote, and not its number");
    }
}

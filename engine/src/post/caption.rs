//! The words beside the pictures.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::{
    release::{BlockKind, Field, Language, Release},
    typeset::decorated,
};

/// The characters that a caption may have in Telegram, which has the fewest.
pub const CAPTION: usize = 1024;

/// Title, headline, first sentence, place and date, and hashtags, at most [`CAPTION`] characters.
pub fn caption(release: &Release, hashtags: &str) -> String {
    let headline = line(&release.headline);
    let title = line(&release.title);
    let place = decorated(release, Field::Place).map(|(text, _)| line(text.as_str())).unwrap_or_default();
    let hashtags = line(hashtags);
    let around: usize = [&title, &headline, &place, &hashtags].iter().map(|text| text.chars().count() + 2).sum();
    let sentence = shortened(&first_sentence(release), CAPTION.saturating_sub(around));
    let parts = [title, headline, sentence, place, hashtags];
    let whole = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
    shortened(&whole, CAPTION)
}

/// The alternative text of the card: the words on it.
pub fn alternative(release: &Release) -> String {
    let ministry = line(&release.letterhead.ministry);
    let place = decorated(release, Field::Place).map(|(text, _)| line(text.as_str())).unwrap_or_default();
    let parts = [ministry, line(&release.title), line(&release.headline), place];
    let end = if release.language == Language::Khmer { "។ " } else { ". " };
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(end)
}

/// The caption and, under a line that says so, the alternative text.
pub(super) fn words(release: &Release, hashtags: &str) -> String {
    let label = match release.language {
        Language::English => "Alternative text of the pictures:",
        Language::Khmer => "អត្ថបទជំនួសរូបភាព៖",
    };
    format!("{}\n\n{label}\n{}\n", caption(release, hashtags), alternative(release))
}

/// A text in one line, without what nobody sees.
pub(super) fn line(text: &str) -> String {
    let seen: String = text.chars().filter(|c| !matches!(c, '\u{200B}' | '\u{2060}' | '\u{AD}' | '\u{FFFC}')).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first sentence of the text.
fn first_sentence(release: &Release) -> String {
    let is_text = |kind: BlockKind| !matches!(kind, BlockKind::Heading(_) | BlockKind::Centred | BlockKind::Cell(_));
    let mut texts = release.body.iter().filter(|block| is_text(block.kind)).map(|block| line(block.text.as_str()));
    let Some(text) = texts.find(|text| !text.is_empty()) else { return String::new() };
    let mut end = 0;
    for sentence in text.split_sentence_bounds() {
        end += sentence.len();
        // "H.E. Mr. Sok" ends no sentence, whatever the rule for all languages says: a word before the stop has more
        // than two letters, and what is whole has more than a few words.
        let bare = sentence.trim_end().trim_end_matches(['.', '!', '?', '”', '’', '"']);
        let last = bare.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let is_whole = text.get(..end).is_some_and(|whole| whole.split_whitespace().count() > 4);
        if last.chars().count() > 3 && is_whole || sentence.trim_end().ends_with(['។', '៕']) {
            break;
        }
    }
    text.get(..end).unwrap_or(&text).trim().to_owned()
}

/// At most so many characters of a text, cut after a word, with an ellipsis where something was cut.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    if most < 2 {
        return String::new();
    }
    let mut short = String::new();
    let mut count = 1;
    for word in text.split_word_bounds() {
        count += word.chars().count();
        if count > most {
            break;
        }
        short.push_str(word);
    }
    format!("{}…", short.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::{Paragraph, RichText};

    #[test]
    fn the_file_of_words_says_what_is_the_alternative_text() {
        for (language, label) in [(Language::English, "Alternative text"), (Language::Khmer, "អត្ថបទជំនួសរូបភាព")]
        {
            let release = Release { language, ..release("The two ministers met today in the capital.") };
            let words = words(&release, "#peace");
            let (first, second) = words.split_once(label).unwrap();
            assert!(first.starts_with(&caption(&release, "#peace")), "{words}");
            assert!(second.trim_end().ends_with(&alternative(&release)), "{words}");
        }
    }

    fn release(text: &str) -> Release {
        let body = vec![Paragraph::new(RichText::plain(text))];
        let mut release =
            Release { body, headline: "A visit".into(), title: "PRESS RELEASE".into(), ..Release::default() };
        release.signature.place = "Phnom Penh".into();
        release.signature.date = "2026-11-28".parse::<chrono::NaiveDate>().ok().into();
        release
    }

    #[test]
    fn the_caption_has_the_first_sentence_and_not_half_of_it() {
        let text = "On 3 March, H.E. Mr. SOK Dara met Dr. Kim in Phnom Penh. They spoke at length.";
        assert_eq!(
            caption(&release(text), "#MFAIC #Cambodia"),
            "PRESS RELEASE\n\nA visit\n\nOn 3 March, H.E. Mr. SOK Dara met Dr. Kim in Phnom Penh.\n\nPhnom Penh, 28 November 2026\n\n#MFAIC #Cambodia"
        );
        let khmer = Release {
            language: Language::Khmer, ..release("ភាគីទាំងពីរបានជួបគ្នា។ ពួកគេបានពិភាក្សា។")
        };
        assert!(caption(&khmer, "").contains("\n\nភាគីទាំងពីរបានជួបគ្នា។\n\n"), "{}", caption(&khmer, ""));
    }

    #[test]
    fn a_caption_is_never_longer_than_telegram_takes() {
        let long = caption(&release(&"word ".repeat(2_000)), "#MFAIC");
        assert!(long.chars().count() <= CAPTION && long.ends_with("#MFAIC") && long.contains("word…\n"), "{long}");
        let headline = Release { headline: "x y ".repeat(1_000), ..release("") };
        assert!(caption(&headline, "").chars().count() <= CAPTION);
    }
}

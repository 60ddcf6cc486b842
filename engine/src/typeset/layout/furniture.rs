//! What is at the head and the foot of pages from the second on: the headline, the number.
//!
//! Knows pages that are filled. Invariant: the text of a page stays where it is.

use super::{Layout, house};
use crate::{
    dates,
    release::{Field, Language, RichText},
    typeset::{
        Line, Page, Role, Source, Type,
        paragraph::{Alignment, Lines, Measure},
    },
};

impl Layout<'_> {
    /// Numbers the pages, if the release wants it.
    pub(super) fn number(&mut self, pages: &mut [Page]) {
        let setup = &self.release.page;
        if !setup.page_numbers {
            return;
        }
        let (counts, (width, height)) = (setup.page_count, setup.paper.size());
        let baseline = (self.bottom + house::NUMBER_BELOW * self.size).min(height - self.number_type().size);
        let count = pages.len();
        for (index, page) in pages.iter_mut().enumerate().skip(1) {
            let number = page_number(self.release.language, index + 1, counts.then_some(count));
            let measure = Measure { width, indent: 0.0, alignment: Alignment::Centre };
            let lines = self.cache.set(RichText::plain(number), self.number_type(), measure);
            page.lines.extend(self.line_of_page(&lines, Source::PageNumber, baseline));
        }
    }

    /// Puts the headline above the text of pages that follow, as much of it as one line holds, if the release wants it.
    pub(super) fn repeat_headline(&mut self, pages: &mut [Page]) {
        let headline = self.release.text(Field::Headline).unwrap_or_default();
        if !self.release.page.running_headline || headline.as_str().trim().is_empty() || pages.len() < 2 {
            return;
        }
        let headline = headline.as_str().to_owned();
        let style = house(self.release.language).running_headline;
        let mut set = |text: &str| {
            let measure = Measure { width: self.width, indent: 0.0, alignment: Alignment::Left };
            self.cache.set(RichText::styled(text, style), self.number_type(), measure)
        };
        let mut lines = set(&headline);
        let mut end = headline.len();
        while lines.lines.len() > 1 {
            // The first line, less a word for each time that the sign of omission finds no room.
            let first = lines.lines.first().and_then(|line| lines.text.clusters.get(line.clusters.end));
            let fits = first.map_or(0, |cluster| cluster.text.start).min(end);
            let before = headline.get(..fits).unwrap_or_default().trim_end();
            let shorter = if fits < end { before } else { before.rsplit_once(' ').map_or("", |(rest, _)| rest) };
            end = shorter.len();
            lines = set(&format!("{shorter}…"));
            if end == 0 {
                break;
            }
        }
        let baseline = (self.top - house::HEADLINE_ABOVE * self.size).max(self.number_type().size);
        for page in pages.iter_mut().skip(1) {
            let line = self.line_of_page(&lines, Source::RunningHeadline, baseline);
            page.lines.extend(line.map(|line| Line { left: line.left + self.left, ..line }));
        }
    }

    fn number_type(&self) -> Type {
        Type { role: Role::Text, size: house::NUMBER_SIZE * self.size }
    }

    /// The first line of a text, as a line of a page.
    fn line_of_page(&self, lines: &Lines, source: Source, baseline: f32) -> Option<Line> {
        let size = self.number_type().size;
        lines.lines.first().map(|line| Line {
            source,
            text: lines.text.clone(),
            clusters: line.clusters.clone(),
            x: line.x.clone(),
            expansion: line.expansion,
            left: line.left,
            baseline,
            reach: (size, size * 0.3),
        })
    }
}

/// The number of a page, of so many if that is told.
fn page_number(language: Language, number: usize, count: Option<usize>) -> String {
    let text = match count {
        None => number.to_string(),
        Some(count) => format!("{number}{}{count}", house(language).page_separator),
    };
    if language == Language::Khmer { dates::to_khmer_digits(&text) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        release::{Paragraph, Release},
        typeset::{Cache, Pages, typeset},
    };

    fn pages(headline: &str, language: Language) -> Pages {
        let text = "The two Ministers discussed trade, tourism and education at length. ".repeat(8);
        let body = vec![Paragraph::new(RichText::plain(text.trim())); 14];
        let mut release = Release { headline: headline.into(), body, ..Release::blank(language) };
        (release.page.page_count, release.page.running_headline) = (true, true);
        typeset(&release, None, &mut Cache::default())
    }

    fn of_page(pages: &Pages, source: Source) -> Vec<Option<String>> {
        let line =
            |page: &Page| page.lines.iter().find(|line| line.source == source).map(|line| line.characters().to_owned());
        pages.pages.iter().map(line).collect()
    }

    #[test]
    fn pages_that_follow_say_what_they_are_of() {
        let english = pages("Visit to Japan", Language::English);
        let count = english.pages.len();
        assert!(count > 2);
        let numbers = of_page(&english, Source::PageNumber);
        assert_eq!(numbers[..2], [None, Some(format!("2 of {count}"))]);
        assert_eq!(of_page(&english, Source::RunningHeadline)[..2], [None, Some("Visit to Japan".to_owned())]);
        let khmer = of_page(&pages("ទស្សនកិច្ច", Language::Khmer), Source::PageNumber);
        assert!(khmer[1].as_ref().is_some_and(|number| number.starts_with("២ នៃ ")), "{khmer:?}");
    }

    #[test]
    fn a_headline_that_is_too_long_for_its_line_is_cut_between_words() {
        for (headline, language) in [
            ("A very long headline of many words ".repeat(9), Language::English),
            ("ទស្សនកិច្ចផ្លូវការរបស់រដ្ឋមន្ត្រីការបរទេស".repeat(9), Language::Khmer),
            ("x".repeat(400), Language::English),
        ] {
            let pages = pages(headline.trim(), language);
            let line = pages.pages[1].lines.iter().find(|line| line.source == Source::RunningHeadline).unwrap();
            let shown = line.characters();
            let kept = shown.strip_suffix('…').unwrap();
            assert!(headline.starts_with(kept), "{shown}");
            let rest = &headline[kept.len()..];
            assert!(language == Language::Khmer || rest.starts_with(' ') || kept.is_empty() || !headline.contains(' '));
            let text = pages.pages[1].lines.iter().find(|line| matches!(line.source, Source::Field { .. })).unwrap();
            assert!(line.baseline < text.baseline - text.reach.0, "it stands clear of the text");
        }
    }
}

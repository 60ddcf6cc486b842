//! Findings as they are read: in the order of the page, each in a line.
//!
//! Knows findings and where they are, not how they are found. Invariant: window and command line list the same findings
//! in the same order.

use super::{Finding, Problem};
use crate::release::{Field, Release};

/// Puts findings in reading order: what is of the release as a whole comes last. Of those at one place, the first found
/// stays the first.
pub fn in_reading_order(findings: &mut [Finding]) {
    findings.sort_by_key(|finding| {
        let place = finding.place();
        (place.is_none(), place)
    });
}

/// A sentence, with a capital.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl Finding {
    /// Where it is read: a text and a byte of it, behind which the parts of the page come that are no texts.
    fn place(&self) -> Option<(Field, usize)> {
        match (self.field, &self.problem) {
            (Some(field), _) => Some((field, self.range.start)),
            (None, Problem::NoDate | Problem::FutureDate | Problem::PastDate | Problem::OpenPlaceholder(_)) => {
                Some((Field::Place, usize::MAX))
            }
            (None, Problem::Emblem(..) | Problem::CoarseEmblem(_) | Problem::NoAlternative) => {
                Some((Field::Motto, usize::MAX))
            }
            (None, _) => None,
        }
    }

    /// The finding in a line, with the name of its field in the release.
    pub fn in_line(&self, release: &Release) -> String {
        sentence(&match self.field.filter(|_| !self.range.is_empty() || self.problem.is_of_field()) {
            Some(field) => format!("{}: {}", release.name_of(field), self.problem),
            // Problems without a place in a text name their field themselves.
            None => self.problem.to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::counterpart::Subject;

    #[test]
    fn findings_are_in_the_order_of_the_page_and_begin_with_a_capital() {
        let finding = |field, at: usize, problem| Finding { field, range: at..at + 1, problem };
        let differs = |subject| Problem::Differs { subject, ours: "22".into(), theirs: "20".into() };
        let mut findings = vec![
            finding(None, 0, differs(Subject::Paragraphs)),
            finding(None, 0, Problem::PastDate),
            finding(Some(Field::Paragraph(0)), 7, Problem::DoubledSpace),
            finding(Some(Field::Paragraph(0)), 3, differs(Subject::Number)),
            finding(None, 0, Problem::NoAlternative),
            finding(Some(Field::Headline), 0, Problem::Unclosed('(')),
        ];
        in_reading_order(&mut findings);
        let said: Vec<_> = findings.iter().map(|finding| finding.in_line(&Release::default())).collect();
        assert_eq!(
            said,
            [
                "Say what the emblem shows, for readers who cannot see it",
                "Headline: ( has no pair",
                "Paragraph 1: number: “22” here, “20” in the other language",
                "Paragraph 1: More than one space",
                "The date of signature is long past",
                "Paragraphs: 22 here, 20 in the other language",
            ]
        );
    }
}

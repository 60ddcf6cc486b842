//! Two releases as rows: what one writes beside what the other writes in the same place.
//!
//! Invariants: every block of both is in exactly one row, and in each column the blocks keep their order.

use super::{Facts, beside};
use crate::{
    release::{Field, Release, SignatoryLine},
    roster::Roster,
};

/// The places of two releases that say the same; `None` where one has nothing in that place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The place in the first release.
    pub one: Option<Field>,
    /// The place in the second.
    pub other: Option<Field>,
}

/// The texts of two releases side by side, in reading order, paragraphs still to be written among them.
pub fn side_by_side(one: &Release, other: &Release, roster: &Roster) -> Vec<Row> {
    let has_text = |release: &Release, field| release.text(field).is_some_and(|text| !text.is_empty());
    let alone = |field: Field| {
        let of = |release| has_text(release, field).then_some(field);
        let row = Row { one: of(one), other: of(other) };
        (row.one.is_some() || row.other.is_some()).then_some(row)
    };
    let mut rows: Vec<Row> = [Field::Notice, Field::Title, Field::Headline].into_iter().filter_map(alone).collect();
    rows.extend(blocks(one, other, roster));
    rows.extend(alone(Field::Place));
    let signatories = one.signature.signatories.len().max(other.signature.signatories.len());
    let lines = (0..signatories).flat_map(|index| SignatoryLine::ALL.map(|line| Field::Signatory(index, line)));
    rows.extend(lines.filter_map(alone));
    rows
}

/// The blocks side by side: one by one where both have the same kinds of them, else those that say the same, and the
/// blocks between two such in their order.
fn blocks(one: &Release, other: &Release, roster: &Roster) -> Vec<Row> {
    let kinds = |release: &Release| release.body.iter().map(|block| block.kind).collect::<Vec<_>>();
    let pairs: Vec<(usize, usize)> = if kinds(one) == kinds(other) {
        Vec::new()
    } else {
        let pairs = beside::fields(&Facts::of(one, roster), &Facts::of(other, roster), one, other);
        let of_blocks = |pair: (Field, Field)| match pair {
            (Field::Paragraph(one), Field::Paragraph(other)) => Some((one, other)),
            _ => None,
        };
        pairs.into_iter().filter_map(of_blocks).collect()
    };
    let (mut rows, mut ours, mut theirs) = (Vec::new(), 0, 0);
    let ends = [(one.body.len(), other.body.len())];
    for &(next_of_one, next_of_other) in pairs.iter().chain(&ends) {
        while ours < next_of_one || theirs < next_of_other {
            let take = |at: &mut usize, end: usize| {
                let found = (*at < end).then_some(Field::Paragraph(*at));
                *at += usize::from(found.is_some());
                found
            };
            rows.push(Row { one: take(&mut ours, next_of_one), other: take(&mut theirs, next_of_other) });
        }
        if (next_of_one, next_of_other) != ends[0] {
            rows.push(Row { one: Some(Field::Paragraph(ours)), other: Some(Field::Paragraph(theirs)) });
            (ours, theirs) = (ours + 1, theirs + 1);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::release::{BlockKind, HeadingLevel, Language, Paragraph, RichText};

    fn release(texts: &[&str]) -> Release {
        let block = |text: &&str| match text.strip_prefix('#') {
            Some(text) => {
                Paragraph { kind: BlockKind::Heading(HeadingLevel::One), ..Paragraph::new(RichText::plain(text)) }
            }
            None => Paragraph::new(RichText::plain(*text)),
        };
        Release { body: texts.iter().map(block).collect(), language: Language::English, ..Release::default() }
    }

    fn of_blocks(one: &[&str], other: &[&str]) -> Vec<(Option<usize>, Option<usize>)> {
        let index = |field: Option<Field>| match field {
            Some(Field::Paragraph(index)) => Some(index),
            _ => None,
        };
        let rows = side_by_side(&release(one), &release(other), &Roster::default());
        rows.into_iter().map(|row| (index(row.one), index(row.other))).collect()
    }

    #[test]
    fn what_is_still_to_be_written_stands_beside_its_original() {
        assert_eq!(of_blocks(&["", "", ""], &["a", "b", "c"]), [0, 1, 2].map(|at| (Some(at), Some(at))));
    }

    #[test]
    fn a_block_that_one_of_them_lacks_stands_alone() {
        let one = ["On 5 May 2025 they met.", "The trade was 12 percent higher.", "They meet again on 7 June 2026."];
        let other = ["ថ្ងៃទី៥ ខែឧសភា ឆ្នាំ២០២៥", "#បន្ថែម", "១២ភាគរយ", "ថ្ងៃទី៧ ខែមិថុនា ឆ្នាំ២០២៦"];
        let rows = of_blocks(&one, &other);
        assert_eq!(rows, [(Some(0), Some(0)), (None, Some(1)), (Some(1), Some(2)), (Some(2), Some(3))]);
    }

    #[test]
    fn lines_of_their_own_come_in_reading_order() {
        let one = Release { headline: "H".into(), ..release(&["a"]) };
        let other = Release { title: "T".into(), ..release(&[]) };
        let rows = side_by_side(&one, &other, &Roster::default());
        let row = |one, other| Row { one, other };
        let (title, headline) = (row(None, Some(Field::Title)), row(Some(Field::Headline), None));
        assert!(rows.starts_with(&[title, headline, row(Some(Field::Paragraph(0)), None)]), "{rows:?}");
    }

    proptest! {
        #[test]
        fn every_block_stands_in_one_row_in_its_order(
            one in proptest::collection::vec("#?(|[0-9]{1,2} May|[a-z ]{0,12})", 0..9),
            other in proptest::collection::vec("#?(|[0-9]{1,2} May|[a-z ]{0,12})", 0..9),
        ) {
            fn texts(of: &[String]) -> Vec<&str> {
                of.iter().map(String::as_str).collect()
            }
            let rows = of_blocks(&texts(&one), &texts(&other));
            let ours: Vec<usize> = rows.iter().filter_map(|row| row.0).collect();
            let theirs: Vec<usize> = rows.iter().filter_map(|row| row.1).collect();
            prop_assert_eq!(ours, (0..one.len()).collect::<Vec<_>>());
            prop_assert_eq!(theirs, (0..other.len()).collect::<Vec<_>>());
        }
    }
}

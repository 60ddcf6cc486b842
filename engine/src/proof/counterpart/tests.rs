//! What is found in pairs of sentences with a planted difference, and in pairs without: `tests/data/pairs.txt`.
//!
//! `cargo test counterpart -- --nocapture` prints precision and recall for each subject.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::{
    release::{Language, Paragraph},
    roster::file::parse,
};

const PAIRS: &str = include_str!("../../../../tests/data/pairs.txt");
const NAMES: &str = include_str!("../../../../assets/names.ron");

fn roster() -> Roster {
    parse(NAMES).unwrap().into_iter().collect()
}

fn release(language: Language, paragraphs: &[&str]) -> Release {
    let body = paragraphs.iter().map(|text| Paragraph::new(RichText::plain(*text))).collect();
    Release { body, ..Release::blank(language) }
}

fn differences(english: &str, khmer: &str) -> Vec<Difference> {
    compare(&release(Language::English, &[english]), &release(Language::Khmer, &[khmer]), &roster())
}

#[test]
fn planted_differences_are_found_and_pairs_without_are_let_be() {
    // For each subject: planted, found of these, told elsewhere.
    let mut table: BTreeMap<String, [u32; 3]> = BTreeMap::new();
    let (mut planted, mut clean, mut wrong) = (0, 0, Vec::new());
    let mut is_clean = |english: &str, khmer: &str, table: &mut BTreeMap<String, [u32; 3]>, wrong: &mut Vec<String>| {
        clean += 1;
        for Difference { subject, one, other } in differences(english, khmer) {
            table.entry(format!("{subject:?}")).or_default()[2] += 1;
            let text = |said: Option<Said>| said.map(|said| said.text);
            wrong.push(format!("{subject:?} {:?} {:?} in: {english} | {khmer}", text(one), text(other)));
        }
    };
    for line in PAIRS.lines().filter(|line| !line.starts_with('#')) {
        let [english, khmer, changes] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        is_clean(english, khmer, &mut table, &mut wrong);
        for change in changes.split(';') {
            let (subject, change) = change.split_once(':').expect(change);
            let (in_english, in_khmer) = change.split_once('|').expect(change);
            let changed = |text: &str, change: &str| {
                let (from, to) = change.split_once('>').expect(change);
                assert!(text.contains(from), "{from} in {text}");
                text.replacen(from, to, 1)
            };
            let (other_english, other_khmer) = (changed(english, in_english), changed(khmer, in_khmer));
            is_clean(&other_english, &other_khmer, &mut table, &mut wrong);
            planted += 1;
            let found = differences(english, &other_khmer);
            let is_found = found.iter().any(|found| format!("{:?}", found.subject) == subject);
            let row = table.entry(subject.to_owned()).or_default();
            (row[0], row[1]) = (row[0] + 1, row[1] + u32::from(is_found));
            if !is_found {
                wrong.push(format!("not found, {subject}: {english} | {other_khmer}"));
            }
            for other in found.iter().filter(|found| format!("{:?}", found.subject) != subject) {
                table.entry(format!("{:?}", other.subject)).or_default()[2] += 1;
                wrong.push(format!("{:?} besides {subject} in: {english} | {other_khmer}", other.subject));
            }
        }
    }
    println!("{:12} planted  recall  precision", "subject");
    let mut all = [0; 3];
    for (subject, row) in &table {
        (0..3).for_each(|index| all[index] += row[index]);
        let [planted, found, other] = row.map(f64::from);
        println!(
            "{subject:12} {planted:7}  {:6.2}  {:9.2}",
            found / planted.max(1.0),
            found / (found + other).max(1.0)
        );
    }
    let [_, found, other] = all.map(f64::from);
    let (recall, precision) = (found / f64::from(planted), found / (found + other));
    println!("all: {planted} planted, {clean} without; recall {recall:.3}, precision {precision:.3}");
    println!("{}", wrong.join("\n"));
    assert!(planted >= 200 && clean >= 200);
    assert!(recall >= 0.9 && precision >= 0.95);
}

#[test]
fn a_year_of_the_buddhist_era_is_held_against_that_of_the_other_language() {
    let khmer = |year: &str| format!("នៅឆ្នាំ២០២៣ ព.ស. {year} ភាគីទាំងពីរបានជួបគ្នា។");
    let told = |english: &str, khmer: &str| {
        let found = differences(english, khmer);
        found.into_iter().map(|found| (found.subject, found.other.map(|said| said.text))).collect::<Vec<_>>()
    };
    // English need not have it.
    assert_eq!(told("In 2023 the two sides met.", &khmer("២៥៦៧")), []);
    assert_eq!(told("In 2023 (B.E. 2567) the two sides met.", &khmer("២៥៦៧")), []);
    let other = (Subject::Date, Some("២៥៦៨".to_owned()));
    assert_eq!(told("In 2023 (B.E. 2567) the two sides met.", &khmer("២៥៦៨")), [other]);
    // It stands for a year of ours.
    assert_eq!(told("In 2023 the two sides met.", "នៅពុទ្ធសករាជ ២៥៦៧ ភាគីទាំងពីរបានជួបគ្នា។"), []);
    assert_eq!(told("In 2021 the two sides met.", "នៅពុទ្ធសករាជ ២៥៦៧ ភាគីទាំងពីរបានជួបគ្នា។").len(), 1);
}

#[test]
fn blocks_are_laid_side_by_side_though_one_is_missing() {
    let english = release(
        Language::English,
        &[
            "On 30 October 2023 the Ministers met in Tokyo.",
            "They discussed the gift of 300 million yen.",
            "Trade grew by 12 per cent.",
        ],
    );
    let khmer = release(Language::Khmer, &["នៅថ្ងៃទី៣០ ខែតុលា ឆ្នាំ២០២៣ រដ្ឋមន្ត្រីបានជួបគ្នានៅទីក្រុងតូក្យូ។", "ពាណិជ្ជកម្មបានកើនឡើង ១៣ ភាគរយ។"]);
    let found = compare(&english, &khmer, &Roster::default());
    let subjects: Vec<_> = found.iter().map(|found| found.subject).collect();
    assert_eq!(subjects, [Subject::Percent, Subject::Paragraphs]);
    assert_eq!(found[0].one.as_ref().unwrap().field, Field::Paragraph(2));
    assert_eq!(found[0].other.as_ref().unwrap().field, Field::Paragraph(1));
}

#[test]
fn a_difference_is_a_finding_at_its_place_or_in_the_text_that_lacks_it() {
    let english = "The Minister met the Ambassador on 30 October 2023.";
    let told = |khmer: &str| {
        let other = release(Language::Khmer, &[khmer]);
        let draft = release(Language::English, &[english, ""]);
        let found = compare(&draft, &other, &Roster::default());
        found.iter().filter_map(Difference::finding).map(|found| (found.range.clone(), found.in_line(&draft))).collect()
    };
    let date: Vec<(Range<usize>, String)> = told("រដ្ឋមន្ត្រីបានជួបឯកអគ្គរដ្ឋទូតនៅថ្ងៃទី៣១ ខែតុលា ឆ្នាំ២០២៣។");
    assert_eq!(english.get(date[0].0.clone()), Some("30 October 2023"));
    let said = "Paragraph 1: date: “30 October 2023” here, “ថ្ងៃទី៣១ ខែតុលា ឆ្នាំ២០២៣” in the other language";
    assert_eq!(date[0].1, said);
    let percent = told("រដ្ឋមន្ត្រីបានជួបឯកអគ្គរដ្ឋទូតនៅថ្ងៃទី៣០ ខែតុលា ឆ្នាំ២០២៣ ដោយ ១៣ ភាគរយ។");
    assert_eq!(percent[0].0, 0..0);
    assert_eq!(percent[0].1, "Paragraph 1: percentage: nothing here, “១៣ ភាគរយ” in the other language");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn facts_lie_in_any_text_and_a_release_does_not_differ_from_itself(
        text in "[0-9០-៩.,: $%៛a-zAក-អ្ាិុំ៉]{0,40}|\\PC{0,30}",
    ) {
        for FoundFact { range, .. } in facts(&text, &Names::of(&roster())) {
            prop_assert!(text.get(range).is_some());
        }
        let same = release(Language::English, &[&text]);
        prop_assert_eq!(compare(&same, &same, &roster()), []);
    }
}

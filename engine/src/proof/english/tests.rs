//! What is found in lines with a planted fault, and in lines without one: `tests/data/english.txt`.
//!
//! `cargo test --lib proof::english -- --nocapture` prints precision and recall for each check.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::*;
use crate::{
    proof::{Reference, check},
    release::{Paragraph, RichText},
    roster::file::parse,
    typeset::{Cache, breaks::KnownWords, typeset},
};

const CASES: &str = include_str!("../../../../tests/data/english.txt");
const NAMES: &str = include_str!("../../../../assets/names.ron");

/// What is found in a text, by the names of the checks.
fn found(text: &str, roster: &Roster) -> Vec<String> {
    let today = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
    let mut release = Release { title: "PRESS RELEASE".into(), headline: "A visit".into(), ..Release::default() };
    release.signature.place = "Phnom Penh".into();
    release.signature.date = Some(today).into();
    release.body.push(Paragraph::new(RichText::plain(text)));
    let pages = typeset(&release, None, &mut Cache::default());
    let words = KnownWords::new();
    let reference = Reference { today, emblem: None, words: &words, roster, other: None };
    let findings = check(&release, &pages, &reference);
    let name = |finding: &crate::proof::Finding| finding.problem.check().map(|check| format!("{check:?}"));
    findings.iter().filter_map(name).collect()
}

#[test]
fn planted_faults_are_found_and_right_lines_are_let_be() {
    let roster: Roster = parse(NAMES).unwrap().into_iter().collect();
    // For each check: planted, found of these, found elsewhere.
    let mut table: BTreeMap<String, [u32; 3]> = BTreeMap::new();
    let mut wrong = Vec::new();
    for line in CASES.lines().filter(|line| !line.starts_with('#')) {
        let (planted, text) = match line.strip_prefix('=') {
            Some(text) => (None, text),
            None => line.split_once('\t').map(|(kind, text)| (Some(kind), text)).expect("a check and a text"),
        };
        let found = found(text, &roster);
        if let Some(kind) = planted {
            let row = table.entry(kind.to_owned()).or_default();
            row[0] += 1;
            row[1] += u32::from(found.iter().any(|name| name == kind));
            if !found.iter().any(|name| name == kind) {
                wrong.push(format!("not found, {kind}: {text}"));
            }
        }
        for other in found.iter().filter(|name| Some(name.as_str()) != planted) {
            table.entry(other.clone()).or_default()[2] += 1;
            wrong.push(format!("{other} in: {text}"));
        }
    }
    println!("{:18} planted  recall  precision", "check");
    for (kind, [planted, hit, elsewhere]) in &table {
        let share = |part: u32, whole: u32| if whole == 0 { 1.0 } else { f64::from(part) / f64::from(whole) };
        println!("{kind:18} {planted:7} {:7.2} {:10.2}", share(*hit, *planted), share(*hit, hit + elsewhere));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_mend_makes_the_text_right() {
    for (text, right) in [
        (
            "They met in a warm atmosphere.Cambodia thanked Japan.",
            "They met in a warm atmosphere. Cambodia thanked Japan.",
        ),
        ("The delegation concluded it's visit on Friday.", "The delegation concluded its visit on Friday."),
        ("Trade rose from 1,500 to 2.000 million.", "Trade rose from 1,500 to 2,000 million."),
        ("It begins at 5pm and the dinner at 19h30.", "It begins at 5pm and the dinner at 7:30pm."),
        ("Their programme and the program.", "Their programme and the programme."),
        ("They discussed trade , and then they left.", "They discussed trade, and then they left."),
        ("He was invitedTuesday to Tokyo.", "He was invited Tuesday to Tokyo."),
        ("The parties has agreed on these agreement.", "The parties have agreed on these agreements."),
        ("A productive talks with Laos was held.", "Productive talks with Laos was held."),
        ("They met the Council General of Japan.", "They met the Consul General of Japan."),
        ("Its important that they agree.", "It is important that they agree."),
        ("It is open between 10:00–12:00 daily.", "It is open between 10:00 and 12:00 daily."),
        ("He gave $5 million dollars and 2 millions.", "He gave $5 million and 2 million."),
    ] {
        let release = Release { body: vec![Paragraph::new(RichText::plain(text))], ..Release::default() };
        let mut mended = text.to_owned();
        for (_, range, problem) in slips(&release, &Roster::default()).into_iter().rev() {
            if let Some(by) = problem.mend(text, range.clone()) {
                mended.replace_range(range, &by);
            }
        }
        assert_eq!(mended, right);
    }
}

/// A paragraph that repeats one thing, pasted by mistake or made to do harm.
#[test]
fn twice_the_text_takes_twice_the_work() {
    let roster: Roster = parse(NAMES).unwrap().into_iter().collect();
    for (what, counted) in [
        ("an address without a space", "http://a.b/"),
        ("words without a space", "word.word,word(word)word%word"),
        ("brackets", "(ab)c)d)e "),
        ("brackets that nothing opens", "a)b"),
        ("numbers", "1,500 2.000 5 p.m. 17h30 "),
        ("dates in one sentence", "will meet on 3 March 2025 and "),
        ("names of the list", "IWAYA Takeshi, Minister of Finance "),
        ("words that are joined", "invitedTuesday"),
        ("spans", "between 3 to 5 March, from 14:00–12:00 2026-2024 "),
        ("sums", "US$5 million, USD 5, 5 million USD, $5 million dollars "),
        ("subjects", "The parties has a productive talks and these agreement, "),
    ] {
        crate::work::tests::assert_linear(200, |size| {
            let body = vec![Paragraph::new(RichText::plain(counted.repeat(size)))];
            let mut release = Release { body, ..Release::default() };
            release.signature.date = NaiveDate::from_ymd_opt(2026, 11, 28).into();
            let steps = crate::work::tests::steps(|| slips(&release, &roster));
            println!("{what}: {steps} steps for {size}");
            steps
        });
    }
}

#[test]
fn what_is_looked_for_once_is_found_for_each_sign() {
    for (text, found) in [
        ("They met.Today (as planned)they left,and a.b/c,d stays.Cambodia was www.a.b,c glad.Laos too.", 5),
        ("a)b (ab)cd (a)bc )ab", 2),
    ] {
        let slips = signs::slips(text);
        let kinds = slips.iter().filter(|(_, problem)| problem.check() == Some(Check::NoSpaceAfterSign));
        assert_eq!(kinds.count(), found, "{slips:?}");
    }
}

proptest::proptest! {
    #[test]
    fn every_place_is_in_its_text(text in "([a-zA-Z0-9 .,;:()'’“”–-]|May|will|on|Her Excellency|Mr|March|2025|p\\.m\\.|[ក-ខ]){0,60}") {
        let release = Release { body: vec![Paragraph::new(RichText::plain(text.as_str()))], ..Release::default() };
        for (_, range, _) in slips(&release, &Roster::default()) {
            proptest::prop_assert!(text.get(range.clone()).is_some_and(|found| !found.is_empty()), "{range:?}");
        }
    }
}

//! What is proposed, and what becomes of the draft.

use proptest::prelude::*;

use super::*;
use crate::release::{Language, Paragraph, RichText};

fn body(texts: &[&str]) -> Release {
    let body = texts.iter().map(|text| Paragraph::new(RichText::plain(*text))).collect();
    Release { body, headline: "Visit".into(), ..Release::blank(Language::English) }
}

fn said(proposals: &[Proposal]) -> Vec<(String, String)> {
    proposals.iter().map(Proposal::key).collect()
}

fn key(before: &str, after: &str) -> (String, String) {
    (before.to_owned(), after.to_owned())
}

fn review(draft: &Release, theirs: &Release) -> Review {
    Review::new(draft, theirs.clone(), &Hands::default())
}

#[test]
fn changes_are_told_word_by_word_and_block_by_block() {
    let draft = body(&["The two Ministers met in Phnom Penh and spoke of trade.", "It goes.", "It stays as it is."]);
    let theirs = body(&[
        "Both Ministers met in Siem Reap and spoke of trade.",
        "It stays as it is.",
        "This paragraph was written by the chief.",
    ]);
    assert_eq!(
        said(&review(&draft, &theirs).open(&draft)),
        [
            key("The two", "Both"),
            key("Phnom Penh", "Siem Reap"),
            key("It goes.", ""),
            key("", "This paragraph was written by the chief."),
        ]
    );
}

#[test]
fn khmer_is_compared_word_by_word_and_no_cluster_is_torn() {
    let draft = body(&["រដ្ឋមន្ត្រីទាំងពីរបានជួបពិភាក្សាអំពីពាណិជ្ជកម្ម។"]);
    let theirs = body(&["រដ្ឋមន្ត្រីទាំងបីបានជួបពិភាក្សាអំពីពាណិជ្ជកម្ម។"]);
    assert_eq!(said(&review(&draft, &theirs).open(&draft)), [key("ពីរ", "បី")]);
}

#[test]
fn each_change_is_accepted_or_refused_by_itself() {
    let mut draft = body(&["One two three four five.", "Six seven eight nine ten."]);
    let theirs = body(&["One 2 three 4 five.", "Six 7 eight nine ten."]);
    let mut review = review(&draft, &theirs);
    let open = review.open(&draft);
    assert_eq!(said(&open), [key("two", "2"), key("four", "4"), key("seven", "7")]);
    accept(&mut draft, &open[1..2]);
    assert_eq!(draft.body[0].text.as_str(), "One two three 4 five.");
    review.refuse(&review.open(&draft)[0].clone());
    assert_eq!(said(&review.open(&draft)), [key("seven", "7")]);
    let open = review.open(&draft);
    accept(&mut draft, &open);
    assert_eq!(draft.body[1].text.as_str(), "Six 7 eight nine ten.");
    assert_eq!(review.open(&draft), []);
}

#[test]
fn what_the_user_writes_meanwhile_is_no_proposal_to_take_it_out() {
    let mut draft = body(&["One two three four five."]);
    let theirs = body(&["One 2 three four five."]);
    let review = review(&draft, &theirs);
    draft.body[0].text = RichText::plain("Well: One two three four, and five.");
    draft.body.insert(0, Paragraph::new(RichText::plain("A new beginning of some words.")));
    assert_eq!(said(&review.open(&draft)), [key("two", "2")]);
    let open = review.open(&draft);
    accept(&mut draft, &open);
    assert_eq!(draft.body[1].text.as_str(), "Well: One 2 three four, and five.");
}

#[test]
fn cells_that_stand_beside_each_other_are_one_change() {
    use crate::release::{BlockKind, Cell};
    let cell = |kind, text: &str| Paragraph { kind: BlockKind::Cell(kind), ..Paragraph::new(RichText::plain(text)) };
    let row = |a, b| [cell(Cell::Row, a), cell(Cell::Beside, b)];
    let mut draft = body(&[]);
    draft.body = [row("9 a.m.", "Arrival"), row("10 a.m.", "Talks")].concat();
    let mut theirs = draft.clone();
    theirs.body.extend(row("noon", "Lunch for the delegation"));
    let open = review(&draft, &theirs).open(&draft);
    assert_eq!(open.len(), 1);
    accept(&mut draft, &open);
    assert_eq!(draft, theirs);
}

#[test]
fn hands_are_told_where_the_file_tells_them() {
    let draft = body(&["One two three four five."]);
    let theirs = body(&["One 2 three four 5."]);
    let chief = Hand { who: "The chief".into(), when: None };
    let revisions = vec![Revision { text: "2".into(), is_added: true, by: chief.clone() }];
    let hands = Hands { revisions, last: Some(Hand { who: "Reviewer".into(), when: None }) };
    let open = Review::new(&draft, theirs.clone(), &hands).open(&draft);
    assert_eq!(open.iter().map(|one| one.by.clone()).collect::<Vec<_>>(), [Some(chief), None]);
    let untracked = Hands { revisions: Vec::new(), ..hands };
    let open = Review::new(&draft, theirs, &untracked).open(&draft);
    assert!(open.iter().all(|one| one.by.as_ref().is_some_and(|hand| hand.who == "Reviewer")));
}

/// Texts of few words, so that many are alike.
fn release() -> impl Strategy<Value = Release> {
    let word = prop::sample::select(vec!["one ", "two ", "three ", "four ", "ក្រុង", "រដ្ឋមន្ត្រី", "5 ", ", ", "\n"]);
    let text = prop::collection::vec(word, 0..12).prop_map(|words| words.concat());
    let body = prop::collection::vec(text.clone(), 1..6);
    (text, body).prop_map(|(headline, texts)| {
        let body = texts.into_iter().map(|text| Paragraph::new(RichText::plain(text))).collect();
        Release { headline: headline.replace('\n', " "), body, ..Release::blank(Language::English) }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn everything_accepted_is_theirs_and_everything_refused_is_ours(draft in release(), theirs in release()) {
        let begun = review(&draft, &theirs);
        let mut accepted = draft.clone();
        accept(&mut accepted, &begun.open(&draft));
        prop_assert_eq!(&accepted, &theirs);
        let mut refused = begun;
        for proposal in refused.open(&draft).iter().rev() {
            refused.refuse(proposal);
        }
        prop_assert_eq!(&refused.theirs, &draft);
    }

    #[test]
    fn one_by_one_comes_to_an_end(draft in release(), theirs in release(), choices in any::<u64>()) {
        let mut begun = review(&draft, &theirs);
        let mut draft = draft;
        for step in 0..200 {
            let open = begun.open(&draft);
            let Some(proposal) = open.get(step % open.len().max(1)) else { return Ok(()) };
            if choices >> (step % 64) & 1 == 0 {
                accept(&mut draft, std::slice::from_ref(proposal));
            } else {
                begun.refuse(proposal);
            }
        }
        prop_assert!(begun.open(&draft).is_empty());
    }
}

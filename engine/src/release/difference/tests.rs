//! What is said to have changed, and that all is said.

use proptest::prelude::*;

use super::*;
use crate::work::tests::steps;

fn body(texts: &[&str]) -> Release {
    Release { body: texts.iter().map(|text| Paragraph::new(RichText::plain(*text))).collect(), ..Release::default() }
}

fn said(before: &Release, after: &Release) -> Vec<String> {
    let text = |value: &Option<Value>| match value {
        None => "-".to_owned(),
        Some(Value::Text(text)) => text.as_str().to_owned(),
        Some(value) => format!("{value:?}"),
    };
    difference(before, after)
        .iter()
        .map(|change| format!("{:?}: {} > {}", change.part, text(&change.before), text(&change.after)))
        .collect()
}

#[test]
fn each_field_is_named_with_both_texts() {
    let before = Release { headline: "old".into(), title: "same".into(), ..Release::default() };
    let mut after = before.clone();
    after.headline = "new".into();
    after.reference = "12".into();
    after.signature.date = chrono::NaiveDate::from_ymd_opt(2023, 10, 30).into();
    after.page.body_size = Some(11.5);
    assert_eq!(
        said(&before, &after),
        [
            "Text(Reference): - > 12",
            "Text(Headline): old > new",
            "Date: - > Date(Day(2023-10-30))",
            "BodySize: - > Number(11.5)"
        ]
    );
}

#[test]
fn a_paragraph_that_was_edited_is_one_change_though_others_came_and_went() {
    let before = body(&["first", "the minister met the ambassador", "to go", "last"]);
    let after = body(&["first", "a new one", "the minister met his ambassador", "last", "more"]);
    assert_eq!(
        said(&before, &after),
        [
            "Text(Paragraph(1)): - > a new one",
            "Text(Paragraph(2)): the minister met the ambassador > the minister met his ambassador",
            "Text(Paragraph(2)): to go > -",
            "Text(Paragraph(4)): - > more",
        ]
    );
}

#[test]
fn emphasis_and_a_new_page_are_changes() {
    let before = body(&["one", "two"]);
    let mut after = before.clone();
    after.body[0].text = RichText::styled("one", crate::release::Style::BOLD);
    after.body[1].new_page = true;
    assert_eq!(said(&before, &after), ["Text(Paragraph(0)): one > one", "NewPage(1): Switch(false) > Switch(true)"]);
}

#[test]
fn what_a_paragraph_is_and_the_numbers_of_all_are_changes() {
    use crate::release::{HeadingLevel, Item, Level, ListKind};
    let before = body(&["one", "two"]);
    let mut after = before.clone();
    after.body[0].kind = BlockKind::Heading(HeadingLevel::Two);
    let item = Item { list: ListKind::Numbered, level: Level::Two, start: Some(1) };
    after.body[1].kind = BlockKind::Item(item);
    after.number_paragraphs = true;
    let value = |kind| Some(Value::Kind(kind));
    let changed = |at, kind| Change { part: Part::Kind(at), before: value(BlockKind::Plain), after: value(kind) };
    let numbers =
        Change { part: Part::NumberParagraphs, before: Some(Value::Switch(false)), after: Some(Value::Switch(true)) };
    let kinds = [changed(0, BlockKind::Heading(HeadingLevel::Two)), changed(1, BlockKind::Item(item))];
    assert_eq!(difference(&before, &after), [kinds.as_slice(), &[numbers]].concat());
}

#[test]
fn signatories_are_compared_line_by_line() {
    use crate::release::{Columns, Signatory};
    let before = Release::default();
    let mut after = before.clone();
    after.signature.signatories[0].name = "A".into();
    after.signature.signatories.push(Signatory { party: "For B".into(), ..Signatory::default() });
    after.signature.columns = Columns::new(2).unwrap();
    assert_eq!(
        said(&before, &after),
        [
            "Text(Signatory(0, Name)): - > A",
            "Text(Signatory(1, Party)): - > For B",
            "Columns: Count(1) > Count(2)",
            "Signatories: Count(1) > Count(2)",
        ]
    );
    let mut none = before.clone();
    none.signature.signatories.clear();
    assert_eq!(said(&before, &none), ["Signatories: Count(1) > Count(0)"]);
}

#[test]
fn a_long_draft_that_is_all_new_is_compared_paragraph_by_paragraph() {
    let long = |word: &str, size: usize| {
        let texts: Vec<_> = (0..size).map(|i| format!("{word} {i}")).collect();
        body(&texts.iter().map(String::as_str).collect::<Vec<_>>())
    };
    assert_eq!(difference(&long("old", 3_000), &long("new", 3_000)).len(), 3_000);
    let few = steps(|| difference(&long("old", 3_000), &long("new", 3_000)));
    assert_eq!(few, 0, "no pair is looked into");
    assert!(steps(|| difference(&long("old", 100), &long("new", 100))) > 100 * 100);
}

/// 200 paragraphs of 40 KB are 1.6 GB in all pairs.
#[test]
fn long_paragraphs_are_not_compared_each_with_each() {
    let long = |end: &str| {
        let texts: Vec<_> = (0..200).map(|i| format!("{}{i}{end}", "x".repeat(40_000))).collect();
        body(&texts.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let (before, after) = (long("a"), long("b"));
    let counted = steps(|| assert_eq!(difference(&before, &after).len(), 200));
    assert!(counted <= MAX_COMPARED, "{counted}");
}

fn releases() -> impl Strategy<Value = Release> {
    let paragraph =
        ("[ab]{0,3}", prop::bool::ANY, prop::bool::ANY, 0_usize..3).prop_map(|(text, bold, new_page, kind)| {
            let style = if bold { crate::release::Style::BOLD } else { crate::release::Style::PLAIN };
            let item = BlockKind::item(crate::release::ListKind::Bulleted, crate::release::Level::Two);
            let kinds = [BlockKind::Plain, item, BlockKind::Heading(crate::release::HeadingLevel::One)];
            Paragraph { new_page, kind: kinds[kind], ..Paragraph::new(RichText::styled(text, style)) }
        });
    (prop::collection::vec(paragraph, 0..9), "[ab]{0,1}", prop::bool::ANY).prop_map(|(body, headline, justified)| {
        let mut release = Release { body, headline, ..Release::default() };
        release.page.justified = justified;
        release
    })
}

proptest! {
    #[test]
    fn only_equal_releases_have_no_difference(a in releases(), b in releases()) {
        prop_assert_eq!(difference(&a, &b).is_empty(), a == b);
        prop_assert!(difference(&a, &a).is_empty());
    }

    #[test]
    fn what_is_not_named_is_the_same_in_both(a in releases(), b in releases()) {
        let text = |paragraph: &Paragraph| Some(Value::Text(paragraph.text.clone()));
        let mut old: Vec<_> = a.body.iter().map(text).collect();
        let mut new: Vec<_> = b.body.iter().map(text).collect();
        let mut changed = std::collections::BTreeMap::new();
        for Change { part, before, after } in difference(&a, &b) {
            match (part, before, after) {
                (Part::Text(Field::Paragraph(at)), Some(before), Some(after)) => {
                    changed.insert(at, (before, after));
                }
                (Part::Text(Field::Paragraph(at)), before, None) => prop_assert_eq!(old[at].take(), before),
                (Part::Text(Field::Paragraph(at)), None, after) => prop_assert_eq!(new[at].take(), after),
                _ => {}
            }
        }
        let mut old = old.into_iter().flatten();
        for (at, after) in new.into_iter().enumerate() {
            let Some(after) = after else { continue };
            match (old.next(), changed.remove(&at)) {
                (before, None) => prop_assert_eq!(before, Some(after)),
                (before, Some((from, to))) => prop_assert_eq!((before, after), (Some(from), to)),
            }
        }
        prop_assert_eq!(old.next(), None);
    }
}

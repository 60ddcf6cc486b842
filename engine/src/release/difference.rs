//! What a person would say has changed from one release to another.
//!
//! Knows the document alone. The invariant: two releases have no difference if they are equal, and
//! only then.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{
    BlockKind, Cell, Emblem, Field, HeadingLevel, Item, ListKind, Paragraph, Placeholder, Release, RichText,
    SignatoryLine, SigningDate, markup,
    placeholders::{self, Kind},
};
use crate::work;

/// Paragraphs are taken for the same one, changed, if at least this share of the longer is common
/// beginning and end: a sentence rewritten within a paragraph leaves more.
const ALIKE: f32 = 0.4;
/// Above this many pairs of paragraphs, they are not compared each with each.
const MAX_PAIRS: usize = 40_000;
/// Nor are they above so many bytes in all pairs.
const MAX_COMPARED: usize = 256 << 20;

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What changed. A paragraph is named by its place after the change or, if it was removed, before.
    pub part: Part,
    /// What was there; `None` for what was added.
    pub before: Option<RichText>,
    /// What is there; `None` for what was removed.
    pub after: Option<RichText>,
}

/// What can change in a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A text
    Text(Field),
    /// [`Release::language`], as its tag
    Language,
    /// [`Letterhead::ornament`](super::Letterhead::ornament), as `true` or `false` like all that is on or off
    Ornament,
    /// [`Letterhead::emblem`](super::Letterhead::emblem), as its file and what a reader is told
    Emblem,
    /// Whether the paragraph of this index starts a page
    NewPage(usize),
    /// What kind of block the paragraph of this index is, as `kind_code` writes it
    Kind(usize),
    /// [`Release::number_paragraphs`]
    NumberParagraphs,
    /// [`Signature::columns`](super::Signature::columns)
    Columns,
    /// How many signatories there are
    Signatories,
    /// [`Signature::date`](super::Signature::date), as year, month and day
    Date,
    /// [`Signature::lunar_date`](super::Signature::lunar_date)
    LunarDate,
    /// [`PageSetup::paper`](super::PageSetup::paper)
    Paper,
    /// [`PageSetup::margins`](super::PageSetup::margins): top, right, bottom, left
    Margins,
    /// [`PageSetup::body_size`](super::PageSetup::body_size)
    BodySize,
    /// [`PageSetup::leading`](super::PageSetup::leading)
    Leading,
    /// [`PageSetup::justified`](super::PageSetup::justified)
    Justified,
    /// [`PageSetup::hyphenate`](super::PageSetup::hyphenate)
    Hyphenate,
    /// [`PageSetup::page_numbers`](super::PageSetup::page_numbers)
    PageNumbers,
    /// [`PageSetup::fit`](super::PageSetup::fit)
    Fit,
    /// [`Release::unchecked`], as the names of the checks
    Checks,
    /// [`Release::template`], as its name and purpose
    Template,
    /// [`Release::placeholders`], one a line
    Placeholders,
    /// [`Release::locked`], as the names of the parts
    Locks,
}

/// The changes that lead from one release to another, in reading order, with the setting at the end.
/// Removed paragraphs come before those that stand in their place.
pub fn difference(before: &Release, after: &Release) -> Vec<Change> {
    let mut changes = Vec::new();
    let signatories = before.signature.signatories.len().max(after.signature.signatories.len());
    let of_all = (0..signatories).flat_map(|index| SignatoryLine::ALL.map(|line| Field::Signatory(index, line)));
    let fields = Release::default().fields().filter(|field| !matches!(field, Field::Signatory(..)));
    for field in fields.chain(of_all) {
        if field == Field::Place {
            changes.extend(paragraphs(&before.body, &after.body));
        }
        let text = |release: &Release| release.text(field).unwrap_or_default().into_owned();
        changes.extend(Change::of(Part::Text(field), text(before), text(after)));
    }
    for ((part, before), (_, after)) in settings(before).into_iter().zip(settings(after)) {
        changes.extend(Change::of(part, RichText::plain(before), RichText::plain(after)));
    }
    changes
}

impl Change {
    fn of(part: Part, before: RichText, after: RichText) -> Option<Self> {
        let some = |text: RichText| (!text.is_empty()).then_some(text);
        (before != after).then(|| Self { part, before: some(before), after: some(after) })
    }
}

/// The emblem's file, what a reader is told, and its height if it has one of its own.
fn emblem_code(emblem: &Emblem) -> String {
    let height = emblem.height.map(|height| format!("\n{height} mm")).unwrap_or_default();
    format!("{}\n{}{height}", emblem.file, emblem.alternative)
}

/// Everything but the texts, each as a text.
fn settings(release: &Release) -> [(Part, String); 20] {
    let number = |value: Option<f32>| value.map(|value| value.to_string()).unwrap_or_default();
    let page = &release.page;
    let margins = [page.margins.top, page.margins.right, page.margins.bottom, page.margins.left];
    let emblem = release.letterhead.emblem.as_ref();
    let date = match &release.signature.date {
        SigningDate::Unset => String::new(),
        SigningDate::Day(day) => day.to_string(),
        SigningDate::Placeholder(name) => placeholders::written(name),
    };
    let template = release.template.as_ref();
    [
        (Part::Language, release.language.tag().to_owned()),
        (Part::Ornament, release.letterhead.ornament.to_string()),
        (Part::Emblem, emblem.map(emblem_code).unwrap_or_default()),
        (Part::NumberParagraphs, release.number_paragraphs.to_string()),
        (Part::Date, date),
        (Part::LunarDate, release.signature.lunar_date.to_string()),
        (Part::Columns, release.signature.columns.count().to_string()),
        (Part::Signatories, release.signature.signatories.len().to_string()),
        (Part::Paper, format!("{:?}", page.paper)),
        (Part::Margins, margins.map(|margin| margin.to_string()).join(" ")),
        (Part::BodySize, number(page.body_size)),
        (Part::Leading, number(page.leading)),
        (Part::Justified, page.justified.to_string()),
        (Part::Hyphenate, page.hyphenate.to_string()),
        (Part::PageNumbers, page.page_numbers.to_string()),
        (Part::Fit, format!("{:?}", page.fit)),
        (Part::Checks, release.unchecked.iter().map(|check| format!("{check:?}")).collect::<Vec<_>>().join(" ")),
        (
            Part::Template,
            template.map(|template| format!("{}\n{}", template.name, template.purpose)).unwrap_or_default(),
        ),
        (Part::Placeholders, release.placeholders.iter().map(declaration).collect::<Vec<_>>().join("\n")),
        (Part::Locks, release.locked.iter().map(|lock| format!("{lock:?}")).collect::<Vec<_>>().join(" ")),
    ]
}

/// What a placeholder asks for, in a line; no two that differ give the same.
fn declaration(placeholder: &Placeholder) -> String {
    let Placeholder { name, kind, prompt, default } = placeholder;
    let kind = match kind {
        Kind::Text => String::new(),
        Kind::LongText => " ¶".to_owned(),
        Kind::Date => " 1–31".to_owned(),
        Kind::Choice(choices) => format!(" {choices:?}"),
    };
    format!("{}{kind}: {prompt:?} {default:?}", placeholders::written(name))
}

/// The changes of paragraphs. Those that are in both, in the longest row, stay; what stands between
/// two of them is matched by how much of the text is alike.
fn paragraphs(before: &[Paragraph], after: &[Paragraph]) -> Vec<Change> {
    let texts = |body: &[Paragraph]| body.iter().map(|paragraph| markup::write(&paragraph.text)).collect::<Vec<_>>();
    let mut changes = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &texts(before), &texts(after)) {
        let (old, new) = (op.old_range(), op.new_range());
        let pairs = match op {
            DiffOp::Equal { .. } => (0..old.len()).map(|i| (i, i)).collect(),
            _ => alike(&before[old.clone()], &after[new.clone()]),
        };
        let (mut i, mut j) = (0, 0);
        for (to_i, to_j) in pairs.into_iter().chain([(old.len(), new.len())]) {
            changes.extend((i..to_i).map(|i| Change::removed(old.start + i, &before[old.start + i])));
            changes.extend((j..to_j).map(|j| Change::added(new.start + j, &after[new.start + j])));
            if let (Some(a), Some(b)) = (before[old.clone()].get(to_i), after[new.clone()].get(to_j)) {
                changes.extend(Change::paragraph(new.start + to_j, a, b));
            }
            (i, j) = (to_i + 1, to_j + 1);
        }
    }
    changes
}

impl Change {
    fn removed(at: usize, paragraph: &Paragraph) -> Self {
        Self { part: Part::Text(Field::Paragraph(at)), before: Some(paragraph.text.clone()), after: None }
    }

    fn added(at: usize, paragraph: &Paragraph) -> Self {
        Self { part: Part::Text(Field::Paragraph(at)), before: None, after: Some(paragraph.text.clone()) }
    }

    /// What changed in a paragraph that is in both: its text, where it begins, what it is.
    fn paragraph(at: usize, before: &Paragraph, after: &Paragraph) -> impl Iterator<Item = Self> + use<> {
        let (old, new) = (before.text.clone(), after.text.clone());
        let text = (old != new).then_some(Self {
            part: Part::Text(Field::Paragraph(at)),
            before: Some(old),
            after: Some(new),
        });
        let page = |paragraph: &Paragraph| RichText::plain(paragraph.new_page.to_string());
        let kind = |paragraph: &Paragraph| RichText::plain(kind_code(paragraph.kind));
        let kinds = Self::of(Part::Kind(at), kind(before), kind(after));
        text.into_iter().chain(Self::of(Part::NewPage(at), page(before), page(after))).chain(kinds)
    }
}

/// The kind of a block in a word for the window to translate, with its level and `again` where a list begins again.
fn kind_code(kind: BlockKind) -> String {
    let item = |Item { list, level, restarts }| {
        let list = match list {
            ListKind::Numbered => "numbered",
            ListKind::Bulleted => "bulleted",
            ListKind::Sections => "sections",
        };
        format!("{list} {}{}", level.depth() + 1, if restarts { " again" } else { "" })
    };
    match kind {
        BlockKind::Plain => "plain".to_owned(),
        BlockKind::Centred => "centred".to_owned(),
        BlockKind::Quotation => "quotation".to_owned(),
        BlockKind::Heading(HeadingLevel::One) => "heading 1".to_owned(),
        BlockKind::Heading(HeadingLevel::Two) => "heading 2".to_owned(),
        BlockKind::Item(of) => item(of),
        BlockKind::Continued(level) => format!("continued {}", level.depth() + 1),
        BlockKind::Cell(Cell::Header) => "header".to_owned(),
        BlockKind::Cell(Cell::Row) => "row".to_owned(),
        BlockKind::Cell(Cell::Beside) => "cell".to_owned(),
    }
}

/// The pairs of paragraphs that are one, changed: in order, and with the most in common together.
fn alike(before: &[Paragraph], after: &[Paragraph]) -> Vec<(usize, usize)> {
    let bytes = |paragraphs: &[Paragraph]| paragraphs.iter().map(|paragraph| paragraph.text.len()).sum::<usize>();
    let compared = (bytes(before).saturating_mul(after.len())).min(bytes(after).saturating_mul(before.len()));
    if before.len().saturating_mul(after.len()) > MAX_PAIRS || compared > MAX_COMPARED {
        return (0..before.len().min(after.len())).map(|i| (i, i)).collect();
    }
    // best[i][j] is the most that can be had of before[i..] and after[j..].
    let mut best = vec![vec![0.0; after.len() + 1]; before.len() + 1];
    let mut score = vec![vec![0.0; after.len()]; before.len()];
    for (i, old) in before.iter().enumerate().rev() {
        for (j, new) in after.iter().enumerate().rev() {
            let share = share_in_common(old.text.as_str(), new.text.as_str());
            score[i][j] = if share < ALIKE { f32::NEG_INFINITY } else { share };
            best[i][j] = (best[i + 1][j + 1] + score[i][j]).max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < before.len() && j < after.len() {
        if best[i][j] == best[i + 1][j + 1] + score[i][j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i][j] == best[i + 1][j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// The share of the longer of two texts that is their common beginning and end.
fn share_in_common(a: &str, b: &str) -> f32 {
    let same = |(a, b): &(u8, u8)| {
        work::step();
        a == b
    };
    let front = a.bytes().zip(b.bytes()).take_while(same).count();
    let rest = a.len().min(b.len()) - front;
    let back = a.bytes().rev().zip(b.bytes().rev()).take(rest).take_while(same).count();
    (front + back) as f32 / a.len().max(b.len()).max(1) as f32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::work::tests::steps;

    fn body(texts: &[&str]) -> Release {
        Release {
            body: texts.iter().map(|text| Paragraph::new(RichText::plain(*text))).collect(),
            ..Release::default()
        }
    }

    fn said(before: &Release, after: &Release) -> Vec<String> {
        let text = |text: &Option<RichText>| text.as_ref().map_or("-".into(), |text| text.as_str().to_owned());
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
            ["Text(Reference): - > 12", "Text(Headline): old > new", "Date: - > 2023-10-30", "BodySize: - > 11.5",]
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
        assert_eq!(said(&before, &after), ["Text(Paragraph(0)): one > one", "NewPage(1): false > true"]);
    }

    #[test]
    fn what_a_paragraph_is_and_the_numbers_of_all_are_changes() {
        use crate::release::Level;
        let before = body(&["one", "two"]);
        let mut after = before.clone();
        after.body[0].kind = BlockKind::Heading(HeadingLevel::Two);
        let item = Item { list: ListKind::Numbered, level: Level::Two, restarts: true };
        after.body[1].kind = BlockKind::Item(item);
        after.number_paragraphs = true;
        let kinds = ["Kind(0): plain > heading 2", "Kind(1): plain > numbered 2 again"];
        assert_eq!(said(&before, &after), [kinds[0], kinds[1], "NumberParagraphs: false > true"]);
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
                "Columns: 1 > 2",
                "Signatories: 1 > 2",
            ]
        );
        let mut none = before.clone();
        none.signature.signatories.clear();
        assert_eq!(said(&before, &none), ["Signatories: 1 > 0"]);
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
                let item = BlockKind::item(ListKind::Bulleted, crate::release::Level::Two);
                let kinds = [BlockKind::Plain, item, BlockKind::Heading(HeadingLevel::One)];
                Paragraph { text: RichText::styled(text, style), new_page, kind: kinds[kind] }
            });
        (prop::collection::vec(paragraph, 0..9), "[ab]{0,1}", prop::bool::ANY).prop_map(
            |(body, headline, justified)| {
                let mut release = Release { body, headline, ..Release::default() };
                release.page.justified = justified;
                release
            },
        )
    }

    proptest! {
        #[test]
        fn only_equal_releases_have_no_difference(a in releases(), b in releases()) {
            prop_assert_eq!(difference(&a, &b).is_empty(), a == b);
            prop_assert!(difference(&a, &a).is_empty());
        }

        #[test]
        fn what_is_not_named_is_the_same_in_both(a in releases(), b in releases()) {
            let mut old: Vec<_> = a.body.iter().map(|paragraph| Some(&paragraph.text)).collect();
            let mut new: Vec<_> = b.body.iter().map(|paragraph| Some(&paragraph.text)).collect();
            let mut changed = std::collections::BTreeMap::new();
            for Change { part, before, after } in difference(&a, &b) {
                match (part, before, after) {
                    (Part::Text(Field::Paragraph(at)), Some(before), Some(after)) => {
                        changed.insert(at, (before, after));
                    }
                    (Part::Text(Field::Paragraph(at)), before, None) => prop_assert_eq!(old[at].take(), before.as_ref()),
                    (Part::Text(Field::Paragraph(at)), None, after) => prop_assert_eq!(new[at].take(), after.as_ref()),
                    _ => {}
                }
            }
            let mut old = old.into_iter().flatten();
            for (at, after) in new.into_iter().enumerate() {
                let Some(after) = after else { continue };
                match (old.next(), changed.get(&at)) {
                    (before, None) => prop_assert_eq!(before, Some(after)),
                    (before, Some((from, to))) => prop_assert_eq!((before, after), (Some(from), to)),
                }
            }
            prop_assert_eq!(old.next(), None);
        }
    }
}

//! What a person would say has changed from one release to another.
//!
//! Knows the document alone. Invariant: two releases have no difference if they are equal, and only then.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{
    BlockKind, Check, Comment, Emblem, Field, Fit, KhmerFace, Language, Lock, Margins, Paper, Paragraph, Picture,
    Placeholder, Release, RichText, SignatoryLine, SigningDate, Template, markup,
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
    pub before: Option<Value>,
    /// What is there; `None` for what was removed.
    pub after: Option<Value>,
}

/// What a part is, before or after a change.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// The words of a field or paragraph; never empty, unless it is a paragraph.
    Text(RichText),
    /// What is on or off.
    Switch(bool),
    /// A language.
    Language(Language),
    /// The emblem.
    Emblem(Emblem),
    /// The kind of a block.
    Kind(BlockKind),
    /// How many there are.
    Count(usize),
    /// The date of signature; never [`SigningDate::Unset`].
    Date(SigningDate),
    /// A size of paper.
    Paper(Paper),
    /// Margins.
    Margins(Margins),
    /// A size or a factor.
    Number(f32),
    /// A face of Khmer text.
    KhmerFace(KhmerFace),
    /// How many pages the release is to fill.
    Fit(Fit),
    /// Checks; at least one.
    Checks(Vec<Check>),
    /// What a template is called, and what it is for.
    Template(Template),
    /// What placeholders ask for; at least one.
    Placeholders(Vec<Placeholder>),
    /// Parts that are fixed; at least one.
    Locks(Vec<Lock>),
    /// What is said of the text; at least one.
    Comments(Vec<Comment>),
}

/// What can change in a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A text
    Text(Field),
    /// [`Release::language`]
    Language,
    /// [`Letterhead::ornament`](super::Letterhead::ornament)
    Ornament,
    /// [`Letterhead::emblem`](super::Letterhead::emblem)
    Emblem,
    /// Whether the paragraph of this index starts a page
    NewPage(usize),
    /// What kind of block the paragraph of this index is
    Kind(usize),
    /// The picture of the paragraph of this index: its file, width and place, and its alternative text
    Picture(usize),
    /// [`Release::number_paragraphs`]
    NumberParagraphs,
    /// [`Signature::columns`](super::Signature::columns)
    Columns,
    /// How many signatories there are
    Signatories,
    /// [`Signature::date`](super::Signature::date)
    Date,
    /// [`Signature::lunar_date`](super::Signature::lunar_date)
    LunarDate,
    /// [`PageSetup::paper`](super::PageSetup::paper)
    Paper,
    /// [`PageSetup::margins`](super::PageSetup::margins)
    Margins,
    /// [`PageSetup::body_size`](super::PageSetup::body_size)
    BodySize,
    /// [`PageSetup::leading`](super::PageSetup::leading)
    Leading,
    /// [`PageSetup::khmer_face`](super::PageSetup::khmer_face)
    KhmerFace,
    /// [`PageSetup::justified`](super::PageSetup::justified)
    Justified,
    /// [`PageSetup::hyphenate`](super::PageSetup::hyphenate)
    Hyphenate,
    /// [`PageSetup::page_numbers`](super::PageSetup::page_numbers)
    PageNumbers,
    /// [`PageSetup::page_count`](super::PageSetup::page_count)
    PageCount,
    /// [`PageSetup::running_headline`](super::PageSetup::running_headline)
    RunningHeadline,
    /// [`PageSetup::fit`](super::PageSetup::fit)
    Fit,
    /// [`Release::unchecked`]
    Checks,
    /// [`Release::template`]
    Template,
    /// [`Release::placeholders`]
    Placeholders,
    /// [`Release::locked`]
    Locks,
    /// [`Release::comments`]
    Comments,
    /// [`Release::counterpart`]
    Counterpart,
}

/// The changes that lead from one release to another, in reading order, with the setting at the end.
/// Removed paragraphs come before those that are in their place.
pub fn difference(before: &Release, after: &Release) -> Vec<Change> {
    let mut changes = Vec::new();
    let signatories = before.signature.signatories.len().max(after.signature.signatories.len());
    let of_all = (0..signatories).flat_map(|index| SignatoryLine::ALL.map(|line| Field::Signatory(index, line)));
    let fields = Release::default().fields().filter(|field| !matches!(field, Field::Signatory(..)));
    for field in fields.chain(of_all) {
        if field == Field::Place {
            changes.extend(paragraphs(&before.body, &after.body));
        }
        let text = |release: &Release| {
            let text = release.text(field).unwrap_or_default().into_owned();
            (!text.is_empty()).then_some(Value::Text(text))
        };
        changes.extend(Change::of(Part::Text(field), text(before), text(after)));
    }
    for ((part, before), (_, after)) in settings(before).into_iter().zip(settings(after)) {
        changes.extend(Change::of(part, before, after));
    }
    changes
}

impl Change {
    fn of(part: Part, before: Option<Value>, after: Option<Value>) -> Option<Self> {
        (before != after).then_some(Self { part, before, after })
    }
}

/// Everything but the texts and the blocks, in the order in which the form shows it; `None` where nothing is set.
fn settings(release: &Release) -> [(Part, Option<Value>); 25] {
    let page = &release.page;
    let (date, counterpart) = (&release.signature.date, release.counterpart.as_str());
    let list = |is_empty: bool, value: Value| (!is_empty).then_some(value);
    [
        (Part::Language, Some(Value::Language(release.language))),
        (Part::Ornament, Some(Value::Switch(release.letterhead.ornament))),
        (Part::Emblem, release.letterhead.emblem.clone().map(Value::Emblem)),
        (Part::NumberParagraphs, Some(Value::Switch(release.number_paragraphs))),
        (Part::Date, (*date != SigningDate::Unset).then(|| Value::Date(date.clone()))),
        (Part::LunarDate, Some(Value::Switch(release.signature.lunar_date))),
        (Part::Columns, Some(Value::Count(usize::from(release.signature.columns.count())))),
        (Part::Signatories, Some(Value::Count(release.signature.signatories.len()))),
        (Part::Paper, Some(Value::Paper(page.paper))),
        (Part::Margins, Some(Value::Margins(page.margins))),
        (Part::BodySize, page.body_size.map(Value::Number)),
        (Part::Leading, page.leading.map(Value::Number)),
        (Part::KhmerFace, Some(Value::KhmerFace(page.khmer_face))),
        (Part::Justified, Some(Value::Switch(page.justified))),
        (Part::Hyphenate, Some(Value::Switch(page.hyphenate))),
        (Part::PageNumbers, Some(Value::Switch(page.page_numbers))),
        (Part::PageCount, Some(Value::Switch(page.page_count))),
        (Part::RunningHeadline, Some(Value::Switch(page.running_headline))),
        (Part::Fit, Some(Value::Fit(page.fit))),
        (Part::Checks, list(release.unchecked.is_empty(), Value::Checks(release.unchecked.clone()))),
        (Part::Template, release.template.clone().map(Value::Template)),
        (Part::Placeholders, list(release.placeholders.is_empty(), Value::Placeholders(release.placeholders.clone()))),
        (Part::Locks, list(release.locked.is_empty(), Value::Locks(release.locked.clone()))),
        (Part::Comments, list(release.comments.is_empty(), Value::Comments(release.comments.clone()))),
        (Part::Counterpart, list(counterpart.is_empty(), Value::Text(RichText::plain(counterpart)))),
    ]
}

/// The changes of paragraphs.
fn paragraphs(before: &[Paragraph], after: &[Paragraph]) -> Vec<Change> {
    let mut changes = Vec::new();
    let share = |i: usize, j: usize| match (before.get(i), after.get(j)) {
        (Some(a), Some(b)) => share_in_common(a.text.as_str(), b.text.as_str()),
        _ => 0.0,
    };
    for pair in pairs(before, after, &share) {
        match pair {
            Pair::Removed(i) => changes.extend(before.get(i).map(|block| Change::removed(i, block))),
            Pair::Added(j) => changes.extend(after.get(j).map(|block| Change::added(j, block))),
            Pair::Both(i, j) => {
                if let (Some(a), Some(b)) = (before.get(i), after.get(j)) {
                    changes.extend(Change::paragraph(j, a, b));
                }
            }
        }
    }
    changes
}

/// What became of a paragraph, by its indices before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pair {
    /// It is no longer there.
    Removed(usize),
    /// It was not there.
    Added(usize),
    /// It is in both, perhaps changed.
    Both(usize, usize),
}

/// Which paragraph is which. Those that are in both, in the longest row, stay; what is between two of them is
/// matched by the share of the text that is alike, as `share` tells it of two indices. Removed ones come before those
/// that are in their place.
pub(crate) fn pairs(before: &[Paragraph], after: &[Paragraph], share: &dyn Fn(usize, usize) -> f32) -> Vec<Pair> {
    let texts = |body: &[Paragraph]| body.iter().map(|paragraph| markup::write(&paragraph.text)).collect::<Vec<_>>();
    let mut found = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &texts(before), &texts(after)) {
        let (old, new) = (op.old_range(), op.new_range());
        let pairs = match op {
            DiffOp::Equal { .. } => (0..old.len()).map(|i| (i, i)).collect(),
            _ => alike(&before[old.clone()], &after[new.clone()], &|i, j| share(old.start + i, new.start + j)),
        };
        let (mut i, mut j) = (0, 0);
        for (to_i, to_j) in pairs.into_iter().chain([(old.len(), new.len())]) {
            found.extend((i..to_i).map(|i| Pair::Removed(old.start + i)));
            found.extend((j..to_j).map(|j| Pair::Added(new.start + j)));
            if to_i < old.len() && to_j < new.len() {
                found.push(Pair::Both(old.start + to_i, new.start + to_j));
            }
            (i, j) = (to_i + 1, to_j + 1);
        }
    }
    found
}

impl Change {
    fn removed(at: usize, paragraph: &Paragraph) -> Self {
        Self { part: Part::Text(Field::Paragraph(at)), before: Some(Value::Text(paragraph.text.clone())), after: None }
    }

    fn added(at: usize, paragraph: &Paragraph) -> Self {
        Self { part: Part::Text(Field::Paragraph(at)), before: None, after: Some(Value::Text(paragraph.text.clone())) }
    }

    /// What changed in a paragraph that is in both: its text, where it begins, what it is.
    fn paragraph(at: usize, before: &Paragraph, after: &Paragraph) -> impl Iterator<Item = Self> + use<> {
        let text = |paragraph: &Paragraph| Some(Value::Text(paragraph.text.clone()));
        let page = |paragraph: &Paragraph| Some(Value::Switch(paragraph.new_page));
        let kind = |paragraph: &Paragraph| Some(Value::Kind(paragraph.kind));
        let picture = |paragraph: &Paragraph| Some(Value::Text(RichText::plain(picture_code(paragraph))));
        let texts = Self::of(Part::Text(Field::Paragraph(at)), text(before), text(after));
        let pages = Self::of(Part::NewPage(at), page(before), page(after));
        let kinds = Self::of(Part::Kind(at), kind(before), kind(after));
        let pictures = Self::of(Part::Picture(at), picture(before), picture(after));
        texts.into_iter().chain(pages).chain(kinds).chain(pictures)
    }
}

/// What a picture is, in lines; no two that differ give the same. Of its bytes there is a sum.
fn picture_code(paragraph: &Paragraph) -> String {
    let Some(picture) = &paragraph.picture else { return String::new() };
    let Picture { name, data, alternative, width, beside } = &**picture;
    let sum = data.as_ref().map(|data| data.sum().iter().take(4).map(|byte| format!("{byte:02x}")).collect::<String>());
    let beside = if *beside { ", beside" } else { "" };
    format!("{name} ({})\n{} %{beside}\n{alternative}", sum.unwrap_or_default(), width.hundredths())
}

/// The pairs of paragraphs that are one, changed: in order, and with the most in common together.
fn alike(before: &[Paragraph], after: &[Paragraph], share: &dyn Fn(usize, usize) -> f32) -> Vec<(usize, usize)> {
    let bytes = |paragraphs: &[Paragraph]| paragraphs.iter().map(|paragraph| paragraph.text.len()).sum::<usize>();
    let compared = (bytes(before).saturating_mul(after.len())).min(bytes(after).saturating_mul(before.len()));
    if before.len().saturating_mul(after.len()) > MAX_PAIRS || compared > MAX_COMPARED {
        return (0..before.len().min(after.len())).map(|i| (i, i)).collect();
    }
    // best[i][j] is the most that can be had of before[i..] and after[j..].
    let mut best = vec![vec![0.0; after.len() + 1]; before.len() + 1];
    let mut score = vec![vec![0.0; after.len()]; before.len()];
    for i in (0..before.len()).rev() {
        for j in (0..after.len()).rev() {
            let share = share(i, j);
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
pub(crate) fn share_in_common(a: &str, b: &str) -> f32 {
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
mod tests;

//! Two releases that say the same in two languages: what one of them says otherwise, or does not say.
//!
//! Blocks are laid side by side, and of each two the facts are compared that do not depend on language. What may well
//! be said otherwise (a country as an adjective, "one") is told only where the other release has something else in
//! its place.
//!
//! | file | what it does |
//! |---|---|
//! | `fact` | what can be said |
//! | `facts` | finds what a text says |
//! | `numbers` | numbers, sums, percentages and hours, in figures and in words |
//! | `places` | countries, cities and organisations, by `assets/places.txt` |
//! | `beside` | lays the blocks of two releases side by side |
//! | `rows` | all of their texts side by side, as one reads them |
//!
//! Knows releases and the roster. Invariant: two releases with the same facts in the same blocks do not differ,
//! whichever comes first.

mod beside;
mod fact;
mod facts;
mod numbers;
mod places;
mod rows;
#[cfg(test)]
mod tests;

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

pub use fact::{Fact, FoundFact};
pub use facts::{Names, facts};
pub use rows::{Row, side_by_side};

use super::{Finding, Problem};
use crate::{
    release::{Attached, BlockKind, Field, Release, RichText, Style, is_blank},
    roster::Roster,
};

/// Something that one release says, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The text.
    pub field: Field,
    /// Its bytes there; empty if the whole text is meant.
    pub range: Range<usize>,
    /// What is written there.
    pub text: String,
}

/// What differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A date
    Date,
    /// A day of the week
    Weekday,
    /// An hour
    Hour,
    /// A number
    Number,
    /// A percentage
    Percent,
    /// A sum of money
    Money,
    /// A person on the list of names
    Person,
    /// A country, a city or an organisation
    Place,
    /// The date of signature
    Signed,
    /// How many paragraphs there are
    Paragraphs,
    /// How many headings
    Headings,
    /// How many items of lists
    Items,
    /// How many signatories
    Signatories,
    /// How many words or names are bold, in a text
    Bold,
    /// Where links lead
    Links,
    /// How many quotations there are, in a text
    Quotations,
    /// A text that only one of them has
    Unwritten,
}

impl Subject {
    /// Whether it is a count over the whole release, which has no place in the text.
    pub fn is_count(self) -> bool {
        matches!(self, Self::Paragraphs | Self::Headings | Self::Items | Self::Signatories)
    }

    /// Whether what each language has of it is a number, and no words.
    pub fn is_number(self) -> bool {
        self.is_count() || matches!(self, Self::Bold | Self::Quotations)
    }
}

impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Date => "date",
            Self::Weekday => "day of the week",
            Self::Hour => "hour",
            Self::Number => "number",
            Self::Percent => "percentage",
            Self::Money => "sum",
            Self::Person => "person",
            Self::Place => "place",
            Self::Signed => "date of signature",
            Self::Paragraphs => "paragraphs",
            Self::Headings => "headings",
            Self::Items => "items of lists",
            Self::Signatories => "signatories",
            Self::Bold => "bold words",
            Self::Links => "links",
            Self::Quotations => "quotations",
            Self::Unwritten => "still to be written",
        })
    }
}

/// A difference between two releases: what each of them says, if it says anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What differs.
    pub subject: Subject,
    /// What the first says.
    pub one: Option<Said>,
    /// What the second says.
    pub other: Option<Said>,
}

impl Difference {
    /// The difference as a finding in the first release. A text that is still to be written is one of its own in the
    /// release that lacks it.
    pub fn finding(&self) -> Option<Finding> {
        if self.subject == Subject::Unwritten {
            return None;
        }
        let text = |said: &Option<Said>| said.as_ref().map(|said| said.text.clone()).unwrap_or_default();
        let (ours, theirs) = (text(&self.one), text(&self.other));
        // A count is of no single text.
        let place = self.one.as_ref().filter(|_| !self.subject.is_count());
        Some(Finding {
            field: place.map(|said| said.field),
            range: place.map_or(0..0, |said| said.range.clone()),
            problem: Problem::Differs { subject: self.subject, ours, theirs },
        })
    }
}

/// All that differs, in reading order; what is of the releases as a whole comes last.
pub fn compare(one: &Release, other: &Release, roster: &Roster) -> Vec<Difference> {
    let (facts_of_one, facts_of_other) = (Facts::of(one, roster), Facts::of(other, roster));
    let mut found = Vec::new();
    for (ours, theirs) in beside::fields(&facts_of_one, &facts_of_other, one, other) {
        let ours = (one, ours, facts_of_one.of_field(ours));
        let theirs = (other, theirs, facts_of_other.of_field(theirs));
        found.extend(texts(ours, theirs, (&facts_of_one, &facts_of_other)));
    }
    let whole = |release: &Release, field: Field| {
        let text = release.text(field).unwrap_or_default().as_str().to_owned();
        Some(Said { field, range: 0..0, text })
    };
    let difference = |ours: Field, theirs: Field| Difference {
        subject: Subject::Unwritten,
        one: whole(one, ours),
        other: whole(other, theirs),
    };
    let to_write = beside::unwritten(&facts_of_one, &facts_of_other, one, other);
    let to_write_there = beside::unwritten(&facts_of_other, &facts_of_one, other, one);
    found.extend(to_write.iter().map(|(ours, theirs)| difference(*ours, *theirs)));
    found.extend(to_write_there.iter().map(|(theirs, ours)| difference(*ours, *theirs)));
    found.extend(signed(one, other));
    found.extend(counts((one, &to_write), (other, &to_write_there)));
    found
}

/// The empty texts of a release, each with the text of the other language.
pub fn unwritten(one: &Release, other: &Release, roster: &Roster) -> Vec<(Field, Field)> {
    let is_whole = |field: Field| one.text(field).is_none_or(|text| !is_blank(text.as_str()));
    if one.fields().all(is_whole) {
        return Vec::new();
    }
    beside::unwritten(&Facts::of(one, roster), &Facts::of(other, roster), one, other)
}

/// The facts of all texts of a release.
struct Facts {
    of: Vec<(Field, Vec<FoundFact>)>,
    /// Where a text is among them.
    at: HashMap<Field, usize>,
    /// The people who are named anywhere.
    people: HashSet<usize>,
}

impl Facts {
    fn of(release: &Release, roster: &Roster) -> Self {
        let is_compared = |field: &Field| {
            matches!(
                field,
                Field::Title | Field::Headline | Field::Paragraph(_) | Field::Note(..) | Field::Signatory(..)
            )
        };
        let names = Names::of(roster);
        let of: Vec<_> = release
            .fields()
            .filter(is_compared)
            .filter_map(|field| Some((field, facts(release.text(field)?.as_str(), &names))))
            .collect();
        let at = of.iter().enumerate().map(|(index, (field, _))| (*field, index)).collect();
        let people = of.iter().flat_map(|(_, facts)| facts).filter_map(|found| match found.fact {
            Fact::Person(index) => Some(index),
            _ => None,
        });
        Self { people: people.collect(), at, of }
    }

    fn of_field(&self, field: Field) -> &[FoundFact] {
        self.at.get(&field).and_then(|at| self.of.get(*at)).map(|(_, facts)| facts.as_slice()).unwrap_or_default()
    }
}

/// A text of a release, with its facts.
type Text<'a> = (&'a Release, Field, &'a [FoundFact]);

fn subject(fact: Fact) -> Subject {
    match fact {
        Fact::Date { .. } | Fact::BuddhistYear(_) => Subject::Date,
        Fact::Weekday(_) => Subject::Weekday,
        Fact::Hour(_) => Subject::Hour,
        Fact::Number(_) => Subject::Number,
        Fact::Percent(_) => Subject::Percent,
        Fact::Money(..) => Subject::Money,
        Fact::Person(_) => Subject::Person,
        Fact::Place(_) => Subject::Place,
    }
}

/// How many years the Buddhist era is ahead, before and after its new year in April or May.
const AHEAD: [i128; 2] = [543, 544];

/// Whether two facts say the same; a date without a year fits any year, and a Buddhist year spans two civil ones.
fn is_same(one: Fact, other: Fact) -> bool {
    match (one, other) {
        (Fact::Date { day: a, month: b, year: c }, Fact::Date { day: d, month: e, year: f }) => {
            a == d && b == e && (c.is_none() || f.is_none() || c == f)
        }
        (Fact::BuddhistYear(year), Fact::Number(number)) | (Fact::Number(number), Fact::BuddhistYear(year)) => {
            AHEAD.iter().any(|ahead| (i128::from(year) - ahead) * 1_000_000 == number)
        }
        _ => one == other,
    }
}

/// What two texts that are side by side say otherwise.
fn texts(one: Text<'_>, other: Text<'_>, all: (&Facts, &Facts)) -> Vec<Difference> {
    let (mut ours, mut theirs) = (one.2.to_vec(), other.2.to_vec());
    // What is the very same comes before what may be said for it.
    let same: [fn(Fact, Fact) -> bool; 2] = [|one, other| one == other, is_same];
    for is_same in same {
        ours.retain(|found| {
            let same = theirs.iter().position(|other| is_same(found.fact, other.fact));
            same.map(|index| theirs.remove(index)).is_none()
        });
    }
    let said = |(release, field, _): Text<'_>, found: &FoundFact| {
        let text = release.text(field).unwrap_or_default();
        let text = text.as_str().get(found.range.clone()).unwrap_or_default().to_owned();
        Said { field, range: found.range.clone(), text }
    };
    let has = |facts: &[FoundFact], fact: Fact| facts.iter().any(|found| is_same(found.fact, fact));
    // The same once more is said by a pronoun in another language.
    ours.retain(|found| !is_named(found.fact) || !has(other.2, found.fact));
    theirs.retain(|found| !is_named(found.fact) || !has(one.2, found.fact));
    let mut here = Vec::new();
    for subject_here in [
        Subject::Date,
        Subject::Weekday,
        Subject::Hour,
        Subject::Number,
        Subject::Percent,
        Subject::Money,
        Subject::Person,
        Subject::Place,
    ] {
        let of = |facts: &[FoundFact]| {
            let (mut hard, soft): (Vec<FoundFact>, Vec<FoundFact>) = facts
                .iter()
                .filter(|found| subject(found.fact) == subject_here)
                .cloned()
                .partition(|found| !found.is_soft);
            hard.extend(soft);
            hard
        };
        let (ours, theirs) = (of(&ours), of(&theirs));
        for index in 0..ours.len().max(theirs.len()) {
            let (a, b) = (ours.get(index), theirs.get(index));
            let is_told = match (a, b) {
                (Some(a), Some(b)) => {
                    let are_years = [a, b].iter().all(|found| matches!(found.fact, Fact::BuddhistYear(_)));
                    let are_both = subject_here == Subject::Place && ours.len() == theirs.len();
                    !(a.is_soft && b.is_soft) || are_both || are_years
                }
                (Some(alone), None) => is_hard(alone, &all.1.people),
                (None, Some(alone)) => is_hard(alone, &all.0.people),
                (None, None) => false,
            };
            if is_told {
                let nothing = |(_, field, _): Text<'_>| Said { field, range: 0..0, text: String::new() };
                let place = |of, found: Option<&FoundFact>| found.map_or_else(|| nothing(of), |found| said(of, found));
                let (one, other) = (Some(place(one, a)), Some(place(other, b)));
                here.push(Difference { subject: subject_here, one, other });
            }
        }
    }
    here.extend(marks(one, other));
    // What is not said here comes last.
    let at = |said: &Said| if said.text.is_empty() { usize::MAX } else { said.range.start };
    here.sort_by_key(|difference| difference.one.as_ref().map_or(usize::MAX, at));
    here
}

/// Whether a fact is a name, which a language may write once where the other writes it twice.
fn is_named(fact: Fact) -> bool {
    matches!(fact, Fact::Person(_) | Fact::Place(_) | Fact::Weekday(_))
}

/// Whether to report a fact that the other text lacks: a person only if the other release never names them.
fn is_hard(found: &FoundFact, people: &HashSet<usize>) -> bool {
    match found.fact {
        Fact::Person(index) => !people.contains(&index),
        _ => !found.is_soft,
    }
}

/// What is bold, quoted and linked in two texts.
fn marks(one: Text<'_>, other: Text<'_>) -> Vec<Difference> {
    let text = |(release, field, _): Text<'_>| release.text(field).unwrap_or_default().into_owned();
    let (ours, theirs) = (text(one), text(other));
    let mut found = Vec::new();
    let mut count = |subject, of: &dyn Fn(&RichText) -> usize| {
        let (a, b) = (of(&ours), of(&theirs));
        if a != b {
            let said = |(_, field, _): Text<'_>, count: usize| Said { field, range: 0..0, text: count.to_string() };
            found.push(Difference { subject, one: Some(said(one, a)), other: Some(said(other, b)) });
        }
    };
    count(Subject::Bold, &|text| {
        let bold = text.runs().filter(|(range, style)| {
            style.has(Style::BOLD) && text.as_str().get(range.clone()).is_some_and(|words| !words.trim().is_empty())
        });
        bold.count()
    });
    count(Subject::Quotations, &|text| text.as_str().matches(['“', '«']).count());
    let links = |text: &RichText| {
        let links = text.attached().filter_map(|(_, what)| match what {
            Attached::Link(address) => Some(address.as_str().to_owned()),
            _ => None,
        });
        let mut links: Vec<String> = links.collect();
        links.sort();
        links
    };
    let (a, b) = (links(&ours), links(&theirs));
    if a != b {
        let said = |(_, field, _): Text<'_>, links: &[String]| Said { field, range: 0..0, text: links.join(", ") };
        found.push(Difference { subject: Subject::Links, one: Some(said(one, &a)), other: Some(said(other, &b)) });
    }
    found
}

/// The dates of signature.
fn signed(one: &Release, other: &Release) -> Option<Difference> {
    let (a, b) = (one.signature.date.day()?, other.signature.date.day()?);
    let said = |release: &Release, day| Said {
        field: Field::Place,
        range: 0..0,
        text: crate::dates::date_in(release.language, day),
    };
    (a != b).then(|| Difference { subject: Subject::Signed, one: Some(said(one, a)), other: Some(said(other, b)) })
}

/// How many there are of what both must have as many of.
fn counts(one: (&Release, &[(Field, Field)]), other: (&Release, &[(Field, Field)])) -> Vec<Difference> {
    // A block that is still to be written is told by itself.
    let blocks = |(release, to_write): (&Release, &[(Field, Field)]), is: fn(BlockKind) -> bool| {
        let to_write: HashSet<Field> = to_write.iter().map(|(field, _)| *field).collect();
        let is_there =
            |index: usize, text: &RichText| !is_blank(text.as_str()) || to_write.contains(&Field::Paragraph(index));
        let blocks = release.body.iter().enumerate().filter(|(index, block)| is_there(*index, &block.text));
        blocks.filter(|(_, block)| is(block.kind)).count()
    };
    let number = |subject, a: usize, b: usize| {
        let said = |count: usize| Said { field: Field::Paragraph(0), range: 0..0, text: count.to_string() };
        (a != b).then(|| Difference { subject, one: Some(said(a)), other: Some(said(b)) })
    };
    let both = |is: fn(BlockKind) -> bool| (blocks(one, is), blocks(other, is));
    let is_item = |kind: BlockKind| matches!(kind, BlockKind::Item(_));
    let is_heading = |kind: BlockKind| matches!(kind, BlockKind::Heading(_));
    let is_other = |kind: BlockKind| !matches!(kind, BlockKind::Item(_) | BlockKind::Heading(_));
    let (paragraphs, headings, items) = (both(is_other), both(is_heading), both(is_item));
    let signatories = (one.0.signature.signatories.len(), other.0.signature.signatories.len());
    [
        number(Subject::Paragraphs, paragraphs.0, paragraphs.1),
        number(Subject::Headings, headings.0, headings.1),
        number(Subject::Items, items.0, items.1),
        number(Subject::Signatories, signatories.0, signatories.1),
    ]
    .into_iter()
    .flatten()
    .collect()
}

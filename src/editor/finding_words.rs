//! What is said of a finding, and what a check is called.
//!
//! Knows findings and words. Its invariant: the list, the question before an export, messages and the menu of a text
//! say the same of a finding.

use std::ops::Range;

use super::{
    errors::{Localise, refused_picture},
    field_names::name_in,
    saying::sentence,
    words::Words,
};
use crate::{
    khmer::FaultKind,
    proof::{Finding, Problem, counterpart::Subject},
    release::{Check, Field, Release, bounds},
};

/// What is wrong, and what is put in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Respelling {
    /// The field that it is in.
    pub field: Field,
    /// Its bytes there.
    pub range: Range<usize>,
    /// What is there.
    pub word: String,
    /// What is meant.
    pub by: String,
    /// Whether it is a word, of which no part is left in another.
    pub is_word: bool,
}

/// What is offered where a problem has one way to be mended: what is put in its place.
pub fn mend_words(words: &Words, problem: &Problem, by: &str) -> String {
    match by {
        _ if matches!(problem, Problem::StraightQuote(_)) => words.get("mend-quotes").to_owned(),
        "" => words.get("delete-it").to_owned(),
        " " => words.get("mend-space").to_owned(),
        _ => words.with("mend", &[("by", by)]),
    }
}

/// What a check is called.
pub fn check_name(check: Check) -> &'static str {
    match check {
        Check::DoubledWords => "check-doubled-words",
        Check::DoubledSpaces => "check-doubled-spaces",
        Check::StraightQuotes => "check-straight-quotes",
        Check::Unclosed => "check-unclosed",
        Check::KhmerStops => "check-khmer-stops",
        Check::MixedDigits => "check-mixed-digits",
        Check::Weekdays => "check-weekdays",
        Check::Names => "check-names",
        Check::FutureDate => "check-future-date",
        Check::PastDate => "check-past-date",
        Check::Spelling => "check-spelling",
        Check::HardSpaces => "check-hard-spaces",
        Check::SpaceBeforeSign => "check-space-before-sign",
        Check::NoSpaceAfterSign => "check-no-space-after-sign",
        Check::SignTwice => "check-sign-twice",
        Check::NoFullStop => "check-no-full-stop",
        Check::SmallLetter => "check-small-letter",
        Check::NoSuchDay => "check-no-such-day",
        Check::TenseOfDate => "check-tense-of-date",
        Check::Honorifics => "check-honorifics",
        Check::ListedTitles => "check-listed-titles",
        Check::DigitGroups => "check-digit-groups",
        Check::Hours => "check-hours",
        Check::Variants => "check-variants",
        Check::ConfusedWords => "check-confused-words",
        Check::OtherLanguage => "check-other-language",
        Check::Differences => "check-differences",
    }
}

/// A finding in a line, with its field.
pub fn line(words: &Words, release: &Release, finding: &Finding) -> String {
    let text = finding.problem.localised(words);
    // What is wrong with a field as a whole names it.
    match finding.field.filter(|_| !finding.range.is_empty() || finding.problem.is_of_field()) {
        Some(field) => {
            format!("{}{} {text}", name_in(words, release, field), words.catalogue().colon)
        }
        None => sentence(text),
    }
}

impl Localise for Problem {
    fn translated(&self, words: &Words) -> String {
        let sign = |name: &str, c: char| words.with(name, &[("sign", &c.to_string())]);
        let number = |number: &dyn ToString| words.digits(&number.to_string());
        match self {
            Self::NoTitle => words.get("problem-no-title").to_owned(),
            Self::MissingPicture(file) => words.with("problem-picture-missing", &[("file", file)]),
            Self::Picture(file, error) => refused_picture(file, error, words),
            Self::PictureWithoutAlternative(file) => words.with("problem-picture-alternative", &[("file", file)]),
            Self::CoarsePicture(file, dpi) => {
                words.with("problem-picture-coarse", &[("file", file), ("dpi", &number(dpi))])
            }
            Self::NoHeadline => words.get("problem-no-headline").to_owned(),
            Self::NoBody => words.get("problem-no-body").to_owned(),
            Self::NoPlace => words.get("problem-no-place").to_owned(),
            Self::EmptyNote => words.get("problem-empty-note").to_owned(),
            Self::EmptyItem => words.get("problem-empty-item").to_owned(),
            Self::EmptyHeading => words.get("problem-empty-heading").to_owned(),
            Self::EmptySignatory => words.get("problem-empty-signatory").to_owned(),
            Self::Unwritten(original) => words.with("problem-unwritten", &[("original", original)]),
            Self::OtherLanguage(written) => words.with("problem-other-language", &[("written", written)]),
            Self::Differs { subject, ours, theirs } => differs(words, *subject, ours, theirs),
            Self::NoDate => words.get("problem-no-date").to_owned(),
            Self::NoAlternative => words.get("problem-no-alternative").to_owned(),
            Self::Emblem(file, error) => {
                words.with("problem-emblem", &[("reason", &refused_picture(file, error, words))])
            }
            Self::TooManyPages => words.with("problem-too-many-pages", &[("most", &number(&bounds::PAGES))]),
            Self::TooLongToFit(lines) => words.count("problem-too-long-to-fit", *lines),
            Self::CoarseEmblem(dpi) => words.with("problem-coarse-emblem", &[("dpi", &number(dpi))]),
            Self::MissingCharacters(which) => words.with("problem-missing-characters", &[("characters", which)]),
            Self::RightToLeft(characters) => words.with("problem-right-to-left", &[("characters", characters)]),
            Self::Khmer { kind, characters, proposal: Some(proposal) } if !proposal.is_empty() => words.with(
                "problem-khmer-perhaps",
                &[("problem", &kind.translated(words)), ("characters", characters), ("proposal", proposal)],
            ),
            Self::KhmerSlip { written, right } => {
                words.with("problem-khmer-slip", &[("written", written), ("right", right)])
            }
            Self::WrongLunarDate { written, right } => {
                words.with("problem-wrong-lunar-date", &[("written", written), ("right", right)])
            }
            Self::NoSuchDay { written } => words.with("problem-no-such-day", &[("written", written)]),
            Self::NoSuchHour { written } => words.with("problem-no-such-hour", &[("written", written)]),
            Self::Backwards { written } => words.with("problem-backwards", &[("written", written)]),
            Self::NoEndMark => words.get("problem-no-end-mark").to_owned(),
            Self::EndsInStop => words.get("problem-ends-in-stop").to_owned(),
            Self::Khmer { kind, characters, .. } => {
                words.with("problem-khmer", &[("problem", &kind.translated(words)), ("characters", characters)])
            }
            Self::DoubledWord(word) => words.with("problem-doubled-word", &[("word", word)]),
            Self::Prose { kind, written, right } => {
                let right = right.as_deref().unwrap_or_default();
                words.with(prose_name(*kind), &[("written", written), ("right", right)])
            }
            Self::HardSpace => words.get("problem-hard-space").to_owned(),
            Self::DoubledSpace => words.get("problem-doubled-space").to_owned(),
            Self::StraightQuote(_) => words.get("problem-straight-quote").to_owned(),
            Self::TwoHyphens(dash) => words.with("problem-two-hyphens", &[("dash", dash)]),
            Self::Unclosed(c) => sign("problem-unclosed", *c),
            Self::StopWithoutSpace(c) => sign("problem-stop-without-space", *c),
            Self::MixedDigits(number) => words.with("problem-mixed-digits", &[("number", number)]),
            Self::WrongWeekday { written, right } => {
                words.with("problem-wrong-weekday", &[("written", written), ("right", right)])
            }
            Self::SpeltTwoWays { written, usual } => {
                words.with("problem-spelt-two-ways", &[("written", written), ("usual", usual)])
            }
            Self::Misspelt { word, suggestions } if suggestions.is_empty() => {
                words.with("problem-misspelt", &[("word", word)])
            }
            Self::Misspelt { word, suggestions } => {
                words.with("problem-misspelt-perhaps", &[("word", word), ("suggestions", &suggestions.join(", "))])
            }
            Self::OpenPlaceholder(name) => words.with("problem-open-placeholder", &[("name", name)]),
            Self::NotAsListed { written, listed } => {
                words.with("problem-not-as-listed", &[("written", written), ("listed", listed)])
            }
            Self::NotTheirTitle { name, written, listed } => {
                words.with("problem-not-their-title", &[("name", name), ("written", written), ("listed", listed)])
            }
            Self::FutureDate => words.get("problem-future-date").to_owned(),
            Self::PastDate => words.get("problem-past-date").to_owned(),
        }
    }
}

/// What is said where two releases say different things.
fn differs(words: &Words, subject: Subject, ours: &str, theirs: &str) -> String {
    let said = |text: &str| match text {
        "" => words.get("problem-differs-nothing").to_owned(),
        count if subject.is_number() => words.digits(count),
        text => words.with("problem-differs-text", &[("text", text)]),
    };
    let (subject, ours, theirs) = (subject.translated(words), said(ours), said(theirs));
    words.with("problem-differs", &[("subject", &subject), ("ours", &ours), ("theirs", &theirs)])
}

/// What is said of a slip in prose.
fn prose_name(kind: Check) -> &'static str {
    match kind {
        Check::SpaceBeforeSign => "problem-space-before-sign",
        Check::NoSpaceAfterSign => "problem-no-space-after-sign",
        Check::SignTwice => "problem-sign-twice",
        Check::NoFullStop => "problem-no-full-stop",
        Check::SmallLetter => "problem-small-letter",
        Check::NoSuchDay => "problem-no-such-day",
        Check::TenseOfDate => "problem-tense-of-date",
        Check::Honorifics => "problem-honorifics",
        Check::ListedTitles => "problem-listed-titles",
        Check::DigitGroups => "problem-digit-groups",
        Check::Hours => "problem-hours",
        Check::Variants => "problem-variants",
        _ => "problem-confused-words",
    }
}

impl Localise for FaultKind {
    fn translated(&self, words: &Words) -> String {
        let sign = |c: char| format!("\u{25CC}{c}");
        match *self {
            Self::CoengAlone => words.get("fault-coeng-alone").to_owned(),
            Self::CoengTwice => words.get("fault-coeng-twice").to_owned(),
            Self::NoBase => words.get("fault-no-base").to_owned(),
            Self::SubscriptAlone => words.get("fault-subscript-alone").to_owned(),
            Self::SignTwice(c) => words.with("fault-sign-twice", &[("sign", &sign(c))]),
            Self::SubscriptTwice(c) => words.with("fault-subscript-twice", &[("letter", &c.to_string())]),
            Self::UForShifter => words.get("fault-u-for-shifter").to_owned(),
            Self::TwoVowels => words.get("fault-two-vowels").to_owned(),
            Self::TwoShifters => words.get("fault-two-shifters").to_owned(),
            Self::OutOfOrder => words.get("fault-out-of-order").to_owned(),
            Self::NeverTogether => words.get("fault-never-together").to_owned(),
            Self::WrongShifter(c) => words.with("fault-wrong-shifter", &[("sign", &sign(c))]),
            Self::GivenUp(c) => words.with("fault-given-up", &[("code", &format!("U+{:04X}", u32::from(c)))]),
        }
    }
}

impl Localise for Subject {
    fn translated(&self, words: &Words) -> String {
        let name = match self {
            Self::Date => "subject-date",
            Self::Weekday => "subject-weekday",
            Self::Hour => "subject-hour",
            Self::Number => "subject-number",
            Self::Percent => "subject-percent",
            Self::Money => "subject-money",
            Self::Person => "subject-person",
            Self::Place => "subject-place",
            Self::Signed => "subject-signed",
            Self::Paragraphs => "subject-paragraphs",
            Self::Headings => "subject-headings",
            Self::Items => "subject-items",
            Self::Signatories => "subject-signatories",
            Self::Bold => "subject-bold",
            Self::Links => "subject-links",
            Self::Quotations => "subject-quotations",
            Self::Unwritten => "subject-unwritten",
        };
        words.get(name).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::WindowLanguage;

    #[test]
    fn what_a_mend_does_is_said() {
        let words = Words::new(WindowLanguage::English);
        let said = ["", " ", "the"].map(|by| mend_words(&words, &Problem::DoubledSpace, by));
        assert_eq!(said, ["Delete it", "Put one ordinary space", "Write “the”"]);
        let said = mend_words(&words, &Problem::StraightQuote("“"), "“");
        assert_eq!(said, "Make all quotation marks of this text curly");
    }
}

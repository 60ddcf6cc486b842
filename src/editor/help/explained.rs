//! What each finding means and what to do about it, for the handbook and for the list of findings.
//!
//! Its invariant: the compiler refuses a kind of finding without an explanation, and the handbook lists
//! every explanation that a finding can have.

use crate::{
    editor::words::Words,
    khmer::FaultKind,
    proof::Problem,
    release::{Check, markup},
};

/// An explanation in the words of the window, its first sentence in bold; empty only if a translation's
/// marks do not close, which a test rules out.
pub fn text(words: &Words, name: &str) -> crate::release::RichText {
    markup::parse(words.get(name), markup::Marks::All).unwrap_or_default()
}

macro_rules! explanations {
    ($($pattern:pat => $name:literal,)*) => {
        /// The name of the explanation of a finding in `assets/i18n`.
        pub fn name(problem: &Problem) -> &'static str {
            match problem {
                $($pattern => $name,)*
            }
        }

        /// The names of all explanations, in the order of the handbook.
        pub const NAMES: &[&str] = &[$($name,)*];
    };
}

explanations! {
    Problem::NoTitle => "explain-no-title",
    Problem::NoHeadline => "explain-no-headline",
    Problem::NoBody => "explain-no-body",
    Problem::NoPlace => "explain-no-place",
    Problem::NoDate => "explain-no-date",
    Problem::EmptyItem | Problem::EmptyHeading | Problem::EmptyNote | Problem::EmptySignatory => "explain-empty",
    Problem::Unwritten(_) | Problem::OtherLanguage(_) => "explain-untranslated",
    Problem::Differs { .. } => "explain-differs",
    Problem::RightToLeft(_) => "explain-right-to-left",
    Problem::OpenPlaceholder(_) => "explain-open-placeholder",
    Problem::Misspelt { .. } => "explain-misspelt",
    Problem::SpeltTwoWays { .. } => "explain-spelt-two-ways",
    Problem::NotAsListed { .. } => "explain-not-as-listed",
    Problem::NotTheirTitle { .. } => "explain-not-their-title",
    Problem::WrongWeekday { .. } => "explain-wrong-weekday",
    Problem::WrongLunarDate { .. } => "explain-wrong-lunar-date",
    Problem::NoSuchDay { .. } | Problem::Prose { kind: Check::NoSuchDay, .. } => "explain-no-such-day",
    Problem::NoSuchHour { .. } => "explain-no-such-hour",
    Problem::Backwards { .. } => "explain-backwards",
    Problem::FutureDate => "explain-future-date",
    Problem::PastDate => "explain-past-date",
    Problem::DoubledWord(_) => "explain-doubled-word",
    Problem::DoubledSpace => "explain-doubled-space",
    Problem::HardSpace => "explain-hard-space",
    Problem::Prose { kind: Check::SpaceBeforeSign, .. } => "explain-space-before-sign",
    Problem::Prose { kind: Check::NoSpaceAfterSign, .. } => "explain-no-space-after-sign",
    Problem::Prose { kind: Check::SignTwice, .. } => "explain-sign-twice",
    Problem::Prose { kind: Check::NoFullStop, .. } => "explain-no-full-stop",
    Problem::Prose { kind: Check::SmallLetter, .. } => "explain-small-letter",
    Problem::Prose { kind: Check::TenseOfDate, .. } => "explain-tense-of-date",
    Problem::Prose { kind: Check::Honorifics, .. } => "explain-honorifics",
    Problem::Prose { kind: Check::ListedTitles, .. } => "explain-listed-titles",
    Problem::Prose { kind: Check::DigitGroups, .. } => "explain-digit-groups",
    Problem::Prose { kind: Check::Hours, .. } => "explain-hours",
    Problem::Prose { kind: Check::Variants, .. } => "explain-variants",
    Problem::Prose { .. } => "explain-confused-words",
    Problem::StraightQuote(_) => "explain-straight-quote",
    Problem::TwoHyphens(_) => "explain-two-hyphens",
    Problem::Unclosed(_) => "explain-unclosed",
    Problem::StopWithoutSpace(_) => "explain-stop-without-space",
    Problem::NoEndMark | Problem::EndsInStop => "explain-no-end-mark",
    Problem::KhmerSlip { .. } => "explain-khmer-slip",
    Problem::MixedDigits(_) => "explain-mixed-digits",
    Problem::Khmer {
        kind: FaultKind::CoengAlone | FaultKind::CoengTwice | FaultKind::SubscriptAlone | FaultKind::SubscriptTwice(_),
        ..
    } => "explain-khmer-subscript",
    Problem::Khmer { kind: FaultKind::NoBase, .. } => "explain-khmer-no-base",
    Problem::Khmer {
        kind:
            FaultKind::SignTwice(_)
            | FaultKind::UForShifter
            | FaultKind::TwoVowels
            | FaultKind::TwoShifters
            | FaultKind::OutOfOrder
            | FaultKind::NeverTogether
            | FaultKind::WrongShifter(_)
            | FaultKind::GivenUp(_),
        ..
    } => "explain-khmer-marks",
    Problem::TooManyPages => "explain-too-many-pages",
    Problem::TooLongToFit(_) => "explain-too-long-to-fit",
    Problem::MissingCharacters(_) => "explain-missing-characters",
    Problem::MissingPicture(_) => "explain-picture-missing",
    Problem::Picture(..) => "explain-picture",
    Problem::PictureWithoutAlternative(_) => "explain-picture-alternative",
    Problem::CoarsePicture(..) => "explain-picture-coarse",
    Problem::Emblem(..) => "explain-emblem",
    Problem::NoAlternative => "explain-no-alternative",
    Problem::CoarseEmblem(_) => "explain-coarse-emblem",
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{release::Style, storage::WindowLanguage};

    #[test]
    fn each_is_there_once_and_begins_with_what_it_is_about() {
        for language in WindowLanguage::ALL {
            let words = Words::new(language);
            let mut seen = std::collections::HashSet::new();
            for name in NAMES {
                let text = text(&words, name);
                assert!(seen.insert(text.as_str().to_owned()), "{language:?}: {name}");
                let runs: Vec<_> = text.runs().map(|(range, style)| (range.len(), style)).collect();
                assert!(matches!(runs[..], [(_, Style::BOLD), (20.., Style::PLAIN)]), "{language:?}: {name}: {runs:?}");
            }
        }
    }
}

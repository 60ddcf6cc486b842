//! Checks on a release before it goes out.
//!
//! Knows the document and its pages; says what is missing, looks like a slip or would print badly,
//! and where. It never changes anything: the user decides.
//!
//! | file | what it looks for |
//! |---|---|
//! | `problem` | nothing: it says what can be the matter, and how it is mended |
//! | `reading` | nothing: it puts what was found in the order of the page |
//! | `wording` | slips of the hand in one text |
//! | `hours` | hours that no day has |
//! | `khmer` | those that only Khmer has |
//! | `khmer_slips` | slips in common Khmer words, for `khmer_spelling` |
//! | `khmer_spelling` | misspelt Khmer words |
//! | `khmer_variants` | Khmer words that are spelt in two ways, each of them right |
//! | `calendar` | weekdays and lunar dates that do not fit their dates |
//! | `names` | names spelt in two ways |
//! | `english` | what is wrong in English prose |
//! | `money` | a currency written in two ways |
//! | `two_ways` | nothing: of two ways of writing it finds the rarer |
//! | `listed` | names that are not as the roster has them |
//! | `titled` | honorifics and offices that are not as the roster has them |
//! | `spelling` | English words that no dictionary has |
//! | `straight` | straight quotation marks and double hyphens |
//! | `unwritten` | texts that are empty, or still in the other language |

mod calendar;
pub mod counterpart;
mod english;
mod hours;
mod khmer;
mod khmer_slips;
mod khmer_spelling;
mod khmer_variants;
mod listed;
mod money;
mod names;
mod problem;
mod reading;
mod slips;
mod spelling;
mod straight;
mod titled;
mod two_ways;
mod unwritten;
mod wording;

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use chrono::{Days, NaiveDate};
pub use problem::{Problem, Weight};
pub use reading::in_reading_order;
pub use spelling::places_of;

use crate::{
    artwork::ArtworkError,
    khmer::{faults, proposed},
    release::{Check, Field, Release, SigningDate, is_blank, placeholders::Open},
    roster::Roster,
    typeset::{Fitted, PRINT_DPI, Pages, Picture, breaks::KnownWords},
};

/// A date of signature further back, in days, is most likely one of another release.
const LONG_PAST: u64 = 60;

/// Something that the user should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where to look, if it is a field.
    pub field: Option<Field>,
    /// The place in the field's text, in bytes; empty if it is the whole field.
    pub range: Range<usize>,
    /// What is the matter.
    pub problem: Problem,
}

/// What a release is held against.
#[derive(Clone, Copy)]
pub struct Reference<'a> {
    /// The day of the check.
    pub today: NaiveDate,
    /// Why the picture that the release names cannot be used, if so.
    pub emblem: Option<&'a ArtworkError>,
    /// The user's own words.
    pub words: &'a KnownWords,
    /// The people whose names and titles are listed.
    pub roster: &'a Roster,
    /// The same release in the other language, if it was read.
    pub other: Option<&'a Release>,
}

/// Checks a release and its pages; what is found is in reading order.
pub fn check(release: &Release, pages: &Pages, reference: &Reference<'_>) -> Vec<Finding> {
    let mut findings = missing(release, reference.emblem);
    findings.extend(unfilled(release));
    findings.extend(unwritten::gaps(release));
    if let Some(other) = reference.other {
        findings.extend(unwritten::beside(release, other, reference.roster, &findings));
    }
    if pages.is_cut {
        findings.push(Finding { field: None, range: 0..0, problem: Problem::TooManyPages });
    }
    findings.extend(too_long(pages).map(|problem| Finding { field: None, range: 0..0, problem }));
    findings.extend(pictures(release, pages));
    if let Some(dpi) = coarsest(pages) {
        findings.push(Finding { field: None, range: 0..0, problem: Problem::CoarseEmblem(dpi) });
    }
    let characters: String = pages.missing_characters().into_iter().collect();
    if !characters.is_empty() {
        findings.push(Finding { field: None, range: 0..0, problem: Problem::MissingCharacters(characters) });
    }
    findings.extend(right_to_left(release));
    let mut doubts = dates(release, reference.today);
    for field in release.fields() {
        doubts.extend(marks(release, field));
        doubts.extend(wording(release, field));
    }
    doubts.extend(unwritten::in_other_script(release));
    let mut of_words = khmer::end_marks(release);
    of_words.extend(names::spelt_twice(release, reference.roster));
    of_words.extend(listed::not_as_listed(release, reference.roster));
    of_words.extend(khmer_spelling::misspelt(release, reference.words, reference.roster));
    // A month whose slip can only mean one is named with its mend alone.
    let mended: Vec<_> = doubts.iter().filter(|doubt| matches!(doubt.problem, Problem::KhmerSlip { .. })).collect();
    of_words.retain(|(field, range, problem)| {
        let is_there = |slip: &&Finding| slip.field == Some(*field) && overlap(&slip.range, range);
        !matches!(problem, Problem::Misspelt { .. }) || !mended.iter().any(is_there)
    });
    of_words.extend(titled::not_theirs(release, reference.roster));
    let prose = english::slips(release, reference.roster).into_iter().chain(khmer_variants::two_ways(release));
    let prose = prose.chain(khmer::two_ways(release));
    let is_known = |(field, range, _): &(Field, Range<usize>, Problem)| {
        of_words.iter().any(|(other, place, _)| other == field && overlap(place, range))
    };
    let prose: Vec<_> = prose.filter(|found| !is_known(found)).collect();
    let mut misspelt = spelling::misspelt(release, reference.words, reference.roster);
    // A word whose slip is known is named with its mend alone.
    let is_checked = !release.unchecked.contains(&Check::ConfusedWords);
    let is_confused = |problem: &Problem| matches!(problem, Problem::Prose { kind: Check::ConfusedWords, .. });
    misspelt.retain(|(field, range, _)| {
        let is_there = |(other, place, problem): &(Field, Range<usize>, Problem)| {
            other == field && overlap(place, range) && is_confused(problem)
        };
        !is_checked || !prose.iter().any(is_there)
    });
    of_words.extend(prose);
    of_words.extend(misspelt);
    doubts.extend(of_words.into_iter().map(|(field, range, problem)| Finding { field: Some(field), range, problem }));
    doubts.retain(|finding| finding.problem.check().is_none_or(|check| !release.unchecked.contains(&check)));
    findings.extend(doubts);
    in_reading_order(&mut findings);
    findings
}

/// What a release cannot do without.
fn missing(release: &Release, emblem: Option<&ArtworkError>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut find = |field, problem| findings.push(Finding { field, range: 0..0, problem });
    if is_blank(&release.title) {
        find(Some(Field::Title), Problem::NoTitle);
    }
    if is_blank(&release.headline) {
        find(Some(Field::Headline), Problem::NoHeadline);
    }
    if release.body.iter().all(|paragraph| is_blank(paragraph.text.as_str())) {
        find(Some(Field::Paragraph(0)), Problem::NoBody);
    }
    for (index, at, _) in release.notes().filter(|(.., note)| is_blank(note.as_str())) {
        find(Some(Field::Note(index, at)), Problem::EmptyNote);
    }
    if is_blank(&release.signature.place) {
        find(Some(Field::Place), Problem::NoPlace);
    }
    if release.signature.date == SigningDate::Unset {
        find(None, Problem::NoDate);
    }
    if let Some(named) = &release.letterhead.emblem {
        if let Some(error) = emblem {
            find(None, Problem::Emblem(named.file.clone(), error.clone()));
        } else if is_blank(&named.alternative) {
            find(None, Problem::NoAlternative);
        }
    }
    findings
}

/// The placeholders that are open, each once. In a template they are as they should be.
fn unfilled(release: &Release) -> Vec<Finding> {
    let mut seen = HashSet::new();
    let mut open = release.open_placeholders();
    open.retain(|open| release.template.is_none() && seen.insert(open.name.clone()));
    let asked: HashMap<&str, &str> =
        release.placeholders.iter().map(|one| (one.name.as_str(), one.question())).collect();
    let finding = |Open { field, range, name }| {
        let question = asked.get(name.as_str()).map_or(name.clone(), |question| (*question).to_owned());
        Finding { field, range, problem: Problem::OpenPlaceholder(question) }
    };
    open.into_iter().map(finding).collect()
}

/// A date of signature that can hardly be meant.
fn dates(release: &Release, today: NaiveDate) -> Vec<Finding> {
    let problem = release.signature.date.day().and_then(|date| {
        let oldest = today.checked_sub_days(Days::new(LONG_PAST)).unwrap_or(NaiveDate::MIN);
        (date > today).then_some(Problem::FutureDate).or((date < oldest).then_some(Problem::PastDate))
    });
    problem.map(|problem| Finding { field: None, range: 0..0, problem }).into_iter().collect()
}

/// The first letters of each text that are written from right to left: a line of them is set backwards.
fn right_to_left(release: &Release) -> Vec<Finding> {
    // The blocks of Hebrew, Arabic and their neighbours, and of their presentation forms.
    let is_letter = |c: char| matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}');
    let first = |field: Field| {
        let text = release.text(field)?;
        let start = text.as_str().find(is_letter)?;
        let rest = text.as_str().get(start..)?;
        let length = rest.find(|c: char| !is_letter(c) && c != ' ').unwrap_or(rest.len());
        let letters = rest.get(..length)?.trim_end().to_owned();
        Some(Finding {
            field: Some(field),
            range: start..start + letters.len(),
            problem: Problem::RightToLeft(letters),
        })
    };
    release.fields().filter_map(first).collect()
}

/// The slips in a field's text.
fn wording(release: &Release, field: Field) -> Vec<Finding> {
    let Some(text) = release.text(field) else { return Vec::new() };
    let next = match field {
        Field::Paragraph(index) => release.body.get(index + 1),
        _ => None,
    };
    let goes_on = next.is_some_and(|next| next.text.as_str().starts_with(['“', '«']));
    let mut slips = wording::slips(text.as_str(), goes_on);
    slips.extend(straight::marks(text.as_str(), release.language, field == Field::Headline));
    slips.into_iter().map(|(range, problem)| Finding { field: Some(field), range, problem }).collect()
}

/// What is wrong with the pictures of the text.
fn pictures(release: &Release, pages: &Pages) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, block) in release.body.iter().enumerate() {
        let Some(picture) = &block.picture else { continue };
        let name = &picture.name;
        let mut find = |problem| findings.push(Finding { field: Some(Field::Paragraph(index)), range: 0..0, problem });
        if let Some((_, error)) = pages.refused.iter().find(|(paragraph, _)| *paragraph == index) {
            find(refused_picture(name, error.as_ref()));
        }
        if picture.alternative.trim().is_empty() {
            find(Problem::PictureWithoutAlternative(name.clone()));
        }
        let placed = pages.pages.iter().flat_map(|page| &page.pictures).find(|other| other.paragraph == Some(index));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "no picture has so many dots")]
        let coarse = placed.and_then(Picture::dots_per_inch).map(|dpi| dpi.round() as u32);
        if let Some(dpi) = coarse.filter(|dpi| *dpi < LEAST_DPI) {
            find(Problem::CoarsePicture(name.clone(), dpi));
        }
    }
    findings
}

/// Why a picture of the text is not on the pages; without a reason it is not there.
fn refused_picture(name: &str, error: Option<&ArtworkError>) -> Problem {
    match error {
        Some(error) => Problem::Picture(name.to_owned(), error.clone()),
        None => Problem::MissingPicture(name.to_owned()),
    }
}

/// A text that is too long for the number of pages that is asked for.
pub fn too_long(pages: &Pages) -> Option<Problem> {
    match pages.fitted {
        Some(Fitted::TooLong { lines }) => Some(Problem::TooLongToFit(lines)),
        _ => None,
    }
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// What is wrong with the pictures of the text that are not on the pages, in their order.
pub fn refused_pictures(release: &Release, pages: &Pages) -> Vec<Problem> {
    let picture = |index: usize| release.body.get(index).and_then(|block| block.picture.as_ref());
    let refused = pages.refused.iter();
    refused.filter_map(|(index, error)| Some(refused_picture(&picture(*index)?.name, error.as_ref()))).collect()
}

/// The least pixels to an inch with which a picture of the text looks well in print: half of what an emblem wants,
/// whose lines are finer.
const LEAST_DPI: u32 = 150;

/// The pixels to an inch of the coarsest picture, if it is too coarse for print.
fn coarsest(pages: &Pages) -> Option<u32> {
    let pictures = pages.pages.iter().flat_map(|page| &page.pictures).filter(|picture| picture.paragraph.is_none());
    // Less than half a dot is the rounding of lengths.
    let coarse = pictures.filter_map(Picture::dots_per_inch).filter(|&dpi| dpi < PRINT_DPI - 0.5);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 300")]
    coarse.map(|dpi| dpi.round() as u32).min()
}

/// The faults of a field's Khmer, each once.
fn marks(release: &Release, field: Field) -> Vec<Finding> {
    let Some(text) = release.text(field) else { return Vec::new() };
    let mut seen = HashSet::new();
    let mut findings = Vec::new();
    for fault in faults(text.as_str()) {
        let characters = text.as_str().get(fault.range.clone()).unwrap_or_default();
        if seen.insert((fault.kind, characters.to_owned())) {
            let proposal = proposed(characters);
            let problem = Problem::Khmer { kind: fault.kind, characters: characters.to_owned(), proposal };
            findings.push(Finding { field: Some(field), range: fault.range, problem });
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        khmer::FaultKind,
        release::{Paragraph, Placeholder, RichText},
        typeset::{Cache, typeset},
    };

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2023, 11, 2).unwrap()
    }

    /// What is found in a release and its pages on that day.
    fn checked(release: &Release, pages: &Pages) -> Vec<Finding> {
        let (words, roster) = (KnownWords::new(), Roster::default());
        check(release, pages, &Reference { today: today(), emblem: None, words: &words, roster: &roster, other: None })
    }

    fn problems(release: &Release) -> Vec<Problem> {
        let pages = typeset(release, None, &mut Cache::default());
        checked(release, &pages).into_iter().map(|finding| finding.problem).collect()
    }

    #[test]
    fn a_text_too_long_for_the_pages_asked_for_is_found() {
        let body = (0..80).map(|number| Paragraph::new(RichText::plain(format!("The item {number} is here."))));
        let mut release = Release { body: body.collect(), ..Release::default() };
        let is_said = |release: &Release| {
            problems(release).into_iter().find(|problem| matches!(problem, Problem::TooLongToFit(2..)))
        };
        assert_eq!(is_said(&release), None);
        release.page.fit = crate::release::Fit::OnePage;
        let said = is_said(&release).unwrap().to_string();
        assert!(said.contains("lines too long for so few pages"), "{said}");
        assert!(Problem::TooLongToFit(1).to_string().contains("is 1 line too long"));
    }

    #[test]
    fn a_picture_without_room_is_not_said_to_be_missing() {
        let mut problem = Problem::MissingPicture("a.svg".into());
        problem.say_why_missing(|_| None);
        assert_eq!(problem, Problem::MissingPicture("a.svg".into()));
        problem.say_why_missing(|_| Some(ArtworkError::NoRoom));
        let said = problem.to_string();
        assert!(said.contains("a.svg has no room in the draft beside what that holds"), "{said}");
        assert!(said.ends_with("make the picture smaller"), "{said}");
    }

    #[test]
    fn an_empty_release_lacks_everything() {
        use Problem::{NoBody, NoDate, NoHeadline, NoPlace, NoTitle};
        assert_eq!(problems(&Release::default()), [NoTitle, NoHeadline, NoBody, NoPlace, NoDate]);
    }

    #[test]
    fn a_character_without_a_font_is_named_once() {
        let mut release = Release { title: "A \u{200B}".into(), headline: "🙂🙂".into(), ..Release::default() };
        release.signature.place = "Phnom Penh".into();
        release.signature.date = NaiveDate::from_ymd_opt(2023, 10, 30).into();
        release.body.push(Paragraph::new(RichText::plain("x")));
        assert_eq!(problems(&release), [Problem::MissingCharacters("🙂".into())]);
    }

    #[test]
    fn an_emblem_of_few_pixels_is_named_and_a_drawing_is_not() {
        use crate::artwork;
        let emblem = crate::release::Emblem { file: "seal.png".into(), alternative: "Seal".into(), height: None };
        let mut release = Release::default();
        release.letterhead.emblem = Some(emblem);
        let coarse = |bytes: &[u8]| {
            let emblem = artwork::decode(bytes).unwrap();
            let pages = typeset(&release, Some(&emblem), &mut Cache::default());
            checked(&release, &pages).into_iter().find_map(|finding| match finding.problem {
                Problem::CoarseEmblem(dpi) => Some(dpi),
                _ => None,
            })
        };
        let png = |side: u32| {
            let mut bytes = Vec::new();
            image::RgbaImage::new(side, side)
                .write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png)
                .unwrap();
            bytes
        };
        assert!(coarse(&png(100)).is_some_and(|dpi| (50..200).contains(&dpi)));
        assert_eq!(coarse(&png(1000)), None);
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0h9v9z'/></svg>";
        assert_eq!(coarse(svg), None);
    }

    #[test]
    fn what_would_be_set_backwards_is_named() {
        let mut release = Release { title: "A".into(), headline: "B".into(), ..Release::default() };
        release.signature.place = "Phnom Penh".into();
        release.signature.date = SigningDate::Day(today());
        release.body.push(Paragraph::new(RichText::plain("Greetings: שלום עולם.")));
        assert_eq!(problems(&release), [Problem::RightToLeft("שלום עולם".into())]);
    }

    #[test]
    fn a_fault_of_khmer_is_named_once_with_its_field() {
        let mut release = Release { title: "A".into(), headline: "កកា់ា".into(), ..Release::default() };
        release.body.push(Paragraph::new(RichText::plain("ក្ ខ ក្")));
        let pages = typeset(&release, None, &mut Cache::default());
        let findings = checked(&release, &pages);
        let found: Vec<_> = findings
            .iter()
            .filter_map(|finding| match &finding.problem {
                Problem::Khmer { kind, .. } => Some((finding.field, *kind, finding.range.clone())),
                _ => None,
            })
            .collect();
        assert_eq!(
            found,
            [
                (Some(Field::Headline), FaultKind::SignTwice('ា'), 3..15),
                (Some(Field::Paragraph(0)), FaultKind::CoengAlone, 0..6),
            ]
        );
        let found = findings.iter().find(|finding| finding.field == Some(Field::Paragraph(0)));
        let shown = found.map(|finding| finding.in_line(&release)).unwrap_or_default();
        assert_eq!(shown, "Paragraph 1: A subscript sign (coeng) joins nothing: “ក្”. Type the letter again");
    }

    #[test]
    fn a_check_is_switched_off_for_a_draft() {
        let mut release = Release { title: "A".into(), headline: "the the".into(), ..Release::default() };
        release.signature.place = "Phnom Penh".into();
        release.signature.date = NaiveDate::from_ymd_opt(2023, 8, 1).into();
        release.body.push(Paragraph::new(RichText::plain("x  y")));
        let all = [Problem::DoubledWord("the".into()), Problem::DoubledSpace, Problem::PastDate];
        assert_eq!(problems(&release), all);
        release.unchecked = vec![Check::DoubledWords, Check::PastDate];
        assert_eq!(problems(&release), [Problem::DoubledSpace]);
        release.signature.date = NaiveDate::from_ymd_opt(2023, 11, 3).into();
        assert_eq!(problems(&release), [Problem::DoubledSpace, Problem::FutureDate]);
    }

    #[test]
    fn placeholders_are_named_until_they_are_filled() {
        let mut release = Release { title: "A".into(), headline: "{{who}} and {{who}}".into(), ..Release::default() };
        release.signature.place = "Phnom Penh".into();
        release.signature.date = SigningDate::Placeholder("signed".into());
        release.placeholders = vec![Placeholder { prompt: "Who came?".into(), ..Placeholder::of("who") }];
        release.body.push(Paragraph::new(RichText::plain("x")));
        let pages = typeset(&release, None, &mut Cache::default());
        let said: Vec<_> = checked(&release, &pages).iter().map(|finding| finding.in_line(&release)).collect();
        assert_eq!(said, ["Headline: “Who came?” is still to be filled in", "“signed” is still to be filled in"]);
        release.template = Some(crate::release::Template::default());
        assert_eq!(problems(&release), []);
    }

    #[test]
    fn a_quotation_may_run_over_paragraphs() {
        let mut release = Release { title: "A".into(), headline: "B".into(), ..Release::default() };
        release.signature.place = "Phnom Penh".into();
        release.signature.date = SigningDate::Day(today());
        release.body = ["“one", "“two”", "(three"].map(|text| Paragraph::new(RichText::plain(text))).to_vec();
        let pages = typeset(&release, None, &mut Cache::default());
        let said: Vec<_> = checked(&release, &pages).iter().map(|finding| finding.in_line(&release)).collect();
        assert_eq!(said, ["Paragraph 3: ( has no pair"]);
    }
}

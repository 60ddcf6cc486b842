//! Names of people, as far as their titles give them away.
//!
//! The model has never met most names and takes them apart (ចិន្តា|សោភា), the worst of its errors in
//! a press release, which is full of them. There they come after a title, and with a space on either
//! side and between their parts: ឯកឧត្តម សុខ ចិន្តាសោភា. That is all this looks for.
//!
//! Must never know: lists of names.
//!
//! Invariant: a name is one run of Khmer letters, short, and bounded by something else on both sides.

use std::ops::Range;

use super::together::ends_with_title;
use crate::{
    khmer::characters::is_in_words,
    release::titles::{KHMER as TITLES, KHMER_NOBLE},
};

/// Words with which what follows a title begins if it is no name but goes on with the sentence.
#[rustfmt::skip]
const NO_NAMES: &[&str] = &[
    "បាន", "ក៏", "ដែល", "និង", "នៅ", "នឹង", "មាន", "ជា", "ត្រូវ", "ក្នុង", "ពី", "ដោយ", "ដើម្បី", "គឺ", "ទៅ",
    "មក", "ចំពោះ", "របស់", "សូម", "អញ្ជើញ", "ថ្លែង", "មានប្រសាសន៍", "លើក", "ស្នើ", "ជួប", "ធ្វើ", "បន្ត", "បញ្ជាក់",
    "ស្វាគមន៍", "កោតសរសើរ", "សម្តែង", "សង្ឃឹម", "គូស", "ចូលរួម", "ផ្ញើ", "ទទួល", "នាំ", "ដឹកនាំ", "អំពាវនាវ", "ប្រកាស", "គោរព",
];

/// Surnames that are also such words. They are names if another name follows.
const SURNAMES: &[&str] = &["ជា", "មក"];

/// Offices that follow a title. After one, written together with the title, a name may come as well.
#[rustfmt::skip]
const OFFICES: &[&str] = &[
    "ឧបនាយករដ្ឋមន្ត្រី", "នាយករដ្ឋមន្ត្រី", "រដ្ឋមន្ត្រី", "រដ្ឋលេខាធិការ", "អនុរដ្ឋលេខាធិការ", "អគ្គលេខាធិការ",
    "អគ្គនាយក", "អគ្គរដ្ឋទូត", "ឯកអគ្គរដ្ឋទូត", "រដ្ឋទូត", "ប្រធានាធិបតី", "ប្រធាន", "អនុប្រធាន", "អភិបាល", "ប្រតិភូ", "សមាជិក",
];

/// No part of a name is longer, in characters: the sample's are up to ten, and the longest that are
/// usual (សុវណ្ណរិទ្ធិវង្សា) some more. What is longer after a title is the rest of a sentence.
const LONGEST: usize = 20;

/// Family name and given name. A third word after a title is more often the sentence going on, unless an office is
/// behind it.
const PARTS: usize = 2;

/// The titles that are also written together with the name: of a king, and His Excellency, after whom a second name
/// comes.
const KING: &str = "ព្រះបាទ";
const EXCELLENCY: [&str; 2] = ["ឯកឧត្តម", "ឯកឧត្ដម"];

/// Where the parts of names are, as byte ranges, ascending.
pub fn names(text: &str) -> Vec<Range<usize>> {
    let mut names = Vec::new();
    // Titles are of Khmer, of which every character begins so.
    if !text.as_bytes().contains(&0xE1) {
        return names;
    }
    let has_king = text.contains(KING);
    // How many parts of a name may still come, and whether the last run was the second part of one.
    let (mut parts, mut is_second) = (0, false);
    let mut end_of_last = 0;
    let mut runs = khmer_runs(text).peekable();
    while let Some(run) = runs.next() {
        let Some(word) = text.get(run.clone()) else { continue };
        let between = text.get(end_of_last..run.start).unwrap_or_default();
        end_of_last = run.end;
        // More than spaces (or the stars of bold type in plain text) between two runs ends a name: a
        // stop, a quotation, a number.
        if !between.chars().all(is_space_or_star) {
            (parts, is_second) = (0, false);
        }
        // The run behind spaces.
        let next = runs.peek().and_then(|next| Some((text.get(run.end..next.start)?, text.get(next.clone())?)));
        let next = next.filter(|(between, _)| between.chars().all(is_space_or_star)).map(|(_, next)| next);
        let goes_on = || next.is_some_and(is_name);
        if parts > 0 && (is_name(word) || parts == PARTS && SURNAMES.contains(&word) && goes_on()) {
            names.push(run);
            parts -= 1;
            is_second = parts == 0;
            continue;
        }
        if std::mem::take(&mut is_second) && is_name(word) && next.is_some_and(begins_with_office) {
            names.push(run);
            continue;
        }
        let king = if has_king { word.rfind(KING).map(|at| at + KING.len()) } else { None };
        let excellency = || EXCELLENCY.iter().find(|title| word.starts_with(**title)).map(|title| title.len());
        let joined = |at: usize| word.get(at..).is_some_and(|name| !name.is_empty() && is_joined_name(name));
        if let Some(at) = king.filter(|at| joined(*at)).or_else(|| excellency().filter(|at| joined(*at) && goes_on())) {
            names.push(run.start + at..run.end);
            parts = PARTS - 1;
            continue;
        }
        parts = if ends_with_title(word, TITLES)
            || ends_with_noble_title(word)
            || TITLES.iter().any(|title| names_office(word, title))
        {
            PARTS
        } else if TITLES.iter().filter_map(|title| word.strip_prefix(title)).any(is_name) {
            // លោកសុខ ចិន្តាសោភា: the family name is written together with the title.
            PARTS - 1
        } else {
            0
        };
    }
    names
}

/// Where a name may begin in a run of Khmer: right behind each title that is there, ascending.
pub fn after_titles(run: &str) -> Vec<usize> {
    let ends = TITLES.iter().flat_map(|title| run.match_indices(title).map(|(at, title)| at + title.len()));
    let mut ends: Vec<usize> =
        ends.filter(|&end| run.get(..end).is_some_and(|said| ends_with_title(said, TITLES))).collect();
    ends.sort_unstable();
    ends.dedup();
    ends
}

/// The honorific that a text ends with: what is right before a name. `None` if there is none.
pub fn honorific_before(text: &str) -> Option<&'static str> {
    let said = text.trim_end_matches(|c: char| is_space_or_star(c) || c == '\u{200B}');
    let near = TITLES.iter().filter(|title| ends_with_title(said, &[title]));
    near.max_by_key(|title| title.len()).copied().filter(|title| *title != "ឈ្មោះ")
}

/// The office that a text begins with: what is right behind a name. `None` if there is none.
pub fn office_after(text: &str) -> Option<&'static str> {
    let said = text.trim_start_matches(|c: char| is_space_or_star(c) || c == '\u{200B}');
    OFFICES.iter().filter(|office| said.starts_with(**office)).max_by_key(|office| office.len()).copied()
}

/// Runs of Khmer letters.
fn khmer_runs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let tail = text.get(rest..)?;
        let start = rest + tail.find(is_in_words)?;
        let tail = text.get(start..)?;
        rest = start + tail.find(|c| !is_in_words(c)).unwrap_or(tail.len());
        Some(start..rest)
    })
}

fn is_space_or_star(c: char) -> bool {
    c.is_whitespace() || c == '*'
}

fn is_name(word: &str) -> bool {
    word.chars().nth(LONGEST).is_none()
        && !NO_NAMES.iter().chain(OFFICES).any(|start| word.starts_with(start))
        && !TITLES.contains(&word)
}

/// Whether what is written together with a title is a name, and no further title.
fn is_joined_name(word: &str) -> bool {
    is_name(word) && !word.starts_with("ព្រះ") && !TITLES.iter().chain(KHMER_NOBLE).any(|title| word.starts_with(title))
}

fn begins_with_office(word: &str) -> bool {
    OFFICES.iter().any(|office| word.starts_with(office))
}

/// A title of the kingdom, whose parts are written together: សម្តេចតេជោ, ព្រះករុណាព្រះបាទសម្តេចព្រះបរមនាថ.
fn ends_with_noble_title(word: &str) -> bool {
    ends_with_title(word, KHMER_NOBLE) && ["សម្តេច", "សម្ដេច", "ព្រះ"].iter().any(|title| word.contains(title))
}

/// A title and an office, no more: លោកជំទាវរដ្ឋមន្ត្រី.
fn names_office(word: &str, title: &str) -> bool {
    word.strip_prefix(title).is_some_and(|rest| OFFICES.contains(&rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        names(text).into_iter().map(|name| &text[name]).collect()
    }

    #[test]
    fn names_follow_titles() {
        assert_eq!(found("ឯកឧត្តម សុខ ចិន្តាសោភា ឧបនាយករដ្ឋមន្ត្រី"), ["សុខ", "ចិន្តាសោភា"]);
        assert_eq!(found("ជាមួយលោកជំទាវ កាមិកាវ៉ា យ៉ូកុ រដ្ឋមន្ត្រី"), ["កាមិកាវ៉ា", "យ៉ូកុ"]);
        assert_eq!(found("លោកសុខ ចិន្តាសោភា បាន"), ["ចិន្តាសោភា"]);
        assert_eq!(found("ឯកឧត្តម ឌិត សុវណ្ណរិទ្ធិវង្សា និងលោក ជា ចាន់ថារិទ្ធ"), ["ឌិត", "សុវណ្ណរិទ្ធិវង្សា", "ជា", "ចាន់ថារិទ្ធ"]);
        assert_eq!(found("និងសម្តេចតេជោ ហ៊ុន សែន បាន"), ["ហ៊ុន", "សែន"]);
        assert_eq!(found("សម្ដេចពិជ័យសេនា ទៀ បាញ់ ប្រធានក្រុម"), ["ទៀ", "បាញ់"]);
        assert_eq!(found("ព្រះបាទ នរោត្តម សីហមុនី"), ["នរោត្តម", "សីហមុនី"]);
        assert_eq!(found("លោកជំទាវរដ្ឋមន្ត្រី កាមិកាវ៉ា បានបញ្ជាក់"), ["កាមិកាវ៉ា"]);
    }

    #[test]
    fn names_are_written_together_with_a_title() {
        assert_eq!(found("នៃព្រះបាទនរោត្តម សីហមុនី បានយាងទៅ"), ["នរោត្តម", "សីហមុនី"]);
        assert_eq!(found("ព្រះបាទជ័យវរ្ម័នទី៧ បានកសាង"), ["ជ័យវរ្ម័នទី"]);
        assert_eq!(found("ព្រះបាទមហាវជិរាឡុងកន បានយាងមក"), ["មហាវជិរាឡុងកន"]);
        assert_eq!(found("ព្រះបាទសម្តេចព្រះបរមនាថ នរោត្តម សីហមុនី"), ["នរោត្តម", "សីហមុនី"]);
        assert_eq!(found("ឯកឧត្តមប្រាក់ សុខុន ឧបនាយករដ្ឋមន្ត្រី"), ["ប្រាក់", "សុខុន"]);
        assert_eq!(found("ឯកឧត្តមបណ្ឌិត អូន ព័ន្ធមុនីរ័ត្ន បានថ្លែង"), ["អូន", "ព័ន្ធមុនីរ័ត្ន"]);
        // An office behind a third part tells that it is one.
        assert_eq!(found("ឯកឧត្តម ចន ម៉ាកាយ អេស្ពីណូសា ឯកអគ្គរដ្ឋទូត"), ["ចន", "ម៉ាកាយ", "អេស្ពីណូសា"]);
        for sentence in ["ព្រះបាទបានយាងទៅ", "ឯកឧត្តមទាំងពីរ បានជួប", "ឯកឧត្តមរដ្ឋមន្ត្រី បានថ្លែង"]
        {
            assert_eq!(found(sentence), Vec::<&str>::new(), "{sentence}");
        }
    }

    #[test]
    fn a_name_may_begin_behind_a_title() {
        assert_eq!(after_titles("ជាមួយលោកជំទាវកាមិ"), ["ជាមួយលោក".len(), "ជាមួយលោកជំទាវ".len()]);
        assert_eq!(after_titles("ក្នុងពិភពលោកកាមិ"), Vec::<usize>::new());
    }

    #[test]
    fn sentences_are_no_names() {
        assert!(found("លោក បានបន្ថែមថា នៅពេលនេះ").is_empty());
        assert!(found("លោក ជា ប្រធានក្រុមប្រឹក្សា").is_empty());
        assert!(found("លោក (សុខា)").is_empty());
        assert!(found("ប្រធានាធិបតី អាមេរិក ថ្មី").is_empty());
        assert!(found("ក្នុងពិភពលោកនៅឆ្នាំនេះ ចិន្តាសោភា").is_empty());
        assert!(found("ក្នុងពិភពលោក ចិន្តាសោភា").is_empty());
    }
}

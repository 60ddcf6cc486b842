//! The lines below the text of a Word file from elsewhere: its date, by both calendars, and who signs.
//!
//! Invariant: a line is taken as a whole or stays in the text; lines of which one is nothing certain all stay.

use std::ops::Range;

use chrono::NaiveDate;

use super::{
    block::Block,
    lines::{LINE, certain_date, ends_in_stop, has_figure, is_sentence, without_quotes, words},
    lost::{Losses, lose_lunar_date},
};
use crate::{
    dates::{LunarDate, to_arabic_digits},
    khmer::is_khmer,
    release::{Cell, Columns, Language, Release, Signatory, SigningDate},
};

/// The date is looked for in so many blocks at the end.
const FROM_END: usize = 8;
/// The most letters of a name.
const NAME: usize = 40;
/// The most words of a name.
const NAME_WORDS: usize = 5;

/// Beginnings of lines that say for whom one signs.
const PARTIES: [&str; 12] = [
    "FOR THE GOVERNMENT",
    "FOR THE ROYAL GOVERNMENT",
    "FOR THE MINISTRY",
    "FOR THE KINGDOM",
    "FOR THE REPUBLIC",
    "FOR THE EMBASSY",
    "FOR AND ON BEHALF OF",
    "ON BEHALF OF",
    "តំណាងរាជរដ្ឋាភិបាល",
    "តំណាងរដ្ឋាភិបាល",
    "ជំនួសរាជរដ្ឋាភិបាល",
    "ក្នុងនាម",
];
/// Words of which one is in the title of an office.
const OFFICES: [&str; 26] = [
    "MINISTER",
    "SECRETARY",
    "UNDERSECRETARY",
    "DIRECTOR",
    "SPOKESPERSON",
    "SPOKESMAN",
    "SPOKESWOMAN",
    "AMBASSADOR",
    "CHIEF",
    "HEAD",
    "PRESIDENT",
    "DEPUTY",
    "CHAIR",
    "CHAIRMAN",
    "CHAIRPERSON",
    "CONSUL",
    "OFFICER",
    "GOVERNOR",
    "REPRESENTATIVE",
    "CHARGÉ",
    "ADVISER",
    "ADVISOR",
    "COMMISSIONER",
    "COUNSELLOR",
    "MINISTRY",
    "DEPARTMENT",
];
/// Parts of Khmer words of which one is in the title of an office.
const KHMER_OFFICES: [&str; 9] = ["មន្ត្រី", "មន្រ្តី", "លេខាធិការ", "នាយក", "ប្រធាន", "អ្នកនាំពាក្យ", "រដ្ឋទូត", "ទីប្រឹក្សា", "អភិបាល"];

/// The line of place and date among the blocks from a place on: in a short line near the end.
pub fn dated(blocks: &[Block], from: usize) -> Option<usize> {
    let from = from.max(blocks.len().saturating_sub(FROM_END));
    let found = blocks.iter().enumerate().skip(from).rev().find(|(_, block)| {
        let text = words(&block.text);
        text.chars().count() <= LINE
            && block.list.is_none()
            && block.cell.is_none()
            && block.picture.is_none()
            && certain_date(&text).is_some()
    });
    // A text of nothing but a date is a text.
    found.map(|(at, _)| at).filter(|at| *at > 0)
}

/// The blocks at the end that are in columns made with tabs, the first of which says who signs for whom.
pub fn in_columns(blocks: &[Block]) -> Option<Range<usize>> {
    let count = |block: &Block| if is_line(block) { columns(block).len() } else { 0 };
    let many = blocks.last().map(count).filter(|count| *count > 1)?;
    let above = blocks.iter().rposition(|block| count(block) != many).map_or(0, |at| at + 1);
    let is_party = |block: &Block| columns(block).iter().all(|part| is_party(part));
    let first = blocks.iter().skip(above).position(is_party)? + above;
    (first + 1 < blocks.len()).then_some(first..blocks.len())
}

/// Takes place and date of a line.
pub fn take_date(release: &mut Release, block: &Block) {
    if let Some((place, day)) = certain_date(&words(&block.text)) {
        release.signature.place = place;
        release.signature.date = SigningDate::Day(day);
    }
}

/// Whether a line is that of a lunar date, right or wrong.
pub fn is_lunar(text: &str) -> bool {
    let is_day = text.starts_with("ថ្ងៃ") && !text.starts_with("ថ្ងៃទី");
    is_day && text.contains("ខែ") && ["កើត", "រោច"].iter().any(|phase| text.contains(phase)) && !ends_in_stop(text)
}

/// Takes the lunar date of a line if it is that of the day of the release, or else lists it; gives whether it is taken.
pub fn take_lunar_date(release: &mut Release, block: &Block, lost: &mut Losses) -> bool {
    let text = words(&block.text);
    let Some(day) = release.signature.date.day().filter(|_| is_lunar(&text) && block.cell.is_none()) else {
        return false;
    };
    if release.language == Language::Khmer && is_lunar_date_of(&text, day) {
        release.signature.lunar_date = true;
        return true;
    }
    lose_lunar_date(lost, &text);
    false
}

/// Whether a line is the lunar date of a day, at one of its hours: the animal may change on it.
fn is_lunar_date_of(text: &str, day: NaiveDate) -> bool {
    let bare = |text: &str| {
        let text = to_arabic_digits(text).replace("ពុទ្ធសករាជ", "ពស").replace("ច័ន្ទ", "ចន្ទ");
        text.replace(|c: char| c.is_whitespace() || ".,\u{200B}\u{200C}\u{FEFF}".contains(c), "")
    };
    let dates = [LunarDate::of(day), day.and_hms_opt(23, 59, 0).and_then(LunarDate::at)];
    dates.into_iter().flatten().any(|date| bare(&date.khmer_line()) == bare(text))
}

/// Takes those who sign, if the blocks are certainly nothing else; gives whether they are.
pub fn take_signatories(release: &mut Release, blocks: &[Block]) -> bool {
    let Some((signatories, columns)) = signatories(blocks) else { return false };
    if !signatories.is_empty() {
        release.signature.signatories = signatories;
    }
    if let Some(columns) = columns {
        release.signature.columns = columns;
    }
    true
}

/// Those who sign, and how many are beside each other if the lines say it.
fn signatories(blocks: &[Block]) -> Option<(Vec<Signatory>, Option<Columns>)> {
    let beside = if blocks.iter().all(is_line) { of_lines(blocks)? } else { of_table(blocks)? };
    if let [lines] = beside.as_slice() {
        return one_after_other(lines).map(|found| (found, None));
    }
    let columns = Columns::new(u8::try_from(beside.len()).ok()?);
    let mut signatories = Vec::new();
    for lines in &beside {
        let mut found = one_after_other(lines)?;
        signatories.push(found.pop().filter(|_| found.is_empty())?);
    }
    columns.map(|columns| (signatories, Some(columns)))
}

/// The columns of lines that all have as many parts between tabs.
fn of_lines(blocks: &[Block]) -> Option<Vec<Vec<String>>> {
    let lines: Vec<Vec<String>> = blocks.iter().map(columns).collect();
    let many = lines.first().map_or(1, Vec::len);
    let column = |index: usize| lines.iter().filter_map(|parts| parts.get(index).cloned()).collect();
    lines.iter().all(|parts| parts.len() == many).then(|| (0..many).map(column).collect())
}

/// The columns of a table, line by line.
fn of_table(blocks: &[Block]) -> Option<Vec<Vec<String>>> {
    let (mut columns, mut at): (Vec<Vec<String>>, usize) = (Vec::new(), 0);
    for block in blocks {
        at = if block.cell? == Cell::Beside { at + 1 } else { 0 };
        if block.text.notes().next().is_some() {
            return None;
        }
        columns.resize_with(columns.len().max(at + 1), Vec::new);
        let text = words(&block.text);
        columns.get_mut(at)?.extend(text.split('\n').filter(|line| !line.is_empty()).map(str::to_owned));
    }
    Some(columns)
}

/// Those who sign in lines below each other.
fn one_after_other(lines: &[String]) -> Option<Vec<Signatory>> {
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let mut signatories = Vec::new();
    let mut rest = lines.as_slice();
    while let [first, others @ ..] = rest {
        let is_for_party = is_party(first);
        let own = if is_for_party { others } else { rest };
        // Several without their parties are not told apart with certainty.
        let end = own.iter().position(|line| is_party(line)).filter(|_| is_for_party).unwrap_or(own.len());
        let (own, next) = own.split_at_checked(end)?;
        let mut signatory = named(own)?;
        if is_for_party {
            (*first).clone_into(&mut signatory.party);
        }
        signatories.push(signatory);
        rest = next;
    }
    Some(signatories)
}

/// The one whose name, title or both lines are, in either order.
fn named(lines: &[&str]) -> Option<Signatory> {
    let signatory = |title: &str, name: &str| {
        Some(Signatory { title: title.to_owned(), name: without_quotes(name), ..Signatory::default() })
    };
    match *lines {
        [only] if is_office(only) => signatory(only, ""),
        [only] if is_name(only) => signatory("", only),
        [name, title] if is_office(title) && !is_office(name) && is_name(name) => signatory(title, name),
        [title, name] if is_office(title) && !is_office(name) && is_name(name) => signatory(title, name),
        _ => None,
    }
}

/// Whether a block is a short line of its own.
fn is_line(block: &Block) -> bool {
    let is_short = block.text.as_str().trim().chars().count() <= LINE;
    let is_plain = block.list.is_none() && block.cell.is_none() && block.picture.is_none();
    is_short && is_plain && block.text.notes().next().is_none()
}

/// The parts of a line between its tabs.
fn columns(block: &Block) -> Vec<String> {
    let text = block.text.as_str();
    let parts = text.split('\t').map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
    parts.filter(|part| !part.is_empty()).collect()
}

/// Whether a line says for whom one signs.
fn is_party(line: &str) -> bool {
    let folded = line.to_uppercase();
    PARTIES.iter().any(|start| folded.starts_with(start)) && !ends_in_stop(line)
}

/// Whether a line is the title of an office: a sentence, a number or an address is none.
fn is_office(line: &str) -> bool {
    if has_figure(line) || ends_in_stop(line) || line.contains(['@', ':', '៖']) || is_party(line) {
        return false;
    }
    let folded = line.to_uppercase();
    let mut words = folded.split(|c: char| !c.is_alphanumeric());
    if line.contains(is_khmer) {
        return !is_sentence(line) && KHMER_OFFICES.iter().any(|office| line.contains(office));
    }
    words.any(|word| OFFICES.contains(&word)) && line.starts_with(char::is_uppercase) && !is_sentence(line)
}

/// Whether a line may be the name of a person.
fn is_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_part = |word: &&str| {
        // As in van Dijk and de la Cruz.
        const BETWEEN: [&str; 8] = ["de", "da", "del", "la", "van", "von", "bin", "al"];
        word.starts_with(|c: char| c.is_uppercase() || is_khmer(c) || "“\"(".contains(c)) || BETWEEN.contains(word)
    };
    line.chars().count() <= NAME
        && (1..=NAME_WORDS).contains(&words.len())
        && words.iter().all(is_part)
        && line.contains(char::is_alphabetic)
        && !(has_figure(line) || ends_in_stop(line) || is_sentence(line) || is_party(line))
        && !line.contains(['@', ':', '៖', '/'])
}

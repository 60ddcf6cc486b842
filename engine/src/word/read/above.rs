//! The lines above the text of a Word file from elsewhere: letterhead, reference, title and headline.
//!
//! Invariant: only what is certain by its words is taken. What is not is named to nobody and stays in the text.

use std::collections::BTreeSet;

use super::{
    below::is_lunar,
    block::Block,
    lines::{LINE, certain_date, ends_in_stop, has_figure, is_sentence, without_quotes, words},
    styles::Styles,
};
use crate::{
    khmer::is_khmer,
    release::{Language, Release, RichText, Style, ready},
};

/// So many lines that are nothing certain may be between a letterhead and its title.
const MOST_BETWEEN: usize = 4;
/// The most words of a reference, as in `No. 214/26 MFA.IC - PR`.
const REFERENCE: usize = 7;

/// What was found above the text.
#[derive(Debug, Default)]
pub struct Above {
    /// The blocks that are in fields now, and signs between them.
    pub taken: BTreeSet<usize>,
    /// The block with place and date, which are in no field yet.
    pub date: Option<usize>,
    /// The block with the lunar date of that.
    pub lunar: Option<usize>,
}

impl Above {
    /// How many blocks the lines above the text reach over.
    pub fn end(&self) -> usize {
        self.taken.last().copied().max(self.date).max(self.lunar).map_or(0, |last| last + 1)
    }
}

/// Takes the lines above the text.
pub fn take(release: &mut Release, blocks: &[Block], styles: &Styles) -> Above {
    let mut above = Above::default();
    let (mut has_title, mut has_headline) = (false, false);
    let mut ministry: Vec<String> = Vec::new();
    let mut fields: Vec<(HeadPart, String)> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        // One that no other line follows is of the text.
        if block.picture.is_some() {
            continue;
        }
        let text = words(&block.text);
        if text.chars().count() > LINE * 2 || block.list.is_some() || block.cell.is_some() {
            break;
        }
        let is_date = |at: usize| blocks.get(at).is_some_and(|block| certain_date(&words(&block.text)).is_some());
        if above.date.is_none() && is_date(at) {
            above.date = Some(at);
            continue;
        }
        if above.date.is_none() && is_lunar(&text) && is_date(at + 1) {
            above.lunar = Some(at);
            continue;
        }
        let found = part(&text, block, styles, has_title).filter(|part| {
            // One letter is an ornament below the motto alone, and elsewhere a word.
            let is_sign = *part != HeadPart::Ornament || !text.contains(char::is_alphanumeric);
            !has_headline && (is_sign || matches!(fields.last(), Some((HeadPart::Kingdom | HeadPart::Motto, _))))
        });
        match found {
            Some(HeadPart::Ministry) => ministry.push(text),
            Some(HeadPart::Ornament) => {}
            Some(part @ (HeadPart::Title | HeadPart::Headline)) => {
                (has_title, has_headline) = (true, part == HeadPart::Headline);
                fields.push((part, text));
            }
            Some(part) => match fields.iter().find(|(known, _)| *known == part) {
                // A field has one line, and the other stays in the text.
                Some((_, known)) if *known != text => continue,
                _ => fields.push((part, text)),
            },
            None if !has_title && is_short(&text) && title_follows(blocks, at, styles) => continue,
            None => break,
        }
        above.taken.insert(at);
    }
    if !has_title {
        // A date without a title above or below it may be one of the text.
        (above.date, above.lunar) = (None, None);
    }
    if !ministry.is_empty() {
        release.letterhead.ministry = ministry.join("\n");
    }
    for (part, text) in fields {
        match part {
            HeadPart::Kingdom => release.letterhead.kingdom = text,
            HeadPart::Motto => release.letterhead.motto = text,
            HeadPart::Department => release.letterhead.department = text,
            HeadPart::Reference => release.reference = number(&text, release.language),
            HeadPart::Notice => release.notice = text,
            HeadPart::Title => release.title = text,
            HeadPart::Headline => release.headline = without_quotes(&text),
            HeadPart::Ministry | HeadPart::Ornament => {}
        }
    }
    above
}

/// Whether a title comes soon after a block, and nothing but lines before it.
fn title_follows(blocks: &[Block], at: usize, styles: &Styles) -> bool {
    for block in blocks.iter().skip(at + 1).filter(|block| block.picture.is_none()).take(MOST_BETWEEN) {
        let text = words(&block.text);
        match part(&text, block, styles, false) {
            Some(HeadPart::Title) => return true,
            _ if !is_short(&text) || block.list.is_some() || block.cell.is_some() => return false,
            _ => {}
        }
    }
    false
}

/// Whether a text is a line of its own, and none of running text.
fn is_short(text: &str) -> bool {
    text.chars().count() <= LINE && !ends_in_stop(text)
}

/// Whether a line at the head of a page is one of the letterhead, or another that a release has above its text.
pub fn is_of_letterhead(line: &str, block: &Block, styles: &Styles) -> bool {
    part(line, block, styles, false).is_some_and(|part| part != HeadPart::Ornament)
}

/// What a line above the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HeadPart {
    Kingdom,
    Motto,
    Ornament,
    Ministry,
    Department,
    Reference,
    Notice,
    Title,
    Headline,
}

fn part(text: &str, block: &Block, styles: &Styles, has_title: bool) -> Option<HeadPart> {
    if block.text.notes().next().is_none() && (!text.chars().any(char::is_alphanumeric) || text.chars().count() == 1) {
        // Rules and rows of signs, and the ornament, which is one letter of a font of ornaments.
        return Some(HeadPart::Ornament);
    }
    if has_title {
        // Below the title a line that begins as one of the letterhead does is the beginning of the text.
        let is_headline = block.is_centred || block.heading == Some(1) || is_bold(&block.text);
        return (is_headline && !ends_in_stop(text)).then_some(HeadPart::Headline);
    }
    let folded: String = text.to_uppercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let begins = |starts: &[&str]| starts.iter().any(|start| folded.starts_with(start));
    let is = |names: &[&str]| names.iter().any(|name| folded == *name);
    let is_office = text.chars().count() <= LINE && !is_sentence(text);
    if is(&["KINGDOM OF CAMBODIA", "ព្រះរាជាណាចក្រកម្ពុជា"]) {
        Some(HeadPart::Kingdom)
    } else if is(&[
        "NATION RELIGION KING",
        "NATION - RELIGION - KING",
        "NATION, RELIGION, KING",
        "ជាតិ សាសនា ព្រះមហាក្សត្រ",
    ]) {
        Some(HeadPart::Motto)
    } else if text.chars().count() <= LINE
        && begins(&["FOR IMMEDIATE RELEASE", "EMBARGOED", "EMBARGO", "UNOFFICIAL TRANSLATION", "FOR RELEASE ON"])
    {
        Some(HeadPart::Notice)
    } else if is_reference(&folded) {
        Some(HeadPart::Reference)
    } else if is_office
        && begins(&[
            "MINISTRY OF",
            "AND INTERNATIONAL COOPERATION",
            "ក្រសួង",
            "និងសហប្រតិបត្តិការ",
            "ROYAL EMBASSY",
            "EMBASSY OF",
        ])
    {
        Some(HeadPart::Ministry)
    } else if is_office && begins(&["DEPARTMENT OF", "GENERAL DEPARTMENT", "SPOKESPERSON", "នាយកដ្ឋាន", "អគ្គនាយកដ្ឋាន"])
    {
        Some(HeadPart::Department)
    } else if is_title(&folded, block, styles) {
        Some(HeadPart::Title)
    } else {
        None
    }
}

/// Whether a line in capitals is the number of a letter: no address of an office, and no sentence.
fn is_reference(folded: &str) -> bool {
    const LABELS: [&str; 9] = ["NO.", "NO ", "NO:", "N°", "№", "REF.", "REF:", "REFERENCE", "លេខ"];
    const OF_AN_ADDRESS: [&str; 9] = ["STREET", "ROAD", "BOULEVARD", "BLVD", "AVENUE", "ផ្លូវ", "វិថី", "ទូរស័ព្ទ", "ទូរសព្ទ"];
    let Some(number) = LABELS.iter().find_map(|label| folded.strip_prefix(label)) else { return false };
    // «លេខ» is also the beginning of longer words.
    let goes_on = number.starts_with(|c: char| c.is_alphabetic() || matches!(c, '\u{17B6}'..='\u{17D3}'));
    let has_number = has_figure(number) || [". .", "..", "…", "_"].iter().any(|blank| number.contains(blank));
    has_number
        && !goes_on
        && folded.split(' ').count() <= REFERENCE
        && !ends_in_stop(folded)
        && !OF_AN_ADDRESS.iter().any(|word| folded.contains(word))
}

/// The number of a letter without its label, in the language of the letter: the page has one.
fn number(text: &str, language: Language) -> String {
    let labels: &[&str] = match language {
        Language::English => &["No.", "No:", "No ", "NO.", "NO:", "NO ", "N°", "№"],
        Language::Khmer => &["លេខ"],
    };
    let bare = labels.iter().find_map(|label| text.strip_prefix(label)).unwrap_or(text);
    bare.trim_start_matches([':', '៖', ' ']).to_owned()
}

/// Whether a line is the kind of a document.
fn is_title(folded: &str, block: &Block, styles: &Styles) -> bool {
    // Beside those that are ready.
    const OTHERS: [&str; 11] = [
        "PRESS STATEMENT",
        "JOINT PRESS STATEMENT",
        "JOINT COMMUNIQUE",
        "JOINT COMMUNIQUÉ",
        "JOINT DECLARATION",
        "DECLARATION",
        "COMMUNIQUE",
        "COMMUNIQUÉ",
        "MEDIA ADVISORY",
        "MEDIA RELEASE",
        "ANNOUNCEMENT",
    ];
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric() && !is_khmer(c));
    let is_ready = ready::TITLES.iter().any(|(english, khmer)| bare == *english || bare == *khmer);
    is_ready || OTHERS.contains(&bare) || styles.is_called(block.style.as_deref(), "title")
}

fn is_bold(text: &RichText) -> bool {
    text.style_of(0..text.len()).has(Style::BOLD)
}

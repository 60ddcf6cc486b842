//! Which paragraph of a Word file is what of a release.
//!
//! In a file that was made here the styles say so. In others what is certain by its words is put into its field: the
//! names of the kingdom and of the ministry, the title, a line of place and date. All else is text of the body, where
//! nothing is lost and everything can be moved.

use super::{
    block::Block,
    spaces::tidy,
    starts::{begins_with, begun, find_starts, settle_lists},
    styles::{Numbering, Styles},
};

use crate::{
    dates,
    khmer::is_khmer,
    release::{
        BlockKind, Cell, Columns, HeadingLevel, Language, Level, ListKind, Paragraph, Picture, Release, RichText,
        Signatory, SignatoryLine, SigningDate, Style, ready,
    },
    typeset::house::house,
    word::{STOPS, styles::id},
};

/// A line with more letters is running text.
const LINE: usize = 120;

/// A release of the blocks of a file, and the pictures of its letterhead, which are not in it; `has_ornament` if it
/// was made here and has the ornament.
pub fn release(
    blocks: Vec<Block>,
    has_ornament: bool,
    styles: &Styles,
    numbering: &Numbering,
) -> (Release, Vec<Picture>) {
    let mut blocks = seen(blocks);
    find_starts(&mut blocks, numbering);
    // A file that was made here has the language of its first line, whatever is quoted below.
    let is_kingdom = |block: &&Block| block.style.as_deref() == Some(id::KINGDOM);
    let kingdom = blocks.iter().find(is_kingdom).map(std::slice::from_ref);
    let language = language_of(kingdom.unwrap_or(&blocks));
    let mut release = Release::blank(language);
    release.body.clear();
    release.signature.lunar_date = false;
    let mut left_out = Vec::new();
    if styles.are_own() {
        own(&mut release, blocks);
        release.letterhead.ornament = has_ornament;
    } else {
        left_out = other(&mut release, blocks, styles);
    }
    settle_lists(&mut release.body, language);
    if release.body.is_empty() {
        release.body.push(Paragraph::default());
    }
    (release, left_out)
}

/// The blocks that are seen, and the blank lines that part two tables.
fn seen(blocks: Vec<Block>) -> Vec<Block> {
    let mut seen: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut blank = None;
    for block in blocks {
        if block.cell.is_none() && block.is_blank() {
            blank = seen.last().is_some_and(|last| last.cell.is_some()).then_some(block).or(blank);
            continue;
        }
        seen.extend(blank.take().filter(|_| block.cell == Some(Cell::Row)).map(|_| Block::default()));
        seen.push(block);
    }
    seen
}

/// The language of most letters.
fn language_of(blocks: &[Block]) -> Language {
    let characters = || blocks.iter().flat_map(|block| block.text.as_str().chars());
    let khmer = characters().filter(|c| is_khmer(*c)).count();
    let letters = characters().filter(|c| c.is_alphabetic()).count();
    if khmer * 2 > letters { Language::Khmer } else { Language::English }
}

/// The blocks of a file that was made here.
fn own(release: &mut Release, blocks: Vec<Block>) {
    release.letterhead.kingdom.clear();
    release.letterhead.motto.clear();
    release.letterhead.ministry.clear();
    release.title.clear();
    release.signature.place.clear();
    let mut signatories: Vec<Signatory> = Vec::new();
    let (mut numbered, mut counted) = (Vec::new(), Vec::new());
    for block in blocks {
        let text = block.text.as_str().trim().to_owned();
        if block.picture.is_some() {
            release.body.push(figure(block));
            continue;
        }
        match block.style.as_deref().unwrap_or_default() {
            id::KINGDOM => release.letterhead.kingdom = text,
            id::MOTTO => release.letterhead.motto = text,
            id::MINISTRY => release.letterhead.ministry = text,
            id::DEPARTMENT => release.letterhead.department = text,
            id::REFERENCE => release.reference = without_label(&text, release.language),
            id::NOTICE => release.notice = text,
            id::TITLE => release.title = text,
            id::HEADLINE => release.headline = without_house_quotes(&text, release.language),
            id::DATE => place_and_date(release, &text),
            id::PARTY | id::SIGNATURE | id::SIGNATURE_NAME => {
                let line = match block.style.as_deref() {
                    Some(id::PARTY) => SignatoryLine::Party,
                    Some(id::SIGNATURE) => SignatoryLine::Title,
                    _ => SignatoryLine::Name,
                };
                if let Some(columns) = u8::try_from(block.columns).ok().and_then(Columns::new) {
                    release.signature.columns = columns;
                }
                sign(&mut signatories, line, text);
            }
            _ => {
                let (paragraph, is_numbered) = own_block(block, &mut counted);
                // A blank line that parts two tables has none.
                if !paragraph.text.is_empty() {
                    numbered.push((paragraph.kind, is_numbered));
                }
                release.body.push(paragraph);
            }
        }
    }
    let plain: Vec<bool> =
        numbered.iter().filter(|(kind, _)| *kind == BlockKind::Plain).map(|(_, numbered)| *numbered).collect();
    release.number_paragraphs = !plain.is_empty() && plain.iter().all(|numbered| *numbered);
    if !signatories.is_empty() {
        release.signature.signatories = signatories;
    }
}

/// A block of the body in a file that was made here, and whether it had a number. `counted` has the last numbers that
/// Word does not count, each with its list and level.
fn own_block(block: Block, counted: &mut Vec<(ListKind, Level, u16)>) -> (Paragraph, bool) {
    let style = block.style.clone().unwrap_or_default();
    let (mut text, mut is_numbered, mut start) = (block.text, block.list.is_some(), block.start);
    let kind = match block.cell.map_or_else(|| id::kind(&style).unwrap_or(BlockKind::Plain), BlockKind::Cell) {
        // The caption of a picture that was left out.
        BlockKind::Picture => BlockKind::Centred,
        kind => kind,
    };
    // Numbers that Word cannot count are text, with a tab behind them.
    if !is_numbered
        && block.cell.is_none()
        && let Some(at) = text.as_str().find('\t')
        && at < 20
    {
        is_numbered = true;
        start = text.as_str().get(..at).and_then(|marker| begins_with(kind, marker, counted));
        text = text.slice(at + 1..text.len());
    }
    let kind = begun(kind, start);
    (Paragraph { new_page: block.new_page, kind, ..Paragraph::new(tidy(&text)) }, is_numbered)
}

/// A picture with its caption.
fn figure(block: Block) -> Paragraph {
    let picture = block.picture.unwrap_or_default();
    Paragraph { new_page: block.new_page, ..Paragraph::picture(picture, tidy(&block.text)) }
}

/// The next line of those who sign.
pub(in crate::word) fn sign(signatories: &mut Vec<Signatory>, line: SignatoryLine, text: String) {
    let has = |one: &Signatory| match line {
        SignatoryLine::Party => !(one.party.is_empty() && one.title.is_empty() && one.name.is_empty()),
        SignatoryLine::Title => !(one.title.is_empty() && one.name.is_empty()),
        SignatoryLine::Name => !one.name.is_empty(),
    };
    if signatories.last().is_none_or(has) {
        signatories.push(Signatory::default());
    }
    if let Some(last) = signatories.last_mut() {
        match line {
            SignatoryLine::Party => last.party = text,
            SignatoryLine::Title => last.title = text,
            SignatoryLine::Name => last.name = text,
        }
    }
}

/// The blocks of a file from elsewhere; gives the pictures of its letterhead.
fn other(release: &mut Release, blocks: Vec<Block>, styles: &Styles) -> Vec<Picture> {
    let end = ending(&blocks);
    let (mut blocks, below) = match end {
        Some(at) => {
            let mut blocks = blocks;
            let below = blocks.split_off(at);
            (blocks, below)
        }
        None => (blocks, Vec::new()),
    };
    let taken = heading(release, &blocks, styles);
    let left_out = blocks.drain(..taken).filter_map(|block| block.picture).collect();
    release.body.extend(blocks.into_iter().map(block));
    signature(release, below);
    left_out
}

/// Takes the lines above the text; gives how many blocks they are, with the pictures among them.
fn heading(release: &mut Release, blocks: &[Block], styles: &Styles) -> usize {
    let mut taken = 0;
    let mut has_title = false;
    let mut ministry = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        // One that no other line follows is of the text.
        if block.picture.is_some() {
            continue;
        }
        let text = block.text.as_str().trim();
        if text.chars().count() > LINE * 2 || block.list.is_some() || block.cell.is_some() {
            break;
        }
        match part(text, block, styles, has_title) {
            Some(HeadPart::Kingdom) => release.letterhead.kingdom = text.to_owned(),
            Some(HeadPart::Motto) => release.letterhead.motto = text.to_owned(),
            Some(HeadPart::Ministry) => ministry.push(text.to_owned()),
            Some(HeadPart::Department) => release.letterhead.department = text.to_owned(),
            Some(HeadPart::Reference) => release.reference = without_label(text, release.language),
            Some(HeadPart::Notice) => release.notice = text.to_owned(),
            Some(HeadPart::Title) => {
                release.title = text.to_owned();
                has_title = true;
            }
            Some(HeadPart::Headline) => {
                release.headline = without_quotes(text);
                taken = at + 1;
                break;
            }
            Some(HeadPart::Ornament) => {}
            None => break,
        }
        taken = at + 1;
    }
    if !ministry.is_empty() {
        release.letterhead.ministry = ministry.join("\n");
    }
    taken
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
    let folded: String = text.to_uppercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let begins = |starts: &[&str]| starts.iter().any(|start| folded.starts_with(start));
    let is = |names: &[&str]| names.iter().any(|name| folded == *name);
    if is(&["KINGDOM OF CAMBODIA", "ព្រះរាជាណាចក្រកម្ពុជា"]) {
        Some(HeadPart::Kingdom)
    } else if is(&[
        "NATION RELIGION KING",
        "NATION - RELIGION - KING",
        "NATION, RELIGION, KING",
        "ជាតិ សាសនា ព្រះមហាក្សត្រ",
    ]) {
        Some(HeadPart::Motto)
    } else if begins(&[
        "MINISTRY OF",
        "AND INTERNATIONAL COOPERATION",
        "ក្រសួង",
        "និងសហប្រតិបត្តិការ",
        "ROYAL EMBASSY",
        "EMBASSY OF",
    ]) {
        Some(HeadPart::Ministry)
    } else if begins(&["DEPARTMENT OF", "GENERAL DEPARTMENT", "SPOKESPERSON", "នាយកដ្ឋាន", "អគ្គនាយកដ្ឋាន"])
    {
        Some(HeadPart::Department)
    } else if begins(&["NO.", "NO ", "NO:", "N°", "№", "REF", "លេខ"]) {
        Some(HeadPart::Reference)
    } else if begins(&["FOR IMMEDIATE RELEASE", "EMBARGOED", "EMBARGO", "UNOFFICIAL TRANSLATION", "FOR RELEASE ON"]) {
        Some(HeadPart::Notice)
    } else if block.text.notes().next().is_none()
        && (!text.chars().any(char::is_alphanumeric) || text.chars().count() == 1)
    {
        // Rules and rows of signs, and the ornament, which is one letter of a font of ornaments.
        Some(HeadPart::Ornament)
    } else if !has_title && is_title(&folded, block, styles) {
        Some(HeadPart::Title)
    } else if has_title && (block.is_centred || block.heading == Some(1) || is_bold(&block.text)) {
        Some(HeadPart::Headline)
    } else {
        None
    }
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

/// The first line below the text: place and date in a short line near the end.
fn ending(blocks: &[Block]) -> Option<usize> {
    let from = blocks.len().saturating_sub(8);
    let found = blocks.iter().enumerate().skip(from).rev().find(|(_, block)| {
        let text = block.text.as_str().trim();
        text.chars().count() <= LINE && block.list.is_none() && block.cell.is_none() && split_date(text).is_some()
    });
    // A text of nothing but a date is a text.
    found.map(|(at, _)| at).filter(|at| *at > 0)
}

/// Place and date of a line, if it is that of a signature.
pub(in crate::word) fn split_date(line: &str) -> Option<(String, chrono::NaiveDate)> {
    let line = line.trim().trim_end_matches(STOPS);
    for (at, _) in line.char_indices() {
        let (place, date) = line.split_at(at);
        let starts = date.starts_with(|c: char| c.is_numeric()) || date.starts_with("ថ្ងៃ");
        if starts && let Ok(day) = dates::read_date(date) {
            let place = place.trim().trim_end_matches([',', ';']).trim();
            let place = place.strip_suffix(" on").or(place.strip_suffix(" the")).unwrap_or(place);
            // Words with a stop in them are a sentence that ends with a date.
            return (place.chars().count() < 40 && !place.contains(['.', ':'])).then(|| (place.to_owned(), day));
        }
        if starts && date.starts_with(|c: char| c.is_numeric()) && place.chars().count() > 60 {
            break;
        }
    }
    None
}

pub(in crate::word) fn place_and_date(release: &mut Release, line: &str) {
    match split_date(line) {
        Some((place, day)) => {
            release.signature.place = place;
            release.signature.date = SigningDate::Day(day);
        }
        // The lunar date follows from the other.
        None if line.starts_with("ថ្ងៃ") => release.signature.lunar_date = true,
        None => line.clone_into(&mut release.signature.place),
    }
}

/// Takes place, date and signatories; what is no line of these goes back to the body.
fn signature(release: &mut Release, below: Vec<Block>) {
    let mut lines = below.into_iter();
    let Some(first) = lines.next() else { return };
    place_and_date(release, first.text.as_str().trim());
    let rest: Vec<Block> = lines.collect();
    let is_line = |block: &Block| {
        let is_short = block.text.as_str().trim().chars().count() <= LINE;
        is_short && block.list.is_none() && block.cell.is_none() && block.picture.is_none()
    };
    if rest.len() > 2 || !rest.iter().all(is_line) {
        release.body.extend(rest.into_iter().map(block));
        return;
    }
    let text = |block: &Block| without_quotes(block.text.as_str().trim());
    let mut signatory = Signatory::default();
    match rest.as_slice() {
        [name] => signatory.name = text(name),
        [title, name] => {
            signatory.title = text(title);
            signatory.name = text(name);
        }
        _ => return,
    }
    release.signature.signatories = vec![signatory];
}

/// A block of the body in a file from elsewhere.
fn block(block: Block) -> Paragraph {
    if block.picture.is_some() {
        return figure(block);
    }
    let kind = match (&block.list, block.heading) {
        _ if block.cell.is_some() => block.cell.map_or(BlockKind::Plain, BlockKind::Cell),
        (_, Some(1)) if block.list.is_none() => BlockKind::Heading(HeadingLevel::One),
        (None, Some(_)) => BlockKind::Heading(HeadingLevel::Two),
        (Some((_, kind, level)), _) => BlockKind::item(*kind, Level::at(*level)),
        (None, None) if block.is_centred => BlockKind::Centred,
        (None, None) if block.is_quotation => BlockKind::Quotation,
        (None, None) => block.goes_on.map_or(BlockKind::Plain, |level| BlockKind::Continued(Level::at(level))),
    };
    let kind = if block.heading.is_some() && !matches!(kind, BlockKind::Heading(_)) {
        // A heading that Word numbers is a section.
        BlockKind::item(ListKind::Sections, Level::at(block.heading.unwrap_or(1) - 1))
    } else {
        kind
    };
    let kind = begun(kind, block.start);
    Paragraph { new_page: block.new_page, kind, ..Paragraph::new(tidy(&block.text)) }
}

fn is_bold(text: &RichText) -> bool {
    text.style_of(0..text.len()).has(Style::BOLD)
}

/// The headline of a file that was made here, without the marks that the page has added.
fn without_house_quotes(text: &str, language: Language) -> String {
    let (open, close) = house(language).quotes;
    text.strip_prefix(open).and_then(|text| text.strip_suffix(close)).unwrap_or(text).to_owned()
}

/// A headline without the marks of quotation around it.
pub(in crate::word) fn without_quotes(text: &str) -> String {
    for (open, close) in [('“', '”'), ('«', '»'), ('"', '"')] {
        if let Some(inner) = text.strip_prefix(open).and_then(|text| text.strip_suffix(close))
            && !inner.contains([open, close])
        {
            return inner.trim().to_owned();
        }
    }
    text.to_owned()
}

/// A reference number without the label that the page adds.
pub(in crate::word) fn without_label(text: &str, language: Language) -> String {
    let label = house(language).reference_label;
    text.strip_prefix(label).or_else(|| text.strip_prefix(label.trim_end())).unwrap_or(text).trim().to_owned()
}

//! Which paragraph of a Word file is what of a release.
//!
//! In a file that was made here the styles say so. In others what is certain by its words is put into its field: the
//! names of the kingdom and of the ministry, the title, a line of place and date. All else is text of the body, where
//! nothing is lost and everything can be moved.

use super::{
    above, below,
    block::Block,
    lines::{place_and_date, sign, without_label},
    lost::Losses,
    spaces::tidy,
    starts::{begins_with, begun, find_starts, settle_lists},
    styles::{Numbering, Styles},
};

use crate::{
    khmer::is_khmer,
    release::{
        BlockKind, Cell, Columns, HeadingLevel, Language, Level, ListKind, Paragraph, Picture, Release, Signatory,
        SignatoryLine,
    },
    typeset::house::house,
    word::styles::id,
};

/// A release of the blocks of a file, and the pictures of its letterhead, which are not in it; `has_ornament` if it
/// was made here and has the ornament.
pub fn release(
    blocks: Vec<Block>,
    has_ornament: bool,
    (styles, numbering): (&Styles, &Numbering),
    lost: &mut Losses,
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
        left_out = other(&mut release, blocks, styles, lost);
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

/// The blocks of a file from elsewhere; gives the pictures of its letterhead.
fn other(release: &mut Release, blocks: Vec<Block>, styles: &Styles, lost: &mut Losses) -> Vec<Picture> {
    let above = above::take(release, &blocks, styles);
    let letterhead = above.taken.last().map_or(0, |last| last + 1);
    let end = below::dated(&blocks, above.end());
    let mut taken = above.taken.clone();
    // A date below the text is that of the release, whatever is above.
    let (date, lunar) = match end {
        Some(at) => (Some(at), at.checked_sub(1).filter(|before| *before >= letterhead)),
        None => (above.date, above.lunar),
    };
    if let Some((at, block)) = date.and_then(|at| Some((at, blocks.get(at)?))) {
        below::take_date(release, block);
        taken.insert(at);
    }
    if let Some((at, block)) = lunar.and_then(|at| Some((at, blocks.get(at)?)))
        && below::take_lunar_date(release, block, lost)
    {
        taken.insert(at);
    }
    let signing = end.map(|at| at + 1..blocks.len()).or_else(|| below::in_columns(&blocks));
    if let Some(lines) = signing
        && below::take_signatories(release, blocks.get(lines.clone()).unwrap_or_default())
    {
        taken.extend(lines);
    }
    let mut left_out = Vec::new();
    for (at, found) in blocks.into_iter().enumerate() {
        match found.picture {
            Some(picture) if at < letterhead => left_out.push(picture),
            _ if taken.contains(&at) => {}
            _ => release.body.push(block(found)),
        }
    }
    left_out
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

/// The headline of a file that was made here, without the marks that the page has added.
fn without_house_quotes(text: &str, language: Language) -> String {
    let (open, close) = house(language).quotes;
    text.strip_prefix(open).and_then(|text| text.strip_suffix(close)).unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::{RichText, Style};

    fn read(lines: &[&str]) -> (Release, Losses) {
        let line = |text: &&str| Block { text: RichText::plain(*text), ..Block::default() };
        let mut lost = Losses::new();
        let styles = (&Styles::default(), &Numbering::default());
        let (release, _) = release(lines.iter().map(line).collect(), false, styles, &mut lost);
        (release, lost)
    }

    fn body(release: &Release) -> Vec<&str> {
        release.body.iter().map(|block| block.text.as_str()).collect()
    }

    /// Who signs: party, title, name.
    fn signing(release: &Release) -> Vec<[&str; 3]> {
        fn lines(one: &Signatory) -> [&str; 3] {
            [&one.party, &one.title, &one.name]
        }
        let named = release.signature.signatories.iter().filter(|one| **one != Signatory::default());
        named.map(lines).collect()
    }

    #[test]
    fn nothing_below_the_title_is_letterhead() {
        for lines in [
            [
                "PRESS RELEASE",
                "Ministry of Foreign Affairs wishes to inform the public.",
                "No. 5 of the agenda is open.",
            ],
            ["PRESS RELEASE", "General Department of Asia organised it.", "Department of Information"],
            ["សេចក្តីជូនដំណឹង", "ក្រសួងការបរទេស សូមជម្រាបជូនថា ច្រកទ្វារបិទ។", "អគ្គនាយកដ្ឋានអាស៊ី បានរៀបចំ។"],
            ["សេចក្តីជូនដំណឹង", "លេខទូរស័ព្ទ៖ ០២៣ ២១៤ ៤៤១", "នាយកដ្ឋានព័ត៌មានបានផ្សាយ។"],
        ] {
            let (release, _) = read(&lines);
            let blank = Release::blank(release.language);
            assert_eq!(body(&release), lines[1..]);
            assert_eq!((release.letterhead, release.reference), (blank.letterhead, String::new()));
            assert_eq!(release.title, lines[0]);
        }
    }

    #[test]
    fn only_a_line_of_the_letterhead_is_one_and_no_line_is_lost() {
        let (release, _) = read(&[
            "Ministry of Health",
            "General Department of Asia",
            "Department of Japan",
            "No. 3, Norodom Boulevard",
            "PRESS RELEASE",
            "The talks were fruitful.",
        ]);
        assert_eq!(release.letterhead.ministry, "Ministry of Health");
        assert_eq!(release.letterhead.department, "General Department of Asia");
        assert_eq!(body(&release), ["Department of Japan", "No. 3, Norodom Boulevard", "The talks were fruitful."]);
        assert_eq!(release.reference, "");
        for line in [
            "Ministry of Health is closed on Monday",
            "Refugees came: 500",
            "លេខទូរស័ព្ទ ០២៣ ២១៤ ៤៤១",
            "ក្រសួងសុខាភិបាលបានប្រកាស",
            "No. 5 of the agenda stays open.",
        ] {
            assert_eq!(body(&read(&[line, "The rest of it."]).0), [line, "The rest of it."]);
        }
        let reference = |line, title| read(&[line, title]).0.reference;
        assert_eq!(reference("លេខ៖ ......... កប.សប", "សេចក្តីជូនដំណឹង"), "......... កប.សប");
        assert_eq!(reference("No:\t214/26 MFAIC", "PRESS RELEASE"), "214/26 MFAIC");
    }

    #[test]
    fn one_letter_is_an_ornament_below_the_motto_alone() {
        for (lines, text) in [
            (["KINGDOM OF CAMBODIA", "NATION RELIGION KING", "3", "STATEMENT", "They met."], vec!["They met."]),
            (["STATEMENT", "A", "5", "***", "They met."], vec!["A", "5", "***", "They met."]),
        ] {
            assert_eq!(body(&read(&lines).0), text);
        }
    }

    #[test]
    fn a_date_above_the_text_is_that_of_the_release_and_sentences_below_it_are_text() {
        let date = chrono::NaiveDate::from_ymd_opt(2026, 11, 30);
        for lines in [
            ["PRESS RELEASE", "Phnom Penh, 30 November 2026", "The two Ministers met.", "They agreed to meet again."],
            ["Phnom Penh, 30 November 2026", "PRESS RELEASE", "The two Ministers met.", "They agreed to meet again."],
        ] {
            let (release, _) = read(&lines);
            assert_eq!(body(&release), ["The two Ministers met.", "They agreed to meet again."]);
            assert_eq!((release.signature.date.day(), release.signature.place.as_str()), (date, "Phnom Penh"));
            assert!(signing(&release).is_empty());
        }
        // That below the text is the date, and the other is not lost.
        let (release, _) = read(&["STATEMENT", "Tokyo, 1 May 2026", "They met.", "Phnom Penh, 30 November 2026"]);
        assert_eq!((release.signature.date.day(), body(&release)), (date, vec!["Tokyo, 1 May 2026", "They met."]));
        // An event with its date is text.
        let lines = ["CURRICULUM VITAE", "Born in Phnom Penh, 3 May 1954", "Minister since 2016"];
        assert_eq!(body(&read(&lines).0), lines);
    }

    #[test]
    fn who_signs_is_certain_by_the_words_or_the_lines_are_text() {
        let (name, title) = ("PRAK Sokhonn", "Deputy Prime Minister");
        let below = |lines: &[&str]| {
            let all = [&["PRESS RELEASE", "They met.", "Phnom Penh, 30 November 2026"], lines].concat();
            let release = read(&all).0;
            assert_eq!(release.signature.place, "Phnom Penh");
            let signing = signing(&release).concat().join("|");
            (signing, body(&release)[1..].join("|"))
        };
        for (lines, signing) in [
            (vec![name, title], "|Deputy Prime Minister|PRAK Sokhonn"),
            (vec![title, name], "|Deputy Prime Minister|PRAK Sokhonn"),
            (vec!["រដ្ឋលេខាធិការ", "អៀត សោភា"], "|រដ្ឋលេខាធិការ|អៀត សោភា"),
            (vec![name], "||PRAK Sokhonn"),
            (
                vec!["For the Government of A", "John SMITH", "For the Government of B", "Jane DOE"],
                "For the Government of A||John SMITH|For the Government of B||Jane DOE",
            ),
        ] {
            assert_eq!(below(&lines), (signing.to_owned(), String::new()));
        }
        for lines in [
            vec!["For more information, please contact:", "Tel: 023 214 441"],
            vec!["Contact: Mr. SOK Dara", "Tel: 023 214 441"],
            vec!["សូមអរគុណ៕"],
            vec!["Minister since 2016"],
            vec![name, "www.mfaic.gov.kh"],
            vec!["They left.", "They came back."],
        ] {
            assert_eq!(below(&lines), (String::new(), lines.join("|")));
        }
    }

    #[test]
    fn columns_made_with_tabs_are_those_who_sign_beside_each_other() {
        let parties = "For the Royal Government of Cambodia\t\tFor the Government of Japan";
        let (names, titles) = ("PRAK Sokhonn\t\tMOTEGI Toshimitsu", "Deputy Prime Minister\tMinister for Trade");
        let wanted = [
            ["For the Royal Government of Cambodia", "Deputy Prime Minister", "PRAK Sokhonn"],
            ["For the Government of Japan", "Minister for Trade", "MOTEGI Toshimitsu"],
        ];
        for before in [&["JOINT STATEMENT", "They met.", "Phnom Penh, 30 November 2026"][..], &["They met."]] {
            let (release, _) = read(&[before, &[parties, names, titles]].concat());
            assert_eq!((signing(&release), body(&release)), (wanted.to_vec(), vec!["They met."]));
            assert_eq!(release.signature.columns.count(), 2);
        }
        // Lines of another number of parts, and a table made with tabs, are text.
        for lines in [[parties, "PRAK Sokhonn"], ["Rice\t5 tons", "Fish\t3 tons"]] {
            let (release, _) = read(&[&["They met."], &lines[..]].concat());
            assert_eq!((signing(&release).len(), release.body.len()), (0, 3));
            assert!(release.body.iter().all(|block| !block.text.as_str().contains('\t')));
        }
    }

    #[test]
    fn a_table_of_those_who_sign_below_the_date_is_no_table() {
        let line = |text: &str| Block { text: RichText::plain(text), ..Block::default() };
        let cell = |kind, text: &str| Block { cell: Some(kind), ..line(text) };
        let read = |left: &str, right: &str| {
            let cells = [cell(Cell::Row, left), cell(Cell::Beside, right)];
            let blocks = [line("They met."), line("Done at Tokyo, on 30 November 2026.")].into_iter().chain(cells);
            let styles = (&Styles::default(), &Numbering::default());
            release(blocks.collect(), false, styles, &mut Losses::new()).0
        };
        let release =
            read("For the Kingdom of A\n\nJohn SMITH\nMinister", "For the Republic of B\n\nJane DOE\nMinister");
        let wanted =
            [["For the Kingdom of A", "Minister", "John SMITH"], ["For the Republic of B", "Minister", "Jane DOE"]];
        assert_eq!((signing(&release), body(&release)), (wanted.to_vec(), vec!["They met."]));
        assert_eq!((release.signature.place.as_str(), release.signature.columns.count()), ("Done at Tokyo", 2));
        assert_eq!(body(&read("Rice", "5 tons")), ["They met.", "Rice", "5 tons"]);
    }

    #[test]
    fn the_lunar_date_of_the_day_is_taken_and_another_is_told_of() {
        let right = "ថ្ងៃចន្ទ ៦រោច ខែកត្តិក ឆ្នាំមមី អដ្ឋស័ក ព.ស. ២៥៧០";
        let civil = "រាជធានីភ្នំពេញ ថ្ងៃទី៣០ ខែវិច្ឆិកា ឆ្នាំ២០២៦";
        let title = "សេចក្តីប្រកាសព័ត៌មាន";
        for line in [right, "ថ្ងៃច័ន្ទ ៦ រោច ខែកត្តិក ឆ្នាំមមី អដ្ឋស័ក ពុទ្ធសករាជ ២៥៧០"]
        {
            for lines in [[title, "ភាគីទាំងពីរបានជួបគ្នា។", line, civil], [title, line, civil, "ភាគីទាំងពីរបានជួបគ្នា។"]]
            {
                let (release, lost) = read(&lines);
                assert!(release.signature.lunar_date && lost.is_empty());
                assert_eq!(body(&release), ["ភាគីទាំងពីរបានជួបគ្នា។"]);
            }
        }
        let wrong = right.replace("៦រោច", "៧រោច");
        let (release, lost) = read(&["ភាគីទាំងពីរបានជួបគ្នា។", &wrong, civil]);
        assert!(!release.signature.lunar_date);
        assert_eq!(body(&release), ["ភាគីទាំងពីរបានជួបគ្នា។", &wrong]);
        assert!(lost.keys().next().unwrap().to_string().contains(&wrong));
    }

    #[test]
    fn a_bold_sentence_below_the_title_is_no_headline() {
        let bold = |text: &str| {
            let mut bold = RichText::default();
            bold.push_str(text, Style::BOLD);
            Block { text: bold, ..Block::default() }
        };
        for (line, headline) in [("They met.", ""), ("“A visit”", "A visit")] {
            let blocks = vec![bold("PRESS RELEASE"), bold(line)];
            let styles = (&Styles::default(), &Numbering::default());
            assert_eq!(release(blocks, false, styles, &mut Losses::new()).0.headline, headline);
        }
    }
}
